"""Lines of labelled cells under the name of a measure: ``Result: 72%   Target: 90%   Status: Outside tolerance``."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from xlkpi.prose.fact import Measure
from xlkpi.prose.mentions import Form, How, Number
from xlkpi.prose.scene import Scene
from xlkpi.prose.sentences import Part
from xlkpi.prose.stacks import SPAN
from xlkpi.prose.tables.cells import Held, facts_of, has_wrong_unit, matches, tell_figure, tell_status
from xlkpi.prose.tables.columns import Holds, Meaning, column
from xlkpi.prose.text import Kind, Paragraph

_NAME = re.compile(r"\s*(?P<label>[A-Za-z%][^:|]{2,80}?)\s*:\s*(?=\S)")
_LABELS = "Result|Outturn|Actual|Value|Target|Tolerance|Status|RAG|Rating"
#: ``Target: 85%``, ``Q1 = 39.3%``, ``July: 35%``.
_FIELD = re.compile(
    rf"\b(?P<label>{_LABELS}|(?:Q[1-4]|Quarter\s[1-4]|(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*)"
    r"(?:\s(?:19|20)?[0-9]{2}(?:[/-](?:19|20)?[0-9]{2})?)?)\s*[:=]\s*(?=\S)"
)
#: ``Value 49.8 Target 44 Status Amber``: labels of these alone, each with what stands behind it.
_FIELD_BARE = re.compile(
    rf"\b(?P<label>{_LABELS})\s+(?=[\u2212-]?\u00a3?[0-9][0-9.,]*\s?%?\s*(?:{_LABELS}|$|\n)|(?:red|amber|green)\b)",
    re.IGNORECASE,
)
#: ``Quarter 2 57.8%``, ``Previous year quarter 4 activity 214``: a label that a heading of a table could be, and a figure.
_BARE = re.compile(
    r"\W*(?P<label>[A-Z%][A-Za-z0-9/%' -]{2,44}?)\s+"
    rf"(?P<value>[\u2212-]?\u00a3?[0-9][0-9,]*(?:\.[0-9]+)?\s?(?:%|{SPAN})?)"
    r"(?:\s*\((?P<rest>[^()]{3,60})\))?[^\w(]*"
)
#: ``(Q3 92%; Q4 19/20 95%)``: what it was.
_EARLIER = re.compile(
    r"\s*(?P<label>[A-Z][A-Za-z0-9/' -]{1,24}?)\s*:?\s+(?P<value>[\u2212-]?[0-9][0-9,]*(?:\.[0-9]+)?\s?%?)\s*(?:[;,]|$)"
)
_STATUS = re.compile(r"status|rag|rating", re.IGNORECASE)
_LEAST = 2
_IN_TURN, _LONGEST = 3, 36  # figures of a line that has them in turn with labels, and signs of a label
_MEASURES = {
    Measure.TARGET: re.compile(r"\W*(?:contract\s+|annual\s+|our\s+)?targets?\b(?!.*tolerance).*", re.IGNORECASE),
    Measure.TOLERANCE: re.compile(r"\W*(?:contract\s+)?tolerances?\b.*", re.IGNORECASE),
    Measure.STATUS: re.compile(r"\W*(?:status|rag|rating|performance\s+against\s+target)\b.*", re.IGNORECASE),
    Measure.OUTTURN: re.compile(
        r"\W*(?:outturn|actual|performance|value|current|result|this\s+quarter|latest|figure)\b.{0,20}", re.IGNORECASE
    ),
}


@dataclass(frozen=True, slots=True)
class _Field:
    """What stands behind a label.

    Attributes:
        label: Its words.
        value: Where what stands behind it stands.
        head: Where the label stands, if it may name a period.
    """

    label: str
    value: Part
    head: Part | None = None

    @property
    def measure(self) -> Measure | None:
        """Return what a label says of a measure; None where it is none of these words."""
        return next((what for what, pattern in _MEASURES.items() if pattern.fullmatch(self.label)), None)


def read_cards(scene: Scene) -> None:
    """Take down the figures and statuses of labelled cells."""
    labelled = [(one, _bare(scene, one)) for one in scene.text.paragraphs]
    for is_bare, run in groupby(labelled, key=lambda one: bool(one[1])):
        if is_bare:
            _read_bare(scene, list(run))
    for row in scene.text.paragraphs:
        if row.kind is Kind.PROSE:
            _read_line(scene, row)
        if row.kind in (Kind.PROSE, Kind.ITEM):
            _read_rated(scene, row)
        if row.kind is not Kind.ROW:
            continue
        labels = [(cell, found) for cell in row.cells if (found := _NAME.match(scene.flat, cell.start, cell.end))]
        fields = [_Field(found["label"], Part(found.end(), cell.end)) for cell, found in labels]
        if len(fields) >= _LEAST and fields[0].measure is None:
            _read_named(scene, labels[0][1], fields)
            continue
        code = (_opening(scene, row) or above(scene, row)) if len(fields) >= _LEAST else ""
        for one in fields if code else ():
            _read(scene, code, one)


def _opening(scene: Scene, row: Paragraph) -> str:
    """Return the indicator that the first cell of a row names, which has no label; empty where it names none."""
    if not row.cells or _NAME.match(scene.flat, row.cells[0].start, row.cells[0].end):
        return ""
    named = [one for one in scene.within(scene.subjects, row.cells[0]) if one.how is not How.WORDS]
    return next((code for one in named for code in one.names if code in scene.world.by_code), "")


def _read_named(scene: Scene, label: re.Match[str], fields: Sequence[_Field]) -> None:
    """Take down a row that opens with the name of a measure: ``Rent collected, of what is due: 97.9% | Target: 101%``."""
    name = Part(label.start("label"), label.end("label"))
    told = [_Field("Outturn", fields[0].value), *fields[1:]]
    named = [code for one in scene.within(scene.subjects, name) for code in one.names if code in scene.world.by_code]
    right = {
        code: sum(_is_right(scene, code, one) for one in told) for code in dict.fromkeys([*named, *scene.world.by_code])
    }
    best = max(right, key=lambda code: right[code], default="")
    if best and right[best] >= (1 if best in named else _LEAST):
        for one in told:
            _read(scene, best, one)


def _bare(scene: Scene, paragraph: Paragraph) -> list[tuple[Part, Part]]:
    """Return the labels of a line, or of the cells of a row, each with its value, where no colon parts them."""
    parts: Sequence[Part] = paragraph.cells or (Part(paragraph.start, paragraph.end),)
    found: list[tuple[Part, Part]] = []
    for match in (one for part in parts if (one := _BARE.fullmatch(scene.flat, part.start, part.end))):
        items = [match, *(_EARLIER.finditer(scene.flat, *match.span("rest")) if match["rest"] else ())]
        found += [(Part(*one.span("label")), Part(*one.span("value"))) for one in items]
    return found or _paired(scene, paragraph.cells) or _in_turn(scene, paragraph)


def _in_turn(scene: Scene, paragraph: Paragraph) -> list[tuple[Part, Part]]:
    """Return labels and figures in turn in one line (``2009/10 outturn 70.5% Q1 74.0% Target 80%``); none elsewhere."""
    numbers = [one for one in scene.within(scene.numbers, paragraph) if one.form is Form.CARDINAL]
    if (
        paragraph.kind is Kind.ROW
        or len(numbers) < _IN_TURN
        or scene.flat[paragraph.start : paragraph.end].rstrip()[-1:] in ".;:"
    ):
        return []
    starts = [paragraph.body, *(one.end for one in numbers[:-1])]
    pairs = [(Part(start, one.start), Part(one.start, one.end)) for start, one in zip(starts, numbers, strict=True)]
    said = [column(scene, 1, [label]) for label, _ in pairs]
    are_labels = all(
        label.end - label.start <= _LONGEST and top.holds in (Holds.FIGURES, Holds.OTHERS)
        for (label, _), top in zip(pairs, said, strict=True)
    )
    return pairs if are_labels else []


def _paired(scene: Scene, cells: Sequence[Part]) -> list[tuple[Part, Part]]:
    """Return the cells of a row as labels and values in turn (``Target   95%   RAG   RED``); none where they are not."""
    pairs = list(zip(cells[::2], cells[1::2], strict=False))
    is_paired = (
        bool(pairs)
        and len(cells) % 2 == 0
        and all(
            not scene.within(scene.numbers, label)
            and column(scene, 0, [label]).holds in (Holds.FIGURES, Holds.STATUSES)
            for label, _ in pairs
        )
    )
    return pairs if is_paired and any(_figure(scene, value) for _, value in pairs) else []


def _read_bare(scene: Scene, labelled: Sequence[tuple[Paragraph, Sequence[tuple[Part, Part]]]]) -> None:
    """Take down figures behind labels without a colon, where most of them are what the labels say of one indicator."""
    code = above(scene, labelled[0][0])
    if not code:
        return
    tops = [(column(scene, 0, [label]), value) for _, pairs in labelled for label, value in pairs]
    told = [
        (top, number)
        for top, value in tops
        if top.holds is Holds.FIGURES and (number := _figure(scene, value)) and not scene.is_used(number)
    ]
    right = sum(
        any(matches(fact, number) for one in top.meanings for fact in facts_of(scene.world, code, one))
        for top, number in told
    )
    if not right or 2 * right < len(told):
        return
    for top, number in told:
        tell_figure(scene, number, code, top.meanings, Held(right >= _LEAST))
    for top, value in tops:
        if top.holds is Holds.STATUSES:
            tell_status(scene, code, value)


def _is_right(scene: Scene, code: str, field: _Field) -> bool:
    """Return whether the figure of a field is what its label says of an indicator."""
    number = _figure(scene, field.value)
    if number is None or field.measure is None:
        return False
    facts = facts_of(scene.world, code, Meaning(field.measure, scene.world.quarter))
    return any(matches(fact, number) and not has_wrong_unit(fact, number) for fact in facts)


def _read_line(scene: Scene, paragraph: Paragraph) -> None:
    """Take down labelled figures that stand in one line of prose, behind each other."""
    labels = scene.find(_FIELD, paragraph)
    if len(labels) < _LEAST and len(bare := scene.find(_FIELD_BARE, paragraph)) >= _LEAST:
        labels = bare
    is_alone = len(labels) == 1 and labels[0].start() == paragraph.body and _STATUS.fullmatch(labels[0]["label"])
    code = _named(scene, paragraph, labels) if len(labels) >= _LEAST or is_alone else ""
    ends = [*(one.start() for one in labels[1:]), paragraph.end]
    for found, end in zip(labels, ends, strict=True) if code else ():
        line = scene.text.source.find("\n", found.end(), end)
        head = Part(found.start("label"), found.end("label"))
        _read(scene, code, _Field(found["label"], Part(found.end(), end if line < 0 else line), head))


def _read_rated(scene: Scene, paragraph: Paragraph) -> None:
    """Take down the status behind a figure that a line gives for the indicator above it: ``Actual: 93.4% \u2013 green``."""
    labels = scene.find(_FIELD, paragraph)
    if len(labels) != 1 or labels[0].start() != paragraph.body:
        return
    field, code = _Field(labels[0]["label"], Part(labels[0].end(), paragraph.end)), above(scene, paragraph)
    if code and field.measure is Measure.OUTTURN and _is_right(scene, code, field):
        tell_status(scene, code, field.value, is_whole=False)


def _named(scene: Scene, paragraph: Paragraph, labels: Sequence[re.Match[str]]) -> str:
    """Return the indicator of labelled figures: named before them in their line, else above it; empty where none is."""
    before = Part(paragraph.body, labels[0].start())
    return (
        next(
            (code for one in scene.within(scene.subjects, before) for code in one.names if code in scene.world.by_code),
            "",
        )
        or above(scene, paragraph)
        or _by_figures(scene, paragraph, labels)
    )


def _by_figures(scene: Scene, paragraph: Paragraph, labels: Sequence[re.Match[str]]) -> str:
    """Return the one indicator whose target and outturn stand behind the labels of a line; empty where there is none."""
    ends = [*(one.start() for one in labels[1:]), paragraph.end]
    fields = [_Field(one["label"], Part(one.end(), end)) for one, end in zip(labels, ends, strict=True)]
    told = [one for one in fields if one.measure in (Measure.OUTTURN, Measure.TARGET)]
    found = [code for code in scene.world.contract if all(_is_right(scene, code, one) for one in told)]
    return found[0] if len(found) == 1 and len(told) >= _LEAST else ""


def above(scene: Scene, paragraph: Paragraph) -> str:
    """Return the indicator that the heading above a paragraph names, or the line before it; empty where none does."""
    places = [*paragraph.headings[-1:], paragraph.index - 1]
    for place in places:
        if 0 <= place < paragraph.index:
            part = scene.text.paragraphs[place]
            subjects = sorted(scene.within(scene.subjects, part), key=lambda one: -one.how.value)  # a code before words
            named = [name for one in subjects for name in one.names if name in scene.world.by_code]
            if named:
                return named[0]
    return ""


def _read(scene: Scene, code: str, field: _Field) -> None:
    if field.measure is Measure.STATUS:
        tell_status(scene, code, field.value)
        return
    number = _figure(scene, field.value)
    if number is None or scene.is_used(number):
        return
    if field.measure is not None:
        tell_figure(scene, number, code, [Meaning(field.measure, scene.world.quarter)])
    elif field.head is not None and (top := column(scene, 1, [field.head])).holds is Holds.FIGURES:
        tell_figure(scene, number, code, top.meanings)


def _figure(scene: Scene, value: Part) -> Number | None:
    """Return the figure of a field; None where there is none, or more than one."""
    numbers = [one for one in scene.within(scene.numbers, value) if one.form is Form.CARDINAL]
    return numbers[0] if len(numbers) == 1 else None
