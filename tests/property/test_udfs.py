"""The worksheet functions say what a refresh says, for thousands of random rows, and of random registers."""

from __future__ import annotations

import random
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

import pytest
from asked import Asked, tell, unit
from hypothesis import given
from hypothesis import strategies as st

from xlkpi.addin import udfs
from xlkpi.addin.arguments import Cells, Shown
from xlkpi.calculate.change import Change
from xlkpi.calculate.history import Movement
from xlkpi.calculate.outturn import Judged
from xlkpi.calculate.results import Result, Results, calculate
from xlkpi.calculate.status import Status
from xlkpi.model.number import exact
from xlkpi.model.observation import Observation, Observations
from xlkpi.model.period import Quarter, quarter_of_index
from xlkpi.model.register import Basis, Indicator, Kind, Polarity, Register, Target, ToleranceBasis, bands
from xlkpi.tables.rows import movement_text, results_rows, summary_rows
from xlkpi.workbook import layout
from xlkpi.workbook.backend import Value
from xlkpi.workbook.intake.cells import level

NOW = Quarter(2018, 2)
SPAN = [NOW.shift(-back) for back in range(6)]
INDICATORS = 400
UNITS = (("%", 100), ("%", 100), ("%", 100), ("days", 1), ("per 1,000", 1000), ("count", 1))


class Made:
    """A random register with what was returned, as typed cells and as values."""

    def __init__(self, seed: int, size: int = INDICATORS) -> None:
        self.chance = random.Random(seed)
        self.register_cells: list[dict[str, Value]] = []
        self.target_cells: list[dict[str, Value]] = []
        self.indicators: list[Indicator] = []
        self.targets: list[Target] = []
        self.observations = Observations()
        for number in range(1, size + 1):
            self._add_indicator(number)

    def _add_indicator(self, number: int) -> None:
        chance = self.chance
        measure, multiplier = chance.choice(UNITS)
        one = Indicator(
            f"A{number}", f"Indicator {number}", section=f"Section {number % 7}", section_order=number % 7,
            list_order=number, kind=Kind.CONTRACT, polarity=chance.choice(list(Polarity)), unit=measure,
            decimals=chance.choice([0, 0, 1, 2]), numerator_label="some", denominator_label=chance.choice(["all", "all", ""]),
            multiplier=multiplier, basis=chance.choice([Basis.IN_QUARTER] * 5 + [Basis.ANNUAL]),
            breaks=(NOW,) if chance.random() < 0.1 else (),
        )  # fmt: skip
        self.indicators.append(one)
        self.register_cells.append(
            {
                "code": one.code, "title": one.title, "section": one.section, "section_order": float(one.section_order),
                "list_order": float(number), "kind": "contract", "polarity": one.polarity.value, "unit": one.unit,
                "decimals": float(one.decimals), "numerator_label": "some", "denominator_label": one.denominator_label,
                "multiplier": float(multiplier), "basis": one.basis.value,
                "breaks": "; ".join(broken.label for broken in one.breaks),
            }
        )  # fmt: skip
        levels = self._add_target(one)
        for quarter in SPAN:
            if chance.random() < 0.9:
                self.observations.claim(self._returned(one, quarter, levels))

    def _add_target(self, one: Indicator) -> list[float]:
        chance = self.chance
        if one.polarity is Polarity.NONE or chance.random() < 0.1:
            return []
        target, width = (chance.choice([75, 0.3, 12.5, 33.3, chance.randint(1, 999) / 10]) for _ in range(2))
        basis = chance.choice(["level", "points", "percent", None])
        cells: dict[str, Value] = {"code": one.code, "target": target, "basis": basis, "first": None, "last": None}
        if one.polarity is Polarity.RANGE:
            cells |= {
                "target": f"{target:g}..{target + width:g}",
                "tolerance": f"{target - 1:g}..{target + width + 2:g}",
            }
            cells["basis"] = None
        else:
            at = float(f"{target - one.polarity.sign * width:.10g}")
            cells["tolerance"] = width if basis in {"points", "percent"} else at
        if chance.random() < 0.1:
            cells["tolerance"] = None
        typed, tolerance = level(cells["target"]), level(cells["tolerance"])
        assert typed is not None
        both = bands(typed, tolerance, one.polarity, ToleranceBasis(cells["basis"] or "level"))
        self.target_cells.append(cells)
        self.targets.append(Target(one.code, None, None, *both, row=len(self.target_cells)))
        sides = (side for band in both for side in (band.low, band.high))
        return [float(side) for side in sides if side is not None]

    def _returned(self, one: Indicator, quarter: Quarter, levels: list[float]) -> Observation:
        chance = self.chance
        near = chance.choice(levels or [50.0])
        if chance.random() < 0.25:
            figure = abs(round(near + chance.choice([0, 0, 0.1, -0.1, 0.001, -0.001, 1]), 6))
            return Observation(one.code, quarter, None, None, exact(figure))
        denominator = chance.choice([8, 100, 107, 300, 1000, 5600, 27900, 0.5, 225.1, 1_000_000])
        exactly = near * denominator / float(one.multiplier)
        numerator = abs(round(exactly + chance.choice([0, 0, 0, 1, -1]), chance.choice([0, 1, 6])))
        if one.is_proportion:
            numerator = min(numerator, denominator)
        return Observation(one.code, quarter, exact(numerator), exact(denominator), None)

    def register(self) -> Register:
        return Register(self.indicators, self.targets)

    def returned(self, quarter: Quarter) -> list[dict[str, Value]]:
        found = (self.observations.get(one.code, quarter) for one in self.indicators)
        return [_cells_of(one) for one in found if one is not None]


