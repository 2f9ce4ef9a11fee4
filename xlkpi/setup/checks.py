"""The ways in which Excel and Python fail to meet, told apart: one small function each, over a machine.

The numbers are those of the project's list of failures. A check that asks a question nobody can answer here says so; it
never takes silence for health.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

from xlkpi.setup.machine import Machine, Ran
from xlkpi.setup.packages import NEEDED
from xlkpi.setup.places import ADDIN, System
from xlkpi.setup.record import Record, digest, parse_record
from xlkpi.setup.settings import INTERPRETER, expanded, read_settings

_OFFICE = r"Software\Microsoft\Office\16.0"
_POLICIES = r"Software\Policies\Microsoft\Office\16.0"
_STORE = "WindowsApps"
#: Defender's rule that forbids Office to start other programs.
_RULE = "d4f940ab-401b-4efc-aadc-ad5f3c50688a"
_DEFENDER = r"HKLM\SOFTWARE\Policies\Microsoft\Windows Defender"
_ASK_RULES = (
    "$p = Get-MpPreference; for ($i = 0; $i -lt $p.AttackSurfaceReductionRules_Ids.Count; $i++) "
    '{ "$($p.AttackSurfaceReductionRules_Ids[$i])=$($p.AttackSurfaceReductionRules_Actions[$i])" }'
)
_ASK_EXCELS = 'Get-Process EXCEL -ErrorAction SilentlyContinue | ForEach-Object { "$($_.Id)=$($_.MainWindowHandle)" }'
_ASK_BOOKS = (
    "[Console]::OutputEncoding = [Text.Encoding]::UTF8; "
    "[Runtime.InteropServices.Marshal]::GetActiveObject('Excel.Application').Workbooks | ForEach-Object { $_.FullName }"
)
_MAC_BOOKS = (
    'if application "Microsoft Excel" is running then tell application "Microsoft Excel" to '
    "get full name of every workbook"
)
#: Excel's type library, under which pywin32 keeps what it generated.
_EXCEL_LIBRARY = "00020813-0000-0000-C000-000000000046"


class State(StrEnum):
    """What came of a check."""

    FOUND = "found"
    FINE = "fine"
    UNKNOWN = "could not be looked at"
    ELSEWHERE = "does not apply"


class Answer(NamedTuple):
    """What a check saw, and the cure in one sentence where something is found."""

    state: State
    seen: str = ""
    cure: str = ""


def found(seen: str, cure: str) -> Answer:
    """Return that the failure is there."""
    return Answer(State.FOUND, seen, cure)


def fine(seen: str = "") -> Answer:
    """Return that the failure is not there."""
    return Answer(State.FINE, seen)


def unknown(seen: str) -> Answer:
    """Return that it could not be told."""
    return Answer(State.UNKNOWN, seen)


def record_of(machine: Machine) -> Record | None:
    """Return what the installer noted, or None."""
    content = machine.content(machine.places.record)
    return parse_record(content) if content is not None else None


def install_again(machine: Machine) -> str:
    """Return the sentence that says which file to start."""
    ending = "cmd" if machine.places.system is System.WINDOWS else "command"
    return f"Close Excel and start install.{ending} again."


def _settings(machine: Machine) -> Mapping[str, str] | None:
    content = machine.content(machine.places.settings) if machine.places.settings else None
    return read_settings(content) if content is not None else None


def _interpreter(machine: Machine) -> str:
    """Return the interpreter of the settings as VBA would find it, or an empty string."""
    value = (_settings(machine) or {}).get(INTERPRETER.get(machine.places.system, ""), "")
    return expanded(value, machine.variables, machine.home)


def _asked(machine: Machine, question: str) -> Ran | None:
    return machine.run("powershell", "-NoProfile", "-NonInteractive", "-Command", question)


def com_server(machine: Machine, _book: Path | None) -> Answer:
    """1: the COM server cannot be reached (-2147221164)."""
    key = r"SOFTWARE\Microsoft\Windows\CurrentVersion\App Paths\excel.exe"
    excel = [str(machine.registry(rf"{hive}\{key}").get("", "")) for hive in ("HKCU", "HKLM")]
    if any(_STORE in path for path in excel):
        return found(
            "Excel comes from the Microsoft Store.",
            "Ask for the Office that is installed from office.com or your software centre (Click-to-Run).",
        )
    content = machine.content(machine.places.settings) if machine.places.settings else None
    if content is None:
        return fine("Excel is not the one of the Store.")
    if any(not line.strip() for line in content.splitlines()):
        return found(
            f"The settings {machine.places.settings} have an empty line, and Excel reads every line after it wrongly.",
            install_again(machine),
        )
    if not content.isascii():
        return found(
            f"The settings {machine.places.settings} have letters that Excel reads in another alphabet.",
            install_again(machine),
        )
    return fine("Excel is not the one of the Store, and the settings are plain.")


def library_of_functions(machine: Machine, _book: Path | None) -> Answer:
    """2: xlwings' DLL of this version is not beside Python."""
    record = record_of(machine)
    there = [*machine.names(machine.places.python.parent), *machine.names(machine.places.environment)]
    packages = machine.names(machine.places.environment / "Lib" / "site-packages")
    versions = [match[1] for name in packages if (match := re.fullmatch(r"xlwings-([\d.]+)\.dist-info", name))]
    if record is None or not versions:
        return unknown("xlkpi was not put here by its installer.")
    if versions != [record.xlwings]:
        return found(
            f"xlwings is {', '.join(versions)}, and the add-in was put in place with {record.xlwings}.",
            install_again(machine),
        )
    library = f"xlwings64-{record.xlwings}.dll"
    noted = any(path.endswith(library) for path in record.files)
    if library not in there and not noted:  # noted and gone is a quarantine
        return found(f"{library} is not beside {machine.places.python}.", install_again(machine))
    return fine(f"{library} is in place.")


