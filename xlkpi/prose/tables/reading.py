"""Figures in tables: measures by section and status, and indicators by period, read by the headings of row and column."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from xlkpi.calculate.status import Status
from xlkpi.model.number import plain as printed
from xlkpi.model.number import rounded
from xlkpi.model.period import Month, Period, Quarter, Year
from xlkpi.prose.claim import Verdict
from xlkpi.prose.mentions import Form, Number, StatusPhrase, Unit
from xlkpi.prose.ratings import named, statuses_of
from xlkpi.prose.scene import Scene, Told
from xlkpi.prose.sentences import Part
from xlkpi.prose.tables.captions import is_title
from xlkpi.prose.tables.cells import status_words
from xlkpi.prose.tables.columns import Holds, column
from xlkpi.prose.tables.grid import Grid
from xlkpi.prose.tables.layouts import filled, heads_of, is_marked, merges_reference, side_by_side, turned, upright
from xlkpi.prose.tables.rows import RowNames, plain
from xlkpi.prose.tables.torn import may_head, torn_off
from xlkpi.prose.text import Kind, Paragraph

_TOTAL = re.compile(
    r"\W*(?:(?:grand\s+)?(?:total|all(?:\s+(?:measures|indicators|sections))?|overall|sum)\b.{0,20}"
    r"|(?:the\s+)?(?:whole\s+)?(?:council|trust|authority|organisation|corporate|partnership|service)\W*)",
    re.IGNORECASE,
)
_LEAST = 2  # columns of a block
_SHARE = re.compile(r"\W*(?:share|percentage|per\s?cent|%|proportion).{0,30}", re.IGNORECASE)


@dataclass(frozen=True)
class Head:
    """What a heading of a row or column says of its figures.

    Attributes:
        part: Where it stands.
        statuses: The statuses that it names; all of them for a total.
        section: The section that it names.
        is_total: Whether it is of all sections, or of all statuses.
        is_share: Whether its figures are shares of the total.
        period: The period that it names.
    """

    part: Part
    statuses: frozenset[Status] = frozenset()
    section: str = ""
    is_total: bool = False
    is_share: bool = False
    period: Period | None = None


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
#: ``Green Children seen alone at initial assessment``.
_COLOURED = re.compile(
    r"\W*(?:red|amber|green)\W+(?!(?:and|or|measures?|indicators?|kpis?)\b)(?:[\w'-]+\W+){2}\w", re.IGNORECASE
)
_OTHERS = 4  # wrong counts of a table of which most are, which is of other measures
_PARTED = 3  # lines that may stand between rows of one table
_EACH = 2  # rows for each comment
_COMMENTED = 6  # lines that may comment on a row of a table


def read_tables(scene: Scene) -> None:
    """Take down the claims of every table cell whose headings say what it is."""
    names, before = RowNames(scene.world.indicators), _NOTHING
    for rows in _together(scene, names, _tables(scene)):
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


def _tables(scene: Scene) -> Iterator[list[Paragraph]]:
    rows: list[Paragraph] = []
    for one in scene.text.paragraphs:
        is_end = (_is_headed(rows) or (bool(rows) and is_title(scene, rows[0]))) and _heads_again(scene, rows[0], one)
        if rows and (one.kind is not Kind.ROW or is_end):
            yield rows
            rows = []
        if one.kind is Kind.ROW:
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


def _read(scene: Scene, names: RowNames, rows: Sequence[Paragraph], before: Headed) -> Headed:
    """Take down the claims of a table; return its headings, which may stand over rows behind a line that parts them."""
    heads, below = heads_of(scene, names, rows)
    torn = {} if heads else torn_off(scene, names, rows)
    if torn:
        scene.heads.add(rows[0].index - 1)
    heads = [torn] if torn else heads
    over = [] if heads else before.over(scene, rows)
    if over or not _read_counts(scene, names, rows, below):
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


def _read_counts(scene: Scene, names: RowNames, rows: Sequence[Paragraph], below: Sequence[Paragraph]) -> bool:
    """Take down a table of measures by status; return whether it is one."""
    header = scene.text.paragraphs[rows[0].header] if rows[0].header is not None else None
    if header is not None and header.index < rows[0].index and _heads_again(scene, header, rows[0]):
        header = rows[0]
    if header is not None and _is_count(scene, header):
        header = None
    body = [row for row in rows if header is None or row.index != header.index]
    width = max((len(row.cells) for row in body), default=0)
    columns = _columns(scene, rows[0], header, width)
    if not columns and width == _LEAST and all(_is_count(scene, row) for row in rows[:_LEAST]):
        columns = {1: Head(rows[0].cells[1], period=scene.world.quarter)}
    lefts = [(row, head(scene, row.cells[0])) for row in body if row.cells]
    has_statuses = any(one.statuses for one in (*columns.values(), *(left for _, left in lefts)))
    if not has_statuses or _are_indicators(scene, names, below):
        return False
    found = [one for row, left in lefts for one in _count_row(scene, row, left, columns)]
    wrong = sum(told.verdict is Verdict.CONTRADICTED for _, told in found)
    for number, told in found if 2 * wrong <= len(found) or wrong < _OTHERS else ():
        scene.tell(number.start, number.end, told, [number])
    return bool(found)


def _is_count(scene: Scene, row: Paragraph) -> bool:
    """Return whether a row is a status and how many measures have it: ``On target | 13 (last quarter 11)``."""
    is_pair = len(row.cells) == _LEAST and bool(head(scene, row.cells[0]).statuses)
    return is_pair and bool(_COUNT.match(scene.flat, row.cells[1].start, row.cells[1].end))


_COUNT = re.compile(r"\s*[0-9]{1,3}\b(?!\s*%|[.,/-][0-9])")


def _are_indicators(scene: Scene, names: RowNames, rows: Sequence[Paragraph]) -> bool:
    """Return whether most rows name an indicator surely, or behind its colour; a section may have the name of one, too."""
    coloured = [scene.flat[row.cells[0].start : row.cells[0].end] for row in rows if row.cells]
    named = [names.is_surely_named(scene, row.cells) for row in rows]
    return 2 * max(sum(named), sum(bool(_COLOURED.match(one)) for one in coloured)) > len(rows)


def _columns(scene: Scene, first: Paragraph, header: Paragraph | None, width: int) -> Mapping[int, Head]:
    """Return what the columns say, by place; from the line above where a converter has torn the header off."""
    if header is not None:
        found = {place: head(scene, cell) for place, cell in enumerate(header.cells) if place}
        if len(header.cells) == width - 1 and width > 1:  # the empty corner is not typed
            found = {place + 1: head(scene, cell) for place, cell in enumerate(header.cells)}
        return {place: one for place, one in found.items() if _says(one)}
    if first.index == 0:
        return {}
    above = scene.text.paragraphs[first.index - 1]
    marks: Sequence[Part] = scene.within(scene.statuses, above)
    if len(marks) != width - 1:
        return {}
    return {place: head(scene, one) for place, one in enumerate(marks, start=1)}


def _says(one: Head) -> bool:
    return bool(one.statuses or one.section or one.is_total or one.is_share or one.period)


def head(scene: Scene, cell: Part) -> Head:
    """Return what a heading of a row or column says."""
    words = scene.flat[cell.start : cell.end]
    section = _section(scene, cell)
    if section or not words.strip():
        return Head(cell, section=section)
    phrases: list[StatusPhrase] = scene.within(scene.statuses, cell)
    statuses = statuses_of(phrases[0]) if phrases else status_words(words)
    if statuses and _MOVED.match(words):
        return Head(cell)
    if statuses:
        return Head(cell, statuses=statuses, is_share="%" in words or "percent" in words.lower())
    if _TOTAL.fullmatch(words):
        return Head(cell, is_total=True, is_share="%" in words)
    periods = [one for one in scene.within(scene.periods, cell) if one.periods]
    period = periods[0].periods[0] if periods else scene.world.quarter if _NOW.fullmatch(words.strip()) else None
    return Head(cell, period=period, is_share=bool(_SHARE.fullmatch(words)) and period is None)


_NOW = re.compile(r"now|current(?:ly)?|today|latest", re.IGNORECASE)


def _section(scene: Scene, cell: Part) -> str:
    """Return the section that a heading is; ``Youth Offending`` for ``Youth Offending Services`` will do."""
    words = plain(scene.flat[cell.start : cell.end])
    if words in ("all", "total", "overall", ""):
        return ""
    names = {plain(section): section for section in scene.world.sections}
    if words in names:
        return names[words]
    like = [section for name, section in names.items() if name.startswith(f"{words} ") or words.startswith(f"{name} ")]
    return like[0] if len(like) == 1 and not re.search(r"[0-9]", words) else ""


# Measures by section and status


def _count_row(scene: Scene, row: Paragraph, left: Head, columns: Mapping[int, Head]) -> Iterator[tuple[Number, Told]]:
    """Yield the numbers of a row with what is to be said of them."""
    for place, cell in enumerate(row.cells):
        top = columns.get(place)
        if not place or top is None or not scene.flat[cell.start : cell.end].strip():
            continue
        statuses = top.statuses or left.statuses
        section = top.section or left.section
        if (not statuses and (top.is_total or left.is_total) and section) or (
            not statuses and top.is_total and left.is_total
        ):
            statuses = frozenset(Status)
        is_all = left.is_total or top.is_total or left.is_share or top.is_share
        when = top.period or left.period
        if not statuses or not (section or is_all or when):
            continue
        if top.statuses and left.statuses:
            continue
        at = when if isinstance(when, Quarter) else _ended_by(when) or scene.world.quarter
        for number in scene.within(scene.numbers, cell):
            is_share = number.unit is Unit.PERCENT or ((left.is_share or top.is_share) and len(row.cells) > 1)
            then = _then(scene, cell, number, at)
            told = _counted(scene, number, statuses, section, then or at, is_share=is_share)
            is_sure = then is None or _is_labelled(scene, cell, number) or told.verdict is Verdict.CONFIRMED
            if is_sure and (not section or section in scene.world.summary(at).counts):
                yield number, told


def _then(scene: Scene, cell: Part, number: Number, at: Quarter) -> Quarter | None:
    """Return the quarter of a count in brackets behind another one, ``4 (last quarter 3)``; None of one that stands free."""
    behind = _BRACKETED.search(scene.flat, cell.start, number.start)
    if behind is None or number.unit is not Unit.NONE:
        return None
    named = [one for one in scene.within(scene.periods, Part(behind.start(), number.start)) if one.periods]
    quarter = named[0].periods[0] if named else at.previous
    return quarter if isinstance(quarter, Quarter) else at.previous


def _is_labelled(scene: Scene, cell: Part, number: Number) -> bool:
    """Return whether a cell says of which time a count in it is; ``6 (7)`` does not."""
    return any(one.periods for one in scene.within(scene.periods, Part(cell.start, number.start)))


_BRACKETED = re.compile(r"[0-9]\s*\([^()]*$")
#: ``No longer on target`` is a movement, and no status.
_MOVED = re.compile(
    r"\W*(?:newly|no\s+longer|reached|moved|fell|fallen|dropped|came|come|back|returned|lost|slipped|gone|improved|worsened)\b",
    re.IGNORECASE,
)


def _ended_by(when: Period | None) -> Quarter | None:
    """Return the quarter that a month over a column ends; None where it ends none."""
    ends = isinstance(when, Month) and when == when.quarter.months[-1]
    return when.quarter if isinstance(when, Month) and ends else None


def _counted(
    scene: Scene, number: Number, statuses: frozenset[Status], section: str, at: Quarter, *, is_share: bool
) -> Told:
    world = scene.world
    fact = world.share(statuses, section, at) if is_share else world.count(statuses, section, at)
    shown = rounded(fact.value, number.decimals if is_share else 0)
    fits = number.form is Form.CARDINAL and Fraction(shown) == number.value
    sign = "%" if is_share else ""
    where = f" in {section}" if section else ""
    what = "measures" if statuses == frozenset(Status) else f"measures {named(statuses)}"
    return Told(
        "share" if is_share else "count",
        Verdict.CONFIRMED if fits else Verdict.CONTRADICTED,
        f"{printed(number.value)}{sign}",
        f"{shown}{sign}",
        f"{'Share' if is_share else 'Number'} of {what}{where}{'' if at == world.quarter else f' in {at.label}'}.",
        fact.cell,
    )
