"""From the text of a cell to its value."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import TYPE_CHECKING

from xlkpi.workbook.backend import ExcelError, Value
from xlkpi.workbook.ooxml.markup import attributes
from xlkpi.workbook.ooxml.strings import clean, shared_strings
from xlkpi.workbook.ooxml.styles import Styles

if TYPE_CHECKING:
    from xlkpi.workbook.ooxml.package import Package

Convert = Callable[[str], Value]

_LAST_SERIAL = 2_958_466
_DAYS_TO_1904 = 1462
_PHANTOM_DAY = 60  # Excel's calendar of 1900 has a 29 February
_DAY = 86_400_000


class Remembered(dict[str, Value]):
    """Values by their text, each made once: a table of 350,000 rows holds every status once, not 350,000 times."""

    def __init__(self, make: Convert) -> None:
        """Start with the blank."""
        super().__init__({"": None})
        self._make = make

    def __missing__(self, text: str) -> Value:
        """Make a value that was not met before."""
        value = self[text] = self._make(text)
        return value


class Converters(dict[str, Convert]):
    """From the attributes of a cell to the function that turns its text into a value."""

    def __init__(self, package: Package, *, date1904: bool, dates: bool) -> None:
        """Prepare; texts and formats are read when a cell first asks for them."""
        super().__init__()
        self._package = package
        self._date1904 = date1904
        self._dates = dates
        self._styles: Styles | None = None
        self._strings: list[str] | None = None
        self._kinds: dict[str, Convert] = {
            "s": Remembered(self._shared).__getitem__,
            "str": Remembered(_text).__getitem__,
            "inlineStr": Remembered(_text).__getitem__,
            "b": Remembered(_boolean).__getitem__,
            "e": Remembered(ExcelError).__getitem__,
            "d": Remembered(_iso_date).__getitem__,
        }
        self._date = Remembered(self._serial_date).__getitem__

    def __missing__(self, marks: str) -> Convert:
        """Return the function for attributes that were not met before."""
        found = attributes(marks)
        convert = self._kinds.get(found.get("t", "n"))
        if convert is None:
            convert = self._number(int(found.get("s", "0")))
        self[marks] = convert
        return convert

    def _number(self, style: int) -> Convert:
        if style and self._dates:
            if self._styles is None:
                self._styles = Styles(self._package)
            if self._styles.is_date(style):
                return self._date
        return float

    def _shared(self, text: str) -> Value:
        if self._strings is None:
            self._strings = shared_strings(self._package)
        return self._strings[int(text)] or None

    def _serial_date(self, text: str) -> Value:
        return date_of(float(text), date1904=self._date1904)


def date_of(serial: float, *, date1904: bool) -> dt.datetime | float:
    """Return the date that Excel shows for a number; a number outside its calendar comes back as it is.

    Examples:
        >>> date_of(43_373.5, date1904=False)
        datetime.datetime(2018, 9, 30, 12, 0)
        >>> date_of(1.0, date1904=False), date_of(-1.0, date1904=False)
        (datetime.datetime(1900, 1, 1, 0, 0), -1.0)
    """
    if not 0 <= serial < _LAST_SERIAL - (_DAYS_TO_1904 if date1904 else 0):
        return serial
    first = (1899, 12, 31 if serial < _PHANTOM_DAY else 30)
    start = dt.datetime(*((1904, 1, 1) if date1904 else first))  # noqa: DTZ001
    return start + dt.timedelta(milliseconds=round(serial * _DAY))


def _text(text: str) -> Value:
    return clean(text)


def _boolean(text: str) -> Value:
    return text in {"1", "true"}


def _iso_date(text: str) -> Value:
    return dt.datetime.fromisoformat(text).replace(tzinfo=None)
