"""The words that head the columns of tables: targets, changes, directions, statuses, figures, and those of other bodies."""

from __future__ import annotations

import re

from xlkpi.prose.arrows import DOWN, UP

OTHERS = re.compile(
    r"\b(?:national|england|english|wales|welsh|scotland|statistical|neighbours?|sn|regional|region|comparators?|benchmark\w*|family\s+group"
    r"|quartiles?|rank(?:ing|ed)?|core\s+cities|peers?|similar|nearest|(?:ss?e|nw|ne|yh|em|wm|sw)\s+av\w*|(?:all[\s-]\w+|la|local\s+authority|sector|group)\s+(?:average|median|mean))\b",
    re.IGNORECASE,
)
WORDS = re.compile(
    r"\b(?:comment\w*|narrative|reasons?|explanation|notes?|analysis|actions?|why|summary|lead|owner|officer|source|frequency|polarity"
    r"|good\s+is|better|what|description|definition|indicator|measure|kpi|pi|ref\w*|code|service|section|theme|priority|unit|format)\b",
    re.IGNORECASE,
)
TOLERANCE = re.compile(r"\btolerances?\b|^\W*min(?:imum)?(?:\s+(?:level|standard|expectation))?\W*$", re.IGNORECASE)
#: What measures are judged by, of which the heading alone does not say whether it is target or tolerance.
THRESHOLD = re.compile(r"\b(?:thresholds?|limits?)\b", re.IGNORECASE)
#: ``Amber`` over figures: from where it would be red.
AMBER = re.compile(r"\W*amber(?:\s+(?:threshold|limit|level|band|range))?\W*", re.IGNORECASE)
COLOURED = re.compile(r"\b(?:red|amber|green|upper|lower|range)\b", re.IGNORECASE)
#: What children have is no plan of the contract.
_CHILDS = "".join(
    rf"(?<!\b{word}\s)" for word in ("protection", "cp", "care", "pathway", "education", "ehc", "a", "on")
)
TARGET = re.compile(
    rf"\b(?:targets?|tgts?|goals?|we\s+aim\s+for|(?:our|the)\s+aim|profile[d]?|{_CHILDS}plan(?:ned)?|trajectory)\b",
    re.IGNORECASE,
)
ANNUAL = re.compile(r"\b(?:annual|year[\s-]end|yearly|full[\s-]year|end\s+of\s+year|year)\b", re.IGNORECASE)
CHANGE = re.compile(
    r"\b(?:change|chg|variance|var|difference|diff|gap|vs\.?|versus|against|from\s+target|to\s+target|compared|improvement|movement)\b|\+/-|\u00b1",
    re.IGNORECASE,
)
TRAVEL = re.compile(
    rf"\b(?:do?t|d\.o\.t\.?|direction|dir|trend|travel|arrows?|(?:up|better|higher|improved)\s*(?:/|or)\s*(?:down|worse|lower|worsened))\b|[{UP}{DOWN}]",
    re.IGNORECASE,
)
STATUS = re.compile(r"\b(?:rag|r/a/g|status|rating|rated|performance\s+against\s+(?:the\s+)?target)\b", re.IGNORECASE)
#: ``Target met?``, ``On target (Y/N)``.
MET = re.compile(
    r"\W*(?:targets?\s+(?:was\s+)?(?:met|achieved|hit|reached)|(?:met|hit|achieved|on|reached)\s+(?:the\s+)?target)"
    r"\s*(?:\?|\(?\s*y(?:es)?\s*/\s*no?\s*\)?)\W*",
    re.IGNORECASE,
)
NUMERATOR = re.compile(r"\b(?:numerator|num)\b", re.IGNORECASE)
DENOMINATOR = re.compile(r"\b(?:denominator|denom|den|cohort|out\s+of)\b", re.IGNORECASE)
FIGURE = re.compile(
    r"\b(?:outturn|actual|act|achieved|achievement|performance|current|results?|latest|figures?|position|score|ytd|year[\s-]to[\s-]date|this\s+(?:quarter|year|period|time)"
    r"|quarter|qtr|cumulative|value)\b",
    re.IGNORECASE,
)
#: ``%``, beside the two counts of which it is the share.
SHARE = re.compile(r"\W*(?:%|per\s?cent(?:age)?|rate|proportion)\W*", re.IGNORECASE)
TO_DATE = re.compile(r"\b(?:ytd|year[\s-]to[\s-]date|cumulative|to\s+date|(?:six|nine|6|9)\s+months)\b", re.IGNORECASE)
#: ``Q1-3``: the first three quarters of a year together.
UP_TO = re.compile(
    r"\W*Q(?:tr|uarters?)?\s?1\s?(?:-|\u2013|to)\s?(?:Q(?:tr|uarter)?\s?)?(?P<last>[2-4])\W*", re.IGNORECASE
)
WHOLE_YEAR = re.compile(r"\W*(?:full|whole|financial)?[\s-]*year(?:'s)?(?:[\s-]+(?:total|figure))?\W*", re.IGNORECASE)
LAST_YEAR = re.compile(
    r"\b(?:last|previous|prev\.?|prior|preceding)\s+ye?a?r|\byear\s+end\b|\b(?:same|this)\s+(?:period|quarter|qtr|time)\s+last|\b(?:12|twelve)\s+months\s+ago"
    r"|\bye?a?r\s+ago|\bbaseline\b|\blong[\s-]term\b|\byoy\b|\byear[\s-]on[\s-]year\b",
    re.IGNORECASE,
)
LAST_QUARTER = re.compile(
    r"\b(?:last|previous|prior|preceding|prev\.?)\s+(?:quarter|qtr|q\b|period|result|figure|outturn|performance|value)|\b(?:previous|prev|prior)\b"
    r"|\bshort[\s-]term\b|\bqoq\b|\bquarter[\s-]on[\s-]quarter\b",
    re.IGNORECASE,
)
MONTH = re.compile(
    r"\W*(?P<name>jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)[a-z]*\.?[\s'-]*(?P<year>(?:20)?[0-9]{2})?\W*(?:actual|outturn)?\W*",
    re.IGNORECASE,
)
#: Headings of the cells that name the indicator of a row, and of those that name its period.
NAMING = re.compile(
    r"\b(?:indicators?|measures?|kpis?|pis?|metrics?|ref(?:erence)?s?|codes?|description)\b", re.IGNORECASE
)
DATING = re.compile(
    r"\W*(?:(?:reporting|financial|fiscal)\s+)?(?:period|quarter|qtr|month|date|year|when)s?\W*", re.IGNORECASE
)
