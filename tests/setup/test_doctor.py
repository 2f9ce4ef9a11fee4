"""Each of the failures on a machine that has only that one, and none on machines where all is well."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from fakes.machine import RULE, XLWINGS, FakeMachine, mac, windows

from xlkpi.setup.checks import State
from xlkpi.setup.doctor import CHECKS, about, as_data, examine, findings, in_one_line, report
from xlkpi.setup.machine import ThisMachine
from xlkpi.setup.places import ADDIN, System, places
from xlkpi.setup.record import Record, parse_record
from xlkpi.setup.settings import INTERPRETER
from xlkpi.version import VERSION

SECURITY = r"HKCU\Software\Microsoft\Office\16.0\Excel\Security"
POLICIES = r"HKCU\Software\Policies\Microsoft\Office\16.0"
DEFENDER = r"HKLM\SOFTWARE\Policies\Microsoft\Windows Defender"
BOOK = Path("C:/Users/Ann/Downloads/Quarter 2.xlsm")

Change = Callable[[FakeMachine], None]


def settings(content: bytes) -> Change:
    def change(machine: FakeMachine) -> None:
        assert machine.places.settings
        machine.files[machine.places.settings] = content

    return change


def without(part: str) -> Change:
    def change(machine: FakeMachine) -> None:
        gone = [path for path in machine.files if part in str(path)]
        assert gone
        for path in gone:
            del machine.files[path]

    return change


def file(name: str, content: bytes) -> Change:
    """Let the file whose path ends so hold something else."""

    def change(machine: FakeMachine) -> None:
        [path] = [path for path in machine.files if path.as_posix().endswith(name)] or [machine.path(name)]
        machine.files[path] = content

    return change


def key(name: str, **values: object) -> Change:
    return lambda machine: machine.keys.update({name: values})


def variable(name: str, value: str) -> Change:
    return lambda machine: machine.variables.update({name: value})


def says(*words: str, said: str = "", code: int = 0) -> Change:
    return lambda machine: machine.says(*words, said=said, code=code)


def store_excel(machine: FakeMachine) -> None:
    name = r"HKLM\SOFTWARE\Microsoft\Windows\CurrentVersion\App Paths\excel.exe"
    machine.keys[name] = {"": r"C:\Program Files\WindowsApps\Microsoft.Office.Desktop.Excel\EXCEL.EXE"}


def empty_line(machine: FakeMachine) -> None:
    """An empty line at the end shifts nothing that matters, yet it is the beginning of it."""
    assert machine.places.settings
    machine.files[machine.places.settings] += b"\r\n"


def other_alphabet(machine: FakeMachine) -> None:
    assert machine.places.settings
    machine.files[machine.places.settings] += '"PYTHONPATH","C:\\Bücher"\r\n'.encode()


def half_made(machine: FakeMachine) -> None:
    without("gen_py")(machine)
    cache = Path(machine.variables["TEMP"]) / "gen_py" / "3.13" / "00020813-0000-0000-C000-000000000046x0x1x9"
    machine.files[cache / "__pycache__" / "x.pyc"] = b""


def never_installed(machine: FakeMachine) -> None:
    record = parse_record(machine.files[machine.places.record])
    assert record
    without(ADDIN)(machine)
    del machine.files[machine.places.record]


def never_had_the_library(machine: FakeMachine) -> None:
    record = parse_record(machine.files[machine.places.record])
    assert record
    files = {path: digest for path, digest in record.files.items() if "xlwings64" not in path}
    without("xlwings64")(machine)
    machine.files[machine.places.record] = Record(record.version, record.stamp, record.xlwings, files).content()


def marked_book(machine: FakeMachine) -> None:
    machine.files[BOOK.with_name(f"{BOOK.name}:Zone.Identifier")] = b"[ZoneTransfer]\r\nZoneId=3\r\n"


def marked_addin(machine: FakeMachine) -> None:
    assert machine.places.startup
    machine.files[machine.places.startup / f"{ADDIN}:Zone.Identifier"] = b"[ZoneTransfer]\r\nZoneId=3\r\n"


ON_WINDOWS = [
    (1, store_excel, "Excel comes from the Microsoft Store", "Click-to-Run"),
    (1, empty_line, "an empty line", "start install.cmd again"),
    (1, other_alphabet, "in another alphabet", "start install.cmd again"),
    (2, never_had_the_library, f"xlwings64-{XLWINGS}.dll is not beside", "start install.cmd again"),
    (3, says("Workbooks", said="https://d.docs.live.net/1a2b/Quarter 2.xlsm"), "by a web address", "synced OneDrive"),
    (4, without("xlkpi.conf"), "are missing", "start install.cmd again"),
    (4, settings(b'"UDF MODULES","x"\r\n'), "name no Python", "start install.cmd again"),
    (4, lambda m: m.cannot_run("import xlkpi"), "cannot be started", "start install.cmd again"),
    (
        4,
        says("import xlkpi", said="Traceback\nModuleNotFoundError: No module named 'xlkpi'", code=1),
        "it says: ModuleNotFoundError: No module named 'xlkpi'",
        "start install.cmd again",
    ),
    (4, says("import xlkpi", said="0.0.9"), f"has xlkpi 0.0.9, and {VERSION} was installed", "start install.cmd again"),
    (5, says("Get-MpPreference", said=f"{RULE.lower()}=1"), "rule D4F940AB", "Ask IT to exclude Excel"),
    (5, says("Get-MpPreference", said=f"{RULE}=6"), "rule D4F940AB", "Ask IT to exclude Excel"),
    (7, without(ADDIN), "was installed and is gone", "antivirus program's quarantine"),
    (7, without("xlwings64"), "was installed and is gone", "antivirus program's quarantine"),
    (7, file(ADDIN, b"cured"), "is not what was installed", "antivirus program's quarantine"),
    (7, without("python.exe"), "was installed and is gone", "antivirus program's quarantine"),
    (9, never_installed, "is not there", "start install.cmd again"),
    (
        9,
        key(
            r"HKCU\Software\Microsoft\Office\16.0\Excel\Resiliency\DisabledItems",
            A1=b"\x01\0\0\0" + r"C:\Users\Ann\XLSTART\XLKPI.xlam".encode("utf-16-le"),
        ),
        "has disabled the add-in",
        "Disabled Items",
    ),
    (9, key(rf"{POLICIES}\Excel\Security", DisableAllAddins=1), "All add-ins are switched off", "Ask IT"),
    (9, key(rf"{POLICIES}\Excel\Security\Trusted Locations", AllLocationsDisabled=1), "No folder is trusted", "Ask IT"),
    (9, key(rf"{POLICIES}\Common", VBAOff=1), "Macros are switched off", "Ask IT"),
    (
        10,
        file("pyvenv.cfg", rb"home = C:\Program Files\WindowsApps\PythonSoftwareFoundation.Python.3.13_qbz5n2kfra8p0"),
        "the one of the Microsoft Store",
        "Install Python from python.org",
    ),
    (11, half_made, "was left half made", "delete the folder"),
    (
        11,
        says("Get-Process", said="4711=132074\r\n4712=0"),
        "without a window is running (process 4712)",
        "Task Manager",
    ),
    (13, without("highspy-"), "lacks the solver that looks for small numbers (highspy)", "install.cmd again"),
    (13, without("msoffcrypto"), "that locks files with a password (msoffcrypto-tool)", "install.cmd again"),
    (12, marked_book, f"Windows marks {BOOK}", "tick Unblock"),
    (12, marked_addin, "Windows marks", "tick Unblock"),
]


@pytest.mark.parametrize(("number", "change", "seen", "cure"), ON_WINDOWS)
def test_a_failure_on_windows_is_told_from_the_other_eleven(number: int, change: Change, seen: str, cure: str) -> None:
    machine = windows()
    change(machine)
    results = findings(examine(machine, BOOK))
    assert [one.check.number for one in results] == [number]
    assert seen in results[0].answer.seen
    assert cure in results[0].answer.cure


@pytest.mark.parametrize(
    ("number", "change", "seen", "cure"),
    [
        (3, says("osascript", said="https://x.sharepoint.com/a.xlsm"), "by a web address", "synced OneDrive"),
        (4, settings(b'"INTERPRETER_WIN","C:\\python.exe"\n'), "name no Python", "start install.command again"),
        (4, variable("PYTHONHOME", "/opt/python2"), "PYTHONHOME is /opt/python2", "Take PYTHONHOME out"),
        (6, lambda m: m.files.update(_other_script(m)), f"xlwings-{XLWINGS}.applescript is not in", "install.command"),
        (6, says("osascript", said="Not authorized to send Apple events (-1743)", code=1), "(-1743)", "Automation"),
        (7, without(ADDIN), "was installed and is gone", "quarantine"),
        (9, never_installed, "is not there", "start install.command again"),
    ],
)
def test_a_failure_on_a_mac_is_told_from_the_others(number: int, change: Change, seen: str, cure: str) -> None:
    machine = mac()
    change(machine)
    results = findings(examine(machine))
    assert [one.check.number for one in results] == [number]
    assert seen in results[0].answer.seen
    assert cure in results[0].answer.cure


def _other_script(machine: FakeMachine) -> dict[Path, bytes]:
    assert machine.places.scripts
    without(f"xlwings-{XLWINGS}.applescript")(machine)
    return {machine.places.scripts / "xlwings-0.30.0.applescript": b""}


@pytest.mark.parametrize("machine", [windows(), windows("C:/Users/Jörg Müller"), mac(), mac("/Users/jörg")])
def test_nothing_is_found_where_all_is_well(machine: FakeMachine) -> None:
    results = examine(machine)
    assert findings(results) == []
    assert not [one for one in results if one.answer.state is State.UNKNOWN]
    assert in_one_line(results).startswith("Nothing found. Checks: ")


@pytest.mark.parametrize(
    ("name", "values"),
    [
        (rf"{DEFENDER}\Policy Manager", {"ASRRules": f"56a863a9-875e-4185-98a7-b882c64b5ce5=2|{RULE}=1"}),
        (rf"{DEFENDER}\Windows Defender Exploit Guard\ASR\Rules", {RULE: "1"}),
    ],
)
def test_a_defender_rule_set_by_policy_is_found_where_powershell_does_not_answer(
    name: str, values: dict[str, object]
) -> None:
    machine = windows()
    machine.cannot_run("Get-MpPreference")
    machine.keys[name] = values
    assert [one.check.number for one in findings(examine(machine))] == [5]


def test_silence_is_not_taken_for_health() -> None:
    machine = windows()
    for words in ("Get-MpPreference", "Get-Process", "Workbooks"):
        machine.cannot_run(words)
    del machine.files[machine.places.record]
    unknown = [one.check.number for one in examine(machine) if one.answer.state is State.UNKNOWN]
    assert unknown == [2, 3, 5, 7, 11]


def test_another_xlwings_than_the_add_ins_is_found() -> None:
    machine = windows()
    without("xlwings-0.37.8.dist-info")(machine)
    machine.files[machine.places.environment / "Lib" / "site-packages" / "xlwings-0.38.0.dist-info" / "METADATA"] = b""
    [result] = findings(examine(machine))
    assert result.check.number == 2
    assert result.answer.seen == f"xlwings is 0.38.0, and the add-in was put in place with {XLWINGS}."


@pytest.mark.parametrize(("value", "word"), [(1, " is trusted."), (0, " is not trusted.")])
def test_access_to_the_vba_project_is_told_and_never_asked_for(value: int, word: str) -> None:
    machine = windows()
    machine.keys[SECURITY] = {"AccessVBOM": value}
    [result] = [one for one in examine(machine) if one.check.number == 8]
    assert result.answer.state is State.FINE
    assert word in result.answer.seen
    assert "does not need it" in result.answer.seen


def test_a_workbook_the_person_changed_is_no_finding() -> None:
    machine = windows()
    record = parse_record(machine.files[machine.places.record])
    assert record
    book = machine.places.library / "ours.xlsm"
    changed = Record(record.version, record.stamp, record.xlwings, {**record.files, str(book): "of then"})
    machine.files |= {machine.places.record: changed.content(), book: b"of now"}
    assert findings(examine(machine)) == []


def test_on_linux_it_says_that_no_check_applies() -> None:
    machine = FakeMachine(places(System.OTHER, Path("/home/ann"), {}), Path("/home/ann"), {})
    results = examine(machine)
    assert {one.answer.state for one in results} == {State.ELSEWHERE}
    assert report(results)[0] == "Nothing to look at: Excel does not run here, and none of the 13 checks applies."
    assert report(results)[2] == "1. Connection from Python to Excel: does not apply. Not on Linux."


def test_the_report_tells_findings_first_with_their_cure() -> None:
    machine = windows()
    store_excel(machine)
    lines = report(examine(machine))
    assert lines[:5] == [
        "1 thing found: Connection from Python to Excel (1).",
        "",
        "1. Connection from Python to Excel",
        "   Excel comes from the Microsoft Store.",
        "   Ask for the Office that is installed from office.com or your software centre (Click-to-Run).",
    ]
    assert len(lines) == 6 + 12


def test_a_machine_is_told_the_same() -> None:
    machine = windows()
    store_excel(machine)
    first = as_data(examine(machine))[0]
    assert (first["number"], first["state"]) == (1, "found")


def test_they_are_numbered_and_each_cure_is_one_sentence() -> None:
    assert [one.number for one in CHECKS] == list(range(1, 14))
    for _, change, _, _ in ON_WINDOWS:
        machine = windows()
        change(machine)
        for one in findings(examine(machine, BOOK)):
            assert one.answer.cure.rstrip(".").count(". ") == 0, one.answer.cure


def test_about_says_version_python_log_and_the_outcome() -> None:
    machine = windows()
    lines = about(machine)
    assert lines[0] == f"xlkpi {VERSION}"
    assert lines[2] == f"Log: {machine.places.log}"
    assert lines[3].startswith("Doctor: Nothing found.")


def test_this_machine_is_read_as_it_is(tmp_path: Path) -> None:
    machine = ThisMachine()
    (tmp_path / "b").write_bytes(b"x")
    assert machine.names(tmp_path) == ["b"]
    assert machine.names(tmp_path / "none") == []
    assert machine.content(tmp_path / "b") == b"x"
    assert machine.content(tmp_path) is None
    assert machine.run("no-such-program-of-ours") is None
    assert INTERPRETER.keys() == {System.WINDOWS, System.MAC}
