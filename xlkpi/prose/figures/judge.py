"""The verdict on one number: which readings it may have, and whether one of them fits."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from xlkpi.model.period import Period
from xlkpi.prose.claim import Verdict
from xlkpi.prose.figures.compare import Fit, fit, printed, stated
from xlkpi.prose.figures.cues import Beside, Use, is_meant, is_part, tells_the_rest
from xlkpi.prose.figures.limits import is_named_behind, names_another_limit
from xlkpi.prose.figures.nouns import Noun, noun_behind
from xlkpi.prose.figures.reading import Reading, label
from xlkpi.prose.figures.readings import Readings
from xlkpi.prose.figures.scope import About, Dated
from xlkpi.prose.mentions import Form, How, Number, Unit
from xlkpi.prose.statuses.scene import Told
from xlkpi.prose.world import World

_SPANS = (Unit.DAYS, Unit.WEEKS, Unit.MONTHS, Unit.YEARS, Unit.HOURS)
_TELLING = 10  # a smaller figure in another unit, or of another period, may be chance
_ARTICLES = 3  # "one", "two", "three" in words are as often articles as figures
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
        is_of: Whether it is one of two numbers of which one is out of the other.
        to_date: Whether the draft speaks of the year so far.
        perhaps: The periods with which it may be compared as well, though its own sentence does not say so.
        said: What other numbers of the sentence say, and rightly, in words and figure.
        partner: Code of the indicator whose cases the number beside it counts; empty where it counts none.
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
    is_of: bool = False
    to_date: bool = False
    partner: str = ""
    perhaps: Sequence[Period] = ()
    said: frozenset[tuple[str, Fraction]] = frozenset()


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
                return confirmed(asked, about.code, reading)
    for reading in asked.others:
        if _fits(asked, reading) is Fit.YES:
            return confirmed(asked, reading.code, reading)
    if not held:
        is_shared = asked.others and asked.dated.is_sure
        return contradicted(asked, _best(asked, asked.others)) if is_shared else _no_figure(world, asked)
    about, reader, readings = held[0]
    strong = [one for one in readings if not one.weak] or readings
    plain = strong if asked.is_of or asked.beside.in_brackets else [one for one in strong if not one.is_part] or strong
    said = asked.said if asked.use in (Use.LEVEL, Use.BASELINE) else ()
    free = [one for one in plain if (one.says, one.value) not in said]
    best = _best(asked, [*asked.others, *(free or plain)])
    if doubt := _doubt(asked, about, reader, best) or _of_else(asked, reader, free):
        reason = f"{doubt}: {_says(asked.number, best)}."
        return Judged(_told(asked, Verdict.NOT_CHECKABLE, about.code, reason), best)
    return Judged(_contradicted(asked, about, reader, best), best)


def _doubt(asked: Asked, about: About, reader: Readings, best: Reading) -> str:
    """Return why a number that does not fit cannot be held against a draft; empty where it can."""
    if is_part(asked.beside) and not (about.is_near and is_named_behind(asked.number, about.subject)):
        return "The workbook has no figure of such a part"
    if asked.use in (Use.LEVEL, Use.CHANGE, Use.BASELINE) and is_meant(asked.beside):
        return "It is expected or supposed, and not reported"
    if not asked.dated.is_sure:
        return f"The workbook has no figure for {asked.dated.words}"
    first = asked.about[0]
    is_sure = about.is_sure or (first.is_sure and about.subject is first.subject)
    if not is_sure or not _counts_it(asked, about, reader, best):
        return f"It is not certain that this is about {about.code}"
    return ""


def _of_else(asked: Asked, reader: Readings, free: Sequence[Reading]) -> str:
    """Return why a number is of something else than its indicator; empty where nothing says so."""
    if not free and not asked.others:
        return "Another number beside it is that figure, and this one of something else"
    if names_another_limit(asked.beside, asked.number, reader.indicator):
        return f"It is of another time limit than {reader.code}"
    return ""


def _counts_it(asked: Asked, about: About, reader: Readings, best: Reading) -> bool:
    """Return whether a bare number is sure to count what a reading counts."""
    if asked.is_of and not best.is_part and not reader.indicator.is_proportion:
        return False  # "four of the six" of a count is a part of it
    if (
        asked.number.unit is not Unit.NONE
        or asked.is_of
        or asked.use in (Use.CASES, Use.GAP, Use.TARGET, Use.TOLERANCE)
    ):
        return True
    if asked.partner == about.code or tells_the_rest(asked.beside):
        return True
    noun = noun_behind(asked.beside.after, reader.indicator)
    if asked.number.in_words and asked.number.value <= _ARTICLES and not best.is_change:
        return noun in (Noun.OWN, Noun.PERSON) and about.is_near
    whole = about.subject.how.value >= How.ALIAS.value
    if best.is_part and not best.is_change:
        return asked.beside.in_brackets or noun is Noun.OWN or (noun is Noun.PERSON and about.is_near and whole)
    return about.is_near or noun is Noun.OWN or best.is_change or bool(_FIGURE_WAS.search(asked.beside.before))


def _held(world: World, asked: Asked) -> Iterable[tuple[About, Readings, list[Reading]]]:
    """Yield the indicators that have a figure of the number's kind, at most two, each with its readings."""
    found = 0
    shares = [one for one in asked.about if asked.is_of and world.by_code[one.code].is_proportion]
    for about in [*shares, *(one for one in asked.about if one not in shares)]:
        part = next((one for one in asked.parts if _has_part(world, about.code, one)), "")
        reader = Readings(world, about.code, part, _bases(world, about.code, part, asked.bases) if part else ("",))
        readings = [one for one in _readings(asked, reader) if _is_kind(asked, reader, one)]
        if not readings:
            continue
        yield about, reader, readings
        found += 1
        if found == _MOST or (
            found
            and about.is_sure
            and about.is_near
            and about.subject.names[0] == about.code
            and not _shares(asked, about)
        ):
            return


