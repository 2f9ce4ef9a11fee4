"""What ordinary reports say in a word or two: levels set anew, none for so long, where the reds are, what it was before."""

from __future__ import annotations

import pytest
from prose import cases
from prose.small import said

from xlkpi.model.period import Quarter
from xlkpi.prose.draft import Draft
from xlkpi.prose.mentions.directions import directions
from xlkpi.prose.mentions.flat import flat
from xlkpi.prose.mentions.periods import periods
from xlkpi.prose.sentences import Part
from xlkpi.prose.statuses.resets import SET_ANEW
from xlkpi.prose.verify import verify

RIGHT, WRONG, OPEN = "confirmed", "contradicted", "not checkable"
SEEN = "Children seen in timescale"
CARE, PATH = "Children in Care", "Social Care Pathway"

#: A draft, the kind of claim, and of each such claim: indicator, verdict, what the figures say.
DRAFTS = [
    # No measure for so long, and one that has been so for longer
    ("No measure has been outside tolerance for four consecutive quarters.", "streak", [("A4", RIGHT, "3 at most")]),
    ("No measure has been outside tolerance for two consecutive quarters.", "streak", [("A4", WRONG, "3 at most")]),
    ("None of the measures has been outside tolerance for three quarters in a row.", "streak",
     [("A4", WRONG, "3 at most")]),
    # A figure of another time is no level, and a change against it no distance
    (f"{SEEN} came to 74%. Children in need were 2,549, 278 fewer than the 2,827 last quarter.", "gap", []),
    # In which sections
    (f"Two measures are red. One of the reds is in {PATH}, with one in {CARE}.", "count of measures",
     [("", RIGHT, "2"), ("", RIGHT, "1"), ("", RIGHT, "1")]),
    (f"Two measures are red. Two of the reds are in {PATH}.", "count of measures", [("", RIGHT, "2"), ("", WRONG, "1")]),
    # Coloured signs
    ("\U0001f7e2 13 on target \u00b7 \U0001f7e0 5 close to target \u00b7 \U0001f534 2 off target", "count of measures",
     [("", RIGHT, "13"), ("", RIGHT, "5"), ("", RIGHT, "2")]),
    ("\U0001f7e2 13 on target \u00b7 \U0001f7e0 6 close to target \u00b7 \U0001f534 2 off target", "count of measures",
     [("", RIGHT, "13"), ("", WRONG, "5"), ("", RIGHT, "2")]),
    # So many that would bring it there
    (f"{SEEN}: 74%. 56 more visits in time brings us to the tolerance.", "gap in cases", [("A4", RIGHT, "56")]),
    (f"{SEEN}: 74%. 65 more visits in time brings us to the tolerance.", "gap in cases", [("A4", WRONG, "56")]),
    # What it was before, though it is far from what it was
    (f"{SEEN} came to 74%. A year ago it was at 79%.", "figure", [("A4", RIGHT, "74%"), ("A4", RIGHT, "79%")]),
    (f"{SEEN} came to 74%. A year ago it was at 9%.", "figure", [("A4", RIGHT, "74%"), ("A4", WRONG, "79%")]),
    # A rise that is a noun, and a month for the quarter that it ends
    ("We have 593 looked after children. The rise on last year is 10%.", "change", [("E5", RIGHT, "10%")]),
    ("We have 593 looked after children. The rise on last year is 12%.", "change", [("E5", WRONG, "10%")]),
    # A part is never more than its whole
    ("Care proceedings: 52%. 46 of the 88 were on track.", "figure",
     [("B8", RIGHT, "52%"), ("B8", RIGHT, "46"), ("B8", RIGHT, "88")]),
    ("Care proceedings: 52%. 323 of the 88 were on track.", "figure",
     [("B8", RIGHT, "52%"), ("B8", WRONG, "46"), ("B8", RIGHT, "88")]),
    # Movements from one level to another, and counts of a quarter before in brackets
    ("One measure became Red in the quarter.", "movement", [("B8", RIGHT, "1")]),
    ("Two measures became Red in the quarter.", "movement", [("B8", WRONG, "1")]),
    ("One measure moved from within tolerance to target.", "movement", [("A2", RIGHT, "1")]),
    ("Three measures moved from within tolerance to target.", "movement", [("A2", WRONG, "1")]),
    ("13 measures are on target (11 last quarter).", "count of measures", [("", RIGHT, "13"), ("", RIGHT, "11")]),
    ("13 measures are on target (12 last quarter).", "count of measures", [("", RIGHT, "13"), ("", WRONG, "11")]),
    ("Two measures have missed target by more than the tolerance.", "count of measures", [("", RIGHT, "2")]),
    ("Five measures have missed target by more than the tolerance.", "count of measures", [("", WRONG, "2")]),
    # A target time is no target, and "no more than" is part of what a target is
    ("Statutory visits: only 4,144 of them within target time.", "status", []),
    ("Re-referrals: 27%, against a target of no more than 22%.", "target", [("A1", RIGHT, "22%")]),
    ("Re-referrals: 27%, against a target of no more than 23%.", "target", [("A1", WRONG, "22%")]),
    ("New birth visits slipped from on target to within tolerance.", "target", []),
    # A month that something is called after, and cases that are no share
    (f"To agree that {SEEN.lower()}, now 74%, be the subject of the June deep dive.", "figure", [("A4", RIGHT, "74%")]),
    ("Care proceedings: 52%. Their number is down from 91.", "direction", []),
    ("Referrals in the period came to 991, 21.2% below the same quarter last year.", "direction", []),
    ("- A9 Repeat care proceedings within two years: 7%", "figure", [("A9", RIGHT, "7%")]),
    # What it was before, said with "after" and "instead of", and a status in an aside
    ("Care proceedings fell back by 5 percentage points after 57%.", "figure", [("B8", RIGHT, "57%")]),
    ("Care proceedings, which were within tolerance in Quarter 1 at 57%, are outside tolerance.", "status",
     [("B8", RIGHT, "inside tolerance"), ("B8", RIGHT, "outside tolerance")]),
    ("Care proceedings, which were outside tolerance in Quarter 1 at 57%, are outside tolerance.", "status",
     [("B8", WRONG, "inside tolerance"), ("B8", RIGHT, "outside tolerance")]),
    # Off target in one sense or the other, what a colour begins at, and those who are left
    ("Statutory visits have been off target for three quarters.", "streak", [("A4", RIGHT, "3")]),
    ("Statutory visits: 74%. Anything under 75% is red.", "tolerance", [("A4", RIGHT, "75%")]),
    ("Statutory visits: 74%. Anything under 70% is red.", "tolerance", [("A4", WRONG, "75%")]),
    ("Statutory visits: 1,456 took longer.", "figure", [("A4", RIGHT, "1,456")]),
    ("Statutory visits: 74%. Children placed more than 20 miles away are seen later.", "direction", []),
    # Neither ... nor, unlike, all but, apart from
    ("Neither turnover nor the agency rate was outside tolerance.", "status",
     [("C15", RIGHT, "on or better than target"), ("C14", RIGHT, "on or better than target")]),
    ("Neither A4 nor turnover was outside tolerance.", "status",
     [("A4", WRONG, "outside tolerance"), ("C15", RIGHT, "on or better than target")]),
    ("Unlike reoffending, care leavers in suitable accommodation met the target.", "status",
     [("B13", RIGHT, "on or better than target")]),
    ("All but two measures ended the quarter inside tolerance or better.", "count of measures", [("", RIGHT, "all but 2")]),
    ("All but three measures ended the quarter inside tolerance or better.", "count of measures",
     [("", WRONG, "all but 2")]),
    ("Apart from A4 and B8, every measure ended the quarter inside tolerance or better.", "count of measures",
     [("", RIGHT, "all but A4, B8")]),
    ("Apart from A4, every measure ended the quarter inside tolerance or better.", "count of measures",
     [("", WRONG, "all but A4, B8")]),
    ("More than half of the measures met their target.", "count of measures", [("", RIGHT, "13")]),
    ("At least ten measures met their target.", "count of measures", [("", RIGHT, "13")]),
    ("At least fifteen measures met their target.", "count of measures", [("", WRONG, "13")]),
    # Figures in the order of the names, and counts in theirs
    ("Turnover and the agency rate were 13% and 12% respectively.", "figure", [("C15", RIGHT, "13%"), ("C14", RIGHT, "12%")]),
    ("Turnover and the agency rate were 12% and 13% respectively.", "figure", [("C15", WRONG, "13%"), ("C14", WRONG, "12%")]),
    ("Visits in timescale were 74% (5,600 of 4,144).", "figure",
     [("A4", RIGHT, "74%"), ("A4", WRONG, "4,144"), ("A4", WRONG, "5,600")]),
    # A tolerance is no target, and more cases are needed for the one than for the other
    ("The target for A4 is 85%.", "target", [("A4", RIGHT, "85%")]),
    ("The target for A4 is 75%.", "target", [("A4", WRONG, "85%")]),
    ("616 more visits would have brought A4 inside tolerance.", "gap in cases", [("A4", WRONG, "56")]),
    # Bounds that figures keep or not, and what lies within none
    ("A4 exceeded 70%.", "figure", [("A4", RIGHT, "74%")]),
    ("A4 exceeded 80%.", "figure", [("A4", WRONG, "74%")]),
    ("Staff turnover did not exceed 16%.", "figure", [("C15", RIGHT, "13%")]),
    ("Staff turnover did not exceed 12%.", "figure", [("C15", WRONG, "13%")]),
    ("Turnover was above 5%.", "figure", [("C15", OPEN, "")]),
    ("Suitable accommodation was just under 98%.", "figure", [("B13", WRONG, "92%")]),
    ("The reoffending rate was less than 30%.", "figure", [("F02", WRONG, "32%")]),
    # Two measures against each other, and one in one quarter and the next
    ("The reoffending rate (32%) was lower than turnover (13%).", "direction", [("F02", WRONG, "higher")]),
    ("Care proceedings on track (52%) were higher than the reoffending rate (32%).", "direction", [("B8", RIGHT, "higher")]),
    ("A2 was 88% in Quarter 1 and has now risen to 91%.", "figure", [("A2", RIGHT, "88%"), ("A2", RIGHT, "91%")]),
    ("A2 was 88% in Quarter 1 and has now fallen to 85%.", "figure", [("A2", RIGHT, "88%"), ("A2", WRONG, "91%")]),
    ("Referrals: 991, down from 1,307 in the quarter before and down from 1,258 a year earlier.", "direction",
     [("E2", RIGHT, "down"), ("E2", RIGHT, "down")]),
    ("A2 moved from inside tolerance in Quarter 1 to on or better than target in Quarter 2.", "movement",
     [("A2", RIGHT, "inside tolerance, then on or better than target")]),
    ("A1 moved from on or better than target in Quarter 1 to inside tolerance in Quarter 2.", "movement",
     [("A1", WRONG, "inside tolerance, then inside tolerance")]),
    ("Visit timeliness ended Quarter 2 outside tolerance, the same as in Quarter 1.", "direction", []),
    ("The re-registration rate was 7%, the lowest in twelve quarters.", "figure", [("A9", RIGHT, "7%")]),
    ("Thirteen measures met their target, two more than in Quarter 1.", "change", [("", RIGHT, "2")]),
    ("Thirteen measures met their target, four more than in Quarter 1.", "change", [("", WRONG, "2")]),
    ("Two measures were outside tolerance, one more than last quarter.", "change", [("", RIGHT, "1")]),
    ("Two measures were outside tolerance, one fewer than last quarter.", "change", [("", WRONG, "1")]),
    # Measures named between their number and their status
    ("Only two measures, A4 and B8, were outside tolerance.", "status",
     [("A4", RIGHT, "outside tolerance"), ("B8", RIGHT, "outside tolerance")]),
    ("Only two measures, A4 and B9, were outside tolerance.", "status",
     [("A4", RIGHT, "outside tolerance"), ("B9", WRONG, "on or better than target")]),
]  # fmt: skip


