"""Sheets of a drawn workbook that Excel can copy into an open one without trace of where they came from.

A sheet that Excel copies from another workbook goes on pointing there with its formulas, its lists, its sparklines and its
PivotTables, and so do formulas that lost it. Only a sheet that has none of these, and that nothing refers to, comes over
whole: its cells, its table, its formats and its print set-up. The others are put back by way of the closed file.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from xlkpi.errors import EditRefused
from xlkpi.workbook.backend import PutSheet, column_letters
from xlkpi.workbook.livebook.picture import Content, Grid, Listed, Spot
from xlkpi.workbook.ooxml.address import absolute, split_place
from xlkpi.workbook.ooxml.book import Book
from xlkpi.workbook.ooxml.naming import cell_formulas, refers, rule_formulas
from xlkpi.workbook.ooxml.reading import Reader
from xlkpi.workbook.ooxml.sheet import Sheet
from xlkpi.workbook.ooxml.transplant import Drawn

_POINTING = (b"<f>", b"<f ", b"<dataValidation", b"<extLst")


class Put(NamedTuple):
    """A sheet of another workbook to copy behind one of this.

    Attributes:
        drawn: The file of the other workbook.
        source: Name of the sheet there.
        sheet: Its name from now on.
        after: Name of the sheet that it is placed behind.
        tables: Names of its tables from the top, since Excel may give a copy another.
        names: What names of the whole workbook stand for in it, with ``=``.
    """

    drawn: Path
    source: str
    sheet: str
    after: str
    tables: tuple[str, ...]
    names: dict[str, str]


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawn sheet as it will be in the open workbook."""

    put: Put
    grid: Grid
    tables: list[Listed]
    names: dict[str, Spot]


def picture(write: PutSheet) -> Picture:
    """Return what a drawn sheet comes to.

    Raises:
        EditRefused: Where it would go on pointing to the workbook it comes from.
    """
    drawn = Drawn(write.drawn)
    _refuse_pointing(drawn, write.source)
    tables = [table for table in drawn.book.tables().values() if table.sheet == write.source]
    listed = [
        Listed(one.name, write.sheet, one.area.top, one.area.left, one.width, one.last - one.first + 1) for one in tables
    ]
    names = {}
    for name in drawn.book.names():
        found = split_place(name.formula)
        if found and name.scope is None and found[0] == write.source:
            names[name.name] = Spot(found[1].top, found[1].left)
    return Picture(_put(write, [one.name for one in tables], names), _grid(drawn, write.source), listed, names)


def refers_to(sheet: str, address: str) -> str:
    """Return what a name stands for as Excel holds it: always in quotes, which it takes away where it needs none.

    Examples:
        >>> refers_to("Ann's", "B3")
        "='Ann''s'!$B$3"
    """
    return "='" + sheet.replace("'", "''") + f"'!{absolute(address)}"


def _put(write: PutSheet, tables: list[str], names: dict[str, Spot]) -> Put:
    places = {name: refers_to(write.sheet, f"{column_letters(spot.column)}{spot.row}") for name, spot in names.items()}
    return Put(write.drawn, write.source, write.sheet, write.after, tuple(tables), places)


def _grid(drawn: Drawn, source: str) -> Grid:
    """Return the cells of a drawn sheet, which holds no formulas."""
    book = drawn.book
    areas = [table.area for table in book.tables().values() if table.sheet == source]
    whole = areas[0]._replace(
        top=1, left=1, bottom=max(one.bottom for one in areas), right=max(one.right for one in areas)
    )
    rows, _, _ = Reader(drawn.package, date1904=book.date1904).area(book.worksheets()[source], whole)
    return Grid(
        {
            Spot(row, column): Content(value)
            for row, cells in enumerate(rows, 1)
            for column, value in enumerate(cells, 1)
            if value is not None
        }
    )


def _refuse_pointing(drawn: Drawn, source: str) -> None:
    """Refuse a sheet that refers to others, or that others refer to."""
    book: Book = drawn.book
    part = book.worksheets()[source]
    tables = {key: table for key, table in book.tables().items() if table.sheet == source}
    content = drawn.package.read(part)
    kinds = {relation.kind for relation in drawn.package.relationships(part)}
    points = not tables or kinds - {"table"} or any(mark in content for mark in _POINTING)
    others = (Sheet(drawn.package, name, other) for name, other in book.worksheets().items() if other != part)
    formulas = (one for other in others for one in (*cell_formulas(other.body).values(), *rule_formulas(other.tail)))
    if points or any(refers(formula, source, tables) for formula in formulas):
        raise EditRefused(
            f"The sheet {source} was deleted, and cannot be put back while the workbook is open: its formulas, lists or "
            "drawings would point to another file. Save and close the workbook, run: python -m xlkpi refresh <this file>, "
            "and open it again."
        )
