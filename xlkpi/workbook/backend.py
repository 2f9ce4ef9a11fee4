"""What a workbook is to the rest of the program: named tables to read, and one plan of writes to apply.

Every back end (the closed file, the open workbook, the in-memory fake of the tests) keeps the promises written here; one
contract suite tests them all.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class ExcelError:
    """An error that a cell shows, such as ``#N/A``; never taken for a blank."""

    text: str


#: What a cell can hold. Numbers read from a file are floats; dates are datetimes; a blank is None.
Value: TypeAlias = str | int | float | bool | dt.date | dt.datetime | ExcelError | None


@dataclass(frozen=True, slots=True)
class Keep:
    """Marks a cell of a written row that stays as it is; in a new row it takes the column's own formula.

    Attributes:
        result: What the cell's formula comes to, where that is known: shown until a program calculates. None leaves it.
    """

    result: str | int | float | None = None


KEEP = Keep()


@dataclass(frozen=True, slots=True)
class Cell:
    """A value to write, with what belongs to this one cell.

    Attributes:
        value: What the cell shall hold. Text stays text, also where it begins with ``=``.
        number_format: An Excel number format (``0"%"``); None leaves the format of the column.
        link: A place in the same workbook (``'2018-19 Q2'!D22``), or the name of one, that a click on the cell goes to; None
            for no link.
    """

    value: Value
    number_format: str | None = None
    link: str | None = None


Written: TypeAlias = Value | Cell | Keep


@dataclass(frozen=True, slots=True)
class Block:
    """One table as it stands in the workbook.

    Attributes:
        sheet: Name of the worksheet.
        table: Name of the table as spelled in the workbook.
        top: Row number of the first data row (1-based; the heading row is ``top - 1``).
        left: Column number of the first heading (1-based).
        headings: The headings, left to right, as they stand in the heading cells.
        rows: The data rows without a totals row, each as long as ``headings``.
        formulas: Formula text by (row index, column index) into ``rows``, without the leading ``=``.
        merged: Merged areas that touch the table, such as ``B6:C6``.
    """

    sheet: str
    table: str
    top: int
    left: int
    headings: tuple[str, ...]
    rows: Sequence[Sequence[Value]]
    formulas: Mapping[tuple[int, int], str] = field(default_factory=dict)
    merged: tuple[str, ...] = ()

    def address(self, row: int, column: int) -> str:
        """Return where a cell stands, as a formula would name it.

        Args:
            row: Index into ``rows``; -1 is the heading row.
            column: Index into ``headings``.

        Examples:
            >>> Block("2018-19 Q2", "tblQ", top=6, left=2, headings=("Code",), rows=[]).address(0, 0)
            "'2018-19 Q2'!B6"
        """
        return place(self.sheet, self.top + row, self.left + column)


@dataclass(frozen=True, slots=True)
class NamedCell:
    """One cell that the workbook knows by a name: where it stands, and what it holds."""

    where: str
    value: Value


@dataclass(frozen=True, slots=True)
class WriteTable:
    """Replace all data rows of a table; it grows or shrinks with its formats, filters, charts and names.

    Attributes:
        table: Name of the table.
        rows: The new rows, each as long as the table is wide; none leaves one empty row.
        headings: New headings, as many as before; None leaves them.
        tail: How many of the last rows are totals: charts and names that cover the rows above them go on doing so.
        heights: How high each row is to be, in points, as many as rows; none leaves new rows as high as the last one was.
    """

    table: str
    rows: Sequence[Sequence[Written]]
    headings: tuple[str, ...] | None = None
    tail: int = 0
    heights: Sequence[float] = ()


@dataclass(frozen=True, slots=True)
class AppendRows:
    """Add rows below the last data row of a table; an only, empty row is filled first."""

    table: str
    rows: Sequence[Sequence[Written]]


@dataclass(frozen=True, slots=True)
class WriteName:
    """Write one value to the cell that a defined name stands for."""

    name: str
    value: Written


@dataclass(frozen=True, slots=True)
class ForgetValues:
    """Drop the remembered results of all formulas of a sheet, so that nobody reads a stale one before the next calculation."""

    sheet: str


@dataclass(frozen=True, slots=True)
class CopySheet:
    """Copy a sheet that holds one table and place the copy before it.

    The copy has the formats, validation, formulas (without remembered results), protection and print set-up of its source;
    its table is named ``table``, and formulas of the copy refer to it. Comments and drawings are not copied.

    Attributes:
        source: Name of the sheet to copy.
        sheet: Name of the new sheet.
        table: Name of the new table.
        cells: Values for single cells of the copy by address (``B3``).
    """

    source: str
    sheet: str
    table: str
    cells: Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class RemoveSheet:
    """Remove a sheet and its table; refused where anything else in the workbook refers to either."""

    sheet: str


