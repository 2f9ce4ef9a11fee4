"""Where xlkpi keeps what on a machine; nothing else knows these folders."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

#: The project's name inside xlwings' VBA module; it names the settings that the module reads.
PROJECT = "xlkpi"
ADDIN = f"{PROJECT}.xlam"


class System(StrEnum):
    """The systems that differ in where things stand; the value is what people call them."""

    WINDOWS = "Windows"
    MAC = "macOS"
    OTHER = "Linux"


@dataclass(frozen=True, slots=True)
class Places:
    """The folders and files of one person on one machine.

    Attributes:
        system: Which system it is.
        data: xlkpi's own folder: the log and the record of what was installed.
        environment: The private Python environment. On macOS it stands in a path without spaces, because xlwings'
            AppleScript hands the interpreter to a shell without quotes.
        startup: The folder whose add-ins Excel trusts and opens; None where there is no Excel.
        settings: The file in which xlwings' VBA module looks for the interpreter; None where there is no Excel.
        scripts: Where Excel for Mac may run AppleScripts from; None elsewhere.
        documents: Where the person keeps documents.
        excel: A folder that Excel makes when it is first opened; None where nothing depends on it.
    """

    system: System
    data: Path
    environment: Path
    startup: Path | None
    settings: Path | None
    scripts: Path | None
    documents: Path
    excel: Path | None

    @property
    def python(self) -> Path:
        """Return the Python of the private environment."""
        return self.environment / ("Scripts/python.exe" if self.system is System.WINDOWS else "bin/python")

    @property
    def log(self) -> Path:
        """Return where commands that were started in Excel keep what happened."""
        return self.data / f"{PROJECT}.log"

    @property
    def record(self) -> Path:
        """Return the list of what the installer put where."""
        return self.data / "installed.json"

    @property
    def library(self) -> Path:
        """Return the person's own folder for workbooks."""
        return self.documents / PROJECT


def this_system() -> System:
    """Return the system this program runs on."""
    return {"win32": System.WINDOWS, "darwin": System.MAC}.get(sys.platform, System.OTHER)


def places(
    system: System | None = None,
    home: Path | None = None,
    environment: Mapping[str, str] | None = None,
    documents: Path | None = None,
) -> Places:
    """Return where things stand for one person.

    Args:
        system: None takes this machine's.
        home: The person's home; None takes this person's.
        environment: Environment variables; None takes this process's.
        documents: Where documents are kept if that is not ``Documents`` in the home (Windows lets it be moved).
    """
    system = system or this_system()
    home = home or Path.home()
    variables = os.environ if environment is None else environment
    documents = documents or home / "Documents"
    if system is System.WINDOWS:
        return _windows(home, variables, documents)
    if system is System.MAC:
        return _mac(home, documents)
    data = Path(variables.get("XDG_DATA_HOME") or home / ".local" / "share") / PROJECT
    return Places(system, data, data / "venv", None, None, None, documents, None)


def _windows(home: Path, variables: Mapping[str, str], documents: Path) -> Places:
    local = Path(variables.get("LOCALAPPDATA") or home / "AppData" / "Local")
    roaming = Path(variables.get("APPDATA") or home / "AppData" / "Roaming")
    profile = Path(variables.get("USERPROFILE") or home)
    return Places(
        system=System.WINDOWS,
        data=local / PROJECT,
        environment=local / PROJECT / "venv",
        startup=roaming / "Microsoft" / "Excel" / "XLSTART",
        settings=profile / f".{PROJECT}" / f"{PROJECT}.conf",
        scripts=None,
        documents=documents,
        excel=None,
    )


def _mac(home: Path, documents: Path) -> Places:
    library = home / "Library"
    excel = library / "Containers" / "com.microsoft.Excel" / "Data"
    return Places(
        system=System.MAC,
        data=library / "Application Support" / PROJECT,
        environment=home / f".{PROJECT}" / "venv",
        startup=_mac_startup(library / "Group Containers" / "UBF8T346G9.Office"),
        settings=excel / f"{PROJECT}.conf",
        scripts=library / "Application Scripts" / "com.microsoft.Excel",
        documents=documents,
        excel=excel,
    )


def _mac_startup(office: Path) -> Path:
    """Return Excel's startup folder; the Finder hides the ending ``.localized`` that its name has in most versions."""
    localized = office / "User Content.localized" / "Startup.localized" / "Excel"
    plain = office / "User Content" / "Startup" / "Excel"
    return plain if plain.is_dir() and not localized.is_dir() else localized


def data_folder() -> Path:
    """Return xlkpi's own folder for this person; it may not exist yet."""
    return places().data


def log_path() -> Path:
    """Return the log of commands that were started in Excel; neither it nor its folder may exist yet."""
    return places().log
