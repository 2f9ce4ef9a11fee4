"""Figures that stand alone in a line, with the name of their measure in the line above or below: cards, posters, web pages.

    Re-referrals within 12 months          381
    18.8%                                  Looked After Children
    Previous quarter
    17.9%                                  29
    Just off target                        UASC

Which way round it is, the figures themselves tell: each group of lines is read the way in which more of them are right.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import pairwise

from xlkpi.prose.fact import Measure
from xlkpi.prose.mentions import Form, How, Number, Role
from xlkpi.prose.mentions.digits import TELLING, digits_of
from xlkpi.prose.scene import Scene
from xlkpi.prose.sentences import Part
from xlkpi.prose.stacks import SPAN
from xlkpi.prose.tables.cells import Held, facts_of, has_wrong_unit, is_status, matches, tell_figure, tell_status
from xlkpi.prose.tables.columns import Holds, Meaning, column, guess
from xlkpi.prose.tables.rows import FAIR, SURE, Candidate, RowNames
from xlkpi.prose.tables.travel import TRAVEL, tell_travel
from xlkpi.prose.text import Kind

_ALONE = re.compile(
    rf"\W*[\u2212-]?\u00a3?[0-9][0-9,]*(?:\.[0-9]+)?\s?(?:%|per\s?cent|{SPAN})?\*?(?:\s*\(?(?:red|amber|green|[RAG])\)?)?",
    re.IGNORECASE,
)
_COUNTED = re.compile(r"\W*[0-9][0-9,]*\s*(?:of|out\s+of|/)\s*[0-9][0-9,]*\W*", re.IGNORECASE)
_NO_NAME = re.compile(r"\W*(?:per\b|in\s+(?:the\s+)?q|out\s+of\b|of\b|page\b).*", re.IGNORECASE)
_LONGEST, _LONGEST_LABEL = 130, 45
_NAMES = 3  # lines of a name below its figure
_LEAST = 2  # figures that have to be right
_PARTS = (Measure.NUMERATOR, Measure.DENOMINATOR)


class What(Enum):
    """What a line is."""

    FIGURE = "figure"
    COUNTS = "counts"
    LABEL = "label"
    STATUS = "status"
    TRAVEL = "direction of travel"
    OTHERS = "of others"
    WORDS = "words"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Line(Part):
    """One line of the draft.

    Attributes:
        what: What it is.
        is_apart: Whether an empty line stands before it.
        number: The figure that it is; None for others.
        meanings: Of a label, what the figure below it may be.
    """

    what: What
    is_apart: bool
    number: Number | None = None
    meanings: tuple[Meaning, ...] = ()


@dataclass(frozen=True, slots=True)
class _Card:
    """A figure with the measure that it is of, and what else is told of that.

    Attributes:
        figures: Each with what it may be; the first is that of the quarter reported.
        candidates: The indicators that the line beside it may name, the likeliest first.
        rest: The lines below it that give a status or say more.
    """

    figures: Sequence[tuple[Number, tuple[Meaning, ...]]]
    candidates: Sequence[Candidate]
    rest: Sequence[Line] = ()


def read_posters(scene: Scene) -> None:
    """Take down figures that stand alone in a line above or below the name of their measure."""
    lines = list(_lines(scene))
    if sum(one.what is What.FIGURE for one in lines) < _LEAST:
        return
    names = RowNames(scene.world.indicators)
    posters = [_Poster(scene, group, names) for group in _groups(scene, lines)]
    right = [sum(one.right[way] for one in posters) for way in (0, 1)]
    if max(right) < _LEAST:
        return
    usual, directions = right.index(max(right)), []
    for one in posters:
        own = usual if one.right[0] == one.right[1] else one.right.index(max(one.right))
        directions += one.read(own, is_sure=2 * right[own] >= sum(len(poster.told[own]) for poster in posters))
    tell_travel(scene, directions, guess(scene.world, 0, Holds.TRAVEL, scene.world.quarter).meanings)


def _lines(scene: Scene) -> Iterator[Line]:
    at, is_apart = 0, True
    for raw in scene.text.source.splitlines(keepends=True):
        words = raw.strip()
        start = at + len(raw) - len(raw.lstrip())
        at += len(raw)
        if not words:
            is_apart = True
            continue
        paragraph = scene.text.at(start)
        if paragraph is None or paragraph.kind is not Kind.ROW:
            yield _classified(scene, Part(start, start + len(words)), is_apart=is_apart)
        is_apart = False


def _classified(scene: Scene, part: Part, *, is_apart: bool) -> Line:
    words = scene.flat[part.start : part.end]
    numbers = [one for one in scene.within(scene.numbers, part) if one.form is Form.CARDINAL]
    what, number = What.TEXT, None
    meanings: tuple[Meaning, ...] = ()
    if _ALONE.fullmatch(words) and len(numbers) == 1:
        what, number = What.FIGURE, numbers[0]
    elif _COUNTED.fullmatch(words):
        what = What.COUNTS
    elif is_status(scene, part):
        what = What.STATUS
    elif TRAVEL.fullmatch(words):
        what = What.TRAVEL
    elif len(words) <= _LONGEST and words[-1] not in ".;":
        top = column(scene, 1, [part]) if len(words) <= _LONGEST_LABEL else None
        what = What.WORDS
        is_name = any(
            one.role is Role.INDICATOR and one.how is not How.WORDS for one in scene.within(scene.subjects, part)
        )
        if top is not None and top.holds is Holds.OTHERS:
            what = What.OTHERS
        elif top is not None and top.holds is Holds.FIGURES and not numbers and not is_name:
            what, meanings = What.LABEL, top.meanings
    return Line(part.start, part.end, what, is_apart, number, meanings)


def _groups(scene: Scene, lines: Sequence[Line]) -> Iterator[list[Line]]:
    """Yield runs of lines that neither a numbered heading nor more text than a comment parts."""
    group: list[Line] = []
    texts = 0
    for one in lines:
        texts = texts + 1 if one.what is What.TEXT else 0
        paragraph = scene.text.at(one.start)
        is_head = paragraph is not None and paragraph.kind is Kind.HEADING and paragraph.own_number
        if texts > _LEAST or is_head:
            yield group
            group = []
        group.append(one)
    yield group


class _Poster:
    """Lines that are laid out in one way."""

    def __init__(self, scene: Scene, lines: Sequence[Line], names: RowNames) -> None:
        self.scene = scene
        self.told = (list(_named_above(scene, names, lines)), list(_named_below(scene, names, lines)))
        self.right = [sum(_right(scene, one) != "" for one in told) for told in self.told]

    def read(self, way: int, *, is_sure: bool) -> list[tuple[str, Part]]:
        """Take down its figures, and return the directions that stand below them, each with its indicator.

        Args:
            way: 0 where names stand above their figures, 1 where they stand below.
            is_sure: Whether a figure that is not right is wrong.
        """
        directions: list[tuple[str, Part]] = []
        least = FAIR if is_sure and way == 0 else SURE
        for one in self.told[way]:
            code = _right(self.scene, one) or (one.candidates[0].code if one.candidates[0].strength >= least else "")
            directions += [(code, line) for line in one.rest if code and line.what is What.TRAVEL]
            for number, meanings in one.figures if code else ():
                if not self.scene.is_used(number):
                    tell_figure(self.scene, number, code, meanings, Held(is_sure))
            for line in one.rest if code else ():
                _read_rest(self.scene, line, code)
        return directions


def _read_rest(scene: Scene, line: Line, code: str) -> None:
    """Take down the status of a card, and of what its comment is."""
    if line.what is What.STATUS:
        tell_status(scene, code, line)
    elif line.what is What.TRAVEL:
        return
    elif (paragraph := scene.text.at(line.start)) is not None:
        scene.topics[paragraph.index] = code


def _right(scene: Scene, card: _Card) -> str:
    """Return the indicator that a name may stand for and of which the figures beside it are right; empty where none is.

    What a name hints at only has to have more than one of them, or one that is hardly another's by chance.
    """
    for one in card.candidates:
        right = [number for number, meanings in card.figures if _is_right(scene, one.code, number, meanings)]
        is_first = right[:1] == [card.figures[0][0]]
        is_told = len(right) >= _LEAST or one.strength >= FAIR or digits_of(card.figures[0][0]) >= TELLING
        if right and is_told and (is_first or len(right) >= _LEAST or one.strength >= FAIR):
            return one.code
    return ""


def _is_right(scene: Scene, code: str, number: Number, meanings: Sequence[Meaning]) -> bool:
    facts = (fact for one in meanings for fact in facts_of(scene.world, code, one))
    return any(matches(fact, number) and not has_wrong_unit(fact, number) for fact in facts)


def _named_above(scene: Scene, names: RowNames, lines: Sequence[Line]) -> Iterator[_Card]:
    starts = [
        place
        for place, (name, line) in enumerate(pairwise(lines))
        if name.what is What.WORDS and line.number is not None
    ]
    for start, end in pairwise([*starts, len(lines)]):
        if found := names.candidates(scene, [lines[start]]):
            yield _Card(
                [*_figures(scene, lines[start:end])],
                found,
                [one for one in lines[start + 1 : end] if one.what in (What.STATUS, What.TEXT, What.TRAVEL)],
            )


def _figures(scene: Scene, lines: Sequence[Line]) -> Iterator[tuple[Number, tuple[Meaning, ...]]]:
    """Yield the figures of a card: the first below its name, those below labels, and the counts behind a share."""
    now = scene.world.quarter
    for before, line in pairwise(lines):
        if line.number is not None and before is lines[0]:
            yield line.number, (Meaning(Measure.OUTTURN, now),)
        elif line.number is not None and before.what is What.LABEL:
            yield line.number, before.meanings
        elif line.what is What.COUNTS:
            for number, measure in zip(scene.within(scene.numbers, line), _PARTS, strict=False):
                yield number, (Meaning(measure, now),)


def _named_below(scene: Scene, names: RowNames, lines: Sequence[Line]) -> Iterator[_Card]:
    now = Meaning(Measure.OUTTURN, scene.world.quarter)
    for place, line in enumerate(lines):
        parts: list[Line] = []
        for one in lines[place + 1 : place + 1 + _NAMES]:
            if one.is_apart or one.what is not What.WORDS or _NO_NAME.fullmatch(scene.flat, one.start, one.end):
                break
            parts.append(one)
        whole = Part(parts[0].start, parts[-1].end) if parts else line
        found = names.candidates(scene, [whole, *parts]) if line.number is not None and parts else ()
        if line.number is not None and found:
            yield _Card([(line.number, (now,))], found)
