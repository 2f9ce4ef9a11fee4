"""What a number or a direction is about, and when: from its clause, its sentence, its paragraph and the headings."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from xlkpi.model.period import Month, Period, Quarter
from xlkpi.prose.mentions import How, PeriodMention, Role, Subject, When
from xlkpi.prose.sentences import Part
from xlkpi.prose.statuses.scene import Scene
from xlkpi.prose.text import Kind, Paragraph, Sentence

_SURE = 0.6
_BESIDE = 12
_HEAD, _MARGIN = 70, 4  # length of a head that runs in, and what may stand behind the name in it
_PRONOUN = re.compile(
    r"\W*(?:however\W+|also\W+)?(?:it|this|that|these|they)\s+(?:is|are|was|were|has|have|had|remains?|now"
    r"|then|fell|rose|amounts?|stands?|represents?|equates?|means?)\b",
    re.IGNORECASE,
)
_NEAR_AFTER = re.compile(
    r"\s*\)?\s*(?:of|in|for)?\s*(?:(?:the|with|an?|who|pupils|families|placed|our|all|its|their|these|those|total|overall|new|more|fewer"
    r"|further|number|numbers|rates?|proportion|percentage|average|of|recorded|single|open|on|subject|to|children|young"
    r"|people|cases)\s+){0,5}",
    re.IGNORECASE,
)
_FAR = 90
#: What introduces a part of what was named before: ``of these``, ``of whom``, ``Of the 1,580 referrals in the year``.
_OF_THEM = re.compile(
    r"\bof\s+(?:(?:these|whom|which|those|them)(?:\s+(?!of\b|and\b|is\b|was\b|were\b|are\b)\w+){0,2}"
    r"|(?-i:(?<=Of ))(?:the|all|our|those)\s+[^.;:,()]{3,60}?),?\s*(?:(?:just|only|some|about|around)\s+)?(?:[0-9,]+\s*\()?$",
    re.IGNORECASE,
)
#: ``The total number of X following the Y was 10`` is about X.
_HEADS = re.compile(
    r"\b(?:number|percentage|proportion|rate|total|share|%)s?\s+of\s+(?:(?:the|all|our|new|children|young|people|and|who|were|are|cases|families)\s+)*$",
    re.IGNORECASE,
)
_WHICH = re.compile(r"\s+(?:which|who|that|whose|where)\b", re.IGNORECASE)
_FEW_WORDS = re.compile(r"\s*(?:(?!and\b|but\b|while\b)[\w'-]+\s+){0,4}")
_STRONG = re.compile(r"[;:]\s|\b(?:but|while|whilst|whereas|although|however)\b", re.IGNORECASE)
_BACK = re.compile(
    r"\W*(?:(?:however|therefore|overall|in\s+addition|additionally|also|and|but"
    r"|at\s+the\s+end\s+of\s+the\s+quarter|coupled\s+with|when\s+looking|compared)\W+)*"
    r"(?:this|these|that|those|it|its|they|we|our|performance|the\s+(?:rate|figure|number|total|outturn"
    r"|proportion|percentage|indicator|measure|position|result|reduction|increase|target|gap)s?|there|which"
    r"|of|both|up|down|an?)\b",
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
        places = {id(one): self._rank(one, at) for one in named}
        ranked = sorted(named, key=lambda one: (places[id(one)][0] + 2.5 * _is_faint(one), places[id(one)]))
        found: dict[str, About] = {}
        for one in ranked:
            for place, code in enumerate(one.names):
                found.setdefault(
                    code,
                    About(
                        code,
                        place == 0 and (one.how.value >= How.SHORT.value or one.weight >= _SURE or _is_marked(one)),
                        one,
                    ),
                )
        topic = self._topic(paragraph, sentence)
        least = How.ALIAS if topic is not None and topic.how is How.CODE else How.SHORT
        own = topic.names[:1] if topic is not None else ()
        whole = any(
            one.how.value >= How.ALIAS.value or (one.how.value >= least.value and one.names[:1] != own) for one in named
        )
        if topic is not None and not whole:
            first = About(topic.names[0], is_sure=True, subject=topic)
            return [first, *(one for code, one in found.items() if code != first.code)]
        earlier = list(self._before(paragraph, sentence, is_bare=not whole))
        if earlier and not whole and _PRONOUN.match(self.scene.flat, sentence.start, sentence.end):
            return [*earlier, *(one for code, one in found.items() if code not in {other.code for other in earlier})]
        for other in earlier:
            found.setdefault(other.code, other)
        return list(found.values())

    def _topic(self, paragraph: Paragraph, sentence: Sentence) -> Subject | None:
        """Return the indicator that heads a paragraph on its own: ``KPI-04. 186 of 198 reviews ...``; or a table row."""
        if paragraph.kind is Kind.ROW:
            return self._topic_of_row(paragraph)
        first = paragraph.sentences[0]
        if first.start == sentence.start:
            return None
        named = self.indicators(first)
        if (
            paragraph.kind is Kind.ITEM
            and named
            and named[0].start - paragraph.body <= _MARGIN
            and named[0].how.value >= How.SHORT.value
        ):
            return named[0]
        if first.end - first.start > _HEAD:
            return None
        inside = [one for one in named if one.end >= first.end - _MARGIN]
        return inside[0] if inside else None

    def _topic_of_row(self, row: Paragraph) -> Subject | None:
        code = self.scene.lines.get(row.index)
        named = [one for cell in row.cells for one in self.indicators(cell) if code in one.names]
        if code is None or not named:
            return None
        return replace(max(named, key=lambda one: one.weight), names=(code,))

    def _rank(self, one: Subject, at: Part) -> tuple[int, int, int]:
        flat = self.scene.flat
        if one.start <= at.start < one.end:
            return (3 if one.crosses else 0), 0, -int(100 * one.weight)
        of_them = _OF_THEM.search(flat, max(0, at.start - _FAR), at.start)
        if of_them:  # of these 91 (22%) became ..., where the whole is named before and the part behind
            return (1 if one.start >= at.end else 4), abs(one.start - at.end), 0
        if one.start >= at.end:
            between = flat[at.end : one.start]
            if _NEAR_AFTER.fullmatch(between):
                return 1, one.start - at.end + 1000 * one.crosses, 0
            return 5 if _STRONG.search(between) else 3, one.start - at.end + 1000 * one.crosses, 0
        between = flat[one.end : at.start]
        if (
            one.how.value >= How.ALIAS.value
            and _HEADS.search(flat, max(0, one.start - _FAR), one.start)
            and not _STRONG.search(between)
            and not one.crosses
            and not _WHICH.match(between)
        ):
            return 1, 500, 0
        return 4 if _STRONG.search(between) else 2, at.start - one.end, 0

    def _before(self, paragraph: Paragraph, sentence: Sentence, *, is_bare: bool) -> Iterator[About]:
        """Yield what the sentences before, the paragraph it goes on with, and the headings are about."""
        earlier = [one for one in paragraph.sentences if one.end <= sentence.start]
        only = len({subject.names[0] for one in earlier for subject in self.indicators(one)}) == 1
        sure = is_bare and (
            only or len(earlier) <= 1 or bool(_BACK.match(self.scene.flat, sentence.start, sentence.end))
        )
        seen: list[Subject] = []
        for before in reversed(earlier):
            seen = self.indicators(before)
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
            crosses = any(
                not at.holds(number.start)
                for number in self.scene.within(
                    self.scene.numbers, Part(min(one.start, at.end), max(at.start, one.start))
                )
            )
            if crosses or self._is_listed(one, named):
                continue
            near = before or bool(_NEAR_AFTER.fullmatch(between)) or bool(_FEW_WORDS.fullmatch(between))
            if near:
                found.append((not before, len(between), one.names[0]))
        return [name for _, _, name in sorted(found)]

    def _is_listed(self, one: Subject, named: Sequence[Subject]) -> bool:
        """Return whether a part stands in a mere list of parts, with no figure beside it."""
        numbers = self.scene.within(self.scene.numbers, Part(one.start - _BESIDE, one.end + _BESIDE))
        if any(one.start - number.end <= _BESIDE and number.start - one.end <= _BESIDE for number in numbers):
            return False
        for other in named:
            if other is not one and other.start != one.start:
                first, second = (one, other) if one.start < other.start else (other, one)
                if re.fullmatch(r"\s*(?:,|and|&|/|,\s*and)\s*", self.scene.flat[first.end : second.start]):
                    return True
        return False

    @cached_property
    def now(self) -> Quarter:
        """Return the quarter reported."""
        return self.scene.world.quarter


_FAINT = 0.5  # of a name's weight
_MARKED = 0.2  # of a name's weight: enough where a word of it is its alone


def _is_faint(one: Subject) -> bool:
    """Return whether so little of a name stands there that a fuller one further off is likelier."""
    return one.how is How.WORDS and one.weight < _FAINT


def _is_marked(one: Subject) -> bool:
    return one.weight >= _MARKED and one.how is How.WORDS


@dataclass(frozen=True, slots=True)
class Dated:
    """The period of a figure.

    Attributes:
        period: Which; None where the draft names one that cannot be told.
        is_named: Whether the draft names it beside the figure.
        words: As the draft names it.
        is_sure: Whether no other time that the workbook does not know is named beside it.
        also: Which it may be of as well, by what the draft said before.
    """

    period: Period | None
    is_named: bool = False
    words: str = ""
    is_sure: bool = True
    also: tuple[Period, ...] = ()


_AT = re.compile(
    r"\s*,?\s*[(\[]?\s*(?:(?:at|of|was|were|is|stood\s+at|:|=|when\s+it\s+was|it\s+was)\s*)?[(\[]?\s*", re.IGNORECASE
)
#: What may stand between a figure and the period that is its own: no comma, no figure, nothing that compares.
_THEN = re.compile(
    r"\s*\)?,?\s*(?:[A-Za-z'/&-]+(?:\s*\([A-Za-z ]+\))?\s+){0,10}?"
    r"(?:(?:as\s+)?(?:in|at|for|during|by|as\s+at|of)\s+)?(?:the\s+)?(?:end\s+of\s+)?",
    re.IGNORECASE,
)
_COMPARING = re.compile(
    r"\b(?:on|from|than|over|against|compar\w+|since|and|but|or|above|below|to|while|whilst|which|improvement|increase|reduction|decrease)\b",
    re.IGNORECASE,
)


def level_period(scene: Scene, sentence: Sentence, at: Part, *, is_paired: bool = False) -> Dated:
    """Return the period of a level: the one beside it, else that of the sentence, else the quarter reported.

    Args:
        scene: The draft.
        sentence: Where it stands.
        at: The figure.
        is_paired: Whether it stands beside the figure that it is compared with, so that a period of comparison is not its own.
    """
    mentions = [one for one in scene.within(scene.periods, sentence) if one.when is not When.SPAN or one.periods]
    mentions = [
        one
        for one in mentions
        if not (is_paired and is_base(one))
        and not _OVER.match(scene.flat, one.start)
        and not (one.when is When.YEAR_AGO and scene.flat[max(0, one.start - 5) : one.start].lower() == "over ")
    ]
    for one in mentions:
        if one.end <= at.start and _AT.fullmatch(scene.flat, one.end, at.start):
            return _dated(scene, one)
    for one in mentions:
        if one.start >= at.end and _is_own(scene, at.end, one):
            return _dated(scene, one)
    before = [
        one for one in mentions if one.end <= at.start and not one.is_baseline and not _parted(scene, one.end, at.start)
    ]
    if before:
        return _unless_taken(scene, sentence, before[-1])
    after = [one for one in mentions if one.start >= at.end and not is_base(one) and one.periods]
    if (
        after
        and not _STRONG.search(scene.flat, at.end, after[0].start)
        and not _figure_between(scene, at.end, after[0].start)
    ):
        return _dated(scene, after[0])
    return Dated(scene.world.quarter)


def _is_own(scene: Scene, end: int, one: PeriodMention) -> bool:
    """Return whether a period behind a figure is the figure's own: ``1,010 contacts received in Q4``."""
    return (
        bool(_THEN.fullmatch(scene.flat, end, one.start))
        and not _COMPARING.search(scene.flat, end, one.start)
        and not _figure_between(scene, end, one.start)
    )


