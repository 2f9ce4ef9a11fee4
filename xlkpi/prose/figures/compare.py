"""Whether a number states a figure: right at its own precision, rounded half away from zero, and in its unit."""

from __future__ import annotations

from dataclasses import replace
from enum import Enum
from fractions import Fraction

from xlkpi.model.number import rounded
from xlkpi.prose.figures.reading import Reading
from xlkpi.prose.mentions import SPANS, Form, Number, Unit

_HUNDRED = 100
_NEAR = Fraction(1, 20)  # ``around 500``: within a twentieth
_POINTS = Fraction(3)  # ``around 70%``: within so many percentage points
_PART = Fraction(4)  # ``a third``: within four percentage points
_TIMES = Fraction(1, 8)  # ``doubled``: within an eighth of the factor
#: Words that say that the figure is on one side of the number; those of the second line are said of one that it nearly is.
_ABOVE = frozenset({
    "over", "more than", "in excess of", "just over", "higher than", "above", "exceed", "exceeds", "exceeded", "exceeding",
})  # fmt: skip
_BELOW = frozenset({"under", "less than", "fewer than", "just under", "lower than", "below", "short of"})
_JUST = frozenset({"just over", "just under"})
_UP_TO = frozenset({"at most", "up to", "nearly", "almost", "close to"})


class Fit(Enum):
    """How a number stands to a reading."""

    NO = 0
    VALUE = 1  # the figure is right, its unit is not
    YES = 2


def fit(number: Number, reading: Reading, *, sign: int = 0) -> Fit:
    """Return how a number stands to a reading.

    Args:
        number: As the draft has it.
        reading: What it may state.
        sign: +1 or -1 where words say which way a change went; 0 where they do not.
    """
    if reading.decimals is not None and number.decimals > reading.decimals:
        return Fit.NO  # a rounded figure is never rounded again
    if number.per and reading.per and number.per != reading.per:
        reading = _per(reading, number.per)
    value = reading.value
    if reading.is_change:
        if sign and value and (value > 0) != (sign > 0):
            return Fit.NO
        value = abs(value)
    if not _same(number, value, reading):
        return Fit.NO
    return Fit.YES if _same_unit(number, reading) else Fit.VALUE


def _per(reading: Reading, per: str) -> Reading:
    """Return a rate in another measure: 0.18 per 1,000 are 1.8 per 10,000."""
    wanted, had = (int(one.replace(",", "")) for one in (per, reading.per))
    return replace(reading, value=reading.value * wanted / had, per=per)


def _same(number: Number, value: Fraction, reading: Reading) -> bool:
    stated = number.value
    if number.form is Form.FRACTION:
        whole = Fraction(_HUNDRED) if reading.unit is Unit.PERCENT else Fraction(1)
        is_near = abs(value - stated * whole) <= (_PART if whole > 1 else Fraction(0))
        return is_near and _is_on_side(number, value, stated * whole)
    if not number.about:
        return Fraction(rounded(value, number.decimals)) == stated
    if number.about == "at least":
        return stated <= value <= stated + 2 * _reach(number)
    is_rounded = Fraction(rounded(value, number.decimals)) == stated
    return (is_rounded or abs(value - stated) <= _reach(number)) and _is_on_side(number, value, stated)


def _is_on_side(number: Number, value: Fraction, stated: Fraction) -> bool:
    """Return whether a figure lies on the side of a number on which the word before it says: ``over``, ``nearly``."""
    if number.about in _ABOVE:
        return value > stated
    if number.about in _BELOW:
        return value < stated
    return number.about not in _UP_TO or Fraction(rounded(value, number.decimals)) <= stated


def is_beyond_reach(number: Number, value: Fraction) -> bool:
    """Return whether a figure is where the word before a number says, but far from it: 13% is ``above 5%``."""
    stated = number.value
    if number.about in _JUST:
        return False
    if number.about in _ABOVE or number.about == "at least":
        return value > stated or (value == stated and number.about == "at least")
    if number.about in _BELOW or number.about in ("at most", "up to"):
        return value < stated or (value == stated and number.about in ("at most", "up to"))
    return False


