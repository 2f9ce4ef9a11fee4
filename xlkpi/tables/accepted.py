"""Remarks that somebody accepted: an acceptance stands as long as its remark says the same of the same quarter."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import NamedTuple

from xlkpi.errors import Problem
from xlkpi.tables.words import sentence


class Acceptance(NamedTuple):
    """One row of the remarks that says yes.

    Attributes:
        what: What was remarked, as shown: the figures are in it.
        cure: What to do, as shown.
        by: Who accepted it; empty where nobody noted that yet.
        at: When, local time without zone; None where nobody noted that yet.
    """

    what: str
    cure: str
    by: str
    at: dt.datetime | None


class Remark(NamedTuple):
    """A remark, and who accepted it when.

    Attributes:
        problem: The remark.
        by: Who accepted it; empty where nobody is known by a name.
        at: When; None where nobody accepted it.
    """

    problem: Problem
    by: str = ""
    at: dt.datetime | None = None

    @property
    def is_accepted(self) -> bool:
        """Return whether somebody accepted it."""
        return self.at is not None


def with_acceptances(
    found: Sequence[Problem], earlier: Sequence[Acceptance], by: str, now: dt.datetime
) -> list[Remark]:
    """Return the remarks with the acceptances that still hold.

    A place may move, as when a row is put in above it; words and figures may not. Each acceptance serves one remark.

    Args:
        found: The remarks of now.
        earlier: What was accepted of those shown before, of the same quarter.
        by: Who accepts where a row says yes and nobody is noted yet.
        now: When, likewise.

    Examples:
        >>> same, other = Problem("A!B2", "a is 1.", "Say so."), Problem("A!B3", "a is 2.", "Say so.")
        >>> accepted = [Acceptance("A is 1.", "Say so.", "", None)]
        >>> [one.by for one in with_acceptances([other, same, same], accepted, "Ann", dt.datetime(2018, 10, 17))]
        ['', 'Ann', '']
    """
    left = list(earlier)
    remarks = []
    for problem in found:
        known = next((one for one in left if (one.what, one.cure) == (sentence(problem.what), problem.cure)), None)
        if known is None:
            remarks.append(Remark(problem))
            continue
        left.remove(known)
        remarks.append(Remark(problem, known.by or by, known.at) if known.at else Remark(problem, by, now))
    return remarks
