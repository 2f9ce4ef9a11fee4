"""Figures in the order of the names before them: ``Turnover and the agency rate were 13% and 12% respectively``."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from xlkpi.prose.mentions import Form, Number, Role
from xlkpi.prose.scene import Scene
from xlkpi.prose.sentences import Part

_WORD = re.compile(r"\brespectively\b", re.IGNORECASE)
_JOINS = re.compile(r"\s*(?:,\s*(?:and\s+)?|and\s+)(?:(?:by|to|at)\s+)?", re.IGNORECASE)
_BESIDE = re.compile(r"[\s,]*(?:at|by|to)?\s*", re.IGNORECASE)
_TWO = 2


def in_order(scene: Scene, sentence: Part) -> Mapping[int, str]:
    """Return the indicators of the figures of a sentence that says that they stand in the order of its names.

    Args:
        scene: The draft.
        sentence: Which.

    Returns:
        Codes by where the figures start; nothing where there are not as many names as figures.
    """
    said = _WORD.search(scene.flat, sentence.start, sentence.end)
    run = _run_beside(scene, sentence, Part(*said.span())) if said else ()
    if len(run) < _TWO:
        return {}
    named = [
        one
        for one in scene.within(scene.subjects, Part(sentence.start, run[0].start))
        if one.role in (Role.INDICATOR, Role.HINT)
    ]
    codes = list(dict.fromkeys(one.names[0] for one in named))
    return {one.start: code for one, code in zip(run, codes, strict=True)} if len(codes) == len(run) else {}


def _run_beside(scene: Scene, sentence: Part, word: Part) -> Sequence[Number]:
    """Return the row of joined figures that ends right before the word, or begins right behind it."""
    numbers = [one for one in scene.within(scene.numbers, sentence) if one.form is Form.CARDINAL]
    before = [one for one in numbers if one.end <= word.start]
    if before and _BESIDE.fullmatch(scene.flat, before[-1].end, word.start):
        run = before[-1:]
        for one in reversed(before[:-1]):
            if not _JOINS.fullmatch(scene.flat, one.end, run[0].start):
                break
            run.insert(0, one)
        return run
    behind = [one for one in numbers if one.start >= word.end]
    if not behind or not _BESIDE.fullmatch(scene.flat, word.end, behind[0].start):
        return ()
    run = behind[:1]
    for one in behind[1:]:
        if not _JOINS.fullmatch(scene.flat, run[-1].end, one.start):
            break
        run.append(one)
    return run
