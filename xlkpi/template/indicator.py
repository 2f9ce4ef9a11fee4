"""One indicator."""

from __future__ import annotations

from xlkpi.template.page import READ, Book, add_page, add_subtitle
from xlkpi.workbook.layout import INDICATOR


def add_indicator(book: Book) -> None:
    """Add it."""
    sheet = add_page(book, INDICATOR, INDICATOR, READ)
    add_subtitle(book, sheet)
    book.name("kpiPicked", INDICATOR, "$C$5")
