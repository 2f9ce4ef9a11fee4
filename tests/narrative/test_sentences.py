"""What the narrative says of contracts of a few measures, case by case."""

from __future__ import annotations

import pytest
from narrative.few import NOW, YEAR_AGO, Few

from xlkpi.calculate.change import NotComparable
from xlkpi.calculate.history import TO_DATE
from xlkpi.model.observation import Audit
from xlkpi.model.period import Quarter
from xlkpi.model.register import Band, Basis, Polarity

RANGE = {"polarity": Polarity.RANGE, "unit": "cases", "decimals": 1}
ANNUAL = {"basis": Basis.ANNUAL}
TO_DATE_COUNT = {"unit": "count", "basis": Basis.YEAR_TO_DATE}
EXPECTED = Quarter(2018, 3).months[0]


def test_a_range_measure_that_moved_is_told_apart_from_one_that_held() -> None:
    few = Few().measure("A1", (Band(16, 20), Band(14, 22)), [21.9, 14.1], **RANGE)
    few.measure("A2", (Band(16, 20), Band(14, 22)), [21.0, 21.0], **RANGE)
    assert few.says()["inside tolerance"] == (
        "The following remained inside tolerance, but moved since Quarter 1, 2018/19: A1 (21.9 cases, from 14.1). "
        "The following remained inside tolerance, with little or no change: A2 (21.0 cases)."
    )


def test_measures_that_left_the_set_are_counted_where_they_are_many() -> None:
    few = Few().measure("A1", (85, 75), [90, 90, 90])
    for number in range(28):
        few.measure(f"Z{number}", (85, 75), [None, None, 90], last=Quarter(2018, 1))
    said = few.says()["set"]
    assert "; in Quarter 2, 2017/18 it had 29. Twenty-eight measures have left the set: Z0, Z1, " in said
    assert "Z22, Z23 and 4 others." in said
    assert few.paragraphs()["set"].figures.count("Z2") == 5


def test_one_measure_that_left_the_set_is_said_with_a_verb() -> None:
    few = Few().measure("A1", (85, 75), [90, 90, 90]).measure("A2", (85, 75), [None, None, 90], last=Quarter(2018, 1))
    few.measure("A3", (85, 75), [90, None, None], first=NOW)
    said = few.says()["set"]
    assert said.startswith("The contract set has 2 measures, as many as in Quarter 2, 2017/18.")
    assert "One measure has been added: A3. One measure has left the set: A2." in said


def test_a_year_to_date_is_compared_with_the_same_quarter_last_year_alone() -> None:
    few = Few(Quarter(2018, 1)).measure("A1", (4, 3), [5, 16, 6], **TO_DATE_COUNT)
    few.measure("A2", (8, 6), [2, 5, 1], **TO_DATE_COUNT).measure("A3", (8, 6), [9, 9], **TO_DATE_COUNT)
    few.context("E1", [30, 110, 25], title="Complaints since April", basis=Basis.YEAR_TO_DATE)
    said = few.says()
    assert said["on target"] == (
        "The following remained on or better than target, counted from April: A1 (5, from 6 in Quarter 1, 2017/18) and A3 (9)."
    )
    assert "It has improved since Quarter 1, 2017/18, from 1." in said["exception.A2"]
    assert said["context.E1"] == (
        "Complaints since April: the number rose by 20.0% on the same quarter last year (from 25 to 30). "
        "It cannot be compared with last quarter, because it is counted from April."
    )
    assert "improved" not in said["headline"]
    assert few.told().results.of("A1").on_quarter == NotComparable(TO_DATE)


def test_a_year_to_date_without_a_figure_a_year_before_says_so() -> None:
    few = Few().measure("A2", (8, 6), [2, 5], **TO_DATE_COUNT).context("E1", [30, 110], basis=Basis.YEAR_TO_DATE)
    said = few.says()
    assert "It cannot be compared with Quarter 2, 2017/18, because there is no figure for it." in said["exception.A2"]
    assert said["context.E1"].endswith("30, counted from April, with no figure a year before to compare it with.")


