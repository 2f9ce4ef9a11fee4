"""outturn = numerator / denominator x multiplier, exactly; rounded once, half away from zero."""

from __future__ import annotations

from decimal import Decimal, Inexact
from fractions import Fraction

import pytest
from ruled import fraction, indicator, number, table

from xlkpi.calculate.outturn import as_float, in_quarter, latest_annual, outturn
from xlkpi.model.number import decimals_of, exact, plain, rounded, terminating, total
from xlkpi.model.observation import Audit, Observation, Observations
from xlkpi.model.period import Quarter, parse_period, parse_quarter
from xlkpi.model.register import Basis, Indicator

NOW = Quarter(2018, 2)


@table("""
    numerator | denominator | value | multiplier | result
    4144      | 5600        | -     | 100        | 74
    8         | 107         | -     | 100        | 800/107
    1         | 3           | -     | 1          | 1/3
    12        | 34000       | -     | 1000       | 6/17
    0         | 50          | -     | 100        | 0
    0.1       | 0.3         | -     | 1          | 1/3
    12.5      | 50          | -     | 100        | 25
    1         | 3           | -     | 0.5        | 1/6
    4144      | 5600        | 74.1  | 100        | 74
    -         | -           | 93.4  | 100        | 93.4
    -         | -           | 28    | 1          | 28
    -         | -           | -     | 100        | -
    3         | -           | 93.4  | 100        | 93.4
""")
def test_outturn(numerator: str, denominator: str, value: str, multiplier: str, result: str) -> None:
    one = Observation("A1", NOW, number(numerator), number(denominator), number(value))
    times = number(multiplier)
    assert times is not None
    expected = fraction(result)
    assert outturn(one, times) == expected
    assert as_float(one, times) == (None if expected is None else float(expected))


def test_no_observation_has_no_outturn() -> None:
    assert outturn(None, 100) is None
    assert as_float(None, 100) is None


@table("""
    cell                | typed
    13.600000000000001  | 13.6
    0.30000000000000004 | 0.3
    77.884615384615387  | 77.8846153846154
    1e-7                | 0.0000001
    4144.0              | 4144
    -0.0                | 0
    1e15                | 1000000000000000
    123456789012345678  | 123456789012346000
    -2.5                | -2.5
""")
def test_a_cell_is_taken_at_its_fifteen_digits(cell: str, typed: str) -> None:
    assert plain(exact(float(cell))) == typed


@table("""
    typed     | decimals | result
    800/107   | 0        | 7
    800/107   | 1        | 7.5
    0.5       | 0        | 1
    1.5       | 0        | 2
    2.5       | 0        | 3
    -2.5      | 0        | -3
    -0.4      | 0        | 0
    1.005     | 2        | 1.01
    2.675     | 2        | 2.68
    74.449999 | 1        | 74.4
    2/3       | 6        | 0.666667
    5         | 2        | 5.00
""")
def test_rounding_is_half_away_from_zero_and_happens_once(typed: str, decimals: str, result: str) -> None:
    assert str(rounded(Fraction(typed), int(decimals))) == result


def test_rounding_keeps_every_digit_of_a_large_number() -> None:
    large = Fraction(10**40) + Fraction(1, 2)
    assert rounded(large, 0) == Decimal(10**40 + 1)


@table("""
    typed   | decimals
    28      | 0
    22.9825 | 4
    100     | 0
    1e20    | 0
    0.5     | 1
""")
def test_decimals_of_a_typed_number(typed: str, decimals: str) -> None:
    assert decimals_of(exact(float(typed))) == int(decimals)


def test_decimals_of_what_is_no_number_are_none() -> None:
    assert decimals_of(Decimal("NaN")) == 0


def test_sums_and_bounds_are_exact() -> None:
    assert total([Decimal("0.1")] * 3) == Decimal("0.3")
    assert total([10**15, Decimal("1e-15")]) == Decimal("1000000000000000.000000000000001")
    assert terminating(Fraction(121, 5)) == Decimal("24.2")
    with pytest.raises(Inexact):
        terminating(Fraction(1, 3))


def _months(one: Indicator, returns: dict[str, tuple[str, str, str]]) -> Observations:
    """Return observations from numerator, denominator and value by period."""
    cells = {parse_period(label): [*map(number, figures)] for label, figures in returns.items()}
    return Observations(Observation(one.code, period, *figures) for period, figures in cells.items())  # type: ignore[arg-type]


