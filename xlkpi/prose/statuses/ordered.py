"""Statuses of two measures that were named just before: ``The first is on target; the second is not``."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from xlkpi.prose.mentions import Role, StatusPhrase
from xlkpi.prose.ratings import COLOURS
from xlkpi.prose.scene import Scene
from xlkpi.prose.sentences import Part
from xlkpi.prose.statuses.measures import LEAD, Group
from xlkpi.prose.statuses.named import tell_status
from xlkpi.prose.text import Paragraph, Sentence

#: A word that goes back to one of two, with a statement behind it.
_WHICH = re.compile(
    r"\bthe\s+(?:(?P<first>first|former)|(?P<second>second|latter))(?:\s+(?:of\s+(?:these|them|the\s+two)|one|measure|indicator))?"
    r"(?=,?\s+(?:(?:now|still|only|just|again|also)\s+)*(?:is|are|was|were|has|have|had|remains?|met|meets|missed|misses|did|does|stands?|stood|sits?|inside|outside|within|on|off|above|below|red|amber|green)\b)",
    re.IGNORECASE,
)
_DOES_NOT = re.compile(
    r",?\s+(?:is|are|was|were|has|have|had|did|does)(?:\s+not|n['\u2019]t)(?=\s*(?:[.;,)]|$))", re.IGNORECASE
)
_COLOUR = re.compile(
    r",?\s+(?:(?:is|was|remains?|now|still)\s+)*(?P<colour>red|amber|green)(?=\s*(?:[.;,)]|$))", re.IGNORECASE
)
#: ``Both are on target``, ``neither met its target``.
_PAIR = re.compile(rf"\W*{LEAD}(?:(?P<both>both)|(?P<neither>neither))(?:\s+of\s+(?:them|these))?\s+", re.IGNORECASE)
_TWO = 2


def read_ordered(scene: Scene, taken: set[int]) -> None:
    """Take down what is said of the first and the second of two measures, the former and the latter.

    Args:
        scene: The draft.
        taken: Where status phrases start that something has read; those read here are added.
    """
    for paragraph, sentence in scene.sentences():
        said = scene.find(_WHICH, sentence)
        codes = _pair_before(scene, paragraph, sentence, said[0].start()) if said else ()
        if codes:
            _read(scene, taken, sentence, said, codes)
        if pair := _PAIR.match(scene.flat, sentence.start, sentence.end):
            _both(scene, taken, sentence, pair, _pair_before(scene, paragraph, sentence, sentence.start))


def _read(
    scene: Scene, taken: set[int], sentence: Sentence, said: Sequence[re.Match[str]], codes: Sequence[str]
) -> None:
    edges = [*(one.start() for one in said), sentence.end]
    last: StatusPhrase | None = None
    for found, (start, end) in zip(said, pairwise(edges), strict=True):
        phrase = _phrase(scene, Part(found.end(), end), last)
        if phrase is None or phrase.start in taken or scene.is_hypothetical(sentence, phrase.start):
            continue
        taken.add(phrase.start)
        code = codes[0 if found["first"] else 1]
        quarter = scene.quarter_of(sentence, phrase.start, phrase.end)
        tell_status(scene, Group(start, found.end(), (code,)), phrase, code, quarter)
        last = phrase


def _both(scene: Scene, taken: set[int], sentence: Sentence, pair: re.Match[str], codes: Sequence[str]) -> None:
    """Take down what is said of both, or of neither."""
    phrases = scene.within(scene.statuses, sentence)[:1]
    clean = phrases and not scene.within(scene.subjects, Part(sentence.start, phrases[0].start))
    if not clean or phrases[0].start in taken or scene.is_hypothetical(sentence, phrases[0].start):
        return
    for code in codes:
        taken.add(phrases[0].start)
        quarter = scene.quarter_of(sentence, phrases[0].start, phrases[0].end)
        group = Group(pair.start(), pair.end(), (code,), every="none" if pair["neither"] else "")
        tell_status(scene, group, phrases[0], code, quarter)


def _phrase(scene: Scene, part: Part, last: StatusPhrase | None) -> StatusPhrase | None:
    """Return what a clause says: its own status, a colour alone, or the one before it turned around."""
    if denied := _DOES_NOT.match(scene.flat, part.start, part.end):
        return _turned(last, Part(denied.start() + 1, denied.end())) if last is not None else None
    phrases = scene.within(scene.statuses, part)[:1]
    clean = phrases and not scene.within(scene.subjects, Part(part.start, phrases[0].start))
    if clean and not re.search(r"[.;:,]", scene.flat[part.start : phrases[0].start].lstrip(" ,")):
        return phrases[0]
    if colour := _COLOUR.match(scene.flat, part.start, part.end):
        word = colour["colour"].lower()
        return StatusPhrase(*colour.span("colour"), COLOURS[word], word, negated=False)
    return None


def _turned(phrase: StatusPhrase, part: Part) -> StatusPhrase:
    """Return a status turned around, as it stands in a part of the text that does not say it again."""
    return replace(phrase, start=part.start, end=part.end, words=f"not {phrase.words}", negated=not phrase.negated)


def _pair_before(scene: Scene, paragraph: Paragraph, sentence: Sentence, start: int) -> Sequence[str]:
    """Return the two measures named before a place in its sentence, else in the one before; none where there are not two."""
    at = paragraph.sentences.index(sentence)
    own = Part(sentence.start, start)
    for part in (own, *paragraph.sentences[max(0, at - 1) : at]):
        named = [one for one in scene.within(scene.subjects, part) if one.role is Role.INDICATOR]
        codes = list(dict.fromkeys(one.names[0] for one in named))
        if named:
            is_pair = len(codes) == len(named) == _TWO and all(code in scene.world.contract for code in codes)
            return codes if is_pair else ()
    return ()
