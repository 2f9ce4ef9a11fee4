"""Tables of indicators: each row one indicator, each column a figure, a target, a status or a direction.

Rows and columns bear each other out: a row whose name is only like that of an indicator is read as its row where most of its
figures are, and a column whose heading leaves open what it holds is read as what most of its figures are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from xlkpi.model.period import Month, Period, Quarter, Year
from xlkpi.prose.claim import Verdict
from xlkpi.prose.fact import Measure
from xlkpi.prose.mentions import Form, Number, Unit
from xlkpi.prose.mentions.digits import digits_of
from xlkpi.prose.scene import Scene, Told
from xlkpi.prose.sentences import Part
from xlkpi.prose.tables.captions import Says, above, alike_above, meant, month_above, part_named, quarter_above, says
from xlkpi.prose.tables.cells import (
    facts_of,
    has_wrong_unit,
    is_status,
    matches,
    of_one_length,
    tell_figure,
    tell_status,
)
from xlkpi.prose.tables.columns import Column, Holds, Meaning, guess
from xlkpi.prose.tables.rows import BY_FIGURES, FAIR, SURE, WEAK, Candidate, RowNames, is_borne_out
from xlkpi.prose.tables.travel import tell_travel
from xlkpi.prose.tables.years import has_quarters, in_year, year_of
from xlkpi.prose.text import Paragraph

_WORD = re.compile(r"[A-Za-z]{3,}")
_BESIDE = re.compile(
    r"(?:red|amber|green|days?|weeks?|per|cent|percent|percentage|points?|pp|improv\w+|worse\w*|declin\w+|better|up|down|same)$",
    re.IGNORECASE,
)
_OPENS = re.compile(r"\W*(?:max(?:imum)?|min(?:imum)?|at\s+least|up\s+to|under|over|below|above)?\W*", re.IGNORECASE)
_LONG = 70  # signs of a cell that is still a figure
_AGREE = 2  # figures that bear a reading out
_TELLING = 5  # digits of the figures of a row without a name
_NONE_FITS = 4  # figures of a table of which none is right
_LEADING = 4  # cells in which a row may have its name


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
        year: Of which its figures are, where its name is a year and the columns are quarters.
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
    year: Year | None = None
    score: int = 0


#: ``1.2 Children seen in time``: the number of a row, which is no figure of it.
_NUMBERED = re.compile(r"\s*[0-9]{1,3}(?:\.[0-9]{1,2})*[.)]?\s+[A-Za-z]{2}")


class Grid:
    """A table of indicators."""

    def __init__(
        self,
        scene: Scene,
        names: RowNames,
        columns: Mapping[int, Column],
        rows: Sequence[Row],
        corner: Part | None = None,
    ) -> None:
        """Take in a table.

        Args:
            scene: The draft.
            names: Of the register.
            columns: By place.
            rows: Those below the headings.
            corner: The heading of the names, which may say what the table is of; None where there is none.
        """
        self.scene, self.world, self.names, self.rows, self.corner = scene, scene.world, names, rows, corner
        self.columns = {**columns, **self._guessed(columns)}
        for row in self.rows:
            self._name(row)
        self._once_each()

    def _guessed(self, columns: Mapping[int, Column]) -> Mapping[int, Column]:
        """Return the columns of which no heading says what they hold, as what they may be."""
        found: dict[int, Column] = {}
        places = {place for row in self.rows for place in row.cells if place}
        first = self.rows[0].paragraph if self.rows else None
        said = (month_above(self.scene, first) or quarter_above(self.scene, first)) if first is not None else None
        for place in places:
            if place in columns and columns[place].holds is not Holds.UNKNOWN:
                continue
            cells = [row.cells[place] for row in self.rows if place in row.cells]
            statuses = sum(is_status(self.scene, cell) for cell in cells)
            figures = sum(self._figure(cell) is not None for cell in cells)
            if max(statuses, figures) >= _AGREE:
                holds = Holds.STATUSES if statuses > figures else Holds.FIGURES
                found[place] = guess(self.world, place, holds, said)
        return found

    def read(self) -> None:
        """Take down the claims of the cells."""
        known = [row for row in self.rows if row.code]
        self.scene.rows.update((row.paragraph.index, row.code) for row in known)
        for place, top in self.columns.items():
            of = [row for row in known if place in row.cells]
            if top.holds in (Holds.FIGURES, Holds.TRAVEL):
                self._figures(top, [row for row in of if place in row.figures])
            if top.holds is Holds.TRAVEL:
                words = [(row.code, row.cells[place]) for row in of if place not in row.figures]
                tell_travel(self.scene, words, [one for one in top.meanings if one.measure is Measure.CHANGE])
            if top.holds in (Holds.STATUSES, Holds.FIGURES):
                self._statuses(top, of)

    # Rows

    def _name(self, row: Row) -> None:
        """Find the indicator of a row: the one that its first cells name, if its figures do not speak against it."""
        row.figures = {
            place: found
            for place, cell in row.cells.items()
            if (found := self._figure(cell, is_headed=self._holds_figures(place)))
        }
        may_be_year = 0 in row.cells and row.named_in is None and has_quarters(self.columns)
        row.year = year_of(self.scene, row.cells[0]) if may_be_year else None
        if row.year is not None:
            row.figures.pop(0, None)
        if 0 in row.figures and _NUMBERED.match(self._words(row.cells[0])):
            row.figures.pop(0)
        leading = list(self._leading(row)) if row.named_in is None else row.named_in
        row.says = says(self.scene, leading[0]) if leading else Says.NOTHING
        candidates = self.names.candidates(self.scene, leading, row.paragraph.tail)
        if row.year is not None:
            candidates = self._of_table(row)
        if row.says is not Says.NOTHING and not any(one.strength is SURE for one in candidates):
            candidates = [] if row.says is Says.OTHERS else self._of_table(row)
        elif not candidates and (row.named_in is not None or not leading):
            candidates = above(self.scene, row.paragraph) if len(row.figures) >= _AGREE else []
        self._choose(row, candidates)
        if not row.code and leading and (part := part_named(self.world, self._words(leading[0]))):
            row.part = part
            self._choose(row, self._of_table(row))
        if not row.code and row.says is Says.NOTHING:
            self._choose(row, list(self._by_figures(row)))

    def _by_figures(self, row: Row) -> Iterator[Candidate]:
        """Yield the indicators of which a row has figures enough that they are hardly anybody else's."""
        known = {place: one for place, one in row.figures.items() if (top := self.columns.get(place)) and top.is_firm}
        for code in self.world.by_code if len(known) >= _AGREE else ():
            one = Candidate(code, SURE, 0.0)
            right = [number for place, number in known.items() if self._fits(row, one, place)]
            if len(right) >= _AGREE and sum(map(digits_of, right)) >= _TELLING and 2 * len(right) > len(known):
                yield Candidate(code, BY_FIGURES, float(len(right)))

    def _fits(self, row: Row, one: Candidate, place: int) -> bool:
        """Return whether a figure of a row is what its column says of an indicator."""
        number, meanings = row.figures[place], self._meant(row, one.code, self.columns[place].meanings)
        facts = (fact for meaning in meanings for fact in facts_of(self.world, one.code, meaning))
        return any(matches(fact, number) and not has_wrong_unit(fact, number) for fact in facts)

    def _of_table(self, row: Row) -> list[Candidate]:
        """Return what the corner of a table, or the text above it, is about."""
        if len(row.figures) < _AGREE:
            return above(self.scene, row.paragraph)
        return alike_above(self.scene, self.names, row.paragraph, self.corner)

    def _words(self, part: Part) -> str:
        return self.scene.flat[part.start : part.end]

    def _choose(self, row: Row, candidates: Sequence[Candidate]) -> None:
        """Take the indicator that the figures of a row bear out best; none where they bear out none."""
        best: tuple[int, float] | None = None
        row.code = ""
        for one in candidates:
            hits, outturns, misses = self._score(row, one)
            if not is_borne_out(one, hits, outturns, misses):
                continue
            rank = (10 if one.strength is SURE else 0) + hits - misses, one.score
            if best is None or rank > best:
                best, row.code, row.strength, row.score = rank, one.code, one.strength, hits - misses

    def _once_each(self) -> None:
        """Take the indicator from rows that are only like it, where another row of the table is it and fits better."""
        for row in self.rows:
            rivals = [one for one in self.rows if one is not row and one.code and one.code == row.code]
            is_other = row.strength in (FAIR, WEAK) and any(
                one.strength >= row.strength and one.score > row.score + 1 for one in rivals if one.says is row.says
            )
            if is_other:
                self._choose(row, self._of_table(row) if row.says is Says.TOTAL else ())

    def _leading(self, row: Row) -> Iterator[Part]:
        if self._holds_figures(0):
            return
        filled = [place for place, cell in row.cells.items() if self.scene.flat[cell.start : cell.end].strip()]
        for place, cell in sorted(row.cells.items())[:_LEADING]:
            if place in row.figures and (place or len(row.figures) == len(filled)):
                return
            if self.scene.flat[cell.start : cell.end].strip():
                yield cell

    def _holds_figures(self, place: int) -> bool:
        top = self.columns.get(place)
        return top is not None and top.holds is Holds.FIGURES and not top.is_guess

    def _figure(self, cell: Part, *, is_headed: bool = False) -> Number | None:
        """Return the figure of a cell: the first number of one that has little beside numbers.

        Under a heading of figures words may say of what it is: ``Max. 2.0% of gross rent``.
        """
        found = [one for one in self.scene.within(self.scene.numbers, cell) if one.form is Form.CARDINAL]
        if not found:
            return None
        if is_headed and _OPENS.fullmatch(self.scene.flat, cell.start, found[0].start):
            return found[0] if cell.end - cell.start <= _LONG else None
        words = _WORD.findall(self.scene.flat[found[0].end : cell.end]) + _WORD.findall(
            self.scene.flat[cell.start : found[0].start]
        )
        return found[0] if sum(not _BESIDE.match(word) for word in words) <= 1 else None

    def _score(self, row: Row, one: Candidate) -> tuple[int, int, int]:
        """Return how many figures of a row are an indicator's, how many of them outturns, and how many are not."""
        hits = outturns = misses = 0
        for place, number in row.figures.items():
            top = self.columns.get(place)
            known = [
                (meaning, fact)
                for meaning in (self._meant(row, one.code, top.meanings) if top else ())
                for fact in facts_of(self.world, one.code, meaning)
            ]
            fitting = [meaning for meaning, fact in known if matches(fact, number) and not has_wrong_unit(fact, number)]
            hits += bool(fitting and top and (one.strength > WEAK or not top.is_guess))
            outturns += any(meaning.measure is Measure.OUTTURN for meaning in fitting)
            misses += bool(known and not fitting and top and top.is_firm)
        return hits, outturns, misses

    def _meant(self, row: Row, code: str, meanings: Sequence[Meaning]) -> list[Meaning]:
        """Return what a figure of a row may be, by what its column and its own name say."""
        dated = [in_year(one, row.year) for one in meanings] if row.year is not None else meanings
        if any(isinstance(one.period, Month) for one in dated):
            dated = of_one_length(self.world, code, row.figures, self.columns, dated)
        return [own for one in dated for own in meant(self.world, code, row.says, row.part, one)]

    @cached_property
    def _fits_at_all(self) -> bool:
        """Return whether any of several figures is right; a table of which none is, is of something else."""
        scores = [self._score(row, Candidate(row.code, SURE, 1.0)) for row in self.rows if row.code]
        return any(hits for hits, _, _ in scores) or sum(misses for _, _, misses in scores) < _NONE_FITS

    # Columns

    def _figures(self, top: Column, rows: Sequence[Row]) -> None:
        """Take down the figures of a column as what its heading says, where the rows bear it out."""
        meanings, is_agreed = self._agreed(top, rows)
        if top.is_firm and (bounds := self._are_targets(top, rows)):
            top, meanings, is_agreed = replace(top, is_firm=False), bounds, True
        has_years = any(row.year is not None for row in rows)
        moved = self._moved(top, rows) if top.is_firm and not has_years else None
        if not has_years and top.period is not None and top.is_firm and top.meanings[0].measure is Measure.OUTTURN:
            self._label(top, moved or top.period, rows)
        if moved is not None:
            meanings, is_agreed = [Meaning(Measure.OUTTURN, moved)], True
        for row in rows:
            number = row.figures[top.place]
            if self.scene.is_used(number):
                continue
            tell_figure(self.scene, number, row.code, self._meant(row, row.code, meanings), is_sure=is_agreed)
            self._rest(row, number, meanings)

    def _agreed(self, top: Column, rows: Sequence[Row]) -> tuple[list[Meaning], bool]:
        """Return what the figures of a column may be, the reading that fits most first, and whether that is sure."""
        hits = {place: self._hits(rows, one, top) for place, one in enumerate(top.meanings)}
        known = sum(
            any(facts_of(self.world, row.code, one) for one in self._meant(row, row.code, top.meanings)) for row in rows
        )
        order = sorted(hits, key=lambda place: (-hits[place], place))
        most = hits[order[0]] if order else 0
        is_sure = self._fits_at_all if top.is_firm else most >= _AGREE and 2 * most >= known and not top.is_open
        meanings = [top.meanings[place] for place in order]
        if is_sure and not top.is_firm:
            meanings = meanings[:1]
        return meanings, is_sure

    def _hits(self, rows: Sequence[Row], meaning: Meaning, top: Column) -> int:
        return sum(
            any(
                matches(fact, row.figures[top.place])
                for own in self._meant(row, row.code, [meaning])
                for fact in facts_of(self.world, row.code, own)
            )
            for row in rows
        )

    def _are_targets(self, top: Column, rows: Sequence[Row]) -> list[Meaning]:
        """Return what a column of targets holds whose heading names a period alone; nothing where it is none."""
        if top.meanings[0].measure is not Measure.OUTTURN:
            return []
        bounds = Meaning(Measure.TARGET, self.world.quarter)
        hits, fits = self._hits(rows, bounds, top), max(self._hits(rows, one, top) for one in top.meanings)
        return [bounds] if hits > max(fits, 1) and 2 * hits > len(rows) else []

    def _moved(self, top: Column, rows: Sequence[Row]) -> Quarter | None:
        """Return the quarter whose figures stand in a column under the label of another; None where the label is right."""
        named = top.meanings[0].period
        if top.meanings[0].measure is not Measure.OUTTURN or not isinstance(named, Quarter) or len(top.meanings) > 1:
            return None
        fits = self._hits(rows, top.meanings[0], top)
        if 2 * fits > len(rows):
            return None
        best, most = None, max(fits, 1)
        periods = {fact.period for row in rows for fact in self.world.series(row.code, Quarter)}
        for period in sorted(one for one in periods if isinstance(one, Quarter)):
            found = self._hits(rows, Meaning(Measure.OUTTURN, period), top)
            if found > most and 2 * found > len(rows):
                best, most = period, found
        return best

    def _label(self, top: Column, period: Period, rows: Sequence[Row]) -> None:
        """Take down the period that heads a column."""
        scene, named = self.scene, top.period
        mentions = [one for one in scene.within(scene.periods, top.head) if one.periods]
        if not mentions or not rows or named is None:
            return
        known = any(facts_of(self.world, row.code, Meaning(Measure.OUTTURN, period)) for row in rows)
        verdict = Verdict.CONFIRMED if period == named else Verdict.CONTRADICTED
        reason = (
            f"The column shows the figures of {period.label}."
            if known
            else f"No figures of {period.label} are in the workbook."
        )
        told = Told(
            "period",
            verdict if known else Verdict.NOT_CHECKABLE,
            named.label,
            period.label if known else "",
            reason,
            scene.world.quarter_cell,
        )
        scene.tell(mentions[0].start, mentions[0].end, told, scene.within(scene.numbers, mentions[0]))

    def _rest(self, row: Row, number: Number, meanings: Sequence[Meaning]) -> None:
        """Take down the counts behind a share in its cell: ``87.6% (412/470)``."""
        cell = next(cell for cell in row.cells.values() if cell.start <= number.start < cell.end)
        others = [
            one for one in self.scene.within(self.scene.numbers, Part(number.end, cell.end)) if one.unit is Unit.NONE
        ]
        if not meanings or meanings[0].measure is not Measure.OUTTURN or not 0 < len(others) <= _AGREE:
            return
        measures = (Measure.NUMERATOR, Measure.DENOMINATOR)[: len(others)]
        for one, measure in zip(others, measures, strict=True):
            parts = [replace(meaning, measure=measure) for meaning in meanings]
            if any(facts_of(self.world, row.code, part) for part in parts) and not self.scene.is_used(one):
                tell_figure(self.scene, one, row.code, parts, is_sure=len(others) == _AGREE)

    def _statuses(self, top: Column, rows: Sequence[Row]) -> None:
        quarter = self._quarter_of(top)
        for row in rows:
            if row.strength > WEAK or row.figures:
                tell_status(self.scene, row.code, row.cells[top.place], quarter, is_whole=top.holds is Holds.STATUSES)

    def _quarter_of(self, top: Column) -> Quarter | None:
        """Return the quarter of a column of statuses: its own, or that of the figures to its left if there are several."""
        if isinstance(top.period, Quarter):
            return top.period
        if isinstance(top.period, Year):
            return next((one.period for one in top.meanings if isinstance(one.period, Quarter)), None)
        if top.holds is not Holds.STATUSES:
            return top.meanings[0].period if top.meanings and isinstance(top.meanings[0].period, Quarter) else None
        outturns = [one for one in self.columns.values() if one.meanings and one.meanings[0].measure is Measure.OUTTURN]
        left = [one.meanings[0].period for one in outturns if one.place < top.place and one.holds is Holds.FIGURES]
        is_only = sum(one.holds is Holds.STATUSES for one in self.columns.values()) == 1
        if not left or (is_only and self.world.quarter in left):
            return None  # of the quarter reported, whatever was said of others in between
        return left[-1] if isinstance(left[-1], Quarter) else None
