"""Sentences as councils write them, about what a register without aliases knows and about what it does not."""

from __future__ import annotations

import pytest
from prose import cases

from xlkpi.prose.claim import Verdict
from xlkpi.prose.fact import Measure

RIGHT, WRONG, OPEN = "confirmed", "contradicted", "not checkable"

#: Whose register, a sentence, a figure in it, the indicator that it is taken for, and its verdict.
FIGURES = [
    # A name in the sector's other words, without an alias
    ("aldermoor", "25 children ceased to be looked after in the quarter.", "25", "AX3", RIGHT),
    ("aldermoor", "26 children ceased to be looked after in the quarter.", "26", "AX3", WRONG),
    ("aldermoor", "There were 33 admissions to care.", "33", "AX2", RIGHT),
    ("aldermoor", "33 children became looked after, and 25 left care.", "25", "AX3", RIGHT),
    ("aldermoor", "Repeat referrals were at 21.9%.", "21.9%", "A2", WRONG),
    # Another population beside a known one
    ("aldermoor", "There were 17 new child protection plans.", "17", "", OPEN),
    ("aldermoor", "There were 311 children in care, 9 of whom were placed for adoption.", "9", "", OPEN),
    ("aldermoor", "Of the 311 children in care, 12 were known to the youth justice service.", "12", "", OPEN),
    ("aldermoor", "One team saw 97% of return interviews held within 72 hours, and another 61%.", "61%", "", OPEN),
    # Another limit than that of the title
    ("aldermoor", "82% of return interviews were held within 72 hours and 96% within a week.", "96%", "", OPEN),
    ("aldermoor", "82% of return interviews were held within 72 hours and 9% within 10 days.", "9%", "", OPEN),
    # One figure a statement: the other is of something else
    ("aldermoor", "100% of return interviews were offered and 82% of return interviews were held within 72 hours.",
     "100%", "", OPEN),
    # A part that the register knows, behind the whole
    ("aldermoor", "Of these, 38 (12.2%) had three or more placements among the children in care.",
     "38", "A6", RIGHT),
    # Periods that a figure has to itself, and bases
    ("aldermoor", "Children in care were 311 in the quarter compared to 303 children in care in Q2.", "303", "AX1", RIGHT),
    ("aldermoor", "Children in care were 311 in the quarter compared to 304 children in care in Q2.", "304", "AX1", WRONG),
    ("aldermoor", "Since the low of 289 in the same quarter last year there has been a rise of 22 children in care.",
     "22", "AX1", RIGHT),
    # Others
    ("aldermoor", "This is above the statistical neighbour rate, where the share of repeat plans is 18.7%.", "18.7%", "", OPEN),
    ("aldermoor", "Re-referrals are below the London average of 19%.", "19%", "", OPEN),
    # What heads the sentence is what it is about
    ("aldermoor", "The number of children in care after the reviews of child protection plans was 312.", "312", "AX1", WRONG),
    # Targets of the whole year, and plans of several
    ("aldermoor", "Return interviews are close to the full year target of 90%.", "90%", "", OPEN),
    # Units
    ("aldermoor", "The number of children subject to a child protection plan was 186.", "186", "AX4", RIGHT),
]  # fmt: skip


@pytest.mark.parametrize(("whose", "text", "figure", "code", "verdict"), FIGURES)
def test_a_figure_is_held_against_what_it_is_of(whose: str, text: str, figure: str, code: str, verdict: str) -> None:
    place = text.index(figure)
    found = [
        one for one in cases.case(whose).checked(text).claims if one.start <= place < one.end and one.kind != "status"
    ]
    if verdict == OPEN:
        assert not [one for one in found if one.verdict is Verdict.CONTRADICTED], found
        return
    assert verdict in {one.verdict.value for one in found}, found
    assert code in {one.indicator for one in found}, found


TABLE = """Performance

Ref | Indicator | Q1 2022/23 | Q4 2022/23 | Q1 2023/24 | Target | RAG | England | Comment
Q11 | Assessments authorised in 45 working days | 80.4% | 84.0% | {now} | 85% | {rag} | 82.5% | {comment}
Q22 | Care leavers in suitable homes | 89.9% | {earlier} | 93.2% | 90% | Green | 88% | n/a
Q24 | Children in hostels for care leavers | 11 | 12 | 9 | 8 | Red | n/a | n/a
"""
TRUE = {
    "now": "84.8%",
    "rag": "Amber",
    "comment": "Timeliness is up by 0.8 points on last quarter.",
    "earlier": "92.0%",
}


