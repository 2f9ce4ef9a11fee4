"""A small, valid workbook of an organisation that does not exist, and an analyst's ways of changing its cells."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from fakes.memory import Area, Grid, MemoryWorkbook, Spot, spot_of

from xlkpi.model.period import Quarter, parse_quarter
from xlkpi.template.builder import build
from xlkpi.template.content import Content
from xlkpi.workbook import layout
from xlkpi.workbook.backend import ExcelError, Value
from xlkpi.workbook.file import ClosedFile
from xlkpi.workbook.layout import Name, Table

NOW = Quarter(2018, 2)
NOT_AVAILABLE, DIVIDED_BY_ZERO = ExcelError("#N/A"), ExcelError("#DIV/0!")
ORGANISATION = "Northborough Children's Trust"

#: Each table by the name under which a test speaks of it, in the order of the sheets.
TABLES: dict[str, Table] = {
    **{
        table.sheet: table
        for table in (layout.quarter_table(NOW.shift(-back)) for back in range(layout.QUARTER_SHEETS))
    },
    "Context inputs": layout.CONTEXT_INPUTS,
    "Cohorts": layout.COHORTS,
    "Audits": layout.AUDITS,
    "Inspections": layout.INSPECTIONS,
    "History": layout.HISTORY,
    "Register": layout.REGISTER,
    "Targets": layout.TARGETS,
}

_Row = dict[str, Value]


def _indicator(code: str, section: str, place: int, polarity: str, unit: str, **more: Value) -> _Row:
    """Return a row of the register: whole numbers of cases counted among the cases due, unless said otherwise."""
    row: _Row = {"code": code, "section": section, "section_order": SECTIONS[section], "list_order": place}
    row |= {"kind": "contract", "polarity": polarity, "unit": unit, "decimals": 0, "numerator_label": "cases counted"}
    row |= {"denominator_label": "cases due", "multiplier": 100 if unit == "%" else 1, "basis": "in_quarter"}
    return row | more


SECTIONS = {"Front door": 1, "Workforce": 2, "Context": 9}
_COUNT: _Row = {"kind": "context", "numerator_label": None, "denominator_label": None}
REGISTER: list[_Row] = [
    _indicator("A1", "Front door", 1, "lower", "%", title="Repeat referrals within 12 months"),
    _indicator("A2", "Front door", 2, "higher", "%", title="Visits made in time", denominator_label="visits due"),
    _indicator("B1", "Workforce", 3, "range", "cases", title="Cases for each social worker", decimals=1),
    _indicator("B2", "Workforce", 4, "lower", "%", title="Staff who left", basis="rolling_12m"),
    _indicator("B13", "Workforce", 5, "higher", "%", title="Staff trained (old)", last="2016/17 Q4"),
    _indicator("B13", "Workforce", 5, "higher", "%", title="Supervisions held", first="2017/18 Q1"),
    _indicator("E1", "Context", 1, "none", "count", title="Contacts", **_COUNT),
    _indicator("E2", "Context", 2, "none", "count", title="Children in need", basis="snapshot", **_COUNT),
]
TARGETS: list[_Row] = [
    {"code": "A1", "first": "2016/17 Q1", "target": 22, "tolerance": 28, "basis": "level"},
    {"code": "A2", "first": "2016/17 Q1", "last": "2017/18 Q4", "target": 80, "tolerance": 70},
    {"code": "A2", "first": "2018/19 Q1", "target": 85, "tolerance": 10, "basis": "points", "clause": "4.2"},
    {"code": "B1", "target": "16..20", "tolerance": "14..22"},
    {"code": "B2", "first": "2017/18 Q1", "target": 15, "tolerance": 20, "basis": "percent"},
    {"code": "B13", "first": "2017/18 Q1", "target": 90, "tolerance": 80},
]
#: Numerator and denominator of each indicator, the newest quarter first.
FIGURES: dict[str, list[tuple[int, int]]] = {
    "A1": [(52, 240), (55, 250), (60, 245), (66, 240), (71, 251)],
    "A2": [(74, 100), (78, 100), (81, 104), (83, 101), (77, 98)],
    "B1": [(172, 10), (181, 10), (203, 10), (214, 10), (231, 10)],
    "B2": [(9, 60), (10, 60), (11, 61), (12, 62), (12, 60)],
    "B13": [(46, 50), (44, 50), (39, 50), (41, 52), (47, 51)],
}
HISTORY: list[_Row] = [
    {"period": "2016/17 Q4", "code": "A1", "numerator": 80, "denominator": 260},
    {"period": "2016/17 Q4", "code": "B13", "numerator": 30, "denominator": 50},
    {"period": "2017/18 Q1", "code": "A2", "value": 79, "comment": "As printed."},
]
CONTEXT: list[_Row] = [
    {"period": "2018/19 Q1", "code": "E1", "value": 5611},
    {"period": "2018/19 Q2", "code": "E1", "value": 5694},
    {"period": "2018-08", "code": "E2", "value": 2560},
    {"period": "2018-09", "code": "E2", "value": 2549},
]
COHORTS: list[_Row] = [
    {"code": "A2", "period": "2018/19 Q2", "cohort": "CIC", "basis": "core", "numerator": 40, "denominator": 50},
    {"code": "A2", "period": "2018-09", "cohort": "CPP", "basis": "core", "numerator": 11, "denominator": 17},
]
AUDITS: list[_Row] = [
    {
        "period": "2018/19 Q1",
        "framework": "original",
        "outstanding": 2,
        "good": 30,
        "requires_improvement": 25,
        "inadequate": 9,
    },
    {
        "period": "2018/19 Q2",
        "framework": "new",
        "outstanding": 3,
        "good": 33,
        "requires_improvement": 22,
        "inadequate": 0,
    },
]
INSPECTIONS: list[_Row] = [
    {"date": "2018-07", "subject": "Fostering agency", "grade": "good", "status": "published"},
    {"subject": "Services for children in care", "status": "anticipated"},
]
SETTINGS: dict[str, Value] = {
    Name.ORGANISATION: ORGANISATION,
    Name.QUARTER: "2018/19 Q2",
    Name.JUDGED: "exact",
    Name.BACKUP: "yes",
}


class SmallBook:
    """A workbook in memory, and what an analyst may do to it; a row goes by its code, or by its number from 1."""

    def __init__(self) -> None:
        """Fill in every input sheet."""
        self.workbook = MemoryWorkbook()
        for row, (name, value) in enumerate(SETTINGS.items(), start=7):
            self.workbook.define(name, layout.START, Spot(row, 3), value)
        rows = {
            "Register": REGISTER,
            "Targets": TARGETS,
            "History": HISTORY,
            "Context inputs": CONTEXT,
            "Cohorts": COHORTS,
            "Audits": AUDITS,
            "Inspections": INSPECTIONS,
        }
        for back in range(layout.QUARTER_SHEETS):
            counts = {code: figures[back] for code, figures in FIGURES.items()}
            typed: list[_Row] = [{"code": code, "numerator": n, "denominator": d} for code, (n, d) in counts.items()]
            rows[layout.quarter_sheet(NOW.shift(-back))] = typed
        for name, table in TABLES.items():
            cells = [[row.get(column.field) for column in table.columns] for row in rows[name]]
            spot = Spot(layout.HEADING_ROW, table.left)
            self.workbook.add_table(table.name, table.sheet, spot, [table.headings, *cells])

    def spot(self, name: str, row: int | str, field: str) -> Spot:
        """Return a cell of a table."""
        table = TABLES[name]
        return self.workbook.table(table.name).spot(self._index(name, row), table.index(field))

    def put(self, name: str, row: int | str, field: str, value: Value) -> None:
        """Type into a cell: ``put("Targets", "A1", "target", 90)``."""
        self._grid(name).put(self.spot(name, row, field), value)

    def put_formula(self, name: str, row: int | str, field: str, formula: str, value: Value = None) -> None:
        """Type a formula into a cell; ``value`` is what it comes to."""
        self._grid(name).put_formula(self.spot(name, row, field), formula, value)

    def add(self, name: str, **cells: Value) -> None:
        """Add a row below a table."""
        table = TABLES[name]
        listed = self.workbook.table(table.name)
        listed.height += 1
        for field, value in cells.items():
            self.put(name, listed.height, field, value)

    def clear(self, name: str, row: int | str) -> None:
        """Empty every cell of a row."""
        at = self._index(name, row) + 1
        for column in TABLES[name].columns:
            self.put(name, at, column.field, None)

    def head(self, name: str, field: str, heading: str) -> None:
        """Type over a heading."""
        self._grid(name).put(self.spot(name, 0, field), heading)

    def merge(self, name: str, area: str) -> None:
        """Merge cells: ``merge("Register", "B6:B7")``."""
        first, last = map(spot_of, area.split(":"))
        self._grid(name).merged.append(Area(*first, *last))

    def set(self, name: str, value: Value) -> None:
        """Type into a named cell."""
        sheet, spot = self.workbook._state.names[name]
        self.workbook.grid(sheet).put(spot, value)

    def drop_column(self, name: str, field: str) -> None:
        """Delete a column of a table; those at its right move up."""
        table = TABLES[name]
        listed, grid, gone = self.workbook.table(table.name), self._grid(name), table.index(field)
        for row in range(-1, listed.height):
            for column in range(gone, listed.width):
                grid.put(listed.spot(row, column), grid.value(listed.spot(row, column + 1)))
        listed.width -= 1

    def save(self, path: Path) -> ClosedFile:
        """Return the same workbook as a file, built from the template."""
        sheets = {quarter: name for name in TABLES if (quarter := layout.quarter_of_table(TABLES[name].name))}
        typed = {table.name: self._typed(table) for name, table in TABLES.items() if name not in sheets.values()}
        quarters = {quarter: self._typed(TABLES[name]) for quarter, name in sheets.items()}
        organisation, quarter = str(self._setting(Name.ORGANISATION)), parse_quarter(str(self._setting(Name.QUARTER)))
        content = Content(organisation, quarter, typed, quarters)
        build(path, content, dt.datetime(2018, 10, 17, 9, 42))  # a cell knows no time zone
        return ClosedFile(path)

    def _index(self, name: str, row: int | str) -> int:
        if isinstance(row, int):
            return row - 1
        table = TABLES[name]
        block = self.workbook.read(table.name)
        return next(at for at, cells in enumerate(block.rows) if cells[table.index("code")] == row)

    def _grid(self, name: str) -> Grid:
        return self.workbook.grid(self.workbook.table(TABLES[name].name).sheet)

    def _typed(self, table: Table) -> list[list[Value]]:
        columns = [at for at, column in enumerate(table.columns) if column.typed or column.field == "code"]
        return [[row[at] for at in columns] for row in self.workbook.read(table.name).rows]

    def _setting(self, name: str) -> Value:
        cell = self.workbook.read_name(name)
        return cell.value if cell else None


def small_book() -> SmallBook:
    """Return a fresh small workbook without a fault."""
    return SmallBook()
