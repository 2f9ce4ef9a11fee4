"""Laws that hold for every figure, target and polarity."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st
from ruled import indicator

from xlkpi.calculate import calculate
from xlkpi.calculate.change import Travel, difference
from xlkpi.calculate.gap import cases_in_hand, cases_to_reach
from xlkpi.calculate.history import History, Movement, movement, streak
from xlkpi.calculate.outturn import as_float, outturn
from xlkpi.calculate.status import Status, rate
from xlkpi.model.number import Number, exact, plain, rounded, terminating
from xlkpi.model.observation import Observation, Observations
from xlkpi.model.period import Quarter, parse_quarter
from xlkpi.model.register import Band, Polarity, Register, Target, ToleranceBasis, bands

NOW = Quarter(2018, 2)

FIGURES = st.one_of(
    st.integers(-1000, 1000),
    st.decimals(-1000, 1000, places=2),
    st.floats(-1e6, 1e6, allow_nan=False).map(exact),
)
WIDTHS = st.one_of(st.none(), st.integers(0, 50), st.decimals(0, 50, places=2))


def _mirrored(side: Number | None) -> Number | None:
    return None if side is None else -side


def _target(on: Band, inside: Band) -> Target:
    return Target("A1", None, None, on, inside)


@given(FIGURES, WIDTHS, FIGURES, FIGURES)
def test_better_is_never_worse(on: Number, width: Number | None, one: Number, other: Number) -> None:
    """A higher outturn never has a worse status where higher is better, a lower one where lower is."""
    for polarity in (Polarity.HIGHER, Polarity.LOWER):
        judged_by = _target(*bands(on, width, polarity, ToleranceBasis.POINTS))
        worse, better = sorted((one, other), key=lambda figure: figure * polarity.sign)
        assert rate(worse, judged_by).rank <= rate(better, judged_by).rank


@given(FIGURES, WIDTHS, FIGURES)
def test_mirrored_polarity_mirrors_the_status(on: Number, width: Number | None, figure: Number) -> None:
    """Minus the figure against minus the target has the same status under the other polarity."""
    higher = _target(*bands(on, width, Polarity.HIGHER, ToleranceBasis.POINTS))
    lower = _target(*bands(-on, width, Polarity.LOWER, ToleranceBasis.POINTS))
    assert rate(figure, higher) is rate(-figure, lower)


@st.composite
def ranges(draw: st.DrawFn) -> tuple[Band, Band]:
    """Return an inner and an outer band."""
    outer_low, low, high, outer_high = sorted(draw(st.lists(FIGURES, min_size=4, max_size=4)))
    return Band(low, high), Band(outer_low, outer_high)


@given(ranges(), FIGURES)
def test_a_range_is_the_worse_of_its_two_sides(both: tuple[Band, Band], figure: Number) -> None:
    """Judged from below and from above alone, one of the two gives the status of the range."""
    on, inside = both
    whole = rate(figure, _target(*bands(on, inside, Polarity.RANGE)))
    from_below = rate(figure, _target(Band(on.low, None), Band(inside.low, None)))
    from_above = rate(figure, _target(Band(None, on.high), Band(None, inside.high)))
    assert whole is min(from_below, from_above, key=lambda status: status.rank)


@given(ranges(), FIGURES)
def test_a_mirrored_range_has_the_same_status(both: tuple[Band, Band], figure: Number) -> None:
    on, inside = both
    mirrored = [Band(_mirrored(band.high), _mirrored(band.low)) for band in both]
    assert rate(figure, _target(on, inside)) is rate(-figure, _target(mirrored[0], mirrored[1]))


@given(FIGURES.filter(bool), st.decimals(0, 200, places=1), st.sampled_from([Polarity.HIGHER, Polarity.LOWER]))
def test_percent_and_points_are_levels(on: Number, percent: Decimal, polarity: Polarity) -> None:
    """However a tolerance is typed, it is the same level."""
    points = terminating(abs(Fraction(on)) * Fraction(percent) / 100)
    level = terminating(Fraction(on) - polarity.sign * Fraction(points))
    expected = bands(on, level, polarity)
    assert bands(on, points, polarity, ToleranceBasis.POINTS) == expected
    assert bands(on, percent, polarity, ToleranceBasis.PERCENT) == expected


@st.composite
def counts(draw: st.DrawFn) -> tuple[int, int]:
    """Return a numerator and a denominator above 0."""
    denominator = draw(st.integers(1, 200))
    return draw(st.integers(0, denominator)), denominator


@st.composite
def sides(draw: st.DrawFn) -> Band:
    """Return a band in percent, open at one side or at none."""
    low, high = sorted(draw(st.lists(st.decimals(-5, 105, places=1), min_size=2, max_size=2)))
    return draw(st.sampled_from([Band(low, None), Band(None, high), Band(low, high)]))


def _held_after(numerator: int, denominator: int, band: Band) -> dict[int, bool]:
    """Return for every number of cases that can change sides whether the share lies in a band then."""
    return {moved - numerator: band.holds(Fraction(100 * moved, denominator)) for moved in range(denominator + 1)}


@given(counts(), sides())
def test_cases_to_reach_are_the_fewest(typed: tuple[int, int], band: Band) -> None:
    """No smaller number of cases, up or down, would bring the share into the band; None where none at all would."""
    held = _held_after(*typed, band)
    fewest = min((abs(moved) for moved, inside in held.items() if inside), default=None)
    observation = Observation("A1", NOW, *typed, None)
    assert cases_to_reach(observation, indicator(), band) == fewest


@given(counts(), sides())
def test_cases_in_hand_are_the_fewest(typed: tuple[int, int], band: Band) -> None:
    """No smaller number of cases would bring the share out of the band; None where it is out, or none would."""
    held = _held_after(*typed, band)
    fewest = min((abs(moved) for moved, inside in held.items() if not inside), default=None)
    observation = Observation("A1", NOW, *typed, None)
    assert cases_in_hand(observation, indicator(), band) == (fewest if held[0] else None)


@given(st.lists(st.tuples(st.sampled_from("AB"), st.one_of(st.none(), counts()), st.booleans()), max_size=30))
def test_counts_add_up(rows: list[tuple[str, tuple[int, int] | None, bool]]) -> None:
    """Every counted indicator is in one section with one status; totals and shares are of all of them."""
    register, targets, returned = [], [], []
    for place, (section, typed, has_target) in enumerate(rows):
        one = indicator(f"A{place}", section=section, section_order=section == "A", list_order=place)
        register.append(one)
        targets += [Target(one.code, None, None, *bands(85, 75, Polarity.HIGHER))] if has_target else []
        returned += [Observation(one.code, NOW, *typed, None)] if typed else []
    results = calculate(Register(register, targets), Observations(returned), NOW)
    summary = results.summary
    assert summary.base == len(rows) == sum(summary.total(status) for status in Status)
    assert [len(results.with_status(status)) for status in Status] == [summary.total(status) for status in Status]
    assert summary.total(Status.NO_DATA) == sum(typed is None for _, typed, _ in rows)
    assert sum(Fraction(summary.exact_share(status) or 0) for status in Status) == (1 if rows else 0)


@given(st.lists(st.one_of(st.none(), st.integers(0, 100)), min_size=1, max_size=8))
def test_a_streak_agrees_with_the_movements(figures: list[int | None]) -> None:
    """A streak of n quarters is n - 1 quarters without a movement, and one with."""
    one = indicator()
    quarters = [NOW.shift(index - len(figures) + 1) for index in range(len(figures))]
    pairs = zip(quarters, figures, strict=True)
    returned = Observations(Observation("A1", at, None, None, figure) for at, figure in pairs if figure is not None)
    past = History(one, Register([one], [Target("A1", None, None, *bands(85, 75, Polarity.HIGHER))]), returned)
    length = streak(past, NOW).quarters
    assert (length == 0) == (movement(past, NOW) is Movement.NO_DATA) == (figures[-1] is None)
    run = [movement(past, NOW.shift(-back)) for back in range(length)]
    assert run[:-1] == [Movement.UNCHANGED] * max(0, length - 1)
    assert run[-1:] != [Movement.UNCHANGED]


@given(FIGURES, FIGURES)
def test_change_is_the_way_back_mirrored(before: Number, now: Number) -> None:
    """What improved one way worsened the other way, by as much."""
    one = indicator()
    there, back = difference(one, Fraction(before), Fraction(now)), difference(one, Fraction(now), Fraction(before))
    assert there.absolute == -back.absolute
    opposite = {Travel.IMPROVED: Travel.WORSENED, Travel.WORSENED: Travel.IMPROVED, Travel.UNCHANGED: Travel.UNCHANGED}
    assert back.travel is opposite[there.travel]


@given(st.one_of(st.decimals(-(10**15), 10**15, places=6), st.decimals(-10, 10, places=15)), st.integers(0, 6))
def test_rounding_is_that_of_the_spreadsheet(number: Decimal, decimals: int) -> None:
    """Half away from zero, as Excel's ROUND, is ROUND_HALF_UP of the decimal module."""
    with localcontext(prec=60):
        expected = number.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    assert rounded(Fraction(number), decimals) == expected


