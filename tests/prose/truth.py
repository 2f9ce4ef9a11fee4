"""What a marked statement says, and whether the figures of a workbook bear it out.

It is worked out here from the method alone (``xlkpi.calculate``), never by the checker that it examines. The spec of a slot
is one of:

    CODE                        the indicator that the statement is about
    up down same better worse   which way it moved, against the base of the statement
    q y                         its base: the quarter before, the same quarter a year before
    per 2018/19 Q1              its period, where it is not the reporting quarter (a quarter or a month)
    label, label q, label y     the name of the reporting quarter, of the one before, of the one a year before
    on inside outside no_target no_data, joined by +      the status
    fell_out returned improved worsened first_target      the movement between two quarters
    max, min                    whether it is the highest or lowest of its series
    of EXPRESSION               the series that the statement is about, where it is not the outturn
    EXPRESSION[@q, @y, @PERIOD] a figure

and an expression is one of:

    v n m miss comp ytd         outturn, numerator, denominator, denominator less numerator, 100 less the outturn, year to date
    k NAME[/BASIS]              the share of a cohort; kn and km its counts
    a GRADE+GRADE, an GRADE     the share and the number of audits with these grades
    ratio X/Y, sum X+Y          of two or more indicators
    c STATUS+STATUS[/SECTION]   how many indicators have a status; c all counts every one, cm MOVEMENT those that moved
    s STATUS+STATUS[/SECTION]   their share
    d p                         the change without its sign: in the unit (points for percentages), in percent of the base
    t tol gap cases to_target in_hand streak    target, tolerance, distance to it, in cases; quarters in the status
    run                         quarters in a row in which it moved as it did now
    lit NUMBER                  what tests/facts works out of the same workbook
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property

from prose.marks import Slot, Statement
from prose.numbers import printed, unit

from xlkpi.calculate.history import History, Movement
from xlkpi.calculate.results import Results, calculate
from xlkpi.calculate.status import Status
from xlkpi.model.observation import Observation
from xlkpi.model.period import Month, Quarter, Span, parse_period
from xlkpi.model.register import Indicator
from xlkpi.workbook.intake import Book

STATUSES = {one.name.lower(): one for one in Status}
DIRECTIONS = {"up": 1, "down": -1, "same": 0, "better": 1, "worse": -1}
NUMBERS = ("", "one", "two", "three", "four")
OPPOSITE = {
    "up": "down", "down": "up", "better": "worse", "worse": "better", "max": "min", "min": "max",
    "fell_out": "returned", "returned": "fell_out", "improved": "worsened", "worsened": "improved",
}  # fmt: skip
MOVEMENTS = {one.name.lower(): one for one in Movement}
_SERIES = {"v", "n", "m", "miss", "comp", "ytd", "k", "kn", "km", "a", "an", "ratio", "sum", "c", "cm", "s"}
_SHARES = {"k", "a", "ratio", "s", "comp"}
_POINTS = {"t", "tol", "gap", "cases", "to_target", "in_hand", "streak", "run", "d", "p", "lit"}


def role(spec: str) -> str:
    """Return what kind of thing a spec says."""
    head = spec.partition(" ")[0].partition("@")[0]
    roles: dict[str, Collection[str]] = {
        "direction": DIRECTIONS,
        "base": "qy",
        "period": ("per",),
        "label": ("label",),
        "of": ("of",),
        "rank": ("max", "min"),
        "movement": MOVEMENTS,
        "figure": _SERIES | _POINTS,
    }
    if all(part in STATUSES for part in head.split("+")):
        return "status"
    return next((name for name, heads in roles.items() if head in heads), "name")


@dataclass(frozen=True)
class Meaning:
    """What a statement is about, gathered from its slots."""

    code: str
    period: Span
    base: str
    series: str
    status: str


@dataclass(frozen=True)
class Truth:
    """What the figures of a workbook say."""

    book: Book
    _results: dict[Quarter, Results] = field(default_factory=dict)

    @cached_property
    def now(self) -> Quarter:
        return self.book.settings.quarter

    @cached_property
    def codes(self) -> frozenset[str]:
        return frozenset(one.code for one in self.book.register.indicators)

    def indicator(self, code: str, period: Span) -> Indicator | None:
        return self.book.register.indicator(code, period.quarter)

    def results(self, quarter: Quarter) -> Results:
        if quarter not in self._results:
            self._results[quarter] = calculate(self.book.register, self.book.observations, quarter)
        return self._results[quarter]

    # Statements

    def holds(self, statement: Statement) -> bool | None:
        """Return whether a statement is true; None where the figures cannot tell, or where a tie leaves it open."""
        meaning = self.meaning(statement)
        found = [self._slot(slot, meaning) for slot in statement.slots]
        if False in found:
            return False
        return None if None in found else True

    def meaning(self, statement: Statement) -> Meaning:
        said = {role(slot.spec): slot.spec for slot in reversed(statement.slots)}
        period = parse_period(said["period"].removeprefix("per ")) if "period" in said else self.now
        assert isinstance(period, Quarter | Month), said
        return Meaning(
            said.get("name", ""),
            period,
            said.get("base", "q"),
            said.get("of", "of v").removeprefix("of "),
            said.get("status", ""),
        )

    def _slot(self, slot: Slot, meaning: Meaning) -> bool | None:
        check = {
            "figure": self._figure_fits,
            "direction": self._moved_so,
            "status": self._has_status,
            "movement": self._made_movement,
            "rank": self._ranks_so,
            "label": self._label_fits,
        }.get(role(slot.spec))
        if check is None:
            assert role(slot.spec) != "name" or slot.spec in self.codes, f"{slot.spec} is no code"
            return True
        return check(slot, meaning)

    def _figure_fits(self, slot: Slot, meaning: Meaning) -> bool | None:
        number = printed(slot.words)
        assert number is not None, f"no number in {slot.words!r}"
        fits = [
            _near(number.value, number.decimals, abs(value))
            for value in self.expected(slot.spec, meaning, unit(slot.words))
        ]
        if True in fits:
            return True
        return None if None in fits or not fits else False

    def expected(self, spec: str, meaning: Meaning, printed_unit: str) -> list[Fraction]:
        """Return the figures that a spec may stand for under a printed unit; none where the figures do not say.

        A unit that the figure cannot have gives a figure that nothing printed fits.
        """
        name, _, at = spec.partition("@")
        head, _, rest = name.partition(" ")
        if head in {"d", "p"}:
            return self._changes(head, meaning, printed_unit)
        if head == "lit":
            return [Fraction(rest)]
        if head in _POINTS:
            value = self._point(head, meaning)
        else:
            value = self.series(name if head in _SERIES else rest, meaning.code, self._at(at, meaning))
        if value is None:
            return []
        return [value] if self._may_print(head, meaning, printed_unit) else [Fraction(-(10**9))]

    def _may_print(self, head: str, meaning: Meaning, shown: str) -> bool:
        indicator = self.indicator(meaning.code, meaning.period) if meaning.code else None
        own = indicator.unit if indicator else ""
        if head in _SHARES or (head in {"v", "t", "tol", "ytd"} and own == "%"):
            return shown in {"%", ""}
        if head == "gap" and own == "%":
            return shown in {"pp", "%"}
        if head in {"streak", "run"}:
            return shown != "%"
        if own.removeprefix("working ") in {"days", "weeks", "months", "hours", "years"} and head in {
            "v", "t", "tol", "gap", "ytd",
        }:  # fmt: skip
            return shown in {own.removeprefix("working "), ""}
        return shown == ""

    def _changes(self, head: str, meaning: Meaning, shown: str) -> list[Fraction]:
        now, before = self._pair(meaning)
        if now is None or before is None:
            return []
        points, relative = now - before, (now - before) * 100 / abs(before) if before else None
        if not self._is_share(meaning):
            if (shown == "%") != (head == "p") or shown == "pp":
                return [Fraction(-(10**9))]
            found = [relative] if head == "p" else [points]
        elif shown == "pp":
            found = [points]
        else:
            found = [points, relative]
        return [one for one in found if one is not None]

    def _is_share(self, meaning: Meaning) -> bool:
        head = meaning.series.partition(" ")[0]
        indicator = self.indicator(meaning.code, meaning.period) if meaning.code else None
        return head in _SHARES or (head == "v" and indicator is not None and indicator.is_percentage)

    def _pair(self, meaning: Meaning) -> tuple[Fraction | None, Fraction | None]:
        now = self.series(meaning.series, meaning.code, meaning.period)
        before = self.series(meaning.series, meaning.code, self._at(meaning.base, meaning))
        if meaning.series == "v" and self._broken(meaning):
            return None, None
        return now, before

    def _broken(self, meaning: Meaning) -> bool:
        history = self.history(meaning.code, meaning.period.quarter)
        return history is None or bool(
            isinstance(meaning.period, Quarter)
            and history.comparable(self._at(meaning.base, meaning).quarter, meaning.period)
        )

    def _at(self, at: str, meaning: Meaning) -> Span:
        if at in {"q", "y"} and isinstance(meaning.period, Quarter):
            return meaning.period.previous if at == "q" else meaning.period.year_ago
        if at in {"q", "y"} and isinstance(meaning.period, Month):
            back = 1 if at == "q" else 12
            index = meaning.period.year * 12 + meaning.period.month - 1 - back
            return Month(index // 12, index % 12 + 1)
        if not at:
            return meaning.period
        found = parse_period(at)
        assert isinstance(found, Quarter | Month)
        return found

    def _moved_so(self, slot: Slot, meaning: Meaning) -> bool | None:
        now, before = self._pair(meaning)
        if now is None or before is None:
            return None
        moved = (now > before) - (now < before)
        if slot.spec in {"better", "worse"}:
            indicator = self.indicator(meaning.code, meaning.period)
            sign = indicator.polarity.sign if indicator else 1
            return moved * sign == DIRECTIONS[slot.spec] if sign else None
        return moved == DIRECTIONS[slot.spec]

    def _has_status(self, slot: Slot, meaning: Meaning) -> bool | None:
        history = self.history(meaning.code, meaning.period.quarter) if meaning.code else None
        if history is None:
            return None if meaning.code else True
        if slot.spec.endswith("@q"):
            return history.status(meaning.period.quarter.previous).name.lower() in slot.spec.removesuffix("@q").split(
                "+"
            )
        return history.status(meaning.period.quarter).name.lower() in slot.spec.split("+")

    def _made_movement(self, slot: Slot, meaning: Meaning) -> bool | None:
        return self.results(meaning.period.quarter).of(meaning.code).movement is MOVEMENTS[slot.spec]

    def _ranks_so(self, slot: Slot, meaning: Meaning) -> bool | None:
        series = [
            found
            for span in self.book.observations.of(meaning.code)
            if isinstance(span, type(meaning.period))
            if span <= meaning.period
            if (found := self.series(meaning.series, meaning.code, span)) is not None
        ]
        now = self.series(meaning.series, meaning.code, meaning.period)
        if now is None or len(set(series)) < 2:
            return None
        return now == (max(series) if slot.spec == "max" else min(series))

    def _label_fits(self, slot: Slot, meaning: Meaning) -> bool | None:
        expected = self._at(slot.spec.removeprefix("label").strip(), meaning).quarter
        return expected == label_of(slot.words)

    # Figures

    def history(self, code: str, quarter: Quarter) -> History | None:
        indicator = self.book.register.indicator(code, quarter)
        return History(indicator, self.book.register, self.book.observations) if indicator else None

    def observation(self, code: str, period: Span) -> Observation | None:
        if isinstance(period, Month):
            return self.book.observations.get(code, period)
        history = self.history(code, self.now) or self.history(code, period)
        return history.observation(period) if history else None

    def series(self, name: str, code: str, period: Span) -> Fraction | None:
        """Return a figure of a period by the name of its expression; None where there is none."""
        head, _, rest = name.partition(" ")
        if head in {"c", "cm", "s"}:
            return self._statuses(head, rest, period.quarter)
        if head in {"k", "kn", "km"}:
            return self._cohort(head, rest, code, period)
        if head in {"a", "an"}:
            return self._audits(head, rest, period.quarter)
        if head in {"ratio", "sum"}:
            parts = [self._observed("v", one, period) for one in rest.replace("/", "+").split("+")]
            if None in parts:
                return None
            numbers = [one for one in parts if one is not None]
            return sum(numbers, Fraction(0)) if head == "sum" else numbers[0] * 100 / numbers[1]
        return self._observed(head, code, period)

    def _observed(self, head: str, code: str, period: Span) -> Fraction | None:
        if head == "ytd":
            parts = [
                self._observed("v", code, Quarter(period.quarter.year, number))
                for number in range(1, period.quarter.number + 1)
            ]
            return None if None in parts else sum((one for one in parts if one is not None), Fraction(0))
        one = self.observation(code, period)
        if one is None or one.is_empty:
            return None
        if head in {"v", "comp"}:
            indicator = self.indicator(code, period) or self.indicator(code, self.now)
            assert indicator is not None
            value = (
                Fraction(one.value)
                if one.value is not None
                else Fraction(one.numerator or 0) * Fraction(indicator.multiplier) / Fraction(one.denominator or 1)
            )
            return 100 - value if head == "comp" else value
        if one.numerator is None or one.denominator is None:
            return None
        counts = {"n": one.numerator, "m": one.denominator, "miss": one.denominator - one.numerator}
        return Fraction(counts[head])

    def _cohort(self, head: str, rest: str, code: str, period: Span) -> Fraction | None:
        cohort, _, basis = rest.partition("/")
        for one in self.book.cohorts:
            if (one.code, one.cohort, one.period) == (code, cohort, period) and basis in {"", one.basis}:
                numerator, denominator = Fraction(one.numerator or 0), Fraction(one.denominator or 1)
                return {"k": numerator * 100 / denominator, "kn": numerator, "km": denominator}[head]
        return None

    def _audits(self, head: str, grades: str, quarter: Quarter) -> Fraction | None:
        for one in self.book.audits:
            if one.quarter == quarter:
                count = Fraction(sum((Fraction(getattr(one, grade)) for grade in grades.split("+")), Fraction(0)))
                return count * 100 / Fraction(one.total) if head == "a" else count
        return None

    def _statuses(self, head: str, rest: str, quarter: Quarter) -> Fraction | None:
        names, _, section = rest.partition("/")
        results = [one for one in self.results(quarter).contract if not section or one.indicator.section == section]
        if head == "cm":
            return Fraction(sum(one.movement is MOVEMENTS[names] for one in results))
        counted = [one for one in results if one.is_counted]
        if names == "all":
            return Fraction(len(counted))
        found = sum(one.status in {STATUSES[name] for name in names.split("+")} for one in counted)
        return Fraction(found) if head == "c" else Fraction(100 * found, len(counted)) if counted else None

    def _point(self, head: str, meaning: Meaning) -> Fraction | None:
        if head == "run":
            return self._run(meaning)
        quarter = meaning.period.quarter
        contract = {one.indicator.code: one for one in self.results(quarter).contract}
        one = contract.get(meaning.code)
        if one is None:
            return None
        if head in {"t", "tol"}:
            band = (one.target.on if head == "t" else one.target.inside) if one.target else None
            level = None if band is None else band.low if band.low is not None else band.high
            return None if level is None else Fraction(level)
        found = {
            "gap": one.gap,
            "cases": one.cases_to_bound,
            "to_target": one.cases_to_target,
            "in_hand": one.cases_in_hand,
            "streak": one.streak.quarters,
        }[head]
        return None if found is None else Fraction(found)

    def _run(self, meaning: Meaning) -> Fraction | None:
        quarter, length, way = meaning.period.quarter, 0, 0
        while True:
            now = self.series(meaning.series, meaning.code, quarter)
            before = self.series(meaning.series, meaning.code, quarter.previous)
            if now is None or before is None or now == before:
                return Fraction(length)
            moved = 1 if now > before else -1
            if way and moved != way:
                return Fraction(length)
            quarter, length, way = quarter.previous, length + 1, moved


def label_of(words: str) -> Quarter | None:
    """Return the quarter that a label names, in the styles of the drafts here; None where it names none."""
    number = re.search(r"(?:Q|Qtr|Quarter|quarter)\.? ?([1-4]|one|two|three|four)\b", words)
    year = re.search(r"(20\d\d)\s?[/\-\u2013]\s?(?:20)?\d\d", words)
    if not year or not number:
        return None
    return Quarter(int(year[1]), int(number[1]) if number[1].isdigit() else NUMBERS.index(number[1]))


def _near(stated: Fraction, decimals: int, value: Fraction) -> bool | None:
    """Return whether a printed figure is a value rounded; None at a tie that was rounded the other way."""
    off, half = abs(stated - value), Fraction(1, 2 * 10**decimals)
    if off < half:
        return True
    if off == half:
        return True if stated > value else None
    return False
