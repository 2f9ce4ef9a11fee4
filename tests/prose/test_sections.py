"""How many measures of each section have a status, and the short words by which drafts go through the sections."""

from __future__ import annotations

import pytest
from prose.small import said

RIGHT, WRONG, OPEN = "confirmed", "contradicted", "not checkable"
CARE, PATH = "Children in Care", "Social Care Pathway"

#: A draft, the kind of claim, and of each such claim: indicator, verdict, what the figures say.
DRAFTS = [
    # Each section with its own words, or with those of the one before it
    (f"{PATH} has four of its seven on target, {CARE} four and Workforce three.", "count of measures",
     [("", RIGHT, "4"), ("", RIGHT, "4"), ("", RIGHT, "3")]),
    (f"{PATH} has four of its seven on target, {CARE} two and Workforce three.", "count of measures",
     [("", RIGHT, "4"), ("", WRONG, "4"), ("", RIGHT, "3")]),
    (f"{PATH} has four of its eight on target, {CARE} four and Workforce three.", "count", [("", WRONG, "7")]),
    (f"The reds by section: {PATH} 1, {CARE} 1, Workforce none.", "count of measures",
     [("", RIGHT, "1"), ("", RIGHT, "1"), ("", RIGHT, "0")]),
    (f"The reds by section: {PATH} 1, {CARE} 1, Workforce two.", "count of measures",
     [("", RIGHT, "1"), ("", RIGHT, "1"), ("", WRONG, "0")]),
    (f"{PATH}: four on, two within, one outside.", "count of measures",
     [("", RIGHT, "4"), ("", RIGHT, "2"), ("", RIGHT, "1")]),
    (f"{PATH}: four on, two within, two outside.", "count of measures",
     [("", RIGHT, "4"), ("", RIGHT, "2"), ("", WRONG, "1")]),
    (f"{PATH} has four on target and one outside tolerance. In {CARE} it is four and one.", "count of measures",
     [("", RIGHT, "4"), ("", RIGHT, "1"), ("", RIGHT, "4"), ("", RIGHT, "1")]),
    # Numbers beside a section that count something else
    (f"{CARE}: two new homes. Workforce: three leavers.", "count of measures", []),
    (f"{PATH} has 2 outside agencies at work and {CARE} 1.", "count of measures", []),
    # All measures, in a list, between bars, and of a quarter before
    (("The contract has 20 key measures. At the end of the quarter:\n\n- thirteen are on target, up from eleven in Quarter 1;\n"
     "- five are within tolerance;\n- two are outside it."), "count of measures",
     [("", RIGHT, "13"), ("", RIGHT, "11"), ("", RIGHT, "5"), ("", RIGHT, "2")]),
    ("At a glance: 13 green | 5 amber | 2 red of 20. The text below says why. It is short.", "count of measures",
     [("", RIGHT, "13"), ("", RIGHT, "5"), ("", RIGHT, "2")]),
    ("13 measures are on target, 5 are inside tolerance and 2 are outside. At Q1: eleven on, one outside.", "count of measures",
     [("", RIGHT, "13"), ("", RIGHT, "5"), ("", RIGHT, "2"), ("", RIGHT, "11"), ("", RIGHT, "1")]),
    ("13 measures are on target, 5 are inside tolerance and 2 are outside; in June there were eleven, six and one.",
     "count of measures",
     [("", RIGHT, "13"), ("", RIGHT, "5"), ("", RIGHT, "2"), ("", RIGHT, "11"), ("", RIGHT, "6"), ("", RIGHT, "1")]),
    ("Thirteen of our twenty measures meet their target, where in June only eleven did, because more is done.",
     "count of measures", [("", RIGHT, "13"), ("", RIGHT, "11")]),
    ("Thirteen of our twenty measures meet their target, where in June only twelve did, because more is done.",
     "count of measures", [("", RIGHT, "13"), ("", WRONG, "11")]),
    ("Thirteen measures met target, five are within the tolerance that we agreed in March 2017 and two are outside it.",
     "count of measures", [("", RIGHT, "13"), ("", RIGHT, "5"), ("", RIGHT, "2")]),
    ("Of twenty measures thirteen met target, five fell inside tolerance and two did not.", "direction", []),
    # Letters for colours, and words that only sound like a movement
    ("RAG count. G 13, A 5, R 2.", "count of measures", [("", RIGHT, "13"), ("", RIGHT, "5"), ("", RIGHT, "2")]),
    ("RAG count. G 13, A 5, R 3.", "count of measures", [("", RIGHT, "13"), ("", RIGHT, "5"), ("", WRONG, "2")]),
    ("Of twenty measures thirteen met target and five came within tolerance.", "movement", []),
    ("Children seen in timescale: 74%. Red three running.", "streak", [("A4", RIGHT, "3")]),
    ("Children seen in timescale: 74%. Red four running.", "streak", [("A4", WRONG, "3")]),
    # For how long, up to the quarter before
    ("Children seen in timescale: 74%, outside in all three quarters.", "streak", [("A4", RIGHT, "3")]),
    ("Children seen in timescale: 74%, red in all three quarters.", "streak", [("A4", RIGHT, "3")]),
    ("Children seen in timescale were outside tolerance for two quarters to June.", "streak", [("A4", RIGHT, "2")]),
    ("Children seen in timescale were outside tolerance for four quarters to June.", "streak", [("A4", WRONG, "2")]),
]  # fmt: skip


@pytest.mark.parametrize(("draft", "kind", "expected"), DRAFTS)
def test_counts_of_sections(draft: str, kind: str, expected: list[tuple[str, str, str]]) -> None:
    assert said(draft, kind) == expected
