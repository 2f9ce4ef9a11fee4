"""Raw change, and whether it is for the better: points for percentages, percent for all else."""

from __future__ import annotations

from fractions import Fraction

import pytest
from ruled import fraction, history, indicator, table

from xlkpi.calculate.change import Change, NotComparable, Travel, change, difference
from xlkpi.model.period import Quarter, parse_quarter

NOW = Quarter(2018, 2)


@table("""
    unit      | polarity | figures      | absolute | percent | travel
    %         | higher   | 73 to 74     | 1        | -       | improved
    %         | higher   | 74 to 73     | -1       | -       | worsened
    %         | lower    | 22 to 20.5   | -1.5     | -       | improved
    %         | lower    | 20.5 to 22   | 1.5      | -       | worsened
    %         | higher   | 74 to 74     | 0        | -       | unchanged
    %         | range    | 50 to 55     | 5        | -       | neither better nor worse
    count     | none     | 5600 to 5694 | 94       | 47/28   | neither better nor worse
    count     | none     | 5600 to 5600 | 0        | 0       | unchanged
    days      | lower    | 30 to 28.5   | -1.5     | -5      | improved
    per 1,000 | lower    | 0.4 to 0.5   | 0.1      | 25      | worsened
    count     | higher   | 0 to 5       | 5        | -       | improved
    count     | higher   | -4 to -2     | 2        | 50      | improved
""")
def test_difference(unit: str, polarity: str, figures: str, absolute: str, percent: str, travel: str) -> None:
    one = indicator(unit=unit, polarity=polarity)
    before, now = map(Fraction, figures.split(" to "))
    found = difference(one, before, now)
    assert found == Change(before, Fraction(absolute), fraction(percent), Travel(travel))


@table("""
    earlier    | reason             | why
    2018/19 Q1 | -                  | last quarter
    2017/18 Q2 | missing quarter    | never the next row that happens to be there
    2017/18 Q1 | series break       | across a break
    2016/17 Q4 | change of validity | before the code meant this
""")
def test_a_quarter_is_compared_with_that_quarter_or_not_at_all(earlier: str, reason: str, why: str) -> None:
    one = indicator(first=Quarter(2017, 1), breaks=(Quarter(2017, 2),))
    past = history(one, {"2016/17 Q4": "50", "2017/18 Q1": "60", "2018/19 Q1": "73", "2018/19 Q2": "74"})
    found = change(past, parse_quarter(earlier), NOW)
    if reason:
        assert found == NotComparable(reason), why
    else:
        assert found == Change(Fraction(73), Fraction(1), None, Travel.IMPROVED), why


@pytest.mark.parametrize("missing", ["2018/19 Q1", "2018/19 Q2"])
def test_without_a_figure_there_is_no_change(missing: str) -> None:
    figures = {"2018/19 Q1": "73", "2018/19 Q2": "74"}
    del figures[missing]
    assert change(history(indicator(), figures), NOW.previous, NOW) == NotComparable("missing quarter")
