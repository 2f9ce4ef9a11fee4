"""What is known of a report's figures, by the names with which templates ask for it.

In a template ``A`` to ``D`` are indicators and ``R`` is the report: ``A.rose and A.outside`` says which facts must hold before
the sentence may be filled. Everything comes from the method (``xlkpi.calculate``) through ``prose.truth``, nothing from the
checker. What a reader could not see in print counts as nothing: an indicator rose only where its printed figure did.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import pairwise

from prose.truth import Truth

from xlkpi.calculate.results import Result
from xlkpi.calculate.status import Status
from xlkpi.model.number import rounded
from xlkpi.model.period import Quarter
from xlkpi.model.register import Basis, Indicator, Kind

TIMES = frozenset({"hours", "days", "working days", "weeks", "months", "years"})
_FURTHEST = 16


@dataclass(frozen=True, eq=False)
class Known:
    """One indicator of a report.

    Attributes:
        truth: What the figures say.
        indicator: Its row of the register.
        result: What it came to; None for a context indicator.
    """

    truth: Truth
    indicator: Indicator
    result: Result | None

    @property
    def code(self) -> str:
        return self.indicator.code

    @property
    def section(self) -> str:
        return self.indicator.section

    @property
    def unit(self) -> str:
        return self.indicator.unit

    @property
    def pct(self) -> bool:
        return self.indicator.is_percentage

    @property
    def time(self) -> bool:
        return self.unit in TIMES

    @property
    def count(self) -> bool:
        """Return whether it counts something: 24 contacts, no share and no mean."""
        return self.unit == "count" and self.v is not None and self.v.denominator == 1

    @property
    def flow(self) -> bool:
        """Return whether it counts what happens in a quarter, so that quarters add up to a year to date."""
        return self.count and self.indicator.basis is Basis.IN_QUARTER

    @property
    def context(self) -> bool:
        return self.indicator.kind is Kind.CONTEXT

    @property
    def up_is_good(self) -> bool:
        return self.indicator.polarity.sign > 0

    @property
    def down_is_good(self) -> bool:
        return self.indicator.polarity.sign < 0

    # Figures

    @cached_property
    def series(self) -> Sequence[Fraction]:
        """Return its figures of this quarter and of those before, back to the first gap or break."""
        history, now, found = self.truth.history(self.code, self.truth.now), self.truth.now, []
        for back in range(_FURTHEST):
            value = self.truth.series("v", self.code, now.shift(-back))
            if value is None or history is None or (back and history.comparable(now.shift(-back), now)):
                break
            found.append(value)
        return found

    def back(self, quarters: int) -> Fraction | None:
        return self.series[quarters] if quarters < len(self.series) else None

    @property
    def v(self) -> Fraction | None:
        return self.back(0)

    @property
    def q(self) -> Fraction | None:
        return self.back(1)

    @property
    def y(self) -> Fraction | None:
        return self.back(4)

    @property
    def n(self) -> Fraction | None:
        return self.truth.series("n", self.code, self.truth.now)

    @property
    def m(self) -> Fraction | None:
        return self.truth.series("m", self.code, self.truth.now)

    @property
    def miss(self) -> Fraction | None:
        return self.truth.series("miss", self.code, self.truth.now)

    @property
    def shares(self) -> bool:
        """Return whether it is a share of cases that are both known."""
        return self.indicator.is_proportion and self.n is not None and self.m is not None

    def printed(self, value: Fraction | None) -> Fraction | None:
        return None if value is None else Fraction(rounded(value, self.indicator.decimals))

    def num(self, value: Fraction | None) -> str:
        decimals = self.indicator.decimals
        return "0" if value is None else f"{rounded(value, decimals):,.{decimals}f}"

    def say(self, value: Fraction | None) -> str:
        """Return a figure as the sentences print it, with the indicator's unit."""
        number = self.num(value)
        return {"%": f"{number}%", "£": f"£{number}", "count": number}.get(self.unit, f"{number} {self.unit}")

    def moved(self, back: int) -> int:
        """Return which way the printed figure went since some quarters ago: 1 up, -1 down, 0 neither or not known."""
        now, before = self.printed(self.v), self.printed(self.back(back))
        return 0 if now is None or before is None else (now > before) - (now < before)

    @property
    def rose(self) -> bool:
        return self.moved(1) > 0

    @property
    def fell(self) -> bool:
        return self.moved(1) < 0

    @property
    def rose_y(self) -> bool:
        return self.moved(4) > 0

    @property
    def fell_y(self) -> bool:
        return self.moved(4) < 0

    @property
    def same(self) -> bool:
        return self.v is not None and self.v == self.q

    @property
    def better(self) -> bool:
        return self.moved(1) * self.indicator.polarity.sign > 0

    @property
    def worse(self) -> bool:
        return self.moved(1) * self.indicator.polarity.sign < 0

    @property
    def better_y(self) -> bool:
        return self.moved(4) * self.indicator.polarity.sign > 0

    @property
    def worse_y(self) -> bool:
        return self.moved(4) * self.indicator.polarity.sign < 0

    def change(self, back: int = 1) -> Fraction | None:
        """Return the change since some quarters ago without its sign, in the indicator's unit."""
        now, before = self.v, self.back(back)
        return None if now is None or before is None else abs(now - before)

    def ratio(self, back: int = 1) -> Fraction | None:
        """Return this quarter's figure as a multiple of an earlier one."""
        now, before = self.v, self.back(back)
        return None if now is None or not before else now / before

    # Among its own quarters

    @property
    def quarters(self) -> int:
        return len(self.series)

    @property
    def highest(self) -> bool:
        return self.quarters > 1 and self.printed(self.v) > max(self.printed(one) for one in self.series[1:])

    @property
    def lowest(self) -> bool:
        return self.quarters > 1 and self.printed(self.v) < min(self.printed(one) for one in self.series[1:])

    @property
    def best(self) -> bool:
        return self.highest if self.up_is_good else self.lowest if self.down_is_good else False

    @property
    def worst(self) -> bool:
        return self.lowest if self.up_is_good else self.highest if self.down_is_good else False

    def back_to(self, way: int) -> int:
        """Return how many quarters ago it was last as high (way 1) or as low (way -1) as now; 0 where never."""
        now = self.printed(self.v)
        for back, one in enumerate(self.series[1:], start=1):
            if now is not None and (self.printed(one) - now) * way >= 0:
                return back
        return 0

    def best_in(self, quarters: int) -> bool:
        """Return whether its printed figure is better than in each of the quarters before, so many with this one."""
        steps, sign = [self.printed(one) for one in self.series[:quarters]], self.indicator.polarity.sign
        return len(steps) == quarters and all((steps[0] - one) * sign > 0 for one in steps[1:])

    @property
    def run(self) -> int:
        """Return for how many quarters in a row its printed figure moved as it did now."""
        steps = [self.printed(one) for one in self.series]
        signs = [(now > before) - (now < before) for now, before in pairwise(steps)]
        same = [sign == signs[0] != 0 for sign in signs]
        return (same.index(False) if False in same else len(same)) if same else 0

    # Target and status

    def level(self, band: str) -> Fraction | None:
        found = getattr(self.result.target, band) if self.result and self.result.target else None
        if found is None or (found.low is not None and found.high is not None):
            return None
        return Fraction(found.low if found.low is not None else found.high)

    @property
    def t(self) -> Fraction | None:
        return self.level("on")

    @property
    def tol(self) -> Fraction | None:
        return self.level("inside")

    def target_then(self, quarters: int) -> Fraction | None:
        """Return the target that was in force some quarters ago."""
        found = self.truth.book.register.target(self.code, self.truth.now.shift(-quarters))
        band = found.on if found else None
        level = None if band is None else band.low if band.low is not None else band.high
        return None if level is None else Fraction(level)

    @property
    def cohorts(self) -> Sequence[str]:
        """Return the cohorts for which figures of this quarter are there."""
        book = self.truth.book
        return [one.cohort for one in book.cohorts if (one.code, one.period) == (self.code, self.truth.now)]

    @property
    def off(self) -> Fraction | None:
        """Return how far it is from its target, without sign."""
        return None if self.v is None or self.t is None else abs(self.v - self.t)

    def is_now(self, status: Status) -> bool:
        return self.result is not None and self.result.status is status and self.t is not None

    def was(self, status: Status) -> bool:
        before = self.result.previous_status if self.result and self.q is not None else None
        return before is status

    @property
    def on(self) -> bool:
        return self.is_now(Status.ON)

    @property
    def inside(self) -> bool:
        return self.is_now(Status.INSIDE)

    @property
    def outside(self) -> bool:
        return self.is_now(Status.OUTSIDE)

    @property
    def missed(self) -> bool:
        return self.inside or self.outside

    @property
    def no_target(self) -> bool:
        return self.result is not None and self.result.status is Status.NO_TARGET

    @property
    def no_data(self) -> bool:
        return self.result is not None and self.result.status is Status.NO_DATA

    @property
    def was_on(self) -> bool:
        return self.was(Status.ON)

    @property
    def was_inside(self) -> bool:
        return self.was(Status.INSIDE)

    @property
    def was_outside(self) -> bool:
        return self.was(Status.OUTSIDE)

    @property
    def streak(self) -> int:
        return self.result.streak.quarters if self.result else 0

    @property
    def to_target(self) -> int:
        return (self.result.cases_to_target or 0) if self.result else 0

    @property
    def to_tolerance(self) -> int:
        return (self.result.cases_to_bound or 0) if self.result else 0

    @property
    def in_hand(self) -> int:
        return (self.result.cases_in_hand or 0) if self.result else 0


