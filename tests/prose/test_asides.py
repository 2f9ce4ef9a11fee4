"""Figures that drafts give in passing: of the rest, of what is missing, of how far a line was crossed."""

from __future__ import annotations

import pytest
from prose.small import said

RIGHT, WRONG, OPEN = "confirmed", "contradicted", "not checkable"
SEEN = "Children seen in timescale"

#: A draft, the kind of claim, and of each such claim: indicator, verdict, what the figures say.
DRAFTS = [
    # Behind the words of a status stands what it came to, and no level
    ("Care proceedings fell out of the 55% tolerance at 52%.", "figure", [("B8", RIGHT, "52%")]),
    (f"{SEEN} are outside tolerance (74%, tolerance 75%).", "figure", [("A4", RIGHT, "74%")]),
    (f"{SEEN} are outside tolerance (74%, tolerance 75%).", "tolerance", [("A4", RIGHT, "75%")]),
    # How far a line was crossed, and what that is in cases
    (f"{SEEN} came to 74%. It crossed the 75% line by 1 percentage point, or 56 visits.", "gap in cases",
     [("A4", RIGHT, "56")]),
    (f"{SEEN} came to 74%. It crossed the 75% line by 1 percentage point, or 65 visits.", "gap in cases",
     [("A4", WRONG, "56")]),
    (f"{SEEN} came to 74%, which is 56 visits too few.", "gap in cases", [("A4", RIGHT, "56")]),
    (f"{SEEN} came to 74%, 11 points over your target of 85%.", "gap", [("A4", RIGHT, "11 percentage points")]),
    (f"{SEEN} came to 74%. We are 1 percentage point from tolerance.", "gap", [("A4", RIGHT, "1 percentage point")]),
    (f"{SEEN} came to 74%, 1 percentage point short of amber.", "gap", [("A4", RIGHT, "1 percentage point")]),
    (f"{SEEN} came to 74%, 2 percentage points short of amber.", "gap", [("A4", WRONG, "1 percentage point")]),
    # The target in an aside, and when a limit was set
    (f"{SEEN} came to 74%. The target, 85%, was only set in April.", "target", [("A4", RIGHT, "85%")]),
    (f"{SEEN} came to 74%. The target, 86%, was only set in April.", "target", [("A4", WRONG, "85%")]),
    # "Edged up to" is no "up to"
    (f"{SEEN} edged up to 74%.", "figure", [("A4", RIGHT, "74%")]),
    (f"{SEEN} edged up to 75%.", "figure", [("A4", WRONG, "74%")]),
    # Which way, by the two figures that the draft gives
    ("We have 323 children subject to a CPP, down from 358.", "direction", [("E4", RIGHT, "down")]),
    ("We have 323 children subject to a CPP, up from 358.", "direction", [("E4", WRONG, "down")]),
    # Others than those that a share counts, and the same words for those that it does
    (f"{SEEN}: 1,456 of 5,600 were not.", "figure", [("A4", RIGHT, "1,456"), ("A4", RIGHT, "5,600")]),
    (f"{SEEN}: 74%; it was 71% last quarter and 78% a year ago.", "figure",
     [("A4", RIGHT, "74%"), ("A4", RIGHT, "71%"), ("A4", WRONG, "79%")]),
    ("We have 323 children subject to a CPP; 358 last quarter.", "figure", [("E4", RIGHT, "323"), ("E4", RIGHT, "358")]),
    ("We have 323 children subject to a CPP; 385 last quarter.", "figure", [("E4", RIGHT, "323"), ("E4", WRONG, "358")]),
    # What so many more would reach, and what needs nothing more
    (f"{SEEN}: 74%. We should have to complete 56 more to reach tolerance.", "gap in cases", [("A4", RIGHT, "56")]),
    (f"{SEEN}: 74%. We should have to complete 616 more to reach tolerance.", "gap in cases", [("A4", WRONG, "56")]),
    (f"{SEEN}: 74%. 56 of those would have meant amber.", "gap in cases", [("A4", RIGHT, "56")]),
    (f"{SEEN}: 74%. Of those due, 4,144 of 5,600 needed nothing more.", "gap in cases", []),
    # Numbers in words with a half, references, what was read by others
    ("Contract LCP/2019/07 was signed.", "period", []),
    ("Children subject to a CPP: 323. Ofsted read 14 plans.", "figure", [("E4", RIGHT, "323"), ("E4", OPEN, "")]),
    ("You will remember that the number of children subject to a CPP stood at 323.", "figure", [("E4", RIGHT, "323")]),
    ("You will remember that the number of children subject to a CPP stood at 332.", "figure", [("E4", WRONG, "323")]),
    # The first quarter of a run
    ("Children seen in timescale: 74%. It is the first quarter outside tolerance.", "streak", [("A4", WRONG, "3")]),
    ("Children seen in timescale: 74%. It is the third quarter outside tolerance.", "streak", [("A4", RIGHT, "3")]),
]  # fmt: skip


@pytest.mark.parametrize(("draft", "kind", "expected"), DRAFTS)
def test_figures_in_passing(draft: str, kind: str, expected: list[tuple[str, str, str]]) -> None:
    assert said(draft, kind) == expected
