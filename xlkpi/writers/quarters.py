"""The next quarter's sheet, and the oldest one's way into the history, as one plan of writes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from xlkpi.model.number import Number
from xlkpi.model.observation import Observation, Observations
from xlkpi.model.period import Quarter
from xlkpi.model.register import Kind, Register
from xlkpi.workbook import layout
from xlkpi.workbook.backend import (
    KEEP,
    AppendRows,
    CopySheet,
    RemoveSheet,
    Value,
    Write,
    WriteName,
    WriteTable,
    Written,
)
from xlkpi.workbook.layout import Name, Table


@dataclass(frozen=True, slots=True)
class NewQuarter:
    """What to write for the next quarter.

    Attributes:
        quarter: The quarter that gets a sheet.
        rolled: The quarter whose sheet goes into the history; None where none does.
        writes: The plan.
    """

    quarter: Quarter
    rolled: Quarter | None
    writes: Sequence[Write]


def plan_new_quarter(
    register: Register,
    observations: Observations,
    sheets: Mapping[Quarter, str],
    headings: Mapping[str, Sequence[str]],
    *,
    keep_oldest: bool,
) -> NewQuarter:
    """Return the plan for the quarter after the newest sheet.

    Args:
        register: Says which indicators are valid then.
        observations: Everything typed, for the history.
        sheets: The sheet of each quarter that has one.
        headings: Of the newest quarter's table and of the history as they stand, by table name: an analyst may have added
            columns.
        keep_oldest: Whether the oldest sheet holds more than its table and must stay.
    """
    newest, oldest = max(sheets), min(sheets)
    quarter = newest.shift(1)
    source, table = layout.quarter_table(newest), layout.quarter_table(quarter)
    codes = [one.code for one in register.valid(Kind.CONTRACT, quarter)]
    columns = headings[source.name]
    writes: list[Write] = [
        CopySheet(sheets[newest], table.sheet, table.name, {layout.QUARTER_CELL: quarter.label}),
        WriteTable(table.name, [_empty_row(table, columns, code) for code in codes]),
        WriteName(Name.QUARTER, quarter.label),
    ]
    rolled = None
    if len(sheets) >= layout.QUARTER_SHEETS and not keep_oldest:
        rolled = oldest
        typed = (observations.get(code, oldest) for code in _codes(register))
        kept = [one for one in typed if one is not None and one.sheet == sheets[oldest] and _is_kept(one)]
        there = headings[layout.HISTORY.name]
        writes += [
            AppendRows(layout.HISTORY.name, [_history_row(there, one) for one in kept]),
            RemoveSheet(sheets[oldest]),
        ]
    return NewQuarter(quarter, rolled, writes)


def missing_rows(
    register: Register, observations: Observations, sheets: Mapping[Quarter, str]
) -> dict[Quarter, list[str]]:
    """Return the codes of valid contract indicators that have no row on a quarter's sheet, by quarter."""
    missing = {
        quarter: [
            one.code for one in register.valid(Kind.CONTRACT, quarter) if observations.get(one.code, quarter) is None
        ]
        for quarter in sheets
    }
    return {quarter: codes for quarter, codes in missing.items() if codes}


def plan_missing_rows(
    missing: Mapping[Quarter, Sequence[str]], headings: Mapping[Quarter, Sequence[str]]
) -> list[Write]:
    """Return the writes that add a row for each missing code, so that its figures can be typed.

    Args:
        missing: Codes by quarter.
        headings: Of each of these quarters' tables as they stand.
    """
    writes: list[Write] = []
    for quarter, codes in missing.items():
        table = layout.quarter_table(quarter)
        writes.append(AppendRows(table.name, [_empty_row(table, headings[quarter], code) for code in codes]))
    return writes


def _codes(register: Register) -> list[str]:
    return list(dict.fromkeys(one.code for one in register.indicators))


def _is_kept(one: Observation) -> bool:
    return not one.is_empty or bool(one.reason or one.comment)


def _empty_row(table: Table, headings: Sequence[str], code: str) -> list[Written]:
    by_heading = {column.heading.casefold(): column for column in table.columns}
    row: list[Written] = []
    for heading in headings:
        column = by_heading.get(heading.casefold())
        if column is not None and column.field == "code":
            row.append(code)
        else:
            row.append(None if column is not None and column.typed else KEEP)
    return row


def _history_row(headings: Sequence[str], one: Observation) -> list[Written]:
    values: dict[str, Value] = {
        "period": one.period.label,
        "code": one.code,
        "numerator": _cell(one.numerator),
        "denominator": _cell(one.denominator),
        "value": _cell(one.value),
        "reason": one.reason or None,
        "comment": one.comment or None,
        "provenance": one.provenance or None,
    }
    by_heading = {column.heading.casefold(): values[column.field] for column in layout.HISTORY.columns}
    return [by_heading.get(heading.casefold()) for heading in headings]


def _cell(number: Number | None) -> Value:
    return number if number is None or isinstance(number, int) else float(number)
