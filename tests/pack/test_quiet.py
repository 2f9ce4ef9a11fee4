"""What the public may not know is not said in words either: planted leaks in many wordings, and what may stay.

In the worked example four of 323 children (1.24%) were on a plan for two years or more (A6), and in the quarter before five of
358; F03 is 5 custodial sentences; A3 had small rests a year ago.
"""

from __future__ import annotations

from functools import cache

import pytest
from packed import book

from xlkpi.calculate.history import History
from xlkpi.calculate.results import calculate
from xlkpi.errors import Problem
from xlkpi.model.period import Quarter
from xlkpi.model.profile import Profile
from xlkpi.model.register import Kind
from xlkpi.narrative.edits import Line
from xlkpi.pack.known import Known, known
from xlkpi.pack.quiet import LEFT_OUT, Quiet
from xlkpi.pack.small_numbers import keep
from xlkpi.pack.spoken import spoken

NOW = Quarter(2018, 2)
QUARTERS = [NOW.shift(-back) for back in range(11, -1, -1)]


@cache
def what_is_known() -> Known:
    typed = book()
    results = calculate(typed.register, typed.observations, NOW)
    histories = [
        History(one, typed.register, typed.observations) for kind in Kind for one in typed.register.valid(kind, NOW)
    ]
    return known(results, histories, QUARTERS, keep(histories, QUARTERS, profile=Profile.PUBLIC))


def told(text: str, *codes: str) -> str:
    return Quiet(what_is_known()).text(text, "4.3", codes)


#: A text, and the codes of the paragraph's own indicators.
LEAKS = [
    ("Only four children have remained on a plan for more than two years.", ()),
    ("Only 4 children have remained on a plan for more than two years.", ()),
    ("Four of the 323 on a plan have been on it since 2016.", ()),
    ("A6 stands at four.", ()),
    ("A6 is 1%.", ()),
    ("A6 is 1.2%, well below target.", ()),
    ("A6 is 1.24 per cent.", ()),
    ("One per cent of plans last for two years or more.", ()),
    ("1 in 81 children has been on a plan for two years.", ()),
    ("319 of the 323 children came off their plan within two years.", ("A6",)),
    ("All but four of the children on a plan came off it in time.", ()),
    ("It fell from five to four.", ("A6",)),
    ("It fell by one.", ("A6",)),
    ("It has halved since last year.", ("A6",)),
    ("A couple of them are siblings.", ("A6",)),
    ("Just a handful remain.", ("A6",)),
    ("There was one fewer than last quarter.", ("A6",)),
    ("Long plans are rare. There are four now.", ("A6",)),
    ("Plans of 2 years or more are rare (n=4).", ()),
    ("Fewer than five children are on a plan for 2 years or more.", ()),
    ("Between 1 and 5 children have been on a plan for two years.", ()),
    ("Twins and a pair of brothers remain on long plans: A6.", ()),
    ("1.2 per cent of plans last for two years.", ()),
    ("Both pairs were on a plan for over two years.", ("A6",)),
    ("A third of the twelve long child protection plans ended, leaving four.", ()),
    ("We know all 4 of these families well.", ()),
    ("Three young people were moved abroad.", ()),
    ("Two siblings were placed in Leeds.", ()),
    ("There were five custodial sentences in the last 12 months.", ()),
    ("Custody: 5 young people.", ()),
    ("The custody rate is 0.18 per 1,000.", ("F03",)),
    ("F03 fell to 0.18.", ()),
    ("In the quarter a year ago 4 of 70 audits were inadequate, so that A3 was 94%.", ()),
    ("A3 was 93% in Quarter 3, 2017/18.", ()),
    ("The target for A6 was met with 4 to spare.", ()),
    ("Forty-three per cent of our care leavers moved; four of them twice.", ()),
    ("A9 was 7% (8 children). FOUR children stayed on a plan for two years.", ()),
    ("four children have stayed on a plan for two years", ()),
]
SAFE = [
    ("Numbers of children subject to a Child Protection Plan have continued to reduce and are now at 323.", ()),
    ("Of the 139 ceasing to be on a plan in the quarter, only 8 became looked after.", ("E13", "E14")),
    ("A9 was 7% in the quarter (8 children).", ()),
    ("A6 is on target and has been for twelve quarters.", ()),
    ("A6 – Percentage of children in child protection plan for 2 years or more.", ()),
    ("Five measures are inside tolerance, and two outside it.", ()),
    ("This amounts to 56 visits in the quarter.", ("A4",)),
    ("The gap to tolerance is 3 percentage points, which amounts to 3 cases: 46 of 88.", ("B8",)),
    ("Contact rates rose by 1.5% on last quarter.", ("E1",)),
    ("A child must be seen within 5 days from the start, then every four weeks.", ()),
    ("The Trust anticipates two inspections in the short term, among them a 2-day visit.", ()),
    ("The length of intervention has reduced from 226 to 175 days.", ("C18",)),
    ("Eighteen of the 20 contract measures (90%) are inside tolerance or better.", ()),
    ("In Quarter 2, 2018/19, on 1 July 2018, nothing changed.", ()),
    ("More is said in section 4, table 3.1 and appendix one.", ()),
    ("4.1. Both homes are well led.", ()),
    ("Tracking is in place to reduce drift.", ("A6",)),
]


