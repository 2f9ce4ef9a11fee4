"""Periods that say what a draft is of: titles, headings, reporting dates, the day of signing, months that had closed."""

from __future__ import annotations

import re
from collections.abc import Collection
from itertools import pairwise

from xlkpi.model.period import Month, Period, Quarter, Year
from xlkpi.prose.claim import Verdict
from xlkpi.prose.mentions import PeriodMention, Role, Way, When
from xlkpi.prose.scene import Scene, Told
from xlkpi.prose.sentences import Part
from xlkpi.prose.statuses.days import read_days
from xlkpi.prose.statuses.lists import StatusList
from xlkpi.prose.statuses.titles import is_titled
from xlkpi.prose.text import Kind, Paragraph

#: Words after which a period is the one that the draft describes.
_PRESENT = re.compile(
    r"\b(?:as\s+at(?:\s+the)?(?:\s+end\s+of)?|at\s+the\s+end\s+of|position\s+(?:for|at|in|as\s+at)|performance\s+(?:for|in|at|during)|reporting\s+period:?|(?<![\w-]\s)\bperiod\s*:|perform(?:ed|s)\s+(?:in|during)|"
    r"report\s+(?:for|covers|covering)|covers|covering|results?\s+for|report\s*[\u2013\u2014:,-]|summary\s+(?:for|of)|overview\s+of|figures\s+for)\s*(?:the\s+)?(?:period\s+)?$",
    re.IGNORECASE,
)
_REPORTS = re.compile(
    r"\s*(?:reports?|shows?|saw|sees|has\s+seen|was|is|continues?|performance|position)\b", re.IGNORECASE
)
_REPORTED = re.compile(
    r"\b(?:reporting|report|quarter|period)\b(?:\s*[1-4]\b)?(?:[^\w.;]+[A-Za-z]+){0,3}\W*$", re.IGNORECASE
)
_COMPARED = re.compile(
    r"\b(?:than\s+(?:in|at|the|last|a|during|for|that)|compar\w+|against(?!\s+(?:the\s+|our\s+|its\s+)?(?:contract|targets?|plan)\b)|versus|vs|since|from|previous|last|baseline|history|trend)\b",
    re.IGNORECASE,
)
_LATER = re.compile(
    r"\b(?:set\s+aside|allocated|invest\w*|carried|rolled|fees?|discuss\w*|negotiat\w+|settlement|intend\w*|hopes?|wish\w*|budgets?|strateg\w+|programmes?|priorit\w+|publish\w+|publication|meeting|agenda|aims?|ambitions?|academic|proposed|proposals?|will|until|till|expected?|anticipat\w+|forecast|plan\w*|next|due|by|target\w*|scheduled|from|future|going\s+forward|during\s+the\s+coming)\b",
    re.IGNORECASE,
)
_OPENING = 6
_BRACKET = 40  # signs between a quarter and its months
_GLOSS = re.compile(r"\s*(?:[(:,\u2013-]|\([^()0-9]{3,30}?(?:being|that\s+is|i\.e\.|from))\s*", re.IGNORECASE)
_PERIOD = re.compile(r"\W*(?:reporting\s+)?period\b", re.IGNORECASE)
_NEAR = 60
_RANKS = (Way.HIGHEST, Way.LOWEST, Way.BEST, Way.WORST)
#: ``Members' questions on the Q3 2023/24 scorecard``.
_NAMED_REPORT = re.compile(r"\s+(?:scorecard|dashboard|performance\s+report|return|data\s+pack)\b", re.IGNORECASE)
_TITLE = 3  # paragraphs at the beginning that may be the title
_ROW = 3  # lines with other quarters before or behind


def read_periods(scene: Scene, lists: list[StatusList]) -> None:
    """Take down the claims about which period a draft, a heading or a table describes.

    Args:
        scene: The draft.
        lists: Its lists under a status: one that is truly of another quarter has the right label.
    """
    scene.log.update(_log(scene))
    truly = {one.head.index: one.quarter for one in lists}
    heads = {one.start for one in scene.claims if one.kind == "period"}
    for paragraph in scene.text.paragraphs:
        if paragraph.index in scene.heads:
            continue  # of its columns, which were held against the figures below them
        for mention in scene.within(scene.periods, paragraph):
            if mention.start not in heads:
                _read(scene, paragraph, mention, truly.get(paragraph.index, scene.world.quarter))
    _months_of(scene)
    read_days(scene)


