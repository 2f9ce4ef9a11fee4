"""What speaks against removing a sheet: everything elsewhere that refers to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xlkpi.errors import EditRefused
from xlkpi.workbook.backend import quoted
from xlkpi.workbook.ooxml.address import LAST_ROW, letters
from xlkpi.workbook.ooxml.cells import CellStream
from xlkpi.workbook.ooxml.charts import chart_formulas, chart_parts
from xlkpi.workbook.ooxml.naming import first_formula, refers, rule_formulas
from xlkpi.workbook.ooxml.pivots import cache_sources, feeds

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from xlkpi.workbook.ooxml.edit import Edit
    from xlkpi.workbook.ooxml.package import Package
    from xlkpi.workbook.ooxml.table import Table


def refuse_referred(edit: Edit, sheet: str, tables: Mapping[str, Table]) -> None:
    """Refuse to remove a sheet that something else in the workbook refers to.

    Raises:
        EditRefused: Naming the first such place.
    """
    for place in _referring(edit, sheet, tables):
        raise EditRefused(_REFERRED.format(quoted(sheet), place))


def _referring(edit: Edit, sheet: str, tables: Mapping[str, Table]) -> Iterator[str]:
    """Yield where the workbook refers to a sheet or its tables."""
    entries = edit.book.entries()
    for name in edit.book.names():
        own = name.scope is not None and name.scope < len(entries) and entries[name.scope].name == sheet
        if not own and not name.hidden and refers(name.formula, sheet, tables):
            yield f"the name {name.name}"
    for other in edit.book.worksheets():
        if other != sheet:
            yield from _in_sheet(edit, other, sheet, tables)
    for part in chart_parts(edit.package):
        if any(refers(formula, sheet, tables) for formula in chart_formulas(edit.package.text(part))):
            yield f"a chart ({part.rpartition('/')[2]})"
    for part, source in cache_sources(edit.package):
        if source.get("sheet", "").lower() == sheet.lower() or any(feeds(table, source) for table in tables.values()):
            yield f"a pivot table ({part.rpartition('/')[2]})"


def _in_sheet(edit: Edit, other: str, sheet: str, tables: Mapping[str, Table]) -> Iterator[str]:
    """Yield where another sheet refers to a sheet or its tables."""
    if not edit.mentions(other, [sheet, *(table.name for table in tables.values())]):
        return
    opened = edit.sheet(other)
    cell = first_formula(opened.body, lambda formula: refers(formula, sheet, tables))
    if cell:
        yield f"the formula in {quoted(other)}!{cell}"
    if any(refers(formula, sheet, tables) for formula in rule_formulas(opened.tail)):
        yield f"a rule, list or sparkline of the sheet {quoted(other)}"


def leftovers(package: Package, part: str, table: Table) -> list[str]:
    """Return what a sheet holds besides a table and what stands above it: cells, then words for objects."""
    found = []
    stream = CellStream(package, part)
    inside = {letters(column) for column in range(table.area.left, table.area.right + 1)}
    row = 0
    for piece in stream.pieces(table.area.top, LAST_ROW):
        for number, name, _, marks, formula, value in piece.tokens():
            if number:
                row = int(number)
            elif row < table.area.top or (row <= table.area.bottom and name in inside):
                continue
            elif value or formula or marks:
                found.append(f"{name}{row}")
    return found + foreign_parts(package, part)


def foreign_parts(package: Package, part: str) -> list[str]:
    """Return words for what a sheet carries besides its cells and tables, such as ``a comment``."""
    kinds = [found.kind for found in package.relationships(part) if found.kind not in _OWN_PARTS]
    return list(dict.fromkeys(_WORDS.get(kind, "an object") for kind in kinds))


_OWN_PARTS = frozenset({"table", "printerSettings", "hyperlink"})
_WORDS = {
    "drawing": "a drawing or chart",
    "vmlDrawing": "a comment or a control",
    "comments": "a comment",
    "threadedComment": "a comment",
    "pivotTable": "a pivot table",
    "queryTable": "a query",
    "slicer": "a slicer",
    "oleObject": "an embedded file",
    "control": "a control",
}
_REFERRED = "{}: the sheet cannot be removed, because {} refers to it. Change that first, or keep the sheet."