def _cells_of(one: Observation) -> dict[str, Value]:
    figures = (one.numerator, one.denominator, one.value)
    typed = dict(zip(("numerator", "denominator", "value"), map(_cell, figures), strict=True))
    return {"code": one.code, "period": one.period.label, **typed}


def _cell(number: int | Decimal | None) -> float | None:
    return None if number is None else float(number)


def _range(table: layout.Table, rows: list[dict[str, Value]]) -> list[list[Value]]:
    return [list(table.headings), *([row.get(column.field) for column in table.columns] for row in rows)]


def _asked(made: Made, results: Results) -> Iterator[tuple[Asked, Result]]:
    cells = {row["code"]: row for row in made.target_cells}
    for one in results.contract:
        if one.observation is None:
            typed: dict[str, Value] = {"numerator": None, "denominator": None, "value": None}
        else:
            typed = _cells_of(one.observation)
        row = cells.get(one.indicator.code)
        target = (row["target"], row["tolerance"], row["basis"]) if row else None
        yield Asked(one.indicator, typed["numerator"], typed["denominator"], typed["value"], target), one


def _same(told: Value, figure: Fraction | int | None) -> bool:
    if figure is None:
        return told == "#N/A"
    return isinstance(told, (int, float)) and told == pytest.approx(float(figure), rel=1e-12, abs=1e-9)


@pytest.mark.parametrize(
    ("seed", "judged"), [(1, Judged.EXACT), (2, Judged.SHOWN), (3, Judged.EXACT), (4, Judged.SHOWN)]
)
def test_functions_of_cells_say_what_a_refresh_says(seed: int, judged: Judged) -> None:
    made = Made(seed)
    differing, compared = [], 0
    for quarter in SPAN[:3]:
        results = calculate(made.register(), made.observations, quarter, judged)
        pairs = list(_asked(made, results))
        for (row, one), told in zip(pairs, tell([row for row, _ in pairs], judged), strict=True):
            compared += 1
            outside = one.status is Status.OUTSIDE
            agree = (
                _same(told.outturn, one.outturn)
                and told.status == one.status.label
                and (not outside or _same(told.gap, one.gap))
                and (not outside or _same(told.to_tolerance, one.cases_to_bound))
                and (one.status not in {Status.OUTSIDE, Status.INSIDE} or _same(told.to_target, one.cases_to_target))
            )
            if not agree:
                differing.append((row, told, one.status, one.outturn, one.gap, one.cases_to_bound, one.cases_to_target))
    assert not differing, f"{len(differing)} of {compared}: {differing[:3]}"
    assert compared == 3 * INDICATORS


@pytest.mark.parametrize("seed", [1, 2])
def test_changes_and_movements_are_those_of_a_refresh(seed: int) -> None:
    made = Made(seed)
    results = calculate(made.register(), made.observations, NOW)
    told_movements = udfs.KPI_MOVEMENT(
        [[one.status.label] for one in results.contract], [[one.previous_status.label] for one in results.contract]
    )
    compared = 0
    for one, [moved] in zip(results.contract, told_movements, strict=True):
        measure, better = one.indicator.unit, one.indicator.polarity.value
        if isinstance(one.on_quarter, Change):
            figures = float(one.outturn or 0), float(one.on_quarter.earlier)
            told = [
                udfs.KPI_CHANGE(*figures, better, measure, give)[0][0]
                for give in ("difference", "percent", "direction")
            ]
            assert _same(told[0], one.on_quarter.absolute)
            assert _same(told[1], one.on_quarter.percent)
            assert told[2] == one.on_quarter.travel.value
            compared += 1
        is_told = one.is_counted and one.movement not in {Movement.NEW, Movement.NOT_COMPARABLE}
        if is_told and not (one.movement is Movement.UNCHANGED and one.status is Status.OUTSIDE):
            assert moved == movement_text(one)
            compared += 1
    assert compared > INDICATORS


