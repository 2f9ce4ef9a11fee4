"""Numbers that belong to a name, such as ``26 or more`` or ``within 45 days``, where a draft has another one."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from xlkpi.prose.claim import Finding, Severity
from xlkpi.prose.findings.look import Look, Rule
from xlkpi.prose.mentions.flat import flat
from xlkpi.prose.mentions.tokens import Token, tokens
from xlkpi.prose.sentences import Part

OTHER = Rule("another number than in the name", Severity.MEDIUM)

#: Where no such number stands, no name with one does: that is seen before the words are read one by one.
_NUMBER = re.compile(
    r"(?:[0-9]|\b(?:one|two|three|four|five|six|eight|ten|twelve|twenty-six))[\s-]*(?:\+|(?:working\s+)?(?:day|hour|week|month|year|yr)|(?:or|and)"
    r"\s+(?:more|over)|-|\u2013|to\b|and\b)",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"[0-9]+")
_LEAST = 2  # words that make a name
_GAP = 30  # signs between two of them


def find(look: Look) -> Iterator[Finding]:
    """Yield the names of indicators that stand in the draft with another number than in the register."""
    wordings = _wordings(look)
    if not wordings:
        return
    for one in look.scene.text.paragraphs:
        parts = one.cells or one.sentences if look.scene.find(_NUMBER, one) else ()
        for part in parts:
            yield from _in_part(look, part, wordings)


def _wordings(look: Look) -> Mapping[str, Sequence[tuple[tuple[str, ...], str, str]]]:
    """Return the names that hold a number, by their first word: their words, the indicator and the name itself."""
    found: dict[str, list[tuple[tuple[str, ...], str, str]]] = defaultdict(list)
    for code, indicator in look.scene.world.by_code.items():
        for words in filter(_NUMBER.search, (indicator.title, *indicator.aliases)):
            standing = [one for one in tokens(flat(words)) if one.key]
            keys = tuple(one.key for one in standing)
            if len(keys) >= _LEAST and any(one.has_number for one in standing):
                found[_kind(keys[0])].append((keys, code, words))
    return {key: all_ for key, all_ in found.items() if all_}


def _kind(key: str) -> str:
    """Return a word with its number left out: ``26weeks`` is of the kind ``#weeks``."""
    return _DIGITS.sub("#", key) if key[:1].isdigit() else key


def _in_part(
    look: Look, part: Part, wordings: Mapping[str, Sequence[tuple[tuple[str, ...], str, str]]]
) -> Iterator[Finding]:
    standing = [one for one in tokens(look.scene.flat, part.start, part.end) if one.key]
    told: set[int] = set()
    for place, word in enumerate(standing):
        near = [
            (keys, code, words, standing[place : place + len(keys)])
            for keys, code, words in wordings.get(_kind(word.key), ())
        ]
        alike = [one for one in near if [_kind(token.key) for token in one[3]] == [_kind(key) for key in one[0]]]
        if any([token.key for token in run] == list(keys) for keys, _, _, run in alike):
            continue
        for keys, code, words, run in alike:
            wrong = next(token for key, token in zip(keys, run, strict=True) if key != token.key)
            if wrong.start not in told and _is_close(run):
                told.add(wrong.start)
                said = look.scene.between(wrong.start, wrong.end)
                what = f"\u201c{said}\u201d: the name of {code} in the register is \u201c{words}\u201d."
                yield look.finding(OTHER, Part(wrong.start, wrong.end), what, "Write the number that the register has.")


def _is_close(run: Sequence[Token]) -> bool:
    """Return whether words stand together, with a few lesser ones between them at most."""
    return all(other.start - one.end <= _GAP for one, other in pairwise(run))
