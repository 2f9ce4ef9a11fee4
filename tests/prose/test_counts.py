"""Statuses, counts and lists of measures as ordinary sentences put them: each true version with a false one beside it."""

from __future__ import annotations

import pytest
from prose import cases

from xlkpi.prose.claim import Verdict, Verification
from xlkpi.prose.draft import Draft
from xlkpi.prose.verify import verify

HELP, PARENTING = "Help and protection", "Corporate parenting"

#: Whose figures, what is true by them, and what is false.
VERSIONS = [
    # Denied, in one way or another
    ("ashgrove", "Neither the number of caseloads nor protection visits met its target.",
     "Neither the number of caseloads nor IRO reviews met its target."),
    ("ashgrove", "It is not true that caseloads were on target.", "It is not true that IRO reviews were on target."),
    ("ashgrove", "It is untrue that protection visits met their target.", "It is untrue that IRO reviews met their target."),
    ("ashgrove", "Protection visits have once more failed to come within tolerance.",
     "Caseloads have once more failed to come within tolerance."),
    ("ashgrove", "Average caseload is not red, but amber.", "Average caseload is not amber, but red."),
    ("ashgrove", "IRO reviews met their target, unlike caseloads.", "IRO reviews met their target, unlike ASYE retention."),
    # All but some
    ("ashgrove", "In Care, all but initial health checks met their targets.",
     "In Care, all but IRO reviews met their targets."),
    ("ashgrove", "Every indicator is inside tolerance or better except protection visits and initial health checks.",
     "Every indicator is inside tolerance or better except initial health checks."),
    ("ashgrove", "Apart from initial health checks and protection visits, every indicator is within tolerance.",
     "Apart from initial health checks and caseloads, every indicator is within tolerance."),
    ("ashgrove", "All indicators but two are within tolerance; the exceptions are protection visits and initial health checks.",
     "All indicators but two are within tolerance; the exceptions are caseloads and initial health checks."),
    ("ashgrove", "All the indicators but four are on target.", "All the indicators but one are on target."),
    # In a word
    ("ashgrove", "ASYE retention was achieved.", "ASYE retention was not achieved."),
    ("ashgrove", "Caseloads: target not met.", "Caseloads: target met."),
    ("ashgrove", "ASYE retention is green, caseloads amber and protection visits red.",
     "ASYE retention is green, caseloads red and protection visits amber."),
    ("ashgrove", "Initial health checks is one of the indicators in the red.",
     "Caseloads is one of the indicators in the red."),
    ("eastvale", "The target for turnover was met.", "The target for CIN visits was met."),
    # Of two that were named just before
    ("eastvale", "We watch turnover and CIN visits. The first is on target; the second is not.",
     "We watch CIN visits and turnover. The first is on target; the second is not."),
    ("eastvale", "We watch turnover and CIN visits. The former is green, the latter red.",
     "We watch turnover and CIN visits. The former is green, the latter amber."),
    ("eastvale", "We watch turnover and the agency rate. Both are on target.",
     "We watch turnover and the agency rate. Neither is on target."),
    ("eastvale", "We looked at distant placements once more. Even so, they missed their target.",
     "We looked at distant placements once more. Even so, they met their target."),
    # How many
    ("eastvale", "There are three reds this quarter.", "There are 4 reds this quarter."),
    ("eastvale", "The number of reds stands at 3.", "The number of reds stands at 2."),
    ("ashgrove", "The number of red indicators has risen from 1 to 2.", "The number of red indicators has risen from 0 to 2."),
    ("eastvale", "More than half of the indicators (6 of 10) are on target.",
     "Fewer than half of the indicators (6 of 10) are on target."),
    ("stourbeck", "Five of six indicators improved on last quarter.", "6 of six indicators improved on last quarter."),
    # Lists
    ("eastvale", "Three indicators are red: CIN visits, distant placements and strategy discussions.",
     "Three indicators are red: CIN visits, distant placements and turnover."),
    ("eastvale", "The reds are CIN visits, distant placements and strategy discussions.",
     "The reds are CIN visits and distant placements."),
    ("eastvale", "On target this quarter are, among others, turnover and the agency rate.",
     "On target this quarter are, among others, turnover and CIN visits."),
    ("tidewater", "Improvements on last quarter were seen in exploitation assessments.",
     "Improvements on last quarter were seen in interview offers."),
    # Sections
    ("eastvale", f"Two of the three reds are in {HELP}.", f"One of the three reds is in {HELP}."),
    ("eastvale", f"Two of the three reds are in {HELP}.", f"Two of the four reds are in {HELP}."),
    ("eastvale", "None of the reds is in Workforce.", f"None of the reds is in {HELP}."),
    ("eastvale", f"One of the three reds is in {PARENTING}.", f"All the red indicators are in {PARENTING}."),
    ("eastvale", f"CIN visits (red) belongs to {HELP}.", f"CIN visits (red) belongs to {PARENTING}."),
    ("ashgrove", "Under Assess, assessment turnaround is on target; under Protect, protection visits are outside tolerance.",
     "Under Assess, assessment turnaround is outside tolerance; under Protect, protection visits are on target."),
    # Runs whose status stands behind a long name
    ("eastvale", "It is the fourth consecutive quarter in which children in need visited in the last 20 working days were red.",
     "It is the fifth consecutive quarter in which children in need visited in the last 20 working days were red."),
]  # fmt: skip