def test_a_measure_reported_once_a_year_belongs_to_the_set_and_to_the_conclusion() -> None:
    few = Few(Quarter(2017, 4)).measure("A1", (80, 70), [60, 65]).measure("A2", (80, 70), [85, 85])
    few.measure("B1", (80, 70), [60, None, 75], **ANNUAL)
    said = few.says()
    assert said["set"].startswith("The contract set has 3 measures")
    assert "The set includes one measure reported once a year: B1." in said["set"]
    assert said["headline"].startswith("One of the two quarterly contract measures (50%)")
    assert said["headline"].endswith(
        "One measure reported once a year is not counted in these figures: B1 (outside tolerance)."
    )
    assert said["list outside"].startswith(
        "One measure was outside contract tolerance at the end of Quarter 4, 2017/18, not counting B1, reported once a year:\n"
    )
    assert said["conclusion"].endswith(
        "The one measure outside tolerance, A1, is covered under key exceptions above. "
        "The measure reported once a year, B1, was outside tolerance, too."
    )


def test_where_only_one_reported_once_a_year_is_outside_the_others_are_said_to_be_quarterly() -> None:
    few = (
        Few()
        .measure("A1", (80, 70), [85, 80])
        .measure("A2", (80, 70), [75, 75])
        .measure("B2", (80, 70), [90], **ANNUAL)
    )
    few.measure("B1", (80, 70), [60], **ANNUAL)
    said = few.says()
    assert (
        said["list outside"]
        == "No quarterly measures were outside contract tolerance at the end of Quarter 2, 2018/19."
    )
    assert said["conclusion"].endswith(
        "No quarterly measures were outside tolerance. Of the measures reported once a year, B1 was outside tolerance."
    )


def test_a_contract_of_measures_reported_once_a_year_alone_makes_sense() -> None:
    said = Few().measure("B1", (80, 70), [60], **ANNUAL).says()
    assert said["set"] == "The contract set has one measure."
    assert said["headline"] == "The only contract measure is reported once a year: B1 (outside tolerance)."
    assert said["conclusion"] == "The measure reported once a year, B1, was outside tolerance."


def test_a_share_and_its_count_that_moved_apart_are_both_said() -> None:
    few = Few().context("E1", [593, 582, 541], title="Children in care", basis=Basis.SNAPSHOT, unit="count")
    row = {"basis": Basis.SNAPSHOT, "definition": "Children in care who are placed with our own carers."}
    few.context("E2", [234, 233, 220], title="Placed with our carers", list_order=None, **row)
    assert few.says()["shares"] == (
        "Placed with our carers: the number rose from 220 to 234 since the same quarter last year, while the share fell "
        "from 40.7% to 39.5%, because the total rose from 541 to 593."
    )
    assert "other figures" not in few.says()


def test_a_share_and_count_of_the_table_are_said_in_one_paragraph() -> None:
    few = Few().context("E1", [593, 582, 541], title="Children in care", basis=Basis.SNAPSHOT)
    few.context("E2", [234, 233, 220], basis=Basis.SNAPSHOT, definition="Of all children in care.")
    few.context("E3", [(160, 593), None, (147, 541)], unit="%", denominator_label="children")
    said = few.says()
    assert said["context.E2"].endswith(
        "As a share of the total it fell from 40.7% to 39.5% since the same quarter last year, "
        "because the total rose from 541 to 593."
    )
    assert said["context.E3"].startswith("Title of E3: the figure was little changed from the same quarter last year")
    assert "The number rose from 147 to 160 since the same quarter last year, because the total" in said["context.E3"]
    assert "shares" not in said


@pytest.mark.parametrize("definition", ["", "All children in care.", "Children in careers."])
def test_a_count_is_a_share_of_what_the_register_names(definition: str) -> None:
    few = Few().context("E1", [593, 582, 541], title="Children in care", basis=Basis.SNAPSHOT)
    few.context("E2", [234, 233, 220], basis=Basis.SNAPSHOT, definition=definition)
    assert ("As a share" in few.says()["context.E2"]) == (definition == "All children in care.")


