"""Shares that a sentence gives by its own counts: ``nine in ten``, ``21% of those in care are placed outside the city``."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import pairwise

from xlkpi.prose.figures.asked import Asked, Judged, confirmed, contradicted
from xlkpi.prose.figures.compare import Fit, fit, is_times
from xlkpi.prose.figures.cues import Use
from xlkpi.prose.figures.excluded import is_of_distance
from xlkpi.prose.figures.reading import HUNDRED, Reading, as_stated, ratio
from xlkpi.prose.figures.readings import Readings
from xlkpi.prose.figures.scope import Scope
from xlkpi.prose.mentions import Form, Link, Number, Pair, Unit
from xlkpi.prose.scene import Scene
from xlkpi.prose.text import Sentence
from xlkpi.prose.world import World

_OF_THEM = re.compile(r"\s*of\s+(?:all\s+|our\s+|the\s+|those\s+|total\s+)*", re.IGNORECASE)
_FEW = 20  # of more than these, "n of m" gives the counts themselves
_ROUND = (3, 4, 5, 10, 20)
_NEAR_MISS = Fraction(3, 10)  # a share as far off as this may be one of something else


def of_few(world: World, asked: Asked, pair: Pair | None) -> Judged | None:
    """Return that ``nine in ten`` is right of a share that is as near as so few can say; None where it is not.

    ``More than six out of ten`` counts nobody, so that nothing but a share is asked of it.
    """
    if pair is None or pair.link is not Link.OF or not 1 < pair.second.value <= _FEW:
        return None
    share = pair.first.value / pair.second.value * 100
    for about in asked.about[:1]:
        for reading in Readings(world, about.code).levels(asked.dated.period):
            if reading.unit is Unit.PERCENT and _is_about(pair, share, reading.value):
                return confirmed(asked, about.code, reading)
    return Judged(None) if pair.first.about and pair.second.value in _ROUND else None


def _is_about(pair: Pair, share: Fraction, value: Fraction) -> bool:
    """Return whether a share is as near to ``n in m`` as so few can say: 12% is one in eight, and not one in seven."""
    if pair.first.value == 1 and value:
        return round(HUNDRED / value) == pair.second.value
    return abs(value - share) <= min(_MOST, Fraction(HUNDRED, 2) / pair.second.value)


_MOST = Fraction(5)  # percentage points


def own_counts(others: Sequence[Number], number: Number, use: Use) -> Iterator[Reading]:
    """Yield what numbers of a sentence come to: the change from one to the next, or the share that one is of the next.

    Args:
        others: Those beside it that are not known to be right, in their order.
        number: Which they may come to.
        use: What that is used for.
    """
    whole = [one for one in others if one.unit is number.unit or one.unit is Unit.NONE]
    for one, other in pairwise(one for one in whole if one.form is Form.CARDINAL and one.value >= _FEW):
        low, high = sorted((one.value, other.value))
        if use is Use.CHANGE:
            yield as_stated(dataclasses.replace(number, value=high - low, unit=one.unit))
            for base in (low, high) if number.unit is Unit.PERCENT and one.unit is Unit.NONE else ():
                yield as_stated(dataclasses.replace(number, value=(high - low) * HUNDRED / base))
        elif use is Use.LEVEL and number.unit is Unit.PERCENT and one.unit is Unit.NONE:
            yield as_stated(dataclasses.replace(number, value=low * HUNDRED / high))


_FROM = re.compile(r"\s+(?:\w+\s+)?from\s+(?:just\s+|only\s+)?[0-9a-z]", re.IGNORECASE)


def of_times(world: World, asked: Asked) -> Judged:
    """Return the verdict on a figure that ``doubled`` or ``halved``; nothing where it is not certain what did."""
    word = asked.beside.clause
    for about in asked.about[:1]:
        reader = Readings(world, about.code)
        now = next(reader.levels(asked.dated.period), None)
        bases = [
            one
            for base in (*asked.compared.periods, *asked.compared.perhaps)
            for one in reader.levels(base)
            if one.value
        ]
        fitting = [one for one in bases if now is not None and is_times(asked.number, now.value, one.value)]
        before = next(iter((*fitting, *bases[: asked.compared.is_named])), None)
        if is_of_distance(asked.beside):
            continue  # "the gap between them has halved"
        if now is None or before is None or not before.value or not about.is_sure or not about.is_near or not word:
            continue
        times = dataclasses.replace(
            now,
            value=now.value / before.value,
            unit=Unit.NONE,
            per="",
            says=f"{about.code} was {{}} times the earlier figure",
        )
        fits = is_times(asked.number, now.value, before.value)
        if not fits and _FROM.match(asked.beside.after):
            return Judged(
                None
            )  # "doubled from 21 in the first quarter of last year": the figure behind tells from which
        return confirmed(asked, about.code, times) if fits else contradicted(asked, times)
    return Judged(None)


def of_counts(scene: Scene, scope: Scope, sentence: Sentence, asked: Asked) -> Judged | None:
    """Return the verdict on a share that one count named in the sentence has of another: ``21% of those in care``."""
    number = asked.number
    if (
        number.unit not in (Unit.PERCENT, Unit.POINTS)
        or number.form is not Form.CARDINAL
        or asked.use not in (Use.LEVEL, Use.BASELINE)
    ):
        return None
    period = asked.dated.period if asked.use is Use.LEVEL else next(iter(asked.compared.periods), None)
    codes = dict.fromkeys(one.names[0] for one in scope.indicators(sentence))
    counts = [one for code in codes for one in Readings(scene.world, code).levels(period) if one.unit is Unit.NONE]
    shares = [one for one in ratio(counts, counts) if one.value < HUNDRED]
    behind = any(
        one.start > number.end and _OF_THEM.fullmatch(scene.flat, number.end, one.start)
        for one in scope.indicators(sentence)
    )
    fits = [one for one in shares if fit(number, one) is Fit.YES]
    if number.unit is Unit.POINTS:
        return next((contradicted(asked, one) for one in shares if behind and fit(number, one) is Fit.VALUE), None)
    if fits:
        return confirmed(asked, fits[0].code, fits[0])
    if (
        len(shares) == 1
        and behind
        and abs(shares[0].value - number.value) <= number.value * _NEAR_MISS
        and asked.dated.is_sure
    ):
        return contradicted(asked, shares[0])
    return None
