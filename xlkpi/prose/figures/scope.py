"""What a number or a direction is about, and when: from its clause, its sentence, its paragraph and the headings."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from xlkpi.model.period import Month, Period, Quarter
from xlkpi.prose.mentions import How, PeriodMention, Role, Subject, When
from xlkpi.prose.sentences import Part
from xlkpi.prose.statuses.scene import Scene
from xlkpi.prose.text import Kind, Paragraph, Sentence

_SURE = 0.6
_NEAR_AFTER = re.compile(
    r"\s*\)?\s*(?:of|in|for)?\s*(?:(?:the|our|all|its|their|these|those|total|overall|new|more|fewer|further|number|numbers|rates?|proportion|percentage|average|of|recorded|single|open|children|young|people|cases)\s+){0,5}",
    re.IGNORECASE,
)
_STRONG = re.compile(r"[;:]\s|\b(?:but|while|whilst|whereas|although|however)\b", re.IGNORECASE)
_BACK = re.compile(
    r"\W*(?:(?:however|therefore|overall|in\s+addition|additionally|also|and|but|at\s+the\s+end\s+of\s+the\s+quarter|coupled\s+with|when\s+looking|compared)\W+)*"
    r"(?:this|these|that|those|it|its|they|we|our|performance|the\s+(?:rate|figure|number|total|outturn|proportion|percentage|indicator|measure|position|result|reduction|increase|target|gap)s?|there|which|of|both|up|down|an?)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class About:
    """An indicator that a number or a direction may be about.

    Attributes:
        code: Its code.
        is_sure: Whether the words leave no doubt.
        subject: Where it is named.
        is_near: Whether it is named in the same sentence.
    """

    code: str
    is_sure: bool
    subject: Subject
    is_near: bool = True


class Scope:
    """Finds what stands around a place in the draft."""

    def __init__(self, scene: Scene) -> None:
        """Take in a draft with its mentions."""
        self.scene = scene
        self._indicators: dict[int, list[Subject]] = {}

    def indicators(self, part: Part) -> list[Subject]:
        """Return the indicators named in a part of the text."""
        found = self._indicators.get(part.start)
        if found is None or (found and found[-1].start >= part.end):
            found = [one for one in self.scene.within(self.scene.subjects, part) if one.role is Role.INDICATOR]
            self._indicators[part.start] = found
        return found

    def about(self, paragraph: Paragraph, sentence: Sentence, at: Part) -> list[About]:
        """Return the indicators that something may be about, the likeliest first."""
        named = self.indicators(sentence)
        ranked = sorted(named, key=lambda one: self._rank(one, at, sentence))
        found: dict[str, About] = {}
        for one in ranked:
            for place, code in enumerate(one.names):
                found.setdefault(code, About(code, place == 0 and (one.how.value >= How.SHORT.value or one.weight >= _SURE or _is_marked(one)), one))
        for one in self._before(paragraph, sentence, is_bare=not found):
            found.setdefault(one.code, one)
        return list(found.values())

    def _rank(self, one: Subject, at: Part, sentence: Sentence) -> tuple[int, int, int]:
        flat = self.scene.flat
        if one.start <= at.start < one.end:
            bracketed = one.crosses and flat[max(0, at.start - 2) : at.start].strip() == "("
            return (3 if bracketed else 0), 0, -int(100 * one.weight)
        if one.start >= at.end:
            between = flat[at.end : one.start]
            if _NEAR_AFTER.fullmatch(between):
                return 1, one.start - at.end + 1000 * one.crosses, 0
            return 4 + (1 if _STRONG.search(between) else 0), one.start - at.end, 0
        between = flat[one.end : at.start]
        strong = 1 if _STRONG.search(between) else 0
        return 2 + strong, at.start - one.end, 0

    def _before(self, paragraph: Paragraph, sentence: Sentence, *, is_bare: bool) -> Iterator[About]:
        """Yield what the sentences before, the paragraph it goes on with, and the headings are about."""
        earlier = [one for one in paragraph.sentences if one.end <= sentence.start]
        sure = is_bare and (bool(_BACK.match(self.scene.flat, sentence.start, sentence.end)) or len(earlier) <= 1)
        seen: list[Subject] = []
        for one in reversed(earlier):
            seen = self.indicators(one)
            if seen:
                break
        if not seen:
            seen = self._goes_on(paragraph)
        distinct = list(dict.fromkeys(one.names[0] for one in seen))
        ordered = seen if len(distinct) <= 1 else sorted(seen, key=lambda one: (-one.how.value, one.start))
        for one in ordered:
            certain = sure and len(distinct) == 1 and one.how.value >= How.SHORT.value
            yield About(one.names[0], certain, one, is_near=False)

    def _goes_on(self, paragraph: Paragraph) -> list[Subject]:
        """Return what the paragraph before, of the same number, or the heading above is about."""
        paragraphs = self.scene.text.paragraphs
        if paragraph.index and not paragraph.own_number and paragraph.number:
            before = paragraphs[paragraph.index - 1]
            if before.kind is Kind.PROSE and before.number == paragraph.number:
                for sentence in reversed(before.sentences):
                    if found := self.indicators(sentence):
                        return found
        for index in reversed(paragraph.headings):
            heading = paragraphs[index]
            if found := [one for one in self.scene.within(self.scene.subjects, heading) if one.role is Role.INDICATOR]:
                return found
        return []

    def parts(self, sentence: Part, at: Part) -> list[str]:
        """Return the parts of indicators named beside a place, the nearest first; none of those in a mere list of parts."""
        named = [one for one in self.scene.within(self.scene.subjects, sentence) if one.role is Role.PART]
        found = []
        for one in named:
            before = one.end <= at.start
            between = self.scene.flat[one.end : at.start] if before else self.scene.flat[at.end : one.start]
            crosses = any(number.start != at.start for number in self.scene.within(self.scene.numbers, Part(min(one.start, at.end), max(at.start, one.start))))
            if crosses or self._is_listed(one, named):
                continue
            near = before or bool(_NEAR_AFTER.fullmatch(between))
            if near:
                found.append((len(between), one.names[0]))
        return [name for _, name in sorted(found)]

    def _is_listed(self, one: Subject, named: Sequence[Subject]) -> bool:
        for other in named:
            if other is not one and other.start != one.start:
                first, second = (one, other) if one.start < other.start else (other, one)
                if re.fullmatch(r"\s*(?:,|and|&|/|,\s*and)\s*", self.scene.flat[first.end : second.start]):
                    return True
        return False

    def is_of_peers(self, sentence: Part, at: Part) -> bool:
        """Return whether a number is of somebody else, or set against them: national, regional, neighbours."""
        flat = self.scene.flat
        for one in self.scene.within(self.scene.subjects, sentence):
            if one.role is not Role.PEER:
                continue
            if one.start >= at.end and _PEER_AFTER.fullmatch(flat, at.end, one.start):
                return True
            if one.end <= at.start and at.start - one.end <= _PEER_REACH:
                between = flat[one.end : at.start]
                numbers = any(other.start != at.start for other in self.scene.within(self.scene.numbers, Part(one.end, at.start)))
                if not numbers and not _STRONG.search(between) and not _OURS.search(between):
                    return True
        return False

    @cached_property
    def now(self) -> Quarter:
        """Return the quarter reported."""
        return self.scene.world.quarter


_PEER_REACH = 60
_PEER_AFTER = re.compile(
    r"\s*(?:[(,]\s*)?(?:than\s+)?(?:(?:higher|lower|better|worse|above|below|more|less)\s+(?:than\s+)?)?(?:(?:for|in|across|by|as|of)\s+)?(?:(?:the|our|all|latest|\"|\w+'s)\s*)*\"?",
    re.IGNORECASE,
)
_OURS = re.compile(r"\b(?:we|our|us|trust|local(?:ly)?|council|outturn\s+is)\b|,\s+(?:and|which)\b", re.IGNORECASE)


def _is_marked(one: Subject) -> bool:
    return one.weight >= 0.2 and one.how is How.WORDS


@dataclass(frozen=True, slots=True)
class Dated:
    """The period of a figure.

    Attributes:
        period: Which; None where the draft names one that cannot be told.
        is_named: Whether the draft names it beside the figure.
        words: As the draft names it.
    """

    period: Period | None
    is_named: bool = False
    words: str = ""


_AT = re.compile(r"\s*,?\s*[(\[]?\s*(?:(?:at|of|was|were|is|stood\s+at|:|=|when\s+it\s+was)\s*)?[(\[]?\s*", re.IGNORECASE)
_THEN = re.compile(
    r"\s*\)?,?\s*(?:(?:children|cases|people|young\s+people|families|visits|contacts|referrals|plans|days|of\s+cases|recorded|reported|seen)\s+){0,2}"
    r"(?:(?:as\s+)?(?:in|at|for|during|by|on|as\s+at|from|of)\s+)?(?:the\s+)?(?:end\s+of\s+)?\(?\s*",
    re.IGNORECASE,
)
_COMPARING = re.compile(r"\b(?:on|from|than|over|against|compared\s+(?:to|with)|since)\s*(?:the\s*)?$", re.IGNORECASE)


def level_period(scene: Scene, sentence: Sentence, at: Part, *, is_paired: bool = False) -> Dated:
    """Return the period of a level: the one beside it, else that of the sentence, else the quarter reported.

    Args:
        scene: The draft.
        sentence: Where it stands.
        at: The figure.
        is_paired: Whether it stands beside the figure that it is compared with, so that a period of comparison is not its own.
    """
    mentions = [one for one in scene.within(scene.periods, sentence) if one.when is not When.SPAN or one.periods]
    for one in mentions:
        if is_paired and _is_base(one):
            continue
        if one.end <= at.start and _AT.fullmatch(scene.flat, one.end, at.start):
            return _dated(scene, one)
        if one.start >= at.end and _THEN.fullmatch(scene.flat, at.end, one.start):
            if _COMPARING.search(scene.flat[at.end : one.start]):
                continue
            return _dated(scene, one)
    plain = [one for one in mentions if not _is_base(one) and one.periods]
    before = [one for one in plain if one.end <= at.start]
    if before:
        return _dated(scene, before[-1])
    if plain and not _STRONG.search(scene.flat, at.end, plain[0].start):
        return _dated(scene, plain[0])
    return Dated(scene.world.quarter)


def _is_base(one: PeriodMention) -> bool:
    return one.is_baseline or one.when in (When.PREVIOUS, When.YEAR_AGO)


def _dated(scene: Scene, one: PeriodMention) -> Dated:
    words = " ".join(scene.flat[one.start : one.end].split())
    return Dated(one.periods[0] if len(one.periods) == 1 else None, one.when is not When.CURRENT, words)


def base_periods(scene: Scene, sentence: Sentence, at: Part) -> list[Dated]:
    """Return the periods with which something is compared, the likeliest first; empty where none is named."""
    based = [one for one in scene.within(scene.periods, sentence) if _is_base(one) and one.periods]
    after = [one for one in based if one.start >= at.end and not _figure_between(scene, at.end, one.start)]
    before = [one for one in based if one.end <= at.start]
    clear = [one for one in before if not _figure_between(scene, one.end, at.start)]
    ordered = [*after[:1], *clear[-1:], *before[-1:]]
    return [_dated(scene, one) for one in dict.fromkeys(ordered)]


def _figure_between(scene: Scene, start: int, end: int) -> bool:
    return any(one.end <= end for one in scene.within(scene.numbers, Part(start, end)))


def month_of_paragraph(scene: Scene, paragraph: Paragraph, at: Part) -> Month | None:
    """Return the last month that a paragraph names before a place."""
    named = [one for one in scene.within(scene.periods, Part(paragraph.start, at.start)) if one.when is When.MONTH]
    months = [one.periods[0] for one in named if one.periods and isinstance(one.periods[0], Month)]
    return months[-1] if months else None
