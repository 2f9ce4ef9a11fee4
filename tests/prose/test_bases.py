"""What is returned by quarter, over twelve months, once a year or by month, and how a draft names its times and its bases."""

from __future__ import annotations

import pytest
from prose.small import written

from xlkpi.prose.claim import Verdict
from xlkpi.prose.draft import Draft
from xlkpi.prose.verify import verify

RIGHT, WRONG, OPEN = Verdict.CONFIRMED, Verdict.CONTRADICTED, Verdict.NOT_CHECKABLE

#: Quarters 2018/19 Q4 to 2019/20 Q4.
FIGURES = """organisation | Aldport Council
quarter | 2019/20 Q4

figures
F1 | Foster households | Care | context | none | count | 0 | snapshot | | | | | 312 305 320 326 340
F2 | Late buses | Travel | context | lower | % | 1 | in_quarter | late | buses | | | 86/1000 90/1000 88/1000 86/1000 98/1000
B1 | Bicycle thefts recorded | Crime | context | lower | count | 0 | rolling_12m | | | | | 1000 940 920 890 850
B2 | Shed burglaries recorded | Crime | context | lower | count | 0 | rolling_12m | | | | | 500 480 470 460 465
M1 | Museum visits | Culture | context | none | count | 0 | in_quarter | | | | | 210 300 410 180 290
Y1 | Adoption orders granted | Care | context | none | count | 0 | annual | | | | | 40 - - - 52
Y2 | Carers registered at 31 July | Care | context | none | count | 0 | snapshot | | | | | - - 1240 - -
Y3 | Allotments let | Parks | context | none | count | 0 | annual | | | | | - - - 730 -
W1 | Library members | Culture | context | none | count | 0 | year_to_date | | | | | 900 210 430 655 880

months
F2 | 80/1000 90/1000 95/1000 82/1000 90/1000 86/1000 97/1000 99/1000 98/1000
"""


def verdicts(text: str, *kinds: str) -> list[Verdict]:
    """Return the verdicts on the claims of some kinds in a draft."""
    return [one.verdict for one in verify(Draft(text), written(FIGURES)).claims if one.kind in kinds]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # A period in brackets behind a figure is its own, also behind that of the base
        ("Late buses went up from 8.6% (October) to 9.8% in March.", []),
        ("Foster households fell from 326 (Q3) to 340.", [RIGHT, RIGHT]),
        ("Foster households went from 320 (Q2) to 340.", [RIGHT, RIGHT]),
        ("Foster households went from 326 (Q2) to 340.", [WRONG, RIGHT]),
        ("Foster households went from 305 in Q1 to 340.", [RIGHT, RIGHT]),
        ("Foster households were 312 (Q4 2018/19), 305 in Q1.", [RIGHT, RIGHT]),
        # Where a from-to stands behind another period, its base is the one before
        ("Foster households were stable in Q2, but Quarter 4 brought a rise, from 326 to 340.", [RIGHT, RIGHT]),
        # The end of a year, of a quarter, years before
        ("There were 312 foster households at the previous year end.", [RIGHT]),
        ("There were 305 foster households at the previous year end.", [WRONG]),
        ("There were 305 foster households at the end of the first quarter.", [RIGHT]),
        ("There were 320 foster households at the end of the first quarter.", [WRONG]),
        ("There were 320 foster households at mid-year.", [RIGHT]),
        ("At the time of the last panel report there were 326 foster households.", [RIGHT]),
        ("At the time of the last panel report there were 327 foster households.", [OPEN]),
        ("Late buses were 9.8% (Q3: 8.6%).", [RIGHT, RIGHT]),
        ("As at 31 March 2019 there were 312 foster households, and a year later 340.", [RIGHT, RIGHT]),
        ("As at 31 March 2019 there were 313 foster households, and a year later 341.", [WRONG, WRONG]),
        # Sums
        ("There were 890 museum visits between April and December 2019.", [RIGHT]),
        ("There were 1,180 museum visits so far this year.", [RIGHT]),
        ("There were 1,190 museum visits so far this year.", [WRONG]),
        ("Library members came to 655 between April and December 2019.", [RIGHT]),
        ("Library members came to 665 between April and December 2019.", [WRONG]),
        # What is returned once a year
        ("There were 1,240 carers registered at 31 July 2019.", [RIGHT]),
        ("There were 1,240 carers registered in 2019.", [RIGHT]),
        ("In 2019 730 allotments were let.", [RIGHT]),
        # The twelve months to the end of December are a calendar year
        ("There were 890 bicycle thefts recorded in 2019.", [RIGHT]),
        ("There were 880 bicycle thefts recorded in 2019.", [WRONG]),
        # Of a year that has only begun there is but one quarter's end
        ("In 2020 there were 340 foster households.", [RIGHT]),
        ("In 2020 there were 330 foster households.", [WRONG]),
        # Calendar years of what is else returned more often may mean several figures, and are never wrong
        ("There were 52 adoption orders granted in 2020.", [RIGHT]),
        ("There were 326 foster households on 12 January 2020.", [RIGHT]),
        ("There were 327 foster households on 12 January 2020.", [OPEN]),
    ],
)
def test_a_figure_is_held_against_the_time_that_is_named(text: str, expected: list[Verdict]) -> None:
    if expected:
        assert verdicts(text, "figure") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # Twelve months and years are compared with the year before where nothing is said
        ("Bicycle thefts fell by 15% (-150).", [RIGHT, RIGHT]),
        ("Adoption orders granted rose by 30%.", [RIGHT]),
        # Any base that may be meant confirms; what fits none of them is told
        ("Foster households rose by 14.", [RIGHT]),
        ("Foster households rose by 28.", [RIGHT]),
        ("Foster households rose by 19.", [WRONG]),
        ("Foster households rose by 19, fewer than in the peak quarter.", [OPEN]),
        ("Foster households rose by 19 to 340.", [WRONG]),
        ("Foster households rose by 19 on last quarter.", [WRONG]),
        ("Foster households rose by 28 on last quarter.", [WRONG]),
        ("Foster households rose by 28 on the previous year end.", [RIGHT]),
        ("Foster households rose by 35 (11.5%) on the end of the first quarter.", [RIGHT, RIGHT]),
        ("Foster households: 340 (+14 on the quarter, +28 on the year).", [RIGHT, RIGHT]),
        ("Foster households: 340 (+14 on the quarter, +29 on the year).", [RIGHT, WRONG]),
        ("Foster households rose by 28 on the same quarter of the year before, as had been hoped, and by 14 on last quarter.",
         [RIGHT, RIGHT]),
        # A figure in brackets behind a change says the same again, of the same indicator
        ("Over the year bicycle thefts were cut by 15.0% (-150 offences), shed burglaries fell 7% (-35 offences).",
         [RIGHT, RIGHT, RIGHT, RIGHT]),
        ("Over the year bicycle thefts were cut by 15.0% (-150 offences), shed burglaries fell 7% (-36 offences).",
         [RIGHT, RIGHT, RIGHT, WRONG]),
        ("Bicycle thefts fell by 15.0%, the lowest since April 2006.", [RIGHT]),
    ],
)  # fmt: skip
def test_a_change_is_held_against_the_bases_that_may_be_meant(text: str, expected: list[Verdict]) -> None:
    assert verdicts(text, "change") == expected


