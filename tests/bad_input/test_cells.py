"""What one cell can hold that it should not."""

from __future__ import annotations

import datetime as dt

from analyst import accepted, reported
from books import DIVIDED_BY_ZERO, NOT_AVAILABLE, SmallBook

from xlkpi.workbook.backend import ExcelError

Q2 = "2018-19 Q2"
APRIL_1900 = dt.datetime(1900, 4, 5)  # a cell knows no time zone


@reported("Targets!E6: the target is '9O', which is not a number. Type digits only, for example 90.")
def test_letter_in_a_number(book: SmallBook) -> None:
    book.put("Targets", "A1", "target", "9O")


@reported("'2018-19 Q2'!E6: the numerator is 'n/a', which is not a number. Type digits only, for example 90.")
def test_word_in_a_number(book: SmallBook) -> None:
    book.put(Q2, "A1", "numerator", "n/a")


@reported(
    "'2018-19 Q2'!F6: the denominator is '240', a number stored as text. "
    "Type the digits again, so that Excel takes them as a number.",
)
def test_number_stored_as_text(book: SmallBook) -> None:
    book.put(Q2, "A1", "denominator", "240")


@reported("'Context inputs'!F6: the value is '5,611', which is text, not a number. Type the digits alone: 5611.")
def test_thousands_separator(book: SmallBook) -> None:
    book.put("Context inputs", 1, "value", "5,611")


@reported("Targets!F6: the tolerance is '28 %', which is text, not a number. Type the digits alone: 28.")
def test_percent_sign_as_text(book: SmallBook) -> None:
    book.put("Targets", "A1", "tolerance", "28 %")


@reported(
    "'2018-19 Q2'!E7: the numerator is #N/A, an error where a number was expected. "
    "Type the number, or leave the cell empty.",
)
def test_not_available(book: SmallBook) -> None:
    book.put(Q2, "A2", "numerator", NOT_AVAILABLE)


@reported(
    "History!F8: the value is #DIV/0!, an error where a number was expected. Type the number, or leave the cell empty.",
)
def test_divided_by_zero(book: SmallBook) -> None:
    book.put("History", 3, "value", DIVIDED_BY_ZERO)


@reported(
    "Register!C7: the title is #REF!, an error where text was expected. "
    "Type the text, or mend the formula that gives the error.",
)
def test_error_in_a_text(book: SmallBook) -> None:
    book.put("Register", "A2", "title", ExcelError("#REF!"))


@reported(
    "'2018-19 Q2'!M7: the comment is #N/A, an error where text was expected. "
    "Type the text, or mend the formula that gives the error.",
)
def test_formula_that_gives_an_error_in_a_text(book: SmallBook) -> None:
    book.put_formula(Q2, "A2", "comment", "VLOOKUP(B7,Notes!A:B,2,0)", NOT_AVAILABLE)


@accepted
def test_formula_in_a_text_does_no_harm(book: SmallBook) -> None:
    book.put_formula(Q2, "A2", "comment", '"See "&B7', "See A2")


@reported(
    "'2018-19 Q2'!E6: the numerator is the date 05/04/1900, which is not a number. "
    "Format the cell as a number and type the digits again.",
)
def test_date_in_a_number(book: SmallBook) -> None:
    book.put(Q2, "A1", "numerator", APRIL_1900)


@reported("Targets!E6: the target is TRUE, which is not a number. Type digits only, for example 90.")
def test_true_in_a_number(book: SmallBook) -> None:
    book.put("Targets", "A1", "target", True)  # noqa: FBT003  # what the cell holds


@reported("'2018-19 Q2'!E6: the numerator is inf, which is not a number. Type digits only, for example 90.")
def test_endless_number(book: SmallBook) -> None:
    book.put(Q2, "A1", "numerator", float("inf"))


@reported(
    "Register!C6: the title is TRUE, which is not text. "
    "Type it again with an apostrophe in front, so that Excel keeps it as text.",
)
def test_true_in_a_text(book: SmallBook) -> None:
    book.put("Register", "A1", "title", True)  # noqa: FBT003  # what the cell holds


@reported(
    "'2018-19 Q2'!E7: the numerator is the formula =SUM(F7:F9), where a typed number belongs. "
    "Copy the cell and paste it as a value, or type the number.",
)
def test_formula_where_a_number_belongs(book: SmallBook) -> None:
    book.put_formula(Q2, "A2", "numerator", "SUM(F7:F9)", 74.0)


@reported(
    "Targets!E6: the target is the formula =A1/0, where a typed number belongs. "
    "Copy the cell and paste it as a value, or type the number.",
)
def test_formula_that_gives_an_error_is_reported_once(book: SmallBook) -> None:
    book.put_formula("Targets", "A1", "target", "A1/0", DIVIDED_BY_ZERO)


@reported("Register!J6: the number of decimals is 9, more than 6. Type 0 to 6.")
def test_too_many_decimals(book: SmallBook) -> None:
    book.put("Register", "A1", "decimals", 9)


@reported(
    "Register!J6: the number of decimals is 1.5, which is not a whole number. Type a whole number such as 0, 1 or 2."
)
def test_broken_number_of_decimals(book: SmallBook) -> None:
    book.put("Register", "A1", "decimals", 1.5)


@reported("Register!J6: the number of decimals is -1, which is below 0. Type a whole number such as 0, 1 or 2.")
def test_negative_number_of_decimals(book: SmallBook) -> None:
    book.put("Register", "A1", "decimals", -1)


