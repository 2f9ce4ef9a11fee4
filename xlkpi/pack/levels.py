"""What a printed status gives away: between which levels the figure lies."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from xlkpi.calculate.history import History
from xlkpi.calculate.outturn import Judged
from xlkpi.calculate.status import Status
from xlkpi.disclosure.release import Limit
from xlkpi.model.period import Quarter
from xlkpi.model.register import Band


def limit(history: History, quarter: Quarter, part: str, whole: str) -> Iterator[Limit]:
    """Yield what the status of a quarter says of the counts behind its figure, as bounds on their share.

    Args:
        history: Of the indicator.
        quarter: Whose status is printed.
        part: Key of the numerator, or of the count itself.
        whole: Key of the denominator; empty for a count.
    """
    target, status, indicator = history.target(quarter), history.status(quarter), history.indicator
    if target is None or target.on is None or target.inside is None or not status.is_rated:
        return
    if history.judged is Judged.SHOWN:
        return  # the printed figure was judged: what the rounding says is known already
    multiplier = indicator.multiplier if whole else 1
    on, inside = target.on, target.inside
    if status is Status.ON:
        yield Limit(part, whole, multiplier, *_sides(on))
    elif status is Status.INSIDE and _is_one_sided(on):
        yield Limit(part, whole, multiplier, *_sides(inside))
        yield Limit(part, whole, multiplier, *_beyond(on), low_is_in=False, high_is_in=False)
    elif status is Status.OUTSIDE and _is_one_sided(inside):
        yield Limit(part, whole, multiplier, *_beyond(inside), low_is_in=False, high_is_in=False)


def _is_one_sided(band: Band) -> bool:
    return band.low is None or band.high is None


def _sides(band: Band) -> tuple[Fraction | None, Fraction | None]:
    low, high = (None if side is None else Fraction(side) for side in (band.low, band.high))
    return low, high


def _beyond(band: Band) -> tuple[Fraction | None, Fraction | None]:
    """Return the other side of a band with one side: what lies below its low end, or above its high one."""
    low, high = _sides(band)
    return high, low
