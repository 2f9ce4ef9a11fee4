"""Each rule finds what it is for, and says nothing of words that are in order."""

from __future__ import annotations

import pytest
from prose.small import checked, example, found, said

from xlkpi.model.period import Quarter
from xlkpi.model.register import Basis, Indicator, Kind, Polarity
from xlkpi.prose.claim import Severity, Verdict
from xlkpi.prose.findings.names import words_of
from xlkpi.prose.findings.reconciliation import stocks

LISTED = (
    "Measures outside tolerance at the end of Quarter 2, 2018/19\n\nTwo measures:\n\n"
    "- A4 - Children seen in appropriate timescales\n- B8 - Care proceedings\n\n"
)
INSIDE = "Measures inside tolerance at the end of Quarter 2, 2018/19\n\n- A1 - Re-referrals\n\n"
A4_TOLD = "4.1. A4 stood at 74%. We are tracking every overdue visit.\n\n"
B8_TOLD = "4.2. B8 stood at 52%. A plan is in place with the courts.\n\n"

#: Rule, severity, a draft that breaks it, and one that says nearly the same and does not.
RULES = [
    ("outside without narrative", Severity.HIGH, LISTED + A4_TOLD, LISTED + A4_TOLD + B8_TOLD),
    ("outside without a plan", Severity.MEDIUM, LISTED + A4_TOLD + "4.2. B8 stood at 52%.\n", LISTED + A4_TOLD + B8_TOLD),
    ("stale period label", Severity.HIGH, LISTED.replace("2018/19", "2017/18"), LISTED),
    ("mixed period styles", Severity.LOW,
     "Quarter 2, 2018/19 came. Q2 2018/19 went. So did Qtr 2 2018-19.", "Quarter 2, 2018/19 came. Quarter 1, 2018/19 went."),
    ("heading without a period", Severity.LOW, LISTED + INSIDE + "Measures with no target\n\nNo measures:\n\nMore follows.",
     LISTED + INSIDE + "Measures with no target at the end of Quarter 2, 2018/19\n\nNo measures:\n\nMore follows."),
    ("measure missing from its list", Severity.HIGH, LISTED.replace("- B8 - Care proceedings\n", ""), LISTED),
    ("measure listed twice", Severity.HIGH, LISTED + "- A4 - Children seen in appropriate timescales\n", LISTED),
    ("list out of order", Severity.LOW,
     "Measures outside tolerance\n\n- B8 - Care proceedings\n- A4 - Children seen\n", LISTED),
    ("list and its number differ", Severity.HIGH, LISTED.replace("Two", "Three"), LISTED),
    ("figure without its unit", Severity.LOW, "Sickness rates for the quarter were 5.5.",
     "Sickness rates for the quarter were 5.5%."),
    ("another number than in the name", Severity.MEDIUM, "18% of social workers hold a caseload of 20 or more.",
     "18% of social workers hold a caseload of 26 or more."),
    ("figure of another period", Severity.MEDIUM, "Sickness was 5.5%, an increase on the previous quarter (4.4%).",
     "Sickness was 5.5%, an increase on the same period last year (4.4%)."),
    ("inspection not in the workbook", Severity.MEDIUM, "We were inspected as an Independent Fostering Agency in July 2018.",
     "We were inspected as a Voluntary Adoption Agency in July 2018."),
    ("status vocabulary", Severity.HIGH, "90% of measures are within or better than target.",
     "90% of measures are within tolerance or better."),
    ("above target said of a measure that is better when lower", Severity.MEDIUM,
     "Staff turnover is above target.", "Supervision of staff is above target."),
    ("adverse word for a measure that is on target", Severity.HIGH, "Staff turnover remains high.",
     "Supervision of staff remains high."),
    ("stock and flow do not reconcile", Severity.HIGH, "Of the children on a plan, 139 ceased to be on a plan.",
     "Contacts rose to 5694."),
    ("stock and flow do not reconcile", Severity.HIGH, "Children becoming the subject of a second plan were 7%.",
     "We have introduced a new leaflet on child protection plans, of which there were 323."),
    ("mixed precision", Severity.MEDIUM, "Contacts rose by 2% on last year and by 1.5% on last quarter.",
     "Contacts rose by 1.7% on last year and by 1.5% on last quarter."),
    ("mixed precision", Severity.MEDIUM, "The average caseload fell from 25.2 to 22.",
     "The average caseload fell from 25.2 to 22.1."),
    ("mixed precision", Severity.MEDIUM, "Custody rose from 0.18 per 1,000 to 0.2 per 1,000.",
     "Custody was 0.18 per 1,000. It is 0.2 per 1,000."),
    ("mixed precision", Severity.MEDIUM, "Staff turnover was 13% and agency cover 12.3%.",
     "Staff turnover was 13% and sickness 5.5%."),
    ("percent or percentage points", Severity.MEDIUM, "Timeliness of single assessment increased by 3%.",
     "Timeliness of single assessment increased by 3 percentage points."),
    ("denominator of a share of measures", Severity.MEDIUM, "65% of measures are on target, an increase on last quarter.",
     "65% of measures are on target."),
    ("count up, share down", Severity.MEDIUM, "Children placed with in-house foster carers rose to 234 from 220 a year ago.",
     "Looked after children rose to 593 from 541 a year ago."),
    ("month not closed", Severity.MEDIUM, "Referrals fell to 300 in October 2018.\n\nA. Person\n17 October 2018",
     "Referrals fell in September 2018.\n\nA. Person\n17 October 2018"),
    ("run across a series break", Severity.MEDIUM, "This is the second quarter with no inadequate audits.",
     "No audits were graded inadequate."),
    ("undated comparator", Severity.MEDIUM, "Timeliness of single assessment is better than the national average.",
     "Timeliness of single assessment is better than the national average of 2016/17."),
    ("populations differ", Severity.MEDIUM,
     "Average caseload for a qualified social worker in our teams is 22.1. Of all social workers, 18% hold 26 or more.",
     "Average caseload for a qualified social worker in our teams is 22.1. Of social workers, 18% hold 26 or more."),
    ("demand against the figures", Severity.LOW, "This is despite continued high levels of demand.",
     "This is despite the school holidays."),
    ("inspection not named", Severity.LOW, "We act on the recent inspection.", "We act on the recent inspection of adoption."),
    ("count called a rate", Severity.LOW, "The contact rate rose.", "The sickness rate rose."),
    ("definition drift", Severity.LOW, "Four children were on a plan for more than two years.",
     "Four children were on a plan for two years or more."),
    ("abbreviation not spelled out", Severity.LOW, "The JXQ met.", "The Joint Quality Board (JQB) met. The JQB agreed."),
    ("abbreviation not spelled out", Severity.LOW, "The share of CIN with a plan was 94%.",
     "The share of children in need (CIN) with a plan was 94%. CIN are few."),
    ("abbreviation not spelled out", Severity.LOW, "The JQB met. The Joint Quality Board (JQB) agreed.",
     "JQB (Joint Quality Board) met. The JQB agreed."),
    ("abbreviation not spelled out", Severity.LOW, "DMBC met Mr JT Smith.", "We met Mr JT Smith."),
    ("abbreviation not spelled out", Severity.LOW, "CPPs fell.\n\nAbbreviations\n\nEET \u2013 education",
     "CPPs fell.\n\nAbbreviations\n\nCPP \u2013 child protection plan\n"),
    ("count called a rate", Severity.LOW, "The referral rate fell.", "The referral rate per 10,000 children fell."),
    ("count called a rate", Severity.LOW, "Referrals are at their highest rate.", "Referrals fell at a rapid rate."),
    ("count called a rate", Severity.LOW, "The rate of referrals is 991.",
     "The rate of referrals that are closed is not held."),
    ("count called a rate", Severity.LOW, "Contacts rose; the rate is 5,694.", "Contacts rose; the rate of increase slowed."),
    ("zero form", Severity.LOW, "Only no audits were graded inadequate.", "No audits were graded inadequate."),
    ("slip of typing", Severity.LOW, "Looked after children rose by eleven 593.", "Looked after children rose to 593."),
    ("slip of typing", Severity.LOW, "The the figure fell.", "The figure fell."),
    ("slip of typing", Severity.LOW, "It rose, This is good.", "It rose. This is good."),
    ("month beside a quarter", Severity.LOW,
     "A4 was 74%. In September visits to CIC stood at 80%, to CPP at 83% and to CIN at 66%.",
     "A4 was 74%. In September 2018 visits to CIC stood at 80%, to CPP at 83% and to CIN at 66%."),
]  # fmt: skip


