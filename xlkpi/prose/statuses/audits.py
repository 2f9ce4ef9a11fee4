"""Case file audits by grade: shares, counts, majorities, and runs of quarters without an inadequate one."""

from __future__ import annotations

import re

from xlkpi.model.number import plain, rounded
from xlkpi.model.period import Quarter
from xlkpi.prose.claim import Verdict
from xlkpi.prose.fact import ALL, AUDITS, BELOW_GOOD, GOOD_OR_BETTER, Fact, Measure
from xlkpi.prose.mentions import Form, How, Number, Role, Unit
from xlkpi.prose.scene import Scene, Told
from xlkpi.prose.sentences import Part
from xlkpi.prose.text import Paragraph, Sentence

_GRADED = re.compile(
    r"\b(?P<better>good\s+or\s+(?:better|outstanding|above)|outstanding\s+or\s+good)|\b(?P<below>(?:less|lower)\s+than\s+good|below\s+good|not\s+(?:yet\s+)?good)"
    r"|\b(?P<ri_up>requires?\s+improvement'?\s+or\s+better)|\b(?P<ri>requir(?:es?|ing)\s+improvement)|\b(?P<inadequate>inadequate)|\b(?P<outstanding>outstanding)|\b(?P<good>good)\b",
    re.IGNORECASE,
)
_PART = {
    "better": GOOD_OR_BETTER,
    "below": BELOW_GOOD,
    "ri_up": "requires improvement or better",
    "ri": "requires improvement",
    "inadequate": "inadequate",
    "outstanding": "outstanding",
    "good": "good",
}
_AUDITS = re.compile(r"\b(?:audit\w*|cases?\s+(?:file\s+)?graded|casework|case\s*file)\b", re.IGNORECASE)
_MAJORITY = re.compile(
    r"\b(?:the\s+|a\s+)?(?:vast\s+|large\s+|clear\s+)?majority\b|\bmost\b|\bmore\s+than\s+half\b", re.IGNORECASE
)
_MINORITY = re.compile(r"\b(?:the\s+|a\s+)?(?:small\s+)?minority\b|\b(?:less|fewer)\s+than\s+half\b", re.IGNORECASE)
_WITHOUT = re.compile(
    r"\s*quarters?\b(?:\s+in\s+a\s+row|\s+running)?[\w\s,]{0,30}?\b(?:with\s+no|without\s+any|without|with\s+zero|where\s+no|of\s+no|in\s+which\s+no)\b[\w\s]{0,25}?\binadequate\b",
    re.IGNORECASE,
)
_FRAMEWORK = re.compile(
    r"(?:\s+quarter)?\s+(?:to\s+)?(?:\w+\s+){0,3}?(?:from|under|using|of|with|since)\s+(?:\w+\s+){0,4}?framework\b",
    re.IGNORECASE,
)
_NO = re.compile(
    r"\b(?:no|none|zero|nil)\b(?:\s+of\s+(?:the|these|our))?\s+(?:case(?:\s+file)?s?|audits?|files?|cases\s+audited)?",
    re.IGNORECASE,
)
_OF = re.compile(r"\b(?:of|out\s+of)\s+(?:the\s+|our\s+)?$", re.IGNORECASE)
_WAS = re.compile(r"\s*(?:was|were|is|are|stood\s+at|reached|:|\()\s*(?:at\s+)?(?=[0-9])", re.IGNORECASE)
_HALF = 50
#: A name of more words than this is an indicator's title.
_TITLE = 4
_NEAR = 90


def read_audits(scene: Scene) -> None:
    """Take down the claims about case file audits."""
    if not scene.world.audits_by_quarter:
        return
    inspected = {one.start for one in scene.claims if one.kind == "inspection"}
    for paragraph, sentence in scene.sentences():
        if not inspected.isdisjoint(range(sentence.start, sentence.end)) or not _is_about(scene, paragraph, sentence):
            continue
        _runs(scene, sentence)
        for grade in scene.find(_GRADED, sentence):
            _grade(scene, sentence, grade)


def _is_about(scene: Scene, paragraph: Paragraph, sentence: Sentence) -> bool:
    """Return whether a sentence speaks of audits, and not of an indicator by its whole title."""
    for one in scene.within(scene.subjects, sentence):
        is_named = one.role is Role.INDICATOR and one.how in (How.CODE, How.TITLE)
        if is_named and len(scene.flat[one.start : one.end].split()) > _TITLE:
            return False
    is_graded = "graded" in scene.flat[sentence.start : sentence.end].lower()
    return bool(scene.find(_AUDITS, sentence)) or (is_graded and bool(scene.find(_AUDITS, paragraph)))


def _runs(scene: Scene, sentence: Sentence) -> None:
    for number in scene.within(scene.numbers, sentence):
        for pattern, part, what in (
            (_WITHOUT, "inadequate", "without an inadequate case"),
            (_FRAMEWORK, "framework", "under the present framework"),
        ):
            found = pattern.match(scene.flat, number.end)
            fact = scene.world.fact(AUDITS, Measure.RUN, scene.world.quarter, part)
            if not found or fact is None or not (number.form is Form.ORDINAL or part == "inadequate"):
                continue
            fits = number.value == fact.value
            reason = f"It is quarter {fact.value} in a row {what}."
            told = Told(
                "streak",
                Verdict.CONFIRMED if fits else Verdict.CONTRADICTED,
                f"{plain(number.value)} quarters {what}",
                plain(fact.value),
                reason,
                fact.cell,
            )
            scene.tell(number.start, found.end(), told, [number])


