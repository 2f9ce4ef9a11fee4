"""Figures that cannot be, stand twice, or stand where they do not belong."""

from __future__ import annotations

from analyst import accepted, reported
from books import SmallBook

Q2 = "2018-19 Q2"


@reported(
    "'2018-19 Q2'!E7: the numerator is 101, more than the denominator, 100. "
    "Check whether the two are swapped: a part cannot exceed its whole.",
)
def test_numerator_above_the_denominator(book: SmallBook) -> None:
    book.put(Q2, "A2", "numerator", 101)


@accepted
def test_numerator_equal_to_the_denominator(book: SmallBook) -> None:
    book.put(Q2, "A2", "numerator", 100)


@accepted
def test_mean_whose_numerator_is_above_its_denominator(book: SmallBook) -> None:
    book.put(Q2, "B1", "numerator", 180)
    book.add("Cohorts", code="B1", period="2018/19 Q2", cohort="Agency", numerator=30, denominator=2)


@reported(
    "'2018-19 Q2'!E6: the numerator is -52, below 0. Type a number of 0 or more.",
    "'2018-19 Q2'!F6: the denominator is -240, below 0. Type a number above 0.",
    "'Context inputs'!F6: the value is -1.5, below 0. Type a number of 0 or more.",
)
def test_negative_figures(book: SmallBook) -> None:
    book.put(Q2, "A1", "numerator", -52)
    book.put(Q2, "A1", "denominator", -240)
    book.put("Context inputs", 1, "value", -1.5)


@reported(
    "'2018-19 Q2'!F7: the denominator is 0 and the numerator is 74. "
    "Type the number of visits due, or leave both empty.",
)
def test_denominator_of_nothing(book: SmallBook) -> None:
    book.put(Q2, "A2", "denominator", 0)


@reported(
    "'2018-19 Q2'!F7: the denominator is empty, but the numerator is 74. Type both counts, or leave both empty.",
    "'2018-19 Q1'!E7: the numerator is empty, but the denominator is 100. Type both counts, or leave both empty.",
)
def test_only_one_count(book: SmallBook) -> None:
    book.put(Q2, "A2", "denominator", None)
    book.put("2018-19 Q1", "A2", "numerator", None)


@reported(
    "'Context inputs'!E6: the denominator is empty, but the numerator is 5611. "
    "Type both counts, or the figure alone in the column Value.",
)
def test_count_typed_as_a_numerator(book: SmallBook) -> None:
    book.put("Context inputs", 1, "numerator", 5611)
    book.put("Context inputs", 1, "value", None)


@reported(
    "'2018-19 Q2'!G7: the value is 75, but numerator and denominator give 74 ('2018-19 Q2'!E7 and '2018-19 Q2'!F7). "
    "Clear the value, or correct the counts.",
)
def test_value_that_disagrees_with_the_counts(book: SmallBook) -> None:
    book.put(Q2, "A2", "value", 75)


@reported(
    "'2018-19 Q2'!G6: the value is 21.66, but numerator and denominator give 21.666667 "
    "('2018-19 Q2'!E6 and '2018-19 Q2'!F6). Clear the value, or correct the counts.",
)
def test_value_that_was_cut_off_and_not_rounded(book: SmallBook) -> None:
    book.put(Q2, "A1", "value", 21.66)


@accepted
def test_value_that_agrees_at_its_own_precision(book: SmallBook) -> None:
    book.put(Q2, "A1", "value", 22)
    book.put("2018-19 Q1", "B2", "value", 16.7)
    book.put("2017-18 Q4", "A2", "value", 77.884615384615387)


@reported(
    "'2018-19 Q2'!B6: the code is 'A11', which is not in the register. "
    "Correct the code, or add the indicator to the register first.",
    "'Context inputs'!C6: the code is 'E9', which is not in the register. "
    "Correct the code, or add the indicator to the register first.",
    "Breakdowns!B6: the code is 'A22', which is not in the register. "
    "Correct the code, or add the indicator to the register first.",
    "History!C6: the code is 'A12', which is not in the register. "
    "Correct the code, or add the indicator to the register first.",
)
def test_unknown_codes(book: SmallBook) -> None:
    book.put(Q2, "A1", "code", "A11")
    book.put("Context inputs", 1, "code", "E9")
    book.put("Cohorts", 1, "code", "A22")
    book.put("History", 1, "code", "A12")


@accepted
def test_codes_in_small_letters_are_the_same_codes(book: SmallBook) -> None:
    book.put(Q2, "A1", "code", "a1")
    book.put("Context inputs", 1, "code", "e1")
    book.put("Cohorts", 1, "code", "a2")
    book.put("History", 1, "code", "a1")


@reported(
    "'2018-19 Q2'!B6: the code is empty beside what is typed. Type a code of the register, or clear the row.",
    "Breakdowns!B6: the code is empty beside what is typed. Type a code of the register, or clear the row.",
)
def test_figures_without_a_code(book: SmallBook) -> None:
    book.put(Q2, "A1", "code", None)
    book.put("Cohorts", 1, "code", None)


@reported(
    "'2018-19 Q2'!B6: A1 is not valid in 2018/19 Q2: see valid from and valid to in the register, Register!B6. "
    "Correct the quarter, or the validity in the register.",
    "History!C7: B13 is not valid in 2016/17 Q4: see valid from and valid to in the register, Register!B10. "
    "Correct the quarter, or the validity in the register.",
)
def test_figures_of_a_quarter_in_which_the_code_means_nothing(book: SmallBook) -> None:
    book.put("Register", "A1", "last", "2018/19 Q1")
    book.put("Register", "B13", "last", "2016/17 Q3")


