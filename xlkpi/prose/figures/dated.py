"""The period of a figure, and those with which it is compared: from its clause, its sentence and its paragraph."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from xlkpi.model.period import Month, Period, Quarter
from xlkpi.prose.mentions import PeriodMention, When
from xlkpi.prose.sentences import Part
from xlkpi.prose.statuses.scene import Scene
from xlkpi.prose.text import Paragraph, Sentence

#: What parts two statements of a sentence.
STRONG = re.compile(r"[;:]\s|\b(?:but|while|whilst|whereas|although|however)\b", re.IGNORECASE)


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


def level_period(
    scene: Scene, sentence: Sentence, at: Part, *, is_paired: bool = False, now: Period | None = None
) -> Dated:
    """Return the period of a level: the one beside it, else that of the sentence, else the quarter reported.

    Args:
        scene: The draft.
        sentence: Where it stands.
        at: The figure.
        is_paired: Whether it stands beside the figure that it is compared with, so that a period of comparison is not its own.
        now: The period that a heading sets; None for the quarter reported.
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
            return _dated(scene, one, now)
    for one in mentions:
        if one.start >= at.end and _is_own(scene, at.end, one):
            return _dated(scene, one, now)
    before = [
        one for one in mentions if one.end <= at.start and not one.is_baseline and not _parted(scene, one.end, at.start)
    ]
    if before:
        return _unless_taken(scene, sentence, before[-1], now)
    after = [one for one in mentions if one.start >= at.end and not is_base(one) and one.periods]
    if (
        after
        and not STRONG.search(scene.flat, at.end, after[0].start)
        and not _figure_between(scene, at.end, after[0].start)
    ):
        return _dated(scene, after[0], now)
    return Dated(now or scene.world.quarter)


def _is_own(scene: Scene, end: int, one: PeriodMention) -> bool:
    """Return whether a period behind a figure is the figure's own: ``1,010 contacts received in Q4``."""
    return (
        bool(_THEN.fullmatch(scene.flat, end, one.start))
        and not _COMPARING.search(scene.flat, end, one.start)
        and not _figure_between(scene, end, one.start)
    )


def _unless_taken(scene: Scene, sentence: Sentence, one: PeriodMention, now: Period | None) -> Dated:
    """Return a period that a figure before it may have to itself: another one may be of then, or of the quarter reported."""
    dated = _dated(scene, one, now)
    figures = scene.within(scene.numbers, Part(sentence.start, one.start))
    if not figures or dated.period in (None, now or scene.world.quarter) or not _is_own(scene, figures[-1].end, one):
        return dated
    return replace(dated, also=(now or scene.world.quarter,))


#: What a change took, and no figure is of.
_OVER = re.compile(r"(?:over|in\s+the\s+(?:last|past))\b", re.IGNORECASE)


def _parted(scene: Scene, start: int, end: int) -> bool:
    """Return whether a period stands too far before a figure, behind another statement."""
    return bool(re.search(r";\s|\bbut\b|\bwhile\b|\bwhereas\b", scene.flat[start:end], re.IGNORECASE))


def is_base(one: PeriodMention) -> bool:
    """Return whether a period is one that something is compared with."""
    return one.is_baseline or one.when in (When.PREVIOUS, When.YEAR_AGO)


def _dated(scene: Scene, one: PeriodMention, now: Period | None = None) -> Dated:
    words = " ".join(scene.flat[one.start : one.end].split())
    if not one.periods:  # a day, or a calendar year: the figure may be of then, or of the quarter reported
        return Dated(now or scene.world.quarter, words=words, is_sure=False)
    period = one.periods[0] if len(one.periods) == 1 else None
    if now is not None and one.when in _RELATIVE and isinstance(period, Quarter) and isinstance(now, Quarter | Month):
        shifted = now.quarter.shift(period.index - scene.world.quarter.index)
        period = now if one.when is When.CURRENT else shifted
    return Dated(period, one.when is not When.CURRENT, words)


#: Periods that are named from the one that is told of.
_RELATIVE = (When.CURRENT, When.PREVIOUS, When.YEAR_AGO)


def base_periods(scene: Scene, sentence: Sentence, at: Part, now: Period | None = None) -> list[Dated]:
    """Return the periods with which something is compared, the likeliest first; empty where none is named.

    Args:
        scene: The draft.
        sentence: Where it stands.
        at: The figure or the word.
        now: The period that a heading sets; None for the quarter reported.
    """
    based = [one for one in scene.within(scene.periods, sentence) if is_base(one) and one.periods]
    after = [one for one in based if one.start >= at.end and not _figure_between(scene, at.end, one.start)]
    before = [one for one in based if one.end <= at.start]
    clear = [one for one in before if not _figure_between(scene, one.end, at.start)]
    ordered = [*after[:1], *clear[-1:], *before[-1:]]
    return [_dated(scene, one, now) for one in dict.fromkeys(ordered)]


def _figure_between(scene: Scene, start: int, end: int) -> bool:
    return any(one.end <= end for one in scene.within(scene.numbers, Part(start, end)))


def month_of_paragraph(scene: Scene, paragraph: Paragraph, at: Part) -> Month | None:
    """Return the last month that a paragraph names before a place."""
    named = [one for one in scene.within(scene.periods, Part(paragraph.start, at.start)) if one.when is When.MONTH]
    months = [one.periods[0] for one in named if one.periods and isinstance(one.periods[0], Month)]
    return months[-1] if months else None
