"""The rows of one area, filled from the pieces of a worksheet part."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from xlkpi.workbook.ooxml.address import column_number, letters, shift_rows
from xlkpi.workbook.ooxml.markup import attributes, unescape

if TYPE_CHECKING:
    from collections.abc import Sequence

    from xlkpi.workbook.backend import Value
    from xlkpi.workbook.ooxml.address import Area
    from xlkpi.workbook.ooxml.cells import Piece
    from xlkpi.workbook.ooxml.convert import Converters

_MANY_ROWS = 1_000
_VALUE = r'(?:<v>|<is><t>|<is><t xml:space="preserve">)?+([^<]*+)(?:</v></c>|</t></is></c>|</c>)?+'
_OTHER = r"(?:<f[^>]*+>(?:[^<]*+</f>)?+)?+(?:<v>|<is><t[^>]*+>)?+[^<]*+(?:</v></c>|</t></is></c>|</c>)?+"
_FORMULA = r"(?:<f([^>]*+)>(?:([^<]*+)</f>)?+)?+"


class Formulas(Mapping[tuple[int, int], str]):
    """Formula texts by row and column index, held by column: 70,000 of them weigh no more than their references."""

    def __init__(self) -> None:
        """Start without formulas."""
        self._columns: dict[int, dict[int, str]] = {}

    def add(self, row: int, column: int, formula: str) -> None:
        """Note the formula of one cell."""
        self._columns.setdefault(column, {})[row] = formula

    def add_column(self, column: int, rows: Iterable[int], formula: str) -> None:
        """Note the one formula of many cells of a column."""
        self._columns.setdefault(column, {}).update(dict.fromkeys(rows, formula))

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


class Grid:
    """The rows of one area while they are filled.

    Attributes:
        formulas: The formulas met, by row and column index.
    """

    def __init__(self, area: Area, heads: int, converters: Converters, wanted: Collection[int] | None = None) -> None:
        """Start with blank rows.

        Args:
            area: The cells wanted.
            heads: How many of its first rows do not count in the index of a formula.
            converters: Turn texts into values.
            wanted: The columns that are wanted, by index; the others stay blank. None wants all.
        """
        width = area.right - area.left + 1
        self._area = area
        self._first = area.top + heads
        self._names = [letters(area.left + index) for index in range(width)]
        self._columns = {name: index for index, name in enumerate(self._names) if wanted is None or index in wanted}
        self._blank: tuple[Value, ...] = (None,) * width
        self._rows: list[tuple[Value, ...]] = [self._blank] * (area.bottom - area.top + 1)
        self._converters = converters
        self._patterns: dict[bool, re.Pattern[str]] = {}
        self._shared: dict[str, tuple[str, int, int]] = {}
        self._texts: dict[str, str] = {}
        self.formulas = Formulas()

    def take(self, piece: Piece) -> None:
        """Take in the rows of a piece: column by column where they are many and alike, else cell by cell."""
        if len(self._rows) < _MANY_ROWS or not self._take_columns(piece.text):
            self._take_cells(piece)

    def finished(self) -> list[tuple[Value, ...]]:
        """Return the rows."""
        return self._rows

    def _take_columns(self, text: str) -> bool:
        """Take in whole columns at a time; return whether every row could be read like that."""
        with_formulas = "<f" in text
        found = self._pattern(formulas=with_formulas).findall(text)
        if len(found) != text.count("<row"):
            return False
        if not found:
            return True
        numbers, *columns = zip(*found, strict=True)
        step = 4 if with_formulas else 2
        values: list[Sequence[Value]] = [(None,) * len(numbers)] * len(self._names)
        for at, index in enumerate(self._columns.values()):
            values[index] = self._values(columns[at * step], columns[at * step + step - 1])
        self._store([int(number) for number in numbers], list(zip(*values, strict=True)))
        if with_formulas:
            for at, name in enumerate(self._columns):
                self._note_formulas(numbers, name, columns[at * step + 1], columns[at * step + 2])
        return True

    def _note_formulas(self, numbers: Sequence[str], name: str, marks: Sequence[str], formulas: Sequence[str]) -> None:
        """Note the formulas of one column, at once where all cells have the same."""
        index, first = self._columns[name], int(numbers[0])
        inside = self._first <= first and int(numbers[-1]) <= self._area.bottom
        if inside and formulas[0] and not any(marks) and formulas.count(formulas[0]) == len(formulas):
            text = self._formula(formulas[0])
            self.formulas.add_column(index, [int(number) - self._first for number in numbers], text)
            return
        for number, mark, formula in zip(numbers, marks, formulas, strict=True):
            if formula or mark:
                self._note_formula(int(number), name, mark, formula)

    def _pattern(self, *, formulas: bool) -> re.Pattern[str]:
        """Return the pattern of one row, with or without formulas in its cells."""
        if formulas not in self._patterns:
            before = "|".join(letters(column) for column in range(1, self._area.left))
            left = rf'(?:<c r="(?:{before})\d++"[^>]*+>{_OTHER})*+' if before else ""
            middle = _FORMULA if formulas else ""
            cells = "".join(
                rf'(?:<c r="{name}\d++"([^>]*+)>{middle}{_VALUE})?+'
                if name in self._columns
                else rf'(?:<c r="{name}\d++"[^>]*+>{_OTHER})?+'
                for name in self._names
            )
            right = rf'(?:<c r="[^>]*+>{_OTHER})*+'
            self._patterns[formulas] = re.compile(
                rf'<row r="(\d++)"(?:[^>]*+(?<=/)>|[^>]*+>{left}{cells}{right}</row>)'
            )
        return self._patterns[formulas]

    def _values(self, marks: Sequence[str], texts: Sequence[str]) -> list[Value]:
        """Return the values of one column."""
        converters = self._converters
        kinds = set(marks)
        if len(kinds) == 1:
            convert = converters[kinds.pop()]
            if convert is not float or "" not in texts:
                return list(map(convert, texts))
        if all(converters[mark] is float for mark in kinds):
            return [float(text) if text else None for text in texts]
        return [converters[mark](text) if text else None for mark, text in zip(marks, texts, strict=True)]

    def _store(self, numbers: list[int], rows: list[tuple[Value, ...]]) -> None:
        """Put rows in their places."""
        top, bottom = self._area.top, self._area.bottom
        first, last = numbers[0], numbers[-1]
        if first >= top and last <= bottom and last - first == len(rows) - 1:
            self._rows[first - top : last - top + 1] = rows
            return
        for number, row in zip(numbers, rows, strict=True):
            if top <= number <= bottom:
                self._rows[number - top] = row

    def _take_cells(self, piece: Piece) -> None:
        """Take in cell by cell, whatever else stands in the rows."""
        columns, converters = self._columns, self._converters
        area, cells, row = self._area, list(self._blank), 0
        for number, name, marks, formula_marks, formula, value in piece.tokens():
            if number:
                if area.top <= row <= area.bottom:
                    self._rows[row - area.top] = tuple(cells)
                row, cells = int(number), list(self._blank)
                continue
            if formula or formula_marks:
                self._note_formula(row, name, formula_marks, formula)
            column = columns.get(name)
            if value and column is not None:
                cells[column] = converters[marks](value)
        if area.top <= row <= area.bottom:
            self._rows[row - area.top] = tuple(cells)

    def _note_formula(self, row: int, name: str, marks: str, formula: str) -> None:
        """Note the formula of a cell; one that Excel wrote only once for many cells is filled down."""
        text = self._formula(formula)
        if "shared" in marks:
            column, mark = column_number(name), attributes(marks).get("si", "")
            if text:
                self._shared[mark] = (text, row, column)
            else:
                first, top, left = self._shared.get(mark, ("", row, column))
                text = shift_rows(first, row - top, column - left)
        index = self._columns.get(name)
        if index is not None and self._first <= row <= self._area.bottom:
            self.formulas.add(row - self._first, index, text)

    def _formula(self, formula: str) -> str:
        """Return a formula as a person sees it, each made once."""
        text = self._texts.get(formula)
        if text is None:
            text = self._texts[formula] = unescape(formula)
        return text