@pytest.mark.parametrize("text", ["Library members were used by 880.", "Museum visits were made by 290 people."])
def test_by_whom_is_no_change(text: str) -> None:
    assert verdicts(text, "change") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Bicycle thefts have fallen over the last six months.", [RIGHT]),
        ("Bicycle thefts have risen over the last six months.", [OPEN]),
        ("Late buses fell in the first half of the year.", [OPEN]),
        ("From 326 in December the number of foster households went up to 340 in March.", [RIGHT]),
        ("Foster households fell from 326 in December to 340 in March.", [WRONG]),
    ],
)
def test_a_movement_is_held_against_the_times_that_may_be_meant(text: str, expected: list[Verdict]) -> None:
    assert verdicts(text, "direction") == expected


def test_figures_in_brackets_with_periods_of_their_own_are_levels() -> None:
    text = "Adoption orders granted rose by 30% (40 in 2018/19, 52 in 2019/20)."
    assert verdicts(text, "change") == [RIGHT]
    assert verdicts(text, "figure") == [RIGHT, RIGHT]


@pytest.mark.parametrize(
    "text",
    [
        "Foster households were taken up by 84% of those asked.",
        "Foster households doubled.",
        "There were 12 more foster households in the northern district.",
        "Q1 2018/19 320\nQ2 2018/19 330\nQ3 2018/19 340\nQ4 2018/19 350\n",
        "Museum visits were at their highest in Quarter 2 2019/20, but Quarter 3 brought a drop.",
        "The budget for 2020/21 names foster households twice.",
        "There were carers registered on 30 June 2020.",
        "The share fell short of the 90 per cent of April to June 2018, a quarter with few buses.",
        "Position of foster households since 31/03/2012",
    ],
)
def test_what_is_of_another_time_or_says_no_change_is_not_contradicted(text: str) -> None:
    assert verify(Draft(f"Report of the Council\n\n{text}\n"), written(FIGURES)).with_verdict(WRONG) == []
