"""Counts of measures of which the count before them says the status: ``three are not``, ``none were last quarter``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from xlkpi.calculate.status import Status
from xlkpi.model.period import Quarter
from xlkpi.prose.mentions import Number, PeriodMention, Unit
from xlkpi.prose.ratings import RATED
from xlkpi.prose.scene import Scene
from xlkpi.prose.sentences import Part
from xlkpi.prose.statuses.bases import is_number_of_measures
from xlkpi.prose.statuses.counts import tell_count
from xlkpi.prose.statuses.marks import Counted
from xlkpi.prose.statuses.quantities import quantities_in
from xlkpi.prose.text import Sentence

#: ``Of our twelve targets we met four``.
_WE_MET = re.compile(
    r"\bof\s+(?:(?:our|the|all|these)\s+)*(?P<all>[\w-]+)\s+(?:contract\s+)?(?:targets|measures|indicators|kpis|standards),?\s+"
    r"(?:we|the\s+\w+|it|they)\s+(?:(?:have|has)\s+)?(?P<how>met|hit|achieved|reached|missed)\s+(?:only\s+|just\s+)?(?P<many>[\w-]+)"
    r"(?=\s*(?:[.,;:]|$|and\b|against\b|this\b|in\b|compared\b))",
    re.IGNORECASE,
)
#: ``We met 14 of our 20 targets``.
_MET_OF = re.compile(
    r"\b(?:we|the\s+\w+|it|they)\s+(?:(?:have|has)\s+)?(?P<how>met|hit|achieved|reached|missed)\s+(?:only\s+|just\s+)?(?P<many>[\w-]+)"
    r"\s+(?:out\s+)?of\s+(?:(?:our|the|all|these|its|their)\s+)*(?P<all>[\w-]+)\s+(?:contract\s+)?(?:targets|measures|indicators|kpis|standards)\b",
    re.IGNORECASE,
)
#: ``three are not``, ``two did not``, ``two were neither``.
_NOT = re.compile(
    r"\s+(?:(?:are|were|is|was|do|did|does|have|has|had)\s+(?:not|neither)|failed\s+to(?:\s+do\s+so)?)(?=\s*(?:[.,;:)]|$|and\b|but\b))",
    re.IGNORECASE,
)
#: What stands between such a count and its quarter: ``none were last quarter``, ``the two that did so in spring 2022``.
_DID = re.compile(
    r"(?:\s+(?:out\s+)?of\s+(?:the\s+|our\s+)?[\w-]+)?\s*(?:(?:that|which|who)\s+)?(?:were|was|had|did|stood\s+there)?(?:\s+(?:been|so|it|then|there))*\s*,?\s*(?:(?:in|at|for|during|back\s+in)\s+)?\(?$"
    r"|\s*\(\s*$",
    re.IGNORECASE,
)
_IT_WAS = re.compile(
    r"\s*,?\s+(?:it|there|they|the\s+(?:number|figure|count))\s+(?:was|were|had\s+been)\s+(?:only\s+|just\s+)?|\s*:\s*",
    re.IGNORECASE,
)
#: ``where in June only two did``, ``where in December six were not``.
_ONLY = re.compile(r"\s*,?\s+(?:only\s+|just\s+)?", re.IGNORECASE)
_DO = re.compile(r"\s+(?:did|do|were|was|had|have)\b", re.IGNORECASE)
#: What stands before it: another quarter, or the same statement once more.
_THEN = re.compile(
    r"(?:\b(?:against|from|than|versus|vs\.?|compare[sd]\s+(?:with|to)|(?:where|when)\s+(?:there|it|they)\s+(?:was|were|had\s+been)"
    r"|as\s+many\s+as\s+the|and|but|while|whereas|than\s+the|on\s+the)|[,;:(\u2013-]|^)\s*(?:(?:only|just|the|it\s+was|there\s+(?:was|were))\s+)*$",
    re.IGNORECASE,
)


def read_sequels(scene: Scene, told: Mapping[int, Sequence[Counted]]) -> None:
    """Take down counts that name no status, of which the count before them in their sentence tells what they count.

    Args:
        scene: The draft.
        told: The words of each sentence that name the status of a count, by where the sentence starts.
    """
    for _, sentence in scene.sentences():
        marks = [*_met(scene, sentence), *told.get(sentence.start, ())]
        if marks:
            _read(scene, sentence, marks)


def _read(scene: Scene, sentence: Sentence, marks: Sequence[Counted]) -> None:
    rest: frozenset[Status] = frozenset()  # of a count that names none: "and two are not; one was last quarter"
    for number in _unread(scene, sentence, marks[0].part.end):
        before = [one for one in marks if one.part.end <= number.start]
        if _NOT.match(scene.flat, number.end, sentence.end):
            rest = _rest([one for one in before if one.quarter == before[-1].quarter])
            then = _quarter_before(scene, sentence, number)
            _tell(scene, number, rest, then or before[-1].quarter or scene.world.quarter)
        elif then := _quarter_before(scene, sentence, number) or _quarter_behind(scene, sentence, number, before[-1]):
            _tell(scene, number, rest or before[-1].statuses, then)


def _met(scene: Scene, sentence: Sentence) -> Iterator[Counted]:
    """Take down ``of our twelve targets we met four``; yield the word for the status."""
    numbers = {one.start: one for one in scene.within(scene.numbers, sentence)}
    for found in (*scene.find(_WE_MET, sentence), *scene.find(_MET_OF, sentence)):
        base, many = numbers.get(found.start("all")), numbers.get(found.start("many"))
        if base is None or many is None or not is_number_of_measures(scene, base, "", scene.world.quarter):
            continue
        statuses = frozenset({Status.INSIDE, Status.OUTSIDE} if found["how"].lower() == "missed" else {Status.ON})
        if not scene.is_used(many):
            _tell(scene, many, statuses, scene.world.quarter)
        yield Counted(Part(found.start("how"), found.end()), statuses, statuses)


def _unread(scene: Scene, sentence: Sentence, start: int) -> Iterator[Number]:
    """Yield the counts of a sentence from a place on of which nothing was said yet."""
    for one in quantities_in(scene, Part(start, sentence.end), of_before=True):
        if one.unit is Unit.NONE and not scene.is_used(one):
            yield one


def _rest(marks: Sequence[Counted]) -> frozenset[Status]:
    """Return the statuses that none of some marks names."""
    return frozenset(RATED) - frozenset().union(*(one.statuses for one in marks))


def _quarter_before(scene: Scene, sentence: Sentence, number: Number) -> Quarter | None:
    """Return the quarter that is named for a count right before it: ``and this time last year it was none``."""
    near = scene.within(scene.periods, Part(sentence.start, number.start))[-1:]
    if not near or not near[0].periods:
        return None
    is_said = _IT_WAS.fullmatch(scene.flat, near[0].end, number.start)
    is_done = _ONLY.fullmatch(scene.flat, near[0].end, number.start) and _DO.match(scene.flat, number.end)
    return scene.quarter_named(near[0]) if is_said or is_done else None


def _quarter_behind(scene: Scene, sentence: Sentence, number: Number, mark: Counted) -> Quarter | None:
    """Return the quarter that is named for a count right behind it; None where none is, or where it counts something else."""
    near: Sequence[PeriodMention] = scene.within(scene.periods, Part(number.end, sentence.end))[:1]
    if not near or not near[0].periods or not isinstance(near[0].periods[0], Quarter):
        return None
    is_sequel = _DID.fullmatch(scene.flat, number.end, near[0].start) and _THEN.search(
        scene.flat[mark.part.end : number.start]
    )
    return near[0].periods[0] if is_sequel else None


def _tell(scene: Scene, number: Number, statuses: frozenset[Status], quarter: Quarter) -> None:
    if statuses:
        tell_count(scene, Counted(number, statuses, statuses), number, "", quarter, number.end)
