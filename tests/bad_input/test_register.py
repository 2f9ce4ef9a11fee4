"""What one row of the register can say that is not so, or not beside the others."""

from __future__ import annotations

from analyst import accepted, reported
from books import SmallBook


def _row(code: str, place: int, **more: str) -> dict[str, str | int]:
    row: dict[str, str | int] = {"code": code, "title": "Another", "section": "Workforce", "section_order": 2}
    row |= {"list_order": place, "kind": "contract", "polarity": "higher", "unit": "count"}
    return row | more


@reported(
    "Register!B14: the code is 'A1', which stands at Register!B6 for the same quarters. "
    "Give one another code, or set valid from and valid to so that they do not meet.",
)
def test_code_twice(book: SmallBook) -> None:
    book.add("Register", **_row("A1", 6))


@reported(
    "Register!B14: the code is 'a1', which stands at Register!B6 for the same quarters. "
    "Give one another code, or set valid from and valid to so that they do not meet.",
)
def test_code_twice_in_another_case(book: SmallBook) -> None:
    book.add("Register", **_row("a1", 6))


@reported(
    "Register!B11: the code is 'B13', which stands at Register!B10 for the same quarters. "
    "Give one another code, or set valid from and valid to so that they do not meet.",
    "Register!F11: the list order is 5, which B13 has, too (Register!F10). Give each indicator a place of its own.",
)
def test_reused_code_with_overlapping_validity(book: SmallBook) -> None:
    book.put("Register", 5, "last", "2017/18 Q2")


@accepted
def test_reused_code_in_another_case_is_the_same_code(book: SmallBook) -> None:
    book.put("Register", 6, "code", "b13")


@reported("Register!B6: the code is empty. Type the code, for example A4, or clear the row.")
def test_empty_code_is_reported_once_and_not_again_wherever_it_is_used(book: SmallBook) -> None:
    book.put("Register", "A1", "code", None)


@reported(
    "Register!B8: the code is 'B*', which formulas cannot look up. Use at most 20 letters, digits, points and dashes.",
    "Register!B9: the code is 'Staff who left within a year', which formulas cannot look up. "
    "Use at most 20 letters, digits, points and dashes.",
)
def test_code_with_a_wildcard_and_code_too_long(book: SmallBook) -> None:
    for quarter in ("2018-19 Q2", "2018-19 Q1", "2017-18 Q4", "2017-18 Q3", "2017-18 Q2", "Targets", "Register"):
        book.put(quarter, "B1", "code", "B*")
        book.put(quarter, "B2", "code", "Staff who left within a year")


@accepted
def test_longest_code_most_decimals_and_validity_of_one_quarter(book: SmallBook) -> None:
    book.put("Register", "A1", "decimals", 6)
    book.add("Register", **_row("A-twenty-characters.", 6, first="2018/19 Q2", last="2018/19 Q2"))
    book.add("Targets", code="A-twenty-characters.", first="2018/19 Q2", last="2018/19 Q2", target=5)


@reported(
    "Register!C6: the title is empty. Type the title as the report prints it.",
    "Register!D6: the section is empty. Type the section under which the report counts it.",
    "Register!E6: the section order is empty. Type the place of the section: 1, 2, 3 ...",
    "Register!F6: the list order is empty. Type the place of the indicator in lists: 1, 2, 3 ...",
    "Register!I6: the unit is empty. Type %, days, count or per 1,000.",
)
def test_empty_cells(book: SmallBook) -> None:
    for field in ("title", "section", "section_order", "list_order", "unit"):
        book.put("Register", "A1", field, None)


@accepted
def test_context_rows_need_no_section_and_no_place(book: SmallBook) -> None:
    for field in ("section", "section_order", "list_order", "decimals", "multiplier"):
        book.put("Register", "E1", field, None)


@reported(
    "Register!D7: the section is 'Frnot door', but section 1 is 'Front door' in Register!D6. "
    "Spell it 'Front door', or give it a section order of its own.",
)
def test_misspelt_section(book: SmallBook) -> None:
    book.put("Register", "A2", "section", "Frnot door")


