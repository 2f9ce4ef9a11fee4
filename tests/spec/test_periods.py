"""The financial year starts on 1 April; all styles met in practice are read, one is printed."""

from __future__ import annotations

import pytest
from ruled import table

from xlkpi.model.period import FinancialYearError, Month, PeriodError, Quarter, Year, parse_period, parse_quarter


@table("""
    typed                 | quarter
    2018/19 Q2            | 2018/19 Q2
    2018-19 Q2            | 2018/19 Q2
    2018/2019 Q2          | 2018/19 Q2
    2018-2019 Q2          | 2018/19 Q2
    2018\u201319 Q2       | 2018/19 Q2
    2018/19Q2             | 2018/19 Q2
    2018/19, Q2           | 2018/19 Q2
    2018/19 - Quarter 2   | 2018/19 Q2
    2018/19 quarter 2     | 2018/19 Q2
    Q2 2018/19            | 2018/19 Q2
    q2 2018-2019          | 2018/19 Q2
    Quarter 2, 2018/19    | 2018/19 Q2
    Quarter 2 - 2018/19   | 2018/19 Q2
    Quarter 2 \u2013 2018/19 | 2018/19 Q2
    Qtr 2 2018/19         | 2018/19 Q2
    Qtr. 2 2018/19        | 2018/19 Q2
    QUARTER 4, 1999/00    | 1999/00 Q4
    Q4 1999/2000          | 1999/00 Q4
    2099/00 Q1            | 2099/00 Q1
""")
def test_styles_of_a_quarter(typed: str, quarter: str) -> None:
    assert parse_quarter(typed).label == quarter
    assert parse_quarter(f"  {typed} ").label == quarter
    assert parse_period(typed) == parse_quarter(typed)


@table("""
    typed
    2018/19
    Q5 2018/19
    2018/19 Q0
    Q2
    2018 Q2
    18/19 Q2
    0018/19 Q2
    July 2018
    2018/19 Q2 and Q3
    \u0662\u0660\u0661\u0668/19 Q2
    -
""")
def test_what_is_no_quarter(typed: str) -> None:
    with pytest.raises(PeriodError, match=r"^It is not a quarter such as 2018/19 Q2\.$"):
        parse_quarter(typed)


@table("""
    typed        | said
    2018/20 Q2   | 2018/20 is not a financial year: 2018 is followed by 19.
    Q2 2018/2018 | 2018/2018 is not a financial year: 2018 is followed by 19.
    1999/99 Q1   | 1999/99 is not a financial year: 1999 is followed by 00.
    1999/1900 Q1 | 1999/1900 is not a financial year: 1999 is followed by 00.
""")
def test_years_that_do_not_follow_each_other(typed: str, said: str) -> None:
    for parse in (parse_quarter, parse_period):
        with pytest.raises(FinancialYearError) as error:
            parse(typed)
        assert str(error.value) == said


@table("""
    quarter    | first      | last       | title              | dates                             | months
    2018/19 Q1 | 2018-04-01 | 2018-06-30 | Quarter 1, 2018/19 | 1 April to 30 June 2018           | 2018-04 2018-05 2018-06
    2018/19 Q2 | 2018-07-01 | 2018-09-30 | Quarter 2, 2018/19 | 1 July to 30 September 2018       | 2018-07 2018-08 2018-09
    2018/19 Q3 | 2018-10-01 | 2018-12-31 | Quarter 3, 2018/19 | 1 October to 31 December 2018     | 2018-10 2018-11 2018-12
    2018/19 Q4 | 2019-01-01 | 2019-03-31 | Quarter 4, 2018/19 | 1 January to 31 March 2019        | 2019-01 2019-02 2019-03
""")
def test_a_quarter_in_the_calendar(quarter: str, first: str, last: str, title: str, dates: str, months: str) -> None:
    found = parse_quarter(quarter)
    assert (str(found.first), str(found.last), found.title, found.dates) == (first, last, title, dates)
    assert " ".join(month.label for month in found.months) == months
    assert {month.quarter for month in found.months} == {found}
    assert found.quarter == found


@table("""
    quarter    | previous   | year_ago   | three_later
    2018/19 Q1 | 2017/18 Q4 | 2017/18 Q1 | 2018/19 Q4
    2018/19 Q2 | 2018/19 Q1 | 2017/18 Q2 | 2019/20 Q1
    2018/19 Q4 | 2018/19 Q3 | 2017/18 Q4 | 2019/20 Q3
    1999/00 Q1 | 1998/99 Q4 | 1998/99 Q1 | 1999/00 Q4
""")
def test_quarters_before_and_after(quarter: str, previous: str, year_ago: str, three_later: str) -> None:
    found = parse_quarter(quarter)
    assert (found.previous.label, found.year_ago.label, found.shift(3).label) == (previous, year_ago, three_later)


def test_quarters_compare_in_time() -> None:
    assert Quarter(2017, 4) < Quarter(2018, 1) < Quarter(2018, 2)


@table("""
    typed    | year | month
    2018-09  | 2018 | 9
    2018-12  | 2018 | 12
    2019-01  | 2019 | 1
    2009-10  | 2009 | 10
""")
def test_months_go_before_years(typed: str, year: str, month: str) -> None:
    assert parse_period(typed) == Month(int(year), int(month))
    assert Month(int(year), int(month)).label == typed


@table("""
    typed     | label
    2018/19   | 2018/19
    2018-19   | 2018/19
    2018/2019 | 2018/19
""")
def test_years(typed: str, label: str) -> None:
    found = parse_period(typed)
    assert isinstance(found, Year)
    assert found.label == label


@table("""
    typed
    2018-9
    2018
    September 2018
""")
def test_what_is_no_period(typed: str) -> None:
    said = r"^It is not a quarter \(2018/19 Q2\), a month \(2018-09\) or a year \(2018/19\)\.$"
    with pytest.raises(PeriodError, match=said):
        parse_period(typed)
