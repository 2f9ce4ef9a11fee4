"""Numbers, periods, directions, statuses and subjects, each found where it stands and as what it means."""

from __future__ import annotations

from fractions import Fraction

import pytest

from xlkpi.model.period import Month, Period, Quarter, Year
from xlkpi.model.register import Indicator, Kind, Polarity
from xlkpi.prose.draft import Draft
from xlkpi.prose.mentions import Form, How, Link, Role, Unit, Way, When
from xlkpi.prose.mentions.directions import directions
from xlkpi.prose.mentions.flat import flat
from xlkpi.prose.mentions.names import Names
from xlkpi.prose.mentions.numbers import numbers, pairs
from xlkpi.prose.mentions.periods import periods
from xlkpi.prose.mentions.reading import read_mentions
from xlkpi.prose.mentions.subjects import subjects
from xlkpi.prose.text import read

NOW = Quarter(2018, 2)


@pytest.mark.parametrize(
    ("text", "value", "decimals", "unit"),
    [
        ("24% lower", 24, 0, Unit.PERCENT),
        ("5.50 per cent", Fraction(11, 2), 2, Unit.PERCENT),
        ("seven percent", 7, 0, Unit.PERCENT),
        ("one percentage point", 1, 0, Unit.POINTS),
        ("3.2pp", Fraction(16, 5), 1, Unit.POINTS),
        ("2 points", 2, 0, Unit.POINTS),
        ("1,898 contacts", 1898, 0, Unit.NONE),
        ("one hundred and thirty-nine plans", 139, 0, Unit.NONE),
        ("two thousand five hundred", 2500, 0, Unit.NONE),
        ("175 days", 175, 0, Unit.DAYS),
        ("45 working days", 45, 0, Unit.DAYS),
        ("four weeks", 4, 0, Unit.WEEKS),
        ("0.18 per 1,000", Fraction(9, 50), 2, Unit.RATE),
        ("£1.2m", 1_200_000, 0, Unit.MONEY),
        ("no cases", 0, 0, Unit.NONE),
    ],
)
def test_numbers_in_digits_and_words(text: str, value: Fraction, decimals: int, unit: Unit) -> None:
    [found] = numbers(flat(text))
    assert (found.value, found.decimals, found.unit) == (value, decimals, unit)


@pytest.mark.parametrize(
    ("text", "value", "form"),
    [
        ("the third quarter", 3, Form.ORDINAL), ("the 22nd time", 22, Form.ORDINAL),
        ("a third of", Fraction(1, 3), Form.FRACTION),
        ("two-thirds of", Fraction(2, 3), Form.FRACTION), ("half of", Fraction(1, 2), Form.FRACTION),
        ("doubled", 2, Form.MULTIPLE),
    ],
)  # fmt: skip
def test_ordinals_parts_and_multiples(text: str, value: Fraction, form: Form) -> None:
    [found] = numbers(flat(text))
    assert (found.value, found.form) == (value, form)


def test_and_joins_a_number_to_its_hundreds_alone() -> None:
    text = "four, four and two, one hundred and six, twenty and five"
    assert [one.value for one in numbers(text)] == [4, 4, 2, 106, 20, 5]


@pytest.mark.parametrize("text", ["A4 and F03", "Q2", "in no way", "C16"])
def test_codes_and_words_are_no_numbers(text: str) -> None:
    assert list(numbers(flat(text))) == []


@pytest.mark.parametrize(
    ("text", "link", "first", "second"),
    [
        ("18 out of 20 measures", Link.OF, 18, 20),
        ("nine in ten", Link.OF, 9, 10),
        ("440/515", Link.OF, 440, 515),
        ("from 25.2 to 22.1", Link.FROM_TO, Fraction(126, 5), Fraction(221, 10)),
        ("to 69% from 71%", Link.FROM_TO, 71, 69),
        ("(234 vs 220)", Link.VERSUS, 234, 220),
        ("234 compared with 220", Link.VERSUS, 234, 220),
        ("aged 19-21", Link.RANGE, 19, 21),
    ],
)
def test_two_numbers_that_make_one_statement(text: str, link: Link, first: Fraction, second: Fraction) -> None:
    plain = flat(text)
    [found] = pairs(plain, list(numbers(plain)))
    assert (found.link, found.first.value, found.second.value) == (link, first, second)


def test_a_change_and_the_level_that_it_led_to_are_no_pair() -> None:
    plain = flat("rose by six to 226")
    assert list(pairs(plain, list(numbers(plain)))) == []


