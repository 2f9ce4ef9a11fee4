"""The period of a figure, from its clause, its sentence and its paragraph."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from xlkpi.model.period import Month, Period, Quarter
from xlkpi.prose.mentions import PeriodMention, When
from xlkpi.prose.scene import Scene
from xlkpi.prose.sentences import Part
from xlkpi.prose.text import Paragraph, Sentence

#: What parts two statements of a sentence.
TURNS = (
    r"\b(?:but|while|whilst|whereas|although|however"
    r"|and\s+(?:that|accordingly|consequently|therefore|correspondingly|likewise|similarly|equally))\b"
)
STRONG = re.compile(rf"[;:]\s|{TURNS}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Dated:
    """The period of a figure.

    Attributes:
        period: Which; None where the draft names one that cannot be told.
        is_named: Whether the draft names it beside the figure.
        words: As the draft names it.
        is_sure: Whether no other time that the workbook does not know is named beside it.
        also: Which it may be of as well, by what the draft said before.
        months: The first and the last month of what is named, where it is no single period of a register.
        is_own: Whether it stands directly beside the figure, and is no other one's.
        summed: The quarters whose figures it adds up, where it is one of several.
    """

    period: Period | None
    is_named: bool = False
    words: str = ""
    is_sure: bool = True
    also: tuple[Period, ...] = ()
    months: tuple[Month, Month] | None = None
    is_own: bool = False
    summed: tuple[Quarter, ...] = ()


_AT = re.compile(
    r"\s*,?\s+(?:where|when|in\s+which)\s+(?:there\s+(?:was|were)\s+)?(?:(?:only|just|some|about|around|nearly)\s+)?"
    r"|\s*,?\s+(?:when|in\s+which)\s+(?:the\s+\w+|we|it|they)\s+(?:managed|achieved|had|reached|recorded|saw)\s+(?:(?:only|just)\s+)?"
    r"|\s*,?\s+(?:which|that)\s+(?:had|saw|put)\s+[^.;:,()0-9]{1,40}\s(?:at|of)\s+|(?:['\u2019]s)?\s+(?:figure|level|total|rate|outturn|position|number)\s+of\s+(?:(?:just|around|about)\s+)?"
    r"|['\u2019]s\s+|\s*,?\s+which\s+(?:had|was|were|stood\s+at|came\s+to)\s+|\s*,?\s*[(\[]?\s*(?:(?:at|of|was|were|is|stood\s+at|:|=|when\s+(?:it|there|they|(?:the|this)\s+(?:figure|rate|number|share|level|proportion|average|result|measure|percentage))\s+(?:was|were|stood\s+at)|it\s+was)\s*)?[(\[]?\s*",
    re.IGNORECASE,
)
#: ``slightly higher than in Quarter 2, 26 families instead of 24``: what it came to, or what it was.
_HIGHER = re.compile(
    r"\b(?:higher|lower|more|fewer|better|worse|longer|shorter|up|down)\s+(?:than|on)\s+(?:in\s+|at\s+)?(?:the\s+)?$",
    re.IGNORECASE,
)
#: ``no change on last year: 9.2%``, ``up on last quarter, at 769``: what it came to now.
_COMES_TO = re.compile(r"\s*(?::|,\s*(?:now\s+)?at)\s*", re.IGNORECASE)
_NOW_AT = re.compile(r",\s*(?:now\s+)?at\s+", re.IGNORECASE)
#: What may stand between a figure and the period that is its own: no comma, no figure, nothing that compares.
_THEN = re.compile(
    r"\s*[([]\s*(?:(?:as\s+)?(?:in|at|for|during|by)\s+(?:the\s+)?)?"
    r"|\s*\)?,?\s*(?:[A-Za-z'/&-]+(?:\s*\([A-Za-z ]+\))?\s+){0,10}?"
    r"(?:(?:as\s+)?(?:in|at|for|during|by|as\s+at|of)\s+)?(?:the\s+)?(?:end\s+of\s+)?",
    re.IGNORECASE,
)
#: Behind a period in brackets that is that of the figure before them: ``8.6% (October)``, and not ``8.6% (October: 8.2%)``.
_CLOSES = re.compile(r"\s*[),;\]]")
_COMPARING = re.compile(
    r"\b(?:after|before|following|on|from|than|over|against|compar\w+|since|and|but|or|where|when|who|whose|whereas|though|although|because|above|below|to|while|whilst|which|improvement|increase|reduction|decrease)\b",
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
    mentions = _that_date(scene, sentence, is_paired=is_paired)
    for one in mentions:
        between = scene.flat[one.end : at.start]
        is_said = one.is_baseline and bool((_COMES_TO if one.when in _RELATIVE else _NOW_AT).fullmatch(between))
        is_free = not is_said and not _is_parted(scene, one, at) and not _is_anothers(scene, sentence, one, at)
        if one.end <= at.start and _AT.fullmatch(between) and is_free:
            if one.is_baseline and between.strip() == "," and _HIGHER.search(scene.flat, sentence.start, one.start):
                return Dated(now or scene.world.quarter, also=one.periods)
            return replace(as_dated(scene, one, now), is_own=True)
    for one in mentions:
        if one.start >= at.end and is_own(scene, at.end, one):
            return replace(as_dated(scene, one, now), is_own=True)
    before = [
        one
        for one in mentions
        if one.end <= at.start
        and not one.is_baseline
        and not _parted(scene, one.end, at.start)
        and not _stands_aside(scene, sentence, one, at)
    ]
    if before:
        return _unless_taken(scene, sentence, before[-1], at, now)
    after = [one for one in mentions if one.start >= at.end and not is_base(one) and tells(one)]
    if (
        after
        and not STRONG.search(scene.flat, at.end, after[0].start)
        and not figure_between(scene, at.end, after[0].start)
        and not RANKED.search(scene.flat, at.end, after[0].start)
        and not _ASIDE.search(scene.flat, at.end, after[0].start)
        and not _opens_another(scene, at.end, after[0])
        and not _is_of_next(scene, at.end, after[0])
    ):
        return as_dated(scene, after[0], now)
    return Dated(now or scene.world.quarter)


def _that_date(scene: Scene, sentence: Sentence, *, is_paired: bool) -> list[PeriodMention]:
    """Return the periods of a sentence that its figures may be of: no spans, no events, none from which something came."""
    mentions = [one for one in scene.within(scene.periods, sentence) if one.when is not When.SPAN or tells(one)]
    mentions = [
        one
        for one in mentions
        if not (is_paired and is_base(one))
        and not _OVER.match(scene.flat, one.start)
        and not _EVENT.match(scene.flat, one.end)
        and not _is_before_that(scene, sentence, one)
        and not _TO_COME.search(scene.flat, max(sentence.start, one.start - _BEFORE), one.start)
        and not _AS_THEN.search(scene.flat, max(sentence.start, one.start - _BEFORE), one.start)
        and not (one.when is When.YEAR_AGO and scene.flat[max(0, one.start - 5) : one.start].lower() == "over ")
        and not (
            _LEAVES.search(scene.flat, max(sentence.start, one.start - _BEFORE), one.start)
            and _LED_TO.match(scene.flat, one.end)
        )
    ]
    return [one for place, one in enumerate(mentions) if not _has_month(scene, mentions[max(0, place - 1)], one)]


#: ``than the quarter before, when it is always inflated by those whose September destinations are not known``.
_ASIDE = re.compile(r"\b(?:after|following|when|where|who|whose|because|since)\b", re.IGNORECASE)


#: ``62 of 171 were in time, with October at 41%``, ``up 7.1 points, the new worker started in June``.
_LEADS_ON = re.compile(r"\s+(?:at|was|being|stood\s+at)\s+(?:only\s+|just\s+)?(?=[0-9])", re.IGNORECASE)
_BEFALLS = re.compile(
    r",.*\b(?:start(?:ed|s|ing)|began|opened|launched|left|joined|resumed|closed|signed|recruited|appointed|arrived|approved|introduced|land(?:s|ed)?|went\s+live"
    r"|came\s+in|took\s+up)\s+(?:\w+\s+)?(?:in|on|from|at)\s+(?:the\s+)?$",
    re.IGNORECASE,
)


#: ``It is 26 days shorter than a year ago and moved into tolerance at Q1``.
_DID = re.compile(
    r"\b(?:and|but)\s+(?:has\s+|had\s+|then\s+|first\s+|only\s+)?(?:moved|returned|reached|came|fell|dropped|met|went|became|entered|left|crossed|slipped)\b",
    re.IGNORECASE,
)


def _stands_aside(scene: Scene, sentence: Sentence, one: PeriodMention, at: Part) -> bool:
    """Return whether a period stands in brackets before a figure, with its figure: ``3,201 (Q2: 3,188), 3.2% above``."""
    opening = scene.flat.rfind("(", sentence.start, one.start)
    closing = scene.flat.find(")", one.end, at.start)
    if opening < 0 or closing < 0 or ")" in scene.flat[opening : one.start]:
        return False
    return bool(scene.within(scene.numbers, Part(opening, closing)))


def _is_of_next(scene: Scene, end: int, one: PeriodMention) -> bool:
    """Return whether a period behind a figure is that of the next one, or of what befell: no figure of the draft is of then."""
    said = (_BEFALLS.search(scene.flat, end, one.start), _DID.search(scene.flat, end, one.start))
    return bool(_LEADS_ON.match(scene.flat, one.end) or any(said))


def _has_month(scene: Scene, before: PeriodMention, one: PeriodMention) -> bool:
    """Return whether a month before a quarter says which part of it is meant: ``in August of Quarter 2``."""
    return before.when is When.MONTH and scene.flat[before.end : one.start].strip() == "of"


def is_own(scene: Scene, end: int, one: PeriodMention) -> bool:
    """Return whether a period behind a figure is the figure's own: ``1,010 contacts received in Q4``."""
    return (
        bool(_THEN.fullmatch(scene.flat, end, one.start))
        and not _opens_another(scene, end, one)
        and not _LEADS_ON.match(scene.flat, one.end)
        and not _COMPARING.search(scene.flat, end, one.start)
        and not figure_between(scene, end, one.start)
    )


