"""How far an outturn is from a bound: in its own unit, and in whole cases.

A4 is 4,144 of 5,600 visits, 74.0%, with a tolerance of 75%: one percentage point short, which is 56 visits.
"""

from __future__ import annotations

import math
from fractions import Fraction

from xlkpi.model.observation import Observation
from xlkpi.model.register import Band, Indicator


def gap(figure: Fraction | None, band: Band | None) -> Fraction | None:
    """Return how far a figure lies outside a band, without sign; 0 inside it.

    Returns:
        In the unit of the indicator (percentage points for percentages); None where figure or band are missing.
    """
    return None if figure is None or band is None else abs(band.distance(figure))


def cases_to_reach(observation: Observation | None, indicator: Indicator, band: Band | None) -> int | None:
    """Return the smallest whole number of cases that would bring the outturn into a band.

    The denominator stays: the cases change sides, none is added.

    Returns:
        0 inside the band; None where the outturn is not made of cases (no counts, a mean), or where no number of cases
        would do.

    Examples:
        >>> from xlkpi.model.period import Quarter
        >>> from xlkpi.model.register import Kind, Polarity
        >>> visits = Indicator("A4", "", "", 1, 1, Kind.CONTRACT, Polarity.HIGHER, "%", 0, "in time", "due", 100)
        >>> cases_to_reach(Observation("A4", Quarter(2018, 2), 4144, 5600, None), visits, Band(75, None))
        56
    """
    counts = _counts(observation, indicator)
    if counts is None or band is None:
        return None
    numerator, denominator = counts
    per_case = Fraction(indicator.multiplier) / denominator
    distance = band.distance(numerator * per_case)
    cases = math.ceil(abs(distance) / per_case)
    moved = numerator + cases if distance > 0 else numerator - cases
    possible = moved >= 0 and (moved <= denominator or not indicator.is_proportion)
    return cases if possible and band.holds(moved * per_case) else None


def cases_in_hand(observation: Observation | None, indicator: Indicator, band: Band | None) -> int | None:
    """Return the smallest whole number of cases that would bring the outturn out of a band, the worse way.

    Returns:
        None outside the band, where the outturn is not made of cases, or where no number of cases would do.
    """
    counts = _counts(observation, indicator)
    if counts is None or band is None:
        return None
    numerator, denominator = counts
    per_case = Fraction(indicator.multiplier) / denominator
    if not band.holds(numerator * per_case):
        return None
    ways = []
    if band.low is not None:
        down = math.floor((numerator * per_case - Fraction(band.low)) / per_case) + 1
        ways += [down] if numerator - down >= 0 else []
    if band.high is not None:
        up = math.floor((Fraction(band.high) - numerator * per_case) / per_case) + 1
        ways += [up] if numerator + up <= denominator or not indicator.is_proportion else []
    return min(ways, default=None)


def _counts(observation: Observation | None, indicator: Indicator) -> tuple[Fraction, Fraction] | None:
    if observation is None or observation.numerator is None or observation.denominator is None:
        return None
    return (Fraction(observation.numerator), Fraction(observation.denominator)) if indicator.counts_cases else None
