"""Statements that leave to the one before them what they are of: its measure, its status, its quarter."""

from __future__ import annotations

import pytest
from prose.small import checked, said

from xlkpi.prose.claim import Verdict

RIGHT, WRONG, OPEN = "confirmed", "contradicted", "not checkable"

#: A draft, the kind of claim, and of each such claim: indicator, verdict, what the figures say.
DRAFTS = [
    # Counts that leave their status, or their quarter, to the count before them
    ("13 of the 20 measures are on target, five are within tolerance and two are not; one was last quarter.",
     "count of measures", [("", RIGHT, "13"), ("", RIGHT, "5"), ("", RIGHT, "2"), ("", RIGHT, "1")]),
    ("13 of the 20 measures are on target, five are within tolerance and three are not; two were last quarter.",
     "count of measures", [("", RIGHT, "13"), ("", RIGHT, "5"), ("", WRONG, "2"), ("", WRONG, "1")]),
    ("Thirteen measures are on target, where there were eleven a quarter ago. The other two are outside tolerance.",
     "count of measures", [("", RIGHT, "13"), ("", RIGHT, "11"), ("", RIGHT, "2")]),
    ("Thirteen measures are on target, where there were twelve a quarter ago.", "count of measures",
     [("", RIGHT, "13"), ("", WRONG, "11")]),
    ("Of our twenty targets we met 13, against 11 in the previous quarter.", "count of measures",
     [("", RIGHT, "13"), ("", RIGHT, "11")]),
    ("Of our twenty targets we met 12, against 10 in the previous quarter.", "count of measures",
     [("", WRONG, "13"), ("", WRONG, "11")]),
    ("Thirteen of the 20 measures are green. Previous quarter: 11 green, one red.", "count of measures",
     [("", RIGHT, "13"), ("", RIGHT, "11"), ("", RIGHT, "1")]),
    ("Thirteen of the 20 measures are green. Previous quarter: ten green, two red.", "count of measures",
     [("", RIGHT, "13"), ("", WRONG, "11"), ("", WRONG, "1")]),
    ("The 20 measures: 13 on target, five off target but within tolerance and two out of tolerance.", "count of measures",
     [("", RIGHT, "13"), ("", RIGHT, "5"), ("", RIGHT, "2")]),
    # Runs
    ("Care proceedings are red for the first quarter.", "streak", [("B8", RIGHT, "1")]),
    ("Care proceedings are red for the second quarter.", "streak", [("B8", WRONG, "1")]),
    ("Children seen in timescale have been off track for three quarters.", "streak", [("A4", RIGHT, "3")]),
    ("Children seen in timescale have been off track for four quarters.", "streak", [("A4", WRONG, "3")]),
    ("Case file audits stand at 100%. This is on target for the second quarter running.", "streak", [("A3", RIGHT, "2")]),
    ("Case file audits stand at 100%. This is on target for the third quarter running.", "streak", [("A3", WRONG, "2")]),
    ("Case file audits are on target for the first time.", "streak", [("A3", WRONG, "")]),
    # Runs in fragments
    ("Children seen in timescale: 74%. Outside for three quarters.", "streak", [("A4", RIGHT, "3")]),
    ("Children seen in timescale: 74%. Outside for two quarters.", "streak", [("A4", WRONG, "3")]),
    ("Children seen in timescale: 74%. Three quarters outside tolerance.", "streak", [("A4", RIGHT, "3")]),
    ("Children seen in timescale: 74%. Four quarters outside tolerance.", "streak", [("A4", WRONG, "3")]),
    ("Children seen in timescale: 74%. Red, three quarters.", "streak", [("A4", RIGHT, "3")]),
    ("Children seen in timescale: 74%. Red, four quarters.", "streak", [("A4", WRONG, "3")]),
    ("Children seen in timescale: 74%, and a third quarter outside tolerance.", "streak", [("A4", RIGHT, "3")]),
    ("Children subject to a CPP: 323. Two falls in a row.", "streak", [("E4", RIGHT, "2")]),
    ("Children subject to a CPP: 323. Three straight falls.", "streak", [("E4", WRONG, "2")]),
    ("Children subject to a CPP: 323. Falling for two quarters.", "streak", [("E4", RIGHT, "2")]),
    ("Children subject to a CPP: 323. Down in each of the last three quarters.", "streak", [("E4", WRONG, "2")]),
    ("Children subject to a CPP continue their fall, the second in succession.", "streak", [("E4", RIGHT, "2")]),
    # Points of a list that are set in deeper
    ("- Children seen in timescale: 74%\n  - Red for the third quarter; tolerance is 75%\n", "streak", [("A4", RIGHT, "3")]),
    ("- Children seen in timescale: 74%\n  - Red for the fourth quarter; tolerance is 75%\n", "streak", [("A4", WRONG, "3")]),
    ("- Children seen in timescale: 74%\n  - Red; tolerance is 76%\n", "tolerance", [("A4", WRONG, "75%")]),
    ("- Children seen in timescale: 74%\n  - 56 more would bring it inside tolerance\n", "gap in cases", [("A4", RIGHT, "56")]),
    ("- Children seen in timescale: 74%\n  - 65 more would bring it inside tolerance\n", "gap in cases", [("A4", WRONG, "56")]),
    # What so many more would do
    ("Care proceedings: 46 of 88, or 52%. It would have taken three more to get back to 55%, and twelve for the target of 65%.",
     "gap in cases", [("B8", RIGHT, "3"), ("B8", RIGHT, "12")]),
    ("Care proceedings: 46 of 88, or 52%. It would have taken four more to get back to 56%, and eleven for the target of 65%.",
     "gap in cases", [("B8", WRONG, "3"), ("B8", WRONG, "12")]),
    # How a measure stands of which the draft told just before, and where its bound is
    ("Care proceedings: 46 of 88. It is outside tolerance, which is 55%.", "status", [("B8", RIGHT, "outside tolerance")]),
    ("Care proceedings: 46 of 88. It is on target, which is 65%.", "status", [("B8", WRONG, "outside tolerance")]),
    ("Care proceedings: 46 of 88. It is outside tolerance, which is 55%.", "tolerance", [("B8", RIGHT, "55%")]),
    ("Care proceedings: 46 of 88. It is outside tolerance, which is 56%.", "tolerance", [("B8", WRONG, "55%")]),
    ("The re-referral rate was 27%, and the measure is inside tolerance.", "status", [("A1", RIGHT, "inside tolerance")]),
    ("The re-referral rate was 27%, and the measure is on target.", "status", [("A1", WRONG, "inside tolerance")]),
    ("## Care proceedings\n\n- Target: 65%\n- Actual: 52% \u2013 red\n", "status", [("B8", RIGHT, "outside tolerance")]),
    ("## Care proceedings\n\n- Target: 65%\n- Actual: 52% \u2013 amber\n", "status", [("B8", WRONG, "outside tolerance")]),
    ("## Staff turnover\n\n- Target: 16% or less\n- Actual: 13%\n", "target", [("C15", RIGHT, "16%")]),
    ("## Staff turnover\n\n- Target: 18% or less\n- Actual: 13%\n", "target", [("C15", WRONG, "16%")]),
]  # fmt: skip


