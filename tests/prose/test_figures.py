"""Figures, changes, gaps, directions and ranks, each reading with a true and a false example."""

from __future__ import annotations

import pytest
from prose.small import checked, claims, said

from xlkpi.prose.claim import Claim, Verdict

RIGHT, WRONG, OPEN = Verdict.CONFIRMED, Verdict.CONTRADICTED, Verdict.NOT_CHECKABLE


def of(text: str, kind: str = "") -> list[Claim]:
    """Return the claims of a draft that no reader of statuses or periods has taken down."""
    return [
        one
        for one in checked(text).claims
        if one.kind not in {"period", "status", "comparison"} and kind in ("", one.kind)
    ]


#: What is read, a sentence, and of each claim of that kind its verdict and what the figures say.
READINGS = [
    ("figure", "There were 593 looked after children.", [(RIGHT, "593")]),
    ("figure", "There were 594 looked after children.", [(WRONG, "593")]),
    ("figure", "There were 5,694 contacts.", [(RIGHT, "5,694")]),
    ("figure", "Sickness was 5.5% in the quarter.", [(RIGHT, "5.5%")]),
    ("figure", "Sickness was 5.6% in the quarter.", [(WRONG, "5.5%")]),
    # A figure with a unit that it does not have
    ("change", "Contacts rose by 2 percentage points on last year.", [(WRONG, "2%")]),
    ("change", "Contacts rose by 2 days on last year.", [(WRONG, "2%")]),
    ("figure", "Length of intervention fell from 226 to 175 weeks.", [(WRONG, "226 days"), (WRONG, "175 days")]),
    ("figure", "Length of intervention was 175 per cent.", [(WRONG, "175 days")]),
    ("figure", "Length of intervention fell to 175 visits.", [(WRONG, "175 days")]),
    ("gap in cases", "Re-registrations amounted to seven percentage points.", [(WRONG, "7%")]),
    ("gap", "A4 is one day outside tolerance.", [(WRONG, "1 percentage point")]),
    # A gap is from the level that is named, and the cases behind it are those of that gap
    ("gap", "A4 is 11 percentage points below target.", [(RIGHT, "11 percentage points")]),
    ("gap", "A4 is 11 percentage points outside tolerance.", [(WRONG, "1 percentage point")]),
    ("gap", "A4 is one percentage point below target.", [(WRONG, "11 percentage points")]),
    ("gap in cases", "A4 is one point outside tolerance. This amounts to 56 visits.", [(RIGHT, "56")]),
    ("gap in cases", "A4 is one point outside tolerance. This amounts to 616 visits.", [(WRONG, "56")]),
    ("gap in cases", "A4 is one point outside tolerance. This amounts to 56 days.", [(WRONG, "56")]),
    # A share behind a count is that of the count, whatever else was said before
    ("figure", "Re-registrations were 7% (8 children). Of the 139 ceasing to be on a plan, only 8 (7%) became looked after.",
     [(RIGHT, "7%"), (RIGHT, "8"), (RIGHT, "139"), (RIGHT, "8"), (WRONG, "6%")]),
    ("figure", "Of the 139 ceasing to be on a plan, only 8 (6 percentage points) became looked after.",
     [(RIGHT, "139"), (RIGHT, "8"), (WRONG, "6%")]),
    # A sentence about a target
    ("target", "The 2018/19 target for children seen in appropriate timescales was 85%.", [(RIGHT, "85%")]),
    ("target", "The 2018/19 target for children seen in appropriate timescales was 80%.", [(WRONG, "85%")]),
    # A month against the quarter in which it lies
    ("direction", "Sickness was 5.5%, and had reduced at the end of the quarter to 4.0% in September.",
     [(RIGHT, "down: 5.5% to 4.0%")]),
    ("direction", "Sickness was 5.5%, and had increased at the end of the quarter to 4.0% in September.",
     [(WRONG, "down: 5.5% to 4.0%")]),
    # What was the same as before; on the quarter; a level behind a status
    ("direction", "Contacts were 5,694, the same number as last quarter.", [(WRONG, "up: 5,611 to 5,694")]),
    ("change", "Contacts: 5,694 (+83 on the quarter).", [(RIGHT, "83")]),
    ("figure", "Staff turnover met its target: 13% of staff left.", [(RIGHT, "13%")]),
    ("figure", "Staff turnover met its target: 15% of staff left.", [(WRONG, "13%")]),
    # A period beside the figure
    ("figure", "Sickness was 4.4% in the same period last year.", [(RIGHT, "4.4%")]),
    ("figure", "Sickness was 5.5% in the same period last year.", [(WRONG, "4.4%")]),
    ("figure", "Sickness was 4.0% in September.", [(RIGHT, "4.0%")]),
    ("figure", "Sickness was 4.0% in the quarter.", [(WRONG, "5.5%")]),
    ("figure", "The 2018/19 Q1 figure of 582 looked after children is the last one.", [(RIGHT, "582")]),
    ("figure", "The 2018/19 Q1 figure of 593 looked after children is the last one.", [(WRONG, "582")]),
    ("figure", "In the last quarter there were 593 looked after children.", [(RIGHT, "593")]),
    ("figure", "In the last quarter there were 582 looked after children.", [(RIGHT, "582")]),
    ("figure", "More than six out of 10 referrals came again.", []),
    ("change", "Referrals were 21% fewer than the 1,258 of a year ago.", [(RIGHT, "21%")]),
    ("change", "Referrals were 12% fewer than the 1,258 of a year ago.", [(WRONG, "21%")]),
    ("figure", "There had been 593 looked after children.", [(RIGHT, "593")]),
    ("figure", "In Q1 there were 582 looked after children.", [(RIGHT, "582")]),
    ("figure", "At 30 June 2018 there were 582 looked after children.", [(RIGHT, "582")]),
    ("figure", "At 30 June 2018 there were 593 looked after children.", [(WRONG, "582")]),
    # From one to another
    ("figure", "Average caseload has dropped from 25.2 to 22.1.", [(RIGHT, "25.2"), (RIGHT, "22.1")]),
    ("figure", "Average caseload has dropped from 25.3 to 22.1.", [(WRONG, "25.2"), (RIGHT, "22.1")]),
    ("figure", "Length of intervention fell from 226 to 175 days.", [(RIGHT, "226 days"), (RIGHT, "175 days")]),
    ("figure", "Length of intervention fell to 175 days from 225.", [(RIGHT, "175 days"), (WRONG, "226 days")]),
    ("figure", "More children are placed with in-house foster carers than a year ago (234 vs 220).",
     [(RIGHT, "234"), (RIGHT, "220")]),
    ("figure", "More children are placed with in-house foster carers than a year ago (234 vs 221).",
     [(RIGHT, "234"), (WRONG, "220")]),
    # Counts of a share
    ("figure", "Eight of the 107 plans started were second or subsequent child protection plans.",
     [(RIGHT, "8"), (RIGHT, "107")]),
    ("figure", "Nine of the 107 plans started were second or subsequent child protection plans.",
     [(WRONG, "8"), (RIGHT, "107")]),
    ("figure", "Re-registrations were 7% (8 children).", [(RIGHT, "7%"), (RIGHT, "8")]),
    ("figure", "Re-registrations were 7% (9 children).", [(RIGHT, "7%"), (WRONG, "8")]),
    ("figure", "Of the 139 ceasing to be on a plan, 8 (6%) became looked after.",
     [(RIGHT, "139"), (RIGHT, "8"), (RIGHT, "6%")]),
    ("figure", "Of the 139 ceasing to be on a plan, 8 (9%) became looked after.",
     [(RIGHT, "139"), (RIGHT, "8"), (WRONG, "6%")]),
    ("figure", "Timeliness of single assessments: the remaining 9% were late.", [(RIGHT, "9%")]),
    ("figure", "Nine in ten single assessments were completed within timescale.", [(RIGHT, "91%"), (RIGHT, "91%")]),
    # Parts of an indicator
    ("figure", "Timeliness of visits in September was 80% for CIC, CPP 83% and CIN 66%.",
     [(RIGHT, "80%"), (RIGHT, "83%"), (RIGHT, "66%")]),
    ("figure", "Timeliness of visits in September was 80% for CIC, CPP 83% and CIN 76%.",
     [(RIGHT, "80%"), (RIGHT, "83%"), (WRONG, "66%")]),
    # Changes: percent, points, absolute
    ("change", "Referrals dropped by 24% from last quarter.", [(RIGHT, "24%")]),
    ("change", "Referrals dropped by 42% from last quarter.", [(WRONG, "24%")]),
    ("change", "Referrals rose by 24% on last quarter.", [(WRONG, "24%")]),
    ("change", "Referrals are 21% lower than in the same quarter last year.", [(RIGHT, "21%")]),
    ("change", "Referrals are 24% lower than in the same quarter last year.", [(WRONG, "21%")]),
    ("change", "Children in care increased by eleven in the quarter.", [(RIGHT, "11")]),
    ("change", "Children in care increased by twelve in the quarter.", [(WRONG, "11")]),
    ("change", "Visits in timescale rose by 2.6 percentage points on last quarter.", [(RIGHT, "2.6 percentage points")]),
    ("change", "Visits in timescale rose by 3.6 percentage points on last quarter.", [(WRONG, "2.6 percentage points")]),
    ("change", "Visits in timescale (▲2.6pp QoQ).", [(RIGHT, "2.6 percentage points")]),
    ("change", "Sickness was 1.1 percentage points worse than last year.", [(RIGHT, "1.1 percentage points")]),
    ("change", "Sickness was 1.1 percentage points better than last year.", [(WRONG, "1.1 percentage points")]),
    ("change", "Referrals dropped by 316 (24%) from last quarter.", [(RIGHT, "316"), (RIGHT, "24%")]),
    ("figure", "Re-registrations have halved since last quarter.", [(RIGHT, "0.5")]),
    ("figure", "Re-registrations have doubled since last quarter.", [(WRONG, "0.5")]),
    # Target, tolerance, gap, cases
    ("target", "Visits in timescale have a target of 85%.", [(RIGHT, "85%")]),
    ("target", "Visits in timescale have a target of 80%.", [(WRONG, "85%")]),
    ("tolerance", "Visits in timescale have a tolerance of 75%.", [(RIGHT, "75%")]),
    ("target", "Visits in timescale are below the threshold of 85%.", [(RIGHT, "85%")]),
    ("target", "Visits in timescale are below the threshold of 75%.", [(RIGHT, "75%")]),
    ("target", "Visits in timescale are below the threshold of 70%.", [(WRONG, "85%")]),
    ("tolerance", "Visits in timescale have a tolerance of 70%.", [(WRONG, "75%")]),
    ("gap", "Visits in timescale are one percentage point outside tolerance.", [(RIGHT, "1 percentage point")]),
    ("gap", "Visits in timescale are two percentage points outside tolerance.", [(WRONG, "1 percentage point")]),
    ("gap", "Visits in timescale are outside tolerance, by one percentage point.", [(RIGHT, "1 percentage point")]),
    ("gap in cases", "A4 is outside tolerance. This amounts to 56 visits.", [(RIGHT, "56")]),
    ("gap in cases", "A4 is outside tolerance. This amounts to 65 visits.", [(WRONG, "56")]),
    # The year so far
    ("figure", "The year so far has brought 11,305 contacts.", [(RIGHT, "11,305")]),
    ("figure", "The year so far has brought 11,503 contacts.", [(WRONG, "11,305")]),
    # Directions
    ("direction", "Contacts have increased.", [(RIGHT, "up: 5,611 to 5,694")]),
    ("direction", "Contacts have fallen.", [(WRONG, "up: 5,611 to 5,694")]),
    ("direction", "Visits in timescale improved in the quarter.", [(RIGHT, "up: 71% to 74%")]),
    ("direction", "Visits in timescale worsened in the quarter.", [(WRONG, "up: 71% to 74%")]),
    ("direction", "Staff turnover improved on last quarter.", [(WRONG, "up: 13% to 13%")]),
    ("direction", "A reduction in referrals helped.", [(RIGHT, "down: 1,307 to 991")]),
    ("direction", "The proportion placed out of borough remains similar to last year.", [(RIGHT, "down: 27% to 27%")]),
    ("direction", "The number of children in need is unchanged.", [(WRONG, "down: 2,827 to 2,549")]),
    # Ranks
    ("rank", "The number of children in care is the highest on record.", [(RIGHT, "2018/19 Q2 (593)")]),
    ("rank", "The number of children in care is the lowest on record.", [(WRONG, "2015/16 Q1 (476)")]),
    ("rank", "Referrals peaked in September and October 2017.", [(RIGHT, "September 2017 (578), October 2017 (590)")]),
    (
        "rank",
        "From August 2017 to July 2018, referrals peaked at 590 in October 2017 and have since fallen to 350 in July 2018.",
        [(RIGHT, "October 2017 (590)")],
    ),
    ("rank", "Referrals peaked in July and August 2017.", [(WRONG, "September 2017 (578), October 2017 (590)")]),
    # Names
    ("name", "A2 - Staff turnover", [(WRONG, "A2 Timeliness of single assessment")]),
    ("name", "B8 - care proceedings on track within 28 weeks",
     [(WRONG, "Percentage of care proceedings on track to be completed within 26 weeks")]),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "text", "expected"), READINGS)
