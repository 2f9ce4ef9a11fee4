"""Figures that stand alone in a line, labelled lines, and rows as converters of pages leave them."""

from __future__ import annotations

import pytest
from prose import cases
from prose.small import checked, claims, example

from xlkpi.calculate.status import Status
from xlkpi.model.period import Quarter
from xlkpi.prose.claim import Claim, Verdict

BELOW = """Young people and schools

Re-referrals within 12 months
{now}
Previous quarter
{before}
Target
22%
{status}
The rate was {year} a year ago.

Assessments in timescale
91%
Previous quarter
88%

Children seen in time
74%
Target
85%
Smaller teams have been set up.
"""
ABOVE = """At a glance

27%
re-referrals
in 12 months

{}
assessments
in timescale

93%
supervisions in time
"""
CARD = {"now": "27%", "before": "26%", "status": "Amber", "year": "25%"}


def wrong(text: str) -> list[Claim]:
    return list(checked(text).with_verdict(Verdict.CONTRADICTED))


def right(text: str) -> set[str]:
    return {one.text for one in claims(text, "figure") if one.verdict is Verdict.CONFIRMED}


def test_a_card_has_its_figures_below_its_name() -> None:
    assert not wrong(BELOW.format(**CARD))
    assert right(BELOW.format(**CARD)) >= {"27%", "26%", "22%", "91%", "88%", "74%", "85%"}


@pytest.mark.parametrize(("what", "words"), [("now", "72%"), ("before", "62%"), ("status", "Green"), ("year", "52%")])
def test_what_is_wrong_in_a_card_is_found(what: str, words: str) -> None:
    [found] = wrong(BELOW.format(**{**CARD, what: words}))
    assert (found.indicator, words in found.text) == ("A1", True)


def test_a_poster_has_its_names_below_its_figures() -> None:
    assert not wrong(ABOVE.format("91%"))
    assert right(ABOVE.format("91%")) >= {"27%", "91%", "93%"}
    assert [one.text for one in wrong(ABOVE.format("19%"))] == ["19%"]


def test_two_ways_may_stand_in_one_draft_under_numbered_headings() -> None:
    text = (
        "1. At a glance\n\n27%\nre-referrals\n\n91%\nassessments in timescale\n\n2. Staff\n\nSupervisions in time\n{}\n"
    )
    assert not wrong(text.format("93%"))
    assert [one.text for one in wrong(text.format("39%"))] == ["39%"]


def test_lines_of_words_and_lone_numbers_that_fit_nothing_are_no_poster() -> None:
    assert not wrong("Re-referrals\n3\nAssessments\n4\nChildren seen\n5\n")


@pytest.mark.parametrize(
    "line", ["Q1 = 26% Q2 = {} Target: 22%", "Value {} Target 22% Status Amber", "Actual {}  Target 22%  RAG Amber"]
)
def test_a_line_of_labelled_figures_is_about_what_stands_above_it(line: str) -> None:
    text = f"A1: Re-referrals\n{line}\nMembers asked why it had risen from {{before}}.\n"
    assert not wrong(text.format("27%", before="26%"))
    assert [one.text for one in wrong(text.format("72%", before="26%"))] == ["72%"]
    assert ["26" in one.text or "62" in one.text for one in wrong(text.format("27%", before="62%"))] == [True]


def test_rows_may_be_numbered() -> None:
    text = "Ref Indicator Q1 2018/19 Q2 2018/19 Target\n1.1 Re-referrals 26% {} 22%\n1.2 Children seen in time 71% 74% 85%\n"
    text += "1.3 Supervisions in time 92% 93% 90%\n"
    assert right(text.format("27%")) >= {"26%", "27%", "22%", "71%", "74%", "85%"}
    assert [one.text for one in wrong(text.format("72%"))] == ["72%"]


