"""What a published workbook must have so that everybody can read it.

Source: Government Analysis Function, making spreadsheets accessible (checklist of the basics). Two of its points, which it does
not call essential, are set aside with reason: a status has a mark and a tinted ground beside its words, so that whoever
scans the page finds it; the tint is never the only signal and its contrast is checked.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

from xlkpi.errors import Problem
from xlkpi.proof import grid
from xlkpi.proof.parts import Parts, Sheet, local, text

_CURE = "Publish again; if it comes back, tell whoever looks after the program."
_NAMELESS = re.compile(r"Table[0-9]*")
_FIRST_COLUMN = re.compile(r"A[0-9]+:[A-Z]+[0-9]+")
#: The sheet that introduces the others needs no table.
_COVER = "Cover"


def lacking(path: Path) -> list[Problem]:
    """Return what a workbook lacks, sheet by sheet.

    Raises:
        FileUnusable: Where the file is no workbook, or cannot be read.
    """
    parts = Parts(path)
    looks, texts = grid.looks(parts), grid.shared_texts(parts)
    found = [Problem("Properties", what, _CURE) for what in _properties(parts)]
    for place, sheet in enumerate(parts.worksheets):
        for rule in _RULES:
            found += [Problem(sheet.name, what, _CURE) for what in rule(parts, sheet)]
        cells = grid.Grid(parts, sheet, looks, texts)
        for of_cells in _RULES_OF_CELLS:
            found += [Problem(sheet.name, what, _CURE) for what in of_cells(cells)]
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
        if _NAMELESS.fullmatch(str(parts.root(part).get("displayName", "Table1"))):
            yield "its table has no name of its own."
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


def _heading(parts: Parts, sheet: Sheet) -> Iterator[str]:
    named = {one.get("xfId"): one.get("name", "") for one in parts.find("xl/styles.xml", "cellStyle")}
    formats = next(parts.find("xl/styles.xml", "cellXfs"), None)
    styles = [] if formats is None else [named.get(one.get("xfId", "0"), "") for one in formats]
    for cell in parts.stream(sheet.part, "c"):
        if cell.get("r") == "A1" and not styles[int(cell.get("s", "0"))].startswith(("Heading", "Title")):
            yield "its title is not marked as a heading."
        return


def _plain_view(parts: Parts, sheet: Sheet) -> Iterator[str]:
    said = {
        "pane": "panes are frozen.",
        "autoFilter": "it has a filter.",
        "headerFooter": "it has a header or footer, which a screen reader leaves out.",
    }
    for one in parts.stream(sheet.part, *said):
        yield said[local(one)]
    for part in parts.package.targets(sheet.part, "table"):
        if next(parts.find(part, "autoFilter"), None) is not None:
            yield said["autoFilter"]
    for one in parts.stream(sheet.part, "selection"):
        if one.get("activeCell", "A1") != "A1":
            yield f"the cursor stands at {one.get('activeCell')}."


def _no_boxes(parts: Parts, sheet: Sheet) -> Iterator[str]:
    for drawing in parts.package.targets(sheet.part, "drawing"):
        if next(parts.find(drawing, "sp", "pic"), None) is not None:
            yield "a text box or picture lies over its cells."


_RULES: tuple[Callable[[Parts, Sheet], Iterator[str]], ...] = (
    *(_title, _heading, _one_table, _whole_cells, _described, _plain_view, _no_boxes),
)
_RULES_OF_CELLS: tuple[Callable[[grid.Grid], Iterator[str]], ...] = (
    *(grid.empty_cells, grid.below, grid.cut_text, grid.pale_text, grid.markers, grid.bare_links),
)
