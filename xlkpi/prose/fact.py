"""What the figures can say: one fact a figure, exact, with the cell in which it stands."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction

from xlkpi.model.period import Period


class Measure(Enum):
    """What a figure is of its subject."""

    OUTTURN = "outturn"
    NUMERATOR = "numerator"
    DENOMINATOR = "denominator"
    COMPLEMENT = "the rest to 100%"
    TARGET = "target"
    TOLERANCE = "tolerance"
    GAP = "gap to tolerance"
    GAP_TO_TARGET = "gap to target"
    CASES_TO_BOUND = "cases to tolerance"
    CASES_TO_TARGET = "cases to target"
    CASES_IN_HAND = "cases in hand"
    STREAK = "quarters in status"
    STATUS = "status"
    MOVEMENT = "movement"
    CHANGE = "change"
    PERCENT_CHANGE = "change in percent"
    COUNT = "number"
    SHARE = "share"
    RUN = "quarters in a row"


#: Subjects that are no indicator: the summary of the contract indicators, the case file audits, the inspections.
SUMMARY, AUDITS, INSPECTIONS = "", "audits", "inspections"
#: Part of the summary or of the audits that is all of it.
ALL = "all"
#: Parts of the audits beside the four grades.
GOOD_OR_BETTER, BELOW_GOOD = "good or better", "below good"


@dataclass(frozen=True, slots=True)
class Wanted:
    """A figure whose cell is asked for.

    Attributes:
        subject: Code of an indicator, or ``SUMMARY`` or ``AUDITS``.
        measure: What is wanted of it.
        period: Which it is of; of a change the later one.
        part: As of ``Fact``.
        basis: As of ``Fact``.
        against: Of a change, the earlier period.
    """

    subject: str
    measure: Measure
    period: Period
    part: str = ""
    basis: str = ""
    against: Period | None = None


#: Names the cell in which a figure stands, as a formula does; the empty text where it stands in none.
Locate = Callable[[Wanted], str]


@dataclass(frozen=True, slots=True)
class Fact:
    """One figure that a draft may state.

    Attributes:
        subject: Code of the indicator; ``SUMMARY``, ``AUDITS`` or ``INSPECTIONS`` for figures that are of none.
        measure: What it is of the subject.
        period: What it covers.
        value: Exact.
        unit: ``%``, ``percentage points``, ``count``, ``quarters``, ``days``, ``per 1,000`` ...
        decimals: Digits after the point as printed.
        cell: Where it stands, in an output table where it is shown there, else where it was typed; empty where in none.
        part: The cohort, the audit grade, the status (``Status.value``, of the summary), or the side of a band
            (``low``, ``high``) that it is of.
        basis: How a cohort was counted; of the summary, the section.
    """

    subject: str
    measure: Measure
    period: Period
    value: Fraction
    unit: str
    decimals: int
    cell: str = ""
    part: str = ""
    basis: str = ""
