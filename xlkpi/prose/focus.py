"""Of what a draft speaks at a place: the indicators of which it told figures rightly just before."""

from __future__ import annotations

from bisect import bisect_left

from xlkpi.prose.claim import Verdict
from xlkpi.prose.scene import Scene
from xlkpi.prose.sentences import Part
from xlkpi.prose.text import Paragraph


class Focus:
    """Finds what was told rightly around a place; made when the figures of a draft have been read."""

    def __init__(self, scene: Scene) -> None:
        """Take in the claims of a draft."""
        told = [one for one in scene.claims if one.verdict is Verdict.CONFIRMED and one.indicator]
        self._told = sorted(((one.start, one.indicator) for one in told), key=lambda one: one[0])
        self._starts = [start for start, _ in self._told]

    def before(self, paragraph: Paragraph, at: int) -> list[str]:
        """Return the indicators of which a paragraph told before a place, the last one first."""
        first, last = bisect_left(self._starts, paragraph.start), bisect_left(self._starts, at)
        return list(dict.fromkeys(code for _, code in reversed(self._told[first:last])))

    def within(self, part: Part) -> list[str]:
        """Return the indicators of which a part of the text tells, in its order."""
        first, last = bisect_left(self._starts, part.start), bisect_left(self._starts, part.end)
        return list(dict.fromkeys(code for _, code in self._told[first:last]))
