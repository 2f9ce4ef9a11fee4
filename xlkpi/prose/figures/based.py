"""The periods with which something is compared, by where they stand in its sentence."""

from __future__ import annotations

import re

from xlkpi.model.period import Period
from xlkpi.prose.figures.dated import RANKED, STRONG, Dated, as_dated, figure_between, is_base, tells
from xlkpi.prose.scene import Scene
from xlkpi.prose.sentences import Part
from xlkpi.prose.text import Sentence

#: ``It has come down from 8.9 and is also lower than a year ago``, ``on last year, in a quarter when contacts rose by 2.5%``.
_AND_IS = re.compile(r"\b(?:and|but)\s+(?:is|was|are|were|remains?)\s+(?:also|still|now|again)\b", re.IGNORECASE)
_IN_WHICH = re.compile(r"\bin\s+(?:a|the)\s+(?:quarter|year|period)\s+(?:when|where|in\s+which|that)\b", re.IGNORECASE)


def base_periods(scene: Scene, sentence: Sentence, at: Part, now: Period | None = None) -> list[Dated]:
    """Return the periods with which something is compared, the likeliest first; empty where none is named.

    Args:
        scene: The draft.
        sentence: Where it stands.
        at: The figure or the word.
        now: The period that a heading sets; None for the quarter reported.
    """
    based = [one for one in scene.within(scene.periods, sentence) if is_base(one) and tells(one)]
    behind = _behind_brackets(scene, at.end)
    after = [
        one
        for one in based
        if one.start >= at.end
        and not figure_between(scene, behind, one.start)
        and not RANKED.search(scene.flat, behind, one.start)
        and not _AND_IS.search(scene.flat, behind, one.start)
    ]
    before = [
        one
        for one in based
        if one.end <= at.start
        and not STRONG.search(scene.flat, one.end, at.start)
        and not _IN_WHICH.search(scene.flat, one.end, at.start)
    ]
    clear = [one for one in before if not figure_between(scene, one.end, at.start)]
    ordered = [*after[:1], *clear[-1:], *before[-1:]]
    return [as_dated(scene, one, now) for one in dict.fromkeys(ordered)]


#: A figure in brackets says the same otherwise (``by 26 (3.6%) on the previous quarter``); one behind ``from`` is the base's.
_SAME_AGAIN = re.compile(
    r"(?:\s*\([^()]{1,24}\))?(?:[^.;:,0-9]{0,24}\b(?:from|than|on|against)\s+(?:\w+\s+){0,2}[0-9][0-9,.]*\s?%?(?=\s+(?:in|at|on|for|of|who|that|which|an?|last|the|\w+ed)\b|\s*\())?",
    re.IGNORECASE,
)


def _behind_brackets(scene: Scene, end: int) -> int:
    """Return where the words go on behind a figure and what says the same again."""
    found = _SAME_AGAIN.match(scene.flat, end)
    return found.end() if found else end
