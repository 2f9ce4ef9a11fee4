"""How the content of one typed cell becomes a value, and what is said where it cannot.

Each reader takes what a back end found in the cell and returns a value, or raises an error that carries the two halves of
our message: what was expected and what to do. The place and the heading are added where the table is known.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from enum import Enum
from typing import Annotated, Any, TypeVar, cast

from pydantic import PlainValidator
from pydantic_core import PydanticCustomError

from xlkpi.model.number import Number, exact, plain
from xlkpi.model.period import Month, Period, PeriodError, Quarter, parse_period, parse_quarter
from xlkpi.model.register import Band
from xlkpi.workbook.backend import ExcelError, Value

_DIGITS_ONLY = "Type digits only, for example 90."




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
        return plain(exact(value))
    if isinstance(value, ExcelError):
        return value.text
    if isinstance(value, dt.date):
        return f"the date {value:%d/%m/%Y}"
    return f"'{value}'"


def fault(expected: str, cure: str) -> PydanticCustomError:
    """Return the error for a cell: ``expected`` continues "the target is '9O', ...", ``cure`` is a sentence."""
    return PydanticCustomError("cell", "{expected}. {cure}", {"expected": expected, "cure": cure})


def text(value: Value) -> str:
    """Return a cell as text; a number typed as a code or title becomes its digits, a blank the empty text."""
    if isinstance(value, str):
        return value.strip()
    if value is None:
        return ""
    if isinstance(value, ExcelError):
        raise fault("an error where text was expected", "Type the text, or mend the formula that gives the error.")
    if isinstance(value, bool) or isinstance(value, dt.date):
        raise fault("which is not text", "Type it again with an apostrophe in front, so that Excel keeps it as text.")
    return plain(exact(value))


def number(value: Value) -> Number | None:
    """Return a cell as an exact number; None for a blank."""
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return exact(value)
    if value is None or (isinstance(value, str) and not value.strip()):
        return None
    if isinstance(value, ExcelError):
        raise fault("an error where a number was expected", "Type the number, or leave the cell empty.")
    if isinstance(value, dt.date):
        raise fault("which is not a number", "Format the cell as a number and type the digits again.")
    if isinstance(value, str) and _looks_like_number(value):
        raise fault("a number stored as text", "Type the digits again, so that Excel takes them as a number.")
    raise fault("which is not a number", _DIGITS_ONLY)


def whole(value: Value) -> int | None:
    """Return a cell as a whole number of 0 or more; None for a blank."""
    found = number(value)
    if found is None or (isinstance(found, int) and found >= 0):
        return found
    raise fault("which is not a whole number", "Type a whole number such as 0, 1 or 2.")


def level(value: Value) -> Number | Band | None:
    """Return a target or tolerance: a number, or a band such as ``40..60``; None for a blank."""
    if not isinstance(value, str) or ".." not in value:
        return number(value)
    low, _, high = (part.strip() for part in value.partition(".."))
    if not (_looks_like_number(low) and _looks_like_number(high)):
        raise fault("which is not a band", "Type a band as two numbers with two dots between them, for example 40..60.")
    band = Band(exact(float(low)), exact(float(high)))
    if float(low) > float(high):
        raise fault("a band that ends before it starts", f"Type the smaller number first: {high}..{low}.")
    return band


def quarter(value: Value) -> Quarter | None:
    """Return a cell as a quarter; None for a blank."""
    return _period(value, parse_quarter, "Type a quarter such as 2018/19 Q2.")


def period(value: Value) -> Period | None:
    """Return a cell as a quarter, a month or a year; None for a blank. A date is taken as its month."""
    if isinstance(value, dt.date):
        return Month(value.year, value.month)
    return _period(value, parse_period, "Type a quarter such as 2018/19 Q2, or a month such as 2018-09.")


def quarters(value: Value) -> tuple[Quarter, ...]:
    """Return a cell as quarters separated by semicolons."""
    parts = [part for part in text(value).split(";") if part.strip()]
    return tuple(_known(_period(part, parse_quarter, "Type quarters such as 2018/19 Q1; 2019/20 Q1.")) for part in parts)


def month_text(value: Value) -> str:
    """Return the date of an inspection as text: a date that Excel made of ``2018-07`` becomes the month again."""
    return Month(value.year, value.month).label if isinstance(value, dt.date) else text(value)


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
            raise fault("which is not one of the choices", f"Choose {listed}.")
        return by_word[word]

    return read


def _period(value: Value, parse: Callable[[str], _Parsed], cure: str) -> _Parsed | None:
    if value is None or (isinstance(value, str) and not value.strip()):
        return None
    if not isinstance(value, str):
        raise fault("which is not a period", cure)
    found = _PERIODS.get((value, parse))
    if found is None:
        try:
            found = parse(value)
        except PeriodError as error:
            reason = str(error).rstrip(".") if "financial year" in str(error) else ""
            raise fault(f"which is not a period{' (' + reason + ')' if reason else ''}", cure) from None
        _PERIODS[value, parse] = found
    return cast(_Parsed, found)


#: A History of 400,000 rows names a few dozen quarters; each is parsed once and shared.
_PERIODS: dict[tuple[str, Any], Any] = {}


def _known(found: Quarter | None) -> Quarter:
    assert found is not None, "only texts that are not blank are parsed"
    return found


def _looks_like_number(value: str) -> bool:
    try:
        float(value.replace(",", "").rstrip("%"))
    except ValueError:
        return False
    return any(character.isdigit() for character in value)


Text = Annotated[str, PlainValidator(text)]
MonthText = Annotated[str, PlainValidator(month_text)]
Figure = Annotated[Number | None, PlainValidator(number)]
Whole = Annotated[int | None, PlainValidator(whole)]
Level = Annotated[Number | Band | None, PlainValidator(level)]
QuarterLabel = Annotated[Quarter | None, PlainValidator(quarter)]
PeriodLabel = Annotated[Period | None, PlainValidator(period)]
QuarterLabels = Annotated[tuple[Quarter, ...], PlainValidator(quarters)]
