"""Counts of an earlier quarter in the order of the statuses before them: ``it was two, six and two``, ``respectively``."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from xlkpi.prose.mentions import Unit
from xlkpi.prose.scene import Scene
from xlkpi.prose.sentences import Part
from xlkpi.prose.statuses.counts import tell_count
from xlkpi.prose.statuses.marks import Counted
from xlkpi.prose.text import Sentence

_LEAST = 2  # statuses of a row
#: ``At the end of last quarter it was three, three and one.``
_IT_WAS = re.compile(
    r"\b(?:it|this|that|these|they|there|the\s+(?:corresponding\s+|equivalent\s+)?(?:split|figures|numbers|counts|frequencies|totals|position)(?:\s+(?:for|in|at)\s+[^.;:0-9]{3,40}?)?)\s+(?:was|were|had\s+been|stood\s+at)\s+(?:also\s+)?",
    re.IGNORECASE,
)
#: ``Q1: 2, 5 and 3``, ``(Q2 was one, seven and two)``.
_LABEL = re.compile(r"\s*(?::|was|were|had\s+been|stood\s+at)\s*", re.IGNORECASE)
_LISTED = re.compile(r"\s*(?:,|and|,\s*and)\s*", re.IGNORECASE)
_RESPECTIVELY = re.compile(r"\brespectively\b|\)", re.IGNORECASE)
_BEFORE = re.compile(r"\((?:prior|previous|last)\s+(?:qtr|quarter)\b[^)]*$", re.IGNORECASE)


def read_respectively(scene: Scene, sentence: Sentence, marks: Sequence[Counted]) -> None:
    """Take down ``..., which compares with four, four and two respectively``: the same statuses a quarter before."""
    for found in scene.find(_RESPECTIVELY, sentence):
        behind = Part(marks[-1].part.end, found.start())
        numbers = [one for one in scene.within(scene.numbers, behind) if one.unit is Unit.NONE]
        is_said = found[0] != ")" or bool(_BEFORE.search(scene.flat, behind.start, behind.end))
        if len(numbers) != len(marks) or not is_said or len(marks) < _LEAST:
            continue
        quarter = scene.quarter_of(sentence, found.start(), found.end())
        quarter = scene.world.quarter.previous if quarter == scene.world.quarter else quarter
        for mark, number in zip(marks, numbers, strict=True):
            tell_count(scene, Counted(number, mark.statuses, mark.statuses), number, "", quarter, number.end)


def read_listed(scene: Scene, sentence: Part, marks: Sequence[Counted]) -> None:
    """Take down the numbers of an earlier quarter that stand in the order of the statuses of the sentences before."""
    if len(marks) <= _LEAST:
        return
    starts = [found.end() for found in scene.find(_IT_WAS, sentence)]
    for one in scene.within(scene.periods, sentence):
        label = _LABEL.match(scene.flat, one.end, sentence.end)
        starts += [label.end()] if label else []
    for start in dict.fromkeys(starts):
        numbers = scene.within(scene.numbers, Part(start, sentence.end))[: len(marks)]
        is_row = all(_LISTED.fullmatch(scene.flat, one.end, other.start) for one, other in pairwise(numbers))
        quarter = scene.quarter_of(sentence, numbers[0].start, numbers[-1].end) if numbers else scene.world.quarter
        if len(numbers) < len(marks) or not is_row or numbers[0].start != start or quarter == scene.world.quarter:
            continue
        for mark, number in zip(marks, numbers, strict=True):
            tell_count(scene, Counted(number, mark.statuses, mark.statuses), number, "", quarter, number.end)
