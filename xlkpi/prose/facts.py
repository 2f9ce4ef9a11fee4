"""How facts are made from what was returned and what was worked out."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from fractions import Fraction

from xlkpi.calculate.history import History
from xlkpi.calculate.outturn import outturn
from xlkpi.calculate.results import Result, Summary
from xlkpi.calculate.status import Status
from xlkpi.model.number import Number, decimals_of
from xlkpi.model.observation import Audit, Cohort, Observation
from xlkpi.model.period import Month, Period, Quarter, Year
from xlkpi.model.register import Band, Basis, Indicator
from xlkpi.prose.fact import ALL, AUDITS, BELOW_GOOD, GOOD_OR_BETTER, SUMMARY, Fact, Locate, Measure, Wanted

PERCENT, POINTS, COUNT, QUARTERS = "%", "percentage points", "count", "quarters"
_WHOLE = 100
_QUARTERS_A_YEAR = 4


class _Maker:
    """Makes facts of one subject."""

    def __init__(self, subject: str, locate: Locate) -> None:
        self._subject, self._locate = subject, locate

    def __call__(
        self,
        measure: Measure,
        period: Period,
        value: Fraction | Number,
        unit: str,
        decimals: int = 0,
        of: tuple[str, str] = ("", ""),
    ) -> Fact:
        part, basis = of
        cell = self._locate(Wanted(self._subject, measure, period, part, basis))
        return Fact(self._subject, measure, period, Fraction(value), unit, decimals, cell, part, basis)


def facts_over_time(history: History, now: Quarter, locate: Locate) -> Iterator[Fact]:
    """Yield the figures, counts, targets and tolerances of an indicator: by quarter, then by month, then by year.

    Args:
        history: Of the indicator.
        now: The quarter reported, which has a target even where nothing was returned for it.
        locate: Names the cell of a figure.
    """
    indicator = history.indicator
    make = _Maker(indicator.code, locate)
    typed = history.observations.of(indicator.code)
    quarters = sorted({one for one in (now, *(period.quarter for period in typed)) if indicator.covers(one)})
    for quarter in quarters:
        observation = history.observation(quarter)
        if observation is not None:
            yield from _figures(make, indicator, quarter, observation)
        target = history.target(quarter)
        if target is not None:
            yield from _levels(make, Measure.TARGET, quarter, target.on, indicator)
            yield from _levels(make, Measure.TOLERANCE, quarter, target.inside, indicator)
    for month in sorted(period for period in typed if isinstance(period, Month)):
        if indicator.covers(month.quarter):
            yield from _figures(make, indicator, month, typed[month])
    yield from _years(make, history, quarters)


def _figures(make: _Maker, indicator: Indicator, period: Period, observation: Observation) -> Iterator[Fact]:
    figure = outturn(observation, indicator.multiplier)
    if figure is None:
        return
    yield make(Measure.OUTTURN, period, figure, indicator.unit, indicator.decimals)
    if indicator.is_percentage and 0 <= figure <= _WHOLE:
        yield make(Measure.COMPLEMENT, period, _WHOLE - figure, PERCENT, indicator.decimals)
    if observation.numerator is not None and observation.denominator is not None:
        for measure, count in (
            (Measure.NUMERATOR, observation.numerator),
            (Measure.DENOMINATOR, observation.denominator),
        ):
            yield make(measure, period, count, COUNT, decimals_of(count))


def _levels(
    make: _Maker, measure: Measure, quarter: Quarter, band: Band | None, indicator: Indicator
) -> Iterator[Fact]:
    """Yield the level of a target or tolerance; both levels of a band with two."""
    if band is None:
        return
    sides = [("low", band.low), ("high", band.high)]
    levels = [(side, level) for side, level in sides if level is not None]
    for side, level in levels:
        of = (side if len(levels) == len(sides) else "", "")
        yield make(measure, quarter, level, indicator.unit, decimals_of(level), of)


def _years(make: _Maker, history: History, quarters: Sequence[Quarter]) -> Iterator[Fact]:
    """Yield the figures of whole financial years: what adds up is added up, the others are those of the last quarter."""
    indicator = history.indicator
    for year in sorted({quarter.year for quarter in quarters}):
        of_year = [history.outturn(Quarter(year, number + 1)) for number in range(_QUARTERS_A_YEAR)]
        figure = of_year[-1]
        if indicator.basis is Basis.IN_QUARTER:
            known = [one for one in of_year if one is not None]
            figure = sum(known, Fraction(0)) if indicator.adds_up and len(known) == _QUARTERS_A_YEAR else None
        elif indicator.basis is Basis.ANNUAL:
            figure = next((one for one in reversed(of_year) if one is not None), None)
        if figure is not None:
            yield make(Measure.OUTTURN, Year(year), figure, indicator.unit, indicator.decimals)


def current_facts(result: Result, quarter: Quarter, locate: Locate) -> Iterator[Fact]:
    """Yield what a contract indicator's outturn comes to against its target, and how long its status has lasted."""
    indicator = result.indicator
    make = _Maker(indicator.code, locate)
    unit = POINTS if indicator.is_percentage else indicator.unit
    if result.gap is not None:
        yield make(Measure.GAP, quarter, result.gap, unit, indicator.decimals)
    on = result.target.on if result.target else None
    if result.outturn is not None and on is not None:
        yield make(Measure.GAP_TO_TARGET, quarter, abs(on.distance(result.outturn)), unit, indicator.decimals)
    for measure, cases in (
        (Measure.CASES_TO_BOUND, result.cases_to_bound),
        (Measure.CASES_TO_TARGET, result.cases_to_target),
        (Measure.CASES_IN_HAND, result.cases_in_hand),
    ):
        if cases is not None:
            yield make(measure, quarter, cases, COUNT)
    if result.streak.quarters:
        yield make(Measure.STREAK, quarter, result.streak.quarters, QUARTERS)


