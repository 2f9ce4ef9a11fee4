"""Claims that are not single figures, each confirmed where it is right and contradicted where it is not."""

from __future__ import annotations

import pytest
from prose.small import checked, claims, example, said

from xlkpi.calculate.status import Status
from xlkpi.model.period import Month, Quarter
from xlkpi.prose.claim import Verdict
from xlkpi.prose.ratings import WITH_TARGET, named, stand

ON, INSIDE, OUTSIDE = "on or better than target", "inside tolerance", "outside tolerance"
RIGHT, WRONG, OPEN = "confirmed", "contradicted", "not checkable"

#: A sentence, the kind of claim, and of each such claim: indicator, verdict, what the figures say.
SENTENCES = [
    # How many measures have a status
    ("Ninety per cent of measures are within tolerance or better.", "share of measures", [("", RIGHT, "90%")]),
    ("Eighty per cent of measures are within tolerance or better.", "share of measures", [("", WRONG, "90%")]),
    ("In all, 13 (65%) of the 20 measures are on target.", "share of measures", [("", RIGHT, "65%")]),
    ("In all, 13 (65%) of the 20 measures are on target.", "count of measures", [("", RIGHT, "13")]),
    ("In all, 13 (65%) of the 21 measures are on target.", "count", [("", WRONG, "20")]),
    ("Eighteen of the 20 measures are on or better than target.", "count of measures", [("", WRONG, "13")]),
    ("All measures have a target.", "count of measures", [("", RIGHT, "20")]),
    ("All measures are on target.", "count of measures", [("", WRONG, "13")]),
    ("No measures are outside tolerance.", "count of measures", [("", WRONG, "2")]),
    ("The majority of measures are on target.", "count of measures", [("", RIGHT, "13")]),
    ("All Workforce measures are on target.", "count of measures", [("", RIGHT, "3")]),
    ("Four of the measures in Children in Care are on target.", "count of measures", [("", RIGHT, "4")]),
    ("Three of the measures in Children in Care are on target.", "count of measures", [("", WRONG, "4")]),
    ("13 measures are on target, five are within tolerance and two are outside.", "count of measures",
     [("", RIGHT, "13"), ("", RIGHT, "5"), ("", RIGHT, "2")]),
    ("13 measures are on target, five are within tolerance and three are outside.", "count of measures",
     [("", RIGHT, "13"), ("", RIGHT, "5"), ("", WRONG, "2")]),
    ("Last quarter 11 measures were on target.", "count of measures", [("", RIGHT, "11")]),
    ("Last quarter 12 measures were on target.", "count of measures", [("", WRONG, "11")]),
    ("65% of measures are on target, up from 55% last quarter.", "share of measures",
     [("", RIGHT, "65%"), ("", RIGHT, "55%")]),
    ("65% of measures are on target, a decrease on last quarter.", "direction", [("", WRONG, "up")]),
    ("We report 13 green, 5 amber and 2 red measures.", "count of measures",
     [("", RIGHT, "13"), ("", RIGHT, "5"), ("", RIGHT, "2")]),
    ("Thirteen met their target, five were within tolerance and two were outside tolerance.", "count of measures",
     [("", RIGHT, "13"), ("", RIGHT, "5"), ("", RIGHT, "2")]),
    ("Twelve met their target, five were within tolerance and two were outside tolerance.", "count of measures",
     [("", WRONG, "13"), ("", RIGHT, "5"), ("", RIGHT, "2")]),
    ("Of the measures 13 are on target; five (25%) inside and two (11%) outside tolerance.", "share of measures",
     [("", RIGHT, "25%"), ("", WRONG, "10%")]),
    ("13 are on target, five are within tolerance and two are outside. Last quarter it was 11, five and one.",
     "count of measures",
     [("", RIGHT, "13"), ("", RIGHT, "5"), ("", RIGHT, "2"), ("", RIGHT, "11"), ("", WRONG, "6"), ("", RIGHT, "1")]),
    ("13 are on target, five within tolerance and two outside it, against 11, six and one respectively last quarter.",
     "count of measures",
     [("", RIGHT, "13"), ("", RIGHT, "5"), ("", RIGHT, "2"), ("", RIGHT, "11"), ("", RIGHT, "6"), ("", RIGHT, "1")]),
    ("Green \u2013 13; Amber \u2013 5; Red \u2013 2", "count of measures",
     [("", RIGHT, "13"), ("", RIGHT, "5"), ("", RIGHT, "2")]),
    ("Green: 13, Amber: 4, Red: 2", "count of measures", [("", RIGHT, "13"), ("", WRONG, "5"), ("", RIGHT, "2")]),
    ("- Green (13)\n- Amber (5)\n- Red (3)\n", "count of measures", [("", RIGHT, "13"), ("", RIGHT, "5"), ("", WRONG, "2")]),
    ("Of the actions: Green \u2013 7; Amber \u2013 1; Red \u2013 4", "count of measures", []),
    ("In Children in Care four measures are on target and one is outside tolerance.", "count of measures",
     [("", RIGHT, "4"), ("", RIGHT, "1")]),
    ("In Children in Care four measures are on target and two are outside tolerance overall.", "count of measures",
     [("", RIGHT, "4"), ("", RIGHT, "2")]),
    ("We met our targets in 13 performance indicators, among them visits.", "count of measures", [("", RIGHT, "13")]),
    ("We met our targets in 14 performance indicators, among them visits.", "count of measures", [("", WRONG, "13")]),
    ("The board receives 20 performance indicators. There is data on 20 of the 20.", "count",
     [("", RIGHT, "20"), ("", RIGHT, "20"), ("", RIGHT, "20")]),
    ("There is data on 20 of the 22.", "count", [("", RIGHT, "20"), ("", WRONG, "20")]),
    ("The board receives 60 performance indicators. There is data on 52 of the 60.", "count", []),
    ("A4's target was not met.", "status", [("A4", RIGHT, OUTSIDE)]),
    ("A4's target has been met.", "status", [("A4", WRONG, OUTSIDE)]),
    ("The staff turnover target was missed.", "status", [("C15", WRONG, ON)]),
    ("The service hopes that 19 measures will be on target by March.", "count of measures", []),
    # Movements
    ("One measure fell out of tolerance in the quarter.", "movement", [("B8", RIGHT, "1")]),
    ("Two measures fell out of tolerance in the quarter.", "movement", [("B8", WRONG, "1")]),
    ("B8 fell out of tolerance.", "movement", [("B8", RIGHT, f"{INSIDE}, then {OUTSIDE}")]),
    ("A4 fell out of tolerance.", "movement", [("A4", WRONG, f"{OUTSIDE}, then {OUTSIDE}")]),
    ("A2 has returned to above target.", "movement", [("A2", RIGHT, f"{INSIDE}, then {ON}")]),
    ("A4 has come back inside tolerance.", "movement", [("A4", WRONG, f"{OUTSIDE}, then {OUTSIDE}")]),
    ("Both family support measures were set a target.", "movement",
     [("C17", RIGHT, f"without a target, then {ON}"), ("C18", RIGHT, f"without a target, then {INSIDE}")]),
    ("Three measures were set a target.", "movement", [("", WRONG, "2")]),
    ("A further 56 visits would have brought A4 back inside tolerance.", "movement", []),
    ("One measure fell out of tolerance last quarter.", "movement", [("", WRONG, "0")]),
    ("One measure fell out of tolerance in Quarter 1.", "movement", [("", WRONG, "0")]),
    ("Neither of the family support measures was set a target.", "movement",
     [("C17", WRONG, f"without a target, then {ON}"), ("C18", WRONG, f"without a target, then {INSIDE}")]),
    ("Neither of the placement stability measures is on target.", "status", [("B9", WRONG, ON), ("B10", WRONG, ON)]),
    ("None of the placement stability measures is outside tolerance.", "status", [("B9", RIGHT, ON), ("B10", RIGHT, ON)]),
    ("Staff turnover continues to miss its target.", "status", [("C15", WRONG, ON)]),
    # Runs
    ("A4 has been outside tolerance for the third quarter, but shows a decline.", "direction", [("A4", WRONG, "improved")]),
    ("One measure remains outside tolerance for the third quarter, but shows no improvement.", "direction",
     [("A4", WRONG, "improved")]),
    ("A4 has been outside tolerance for the third quarter.", "streak", [("A4", RIGHT, "3")]),
    ("A4 has been outside tolerance for the fourth quarter.", "streak", [("A4", WRONG, "3")]),
    ("A4 has been outside tolerance for three consecutive quarters.", "streak", [("A4", RIGHT, "3")]),
    ("One measure fell out of tolerance; another remains outside tolerance for the third quarter.", "streak",
     [("A4", RIGHT, "3")]),
    ("One measure fell out of tolerance; another remains outside tolerance for the second quarter.", "streak",
     [("A4", WRONG, "3")]),
    ("This is the second quarter with no inadequate audits.", "streak", [("", RIGHT, "2")]),
    ("This is the third quarter with no inadequate audits.", "streak", [("", WRONG, "2")]),
    # Named measures
    ("Both placement stability measures are better than target.", "status", [("B9", RIGHT, ON), ("B10", RIGHT, ON)]),
    ("Staff turnover is outside tolerance.", "status", [("C15", WRONG, ON)]),
    ("A4 and B8 are outside tolerance.", "status", [("A4", RIGHT, OUTSIDE), ("B8", RIGHT, OUTSIDE)]),
    ("A2 continues to exceed target.", "status", [("A2", WRONG, ON)]),
    ("B13 continues to exceed target.", "status", [("B13", RIGHT, ON)]),
    ("A2 was inside tolerance last quarter.", "status", [("A2", RIGHT, INSIDE)]),
    ("A2 improved from 88% in Quarter 1, 2018/19, when it was inside tolerance.", "status", [("A2", RIGHT, INSIDE)]),
    ("Staff turnover remains high.", "status", [("C15", WRONG, "C15 on or better than target")]),
    ("Supervision of staff remains high.", "status", [("C16", RIGHT, "C16 on or better than target")]),
    # Periods
    ("Measures outside tolerance as at the end of Quarter 2, 2018/19", "period", [("", RIGHT, "2018/19 Q2")]),
    ("Measures outside tolerance as at the end of Quarter 2, 2017/18", "period", [("", WRONG, "2018/19 Q2")]),
    ("The second quarter of 2018/19 shows an improvement.", "period", [("", RIGHT, "2018/19 Q2")]),
    ("Reporting period 1 April to 30 June 2018", "period", [("", WRONG, "1 July to 30 September 2018")]),
    ("Contacts rose in Quarter 3 2018/19.", "period", [("", WRONG, "2018/19 Q2")]),
    # Audits, inspections, others
    ("Of the audits in the quarter, 82% were graded good or better.", "share", [("", RIGHT, "82%")]),
    ("Of the audits in the quarter, 28% were graded good or better.", "share", [("", WRONG, "82%")]),
    ("No audits were graded inadequate.", "count", [("", RIGHT, "0")]),
    ("All children's homes are good or better.", "inspection", [("", RIGHT, "6 of 6")]),
    ("All children's homes are outstanding.", "inspection", [("", WRONG, "2 of 6")]),
    ("We were inspected as a Voluntary Adoption Agency in August 2018.", "inspection", [("", WRONG, "2018-07")]),
    ("We anticipate two inspections.", "inspection", [("", RIGHT, "2")]),
    ("We anticipate three inspections.", "inspection", [("", WRONG, "2")]),
    ("There were revisions to youth offending targets.", "target",
     [("", RIGHT, "F01 from 2018/19 Q1, F02 from 2018/19 Q1, F03 from 2018/19 Q1")]),
    ("There were no revisions to youth offending targets.", "target",
     [("", WRONG, "F01 from 2018/19 Q1, F02 from 2018/19 Q1, F03 from 2018/19 Q1")]),
    ("There were revisions to Workforce targets.", "target", [("", WRONG, "none")]),
    ("The set of measures has remained unchanged.", "contract set", [("", RIGHT, "0 added or removed")]),
    ("The set of measures has been completely changed.", "contract set", [("", WRONG, "0 added or removed")]),
    ("65% of measures are on target, and fall on last quarter.", "direction", [("", WRONG, "up")]),
    ("A minority of the cases that were audited are good or better.", "share", [("", WRONG, "82%")]),
    ("Half of our homes are good or better.", "inspection", [("", WRONG, "6 of 6")]),
    ("There were 2549 children in need, including children in care.", "composition", [("E3", RIGHT, "E5 593")]),
    ("There were 593 children in care, including all children in need.", "composition", [("E5", WRONG, "E3 2549")]),
    ("This is not leading to repeat child protection plans.", "status", [("A9", RIGHT, ON)]),
    ("Timeliness of single assessment is better than the national average.", "comparison", [("", OPEN, "")]),
]  # fmt: skip


