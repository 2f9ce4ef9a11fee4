"""One way of reading a number: an exact value with its unit, its cell and the words that say what it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from xlkpi.model.number import plain, rounded
from xlkpi.model.period import Month, Period, Quarter
from xlkpi.prose.mentions import SPANS, Number, Unit

HUNDRED = 100
_SPANS = {unit.value: unit for unit in SPANS} | {"working days": Unit.DAYS, "mins": Unit.MINUTES, "secs": Unit.SECONDS}


@dataclass(frozen=True, slots=True)
class Reading:
    """One way of reading a number.

    Attributes:
        value: Exact; with its sign where it is a change.
        unit: What it is in.
        per: Of a rate, what it is per.
        cell: Where the figure stands.
        says: What it is, in words, with ``{}`` for the figure: ``A4 was {} in 2018/19 Q2``.
        how: How it is worked out, where it is not simply there.
        is_change: Whether its sign says which way it went.
        code: Of the indicator.
        weak: Whether it is only looked at to confirm, never held against a draft.
        is_part: Whether it is one of the counts of which a share is made.
        period: Of a level.
        is_whole: Whether it is the one of these that counts all cases.
        is_rest: Whether it is what a share leaves, or how many make that up.
        decimals: The most that a number may have which states it; None where it may have any.
        bound: Of a gap or of cases: ``target`` or ``tolerance``, from which it is.
    """

    value: Fraction
    unit: Unit
    per: str
    cell: str
    says: str
    how: str = ""
    is_change: bool = False
    code: str = ""
    weak: bool = False
    is_part: bool = False
    period: Period | None = None
    bound: str = ""
    is_rest: bool = False
    decimals: int | None = None
    is_whole: bool = False


def unit_of(unit: str) -> tuple[Unit, str]:
    """Return the unit of a draft's number that goes with an indicator's unit.

    Examples:
        >>> unit_of("%"), unit_of("days"), unit_of("per 1,000"), unit_of("count")
        ((<Unit.PERCENT: '%'>, ''), (<Unit.DAYS: 'days'>, ''), (<Unit.RATE: 'per'>, '1,000'), (<Unit.NONE: ''>, ''))
    """
    low = unit.strip().lower()
    if low in ("%", "percent", "per cent"):
        return Unit.PERCENT, ""
    if low.startswith("per "):
        digits = "".join(sign for sign in low if sign.isdigit())
        return (Unit.RATE, f"{int(digits):,}") if digits else (Unit.NONE, "")
    if "point" in low:
        return Unit.POINTS, ""
    first = low.removeprefix("working ").partition(" ")[0]
    return _SPANS.get(low, _SPANS.get(first, Unit.NONE)), ""


def label(period: Period) -> str:
    """Return a period as a reason names it.

    Examples:
        >>> label(Month(2018, 9)), label(Month(2018, 9).quarter)
        ('September 2018', '2018/19 Q2')
    """
    if isinstance(period, Month):
        names = [
            "January",
            "February",
            "March",
            "April",
            "May",
            "June",
            "July",
            "August",
            "September",
            "October",
            "November",
            "December",
        ]
        return f"{names[period.month - 1]} {period.year}"
    return period.label


def defaults(period: Period | None, now: Quarter) -> list[Period]:
    """Return with what a figure is compared where the draft does not say: the quarter before, then the year before."""
    at = period or now
    if isinstance(at, Quarter):
        return [at.previous, at.year_ago]
    if isinstance(at, Month):
        before = Month(at.year - (at.month == 1), (at.month - 2) % 12 + 1)
        return [at.quarter.previous, before, Month(at.year - 1, at.month)]
    return [type(at)(at.year - 1)]


def shown(value: Fraction, unit: str, decimals: int) -> str:
    """Return a figure as a reason prints it.

    Examples:
        >>> shown(Fraction(74), "%", 0), shown(Fraction(1258), "count", 0), shown(Fraction(175), "days", 0)
        ('74%', '1,258', '175 days')
    """
    text = f"{rounded(value, decimals):,}"
    if unit == "%":
        return f"{text}%"
    return f"{text} {unit}" if unit in _SPANS or unit.startswith("per ") else text


def counted(value: Fraction) -> str:
    """Return a count with separators; with its decimals where it is not whole."""
    return f"{value.numerator:,}" if value.denominator == 1 else plain(value)


def as_stated(number: Number) -> Reading:
    """Return what a draft itself counts, of which the workbook may have no figure."""
    return Reading(number.value, number.unit, number.per, "", "as stated: {}", weak=True)


def ratio(tops: Iterable[Reading], bottoms: Iterable[Reading]) -> Iterator[Reading]:
    """Yield the shares that counts have of others, in percent."""
    for bottom in bottoms:
        for top in tops:
            if bottom.value > 0 and top.value <= bottom.value:
                how = f"{counted(top.value)} of {counted(bottom.value)}"
                yield Reading(
                    top.value * HUNDRED / bottom.value,
                    Unit.PERCENT,
                    "",
                    top.cell,
                    f"as a share, {top.code or 'the count before it'} was {{}} of {bottom.code}",
                    how,
                    code=top.code or bottom.code,
                    weak=top.weak,
                )