@pytest.mark.parametrize(
    ("rule", "severity", "broken", "kept"), RULES, ids=[f"{rule} {broken[:30]}" for rule, _, broken, _ in RULES]
)
def test_a_rule(rule: str, severity: Severity, broken: str, kept: str) -> None:
    findings = found(broken, rule)
    assert findings
    assert {one.severity for one in findings} == {severity}
    assert all(broken[one.start : one.end] == one.text or not one.text for one in findings)
    assert not found(kept, rule)


TITLE = "Performance Report, Quarter 2, 2018/19\n\nContacts rose to 5,694.\n\n"


@pytest.mark.parametrize(
    "label",
    [
        "Looking ahead to Quarter 3, 2018/19\n\nWe shall see.",
        "Next report: Quarter 3, 2018/19",
        "Figures for Q1 2018-19: contacts 5,611.",
        "What happened to the actions agreed in the Quarter 1, 2018/19 report\n\nAll were done.",
    ],
)
def test_a_label_of_another_report_is_not_stale(label: str) -> None:
    checked_ = checked(TITLE + label)
    assert not [one for one in checked_.findings if one.rule == "stale period label"]
    assert [one.kind for one in checked_.claims if one.verdict is Verdict.CONTRADICTED] == []


@pytest.mark.parametrize(
    "label",
    [
        "Measures on target in Quarter 3, 2018/19\n\nContacts rose.",
        "Figures for Q1 2018-19: contacts 5,694.",
        "Performance report, Quarter 1, 2018/19",
        "Figures for Quarter 5, 2018/19: contacts 5,694.",
        "Performance in 2018/19 Q6",
    ],
)
def test_a_label_that_is_stale_or_of_no_quarter(label: str) -> None:
    findings = [one.text for one in found(TITLE + label, "stale period label")]
    assert len(findings) == 1
    assert findings[0] in label


