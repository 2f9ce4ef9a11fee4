"""Statements in fragments: counts by status, movements of several measures, ranks, runs that have ended, figures of a pair."""

from __future__ import annotations

import pytest
from prose.small import said

RIGHT, WRONG, OPEN = "confirmed", "contradicted", "not checkable"

TABLE = """
| | |
|---|---|
| On target | 13 (last quarter 11) |
| Inside tolerance | 5 (last quarter 6) |
| Outside tolerance | 2 |
| Reached target | 1 |
"""

#: A draft, the kind of claim, and of each such claim: indicator, verdict, what the figures say.
DRAFTS = [
    # Counts by status behind a sentence that says how many measures there are
    ("Twenty indicators. Thirteen on target. Five inside tolerance. Two outside.", "count of measures",
     [("", RIGHT, "13"), ("", RIGHT, "5"), ("", RIGHT, "2")]),
    ("Twenty indicators. Thirteen on target. Six inside tolerance. Three outside.", "count of measures",
     [("", RIGHT, "13"), ("", WRONG, "5"), ("", WRONG, "2")]),
    ("Twenty indicators. Thirteen on target.", "count", [("", RIGHT, "20")]),
    ("Thirty indicators. Thirteen of the measures are on target.", "count", [("", WRONG, "20")]),
    ("All in all, of twenty measures 13 were met, five were close and two were missed.", "count of measures",
     [("", RIGHT, "13"), ("", RIGHT, "5"), ("", RIGHT, "2")]),
    ("All in all, of twenty measures 12 were met, six were close and two were missed.", "count of measures",
     [("", WRONG, "13"), ("", WRONG, "5"), ("", RIGHT, "2")]),
    ("Thirteen of our twenty promises were kept in full, compared with 11 the quarter before.", "count of measures",
     [("", RIGHT, "13"), ("", RIGHT, "11")]),
    ("Of 20 indicators two breached their tolerance and five missed target within tolerance.", "count of measures",
     [("", RIGHT, "2"), ("", RIGHT, "5")]),
    ("Two of the 20 measures are outside tolerance (previous quarter: two).", "count of measures",
     [("", RIGHT, "2"), ("", WRONG, "1")]),
    # Movements of several measures
    ("One measure moved from tolerance to target during the quarter.", "movement", [("A2", RIGHT, "1")]),
    ("Three measures moved from tolerance to target during the quarter.", "movement", [("A2", WRONG, "1")]),
    ("Two measures moved up from amber to green.", "movement", [("A2", WRONG, "1")]),
    ("Two measures have fallen out of tolerance.", "movement", [("B8", WRONG, "1")]),
    # Ranks that stand alone
    ("Children subject to a CPP: 323. Highest we hold.", "rank", [("E4", WRONG, "2016/17 Q4 (427)")]),
    # Runs that ended with the quarter before
    ("Single assessments: timeliness 91%. On target, after two quarters on target.", "streak", [("A2", WRONG, "0")]),
    # Times: the figure before, a season
    ("Children seen in timescale: 74%. The previous figure was 71%.", "figure", [("A4", RIGHT, "74%"), ("A4", RIGHT, "71%")]),
    ("Children seen in timescale: 74%. The previous figure was 72%.", "figure", [("A4", RIGHT, "74%"), ("A4", WRONG, "71%")]),
    ("Children seen in timescale: 74%. In spring it was 71%.", "figure", [("A4", RIGHT, "74%"), ("A4", RIGHT, "71%")]),
    # A table of counts, with those of the quarter before in brackets, and a movement that is no status
    (TABLE, "count",
     [("", RIGHT, "13"), ("", RIGHT, "11"), ("", RIGHT, "5"), ("", RIGHT, "6"), ("", RIGHT, "2")]),
    (TABLE.replace("quarter 11", "quarter 12"), "count",
     [("", RIGHT, "13"), ("", WRONG, "11"), ("", RIGHT, "5"), ("", RIGHT, "6"), ("", RIGHT, "2")]),
    # Two counts of one measure: where one is right, the other is of that measure, too
    ("Performance fell: 4,144 of 5,060 visits were made in time.", "figure", [("A4", RIGHT, "4,144"), ("A4", WRONG, "5,600")]),
    ("Performance fell: 4,414 of 5,600 visits were made in time.", "figure", [("A4", WRONG, "4,144"), ("A4", RIGHT, "5,600")]),
    ("In proceedings, 46 of 88 are on track, and 42 of 88 are not.", "figure",
     [("B8", RIGHT, "46"), ("B8", RIGHT, "88"), ("B8", RIGHT, "42"), ("B8", RIGHT, "88")]),
]  # fmt: skip


@pytest.mark.parametrize(("draft", "kind", "wanted"), DRAFTS)
def test_a_draft(draft: str, kind: str, wanted: list[tuple[str, str, str]]) -> None:
    assert said(draft, kind) == wanted