@dataclass(frozen=True, eq=False)
class Report:
    """All indicators of a report, with the names of its quarters."""

    truth: Truth
    indicators: Sequence[Known]

    @property
    def now(self) -> Quarter:
        return self.truth.now

    @cached_property
    def rated(self) -> frozenset[Known]:
        return frozenset(one for one in self.indicators if one.result and one.result.is_counted)

    def those(self, name: str, section: str = "") -> frozenset[Known]:
        """Return the counted indicators of which something is so: ``R.those("outside", A.section)``."""
        return frozenset(one for one in self.rated if getattr(one, name) and section in {"", one.section})

    @property
    def greens(self) -> frozenset[Known]:
        return self.those("on")

    @property
    def ambers(self) -> frozenset[Known]:
        return self.those("inside")

    @property
    def reds(self) -> frozenset[Known]:
        return self.those("outside")

    @property
    def fell_out(self) -> frozenset[Known]:
        return frozenset(one for one in self.reds if one.was_on or one.was_inside)

    @property
    def clear(self) -> bool:
        """Return whether every counted indicator is green, amber or red, this quarter and last."""
        before = [one.was_on or one.was_inside or one.was_outside for one in self.rated]
        return all(before) and len(self.greens | self.ambers | self.reds) == len(self.rated)

    def in_section(self, section: str) -> frozenset[Known]:
        return frozenset(one for one in self.rated if one.section == section)

    @property
    def sections(self) -> frozenset[str]:
        return frozenset(one.section for one in self.rated)

    def ago(self, quarters: int) -> str:
        return self.now.shift(-quarters).label

    def named(self, quarters: int = 0) -> str:
        """Return the name of a quarter as headings have it: Q2 2018/19."""
        at = self.now.shift(-quarters)
        return f"Q{at.number} {at.label.partition(' ')[0]}"


def report(truth: Truth) -> Report:
    """Return what is known of the figures that a draft is checked against."""
    results = truth.results(truth.now)
    rated = [Known(truth, one.indicator, one) for one in results.contract]
    others = [Known(truth, one.indicator, None) for one in results.context]
    return Report(truth, [*rated, *others])
