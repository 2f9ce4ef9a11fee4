"""Which statuses the words of a draft take in, and how a sentence names statuses."""

from __future__ import annotations

from collections.abc import Iterable

from xlkpi.calculate.status import Status
from xlkpi.prose.mentions import Level, StatusPhrase

#: The statuses that a phrase takes in.
_TAKEN_IN = {
    Level.ON: frozenset({Status.ON}),
    Level.ABOVE_TARGET: frozenset({Status.ON}),
    Level.WITHIN_OR_BETTER: frozenset({Status.ON, Status.INSIDE}),
    Level.INSIDE: frozenset({Status.INSIDE}),
    Level.OUTSIDE: frozenset({Status.OUTSIDE}),
    Level.OFF_TARGET: frozenset({Status.INSIDE, Status.OUTSIDE}),
    Level.BELOW_TARGET: frozenset({Status.INSIDE, Status.OUTSIDE}),
    Level.NO_TARGET: frozenset({Status.NO_TARGET}),
    Level.NO_DATA: frozenset({Status.NO_DATA}),
}
#: What a colour says as a status.
COLOURS = {"red": Level.OUTSIDE, "amber": Level.INSIDE, "green": Level.ON}
RATED = frozenset(one for one in Status if one.is_rated)
#: All statuses of a measure that has a target.
WITH_TARGET = RATED | {Status.NO_DATA}
_NAMES = {
    Status.OUTSIDE: "outside tolerance",
    Status.INSIDE: "inside tolerance",
    Status.ON: "on or better than target",
    Status.NO_TARGET: "without a target",
    Status.NO_DATA: "without a figure",
}


def statuses_of(phrase: StatusPhrase) -> frozenset[Status]:
    """Return the statuses that a phrase takes in, turned around where it is negated."""
    found = _TAKEN_IN[phrase.level]
    if not phrase.negated:
        return found
    if phrase.level is Level.INSIDE:
        return frozenset({Status.OUTSIDE})
    return (RATED if found <= RATED else frozenset(Status)) - found


def named(statuses: Iterable[Status]) -> str:
    """Return statuses as a sentence names them.

    Examples:
        >>> named({Status.ON, Status.INSIDE}), named({Status.OUTSIDE})
        ('inside tolerance or on or better than target', 'outside tolerance')
    """
    wanted = set(statuses)
    if wanted == WITH_TARGET:
        return "with a target"
    words = [_NAMES[one] for one in Status if one in wanted]
    return " or ".join(words)


def stand(statuses: Iterable[Status]) -> str:
    """Return what a sentence says of measures that have one of some statuses.

    Examples:
        >>> stand({Status.OUTSIDE}), stand({Status.NO_TARGET}), stand(WITH_TARGET)
        ('are outside tolerance', 'have no target', 'have a target')
    """
    wanted = set(statuses)
    own = {
        frozenset(WITH_TARGET): "have a target",
        frozenset({Status.NO_TARGET}): "have no target",
        frozenset({Status.NO_DATA}): "have no figure",
    }
    return own.get(frozenset(wanted)) or f"are {named(wanted)}"
