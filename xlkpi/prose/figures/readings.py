"""The figures that a number may state of an indicator: each an exact value with its unit, its cell and how it is worked out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from xlkpi.calculate.change import Change
from xlkpi.model.number import plain, rounded
from xlkpi.model.period import Month, Period, Quarter
from xlkpi.model.register import Basis, Indicator
from xlkpi.prose.fact import Fact, Measure
from xlkpi.prose.figures.cues import Use
from xlkpi.prose.mentions import Unit
from xlkpi.prose.world import World

_HUNDRED = 100
COUNT = "count"
_SPANS = {"days": Unit.DAYS, "working days": Unit.DAYS, "weeks": Unit.WEEKS, "months": Unit.MONTHS, "years": Unit.YEARS, "hours": Unit.HOURS}


@dataclass(frozen=True, slots=True)
class Reading:
    """One way of reading a number.

    Attributes:
        value: Exact; with its sign where it is a change.
        unit: What it is in.
        per: Of a rate, what it is per.
        cell: Where the figure stands.
        says: What it is, in words, with ``{}`` for the figure: ``A4 was {} in 2018/19 Q2``.
        how: How it is worked out, where it is not simply there.
        is_change: Whether its sign says which way it went.
        code: Of the indicator.
        weak: Whether it is only looked at to confirm, never held against a draft.
    """

    value: Fraction
    unit: Unit
    per: str
    cell: str
    says: str
    how: str = ""
    is_change: bool = False
    code: str = ""
    weak: bool = False


def unit_of(unit: str) -> tuple[Unit, str]:
    """Return the unit of a draft's number that goes with an indicator's unit.

    Examples:
        >>> unit_of("%"), unit_of("days"), unit_of("per 1,000"), unit_of("count")
        ((<Unit.PERCENT: '%'>, ''), (<Unit.DAYS: 'days'>, ''), (<Unit.RATE: 'per'>, '1,000'), (<Unit.NONE: ''>, ''))
    """
    low = unit.strip().lower()
    if low in ("%", "percent", "per cent"):
        return Unit.PERCENT, ""
    if low.startswith("per "):
        digits = "".join(sign for sign in low if sign.isdigit())
        return (Unit.RATE, f"{int(digits):,}") if digits else (Unit.NONE, "")
    if "point" in low:
        return Unit.POINTS, ""
    return _SPANS.get(low, Unit.NONE), ""


def label(period: Period) -> str:
    """Return a period as a reason names it.

    Examples:
        >>> label(Month(2018, 9)), label(Quarter(2018, 2))
        ('September 2018', '2018/19 Q2')
    """
    if isinstance(period, Month):
        names = "January February March April May June July August September October November December".split()
        return f"{names[period.month - 1]} {period.year}"
    return period.label


class Readings:
    """Reads numbers against one indicator, or a part of it."""

    def __init__(self, world: World, code: str, part: str = "", bases: Sequence[str] = ("",)) -> None:
        """Take in whom a number is about.

        Args:
            world: The figures.
            code: Of the indicator.
            part: The cohort; empty for the whole.
            bases: How the cohort may have been counted, the likeliest first.
        """
        self.world, self.code, self.part, self.bases = world, code, part, bases
        self.indicator: Indicator = world.by_code[code]

    def fact(self, measure: Measure, period: Period | None) -> Fact | None:
        """Return a fact at a period, or at the one that stands for it (a quarter's last month, a snapshot's quarter)."""
        for at in self._stand_ins(period):
            for basis in self.bases:
                if found := self.world.fact(self.code, measure, at, self.part, basis):
                    return found
        return None

    def _stand_ins(self, period: Period | None) -> Iterator[Period]:
        if period is None:
            return
        yield period
        snapshot = self.indicator.basis is not Basis.IN_QUARTER
        if isinstance(period, Month) and snapshot and period == period.quarter.months[-1]:
            yield period.quarter
        if isinstance(period, Quarter) and self.part:
            yield period.months[-1]

    def name(self) -> str:
        """Return whom the readings are about."""
        return f"{self.code} ({self.part})" if self.part else self.code

    def of(self, use: Use, period: Period | None, bases: Sequence[Period]) -> list[Reading]:
        """Return the readings that a use allows, the plainest first.

        Args:
            use: What the number is used for.
            period: Of the figure; None where it cannot be told.
            bases: With which periods it is compared, the likeliest first.
        """
        if use is Use.CHANGE:
            return list(self.changes(period, bases))
        if use is Use.GAP:
            return list(self._gaps(period))
        if use is Use.TARGET:
            return list(self._levels(Measure.TARGET, "target", period))
        if use is Use.TOLERANCE:
            return list(self._levels(Measure.TOLERANCE, "tolerance", period))
        if use is Use.CASES:
            return [*self._cases(), *self.counts(period), *self.levels(period)]
        return [*self.levels(period), *self.counts(period)]

    def levels(self, period: Period | None) -> Iterator[Reading]:
        """Yield the outturn."""
        if fact := self.fact(Measure.OUTTURN, period):
            yield self._reading(fact, f"{self.name()} was {{}} in {label(fact.period)}", how=self._fraction(fact.period))

    def _fraction(self, period: Period) -> str:
        top, bottom = self.fact(Measure.NUMERATOR, period), self.fact(Measure.DENOMINATOR, period)
        return f"{_count(top.value)} of {_count(bottom.value)}" if top and bottom and self.indicator.is_percentage else ""

    def counts(self, period: Period | None) -> Iterator[Reading]:
        """Yield what is counted and out of what."""
        for measure, words in ((Measure.NUMERATOR, self.indicator.numerator_label or "cases"), (Measure.DENOMINATOR, self.indicator.denominator_label or "all cases")):
            if fact := self.fact(measure, period):
                yield self._reading(fact, f"{words} ({self.name()}) in {label(fact.period)}: {{}}")

    def rest(self, period: Period | None) -> Iterator[Reading]:
        """Yield what a share leaves to 100%, and the cases that make it up."""
        if fact := self.fact(Measure.OUTTURN, period):
            if self.indicator.is_percentage:
                yield Reading(_HUNDRED - fact.value, Unit.PERCENT, "", fact.cell, f"the rest to 100% of {self.name()} in {label(fact.period)} was {{}}", code=self.code)
            top, bottom = self.fact(Measure.NUMERATOR, period), self.fact(Measure.DENOMINATOR, period)
            if top and bottom and self.indicator.is_proportion:
                says = f"{self.indicator.denominator_label or 'cases'} less {self.indicator.numerator_label or 'those counted'} ({self.name()}) in {label(fact.period)}: {{}}"
                yield Reading(bottom.value - top.value, Unit.NONE, "", top.cell, says, code=self.code)

    def _levels(self, measure: Measure, words: str, period: Period | None) -> Iterator[Reading]:
        sides = ("", "low", "high")
        for side in sides:
            if isinstance(period, Quarter) and (fact := self.world.fact(self.code, measure, period, side)):
                yield self._reading(fact, f"the {words} of {self.code} in {label(fact.period)} was {{}}")

    def _gaps(self, period: Period | None) -> Iterator[Reading]:
        for measure, words in ((Measure.GAP, "tolerance"), (Measure.GAP_TO_TARGET, "target")):
            if isinstance(period, Quarter) and (fact := self.world.fact(self.code, measure, period)):
                yield self._reading(fact, f"{self.code} was {{}} from its {words}")
        yield from self._in_hand(period)

    def _in_hand(self, period: Period | None) -> Iterator[Reading]:
        """Yield how far the outturn lies on the better side of target and tolerance."""
        level = self.fact(Measure.OUTTURN, period)
        if level is None or not isinstance(period, Quarter):
            return
        for measure, words in ((Measure.TARGET, "target"), (Measure.TOLERANCE, "tolerance")):
            if fact := self.world.fact(self.code, measure, period):
                unit = Unit.POINTS if self.indicator.is_percentage else unit_of(self.indicator.unit)[0]
                yield Reading(abs(level.value - fact.value), unit, "", level.cell, f"{self.code} was {{}} from its {words}", code=self.code)
                if fact.value:
                    share = abs(level.value - fact.value) * _HUNDRED / abs(fact.value)
                    yield Reading(share, Unit.PERCENT, "", level.cell, f"{self.code} was {{}} of its {words} away from it", code=self.code, weak=True)

    def _cases(self) -> Iterator[Reading]:
        for measure, words in (
            (Measure.CASES_TO_BOUND, "{{}} cases would bring {} inside tolerance"),
            (Measure.CASES_TO_TARGET, "{{}} cases would bring {} on target"),
            (Measure.CASES_IN_HAND, "{{}} cases would cost {} its status"),
        ):
            if fact := self.world.fact(self.code, measure, self.world.quarter):
                yield self._reading(fact, words.format(self.code))

    def changes(self, period: Period | None, bases: Sequence[Period]) -> Iterator[Reading]:
        """Yield how far the figure moved: in its own unit, in percent, and that of its counts."""
        for earlier in bases:
            for later in self._laters(period, earlier):
                yield from self._change(earlier, later)

    def _laters(self, period: Period | None, earlier: Period) -> Iterator[Period]:
        later = period or self.world.quarter
        yield later
        if self.part and isinstance(later, Quarter):
            yield later.months[-1]
        del earlier

    def _change(self, earlier: Period, later: Period) -> Iterator[Reading]:
        now = self.fact(Measure.OUTTURN, later)
        if now is None:
            return
        befores = [self.fact(Measure.OUTTURN, earlier)]
        if isinstance(earlier, Quarter) and isinstance(now.period, Month):
            befores.insert(0, self.fact(Measure.OUTTURN, earlier.months[-1]))
        for before in dict.fromkeys(one for one in befores if one is not None):
            if not self.part and isinstance(before.period, Quarter) and isinstance(now.period, Quarter) and not isinstance(self.world.change(self.code, before.period, now.period), Change):
                continue
            yield from self._difference(before, now)

    def _difference(self, before: Fact, now: Fact) -> Iterator[Reading]:
        says = f"{self.name()} changed by {{}} from {label(before.period)} to {label(now.period)}"
        how = f"{shown(before.value, before.unit, before.decimals)} to {shown(now.value, now.unit, now.decimals)}"
        cell = self._change_cell(before, now)
        absolute = now.value - before.value
        percentage = self.indicator.is_percentage
        own, per = (Unit.POINTS, "") if percentage else unit_of(self.indicator.unit)
        relative = Reading(absolute * _HUNDRED / abs(before.value), Unit.PERCENT, "", cell, says, how, is_change=True, code=self.code, weak=percentage) if before.value else None
        yield Reading(absolute, own, per, cell, says, how, is_change=True, code=self.code)
        if relative:
            yield relative
        shown_now, shown_before = (rounded(one.value, one.decimals) for one in (now, before))
        if (difference := Fraction(shown_now - shown_before)) != absolute:
            yield Reading(difference, own, per, cell, f"{says}, going by the figures as shown", how, is_change=True, code=self.code, weak=True)
        top_now, top_before = self.fact(Measure.NUMERATOR, now.period), self.fact(Measure.NUMERATOR, before.period)
        if top_now and top_before and self.indicator.counts_cases:
            yield Reading(top_now.value - top_before.value, Unit.NONE, "", top_now.cell, f"{self.indicator.numerator_label or 'cases'} ({self.name()}) changed by {{}} from {label(before.period)} to {label(now.period)}", f"{_count(top_before.value)} to {_count(top_now.value)}", is_change=True, code=self.code)

    def _change_cell(self, before: Fact, now: Fact) -> str:
        if self.part:
            return now.cell
        return self.world.cell_of(self.code, Measure.CHANGE, now.period, against=before.period) or now.cell

    def _reading(self, fact: Fact, says: str, how: str = "") -> Reading:
        unit, per = unit_of(fact.unit)
        return Reading(fact.value, unit, per, fact.cell, says, how, code=self.code)

    def elsewhen(self, use: Use) -> Iterator[tuple[Period, Reading]]:
        """Yield the outturns of all periods, the latest first: a figure may be right for another than the one named."""
        if use not in (Use.LEVEL, Use.BASELINE):
            return
        facts = [one for one in self.world.facts_of(self.code) if one.part == self.part and one.measure is Measure.OUTTURN]
        for fact in reversed(facts):
            yield fact.period, self._reading(fact, f"{self.name()} was {{}} in {label(fact.period)}")


def shown(value: Fraction, unit: str, decimals: int) -> str:
    """Return a figure as a reason prints it.

    Examples:
        >>> shown(Fraction(74), "%", 0), shown(Fraction(1258), "count", 0), shown(Fraction(175), "days", 0)
        ('74%', '1,258', '175 days')
    """
    text = f"{rounded(value, decimals):,}"
    if unit == "%":
        return f"{text}%"
    return f"{text} {unit}" if unit in _SPANS or unit.startswith("per ") else text


def _count(value: Fraction) -> str:
    return f"{value.numerator:,}" if value.denominator == 1 else plain(value)


def ratio(tops: Iterable[Reading], bottoms: Iterable[Reading]) -> Iterator[Reading]:
    """Yield the shares that counts have of others, in percent."""
    for bottom in bottoms:
        for top in tops:
            if bottom.value > 0 and top.value <= bottom.value:
                how = f"{_count(top.value)} of {_count(bottom.value)}"
                yield Reading(top.value * _HUNDRED / bottom.value, Unit.PERCENT, "", top.cell, f"as a share, {top.code} was {{}} of {bottom.code}", how, code=top.code)
