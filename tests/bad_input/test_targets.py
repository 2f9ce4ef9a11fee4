"""Targets, tolerances and their dates."""

from __future__ import annotations

from analyst import accepted, reported
from books import SmallBook


@reported(
    "Targets!F7: the target is 80 and the tolerance 90: where higher is better, the tolerance lies below the target. "
    "Correct one of them, or the polarity of A2 (Register!B7).",
)
def test_tolerance_on_the_better_side_where_higher_is_better(book: SmallBook) -> None:
    book.put("Targets", 2, "tolerance", 90)


@reported(
    "Targets!F6: the target is 22 and the tolerance 18.5: where lower is better, the tolerance lies above the target. "
    "Correct one of them, or the polarity of A1 (Register!B6).",
)
def test_tolerance_on_the_better_side_where_lower_is_better(book: SmallBook) -> None:
    book.put("Targets", "A1", "tolerance", 18.5)


@reported(
    "Targets!F9: the target is 16..20 and the tolerance 17..22: the tolerance has to enclose the target. "
    "Correct one of them, or the polarity of B1 (Register!B8).",
)
def test_outer_band_inside_the_inner_band(book: SmallBook) -> None:
    book.put("Targets", "B1", "tolerance", "17..22")


@accepted
def test_tolerance_equal_to_the_target(book: SmallBook) -> None:
    book.put("Targets", "A1", "tolerance", 22)
    book.put("Targets", "B1", "tolerance", "16..20")


@accepted
def test_no_tolerance(book: SmallBook) -> None:
    for row in range(1, 7):
        book.put("Targets", row, "tolerance", None)


@reported(
    "Targets!E9: the target is 18 and the tolerance 14..22: polarity range takes bands such as 40..60. "
    "Correct one of them, or the polarity of B1 (Register!B8).",
)
def test_level_for_a_range(book: SmallBook) -> None:
    book.put("Targets", "B1", "target", 18)


@reported(
    "Targets!F9: the target is 16..20 and the tolerance 22: polarity range takes bands such as 40..60. "
    "Correct one of them, or the polarity of B1 (Register!B8).",
)
def test_level_as_the_tolerance_of_a_range(book: SmallBook) -> None:
    book.put("Targets", "B1", "tolerance", 22)


@reported(
    "Targets!F9: the target is 16..20 and the tolerance 14..22 points: polarity range takes its tolerance as a band, "
    "with the basis level. Correct one of them, or the polarity of B1 (Register!B8).",
)
def test_range_with_another_basis(book: SmallBook) -> None:
    book.put("Targets", "B1", "basis", "points")


@reported(
    "Targets!E6: the target is 20..25 and the tolerance 28: polarity lower takes a number; a band is for polarity "
    "range. Correct one of them, or the polarity of A1 (Register!B6).",
)
def test_band_for_a_level(book: SmallBook) -> None:
    book.put("Targets", "A1", "target", "20..25")


@reported(
    "Targets!E9: the target is '20..16', a band that ends before it starts. Type the smaller number first: 16..20."
)
def test_band_the_wrong_way_round(book: SmallBook) -> None:
    book.put("Targets", "B1", "target", "20..16")


@reported(
    "Targets!E9: the target is '16-20', which is not a band. "
    "Type a band as two numbers with two dots between them, for example 40..60.",
    "Targets!F9: the tolerance is '14%..22%', which is not a band. "
    "Type a band as two numbers with two dots between them, for example 40..60.",
)
def test_band_typed_otherwise(book: SmallBook) -> None:
    book.put("Targets", "B1", "target", "16-20")
    book.put("Targets", "B1", "tolerance", "14%..22%")


@reported(
    "Targets!F10: the target is 0 and the tolerance 20 percent: percent of a target of 0 leaves no tolerance. "
    "Correct one of them, or the polarity of B2 (Register!B9).",
)
def test_percent_of_a_target_of_nothing(book: SmallBook) -> None:
    book.put("Targets", "B2", "target", 0)


@reported(
    "Targets!F8: the target is 85 and the tolerance -10 points: a tolerance in points or percent is 0 or more. "
    "Correct one of them, or the polarity of A2 (Register!B7).",
)
def test_negative_points(book: SmallBook) -> None:
    book.put("Targets", 3, "tolerance", -10)


@reported(
    "Targets!E12: the target is 5000: an indicator whose polarity is none has no target. "
    "Correct it, or the polarity of E1 (Register!B12).",
)
def test_target_without_a_polarity(book: SmallBook) -> None:
    book.add("Targets", code="E1", target=5000)


@reported("Targets!E6: the target is empty, but there is a tolerance. Type the target, or clear both.")
def test_tolerance_without_a_target(book: SmallBook) -> None:
    book.put("Targets", "A1", "target", None)