def _read(scene: Scene, paragraph: Paragraph, mention: PeriodMention, described: Quarter) -> None:
    if mention.fault:
        scene.tell(
            mention.start,
            mention.end,
            Told(
                "period", Verdict.CONTRADICTED, _words(scene, mention), scene.world.quarter.label, f"{mention.fault}."
            ),
        )
        return
    if (
        not mention.periods
        or not mention.certain
        or mention.when not in (When.QUARTER, When.SPAN, When.YEAR, When.DATE)
    ):
        return
    period = mention.periods[0]
    if isinstance(period, Month) and not _is_reporting_span(scene, paragraph, mention):
        return
    if _describes(scene, paragraph, mention):
        if _has_figures(scene, paragraph, mention) and period.year <= described.year and period != described:
            return  # they are held against the figures of then
        _tell(scene, mention, period, described)
    elif paragraph.kind is not Kind.ROW and _is_too_late(scene, paragraph, mention, period):
        reason = f"{period.label} had not ended when the figures of {scene.world.quarter.label} were reported."
        told = Told(
            "period", Verdict.CONTRADICTED, period.label, scene.world.quarter.label, reason, scene.world.quarter_cell
        )
        scene.tell(mention.start, mention.end, told)
    elif period in (scene.world.quarter, Year(scene.world.quarter.year)) and mention.when is not When.DATE:
        told = Told(
            "period",
            Verdict.CONFIRMED,
            period.label,
            period.label,
            "It is the period reported.",
            scene.world.quarter_cell,
        )
        scene.tell(mention.start, mention.end, told)


def _has_figures(scene: Scene, paragraph: Paragraph, mention: PeriodMention) -> bool:
    """Return whether a sentence gives figures of a day: ``As at 31 March 2019 there were 312``."""
    sentence = paragraph.sentence_at(mention.start)
    if sentence is None or mention.when is not When.DATE or paragraph.kind is Kind.HEADING:
        return False
    return bool(scene.within(scene.numbers, sentence))


def _describes(scene: Scene, paragraph: Paragraph, mention: PeriodMention) -> bool:
    """Return whether a period stands where the period of the draft belongs."""
    if paragraph.kind is Kind.ROW or mention.is_baseline or mention.when is When.YEAR:
        is_row = paragraph.kind is Kind.ROW
        return (is_titled if is_row else _is_year_of_quarter)(scene, paragraph, mention)
    before = scene.flat[max(paragraph.start, mention.start - _NEAR) : mention.start]
    sentence = paragraph.sentence_at(mention.start) or paragraph
    is_compared = bool(_COMPARED.search(scene.flat, sentence.start, mention.start))
    is_title = paragraph.index < _TITLE and bool(_NAMED_REPORT.match(scene.flat, mention.end))
    if (not is_compared and (is_title or _PRESENT.search(before))) or _is_glossed(scene, mention):
        return True
    if _is_one_of_several(scene, paragraph, mention):
        return False
    is_label = mention.when is When.SPAN and bool(_REPORTED.search(before))
    if (_is_first(scene, paragraph, mention) and not is_compared) or mention.when in (When.SPAN, When.DATE):
        return is_label or mention.when is When.QUARTER
    if paragraph.kind is Kind.HEADING or paragraph.index == 0:
        return not _COMPARED.search(scene.flat[paragraph.start : paragraph.end])
    opens = not scene.flat[paragraph.body : mention.start].strip(" *-").removeprefix("The").removeprefix("the").strip()
    return opens and bool(_REPORTS.match(scene.flat, mention.end))


def _is_glossed(scene: Scene, mention: PeriodMention) -> bool:
    """Return whether the months of the quarter reported stand in brackets behind a quarter: ``Q2 (July to September 2021)``."""
    behind = scene.within(scene.periods, Part(mention.end, mention.end + _BRACKET))[:1]
    is_next = behind and behind[0].when is When.SPAN and _GLOSS.fullmatch(scene.flat, mention.end, behind[0].start)
    return bool(is_next) and behind[0].periods[:1] == (scene.world.quarter,) and mention.when is When.QUARTER


def _is_one_of_several(scene: Scene, paragraph: Paragraph, mention: PeriodMention) -> bool:
    """Return whether a period stands in a row of lines, or is told of beside another one, or of the highest figure of all."""
    if paragraph.kind is Kind.HEADING:
        return _is_in_a_row(scene, paragraph)
    sentence = paragraph.sentence_at(mention.start) or paragraph
    named = [one for one in scene.within(scene.periods, sentence) if one.periods and not one.is_baseline]
    quarters = {one for other in named for one in other.periods if isinstance(one, Quarter)}
    ranked = any(one.way in _RANKS for one in scene.within(scene.directions, sentence))
    return ranked or bool(quarters - {one.quarter for one in mention.periods if not isinstance(one, Year)})


def _is_in_a_row(scene: Scene, paragraph: Paragraph) -> bool:
    """Return whether a short line is one of a row of periods with their figures (``Q1 2017/18  89``), and no heading."""
    if scene.within(scene.numbers, paragraph):
        return True
    near = scene.text.paragraphs[max(0, paragraph.index - _ROW) : paragraph.index + _ROW + 1]
    named = {
        one.periods[0]
        for line in near
        if line.kind is Kind.HEADING
        for one in scene.within(scene.periods, line)
        if one.when is When.QUARTER and one.periods
    }
    return len(named) >= _ROW or paragraph.index in scene.log


def _log(scene: Scene) -> Collection[int]:
    """Return the headings that are a period and nothing else, where one of them is the quarter reported.

    One in the title does not count: the headings below it may be stale.
    """
    alone = {
        line.index: one.periods[0]
        for line in scene.text.paragraphs[_TITLE:]
        if line.kind is Kind.HEADING
        for one in scene.within(scene.periods, line)[:1]
        if one.periods and one.end - one.start >= len(scene.flat[line.start : line.end].strip())
    }
    return alone if scene.world.quarter in alone.values() else ()