def test_what_is_no_quarter_is_left_alone() -> None:
    assert not found(TITLE + "Question Q5 was asked by 12 parents; a quarter 10 times as long.", "stale period label")


def test_a_measure_that_newly_fell_out_comes_first() -> None:
    codes = [one.what.split()[0] for one in found(LISTED, "outside without narrative")]
    assert codes == ["B8", "A4"]


A4_ASIDE = "2.3. One measure fell out of tolerance in the quarter; another remains outside tolerance for the third quarter.\n\n"
NARRATIVE, PLAN = "outside without narrative", "outside without a plan"
B8 = "4.2. B8 - Percentage of care proceedings on track to be completed within 26 weeks: it was 52%, outside tolerance."


def codes(text: str, rule: str) -> list[str]:
    return [one.what.split()[0] for one in found(text, rule)]


def test_counting_measures_says_nothing_of_one_of_them() -> None:
    assert codes(LISTED + A4_ASIDE + B8_TOLD, NARRATIVE) == ["A4"]
    assert codes(LISTED + "Two measures are outside tolerance: A4 and B8.\n\n" + B8_TOLD, NARRATIVE) == ["A4"]
    both = "Two measures are outside tolerance: A4 at 74% and B8 at 52%. We are tracking the visits.\n"
    assert not codes(LISTED + both, NARRATIVE)


def test_words_that_are_like_a_name_say_nothing_of_a_measure() -> None:
    aside = "5.3. We anticipate a 2-day focused visit, concentrating on services for looked after children.\n\n"
    assert codes(LISTED + aside + B8_TOLD, NARRATIVE) == ["A4"]


@pytest.mark.parametrize(
    "words",
    [
        "",
        "[Say what stands behind it and what is being done.]",
        "It has now dropped below its tolerance, and is now three points outside.",
        "It will be reported again next quarter.",
        "No action has been agreed yet.",
        "This is disappointing, and performance is falling.",
        "The share of reviews of appointments is not known.",
    ],
)
def test_words_that_name_no_action(words: str) -> None:
    assert codes(f"{LISTED}{A4_TOLD}{B8} {words}\n", PLAN) == ["B8"]


@pytest.mark.parametrize(
    "words",
    [
        "Team managers are following up every late case.",
        "The contractor has been asked for a recovery plan by the end of January.",
        "The legal team will meet the courts every month to speed up listing.",
        "Managers review late cases every Monday.",
        "Chairs now look at every plan at nine months.",
        "A review of the cases held up by expert assessments has begun.",
        "Late cases are being chased.",
        "The head of service is to see each late case.",
        "\n\nTwo more solicitors have been recruited.",
    ],
)
def test_words_that_name_an_action(words: str) -> None:
    text = f"{LISTED}{A4_TOLD}{B8} {words}\n"
    assert not codes(text, PLAN)
    assert not codes(text, NARRATIVE)


def test_the_paragraph_behind_counts_only_where_it_goes_on() -> None:
    assert codes(f"{LISTED}{A4_TOLD}{B8}\n\nReferrals fell to 991. They are being reviewed.\n", PLAN) == ["B8"]


def test_a_draft_that_comments_on_most_measures_is_asked_for_the_others() -> None:
    told = [(code, f"{code} was {one.outturn}%.") for code, one in example().contract.items()]
    commented = "\n\n".join(words for code, words in told if code != "B8")
    assert codes(commented, NARRATIVE) == ["B8"]
    assert not codes("\n\n".join(words for _, words in told[:5] if "A4" not in words), NARRATIVE)


