"""Tables of indicators in plain text: how they are set, what their rows and columns are, and what is left unjudged."""

from __future__ import annotations

import pytest
from prose.small import checked, claims, example, said

from xlkpi.prose.claim import Verdict
from xlkpi.prose.fact import Measure
from xlkpi.prose.tables.rows import RowNames


def verdicts(text: str) -> dict[str, str]:
    """Return the verdict on every claim of a draft by its words."""
    return {one.text: one.verdict.value for one in checked(text).claims}


PIPES = (
    "Indicator | Q1 2018/19 | Q2 2018/19 | Target | RAG\nRe-referrals | 26% | 27% | 22% | A\n"
    "Statutory visits | 71% | 74% | 85% | R\n"
)
TABS = PIPES.replace(" | ", "\t")
SINGLE = (
    "Indicator Q1 2018/19 Q2 2018/19 Target RAG\nRe-referrals 26% 27% 22% Amber\nStatutory visits 71% 74% 85% Red\n"
)
TWO_HEADS = (
    "| | 2018/19 | | | |\n| Indicator | Q1 | Q2 | Target | RAG |\n|---|---|---|---|---|\n"
    "| Re-referrals | 26% | 27% | 22% | A |\n| Statutory visits | 71% | 74% | 85% | R |\n"
)
BLANKS = (
    "Indicator            Q1 2018/19    Q2 2018/19    Target    RAG\n"
    "Re-referrals         26%           27%           22%       A\n"
    "Statutory visits                   74%           85%       R\n"  # one of its cells is empty
)


@pytest.mark.parametrize("text", [PIPES, TABS, SINGLE, TWO_HEADS, BLANKS])
def test_a_table_is_read_however_it_is_set(text: str) -> None:
    found = verdicts(text)
    assert {found[words] for words in ("27%", "22%", "74%", "85%")} == {"confirmed"}
    assert len(claims(text, "status")) == 2
    assert not checked(text).with_verdict(Verdict.CONTRADICTED)
    wrong = text.replace("27%", "25%").replace("85%", "80%")
    for red, green in (("R\n", "G\n"), ("Red\n", "Green\n"), ("R |\n", "G |\n")):
        wrong = wrong.replace(red, green)
    contradicted = checked(wrong).with_verdict(Verdict.CONTRADICTED)
    assert {(one.kind, one.indicator) for one in contradicted} == {("figure", "A1"), ("figure", "A4"), ("status", "A4")}


def test_a_row_that_the_register_does_not_know_is_left_alone() -> None:
    text = "Indicator | Q2 2018/19 | Target\nContacts | 5,694 | -\nPolice | 1,204 | 1,000\nSchools | 900 | 950\n"
    assert said(text, "figure") == [("E1", "confirmed", "5694")]


def test_a_name_that_is_only_like_that_of_an_indicator_needs_its_figures() -> None:
    head = "Indicator | Q1 2018/19 | Q2 2018/19 | Target\n"
    alike = "% of families referred again within 12 months (repeat referrals, local) | {} | 27% | 22%\n"
    assert said(head + alike.format("26%"), "figure")[0] == ("A1", "confirmed", "26%")
    assert said(head + alike.format("29%"), "figure")[0] == ("A1", "contradicted", "26%")
    other = "% of adults referred again | 41% | 43% | 40%\n"
    assert Verdict.CONTRADICTED not in {one.verdict for one in checked(head + other).claims}


def test_figures_of_others_and_annual_targets_are_not_held_against_a_row() -> None:
    text = (
        "Indicator | Q2 2018/19 | England | 2018/19 annual target | Rank\nRe-referrals | 27% | 22% | 20% | 88\n"
        "Statutory visits | 74% | 80% | 90% | 101\n"
    )
    assert not checked(text).with_verdict(Verdict.CONTRADICTED)


def test_a_column_without_a_heading_is_what_most_of_its_figures_are() -> None:
    text = "A1 | 27% | 22% | Amber\nA2 | 91% | 90% | Green\nA4 | 74% | {} | Red\n"
    assert {one.verdict.value for one in checked(text.format("85%")).claims} == {"confirmed"}
    assert [(one.text, one.indicator) for one in checked(text.format("84%")).with_verdict(Verdict.CONTRADICTED)] == [
        ("84%", "A4")
    ]


