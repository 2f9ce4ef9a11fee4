"""Putting in place and taking away, for people on Windows and on a Mac, with umlauts, blanks and apostrophes in the path."""

from __future__ import annotations

import shutil
import zipfile
from pathlib import Path, PureWindowsPath

import pytest
from fakes.machine import XLWINGS, FakeMachine
from fakes.person import HOME, MAC, WINDOWS, Person

from xlkpi.setup import apply
from xlkpi.setup.apply import Tools
from xlkpi.setup.install import base_python, doing, explained, install, main, run_command
from xlkpi.setup.places import ADDIN, System, data_folder, log_path, places
from xlkpi.setup.plan import SetupFailed, payload
from xlkpi.setup.record import parse_record, read_record
from xlkpi.setup.settings import expanded, interpreter_text, read_settings, settings_file
from xlkpi.version import VERSION

BOTH = pytest.mark.parametrize("system", [WINDOWS, MAC])


@pytest.fixture
def person(tmp_path: Path, system: System) -> Person:
    return Person(tmp_path, system)


def addin(person: Person) -> Path:
    assert person.machine.places.startup
    return person.machine.places.startup / ADDIN


def template(person: Person) -> Path:
    return person.machine.places.library / "xlkpi-template.xlsx"


# Where things go


@pytest.mark.parametrize(
    ("system", "files"),
    [
        (
            WINDOWS,
            [
                ".xlkpi/xlkpi.conf",
                "AppData/Local/xlkpi/installed.json",
                "AppData/Roaming/Microsoft/Excel/XLSTART/xlkpi.xlam",
                "Documents/xlkpi/example.xlsm",
                "Documents/xlkpi/xlkpi-template.xlsx",
            ],
        ),
        (
            MAC,
            [
                "Documents/xlkpi/example.xlsm",
                "Documents/xlkpi/xlkpi-template.xlsx",
                f"Library/Application Scripts/com.microsoft.Excel/xlwings-{XLWINGS}.applescript",
                "Library/Application Support/xlkpi/installed.json",
                "Library/Containers/com.microsoft.Excel/Data/xlkpi.conf",
                "Library/Group Containers/UBF8T346G9.Office/User Content.localized/Startup.localized/Excel/xlkpi.xlam",
            ],
        ),
    ],
)
def test_everything_is_put_where_excel_looks_for_it(person: Person, files: list[str]) -> None:
    said = person.install()
    assert person.files() == files
    assert person.commands == ["venv", "pip"]
    assert addin(person).read_bytes() == b"add-in"
    assert said.startswith(f"xlkpi {VERSION} is in place.\nNext:\n1. Close Excel")
    assert str(person.machine.places.library) in said


def test_on_windows_the_library_for_functions_stands_beside_python(tmp_path: Path) -> None:
    person = Person(tmp_path, WINDOWS)
    person.install()
    beside = sorted(path.name for path in person.machine.places.python.parent.iterdir())
    assert beside == ["python.exe", f"xlwings32-{XLWINGS}.dll", f"xlwings64-{XLWINGS}.dll"]


def test_only_the_newest_script_of_an_environment_is_taken(tmp_path: Path) -> None:
    person = Person(tmp_path, MAC)
    person.install()
    scripts = person.machine.places.scripts
    assert scripts
    package = next(person.machine.places.environment.rglob("xlwings"))
    (package / "xlwings-0.9.3.applescript").write_text("old")
    person.install()
    assert [path.name for path in scripts.iterdir()] == [f"xlwings-{XLWINGS}.applescript"]


def test_a_missing_library_is_said_and_the_rest_is_put_in_place(tmp_path: Path) -> None:
    person = Person(tmp_path, WINDOWS)
    person.left_out = "dll"
    person.install()
    assert any("Functions in cells" in line for line in person.said)
    assert addin(person).exists()


def test_without_the_script_nothing_is_put_on_a_mac(tmp_path: Path) -> None:
    person = Person(tmp_path, MAC)
    person.left_out = "applescript"
    before = person.everything()
    with pytest.raises(SetupFailed, match="Without it no button can start Python"):
        person.install()
    assert person.everything() == before


