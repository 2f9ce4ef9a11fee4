"""The lines of a draft as blocks: headings, paragraphs, list items and table rows, with wrapped lines joined."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from itertools import groupby, pairwise
from statistics import multimode

from xlkpi.prose.cells import (
    BAR,
    FEWEST_FIGURES,
    MARKS,
    NUMBER,
    ROW_LENGTH,
    RULE,
    TABS,
    cells_of,
    glued,
    is_labelled,
    split,
)
from xlkpi.prose.sentences import Part
from xlkpi.prose.stacks import PERIOD, stacked


class Shape(Enum):
    """What a block looks like."""

    HEADING = "heading"
    PROSE = "prose"
    ITEM = "item"
    ROW = "row"


@dataclass(frozen=True, slots=True)
class Block(Part):
    """One or more lines that belong together.

    Attributes:
        shape: What they look like.
        body: Offset of the first word, after marks, bullet and number.
        number: As printed, without its last point; empty where there is none.
        depth: Of a heading or a numbered paragraph: 1 for the outermost.
        cells: Of a table row.
        tail: Of a table row, where its name goes on in the next line; None where it does not.
    """

    shape: Shape
    body: int
    number: str = ""
    depth: int = 0
    cells: tuple[Part, ...] = ()
    tail: Part | None = None


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    end: int
    text: str
    marks: int  # length of bullet and heading marks
    hashes: int
    bullet: bool
    number: str
    body: int  # offset of the first word in the draft
    cells: tuple[Part, ...]

    @property
    def is_new(self) -> bool:
        is_marked = self.bullet or bool(self.number) or bool(self.hashes) or bool(self.cells)
        return is_marked or bool(_LETTER.match(self.text) or _VALUE.match(self.text))


#: ``c)`` and ``(iv)`` begin a point of a list.
_LETTER = re.compile(r"\s*(?:\([a-z]{1,4}\)|[a-z]{1,2}\))\s")
#: How a name goes on in the next line.
_TAIL = re.compile(r"(?:[a-z(&]|[0-9]+\s+[a-z])[^.;:!?]*$")
_VALUE = re.compile(r"[A-Z][\w ]{1,24}(?::|\s=)\s+[0-9]|(?:Value|Result|Actual|Outturn)\s+[0-9][0-9.,]*%?\s+Target\b")
_HEADING_LENGTH = 130
_TWO_SENTENCES = re.compile(r"[a-z0-9%)]\.\s+(?:The|This|These|It|There|We|In|At|Of)\s")
_CAPITALS = re.compile(r"[A-Z][A-Z0-9 &,'\u2019/()-]{3,}")
_WRAPPED = 55
#: A text was wrapped where no line is longer than this and most that go on are nearly as long as the longest.
_WIDEST, _RAGGED, _FEWEST = 130, 15, 4


def blocks(source: str) -> Iterator[Block]:
    """Yield the blocks of a text in order; rules and empty lines are left out."""
    pending: list[_Line] = []
    gap = False
    lines = list(_with_stacks(source, _evened(_with_pairs(list(_lines(source))))))
    width = _width(lines)
    tails = dict(_tails(lines))
    behind = {tail.start for tail in tails.values()}
    for line in lines:
        if line.start in behind:
            continue
        if not line.text.strip() or (RULE.fullmatch(line.text) and len(line.text.strip()) > 1):
            gap = True
            continue
        if pending and not _continues(pending, line, width, gap=gap):
            yield _block(pending, followed=line)
            pending = []
        pending.append(line)
        gap = False
        if line.cells:
            yield replace(_block(pending, followed=None), tail=tails.get(line.start))
            pending = []
    if pending:
        yield _block(pending, followed=None)


def _evened(lines: Sequence[_Line]) -> list[_Line]:
    """Return the lines of a text, the rows of each table with cells that stand for as much as those of the other rows."""
    groups = groupby(lines, key=lambda one: ("\t" in one.text, "|" in one.text) if one.cells else None)
    found: list[_Line] = []
    for sort, group in groups:
        rows = list(group)
        by_tabs, by_bars = sort or (False, True)
        found += _at_once(rows) if by_tabs else rows if by_bars else _unglued(_unindented(rows))
    return found


def _with_pairs(lines: Sequence[_Line]) -> list[_Line]:
    """Return the lines of a text, those of words with one bar as rows where they stand among rows of two cells.

    ``Indicator | Outturn`` and ``Status | On target`` are no rows by themselves, as ``Re-referrals | 27%`` is.
    """
    found: list[_Line] = []
    for is_pair, group in groupby(lines, key=lambda one: one.text.count("|") == 1 and len(one.text) <= ROW_LENGTH):
        rows = list(group)
        is_table = is_pair and len(rows) > 1 and any(one.cells for one in rows)
        found += [_as_row(one) for one in rows] if is_table else rows
    return found


def _as_row(line: _Line) -> _Line:
    if line.cells or line.bullet or line.hashes or line.text.rstrip().endswith((".", ";")):
        return line
    return replace(line, marks=0, number="", body=line.start, cells=split(line.start, line.text, BAR, edges=False))


def _unindented(rows: Sequence[_Line]) -> Sequence[_Line]:
    """Return the rows of a table set with blanks without the empty cell that an indent leaves before each of them."""
    is_indented = all(one.cells[0].start == one.cells[0].end for one in rows)
    return [replace(one, cells=one.cells[1:]) for one in rows] if is_indented else rows


def _unglued(rows: Sequence[_Line]) -> Sequence[_Line]:
    """Return the rows of a table set with blanks, with the first figure off a name so long that one blank parts them."""
    width = max((len(one.cells) for one in rows), default=0)
    return [_with_name_apart(one) if len(one.cells) == width - 1 else one for one in rows]


def _with_name_apart(row: _Line) -> _Line:
    name = row.cells[0]
    found = glued(row.text[name.start - row.start : name.end - row.start])
    if found is None:
        return row
    parts = [Part(name.start, name.start + found[0]), Part(name.start + found[1], name.end)]
    return replace(row, cells=(*parts, *row.cells[1:]))


def _at_once(rows: Sequence[_Line]) -> Sequence[_Line]:
    """Return the rows of one table with one cell for each run of tabs, where they are more like each other then.

    Between the cells of a table stands one tab; who sets columns by hand puts as many as it takes, so that rows have
    empty cells here and there, and as many as each other where each run counts once.
    """
    if not any("\t\t" in one.text.strip("\r\n ") for one in rows):
        return rows
    once = [replace(one, cells=split(one.start, one.text, TABS, edges=False)) for one in rows]
    as_set, as_run = (_most([len(one.cells) for one in each]) for each in (rows, once))
    is_lead = rows[0].text.startswith("\t\t")  # the corner above the names
    return once if as_run > as_set or (is_lead and as_run == as_set) else rows


def _tails(lines: Sequence[_Line]) -> Iterator[tuple[int, Part]]:
    """Yield where the names of rows set with blanks go on below them, by where the row starts.

    ::

        % of reviews that were held in    94%     96%
        timescale (quarter)
    """
    for line, following in pairwise(lines):
        words = following.text.strip()
        if len(line.cells) <= FEWEST_FIGURES or following.cells or not words or "\t" in line.text or "|" in line.text:
            continue
        is_below = len(following.text.rstrip()) < line.cells[1].start - line.start
        if is_below and _TAIL.match(words) and not following.is_new:
            start = following.start + following.text.index(words)
            yield line.start, Part(start, start + len(words))


def _most(widths: Sequence[int]) -> int:
    """Return how many rows have the width that most of them have, or one cell more: a status stands behind some."""
    return max(widths.count(width) + widths.count(width + 1) for width in multimode(widths))


def _with_stacks(source: str, lines: Sequence[_Line]) -> Iterator[_Line]:
    """Yield the lines of a text, those that make one row of a table together as one line."""
    filled = (one for one in lines if one.text.strip())
    groups = [list(group) for is_row, group in groupby(filled, key=lambda one: bool(one.cells)) if not is_row]
    rows = [cells for group in groups for cells in stacked(source, [Part(one.start, one.end) for one in group])]
    at, ends = 0, -1
    for line in lines:
        while at < len(rows) and rows[at][0].start < line.end:
            cells = rows[at]
            at, ends = at + 1, cells[-1].end
            text = source[cells[0].start : ends]
            yield _Line(cells[0].start, ends, text, 0, 0, bullet=False, number="", body=cells[0].start, cells=cells)
        if line.start >= ends:
            yield line


def _width(lines: Sequence[_Line]) -> int:
    """Return at which length the lines of a text were wrapped; 0 where they were not."""
    going_on = [
        len(one.text.rstrip())
        for one, other in pairwise(lines)
        if one.text.strip() and other.text.strip() and not (one.cells or other.is_new)
    ]
    widest = max(going_on, default=0)
    full = sum(length >= widest - _RAGGED for length in going_on)
    return widest if len(going_on) >= _FEWEST and widest <= _WIDEST and 2 * full > len(going_on) else 0


def _is_full(last: str, line: _Line, width: int) -> bool:
    """Return whether the first word of a line did not fit on the line before."""
    first = line.text.split(maxsplit=1)[0]
    return bool(width) and len(last) + 1 + len(first) > width


def _continues(pending: list[_Line], line: _Line, width: int, *, gap: bool) -> bool:
    """Return whether a line goes on with the block before it."""
    if line.is_new or pending[-1].cells or _is_of_figures(pending[-1].text):
        return False
    last = pending[-1].text.rstrip()
    if gap:  # a page may end in the middle of a sentence
        return line.text.lstrip()[:1].islower() and last[-1:] not in ".!?:;"
    if pending[-1].hashes:
        return False
    if _is_full(last, line, width):
        return True
    if _looks_like_heading(pending[0]) and len(pending) == 1 and not line.text.lstrip()[:1].islower():
        return False
    return last[-1:] not in ".!?:" and (len(last) >= _WRAPPED or line.text.lstrip()[:1].islower())


def _block(lines: list[_Line], followed: _Line | None) -> Block:
    first, last = lines[0], lines[-1]
    end = last.start + len(last.text.rstrip())
    if first.cells:
        return Block(first.start, end, Shape.ROW, first.body, cells=first.cells)
    depth = first.hashes or (first.number.count(".") + 1 if first.number else 0)
    ends = last.text.rstrip()[-1:] in ".!?"
    is_short = len(" ".join(one.text.strip() for one in lines)) <= _HEADING_LENGTH
    if _looks_like_heading(first) and (len(lines) == 1 or ((first.number or is_short) and not ends)):
        leads = followed is not None and not first.bullet
        if first.hashes or (first.number and not first.bullet) or _is_capital(first) or (leads and not first.bullet):
            return Block(first.start, end, Shape.HEADING, first.body, first.number, depth or 9)
    shape = Shape.ITEM if first.bullet else Shape.PROSE
    return Block(first.start, end, shape, first.body, first.number, depth)


def _is_capital(line: _Line) -> bool:
    return bool(_CAPITALS.fullmatch(line.text[line.body - line.start :].strip().strip("*_")))


#: ``Outturn 75.3% / Q2 77.3% / target 88% / RED``: what parts the figures of a line.
_PARTED = re.compile(r"\s[/|\u00b7\u2022]\s")
_SEVERAL = 2  # figures of a line


def _is_of_figures(text: str) -> bool:
    """Return whether a line is a row of figures, and no heading."""
    parts = _PARTED.split(text) if len(text) <= ROW_LENGTH else ()
    return len(parts) > _SEVERAL and sum(any(map(str.isdigit, part)) for part in parts) >= _SEVERAL


def _looks_like_heading(line: _Line) -> bool:
    if line.cells or _is_of_figures(line.text):
        return False
    text = line.text[line.body - line.start :].strip()
    if line.hashes:
        return True
    if is_labelled(text) or _VALUE.match(text):
        return False
    is_short = 0 < len(text) <= _HEADING_LENGTH and text[-1] not in ".!?;:," and not _TWO_SENTENCES.search(text)
    bare = text.strip("*_\"'\u201c\u2018(")
    return is_short and (bare[:1].isupper() or bool(PERIOD.fullmatch(bare)))


def _lines(source: str) -> Iterator[_Line]:
    at = 0
    for raw in source.splitlines(keepends=True):
        text = raw.rstrip("\r\n\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029")
        yield _line(at, text)
        at += len(raw)


def _line(start: int, text: str) -> _Line:
    cells = cells_of(start, text)
    if cells:
        return _Line(start, start + len(text), text, 0, 0, bullet=False, number="", body=start, cells=cells)
    marks = MARKS.match(text)
    assert marks is not None
    body = marks.end()
    number = ""
    if found := NUMBER.match(text, body):
        number, body = found["number"], found.end()
    hashes = len((marks["hashes"] or "").strip())
    return _Line(start, start + len(text), text, marks.end(), hashes, bool(marks["bullet"]), number, start + body, ())
