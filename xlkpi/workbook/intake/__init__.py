"""From cells to values: the one door through which a workbook comes in, with every fault of it in one report."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol, TypeVar

from pydantic_core import PydanticCustomError

from xlkpi.calculate.outturn import Judged
from xlkpi.model.observation import Audit, Cohort, Inspection, Observations
from xlkpi.model.period import PeriodError, Quarter, parse_quarter
from xlkpi.model.profile import Profile
from xlkpi.model.register import Register
from xlkpi.narrative.edits import Edits
from xlkpi.narrative.phrases import Phrases
from xlkpi.tables.accepted import Acceptance
from xlkpi.workbook import layout
from xlkpi.workbook.backend import Block, NamedCell, Value, quoted
from xlkpi.workbook.intake import cells, rows
from xlkpi.workbook.intake.breakdowns import read_audits, read_cohorts, read_inspections
from xlkpi.workbook.intake.codes import Codes
from xlkpi.workbook.intake.faults import WORKBOOK, Faults
from xlkpi.workbook.intake.narrative import read_edits, read_phrases
from xlkpi.workbook.intake.observations import Returns
from xlkpi.workbook.intake.register import read_register
from xlkpi.workbook.intake.release import Reasons, read_accepted, read_reasons
from xlkpi.workbook.intake.tables import Sheet
from xlkpi.workbook.layout import Name, Table

_Row = TypeVar("_Row", bound=Mapping[str, Any])
_Setting = TypeVar("_Setting")


class Source(Protocol):
    """What the intake reads: any back end, or a folder of CSV files."""

    def sheets(self) -> Sequence[str]:
        """Return the sheets, or files, in their order."""
        ...

    def tables(self) -> Mapping[str, str]:
        """Return the sheet of every table by name."""
        ...

    def read(self, table: str, only: Collection[str] | None = None) -> Block:
        """Return a table, at least the columns with these headings."""
        ...

    def read_name(self, name: str) -> NamedCell | None:
        """Return a named cell."""
        ...


@dataclass(frozen=True, slots=True)
class Publishing:
    """How a person wants it published; a workbook made before says nothing of it.

    Attributes:
        profile: For whom.
        by: In whose name; empty where none is typed.
        folder: Into which folder, as typed; empty where none is.
        lock: Whether a password is asked for.
    """

    profile: Profile = Profile.COMMISSIONER
    by: str = ""
    folder: str = ""
    lock: bool = False


@dataclass(frozen=True, slots=True)
class Settings:
    """What a person sets on the first sheet."""

    organisation: str
    quarter: Quarter
    judged: Judged
    backup: bool
    publishing: Publishing = Publishing()


@dataclass(frozen=True, slots=True)
class Book:
    """Everything that was typed into a workbook, as values.

    Attributes:
        sheets: The quarters that have an input sheet, with the sheet's name, newest first.
        phrases: The sentences of the narrative: the workbook's own, or those of the program.
        edits: What the analyst wrote into the narrative; None where the workbook has no such sheet.
        accepted: Remarks on the reporting quarter that somebody accepted, as they were shown.
        reasons: Why figures are others than were published, as typed.
    """

    settings: Settings
    register: Register
    observations: Observations
    cohorts: tuple[Cohort, ...]
    audits: tuple[Audit, ...]
    inspections: tuple[Inspection, ...]
    sheets: Mapping[Quarter, str]
    phrases: Phrases
    edits: Edits | None = None
    accepted: tuple[Acceptance, ...] = ()
    reasons: Reasons = field(default_factory=dict)


def parse(source: Source) -> Book:
    """Return the content of a workbook as values.

    Raises:
        WorkbookInvalid: With every fault of the workbook at once.
    """
    faults = Faults(source.sheets())
    quarters = _quarter_sheets(source, faults)
    newest = max(quarters, default=None)
    settings = _settings(source, quarters, faults)
    reader = _Reader(source, faults)
    registered = reader.sheet(layout.REGISTER, rows.REGISTER_ROWS)
    register = read_register(registered, reader.sheet(layout.TARGETS, rows.TARGET_ROWS))
    codes = Codes(registered, register.indicators)
    returns = Returns(codes, newest)
    returns.take_history(reader.sheet(layout.HISTORY, rows.HISTORY_ROWS), quarters)
    for quarter in quarters:
        returns.take_quarter(reader.sheet(layout.quarter_table(quarter), rows.QUARTER_ROWS), quarter)
    returns.take_context(reader.sheet(layout.CONTEXT_INPUTS, rows.CONTEXT_ROWS))
    cohorts = read_cohorts(reader.sheet(layout.COHORTS, rows.COHORT_ROWS), codes, newest)
    audits = read_audits(reader.sheet(layout.AUDITS, rows.AUDIT_ROWS), newest)
    inspections = read_inspections(reader.sheet(layout.INSPECTIONS, rows.INSPECTION_ROWS))
    shown = _shown(source)
    phrases, edits = read_phrases(reader.optional(layout.PHRASES, rows.PHRASE_ROWS), faults), None
    if narrative := reader.optional(layout.NARRATIVE_TABLE, rows.NARRATIVE_ROWS):
        edits = read_edits(narrative, shown)
    checks = reader.optional(layout.CHECKS_TABLE, rows.CHECK_ROWS)
    accepted = read_accepted(checks) if checks else ()
    restatements = reader.optional(layout.RESTATEMENTS_TABLE, rows.RESTATEMENT_ROWS)
    reasons = read_reasons(restatements) if restatements else {}
    faults.raise_if_any()
    assert settings is not None, "a setting that cannot be read is a fault"
    return Book(
        *(settings, register, returns.observations, cohorts, audits, inspections, quarters, phrases, edits),
        accepted=accepted if shown == settings.quarter.label else (),
        reasons=reasons,
    )


def _shown(source: Source) -> str:
    """Return the label of the quarter whose figures the workbook shows; empty where it shows none."""
    shown = source.read_name(Name.SHOWN)
    return str(shown.value or "") if shown else ""


class _Reader:
    """Reads tables by name; a table that is missing is noted and read as empty."""

    def __init__(self, source: Source, faults: Faults) -> None:
        self._source, self._faults = source, faults
        self._present = source.tables()

    def sheet(self, table: Table, kinds: rows.Kinds[_Row]) -> Sheet[_Row]:
        if table.name in self._present:
            return Sheet(self._source.read(table.name, _typed(table)), table, kinds, self._faults)
        self._faults.add(
            WORKBOOK,
            f"the table {table.name} is missing; it belongs on the sheet {table.sheet}.",
            "Undo its deletion, or copy your figures into a new workbook (New).",
        )
        missing = Sheet(Block(table.sheet, table.name, 1, 1, table.headings, []), table, kinds, self._faults)
        missing.is_usable = False
        return missing

    def optional(self, table: Table, kinds: rows.Kinds[_Row]) -> Sheet[_Row] | None:
        """Return a table that workbooks made earlier do not have; None where it is missing."""
        return self.sheet(table, kinds) if table.name in self._present else None


def _typed(table: Table) -> list[str]:
    """Return the headings of the columns that are read: what people type, and the codes that the program does."""
    return [column.heading for column in table.columns if column.is_read]


def _quarter_sheets(source: Source, faults: Faults) -> dict[Quarter, str]:
    found: dict[Quarter, str] = {}
    for name, sheet in source.tables().items():
        quarter = layout.quarter_of_table(name)
        if quarter is not None:
            found[quarter] = sheet
            _check_sheet_name(sheet, quarter, faults)
        elif layout.is_quarter_copy(name):
            faults.add(
                _quarter_cell(sheet),
                "this sheet is a copy of a quarter's sheet, so that its figures would count twice.",
                "Delete the copy; New quarter makes the next sheet.",
            )
    if not found:
        cure = "Undo its deletion, or start from a new workbook (New)."
        faults.add(WORKBOOK, "there is no quarter's input sheet.", cure)
    return dict(sorted(found.items(), reverse=True))


def _check_sheet_name(sheet: str, quarter: Quarter, faults: Faults) -> None:
    """Note a sheet that was renamed to another quarter; any other name does no harm."""
    try:
        named = parse_quarter(sheet)
    except PeriodError:
        return
    if named != quarter:
        faults.add(
            _quarter_cell(sheet),
            f"the sheet is named {sheet}, but its figures are those of {quarter.label}.",
            f"Rename it to {layout.quarter_sheet(quarter)}; New quarter makes the sheet of another quarter.",
        )


def _quarter_cell(sheet: str) -> str:
    return f"{quoted(sheet)}!{layout.QUARTER_CELL}"


def _settings(source: Source, quarters: Mapping[Quarter, str], faults: Faults) -> Settings | None:
    organisation = _setting(source, Name.ORGANISATION, "the organisation", cells.text, faults)
    quarter = _setting(source, Name.QUARTER, "the reporting quarter", _needed_quarter, faults)
    judged = _setting(source, Name.JUDGED, "what the status is judged on", cells.choice(Judged, Judged.EXACT), faults)
    backup = _setting(source, Name.BACKUP, "whether a backup is kept", _yes_or_no, faults)
    where = source.read_name(Name.QUARTER)
    if where is not None and quarter is not None and quarters and quarter not in quarters:
        listed = ", ".join(one.label for one in quarters)
        faults.add(
            where.where,
            f"the reporting quarter is {quarter.label}, which has no input sheet.",
            f"Choose one of {listed}, or use New quarter.",
        )
    publishing = _publishing(source, faults)
    if organisation is None or quarter is None or judged is None or backup is None or publishing is None:
        return None
    return Settings(organisation, quarter, judged, backup, publishing)


def _publishing(source: Source, faults: Faults) -> Publishing | None:
    plain = Publishing()
    profile = _setting(
        source, Name.PROFILE, "for whom it is published", cells.choice(Profile, plain.profile), faults, plain.profile
    )
    by = _setting(source, Name.PUBLISHER, "in whose name it is published", cells.text, faults, plain.by)
    folder = _setting(source, Name.PACKS, "the folder to publish into", _path, faults, plain.folder)
    lock = _setting(source, Name.LOCK, "whether a password is asked for", _no_or_yes, faults, plain.lock)
    if profile is None or by is None or folder is None or lock is None:
        return None
    return Publishing(profile, by, folder, lock)


def _setting(
    source: Source,
    name: str,
    noun: str,
    read: Callable[[Value], _Setting],
    faults: Faults,
    default: _Setting | None = None,
) -> _Setting | None:
    """Return a setting; None, and the fault noted, where it cannot be read or is missing and has no default."""
    cell = source.read_name(name)
    if cell is None and default is not None:
        return default
    if cell is None:
        what = f"the name {name} is missing, or does not stand for one cell; it belongs to {noun}."
        faults.add(WORKBOOK, what, "Undo its deletion (Formulas, Name Manager).")
        return None
    try:
        return read(cell.value)
    except PydanticCustomError as error:
        words = error.context or {}
        expected = f", {words['expected']}" if words["expected"] else ""
        faults.add(cell.where, f"{noun} is {cells.shown(cell.value)}{expected}.", str(words["cure"]))
        return None


def _needed_quarter(value: Value) -> Quarter:
    found = cells.quarter(value)
    if found is None:
        raise cells.fault("", "Type a quarter such as 2018/19 Q2.")
    return found


def _yes_or_no(value: Value) -> bool:
    word = cells.text(value).casefold()
    if word not in {layout.YES, layout.NO, ""}:
        raise cells.fault("which is not one of the choices", f"Choose {layout.YES} or {layout.NO}.")
    return word != layout.NO


def _path(value: Value) -> str:
    """Return a typed or pasted path, which may stand in quotation marks."""
    return cells.text(value).strip("\"'").strip()


def _no_or_yes(value: Value) -> bool:
    """Return whether a cell says yes; a blank says no."""
    return bool(cells.text(value)) and _yes_or_no(value)