@BOTH
def test_pip_builds_from_a_copy_so_that_the_download_stays_as_it_is(person: Person) -> None:
    person.install()
    assert person.sources != [person.root]
    assert person.built == [["pyproject.toml", "xlkpi", "xlkpi/__init__.py"]]
    assert not any(path.exists() for path in person.sources)


@BOTH
def test_the_record_names_version_xlwings_and_every_file(person: Person) -> None:
    person.install()
    record = read_record(person.machine.places.record)
    assert record
    assert (record.version, record.xlwings) == (VERSION, XLWINGS)
    recorded = {Path(name) for name in record.files}
    assert {addin(person), template(person), person.machine.places.settings} <= recorded
    assert all(path.exists() for path in recorded)


def test_a_mac_whose_startup_folder_has_the_plain_name(tmp_path: Path) -> None:
    plain = tmp_path / "Library" / "Group Containers" / "UBF8T346G9.Office" / "User Content" / "Startup" / "Excel"
    plain.mkdir(parents=True)
    assert places(MAC, tmp_path, {}).startup == plain
    localized = plain.parents[2] / "User Content.localized" / "Startup.localized" / "Excel"
    localized.mkdir(parents=True)
    assert places(MAC, tmp_path, {}).startup == localized


def test_documents_that_were_moved_are_found_where_they_are(tmp_path: Path) -> None:
    moved = tmp_path / "OneDrive - Ours" / "Dokumente"
    assert places(WINDOWS, tmp_path, {}, moved).library == moved / "xlkpi"


def test_the_log_stands_in_the_data_folder() -> None:
    assert log_path() == data_folder() / "xlkpi.log"


# Again, and newer


@BOTH
def test_a_second_run_changes_nothing(person: Person) -> None:
    person.install()
    before, person.commands[:] = person.everything(), []
    said = person.install()
    assert said.startswith(f"xlkpi {VERSION} was in place already.")
    assert person.commands == []
    assert person.everything() == before


@BOTH
def test_a_newer_version_replaces_what_is_the_installers(person: Person) -> None:
    person.install()
    person.download(addin=b"newer add-in", template=b"newer template", python="newer = True")
    person.install()
    assert person.commands == ["venv", "pip"] * 2
    assert addin(person).read_bytes() == b"newer add-in"
    assert template(person).read_bytes() == b"newer template"
    assert not person.machine.places.environment.with_name("venv.before").exists()


@BOTH
def test_a_workbook_that_somebody_typed_into_is_never_replaced(person: Person) -> None:
    person.install()
    template(person).write_bytes(b"figures of a year")
    person.download(template=b"newer template")
    person.install()
    assert template(person).read_bytes() == b"figures of a year"
    assert (
        f"Your {template(person)} was kept. To get the new one, give yours another name and start again." in person.said
    )
    person.uninstall()
    assert template(person).read_bytes() == b"figures of a year"


@BOTH
def test_what_the_version_before_put_there_and_this_one_does_not_is_removed(person: Person) -> None:
    person.install()
    (person.root / "workbooks" / "example.xlsm").unlink()
    person.install()
    assert not (person.machine.places.library / "example.xlsm").exists()


@BOTH
def test_an_environment_that_lost_its_python_is_made_again(person: Person) -> None:
    person.install()
    person.machine.places.python.unlink()
    person.install()
    assert person.commands == ["venv", "pip"] * 2


@BOTH
def test_an_add_in_of_somebody_else_is_kept_out_of_excels_sight(person: Person) -> None:
    addin(person).parent.mkdir(parents=True)
    addin(person).write_bytes(b"theirs")
    person.install()
    assert addin(person).read_bytes() == b"add-in"
    kept = person.machine.places.data / "kept" / ADDIN
    assert kept.read_bytes() == b"theirs"
    assert any(str(kept) in line for line in person.said)
    person.uninstall()
    assert kept.read_bytes() == b"theirs"


# Away again


