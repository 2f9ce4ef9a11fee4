"""How the content of one typed cell becomes a value, and what is said where it cannot.

Each reader takes what a back end found in the cell and returns a value, or raises an error that carries the two halves
of our message: what was expected and what to do. The place and the heading are added where the table is known.
"""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Callable
from decimal import Decimal
from enum import Enum
from typing import Annotated, Any, TypeVar, cast

from pydantic import PlainValidator
from pydantic_core import PydanticCustomError

from xlkpi.model.number import WRITTEN, Number, exact, plain
from xlkpi.model.period import FinancialYearError, Month, Period, PeriodError, Quarter, parse_period, parse_quarter
from xlkpi.model.register import Band
from xlkpi.workbook.backend import ExcelError, Value

_DIGITS_ONLY = "Type digits only, for example 90."
_SIDE = re.compile(r"[-+]?([0-9]{1,15}\.?[0-9]{0,15}|\.[0-9]{1,15})")
#: What people type around the digits of a number.
_AROUND = re.compile(r"[,%£\s]")
_LIKE_A_BAND = re.compile(r"\s*[0-9.]+\s*(-|\u2013|\u2026|to)\s*[0-9.]+\s*", re.IGNORECASE)
_MONTH = re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])")


def shown(value: Value) -> str:
    """Return a cell's content as a message shows it.

    Examples:
        >>> shown("9O"), shown(74.0), shown(ExcelError("#N/A")), shown(None)
        ("'9O'", '74', '#N/A', 'empty')
    """
    if value is None:
        return "empty"
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, (int, float)):
        return plain(exact(value)) if math.isfinite(value) else f"{value}"
    if isinstance(value, ExcelError):
        return value.text
    if isinstance(value, dt.date):
        return f"the date {value:%d/%m/%Y}"
    return f"'{value}'"


def fault(expected: str, cure: str) -> PydanticCustomError:
    """Return the error for a cell.

    Args:
        expected: Continues "the target is '9O', ..."; empty where there is nothing to add.
        cure: A sentence.
    """
    return PydanticCustomError("cell", "{expected}. {cure}", {"expected": expected, "cure": cure})


def text(value: Value) -> str:
    """Return a cell as text; a number typed as a code or title becomes its digits, a blank the empty text."""
    if isinstance(value, str):
        return value.strip()
    if value is None:
        return ""
    if isinstance(value, ExcelError):
        raise fault("an error where text was expected", "Type the text, or mend the formula that gives the error.")
    if isinstance(value, (bool, dt.date)):
        raise fault("which is not text", "Type it again with an apostrophe in front, so that Excel keeps it as text.")
    return shown(value)


def number(value: Value) -> Number | None:
    """Return a cell as an exact number; None for a blank."""
    if isinstance(value, (int, float)) and not isinstance(value, bool) and math.isfinite(value):
        return exact(value)
    if value is None or (isinstance(value, str) and not value.strip()):
        return None
    if isinstance(value, ExcelError):
        raise fault("an error where a number was expected", "Type the number, or leave the cell empty.")
    if isinstance(value, dt.date):
        raise fault("which is not a number", "Format the cell as a number and type the digits again.")
    if isinstance(value, str):
        if WRITTEN.fullmatch(value.strip()):
            raise fault("a number stored as text", "Type the digits again, so that Excel takes them as a number.")
        if WRITTEN.fullmatch(digits := _AROUND.sub("", value)):
            raise fault("which is text, not a number", f"Type the digits alone: {digits}.")
    raise fault("which is not a number", _DIGITS_ONLY)


def whole(value: Value) -> int | None:
    """Return a cell as a whole number of 0 or more; None for a blank."""
    found = number(value)
    if found is None or (isinstance(found, int) and found >= 0):
        return found
    expected = "which is below 0" if found < 0 else "which is not a whole number"
    raise fault(expected, "Type a whole number such as 0, 1 or 2.")


def level(value: Value) -> Number | Band | None:
    """Return a target or tolerance: a number, or a band such as ``40..60``; None for a blank."""
    if not isinstance(value, str) or not (".." in value or _LIKE_A_BAND.fullmatch(value)):
        return number(value)
    low, _, high = (part.strip() for part in value.partition(".."))
    if not (_SIDE.fullmatch(low) and _SIDE.fullmatch(high)):
        raise fault("which is not a band", "Type a band as two numbers with two dots between them, for example 40..60.")
    band = Band(Decimal(low), Decimal(high))
    if not band.holds(Decimal(low)):
        raise fault("a band that ends before it starts", f"Type the smaller number first: {high}..{low}.")
    return band