def _unless_taken(scene: Scene, sentence: Sentence, one: PeriodMention) -> Dated:
    """Return a period that a figure before it may have to itself: another one may be of then, or of the quarter reported."""
    dated = _dated(scene, one)
    figures = scene.within(scene.numbers, Part(sentence.start, one.start))
    if not figures or dated.period in (None, scene.world.quarter) or not _is_own(scene, figures[-1].end, one):
        return dated
    return replace(dated, also=(scene.world.quarter,))


#: What a change took, and no figure is of.
_OVER = re.compile(r"(?:over|in\s+the\s+(?:last|past))\b", re.IGNORECASE)


def _parted(scene: Scene, start: int, end: int) -> bool:
    """Return whether a period stands too far before a figure, behind another statement."""
    return bool(re.search(r";\s|\bbut\b|\bwhile\b|\bwhereas\b", scene.flat[start:end], re.IGNORECASE))


def is_base(one: PeriodMention) -> bool:
    """Return whether a period is one that something is compared with."""
    return one.is_baseline or one.when in (When.PREVIOUS, When.YEAR_AGO)


def _dated(scene: Scene, one: PeriodMention) -> Dated:
    words = " ".join(scene.flat[one.start : one.end].split())
    if not one.periods:  # a day, or a calendar year: the figure may be of then, or of the quarter reported
        return Dated(scene.world.quarter, words=words, is_sure=False)
    return Dated(one.periods[0] if len(one.periods) == 1 else None, one.when is not When.CURRENT, words)


def base_periods(scene: Scene, sentence: Sentence, at: Part) -> list[Dated]:
    """Return the periods with which something is compared, the likeliest first; empty where none is named."""
    based = [one for one in scene.within(scene.periods, sentence) if is_base(one) and one.periods]
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
