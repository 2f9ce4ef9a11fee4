"""Of when the figures of a table are: by its caption, its headings and its rows; and what its changes are from."""

from __future__ import annotations

import pytest
from prose.small import checked, claims

from xlkpi.prose.claim import Verdict


def contradicted(text: str) -> list[str]:
    """Return the words that are contradicted."""
    return [one.text for one in checked(text).with_verdict(Verdict.CONTRADICTED)]


def confirmed(text: str) -> list[str]:
    """Return the figures that are confirmed."""
    return [one.text for one in claims(text, "figure") if one.verdict is Verdict.CONFIRMED]


NOW = (
    "Indicator | Actual | Target\nTimeliness of single assessment | 91% | 90%\nCare proceedings | 52% | 65%\n"
    "Agency staff | 12% | 15%\n"
)
OLD = NOW.replace("91%", "85%").replace("52%", "62%").replace("12%", "20%")


def test_figures_of_another_quarter_belie_the_caption() -> None:
    caption = "Table 4. Performance in Quarter 2 of 2018/19\n\n"
    assert contradicted(caption + NOW) == []
    assert contradicted(caption + OLD) == ["Quarter 2 of 2018/19"]
    assert contradicted("Table 4. Performance in Quarter 2 of 2017/18\n\n" + OLD) == []
    assert contradicted(OLD) == ["85%", "62%", "20%"]  # of the quarter reported, where nothing says of when


def test_context_figures_are_of_the_date_above_them() -> None:
    table = "|Measure|Number|\n|Looked after children|{}|\n|Children in Need|{}|\n|Children subject to CPP|{}|\n"
    june, september = table.format(582, "2,827", 358), table.format(593, "2,549", 323)
    assert contradicted("Context at 30 June 2018\n\n" + june) == []
    assert contradicted("Context at 30 June 2018\n\n" + september) == ["30 June 2018"]


def test_statuses_are_those_of_the_quarter_of_the_table() -> None:
    table = (
        "Indicator | Actual | RAG\nTimeliness of single assessment | 85% | {}\nCare proceedings | 62% | Amber\n"
        "Re-registrations | 23% | Red\n"
    )
    caption = "Table 4. Performance in Quarter 2 of 2017/18\n\n"
    assert contradicted(caption + table.format("Amber")) == []
    assert contradicted(caption + table.format("Green")) == ["Green"]


def test_quarters_are_of_the_year_that_the_caption_names() -> None:
    text = (
        "Table 2: Performance by quarter, 2017/18\n\nIndicator | Q1 | Q2 | Q3 | Q4\n"
        "Timeliness of single assessment | 82% | 85% | 87% | 92%\nCare proceedings | 64% | 62% | 61% | 60%\n"
        "Re-registrations | 22% | 23% | 24% | 26%\n"
    )
    assert contradicted(text) == []
    assert contradicted(text.replace("87%", "78%")) == ["78%"]


def test_an_upper_heading_is_held_against_the_figures() -> None:
    text = (
        "| Indicator | {} | | {} | |\n|---|---|---|---|---|\n| | Actual | RAG | Actual | RAG |\n"
        "| Re-registrations | 14% | Green | 7% | Green |\n| Long-term stability | 74% | Green | 75% | Green |\n"
        "| Agency staff | 13% | Green | 12% | Green |\n"
    )
    first, second = "Q1 2018/19", "Q2 2018/19"
    assert contradicted(text.format(first, second)) == []
    assert contradicted(text.format(second, first)) == [second, first]


@pytest.mark.parametrize(
    "head",
    [
        "Period | Indicator | Outturn\n{1} | {0} | {2}\n{4} | {3} | {5}\n",
        "Indicator | Quarter | Outturn\n{0} | {1} | {2}\n{3} | {4} | {5}\n",
    ],
)
def test_a_row_may_say_of_when_it_is(head: str) -> None:
    true = "Timeliness of single assessment", "Q1 2018/19", "88%", "Re-registrations", "Q2 2017/18", "23%"
    assert contradicted(head.format(*true)) == []
    assert confirmed(head.format(*true)) == ["88%", "23%"]
    assert contradicted(head.format(*true).replace("23%", "7%")) == ["7%"]


def test_quarters_in_rows_and_years_above() -> None:
    text = (
        "Re-registrations\n\n| | 2016/17 | 2017/18 | 2018/19 |\n|---|---|---|---|\n| Q1 | 17% | 22% | 14% |\n"
        "| Q2 | 16% | 23% | 7% |\n| Q3 | 16% | 24% | |\n"
    )
    assert contradicted(text) == []
    assert contradicted(text.replace("23%", "32%")) == ["32%"]


CHANGE = (
    "Indicator | Q2 2017/18 | Q2 2018/19 | Change\nReferrals in period | 1,258 | 991 | {}\n"
    "Looked after children | 541 | 593 | {}\n"
)


def test_a_change_has_its_sign() -> None:
    assert contradicted(CHANGE.format("-21%", "+10%")) == []
    assert contradicted(CHANGE.format("+21%", "-10%")) == ["21%", "-10%"]
    judged = (
        "Indicator | Q1 2018/19 | Q2 2018/19 | Change\nTimeliness of single assessment | 88% | 91% | +3\n"
        "Re-registrations | 14% | 7% | +7\nAgency staff | 13% | 12% | {}\nRe-referrals | 26% | 27% | -1\n"
    )
    assert contradicted(judged.format("+1")) == []  # better is more
    assert contradicted(judged.format("-1")) == ["-1"]