def _shares(asked: Asked, about: About) -> bool:
    """Return whether other indicators are named by the same or by overlapping words."""
    return any(
        one is not about and one.subject.start < about.subject.end and about.subject.start < one.subject.end
        for one in asked.about
    )


def _has_part(world: World, code: str, part: str) -> bool:
    return any(one.part == part for one in world.facts_of(code))


def _bases(world: World, code: str, part: str, words: Sequence[str]) -> tuple[str, ...]:
    """Return how a part was counted: the way that the sentence names, else the first that the workbook has."""
    known = list(dict.fromkeys(one.basis for one in world.facts_of(code) if one.part == part))
    said = [one for one in known if one in words]
    return (said[0],) if said else tuple(known[:1])


def _readings(asked: Asked, reader: Readings) -> list[Reading]:
    if asked.to_date and (summed := _to_date(asked, reader)):
        return summed
    if asked.use is Use.LEVEL and tells_the_rest(asked.beside):
        return [
            *reader.levels(asked.dated.period),
            *reader.rest(asked.dated.period),
            *reader.counts(asked.dated.period),
        ]
    if asked.use is Use.BASELINE:
        said = [one for period in asked.compared for one in reader.of(Use.LEVEL, period, ())]
        return [*said, *_perhaps(one for period in asked.perhaps for one in reader.of(Use.LEVEL, period, ()))]
    said = reader.of(asked.use, asked.dated.period, asked.compared)
    if asked.use is Use.CHANGE:
        return [*said, *_perhaps(reader.of(asked.use, asked.dated.period, asked.perhaps))]
    return [
        *said,
        *_perhaps(one for period in asked.dated.also for one in reader.of(asked.use, period, asked.compared)),
    ]


def _perhaps(readings: Iterable[Reading]) -> list[Reading]:
    """Return readings that may confirm a number, and are not held against it."""
    return [dataclasses.replace(one, weak=True) for one in readings]


