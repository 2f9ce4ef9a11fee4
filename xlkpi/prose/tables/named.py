"""Finds the indicator of each row of a table: the one that its cells name, if its figures do not speak against it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from xlkpi.prose.mentions.digits import digits_of
from xlkpi.prose.sentences import Part
from xlkpi.prose.tables.captions import Says, above, alike_above, named_by_line, part_named, says
from xlkpi.prose.tables.frame import Frame, Row
from xlkpi.prose.tables.rows import ABOVE, BY_FIGURES, FAIR, SURE, WEAK, Candidate, RowNames, is_borne_out
from xlkpi.prose.tables.times import may_date, period_in

_AGREE = 2  # figures that bear a reading out
_MANY = 3  # figures that speak for another indicator than the one whose name is like that of a row
_TELLING = 5  # digits of the figures of a row without a name
_LEADING = 4  # cells in which a row may have its name
#: ``1.2 Children seen in time``: the number of a row, which is no figure of it.
_NUMBERED = re.compile(r"\s*[0-9]{1,3}(?:\.[0-9]{1,2})*[.)]?\s+[A-Za-z]{2}")
_LETTERS = re.compile("[A-Za-z]")
#: What goes on about the indicator of the row above, which its own first cell leaves empty.
_GOES_ON = (Says.NUMBER, Says.RATE, Says.DENOMINATOR, Says.TARGET)


def name_rows(frame: Frame, names: RowNames, corner: Part | None) -> None:
    """Set the indicator of every row, or of those whose words and figures say which it is.

    Args:
        frame: The table.
        names: Of the register.
        corner: The heading of the names, which may say what the table is of; None where there is none.
    """
    namer = _Namer(frame, names, corner)
    before: Row | None = None
    for row in frame.rows:
        namer.name(row, before)
        before = row if row.code else before
    namer.once_each()
    namer.like_the_others()


class _Namer:
    def __init__(self, frame: Frame, names: RowNames, corner: Part | None) -> None:
        self.frame, self.scene, self.names, self.corner = frame, frame.scene, names, corner

    def name(self, row: Row, before: Row | None) -> None:
        """Set the indicator of a row, and the period that a cell of it says.

        Args:
            row: Which.
            before: The row above that has one; None where none has.
        """
        frame = self.frame
        row.figures = {
            place: found
            for place, cell in row.cells.items()
            if (found := frame.figure(cell, is_headed=frame.holds_figures(place)))
        }
        self._date(row)
        if 0 in row.figures and not frame.holds_figures(0) and _NUMBERED.match(frame.words(row.cells[0])):
            row.figures.pop(0)
        leading = list(self._leading(row)) if row.named_in is None else row.named_in
        row.says = says(self.scene, leading[0]) if leading else Says.NOTHING
        candidates = self.names.candidates(self.scene, leading, row.paragraph.tail)
        if row.when is not None and (not leading or not candidates):
            candidates = self._of_table(row)
        if row.says is not Says.NOTHING and not any(one.strength is SURE for one in candidates):
            candidates = [] if row.says is Says.OTHERS else self._going_on(row, before) or self._of_table(row)
        elif not candidates and (row.named_in is not None or not leading):
            candidates = self._right_above(row) or (
                above(self.scene, row.paragraph) if len(row.figures) >= _AGREE else []
            )
        self._choose(row, candidates)
        if not row.code and leading and (part := part_named(frame.world, frame.words(leading[0]))):
            row.part = part
            self._choose(row, self._of_table(row))
        if not row.code and row.says in (Says.NOTHING, Says.TOTAL):
            self._choose(row, list(self._by_figures(row)))

    def _date(self, row: Row) -> None:
        """Set the period of a row, where cells of it are one and the headings leave it open."""
        places = [place for place in self.frame.dated_in if place in row.cells]
        if row.named_in is not None or not places:
            return
        when = period_in(self.scene, [row.cells[place] for place in places])
        if when is not None and may_date(self.frame.columns, when):
            row.when = when
            for place in places:
                row.figures.pop(place, None)

    def _going_on(self, row: Row, before: Row | None) -> list[Candidate]:
        """Return the indicator of the row above, where the first cell of a row is empty: ``| Number | 1,065 | 870 |``."""
        first = row.cells.get(0)
        is_empty = first is not None and not self.frame.words(first).strip()
        if before is None or not is_empty or row.says not in _GOES_ON:
            return []
        return [Candidate(before.code, FAIR, 0.0)]

    def _right_above(self, row: Row) -> list[Candidate]:
        """Return the indicator that the line right above the only row of a table is; none where it is none."""
        code = named_by_line(self.scene, self.names, row.paragraph) if len(self.frame.rows) == 1 else ""
        return [Candidate(code, SURE, 1.0, is_whole=True)] if code else []

    def _by_figures(self, row: Row) -> Iterator[Candidate]:
        """Yield the indicators of which a row has figures enough that they are hardly anybody else's."""
        columns = self.frame.columns
        known = {place: one for place, one in row.figures.items() if (top := columns.get(place)) and top.is_firm}
        for code in self.frame.world.by_code if len(known) >= _AGREE else ():
            right = [number for place, number in known.items() if self.frame.fitting(row, code, place)]
            if len(right) >= _AGREE and sum(map(digits_of, right)) >= _TELLING and 2 * len(right) > len(known):
                yield Candidate(code, BY_FIGURES, float(len(right)))

    def _of_table(self, row: Row) -> list[Candidate]:
        """Return what the corner of a table, or the text above it, is about."""
        if len(row.figures) < _AGREE:
            return above(self.scene, row.paragraph)
        return alike_above(self.scene, self.names, row.paragraph, self.corner)

    def _choose(self, row: Row, candidates: Sequence[Candidate]) -> None:
        """Take the indicator that the figures of a row bear out best; none where they bear out none."""
        best: tuple[int, float] | None = None
        row.code = ""
        scores = {one: self.frame.score(row, one.code, is_weak=one.strength <= WEAK) for one in candidates}
        is_anothers = any(hits >= _MANY and not misses for hits, _, misses in scores.values())
        for one, (hits, outturns, misses) in scores.items():
            is_sure = one.strength is SURE and (one.is_whole or hits > 0 or not is_anothers)
            if not (is_sure or (one.strength is not SURE and is_borne_out(one, hits, outturns, misses))):
                continue
            rank = (10 if is_sure else 0) + hits - misses, one.score
            if best is None or rank > best:
                best, row.code, row.strength, row.score = rank, one.code, one.strength, hits - misses

    def once_each(self) -> None:
        """Take the indicator from rows that are only like it, where another row of the table is it and fits better."""
        for row in self.frame.rows:
            rivals = [one for one in self.frame.rows if one is not row and one.code and one.code == row.code]
            is_other = row.strength in (FAIR, WEAK) and any(
                one.strength >= row.strength and one.score > row.score + 1 for one in rivals if one.says is row.says
            )
            if is_other:
                self._choose(row, self._of_table(row) if row.says is Says.TOTAL else ())

    def like_the_others(self) -> None:
        """Set the indicator of rows that have but a period: that of the others, or the one that the line above surely names."""
        dated = [row for row in self.frame.rows if row.when is not None]
        codes = {row.code for row in dated if row.code}
        open_ = [row for row in dated if not row.code and row.figures and not self._own_words(row)]
        code = codes.pop() if len(codes) == 1 and 2 * len(open_) <= len(dated) else ""
        if not code and not codes and open_:
            named = named_by_line(self.scene, self.names, open_[0].paragraph)
            is_right = len(dated) == 1 or any(self.frame.score(row, named)[0] for row in dated if named)
            code = named if is_right else ""
        for row in open_ if code else ():
            row.code, row.strength = code, ABOVE

    def _own_words(self, row: Row) -> bool:
        """Return whether a row has words of its own beside its period."""
        return any(_LETTERS.search(self.frame.words(cell)) for cell in self._before_figures(row))

    def _leading(self, row: Row) -> Iterator[Part]:
        """Yield the cells that may name the indicator of a row: those that a heading says do, else those before its figures."""
        headed = [row.cells[place] for place in self.frame.named_in if place in row.cells]
        if any(_LETTERS.search(self.frame.words(cell)) for cell in headed):
            others = [cell for cell in self._before_figures(row) if cell not in headed]
            yield from (cell for cell in headed if self.frame.words(cell).strip())
            yield from (cell for cell in others if self._is_unheaded(row, cell))
            return
        yield from self._before_figures(row)

    def _is_unheaded(self, row: Row, cell: Part) -> bool:
        """Return whether no heading says that a cell is of something else, as ``Section`` does."""
        place = next(place for place, one in row.cells.items() if one is cell)
        top = self.frame.columns.get(place)
        return top is None or not self.frame.words(top.head).strip()

    def _before_figures(self, row: Row) -> Iterator[Part]:
        if self.frame.holds_figures(0):
            return
        filled = [place for place, cell in row.cells.items() if self.frame.words(cell).strip()]
        for place, cell in sorted(row.cells.items())[:_LEADING]:
            if place in row.figures and (place or len(row.figures) == len(filled)):
                return
            if row.when is not None and place in self.frame.dated_in:
                continue
            if self.frame.words(cell).strip():
                yield cell
