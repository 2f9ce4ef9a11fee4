"""How the checker reads one layout: its true version, changed figures, and versions that are false as a whole."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from prose.cases import Case
from prose.marks import Marked, Slot, Statement, read_marked
from prose.measure import Score, scored
from prose.mutate import FIGURES, HELD_OUT
from prose.truth import Truth, role

from xlkpi.prose.claim import Claim, Finding, Verdict, Verification

from .page import LAYOUTS, Page
from .sources import pages
from .twists import COLUMNS, HEADING, KINDS, SHIFTED, twists

#: Where a checker may say that a column bears the wrong name, instead of saying of each cell that it is wrong.
_OF_COLUMNS = {COLUMNS, HEADING, SHIFTED}


@dataclass(frozen=True)
class Missed:
    """A false version in which nothing false was objected to.

    Attributes:
        kind: How it is false.
        draft: Its text.
        false: The words that are false.
    """

    kind: str
    draft: str
    false: tuple[str, ...]


@dataclass
class Review:
    """What came of one layout, or of all.

    Attributes:
        score: Of its true versions and of changes to them.
        made: False versions, by kind.
        caught: Those in which a false cell was objected to, or the name of a quarter that does not fit what stands under it.
        missed: Versions that were not caught.
    """

    score: Score = field(default_factory=Score)
    made: Counter[str] = field(default_factory=Counter)
    caught: Counter[str] = field(default_factory=Counter)
    missed: list[Missed] = field(default_factory=list)
    drafts: list[str] = field(default_factory=list)

    def add(self, other: Review) -> None:
        self.score.add(other.score)
        self.made += other.made
        self.caught += other.caught
        self.missed += other.missed
        self.drafts += other.drafts


def reviewed(name: str, seed: int, drafts: int, mutants: int, most_false: int) -> Review:
    """Return how the checker does on a layout.

    Args:
        name: Of the layout.
        seed: Of the figures.
        drafts: How many drafts are laid out so.
        mutants: How many changes are made to each.
        most_false: How many false versions are made of each, at most.
    """
    review = Review()
    for at, page in enumerate(pages(name, seed, drafts)):
        case = _laid_out(name, f"{name} {page.case.name} {at}", page)
        _assert_true(case)
        review.drafts.append(case.marked.text)
        review.score.add(scored(case, HELD_OUT, mutants))
        _try_false(name, page, case, review, most_false)
    return review


def _laid_out(name: str, called: str, page: Page) -> Case:
    marked = read_marked(LAYOUTS[name](page), called)
    return Case(marked, page.case.truth, page.case.world)


def _assert_true(case: Case) -> None:
    """Refuse a layout whose true version is not true."""
    for one in case.marked.statements:
        is_label = all(role(slot.spec) == "label" for slot in one.slots)
        assert is_label or case.truth.holds(one) is not False, f"{case.name}: {one.slots}"


def _try_false(name: str, page: Page, true: Case, review: Review, most: int) -> None:
    known = {_key(one) for one in _objections(true.checked())}
    seen = {true.marked.text}
    for twist in twists(page, random.Random(true.name)):
        if len(seen) > most:
            return
        case = _laid_out(name, true.name, page.twisted(twist))
        slots = list(_false_slots(case.marked, case.truth))
        if case.marked.text in seen or not slots:
            continue
        seen.add(case.marked.text)
        objections = [one for one in _objections(case.checked()) if _key(one) not in known]
        is_named = twist.kind in _OF_COLUMNS and any(map(_is_of_a_period, objections))
        review.made[twist.kind] += 1
        if is_named or any(_is_met(slot, objections) for slot in slots):
            review.caught[twist.kind] += 1
        else:
            review.missed.append(Missed(twist.kind, case.marked.text, tuple(slot.words for slot in slots)))


def _false_slots(marked: Marked, truth: Truth) -> Iterator[Slot]:
    for one in marked.statements:
        if all(role(slot.spec) == "label" for slot in one.slots) or truth.holds(one) is not False:
            continue
        wrong = [slot for slot in one.slots if slot.words and truth.holds(_alone(one, slot)) is False]
        yield from wrong or [slot for slot in one.slots if slot.words]


def _alone(statement: Statement, slot: Slot) -> Statement:
    """Return what a statement says with only one of its figures, statuses or directions."""
    bound = ("name", "base", "period", "of")
    return Statement(tuple(one for one in statement.slots if one is slot or role(one.spec) in bound))


def _is_of_a_period(one: Claim | Finding) -> bool:
    return one.kind == "period" if isinstance(one, Claim) else "period" in one.rule


def _objections(found: Verification) -> Iterator[Claim | Finding]:
    yield from found.with_verdict(Verdict.CONTRADICTED)
    yield from found.findings


def _key(one: Claim | Finding) -> tuple[str, str, str]:
    if isinstance(one, Claim):
        return one.kind, one.stated, one.computed
    return one.rule, one.what, one.text


def _is_met(slot: Slot, objections: list[Claim | Finding]) -> bool:
    return any(one.text and one.start < slot.end and slot.start < one.end for one in objections)


# What is printed

_TOGETHER = "many at once"
_HEADINGS = (
    *("figures", "confirmed", "false alarms"),
    *("changed", "caught", "others", "caught", "at once", "caught", "swapped", "caught"),
)


def line(name: str, one: Review) -> str:
    """Return the line of a layout."""
    score = one.score
    others = set(score.made) - FIGURES
    numbers = [score.figures, score.read, len(score.alarms)]
    for kinds in (FIGURES - {_TOGETHER}, others, {_TOGETHER}):
        numbers += [sum(score.made[kind] for kind in kinds), sum(score.caught[kind] for kind in kinds)]
    return _row(name, (*numbers, one.made.total(), one.caught.total()))


def heading() -> str:
    """Return the headings of the lines."""
    return _row("layout", _HEADINGS)


def _row(name: str, cells: Iterable[object]) -> str:
    first, *others = (f"{cell:>9}" for cell in cells)
    return f"{name:<45}" + first + "".join(f"{cell:>13}" for cell in others)


def kinds(one: Review) -> Iterator[str]:
    """Yield how many false versions of each kind were caught."""
    yield "false versions                 made  caught"
    for kind in KINDS:
        yield f"{kind:<28}{one.made[kind]:>7}{one.caught[kind]:>8}"


def misses(one: Review) -> Iterator[str]:
    """Yield each thing that the checker got wrong, one a line."""
    for _, claim in one.score.alarms:
        yield f"FALSE ALARM | {claim.text!r} stated {claim.stated!r} computed {claim.computed!r} | {claim.reason}"
    for _, slot in one.score.unread:
        yield f"NOT CONFIRMED | {slot.spec} {slot.words!r} at {slot.start}"
    for _, mutant in one.score.missed:
        around = mutant.text[max(0, mutant.start - 60) : mutant.end + 40].replace("\n", " / ")
        yield f"MISSED {mutant.kind} | {mutant.before!r} -> {mutant.after!r} | {around}"
    for _, mutant, claim in one.score.stumbled:
        yield f"STUMBLED {mutant.kind} | {mutant.before!r} -> {mutant.after!r} | {claim.text!r} | {claim.reason}"
    for missed in one.missed:
        yield f"MISSED {missed.kind} | {', '.join(missed.false)}\n{missed.draft}"
