"""Excel for Mac, spoken to by Apple events."""

from __future__ import annotations

import importlib
import time
from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from xlkpi.errors import ExcelBusy
from xlkpi.workbook.backend import ExcelError, Value
from xlkpi.workbook.livebook.native import (
    BUSY,
    ERRORS,
    PAUSE,
    TRIES,
    Common,
    Found,
    Used,
    parsed,
    plain_value,
    source_of,
    told,
    two_deep,
)
from xlkpi.workbook.livebook.picture import ALLOWED, Filter, Protection
from xlkpi.workbook.ooxml.address import Area

#: The macro of our workbooks and of the add-in that writes a copy of an open workbook.
SAVE_COPY = "XlkpiSaveCopy"


class Mac(Common):
    """Excel for Mac, by Apple events."""

    can_mend = False
    joins = False  # xlwings would take the first cell of several areas for all of them
    lacks = frozenset({"interactive"})

    def refuse_busy(self, app: Any) -> None:
        """Set a property to what it is; an Excel whose user is typing into a cell answers with an error."""
        for _ in range(TRIES):
            try:
                app.api.enable_events.set(app.api.enable_events.get())
            except Exception:  # noqa: BLE001  # whatever it says, it did not answer
                time.sleep(PAUSE)
            else:
                return
        raise ExcelBusy(BUSY)

    def full_name(self, book: Any) -> str:
        """Ask the workbook."""
        return str(book.api.full_name.get())

    def writes_to(self, folder: Path) -> Path:  # noqa: ARG002  # outside its own it would ask the user
        """Return Excel's own folder: it is locked into that one, and calls it its home."""
        return Path.home() / "Library" / "Containers" / "com.microsoft.Excel" / "Data"

    def save_copy(self, book: Any, path: Path) -> bool:
        """Have a macro of ours do it: Apple events know no such command.

        Any open workbook or add-in of ours that carries the macro will do. What it is told is the name of the workbook and
        32 digits that were drawn by lot; it makes the path of these itself.
        """
        run = book.app.macro(SAVE_COPY)
        try:
            run(path.stem, str(book.name))
        except Exception:  # noqa: BLE001  # no such macro, or macros are switched off
            return False
        try:
            with path.open("rb"):
                return True
        except OSError:  # the user may have forbidden this program to look there: then Excel itself takes the copy away
            with suppress(Exception):
                run(path.stem, "")
            return False

    def is_saved(self, book: Any) -> bool:
        """Ask the workbook."""
        return bool(book.api.saved.get()) and not book.api.read_only.get()

    def sheets(self, book: Any) -> dict[str, Any]:
        """Ask for all names at once."""
        return {name: book.sheets(name) for name in _every(book.api.worksheets.name)}

    def names(self, book: Any) -> list[tuple[str, str]]:
        """Ask for all names at once, and for all places; one by one where a name is there twice, which Excel mixes up."""
        found = _every(book.api.named_items.name)
        places = _every(book.api.named_items.references)
        if len({one.casefold() for one in found}) == len(places):
            return list(zip(found, places, strict=True))
        return super().names(book)

    def tables(self, book: Any, sheets: Mapping[str, Any]) -> dict[str, list[Found]]:
        """Ask for the names of all tables at once, and for what has totals; then each table for its place."""
        listed = book.api.worksheets.list_objects
        names, totals = _by_sheet(listed.name, len(sheets)), _by_sheet(listed.total, len(sheets))
        found: dict[str, list[Found]] = {}
        for at, sheet in enumerate(sheets):
            own = book.api.worksheets[sheet].list_objects
            known = _every(own.name) if names is None else names[at]
            ends = totals[at] if totals is not None else _every(own.total) if known else []
            found[sheet] = [
                Found(name, parsed(own[name].range_object.get_address()), bool(total))
                for name, total in zip(known, ends, strict=True)
            ]
        return found

    def used(self, book: Any, sheet: str, sheets: Mapping[str, Any]) -> dict[str, Used]:
        """Ask for place, cells and what is merged of all sheets at once; of one where Excel does not answer so."""
        every = book.api.worksheets.used_range
        corner = every.first_row_index, every.first_column_index
        asked = (*corner, every.value, every.formula, every.merge_cells)
        told_of = [answer for one in asked if (answer := _together(one, len(sheets))) is not None]
        if len(told_of) < len(asked):
            area = book.api.worksheets[sheet].used_range
            place = parsed(area.get_address())
            values, formulas = _values_of(area, area.value.get()), two_deep(area.formula.get())
            return {sheet: Used(place, values, formulas, area.merge_cells.get() is not False)}
        found = {}
        for name, top, left, values, formulas, merged in zip(sheets, *told_of, strict=True):
            rows = _values_of(book.api.worksheets[name].used_range, values)
            place = Area(top, left, top + len(rows) - 1, left + len(rows[0]) - 1)
            found[name] = Used(place, rows, two_deep(formulas), merged is not False)
        return found

    def protection(self, sheet: Any) -> Protection | None:
        """Return the options of ``protect worksheet``."""
        found = sheet.api
        if not found.protect_contents.get():
            return None
        kept = found.protection_object
        allowed = frozenset(name for name in ALLOWED if getattr(kept, f"allow_{name}").get())
        objects, scenarios = found.protect_drawing_objects.get(), found.protect_scenarios.get()
        return Protection(None, bool(objects), bool(scenarios), allowed)

    def unprotect(self, sheet: Any) -> bool:
        """Try without a password."""
        found = sheet.api
        try:
            found.unprotect(password="")
        except Exception:  # noqa: BLE001  # a wrong password is an error without a kind of its own
            return False
        return not found.protect_contents.get()

    def protect(self, sheet: Any, how: Protection) -> None:
        """Protect a sheet as it was."""
        allowed = {f"allow_{name}": name in how.allowed for name in ALLOWED}
        sheet.api.protect_worksheet(
            worksheet_contents=True, drawing_objects=how.objects, scenarios=how.scenarios, **allowed
        )

    def unlink(self, area: Any) -> None:
        """Delete the links; the format of the cells stays."""
        area.api.clear_hyperlinks()

    def unfilter(self, table: Any, filters: Sequence[Filter]) -> None:
        """Let each filtered column let everything through."""
        area = table.api.range_object
        for one in filters:
            area.autofilter_range(field=one.field)

    def refilter(self, table: Any, one: Filter) -> None:
        """Ask the range of the table."""
        words = _words()
        named: dict[str, Any] = {"field": one.field, "criteria1": one.criteria1}
        if isinstance(one.criteria1, tuple):
            named["criteria1"] = list(one.criteria1)
        if one.operator is not None:
            named["operator"] = getattr(words, _OPERATORS[one.operator])
        if one.criteria2 is not None:
            named["criteria2"] = one.criteria2
        table.api.range_object.autofilter_range(**named)

    def drawn(self, sheet: Any) -> Iterable[tuple[str, str]]:
        """Ask every series of every chart, and every pivot table."""
        found = sheet.api
        for chart in _every(found.chart_objects):
            for series in _every(chart.chart.series_collection):
                yield "a chart", told(series.formula.get, sheet)
        for pivot in _every(found.pivot_tables):
            with suppress(Exception):  # one that reads from outside the workbook
                yield "a pivot table", source_of(pivot.source_data.get())

    def recount_pivots(self, book: Any, tables: Collection[str]) -> None:
        """Refresh them one by one; one that reads from elsewhere than a table, or that Excel refuses, stays as it is."""
        sheets = _every(book.api.worksheets.name)
        known = _by_sheet(book.api.worksheets.pivot_tables.name, len(sheets))
        for at, name in enumerate(sheets):
            with suppress(Exception):
                for pivot in _every(book.api.worksheets[name].pivot_tables) if known is None or known[at] else ():
                    if source_of(pivot.source_data.get()) in tables:
                        pivot.refresh_table()

    def draw_sparklines(self, sheet: Any, area: str, source: str) -> None:
        """Refuse: Excel for Mac offers no sparklines to other programs."""
        raise NotImplementedError(sheet, area, source)

    def feed_pivot(self, sheet: Any, name: str, table: str) -> None:
        """Refuse: Excel for Mac offers no new source for a PivotTable to other programs."""
        raise NotImplementedError(sheet, name, table)

    def links_to(self, book: Any, other: str) -> bool:  # noqa: ARG002  # what could point is never copied here
        """Return that nothing does: here only sheets are copied that refer to nothing else."""
        return False