def test_arrows_are_judged_where_the_others_show_what_they_mean() -> None:
    text = "Indicator | Q2 2018/19 | DoT\nContacts | 5,694 | {}\n"
    text += "Referrals | 991 | \u2193\nStatutory visits | 74% | \u2193\nRe-referrals | 27% | \u2191\n"
    assert {one.verdict.value for one in claims(text.format("\u2191"), "direction")} == {"confirmed"}
    wrong = [one.indicator for one in claims(text.format("\u2193"), "direction") if one.verdict is Verdict.CONTRADICTED]
    assert wrong == ["E1"]
    alone = "Indicator | Q2 2018/19 | DoT\nContacts | 5,694 | \u2193\n"
    assert [one.verdict.value for one in claims(alone, "direction")] == ["not checkable"]


def test_a_table_on_its_side_has_its_indicators_above_the_columns() -> None:
    text = "Period | Contacts | Referrals\nQ1 2018/19 | 5,611 | 1,307\nQ2 2018/19 | 5,694 | 992\n"
    assert said(text, "figure") == [
        ("E1", "confirmed", "5611"), ("E2", "confirmed", "1307"), ("E1", "confirmed", "5694"), ("E2", "contradicted", "991"),
    ]  # fmt: skip


def test_a_row_of_nothing_but_figures_is_of_what_the_text_above_names() -> None:
    text = "Contacts have been high for a year.\n\nQ2 2017/18 | Q1 2018/19 | Q2 2018/19 |\n5,600 | 5,611 | {} |\n"
    assert {one.indicator for one in claims(text.format("5,694"), "figure")} == {"E1"}
    assert [one.text for one in checked(text.format("5,649")).with_verdict(Verdict.CONTRADICTED)] == ["5,649"]


def test_figures_of_the_year_so_far_are_added_up() -> None:
    text = "Indicator | Year to date | Q2\nContacts | {} | 5,694\n"
    assert said(text.format("11,305"), "figure")[0] == ("E1", "confirmed", "11305")
    assert said(text.format("11,350"), "figure")[0][1] == "contradicted"


def test_a_comment_in_a_row_is_about_its_indicator() -> None:
    text = "Indicator | Q2 2018/19 | Comment\n"
    text += "Statutory visits | 74% | Performance has {} since last quarter because two workers left.\n"
    assert [one.verdict.value for one in claims(text.format("improved"), "direction")] == ["confirmed"]
    assert [one.verdict.value for one in claims(text.format("worsened"), "direction")] == ["contradicted"]


def test_counts_behind_a_share_are_read_in_its_cell() -> None:
    text = "Indicator | Q2 2018/19\nStatutory visits | 74% ({}/5,600)\n"
    assert {one.verdict.value for one in claims(text.format("4,144"), "figure")} == {"confirmed"}
    assert [one.text for one in checked(text.format("4,414")).with_verdict(Verdict.CONTRADICTED)] == ["4,414"]


def test_labelled_lines_and_letters_for_colours() -> None:
    text = "Statutory visits\nTarget: 85%\nActual: 74%\nRAG: {}\n"
    assert [one.verdict.value for one in claims(text.format("Red"), "status")] == ["confirmed"]
    assert [one.verdict.value for one in claims(text.format("Amber"), "status")] == ["contradicted"]
    assert [one.verdict.value for one in claims("- Statutory visits: 74% (R), target 85%\n", "status")] == ["confirmed"]
    assert [one.verdict.value for one in claims("- Statutory visits: 74% (G), target 85%\n", "status")] == [
        "contradicted"
    ]


def test_a_code_in_another_writing_names_its_row_surely() -> None:
    names = RowNames(example().indicators)
    assert names._exact("A4 Visits") == "A4"
    assert names._exact("Number of contacts") == "E1"


ONE_TO_A_LINE = (
    "2017/18\n\n{head}\n\nRe-referrals\n\n26%\n\n27%\n\n"
    "Statutory visits of the\nsocial workers\n\n73%\n\n74%\n\nMore is said below.\n"
)


@pytest.mark.parametrize("head", ["Q2\n\n2018/19", "Q2 2018/19", "2018/19 Q2", "2018/19\n\nQ2"])
def test_a_table_whose_cells_stand_one_to_a_line_is_read(head: str) -> None:
    text = ONE_TO_A_LINE.format(head=head)
    assert [one.verdict.value for one in claims(text, "figure")] == ["confirmed"] * 4
    wrong = checked(text.replace("74%", "47%")).with_verdict(Verdict.CONTRADICTED)
    assert [(one.text, one.indicator) for one in wrong] == [("47%", "A4")]
    other_unit = checked(text.replace("74%", "74 percentage points")).with_verdict(Verdict.CONTRADICTED)
    assert [(one.indicator, one.computed) for one in other_unit] == [("A4", "74%")]


