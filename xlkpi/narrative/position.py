"""The position of the quarter, as phrases see it: groups of measures, shares against last quarter, changes of the set."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction

from xlkpi.calculate.history import Movement
from xlkpi.calculate.results import Result, Results, Summary
from xlkpi.calculate.status import Status
from xlkpi.model.period import Quarter
from xlkpi.model.register import Kind, Register
from xlkpi.narrative import printing
from xlkpi.narrative.groups import MOST_LISTED, Group
from xlkpi.narrative.measures import Measure, status_words
from xlkpi.narrative.said import Note, Said, Teller

_BETTER = (Status.ON, Status.INSIDE)
#: How the figure of a measure that kept its status can have moved, with what stands beside a paragraph.
_HELD = {
    "better": "better",
    "worse": "worse",
    "moved": "moved",
    "same": "little changed",
    "to_date": "counted from April",
}
_MOVED_BACK = (Movement.RETURNED, Movement.IMPROVED)


class Measures:
    """All contract measures of the quarter, each made once, and the groups in which phrases speak of them."""

    def __init__(self, teller: Teller, results: Results, made: dict[str, Measure]) -> None:
        """Take the results.

        Args:
            teller: Makes the texts.
            results: Of the quarter reported.
            made: The measures by code.
        """
        self._teller, self._results, self._made = teller, results, made
        self._counted = [one for one in results.contract if one.is_counted]

    def group(self, name: str, members: Iterable[Result]) -> Group:
        """Return some results as a group with a name."""
        made = [self._made[one.indicator.code] for one in members]
        noun = (
            "contract measures" if len(self._counted) == len(self._results.contract) else "quarterly contract measures"
        )
        return Group(self._teller, name, made, self._results.summary.base, noun)

    def by_status(self, *statuses: Status, name: str) -> Group:
        """Return the counted measures that have one of some statuses."""
        return self.group(name, (one for one in self._counted if one.status in statuses))

    def by_movement(self, *movements: Movement, name: str, status: Status | None = None) -> Group:
        """Return the counted measures with a movement, and where it is given with a status."""
        found = (one for one in self._counted if one.movement in movements)
        return self.group(name, (one for one in found if status is None or one.status is status))

    def fields(self) -> dict[str, Group]:
        """Return every group by the name under which phrases know it."""
        annual = [one for one in self._results.contract if not one.is_counted]
        moved = {Movement.FELL_OUT, Movement.UNCHANGED}
        still = [one for one in self._counted if one.status is Status.OUTSIDE and one.movement is Movement.UNCHANGED]
        other = [one for one in self._counted if one.status is Status.OUTSIDE and one.movement not in moved]
        return {
            "all": self.group("contract measures", self._counted),
            "on": self.by_status(Status.ON, name="on or better than target"),
            "inside": self.by_status(Status.INSIDE, name="inside tolerance"),
            "within": self.by_status(*_BETTER, name="inside tolerance or better"),
            "outside": self.by_status(Status.OUTSIDE, name="outside tolerance"),
            "no_target": self.by_status(Status.NO_TARGET, name="without a target"),
            "no_data": self.by_status(Status.NO_DATA, name="without a figure"),
            "fell": self.by_movement(Movement.FELL_OUT, name="that fell out of tolerance"),
            "still": self.group("still outside tolerance", still),
            "outside_anew": self.group("outside tolerance without a status before", other),
            "returned": self.by_movement(Movement.RETURNED, name="back from outside tolerance"),
            "reached": self.by_movement(Movement.IMPROVED, name="that reached target"),
            "slipped": self.by_movement(Movement.WORSENED, name="no longer on target"),
            "first_target": self.by_movement(Movement.FIRST_TARGET, name="with a first target"),
            "annual": self.group("reported once a year", annual),
            "annual_outside": self.group(
                "reported once a year, outside tolerance", (one for one in annual if one.status is Status.OUTSIDE)
            ),
        }

    def split(self) -> Said:
        """Return how many measures have which status: ``13 (65%) on or better than target, none inside tolerance and ...``."""
        always = (Status.ON, Status.INSIDE, Status.OUTSIDE)
        groups = [
            (one, self.by_status(one, name=status_words(one))) for one in (*always, Status.NO_TARGET, Status.NO_DATA)
        ]
        shown = [(one, group) for one, group in groups if group or one in always]
        return self._teller.listed(self._teller.joined(f"{{}} {status_words(one)}", group.part) for one, group in shown)

    def exceptions(self) -> list[Measure]:
        """Return the measures outside tolerance: those that fell out now, then the longest outside, then list order."""
        outside = [one for one in self._results.contract if one.status is Status.OUTSIDE]
        outside.sort(key=lambda one: (one.movement is not Movement.FELL_OUT, -one.streak.quarters))
        return self._of(outside)

    def slipped(self) -> list[Measure]:
        """Return the measures that are no longer on target, but inside tolerance."""
        return self._of(one for one in self._counted if one.movement is Movement.WORSENED)

    def improved(self) -> list[Measure]:
        """Return the measures that came back from outside tolerance or reached their target."""
        return self._of(one for one in self._counted if one.movement in _MOVED_BACK)

    def first_targets(self) -> list[Measure]:
        """Return the measures with a first target that are not exceptions."""
        found = (one for one in self._counted if one.movement is Movement.FIRST_TARGET)
        return self._of(one for one in found if one.status is not Status.OUTSIDE)

    def held(self, status: Status) -> Held | None:
        """Return the measures that kept a status, by how their figures moved; None where there is none."""
        kept = [one for one in self._counted if one.status is status and one.movement is Movement.UNCHANGED]
        if not kept:
            return None
        name = f"still {status.value.lower()}"
        groups = {
            kind: self.group(f"{name}, {words}", (one for one in kept if self._kind(one) == kind))
            for kind, words in _HELD.items()
        }
        return Held(self.group(name, kept), **groups)

    def _kind(self, one: Result) -> str:
        """Return how the figure of a measure that kept its status moved; of a year to date that is not asked."""
        made = self._made[one.indicator.code]
        if made.is_to_date:
            return "to_date"
        return made.travel or ("moved" if made.moved else "same")

    def _of(self, results: Iterable[Result]) -> list[Measure]:
        return [self._made[one.indicator.code] for one in results]


class Held:
    """Measures that kept their status, by how their figures moved on last quarter.

    Attributes:
        all: All of them, with the fields of a group.
        better: Those that are better, with the fields of a group.
        worse: Those that are worse, with the fields of a group.
        moved: Those whose figures moved, though neither way is better, with the fields of a group.
        same: Those with little or no change, with the fields of a group.
        to_date: Those that count from April, which last quarter cannot be compared with, with the fields of a group.
    """

    all: Group
    better: Group
    worse: Group
    moved: Group
    same: Group
    to_date: Group

    def __init__(self, every: Group, *, better: Group, worse: Group, moved: Group, same: Group, to_date: Group) -> None:
        """Take the groups."""
        self.all, self.better, self.worse, self.moved = every, better, worse, moved
        self.same, self.to_date = same, to_date


class Shares:
    """The share on target against last quarter: of all measures, and of those that could be judged."""

    def __init__(self, teller: Teller, now: Summary, before: Summary) -> None:
        """Take both summaries."""
        self._teller, self._now, self._before = teller, now, before

    @property
    def comparable(self) -> bool:
        """Return whether last quarter has figures to compare with."""
        return self._now.base > 0 and _rated(self._before) > 0

    @property
    def has_figures(self) -> bool:
        """Return whether this quarter has any figure."""
        return self._now.base > self._now.total(Status.NO_DATA)

    @property
    def any_judged(self) -> bool:
        """Return whether any measure could be judged against a target."""
        return _rated(self._now) > 0

    @property
    def bases_differ(self) -> bool:
        """Return whether some measures could not be judged, now or last quarter, so that a second base tells more."""
        unjudged = self._now.base != _rated(self._now) or self._before.base != _rated(self._before)
        return unjudged and self.comparable and _rated(self._now) > 0

    @property
    def moves(self) -> Said | None:
        """Return how the share of all moved: ``rose from 55% (11 of 20) to 65% (13 of 20)``; None with nothing to share."""
        return self._moved("of all", self._before.base, self._now.base)

    @property
    def measured_moves(self) -> Said | None:
        """Return how the share of those that could be judged moved."""
        return self._moved("of those judged", _rated(self._before), _rated(self._now))

    def _moved(self, of_what: str, base_before: int, base_now: int) -> Said | None:
        if not base_before or not base_now:
            return None
        on_before, on_now = self._before.total(Status.ON), self._now.total(Status.ON)
        exact = Fraction(on_now, base_now) - Fraction(on_before, base_before)
        before = self._share(f"on target {of_what}, last quarter", on_before, base_before)
        now = self._share(f"on target {of_what}", on_now, base_now)
        if exact == 0:
            return self._teller.joined("stayed at {}", now)
        if printing.share(on_before, base_before) == printing.share(on_now, base_now):
            return self._teller.joined("was little changed, from {} to {}", before, now)
        return self._teller.joined(f"{'rose' if exact > 0 else 'fell'} from {{}} to {{}}", before, now)

    def _share(self, label: str, part: int, base: int) -> Said:
        figure = self._teller.figure
        texts = (printing.share(part, base), f"{part:,}", f"{base:,}")
        return self._teller.joined("{} ({} of {})", *(figure(label, text) for text in texts))


def _rated(summary: Summary) -> int:
    return sum(summary.total(one) for one in Status if one.is_rated)


class ContractSet:
    """The contract measures of the quarter beside those of the same quarter last year.

    Attributes:
        known: Whether anything was returned a year ago: a register says nothing of years before it was kept.
        before_count: How many there were.
        added: Codes that the register did not have then.
        redefined: Codes that meant something else.
        every: All of this quarter, those reported once a year included.
        removed: Codes that have gone; the rest counted where they are many.
        removed_count: How many of them.
        removed_have: How many of them, with their verb: ``two measures have``.
        revised: Measures with another target or tolerance.
        first_targets: Measures that had none.
        ended: Measures that have none any more.
    """

    known: bool
    before_count: Said
    every: Group
    added: Group
    redefined: Group
    removed: Said
    removed_count: Said
    removed_have: Said
    revised: Group
    first_targets: Group
    ended: Group

    def __init__(self, teller: Teller, register: Register, results: Results, measures: Measures) -> None:
        """Compare register and targets of both quarters."""
        self._teller, self._quarter = teller, results.quarter
        self._sections = len({one.indicator.section for one in results.contract})
        now = {one.indicator.code: one for one in results.contract}
        before = {one.code: one for one in register.valid(Kind.CONTRACT, results.quarter.year_ago)}
        self.known = any(one.year_ago is not None for one in results.contract)
        self.before_count = teller.figure("contract measures last year", f"{len(before):,}", value=len(before))
        self.every = measures.group("of the contract set", now.values())
        self.added = measures.group("added", (one for code, one in now.items() if code not in before))
        changed = [one for code, one in now.items() if code in before and before[code] != one.indicator]
        self.redefined = measures.group("defined anew", changed)
        gone = [code for code in before if code not in now]
        self._gone(gone)
        revised, first, ended = _targets(register, results.quarter, [*now.values()])
        self.revised = measures.group("with a revised target or tolerance", revised)
        self.first_targets = measures.group("with a target since", first)
        self.ended = measures.group("with no target any more", ended)

    def _gone(self, codes: Sequence[str]) -> None:
        number, more = len(codes), len(codes) - MOST_LISTED
        named = [
            Said(self._teller.ledger, code, (Note("measures removed", code, code),)) for code in codes[:MOST_LISTED]
        ]
        others = f"{more:,} {'other' if more == 1 else 'others'}"
        rest = [self._teller.figure("measures removed, not named here", others)] if more > 0 else []
        self.removed = self._teller.listed([*named, *rest])
        self.removed_count = self._teller.figure("number of measures removed", f"{number:,}", value=number)
        text = f"{printing.in_words(number)} {'measure has' if number == 1 else 'measures have'}"
        self.removed_have = Said(self._teller.ledger, text, self.removed_count.notes, number)

    @property
    def unchanged(self) -> bool:
        """Return whether the set has the same measures as a year ago."""
        return not (self.added or self.redefined or self.removed)

    @property
    def same_targets(self) -> bool:
        """Return whether all targets and tolerances are those of a year ago."""
        return not (self.revised or self.first_targets or self.ended)

    @property
    def sections(self) -> Said:
        """Return how many sections there are: ``five sections``."""
        text = f"{printing.in_words(self._sections)} {'section' if self._sections == 1 else 'sections'}"
        return Said(self._teller.ledger, text, (Note("sections", f"{self._sections}"),), self._sections)


def _targets(
    register: Register, quarter: Quarter, results: Sequence[Result]
) -> tuple[list[Result], list[Result], list[Result]]:
    """Return the results whose target is another than a year ago, is new since, or has ended."""
    revised: list[Result] = []
    first: list[Result] = []
    ended: list[Result] = []
    for one in results:
        code = one.indicator.code
        if register.indicator(code, quarter.year_ago) is None:
            continue
        now, before = register.target(code, quarter), register.target(code, quarter.year_ago)
        if now is None or before is None:
            if now is not before:
                (ended if now is None else first).append(one)
        elif (now.on, now.inside) != (before.on, before.inside):
            revised.append(one)
    return revised, first, ended
