"""Whole ranges as a workbook: the same intake, calculation and tables as a refresh, over what a function is given."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from xlkpi.addin.arguments import NOT_AVAILABLE, WRONG, Cells, Shown, Unanswerable, grid, read
from xlkpi.addin.rules import status_in
from xlkpi.calculate.outturn import Judged
from xlkpi.calculate.results import calculate, summarise
from xlkpi.calculate.status import Status
from xlkpi.errors import WorkbookInvalid
from xlkpi.model.period import Quarter
from xlkpi.model.register import Basis, Indicator, Register
from xlkpi.tables.rows import Row, results_rows, summary_rows
from xlkpi.workbook import layout
from xlkpi.workbook.backend import Block, Cell, ExcelError, Keep, NamedCell, Value, Written
from xlkpi.workbook.intake import cells, parse, rows
from xlkpi.workbook.intake.faults import Faults
from xlkpi.workbook.intake.register import read_register
from xlkpi.workbook.intake.tables import Sheet
from xlkpi.workbook.layout import Name, Shape, Table

#: What the ranges are called where a reason names a cell of them.
_REGISTER, _TARGETS, _RETURNS, _RESULTS = "register", "targets", "returns", "results"


@dataclass(frozen=True, slots=True)
class _Range(Block):
    """A range as a block: nobody knows where it stands, so an address names its row and heading."""

    def address(self, row: int, column: int) -> str:
        """Return a place such as ``register row 3, Target``; row 1 holds the headings."""
        return f"{self.sheet} row {row + self.top}, {self.headings[column]}"


def _block(called: str, table: Table, range_: Cells) -> Block:
    """Return a range with its headings in the first row as a block; no range is an empty table."""
    given = [[None]] if range_ is None else grid(range_)
    if all(cell is None for row in given for cell in row):
        return _Range(called, table.name, 2, 1, table.headings, [])
    lone = given[0][0]
    if len(given) == 1 and len(given[0]) == 1 and isinstance(lone, ExcelError):
        raise Unanswerable(f"the range {called} is {lone.text}. Mend it first.", lone.text)
    headings, *data = given
    return _Range(called, table.name, 2, 1, tuple("" if one is None else str(one) for one in headings), data)


@dataclass(frozen=True, slots=True)
class _Ranges:
    """Ranges as a source of the intake."""

    blocks: Mapping[str, Block]
    settings: Mapping[str, Value]

    def sheets(self) -> Sequence[str]:
        """Return the ranges, in the order of the arguments."""
        return [block.sheet for block in self.blocks.values()]

    def tables(self) -> Mapping[str, str]:
        """Return the range of each table."""
        return {name: block.sheet for name, block in self.blocks.items()}

    def read(self, table: str, only: Collection[str] | None = None) -> Block:  # noqa: ARG002  # the range is at hand
        """Return a table."""
        return self.blocks[table]

    def read_name(self, name: str) -> NamedCell | None:
        """Return a setting; None where ranges say nothing of it."""
        return NamedCell("arguments", self.settings[name]) if name in self.settings else None


def _quarter(cell: Cells) -> Quarter:
    [[value, *_], *_] = grid(cell)
    if isinstance(value, ExcelError):
        raise Unanswerable(f"the quarter is {value.text}. Mend that cell first.", value.text)
    found = read(cells.quarter, value, "the quarter")
    if found is None:
        raise Unanswerable("the quarter is empty. Type a quarter such as 2018/19 Q2.", NOT_AVAILABLE)
    return found


@dataclass(frozen=True, slots=True)
class Asked:
    """The ranges of one question.

    Attributes:
        quarter: The quarter of the results.
        register: The register with its headings.
        targets: The targets with their headings.
        returns: The quarter's figures with their headings.
        before: Those of the quarter before; None where not given.
        year_ago: Those of the same quarter of the year before; None where not given.
        history: Figures of other quarters, each row with its quarter; None where not given.
        judged: ``exact`` or ``as shown``.
    """

    quarter: Cells
    register: Cells
    targets: Cells
    returns: Cells
    before: Cells
    year_ago: Cells
    history: Cells
    judged: Cells


def results_table(*asked: Cells) -> list[list[Value]]:
    """Return the results of a quarter with their headings, as a refresh writes them, without the trend and links.

    Args:
        asked: The fields of ``Asked``, in their order.

    Raises:
        WorkbookInvalid: With every fault of the ranges.
        Unanswerable: Where a range or the quarter is itself an error.
    """
    ranges = Asked(*asked)
    quarter = _quarter(ranges.quarter)
    book = parse(_source(ranges, quarter))
    found = calculate(book.register, book.observations, quarter, book.settings.judged)
    columns = enumerate(layout.RESULTS_TABLE.columns)
    kept = [place for place, column in columns if not (column.shape is Shape.SPARK or column.optional)]
    return [[row[place] for place in kept] for row in _with_headings(layout.RESULTS_TABLE, results_rows(found))]


def _source(asked: Asked, quarter: Quarter) -> _Ranges:
    given = [
        (_REGISTER, layout.REGISTER, asked.register),
        (_TARGETS, layout.TARGETS, asked.targets),
        (_RETURNS, layout.quarter_table(quarter), asked.returns),
        ("history", layout.HISTORY, asked.history),
    ]
    earlier = (("before", quarter.previous, asked.before), ("year ago", quarter.year_ago, asked.year_ago))
    given += [(called, layout.quarter_table(at), range_) for called, at, range_ in earlier if range_ is not None]
    blocks = {table.name: _block(called, table, range_) for called, table, range_ in given}
    others = (layout.CONTEXT_INPUTS, layout.COHORTS, layout.AUDITS, layout.INSPECTIONS)
    blocks |= {table.name: _block(table.sheet, table, None) for table in others}
    [[judged, *_], *_] = grid(asked.judged)
    settings: dict[str, Value] = {Name.ORGANISATION: None, Name.BACKUP: None}
    return _Ranges(blocks, settings | {Name.QUARTER: quarter.label, Name.JUDGED: judged or Judged.EXACT.value})


def summary_table(results: Cells, register: Cells, quarter: Cells) -> list[list[Value]]:
    """Return indicators by section and status with their headings, totals and shares, as a refresh writes them.

    Raises:
        WorkbookInvalid: With every fault of the ranges.
        Unanswerable: Where a range, a status or the quarter is itself an error.
    """
    at = _quarter(quarter)
    faults = Faults([_RESULTS, _REGISTER])
    registered = Sheet(_block(_REGISTER, layout.REGISTER, register), layout.REGISTER, rows.REGISTER_ROWS, faults)
    targets = Sheet(_block(_TARGETS, layout.TARGETS, None), layout.TARGETS, rows.TARGET_ROWS, faults)
    known = read_register(registered, targets)
    counted = list(_counted(_block(_RESULTS, layout.RESULTS_TABLE, results), known, at, faults))
    faults.raise_if_any()
    return _with_headings(layout.SUMMARY_TABLE, summary_rows(summarise(counted)))


def _counted(block: Block, register: Register, quarter: Quarter, faults: Faults) -> Iterator[tuple[Indicator, Status]]:
    """Yield what is counted: every row with a code but the annual ones, which stand outside the quarterly base."""
    headings = [one.strip().casefold() for one in block.headings]
    wanted = [layout.RESULTS_TABLE.heading(field).casefold() for field in ("code", "status")]
    if missing := [one for one in wanted if one not in headings]:
        what = f"the range results has no column {' and no column '.join(missing)}. "
        raise Unanswerable(f"{what}Give the whole table with its headings: {layout.RESULTS_TABLE.name}[#All].")
    code_at, status_at = (headings.index(one) for one in wanted)
    for place, row in enumerate(block.rows):
        for cell in (row[code_at], row[status_at]):
            if isinstance(cell, ExcelError):
                raise Unanswerable(f"results row {place + block.top} holds {cell.text}. Mend it first.", cell.text)
        code = read(cells.text, row[code_at], "the code")
        if not code:
            continue
        indicator = register.indicator(code, quarter)
        if indicator is None:
            what = f"the code is '{code}', which the register does not have in {quarter.label}."
            faults.add(block.address(place, code_at), what, "Correct the code, or the register.")
        elif indicator.basis is not Basis.ANNUAL:
            status = status_in(row[status_at], f"the status of {code}")
            yield indicator, status or Status.NO_DATA


def _with_headings(table: Table, found: Sequence[Row]) -> list[list[Value]]:
    return [list(table.headings), *([_shown(one) for one in row.values] for row in found)]


def _shown(one: Written) -> Value:
    """Return what a cell of a range shows; an empty text for a blank."""
    value = one.value if isinstance(one, Cell) else one.result if isinstance(one, Keep) else one
    return "" if value is None else value


def table_or_error(table: Callable[..., list[list[Value]]], *arguments: Cells) -> Shown:
    """Return a table, or the one error that stands for it."""
    try:
        return table(*arguments)
    except Unanswerable as no:
        return [[no.error]]
    except WorkbookInvalid:
        return [[WRONG]]


def reasons(table: Callable[..., list[list[Value]]], *arguments: Cells) -> Shown:
    """Return why there is no table, a row for each fault; one empty cell where there is one."""
    try:
        table(*arguments)
    except Unanswerable as no:
        return [[no.reason[:1].upper() + no.reason[1:]]]
    except WorkbookInvalid as invalid:
        return [[str(problem)] for problem in invalid.problems]
    return [[""]]