@pytest.mark.parametrize(
    ("sentence", "kind", "wanted"), SENTENCES, ids=[f"{text} ({kind})" for text, kind, _ in SENTENCES]
)
def test_a_sentence(sentence: str, kind: str, wanted: list[tuple[str, str, str]]) -> None:
    assert said(sentence, kind) == wanted


HEAD = "Measures outside tolerance at the end of Quarter 2, 2018/19\n\n"
TABLE = (
    "\tOutside tolerance\tInside tolerance\tOn or better than target\n"
    "Workforce\t0\t{inside}\t3\nTotal\t2 {share}\t5 25%\t13 65%\n"
)
B8 = "Percentage of care proceedings on track to be completed within 26 weeks"
CONTEXT = (
    "Measure\tQ2 2018/19\tQ2 2017/18\tQ1 2018/19\n"
    "Contacts in period\t5694\t{year}\t5611\nReferrals in period\t991\t1258\t1307\n"
)


def test_a_list_under_a_status() -> None:
    right = f"{HEAD}Two measures:\n\n- A4 - Children seen\n- B8 - Care proceedings\n"
    assert said(right, "status") == [("A4", RIGHT, OUTSIDE), ("B8", RIGHT, OUTSIDE)]
    assert said(right, "list") == [("", RIGHT, "2")]


