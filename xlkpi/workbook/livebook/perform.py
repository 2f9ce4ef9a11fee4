"""The changes made in Excel: few calls, the screen still, and everything put back where one of them fails."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext, suppress
from functools import partial
from itertools import groupby
from typing import Any

from xlkpi.errors import EditRefused, XlkpiError
from xlkpi.workbook.backend import column_letters
from xlkpi.workbook.layout import OUTPUTS
from xlkpi.workbook.livebook.changes import Changes, Duplicate, Resize
from xlkpi.workbook.livebook.hands import Hands
from xlkpi.workbook.livebook.native import Native, refuse_protected
from xlkpi.workbook.livebook.picture import Filter, Listed, Protection, Seen, joined
from xlkpi.workbook.livebook.putting import before_putting, give_sources, put_sheets, refuse_pointing, take_sheets_back
from xlkpi.workbook.ooxml.address import Area

_STILL = {"screen_updating": False, "enable_events": False, "calculation": "manual", "interactive": False}


def perform(book: Any, native: Native, changes: Changes, back: Changes, seen: Seen) -> None:
    """Make changes, or leave everything as it was.

    Args:
        book: The open workbook.
        native: What xlwings does not offer on every system.
        changes: What to do.
        back: What takes it back.
        seen: The workbook as it stands.

    Raises:
        EditRefused: Where Excel refuses a step; everything is as before.
    """
    refuse_pointing(book, native, changes)
    filters, protections = _filters(changes, seen), _protections(changes, seen)
    try:
        _performed(Hands(book, native), changes, back, filters, protections)
    except Exception as error:
        if isinstance(error, XlkpiError) or type(error).__module__ == "builtins":
            raise
        raise EditRefused(
            f"{book.name}: Excel refused a step ({error}); everything was put back as it was. Finish what is under way in "
            "Excel, and try again."
        ) from error


def _performed(
    hands: Hands,
    changes: Changes,
    back: Changes,
    filters: list[tuple[Listed, Filter]],
    protections: dict[str, Protection],
) -> None:
    alerts = bool(changes.removed or changes.copies or changes.puts)
    open_ = {sheet: how for sheet, how in protections.items() if sheet not in changes.fresh}
    whole = before_putting(hands.book, changes)
    with _still(hands, alerts=alerts) as before, _showing(hands) if alerts else nullcontext():
        try:
            _unprotect(hands, open_)
            _unfilter(hands, filters)
            _make(hands, changes, protections)
            if changes.calculate and before["calculation"] == "manual":
                hands.app.calculate()
            _refilter(hands, filters)
            _protect(hands, open_)
            for sheet in changes.removed:
                hands.sheet(sheet).delete()
        except Exception:
            for sheet in open_:
                with suppress(Exception):
                    hands.native.unprotect(hands.sheet(sheet))
            try:
                take_sheets_back(hands, whole)
                _take_back(hands, changes, back, protections)
            finally:
                _again(hands, filters, open_)
            raise
        hands.native.recount_pivots(hands.book, {*OUTPUTS, *(listed.name for listed in changes.tables)})


def _filters(changes: Changes, seen: Seen) -> list[tuple[Listed, Filter]]:
    """Return what filters let through in tables that are written to: for the time of that they show all rows.

    Raises:
        EditRefused: Where a filter could not be put back afterwards.
    """
    found, written = [], changes.sheets()
    for listed in changes.tables:
        filters = seen.filters(listed) if listed.sheet in written else ()
        if filters is None:
            raise EditRefused(
                f"{listed.where(-1, 0)}: a filter by colour, by icon or by date hides rows of the table {listed.name}, and "
                "could not be put back as it is. Show all rows (Data, Clear), and try again."
            )
        found += [(listed, one) for one in filters]
    return found


def _protections(changes: Changes, seen: Seen) -> dict[str, Protection]:
    """Return how the sheets that are written to are protected.

    Raises:
        EditRefused: Where one is protected by a password.
    """
    sources = {one.sheet: one.source for one in changes.copies}
    found = {}
    drawn = {one.sheet for one in changes.puts}  # never protected
    for sheet in dict.fromkeys([*sources, *(one for one in changes.sheets() if one not in drawn)]):
        how = seen.protection(sources.get(sheet, sheet))
        if how is not None and how.password:
            raise refuse_protected(sources.get(sheet, sheet))
        if how is not None:
            found[sheet] = how
    return found


def _make(hands: Hands, changes: Changes, protections: dict[str, Protection]) -> None:
    put_sheets(hands, changes)
    for one in changes.copies:
        _copy(hands, one)
        if one.sheet in protections and not hands.native.unprotect(hands.sheet(one.sheet)):
            raise refuse_protected(one.source)
    for resize in changes.resizes:
        _resize(hands, resize)
    _write(hands, changes)
    give_sources(hands, changes)
    for one in changes.copies:
        if one.sheet in protections:
            hands.native.protect(hands.sheet(one.sheet), protections[one.sheet])


def _copy(hands: Hands, one: Duplicate) -> None:
    source, beside = hands.sheet(one.source), hands.sheet(one.beside)
    source.copy(**({"after": beside} if one.behind else {"before": beside}))
    new = hands.sheets(beside.index + (1 if one.behind else -1))
    new.name = one.sheet
    hands.keep(one.sheet, new)
    next(iter(new.tables)).name = one.table


def _resize(hands: Hands, resize: Resize) -> None:
    before, after, tail = resize
    rows = Area(0, before.left, 0, before.left + before.width - 1)

    def area(top: int, bottom: int) -> Any:
        return hands.area(after.sheet, rows._replace(top=top, bottom=bottom))

    more = after.height - before.height
    covered = before.height - tail
    if tail and covered > 1 and covered + more > 1:
        # Cells that come or go inside what a chart shows: the chart follows. What stands below the table stays.
        last = before.bottom - tail
        if more > 0:
            inside, below = area(last, last + more - 1), area(after.bottom + 1, after.bottom + more)
            _both(partial(inside.insert, "down"), partial(below.delete, "up"), partial(inside.delete, "up"))
        else:
            inside, below = area(last + more, last - 1), area(after.bottom + 1, before.bottom)
            _both(partial(inside.delete, "up"), partial(below.insert, "down"), partial(inside.insert, "down"))
    hands.table(after).resize(area(after.top, after.bottom))
    if more < 0:
        area(after.bottom + 1, before.bottom).clear()
    elif not tail:
        area(before.bottom, before.bottom).autofill(area(before.bottom, after.bottom), "fill_formats")


def _both(first: Callable[[], object], second: Callable[[], object], back: Callable[[], object]) -> None:
    """Take two steps, or none."""
    first()
    try:
        second()
    except Exception:
        back()
        raise


def _write(hands: Hands, changes: Changes) -> None:
    for one in changes.rectangles:
        hands.fill(one)
    for sheet, formats in changes.formats.items():
        for text, areas in formats.items():
            for address in joined(areas, together=hands.native.joins):
                hands.area(sheet, address).number_format = text
    for (sheet, height), areas in _by_height(changes.heights).items():
        for address in joined(areas, together=hands.native.joins):
            hands.area(sheet, address).row_height = height
    for link in changes.links:
        cell = f"{column_letters(link.spot.column)}{link.spot.row}"
        hands.area(link.sheet, cell).add_hyperlink(f"#{link.place}", link.text, link.place)
    for sheet, address in changes.unlinked:
        hands.native.unlink(hands.area(sheet, address))


def _by_height(heights: Sequence[tuple[str, int, float]]) -> dict[tuple[str, float], list[str]]:
    """Return the rows of each sheet that shall be equally high, those that follow each other as one area."""
    found: dict[tuple[str, float], list[str]] = {}
    ordered = enumerate(sorted(heights))
    for (sheet, height, _), run in groupby(ordered, key=lambda one: (one[1][0], one[1][2], one[1][1] - one[0])):
        rows = [row for _, (_, row, _) in run]
        found.setdefault((sheet, height), []).append(f"A{rows[0]}:A{rows[-1]}")
    return found


def _take_back(hands: Hands, changes: Changes, back: Changes, protections: dict[str, Protection]) -> None:
    """Undo as much as was done; a table that never changed its size is left alone."""
    present = {sheet.name for sheet in hands.sheets}
    for one in changes.copies:
        for name in {one.sheet, f"{one.source} (2)"} & present:
            with suppress(Exception):
                hands.sheets(name).delete()
    rest = _without(back, set(changes.removed) & present)
    for duplicate in rest.copies:
        _copy(hands, duplicate)
    fresh = {one.sheet for one in rest.copies}
    for resize in rest.resizes:
        size = hands.table(resize.after).range.shape[0] - 1 - resize.before.totals
        if resize.after.sheet in fresh or size == resize.before.height:
            with suppress(Exception):
                _resize(hands, resize)
    _write(hands, rest)
    for one in rest.copies:
        if one.source in protections:
            hands.native.protect(hands.sheet(one.sheet), protections[one.source])


def _without(back: Changes, sheets: set[str]) -> Changes:
    """Return what takes changes back without what is about some sheets."""
    return Changes(
        copies=[one for one in back.copies if one.sheet not in sheets],
        resizes=[one for one in back.resizes if one.after.sheet not in sheets],
        rectangles=[one for one in back.rectangles if one.sheet not in sheets],
        formats={sheet: found for sheet, found in back.formats.items() if sheet not in sheets},
        links=[one for one in back.links if one.sheet not in sheets],
        unlinked=[one for one in back.unlinked if one[0] not in sheets],
    )


@contextmanager
def _still(hands: Hands, *, alerts: bool) -> Iterator[dict[str, Any]]:
    """Keep screen, calculation, events and the user's hands still; then have them as they were, which is what is told."""
    app = hands.app
    wanted = {**_STILL, "display_alerts": False} if alerts else _STILL
    wanted = {name: value for name, value in wanted.items() if name not in hands.native.lacks}
    before = {name: getattr(app, name) for name in wanted}
    try:
        for name, value in wanted.items():
            if before[name] != value:
                setattr(app, name, value)
        yield before
    finally:
        for name, value in reversed(before.items()):
            if value != wanted[name]:
                _surely(partial(setattr, app, name, value))


