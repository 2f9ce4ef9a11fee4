"""What so many more would do or cost, gaps and the cases that they amount to, and figures that are right but for their unit."""

from __future__ import annotations

import pytest
from prose.small import said

RIGHT, WRONG, OPEN = "confirmed", "contradicted", "not checkable"

#: A draft, the kind of claim, and of each such claim: indicator, verdict, what the figures say.
DRAFTS = [
    # What would cost a measure its status
    ("Re-referrals are inside tolerance at 27%, but ten more would have taken us out.", "gap in cases", [("A1", RIGHT, "10")]),
    ("Re-referrals are inside tolerance at 27%, but nine more would have taken us out.", "gap in cases", [("A1", WRONG, "10")]),
    ("Single assessments: 91%, on target. Ten fewer and it isn't.", "gap in cases", [("A2", RIGHT, "10")]),
    ("Single assessments: 91%, on target. Twelve fewer and it isn't.", "gap in cases", [("A2", WRONG, "10")]),
    ("Single assessments are on target at 91%; it would take ten more late ones to lose it.", "gap in cases",
     [("A2", RIGHT, "10")]),
    ("Single assessments are on target at 91%, which would be lost with nine fewer.", "gap in cases", [("A2", WRONG, "10")]),
    ("Single assessments: 91%, on target. The cushion is thin: ten assessments.", "gap in cases", [("A2", RIGHT, "10")]),
    # What would bring it to a level, and which level that is
    ("Care proceedings: 46 of 88. Three more would have met 55%.", "target", [("B8", RIGHT, "55%")]),
    ("Care proceedings: 46 of 88. Three more would have met 56%.", "target", [("B8", WRONG, "65%")]),
    ("Care proceedings: 46 of 88. Another three would have taken us inside tolerance.", "gap in cases", [("B8", RIGHT, "3")]),
    ("Care proceedings: 46 of 88. To hit 65% we needed twelve more.", "target", [("B8", RIGHT, "65%")]),
    ("Care proceedings: 46 of 88. To hit 60% we needed twelve more.", "target", [("B8", WRONG, "65%")]),
    ("Care proceedings: 46 of 88. Three more cases in time and we'd be amber.", "gap in cases", [("B8", RIGHT, "3")]),
    # Gaps, and the cases that they amount to
    ("Care proceedings: 46 of 88. Outside by 2.7 percentage points.", "gap", [("B8", RIGHT, "2.7 percentage points")]),
    ("Care proceedings: 46 of 88. Outside by 2.9 percentage points.", "gap", [("B8", WRONG, "2.7 percentage points")]),
    ("Care proceedings: 46 of 88. Target missed by 12.7 points.", "gap", [("B8", RIGHT, "12.7 percentage points")]),
    ("Care proceedings: 46 of 88. 2.7 percentage points under the 55% floor; three cases.", "gap in cases",
     [("B8", RIGHT, "3")]),
    ("Care proceedings: 46 of 88. 2.7 percentage points under the 55% floor; five cases.", "gap in cases",
     [("B8", WRONG, "3")]),
    ("Care proceedings are at 52%, and the distance is small, three cases against a tolerance of 55%.", "gap in cases",
     [("B8", RIGHT, "3")]),
    # Others than those named before, and those that are named behind
    ("There were a further 22 foster carer approvals in the quarter.", "figure", [("E12", RIGHT, "22")]),
    ("There were a further 20 foster carer approvals in the quarter.", "figure", [("E12", WRONG, "22")]),
    ("There were 22 foster carer approvals. A further 12 foster carers left.", "figure",
     [("E12", RIGHT, "22"), ("E12", OPEN, "")]),
    # Right but for the unit
    ("Of the 139 ceasing to be on a plan in the quarter, only 8 (6 days) became looked after.", "figure",
     [("E13", RIGHT, "139"), ("E14", RIGHT, "8"), ("E14", WRONG, "6%")]),
    ("Timeliness for CIC visits in September stood at 80%, CPP 83 days and CiN 66%.", "figure",
     [("A4", RIGHT, "80%"), ("A4", WRONG, "83%"), ("A4", RIGHT, "66%")]),
    ("Care proceedings: 46 of 88, where the floor is 55 percentage points.", "target", [("B8", WRONG, "55%")]),
]  # fmt: skip


@pytest.mark.parametrize(("draft", "kind", "wanted"), DRAFTS)
def test_a_draft(draft: str, kind: str, wanted: list[tuple[str, str, str]]) -> None:
    assert said(draft, kind) == wanted
