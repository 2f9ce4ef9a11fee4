"""A quarter's results: what is counted, where it is judged, and the summary by section and status."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from ruled import history, indicator, table, target

from xlkpi.calculate.change import Change, NotComparable
from xlkpi.calculate.history import Movement, Streak
from xlkpi.calculate.results import Summary, calculate, summarise
from xlkpi.calculate.status import Status
from xlkpi.model.observation import Observation, Observations
from xlkpi.model.period import Quarter
from xlkpi.model.register import Basis, Indicator, Kind, Register, Target

NOW = Quarter(2018, 2)


def _returned(code: str, *counts: tuple[int, int]) -> list[Observation]:
    """Return observations that end with 2018/19 Q2."""
    quarters = [NOW.shift(index - len(counts) + 1) for index in range(len(counts))]
    return [Observation(code, at, n, d, None) for at, (n, d) in zip(quarters, counts, strict=True)]


@table("""
    counts  | status                   | cases            | why
    90/100  | On or better than target | none none none 6 | 84 would be inside
    80/100  | Inside tolerance         | none none 5    6 | 5 to the target, 74 would be outside
    74/100  | Outside tolerance        | 1    1    11  none | a point short: 1 case to the tolerance, 11 to the target
""")
def test_gap_and_cases_follow_the_status(counts: str, status: str, cases: str, why: str) -> None:
    numerator, _, denominator = counts.partition("/")
    one = indicator()
    register = Register([one], [target(one, "85", "75")])
    result = calculate(register, Observations(_returned("A1", (int(numerator), int(denominator)))), NOW).of("A1")
    assert result.status is Status(status), why
    found = (result.gap, result.cases_to_bound, result.cases_to_target, result.cases_in_hand)
    assert found == tuple(None if cell == "none" else int(cell) for cell in cases.split()), why


def test_a_result_looks_back_a_quarter_and_a_year() -> None:
    one = indicator()
    register = Register([one], [target(one, "85", "75")])
    counts = [(70, 100), (75, 100), (80, 100), (86, 100), (84, 100)]
    result = calculate(register, Observations(_returned("A1", *counts)), NOW).of("A1")
    assert (result.previous, result.previous_status, result.year_ago) == (86, Status.ON, 70)
    assert (result.movement, result.streak) == (Movement.WORSENED, Streak(1))
    assert isinstance(result.on_quarter, Change)
    assert isinstance(result.on_year, Change)
    assert (result.on_quarter.absolute, result.on_year.absolute) == (-2, 14)


def test_without_a_target_there_is_neither_gap_nor_cases() -> None:
    one = indicator()
    result = calculate(Register([one], []), Observations(_returned("A1", (70, 100))), NOW).of("A1")
    assert (result.target, result.status, result.gap) == (None, Status.NO_TARGET, None)
    assert (result.cases_to_bound, result.cases_to_target, result.cases_in_hand) == (None, None, None)


def test_an_unknown_code_has_no_result() -> None:
    with pytest.raises(KeyError):
        calculate(Register([indicator()], []), Observations(), NOW).of("Z9")


def _annual(**span: Quarter) -> Indicator:
    return indicator("N1", basis=Basis.ANNUAL, **span)


def test_an_annual_indicator_stands_outside_the_quarterly_base() -> None:
    quarterly, annual = indicator(), _annual()
    returned = [*_returned("A1", (90, 100)), *_returned("N1", (60, 100), (0, 1))]
    returned[-1] = returned[-1]._replace(numerator=None, denominator=None, reason="Due in March")
    results = calculate(Register([quarterly, annual], [target(annual, "50")]), Observations(returned), NOW)
    kept = results.of("N1")
    assert (kept.outturn, kept.status, kept.is_counted, kept.carried_from) == (60, Status.ON, False, NOW.previous)
    assert (kept.movement, kept.streak) == (Movement.UNCHANGED, Streak(0))
    assert results.summary.base == results.last_summary.base == 1
    assert results.with_status(Status.ON) == []


def test_an_annual_indicator_is_judged_where_it_was_returned_and_compared_with_the_return_before() -> None:
    annual = _annual()
    rows = [target(annual, "50", last="2018/19 Q1"), target(annual, "70", first="2018/19 Q2")]
    returned = _returned("N1", (40, 100), (0, 1), (0, 1), (0, 1), (60, 100), (0, 1))
    kept = [one for one in returned if one.numerator]
    result = calculate(Register([annual], rows), Observations(kept), NOW).of("N1")
    assert (result.target, result.status, result.carried_from) == (rows[0], Status.ON, NOW.previous)
    assert isinstance(result.on_year, Change)
    assert (result.previous, result.on_quarter, result.on_year.absolute) == (40, result.on_year, 20)


def test_an_annual_indicator_that_was_never_returned_has_no_data() -> None:
    result = calculate(Register([_annual()], []), Observations(), NOW).of("N1")
    assert (result.status, result.carried_from, result.on_quarter) == (
        Status.NO_DATA,
        None,
        NotComparable("missing quarter"),
    )


def test_a_year_to_date_is_judged_against_the_profile_of_its_quarter() -> None:
    one = indicator("Y1", unit="count", basis=Basis.YEAR_TO_DATE, denominator_label="")
    profile = [target(one, str(25 * q), first=f"2018/19 Q{q}", last=f"2018/19 Q{q}") for q in (1, 2, 3, 4)]
    past = history(one, {"2018/19 Q1": "26", "2018/19 Q2": "49", "2018/19 Q3": "80"}, *profile)
    found = [past.status(Quarter(2018, q)) for q in (1, 2, 3, 4)]
    assert found == [Status.ON, Status.OUTSIDE, Status.ON, Status.NO_DATA]


@pytest.mark.parametrize("kind", Kind)
def test_a_year_to_date_has_no_change_on_last_quarter_which_it_holds(kind: Kind) -> None:
    """Its change on the same quarter last year stands, and so does the transition between two statuses."""
    one = indicator("Y1", unit="count", basis=Basis.YEAR_TO_DATE, denominator_label="", kind=kind)
    returned = [Observation("Y1", NOW.shift(-back), None, None, 9 - back) for back in range(5)]
    results = calculate(Register([one], [target(one, "9")]), Observations(returned), NOW)
    [found] = [*results.contract, *results.context]
    assert found.on_quarter == NotComparable("counted from April")
    assert isinstance(found.on_year, Change)
    assert (found.previous, found.on_year.absolute) == (8, 4)
    assert [one.movement for one in results.contract] == [Movement.RETURNED] * (kind is Kind.CONTRACT)


def test_context_indicators_are_never_rated() -> None:
    contacts = indicator("E1", unit="count", polarity="none", kind=Kind.CONTEXT, denominator_label="")
    observations = Observations(Observation("E1", NOW.shift(-back), None, None, 5694 - back) for back in range(5))
    results = calculate(Register([contacts], []), observations, NOW)
    assert results.contract == []
    figure = results.context[0]
    assert (figure.outturn, figure.previous, figure.year_ago) == (5694, 5693, 5690)
    assert isinstance(figure.on_year, Change)
    assert figure.on_year.percent == Fraction(400, 5690)


def test_indicators_that_are_not_valid_are_left_out() -> None:
    ended, comes = indicator("A1", last=NOW.previous), indicator("A2", first=NOW)
    results = calculate(Register([ended, comes], []), Observations(), NOW)
    assert [one.indicator.code for one in results.contract] == ["A2"]
    assert (results.summary.base, results.last_summary.base) == (1, 1)


def _summary(on: int, inside: int, outside: int, no_target: int, no_data: int) -> Summary:
    numbers = {Status.ON: on, Status.INSIDE: inside, Status.OUTSIDE: outside}
    numbers |= {Status.NO_TARGET: no_target, Status.NO_DATA: no_data}
    return summarise((indicator(), status) for status, number in numbers.items() for _ in range(number))


@table("""
    counts     | shares         | why
    13 5 2 0 0 | 65 25 10 0 0   | the report's own
    2 3 3 0 0  | 25 38 38 0 0   | halves go up, so that shares need not add up to 100
    1 1 1 0 0  | 33 33 33 0 0   | thirds
    1 0 0 1 0  | 50 0 0 50 0    | of all, not of those measured
    0 0 0 0 4  | 0 0 0 0 100    | nothing returned