def test_a_measure_in_the_wrong_list_and_a_count_that_does_not_fit() -> None:
    wrong = f"{HEAD}Three measures:\n\n- A4 - Children seen\n- A2 - Timeliness of single assessment\n"
    assert said(wrong, "status") == [("A4", RIGHT, OUTSIDE), ("A2", WRONG, ON)]
    assert said(wrong, "list") == [("", WRONG, "2")]


def test_the_wrong_status_over_a_list_is_said_once() -> None:
    text = "Measures on target\n\nTwo measures:\n\n- A4 - Children seen\n- B8 - Care proceedings\n"
    assert said(text, "status") == [("", WRONG, OUTSIDE), ("A4", RIGHT, OUTSIDE), ("B8", RIGHT, OUTSIDE)]
    assert said(text, "list") == [("", RIGHT, "2")]
    [head] = [one for one in claims(text, "status") if one.verdict is Verdict.CONTRADICTED]
    assert head.text == "on target"


def test_a_list_that_is_too_long_leaves_its_number_right() -> None:
    text = f"{HEAD}Two measures:\n\n- A4 - Children seen\n- B8 - Care proceedings\n- C15 - Staff turnover\n"
    assert said(text, "list") == [("", RIGHT, "2")]
    assert said(text, "status") == [("A4", RIGHT, OUTSIDE), ("B8", RIGHT, OUTSIDE), ("C15", WRONG, ON)]


