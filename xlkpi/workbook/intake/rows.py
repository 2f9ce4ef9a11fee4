"""One row of each input table, as pydantic reads it: every typed column with its kind of content."""

from __future__ import annotations

from typing import Annotated

from pydantic import PlainValidator, TypeAdapter
from typing_extensions import TypedDict

from xlkpi.model.register import Basis, Kind, Polarity, ToleranceBasis
from xlkpi.workbook.intake.cells import (
    Figure,
    Level,
    MonthText,
    PeriodLabel,
    QuarterLabel,
    QuarterLabels,
    Text,
    Whole,
    choice,
)


class RegisterRow(TypedDict):
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
    small_numbers: Text
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


class ContextRow(TypedDict):
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


REGISTER_ROWS = TypeAdapter(list[RegisterRow])
TARGET_ROWS = TypeAdapter(list[TargetRow])
QUARTER_ROWS = TypeAdapter(list[QuarterRow])
HISTORY_ROWS = TypeAdapter(list[HistoryRow])
CONTEXT_ROWS = TypeAdapter(list[ContextRow])
COHORT_ROWS = TypeAdapter(list[CohortRow])
AUDIT_ROWS = TypeAdapter(list[AuditRow])
INSPECTION_ROWS = TypeAdapter(list[InspectionRow])