def web_address(machine: Machine, book: Path | None) -> Answer:
    """3: Excel knows the workbook by a web address (OneDrive, SharePoint)."""
    asked = (
        _asked(machine, _ASK_BOOKS)
        if machine.places.system is System.WINDOWS
        else machine.run("osascript", "-e", _MAC_BOOKS)
    )
    told = re.split(r", |\r?\n", asked.said) if asked and asked.code == 0 else []
    names = [*filter(None, told), *([book.as_posix()] if book else [])]
    web = [name for name in names if re.match(r"https?:/", name)]
    if web:
        return found(
            f"Excel knows {web[0]} by a web address.",
            "Open the workbook from the synced OneDrive folder on this computer, or save it in a folder of its own.",
        )
    return fine("No open workbook has a web address.") if names else unknown("No workbook is open in Excel.")


def interpreter(machine: Machine, _book: Path | None) -> Answer:
    """4: Excel starts another Python, or none."""
    again = install_again(machine)
    if _settings(machine) is None:
        return found(f"The settings {machine.places.settings} are missing.", again)
    path = _interpreter(machine)
    if not path:
        return found(f"The settings {machine.places.settings} name no Python.", again)
    home = machine.variables.get("PYTHONHOME")
    if home and machine.places.system is System.MAC:  # on Windows the macros start a Python that does not look at it
        return found(
            f"The environment variable PYTHONHOME is {home}, and Python obeys it.",
            "Take PYTHONHOME out of ~/.bash_profile and ~/.zshrc, sign out and in again.",
        )
    return _started(machine, path)


def _started(machine: Machine, path: str) -> Answer:
    """Return what the interpreter of the settings says of xlkpi when it is started."""
    again = install_again(machine)
    alone = ["-E"] if machine.places.system is System.WINDOWS else []  # as the macros start it
    ran = machine.run(str(machine.path(path)), *alone, "-P", "-c", "import xlkpi; print(xlkpi.__version__)")
    if ran is None:
        return found(f"The settings name {path}, which cannot be started.", again)
    if ran.code:
        said = ran.said.splitlines()[-1:] or ["nothing"]
        return found(f"{path} cannot load xlkpi; it says: {said[0]}", again)
    record, version = record_of(machine), "".join(ran.said.splitlines()[-1:])
    if record is not None and version != record.version:
        return found(f"{path} has xlkpi {version}, and {record.version} was installed.", again)
    return fine(f"{path} has xlkpi {version}.")


