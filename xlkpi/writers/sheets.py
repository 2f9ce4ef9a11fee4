"""Output tables become one plan of writes; nothing is written here."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from xlkpi.calculate.outturn import Judged
from xlkpi.calculate.results import Results
from xlkpi.calculate.status import Status
from xlkpi.model.observation import Observations
from xlkpi.model.period import Quarter
from xlkpi.narrative.story import Story
from xlkpi.tables.accepted import Remark
from xlkpi.tables.headline import headline
from xlkpi.tables.rows import (
    MEASURES,
    Row,
    context_headings,
    context_rows,
    lists_rows,
    results_rows,
    summary_rows,
    trends_rows,
)
from xlkpi.tables.words import counted, sentence
from xlkpi.version import VERSION
from xlkpi.workbook import layout
from xlkpi.workbook.backend import AppendRows, Cell, ForgetValues, Keep, Value, Write, WriteName, WriteTable, Written
from xlkpi.workbook.layout import YES, Name, Shape, Table
from xlkpi.writers.look import gap_format, number_format, signed_format
from xlkpi.writers.narrative import plan_narrative

_SUMMARY_TAIL = 2
_JUDGED = {Judged.EXACT: "before rounding", Judged.SHOWN: "as printed"}
_TO_READ = "To read"


@dataclass(frozen=True, slots=True)
class Refresh:
    """What a refresh found, and when.

    Attributes:
        organisation: As set in the workbook.
        results: All figures.
        observations: For the trends.
        remarks: What a reader should know, and who accepted it.
        trend_quarters: How many quarters the workbook's trends have room for.
        now: Local time without zone, as a person reads it.
        story: The narrative.
        headings: Of tables that a workbook made before may have without some columns, by name; none has them all.
    """

    organisation: str
    results: Results
    observations: Observations
    remarks: Sequence[Remark]
    trend_quarters: int
    now: dt.datetime
    story: Story | None = None
    headings: Mapping[str, Sequence[str]] = field(default_factory=dict)

    @property
    def quarter(self) -> Quarter:
        """Return the quarter reported."""
        return self.results.quarter

    def as_made(self, write: WriteTable, table: Table) -> WriteTable:
        """Return the write of a table without the columns that the workbook was made without."""
        there = {heading.casefold() for heading in self.headings.get(table.name, table.headings)}
        if len(there) >= len(table.columns):
            return write
        kept = [
            place
            for place, column in enumerate(table.columns)
            if not column.optional or column.heading.casefold() in there
        ]
        return replace(write, rows=[[row[place] for place in kept] for row in write.rows])


def plan_refresh(refresh: Refresh, picking_sheet: str) -> list[Write]:
    """Return every write of a refresh: the output tables, the texts on Start, the subtitles, a line in the log.

    Args:
        refresh: What was found.
        picking_sheet: The sheet that shows one picked indicator by formulas: what they came to before is out of date.
    """
    results, quarter = refresh.results, refresh.quarter
    trends = layout.trends_table(refresh.trend_quarters, quarter)
    quarters = [quarter.shift(back - refresh.trend_quarters + 1) for back in range(refresh.trend_quarters)]
    return [
        refresh.as_made(_table(layout.RESULTS_TABLE, results_rows(results)), layout.RESULTS_TABLE),
        _table(layout.SUMMARY_TABLE, summary_rows(results.summary), tail=_SUMMARY_TAIL),
        _table(layout.LISTS_TABLE, lists_rows(results)),
        _table(layout.CONTEXT_TABLE, context_rows(results), headings=_context_headings(quarter)),
        _table(trends, trends_rows(results, refresh.observations, quarters), headings=trends.headings),
        *(plan_narrative(refresh.story) if refresh.story else ()),
        refresh.as_made(_table(layout.CHECKS_TABLE, _check_rows(refresh.remarks)), layout.CHECKS_TABLE),
        AppendRows(layout.LOG_TABLE.name, [_log_row(refresh)]),
        *(WriteName(name, value) for name, value in _texts(refresh)),
        ForgetValues(picking_sheet),
    ]


def _table(table: Table, rows: Iterable[Row], headings: tuple[str, ...] | None = None, tail: int = 0) -> WriteTable:
    shapes = [column.shape for column in table.columns]
    formats: dict[tuple[str, int], list[str | None]] = {}
    written = []
    for row in rows:
        key = (row.unit, row.decimals)
        if key not in formats:
            formats[key] = [_format(shape, *key) for shape in shapes]
        written.append(_cells(row.values, formats[key]))
    return WriteTable(table.name, written, headings, tail)


def _cells(values: Sequence[Written], formats: Sequence[str | None]) -> list[Written]:
    return [
        value if wanted is None or value is None or isinstance(value, (str, Cell, Keep)) else Cell(value, wanted)
        for value, wanted in zip(values, formats, strict=True)
    ]


def _format(shape: Shape, unit: str, decimals: int) -> str | None:
    """Return the number format of a column in a row of some unit; None leaves the column's own."""
    if shape is Shape.FIGURE:
        return number_format(unit, decimals)
    if shape is Shape.GAP:
        return gap_format(unit, decimals)
    if shape is Shape.CHANGE:
        return signed_format(unit, decimals)
    if shape is Shape.COUNT:
        return number_format(unit, 0)
    return None


