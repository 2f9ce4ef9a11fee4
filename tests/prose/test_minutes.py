"""How minutes and published pages put it: figures told in passing, times in short, nouns that are not names."""

from __future__ import annotations

import pytest
from prose.small import written

from xlkpi.model.period import Month, parse_quarter
from xlkpi.prose.draft import Draft
from xlkpi.prose.mentions.numbers import numbers, pairs
from xlkpi.prose.mentions.periods import periods
from xlkpi.prose.verify import verify

RIGHT, WRONG, OPEN = "confirmed", "contradicted", "not checkable"

#: Quarters 2018/19 Q2 to 2019/20 Q3.
FIGURES = """organisation | Aldport Council
quarter | 2019/20 Q3

figures
F1 | Referrals decided within one working day | Front door | contract | higher | % | 1 | in_quarter | in a day | referrals | \
  referral decisions | 90/80 | 80/100 82/100 84/100 86/100 78/100 79/100
F2 | Education, Health and Care needs assessments completed within 20 weeks | Learning | contract | higher | % | 0 | \
  rolling_12m | in 20 weeks | assessments | EHC timeliness | 50/40 | 30/100 34/100 35/100 36/100 37/100 38/100
F3 | Average wait for an assessment | Learning | contract | lower | weeks | 0 | snapshot | | | \
  average wait; NI 59 | 30/40 | 41 40 37 36 35 33
F4 | Household waste not recycled | Streets | contract | lower | kg | 1 | in_quarter | | | \
  residual waste | 113/140 | 131 135.5 133 128 129 130.4
F5 | Fires reached within ten minutes | Response | contract | higher | % | 0 | in_quarter | fires in time | fires looked at | \
  attendance times | 79/75 | 380/490 382/488 384/489 386/490 390/491 388/488
X1 | Total number of incidents attended | Response | context | none | count | 0 | in_quarter | \
  | | incidents | | 2041 2079 1716 2102 2188 2046
X2 | False alarms attended | Response | context | none | count | 0 | in_quarter | \
  | | false alarms | | 1028 1066 860 1043 1079 988
X3 | Number of active Education, Health and Care needs assessments | Learning | context | none | count | 0 | snapshot | \
  | | | | 447 450 459 471 484 493
X4 | Number of appeals lodged in the last 12 months | Learning | context | none | count | 0 | rolling_12m | \
  | | appeals lodged | | 35 37 58 79 98 120
X5 | Children under 9 who entered care | Care | context | none | count | 0 | rolling_12m | \
  | | | | 219 224 226 227 229 231
X6 | Enforcement notices served | Streets | context | none | count | 0 | in_quarter | \
  | | enforcements | | 11 14 12 15 13 16
"""


