"""The verdict on one number: which readings it may have, and whether one of them fits."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from xlkpi.model.period import Month, Period, Quarter
from xlkpi.prose.claim import Verdict
from xlkpi.prose.figures.compare import Fit, fit, printed, stated
from xlkpi.prose.figures.cues import Beside, Use, tells_the_rest
from xlkpi.prose.figures.nouns import counts_kind
from xlkpi.prose.figures.readings import Reading, Readings, label
from xlkpi.prose.figures.scope import About, Dated
from xlkpi.prose.mentions import Form, Number, Unit
from xlkpi.prose.statuses.scene import Told
from xlkpi.prose.world import World

_SPANS = (Unit.DAYS, Unit.WEEKS, Unit.MONTHS, Unit.YEARS, Unit.HOURS)
_TELLING = 10  # a smaller figure in another unit, or of another period, may be chance
_MOST = 2  # indicators that a number is held against


@dataclass(frozen=True, slots=True)
class Asked:
    """A number with everything that says what it is of.

    Attributes:
        number: As the draft has it.
        beside: The words around it.
        use: What it is used for.
        about: The indicators that it may be of, the likeliest first.
        parts: Parts of indicators named beside it, the nearest first.
        bases: How parts may have been counted, by the words of the sentence, for each indicator asked.
        dated: Its period.
        compared: The periods with which something is compared.
        sign: +1 or -1 where words say which way it went, by code: better and worse depend on the indicator.
        others: Readings that the sentence itself gives (a share of two counts).
    """

    number: Number
    beside: Beside
    use: Use
    about: Sequence[About]
    parts: Sequence[str]
    bases: Sequence[str]
    dated: Dated
    compared: Sequence[Period]
    sign: dict[str, int] = field(default_factory=dict)
    others: Sequence[Reading] = ()


@dataclass(frozen=True, slots=True)
class Judged:
    """What came out, and the reading by which the number is right or should be.

    Attributes:
        told: For the claim; None where the number states no figure at all.
        reading: Of the figure; None without one.
    """

    told: Told | None
    reading: Reading | None = None


def judge(world: World, asked: Asked) -> Judged:
    """Return the verdict on a number."""
    held = list(_held(world, asked))
    for about, _, readings in held:
        for reading in readings:
            if _fits(asked, reading) is Fit.YES:
                return _confirmed(asked, about.code, reading)
    for reading in asked.others:
        if _fits(asked, reading) is Fit.YES:
            return _confirmed(asked, reading.code, reading)
    if not held:
        return _no_figure(world, asked)
    about, reader, readings = held[0]
    plain = [one for one in readings if not one.weak] or readings
    best = _best(asked, [*asked.others, *plain] if asked.others else plain)
    if not about.is_sure:
        reason = f"It is not certain that this is about {about.code}: {_says(asked.number, best)}."
        return Judged(_told(asked, Verdict.NOT_CHECKABLE, about.code, reason), best)
    return Judged(_contradicted(asked, about, reader, best), best)


def _held(world: World, asked: Asked) -> Iterable[tuple[About, Readings, list[Reading]]]:
    """Yield the indicators that have a figure of the number's kind, at most two, each with its readings."""
    found = 0
    for about in asked.about:
        part = next((one for one in asked.parts if _has_part(world, about.code, one)), "")
        reader = Readings(world, about.code, part, _bases(world, about.code, part, asked.bases) if part else ("",))
        readings = [one for one in _readings(asked, reader) if _is_kind(asked, reader, one)]
        if not readings:
            continue
        yield about, reader, readings
        found += 1
        if found == _MOST or (found and about.is_sure and about.is_near and about.subject.names[0] == about.code and not _shares(asked, about)):
            return


def _shares(asked: Asked, about: About) -> bool:
    """Return whether other indicators are named by the same or by overlapping words."""
    return any(one is not about and one.subject.start < about.subject.end and about.subject.start < one.subject.end for one in asked.about)


def _has_part(world: World, code: str, part: str) -> bool:
    return any(one.part == part for one in world.facts_of(code))


def _bases(world: World, code: str, part: str, words: Sequence[str]) -> tuple[str, ...]:
    """Return how a part was counted: the way that the sentence names, else the first that the workbook has."""
    known = list(dict.fromkeys(one.basis for one in world.facts_of(code) if one.part == part))
    said = [one for one in known if one in words]
    return (said[0],) if said else tuple(known[:1])


def _readings(asked: Asked, reader: Readings) -> list[Reading]:
    if asked.use is Use.LEVEL and tells_the_rest(asked.beside):
        return [*reader.levels(asked.dated.period), *reader.rest(asked.dated.period), *reader.counts(asked.dated.period)]
    if asked.use is Use.BASELINE:
        return [one for period in asked.compared for one in reader.of(Use.LEVEL, period, ())]
    return reader.of(asked.use, asked.dated.period, asked.compared)


def _is_kind(asked: Asked, reader: Readings, reading: Reading) -> bool:
    """Return whether a number may be in the unit of a reading, and count what it counts."""
    number = asked.number
    if number.form is Form.FRACTION:
        return reading.unit is Unit.PERCENT
    if number.unit is Unit.PERCENT:
        return reading.unit in (Unit.PERCENT, Unit.POINTS)
    if number.unit in _SPANS or number.unit in (Unit.RATE, Unit.POINTS):
        return reading.unit is number.unit
    if number.unit is not Unit.NONE or reading.unit in (Unit.PERCENT, Unit.POINTS):
        return False
    return counts_kind(asked.beside.after, reader.indicator)


