"""How a figure came about: every step of the worked example, with cells that hold what is said."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping
from pathlib import Path

import openpyxl
import pytest

from xlkpi import commands

BOOK = Path(__file__).resolve().parents[2] / "workbooks" / "dcst-2018-19-q2.xlsx"


def steps(code: str) -> Mapping[str, Mapping[str, object]]:
    outcome = commands.explain(BOOK, [code])
    assert outcome.code == 0, outcome.lines
    [measure] = json.loads(json.dumps(outcome.data()))["measures"]
    return {one["name"]: one for one in measure["steps"]}


def test_every_step_of_a_measure_outside_tolerance() -> None:
    found = {name: one["text"] for name, one in steps("a4").items()}
    assert found == {
        "Measure": "Children seen in appropriate timescales (CIN, CPP, and CIC); %, higher is better. "
        "Counted: visits made within timescale out of visits due in the quarter.",
        "Outturn": "2018/19 Q2: 4,144 ÷ 5,600 × 100 = 74.",
        "Rounding": "Printed with no digits after the point, halves away from zero: 74%.",
        "Target": "Target 85, tolerance 75, in force from 2015/16 Q3.",
        "Status": "Judged on the exact outturn, a boundary counts as the better state: "
        "74 is worse than the tolerance of 75 (higher is better): outside tolerance.",
        "Gap": "1 percentage point to the tolerance. "
        "With the same denominator 56 more cases on the better side would reach it.",
        "Against last quarter": "From 71% in 2018/19 Q1: +3 percentage points; improved.",
        "Against the same quarter last year": "From 79% in 2017/18 Q2: -5 percentage points; worsened.",
        "Movement": "Unchanged. Outside tolerance for three quarters in a row.",
    }


@pytest.mark.filterwarnings("ignore::UserWarning")  # openpyxl has no sparklines nor whole-column print areas
def test_its_cells_hold_what_is_said() -> None:
    book = openpyxl.load_workbook(io.BytesIO(BOOK.read_bytes()), data_only=True)
    held = []
    for cell in [*steps("A4")["Outturn"]["cells"], *steps("A4")["Target"]["cells"]]:
        sheet, _, address = str(cell).rpartition("!")
        held.append(book[sheet.strip("'")][address].value)
    assert held == [4144, 5600, 74, 85, 85, 75]


def test_a_mean_of_days_and_a_figure_typed_by_itself() -> None:
    assert "From 226 in 2018/19 Q1: -51 days (-22.6%); improved." in str(steps("C18")["Against last quarter"]["text"])
    typed = steps("E5")
    assert typed["Outturn"]["text"] == "2018/19 Q2: 593, as typed."
    assert any("Context inputs" in str(cell) for cell in typed["Outturn"]["cells"])
    assert "Status" not in typed, "context is never rated"
    assert typed["Against last quarter"]["text"] == "From 582 in 2018/19 Q1: +11 (+1.9%); neither better nor worse."


def test_a_series_break_is_said() -> None:
    found = steps("A3")
    assert found["Against the same quarter last year"]["text"] == "Not comparable with 2017/18 Q2: series break."
    assert str(found["Movement"]["text"]).endswith("before that: series break.")


def test_every_measure_of_the_example_can_be_explained() -> None:
    outcome = commands.explain(BOOK, ["nothing"])
    assert outcome.code == 2
    codes = outcome.lines[0].partition("The codes are ")[2].rstrip(".").replace(" and ", ", ").split(", ")
    assert len(codes) == 43
    for code in codes:
        assert "Outturn" in steps(code)


@pytest.mark.parametrize("name", ["none.xlsx"])
def test_a_workbook_that_is_not_there_is_told(tmp_path: Path, name: str) -> None:
    assert commands.explain(tmp_path / name, ["A4"]).code == 2
