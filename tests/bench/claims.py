"""Measures the claim checker: the published report where it is at hand, the reports written for the tests, mutants of all.

    python tests/bench/claims.py --mutants 60 --part "held out"
    python tests/bench/claims.py --folder tests/bench/reports/unseen

Prints what was found, missed and said falsely. With ``--misses`` every miss and false alarm follows, one a line. With
``--folder`` it reads the reports of that folder instead, each with its ``figures.txt``: in ``reports/learned`` stand those that
showed what the checker had yet to learn, in ``reports/unseen`` those at which nobody has looked, so that they tell how it does
with what it has not met. Whoever looks at one of these moves it.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

TESTS = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(TESTS), str(TESTS.parent)]

from prose import cases, grammar, seed, verdicts  # noqa: E402
from prose.measure import Score, scored, table  # noqa: E402
from prose.mutate import DEVELOPMENT, HELD_OUT  # noqa: E402
from prose.reports.make import write_folder  # noqa: E402


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--mutants", type=int, default=16, help="of each draft")
    parser.add_argument("--part", choices=(DEVELOPMENT, HELD_OUT), default=HELD_OUT)
    parser.add_argument("--only", default="", help="one draft: its name, published or grammar")
    parser.add_argument("--misses", action="store_true", help="say each one")
    parser.add_argument("--folder", type=Path, help="of other reports")
    options = parser.parse_args()
    if options.folder:
        scores = dict(_scores_in(options.folder, options.part, options.mutants))
    else:
        scores = dict(_scores(options.only, options.part, options.mutants))
    print()
    print("\n".join(table(scores)))
    if options.misses:
        for name, one in scores.items():
            print("\n".join(_misses(name, one)))


def _scores(only: str, part: str, most: int) -> Iterator[tuple[str, Score]]:
    if only in {"", "published"} and cases.published_is_here():
        case = cases.published_case()
        start = time.perf_counter()
        found = case.checked()
        print("\n".join(verdicts.table(found)))
        print(f"Checked in {time.perf_counter() - start:.2f} s.")
        wrong = [(fact.start, fact.end) for fact in seed.facts() if fact.recomputes == "no" or fact.finding]
        yield "published report", scored(case, part, most, allowed=wrong)
    for name in cases.names():
        if only in {"", name}:
            yield name, scored(cases.case(name), part, most)
    if only in {"", "bare"}:
        bare = Score()
        for name in cases.names():
            bare.add(scored(cases.without_aliases(name), part, 0))
        yield "all, no aliases", bare
    if only in {"", "grammar"}:
        whole = Score()
        for number in range(20):
            whole.add(scored(grammar.random_case(number), part, most // 10))
        yield "random sentences", whole


def _scores_in(folder: Path, part: str, most: int) -> Iterator[tuple[str, Score]]:
    with tempfile.TemporaryDirectory() as work:
        for source in sorted(one.parent for one in folder.glob("*/figures.txt")):
            target = Path(work) / source.name
            write_folder(source, target)
            [draft] = source.glob("report.marked.*")
            shutil.copy(draft, target)
            yield source.name, scored(cases.case_in(target), part, most)


def _misses(name: str, score: Score) -> Iterator[str]:
    yield f"\n== {name}"
    for _, claim in score.alarms:
        yield f"FALSE ALARM | {claim.text!r} stated {claim.stated!r} computed {claim.computed!r} | {claim.reason}"
    for _, slot in score.overlooked:
        yield f"PLANTED ERROR OVERLOOKED | {slot.spec} {slot.words!r}"
    for _, slot in score.unread:
        yield f"TRUE FIGURE NOT CONFIRMED | {slot.spec} {slot.words!r} at {slot.start}"
    for _, mutant in score.missed:
        around = mutant.text[max(0, mutant.start - 60) : mutant.end + 40].replace("\n", " / ")
        yield f"MISSED {mutant.kind} | {mutant.before!r} -> {mutant.after!r} | {around}"
    for _, mutant, claim in score.stumbled:
        around = mutant.text[max(0, mutant.start - 60) : mutant.end + 40].replace("\n", " / ")
        yield f"STUMBLED {mutant.kind} | {mutant.before!r} -> {mutant.after!r} | {around} | {claim.text!r} | {claim.reason}"
    for _, mutant in score.lost:
        around = mutant.text[max(0, mutant.start - 60) : mutant.end + 40].replace("\n", " / ")
        yield f"LOST {mutant.kind} | {mutant.before!r} -> {mutant.after!r} | {around}"
    for _, mutant, claim in score.new_alarms:
        yield f"NEW ALARM after {mutant.before!r} -> {mutant.after!r} | {claim.text!r} | {claim.reason}"


if __name__ == "__main__":
    main()
