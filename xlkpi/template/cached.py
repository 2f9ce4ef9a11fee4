"""What the formulas of the register and the targets come to, for viewers that do not calculate.

A spreadsheet program works them out again when it opens the file; nothing is decided by these values.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from xlkpi.model.number import Number, exact
from xlkpi.model.period import PeriodError, parse_quarter
from xlkpi.model.register import Band, Polarity, TargetError, ToleranceBasis, bands
from xlkpi.template.content import Content
from xlkpi.template.formulas import ALWAYS, FOREVER, OPEN
from xlkpi.workbook.backend import Value
from xlkpi.workbook.layout import REGISTER, TARGETS, Table

_Row = Mapping[str, Value]


def typed_rows(content: Content, table: Table) -> list[_Row]:
    """Return the typed rows of a table by field; one empty row where there is none."""
    fields = [column.field for column in table.columns if column.typed]
    rows = content.rows.get(table.name) or [[None] * len(fields)]
    return [dict(zip(fields, row, strict=True)) for row in rows]


def register_values(content: Content) -> list[list[Value]]:
    """Return the worked columns of the register, row by row."""
    return [_keys(row, number) for number, row in enumerate(typed_rows(content, REGISTER), 1)]


def target_values(content: Content) -> list[list[Value]]:
    """Return the worked columns of the targets, row by row."""
    by_code: dict[str, list[_Row]] = {}
    for row in typed_rows(content, REGISTER):
        by_code.setdefault(_text(row["code"]).casefold(), []).append(row)
    found = []
    for number, row in enumerate(typed_rows(content, TARGETS), 1):
        known = _indicator(row, by_code.get(_text(row["code"]).casefold(), ()))
        polarity = _text(known["polarity"]) if known else ""
        found.append([_text(known["title"]) if known else "", polarity, *_bands(row, polarity), *_keys(row, number)])
    return found


def _keys(row: _Row, number: int) -> list[Value]:
    first, last = _index(row["first"], ALWAYS, FOREVER), _index(row["last"], FOREVER, -1)
    code = _text(row["code"])
    return [f"k:{code}" if code else "", first, last, number]


def _indicator(row: _Row, known: Sequence[_Row]) -> _Row | None:
    first = _index(row["first"], ALWAYS, FOREVER)
    for one in known:
        if _index(one["first"], ALWAYS, FOREVER) <= first <= _index(one["last"], FOREVER, -1):
            return one
    return known[0] if known else None


def _bands(row: _Row, polarity: str) -> list[Value]:
    try:
        target = _level(row["target"])
        if target is None:
            return [""] * 4
        basis = ToleranceBasis(_text(row["basis"]) or ToleranceBasis.LEVEL.value)
        both = bands(target, _level(row["tolerance"]), Polarity(polarity), basis)
    except (TargetError, ValueError):
        return [""] * 4
    return [side for band in both for side in (_side(band.low, -float(OPEN)), _side(band.high, float(OPEN)))]


def _side(level: Number | None, open_side: float) -> float:
    return open_side if level is None else float(level)


def _level(value: Value) -> Number | Band | None:
    if isinstance(value, str) and ".." in value:
        low, _, high = value.partition("..")
        return Band(Decimal(low.strip()), Decimal(high.strip()))
    return exact(value) if isinstance(value, (int, float)) else None


def _index(label: Value, empty: int, unknown: int) -> int:
    if not _text(label):
        return empty
    try:
        return parse_quarter(_text(label)).index
    except PeriodError:
        return unknown


def _text(value: Value) -> str:
    return "" if value is None else str(value).strip()
