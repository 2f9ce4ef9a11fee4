"""The other way round: the draft stays, a figure of the workbook changes, and every sentence that rests on it falls."""

from __future__ import annotations

from dataclasses import replace

import pytest
from prose import cases, reached
from prose.cases import Case
from prose.marks import Statement
from prose.truth import Truth, role

from xlkpi.model.observation import Observation, Observations
from xlkpi.prose.claim import Verdict
from xlkpi.workbook.intake import Book

REPORTS = ("northmere", "kestrel", "saltmarsh", "lindale", "wexcombe")


def moved(case: Case, code: str) -> Case:
    """Return a draft with the figure of one indicator in the reporting quarter a fifth higher, or lower."""
    book = case.truth.book
    assert isinstance(book, Book)
    found = []
    for indicator in {one.code for one in book.register.indicators}:
        for one in book.observations.of(indicator).values():
            changes = indicator == code and one.period.quarter == case.truth.now
            found.append(_changed(one) if changes else one)
    other = replace(book, observations=Observations(found))
    return replace(case, truth=Truth(other), world=cases.world(other))


def _changed(one: Observation) -> Observation:
    if one.numerator is not None and one.denominator is not None:
        return one._replace(numerator=int(one.numerator * 4 / 5) if one.numerator > 2 else one.numerator + 1)
    return one._replace(value=(one.value or 0) + max(2, int((one.value or 0) / 5)))


def rests_on_it(statement: Statement, before: Truth, after: Truth) -> bool:
    is_figure = any(slot.words and role(slot.spec) == "figure" for slot in statement.slots)
    return is_figure and before.holds(statement) is True and after.holds(statement) is False


@pytest.mark.parametrize("name", REPORTS)
def test_a_sentence_falls_with_the_figure_that_it_rests_on(name: str) -> None:
    case = cases.case(name)
    fallen = caught = 0
    stood = []
    codes = sorted({slot.spec for one in case.marked.statements for slot in one.slots if slot.spec in case.truth.codes})
    for code in codes:
        other = moved(case, code)
        found = other.checked().with_verdict(Verdict.CONTRADICTED)
        for statement in case.marked.statements:
            if rests_on_it(statement, case.truth, other.truth):
                fallen += 1
                hit = any(one.start < statement.end and statement.start < one.end for one in found)
                caught += hit
                stood += [] if hit else [case.marked.text[statement.start : statement.end]]
    assert fallen > 15
    assert caught >= reached.FALLEN.get(name, 0.95) * fallen, stood
