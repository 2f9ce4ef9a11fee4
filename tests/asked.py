"""Worksheet functions asked about rows as they stand in a workbook, whole columns in one call."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from xlkpi.addin import udfs
from xlkpi.calculate.outturn import Judged
from xlkpi.model.register import Indicator
from xlkpi.workbook.backend import ExcelError, Value

NO_DATA = "#N/A"


class Asked(NamedTuple):
    """One row: what is typed, what the register says, and the target as typed (target, tolerance, basis)."""

    indicator: Indicator
    numerator: Value
    denominator: Value
    value: Value
    target: tuple[Value, Value, Value] | None


class Told(NamedTuple):
    """What the functions say of one row."""

    outturn: Value
    status: Value
    gap: Value
    to_tolerance: Value
    to_target: Value


def unit(indicator: Indicator) -> str:
    """Return the unit as the functions are told it: a percentage without a base is no part of a whole."""
    return "per 100" if indicator.is_percentage and not indicator.is_proportion else indicator.unit


def tell(rows: Sequence[Asked], judged: Judged = Judged.EXACT) -> list[Told]:
    """Return what the functions say: five calls, however many rows."""
    n, d, v = ([_cell(getattr(row, field)) for row in rows] for field in ("numerator", "denominator", "value"))
    units = [[unit(row.indicator)] for row in rows]
    multipliers = [[float(row.indicator.multiplier)] for row in rows]
    outturns = udfs.KPI_OUTTURN(n, d, multipliers, v, units)
    figures = [
        [None if cell == NO_DATA and not _is_error(row) else cell] for [cell], row in zip(outturns, rows, strict=True)
    ]
    target, tolerance, basis = ([[row.target[place] if row.target else None] for row in rows] for place in range(3))
    polarity = [[row.indicator.polarity.value] for row in rows]
    bounds = (target, tolerance, polarity, basis)
    decimals = [[float(row.indicator.decimals) if judged is Judged.SHOWN else None] for row in rows]
    columns = (
        outturns,
        udfs.KPI_STATUS(figures, *bounds, decimals),
        udfs.KPI_GAP(figures, *bounds),
        udfs.KPI_CASES_TO_BOUND(n, d, *bounds, "tolerance", multipliers, units),
        udfs.KPI_CASES_TO_BOUND(n, d, *bounds, "target", multipliers, units),
    )
    return [Told(*(cell for [cell] in row)) for row in zip(*columns, strict=True)]


def _cell(value: Value) -> list[Value]:
    return [value.text if isinstance(value, ExcelError) else value]


def _is_error(row: Asked) -> bool:
    cells = (_cell(cell)[0] for cell in (row.numerator, row.denominator, row.value))
    return any(isinstance(cell, str) and cell.startswith("#") for cell in cells)
