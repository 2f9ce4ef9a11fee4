"""What was returned: quarter sheets, history and context inputs read as one, each code with what it meant then."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any, NamedTuple

from xlkpi.model.number import Number, decimals_of, plain, rounded
from xlkpi.model.observation import Observation, Observations
from xlkpi.model.period import Month, Period, Quarter, Span, Year
from xlkpi.model.register import Indicator
from xlkpi.workbook.intake.codes import Codes
from xlkpi.workbook.intake.rows import ContextRow, HistoryRow, QuarterRow
from xlkpi.workbook.intake.tables import Sheet


class Returns:
    """Takes in observations one by one; notes those that cannot be and those that stand twice."""

    def __init__(self, codes: Codes, newest: Quarter | None) -> None:
        """Start empty.

        Args:
            codes: Say what a code means in a quarter.
            newest: The last quarter for which figures may be typed; None where it is not known.
        """
        self.observations = Observations()
        self._codes, self._newest = codes, newest
        self._by_quarter: dict[Quarter, Sheet[QuarterRow]] = {}
        self._others: list[Sheet[HistoryRow] | Sheet[ContextRow]] = []

    def take_quarter(self, sheet: Sheet[QuarterRow], quarter: Quarter) -> None:
        """Take in a quarter's input sheet."""
        self._by_quarter[quarter] = sheet
        for index, row in sheet.rows():
            self._take(sheet, index, row, quarter, row["reason"])
        sheet.forget_cells()

    def take_history(self, sheet: Sheet[HistoryRow], with_sheet: Mapping[Quarter, str]) -> None:
        """Take in the history; quarters that have a sheet of their own do not belong there."""
        self._others.append(sheet)
        for index, row in sheet.rows():
            quarter = row["period"]
            if quarter is not None and quarter in with_sheet:
                what = f"the quarter is {quarter.label}, which has a sheet of its own ({with_sheet[quarter]})"
                sheet.add(index, "period", what, "Keep the figure there, and clear this row.")
            elif period := in_time(sheet, index, quarter, self._newest, monthly=False):
                self._take(sheet, index, row, period, row["reason"])
        sheet.forget_cells()

    def take_context(self, sheet: Sheet[ContextRow]) -> None:
        """Take in the context inputs, by quarter or by month."""
        self._others.append(sheet)
        for index, row in sheet.rows():
            if period := in_time(sheet, index, row["period"], self._newest, monthly=True):
                self._take(sheet, index, row, period, "")
        sheet.forget_cells()

    def _take(
        self,
        sheet: Sheet[QuarterRow] | Sheet[HistoryRow] | Sheet[ContextRow],
        index: int,
        row: QuarterRow | HistoryRow | ContextRow,
        period: Span,
        reason: str,
    ) -> None:
        numerator, denominator, value = row["numerator"], row["denominator"], row["value"]
        is_empty = numerator is None and denominator is None and value is None
        quarter = period.quarter
        if is_empty and not (reason or row["comment"]) and self._codes.has_ended(row["code"], quarter):
            return  # the sheet of a quarter was made before the indicator ended
        indicator = self._codes.meaning(sheet, index, row["code"], quarter)
        if indicator is None or (not is_empty and note_faults(sheet, index, indicator, row)):
            return
        block = sheet.block
        observation = Observation(
            indicator.code, period, numerator, denominator, value, reason, row["comment"], row["provenance"],
            block.sheet, block.top + index,
        )  # fmt: skip
        if taken := self.observations.claim(observation):
            what = f"{taken.code} has two rows for {period.label}: the other is {self._where(taken)}"
            sheet.add(index, "code", what, "Keep one of them.")

    def _where(self, taken: Observation) -> str:
        """Return the cell of the code of an observation."""
        own = [sheet for quarter, sheet in self._by_quarter.items() if quarter == taken.period]
        found = next(sheet for sheet in (*own, *self._others) if sheet.block.sheet == taken.sheet)
        return found.where(taken.row - found.block.top, "code")


class Fault(NamedTuple):
    """What is wrong with the figures of one row.

    Attributes:
        field: The column.
        what: What stands there, against what was expected.
        cure: What to do.
        against: Other columns with which it disagrees.
    """

    field: str
    what: str
    cure: str
    against: tuple[str, ...] = ()


