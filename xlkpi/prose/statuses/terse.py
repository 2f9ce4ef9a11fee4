"""The status of a measure in a word or two that mean one only behind its name: ``Turnover: target not met``, ``B8 red``."""

from __future__ import annotations

import re

from xlkpi.prose.mentions import How, Level, StatusPhrase, Subject
from xlkpi.prose.ratings import COLOURS
from xlkpi.prose.scene import Scene
from xlkpi.prose.sentences import Part
from xlkpi.prose.statuses.measures import Group
from xlkpi.prose.statuses.named import tell_status
from xlkpi.prose.text import Kind, Sentence

_FIGURE = r"[0-9][0-9,.]*\s?(?:%|per\s+cent|days?|weeks?|hours?)?"
_MET = r"(?P<met>met|achieved|reached|exceeded|hit)|(?P<missed>missed)"
_ENDS = r"(?=\s*(?:[.,;:)]|$)|\s+(?:and|but|while|again|this|in|for)\b)"
_STOPS = r"(?=\s*(?:[.;)]|$))"
#: ``Turnover was not achieved.``
_WAS = re.compile(
    rf"\s+(?:is|are|was|were|(?:has|have|had)\s+(?P<never>not\s+)?been)\s+(?:(?P<not>not)\s+)?(?:again\s+|also\s+)?(?P<words>{_MET}){_ENDS}",
    re.IGNORECASE,
)
#: ``Turnover: target not met.``, ``Turnover - 14% - target 16% - met``.
_LABEL = re.compile(
    rf"\s*(?::|\s[\u2013-]|,)\s*(?:{_FIGURE}\s*[:;,\u2013-]\s*)?(?:(?:against\s+)?(?:a\s+|the\s+)?target\s*(?:of\s+)?:?\s*{_FIGURE}\s*[:;,\u2013-]\s*|target\s+)"
    rf"(?:(?:was|is)\s+)?(?:(?P<not>not)\s+)?(?P<words>{_MET}){_STOPS}",
    re.IGNORECASE,
)
#: ``The 16% target for turnover was met.``
_FOR = re.compile(
    rf"\btargets?\s+(?:of\s+{_FIGURE}\s+)?(?:for|on)\s+(?:(?:the|our|percentage|proportion|share|number|rate|of)\s+)*",
    re.IGNORECASE,
)
#: ``The deadline for care plans was met``: what is said is not of the measure.
_OF_ELSE = re.compile(r"\b(?:for|of|in|on|to|with|by|from|at)\s+(?:(?:the|our|its|a|an|more|all)\s+)*$", re.IGNORECASE)
#: ``A4 is green, B8 red and C15 amber``: the verb is said once.
_COLOUR = re.compile(r",?\s+(?P<words>red|amber|green)(?=\s*(?:[,;.)]|$)|\s+(?:and|but|while|with)\b)", re.IGNORECASE)


def read_terse(scene: Scene, taken: set[int]) -> None:
    """Take down statuses in a word or two right behind the name of a measure.

    Args:
        scene: The draft.
        taken: Where status phrases start that something has read.
    """
    for paragraph, sentence in scene.sentences():
        if paragraph.kind is Kind.HEADING:
            continue
        for subject, codes in scene.contract_codes(sentence):
            phrase = _said_of(scene, sentence, subject, taken)
            if phrase is None or scene.is_hypothetical(sentence, phrase.start) or _is_told(scene, phrase):
                continue
            quarter = scene.quarter_of(sentence, phrase.start, phrase.end)
            tell_status(scene, Group(subject.start, subject.end, (codes[0],)), phrase, codes[0], quarter)


def _said_of(scene: Scene, sentence: Sentence, subject: Subject, taken: set[int]) -> StatusPhrase | None:
    """Return the words for a status that stand right behind a name; None where there are none."""
    if subject.how.value < How.SHORT.value:
        return None
    label = _LABEL.match(scene.flat, subject.end, sentence.end)
    if label is not None:
        return _phrase(label)
    was = _WAS.match(scene.flat, subject.end, sentence.end)
    is_target = any(one.end() == subject.start for one in scene.find(_FOR, Part(sentence.start, subject.start)))
    is_subject = not _OF_ELSE.search(scene.flat, sentence.start, subject.start)
    if was is not None and (is_target or (is_subject and not was["missed"])):
        return _phrase(was)
    earlier = [one for one in scene.within(scene.statuses, Part(sentence.start, subject.start)) if one.start in taken]
    colour = _COLOUR.match(scene.flat, subject.end, sentence.end) if earlier else None
    return _phrase(colour) if colour is not None else None


def _phrase(found: re.Match[str]) -> StatusPhrase:
    """Return the words of a match as a status phrase."""
    groups = found.groupdict()
    words = found["words"].lower()
    level = COLOURS.get(words) or (Level.OFF_TARGET if groups.get("missed") else Level.ON)
    negated = bool(groups.get("not") or groups.get("never"))
    return StatusPhrase(*found.span("words"), level, f"not {words}" if negated else words, negated=negated)


def _is_told(scene: Scene, phrase: Part) -> bool:
    """Return whether a claim has read these words already."""
    kinds = ("status", "movement")
    return any(one.start < phrase.end and phrase.start < one.end and one.kind in kinds for one in scene.claims)
