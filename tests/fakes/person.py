"""A person with a home of real files, a download to install from, and an installer whose pip is played by a few lines."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

from fakes.machine import XLWINGS, FakeMachine

from xlkpi.setup.apply import Tools
from xlkpi.setup.install import explained, install, uninstall
from xlkpi.setup.places import ADDIN, System, places

HOME = "Jörg Müller's files & more"
WINDOWS, MAC = System.WINDOWS, System.MAC


class Person:
    """One person on one system; ``install`` and ``uninstall`` are the real ones."""

    def __init__(self, folder: Path, system: System, home: str = HOME) -> None:
        self.home = folder / home
        variables = {
            "LOCALAPPDATA": str(self.home / "AppData" / "Local"),
            "APPDATA": str(self.home / "AppData" / "Roaming"),
            "USERPROFILE": str(self.home),
        }
        self.home.mkdir()
        for name in variables.values():
            if system is WINDOWS:
                Path(name).mkdir(parents=True, exist_ok=True)
        (self.home / "Documents").mkdir()
        self.machine = FakeMachine(
            places(system, self.home, variables), self.home, variables if system is WINDOWS else {}
        )
        self.root = folder / "Der Download"
        self.said: list[str] = []
        self.commands: list[str] = []
        self.failing = self.left_out = ""
        self.sources: list[Path] = []
        self.built: list[list[str]] = []
        self.tools = Tools(
            "python-of-theirs", self._run, self.said.append, lambda log: explained(log, ()), folder / "log"
        )
        if system is MAC:
            self.machine.places.excel.mkdir(parents=True)  # type: ignore[union-attr]  # there is one on a Mac
        self.download()

    def download(self, addin: bytes = b"add-in", template: bytes = b"template", python: str = "") -> None:
        """Unpack a version."""
        (self.root / "workbooks" / "pictures").mkdir(parents=True, exist_ok=True)
        (self.root / "xlkpi").mkdir(exist_ok=True)
        (self.root / "xlkpi" / "__init__.py").write_text(python)
        (self.root / "pyproject.toml").write_text("[project]\n")
        (self.root / "workbooks" / "README.md").write_text("")
        (self.root / "workbooks" / ADDIN).write_bytes(addin)
        (self.root / "workbooks" / "xlkpi-template.xlsx").write_bytes(template)
        (self.root / "workbooks" / "example.xlsm").write_bytes(b"example")

    def _run(self, command: Sequence[str], log: Path) -> int:
        """Do what venv or pip would leave behind."""
        what = "venv" if "venv" in command else "pip"
        self.commands.append(what)
        log.write_text(f"Collecting pandas\nERROR: no {what} today\nmore\n")
        there = self.machine.places
        windows = there.system is WINDOWS
        packages = there.environment / ("Lib/site-packages" if windows else "lib/python3.13/site-packages")
        there.python.parent.mkdir(parents=True, exist_ok=True)
        there.python.write_text("python")
        if what == self.failing:
            return 1
        if what == "pip":
            path, extra, _ = command[-1].rpartition("[publish]")
            assert extra, "what publishing needs comes along"
            source = Path(path)
            self.sources.append(source)
            self.built.append(sorted(path.relative_to(source).as_posix() for path in source.rglob("*")))
            (packages / "xlwings").mkdir(parents=True)
            (packages / f"xlwings-{XLWINGS}.dist-info").mkdir()
            brought = {packages / "xlwings" / f"xlwings-{XLWINGS}.applescript": "script"}
            if windows:
                brought |= {there.environment / f"xlwings{bits}-{XLWINGS}.dll": f"{bits}" for bits in (32, 64)}
            for path, content in brought.items():
                if path.suffix != f".{self.left_out}":
                    path.write_text(content)
        return 0

    def install(self) -> str:
        """Run the installer, and return what it says last."""
        return "\n".join(install(self.machine, self.tools, self.root))

    def uninstall(self) -> str:
        """Run the uninstaller, and return what it says last."""
        return "\n".join(uninstall(self.machine, self.tools))

    def everything(self) -> dict[str, str]:
        """Return every folder and file of the home, with a hash of its content."""
        return {
            path.relative_to(self.home).as_posix(): hashlib.md5(path.read_bytes()).hexdigest() if path.is_file() else ""
            for path in sorted(self.home.rglob("*"))
        }

    def files(self) -> list[str]:
        """Return the files outside the environment."""
        there = self.machine.places.environment.relative_to(self.home).as_posix()
        return [name for name, content in self.everything().items() if content and not name.startswith(f"{there}/")]
