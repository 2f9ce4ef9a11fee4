"""What a refresh needs of a workbook beside its figures: where outputs go, which sheets come back, what is out of date."""

from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from xlkpi.making import template
from xlkpi.narrative.edits import Edits
from xlkpi.workbook import layout
from xlkpi.workbook.backend import Backend, ForgetValues, Write, unquoted
from xlkpi.workbook.intake import Book
from xlkpi.workbook.layout import Name
from xlkpi.writers.claims import plan_forgotten

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
    """Return what takes away the verdicts on a draft, which hold for the figures before; a workbook may have none."""
    if layout.CLAIMS_TABLE.name not in workbook.tables():
        return ()
    rows = workbook.read(layout.CLAIMS_TABLE.name).rows
    if not any(value is not None for row in rows for value in row):
        return ()
    told = workbook.read_name(Name.subtitle(layout.CLAIMS))
    return plan_forgotten(told.value if told else None)
