"""What stands between the figures of a published report, and is none of them: localities, benchmarks, surveys, plans."""

from __future__ import annotations

import pytest
from prose.small import said

RIGHT, WRONG, OPEN = "confirmed", "contradicted", "not checkable"
SEEN = "Children seen in timescale"

#: A draft, the kind of claim, and of each such claim: indicator, verdict, what the figures say.
DRAFTS = [
    # What has a subject of its own is not held against the measure before it
    (f"{SEEN}: 74%. Level 3 training stands at 71%.", "figure", [("A4", RIGHT, "74%"), ("A4", OPEN, "")]),
    (f"{SEEN}: 74%. North locality managed 71%, the rest more.", "figure", [("A4", RIGHT, "74%"), ("A4", OPEN, "")]),
    (f"{SEEN} were at 74%, the North locality being best at 79%.", "figure", [("A4", RIGHT, "74%"), ("A4", OPEN, "")]),
    (f"{SEEN}: 74%. Parent survey: 79% satisfied.", "figure", [("A4", RIGHT, "74%"), ("A4", OPEN, "")]),
    (f"{SEEN}: 74%. Dental checks, not a contract measure, 79%.", "figure", [("A4", RIGHT, "74%"), ("A4", OPEN, "")]),
    (f"{SEEN} were at 74%; attendance of children in care was 78%.", "figure", [("A4", RIGHT, "74%"), ("A4", OPEN, "")]),
    (f"{SEEN}: 74%. It was 72% last quarter.", "figure", [("A4", RIGHT, "74%"), ("A4", WRONG, "71%")]),
    (f"{SEEN}: 74%. A year earlier only 88% were.", "figure", [("A4", RIGHT, "74%"), ("A4", WRONG, "79%")]),
    # Parts of a figure, and how many were looked at
    ("Children subject to a CPP: 323. An audit of 40 plans found 12 good.", "figure", [("E4", RIGHT, "323")]),
    ("Main reasons among children subject to a CPP, of whom there are 323: neglect (64), harm (22).", "figure",
     [("E4", RIGHT, "323"), ("E4", OPEN, ""), ("E4", OPEN, "")]),
    # Somebody else's figure in a bracket does not make the one before it theirs
    (f"{SEEN} were at 74% (statistical neighbours 80%).", "figure", [("A4", RIGHT, "74%")]),
    (f"{SEEN} were at 76% (statistical neighbours 80%).", "figure", [("A4", WRONG, "74%")]),
    # Targets: one that is really the tolerance, one behind a colour, one that is still to come
    (f"{SEEN} were at 74% against a target of 75%.", "target", [("A4", WRONG, "85%")]),
    (f"{SEEN} were at 74% against a tolerance of 85%.", "tolerance", [("A4", WRONG, "75%")]),
    (f"{SEEN} were at 74%, tolerance 75%, target 85%.", "target", [("A4", RIGHT, "85%")]),
    (f"{SEEN}: 74%, Red (75%).", "figure", [("A4", RIGHT, "74%"), ("A4", RIGHT, "75%")]),
    (f"{SEEN}: 74%. 85% is target.", "target", [("A4", RIGHT, "85%")]),
    (f"{SEEN}: 74%. 84% is target.", "target", [("A4", WRONG, "85%")]),
    (f"{SEEN}: 74%. The recovery trajectory is 80% by December.", "target", [("A4", OPEN, "")]),
    # Periods that are another figure's, or of what befell
    (f"{SEEN} were at 74%, with July at 70%.", "figure", [("A4", RIGHT, "74%"), ("A4", OPEN, "")]),
    (f"{SEEN} were at 76%, with July at 70%.", "figure", [("A4", WRONG, "74%"), ("A4", OPEN, "")]),
    (f"{SEEN} are up from 71% and 9 points worse than a year ago.", "figure", [("A4", RIGHT, "71%")]),
    (f"{SEEN} are up from 72% and 9 points worse than a year ago.", "figure", [("A4", WRONG, "71%")]),
    # A limit with its figure is a status
    (f"{SEEN} have been outside the 75% tolerance for three quarters.", "streak", [("A4", RIGHT, "3")]),
    (f"{SEEN} have been outside the 75% tolerance for four quarters.", "streak", [("A4", WRONG, "3")]),
    # Counts of measures, and a measure that is named in passing
    ("Thirteen of twenty are on target.", "count of measures", [("", RIGHT, "13")]),
    ("Twelve of twenty are on target.", "count of measures", [("", WRONG, "13")]),
    ("Thirteen measures met target; five fell in the tolerance band and two below it.", "count of measures",
     [("", RIGHT, "13"), ("", RIGHT, "5"), ("", RIGHT, "2")]),
    ("20 measures: 13 on target, 5 in tolerance, 3 out.", "count of measures",
     [("", RIGHT, "13"), ("", RIGHT, "5"), ("", WRONG, "2")]),
    (f"{SEEN}, a rolling year measure, came to 74%, Red.", "share of measures", []),
    ("One measure has turned red.", "movement", [("B8", RIGHT, "1")]),
    ("Two measures have turned red.", "movement", [("B8", WRONG, "1")]),
    # The verb of a movement, the colour of a run
    ("Care proceedings have slipped to red.", "status", [("B8", RIGHT, "outside tolerance")]),
    ("Care proceedings have improved to red.", "status", [("B8", WRONG, "outside tolerance")]),
    ("Care proceedings have improved outside tolerance.", "movement",
     [("B8", WRONG, "inside tolerance, then outside tolerance")]),
    ("Care proceedings: 52%. Was amber, now red.", "status", [("B8", RIGHT, "inside tolerance")]),
    ("Care proceedings: 52%. Was green, now red.", "status", [("B8", WRONG, "inside tolerance")]),
    (f"A third red quarter for {SEEN.lower()}.", "streak", [("A4", RIGHT, "3")]),
    (f"A fourth red quarter for {SEEN.lower()}.", "streak", [("A4", WRONG, "3")]),
    # Words and numbers that say nothing of a figure
    ("The panel RESOLVED: (1) that the 323 children subject to a CPP be noted; (2) that a report come.", "figure",
     [("E4", RIGHT, "323")]),
    ("Children subject to a CPP numbered 323; a further 46 were declined.", "direction", []),
    ("The grant of 2018/19 was spent; £340k was carried into 2019/20.", "period", [("", RIGHT, "2018/19")]),
    ("Children subject to a plan number 323.", "figure", [("E4", RIGHT, "323")]),
    ("Children subject to a plan number 332.", "figure", [("E4", WRONG, "323")]),
]  # fmt: skip


@pytest.mark.parametrize(("draft", "kind", "claims"), DRAFTS)
def test_what_stands_between_the_figures(draft: str, kind: str, claims: list[tuple[str, str, str]]) -> None:
    assert said(draft, kind) == claims
