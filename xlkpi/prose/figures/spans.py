"""How much of a sentence a claim shows: the figure with the words that say what it is of."""

from __future__ import annotations

import re
from collections.abc import Sequence

from xlkpi.prose.mentions import Number
from xlkpi.prose.scene import Scene
from xlkpi.prose.sentences import Part
from xlkpi.prose.text import Sentence

_LEADS = re.compile(
    r"(?:(?:\b(?:rose|fell|fallen|risen|dropped|increased|decreased|reduced|grew|grown|declined|improved"
    r"|worsened|climbed|amounted|missed|reached)|\bup|\bdown|(?:an?\s+)?(?:increase|decrease|reduction|rise"
    r"|fall|drop|improvement)\s+of|amounts?\s+to|equates?\s+to|target\s+of|tolerance\s+of|are\s+now"
    r"|is\s+now|now)\s+)?"
    r"(?:\b(?:by|from|to|at)\s+)?(?:\b(?:just|only|around|about|nearly|almost|over|a\s+further)\s+)*[(\[]?$",
    re.IGNORECASE,
)
#: Before a level the verb is a claim of its own: ``fell | to 323``.
_PLAIN = re.compile(
    r"(?:\b(?:amount(?:s|ed)?|equat(?:es|ed)?)\s+to\s+|\b(?:target|tolerance)\s+of\s+|\b(?:are|is)\s+now\s+"
    r"|\bnow\s+)?(?:\b(?:by|from|to|at)\s+)?"
    r"(?:\b(?:just|only|around|about|nearly|almost|over|a\s+further)\s+)*[(\[]?$",
    re.IGNORECASE,
)
_TRAILS = re.compile(
    r"\)?(?:\s+(?:higher|lower|more|fewer|better|worse|(?:percentage\s+)?points?)\b)?(?:\s+(?:outside|below"
    r"|above|inside|within|short\s+of)\s+(?:of\s+)?(?:the\s+|our\s+)?(?:target|tolerance)\b)?",
    re.IGNORECASE,
)
_REACH = 40


def claim_span(scene: Scene, sentence: Sentence, number: Number, *, is_change: bool) -> tuple[int, int]:
    """Return where the claim of a number starts and ends: with the verb before it and the comparison behind it."""
    first = max(sentence.start, number.start - _REACH)
    lead = (_LEADS if is_change else _PLAIN).search(scene.flat, first, number.start)
    start = lead.start() if lead else number.start
    while start > sentence.start and start > first and scene.flat[start - 1].isalnum() and scene.flat[start].isalnum():
        start += 1  # never begin within a word
    trail = _TRAILS.match(scene.flat, number.end, sentence.end)
    end = trail.end() if trail else number.end
    if scene.flat[start : start + 1] in "([" and ")" not in scene.flat[start:end]:
        start = number.start
    if ")" in scene.flat[number.end : end] and "(" not in scene.flat[start : number.start]:
        end = number.end
    return min(start, number.start), max(end, number.end)


class Places:
    """Stretches of the text, asked whether one of them holds a place."""

    def __init__(self, parts: Sequence[Part]) -> None:
        """Take in the stretches."""
        self._taken = {place for one in parts for place in range(one.start, one.end)}

    def holds(self, part: Part) -> bool:
        """Return whether the start of a part is taken."""
        return part.start in self._taken
