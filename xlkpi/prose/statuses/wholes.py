"""Wholes and their parts (``2549, including ...``), and what something is said not to have led to."""

from __future__ import annotations

import re

from xlkpi.calculate.status import Status
from xlkpi.model.number import plain
from xlkpi.model.register import Polarity
from xlkpi.prose.claim import Verdict
from xlkpi.prose.fact import Fact, Measure
from xlkpi.prose.mentions import Role
from xlkpi.prose.ratings import named
from xlkpi.prose.scene import Scene, Told
from xlkpi.prose.sentences import Part

_INCLUDING = re.compile(r"\b(?:including|which\s+includes?|made\s+up\s+of|consisting\s+of|comprising)\b", re.IGNORECASE)
_NOT_LEADING = re.compile(
    r"\b(?:is|are|has|have|was|were|does|did)\s+not\s+(?:been\s+)?(?:leading|led|lead|resulting|resulted|result|causing|caused|cause|translating|translated)\s+(?:to|in|into)?\b",
    re.IGNORECASE,
)
_END = re.compile(r"[).;]")
_NEAR = 40


def read_wholes(scene: Scene) -> None:
    """Take down the claims about parts of a whole, and about what did not follow."""
    for _, sentence in scene.sentences():
        for found in scene.find(_INCLUDING, sentence):
            _parts(scene, sentence, found)
        for found in scene.find(_NOT_LEADING, sentence):
            _not_led(scene, sentence, found)


def _parts(scene: Scene, sentence: Part, found: re.Match[str]) -> None:
    """Take down that a count includes others: none of them can be larger than the whole."""
    before = Part(max(sentence.start, found.start() - _NEAR), found.start())
    if not scene.within(scene.numbers, before):
        return
    end = _END.search(scene.flat, found.end(), sentence.end)
    behind = Part(found.end(), end.start() if end else sentence.end)
    whole = _counts(scene, Part(sentence.start, found.start()))[-1:]
    parts = [one for one in _counts(scene, behind) if not whole or one.subject != whole[0].subject]
    if not whole or not parts:
        return
    larger = [one for one in parts if one.value > whole[0].value]
    shown = ", ".join(f"{one.subject} {plain(one.value)}" for one in parts)
    told = Told(
        "composition",
        Verdict.CONTRADICTED if larger else Verdict.CONFIRMED,
        f"{whole[0].subject} includes {', '.join(one.subject for one in parts)}",
        shown,
        f"{whole[0].subject} is {plain(whole[0].value)}; of the parts that are named and have figures: {shown}.",
        whole[0].cell,
        whole[0].subject,
    )
    scene.tell(found.start(), behind.end, told)


def _counts(scene: Scene, part: Part) -> list[Fact]:
    """Return this quarter's figures of the counts that are named in a part."""
    world = scene.world
    found: dict[str, Fact] = {}
    for one in scene.within(scene.subjects, part):
        code = next((name for name in one.names if name in world.by_code), "")
        if one.role is Role.INDICATOR and code and world.by_code[code].unit == "count":
            fact = world.fact(code, Measure.OUTTURN, world.quarter)
            found |= {code: fact} if fact is not None else {}
    return list(found.values())


def _not_led(scene: Scene, sentence: Part, found: re.Match[str]) -> None:
    """Take down that something unwanted did not follow: the measure of it is on target."""
    world = scene.world
    behind = scene.contract_codes(Part(found.end(), sentence.end))
    codes = [codes[0] for subject, codes in behind if world.by_code[codes[0]].polarity is Polarity.LOWER]
    if not codes or not world.status(codes[0]).is_rated:
        return
    code, status = codes[0], world.status(codes[0])
    verdict = {Status.ON: Verdict.CONFIRMED, Status.OUTSIDE: Verdict.CONTRADICTED}.get(status, Verdict.NOT_CHECKABLE)
    reason = f"{code}, which is better when lower, is {named({status})}."
    place = world.cell_of(code, Measure.STATUS)
    end = next(subject.end for subject, names in behind if names[0] == code)
    scene.tell(found.start(), end, Told("status", verdict, "has not followed", named({status}), reason, place, code))
