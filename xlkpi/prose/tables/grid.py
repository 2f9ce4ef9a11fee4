"""Tables of indicators: each row one indicator, each column a figure, a target, a status or a direction.

Rows and columns bear each other out: a row whose name is only like that of an indicator is read as its row where most of its
figures are, and a column whose heading leaves open what it holds is read as what most of its figures are.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cached_property

from xlkpi.model.period import Period, Quarter, Year
from xlkpi.prose.claim import Verdict
from xlkpi.prose.fact import Measure
from xlkpi.prose.mentions import Form, Number, PeriodMention, Unit
from xlkpi.prose.scene import Scene, Told
from xlkpi.prose.sentences import Part
from xlkpi.prose.tables.captions import Caption, caption_of, is_of_others, month_above
from xlkpi.prose.tables.cells import Held, facts_of, is_status, matches, tell_figure, tell_met, tell_status
from xlkpi.prose.tables.changes import MOVES, as_shown, is_between_shown, wrongly_signed
from xlkpi.prose.tables.columns import Column, Holds, Meaning, guess
from xlkpi.prose.tables.frame import Frame, Row
from xlkpi.prose.tables.named import name_rows
from xlkpi.prose.tables.rows import SURE, WEAK, RowNames
from xlkpi.prose.tables.travel import ALONE, TRAVEL, arrow_in, tell_travel

_LETTERS = re.compile("[A-Za-z]{2}")
#: ``(n=365)``, ``(base 365)``: of how many cases a share is.
_SIZE = re.compile(r"(?:\bn\s*=|\bbase\b\s*[:=]?)\s*$", re.IGNORECASE)
_AGREE = 2  # figures that bear a reading out
_NONE_FITS = 4  # figures of a table of which none is right


class Grid:
    """A table of indicators."""

    def __init__(
        self,
        scene: Scene,
        names: RowNames,
        columns: Mapping[int, Column],
        rows: Sequence[Row],
        corner: Part | None = None,
        now: Quarter | None = None,
    ) -> None:
        """Take in a table.

        Args:
            scene: The draft.
            names: Of the register.
            columns: By place.
            rows: Those below the headings.
            corner: The heading of the names, which may say what the table is of; None where there is none.
            now: The quarter of which the table is; None for the quarter reported.
        """
        self.scene, self.world, self.rows = scene, scene.world, rows
        self.now = now or scene.world.quarter
        self.frame = Frame(scene, columns, rows, self.now)
        self.columns = {**columns, **self._guessed(columns)}
        self.frame.columns = self.columns
        name_rows(self.frame, names, corner)

    @cached_property
    def caption(self) -> Caption | None:
        """Return the period that the text right above the table names; None where it names none, or several."""
        return caption_of(self.scene, self.rows[0].paragraph) if self.rows else None

    @property
    def right(self) -> int:
        """Return how many figures are right under headings that leave it to the table of when they are."""
        return sum(
            any(matches(fact, number) for _, fact in self.frame.facts(row, row.code, top, top.meanings[:1]))
            for row in self.rows
            if row.code
            for place, number in row.figures.items()
            if (top := self.columns.get(place)) and self._is_of_table(top)
        )

    @staticmethod
    def _is_of_table(top: Column) -> bool:
        is_level = bool(top.meanings) and top.meanings[0].measure is Measure.OUTTURN
        return (top.is_firm or top.is_guess) and is_level

    def _guessed(self, columns: Mapping[int, Column]) -> Mapping[int, Column]:
        """Return the columns of which no heading says what they hold, as what they may be."""
        found: dict[int, Column] = {}
        places = {place for row in self.rows for place in row.cells if place}
        first = self.rows[0].paragraph if self.rows else None
        said = month_above(self.scene, first) if first is not None else None
        for place in places:
            cells = [row.cells[place] for row in self.rows if place in row.cells]
            looks = self._looks_like(cells)
            headed = columns[place].holds if place in columns else Holds.UNKNOWN
            is_open = headed is Holds.UNKNOWN or (looks is Holds.TRAVEL and headed is Holds.FIGURES)
            if looks is not None and is_open:
                is_headed = place in columns and self._names_something(columns[place].head)
                found[place] = guess(self.world, place, looks, said or self.now, is_headed=is_headed)
        return found

    def _looks_like(self, cells: Sequence[Part]) -> Holds | None:
        """Return what the cells of a column look like, whatever its heading; None where too few look alike."""
        count = {
            Holds.FIGURES: sum(self.frame.figure(cell) is not None for cell in cells),
            Holds.STATUSES: sum(is_status(self.scene, cell) for cell in cells),
            Holds.TRAVEL: sum(TRAVEL.fullmatch(self.scene.flat, cell.start, cell.end) is not None for cell in cells),
        }
        most = max(count, key=lambda holds: count[holds])
        return most if count[most] >= _AGREE else None

    def _names_something(self, head: Part) -> bool:
        """Return whether a heading of which nothing is known has words, and no time that is not understood."""
        return bool(_LETTERS.search(self.frame.words(head))) and not self.scene.within(self.scene.periods, head)

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
                self._travel(top, words)
            if top.holds is Holds.FIGURES and self._moves(top.meanings):
                arrows = [(row.code, arrow_in(self.scene, row.cells[place])) for row in of if place in row.figures]
                self._travel(top, [(code, arrow) for code, arrow in arrows if arrow is not None])
            if top.holds in (Holds.STATUSES, Holds.FIGURES, Holds.MET):
                self._statuses(top, of)

    @cached_property
    def _fits_at_all(self) -> bool:
        """Return whether any of several figures is right; a table of which none is, may be of something else.

        It is not where nothing speaks of another body or time and the rows bear the indicators' own names, nor where columns
        stand under each other's headings: their figures are the indicators' own.
        """
        known = [row for row in self.rows if row.code]
        scores = [self.frame.score(row, row.code) for row in known]
        if any(hits for hits, _, _ in scores) or sum(misses for _, _, misses in scores) < _NONE_FITS:
            return True
        is_named = sum(row.strength is SURE for row in known) * _AGREE > len(self.rows)
        has_quarters = any(isinstance(top.period, Quarter) for top in self.columns.values() if top.is_firm)
        if is_named and not is_of_others(self.scene, known[0].paragraph, self.now, has_quarters=has_quarters):
            return True
        every = [one for top in self.columns.values() if top.is_firm for one in top.meanings]
        turned = sum(
            any(matches(fact, number) for one in every for fact in facts_of(self.world, row.code, one))
            for row in known
            for number in row.figures.values()
        )
        return turned >= _NONE_FITS

    # Columns

    def _travel(self, top: Column, cells: Sequence[tuple[str, Part]]) -> None:
        """Take down the directions of a column."""
        tell_travel(self.scene, cells, [one for one in top.meanings if one.measure is Measure.CHANGE])

    def _figures(self, top: Column, rows: Sequence[Row]) -> None:
        """Take down the figures of a column as what its heading says, where the rows bear it out."""
        meanings, is_agreed = self._agreed(top, rows)
        if top.is_firm and (bounds := self._are_targets(top, rows)):
            top, meanings, is_agreed = replace(top, is_firm=False), bounds, True
        has_times = any(row.when is not None for row in rows)
        moved = self._moved(top, rows) if top.is_firm and not has_times else None
        if not has_times and top.is_firm and top.meanings[0].measure is Measure.OUTTURN:
            moved = moved if self._label(top, moved, rows) else None
        if moved is not None:
            meanings, is_agreed = [Meaning(Measure.OUTTURN, moved)], True
        turned = wrongly_signed(self.frame, top, rows, meanings[0]) if self._moves(meanings) else frozenset()
        for row in rows:
            number = row.figures[top.place]
            if self.scene.is_used(number):
                continue
            own = self.frame.meant(row, row.code, top, meanings)
            shown = [one for meaning in own if meaning.measure in MOVES for one in as_shown(self.columns, row, meaning)]
            is_sure = is_agreed or is_between_shown(self.frame, row, top)
            held = Held(is_sure, row.paragraph.index in turned, shown)
            tell_figure(self.scene, number, row.code, own, held)
            self._rest(row, top, number, meanings)

    @staticmethod
    def _moves(meanings: Sequence[Meaning]) -> bool:
        return bool(meanings) and meanings[0].measure in MOVES

    def _agreed(self, top: Column, rows: Sequence[Row]) -> tuple[list[Meaning], bool]:
        """Return what the figures of a column may be, the reading that fits most first, and whether that is sure."""
        hits = {place: self.frame.hits(rows, one, top) for place, one in enumerate(top.meanings)}
        shown = max((hits[place] for place, one in enumerate(top.meanings) if not one.is_aside), default=0)
        for place, one in enumerate(top.meanings):
            if one.is_aside and hits[place] < max(ALONE, shown + _AGREE):
                del hits[place]
        known = sum(any(True for _ in self.frame.facts(row, row.code, top, top.meanings)) for row in rows)
        order = sorted(hits, key=lambda place: (-hits[place], place))
        most = hits[order[0]] if order else 0
        is_sure = self._fits_at_all if top.is_firm else most >= _AGREE and 2 * most >= known and not top.is_open
        meanings = [top.meanings[place] for place in order]
        if is_sure and not top.is_firm:
            meanings = meanings[:1]
        return meanings, is_sure

    def _are_targets(self, top: Column, rows: Sequence[Row]) -> list[Meaning]:
        """Return what a column of targets holds whose heading names a year alone; nothing where another column has them.

        Under ``Outturn``, or the name of a quarter, targets are no outturns.
        """
        others = [one for one in self.columns.values() if one.meanings and one.meanings[0].measure is Measure.TARGET]
        is_open = isinstance(top.period, Year) and top.meanings[0].measure is Measure.OUTTURN
        if others or not is_open:
            return []
        bounds = Meaning(Measure.TARGET, self.now)
        hits, fits = (
            self.frame.hits(rows, bounds, top),
            max(self.frame.hits(rows, one, top) for one in top.meanings),
        )
        return [bounds] if hits > max(fits, 1) and 2 * hits > len(rows) else []

    def _moved(self, top: Column, rows: Sequence[Row]) -> Quarter | None:
        """Return the quarter whose figures stand in a column under the label of another; None where the label is right."""
        named = top.meanings[0].period
        if top.meanings[0].measure is not Measure.OUTTURN or not isinstance(named, Quarter) or len(top.meanings) > 1:
            return None
        fits = self.frame.hits(rows, top.meanings[0], top)
        if 2 * fits > len(rows):
            return None
        best, most = None, max(fits, 1)
        periods = {fact.period for row in rows for fact in self.world.series(row.code, Quarter)}
        for period in sorted(one for one in periods if isinstance(one, Quarter)):
            found = self.frame.hits(rows, Meaning(Measure.OUTTURN, period), top)
            if found > most and 2 * found > len(rows):
                best, most = period, found
        return best

    def _label(self, top: Column, moved: Quarter | None, rows: Sequence[Row]) -> bool:
        """Take down the period that heads a column or the table; return whether any is named.

        Args:
            top: The column.
            moved: The quarter whose figures stand there instead; None where the label is right.
            rows: Those with a figure in it.
        """
        named = self._named(top) if rows else None
        if named is None:
            return False
        mention, said = named
        period = moved or said
        known = any(facts_of(self.world, row.code, Meaning(Measure.OUTTURN, period)) for row in rows)
        verdict = Verdict.CONFIRMED if period == said else Verdict.CONTRADICTED
        reason = (
            f"The column shows the figures of {period.label}."
            if known
            else f"No figures of {period.label} are in the workbook."
        )
        told = Told(
            "period",
            verdict if known else Verdict.NOT_CHECKABLE,
            said.label,
            period.label if known else "",
            reason,
            self.world.quarter_cell,
        )
        scene = self.scene
        if not any(one.kind == "period" and one.start == mention.start for one in scene.claims):
            scene.tell(mention.start, mention.end, told, scene.within(scene.numbers, mention))
        return True

    def belie(self, caption: Caption) -> None:
        """Take down that the text above names another period than that of the figures below it."""
        reason = f"The table shows the figures of {self.now.label}."
        stated, computed = caption.period.label, self.now.label
        told = Told("period", Verdict.CONTRADICTED, stated, computed, reason, self.world.quarter_cell)
        mention = caption.mention
        self.scene.tell(mention.start, mention.end, told, self.scene.within(self.scene.numbers, mention))

    def _named(self, top: Column) -> tuple[PeriodMention, Period] | None:
        """Return where the headings of a column, or else the caption, name its period, and which; None where none does."""
        mentions = [one for head in top.heads for one in self.scene.within(self.scene.periods, head) if one.periods]
        if mentions and top.period is not None:
            return mentions[0], top.period
        if self.caption is not None and top.period is None and self.caption.period == self.now:
            return self.caption.mention, self.caption.period
        return None

    def _rest(self, row: Row, top: Column, number: Number, meanings: Sequence[Meaning]) -> None:
        """Take down the counts behind a share in its cell: ``87.6% (412/470)``, ``412 of 470 (87.6%)``."""
        cell = next(cell for cell in row.cells.values() if cell.start <= number.start < cell.end)
        found = [one for one in self.scene.within(self.scene.numbers, cell) if one.form is Form.CARDINAL]
        behind = [
            one for one in self.scene.within(self.scene.numbers, Part(number.end, cell.end)) if one.unit is Unit.NONE
        ]
        others = self.frame.counts_before(found) or behind
        if not meanings or meanings[0].measure is not Measure.OUTTURN or not 0 < len(others) <= _AGREE:
            return
        is_size = len(others) == 1 and _SIZE.search(self.scene.flat, cell.start, others[0].start) is not None
        measures = (Measure.DENOMINATOR,) if is_size else (Measure.NUMERATOR, Measure.DENOMINATOR)[: len(others)]
        for one, measure in zip(others, measures, strict=True):
            parts = self.frame.meant(row, row.code, top, [replace(meaning, measure=measure) for meaning in meanings])
            if any(facts_of(self.world, row.code, part) for part in parts) and not self.scene.is_used(one):
                tell_figure(self.scene, one, row.code, parts, Held(is_size or len(others) == _AGREE))

    def _statuses(self, top: Column, rows: Sequence[Row]) -> None:
        quarter = self._quarter_of(top)
        for row in rows:
            if row.strength > WEAK or row.figures:
                at = row.when.quarter if isinstance(row.when, Quarter) and top.period is None else quarter
                if top.holds is Holds.MET:
                    tell_met(self.scene, row.code, row.cells[top.place], at or self.now)
                    continue
                is_whole = top.holds is Holds.STATUSES
                tell_status(self.scene, row.code, row.cells[top.place], at, is_whole=is_whole)

    def _quarter_of(self, top: Column) -> Quarter | None:
        """Return the quarter of a column of statuses: its own, or that of the figures to its left if there are several."""
        if isinstance(top.period, Quarter):
            return top.period
        if isinstance(top.period, Year):
            return next((one.period for one in top.meanings if isinstance(one.period, Quarter)), None)
        if top.holds not in (Holds.STATUSES, Holds.MET):
            return top.meanings[0].period if top.meanings and isinstance(top.meanings[0].period, Quarter) else None
        outturns = [one for one in self.columns.values() if one.meanings and one.meanings[0].measure is Measure.OUTTURN]
        left = [one.meanings[0].period for one in outturns if one.place < top.place and one.holds is Holds.FIGURES]
        is_only = sum(one.holds is Holds.STATUSES for one in self.columns.values()) == 1
        if not left or (is_only and self.now in left):
            return self.now  # of the quarter of the table, whatever was said of others in between
        return left[-1] if isinstance(left[-1], Quarter) else self.now