def test_periods_one_below_the_other_head_rows() -> None:
    text = "Quarter\nRe-referrals\nAssessments in timescale\nQ1 2018/19\n26%\n88%\nQ2 2018/19\n{}\n91%\n"
    assert right(text.format("27%")) >= {"26%", "88%", "27%", "91%"}
    assert [one.text for one in wrong(text.format("72%"))] == ["72%"]


NARROW = (
    "Ref  Indicator  Polarity  Target  Amber  Jun-18  Sep-18  RAG  England  Comment\nFRONT DOOR\n"
    "A1 Re-referrals  Low  22%  28%  26%  {}  Amber  22%\n"
    "A4 Children seen in time  High  85%  -  71%  74%  Red  -  Two posts are vacant.\n"
)


def test_columns_two_blanks_apart_with_the_reference_in_the_name() -> None:
    assert right(NARROW.format("27%")) >= {"22%", "26%", "27%", "85%", "71%", "74%"}
    assert [one.text for one in wrong(NARROW.format("72%"))] == ["72%"]


def test_a_share_is_no_code_that_is_a_mere_number() -> None:
    found = cases.case("quarrington").checked(
        "Indicator | Target | Q1 2023/24\nStrategy discussions leading to an enquiry | 70% | 68%\n"
    )
    assert {one.text for one in found.with_verdict(Verdict.CONFIRMED)} >= {"70%", "68%"}


#: Sentences of which one figure is of something, or of some time, that the workbook does not know.
OPEN = [
    "Since 2009 re-referrals have risen by 41%.",
    "The rate per 100,000 of the 10 to 17 population is not known.",
    "Contents\n1. Re-referrals 5\n2. Contacts 7\n3. Children seen 9\n\nRe-referrals were at 27%.",
    "Re-referrals were at 27%, short of the 22% expected.",
    "Re-referrals were at 27%, which is not yet the 22% we want.",
    "9.0% of children in care had moved, down from 12.2% a year before.",
]


@pytest.mark.parametrize("text", OPEN)
def test_what_the_workbook_does_not_know_is_left_open(text: str) -> None:
    assert not wrong(text)


BASES = [
    ("Re-referrals were {} in the first quarter of last year.", "25%", "52%"),
    ("Contacts were at 5,694, {} more than in the same three months of 2017.", "94", "49"),
    ("There was little change in re-referrals on the previous year: {} (25%).", "27%", "72%"),
]


@pytest.mark.parametrize(("text", "words", "changed"), BASES)
def test_more_ways_to_name_a_time(text: str, words: str, changed: str) -> None:
    assert not wrong(text.format(words))
    assert any(changed in one.text for one in wrong(text.format(changed)))


RISING = (
    "Contacts\n5,694\nPrevious quarter\n5,611\n\nRe-referrals\n27%\nPrevious quarter\n26%\n\nContacts\n5,694\n"
    "Numbers are up for the {} quarter running. They should stay there.\n"
)
#: Contacts rose twice in a row.
RUNS = [
    ("Contacts have gone up {} quarters running.", "two", "three"),
    ("Contacts came to 5,694. They have risen {} times in a row.", "two", "three"),
    ("Contacts were at 5,694, rising for the {} quarter in a row.", "second", "third"),
    (RISING, "second", "third"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "words", "changed"), RUNS)
def test_runs_are_told_in_many_ways(text: str, words: str, changed: str) -> None:
    assert not wrong(text.format(words))
    assert [one.kind for one in wrong(text.format(changed))] == ["streak"]


def test_a_tab_behind_the_number_of_a_paragraph_parts_no_cells() -> None:
    text = "3.\tPERFORMANCE\n\n3.1\tRe-referrals were at {}, up from 26% in Quarter 1.\n\n"
    text += "8\tContacts came to 5,694 in the quarter.\n"
    assert {one.text for one in checked(text.format("27%")).with_verdict(Verdict.CONFIRMED)} >= {"at 27%", "to 5,694"}
    assert [one.text for one in wrong(text.format("72%"))] == ["at 72%"]


