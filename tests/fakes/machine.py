"""A machine of values: files, registry, what programs say. It is whole and healthy until a test changes it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PureWindowsPath

from xlkpi.setup.machine import Ran
from xlkpi.setup.places import ADDIN, Places, System, places
from xlkpi.setup.record import Record, digest
from xlkpi.setup.settings import settings_file
from xlkpi.version import VERSION

XLWINGS = "0.37.8"
RULE = "D4F940AB-401B-4EFC-AADC-AD5F3C50688A"


@dataclass
class FakeMachine:
    places: Places
    home: Path
    variables: dict[str, str]
    files: dict[Path, bytes] = field(default_factory=dict)
    keys: dict[str, dict[str, object]] = field(default_factory=dict)
    #: What a program says: the first entry whose words all stand in the command.
    programs: dict[tuple[str, ...], Ran | None] = field(default_factory=dict)

    def content(self, path: Path) -> bytes | None:
        return self.files.get(path)

    def names(self, folder: Path) -> Sequence[str]:
        depth = len(folder.parts)
        return sorted({path.parts[depth] for path in self.files if path != folder and path.is_relative_to(folder)})

    def path(self, text: str) -> Path:
        return Path(PureWindowsPath(text).as_posix()) if self.places.system is System.WINDOWS else Path(text)

    def registry(self, key: str) -> Mapping[str, object]:
        return self.keys.get(key, {})

    def run(self, *command: str) -> Ran | None:
        text = "\n".join(command)
        return next((ran for words, ran in self.programs.items() if all(word in text for word in words)), None)

    def says(self, *words: str, said: str = "", code: int = 0) -> None:
        self._answers(words, Ran(code, said))

    def cannot_run(self, *words: str) -> None:
        self._answers(words, None)

    def _answers(self, words: tuple[str, ...], ran: Ran | None) -> None:
        self.programs = {words: ran, **{one: said for one, said in self.programs.items() if one != words}}


def windows(home: str = "C:/Users/Ann") -> FakeMachine:
    """Return a machine with Windows on which all is well."""
    person = Path(home)
    variables = {
        "LOCALAPPDATA": f"{home}/AppData/Local",
        "APPDATA": f"{home}/AppData/Roaming",
        "USERPROFILE": home,
        "TEMP": f"{home}/AppData/Local/Temp",
    }
    there = places(System.WINDOWS, person, variables)
    made = FakeMachine(there, person, variables)
    assert there.startup
    installed = {
        there.startup / ADDIN: b"the add-in",
        there.python.parent / f"xlwings64-{XLWINGS}.dll": b"the library",
    }
    _installed(made, installed)
    packages = there.environment / "Lib" / "site-packages"
    made.files |= {
        there.environment / "pyvenv.cfg": b"home = C:\\Users\\Ann\\AppData\\Local\\Programs\\Python\\Python313\n",
        packages / f"xlwings-{XLWINGS}.dist-info" / "METADATA": b"",
        packages / "highspy-1.8.1.dist-info" / "METADATA": b"",
        packages / "msoffcrypto_tool-5.4.2.dist-info" / "METADATA": b"",
        made.path(f"{home}/AppData/Local/Temp/gen_py/3.13/00020813-0000-0000-C000-000000000046x0x1x9/__init__.py"): b"",
    }
    made.keys[r"HKLM\SOFTWARE\Microsoft\Windows\CurrentVersion\App Paths\excel.exe"] = {
        "": r"C:\Program Files\Microsoft Office\Root\Office16\EXCEL.EXE"
    }
    made.says("python.exe", "import xlkpi", said=VERSION)
    made.says("Get-MpPreference", said=f"{RULE}=2\r\n56a863a9-875e-4185-98a7-b882c64b5ce5=1")
    made.says("Get-Process EXCEL", said="4711=132074")
    made.says("Workbooks", said="C:\\Users\\Ann\\Documents\\xlkpi\\Quarter 2.xlsm")
    return made


def mac(home: str = "/Users/ann") -> FakeMachine:
    """Return a Mac on which all is well."""
    person = Path(home)
    there = places(System.MAC, person, {})
    made = FakeMachine(there, person, {})
    assert there.startup
    assert there.scripts
    _installed(
        made,
        {there.startup / ADDIN: b"the add-in", there.scripts / f"xlwings-{XLWINGS}.applescript": b"the script"},
    )
    made.files[there.environment / "pyvenv.cfg"] = b"home = /opt/homebrew/bin\n"
    for name in (f"xlwings-{XLWINGS}", "highspy-1.8.1", "msoffcrypto_tool-5.4.2"):
        made.files[there.environment / "lib/python3.13/site-packages" / f"{name}.dist-info" / "METADATA"] = b""
    made.says("bin/python", "import xlkpi", said=VERSION)
    made.says("osascript", said=f"{home}/Documents/xlkpi/Quarter 2.xlsm, {home}/Book1.xlsx")
    return made


def _installed(made: FakeMachine, files: dict[Path, bytes]) -> None:
    there = made.places
    assert there.settings
    files = {**files, there.settings: settings_file(there, made.variables)}
    record = Record(VERSION, "stamp", XLWINGS, {str(path): digest(content) for path, content in files.items()})
    made.files |= {**files, there.python: b"", there.record: record.content()}
