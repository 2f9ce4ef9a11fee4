"""On target, inside tolerance, outside it: a boundary belongs to the better state."""

from __future__ import annotations

from fractions import Fraction

import pytest
from ruled import fraction, history, indicator, level, number, table, target

from xlkpi.calculate.outturn import Judged
from xlkpi.calculate.results import calculate
from xlkpi.calculate.status import Status, rate
from xlkpi.model.number import exact
from xlkpi.model.period import Quarter
from xlkpi.model.register import Band, Polarity, TargetError, ToleranceBasis, bands

NOW = Quarter(2018, 2)


@table("""
    polarity | on     | tolerance | outturn            | status
    higher   | 85     | 75        | 100                | On or better than target
    higher   | 85     | 75        | 85                 | On or better than target
    higher   | 85     | 75        | 84.99999999999     | Inside tolerance
    higher   | 85     | 75        | 75                 | Inside tolerance
    higher   | 85     | 75        | 74.99999999999     | Outside tolerance
    higher   | 85     | 75        | 0                  | Outside tolerance
    higher   | 85     | -         | 85                 | On or better than target
    higher   | 85     | -         | 84.9               | Outside tolerance
    lower    | 22     | 28        | 0                  | On or better than target
    lower    | 22     | 28        | 22                 | On or better than target
    lower    | 22     | 28        | 22.00000000001     | Inside tolerance
    lower    | 22     | 28        | 28                 | Inside tolerance
    lower    | 22     | 28        | 28.00000000001     | Outside tolerance
    lower    | 22     | -         | 22.1               | Outside tolerance
    range    | 40..60 | 30..70    | 29.99999999999     | Outside tolerance
    range    | 40..60 | 30..70    | 30                 | Inside tolerance
    range    | 40..60 | 30..70    | 39.99999999999     | Inside tolerance
    range    | 40..60 | 30..70    | 40                 | On or better than target
    range    | 40..60 | 30..70    | 60                 | On or better than target
    range    | 40..60 | 30..70    | 60.00000000001     | Inside tolerance
    range    | 40..60 | 30..70    | 70                 | Inside tolerance
    range    | 40..60 | 30..70    | 70.00000000001     | Outside tolerance
    range    | 40..60 | -         | 39.9               | Outside tolerance
    higher   | 66.6   | 50        | 666/10             | On or better than target
    higher   | 66.7   | 50        | 200/3              | Inside tolerance
    higher   | -      | -         | 50                 | No target specified
    higher   | -      | -         | -                  | No data
    higher   | 85     | 75        | -                  | No data
""")
def test_status_of_an_outturn(polarity: str, on: str, tolerance: str, outturn: str, status: str) -> None:
    judged_by = target(indicator(polarity=polarity), on, tolerance)
    assert rate(fraction(outturn), judged_by) is Status(status)


def test_no_target_row_is_no_target() -> None:
    assert rate(50, None) is Status.NO_TARGET
    assert rate(None, None) is Status.NO_DATA


@table("""
    status                  | mark | rank | label
    On or better than target | \u25cf | 2 | \u25cf On or better than target
    Inside tolerance        | \u25d0 | 1    | \u25d0 Inside tolerance
    Outside tolerance       | \u25cb | 0    | \u25cb Outside tolerance
""")
def test_rated_statuses_have_a_rank(status: str, mark: str, rank: str, label: str) -> None:
    found = Status(status)
    assert (found.mark, found.rank, found.label, found.is_rated) == (mark, int(rank), label, True)


@table("""
    status
    No target specified
    No data
""")
def test_other_statuses_have_none(status: str) -> None:
    assert not Status(status).is_rated
    with pytest.raises(KeyError):
        _ = Status(status).rank


@table("""
    polarity | on  | tolerance | basis   | bound
    higher   | 85  | 75        | level   | 75
    higher   | 85  | 10        | points  | 75
    higher   | 80  | 10        | percent | 72
    higher   | -80 | 10        | percent | -88
    lower    | 22  | 28        | level   | 28
    lower    | 22  | 6         | points  | 28
    lower    | 22  | 10        | percent | 24.2
    lower    | 0   | 3         | points  | 3
    higher   | 85  | 0         | points  | 85
    higher   | 85  | 0         | percent | 85
    lower    | 0.1 | 0.2       | points  | 0.3
    higher   | 85  | -         | percent | 85
""")
def test_every_tolerance_becomes_a_bound(polarity: str, on: str, tolerance: str, basis: str, bound: str) -> None:
    wanted, side = number(on), number(bound)
    assert wanted is not None
    _, inside = bands(wanted, number(tolerance), Polarity(polarity), ToleranceBasis(basis))
    assert inside == (Band(side, None) if polarity == "higher" else Band(None, side))


