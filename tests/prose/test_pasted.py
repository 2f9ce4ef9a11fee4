"""Tables and cards as they come out of PDF files and web pages: torn, one cell to a line, with comments between their rows."""

from __future__ import annotations

import pytest
from prose.small import checked, claims, said

from xlkpi.prose.arrows import ARROW, DOWN, SAME, UP
from xlkpi.prose.claim import Verdict

ALL = {"26%", "27%", "22%", "71%", "74%", "85%"}


def figures(text: str, verdict: str) -> set[str]:
    """Return the words of the figures with a verdict."""
    return {one.text for one in claims(text, "figure") if one.verdict.value == verdict}


SINGLE = (
    "Ref Description Actual Q1 2018/19 Target 2018/19 Quarter 2 Current Progress Direction\n"
    "A1 Re-referrals in twelve months 26% 22% 27% Amber \u21d1\n{}"
    "A4 Children seen in timescales 71% 85% 74% Red \u21d1\n{}"
    "C16 Supervisions in timescale 92% 90% 93% Green \u21d1\n"
)


@pytest.mark.parametrize("comment", ["", "\nSupporting commentary\nThe teams have met and will meet again.\n\n"])
def test_headings_in_one_line_are_cut_by_what_stands_below_them(comment: str) -> None:
    text = SINGLE.format(comment, comment)
    assert figures(text, "confirmed") >= ALL
    assert not figures(text, "contradicted")
    assert figures(text.replace("27%", "72%").replace("85%", "80%"), "contradicted") == {"72%", "80%"}


def test_what_stands_below_a_row_comments_on_it() -> None:
    text = SINGLE.format("\nComment\nWorse than the 25% at Q2 last year.\n\n", "\nComment\n4,144 of {} were seen.\n\n")
    assert not checked(text.format("5,600")).with_verdict(Verdict.CONTRADICTED)
    [wrong] = checked(text.format("5,500")).with_verdict(Verdict.CONTRADICTED)
    assert (wrong.indicator, wrong.text) == ("A4", "5,500")


def test_words_may_stand_among_the_figures_of_a_row() -> None:
    head = "Ref Description Q1 2018/19 Q2 2018/19 Trend England Target\n"
    rows = (
        "A1 Re-referrals 26% {} Worsen 22% 22%\nA4 Children seen 71% 74% Improve - 85%\n"
        "C16 Supervisions 92% 93% Improve - 90%\n"
    )
    assert not figures(head + rows.format("27%"), "contradicted")
    assert figures(head + rows.format("25%"), "contradicted") == {"25%"}


def test_cells_below_each_other_may_carry_notes() -> None:
    text = (
        "Indicator\nQ1 2018/19\nQ2 2018/19\nTarget\nRe-referrals\n26%\n{} (provisional)\n22%\n"
        "Children seen in time\n71%\n74%*\n85%\n"
    )
    assert figures(text.format("27%"), "confirmed") >= {"26%", "22%", "71%"}
    assert not figures(text.format("27%"), "contradicted")
    assert len(checked(text.format("25%")).with_verdict(Verdict.CONTRADICTED)) == 1


def test_cells_below_each_other_may_have_signs_and_codes_alone() -> None:
    head = "Indicator\nTarget\nQ2 2018/19\nRAG\n"
    signs = f"{head}Initial assessments\n\u2265 90%\n91%\n\U0001f7e2\nCare proceedings\n\u2265 65%\n52%\n\U0001f534\n"
    assert not checked(signs).with_verdict(Verdict.CONTRADICTED)
    assert [one.indicator for one in claims(signs, "status")] == ["A2", "B8"]
    assert [
        one.text for one in checked(signs.replace("\u2265 65", "\u2265 56")).with_verdict(Verdict.CONTRADICTED)
    ] == ["56%"]
    codes = "Ref\nQ1 2018/19\nQ2 2018/19\nA2\n88%\n91%\nB8\n57%\n{}\nA9\n14%\n7%\n"
    assert not checked(codes.format("52%")).with_verdict(Verdict.CONTRADICTED)
    assert [one.text for one in checked(codes.format("25%")).with_verdict(Verdict.CONTRADICTED)] == ["25%"]


