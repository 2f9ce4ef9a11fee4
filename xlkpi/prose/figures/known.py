"""What the figures of a draft that were read so far say: where each stands, and whether it is right."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import takewhile

from xlkpi.prose.figures.asked import Asked, Judged
from xlkpi.prose.figures.reading import Reading


@dataclass
class Known:
    """What was read so far, by where each number starts.

    Attributes:
        right: What the numbers that are right say, in the order in which they were found to be.
        chosen: What the numbers that got a verdict say, or should say.
        said: What other numbers of the sentence say, and rightly, in words and figure.
        open: Numbers of the sentence that are not known to be right, with what came of them.
    """

    right: dict[int, Reading] = field(default_factory=dict)
    chosen: dict[int, Reading] = field(default_factory=dict)
    said: set[tuple[str, Fraction]] = field(default_factory=set)
    open: list[tuple[Asked, Judged]] = field(default_factory=list)

    _starts: list[int] = field(default_factory=list)

    def add(self, start: int, reading: Reading) -> None:
        """Keep what a number says that is right."""
        if start not in self.right:
            insort(self._starts, start)
        self.right[start] = reading

    def since(self, start: int) -> Iterator[Reading]:
        """Yield what the numbers that are right say of an indicator, from the last one back to a place in the draft."""
        found = takewhile(lambda item: item[0] >= start, reversed(self.right.items()))
        yield from (one for _, one in found if one.code)  # figures of audits are of no indicator

    def last(self, start: int, end: int) -> tuple[int, Reading] | None:
        """Return where the last figure of a stretch starts that is right, and what it says; None without one."""
        return next(((at, one) for at, one in reversed(self.right.items()) if start <= at < end), None)

    def within(self, start: int, end: int) -> dict[int, Reading]:
        """Return what the numbers of a stretch say of an indicator that are right, by where they start."""
        first, last = bisect_left(self._starts, start), bisect_left(self._starts, end)
        return {at: self.right[at] for at in self._starts[first:last] if self.right[at].code}

    def is_open(self, start: int) -> bool:
        """Return whether a number is among those that are not known to be right."""
        return any(one.number.start == start for one, _ in self.open)