def test_a_reading_is_confirmed_where_it_is_right_and_contradicted_where_not(
    kind: str, text: str, expected: list[tuple[Verdict, str]]
) -> None:
    assert [(one.verdict, one.computed) for one in of(text, kind)] == expected


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        # 94 of 5,600 is 1.679%
        ("Contacts rose by 2% on last year.", RIGHT),
        ("Contacts rose by 1.7% on last year.", RIGHT),
        ("Contacts rose by 1.68% on last year.", RIGHT),
        ("Contacts rose by 1% on last year.", WRONG),
        ("Contacts rose by 1.6% on last year.", WRONG),
        ("Contacts rose by 1.67% on last year.", WRONG),
        ("Contacts rose by 2.0% on last year.", WRONG),
        # 8 of 107 is 7.477%: not by way of 7.5
        ("Re-registrations were 7%.", RIGHT),
        ("Re-registrations were 8%.", WRONG),
        ("Re-registrations were 7.5%.", RIGHT),
        ("Re-registrations were 7.48%.", RIGHT),
        ("Re-registrations were around 7.6%.", RIGHT),
        ("Re-registrations were 7.6%.", WRONG),
    ],
)
def test_a_figure_is_right_at_its_own_precision(text: str, verdict: Verdict) -> None:
    assert [one.verdict for one in of(text) if one.stated.endswith("%")] == [verdict]


