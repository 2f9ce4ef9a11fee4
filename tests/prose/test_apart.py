"""A sentence over which the checker fails is told, and everything else is checked as if it were not there."""

from __future__ import annotations

import pytest
from prose.small import example

from xlkpi.prose.apart import UNREAD, verify_apart
from xlkpi.prose.claim import Verification
from xlkpi.prose.draft import Draft
from xlkpi.prose.verify import verify
from xlkpi.prose.world import World

RIGHT = "3.1.2 Referrals fell to 991."
WRONG = "4.6 Staff turnover was 99%."


def fails_over(*together: str, always: bool = False) -> object:
    """Return a check that fails where all these words stand in a draft."""

    def checked(draft: Draft, world: World) -> Verification:
        if always or all(words in draft.text for words in together):
            raise KeyError("")
        return verify(draft, world)

    return checked


def apart(text: str, check: object) -> tuple[Verification, list[str]]:
    told: list[str] = []
    found = verify_apart(Draft(text), example(), check, lambda: told.append("told"))  # type: ignore[arg-type]
    return found, told


@pytest.mark.parametrize(
    ("inside", "together", "unread"),
    [
        ("Files were odd.", ["odd"], ["Files were odd."]),
        ("Files were odd. They were 12. The team is odder.", ["odd.", "odder"], ["The team is odder."]),
        ("Odd.\n\nEven. Odd too.", ["Odd"], ["Odd.", "Odd too."]),
        ("Measure\tOutturn\nodd\t12\neven\t13", ["odd"], ["odd\t12"]),
    ],
)
def test_what_fails_is_told_and_the_rest_is_checked(inside: str, together: list[str], unread: list[str]) -> None:
    text = f"{RIGHT}\n\n{inside}\n\n{WRONG}\n"
    found, told = apart(text, fails_over(*together))
    assert [one.text for one in found.findings if one.rule == UNREAD] == unread
    assert all(one.text == text[one.start : one.end] for one in (*found.claims, *found.findings) if one.text)
    assert {(one.text, one.verdict.value) for one in found.claims} >= {("to 991", "confirmed"), ("99%", "contradicted")}
    assert told == ["told"]


def test_where_nothing_fails_nothing_is_set_apart() -> None:
    text = f"{RIGHT}\n\n{WRONG}\n"
    found, told = apart(text, verify)
    assert (found, told) == (verify(Draft(text), example()), [])


def test_a_fault_that_is_in_no_sentence_is_raised() -> None:
    with pytest.raises(KeyError):
        apart(RIGHT, fails_over(always=True))
    with pytest.raises(KeyError):
        apart("", fails_over(always=True))
