"""Values as somebody would type them: Excel reads what it is given, so text that could be taken for more gets a quote."""

from __future__ import annotations

import datetime as dt
import math
import re
import unicodedata
from typing import Final

from xlkpi.errors import EditRefused
from xlkpi.workbook.backend import Cell, ExcelError, Value
from xlkpi.workbook.livebook.picture import Content

_LONGEST_TEXT: Final = 32_767
_LARGEST_WHOLE: Final = 2**53
_ERRORS: Final = frozenset({"#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A"})
_LIKE_A_DATE = re.compile(r"[^\W\d_]{3,}[\s./,-]*\d")
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


def typed(content: Content) -> str | float | bool | dt.datetime | None:
    """Return what to hand to Excel so that a cell holds this.

    Examples:
        >>> typed(Content("=1+1")), typed(Content(None, "1+1")), typed(Content("007")), typed(Content("A4"))
        ("'=1+1", '=1+1', "'007", 'A4')
    """
    if content.formula is not None:
        return f"={content.formula}"
    value = content.value
    if isinstance(value, ExcelError):
        return value.text
    if isinstance(value, str):
        return f"'{value}" if _means_more(value) else value
    if isinstance(value, dt.date) and not isinstance(value, dt.datetime):
        return dt.datetime(value.year, value.month, value.day)  # noqa: DTZ001  # a cell knows no time zone
    return value


def _means_more(text: str) -> bool:
    """Return whether Excel could take a text for a number, a date, a formula, a truth value or an error."""
    bare = text.strip()
    if not bare:
        return False
    first = bare[0]
    if first.isdigit() or first in "=+-@'.,(#%" or unicodedata.category(first) == "Sc":
        return True
    return bare.upper() in {"TRUE", "FALSE"} or _LIKE_A_DATE.match(bare) is not None


def checked(written: Value | Cell, where: str) -> Value:
    """Return a value as a cell will give it back.

    Raises:
        EditRefused: Where a cell cannot hold it.
    """
    value = written.value if isinstance(written, Cell) else written
    if isinstance(value, bool):
        return value
    if isinstance(value, str):
        if len(value.encode("utf-16-le", "surrogatepass")) // 2 > _LONGEST_TEXT:
            raise EditRefused(f"{where}: the text has {len(value):,} characters; a cell holds {_LONGEST_TEXT:,}.")
        return _CONTROLS.sub(" ", value) or None
    if isinstance(value, ExcelError) and value.text not in _ERRORS:
        raise EditRefused(f"{where}: {value.text!r} is no error that Excel knows. Use one such as #N/A.")
    if isinstance(value, (int, float)):
        if not math.isfinite(value) or (isinstance(value, int) and abs(value) > _LARGEST_WHOLE):
            raise EditRefused(f"{where}: the number is {value}, which a cell cannot hold. Leave the cell empty.")
        return float(value)
    if isinstance(value, dt.date):
        if isinstance(value, dt.datetime) and value.tzinfo is not None:
            raise EditRefused(f"{where}: the time {value} names a time zone. Give the local time without one.")
        if not isinstance(value, dt.datetime):
            value = dt.datetime(value.year, value.month, value.day)  # noqa: DTZ001  # a cell knows no time zone
    return value