def _to_date(asked: Asked, reader: Readings) -> list[Reading]:
    if asked.use is Use.CHANGE:
        return list(reader.changes_to_date(asked.dated.period))
    at = asked.compared[0] if asked.use is Use.BASELINE else asked.dated.period
    return list(reader.to_date(at))


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
    noun = noun_behind(asked.beside.after, reader.indicator)
    if reading.unit is not Unit.NONE and (noun is Noun.PERSON or (noun is Noun.OWN and reading.unit is Unit.RATE)):
        return False  # 283 children are no rate
    return noun is not Noun.OTHER


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


def confirmed(asked: Asked, code: str, reading: Reading) -> Judged:
    """Return that a number is what a reading says."""
    how = f" ({reading.how})" if reading.how else ""
    note = ""
    if reading.unit is Unit.POINTS and asked.number.unit is Unit.PERCENT:
        note = " It is right in percentage points, which is how a difference of percentages is said."
    reason = f"{_capital(_says(asked.number, reading))}{how}.{note}"
    return Judged(_told(asked, Verdict.CONFIRMED, code, reason, reading), reading)


def contradicted(asked: Asked, reading: Reading) -> Judged:
    """Return that a number is not what its only reading says."""
    how = f" ({reading.how})" if reading.how else ""
    reason = f"{_capital(_says(asked.number, reading))}{how}, not {stated(asked.number)}."
    return Judged(_told(asked, Verdict.CONTRADICTED, reading.code, reason, reading), reading)


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


_FIGURE_WAS = re.compile(
    r"\b(?:figure|rate|number|total|it|outturn|proportion|performance|average)\s+(?:was|is|stood\s+at"
    r"|had\s+been|were)\s+$",
    re.IGNORECASE,
)
_OPENING = re.compile(
    r"\W*(?:the|our|and|but|while|overall|that|,|\s)*(?:number|rate|level|total|proportion|percentage)?(?:\s+of)?\s*",
    re.IGNORECASE,
)
_STATES = re.compile(
    r"\s*(?:rates?|levels?|figures?|performance)?\s*(?:was|is|were|are|stood\s+at|stands\s+at|reached|at|:"
    r"|\u2013|-|=|\()\s*(?:now\s+|at\s+)?",
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
        or not _STATES.fullmatch(between)
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
    reason = f"{_capital(_says(number, own))}; {stated(number)} is a figure of another kind."
    return Judged(_told(asked, Verdict.CONTRADICTED, about.code, reason, own), own)


def _no_figure(world: World, asked: Asked) -> Judged:
    """Return the verdict where no indicator near has a figure of that kind: a wrong unit, or nothing to check it by."""
    number = asked.number
    for about in asked.about[:1]:
        if not about.is_sure or asked.use not in (Use.LEVEL, Use.CHANGE, Use.BASELINE, Use.TARGET, Use.TOLERANCE):
            break
        reader = Readings(world, about.code)
        for reading in _readings(asked, reader):
            telling = (number.value >= _TELLING or number.decimals) and not number.about
            if telling and not reading.weak and _clashes(number, reading) and _fits(asked, reading) is Fit.VALUE:
                return Judged(_contradicted(asked, about, reader, reading), reading)
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
    return Judged(_told(asked, Verdict.NOT_CHECKABLE, code if asked.about[0].is_sure else "", reason))


def _clashes(number: Number, reading: Reading) -> bool:
    return number.unit is not Unit.NONE and number.unit is not reading.unit


def _known(world: World, code: str, period: Period) -> bool:
    return any(one.period == period for one in world.facts_of(code))


def _told(asked: Asked, verdict: Verdict, code: str, reason: str, reading: Reading | None = None) -> Told:
    kind = {
        Use.CHANGE: "change",
        Use.GAP: "gap",
        Use.CASES: "gap in cases",
        Use.TARGET: "target",
        Use.TOLERANCE: "tolerance",
    }.get(asked.use, "figure")
    computed = printed(asked.number, reading) if reading else ""
    return Told(kind, verdict, stated(asked.number), computed, reason, reading.cell if reading else "", code)


def _says(number: Number, reading: Reading) -> str:
    return reading.says.replace("{}", printed(number, reading))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
