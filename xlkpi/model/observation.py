"""What was returned for one indicator and period, before any calculation."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from xlkpi.model.number import Number
from xlkpi.model.period import Quarter, Span


class Observation(NamedTuple):
    """One return, as typed.

    A tuple and not a dataclass: a workbook can hold 400,000 of them.

    Attributes:
        code: Code of the indicator, as the register spells it.
        period: What it covers.
        numerator: None where not typed.
        denominator: None where not typed.
        value: The outturn itself where no counts were typed; in the unit of the indicator.
        reason: Why nothing was returned, as typed.
        comment: As typed.
        provenance: As typed (reported, derived, illustrative).
        sheet: Name of the sheet on which it stands.
        row: Row number on that sheet.
    """

    code: str
    period: Span
    numerator: Number | None
    denominator: Number | None
    value: Number | None
    reason: str = ""
    comment: str = ""
    provenance: str = ""
    sheet: str = ""
    row: int = 0

    @property
    def is_empty(self) -> bool:
        """Return whether no figure was returned."""
        return self.numerator is None and self.value is None


class Observations:
    """All observations, found by code and period."""

    def __init__(self, observations: Iterable[Observation] = ()) -> None:
        """Take in observations; of two for the same code and period the last stays."""
        self._by_code: dict[str, dict[Span, Observation]] = {}
        for one in observations:
            self._by_code.setdefault(one.code, {})[one.period] = one

    def claim(self, one: Observation) -> Observation | None:
        """Take in an observation unless its code and period are taken; return the one that has them."""
        by_period = self._by_code.setdefault(one.code, {})
        taken = by_period.get(one.period)
        if taken is None:
            by_period[one.period] = one
        return taken

    def __len__(self) -> int:
        """Return how many observations there are."""
        return sum(map(len, self._by_code.values()))

    def of(self, code: str) -> Mapping[Span, Observation]:
        """Return the observations of a code by period; empty where there are none."""
        return self._by_code.get(code, {})

    def get(self, code: str, period: Span) -> Observation | None:
        """Return one observation; None where none was typed."""
        return self.of(code).get(period)

    def quarters(self) -> set[Quarter]:
        """Return every quarter in which anything was returned, by quarter or by month."""
        found: set[Quarter] = set()
        for periods in self._by_code.values():
            found.update(period.quarter for period in periods)
        return found


class Cohort(NamedTuple):
    """One part of an indicator: a cohort, on one basis of counting, in one period."""

    code: str
    period: Span
    cohort: str
    basis: str
    numerator: Number | None
    denominator: Number | None
    provenance: str = ""
    where: str = ""


class Audit(NamedTuple):
    """Case file audits of one quarter by grade."""

    quarter: Quarter
    framework: str
    outstanding: Number
    good: Number
    requires_improvement: Number
    inadequate: Number
    provenance: str = ""
    where: str = ""

    @property
    def total(self) -> Number:
        """Return how many cases were audited."""
        return self.outstanding + self.good + self.requires_improvement + self.inadequate


class Inspection(NamedTuple):
    """One judgement of one inspection, or an inspection that is expected."""

    date: str
    subject: str
    type: str
    judgement: str
    grade: str
    previous_grade: str
    status: str
    provenance: str = ""
    source: str = ""
    where: str = ""
