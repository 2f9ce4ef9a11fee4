"""Calls of an application that fail when it is their turn, and all that can be seen of a workbook before and after."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from live.engine import LISTENERS
from live.engine.books import acts, has_copies, running, with_copies

from xlkpi.workbook.live import LiveBook
from xlkpi.workbook.livebook.picture import Outline, Spot


class ExcelSays(Exception):
    """Stands for an error of Excel's, which is none of Python's own."""


def fail_at(step: int, error: Callable[[str], Exception]) -> list[str]:
    """Have the call that changes something for the step-th time fail; return the calls as they come."""
    seen: list[str] = []

    def listener(name: str) -> None:
        if acts(name):
            seen.append(name)
            if len(seen) == step:
                raise error(name)

    LISTENERS.append(listener)
    return seen


def state(book: Any) -> dict[str, Any]:
    """Return all that can be seen of a workbook: cells, number formats, links, filters, protection, settings."""
    copies = has_copies()
    with_copies(wanted=True)
    seen = LiveBook(book)._seen
    with_copies(wanted=copies)
    outline = seen.outline
    shown: dict[str, Any] = {"outline": outline, "settings": dict(running()._settings)}
    for sheet in outline.sheets:
        cells = seen.grid(sheet).cells
        typed = {spot: one.formula.lower() if one.formula else one.value for spot, one in cells.items()}
        spots = cells.keys() | _in_tables(outline, sheet)
        known = seen.formats(sheet, spots)  # an empty cell that a copy does not list has none of its own
        codes = {spot: known.get(spot, "General").replace("[$-409]", "") for spot in spots}
        shown[sheet] = typed, codes, dict(seen.links(sheet)), seen.protection(sheet)
    shown["filters"] = {name: seen.filters(listed) for name, listed in outline.tables.items()}
    shown["active"] = book.sheets.active.name
    return shown


def _in_tables(outline: Outline, sheet: str) -> set[Spot]:
    """Return the cells of the tables of a sheet, empty ones too."""
    return {
        Spot(row, column)
        for one in outline.tables.values()
        if one.sheet == sheet
        for row in range(one.top, one.bottom + 1)
        for column in range(one.left, one.left + one.width)
    }
