"""How councils, courts and newspapers put it on their pages: the verb left out, kinds by number, the rest of a share."""

from __future__ import annotations

import pytest
from prose.small import written

from xlkpi.prose.claim import Verdict
from xlkpi.prose.draft import Draft
from xlkpi.prose.verify import verify

RIGHT, WRONG, OPEN = "confirmed", "contradicted", "not checkable"

#: Quarters 2018/19 Q2 to 2019/20 Q3.
FIGURES = """organisation | Aldport Council
quarter | 2019/20 Q3

figures
F1 | Stage 1 complaints answered in time | Complaints | contract | higher | % | 1 | in_quarter | in time | answered | \
  | 90/80 | 80/100 82/100 84/100 86/100 78/100 79/100
F2 | Stage 2 complaints answered in time | Complaints | contract | higher | % | 1 | in_quarter | in time | answered | \
  | 85/70 | 60/100 61/100 62/100 64/100 66/100 71/100
F3 | Children placed 20 miles or less from home | Care | contract | higher | % | 0 | snapshot | | | \
  placed near home | 75/65 | 66 67 68 68 69 70
F4 | Average time from care to adoption | Care | contract | lower | days | 0 | rolling_12m | | | \
  time to adoption | 500/560 | 497 520 530 541 549 555
F5 | Homes relet on time | Homes | contract | higher | % | 1 | in_quarter | in time | homes relet | \
  relets in time | 85/75 | 80/100 82/100 80/100 83/100 81/100 84/100
X1 | Thefts from vehicles | Crime | context | none | count | 0 | in_quarter | | | | | 612 604 590 571 560 523
X2 | Thefts of vehicles | Crime | context | none | count | 0 | in_quarter | | | | | 301 253 260 249 241 214
X3 | House burglaries | Crime | context | none | count | 0 | in_quarter | | | burglaries | | 420 409 398 377 360 341
X4 | Assessments completed | Care | context | none | count | 0 | in_quarter | | | | | 300 318 322 329 341 411
X5 | Assessments completed within 45 working days | Care | contract | higher | % | 1 | in_quarter | in time | completed | \
  | 85/75 | 269/300 285/318 288/322 295/329 305/341 368/411
X6 | Children in care at the end of the quarter | Care | context | none | count | 0 | snapshot | | | \
  children in care | | 281 283 287 286 287 298
X8 | Average weekly rent | Homes | context | none | £ | 2 | snapshot | | | | | 66.10 66.20 66.30 67.10 67.50 67.69
X9 | Agency spend | Care | context | lower | £k | 0 | in_quarter | | | | | 640 602 655 671 688 976
X7 | Bicycles stolen | Crime | context | none | count | 0 | in_quarter | | | | | 40 44 47 66 43 45
"""