@pytest.mark.parametrize(("draft", "kind", "wanted"), DRAFTS)
def test_a_draft(draft: str, kind: str, wanted: list[tuple[str, str, str]]) -> None:
    assert said(draft, kind) == wanted


TABLE = """| Measure | Q2 | Q1 | Q2 last year | Target | RAG |
|---|---|---|---|---|---|
| Care proceedings | 52% | 57% | 62% | 65% | {} |
| Case file audits | 100% | 100% | 93% | 95% | Green |
| Care leavers in suitable accommodation | 92% | 89% | 89% | 85% | Green |
"""


@pytest.mark.parametrize(("colour", "verdict"), [("Red", RIGHT), ("Amber", WRONG)])
def test_one_column_of_colours_is_of_the_quarter_reported_whatever_stands_before_it(colour: str, verdict: str) -> None:
    assert [one for one in said(TABLE.format(colour), "status") if one[0] == "B8"] == [
        ("B8", verdict, "outside tolerance")
    ]


def test_a_figure_to_which_something_went_is_not_that_of_another_measure() -> None:
    draft = "Suitable accommodation went from 89% to 52%, with care proceedings on everybody's mind."
    wrong = [one for one in checked(draft).with_verdict(Verdict.CONTRADICTED) if one.kind == "figure"]
    assert [(one.indicator, one.stated) for one in wrong] == [("B13", "52%")]


def test_what_an_ending_says_is_no_name() -> None:
    """A title with ``12 months of an earlier referral`` is not what ``twelve months earlier`` names."""
    assert not said("The number was different twelve months earlier.", "figure")
