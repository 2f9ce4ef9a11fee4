"""Sheets, tables, headings, names and settings."""

from __future__ import annotations

import copy
import datetime as dt

import pytest
from analyst import accepted, reported
from books import NOT_AVAILABLE, SmallBook, small_book

from xlkpi.errors import WorkbookInvalid
from xlkpi.workbook.intake import parse
from xlkpi.workbook.layout import Name

Q2 = "2018-19 Q2"


@reported("Targets!E5: the heading is 'Goal', where Target was expected. Type Target into the heading cell again.")
def test_renamed_heading(book: SmallBook) -> None:
    book.head("Targets", "target", "Goal")


@accepted
def test_heading_in_another_case_or_with_spaces_does_no_harm(book: SmallBook) -> None:
    book.head("Targets", "target", " TARGET ")


@reported(
    "Targets!E5: the table tblTargets has no column Target. "
    "Undo its deletion, or add a column and type Target into its heading cell.",
)
def test_empty_heading(book: SmallBook) -> None:
    book.head("Targets", "target", "")


@reported(
    "Targets!E5: the table tblTargets has no column Target; Tolerance stands in its place. "
    "Undo its deletion, or insert a column here and type Target into its heading cell.",
)
def test_deleted_column(book: SmallBook) -> None:
    book.drop_column("Targets", "target")


@reported(
    "History!B5: the table tblHistory has no column Quarter; Code stands in its place. "
    "Undo its deletion, or insert a column here and type Quarter into its heading cell.",
)
def test_deleted_first_column(book: SmallBook) -> None:
    book.drop_column("History", "period")


@reported("Targets!L5: the heading Target stands twice. Give the second column another heading.")
def test_heading_twice(book: SmallBook) -> None:
    book.head("Targets", "title", "target")


@accepted
def test_column_of_the_analysts_own_does_no_harm(book: SmallBook) -> None:
    book.head("Targets", "key", "Seen by")


@reported(
    "Register!J5: the heading is 'Places', where Decimals was expected. Type Decimals into the heading cell again.",
)
def test_register_that_cannot_be_read_is_reported_once_and_not_again_at_every_code(book: SmallBook) -> None:
    book.head("Register", "decimals", "Places")


@reported(
    "Workbook: the table tblTargets is missing; it belongs on the sheet Targets. "
    "Undo its deletion, or copy your figures into a new workbook (New).",
)
def test_deleted_table(book: SmallBook) -> None:
    book.workbook.drop_table("tblTargets")


@reported(
    "Workbook: the table tblRegister is missing; it belongs on the sheet Register. "
    "Undo its deletion, or copy your figures into a new workbook (New).",
)
def test_deleted_register_is_reported_once_and_not_again_at_every_code(book: SmallBook) -> None:
    book.workbook.drop_table("tblRegister")


@reported(
    "'2018-19 Q2 (2)'!B3: this sheet is a copy of a quarter's sheet, so that its figures would count twice. "
    "Delete the copy; New quarter makes the next sheet.",
)
def test_copied_quarter_sheet(book: SmallBook) -> None:
    _copy_sheet(book, "2018-19 Q2 (2)")


@reported(
    "'Ann''s copy'!B3: this sheet is a copy of a quarter's sheet, so that its figures would count twice. "
    "Delete the copy; New quarter makes the next sheet.",
)
def test_copied_and_renamed_quarter_sheet(book: SmallBook) -> None:
    _copy_sheet(book, "Ann's copy")


def _copy_sheet(book: SmallBook, name: str) -> None:
    """Copy a quarter's sheet as Excel does, which gives the table of the copy a number."""
    state = book.workbook._state
    state.grids[name] = copy.deepcopy(state.grids[Q2])
    table = copy.deepcopy(state.tables["tblQ_2018_19_Q2"])
    table.name, table.sheet = "tblQ_2018_19_Q21", name
    state.tables[table.name] = table