@accepted
def test_empty_row_of_an_indicator_that_has_ended(book: SmallBook) -> None:
    book.put("Register", "A1", "last", "2018/19 Q1")
    book.put(Q2, "A1", "numerator", None)
    book.put(Q2, "A1", "denominator", None)


@reported(
    "'Context inputs'!B8: the period is 2018-10, which lies after the newest quarter, 2018/19 Q2. "
    "Correct it, or use New quarter first.",
    "Breakdowns!C6: the period is 2018/19 Q3, which lies after the newest quarter, 2018/19 Q2. "
    "Correct it, or use New quarter first.",
    "Breakdowns!J6: the quarter is 2018/19 Q4, which lies after the newest quarter, 2018/19 Q2. "
    "Correct it, or use New quarter first.",
    "History!B6: the quarter is 2028/29 Q4, which lies after the newest quarter, 2018/19 Q2. "
    "Correct it, or use New quarter first.",
)
def test_periods_yet_to_come(book: SmallBook) -> None:
    book.put("Context inputs", 3, "period", "2018-10")
    book.put("Cohorts", 1, "period", "2018/19 Q3")
    book.put("Audits", 1, "period", "2018/19 Q4")
    book.put("History", 1, "period", "2028/29 Q4")


@reported(
    "History!B6: the quarter is 2018/19 Q1, which has a sheet of its own (2018-19 Q1). "
    "Keep the figure there, and clear this row.",
)
def test_history_of_a_quarter_that_has_a_sheet(book: SmallBook) -> None:
    book.put("History", 1, "period", "2018/19 Q1")


@reported(
    "'Context inputs'!B6: the period is empty. Type a quarter (2018/19 Q2) or a month (2018-09).",
    "Breakdowns!C6: the period is empty. Type a quarter (2018/19 Q2) or a month (2018-09).",
    "Breakdowns!J6: the quarter is empty. Type a quarter such as 2018/19 Q2.",
    "History!B6: the quarter is empty. Type a quarter such as 2018/19 Q2.",
)
def test_empty_periods(book: SmallBook) -> None:
    for table in ("History", "Context inputs", "Cohorts", "Audits"):
        book.put(table, 1, "period", None)


@reported("'2018-19 Q2'!B11: A1 has two rows for 2018/19 Q2: the other is '2018-19 Q2'!B6. Keep one of them.")
def test_code_twice_on_a_quarters_sheet(book: SmallBook) -> None:
    book.add(Q2, code="a1", numerator=1, denominator=2)


@reported("History!C9: A1 has two rows for 2016/17 Q4: the other is History!C6. Keep one of them.")
def test_two_rows_of_history(book: SmallBook) -> None:
    book.add("History", period="2016/17 Q4", code="A1", value=31)


@reported("'Context inputs'!C10: E1 has two rows for 2018/19 Q2: the other is 'Context inputs'!C7. Keep one of them.")
def test_two_context_rows(book: SmallBook) -> None:
    book.add("Context inputs", period="Q2 2018/19", code="E1", value=5694)


@reported(
    "'Context inputs'!C10: A1 has two rows for 2016/17 Q4: the other is History!C6. Keep one of them.",
    "'Context inputs'!C11: A2 has two rows for 2018/19 Q2: the other is '2018-19 Q2'!B7. Keep one of them.",
)
def test_row_in_the_context_inputs_and_elsewhere(book: SmallBook) -> None:
    book.add("Context inputs", period="2016/17 Q4", code="A1", value=31)
    book.add("Context inputs", period="2018/19 Q2", code="A2", value=74)


@reported("Breakdowns!D8: cic of A2 has two rows for 2018/19 Q2: the other is Breakdowns!F6. Keep one of them.")
def test_cohort_twice(book: SmallBook) -> None:
    book.add("Cohorts", code="A2", period="2018/19 Q2", cohort="cic", basis="Core", numerator=1, denominator=2)


@accepted
def test_cohort_counted_in_two_ways(book: SmallBook) -> None:
    book.add("Cohorts", code="A2", period="2018/19 Q2", cohort="CIC", basis="all", numerator=1, denominator=2)


@reported("Breakdowns!D6: the cohort is empty. Type which part of the indicator it is, for example CIN.")
def test_cohort_without_a_name(book: SmallBook) -> None:
    book.put("Cohorts", 1, "cohort", None)


@reported(
    "Breakdowns!F6: the numerator is 51, more than the denominator, 50. "
    "Check whether the two are swapped: a part cannot exceed its whole.",
    "Breakdowns!G7: the denominator is empty, but the numerator is 11. Type both counts, or leave both empty.",
)
def test_cohorts_that_cannot_be(book: SmallBook) -> None:
    book.put("Cohorts", 1, "numerator", 51)
    book.put("Cohorts", 2, "denominator", None)


@reported("Breakdowns!J8: the audits of 2018/19 Q2 have two rows: the other is Breakdowns!J7. Keep one of them.")
def test_audits_of_a_quarter_twice(book: SmallBook) -> None:
    book.add("Audits", period="2018/19 Q2", framework="original", good=3)


@accepted
def test_missing_quarters_and_figures_do_no_harm(book: SmallBook) -> None:
    book.clear("History", 1)
    book.put(Q2, "A1", "numerator", None)
    book.put(Q2, "A1", "denominator", None)
    book.put(Q2, "A1", "reason", "System down")
