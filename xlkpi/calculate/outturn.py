"""The figure for one indicator and period: numerator / denominator x multiplier, exactly."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from enum import Enum
from fractions import Fraction

from xlkpi.model.number import Number, rounded, total
from xlkpi.model.observation import Observation, Observations
from xlkpi.model.period import Quarter
from xlkpi.model.register import Basis, Indicator


class Judged(Enum):
    """Which figure the status is judged on."""

    EXACT = "exact"
    SHOWN = "as shown"


def outturn(observation: Observation | None, multiplier: Number) -> Fraction | None:
    """Return the exact figure of one observation.

    Args:
        observation: None where nothing was returned.
        multiplier: 100 for a percentage.

    Returns:
        In the unit of the indicator (74 for 74%); None where no figure was typed.

    Examples:
        >>> outturn(Observation("A4", Quarter(2018, 2), 4144, 5600, None), 100)
        Fraction(74, 1)
    """
    if observation is None:
        return None
    numerator, denominator = observation.numerator, observation.denominator
    if isinstance(numerator, int) and isinstance(denominator, int) and isinstance(multiplier, int):
        return Fraction(numerator * multiplier, denominator)
    if numerator is not None and denominator is not None:
        return Fraction(numerator) * Fraction(multiplier) / Fraction(denominator)
    return None if observation.value is None else Fraction(observation.value)


def as_float(observation: Observation | None, multiplier: Number) -> float | None:
    """Return the figure of one observation as the nearest binary number, for a cell that shows it.

    The short way past ``Fraction`` for whole counts gives the same number (Python divides integers correctly rounded),
    and a trend of 400,000 cells needs it.
    """
    if observation is None:
        return None
    numerator, denominator = observation.numerator, observation.denominator
    if isinstance(numerator, int) and isinstance(denominator, int) and isinstance(multiplier, int):
        return numerator * multiplier / denominator
    exact = outturn(observation, multiplier)
    return None if exact is None else float(exact)


def judged_figure(figure: Fraction | None, indicator: Indicator, judged: Judged) -> Fraction | Decimal | None:
    """Return the figure that the status is judged on: the exact one, or the one that is printed."""
    if figure is None or judged is Judged.EXACT:
        return figure
    return rounded(figure, indicator.decimals)


def in_quarter(indicator: Indicator, observations: Observations, quarter: Quarter) -> Observation | None:
    """Return what was returned for a quarter, put together from its three months where only those were typed.

    Counts and shares of what happened in the period add up; a snapshot is that of the last month.

    Returns:
        None where nothing was typed for the quarter and a month of it is missing; a row without a figure, which may give
        the reason, where that is all there is.
    """
    by_period = observations.of(indicator.code)
    if not by_period or not indicator.covers(quarter):
        return None
    typed = by_period.get(quarter)
    if typed is not None and not typed.is_empty:
        return typed
    months = [by_period[month] for month in quarter.months if month in by_period]
    return (_from_months(indicator, quarter, months) if len(months) == len(quarter.months) else None) or typed


def _from_months(indicator: Indicator, quarter: Quarter, months: Sequence[Observation]) -> Observation | None:
    last = months[-1]
    if indicator.basis is not Basis.IN_QUARTER:
        return last._replace(period=quarter)
    if all(one.numerator is not None and one.denominator is not None for one in months):
        return last._replace(period=quarter, numerator=_total(months, 0), denominator=_total(months, 1), value=None)
    if not indicator.adds_up or any(one.value is None for one in months):
        return None  # shares and means without their counts do not give those of the quarter
    return last._replace(period=quarter, value=_total(months, 2))


def _total(months: Sequence[Observation], which: int) -> Number:
    parts = [(one.numerator, one.denominator, one.value)[which] for one in months]
    return total(part for part in parts if part is not None)


def latest_annual(indicator: Indicator, observations: Observations, quarter: Quarter) -> Quarter | None:
    """Return the quarter of the last return of an annual indicator, at most a year back; None without one."""
    for at in (quarter.shift(-back) for back in range(4)):
        one = observations.get(indicator.code, at)
        if one is not None and not one.is_empty and indicator.covers(at):
            return at
    return None