def defender_rule(machine: Machine, _book: Path | None) -> Answer:
    """5: Defender forbids Office to start other programs."""
    asked = _asked(machine, _ASK_RULES)
    policies = {
        **machine.registry(rf"{_DEFENDER}\Windows Defender Exploit Guard\ASR\Rules"),
        **_pairs(str(machine.registry(rf"{_DEFENDER}\Policy Manager").get("ASRRules", "")).replace("|", "\n")),
        **(_pairs(asked.said) if asked else {}),
    }
    actions = {str(action).strip() for name, action in policies.items() if name.casefold() == _RULE}
    if actions & {"1", "6"}:
        return found(
            "Microsoft Defender forbids Office to start other programs (rule D4F940AB), so buttons cannot start Python.",
            "Ask IT to exclude Excel from the rule; until then use: xlkpi refresh --live",
        )
    if not actions and (asked is None or asked.code):
        return unknown("Defender did not say which rules are on.")
    return fine("Defender lets Excel start Python.")


def _pairs(text: str) -> dict[str, str]:
    return {name.strip(): value for name, _, value in (line.partition("=") for line in text.splitlines())}


def apple_script(machine: Machine, _book: Path | None) -> Answer:
    """6: the AppleScript is missing, or macOS forbids to control Excel (-1743)."""
    record, folder = record_of(machine), machine.places.scripts
    if folder is None or record is None:
        return unknown("xlkpi was not put here by its installer.")
    script = f"xlwings-{record.xlwings}.applescript"
    if script not in machine.names(folder):
        return found(f"{script} is not in {folder}.", install_again(machine))
    ran = machine.run("osascript", "-e", _MAC_BOOKS)
    if ran and "-1743" in ran.said:
        return found(
            "macOS forbids to control Excel (-1743).",
            "Allow it in System Settings, Privacy & Security, Automation, and open Excel again.",
        )
    return fine(f"{script} is in place.")


def quarantine(machine: Machine, _book: Path | None) -> Answer:
    """7: something that was installed is gone or changed, as after an antivirus program."""
    record = record_of(machine)
    if record is None:
        return unknown("xlkpi was not put here by its installer.")
    cure = (
        "Look for it in the antivirus program's quarantine and ask IT to allow it; then close Excel and start the "
        "installer again."
    )
    for name, then in record.files.items():
        if not name.endswith((".xlam", ".dll")) or machine.path(name).is_relative_to(machine.places.library):
            continue  # settings and scripts have checks of their own; workbooks are the person's
        content = machine.content(machine.path(name))
        if content is None:
            return found(f"{name} was installed and is gone.", cure)
        if digest(content) != then:
            return found(f"{name} is not what was installed.", cure)
    if machine.places.python.name not in machine.names(machine.places.python.parent):
        return found(f"{machine.places.python} was installed and is gone.", cure)
    return fine("Everything that was installed is as it was.")


def project_access(machine: Machine, _book: Path | None) -> Answer:
    """8: access to the VBA project is not trusted; nothing here needs it."""
    values = {
        **machine.registry(rf"HKCU\{_OFFICE}\Excel\Security"),
        **machine.registry(rf"HKCU\{_POLICIES}\Excel\Security"),
    }
    trusted = "trusted" if values.get("AccessVBOM") == 1 else "not trusted"
    return fine(f"Access to the VBA project is {trusted}. xlkpi does not need it: never press Import Functions.")


def ribbon(machine: Machine, _book: Path | None) -> Answer:
    """9: Excel does not open the add-in."""
    there, record = machine.places, record_of(machine)
    addin = there.startup / ADDIN if there.startup else Path(ADDIN)
    recorded = record is not None and str(addin) in record.files
    if ADDIN not in machine.names(addin.parent) and not recorded:  # recorded and gone is a quarantine
        return found(f"{addin} is not there.", install_again(machine))
    disabled = machine.registry(rf"HKCU\{_OFFICE}\Excel\Resiliency\DisabledItems").values()
    if any(
        ADDIN in value.decode("utf-16-le", errors="ignore").casefold() for value in disabled if isinstance(value, bytes)
    ):
        return found(
            "Excel has disabled the add-in after it did not end well.",
            "In Excel: File, Options, Add-ins, Manage: Disabled Items, Go; choose xlkpi and press Enable.",
        )
    for root in (_POLICIES, _OFFICE):
        for key, name, seen in _FORBIDDING:
            if any(machine.registry(rf"{hive}\{root}\{key}").get(name) == 1 for hive in ("HKCU", "HKLM")):
                return found(
                    f"{seen} ({name}).",
                    "Ask IT to allow the add-in; until then use the commands outside Excel: xlkpi refresh BOOK",
                )
    return fine(f"{addin} is there, and nothing forbids it.")


