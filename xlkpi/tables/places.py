"""Where a figure stands: in the output table that shows it, else where it was typed.

Sheets are found by their tables and columns by their headings, since analysts rename the one and move the other.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from functools import cached_property
from typing import Protocol

from xlkpi.calculate.results import Results
from xlkpi.calculate.status import Status
from xlkpi.model.observation import Observation
from xlkpi.model.period import Period, Quarter, Year
from xlkpi.prose.fact import ALL, AUDITS, BELOW_GOOD, GOOD_OR_BETTER, SUMMARY, Measure, Wanted
from xlkpi.prose.world import Inputs, World
from xlkpi.tables.rows import TOTAL
from xlkpi.workbook import layout
from xlkpi.workbook.backend import Block, NamedCell
from xlkpi.workbook.layout import Table

_PLACE = re.compile(r"(?P<sheet>.*)!(?P<column>[A-Z]+)(?P<row>[0-9]+)")
#: Columns of the results table that show this quarter's figure of a measure.
_RESULT_FIELDS = {
    Measure.TARGET: "target",
    Measure.TOLERANCE: "tolerance",
    Measure.STATUS: "status",
    Measure.MOVEMENT: "movement",
    Measure.STREAK: "streak",
    Measure.GAP: "gap",
    Measure.CASES_TO_BOUND: "cases_to_bound",
    Measure.CASES_TO_TARGET: "cases_to_target",
    Measure.CASES_IN_HAND: "cases_in_hand",
}
_FIGURES = (Measure.OUTTURN, Measure.COMPLEMENT)
#: The first and last column of the audit grades that a part takes in.
_GRADES = {
    "outstanding": ("outstanding", "outstanding"),
    "good": ("good", "good"),
    "requires improvement": ("requires_improvement", "requires_improvement"),
    "inadequate": ("inadequate", "inadequate"),
    GOOD_OR_BETTER: ("outstanding", "good"),
    BELOW_GOOD: ("requires_improvement", "inadequate"),
    "requires improvement or better": ("outstanding", "requires_improvement"),
    ALL: ("outstanding", "inadequate"),
    "framework": ("framework", "framework"),
}


class Workbook(Protocol):
    """What is read of a workbook to find cells; every back end has it."""

    def tables(self) -> Mapping[str, str]:
        """Return the sheet of every table by name."""
        ...

    def read(self, table: str, only: Collection[str] | None = None) -> Block:
        """Return a table, at least the columns with these headings."""
        ...

    def read_name(self, name: str) -> NamedCell | None:
        """Return a named cell."""
        ...


def world_of(workbook: Workbook, inputs: Inputs, results: Results, organisation: str = "") -> World:
    """Return the world of a workbook, with every fact's cell as the workbook stands.

    Args:
        workbook: Any back end.
        inputs: What was parsed from it.
        results: What was worked out from that.
        organisation: As set in the workbook.
    """
    return World.of(inputs, results, Places(workbook, inputs, results), organisation)


class _Grid:
    """A table as it stands, with its rows by what they begin with."""

    def __init__(self, block: Block, table: Table) -> None:
        self.block = block
        self._columns = {heading.strip().casefold(): place for place, heading in enumerate(block.headings)}
        self._table = table

    def field(self, field: str) -> int | None:
        return self.heading(self._table.heading(field))

    def heading(self, heading: str) -> int | None:
        return self._columns.get(heading.strip().casefold())

    def rows_by(self, field: str) -> Mapping[str, int]:
        """Return the index of each row by the text of one of its cells; of two with the same the first."""
        column = self.field(field)
        found: dict[str, int] = {}
        if column is not None:
            for row, values in enumerate(self.block.rows):
                found.setdefault(str(values[column]), row)
        return found

    def holds(self, row: int, field: str, text: str) -> bool:
        """Return whether a row is there and says this, in any case of letters."""
        column = self.field(field)
        there = column is not None and 0 <= row < len(self.block.rows)
        return there and str(self.block.rows[row][column or 0]).strip().casefold() == text.casefold()

    def cell(self, row: int | None, column: int | None) -> str:
        return "" if row is None or column is None else self.block.address(row, column)


class Places:
    """Names the cell of a figure; tables are read when a figure of theirs is first asked for."""

    def __init__(self, workbook: Workbook, inputs: Inputs, results: Results) -> None:
        """Take in what there is to be found, and where."""
        self._workbook, self._inputs, self._results = workbook, inputs, results
        self._grids: dict[str, _Grid | None] = {}
        self._rows: dict[tuple[str, str], Mapping[str, int]] = {}

    def __call__(self, wanted: Wanted) -> str:
        """Return where a figure stands, as a formula would name it; empty where it stands nowhere."""
        if wanted.subject == SUMMARY:
            return self._in_summary(wanted)
        if wanted.subject == AUDITS:
            return self._in_audits(wanted)
        if wanted.part and wanted.part not in ("low", "high"):
            return self._in_cohorts(wanted)
        return self._shown(wanted) or self._typed(wanted)

    @cached_property
    def _is_fresh(self) -> bool:
        """Return whether the outputs show the quarter that was worked out; else only inputs are named."""
        shown = self._workbook.read_name(layout.Name.SHOWN)
        return shown is not None and shown.value == self._results.quarter.label

    @cached_property
    def _present(self) -> Mapping[str, str]:
        return self._workbook.tables()

    @cached_property
    def _carried(self) -> Mapping[str, Quarter]:
        """Return the quarter of the figures shown of annual indicators, where it is an earlier one."""
        return {one.indicator.code: one.carried_from for one in self._results.contract if one.carried_from is not None}

    def _grid(self, table: Table, only: Sequence[str] | None = None) -> _Grid | None:
        if table.name not in self._grids:
            there = table.name in self._present
            self._grids[table.name] = _Grid(self._workbook.read(table.name, only), table) if there else None
        return self._grids[table.name]

    def _cell(self, table: Table, key: str, column: str, by: str = "code", *, is_field: bool = True) -> str:
        """Return the cell of an output table in the row of a code, by field or heading; empty where it has none."""
        grid = self._grid(table)
        if grid is None:
            return ""
        if (table.name, by) not in self._rows:
            self._rows[table.name, by] = grid.rows_by(by)
        row = self._rows[table.name, by].get(key)
        return grid.cell(row, grid.field(column) if is_field else grid.heading(column))

    def _shown(self, wanted: Wanted) -> str:
        if not self._is_fresh:
            return ""
        code, period = wanted.subject, wanted.period
        now = self._carried.get(code, self._results.quarter)
        if wanted.measure in (Measure.CHANGE, Measure.PERCENT_CHANGE):
            return self._change(wanted) or self._shown(Wanted(code, Measure.OUTTURN, period))
        if wanted.measure in _RESULT_FIELDS:
            field = _RESULT_FIELDS[wanted.measure]
            return self._cell(layout.RESULTS_TABLE, code, field) if period in (now, self._results.quarter) else ""
        if wanted.measure is Measure.GAP_TO_TARGET:
            return self._cell(layout.RESULTS_TABLE, code, "outturn")
        return self._figure(code, period, now) if wanted.measure in _FIGURES else ""

    def _figure(self, code: str, period: Period, now: Quarter) -> str:
        fields = {now: "outturn", now.previous: "previous", now.year_ago: "year_ago"}
        if code in self._carried:
            fields = {now: "outturn", now.year_ago: "previous"}
        if isinstance(period, Quarter) and period in fields:
            found = self._cell(layout.RESULTS_TABLE, code, fields[period])
            found = found or self._cell(layout.CONTEXT_TABLE, code, period.label, is_field=False)
            if found:
                return found
        trends = layout.trends_table(layout.TREND_QUARTERS, self._results.quarter)
        return self._cell(trends, code, period.label, is_field=False)

    def _change(self, wanted: Wanted) -> str:
        now = self._results.quarter
        against = {now.previous: "quarter", now.year_ago: "year"}
        if wanted.period != now or wanted.against not in against:
            return ""
        what = "change" if wanted.measure is Measure.CHANGE else "percent"
        return self._cell(layout.CONTEXT_TABLE, wanted.subject, f"{what}_{against[wanted.against]}")

    def _in_summary(self, wanted: Wanted) -> str:
        grid = self._grid(layout.SUMMARY_TABLE) if self._is_fresh else None
        if grid is None or wanted.period != self._results.quarter:
            return ""
        rows = grid.rows_by("section")
        row = rows.get(wanted.basis or TOTAL)
        if row is not None and wanted.measure is Measure.SHARE and not wanted.basis:
            row += 1
        if wanted.part == ALL:
            return grid.cell(row, grid.field("all"))
        fields = [status.name.lower() for status in Status if status.value in wanted.part.split(", ")]
        cells = [cell for cell in (grid.cell(row, grid.field(field)) for field in fields) if cell]
        return _span(cells)

    def _in_audits(self, wanted: Wanted) -> str:
        where = next((one.where for one in self._inputs.audits if one.quarter == wanted.period), "")
        first, last = _GRADES.get(wanted.part, ("period", "period"))
        cells = [self._beside(where, layout.AUDITS, field) for field in dict.fromkeys((first, last))]
        return _span([cell for cell in cells if cell]) or where

    def _in_cohorts(self, wanted: Wanted) -> str:
        key = (wanted.subject, wanted.period, wanted.part, wanted.basis)
        where = self._cohorts.get(key, "")
        if wanted.measure is Measure.DENOMINATOR:
            return self._beside(where, layout.COHORTS, "denominator") or where
        return where

    @cached_property
    def _cohorts(self) -> Mapping[tuple[str, Period, str, str], str]:
        return {(one.code, one.period, one.cohort, one.basis): one.where for one in self._inputs.cohorts}

    def _beside(self, where: str, table: Table, field: str) -> str:
        """Return the cell of another column in the row of a cell."""
        grid, found = self._grid(table, [table.headings[0]]), _PLACE.fullmatch(where)
        return grid.cell(int(found["row"]) - grid.block.top, grid.field(field)) if grid and found else ""

    def _typed(self, wanted: Wanted) -> str:
        code, period = wanted.subject, wanted.period
        if isinstance(period, Year):
            period = Quarter(period.year, 4)
        if wanted.measure in (Measure.TARGET, Measure.TOLERANCE):
            target = self._inputs.register.target(code, period.quarter)
            if target is None or wanted.measure is Measure.TARGET:
                return target.where if target else ""
            return self._beside(target.where, layout.TARGETS, "tolerance") or target.where
        by_period = self._inputs.observations.of(code)
        months = period.months if isinstance(period, Quarter) else ()
        found = [by_period[one] for one in (period, *reversed(months)) if one in by_period]
        typed = next((one for one in found if not one.is_empty), None)
        return self._input_cell(typed, wanted.measure) if typed else ""

    def _input_cell(self, typed: Observation, measure: Measure) -> str:
        field = "denominator" if measure is Measure.DENOMINATOR else "numerator"
        if typed.numerator is None or (typed.denominator is None and typed.value is not None):
            field = "value"
        tables = (layout.quarter_table(typed.period.quarter), layout.HISTORY, layout.CONTEXT_INPUTS)
        for table in tables:
            if self._present.get(table.name) != typed.sheet:
                continue
            grid = self._grid(table, [table.heading("code")])
            if grid is None:
                continue
            row = typed.row - grid.block.top
            if grid.holds(row, "code", typed.code):
                return grid.cell(row, grid.field(field))
        return ""


def _span(cells: Sequence[str]) -> str:
    """Return one place for cells that stand side by side in a row.

    Examples:
        >>> _span(["Summary!D11", "Summary!E11"]), _span(["Summary!D11"]), _span([])
        ('Summary!D11:E11', 'Summary!D11', '')
    """
    if len(cells) < 2:  # noqa: PLR2004  # a span has two ends
        return cells[0] if cells else ""
    return f"{cells[0]}:{cells[-1].rpartition('!')[2]}"
