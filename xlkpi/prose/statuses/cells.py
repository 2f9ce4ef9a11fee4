"""Single cells of tables and cards: a figure or a status of an indicator whose headings say what it is."""

from __future__ import annotations

import re
from fractions import Fraction

from xlkpi.calculate.status import Status
from xlkpi.model.number import plain, rounded
from xlkpi.model.period import Period
from xlkpi.prose.claim import Verdict
from xlkpi.prose.fact import Fact, Measure
from xlkpi.prose.mentions import Number, Unit
from xlkpi.prose.sentences import Part
from xlkpi.prose.statuses.scene import Scene, Told, named, statuses_of

_STATUS_WORDS = {
    frozenset({Status.ON}): re.compile(
        r"\W*(?:on|met|achieved|at)(?:\s+target)?\W*|\W*(?:green|above)\W*", re.IGNORECASE
    ),
    frozenset({Status.INSIDE}): re.compile(r"\W*(?:within|inside|amber)(?:\s+tolerance)?\W*", re.IGNORECASE),
    frozenset({Status.OUTSIDE}): re.compile(r"\W*(?:outside|red|below)(?:\s+tolerance)?\W*", re.IGNORECASE),
    frozenset({Status.NO_TARGET}): re.compile(r"\W*no\s+targets?\b.*|\W*not\s+(?:rated|set)\b.*", re.IGNORECASE),
    frozenset({Status.NO_DATA}): re.compile(
        r"\W*(?:no\s+data|not\s+(?:available|reported)|missing)\b.*", re.IGNORECASE
    ),
}
MEASURES = {
    Measure.TARGET: re.compile(r"\W*(?:contract\s+|annual\s+|our\s+)?targets?\b(?!.*tolerance).*", re.IGNORECASE),
    Measure.TOLERANCE: re.compile(r"\W*(?:contract\s+)?tolerances?\b.*", re.IGNORECASE),
    Measure.STATUS: re.compile(r"\W*(?:status|rag|rating|performance\s+against\s+target)\b.*", re.IGNORECASE),
    Measure.OUTTURN: re.compile(
        r"\W*(?:outturn|actual|performance|value|current|result|this\s+quarter|latest|figure)\b.{0,20}", re.IGNORECASE
    ),
}
#: Units that a figure cannot have unless the indicator has them.
_UNITS = (Unit.PERCENT, Unit.POINTS, Unit.DAYS, Unit.WEEKS, Unit.MONTHS, Unit.YEARS, Unit.HOURS)


def status_words(words: str) -> frozenset[Status]:
    """Return the statuses that a cell of few words names (``Green``, ``Met``); none where it names none."""
    return next((one for one, pattern in _STATUS_WORDS.items() if pattern.fullmatch(words)), frozenset())


def matches(fact: Fact | None, number: Number) -> bool:
    """Return whether a number shows a figure, at its own precision."""
    return fact is not None and Fraction(rounded(fact.value, number.decimals)) == number.value


def tell_figure(scene: Scene, number: Number, code: str, measure: Measure, period: Period) -> None:
    """Take down a figure of an indicator whose measure and period the headings give."""
    world = scene.world
    fact = world.fact(code, measure, period)
    if fact is None:
        told = Told(
            "figure",
            Verdict.NOT_CHECKABLE,
            plain(number.value),
            reason=f"The workbook has no {measure.value} of {code} for {period.label}.",
            indicator=code,
        )
    else:
        shown = rounded(fact.value, number.decimals)
        sign = "%" if fact.unit == "%" else ""
        wrong_unit = number.unit in _UNITS and number.unit.value not in fact.unit
        told = Told(
            "figure",
            Verdict.CONFIRMED if matches(fact, number) and not wrong_unit else Verdict.CONTRADICTED,
            f"{plain(number.value)}{'%' if number.unit is Unit.PERCENT else ''}",
            f"{shown}{sign}",
            f"{code}, {measure.value} for {period.label}.",
            fact.cell,
            code,
        )
    scene.tell(number.start, number.end, told, [number])


def tell_unknown(scene: Scene, number: Number, code: str) -> None:
    """Take down a figure of which it is not certain what it is of."""
    reason = f"It is not certain that this is the figure of {code}."
    told = Told("figure", Verdict.NOT_CHECKABLE, plain(number.value), reason=reason, indicator=code)
    scene.tell(number.start, number.end, told, [number])


def tell_status(scene: Scene, code: str, cell: Part) -> None:
    """Take down a cell that gives the status of a measure; nothing where it gives none."""
    world = scene.world
    phrases = scene.within(scene.statuses, cell)
    words = scene.flat[cell.start : cell.end]
    wanted = statuses_of(phrases[0]) if phrases else status_words(words.strip(" \u25cf\u25d0\u25cb\u2013"))
    if not wanted or code not in world.contract:
        return
    status = world.status(code)
    verdict = Verdict.CONFIRMED if status in wanted else Verdict.CONTRADICTED
    place = world.cell_of(code, Measure.STATUS)
    told = Told("status", verdict, named(wanted), named({status}), f"{code} is {named({status})}.", place, code)
    scene.tell(cell.start, cell.end, told)
