"""The changes made in Excel: few calls, the screen still, and everything put back where one of them fails."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

from xlkpi.errors import EditRefused, XlkpiError
from xlkpi.workbook.backend import column_letters
from xlkpi.workbook.livebook.changes import Changes, Copied, Resize
from xlkpi.workbook.livebook.native import Native, refuse_protected
from xlkpi.workbook.livebook.typed import typed

#: Excel takes no longer text for several areas at once.
_LONGEST_ADDRESS = 240
_STILL = {"screen_updating": False, "enable_events": False, "calculation": "manual", "interactive": False}


def perform(book: Any, native: Native, changes: Changes, back: Changes) -> None:
    """Make changes, or leave everything as it was.

    Args:
        book: The open workbook.
        native: What xlwings does not offer on every system.
        changes: What to do.
        back: What takes it back.

    Raises:
        EditRefused: Where Excel refuses a step; the tables are as before.
    """
    refuse_filtered(book, native, changes)
    with _still(book, alerts=bool(changes.removed or changes.copies)), _unprotected(book, native, changes):
        try:
            _make(book, native, changes)
        except Exception as error:
            _take_back(book, native, changes, back)
            if isinstance(error, XlkpiError) or type(error).__module__ == "builtins":
                raise
            raise EditRefused(
                f"{book.name}: Excel refused a step ({error}); the tables were put back as they were. Finish what is under "
                "way in Excel, and try again."
            ) from error
    if changes.calculate and book.app.calculation == "manual":
        book.app.calculate()


def refuse_filtered(book: Any, native: Native, changes: Changes) -> None:
    """Refuse to write to tables of which a filter hides rows: some steps would reach the visible ones alone.

    Raises:
        EditRefused: Naming the first such table.
    """
    for listed in changes.tables:
        if native.is_filtered(book.sheets[listed.sheet].tables[listed.name]):
            raise EditRefused(
                f"{listed.where(-1, 0)}: a filter hides rows of the table {listed.name}. Show all rows (Data, Clear), and "
                "try again."
            )


def _make(book: Any, native: Native, changes: Changes) -> None:
    held = []
    for copied in changes.copies:
        new = _copy(book, copied)
        held.append((new, native.unprotected(new)))
        if held[-1][1] is False:
            raise refuse_protected(copied.source)
    for resize in changes.resizes:
        _resize(book, resize)
    _write(book, changes)
    for sheet, address in changes.unlinked:
        native.unlink(book.sheets[sheet].range(address))
    for new, how in held:
        if how is not None:
            native.protect(new, how)
    for sheet in changes.removed:
        book.sheets[sheet].delete()


def _copy(book: Any, copied: Copied) -> Any:
    source, shown = book.sheets[copied.source], book.sheets.active
    taken = {sheet.name for sheet in book.sheets}
    source.copy(before=source)
    new = next(sheet for sheet in book.sheets if sheet.name not in taken)
    new.name = copied.sheet
    next(iter(new.tables)).name = copied.table
    shown.activate()
    return new


def _resize(book: Any, resize: Resize) -> None:
    before, after, tail = resize
    sheet = book.sheets[after.sheet]
    columns = f"{column_letters(before.left)}{{}}:{column_letters(before.left + before.width - 1)}{{}}"
    table = sheet.tables[after.name]
    covered = before.height - tail
    more = after.height - before.height
    if tail and covered > 1 and covered + more > 1:
        # Cells that come or go inside what a chart shows: the chart follows. What stands below the table stays.
        last = before.bottom - tail
        if more > 0:
            sheet.range(columns.format(last, last + more - 1)).insert("down")
            sheet.range(columns.format(after.bottom + 1, after.bottom + more)).delete("up")
        else:
            sheet.range(columns.format(last + more, last - 1)).delete("up")
            sheet.range(columns.format(after.bottom + 1, before.bottom)).insert("down")
    table.resize(sheet.range(columns.format(after.top, after.bottom)))
    if more < 0:
        sheet.range(columns.format(after.bottom + 1, before.bottom)).clear()
    elif not tail:
        model = sheet.range(columns.format(before.bottom, before.bottom))
        model.autofill(sheet.range(columns.format(before.bottom, after.bottom)), "fill_formats")


def _write(book: Any, changes: Changes) -> None:
    for sheet, top, left, rows in changes.rectangles:
        area = book.sheets[sheet].range((top, left), (top + len(rows) - 1, left + len(rows[0]) - 1))
        area.value = [[typed(content) for content in row] for row in rows]
    for sheet, formats in changes.formats.items():
        for text, areas in formats.items():
            for address in _joined(areas):
                book.sheets[sheet].range(address).number_format = text
    for sheet, row, height in changes.heights:
        book.sheets[sheet].range((row, 1)).row_height = height
    for link in changes.links:
        book.sheets[link.sheet].range(tuple(link.spot)).add_hyperlink(f"#{link.place}", link.text, link.place)


def _joined(areas: list[str]) -> Iterator[str]:
    """Yield addresses of several areas, none too long for Excel."""
    joined = areas[0]
    for area in areas[1:]:
        if len(joined) + len(area) >= _LONGEST_ADDRESS:
            yield joined
            joined = area
        else:
            joined += f",{area}"
    yield joined


def _take_back(book: Any, native: Native, changes: Changes, back: Changes) -> None:
    """Undo as much as was done; a table that never changed its size is left alone."""
    present = {sheet.name for sheet in book.sheets}
    for copied in changes.copies:
        for name in {copied.sheet, f"{copied.source} (2)"} & present:
            with suppress(Exception):
                book.sheets[name].delete()
    for before, after, tail in back.resizes:
        area = book.sheets[after.sheet].tables[after.name].range
        if area.shape[0] - 1 == before.height:
            with suppress(Exception):
                _resize(book, Resize(before, after, tail))
    _write(book, back)
    for sheet, address in back.unlinked:
        native.unlink(book.sheets[sheet].range(address))


@contextmanager
def _still(book: Any, *, alerts: bool) -> Iterator[None]:
    """Keep screen, calculation, events and the user's hands still; then have them as they were."""
    app = book.app
    wanted = {**_STILL, "display_alerts": False} if alerts else _STILL
    before = {name: getattr(app, name) for name in wanted}
    try:
        for name, value in wanted.items():
            if before[name] != value:
                setattr(app, name, value)
        yield
    finally:
        for name, value in reversed(before.items()):
            if value != wanted[name]:
                with suppress(Exception):
                    setattr(app, name, value)


@contextmanager
def _unprotected(book: Any, native: Native, changes: Changes) -> Iterator[None]:
    """Take the protection off the sheets that are written to, and put it back.

    Raises:
        EditRefused: Where a sheet is protected by a password.
    """
    held: list[tuple[str, Any]] = []
    fresh = {one.sheet: one.source for one in changes.copies}
    try:
        for name in changes.sheets():
            if name in fresh:
                continue
            how = native.unprotected(book.sheets[name])
            if how is False:
                raise refuse_protected(name)
            if how is not None:
                held.append((name, how))
        yield
    finally:
        for name, how in held:
            native.protect(book.sheets[name], how)
