"""A table of indicators: what its cells may be, by the heading of the column, the name and period of the row."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from xlkpi.model.period import Month, Period, Quarter
from xlkpi.prose.fact import Fact, Measure
from xlkpi.prose.mentions import Form, Number, Unit
from xlkpi.prose.scene import Scene
from xlkpi.prose.sentences import Part
from xlkpi.prose.tables.captions import Says, meant
from xlkpi.prose.tables.cells import facts_of, has_wrong_unit, matches, of_one_length
from xlkpi.prose.tables.columns import Column, Holds, Meaning, names_rows
from xlkpi.prose.tables.times import dating, in_time
from xlkpi.prose.text import Paragraph

_WORD = re.compile(r"[A-Za-z]{3,}")
_BESIDE = re.compile(
    r"(?:red|amber|green|days?|weeks?|per|cent|percent|percentage|points?|pp|improv\w+|worse\w*|declin\w+|better|up|down|same)$",
    re.IGNORECASE,
)
_OPENS = re.compile(r"\W*(?:max(?:imum)?|min(?:imum)?|at\s+least|up\s+to|under|over|below|above)?\W*", re.IGNORECASE)
#: Between the counts behind a share, which may stand before it in its cell: ``268 of 991 (27%)``.
_OF = re.compile(r"\s*(?:/|of|out\s+of)\s*", re.IGNORECASE)
_LONG = 70  # signs of a cell that is still a figure


@dataclass
class Row:
    """A row of a table with the indicator that it is about.

    Attributes:
        paragraph: The row.
        cells: By column.
        named_in: The cells that name it; None for those before its figures.
        code: Of the indicator.
        strength: How surely its words name it.
        figures: By column.
        says: What its name says where the indicator stands above the table.
        part: The part of the indicator that its name is; empty for all of it.
        when: Of which its figures are, where a cell of it says so and the columns do not.
        score: How many figures are the indicator's, less those that are not.
    """

    paragraph: Paragraph
    cells: Mapping[int, Part]
    named_in: Sequence[Part] | None = None
    code: str = ""
    strength: int = 0
    figures: dict[int, Number] = field(default_factory=dict)
    says: Says = Says.NOTHING
    part: str = ""
    when: Period | None = None
    score: int = 0


class Frame:
    """A table before its claims are taken down.

    Attributes:
        scene: The draft.
        world: The figures.
        now: The quarter of which the table is, where its headings do not say otherwise.
        columns: By place.
        rows: Those below the headings.
        dated_in: The columns that name the periods of the rows, if they have any.
        named_in: The columns whose headings say that they name the indicators; none where no heading does.
    """

    def __init__(self, scene: Scene, columns: Mapping[int, Column], rows: Sequence[Row], now: Quarter) -> None:
        """Take in a table."""
        self.scene, self.world, self.now = scene, scene.world, now
        self.columns, self.rows = columns, rows
        self.dated_in = dating(scene, columns, [row.cells for row in rows])
        self.named_in = [place for place, one in sorted(columns.items()) if names_rows(scene, one)]

    def words(self, part: Part) -> str:
        """Return the flattened words of a part."""
        return self.scene.flat[part.start : part.end]

    def holds_figures(self, place: int) -> bool:
        """Return whether the heading of a column says that it has figures."""
        top = self.columns.get(place)
        return top is not None and top.holds is Holds.FIGURES and not top.is_guess

    def figure(self, cell: Part, *, is_headed: bool = False) -> Number | None:
        """Return the figure of a cell: the first number of one that has little beside numbers, or the share behind two counts.

        Under a heading of figures words may say of what it is: ``Max. 2.0% of gross rent``.
        """
        found = [one for one in self.scene.within(self.scene.numbers, cell) if one.form is Form.CARDINAL]
        if not found:
            return None
        if is_headed and _OPENS.fullmatch(self.scene.flat, cell.start, found[0].start):
            return self._stated(found) if cell.end - cell.start <= _LONG else None
        words = _WORD.findall(self.scene.flat[found[0].end : cell.end]) + _WORD.findall(
            self.scene.flat[cell.start : found[0].start]
        )
        return self._stated(found) if sum(not _BESIDE.match(word) for word in words) <= 1 else None

    def _stated(self, found: Sequence[Number]) -> Number:
        counts = self.counts_before(found)
        return found[len(counts)] if counts else found[0]

    def counts_before(self, found: Sequence[Number]) -> Sequence[Number]:
        """Return the two counts that stand before their share in a cell; nothing where they do not."""
        if len(found) <= len(("numerator", "denominator")):
            return ()
        first, second, third = found[:3]
        is_of = _OF.fullmatch(self.scene.flat, first.end, second.start) is not None
        is_share = first.unit is second.unit is Unit.NONE and third.unit in (Unit.PERCENT, Unit.RATE)
        return (first, second) if is_of and is_share else ()

    def meant(self, row: Row, code: str, top: Column, meanings: Sequence[Meaning]) -> list[Meaning]:
        """Return what a figure of a row may be, by what its column, its own name and its period say."""
        dated = list(meanings)
        if row.when is not None:
            dated = list(dict.fromkeys(own for one in meanings for own in in_time(one, top, row.when, self.now)))
        elif any(isinstance(one.period, Month) for one in dated):
            dated = list(of_one_length(self.world, code, row.figures, self.columns, dated))
        return [own for one in dated for own in meant(self.world, code, row.says, row.part, one)]

    def facts(self, row: Row, code: str, top: Column, meanings: Sequence[Meaning]) -> Iterator[tuple[Meaning, Fact]]:
        """Yield the facts that a figure of a row may state, each with what it is."""
        for meaning in self.meant(row, code, top, meanings):
            for fact in facts_of(self.world, code, meaning):
                yield meaning, fact

    def hits(self, rows: Sequence[Row], meaning: Meaning, top: Column) -> int:
        """Return in how many rows the figure of a column is what it may be by one reading of the heading."""
        return sum(
            any(matches(fact, row.figures[top.place]) for _, fact in self.facts(row, row.code, top, [meaning]))
            for row in rows
        )

    def score(self, row: Row, code: str, *, is_weak: bool = False) -> tuple[int, int, int]:
        """Return how many figures of a row are an indicator's, how many of them outturns, and how many are not.

        Args:
            row: Which.
            code: Of the indicator.
            is_weak: Whether so little of its name stands there that columns without a heading bear nothing out.
        """
        hits = outturns = misses = 0
        for place in row.figures:
            top = self.columns.get(place)
            if top is None:
                continue
            fitting = self.fitting(row, code, place)
            hits += bool(fitting and not (is_weak and top.is_guess))
            outturns += any(meaning.measure is Measure.OUTTURN for meaning in fitting)
            misses += bool(top.is_firm and not fitting and any(self.facts(row, code, top, top.meanings)))
        return hits, outturns, misses

    def fitting(self, row: Row, code: str, place: int) -> list[Meaning]:
        """Return the meanings of a column under which the figure of a row is right, if the row is an indicator's."""
        number, top = row.figures[place], self.columns[place]
        facts = self.facts(row, code, top, top.meanings)
        return [meaning for meaning, fact in facts if matches(fact, number) and not has_wrong_unit(fact, number)]
