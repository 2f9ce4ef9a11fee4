"""What a refresh works out and writes: where outputs go, which sheets come back, what is out of date."""

from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from xlkpi.calculate.results import Results, calculate
from xlkpi.errors import Problem
from xlkpi.making import template
from xlkpi.narrative.edits import Edits
from xlkpi.narrative.paragraphs import Told
from xlkpi.narrative.story import Story, tell
from xlkpi.outcome import Progress
from xlkpi.tables.accepted import Remark
from xlkpi.tables.checks import remarks as remarks_on
from xlkpi.tables.words import listed
from xlkpi.workbook import layout
from xlkpi.workbook.backend import Backend, ForgetValues, Write, unquoted
from xlkpi.workbook.intake import Book
from xlkpi.workbook.layout import Name
from xlkpi.writers.claims import plan_forgotten
from xlkpi.writers.quarters import missing_rows, plan_missing_rows
from xlkpi.writers.sheets import Refresh, plan_refresh
from xlkpi.writers.trace import plan_unexplained

if TYPE_CHECKING:
    from xlkpi.template import PutBack


def with_narrative(workbook: Backend, book: Book) -> Book:
    """Return what was typed into a workbook; a narrative whose sheet will be put back has no edits yet."""
    if layout.NARRATIVE_TABLE.name in workbook.tables():
        return book
    return replace(book, edits=Edits((), layout.NARRATIVE, layout.FIRST_ROW, layout.NARRATIVE_TABLE.left))


@contextmanager
def outputs(workbook: Backend, book: Book, now: dt.datetime) -> Iterator[tuple[str, int, PutBack | None]]:
    """Yield the sheet that shows one indicator, for how many quarters the trends have room, and what puts sheets back."""
    missing = _missing(workbook)
    if not missing:
        picked = workbook.read_name(Name.PICKED)
        assert picked is not None, "its absence is a gap"
        room = len(workbook.headings(layout.TRENDS_TABLE_NAME)) - layout.TREND_FIRST_FIGURE
        yield unquoted(picked.where), room, None
        return
    drawn = template()
    with tempfile.TemporaryDirectory(dir=drawn.open_to_excel(), ignore_cleanup_errors=True) as folder:
        found: PutBack = drawn.put_back(workbook, book, missing, Path(folder), now)
        yield found.picking, found.room, found


class Figures(NamedTuple):
    """What the inputs of a workbook come to.

    Attributes:
        results: Of the quarter.
        found: What a reader should know.
        story: The narrative.
    """

    results: Results
    found: list[Problem]
    story: Story


def results_of(book: Book) -> Results:
    """Return the figures of a workbook's reporting quarter."""
    return calculate(book.register, book.observations, book.settings.quarter, book.settings.judged)


def worked_out(book: Book, progress: Progress) -> Figures:
    """Return what the inputs of a workbook come to.

    Raises:
        WorkbookInvalid: Where a phrase of the narrative cannot be used.
    """
    progress("Working out the figures")
    results = results_of(book)
    told = Told(
        *(book.settings.organisation, book.register, results, book.observations),
        *(book.cohorts, book.audits, book.inspections),
    )
    story = tell(told, book.phrases, book.edits)
    found = remarks_on(results, book.observations, book.audits, book.sheets)
    return Figures(results, [*found, *story.remarks], story)


def apply_refresh(
    workbook: Backend,
    book: Book,
    figures: Figures,
    remarks: Sequence[Remark],
    now: dt.datetime,
    more: Sequence[Write] = (),
) -> list[str]:
    """Write every output of a workbook in one go, and return what else to say of it.

    Args:
        workbook: The workbook.
        book: What is typed into it.
        figures: What that comes to.
        remarks: With those who accepted them.
        now: Local time without zone.
        more: Other writes for the same go.
    """
    missing = missing_rows(book.register, book.observations, book.sheets)
    headings = {quarter: workbook.headings(layout.quarter_table(quarter).name) for quarter in missing}
    with outputs(workbook, book, now) as (picking, room, gaps):
        refreshed = Refresh(
            *(book.settings.organisation, figures.results, book.observations, remarks, room, now, figures.story),
            as_made(workbook),
        )
        plan = [*plan_refresh(refreshed, picking), *plan_missing_rows(missing, headings)]
        late = [*out_of_date(workbook), *forgotten(workbook), *more]
        workbook.apply([*(gaps.writes if gaps else ()), *plan, *late])
    added = [
        f"Added a row for {listed(codes)} to the sheet {book.sheets[quarter]}." for quarter, codes in missing.items()
    ]
    return [*(gaps.lines if gaps else ()), *added]


def as_made(workbook: Backend) -> dict[str, Sequence[str]]:
    """Return the headings of tables that a workbook made before may have without some columns, by the table's name."""
    there = workbook.tables()
    return {name: workbook.headings(name) for name in _LATER if name in there}


#: Tables that got columns later.
_LATER = (layout.RESULTS_TABLE.name, layout.CHECKS_TABLE.name)


def _missing(workbook: Backend) -> list[str]:
    """Return the output sheets that are gone, and the names of cells that a refresh writes on those that are there."""
    tables = workbook.tables()
    gone = [
        sheet
        for sheet, mark in layout.PUT_BACK.items()
        if mark not in tables and (mark in layout.OUTPUTS or workbook.read_name(mark) is None)
    ]
    subtitles = [Name.subtitle(sheet) for sheet in layout.SUBTITLED if sheet in layout.PUT_BACK and sheet not in gone]
    return [*gone, *(name for name in subtitles if workbook.read_name(name) is None)]


def out_of_date(workbook: Backend) -> list[Write]:
    """Return what drops the answers that What-if remembers: they are about figures that were there before."""
    asked = workbook.read_name(Name.ASKED)
    return [] if asked is None else [ForgetValues(unquoted(asked.where))]


def forgotten(workbook: Backend) -> Sequence[Write]:
    """Return what takes away verdicts on a draft and explanations, which hold for the figures before a refresh."""
    writes: list[Write] = []
    if _is_filled(workbook, layout.CLAIMS_TABLE.name):
        told = workbook.read_name(Name.subtitle(layout.CLAIMS))
        writes += plan_forgotten(told.value if told else None)
    if _is_filled(workbook, layout.EXPLAIN_TABLE.name):
        writes += plan_unexplained()
    return writes


def _is_filled(workbook: Backend, table: str) -> bool:
    return table in workbook.tables() and any(value is not None for row in workbook.read(table).rows for value in row)
