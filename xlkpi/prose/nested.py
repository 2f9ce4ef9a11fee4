"""Points of a list that stand under another point, and what that one is about."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Sequence

from xlkpi.prose.mentions import How, Role, Subject
from xlkpi.prose.text import Kind, Paragraph, Text


def parents(text: Text) -> dict[int, int]:
    """Return the point under which each point of a list stands that is set in deeper, by their indexes."""
    found: dict[int, int] = {}
    above: list[tuple[int, int]] = []  # depth and index of the points that are open
    for one in text.paragraphs:
        if one.kind is not Kind.ITEM:
            above = []
            continue
        depth = _depth(text.source, one)
        while above and above[-1][0] >= depth:
            above.pop()
        if above:
            found[one.index] = above[-1][1]
        above.append((depth, one.index))
    return found


def _depth(source: str, one: Paragraph) -> int:
    line = source[source.rfind("\n", 0, one.start) + 1 : one.body].expandtabs(4)
    return len(line) - len(line.lstrip())


def topics(text: Text, subjects: Sequence[Subject], known: Collection[str]) -> dict[int, str]:
    """Return the indicators that points of a list go on about, by the point under which they stand.

    Args:
        text: The draft.
        subjects: What it names, in order.
        known: Codes of the register.
    """
    found: dict[int, str] = {}
    for index, parent in parents(text).items():
        code = _headed(text.paragraphs[parent], subjects, known) or found.get(parent, "")
        if code:
            found[index] = code
    return found


def _headed(parent: Paragraph, subjects: Sequence[Subject], known: Collection[str]) -> str:
    """Return the one indicator that a point names; empty where it names none, or several."""
    first, last = (bisect_left(subjects, at, key=lambda one: one.start) for at in (parent.start, parent.end))
    named = [one for one in subjects[first:last] if one.role is Role.INDICATOR and one.names[0] in known]
    full = [one for one in named if one.how.value >= How.SHORT.value] or named
    codes = list(dict.fromkeys(one.names[0] for one in full))
    return codes[0] if len(codes) == 1 else ""
