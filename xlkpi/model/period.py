"""Periods of the English local-government year, which starts on 1 April.

``2018/19 Q2`` is 1 July to 30 September 2018. Source: the reporting-period line of the quarterly performance report.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from dataclasses import dataclass
from functools import cache
from typing import TypeAlias

_FIRST_MONTH = 4
_MONTHS = 12
_QUARTERS = 4
_MONTHS_A_QUARTER = 3
_CENTURY = 100

_YEAR = r"(?P<start>(?:19|20)[0-9]{2})\s*[/\-\u2013]\s*(?P<end>[0-9]{4}|[0-9]{2})"
_QUARTER = r"(?:Q|Qtr|Quarter)\.?\s*(?P<number>[1-4])"
_QUARTER_STYLES = (
    re.compile(rf"\s*{_YEAR}\s*[,\-\u2013]?\s*{_QUARTER}\s*", re.IGNORECASE),
    re.compile(rf"\s*{_QUARTER}\s*[,\-\u2013]?\s*{_YEAR}\s*", re.IGNORECASE),
)
_YEAR_STYLE = re.compile(rf"\s*{_YEAR}\s*")
_MONTH_STYLE = re.compile(r"\s*(?P<year>(?:19|20)[0-9]{2})-(?P<month>0[1-9]|1[0-2])\s*")


class PeriodError(ValueError):
    """A text is no period; the message says what was expected."""


class FinancialYearError(PeriodError):
    """The two years of a period do not follow each other; the message says which year does."""


@dataclass(frozen=True, slots=True, order=True)
class Quarter:
    """One quarter of a financial year; quarters compare in time.

    Attributes:
        year: Calendar year in which the financial year starts (2018 for 2018/19).
        number: 1 to 4; quarter 1 starts on 1 April.
    """

    year: int
    number: int

    @property
    def index(self) -> int:
        """Return a whole number that grows by one a quarter."""
        return self.year * _QUARTERS + self.number

    @property
    def quarter(self) -> Quarter:
        """Return the quarter itself, so that quarters and months can be asked alike."""
        return self

    @property
    def label(self) -> str:
        """Return the label for tables: ``2018/19 Q2``."""
        return f"{financial_year(self.year)} Q{self.number}"

    @property
    def title(self) -> str:
        """Return the label for headings: ``Quarter 2, 2018/19``."""
        return f"Quarter {self.number}, {financial_year(self.year)}"

    @property
    def first(self) -> dt.date:
        """Return the first day."""
        start = self.months[0]
        return dt.date(start.year, start.month, 1)

    @property
    def last(self) -> dt.date:
        """Return the last day."""
        end = self.months[-1]
        return dt.date(end.year, end.month, calendar.monthrange(end.year, end.month)[1])

    @property
    def months(self) -> tuple[Month, Month, Month]:
        """Return the three months."""
        return _months(self.year, self.number)

    @property
    def dates(self) -> str:
        """Return the days for a heading: ``1 July to 30 September 2018``."""
        return f"{self.first.day} {self.first:%B} to {self.last.day} {self.last:%B} {self.last.year}"

    @property
    def previous(self) -> Quarter:
        """Return the quarter before."""
        return self.shift(-1)

    @property
    def year_ago(self) -> Quarter:
        """Return the same quarter of the year before."""
        return self.shift(-_QUARTERS)

    def shift(self, quarters: int) -> Quarter:
        """Return the quarter that lies so many quarters later, or earlier where negative.

        Examples:
            >>> Quarter(2018, 2).shift(3).label
            '2019/20 Q1'
        """
        return quarter_of_index(self.index + quarters)


@dataclass(frozen=True, slots=True, order=True)
class Month:
    """One calendar month; months compare in time."""

    year: int
    month: int

    @property
    def label(self) -> str:
        """Return the label for tables: ``2018-09``."""
        return f"{self.year:04d}-{self.month:02d}"

    @property
    def quarter(self) -> Quarter:
        """Return the quarter in which the month lies."""
        past_april = (self.month - _FIRST_MONTH) % _MONTHS
        return Quarter(self.year - (self.month < _FIRST_MONTH), past_april // _MONTHS_A_QUARTER + 1)


@dataclass(frozen=True, slots=True, order=True)
class Year:
    """One financial year.

    Attributes:
        year: Calendar year in which it starts.
    """

    year: int

    @property
    def label(self) -> str:
        """Return the label for tables: ``2018/19``."""
        return financial_year(self.year)


#: What a figure can be returned for.
Span: TypeAlias = Quarter | Month
Period: TypeAlias = Span | Year


def last_month(period: Period) -> Month:
    """Return the month with which a period ends.

    Examples:
        >>> [last_month(one).label for one in (Quarter(2018, 3), Month(2018, 9), Year(2018))]
        ['2018-12', '2018-09', '2019-03']
    """
    if isinstance(period, Month):
        return period
    return Quarter(period.year, _QUARTERS).months[-1] if isinstance(period, Year) else period.months[-1]


def financial_year(start: int) -> str:
    """Return the name of the financial year that starts in a calendar year.

    Examples:
        >>> financial_year(2018), financial_year(1999)
        ('2018/19', '1999/00')
    """
    return f"{start}/{(start + 1) % _CENTURY:02d}"


@cache
def _months(year: int, number: int) -> tuple[Month, Month, Month]:
    start = _FIRST_MONTH + (number - 1) * _MONTHS_A_QUARTER
    span = range(start, start + _MONTHS_A_QUARTER)
    one, two, three = (Month(year + (m - 1) // _MONTHS, (m - 1) % _MONTHS + 1) for m in span)
    return one, two, three


@cache
def quarter_of_index(index: int) -> Quarter:
    """Return the quarter whose ``index`` this is, always the same object: millions of look-ups go by quarter."""
    year, number = divmod(index - 1, _QUARTERS)
    return Quarter(year, number + 1)


def parse_quarter(text: str) -> Quarter:
    """Return the quarter that a text names, in any style met in practice.

    Args:
        text: ``2018/19 Q2``, ``2018-19 Q2``, ``Q2 2018/19``, ``Quarter 2, 2018/19``, ``Quarter 2 - 2018/19``,
            ``Qtr 2 2018/19`` or ``Q2 2018-2019``.

    Raises:
        PeriodError: Where the text is none of these.
        FinancialYearError: Where the two years do not follow each other.

    Examples:
        >>> parse_quarter("Quarter 2 - 2018/19").label
        '2018/19 Q2'
        >>> parse_quarter("2018/20 Q2")
        Traceback (most recent call last):
        ...
        xlkpi.model.period.FinancialYearError: 2018/20 is not a financial year: 2018 is followed by 19.
    """
    for style in _QUARTER_STYLES:
        if found := style.fullmatch(text):
            return quarter_of_index(Quarter(_start_year(found), int(found["number"])).index)
    raise PeriodError("It is not a quarter such as 2018/19 Q2.")


def parse_period(text: str) -> Period:
    """Return the quarter, month (``2018-09``) or financial year (``2018/19``) that a text names.

    Raises:
        PeriodError: Where the text names none of them.

    Examples:
        >>> parse_period("2018-09"), parse_period("2018/19")
        (Month(year=2018, month=9), Year(year=2018))
    """
    if month := _MONTH_STYLE.fullmatch(text):
        return Month(int(month["year"]), int(month["month"]))
    if year := _YEAR_STYLE.fullmatch(text):
        return Year(_start_year(year))
    try:
        return parse_quarter(text)
    except FinancialYearError:
        raise
    except PeriodError:
        raise PeriodError("It is not a quarter (2018/19 Q2), a month (2018-09) or a year (2018/19).") from None


def _start_year(found: re.Match[str]) -> int:
    start, end = int(found["start"]), found["end"]
    expected = f"{start + 1:04d}"
    if end != expected and end != expected[-2:]:
        raise FinancialYearError(f"{start}/{end} is not a financial year: {start} is followed by {expected[-2:]}.")
    return start