""")
def test_shares_are_of_all_indicators_in_whole_percent(counts: str, shares: str, why: str) -> None:
    order = (Status.ON, Status.INSIDE, Status.OUTSIDE, Status.NO_TARGET, Status.NO_DATA)
    found = _summary(*map(int, counts.split()))
    assert [found.share(status) for status in order] == [*map(int, shares.split())], why
    assert sum(found.total(status) for status in Status) == found.base == sum(map(int, counts.split()))


def test_measured_shares_are_of_the_rated_only() -> None:
    found = _summary(3, 1, 0, 2, 2)
    assert found.exact_share(Status.ON) == Fraction(3, 8)
    assert found.measured_share(Status.ON) == Fraction(3, 4)


def test_nothing_has_no_share() -> None:
    empty, unrated = summarise([]), _summary(0, 0, 0, 1, 1)
    assert (empty.base, empty.share(Status.ON), empty.exact_share(Status.ON)) == (0, None, None)
    assert unrated.measured_share(Status.ON) is None


def test_sections_come_in_their_order_and_have_every_status() -> None:
    placed = [("Workforce", 5), ("Front door", 1), ("Family support", Decimal("4.5")), ("Workforce", 5)]
    found = summarise((indicator(section=name, section_order=order), Status.ON) for name, order in placed)
    assert list(found.counts) == ["Front door", "Family support", "Workforce"]
    assert found.of_section("Workforce") == 2
    assert all(list(by_status) == list(Status) for by_status in found.counts.values())


def test_with_status_lists_the_counted_in_list_order() -> None:
    codes = ["A1", "A2", "B1"]
    rows = [indicator(code, list_order=place) for place, code in enumerate(codes)]
    returned = [one for code in codes for one in _returned(code, (90, 100))]
    results = calculate(
        Register(rows, [Target(code, None, None, None, None) for code in codes]), Observations(returned), NOW
    )
    assert [one.indicator.code for one in results.with_status(Status.NO_TARGET)] == codes
