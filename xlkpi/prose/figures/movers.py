"""What a word of direction is about: the thing that moved, and not whoever moved it."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Mapping, Sequence

from xlkpi.prose.again import opens_with_it
from xlkpi.prose.claim import Claim, Verdict
from xlkpi.prose.figures.scope import About, Scope
from xlkpi.prose.figures.slips import is_about_else, opens_within
from xlkpi.prose.mentions import Direction, How, Subject, Unit, Way
from xlkpi.prose.scene import Scene
from xlkpi.prose.sentences import Part
from xlkpi.prose.text import Paragraph, Sentence

ATTACHED = 34
_STRONG_NAME = 0.5
_BEFORE = 40  # signs before a name
#: A noun of change is followed by what changed: ``a reduction in total referrals``.
_OF = re.compile(
    r"\s+(?:in|of|on|to|for)?\s*(?:(?:the|an?|are|were|is|our|total|overall|all|number|numbers|rates?|proportion|percentage"
    r"|average|level|levels|of|in|for|children|young|people|recorded|new|open|cases|outturn|overall|demand"
    r"|volume)\s+){0,6}",
    re.IGNORECASE,
)
_NOUN = re.compile(
    r"(?:increase|decrease|reduction|rise|fall|drop|decline|improvement|growth|reducing|increasing|rising"
    r"|falling|higher|lower|more|fewer|less|greater|deterioration|dip|increases|decreases)$",
    re.IGNORECASE,
)
#: ``Reoffending increases their chances``: a verb that takes an object.
_OBJECT = re.compile(r"\s+(?:their|its|our|his|her)\b", re.IGNORECASE)
_RESTRICTED = re.compile(
    r"\s+(?:from|by|via|regarding|involving|aged|who|with|relating\s+to|for)\s+(?!the\s+(?:last|previous"
    r"|same)|last\b|previous\b|[0-9]|this\b|[a-z]+\s+(?:quarter|year))(?P<word>[\w'-]+)",
    re.IGNORECASE,
)

LEADS_TO = re.compile(
    r"\s*(?:slightly\s+|sharply\s+|again\s+|further\s+|,\s+)?(?:from|to)\s+"
    r"(?:(?:just|around|about|an?|average|of|only)\s+)*",
    re.IGNORECASE,
)


def mover(
    scene: Scene, scope: Scope, place: tuple[Paragraph, Sentence], word: Direction, figures: Mapping[int, Claim]
) -> About | None:
    """Return the indicator that a word of direction is about; None where that is not certain.

    Args:
        scene: The draft.
        scope: What stands around a place in it.
        place: Paragraph and sentence in which the word stands.
        word: The word.
        figures: The claims of figures, by where their number starts.
    """
    paragraph, sentence = place
    return _of_figure(scene, scope, place, word, figures) or _about(scene, scope, paragraph, sentence, word)


def _of_figure(
    scene: Scene, scope: Scope, place: tuple[Paragraph, Sentence], word: Direction, figures: Mapping[int, Claim]
) -> About | None:
    """Return the indicator of the figure to or from which a verb leads, where that figure was found to be right."""
    paragraph, sentence = place
    for number in scene.within(scene.numbers, Part(word.end, min(sentence.end, word.end + ATTACHED)))[:1]:
        claim = figures.get(number.start)
        if (
            claim is None
            or claim.verdict is not Verdict.CONFIRMED
            or not LEADS_TO.fullmatch(scene.flat, word.end, number.start)
        ):
            continue
        known = [one for one in scope.about(paragraph, sentence, word) if one.code == claim.indicator]
        return dataclasses.replace(known[0], is_sure=True, is_near=False) if known else None
    return None


def _about(scene: Scene, scope: Scope, paragraph: Paragraph, sentence: Sentence, word: Direction) -> About | None:
    """Return what a word of direction is about, where that is certain."""
    flat = scene.flat
    found = scope.about(paragraph, sentence, word)
    near = [one for one in found if one.is_near]
    is_noun = bool(_NOUN.search(flat, word.start, word.end)) and not _OBJECT.match(flat, word.end)
    follows = [
        one for one in near if one.subject.start >= word.end and _OF.fullmatch(flat, word.end, one.subject.start)
    ]
    if is_noun and follows:
        return _sure(follows)
    if is_noun and _IN.match(flat, word.end) and not _is_in_time(scene, word):
        return None  # a reduction in something that the register does not know
    if not is_noun and _is_transitive(flat, sentence, word):
        return _sure(follows) if follows else None  # what somebody reduced, and not who
    before = [one for one in near if one.subject.end <= word.start]
    if before:
        between = flat[before[0].subject.end : word.start]
        is_here = before[0].subject.start >= sentence.start
        is_else = is_here and opens_within(between) and is_about_else(between, scene.world.by_code[before[0].code])
        return None if is_else or _COMPLEMENT.search(between) else _sure(before)
    if near:
        return None
    return _sure(found) if found and opens_with_it(flat, sentence.start, word.start) else None


_IN = re.compile(r"\s+in\s+(?!comparison\b)(?=\w)")
_IN_TIME = re.compile(r"\s+in\s+(?:the|this|that)\s+(?:quarter|period|year|month)")


def _is_in_time(scene: Scene, word: Direction) -> bool:
    """Return whether what something went up or down *in* is a time: ``higher in Quarter 2 than in Quarter 1``."""
    start = word.end + len(" in ")
    return bool(_IN_TIME.match(scene.flat, word.end) or scene.within(scene.periods, Part(start, start + len("the "))))


#: What may stand behind a verb that tells of the figure itself.
_INTRANSITIVE = re.compile(
    r"\s*(?:$|[^\w\s]|[0-9]|(?:by|from|to|in|on|at|since|over|and|but|during|compared|again|further|this"
    r"|last|each|every|when|which|with|for|across|between|as|or|while|whilst|due|because"
    r"|following|year|quarter|month|after|before|until|through|throughout|against|so|than|even|only|back|up"
    r"|down|now|is|are|was|were|has|have|had|considerably|\w+ly)\b"
    r"|(?:the|our)\s+(?:quarter|period|year|month)|(?:an?|one|two|three|four|five|six|seven|eight|nine|ten"
    r"|eleven|twelve)\b)",
    re.IGNORECASE,
)
_INTENT = re.compile(r"\bto\s+$", re.IGNORECASE)


#: ``The audit confirms that practice is improving`` is not about the audit.
_COMPLEMENT = re.compile(
    r"\b(?:confirm|show|mean|suggest|indicat|demonstrat|evidenc|reveal|ensur|note|found|find|highlight"
    r"|recognis|believ|expect)\w*\s+(?:\w+\s+)?that\b",
    re.IGNORECASE,
)


def _is_transitive(flat: str, sentence: Sentence, word: Direction) -> bool:
    """Return whether a verb has an object (``tracking reduced drift``), or says what is meant to happen."""
    if _INTENT.search(flat, max(0, word.start - 6), word.start):
        return True
    return (
        not word.is_comparative and word.way is not Way.SAME and not _INTRANSITIVE.match(flat[word.end : sentence.end])
    )


def _sure(found: Sequence[About]) -> About | None:
    first = found[0]
    strong = first.subject.how.value >= How.SHORT.value or first.subject.weight >= _STRONG_NAME or not first.is_near
    return first if first.is_sure and strong else None


#: ``9.0% of children in care had moved, down from 12.2%`` is about those who had moved.
_SHARE_OF = re.compile(
    r"[0-9](?:\s?%|\s+per\s?cent)\s+of\s+(?:(?:the|our|all|these|those)\s+)*(?:[0-9][0-9,]*\s+)?$", re.IGNORECASE
)


def is_restricted(scene: Scene, subject: Subject, word: Direction) -> bool:
    """Return whether the words speak of a part of what they name: ``contacts from the police``, ``9% of contacts``."""
    if subject.how is How.CODE:
        return False
    is_whole = not scene.world.by_code[subject.names[0]].is_proportion
    if is_whole and _SHARE_OF.search(scene.flat, max(0, subject.start - _BEFORE), subject.start):
        return True
    match = _RESTRICTED.match(scene.flat, subject.end, subject.end + 60)
    if match is None or match.start("word") == word.start:
        return False
    start = match.start("word")
    if any(one.start <= start < one.end for one in scene.within(scene.periods, Part(subject.end, subject.end + 60))):
        return False
    return match["word"][:1].isupper() or match["word"].lower() in (
        "police",
        "schools",
        "health",
        "children",
        "families",
        "females",
        "males",
        "boys",
        "girls",
    )


def is_of_cases(scene: Scene, sentence: Sentence, word: Direction, code: str) -> bool:
    """Return whether a word tells of the cases of a share, and not of the share: ``complaints are up from 214``."""
    behind = scene.within(scene.numbers, Part(word.end, min(sentence.end, word.end + ATTACHED)))[:1]
    if not behind or behind[0].unit is not Unit.NONE or behind[0].decimals:
        return False
    is_from = _FROM_CASES.fullmatch(scene.flat, word.end, behind[0].start) is not None
    return is_from and scene.world.by_code[code].is_percentage


_FROM_CASES = re.compile(r"\s*(?:again\s+)?from\s+(?:just\s+|only\s+|some\s+)?", re.IGNORECASE)
