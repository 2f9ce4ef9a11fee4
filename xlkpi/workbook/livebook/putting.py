"""Sheets put into an open workbook from the one that they were drawn in, and names given to cells; none of it, or all."""

from __future__ import annotations

import shutil
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

from xlkpi.errors import EditRefused
from xlkpi.workbook.livebook.changes import Changes
from xlkpi.workbook.livebook.drawn import Put
from xlkpi.workbook.livebook.hands import Hands
from xlkpi.workbook.livebook.native import Native

POINTING = (
    "a deleted sheet cannot be put back while the workbook is open, for its copy would point to another file. Save and close "
    "the workbook, run: python -m xlkpi refresh <this file>, and open it again. That puts the sheet back."
)


def refuse_pointing(book: Any, native: Native, changes: Changes) -> None:
    """Refuse sheets whose copies would go on pointing to the workbook that they were drawn in.

    Raises:
        EditRefused: Where there is such a sheet, and no way to mend it here.
    """
    if not native.can_mend and any(put.points for put in changes.puts):
        raise EditRefused(f"{book.name}: {POINTING}")


class Before(NamedTuple):
    """The sheets of a workbook, and its names with what they stand for, before sheets or names are put in."""

    sheets: tuple[str, ...]
    names: dict[str, str]


def before_putting(book: Any, changes: Changes) -> Before | None:
    """Return what there is before; None where no sheet and no name is put in, so that nobody has to ask."""
    if not (changes.puts or changes.names):
        return None
    return Before(tuple(sheet.name for sheet in book.sheets), {name.name: name.refers_to for name in book.names})


def put_sheets(hands: Hands, changes: Changes) -> None:
    """Copy sheets from the workbook that they were drawn in, and give cells their names."""
    if changes.puts:
        _copy_across(hands, changes.puts)
    wanted = {name: place for put in changes.puts for name, place in put.names.items()} | changes.names
    if wanted:
        _name(hands.book, wanted, {put.sheet for put in changes.puts})


def _copy_across(hands: Hands, puts: list[Put]) -> None:
    """Copy sheets from another workbook.

    Excel takes names for cells of a sheet along as names of the sheet alone where the workbook has such a name already, and
    may call the table of a copy otherwise: both are put right. None of this could be tried in Excel itself.
    """
    path = puts[0].drawn
    folder = hands.native.writes_to(path.parent)
    if folder != path.parent:  # elsewhere the user would be asked whether Excel may read it
        path = Path(shutil.copy(path, folder / path.name))
    try:
        _copy_from(hands, path, puts)
    finally:
        if path != puts[0].drawn:
            path.unlink(missing_ok=True)


def _copy_from(hands: Hands, path: Path, puts: list[Put]) -> None:
    drawn = hands.app.books.open(str(path), update_links=False, read_only=True)
    try:
        for put in puts:
            new = drawn.sheets[put.source].copy(after=hands.sheet(put.after))
            hands.keep(put.sheet, new)
            if new.name != put.sheet:
                new.name = put.sheet
            for table, name in zip(new.tables, put.tables, strict=True):
                if table.name != name:
                    table.name = name
    finally:
        drawn.close()
        hands.book.activate()


def _name(book: Any, wanted: dict[str, str], fresh: set[str]) -> None:
    """Let names of the whole workbook stand for cells, and none of the new sheets have them for itself."""
    left = {name.casefold(): (name, place) for name, place in wanted.items()}
    there = set()
    for known in list(book.names):
        scope, _, text = known.name.rpartition("!")
        if text.casefold() not in left:
            continue
        if scope:
            if scope.strip("'").replace("''", "'") in fresh:
                known.delete()
        else:
            known.refers_to = left[text.casefold()][1]
            there.add(text.casefold())
    for key, (name, place) in left.items():
        if key not in there:
            book.names.add(name, place)


def give_sources(hands: Hands, changes: Changes) -> None:
    """Give sparklines and PivotTables their sources.

    Raises:
        EditRefused: Where a copy points elsewhere even so.
    """
    for one in changes.sparklines:
        hands.native.draw_sparklines(hands.sheet(one.sheet), one.area, one.source)
    for put in changes.puts:
        for pivot, table in put.pivots.items():
            hands.native.feed_pivot(hands.sheet(put.sheet), pivot, table)
    if changes.puts and hands.native.links_to(hands.book, changes.puts[0].drawn.name):
        raise EditRefused(f"{hands.book.name}: {POINTING}")


def take_sheets_back(hands: Hands, before: Before | None) -> None:
    """Take away the sheets that were put in, and let names stand for what they stood for."""
    if before is None:
        return
    for sheet in [one for one in hands.sheets if one.name not in before.sheets]:
        with suppress(Exception):
            sheet.delete()
    for known in list(hands.book.names):
        with suppress(Exception):
            if known.name not in before.names:
                known.delete()
            elif known.refers_to != before.names[known.name]:
                known.refers_to = before.names[known.name]