@reported(
    "'2018-19 Q3'!B3: the sheet is named 2018-19 Q3, but its figures are those of 2018/19 Q2. "
    "Rename it to 2018-19 Q2; New quarter makes the sheet of another quarter.",
)
def test_sheet_renamed_to_another_quarter(book: SmallBook) -> None:
    book.workbook.rename_sheet(Q2, "2018-19 Q3")


@accepted
def test_sheet_renamed_otherwise_does_no_harm(book: SmallBook) -> None:
    book.workbook.rename_sheet(Q2, "Q2 2018-19")
    book.workbook.rename_sheet("2018-19 Q1", "Last quarter")
    book.workbook.rename_sheet("Register", "Our measures")


@reported("'Our measures'!J6: the number of decimals is 9, more than 6. Type 0 to 6.")
def test_renamed_sheet_is_named_as_the_analyst_named_it(book: SmallBook) -> None:
    book.put("Register", "A1", "decimals", 9)
    book.workbook.rename_sheet("Register", "Our measures")


@reported(
    "Workbook: there is no quarter's input sheet. Undo its deletion, or start from a new workbook (New).",
)
def test_no_quarter_at_all(book: SmallBook) -> None:
    for name in [name for name in book.workbook.tables() if name.startswith("tblQ_")]:
        book.workbook.drop_table(name)


@reported(
    "Register!B6:B7: these cells are merged, so that it is not clear which row they belong to. "
    "Unmerge them (Home, Merge & Center) and fill every cell.",
    "Register!B7: the code is empty. Type the code, for example A4, or clear the row.",
)
def test_merged_cells(book: SmallBook) -> None:
    book.merge("Register", "B6:B7")
    book.put("Register", "A2", "code", None)


@accepted
def test_merged_cells_beside_a_table_do_no_harm(book: SmallBook) -> None:
    book.merge("Register", "A1:D2")


@reported(
    "Workbook: the name kpiQuarter is missing, or does not stand for one cell; it belongs to the reporting quarter. "
    "Undo its deletion (Formulas, Name Manager).",
    "Workbook: the name kpiBackup is missing, or does not stand for one cell; it belongs to whether a backup is kept. "
    "Undo its deletion (Formulas, Name Manager).",
)
def test_missing_names(book: SmallBook) -> None:
    book.workbook.drop_name(Name.QUARTER)
    book.workbook.drop_name(Name.BACKUP)


@reported("Start!C8: the reporting quarter is empty. Type a quarter such as 2018/19 Q2.")
def test_empty_reporting_quarter(book: SmallBook) -> None:
    book.set(Name.QUARTER, None)


@reported("Start!C8: the reporting quarter is '  '. Type a quarter such as 2018/19 Q2.")
def test_blank_reporting_quarter(book: SmallBook) -> None:
    book.set(Name.QUARTER, "  ")


@reported("Start!C8: the reporting quarter is 'next', which is not a quarter. Type a quarter such as 2018/19 Q2.")
def test_mistyped_reporting_quarter(book: SmallBook) -> None:
    book.set(Name.QUARTER, "next")


@reported(
    "Start!C8: the reporting quarter is '2018/20 Q2', but 2018/20 is not a financial year: 2018 is followed by 19. "
    "Type a quarter such as 2018/19 Q2.",
)
def test_reporting_quarter_of_no_year(book: SmallBook) -> None:
    book.set(Name.QUARTER, "2018/20 Q2")


@reported(
    "Start!C8: the reporting quarter is the date 30/09/2018, which is not a quarter. Type a quarter such as 2018/19 Q2."
)
def test_reporting_quarter_as_a_date(book: SmallBook) -> None:
    book.set(Name.QUARTER, dt.datetime(2018, 9, 30))  # a cell knows no time zone


@reported(
    "Start!C8: the reporting quarter is 2018/19 Q3, which has no input sheet. "
    "Choose one of 2018/19 Q2, 2018/19 Q1, 2017/18 Q4, 2017/18 Q3, 2017/18 Q2, or use New quarter.",
)
def test_reporting_quarter_without_a_sheet(book: SmallBook) -> None:
    book.set(Name.QUARTER, "2018/19 Q3")


