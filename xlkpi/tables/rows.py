"""What each output table shows: rows of values in the order of the layout's columns, and the unit they are shown in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from xlkpi.calculate.change import Change, NotComparable
from xlkpi.calculate.history import Movement
from xlkpi.calculate.outturn import as_float, in_quarter
from xlkpi.calculate.results import ContextFigure, Result, Results, Summary
from xlkpi.calculate.status import Status
from xlkpi.model.number import plain
from xlkpi.model.observation import Observations
from xlkpi.model.period import Quarter
from xlkpi.model.register import Band, Indicator
from xlkpi.tables.words import counted, sentence
from xlkpi.workbook.backend import Keep, Value, Written, place
from xlkpi.workbook.layout import REGISTER


@dataclass(frozen=True, slots=True)
class Row:
    """One row of an output table.

    Attributes:
        values: In the order of the table's columns.
        unit: Of the row's figures, by which they are formatted.
        decimals: Of the row's figures as printed.
    """

    values: Sequence[Written]
    unit: str = ""
    decimals: int = 0


MEASURE, MEASURES = "measure", "measures"
#: What a link to the typed figures of a row says.
INPUTS = "inputs"
TOTAL = "Total"

#: The paragraphs of the report that list measures by status, in the report's order, with their headings.
LIST_PARAGRAPHS = (
    ("2.4", Status.ON, "Measures on or better than target as at end of {quarter}"),
    ("2.5", Status.INSIDE, "Measures inside contract tolerance as at end of {quarter}"),
    ("2.6", Status.OUTSIDE, "Measures outside contract tolerance as at end of {quarter}"),
    ("2.7", Status.NO_TARGET, "Measures with no target as at end of {quarter}"),
    ("", Status.NO_DATA, "Measures with no figure for {quarter}"),
)

_WORSE, _BETTER = "▼", "▲"
_MOVED = {
    Movement.FELL_OUT: f"{_WORSE} fell out of tolerance",
    Movement.WORSENED: f"{_WORSE} no longer on target",
    Movement.IMPROVED: f"{_BETTER} reached target",
}


def results_rows(results: Results) -> list[Row]:
    """Return one row a contract indicator, in list order."""
    return [_result_row(one) for one in results.contract]


def _result_row(one: Result) -> Row:
    indicator = one.indicator
    on, inside = (one.target.on, one.target.inside) if one.target else (None, None)
    return Row(
        (
            indicator.code,
            indicator.title,
            indicator.section,
            _number(one.outturn),
            level(on),
            level(inside),
            one.status.label,
            _number(one.previous),
            _number(one.year_ago),
            movement_text(one),
            one.streak.quarters or None,
            _number(one.gap),
            one.cases_to_bound,
            one.cases_to_target,
            one.cases_in_hand,
            None,
            one.observation.provenance if one.observation else None,
            Keep(INPUTS),
            _typed_row(one),
        ),
        indicator.unit,
        indicator.decimals,
    )


def _typed_row(one: Result) -> str:
    """Return where the row begins in which a figure was typed; the register's where it has none."""
    if one.observation is None or not one.observation.sheet:
        return one.indicator.where
    return place(one.observation.sheet, one.observation.row, REGISTER.left)


def movement_text(one: Result) -> str:
    """Return the movement of an indicator in words, with an arrow where it is for the better or the worse."""
    if one.carried_from is not None:
        return f"annual; returned for {one.carried_from.label}"
    if one.movement is Movement.UNCHANGED and one.status is Status.OUTSIDE:
        return f"outside for {one.streak.quarters} quarters"
    return moved_text(one.movement, one.status)


def moved_text(movement: Movement, now: Status) -> str:
    """Return a movement to a status in words, with an arrow where it is for the better or the worse.

    Examples:
        >>> moved_text(Movement.RETURNED, Status.INSIDE)
        '▲ back inside tolerance'
    """
    if movement is Movement.RETURNED:
        return f"{_BETTER} back {'on target' if now is Status.ON else 'inside tolerance'}"
    return _MOVED.get(movement) or str(movement.value)


