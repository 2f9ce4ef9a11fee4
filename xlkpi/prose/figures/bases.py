"""With which periods a figure is compared: those that its sentence names, else those named before, else the usual ones."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from xlkpi.model.period import Month, Period, Quarter
from xlkpi.model.register import Basis
from xlkpi.prose.fact import Measure
from xlkpi.prose.figures.based import base_periods
from xlkpi.prose.figures.cues import Use
from xlkpi.prose.figures.dated import Dated, as_dated, is_base
from xlkpi.prose.figures.placed import placed
from xlkpi.prose.figures.reading import defaults
from xlkpi.prose.figures.readings import Readings
from xlkpi.prose.mentions import Number, PeriodMention, Unit, When
from xlkpi.prose.scene import Scene
from xlkpi.prose.sentences import Part
from xlkpi.prose.text import Kind, Paragraph, Sentence

_TWO = 2
_LAST = 4  # quarter of a year
_SAME_TIME = re.compile(r"\b(?:same|that|this)\s+(?:period|time)\b", re.IGNORECASE)
_BESIDE = 34  # signs
#: ``(up 6.5 points) in a single quarter``: no year is meant.
_IN_QUARTER = re.compile(
    r"\s*(?:up|down|better|worse|higher|lower|more|fewer)?\s*(?:in|over|during|within)\s+(?:the|a\s+single|just\s+one|one|this)\s+quarter\b(?!\s+(?:of|[1-4]|to))",
    re.IGNORECASE,
)
_NEARBY = 4  # paragraphs before, whose base may be that of a number


@dataclass(frozen=True, slots=True)
class Against:
    """With which periods a number is compared.

    Attributes:
        periods: Those that it is held against, the likeliest first.
        perhaps: Those that may be meant as well: they can confirm a number, and are not held against it.
        is_named: Whether the draft says surely which.
        until: Up to which periods a change may be as well.
        is_unknown: Whether the draft says surely which, and the workbook has no such period.
    """

    periods: Sequence[Period]
    perhaps: Sequence[Period] = ()
    is_named: bool = True
    until: Sequence[Period] = ()
    is_unknown: bool = False


@dataclass(frozen=True, slots=True)
class Compared:
    """A number that may be compared with another period.

    Attributes:
        number: As the draft has it.
        use: What it is used for.
        dated: Its own period.
        now: The period that a heading sets; None for the quarter reported.
        reader: Of the indicator that it is likeliest of; None where it is of none.
        is_anchored: Whether its sentence gives a figure of that indicator, and rightly, so that the change is surely its.
    """

    number: Number
    use: Use
    dated: Dated
    now: Period | None
    reader: Readings | None
    is_anchored: bool = False


def compared_with(scene: Scene, paragraph: Paragraph, sentence: Sentence, one: Compared) -> Against:
    """Return the periods with which a number is compared.

    Args:
        scene: The draft.
        paragraph: Where the number stands.
        sentence: Likewise.
        one: The number.
    """
    reported = one.now or scene.world.quarter
    is_of_this = one.dated.is_own and one.dated.words.casefold().startswith("this")
    is_dated = one.use is Use.BASELINE and (one.dated.is_named or not one.dated.is_sure or is_of_this)
    if is_dated and one.dated.period is not None and (one.dated.is_own or not _is_now(one.dated.period, reported)):
        return Against([one.dated.period], one.dated.also, one.dated.is_sure)
    named = _named(scene, sentence, one)
    if named is not None:
        return named
    usual = _free(scene, sentence, one, _usual(scene, one, with_year_end=_speaks_of_year(scene, paragraph, sentence)))
    if _keeps_to_quarters(scene, paragraph, one):
        usual = usual[:1]
    is_of_quarter = _is_of_quarter(scene, sentence, one)
    if is_of_quarter:
        usual.sort(key=lambda period: period != defaults(one.dated.period, scene.world.quarter)[0])
    said = _said_before(scene, paragraph, sentence, one)
    beside = _beside(scene, sentence, one)
    said = [*said, *_run_began(scene, sentence, one)]
    others = [*(period for _, period in said), *usual[1:], *_nearby(scene, paragraph, sentence, one), *beside]
    if is_of_quarter and _IN_QUARTER.match(scene.flat, one.number.end):
        others = []
    is_known = is_of_quarter or one.is_anchored or any(start >= paragraph.start for start, _ in said)
    is_else = bool(base_periods(scene, sentence, one.number, one.now))
    return Against(usual[:1], list(dict.fromkeys(others)), is_known, beside, is_else)


def _free(scene: Scene, sentence: Sentence, one: Compared, usual: list[Period]) -> list[Period]:
    """Return the usual bases without those of other figures: ``down from 61% and the 71% of last year``."""
    if one.use is not Use.BASELINE:
        return usual
    others = [mention for mention in scene.within(scene.periods, sentence) if _is_of_figure(scene, mention)]
    named = {period for mention in others for period in mention.periods}
    return [period for period in usual if period not in named] or usual


def _is_of_figure(scene: Scene, mention: PeriodMention) -> bool:
    """Return whether a period is that of the figure before it: ``the 71% of this time last year``."""
    before = scene.within(scene.numbers, Part(max(0, mention.start - _BESIDE), mention.start))[-1:]
    return bool(before) and scene.flat[before[0].end : mention.start].split() in (["of"], ["of", "the"])


def _is_now(period: Period, reported: Period) -> bool:
    """Return whether a period is the one reported, or the month that ends it."""
    return period == reported or (isinstance(reported, Quarter) and period == reported.months[-1])


def _is_of_quarter(scene: Scene, sentence: Sentence, one: Compared) -> bool:
    """Return whether the words beside a change say that it happened in the quarter."""
    beside = Part(max(sentence.start, one.number.start - _BESIDE), min(sentence.end, one.number.end + _BESIDE))
    return any(mention.when is When.CURRENT for mention in scene.within(scene.periods, beside))


def _named(scene: Scene, sentence: Sentence, one: Compared) -> Against | None:
    """Return the base that the sentence of a number names; None where it names none."""
    reported = one.now if isinstance(one.now, Quarter) else scene.world.quarter
    found = base_periods(scene, sentence, one.number, one.now)
    if one.reader is not None:
        found = [placed(one.reader, base) for base in found]
    sure = [base.period for base in found if base.period is not None and base.is_sure]
    perhaps = [period for base in found for period in base.also]
    if not sure:
        is_else = one.reader is not None and not any(one.reader.fact(Measure.OUTTURN, at) for at in perhaps)
        usual = _usual(scene, one)[:1]
        return Against(usual, perhaps, is_named=False, is_unknown=is_else) if perhaps else None
    # "+6 on the quarter" is against the one before
    first = reported.previous if sure[0] == reported else sure[0]
    is_of_month = isinstance(one.dated.period, Month) and isinstance(first, Quarter) and one.use is Use.CHANGE
    if is_of_month and isinstance(one.dated.period, Month) and first == scene.world.quarter.year_ago:
        return Against([Month(one.dated.period.year - 1, one.dated.period.month), first], perhaps)
    return Against([first], perhaps)


def _beside(scene: Scene, sentence: Sentence, one: Compared) -> list[Period]:
    """Return all periods that the sentence of a change names: it may be from one to another of them."""
    if one.use is not Use.CHANGE or one.reader is None:
        return []
    found = [placed(one.reader, as_dated(scene, named)) for named in scene.within(scene.periods, sentence)]
    return [
        period
        for dated in found
        for period in (*dated.also, *((dated.period,) if dated.is_sure and dated.period else ()))
    ]


_OF_QUARTERS = (When.CURRENT, When.PREVIOUS)
_OF_YEARS = (When.YEAR_AGO, When.YEAR_END, When.YEAR, When.CALENDAR_YEAR)


def _keeps_to_quarters(scene: Scene, paragraph: Paragraph, one: Compared) -> bool:
    """Return whether a paragraph speaks of quarters and of no year: what it compares is compared with the quarter before."""
    if one.reader is None or one.reader.indicator.basis not in (Basis.IN_QUARTER, Basis.SNAPSHOT):
        return False
    named = {mention.when for mention in scene.within(scene.periods, Part(paragraph.start, paragraph.end))}
    return not named.isdisjoint(_OF_QUARTERS) and named.isdisjoint(_OF_YEARS)


#: Words after which a change may be one since the year began.
_THE_YEAR = re.compile(
    r"\b(?:since|start|beginning|began|end\s+of|year[\s-]end|this\s+year|over\s+the\s+year|so\s+far|to\s+date|in\s+a\s+year|year|march|april)\b",
    re.IGNORECASE,
)


def _speaks_of_year(scene: Scene, paragraph: Paragraph, sentence: Sentence) -> bool:
    """Return whether a sentence, or the one that its paragraph opens with, speaks of the year."""
    first = paragraph.sentences[0]
    return any(_THE_YEAR.search(scene.flat, part.start, part.end) for part in (first, sentence))


def _usual(scene: Scene, one: Compared, *, with_year_end: bool = True) -> list[Period]:
    """Return with what a figure is compared where nothing is said, the likeliest first."""
    usual = defaults(one.dated.period if one.use is Use.CHANGE else one.now, scene.world.quarter)
    if one.reader is None:
        return usual
    if one.reader.indicator.basis in (Basis.ROLLING, Basis.ANNUAL):
        usual = [*usual[-1:], *usual[:-1]]
    if isinstance(usual[0], Quarter) and with_year_end:
        at = (one.dated.period or scene.world.quarter) if one.use is Use.CHANGE else (one.now or scene.world.quarter)
        usual.append(Quarter(at.year - 1, _LAST) if isinstance(at, Quarter) else scene.world.quarter.year_ago)
    has = [period for period in usual if one.reader.fact(Measure.OUTTURN, period) is not None]
    return list(dict.fromkeys(has)) or usual


def _said_before(scene: Scene, paragraph: Paragraph, sentence: Sentence, one: Compared) -> list[tuple[int, Period]]:
    """Return the bases that were named last under the same heading, each with where that is."""
    if one.use is not Use.CHANGE:
        return []
    near = scene.text.paragraphs[max(0, paragraph.index - _NEARBY) : paragraph.index]
    start = next((part.start for part in near if part.headings == paragraph.headings), paragraph.start)
    named = [mention for mention in scene.within(scene.periods, Part(start, sentence.end)) if is_base(mention)]
    return [(mention.start, period) for mention in reversed(named) for period in mention.periods][:_TWO]


#: ``fallen for seven quarters, from 82.8% to 67.7%``: how many quarters a run has, behind their number.
_QUARTERS = re.compile(r"\s+(?:(?:successive|consecutive|straight)\s+)?quarters\b", re.IGNORECASE)


def _run_began(scene: Scene, sentence: Sentence, one: Compared) -> list[tuple[int, Period]]:
    """Return when a run began from whose first figure another one is told, with where that is said."""
    if one.use is not Use.BASELINE:
        return []
    before = scene.within(scene.numbers, Part(sentence.start, one.number.start))
    runs = [
        run for run in before if _QUARTERS.match(scene.flat, run.end) and run.unit is Unit.NONE and not run.decimals
    ]
    return [(run.start, scene.world.quarter.shift(-int(run.value))) for run in runs[-1:]]


def _nearby(scene: Scene, paragraph: Paragraph, sentence: Sentence, one: Compared) -> list[Period]:
    """Return the periods that the draft named shortly before, where the sentence of a number names none itself."""
    if one.use not in (Use.CHANGE, Use.BASELINE) or any(
        is_base(mention) for mention in scene.within(scene.periods, sentence)
    ):
        return []
    if paragraph.kind is not Kind.ITEM and not _SAME_TIME.search(scene.flat, sentence.start, sentence.end):
        return []
    near = scene.text.paragraphs[max(0, paragraph.index - _NEARBY) : paragraph.index]
    start = next((part.start for part in near if part.headings == paragraph.headings), paragraph.start)
    named = scene.within(scene.periods, Part(start, sentence.start))
    found = [mention.periods[0] for mention in named if len(mention.periods) == 1]
    return list(dict.fromkeys(period for period in reversed(found) if period != scene.world.quarter))[:_TWO]
