"""How one figure came about, in plain words: from the typed cells by formula and rounding to target and status."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import NamedTuple

from xlkpi.calculate.change import Change, NotComparable
from xlkpi.calculate.history import History
from xlkpi.calculate.outturn import Judged, judged_figure
from xlkpi.calculate.results import Result
from xlkpi.calculate.status import Status
from xlkpi.model.number import Number, plain, rounded
from xlkpi.model.period import Quarter
from xlkpi.model.register import PERCENT, Band, Indicator, Polarity, Target
from xlkpi.prose.fact import Measure
from xlkpi.prose.world import World
from xlkpi.tables.words import counted

_BETTER = {
    Polarity.HIGHER: "higher is better",
    Polarity.LOWER: "lower is better",
    Polarity.RANGE: "best within its range",
    Polarity.NONE: "neither way is better, so that it is never rated",
}
#: Digits that are written out of a figure that goes on for ever.
_DIGITS = 6


class Step(NamedTuple):
    """One step of an explanation.

    Attributes:
        name: What it explains.
        text: One or two sentences.
        cells: Where its figures stand, as formulas name them.
    """

    name: str
    text: str
    cells: tuple[str, ...] = ()


def explained(world: World, code: str) -> list[Step]:
    """Return the steps from the typed cells to the status of an indicator in the reporting quarter.

    Raises:
        KeyError: Where no indicator of the quarter has that code.

    Examples:
        A step of A4 in the worked example: ``74 is worse than the tolerance of 75 (higher is better): outside tolerance.``
    """
    history, indicator = world.history(code), world.by_code[code]
    result = world.contract.get(code)
    at = result.carried_from or world.quarter if result else world.quarter
    steps = [_indicator(indicator), *_outturn(world, history, at)]
    if result is not None:
        steps += [*_target(world, result, at), *_status(world, result), *_gap(world, result)]
    steps += [_change(world, history, earlier, at, name) for earlier, name in _earlier(at)]
    if result is not None and result.streak.quarters:
        stopped = f"; before that: {result.streak.stopped}" if result.streak.stopped else ""
        text = f"{result.status.value} for {counted(result.streak.quarters, 'quarter', 'quarters')} in a row{stopped}."
        steps.append(
            Step("Movement", f"{result.movement.value.capitalize()}. {text}", _cells(world, code, Measure.MOVEMENT))
        )
    return steps


def _cells(world: World, code: str, *measures: Measure, at: Quarter | None = None) -> tuple[str, ...]:
    found = (world.cell_of(code, measure, at) for measure in measures)
    return tuple(dict.fromkeys(cell for cell in found if cell))


def _indicator(indicator: Indicator) -> Step:
    counted_as = " out of ".join(filter(None, (indicator.numerator_label, indicator.denominator_label)))
    said = f" Counted: {counted_as}." if counted_as else ""
    text = f"{indicator.title}; {indicator.unit}, {_BETTER[indicator.polarity]}.{said}"
    return Step("Measure", text, (indicator.where,) if indicator.where else ())


def _outturn(world: World, history: History, at: Quarter) -> Iterator[Step]:
    indicator, observation, exact = history.indicator, history.observation(at), history.outturn(at)
    if observation is None or exact is None:
        yield Step("Outturn", f"No figure was returned for {at.label}.")
        return
    if observation.numerator is not None and observation.denominator is not None:
        times = f" × {plain(indicator.multiplier)}" if indicator.multiplier != 1 else ""
        formula = f"{_typed(observation.numerator)} ÷ {_typed(observation.denominator)}{times} = {_exactly(exact)}"
        cells = _cells(world, indicator.code, Measure.NUMERATOR, Measure.DENOMINATOR, at=at)
    else:
        formula, cells = f"{_exactly(exact)}, as typed", _cells(world, indicator.code, Measure.NUMERATOR, at=at)
    shown = _cells(world, indicator.code, Measure.OUTTURN, at=at)
    yield Step("Outturn", f"{at.label}: {formula}.", (*cells, *(cell for cell in shown if cell not in cells)))
    decimals = counted(indicator.decimals, "digit", "digits")
    text = f"Printed with {decimals} after the point, halves away from zero: {_printed(indicator, exact)}."
    yield Step("Rounding", text)


def _target(world: World, result: Result, at: Quarter) -> Iterator[Step]:
    target, code = result.target, result.indicator.code
    if target is None or target.on is None:
        yield Step("Target", f"No target was in force in {at.label}.")
        return
    since = f"from {target.first.label}" if target.first else "from the start"
    until = f" to {target.last.label}" if target.last else ""
    clause = f" Clause {target.clause}." if target.clause else ""
    text = f"Target {_band(target.on)}, tolerance {_band(target.inside)}, in force {since}{until}.{clause}"
    yield Step("Target", text, (target.where, *_cells(world, code, Measure.TARGET, Measure.TOLERANCE)))


def _status(world: World, result: Result) -> Iterator[Step]:
    cells = _cells(world, result.indicator.code, Measure.STATUS)
    figure = judged_figure(result.outturn, result.indicator, world.results.judged)
    if figure is None or result.target is None:
        yield Step("Status", f"{result.status.value}.", cells)
        return
    judged = "the exact outturn" if world.results.judged is Judged.EXACT else "the outturn as printed"
    better = _BETTER[result.indicator.polarity]
    decision = f"{_exactly(Fraction(figure))} is {_decided(result.status, result.target)} ({better})"
    text = f"Judged on {judged}, a boundary counts as the better state: {decision}: {result.status.value.lower()}."
    if result.other_status is not result.status:
        text += f" Rounding decides: judged the other way it would be {result.other_status.value.lower()}."
    yield Step("Status", text, cells)


def _decided(status: Status, target: Target) -> str:
    on, inside = _band(target.on), _band(target.inside)
    if status is Status.ON:
        return f"on or better than the target of {on}"
    if status is Status.INSIDE:
        return f"worse than the target of {on}, and on or better than the tolerance of {inside}"
    return f"worse than the tolerance of {inside}"


def _gap(world: World, result: Result) -> Iterator[Step]:
    indicator = result.indicator
    if result.gap is None:
        return
    text = f"{_points(indicator, _exactly(result.gap))} to the tolerance."
    if result.cases_to_bound is not None:
        noun = "case" if result.cases_to_bound == 1 else "cases"
        text += f" With the same denominator {result.cases_to_bound:,} more {noun} on the better side would reach it."
    yield Step("Gap", text, _cells(world, indicator.code, Measure.GAP, Measure.CASES_TO_BOUND))


def _earlier(at: Quarter) -> tuple[tuple[Quarter, str], ...]:
    return (at.previous, "Against last quarter"), (at.year_ago, "Against the same quarter last year")


def _change(world: World, history: History, earlier: Quarter, at: Quarter, name: str) -> Step:
    indicator, found = history.indicator, world.change(history.indicator.code, earlier, at)
    if isinstance(found, NotComparable):
        return Step(name, f"Not comparable with {earlier.label}: {found.reason}.")
    assert isinstance(found, Change)
    moved = _points(indicator, f"{rounded(found.absolute, indicator.decimals):+,}")
    percent = f" ({rounded(found.percent, 1):+}%)" if found.percent is not None else ""
    before = _printed(indicator, found.earlier)
    text = f"From {before} in {earlier.label}: {moved}{percent}; {found.travel.value}."
    return Step(name, text, _cells(world, indicator.code, Measure.OUTTURN, at=earlier))


def _points(indicator: Indicator, number: str) -> str:
    """Return a difference with its unit: points for percentages; counts have none.

    Examples:
        A gap of ``1 percentage point``, a change of ``-51 days``.
    """
    if indicator.unit == PERCENT:
        return f"{number} percentage {'point' if number.lstrip('+-') == '1' else 'points'}"
    return number if indicator.adds_up else f"{number} {indicator.unit}"


def _typed(value: Number) -> str:
    return f"{value:,}"


def _exactly(value: Fraction) -> str:
    """Return a figure in full, or its first digits where it has no end.

    Examples:
        >>> _exactly(Fraction(74)), _exactly(Fraction(1, 8)), _exactly(Fraction(800, 107))
        ('74', '0.125', '7.476636…')
    """
    for decimals in range(_DIGITS + 1):
        if rounded(value, decimals) == value:
            return f"{rounded(value, decimals):,}"
    return f"{rounded(value, _DIGITS):,}…"


def _printed(indicator: Indicator, value: Fraction) -> str:
    return f"{rounded(value, indicator.decimals):,}" + (PERCENT if indicator.unit == PERCENT else "")


def _band(band: Band | None) -> str:
    if band is None:
        return "–"
    if band.low is not None and band.high is not None:
        return f"{plain(band.low)} to {plain(band.high)}"
    level = band.low if band.high is None else band.high
    return "–" if level is None else plain(level)
