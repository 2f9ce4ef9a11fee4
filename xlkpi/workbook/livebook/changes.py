"""What is to be done in the open workbook, and what takes it back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass, field
from typing import Any, NamedTuple

from xlkpi.workbook.backend import ExcelError, Value
from xlkpi.workbook.livebook.picture import Content, Grid, Listed, Spot


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


class Copied(NamedTuple):
    """A sheet with one table, copied."""

    source: str
    sheet: str
    old_table: str
    table: str


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
        tables: Tables that are written to, as they were; not those of copied sheets.
        resizes: Tables whose number of rows changes.
        rectangles: Cells to write.
        formats: Areas (``D6:D9``) by sheet and number format.
        links: Cells that get a link.
        unlinked: Areas that lose theirs, by sheet.
        heights: How high rows shall be, in points: sheet, row, height.
        removed: Sheets to remove, last of all.
        calculate: Whether formulas have to be worked out even where the user does that by hand.
    """

    copies: list[Copied] = field(default_factory=list)
    tables: list[Listed] = field(default_factory=list)
    resizes: list[Resize] = field(default_factory=list)
    rectangles: list[Rectangle] = field(default_factory=list)
    formats: dict[str, dict[str, list[str]]] = field(default_factory=dict)
    links: list[Link] = field(default_factory=list)
    unlinked: list[tuple[str, str]] = field(default_factory=list)
    heights: list[tuple[str, int, float]] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    calculate: bool = False

    @property
    def is_nothing(self) -> bool:
        """Return whether nothing is to be done."""
        return not (self.copies or self.removed or self.unlinked or self.calculate or self.sheets())

    def sheets(self) -> list[str]:
        """Return the sheets that are written to."""
        found = [one.after.sheet for one in self.resizes] + [one.sheet for one in self.rectangles]
        return list(dict.fromkeys([*found, *self.formats, *(one.sheet for one in self.links)]))


def reverse(changes: Changes, grid: Callable[[str], Grid]) -> Changes:
    """Return what takes changes back, as far as they are in sheets that were there before.

    Args:
        changes: What is about to be done.
        grid: Returns a sheet as it stands now.
    """
    fresh = {one.sheet for one in changes.copies}
    spots: dict[str, set[Spot]] = {}
    for sheet, top, left, rows in changes.rectangles:
        here = spots.setdefault(sheet, set())
        here.update(Spot(top + down, left + across) for down, row in enumerate(rows) for across in range(len(row)))
    for before, after, _ in changes.resizes:
        columns = range(before.left, before.left + before.width)
        lost = range(after.bottom + 1, before.bottom + 1)
        spots.setdefault(before.sheet, set()).update(Spot(row, column) for row in lost for column in columns)
        gained = {Spot(row, column) for row in range(before.bottom + 1, after.bottom + 1) for column in columns}
        spots[before.sheet] -= gained
    back = Changes(
        calculate=changes.calculate,
        unlinked=[],
        tables=[one.after for one in changes.resizes if one.after.sheet not in fresh],
    )
    for sheet in [sheet for sheet in spots if sheet not in fresh]:
        now = grid(sheet)
        back.rectangles += rectangles(sheet, spots[sheet], now)
        back.links += _links_before(changes, sheet, now)
    back.resizes = [Resize(one.after, one.before, one.tail) for one in changes.resizes if one.after.sheet not in fresh]
    return back


def _links_before(changes: Changes, sheet: str, now: Grid) -> Iterator[Link]:
    """Yield the links that cells had: their text says where to, as every link that we write does."""
    for link in changes.links:
        text = now.at(*link.spot).value
        if link.sheet == sheet and isinstance(text, str):
            yield Link(sheet, link.spot, text, text if "!" in text else f"{text}!A1")


def rectangles(sheet: str, spots: Iterable[Spot], grid: Grid) -> list[Rectangle]:
    """Return the content of some cells as few rectangles."""
    by_row: dict[int, list[int]] = {}
    for row, column in spots:
        by_row.setdefault(row, []).append(column)
    found: list[Rectangle] = []
    growing: dict[tuple[int, int], Rectangle] = {}
    for row in sorted(by_row):
        still: dict[tuple[int, int], Rectangle] = {}
        for left, right in _runs(sorted(by_row[row])):
            content = [grid.at(row, column) for column in range(left, right + 1)]
            above = growing.get((left, right))
            if above is None or above.top + len(above.rows) != row:
                above = Rectangle(sheet, row, left, [])
                found.append(above)
            above.rows.append(content)
            still[left, right] = above
        growing = still
    return found


def _runs(numbers: list[int]) -> Iterator[tuple[int, int]]:
    start = before = numbers[0]
    for number in numbers[1:]:
        if number != before + 1:
            yield start, before
            start = number
        before = number
    yield start, before


def as_json(changes: Changes) -> dict[str, Any]:
    """Return changes for a file."""
    return {
        "resizes": [[asdict(one.before), asdict(one.after), one.tail] for one in changes.resizes],
        "rectangles": [
            [one.sheet, one.top, one.left, [[_packed(cell) for cell in row] for row in one.rows]]
            for one in changes.rectangles
        ],
        "formats": changes.formats,
        "links": [[one.sheet, *one.spot, one.text, one.place] for one in changes.links],
    }


def from_json(data: dict[str, Any]) -> Changes:
    """Return changes from a file."""
    return Changes(
        tables=[Listed(**before) for before, _, _ in data["resizes"]],
        resizes=[Resize(Listed(**before), Listed(**after), tail) for before, after, tail in data["resizes"]],
        rectangles=[
            Rectangle(sheet, top, left, [[_unpacked(cell) for cell in row] for row in rows])
            for sheet, top, left, rows in data["rectangles"]
        ],
        formats=data["formats"],
        links=[Link(sheet, Spot(row, column), text, place) for sheet, row, column, text, place in data["links"]],
        calculate=True,
    )


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