def _grade(scene: Scene, sentence: Sentence, grade: re.Match[str]) -> None:
    """Take down what is said of one grade: a share or a number before it or behind, else a majority or none."""
    part = _PART[str(grade.lastgroup)]
    if any(one.start <= grade.start() < one.end and one.kind == "streak" for one in scene.claims):
        return
    grades = scene.find(_GRADED, sentence)
    start = max([sentence.start, *(one.end() for one in grades if one.end() <= grade.start())])
    before = Part(max(start, grade.start() - _NEAR), grade.start())
    quarter = _quarter(scene, sentence, grade)
    if _numbers(scene, before):
        _tell_numbers(scene, before, grade, quarter, part)
        return
    if _WAS.match(scene.flat, grade.end()):
        end = min([sentence.end, *(one.start() for one in grades if one.start() >= grade.end())])
        _tell_numbers(
            scene, Part(grade.end(), end), grade, scene.quarter_of(sentence, grade.start(), grade.end()), part
        )
        return
    fact = scene.world.fact(AUDITS, Measure.SHARE, quarter, part)
    if fact is None:
        return
    for found in scene.find(_MAJORITY, before)[-1:]:
        _tell_words(scene, found, grade, "more than half", fact, fits=fact.value > _HALF)
        return
    for found in scene.find(_MINORITY, before)[-1:]:
        _tell_words(scene, found, grade, "less than half", fact, fits=fact.value < _HALF)
        return
    for found in scene.find(_NO, before)[-1:]:
        _tell_words(scene, found, grade, "none", fact, fits=fact.value == 0)


def _numbers(scene: Scene, part: Part) -> list[Number]:
    """Return the numbers of a part that may be a share or a count of cases."""
    found = [one for one in scene.within(scene.numbers, part) if one.form is Form.CARDINAL and not scene.is_used(one)]
    return [one for one in found if one.unit is Unit.PERCENT or (one.unit is Unit.NONE and not one.decimals)]


def _tell_numbers(scene: Scene, span: Part, grade: re.Match[str], quarter: Quarter, part: str) -> None:
    """Take down the share and the count beside a grade: the nearest of each, and how many were audited."""
    numbers = _numbers(scene, span)
    is_behind = span.start >= grade.end()
    shares = [one for one in numbers if one.unit is Unit.PERCENT]
    counts = [one for one in numbers if one.unit is Unit.NONE]
    for number in [*shares[:1], *counts[:2]] if is_behind else [*shares[-1:], *counts[-2:]]:
        is_base = number in counts and bool(_OF.search(scene.flat, span.start, number.start))
        measure = Measure.SHARE if number.unit is Unit.PERCENT else Measure.COUNT
        fact = scene.world.fact(AUDITS, measure, quarter, ALL if is_base else part)
        if fact is not None:
            _tell(scene, number, grade, fact, part)


def _quarter(scene: Scene, sentence: Sentence, grade: re.Match[str]) -> Quarter:
    """Return the quarter that is named nearest behind a grade; the reported one where none is."""
    behind = Part(grade.start(), min(sentence.end, grade.end() + _NEAR // 2))
    named = [one.periods[0] for one in scene.within(scene.periods, behind) if one.periods and not one.is_baseline]
    return named[0] if named and isinstance(named[0], Quarter) else scene.world.quarter


def _tell(scene: Scene, number: Number, grade: re.Match[str], fact: Fact, part: str) -> None:
    fits = rounded(fact.value, number.decimals) == rounded(number.value, number.decimals)
    sign = "%" if number.unit is Unit.PERCENT else ""
    of = "audited cases" if fact.part == ALL else f"audited cases graded {part}"
    told = Told(
        "share" if sign else "count",
        Verdict.CONFIRMED if fits else Verdict.CONTRADICTED,
        f"{plain(number.value)}{sign}",
        f"{rounded(fact.value, number.decimals)}{sign}",
        f"{'Share' if sign else 'Number'} of {of} in {fact.period.label}.",
        fact.cell,
    )
    scene.tell(min(number.start, grade.start()), max(number.end, grade.end()), told, [number])


def _tell_words(
    scene: Scene, found: re.Match[str], grade: re.Match[str], stated: str, fact: Fact, *, fits: bool
) -> None:
    told = Told(
        "share",
        Verdict.CONFIRMED if fits else Verdict.CONTRADICTED,
        stated,
        f"{rounded(fact.value, 0)}%",
        f"{rounded(fact.value, 0)}% of audited cases are graded {fact.part} in {fact.period.label}.",
        fact.cell,
    )
    scene.tell(found.start(), grade.end(), told, scene.within(scene.numbers, Part(found.start(), found.end())))
