"""The sheets that a refresh fills: each table with one empty row that carries the formats of its columns."""

from __future__ import annotations

from xlkpi.template.page import READ, KEEP, Book, Drawing, add_page, add_subtitle, draw
from xlkpi.workbook.layout import (
    CHECKS_TABLE,
    CONTEXT_TABLE,
    FIRST_ROW,
    LISTS_TABLE,
    LOG_TABLE,
    RESULTS_TABLE,
    SUMMARY_TABLE,
    INDICATOR, SUMMARY,
    Table,
    trends_table,
)


def add_outputs(book: Book) -> None:
    """Add the sheets to read, in their order."""
    _add(book, RESULTS_TABLE, READ)
    _add(book, SUMMARY_TABLE, READ, rows=[["", *[None] * 6], ["Total", *[None] * 6], ["Share", *[None] * 6]])
    _add(book, LISTS_TABLE, READ)
    _add(book, CONTEXT_TABLE, READ)
    _add(book, trends_table(book.content.trend_quarters, book.content.quarter), READ)
    sheet = add_page(book, INDICATOR, INDICATOR, READ)
    add_subtitle(book, sheet)
    book.name("kpiPicked", INDICATOR, "$C$5")
    _add(book, CHECKS_TABLE, READ)


def add_log(book: Book) -> None:
    """Add the list of what was done."""
    _add(book, LOG_TABLE, KEEP)


def _add(book: Book, table: Table, tab: str, rows=()) -> None:
    sheet = add_page(book, table.sheet, table.sheet, tab)
    add_subtitle(book, sheet)
    draw(book, sheet, Drawing(table, rows))
    sheet.freeze_panes(FIRST_ROW - 1, 0)
