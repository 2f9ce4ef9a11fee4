"""Counts of measures section by section: ``Practice has two of its four on target, Safety one and Workforce none``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from xlkpi.model.period import Quarter
from xlkpi.prose.mentions import Form, Number, Role, StatusPhrase, Subject, Unit
from xlkpi.prose.scene import Scene
from xlkpi.prose.sentences import Part
from xlkpi.prose.statuses.bases import tell_base
from xlkpi.prose.statuses.counts import tell_count
from xlkpi.prose.statuses.marks import SHORT_FOR, Counted, counted_as, marks_in
from xlkpi.prose.statuses.past import dated_mark, fact_of, is_so, labelled
from xlkpi.prose.text import Kind

#: What stands between a section and its first count: ``In Youth it is one``, ``Front door (3 measures): two``.
_SAYS = re.compile(
    r"(?:\s+(?:section|domain|theme|measures|indicators|kpis))?"
    r"(?:\s*[:,=(\u2013\u2014-]|\s+(?:it\s+(?:is|was)|there\s+(?:is|are|was|were)|we\s+(?:have|had)"
    r"|(?:now\s+)?(?:has|have|had|is|are|was|were|with|shows?|showed|scores?|scored))\b)?"
    r"(?:\s+(?:now|only|just|still|all|also|at))*\s*",
    re.IGNORECASE,
)
#: What stands between two counts of one section.
_NEXT = re.compile(r"\s*(?:[,;/|]|and\b|but\b|,\s*and\b)\s*(?:(?:only|just|also)\s+)?", re.IGNORECASE)
_BASE = re.compile(r"\s*(?:(?:out\s+)?of\s+(?:(?:its|the|their|our|all)\s+)*|/\s*)", re.IGNORECASE)
_TO_STATUS = re.compile(
    r"\s*(?:\(?(?:measures?|indicators?|kpis?|of\s+them)\)?\s*)?(?:(?:is|are|was|were|has|have|had|been|that\s+(?:is|are)|still|now|rated)\s+)*",
    re.IGNORECASE,
)
#: ``two on, one within``: a status in one word, where a count and a section stand before it.
_SHORT = re.compile(
    rf"(?P<where>{'|'.join(sorted(SHORT_FOR, key=len, reverse=True))})(?=\s*[;,.()|]|\s+(?:and|but)\b|\s*$)",
    re.IGNORECASE,
)
#: What may follow a count that names no status.
_ENDS = re.compile(r"\s*(?:[;,.()|]|$|(?:and|but|while|whereas|with|against)\b)", re.IGNORECASE)
#: ``The reds by section: Front door 2``: what stands between a status and the first section.
_HEADS = re.compile(
    r"[\s,:;(\u2013\u2014-]*(?:(?:by|per|in\s+each|for\s+each)\s+(?:section|domain|theme)|(?:is|are|was|were)(?:\s+in)?|in|measures|indicators|as\s+follows|[\s,:;(\u2013\u2014-])*",
    re.IGNORECASE,
)
_LEAST = 2  # counts of a list of sections, that it is one


@dataclass(frozen=True)
class _Count:
    """A count of the measures of a section.

    Attributes:
        section: Which.
        number: How many.
        base: Of how many; None where that is not said.
        mark: The words for the status, or where they would stand.
        is_own: Whether the count has words for it of its own, and not those of another one.
    """

    section: str
    number: Number
    base: Number | None
    mark: Counted
    is_own: bool


@dataclass(frozen=True)
class _Read:
    """A count as it stands: how many, of how many, the words for its status where it has some, and where it ends."""

    number: Number
    base: Number | None
    mark: Counted | None
    end: int


def read_sections(scene: Scene, taken: set[int]) -> None:
    """Take down the claims about how many measures of a section have a status.

    Args:
        scene: The draft.
        taken: Where status phrases start that something else has read; those read here are added.
    """
    before: Sequence[Counted] = ()
    for paragraph, sentence in scene.sentences():
        named = _named(scene, sentence)
        marks = marks_in(scene, sentence, goes_on=True) if named and paragraph.kind is not Kind.HEADING else []
        found = _counts(scene, sentence, named, _header(scene, marks, named), before) if named else ()
        counts = list(_dated(scene, sentence, found))
        if counts and _is_list(scene, counts):
            _tell(scene, counts, taken)
            taken.update(one.part.start for one in marks if one.part.start < named[0].start)
        before = marks


def _named(scene: Scene, sentence: Part) -> list[Subject]:
    """Return where a sentence names sections."""
    found = {
        one.start: one
        for one in scene.within(scene.subjects, sentence)
        if one.role is Role.SECTION and one.names and one.names[0] in scene.world.sections
    }
    return list(found.values())


def _header(scene: Scene, marks: Sequence[Counted], named: Sequence[Subject]) -> list[Counted]:
    """Return the status that heads a list of sections: ``The reds by section: Front door 2, Help 1``."""
    above = [one for one in marks if one.part.end <= named[0].start][-1:]
    return above if above and _HEADS.fullmatch(scene.flat, above[0].part.end, named[0].start) else []


def _counts(
    scene: Scene, sentence: Part, named: Sequence[Subject], header: Sequence[Counted], before: Sequence[Counted]
) -> Iterator[_Count]:
    """Yield the counts of the sections of a sentence, each with its status: its own, or that of the one in its place before.

    Args:
        scene: The draft.
        sentence: Which.
        named: Where it names sections.
        header: The status that heads them.
        before: Those that the sentence before names, in order.
    """
    carried = list(header) or list(before)
    edges = [one.start for one in named[1:]] + [sentence.end]
    for one, end in zip(named, edges, strict=True):
        read = list(_read(scene, Part(one.end, end)))
        own = [entry.mark for entry in read]
        if not any(own):
            own = list(carried[: len(read)])
        if not read or not all(own) or len(own) < len(read):
            continue
        carried = [mark for mark in own if mark]
        for entry, mark in zip(read, carried, strict=True):
            if not scene.is_used(entry.number):
                words = mark if entry.mark else replace(mark, part=entry.number)
                yield _Count(one.names[0], entry.number, entry.base, words, entry.mark is not None)


def _read(scene: Scene, part: Part) -> Iterator[_Read]:
    """Yield the counts that stand behind a section, up to the first thing that is none."""
    says = _SAYS.match(scene.flat, part.start, part.end)
    at = says.end() if says else part.start
    while (found := _read_one(scene, Part(at, part.end))) is not None:
        yield found
        following = _NEXT.match(scene.flat, found.end, part.end)
        if following is None:
            return
        at = following.end()


def _read_one(scene: Scene, part: Part) -> _Read | None:
    number = _number_at(scene, part, part.start)
    if number is None:
        return None
    end, base = number.end, None
    if found := _BASE.match(scene.flat, end, part.end):
        base = _number_at(scene, part, found.end())
        end = base.end if base else end
    mark = _status_at(scene, part, end)
    if mark is None and not _ENDS.match(scene.flat, end, part.end):
        return None
    return _Read(number, base, mark, mark.part.end if mark else end)


def _number_at(scene: Scene, part: Part, at: int) -> Number | None:
    for one in scene.within(scene.numbers, Part(at, at + 1)):
        if one.form is Form.CARDINAL and one.unit is Unit.NONE and not one.decimals and one.end <= part.end:
            return one
    return None


def _status_at(scene: Scene, part: Part, at: int) -> Counted | None:
    """Return the words for a status that stand directly behind a count."""
    link = _TO_STATUS.match(scene.flat, at, part.end)
    start = link.end() if link else at
    phrases: Sequence[StatusPhrase] = scene.within(scene.statuses, Part(start, start + 1))
    if phrases and phrases[0].end <= part.end:
        return counted_as(phrases[0])
    short = _SHORT.match(scene.flat, start, part.end)
    if short is None:
        return None
    statuses = frozenset({SHORT_FOR[short["where"].lower()]})
    return Counted(Part(*short.span()), statuses, statuses)


def _dated(scene: Scene, sentence: Part, counts: Iterable[_Count]) -> Iterator[_Count]:
    """Yield counts with the quarter of which they speak."""
    last: Counted | None = None
    for one in counts:
        quarter: Quarter | None = scene.quarter_of(sentence, one.number.start, one.mark.part.end)
        quarter = labelled(scene, sentence) if quarter == scene.world.quarter else quarter
        last = dated_mark(scene, one.mark, Part(sentence.start, one.number.start), quarter, last)
        yield replace(one, mark=last)


def _is_list(scene: Scene, counts: Sequence[_Count]) -> bool:
    """Return whether counts are those of a list of sections: each has its own status, or most of them are right."""
    if all(one.is_own for one in counts):
        return True
    facts = [
        (one.number, fact_of(scene, one.number, one.mark.statuses, one.section, _at(scene, one))) for one in counts
    ]
    hits = sum(is_so(number, fact) for number, fact in facts)
    return hits == len(counts) or (len(counts) >= _LEAST and 2 * hits >= len(counts))


def _at(scene: Scene, one: _Count) -> Quarter:
    return one.mark.quarter or scene.world.quarter


def _tell(scene: Scene, counts: Sequence[_Count], taken: set[int]) -> None:
    for one in counts:
        quarter = _at(scene, one)
        if one.base is not None:
            tell_base(scene, one.base, one.section, quarter)
        tell_count(scene, one.mark, one.number, one.section, quarter, max(one.mark.part.end, one.number.end))
        if one.is_own:
            taken.add(one.mark.part.start)
