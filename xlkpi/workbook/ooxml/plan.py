"""Applying a plan of writes to a workbook that was read; nothing reaches the file here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xlkpi.errors import EditRefused
from xlkpi.workbook.backend import AppendRows, CopySheet, ForgetValues, RemoveSheet, WriteName, WriteTable, place
from xlkpi.workbook.ooxml.address import Area, letters
from xlkpi.workbook.ooxml.edit import Edit
from xlkpi.workbook.ooxml.links import replace_links
from xlkpi.workbook.ooxml.sheet import Row, holds_formula, row_xml, style_of
from xlkpi.workbook.ooxml.writing import append_rows, write_table
from xlkpi.workbook.ooxml.written import is_kept

if TYPE_CHECKING:
    from collections.abc import Sequence

    from xlkpi.workbook.backend import Write, Written
    from xlkpi.workbook.ooxml.archive import Archive


def applied(archive: Archive, plan: Sequence[Write]) -> bytes | None:
    """Return the whole file after a plan; None where the plan changes nothing.

    Raises:
        EditRefused: Where a write would damage what is not ours.
    """
    edit = Edit(archive)
    _refuse_signed(edit)
    for write in plan:
        _apply(edit, write)
    edit.finish()
    return edit.package.rebuilt() if edit.package.changed else None


def _apply(edit: Edit, write: Write) -> None:
    if isinstance(write, WriteTable):
        write_table(edit, write)
    elif isinstance(write, AppendRows):
        append_rows(edit, write)
    elif isinstance(write, WriteName):
        _write_name(edit, write)
    else:
        raise NotImplementedError


def _write_name(edit: Edit, write: WriteName) -> None:
    found = edit.book.name_place(write.name)
    if found is None or found[0] not in edit.book.worksheets():
        message = f"There is no cell named {write.name} in the workbook. Restore the name, or start from a fresh template."
        raise EditRefused(message)
    sheet, area = found
    if (area.top, area.left) != (area.bottom, area.right):
        message = f"{place(sheet, area.top, area.left)}: the name {write.name} stands for {area}, more than one cell. Restore it."
        raise EditRefused(message)
    write_cell(edit, sheet, area.top, area.left, write.value)


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


def _refuse_signed(edit: Edit) -> None:
    """Refuse a workbook whose parts are signed; a signed macro project is not touched and stays valid."""
    if edit.package.targets("", "origin") or any(part.startswith("_xmlsignatures/") for part in edit.package.names()):
        message = (
            "The workbook is digitally signed, and a change would break the signature. Work on an unsigned copy "
            "(File, Info, View Signatures, Remove Signature)."
        )
        raise EditRefused(message)
