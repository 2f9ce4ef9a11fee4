"""Headings that a converter has set behind each other in the line above a table: where one ends and the next begins.

``Ref Description Actual 14/15 Target 15/16 Quarter 3 Progress`` is cut so that what stands below bears the headings out.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import mode

from xlkpi.prose.mentions import Form, Number
from xlkpi.prose.scene import Scene
from xlkpi.prose.sentences import Part
from xlkpi.prose.tables.cells import facts_of, has_wrong_unit, is_status, matches
from xlkpi.prose.tables.columns import Column, Holds, column
from xlkpi.prose.tables.layouts import is_marked
from xlkpi.prose.tables.rows import FAIR, RowNames
from xlkpi.prose.text import Kind, Paragraph

_WORD = re.compile(r"\S+")
_LONGEST = 6  # words of one heading
_MOST = 40  # words of a line of headings
_LEAST = 2  # headings that say something
_ROWS = 12  # rows by which headings are tried
_SAYS, _FITS, _OTHERS = (
    0.4,
    1.0,
    0.5,
)  # what a heading is worth: that says something, by each figure, over figures of others
_LOST, _MOST_LOST = 0.3, 2  # what a word costs that heads a column without cells, and how many may stand together
_SPARE = 0.05  # what each word of a heading costs


def torn_off(scene: Scene, names: RowNames, rows: Sequence[Paragraph]) -> Mapping[int, Part]:
    """Return the headings in the line above rows, by column; none where there are no headings."""
    widths = [len(row.cells) for row in rows]
    is_set = not any(is_marked(scene, row) for row in rows)  # words may have run into a name, or a figure out of it
    above = _line_above(scene, rows[0])
    if above is None or max(widths) <= 1 or not may_head(scene, above):
        return {}
    words = [Part(one.start(), one.end()) for one in scene.find(_WORD, above)]
    tried = dict.fromkeys([mode(widths), max(widths)] if is_set else [max(widths)])
    cuts = [
        _Cuts(scene, words, width, _Rows.of(scene, names, rows, width)).best()
        for width in tried
        if max(1, width - 1) <= len(words) <= _MOST and width > 1
    ]
    return max(cuts, key=lambda one: one[0], default=(0.0, {}))[1]


def _line_above(scene: Scene, row: Paragraph) -> Paragraph | None:
    """Return the line that may hold the headings of a table: the one above it, or above the title of its first block."""
    above = [scene.text.paragraphs[at] for at in (row.index - 1, row.index - 2) if at >= 0]
    if (
        len(above) > 1
        and above[0].kind is Kind.HEADING
        and _has_periods(scene, above[1]) > _has_periods(scene, above[0])
    ):
        return above[1]
    return above[0] if above else None


def _has_periods(scene: Scene, line: Paragraph) -> int:
    return len(scene.within(scene.periods, line)) if may_head(scene, line) else 0


def may_head(scene: Scene, line: Paragraph) -> bool:
    """Return whether a line may be one of headings: it is no sentence."""
    words = scene.flat[line.start : line.end].rstrip()
    return line.kind is not Kind.ROW and bool(words) and words[-1] not in ".;:?!"


@dataclass(frozen=True)
class _Rows:
    """Rows below a line of headings, each with the indicator that it surely is; none where its name does not say."""

    codes: Sequence[str]
    cells: Sequence[Sequence[Part]]
    figures: Sequence[Sequence[Number | None]]

    @classmethod
    def of(cls, scene: Scene, names: RowNames, rows: Sequence[Paragraph], width: int) -> _Rows:
        standing = [row for row in rows if len(row.cells) in (width, width - 1)][:_ROWS]
        found = [names.candidates(scene, row.cells[:1])[:1] for row in standing]
        codes = [one[0].code if one and one[0].strength >= FAIR else "" for one in found]
        cells = [(*row.cells, *(Part(row.end, row.end) for _ in range(width - len(row.cells)))) for row in standing]
        return cls(codes, cells, [[_figure(scene, cell) for cell in row] for row in cells])


def _figure(scene: Scene, cell: Part) -> Number | None:
    return next((one for one in scene.within(scene.numbers, cell) if one.form is Form.CARDINAL), None)


class _Cuts:
    """Finds the best way to cut a line into as many headings as there are columns, from the right."""

    def __init__(self, scene: Scene, words: Sequence[Part], width: int, rows: _Rows) -> None:
        self.scene, self.words, self.width, self.rows = scene, words, width, rows
        self.said: set[tuple[int, int]] = set()
        self._tops: dict[tuple[int, int], Column] = {}

    def best(self) -> tuple[float, Mapping[int, Part]]:
        """Return what the best headings are worth, and them by column; none where more figures differ from them than fit."""
        worth: dict[tuple[int, int], tuple[float, tuple[tuple[int, int], ...]]] = {
            (len(self.words), self.width): (0.0, ())
        }
        for place in range(self.width - 1, 0, -1):
            for first in range(len(self.words)):
                tried = [
                    (ahead[0] + self._worth(place, first, behind) - _LOST * lost, ((first, behind), *ahead[1]))
                    for behind in range(first + 1, min(first + _LONGEST, len(self.words)) + 1)
                    for lost in range(_MOST_LOST + 1)
                    if (ahead := worth.get((behind + lost, place + 1))) is not None
                ]
                if tried:
                    worth[first, place] = max(tried)
        ways = [one for (_, place), one in worth.items() if place == 1]
        if not ways:
            return 0.0, {}
        total, cuts = max(ways)
        if total <= 0 or sum(cut in self.said for cut in cuts) < _LEAST:
            return 0.0, {}
        return total, {place: self._part(*cut) for place, cut in enumerate(cuts, start=1)}

    def _part(self, first: int, behind: int) -> Part:
        return Part(self.words[first].start, self.words[behind - 1].end)

    def _worth(self, place: int, first: int, behind: int) -> float:
        """Return what words are worth as the heading of a column."""
        top = self._tops.get((first, behind))
        if top is None:
            top = self._tops[first, behind] = column(self.scene, 1, [self._part(first, behind)])
        spare = _SPARE * (behind - first)
        if top.holds in (Holds.UNKNOWN, Holds.WORDS):
            return -spare
        self.said.add((first, behind))
        return _SAYS - spare + self._borne_out(place, top)

    def _borne_out(self, place: int, top: Column) -> float:
        """Return how many cells of a column are what a heading says, less those that are not."""
        total = 0.0
        for code, cells, figures in zip(self.rows.codes, self.rows.cells, self.rows.figures, strict=True):
            number = figures[place]
            if top.holds is Holds.FIGURES and number is not None and code:
                total += self._fits(top, code, number)
            elif top.holds is Holds.OTHERS:
                total += _OTHERS * (number is not None)
            elif top.holds is Holds.STATUSES:
                total += 1 if is_status(self.scene, cells[place]) else -1 if number is not None else 0
            elif top.holds is Holds.TRAVEL:
                total -= number is not None
            elif number is None:
                total -= 1
        return total

    def _fits(self, top: Column, code: str, number: Number) -> float:
        known = [fact for one in top.meanings for fact in facts_of(self.scene.world, code, one)]
        if not known:
            return 0.0
        return _FITS if any(matches(one, number) and not has_wrong_unit(one, number) for one in known) else -_FITS
