"""The appendix: a page for each contract measure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from xlkpi.calculate.history import History
from xlkpi.calculate.results import Result, Results
from xlkpi.model.number import plain
from xlkpi.model.observation import Observations
from xlkpi.model.period import Quarter
from xlkpi.model.register import Band, Indicator, Polarity, Register, Target
from xlkpi.pack.document import NOT_APPLICABLE, Cell, Chart, Column, Figure, Page, Role, Series, Table, figure, withheld
from xlkpi.tables.rows import movement_text

_BETTER = {
    Polarity.HIGHER: "higher is better",
    Polarity.LOWER: "lower is better",
    Polarity.RANGE: "best within its range",
    Polarity.NONE: "neither way is better",
}
OUTTURN, NUMERATOR, DENOMINATOR = "outturn", "numerator", "denominator"


@dataclass(frozen=True, slots=True)
class Printer:
    """Prints figures of indicators, and marks in the place of those that may not be known."""

    withheld: Callable[[str, Quarter, str], bool]

    def outturn(self, indicator: Indicator, quarter: Quarter, value: Fraction | None) -> Figure:
        """Return an outturn as printed."""
        if value is not None and self.withheld(indicator.code, quarter, OUTTURN):
            return withheld()
        return figure(value, indicator.unit, indicator.decimals)

    def count(self, indicator: Indicator, quarter: Quarter, value: Fraction | None, part: str) -> Figure:
        """Return a numerator or denominator as printed; the mark for not applicable where there is none."""
        if value is None:
            return Figure(NOT_APPLICABLE)
        if self.withheld(indicator.code, quarter, part):
            return withheld()
        decimals = 0 if value.denominator == 1 else indicator.decimals
        return figure(value, decimals=decimals)

    def levels(self, indicator: Indicator, target: Target | None) -> tuple[Cell, Cell]:
        """Return target and tolerance as printed."""
        if target is None:
            return Figure(NOT_APPLICABLE), Figure(NOT_APPLICABLE)
        return self._level(indicator, target.on), self._level(indicator, target.inside)

    @staticmethod
    def _level(indicator: Indicator, band: Band | None) -> Cell:
        if band is None:
            return Figure(NOT_APPLICABLE)
        if band.low is not None and band.high is not None:
            return f"{plain(band.low)} to {plain(band.high)}"
        level = band.low if band.high is None else band.high
        assert level is not None, "a band has a side"
        exact = Fraction(level)
        decimals = max(indicator.decimals, _decimals(exact))
        return figure(exact, indicator.unit, decimals)


def _decimals(value: Fraction) -> int:
    """Return how many digits after the point a typed level needs, so that it is printed as typed."""
    decimals = 0
    while (value * 10**decimals).denominator != 1:
        decimals += 1
    return decimals


def pages(
    results: Results, register: Register, observations: Observations, printer: Printer, quarters: int
) -> list[Page]:
    """Return a page for each contract measure, in list order."""
    spans = [results.quarter.shift(back - quarters + 1) for back in range(quarters)]
    return [
        _page(one, History(one.indicator, register, observations, results.judged), printer, spans)
        for one in results.contract
    ]


def _page(one: Result, history: History, printer: Printer, quarters: Sequence[Quarter]) -> Page:
    indicator = one.indicator
    observation = one.observation
    return Page(
        indicator.code,
        indicator.title,
        indicator.section,
        one.status,
        _facts(one, printer, one.carried_from or quarters[-1]),
        _chart(one, history, printer, quarters),
        _history(history, printer, quarters),
        observation.comment if observation else "",
    )


def _facts(one: Result, printer: Printer, at: Quarter) -> dict[str, Cell]:
    indicator = one.indicator
    target, tolerance = printer.levels(indicator, one.target)
    counted = " ÷ ".join(filter(None, (indicator.numerator_label, indicator.denominator_label)))
    facts: dict[str, Cell] = {
        "Definition": indicator.definition,
        "How it is counted": counted,
        "Unit": f"{indicator.unit}, {_BETTER[indicator.polarity]}",
        f"Outturn, {at.label}": printer.outturn(indicator, at, one.outturn),
        "Target": target,
        "Tolerance": tolerance,
        "Status": one.status,
        "Movement": movement_text(one),
        f"Last quarter, {at.previous.label}": printer.outturn(indicator, at.previous, one.previous),
        f"Year ago, {at.year_ago.label}": printer.outturn(indicator, at.year_ago, one.year_ago),
    }
    return {term: fact for term, fact in facts.items() if fact != ""}


def _history(history: History, printer: Printer, quarters: Sequence[Quarter]) -> Table:
    indicator = history.indicator
    rows: list[tuple[Cell, ...]] = []
    for at in quarters:
        observation = history.observation(at)
        counts = (None, None) if observation is None else (observation.numerator, observation.denominator)
        top, bottom = (None if one is None else Fraction(one) for one in counts)
        rows.append(
            (
                at.label,
                printer.count(indicator, at, top, NUMERATOR),
                printer.count(indicator, at, bottom, DENOMINATOR),
                printer.outturn(indicator, at, history.outturn(at)),
                *printer.levels(indicator, history.target(at)),
                history.status(at),
            )
        )
    columns = (
        Column("Quarter"),
        Column("Numerator", Role.BESIDE),
        Column("Denominator", Role.BESIDE, 13),
        Column("Outturn", Role.FIGURE),
        Column("Target", Role.BESIDE),
        Column("Tolerance", Role.BESIDE),
        Column("Status", Role.STATUS, 26),
    )
    return Table(f"History_{indicator.code}", f"{indicator.code} by quarter", columns, rows)


def _chart(one: Result, history: History, printer: Printer, quarters: Sequence[Quarter]) -> Chart | None:
    indicator = one.indicator
    figures = [printer.outturn(indicator, at, history.outturn(at)) for at in quarters]
    if all(each.value is None for each in figures):
        return None
    levels = [printer.levels(indicator, history.target(at)) for at in quarters]
    series = [Series("Outturn", Role.FIGURE, tuple(each.value for each in figures))]
    for name, role, place in (("Target", Role.TARGET, 0), ("Tolerance", Role.TOLERANCE, 1)):
        line = tuple(cell.value if isinstance(cell, Figure) else None for cell in (pair[place] for pair in levels))
        if any(value is not None for value in line):
            series.append(Series(name, role, line))
    known = [(at, each) for at, each in zip(quarters, figures, strict=True) if each.value is not None]
    said = f"Line chart. From {known[0][1].text} in {known[0][0].label} to {known[-1][1].text} in {known[-1][0].label}"
    status = f"; {one.status.value.lower()}" if known[-1][0] == quarters[-1] else ""
    return Chart(
        f"Chart_{indicator.code}",
        f"{indicator.code} {indicator.title}",
        f"{said}{status}. The figures stand in the table below.",
        tuple(at.label for at in quarters),
        tuple(series),
        indicator.unit,
        indicator.decimals,
    )
