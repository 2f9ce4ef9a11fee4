"""Whether a figure is of the year so far, by the words around it."""

from __future__ import annotations

import re

from xlkpi.prose.figures.dated import is_own
from xlkpi.prose.mentions import When
from xlkpi.prose.scene import Scene
from xlkpi.prose.sentences import Part
from xlkpi.prose.text import Sentence

_NEXT = 40  # signs behind a figure in which its own quarter may stand
_TO_DATE = re.compile(
    r"\b(?:year[\s-]to[\s-]date|(?:the\s+)?year\s+(?:so\s+far|up\s+to\s+now|until\s+now)|so\s+far\s+(?:this|in\s+the)\s+year|(?:total"
    r"|figure)\s+for\s+the\s+(?:financial\s+)?year|since\s+(?:1\s+)?April|to\s+date|ytd|over\s+the\s+(?:whole|full)\s+year|(?:full|whole)[\s-]year(?!\s+target)|(?:in|during|for|across)\s+the\s+(?:(?:full|whole|financial|reporting)\s+)?year(?!\s+(?:to|before|ago|end|so|up|until))"
    r"|(?:in|over|during|for)\s+the\s+(?:first\s+)?(?:six|nine|6|9)\s+months(?!\s+(?:before|ago))|(?:for|over|in)\s+the\s+half[\s-]year|half[\s-]year\s+total)\b",
    re.IGNORECASE,
)
_SO_FAR = re.compile(r"\bto[\s-]date|so\s+far|until|up\s+to|total|figure", re.IGNORECASE)
_HALF, _LAST = 2, 4  # quarters of a year
_THEN_TO_DATE = re.compile(r"(?:(?!\bthan\b)[^0-9;:.,]){0,60}", re.IGNORECASE)
_UP_TO_DATE = re.compile(r"\b(?:up|brought)[\s-]$", re.IGNORECASE)


def _is_redated(scene: Scene, start: int, at: Part) -> bool:
    """Return whether a quarter is named for a figure behind the words of the year: ``in the year, 641 in the last quarter``."""
    between = scene.within(scene.periods, Part(start, at.start)) if start < at.start else []
    near = [one for one in scene.within(scene.periods, Part(at.end, at.end + _NEXT)) if is_own(scene, at.end, one)]
    of_quarter = (When.QUARTER, When.CURRENT, When.PREVIOUS)
    return any(one.when in of_quarter and not one.is_baseline for one in (*between, *near[:1]))


def is_to_date(scene: Scene, sentence: Sentence, at: Part) -> bool:
    """Return whether the words before a figure, or those behind it, say that it is of the year so far."""
    for found in scene.find(_TO_DATE, Part(sentence.start, sentence.end)):
        if _UP_TO_DATE.search(scene.flat, max(0, found.start() - 4), found.start()):
            continue
        if _is_redated(scene, found.end(), at):
            continue
        if "half" in found[0].lower():
            return scene.world.quarter.number == _HALF
        is_year = found[0].lower().endswith("year")
        if is_year and scene.world.quarter.number != _LAST and not _SO_FAR.search(found[0]):
            continue  # of a year that has not ended
        if found.start() < at.start or _THEN_TO_DATE.fullmatch(scene.flat, at.end, found.start()):
            return True
    return False
