"""What a style of naming a period says, and the months and years that it takes to say it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from xlkpi.model.period import Month, Period, Quarter, Year
from xlkpi.prose.mentions.kinds import When
from xlkpi.prose.mentions.styles import MONTH_NUMBER

_FULL = 4
A_YEAR, APRIL = 11, 4  # months between its first and its last


class Read(NamedTuple):
    """What a style says: as of ``PeriodMention``."""

    when: When
    periods: tuple[Period, ...] = ()
    certain: bool = True
    fault: str = ""
    months: tuple[Month, Month] | None = None
    perhaps: tuple[Period, ...] = ()


def financial_year(text: str) -> tuple[int, str]:
    """Return the year in which a financial year starts, and what is wrong with its name."""
    first, second = (part.strip() for part in re.split(r"[/\-\u2013]|to", text))
    start = int(first) if len(first) == _FULL else 2000 + int(first)
    expected = f"{start + 1:04d}"
    if second in (expected, expected[-2:], expected[-1:]):
        return start, ""
    return start, f"{text} is not a financial year: {first} is followed by {expected[-2:]}"


def later(month: Month, months: int) -> Month:
    """Return the month that lies so many months later, or earlier where negative."""
    index = month.year * 12 + month.month - 1 + months
    return Month(index // 12, index % 12 + 1)


def month_of(text: str) -> int:
    """Return the number of a month by its name or the first letters of it."""
    return MONTH_NUMBER[text.rstrip(".").lower()]


def full_year(year: str) -> int:
    """Return a year in full: 2018 for ``18``."""
    return int(year) + (2000 if len(year) < _FULL else 0)


def span(first: Month, last: Month) -> Read:
    """Return what two months say that begin and end a time: a quarter, a financial year, or all between them."""
    whole = first.quarter if first == first.quarter.months[0] and last == first.quarter.months[-1] else None
    if whole:
        return Read(When.SPAN, (whole,))
    length = (last.year - first.year) * 12 + last.month - first.month
    if length == A_YEAR and first.month == APRIL:
        return Read(When.SPAN, (Year(first.year),))
    return Read(When.SPAN, (first, last), months=(first, last))


def last_such(number: int, now: Quarter) -> Month:
    """Return the last month of a number that had ended with the quarter reported."""
    last = now.months[-1]
    return Month(last.year - (number > last.month), number)


_SEASONS = {"spring": 1, "summer": 2, "autumn": 3, "winter": 4, "christmas": 3}
_TERMS = {"autumn": 3, "spring": 4, "summer": 1}
#: The quarters in which a season lies by one writer's lights or another's, the likeliest first.
_LIES_IN = {"spring": (1, 4), "summer": (2, 1), "autumn": (3, 2), "winter": (4, 3)}
_PAST = ("last", "previous", "preceding", "past", "same")
_WAS = re.compile(r"\s+(?:was|saw|had|brought|stood\s+at)\b", re.IGNORECASE)


def season(flat: str, found: re.Match[str], now: Quarter) -> Read | None:
    """Return the quarter that a season is: April to June for spring, but January to March where it is a term.

    Autumn is October to December for both. ``From 176 in the spring`` is of the last one; ``summer 2022`` may be of either
    of two quarters, and ``over the winter`` names no time.
    """
    name, kind = found["sn"].lower(), (found["sq"] or "").lower()
    is_year = found["sf"] or found["sy"] or found["sa"]
    is_bare = not is_year and not found["sw"]
    is_then = found["sp"] is not None and is_bare  # "up from 176 in the spring"
    is_then = is_then or (is_bare and name == "christmas")
    is_then = (is_then or (is_bare and bool(_WAS.match(flat, found.end())))) and name != "winter"
    if not (is_then or kind or found["sw"] or is_year):
        return None
    number = (_TERMS if kind == "term" else _SEASONS).get(name)
    if number is None:
        return None
    is_sure = kind or is_then or (name == "autumn" and is_year)  # "last autumn" may be the one in which September lies
    if not is_sure and name in _LIES_IN:
        return Read(When.CALENDAR_YEAR, certain=False, perhaps=tuple(_may_be(found, name, now)))
    quarter = _season_of(found, number, now)
    named = {now: When.CURRENT, now.previous: When.PREVIOUS, now.year_ago: When.YEAR_AGO}
    return Read(
        named.get(quarter, When.QUARTER),
        (quarter,),
        certain=kind in ("quarter", "term") or name in ("autumn", "christmas"),
    )


def _season_of(found: re.Match[str], number: int, now: Quarter) -> Quarter:
    """Return the quarter of a number that the words beside a season name; without any, the last one up to now."""
    if found["sf"]:
        year, _ = financial_year(found["sf"])
        return Quarter(year, number)
    if found["sy"]:
        return Quarter(int(found["sy"]) - (number == _FULL), number)
    last = now.shift(-((now.number - number) % _FULL))
    if (found["sw"] or "").lower().startswith("last year"):
        return last.shift(-_FULL)
    before = (found["sw"] or "").lower() in _PAST and last == now
    return last.shift(-_FULL) if before or found["sa"] else last


def _may_be(found: re.Match[str], name: str, now: Quarter) -> Iterator[Quarter]:
    """Yield the quarters that a season may be, the likeliest first: ``last summer`` may be the one before the last, too."""
    quarters = [_season_of(found, number, now) for number in _LIES_IN[name]]
    yield from quarters
    if found["sy"] and name == "winter":
        yield Quarter(int(found["sy"]), _FULL)  # the one that began in that year
    if (found["sw"] or "").lower() in _PAST:
        yield from (one.shift(-_FULL) for one in quarters)
