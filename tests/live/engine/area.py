"""A rectangle of cells: what is typed into it, and what it shows."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import uno
from com.sun.star.table import CellAddress, CellRangeAddress
from live.engine import counted
from live.engine.grammar import to_calc, to_excel

_FIRST_DAY = dt.datetime(1899, 12, 30)
_DATE, _BOOL = 2, 1024
_CONTENT = 1 | 2 | 4 | 16
_FORMATS = 32 | 64
#: What Excel takes for more than text when somebody types it.
_TYPED = re.compile(
    r"\s*[-+]?[\d.,]+(e[-+]?\d+)?\s*%?\s*$|[-+@=]|\d+[-/ ]\w+|(true|false)$|[a-z]{3,9} \d+$", re.IGNORECASE
)
_ERRORS = {532: "#DIV/0!", 32767: "#N/A", 525: "#NAME?", 521: "#NULL!", 503: "#NUM!", 524: "#REF!", 519: "#VALUE!"}
_ADDRESS = re.compile(r"\$?([A-Z]+)\$?(\d+)(?::\$?([A-Z]+)\$?(\d+))?$")
NUMBER_FORMATS = {"DATE": "yyyy-mm-dd", "TIME": "yyyy-mm-dd hh:mm:ss"}

#: Hundredths of a millimetre in a point.
_HUNDREDTHS_OF_A_POINT = 2540 / 72


class Broken(int):
    """An error as Excel gives it: no text, and no plain number either."""

    text = ""


def _broken(code: int) -> Broken:
    one = Broken(-code)
    one.text = _ERRORS.get(code, "#VALUE!")
    return one


def cell_range(sheet: Any, first: Any, last: Any) -> Range:
    """Return what ``sheet.range(...)`` means: an address, several with commas, or one or two corners."""
    if isinstance(first, str):
        areas = [_parsed(sheet, one) for one in first.split(",")]
        areas[0]._more = areas[1:]
        return areas[0]
    if isinstance(first, tuple) and len(first) == 4:
        top, left, height, width = first
        return Range(sheet, top, left, top + height - 1, left + width - 1)
    top, left = first if isinstance(first, tuple) else (first._top, first._left)
    if last is None:
        return Range(sheet, top, left, top, left)
    bottom, right = last if isinstance(last, tuple) else (last._bottom, last._right)
    return Range(sheet, top, left, bottom, right)


def _parsed(sheet: Any, address: str) -> Range:
    found = _ADDRESS.match(address)
    assert found, address
    left, top = _column(found[1]), int(found[2])
    return Range(sheet, top, left, int(found[4] or top), _column(found[3] or found[1]))


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


@counted
class Range:
    max_cells_per_read = max_cells_per_write = None

    def __init__(self, sheet: Any, top: int, left: int, bottom: int, right: int) -> None:
        self._sheet, self.options = sheet, {}
        self._top, self._left, self._bottom, self._right = top, left, bottom, right
        self._more: list[Range] = []

    @property
    def _cells(self) -> Any:
        return self._sheet._sheet.getCellRangeByPosition(
            self._left - 1, self._top - 1, self._right - 1, self._bottom - 1
        )

    @property
    def _doc(self) -> Any:
        return self._sheet._book._doc

    @property
    def _address(self) -> Any:
        at = self._sheet.index - 1
        return CellRangeAddress(at, self._left - 1, self._top - 1, self._right - 1, self._bottom - 1)

    @property
    def api(self) -> Any:
        return self._cells

    @property
    def sheet(self) -> Any:
        return self._sheet

    @property
    def address(self) -> str:
        return str(self._cells.AbsoluteName).rpartition(".")[2]

    @property
    def row(self) -> int:
        return self._top

    @property
    def column(self) -> int:
        return self._left

    @property
    def shape(self) -> tuple[int, int]:
        return self._bottom - self._top + 1, self._right - self._left + 1

    def __len__(self) -> int:
        return self.shape[0] * self.shape[1]

    def __call__(self, row: int, column: int | None = None) -> Range:
        if column is None:
            row, column = divmod(row - 1, self.shape[1])
            row, column = row + 1, column + 1
        top, left = self._top + row - 1, self._left + column - 1
        return Range(self._sheet, top, left, top, left)

    def _formats(self, wanted: int) -> dict[tuple[int, int], int]:
        """Return the cells whose number format is of some kinds, as places in the area, with the kinds."""
        found, kinds = {}, self._sheet._book._kinds
        for group in self._cells.getUniqueCellFormatRanges():
            key = group.NumberFormat
            if key not in kinds:
                kinds[key] = self._doc.NumberFormats.getByKey(key).Type
            if kinds[key] & wanted:
                for at in group.RangeAddresses:
                    rows = range(at.StartRow - self._top + 1, at.EndRow - self._top + 2)
                    columns = range(at.StartColumn - self._left + 1, at.EndColumn - self._left + 2)
                    found |= {(row, column): kinds[key] for row in rows for column in columns}
        return found

    @property
    def raw_value(self) -> Any:
        cells = self._cells
        data = [list(row) for row in cells.getDataArray()]
        for row, values in enumerate(data):
            for column, value in enumerate(values):
                if value is None:
                    data[row][column] = _broken(cells.getCellByPosition(column, row).getError())
        numbers = any(type(value) is float for values in data for value in values)
        for (row, column), kind in self._formats(_DATE | _BOOL).items() if numbers else ():
            if type(data[row][column]) is float:
                data[row][column] = bool(data[row][column]) if kind & _BOOL else _moment(data[row][column])
        return data if len(self) > 1 else data[0][0]

    @raw_value.setter
    def raw_value(self, data: Any) -> None:
        rows = data if isinstance(data, (list, tuple)) else [[data]]
        if not isinstance(rows[0], (list, tuple)):
            rows = [rows]
        cells, special = self._cells, {}
        kinds = self._formats(_DATE | _BOOL)
        for (row, column), kind in kinds.items():
            if kind & _BOOL:  # a truth value is a number format here, and no more
                cells.getCellByPosition(column, row).NumberFormat = 0
        plain = []
        for row, values in enumerate(rows):
            for column, value in enumerate(values):
                if isinstance(value, (bool, dt.datetime)) or (isinstance(value, str) and _is_special(value)):
                    special[row, column] = value
            plain.append(tuple("" if (row, column) in special else value for column, value in enumerate(values)))
        links = self._links(cells)
        cells.setDataArray(tuple(plain))
        for (row, column), value in special.items():
            self._type(cells.getCellByPosition(column, row), value, kinds.get((row, column), 0) & _DATE)
        for (row, column), url in links.items():  # which Excel keeps
            cell = cells.getCellByPosition(column, row)
            if cell.getString():
                self._link(cell, url, cell.getString())

    @staticmethod
    def _links(cells: Any) -> dict[tuple[int, int], str]:
        """Return where text cells lead to."""
        found = {}
        for row, values in enumerate(cells.getDataArray()):
            for column, value in enumerate(values):
                if isinstance(value, str) and value:
                    fields = cells.getCellByPosition(column, row).TextFields.createEnumeration()
                    if fields.hasMoreElements():
                        found[row, column] = str(fields.nextElement().URL)
        return found

    def _type(self, cell: Any, value: Any, dated: int) -> None:
        """Put into a cell what setting plain values does not know."""
        if isinstance(value, bool):
            cell.Value, cell.NumberFormat = float(value), self._format("BOOLEAN")
        elif isinstance(value, dt.datetime):
            passed = value - _FIRST_DAY
            cell.Value = passed.days + passed.seconds / 86_400
            if not dated:
                cell.NumberFormat = self._format(NUMBER_FORMATS["TIME"])
        elif value.startswith("'"):
            cell.setString(value[1:])
        elif value.startswith("="):
            cell.setFormula(to_calc(value))
        elif value in _ERRORS.values():
            cell.setFormula(f"={value}")
        else:
            cell.FormulaLocal = value

    def _format(self, text: str) -> int:
        if text == "General":  # that of a language leaves LibreOffice 7.4 undecided where cells have several formats
            return 0
        where = uno.createUnoStruct("com.sun.star.lang.Locale", "en", "US", "")
        formats = self._doc.NumberFormats
        key = formats.queryKey(text, where, False)  # noqa: FBT003
        return int(formats.addNew(text, where) if key == -1 else key)

    @property
    def formula(self) -> Any:
        rows = tuple(tuple(_as_excel(one) for one in row) for row in self._cells.getFormulaArray())
        return rows if len(self) > 1 else rows[0][0]

    @property
    def number_format(self) -> Any:
        every = (self, *self._more)
        keys = {group.NumberFormat for area in every for group in area._cells.getUniqueCellFormatRanges()}
        return self._doc.NumberFormats.getByKey(keys.pop()).FormatString if len(keys) == 1 else None

    @number_format.setter
    def number_format(self, text: str) -> None:
        for area in (self, *self._more):
            area._cells.NumberFormat = self._format(text)

    @property
    def merge_cells(self) -> bool | None:
        whole = self.merge_area
        if len(whole) > 1:
            return True if whole._bottom >= self._bottom and whole._right >= self._right else None
        return None if self._cells.IsMerged else False

    @property
    def merge_area(self) -> Range:
        cursor = self._sheet._sheet.createCursorByRange(self._cells.getCellByPosition(0, 0))
        cursor.collapseToMergedArea()
        at = cursor.RangeAddress
        return Range(self._sheet, at.StartRow + 1, at.StartColumn + 1, at.EndRow + 1, at.EndColumn + 1)

    @property
    def row_height(self) -> float:
        return self._cells.Rows.getByIndex(0).Height / _HUNDREDTHS_OF_A_POINT

    @row_height.setter
    def row_height(self, points: float) -> None:
        for area in (self, *self._more):
            rows = area._cells.Rows
            for at in range(rows.Count):
                rows.getByIndex(at).Height = round(points * _HUNDREDTHS_OF_A_POINT)

    @property
    def row_hidden(self) -> bool | None:
        """Return whether the rows are hidden; None where some are."""
        rows = self._cells.Rows
        shown = {rows.getByIndex(at).IsVisible for at in range(rows.Count)}
        return None if len(shown) > 1 else not shown.pop()

    def clear(self) -> None:
        self._cells.clearContents(_CONTENT | _FORMATS)

    def autofill(self, destination: Any, type_: str) -> None:
        assert type_ == "fill_formats"
        whole, sheet = destination.impl, self._sheet._sheet
        for row in range(self._bottom + 1, whole._bottom + 1):
            sheet.copyRange(CellAddress(self._address.Sheet, self._left - 1, row - 1), self._address)
        Range(self._sheet, self._bottom + 1, self._left, whole._bottom, self._right)._cells.clearContents(_CONTENT)

    def insert(self, shift: str, copy_origin: Any = None) -> None:
        assert shift == "down", copy_origin
        self._sheet._sheet.insertCells(self._address, uno.Enum("com.sun.star.sheet.CellInsertMode", "DOWN"))

    def delete(self, shift: str) -> None:
        assert shift == "up"
        self._sheet._sheet.removeRange(self._address, uno.Enum("com.sun.star.sheet.CellDeleteMode", "UP"))

    @property
    def hyperlink(self) -> str:
        fields = self._cells.getCellByPosition(0, 0).TextFields.createEnumeration()
        if not fields.hasMoreElements():
            raise ValueError("The cell doesn't seem to contain a hyperlink!")
        return str(fields.nextElement().URL)

    def add_hyperlink(self, address: str, text: str, _tip: str) -> None:
        self._link(self._cells.getCellByPosition(0, 0), address, text)

    def _link(self, cell: Any, address: str, text: str) -> None:
        cell.setString("")
        field = self._doc.createInstance("com.sun.star.text.TextField.URL")
        field.URL, field.Representation = address, text
        cell.insertTextContent(cell.createTextCursor(), field, False)  # noqa: FBT003

    def unlink(self) -> None:
        rows, columns = self.shape
        for row in range(rows):
            for column in range(columns):
                cell = self._cells.getCellByPosition(column, row)
                if cell.TextFields.createEnumeration().hasMoreElements():
                    cell.setString(cell.getString())


def _is_special(text: str) -> bool:
    return text[:1] in ("'", "=") or text in _ERRORS.values() or _TYPED.match(text) is not None


def _moment(serial: float) -> dt.datetime:
    return _FIRST_DAY + dt.timedelta(seconds=round(serial * 86_400))


def _as_excel(text: str) -> str:
    if text.startswith("'"):
        return text[1:]
    if text.startswith("="):
        return text[1:] if text[1:] in _ERRORS.values() else to_excel(text)
    return text
