"""Measures that a list or a pair names, where a name in one common word is enough since it is all that stands in its place."""

from __future__ import annotations

import re
from collections.abc import Iterator

from xlkpi.prose.mentions import Role, Subject
from xlkpi.prose.mentions.flat import flat
from xlkpi.prose.scene import Scene
from xlkpi.prose.sentences import Part
from xlkpi.prose.statuses.measures import joins

#: ``Indicator 18:``, before the name of a measure.
LABELLED = (
    r"(?:performance\s+)?(?:indicators?|kpis?|pis?|measures?)\s+[A-Z]{0,3}[0-9.]+\s*[:\u2013-]\s*"
    r"(?:(?:number|percentage|proportion|rate|%)\s+of\s+)?"
)
#: Between two such names, the first with a clause: ``which was still an area of focus, and Indicator 32:``.
_PARTED = re.compile(
    rf"\s*(?:\([^()]*\))?\s*(?:,?\s*(?:for\s+which|which|where|with)\b[^.;]{{0,160}}?)?,?\s*(?:\band\s+|,\s*){LABELLED}",
    re.IGNORECASE,
)


def listed_in(scene: Scene, part: Part) -> list[tuple[Subject, str]]:
    """Return the measures that a part names, each where it does: by names that are sure, and by whole aliases.

    Args:
        scene: The draft.
        part: Where a list or a pair of measures may stand.
    """
    sure = {(one.start, one.end): codes[0] for one, codes in scene.contract_codes(part)}
    found = []
    for one in scene.within(scene.subjects, part):
        code = sure.get((one.start, one.end)) or _by_alias(scene, one)
        if code and one.role is Role.INDICATOR:
            found.append((one, code))
    return found


def _by_alias(scene: Scene, one: Subject) -> str:
    """Return the measure of which a subject is one whole alias; empty where it is none."""
    if one.role is not Role.INDICATOR or one.names[0] not in scene.world.contract:
        return ""
    words = scene.between(one.start, one.end)
    names = (flat(name).casefold() for name in scene.world.by_code[one.names[0]].aliases)
    return one.names[0] if words in names else ""


def run_of(scene: Scene, known: list[tuple[Subject, str]]) -> Iterator[tuple[Subject, str]]:
    """Yield the first of some named measures, and those that are joined to it one after the other."""
    last: Subject | None = None
    for one, code in known:
        if last is not None and not (
            joins(scene, last.end, one.start) or _PARTED.fullmatch(scene.flat, last.end, one.start)
        ):
            return
        yield one, code
        last = one
