"""Periods in every style that reports use, resolved against the quarter reported."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Iterator

from xlkpi.model.period import Month, Period, Quarter, Year, quarter_of_index
from xlkpi.prose.mentions.kinds import PeriodMention, When

_MONTHS = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
_MONTH_NUMBER = {name: place for place, name in enumerate(_MONTHS, start=1)} | {
    name[:3]: place for place, name in enumerate(_MONTHS, start=1)
}
_MONTH_NUMBER["sept"] = 9
_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)\b\.?"
)
_QUARTER_NUMBERS = {
    "first": 1,
    "second": 2,
    "third": 3,
    "fourth": 4,
    "final": 4,
    "last": 4,
    "1st": 1,
    "2nd": 2,
    "3rd": 3,
    "4th": 4,
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
}
_ORDINAL = "|".join(name for name in _QUARTER_NUMBERS if name not in ("one", "two", "three", "four"))
_FY = (
    r"(?:(?:19|20)[0-9]{2}\s?[/\-\u2013]\s?(?:(?:19|20)[0-9]{2}|[0-9]{2})(?![0-9/])"
    r"|(?:19|20)[0-9]{2}/[0-9](?![0-9/])|(?<![0-9/])[0-9]{2}/[0-9]{2}(?![0-9/]))"
)
#: After a quarter, a year may be ``12-13``; an age is none.
_SHORT = r"[0-9]{2}[-\u2013][0-9]{2}(?![0-9/-])(?!\s*(?:years?|yrs?|olds?)\b)"
_Q = r"(?:Q|Qtr\.?|Quarter)\s{{0,3}}(?P<{0}>[1-4]|one|two|three|four)\b"
_GAP = r"\s*(?:[,\-\u2013(]|of(?:\s+the)?(?:\s+(?:financial|reporting)\s+year)?|in|for)?\s*"
_AGO = (
    r"(?:last\s+year|of\s+last\s+year|(?:of|in)\s+the\s+(?:previous|prior|preceding)\s+(?:financial\s+)?year"
    r"|a\s+year\s+(?:ago|earlier|before)|the\s+(?:previous\s+year|year\s+before)|(?:twelve"
    r"|12)\s+months\s+(?:ago|earlier|before))"
)

#: ``1st of July`` or ``July 1st``; ``May 10`` may count ten of something, so that a year, an ordinal or a second day tells.
_DAY = (
    rf"(?:(?P<d{{0}}>[0-9]{{{{1,2}}}})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<m{{0}}>{_MONTH})"
    rf"|(?P<n{{0}}>{_MONTH})\s+(?P<e{{0}}>[0-9]{{{{1,2}}}})"
    r"(?:st\b|nd\b|rd\b|th\b|(?=,?\s+(?:19|20)[0-9]{{2}}\b){1}))"
)
#: Of a first day, the second one tells, too.
_ON_TO = (
    rf"|(?=\s*(?:to|and|\u2013|-|until)\s*(?:{_MONTH}\s+[0-9]{{1,2}}|[0-9]{{1,2}}(?:st|nd|rd|th)?\s+{_MONTH})"
    r"(?:st|nd|rd|th)?,?\s+(?:19|20)[0-9]{2})"
)

_STYLES = re.compile(
    rf"""
    (?P<dates>\b{_DAY.format("1", _ON_TO)}(?:,?\s+(?P<y1>(?:19|20)[0-9]{{2}}))?
        \s*(?:to|and|\u2013|-|until)\s*(?:the\s+)?{_DAY.format("2", "")},?\s+(?P<y2>(?:19|20)[0-9]{{2}}))
  | (?P<date>\b{_DAY.format("0", "")}(?:,?\s+(?P<y0>(?:19|20)[0-9]{{2}}))?
        |\b[0-9]{{1,2}}[/.][0-9]{{1,2}}[/.](?:(?:19|20)[0-9]{{2}}|[0-9]{{2}})\b|\b(?:19
            |20)[0-9]{{2}}-[0-9]{{2}}-[0-9]{{2}}\b)
  | (?P<quarter>\b{_Q.format("qa")}{_GAP}(?P<ya>{_FY}|{_SHORT})\)?
        |(?P<yb>{_FY})\s*[,\-\u2013]?\s*{_Q.format("qb")}
        |\b(?P<qo>{_ORDINAL})\s+quarter\s+(?:of|in|for)\s+(?:the\s+)?(?:financial\s+year\s+)?(?P<yo>{_FY})
        |\b(?:the\s+)?same\s+(?:quarter|period|time|point)\s+(?:of|in)\s+(?P<ys>{_FY})
        |\b(?P<qk>first|second|third|fourth|final|last)\s+quarter\s+of\s+(?P<yk>(?:19|20)[0-9]{{2}})(?![0-9/\-\u2013]))
  | (?P<months>\b(?P<ma>{_MONTH})(?:[\s'-]\s?(?P<may>(?:19|20)[0-9]{{2}}|(?<=[\s'-])[0-9]{{2}}(?=\s*(?:to|\u2013|-)\s*[A-Z])))?
      \s*(?P<how>to|and|or|\u2013|-|until|through)\s*(?P<mb>{_MONTH})[\s'-]*(?P<mby>(?:19|20)[0-9]{{2}}\b|(?<=[\s'-])[0-9]{{2}}(?=[\s,.;:)\]\x00]|$)))
  | (?P<month>\b(?P<mm>{_MONTH})[\s,'-]*(?:of\s+)?(?P<my>(?:19|20)[0-9]{{2}}|(?<=['-])[0-9]{{2}}\b)|\b(?P<iso>(?:19
      |20)[0-9]{{2}}-(?:0[1-9]|1[0-2]))\b(?![-/]))
  | (?P<fy>{_FY})
  | (?P<yearago>\b(?:(?:the\s+)?(?:same|equivalent|corresponding)\s+(?:\w+\s+)?(?:time|point|period|quarter|qtr
      |stage|date|months?)\s+{_AGO}
        |(?:(?:at\s+)?this\s+(?:time|point|quarter)\s+)?{_AGO}|quarter\s+[1-4]\s+last\s+year|Q[1-4]\s+last\s+year
        |year[\s-]on[\s-]year|yoy|(?:over|in)\s+the\s+(?:last\s+|past\s+)year\b|over\s+the\s+year\b|over\s+(?:the\s+(?:last|past)\s+)?(?:twelve|12)\s+months\b
            |(?:the\s+)?(?:previous|prior|preceding)\s+year(?:'s)?))
  | (?P<previous>\b(?:the\s+|our\s+)?(?:last|previous|preceding|prior|earlier)\s+(?:reporting\s+)?(?:quarter|qtr
      |period)(?:'s)?\b
        |\bqoq\b|\bthe\s+quarter\s+before\b|\bquarter[\s-]on[\s-]quarter\b|\bthree\s+months\s+(?:ago|earlier
            |before)\b)
  | (?P<current>\b(?:(?:at\s+)?(?:the\s+)?end\s+of\s+)?(?:this|the|the\s+current|the\s+latest|the\s+reporting
      |the\s+most\s+recent|current|latest|reporting)\s+(?:reporting\s+)?(?:quarter|period)(?:'s)?(?:[\s-]end)?\b(?!\s?(?:[1-4]|one|two|three|four)\b)
        |\bquarterly\s+total\b|\bquarter[\s-]end\b|\bin[\s-]quarter\b(?!\s*(?:[1-4]|one|two|three|four)\b))
  | (?P<bare>\b{_Q.format("qc")})
  | (?P<window>\b(?:rolling\s+|the\s+|last\s+|past\s+|previous\s+){{1,3}}(?:12|twelve|six|6|three|3
      |24)[\s-]months?(?:\s+period)?\b)
  | (?P<loosemonths>(?<![A-Za-z])(?:January|February|March|April|June|July|August|September|October|November
      |December|(?<=in\s)May|(?<=during\s)May|(?<=of\s)May|(?<=since\s)May
      |(?<=to\s)May)\b(?!\s+[0-9]{{1,2}}(?![0-9,.%])\b))
  | (?P<calendar>(?<![\w/.,-])(?:19|20)[0-9]{{2}}\b(?![/%,.-]?[0-9])(?!\s+[a-z]*(?:children|contacts|referrals
      |cases|young|people|visits|families)))
    """,
    re.IGNORECASE | re.VERBOSE,
)
_BASELINE = re.compile(
    r"\b(?:than|(?:compared|comparison|relative|similar|equal|identical|next)\s+(?:to|with)|compared|versus"
    r"|vs\.?|against|since"
    r"|(?:up|down|increase[sd]?|decrease[sd]?|reduction|rise|fall|drop|dropped|fell|rose|improve(?:ment|d)"
    r"|change[sd]?|higher|lower|more|fewer|worse|better)"
    r"(?:\s+(?:by\s+)?[0-9.,]+\s?%?(?:\s?percentage\s+points?|pp)?|\s+in\s+\w+)?\s+(?:on|from|over))"
    r"(?:\s+(?:the|that|those|at|end|in|for|of|what|it|was|were|rate|figure|number|position|same|our|\w+'s|reported|start|beginning"
    r"|height|peak|high|low|level|baseline|during|[0-9][0-9.,]*%?))*\s+\(?$"
    r"|\b(?:on|from)\s+(?:the\s+)?$",
    re.IGNORECASE,
)
_REACH = 70
_FROM = re.compile(r"\b(?:from|between)\s+(?:the\s+)?$", re.IGNORECASE)
_YEARS_PREPOSITION = re.compile(
    r"\b(?:in|since|during|until|till|by|from|before|after|of|early|late|mid|end|and|to|for|year|than"
    r"|throughout|around)\s*-?\s*$|\b(?:19|20)[0-9]{2}\s*(?:,|&|/|-|\u2013)\s*$",
    re.IGNORECASE,
)
_YEAR_BESIDE = re.compile(r"\s+(?:calendar\s+year|census|act)\b|\s*(?:,|and|&)\s*(?:19|20)[0-9]{2}\b", re.IGNORECASE)


def periods(flat: str, now: Quarter) -> Iterator[PeriodMention]:
    """Yield the periods of a flattened text, in order.

    Args:
        flat: The text.
        now: The quarter that the draft reports: ``last quarter`` is the one before it.
    """
    for found in _STYLES.finditer(flat):
        one = _mention(flat, found, now)
        if one is not None:
            yield one


def _mention(flat: str, found: re.Match[str], now: Quarter) -> PeriodMention | None:
    style = found.lastgroup if found.lastgroup in _READ else next(name for name in _READ if found[name])
    read = _READ[style](flat, found, now)
    if read is None:
        return None
    when, periods_, certain, fault = read
    start, end = found.span()
    while flat[start].isspace():
        start += 1
    while flat[end - 1].isspace():
        end -= 1
    before = flat[max(0, start - _REACH) : start]
    return PeriodMention(
        start,
        end,
        when,
        periods_,
        certain,
        fault,
        (bool(_BASELINE.search(before)) and not (style in ("dates", "months") and _FROM.search(before)))
        or flat[start : start + 8].lower() in ("over the", "in the l", "in the p"),
    )


_COUNTED = re.compile(r"\s*(?:of\s+)?(?:measures|indicators|cases|children)", re.IGNORECASE)
_PLAN = re.compile(
    r"\b(?:plan|strategy|programme|framework|contract|agreement|priorities|vision)\s+(?:for\s+)?(?:the\s+)?[(]?$",
    re.IGNORECASE,
)
_SHORT_YEAR = len("18/19")
_FULL = 4
_A_YEAR, _APRIL = 11, 4  # months between its first and its last
_Read = tuple[When, tuple[Period, ...], bool, str]


def _year(text: str) -> tuple[int, str]:
    """Return the year in which a financial year starts, and what is wrong with its name."""
    first, second = (part.strip() for part in re.split(r"[/\-\u2013]", text))
    start = int(first) if len(first) == _FULL else 2000 + int(first)
    expected = f"{start + 1:04d}"
    if second in (expected, expected[-2:], expected[-1:]):
        return start, ""
    return start, f"{text} is not a financial year: {first} is followed by {expected[-2:]}"


def _quarter(_: str, found: re.Match[str], now: Quarter) -> _Read:
    if found["qk"]:  # of a calendar year
        return When.QUARTER, (Month(int(found["yk"]), 3 * _number(found["qk"])).quarter,), False, ""
    year, fault = _year(found["ya"] or found["yb"] or found["yo"] or found["ys"])
    if fault and found["ya"] and re.fullmatch(_SHORT, found["ya"]):
        return _bare_quarter(_number(found["qa"]), now)
    number = now.number if found["ys"] else _number(found["qa"] or found["qb"] or found["qo"])
    if found["ys"] and not fault and year == now.year - 1:
        return When.YEAR_AGO, (now.year_ago,), True, ""
    return When.QUARTER, () if fault else (quarter_of_index(Quarter(year, number).index),), True, fault


def _number(text: str) -> int:
    return int(text) if text.isdigit() else _QUARTER_NUMBERS[text.lower()]


def _bare(_: str, found: re.Match[str], now: Quarter) -> _Read:
    return _bare_quarter(_number(found["qc"]), now)


def _bare_quarter(number: int, now: Quarter) -> _Read:
    return When.QUARTER, (now.shift(-((now.number - number) % 4)),), False, ""


def _fy(flat: str, found: re.Match[str], _: Quarter) -> _Read | None:
    year, fault = _year(found["fy"])
    if fault and not re.match(r"(?:19|20)[0-9]{2}\s?/\s?[0-9]{2}$", found["fy"]):
        return None  # 18/20 measures, 2018-2021
    if fault and _PLAN.search(flat, max(0, found.start() - 60), found.start()):
        return When.SPAN, (), True, ""  # Youth Justice Plan for 2015/17
    if len(found["fy"].strip()) == _SHORT_YEAR and _COUNTED.match(flat, found.end()):
        return None
    return When.YEAR, () if fault else (Year(year),), True, fault


def _month_of(text: str) -> int:
    return _MONTH_NUMBER[text.rstrip(".").lower()]


def _full(year: str) -> int:
    return int(year) + (2000 if len(year) < _FULL else 0)


def _month(_: str, found: re.Match[str], __: Quarter) -> _Read:
    if found["iso"]:
        return When.MONTH, (Month(int(found["iso"][:4]), int(found["iso"][5:])),), True, ""
    return When.MONTH, (Month(_full(found["my"]), _month_of(found["mm"])),), True, ""


def _several(_: str, found: re.Match[str], __: Quarter) -> _Read:
    first, second, year = _month_of(found["ma"]), _month_of(found["mb"]), _full(found["mby"])
    earlier = _full(found["may"]) if found["may"] else year - (first > second)
    if found["how"].lower() in ("and", "or"):
        return When.MONTHS, (Month(earlier, first), Month(year, second)), True, ""
    return _span(Month(earlier, first), Month(year, second))


def _span(first: Month, last: Month) -> _Read:
    whole = first.quarter if first == first.quarter.months[0] and last == first.quarter.months[-1] else None
    if whole:
        return When.SPAN, (whole,), True, ""
    length = (last.year - first.year) * 12 + last.month - first.month
    if length == _A_YEAR and first.month == _APRIL:
        return When.SPAN, (Year(first.year),), True, ""
    return When.SPAN, (first, last), True, ""


def _day(found: re.Match[str], place: int) -> tuple[int, int]:
    """Return day and month of one of the days that a style names."""
    return int(found[f"d{place}"] or found[f"e{place}"]), _month_of(found[f"m{place}"] or found[f"n{place}"])


def _dates(_: str, found: re.Match[str], __: Quarter) -> _Read:
    year = int(found["y2"])
    (day, first), (___, last) = _day(found, 1), _day(found, 2)
    if day != 1:
        return When.DATE, (), True, ""
    return _span(Month(int(found["y1"] or year - (first > last)), first), Month(year, last))


def _date(_: str, found: re.Match[str], now: Quarter) -> _Read:
    """A day that ends a quarter or a month stands for it, as in ``at 31 March 2018``; without a year, for the last such."""
    if not (found["m0"] or found["n0"]):
        return When.DATE, (), True, ""
    day, number = _day(found, 0)
    month = Month(int(found["y0"]), number) if found["y0"] else _last(number, now)
    if day != calendar.monthrange(month.year, month.month)[1]:
        return When.DATE, (), True, ""
    period = month.quarter if month == month.quarter.months[-1] else month
    return When.DATE, (period,), bool(found["y0"]), ""


def _last(number: int, now: Quarter) -> Month:
    """Return the last month of a number that had ended with the quarter reported."""
    last = now.months[-1]
    return Month(last.year - (number > last.month), number)


def _loose(_: str, found: re.Match[str], now: Quarter) -> _Read:
    return When.MONTH, (_last(_month_of(found["loosemonths"]), now),), False, ""


def _calendar(flat: str, found: re.Match[str], _: Quarter) -> _Read | None:
    named = _YEARS_PREPOSITION.search(flat, max(0, found.start() - 14), found.start())
    if not named and not _YEAR_BESIDE.match(flat, found.end()):
        return None
    return When.CALENDAR_YEAR, (), True, ""


def _shifted(when: When, back: int) -> Callable[[str, re.Match[str], Quarter], _Read]:
    def read(_: str, __: re.Match[str], now: Quarter) -> _Read:
        return when, (now.shift(-back),), True, ""

    return read


_READ: dict[str, Callable[[str, re.Match[str], Quarter], _Read | None]] = {
    "dates": _dates,
    "date": _date,
    "quarter": _quarter,
    "months": _several,
    "month": _month,
    "fy": _fy,
    "yearago": _shifted(When.YEAR_AGO, 4),
    "previous": _shifted(When.PREVIOUS, 1),
    "current": _shifted(When.CURRENT, 0),
    "bare": _bare,
    "window": lambda _, __, ___: (When.SPAN, (), True, ""),
    "loosemonths": _loose,
    "calendar": _calendar,
}
