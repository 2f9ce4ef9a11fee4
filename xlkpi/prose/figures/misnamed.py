"""Figures of one indicator under the name of another: ``Contacts for a social worker fell from 25.2 to 22.1``."""

from __future__ import annotations

import re
from bisect import bisect_left

from xlkpi.prose.claim import Claim, Verdict
from xlkpi.prose.fact import Measure
from xlkpi.prose.figures.beside import WHO
from xlkpi.prose.figures.nouns import keys_of, own_keys
from xlkpi.prose.figures.reading import shown
from xlkpi.prose.mentions import Role, Subject
from xlkpi.prose.mentions.flat import flat
from xlkpi.prose.scene import Scene, Told
from xlkpi.prose.sentences import Part

#: What leads from a name to what narrows it down.
_NARROWS = re.compile(r"\s+(?:for|of|per|among|by)\s+(?:an?\s+|the\s+|our\s+|each\s+)?", re.IGNORECASE)
_OPENS = re.compile(
    r"[\W\d]*(?:(?:the|our)\s+)?(?:(?:number|rate|level|proportion|percentage)\s+of\s+)?"
    rf"{WHO}",
    re.IGNORECASE,
)
_LEAST = 2  # figures that tell whose they are


def read_misnamed(scene: Scene) -> None:
    """Take down a name that opens a sentence whose figures are all those of another indicator, which is named but in part."""
    right = (one for one in scene.claims if one.kind == "figure" and one.verdict is Verdict.CONFIRMED)
    figures = sorted(right, key=lambda one: one.start)
    starts = [one.start for one in figures]
    for _, sentence in scene.sentences():
        told = figures[bisect_left(starts, sentence.start) : bisect_left(starts, sentence.end)]
        codes = {one.indicator for one in told}
        if len(told) >= _LEAST and len(codes) == 1:
            _sentence(scene, sentence, next(iter(codes)), told)


def _sentence(scene: Scene, sentence: Part, code: str, told: list[Claim]) -> None:
    named = [one for one in scene.within(scene.subjects, sentence) if one.role is Role.INDICATOR][:2]
    if len(named) < _LEAST or named[1].end > told[0].start or named[1].names[0] != code:
        return
    name, part = named
    is_opening = _OPENS.fullmatch(scene.flat, sentence.start, name.start) is not None
    is_narrowed = _NARROWS.fullmatch(scene.flat, name.end, part.start) is not None
    if is_opening and is_narrowed and _is_other(scene, name, code) and not _has_one(scene, name.names[0], told):
        words = scene.between(name.start, name.end)
        reason = f"\u201c{words}\u201d is {name.names[0]}; the figures beside it are those of {code}."
        said = Told("name", Verdict.CONTRADICTED, words, scene.world.by_code[code].title, reason, indicator=code)
        scene.tell(name.start, name.end, said)


def _is_other(scene: Scene, name: Subject, code: str) -> bool:
    """Return whether words are a whole name of another indicator, and none of them is said of this one."""
    other = scene.world.by_code.get(name.names[0])
    said = flat(scene.between(name.start, name.end)).casefold()
    if other is None or len(name.names) > 1 or other.code == code:
        return False
    wordings = {flat(one).casefold() for one in (other.title, *other.aliases)}
    is_whole = any(one == said or one.endswith(f" {said}") for one in wordings)
    return is_whole and keys_of(said).isdisjoint(own_keys(scene.world.by_code[code]))


def _has_one(scene: Scene, code: str, told: list[Claim]) -> bool:
    """Return whether one of the figures of a sentence is an indicator's, too, whenever it was."""
    known = {
        shown(one.value, one.unit, one.decimals) for one in scene.world.facts_of(code) if one.measure is Measure.OUTTURN
    }
    return any(one.stated in known for one in told)