def test_a_code_that_there_is_not_leaves_its_item_in_the_list() -> None:
    text = f"{HEAD}Two measures:\n\n- A4 - Children seen\n- B88 - {B8}\n"
    assert said(text, "status") == [("A4", RIGHT, OUTSIDE), ("B8", RIGHT, OUTSIDE)]
    assert said(text, "name") == [("B8", WRONG, "B8")]


def test_an_empty_list_says_that_there_are_none() -> None:
    assert said("Measures with no target currently set\n\nNo measures:\n\nSome words follow here.", "list") == [
        ("", RIGHT, "0")
    ]
    assert said("Measures outside tolerance\n\nNo measures:\n\nSome words follow here.", "list") == [("", WRONG, "2")]


def test_a_list_of_an_earlier_quarter_is_judged_by_that_quarter() -> None:
    head = "Measures inside tolerance at the end of Quarter 1, 2018/19"
    text = f"{head}\n\n- A2 - Timeliness of single assessment\n- B8 - Care proceedings\n"
    assert said(text, "status") == [("A2", RIGHT, INSIDE), ("B8", RIGHT, INSIDE)]
    assert said(text, "period") == [("", RIGHT, "2018/19 Q1")]


def test_a_table_of_measures_by_section_and_status() -> None:
    right = [one.verdict for one in checked(TABLE.format(inside=0, share="10%")).claims]
    assert right == [Verdict.CONFIRMED] * 9
    wrong = [one for one in checked(TABLE.format(inside=1, share="11%")).claims if one.verdict is Verdict.CONTRADICTED]
    assert [(one.text, one.computed) for one in wrong] == [("1", "0"), ("11%", "10%")]


