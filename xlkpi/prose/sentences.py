"""Where sentences and clauses end."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of the draft's text.

    Attributes:
        start: Offset of its first character.
        end: Offset after its last.
    """

    start: int
    end: int

    def holds(self, offset: int) -> bool:
        """Return whether an offset lies in it."""
        return self.start <= offset < self.end


#: A full stop after these does not end a sentence.
_SHORT = re.compile(
    r"(?:\b(?:e\.g|i\.e|etc|vs|no|nos|approx|st|mr|mrs|ms|dr|qtr|q|cf|para|fig|incl|dept|pp|c\.)|(?<!['\u2019])\b[A-Z])$",
    re.IGNORECASE,
)
_LONGEST = 900
_LIST = 260  # a longer sentence with semicolons is a list of statements, each for itself
_SEMICOLON = re.compile(r";(?=\s)")
_END = re.compile(r"[.!?]+[\"'\u201d\u2019)*_]*(?=\s+[\"'\u201c\u2018(*_]*[A-Z0-9\u00a3])|\n{2,}(?=\s*[A-Z])")

#: What parts clauses: punctuation with a space after it, and words that open another statement.
_CLAUSE = re.compile(
    r"[;:](?=\s)|,(?=\s)|\s[\u2013\u2014-](?=\s)"
    r"|\s(?=\(|(?:but|while|whilst|whereas|although|though|however|despite|compared|because|which|with|and)\b)",
    re.IGNORECASE,
)


def split_sentences(source: str, start: int, end: int) -> tuple[Part, ...]:
    """Return the sentences between two offsets; none where there is only white space.

    Examples:
        >>> text = "It rose, e.g. by 2%. Rates fell to 4.0% in May."
        >>> [text[one.start : one.end] for one in split_sentences(text, 0, len(text))]
        ['It rose, e.g. by 2%.', 'Rates fell to 4.0% in May.']
        >>> text = "It is below England's. Ours is 4%."
        >>> [text[one.start : one.end] for one in split_sentences(text, 0, len(text))]
        ["It is below England's.", 'Ours is 4%.']
    """
    return tuple(short for one in _sentences(source, start, end) for short in _no_longer(source, one))


def _sentences(source: str, start: int, end: int) -> Iterator[Part]:
    at = start
    for found in _END.finditer(source, start, end):
        if source[found.start()] == "." and _SHORT.search(source, max(at, found.start() - 8), found.start()):
            continue
        yield from _trimmed(source, at, found.end())
        at = found.end()
    yield from _trimmed(source, at, end)


def _no_longer(source: str, sentence: Part) -> Iterator[Part]:
    """Yield a sentence in parts that a reader can take in: a page without full stops must not be read as one statement."""
    start = sentence.start
    if sentence.end - start > _LIST:
        for found in _SEMICOLON.finditer(source, sentence.start, sentence.end):
            yield from _no_longer(source, Part(start, found.end()))
            start = found.end() + 1
    while sentence.end - start > _LONGEST:
        cut = max(source.rfind(mark, start + _LONGEST // 2, start + _LONGEST) for mark in (";", ",", " "))
        cut = cut + 1 if cut > start else start + _LONGEST
        yield from _trimmed(source, start, cut)
        start = cut
    yield from _trimmed(source, start, sentence.end)


def split_clauses(source: str, sentence: Part) -> tuple[Part, ...]:
    """Return the clauses of a sentence; they follow each other without gaps and cover it."""
    cuts = [found.end() for found in _CLAUSE.finditer(source, sentence.start, sentence.end)]
    edges = [sentence.start, *(cut for cut in cuts if sentence.start < cut < sentence.end), sentence.end]
    return tuple(Part(one, other) for one, other in pairwise(edges) if other > one)


def _trimmed(source: str, start: int, end: int) -> Iterator[Part]:
    while start < end and source[start].isspace():
        start += 1
    while end > start and source[end - 1].isspace():
        end -= 1
    if end > start:
        yield Part(start, end)