def test_a_run_of_tabs_parts_two_cells() -> None:
    text = (
        "\t\t\tQ1 2018/19\tQ2 2018/19\nRe-referrals\t\t26%\t{}\tAmber\nTimely assessments\t88%\t91%\tGreen\n"
        "Contacts\t\t\t5,611\t5,694\n"
    )
    assert figures(text.format("27%"), "confirmed") >= {"26%", "27%", "91%", "5,694"}
    assert not figures(text.format("27%"), "contradicted")
    assert figures(text.format("72%"), "contradicted") == {"72%"}


def test_a_row_with_a_status_is_the_title_of_the_figures_below_it() -> None:
    text = "EXCEPTION: A1  Re-referrals\t\tAMBER\n\nQ4 2017/18\tQ1\tQ2\tTarget\n26%\t26%\t{}\t22%\n"
    assert figures(text.format("27%"), "confirmed") == {"26%", "27%", "22%"}
    assert figures(text.format("72%"), "contradicted") == {"72%"}


@pytest.mark.parametrize(
    "card",
    [
        "Quarter 1 26%   Quarter 2 {}   Target 22%   DOT from Quarter 1 \u2191    A",
        "Performance      {}  (Q1 26%)\nTarget            22%         RAG   AMBER",
        "Quarter 2 outturn {}\nPrevious quarter 26%\nTarget 22%",
    ],
)
def test_labels_need_no_colon(card: str) -> None:
    text = f"A1 \u2013 Re-referrals in the last 12 months\n\n{card}\n"
    assert figures(text.format("27%"), "confirmed") == {"26%", "27%", "22%"}
    assert figures(text.format("72%"), "contradicted") == {"72%"}


def test_measures_whose_rows_name_a_colour_are_no_counts_of_measures() -> None:
    text = (
        "Code Status Name Short Trend Value Target\nA1 Amber Re-referrals in 12 months DET 27% 22%\n"
        "A4 Red Children seen in time IMP 74% 85%\n"
    )
    assert figures(text, "confirmed") == {"27%", "22%", "74%", "85%"}


def test_headings_of_quarters_may_be_those_of_a_log() -> None:
    text = (
        "Report\n\nOf the teams\n\nFor the board\n\n2018/19 Q2\n\nRe-referrals were at 27%.\n\n2018/19 Q1\n\n"
        "Re-referrals were at {}.\n"
    )
    assert not checked(text.format("26%")).with_verdict(Verdict.CONTRADICTED)
    assert [one.text for one in checked(text.format("62%")).with_verdict(Verdict.CONTRADICTED)] == ["at 62%"]


def test_counts_by_status_may_stand_with_their_shares() -> None:
    text = "Green   13  (65%)      Amber   5  ({})      Red   2  (10%)"
    assert [one.verdict.value for one in claims(text.format("25%"), "count of measures")] == ["confirmed"] * 3
    assert [one.verdict.value for one in claims(text.format("25%"), "share of measures")] == ["confirmed"] * 3
    assert [one.text for one in checked(text.format("52%")).with_verdict(Verdict.CONTRADICTED)] == ["52%"]


def test_an_arrow_has_one_meaning() -> None:
    assert not (set(UP) & set(DOWN)) | (set(UP) & set(SAME)) | (set(DOWN) & set(SAME))
    assert all(sign in ARROW for sign in UP + DOWN + SAME)


def test_a_code_in_the_register_without_a_blank_heads_a_line_with_one() -> None:
    assert said("A1 \u2013 27% came back.", "figure") == [("A1", "confirmed", "27%")]


def test_a_year_in_each_row_and_a_quarter_above_each_column() -> None:
    text = "Contacts | Q1 | Q2 | Q3 | Q4 |\n2017/18 | 5,480 | 5,600 | {} | 5,367 |\n2018/19 | 5,611 | 5,694 | | |\n"
    assert len(figures(text.format("5,720"), "confirmed")) == 6
    assert figures(text.format("5,270"), "contradicted") == {"5,270"}
    summed = "Contacts | Q1 | Q1-2 | Q1-3 | Q1-4 |\n2017/18 | 5,480 | 11,080 | {} | 22,167 |\n2018/19 | 5,611 | 11,305 | | |\n"
    assert len(figures(summed.format("16,800"), "confirmed")) == 6
    assert figures(summed.format("18,600"), "contradicted") == {"18,600"}
