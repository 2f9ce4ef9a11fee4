"""`install/run.py` makes its environment once, makes it again when it must, and says what to do when it cannot."""

import ast
import importlib.util
import os
import shutil
import subprocess
import sys
import textwrap
import venv
from collections.abc import Callable, Sequence
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest

SCRIPT = Path(__file__).resolve().parents[2] / "install" / "run.py"
VERSION = f"{sys.version_info.major}.{sys.version_info.minor}"

# A project without requirements, whose build backend comes along: pip installs it without a network.
PROJECT = """\
[build-system]
requires = []
build-backend = "backend"
backend-path = ["."]

[project]
name = "xlkpi"
version = "1"

[project.optional-dependencies]
test = []
"""
BACKEND = """\
from pathlib import Path
from zipfile import ZipFile

def build_editable(wheel_directory, config_settings=None, metadata_directory=None):
    name = "xlkpi-1-py3-none-any.whl"
    files = {
        "xlkpi.pth": str(Path(__file__).parent),
        "xlkpi-1.dist-info/METADATA": "Metadata-Version: 2.1\\nName: xlkpi\\nVersion: 1\\nProvides-Extra: test\\n",
        "xlkpi-1.dist-info/WHEEL": "Wheel-Version: 1.0\\nGenerator: us\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n",
    }
    record = "".join(f"{path},,\\n" for path in files) + "xlkpi-1.dist-info/RECORD,,\\n"
    with ZipFile(Path(wheel_directory) / name, "w") as wheel:
        for path, text in files.items():
            wheel.writestr(path, text)
        wheel.writestr("xlkpi-1.dist-info/RECORD", record)
    return name
"""
PROGRAM = """\
import os, sys
script = __file__.replace(os.sep, "/").split("/")[-2:]
print(script, sys.argv[1:], os.path.basename(os.getcwd()), sys.prefix != sys.base_prefix)
sys.exit(int(os.environ.get("EXIT_CODE", "0")))
"""


