"""What Excel for Mac is made of, as Apple events name it, and where each of these is found in LibreOffice."""

from __future__ import annotations

import functools
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

from live.engine import books
from live.engine.area import Broken, Range


class Word(str):
    """A word of the dictionary that stands for a value, such as ``missing value``."""

    __slots__ = ()


class Words:
    """The words, made when asked for."""

    def __getattr__(self, name: str) -> Word:
        return Word(name)


class CommandError(Exception):
    """What Excel answers where it does not do as told."""

    errornumber = -50


MISSING = Word("missing_value")


class Every(list[Any]):
    """All elements of a kind, or a property of all."""


class Kind:
    """The elements of a kind, looked at no more than is needed, for each look takes LibreOffice a while."""

    def __init__(self, every: Any) -> None:
        self._every = every

    def one(self, key: Any) -> Any:
        """Return an element by its number or its name."""
        if key is None:
            raise KeyError(key)
        return self._every(key)

    def all(self) -> Every:
        """Return all elements."""
        return Every(self._every)


def _values(area: Range) -> Any:
    def value(one: Any) -> Any:
        return MISSING if isinstance(one, Broken) else "" if one is None else one

    return _each(area.raw_value, value)


def _strings(area: Range) -> Any:
    return _each(area.raw_value, lambda one: one.text if isinstance(one, Broken) else str(one))


def _each(found: Any, change: Callable[[Any], Any]) -> Any:
    return [[change(one) for one in row] for row in found] if isinstance(found, list) else change(found)


def _formulas(area: Range) -> Any:
    found = area.formula
    return [list(row) for row in found] if isinstance(found, tuple) else found


def _hidden(area: Range) -> list[bool]:
    rows = area._cells.Rows
    return [not rows.getByIndex(at).IsVisible for at in range(rows.Count)]


class Filtered:
    """One column's filter."""

    def __init__(self, first: Any = None, how: str | None = None, second: Any = None) -> None:
        words = {"values": "filter_by_value", "and": "autofilter_and", "or": "autofilter_or"}
        self.first = list(first) if isinstance(first, tuple) else first
        self.how, self.second = Word(words[how]) if how else None, second


def _filters(table: Any) -> Callable[[int], Filtered]:
    found = {one[0]: Filtered(*one[1:]) for one in table.filters()}
    return lambda field: found.get(field, Filtered())


def _of_table(table: Any) -> Range:
    area = table.range
    area.table = table
    return area


def _or_missing(found: Any) -> Any:
    return MISSING if found is None else found


class Kept:
    """What stays allowed on a protected sheet: nothing, in LibreOffice."""


class Rows:
    """The rows of an area."""

    def __init__(self, area: Range) -> None:
        self.area = area


_SETTINGS = ("screen_updating", "display_alerts", "enable_events", "status_bar")
PLACES: dict[str, dict[str, Callable[[Any], Any]]] = {
    "App": {
        **{name: functools.partial(lambda name, app: getattr(app, name), name) for name in _SETTINGS},
        "calculation": lambda app: Word(f"calculation_{app.calculation}"),
        "workbooks": lambda app: Kind(app.books),
        "active_workbook": lambda app: next(iter(app.books)),
    },
    "Book": {
        "name": lambda book: book.name,
        "full_name": lambda book: book.fullname,
        "saved": lambda book: not book.api.isModified(),
        "read_only": lambda book: book.api.isReadonly(),
        "worksheets": lambda book: Kind(book.sheets),
        "sheets": lambda book: Kind(book.sheets),
        "active_sheet": lambda book: book.sheets.active,
        "named_items": lambda book: Every(one for _, one in book.names.snapshot()),
    },
    "Name": {
        "name": lambda name: name.name,
        "references": lambda name: name.refers_to,
        "properties": lambda name: {Word("references"): name.refers_to, Word("name"): name.name},
    },
    "Sheet": {
        "name": lambda sheet: sheet.name,
        "entry_index": lambda sheet: sheet.index,
        "cells": lambda sheet: sheet.range,
        "used_range": lambda sheet: sheet.used_range,
        "list_objects": lambda sheet: Kind(sheet.tables),
        "named_items": lambda _: Every(),
        "shapes": lambda sheet: Kind(sheet.shapes),
        "protect_contents": lambda sheet: sheet.api.isProtected(),
        "protect_drawing_objects": lambda _: True,
        "protect_scenarios": lambda _: True,
        "protection_object": lambda _: Kept(),
        "chart_objects": lambda sheet: Every(Drawn(source) for _, source in books.running().engine.native.drawn(_As(sheet))),
        "pivot_tables": lambda sheet: Every(Pivot(sheet, name) for name in sheet.api.DataPilotTables.ElementNames),
    },
    "Kept": {f"allow_{name}": lambda _: False for name in (
        "formatting_cells", "formatting_columns", "formatting_rows", "inserting_columns", "inserting_rows",
        "inserting_hyperlinks", "deleting_columns", "deleting_rows", "sorting", "filtering", "using_pivot_table",
    )},
    "Table": {
        "name": lambda table: table.name,
        "total": lambda table: table.show_totals,
        "range_object": _of_table,
        "autofilter_object": lambda table: SimpleNamespace(filters=_filters(table)),
    },
    "SimpleNamespace": {"filters": lambda found: found.filters},
    "Filtered": {
        "filter_on": lambda one: one.first is not None,
        "operator": lambda one: _or_missing(one.how),
        "criteria1": lambda one: _or_missing(one.first),
        "criteria2": lambda one: _or_missing(one.second),
    },
    "Range": {
        "value": _values,
        "string_value": _strings,
        "formula": _formulas,
        "number_format": lambda area: _or_missing(area.number_format),
        "row_height": lambda area: area.row_height,
        "merge_cells": lambda area: _or_missing(area.merge_cells),
        "merge_area": lambda area: area.merge_area,
        "entire_row": Rows,
        "first_row_index": lambda area: area.row,
        "first_column_index": lambda area: area.column,
    },
    "Rows": {"rows": lambda rows: rows, "hidden": lambda rows: _hidden(rows.area)},
    "Drawn": {"chart": lambda one: one, "series_collection": lambda one: Every([one]), "formula": lambda one: one.source},
    "Pivot": {"name": lambda one: one.name, "source_data": lambda one: one.source()},
}  # fmt: skip


class Drawn(SimpleNamespace):
    """A chart that draws one series."""

    def __init__(self, source: str) -> None:
        super().__init__(source=source)


class Pivot:
    """A pivot table of a sheet."""

    def __init__(self, sheet: Any, name: str) -> None:
        self.book, self.name, self._found = sheet.book, name, sheet.api.DataPilotTables.getByName(name)

    def source(self) -> str:
        """Return the table that it reads, for Excel remembers that one's name."""
        at, ranges = self._found.SourceRange, self.book.api.DatabaseRanges
        found = ((name, ranges.getByName(name).DataArea) for name in ranges.ElementNames)
        return next(
            name
            for name, area in found
            if (area.Sheet, area.StartRow, area.StartColumn) == (at.Sheet, at.StartRow, at.StartColumn)
        )


class _As:
    """A sheet of the engine as xlwings shows it."""

    def __init__(self, sheet: Any) -> None:
        self.api, self.name, self.impl = sheet.api, sheet.name, sheet
