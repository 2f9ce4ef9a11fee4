"""A number is known by its value and the words around it, where none of them names its indicator for certain."""

from __future__ import annotations

import pytest
from prose.small import checked, claims

from xlkpi.prose.claim import Claim, Verdict

CONFIRMED, CONTRADICTED, UNKNOWN = Verdict.CONFIRMED, Verdict.CONTRADICTED, Verdict.NOT_CHECKABLE


def figures(text: str) -> list[Claim]:
    return [one for kind in ("figure", "change", "target") for one in claims(text, kind)]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Our own carers had 234 placed.", "E10"),
        ("The frontline had 205 of them in time.", "C16"),
        ("Carers in the house foster 234.", "E10"),
    ],
)
def test_a_figure_to_the_digit_beside_words_of_a_title_is_of_it(text: str, code: str) -> None:
    [claim] = figures(text)
    assert (claim.verdict, claim.indicator) == (CONFIRMED, code)


@pytest.mark.parametrize("text", ["Carers in the house foster 243.", "Carers in the house foster 23.4."])
def test_a_misprint_of_it_is_told(text: str) -> None:
    assert CONFIRMED not in [one.verdict for one in figures(text)]


def test_a_number_of_one_digit_or_a_rough_one_tells_nothing() -> None:
    for text in ("Our own carers had 3 placed.", "Our own carers had around 230 placed."):
        assert [one for one in figures(text) if one.verdict is not UNKNOWN] == []


def test_a_misprint_that_is_the_figure_of_another_quarter_is_not_told_as_one() -> None:
    before = "Our own carers had 226 placed."  # of the year before
    assert CONTRADICTED not in [one.verdict for one in figures(before)]


@pytest.mark.parametrize(
    "text",
    [
        "In the East Midlands there were 290 more referrals, a rise of 15.0% on last quarter.",
        "Across the country there were 403,000 referrals, 12% more than last quarter.",
        "England as a whole had 80,080 referrals, 1,930 above the year before.",
    ],
)
def test_a_sentence_that_opens_with_somebody_else_is_of_them(text: str) -> None:
    assert CONTRADICTED not in [one.verdict for one in checked(text).claims]


def test_until_it_comes_to_us() -> None:
    text = "England as a whole had 80,080 children in need, but our number of referrals was 919."
    assert [one.verdict for one in figures(text)][-1] is CONTRADICTED


@pytest.mark.parametrize(
    ("text", "verdicts"),
    [
        ("The target for care leavers in suitable accommodation was 85%.", [CONFIRMED]),
        ("The target for care leavers in suitable accommodation was 90%.", [CONTRADICTED]),
        ("Visits in timescale ought to have been 85% but came to 74%.", [CONFIRMED, CONFIRMED]),
        ("For children seen in timescale, 85% was wanted.", [CONFIRMED]),
        ("The target for re-referrals was met.", []),
    ],
)
def test_what_should_be_is_a_target(text: str, verdicts: list[Verdict]) -> None:
    found = sorted(figures(text), key=lambda one: one.start)
    assert [one.verdict for one in found] == verdicts


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("Contacts came to 5,694.\n\nThat is 83 more than last quarter.", CONFIRMED),
        ("Contacts came to 5,694.\n\nThe post room had 57.", None),
    ],
)
def test_a_paragraph_may_go_on_about_what_stood_before(text: str, verdict: Verdict | None) -> None:
    found = [one for one in figures(text) if one.start > len("Contacts came to 5,694.")]
    assert CONTRADICTED not in [one.verdict for one in found]
    assert verdict is None or [one.verdict for one in found] == [verdict]


def test_another_statement_holds_nothing_against_a_figure() -> None:
    text = "The police took 23 of the referrals to court; but there were 139 plans that ended."
    assert CONTRADICTED not in [one.verdict for one in figures(text)]


@pytest.mark.parametrize(
    "text",
    [
        "Of all children aged under 16, 593 were looked after.",
        "They live 20 miles away: 593 children in care.",
        "In care[1] were 593 children looked after.",
        "Year 11 had its exams; 593 children were looked after.",
    ],
)
def test_ages_distances_and_notes_are_no_figures(text: str) -> None:
    assert [(one.stated, one.verdict) for one in figures(text)] == [("593", CONFIRMED)]


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("The front desk counted 5,694 referrals sent by teachers.", CONTRADICTED),  # the contacts of the row above
        ("The front desk counted 5,107 referrals sent by teachers.", UNKNOWN),
    ],
)
def test_the_figure_of_another_row_is_told_though_it_is_far(text: str, verdict: Verdict) -> None:
    assert [one.verdict for one in figures(text)] == [verdict]


@pytest.mark.parametrize(
    ("text", "verdict"),
    [("Of contacts 3 in the north were urgent.", UNKNOWN), ("Contacts were 3.", CONTRADICTED)],
)
def test_one_digit_in_running_words_is_no_figure_of_thousands(text: str, verdict: Verdict) -> None:
    assert [one.verdict for one in figures(text)] in ([verdict], [] if verdict is UNKNOWN else [verdict])
