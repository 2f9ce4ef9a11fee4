"""The figures and the narrative of a quarter become one report, in the order of the published one."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import groupby

from xlkpi.calculate.outturn import Judged
from xlkpi.calculate.results import ContextFigure, Results
from xlkpi.calculate.status import Status
from xlkpi.model.observation import Observations
from xlkpi.model.period import Quarter
from xlkpi.model.register import Register
from xlkpi.narrative.edits import Line, finished
from xlkpi.pack.document import (
    MARKS,
    Block,
    Cell,
    Chart,
    Column,
    Figure,
    Items,
    Paragraph,
    Report,
    Role,
    Section,
    Series,
    Table,
    figure,
)
from xlkpi.pack.pages import Printer, pages, titled, unit_in_words
from xlkpi.tables.headline import position
from xlkpi.tables.rows import MEASURES, TOTAL, movement_text
from xlkpi.tables.words import listed

_UNRATED = "Context figures are never rated."
APPENDIX = "Appendix one: each measure"
#: The paragraphs, by their keys, that a table or list follows.
_SUMMARY_AFTER, _CONTEXT_AFTER = "table", "context"
#: Says whether a figure may not be known: code, quarter, and which of ``outturn``, ``numerator`` and ``denominator``.
Withheld = Callable[[str, Quarter, str], bool]


@dataclass(frozen=True)
class Contents:
    """What a report is made of.

    Attributes:
        organisation: Whose figures they are.
        results: Of the quarter.
        register: For targets of earlier quarters.
        observations: For figures of earlier quarters.
        lines: The narrative, in order, generated or edited.
        withheld: Which figures may not be known.
        quarters: How many quarters the history of a measure goes back.
        signed: Who publishes it and when; empty where nobody is to be named.
        comment: Returns what may be printed of what was typed about an indicator, by its code.
    """

    organisation: str
    results: Results
    register: Register
    observations: Observations
    lines: Sequence[Line]
    withheld: Withheld = lambda _code, _quarter, _part: False
    quarters: int = 12
    signed: str = ""
    comment: Callable[[str, str], str] = lambda _code, text: text

    @property
    def quarter(self) -> Quarter:
        """Return the quarter reported."""
        return self.results.quarter


def report(contents: Contents) -> Report:
    """Return the whole report of a quarter."""
    quarter = contents.quarter
    printer = Printer(contents.withheld, contents.comment)
    follow: dict[str, list[Block]] = {
        _SUMMARY_AFTER: [summary_table(contents.results), summary_chart(contents.results)],
        _CONTEXT_AFTER: [context_table(contents.results, printer)],
    }
    whole = Report(
        contents.organisation,
        "Quarterly performance report",
        quarter.title,
        quarter.dates,
        list(_sections(contents.lines, follow)),
        pages(contents.results, contents.register, contents.observations, printer, contents.quarters),
        list(_overview(contents.results, printer)),
        headline=position(contents.results.summary, contents.results.last_summary),
        signed=contents.signed,
    )
    return replace(whole, notes=tuple(_notes(whole, contents.results)))


def _notes(whole: Report, results: Results) -> Iterator[str]:
    judged = "before rounding" if results.judged is Judged.EXACT else "as printed"
    yield f"Status is judged on the outturn {judged}; a boundary counts as the better state."
    yield (
        "A status stands in words with a mark before it: " + listed([one.label for one in Status if one.is_rated]) + "."
    )
    for mark, meaning in MARKS.items():
        if _occurs(whole, mark):
            yield f"{mark} {meaning}."


def _overview(results: Results, printer: Printer) -> Iterator[Table]:
    """Yield what the appendix starts with: every contract measure, then every context figure of the quarter."""
    yield results_table(results, printer)
    if results.context:
        yield every_context_table(results, printer)


def _sections(lines: Sequence[Line], follow: Mapping[str, Sequence[Block]]) -> Iterator[Section]:
    """Yield the sections of the narrative with their numbers, each paragraph followed by its table."""
    printed = (one for one in lines if one.number)
    for number, (title, members) in enumerate(groupby(printed, key=lambda one: one.section), 1):
        blocks: list[Block] = []
        for one in members:
            blocks += [*_said(one), *follow.get(one.key, ())]
        yield Section(str(number), title, tuple(blocks))


def _said(line: Line) -> Iterator[Block]:
    """Yield a paragraph; its further lines are a list."""
    first, *rest = [part.strip() for part in finished(line.used).splitlines() if part.strip()] or [""]
    yield Paragraph(line.number, first)
    if rest:
        yield Items(tuple(part.removeprefix("-").removeprefix("•").strip() for part in rest))


def _occurs(whole: Report, mark: str) -> bool:
    cells = (cell for table in whole.tables() for row in table.rows for cell in row)
    return any(isinstance(cell, Figure) and cell.text == mark for cell in cells)


def summary_table(results: Results) -> Table:
    """Return the report's table 2.2: sections by status, their total and its shares."""
    summary = results.summary
    statuses = [one for one in Status if one is not Status.NO_DATA or summary.total(one)]
    columns = (
        Column("Section", width=28),
        *(Column(one.value, Role.COUNT, 14) for one in statuses),
        Column("All", Role.COUNT, 8),
    )
    rows: list[tuple[Cell, ...]] = [
        (section, *(figure(by_status[one]) for one in statuses), figure(summary.of_section(section)))
        for section, by_status in summary.counts.items()
    ]
    rows.append((TOTAL, *(figure(summary.total(one)) for one in statuses), figure(summary.base)))
    shares = tuple(figure(summary.share(one), "%") for one in statuses)
    rows.append((f"Share of {summary.base}", *shares, figure(100 if summary.base else None, "%")))
    title = f"Contract {MEASURES} by section and status, {results.quarter.title}"
    return Table("Summary", title, columns, rows, totals=2)


