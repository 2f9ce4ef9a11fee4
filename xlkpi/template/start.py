"""The first sheet."""

from __future__ import annotations

from xlkpi.calculate.status import Status
from xlkpi.template.page import READ, Book, add_page, add_subtitle
from xlkpi.workbook.layout import JUDGED_EXACT, START, YES, Name


def add_start(book: Book) -> None:
    """Add the first sheet."""
    sheet = add_page(book, START, "=" + Name.ORGANISATION, READ)
    add_subtitle(book, sheet)
    typed = {Name.ORGANISATION: book.content.organisation, Name.QUARTER: book.content.quarter.label,
             Name.JUDGED: JUDGED_EXACT, Name.BACKUP: YES}
    written = [Name.SHOWN, Name.REFRESHED, Name.CHANGED, Name.NEXT, Name.BASE]
    written += [f(s) for s in Status for f in (Name.count, Name.share)]
    for row, name in enumerate([*typed, *written], 6):
        sheet.write_string(row, 1, name)
        sheet.write(row, 2, typed.get(name, ""))
        book.name(name, START, f"$C${row+1}")
