"""Reports of other organisations, in house styles of their own: planted errors, hard true sentences, mutants."""

from __future__ import annotations

import importlib.util
import sys
from functools import cache
from pathlib import Path

import pytest
from prose import cases, reached
from prose.board import BOARD
from prose.measure import Score, scored
from prose.mutate import FIGURES, HELD_OUT

from xlkpi.prose.claim import Severity

MAKE = cases.REPORTS / "make.py"
MUTANTS_A_REPORT = 16


@cache
def score(name: str) -> Score:
    BOARD[name] = scored(cases.case(name), HELD_OUT, MUTANTS_A_REPORT)
    return BOARD[name]


def whole() -> Score:
    found = Score()
    for name in cases.names():
        found.add(score(name))
    return found


def test_the_folders_are_what_the_script_makes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    spec = importlib.util.spec_from_file_location("make", MAKE)
    assert spec is not None
    assert spec.loader is not None
    make = importlib.util.module_from_spec(spec)
    monkeypatch.setitem(sys.modules, "make", make)  # where its dataclass looks for itself
    spec.loader.exec_module(make)
    for name in cases.names():
        make.write_folder(cases.REPORTS / name, tmp_path / name)
        for path in (tmp_path / name).iterdir():
            assert path.read_bytes() == (cases.REPORTS / name / path.name).read_bytes(), path.name


@pytest.mark.parametrize("name", cases.names())
def test_every_statement_is_what_its_mark_says(name: str) -> None:
    case = cases.case(name)
    for one in case.marked.statements:
        assert case.truth.holds(one) is not one.planted, [(slot.spec, slot.words) for slot in one.slots]


@pytest.mark.parametrize("name", cases.names())
def test_true_sentences_raise_no_alarm(name: str) -> None:
    found = score(name)
    assert len(found.alarms) <= reached.ALARMS_LEFT.get(name, 0), [(one.text, one.reason) for _, one in found.alarms]


def test_without_other_words_for_its_indicators_a_draft_raises_no_alarm_either() -> None:
    found = Score()
    for name in cases.names():
        found.add(scored(cases.without_aliases(name), HELD_OUT, 0))
    BOARD["all, no aliases"] = found
    assert found.false_alarms <= reached.ALARMS, [(name, one.text, one.reason) for name, one in found.alarms]


#: Findings of weight that a careful reader would make, too: the draft with the rule and words that the finding is about.
FAIR = {
    ("aldermoor", "outside without a plan", "Members asked about stability"),
    ("ashgrove", "outside without a plan", "Initial health checks"),
    ("ashgrove", "outside without a plan", "Visiting is outside"),
    ("eastvale", "outside without a plan", "strategy discussions"),
    ("eastvale", "outside without a plan", "distant placements"),
    ("eastvale", "mixed precision", "411 discussions"),
    ("brackenford", "outside without a plan", "Initial Child Protection Conferences"),
    ("oakmere", "outside without a plan", "foster carers left"),
    ("penhallow", "outside without a plan", "Exclusions"),
    ("fenwick", "outside without a plan", "young people"),
    ("fenwick", "outside without a plan", "complaints"),
    ("harrowmoor", "outside without a plan", "Core groups"),
    ("kestrel", "outside without a plan", "binary reoffending rate"),
    ("kestrel", "outside without a plan", "AssetPlus timeliness"),
    ("kitehill", "outside without a plan", "Two matters need attention"),
    ("lindale", "mixed precision", "15 percentage points"),
    ("lindale", "outside without a plan", "186 of 198 reviews"),
    ("northmere", "outside without a plan", "Initial child protection conferences"),
    ("northmere", "outside without a plan", "Repeat plans"),
    ("saltmarsh", "outside without a plan", "Early help assessments"),
    ("saltmarsh", "outside without a plan", "families stepped up"),
    ("brackendale", "outside without a plan", "First contact fell"),
    ("brackendale", "outside without a plan", "New birth visits"),
    ("tarnside", "outside without a plan", "Sharp drop"),
    ("calderwick", "outside without a plan", "Protection reviews"),
    ("tarnbridge", "outside without a plan", "fallen by 11.0 percentage points"),
    ("fennimore", "outside without a plan", "second consecutive quarter"),
    ("fennimore", "outside without a plan", "moved outside tolerance"),
    ("stavewell", "outside without a plan", "late homework"),
    ("tidewater", "outside without a plan", "SGOs fell short"),
    ("tidewater", "outside without a plan", "88% of missing children"),
    ("rahmah", "outside without a plan", "Language is harder"),
    ("wexcombe", "undated comparator", "better than England"),
    ("wexcombe", "undated comparator", "England average"),
}


def test_findings_are_fair() -> None:
    unfair = [
        (name, one.rule, one.text)
        for name in cases.names()
        for one in cases.case(name).checked().findings
        if one.severity is not Severity.LOW
        if (name, one.rule) not in reached.UNFAIR
        if not any((name, one.rule) == fair[:2] and fair[2] in one.text for fair in FAIR)
    ]
    assert not unfair


def test_planted_errors_are_found() -> None:
    found = whole()
    assert found.planted >= 20
    assert {(name, slot.words) for name, slot in found.overlooked} <= reached.OVERLOOKED


def test_changed_figures_are_caught() -> None:
    found = whole()
    assert found.share_caught(FIGURES) >= reached.FIGURES_CAUGHT, [
        (name, one.before, one.after) for name, one in found.missed[:20]
    ]
    assert found.new_false_alarms <= reached.ALARMS, found.new_alarms[:5]


def test_other_changes_are_caught() -> None:
    found = whole()
    kinds = set(found.made) - FIGURES
    assert found.share_caught(kinds) >= reached.OTHERS_CAUGHT, [
        (name, one.before, one.after) for name, one in found.missed[:20]
    ]


def test_true_figures_are_confirmed() -> None:
    found = whole()
    assert found.read >= reached.FIGURES_READ * found.figures, [(name, slot.words) for name, slot in found.unread[:20]]


def test_the_same_said_otherwise_raises_no_alarm() -> None:
    found = whole()
    assert found.rephrased > 10
    assert len(found.stumbled) <= reached.ALARMS * found.rephrased, found.stumbled[:5]
