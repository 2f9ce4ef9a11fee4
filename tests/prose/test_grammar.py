"""Random drafts over random figures: what is true is never contradicted, what is changed to be false is caught."""

from __future__ import annotations

import pytest
from prose.board import BOARD
from prose.grammar import random_case
from prose.marks import Statement
from prose.measure import Score, scored
from prose.mutate import FIGURES, HELD_OUT

SEEDS = range(40)


@pytest.fixture(scope="module")
def score() -> Score:
    whole = Score()
    for seed in SEEDS:
        whole.add(scored(random_case(seed), HELD_OUT, most=4))
    BOARD["random sentences"] = whole
    return whole


def test_every_sentence_made_is_true() -> None:
    for seed in SEEDS:
        case = random_case(seed)
        untrue = [one for one in case.marked.statements if case.truth.holds(one) is not True]
        assert not untrue, [_said(one) for one in untrue]
        assert len(case.marked.statements) > 10


def _said(statement: Statement) -> list[str]:
    return [f"{slot.spec}|{slot.words}" for slot in statement.slots]


def test_no_true_sentence_is_contradicted(score: Score) -> None:
    assert score.checked > 1000
    assert score.false_alarms <= 0.0, score.alarms[:5]
    assert score.new_false_alarms <= 0.02, score.new_alarms[:5]


def test_changed_figures_are_caught(score: Score) -> None:
    assert sum(score.made[kind] for kind in FIGURES) > 50
    assert score.share_caught(FIGURES) >= 0.95, score.missed[:5]


def test_true_figures_are_confirmed(score: Score) -> None:
    assert score.read >= 0.95 * score.figures, [(name, slot.words) for name, slot in score.unread[:10]]


def test_the_same_said_otherwise_raises_no_alarm(score: Score) -> None:
    found = score
    assert found.rephrased > 20
    assert len(found.stumbled) <= 0.02 * found.rephrased, found.stumbled[:5]