@pytest.mark.parametrize(("text", "codes"), LEAKS, ids=[text for text, _ in LEAKS])
def test_a_sentence_that_gives_a_figure_away_is_left_out(text: str, codes: tuple[str, ...]) -> None:
    quiet = Quiet(what_is_known())
    said = quiet.text(text, "4.3", codes)
    assert said.endswith(LEFT_OUT)
    assert quiet.left_out
    assert all(one.where == "4.3" and one.reason and one.sentence in text for one in quiet.left_out)


@pytest.mark.parametrize(("text", "codes"), SAFE, ids=[text for text, _ in SAFE])
def test_a_sentence_that_says_what_is_printed_stays(text: str, codes: tuple[str, ...]) -> None:
    assert told(text, *codes) == text


def test_only_the_sentence_is_left_out_and_the_rest_stays() -> None:
    text = "A9 was 7% in the quarter (8 children). Only four children remain on a plan for two years. Plans end sooner."
    assert told(text) == f"A9 was 7% in the quarter (8 children). Plans end sooner. {LEFT_OUT}"


def test_a_figure_in_a_list_is_masked_and_the_list_stays() -> None:
    text = "On target: A9 (7%, from 14%), A6 (1%, 4 children) and B9 (75%, from 74%)."
    assert told(text) == "On target: A9 (7%, from 14%), A6 ([c]) and B9 (75%, from 74%)."


def test_brackets_without_a_number_stay() -> None:
    text = "Targets were revised for F01, F02 and F03 (Youth Offending Services)."
    assert told(text) == text


def test_edited_text_of_any_paragraph_is_read_and_lists_keep_their_lines() -> None:
    line = Line(
        "1.1", "Purpose", "Generated.", "To say:\n- four children stayed\n- all is well", "", (), "", "", "k", ""
    )
    quiet = Quiet(what_is_known())
    [found] = quiet.lines([line])
    assert found.used == f"To say:\n- all is well {LEFT_OUT}"
    assert [one.where for one in quiet.left_out] == ["1.1"]


@pytest.mark.parametrize(
    "text",
    [
        "Day nurseries: at the end of Quarter 2, 2018/19, two of the three inspected were graded outstanding and one good.",
        "One inspection is expected: Day nursery in October 2018.",
    ],
)
def test_grades_of_settings_count_no_people(text: str) -> None:
    """So it is in the program's own words; in those of a person it is unsure."""
    assert Quiet(what_is_known()).text(text, "5.1", generated=text) == text
    assert told("Two of the three inspected were graded outstanding.") == LEFT_OUT


def test_comments_and_remarks_are_read_too() -> None:
    quiet = Quiet(what_is_known())
    assert quiet.comment("A6", "All four are known to the panel.") == LEFT_OUT
    remark = Problem("Results!E9", "A6 is 1.24%, shown as 1%.", "Read it before signing.")
    assert quiet.remark(remark) == LEFT_OUT
    harmless = Problem("Narrative!C4", "4.1 has a gap.", "Fill it in.")
    assert quiet.remark(harmless) == "4.1 has a gap. Fill it in."


def test_what_the_commissioner_reads_stays_as_it_is() -> None:
    quiet = Quiet(what_is_known(), is_on=False)
    assert quiet.text("Only four children.", "4.3") == "Only four children."


@pytest.mark.parametrize(
    ("sentence", "values"),
    [
        ("three hundred and nineteen of 323", ["319", "323"]),
        ("twenty-one and 1,204.5", ["21", "2409/2"]),
        ("a quarter of them, half of those", ["25", "50"]),
        ("the third quarter in a row", []),
        ("since the quarter began", []),
        ("aged 19 to 21, within 26 weeks, on 3rd May 2018", []),
        ("0.18 per 1,000", ["9/50"]),
    ],
)
def test_numbers_are_read_in_digits_and_words(sentence: str, values: list[str]) -> None:
    assert [str(one.value) for one in spoken(sentence)] == values
