"""Gives a built workbook its macros and its ribbon tab: ``.xlsx`` in, ``.xlsm`` or ``.xlam`` out."""

from __future__ import annotations

import re
import shutil
import zipfile
from collections.abc import Callable, Sequence
from enum import Enum
from pathlib import Path
from xml.sax.saxutils import quoteattr

from xlkpi.addin import modules
from xlkpi.addin.ribbon import PARTS, ribbon
from xlkpi.addin.vba import Module, project

_TYPES, _ROOT, _WORKBOOK = "[Content_Types].xml", "_rels/.rels", "xl/workbook.xml"
_WORKBOOK_LINKS, _PROJECT = "xl/_rels/workbook.xml.rels", "xl/vbaProject.bin"
_PROJECT_TYPE = "application/vnd.ms-office.vbaProject"
_PROJECT_LINK = "http://schemas.microsoft.com/office/2006/relationships/vbaProject"
_PLAIN = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
_SHEET = re.compile(r"xl/worksheets/sheet(\d+)\.xml")
_CODE_NAME = re.compile(rb'<sheetPr\b[^>]*?\scodeName="([^"]+)"')
#: The code name of a sheet stands before its rows.
_HEAD = 4096


class Host(Enum):
    """What carries the macros; the value is the content type of its workbook part."""

    WORKBOOK = "application/vnd.ms-excel.sheet.macroEnabled.main+xml"
    ADDIN = "application/vnd.ms-excel.addin.macroEnabled.main+xml"


def add_macros(source: Path, target: Path, host: Host, contents: Sequence[Module] | None = None) -> None:
    """Write a workbook with macros and ribbon tab; every other part stays as it is.

    Args:
        source: A workbook without macros whose sheets have code names.
        target: Where to write; a file that is there is replaced.
        host: Whether it becomes a workbook or an add-in.
        contents: The modules; None takes those of the host.

    Raises:
        FileUnusable: Where xlwings, whose modules go in, is not installed.
    """
    with zipfile.ZipFile(source) as archive:
        names = _code_names(archive)
        is_workbook = host is Host.WORKBOOK
        chosen = modules.for_workbook(names) if is_workbook else modules.for_addin(names)
        binary = project(
            chosen if contents is None else contents,
            modules.WORKBOOK_PROJECT if is_workbook else modules.ADDIN_PROJECT,
        )
        changes = _changes(host)
        with zipfile.ZipFile(target, "w") as made:
            for entry in archive.infolist():
                with archive.open(entry) as part, made.open(_entry(entry.filename), "w") as copy:
                    if entry.filename in changes:
                        copy.write(changes[entry.filename](part.read().decode()).encode())
                    else:
                        shutil.copyfileobj(part, copy, 1 << 20)
            made.writestr(_entry(_PROJECT), binary)
            for name, (namespace, _) in PARTS.items():
                made.writestr(_entry(name), ribbon(namespace, in_workbook=is_workbook))


def _entry(name: str) -> zipfile.ZipInfo:
    """Return an entry with a fixed time stamp."""
    entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.create_system = 3
    entry.external_attr = 0o600 << 16
    return entry


def _code_names(archive: zipfile.ZipFile) -> list[str]:
    """Return the code names of the sheets, in their order."""
    found = []
    parts = sorted((int(match[1]), match[0]) for name in archive.namelist() if (match := _SHEET.fullmatch(name)))
    for _, part in parts:
        with archive.open(part) as sheet:
            named = _CODE_NAME.search(sheet.read(_HEAD))
        assert named, f"{part} has no code name"
        found.append(named[1].decode())
    return found


def _changes(host: Host) -> dict[str, Callable[[str], str]]:
    """Return what is changed in which part."""
    declared = f'<Override PartName="/{_PROJECT}" ContentType="{_PROJECT_TYPE}"/></Types>'
    to_ribbon = "".join(
        f'<Relationship Id="xlkpiRibbon{number}" Type={quoteattr(kind)} Target={quoteattr(name)}/>'
        for number, (name, (_, kind)) in enumerate(PARTS.items(), 1)
    )
    to_project = f'<Relationship Id="xlkpiProject" Type="{_PROJECT_LINK}" Target="vbaProject.bin"/>'
    end = "</Relationships>"
    return {
        _TYPES: lambda text: _once(_once(text, _PLAIN, host.value), "</Types>", declared),
        _ROOT: lambda text: _once(text, end, to_ribbon + end),
        _WORKBOOK_LINKS: lambda text: _once(text, end, to_project + end),
    }


def _once(text: str, before: str, after: str) -> str:
    assert text.count(before) == 1, f"{before} is expected once"
    return text.replace(before, after)