def _opens_another(scene: Scene, end: int, one: PeriodMention) -> bool:
    """Return whether a period in brackets behind a figure is that of the next one: ``9.8% (Q3: 8.6%)``."""
    between = scene.flat[end : one.start]
    return "(" in between and ")" not in between and not _CLOSES.match(scene.flat, one.end)


def _unless_taken(scene: Scene, sentence: Sentence, one: PeriodMention, at: Part, now: Period | None) -> Dated:
    """Return a period that a figure before it may have to itself: another one may be of then, or of the quarter reported."""
    dated = as_dated(scene, one, now)
    figures = scene.within(scene.numbers, Part(sentence.start, one.start))
    if not figures or dated.period in (None, now or scene.world.quarter) or not is_own(scene, figures[-1].end, one):
        return dated
    if _HAS_COME.match(scene.flat, one.end, at.start) and dated.period is not None:
        return Dated(now or scene.world.quarter, also=(dated.period,))
    return replace(dated, also=(now or scene.world.quarter,))


#: ``void time, which averaged 19.5 days a year ago, has come down to``: what comes behind is of now.
_HAS_COME = re.compile(
    r"\s*(?:,|\band\b|\bbut\b).*\b(?:has|have|is|are|stands?|now|came\s+to|reached|(?:rose|fell|dropped|climbed|grew|went)\b[^.;,]{0,20}\bto)\b",
    re.IGNORECASE,
)


