"""Numbers that state no figure: references, ages, times of day, telephone lines, the ends of intervals."""

from __future__ import annotations

import re
from fractions import Fraction

from xlkpi.prose.figures.beside import Beside
from xlkpi.prose.mentions import Number, Unit

#: A number after these names a thing, and counts nothing.
_LABEL = re.compile(
    r"\b(?:section|sections|regulation|reg\.?|appendix|annex|table|figure|fig\.?|page|p\.|paragraph|para"
    r"|phase|version|stage|outcome|key\s+stage|level|item|tier|exception|indicator|measure|kpi|minute|telephone|tel\.?|band"
    r"|grade|part|step|priority"
    r"|article|schedule|chapter|rule|form|room|option|objective|recommendation|action|no\.?|number|ref\.?"
    r"|type|class|(?-i:Years?)|week|working\s+together|act|bullet|theme|strand|domain|pillar)\s*[-:]?\s*$",
    re.IGNORECASE,
)
#: ``Approved households now number 76``
_THEY_NUMBER = re.compile(r"(?:\bnow|s|\bpeople|\bchildren|\bthey|\bthese)\s+number\s+$", re.IGNORECASE)
#: ``Children on a plan number 711``: so many stand at the beginning of the statement.
_MANY_NUMBER = re.compile(
    r"(?:^|[,;:.]\s|\band\s)\W*(?:[\w'-]+\s+){0,4}?(?:\w+s|children|people)\s+(?:in|on|with|under|open\s+to|subject\s+to|of)\s+(?:[\w'-]+\s+){1,4}number\s+$",
    re.IGNORECASE,
)
_AGES = re.compile(
    r"\b(?:aged?|ages|between\s+the\s+ages\s+of|under|over|turn(?:ed|s|ing)?)\s+(?:\d+\s*(?:-|to|and)\s*)?$",
    re.IGNORECASE,
)
_AGE_AFTER = re.compile(
    r"\s*(?:-|\s)year[\s-]olds?|\s*years?\s+of\s+age|\s*(?:\+|plus)?\s*years?\s+old|s\b", re.IGNORECASE
)
_THRESHOLD = re.compile(
    r"\s*(?:\+|plus\b|(?:[a-z]+\s+)?(?:or|and)\s+(?:more|fewer|less|over|under|above|below|older|younger)\b)",
    re.IGNORECASE,
)
#: ``Target: 18% or less``
_TARGET_OF = re.compile(r"\b(?:targets?|tolerances?)\s*(?:of|is|was|:|=)?\s*$", re.IGNORECASE)
#: ``within twenty miles of home``
_DISTANCE = re.compile(r"\s*-?\s*(?:miles?|kilomet(?:re|er)s?|km|minutes['\u2019]?\s+walk)\b", re.IGNORECASE)
_CLOCK = re.compile(r"\s*(?:[ap]m\b|:[0-9]{2})", re.IGNORECASE)


#: ``86.4% (86.2 to 86.5)``: how sure a figure is.
_INTERVAL = re.compile(r"\s*(?:to|-|\u2013)\s*[0-9][0-9.,]*\s?%?\s*\)")


#: ``though these vary from 18% to 29% between areas``.
_VARIES = re.compile(
    r"\b(?:vary|varie[sd]|varying|rang(?:e[sd]?|ing))\b[^.;]{0,20}\b(?:from|between)\s+(?:\S+\s+(?:to|and)\s+)?$",
    re.IGNORECASE,
)


#: ``generally 16 or 17``: ages. ``one child in four``: a share in words, with the figure beside it.
_AGE_OR = re.compile(r"\s+or\s+(?:1[0-9]|2[0-5])\b(?!\s*%|[.,][0-9])")
_OR_AGE = re.compile(r"\b(?:1[0-9]|2[0-4])\s+or\s+$")
_ONE_IN = re.compile(r"\b(?:one|1)\s+(?:[a-z]+\s+){0,3}in\s+(?:every\s+)?$", re.IGNORECASE)


#: ``the lowest in twelve quarters``: since when.
_RANKED = re.compile(
    r"\b(?:highest|lowest|best|worst|most|fewest|smallest|largest|longest|shortest)\b[^.;,0-9]{0,30}\b(?:in|for|of|over)\s+(?:the\s+)?"
    r"(?:last\s+|past\s+)?$",
    re.IGNORECASE,
)
_QUARTERS = re.compile(r"\s+(?:quarters|years|months|reports)\b", re.IGNORECASE)


