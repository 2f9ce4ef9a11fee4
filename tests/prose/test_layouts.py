"""Ways in which tables and cards are laid out: what their headings and labels say of the figures, true and changed."""

from __future__ import annotations

import pytest
from prose.small import checked, claims

from xlkpi.prose.claim import Verdict

HEAD = "Performance in Quarter 2 of 2018/19\n\n"


def contradicted(text: str) -> list[str]:
    """Return the words that are contradicted."""
    return [one.text for one in checked(text).with_verdict(Verdict.CONTRADICTED)]


def confirmed(text: str, kind: str = "figure") -> list[str]:
    """Return the words of the claims of a kind that are confirmed."""
    return [one.text for one in claims(text, kind) if one.verdict is Verdict.CONFIRMED]


def test_a_year_and_its_quarter_in_two_columns() -> None:
    text = (
        "| Measure | Year | Quarter | Result |\n|---|---|---|---|\n| Timeliness of single assessment | 2018/19 | {0}1 | 88% |\n"
        "| Timeliness of single assessment | 2018/19 | {0}2 | 91% |\n| Re-registrations | 2017/18 | {0}2 | {1} |\n"
    )
    for sign in ("Q", ""):
        assert contradicted(text.format(sign, "23%")) == []
        assert confirmed(text.format(sign, "23%")) == ["88%", "91%", "23%"]
        assert contradicted(text.format(sign, "7%")) == ["7%"]


@pytest.mark.parametrize(
    ("heading", "cell"),
    [
        ("Outturn (target)", "{0} ({1})"),
        ("Actual / Target", "{0} / {1}"),
        ("Actual v target", "{0} v {1}"),
        ("Target (actual)", "{1} ({0})"),
    ],
)
def test_two_figures_in_one_cell(heading: str, cell: str) -> None:
    figures = {"Timeliness of single assessment": ("91%", "90%"), "Re-registrations": ("7%", "16%")}

    def table(changed: str = "", other: str = "") -> str:
        rows = "".join(
            f"| {name} | {cell.format(*(other if one == changed else one for one in both))} |\n"
            for name, both in figures.items()
        )
        return f"| Indicator | {heading} |\n|---|---|\n{rows}"

    assert contradicted(table()) == []
    assert sorted(confirmed(table())) == ["16%", "7%", "90%", "91%"]
    assert contradicted(table("7%", "9%")) == ["9%"]
    assert contradicted(table("16%", "14%")) == ["14%"]


def test_from_one_quarter_to_the_next_in_one_cell() -> None:
    text = (
        "| Indicator | Q1 2018/19 \u2192 Q2 2018/19 |\n|---|---|\n| Timeliness of single assessment | 88% \u2192 91% |\n"
        "| Re-registrations | 14% \u2192 {} |\n"
    )
    assert confirmed(text.format("7%")) == ["88%", "91%", "14%", "7%"]
    assert contradicted(text.format("17%")) == ["17%"]


def test_a_figure_and_its_colour_in_one_cell() -> None:
    text = (
        "| Indicator | Actual and RAG |\n|---|---|\n| Re-registrations | {} ({}) |\n| Care proceedings | 52% (Red) |\n"
    )
    assert contradicted(text.format("7%", "Green")) == []
    assert contradicted(text.format("17%", "Amber")) == ["17%", "Amber"]


def test_targets_in_the_place_of_outturns() -> None:
    rows = "Timeliness of single assessment | 90%\nRe-registrations | 16%\nCare proceedings | 65%\n"
    for heading in ("Outturn", "Q2 2018/19"):
        assert contradicted(f"Indicator | {heading}\n{rows}") != []


def test_headings_in_short() -> None:
    text = (
        "| PI | Tgt | Act | Prev qtr | Prev yr |\n|---|---|---|---|---|\n"
        "| Timeliness of single assessment | 90% | 91% | 88% | 85% |\n"
        "| Re-registrations | 16% | 7% | 14% | {} |\n| Care proceedings | 65% | 52% | 57% | 62% |\n"
    )
    assert len(confirmed(text.format("23%"))) == 12
    assert contradicted(text.format("32%")) == ["32%"]
    goals = "| PI | Goal | Achieved |\n|---|---|---|\n| Re-registrations | {} | {} |\n| Agency staff | 15% | 12% |\n"
    assert contradicted(goals.format("16%", "7%")) == []
    assert contradicted(goals.format("7%", "16%")) == ["7%", "16%"]


def test_a_table_for_each_indicator() -> None:
    text = (
        HEAD
        + "A2 Timeliness of single assessment\n\n| Quarter | Outturn | Target |\n|---|---|---|\n| Q1 18/19 | {} | 90% |\n"
        "| Q2 18/19 | {} | 90% |\n\nA9 Re-registrations\n\n"
        "| Actual | Previous quarter | RAG |\n|---|---|---|\n| {} | 14% | Green |\n"
    )
    assert contradicted(text.format("88%", "91%", "7%")) == []
    assert contradicted(text.format("98%", "91%", "7%")) == ["98%"]
    assert contradicted(text.format("98%", "92%", "17%")) == ["98%", "92%", "17%"]


ALL_WRONG = (
    "Indicator | Outturn\nTimeliness of single assessment | 81%\nRe-registrations | 9%\nCare proceedings | 25%\n"
    "Agency staff | 21%\nLong-term stability | 57%\n"
)