def _is_parted(scene: Scene, one: PeriodMention, at: Part) -> bool:
    """Return whether a comma or a bracket parts a period from a figure with its own: ``104 in 2016/17, 95 in 2017/18``."""
    return bool(re.search("[,(]", scene.flat[one.end : at.start])) and has_own_period(scene, at)


def _is_anothers(scene: Scene, sentence: Part, one: PeriodMention, at: Part) -> bool:
    """Return whether a period is that of the figure right before it: ``with 97.5% last year, three of 206 being late``."""
    before = scene.within(scene.numbers, Part(sentence.start, one.start))[-1:]
    is_beside = bool(before) and bool(_OWN.fullmatch(scene.flat, before[0].end, one.start))
    return is_beside and not one.is_baseline and "," in scene.flat[one.end : at.start]


#: ``Having fallen last quarter, it recovered to 82%``: what went before, without a figure of its own.
_HAVING = re.compile(r"\W*(?:having|after|despite|following)\s+[^,.;:0-9]{1,40}\s$", re.IGNORECASE)
#: ``(14) will be looked at again in the autumn``: no figure of the draft is of then.
_TO_COME = re.compile(r"\b(?:will|shall|(?:is|are)\s+(?:due|planned|scheduled|to\s+be))\b[^.;:,0-9]*$", re.IGNORECASE)