SERIES = "Chart 3: children in need\n\n{}\n\nThe chart has the last days of quarters.\n"


@pytest.mark.parametrize(
    "rows",
    [
        "Q4 14-15 2321\nQ4 15-16 2490\nQ4 16-17 2646\nQ4 17-18 2907",
        "Q4 2014/15 | 2,321\nQ4 2015/16 | 2,490\nQ4 2016/17 | 2,646\nQ4 2017/18 | 2,907",
        "2014/15 - 2,321\n2015/16 - 2,490\n2016/17 - 2,646\n2017/18 - 2,907",
        "March 2015 2321\nMarch 2016 2490\nMarch 2017 2646\nMarch 2018 2907",
    ],
)
def test_lines_of_a_date_and_a_figure_are_of_what_their_caption_names(rows: str) -> None:
    found = claims(SERIES.format(rows), "figure")
    assert [(one.indicator, one.verdict.value) for one in found] == [("E3", "confirmed")] * 4
    swapped = SERIES.format(rows.replace("2646", "2464").replace("2,646", "2,464"))
    assert [one.indicator for one in checked(swapped).with_verdict(Verdict.CONTRADICTED)] == ["E3"]
    other = SERIES.format(rows).replace("children in need", "dogs in the county")
    for figure in ("321", "490", "646", "907"):
        other = other.replace(f"2{figure}", f"1{figure}").replace(f"2,{figure}", f"1,{figure}")
    assert not claims(other, "figure")


BLOCKS = (
    "Children seen in time | 2015/16 | 2016/17 | 2017/18\nNumber | 4190 | 4340 | {}\n% | 81.7 | 80.4 | 73.0\n"
    "The whole region | 2015/16 | 2016/17 | 2017/18\nNumber | 9,180 | 9,530 | 9,400\n% | 84.1 | 83.0 | 82.8\n"
)


def test_a_block_has_its_indicator_in_its_corner_and_counts_and_shares_in_its_rows() -> None:
    text = "Statutory visits\n\n" + BLOCKS
    found = claims(text.format("4125"), "figure")
    assert [(one.text, one.indicator, one.verdict.value) for one in found] == [
        (words, "A4", "confirmed") for words in ("4190", "4340", "4125", "81.7", "80.4", "73.0")
    ]
    assert [one.text for one in checked(text.format("4152")).with_verdict(Verdict.CONTRADICTED)] == ["4152"]


def test_years_to_come_head_columns_of_plans() -> None:
    text = "Indicator | Q2 2018/19 | 2019/20 | 2020/21\nRe-referrals | 27% | 24% | 22%\nSchools | 3 | 4 | 5\n"
    assert not checked(text).with_verdict(Verdict.CONTRADICTED)


PARTS = "Statutory visits at 30 September 2018 by plan\n\nHow | CIC | CPP | CIN | All\n{} | 308 | 523 | {} | {}\n"


def test_columns_that_name_parts_hold_their_figures() -> None:
    assert {one.verdict.value for one in claims(PARTS.format("Total", "548", "4144"), "figure")} <= {"confirmed"}
    text = "Table: statutory visits by plan\n\nPlan | Visits seen\nCIC | 308\nCPP | 523\nDual | 13\nCIN | 548\n"
    assert not checked(text).with_verdict(Verdict.CONTRADICTED)


def test_rows_of_others_are_no_indicator_whose_name_they_share_a_word_with() -> None:
    head = "Area | Q1 2018/19 | Q2 2018/19\n"
    for other in ("England", "Statistical neighbours", "North East region", "National average"):
        assert not claims(f"{head}{other} | 71% | 80%\nContacts | 5,611 | 5,694\n", "figure")[2:]


def test_the_own_body_is_the_total_among_others() -> None:
    text = "Re-referrals, compared\n\nArea | Q1 2018/19 | Q2 2018/19\nNorthborough | {} | 27%\nEngland | 22% | 23%\n"
    assert {one.indicator for one in claims(text.format("26%"), "figure")} == {"A1"}
    assert len(claims(text.format("26%"), "figure")) == 2


def test_a_column_of_the_year_is_open_for_sums_and_means() -> None:
    text = "Indicator | Q1 | Q2 | Year\nContacts | 5,611 | 5,694 | 11,305\n"
    text += "Referrals | 1,307 | 991 | 1,149\nRe-referrals | 26% | 27% | 26.5%\n"
    assert not checked(text).with_verdict(Verdict.CONTRADICTED)
    assert "11,305" in {one.text for one in checked(text).with_verdict(Verdict.CONFIRMED)}


