"""Words that say which way a figure went, where a draft gives both figures: ``fell from 12 to 9``, ``29, down from 41``."""

from __future__ import annotations

import re
from collections.abc import Mapping

from xlkpi.prose.claim import Claim, Verdict
from xlkpi.prose.figures.compare import stated
from xlkpi.prose.figures.movers import ATTACHED, LEADS_TO
from xlkpi.prose.mentions import Direction, Form, Link, Number, Pair, Way
from xlkpi.prose.scene import Scene, Told
from xlkpi.prose.sentences import Part
from xlkpi.prose.text import Sentence

_FROM = re.compile(
    r"\s*(?:from|(?:when\s+)?(?:in\s+comparison|compared)\s+(?:to|with))\s+(?:(?:a|the)\s+(?:figure|rate|total|level)\s+of\s+|just\s+|only\s+)?",
    re.IGNORECASE,
)
#: What may stand between a figure and the word: the same figure once more in a bracket, a comma, a noun.
_THEN = re.compile(r"\)?[^.;:()]{0,70}(?:\([^()]{1,40}\))?\s*,?\s*(?:which\s+(?:is|was)\s+)?", re.IGNORECASE)


def pair_behind(scene: Scene, sentence: Sentence, word: Direction) -> Pair | None:
    """Return the figures from which and to which a verb says that something went; None where it does not say both."""
    if word.way not in (Way.UP, Way.DOWN):
        return None
    for pair in scene.within(scene.pairs, Part(word.end, min(sentence.end, word.end + ATTACHED))):
        if pair.link is Link.FROM_TO and LEADS_TO.fullmatch(scene.flat, word.end, pair.start):
            return pair
    return None


def pair_around(scene: Scene, sentence: Sentence, word: Direction, figures: Mapping[int, Claim]) -> Pair | None:
    """Return the figure before a word and the one behind it, from which it came, where both are right of one indicator.

    Args:
        scene: The draft.
        sentence: Of the word.
        word: ``Up`` or ``down``.
        figures: The claims about figures, by the places that they cover.
    """
    behind = scene.within(scene.numbers, Part(word.end, min(sentence.end, word.end + ATTACHED)))[:1]
    if word.way not in (Way.UP, Way.DOWN) or not behind or not _FROM.fullmatch(scene.flat, word.end, behind[0].start):
        return None
    for number in reversed(scene.within(scene.numbers, Part(sentence.start, word.start))):
        is_alike = number.unit is behind[0].unit and number.form is Form.CARDINAL
        is_aside = _is_aside(scene, sentence, number, word)
        is_now = is_alike and not is_aside and _THEN.fullmatch(scene.flat, number.end, word.start)
        if is_now and _are_of_one(number, behind[0], figures):
            return Pair(number.start, behind[0].end, Link.FROM_TO, behind[0], number)
    return None


def _is_aside(scene: Scene, sentence: Sentence, number: Number, word: Part) -> bool:
    """Return whether a figure is one from which something came, or stands in brackets with others: ``(1,326 of 60), down``."""
    is_of = ")" in scene.flat[number.end : word.start] and scene.flat[number.start - 1] != "("
    return is_of or _LED.search(scene.flat, sentence.start, number.start) is not None


#: Before a figure from which something else came: ``991, down from 1,307 and down from 1,258``.
_LED = re.compile(r"\bfrom\s+(?:the\s+)?$", re.IGNORECASE)


def _are_of_one(now: Number, then: Number, figures: Mapping[int, Claim]) -> bool:
    """Return whether two figures are right, and of one indicator."""
    claims = [figures.get(one.start) for one in (now, then)]
    right = [one for one in claims if one is not None and one.verdict is Verdict.CONFIRMED]
    return len(right) == len(claims) and len({one.indicator for one in right}) == 1


def tell_between(scene: Scene, word: Direction, pair: Pair, figures: Mapping[int, Claim]) -> None:
    """Take down whether two figures go the way that a word says."""
    up = pair.second.value > pair.first.value
    fits = (up == (word.way is Way.UP)) != word.negated and pair.second.value != pair.first.value
    told = figures.get(pair.second.start)
    code, cell = (told.indicator, told.cell) if told else ("", "")
    if fits and not (told and told.verdict is Verdict.CONFIRMED):
        return
    went = "unchanged" if pair.second.value == pair.first.value else "up" if up else "down"
    reason = f"From {stated(pair.first)} to {stated(pair.second)} is {went}."
    verdict = Verdict.CONFIRMED if fits else Verdict.CONTRADICTED
    scene.tell(word.start, word.end, Told("direction", verdict, word.way.value, went, reason, cell, code))