def _is_reporting_span(scene: Scene, paragraph: Paragraph, mention: PeriodMention) -> bool:
    """Return whether months stand where the months of the draft belong: ``Reporting period: August to September 2018``."""
    before = scene.flat[max(paragraph.start, mention.start - _NEAR) : mention.start]
    is_label = bool(_PRESENT.search(before) or _PERIOD.match(scene.flat, paragraph.body))
    return mention.when is When.SPAN and is_label and _describes(scene, paragraph, mention)


def _is_year_of_quarter(scene: Scene, paragraph: Paragraph, mention: PeriodMention) -> bool:
    """Return whether a year belongs to the quarter before it in a label: ``Quarter 4 (January to March), 2021/22``."""
    before = scene.flat[max(paragraph.start, mention.start - _NEAR) : mention.start]
    is_label = paragraph.kind is Kind.HEADING or bool(_PERIOD.match(scene.flat, paragraph.body))
    is_year = mention.when is When.YEAR and not mention.is_baseline
    return (
        is_year
        and is_label
        and bool(re.search(r"\b(?:quarter|qtr\.?|q)\s?(?:[1-4]|one|two|three|four)\b[^.]*$", before, re.IGNORECASE))
    )


def _is_first(scene: Scene, paragraph: Paragraph, mention: PeriodMention) -> bool:
    """Return whether a quarter is the first that the draft names, near its beginning: that is the one it reports."""
    if paragraph.index >= _OPENING:
        return False
    first = next((one for one in scene.periods if one.when is When.QUARTER and one.certain), None)
    return first is mention


def _is_too_late(scene: Scene, paragraph: Paragraph, mention: PeriodMention, period: Period) -> bool:
    """Return whether something is told of a period that had not begun when the quarter ended."""
    world = scene.world
    begins = Quarter(period.year, 1) if isinstance(period, Year) else period.quarter
    if begins <= world.quarter:
        return False
    part = paragraph.sentence_at(mention.start) or paragraph
    beside = scene.text.paragraphs[max(0, paragraph.index - 1) : paragraph.index + 2]
    is_table = paragraph.kind is Kind.ROW and sum(one.kind is Kind.ROW for one in beside) > 1
    is_told = (
        paragraph.kind is Kind.ROW
        or bool(scene.within(scene.numbers, part))
        or bool(scene.within(scene.directions, part))
    )
    if is_table or not is_told:
        return False  # a heading, a plan
    codes = [name for one in scene.within(scene.subjects, part) if one.role is Role.INDICATOR for name in one.names]
    if mention.when is When.DATE and any(world.is_yearly(code) for code in codes):
        return False  # "at 30 June" of what is counted once a year
    words = scene.flat[part.start : mention.start]
    return not _LATER.search(words) and not _LATER.search(scene.flat[mention.end : part.end])


def _tell(scene: Scene, mention: PeriodMention, period: Period, described: Quarter) -> None:
    fits = period == described
    if isinstance(period, Year):
        fits = period.year == described.year
    if mention.when is When.SPAN and len(mention.periods) > 1:
        fits = _ends_with(described, mention)
    stated = _words(scene, mention) if mention.when is When.SPAN else period.label
    computed = described.dates if mention.when is When.SPAN else described.label
    reason = (
        "It is the quarter reported." if fits else f"The figures are those of {described.title} ({described.dates})."
    )
    verdict = Verdict.CONFIRMED if fits else Verdict.CONTRADICTED
    scene.tell(mention.start, mention.end, Told("period", verdict, stated, computed, reason, scene.world.quarter_cell))


def _months_of(scene: Scene) -> None:
    """Take down a quarter with other months than its own behind it: ``Quarter 3 (January to March 2022)``."""
    for label, months in pairwise(scene.periods):
        is_pair = (
            label.when is When.QUARTER and months.when is When.SPAN and len(label.periods) == len(months.periods) == 1
        )
        if not is_pair or scene.flat[label.end : months.start].strip() not in ("(", "-", "\u2013", ":"):
            continue
        said, meant = label.periods[0], months.periods[0]
        if isinstance(said, Quarter) and isinstance(meant, Quarter) and said.number != meant.number:
            reason = f"The months of quarter {meant.number} are meant: {_words(scene, months)}."
            told = Told("period", Verdict.CONTRADICTED, _words(scene, label), f"quarter {meant.number}", reason)
            scene.tell(label.start, label.end, told)


def _ends_with(quarter: Quarter, mention: PeriodMention) -> bool:
    """Return whether months are the year so far, or twelve months, up to the end of a quarter."""
    year_to_date, rolling = Quarter(quarter.year, 1).months[0], quarter.shift(-3).months[0]
    first, last = mention.periods[0], mention.periods[-1]
    return last == quarter.months[-1] and first in (year_to_date, rolling)


def _words(scene: Scene, part: Part) -> str:
    return " ".join(scene.flat[part.start : part.end].split())
