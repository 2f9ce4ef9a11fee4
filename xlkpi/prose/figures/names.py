"""Codes that stand beside a title: both have to mean the same indicator."""

from __future__ import annotations

import re
from itertools import pairwise

from xlkpi.prose.claim import Verdict
from xlkpi.prose.mentions import How, Role, Subject
from xlkpi.prose.mentions.tokens import tokens
from xlkpi.prose.sentences import Part
from xlkpi.prose.statuses.scene import Scene, Told

_BESIDE = re.compile(
    r"\s*(?:[-\u2013\u2014:.)\u2022]|\()?\s*(?:(?:the|percentage|proportion|number|rate|of|%|children|who"
    r"|are|for|monthly|case|our)\s+|\w+\s+){0,3}",
    re.IGNORECASE,
)


def read_names(scene: Scene) -> None:
    """Take down a claim for every code whose title is that of another indicator, or has another number in it."""
    for part in [part for one in scene.text.paragraphs for part in one.spans]:
        named = [one for one in scene.within(scene.subjects, part) if one.role is Role.INDICATOR]
        for code, title in pairwise(named):
            if (
                code.how is How.CODE
                and title.how is not How.CODE
                and _BESIDE.fullmatch(scene.flat, code.end, title.start)
            ):
                _compare(scene, part, code, title)


def _compare(scene: Scene, part: Part, code: Subject, title: Subject) -> None:
    world = scene.world
    meant = world.by_code[code.names[0]]
    own = [one for one in scene.within(scene.subjects, part) if one.names[:1] == code.names and one.how is not How.CODE]
    if meant.code not in title.names and not own and title.how.value >= How.SHORT.value:
        words = scene.between(title.start, title.end)
        reason = f"{meant.code} is \u201c{meant.title}\u201d; \u201c{words}\u201d is {title.names[0]}."
        told = Told(
            "name",
            Verdict.CONTRADICTED,
            f"{meant.code} {scene.between(title.start, title.end)}",
            f"{meant.code} {meant.title}",
            reason,
            indicator=meant.code,
        )
        scene.tell(code.start, title.end, told)
    elif meant.code == title.names[0]:
        _compare_figures(scene, part, code, title)


def _compare_figures(scene: Scene, part: Part, code: Subject, title: Subject) -> None:
    """Compare the numbers that belong to a name: ``within 26 weeks``."""
    meant = scene.world.by_code[code.names[0]]
    wanted = {one.key for one in tokens(meant.title) if one.has_number}
    standing = [one for one in tokens(scene.flat, code.end, min(part.end, title.end + 30)) if one.has_number]
    wrong = [one for one in standing if one.key not in wanted]
    if wanted and wrong and not wanted & {one.key for one in standing}:
        found = wrong[0]
        reason = f"{meant.code} is \u201c{meant.title}\u201d."
        told = Told(
            "name",
            Verdict.CONTRADICTED,
            scene.between(found.start, found.end),
            meant.title,
            reason,
            indicator=meant.code,
        )
        scene.tell(found.start, found.end, told, [Part(found.start, found.end)])
