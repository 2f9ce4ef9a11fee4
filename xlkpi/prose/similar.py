"""When a figure that moved a little may be called stable, and when hardly anybody would."""

from __future__ import annotations

from fractions import Fraction

_POINTS = Fraction(1)
_PERCENT = Fraction(5, 2)
_FAR = 3  # times as much as may be called stable


def is_similar(difference: Fraction, before: Fraction, *, is_percentage: bool) -> bool | None:
    """Return whether a figure is much as it was; None where one may say so and another not.

    Args:
        difference: How far it moved, in its own unit.
        before: From where.
        is_percentage: Whether it is a share, which moves in points.

    Examples:
        >>> [is_similar(Fraction(one), Fraction(50), is_percentage=True) for one in (1, 2, 4)]
        [True, None, False]
    """
    limit = _POINTS if is_percentage else abs(before) * _PERCENT / 100
    if abs(difference) <= limit:
        return True
    return False if abs(difference) > _FAR * limit else None