def quarter(value: Value) -> Quarter | None:
    """Return a cell as a quarter; None for a blank."""
    return _period(value, parse_quarter, "which is not a quarter", "Type a quarter such as 2018/19 Q2.")


def period(value: Value) -> Period | None:
    """Return a cell as a quarter, a month or a year; None for a blank. A date is taken as its month."""
    if isinstance(value, dt.date):
        return Month(value.year, value.month)
    return _period(value, parse_period, "which is not a period", "Type a quarter (2018/19 Q2) or a month (2018-09).")


def quarters(value: Value) -> tuple[Quarter, ...]:
    """Return a cell as quarters separated by semicolons."""
    parts = [part for part in text(value).split(";") if part.strip()]
    cure = "Type quarters with a semicolon between them, such as 2018/19 Q1; 2019/20 Q1."
    return tuple(_known(_period(part, parse_quarter, "which is not a list of quarters", cure)) for part in parts)


def texts(value: Value) -> tuple[str, ...]:
    """Return a cell as texts separated by semicolons, each once, in capitals or not.

    Examples:
        >>> texts("agency staff;  Agency  workers ; Agency Staff;")
        ('agency staff', 'Agency workers')
    """
    found: dict[str, str] = {}
    for part in text(value).split(";"):
        words = " ".join(part.split())
        found.setdefault(words.casefold(), words)
    found.pop("", None)
    return tuple(found.values())


def month_text(value: Value) -> str:
    """Return the month of an inspection as text: a date that Excel made of ``2018-07`` becomes the month again."""
    if isinstance(value, dt.date):
        return Month(value.year, value.month).label
    typed = text(value)
    if typed and not _MONTH.fullmatch(typed):
        raise fault("which is not a month", "Type a month such as 2018-07, or leave the cell empty.")
    return typed


_Member = TypeVar("_Member", bound=Enum)
_Parsed = TypeVar("_Parsed")


def choice(members: type[_Member], default: _Member | None = None) -> Callable[[Value], _Member]:
    """Return a reader for a cell that holds one of a few words, in capitals or not."""
    by_word = {str(member.value).casefold(): member for member in members}
    words = [str(member.value) for member in members]
    listed = ", ".join(words[:-1]) + " or " + words[-1]

    def read(value: Value) -> _Member:
        word = text(value).casefold()
        if not word and default is not None:
            return default
        if word not in by_word:
            raise fault("which is not one of the choices" if word else "", f"Choose {listed}.")
        return by_word[word]

    return read


def _period(value: Value, parse: Callable[[str], _Parsed], expected: str, cure: str) -> _Parsed | None:
    if value is None or (isinstance(value, str) and not value.strip()):
        return None
    if not isinstance(value, str):
        raise fault(expected, cure)
    found = _PERIODS.get((value, parse))
    if found is None:
        try:
            found = parse(value)
        except FinancialYearError as error:
            raise fault(f"but {str(error).rstrip('.')}", cure) from None
        except PeriodError:
            raise fault(expected, cure) from None
        _PERIODS[value, parse] = found
    return cast(_Parsed, found)


#: A History of 400,000 rows names a few dozen quarters; each is parsed once and shared.
_PERIODS: dict[tuple[str, Any], Any] = {}


def _known(found: Quarter | None) -> Quarter:
    assert found is not None, "only texts that are not blank are parsed"
    return found


def yes_or_blank(value: Value) -> bool:
    """Return whether a cell says yes; it may be blank."""
    word = text(value).casefold()
    if word not in {"yes", ""}:
        raise fault("which is neither yes nor empty", "Choose yes, or leave it empty.")
    return word == "yes"


def moment(value: Value) -> dt.datetime | None:
    """Return a cell as date and time; None for a blank and for whatever else, which the program did not write.

    Examples:
        >>> moment(dt.datetime(2018, 10, 17, 9, 42)), moment("yesterday")
        (datetime.datetime(2018, 10, 17, 9, 42), None)
    """
    return value if isinstance(value, dt.datetime) else None


Text = Annotated[str, PlainValidator(text)]
Texts = Annotated[tuple[str, ...], PlainValidator(texts)]
MonthText = Annotated[str, PlainValidator(month_text)]
Figure = Annotated[Number | None, PlainValidator(number)]
Whole = Annotated[int | None, PlainValidator(whole)]
Level = Annotated[Number | Band | None, PlainValidator(level)]
QuarterLabel = Annotated[Quarter | None, PlainValidator(quarter)]
Moment = Annotated[dt.datetime | None, PlainValidator(moment)]
YesOrBlank = Annotated[bool, PlainValidator(yes_or_blank)]
PeriodLabel = Annotated[Period | None, PlainValidator(period)]
QuarterLabels = Annotated[tuple[Quarter, ...], PlainValidator(quarters)]
