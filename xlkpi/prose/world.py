"""The world that a draft is checked against: every figure, status and movement of a workbook, found by look-up.

Facts of an indicator are built once, when first asked for: a register may have hundreds of indicators and a draft names a few.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from itertools import pairwise
from typing import Protocol

from xlkpi.calculate.change import Change, NotComparable, change, difference
from xlkpi.calculate.history import MISSING, History, Movement, Streak, movement, streak
from xlkpi.calculate.results import ContextFigure, Result, Results, Summary, summarise
from xlkpi.calculate.status import Status
from xlkpi.model.observation import Audit, Cohort, Inspection, Observations
from xlkpi.model.period import Period, Quarter, Year
from xlkpi.model.register import Basis, Indicator, Kind, Register, Target
from xlkpi.prose.fact import ALL, SUMMARY, Fact, Locate, Measure, Wanted
from xlkpi.prose.facts import audit_facts, cohort_facts, current_facts, facts_over_time, summary_fact

_ONCE_A_YEAR = 3  # quarters at least between two figures of what is returned once a year


class Inputs(Protocol):
    """What was typed into a workbook, as far as a draft can speak of it."""

    @property
    def register(self) -> Register:
        """Return the register."""
        ...

    @property
    def observations(self) -> Observations:
        """Return the observations."""
        ...

    @property
    def cohorts(self) -> Sequence[Cohort]:
        """Return the parts of indicators."""
        ...

    @property
    def audits(self) -> Sequence[Audit]:
        """Return the case file audits."""
        ...

    @property
    def inspections(self) -> Sequence[Inspection]:
        """Return the inspections."""
        ...


@dataclass(frozen=True)
class World:
    """What the figures of a quarter can say.

    Attributes:
        organisation: As set in the workbook.
        quarter: The quarter reported.
        as_at: When the figures were known; None where the workbook does not say.
        register: All indicators with their targets.
        results: Everything that was worked out for the quarter.
        observations: Everything that was returned.
        cohorts: Parts of indicators.
        audits: Case file audits by quarter.
        inspections: Judgements, and inspections that are expected.
        locate: Names cells.
    """

    organisation: str
    quarter: Quarter
    as_at: dt.date | None
    register: Register
    results: Results
    observations: Observations
    cohorts: Sequence[Cohort]
    audits: Sequence[Audit]
    inspections: Sequence[Inspection]
    locate: Locate
    _histories: dict[str, History] = field(default_factory=dict, repr=False, compare=False)
    _facts: dict[str, tuple[Fact, ...]] = field(default_factory=dict, repr=False, compare=False)
    _index: dict[str, dict[tuple[Measure, Period, str, str], Fact]] = field(
        default_factory=dict, repr=False, compare=False
    )
    _summaries: dict[Quarter, Summary] = field(default_factory=dict, repr=False, compare=False)

    @classmethod
    def of(
        cls, inputs: Inputs, results: Results, locate: Locate, organisation: str = "", as_at: dt.date | None = None
    ) -> World:
        """Return the world of a workbook.

        Args:
            inputs: What was typed into it.
            results: What was worked out from it, for the reporting quarter.
            locate: Names the cell of a figure; the pure rooms do not know where Excel is.
            organisation: As set in the workbook.
            as_at: When the figures were known; None where that is not said.
        """
        return cls(
            organisation,
            results.quarter,
            as_at,
            inputs.register,
            results,
            inputs.observations,
            inputs.cohorts,
            inputs.audits,
            inputs.inspections,
            locate,
        )

    @cached_property
    def indicators(self) -> Sequence[Indicator]:
        """Return the indicators valid in the quarter: contract, then context, each in list order."""
        return [one.indicator for one in self.results.contract] + [one.indicator for one in self.results.context]

    @cached_property
    def by_code(self) -> Mapping[str, Indicator]:
        """Return the indicators valid in the quarter by code."""
        return {one.code: one for one in self.indicators}

    @cached_property
    def contract(self) -> Mapping[str, Result]:
        """Return what the contract indicators came to, by code, in list order."""
        return {one.indicator.code: one for one in self.results.contract}

    @cached_property
    def context(self) -> Mapping[str, ContextFigure]:
        """Return what the context indicators came to, by code, in list order."""
        return {one.indicator.code: one for one in self.results.context}

    @cached_property
    def current(self) -> frozenset[Fraction]:
        """Return every figure and count of the quarter reported, of whichever indicator."""
        shown = (Measure.OUTTURN, Measure.NUMERATOR, Measure.DENOMINATOR)
        facts = (fact for code in self.by_code for fact in self.facts_of(code))
        return frozenset(one.value for one in facts if one.period == self.quarter and one.measure in shown)

    @cached_property
    def quarters(self) -> Sequence[Quarter]:
        """Return every quarter of which some indicator has a figure, the latest first."""
        found = {fact.period for code in self.by_code for fact in self.series(code, Quarter)}
        return sorted((one for one in found if isinstance(one, Quarter)), reverse=True)

    def history(self, code: str) -> History:
        """Return the figures of an indicator valid in the quarter, over time.

        Raises:
            KeyError: Where no indicator of the quarter has that code.
        """
        if code not in self._histories:
            judged = self.results.judged
            self._histories[code] = History(self.by_code[code], self.register, self.observations, judged)
        return self._histories[code]

    def facts_of(self, code: str) -> Sequence[Fact]:
        """Return every fact of an indicator, in time; of ``AUDITS`` those of the audits; none where nothing is known."""
        if code not in self._facts:
            self._facts[code] = self._worked_out(code)
        return self._facts[code]

    def _worked_out(self, code: str) -> tuple[Fact, ...]:
        if code not in self.by_code:
            return tuple(audit_facts(self.audits, self.locate)) if code else ()
        history = self.history(code)
        result = self.contract.get(code)
        parts = [one for one in self.cohorts if one.code == code and history.indicator.covers(one.period.quarter)]
        return (
            *facts_over_time(history, self.quarter, self.locate),
            *(current_facts(result, self.quarter, self.locate) if result else ()),
            *cohort_facts(history.indicator, parts, self.locate),
        )

    def fact(self, code: str, measure: Measure, period: Period, part: str = "", basis: str = "") -> Fact | None:
        """Return one fact; None where the workbook has no such figure."""
        if code not in self._index:
            facts = self.facts_of(code)
            self._index[code] = {(one.measure, one.period, one.part, one.basis): one for one in facts}
        return self._index[code].get((measure, period, part, basis))

    def series(self, code: str, kind: type[Period], measure: Measure = Measure.OUTTURN, part: str = "") -> list[Fact]:
        """Return the facts of one measure by quarter, month or year, in time; what ranks and runs are worked out from."""
        facts = (one for one in self.facts_of(code) if one.measure is measure and one.part == part)
        return sorted((one for one in facts if isinstance(one.period, kind)), key=_in_time)

    def is_yearly(self, code: str) -> bool:
        """Return whether an indicator has a figure once a year."""
        if code not in self.by_code:
            return False
        quarters = [one.period.index for one in self.series(code, Quarter) if isinstance(one.period, Quarter)]
        gaps = [later - one for one, later in pairwise(quarters)]
        return bool(gaps) and min(gaps) >= _ONCE_A_YEAR

    def change(self, code: str, earlier: Period, later: Period) -> Change | NotComparable:
        """Return the change between two periods of the same kind; why not, where they cannot be compared."""
        history = self.history(code)
        if isinstance(earlier, Quarter) and isinstance(later, Quarter):
            return change(history, earlier, later)
        before, now = (self.fact(code, Measure.OUTTURN, one) for one in (earlier, later))
        if before is None or now is None or type(earlier) is not type(later):
            return NotComparable(MISSING)
        if not isinstance(earlier, Year) and not isinstance(later, Year):
            reason = "" if earlier.quarter == later.quarter else history.comparable(earlier.quarter, later.quarter)
            if reason and reason != MISSING:
                return NotComparable(reason)
        return difference(history.indicator, before.value, now.value)

    def cell_of(
        self,
        code: str,
        measure: Measure,
        period: Period | None = None,
        part: str = "",
        against: Period | None = None,
    ) -> str:
        """Return where a figure, status, movement or change stands; empty where it stands nowhere."""
        return self.locate(Wanted(code, measure, period or self.quarter, part, against=against))

    def status(self, code: str, quarter: Quarter | None = None) -> Status:
        """Return the status of an indicator, by the target valid in that quarter; an annual one keeps its last."""
        if quarter in (None, self.quarter) and code in self.contract:
            return self.contract[code].status
        return self.history(code).status(quarter or self.quarter)

    def movement(self, code: str, quarter: Quarter | None = None) -> Movement:
        """Return the transition of an indicator from the quarter before."""
        if quarter in (None, self.quarter) and code in self.contract:
            return self.contract[code].movement
        return movement(self.history(code), quarter or self.quarter)

    def streak(self, code: str, quarter: Quarter | None = None) -> Streak:
        """Return the run of the status of an indicator that ends with a quarter."""
        if quarter in (None, self.quarter) and code in self.contract:
            return self.contract[code].streak
        return streak(self.history(code), quarter or self.quarter)

    def summary(self, quarter: Quarter | None = None) -> Summary:
        """Return the contract indicators by section and status, with the indicators and targets valid in a quarter."""
        at = quarter or self.quarter
        if at == self.quarter:
            return self.results.summary
        if at == self.quarter.previous:
            return self.results.last_summary
        if at not in self._summaries:
            counted = [one for one in self.register.valid(Kind.CONTRACT, at) if one.basis is not Basis.ANNUAL]
            judged = self.results.judged
            histories = [History(one, self.register, self.observations, judged) for one in counted]
            self._summaries[at] = summarise((one.indicator, one.status(at)) for one in histories)
        return self._summaries[at]

    def count(self, statuses: Collection[Status], section: str = "", quarter: Quarter | None = None) -> Fact:
        """Return how many contract indicators have one of some statuses.

        Args:
            statuses: Which; all of them for the number of indicators.
            section: Of which section; empty for all.
            quarter: When; None for the quarter reported.
        """
        at = quarter or self.quarter
        return summary_fact(self.summary(at), Measure.COUNT, statuses, section, at, self.locate)

    def share(self, statuses: Collection[Status], section: str = "", quarter: Quarter | None = None) -> Fact:
        """Return the share that indicators of some statuses have among all, in percent; 0 where there are none."""
        at = quarter or self.quarter
        return summary_fact(self.summary(at), Measure.SHARE, statuses, section, at, self.locate)

    def base_cell(self) -> str:
        """Return where the number of all contract indicators stands."""
        return self.locate(Wanted(SUMMARY, Measure.COUNT, self.quarter, ALL))

    @cached_property
    def quarter_cell(self) -> str:
        """Return where the quarter reported is set."""
        return self.locate(Wanted(SUMMARY, Measure.QUARTER, self.quarter))

    @cached_property
    def sections(self) -> Sequence[str]:
        """Return the sections of the contract indicators, in section order."""
        return list(self.results.summary.counts)

    def with_status(self, statuses: Collection[Status], section: str = "") -> list[str]:
        """Return the codes of the counted contract indicators that have one of some statuses, in list order."""
        return [
            code
            for code, one in self.contract.items()
            if one.is_counted and one.status in statuses and section in ("", one.indicator.section)
        ]

    def target(self, code: str, quarter: Quarter | None = None) -> Target | None:
        """Return the target of an indicator in a quarter; None where none was set."""
        return self.register.target(code, quarter or self.quarter)

    @cached_property
    def first_targets(self) -> Sequence[str]:
        """Return the codes that have a target now, and had none last quarter or last year though they were valid."""
        return [code for code in self.contract if self.target(code) and self._set_since(code) is not None]

    def _set_since(self, code: str) -> Quarter | None:
        """Return the quarter of this financial year with which a first target came into force; None where none did."""
        start = Quarter(self.quarter.year, 1)
        for at in (start.shift(ahead) for ahead in range(self.quarter.number)):
            before = self.by_code[code].covers(at.previous) and self.target(code, at.previous) is None
            if before and self.target(code, at) is not None:
                return at
        return None

    @cached_property
    def new_targets(self) -> Mapping[str, Quarter]:
        """Return the codes whose present target was set in this financial year, with the quarter from which it holds."""
        found = {}
        for code in self.contract:
            target = self.target(code)
            if target is not None and target.first is not None and target.first.year == self.quarter.year:
                found[code] = target.first
        return found

    @cached_property
    def audits_by_quarter(self) -> Mapping[Quarter, Audit]:
        """Return the case file audits up to the reporting quarter, in time."""
        known = [one for one in self.audits if one.quarter <= self.quarter]
        return {one.quarter: one for one in sorted(known, key=lambda one: one.quarter)}


def _in_time(fact: Fact) -> tuple[int, int]:
    """Return by what facts of one kind of period are put in time."""
    period = fact.period
    if isinstance(period, Quarter):
        return period.index, 0
    return (period.year, 0) if isinstance(period, Year) else (period.year, period.month)
