"""What comes of a number that is no figure of its indicator: right but for its unit, of another kind, or not to be checked."""

from __future__ import annotations

import dataclasses
import re

from xlkpi.model.period import Month, Period, Quarter
from xlkpi.prose.claim import Verdict
from xlkpi.prose.figures.asked import Asked, Judged, capital, of_another_unit, says, tell
from xlkpi.prose.figures.beside import WHO
from xlkpi.prose.figures.candidates import readings_of
from xlkpi.prose.figures.compare import Fit, fit, stated
from xlkpi.prose.figures.cues import Use
from xlkpi.prose.figures.excluded import is_meant, is_part
from xlkpi.prose.figures.reading import Reading, label
from xlkpi.prose.figures.readings import Readings
from xlkpi.prose.figures.scope import About
from xlkpi.prose.figures.units import STATES, clashes, is_telling, lacks_unit
from xlkpi.prose.mentions import Form, How, Unit
from xlkpi.prose.world import World

_TELLING = 10  # a smaller figure of another period may be chance


def fits(asked: Asked, reading: Reading) -> Fit:
    """Return how a number fits a reading, the way that the words say it went taken in."""
    return fit(asked.number, reading, sign=asked.sign.get(reading.code, 0))


def other_period(asked: Asked, reader: Readings, best: Reading) -> str:
    """Say of which period the figure would be right; empty where of none."""
    if asked.number.value < _TELLING and not asked.number.decimals:
        return ""
    named = asked.dated.period
    for period, reading in sorted(reader.elsewhen(asked.use), key=lambda one: not isinstance(one[0], Quarter)):
        if period == best.period or (isinstance(named, Month) and named.quarter == period):
            continue
        if reading.unit is best.unit and fits(asked, reading) is Fit.YES:
            return f" {stated(asked.number)} is the figure of {label(period)}."
    return ""


_OPENING = re.compile(
    r"[\W\d]*(?:the|our|and|but|while|overall|that|,|\s)*(?:number|rate|level|total|proportion|percentage)?(?:\s+of)?\s*"
    rf"{WHO}",
    re.IGNORECASE,
)


_TIME = re.compile(
    r"\s*,?\s*(?:for|in|at|during|over|across)\s+(?:the\s+|this\s+)?(?:(?:end\s+of\s+(?:the\s+)?)?(?:last\s+|full\s+|whole\s+|reporting\s+)?"
    r"(?:quarter|year|month|period)(?:\s+(?:one|two|three|four|[1-4]))?|q[1-4])(?:\s+(?:of\s+)?20[0-9]{2}(?:\s?[/-]\s?[0-9]{2,4})?)?\s*,?",
    re.IGNORECASE,
)


def _wrong_kind(world: World, asked: Asked, about: About) -> Judged | None:
    """Return a contradiction where a draft gives an indicator a figure of another kind: ``Contacts was 72%``."""
    subject, number = about.subject, asked.number
    between = (
        asked.beside.clause[len(asked.beside.clause) - (number.start - subject.end) :]
        if subject.end <= number.start
        else "?"
    )
    ahead = asked.beside.clause[: max(0, len(asked.beside.clause) - (number.start - subject.start))]
    if (
        asked.use is not Use.LEVEL
        or not _OPENING.fullmatch(ahead)
        or number.unit is Unit.NONE
        or number.form is not Form.CARDINAL
        or subject.how.value < How.ALIAS.value
        or not STATES.fullmatch(_TIME.sub("", between, count=1))
    ):
        return None
    reader = Readings(world, about.code)
    own = next(iter(reader.levels(asked.dated.period)), None)
    if (
        own is None
        or own.unit is number.unit
        or is_part(asked.beside)
        or is_meant(asked.beside)
        or not asked.dated.is_sure
    ):
        return None
    reason = f"{capital(says(number, own))}; {stated(number)} is a figure of another kind."
    return Judged(tell(asked, Verdict.CONTRADICTED, about.code, reason, own), own)


def no_figure(world: World, asked: Asked) -> Judged:
    """Return the verdict where no indicator near has a figure of that kind: a wrong unit, or nothing to check it by."""
    if wrong := wrong_unit(world, asked):
        return wrong
    if not asked.about:
        return Judged(None)
    near = [one for one in asked.about if one.is_near]
    if near and near[0].is_sure and (wrong := _wrong_kind(world, asked, asked.about[0])):
        return wrong
    code = asked.about[0].code
    if asked.dated.period is None or (asked.dated.is_named and not _known(world, code, asked.dated.period)):
        reason = f"The workbook has no figure of {code} for {asked.dated.words or 'that period'}."
    else:
        reason = f"The workbook has no figure of {code} that this could be."
    if asked.about[0].is_sure and asked.about[0].is_near:
        own = next(Readings(world, code).levels(world.quarter), None)
        reason += other_period(asked, Readings(world, code), own) if own else ""
    return Judged(tell(asked, Verdict.NOT_CHECKABLE, code if asked.about[0].is_sure else "", reason))


def wrong_unit(world: World, asked: Asked) -> Judged | None:
    """Return a contradiction where a figure is right and its unit is not; where it has none, that it needs one."""
    for about in asked.about[:1]:
        if not about.is_sure or not is_telling(asked, about):
            break
        reader = Readings(world, about.code)
        for reading in readings_of(asked, reader):
            how = fits(asked, reading)
            if reading.weak or how is Fit.NO or (how is Fit.YES and asked.number.unit is not Unit.NONE):
                continue
            if clashes(asked, reader, reading):
                return of_another_unit(asked, reading)
            if about.is_near and lacks_unit(asked, reader, reading):
                reason = f"{capital(says(asked.number, reading))}: the figure has no unit here."
                told = tell(asked, Verdict.NOT_CHECKABLE, about.code, reason, reading)
                return Judged(dataclasses.replace(told, kind="unit"), reading)
    return None


def _known(world: World, code: str, period: Period) -> bool:
    return any(one.period == period for one in world.facts_of(code))