def _checked(folder: str, text: str) -> Verification:
    return verify(Draft(text), cases.case(folder).world)


@pytest.mark.parametrize(("folder", "true", "false"), VERSIONS)
def test_true_and_false_versions(folder: str, true: str, false: str) -> None:
    right, wrong = _checked(folder, true), _checked(folder, false)
    assert not list(right.with_verdict(Verdict.CONTRADICTED))
    assert right.with_verdict(Verdict.CONFIRMED)
    assert wrong.with_verdict(Verdict.CONTRADICTED)


@pytest.mark.parametrize(
    ("folder", "text"),
    [
        (
            "ashgrove",
            "Indicators that had missed their target, or had done notably well:\n\n- caseloads\n- IRO reviews",
        ),
        ("tarnbridge", "Amended plans beat its target."),
        ("ashgrove", "Protection visits turned red, which they had not been for the 5 quarters before."),
        ("eastvale", "The deadline for CIN visits was met."),
        ("eastvale", "The reds are CIN visits and some that other councils have."),
        (
            "ashgrove",
            "Of the eight measures in all, four met the target while four fell short of their normal targets.",
        ),
    ],
)
def test_what_is_not_contradicted(folder: str, text: str) -> None:
    assert not list(_checked(folder, text).with_verdict(Verdict.CONTRADICTED))


def test_measures_by_their_numbers() -> None:
    found = _checked("ashgrove", "Indicators 2 and 5 are red.").claims
    assert [(one.indicator, one.verdict) for one in found] == [("A02", Verdict.CONFIRMED), ("A05", Verdict.CONFIRMED)]
    found = _checked("ashgrove", "Indicators 1 to 3 are green.").claims
    assert [one.indicator for one in found if one.verdict is Verdict.CONTRADICTED] == ["A02", "A03"]


def test_a_register_that_is_part_of_a_larger_one() -> None:
    text = "The Committee received eight of the sixteen corporate indicators that fall under its remit."
    assert [one.verdict for one in _checked("ashgrove", text).claims] == [Verdict.CONFIRMED]


def test_a_count_of_measures_is_not_of_the_status_in_a_bracket_nor_of_what_was_named_before() -> None:
    for text in (
        "One measure reported once a year is not counted here: A05 (outside tolerance).",
        "One measure has no target: A01. One measure remained outside tolerance, though it improved.",
    ):
        found = verify(Draft(text), cases.case("ashgrove").world)
        assert not [one for one in found.with_verdict(Verdict.CONTRADICTED) if one.text.startswith("One measure re")]
        assert not [one for one in found.claims if one.kind == "status" and one.text == "outside tolerance"]