def _is_before_that(scene: Scene, sentence: Part, one: PeriodMention) -> bool:
    """Return whether a period opens a sentence in which it dates only what went before."""
    opens = _HAVING.fullmatch(scene.flat, sentence.start, one.start)
    return opens is not None and scene.flat[one.end : one.end + 1] == ","


#: ``fell out, as they did last summer, to 84%``.
_AS_THEN = re.compile(
    r"\bas\s+(?:it|they|we|this)\s+(?:did|was|were|had)\s+(?:in\s+|at\s+)?(?:the\s+)?$", re.IGNORECASE
)
#: ``eased by 3.9% from the first quarter, to 6,741``: when it began, and not when it came to that.
_LEAVES = re.compile(r"\bfrom\s+(?:the\s+)?$", re.IGNORECASE)
_LED_TO = re.compile(r",?\s+to\s+(?:just\s+|only\s+)?[0-9]", re.IGNORECASE)
#: ``the June deep dive``, ``the December Board``: what is called after a month is of no figure.
_EVENT = re.compile(
    r"\s+(?:deep\s+dive|meetings?|board|committee|panel|session|workshop|cabinet|council|agenda|away\s*day|conference|elections?)\b",
    re.IGNORECASE,
)
#: What a change took, and no figure is of.
_OVER = re.compile(r"(?:over|in\s+the\s+(?:last|past))\b", re.IGNORECASE)


def _parted(scene: Scene, start: int, end: int) -> bool:
    """Return whether a period stands too far before a figure, behind another statement."""
    return bool(_PARTS.search(scene.flat, start, end))


_PARTS = re.compile(
    r";\s|\b(?:but|while|whereas|(?:and|but|is|are)\s+now|and\s+(?:reached|stands?|came\s+to|numbers?))\b"
    r"|,\s+which\s+(?:puts|takes|leaves|brings|makes|means|gives)\b",
    re.IGNORECASE,
)
_OWN = re.compile(r"\s*(?:(?:as\s+)?(?:in|at|for|during|on)\s+(?:the\s+)?(?:end\s+of\s+)?)?", re.IGNORECASE)


def has_own_period(scene: Scene, at: Part) -> bool:
    """Return whether a period stands directly behind a figure: ``(104 in 2023/24, 95 in 2024/25)``."""
    near = scene.within(scene.periods, Part(at.end, at.end + 20))
    return any(_OWN.fullmatch(scene.flat, at.end, one.start) for one in near)


def tells(one: PeriodMention) -> bool:
    """Return whether a period can be told, or some that it may be."""
    return bool(one.periods or one.months or one.perhaps)


def is_base(one: PeriodMention) -> bool:
    """Return whether a period is one that something is compared with."""
    return one.is_baseline or one.when in (When.PREVIOUS, When.YEAR_AGO, When.YEAR_END)


