"""The file in which xlwings' VBA module looks for the interpreter, as VBA writes and reads it.

VBA reads it with ``Input #`` in the code page of the machine: values in quotes, two to a line. So it is written in ASCII,
and an empty line would shift every pair after it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path, PureWindowsPath

from xlkpi.setup.places import Places, System

#: The setting that holds the interpreter.
INTERPRETER = {System.WINDOWS: "INTERPRETER_WIN", System.MAC: "INTERPRETER_MAC"}
_UDFS = "xlkpi.addin.udfs"


def settings_file(places: Places, variables: Mapping[str, str], shorten: Callable[[str], str] = str) -> bytes:
    r"""Return the content of the settings file.

    Args:
        places: Where the interpreter stands.
        variables: Environment variables; on Windows ``LOCALAPPDATA`` may stand for the beginning of a path that VBA
            could not read.
        shorten: Returns the short name that Windows has for a path, or the path itself.

    Examples:
        >>> from xlkpi.setup.places import places
        >>> mac = places(System.MAC, Path("/Users/ann"), {})
        >>> print(settings_file(mac, {}).decode().splitlines()[0])
        "INTERPRETER_MAC","/Users/ann/.xlkpi/venv/bin/python"
    """
    pairs = {
        INTERPRETER[places.system]: interpreter_text(places, variables, shorten),
        "ADD_WORKBOOK_TO_PYTHONPATH": "False",  # nothing beside a workbook may be imported
        "UDF MODULES": _UDFS,
        "USE UDF SERVER": "False",
        "SHOW CONSOLE": "False",
    }
    end = "\r\n" if places.system is System.WINDOWS else "\n"
    return "".join(f'"{key}","{value}"{end}' for key, value in pairs.items()).encode("ascii")


def interpreter_text(places: Places, variables: Mapping[str, str], shorten: Callable[[str], str] = str) -> str:
    """Return how the interpreter is written in the settings: the full path, or one in ASCII that leads there.

    Args:
        places: Where the interpreter stands.
        variables: Environment variables.
        shorten: Returns the short name that Windows has for a path, or the path itself.
    """
    if places.system is not System.WINDOWS:
        path = str(places.python)
        return (
            path if path.isascii() else f"$HOME/{places.python.relative_to(places.environment.parents[1]).as_posix()}"
        )
    path = str(PureWindowsPath(str(places.python)))
    if path.isascii():
        return path
    local = places.data.parent
    rest = PureWindowsPath(str(places.python.relative_to(local)))
    short = shorten(str(local))
    if short.isascii():
        return f"{PureWindowsPath(short)}\\{rest}"
    named = "%LOCALAPPDATA%" if variables.get("LOCALAPPDATA") else "%USERPROFILE%\\AppData\\Local"
    return f"{named}\\{rest}"


def read_settings(content: bytes) -> dict[str, str]:
    r"""Return the settings as VBA's ``Input #`` pairs them, keys in capitals.

    Args:
        content: Of the file; what is not ASCII is read as Windows writes Western European text.

    Examples:
        >>> read_settings(b'"A","1"\n"B","2"\n')
        {'A': '1', 'B': '2'}
        >>> read_settings(b'"A","1"\n\n"B","2"\n')  # an empty line is an empty value
        {'A': '1', '': 'B', '2': ''}
    """
    values: list[str] = []
    for line in content.decode("cp1252", errors="replace").splitlines():
        found = re.findall(r'"([^"]*)"|([^,"]+)', line) if line.strip() else [("", "")]
        values += [quoted or bare.strip() for quoted, bare in found]
    values += [""] * (len(values) % 2)
    pairs: dict[str, str] = {}
    for key, value in zip(values[::2], values[1::2], strict=True):
        pairs.setdefault(key.upper(), value)
    return pairs


def expanded(value: str, variables: Mapping[str, str], home: Path) -> str:
    """Return a setting with the variables replaced that xlwings' VBA replaces."""
    if value.startswith("$HOME/"):
        return str(home / value.removeprefix("$HOME/"))
    capitals = {name.upper(): text for name, text in variables.items()}
    return re.sub(r"%([^%]+)%", lambda found: capitals.get(found[1].upper(), found[0]), value)
