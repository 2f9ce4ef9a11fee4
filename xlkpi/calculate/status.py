"""The rule of the contract: on target, inside tolerance or outside it.

A boundary belongs to the better state. Source: the four status columns of the quarterly report's table 2.2, and the
contract's "Target: 45% Tolerance: 40%".
"""

from __future__ import annotations

from enum import Enum
from fractions import Fraction
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from xlkpi.model.number import Number
    from xlkpi.model.register import Target


class Status(Enum):
    """How an outturn stands against its target, in the words of the report."""

    OUTSIDE = "Outside tolerance"
    INSIDE = "Inside tolerance"
    ON = "On or better than target"
    NO_TARGET = "No target specified"
    NO_DATA = "No data"

    @property
    def mark(self) -> str:
        """Return the sign that stands before the words, so that colour is never the only signal."""
        return _MARKS[self]

    @property
    def label(self) -> str:
        """Return mark and words, as cells show them."""
        return f"{self.mark} {self.value}"

    @property
    def is_rated(self) -> bool:
        """Return whether there was an outturn and a target to judge it by."""
        return self in _RANK

    @property
    def rank(self) -> int:
        """Return 2 for on target, 1 inside, 0 outside.

        Raises:
            KeyError: Where the status is not rated.
        """
        return _RANK[self]


_MARKS = {Status.ON: "●", Status.INSIDE: "◐", Status.OUTSIDE: "○", Status.NO_TARGET: "–", Status.NO_DATA: "–"}
_RANK = {Status.OUTSIDE: 0, Status.INSIDE: 1, Status.ON: 2}


def rate(outturn: Fraction | Number | None, target: Target | None) -> Status:
    """Return the status of one outturn.

    Args:
        outturn: In the unit of the indicator (93.4 for 93.4%, not 0.934); None where nothing was returned.
        target: The row valid in the period; None where none was set.

    Returns:
        ``NO_DATA`` before ``NO_TARGET``: a missing return is reported even where there is nothing to judge it by.

    Examples:
        >>> from xlkpi.model.period import Quarter
        >>> from xlkpi.model.register import Polarity, Target, bands
        >>> target = Target("A4", Quarter(2018, 1), None, *bands(85, 75, Polarity.HIGHER))
        >>> rate(75, target), rate(Fraction(74999, 1000), target)
        (<Status.INSIDE: 'Inside tolerance'>, <Status.OUTSIDE: 'Outside tolerance'>)
    """
    if outturn is None:
        return Status.NO_DATA
    if target is None or target.on is None or target.inside is None:
        return Status.NO_TARGET
    if target.on.holds(outturn):
        return Status.ON
    return Status.INSIDE if target.inside.holds(outturn) else Status.OUTSIDE
