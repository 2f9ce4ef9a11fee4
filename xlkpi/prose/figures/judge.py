"""The verdict on one number: which readings it may have, and whether one of them fits."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from xlkpi.model.period import Month
from xlkpi.prose.claim import Verdict
from xlkpi.prose.figures.asked import WRONG_UNIT, Asked, Judged, capital, confirmed, contradicted, says, tell
from xlkpi.prose.figures.candidates import is_kind, readings_of
from xlkpi.prose.figures.compare import Fit, is_beyond_reach, stated
from xlkpi.prose.figures.cues import Use
from xlkpi.prose.figures.doubts import doubt
from xlkpi.prose.figures.elsewhere import of_else
from xlkpi.prose.figures.misfits import fits, no_figure, other_period, wrong_unit
from xlkpi.prose.figures.reading import Reading
from xlkpi.prose.figures.readings import Readings
from xlkpi.prose.figures.scope import About
from xlkpi.prose.mentions import Unit
from xlkpi.prose.mentions.digits import digits_of
from xlkpi.prose.mentions.kinds import HINTED
from xlkpi.prose.scene import Told
from xlkpi.prose.world import World

_TWO = 2  # digits that are hardly right by chance
_MOST = 2  # indicators that a number is held against


def judge(world: World, asked: Asked) -> Judged:
    """Return the verdict on a number."""
    held = _apart(asked, list(_held(world, asked)))
    if (right := _right(world, asked, held)) is not None:
        return confirmed(asked, *right)
    if asked.about and asked.about[0].is_near and not asked.about[0].is_apart:
        held = [one for one in held if not one[0].is_apart]
    if not held:
        is_shared = asked.shares and asked.dated.is_sure
        return contradicted(asked, _best(asked, asked.shares)) if is_shared else no_figure(world, asked)
    about, reader, readings = held[0]
    strong = [one for one in readings if not one.weak] or readings
    plain = strong if asked.is_of or asked.beside.in_brackets else [one for one in strong if not one.is_part] or strong
    said = asked.said if asked.use in (Use.LEVEL, Use.BASELINE) else ()
    free = [one for one in plain if (one.says, one.value) not in said]
    best = _best(asked, [*asked.shares, *(free or plain)])
    why = doubt(asked, about, reader, best)
    if why and (wrong := wrong_unit(world, asked)) is not None:
        return wrong
    is_level = not best.is_change or best.unit is Unit.POINTS
    if not why and is_level and best.unit is asked.number.unit and is_beyond_reach(asked.number, abs(best.value)):
        why = "It is where the words say, and far from it"
    if why := why or of_else(asked, about, reader, free):
        return Judged(tell(asked, Verdict.NOT_CHECKABLE, about.code, f"{why}: {says(asked.number, best)}."), best)
    return Judged(_contradicted(asked, about, reader, best), best)


def _right(
    world: World, asked: Asked, held: Sequence[tuple[About, Readings, list[Reading]]]
) -> tuple[str, Reading] | None:
    """Return the indicator and the reading by which a number is right; None where it is by none."""
    for about, _, readings in held:
        for reading in readings if _may_confirm(asked, about) else ():
            if fits(asked, reading) is Fit.YES:
                return about.code, reading
    at_end = () if held else _at_end(world, asked)
    found = next((one for one in (*asked.others, *at_end) if fits(asked, one) is Fit.YES), None)
    return (found.code, found) if found is not None else None


def _at_end(world: World, asked: Asked) -> Iterator[Reading]:
    """Yield what a number may be that is dated by the last month of its quarter: ``Last September it was 81.9%``."""
    month = asked.dated.period
    if isinstance(month, Month) and month == month.quarter.months[-1] and asked.use in (Use.LEVEL, Use.BASELINE):
        for about in asked.about[:_MOST]:
            yield from Readings(world, about.code).levels(month.quarter)


def _may_confirm(asked: Asked, about: About) -> bool:
    """Return whether a number that fits is right: one of a single digit needs more than a hint of what it is of."""
    is_told = digits_of(asked.number) >= _TWO or bool(asked.number.decimals)
    return about.subject.weight > HINTED or is_told or asked.use is not Use.LEVEL


def _apart(
    asked: Asked, held: list[tuple[About, Readings, list[Reading]]]
) -> list[tuple[About, Readings, list[Reading]]]:
    """Return what a number is held against: a share behind a count (``8 (6%)``) not against what was named elsewhere."""
    own = {one.code for one in asked.shares}
    return [one for one in held if not own or one[0].code in own or one[0].is_near]


def _held(world: World, asked: Asked) -> Iterable[tuple[About, Readings, list[Reading]]]:
    """Yield the indicators that have a figure of the number's kind, at most two, each with its readings."""
    found = 0
    shares = [one for one in asked.about if asked.is_of and world.by_code[one.code].is_proportion]
    for about in [*shares, *(one for one in asked.about if one not in shares)]:
        part = next((one for one in asked.parts if _has_part(world, about.code, one)), "")
        reader = Readings(world, about.code, part, _bases(world, about.code, part, asked.bases) if part else ("",))
        readings = [one for one in readings_of(asked, reader) if is_kind(asked, reader, one)]
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


def _best(asked: Asked, readings: Sequence[Reading]) -> Reading:
    """Return the reading that comes nearest, those that went the way the words say first."""
    number = asked.number.value

    def distance(one: Reading) -> tuple[bool, float]:
        sign = asked.sign.get(one.code, 0)
        wrong_way = bool(one.is_change and sign and one.value and (one.value > 0) != (sign > 0))
        value = abs(one.value) if one.is_change else one.value
        return wrong_way, float(abs(value - number) / (abs(value) + abs(number) + 1))

    return min(readings, key=distance)


def _contradicted(asked: Asked, about: About, reader: Readings, best: Reading) -> Told:
    number = asked.number
    how = f" ({best.how})" if best.how else ""
    if fits(asked, best) is Fit.VALUE:
        reason = f"{capital(says(number, best))}{how}: {WRONG_UNIT}"
        return tell(asked, Verdict.CONTRADICTED, about.code, reason, best)
    sign = asked.sign.get(best.code, 0)
    if best.is_change and sign and best.value and (best.value > 0) != (sign > 0):
        went = "rose" if best.value > 0 else "fell"
        reason = f"{about.code} {went}: {says(number, best)}{how}."
        return tell(asked, Verdict.CONTRADICTED, about.code, reason, best)
    other = other_period(asked, reader, best)
    reason = f"{capital(says(number, best))}{how}, not {stated(number)}.{other}"
    return tell(asked, Verdict.CONTRADICTED, about.code, reason, best)
