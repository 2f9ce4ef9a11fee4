"""What an open workbook holds, as it was read: sheets of cells, tables, names, filters, protection."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol

from xlkpi.workbook.backend import Block, Value, column_letters, place
from xlkpi.workbook.ooxml.address import Area

#: Excel takes no longer text for several areas at once.
_LONGEST_ADDRESS = 240
_LITERAL = re.compile(r'"([^"]*)"|\\(.)|[-+$()!^&\'~{}<>= ]')


class Spot(NamedTuple):
    """A cell of a sheet, both numbers from 1."""

    row: int
    column: int


class Content(NamedTuple):
    """What one cell holds; ``formula`` is without its leading ``=``, None where there is none."""

    value: Value
    formula: str | None = None


EMPTY = Content(None)


@dataclass(slots=True)
class Grid:
    """The cells of one sheet that hold anything."""

    cells: dict[Spot, Content] = field(default_factory=dict)

    def at(self, row: int, column: int) -> Content:
        """Return what a cell holds."""
        return self.cells.get(Spot(row, column), EMPTY)


@dataclass(frozen=True, slots=True)
class Listed:
    """Where a table stands: its heading row (``top``), and how many data rows follow."""

    name: str
    sheet: str
    top: int
    left: int
    width: int
    height: int
    totals: int = 0

    @property
    def bottom(self) -> int:
        """Return the last data row."""
        return self.top + self.height

    def where(self, row: int, column: int) -> str:
        """Return a cell by row index (-1 is the heading row) and column index, as a formula would name it."""
        return place(self.sheet, self.top + 1 + row, self.left + column)

    @property
    def area(self) -> Area:
        """Return the whole table, headings and totals too."""
        return Area(self.top, self.left, self.bottom + self.totals, self.left + self.width - 1)


@dataclass(frozen=True, slots=True)
class Outline:
    """The sheets, tables and named cells of a workbook, without their content."""

    sheets: tuple[str, ...]
    tables: dict[str, Listed]
    names: dict[str, tuple[str, Spot]]


class Filter(NamedTuple):
    """What a filter lets through in one column of a table, in Excel's own words.

    Attributes:
        field: The column, counted from 1.
        criteria1: The first condition (``=A3``, ``>5``), the list of values, or how many of a top ten.
        operator: ``and``, ``or``, ``values``, ``top_items``, ``bottom_items``, ``top_percent``, ``bottom_percent``; None
            where there is one condition.
        criteria2: The second condition, if any.
    """

    field: int
    criteria1: str | tuple[str, ...]
    operator: str | None = None
    criteria2: str | None = None


class Protection(NamedTuple):
    """How a sheet is protected.

    Attributes:
        password: Whether a password guards it; None where Excel does not tell.
        objects: Whether drawings are protected.
        scenarios: Whether scenarios are protected.
        allowed: What stays allowed, such as ``formatting_cells``.
    """

    password: bool | None
    objects: bool
    scenarios: bool
    allowed: frozenset[str]


#: What the protection of a sheet may leave allowed, with its mark in a file.
ALLOWED = {
    "formatting_cells": "formatCells",
    "formatting_columns": "formatColumns",
    "formatting_rows": "formatRows",
    "inserting_columns": "insertColumns",
    "inserting_rows": "insertRows",
    "inserting_hyperlinks": "insertHyperlinks",
    "deleting_columns": "deleteColumns",
    "deleting_rows": "deleteRows",
    "sorting": "sort",
    "filtering": "autoFilter",
    "using_pivot_table": "pivotTables",
}


class Seen(Protocol):
    """An open workbook as it was when it was looked at; what is asked twice is read once."""

    @property
    def outline(self) -> Outline:
        """What the workbook is made of."""
        ...

    def block(self, listed: Listed, only: Collection[str] | None) -> Block:
        """Return a table with its values; ``only`` are the headings of the columns that are wanted."""
        ...

    def headings(self, listed: Listed) -> tuple[str, ...]:
        """Return the headings of a table."""
        ...

    def grid(self, sheet: str) -> Grid:
        """Return the cells of a sheet."""
        ...

    def merged(self, sheet: str, area: Area) -> Sequence[Area]:
        """Return the merged areas that touch an area."""
        ...

    def formats(
        self, sheet: str, spots: Collection[Spot], alike: Iterable[Collection[Spot]] = ()
    ) -> Mapping[Spot, str]:
        """Return the number formats of some cells; one that is not known is left out.

        Args:
            sheet: Their sheet.
            spots: The cells.
            alike: Groups of them that are likely to have one format each; a group is asked for in one call first.
        """
        ...

    def links(self, sheet: str) -> Mapping[Spot, str]:
        """Return the places in the workbook that cells lead to."""
        ...

    def leftovers(self, listed: Listed) -> list[str]:
        """Return what stands on a table's sheet beside or below the table, and words for what is no cell."""
        ...

    def refuse_referred(self, sheet: str) -> None:
        """Refuse to remove a sheet that anything else in the workbook refers to.

        Raises:
            EditRefused: Naming the first such place.
        """
        ...

    def filters(self, listed: Listed) -> Sequence[Filter] | None:
        """Return what a filter on a table lets through, column by column; None where it cannot be told."""
        ...

    def protection(self, sheet: str) -> Protection | None:
        """Return how a sheet is protected; None where it is not."""
        ...