def contradicted(**changed: str) -> set[str]:
    found = cases.case("quarrington").checked(TABLE.format(**{**TRUE, **changed}))
    return {one.text for one in found.with_verdict(Verdict.CONTRADICTED)}


def test_a_table_of_figures_is_read_by_its_headings() -> None:
    assert not contradicted()
    assert contradicted(now="84.7%") == {"84.7%"}
    assert contradicted(now="84.8 per cent") == set()
    assert contradicted(rag="Green") == {"Green"}
    assert contradicted(earlier="93.0%") == {"93.0%"}


def test_a_comment_in_a_table_is_about_its_row() -> None:
    assert "0.9 points" in " ".join(contradicted(comment="Timeliness is up by 0.9 points on last quarter."))


def test_a_column_without_heading_is_what_most_of_its_cells_show() -> None:
    rows = [
        ("Q11", "Assessments authorised in 45 working days", "84.8%"),
        ("Q12", "Strategy discussions leading to an enquiry", "68%"),
        ("Q22", "Care leavers in suitable homes", "{}"),
    ]
    text = "Ref | Indicator | Came to\n" + "\n".join(" | ".join(row) for row in rows)
    case = cases.case("quarrington")
    assert not case.checked(text.format("93.2%")).with_verdict(Verdict.CONTRADICTED)
    assert [one.text for one in case.checked(text.format("92.3%")).with_verdict(Verdict.CONTRADICTED)] == ["92.3%"]


def test_a_row_that_words_alone_bring_near_an_indicator_is_not_held_against_it() -> None:
    text = "Indicator | Q4 2022/23 | Q1 2023/24\nCare leavers in suitable homes who have a garden | 41% | 39%\n"
    assert not cases.case("quarrington").checked(text).with_verdict(Verdict.CONTRADICTED)


def test_a_heading_gives_a_count_its_section() -> None:
    case = cases.case("quarrington")
    text = "Overview\n\nHelp and protection of families\n\nAnalysis\n\n{} of the three indicators is green.\n"
    assert not case.checked(text.format("One")).with_verdict(Verdict.CONTRADICTED)
    assert case.checked(text.format("Two")).with_verdict(Verdict.CONTRADICTED)
    unknown = text.replace("Help and protection", "Notes")
    assert not case.checked(unknown.format("One")).with_verdict(Verdict.CONTRADICTED)  # of three that nobody can tell
    nearly_all = unknown.replace("three", "nine")
    assert case.checked(nearly_all.format("One")).with_verdict(Verdict.CONTRADICTED)


#: A word that says where something went, and none that does.
DIRECTIONS = [
    ("Earlier help increases their chances of staying out of children in care placements.", False),
    ("The highest number of re-referrals has been from the two northern wards.", False),
    ("Re-referrals rose this quarter, an deterioration on the previous quarter.", False),
    ("Re-referrals fell on the previous quarter.", True),
]


@pytest.mark.parametrize(("text", "is_wrong"), DIRECTIONS)
def test_directions(text: str, is_wrong: bool) -> None:  # noqa: FBT001 - one of a table
    assert bool(cases.case("aldermoor").checked(text).with_verdict(Verdict.CONTRADICTED)) is is_wrong


def test_a_plan_of_several_years_is_no_wrong_year() -> None:
    assert (
        not cases.case("aldermoor")
        .checked("The Youth Justice Plan for 2021/24 was agreed.")
        .with_verdict(Verdict.CONTRADICTED)
    )


TWINS = "There were 418 children looked after at the end of September, equating to {} per 10,000."


def test_a_count_and_a_rate_of_the_same_are_told_apart_by_their_units() -> None:
    case = cases.case("wexcombe")
    assert not case.checked(TWINS.format("68")).with_verdict(Verdict.CONTRADICTED)
    assert [one.text for one in case.checked(TWINS.format("86")).with_verdict(Verdict.CONTRADICTED)] == [
        "to 86 per 10,000"
    ]


def test_what_a_quarter_added_to_the_year_so_far_is_right_of_the_quarter() -> None:
    case = cases.case("tidewater")
    now, before = (
        case.world.fact("C1", Measure.OUTTURN, at) for at in (case.world.quarter, case.world.quarter.previous)
    )
    assert now is not None
    assert before is not None
    added = int(now.value - before.value)
    text = "In the quarter {} adoptions were completed."
    assert not case.checked(text.format(added)).with_verdict(Verdict.CONTRADICTED)
    assert case.checked(text.format(added + 31)).with_verdict(Verdict.CONFIRMED) == []
