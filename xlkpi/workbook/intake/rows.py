"""One row of each input table, as pydantic reads it: every typed column with its kind of content."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Annotated, Any, Generic, TypeVar, get_type_hints

from pydantic import PlainValidator, TypeAdapter
from typing_extensions import TypedDict

from xlkpi.model.register import Basis, Kind, Polarity, SmallNumbers, ToleranceBasis
from xlkpi.workbook.intake.cells import (
    Figure,
    Level,
    Moment,
    MonthText,
    PeriodLabel,
    QuarterLabel,
    QuarterLabels,
    Text,
    Texts,
    Whole,
    YesOrBlank,
    choice,
)


class _Optional(TypedDict, total=False):
    """Cells of the register whose column a workbook made before may lack."""

    aliases: Texts


class RegisterRow(_Optional):
    """A row of the register."""

    code: Text
    title: Text
    section: Text
    section_order: Figure
    list_order: Figure
    kind: Annotated[Kind, PlainValidator(choice(Kind))]
    polarity: Annotated[Polarity, PlainValidator(choice(Polarity))]
    unit: Text
    decimals: Whole
    numerator_label: Text
    denominator_label: Text
    multiplier: Figure
    basis: Annotated[Basis, PlainValidator(choice(Basis, Basis.IN_QUARTER))]
    first: QuarterLabel
    last: QuarterLabel
    breaks: QuarterLabels
    definition: Text
    owner: Text
    source: Text
    small_numbers: Annotated[SmallNumbers, PlainValidator(choice(SmallNumbers, SmallNumbers.PROFILE))]
    provenance: Text
    note: Text


class TargetRow(TypedDict):
    """A row of the targets."""

    code: Text
    first: QuarterLabel
    last: QuarterLabel
    target: Level
    tolerance: Level
    basis: Annotated[ToleranceBasis, PlainValidator(choice(ToleranceBasis, ToleranceBasis.LEVEL))]
    clause: Text
    approved: Text
    provenance: Text
    note: Text


class QuarterRow(TypedDict):
    """A row of a quarter's input sheet; the sheet says which quarter."""

    code: Text
    numerator: Figure
    denominator: Figure
    value: Figure
    reason: Text
    comment: Text
    provenance: Text


class HistoryRow(QuarterRow):
    """A row of the history."""

    period: QuarterLabel


class _OptionalContext(TypedDict, total=False):
    """Cells of the context inputs whose column a workbook made before may lack."""

    note: Text


class ContextRow(_OptionalContext):
    """A row of the context inputs."""

    period: PeriodLabel
    code: Text
    numerator: Figure
    denominator: Figure
    value: Figure
    comment: Text
    provenance: Text


class CohortRow(TypedDict):
    """A row of the cohorts."""

    code: Text
    period: PeriodLabel
    cohort: Text
    basis: Text
    numerator: Figure
    denominator: Figure
    provenance: Text


class AuditRow(TypedDict):
    """A row of the audits."""

    period: QuarterLabel
    framework: Text
    outstanding: Whole
    good: Whole
    requires_improvement: Whole
    inadequate: Whole
    provenance: Text


class InspectionRow(TypedDict):
    """A row of the inspections."""

    date: MonthText
    subject: Text
    type: Text
    judgement: Text
    grade: Text
    previous_grade: Text
    status: Text
    provenance: Text
    source: Text


class PhraseRow(TypedDict):
    """A row of the phrases."""

    paragraph: Text
    key: Text
    when: Text
    text: Text
    note: Text


class NarrativeRow(TypedDict):
    """A row of the narrative: what the analyst typed, and what the last refresh remembered."""

    yours: Text
    still: YesOrBlank
    figures: Text
    snapshot: Text
    key: Text
    mark: Text


class CheckRow(TypedDict, total=False):
    """A row of the remarks, whose columns a workbook made before may lack: what was shown, and whether it is accepted."""

    what: Text
    cure: Text
    accepted: YesOrBlank
    by: Text
    at: Moment


class RestatementRow(TypedDict):
    """A row of the restatements: a figure that was published otherwise, and why."""

    code: Text
    figure: Text
    old: Text
    new: Text
    reason: Text


_Row = TypeVar("_Row", bound=Mapping[str, Any])


class Kinds(Generic[_Row]):
    """The kind of content of every column of a table, by field: reads many cells of one column at once."""

    def __init__(self, row: type[_Row]) -> None:
        """Take the kinds from a row's annotations."""
        self._kinds = get_type_hints(row, include_extras=True)

    def __getitem__(self, field: str) -> TypeAdapter[list[Any]]:
        """Return what reads the cells of a column."""
        return _adapter(self._kinds[field])


@cache
def _adapter(kind: Any) -> TypeAdapter[list[Any]]:
    return TypeAdapter(list[kind])


REGISTER_ROWS = Kinds(RegisterRow)
TARGET_ROWS = Kinds(TargetRow)
QUARTER_ROWS = Kinds(QuarterRow)
HISTORY_ROWS = Kinds(HistoryRow)
CONTEXT_ROWS = Kinds(ContextRow)
COHORT_ROWS = Kinds(CohortRow)
AUDIT_ROWS = Kinds(AuditRow)
INSPECTION_ROWS = Kinds(InspectionRow)
PHRASE_ROWS = Kinds(PhraseRow)
NARRATIVE_ROWS = Kinds(NarrativeRow)
CHECK_ROWS = Kinds(CheckRow)
RESTATEMENT_ROWS = Kinds(RestatementRow)
