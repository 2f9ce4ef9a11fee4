"""The published report against the worked example: what is found, what is missed, what is said falsely."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from functools import cache

import pytest
from prose import cases, seed
from prose.board import BOARD, LINES
from prose.measure import Score, scored
from prose.mutate import FIGURES, HELD_OUT
from prose.verdicts import Outcome, false_alarms, of_defect, of_fact, table

MUTANTS = 80


@pytest.fixture(autouse=True)
def _published() -> None:
    if not cases.published_is_here():
        assert not os.environ.get("CI"), f"{seed.REPORT.name} is missing where it must be"
        pytest.skip("the published report is not part of the project")


@cache
def score() -> Score:
    BOARD["published report"] = scored(cases.published_case(), HELD_OUT, MUTANTS, allowed=list(_wrong()))
    LINES[:] = table(cases.published_case().checked())
    return BOARD["published report"]


def _wrong() -> Iterator[tuple[int, int]]:
    yield from ((fact.start, fact.end) for fact in seed.facts() if fact.recomputes == "no" or fact.finding)


def test_every_statement_is_found_with_the_verdict_that_it_deserves() -> None:
    found = cases.published_case().checked()
    outcomes = {fact.place: of_fact(fact, found) for fact in seed.facts()}
    counts = Counter(outcomes.values())
    wrong = {place: one.value for place, one in outcomes.items() if one is not Outcome.AS_EXPECTED}
    assert counts[Outcome.AS_EXPECTED] == len(outcomes), wrong


def test_every_defect_that_matters_is_reported() -> None:
    found = cases.published_case().checked()
    missed = [
        f"{one.place} ({one.sort})"
        for one in seed.defects()
        if one.severity in {"high", "medium"} and one.place not in seed.ELSEWHERE and not of_defect(one, found)
    ]
    assert not missed


def test_nothing_true_is_contradicted() -> None:
    found = cases.published_case().checked()
    assert not [(one.text, one.reason) for one in false_alarms(found)]


def test_changed_figures_are_caught() -> None:
    found = score()
    assert found.share_caught(FIGURES) >= 0.95, [(one.before, one.after) for _, one in found.missed]
    assert found.new_false_alarms <= 0.02, found.new_alarms[:5]


def test_other_changes_are_caught() -> None:
    found = score()
    kinds = set(found.made) - FIGURES
    assert found.share_caught(kinds) >= 0.90, [(one.before, one.after) for _, one in found.missed]


def test_the_same_said_otherwise_raises_no_alarm() -> None:
    found = score()
    assert found.rephrased > 20
    assert len(found.stumbled) <= 0.02 * found.rephrased, found.stumbled[:5]
