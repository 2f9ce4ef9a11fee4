"""The appendix: a page for each contract measure, then for each context measure, whether the report's table shows it or not."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from xlkpi.calculate.history import History
from xlkpi.calculate.results import ContextFigure, Result, Results
from xlkpi.model.number import plain
from xlkpi.model.observation import Observations
from xlkpi.model.period import Quarter
from xlkpi.model.register import Band, Indicator, Kind, Polarity, Register, Target
from xlkpi.pack.document import (
    HISTORY,
    NOT_APPLICABLE,
    Cell,
    Chart,
    Column,
    Figure,
    Page,
    Role,
    Series,
    Table,
    figure,
    withheld,
)
from xlkpi.tables.rows import movement_text

_BETTER = {
    Polarity.HIGHER: "higher is better",
    Polarity.LOWER: "lower is better",
    Polarity.RANGE: "best within its range",
    Polarity.NONE: "neither way is better",
}
#: So many figures make a line; fewer would look like a trend, and the table says as much.
_FEWEST = 4
OUTTURN, NUMERATOR, DENOMINATOR = "outturn", "numerator", "denominator"


@dataclass(frozen=True, slots=True)
class Printer:
    """Prints figures of indicators, and marks in the place of those that may not be known."""

    withheld: Callable[[str, Quarter, str], bool]
    comment: Callable[[str, str], str] = lambda _code, text: text

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
    """Return a page for each contract measure, in list order, then for each context measure, in theirs."""
    spans = [results.quarter.shift(back - quarters + 1) for back in range(quarters)]
    drawer = _Drawer(register, observations, printer, spans)
    return [
        *(
            drawer.contract(one, History(one.indicator, register, observations, results.judged))
            for one in results.contract
        ),
        *(drawer.context(one) for one in results.context),
    ]


@dataclass(frozen=True, slots=True)
class _Drawer:
    """Draws pages from figures, all over the same quarters."""

    register: Register
    observations: Observations
    printer: Printer
    quarters: Sequence[Quarter]

    def contract(self, one: Result, history: History) -> Page:
        """Return the page of a rated indicator; its history starts when the contract first had it."""
        now = _now(one, self.printer, one.carried_from or self.quarters[-1])
        quarters = [at for at in self.quarters if history.indicator.covers(at)]
        return self._page(one, now, history, quarters or self.quarters[-1:])

    def context(self, one: ContextFigure) -> Page:
        """Return the page of a context indicator: no target and no status; its history starts with its first figure."""
        history = History(one.indicator, self.register, self.observations)
        first = next((place for place, at in enumerate(self.quarters) if history.outturn(at) is not None), None)
        return self._page(one, None, history, self.quarters[first or 0 :])

    def _page(
        self, one: Result | ContextFigure, now: Table | None, history: History, quarters: Sequence[Quarter]
    ) -> Page:
        indicator = one.indicator
        return Page(
            indicator.code,
            titled(indicator),
            indicator.section,
            _facts(indicator),
            now,
            _chart(history, self.printer, quarters),
            _history(history, self.printer, quarters),
            unit_in_words(indicator),
            self.printer.comment(indicator.code, one.observation.comment) if one.observation else "",
            is_rated=indicator.kind is Kind.CONTRACT,
        )


def _facts(indicator: Indicator) -> dict[str, str]:
    counted = " ÷ ".join(filter(None, (indicator.numerator_label, indicator.denominator_label)))
    facts = {
        "Definition": indicator.definition,
        "How it is counted": counted,
        "Unit": f"{unit_in_words(indicator)}, {_BETTER[indicator.polarity]}",
    }
    return {term: fact for term, fact in facts.items() if fact}


def titled(indicator: Indicator) -> str:
    """Return an indicator's title without a star for a footnote: a reader who hears it cannot follow it."""
    return indicator.title.replace("*", "").strip()


def unit_in_words(indicator: Indicator) -> str:
    """Return an indicator's unit as a reader calls it."""
    return "number" if indicator.unit == "count" else indicator.unit


