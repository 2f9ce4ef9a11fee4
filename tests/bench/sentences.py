"""Measures how the checker reads single sentences, as British councils, trusts and charities write them.

    python tests/bench/sentences.py
    python tests/bench/sentences.py --group lists --fills 1 --misses

Each template of ``tests/bench/sentences/*.txt`` is filled with the figures of some organisations of ``tests/prose/reports`` and
of random ones, so that every filled sentence is true by the method. What the checker then confirms, what it contradicts and
which changes it catches is worked out by ``prose/measure.py``; beside its mutants stand the false versions that a template
states of its own: names swapped, halves of a list swapped, ``both`` where only one did.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

HERE = Path(__file__).resolve().parent
TESTS = HERE.parent
sys.path[:0] = [str(TESTS), str(TESTS.parent), str(HERE / "sentences")]

from blanks import Filled, Filler, Template, read_templates  # noqa: E402
from known import report  # noqa: E402
from prose import cases  # noqa: E402
from prose.cases import Case  # noqa: E402
from prose.measure import Score, scored  # noqa: E402
from prose.mutate import HELD_OUT, Mutant  # noqa: E402
from random_figures import random_book  # noqa: E402

from xlkpi.prose.claim import Claim, Verdict, Verification  # noqa: E402

RANDOM = 12
_AROUND = 12  # letters that a claim may have beside the words asked about
NOTHING_CHANGED = "none"  # a part to which no mutant belongs


@dataclass(frozen=True)
class Remembering(Case):
    """A draft that is checked once in each of its versions; a sentence with one change is met several times."""

    _seen: dict[str, Verification] = field(default_factory=dict)

    def checked(self, text: str | None = None) -> Verification:
        said = self.marked.text if text is None else text
        if said not in self._seen:
            self._seen[said] = super().checked(said)
        return self._seen[said]


@dataclass
class Tally:
    """What came of the sentences of a group.

    Attributes:
        score: Of the sentences and their mutants.
        sentences: How many there were.
        wrong: False versions that the templates state.
        caught: Those of them that were contradicted or flagged.
        lines: Every miss, one a line, with the word that sorts it.
        unfilled: Templates for which no figures fitted.
    """

    score: Score = field(default_factory=Score)
    sentences: int = 0
    wrong: int = 0
    caught: int = 0
    lines: list[str] = field(default_factory=list)
    unfilled: list[str] = field(default_factory=list)

    def add(self, other: Tally) -> None:
        self.score.add(other.score)
        self.lines += other.lines
        self.unfilled += other.unfilled
        for name in ("sentences", "wrong", "caught"):
            setattr(self, name, getattr(self, name) + getattr(other, name))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--group", default="", help="only groups whose name holds this")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--fills", type=int, default=2, help="of each template, with figures of as many reports")
    parser.add_argument("--mutants", type=int, default=3, help="of each sentence")
    parser.add_argument("--misses", action="store_true", help="say each one")
    parser.add_argument("--show", action="store_true", help="print the sentences and check nothing")
    options = parser.parse_args()
    templates = [one for one in read_templates(HERE / "sentences") if options.group in one.group]
    fillers = sources()
    if options.show:
        for filled, _ in fillings(templates, fillers, options.seed, options.fills):
            print("\n".join(_shown(filled)))
        return
    start = time.perf_counter()
    tallies = measured(templates, fillers, options)
    print("\n".join(table(tallies)))
    print(f"\n{len(templates)} templates in {time.perf_counter() - start:.0f} s.")
    if options.misses:
        for group, one in tallies.items():
            print("\n".join([f"\n== {group}", *one.lines, *(f"NOT FILLED | {name}" for name in one.unfilled)]))


def sources() -> Sequence[tuple[Filler, Case]]:
    """Return whose figures fill the templates: the organisations of the test reports, and random ones."""
    found = []
    for case in (*map(cases.case, cases.names()), *map(random_book, range(RANDOM))):
        about = report(case.truth)
        found.append((Filler(case.truth, about.indicators, {"R": about, "s": _plural}, case.name), case))
    return found


def _plural(number: object, one: str = "", many: str = "s") -> str:
    return one if number == 1 else many


def fillings(
    templates: Sequence[Template], fillers: Sequence[tuple[Filler, Case]], seed: int, fills: int
) -> Iterator[tuple[Filled, Case]]:
    """Yield the filled templates, each with the figures of several reports, the same for the same seed."""
    for template in templates:
        chance, found = random.Random(f"{template.name} {seed}"), 0
        for filler, case in chance.sample(fillers, len(fillers)):
            filled = filler.fill(template, chance) if found < fills else None
            if filled:
                found += 1
                yield filled, Remembering(filled.marked, case.truth, case.world)


def _shown(filled: Filled) -> Iterator[str]:
    yield f"{filled.marked.name} | {filled.marked.text}"
    yield from (f"    WRONG | {one.text}" for one in filled.wrongs)


def measured(
    templates: Sequence[Template], fillers: Sequence[tuple[Filler, Case]], options: argparse.Namespace
) -> dict[str, Tally]:
    """Return what came of each group of templates."""
    tallies = {one.group: Tally() for one in templates}
    done = set()
    for filled, case in fillings(templates, fillers, options.seed, options.fills):
        done.add(filled.template.name)
        tallies[filled.template.group].add(_tally(filled, case, options))
    for one in templates:
        if one.name not in done:
            tallies[one.group].unfilled.append(one.name)
    return tallies


def _tally(filled: Filled, case: Case, options: argparse.Namespace) -> Tally:
    part, most = (NOTHING_CHANGED, 0) if filled.template.is_loose else (HELD_OUT, options.mutants)
    tally = Tally(scored(case, part, most), sentences=1)
    base = case.checked()
    for wrong in filled.wrongs:
        found = case.checked(wrong.text)
        tally.wrong += 1
        if _objections(found) - _objections(base):
            tally.caught += 1
        elif options.misses:
            start, end = _changed(filled.marked.text, wrong.text)
            tally.lines.append(f"WRONG {_said_of(found, start, end)} | {wrong.text!r} | {wrong.name}")
    if options.misses:
        tally.lines += _misses(case, tally.score)
    return tally


def _objections(found: Verification) -> set[tuple[str, str, str]]:
    """Return what is held against a draft, in words that a change elsewhere in it leaves as they are."""
    contradicted = found.with_verdict(Verdict.CONTRADICTED)
    flagged = [one for one in found.findings if one.text]
    return {(one.kind, one.stated, one.text) for one in contradicted} | {(one.rule, one.what, "") for one in flagged}


def _changed(before: str, after: str) -> tuple[int, int]:
    """Return the stretch of a text that another one does not share."""
    start = next((at for at, (one, other) in enumerate(zip(before, after, strict=False)) if one != other), 0)
    most = min(len(before), len(after)) - start
    same = next((at for at in range(most) if before[-1 - at] != after[-1 - at]), most)
    return start, max(len(after) - same, start + 1)


def _said_of(found: Verification, start: int, end: int) -> str:
    """Return whether a stretch was confirmed; a claim of the whole sentence does not confirm one figure in it."""
    most = end - start + _AROUND
    meeting = [one for one in found.with_verdict(Verdict.CONFIRMED) if one.start < end and start < one.end]
    return "CONFIRMED" if any(one.end - one.start <= most for one in meeting) else "LEFT OPEN"


def _misses(case: Case, score: Score) -> Iterator[str]:
    text, name = case.marked.text, case.name
    for _, claim in score.alarms:
        yield f"TRUE CONTRADICTED | {_reason(claim)} | {text!r} | {name}"
    for _, slot in score.unread:
        yield f"TRUE LEFT OPEN | {slot.spec} {slot.words!r} | {text!r} | {name}"
    for _, mutant in score.missed:
        verdict = _said_of(case.checked(mutant.text), mutant.start, mutant.end)
        yield f"CHANGED {verdict} {mutant.kind} | {_said(mutant)} | {mutant.text!r} | {name}"
    for kind, alarms in (("OTHERWISE", score.stumbled), ("ELSEWHERE", score.new_alarms)):
        for _, mutant, claim in alarms:
            yield f"TRUE CONTRADICTED {kind} | {_said(mutant)} | {_reason(claim)} | {mutant.text!r} | {name}"


def _said(mutant: Mutant) -> str:
    return f"{mutant.before!r} -> {mutant.after!r}"


def _reason(claim: Claim) -> str:
    return f"{claim.text!r} as {claim.stated!r}: {claim.reason}"


def table(tallies: dict[str, Tally]) -> Iterator[str]:
    """Yield the lines of a table: one line a group, then all of them."""
    whole = Tally()
    headings = (
        "group",
        "sentences",
        "figures",
        "confirmed",
        "false alarms",
        "changed",
        "caught",
        "own false versions",
        "caught",
    )
    yield f"| {' | '.join(headings)} | alarms when said otherwise |"
    yield "|---|---|---|---|---|---|---|---|---|---|"
    for group, one in tallies.items():
        whole.add(one)
        yield _line(group, one)
    yield _line("**all**", whole)


def _line(group: str, one: Tally) -> str:
    made, caught = one.score.made.total(), one.score.caught.total()
    numbers = [
        one.sentences,
        one.score.figures,
        one.score.read,
        len(one.score.alarms),
        made,
        caught,
        one.wrong,
        one.caught,
    ]
    return f"| {group} | {' | '.join(map(str, numbers))} | {len(one.score.stumbled) + len(one.score.new_alarms)} |"


if __name__ == "__main__":
    main()