_FORBIDDING = (
    ("Common", "VBAOff", "Macros are switched off in all of Office"),
    (r"Excel\Security", "DisableAllAddins", "All add-ins are switched off"),
    (r"Excel\Security\Trusted Locations", "AllLocationsDisabled", "No folder is trusted, not even Excel's own"),
)


def store_python(machine: Machine, _book: Path | None) -> Answer:
    """10: Python is the one of the Microsoft Store."""
    made_with = (machine.content(machine.places.environment / "pyvenv.cfg") or b"").decode("utf-8", errors="replace")
    if _STORE in made_with or _STORE in _interpreter(machine):
        return found(
            "Python is the one of the Microsoft Store, which Excel cannot use.",
            "Install Python from python.org (no administrator rights are needed) and start install.cmd again.",
        )
    return fine("Python is not the one of the Store.") if made_with else unknown("The environment is not there.")


def left_behind(machine: Machine, _book: Path | None) -> Answer:
    """11: a half-made cache of Excel's library, or an Excel without a window."""
    cache = machine.path(expanded("%TEMP%", machine.variables, machine.home)) / "gen_py"
    for version in machine.names(cache):
        for name in machine.names(cache / version):
            whole = name.endswith(".py") or "__init__.py" in machine.names(cache / version / name)
            if name.startswith(_EXCEL_LIBRARY) and not whole:
                return found(
                    f"{cache / version / name} was left half made.",
                    f"Close Excel and delete the folder {cache}; it is made again.",
                )
    asked = _asked(machine, _ASK_EXCELS)
    if asked is None or asked.code:
        return unknown("The programs that are running could not be listed.")
    hidden = [number for number, window in _pairs(asked.said).items() if window.strip() == "0"]
    if hidden:
        return found(
            f"An Excel without a window is running (process {hidden[0]}).",
            "Save your work, close Excel, and end what is left of it in the Task Manager (Details, EXCEL.EXE).",
        )
    return fine("Nothing is left behind.")


def from_the_internet(machine: Machine, book: Path | None) -> Answer:
    """12: Windows marks the file as fetched from the internet, and Excel blocks its macros."""
    there = machine.places
    books = [there.library / name for name in machine.names(there.library) if name.endswith((".xlsm", ".xlam"))]
    for path in [*([there.startup / ADDIN] if there.startup else []), *books, *([book] if book else [])]:
        mark = machine.content(path.with_name(f"{path.name}:Zone.Identifier")) or b""
        if re.search(rb"ZoneId\s*=\s*[34]", mark):
            return found(
                f"Windows marks {path} as coming from the internet, so Excel blocks its macros.",
                "Close it; in the Explorer: right click on it, Properties, tick Unblock, OK.",
            )
    return fine("No file is marked as coming from the internet.")


def publishing(machine: Machine, _book: Path | None) -> Answer:
    """13: something that the button Publish needs is not installed; the other buttons work."""
    there = machine.places.environment
    folders = [there / "Lib", *(there / "lib" / name for name in machine.names(there / "lib"))]
    names = [name for folder in folders for name in machine.names(folder / "site-packages")]
    installed = {re.sub(r"[-_.]+", "-", name.partition("-")[0]).casefold() for name in names if _INFO.search(name)}
    if not installed:
        return unknown("xlkpi was not put here by its installer.")
    lacking = [f"{one.what} ({one.package})" for one in NEEDED if one.package not in installed]
    if lacking:
        return found(f"The button Publish lacks {' and '.join(lacking)}.", install_again(machine))
    return fine("Everything that the button Publish needs is there.")


_INFO = re.compile(r"\.dist-info$")