def _words() -> Any:
    """Return the words of Apple events."""
    return importlib.import_module("appscript").k  # comes with xlwings on a Mac alone


def _every(found: Any) -> list[Any]:
    """Return a property of every element of a kind; Apple events say "missing" where there are none."""
    told_of = found.get()
    return told_of if isinstance(told_of, list) else []


def _together(found: Any, wanted: int) -> list[Any] | None:
    """Return a property of every sheet, asked for at once; None where Excel does not answer for each."""
    with suppress(Exception):  # an error without a kind of its own
        told_of = found.get()
        if isinstance(told_of, list) and len(told_of) == wanted:
            return told_of
    return None


def _by_sheet(found: Any, wanted: int) -> list[list[Any]] | None:
    """Return a property of every element on every sheet, sheet by sheet; None where Excel does not answer so."""
    told_of = _together(found, wanted)
    return told_of if told_of is not None and all(isinstance(one, list) for one in told_of) else None


def _values_of(area: Any, answer: Any) -> list[list[Value]]:
    """Return the values of an area; an error comes as "missing", and only what the cell shows says which it is."""
    missing, found = _words().missing_value, two_deep(answer)
    if not any(one == missing for row in found for one in row):
        return [[plain_value(one) for one in row] for row in found]
    shown = two_deep(area.string_value.get())
    return [
        [(ExcelError(text) if text in ERRORS else None) if one == missing else plain_value(one) for one, text in pairs]
        for pairs in (zip(row, texts, strict=True) for row, texts in zip(found, shown, strict=True))
    ]


#: What a filter does with its conditions, as Apple events call it.
_OPERATORS = {
    "and": "autofilter_and", "or": "autofilter_or", "values": "filter_by_value", "top_items": "top_10_items",
    "bottom_items": "bottom_10_items", "top_percent": "top_10_percent", "bottom_percent": "bottom_10_percent",
}  # fmt: skip
