"""What was returned: quarter sheets, history and context inputs read as one, each code with what it meant then."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

from xlkpi.model.number import Number, decimals_of, plain, rounded
from xlkpi.model.observation import Audit, Cohort, Inspection, Observation, Observations
from xlkpi.model.period import Month, Period, Quarter, Year
from xlkpi.model.register import Indicator, Register
from xlkpi.workbook.backend import column_letters, quoted
from xlkpi.workbook.intake.rows import AuditRow, CohortRow, ContextRow, HistoryRow, InspectionRow, QuarterRow
from xlkpi.workbook.intake.tables import Sheet

#: A fault of the figures of one row: the column, what is wrong, what to do.
_Fault = tuple[str, str, str]
_BOTH = "Type both counts, or leave both empty."


class Returns:
    """Takes in observations one by one; notes those that cannot be and those that stand twice."""

    def __init__(self, register: Register, newest: Quarter | None) -> None:
        """Start empty.

        Args:
            register: Says what a code means in a quarter.
            newest: The last quarter for which figures may be typed; None where it is not known.
        """
        self.observations = Observations()
        self._register, self._newest = register, newest
        self._spelling = {one.code.casefold(): one.code for one in register.indicators}
        self._code_column: dict[str, str] = {}

    def take_quarter(self, sheet: Sheet[QuarterRow], quarter: Quarter) -> None:
        """Take in a quarter's input sheet."""
        for index, row in sheet.rows():
            self._take(sheet, index, row, quarter, row["reason"])

    def take_history(self, sheet: Sheet[HistoryRow], with_sheet: Mapping[Quarter, str]) -> None:
        """Take in the history; quarters that have a sheet of their own do not belong there."""
        for index, row in sheet.rows():
            quarter = row["period"]
            if quarter is None:
                sheet.add(index, "period", "the quarter is empty", "Type the quarter, for example 2016/17 Q3.")
            elif quarter in with_sheet:
                what = f"the quarter is {quarter.label}, which has a sheet of its own ({with_sheet[quarter]})"
                sheet.add(index, "period", what, "Keep the figure there, and clear this row.")
            elif self._is_in_time(sheet, index, quarter):
                self._take(sheet, index, row, quarter, row["reason"])

    def take_context(self, sheet: Sheet[ContextRow]) -> None:
        """Take in the context inputs, by quarter or by month."""
        for index, row in sheet.rows():
            period = row["period"]
            if period is None:
                sheet.add(index, "period", "the period is empty", "Type a quarter (2018/19 Q2) or a month (2018-09).")
            elif isinstance(period, Year):
                what = f"the period is {period.label}, a whole year"
                sheet.add(index, "period", what, "Type a quarter (2018/19 Q2) or a month (2018-09).")
            elif self._is_in_time(sheet, index, period):
                self._take(sheet, index, row, period, "")

    def _is_in_time(self, sheet: Sheet[HistoryRow] | Sheet[ContextRow], index: int, period: Quarter | Month) -> bool:
        quarter = period.quarter if isinstance(period, Month) else period
        if self._newest is None or quarter <= self._newest:
            return True
        what = f"{sheet.noun('period')} is {period.label}, which lies after the newest quarter, {self._newest.label}"
        sheet.add(index, "period", what, "Correct it, or use New quarter first.")
        return False

    def _take(
        self,
        sheet: Sheet[QuarterRow] | Sheet[HistoryRow] | Sheet[ContextRow],
        index: int,
        row: QuarterRow | HistoryRow | ContextRow,
        period: Quarter | Month,
        reason: str,
    ) -> None:
        code = self._spelling.get(row["code"].casefold())
        indicator = self._meaning(sheet, index, row["code"], code, period)
        if code is None or indicator is None:
            return
        numerator, denominator, value = row["numerator"], row["denominator"], row["value"]
        if numerator is not None or denominator is not None or value is not None:
            faults = list(figure_faults(indicator, numerator, denominator, value))
            for field, what, cure in faults:
                sheet.add(index, field, what, cure)
            if faults:
                return
        block = sheet.block
        if block.sheet not in self._code_column:
            self._code_column[block.sheet] = column_letters(block.left + sheet.place("code"))
        observation = Observation(
            code, period, numerator, denominator, value, reason, row["comment"], row["provenance"],
            block.sheet, block.top + index,
        )  # fmt: skip
        if taken := self.observations.claim(observation):
            other = f"{quoted(taken.sheet)}!{self._code_column[taken.sheet]}{taken.row}"
            sheet.add(index, "code", f"{code} has two rows for {period.label}: the other is {other}", "Keep one of them.")

    def _meaning(
        self,
        sheet: Sheet[QuarterRow] | Sheet[HistoryRow] | Sheet[ContextRow],
        index: int,
        typed: str,
        code: str | None,
        period: Quarter | Month,
    ) -> Indicator | None:
        if not typed:
            sheet.add(index, "code", "the code is empty beside figures", "Type the code, or clear the row.")
            return None
        if code is None:
            what = f"the code is '{typed}', which is not in the register"
            sheet.add(index, "code", what, "Correct the code, or add the indicator to the register first.")
            return None
        quarter = period.quarter if isinstance(period, Month) else period
        indicator = self._register.indicator(code, quarter)
        if indicator is None:
            what = f"{code} is not valid in {quarter.label}: see valid from and valid to in the register"
            sheet.add(index, "code", what, "Correct the quarter, or the validity in the register.")
        return indicator


