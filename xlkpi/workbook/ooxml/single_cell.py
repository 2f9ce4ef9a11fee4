"""Writing one cell that belongs to no table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xlkpi.errors import EditRefused
from xlkpi.workbook.backend import place
from xlkpi.workbook.ooxml.address import Area, letters
from xlkpi.workbook.ooxml.sheet import Row, holds_formula, row_xml, style_of
from xlkpi.workbook.ooxml.written import is_kept

if TYPE_CHECKING:
    from xlkpi.workbook.backend import Written
    from xlkpi.workbook.ooxml.edit import Edit


def write_cell(edit: Edit, name: str, row: int, column: int, value: Written) -> None:
    """Write a value to one cell of a sheet.

    Raises:
        EditRefused: Where the cell is part of something that the value would damage.
    """
    if is_kept(value):
        return
    sheet, where = edit.sheet(name), place(name, row, column)
    for merged in sheet.merged():
        if merged.holds(row, column) and (merged.top, merged.left) != (row, column):
            message = f"{where}: the cell is hidden inside the merged area {merged}. Unmerge it."
            raise EditRefused(message)
    if any(array.holds(row, column) for array in sheet.arrays()):
        message = f"{where}: the cell belongs to an array formula. Move the formula elsewhere."
        raise EditRefused(message)
    old = sheet.rows(row, row).get(row, Row("", {}))
    before = old.cells.get(column, "")
    if holds_formula(before):
        message = f"{where}: the cell holds a formula, which the new value would destroy. Delete the formula."
        raise EditRefused(message)
    fresh = edit.cells.xml(f"{letters(column)}{row}", style_of(before), value, lambda: where)  # type: ignore[arg-type]
    cells = {key: cell for key, cell in old.cells.items() if key != column}
    if fresh:
        cells[column] = fresh
    sheet.replace_rows(row, row, iter([row_xml(row, old.marks, cells)]))
    area = Area(row, column, row, column)
    sheet.cover(area)
    edit.wrote(name, area)