@pytest.mark.parametrize(
    ("text", "computed"),
    [
        ("Length of intervention was 175 weeks.", "175 days"),
        ("Contacts rose by 1.5 percentage points on last quarter.", "1.5%"),
        ("Contacts was 72%.", "5,694"),
        ("Sickness was 5.5 days.", "5.5%"),
    ],
)
def test_the_right_figure_in_the_wrong_unit_is_contradicted(text: str, computed: str) -> None:
    [found] = [one for one in of(text) if one.kind in {"figure", "change"}]
    assert (found.verdict, found.computed) == (WRONG, computed)


def test_points_and_percent_of_two_percentages_are_both_accepted_and_the_reason_says_which() -> None:
    [found] = of("Visits in timescale rose by 2.6% on last quarter.", "change")
    assert found.verdict is RIGHT
    assert "percentage points" in found.reason


def test_a_figure_of_another_period_is_named_as_such() -> None:
    [found] = of("There were 582 looked after children.", "figure")
    assert found.verdict is WRONG
    assert found.reason == "E5 was 593 in 2018/19 Q2, not 582. 582 is the figure of 2018/19 Q1."


@pytest.mark.parametrize(
    "text",
    [
        "Paragraph 3.4 of the strategy and table 12 say more.",
        "Children aged 16 or 17 need more help, at 2pm and in room 214.",
        "One of the homes was praised.",
        "Section 47 enquiries are described in appendix 2.",
        "The Children Act 1989 and the guidance of 2018 apply.",
    ],
)
def test_numbers_that_state_no_figure_are_left_out(text: str) -> None:
    assert [one for one in of(text) if one.verdict is not OPEN] == []


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("A child must be seen within 5 days.", "A length of time"),
        ("The grant was £15,000.", "no sums of money"),
        ("Contacts rose to 6,100 in 2012.", "no figure for 2012"),
        ("We expect contacts to reach 7,000.", "expected"),
        ("Of the 593 looked after children, 61 of these were unaccompanied.", "such a part"),
        ("A recent increase in contacts from Police was noted.", "this part"),
        ("Contacts in 2011/12 Q1 numbered 4,000.", "no figure of E1"),
        ("In-house residential occupancy remains high at 90.", "has no unit"),
    ],
)
def test_what_the_workbook_cannot_say_is_not_checkable_and_never_wrong(text: str, reason: str) -> None:
    found = of(text)
    assert WRONG not in {one.verdict for one in found}
    assert any(reason in one.reason for one in found if one.verdict is OPEN), found


