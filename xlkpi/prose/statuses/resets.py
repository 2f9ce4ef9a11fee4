"""Targets and tolerances that were set anew: ``the tolerance was tightened from 24% to 23%``."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from xlkpi.model.number import plain
from xlkpi.model.period import Quarter
from xlkpi.prose.claim import Verdict
from xlkpi.prose.fact import Fact, Measure
from xlkpi.prose.mentions import Form, Number
from xlkpi.prose.scene import Scene, Told
from xlkpi.prose.sentences import Part
from xlkpi.prose.statuses.measures import named_group
from xlkpi.prose.tables.cells import has_wrong_unit, matches
from xlkpi.prose.text import Paragraph, Sentence

_VERB = (
    r"(?:raised|increased|lifted|lowered|reduced|cut|dropped|tightened|loosened|relaxed|eased|widened|narrowed|changed|moved|revised|reset"
    r"|stretched|adjusted|amended|went|rose|fell)"
)
_BEFORE = re.compile(
    rf"\b(?P<level>target|tolerance)s?\b(?:[^.;:,%]{{0,60}}?\b(?:was|were|been|is|are|being|to\s+be)\s+(?:\w+ly\s+|then\s+|now\s+)?"
    rf"|,?\s+(?:(?:now|which|recently|having\s+been)\s+)?){_VERB}\b[^.;:0-9]{{0,40}}?\b(?P<side>from|to)\s+(?:just\s+)?$",
    re.IGNORECASE,
)
#: ``The tolerance is now 23%, tightened from`` 24%.
_BEHIND = re.compile(
    rf"\b(?P<level>target|tolerance)s?\b[^.;:,0-9]{{0,30}}?\b[0-9][0-9.,]*\s?%?\w*,?\s+\(?(?:{_VERB}|up|down|having\s+been\s+\w+)\s+(?P<side>from)\s+$",
    re.IGNORECASE,
)
#: Before the name of a level that is no subject: ``performance against the target rose from``.
_NO_SUBJECT = re.compile(
    r"\b(?:against|below|above|on|of|missed|met|hit|within|inside|outside|beyond|than|off|under|over|from|at)\s+(?:(?:the|its|our|their|contract)\s+)*$",
    re.IGNORECASE,
)
_SAID = (_BEFORE, _BEHIND)
_TO = re.compile(r"[^.;:0-9]{0,30}?\bto\s+(?:just\s+)?", re.IGNORECASE)
#: What is still to come, or was not done.
_NOT_SO = re.compile(
    r"\b(?:will|shall|would|should|could|(?-i:may)|might|if|whether|propos\w+|recommend\w+|request\w*|ask\w*|consider\w*|not|be)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class _Reset:
    """A level that was set anew.

    Attributes:
        start: Where the draft begins to say it.
        level: ``target`` or ``tolerance``.
        then: What it was; None where that is not said.
        now: What it is since; None where that is not said.
    """

    start: int
    level: str
    then: Number | None
    now: Number | None


_KIND = "{} set anew"
SET_ANEW = frozenset(_KIND.format(level) for level in ("target", "tolerance"))
_MEASURES = {"target": Measure.TARGET, "tolerance": Measure.TOLERANCE}


def read_resets(scene: Scene) -> None:
    """Take down what a draft says of levels that were set anew; of those that are proposed, that they cannot be checked."""
    for paragraph, sentence in scene.sentences():
        for number in scene.within(scene.numbers, sentence):
            said = next((one for how in _SAID if (one := how.search(scene.flat, sentence.start, number.start))), None)
            if (
                said is None
                or number.form is not Form.CARDINAL
                or _NO_SUBJECT.search(scene.flat, sentence.start, said.start())
            ):
                continue
            reset = _read(scene, sentence, said, number)
            if _NOT_SO.search(scene.flat, sentence.start, number.start):
                _set_aside(scene, reset)
            elif code := _whose(scene, paragraph, sentence, number.start):
                _tell(scene, code, reset)


def _read(scene: Scene, sentence: Part, said: re.Match[str], number: Number) -> _Reset:
    is_from = said["side"].lower() == "from"
    behind = scene.within(scene.numbers, Part(number.end, sentence.end))[:1] if is_from else []
    other = behind[0] if behind and _TO.fullmatch(scene.flat, number.end, behind[0].start) else None
    then, now = (number, other) if is_from else (None, number)
    return _Reset(said.start(), said["level"].lower(), then, now)


def _set_aside(scene: Scene, reset: _Reset) -> None:
    for number in (reset.then, reset.now):
        if number is not None:
            reason = f"It is a {reset.level} that is proposed or was not set, which the workbook does not have."
            told = Told(
                _KIND.format(reset.level), Verdict.NOT_CHECKABLE, _shown(number.value, number.unit.value), reason=reason
            )
            scene.tell(number.start, number.end, told, [number])


def _whose(scene: Scene, paragraph: Paragraph, sentence: Sentence, at: int) -> str:
    """Return the measure named last before a place, or the only one of its paragraph; empty where there is none."""
    group = named_group(scene, sentence, at, paragraph)
    codes = set(group.codes) if group is not None else set()
    if not codes:
        codes = {found[0] for _, found in scene.contract_codes(Part(paragraph.start, sentence.start))}
    return codes.pop() if len(codes) == 1 else ""


def _tell(scene: Scene, code: str, reset: _Reset) -> None:
    """Take down both levels as those of the step that they fit best, or the new one where the workbook knows but one."""
    levels = _levels(scene, code, _MEASURES[reset.level])
    steps: Sequence[tuple[Fact | None, Fact]] = [*pairwise(levels)] or [(None, one) for one in levels]
    if not steps:
        return
    before, after = max(steps, key=lambda one: (_fits(one[0], reset.then), _fits(one[1], reset.now)))
    start = reset.start
    for number, fact in ((reset.then, before), (reset.now, after)):
        if number is not None:
            scene.tell(start, number.end, _told(code, reset.level, number, fact), [number])
            start = number.end


def _levels(scene: Scene, code: str, measure: Measure) -> Sequence[Fact]:
    """Return the levels of a measure in time, each that differs from the one before it."""
    known, last = scene.world.series(code, Quarter, measure), scene.world.quarter
    facts = [one for one in known if isinstance(one.period, Quarter) and one.period <= last]
    return [
        fact
        for before, fact in zip([None, *facts], facts, strict=False)
        if before is None or fact.value != before.value
    ]


def _fits(fact: Fact | None, number: Number | None) -> bool:
    return number is None or (fact is not None and matches(fact, number) and not has_wrong_unit(fact, number))


def _told(code: str, level: str, number: Number, fact: Fact | None) -> Told:
    stated = _shown(number.value, number.unit.value)
    if fact is None:
        reason = f"The workbook has but one {level} of {code}."
        return Told(_KIND.format(level), Verdict.NOT_CHECKABLE, stated, reason=reason, indicator=code)
    was = _shown(fact.value, fact.unit)
    verdict = Verdict.CONFIRMED if _fits(fact, number) else Verdict.CONTRADICTED
    reason = f"The {level} of {code} was {was} from {fact.period.label}."
    return Told(_KIND.format(level), verdict, stated, was, reason, fact.cell, code)


def _shown(value: Fraction, unit: str) -> str:
    return f"{plain(value)}{'%' if unit == '%' else ''}"
