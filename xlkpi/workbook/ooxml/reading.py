"""A table's values as last calculated, with the formulas and merged areas that stand in it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING

from xlkpi.workbook.backend import Block, ExcelError, Value
from xlkpi.workbook.ooxml.address import Area, column_number, letters, parse_area, shift_rows
from xlkpi.workbook.ooxml.cells import CellStream
from xlkpi.workbook.ooxml.markup import attributes, damaged, unescape
from xlkpi.workbook.ooxml.strings import clean, shared_strings
from xlkpi.workbook.ooxml.styles import Styles

if TYPE_CHECKING:
    from collections.abc import Iterable

    from xlkpi.workbook.ooxml.cells import Token
    from xlkpi.workbook.ooxml.package import Package
    from xlkpi.workbook.ooxml.table import Table

Convert = Callable[[str], Value]

_MERGED = re.compile(r'<mergeCell\s[^>]*?ref="([^"]+)"')
_LAST_SERIAL = 2_958_466
_PHANTOM_DAY = 60  # Excel's calendar of 1900 has a 29 February
_DAY = 86_400_000


class Formulas(Mapping[tuple[int, int], str]):
    """Formula texts by row and column index, held by column: 70,000 of them weigh no more than their references."""

    def __init__(self) -> None:
        """Start without formulas."""
        self._columns: dict[int, dict[int, str]] = {}

    def add(self, row: int, column: int, formula: str) -> None:
        """Note the formula of one cell."""
        self._columns.setdefault(column, {})[row] = formula

    def __getitem__(self, key: tuple[int, int]) -> str:
        """Return the formula of a cell."""
        row, column = key
        return self._columns[column][row]

    def __contains__(self, key: object) -> bool:
        """Return whether a cell holds a formula."""
        if not isinstance(key, tuple):
            return False
        row, column = key
        return row in self._columns.get(column, ())

    def __iter__(self) -> Iterator[tuple[int, int]]:
        """Yield the cells, row by row."""
        yield from sorted((row, column) for column, rows in self._columns.items() for row in rows)

    def __len__(self) -> int:
        """Return how many cells hold a formula."""
        return sum(map(len, self._columns.values()))


class Reader:
    """Reads areas of a package's worksheets; texts and formats are read once, when first needed."""

    def __init__(self, package: Package, *, date1904: bool) -> None:
        """Prepare to read.

        Args:
            package: The workbook.
            date1904: Whether its dates count from 1904.
        """
        self._package = package
        self._converters = Converters(package, date1904=date1904)

    def block(self, table: Table, part: str) -> Block:
        """Return a table as it stands in the workbook.

        Args:
            table: The table.
            part: The part of its worksheet.
        """
        rows, formulas, tail = self.area(part, table.area._replace(bottom=table.last), table.heads)
        headings = table.columns
        if table.heads:
            shown = zip(rows.pop(0), table.columns, strict=True)
            headings = tuple(known if cell is None else _heading(cell) for cell, known in shown)
        return Block(
            sheet=table.sheet,
            table=table.name,
            top=table.first,
            left=table.area.left,
            headings=tuple(" ".join(heading.splitlines()) for heading in headings),
            rows=rows,
            formulas=formulas,
            merged=tuple(found for found in _MERGED.findall(tail) if _meets(found, table.area)),
        )

    def area(self, part: str, area: Area, heads: int = 0) -> tuple[list[tuple[Value, ...]], Formulas, str]:
        """Return the values of an area row by row, its formulas, and what stands below the sheet's rows.

        Args:
            part: The part of the worksheet.
            area: The cells wanted.
            heads: How many of its first rows do not count in the index of a formula.
        """
        stream = CellStream(self._package, part)
        grid = _Grid(area, heads, self._converters)
        try:
            for tokens in stream.tokens(area.top, area.bottom):
                grid.fill(tokens)
        except (ValueError, IndexError, OverflowError):
            raise damaged(part) from None
        return grid.finished(), grid.formulas, stream.tail


