"""Figures in tables: measures by section and status, and indicators by period, read by the headings of row and column."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from xlkpi.model.period import Quarter, Year
from xlkpi.prose.scene import Scene
from xlkpi.prose.sentences import Part
from xlkpi.prose.tables.captions import is_title
from xlkpi.prose.tables.columns import Holds, column
from xlkpi.prose.tables.counts import read_counts
from xlkpi.prose.tables.grid import Grid
from xlkpi.prose.tables.layouts import filled, heads_of, is_marked, merges_reference, side_by_side, turned, upright
from xlkpi.prose.tables.rows import RowNames
from xlkpi.prose.tables.sheets import read_sheets
from xlkpi.prose.tables.torn import may_head, torn_off
from xlkpi.prose.text import Kind, Paragraph

_LEAST = 2  # columns of a block


@dataclass(frozen=True, slots=True)
class Headed:
    """The headings of the table before.

    Attributes:
        heads: Its rows of headings, the cells of each by column.
        last: Index of its last row.
    """

    heads: tuple[Mapping[int, Part], ...]
    last: int

    def over(self, scene: Scene, rows: Sequence[Paragraph]) -> list[Mapping[int, Part]]:
        """Return the headings for rows that a title or a line of words parts from them; none where they do not fit.

        Rows may have a cell less, where their names stand in the lines that part them.
        """
        wide = max((max(head, default=-1) + 1 for head in self.heads), default=0)
        width = max(len(row.cells) for row in rows)
        is_set = not any(is_marked(scene, row) for row in rows)
        if not is_set and self.heads and merges_reference(scene, list(self.heads[-1].values()), rows):
            width = max(width, wide - 1)  # comments stand behind some rows only
        if rows[0].index - self.last > _PARTED or not _LEAST < width <= wide or (width < wide - 1 and not is_set):
            return []
        shift = 0 if is_set else wide - width
        return [{place - shift: cell for place, cell in head.items() if place >= shift} for head in self.heads]


_NOTHING = Headed((), 0)
_PARTED = 3  # lines that may stand between rows of one table
_EACH = 2  # rows for each comment
_COMMENTED = 6  # lines that may comment on a row of a table


def read_tables(scene: Scene) -> None:
    """Take down the claims of every table cell whose headings say what it is."""
    names, before = RowNames(scene.world.indicators), _NOTHING
    apart = read_sheets(scene, names)
    for rows in _together(scene, names, _tables(scene, apart)):
        before = _read(scene, names, rows, before)


def _together(scene: Scene, names: RowNames, tables: Iterable[Sequence[Paragraph]]) -> Iterator[Sequence[Paragraph]]:
    """Yield tables, those of which comments below each row part the rows as one."""
    pieces: list[Sequence[Paragraph]] = []
    for rows in tables:
        if pieces and not _go_on(scene, names, pieces[-1], rows):
            yield _whole(scene, pieces)
            pieces = []
        pieces.append(rows)
    if pieces:
        yield _whole(scene, pieces)


def _whole(scene: Scene, pieces: Sequence[Sequence[Paragraph]]) -> Sequence[Paragraph]:
    """Return the rows of pieces of a table; what parts them comments on the row above where most rows have such a comment."""
    rows = [row for piece in pieces for row in piece]
    if len(pieces) > 1 and _EACH * len(pieces) >= len(rows):
        scene.commented.update(piece[-1].index for piece in pieces)
    return rows


def _go_on(scene: Scene, names: RowNames, before: Sequence[Paragraph], rows: Sequence[Paragraph]) -> bool:
    """Return whether rows set with blanks go on with those before them: as many cells, and no headings of their own."""
    if rows[0].index - before[-1].index > _COMMENTED or len(rows[0].cells) != len(before[-1].cells):
        return False
    if any(is_marked(scene, row) or not _is_named(scene, names, row) for row in (before[-1], *rows)):
        return False
    above = scene.text.paragraphs[rows[0].index - 1]
    return not may_head(scene, above) or not torn_off(scene, names, rows)


def _is_named(scene: Scene, names: RowNames, row: Paragraph) -> bool:
    """Return whether a row opens with words that may name an indicator."""
    return bool(names.candidates(scene, row.cells[:1], row.tail))


def _tables(scene: Scene, apart: Collection[int]) -> Iterator[list[Paragraph]]:
    """Yield the rows of each table, but those apart, which are no table's."""
    rows: list[Paragraph] = []
    for one in scene.text.paragraphs:
        is_row = one.kind is Kind.ROW and one.index not in apart
        is_end = (_is_headed(rows) or (bool(rows) and is_title(scene, rows[0]))) and _heads_again(scene, rows[0], one)
        if rows and (not is_row or is_end):
            yield rows
            rows = []
        if is_row:
            rows.append(one)
    if rows:
        yield rows


