"""Sheets of a drawn workbook, and what has to be said anew when Excel copies them into an open one.

A sheet that Excel copies from another workbook goes on pointing there with its formulas, its sparklines and its PivotTables,
and may bring names of its own. So every formula is written again, sparklines and PivotTables are given their sources, and
names what they stand for. Charts draw the copy, as they drew the sheet. None of this could be tried in Excel itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple

from xlkpi.workbook.backend import PutSheet, column_letters
from xlkpi.workbook.livebook.copied import as_shown
from xlkpi.workbook.livebook.picture import Content, Grid, Listed, Spot, spot_of
from xlkpi.workbook.ooxml.address import Area, absolute, parse_area, shift_rows, split_place
from xlkpi.workbook.ooxml.markup import attributes
from xlkpi.workbook.ooxml.mending import sparklines
from xlkpi.workbook.ooxml.naming import cell_formulas, refers, renamed, rule_formulas
from xlkpi.workbook.ooxml.reading import Reader
from xlkpi.workbook.ooxml.sheet import Sheet
from xlkpi.workbook.ooxml.transplant import Drawn

_DIMENSION = re.compile(r'<dimension ref="([^"]+)"')
_PIVOT, _SOURCE = re.compile(r"<pivotTableDefinition\b[^>]*>"), re.compile(r"<worksheetSource\b[^>]*>")
_POINTING = (b"<f>", b"<f ", b"<extLst")
#: What may be typed, where it is worked out; a list of words points nowhere.
_WORKED_RULE = re.compile(rb"<formula[12]>(?!\"|&quot;)")


@dataclass(frozen=True, slots=True)
class Put:
    """A sheet of another workbook to copy behind one of this.

    Attributes:
        drawn: The file of the other workbook.
        source: Name of the sheet there.
        sheet: Its name from now on.
        after: Name of the sheet that it is placed behind.
        tables: Names of its tables from the top, since Excel may give a copy another.
        names: What names of the whole workbook stand for in it, with ``=``.
        pivots: The table that each of its PivotTables reads, by the PivotTable's name.
        points: Whether it, or another sheet because of it, would point to the other workbook until that is mended.
    """

    drawn: Path
    source: str
    sheet: str
    after: str
    tables: tuple[str, ...]
    names: dict[str, str]
    pivots: dict[str, str]
    points: bool


class Sparkline(NamedTuple):
    """Sparklines of a column, from the first to a row; ``source`` is what the first draws, or what all of them draw."""

    sheet: str
    spot: Spot
    source: str
    bottom: int = 0

    @property
    def area(self) -> str:
        """The cells that sparklines are drawn in."""
        return f"{column_letters(self.spot.column)}{self.spot.row}:{column_letters(self.spot.column)}{self.bottom}"


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawn sheet as it will be in the open workbook, and the sparklines anywhere that have to be given their source."""

    put: Put
    grid: Grid
    tables: list[Listed]
    names: dict[str, Area]
    sparklines: list[Sparkline]

    def finished(self, tables: Mapping[str, Listed]) -> Put:
        """Return what to copy, with names that reach to the ends of the tables as they will be."""
        return replace(self.put, names={name: self._place(area, tables) for name, area in self.names.items()})

    def _place(self, area: Area, tables: Mapping[str, Listed]) -> str:
        for before in self.tables:
            right = before.left + before.width - 1
            if area.top == before.top + 1 and before.left <= area.left <= right:
                area = area._replace(bottom=tables[before.name].bottom)
        return refers_to(self.put.sheet, str(area))


def picture(write: PutSheet) -> Picture:
    """Return what a drawn sheet comes to."""
    drawn, called = Drawn(write.drawn), {**write.called, write.source: write.sheet}
    tables = [table for table in drawn.book.tables().values() if table.sheet == write.source]
    names = {}
    for name in drawn.book.names():
        found = split_place(name.formula)
        if found and name.scope is None and found[0] == write.source:
            names[name.name] = found[1]
    known = tuple(one.name for one in tables)
    pivots, points = _pivots(drawn, write.source), _points(drawn, write.source)
    put = Put(write.drawn, write.source, write.sheet, write.after, known, {}, pivots, points)
    listed = [
        Listed(one.name, write.sheet, one.area.top, one.area.left, one.width, one.last - one.first + 1)
        for one in tables
    ]
    return Picture(
        put, _grid(drawn, write.source, called), listed, names, list(_sparklines(drawn, write.source, called))
    )