@pytest.mark.parametrize(
    ("text", "when", "meant"),
    [
        ("Quarter 2, 2018/19", When.QUARTER, (NOW,)),
        ("Quarter 2 - 2018/19", When.QUARTER, (NOW,)),
        ("Qtr 2 2018/19", When.QUARTER, (NOW,)),
        ("2018-19 Q2", When.QUARTER, (NOW,)),
        ("Q2 2018-2019", When.QUARTER, (NOW,)),
        ("the second quarter of 2018/19", When.QUARTER, (NOW,)),
        ("quarter two of 2018/19", When.QUARTER, (NOW,)),
        ("in Q1", When.QUARTER, (Quarter(2018, 1),)),
        ("in Q4", When.QUARTER, (Quarter(2017, 4),)),
        ("1 July to 30 September 2018", When.SPAN, (NOW,)),
        ("April to June 2018", When.SPAN, (Quarter(2018, 1),)),
        ("September and October 2017", When.MONTHS, (Month(2017, 9), Month(2017, 10))),
        ("in September", When.MONTH, (Month(2018, 9),)),
        ("in November", When.MONTH, (Month(2017, 11),)),
        ("Sept 2018", When.MONTH, (Month(2018, 9),)),
        ("2017/18", When.YEAR, (Year(2017),)),
        ("at 31 March 2018", When.DATE, (Quarter(2017, 4),)),
        ("on 17 October 2018", When.DATE, ()),
        ("in 2016", When.CALENDAR_YEAR, ()),
        ("last quarter", When.PREVIOUS, (Quarter(2018, 1),)),
        ("the preceding quarter", When.PREVIOUS, (Quarter(2018, 1),)),
        ("QoQ", When.PREVIOUS, (Quarter(2018, 1),)),
        ("the same period last year", When.YEAR_AGO, (Quarter(2017, 2),)),
        ("a year ago", When.YEAR_AGO, (Quarter(2017, 2),)),
        ("the same quarter of 2017/18", When.YEAR_AGO, (Quarter(2017, 2),)),
        ("over the year", When.YEAR_AGO, (Quarter(2017, 2),)),
        ("this quarter", When.CURRENT, (NOW,)),
        ("at the end of the quarter", When.CURRENT, (NOW,)),
        ("in the last 12 months", When.SPAN, ()),
        ("at the end of the first quarter", When.QUARTER, (Quarter(2018, 1),)),
        ("when the fourth quarter closed", When.QUARTER, (Quarter(2017, 4),)),
        ("Q1 17-18", When.QUARTER, (Quarter(2017, 1),)),
        ("quarter 1 last year", When.YEAR_AGO, (Quarter(2017, 1),)),
        ("the last quarter of 2017/18", When.QUARTER, (Quarter(2017, 4),)),
        ("a quarter ago", When.PREVIOUS, (Quarter(2018, 1),)),
        ("This quarter 3,072 came.", When.CURRENT, (NOW,)),
        ("It was 88% last time.", When.PREVIOUS, (Quarter(2018, 1),)),
        ("autumn 2017", When.QUARTER, (Quarter(2017, 3),)),
        ("the summer quarter of last year", When.YEAR_AGO, (Quarter(2017, 2),)),
        ("the spring term of 2018", When.QUARTER, (Quarter(2017, 4),)),
        ("up from 176 in the spring", When.PREVIOUS, (Quarter(2018, 1),)),
        ("at Christmas 2017", When.QUARTER, (Quarter(2017, 3),)),
        ("since last summer", When.CALENDAR_YEAR, ()),
        ("two years earlier", When.YEAR_AGO, (Quarter(2016, 2),)),
        ("at the previous year end", When.YEAR_END, (Quarter(2017, 4),)),
        ("at mid-year", When.QUARTER, (NOW,)),
        ("over the last six months", When.PREVIOUS, (Quarter(2017, 4),)),
        ("the three months before", When.PREVIOUS, (Quarter(2018, 1),)),
        ("the first three months of 2018", When.SPAN, (Quarter(2017, 4),)),
        ("the last six months of 2017/18", When.SPAN, (Month(2017, 10), Month(2018, 3))),
        ("the year ended 31 March 2018", When.SPAN, (Year(2017),)),
        ("twelve months to June 2018", When.SPAN, (Month(2017, 7), Month(2018, 6))),
        ("between April and September", When.SPAN, (Month(2018, 4), Month(2018, 9))),
        ("in March of the year before", When.MONTH, (Month(2017, 3),)),
        ("at July last year", When.MONTH, (Month(2017, 7), Month(2018, 7))),
        ("31/03/2018", When.DATE, (Quarter(2017, 4),)),
        ("2016 saw a rise", When.CALENDAR_YEAR, ()),
        ("a figure above 2016, and rising", When.CALENDAR_YEAR, ()),
        ("On Q3 2017 to 2018 it fell.", When.QUARTER, (Quarter(2017, 3),)),
        ("It rose in 2017 to 2018.", When.YEAR, (Year(2017),)),
        ("For the quarter ending 30 June 2018 it fell.", When.SPAN, (Quarter(2018, 1),)),
        ("In the three months to June it fell.", When.SPAN, (Quarter(2018, 1),)),
    ],
)
def test_periods_in_every_style(text: str, when: When, meant: tuple[Period, ...]) -> None:
    [found] = periods(flat(text), NOW)
    assert (found.when, found.periods) == (when, meant)