def test_no_sentence_starts_with_a_code_that_is_a_number() -> None:
    few = Few().measure("1.1", (85, 75), [86, 74]).measure("1.2", (85, 75), [80, 86]).measure("1.3", (85, 75), [80, 86])
    few.measure("1.4", (85, 75), [86, 80]).measure("1.5", (85, 75), [70, 80])
    said = few.says()["headline"]
    assert said.endswith(
        "One measure fell out of tolerance in the quarter: 1.5. Measure 1.1 came back inside tolerance or better. "
        "Measure 1.4 reached its target. Measures 1.2 and 1.3 were no longer on target, but inside tolerance."
    )
    only = Few().measure("1.1", (85, 75), [86, 86]).says()
    assert only["headline"].startswith("The only contract measure, 1.1 (Title of 1.1), was on or better than target")
    assert only["conclusion"].startswith("The only contract measure, 1.1, was on or better than target")


def test_several_that_are_still_outside_are_told_with_how_long() -> None:
    few = Few().measure("A1", (85, 75), [70, 69]).measure("A2", (85, 75), [70, 70]).measure("A3", (85, 75), [80, 80])
    assert few.says()["headline"].endswith(
        "Two measures remained outside tolerance: A1, for the second quarter in a row, though it improved; "
        "and A2, for the second quarter in a row."
    )


def test_a_section_does_not_start_with_also() -> None:
    said = Few().measure("A1", (85, 75), [90, 86]).measure("A2", (85, 75), [90, 90]).says()["on target"]
    assert said == (
        "The following remained on or better than target, and better than in Quarter 1, 2018/19: A1 (90%, from 86%). "
        "The following remained on or better than target, with little or no change: A2 (90%)."
    )


def test_two_measures_are_both_or_neither() -> None:
    both = Few().measure("A1", (85, 75), [90, 90]).measure("A2", (85, 75), [90, 90]).says()
    assert both["headline"].startswith("Both contract measures ended Quarter 2, 2018/19 on or better than target.")
    assert (
        both["conclusion"]
        == "Overall, both contract measures were on or better than target at the end of Quarter 2, 2018/19."
    )
    neither = Few().measure("A1", (85, 75), [70]).measure("A2", (85, 75), [70]).says()
    assert neither["headline"].startswith("Neither contract measure ended Quarter 2, 2018/19 inside tolerance.")
    assert neither["conclusion"].startswith(
        "Overall, neither contract measure was inside tolerance or better at the end of"
    )
    none = Few().measure("A1", None, [70]).measure("A2", None, [70]).says()
    assert none["headline"].startswith("Neither contract measure could be judged against a target")


def test_small_sets_are_in_words_beside_words() -> None:
    few = Few().measure("A1", (85, 75), [90]).measure("A2", (85, 75), [80]).measure("A3", (85, 75), [70])
    assert few.says()["headline"].startswith("Two of the three contract measures (67%) ended")
    assert few.says()["conclusion"].startswith("Overall, 2 of the 3 contract measures (67%) were")


@pytest.mark.parametrize(
    ("figures", "moved"),
    [
        ([74, 80], " It fell out of tolerance in the quarter."),
        ([74, 74], " It has been so for the second quarter in a row."),
        ([80, 74], " It came back from outside tolerance in the quarter."),
        ([86, 80], " It reached its target in the quarter."),
        ([80, 86], " It was no longer on target."),
        ([80, 80], ""),
    ],
)
def test_the_only_measure_is_not_counted(figures: list[float], moved: str) -> None:
    said = Few().measure("A1", (85, 75), figures).says()
    assert said["set"] == "The contract set has one measure."
    assert said["headline"].partition("at the end of Quarter 2, 2018/19.")[2] == moved


def test_sections_keep_their_numbers() -> None:
    few = Few().measure("A1", (85, 75), [None, 80])
    found = {one.key: (one.number, one.text) for one in few.paragraphs().values()}
    assert found["no context"] == ("3.1", "No operational measures are reported for Quarter 2, 2018/19.")
    assert found["no exceptions"] == (
        "4.1",
        "There is nothing to report before figures are returned for Quarter 2, 2018/19.",
    )
    assert found["no evaluation"] == ("5.1", "No inspection was reported in Quarter 2, 2018/19.")
    assert found["conclusion"][0] == "6.1"
    fine = Few().measure("A1", None, [80]).paragraphs()["no exceptions"]
    assert fine.text == "There are no exceptions or improvements to report for Quarter 2, 2018/19."
    assert Few().says()["conclusion"] == "There are no contract measures on which to conclude for Quarter 2, 2018/19."


