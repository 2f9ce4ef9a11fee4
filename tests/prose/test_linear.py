"""The work of a check grows with its text and no faster, counted in calls and not by the clock."""

from __future__ import annotations

import sys
from types import FrameType
from typing import Any

from prose.small import checked

PAGE = """
{n}.1 Contacts rose by 2% compared to the same period last year, and are up 1.5% on the previous quarter.
{n}.2 Of the 139 ceasing to be on a plan in the quarter, only 8 (6%) became looked after.
{n}.3 Average caseload has dropped from 25.2 to 22.1, the lowest for years. Visits are one percentage point outside tolerance.
{n}.4 Sickness rates were 5.5%, an increase on the same period last year (4.4%).
"""


def calls(pages: int) -> int:
    """Return how many functions a check calls."""
    text = "".join(PAGE.format(n=page + 1) for page in range(pages))
    count = 0

    def seen(_: FrameType, event: str, __: Any) -> None:
        nonlocal count
        count += event in {"call", "c_call"}

    sys.setprofile(seen)
    try:
        checked(text)
    finally:
        sys.setprofile(None)
    return count


def test_twice_the_text_is_twice_the_work() -> None:
    checked(PAGE)  # what is worked out once is worked out
    few, many = calls(8), calls(16)
    assert many < 2.2 * few


def test_a_page_without_full_stops_is_read_in_parts() -> None:
    statement = "Contacts rose by 2% on last year and referrals fell by 24% from last quarter, "
    found = checked(statement * 40).claims
    assert len([one for one in found if one.kind == "change"]) > 70