#: A draft, and of each of its claims: kind, indicator, verdict.
DRAFTS = [
    # A figure in passing is no distance, and falling short no movement
    ("Referral decisions, which at 79 per cent fell short of the target of 90 per cent, were discussed.",
     [("status", "F1", RIGHT), ("figure", "F1", RIGHT), ("target", "F1", RIGHT)]),
    ("Referral decisions, which at 97 per cent fell short of the target of 90 per cent, were discussed.",
     [("status", "F1", RIGHT), ("figure", "F1", WRONG), ("target", "F1", RIGHT)]),
    ("Referral decisions fell below target.", [("status", "F1", RIGHT)]),
    ("Attendance times fell below target.", [("status", "F5", WRONG)]),
    # A tolerance of the target
    ("The average wait stood within target tolerance.", [("status", "F3", RIGHT)]),
    ("Referral decisions stood within target tolerance.", [("status", "F1", WRONG)]),
    # What it was, behind the time of it or behind the rise from it
    ("Residual waste has improved since the same period last year, in which 135.5kg was collected.",
     [("direction", "F4", RIGHT), ("figure", "F4", RIGHT)]),
    ("Residual waste has improved since the same period last year, in which 131.5kg was collected.",
     [("direction", "F4", RIGHT), ("figure", "F4", WRONG)]),
    ("EHC timeliness was 38%, an increase on 34% compared with 2018.",
     [("figure", "F2", RIGHT), ("direction", "F2", RIGHT), ("figure", "F2", RIGHT)]),
    ("Referral decisions were at 79%. This was up on the previous period, which had the figure at 78%.",
     [("figure", "F1", RIGHT), ("direction", "F1", RIGHT), ("figure", "F1", RIGHT)]),
    # Calendar years of what is counted over twelve months
    ("In 2019 there were 120 appeals lodged, compared to 37 in 2018.", [("figure", "X4", RIGHT), ("figure", "X4", RIGHT)]),
    ("In 2019 there were 98 appeals lodged, compared to 35 in 2018.", [("figure", "X4", WRONG), ("figure", "X4", WRONG)]),
    ("Appeals lodged had decreased in 2019 compared with 2018.", [("direction", "X4", WRONG)]),
    # The last day of a quarter
    ("As at the end of December 2019 there were 493 active EHC needs assessments.", [("figure", "X3", RIGHT)]),
    ("As at the end of December 2019 there were 439 active EHC needs assessments.", [("figure", "X3", WRONG)]),
    ("The average wait at year end was 33 weeks.", [("figure", "F3", RIGHT)]),
    ("The average wait at year end was 37 weeks.", [("figure", "F3", RIGHT)]),
    ("The average wait at year end was 31 weeks.", [("figure", "F3", WRONG)]),
    # A noun behind a name is no name, nor one that counts a change
    ("False alarm incidents (988) dropped by 7% (-78 incidents) from Q3 last year.",
     [("figure", "X2", RIGHT), ("change", "X2", RIGHT), ("change", "X2", RIGHT)]),
    ("False alarm incidents (898) dropped by 9% (-87 incidents) from Q3 last year.",
     [("figure", "X2", WRONG), ("change", "X2", WRONG), ("change", "X2", WRONG)]),
    ("Enforcements were 2 (14%) above Quarter 3 last year.", [("change", "X6", RIGHT), ("change", "X6", RIGHT)]),
    ("Enforcements were 3 (21%) above Quarter 3 last year.", [("change", "X6", WRONG), ("change", "X6", WRONG)]),
    # Part and whole that their share proves to be so
    ("Of 488 incidents looked at, attendance times were met in 388 (80%).",
     [("figure", "F5", RIGHT), ("figure", "F5", RIGHT), ("figure", "F5", RIGHT)]),
    # Set against another time without "than" behind it
    ("Appeals lodged were lower in comparison to the same period last year.", [("direction", "X4", WRONG)]),
    ("Appeals lodged were higher in Quarter 3 than in Quarter 2.", [("direction", "X4", RIGHT)]),
    ("Appeals lodged exceed those of the same point last year.", [("direction", "X4", RIGHT)]),
    ("Since the low of 37 appeals lodged during December 2018 there has been an increase of 83 appeals lodged.",
     [("figure", "X4", RIGHT), ("change", "X4", RIGHT)]),
    # What is aimed at
    ("EHC timeliness was 38%. The aim was to be at 50%.", [("figure", "F2", RIGHT), ("target", "F2", RIGHT)]),
    # An age, by whichever words
    ("There were 231 children below the age of 9 who entered care.", [("figure", "X5", RIGHT)]),
    ("There were 321 children below the age of 9 who entered care.", [("figure", "X5", WRONG)]),
    # Counts with their shares, of the measures that are rated
    ("One (20%) is Green, two (40%) are Amber and two (40%) are Red.", [
        ("count of measures", "", RIGHT), ("share of measures", "", RIGHT)] * 3),
    ("Target was achieved by 1 (20%) indicators.", [("count of measures", "", RIGHT), ("share of measures", "", RIGHT)]),
    ("Target was achieved by 2 (40%) indicators.", [("count of measures", "", WRONG), ("share of measures", "", WRONG)]),
    # What went before, what is still to come, and what was agreed date no figure and compare it with no other time
    ("Having risen last quarter, enforcements came to 16.", [("figure", "X6", RIGHT)]),
    ("Enforcements (16) will be looked at again in the autumn.", [("figure", "X6", RIGHT)]),
    ("Enforcements (13) will be looked at again in the autumn.", [("figure", "X6", WRONG)]),
    ("The average wait was 33 weeks, longer than the 30 weeks agreed.", [("figure", "F3", RIGHT), ("target", "F3", RIGHT)]),
    ("30 weeks as the target for the average wait was discussed.", [("target", "F3", RIGHT)]),
    # More than so many points
    ("EHC timeliness rose by more than two points on the same quarter last year.",
     [("direction", "F2", RIGHT), ("change", "F2", RIGHT)]),
    ("EHC timeliness rose by more than five points on the same quarter last year.",
     [("direction", "F2", RIGHT), ("change", "F2", WRONG)]),
    # From what it was in a month that ends a quarter
    ("The average wait was reduced from 37 weeks in March 2019 to 33 weeks.",
     [("direction", "F3", RIGHT), ("figure", "F3", RIGHT), ("figure", "F3", RIGHT)]),
    ("The average wait was reduced from 99 weeks in March 2019 to 33 weeks.",
     [("direction", "F3", RIGHT), ("figure", "F3", WRONG), ("figure", "F3", RIGHT)]),
    # Said of what stands behind it, against the quarter before and all others
    ("More enforcements were reported.", [("direction", "X6", RIGHT)]),
    ("Slightly fewer enforcement notices were served in the quarter.", [("direction", "X6", WRONG)]),
    ("No more enforcements were needed, and more enforcements would be welcome.", []),
    # A sentence may end in a genitive
    ("EHC timeliness fell short of England's. The average wait was 33 weeks.",
     [("figure", "F3", RIGHT)]),
    # Another name that looks like a code
    ("NI 59 came to 33 weeks.", [("figure", "F3", RIGHT)]),
    ("NI59 was 32 weeks, 30 weeks being the national average.",
     [("figure", "F3", WRONG), ("comparison", "F3", OPEN), ("comparison", "", OPEN)]),
    # Our own place beside those of others, by its name
    ("The national average was 36 weeks, against Aldport's average wait of 33 weeks.",
     [("comparison", "", OPEN), ("comparison", "F3", OPEN), ("figure", "F3", RIGHT)]),
    # A figure from which it came up is no change of it
    ("Enforcements were 16 up from 13 in the previous quarter.",
     [("figure", "X6", RIGHT), ("direction", "X6", RIGHT), ("figure", "X6", RIGHT)]),
    # A level with the unit of a change
    ("79.0 percentage points of referrals were decided within one working day.", [("figure", "F1", WRONG)]),
    # The target of a year of what adds up
    ("Residual waste came to 130.4 kg, against a 2019/20 target of 479kg.",
     [("figure", "F4", RIGHT), ("period", "", RIGHT), ("target", "F4", OPEN)]),
    # The numbers of measures count none
    ("Indicators 1 to 2 and indicators 3 and 4 are in the annex.", []),
]  # fmt: skip


@pytest.mark.parametrize(("draft", "expected"), DRAFTS)
def test_what_minutes_say(draft: str, expected: list[tuple[str, str, str]]) -> None:
    found = verify(Draft(draft), written(FIGURES))
    assert [(one.kind, one.indicator, one.verdict.value) for one in found.claims] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("since end March 19 as planned", [(Month(2019, 3),)]),
        ("since the end of March 19.", [(Month(2019, 3),)]),
        ("In May 12 left", []),
        ("and in March 31.", []),
    ],
)
def test_years_in_short(text: str, expected: list[tuple[Month]]) -> None:
    found = [one.periods for one in periods(text, parse_quarter("2019/20 Q3"))]
    assert [one for one in found if one and isinstance(one[0], Month) and one[0].year == 2019] == expected


def test_part_and_whole_are_told_by_their_share_alone() -> None:
    for text, count in (("Of 40 homes, 10 (25%) were open.", 1), ("Of 40 homes, 10 (26%) were open.", 0)):
        found = list(numbers(text))
        assert len(pairs(text, found)) == count
