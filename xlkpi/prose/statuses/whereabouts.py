"""Where the measures of a status are: ``Two of the reds are in Homes, with one in Environment and one in Council``."""

from __future__ import annotations

import re

from xlkpi.calculate.status import Status
from xlkpi.prose.mentions import Form, Number, Role, Unit
from xlkpi.prose.scene import Scene
from xlkpi.prose.sentences import Part
from xlkpi.prose.statuses.counts import tell_count
from xlkpi.prose.statuses.marks import Counted
from xlkpi.prose.statuses.past import labelled
from xlkpi.prose.tables.cells import status_words
from xlkpi.prose.text import Sentence

_SAYS = re.compile(
    r"\b(?P<colour>red|amber|green)(?:s\b|(?:[\s-]+rated)?\s+(?:measures|indicators|kpis|ones)\b)", re.IGNORECASE
)
#: Between a count and its section.
_IN = re.compile(
    r"\s+(?:of\s+(?:the|these|those|our|them)\b(?:\s+(?:\w+\s+){0,2}(?:reds|ambers|greens|measures|indicators|kpis|ones))?\s+)?"
    r"(?:(?:is|are|was|were|sits?|falls?|lies?|comes?)\s+)?(?:in|under|from|within)\s+(?:the\s+)?",
    re.IGNORECASE,
)


def read_whereabouts(scene: Scene) -> None:
    """Take down how many of the measures of a status are in each section that a sentence names."""
    for _, sentence in scene.sentences():
        said = scene.find(_SAYS, sentence)
        if len({one["colour"].lower() for one in said}) == 1:
            _read(scene, sentence, Part(*said[0].span()), status_words(said[0]["colour"]))


def _read(scene: Scene, sentence: Sentence, colour: Part, statuses: frozenset[Status]) -> None:
    quarter = labelled(scene, sentence) or scene.world.quarter
    mark = Counted(colour, statuses, statuses)
    for one in scene.within(scene.subjects, Part(colour.end, sentence.end)):
        number = _count_before(scene, sentence, one)
        is_section = one.role is Role.SECTION and one.names and one.names[0] in scene.world.sections
        if is_section and number is not None and not scene.is_used(number):
            tell_count(scene, mark, number, one.names[0], quarter, one.end)


def _count_before(scene: Scene, sentence: Sentence, one: Part) -> Number | None:
    """Return the count that stands before a section; None where another thing does."""
    numbers = scene.within(scene.numbers, Part(sentence.start, one.start))[-1:]
    is_count = bool(numbers) and numbers[0].form is Form.CARDINAL and numbers[0].unit is Unit.NONE
    return numbers[0] if is_count and _IN.fullmatch(scene.flat, numbers[0].end, one.start) else None