@accepted
def test_earlier_reporting_quarter(book: SmallBook) -> None:
    book.set(Name.QUARTER, "2018-19 Q1")


@reported(
    "Start!C7: the organisation is #N/A, an error where text was expected. "
    "Type the text, or mend the formula that gives the error.",
    "Start!C9: what the status is judged on is 'rounded', which is not one of the choices. Choose exact or as shown.",
    "Start!C10: whether a backup is kept is 'perhaps', which is not one of the choices. Choose yes or no.",
)
def test_other_settings(book: SmallBook) -> None:
    book.set(Name.ORGANISATION, NOT_AVAILABLE)
    book.set(Name.JUDGED, "rounded")
    book.set(Name.BACKUP, "perhaps")


@accepted
def test_empty_settings_are_the_usual_ones(book: SmallBook) -> None:
    book.set(Name.JUDGED, None)
    book.set(Name.BACKUP, None)


@reported(
    "Workbook: the table tblInspections is missing; it belongs on the sheet Inspections. "
    "Undo its deletion, or copy your figures into a new workbook (New).",
    "Start!C8: the reporting quarter is 'now', which is not a quarter. Type a quarter such as 2018/19 Q2.",
    "'2018-19 Q2'!E6: the numerator is 'x', which is not a number. Type digits only, for example 90.",
    "'2018-19 Q2'!M6: the comment is #N/A, an error where text was expected. "
    "Type the text, or mend the formula that gives the error.",
    "'2018-19 Q2'!F7: the denominator is 0 and the numerator is 74. "
    "Type the number of visits due, or leave both empty.",
    "'2017-18 Q2'!E10: the numerator is 52, more than the denominator, 51. "
    "Check whether the two are swapped: a part cannot exceed its whole.",
    "Breakdowns!C6: the period is empty. Type a quarter (2018/19 Q2) or a month (2018-09).",
    "Breakdowns!M6: the number graded good is 0.5, which is not a whole number. Type a whole number such as 0, 1 or 2.",
    "History!B8: the quarter is empty. Type a quarter such as 2018/19 Q2.",
    "Register!C9: the title is empty. Type the title as the report prints it.",
    "Targets!E6: the target is '9O', which is not a number. Type digits only, for example 90.",
    "Targets!C8: valid from is 2018/19 Q2, but the row before ends with 2017/18 Q4: no row covers 2018/19 Q1. "
    "Let the rows meet; where no target was set, add a row with an empty target.",
)
def test_all_faults_are_reported_at_once_in_the_order_of_the_workbook(book: SmallBook) -> None:
    book.put("Targets", "A1", "target", "9O")
    book.put("Targets", 3, "first", "2018/19 Q2")
    book.put("Register", "B2", "title", None)
    book.put("History", 3, "period", None)
    book.put("Audits", 1, "good", 0.5)
    book.put("Cohorts", 1, "period", None)
    book.put("2017-18 Q2", "B13", "numerator", 52)
    book.put(Q2, "A2", "denominator", 0)
    book.put(Q2, "A1", "comment", NOT_AVAILABLE)
    book.put(Q2, "A1", "numerator", "x")
    book.set(Name.QUARTER, "now")
    book.workbook.drop_table("tblInspections")


def test_thousands_of_faults_are_reported_at_once() -> None:
    book = small_book()
    for _ in range(6000):
        book.add("History", period="2016/17 Q1", code="Z9", value=1)
    with pytest.raises(WorkbookInvalid) as report:
        parse(book.workbook)
    assert str(report.value).startswith(
        "6000 things to put right in the workbook. Nothing was changed.\nHistory!C9: the code"
    )
    assert [problem.where for problem in report.value.problems] == [f"History!C{row}" for row in range(9, 6009)]


def test_the_workbook_itself_is_without_fault() -> None:
    assert len(parse(small_book().workbook).observations) == 32