@pytest.mark.parametrize(("seed", "judged"), [(5, Judged.EXACT), (6, Judged.SHOWN)])
def test_results_and_summary_from_ranges_are_those_of_a_refresh(seed: int, judged: Judged) -> None:
    """The whole way: typed cells in, the table Results out, exact figures and streaks of six quarters included."""
    made = Made(seed)
    arguments = _arguments(made, judged)
    assert udfs.KPI_WHY("KPI_RESULTS", *arguments) == [[""]]
    told, expected = _both(made, judged)
    assert told == expected


#: How many registers of one to four indicators each: small ones differ more from one another than large ones do.
REGISTERS = 2000


def test_thousands_of_small_registers_come_to_what_a_refresh_makes_of_them() -> None:
    differing = []
    for seed in range(REGISTERS):
        made = Made(seed, 1 + seed % 4)
        told, expected = _both(made, (Judged.EXACT, Judged.SHOWN)[seed % 2])
        if told != expected:
            differing.append((seed, told, expected))
    assert not differing, f"{len(differing)} of {REGISTERS}: {differing[:2]}"


def _arguments(made: Made, judged: Judged) -> tuple[Cells, ...]:
    older = [row for quarter in SPAN[2:] if quarter != NOW.year_ago for row in made.returned(quarter)]
    return (
        NOW.label,
        _range(layout.REGISTER, made.register_cells),
        _range(layout.TARGETS, made.target_cells),
        _range(layout.quarter_table(NOW), made.returned(NOW)),
        _range(layout.quarter_table(NOW.previous), made.returned(NOW.previous)),
        _range(layout.quarter_table(NOW.year_ago), made.returned(NOW.year_ago)),
        _range(layout.HISTORY, older),
        judged.value,
    )


#: Columns of Results that a function cannot show: a picture and links.
LEFT_OUT = {"spark", "inputs", "place"}


def _both(made: Made, judged: Judged) -> tuple[list[Shown], list[Shown]]:
    """Return results and summary as the functions give them, and as a refresh does."""
    results = calculate(made.register(), made.observations, NOW, judged)
    arguments = _arguments(made, judged)
    told = udfs.KPI_RESULTS(*arguments)
    told_of = [place for place, column in enumerate(layout.RESULTS_TABLE.columns) if column.field not in LEFT_OUT]
    rows = [_shown(tuple(row.values[place] for place in told_of)) for row in results_rows(results)]  # type: ignore[misc]
    summary = [_shown(row.values) for row in summary_rows(results.summary)]
    headings = [layout.RESULTS_TABLE.headings[place] for place in told_of]
    expected = [[headings, *rows], [list(layout.SUMMARY_TABLE.headings), *summary]]
    return [told, udfs.KPI_SUMMARY(told, arguments[1], NOW.label)], expected


def _shown(values: tuple[Value, ...]) -> list[Value]:
    return ["" if value is None else value for value in values]


@given(st.integers(1901 * 4 + 1, 2098 * 4), st.integers(-400, 400))
def test_periods_are_shifted_as_quarters_are(index: int, shift: int) -> None:
    one = quarter_of_index(index)
    expected = one.shift(shift)
    shifted = udfs.KPI_PERIOD([[one.label, one.title, one.months[1].label]], float(shift))
    if 1900 <= expected.year <= 2099:
        assert shifted == [[expected.label] * 3]
    else:
        assert shifted == [["#VALUE!"] * 3]


@given(st.lists(st.sampled_from([74.0, None, "#DIV/0!", "9O", 85.0]), min_size=1, max_size=6), st.integers(1, 4))
def test_a_range_is_answered_as_its_cells_are(cells: list[Value], width: int) -> None:
    """One call for a range gives what a call for each cell would give."""
    whole = udfs.KPI_STATUS([cells] * width, 85.0, [[75.0]] * width)
    assert whole == [[udfs.KPI_STATUS(cell, 85.0, 75.0)[0][0] for cell in cells]] * width


def test_a_unit_that_may_exceed_its_base_is_named_so() -> None:
    made = Made(1)
    units = {unit(one) for one in made.indicators}
    assert units == {"%", "per 100", "per 1,000", "days", "count"}