def column_number(letters: str) -> int:
    """Return the number of a column.

    Examples:
        >>> column_number("A"), column_number("AB")
        (1, 28)
    """
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def spot_of(address: str) -> Spot:
    """Return the cell of an address such as ``B3``."""
    letters = address.rstrip("0123456789")
    return Spot(int(address[len(letters) :]), column_number(letters))


def plain_format(code: str) -> str:
    r"""Return a number format in one spelling: every letter that stands for itself behind a backslash.

    Examples:
        >>> plain_format('+0"%";-0') == plain_format(r'\+0\%;\-0')
        True
    """
    return _LITERAL.sub(lambda found: re.sub(r"(?s)(.)", r"\\\1", found[1] or found[2] or found[0]), code)


def areas(spots: Iterable[Spot]) -> list[str]:
    """Return cells as addresses of few areas: runs down a column, joined with like runs beside them.

    Examples:
        >>> areas([Spot(1, 1), Spot(2, 1), Spot(1, 2), Spot(2, 2), Spot(4, 2)])
        ['A1:B2', 'B4']
    """
    runs: dict[tuple[int, int], list[int]] = {}
    by_column: dict[int, list[int]] = {}
    for spot in spots:
        by_column.setdefault(spot.column, []).append(spot.row)
    for column, rows in sorted(by_column.items()):
        for start, end in numbers(sorted(set(rows))):
            runs.setdefault((start, end), []).append(column)
    found = []
    for (top, bottom), columns in runs.items():
        for left, right in numbers(columns):
            first, last = f"{column_letters(left)}{top}", f"{column_letters(right)}{bottom}"
            found.append(first if first == last else f"{first}:{last}")
    return found


def joined(found: Sequence[str], *, together: bool) -> Iterator[str]:
    """Yield addresses of areas: of several at once, none too long for Excel, or of each by itself."""
    if not together:
        yield from found
        return
    text = ""
    for area in found:
        if not text:
            text = area
        elif len(text) + len(area) >= _LONGEST_ADDRESS:
            yield text
            text = area
        else:
            text += f",{area}"
    if text:
        yield text


def numbers(found: Sequence[int]) -> Iterable[tuple[int, int]]:
    """Yield the runs of numbers in rising order, as first and last."""
    start = before = found[0]
    for number in found[1:]:
        if number != before + 1:
            yield start, before
            start = number
        before = number
    yield start, before
