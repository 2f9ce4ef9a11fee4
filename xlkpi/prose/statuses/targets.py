"""What changed in the contract: targets that were revised, and the set of measures itself."""

from __future__ import annotations

import re
from collections.abc import Sequence

from xlkpi.model.period import Quarter
from xlkpi.model.register import Kind
from xlkpi.prose.claim import Verdict
from xlkpi.prose.fact import Measure
from xlkpi.prose.mentions import Role
from xlkpi.prose.scene import Scene, Told
from xlkpi.prose.sentences import Part
from xlkpi.prose.statuses.measures import section_in

_REVISED = re.compile(
    r"\b(?P<no>no\s+|without\s+)?(?:revisions?|revised|changes?|amendments?|amended|adjustments?|new)\s+(?:(?:to|of|in|for)\s+)?"
    r"(?P<of>(?:(?!(?:from|on|at|within|inside|outside|above|below|off|met|missed|meets?|miss(?:es)?|hits?|beats?|reached|exceeded|achieved)\s)[\w'&-]+\s+){0,5}?)(?:targets?|tolerances?)(?:\s+(?:and|or)\s+(?:targets?|tolerances?))?\b"
    r"|\b(?:targets?|tolerances?)(?:\s+and\s+tolerances?)?\s+(?:have\s+been|has\s+been|were|was)\s+(?P<not>not\s+)?(?:revised|changed|amended|reset)\b",
    re.IGNORECASE,
)
_UNCHANGED = re.compile(
    r"\b(?:set|suite|basket|list)\b[^.;,]{0,60}?\b(?:remain(?:s|ed)?|is|are|was|were)\s+(?P<how>(?:largely|broadly|mostly|almost)\s+)?(?P<what>unchanged|the\s+same)\b"
    r"|\b(?:set|suite|basket|list)\b[^.;,]{0,60}?\b(?:has|have|had|was|were|been|remain(?:s|ed)?)\s+(?:been\s+)?(?P<much>completely|substantially|significantly|entirely|wholly|radically|fundamentally|largely)\s+"
    r"(?P<new>changed|different|new|revised|rewritten|replaced|overhauled)\b",
    re.IGNORECASE,
)
_MOST = 5
_TO_COME = re.compile(r"[^.;:]{0,60}\b(?:will|shall|would|from\s+April|next\s+year)\b", re.IGNORECASE)
_FOR = re.compile(r"\s+(?:for|of|to|in)\b", re.IGNORECASE)
_END = re.compile(r"[;(]|\.\s")


def read_targets(scene: Scene) -> None:
    """Take down the claims about revised targets and about the set of measures."""
    for _, sentence in scene.sentences():
        names = [one for one in scene.within(scene.subjects, sentence) if one.role is Role.INDICATOR]
        for found in scene.find(_REVISED, sentence):
            if not any(one.start <= found.start() < one.end for one in names):  # "Amended plans" may be a measure
                _revised(scene, sentence, found)
        for found in scene.find(_UNCHANGED, sentence):
            _unchanged(scene, found)


def _revised(scene: Scene, sentence: Part, found: re.Match[str]) -> None:
    world = scene.world
    if _TO_COME.match(scene.flat, found.end(), sentence.end):
        return
    section = section_in(scene, Part(found.start(), found.end())) or section_in(scene, sentence)
    end = _END.search(scene.flat, found.end(), sentence.end)
    behind = _FOR.match(scene.flat, found.end())
    last = (end.start() if end else sentence.end) if behind else found.end()
    named = [codes[0] for _, codes in scene.contract_codes(Part(found.start(), last))]
    if not (section or named):
        return
    inside = named or [code for code in world.contract if world.by_code[code].section == section]
    revised = [code for code in inside if _is_revised(scene, code)]
    is_none = bool(found["no"] or found["not"])
    fits = not revised if is_none else bool(revised) and (not named or len(revised) == len(inside))
    shown = ", ".join(f"{code}{_since(scene, code)}" for code in revised) or "none"
    reason = f"Targets that are not those of a year ago: {shown}."
    place = world.cell_of(revised[0], Measure.TARGET) if revised else ""
    verdict = Verdict.CONFIRMED if fits else Verdict.CONTRADICTED
    told = Told("target", verdict, "not revised" if is_none else "revised", shown, reason, place)
    scene.tell(found.start(), found.end(), told)


def _is_revised(scene: Scene, code: str) -> bool:
    """Return whether the target of a measure is another than at the start of the year, or than a year ago."""
    world = scene.world
    if code in world.first_targets:
        return False
    now, then = world.target(code), world.target(code, world.quarter.year_ago)
    differs = now is not None and then is not None and (now.on, now.inside) != (then.on, then.inside)
    return differs or code in world.new_targets


def _since(scene: Scene, code: str) -> str:
    target = scene.world.target(code)
    return f" from {target.first.label}" if target is not None and target.first is not None else ""


def _unchanged(scene: Scene, found: re.Match[str]) -> None:
    """Take down that the set is what it was a year ago; largely so where no more than one in five differs."""
    now, then = (_codes(scene, at) for at in (scene.world.quarter, scene.world.quarter.year_ago))
    if not then:
        return
    differing = sorted(set(now) ^ set(then))
    fits = not differing or (bool(found["how"]) and _MOST * len(differing) <= len(now))
    if found["much"]:
        altered = {*differing, *(code for code in scene.world.contract if _is_revised(scene, code))}
        fits = 2 * len(altered) >= len(now)
    shown = f"{len(differing)} added or removed{': ' + ', '.join(differing) if differing else ''}"
    told = Told(
        "contract set",
        Verdict.CONFIRMED if fits else Verdict.CONTRADICTED,
        " ".join(f"{found['how'] or ''}unchanged".split()) if found["what"] else scene.between(*found.span("much")),
        shown,
        f"Of the {len(now)} measures against those of a year ago: {shown}.",
    )
    scene.tell(found.start("what" if found["what"] else "much"), found.end(), told)


def _codes(scene: Scene, quarter: Quarter) -> Sequence[str]:
    return [one.code for one in scene.world.register.valid(Kind.CONTRACT, quarter)]
