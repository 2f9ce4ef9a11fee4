"""What changed in the contract: targets that were revised, and the set of measures itself."""

from __future__ import annotations

import re
from collections.abc import Sequence

from xlkpi.model.period import Quarter
from xlkpi.model.register import Kind
from xlkpi.prose.claim import Verdict
from xlkpi.prose.fact import Measure
from xlkpi.prose.sentences import Part
from xlkpi.prose.statuses.measures import section_in
from xlkpi.prose.statuses.scene import Scene, Told

_REVISED = re.compile(
    r"\b(?P<no>no\s+|without\s+)?(?:revisions?|revised|changes?|amendments?|amended|adjustments?|new)\s+(?:(?:to|of|in|for)\s+)?"
    r"(?P<of>(?:[\w'&-]+\s+){0,5}?)(?:targets?|tolerances?)(?:\s+(?:and|or)\s+(?:targets?|tolerances?))?\b"
    r"|\b(?:targets?|tolerances?)(?:\s+and\s+tolerances?)?\s+(?:have\s+been|has\s+been|were|was)\s+(?P<not>not\s+)?(?:revised|changed|amended|reset)\b",
    re.IGNORECASE,
)
_UNCHANGED = re.compile(
    r"\b(?:set|suite|basket|list)\b[^.;,]{0,60}?\b(?:remain(?:s|ed)?|is|are|was|were)\s+(?P<how>(?:largely|broadly|mostly|almost)\s+)?(?P<what>unchanged|the\s+same)\b",
    re.IGNORECASE,
)
_MOST = 5


def read_targets(scene: Scene) -> None:
    """Take down the claims about revised targets and about the set of measures."""
    for _, sentence in scene.sentences():
        for found in scene.find(_REVISED, sentence):
            _revised(scene, sentence, found)
        for found in scene.find(_UNCHANGED, sentence):
            _unchanged(scene, found)


def _revised(scene: Scene, sentence: Part, found: re.Match[str]) -> None:
    world = scene.world
    section = section_in(scene, Part(found.start(), found.end())) or section_in(scene, sentence)
    named = [codes[0] for _, codes in scene.contract_codes(Part(found.start(), found.end()))]
    if not (section or named):
        return
    inside = named or [code for code in world.contract if world.by_code[code].section == section]
    revised = [code for code in inside if code in world.new_targets and code not in world.first_targets]
    is_none = bool(found["no"] or found["not"])
    fits = not revised if is_none else bool(revised)
    shown = ", ".join(f"{code} from {world.new_targets[code].label}" for code in revised) or "none"
    reason = f"Targets that hold since this financial year: {shown}."
    place = world.cell_of(revised[0], Measure.TARGET) if revised else ""
    verdict = Verdict.CONFIRMED if fits else Verdict.CONTRADICTED
    told = Told("target", verdict, "not revised" if is_none else "revised", shown, reason, place)
    scene.tell(found.start(), found.end(), told)


def _unchanged(scene: Scene, found: re.Match[str]) -> None:
    """Take down that the set is what it was a year ago; largely so where no more than one in five differs."""
    now, then = (_codes(scene, at) for at in (scene.world.quarter, scene.world.quarter.year_ago))
    if not then:
        return
    differing = sorted(set(now) ^ set(then))
    fits = not differing or (bool(found["how"]) and _MOST * len(differing) <= len(now))
    shown = f"{len(differing)} added or removed{': ' + ', '.join(differing) if differing else ''}"
    told = Told(
        "contract set",
        Verdict.CONFIRMED if fits else Verdict.CONTRADICTED,
        " ".join(f"{found['how'] or ''}unchanged".split()),
        shown,
        f"Of the {len(now)} measures against those of a year ago: {shown}.",
    )
    scene.tell(found.start("what"), found.end(), told)


def _codes(scene: Scene, quarter: Quarter) -> Sequence[str]:
    return [one.code for one in scene.world.register.valid(Kind.CONTRACT, quarter)]