def test_a_table_of_figures_by_period() -> None:
    assert {one.verdict for one in checked(CONTEXT.format(year=5600)).claims} == {Verdict.CONFIRMED}
    [wrong] = checked(CONTEXT.format(year=5060)).with_verdict(Verdict.CONTRADICTED)
    assert (wrong.text, wrong.computed, wrong.indicator) == ("5060", "5600", "E1")


def test_a_column_under_the_wrong_label_is_contradicted_once() -> None:
    text = CONTEXT.format(year=5600).replace("Q1 2018/19", "Q4 2017/18")
    [wrong] = checked(text).with_verdict(Verdict.CONTRADICTED)
    assert (wrong.text, wrong.kind, wrong.computed) == ("Q4 2017/18", "period", "2018/19 Q1")


@pytest.mark.parametrize(
    ("day", "verdict"), [("17 October 2018", RIGHT), ("17 September 2018", WRONG), ("17 October 2019", WRONG)]
)
def test_the_day_of_signing(day: str, verdict: str) -> None:
    text = f"Report for Quarter 2, 2018/19\n\nContacts rose.\n\nA. Person\nHead of Performance\n{day}"
    assert [one.verdict.value for one in claims(text, "date")] == [verdict]


@pytest.mark.parametrize(
    ("dates", "verdict"),
    [
        ("1 July to 30 September 2018", RIGHT),
        ("1 April to 30 September 2018", RIGHT),
        ("October 2017 to September 2018", RIGHT),
        ("1 August to 30 September 2018", WRONG),
        ("July to August 2018", WRONG),
        ("1 July to 31 September 2018", WRONG),
    ],
)
def test_the_months_that_are_reported(dates: str, verdict: str) -> None:
    found = checked(f"Report for Quarter 2, 2018/19\n\nReporting period: {dates}\n\nContacts rose.").claims
    assert {one.verdict.value for one in found if one.kind in ("period", "date") and one.start > 30} >= {verdict}
    assert verdict == WRONG or WRONG not in {one.verdict.value for one in found}


@pytest.mark.parametrize(("label", "verdict"), [("Quarter 2", []), ("Quarter 3", [WRONG])])
def test_a_quarter_and_its_months(label: str, verdict: list[str]) -> None:
    text = f"Report of the Trust\n\nReporting period: {label} (July to September 2018), 2018/19\n"
    assert [one.verdict.value for one in claims(text, "period") if one.text == label] == verdict


def test_a_figure_of_a_part_is_judged_by_the_target_of_its_measure() -> None:
    text = "A4: 79% of CIN were seen in time, putting performance within tolerance."
    assert said(text, "status") == [("A4", RIGHT, INSIDE)]
    assert said(text.replace("79%", "71%"), "status") == [("A4", WRONG, OUTSIDE)]


def test_the_world_knows_what_the_sentences_above_rest_on() -> None:
    world = example()
    assert [world.status(code) for code in ("A2", "A4", "B8")] == [Status.ON, Status.OUTSIDE, Status.OUTSIDE]
    assert world.fact("E2", world.facts_of("E2")[0].measure, Month(2018, 9)) is not None
    assert world.count([Status.ON], quarter=Quarter(2018, 1)).value == 11


def test_statuses_in_words() -> None:
    assert named({Status.OUTSIDE, Status.INSIDE}) == "outside tolerance or inside tolerance"
    assert [stand(one) for one in ({Status.ON}, {Status.NO_DATA}, WITH_TARGET)] == [
        "are on or better than target", "have no figure", "have a target",
    ]  # fmt: skip