def note_faults(sheet: Sheet[Any], index: int, indicator: Indicator, row: Mapping[str, Any]) -> bool:
    """Note what is wrong with the figures of a row; return whether anything is."""
    numerator, denominator = row["numerator"], row["denominator"]
    if denominator and numerator is not None and row.get("value") is None and 0 <= numerator <= denominator:
        return False  # a part of its whole, as nearly all of 400,000 rows are
    faults = list(figure_faults(indicator, row["numerator"], row["denominator"], row.get("value")))
    for field, what, cure, against in faults:
        cells = " and ".join(sheet.where(index, other) for other in against)
        sheet.add(index, field, f"{what} ({cells})" if cells else what, cure)
    return bool(faults)


def figure_faults(
    indicator: Indicator, numerator: Number | None, denominator: Number | None, value: Number | None
) -> Iterator[Fault]:
    """Yield what is wrong with the figures of one row; the native formula of the input sheets says the same.

    Args:
        indicator: What the code means then.
        numerator: None where not typed.
        denominator: None where not typed.
        value: None where not typed.
    """
    for field, number in (("numerator", numerator), ("denominator", denominator), ("value", value)):
        if number is not None and number < 0:
            expected = "a number above 0" if field == "denominator" else "a number of 0 or more"
            yield Fault(field, f"the {field} is {plain(number)}, below 0", f"Type {expected}.")
    if numerator is not None and denominator is not None:
        yield from _count_faults(indicator, numerator, denominator, value)
    elif numerator is not None:
        what = f"the denominator is empty, but the numerator is {plain(numerator)}"
        yield Fault("denominator", what, _both(indicator))
    elif denominator is not None:
        what = f"the numerator is empty, but the denominator is {plain(denominator)}"
        yield Fault("numerator", what, _both(indicator))


def _both(indicator: Indicator) -> str:
    if indicator.denominator_label:
        return "Type both counts, or leave both empty."
    return "Type both counts, or the figure alone in the column Value."


def _count_faults(
    indicator: Indicator, numerator: Number, denominator: Number, value: Number | None
) -> Iterator[Fault]:
    if denominator == 0:
        what = f"the denominator is 0 and the numerator is {plain(numerator)}"
        cases = indicator.denominator_label or "cases"
        yield Fault("denominator", what, f"Type the number of {cases}, or leave both empty.")
    elif numerator < 0 or denominator < 0:
        return
    elif indicator.is_proportion and numerator > denominator:
        what = f"the numerator is {plain(numerator)}, more than the denominator, {plain(denominator)}"
        yield Fault("numerator", what, "Check whether the two are swapped: a part cannot exceed its whole.")
    elif value is not None:
        exact = Fraction(numerator) * Fraction(indicator.multiplier) / Fraction(denominator)
        if rounded(exact, decimals_of(value)) != value:
            what = f"the value is {plain(value)}, but numerator and denominator give {plain(exact)}"
            yield Fault("value", what, "Clear the value, or correct the counts.", ("numerator", "denominator"))


def in_time(
    sheet: Sheet[Any], index: int, period: Period | None, newest: Quarter | None, *, monthly: bool
) -> Span | None:
    """Return the period of a row; None, and the fault noted, where it is empty, a year, or yet to come.

    Args:
        sheet: The table.
        index: The row.
        period: As typed.
        newest: The last quarter for which figures may be typed; None where it is not known.
        monthly: Whether months may be typed, too.
    """
    if isinstance(period, (Quarter, Month)) and (newest is None or period.quarter <= newest):
        return period
    noun = sheet.noun("period")
    kinds = "Type a quarter (2018/19 Q2) or a month (2018-09)." if monthly else "Type a quarter such as 2018/19 Q2."
    if period is None:
        sheet.add(index, "period", f"{noun} is empty", kinds)
    elif isinstance(period, Year):
        sheet.add(index, "period", f"{noun} is {period.label}, a whole year", kinds)
    else:
        assert newest is not None, "any quarter or month is in time where the newest is not known"
        what = f"{noun} is {period.label}, which lies after the newest quarter, {newest.label}"
        sheet.add(index, "period", what, "Correct it, or use New quarter first.")
    return None
