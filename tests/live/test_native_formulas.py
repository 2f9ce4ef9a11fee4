"""The formulas beside the typed figures say what the program says, for thousands of rows at and around every boundary."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from asked import Asked, Told, tell
from live.engine.books import close_all, marks, opened
from pydantic_core import PydanticCustomError

from xlkpi.calculate.outturn import Judged, judged_figure, outturn
from xlkpi.calculate.status import rate
from xlkpi.model.observation import Observation
from xlkpi.model.period import Quarter
from xlkpi.model.register import Indicator, Kind, Register
from xlkpi.template import Content, build
from xlkpi.template.formulas import FAULTY
from xlkpi.workbook import layout
from xlkpi.workbook.backend import ExcelError, Value, WriteName
from xlkpi.workbook.file import ClosedFile
from xlkpi.workbook.intake import cells, rows
from xlkpi.workbook.intake.faults import Faults
from xlkpi.workbook.intake.observations import figure_faults
from xlkpi.workbook.intake.register import read_register
from xlkpi.workbook.intake.tables import Sheet
from xlkpi.workbook.layout import Name, Table

pytestmark = marks()

NOW = Quarter(2018, 2)
QUARTERS = [NOW.shift(-back) for back in range(layout.QUARTER_SHEETS)]
INDICATORS = 300
#: Units with their multiplier; codes that a spreadsheet might take for numbers or compare loosely.
UNITS = (("%", 100), ("%", 100), ("%", 100), ("days", 1), ("per 1,000", 1000), ("count", 1))
CODES = ("{n}", "{n}.10", "A{n}", "a-{n}", "0{n}", "TRUE{n}", "1E{n}")


def _register_row(chance: random.Random, number: int) -> dict[str, Value]:
    unit, multiplier = chance.choice(UNITS)
    polarity = chance.choice(["higher", "higher", "lower", "lower", "range", "none"])
    first, last = chance.choice([("", ""), ("", ""), ("2018/19 Q1", ""), ("", "2018/19 Q1")])
    return {
        "code": CODES[number % len(CODES)].format(n=number),
        "title": f"Indicator {number}",
        "section": "Section",
        "section_order": 1,
        "list_order": number,
        "kind": "context" if chance.random() < 0.05 else "contract",
        "polarity": polarity,
        "unit": unit,
        "decimals": chance.choice([0, 0, 1, 2]),
        "numerator_label": "some",
        "denominator_label": chance.choice(["all", "all", ""]),
        "multiplier": multiplier,
        "basis": "in_quarter",
        "first": first or None,
        "last": last or None,
    }


def _level(chance: random.Random) -> float:
    return chance.choice(
        [75, 0.3, 12.5, 100 / 8, 33.3, 0.07, 5, 66.67, chance.randint(1, 99), chance.randint(1, 999) / 10]
    )


def _target_rows(chance: random.Random, row: dict[str, Value]) -> Iterator[dict[str, Value]]:
    if row["polarity"] == "none" or chance.random() < 0.1:
        return
    edges = [(None, None)] if chance.random() < 0.7 else [(None, "2017/18 Q4"), ("2018/19 Q1", None)]
    for first, last in edges:
        found: dict[str, Value] = {"code": row["code"], "first": first, "last": last}
        if chance.random() < 0.1:
            yield found  # no target set in these quarters
            continue
        target, width = _level(chance), _level(chance)
        if row["polarity"] == "range":
            low, high = sorted((target, target + width))
            found |= {
                "target": f"{low:g}..{high:g}",
                "tolerance": f"{low - 1:g}..{high + 2:g}" if chance.random() < 0.8 else None,
            }
        else:
            sign = 1 if row["polarity"] == "higher" else -1
            basis = chance.choice([None, "level", "points", "percent"])
            level = float(f"{target - sign * width:.10g}")
            found |= {"target": target, "basis": basis, "tolerance": width if basis in {"points", "percent"} else level}
            if chance.random() < 0.1:
                found["tolerance"] = None
        yield found


def _quarter_row(chance: random.Random, row: dict[str, Value], levels: list[float]) -> list[Value]:
    """Return code, numerator, denominator, value: mostly near a boundary, sometimes exactly on it, sometimes nonsense.

    TRUE and FALSE are left out: Calc takes them for the numbers 1 and 0, Excel does not.
    """
    code, multiplier = row["code"], float(str(row["multiplier"]))
    if chance.random() < 0.12:
        return [code, *_nonsense(chance)]
    if chance.random() < 0.08:
        return [code, None, None, None]
    level = chance.choice(levels) if levels else 50.0
    if chance.random() < 0.3:
        return [code, None, None, abs(round(level + chance.choice([0, 0, 0.1, -0.1, 0.001, -0.001, 1]), 6))]
    denominator = chance.choice([8, 100, 107, 300, 1000, 5600, 27900, 0.7, 225.1, 1_000_000])
    exact = level * denominator / multiplier
    numerator = abs(round(exact + chance.choice([0, 0, 0, 1, -1]), chance.choice([0, 1, 6])))
    value = None if chance.random() < 0.8 else round(numerator * multiplier / denominator, chance.choice([0, 1, 2, 4]))
    return [code, numerator, denominator, value]


def _nonsense(chance: random.Random) -> list[Value]:
    return chance.choice(
        [
            ["9O", 10, None],
            [3, "ten", None],
            [3, None, None],
            [None, 3, None],
            [3, 0, None],
            [0, 0, None],
            [-1, 10, None],
            [3, -10, None],
            [12, 10, None],
            [None, None, "n/a"],
            [ExcelError("#N/A"), 10, None],
            [None, None, ExcelError("#DIV/0!")],
            [3, 10, 99.99],
            [None, None, -5],
            ["90", 100, None],
            [" ", None, None],
        ]
    )


def _content(seed: int) -> Content:
    chance = random.Random(seed)
    register = [_register_row(chance, number) for number in range(1, INDICATORS + 1)]
    targets = [target for row in register for target in _target_rows(chance, row)]
    levels: dict[Value, list[float]] = {}
    for target in targets:
        for level in (target.get("target"), target.get("tolerance")):
            levels.setdefault(target["code"], []).extend(_numbers(level))
    quarters = {}
    for quarter in QUARTERS:
        typed = [_quarter_row(chance, row, levels.get(row["code"], [])) for row in register]
        quarters[quarter] = [[*row, None, None, None] for row in typed]
    tables = {
        layout.REGISTER.name: [_typed(layout.REGISTER, row) for row in register],
        layout.TARGETS.name: [_typed(layout.TARGETS, row) for row in targets],
    }
    return Content("Somewhere", NOW, tables, quarters)


def _numbers(level: Value) -> list[float]:
    if isinstance(level, str):
        return [float(part) for part in level.split("..")]
    return [] if level is None else [float(str(level))]


def _typed(table: Table, row: dict[str, Value]) -> list[Value]:
    return [row.get(column.field) for column in table.columns if column.typed]


def _expected(
    register: Register, row: dict[str, Value], quarter: Quarter, judged: Judged
) -> tuple[str, Fraction | None]:
    """Return the status cell and the outturn that the program would give one row."""
    indicator = register.indicator(str(row["code"]), quarter)
    if indicator is None:
        return "not in the register", None
    try:
        numerator, denominator, value = (cells.number(row[field]) for field in ("numerator", "denominator", "value"))
    except PydanticCustomError:
        return _label(indicator, FAULTY), None
    if any(one is not None for one in (numerator, denominator, value)) and list(
        figure_faults(indicator, numerator, denominator, value)
    ):
        return _label(indicator, FAULTY), None
    figure = outturn(Observation(indicator.code, quarter, numerator, denominator, value), indicator.multiplier)
    status = rate(judged_figure(figure, indicator, judged), register.target(indicator.code, quarter))
    return _label(indicator, status.label), figure


def _label(indicator: Indicator, label: str) -> str:
    return "" if indicator.kind is Kind.CONTEXT else label


@pytest.fixture(autouse=True)
def nothing_stays_open() -> Iterator[None]:
    yield
    close_all()


@pytest.mark.parametrize(("seed", "judged"), [(1, Judged.EXACT), (2, Judged.SHOWN), (3, Judged.EXACT)])
def test_native_status_is_the_programs_status(seed: int, judged: Judged, tmp_path: Path) -> None:
    path = tmp_path / "random.xlsx"
    build(path, _content(seed), dt.datetime(2018, 10, 17))
    if judged is Judged.SHOWN:
        ClosedFile(path, backup=False).apply([WriteName(Name.JUDGED, judged.value)])
    typed, doc = ClosedFile(path), opened(path).impl.api
    problems = Faults(typed.sheets())
    register = read_register(
        Sheet(typed.read(layout.REGISTER.name), layout.REGISTER, rows.REGISTER_ROWS, problems),
        Sheet(typed.read(layout.TARGETS.name), layout.TARGETS, rows.TARGET_ROWS, problems),
    )
    problems.raise_if_any()
    differing, compared = [], 0
    answered: list[tuple[Asked, dict[str, Value]]] = []
    targets = _target_cells(typed)
    for quarter in QUARTERS:
        table = layout.quarter_table(quarter)
        fields = [column.field for column in table.columns]
        for ours, theirs in zip(typed.read(table.name).rows, _shown(doc, table), strict=True):
            row, native = dict(zip(fields, ours, strict=True)), dict(zip(fields, theirs, strict=True))
            status, figure = _expected(register, row, quarter, judged)
            compared += 1
            found = native["status"] or ""
            if found != status or not _same(native["outturn"], figure):
                differing.append(
                    (quarter.label, row["code"], row["numerator"], row["denominator"], row["value"], status, native)
                )
            answered += _asked(register, row, native, quarter, targets)
    assert not differing, f"{len(differing)} of {compared}: {differing[:5]}"
    assert compared == INDICATORS * len(QUARTERS)
    told = tell([asked for asked, _ in answered], judged)
    apart = [
        (asked, one, native) for (asked, native), one in zip(answered, told, strict=True) if not _agree(one, native)
    ]
    assert not apart, f"{len(apart)} of {len(answered)}: {apart[:5]}"
    assert len(answered) > compared / 2


def _shown(doc: Any, table: Table) -> list[list[Value]]:
    """Return the rows of a table as LibreOffice worked them out."""
    at = doc.DatabaseRanges.getByName(table.name).DataArea
    sheet = doc.Sheets.getByIndex(at.Sheet)
    area = sheet.getCellRangeByPosition(at.StartColumn, at.StartRow + 1, at.EndColumn, at.EndRow)
    return [[ExcelError("?") if cell is None else cell for cell in row] for row in area.getDataArray()]


def _target_cells(typed: ClosedFile) -> list[dict[str, Value]]:
    fields = [column.field for column in layout.TARGETS.columns]
    return [dict(zip(fields, row, strict=True)) for row in typed.read(layout.TARGETS.name).rows]


def _asked(
    register: Register,
    row: dict[str, Value],
    native: dict[str, Value],
    quarter: Quarter,
    targets: list[dict[str, Value]],
) -> Iterator[tuple[Asked, dict[str, Value]]]:
    """Yield what the worksheet functions are asked of a row, beside what the native formulas said."""
    indicator = register.indicator(str(row["code"]), quarter)
    if indicator is None or indicator.kind is Kind.CONTEXT:
        return
    valid = register.target(indicator.code, quarter)
    cells = targets[valid.row - 1] if valid else None
    target = (cells["target"], cells["tolerance"], cells["basis"]) if cells else None
    yield Asked(indicator, row["numerator"], row["denominator"], row["value"], target), native


def _agree(told: Told, native: dict[str, Value]) -> bool:
    """Return whether the functions and the native formulas say the same; where these see a fault, those give an error."""
    is_error = str(told.outturn).startswith("#")
    same_outturn = (
        native["outturn"] in (None, "") if is_error else _same(native["outturn"], Fraction(str(told.outturn)))
    )
    if native["status"] == FAULTY:
        return same_outturn and is_error and str(told.status).startswith("#")
    return same_outturn and told.status == native["status"]


def _same(native: Value, figure: Fraction | None) -> bool:
    if figure is None:
        return native in (None, "")
    return isinstance(native, (int, float)) and native == pytest.approx(float(figure), rel=1e-12)
