"""Figures of case file audits: how many cases had which grade, and their share."""

from __future__ import annotations

import re
from collections.abc import Sequence

from xlkpi.model.period import Quarter
from xlkpi.prose.fact import ALL, AUDITS, GOOD_OR_BETTER, Measure
from xlkpi.prose.figures.dated import Dated
from xlkpi.prose.figures.reading import Reading, label
from xlkpi.prose.mentions import Form, Number, Unit
from xlkpi.prose.scene import Scene
from xlkpi.prose.sentences import Part
from xlkpi.prose.text import Paragraph, Sentence

_AUDIT = re.compile(r"\baudit(?:s|ed|ing)?\b", re.IGNORECASE)
_GRADES = re.compile(
    r"(?P<better>\b(?:good|outstanding)\s+(?:or|and)\s+(?:better|outstanding|above|good)\b)"
    r"|(?P<least>\brequir(?:es|ed|ing)\s+improvement\s*'?\s+or\s+(?:better|above)\b)"
    r"|(?P<requires>\brequir(?:es|ed|ing)\s+improvement\b)|(?P<inadequate>\binadequate\b)"
    r"|(?P<outstanding>\boutstanding\b)|(?P<good>\bgood\b)",
    re.IGNORECASE,
)
_PARTS = {
    "better": GOOD_OR_BETTER, "least": "requires improvement or better", "requires": "requires improvement",
    "inadequate": "inadequate", "outstanding": "outstanding", "good": "good",
}  # fmt: skip


def audit_readings(
    scene: Scene, paragraph: Paragraph, sentence: Sentence, number: Number, dated: Dated
) -> Sequence[Reading] | None:
    """Return what a number may state of the audits; None where it is not about their grades.

    Args:
        scene: The draft.
        paragraph: Where the number stands.
        sentence: Where it stands there.
        number: The number.
        dated: Its period.
    """
    facts = scene.world.facts_of(AUDITS)
    if not facts or number.form is not Form.CARDINAL or not _AUDIT.search(scene.flat, paragraph.start, sentence.end):
        return None
    grade = _grade(scene, sentence, number) or _gone_on(scene, paragraph, sentence, number)
    if not grade and not re.match(
        r"\s+(?:cases?|files?|audits?)\s+(?:\w+\s+){0,2}?(?:were\s+)?audit",
        scene.flat[number.end : number.end + 40],
        re.IGNORECASE,
    ):
        return None
    period = dated.period if isinstance(dated.period, Quarter) else scene.world.quarter
    part = grade or ALL
    measure, unit = (Measure.SHARE, Unit.PERCENT) if number.unit is Unit.PERCENT else (Measure.COUNT, Unit.NONE)
    fact = scene.world.fact(AUDITS, measure, period, part)
    if fact is None:
        return None
    total = scene.world.fact(AUDITS, Measure.COUNT, period, ALL)
    count = scene.world.fact(AUDITS, Measure.COUNT, period, part)
    how = f"{count.value} of {total.value}" if total and count and grade else ""
    words = f"graded {grade}" if grade else "that were audited"
    return (Reading(fact.value, unit, "", fact.cell, f"cases {words} in {label(period)}: {{}}", how),)


def _grade(scene: Scene, sentence: Sentence, number: Number) -> str:
    """Return the grade that stands behind a number and before the next one, or for a share before it; empty where none does."""
    following = [one.start for one in scene.within(scene.numbers, sentence) if one.start > number.start]
    end = min([sentence.end, *following])
    found = _GRADES.search(scene.flat, number.end, end)
    if found is None and number.unit is Unit.PERCENT:  # "54 of the 66 were good or outstanding (82%), up from 77%"
        before = scene.find(_GRADES, Part(sentence.start, number.start))
        found = before[-1] if before and _AGAIN.fullmatch(scene.flat, before[-1].end(), number.start) else None
    return _PARTS[str(found.lastgroup)] if found else ""


def _gone_on(scene: Scene, paragraph: Paragraph, sentence: Sentence, number: Number) -> str:
    """Return the grade of which a number leaves out that it is: ``Four were inadequate, seven the year before``."""
    dated = scene.within(scene.periods, Part(number.end, min(sentence.end, number.end + _NEXT)))[:1]
    before = scene.find(_GRADES, Part(sentence.start, number.start))
    if before and dated and _THEN.fullmatch(scene.flat, number.end, dated[0].start):
        return _PARTS[str(before[-1].lastgroup)]
    at = paragraph.sentences.index(sentence)
    if before or not at or number.unit is not Unit.PERCENT or not _THE_SAME.match(scene.flat, sentence.start):
        return ""
    earlier = scene.find(_GRADES, paragraph.sentences[at - 1])
    return _PARTS[str(earlier[-1].lastgroup)] if earlier else ""


_NEXT = 24
_THEN = re.compile(r"\s+(?:in\s+|at\s+)?(?:the\s+)?", re.IGNORECASE)
#: ``The equivalent a year earlier was 44%``.
_THE_SAME = re.compile(
    r"\W*(?:(?:the|a)\s+(?:equivalent|comparable|corresponding|figure|share|proportion|percentage|rate|same)|it|this|that)\b",
    re.IGNORECASE,
)
_AGAIN = re.compile(
    r"\s*(?:,\s*)?(?:\(\s*|(?:\([0-9.]+\s?%\)|[^.;:()0-9]{0,40}?),?\s*(?:up|down|compared|against|from|rose|fell)\b[^.;:()0-9]{0,30})",
    re.IGNORECASE,
)
