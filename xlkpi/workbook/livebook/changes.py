"""What is to be done in the open workbook."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from typing import Any, NamedTuple

from xlkpi.workbook.backend import ExcelError, Value
from xlkpi.workbook.livebook.drawn import Put, Sparkline
from xlkpi.workbook.livebook.picture import Content, Grid, Listed, Spot, numbers


class Rectangle(NamedTuple):
    """Cells of a sheet, written in one call."""

    sheet: str
    top: int
    left: int
    rows: list[list[Content]]


class Resize(NamedTuple):
    """A table that gets more or fewer rows; the last ``tail`` rows are totals."""

    before: Listed
    after: Listed
    tail: int

    @property
    def settled(self) -> int:
        """Return the last row that stays where it is and keeps its looks."""
        last = min(self.before.bottom, self.after.bottom)
        return last - self.tail


class Duplicate(NamedTuple):
    """A sheet with one table that is made as a copy of another.

    Attributes:
        source: The sheet to copy.
        sheet: The new one.
        old_table: The table of the first.
        table: The table of the new one.
        beside: The sheet that the new one stands before, or behind.
        behind: Whether it is behind.
    """

    source: str
    sheet: str
    old_table: str
    table: str
    beside: str
    behind: bool = False


class Link(NamedTuple):
    """A cell that leads to a place in the workbook."""

    sheet: str
    spot: Spot
    text: str
    place: str


@dataclass(slots=True)
class Changes:
    """All that a plan comes to.

    Attributes:
        copies: Sheets to copy, first of all.
        puts: Sheets of another workbook to copy, before that.
        names: What names of the whole workbook stand for from now on, with ``=``.
        sparklines: Those that are given their source, after all tables have their size.
        tables: Tables that are written to, as they were; not those of copied sheets.
        resizes: Tables whose number of rows changes.
        rectangles: Cells to write.
        formats: Areas (``D6:D9``) by sheet and number format.
        links: Cells that get a link.
        unlinked: Areas that lose theirs, by sheet.
        heights: How high rows shall be, in points: sheet, row, height.
        removed: Sheets to remove, last of all.
        calculate: Whether formulas have to be worked out even where the user does that by hand.
        made: What stands in the copied sheets when all is done, formulas left out.
        left: The same of the sheets to remove, where an earlier change made them: it tells whether anybody worked there since.
    """

    copies: list[Duplicate] = field(default_factory=list)
    puts: list[Put] = field(default_factory=list)
    names: dict[str, str] = field(default_factory=dict)
    sparklines: list[Sparkline] = field(default_factory=list)
    tables: list[Listed] = field(default_factory=list)
    resizes: list[Resize] = field(default_factory=list)
    rectangles: list[Rectangle] = field(default_factory=list)
    formats: dict[str, dict[str, list[str]]] = field(default_factory=dict)
    links: list[Link] = field(default_factory=list)
    unlinked: list[tuple[str, str]] = field(default_factory=list)
    heights: list[tuple[str, int, float]] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    calculate: bool = False
    made: dict[str, list[tuple[int, int, Value]]] = field(default_factory=dict)
    left: dict[str, list[tuple[int, int, Value]]] = field(default_factory=dict)

    @property
    def is_nothing(self) -> bool:
        """Return whether nothing is to be done."""
        moved = self.copies or self.puts or self.names or self.removed
        return not (moved or self.unlinked or self.calculate or self.sheets())

    @property
    def fresh(self) -> set[str]:
        """Return the sheets that are not there yet."""
        return {*(one.sheet for one in self.copies), *(one.sheet for one in self.puts)}

    def sheets(self) -> list[str]:
        """Return the sheets that are written to."""
        found = [one.after.sheet for one in self.resizes] + [one.sheet for one in self.rectangles]
        links = [one.sheet for one in self.links] + [sheet for sheet, _ in self.unlinked]
        return list(dict.fromkeys([*found, *self.formats, *links]))


def rectangles(sheet: str, spots: Iterable[Spot], grid: Grid) -> list[Rectangle]:
    """Return the content of some cells as few rectangles."""
    by_row: dict[int, list[int]] = {}
    for row, column in spots:
        by_row.setdefault(row, []).append(column)
    found: list[Rectangle] = []
    growing: dict[tuple[int, int], Rectangle] = {}
    for row in sorted(by_row):
        still: dict[tuple[int, int], Rectangle] = {}
        for left, right in numbers(sorted(by_row[row])):
            content = [grid.at(row, column) for column in range(left, right + 1)]
            above = growing.get((left, right))
            if above is None or above.top + len(above.rows) != row:
                above = Rectangle(sheet, row, left, [])
                found.append(above)
            above.rows.append(content)
            still[left, right] = above
        growing = still
    return found


def typed_in(grid: Grid) -> list[tuple[int, int, Value]]:
    """Return what stands in a sheet, formulas left out."""
    found = sorted(grid.cells.items(), key=lambda cell: cell[0])
    return [(*spot, one.value) for spot, one in found if one.formula is None and one.value is not None]


def as_json(changes: Changes) -> dict[str, Any]:
    """Return changes for a file."""
    return {
        "copies": changes.copies,
        "tables": [asdict(one) for one in changes.tables],
        "resizes": [[asdict(one.before), asdict(one.after), one.tail] for one in changes.resizes],
        "rectangles": [
            [one.sheet, one.top, one.left, [[_packed(cell) for cell in row] for row in one.rows]]
            for one in changes.rectangles
        ],
        "formats": changes.formats,
        "links": [[one.sheet, *one.spot, one.text, one.place] for one in changes.links],
        "unlinked": changes.unlinked,
        "removed": changes.removed,
        "made": _packed_cells(changes.made),
        "left": _packed_cells(changes.left),
    }


def from_json(data: dict[str, Any]) -> Changes:
    """Return changes from a file."""
    resizes = [Resize(Listed(**before), Listed(**after), tail) for before, after, tail in data["resizes"]]
    return Changes(
        copies=[Duplicate(*one) for one in data["copies"]],
        tables=[Listed(**one) for one in data["tables"]],
        resizes=resizes,
        rectangles=[
            Rectangle(sheet, top, left, [[_unpacked(cell) for cell in row] for row in rows])
            for sheet, top, left, rows in data["rectangles"]
        ],
        formats=data["formats"],
        links=[Link(sheet, Spot(row, column), text, place) for sheet, row, column, text, place in data["links"]],
        unlinked=[(sheet, area) for sheet, area in data["unlinked"]],
        removed=data["removed"],
        calculate=True,
        made=_unpacked_cells(data["made"]),
        left=_unpacked_cells(data["left"]),
    )


def _packed_cells(cells: dict[str, list[tuple[int, int, Value]]]) -> Any:
    return {
        sheet: [[row, column, _packed(Content(value))] for row, column, value in one] for sheet, one in cells.items()
    }


def _unpacked_cells(found: Any) -> dict[str, list[tuple[int, int, Value]]]:
    return {
        sheet: [(row, column, _unpacked(value).value) for row, column, value in one] for sheet, one in found.items()
    }


def _packed(content: Content) -> Any:
    value = content.value
    if content.formula is not None:
        return {"formula": content.formula}
    if isinstance(value, ExcelError):
        return {"error": value.text}
    return {"time": value.isoformat()} if isinstance(value, dt.date) else value


def _unpacked(found: Any) -> Content:
    if not isinstance(found, dict):
        return Content(found)
    if "formula" in found:
        return Content(None, found["formula"])
    value: Value = ExcelError(found["error"]) if "error" in found else dt.datetime.fromisoformat(found["time"])
    return Content(value)
