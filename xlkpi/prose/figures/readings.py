"""The figures that a number may state of an indicator: levels, counts, changes, gaps, targets, cases."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator, Sequence
from fractions import Fraction

from xlkpi.calculate.change import Change
from xlkpi.calculate.status import Status
from xlkpi.model.number import rounded
from xlkpi.model.period import Month, Period, Quarter, Year
from xlkpi.model.register import Basis, Indicator
from xlkpi.prose.fact import Fact, Measure
from xlkpi.prose.figures.cues import Use
from xlkpi.prose.figures.reading import HUNDRED, Reading, counted, label, shown, unit_of
from xlkpi.prose.mentions import Unit
from xlkpi.prose.world import World

_LAST = 4  # quarter of a year, which stands for it where figures do not add up
#: What a title counts that is a length of time.
_COUNTED_SPAN = re.compile(
    r"(?:\b(?:number|average|mean|total)\s+(?:number\s+)?(?:of\s+)?(?:\w+\s+){0,2}|^\W*|\bvolunteer\w*\s+)(?P<span>day|week|month|hour)s?\b(?!\s+(?:old|or\s+more))",
    re.IGNORECASE,
)
_RATE = re.compile(r"\bper\s+1[0-9,]*00\b", re.IGNORECASE)


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
        if isinstance(period, Year) and snapshot:
            yield Quarter(period.year, _LAST)
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
            return [*self.gaps(period), *self._cases()]
        if use is Use.TARGET:
            bounds = self._levels(Measure.TOLERANCE, "tolerance", period)
            return [
                *self._levels(Measure.TARGET, "target", period),
                *(dataclasses.replace(one, weak=True) for one in bounds),
            ]
        if use is Use.TOLERANCE:
            return list(self._levels(Measure.TOLERANCE, "tolerance", period))
        if use is Use.CASES:
            return [*self._cases(), *self.counts(period), *self.levels(period)]
        return [*self.levels(period), *self.counts(period)]

    def levels(self, period: Period | None) -> Iterator[Reading]:
        """Yield the outturn."""
        if fact := self.fact(Measure.OUTTURN, period):
            yield self._reading(
                fact, f"{self.name()} was {{}} in {label(fact.period)}", how=self._fraction(fact.period)
            )

    def _fraction(self, period: Period) -> str:
        top, bottom = self.fact(Measure.NUMERATOR, period), self.fact(Measure.DENOMINATOR, period)
        return (
            f"{counted(top.value)} of {counted(bottom.value)}"
            if top and bottom and self.indicator.is_percentage
            else ""
        )

    def counts(self, period: Period | None) -> Iterator[Reading]:
        """Yield what is counted and out of what."""
        for measure, words in (
            (Measure.NUMERATOR, self.indicator.numerator_label or "cases"),
            (Measure.DENOMINATOR, self.indicator.denominator_label or "all cases"),
        ):
            if fact := self.fact(measure, period):
                yield self._reading(fact, f"{words} ({self.name()}) in {label(fact.period)}: {{}}")

    def rest(self, period: Period | None) -> Iterator[Reading]:
        """Yield what a share leaves to 100%, and the cases that make it up."""
        fact = self.fact(Measure.OUTTURN, period)
        if fact is None:
            return
        if self.indicator.is_percentage:
            says = f"the rest to 100% of {self.name()} in {label(fact.period)} was {{}}"
            yield self._rest(HUNDRED - fact.value, Unit.PERCENT, fact, says)
        top, bottom = self.fact(Measure.NUMERATOR, period), self.fact(Measure.DENOMINATOR, period)
        if top and bottom and self.indicator.is_proportion:
            whole, part = self.indicator.denominator_label or "cases", self.indicator.numerator_label or "those counted"
            says = f"{whole} less {part} ({self.name()}) in {label(fact.period)}: {{}}"
            yield self._rest(bottom.value - top.value, Unit.NONE, top, says)

    def _rest(self, value: Fraction, unit: Unit, fact: Fact, says: str) -> Reading:
        return Reading(value, unit, "", fact.cell, says, code=self.code, period=fact.period, is_rest=True)

    def _levels(self, measure: Measure, words: str, period: Period | None) -> Iterator[Reading]:
        quarter = period.quarter if isinstance(period, Quarter | Month) else self.world.quarter
        for side in ("", "low", "high"):
            if fact := self.world.fact(self.code, measure, quarter, side):
                yield self._reading(fact, f"the {words} of {self.code} in {label(fact.period)} was {{}}")

    def gaps(self, period: Period | None) -> Iterator[Reading]:
        """Yield how far the outturn lies from tolerance and target."""
        for measure, words in ((Measure.GAP, "tolerance"), (Measure.GAP_TO_TARGET, "target")):
            if isinstance(period, Quarter) and (fact := self.world.fact(self.code, measure, period)):
                yield dataclasses.replace(self._reading(fact, f"{self.code} was {{}} from its {words}"), bound=words)
        yield from self._to_spare(period)

    def _to_spare(self, period: Period | None) -> Iterator[Reading]:
        """Yield how far the outturn lies on the better side of target and tolerance."""
        level = self.fact(Measure.OUTTURN, period)
        if level is None or not isinstance(period, Quarter):
            return
        for measure, words in ((Measure.TARGET, "target"), (Measure.TOLERANCE, "tolerance")):
            if fact := self.world.fact(self.code, measure, period):
                unit = Unit.POINTS if self.indicator.is_percentage else unit_of(self.indicator.unit)[0]
                yield Reading(
                    abs(level.value - fact.value),
                    unit,
                    "",
                    level.cell,
                    f"{self.code} was {{}} from its {words}",
                    code=self.code,
                    bound=words,
                )
                if fact.value:
                    share = abs(level.value - fact.value) * HUNDRED / abs(fact.value)
                    yield Reading(
                        share,
                        Unit.PERCENT,
                        "",
                        level.cell,
                        f"{self.code} was {{}} of its {words} away from it",
                        code=self.code,
                        weak=True,
                        bound=words,
                    )

    def _cases(self) -> Iterator[Reading]:
        yield from self.missing()
        yield from (dataclasses.replace(one, bound="") for one in self.in_hand())

    def missing(self) -> Iterator[Reading]:
        """Yield the cases that are missing to tolerance and to target."""
        for measure, words, bound in (
            (Measure.CASES_TO_BOUND, "{{}} {} would bring {} inside tolerance", "tolerance"),
            (Measure.CASES_TO_TARGET, "{{}} {} would bring {} on target", "target"),
        ):
            yield from self._of_cases(measure, words, bound)

    def in_hand(self) -> Iterator[Reading]:
        """Yield the cases that would cost a measure its status."""
        status = self.world.status(self.code, self.world.quarter)
        bound = "target" if status is Status.ON else "tolerance"
        yield from self._of_cases(Measure.CASES_IN_HAND, "{{}} {} would cost {} its status", bound)

    def _of_cases(self, measure: Measure, words: str, bound: str) -> Iterator[Reading]:
        if fact := self.world.fact(self.code, measure, self.world.quarter):
            reading = self._reading(fact, words.format("case" if fact.value == 1 else "cases", self.code))
            yield dataclasses.replace(reading, unit=Unit.NONE, per="", bound=bound)

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
            if (
                not self.part
                and isinstance(before.period, Quarter)
                and isinstance(now.period, Quarter)
                and not isinstance(self.world.change(self.code, before.period, now.period), Change)
            ):
                continue
            yield from self._difference(before, now)

    def _difference(self, before: Fact, now: Fact) -> Iterator[Reading]:
        says = f"{self.name()} changed by {{}} from {label(before.period)} to {label(now.period)}"
        is_alike = (
            rounded(before.value, before.decimals) == rounded(now.value, now.decimals) and now.value != before.value
        )
        was, came = (shown(one.value, one.unit, one.decimals + is_alike) for one in (before, now))
        how = f"{was} to {came}"
        cell = self._change_cell(before, now)
        absolute = now.value - before.value
        percentage = self.indicator.is_percentage
        own, per = (Unit.POINTS, "") if percentage else self._unit_of(self.indicator.unit)
        relative = (
            Reading(
                absolute * HUNDRED / abs(before.value),
                Unit.PERCENT,
                "",
                cell,
                says,
                how,
                is_change=True,
                code=self.code,
                weak=percentage,
            )
            if before.value
            else None
        )
        yield Reading(absolute, own, per, cell, says, how, is_change=True, code=self.code)
        if relative:
            yield relative
        shown_now, shown_before = (rounded(one.value, one.decimals) for one in (now, before))
        if (difference := Fraction(shown_now - shown_before)) != absolute:
            yield Reading(
                difference,
                own,
                per,
                cell,
                f"{says}, going by the figures as shown",
                how,
                is_change=True,
                code=self.code,
                weak=True,
                decimals=max(now.decimals, before.decimals),
            )
        yield from self._of_counts(before.period, now.period)

    def _of_counts(self, earlier: Period, later: Period) -> Iterator[Reading]:
        """Yield how far the counts moved of which a figure is made; that of all cases is never held against a draft."""
        labels = {
            Measure.NUMERATOR: self.indicator.numerator_label or "cases",
            Measure.DENOMINATOR: self.indicator.denominator_label or "all cases",
        }
        for measure, name in labels.items() if self.indicator.counts_cases else ():
            now, before = self.fact(measure, later), self.fact(measure, earlier)
            if now and before:
                says = f"{name} ({self.name()}) changed by {{}} from {label(earlier)} to {label(later)}"
                how = f"{counted(before.value)} to {counted(now.value)}"
                is_whole = measure is Measure.DENOMINATOR
                moved = now.value - before.value
                yield Reading(moved, Unit.NONE, "", now.cell, says, how, is_change=True, code=self.code, weak=is_whole)

    def _change_cell(self, before: Fact, now: Fact) -> str:
        if self.part:
            return now.cell
        return self.world.cell_of(self.code, Measure.CHANGE, now.period, against=before.period) or now.cell

    def _reading(self, fact: Fact, says: str, how: str = "") -> Reading:
        is_part = fact.measure in (Measure.NUMERATOR, Measure.DENOMINATOR)
        unit, per = unit_of(fact.unit) if is_part else self._unit_of(fact.unit)
        made = Reading(fact.value, unit, per, fact.cell, says, how, code=self.code, is_part=is_part, period=fact.period)
        return dataclasses.replace(made, is_whole=True) if fact.measure is Measure.DENOMINATOR else made

    def _unit_of(self, unit: str) -> tuple[Unit, str]:
        """Return the unit of a figure; of a mere count, by its title: ``Number of days lost``, ``missed per 100,000``."""
        if unit_of(unit)[0] is not Unit.NONE:
            return unit_of(unit)
        span, rate = (pattern.search(self.indicator.title) for pattern in (_COUNTED_SPAN, _RATE))
        return unit_of(rate[0]) if rate else unit_of(f"{span['span'].lower()}s") if span else unit_of(unit)

    def to_date(self, period: Period | None) -> Iterator[Reading]:
        """Yield what adds up from the start of the financial year to a quarter."""
        quarter = period.quarter if isinstance(period, Quarter | Month) else None
        if quarter is None or not self.indicator.adds_up or self.indicator.basis is not Basis.IN_QUARTER:
            return
        yield from self.summed([Quarter(quarter.year, number + 1) for number in range(quarter.number)])

    def in_quarter(self, period: Period | None) -> Iterator[Reading]:
        """Yield what a quarter added to a figure of the year so far; it can confirm a number, and no more."""
        if self.indicator.basis is not Basis.YEAR_TO_DATE or not isinstance(period, Quarter) or period.number == 1:
            return
        measures = (Measure.NUMERATOR, Measure.DENOMINATOR) if self.indicator.is_proportion else (Measure.OUTTURN,)
        for measure in measures:
            now, before = self.fact(measure, period), self.fact(measure, period.previous)
            if now is not None and before is not None and now.value >= before.value:
                says = f"{self.name()} came to {{}} in {label(period)} alone"
                how = f"{counted(now.value)} less {counted(before.value)}"
                yield Reading(
                    now.value - before.value,
                    Unit.NONE,
                    "",
                    now.cell,
                    says,
                    how,
                    code=self.code,
                    weak=True,
                    period=period,
                )

    def summed(self, quarters: Sequence[Quarter]) -> Iterator[Reading]:
        """Yield what the figures of several quarters add up to: a sum of counts, or a share of sums."""
        if not quarters or self.indicator.basis is not Basis.IN_QUARTER:
            return
        span = f"from {label(quarters[0])} to {label(quarters[-1])}"
        if self.indicator.adds_up:
            known = [one for at in quarters if (one := self.fact(Measure.OUTTURN, at)) is not None]
            if len(known) == len(quarters):
                value = sum((one.value for one in known), Fraction(0))
                how = " + ".join(counted(one.value) for one in known)
                says = f"{self.name()} {span} came to {{}}"
                yield Reading(value, Unit.NONE, "", known[-1].cell, says, how, code=self.code, period=quarters[-1])
            return
        tops = [one for at in quarters if (one := self.fact(Measure.NUMERATOR, at)) is not None]
        bottoms = [one for at in quarters if (one := self.fact(Measure.DENOMINATOR, at)) is not None]
        if len(tops) != len(quarters) or len(bottoms) != len(quarters):
            return
        top, bottom = (sum((one.value for one in part), Fraction(0)) for part in (tops, bottoms))
        share = top * Fraction(self.indicator.multiplier) / bottom if bottom else Fraction(0)
        for value, of, words in (
            (top, (Unit.NONE, ""), self.indicator.numerator_label or "cases"),
            (bottom, (Unit.NONE, ""), self.indicator.denominator_label or "all cases"),
            (share, unit_of(self.indicator.unit), "the figure"),
        ):
            says = f"{words} ({self.name()}) {span}: {{}}"
            yield Reading(value, *of, tops[-1].cell, says, code=self.code, weak=True, period=quarters[-1])

    def changes_to_date(self, period: Period | None) -> Iterator[Reading]:
        """Yield the change of what adds up in a year, against the year before."""
        now = next(self.to_date(period), None)
        before = next(
            self.to_date(now.period.quarter.year_ago if now and isinstance(now.period, Quarter) else None), None
        )
        if now and before:
            says, how = (
                f"{self.name()} from April changed by {{}} on the year before",
                f"{counted(before.value)} to {counted(now.value)}",
            )
            yield Reading(now.value - before.value, Unit.NONE, "", now.cell, says, how, is_change=True, code=self.code)
            if before.value:
                yield Reading(
                    (now.value - before.value) * HUNDRED / before.value,
                    Unit.PERCENT,
                    "",
                    now.cell,
                    says,
                    how,
                    is_change=True,
                    code=self.code,
                )

    def elsewhen(self, use: Use) -> Iterator[tuple[Period, Reading]]:
        """Yield the outturns of all periods, the latest first: a figure may be right for another than the one named."""
        if use not in (Use.LEVEL, Use.BASELINE):
            return
        facts = [
            one for one in self.world.facts_of(self.code) if one.part == self.part and one.measure is Measure.OUTTURN
        ]
        for fact in reversed(facts):
            yield fact.period, self._reading(fact, f"{self.name()} was {{}} in {label(fact.period)}")