@given(st.fractions(-1000, 1000), st.integers(0, 6))
def test_a_rounded_figure_is_the_nearest(number: Fraction, decimals: int) -> None:
    assert abs(Fraction(rounded(number, decimals)) - number) <= Fraction(1, 2 * 10**decimals)


@given(st.decimals(-(10**9), 10**9, places=5))
def test_a_cell_gives_back_the_number_that_was_typed(typed: Decimal) -> None:
    """Fifteen digits go through a binary cell and back without loss."""
    assert exact(float(typed)) == typed
    assert Decimal(plain(exact(float(typed)))) == typed


@given(st.integers(0, 10**9), st.integers(1, 10**9), st.sampled_from([1, 100, 1000, Decimal("0.5")]))
def test_the_short_way_to_a_cell_gives_the_same_number(numerator: int, denominator: int, multiplier: Number) -> None:
    one = Observation("A1", NOW, numerator, denominator, None)
    found = outturn(one, multiplier)
    assert found is not None
    assert as_float(one, multiplier) == float(found)


@given(st.integers(1900, 2098), st.integers(1, 4), st.integers(-200, 200))
def test_quarters_are_counted_on_and_back(year: int, number: int, step: int) -> None:
    one = Quarter(year, number)
    assert parse_quarter(one.label) == parse_quarter(one.title) == one
    assert one.shift(step).shift(-step) == one
    assert one.shift(step).index == one.index + step
    assert one.shift(1).previous == one
    assert (one.shift(1).first - one.last).days == 1
    assert one.year_ago.number == one.number
