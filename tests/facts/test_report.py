"""The worked example says what the published report says, statement by statement."""

from __future__ import annotations

import csv
import datetime as dt
import os
import shutil
from pathlib import Path

import pytest
from facts.report import NOT_FIGURES, STATEMENTS, Report

from xlkpi import commands

ROOT = Path(__file__).parents[2]
LIST_OF_STATEMENTS = ROOT.parent / "shared" / "data" / "dcst" / "seed_facts.csv"


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Report:
    path = tmp_path_factory.mktemp("example") / "example.xlsx"
    shutil.copy(ROOT / "workbooks" / f"{commands.EXAMPLE}.xlsx", path)
    assert commands.refresh(path, dt.datetime(2018, 10, 17, 9, 42)).code == commands.FINE
    return Report(path)


@pytest.mark.parametrize("place", STATEMENTS)
def test_a_statement_of_the_report_comes_out_of_the_workbook(place: str, report: Report) -> None:
    statement = STATEMENTS[place]
    assert statement.found(report) == statement.figure


def test_every_statement_of_the_report_is_worked_out_or_named_as_no_figure() -> None:
    if not LIST_OF_STATEMENTS.exists():
        assert not os.environ.get("CI"), f"{LIST_OF_STATEMENTS.name} is missing where it must be"
        pytest.skip("the list of the report's statements is not part of the project")
    with LIST_OF_STATEMENTS.open(newline="", encoding="utf-8") as file:
        listed = {row["id"]: row["expected_value"] for row in csv.DictReader(file)}
    assert set(listed) == set(STATEMENTS) | set(NOT_FIGURES)
    differing = {
        place: (statement.printed or statement.figure, listed[place])
        for place, statement in STATEMENTS.items()
        if (statement.printed or statement.figure) != listed[place]
    }
    assert not differing