def _context_headings(quarter: Quarter) -> tuple[str, ...]:
    named = context_headings(quarter)
    return tuple(named.get(column.field, column.heading) for column in layout.CONTEXT_TABLE.columns)


def _check_rows(remarks: Sequence[Remark]) -> list[Row]:
    return [
        Row(
            (
                *(number, _TO_READ, _link(one.problem.where), sentence(one.problem.what), one.problem.cure),
                *((YES, one.by or None, one.at) if one.is_accepted else (None, None, None)),
            )
        )
        for number, one in enumerate(remarks, start=1)
    ]


def _link(where: str) -> Cell:
    """Return a place that a click goes to; an output sheet is found by its subtitle's name, whatever somebody calls it."""
    return Cell(where, link=where if "!" in where else Name.subtitle(where))


def _log_row(refresh: Refresh) -> list[Written]:
    changed = headline(refresh.results)
    return [refresh.now, "refresh", refresh.quarter.label, VERSION, len(refresh.remarks), changed]


def _texts(refresh: Refresh) -> Iterable[tuple[str, Value]]:
    results, summary, quarter = refresh.results, refresh.results.summary, refresh.quarter
    number = len(refresh.remarks)
    found = sentence(counted(number, "remark", "remarks"))
    yield Name.SHOWN, quarter.label
    yield (
        Name.REFRESHED,
        f"{refresh.now.day} {refresh.now:%B %Y %H:%M} · version {VERSION} · no problems, {found.lower()}",
    )
    yield Name.CHANGED, headline(results)
    yield (
        Name.NEXT,
        f"Read the {counted(number, 'remark', 'remarks')} in Checks, then Results." if number else "Read Results.",
    )
    yield Name.BASE, summary.base
    for status in Status:
        share = summary.share(status)
        yield Name.count(status), summary.total(status)
        yield Name.share(status), "" if share is None else f"{share}% of {summary.base} contract {MEASURES}"
    for sheet, text in _subtitles(refresh).items():
        if sheet != layout.NARRATIVE or (refresh.story and refresh.story.edits):
            yield Name.subtitle(sheet), text


def _subtitles(refresh: Refresh) -> dict[str, str]:
    quarter, when = refresh.quarter, refresh.quarter.title
    judged = f"status is judged on the outturn {_JUDGED[refresh.results.judged]}"
    number = len(refresh.remarks)
    accepted = sum(one.is_accepted for one in refresh.remarks)
    told = f", {counted(accepted, 'of them accepted', 'of them accepted')}" if accepted else ""
    return {
        layout.START: f"Contract performance · {when} · {quarter.dates}",
        layout.RESULTS: f"{when} · {judged}; a boundary counts as the better state",
        layout.SUMMARY: f"Contract {MEASURES} by section and status at the end of {when}",
        layout.LISTS: f"Contract {MEASURES} by status at the end of {when}, in the order of the report",
        layout.CONTEXT: f"{when} beside the same quarter last year and last quarter; context is never rated",
        layout.NARRATIVE: f"{when} · written from the figures; type your own words under Your text, they stay",
        layout.TRENDS: f"{refresh.trend_quarters} quarters up to {when}",
        layout.INDICATOR: f"{when} · pick a code below",
        layout.CHECKS: f"{when} · {counted(number, 'remark', 'remarks')}{told}",
        layout.LOG: "Every refresh, the latest at the bottom",
    }
