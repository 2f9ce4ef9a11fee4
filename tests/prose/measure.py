"""How well the checker reads drafts: what it confirms, what it catches, and what it says falsely."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from prose.cases import Case
from prose.marks import Slot, sentence
from prose.mutate import FIGURES, Mutant, mutants, together
from prose.rephrase import rephrased
from prose.truth import role

from xlkpi.prose.claim import Claim, Finding, Verdict, Verification

#: Kinds that a reader sees in the sentence or line as a whole, and not in the changed words alone.
_IN_THE_SENTENCE = frozenset({
    "name", "list item", "period", "relative period", "direction", "status", "fell out or returned", "highest or lowest",
})  # fmt: skip
#: Kinds that change the sense of no other sentence, so that a contradiction elsewhere is a false alarm.
_CONTAINED = FIGURES | {"unit", "relative period", "direction"}
_MANY = "many at once"


@dataclass
class Score:
    """What came of the checks of some drafts.

    Attributes:
        caught: Mutants caught, by kind.
        made: Mutants made, by kind.
        missed: Those not caught, with their draft's name.
        alarms: Contradictions of what is true.
        checked: Claims that got a verdict, confirmed or contradicted, on drafts with nothing changed.
        new_alarms: Contradictions that a change elsewhere brought.
        new_checked: Claims with a verdict on the changed drafts.
        read: True figures that were confirmed.
        figures: True figures.
        unread: Those that were not confirmed.
        planted: Planted errors.
        found: Planted errors that were contradicted or flagged.
        overlooked: Those that were not.
        rephrased: True things said in another way.
        stumbled: Contradictions that saying it in another way brought.
        lost: Figures no longer confirmed when said in another way.
    """

    caught: Counter[str] = field(default_factory=Counter)
    made: Counter[str] = field(default_factory=Counter)
    missed: list[tuple[str, Mutant]] = field(default_factory=list)
    alarms: list[tuple[str, Claim]] = field(default_factory=list)
    checked: int = 0
    new_alarms: list[tuple[str, Mutant, Claim]] = field(default_factory=list)
    new_checked: int = 0
    read: int = 0
    figures: int = 0
    unread: list[tuple[str, Slot]] = field(default_factory=list)
    planted: int = 0
    found: int = 0
    overlooked: list[tuple[str, Slot]] = field(default_factory=list)
    rephrased: int = 0
    stumbled: list[tuple[str, Mutant, Claim]] = field(default_factory=list)
    lost: list[tuple[str, Mutant]] = field(default_factory=list)

    def share_caught(self, kinds: Iterable[str] | None = None) -> float:
        """Return the share of mutants caught, of some kinds or of all."""
        chosen = list(self.made) if kinds is None else [kind for kind in kinds if kind in self.made]
        made = sum(self.made[kind] for kind in chosen)
        return sum(self.caught[kind] for kind in chosen) / made if made else 1.0

    @property
    def false_alarms(self) -> float:
        """Return the share of contradictions of true words among all claims with a verdict."""
        return len(self.alarms) / max(1, self.checked)

    @property
    def new_false_alarms(self) -> float:
        """Return the share of contradictions that a change elsewhere brought among all claims with a verdict."""
        return len(self.new_alarms) / max(1, self.new_checked)

    def add(self, other: Score) -> None:
        """Take in another score."""
        self.caught += other.caught
        self.made += other.made
        self.missed += other.missed
        self.alarms += other.alarms
        self.new_alarms += other.new_alarms
        self.unread += other.unread
        self.overlooked += other.overlooked
        self.stumbled += other.stumbled
        self.lost += other.lost
        for name in ("checked", "new_checked", "read", "figures", "planted", "found", "rephrased"):
            setattr(self, name, getattr(self, name) + getattr(other, name))


def scored(case: Case, part: str, most: int, *, allowed: Sequence[tuple[int, int]] = ()) -> Score:
    """Return how the checker does on a draft and on mutants of it.

    Args:
        case: The draft with its figures.
        part: Which mutants.
        most: How many mutants.
        allowed: Stretches of the draft that are wrong though they are not marked as such.
    """
    score, base = Score(), case.checked()
    planted = [(slot.start, slot.end) for one in case.marked.statements for slot in one.slots if slot.planted]
    wrong = [sentence(case.marked.text, start, end) for start, end in planted]
    known = [*wrong, *allowed]
    contradicted = base.with_verdict(Verdict.CONTRADICTED)
    score.alarms = [(case.name, one) for one in contradicted if not any(_meets(one, span) for span in known)]
    score.checked = _with_verdict(base)
    _read_figures(case, base, score)
    _find_planted(case, base, score)
    for mutant in mutants(case.marked, case.truth, part, most):
        _try(case, mutant, base, score)
    for mutant in rephrased(case.marked, case.truth, most // 2):
        _say_otherwise(case, mutant, base, score)
    _try_together(case, part, base, score)
    return score


def _say_otherwise(case: Case, mutant: Mutant, base: Verification, score: Score) -> None:
    found = case.checked(mutant.text)
    known = {_key(one, mutant) for one in _objections(base)}
    score.rephrased += 1
    score.stumbled += [
        (case.name, mutant, one) for one in found.with_verdict(Verdict.CONTRADICTED) if _key(one) not in known
    ]
    before = mutant.start, mutant.end - mutant.shift
    was_confirmed = any(_meets(one, before) for one in base.with_verdict(Verdict.CONFIRMED))
    is_confirmed = any(_meets(one, (mutant.start, mutant.end)) for one in found.with_verdict(Verdict.CONFIRMED))
    if was_confirmed and not is_confirmed:
        score.lost.append((case.name, mutant))


def _try_together(case: Case, part: str, base: Verification, score: Score) -> None:
    """Try many changes at once, each counted as of the kind ``many at once``."""
    text, changed = together(case.marked, case.truth, part, 12)
    found = case.checked(text)
    touched = {sentence(text, one.start, one.end) for one in changed}
    old = {one.text for one in base.with_verdict(Verdict.CONTRADICTED)}
    for one in changed:
        score.made[_MANY] += 1
        if any(_meets(objection, (one.start, one.end)) for objection in _objections(found)):
            score.caught[_MANY] += 1
        else:
            score.missed.append((case.name, replace(one, kind=_MANY)))
    score.new_checked += _with_verdict(found)
    for claim in found.with_verdict(Verdict.CONTRADICTED):
        if changed and claim.text not in old and not any(_meets(claim, span) for span in touched):
            score.new_alarms.append((case.name, changed[0], claim))


def _read_figures(case: Case, base: Verification, score: Score) -> None:
    confirmed = base.with_verdict(Verdict.CONFIRMED)
    for statement in case.marked.statements:
        for slot in statement.slots:
            if not slot.words or statement.planted or role(slot.spec) != "figure":
                continue
            score.figures += 1
            if any(_meets(one, (slot.start, slot.end)) for one in confirmed):
                score.read += 1
            else:
                score.unread.append((case.name, slot))


def _find_planted(case: Case, base: Verification, score: Score) -> None:
    for statement in case.marked.statements:
        for slot in statement.slots:
            if not slot.planted:
                continue
            score.planted += 1
            span = sentence(case.marked.text, slot.start, slot.end)
            if role(slot.spec) == "figure":
                span = slot.start, slot.end
            if any(_meets(one, span) for one in _objections(base)):
                score.found += 1
            else:
                score.overlooked.append((case.name, slot))


def _try(case: Case, mutant: Mutant, base: Verification, score: Score) -> None:
    found = case.checked(mutant.text)
    known = {_key(one, mutant) for one in _objections(base)}
    new = [one for one in _objections(found) if _key(one) not in known]
    span = mutant.start, mutant.end
    around = sentence(mutant.text, *span)
    score.made[mutant.kind] += 1
    if any(_meets(one, around if mutant.kind in _IN_THE_SENTENCE else span) for one in new):
        score.caught[mutant.kind] += 1
    else:
        score.missed.append((case.name, mutant))
    if mutant.kind in _CONTAINED:
        score.new_checked += _with_verdict(found)
        score.new_alarms += [
            (case.name, mutant, one) for one in new if isinstance(one, Claim) and not _meets(one, around)
        ]


def _objections(found: Verification) -> Iterator[Claim | Finding]:
    yield from found.with_verdict(Verdict.CONTRADICTED)
    yield from found.findings


def _with_verdict(found: Verification) -> int:
    return sum(one.verdict is not Verdict.NOT_CHECKABLE for one in found.claims)


def _key(one: Claim | Finding, mutant: Mutant | None = None) -> tuple[str, int]:
    """Return what an objection is known by; with a mutant, where it stands after the change."""
    start = one.start + (mutant.shift if mutant and one.start > mutant.start else 0)
    if isinstance(one, Claim):
        return f"{one.kind} {one.stated}", start
    return f"{one.rule} {one.what}", start


def _meets(one: Claim | Finding, span: tuple[int, int]) -> bool:
    start, end = span
    return one.start < max(end, start + 1) and start < max(one.end, one.start + 1)


def table(scores: dict[str, Score]) -> Iterator[str]:
    """Yield the lines of a table: one line a draft, then all of them, then the kinds of change."""
    whole = Score()
    headings = ("draft", "true figures confirmed", "false alarms", "planted found", "changed figures caught")
    yield f"| {' | '.join(headings)} | other changes caught | new alarms | alarms when said otherwise | no longer confirmed |"
    yield "|---|---|---|---|---|---|---|---|---|"
    for name, one in scores.items():
        whole.add(one)
        yield _line(name, one)
    yield _line("**all**", whole)
    yield ""
    yield "| change | made | caught | |"
    yield "|---|---|---|---|"
    for kind in sorted(whole.made, key=lambda kind: (kind not in FIGURES, kind)):
        share = whole.caught[kind] / whole.made[kind]
        yield f"| {kind} | {whole.made[kind]} | {whole.caught[kind]} | {share:.1%} |"


def _line(name: str, one: Score) -> str:
    figures = [kind for kind in one.made if kind in FIGURES]
    others = [kind for kind in one.made if kind not in FIGURES]
    return (
        f"| {name} | {one.read}/{one.figures} | {len(one.alarms)}/{one.checked} ({one.false_alarms:.1%}) "
        f"| {one.found}/{one.planted} | {_of(one, figures)} | {_of(one, others)} "
        f"| {len(one.new_alarms)}/{one.new_checked} ({one.new_false_alarms:.1%}) "
        f"| {len(one.stumbled)}/{one.rephrased} | {len(one.lost)}/{one.rephrased} |"
    )


def _of(one: Score, kinds: Sequence[str]) -> str:
    made, caught = sum(one.made[kind] for kind in kinds), sum(one.caught[kind] for kind in kinds)
    return f"{caught}/{made} ({one.share_caught(kinds):.1%})" if made else "-"