def test_a_bound_keeps_every_digit() -> None:
    on, width = exact(123.456789012345), exact(1.23456789012345)
    inside = bands(on, width, Polarity.HIGHER, ToleranceBasis.PERCENT)[1]
    assert inside.low is not None
    assert Fraction(inside.low) == Fraction(on) - Fraction(on) * Fraction(width) / 100


@table("""
    polarity | on     | tolerance | basis   | at_fault  | said
    higher   | 85     | 86        | level   | tolerance | where higher is better, the tolerance lies below the target
    lower    | 22     | 21        | level   | tolerance | where lower is better, the tolerance lies above the target
    range    | 40..60 | 45..70    | level   | tolerance | the tolerance has to enclose the target
    range    | 40..60 | 30..55    | level   | tolerance | the tolerance has to enclose the target
    higher   | 0      | 10        | percent | tolerance | percent of a target of 0 leaves no tolerance
    higher   | 85     | -10       | points  | tolerance | a tolerance in points or percent is 0 or more
    higher   | 85     | -10       | percent | tolerance | a tolerance in points or percent is 0 or more
    none     | 85     | -         | level   | target    | an indicator whose polarity is none has no target
    higher   | 40..60 | -         | level   | target    | polarity higher takes a number; a band is for polarity range
    lower    | 85     | 40..60    | level   | tolerance | polarity lower takes a number; a band is for polarity range
    range    | 85     | -         | level   | target    | polarity range takes bands such as 40..60
    range    | 40..60 | 30        | level   | tolerance | polarity range takes bands such as 40..60
    range    | 40..60 | 30..70    | points  | tolerance | polarity range takes its tolerance as a band, with the basis level
""")
def test_targets_that_make_no_sense(
    polarity: str, on: str, tolerance: str, basis: str, at_fault: str, said: str
) -> None:
    wanted = level(on)
    assert wanted is not None
    with pytest.raises(TargetError) as error:
        bands(wanted, level(tolerance), Polarity(polarity), ToleranceBasis(basis))
    assert str(error.value) == said
    assert error.value.is_target == (at_fault == "target")


@table("""
    polarity | decimals | outturn | exactly           | as_shown
    higher   | 0        | 84.5    | Inside tolerance  | On or better than target
    higher   | 0        | 84.4999 | Inside tolerance  | Inside tolerance
    higher   | 1        | 84.94   | Inside tolerance  | Inside tolerance
    higher   | 1        | 84.95   | Inside tolerance  | On or better than target
    higher   | 0        | 85.4    | On or better than target | On or better than target
    higher   | 0        | 74.5    | Outside tolerance | Inside tolerance
    lower    | 0        | 85.4    | Inside tolerance  | On or better than target
    lower    | 0        | 85.5    | Inside tolerance  | Inside tolerance
    lower    | 0        | 95.4    | Outside tolerance | Inside tolerance
""")
def test_judged_exactly_or_as_shown(polarity: str, decimals: str, outturn: str, exactly: str, as_shown: str) -> None:
    one = indicator(polarity=polarity, decimals=int(decimals))
    judged_by = target(one, "85", "75" if polarity == "higher" else "95")
    for judged, status, other in ((Judged.EXACT, exactly, as_shown), (Judged.SHOWN, as_shown, exactly)):
        past = history(one, {"2018/19 Q2": outturn}, judged_by, judged=judged)
        result = calculate(past.register, past.observations, NOW, judged).of("A1")
        assert (result.status, result.other_status) == (Status(status), Status(other))


@table("""
    quarter    | status
    2016/17 Q4 | No target specified
    2017/18 Q1 | On or better than target
    2017/18 Q4 | On or better than target
    2018/19 Q1 | Inside tolerance
    2018/19 Q2 | No target specified
    2018/19 Q3 | Outside tolerance
""")
def test_a_quarter_is_judged_by_the_row_valid_in_it(quarter: str, status: str) -> None:
    one = indicator()
    rows = [
        target(one, "80", first="2017/18 Q1", last="2017/18 Q4"),
        target(one, "85", "75", first="2018/19 Q1", last="2018/19 Q1"),
        target(one, "", first="2018/19 Q2", last="2018/19 Q2"),
        target(one, "90", first="2018/19 Q3"),
    ]
    past = history(one, {quarter: "80"}, *rows)
    result = calculate(past.register, past.observations, next(iter(past.observations.quarters()))).of("A1")
    assert result.status is Status(status)
