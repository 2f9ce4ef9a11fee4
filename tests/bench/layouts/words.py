"""How tables print figures, quarters and statuses: the manners of many authors."""

from __future__ import annotations

import calendar
from collections.abc import Callable, Mapping
from fractions import Fraction

from prose.truth import NUMBERS

from xlkpi.calculate.status import Status
from xlkpi.model.number import rounded
from xlkpi.model.period import Quarter

Words = Mapping[Status, str]


def _worded(on: str, inside: str, outside: str) -> Words:
    return {Status.ON: on, Status.INSIDE: inside, Status.OUTSIDE: outside}


PLAIN = _worded("On target", "Inside tolerance", "Outside tolerance")
COLOURS = _worded("Green", "Amber", "Red")
CAPITALS = _worded("GREEN", "AMBER", "RED")
LETTERS = _worded("G", "A", "R")
CIRCLES = _worded("🟢", "🟠", "🔴")
SIGNS = _worded("✓", "~", "✗")
TRACK = _worded("On track", "Slightly off track", "Off track")
MET = _worded("Met", "Within tolerance", "Not met")
SPELT = _worded("Green (on target)", "Amber (within tolerance)", "Red (outside tolerance)")
SPECS = {status: status.name.lower() for status in PLAIN}

#: Up, down and the same.
Arrows = tuple[str, str, str]
THIN: Arrows = ("↑", "↓", "→")
THICK: Arrows = ("▲", "▼", "►")
NUMBER_MOVED: Arrows = ("Up", "Down", "Same")
BECAME: Arrows = ("Improved", "Worsened", "No change")


def _financial(quarter: Quarter) -> str:
    return f"{quarter.year}/{(quarter.year + 1) % 100:02d}"


def _short_year(quarter: Quarter) -> str:
    return f"{quarter.year % 100:02d}/{(quarter.year + 1) % 100:02d}"


def _months(quarter: Quarter, pattern: str) -> str:
    first, last = quarter.months[0], quarter.months[-1]
    short, full = calendar.month_abbr, calendar.month_name
    return pattern.format(
        a=short[first.month], z=short[last.month], first=full[first.month], last=full[last.month],
        y=last.year, yy=f"{last.year % 100:02d}",
    )  # fmt: skip


_STYLES: Mapping[str, Callable[[Quarter], str]] = {
    "label": lambda quarter: f"Q{quarter.number} {_financial(quarter)}",
    "year first": lambda quarter: f"{_financial(quarter)} Q{quarter.number}",
    "short": lambda quarter: f"Q{quarter.number} {_short_year(quarter)}",
    "short, year first": lambda quarter: f"{_short_year(quarter)} Q{quarter.number}",
    "hyphen": lambda quarter: f"Q{quarter.number} {_financial(quarter).replace('/', '-')}",
    "bare": lambda quarter: f"Q{quarter.number}",
    "number": lambda quarter: str(quarter.number),
    "bare word": lambda quarter: f"Quarter {quarter.number}",
    "word": lambda quarter: f"Quarter {quarter.number} {_financial(quarter)}",
    "title": lambda quarter: quarter.title,
    "spelt": lambda quarter: f"quarter {NUMBERS[quarter.number]} of {_financial(quarter)}",
    "qtr": lambda quarter: f"Qtr {quarter.number} {_financial(quarter)}",
    "months": lambda quarter: _months(quarter, "{a}-{z} {y}"),
    "short months": lambda quarter: _months(quarter, "{a}-{z} {yy}"),
    "full months": lambda quarter: _months(quarter, "{first} to {last} {y}"),
    "months after": lambda quarter: f"Q{quarter.number} ({_months(quarter, '{a}-{z} {y}')})",
    "end": lambda quarter: _months(quarter, "{z} {y}"),
    "day": lambda quarter: f"{quarter.last.day} {quarter.last:%B} {quarter.last.year}",
    "short end": lambda quarter: _months(quarter, "{z}-{yy}"),
    "year": _financial,
}


def told(quarter: Quarter, style: str) -> str:
    """Return what a table calls a quarter.

    Examples:
        >>> told(Quarter(2024, 2), "short"), told(Quarter(2024, 4), "months"), told(Quarter(2024, 1), "short end")
        ('Q2 24/25', 'Jan-Mar 2025', 'Jun-24')
    """
    return _STYLES[style](quarter)


def shown(value: Fraction, unit: str, decimals: int, style: str = "sign") -> str:
    """Return a figure as a table prints it.

    Args:
        value: In the indicator's unit.
        unit: Of the indicator.
        decimals: Digits after the point.
        style: ``sign`` and ``spaced`` print a percent sign, ``words`` writes units out, ``bare`` prints none.

    Examples:
        >>> shown(Fraction(1685, 20), "%", 1), shown(Fraction(84), "%", 0, "words"), shown(Fraction(25), "days", 0)
        ('84.3%', '84 per cent', '25')
    """
    return f"{rounded(value, decimals):,.{decimals}f}{after(unit, style)}"


def after(unit: str, style: str) -> str:
    """Return what a style prints after a figure in a unit."""
    if unit == "%":
        return {"sign": "%", "spaced": " %", "words": " per cent", "bare": ""}[style]
    return " days" if unit.endswith("days") and style == "words" else ""


def signed(value: Fraction, decimals: int) -> str:
    """Return a difference with its sign; without one where it rounds to nothing.

    Examples:
        >>> signed(Fraction(-21, 10), 1), signed(Fraction(1, 100), 1)
        ('-2.1', '0.0')
    """
    number = rounded(value, decimals)
    return f"{number:+,.{decimals}f}" if number else f"{abs(number):.{decimals}f}"
