"""Parts of indicators, audits by grade, and inspections."""

from __future__ import annotations

from xlkpi.model.observation import Audit, Cohort, Inspection
from xlkpi.model.period import Quarter, Span
from xlkpi.workbook.intake.codes import Codes
from xlkpi.workbook.intake.observations import in_time, note_faults
from xlkpi.workbook.intake.rows import AuditRow, CohortRow, InspectionRow
from xlkpi.workbook.intake.tables import Sheet


def read_cohorts(sheet: Sheet[CohortRow], codes: Codes, newest: Quarter | None) -> tuple[Cohort, ...]:
    """Return the cohorts; faults are noted on the sheet."""
    found: dict[tuple[str, Span, str, str], Cohort] = {}
    for index, row in sheet.rows():
        period = in_time(sheet, index, row["period"], newest, monthly=True)
        if period is None:
            continue
        indicator = codes.meaning(sheet, index, row["code"], period.quarter)
        if indicator is None:
            continue
        if not row["cohort"]:
            cure = "Type which part of the indicator it is, for example CIN."
            sheet.add(index, "cohort", "the cohort is empty", cure)
        note_faults(sheet, index, indicator, row)
        cohort = Cohort(
            indicator.code,
            period,
            row["cohort"],
            row["basis"],
            row["numerator"],
            row["denominator"],
            row["provenance"],
            sheet.where(index, "numerator"),
        )
        key = (indicator.code, period, row["cohort"].casefold(), row["basis"].casefold())
        if key in found:
            what = f"{row['cohort']} of {indicator.code} has two rows for {period.label}"
            what += f": the other is {found[key].where}"
            sheet.add(index, "cohort", what, "Keep one of them.")
        found[key] = cohort
    return tuple(found.values())


def read_audits(sheet: Sheet[AuditRow], newest: Quarter | None) -> tuple[Audit, ...]:
    """Return the audit grades by quarter; faults are noted on the sheet."""
    found: dict[Quarter, Audit] = {}
    for index, row in sheet.rows():
        quarter = in_time(sheet, index, row["period"], newest, monthly=False)
        if not isinstance(quarter, Quarter):
            continue
        where = sheet.where(index, "period")
        if quarter in found:
            what = f"the audits of {quarter.label} have two rows: the other is {found[quarter].where}"
            sheet.add(index, "period", what, "Keep one of them.")
        found[quarter] = Audit(
            quarter,
            row["framework"],
            row["outstanding"] or 0,
            row["good"] or 0,
            row["requires_improvement"] or 0,
            row["inadequate"] or 0,
            row["provenance"],
            where,
        )
    return tuple(found.values())


def read_inspections(sheet: Sheet[InspectionRow]) -> tuple[Inspection, ...]:
    """Return the inspections, in the order of the sheet."""
    return tuple(Inspection(**row, where=sheet.where(index, "subject")) for index, row in sheet.rows())