def test_a_section_with_something_in_it_does_not_say_that_it_is_empty() -> None:
    few = (
        Few().measure("A1", (85, 75), [70, 80]).context("E1", [1, 2]).inspected("", "Fostering service", "IFA", "-", "")
    )
    assert not {"no context", "no exceptions", "no evaluation"} & few.says().keys()


def test_kinds_of_services_are_called_by_their_type() -> None:
    few = Few().inspected("2018-05", "The Oaks", "children's home", "overall", "good")
    few.inspected("2018-06", "The Elms", "children's home", "overall", "good")
    few.inspected("2018-06", "Elm House", "fostering", "overall", "good")
    few.inspected("2018-06", "Oak Lodge", "fostering", "overall", "outstanding")
    said = few.says()
    assert said["grades.Children's home"] == (
        "Children's homes: at the end of Quarter 2, 2018/19, both inspected were graded good."
    )
    assert said["grades.Fostering"] == (
        "Fostering: at the end of Quarter 2, 2018/19, one of the two inspected was graded outstanding and one good."
    )


def test_a_type_is_spelled_as_the_names_spell_it() -> None:
    few = Few()
    for name in ("MD", "2", "3"):
        few.inspected("2018-05", f"Children's home {name}", "childrens_home", "overall", "good")
    assert few.says()["grades.Children's home"].startswith(
        "Children's homes: at the end of Quarter 2, 2018/19, all three"
    )


def test_a_grade_is_said_once_and_what_is_expected_has_its_month() -> None:
    few = Few().inspected("2018-07", "The Oaks", "", "overall effectiveness", "good")
    few.inspected("2018-07", "The Oaks", "", "leadership", "good").inspected(
        "2018-07", "The Oaks", "", "care", "outstanding"
    )
    few.inspected(EXPECTED.label, "Fostering service", "IFA", "-", "")
    said = few.says()
    assert said["inspection.The Oaks.1"] == (
        "The Oaks, July 2018: judged good for overall effectiveness and for leadership and outstanding for care."
    )
    assert said["expected"].startswith("One inspection is expected: Fostering service (IFA) in October 2018.")


def test_one_audit_is_not_a_share() -> None:
    few = Few()
    few.audits = [Audit(NOW, "new", 0, 1, 0, 0), Audit(NOW.previous, "new", 1, 0, 1, 0)]
    assert few.says()["audits"].startswith(
        "Case file audits: the one case file audited in Quarter 2, 2018/19 was graded good. "
        "By comparison, 1 of 2 (50%) was graded good or outstanding in Quarter 1, 2018/19."
    )
    few.audits = [Audit(NOW, "new", 8, 46, 12, 0)]
    assert " graded good or outstanding. Eight (12%) were graded outstanding, 46 (70%) good, " in few.says()["audits"]


def test_one_revised_set_or_withdrawn_target_is_one() -> None:
    few = Few()
    for code in ("A1", "A2", "A3"):
        few.measure(code, (85, 75), [90, 90, 90])
    earlier = [one for one in few.targets if one.code != "A2"]
    now = [one for one in few.targets if one.code != "A3"]
    few.targets = []
    for one in earlier:
        few.targets.append(type(one)(one.code, None, NOW.previous, one.on, one.inside, row=len(few.targets) + 1))
    for one in now:
        on = Band(88, None) if one.code == "A1" else one.on
        few.targets.append(type(one)(one.code, NOW, None, on, one.inside, row=len(few.targets) + 1))
    assert few.says()["set"].endswith(
        "Since then the target or tolerance of A1 (Front door) has been revised. "
        "A target has since been set for A2 (Front door). The target of A3 (Front door) has since been withdrawn."
    )


