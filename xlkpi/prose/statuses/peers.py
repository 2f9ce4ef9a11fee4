"""Comparisons with others: England, a region, neighbours, other authorities. The workbook holds no figures of theirs."""

from __future__ import annotations

import re
from collections.abc import Sequence

from xlkpi.prose.claim import Verdict
from xlkpi.prose.mentions import Role, Subject
from xlkpi.prose.scene import Scene, Told
from xlkpi.prose.sentences import Part
from xlkpi.prose.text import Sentence

_COMPARES = re.compile(
    r"\b(?:better|worse|higher|lower|above|below|best|compar\w+|than|against|ahead|exceed\w*|outperform\w*|in\s+line\s+with|similar|favourabl\w+|experienc\w+|average)\b",
    re.IGNORECASE,
)


_NEXT = 6  # signs
_BESIDE = len("average ")


def read_peers(scene: Scene) -> None:
    """Take down every comparison with somebody of whom the workbook has no figures."""
    for _, sentence in scene.sentences():
        peers = [one for one in scene.within(scene.subjects, sentence) if one.role is Role.PEER]
        reached = sentence.start
        for group in _groups(scene, peers):
            if group[0].start >= reached:
                reached = _tell(scene, sentence, group)


def _groups(scene: Scene, peers: Sequence[Subject]) -> list[list[Subject]]:
    """Return the peers of a sentence, those in one row together: ``national, regional and statistical neighbours``."""
    groups: list[list[Subject]] = []
    for one in peers:
        if groups and len(scene.between(groups[-1][-1].end, one.start).split()) <= 4:  # noqa: PLR2004  # "and our"
            groups[-1].append(one)
        else:
            groups.append([one])
    return groups


def _tell(scene: Scene, sentence: Sentence, group: Sequence[Subject]) -> int:
    """Take down one comparison; return where its clause ends."""
    clauses = [one for one in sentence.clauses if one.start < group[-1].end and group[0].start < one.end]
    before = [one for one in sentence.clauses if one.end <= group[0].start][-1:]
    before = [one for one in before if scene.flat[one.end - 1] not in ";:"]
    named = [one for one in scene.within(scene.subjects, sentence) if one.role is Role.INDICATOR and not one.crosses]
    found = [
        match
        for part in (*before, *clauses)
        for match in scene.find(_COMPARES, part)
        if not scene.within(scene.periods, Part(match.end(), match.end() + _NEXT))  # "two fewer than a year before"
        and not any(one.start - _BESIDE <= match.start() < one.end for one in named)  # the "average" of "average rent"
    ]
    if not found:
        return group[-1].end
    start = min(found[0].start(), group[0].start)
    figures = scene.within(scene.numbers, Part(max(sentence.start, start - 20), group[-1].end))
    near = [one for one in figures if one.end <= start and not scene.flat[one.end : start].strip()]
    start = near[0].start if near else start
    names = ", ".join(dict.fromkeys(one.names[0] for one in group))
    told = Told(
        "comparison",
        Verdict.NOT_CHECKABLE,
        scene.between(start, group[-1].end),
        reason=f"The workbook has no figures to compare with ({names}).",
    )
    scene.tell(start, group[-1].end, told, scene.within(scene.numbers, Part(start, group[-1].end)))
    return clauses[-1].end if clauses else group[-1].end
