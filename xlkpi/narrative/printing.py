"""Numbers as sentences print them: with their unit, at a precision that does not contradict what is said of them."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction

from xlkpi.calculate.results import Result
from xlkpi.calculate.status import Status, rate
from xlkpi.model.number import Number, decimals_of, plain, rounded
from xlkpi.model.register import PERCENT, Band
from xlkpi.tables.words import number_in_words

#: Units that are not printed: what is counted stands in the title.
COUNTS = ("", "count")
#: Signs that stand before their number, with what may follow it: ``£168``, ``£1.2m``, ``£168 per week``.
_MONEY = re.compile(r"(?P<sign>[£$€])(?P<rest>|m|k|bn|[ /].*)")
#: How many digits more than its indicator's a figure may be printed with.
_FURTHER = 4
_TEN, _HUNDRED, _THOUSAND, _MILLION = 10, 100, 1_000, 1_000_000


def digits(value: Fraction | Number, decimals: int) -> str:
    """Return a number with its decimals and with commas between thousands.

    Examples:
        >>> digits(Fraction(56941, 10), 0), digits(Fraction(-1, 8), 2), digits(Fraction(-1, 800), 2)
        ('5,694', '-0.13', '0.00')
    """
    number = rounded(value, decimals)
    return f"{abs(number) if number == 0 else number:,f}"


def with_unit(number: str, unit: str) -> str:
    """Return a printed number with its unit.

    Examples:
        >>> with_unit("74", "%"), with_unit("1", "days"), with_unit("5,694", "count"), with_unit("0.18", "per 1,000")
        ('74%', '1 day', '5,694', '0.18 per 1,000')
        >>> with_unit("168", "£"), with_unit("-1.2", "£m"), with_unit("168", "£ per week")
        ('£168', '-£1.2m', '£168 per week')
    """
    unit = unit.strip()
    if unit == PERCENT:
        return f"{number}%"
    if unit in COUNTS:
        return number
    if money := _MONEY.fullmatch(unit):
        return f"{'-' * number.startswith('-')}{money['sign']}{number.lstrip('-')}{money['rest']}"
    return f"{number} {_one(unit) if number in {'1', '-1'} else unit}"


def is_behind(unit: str) -> bool:
    """Return whether a unit stands behind its number, so that a second number beside it can do without.

    Examples:
        >>> is_behind("days"), is_behind("%"), is_behind("£")
        (True, False, False)
    """
    return unit.strip() != PERCENT and not _MONEY.fullmatch(unit.strip())


def distance(number: str, unit: str) -> str:
    """Return a printed difference with its unit: percentage points for percentages.

    Examples:
        >>> distance("1", "%"), distance("2.7", "%"), distance("12", "days")
        ('1 percentage point', '2.7 percentage points', '12 days')
    """
    if unit.strip() == PERCENT:
        return with_unit(number, "percentage points")
    return with_unit(number, unit)


def _one(unit: str) -> str:
    plural = unit.endswith("s") and not unit.endswith("ss") and not unit.startswith("per ")
    return unit[:-1] if plural else unit


def level(band: Band, unit: str) -> str:
    """Return a target or tolerance as typed: one level, or both ends of a band.

    Examples:
        >>> level(Band(75, None), "%"), level(Band(16, 20), "cases"), level(Band(None, Decimal("0.3")), "per 1,000")
        ('75%', '16–20 cases', '0.3 per 1,000')
        >>> level(Band(40, 60), "%"), level(Band(100, 140), "£")
        ('40%–60%', '£100–£140')
    """
    low, high = (None if side is None else _typed(side) for side in (band.low, band.high))
    if low is not None and high is not None:
        return f"{low if is_behind(unit) else with_unit(low, unit)}–{with_unit(high, unit)}"
    one = low if high is None else high
    return "" if one is None else with_unit(one, unit)


def _typed(side: Number) -> str:
    return f"{Decimal(plain(side)):,f}"


def share(part: int, base: int) -> str:
    """Return a share in whole percent; with decimals where that would turn some into none or all.

    Examples:
        >>> share(13, 20), share(1, 300), share(299, 300), share(0, 5)
        ('65%', '0.3%', '99.7%', '0%')
    """
    exact = Fraction(_HUNDRED * part, base)
    for decimals in range(_FURTHER + 1):
        shown = rounded(exact, decimals)
        if (shown == 0) == (part == 0) and (shown == _HUNDRED) == (part == base):
            return f"{shown:f}%"
    return f"{float(exact):.4g}%"


def story_decimals(one: Result) -> int:
    """Return the fewest decimals at which an indicator's figures, as printed, say what its statuses say.

    74.6% that is outside a tolerance of 75% is not printed as 75%, and its gap is what a reader finds by subtracting. The same
    goes for the figure and the status before, which stand beside them.
    """
    decimals = one.indicator.decimals
    tried = range(decimals, decimals + _FURTHER)
    now = [n for n in tried if _agrees(one, n)]
    return next((n for n in now if _agreed_before(one, n)), now[0] if now else decimals)


def _agreed_before(one: Result, decimals: int) -> bool:
    if one.previous is None or not one.previous_status.is_rated:
        return True
    return rate(rounded(one.previous, decimals), one.previous_target) is one.previous_status


def _agrees(one: Result, decimals: int) -> bool:
    if one.outturn is None or not one.status.is_rated:
        return True
    shown = rounded(one.outturn, decimals)
    if rate(shown, one.target) is not one.status:
        return False
    if one.status is not Status.OUTSIDE or one.gap is None:
        return True
    assert one.target is not None, "what is outside has a target"
    assert one.target.inside is not None, "likewise"
    return abs(one.target.inside.distance(Fraction(shown))) == rounded(one.gap, decimals)


def difference(before: Fraction, now: Fraction, decimals: int) -> str | None:
    """Return the size of a change as printed; None where a reader would find another by subtracting the printed figures.

    Examples:
        >>> difference(Fraction(44, 10), Fraction(55, 10), 1), difference(Fraction(714, 10), Fraction(736, 10), 0)
        ('1.1', None)
    """
    shown = abs(rounded(now, decimals) - rounded(before, decimals))
    return digits(shown, decimals) if shown == rounded(abs(now - before), decimals) else None


def in_words(number: int) -> str:
    """Return a whole number in words, as a sentence starts with it; in digits from a million.

    Examples:
        >>> in_words(0), in_words(101), in_words(2_345)
        ('no', 'one hundred and one', 'two thousand three hundred and forty-five')
    """
    if number < _HUNDRED:
        return number_in_words(number)
    if number >= _MILLION:
        return f"{number:,}"
    head, name, size = (number // _THOUSAND, "thousand", _THOUSAND)
    if number < _THOUSAND:
        head, name, size = number // _HUNDRED, "hundred", _HUNDRED
    rest = number % size
    tail = f"{' and' if rest < _HUNDRED else ''} {in_words(rest)}" if rest else ""
    return f"{in_words(head)} {name}{tail}"


def short(number: int) -> str:
    """Return a whole number as the middle of a sentence has it beside one in words: in words below ten.

    Examples:
        >>> short(8), short(20)
        ('eight', '20')
    """
    return in_words(number) if number < _TEN else f"{number:,}"


def typed_decimals(*values: Number | None) -> int:
    """Return the most decimals with which any of some numbers was typed."""
    return max((decimals_of(value) for value in values if value is not None), default=0)