@contextmanager
def _showing(hands: Hands) -> Iterator[None]:
    """Go back to the sheet that is shown, if it is there still: a sheet that is copied or removed leads to another."""
    shown = hands.sheets.active
    try:
        yield
    finally:
        with suppress(Exception):
            shown.activate()


def _surely(step: Callable[[], object]) -> None:
    """Take a step, once more where it fails: what is done is done, and what the user had shall be there again."""
    try:
        step()
    except Exception:  # noqa: BLE001  # an error of Excel's, without a kind of its own
        with suppress(Exception):
            step()


def _unprotect(hands: Hands, protections: dict[str, Protection]) -> None:
    """Take the protection off the sheets that are written to.

    Raises:
        EditRefused: Where a sheet is protected by a password.
    """
    for sheet in protections:
        if not hands.native.unprotect(hands.sheet(sheet)):
            raise refuse_protected(sheet)


def _protect(hands: Hands, protections: dict[str, Protection]) -> None:
    for sheet, how in protections.items():
        hands.native.protect(hands.sheet(sheet), how)


def _again(hands: Hands, filters: list[tuple[Listed, Filter]], protections: dict[str, Protection]) -> None:
    """Filter and protect as before, as far as Excel lets us; a sheet with a password never lost it."""
    for listed, one in filters:
        with suppress(Exception):
            hands.native.refilter(hands.table(listed), one)
    for sheet, how in protections.items():
        with suppress(Exception):
            if hands.native.unprotect(hands.sheet(sheet)):
                hands.native.protect(hands.sheet(sheet), how)


def _unfilter(hands: Hands, filters: list[tuple[Listed, Filter]]) -> None:
    """Show all rows of filtered tables."""
    by_table: dict[Listed, list[Filter]] = {}
    for listed, one in filters:
        by_table.setdefault(listed, []).append(one)
    for listed, found in by_table.items():
        hands.native.unfilter(hands.table(listed), found)


def _refilter(hands: Hands, filters: list[tuple[Listed, Filter]]) -> None:
    for listed, one in filters:
        hands.native.refilter(hands.table(listed), one)