HEADED = "Data for all\t2016/17 Q2\t2017/18 Q2\t2018/19 Q2\n"


def test_rows_behind_a_line_of_words_stand_under_the_same_headings() -> None:
    text = (
        f"{HEADED}How many came\nContacts\t4,847\t5,304\t5,694\nWho was in need\nChildren in need\t2,555\t2,774\t{{}}\n"
    )
    now = example().fact("E3", Measure.OUTTURN, example().quarter)
    assert now is not None
    found = claims(text.format(now.value), "figure")
    assert {one.indicator for one in found} == {"E1", "E3"}
    assert found[-1].verdict is Verdict.CONFIRMED
    assert claims(text.format(now.value + 1), "figure")[-1].verdict is Verdict.CONTRADICTED


def test_a_name_may_stand_in_the_line_above_its_figures() -> None:
    head = "What | Target | Quarter 1 | Quarter 2 | Trend |\n\n"
    text = head + "Re-referrals\n22% | {} | 27% | up |\nWorse.\n\nStatutory visits\n85% | 71% | 74% | up |\n"
    assert {one.verdict for one in claims(text.format("26%"), "figure")} == {Verdict.CONFIRMED}
    assert [one.text for one in checked(text.format("62%")).with_verdict(Verdict.CONTRADICTED)] == ["62%"]


def test_a_row_of_another_name_is_known_by_its_figures() -> None:
    head = "What\tQ1 2018/19\tQ2 2018/19\tTarget\n"
    text = head + "Statutory visits\t71%\t74%\t85%\nPeople who came back\t26%\t27%\t22%\n"
    assert claims(text, "figure")[-1].indicator == "A1"
    for figure in ("26%", "27%", "22%"):  # two of three are too few to tell
        assert {one.indicator for one in claims(text.replace(figure, "9%"), "figure")} == {"A4"}
    long = head + "Statutory visits\t71%\t74%\t85%\nThose that came\t1,307\t{}\t-\n"
    assert claims(long.format("991"), "figure")[-1].indicator == "E2"


def test_words_for_a_figure_may_run_into_the_name_of_a_row() -> None:
    text = "2017/18 Q4 2018/19 Q1 2018/19 Q2\nRe-referrals not yet 26% 27%\nStatutory visits 71% 71% 74%\n"
    assert "A1" in {one.indicator for one in claims(text, "figure")}
    assert not checked(text).with_verdict(Verdict.CONTRADICTED)


def test_a_column_under_a_period_may_hold_targets() -> None:
    head = "2018/19 Q1 2018/19 Q2 2018/19\n"
    rows = "Re-referrals 26% 27% {}\nStatutory visits 71% 74% 85%\nSupervisions 92% 93% 90%\n"
    assert not checked(head + rows.format("22%")).with_verdict(Verdict.CONTRADICTED)
    assert [one.text for one in checked(head + rows.format("2.2%")).with_verdict(Verdict.CONTRADICTED)] == ["2.2%"]


def test_no_data_is_said_of_the_year_of_its_column() -> None:
    text = "Indicator | 2013/14 | 2018/19 Q2\nRe-referrals | No data | 27%\nContacts | No data | 5,694\n"
    assert not checked(text).with_verdict(Verdict.CONTRADICTED)


def test_under_a_heading_of_figures_words_may_say_of_what_one_is() -> None:
    head = "Performance indicator | Target | Result |\n---|---|---|\n"
    text = head + "Re-referrals | Max. {} of all referrals | 27% |\nStatutory visits | 85% of those due | 74% |\n"
    found = claims(text.format("22%"), "figure")
    assert [(one.indicator, one.verdict) for one in found] == [
        (code, Verdict.CONFIRMED) for code in ("A1", "A1", "A4", "A4")
    ]
    assert [one.text for one in checked(text.format("20%")).with_verdict(Verdict.CONTRADICTED)] == ["20%"]


def test_a_row_may_open_with_a_name_its_figure_and_its_target() -> None:
    text = "Re-referrals: 27% | Target: {} |\nPeople who were seen: 74% | Target: 85% |\nDogs walked: 41% | Target: 50% |\n"
    assert [one.indicator for one in claims(text.format("22%"), "figure")] == ["A1", "A1", "A4", "A4"]
    assert [one.text for one in checked(text.format("20%")).with_verdict(Verdict.CONTRADICTED)] == ["20%"]