@pytest.mark.parametrize(
    "text",
    [
        "it may be",
        "18/20 measures",
        "the third quarter running",
        "2,018 children",
        "march on",
        "for the third quarter",
        "the first quarter in which",
        "above 2016 contacts",
        "mid-year review",
    ],
)
def test_what_only_looks_like_a_period(text: str) -> None:
    assert [one.periods for one in periods(flat(text), NOW) if one.periods] in (
        [],
        [(Month(2018, 3),)][: text == "march on"],
    )


def test_a_year_that_does_not_exist_is_a_fault() -> None:
    [found] = periods("in Q2 2018/20", NOW)
    assert found.fault == "2018/20 is not a financial year: 2018 is followed by 19"
    assert found.periods == ()


@pytest.mark.parametrize(
    ("text", "is_baseline"),
    [("up 1.5% on the previous quarter", True), ("lower than last quarter", True), ("compared to last quarter", True),
     ("in the previous quarter", False)],
)  # fmt: skip
def test_what_something_is_compared_with(text: str, *, is_baseline: bool) -> None:
    [found] = periods(text, NOW)
    assert found.is_baseline is is_baseline


@pytest.mark.parametrize(
    ("text", "way"),
    [
        ("contacts rose by 2%", Way.UP), ("an increase in contacts", Way.UP), ("are also up 1.5%", Way.UP),
        ("more children than last quarter", Way.UP), ("▲1.7pp", Way.UP), ("has dropped from 25", Way.DOWN),
        ("a reducing rate of plans", Way.DOWN), ("21% lower than", Way.DOWN), ("fewer than", Way.DOWN), ("▼ 3", Way.DOWN),
        ("places leapt to 12", Way.UP), ("thefts were cut by 12", Way.DOWN), ("it holds steady", Way.SAME),
        ("this carried on improving", Way.BETTER), ("contacts kept falling", Way.DOWN),
        ("performance improved", Way.BETTER), ("shows an improvement", Way.BETTER), ("better than last", Way.BETTER),
        ("has deteriorated", Way.WORSE), ("remains similar", Way.SAME), ("is unchanged", Way.SAME),
        ("the highest number", Way.HIGHEST), ("peaked in May 2018", Way.HIGHEST), ("a record low", Way.LOWEST),
    ],
)  # fmt: skip
def test_directions(text: str, way: Way) -> None:
    assert [one.way for one in directions(flat(text))] == [way]


@pytest.mark.parametrize(
    "text",
    [
        "we aim to improve",
        "this will increase",
        "de-escalated",
        "two or more",
        "higher education",
        "set up a team",
        "plans are up to date",
        "places were taken up by 84%",
        "girls make up 19%",
        "more children than the average",
        "it is our aim that more children leave care than enter it",
        "more than in any other year",
        "a rise is likely",
        "more than one reason was given than last year",
        "better than the national average",
        "we asked whether contacts rose",
    ],
)
def test_what_tells_of_no_movement(text: str) -> None:
    assert list(directions(flat(text))) == []


def test_that_month_is_the_last_one_named() -> None:
    text = "In August 2018 it rose; that month was the busiest."
    assert [one.periods for one in periods(text, NOW)] == [(Month(2018, 8),), (Month(2018, 8),)]


def test_a_calendar_year_and_a_day_have_their_months() -> None:
    found = [one.months for one in periods("in 2016, and on 17 October 2018", NOW)]
    assert found == [(Month(2016, 1), Month(2016, 12)), (Month(2018, 10), Month(2018, 10))]


def test_a_movement_can_be_continued_or_denied() -> None:
    [went_on, did_not] = [*directions("plans continued to reduce"), *directions("plans have not increased")]
    assert (went_on.way, went_on.continued, went_on.negated) == (Way.DOWN, True, False)
    assert (did_not.way, did_not.negated) == (Way.UP, True)


def _indicator(code: str, title: str, *, section: str = "", aliases: tuple[str, ...] = ()) -> Indicator:
    return Indicator(code, title, section, 1, 1, Kind.CONTRACT, Polarity.HIGHER, "%", 0, aliases=aliases)


