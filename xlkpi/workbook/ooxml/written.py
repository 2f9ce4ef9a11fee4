"""Values as cells: what is written, and what is refused."""

from __future__ import annotations

import datetime as dt
import math
import re
from typing import TYPE_CHECKING, Final

from xlkpi.errors import EditRefused
from xlkpi.workbook.backend import Cell, ExcelError, Keep
from xlkpi.workbook.ooxml.markup import escape, hide_controls
from xlkpi.workbook.ooxml.styles import SHORT_DATE, SHORT_DATE_TIME

if TYPE_CHECKING:
    from collections.abc import Callable

    from xlkpi.workbook.backend import Value, Written
    from xlkpi.workbook.ooxml.styles import Styles

LONGEST_TEXT: Final = 32_767
LARGEST_WHOLE: Final = 2**53
ERRORS: Final = frozenset(
    {
        "#NULL!",
        "#DIV/0!",
        "#VALUE!",
        "#REF!",
        "#NAME?",
        "#NUM!",
        "#N/A",
        "#GETTING_DATA",
        "#SPILL!",
        "#CALC!",
        "#FIELD!",
        "#BLOCKED!",
        "#CONNECT!",
        "#UNKNOWN!",
        "#BUSY!",
        "#PYTHON!",
        "#EXTERNAL!",
        "#TIMEOUT!",
    },
)
_WITH_FORMULA = re.compile(r"(<c\b[^>]*)>(<f\b[^>]*/>|<f\b[^>]*>.*?</f>)(?:<v\b.*?</v>|<v/>)?</c>", re.DOTALL)
_TYPE = re.compile(r'\st="[^"]*"')
_FIRST_REAL_DAY = dt.datetime(1900, 3, 1)  # noqa: DTZ001


class CellWriter:
    """Writes values as cells of one workbook."""

    def __init__(self, styles: Callable[[], Styles], *, date1904: bool) -> None:
        """Prepare to write.

        Args:
            styles: Returns the formats of the workbook, when first needed.
            date1904: Whether its dates count from 1904.
        """
        self._styles = styles
        self._date1904 = date1904
        self._plain: dict[str, str] = {}
        self._formatted: dict[tuple[str, str], str] = {}

    def xml(self, address: str, style: str, value: Value | Cell, where: Callable[[], str]) -> str:
        """Return a cell as the format writes it; empty where neither value nor format is to be written.

        Args:
            address: Such as ``B6``.
            style: Number of its format so far; empty for none.
            value: What it shall hold.
            where: Returns sheet and address, for a message.

        Raises:
            EditRefused: Where Excel cannot hold the value.
        """
        if isinstance(value, Cell):
            if value.number_format is not None:
                key = (style, value.number_format)
                return self._cell(address, self._formatted.get(key) or self._format(*key), value.value, where)
            value = value.value
        if isinstance(value, dt.date):
            style = str(self._dated(style, value))
        elif style and isinstance(value, (int, float)) and not isinstance(value, bool):
            style = self._plain.get(style) or self._undated(style)
        return self._cell(address, style, value, where)

    def _cell(self, address: str, style: str, value: Value, where: Callable[[], str]) -> str:
        """Return a cell with its final format."""
        if value is None or value == "":
            return f'<c r="{address}" s="{style}"/>' if style and style != "0" else ""
        mark = f' s="{style}"' if style and style != "0" else ""
        if isinstance(value, float):
            return f'<c r="{address}"{mark}><v>{_number(value, where)}</v></c>'
        kind, content = self._content(value, where)
        return f'<c r="{address}"{mark}{kind}>{content}</c>'

    def _content(self, value: Value, where: Callable[[], str]) -> tuple[str, str]:
        """Return the type of a cell as an attribute, and what stands in it."""
        if isinstance(value, str):
            return ' t="inlineStr"', f"<is>{text_xml(value, where)}</is>"
        if isinstance(value, bool):
            return ' t="b"', f"<v>{int(value)}</v>"
        if isinstance(value, (int, float)):
            return "", f"<v>{_number(value, where)}</v>"
        if isinstance(value, ExcelError):
            return ' t="e"', f"<v>{_error(value, where)}</v>"
        if isinstance(value, dt.date):
            return "", f"<v>{self._serial(value, where)}</v>"
        message = f"{where()}: a value of the kind {type(value).__name__} cannot stand in a cell."
        raise TypeError(message)

    def _format(self, style: str, code: str) -> str:
        """Return a format that shows numbers by a code, and remember it."""
        fresh = self._formatted[style, code] = str(self._styles().with_number_format(int(style or 0), code))
        return fresh

    def _undated(self, style: str) -> str:
        """Return a format in which a number does not show as a date, as a date that stood there before would make it."""
        styles, number = self._styles(), int(style)
        fresh = styles.with_number_format(number, "General") if styles.is_date(number) else number
        self._plain[style] = str(fresh)
        return self._plain[style]

    def _dated(self, style: str, value: dt.date) -> int:
        """Return a format that shows dates: the one so far, or a copy of it with the short date."""
        styles, number = self._styles(), int(style or 0)
        if styles.is_date(number):
            return number
        timed = isinstance(value, dt.datetime) and (value.hour or value.minute or value.second)
        return styles.with_number_format(number, SHORT_DATE_TIME if timed else SHORT_DATE)

    def _serial(self, value: dt.date, where: Callable[[], str]) -> str:
        moment = value if isinstance(value, dt.datetime) else dt.datetime(value.year, value.month, value.day)  # noqa: DTZ001
        if moment.tzinfo is not None:
            message = f"{where()}: the time {value} names a time zone. Give the local time without one."
            raise EditRefused(message)
        first = (1899, 12, 30 if moment >= _FIRST_REAL_DAY else 31)
        start = dt.datetime(*((1904, 1, 1) if self._date1904 else first))  # noqa: DTZ001
        passed = moment - start
        if passed.days < (0 if self._date1904 else 1):
            message = (
                f"{where()}: the date {value} is before the first day of the workbook's calendar. Give a later date."
            )
            raise EditRefused(message)
        return _plain_number(passed.days + (passed.seconds + passed.microseconds / 1e6) / 86_400)