class _Grid:
    """The rows of one area while they are filled from tokens."""

    def __init__(self, area: Area, heads: int, converters: Converters) -> None:
        """Start with blank rows."""
        width = area.right - area.left + 1
        self._area = area
        self._first = area.top + heads
        self._columns = {letters(area.left + index): index for index in range(width)}
        self._blank: tuple[Value, ...] = (None,) * width
        self._rows: list[tuple[Value, ...]] = [self._blank] * (area.bottom - area.top + 1)
        self._converters = converters
        self._open: list[Value] = []
        self._row = 0
        self._inside = False
        self._shared: dict[str, tuple[str, int, int]] = {}
        self._texts: dict[str, str] = {}
        self.formulas = Formulas()

    def fill(self, tokens: Iterable[Token]) -> None:
        """Take in the rows of some tokens."""
        columns, converters, cells, inside = self._columns, self._converters, self._open, self._inside
        for number, name, marks, formula_marks, formula, value in tokens:
            if number:
                self._close(cells)
                cells = list(self._blank)
                inside = self._begin(int(number))
            elif formula or formula_marks:
                self._note_formula(name, formula_marks, formula)
                if value and inside and name in columns:
                    cells[columns[name]] = converters[marks](value)
            elif value and inside:
                column = columns.get(name)
                if column is not None:
                    cells[column] = converters[marks](value)
        self._open, self._inside = cells, inside

    def finished(self) -> list[tuple[Value, ...]]:
        """Return the rows."""
        self._close(self._open)
        self._inside = False
        return self._rows

    def _begin(self, row: int) -> bool:
        self._row = row
        self._inside = self._area.top <= row <= self._area.bottom
        return self._inside

    def _close(self, cells: list[Value]) -> None:
        if self._inside:
            self._rows[self._row - self._area.top] = tuple(cells)

    def _note_formula(self, name: str, marks: str, formula: str) -> None:
        """Note the formula of a cell; one that Excel wrote only once for many cells is filled down."""
        row, column = self._row, column_number(name)
        text = self._texts.get(formula)
        if text is None:
            text = self._texts[formula] = unescape(formula)
        if "shared" in marks:
            mark = attributes(marks).get("si", "")
            if text:
                self._shared[mark] = (text, row, column)
            else:
                first, top, left = self._shared.get(mark, ("", row, column))
                text = shift_rows(first, row - top, column - left)
        index = self._columns.get(name)
        if self._inside and row >= self._first and index is not None:
            self.formulas.add(row - self._first, index, text)


class Converters(dict[str, Convert]):
    """From the attributes of a cell to the function that turns its text into a value."""

    def __init__(self, package: Package, *, date1904: bool) -> None:
        """Prepare; texts and formats are read when a cell first asks for them."""
        super().__init__()
        self._package = package
        self._date1904 = date1904
        self._styles: Styles | None = None
        self._strings: list[str] | None = None
        self._seen: dict[str, str] = {}

    def __missing__(self, marks: str) -> Convert:
        """Return the function for attributes that were not met before."""
        found = attributes(marks)
        kind = found.get("t", "n")
        convert: Convert
        if kind == "s":
            convert = self._shared
        elif kind in {"str", "inlineStr"}:
            convert = self._text
        elif kind == "b":
            convert = _boolean
        elif kind == "e":
            convert = _error
        elif kind == "d":
            convert = _iso_date
        else:
            convert = self._number(int(found.get("s", "0")))
        self[marks] = convert
        return convert

    def _number(self, style: int) -> Convert:
        if style:
            if self._styles is None:
                self._styles = Styles(self._package)
            if self._styles.is_date(style):
                return self._date
        return float

    def _shared(self, text: str) -> Value:
        if self._strings is None:
            self._strings = shared_strings(self._package)
        return self._strings[int(text)] or None

    def _text(self, text: str) -> Value:
        found = self._seen.get(text)
        if found is None:
            found = self._seen[text] = clean(text)
        return found

    def _date(self, text: str) -> Value:
        return date_of(float(text), date1904=self._date1904)


def date_of(serial: float, *, date1904: bool) -> dt.datetime | float:
    """Return the date that Excel shows for a number; a number outside its calendar comes back as it is.

    Examples:
        >>> date_of(43_373.5, date1904=False)
        datetime.datetime(2018, 9, 30, 12, 0)
        >>> date_of(1.0, date1904=False), date_of(-1.0, date1904=False)
        (datetime.datetime(1900, 1, 1, 0, 0), -1.0)
    """
    if not 0 <= serial < _LAST_SERIAL - (1462 if date1904 else 0):
        return serial
    if date1904:
        start = dt.datetime(1904, 1, 1)  # noqa: DTZ001
    else:
        start = dt.datetime(1899, 12, 31 if serial < _PHANTOM_DAY else 30)  # noqa: DTZ001
    return start + dt.timedelta(milliseconds=round(serial * _DAY))


def _boolean(text: str) -> Value:
    return text in {"1", "true"}


def _error(text: str) -> Value:
    return ExcelError(text)


def _iso_date(text: str) -> Value:
    found = dt.datetime.fromisoformat(text)
    return found.replace(tzinfo=None)


def _heading(cell: Value) -> str:
    if isinstance(cell, ExcelError):
        return cell.text
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)


def _meets(reference: str, area: Area) -> bool:
    found = parse_area(reference)
    return found is not None and found.meets(area)