def _is_headed(rows: Sequence[Paragraph]) -> bool:
    return len(rows) > 1


def _heads_again(scene: Scene, first: Paragraph, row: Paragraph) -> bool:
    """Return whether a row heads another block: its cells are those of the first row, or periods, behind another name."""
    cells, firsts = (
        [" ".join(scene.flat[one.start : one.end].split()) for one in part.cells[1:]] for part in (row, first)
    )
    if len(row.cells) <= _LEAST or not all(cells[:-1]):
        return False
    is_same = cells == firsts and any(re.search("[A-Za-z/]", one) for one in cells)
    mentions = [scene.within(scene.periods, cell) for cell in row.cells[1:]]
    covered = [
        bool(found) and found[0].end - found[0].start >= len(words) - 1
        for found, words in zip(mentions, cells, strict=True)
        if words
    ]
    others = [
        cell
        for cell, is_period in zip((one for one in row.cells[1:] if filled(scene, one)), covered, strict=True)
        if not is_period
    ]
    is_headed = all(column(scene, 1, [one]).holds is not Holds.UNKNOWN for one in others)
    return is_same or (sum(covered) >= _LEAST and is_headed)


def _is_headed_again(scene: Scene, first: Paragraph) -> bool:
    """Return whether the first row of a block heads it in the place of that of the table that it goes on with."""
    header = scene.text.paragraphs[first.header] if first.header is not None else None
    return header is not None and header.index < first.index and _heads_again(scene, header, first)


def _read(scene: Scene, names: RowNames, rows: Sequence[Paragraph], before: Headed) -> Headed:
    """Take down the claims of a table; return its headings, which may stand over rows behind a line that parts them."""
    heads, below = heads_of(scene, names, rows)
    torn = {} if heads else torn_off(scene, names, rows)
    if torn:
        scene.heads.add(rows[0].index - 1)
    heads = [torn] if torn else heads
    over = [] if heads else before.over(scene, rows)
    if over or not read_counts(scene, names, rows, below, is_headed_again=_is_headed_again(scene, rows[0])):
        for span in side_by_side(scene, heads, below) or (None,):
            grid = _upright(scene, names, below, heads or over or [torn], span)
            if not any(row.code for row in grid.rows) and span is None:
                grid = turned(scene, names, below, heads or over or [torn]) or grid
            grid.read()
    return Headed(tuple(heads) if heads else before.heads if over else (), rows[-1].index)


def _upright(
    scene: Scene,
    names: RowNames,
    rows: Sequence[Paragraph],
    heads: Sequence[Mapping[int, Part]],
    span: tuple[int, int] | None,
) -> Grid:
    """Return a table as one of the quarter that its caption names, or of the one reported where more figures are right then."""
    reported = scene.world.quarter
    grid = upright(scene, names, rows, heads, reported, span)
    caption = grid.caption
    if caption is None or caption.period == reported:
        return grid
    said = caption.period
    now = Quarter(said.year, 4) if isinstance(said, Year) else said.quarter
    other = upright(scene, names, rows, heads, now, span)
    if other.right >= grid.right and other.right:
        return other
    if caption.is_title and grid.right > 1 and isinstance(said, Quarter):
        grid.belie(caption)
    return grid