def load() -> ModuleType:
    """Return `install/run.py` as a module; it stands in no package."""
    spec = importlib.util.spec_from_file_location("run", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


run = load()


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A checkout of a tiny xlkpi, in a folder whose name has a space and an umlaut."""
    root = tmp_path / "Prüfung mit Leerzeichen"
    (root / "install").mkdir(parents=True)
    shutil.copy(SCRIPT, root / "install")
    (root / "xlkpi").mkdir()
    (root / "xlkpi" / "__init__.py").touch()
    (root / "xlkpi" / "__main__.py").write_text(PROGRAM)
    (root / "pytest.py").write_text(PROGRAM)
    (root / "backend.py").write_text(BACKEND)
    (root / "pyproject.toml").write_text(PROJECT)
    return root


class Steps:
    """Stands for the running of steps: keeps their words, and does just enough for a step to have happened."""

    def __init__(self) -> None:
        self.commands: list[Sequence[str]] = []
        self.results: dict[str, int | BaseException] = {}
        self.log = ""

    def __call__(self, title: str, command: Sequence[str], root: Path, lock: int) -> int:
        """Note the step, and end it as `results` says for its module."""
        assert title.startswith("[")
        assert lock >= 0
        self.commands.append(command)
        run.log_path(root).write_text(self.log)
        result = self.results.get(command[3], 0)
        if isinstance(result, BaseException):
            raise result
        if command[3] == "venv":
            run.python_path(root).parent.mkdir(parents=True, exist_ok=True)
            run.python_path(root).touch()
        return result

    def taken(self) -> list[str]:
        """Return what has been run since the last time: `venv`, or what pip was told to install."""
        done = ["venv" if command[3] == "venv" else command[-1] for command in self.commands]
        self.commands.clear()
        return done


@pytest.fixture
def steps(monkeypatch: pytest.MonkeyPatch) -> Steps:
    fake = Steps()
    monkeypatch.setattr(run, "run_step", fake)
    monkeypatch.setattr(run, "hand_over", lambda _command: 0)
    return fake


# The person's Python


@pytest.mark.parametrize("found", [(3, 11, 0), (3, 13, 1), (4, 0, 0)])
def test_python_that_will_do_is_not_mentioned(found: tuple[int, int, int]) -> None:
    assert run.version_problem(found, "python3") is None


@pytest.mark.parametrize(
    ("newer", "cure"),
    [
        ("python3.12", "Start it with: python3.12 install/run.py"),
        (
            None,
            "Install a current Python (python.org, or your organisation's software centre), then start again with it.",
        ),
    ],
)
def test_old_python_is_told_in_one_line(newer: str | None, cure: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run, "newer_python", lambda: newer)
    assert run.version_problem((3, 9, 6), "/usr/bin/python3") == (
        f"xlkpi needs Python 3.11 or later, and this is Python 3.9.6 (/usr/bin/python3). {cure}"
    )


def test_old_python_makes_nothing(
    checkout: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(run, "OLDEST", (99, 0))
    assert run.main(["demo"], checkout) == 3
    assert capsys.readouterr().err.startswith("xlkpi needs Python 99.0 or later, and this is Python ")
    assert not (checkout / ".venv").exists()


def test_newer_python_is_one_that_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run.shutil, "which", lambda name: name if name in ("python3.13", "python3.12") else None)
    monkeypatch.setattr(run.subprocess, "call", lambda command, **_: 0 if command[0] == "python3.12" else 127)
    assert run.newer_python() == "python3.12"


def test_script_is_understood_by_python_3_6() -> None:
    tree = ast.parse(SCRIPT.read_text(encoding="utf-8"), feature_version=(3, 6))
    assert not [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.module == "__future__"]
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            named = [argument.annotation for argument in node.args.args] + [node.returns]
            assert all(isinstance(annotation, ast.Name | ast.Constant | None) for annotation in named), node.name


def test_script_imports_the_standard_library_only() -> None:
    tree = ast.parse(SCRIPT.read_text(encoding="utf-8"))
    imports = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    imports |= {str(node.module) for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert {name.split(".")[0] for name in imports} <= sys.stdlib_module_names


def test_missing_ensurepip_names_the_package_to_install(
    checkout: Path, steps: Steps, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(run.importlib.util, "find_spec", lambda name: None if name == "ensurepip" else "found")
    assert run.main(["demo"], checkout) == 3
    assert capsys.readouterr().err == (
        f"This Python {VERSION} ({sys.executable}) comes without ensurepip, which the environment needs. "
        f"On Debian or Ubuntu: sudo apt install python{VERSION}-venv. Elsewhere install a Python from python.org. "
        "Then start again.\n"
    )
    assert steps.taken() == []


# What is typed


@pytest.mark.parametrize("arguments", [[], ["help"], ["-h"], ["--help"]])
def test_without_a_command_help_is_shown(
    arguments: list[str], checkout: Path, steps: Steps, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run.main(arguments, checkout) == 0
    shown = capsys.readouterr().out
    assert "python3 install/run.py demo " in shown
    assert "python3 install/run.py test " in shown
    assert steps.taken() == []


@pytest.mark.parametrize(
    ("typed", "run_in_environment"),
    [
        (["demo"], ["-m", "xlkpi", "demo"]),
        (["demo", "--help"], ["-m", "xlkpi", "demo", "--help"]),
        (["test"], ["-m", "pytest", *run.SEVERAL]),
        (["test", "tests/unit", "-k", "status"], ["-m", "pytest", "tests/unit", "-k", "status"]),
        (["refresh", "Mein Bericht.xlsx", "--json"], ["-m", "xlkpi", "refresh", "Mein Bericht.xlsx", "--json"]),
    ],
)
def test_commands_are_handed_on(typed: list[str], run_in_environment: list[str]) -> None:
    assert run.command_line(Path("python"), typed) == ["python", *run_in_environment]


# What is made, and when


def test_second_start_makes_nothing(checkout: Path, steps: Steps) -> None:
    assert run.main(["demo"], checkout) == 0
    assert steps.taken() == ["venv", "."]
    assert run.main(["refresh", "book.xlsx"], checkout) == 0
    assert steps.taken() == []


def test_test_adds_its_extra_and_demo_needs_none(checkout: Path, steps: Steps, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(checkout)
    run.main(["demo"], checkout)
    steps.taken()
    run.main(["test"], checkout)
    assert steps.taken() == [".[test]"]
    run.main(["demo"], checkout)
    assert steps.taken() == []


def test_changed_project_is_installed_again_in_the_same_environment(checkout: Path, steps: Steps) -> None:
    run.main(["demo"], checkout)
    steps.taken()
    (checkout / "pyproject.toml").write_text(PROJECT + "# changed\n")
    run.main(["demo"], checkout)
    assert steps.taken() == ["."]


def other_python(_checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run.sys, "base_prefix", "another")


def removed_python(checkout: Path, _monkeypatch: pytest.MonkeyPatch) -> None:
    run.python_path(checkout).unlink()


def damaged_stamp(checkout: Path, _monkeypatch: pytest.MonkeyPatch) -> None:
    run.stamp_path(checkout).write_bytes(b"\xff")


def missing_stamp(checkout: Path, _monkeypatch: pytest.MonkeyPatch) -> None:
    run.stamp_path(checkout).unlink()


@pytest.mark.parametrize("harm", [other_python, removed_python, damaged_stamp, missing_stamp])
def test_environment_that_will_not_do_is_made_again_from_nothing(
    harm: Callable[[Path, pytest.MonkeyPatch], None], checkout: Path, steps: Steps, monkeypatch: pytest.MonkeyPatch
) -> None:
    run.main(["demo"], checkout)
    steps.taken()
    (checkout / ".venv" / "lib" / "left").mkdir(parents=True)
    harm(checkout, monkeypatch)
    run.main(["demo"], checkout)
    assert steps.taken() == ["venv", "."]
    assert not (checkout / ".venv" / "lib").exists()


def test_moved_checkout_needs_another_environment(checkout: Path) -> None:
    moved = checkout.rename(checkout.with_name("moved"))
    stamp = run.wanted_stamp(moved, "")
    (checkout / "elsewhere").mkdir(parents=True)
    shutil.copy(moved / "pyproject.toml", checkout / "pyproject.toml")
    assert run.wanted_stamp(checkout, "").project == stamp.project
    assert not run.wanted_stamp(checkout, "").covers(stamp)


@pytest.mark.parametrize("step", ["venv", "pip"])
def test_interrupted_start_begins_afresh(
    step: str, checkout: Path, steps: Steps, capsys: pytest.CaptureFixture[str]
) -> None:
    steps.results[step] = KeyboardInterrupt()
    assert run.main(["demo"], checkout) == 130
    assert capsys.readouterr().err == "\nStopped. Start again to carry on.\n"
    steps.results.clear()
    steps.taken()
    assert run.main(["demo"], checkout) == 0
    assert steps.taken() == ["venv", "."]


def test_interrupted_update_begins_afresh(checkout: Path, steps: Steps) -> None:
    run.main(["demo"], checkout)
    (checkout / "pyproject.toml").write_text(PROJECT + "# changed\n")
    steps.results["pip"] = KeyboardInterrupt()
    run.main(["demo"], checkout)
    steps.results.clear()
    steps.taken()
    run.main(["demo"], checkout)
    assert steps.taken() == ["venv", "."]


def test_environment_is_made_with_the_python_behind_this_one(
    checkout: Path, steps: Steps, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run.sys, "_base_executable", str(SCRIPT))
    run.main(["demo"], checkout)
    assert steps.commands[0][0] == str(SCRIPT)


def test_python_that_does_not_tell_its_base_makes_the_environment_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run.sys, "_base_executable", "/not/there")
    assert run.base_python() == sys.executable


# What goes wrong


def test_somebody_elses_environment_is_left_alone(
    checkout: Path, steps: Steps, capsys: pytest.CaptureFixture[str]
) -> None:
    theirs = checkout / ".venv" / "pyvenv.cfg"
    theirs.parent.mkdir()
    theirs.touch()
    assert run.main(["demo"], checkout) == 3
    assert capsys.readouterr().err == (
        f"{checkout / '.venv'} was not made by run.py and is left alone. Rename or delete it, then start again.\n"
    )
    assert steps.taken() == []
    assert list(theirs.parent.iterdir()) == [theirs]


def test_folder_that_cannot_be_written_to(
    checkout: Path, steps: Steps, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse(*_arguments: object, **_named: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "mkdir", refuse)
    assert run.main(["demo"], checkout) == 3
    assert capsys.readouterr().err == (
        f"{checkout / '.venv'} cannot be written to (Permission denied). Copy the checkout to a folder of your own, "
        "then start again there.\n"
    )
    assert steps.taken() == []


def test_environment_in_use_cannot_be_made_again(
    checkout: Path, steps: Steps, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse(path: str) -> None:
        raise PermissionError(13, "Permission denied", path)

    run.main(["demo"], checkout)
    steps.taken()
    (checkout / ".venv" / "run.stamp").unlink()
    monkeypatch.setattr(run.shutil, "rmtree", refuse)
    assert run.main(["demo"], checkout) == 3
    place = run.python_path(checkout).parent
    assert capsys.readouterr().err == (
        f"{place} cannot be deleted (Permission denied), and the environment has to be made again. Close the programs "
        f"that use {checkout / '.venv'}, then start again.\n"
    )
    assert steps.taken() == []


def test_checkout_without_its_project_file(checkout: Path, steps: Steps, capsys: pytest.CaptureFixture[str]) -> None:
    (checkout / "pyproject.toml").unlink()
    assert run.main(["demo"], checkout) == 3
    assert capsys.readouterr().err == (
        f"{checkout / 'pyproject.toml'} cannot be read (No such file or directory). "
        "Start run.py from a whole checkout.\n"
    )
    assert steps.taken() == []


def test_environment_that_python_cannot_make(checkout: Path, steps: Steps, capsys: pytest.CaptureFixture[str]) -> None:
    steps.results["venv"] = 1
    steps.log = "Error: [Errno 28] No space left on device\n\n"
    assert run.main(["demo"], checkout) == 3
    assert capsys.readouterr().err == (
        f"The environment could not be made in {checkout / '.venv'}.\n"
        "Python says: Error: [Errno 28] No space left on device\n"
        f"Put that right, then start again. All it said: {run.log_path(checkout)}\n"
    )
    assert steps.taken() == ["venv"]


PIP_SAID = [
    pytest.param(
        """\
        Looking in indexes: a mirror
          WARNING: Retrying (Retry(total=0)) after connection broken by 'NewConnectionError(...)': /simple/pandas/
          error: subprocess-exited-with-error
          x pip subprocess to install build dependencies did not run successfully.
              ERROR: No matching distribution found for setuptools>=77
          note: This error originates from a subprocess, and is likely not a problem with pip.
        """,
        "ERROR: No matching distribution found for setuptools>=77\n"
        "No package index could be reached: connect to the network, or set PIP_INDEX_URL to the address of your own "
        "package mirror, then start again.",
        id="no network",
    ),
    pytest.param(
        """\
        WARNING: broken by 'SSLError(SSLCertVerificationError(1, '[SSL: CERTIFICATE_VERIFY_FAILED] ...'))'
        ERROR: No matching distribution found for pandas>=2.2
        """,
        "ERROR: No matching distribution found for pandas>=2.2\n"
        "A certificate was not trusted: set PIP_CERT to your organisation's certificate file, then start again.",
        id="certificate",
    ),
    pytest.param(
        """\
        WARNING: broken by 'ProxyError('Cannot connect to proxy.', NewConnectionError('...'))'
        ERROR: No matching distribution found for pandas>=2.2
        """,
        "ERROR: No matching distribution found for pandas>=2.2\n"
        "The proxy refused the connection: set HTTPS_PROXY to your organisation's proxy, then start again.",
        id="proxy",
    ),
    pytest.param(
        """\
        ERROR: Could not find a version that satisfies the requirement pandas>=2.2 (from versions: none)
        ERROR: No matching distribution found for pandas>=2.2
        """,
        "ERROR: No matching distribution found for pandas>=2.2\n"
        "The package index could not be reached, or does not have it: check the network and pip's settings "
        "(python3 -m pip config list), then start again.",
        id="not in the index",
    ),
    pytest.param(
        "ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device\n",
        "ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device\n"
        "The disk is full: free 1 GB, then start again.",
        id="disk full",
    ),
    pytest.param("Killed\nnote: x\n| ---\n\n", "Killed\nPut that right, then start again.", id="something else"),
    pytest.param("", "nothing\nPut that right, then start again.", id="nothing said"),
]


@pytest.mark.parametrize(("log", "told"), PIP_SAID)
def test_pip_that_fails(log: str, told: str, checkout: Path, steps: Steps, capsys: pytest.CaptureFixture[str]) -> None:
    steps.results["pip"] = 1
    steps.log = textwrap.dedent(log)
    assert run.main(["demo"], checkout) == 3
    assert capsys.readouterr().err == (
        f"xlkpi could not be installed.\npip says: {told} All that pip said: {run.log_path(checkout)}\n"
    )
    assert not run.stamp_path(checkout).exists()


def test_environment_that_does_not_start(
    checkout: Path, steps: Steps, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse(_command: Sequence[str]) -> int:
        raise OSError(8, "Exec format error")

    monkeypatch.setattr(run, "hand_over", refuse)
    assert run.main(["demo"], checkout) == 3
    assert steps.taken() == ["venv", "."]
    assert capsys.readouterr().err == (
        f"xlkpi could not be started: [Errno 8] Exec format error. Delete {checkout / '.venv'}, then start again.\n"
    )


# The lock, and what is said meanwhile


def test_lock_is_held_by_one_and_free_when_that_one_ends(checkout: Path) -> None:
    with run.locked(checkout), run.lock_path(checkout).open("a+b") as other:
        assert not run.take(other.fileno())
    with run.lock_path(checkout).open("a+b") as other:
        assert run.take(other.fileno())


def test_waiting_is_said(checkout: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    answers = iter([False, False, True])
    monkeypatch.setattr(run, "take", lambda _lock: next(answers))
    with run.locked(checkout):
        assert capsys.readouterr().err.startswith("Waiting for another start, which is making the environment ")


def test_step_that_another_start_has_done_is_not_done_again(
    checkout: Path, steps: Steps, monkeypatch: pytest.MonkeyPatch
) -> None:
    def done_meanwhile(_lock: int) -> bool:
        run.python_path(checkout).parent.mkdir(parents=True)
        run.python_path(checkout).touch()
        run.write_stamp(checkout, run.wanted_stamp(checkout, ""))
        return True

    monkeypatch.setattr(run, "take", done_meanwhile)
    assert run.main(["demo"], checkout) == 0
    assert steps.taken() == []


@pytest.mark.parametrize(
    ("terminal", "shown"),
    [
        (False, "[1/2] Making .. 5.0 s\n"),
        (
            True,
            (
                "[1/2] Making\r[1/2] Making: 2 s Collecting pan\r[1/2] Making: 5 s {0}\r[1/2] Making: 5 s {0}\r"
                "[1/2] Making: 5.0 s \n"
            ),
        ),
    ],
)
def test_progress(
    *, terminal: bool, shown: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    clock = iter([0.0, 2.1, 5.0, 5.0, 5.0])
    monkeypatch.setattr(run, "time", SimpleNamespace(monotonic=lambda: next(clock)))
    monkeypatch.setattr(run.shutil, "get_terminal_size", lambda: os.terminal_size((33, 25)))
    monkeypatch.setattr(sys.stderr, "isatty", lambda: terminal, raising=False)
    progress = run.Progress("[1/2] Making")
    progress.tick("Collecting pandas")
    progress.tick()
    progress.close()
    assert capsys.readouterr().err == shown.format(" " * 14)


@pytest.mark.parametrize(
    ("log", "words"),
    [
        ("Collecting pandas>=2.2 (from xlkpi==0.1.0)\n", "Collecting pandas>=2.2"),
        ("Collecting lxml\n  WARNING: a remark\n", "Collecting lxml"),
        ("Processing c:\\wheels\\lxml.whl (from xlkpi)\n", "Processing lxml.whl"),
        ("Installing build dependencies: started\n", "Installing build dependencies"),
        ("Looking in links\n", ""),
    ],
)
def test_progress_tells_what_pip_is_about(log: str, words: str, checkout: Path) -> None:
    run.log_path(checkout).parent.mkdir()
    run.log_path(checkout).write_text(log)
    assert run.doing(checkout) == words


def test_step_runs_in_the_checkout_without_another_pythons_settings(
    checkout: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("PYTHONHOME", "PYTHONPATH", "PIP_USER", "PIP_INDEX_URL"):
        monkeypatch.setenv(name, "theirs")
    seen = "import os; print(os.getcwd()); print(sorted(k for k, v in os.environ.items() if v == 'theirs')); exit(4)"
    with run.locked(checkout) as lock:
        assert run.run_step("[1/1] Trying", [sys.executable, "-X", "utf8", "-c", seen], checkout, lock) == 4
    assert run.read_log(checkout) == [str(checkout), "['PIP_INDEX_URL']"]


# The whole, with real environments


def start(checkout: Path, *arguments: str, folder: Path | None = None, **settings: str) -> "subprocess.Popen[str]":
    """Start `install/run.py` of a checkout as a person would, in `folder` or in the checkout."""
    environment = {**os.environ, "PYTHONUTF8": "1", "PIP_NO_INDEX": "1", **settings}
    return subprocess.Popen(
        [sys.executable, str(checkout / "install" / "run.py"), *arguments],
        cwd=folder or checkout,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )


@pytest.fixture
def environment(checkout: Path) -> Path:
    """A checkout with a finished environment that has no pip, so that nothing can be installed in it."""
    venv.create(checkout / ".venv", with_pip=False, symlinks=os.name != "nt")
    packages = next((checkout / ".venv").glob("[Ll]ib/**/site-packages"))
    (packages / "xlkpi.pth").write_text(str(checkout), encoding="locale")
    run.write_stamp(checkout, run.wanted_stamp(checkout, "test"))
    return checkout


def test_second_start_runs_the_program_in_the_persons_folder(environment: Path, tmp_path: Path) -> None:
    folder = tmp_path / "Berichte"
    folder.mkdir()
    with start(environment, "refresh", "Mein Bericht.xlsx", "--größe", folder=folder, EXIT_CODE="7") as process:
        out, err = process.communicate()
    assert out == "['xlkpi', '__main__.py'] ['refresh', 'Mein Bericht.xlsx', '--größe'] Berichte True\n"
    assert err == ""
    assert process.returncode == 7


def test_second_start_runs_the_tests_in_the_checkout(environment: Path, tmp_path: Path) -> None:
    with start(environment, "test", "tests/unit", folder=tmp_path, EXIT_CODE="1") as process:
        out, err = process.communicate()
    assert out == f"['{environment.name}', 'pytest.py'] ['tests/unit'] {environment.name} True\n"
    assert err == ""
    assert process.returncode == 1


def test_two_first_starts_at_once_make_one_environment(checkout: Path) -> None:
    with start(checkout, "demo") as one, start(checkout, "demo") as other:
        said = [process.communicate() for process in (one, other)]
    assert [out for out, _ in said] == ["['xlkpi', '__main__.py'] ['demo'] Prüfung mit Leerzeichen True\n"] * 2, said
    assert sum(err.count("[1/2] Making the environment in ") for _, err in said) == 1
    assert sum(err.count("[2/2] Installing xlkpi and what it needs ") for _, err in said) == 1
