"""Raw change between two quarters, and the direction of travel; what a test says about it is for evidence."""

from __future__ import annotations

from enum import Enum
from fractions import Fraction
from typing import NamedTuple

from xlkpi.calculate.history import History
from xlkpi.model.period import Quarter
from xlkpi.model.register import Indicator


class Travel(Enum):
    """Whether a raw change is for the better."""

    IMPROVED = "improved"
    WORSENED = "worsened"
    UNCHANGED = "unchanged"
    NEITHER = "neither better nor worse"


class Change(NamedTuple):
    """The difference of two figures of one indicator.

    Attributes:
        earlier: The figure it is compared with.
        absolute: In the unit of the indicator; percentage points for percentages.
        percent: Of the earlier figure; None where that is 0, and for percentages, whose change is said in points.
        travel: ``NEITHER`` for indicators without a polarity that is higher or lower.
    """

    earlier: Fraction
    absolute: Fraction
    percent: Fraction | None
    travel: Travel


class NotComparable(NamedTuple):
    """Two quarters that cannot be compared, and why."""

    reason: str


def change(history: History, earlier: Quarter, later: Quarter) -> Change | NotComparable:
    """Return the change between two quarters, never with the next row that happens to be there."""
    reason = history.comparable(earlier, later)
    before, now = history.outturn(earlier), history.outturn(later)
    if reason or before is None or now is None:
        return NotComparable(reason)
    return difference(history.indicator, before, now)


def difference(indicator: Indicator, before: Fraction, now: Fraction) -> Change:
    """Return the change from one figure of an indicator to another.

    Examples:
        >>> from xlkpi.model.register import Kind, Polarity
        >>> contacts = Indicator("E1", "Contacts", "", 9, 1, Kind.CONTEXT, Polarity.NONE, "count", 0)
        >>> float(difference(contacts, Fraction(5600), Fraction(5694)).percent)
        1.6785714285714286
    """
    absolute = now - before
    percent = None if indicator.is_percentage or before == 0 else absolute * 100 / abs(before)
    return Change(before, absolute, percent, _travel(absolute * indicator.polarity.sign, absolute))


def _travel(gain: Fraction, absolute: Fraction) -> Travel:
    if absolute == 0:
        return Travel.UNCHANGED
    if gain == 0:
        return Travel.NEITHER
    return Travel.IMPROVED if gain > 0 else Travel.WORSENED
