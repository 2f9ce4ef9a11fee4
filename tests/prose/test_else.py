"""What is somebody's or something else's is not held against an indicator that stands nearby."""

from __future__ import annotations

import pytest
from prose.small import checked, claims

from xlkpi.prose.claim import Verdict


def wrong(text: str) -> list[str]:
    """Return the words of a draft that are contradicted."""
    return [one.text for one in checked(text).with_verdict(Verdict.CONTRADICTED)]


@pytest.mark.parametrize(
    "text",
    [
        "Referrals fell by 21% on a year ago, with a 30% rise in noise at night.",  # what rose stands behind
        "Referrals were 991 in the quarter; 40% of letters had an answer.",  # another statement
        "Nationally there were 162,000 referrals, up 9% on the same period last year.",  # goes on of others
        "It means that 5,400 letters were sent, up from 4,320 in May, a rise of 25%.",  # what the numbers come to
        "Of the 991 referrals 40 (4%) came from the fire brigade.",
        "The 991 referrals included 70 from the fire brigade.",
        "More than six out of 10 referrals came by telephone.",
        "Re-referrals were 27% (24.2 to 29.9).",  # how sure it is
        "Compared with England our rate of re-referrals is still 17% higher.",
        "Some 18% of social workers hold 26 cases or more.",
        "Contacts were 5,694. Of 999 calls to the police 94.6% were answered in ten seconds, of 101 calls 88%.",
        "Re-referrals were 27%, though these vary from 18% to 39% between areas.",
        "There were 593 looked after children. Outline permissions for 1,140 homes were given.",  # nothing like it
        "There were 593 looked after children. Family and friends account for a further 17%.",
        "Re-referrals were 27%; growth to 31% was assumed in the plan.",
        "Re-referrals were 27%. Statistical neighbours: 23.6%.",
        "Re-referrals passed 25% for the first time and are now at 27%.",
        "Re-referrals are up, although the summer holidays fell in that period.",  # the clause has a subject of its own
        "Across the Council 93 indicators had a rating, of which 54 were Green.",
    ],
)
def test_a_figure_of_something_else_is_not_contradicted(text: str) -> None:
    assert wrong(text) == []


def test_but_a_figure_of_the_indicator_itself_is() -> None:
    assert wrong("Referrals fell by 30% on a year ago, with a rise in noise at night.") == ["fell by 30%"]
    assert wrong("Nationally there was much noise; our referrals were up 9% on the same period last year.")


def test_what_should_be_is_the_target() -> None:
    assert wrong("85% of statutory visits should be made in time; 74% were.") == []
    assert wrong("88% of statutory visits should be made in time; 74% were.") == ["88%"]


def test_last_year_may_be_the_year_that_the_figures_end_with() -> None:
    assert wrong("Last year there were 991 referrals.") == []
    assert wrong("Last year there were 919 referrals.") == ["919"]
    assert wrong("There were 991 referrals in the same quarter last year.") == ["991"]


def test_those_over_a_limit_are_the_rest_of_those_within_it() -> None:
    beyond = "In the quarter {} of proceedings were on track to take longer than 26 weeks."
    [within] = claims("Care proceedings on track for 26 weeks were 70%.", "figure")
    assert within.verdict is Verdict.CONTRADICTED
    share = int(within.computed.removesuffix("%"))
    assert wrong(beyond.format(f"{100 - share}%")) == []


def test_a_rank_since_a_time_that_the_workbook_does_not_know_is_open() -> None:
    for since in ("since 2009", "since records began", "since data of this kind was first gathered"):
        assert wrong(f"The number of referrals is the highest {since}.") == []
    assert wrong("The number of referrals is the highest since the contract began.")


def test_an_indicator_that_the_same_words_may_name_is_meant_where_it_has_the_figure() -> None:
    found = [one for one in checked("Visits to children were made for 308 of them.").claims if one.kind == "figure"]
    assert Verdict.CONTRADICTED not in {one.verdict for one in found}


@pytest.mark.parametrize(
    ("text", "figure", "other"),
    [
        ("At 27%, re-referrals are above the {} we would want.", "22%", "12%"),
        ("Statutory visits were at 74% against {}.", "85%", "58%"),
        ("Statutory visits were at 74% against {}.", "71%", "17%"),  # or what it was
        ("The quarter 2 figure of {} for re-referrals is better than we had feared.", "27%", "72%"),
        ("Re-referrals are inside tolerance at {}.", "27%", "72%"),
        ("Re-referrals are worse than last quarter's {}.", "26%", "62%"),
        ("Statutory visits recovered to 74% after the dip ({}) in quarter 1.", "71%", "17%"),
        ("There were 593 looked after children, against 541 in the same term of {}.", "2017", "2016"),
    ],
)
def test_what_a_number_is_used_for(text: str, figure: str, other: str) -> None:
    assert wrong(text.format(figure)) == []
    assert wrong(text.format(other)) != []


def test_the_highest_since_a_quarter_is_so_among_those_after_it() -> None:
    assert wrong("At 593 the number of looked after children is the highest since quarter 1 of 2017/18.") == []
    assert wrong("At 593 the number of looked after children is the lowest since quarter 1 of 2017/18.")
    assert wrong("Looked after children rose by 11 on quarter 1 and are the highest yet.") == []


def test_off_target_beside_inside_tolerance_is_outside() -> None:
    text = "Of the 20 indicators 13 are on target, five are within tolerance and {} are off target."
    assert wrong(text.format("two")) == []
    assert wrong(text.format("seven"))


def test_a_count_is_no_rate() -> None:
    assert wrong("There were 593 looked after children.") == []
    assert wrong("Looked after children stood at 593 per 10,000.") != []
