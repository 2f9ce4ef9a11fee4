"""Of two figures that make one statement, one that is right tells of what the other is."""

from __future__ import annotations

import pytest
from prose.small import claims

from xlkpi.prose.claim import Verdict


def verdict(text: str, stated: str) -> str:
    """Return what is said of a number of a draft; nothing where it is no claim."""
    found = [one for kind in ("figure", "change") for one in claims(text, kind)]
    return next((one.verdict.value for one in found if one.stated == stated), "")


@pytest.mark.parametrize(
    ("text", "right", "wrong"),
    [
        ("Our own carers had 234 placed, having had {} a year before.", "220", "202"),
        ("Carers in the house foster 234, after {} in the same quarter last year.", "220", "229"),
        ("The frontline had 205 of them in time ({}).", "93%", "88%"),
        ("The frontline had 205 of them in time, or {} of those due.", "93%", "98%"),
        ("The frontline had 205 of them in time, out of {}.", "220", "222"),
    ],
)
def test_a_figure_beside_one_that_is_right(text: str, right: str, wrong: str) -> None:
    assert verdict(text.format(right), right) == Verdict.CONFIRMED.value
    assert verdict(text.format(wrong), wrong) == Verdict.CONTRADICTED.value


@pytest.mark.parametrize(
    "text",
    [
        "Our own carers had 234 of them; the school had {} last year.",  # another statement
        "Our own carers had 234 placed, and {} of them went to school nearby.",  # a part of it
        "Our own carers had 234 placed, and should have {} after the move.",  # hoped for
        "Our own carers had 234 placed, against {} in England.",  # of others
    ],
)
def test_a_figure_of_something_else_is_not_told(text: str) -> None:
    assert verdict(text.format("177"), "177") != Verdict.CONTRADICTED.value


def test_a_count_that_only_the_draft_knows_gives_its_share() -> None:
    text = "Of 991 referrals in the quarter, 395 ({}) came at night."
    assert verdict(text.format("40%"), "40%") == Verdict.CONFIRMED.value
    assert verdict(text.format("40%"), "395") != Verdict.CONTRADICTED.value