def figure_faults(
    indicator: Indicator, numerator: Number | None, denominator: Number | None, value: Number | None
) -> Iterator[_Fault]:
    """Yield what is wrong with the figures of one row; the native formula of the input sheets says the same.

    Args:
        indicator: What the code means then.
        numerator: None where not typed.
        denominator: None where not typed.
        value: None where not typed.
    """
    if (numerator is None) != (denominator is None):
        missing, there, typed = (
            ("denominator", "numerator", numerator) if denominator is None else ("numerator", "denominator", denominator)
        )
        yield missing, f"the {missing} is empty and the {there} is {plain(typed or 0)}", _BOTH
        return
    if numerator is None or denominator is None:
        if value is not None and value < 0:
            yield "value", f"the value is {plain(value)}, below 0", "Type the outturn as a number of 0 or more."
        return
    if denominator == 0:
        what = f"the denominator is 0 and the numerator is {plain(numerator)}"
        yield "denominator", what, f"Type the number of {indicator.denominator_label or 'cases'}, or leave both empty."
    elif denominator < 0:
        yield "denominator", f"the denominator is {plain(denominator)}, below 0", "Type a number above 0."
    elif numerator < 0:
        yield "numerator", f"the numerator is {plain(numerator)}, below 0", "Type a number of 0 or more."
    elif indicator.is_proportion and numerator > denominator:
        what = f"the numerator is {plain(numerator)}, more than the denominator, {plain(denominator)}"
        yield "numerator", what, "Check whether the two are swapped: a part cannot exceed its whole."
    elif value is not None:
        exact = Fraction(numerator) * Fraction(indicator.multiplier) / Fraction(denominator)
        if rounded(exact, decimals_of(value)) != value:
            what = f"the value is {plain(value)}, but numerator and denominator give {plain(exact)}"
            yield "value", what, "Clear the value, or correct the counts."


def read_cohorts(sheet: Sheet[CohortRow], register: Register) -> tuple[Cohort, ...]:
    """Return the cohorts; faults are noted on the sheet."""
    found: dict[tuple[str, Period, str, str], Cohort] = {}
    for index, row in sheet.rows():
        code, period = row["code"], row["period"]
        if not register.knows(code):
            what = f"the code is '{code}', which is not in the register"
            sheet.add(index, "code", what, "Correct the code, or add the indicator to the register first.")
        elif period is None:
            sheet.add(index, "period", "the period is empty", "Type a quarter (2018/19 Q2) or a month (2018-09).")
        else:
            _note_counts(sheet, index, row)
            cohort = Cohort(
                code, period, row["cohort"], row["basis"], row["numerator"], row["denominator"], row["provenance"],
                sheet.where(index, "numerator"),
            )  # fmt: skip
            key = (code, period, row["cohort"].casefold(), row["basis"].casefold())
            if key in found:
                what = f"{row['cohort']} of {code} has two rows for {period.label}: the other is {found[key].where}"
                sheet.add(index, "cohort", what, "Keep one of them.")
            found[key] = cohort
    return tuple(found.values())


def _note_counts(sheet: Sheet[CohortRow], index: int, row: CohortRow) -> None:
    numerator, denominator = row["numerator"], row["denominator"]
    if (numerator is None) != (denominator is None):
        missing = "numerator" if numerator is None else "denominator"
        sheet.add(index, missing, f"the {missing} is empty", _BOTH)
    elif denominator is not None and numerator is not None and not 0 <= numerator <= denominator != 0:
        what = f"the numerator is {plain(numerator)} and the denominator {plain(denominator)}"
        sheet.add(index, "numerator", what, "A cohort's numerator lies between 0 and its denominator.")


def read_audits(sheet: Sheet[AuditRow]) -> tuple[Audit, ...]:
    """Return the audit grades by quarter; faults are noted on the sheet."""
    found: dict[Quarter, Audit] = {}
    for index, row in sheet.rows():
        quarter = row["period"]
        if quarter is None:
            sheet.add(index, "period", "the quarter is empty", "Type the quarter, for example 2018/19 Q2.")
            continue
        where = sheet.where(index, "period")
        if quarter in found:
            what = f"{quarter.label} has two rows: the other is {found[quarter].where}"
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