@dataclass(frozen=True, slots=True)
class PutSheet:
    """Put a sheet in that was drawn in another workbook: with its tables, names, formats, charts and print set-up.

    Names of the whole workbook that stand for cells of the drawn sheet stand for those of the new one afterwards.

    Attributes:
        drawn: The file of the workbook that it was drawn in.
        source: Name of the sheet there.
        sheet: Its name from now on.
        after: Name of the sheet that it is placed behind.
        called: What sheets are called here, by their names there; formulas of the new sheet follow.
    """

    drawn: Path
    source: str
    sheet: str
    after: str
    called: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class MendFormulas:
    """Give cells that hold a formula, which lost what it referred to, a new one; their formats stay.

    Attributes:
        sheet: Name of the sheet.
        formulas: New formulas without ``=``, by address (``B11``).
    """

    sheet: str
    formulas: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class PutName:
    """Let a name of the whole workbook stand for one cell.

    Attributes:
        name: The name; where there is one already, it stands for this cell from now on.
        sheet: Name of the sheet.
        address: The cell, such as ``B3``.
    """

    name: str
    sheet: str
    address: str


Write: TypeAlias = (
    WriteTable | AppendRows | WriteName | ForgetValues | CopySheet | RemoveSheet | PutSheet | MendFormulas | PutName
)


class Backend(Protocol):
    """A workbook that can be read, and to which a plan of writes can be applied.

    Attributes:
        backup: Whether what was there before a plan is kept, so that it can be undone.
    """

    backup: bool

    def sheets(self) -> Sequence[str]:
        """Return the names of all worksheets, in their order."""
        ...

    def tables(self) -> Mapping[str, str]:
        """Return the sheet of every table, by the table's name as spelled in the workbook."""
        ...

    def read(self, table: str, only: Collection[str] | None = None) -> Block:
        """Return a table with its values as last calculated.

        Args:
            table: Its name.
            only: Headings of the columns that are wanted: the others may come blank, which is faster. None wants all.

        Raises:
            KeyError: Where there is no such table.
        """
        ...

    def headings(self, table: str) -> Sequence[str]:
        """Return the headings of a table, left to right, without reading its rows.

        Raises:
            KeyError: Where there is no such table.
        """
        ...

    def read_name(self, name: str) -> NamedCell | None:
        """Return the single cell that a defined name stands for; None where there is no such name or it is not one cell."""
        ...

    def formulas(self, sheet: str) -> Mapping[str, str]:
        """Return the formulas of a sheet without ``=``, by address; those that cells share may be left out.

        Raises:
            KeyError: Where there is no such sheet.
        """
        ...

    def leftovers(self, table: str) -> list[str]:
        """Return what stands on a table's sheet beside or below the table: addresses of cells, and words such as a comment.

        Raises:
            KeyError: Where there is no such table.
        """
        ...

    def apply(self, plan: Sequence[Write]) -> None:
        """Apply all writes, in order, or none.

        Raises:
            EditRefused: Where a write would damage what is not ours; the message names the cell. Nothing was changed.
            FileUnusable: Where the result could not be saved. Nothing was changed.
        """
        ...

    def undo(self) -> None:
        """Put back what the last plan replaced; a second undo takes the first back.

        Raises:
            FileUnusable: Where nothing was kept, or it cannot be put back. Nothing was changed.
        """
        ...


def column_letters(column: int) -> str:
    """Return the letters of a column number.

    Examples:
        >>> column_letters(1), column_letters(28)
        ('A', 'AB')
    """
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


#: What a formula would take for a cell, in either style, or for a truth value.
_LIKE_A_CELL = re.compile(r"[A-Z]{1,3}[0-9]+|R[0-9]*(C[0-9]*)?|C[0-9]*|TRUE|FALSE", re.IGNORECASE)


def quoted(sheet: str) -> str:
    """Return a sheet name as a formula would write it.

    Examples:
        >>> quoted("Register"), quoted("2018-19 Q2"), quoted("Ann's"), quoted("A4")
        ('Register', "'2018-19 Q2'", "'Ann''s'", "'A4'")
    """
    plain = sheet.isidentifier() and sheet.isascii() and not _LIKE_A_CELL.fullmatch(sheet)
    return sheet if plain else "'" + sheet.replace("'", "''") + "'"


def place(sheet: str, row: int, column: int) -> str:
    """Return where a cell stands, as a formula would name it: ``Register!F14``."""
    return f"{quoted(sheet)}!{column_letters(column)}{row}"


def unquoted(where: str) -> str:
    """Return the sheet of a place.

    Examples:
        >>> unquoted("'Ann''s'!B6"), unquoted("Start!C9")
        ("Ann's", 'Start')
    """
    sheet = where.rpartition("!")[0]
    return sheet[1:-1].replace("''", "'") if sheet.startswith("'") else sheet