@reported(
    "Register!E9: the section order is 3, but 'Workforce' has 2 in Register!E8. "
    "Give every row of a section the same order.",
)
def test_section_with_two_orders(book: SmallBook) -> None:
    book.put("Register", "B2", "section_order", 3)


@reported("Register!F7: the list order is 1, which A1 has, too (Register!F6). Give each indicator a place of its own.")
def test_list_order_twice(book: SmallBook) -> None:
    book.put("Register", "A2", "list_order", 1)


@reported("Register!M8: the multiplier is 0, which is not above 0. Type 100 for a percentage, 1 for a mean or count.")
def test_multiplier_of_nothing(book: SmallBook) -> None:
    book.put("Register", "B1", "multiplier", 0)


@reported(
    "Register!M6: the multiplier is empty, but the unit is % and the figure is worked out from counts. Type 100.",
    "Register!M7: the multiplier is 1, but the unit is % and the figure is worked out from counts. Type 100.",
)
def test_percentage_that_is_not_multiplied_by_a_hundred(book: SmallBook) -> None:
    book.put("Register", "A1", "multiplier", None)
    book.put("Register", "A2", "multiplier", 1)


@reported(
    "Register!P6: valid to is 2016/17 Q4, before valid from, 2017/18 Q1. Type the later quarter, or leave it empty."
)
def test_validity_that_ends_before_it_starts(book: SmallBook) -> None:
    book.put("Register", "A1", "first", "2017/18 Q1")
    book.put("Register", "A1", "last", "2016/17 Q4")


@reported(
    "Register!H7: the polarity is 'better', which is not one of the choices. Choose higher, lower, range or none."
)
def test_row_that_cannot_be_read_is_reported_once_and_not_again_wherever_its_code_is_used(book: SmallBook) -> None:
    book.put("Register", "A2", "polarity", "better")


@reported(
    "Register!X8: 'Visits' is among the aliases, but A2 has it, too (Register!X7). "
    "Leave it with the one that it names, or use more words.",
    "Register!X9: 'b1' is among the aliases, but it is the code of another measure, Cases for each social worker "
    "(Register!B8). Take it out.",
)
def test_alias_that_names_two(book: SmallBook) -> None:
    book.put("Register", "A2", "aliases", "home visits; visits")
    book.put("Register", "B1", "aliases", "Visits")
    book.put("Register", "B2", "aliases", "leavers; b1")


@reported(
    "Register!X7: 'staff who left' is among the aliases, but it is the title of another measure, B2 (Register!C9). "
    "Take it out.",
    "Register!X9: 'Contacts' is among the aliases, but it is the title of another measure, E1 (Register!C12). "
    "Take it out.",
)
def test_alias_that_is_the_title_of_another(book: SmallBook) -> None:
    book.put("Register", "A2", "aliases", "visits; staff who left")
    book.put("Register", "B2", "aliases", "Contacts")


@reported(
    "Register!C8: the title is 'Visits made in time.', which A2 has, too (Register!C7). Use words that tell the two apart.",
    "Register!C12: the title is 'staff who  left', which B2 has, too (Register!C9). Use words that tell the two apart.",
)
def test_title_of_two(book: SmallBook) -> None:
    book.put("Register", "B1", "title", "Visits made in time.")
    book.put("Register", "E1", "title", "staff who  left")


@accepted
def test_title_of_two_that_are_never_valid_together_and_alias_that_is_ones_own_title(book: SmallBook) -> None:
    book.put("Register", 6, "title", "Staff trained (old)")
    book.put("Register", "A2", "aliases", "visits made in time; visits")


@accepted
def test_alias_of_two_that_are_never_valid_together_and_of_ones_own_code(book: SmallBook) -> None:
    book.put("Register", 5, "aliases", "supervision")
    book.put("Register", 6, "aliases", "supervision; B13; B13")


@accepted
def test_a_register_made_before_there_were_aliases(book: SmallBook) -> None:
    book.drop_column("Register", "aliases")


@reported("Register!Y5: the heading Aliases stands twice. Give the second column another heading.")
def test_aliases_twice(book: SmallBook) -> None:
    book.head("Register", "key", "Aliases")