#: A draft, and of each of its claims: kind, indicator, verdict.
DRAFTS = [
    # The verb stands but once
    ("Burglaries are down by 68 (16.6%) on last year, thefts from vehicles by 81 (13.4%) and thefts of vehicles by 39 (15.4%).",
     [("change", code, RIGHT) for code in ("X3", "X3", "X1", "X1", "X2", "X2")]),
    ("Burglaries are down by 68 (16.6%) on last year, thefts from vehicles by 91 (13.4%) and thefts of vehicles by 39 (17.4%).",
     [("change", code, verdict) for code, verdict in zip(
         ("X3", "X3", "X1", "X1", "X2", "X2"), (RIGHT, RIGHT, WRONG, RIGHT, RIGHT, WRONG), strict=True)]),
    # A change said again between dashes, or in a bracket of its own
    ("House burglaries were down by 68 offences - 16.6% - on the same quarter last year.",
     [("change", "X3", RIGHT), ("change", "X3", RIGHT)]),
    ("House burglaries were down by 68 offences - 61.6% - on the same quarter last year.",
     [("change", "X3", RIGHT), ("change", "X3", WRONG)]),
    ("Compared with last quarter there was a 5.3% reduction in house burglaries (19 fewer offences).",
     [("change", "X3", RIGHT), ("change", "X3", RIGHT)]),
    # Days of a range, the month first
    ("House burglaries for the period between October 1 and December 31 came to 341.", [("figure", "X3", RIGHT)]),
    # Kinds that differ by their number alone
    ("Of stage 2 complaints 71% were answered in time, and of stage one complaints 79%.",
     [("figure", "F2", RIGHT), ("figure", "F1", RIGHT)]),
    ("Stage 2 complaints answered in time came to 79%.", [("figure", "F2", WRONG)]),
    # A name that holds another one
    ("Assessments completed within 45 working days stayed consistent.", [("direction", "X5", RIGHT)]),
    ("Assessments completed stayed consistent.", [("direction", "X4", WRONG)]),
    # Called a target behind the figure, or before it
    ("We missed our 85% time limit target for homes relet on time.", [("target", "F5", RIGHT)]),
    ("We missed our 95% time limit target for homes relet on time.", [("target", "F5", WRONG)]),
    ("We had aimed to have 85% of homes relet on time.", [("target", "F5", RIGHT)]),
    ("The time to adoption was 555 days, some 55 days shy of the target range of 500 days.",
     [("figure", "F4", RIGHT), ("gap", "F4", RIGHT), ("target", "F4", RIGHT)]),
    ("The time to adoption was 555 days, some 65 days shy of the target range of 500 days.",
     [("figure", "F4", RIGHT), ("gap", "F4", WRONG), ("target", "F4", RIGHT)]),
    # Beyond the limit within which a measure counts
    ("At the end of the quarter 30% of children were placed more than 20 miles from home.", [("figure", "F3", RIGHT)]),
    ("At the end of the quarter 70% of children were placed more than 20 miles from home.", [("figure", "F3", WRONG)]),
    # Between the two figures before it, whatever is compared with behind it
    ("Children in care numbered 298, up from 287 in Quarter 2, representing an increase of 3.8%.",
     [("figure", "X6", RIGHT), ("direction", "X6", RIGHT), ("figure", "X6", RIGHT), ("change", "X6", RIGHT)]),
    ("Children in care numbered 298, up from 287 in Quarter 2, representing an increase of 8.3%.",
     [("figure", "X6", RIGHT), ("direction", "X6", RIGHT), ("figure", "X6", RIGHT), ("change", "X6", WRONG)]),
    # What something is set against is of the same measure
    ("Thefts of vehicles came to 214, down from 241 in the quarter before and from 523 a year earlier.",
     [("figure", "X2", RIGHT), ("direction", "X2", RIGHT), ("figure", "X2", RIGHT), ("figure", "X2", WRONG)]),
    ("Thefts of vehicles fell (214 vs 560).", [("direction", "X2", RIGHT), ("figure", "X2", RIGHT), ("figure", "X2", WRONG)]),
    ("Thefts of vehicles came to 214, down from 241 in Quarter 2. This figure had since fallen to 341.",
     [("figure", "X2", RIGHT), ("direction", "X2", RIGHT), ("figure", "X2", RIGHT), ("direction", "X2", RIGHT),
      ("figure", "X2", OPEN)]),
    # An average of others, and the same as at another time
    ("Relets in time are below the national average by 10.3%.", [("comparison", "", OPEN), ("comparison", "F5", OPEN)]),
    ("The number of bicycles stolen was the same as that for the first quarter.", [("direction", "X7", WRONG)]),
    # A figure of another kind than its measure has, behind its time
    ("Bicycles stolen for the quarter were 5.5%, which is high.", [("figure", "X7", WRONG)]),
    # A month is no verb
    ("By May 2019 stage 1 complaints were slow, and in December 79% were answered in time.", [("figure", "F1", RIGHT)]),
    # Where something stood, and no distance
    ("Homes relet on time were at 84.0% below target.", [("status", "F5", RIGHT), ("figure", "F5", RIGHT)]),
    # What is meant to be, almost is, or was at another time
    ("We are supposed to answer at least 90 per cent of stage 1 complaints in time.", [("target", "F1", RIGHT)]),
    ("Relets in time are almost on target.", []),
    ("Relets in time were back within target the week after.", []),
    ("Reaching that target depended on a few large homes.", []),
    # Measures counted, whatever stands between
    ("It was noted that one of the six measures reported to the Homes and Care Scrutiny Panel had met its target.",
     [("count of measures", "", RIGHT), ("count", "", RIGHT)]),
    ("The Executive Member for Homes pointed out that two of the six measures were on target.",
     [("count of measures", "", WRONG), ("count", "", RIGHT)]),
    ("Performance changed since Quarter 1, 4 indicators (67%) being amber.",
     [("count of measures", "", RIGHT), ("share of measures", "", RIGHT)]),
    ("20% of measures had missed their targets for two quarters or more.", []),
    # A figure beside its target counts no cases
    ("The number of assessments completed was 411 against a target that was not set.", [("figure", "X4", RIGHT)]),
    ("The number of assessments completed was 431 against a target of 400.", [("figure", "X4", WRONG), ("target", "X4", OPEN)]),
    ("It took 549 days on average, the time to adoption that is required.", [("figure", "F4", WRONG)]),
    # A colour behind a dash at the end of a line
    ("- 4.1.3 Homes relet on time- amber\n- 4.1.4 Bicycles stolen", [("status", "F5", RIGHT)]),
    ("- 4.1.3 Homes relet on time- green\n- 4.1.4 Bicycles stolen", [("status", "F5", WRONG)]),
    # Pounds, by whatever unit
    ("Our average weekly rent was £67.69.", [("figure", "X8", RIGHT)]),
    ("Our average weekly rent came to £67.96, against a local authority average of £75.44.",
     [("figure", "X8", WRONG), ("comparison", "", OPEN), ("comparison", "X8", OPEN)]),
    ("Agency spend came to £976k.", [("figure", "X9", RIGHT)]),
    ("Agency spend came to £967,000.", [("figure", "X9", WRONG)]),
    # Points and pages of a table of contents
    ("Page 1. Relets in time 4 2. House burglaries 7 3. Bicycles stolen 9 - 10 4. Corporate risks 20", []),
]  # fmt: skip