@reported("Register!G6: the kind is 'kpi', which is not one of the choices. Choose contract or context.")
def test_unknown_kind(book: SmallBook) -> None:
    book.put("Register", "A1", "kind", "kpi")


@reported("Register!G6: the kind is empty. Choose contract or context.")
def test_empty_kind(book: SmallBook) -> None:
    book.put("Register", "A1", "kind", None)


@reported("Register!H6: the polarity is 'up', which is not one of the choices. Choose higher, lower, range or none.")
def test_unknown_polarity(book: SmallBook) -> None:
    book.put("Register", "A1", "polarity", "up")


@reported(
    "Register!N6: the period basis is 'monthly', which is not one of the choices. "
    "Choose in_quarter, snapshot, rolling_12m, year_to_date or annual.",
)
def test_unknown_period_basis(book: SmallBook) -> None:
    book.put("Register", "A1", "basis", "monthly")


@reported(
    "Targets!G6: the tolerance basis is 'relative', which is not one of the choices. Choose level, points or percent.",
)
def test_unknown_tolerance_basis(book: SmallBook) -> None:
    book.put("Targets", "A1", "basis", "relative")


@accepted
def test_choice_in_capitals_does_no_harm(book: SmallBook) -> None:
    book.put("Register", "A1", "polarity", " Lower ")


@accepted
def test_row_of_spaces_is_an_empty_row(book: SmallBook) -> None:
    book.add("Register", code="  ", title=" ")
    book.add("History", comment=" \u00a0")


@reported(
    "'Context inputs'!B6: the period is '2018/20 Q1', but 2018/20 is not a financial year: 2018 is followed by 19. "
    "Type a quarter (2018/19 Q2) or a month (2018-09).",
)
def test_years_that_do_not_follow(book: SmallBook) -> None:
    book.put("Context inputs", 1, "period", "2018/20 Q1")


@reported("History!B6: the quarter is 20164, which is not a quarter. Type a quarter such as 2018/19 Q2.")
def test_quarter_as_a_number(book: SmallBook) -> None:
    book.put("History", 1, "period", 20164)


@reported("History!B6: the quarter is '2016/17 Q5', which is not a quarter. Type a quarter such as 2018/19 Q2.")
def test_fifth_quarter(book: SmallBook) -> None:
    book.put("History", 1, "period", "2016/17 Q5")


@reported("Targets!C6: valid from is '2016/17', which is not a quarter. Type a quarter such as 2018/19 Q2.")
def test_year_where_a_quarter_belongs(book: SmallBook) -> None:
    book.put("Targets", "A1", "first", "2016/17")


@reported("'Context inputs'!B6: the period is 2018/19, a whole year. Type a quarter (2018/19 Q2) or a month (2018-09).")
def test_year_in_the_context_inputs(book: SmallBook) -> None:
    book.put("Context inputs", 1, "period", "2018/19")


@reported("Breakdowns!C6: the period is 2018/19, a whole year. Type a quarter (2018/19 Q2) or a month (2018-09).")
def test_year_in_the_cohorts(book: SmallBook) -> None:
    book.put("Cohorts", 1, "period", "2018/19")


@reported("History!B6: the quarter is the date 31/12/2016, which is not a quarter. Type a quarter such as 2018/19 Q2.")
def test_date_where_a_quarter_belongs(book: SmallBook) -> None:
    book.put("History", 1, "period", dt.datetime(2016, 12, 31))  # a cell knows no time zone


@accepted
def test_date_is_taken_as_its_month(book: SmallBook) -> None:
    book.put("Context inputs", 4, "period", dt.datetime(2018, 9, 1))  # a cell knows no time zone


@accepted
def test_quarter_in_another_style_does_no_harm(book: SmallBook) -> None:
    book.put("History", 1, "period", "Quarter 4 - 2016/17")
    book.put("Targets", "A1", "first", "Q1 2016-2017")


@reported(
    "Register!Q6: the list of series breaks is '2017/18 Q1, 2018/19 Q1', which is not a list of quarters. "
    "Type quarters with a semicolon between them, such as 2018/19 Q1; 2019/20 Q1.",
)
def test_breaks_with_a_comma(book: SmallBook) -> None:
    book.put("Register", "A1", "breaks", "2017/18 Q1, 2018/19 Q1")


@reported(
    "Inspections!B6: the date is 43282, which is not a month. Type a month such as 2018-07, or leave the cell empty."
)
def test_inspection_date_as_a_number(book: SmallBook) -> None:
    book.put("Inspections", 1, "date", 43282)


@accepted
def test_inspection_month_that_excel_made_a_date(book: SmallBook) -> None:
    book.put("Inspections", 1, "date", dt.datetime(2018, 7, 1))  # a cell knows no time zone


@reported(
    "Breakdowns!L6: the number graded outstanding is 2.5, which is not a whole number. "
    "Type a whole number such as 0, 1 or 2.",
    "Breakdowns!O6: the number graded inadequate is -9, which is below 0. Type a whole number such as 0, 1 or 2.",
    "Breakdowns!M7: the number graded good is 'many', which is not a number. Type digits only, for example 90.",
)
def test_audits_that_cannot_be_counted(book: SmallBook) -> None:
    book.put("Audits", 1, "outstanding", 2.5)
    book.put("Audits", 1, "inadequate", -9)
    book.put("Audits", 2, "good", "many")
