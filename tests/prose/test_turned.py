"""What says the opposite of the figures: the others instead of those counted, the wrong half of a pair, more for fewer."""

from __future__ import annotations

import pytest
from prose.small import said

RIGHT, WRONG, OPEN = "confirmed", "contradicted", "not checkable"

#: A draft, the kind of claim, and the verdicts on the claims of that kind.
DRAFTS = [
    # The others
    ("Statutory visits: 74% were late.", "figure", [WRONG]),
    ("26% of visits were late.", "figure", [RIGHT]),
    ("74% of visits were not made in timescale.", "figure", [WRONG]),
    ("26% of visits were not made in timescale.", "figure", [RIGHT]),
    ("92% of care leavers are in unsuitable accommodation.", "figure", [WRONG]),
    ("92% of care leavers are in suitable accommodation.", "figure", [RIGHT]),
    ("52% of care proceedings are not on track for 26 weeks.", "figure", [WRONG]),
    ("48% of care proceedings are not on track for 26 weeks.", "figure", [RIGHT]),
    # None and all
    ("None of the 160 care leavers is in suitable accommodation.", "figure", [WRONG, RIGHT]),
    ("All 160 care leavers are in suitable accommodation.", "figure", [WRONG]),
    ("147 of the 160 care leavers are in suitable accommodation.", "figure", [RIGHT, RIGHT]),
    # The first of a pair is never all of them
    ("B8: 88 of 88 care proceedings (52%).", "figure", [WRONG, RIGHT, RIGHT]),
    ("B8: 46 of 88 care proceedings (52%).", "figure", [RIGHT, RIGHT, RIGHT]),
    # More for fewer, whatever else has that many more
    ("There are 35 more children on child protection plans than at the end of June.", "change", [WRONG]),
    ("There are 35 fewer children on child protection plans than at the end of June.", "change", [RIGHT]),
    ("There are eleven fewer children in care than at the end of June.", "change", [WRONG]),
    ("Single assessments completed were 254 higher than in the previous quarter.", "change", [WRONG]),
    ("Single assessments completed were 254 lower than in the previous quarter.", "change", [RIGHT]),
    # Fractions, and words that say on which side
    ("Referrals fell by a third on the previous quarter.", "change", [WRONG]),
    ("Referrals fell by a quarter on the previous quarter.", "change", [RIGHT]),
    ("Just over three quarters of visits were on time.", "figure", []),
    ("Just under three quarters of visits were on time.", "figure", [RIGHT]),
    ("One in two visits was on time.", "figure", []),
    ("Around 5,700 contacts were received.", "figure", [RIGHT]),
    ("Around 5,500 contacts were received.", "figure", [WRONG]),
    ("Fewer than 5,600 contacts were received.", "figure", [WRONG]),
    # Signs before a target, rates in another measure, half a point, the start of the quarter, parts in a row
    ("A4 was 74% (target \u2265 85%).", "target", [RIGHT]),
    ("A4 was 74% (target \u2265 86%).", "target", [WRONG]),
    ("Custody was 1.8 per 10,000.", "figure", [RIGHT]),
    ("Custody was 18 per 10,000.", "figure", [WRONG]),
    ("Turnover went up by half a percentage point.", "change", [RIGHT]),
    ("At the start of the quarter 582 children were in care.", "figure", [RIGHT]),
    ("In September, 80% of CIC, 83% of CPP and 66% of CIN visits were on time.", "figure", [RIGHT, RIGHT, RIGHT]),
    ("The share on or better than target rose from 55% (11 of 20) to 65% (13 of 20).", "share of measures", [RIGHT, RIGHT]),
    ("The share on or better than target rose from 45% (11 of 20) to 65% (13 of 20).", "share of measures", [WRONG, RIGHT]),
    # A share of the audits in a bracket, and what it came from
    ("54 of the 66 case files audited were good or outstanding (82%), up from 77% in Quarter 1.", "figure", [RIGHT, RIGHT]),
    ("54 of the 66 case files audited were good or outstanding (84%), up from 77% in Quarter 1.", "figure", [WRONG, RIGHT]),
    ("54 of the 66 case files audited were good or outstanding (82%), up from 77% in Quarter 1.", "direction", [RIGHT]),
    # Points by which a share of measures moved, the first time since, the cases to a level that stands before them
    ("13 of 20 measures are on target, up ten percentage points on the quarter.", "change", [RIGHT]),
    ("13 of 20 measures are on target, up twelve percentage points on the quarter.", "change", [WRONG]),
    ("A2: the target of 90% has been met for the first time since Quarter 4, 2017/18.", "streak", [RIGHT]),
    ("A2: the target of 90% has been met for the first time since Quarter 2, 2017/18.", "streak", [WRONG]),
    ("18 of 20 measures are within tolerance or better, compared with 17 of 20 last quarter.", "count of measures",
     [RIGHT, RIGHT]),
    ("18 of 20 measures are within tolerance or better, compared with 16 of 20 last quarter.", "count of measures",
     [RIGHT, WRONG]),
    ("Statutory visits: 74%. The shortfall to tolerance is 56 visits; to target it is 616.", "gap in cases", [RIGHT]),
    ("Statutory visits: 74%. The shortfall to tolerance is 56 visits; to target it is 661.", "gap in cases", [WRONG]),
    # Plans that are no intention; a figure rounded for show is never rounded again
    ("Child protection plans of two years or more rose from 1.4% in the previous quarter to 1.2%.", "direction", [WRONG]),
    ("Child protection plans of two years or more fell from 1.4% in the previous quarter to 1.2%.", "direction", [RIGHT]),
    ("Children ceasing to be on a plan fell from 114 in the previous quarter to 139.", "direction", [WRONG]),
    ("A6 fell by 1.0 percentage points compared with the same quarter last year.", "change", [WRONG]),
    ("A6 fell by 0.5 percentage points compared with the same quarter last year.", "change", [RIGHT]),
    # An audit told of beside another figure
    ("66 case files were audited. The team has 34 auditors.", "figure", [RIGHT, OPEN]),
]  # fmt: skip


@pytest.mark.parametrize(("draft", "kind", "expected"), DRAFTS)
def test_what_is_turned_around(draft: str, kind: str, expected: list[str]) -> None:
    assert [verdict for _, verdict, _ in said(draft, kind)] == expected