def level(band: Band | None) -> float | str | None:
    """Return a target or bound as a cell shows it: its one level, or ``40 to 60`` for a band with two."""
    if band is None:
        return None
    if band.low is not None and band.high is not None:
        return f"{plain(band.low)} to {plain(band.high)}"
    one = band.low if band.high is None else band.high
    return None if one is None else float(one)


def summary_rows(summary: Summary) -> list[Row]:
    """Return one row a section, then the totals and their shares, as the report's table 2.2."""
    rows = [
        Row((section, *(by_status[status] for status in Status), summary.of_section(section)))
        for section, by_status in summary.counts.items()
    ]
    rows.append(Row((TOTAL, *(summary.total(status) for status in Status), summary.base)))
    shares = [summary.share(status) for status in Status]
    rows.append(Row((f"Share of {summary.base}", *shares, 100 if summary.base else None), "%"))
    return rows


def lists_rows(results: Results) -> list[Row]:
    """Return the measures under the status headings of the report, each heading with its count; an empty list says so."""
    rows = []
    for paragraph, status, heading in LIST_PARAGRAPHS:
        members = results.with_status(status)
        if not members and not paragraph:
            continue
        head = (
            paragraph,
            heading.format(quarter=results.quarter.title),
            sentence(counted(len(members), MEASURE, MEASURES)),
        )
        rows += [_list_row(head, one) for one in members] or [Row((*head, None, None, None, None, None))]
    return rows


def _list_row(head: tuple[str, str, str], one: Result) -> Row:
    indicator = one.indicator
    on, inside = (one.target.on, one.target.inside) if one.target else (None, None)
    return Row(
        (*head, indicator.code, indicator.title, _number(one.outturn), level(on), level(inside)),
        indicator.unit,
        indicator.decimals,
    )


def context_rows(results: Results) -> list[Row]:
    """Return the context indicators that have a place in the list, with their changes, as the report's table 3.1."""
    return [_context_row(one) for one in results.context if one.indicator.list_order is not None]


def _context_row(one: ContextFigure) -> Row:
    indicator = one.indicator
    return Row(
        (
            indicator.code,
            indicator.title,
            _number(one.outturn),
            _number(one.year_ago),
            _number(one.previous),
            *_change_cells(one.on_year),
            *_change_cells(one.on_quarter),
            one.observation.provenance if one.observation else None,
        ),
        indicator.unit,
        indicator.decimals,
    )


def _change_cells(change: Change | NotComparable) -> tuple[Value, Value]:
    if isinstance(change, NotComparable):
        return None, None
    return _number(change.absolute), _number(change.percent)


def context_headings(quarter: Quarter) -> dict[str, str]:
    """Return the headings that name quarters, by field."""
    return {"current": quarter.label, "year_ago": quarter.year_ago.label, "previous": quarter.previous.label}


def trends_rows(results: Results, observations: Observations, quarters: Sequence[Quarter]) -> list[Row]:
    """Return the figures of every indicator by quarter: contract in the order of the results, then listed context."""
    indicators = [one.indicator for one in results.contract]
    indicators += [one.indicator for one in results.context if one.indicator.list_order is not None]
    return [_trend_row(one, observations, quarters) for one in indicators]


def _trend_row(indicator: Indicator, observations: Observations, quarters: Iterable[Quarter]) -> Row:
    by_period, multiplier = observations.of(indicator.code), indicator.multiplier
    always = indicator.first is None and indicator.last is None
    figures: list[Value] = []
    for quarter in quarters:
        typed = by_period.get(quarter) if always else None
        figures.append(as_float(typed or in_quarter(indicator, observations, quarter), multiplier))
    return Row((indicator.code, indicator.title, indicator.unit, *figures), indicator.unit, indicator.decimals)


def _number(figure: Fraction | None) -> float | None:
    return None if figure is None else float(figure)
