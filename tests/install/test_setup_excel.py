"""The files a person starts: the Python they look for, what they hand over, how they are written."""

from __future__ import annotations

import ast
import importlib.util
import os
import re
import shutil
import stat
import subprocess
import sys
import zipfile
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[2]
INSTALL = ROOT / "install"


def load() -> ModuleType:
    spec = importlib.util.spec_from_file_location("setup_excel", INSTALL / "setup_excel.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


setup_excel = load()


# Which Python will do


@pytest.mark.parametrize(
    ("version", "executables", "lacking", "told"),
    [
        ((3, 11, 0), ["/usr/bin/python3.11", "/usr"], [], None),
        ((3, 14, 2), [r"C:\Users\Jörg\AppData\Local\Programs\Python\Python314\python.exe"], [], None),
        ((3, 10, 9), ["/usr/bin/python3"], [], "xlkpi needs Python 3.11 or later, and /usr/bin/python3 is 3.10."),
        ((2, 7, 18), ["python"], [], "xlkpi needs Python 3.11 or later, and python is 2.7."),
        (
            (3, 13, 1),
            [r"C:\Users\Ann\venv\python.exe", r"C:\Program Files\WindowsApps\PythonSoftwareFoundation.Python.3.13"],
            [],
            "is the Python of the Microsoft Store",
        ),
        ((3, 12, 0), ["/usr/bin/python3"], ["ensurepip"], "/usr/bin/python3 comes without ensurepip."),
    ],
)
def test_which_python_will_do(
    version: tuple[int, ...], executables: list[str], lacking: list[str], told: str | None
) -> None:
    said = setup_excel.problem(version, executables, lacking)
    assert (told is None) == (said is None)
    assert told is None or told in said
    assert said is None or "then start again." in said


def test_it_says_by_its_exit_code_whether_it_suits() -> None:
    done = subprocess.run([sys.executable, INSTALL / "setup_excel.py", "--suits"], capture_output=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")


def test_an_old_python_can_read_it() -> None:
    ast.parse((INSTALL / "setup_excel.py").read_text("utf-8"), feature_version=(3, 6))


def test_a_wheel_beside_it_is_imported_instead_of_the_checkout(tmp_path: Path) -> None:
    assert setup_excel.package_path(tmp_path) == str(tmp_path)
    for version in ("0.1.0", "0.2.0"):
        (tmp_path / f"xlkpi-{version}-py3-none-any.whl").touch()
    assert setup_excel.package_path(tmp_path) == str(tmp_path / "xlkpi-0.2.0-py3-none-any.whl")


def test_it_runs_from_a_wheel_with_nothing_but_the_standard_library(tmp_path: Path) -> None:
    (tmp_path / "install").mkdir()
    for name in ("setup_excel.py", "run.py"):
        shutil.copy(INSTALL / name, tmp_path / "install")
    with zipfile.ZipFile(tmp_path / "xlkpi-0.1.0-py3-none-any.whl", "w") as wheel:
        for path in (ROOT / "xlkpi").rglob("*.py"):
            wheel.write(path, path.relative_to(ROOT).as_posix())
    done = subprocess.run(
        [sys.executable, "-I", "-S", tmp_path / "install" / "setup_excel.py"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 3
    assert done.stderr.startswith("The installer puts xlkpi into Excel, which does not run on Linux.")


# The shells


@pytest.mark.parametrize(("name", "handed"), [("install.cmd", ""), ("uninstall.cmd", "--remove ")])
def test_the_shell_for_windows(name: str, handed: str) -> None:
    content = (INSTALL / name).read_bytes()
    text = content.decode("ascii")
    assert content.count(b"\n") == content.count(b"\r\n")
    labels = set(re.findall(r"^:(\w+)", text, re.MULTILINE))
    called = set(re.findall(r"(?:goto|call) :(\w+)", text))
    assert called == labels
    starts = re.findall(r'^(?:py -3|"%FOUND%") "%HERE%setup_excel\.py" (.*)$', text.replace("\r", ""), re.MULTILINE)
    assert [one for one in starts if "--suits" not in one] == [f"{handed}%*"] * 2
    assert [one for one in starts if "--suits" in one] == [
        "--suits >nul 2>nul && goto :launcher",
        "--suits >nul 2>nul",
    ]
    assert "runas" not in text.casefold()


def test_the_two_shells_of_a_system_differ_only_in_what_they_hand_over() -> None:
    for ending in ("cmd", "command"):
        one, other = (
            (INSTALL / f"{name}.{ending}").read_text("utf-8").splitlines() for name in ("install", "uninstall")
        )
        differing = [(a, b) for a, b in zip(one, other, strict=True) if a != b]
        assert all(a.startswith(("rem", "#")) or b.replace("--remove ", "") == a for a, b in differing), differing
        assert len(differing) == (3 if ending == "cmd" else 2)


@pytest.mark.skipif(os.name == "nt", reason="the shell for macOS needs a Unix shell; the one for Windows is read above")
@pytest.mark.parametrize(("name", "handed"), [("install.command", ["a b"]), ("uninstall.command", ["--remove", "a b"])])
def test_the_shell_for_a_mac_takes_the_first_python_that_suits(tmp_path: Path, name: str, handed: list[str]) -> None:
    folder = tmp_path / "Meine Übersicht & mehr"
    folder.mkdir()
    shutil.copy(INSTALL / name, folder)
    (folder / "setup_excel.py").write_text("")
    programs = tmp_path / "bin"
    programs.mkdir()
    _program(programs / "python3.16", "exit 1")  # too old, or the one of the Store
    _program(
        programs / "python3.15",
        'if [ "$2" = --suits ]; then exit 0; fi; printf "%s|" "$@" "${PYTHONHOME-unset}"; exit 7',
    )
    done = subprocess.run(
        ["bash", folder / name, "a b"],
        env={"PATH": f"{programs}{os.pathsep}{os.environ['PATH']}", "HOME": str(tmp_path), "PYTHONHOME": "theirs"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout == "|".join([str(folder / "setup_excel.py"), *handed, "unset", ""])
    assert (done.returncode, done.stderr) == (7, "")


def _program(path: Path, text: str) -> None:
    path.write_text(f"#!/bin/bash\n{text}\n")
    path.chmod(0o755)


@pytest.mark.parametrize("name", ["install.command", "uninstall.command"])
def test_the_shell_for_a_mac_can_be_opened_in_the_finder(name: str) -> None:
    listed = subprocess.run(["git", "ls-files", "-s", f"install/{name}"], cwd=ROOT, capture_output=True, check=False)
    executable = (INSTALL / name).stat().st_mode & stat.S_IXUSR
    assert executable
    assert not listed.stdout or listed.stdout.startswith(b"100755")
    assert b"\r" not in (INSTALL / name).read_bytes()