NAMES = Names.of(
    [
        _indicator("A1", "Percentage of re-referrals in last 12 months"),
        _indicator("A2", "Timeliness of single assessments"),
        _indicator("A6", "Children on a child protection plan for 2 years or more"),
        _indicator("B1", "Long-term placement stability of looked after children"),
        _indicator("B2", "Care leavers in suitable accommodation"),
        _indicator("B3", "Care leavers in education, employment or training"),
        _indicator("Y1", "Youth Offending – custody rate", section="Youth Offending"),
        _indicator("W1", "Staff turnover", section="Workforce"),
        _indicator("E2", "Referrals in period"),
        _indicator("E5", "Looked after children", aliases=("care population",)),
        _indicator("E6", "Children who became looked after", aliases=("became looked after",)),
    ],
    {"A2": ("North", "South")},
)


def named(text: str) -> list[tuple[str, ...]]:
    plain = flat(text)
    return [one.names for one in subjects(plain, NAMES, [(0, len(plain))]) if one.role is Role.INDICATOR]


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("A1 rose", [("A1",)]),
        ("Re-referral rates rose", [("A1",)]),
        ("The number of referrals fell", [("E2",)]),
        ("Timeliness of single assessments", [("A2",)]),
        ("Four children have been on a plan for more than two years", [("A6",)]),
        ("The number of children in care", [("E5",)]),
        ("The CLA population", [("E5",)]),
        ("eight became looked after", [("E6",)]),
        ("long-term stability of placements for LAC", [("B1",)]),
        ("care leavers in suitable accommodation, and in EET", [("B3",), ("B2",)]),
        ("use of custody", [("Y1",)]),
        ("turnover", [("W1",)]),
        ("we are recruiting", []),
    ],
)
def test_subjects_by_code_title_alias_and_short_form(text: str, codes: list[tuple[str, ...]]) -> None:
    assert named(text) == codes


def test_sections_parts_measures_and_peers_are_subjects_too() -> None:
    plain = flat("Two workforce measures in the North, against the national average")
    found = {one.role: one.names for one in subjects(plain, NAMES, [(0, len(plain))])}
    assert found[Role.SECTION] == ("Workforce",)
    assert found[Role.PART] == ("North",)
    assert found[Role.PEER] == ("national average",)
    assert Role.MEASURES in found


def test_numbers_of_paragraphs_periods_and_names_are_not_figures() -> None:
    draft = Draft("2.3. In Q2 2018/19, A6 – children on a child protection plan for 2 years or more – was 3%.")
    found = read_mentions(read(draft), NAMES, NOW)
    assert [one.value for one in found.numbers] == [3]
    assert [one.how for one in found.subjects if one.role is Role.INDICATOR] == [How.CODE, How.TITLE]


@pytest.mark.parametrize(
    ("text", "period"),
    [("Contacts | Apr - Jun 18 | 57", Quarter(2018, 1)), ("Contacts (Q1 12-15 year olds) | 57", Quarter(2018, 1))],
)
def test_a_period_at_the_end_of_a_cell_is_read(text: str, period: Period) -> None:
    names = Names.of([])
    found = read_mentions(read(Draft(text)), names, NOW).periods
    assert [one.periods for one in found] == [(period,)]


NUMBERED = Names.of([
    _indicator("5", "Care leavers in suitable accommodation"), _indicator("7", "Visits on time"),
    _indicator("1.2", "Reviews held"),
])  # fmt: skip


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("5 Care leavers in suitable accommodation", ["5"]),
        ("1.2: reviews held", []),
        ("1.2: Reviews held", ["1.2"]),
        ("Performance on KPI 5 fell", ["5"]),
        ("measures 5, 7 and 1.2 are red", ["5", "7", "1.2"]),
        ("it rose to 37.5% from 36.7%", []),
        ("There were 7 visits in the quarter and 5 in the last", []),
        ("5 children moved", []),
        ("5.7 weeks", []),
        ("an average of 1.2 a week", []),
    ],
)
def test_a_mere_number_is_a_code_only_where_it_is_called_one(text: str, codes: list[str]) -> None:
    plain = flat(text)
    found = [one for one in subjects(plain, NUMBERED, [(0, len(plain))]) if one.how is How.CODE]
    assert [one.names[0] for one in found] == codes


def test_letters_and_figures_of_a_code_may_be_parted_otherwise() -> None:
    names = Names.of([_indicator("KPI33", "Visits"), _indicator("ENV-03", "Reviews"), _indicator("A4", "Plans held")])
    plain = flat("KPI 33 and KPI-33, then ENV.03 and ENV 03; A 4% rise; A4.")
    found = [one.names[0] for one in subjects(plain, names, [(0, len(plain))]) if one.how is How.CODE]
    assert found == ["KPI33", "KPI33", "ENV-03", "ENV-03", "A4"]
