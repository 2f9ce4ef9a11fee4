"""How a table is laid out: its rows of headings, the cells below each of them, and tables that lie on their side."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from xlkpi.model.period import Quarter
from xlkpi.prose.fact import Measure
from xlkpi.prose.mentions import Form
from xlkpi.prose.scene import Scene
from xlkpi.prose.sentences import Part
from xlkpi.prose.tables.captions import Says, corner, is_age, named_by_line, says, with_parts
from xlkpi.prose.tables.cells import facts_of, has_wrong_unit, matches
from xlkpi.prose.tables.columns import (
    Column,
    Holds,
    Meaning,
    as_quarters,
    column,
    names_rows,
    says_figures,
    with_bases,
    with_shares,
)
from xlkpi.prose.tables.frame import Row
from xlkpi.prose.tables.grid import Grid
from xlkpi.prose.tables.pairs import apart
from xlkpi.prose.tables.rows import FAIR, RowNames, plain
from xlkpi.prose.text import Paragraph

_WORD = re.compile(r"[A-Za-z]{3,}")
_YEAR = re.compile(r"\W*(?:19|20)[0-9]{2}\W*")
_QUARTERS = re.compile(r"\W*Q(?:tr)?\.?\s?[1-4](?:\s?[-\u2013]\s?Q?[1-4])?\W*", re.IGNORECASE)
_GAP = re.compile(r"\S\s{2,}\S")
#: Two blanks between cells, and more: these stand below each other then.
_BY_TWO, _WIDER = re.compile(r"\S\s\s(?=\S)"), re.compile(r"\S\s{3,}\S")
_REFERENCE = re.compile(
    r"\W*(?:ref(?:erence)?|no|code|pi|kpi|id|item|num(?:ber)?|indicator\s+(?:no|ref|code))\W*", re.IGNORECASE
)
_REFERRED = re.compile(r"(?:[A-Za-z]{0,6}[-_./ ]?){0,2}[0-9]+(?:\.[0-9]+)*[a-z]?\W+[A-Za-z%]{1}.*[a-z]{3}")
_HEADS = 3  # rows of headings, one below the other
_TWO = 2


def upright(
    scene: Scene,
    names: RowNames,
    rows: Sequence[Paragraph],
    heads: Sequence[Mapping[int, Part]],
    now: Quarter,
    span: tuple[int, int] | None = None,
) -> Grid:
    """Return a table with an indicator in each row.

    Args:
        scene: The draft.
        names: Of the register.
        rows: Those below the headings.
        heads: The rows of headings, the cells of each by column.
        now: The quarter of which the table is, where its headings do not say otherwise.
        span: The columns of one of several tables side by side; None where there is but one.
    """
    heads = [_within(head, span) for head in heads]
    code = named_by_line(scene, names, rows[0]) if rows else ""
    columns = _columns(scene, heads, now, code)
    head = heads[-1] if heads else {}
    if span:
        cells = [_within(dict(enumerate(row.cells)), span) for row in rows]
    else:
        cells = [_likelier(scene, names, columns, row, placed(scene, row, head)) for row in rows]
    split, parted = apart(scene, heads, cells, now)
    if split and split[-1] != head:
        columns = _columns(scene, split, now, code)
    body = [Row(row, each) for row, each in zip(rows, parted, strict=True)]
    return Grid(scene, names, columns, body, corner(scene, heads), now)


def _columns(scene: Scene, heads: Sequence[Mapping[int, Part]], now: Quarter, code: str) -> Mapping[int, Column]:
    """Return what each column holds, by its headings, in a table of one indicator or of several."""
    found = {
        place: column(
            scene, place, [head[place] for head in heads if place in head and filled(scene, head[place])], now
        )
        for place in sorted({place for head in heads for place in head})
    }
    found = {place: _counted(scene, one, now, code) for place, one in found.items()} if code else found
    return with_bases(with_shares(scene, with_parts(scene, as_quarters(found), now)), now)


def _counted(scene: Scene, one: Column, now: Quarter, code: str) -> Column:
    """Return a column headed by what an indicator counts, or of how many, as that count."""
    indicator = scene.world.by_code[code]
    words = plain(scene.flat[one.head.start : one.head.end])
    labels = {Measure.NUMERATOR: indicator.numerator_label, Measure.DENOMINATOR: indicator.denominator_label}
    counts = [measure for measure, label in labels.items() if one.place and words and plain(label) == words]
    if len(counts) != 1:
        return one
    return replace(one, holds=Holds.FIGURES, meanings=(Meaning(counts[0], one.period or now),), is_firm=True)


def _within(cells: Mapping[int, Part], span: tuple[int, int] | None) -> Mapping[int, Part]:
    """Return the cells of some columns, the first of them as the first."""
    if span is None:
        return cells
    return {place - span[0]: cell for place, cell in cells.items() if span[0] <= place < span[1]}


def side_by_side(
    scene: Scene, heads: Sequence[Mapping[int, Part]], rows: Sequence[Paragraph]
) -> Sequence[tuple[int, int]]:
    """Return where the tables that stand beside each other in one start and end; nothing where there is but one.

    ``| KPI | Q2 | RAG | KPI | Q2 | RAG |`` are two: the heading of the names comes again.
    """
    words = {place: " ".join(scene.flat[cell.start : cell.end].split()) for place, cell in (heads or [{}])[-1].items()}
    first = words.get(0, "")
    starts = [place for place, said in sorted(words.items()) if first and said == first]
    if len(starts) < _TWO or not names_rows(scene, column(scene, 1, [heads[-1][0]])):
        return ()
    spans = list(pairwise([*starts, max(words) + 1]))
    is_wide = all(end - start >= _TWO for start, end in spans)
    return spans if is_wide and all(len(row.cells) == len(words) for row in rows) else ()


def _likelier(
    scene: Scene, names: RowNames, columns: Mapping[int, Column], row: Paragraph, cells: Mapping[int, Part]
) -> Mapping[int, Part]:
    """Return the cells of a row by column, in their mere order where more of its figures are right then."""
    direct = dict(enumerate(row.cells))
    if cells == direct or is_marked(scene, row):
        return cells
    named = names.candidates(scene, row.cells[:1])[:1]
    if not named or named[0].strength < FAIR:
        return cells
    right = [_right(scene, columns, named[0].code, one) for one in (cells, direct)]
    return direct if right[1] > right[0] else cells


def _right(scene: Scene, columns: Mapping[int, Column], code: str, cells: Mapping[int, Part]) -> int:
    """Return how many figures of a row are what the headings of their columns say of an indicator."""
    total = 0
    for place, cell in cells.items():
        numbers = (
            [one for one in scene.within(scene.numbers, cell) if one.form is Form.CARDINAL] if place in columns else []
        )
        facts = (
            [fact for one in columns[place].meanings for fact in facts_of(scene.world, code, one)] if numbers else []
        )
        total += any(matches(fact, numbers[0]) and not has_wrong_unit(fact, numbers[0]) for fact in facts)
    return total


def turned(
    scene: Scene, names: RowNames, rows: Sequence[Paragraph], heads: Sequence[Mapping[int, Part]]
) -> Grid | None:
    """Return a table with a period or a measure in each row and an indicator above each column; None where it is none.

    Args:
        scene: The draft.
        names: Of the register.
        rows: Those below the headings.
        heads: The rows of headings, the cells of each by column.
    """
    lines = [row for row in rows if row.cells]
    columns = {place: column(scene, place, [row.cells[0]]) for place, row in enumerate(lines, start=1)}
    is_dated = all(one.period is not None for one in columns.values())
    if len(lines) < _TWO or not any(one.meanings and one.is_firm for one in columns.values()):
        return None
    if not (heads and heads[-1]) and not is_dated:
        return None
    below = [placed(scene, row, heads[-1] if heads else {}) for row in lines]
    found = []
    for place in sorted(heads[-1] if heads and heads[-1] else below[0]):
        above = [head[place] for head in heads if place in head and filled(scene, head[place])]
        cells = {index: row[place] for index, row in enumerate(below, start=1) if place in row}
        if place and cells:
            found.append(Row(lines[0], cells, [one for one in above[-1:] if says(scene, one) is Says.NOTHING]))
    return Grid(scene, names, as_quarters(columns), found)


def filled(scene: Scene, cell: Part) -> bool:
    """Return whether anything stands in a cell."""
    return bool(scene.flat[cell.start : cell.end].strip())


def placed(scene: Scene, row: Paragraph, head: Mapping[int, Part]) -> Mapping[int, Part]:
    """Return the cells of a row by column: in their order, or by where they stand below headings of a row set with blanks."""
    direct = dict(enumerate(row.cells))
    words = scene.text.source[row.start : row.end]
    if not head or len(head) == len(row.cells) or is_marked(scene, row):
        if head and 0 not in head and len(row.cells) == len(head):
            return {place + 1: cell for place, cell in direct.items()}
        return direct
    is_set = _GAP.search(words)
    return (_below(scene, row, head) if is_set else None) or _at_right(direct, max(head) + 1)


def _at_right(cells: Mapping[int, Part], width: int) -> Mapping[int, Part]:
    """Return the cells of a row without marks between them, the last under the last heading.

    Words for a figure (``New measure 98 97``) have run into its name, and figures out of it.
    """
    figures = [cell for place, cell in cells.items() if place][1 - width :]
    return {0: cells[0]} | dict(enumerate(figures, start=width - len(figures)))


def is_marked(scene: Scene, row: Paragraph) -> bool:
    """Return whether marks stand between the cells of a row, and not blanks alone."""
    words = scene.text.source[row.start : row.end]
    return "|" in words or "\t" in words or (len(_BY_TWO.findall(words)) > _TWO and not _WIDER.search(words))


def merges_reference(scene: Scene, heads: Sequence[Part], rows: Sequence[Paragraph]) -> bool:
    """Return whether the first heading is that of a reference which rows have in one cell with the name, or not at all."""
    if not heads or not _REFERENCE.fullmatch(scene.flat, heads[0].start, heads[0].end):
        return False
    if rows and all(len(row.cells) == len(heads) - 1 and is_marked(scene, row) for row in rows):
        return True
    firsts = [scene.flat[row.cells[0].start : row.cells[0].end].strip() for row in rows if row.cells]
    return 2 * sum(bool(_REFERRED.match(one)) for one in firsts) > len(firsts)


def _below(scene: Scene, row: Paragraph, head: Mapping[int, Part]) -> Mapping[int, Part] | None:
    """Return the cells of a row each under the heading that it stands below; None where two stand below one."""
    found: dict[int, Part] = {}
    for cell in row.cells:
        left, right = _offset(scene, cell.start), _offset(scene, cell.end)

        def far(place: int, left: int = left, right: int = right) -> int:
            start, end = _offset(scene, head[place].start), _offset(scene, head[place].end)
            return max(0, start - right, left - end)

        place = min(head, key=far) if cell is not row.cells[0] else 0
        if place in found:
            return None
        found[place] = cell
    return found


def _offset(scene: Scene, at: int) -> int:
    """Return how far from the beginning of its line a place is."""
    return at - scene.text.source.rfind("\n", 0, at) - 1


def heads_of(
    scene: Scene, names: RowNames, rows: Sequence[Paragraph]
) -> tuple[list[Mapping[int, Part]], Sequence[Paragraph]]:
    """Return the rows of headings of a table, the cells of each by column, and the rows below them."""
    count = 0
    for row in rows[:_HEADS]:
        if any(_is_figure(scene, cell) for cell in row.cells[1:]):
            break
        first = row.cells[0] if row.cells else None
        many = sum(filled(scene, cell) for cell in row.cells)
        if count and (many < _TWO or (first is not None and filled(scene, first) and _names(scene, names, row))):
            break
        count += 1
    width = max((len(row.cells) for row in rows[count:]), default=0)
    if any(len(row.cells) == len(rows[0].cells) for row in rows[count:]) and not filled(scene, rows[0].cells[0]):
        width = len(rows[0].cells)  # a status stands behind some rows, and has no heading
    cells = [row.cells for row in rows[:count]]
    if cells and merges_reference(scene, cells[-1], rows[count:]) and len(cells[-1]) == width + 1:
        cells = [one[1:] for one in cells]
    heads = [_spread(scene, one, width, cells[place + 1 :]) for place, one in enumerate(cells)]
    return heads, rows[count:]


def _names(scene: Scene, names: RowNames, row: Paragraph) -> bool:
    return any(one.strength >= FAIR for one in names.candidates(scene, row.cells[:1]))


def _is_figure(scene: Scene, cell: Part) -> bool:
    words = scene.flat[cell.start : cell.end]
    is_head = bool(_YEAR.fullmatch(words) or _QUARTERS.fullmatch(words)) or is_age(words)
    return bool(scene.within(scene.numbers, cell)) and not _WORD.search(words) and not is_head


def _spread(scene: Scene, cells: Sequence[Part], width: int, below: Sequence[Sequence[Part]]) -> Mapping[int, Part]:
    """Return headings by column; one that spans several, and has empty cells behind it, stands over all figures below it."""
    shift = 1 if len(cells) == width - 1 and width > 1 else 0  # the empty corner is not typed
    found: dict[int, Part] = {}
    last: Part | None = None
    for place, cell in enumerate(cells):
        if filled(scene, cell):
            last = cell
        lower = below[-1][place] if below and place < len(below[-1]) else None
        is_spanned = place > 0 and last is not None and lower is not None and says_figures(scene, lower)
        found[place + shift] = last if is_spanned and last is not None else cell
    return found
