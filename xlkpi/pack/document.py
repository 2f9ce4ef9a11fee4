"""The report as a document: what is said, in which order. Pages, fonts and colours are for the writers.

Every figure comes in as it is printed, and as that number: more digits than printed would give away the counts behind it.
A withheld one comes in as its mark and without a number, so that no writer can let it out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction
from typing import TypeAlias

from xlkpi.calculate.status import Status
from xlkpi.model.number import rounded

#: Marks in the place of figures, as the Government Analysis Function writes them, with what they mean.
WITHHELD, NOT_AVAILABLE, NOT_APPLICABLE = "[c]", "[x]", "[z]"
MARKS = {
    WITHHELD: "confidential: withheld so that nobody can be recognised",
    NOT_AVAILABLE: "not available",
    NOT_APPLICABLE: "not applicable",
}
PERCENT = "%"


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure as it is printed.

    Attributes:
        text: As a reader sees it: ``74%``, ``5,694``, ``[c]``.
        value: The number that is printed, no more precise; None where a mark stands.
        unit: Of the indicator.
        decimals: Digits after the point as printed.
    """

    text: str
    value: Fraction | None = None
    unit: str = ""
    decimals: int = 0


def figure(value: Fraction | int | None, unit: str = "", decimals: int = 0) -> Figure:
    """Return a figure as the report prints it; the mark for not available where there is none.

    Examples:
        >>> figure(Fraction(74), "%").text, figure(Fraction(5694)).text, figure(None).text
        ('74%', '5,694', '[x]')
        >>> figure(Fraction(-21, 5), "%", 1).text
        '-4.2%'
    """
    if value is None:
        return Figure(NOT_AVAILABLE)
    printed = rounded(Fraction(value), decimals)
    return Figure(f"{printed:,}" + (PERCENT if unit == PERCENT else ""), Fraction(printed), unit, decimals)


def withheld() -> Figure:
    """Return the mark of a figure that nobody may know."""
    return Figure(WITHHELD)


Cell: TypeAlias = str | Status | Figure


class Role(Enum):
    """What a column or a line of a chart shows, by which writers choose how it looks."""

    TEXT = "text"
    FIGURE = "the figure itself"
    BESIDE = "a figure beside it"
    STATUS = "a status"
    COUNT = "a count of measures"
    TARGET = "the target"
    TOLERANCE = "the tolerance"


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table; ``width`` is in characters, for writers that need one."""

    heading: str
    role: Role = Role.TEXT
    width: int = 12


@dataclass(frozen=True, slots=True)
class Table:
    """A table with one row of headings.

    Attributes:
        name: Names it in a workbook and in links: letters, digits and underscores.
        title: What it shows, with its period.
        columns: Left to right.
        rows: Each as long as ``columns``; the first cell names the row.
        totals: How many rows at the end are totals.
        note: What a reader must know about it.
    """

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: Sequence[tuple[Cell, ...]]
    totals: int = 0
    note: str = ""


@dataclass(frozen=True, slots=True)
class Series:
    """One line, or one kind of bar; a gap is None."""

    name: str
    role: Role
    values: tuple[Fraction | None, ...]
    status: Status | None = None


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart with what it says in words.

    Attributes:
        name: Names it in links.
        title: What it shows.
        description: What somebody who cannot see it must know.
        categories: Along the axis: quarters, or sections.
        series: Lines; stacked bars where each has a status.
        unit: Of the figures.
        decimals: Of the figures as printed.
    """

    name: str
    title: str
    description: str
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    unit: str = ""
    decimals: int = 0

    @property
    def is_stacked(self) -> bool:
        """Return whether it counts by status."""
        return all(one.status is not None for one in self.series)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One numbered paragraph; the number is empty where the report prints none."""

    number: str
    text: str


@dataclass(frozen=True, slots=True)
class Items:
    """A list under a paragraph, in its order."""

    items: tuple[str, ...]


Block: TypeAlias = Paragraph | Items | Table | Chart


@dataclass(frozen=True, slots=True)
class Section:
    """One section of the report."""

    number: str
    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """One indicator in the appendix.

    Attributes:
        code: As printed.
        title: As printed.
        section: Its chapter.
        facts: Terms with what stands for them, in their order: definition, how it is counted, unit.
        now: The figures of the quarter reported, with target, tolerance and status: one row; None where they are not rated,
            since the history says as much.
        chart: Its figures over time; None where they make no line.
        history: Quarter by quarter.
        unit: Of its outturns, in words.
        comment: What was typed for this quarter; empty where nothing was.
        is_rated: Whether it is a contract measure, which has a sheet of paper to itself; others share one.
    """

    code: str
    title: str
    section: str
    facts: Mapping[str, str]
    now: Table | None
    chart: Chart | None
    history: Table
    unit: str
    comment: str = ""
    is_rated: bool = True

    @property
    def figures(self) -> Iterator[tuple[Cell, ...]]:
        """Yield its history with a cell for each of ``HISTORY``: a column that it has not is not applicable to it."""
        places = {column.heading: place for place, column in enumerate(self.history.columns)}
        for row in self.history.rows:
            found = (places.get(column.heading) for column in HISTORY)
            yield tuple(Figure(NOT_APPLICABLE) if place is None else row[place] for place in found)


#: The columns of an indicator's history.
HISTORY = (
    Column("Quarter"),
    Column("Numerator", Role.BESIDE),
    Column("Denominator", Role.BESIDE, 13),
    Column("Outturn", Role.FIGURE),
    Column("Target", Role.BESIDE),
    Column("Tolerance", Role.BESIDE),
    Column("Status", Role.STATUS, 26),
)


@dataclass(frozen=True)
class Report:
    """All of it.

    Attributes:
        organisation: Whose figures they are.
        title: Of the report.
        period: As headings print it.
        dates: First to last day of the period.
        sections: In order.
        overview: What the appendix starts with: all measures at a glance.
        pages: The rest of the appendix: contract measures in list order, then context measures.
        notes: What a reader must know about the figures, with the marks that occur.
        headline: What the quarter came to, in one sentence.
        signed: Who published it and when; empty where nobody is to be named.
        language: Of all text.
    """

    organisation: str
    title: str
    period: str
    dates: str
    sections: Sequence[Section]
    pages: Sequence[Page]
    overview: Sequence[Table] = ()
    notes: Sequence[str] = ()
    headline: str = ""
    signed: str = ""
    language: str = "en-GB"

    def tables(self) -> Iterator[Table]:
        """Yield every table, in reading order."""
        for section in self.sections:
            yield from (one for one in section.blocks if isinstance(one, Table))
        yield from self.overview
        for page in self.pages:
            yield from (one for one in (page.now, page.history) if one is not None)