@BOTH
def test_uninstalling_leaves_everything_as_it_was_before(person: Person) -> None:
    (person.home / "Documents" / "mine.xlsx").write_bytes(b"mine")
    before = person.everything()
    person.install()
    assert person.everything() != before
    person.machine.places.log.write_text("a fault of ours")
    assert person.uninstall() == f"xlkpi {VERSION} is taken away."
    assert person.everything() == before


@BOTH
def test_uninstalling_leaves_what_others_put_beside(person: Person) -> None:
    person.install()
    personal = addin(person).with_name("PERSONAL.XLSB")
    personal.write_bytes(b"macros")
    ours = person.machine.places.library / "ours.xlsx"
    ours.write_bytes(b"figures")
    said = person.uninstall()
    assert personal.exists()
    assert ours.exists()
    assert not addin(person).exists()
    assert said.endswith(f"Your workbooks are still in {person.machine.places.library}.")


@BOTH
def test_uninstalling_keeps_an_add_in_that_was_changed(person: Person) -> None:
    person.install()
    addin(person).write_bytes(b"with macros of mine")
    person.uninstall()
    assert not addin(person).exists()
    assert (person.machine.places.data / "kept" / ADDIN).read_bytes() == b"with macros of mine"


def test_a_script_that_was_there_before_stays(tmp_path: Path) -> None:
    person = Person(tmp_path, MAC)
    scripts = person.machine.places.scripts
    assert scripts
    scripts.mkdir(parents=True)
    (scripts / f"xlwings-{XLWINGS}.applescript").write_text("script")
    person.install()
    person.uninstall()
    assert (scripts / f"xlwings-{XLWINGS}.applescript").exists()


@BOTH
def test_uninstalling_without_a_record_touches_nothing(person: Person) -> None:
    before = person.everything()
    assert person.uninstall().startswith("There is nothing to take away")
    assert person.everything() == before


def test_a_damaged_record_is_no_record() -> None:
    for content in (b"", b"[]", b"{}", b'{"version": 1, "files": []}', b"\xff"):
        assert parse_record(content) is None


# When a step fails


@BOTH
@pytest.mark.parametrize("failing", ["venv", "pip"])
def test_a_command_that_fails_is_told_and_undone(person: Person, failing: str) -> None:
    before, person.failing = person.everything(), failing
    with pytest.raises(SetupFailed) as told:
        person.install()
    assert f"It says: ERROR: no {failing} today\nPut that right, then start again." in str(told.value)
    assert str(told.value).endswith("Everything is as it was before.")
    assert person.everything() == before


