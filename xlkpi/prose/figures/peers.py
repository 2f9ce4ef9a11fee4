"""Numbers of somebody else, or set against them: national, regional, neighbours."""

from __future__ import annotations

import re

from xlkpi.prose.mentions import Role
from xlkpi.prose.sentences import Part
from xlkpi.prose.statuses.scene import Scene

_NEAR, _REACH = 60, 140
_IS = re.compile(r"\b(?:where|whose|of|at|is|was|rate|figure)\b", re.IGNORECASE)
_AFTER = re.compile(
    r"\s*(?:[(,]\s*|(?:than|higher|lower|better|worse|above|below|more|less)\s+(?:than\s+)?)?(?:(?:for|in"
    r"|across|by|as|of)\s+)?(?:(?:the|our|all|latest|\"|\w+'s)\s*)*\"?",
    re.IGNORECASE,
)
_OURS = re.compile(r"\b(?:we|our|us|trust|local(?:ly)?|council|outturn\s+is)\b|,\s+(?:and|which)\b", re.IGNORECASE)
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
            return True
        if one.end <= at.start and at.start - one.end <= _REACH and _leads(scene, Part(one.end, at.start)):
            return True
    return False


def _leads(scene: Scene, between: Part) -> bool:
    """Return whether nothing stands between somebody else and a number that makes it ours."""
    words = scene.flat[between.start : between.end]
    is_far = len(words) > _NEAR and ("," in words or not _IS.search(words))
    figures = any(
        not scene.flat[max(0, one.start - 4) : one.start].endswith("per ")
        for one in scene.within(scene.numbers, between)
    )
    return not is_far and not figures and not _STRONG.search(words) and not _OURS.search(words)