def test_words_do_not_lean_on_the_workbook() -> None:
    few = Few().context("E1", [1, 2])
    for number in range(27):
        few.measure(f"A{number}", (85, 75), [70, 80])
    said = few.says()
    assert said["list outside"].endswith("; the appendix names them.")
    assert said["more exceptions"] == "A further 3 measures were outside tolerance; the appendix shows them."
    assert said["conclusion"].endswith(
        "Twenty-seven measures were outside tolerance; the key exceptions above cover some of them, and the appendix shows all."
    )
    everything = " ".join(said.values())
    assert "the sheet" not in everything
    assert "table below" not in everything


def test_a_figure_that_stands_alone_says_why() -> None:
    few = Few().context("E1", [25]).context("E2", [90, 80, 70], breaks=(NOW,))
    few.figure("E1", YEAR_AGO.previous, 24)
    said = few.says()
    assert said["context.E1"] == "Title of E1: the number was 25, with no figure for either quarter of comparison."
    assert said["context.E2"] == (
        "Title of E2: the number was 90, which cannot be compared with earlier quarters, because a new series started."
    )


def test_outside_after_a_break_is_not_said_to_have_had_no_status() -> None:
    few = Few().measure("A1", (85, 75), [70, 80], breaks=(NOW,)).measure("A2", (85, 75), [90, 90])
    assert few.says()["headline"].endswith("A1 was outside tolerance, with no comparable status in Quarter 1, 2018/19.")


def test_both_figures_have_the_decimals_that_both_statuses_need() -> None:
    few = Few().measure("A1", (15, 20), [13, 15.2], polarity=Polarity.LOWER)
    assert few.says()["improvement.A1"] == (
        "A1 – Title of A1: the measure reached its target, at 13.0% against a target of 15% and a tolerance of 20%. "
        "In Quarter 1, 2018/19 it was inside tolerance, at 15.2%."
    )
    hours = Few().measure("B4", (2, 3), [1, 2.4], polarity=Polarity.LOWER, unit="hrs").says()
    assert "it was inside tolerance, at 2.4 hrs" in hours["improvement.B4"]


def test_an_exception_without_a_figure_before_says_so() -> None:
    said = Few().measure("A1", (85, 75), [70]).says()["exception.A1"]
    assert "It cannot be compared with Quarter 1, 2018/19, because there is no figure for it." in said


@pytest.mark.parametrize(
    ("polarity", "levels", "figure", "said"),
    [
        (Polarity.HIGHER, (85, 75), (46, 88), "20 more cases would have closed: the figure is 46 of 88"),
        (Polarity.HIGHER, (85, 75), (74, 100), "1 more case would have closed: the figure is 74 of 100"),
        (Polarity.LOWER, (15, 20), (33, 125), "8 fewer cases would have closed: the figure is 33 of 125"),
        (
            Polarity.RANGE,
            (Band(40, 60), Band(30, 70)),
            (80, 100),
            "10 fewer cases would have closed: the figure is 80 of 100",
        ),
        (
            Polarity.RANGE,
            (Band(40, 60), Band(30, 70)),
            (29, 100),
            "1 more case would have closed: the figure is 29 of 100",
        ),
    ],
)
def test_the_cases_of_a_gap_have_their_direction(
    polarity: Polarity, levels: tuple[int | Band, int | Band], figure: tuple[int, int], said: str
) -> None:
    text = Few().measure("A1", levels, [figure], polarity=polarity).says()["exception.A1"]
    assert f", which {said} (cases in time, out of cases due)." in text


def test_money_stands_before_its_number() -> None:
    row = {"polarity": Polarity.LOWER, "unit": "£"}
    said = Few().measure("A1", (120, 140), [168, 150], **row).measure("A2", (120, 140), [110, 112], **row).says()
    assert (
        "outside tolerance for the second quarter in a row, at £168 against a target of £120 and a tolerance of £140. "
        "It has got worse since Quarter 1, 2018/19, from £150. The gap to tolerance is £28."
    ) in said["exception.A1"]
    assert said["on target"].endswith("A2 (£110, from £112).")
    assert "(from £100 to £105)" in Few().context("E1", [105, 100], unit="£").says()["context.E1"]


def test_one_that_came_back_to_target_came_from_outside_tolerance() -> None:
    said = Few().measure("A1", (85, 75), [90, 70]).says()["improvement.A1"]
    assert "the measure came back from outside tolerance to on or better than target, at 90%" in said