@pytest.mark.parametrize(("draft", "expected"), DRAFTS)
def test_what_pages_say(draft: str, expected: list[tuple[str, str, str]]) -> None:
    found = verify(Draft(draft), written(FIGURES))
    assert [(one.kind, one.indicator, one.verdict.value) for one in found.claims] == expected


ROWS = """KPI 2018/19 Q3 2019/20 Q2 2019/20 Q3 Target LA average Direction
Stage 1 complaints answered in time 82.0% 78.0% {}% 90% 81.2% Declined
Stage 2 complaints answered in time 61.0% 66.0% 71.0% 85% TBC {}
Homes relet on time 82.0% 81.0% 84.0% 85% n/a Improved
"""


@pytest.mark.parametrize(
    ("figure", "way", "wrong"),
    [("79.0", "Improved", []), ("97.0", "Improved", ["97.0%"]), ("79.0", "Declined", ["Declined"])],
)
def test_rows_between_blanks_with_words_among_their_cells(figure: str, way: str, wrong: list[str]) -> None:
    found = verify(Draft(ROWS.format(figure, way)), written(FIGURES))
    assert [one.text for one in found.with_verdict(Verdict.CONTRADICTED)] == wrong


CARDS = """Stage 1 complaints answered in time

{}%

Improved performance

Stage 2 complaints answered in time

71.0%

{}

Homes relet on time

84.0%

Improved performance
"""


@pytest.mark.parametrize(
    ("figure", "way", "wrong"),
    [
        ("79.0", "Improved performance", []),
        ("77.0", "Improved performance", ["77.0%"]),
        ("79.0", "Worsened performance", ["Worsened performance"]),
    ],
)
def test_directions_below_the_figures_of_cards(figure: str, way: str, wrong: list[str]) -> None:
    found = verify(Draft(CARDS.format(figure, way)), written(FIGURES))
    assert [one.text for one in found.with_verdict(Verdict.CONTRADICTED)] == wrong
    assert [one.kind for one in found.with_verdict(Verdict.CONFIRMED)].count("direction") == 3 - way.startswith("Wors")
