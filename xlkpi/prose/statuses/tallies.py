"""Counts of measures by status as a list without verbs: ``Green - 5; Amber - 2; Red - 4; Monitoring - 6``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from xlkpi.calculate.status import Status
from xlkpi.model.number import plain, rounded
from xlkpi.prose.claim import Verdict
from xlkpi.prose.mentions import Form, Number, Unit
from xlkpi.prose.ratings import RATED, stand
from xlkpi.prose.scene import Scene, Told
from xlkpi.prose.sentences import Part
from xlkpi.prose.statuses.bases import base_of_share
from xlkpi.prose.statuses.measures import section_above
from xlkpi.prose.tables.cells import status_words
from xlkpi.prose.text import Paragraph

_WORDS = (
    (
        frozenset({Status.ON}),
        r"(?:green|(?-i:G)|(?:on|at|met|meeting|achieved)(?:\s+(?:or\s+(?:above|better\s+than)\s+)?target)?)",
    ),
    (frozenset({Status.INSIDE}), r"(?:amber|yellow|(?-i:A)|(?:within|inside)\s+tolerance)"),
    (frozenset({Status.OUTSIDE}), r"(?:red|(?-i:R)|outside\s+tolerance)"),
    (
        frozenset({Status.NO_TARGET}),
        r"(?:monitor(?:ing|ed)?(?:\s+only)?|no\s+(?:targets?|rag)(?:\s+set)?|not\s+(?:rag[\s-]?)?rated|unrated|data\s+only)",
    ),
    (
        frozenset({Status.NO_DATA}),
        r"(?:no\s+data|not\s+(?:yet\s+)?(?:available|reported)|awaiting\s+(?:data|information)|data\s+(?:awaited|pending))",
    ),
)
_ENTRY = re.compile(
    rf"(?<![\w-])(?:{'|'.join(rf'(?P<s{place}>{words})' for place, (_, words) in enumerate(_WORDS))})"
    r"(?:\s+(?:measures|indicators|kpis|rated))?(?:\s*(?:[:=\u2013\u2014-]|\()\s*|\s{2,}|\s(?=[0-9]{1,3}\s*(?:[,;(]|\.(?![0-9])|$|and\b)))(?=[0-9]{1,3}\b(?![.,]?[0-9]|\s*%|/))",
    re.IGNORECASE,
)
#: A coloured sign and its count, with or without words behind: ``\U0001f7e2 5 on target``.
_SIGNED = re.compile(
    r"(?P<sign>[\U0001f7e2\U0001f7e0\U0001f7e1\U0001f534])\ufe0f?\s*(?=[0-9]{1,3}\b(?![.,]?[0-9]|\s*%|/))"
)
_BEHIND = re.compile(
    r"(?:\s+(?:measures|indicators|kpis|on|off|at|met|close\s+to|near(?:ly)?|within|in|inside|outside|out\s+of|target|tolerance))*"
)
_BETWEEN = re.compile(r"(?:\s*\([0-9.]+\s*%\))?\)?[\s;,.|/\u2022*-]*(?:and\s+)?", re.IGNORECASE)
_BRACKET = re.compile(r"\s*\(\s*[0-9.]+\s?%\s*\)")
_LEAST = 2  # entries of a list


@dataclass(frozen=True)
class _Entry:
    part: Part
    statuses: frozenset[Status]
    number: Number


def read_tallies(scene: Scene, taken: set[int]) -> None:
    """Take down the counts of lists by status, where the figures show that they are of the measures.

    Args:
        scene: The draft.
        taken: Where status phrases start that something else has read; those read here are added.
    """
    run: list[_Entry] = []
    for paragraph in scene.text.paragraphs:
        entries = list(_entries(scene, paragraph))
        if run and not entries:
            _tell(scene, run, taken)
            run = []
        run += entries
    _tell(scene, run, taken)


def _entries(scene: Scene, paragraph: Paragraph) -> Iterator[_Entry]:
    """Yield the entries of a paragraph that has nothing behind the first of them but others."""
    signed = list(_signed(scene, paragraph))
    if len({one.statuses for one in signed}) == len(RATED):
        yield from signed
        return
    at = -1
    found: list[_Entry] = []
    for match in scene.find(_ENTRY, Part(paragraph.body, paragraph.end)):
        numbers = scene.within(scene.numbers, Part(match.end() - 1, match.end() + 1))
        is_count = len(numbers) == 1 and numbers[0].form is Form.CARDINAL and numbers[0].unit is Unit.NONE
        if not is_count or (at >= 0 and not _BETWEEN.fullmatch(scene.flat, at, match.start())):
            break
        statuses = next(one for place, (one, _) in enumerate(_WORDS) if match[f"s{place}"])
        at = numbers[0].end
        found.append(_Entry(Part(match.start(), at), statuses, numbers[0]))
    is_whole = len({one.statuses for one in found if one.statuses <= RATED}) == len(RATED)
    if found and (is_whole or _BETWEEN.fullmatch(scene.flat, at, paragraph.end)):
        yield from found


def _signed(scene: Scene, paragraph: Paragraph) -> Iterator[_Entry]:
    """Yield the counts behind coloured signs."""
    for match in scene.find(_SIGNED, Part(paragraph.body, paragraph.end)):
        for number in scene.within(scene.numbers, Part(match.end(), match.end() + 1)):
            behind = _BEHIND.match(scene.flat, number.end, paragraph.end)
            end = behind.end() if behind else number.end
            yield _Entry(Part(match.start(), end), status_words(match["sign"]), number)


def _tell(scene: Scene, entries: Sequence[_Entry], taken: set[int]) -> None:
    """Take down a list: of the section above or of all measures; nothing where most of it is of something else."""
    if len(entries) < _LEAST or len({one.statuses for one in entries}) < len(entries):
        return
    sections = dict.fromkeys((section_above(scene, entries[0].part), ""))
    section = max(sections, key=lambda one: sum(_fits(scene, entry, one) for entry in entries))
    hits = sum(_fits(scene, entry, section) for entry in entries)
    rated = [one for one in entries if one.statuses <= RATED]
    is_whole = sum(one.number.value for one in rated) == scene.world.count(RATED, section).value and len(rated) > _LEAST
    if 2 * hits < len(entries) + 1 and not is_whole:
        return
    for one in entries:
        fact = scene.world.count(one.statuses, section)
        fits = _fits(scene, one, section)
        where = f" in {section}" if section else ""
        base = scene.world.count(list(Status), section).value
        told = Told(
            "count of measures",
            Verdict.CONFIRMED if fits else Verdict.CONTRADICTED,
            plain(one.number.value),
            plain(fact.value),
            f"{fact.value} of {base} measures{where} {stand(one.statuses)}.",
            fact.cell,
        )
        scene.tell(one.part.start, one.part.end, told, [one.number])
        _tell_share(scene, one, section)
        taken.update(phrase.start for phrase in scene.within(scene.statuses, one.part))


def _tell_share(scene: Scene, entry: _Entry, section: str) -> None:
    """Take down the share that stands in brackets behind a count: ``Green 5 (45%)``."""
    behind = _BRACKET.match(scene.flat, entry.part.end)
    for number in scene.within(scene.numbers, Part(entry.part.end, behind.end())) if behind else ():
        fact = scene.world.share(entry.statuses, section)
        fits = Fraction(rounded(fact.value, number.decimals)) == number.value
        fits = fits or base_of_share(scene, entry.statuses, number, section, scene.world.quarter) is not None
        told = Told(
            "share of measures",
            Verdict.CONFIRMED if fits else Verdict.CONTRADICTED,
            f"{plain(number.value)}%",
            f"{rounded(fact.value, number.decimals)}%",
            f"Share of the measures that {stand(entry.statuses)}.",
            fact.cell,
        )
        scene.tell(number.start, number.end, told, [number])


def _fits(scene: Scene, entry: _Entry, section: str) -> bool:
    return scene.world.count(entry.statuses, section).value == entry.number.value
