"""Words that name a status of which measures are counted, each with what it means."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from xlkpi.calculate.status import Status
from xlkpi.model.period import Quarter
from xlkpi.prose.mentions import Level, Number, StatusPhrase, Unit
from xlkpi.prose.ratings import WITH_TARGET, statuses_of
from xlkpi.prose.scene import Scene
from xlkpi.prose.sentences import Part
from xlkpi.prose.text import Sentence

_ARTICLE = r"(?:an?\s+|the\s+|their\s+|its\s+|own\s+|agreed\s+|contract\s+|set\s+|clear\s+)*"
_HAVE_TARGET = re.compile(
    rf"\b(?:measured|judged|assessed|monitored|rated|reported|tracked)\s+against\s+{_ARTICLE}targets?\b"
    rf"|\b(?:have|has|having|had|with|carr(?:y|ies|ied))\s+(?:now\s+)?{_ARTICLE}targets?\b(?!\s+(?:date|of))",
    re.IGNORECASE,
)
#: ``two are outside``, ``one inside and one outside tolerance``: the tolerance is named once.
_FEW = "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
_SHORT = re.compile(
    rf"(?:\b(?:is|are|was|were|falls?|fell|lies?|lay|stands?|stood|sits?|sat|gone|went|come|came|slipped|dropped|moved|{_FEW})|[0-9]|%\)?)\s+(?P<where>outside|inside|within|beyond|out(?!\s+of)|below(?=\s+(?:it|that)\b))(?:\s+(?:it|them|that))?(?=\s*[:;,.()]|\s+(?:and|which|then|at\s+(?:that|the)\s+time)\b|$)",
    re.IGNORECASE,
)
#: ``two on, six outside``: behind a count alone.
_SHORTEST = re.compile(
    rf"(?:\b(?:{_FEW}|none)|[0-9])\s+(?P<where>on|in|off)(?=\s*[:;,.()]|\s+and\b|$)",
    re.IGNORECASE,
)
#: A status in one word, where a count stands before it.
SHORT_FOR = (
    dict.fromkeys(("on", "met"), Status.ON)
    | dict.fromkeys(("inside", "within", "in"), Status.INSIDE)
    | dict.fromkeys(("outside", "beyond", "out", "below", "off"), Status.OUTSIDE)
)
_BAND = re.compile(r"toleran|band\b|target", re.IGNORECASE)
#: ``Nine indicators carry a target; four meet it``.
_MEET_IT = re.compile(r"\b(?:meets?|met|reach(?:es|ed)?|hit|exceed(?:s|ed)?)\s+(?:it|them|theirs)\b", re.IGNORECASE)
_OFF = frozenset({Status.INSIDE, Status.OUTSIDE})
_BUT = re.compile(r",?\s+but\s+(?:still\s+|are\s+|is\s+)*|\s+", re.IGNORECASE)
#: ``of eleven measures five were met, two were close and three were missed``, ``six of our nine promises were kept``.
_KEPT = re.compile(
    r"\s+(?:(?:of\s+(?:our|the|these)\s+(?:[\w-]+\s+)?(?:promises|targets|measures|indicators|goals|standards)\s+)?(?:(?:have|had)\s+been|were|was|are|is)\s+)?"
    r"(?P<words>(?P<on>met|kept(?:\s+in\s+full)?|achieved)|(?P<inside>close|nearly\s+met)|(?P<outside>missed))(?=\s*[,;.)]|\s+(?:and|while|by)\b|$)",
    re.IGNORECASE,
)
_UNION = re.compile(r"\s*(?:or|and|/|and/or|,)\s*(?:are\s+|rated\s+)?", re.IGNORECASE)


@dataclass(frozen=True)
class Counted:
    """Words that name a status of which measures are counted.

    Attributes:
        part: The words.
        statuses: What they mean.
        loose: What they may mean where they are not one of the agreed phrases; the same as ``statuses`` where they are.
        is_loose: Whether they name the target, or nothing, for what is a matter of the tolerance.
        quarter: Of which they speak; None for the quarter reported.
        is_past: Whether they speak of an earlier one that the draft does not name for certain.
    """

    part: Part
    statuses: frozenset[Status]
    loose: frozenset[Status]
    is_loose: bool = False
    quarter: Quarter | None = None
    is_past: bool = False


def marks_in(scene: Scene, sentence: Sentence, *, goes_on: bool = False) -> list[Counted]:
    """Return the words of a sentence that name a status, in order.

    Args:
        scene: The draft.
        sentence: Which.
        goes_on: Whether the sentence before counted measures, so that words suffice which alone would not name a status.
    """
    found = _united(scene, [counted_as(one) for one in scene.within(scene.statuses, sentence)])
    kept = _kept(scene, sentence, goes_on=goes_on and not found)
    found += [one for one in kept if not any(_meet(one.part, other.part) for other in found)]
    if goes_on or any(_BAND.search(scene.flat, one.part.start, one.part.end) for one in found):
        for short in scene.find(_SHORT, sentence):
            statuses = frozenset({SHORT_FOR[short["where"].lower()]})
            found.append(Counted(Part(short.start("where"), short.end()), statuses, statuses))
        for short in scene.find(_SHORTEST, sentence) if goes_on else ():
            statuses = frozenset({SHORT_FOR[short["where"].lower()]})
            found.append(Counted(Part(*short.span("where")), statuses, statuses))
    haves = scene.find(_HAVE_TARGET, sentence)
    for met in scene.find(_MEET_IT, sentence) if haves else ():
        if met.start() > haves[0].end():
            found.append(Counted(Part(*met.span()), frozenset({Status.ON}), frozenset({Status.ON})))
    for have in haves:
        if all(one.part.end <= have.start() or one.part.start >= have.end() for one in found):
            told = any(
                one.kind == "movement" and one.start < have.end() and have.start() < one.end for one in scene.claims
            )
            if not told:
                found.append(Counted(Part(have.start(), have.end()), WITH_TARGET, WITH_TARGET))
    return sorted(_told_apart(found), key=lambda one: one.part.start)


def _meet(one: Part, other: Part) -> bool:
    return one.start < other.end and other.start < one.end


def _kept(scene: Scene, sentence: Sentence, *, goes_on: bool) -> Iterator[Counted]:
    """Yield words such as ``met``, ``close`` and ``missed`` behind counts, where the sentence says of how many measures."""
    numbers = scene.within(scene.numbers, sentence)
    if not goes_on and not any(counts_measures(scene, one) for one in numbers):
        return
    for number in numbers:
        if found := _KEPT.match(scene.flat, number.end, sentence.end):
            level = next(one for one in (Status.ON, Status.INSIDE, Status.OUTSIDE) if found[one.name.lower()])
            yield Counted(Part(*found.span("words")), frozenset({level}), frozenset({level}))


#: ``of our nine promises``: what else a draft may call its measures, where their number is right.
_CALLED = re.compile(
    r"\s+(?:(?:contract|key|performance)\s+)*(?:measures|indicators|kpis|targets|promises|goals|standards|commitments)\b",
    re.IGNORECASE,
)


def counts_measures(scene: Scene, number: Number) -> bool:
    """Return whether a number is that of all measures, and says so."""
    is_all = number.unit is Unit.NONE and number.value == len(scene.world.contract)
    return is_all and bool(_CALLED.match(scene.flat, number.end))


def _told_apart(marks: Sequence[Counted]) -> list[Counted]:
    """Return the marks, those off target as outside tolerance where others are inside: ``seven within tolerance, two off``."""
    if all(one.statuses != {Status.INSIDE} for one in marks):
        return list(marks)
    outside = frozenset({Status.OUTSIDE})
    return [replace(one, statuses=outside, loose=outside) if one.statuses == _OFF else one for one in marks]


def _united(scene: Scene, marks: Sequence[Counted]) -> list[Counted]:
    """Return the marks with those that are joined by ``or`` made one: ``Green or Amber``."""
    found: list[Counted] = []
    for one in marks:
        last = found[-1] if found else None
        if (
            last
            and last.statuses == _OFF
            and one.statuses == {Status.INSIDE}
            and _BUT.fullmatch(scene.flat, last.part.end, one.part.start)
        ):
            found[-1] = Counted(Part(last.part.start, one.part.end), one.statuses, one.statuses)
        elif last and _UNION.fullmatch(scene.flat, last.part.end, one.part.start) and not one.is_loose:
            found[-1] = Counted(
                Part(last.part.start, one.part.end), last.statuses | one.statuses, last.loose | one.loose
            )
        else:
            found.append(one)
    return found


def counted_as(phrase: StatusPhrase) -> Counted:
    """Return the words that name a status with what they mean where measures are counted."""
    statuses = statuses_of(phrase)
    is_loose = phrase.level is Level.WITHIN_OR_BETTER and "toleran" not in phrase.words
    loose = statuses | {Status.INSIDE} if Status.ON in statuses and is_loose else statuses
    if statuses == _OFF and ("track" in phrase.words or phrase.words.startswith("below")):
        loose = frozenset({Status.OUTSIDE})  # of three columns, the last
    return Counted(phrase, statuses, loose, is_loose)