def refers_to(sheet: str, address: str) -> str:
    """Return what a name stands for as Excel holds it: always in quotes, which it takes away where it needs none.

    Examples:
        >>> refers_to("Ann's", "B3")
        "='Ann''s'!$B$3"
    """
    return "='" + sheet.replace("'", "''") + "'!" + ":".join(map(absolute, address.split(":")))


def _grid(drawn: Drawn, source: str, called: dict[str, str]) -> Grid:
    """Return the cells of a drawn sheet, its formulas with the names that the sheets have here."""
    part = drawn.book.worksheets()[source]
    sheet = Sheet(drawn.package, source, part)
    found = _DIMENSION.search(sheet.head)
    whole = (parse_area(found[1]) if found else None) or Area(1, 1, 1, 1)
    rows, _, _ = Reader(drawn.package, date1904=drawn.book.date1904).area(part, whole)
    cells = {
        Spot(row, column): Content(value)
        for row, values in enumerate(rows, whole.top)
        for column, value in enumerate(values, whole.left)
        if value is not None
    }
    formulas = cell_formulas(sheet.body)
    shown = {spot_of(at): Content(None, as_shown(renamed(formula, called))) for at, formula in formulas.items()}
    return Grid(cells | shown)


def stretched(first: Sparkline, tables: Iterable[Listed]) -> Sparkline:
    """Return a column of sparklines that goes down as far as its table.

    Args:
        first: What the first of them draws.
        tables: Those of the workbook, as they will be.
    """
    row = first.spot.row
    bottom = max(
        (one.bottom for one in tables if one.sheet == first.sheet and one.top < row <= one.bottom), default=row
    )
    sheet, _, cells = first.source.rpartition("!")
    left, _, right = cells.partition(":")
    last = shift_rows(right or left, bottom - row)
    return first._replace(source=f"{sheet}!{left}:{last}", bottom=bottom)


def _sparklines(drawn: Drawn, source: str, called: dict[str, str]) -> Iterator[Sparkline]:
    """Yield the sparklines on a sheet or drawn from it, on sheets that are here."""
    for name, part in drawn.book.worksheets().items():
        for row, column, formula in sparklines(Sheet(drawn.package, name, part).tail):
            if name in called and (name == source or refers(formula, source, {})):
                yield Sparkline(called[name], Spot(row, column), renamed(formula, called))


def _pivots(drawn: Drawn, source: str) -> dict[str, str]:
    package, found = drawn.package, {}
    for part in package.targets(drawn.book.worksheets()[source], "pivotTable"):
        [cache] = package.targets(part, "pivotCacheDefinition")
        name, table = _PIVOT.search(package.text(part)), _SOURCE.search(package.text(cache))
        if name and table:
            found[attributes(name[0])["name"]] = attributes(table[0])["name"]
    return found


def _points(drawn: Drawn, source: str) -> bool:
    """Return whether a sheet has anything that may refer to others, or others refer to it."""
    part = drawn.book.worksheets()[source]
    tables = {key: table for key, table in drawn.book.tables().items() if table.sheet == source}
    content = drawn.package.read(part)
    kinds = {relation.kind for relation in drawn.package.relationships(part)}
    if kinds - {"table"} or any(mark in content for mark in _POINTING) or _WORKED_RULE.search(content):
        return True
    others = (Sheet(drawn.package, name, other) for name, other in drawn.book.worksheets().items() if other != part)
    formulas = (one for other in others for one in (*cell_formulas(other.body).values(), *rule_formulas(other.tail)))
    return any(refers(formula, source, tables) for formula in formulas)