def test_a_column_that_is_wrong_from_top_to_bottom() -> None:
    assert len(contradicted(HEAD + ALL_WRONG)) == 5
    assert contradicted("Our statistical neighbours\n\n" + ALL_WRONG) == []
    assert contradicted("Published in 2015/16\n\n" + ALL_WRONG) == []
    assert contradicted("The year 2018/19\n\n" + ALL_WRONG) == []
    assert len(contradicted("The year 2018/19\n\n" + ALL_WRONG.replace("Outturn", "Q2"))) == 5


def test_changes_beside_what_they_are_between() -> None:
    text = (
        "Indicator | Q1 2018/19 | Q2 2018/19 | Change\nTimeliness of single assessment | 88% | 91% | {}\n"
        "Re-registrations | 14% | 7% | {}\nAgency staff | 13% | 12% | {}\n"
    )
    assert contradicted(text.format("+3", "-7", "-1")) == []
    assert contradicted(text.format("+4", "-9", "-2")) == ["4", "-9", "-2"]


def test_arrows_beside_changes() -> None:
    text = (
        "Indicator | Outturn | Change on last quarter\nTimeliness of single assessment | 91% | \u25b2 3\n"
        "Re-registrations | 7% | {} 7\nRe-referrals | 27% | \u25b2 1\nAgency staff | 12% | \u25bc 1\n"
    )
    assert contradicted(text.format("\u25bc")) == []
    assert contradicted(text.format("\u25b2")) == ["\u25b2"]


def test_arrows_under_up_or_down() -> None:
    text = (
        "Indicator | Outturn | Up or down on last year\nTimeliness of single assessment | 91% | \u2191\n"
        "Care proceedings | 52% | \u2193\nRe-registrations | 7% | {}\nAgency staff | 12% | \u2193\n"
    )
    assert contradicted(text.format("\u2193")) == []
    assert contradicted(text.format("\u2191")) == ["\u2191"]


def test_a_share_beside_both_its_counts() -> None:
    text = (
        "Indicator | Numerator | Denominator | %\nRe-referrals | 268 | 991 | {}\n"
        "Timeliness of single assessment | 870 | 956 | 91\n"
    )
    assert contradicted(text.format("27")) == []
    assert contradicted(text.format("72")) == ["72"]


def test_of_how_many_a_share_is() -> None:
    text = "Indicator | Outturn\nRe-referrals | 27% (n={})\nTimeliness of single assessment | 91% (n=956)\n"
    assert contradicted(text.format("991")) == []
    assert contradicted(text.format("919")) == ["919"]


CARDS = (
    "Indicator | A2 Timeliness of single assessment\nTarget | 90%\nOutturn | 91%\nStatus | On target\n\n"
    "Indicator | B8 Care proceedings\nTarget | 65%\nOutturn | {}\nStatus | {}\n"
)


def test_cards_of_two_columns() -> None:
    for mark in (" | ", "\t"):
        text = CARDS.replace(" | ", mark)
        assert contradicted(text.format("52%", "Outside tolerance")) == []
        assert confirmed(text.format("52%", "Outside tolerance")) == ["90%", "91%", "65%", "52%"]
        assert contradicted(text.format("62%", "On target")) == ["62%", "On target"]


def test_on_track() -> None:
    text = (
        "Indicator | Target | Outturn | Progress\nTimeliness of single assessment | 90% | 91% | On track\n"
        "Re-registrations | 16% | 7% | {}\nCare proceedings | 65% | 52% | Off track\n"
    )
    assert contradicted(text.format("On track")) == []
    assert contradicted(text.format("Off track")) == ["Off track"]


def test_counts_by_status_without_names_of_rows() -> None:
    world = claims("Six measures are on target.", "count of measures")[0].computed
    row = f"| Green | Amber | Red |\n|---|---|---|\n| {world} | {{}} | {{}} |\n"
    right = {
        name: claims(f"Six measures are {name}.", "count of measures")[0].computed
        for name in ("inside tolerance", "outside tolerance")
    }
    inside, outside = right.values()
    assert contradicted(row.format(inside, outside)) == []
    assert contradicted(row.format(int(inside) + 1, outside)) == [str(int(inside) + 1)]
    assert contradicted(row.format(int(inside) + 1, int(outside) + 1)) == []  # of something else
    down = f"| RAG | Number of indicators |\n|---|---|\n| Green | {world} |\n| Amber | {{}} |\n| Red | {outside} |\n"
    assert contradicted(down.format(inside)) == []
    assert contradicted(down.format(int(inside) + 2)) == [str(int(inside) + 2)]


def test_a_total_is_of_what_its_figures_are() -> None:
    text = (
        "Referrals by area | Q2 2017/18 | Q1 2018/19 | Q2 2018/19\nNorth | 700 | 707 | 500\nSouth | 558 | 600 | 491\n"
        "Total | 1,258 | 1,307 | {}\n"
    )
    assert contradicted(text.format("991")) == []
    assert contradicted(text.format("919")) == ["919"]


def test_one_cell_to_a_line_with_quarters_to_come() -> None:
    heads = "2017/18\n\nQuarter\n\n1\n\nQuarter\n\n2\n\nQuarter\n\n3\n\nQuarter\n\n4\n\n"
    text = heads + "Re-registrations\n\n24%\n\n14%\n\n{}\n\nCare proceedings\n\n60%\n\n57%\n\n52%\n\n"
    assert contradicted(text.format("7%")) == []
    assert contradicted(text.format("17%")) == ["17%"]