@accepted
def test_row_without_a_target_says_that_there_is_none(book: SmallBook) -> None:
    book.put("Targets", "A1", "target", None)
    book.put("Targets", "A1", "tolerance", None)


@reported(
    "Targets!C8: valid from is 2018/19 Q2, but the row before ends with 2017/18 Q4: no row covers 2018/19 Q1. "
    "Let the rows meet; where no target was set, add a row with an empty target.",
)
def test_gap_of_a_quarter(book: SmallBook) -> None:
    book.put("Targets", 3, "first", "2018/19 Q2")


@reported(
    "Targets!C8: valid from is 2018/19 Q1, but the row before ends with 2017/18 Q2: no row covers "
    "2017/18 Q3 to 2017/18 Q4. Let the rows meet; where no target was set, add a row with an empty target.",
)
def test_gap_of_two_quarters(book: SmallBook) -> None:
    book.put("Targets", 2, "last", "2017/18 Q2")


@accepted
def test_gap_in_which_the_indicator_did_not_exist(book: SmallBook) -> None:
    book.add("Targets", code="B13", first="2016/17 Q1", last="2016/17 Q2", target=50)
    book.put("Register", 5, "last", "2016/17 Q2")
    book.put("History", 2, "period", "2016/17 Q2")


@reported(
    "Targets!C8: valid from is 2017/18 Q3, but the row before runs to 2017/18 Q4 (Targets!D7). "
    "Set valid to of that row to 2017/18 Q2.",
)
def test_overlap(book: SmallBook) -> None:
    book.put("Targets", 3, "first", "2017/18 Q3")


@reported(
    "Targets!C8: valid from is 2018/19 Q1, but the row before has no end (Targets!D7). "
    "Set valid to of that row to 2017/18 Q4.",
)
def test_row_without_an_end_followed_by_another(book: SmallBook) -> None:
    book.put("Targets", 2, "last", None)


@reported(
    "Targets!C8: valid from is empty, but the row before runs to 2017/18 Q4 (Targets!D7). "
    "Let the rows follow each other without meeting.",
)
def test_two_rows_without_a_start(book: SmallBook) -> None:
    book.put("Targets", 2, "first", None)
    book.put("Targets", 3, "first", None)


@reported(
    "Targets!C12: valid from is 2017/18 Q1, but the row before runs to 2017/18 Q4 (Targets!D7). "
    "Set valid to of that row to 2016/17 Q4.",
)
def test_row_within_another_makes_no_gap_behind_it(book: SmallBook) -> None:
    book.add("Targets", code="A2", first="2017/18 Q1", last="2017/18 Q2", target=70)


@reported(
    "Targets!D6: valid to is 2015/16 Q4, before valid from, 2016/17 Q1. Type the later quarter, or leave it empty."
)
def test_target_that_ends_before_it_starts(book: SmallBook) -> None:
    book.put("Targets", "A1", "last", "2015/16 Q4")


@reported("Targets!E7: the target is '8O', which is not a number. Type digits only, for example 90.")
def test_row_that_cannot_be_read_leaves_no_gap(book: SmallBook) -> None:
    book.put("Targets", 2, "target", "8O")
    book.add("Targets", code="A2", first="2015/16 Q1", last="2016/17 Q1", target=70)
    book.put("Targets", 2, "first", "2016/17 Q2")


@reported(
    "Targets!B6: the code is 'A11', which is not in the register. "
    "Correct the code, or add the indicator to the register first.",
)
def test_target_for_an_unknown_code(book: SmallBook) -> None:
    book.put("Targets", "A1", "code", "A11")


@reported("Targets!B6: the code is empty beside what is typed. Type a code of the register, or clear the row.")
def test_target_without_a_code(book: SmallBook) -> None:
    book.put("Targets", "A1", "code", None)


@accepted
def test_code_in_small_letters_is_the_same_code(book: SmallBook) -> None:
    book.put("Targets", "A1", "code", "a1 ")


@reported(
    "Targets!B11: the code is 'B13', which has several meanings (Register!B10 and Register!B11), "
    "and the dates of the row meet more than one. Set valid from and valid to so that they meet one.",
)
def test_target_across_two_meanings_of_a_code(book: SmallBook) -> None:
    book.put("Targets", "B13", "first", "2016/17 Q3")


@reported(
    "Targets!B11: the code is 'B13', which has several meanings (Register!B10 and Register!B11), "
    "and the dates of the row meet none. Set valid from and valid to so that they meet one.",
)
def test_target_between_two_meanings_of_a_code(book: SmallBook) -> None:
    book.put("Register", 5, "last", "2016/17 Q2")
    book.put("History", 2, "period", "2016/17 Q2")
    book.put("Targets", "B13", "first", "2016/17 Q3")
    book.put("Targets", "B13", "last", "2016/17 Q4")
