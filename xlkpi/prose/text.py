"""A draft's text as a reader sees it: paragraphs with their numbers and headings, sentences, clauses, tables.

Every part knows its offsets in the draft, so that a claim can be shown where it stands. Text comes from typists, from Word
and from PDF files: lines may be wrapped, a page may end in the middle of a sentence, lists and emphasis may carry marks.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import cached_property

from xlkpi.prose.draft import Draft
from xlkpi.prose.lines import Block, Shape, blocks
from xlkpi.prose.sentences import Part, split_clauses, split_sentences


class Kind(Enum):
    """What a paragraph is for."""

    HEADING = "heading"
    PROSE = "prose"
    ITEM = "list item"
    ROW = "table row"


@dataclass(frozen=True, slots=True)
class Sentence(Part):
    """One sentence, or the whole of a heading or an item without one.

    Attributes:
        clauses: Its parts between commas, semicolons, dashes and joining words; they cover it without gaps.
    """

    clauses: tuple[Part, ...]

    def clause_at(self, offset: int) -> Part:
        """Return the clause in which an offset lies; the last where it lies behind them."""
        return next((one for one in self.clauses if offset < one.end), self.clauses[-1])


@dataclass(frozen=True, slots=True)
class Paragraph(Part):
    """One paragraph, list item, heading or table row.

    Attributes:
        index: Its place in the text; 0 is the first.
        kind: What it is for.
        number: As printed (``4.8``), or that of the last numbered paragraph before it; empty before the first.
        own_number: Whether it carries that number itself.
        body: Offset of its first word, after bullet and number.
        sentences: In order; of a table row those of its comments, which stand in cells behind its figures.
        cells: Of a table row, in order; empty for everything else. A cell may be empty.
        headings: Indexes of the headings above it, the outermost first.
        header: Index of the row that heads its table; its own for that row; None outside tables and without a header.
        tail: Where the name of a table row goes on in the line below it; None where it does not.
        lead: Index of the paragraph that introduces its list (``Thirteen measures:``); None where there is none.
    """

    index: int
    kind: Kind
    number: str
    own_number: bool
    body: int
    sentences: tuple[Sentence, ...]
    cells: tuple[Part, ...]
    headings: tuple[int, ...]
    header: int | None = None
    lead: int | None = None
    tail: Part | None = None

    @property
    def spans(self) -> tuple[Part, ...]:
        """Return what a name never reaches over: the cells of a row, those with comments by sentence; else the sentences."""
        if not self.cells:
            return self.sentences
        comments = [cell for cell in self.cells if any(cell.holds(one.start) for one in self.sentences)]
        return tuple(
            sorted((*(set(self.cells) - set(comments)), *self.sentences), key=lambda one: (one.start, one.end))
        )

    def sentence_at(self, offset: int) -> Sentence | None:
        """Return the sentence in which an offset lies; None in a table without comments."""
        return next((one for one in self.sentences if offset < one.end), self.sentences[-1] if self.sentences else None)


@dataclass(frozen=True)
class Text:
    """All paragraphs of a draft.

    Attributes:
        source: The draft's text; every offset counts its characters.
        paragraphs: In order.
    """

    source: str
    paragraphs: Sequence[Paragraph]

    @cached_property
    def _starts(self) -> list[int]:
        return [one.start for one in self.paragraphs]

    def words(self, part: Part) -> str:
        """Return what stands in a part, as typed."""
        return self.source[part.start : part.end]

    def at(self, offset: int) -> Paragraph | None:
        """Return the paragraph in which an offset lies, or the last before it; None before the first."""
        place = bisect.bisect_right(self._starts, offset) - 1
        return self.paragraphs[place] if place >= 0 else None

    def header_cell(self, row: Paragraph, column: int) -> Part | None:
        """Return the cell that heads a column of a row; None where its table has no header or not that column."""
        if row.header is None or row.header == row.index:
            return None
        cells = self.paragraphs[row.header].cells
        return cells[column] if column < len(cells) else None

    def items_of(self, lead: Paragraph) -> list[Paragraph]:
        """Return the list items that a paragraph introduces, or that stand directly under a heading."""
        return [one for one in self._after(lead) if one.kind is Kind.ITEM and lead.index in (one.lead, *one.headings)]

    def _after(self, lead: Paragraph) -> Iterator[Paragraph]:
        for one in self.paragraphs[lead.index + 1 :]:
            if one.kind is Kind.HEADING and len(one.headings) <= len(lead.headings) and lead.kind is Kind.HEADING:
                return
            yield one


def read(draft: Draft) -> Text:
    """Return the paragraphs of a draft."""
    builder = _Builder(draft.text)
    for block in blocks(draft.text):
        builder.add(block)
    return Text(draft.text, tuple(builder.done))


#: A cell that holds a figure, perhaps with its colour; a year may head a column.
_FIGURE = re.compile(
    r"\s*(?!(?:19|20)[0-9]{2}(?:[/-][0-9]{2,4})?\s*$)[-+\u2212]?[£$]?[0-9][0-9,.]*\s*(?:%|pp|days?)?(?:\s*[0-9(][0-9.,/]*\s*%?\)?)?"
    r"(?:\s*\(?(?:red|amber|green|[rag])\)?)?\s*",
    re.IGNORECASE,
)
_COMMENT = 5  # words from which a cell is a comment


class _Builder:
    """Puts paragraphs together, knowing the headings, the number and the table that are open."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.done: list[Paragraph] = []
        self._headings: list[tuple[int, int]] = []  # depth and index
        self._number = ""
        self._header: int | None = None
        self._lead: int | None = None
        self._in_table = False

    def add(self, block: Block) -> None:
        if block.shape is Shape.ROW:
            self._row(block)
            return
        self._in_table, self._header = False, None
        if block.number:
            self._number = block.number
        kind = {Shape.HEADING: Kind.HEADING, Shape.ITEM: Kind.ITEM}.get(block.shape, Kind.PROSE)
        if kind is Kind.ITEM and block.number:
            kind = Kind.PROSE  # a numbered paragraph that a converter took for a list
        if kind is not Kind.ITEM:
            self._lead = None
        if kind is Kind.HEADING:
            self._open(block.depth)
        elif block.number:
            self._open(block.depth, only_deeper=True)
        paragraph = self._paragraph(block, kind)
        self.done.append(paragraph)
        if kind is Kind.HEADING:
            self._headings.append((block.depth, paragraph.index))
        elif kind is Kind.PROSE and self.source[: block.end].rstrip().endswith(":"):
            self._lead = paragraph.index

    def _open(self, depth: int, *, only_deeper: bool = False) -> None:
        """Close the headings that do not stand above one of this depth."""
        del only_deeper
        while self._headings and self._headings[-1][0] >= depth:
            self._headings.pop()

    def _paragraph(self, block: Block, kind: Kind) -> Paragraph:
        found = split_sentences(self.source, block.body, block.end)
        sentences = tuple(Sentence(one.start, one.end, split_clauses(self.source, one)) for one in found)
        return Paragraph(
            block.start,
            block.end,
            len(self.done),
            kind,
            self._number,
            bool(block.number),
            block.body,
            sentences,
            (),
            tuple(index for _, index in self._headings),
            lead=self._lead if kind is Kind.ITEM else None,
        )

    def _row(self, block: Block) -> None:
        cells = block.cells
        index = len(self.done)
        if not self._in_table:
            filled = [self.source[one.start : one.end] for one in cells[1:]]
            is_header = any(text.strip() for text in filled) and not any(_FIGURE.fullmatch(text) for text in filled)
            self._header = index if is_header else None
        self._in_table = True
        self.done.append(
            Paragraph(
                block.start,
                block.end,
                index,
                Kind.ROW,
                self._number,
                own_number=False,
                body=block.start,
                sentences=tuple(self._comments(cells)) if self._header != index else (),
                cells=cells,
                headings=tuple(place for _, place in self._headings),
                header=self._header,
                tail=block.tail,
            )
        )

    def _comments(self, cells: Sequence[Part]) -> Iterator[Sentence]:
        """Yield the sentences of the cells that comment on the figures before them."""
        is_behind = False
        for place, cell in enumerate(cells):
            words = self.source[cell.start : cell.end]
            if is_behind and len(words.split()) >= _COMMENT:
                for one in split_sentences(self.source, cell.start, cell.end):
                    yield Sentence(one.start, one.end, split_clauses(self.source, one))
            is_behind = is_behind or (place > 0 and bool(_FIGURE.fullmatch(words)))
