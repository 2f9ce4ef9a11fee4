"""The words beside a number that say what it is of its subject: a level, a change, a gap, a target, cases."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

from xlkpi.prose.mentions import Number


class Use(Enum):
    """What a number is used for."""

    LEVEL = "level"
    BASELINE = "level at the start"
    CHANGE = "change"
    GAP = "gap"
    CASES = "cases"
    TARGET = "target"
    TOLERANCE = "tolerance"


_ROUGH = r"(?:(?:just|only|around|about|approximately|roughly|nearly|almost|over|under|some|more\s+than|less\s+than|at\s+least|an?|the|further|total|additional)\s+)*"
_NOUN = r"increase|decrease|reduction|rise|fall|drop|decline|improvement|growth|change|difference|deterioration|dip|gain|movement"
_CHANGE_BEFORE = re.compile(
    rf"\bby\s+{_ROUGH}$|\b(?:up|down)\s+(?:by\s+)?{_ROUGH}$|\b(?:{_NOUN})s?\s+(?:\w+\s+)?of\s+{_ROUGH}\(?$"
    rf"|\b(?:rose|fell|fallen|risen|dropped|increased|decreased|reduced|grew|grown|declined|improved|worsened|climbed)\s+(?:\w+ly\s+|a\s+further\s+)?{_ROUGH}$"
    rf"|\b(?:{_NOUN})s?\s*\(\s*{_ROUGH}$|\((?:up|down)\s+(?:by\s+)?$|\b(?:{_NOUN})s?\s*[:=]\s*$",
    re.IGNORECASE,
)
_CHANGE_AFTER = re.compile(
    rf"\s*(?:\w+\s+)?(?:higher|lower|more|fewer|less|greater|better|worse|longer|shorter)\b(?:\s+\w+){{0,4}}?\s+(?:than|compared|on)\b(?!\s+(?:the\s+|our\s+|contract\s+)*(?:target|tolerance))"
    rf"|\s*(?:\w+\s+)?(?:{_NOUN})\b|\s+(?:up|down)\b(?!\s+to)|\s*(?:higher|lower|better|worse)\b(?!\s+than\s+(?:the\s+|our\s+|contract\s+)*(?:target|tolerance))",
    re.IGNORECASE,
)
_BOUND = r"(?:(?:the|our|its|their|a|contract|contractual|agreed|set|\d{4}/\d{2})\s+)*(?P<bound>targets?|tolerances?)\b"
_GAP_AFTER = re.compile(
    rf"\s*(?:\([^)]*\)\s*)?(?:outside|below|above|short\s+of|away\s+from|off|from|within|inside|better\s+than|worse\s+than|over|under|beyond|ahead\s+of|adrift\s+of|higher\s+than|lower\s+than)\s+(?:of\s+)?{_BOUND}(?!\s+of)",
    re.IGNORECASE,
)
_GAP_BEFORE = re.compile(
    rf"\b(?:gap|shortfall|distance)\b[^.;]{{0,40}}?\b(?:of|is|was|at|:)\s*{_ROUGH}$|\b(?:misse[sd]|exceed(?:s|ed)|short\s+of|outside|below|above)\s+{_BOUND}\s+by\s+{_ROUGH}$",
    re.IGNORECASE,
)
_TARGET_BEFORE = re.compile(
    r"\b(?:target|goal)s?(?:\s+(?:level|figure|rate|value))?\s*(?:(?:for|in|during)\s+[\w/ ]{3,20}?\s+)?(?:of|is|was|are|being|stands\s+at|at|to|remains|set\s+at|:|=|\(|-|\u2013|)\s*(?:a\s+)?(?:maximum|minimum|no\s+more\s+than|at\s+least|less\s+than|more\s+than)?\s*$",
    re.IGNORECASE,
)
_TOLERANCE_BEFORE = re.compile(
    r"\b(?:tolerance|threshold)s?(?:\s+(?:level|limit|figure|band))?\s*(?:of|is|was|are|being|stands\s+at|at|to|remains|set\s+at|:|=|\(|-|\u2013|)\s*(?:a\s+)?(?:maximum|minimum|no\s+more\s+than|at\s+least)?\s*$",
    re.IGNORECASE,
)
_TARGET_AFTER = re.compile(r"\s*(?:contract\s+|annual\s+)?target\b", re.IGNORECASE)
_TOLERANCE_AFTER = re.compile(r"\s*(?:contract\s+)?tolerance\b", re.IGNORECASE)
_BASELINE_BEFORE = re.compile(
    r"\b(?:from|compared\s+(?:to|with|against)|in\s+comparison\s+(?:to|with)|versus|vs\.?|against|down\s+on|up\s+on|than(?:\s+the)?|previously|was)\s+(?:the\s+|a\s+|an?\s+\w+\s+of\s+|an?\s+)?"
    r"(?:(?:figure|rate|level|total|high|low|peak|position|outturn|baseline)\s+of\s+)?(?:just\s+|around\s+|about\s+|over\s+|nearly\s+|only\s+)?\(?$",
    re.IGNORECASE,
)
_WAS = re.compile(r"\bwas\s+\S*$", re.IGNORECASE)
_CASES_BEFORE = re.compile(
    r"\b(?:amount(?:s|ed|ing)?|equat(?:es?|ed|ing)|equivalent|correspond(?:s|ed)?|represent(?:s|ed|ing)?|translat(?:es?|ed))\s+(?:to\s+)?"
    rf"{_ROUGH}$|\b(?:short\s+(?:by|of)|a\s+further|an\s+additional|another)\s+{_ROUGH}$",
    re.IGNORECASE,
)
_CASES_AFTER = re.compile(r"\s+(?:more|fewer|further|additional|extra|short)\b", re.IGNORECASE)
_REACH = 60


@dataclass(frozen=True, slots=True)
class Beside:
    """The words around a number within its sentence.

    Attributes:
        before: What stands before it, as far as it can tell.
        after: What stands behind it.
    """

    before: str
    after: str

    @classmethod
    def of(cls, flat: str, start: int, end: int, number: Number) -> Beside:
        """Return the words beside a number; ``start`` and ``end`` are those of its sentence."""
        return cls(flat[max(start, number.start - _REACH) : number.start], flat[number.end : min(end, number.end + _REACH)])

    @property
    def in_brackets(self) -> bool:
        """Return whether the number opens a bracket."""
        return self.before.rstrip().endswith(("(", "["))


def use_of(beside: Beside) -> Use:
    """Return what a number is used for, by the words beside it; a level where they say nothing.

    Examples:
        >>> use_of(Beside("referrals dropped by ", " from last quarter")), use_of(Beside("are now ", " outside tolerance."))
        (<Use.CHANGE: 'change'>, <Use.GAP: 'gap'>)
        >>> use_of(Beside("against a target of ", ".")), use_of(Beside("has reduced from ", " to"))
        (<Use.TARGET: 'target'>, <Use.BASELINE: 'level at the start'>)
    """
    return next((use for use, says in _ORDER if says(beside)), Use.LEVEL)


def _is_baseline(beside: Beside) -> bool:
    return bool(_BASELINE_BEFORE.search(beside.before)) and not _WAS.search(beside.before)


_ORDER = (
    (Use.GAP, lambda one: bool(_GAP_AFTER.match(one.after) or _GAP_BEFORE.search(one.before))),
    (Use.TOLERANCE, lambda one: bool(_TOLERANCE_BEFORE.search(one.before) or _TOLERANCE_AFTER.match(one.after))),
    (Use.TARGET, lambda one: bool(_TARGET_BEFORE.search(one.before) or _TARGET_AFTER.match(one.after))),
    (Use.CHANGE, lambda one: bool(_CHANGE_BEFORE.search(one.before) or _CHANGE_AFTER.match(one.after))),
    (Use.CASES, lambda one: bool(_CASES_BEFORE.search(one.before) or _CASES_AFTER.match(one.after))),
    (Use.BASELINE, _is_baseline),
)

#: What a share is not: ``the remaining 20%``, ``9% were not seen``.
_REST_BEFORE = re.compile(r"\b(?:remaining|other|rest\s+of|not)\b[^.;,0-9]{0,20}$", re.IGNORECASE)
_REST_AFTER = re.compile(r"[^.;,0-9]{0,45}\b(?:not|outside\s+(?:of\s+)?timescales?|late|overdue|out\s+of\s+time|without)\b", re.IGNORECASE)


def tells_the_rest(beside: Beside) -> bool:
    """Return whether a number is of those that are not meant: ``the remaining 20%``."""
    return bool(_REST_BEFORE.search(beside.before) or _REST_AFTER.match(beside.after))


#: A number after these names a thing, and counts nothing.
_LABEL = re.compile(
    r"\b(?:section|sections|regulation|reg\.?|appendix|annex|table|figure|fig\.?|page|p\.|paragraph|para|phase|version|stage|key\s+stage|level|item|tier|band|grade|part|step|priority"
    r"|article|schedule|chapter|rule|form|room|option|objective|recommendation|action|no\.?|number|ref\.?|type|class|week|working\s+together|act|bullet|theme|strand|domain|pillar)\s*[-:]?\s*$",
    re.IGNORECASE,
)
_AGES = re.compile(r"\b(?:aged?|ages|between\s+the\s+ages\s+of|under|over)\s+(?:\d+\s*(?:-|to|and)\s*)?$", re.IGNORECASE)
_AGE_AFTER = re.compile(r"\s*(?:-|\s)year[\s-]olds?|\s*years?\s+of\s+age|\s*(?:\+|plus)?\s*years?\s+old|s\b", re.IGNORECASE)
_CLOCK = re.compile(r"\s*(?:[ap]m\b|:[0-9]{2})", re.IGNORECASE)


def is_label(beside: Beside) -> bool:
    """Return whether a number is a reference, an age or a time of day: ``Section 47``, ``aged 19``."""
    before = beside.before[-24:]
    return bool(_LABEL.search(before) or _AGES.search(before) and not re.search(r"\b(?:under|over)\s+$", before, re.IGNORECASE) or _AGE_AFTER.match(beside.after) or _CLOCK.match(beside.after))
