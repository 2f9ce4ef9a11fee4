"""Which way the words beside a number say that a figure went."""

from __future__ import annotations

import re

from xlkpi.model.register import Polarity
from xlkpi.prose.mentions import Direction, Number, Way
from xlkpi.prose.scene import Scene
from xlkpi.prose.sentences import Part
from xlkpi.prose.text import Sentence

_SIGNS = {Way.UP: 1, Way.DOWN: -1, Way.BETTER: 1, Way.WORSE: -1}
_BEFORE, _AFTER = 48, 24
_SIGN_AFTER = re.compile(
    r"\s+(?:\([^()]*\)\s+)?(?:\w+ly\s+)?(?:(?P<up>higher|more|greater|longer|slower|larger|up|above)|(?P<down>lower|fewer|less|shorter|quicker|faster|smaller|down"
    r"|below)|(?P<judged>better|worse))\b",
    re.IGNORECASE,
)


_SIGN_BEFORE = re.compile(
    r"\b(?:(?P<up>up|rising|growing|gaining|climbing|increasing)|down|falling|dropping|shrinking|declining|decreasing|reducing)"
    r"\s+(?:by\s+)?(?:a\s+further\s+|just\s+|only\s+|some\s+|about\s+)?$",
    re.IGNORECASE,
)


#: What may stand between a change and the word that says which way: ``1,253 (20.1%) fewer``.
_BRACKET = re.compile(r"[ (-]*|\s*\([^()]*\)\s*")


def sign_of(scene: Scene, sentence: Sentence, number: Number, code: str) -> int:
    """Return which way the words beside a number say that an indicator went."""
    word = _direction(scene, sentence, number)
    if word is None:
        found = _SIGN_AFTER.match(scene.flat, number.end, sentence.end)
        if found is None:
            before = _SIGN_BEFORE.search(scene.flat, max(sentence.start, number.start - _BEFORE), number.start)
            return number.signed or ((1 if before["up"] else -1) if before is not None else 0)
        if found["judged"]:
            return scene.world.by_code[code].polarity.sign * (1 if found["judged"].lower() == "better" else -1)
        return 1 if found["up"] else -1
    sign = _SIGNS.get(word.way, 0) * (-1 if word.negated else 1)
    if word.way in (Way.BETTER, Way.WORSE):
        polarity = scene.world.by_code[code].polarity
        return sign * (polarity.sign if polarity is not Polarity.RANGE else 0)
    return sign


def way_of(scene: Scene, sentence: Sentence, number: Number) -> int:
    """Return which way the words beside a number say that something went, whatever it is; 0 where that takes a polarity."""
    word = _direction(scene, sentence, number)
    if word is not None:
        return _SIGNS.get(word.way, 0) * (-1 if word.negated else 1) if word.way in (Way.UP, Way.DOWN) else 0
    found = _SIGN_AFTER.match(scene.flat, number.end, sentence.end)
    if found is not None:
        return 0 if found["judged"] else 1 if found["up"] else -1
    before = _SIGN_BEFORE.search(scene.flat, max(sentence.start, number.start - _BEFORE), number.start)
    return number.signed or ((1 if before["up"] else -1) if before is not None else 0)


def _direction(scene: Scene, sentence: Sentence, number: Number) -> Direction | None:
    found = scene.within(
        scene.directions,
        Part(max(sentence.start, number.start - _BEFORE), min(sentence.end, number.end + _AFTER)),
    )
    after = [one for one in found if one.start >= number.end and _BRACKET.fullmatch(scene.flat, number.end, one.start)]
    if after:
        return after[0]
    between = [
        one
        for one in found
        if one.end <= number.start + 1 and not scene.within(scene.numbers, Part(one.end, number.start))
    ]
    return between[-1] if between else None
