"""What a published workbook must have so that everybody can read it.

Source: Government Analysis Function, making spreadsheets accessible (checklist): marked-up tables at the left edge, one row of
headings, no merged or empty cells without reason, a title in A1, alternative text, document properties, first sheet in view.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

from xlkpi.errors import Problem
from xlkpi.proof.parts import Parts, Sheet, text

_CURE = "Publish again; if it comes back, tell whoever looks after the program."
_FIRST_COLUMN = re.compile(r"A[0-9]+:[A-Z]+[0-9]+")
#: The sheet that introduces the others needs no table.
_COVER = "Cover"


def lacking(path: Path) -> list[Problem]:
    """Return what a workbook lacks, sheet by sheet.

    Raises:
        FileUnusable: Where the file is no workbook, or cannot be read.
    """
    parts = Parts(path)
    found = [Problem("Properties", what, _CURE) for what in _properties(parts)]
    for place, sheet in enumerate(parts.worksheets):
        for rule in _RULES:
            found += [Problem(sheet.name, what, _CURE) for what in rule(parts, sheet)]
        if place == 0:
            found += [Problem(sheet.name, what, _CURE) for what in _in_view(parts)]
    return found


def _properties(parts: Parts) -> Iterator[str]:
    said = {one.tag.rpartition("}")[2]: text(one) for one in parts.find("docProps/core.xml", "title", "language")}
    for name in ("title", "language"):
        if not said.get(name):
            yield f"the file does not say its {name}."


def _in_view(parts: Parts) -> Iterator[str]:
    for view in parts.find(parts.package.workbook, "workbookView"):
        if view.get("activeTab", "0") != "0":
            yield "another sheet than the first is in view when the file is opened."


def _title(parts: Parts, sheet: Sheet) -> Iterator[str]:
    for cell in parts.stream(sheet.part, "c"):
        if cell.get("r") == "A1" and len(cell):
            return
    yield "cell A1 has no title."


def _one_table(parts: Parts, sheet: Sheet) -> Iterator[str]:
    tables = parts.package.targets(sheet.part, "table")
    if sheet.name == _COVER and not tables:
        return
    if len(tables) != 1:
        yield f"it has {len(tables)} marked-up tables, where one was expected."
    for part in tables:
        reference = parts.root(part).get("ref", "")
        if not _FIRST_COLUMN.fullmatch(str(reference)):
            yield f"its table stands at {reference}, not at the left edge."
        names = [str(one.get("name", "")).strip() for one in parts.find(part, "tableColumn")]
        if "" in names or len(set(names)) != len(names):
            yield "its table has a heading that is empty or stands twice."


def _whole_cells(parts: Parts, sheet: Sheet) -> Iterator[str]:
    merged = [str(one.get("ref")) for one in parts.stream(sheet.part, "mergeCell")]
    if merged:
        yield f"the cells {', '.join(merged)} are merged."


def _described(parts: Parts, sheet: Sheet) -> Iterator[str]:
    for drawing in parts.package.targets(sheet.part, "drawing"):
        for one in parts.find(drawing, "cNvPr"):
            if not str(one.get("descr", "")).strip():
                yield f"{one.get('name', 'a picture')} has no alternative text."


_RULES: tuple[Callable[[Parts, Sheet], Iterator[str]], ...] = (_title, _one_table, _whole_cells, _described)