def _fits(asked: Asked, reading: Reading) -> Fit:
    return fit(asked.number, reading, sign=asked.sign.get(reading.code, 0))


def _best(asked: Asked, readings: Sequence[Reading]) -> Reading:
    """Return the reading that comes nearest, those that went the way the words say first."""
    number = asked.number.value

    def distance(one: Reading) -> tuple[bool, float]:
        sign = asked.sign.get(one.code, 0)
        wrong_way = bool(one.is_change and sign and one.value and (one.value > 0) != (sign > 0))
        value = abs(one.value) if one.is_change else one.value
        return wrong_way, float(abs(value - number) / (abs(value) + abs(number) + 1))

    return min(readings, key=distance)


def _confirmed(asked: Asked, code: str, reading: Reading) -> Judged:
    how = f" ({reading.how})" if reading.how else ""
    note = ""
    if reading.unit is Unit.POINTS and asked.number.unit is Unit.PERCENT:
        note = " It is right in percentage points, which is how a difference of percentages is said."
    reason = f"{_capital(_says(asked.number, reading))}{how}.{note}"
    return Judged(_told(asked, Verdict.CONFIRMED, code, reason, reading), reading)


def _contradicted(asked: Asked, about: About, reader: Readings, best: Reading) -> Told:
    number = asked.number
    how = f" ({best.how})" if best.how else ""
    if _fits(asked, best) is Fit.VALUE:
        reason = f"{_capital(_says(number, best))}{how}: the figure is right, the unit is not."
        return _told(asked, Verdict.CONTRADICTED, about.code, reason, best)
    sign = asked.sign.get(best.code, 0)
    if best.is_change and sign and best.value and (best.value > 0) != (sign > 0):
        went = "rose" if best.value > 0 else "fell"
        reason = f"{about.code} {went}: {_says(number, best)}{how}."
        return _told(asked, Verdict.CONTRADICTED, about.code, reason, best)
    other = _other_period(asked, reader, best)
    reason = f"{_capital(_says(number, best))}{how}, not {stated(number)}.{other}"
    return _told(asked, Verdict.CONTRADICTED, about.code, reason, best)


def _other_period(asked: Asked, reader: Readings, best: Reading) -> str:
    """Say of which period the figure would be right; empty where of none."""
    if asked.number.value < _TELLING and not asked.number.decimals:
        return ""
    for period, reading in reader.elsewhen(asked.use):
        if reading.unit is best.unit and _fits(asked, reading) is Fit.YES:
            return f" {stated(asked.number)} is the figure of {label(period)}."
    return ""


def _no_figure(world: World, asked: Asked) -> Judged:
    """Return the verdict where no indicator near has a figure of that kind: a wrong unit, or nothing to check it by."""
    number = asked.number
    for about in asked.about[:1]:
        if not (about.is_sure and about.is_near) or asked.use not in (Use.LEVEL, Use.CHANGE, Use.BASELINE):
            break
        reader = Readings(world, about.code)
        for reading in _readings(asked, reader):
            telling = number.value >= _TELLING or number.decimals
            if telling and not reading.weak and _clashes(number, reading) and _fits(asked, reading) is Fit.VALUE:
                return Judged(_contradicted(asked, about, reader, reading), reading)
    if not asked.about:
        return Judged(None)
    code = asked.about[0].code
    if asked.dated.period is None or (asked.dated.is_named and not _known(world, code, asked.dated.period)):
        reason = f"The workbook has no figure of {code} for {asked.dated.words or 'that period'}."
    else:
        reason = f"The workbook has no figure of {code} that this could be."
    return Judged(_told(asked, Verdict.NOT_CHECKABLE, code if asked.about[0].is_sure else "", reason))


def _clashes(number: Number, reading: Reading) -> bool:
    return number.unit is not Unit.NONE and number.unit is not reading.unit


def _known(world: World, code: str, period: Period) -> bool:
    return any(one.period == period for one in world.facts_of(code))


def _told(asked: Asked, verdict: Verdict, code: str, reason: str, reading: Reading | None = None) -> Told:
    kind = {Use.CHANGE: "change", Use.GAP: "gap", Use.CASES: "gap in cases", Use.TARGET: "target", Use.TOLERANCE: "tolerance"}.get(asked.use, "figure")
    computed = printed(asked.number, reading) if reading else ""
    return Told(kind, verdict, stated(asked.number), computed, reason, reading.cell if reading else "", code)


def _says(number: Number, reading: Reading) -> str:
    return reading.says.replace("{}", printed(number, reading))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def defaults(period: Period | None, now: Quarter) -> list[Period]:
    """Return with what a figure is compared where the draft does not say: the quarter before, then the year before."""
    at = period or now
    if isinstance(at, Quarter):
        return [at.previous, at.year_ago]
    if isinstance(at, Month):
        before = Month(at.year - (at.month == 1), (at.month - 2) % 12 + 1)
        return [at.quarter.previous, before, Month(at.year - 1, at.month)]
    return [type(at)(at.year - 1)]


_BASIS_WORD = re.compile(r"[a-z]{3,}")


def named_bases(bases: Iterable[str], sentence: str) -> list[str]:
    """Return the ways of counting whose words all stand in a sentence: ``all_case_notes`` in ``all case note types``."""
    words = {one.removesuffix("s") for one in _BASIS_WORD.findall(sentence.lower())}
    found = []
    for basis in dict.fromkeys(bases):
        parts = {one.removesuffix("s") for one in _BASIS_WORD.findall(basis.lower().replace("_", " "))}
        if len(parts) > 1 and parts <= words:
            found.append(basis)
    return found