@table("""
    basis        | unit      | share | months             | quarter
    in_quarter   | %         | yes   | 10/40  20/40  30/40 | 50
    in_quarter   | %         | yes   | 1/2  1/3  1/5      | 30
    in_quarter   | %         | yes   | 1/2  none  1/5     | -
    in_quarter   | %         | yes   | 1/2  =50  1/5      | -
    in_quarter   | %         | yes   | =50  =50  =50      | -
    in_quarter   | %         | no    | =50  =50  =50      | -
    in_quarter   | count     | no    | =1900  =1898  =1896 | 5694
    in_quarter   | count     | no    | =1900  none  =1896 | -
    in_quarter   | count     | no    | =1900  nothing  =1896 | -
    in_quarter   | count     | no    | =0.1  =0.2  =0.3   | 0.6
    in_quarter   | days      | no    | =30  =32  =34      | -
    in_quarter   | days      | yes   | 300/10  320/10  340/20 | 24
    in_quarter   | per 1,000 | no    | =3  =4  =5         | -
    snapshot     | count     | no    | =2700  =2600  =2549 | 2549
    snapshot     | count     | no    | none  =2600  =2549 | -
    snapshot     | %         | yes   | 1/2  1/4  1/5      | 20
    rolling_12m  | %         | yes   | 1/2  1/4  3/4      | 75
    year_to_date | count     | no    | =100  =150  =210   | 210
""")
def test_months_make_a_quarter(basis: str, unit: str, share: str, months: str, quarter: str) -> None:
    one = indicator(unit=unit, basis=Basis(basis), denominator_label="all" if share == "yes" else "")
    returns = {}
    for label, typed in zip(("2018-07", "2018-08", "2018-09"), months.split(), strict=True):
        if typed.startswith("="):
            returns[label] = ("", "", typed[1:])
        elif typed != "none":
            numerator, _, denominator = typed.replace("nothing", "").partition("/")
            returns[label] = (numerator, denominator, "")
    found = in_quarter(one, _months(one, returns), NOW)
    assert outturn(found, one.multiplier) == fraction(quarter)
    assert found is None or found.period == NOW


@table("""
    quarter_typed | result  | why
    50/100        | 50      | the quarter's own figure goes before its months
    nothing       | 30      | a row without a figure leaves the quarter to its months
    -             | 30      | its months alone
""")
def test_a_quarter_and_its_months(quarter_typed: str, result: str, why: str) -> None:
    one = indicator()
    months = {"2018-07": ("1", "2", ""), "2018-08": ("1", "3", ""), "2018-09": ("1", "5", "")}
    if quarter_typed:
        numerator, _, denominator = quarter_typed.replace("nothing", "").partition("/")
        months |= {"2018/19 Q2": (numerator, denominator, "")}
    assert outturn(in_quarter(one, _months(one, months), NOW), one.multiplier) == fraction(result), why


def test_a_row_without_a_figure_is_kept_for_its_reason() -> None:
    one = indicator()
    row = Observation("A1", NOW, None, None, None, reason="System down")
    assert in_quarter(one, Observations([row]), NOW) == row
    two_months = [Observation("A1", month, 1, 2, None) for month in NOW.months[:2]]
    assert in_quarter(one, Observations([row, *two_months]), NOW) == row


def test_nothing_is_returned_outside_the_validity() -> None:
    one = indicator(last=Quarter(2018, 1))
    assert in_quarter(one, Observations([Observation("A1", NOW, 1, 2, None)]), NOW) is None


@table("""
    returned   | asked      | found      | why
    2017/18 Q4 | 2017/18 Q4 | 2017/18 Q4 | returned now
    2017/18 Q4 | 2018/19 Q3 | 2017/18 Q4 | kept until the next return is due
    2017/18 Q4 | 2018/19 Q4 | -          | a year is over
    2017/18 Q4 | 2017/18 Q3 | -          | not yet returned
""")
def test_an_annual_indicator_keeps_its_last_return(returned: str, asked: str, found: str, why: str) -> None:
    one = indicator(basis=Basis.ANNUAL)
    observations = Observations([Observation("A1", parse_quarter(returned), 1, 2, None)])
    at = latest_annual(one, observations, parse_quarter(asked))
    assert (at.label if at else "") == found, why


def test_an_annual_return_before_the_indicator_meant_this_is_not_kept() -> None:
    one = indicator(basis=Basis.ANNUAL, first=Quarter(2018, 1))
    observations = Observations([Observation("A1", Quarter(2017, 4), 1, 2, None)])
    assert latest_annual(one, observations, NOW) is None


def test_an_annual_row_without_a_figure_is_passed_over() -> None:
    one = indicator(basis=Basis.ANNUAL)
    rows = [
        Observation("A1", Quarter(2018, 1), None, None, None, "late"),
        Observation("A1", Quarter(2017, 4), 1, 2, None),
    ]
    assert latest_annual(one, Observations(rows), NOW) == Quarter(2017, 4)


def test_observations_are_found_by_code_and_period() -> None:
    first, second = Observation("A1", NOW, 1, 2, None), Observation("A1", NOW, 2, 3, None)
    found = Observations([first])
    assert found.claim(second) == first
    assert found.claim(second._replace(code="A2")) is None
    assert found.get("A1", NOW) == first
    assert found.get("A3", NOW) is None
    assert len(found) == 2
    assert found.quarters() == {NOW}


def test_audits_add_up() -> None:
    assert Audit(NOW, "new", 3, 33, 22, 1).total == 59


def test_a_number_that_does_not_end_is_shown_with_six_decimals() -> None:
    assert [plain(Fraction(2, 3)), plain(Decimal("74.50")), plain(Decimal("1E+3"))] == ["0.666667", "74.5", "1000"]
