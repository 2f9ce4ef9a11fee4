"""Days that a draft writes out: that of signing, those that no calendar has, and what could be known by then."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Iterator

from xlkpi.model.period import Month
from xlkpi.prose.claim import Verdict
from xlkpi.prose.mentions import When
from xlkpi.prose.scene import Scene, Told
from xlkpi.prose.sentences import Part
from xlkpi.prose.text import Kind

_MONTHS = {name.lower(): place for place, name in enumerate(calendar.month_name) if name}
_DAY = re.compile(
    rf"\b(?P<day>[0-9]{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<month>{'|'.join(_MONTHS)}),?\s+(?P<year>(?:19|20)[0-9]{{2}})\b",
    re.IGNORECASE,
)
_NUMERIC_DAY = re.compile(r"\b(?P<day>[0-9]{1,2})[/.](?P<month>[0-9]{1,2})[/.](?P<year>(?:19|20)[0-9]{2})\b")
_ISO_DAY = re.compile(r"\b(?P<year>(?:19|20)[0-9]{2})-(?P<month>[0-9]{2})-(?P<day>[0-9]{2})\b")
_NOT_REPEATED = re.compile(
    r"\b(?:not\s+(?:been\s+)?(?:repeated|seen|replicated|mirrored)|(?:been\s+)?repeated|not\s+(?:re)?occurred)\s+(?:again\s+)?(?:in|during)\s+(?P<year>(?:19|20)[0-9]{2})\b",
    re.IGNORECASE,
)
_LAST_LINES = 4
#: Captions: their days are none of signing.
_OF_FIGURES = re.compile(r"\W*(?:graph|chart|figure|table)\b", re.IGNORECASE)
_SIGNED_WITHIN, _SIGNED_AT_LAST = 200, 366  # days; a report on a year may come late


def read_days(scene: Scene) -> None:
    """Take down the claims about days, and about months that had not closed on that of signing."""
    _signed(scene)
    _no_such_day(scene)
    _repeated(scene)


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
