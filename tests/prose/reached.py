"""How far the checker has come: what the tests hold it to until it does better.

The aim is 0.95 of all changed figures, 0.02 of false alarms, and no false alarm on any report here. Where a number below is
short of that, it is the one that was reached, rounded down; whoever betters it writes the better one here.
"""

from __future__ import annotations

#: Share of true verdicts that may be false alarms.
ALARMS = 0.02
#: Share of changed figures caught in the reports of other organisations, and of all other changes.
FIGURES_CAUGHT, OTHERS_CAUGHT = 0.95, 0.94
#: Share of true figures confirmed there.
FIGURES_READ = 0.95
#: False alarms left, by report; the others have none.
ALARMS_LEFT = {"ravensholme": 1}
#: Planted errors that are still overlooked: report and words.
OVERLOOKED = {
    ("minsterley", "79.2 per cent"), ("oakmere", "sixteen"), ("tidewater", "four"), ("rahmah", "13"), ("kitehill", "12 points"),
}  # fmt: skip
#: Findings of weight that are still unfair: report and rule.
UNFAIR = {
    ("oakmere", "populations differ"),
}
#: The same of random sentences.
RANDOM_CAUGHT, RANDOM_READ = 0.89, 0.99
#: Share of the sentences that fall when a figure of the workbook changes, by report; 0.95 for the others.
FALLEN = {"saltmarsh": 0.6, "lindale": 0.8, "wexcombe": 0.94}
#: Share of confirmed claims that are still confirmed in lines of 72 characters; 0.97 for other ways of typing.
WRAPPED = 0.99
#: False alarms of such lines, and of other ways of typing.
WRAPPED_ALARMS = TYPED_ALARMS = 0
