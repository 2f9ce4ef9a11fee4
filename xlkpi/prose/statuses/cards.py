"""Lines of labelled cells under the name of a measure: ``Result: 72%   Target: 90%   Status: Outside tolerance``."""

from __future__ import annotations

import re

from xlkpi.prose.fact import Measure
from xlkpi.prose.mentions import Form
from xlkpi.prose.sentences import Part
from xlkpi.prose.statuses.cells import tell_figure, tell_status
from xlkpi.prose.statuses.columns import Meaning
from xlkpi.prose.statuses.scene import Scene
from xlkpi.prose.text import Kind, Paragraph

_LABEL = re.compile(r"\s*(?P<label>[A-Za-z][\w /]{2,40}?)\s*:\s*(?=\S)")
_FIELD = re.compile(r"\b(?P<label>Result|Outturn|Actual|Target|Tolerance|Status|RAG|Rating)\s*:\s*(?=\S)")
_STATUS = re.compile(r"status|rag|rating", re.IGNORECASE)
_LEAST = 2
_MEASURES = {
    Measure.TARGET: re.compile(r"\W*(?:contract\s+|annual\s+|our\s+)?targets?\b(?!.*tolerance).*", re.IGNORECASE),
    Measure.TOLERANCE: re.compile(r"\W*(?:contract\s+)?tolerances?\b.*", re.IGNORECASE),
    Measure.STATUS: re.compile(r"\W*(?:status|rag|rating|performance\s+against\s+target)\b.*", re.IGNORECASE),
    Measure.OUTTURN: re.compile(
        r"\W*(?:outturn|actual|performance|value|current|result|this\s+quarter|latest|figure)\b.{0,20}", re.IGNORECASE
    ),
}


def read_cards(scene: Scene) -> None:
    """Take down the figures and statuses of labelled cells."""
    for row in scene.text.paragraphs:
        if row.kind is Kind.PROSE:
            _read_line(scene, row)
        if row.kind is not Kind.ROW:
            continue
        labels = [(cell, found) for cell in row.cells if (found := _LABEL.match(scene.flat, cell.start, cell.end))]
        code = above(scene, row) if len(labels) >= _LEAST else ""
        for cell, found in labels if code else ():
            _read(scene, code, Part(found.end(), cell.end), found["label"])


def _read_line(scene: Scene, paragraph: Paragraph) -> None:
    """Take down labelled figures that stand in one line of prose, behind each other."""
    labels = scene.find(_FIELD, paragraph)
    is_alone = len(labels) == 1 and labels[0].start() == paragraph.body and _STATUS.fullmatch(labels[0]["label"])
    code = above(scene, paragraph) if len(labels) >= _LEAST or is_alone else ""
    ends = [*(one.start() for one in labels[1:]), paragraph.end]
    for found, end in zip(labels, ends, strict=True) if code else ():
        line = scene.text.source.find("\n", found.end(), end)
        _read(scene, code, Part(found.end(), end if line < 0 else line), found["label"])


def above(scene: Scene, paragraph: Paragraph) -> str:
    """Return the indicator that the heading above a paragraph names, or the line before it; empty where none does."""
    places = [*paragraph.headings[-1:], paragraph.index - 1]
    for place in places:
        if 0 <= place < paragraph.index:
            part = scene.text.paragraphs[place]
            named = [
                name for one in scene.within(scene.subjects, part) for name in one.names if name in scene.world.by_code
            ]
            if named:
                return named[0]
    return ""


def _read(scene: Scene, code: str, value: Part, label: str) -> None:
    measure = next((what for what, pattern in _MEASURES.items() if pattern.fullmatch(label)), None)
    if measure is Measure.STATUS:
        tell_status(scene, code, value)
        return
    numbers = [one for one in scene.within(scene.numbers, value) if one.form is Form.CARDINAL]
    if measure is not None and len(numbers) == 1 and not scene.is_used(numbers[0]):
        tell_figure(scene, numbers[0], code, [Meaning(measure, scene.world.quarter)])