@pytest.mark.parametrize(("draft", "kind", "expected"), DRAFTS)
def test_ordinary_sentences(draft: str, kind: str, expected: list[tuple[str, str, str]]) -> None:
    assert said(draft, kind) == expected


def test_a_quarter_of_which_four_are_green_is_no_fourth_quarter() -> None:
    now = Quarter(2018, 2)
    assert [one.periods for one in periods("at the end of the quarter four were green", now)] == []
    assert [one.periods for one in periods("in Quarter four 2017/18", now)] == [(Quarter(2017, 4),)]


def test_not_in_a_name_denies_nothing() -> None:
    text = flat("NEET and not known rose to 7%")
    name = Part(0, text.index(" rose"))
    assert [one.negated for one in directions(text)] == [True]
    assert [one.negated for one in directions(text, [name])] == [False]


@pytest.mark.parametrize(
    ("draft", "expected"),
    [
        ("Adoptions: the target was raised from 12 to 18 in October.", [RIGHT, RIGHT]),
        ("Adoptions: the target was raised from 12 to 19 in October.", [RIGHT, WRONG]),
        ("The target for adoptions is now 18, up from 13.", [WRONG]),
        ("The tolerance for adoptions was raised to 14.", [RIGHT]),
        ("It is proposed that the target for adoptions is raised from 18 to 20.", [OPEN, OPEN]),
        ("Adoptions missed their target and rose from 13 to 20.", []),
    ],
)
def test_levels_that_were_set_anew(draft: str, expected: list[str]) -> None:
    found = verify(Draft(draft), cases.case("tidewater").world)
    assert [one.verdict.value for one in found.claims if one.kind in SET_ANEW] == expected
