"""Where the measures of a status are: ``Two of the reds are in Homes, with one in Environment``, ``all reds are in Homes``."""

from __future__ import annotations

import re

from xlkpi.prose.claim import Verdict
from xlkpi.prose.fact import Measure
from xlkpi.prose.mentions import Form, How, Number, Role, Subject, Unit
from xlkpi.prose.scene import Scene, Told
from xlkpi.prose.sentences import Part
from xlkpi.prose.statuses.counts import tell_count
from xlkpi.prose.statuses.every import tell_every
from xlkpi.prose.statuses.marks import Counted
from xlkpi.prose.statuses.measures import Group
from xlkpi.prose.statuses.past import labelled
from xlkpi.prose.tables.cells import status_words
from xlkpi.prose.text import Sentence

_NOUN = r"(?:measures|indicators|kpis|ones)\b"
_SAYS = re.compile(rf"\b(?P<colour>red|amber|green)(?:s\b|(?:[\s-]+rated)?\s+{_NOUN})", re.IGNORECASE)
_ARE = r"(?:(?:is|are|was|were|sits?|falls?|lies?|comes?)\s+)"
_WITHIN = r"(?:in|under|from|within)\s+(?:the\s+)?"
#: Between a count and its section.
_IN = re.compile(
    r"\s+(?:of\s+(?:the|these|those|our|them)\b(?:\s+(?:\w+\s+){0,2}(?:reds|ambers|greens|measures|indicators|kpis|ones))?\s+)?"
    rf"{_ARE}?{_WITHIN}",
    re.IGNORECASE,
)
#: ``One of the two`` and ``all the``, before the colour.
_PART_OF = re.compile(r"\s+of\s+(?:the|these|those|our)\s+", re.IGNORECASE)
_ALL = re.compile(
    r"\b(?P<every>all|both|none|each)\s+(?:of\s+)?(?:(?:the|our|these)\s+)?(?:[\w-]+\s+)?$", re.IGNORECASE
)
#: Between a colour and its section.
_ARE_IN = re.compile(rf"\s+(?:{_NOUN}\s+)?{_ARE}{_WITHIN}", re.IGNORECASE)
#: ``Turnover (red) belongs to Workforce``.
_BELONGS = re.compile(
    r"\s*(?:\([^()]{1,24}\)\s*)?,?\s+(?:belongs\s+to|falls\s+under|comes\s+under|sits\s+(?:under|within)|is\s+(?:part\s+of|reported\s+under))\s+(?:the\s+)?",
    re.IGNORECASE,
)


def read_whereabouts(scene: Scene) -> None:
    """Take down how many of the measures of a status are in each section that a sentence names, and which it has."""
    for _, sentence in scene.sentences():
        sections = [one for one in scene.within(scene.subjects, sentence) if _is_section(scene, one)]
        said = scene.find(_SAYS, sentence) if sections else []
        if len({one["colour"].lower() for one in said}) == 1:
            _read(scene, sentence, said[0], sections)
        for one in sections:
            _member(scene, sentence, one)


def _is_section(scene: Scene, one: Subject) -> bool:
    return one.role is Role.SECTION and bool(one.names) and one.names[0] in scene.world.sections


def _read(scene: Scene, sentence: Sentence, said: re.Match[str], sections: list[Subject]) -> None:
    colour, statuses = Part(*said.span()), status_words(said["colour"])
    quarter = labelled(scene, sentence) or scene.world.quarter
    mark = Counted(colour, statuses, statuses, quarter=quarter)
    for one in sections:
        if one.start < colour.end:
            continue
        number = _count_before(scene, sentence, one)
        if number is not None and not scene.is_used(number):
            tell_count(scene, mark, number, one.names[0], quarter, one.end)
        elif _ARE_IN.fullmatch(scene.flat, colour.end, one.start):
            _of_colour(scene, sentence, mark, one)


def _of_colour(scene: Scene, sentence: Sentence, mark: Counted, section: Subject) -> None:
    """Take down how many of the measures of a colour are in the one section: ``one of the two``, ``all the``."""
    quarter = mark.quarter or scene.world.quarter
    counts = [one for one in scene.within(scene.numbers, Part(sentence.start, mark.part.start)) if _is_count(one)][-2:]
    if counts and not scene.flat[counts[-1].end : mark.part.start].strip() and len(counts) > 1:
        if _PART_OF.fullmatch(scene.flat, counts[0].end, counts[1].start):
            tell_count(scene, mark, counts[0], section.names[0], quarter, section.end)
            tell_count(scene, mark, counts[1], "", quarter, mark.part.end)
        return
    found = _ALL.search(scene.flat, sentence.start, mark.part.start)
    world, name = scene.world, section.names[0]
    here, all_ = (world.count(mark.statuses, where, quarter) for where in (name, ""))
    if found is None:
        return
    if found["every"].lower() == "none":
        tell_every(scene, mark, Group(found.start(), section.end, every="none", section=name))
        return
    reason = f"{here.value} of the {all_.value} {'is' if here.value == 1 else 'are'} in {name}."
    verdict = Verdict.CONFIRMED if here.value == all_.value > 0 else Verdict.CONTRADICTED
    told = Told("count of measures", verdict, f"all in {name}", f"{here.value} of {all_.value}", reason, here.cell)
    scene.tell(found.start(), section.end, told)


def _member(scene: Scene, sentence: Sentence, section: Subject) -> None:
    """Take down that a measure belongs to a section; one that is known by other words than its own may be another."""
    for one, codes in scene.contract_codes(Part(sentence.start, section.start))[-1:]:
        if one.how.value < How.ALIAS.value or not _BELONGS.fullmatch(scene.flat, one.end, section.start):
            continue
        own = scene.world.by_code[codes[0]].section
        verdict = Verdict.CONFIRMED if own == section.names[0] else Verdict.CONTRADICTED
        reason = f"{codes[0]} is in {own}."
        place = scene.world.cell_of(codes[0], Measure.STATUS)
        scene.tell(section.start, section.end, Told("section", verdict, section.names[0], own, reason, place, codes[0]))


def _count_before(scene: Scene, sentence: Sentence, one: Part) -> Number | None:
    """Return the count that stands before a section; None where another thing does."""
    numbers = scene.within(scene.numbers, Part(sentence.start, one.start))[-1:]
    is_count = bool(numbers) and _is_count(numbers[0])
    return numbers[0] if is_count and _IN.fullmatch(scene.flat, numbers[0].end, one.start) else None


def _is_count(one: Number) -> bool:
    return one.form is Form.CARDINAL and one.unit is Unit.NONE and not one.decimals
