"""Periods that say what a draft is of: titles, headings, reporting dates, the day of signing, months that had closed."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Collection, Iterator
from itertools import pairwise

from xlkpi.model.period import Month, Period, Quarter, Year
from xlkpi.prose.claim import Verdict
from xlkpi.prose.mentions import PeriodMention, Role, Way, When
from xlkpi.prose.scene import Scene, Told
from xlkpi.prose.sentences import Part
from xlkpi.prose.statuses.lists import StatusList
from xlkpi.prose.statuses.titles import is_titled
from xlkpi.prose.text import Kind, Paragraph

_MONTHS = {name.lower(): place for place, name in enumerate(calendar.month_name) if name}
_DAY = re.compile(
    rf"\b(?P<day>[0-9]{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<month>{'|'.join(_MONTHS)}),?\s+(?P<year>(?:19|20)[0-9]{{2}})\b",
    re.IGNORECASE,
)
_NUMERIC_DAY = re.compile(r"\b(?P<day>[0-9]{1,2})[/.](?P<month>[0-9]{1,2})[/.](?P<year>(?:19|20)[0-9]{2})\b")
_ISO_DAY = re.compile(r"\b(?P<year>(?:19|20)[0-9]{2})-(?P<month>[0-9]{2})-(?P<day>[0-9]{2})\b")
#: Words after which a period is the one that the draft describes.
_PRESENT = re.compile(
    r"\b(?:as\s+at(?:\s+the)?(?:\s+end\s+of)?|at\s+the\s+end\s+of|position\s+(?:for|at|in|as\s+at)|performance\s+(?:for|in|at|during)|reporting\s+period:?|"
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
    r"\b(?:budgets?|strateg\w+|programmes?|priorit\w+|publish\w+|publication|meeting|agenda|aims?|ambitions?|academic|proposed|proposals?|will|until|till|expected?|anticipat\w+|forecast|plan\w*|next|due|by|target\w*|scheduled|from|future|going\s+forward|during\s+the\s+coming)\b",
    re.IGNORECASE,
)
_NOT_REPEATED = re.compile(
    r"\b(?:not\s+(?:been\s+)?(?:repeated|seen|replicated|mirrored)|(?:been\s+)?repeated|not\s+(?:re)?occurred)\s+(?:again\s+)?(?:in|during)\s+(?P<year>(?:19|20)[0-9]{2})\b",
    re.IGNORECASE,
)
_SIGNED_WITHIN, _SIGNED_AT_LAST = 200, 366  # days; a report on a year may come late
_LAST_LINES = 4
_OPENING = 6
_PERIOD = re.compile(r"\W*(?:reporting\s+)?period\b", re.IGNORECASE)
_NEAR = 60
_RANKS = (Way.HIGHEST, Way.LOWEST, Way.BEST, Way.WORST)
_TITLE = 3  # paragraphs at the beginning that may be the title
_ROW = 3  # lines with other quarters before or behind


#: Captions: their days are none of signing.
_OF_FIGURES = re.compile(r"\W*(?:graph|chart|figure|table)\b", re.IGNORECASE)


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
    _signed(scene)
    _no_such_day(scene)
    _repeated(scene)


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
    if _PRESENT.search(before) and not is_compared:
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


# The day of signing, and what could be known by then


def days(scene: Scene, part: Part) -> Iterator[tuple[re.Match[str], dt.date]]:
    """Yield the days that are written out in a part of the text; not those that there are not."""
    for style in (_DAY, _NUMERIC_DAY, _ISO_DAY):
        for found in scene.find(style, part):
            month = found["month"]
            number = int(month) if month.isdigit() else _MONTHS[month.lower()]
            if (day := _date(int(found["year"]), number, int(found["day"]))) is not None:
                yield found, day


def _date(year: int, month: int, day: int) -> dt.date | None:
    """Return a day; None for one that there is not."""
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


#: Before a day that is not that of signing.
_NOT_SIGNED = re.compile(
    r"\b(?:since|from|until|at|end(?:ed|ing)|by|than|next|graphs?|charts?|tables?|figures?|position|period|year|quarter|data)\b",
    re.IGNORECASE,
)


def signed_on(scene: Scene) -> tuple[re.Match[str], dt.date] | None:
    """Return the day on which the draft was signed: a line of its own near its end or its beginning; None without one."""
    paragraphs = [one for one in scene.text.paragraphs if one.kind is not Kind.ROW]
    for paragraph in [*reversed(paragraphs[-_LAST_LINES:]), *paragraphs[:_LAST_LINES]]:
        spans = [one for one in scene.within(scene.periods, paragraph) if one.when is When.SPAN]
        for found, day in days(scene, paragraph):
            if any(one.start <= found.start() < one.end for one in spans):
                continue  # the end of what is reported on
            alone = len(scene.flat[paragraph.body : paragraph.end].split()) <= _LAST_LINES + 4
            words = scene.flat[paragraph.body : paragraph.end]
            is_of_figures = _OF_FIGURES.match(words) or _NOT_SIGNED.search(scene.flat, paragraph.body, found.start())
            if alone and not re.search(r"\bto\b|\u2013", words) and not is_of_figures:
                return found, day
    return None


def known_on(scene: Scene) -> dt.date:
    """Return the day up to which figures could be known: that of signing, else the end of the quarter."""
    world = scene.world
    signed = signed_on(scene)
    day = world.as_at or (signed[1] if signed else world.quarter.last)
    return max(day, world.quarter.last)


def _signed(scene: Scene) -> None:
    signed = signed_on(scene)
    if signed is None:
        return
    found, day = signed
    end = scene.world.quarter.last
    late = (day - end).days
    if _SIGNED_WITHIN < late <= _SIGNED_AT_LAST:
        return
    fits = 0 < late <= _SIGNED_WITHIN
    shown = f"{day.day} {day:%B %Y}"
    if fits:
        reason = f"It is {late} days after the quarter ended."
    elif late <= 0:
        reason = f"The quarter ended on {end.day} {end:%B %Y}, so that its figures could not be known by then."
    else:
        reason = f"The quarter ended on {end.day} {end:%B %Y}, {late} days before."
    verdict = Verdict.CONFIRMED if fits else Verdict.CONTRADICTED
    told = Told("date", verdict, shown, "", reason, scene.world.quarter_cell)
    scene.tell(found.start(), found.end(), told)


def _no_such_day(scene: Scene) -> None:
    """Take down the days that no calendar has: ``31 June 2018``."""
    for found in scene.find(_DAY, Part(0, len(scene.flat))):
        year, month, day = int(found["year"]), _MONTHS[found["month"].lower()], int(found["day"])
        if _date(year, month, day) is None:
            last = calendar.monthrange(year, month)[1]
            reason = f"{calendar.month_name[month]} {year} has {last} days."
            told = Told("date", Verdict.CONTRADICTED, " ".join(found[0].split()), "", reason)
            scene.tell(found.start(), found.end(), told)


def has_closed(scene: Scene, month: Month) -> bool:
    """Return whether a month had ended when the draft was signed."""
    last = dt.date(month.year, month.month, calendar.monthrange(month.year, month.month)[1])
    return last <= known_on(scene)


def _repeated(scene: Scene) -> None:
    """Take down that a peak of some months was not repeated in a later year: those months must have closed."""
    for _, sentence in scene.sentences():
        for found in scene.find(_NOT_REPEATED, sentence):
            before = scene.within(scene.periods, Part(sentence.start, found.start()))
            months = [one for mention in before for one in mention.periods if isinstance(one, Month)]
            again = [Month(int(found["year"]), one.month) for one in months]
            open_ = [one for one in again if not has_closed(scene, one)]
            if open_:
                names = " and ".join(f"{calendar.month_name[one.month]} {one.year}" for one in open_)
                day = known_on(scene)
                reason = f"{names} had not ended on {day.day} {day:%B %Y}."
                told = Told("period", Verdict.NOT_CHECKABLE, " ".join(found[0].split()), "", reason)
                scene.tell(found.start(), found.end(), told)