def test_figures_of_others_are_not_held_against_ours() -> None:
    found = checked("Timeliness of single assessments was 91%, against a national average of 83%.").claims
    assert {one.stated: one.verdict for one in found if one.kind in {"figure", "comparison"} and "%" in one.stated} == {
        "91%": RIGHT, "83%": OPEN,
    }  # fmt: skip


def test_a_wrong_noun_is_in_the_claim() -> None:
    [found] = [one for one in of("Length of intervention fell from 226 to 175 visits.") if one.verdict is WRONG]
    assert found.text == "to 175 visits"


def test_verbs_that_lead_from_one_figure_to_another_have_to_go_that_way() -> None:
    [found] = of("Average caseload rose from 25.2 to 22.1.", "direction")
    assert (found.verdict, found.reason) == (WRONG, "From 25.2 to 22.1 is down.")


@pytest.mark.parametrize(
    "text",
    [
        "A4 and staff turnover are discussed below.",
        "A4 fell while staff turnover rose.",
        "Call 01632 960 114 about contacts.",
        "Below we speak of A3, C15 and 1 other.",
        "No child has been on a plan for longer than that.",
        "Referrals fell, which is more than could be hoped for.",
    ],
)
def test_words_that_say_nothing_of_a_figure_are_not_contradicted(text: str) -> None:
    assert checked(text).with_verdict(Verdict.CONTRADICTED) == []