def _reach(number: Number) -> Fraction:
    """Return how far a figure may lie from a number that is said to be about it: no further than the number is rounded."""
    if number.about in _JUST:
        return Fraction(1) if number.unit is Unit.PERCENT else max(Fraction(1), number.value / 2 * _NEAR)
    is_sided = number.about in _ABOVE | _BELOW
    if number.unit is Unit.POINTS and is_sided:
        return max(Fraction(2), number.value)  # "by more than five points" may be nine
    share = _NEAR * (2 if is_sided or number.about in _UP_TO else 1)
    if number.unit is Unit.PERCENT:
        return max(_POINTS, number.value * share if is_sided else Fraction(0))
    return min(number.value * share, _step(number.value))


def _step(value: Fraction) -> Fraction:
    """Return the place of the last digit of a number that is not nought: 100 of 5,500."""
    if value.denominator != 1 or not value:
        return Fraction(1)
    step = 1
    while value % (step * 10) == 0:
        step *= 10
    return Fraction(max(step, 10))


def _same_unit(number: Number, reading: Reading) -> bool:
    if number.form is Form.FRACTION:
        return reading.unit is Unit.PERCENT
    if number.unit is reading.unit:
        return not number.per or not reading.per or number.per == reading.per
    if reading.unit is Unit.POINTS and number.unit is Unit.PERCENT:
        return True  # "increased by 6%" of two percentages: read as points
    if reading.unit is Unit.NONE and number.unit is Unit.MONEY:
        return True  # a register may hold pounds as plain numbers
    return is_bare_points(number, reading) or (number.unit is Unit.NONE and reading.unit in (*SPANS, Unit.RATE))


def is_bare_points(number: Number, reading: Reading) -> bool:
    """Return whether a number may be percentage points without their name: ``up 0.1`` of a percentage, which counts nobody."""
    is_change = reading.is_change and reading.unit is Unit.POINTS
    return is_change and number.unit is Unit.NONE and bool(number.decimals)


def is_times(number: Number, now: Fraction, before: Fraction) -> bool:
    """Return whether one figure is so many times another, as ``doubled`` says."""
    return before > 0 and abs(now / before - number.value) <= number.value * _TIMES


def printed(number: Number, reading: Reading) -> str:
    """Return what a reading comes to at the precision of a draft's number, in the unit of the figure."""
    decimals = {Form.FRACTION: 0, Form.MULTIPLE: 1}.get(number.form, number.decimals)
    if reading.unit is Unit.NONE is not number.unit and reading.value.denominator == 1:
        decimals = 0  # a count beside a figure of another kind
    value = abs(reading.value) if reading.is_change else reading.value
    return with_unit(f"{rounded(value, decimals):,}", reading.unit, reading.per)


def stated(number: Number) -> str:
    """Return a draft's number, normalised: ``seven percent`` is ``7%``."""
    if number.form is Form.FRACTION:
        return f"{number.value.numerator}/{number.value.denominator}"
    if number.form is Form.MULTIPLE:
        return f"{rounded(number.value, 1)} times"
    text = f"{rounded(number.value, number.decimals):,}"
    return with_unit(text, number.unit, number.per)


def with_unit(text: str, unit: Unit, per: str = "") -> str:
    """Return figures with their unit.

    Examples:
        >>> with_unit("24", Unit.PERCENT), with_unit("1", Unit.POINTS), with_unit("0.18", Unit.RATE, "1,000")
        ('24%', '1 percentage point', '0.18 per 1,000')
    """
    if unit is Unit.PERCENT:
        return f"{text}%"
    if unit is Unit.NONE:
        return text
    if unit is Unit.MONEY:
        return f"£{text}"
    if unit is Unit.RATE:
        return f"{text} per {per}" if per else text
    return f"{text} {unit.value[:-1] if text == '1' else unit.value}"
