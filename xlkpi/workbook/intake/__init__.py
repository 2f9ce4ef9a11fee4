"""From cells to values: the one door through which a workbook comes in, with every fault of it in one report."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

from pydantic import TypeAdapter
from pydantic_core import PydanticCustomError

from xlkpi.calculate.outturn import Judged
from xlkpi.errors import Problems
from xlkpi.model.observation import Audit, Cohort, Inspection, Observations
from xlkpi.model.period import Quarter
from xlkpi.model.register import Register
from xlkpi.workbook import layout
from xlkpi.workbook.backend import Block, NamedCell
from xlkpi.workbook.intake import cells, rows
from xlkpi.workbook.intake.observations import Returns, read_audits, read_cohorts, read_inspections
from xlkpi.workbook.intake.register import read_register
from xlkpi.workbook.intake.tables import Sheet
from xlkpi.workbook.layout import Name, Table

_Row = TypeVar("_Row", bound=Mapping[str, Any])
_WORKBOOK = "Workbook"


class Source(Protocol):
    """What the intake reads: any back end, or a folder of CSV files."""

    def tables(self) -> Mapping[str, str]:
        """Return the sheet of every table by name."""
        ...

    def read(self, table: str) -> Block:
        """Return a table."""
        ...

    def read_name(self, name: str) -> NamedCell | None:
        """Return a named cell."""
        ...


@dataclass(frozen=True, slots=True)
class Settings:
    """What a person sets on the first sheet."""

    organisation: str
    quarter: Quarter
    judged: Judged
    backup: bool


@dataclass(frozen=True, slots=True)
class Book:
    """Everything that was typed into a workbook, as values.

    Attributes:
        sheets: The quarters that have an input sheet, with the sheet's name, newest first.
    """

    settings: Settings
    register: Register
    observations: Observations
    cohorts: tuple[Cohort, ...]
    audits: tuple[Audit, ...]
    inspections: tuple[Inspection, ...]
    sheets: Mapping[Quarter, str]


def parse(source: Source) -> Book:
    """Return the content of a workbook as values.

    Raises:
        WorkbookInvalid: With every fault of the workbook at once.
    """
    problems = Problems()
    quarters = _quarter_sheets(source, problems)
    settings = _settings(source, quarters, problems)
    reader = _Reader(source, problems)
    register = read_register(
        reader.sheet(layout.REGISTER, rows.REGISTER_ROWS), reader.sheet(layout.TARGETS, rows.TARGET_ROWS)
    )
    returns = Returns(register, max(quarters, default=None))
    returns.take_history(reader.sheet(layout.HISTORY, rows.HISTORY_ROWS), quarters)
    for quarter in quarters:
        returns.take_quarter(reader.sheet(layout.quarter_table(quarter), rows.QUARTER_ROWS), quarter)
    returns.take_context(reader.sheet(layout.CONTEXT_INPUTS, rows.CONTEXT_ROWS))
    cohorts = read_cohorts(reader.sheet(layout.COHORTS, rows.COHORT_ROWS), register)
    audits = read_audits(reader.sheet(layout.AUDITS, rows.AUDIT_ROWS))
    inspections = read_inspections(reader.sheet(layout.INSPECTIONS, rows.INSPECTION_ROWS))
    problems.raise_if_any()
    assert settings is not None, "a setting that cannot be read is a problem"
    return Book(settings, register, returns.observations, cohorts, audits, inspections, quarters)


class _Reader:
    """Reads tables by name; a table that is missing is noted and read as empty."""

    def __init__(self, source: Source, problems: Problems) -> None:
        self._source, self._problems = source, problems
        self._present = source.tables()

    def sheet(self, table: Table, adapter: TypeAdapter[list[_Row]]) -> Sheet[_Row]:
        if table.name in self._present:
            block = self._source.read(table.name)
        else:
            self._problems.add(
                _WORKBOOK,
                f"the table {table.name} is missing; it stands on the sheet {table.sheet}.",
                "Undo its deletion, or copy your figures into a new workbook (New).",
            )
            block = Block(table.sheet, table.name, layout.FIRST_ROW, table.left, table.headings, [])
        return Sheet(block, table, adapter, self._problems)


def _quarter_sheets(source: Source, problems: Problems) -> dict[Quarter, str]:
    found: dict[Quarter, str] = {}
    for name, sheet in source.tables().items():
        quarter = layout.quarter_of_table(name)
        if quarter is not None:
            found[quarter] = sheet
            _check_sheet_name(sheet, quarter, problems)
        elif layout.is_quarter_copy(name):
            problems.add(
                f"'{sheet}'!{layout.QUARTER_CELL}",
                "this sheet is a copy of a quarter's sheet, so that its figures would count twice.",
                "Delete the copy; New quarter makes the next sheet.",
            )
    if not found:
        problems.add(_WORKBOOK, "there is no quarter's input sheet.", "Undo its deletion, or start from a new workbook (New).")
    return dict(sorted(found.items(), reverse=True))


def _check_sheet_name(sheet: str, quarter: Quarter, problems: Problems) -> None:
    """Note a sheet that was renamed to another quarter; any other name does no harm."""
    try:
        named = cells.quarter(sheet)
    except PydanticCustomError:
        return
    if named != quarter:
        problems.add(
            f"'{sheet}'!{layout.QUARTER_CELL}",
            f"the sheet is named {sheet}, but its figures are those of {quarter.label}.",
            f"Rename it to {layout.quarter_sheet(quarter)}; New quarter makes the sheet of another quarter.",
        )


def _settings(source: Source, quarters: Mapping[Quarter, str], problems: Problems) -> Settings | None:
    organisation = _setting(source, Name.ORGANISATION, "the organisation", cells.text, problems)
    quarter = _setting(source, Name.QUARTER, "the reporting quarter", cells.quarter, problems)
    judged = _setting(source, Name.JUDGED, "what the status is judged on", cells.choice(Judged, Judged.EXACT), problems)
    backup = _setting(source, Name.BACKUP, "whether to keep a backup", _yes_or_no, problems)
    where = source.read_name(Name.QUARTER)
    if where is not None and where.value in (None, ""):
        problems.add(where.where, "the reporting quarter is empty.", "Type a quarter such as 2018/19 Q2.")
    if where is not None and quarter is not None and quarters and quarter not in quarters:
        listed = ", ".join(one.label for one in quarters)
        problems.add(
            where.where,
            f"the reporting quarter is {quarter.label}, which has no input sheet.",
            f"Choose one of {listed}, or use New quarter.",
        )
    if organisation is None or quarter is None or judged is None or backup is None:
        return None
    return Settings(organisation, quarter, judged, backup)


def _setting(source: Source, name: str, noun: str, read: Any, problems: Problems) -> Any:
    cell = source.read_name(name)
    if cell is None:
        problems.add(_WORKBOOK, f"the name {name} is missing; it stands for {noun}.", "Undo its deletion (Formulas, Name Manager).")
        return None
    try:
        return read(cell.value)
    except PydanticCustomError as error:
        words = error.context or {}
        problems.add(cell.where, f"{noun} is {cells.shown(cell.value)}, {words['expected']}.", str(words["cure"]))
        return None


def _yes_or_no(value: Any) -> bool:
    word = cells.text(value).casefold()
    if word not in {layout.YES, layout.NO, ""}:
        raise cells.fault("which is not one of the choices", f"Choose {layout.YES} or {layout.NO}.")
    return word != layout.NO
