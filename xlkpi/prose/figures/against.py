"""Two indicators set against each other: ``Re-referrals (27%) were lower than reoffending (32%)``."""

from __future__ import annotations

import re

from xlkpi.prose.claim import Verdict
from xlkpi.prose.fact import Fact, Measure
from xlkpi.prose.figures.reading import shown
from xlkpi.prose.mentions import Direction, How, Role, Subject, Way
from xlkpi.prose.scene import Scene, Told
from xlkpi.prose.sentences import Part

_THAN = re.compile(r"\s+than\s+(?:that\s+(?:of|for)\s+|those\s+(?:of|for)\s+)?(?:the\s+|our\s+|its\s+)?", re.IGNORECASE)
_ENOUGH = 0.4  # of a name
_WAYS = {Way.UP: 1, Way.DOWN: -1}


def sets_against(scene: Scene, sentence: Part, word: Direction) -> bool:
    """Return whether a word compares an indicator with another one; what it says of the two is taken down then.

    Args:
        scene: The draft.
        sentence: Of the word.
        word: ``Higher``, ``lower`` ...
    """
    behind = _named(scene, Part(word.end, sentence.end))[:1]
    if not behind or not _THAN.fullmatch(scene.flat, word.end, behind[0].start):
        return False
    other = behind[0].names[0]
    before = [one for one in _named(scene, Part(sentence.start, word.start)) if other not in one.names]
    facts = [_now(scene, one) for one in (before[-1:] and before[-1].names[0], other) if one]
    known = [one for one in facts if one is not None]
    if len(known) == len(("this", "that")) and known[0].unit == known[1].unit and word.way in _WAYS:
        _tell(scene, word, behind[0], known[0], known[1])
    return True


def _named(scene: Scene, part: Part) -> list[Subject]:
    return [
        one
        for one in scene.within(scene.subjects, part)
        if one.role is Role.INDICATOR and (one.how.value >= How.SHORT.value or one.weight >= _ENOUGH)
    ]


def _now(scene: Scene, code: str) -> Fact | None:
    return scene.world.fact(code, Measure.OUTTURN, scene.world.quarter)


def _tell(scene: Scene, word: Direction, other: Subject, this: Fact, that: Fact) -> None:
    difference = this.value - that.value
    fits = (difference * _WAYS[word.way] > 0) is not word.negated
    went = "higher" if difference > 0 else "lower" if difference < 0 else "the same"
    figures = " against ".join(f"{one.subject} {shown(one.value, one.unit, one.decimals)}" for one in (this, that))
    told = Told(
        "direction",
        Verdict.CONFIRMED if fits else Verdict.CONTRADICTED,
        word.way.value,
        went,
        f"{figures}.",
        this.cell,
        this.subject,
    )
    scene.tell(word.start, other.end, told)
