"""Periods in every style that reports use, resolved against the quarter reported."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Iterator
from dataclasses import replace

from xlkpi.model.period import Month, Period, Quarter, Year, quarter_of_index
from xlkpi.prose.mentions.kinds import PeriodMention, When
from xlkpi.prose.mentions.spelled import (
    A_YEAR,
    APRIL,
    Read,
    financial_year,
    full_year,
    last_such,
    later,
    month_of,
    season,
    span,
)
from xlkpi.prose.mentions.styles import QUARTER_NUMBERS, STYLES

_BASELINE = re.compile(
    r"\b(?:than|above|below|(?:compared|comparison|relative|similar(?:\s+[a-z]+){0,3}|equal|identical|next)\s+(?:to|with)|same\s+as|compared|versus"
    r"|vs\.?|against|since"
    r"|(?:up|down|increase[sd]?|decrease[sd]?|reduction|rise|fall|drop|dropped|fell|rose|improve(?:ment|d)"
    r"|change[sd]?|higher|lower|more|fewer|worse|better)"
    r"(?:\s+(?:by\s+)?[0-9.,]+\s?%?(?:\s?percentage\s+points?|pp)?|\s+in\s+\w+)?(?:\s*\([^()]{1,24}\))?\s+(?:on|from|over))"
    r"(?:\s+(?:the|that|those|at|end|in|for|of|what|it|was|were|rate|figure|number|position|same|our|its|their|\w+'s|reported|start|beginning"
    r"|height|peak|high|low|level|baseline|during|between|[0-9][0-9.,]*%?(?:(?:\s+[a-z]+){1,4}?(?=\s+(?:in|at|during)\s))?))*\s+\(?$"
    r"|\b(?:(?P<on>on)|from)\s+(?:the\s+)?$",
    re.IGNORECASE,
)
_REACH, _SHORTLY = 70, 24
_TWO = 2  # digits of a year in short, and years from the one reported
_BETWEEN = re.compile(r"\bbetween\s+(?:the\s+end\s+of\s+)?$", re.IGNORECASE)
_FROM = re.compile(r"\b(?:from|between)\s+(?:the\s+)?$", re.IGNORECASE)
_YEARS_PREPOSITION = re.compile(
    r"\b(?:in|since|during|until|till|by|from|before|after|of|early|late|mid|end|and|to|for|year|than"
    r"|throughout|around|above|below|on|over|against|compared\s+with)\s*-?\s*$|\(\s*$|\b(?:19|20)[0-9]{2}\s*(?:,|&|/|-|\u2013)\s*$",
    re.IGNORECASE,
)
_YEAR_BESIDE = re.compile(
    r"\s+(?:calendar\s+year|census|act|saw|has\s+seen|brought)\b|\s*(?:,|and|&)\s*(?:19|20)[0-9]{2}\b", re.IGNORECASE
)
#: Before these a year is one only where nothing stands behind it that it could count.
_LOOSE_PREPOSITION = re.compile(r"(?:\b(?:above|below|on|over|against)\s*|\(\s*)$", re.IGNORECASE)
_OVER = re.compile(r"\bover\s+$", re.IGNORECASE)
_NOTHING_COUNTED = re.compile(r"\s*(?:[.,;:)\x00]|$|\b(?:and|but|when|while|which|as|in)\b)", re.IGNORECASE)


def periods(flat: str, now: Quarter) -> Iterator[PeriodMention]:
    """Yield the periods of a flattened text, in order.

    Args:
        flat: The text.
        now: The quarter that the draft reports: ``last quarter`` is the one before it.
    """
    month: PeriodMention | None = None
    last: PeriodMention | None = None
    before: PeriodMention | None = None
    for found in STYLES.finditer(flat):
        one = _mention(flat, found, now)
        if one is not None and found["that"]:
            one = replace(one, periods=month.periods, certain=False) if month is not None else None
        if one is not None and found["later"]:
            one = replace(one, periods=(_year_later(last.periods[0]),), certain=False) if last is not None else None
        if one is not None and before is not None and _is_said_again(flat, before, one):
            one = replace(one, is_baseline=True)
        if one is not None:
            before = one
            last = one if len(one.periods) == 1 else last
            month = one if one.when is When.MONTH and len(one.periods) == 1 else month
            yield one


def _is_said_again(flat: str, before: PeriodMention, one: PeriodMention) -> bool:
    """Return whether a period in brackets says again what something is compared with: ``the previous year (2021 to 2022)``."""
    is_base = before.is_baseline or before.when in (When.PREVIOUS, When.YEAR_AGO, When.YEAR_END)
    return is_base and flat[before.end : one.start].strip() == "("


def _year_later(period: Period) -> Period:
    if isinstance(period, Quarter):
        return period.shift(4)
    return Month(period.year + 1, period.month) if isinstance(period, Month) else Year(period.year + 1)


def _mention(flat: str, found: re.Match[str], now: Quarter) -> PeriodMention | None:
    style = found.lastgroup if found.lastgroup in _READ else next(name for name in _READ if found[name])
    read = _READ[style](flat, found, now)
    if read is None:
        return None
    start, end = found.span()
    while flat[start].isspace():
        start += 1
    while flat[end - 1].isspace():
        end -= 1
    before = flat[max(0, start - _REACH) : start]
    return PeriodMention(
        start,
        end,
        read.when,
        read.periods,
        read.certain,
        read.fault,
        _is_baseline(before, style) or flat[start : start + 8].lower() in ("over the", "in the l", "in the p"),
        read.months,
        read.perhaps,
    )


def _is_baseline(before: str, style: str) -> bool:
    """Return whether a period is compared with by the words before it; a day is not for ``on`` alone."""
    found = _BASELINE.search(before)
    if found is None or (style in ("dates", "months") and _FROM.search(before)):
        return False
    return style != "date" or not found["on"]


_COUNTED = re.compile(r"\s*(?:of\s+)?(?:measures|indicators|cases|children)", re.IGNORECASE)
_PLAN = re.compile(
    r"\b(?:plan|strategy|programme|framework|contract|agreement|priorities|vision)\s+(?:for\s+)?(?:the\s+)?[(]?$",
    re.IGNORECASE,
)
_LAST = 4  # quarter of a year
_EARLIER = re.compile(r"\b(?:last|previous|prior|preceding|before)\b", re.IGNORECASE)
_ENDS = re.compile(r"\b(?:end|close)\s+of\s+(?:the\s+)?(?:financial\s+)?(?:year\s+)?$", re.IGNORECASE)
_LONG_SPAN = re.compile(r"(?:19|20)[0-9]{2}\s?[-/\u2013]\s?(?:19|20)[0-9]{2}")
_SHORT_YEAR = len("18/19")
_COUNT = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "nine": 9, "eighteen": 18}


def _quarter(_: str, found: re.Match[str], now: Quarter) -> Read:
    if found["qk"]:  # of a calendar year
        return Read(When.QUARTER, (Month(int(found["yk"]), 3 * _number(found["qk"])).quarter,), certain=False)
    if found["yn"]:  # of the calendar year in which it ends
        year = int(found["yn"]) - (now.number == _LAST)
        return Read(When.YEAR_AGO if year == now.year - 1 else When.QUARTER, (now.shift(4 * (year - now.year)),))
    year, fault = financial_year(found["ya"] or found["yb"] or found["yo"] or found["ys"])
    if fault and (found["ya"] or found["yb"]) and _LONG_SPAN.fullmatch(found["ya"] or found["yb"]):
        return _bare_quarter(_number(found["qa"] or found["qb"]), now)  # Corporate Plan 2018-2022 - Quarter 3
    if fault and re.fullmatch(r"[0-9]{2}-[0-9]{2}", found["ya"] or ""):
        return _bare_quarter(_number(found["qa"]), now)  # Q1, of those aged 12-15
    number = now.number if found["ys"] else _number(found["qa"] or found["qb"] or found["qo"])
    if found["ys"] and not fault and year == now.year - 1:
        return Read(When.YEAR_AGO, (now.year_ago,))
    return Read(When.QUARTER, () if fault else (quarter_of_index(Quarter(year, number).index),), fault=fault)


def _number(text: str) -> int:
    return int(text) if text.isdigit() else QUARTER_NUMBERS[text.lower()]


def _bare(_: str, found: re.Match[str], now: Quarter) -> Read:
    return _bare_quarter(_number(found["qc"] or found["qd"]), now)


def _bare_quarter(number: int, now: Quarter) -> Read:
    return Read(When.QUARTER, (now.shift(-((now.number - number) % 4)),), certain=False)


def _quarter_ago(_: str, found: re.Match[str], now: Quarter) -> Read:
    quarter = Quarter(now.year - 1, _number(found["qz"] or found["qy"]))
    return Read(When.YEAR_AGO, (quarter_of_index(quarter.index),))


def _back(_: str, found: re.Match[str], now: Quarter) -> Read:
    years = found["back"]
    return Read(When.YEAR_AGO, (now.shift(-4 * (int(years) if years.isdigit() else _COUNT[years.lower()])),))


def _lately(_: str, found: re.Match[str], now: Quarter) -> Read:
    months = found["ago"].lower()
    return Read(When.PREVIOUS, (now.shift(-(int(months) if months.isdigit() else _COUNT[months]) // 3),), certain=False)


def _year_end(_: str, found: re.Match[str], now: Quarter) -> Read:
    then, is_last = Quarter(now.year - 1, 4), now.number == _LAST
    if now.number < _LAST - 1 or _EARLIER.search(found[0]):
        return Read(When.YEAR_END, (then,))
    when, first = (When.CURRENT, now) if is_last else (When.YEAR_END, then)
    return Read(when, (first,), certain=False, perhaps=(now, then))  # of this year or the last; of the calendar's, too


def _mid_year(_: str, found: re.Match[str], now: Quarter) -> Read:
    if found["ym"]:
        year, fault = financial_year(found["ym"])
        return Read(When.QUARTER, () if fault else (Quarter(year, 2),), fault=fault)
    return Read(When.QUARTER, (Quarter(now.year - (now.number == 1), 2),), certain=False)


def _part(_: str, found: re.Match[str], now: Quarter) -> Read:
    """The first or the last months of a calendar or a financial year."""
    many, named = found["many"] or "six", found["yp"] or f"{now.year}/{(now.year + 1) % 100:02d}"
    count = int(many) if many.isdigit() else _COUNT[many.lower()]
    if named.isdigit():
        start, fault = Month(int(named), 1), ""
    else:
        year, fault = financial_year(named)
        start = Month(year, APRIL)
    if fault:
        return Read(When.SPAN, fault=fault)
    first = start if found["which"].lower() == "first" else later(start, A_YEAR + 1 - count)
    return span(first, later(first, count - 1))


def _year_to(_: str, found: re.Match[str], now: Quarter) -> Read:
    number = month_of(found["mt"])
    last = Month(int(found["yt"]), number) if found["yt"] else last_such(number, now)
    return span(later(last, -A_YEAR), last)._replace(certain=bool(found["yt"]))


def _this_month(_: str, found: re.Match[str], now: Quarter) -> Read:
    return Read(When.MONTH, (later(now.months[-1], 0 if found["this"] else -1),), certain=False)


def _quarter_to(_: str, found: re.Match[str], now: Quarter) -> Read:
    number = month_of(found["mq"])
    last = Month(int(found["yq"]), number) if found["yq"] else last_such(number, now)
    return span(later(last, -2), last)._replace(certain=bool(found["yq"]))


def _fy(flat: str, found: re.Match[str], _: Quarter) -> Read | None:
    year, fault = financial_year(found["fy"])
    if flat[found.start() - 1 : found.start()] in ("/", "-"):
        return None  # contract LCP/2019/07
    if fault and not re.match(r"(?:19|20)[0-9]{2}\s?/\s?[0-9]{2}$", found["fy"]):
        return None  # 18/20 measures, 2018-2021, from 2011 to 2015
    if fault and _PLAN.search(flat, max(0, found.start() - 60), found.start()):
        return Read(When.SPAN)  # Youth Justice Plan for 2015/17
    if not fault and _ENDS.search(flat, max(0, found.start() - _REACH), found.start()):
        return Read(When.YEAR_END, (Quarter(year, 4),))
    if len(found["fy"].strip()) == _SHORT_YEAR and _COUNTED.match(flat, found.end()):
        return None
    return Read(When.YEAR, () if fault else (Year(year),), fault=fault)


def _month(flat: str, found: re.Match[str], now: Quarter) -> Read | None:
    if found["iso"]:
        return Read(When.MONTH, (Month(int(found["iso"][:4]), int(found["iso"][5:])),))
    is_short = len(found["my"]) == _TWO and flat[found.start("my") - 1].isspace()
    if is_short and abs(full_year(found["my"]) - now.year) > _TWO:
        return None  # "in May 12 and in June 14" counts something
    return Read(When.MONTH, (Month(full_year(found["my"]), month_of(found["mm"])),))


def _several(flat: str, found: re.Match[str], __: Quarter) -> Read:
    first, second, year = month_of(found["ma"]), month_of(found["mb"]), full_year(found["mby"])
    earlier = full_year(found["may"]) if found["may"] else year - (first > second)
    is_between = found["how"].lower() == "and" and _BETWEEN.search(flat, max(0, found.start() - 24), found.start())
    if found["how"].lower() in ("and", "or") and not is_between:
        return Read(When.MONTHS, (Month(earlier, first), Month(year, second)))
    return span(Month(earlier, first), Month(year, second))


def _day(found: re.Match[str], place: int) -> tuple[int, int]:
    """Return day and month of one of the days that a style names."""
    return int(found[f"d{place}"] or found[f"e{place}"]), month_of(found[f"m{place}"] or found[f"n{place}"])


def _dates(_: str, found: re.Match[str], __: Quarter) -> Read:
    year = int(found["y2"])
    (day, first), (___, last) = _day(found, 1), _day(found, 2)
    if day != 1:
        return Read(When.DATE)
    return span(Month(int(found["y1"] or year - (first > last)), first), Month(year, last))


def _days(_: str, found: re.Match[str], now: Quarter) -> Read:
    """``Between July 1 and September 30``: the last such months."""
    last = last_such(month_of(found["m4"]), now)
    if int(found["d3"]) != 1:
        return Read(When.DATE)
    number = month_of(found["m3"])
    return span(Month(last.year - (number > last.month), number), last)._replace(certain=False)


def _date(_: str, found: re.Match[str], now: Quarter) -> Read:
    """A day that ends a quarter or a month stands for it, as in ``at 31 March 2018``; without a year, for the last such."""
    if found["m0"] or found["n0"]:
        day, number = _day(found, 0)
        month = Month(int(found["y0"]), number) if found["y0"] else last_such(number, now)
        certain = bool(found["y0"])
    else:
        day = int(found["dd"] or found["id"])
        month, certain = Month(full_year(found["dy"] or found["iy"]), int(found["dm"] or found["im"])), False
    if not 1 <= month.month <= 12:  # noqa: PLR2004  # months
        return Read(When.DATE)
    if day != calendar.monthrange(month.year, month.month)[1]:
        return Read(When.DATE, months=(month, month))
    return Read(When.DATE, (month.quarter if month == month.quarter.months[-1] else month,), certain)


def _yearless(flat: str, found: re.Match[str], now: Quarter) -> Read | None:
    """The last such months that had ended with the quarter reported."""
    if not flat[found.start()].isupper():
        return None
    number = month_of(found["mc"] or found["me"])
    last = last_such(month_of(found["md"] or found["mf"]), now)
    return span(Month(last.year - (number > last.month), number), last)._replace(certain=False)


def _last_month(flat: str, found: re.Match[str], now: Quarter) -> Read | None:
    """``Last September``: the last one, or the one before it where that lies in the quarter reported."""
    if not flat[found.start("ml")].isupper():
        return None
    last = last_such(month_of(found["ml"]), now)
    if last.quarter != now:
        return Read(When.MONTH, (last,))
    return Read(When.MONTH, (Month(last.year - 1, last.month), last), certain=False)


def _month_ago(flat: str, found: re.Match[str], now: Quarter) -> Read | None:
    """A month of last year: of the year before the last such month, or that month, where the draft was written later."""
    if not flat[found.start()].isupper():
        return None
    last = last_such(month_of(found["mz"]), now)
    before = Month(last.year - 1, last.month)
    if re.search(r"\blast\s+year\b", found[0], re.IGNORECASE):
        return Read(When.MONTH, (before, last), certain=False)
    return Read(When.MONTH, (before,))


def _loose(_: str, found: re.Match[str], now: Quarter) -> Read:
    return Read(When.MONTH, (last_such(month_of(found["loosemonths"]), now),), certain=False)


def _calendar(flat: str, found: re.Match[str], now: Quarter) -> Read | None:
    before = max(0, found.start() - 14), found.start()
    named = _YEARS_PREPOSITION.search(flat, *before)
    year = int(found["calendar"])
    is_over = _OVER.search(flat, *before) and abs(year - now.year) <= _TWO  # nobody says "over 2024" of a count
    is_loose = named and _LOOSE_PREPOSITION.search(flat, *before) and not is_over
    if is_loose and not _NOTHING_COUNTED.match(flat, found.end()):
        return None
    if not named and not _YEAR_BESIDE.match(flat, found.end()):
        return None
    return Read(When.CALENDAR_YEAR, months=(Month(year, 1), Month(year, 12)))


_WHOLE = re.compile(r"\b(?:whole|all|entire|entirety)\s+(?:of\s+)?(?:the\s+)?$", re.IGNORECASE)


def _year_ago(flat: str, found: re.Match[str], now: Quarter) -> Read:
    if _WHOLE.search(flat, max(0, found.start() - _SHORTLY), found.start()):
        year = now.year - 1  # "572 in the whole of the previous year", which may be that of the calendar
        return Read(When.YEAR_AGO, certain=False, perhaps=(Year(year), Quarter(year, 4), Quarter(year, 3)))
    return Read(When.YEAR_AGO, (now.year_ago,))


def _shifted(when: When, back: int) -> Callable[[str, re.Match[str], Quarter], Read]:
    def read(_: str, __: re.Match[str], now: Quarter) -> Read:
        return Read(when, (now.shift(-back),))

    return read


_READ: dict[str, Callable[[str, re.Match[str], Quarter], Read | None]] = {
    "dates": _dates,
    "days": _days,
    "date": _date,
    "quarter": _quarter,
    "season": season,
    "months": _several,
    "month": _month,
    "fy": _fy,
    "yearago": _year_ago,
    "previous": _shifted(When.PREVIOUS, 1),
    "current": _shifted(When.CURRENT, 0),
    "bare": _bare,
    "quarterago": _quarter_ago,
    "yearend": _year_end,
    "midyear": _mid_year,
    "yearsago": _back,
    "lately": _lately,
    "report": lambda _, __, now: Read(When.PREVIOUS, (now.previous,), certain=False),
    "later": lambda _, __, ___: Read(When.QUARTER),
    "thismonth": _this_month,
    "that": lambda _, __, ___: Read(When.MONTH),
    "part": _part,
    "yearto": _year_to,
    "quarterto": _quarter_to,
    "yearless": _yearless,
    "lastmonth": _last_month,
    "monthago": _month_ago,
    "window": lambda _, __, ___: Read(When.SPAN),
    "loosemonths": _loose,
    "calendar": _calendar,
}
