"""Days, times, telephone numbers and references are no figures; days and months set the period of what stands beside them."""

from __future__ import annotations

import pytest
from prose.small import checked, example, said

from xlkpi.model.period import Month, Period, Quarter, Year
from xlkpi.prose.claim import Verdict
from xlkpi.prose.draft import Draft
from xlkpi.prose.mentions.periods import periods
from xlkpi.prose.text import read

NO_FIGURES = (
    "Contacts for the year from April 1 2017 to 31 March 2018 are set out below.",
    "Contacts between July 3rd and September 30th were looked at.",
    "Contacts as known on September 30, 2018 are set out below.",
    "Contacts of Apr 17 - Mar 18 are set out below.",
    "Contacts of 2016, 2017 and 2018 are set out below.",
    "Contacts of the 2018 calendar year are set out below.",
    "The Board discussed contacts in the Quarter 2 2018/19 report.",
    "Contacts: ring 01302 736000 or (01302) 736 000.",
    "Contacts were discussed at 10.30am, and again at 14:30.",
    "Contacts were discussed (minute 34/17, ref CYP/18/42).",
    "Contacts are set out in Tables 2 and 3 and on page 4 of 12.",
)


@pytest.mark.parametrize("text", NO_FIGURES)
def test_what_counts_nothing_is_no_figure(text: str) -> None:
    assert [one.text for one in checked(text).claims if one.kind == "figure"] == []


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("from April 1 2017 to 31 March 2018", Year(2017)),
        ("1st of July to 30 September 2018", Quarter(2018, 2)),
        ("July 1 to September 30 2018", Quarter(2018, 2)),
        ("on September 30, 2018", Quarter(2018, 2)),
        ("at 30 June", Quarter(2018, 1)),
        ("at 31 August", Month(2018, 8)),
        ("Jul 18 - Sep 18", Quarter(2018, 2)),
        ("in the Quarter 1 2018/19 report", Quarter(2018, 1)),
    ],
)
def test_days_and_short_months_name_a_period(text: str, period: Period) -> None:
    assert [one.periods for one in periods(text, example().quarter)] == [(period,)]


def test_a_number_does_not_reach_into_the_next_line_or_cell() -> None:
    """A row that ends with 81 and one that begins with a percent sign are no 81%."""
    lines = "Contacts | 5,611 | 5,694\n% of assessments in time | 80% | 81%\n"
    assert len(read(Draft(lines)).paragraphs) == 2
    assert "5,694\n%" not in [one.text for one in checked(lines).with_verdict(Verdict.CONTRADICTED)]


@pytest.mark.parametrize(
    ("above", "right", "wrong"),
    [
        ("Quarter 2 - September 2017\n\nThere were {} contacts.\n", "5,600", "5,611"),
        ("At the end of June:\n\n- contacts were {}\n- referrals were 1,307\n", "5,611", "5,600"),
        ("June 2018 performance\n\nContacts stood at {}.\n", "1,856", "1,865"),
        ("Quarter 2 2018/19\n\nContacts stood at {}.\n", "5,694", "5,649"),
    ],
)
def test_a_heading_or_a_lead_in_line_sets_the_period(above: str, right: str, wrong: str) -> None:
    text = (
        f"# Report to the Board\n\nIt is sent to all members.\n\n## {above}"
        if "##" not in above and ":" not in above
        else above
    )
    assert said(text.format(right), "figure")[0][:2] == ("E1", "confirmed")
    assert said(text.format(wrong), "figure")[0][:2] == ("E1", "contradicted")


def test_under_a_mere_date_a_sentence_goes_on_about_what_was_named_before() -> None:
    text = "# Contacts and more\n\n## July 2018\n\nContacts were 1,885.\n\n## June 2018\n\nThis figure stood at {}.\n"
    assert said(text.format("1,856"), "figure")[-1] == ("E1", "confirmed", "1,856")
    assert said(text.format("1,865"), "figure")[-1] == ("E1", "contradicted", "1,856")


def test_a_title_of_an_earlier_quarter_is_an_error_of_the_title_alone() -> None:
    """The figures below it may be those of the title, or those of the quarter reported under a title of old."""
    text = "# Performance report, Quarter 1 2018/19\n\nThere were {} contacts.\n"
    for figure in ("5,611", "5,694"):
        assert [one.kind for one in checked(text.format(figure)).with_verdict(Verdict.CONTRADICTED)] == ["period"]
    assert ("E1", "contradicted") in [one[:2] for one in said(text.format("5,649"), "figure")]
