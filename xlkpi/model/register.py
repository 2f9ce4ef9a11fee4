"""The register: which indicators there are, and the targets that were in force when.

Codes are reused (B13 meant another indicator in 2016/17), so an indicator is known by its code *and* its validity.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import Enum
from fractions import Fraction
from typing import TypeVar

from xlkpi.model.number import Number, terminating
from xlkpi.model.period import Quarter

#: The unit of a share.
PERCENT = "%"
#: Units of a mean: nobody adds up days.
_TIMES = frozenset({"hours", "days", "working days", "weeks", "months", "years"})


class Polarity(Enum):
    """Which way is better."""

    HIGHER = "higher"
    LOWER = "lower"
    RANGE = "range"
    NONE = "none"

    @property
    def sign(self) -> int:
        """Return +1 where more is better, -1 where less is better, 0 where neither is."""
        return {Polarity.HIGHER: 1, Polarity.LOWER: -1}.get(self, 0)


class Kind(Enum):
    """What an indicator is for: the contract (rated) or context (never rated)."""

    CONTRACT = "contract"
    CONTEXT = "context"


class Basis(Enum):
    """Which span of time an outturn covers."""

    IN_QUARTER = "in_quarter"
    SNAPSHOT = "snapshot"
    ROLLING = "rolling_12m"
    YEAR_TO_DATE = "year_to_date"
    ANNUAL = "annual"


class SmallNumbers(Enum):
    """What is done with counts of 1 to 5 of an indicator in a published copy.

    ``PROFILE`` leaves it to the readers it is published for; ``WITHHOLD`` withholds them from the commissioner, too; ``SHOW``
    shows them to everybody, since they count no people.
    """

    PROFILE = "profile"
    WITHHOLD = "withhold"
    SHOW = "show"


class ToleranceBasis(Enum):
    """How a tolerance is typed: as a level, as points off the target, or as percent of the target."""

    LEVEL = "level"
    POINTS = "points"
    PERCENT = "percent"


@dataclass(frozen=True, slots=True)
class Band:
    """All figures from ``low`` to ``high``, both included; None leaves that side open."""

    low: Number | None
    high: Number | None

    def holds(self, value: Fraction | Number) -> bool:
        """Return whether a figure lies in the band; a boundary does."""
        return (self.low is None or value >= self.low) and (self.high is None or value <= self.high)

    def distance(self, value: Fraction) -> Fraction:
        """Return how far a figure must move to reach the band: positive up, negative down, 0 inside."""
        if self.low is not None and value < self.low:
            return Fraction(self.low) - value
        if self.high is not None and value > self.high:
            return Fraction(self.high) - value
        return Fraction(0)

    def encloses(self, other: Band) -> bool:
        """Return whether every figure of another band lies in this one."""
        low = self.low is None or (other.low is not None and other.low >= self.low)
        high = self.high is None or (other.high is not None and other.high <= self.high)
        return low and high


def covers(first: Quarter | None, last: Quarter | None, quarter: Quarter) -> bool:
    """Return whether a quarter lies from ``first`` to ``last``, both included; None leaves that side open."""
    return (first is None or first <= quarter) and (last is None or quarter <= last)


class TargetError(ValueError):
    """A target and its tolerance do not make sense together; the message says why.

    Attributes:
        is_target: Whether the target itself is at fault, and not its tolerance.
    """

    def __init__(self, message: str, *, is_target: bool = False) -> None:
        """Say what is wrong."""
        super().__init__(message)
        self.is_target = is_target


@dataclass(frozen=True, slots=True)
class Target:
    """What was agreed for one indicator and a span of quarters.

    Attributes:
        code: Code of the indicator.
        first: First quarter that it judges; None for all before ``last``.
        last: Last quarter that it judges; None while it is in force.
        on: Figures on target or better; None where no target was set.
        inside: Figures inside tolerance or better; None where no target was set.
        clause: Contract clause, as typed.
        note: As typed.
        where: The cell of the target, for messages.
        row: Its place in the table of targets; 1 is the first row.
    """

    code: str
    first: Quarter | None
    last: Quarter | None
    on: Band | None
    inside: Band | None
    clause: str = ""
    note: str = ""
    where: str = ""
    row: int = 0

    def covers(self, quarter: Quarter) -> bool:
        """Return whether the row is valid in a quarter."""
        return covers(self.first, self.last, quarter)


def bands(
    target: Number | Band,
    tolerance: Number | Band | None,
    polarity: Polarity,
    basis: ToleranceBasis = ToleranceBasis.LEVEL,
) -> tuple[Band, Band]:
    """Return the figures on target, and those inside tolerance or better.

    Args:
        target: A level in the indicator's unit; a band for ``RANGE``.
        tolerance: In the meaning of ``basis``; None where there is none, so that only on target and outside are left.
        polarity: ``HIGHER`` and ``LOWER`` take levels, ``RANGE`` takes bands.
        basis: ``LEVEL`` unless said otherwise.

    Returns:
        Both bands, in the indicator's unit. The second always encloses the first.

    Raises:
        TargetError: Where the tolerance lies on the better side of the target, where percent is of a target of 0, or
            where the polarity wants a band and gets a level or the reverse.

    Examples:
        >>> bands(85, 75, Polarity.HIGHER)
        (Band(low=85, high=None), Band(low=75, high=None))
        >>> bands(22, 10, Polarity.LOWER, ToleranceBasis.PERCENT)[1]
        Band(low=None, high=Decimal('24.2'))
    """
    if polarity is Polarity.RANGE:
        on, inside = _range_bands(target, tolerance, basis)
    elif polarity is Polarity.NONE:
        raise TargetError("an indicator whose polarity is none has no target", is_target=True)
    elif isinstance(target, Band) or isinstance(tolerance, Band):
        message = f"polarity {polarity.value} takes a number; a band is for polarity range"
        raise TargetError(message, is_target=isinstance(target, Band))
    else:
        level = target if tolerance is None else _level(target, tolerance, polarity, basis)
        higher = polarity is Polarity.HIGHER
        on = Band(target, None) if higher else Band(None, target)
        inside = Band(level, None) if higher else Band(None, level)
    if not inside.encloses(on):
        raise TargetError(_BETTER_SIDE[polarity])
    return on, inside


_BETTER_SIDE = {
    Polarity.HIGHER: "where higher is better, the tolerance lies below the target",
    Polarity.LOWER: "where lower is better, the tolerance lies above the target",
    Polarity.RANGE: "the tolerance has to enclose the target",
}


def _level(target: Number, tolerance: Number, polarity: Polarity, basis: ToleranceBasis) -> Number:
    if basis is ToleranceBasis.LEVEL:
        return tolerance
    if tolerance < 0:
        raise TargetError("a tolerance in points or percent is 0 or more")
    width = Fraction(tolerance)
    if basis is ToleranceBasis.PERCENT:
        if target == 0:
            raise TargetError("percent of a target of 0 leaves no tolerance")
        width = abs(Fraction(target)) * width / 100
    return terminating(Fraction(target) - polarity.sign * width)


def _range_bands(target: Number | Band, tolerance: Number | Band | None, basis: ToleranceBasis) -> tuple[Band, Band]:
    if not isinstance(target, Band) or not (tolerance is None or isinstance(tolerance, Band)):
        message = "polarity range takes bands such as 40..60"
        raise TargetError(message, is_target=not isinstance(target, Band))
    if tolerance is not None and basis is not ToleranceBasis.LEVEL:
        raise TargetError("polarity range takes its tolerance as a band, with the basis level")
    return target, target if tolerance is None else tolerance


@dataclass(frozen=True, slots=True)
class Indicator:
    """One line of the register.

    Attributes:
        code: As printed (``A4``).
        title: As printed.
        section: Chapter of the report; never inferred from the code.
        section_order: Place of the section in the summary.
        list_order: Place in lists and tables; None for a context indicator that the context table leaves out.
        kind: Contract (rated) or context (never rated).
        polarity: Which way is better.
        unit: ``%``, ``days``, ``per 1,000``, ``count`` ...
        decimals: Digits after the point as printed.
        numerator_label: What is counted.
        denominator_label: Out of what.
        multiplier: outturn = numerator / denominator x multiplier.
        basis: Which span an outturn covers.
        first: First quarter in which the row is valid; None for always.
        last: Last quarter in which it is valid; None while it is.
        breaks: Quarters with which a new, not comparable series starts.
        definition: As typed.
        owner: As typed.
        source: As typed.
        small_numbers: What is done with counts of 1 to 5 in a published copy.
        provenance: As typed; where the register's facts come from.
        note: As typed.
        aliases: Other words by which a draft names it.
        where: The cell of the code, for messages.
        row: Its place in the table of the register; 1 is the first row.
    """

    code: str
    title: str
    section: str
    section_order: Number
    list_order: Number | None
    kind: Kind
    polarity: Polarity
    unit: str
    decimals: int
    numerator_label: str = ""
    denominator_label: str = ""
    multiplier: Number = 1
    basis: Basis = Basis.IN_QUARTER
    first: Quarter | None = None
    last: Quarter | None = None
    breaks: tuple[Quarter, ...] = ()
    definition: str = ""
    owner: str = ""
    source: str = ""
    small_numbers: SmallNumbers = SmallNumbers.PROFILE
    provenance: str = ""
    note: str = ""
    aliases: tuple[str, ...] = ()
    where: str = ""
    row: int = 0

    def covers(self, quarter: Quarter) -> bool:
        """Return whether the row is valid in a quarter."""
        return covers(self.first, self.last, quarter)

    @property
    def is_percentage(self) -> bool:
        """Return whether the outturn is a share in percent, so that differences are percentage points."""
        return self.unit == PERCENT

    @property
    def is_proportion(self) -> bool:
        """Return whether the numerator is a part of the denominator and cannot exceed it."""
        return self.is_percentage and bool(self.denominator_label)

    @property
    def adds_up(self) -> bool:
        """Return whether the figures of three months make that of their quarter by adding (shares and means do not)."""
        is_rate = self.is_percentage or self.unit.startswith("per ") or self.unit in _TIMES
        return not (is_rate or self.denominator_label)

    @property
    def counts_cases(self) -> bool:
        """Return whether the numerator counts cases, so that a gap can be said in cases (a mean of days cannot)."""
        return self.is_percentage or self.unit.startswith("per ")


@dataclass(frozen=True)
class Register:
    """All indicators with all their targets.

    Attributes:
        indicators: In list order; those without one follow in the order of the workbook.
        targets: In the order of the workbook.
    """

    indicators: Sequence[Indicator]
    targets: Sequence[Target]
    _by_code: dict[str, list[Indicator]] = field(init=False, repr=False, compare=False)
    _targets: dict[str, list[Target]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Group both by code, once."""
        object.__setattr__(self, "_by_code", _grouped(self.indicators))
        object.__setattr__(self, "_targets", _grouped(self.targets))

    def indicator(self, code: str, quarter: Quarter) -> Indicator | None:
        """Return what a code means in a quarter; None where it means nothing then."""
        return next((one for one in self._by_code.get(code, ()) if one.covers(quarter)), None)

    def knows(self, code: str) -> bool:
        """Return whether a code stands in the register, valid or not."""
        return code in self._by_code

    def target(self, code: str, quarter: Quarter) -> Target | None:
        """Return the target row valid in a quarter; None where there is none, or where it sets no target."""
        for one in self._targets.get(code, ()):
            if one.covers(quarter):
                return one if one.on is not None else None
        return None

    def valid(self, kind: Kind, quarter: Quarter) -> Iterator[Indicator]:
        """Yield the indicators of a kind that are valid in a quarter, in list order."""
        return (one for one in self.indicators if one.kind is kind and one.covers(quarter))


_Row = TypeVar("_Row", Indicator, Target)


def _grouped(rows: Iterable[_Row]) -> dict[str, list[_Row]]:
    by_code: dict[str, list[_Row]] = defaultdict(list)
    for row in rows:
        by_code[row.code].append(row)
    return dict(by_code)