def is_interval(beside: Beside) -> bool:
    """Return whether a number is an end of the interval in which a figure surely lies, or in which figures vary."""
    if _RANKED.search(beside.before) and _QUARTERS.match(beside.after):
        return True
    if _AGE_OR.match(beside.after) or _OR_AGE.search(beside.before) or _ONE_IN.search(beside.before):
        return True
    return (beside.in_brackets and bool(_INTERVAL.match(beside.after))) or bool(_VARIES.search(beside.clause))


#: The numbers of the emergency and advice lines name them.
_LINES = frozenset({Fraction(999), Fraction(101), Fraction(111), Fraction(112)})
_CALLS = re.compile(
    r"\s+(?:(?:emergency|non-emergency|service|telephone|phone|online)\s+)*(?:calls?|line|number|service|system|callers?|demand|contacts?)\b",
    re.IGNORECASE,
)
_ON_LINE = re.compile(
    r"\b(?:calls?\s+to|demand\s+(?:on|from|for)|via|through|dial(?:ling|led)?|calling|ring(?:ing)?)\s+$", re.IGNORECASE
)


def is_line(number: Number, beside: Beside) -> bool:
    """Return whether a number is that of a telephone line: ``94.6% of 999 calls``, ``demand on 101``."""
    is_said = bool(_CALLS.match(beside.after) or _ON_LINE.search(beside.before))
    return number.value in _LINES and number.unit is Unit.NONE and not number.in_words and is_said


#: ``1. Criteria 3 2. Overview 5 3. Corporate risks 20``: points one after the other in one line, each with its page.
_POINT = re.compile(r"(?<![\w.,])([0-9]{1,2})\.\s+(?=[A-Z])")
_POINTS, _WIDE = 3, 60  # points, and signs of each
_POINT_OR_PAGE = re.compile(r"\.\s+[A-Z]|\s*(?:[\u2013-]\s*[0-9]{1,3})?\s+[0-9]{1,2}\.\s+[A-Z]|\s*$")


def is_in_contents(number: Number, flat: str, start: int, end: int) -> bool:
    """Return whether a number is a point, or a page, of a table of contents that a converter has set in one line.

    Args:
        number: Which.
        flat: The text.
        start: Where the line starts.
        end: Where it ends.
    """
    if number.unit is not Unit.NONE or number.decimals or not _POINT_OR_PAGE.match(flat[number.end : end]):
        return False
    points = [int(one) for one in _POINT.findall(flat[start:end])]
    is_run = len(points) >= _POINTS and points == list(range(points[0], points[0] + len(points)))
    return is_run and end - start <= _WIDE * len(points)


def is_label(beside: Beside) -> bool:
    """Return whether a number is a reference, an age or a time of day: ``Section 47``, ``aged 19``."""
    before = beside.before[-24:]
    return bool(
        _DISTANCE.match(beside.after)
        or (_LABEL.search(before) and not (_THEY_NUMBER.search(before) or _MANY_NUMBER.search(beside.clause)))
        or (_AGES.search(before) and not re.search(r"\b(?:under|over)\s+$", before, re.IGNORECASE))
        or (_THRESHOLD.match(beside.after) and not _TARGET_OF.search(before))
        or re.search(r"\bper\s*$", before)
        or _AGE_AFTER.match(beside.after)
        or _CLOCK.match(beside.after)
    )


def is_article(number: Number, beside: Beside) -> bool:
    """Return whether ``one`` stands for somebody, as in ``one of the homes``."""
    if not number.in_words or number.unit is not Unit.NONE or number.value != 1:
        return False
    if _ALL_BUT.search(beside.before):
        return False
    is_again = bool(_EARLIER_ONE.search(beside.before) and _NOTHING_BEHIND.match(beside.after))
    return is_again or bool(_ONE_OF.match(beside.after) or _SOME_ONE.search(beside.before))


_ALL_BUT = re.compile(r"\ball\s+but\s+$", re.IGNORECASE)
_ONE_OF = re.compile(
    r"\s*(?:of|another|or|which|that|who|is|was|to|way|year|area|off|hand|such|team|page|stop)\b", re.IGNORECASE
)
_EARLIER_ONE = re.compile(
    r"\b(?:earlier|previous|new|last|first|other|next|only|single|different|same)\s+$", re.IGNORECASE
)
_NOTHING_BEHIND = re.compile(r"\s*(?:[.,;:)]|$|(?:and|but|for|in|when|where|than)\b)", re.IGNORECASE)
_SOME_ONE = re.compile(r"\b(?:no|any|every|each|this|that|the|some|at\s+least|number)\s+$", re.IGNORECASE)