def test_a_report_on_a_section_is_not_asked_for_the_others() -> None:
    assert not codes("Workforce report: Three measures are on target and none is outside tolerance.", NARRATIVE)
    section = (
        "In the Social Care Pathway four measures are on target, two are inside tolerance and one is outside tolerance."
    )
    assert codes(section, NARRATIVE) == ["A4"]


def test_covered_later_and_plans_in_place_are_claims_of_their_own() -> None:
    text = LISTED + "2.8. Two measures are outside tolerance. These are covered later in the report.\n\n"
    assert said(text + A4_TOLD, "coverage") == [("B8", "contradicted", "not B8")]
    assert said(text + A4_TOLD + B8_TOLD, "coverage") == [("B8", "confirmed", "B8, A4")]
    planned = LISTED + A4_TOLD + "6.1. Plans are in place for the measures outside tolerance.\n"
    assert said(planned, "coverage") == [("B8", "contradicted", "not B8")]


def test_an_extract_is_not_asked_for_every_measure() -> None:
    assert not checked("Contacts rose to 5694.").findings


GERMAN = """Bericht zum zweiten Quartal 2018/19

Die Zahl der Meldungen stieg im zweiten Quartal auf 5.694, gegen 5.600 im Vorjahr. Von den f\u00e4lligen Besuchen fanden 74,0 %
rechtzeitig statt; das Ziel von 85 % wurde damit zum dritten Mal verfehlt. Die Krankenquote lag bei 5,5 % und die Zahl der
Kinder in Pflege bei 593. Im n\u00e4chsten Quartal sollen die Besuche besser erfasst werden.
"""


def test_a_draft_in_another_language_is_not_passed_over_in_silence() -> None:
    [one] = found(GERMAN, "hardly anything understood")
    assert one.severity is Severity.HIGH
    assert one.what.startswith("This draft is not in English, and drafts are read in English")
    assert one.cure == "Check it by hand, or check a translation."


def test_what_is_no_text_is_told_so() -> None:
    odd = " ".join(f"Xq{letter}w k{letter}{number}" for number in range(3) for letter in "abcdefghijklmno")
    [one] = found(odd, "hardly anything understood")
    assert one.what.endswith("none could be held against the workbook, and few of the words are English.")


def test_a_draft_of_which_the_workbook_knows_nothing_is_told_so() -> None:
    heating = (
        "The boiler in house {0} was serviced {0}0 days after the tenant had asked for it, at a cost of 1{0}.50 pounds."
    )
    [one] = found("\n\n".join(heating.format(number) for number in range(11, 17)), "hardly anything understood")
    assert (
        one.what
        == "Hardly anything was understood: of the 18 figures in this draft none could be held against the workbook."
    )
    assert "Aliases" in one.cure
    assert not found("The boiler was serviced in 12 days.", "hardly anything understood")
    table = "\n".join(
        f"{code}\t{one.indicator.title}\t{float(one.outturn or 0):.2f}" for code, one in example().contract.items()
    )
    assert not found(table, "hardly anything understood")


def test_one_listed_measure_is_told_as_one() -> None:
    [one] = found("Two measures are outside tolerance:\n\n- A4 - Children seen\n", "list and its number differ")
    assert one.what.endswith("and 1 is listed.")


def test_the_gravest_findings_come_first() -> None:
    findings = checked(LISTED + "The contact rate rose. Staff turnover is above target.").findings
    order = [Severity.HIGH, Severity.MEDIUM, Severity.LOW]
    assert [one.severity for one in findings] == sorted((one.severity for one in findings), key=order.index)
    assert {one.severity for one in findings} == set(order)


def test_stocks_are_paired_with_their_flows_by_their_names() -> None:
    def count(code: str, title: str, basis: Basis) -> Indicator:
        return Indicator(code, title, "", 9, 1, Kind.CONTEXT, Polarity.NONE, "count", 0, basis=basis)

    register = [
        count("S", "Children in foster placements", Basis.SNAPSHOT),
        count("I", "Foster placements started", Basis.IN_QUARTER),
        count("O", "Foster placements ended", Basis.IN_QUARTER),
        count("X", "Foster placements ended early because of a complaint", Basis.IN_QUARTER),
        count("Z", "Contacts", Basis.IN_QUARTER),
    ]
    [stock] = stocks(register)
    assert (stock.closing.code, stock.came.code, stock.went.code) == ("S", "I", "O")
    assert not stocks(register[:2])
    [own] = stocks(example().indicators)
    assert (own.closing.code, own.came.code, own.went.code) == ("E4", "E17", "E13")


def test_the_words_of_a_name() -> None:
    assert words_of("Placements of children") == words_of("Children placed")
    assert example().quarter == Quarter(2018, 2)
