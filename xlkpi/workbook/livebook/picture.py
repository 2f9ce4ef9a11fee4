"""What an open workbook holds, as it was read: sheets of cells, tables, names. Reading takes few calls; the rest is ours."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, NamedTuple

from xlkpi.workbook.backend import ExcelError, Value, place

_ERRORS = frozenset({"#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A", "#GETTING_DATA", "#SPILL!"})
_CELL = re.compile(r"=(?:'((?:[^']|'')+)'|([^'!]+))!\$([A-Z]{1,3})\$(\d+)")


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
    """The cells of one sheet; ``merged`` are areas such as ``C7:C8`` with their bounds."""

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


@dataclass(frozen=True, slots=True)
class Outline:
    """The sheets, tables and named cells of a workbook, without their content."""

    sheets: tuple[str, ...]
    tables: dict[str, Listed]
    names: dict[str, tuple[str, Spot]]


def read_outline(book: Any) -> Outline:
    """Return what a workbook is made of."""
    sheets, tables = [], {}
    for sheet in book.sheets:
        name = sheet.name
        sheets.append(name)
        for table in sheet.tables:
            area, totals = table.range, int(bool(table.show_totals))
            height, width = area.shape
            tables[table.name] = Listed(table.name, name, area.row, area.column, width, height - 1 - totals, totals)
    return Outline(tuple(sheets), tables, _named_cells(book, sheets))


def _named_cells(book: Any, sheets: list[str]) -> dict[str, tuple[str, Spot]]:
    """Return every name of the workbook that stands for one cell."""
    found = {}
    for name in book.names:
        text = name.name
        matched = _CELL.fullmatch(name.refers_to)
        if matched is None or "!" in text:
            continue
        sheet = matched[1].replace("''", "'") if matched[1] else matched[2]
        if sheet in sheets:
            found[text] = (sheet, Spot(int(matched[4]), column_number(matched[3])))
    return found


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


def read_grid(sheet: Any) -> Grid:
    """Return every cell of a sheet that holds anything."""
    area = sheet.used_range
    values, formulas = _values(area), _two_deep(area.formula)
    top, left = area.row, area.column
    cells = {}
    for down, (row, texts) in enumerate(zip(values, formulas, strict=True)):
        for across, (value, text) in enumerate(zip(row, texts, strict=True)):
            # A text cell that begins with "=" shows its own text; a formula shows what it came to.
            formula = text[1:] if isinstance(text, str) and text.startswith("=") and text != value else None
            if value is not None or formula is not None:
                cells[Spot(top + down, left + across)] = Content(value, formula)
    return Grid(cells)


def _values(area: Any) -> list[list[Value]]:
    """Return the values of an area; an error is told from the same characters as text by a second look."""
    shown = area.options(ndim=2, err_to_str=True).value
    if not any(one in _ERRORS for row in shown for one in row if isinstance(one, str)):
        return [[_value(one) for one in row] for row in shown]
    plain = area.options(ndim=2).value
    return [
        [
            ExcelError(one) if one in _ERRORS and bare is None else _value(one)
            for one, bare in zip(row, bares, strict=True)
        ]
        for row, bares in zip(shown, plain, strict=True)
    ]


def _value(found: Any) -> Value:
    if found is None or found == "":
        return None
    if isinstance(found, dt.datetime):
        return (found.replace(tzinfo=None) + dt.timedelta(microseconds=500)).replace(microsecond=0)
    if isinstance(found, (int, Decimal)) and not isinstance(found, bool):
        return float(found)
    return found  # type: ignore[no-any-return]


def _two_deep(found: Any) -> list[list[Any]]:
    """Return formulas as rows; Excel gives a bare text for a single cell, and a flat row on a Mac."""
    if not isinstance(found, (list, tuple)):
        return [[found]]
    if found and not isinstance(found[0], (list, tuple)):
        return [list(found)]
    return [list(row) for row in found]


def merged_areas(area: Any) -> list[tuple[int, int, int, int]]:
    """Return the merged areas that touch an area, as top, left, bottom and right; halves what is mixed until it is not."""
    if area.merge_cells is False:
        return []
    height, width = area.shape
    if height * width > 1:
        cut = (height + 1) // 2 if height >= width else (width + 1) // 2
        halves = (area[:cut, :], area[cut:, :]) if height >= width else (area[:, :cut], area[:, cut:])
        return list(dict.fromkeys(one for half in halves for one in merged_areas(half)))
    whole = area.merge_area
    down, across = whole.shape
    return [(whole.row, whole.column, whole.row + down - 1, whole.column + across - 1)]
