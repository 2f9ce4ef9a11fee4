"""A number that is far from every figure of its indicator, beside words of something else, is no claim about it."""

from __future__ import annotations

import pytest
from prose.small import claims

from xlkpi.prose.claim import Verdict


def verdicts(text: str) -> list[Verdict]:
    return [one.verdict for kind in ("figure", "target") for one in claims(text, kind)]


@pytest.mark.parametrize(
    "text",
    [
        "The helpline for allegations against teachers received 57 referrals in the quarter.",
        "Of the referrals, 61 came from dentists.",
        "Staff turnover was 13%. Vacancies in the call centre: 41% Target: 35%",
    ],
)
def test_a_figure_of_something_else_is_not_held_against_the_draft(text: str) -> None:
    assert Verdict.CONTRADICTED not in verdicts(text)


@pytest.mark.parametrize(
    "text",
    [
        "There were 919 referrals in the quarter.",  # digits swapped
        "There were 99 referrals in the quarter.",  # one was lost
        "There were 1,307 referrals in the quarter.",  # those of the quarter before
        "Referrals stood at 57.",  # far, with no word of anything else
    ],
)
def test_a_slip_is(text: str) -> None:
    assert Verdict.CONTRADICTED in verdicts(text)
