"""Applying a plan of writes to a workbook that was read; nothing reaches the file here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xlkpi.errors import EditRefused
from xlkpi.workbook.backend import (
    AppendRows,
    CopySheet,
    ForgetValues,
    MendFormulas,
    PutName,
    PutSheet,
    WriteName,
    WriteTable,
    place,
    quoted,
)
from xlkpi.workbook.ooxml.address import absolute
from xlkpi.workbook.ooxml.edit import Edit
from xlkpi.workbook.ooxml.mending import mend_formulas
from xlkpi.workbook.ooxml.sheets import copy_sheet, forget_values, remove_sheet
from xlkpi.workbook.ooxml.single_cell import write_cell
from xlkpi.workbook.ooxml.transplant import put_sheet
from xlkpi.workbook.ooxml.writing import append_rows, write_table

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from xlkpi.workbook.backend import Write
    from xlkpi.workbook.ooxml.archive import Archive


def applied(archive: Archive, plan: Sequence[Write], tails: Mapping[str, str]) -> bytes | None:
    """Return the whole file after a plan; None where the plan changes nothing.

    Args:
        archive: The file as it was read.
        plan: The writes, in order.
        tails: What stands below the rows of worksheets, by part, as far as it is known.

    Raises:
        EditRefused: Where a write would damage what is not ours.
    """
    edit = Edit(archive, tails)
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
    elif isinstance(write, ForgetValues):
        forget_values(edit, write)
    elif isinstance(write, CopySheet):
        copy_sheet(edit, write)
    elif isinstance(write, PutSheet):
        put_sheet(edit, write)
    elif isinstance(write, MendFormulas):
        mend_formulas(edit, write)
    elif isinstance(write, PutName):
        edit.book.define_name(write.name, f"{quoted(write.sheet)}!{absolute(write.address)}")
    else:
        remove_sheet(edit, write)


def _write_name(edit: Edit, write: WriteName) -> None:
    found = edit.book.name_place(write.name)
    if found is None or found[0] not in edit.book.worksheets():
        message = (
            f"There is no cell named {write.name} in the workbook. Restore the name, or start from a fresh template."
        )
        raise EditRefused(message)
    sheet, area = found
    if (area.top, area.left) != (area.bottom, area.right):
        where = place(sheet, area.top, area.left)
        message = f"{where}: the name {write.name} stands for {area}, more than one cell. Restore it."
        raise EditRefused(message)
    write_cell(edit, sheet, area.top, area.left, write.value)


def _refuse_signed(edit: Edit) -> None:
    """Refuse a workbook whose parts are signed; a signed macro project is not touched and stays valid."""
    if edit.package.targets("", "origin") or any(part.startswith("_xmlsignatures/") for part in edit.package.names()):
        message = (
            "The workbook is digitally signed, and a change would break the signature. Work on an unsigned copy "
            "(File, Info, View Signatures, Remove Signature)."
        )
        raise EditRefused(message)