def _now(one: Result, printer: Printer, at: Quarter) -> Table:
    indicator = one.indicator
    columns = (
        Column(f"Outturn {at.label}", Role.FIGURE),
        Column("Target", Role.BESIDE, 9),
        Column("Tolerance", Role.BESIDE, 10),
        Column("Status", Role.STATUS, 24),
        Column("Movement", width=22),
        Column(f"Last quarter {at.previous.label}", Role.BESIDE, 13),
        Column(f"Year ago {at.year_ago.label}", Role.BESIDE),
    )
    row = (
        printer.outturn(indicator, at, one.outturn),
        *printer.levels(indicator, one.target),
        one.status,
        movement_text(one),
        printer.outturn(indicator, at.previous, one.previous),
        printer.outturn(indicator, at.year_ago, one.year_ago),
    )
    return Table(f"Now_{indicator.code}", f"{indicator.code} in {at.title}", columns, [row])


def _history(history: History, printer: Printer, quarters: Sequence[Quarter]) -> Table:
    indicator = history.indicator
    rows: list[tuple[Cell, ...]] = []
    for at in quarters:
        observation = history.observation(at)
        counts = (None, None) if observation is None else (observation.numerator, observation.denominator)
        top, bottom = (None if one is None else Fraction(one) for one in counts)
        figures: tuple[Cell, ...] = (
            at.label,
            printer.count(indicator, at, top, NUMERATOR),
            printer.count(indicator, at, bottom, DENOMINATOR),
            printer.outturn(indicator, at, history.outturn(at)),
        )
        rows.append((*figures, *printer.levels(indicator, history.target(at)), history.status(at)))
    shown = [place for place, column in enumerate(HISTORY) if column.heading in _headings(history, quarters)]
    return Table(
        f"History_{indicator.code}",
        f"{indicator.code} by quarter",
        tuple(HISTORY[place] for place in shown),
        [tuple(row[place] for place in shown) for row in rows],
    )


def _headings(history: History, quarters: Sequence[Quarter]) -> set[str]:
    """Return which columns an indicator has: a context indicator has no target, and some are typed without counts."""
    if history.indicator.kind is Kind.CONTRACT:
        return {column.heading for column in HISTORY}
    observations = [one for at in quarters if (one := history.observation(at))]
    has_counts = any(one.numerator is not None or one.denominator is not None for one in observations)
    return {"Quarter", "Outturn"} | ({"Numerator", "Denominator"} if has_counts else set())


def _chart(history: History, printer: Printer, quarters: Sequence[Quarter]) -> Chart | None:
    indicator = history.indicator
    figures = [printer.outturn(indicator, at, history.outturn(at)) for at in quarters]
    known = [(at, each) for at, each in zip(quarters, figures, strict=True) if each.value is not None]
    if len(known) < _FEWEST:
        return None
    levels = [printer.levels(indicator, history.target(at)) for at in quarters]
    series = [Series("Outturn", Role.FIGURE, tuple(each.value for each in figures))]
    for name, role, place in (("Target", Role.TARGET, 0), ("Tolerance", Role.TOLERANCE, 1)):
        line = tuple(cell.value if isinstance(cell, Figure) else None for cell in (pair[place] for pair in levels))
        if any(value is not None for value in line):
            series.append(Series(name, role, line))
    return Chart(
        f"Chart_{indicator.code}",
        f"{indicator.code} {titled(indicator)}",
        _described(history, known, quarters[-1]),
        tuple(at.label for at in quarters),
        tuple(series),
        indicator.unit,
        indicator.decimals,
    )


def _described(history: History, known: Sequence[tuple[Quarter, Figure]], last: Quarter) -> str:
    """Return what a line chart shows in words, by the figures that may be known alone."""
    (start, first), (end, latest) = known[0], known[-1]
    said = f"Line chart. From {first.text} in {start.label} to {latest.text} in {end.label}"
    is_rated = history.indicator.kind is Kind.CONTRACT and end == last
    status = f"; {history.status(end).value.lower()}" if is_rated else ""
    return f"{said}{status}. The figures stand in the table beside it."