def summary_chart(results: Results) -> Chart:
    """Return table 2.2 as bars."""
    counts = results.summary.counts
    statuses = [one for one in (Status.ON, Status.INSIDE, Status.OUTSIDE) if results.summary.total(one)]
    series = tuple(
        Series(one.value, Role.STATUS, tuple(Fraction(by[one]) for by in counts.values()), one) for one in statuses
    )
    said = "; ".join(
        f"{section}: {', '.join(f'{by[one]} {one.value.lower()}' for one in statuses if by[one]) or 'none rated'}"
        for section, by in counts.items()
    )
    title = f"Contract {MEASURES} by section and status, {results.quarter.title}"
    return Chart("SummaryChart", title, f"Stacked bars. {said}.", tuple(counts), series)


def context_table(results: Results, printer: Printer) -> Table:
    """Return the report's table 3.1: context figures beside the same quarter last year and last quarter."""
    quarter = results.quarter
    shown = [one for one in results.context if one.indicator.list_order is not None]
    rows: list[tuple[Cell, ...]] = [(titled(one.indicator), *_three(one, quarter, printer)) for one in shown]
    columns = (Column("Measure", width=48), *_periods(quarter))
    # What a star would have led to stands where everybody finds it.
    starred = [f"{titled(one)}: {one.definition}" for one in (each.indicator for each in shown) if "*" in one.title]
    note = " ".join([_UNRATED, *(one for one in starred if not one.endswith(": "))])
    return Table("Context", f"Context figures, {quarter.title}", columns, rows, note=note)


def every_context_table(results: Results, printer: Printer) -> Table:
    """Return every context figure of the quarter, with those that the report's table leaves out."""
    quarter = results.quarter
    rows: list[tuple[Cell, ...]] = [
        (one.indicator.code, titled(one.indicator), unit_in_words(one.indicator), *_three(one, quarter, printer))
        for one in results.context
    ]
    columns = (
        Column("Code", width=7),
        Column("Context measure", width=60),
        Column("Unit", width=9),
        *_periods(quarter),
    )
    return Table("All_context", f"Every context figure, {quarter.title}", columns, rows, note=_UNRATED)


def _periods(quarter: Quarter) -> tuple[Column, ...]:
    beside = (quarter.year_ago, quarter.previous)
    return (Column(quarter.label, Role.FIGURE), *(Column(at.label, Role.BESIDE) for at in beside))


def _three(one: ContextFigure, quarter: Quarter, printer: Printer) -> Iterator[Figure]:
    """Yield a context figure of the quarter, of the same quarter last year and of last quarter."""
    yield printer.outturn(one.indicator, quarter, one.outturn)
    yield printer.outturn(one.indicator, quarter.year_ago, one.year_ago)
    yield printer.outturn(one.indicator, quarter.previous, one.previous)


def results_table(results: Results, printer: Printer) -> Table:
    """Return one row a contract measure."""
    quarter = results.quarter
    rows: list[tuple[Cell, ...]] = []
    for one in results.contract:
        indicator, at = one.indicator, one.carried_from or quarter
        earlier = at.year_ago if one.carried_from or not one.is_counted else at.previous
        target, tolerance = printer.levels(indicator, one.target)
        rows.append(
            (
                indicator.code,
                titled(indicator),
                indicator.section,
                printer.outturn(indicator, at, one.outturn),
                target,
                tolerance,
                one.status,
                printer.outturn(indicator, earlier, one.previous),
                printer.outturn(indicator, at.year_ago, one.year_ago),
                movement_text(one),
            )
        )
    columns = (
        Column("Code", width=8),
        Column("Contract measure", width=52),
        Column("Section", width=25),
        Column("Outturn", Role.FIGURE, 11),
        Column("Target", Role.BESIDE, 10),
        Column("Tolerance", Role.BESIDE, 12),
        Column("Status", Role.STATUS, 26),
        Column("Last quarter", Role.BESIDE, 10),
        Column("Year ago", Role.BESIDE, 10),
        Column("Movement", width=22),
    )
    return Table("Results", f"Contract {MEASURES}, {quarter.title}", columns, rows)