def test_rows_one_cell_to_a_line_may_be_parted_by_comments() -> None:
    row = "Children's\nServices\n{}\n{}\n{}\n{}\nPerformance is as hoped for and the\nteams are well.\n\n"
    rows = [("Re-referrals within 12 months", "26%", "22%", "{}"), ("Children seen in time", "71%", "85%", "74%"),
            ("Supervisions in time", "92%", "90%", "93%"), ("Assessments in timescale", "88%", "90%", "91%")]  # fmt: skip
    text = "".join(row.format(*one) for one in rows)
    assert right(text.format("27%")) >= {"26%", "22%", "27%", "71%", "85%", "74%", "92%", "93%"}
    assert not wrong(text.format("27%"))
    assert [one.text for one in wrong(text.format("72%"))] == ["72%"]


def test_rows_may_open_with_their_colour() -> None:
    text = (
        "Status Measure 18-19 Q1 18-19 Q2 Target Trend\n\n"
        "Amber Re-referrals within 12 months 26% {} 22% Declined\nMore is known now.\n\n"
        "Red Children seen in time 71% 74% 85% Improved\n\nGreen Supervisions in timescale 92% 93% 90% Improved\n"
    )
    assert right(text.format("27%")) >= {"26%", "27%", "22%", "71%", "74%", "85%", "92%", "93%", "90%"}
    assert [one.text for one in wrong(text.format("72%"))] == ["72%"]


COUNTS = (
    "| Rating | Sept | June |\n|:--|:-:|:-:|\n| On or better than target | 13 | {} |\n| Inside tolerance | 5 | 5 |\n"
)


def test_counts_of_measures_under_months_are_those_of_the_quarters_that_they_end() -> None:
    earlier = int(example().count([Status.ON], "", Quarter(2018, 1)).value)
    text = COUNTS.replace("| 5 | 5 |", f"| 5 | {int(example().count([Status.INSIDE], '', Quarter(2018, 1)).value)} |")
    assert not wrong(text.format(earlier))
    assert [one.text for one in wrong(text.format(earlier + 2))] == [str(earlier + 2)]


def test_colours_with_their_counts_may_stand_at_the_end_of_a_sentence() -> None:
    text = "20 measures have a target: Red 2, Amber {}, Green 13 (Q3: Red 9)."
    assert not wrong(text.format(5))
    assert [one.kind for one in wrong(text.format(6))] == ["count of measures"]


def test_months_over_columns_are_months_or_quarters_for_a_whole_row() -> None:
    text = "| Indicator | Jun 2018 | Sep 2018 |\n| Contacts in period | {} | {} |\n"
    assert not wrong(text.format("5,611", "5,694"))
    assert not wrong(text.format("1,856", "1,929"))
    assert [one.text for one in wrong(text.format("1,856", "5,694"))] == ["5,694"]


#: What stands behind a figure makes it no target unless it ends there.
NO_TARGETS = [
    "Of the case file audits, 95% required changes.",
    "In suitable accommodation 85% agreed plans with their adviser.",
]


@pytest.mark.parametrize("text", NO_TARGETS)
def test_a_verb_with_an_object_names_no_target(text: str) -> None:
    assert not [one for one in checked(text).claims if one.kind == "target"]


def test_a_rank_may_be_one_among_some_quarters() -> None:
    text = "Contacts were at 5,694. It is the {} for three quarters."
    assert not wrong(text.format("highest"))
    assert [one.kind for one in wrong(text.format("lowest"))] == ["rank"]


def test_the_subject_of_a_report_names_its_quarter() -> None:
    text = "Report to:\tThe Panel\nSubject:\t{} Performance Report\n\nContacts were at 5,694.\n"
    assert not wrong(text.format("Quarter 2 2018/19"))
    assert [one.kind for one in wrong(text.format("Quarter 1 2018/19"))] == ["period"]