def as_dated(scene: Scene, one: PeriodMention, now: Period | None = None) -> Dated:
    """Return a period that a draft names as that of a figure."""
    words = " ".join(scene.flat[one.start : one.end].split())
    is_begun = _BEGAN.search(scene.flat, max(0, one.start - _BEFORE), one.start)
    if _COHORT.match(scene.flat, one.end) or is_begun:  # those who are followed up, at some later time
        return Dated(now or scene.world.quarter, words=words, is_sure=False, also=one.periods)
    if one.perhaps:
        return Dated(one.perhaps[0], is_named=True, words=words, also=one.perhaps[1:])
    unsure = _unsure(scene, one)
    if unsure is not None:  # the figure may be of then, or of the quarter reported
        return Dated(now or scene.world.quarter, words=words, is_sure=False, also=unsure, months=one.months)
    if _is_of_the_writer(scene, one):
        return Dated(one.periods[0], is_named=True, words=words, also=(now or scene.world.quarter,))
    period = one.periods[0] if len(one.periods) == 1 else None
    if now is not None and one.when in _RELATIVE and isinstance(period, Quarter) and isinstance(now, Quarter | Month):
        shifted = now.quarter.shift(period.index - scene.world.quarter.index)
        period = now if one.when is When.CURRENT else shifted
    return Dated(period, one.when is not When.CURRENT, words)


def _unsure(scene: Scene, one: PeriodMention) -> tuple[Period, ...] | None:
    """Return what a period may mean of which the words leave open which it is; None where they do not."""
    if one.months is not None or not one.periods:
        return ()
    if isinstance(first := one.periods[0], Quarter) and _BEGINS.match(scene.flat, one.end):
        return first.previous, first.months[0], first
    is_one_of = one.when is When.MONTH and len(one.periods) > 1
    return one.periods if is_one_of or (one.when is When.PREVIOUS and not one.certain) else None


def _is_of_the_writer(scene: Scene, one: PeriodMention) -> bool:
    """Return whether a period may be named from the day of writing: ``last year`` is then the one that the figures end with."""
    if one.when is When.PREVIOUS:
        return bool(_LATELY.search(scene.flat, max(0, one.start - _SHORT), one.start + _SHORT))
    words = scene.flat[one.start : one.end].casefold()
    is_year = words == "last year" if one.when is When.YEAR_AGO else words.endswith("last year")
    return one.when in (When.YEAR_AGO, When.YEAR_END) and is_year and not one.is_baseline


_SHORT = 9
#: ``In the last quarter 25 children were adopted`` may be said of the one that has just ended.
_LATELY = re.compile(r"\b(?:in|over|during|within)\s+(?:the|our)\s+(?:last|past)\b", re.IGNORECASE)
_BEGINS = re.compile(r"\s+(?:began|begun|started|opened)\b", re.IGNORECASE)
#: ``2,072 of the 2,303 tenancies which began in 2020/21``.
_BEGAN = re.compile(
    r"\b(?:which|that|who)\s+(?:\w+\s+){0,2}(?:beg[au]n|start\w*|open\w*|enter\w*|left|born|sign\w*|creat\w*|granted|complet\w+|finish\w+|end(?:ed|ing)|clos\w+|approved|referred)\s+(?:in|during)\s+$",
    re.IGNORECASE,
)
_BEFORE = 40
_COHORT = re.compile(r"\s+(?:(?:tracked|follow-up)\s+)?cohort\b", re.IGNORECASE)
#: Periods that are named from the one that is told of.
_RELATIVE = (When.CURRENT, When.PREVIOUS, When.YEAR_AGO)


#: ``the lowest since April 2006`` names no base of the change before it.
RANKED = re.compile(r"\b(?:highest|lowest|best|worst|fewest|record|first\s+time)\b", re.IGNORECASE)


def figure_between(scene: Scene, start: int, end: int) -> bool:
    """Return whether a figure stands between two places."""
    return any(one.end <= end for one in scene.within(scene.numbers, Part(start, end)))


def month_of_paragraph(scene: Scene, paragraph: Paragraph, at: Part) -> Month | None:
    """Return the last month that a paragraph names before a place."""
    named = [one for one in scene.within(scene.periods, Part(paragraph.start, at.start)) if one.when is When.MONTH]
    months = [one.periods[0] for one in named if one.periods and isinstance(one.periods[0], Month)]
    return months[-1] if months else None
