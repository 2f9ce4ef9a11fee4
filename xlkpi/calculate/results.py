"""Everything a quarter's report says in figures: one result a contract indicator, the summary, the context figures."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from xlkpi.calculate.change import Change, NotComparable, change
from xlkpi.calculate.gap import cases_in_hand, cases_to_reach, gap
from xlkpi.calculate.history import TO_DATE, History, Movement, Streak, movement, streak
from xlkpi.calculate.outturn import Judged, latest_annual
from xlkpi.calculate.status import Status, rate
from xlkpi.model.number import Number, rounded
from xlkpi.model.observation import Observation, Observations
from xlkpi.model.period import Quarter
from xlkpi.model.register import Band, Basis, Indicator, Kind, Register, Target


@dataclass(frozen=True, slots=True)
class Result:
    """What one contract indicator came to in one quarter.

    Attributes:
        indicator: The register row valid in the quarter.
        observation: What was returned; None where nothing was.
        outturn: Exact, in the unit of the indicator; None without a figure.
        target: The row valid in the quarter; None where no target is set.
        status: Judged as the workbook says.
        other_status: What the other way of judging (exact or as shown) would say; differs where rounding decides.
        previous: Outturn of last quarter; None without one.
        previous_status: Status of last quarter.
        previous_target: That last quarter was judged by; None where none was set.
        year_ago: Outturn of the same quarter last year; None without one.
        movement: From last quarter to this.
        streak: The run of the present status.
        on_quarter: Change against last quarter; a year to date has none.
        on_year: Change against the same quarter last year.
        gap: Distance to the tolerance where outside it, in the unit of the indicator; None elsewhere.
        cases_to_bound: Cases that would bring it inside tolerance; None unless outside, or where not made of cases.
        cases_to_target: Cases that would bring it on target; None unless inside or outside.
        cases_in_hand: Cases that would make its status worse; None outside tolerance.
        is_counted: Whether it is part of the quarterly base; annual indicators are not.
        carried_from: The quarter of the last return of an annual indicator, where that is an earlier one.
    """

    indicator: Indicator
    observation: Observation | None
    outturn: Fraction | None
    target: Target | None
    status: Status
    other_status: Status
    previous: Fraction | None
    previous_status: Status
    previous_target: Target | None
    year_ago: Fraction | None
    movement: Movement
    streak: Streak
    on_quarter: Change | NotComparable
    on_year: Change | NotComparable
    gap: Fraction | None
    cases_to_bound: int | None
    cases_to_target: int | None
    cases_in_hand: int | None
    is_counted: bool = True
    carried_from: Quarter | None = None


@dataclass(frozen=True, slots=True)
class ContextFigure:
    """What one context indicator came to in one quarter; never rated."""

    indicator: Indicator
    observation: Observation | None
    outturn: Fraction | None
    previous: Fraction | None
    year_ago: Fraction | None
    on_quarter: Change | NotComparable
    on_year: Change | NotComparable


@dataclass(frozen=True, slots=True)
class Summary:
    """Contract indicators by section and status.

    Attributes:
        counts: By section, in section order, then by status; every status is there, with 0 where none has it.
    """

    counts: Mapping[str, Mapping[Status, int]]

    @property
    def base(self) -> int:
        """Return how many indicators are counted: what the shares are shares of."""
        return sum(self.of_section(section) for section in self.counts)

    def of_section(self, section: str) -> int:
        """Return how many indicators a section has."""
        return sum(self.counts[section].values())

    def total(self, status: Status) -> int:
        """Return how many indicators have a status."""
        return sum(by_status[status] for by_status in self.counts.values())

    def share(self, status: Status) -> int | None:
        """Return the share of a status among all counted indicators, in whole percent; None where there are none."""
        return int(rounded(Fraction(100 * self.total(status), self.base), 0)) if self.base else None

    def exact_share(self, status: Status) -> Fraction | None:
        """Return the share of a status among all counted indicators; None where there are none."""
        return Fraction(self.total(status), self.base) if self.base else None

    def measured_share(self, status: Status) -> Fraction | None:
        """Return the share of a rated status among the rated indicators; None where none is rated."""
        rated = sum(self.total(one) for one in Status if one.is_rated)
        return Fraction(self.total(status), rated) if rated else None


@dataclass(frozen=True, slots=True)
class Results:
    """All figures of a quarter's report.

    Attributes:
        quarter: The quarter reported.
        judged: What the statuses are judged on.
        contract: One a contract indicator valid in the quarter, in list order.
        context: One a context indicator valid in the quarter, in list order.
        summary: Of this quarter.
        last_summary: Of last quarter, with the indicators and targets valid then.
    """

    quarter: Quarter
    judged: Judged
    contract: Sequence[Result]
    context: Sequence[ContextFigure]
    summary: Summary
    last_summary: Summary

    def of(self, code: str) -> Result:
        """Return the result of a contract indicator.

        Raises:
            KeyError: Where no contract indicator has that code in the quarter.
        """
        for one in self.contract:
            if one.indicator.code == code:
                return one
        raise KeyError(code)

    def with_status(self, status: Status) -> list[Result]:
        """Return the counted results of a status, in list order."""
        return [one for one in self.contract if one.is_counted and one.status is status]


def calculate(
    register: Register,
    observations: Observations,
    quarter: Quarter,
    judged: Judged = Judged.EXACT,
) -> Results:
    """Return what every indicator valid in a quarter came to."""
    contract = [History(one, register, observations, judged) for one in register.valid(Kind.CONTRACT, quarter)]
    before = [History(one, register, observations, judged) for one in register.valid(Kind.CONTRACT, quarter.previous)]
    results = [_result(history, quarter) for history in contract]
    context = [History(one, register, observations) for one in register.valid(Kind.CONTEXT, quarter)]
    return Results(
        quarter,
        judged,
        results,
        [_context(history, quarter) for history in context],
        summarise((one.indicator, one.status) for one in results if one.is_counted),
        summarise((one.indicator, one.status(quarter.previous)) for one in before if not _is_annual(one.indicator)),
    )


def summarise(statuses: Iterable[tuple[Indicator, Status]]) -> Summary:
    """Return how many indicators of each section have each status, sections in section order."""
    orders: dict[str, Number] = {}
    counts: dict[str, dict[Status, int]] = {}
    for indicator, status in statuses:
        orders.setdefault(indicator.section, indicator.section_order)
        counts.setdefault(indicator.section, dict.fromkeys(Status, 0))[status] += 1
    return Summary({section: counts[section] for section in sorted(orders, key=lambda name: orders[name])})


def _is_annual(indicator: Indicator) -> bool:
    return indicator.basis is Basis.ANNUAL


def _result(history: History, quarter: Quarter) -> Result:
    indicator = history.indicator
    at, earlier = quarter, quarter.previous
    if _is_annual(indicator):
        # Judged where it was returned, against that quarter's target, and compared with the return a year before.
        at = latest_annual(indicator, history.observations, quarter) or quarter
        earlier = at.year_ago
    observation, figure = history.observation(at), history.outturn(at)
    target, status = history.target(at), history.status(at)
    on, inside = (target.on, target.inside) if target else (None, None)
    outside = status is Status.OUTSIDE
    return Result(
        indicator,
        observation,
        figure,
        target,
        status,
        other_status=rate(_other_figure(history, figure), target),
        previous=history.outturn(earlier),
        previous_status=history.status(earlier),
        previous_target=history.target(earlier),
        year_ago=history.outturn(at.year_ago),
        movement=movement(history, at) if not _is_annual(indicator) else Movement.UNCHANGED,
        streak=streak(history, at) if not _is_annual(indicator) else Streak(0),
        on_quarter=_on_quarter(history, earlier, at),
        on_year=change(history, at.year_ago, at),
        gap=gap(figure, inside) if outside else None,
        cases_to_bound=cases_to_reach(observation, indicator, inside) if outside else None,
        cases_to_target=cases_to_reach(observation, indicator, on) if outside or status is Status.INSIDE else None,
        cases_in_hand=cases_in_hand(observation, indicator, _held(status, on, inside)),
        is_counted=not _is_annual(indicator),
        carried_from=at if at != quarter else None,
    )


def _held(status: Status, on: Band | None, inside: Band | None) -> Band | None:
    return {Status.ON: on, Status.INSIDE: inside}.get(status)


def _other_figure(history: History, figure: Fraction | None) -> Fraction | Number | None:
    if figure is None or history.judged is Judged.SHOWN:
        return figure
    return rounded(figure, history.indicator.decimals)


def _context(history: History, quarter: Quarter) -> ContextFigure:
    return ContextFigure(
        history.indicator,
        history.observation(quarter),
        history.outturn(quarter),
        history.outturn(quarter.previous),
        history.outturn(quarter.year_ago),
        _on_quarter(history, quarter.previous, quarter),
        change(history, quarter.year_ago, quarter),
    )


def _on_quarter(history: History, earlier: Quarter, at: Quarter) -> Change | NotComparable:
    if history.indicator.basis is Basis.YEAR_TO_DATE:
        return NotComparable(TO_DATE)
    return change(history, earlier, at)
