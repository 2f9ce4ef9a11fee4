"""Tables of figures: what each cell is of, by the headings of its row and column and by the figures that stand there.

A heading says what it can; the figures say the rest. A row belongs to the indicator that its words name and that most of its
cells fit; a column whose heading says nothing shows what most of its cells fit. Where words and figures leave it open,
nothing is held against the draft.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from xlkpi.model.period import Period, Quarter, Year
from xlkpi.prose.claim import Verdict
from xlkpi.prose.fact import Measure
from xlkpi.prose.mentions import How, Link, Number, Role
from xlkpi.prose.sentences import Part
from xlkpi.prose.statuses.cells import matches, tell_figure, tell_status, tell_unknown
from xlkpi.prose.statuses.headings import Heading, heading, named_in
from xlkpi.prose.statuses.scene import Scene, Told
from xlkpi.prose.text import Paragraph
from xlkpi.prose.world import World

_FIGURE = re.compile(
    r"\W*[0-9][0-9,.]*(?:[0-9,.]+|\b(?:per\s?cent|percentage\s+points?|points?|pp|working|days?|weeks?|months?|hours?|years?"
    r"|per|of|red|amber|green)\b|[^\w\s]|\s)*",
    re.IGNORECASE,
)
_COLOUR = re.compile(r"\b(?:red|amber|green)\b", re.IGNORECASE)
_ENOUGH = 2  # cells that show what a column without a heading is of


@dataclass(frozen=True)
class _Meaning:
    """What the figures of a column are of an indicator."""

    measure: Measure
    period: Period
    is_loose: bool = False

    def fits(self, world: World, code: str, number: Number) -> bool:
        return matches(world.fact(code, self.measure, self.period), number)


@dataclass(frozen=True)
class _Cell:
    """A cell with a figure: its column, its numbers, and what its headings say."""

    place: int
    part: Part
    numbers: Sequence[Number]


class _Line:
    """A row of a table, with the indicator that it is of."""

    def __init__(self, scene: Scene, row: Paragraph, above: str) -> None:
        first = next(
            (
                place
                for place, cell in enumerate(row.cells)
                if place and _FIGURE.fullmatch(scene.flat, cell.start, cell.end)
            ),
            1,
        )
        self.heads = [heading(scene, one) for one in row.cells[:first] if scene.flat[one.start : one.end].strip()]
        self.names = [name for one in self.heads for name in named_in(scene, one.part)]
        self.named = bool(self.names)
        if not self.names and above:
            self.names = [(above, True)]
        self.cells = [one for place, part in enumerate(row.cells) if place and (one := _cell(scene, place, part))]
        self.codes = list(dict.fromkeys(code for code, _ in self.names))
        self.code = self.codes[0] if self.codes else ""
        self.is_sure = any(sure for _, sure in self.names)
        self.row = row

    @property
    def period(self) -> Period | None:
        return next((one.period for one in self.heads if one.period is not None), None)

    @property
    def measure(self) -> Measure | None:
        return None if self.named else next((one.measure for one in self.heads if one.measure is not None), None)

    @property
    def is_foreign(self) -> bool:
        return not self.named and any(one.is_foreign for one in self.heads)


def _cell(scene: Scene, place: int, part: Part) -> _Cell | None:
    if not _FIGURE.fullmatch(scene.flat, part.start, part.end):
        return None
    numbers = scene.within(scene.numbers, part)
    is_range = any(one.link is Link.RANGE for one in scene.within(scene.pairs, part))
    return _Cell(place, part, numbers) if numbers and not is_range else None


def read_grid(scene: Scene, rows: Sequence[Paragraph], heads: Mapping[int, Part]) -> None:
    """Take down the figures and statuses of a table whose lines are indicators, or periods of one indicator.

    Args:
        scene: The draft.
        rows: Those below the header.
        heads: The heading of each column, by place.
    """
    _Grid(scene, rows, heads).tell()


class _Grid:
    """A table of figures."""

    def __init__(self, scene: Scene, rows: Sequence[Paragraph], heads: Mapping[int, Part]) -> None:
        self.scene, self.world = scene, scene.world
        self.columns = {place: heading(scene, part) for place, part in heads.items()}
        above = _above(scene, rows[0])
        self.lines = [one for row in rows if (one := _Line(scene, row, above)).code and not one.is_foreign]
        self.meanings = {
            place: self._meaning(place) for place in range(1, max((len(row.cells) for row in rows), default=0))
        }
        for line in self.lines:
            self._choose(line)
        self._one_row_each()
        self._make_firm()

    def _make_firm(self) -> None:
        """Hold a column against the draft whose heading leaves it open, where most of its cells show what it may be of."""
        for place, one in self.meanings.items():
            cells = [(line.code, cell.numbers[0]) for line in self.lines for cell in line.cells if cell.place == place]
            fits = sum(one is not None and one.fits(self.world, code, number) for code, number in cells)
            if one is not None and one.is_loose and fits >= _ENOUGH and 2 * fits > len(cells):
                self.meanings[place] = replace(one, is_loose=False)

    def _meaning(self, place: int) -> _Meaning | None:
        """Return what a column is of: by its heading, else by what its figures show."""
        top = self.columns.get(place)
        if top is None or top.is_foreign or top.measure is Measure.STATUS:
            return None
        if top.period is None and top.measure is None:
            return self._shown(place) if not self._transposed() else _Meaning(Measure.OUTTURN, self.world.quarter)
        loose, period = top.is_loose, top.period or self.world.quarter
        if isinstance(period, Year) and period.year == self.world.quarter.year:
            loose, period = True, self.world.quarter  # the year so far, or what is meant to come of it
        if top.measure in (Measure.TARGET, Measure.TOLERANCE):
            period = period.quarter if not isinstance(period, Year) else self.world.quarter
        return _Meaning(top.measure or Measure.OUTTURN, period, loose)

    def _transposed(self) -> bool:
        return any(one.period is not None or one.measure is not None for one in self.lines if not one.named)

    def _shown(self, place: int) -> _Meaning | None:
        """Return what two cells or more of a column show, and most of them."""
        cells = [
            (line, cell.numbers[0]) for line in self.lines for cell in line.cells if cell.place == place and line.named
        ]
        seen: dict[_Meaning, int] = {}
        for line, number in cells:
            facts = [
                fact for fact in self.world.facts_of(line.code) if not fact.part and isinstance(fact.period, Quarter)
            ]
            kinds = (Measure.OUTTURN, Measure.TARGET, Measure.TOLERANCE, Measure.NUMERATOR, Measure.DENOMINATOR)
            for one in {
                _Meaning(fact.measure, fact.period) for fact in facts if fact.measure in kinds and matches(fact, number)
            }:
                seen[one] = seen.get(one, 0) + 1
        best = max(seen, key=lambda one: (seen[one], one.period == self.world.quarter), default=None)
        return best if best is not None and seen[best] >= _ENOUGH and 2 * seen[best] > len(cells) else None

    def _of(self, line: _Line, cell: _Cell) -> _Meaning | None:
        """Return what a cell is of; None where its headings do not say."""
        column = self.meanings.get(cell.place)
        if column is None:
            return None
        top = self.columns.get(cell.place)
        said = top is not None and (top.period is not None or top.measure is not None)
        if line.measure is Measure.STATUS:
            return None
        measure = line.measure if line.measure and (top is None or top.measure is None) else column.measure
        period = line.period if line.period and (top is None or top.period is None) else column.period
        return replace(column, measure=measure, period=period) if said or line.period or line.measure else column

    def _fits(self, line: _Line, code: str) -> int:
        return sum(
            bool((one := self._of(line, cell)) and one.fits(self.world, code, cell.numbers[0])) for cell in line.cells
        )

    def _choose(self, line: _Line) -> None:
        """Choose the indicator that the words of a row name and that most of its cells fit."""
        if line.is_sure:
            line.code = next(code for code, sure in line.names if sure)
            return
        line.code = max(line.codes, key=lambda code: (self._fits(line, code), -line.codes.index(code)))
        judged = [
            one
            for cell in line.cells
            if (one := self._of(line, cell))
            and not one.is_loose
            and self.world.fact(line.code, one.measure, one.period)
        ]
        fits = self._fits(line, line.code)
        line.is_sure = bool(fits) and 2 * fits >= len(judged)
        if len(judged) == 1 and not fits:
            line.is_sure = self._is_plain(line)

    def _is_plain(self, line: _Line) -> bool:
        """Return whether the words alone leave no doubt which indicator a row is of."""
        found = [one for head in line.heads for one in self.scene.within(self.scene.subjects, head.part)]
        return any(one.names[:1] == (line.code,) and one.how.value >= How.ALIAS.value for one in found)

    def _one_row_each(self) -> None:
        """Let only the row that fits best stand for an indicator."""
        best: dict[str, int] = {}
        for line in self.lines:
            if line.named:
                best[line.code] = max(best.get(line.code, 0), self._fits(line, line.code))
        for line in self.lines:
            if line.named and not any(sure for _, sure in line.names) and self._fits(line, line.code) < best[line.code]:
                line.is_sure = False

    def tell(self) -> None:
        """Take down the claims of all cells."""
        for place, meaning in self.meanings.items():
            top = self.columns.get(place)
            if meaning and top is not None and isinstance(top.period, Quarter) and meaning.measure is Measure.OUTTURN:
                self._label(place, top, meaning)
        for line in self.lines:
            for cell in line.cells:
                if one := self._of(line, cell):
                    self._tell(line, cell, one)
            if line.is_sure and line.named:
                self.scene.lines[line.row.index] = line.code
                self._statuses(line)

    def _tell(self, line: _Line, cell: _Cell, meaning: _Meaning) -> None:
        number, fact = cell.numbers[0], self.world.fact(line.code, meaning.measure, meaning.period)
        if fact is not None and not matches(fact, number) and (meaning.is_loose or not line.is_sure):
            tell_unknown(self.scene, number, line.code)
            return
        tell_figure(self.scene, number, line.code, meaning.measure, meaning.period)
        for other in cell.numbers[1:]:  # 87% (155/177)
            for measure in (Measure.NUMERATOR, Measure.DENOMINATOR):
                if matches(self.world.fact(line.code, measure, meaning.period), other):
                    tell_figure(self.scene, other, line.code, measure, meaning.period)
                    break

    def _statuses(self, line: _Line) -> None:
        for place, part in enumerate(line.row.cells):
            top = self.columns.get(place)
            coloured = (
                place
                and any(one.place == place for one in line.cells)
                and _COLOUR.search(self.scene.flat, part.start, part.end)
            )
            if (top is not None and top.measure is Measure.STATUS) or coloured:
                tell_status(self.scene, line.code, part)

    def _label(self, place: int, top: Heading, meaning: _Meaning) -> None:
        """Take down whether a column shows the figures of the quarter that heads it; read it as what it shows."""
        pairs = [
            (line.code, cell.numbers[0])
            for line in self.lines
            for cell in line.cells
            if cell.place == place and not line.period
        ]
        mentions = [one for one in self.scene.within(self.scene.periods, top.part) if one.periods]
        if not mentions or not pairs or top.period is None:
            return
        shows = self._true_period(top.period, pairs)
        self.meanings[place] = replace(meaning, period=shows)
        known = any(self.world.fact(code, Measure.OUTTURN, shows) for code, _ in pairs)
        fits = Verdict.CONFIRMED if shows == top.period else Verdict.CONTRADICTED
        reason = (
            f"The column shows the figures of {shows.label}."
            if known
            else f"No figures of {shows.label} are in the workbook."
        )
        told = Told(
            "period", fits if known else Verdict.NOT_CHECKABLE, top.period.label, shows.label if known else "", reason,
            self.world.quarter_cell,
        )  # fmt: skip
        self.scene.tell(mentions[0].start, mentions[0].end, told, self.scene.within(self.scene.numbers, mentions[0]))

    def _true_period(self, label: Quarter | Period, cells: Sequence[tuple[str, Number]]) -> Quarter:
        """Return the quarter whose figures stand in a column: its label's, unless two or more cells show it is another's."""
        assert isinstance(label, Quarter)
        fits = self._count(label, cells)
        best, most = label, max(fits, 1)
        if 2 * fits > len(cells):
            return label
        for period in {fact.period for code, _ in cells for fact in self.world.series(code, Quarter)}:
            found = self._count(period, cells)
            if found > most and 2 * found > len(cells) and isinstance(period, Quarter):
                best, most = period, found
        return best

    def _count(self, period: Period, cells: Sequence[tuple[str, Number]]) -> int:
        return sum(matches(self.world.fact(code, Measure.OUTTURN, period), number) for code, number in cells)


def _above(scene: Scene, first: Paragraph) -> str:
    """Return the one indicator that the heading above a table names; empty where it names none or several."""
    for index in first.headings[-1:]:
        named = [
            one for one in scene.within(scene.subjects, scene.text.paragraphs[index]) if one.role is Role.INDICATOR
        ]
        codes = {one.names[0] for one in named if one.how.value >= How.SHORT.value}
        return codes.pop() if len(codes) == 1 else ""
    return ""