@pytest.mark.parametrize(
    ("text", "words", "right"),
    [
        ("C15 - Children seen in appropriate timescales (CIN, CPP, and CIC)", "C15 - Children", "A4"),
        ("- A6 - Stability of Placement of CiC: percentage of 3+ moves", "A6 - Stability", "B10"),
        ("B9 - Stability of Placement of CiC: percentage of 3+ moves", "B9 - Stability", "B10"),
        ("A42 - Staff turnover", "A42", "C15"),
        ("B8 - Percentage of care proceedings on track to be completed within 36 weeks", "36", "26 weeks"),
        ("B10 - Stability of Placement of CiC: percentage of 2+ moves", "2", "3+ moves"),
    ],
)
def test_a_code_and_the_title_beside_it_mean_the_same(text: str, words: str, right: str) -> None:
    [found] = [one for one in of(text, "name") if one.verdict is WRONG]
    assert found.text.startswith(words)
    assert right in found.reason


@pytest.mark.parametrize(
    "text",
    [
        "A team was formed to reduce contacts.",
        "Regular tracking reduced drift.",
        "The audit confirms that practice is improving.",
    ],
)
def test_what_somebody_does_is_not_what_a_figure_did(text: str) -> None:
    assert of(text, "direction") == []


def test_a_claim_stands_where_its_words_stand() -> None:
    text = "Contacts rose by 2% on last year; there were 593 looked after children."
    for one in checked(text).claims:
        assert text[one.start : one.end] == one.text


@pytest.mark.parametrize(("number", "verdict"), [("8", "confirmed"), ("9", "contradicted"), ("eight", "confirmed")])
def test_a_part_that_has_a_measure_of_its_own_is_held_against_it(number: str, verdict: str) -> None:
    text = f"Of the 139 ceasing to be on a plan in the quarter, only {number} (6%) became looked after."
    assert said(text, "figure")[:2] == [("E13", "confirmed", "139"), ("E14", verdict, "8")]


@pytest.mark.parametrize(
    ("name", "wrong"),
    [("Average caseload", []), ("Contacts", ["E6"]), ("Children ceasing a child protection plan", ["E6"])],
)
def test_figures_under_the_name_of_another_indicator(name: str, wrong: list[str]) -> None:
    text = f"{name} for a fully qualified social worker in our ACPS teams has dropped from 25.2 to 22.1."
    assert [one.indicator for one in claims(text, "name")] == wrong
    assert said(text, "figure") == [("E6", "confirmed", "25.2"), ("E6", "confirmed", "22.1")]


@pytest.mark.parametrize(
    ("share", "verdict"), [("65%", "confirmed"), ("65 days", "contradicted"), ("65 percentage points", "contradicted")]
)
def test_a_share_of_measures_is_in_percent(share: str, verdict: str) -> None:
    text = f"Ninety percent of measures currently lie within or better than target, with {share} at or above target."
    assert said(text, "share of measures") == [("", "confirmed", "90%"), ("", verdict, "65%")]
