"""Everything that a draft mentions, in one pass a kind; where two overlap, what they belong to decides."""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

from xlkpi.model.period import Quarter
from xlkpi.prose.mentions.directions import directions
from xlkpi.prose.mentions.flat import flat
from xlkpi.prose.mentions.kinds import Direction, How, Number, Pair, PeriodMention, Role, StatusPhrase, Subject
from xlkpi.prose.mentions.names import Names
from xlkpi.prose.mentions.numbers import numbers, pairs
from xlkpi.prose.mentions.periods import periods
from xlkpi.prose.mentions.references import references
from xlkpi.prose.mentions.statuses import statuses
from xlkpi.prose.mentions.subjects import subjects
from xlkpi.prose.sentences import Part
from xlkpi.prose.text import Text

_Mention = TypeVar("_Mention", bound=Part)

#: Neither white space nor a letter, so that no pattern goes over it.
_BAR = "\x00"


_LEAD = 20  # signs before a name
_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?")


@dataclass(frozen=True)
class Mentions:
    """What a draft mentions, each kind in the order of the text.

    Attributes:
        flat: The draft's text without emphasis and line breaks; offsets stay.
        numbers: Figures; not those of paragraphs, periods and names.
        pairs: Two figures that make one statement.
        periods: Resolved against the quarter reported.
        directions: Words that say which way something went; not those of status phrases.
        statuses: Words that name a status.
        subjects: What the words are about; several may stand on the same words.
    """

    flat: str
    numbers: tuple[Number, ...]
    pairs: tuple[Pair, ...]
    periods: tuple[PeriodMention, ...]
    directions: tuple[Direction, ...]
    statuses: tuple[StatusPhrase, ...]
    subjects: tuple[Subject, ...]

    def within(self, mentions: Sequence[_Mention], part: Part) -> Sequence[_Mention]:
        """Return those of a kind that start in a part of the text."""
        starts = self._starts[id(mentions)]
        return mentions[bisect.bisect_left(starts, part.start) : bisect.bisect_left(starts, part.end)]

    @cached_property
    def _starts(self) -> dict[int, list[int]]:
        kinds: tuple[Sequence[Part], ...] = (
            self.numbers,
            self.pairs,
            self.periods,
            self.directions,
            self.statuses,
            self.subjects,
        )
        return {id(kind): [one.start for one in kind] for kind in kinds}


def read_mentions(text: Text, names: Names, quarter: Quarter) -> Mentions:
    """Return what a draft mentions.

    Args:
        text: The draft's paragraphs.
        names: The words by which the register's indicators are known.
        quarter: The quarter that the draft reports.
    """
    plain = flat(text.source)
    spans = [(part.start, part.end) for one in text.paragraphs for part in one.spans]
    lines = _parted(plain, text)
    when = tuple(periods(lines, quarter))
    named_in = _no_bases(plain, subjects(plain, names, spans))
    about = tuple(_no_times(_outside(named_in, list(_figure_cells(plain, text))), when))
    named = tuple(statuses(plain))
    figures = sorted((Part(*place) for one in about for place in one.figures), key=lambda one: one.start)
    codes = [one for one in about if one.role is Role.INDICATOR and one.how.name == "CODE"]
    bodies = [Part(one.start, one.body) for one in text.paragraphs if one.body > one.start]
    named_by = tuple(_outside(references(lines), [*codes]))
    found: Iterable[Number] = numbers(lines)
    for others in (when, figures, codes, bodies, named_by):
        found = _outside(found, others)
    counted = tuple(found)
    moved = tuple(_outside(_outside(directions(plain, about), named), when))
    return Mentions(plain, counted, tuple(pairs(lines, counted)), when, moved, named, about)


def _no_times(found: Iterable[Subject], when: Sequence[PeriodMention]) -> Iterable[Subject]:
    """Yield the subjects that are no times: ``twelve months earlier``, also where a title has ``of an earlier referral``."""
    for one in found:
        place = bisect.bisect_right(when, one.start, key=lambda period: period.start) - 1
        if place < 0 or one.end > when[place].end or one.how.value >= How.ALIAS.value:
            yield one


#: ``6.7 per 10,000 visits``: what a rate is out of, and not what it is of.
_PER = re.compile(r"\bper\s+(?:[0-9][0-9,]*|thousand|hundred)\s+$", re.IGNORECASE)


def _no_bases(plain: str, found: Iterable[Subject]) -> Iterable[Subject]:
    """Yield the subjects that are not what a rate is out of."""
    for one in found:
        if one.how.value >= How.TITLE.value or not _PER.search(plain, max(0, one.start - _LEAD), one.start):
            yield one


def _parted(plain: str, text: Text) -> str:
    """Return the flattened text with a bar at the end of each paragraph and cell, over which no number, pair or period reaches.

    ``81`` at the end of a row and ``% of children`` at the beginning of the next are no 81%.
    """
    signs = list(plain)
    for one in text.paragraphs:
        for part in (*one.cells, one):
            if part.end < len(signs) and signs[part.end].isspace():
                signs[part.end] = _BAR
    return "".join(signs)


def _figure_cells(plain: str, text: Text) -> Iterable[Part]:
    """Yield the cells behind the names of rows that are a number and nothing else, though a code may look like it (``2.3``)."""
    for one in text.paragraphs:
        behind = [
            cell
            for cell in one.cells
            if any(other.start < cell.start and _has_words(plain, other) for other in one.cells)
        ]
        yield from (cell for cell in behind if _NUMBER.fullmatch(plain, cell.start, cell.end))


def _has_words(plain: str, cell: Part) -> bool:
    return any(map(str.isalpha, plain[cell.start : cell.end]))


def _outside(found: Iterable[_Mention], others: Sequence[Part]) -> Iterable[_Mention]:
    """Yield the mentions that do not overlap any of other ones; both in the order of the text."""
    ends: list[int] = []
    starts: list[int] = []
    for one in others:
        starts.append(one.start)
        ends.append(max(one.end, ends[-1] if ends else 0))
    for one in found:
        place = bisect.bisect_left(starts, one.end) - 1
        if place < 0 or ends[place] <= one.start:
            yield one
