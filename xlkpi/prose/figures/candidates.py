"""Which readings of an indicator a number may have, by its use, its periods, its unit and the noun behind it."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable, Iterator
from fractions import Fraction

from xlkpi.model.period import Period
from xlkpi.prose.arrows import ARROW
from xlkpi.prose.figures.asked import Asked
from xlkpi.prose.figures.compare import is_bare_points
from xlkpi.prose.figures.cues import Use
from xlkpi.prose.figures.dated import Dated
from xlkpi.prose.figures.denials import denies
from xlkpi.prose.figures.excluded import tells_the_rest
from xlkpi.prose.figures.limits import is_beyond
from xlkpi.prose.figures.nouns import Noun, names_the_counted, noun_behind
from xlkpi.prose.figures.placed import placed
from xlkpi.prose.figures.reading import Reading
from xlkpi.prose.figures.readings import Readings
from xlkpi.prose.figures.would import would_do, would_lose
from xlkpi.prose.mentions import SPANS, Form, Number, Unit

_FAR = 5  # times as much as it should be, a number without a unit is of something else


#: What it came to ``against 80%`` may be compared with the target, or with what it was.
_AGAINST = re.compile(r"\b(?:against|versus|vs\.?)\s+$", re.IGNORECASE)
#: Behind a colour may stand the level that it is judged by: ``Green (70%)``.
_COLOURED = re.compile(r"\b(?:green|amber|red)\s*\(\s*$", re.IGNORECASE)


#: ``against the target of 78%``, and no word that may mean the tolerance as well.
_CALLED_TARGET = re.compile(
    r"\btargets?(?:\s+(?:for|on)\s+(?:(?!tolerance)[^.;:%]){2,60}?)?\s*(?:of|is|was|being|remains|stands\s+at|set\s+at|is\s+set\s+at|:|=|\()?\s*(?:now\s+|still\s+)?(?:a\s+)?$",
    re.IGNORECASE,
)
_IS_TARGET = re.compile(r"\s*(?:contract\s+|annual\s+)?target\b", re.IGNORECASE)
#: Behind an arrow or in brackets may stand how much it moved, or what it was: ``\u25b2 89.7%``, ``the summer dip (70.4%)``.
_LEVEL_BEHIND = re.compile(rf"(?:{ARROW}|\()\s*$")


def readings_of(asked: Asked, reader: Readings) -> list[Reading]:
    """Return what a number may state of an indicator, the plainest first."""
    is_all = bool(_ALL.search(asked.beside.before)) and names_the_counted(asked.beside, reader.indicator)
    said = [one for one in _readings_of(asked, reader) if asked.admits(one)]
    return [one for one in said if not one.is_whole] if is_all else said


#: ``All 160 care leavers are in suitable accommodation``: as many as are counted, and not only as are looked at.
_ALL = re.compile(r"\ball\s+(?:of\s+)?(?:(?:the|our)\s+)?$", re.IGNORECASE)


def _readings_of(asked: Asked, reader: Readings) -> list[Reading]:
    is_first = reader.part or (asked.about and asked.about[0].code == reader.code)
    dated, compared = asked.dated if is_first else placed(reader, asked.named), asked.compared
    summed = _to_date(asked, reader) if asked.to_date else list(reader.summed(dated.summed))
    if asked.to_date and summed and reader.indicator.adds_up:
        return summed
    is_coloured = asked.use is Use.LEVEL and bool(_COLOURED.search(asked.beside.before))
    if asked.use is Use.LEVEL and not is_coloured and (rest := _of_the_rest(asked, reader, dated.period)):
        return rest
    if asked.bound:
        gaps = reader.of(asked.use, dated.period, compared.periods)
        return [one for one in gaps if one.bound in ("", asked.bound)]
    if asked.use is Use.CASES and (would_lose(asked.beside) or would_do(asked.beside)):
        return _what_if(asked, reader, dated.period)
    if asked.use is Use.BASELINE:
        said = [one for period in compared.periods for one in reader.of(Use.LEVEL, period, ())]
        if _AGAINST.search(asked.beside.before) and not asked.dated.is_own:
            said = [*reader.of(Use.TARGET, reader.world.quarter, ()), *said]
        also = [one for period in compared.perhaps for one in reader.of(Use.LEVEL, period, ())]
        also += list(reader.counts(dated.period))[1:]  # "39 leavers from 126 posts"
        return [*said, *_perhaps(also)]
    bounds = reader.of(Use.TARGET, reader.world.quarter, ()) if is_coloured else ()
    said = [*bounds, *summed, *reader.of(asked.use, dated.period, compared.periods)]
    if asked.use is Use.TARGET and (_CALLED_TARGET.search(asked.beside.before) or _IS_TARGET.match(asked.beside.after)):
        said = [one for one in said if not one.weak] or said  # a tolerance that is called the target is wrong
    return [*said, *_perhaps(_also(asked, reader, dated))]


def _of_the_rest(asked: Asked, reader: Readings, period: Period | None) -> list[Reading]:
    """Return what a number may be that is of those whom a share does not count; nothing for one that is of those it does."""
    if denies(asked.beside, reader.indicator):
        return [*reader.rest(period), *_perhaps(one for one in reader.counts(period) if one.is_whole)]
    if tells_the_rest(asked.beside) or is_beyond(asked.beside, reader.indicator):
        return [*reader.levels(period), *reader.rest(period), *reader.counts(period)]
    return []


def _also(asked: Asked, reader: Readings, dated: Dated) -> Iterator[Reading]:
    """Yield what a number may be that is not held against it: of a month, of a base that is less likely, a gap."""
    compared, now = asked.compared, reader.world.quarter
    if asked.use is Use.LEVEL:
        yield from reader.in_quarter(dated.period)
    yield from (one for period in dated.also for one in reader.of(asked.use, period, compared.periods))
    if asked.use is Use.LEVEL and not dated.words and dated.period == now:
        yield from (one for month in now.months for one in reader.of(asked.use, month, ()))
    if asked.use is not Use.CHANGE:
        return
    if _LEVEL_BEHIND.search(asked.beside.before):
        periods = (dated.period, *compared.periods, *compared.perhaps)
        yield from (one for period in periods for one in reader.levels(period))
    if asked.number.unit is Unit.POINTS and not any(asked.sign.values()):
        yield from reader.gaps(dated.period)  # "**Short.** 1.6 percentage points"
    for at in (dated.period, *dated.also, *compared.until):
        yield from reader.of(asked.use, at, compared.perhaps)


def _what_if(asked: Asked, reader: Readings, period: Period | None) -> list[Reading]:
    """Return the cases that would bring an indicator to a level, or cost it its status."""
    if would_lose(asked.beside):
        return [*reader.in_hand(), *_perhaps(reader.missing())]
    parts = [one for one in reader.counts(period) if one.is_part]
    return [*reader.missing(), *parts, *_perhaps(reader.in_hand())]


def _perhaps(readings: Iterable[Reading]) -> list[Reading]:
    """Return readings that may confirm a number, and are not held against it."""
    return [dataclasses.replace(one, weak=True) for one in readings]


def _to_date(asked: Asked, reader: Readings) -> list[Reading]:
    if asked.use is Use.CHANGE:
        return list(reader.changes_to_date(asked.dated.period))
    at = asked.compared.periods[0] if asked.use is Use.BASELINE else asked.dated.period
    found, now = list(reader.to_date(at)), reader.world.quarter
    if asked.use is Use.LEVEL and not asked.dated.is_own and at != now:
        return [*reader.to_date(now), *_perhaps(found)]  # "four, against one in Quarter 3, making 14 for the year"
    return found


def is_kind(asked: Asked, reader: Readings, reading: Reading) -> bool:
    """Return whether a number may be in the unit of a reading, and count what it counts."""
    number = asked.number
    if number.form is Form.FRACTION:
        return reading.unit is Unit.PERCENT
    if number.unit is Unit.PERCENT:
        return reading.unit in (Unit.PERCENT, Unit.POINTS)
    if number.unit in SPANS or number.unit in (Unit.RATE, Unit.POINTS):
        return reading.unit is number.unit
    is_points = is_bare_points(number, reading) and asked.use is Use.CHANGE
    if number.unit is not Unit.NONE or reading.unit in (Unit.PERCENT, Unit.POINTS):
        return is_points
    if asked.use is Use.CASES and reading.bound and (would_do(asked.beside) or would_lose(asked.beside)):
        return True  # "seven more calls in time" are of what is counted, whatever they are called
    is_partners = asked.is_of and reading.is_part and asked.partner == reader.code  # "48 of 91 finished"
    says_again = asked.use is Use.CHANGE and asked.beside.in_brackets and reading.is_change
    return is_partners or says_again or _may_count(number, noun_behind(asked.beside.after, reader.indicator), reading)


def _may_count(number: Number, noun: Noun, reading: Reading) -> bool:
    """Return whether a bare number before a noun may be a reading: ``175 families`` is no length of time, nor a rate."""
    if reading.unit in SPANS and not reading.is_part:
        return noun is Noun.NONE and number.value <= _FAR * max(reading.value, Fraction(1))
    if reading.unit is not Unit.NONE and (noun is Noun.PERSON or (noun is Noun.OWN and reading.unit is Unit.RATE)):
        return False
    return noun is not Noun.OTHER
