"""Numbers of somebody else, or set against them: national, regional, neighbours."""

from __future__ import annotations

import re

from xlkpi.prose.mentions import Role
from xlkpi.prose.scene import Scene
from xlkpi.prose.sentences import Part

_NEAR, _REACH = 60, 140
_IS = re.compile(r"\b(?:where|whose|of|at|is|was|rate|figure)\b", re.IGNORECASE)
_AFTER = re.compile(
    r"\s*(?:[(,]\s*|(?:than|higher|lower|better|worse|above|below|more|less)\s+(?:than\s+)?|(?:is|was|are|were|being)\s+)?(?:(?:for|in"
    r"|across|by|as|of)\s+)?(?:(?:the|our|all|latest|\"|\w+'s)\s*)*\"?",
    re.IGNORECASE,
)
#: What may stand before somebody else at the beginning of a sentence, and behind them where it is about them.
_OPENING = re.compile(r"\W*(?:(?:in|across|for|the|all|over|meanwhile|by\s+comparison)\W+)*", re.IGNORECASE)
_TELLS = re.compile(
    r"(?:\s+as\s+a\s+whole)?,?\s+(?:there\s+)?(?:had|has|have|was|were|is|are|went|rose|fell|saw|the|it|they|recorded|reported)\b",
    re.IGNORECASE,
)
_OURS = re.compile(r"\b(?:we|our|us|trust|local(?:ly)?|council|here|outturn\s+is)\b|,\s+and\b", re.IGNORECASE)
_ANEW = re.compile(r",\s+which\b", re.IGNORECASE)
_STRONG = re.compile(r"[;:]\s|\b(?:but|while|whilst|whereas|although|though|however)\b", re.IGNORECASE)


def is_of_peers(scene: Scene, sentence: Part, at: Part) -> bool:
    """Return whether a number, or a word of direction, is of somebody else.

    Args:
        scene: The draft.
        sentence: Where it stands.
        at: The number or word.
    """
    for one in scene.within(scene.subjects, sentence):
        if one.role is not Role.PEER:
            continue
        if one.start >= at.end and _AFTER.fullmatch(scene.flat, at.end, one.start):
            if _has_own(scene, at, one):
                continue
            return True
        if one.end <= at.start and at.start - one.end <= _REACH and _leads(scene, Part(one.end, at.start)):
            return True
        if one.end <= at.start and _is_set_against(scene, sentence, one, at):
            return True
        if one.end <= at.start and _heads(scene, sentence, one) and not turns(scene, Part(one.end, at.start)):
            return True
    return False


#: ``23.3% (statistical neighbours 24.9%)``: the bracket has their figure.
_THEIRS = re.compile(r"[^()0-9]{0,40}(?=[0-9])", re.IGNORECASE)


def _has_own(scene: Scene, at: Part, one: Part) -> bool:
    """Return whether somebody else stands in a bracket with a figure of their own."""
    opens = scene.flat[at.end : one.start].lstrip().startswith("(")
    theirs = _THEIRS.match(scene.flat, one.end)
    return (
        opens
        and theirs is not None
        and any(number.start == theirs.end() for number in scene.within(scene.numbers, Part(one.end, theirs.end() + 1)))
    )


_COMPARED = re.compile(r"\b(?:compared|comparison)\s+(?:with|to)\s+(?:(?:our|the|its|all)\s+)*$", re.IGNORECASE)
_SET = re.compile(
    r"\s*(?:%|per\s?cent|percentage\s+points?)?\s*(?:higher|lower|more|fewer|less|better|worse|above|below)\b",
    re.IGNORECASE,
)


def _is_set_against(scene: Scene, sentence: Part, one: Part, at: Part) -> bool:
    """Return whether a figure says how far ours is from somebody else's: ``Compared with England our rate is 8% higher``."""
    is_compared = _COMPARED.search(scene.flat, sentence.start, one.start)
    return bool(is_compared) and bool(_SET.match(scene.flat, at.end))


def _heads(scene: Scene, sentence: Part, one: Part) -> bool:
    """Return whether a sentence opens with somebody else, so that all of it is of them: ``In the East Midlands there were``."""
    return bool(_OPENING.fullmatch(scene.flat, sentence.start, one.start)) and bool(_TELLS.match(scene.flat, one.end))


def turns(scene: Scene, between: Part) -> bool:
    """Return whether a sentence that spoke of somebody else has come to us between two places."""
    words = scene.flat[between.start : between.end]
    return bool(_STRONG.search(words) or _OURS.search(words) or _names_us(scene, words))


#: What the names of organisations share.
_COMMON_WORDS = (
    "council borough county city district metropolitan london royal trust foundation services service children young people "
    "families safeguarding association housing community board authority fire rescue police youth justice offending west east "
    "north south adoption education health care with"
)
_COMMON = frozenset(_COMMON_WORDS.split())
_WORD = re.compile(r"[a-z]{4,}")


def _names_us(scene: Scene, words: str) -> bool:
    """Return whether some words name the place whose figures these are: ``against Brent's average of``."""
    own = set(_WORD.findall(scene.world.organisation.lower())) - _COMMON
    return not own.isdisjoint(_WORD.findall(words.lower()))


def _leads(scene: Scene, between: Part) -> bool:
    """Return whether nothing stands between somebody else and a number that makes it ours."""
    words = scene.flat[between.start : between.end]
    if words.strip() in (":", "=", "-", "\u2013"):
        return True
    is_far = len(words) > _NEAR and ("," in words or not _IS.search(words))
    figures = any(
        not scene.flat[max(0, one.start - 4) : one.start].endswith("per ")
        for one in scene.within(scene.numbers, between)
    )
    is_ours = any(one.search(words) for one in (_STRONG, _OURS, _ANEW)) or _names_us(scene, words)
    return not is_far and not figures and not is_ours