def cohort_facts(indicator: Indicator, cohorts: Iterable[Cohort], locate: Locate) -> Iterator[Fact]:
    """Yield the figures and counts of the parts of an indicator."""
    make = _Maker(indicator.code, locate)
    for one in cohorts:
        if one.numerator is None:
            continue
        of = (one.cohort, one.basis)
        if one.denominator is not None:
            share = Fraction(one.numerator) * Fraction(indicator.multiplier) / Fraction(one.denominator)
            yield make(Measure.OUTTURN, one.period, share, indicator.unit, indicator.decimals, of)
            yield make(Measure.DENOMINATOR, one.period, one.denominator, COUNT, 0, of)
        yield make(Measure.NUMERATOR, one.period, one.numerator, COUNT, 0, of)


def audit_facts(audits: Iterable[Audit], locate: Locate) -> Iterator[Fact]:
    """Yield the counts and shares of audited cases by grade, and how long a framework and a run of no inadequate lasted."""
    make = _Maker(AUDITS, locate)
    run, framework = 0, 0
    before: Audit | None = None
    for one in sorted(audits, key=lambda audit: audit.quarter):
        counts = {
            "outstanding": one.outstanding,
            "good": one.good,
            "requires improvement": one.requires_improvement,
            "inadequate": one.inadequate,
            GOOD_OR_BETTER: one.outstanding + one.good,
            BELOW_GOOD: one.requires_improvement + one.inadequate,
            "requires improvement or better": one.total - one.inadequate,
        }
        follows = before is not None and before.quarter == one.quarter.previous
        run = (run if follows else 0) + 1 if one.inadequate == 0 else 0
        framework = framework + 1 if follows and before is not None and before.framework == one.framework else 1
        yield make(Measure.COUNT, one.quarter, one.total, COUNT, 0, (ALL, ""))
        for part, number in counts.items():
            yield make(Measure.COUNT, one.quarter, number, COUNT, 0, (part, ""))
            if one.total:
                share = Fraction(number) * _WHOLE / Fraction(one.total)
                yield make(Measure.SHARE, one.quarter, share, PERCENT, 0, (part, ""))
        yield make(Measure.RUN, one.quarter, run, QUARTERS, 0, ("inadequate", ""))
        yield make(Measure.RUN, one.quarter, framework, QUARTERS, 0, ("framework", ""))
        before = one


def summary_fact(
    summary: Summary, measure: Measure, statuses: Collection[Status], section: str, quarter: Quarter, locate: Locate
) -> Fact:
    """Return how many indicators of a section, or of all, have one of some statuses; or their share in percent."""
    part = ALL if set(statuses) == set(Status) else ", ".join(one.value for one in Status if one in statuses)
    by_status = [summary.counts[section]] if section else list(summary.counts.values())
    number = sum(counts[status] for counts in by_status for status in statuses)
    cell = locate(Wanted(SUMMARY, measure, quarter, part, section))
    if measure is Measure.COUNT:
        return Fact(SUMMARY, measure, quarter, Fraction(number), COUNT, 0, cell, part, section)
    base = sum(sum(counts.values()) for counts in by_status)
    share = Fraction(_WHOLE * number, base) if base else Fraction(0)
    return Fact(SUMMARY, measure, quarter, share, PERCENT, 0, cell, part, section)