@BOTH
@pytest.mark.parametrize("earlier", [False, True], ids=["first", "upgrade"])
def test_whichever_file_cannot_be_written_all_before_it_is_undone(
    person: Person, *, earlier: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if earlier:
        person.install()
        person.download(addin=b"newer add-in", template=b"newer template", python="newer = True")
    before, write = person.everything(), apply._write
    failing = 0

    def refuse(target: Path, content: bytes) -> None:
        if next(writes) == failing:
            raise PermissionError(13, "Permission denied", str(target))
        write(target, content)

    monkeypatch.setattr(apply, "_write", refuse)
    for failing in range(1, 20):  # noqa: B007  # read by the function above
        writes = iter(range(1, 100))
        try:
            person.install()
        except SetupFailed as told:
            assert "cannot be written (Permission denied). Close Excel" in str(told)  # noqa: PT017  # the last one succeeds
            assert person.everything() == before
        else:
            break
    assert failing > (3 if earlier else 5), "the add-in, the settings, the workbooks, the record"
    assert addin(person).read_bytes() == (b"newer add-in" if earlier else b"add-in")


@BOTH
def test_a_file_that_stands_where_a_folder_is_needed(person: Person) -> None:
    excel = addin(person).parents[1]
    excel.parent.mkdir(parents=True)
    excel.write_bytes(b"")
    before = person.everything()
    with pytest.raises(SetupFailed, match="Everything is as it was before"):
        person.install()
    assert person.everything() == before


@BOTH
def test_an_uninstall_that_fails_puts_everything_back(person: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    person.install()
    before, unlink = person.everything(), Path.unlink

    def refuse(self: Path, *, missing_ok: bool = False) -> None:
        if self == template(person):
            raise PermissionError(13, "The file is in use", str(self))
        unlink(self, missing_ok=missing_ok)

    monkeypatch.setattr(Path, "unlink", refuse)
    with pytest.raises(SetupFailed, match="The file is in use"):
        person.uninstall()
    assert person.everything() == before


@BOTH
def test_an_environment_in_use_is_told_before_anything_is_changed(
    person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    person.install()
    person.download(python="newer = True")
    before, replace = person.everything(), Path.replace

    def refuse(self: Path, target: Path) -> Path:
        if self == person.machine.places.environment:
            raise PermissionError(13, "Access is denied", str(self))
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(SetupFailed, match=r"is in use \(Access is denied\). Close Excel"):
        person.install()
    assert person.everything() == before


def test_a_mac_on_which_excel_was_never_opened(tmp_path: Path) -> None:
    person = Person(tmp_path, MAC)
    shutil.rmtree(person.home / "Library")
    before = person.everything()
    with pytest.raises(SetupFailed, match="Open Excel once, close it, start again"):
        person.install()
    assert person.everything() == before


@BOTH
@pytest.mark.parametrize("missing", ["pyproject.toml", "workbooks/xlkpi.xlam"])
def test_a_download_that_is_not_whole(person: Person, missing: str) -> None:
    (person.root / missing).unlink()
    with pytest.raises(SetupFailed, match=r"is missing\. Unpack the whole download"):
        person.install()


def test_linux_is_told_what_to_start_instead(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    machine = FakeMachine(places(System.OTHER, tmp_path, {}), tmp_path, {})
    assert main([], tmp_path, machine=machine) == 3
    assert "python3 install/run.py" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_main_uninstalls_with_remove(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    person = Person(tmp_path, WINDOWS)
    person.install()
    assert main(["--remove"], person.root, machine=person.machine) == 0
    assert f"xlkpi {VERSION} is taken away." in capsys.readouterr().out
    assert not addin(person).exists()


# The settings


@BOTH
@pytest.mark.parametrize("home", [HOME, "Ann", "Łukasz 梅"])
def test_the_settings_lead_vba_to_the_interpreter_in_plain_letters(tmp_path: Path, system: System, home: str) -> None:
    person = Person(tmp_path, system, home)
    person.install()
    there = person.machine.places
    assert there.settings
    content = there.settings.read_bytes()
    assert content.isascii()
    read = read_settings(content)
    key = "INTERPRETER_WIN" if system is WINDOWS else "INTERPRETER_MAC"
    leads = expanded(read[key], person.machine.variables, person.home)
    assert Path(PureWindowsPath(leads).as_posix() if system is WINDOWS else leads) == there.python
    assert read["ADD_WORKBOOK_TO_PYTHONPATH"] == "False"
    assert read["UDF MODULES"] == "xlkpi.addin.udfs"


def test_the_settings_have_the_full_path_where_it_is_plain() -> None:
    windows = places(WINDOWS, Path("C:/Users/Ann Lee"), {"LOCALAPPDATA": "C:/Users/Ann Lee/AppData/Local"})
    text = settings_file(windows, {}).decode()
    assert text.splitlines(keepends=True)[0] == (
        '"INTERPRETER_WIN","C:\\Users\\Ann Lee\\AppData\\Local\\xlkpi\\venv\\Scripts\\python.exe"\r\n'
    )


def test_the_short_name_is_taken_where_windows_has_one() -> None:
    local = "C:/Users/Łukasz/AppData/Local"
    windows = places(WINDOWS, Path("C:/Users/Łukasz"), {"LOCALAPPDATA": local})
    text = interpreter_text(windows, {}, lambda path: path.replace("Łukasz", "UKASZ~1"))
    assert text == r"C:\Users\UKASZ~1\AppData\Local\xlkpi\venv\Scripts\python.exe"
    assert interpreter_text(windows, {}) == r"%USERPROFILE%\AppData\Local\xlkpi\venv\Scripts\python.exe"


def test_a_macs_interpreter_stands_in_a_path_without_spaces() -> None:
    """xlwings' AppleScript hands it to the shell without quotes."""
    assert " " not in str(places(MAC, Path("/Users/ann"), {}).python)


# With the real pip, and no network


def _wheel(folder: Path, name: str, version: str, files: dict[str, str], needs: str = "") -> Path:
    info = f"{name}-{version}.dist-info"
    path = folder / f"{name}-{version}-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as made:
        for inside, content in files.items():
            made.writestr(inside, content)
        made.writestr(f"{info}/METADATA", f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n{needs}")
        made.writestr(
            f"{info}/WHEEL", "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
        )
        made.writestr(f"{info}/RECORD", "")
    return path


def test_a_real_environment_is_made_from_wheels_without_a_network(tmp_path: Path) -> None:
    person = Person(tmp_path, MAC)
    bundle = person.root / "install" / "wheels"
    bundle.mkdir(parents=True)
    _wheel(
        bundle, "xlwings", XLWINGS, {f"xlwings/xlwings-{XLWINGS}.applescript": "the script", "xlwings/__init__.py": ""}
    )
    ours = {"xlkpi/__init__.py": "__version__ = '9.8'\n"}
    needs = "Requires-Dist: xlwings\nProvides-Extra: publish\nRequires-Dist: highspy; extra == 'publish'\n"
    _wheel(bundle, "highspy", "1.9", {"highspy/__init__.py": ""})
    _wheel(person.root / "install", "xlkpi", "9.8", ours, needs)
    log = tmp_path / "log"
    tools = Tools(base_python(), run_command, person.said.append, lambda path: explained(path, ()), log)
    install(person.machine, tools, person.root)
    there = person.machine.places
    assert (
        run_command([str(there.python), "-I", "-c", "import highspy, xlkpi; assert xlkpi.__version__ == '9.8'"], log)
        == 0
    )
    assert there.scripts
    assert (there.scripts / f"xlwings-{XLWINGS}.applescript").read_text() == "the script"


def test_a_wheel_beside_the_installer_goes_before_the_checkout(tmp_path: Path) -> None:
    person = Person(tmp_path, WINDOWS)
    (person.root / "install").mkdir()
    wheel = _wheel(person.root / "install", "xlkpi", "9.8", {"xlkpi/__init__.py": ""})
    assert payload(person.root, "").source == wheel


def test_what_pip_says_leads_to_a_cure(tmp_path: Path) -> None:
    log = tmp_path / "log"
    log.write_text("Collecting pandas>=2.2 (from xlkpi)\n  x\nERROR: SSLError\nnote\n")
    assert doing(log) == "Collecting pandas>=2.2"
    (tmp_path / "other").write_text("Processing /a/long/path/lxml.whl\nInstalling collected packages: lxml, pandas\n")
    assert doing(tmp_path / "other") == "Installing collected packages: lxml"
    told = explained(log, [(("nothing",), "No."), (("SSLError",), "Set PIP_CERT.")])
    assert told == f"It says: ERROR: SSLError\nSet PIP_CERT. All that was said: {log}"
    assert doing(tmp_path / "none") == ""


def test_without_a_wheel_of_what_publishing_needs_nothing_is_put_in_place(tmp_path: Path) -> None:
    person = Person(tmp_path, MAC)
    bundle = person.root / "install" / "wheels"
    bundle.mkdir(parents=True)
    needs = "Provides-Extra: publish\nRequires-Dist: highspy; extra == 'publish'\n"
    _wheel(person.root / "install", "xlkpi", "9.8", {"xlkpi/__init__.py": ""}, needs)
    log = tmp_path / "log"
    tools = Tools(base_python(), run_command, person.said.append, lambda path: explained(path, ()), log)
    with pytest.raises(SetupFailed, match="No matching distribution found for highspy"):
        install(person.machine, tools, person.root)
    assert not person.machine.places.python.exists()