def text_xml(text: str, where: Callable[[], str]) -> str:
    """Return the text element of an inline text.

    Raises:
        EditRefused: Where it is longer than a cell can hold.
    """
    length = len(text)
    if length * 2 > LONGEST_TEXT:
        length = len(text.encode("utf-16-le", "surrogatepass")) // 2
    if length > LONGEST_TEXT:
        message = f"{where()}: the text has {length:,} characters; a cell holds {LONGEST_TEXT:,}. Shorten it."
        raise EditRefused(message)
    spaced = text[0].isspace() or text[-1].isspace() or "\n" in text or "  " in text or "\t" in text
    return f"<t{_PRESERVE if spaced else ''}>{escape(hide_controls(text))}</t>"


def with_result(cell: str, result: str | float | None) -> str:
    """Return a cell with what its formula comes to; one without a formula, or without a known result, as it is.

    Examples:
        >>> with_result('<c r="B6" s="4"><f>A6</f></c>', "yes")
        '<c r="B6" s="4" t="str"><f>A6</f><v>yes</v></c>'
    """
    found = _WITH_FORMULA.match(cell) if result is not None else None
    if found is None:
        return cell
    kind, shown = (' t="str"', escape(hide_controls(result))) if isinstance(result, str) else ("", f"{result}")
    return f"{_TYPE.sub('', found[1])}{kind}>{found[2]}<v>{shown}</v></c>"


def is_kept(value: Written) -> bool:
    """Return whether a cell is to stay as it is."""
    return isinstance(value, Keep)


def _number(value: float, where: Callable[[], str]) -> str:
    if isinstance(value, int):
        if abs(value) > LARGEST_WHOLE:
            message = f"{where()}: the whole number {value} has more digits than Excel keeps. Give it as text."
            raise EditRefused(message)
        return str(int(value))
    if not math.isfinite(value):
        message = (
            f"{where()}: the number is {value}, which a cell cannot hold. Leave it empty or give an error such as #N/A."
        )
        raise EditRefused(message)
    return _plain_number(value)


def _plain_number(value: float) -> str:
    return str(int(value)) if value.is_integer() and abs(value) < LARGEST_WHOLE else repr(float(value))


def _error(value: ExcelError, where: Callable[[], str]) -> str:
    if value.text not in ERRORS:
        message = f"{where()}: {value.text!r} is no error that Excel knows. Use one such as #N/A."
        raise EditRefused(message)
    return value.text


_PRESERVE = ' xml:space="preserve"'