def test_a_change_is_from_the_time_that_the_table_shows() -> None:
    text = (
        "Indicator | Previous quarter | This quarter | Change\nTimeliness of single assessment | 88% | 91% | {}\n"
        "Re-registrations | 14% | 7% | {}\n"
    )
    assert confirmed(text.format("3 pp", "7 pp"))[-1] == "7 pp"
    assert not {"6 pp", "19 pp"} & set(confirmed(text.format("6 pp", "19 pp")))  # from other quarters


def test_a_direction_is_from_the_time_that_the_table_shows() -> None:
    rows = (
        "Visits in timescale | 71% | 74% | {}\nTimeliness of single assessment | 88% | 91% | Improved\n"
        "Re-registrations | 14% | 7% | Improved\n"
    )
    text = "Measure | Previous quarter | This quarter | Direction of travel\n" + rows
    assert contradicted(text.format("Improved")) == []
    assert contradicted(text.format("Declined")) == ["Declined"]  # as it has since last year


def test_a_variance_is_on_either_side_of_the_target() -> None:
    text = (
        "Indicator | Target | Actual | Variance\nRe-referrals | 22% | 27% | +5 pp\n"
        "Timeliness of single assessment | 90% | 91% | {}\nVisits in timescale | 85% | 74% | -11 pp\n"
        "Agency staff | 15% | 12% | -3 pp\n"
    )
    assert contradicted(text.format("+1 pp")) == []
    assert contradicted(text.format("+2 pp")) == ["2 pp"]
    assert contradicted(text.format("-1 pp")) == ["-1 pp"]


def test_a_year_and_a_year_to_date_are_of_all_their_cases() -> None:
    text = (
        "Measure | 2017/18 | Q1 | Q2 | YTD\nTimeliness of single assessment | 87% | 88% | 91% | 89%\n"
        "Re-registrations | 24% | 14% | 7% | {}\n"
    )
    assert contradicted(text.format("11%")) == []
    assert contradicted(text.format("21%")) == ["21%"]


def test_targets_under_outturns_and_the_other_way_round() -> None:
    text = "Ref | Target | Q2\nA2 | 91% | 90%\nA4 | 74% | 85%\nA9 | 7% | 16%\n"
    assert len(contradicted(text)) == 6


def test_figures_of_other_places_are_no_other_quarters() -> None:
    text = (
        "Measure | Doncaster | South Yorkshire\nTimeliness of single assessment | 88% | 91%\n"
        "Re-registrations | 14% | 7%\n"
    )
    assert not {"88%", "14%"} & set(confirmed(text))  # of the quarter before


def test_the_heading_says_which_cell_names_the_indicator() -> None:
    text = (
        "Section | Indicator | Q1 | Q2\nSocial Care Pathway | Timeliness of single assessment | 88% | 91%\n"
        "Children in Care | Care proceedings | 57% | {}\n"
    )
    assert contradicted(text.format("52%")) == []
    assert contradicted(text.format("25%")) == ["25%"]
    last = (
        "| RAG | Actual | Target | Indicator | Ref |\n|---|---|---|---|---|\n"
        "| Amber | 27% | 22% | Re-referrals | A1 |\n| Green | {} | 90% | Timeliness of single assessment | A2 |\n"
    )
    assert contradicted(last.format("91%")) == []
    assert contradicted(last.format("81%")) == ["81%"]


def test_two_tables_side_by_side() -> None:
    text = (
        "| KPI | Q2 | RAG | KPI | Q2 | RAG |\n|---|---|---|---|---|---|\n| A1 | 27% | Amber | A9 | 7% | Green |\n"
        "| A2 | 91% | Green | B8 | {} | Red |\n"
    )
    assert contradicted(text.format("52%")) == []
    assert contradicted(text.format("50%")) == ["50%"]


def test_counts_before_their_share_in_a_cell() -> None:
    text = (
        "Indicator | Q1 2018/19 | Q2 2018/19\nRe-referrals | 346 of 1,307 (26%) | 268 of 991 ({})\n"
        "Timeliness of single assessment | 1,065 of 1,210 (88%) | {} of 956 (91%)\n"
    )
    assert contradicted(text.format("27%", "870")) == []
    assert contradicted(text.format("29%", "807")) == ["29%", "807"]


def test_shares_as_parts_of_one_and_whether_the_target_was_met() -> None:
    text = "Ref | Q1 | Q2 | Target\nA2 | 0.88 | {} | 0.90\nA9 | 0.14 | 0.07 | 0.16\n"
    assert contradicted(text.format("0.91")) == []
    assert contradicted(text.format("0.19")) == ["0.19"]
    met = (
        "Indicator | Target | Q2 | Target met?\nTimeliness of single assessment | 90% | 91% | {}\n"
        "Care proceedings | 65% | 52% | No\n"
    )
    assert contradicted(met.format("Yes")) == []
    assert contradicted(met.format("No")) == ["No"]


def test_rows_of_counts_below_their_share() -> None:
    text = (
        "| Indicator | | Q1 | Q2 |\n|---|---|---|---|\n| Timeliness of single assessment | % | 88% | 91% |\n"
        "| | Number | 1,065 | {} |\n| | Cohort | 1,210 | 956 |\n"
    )
    assert contradicted(text.format("870")) == []
    assert contradicted(text.format("807")) == ["807"]


def test_an_indented_table_with_a_name_one_blank_before_its_figure() -> None:
    text = (
        "     Measures outside tolerance              Target   Tolerance   Q1 2018/19   Q2 2018/19\n"
        "     Care proceedings                        65%      55%         57%          52%\n"
        "     Children seen in appropriate timescales 85%      75%         71%          {}\n"
    )
    assert contradicted(text.format("74%")) == []
    assert contradicted(text.format("47%")) == ["47%"]
