"""A workbook in memory that keeps the promises of ``Backend``: grids of cells, tables on them, names."""

from __future__ import annotations

import copy
import datetime as dt
import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from xlkpi.errors import EditRefused, FileUnusable
from xlkpi.workbook.backend import (
    KEEP,
    AppendRows,
    Block,
    Cell,
    CopySheet,
    ExcelError,
    ForgetValues,
    Keep,
    NamedCell,
    RemoveSheet,
    Value,
    Write,
    WriteName,
    WriteTable,
    Written,
    column_letters,
    place,
)

_LONGEST_TEXT = 32_767
_LARGEST_WHOLE = 2**53
_ERRORS = {"#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A"}


class Spot(NamedTuple):
    """A cell of a sheet, both numbers from 1."""

    row: int
    column: int


class Area(NamedTuple):
    """A rectangle of cells, all bounds included."""

    top: int
    left: int
    bottom: int
    right: int

    def holds(self, spot: Spot) -> bool:
        return self.top <= spot.row <= self.bottom and self.left <= spot.column <= self.right

    def meets(self, other: Area) -> bool:
        apart = self.bottom < other.top or other.bottom < self.top or self.right < other.left or other.right < self.left
        return not apart

    def __str__(self) -> str:
        return f"{column_letters(self.left)}{self.top}:{column_letters(self.right)}{self.bottom}"


@dataclass
class Grid:
    """The cells of one sheet; a cell with a formula keeps what it came to beside it."""

    values: dict[Spot, Value] = field(default_factory=dict)
    formulas: dict[Spot, str] = field(default_factory=dict)
    merged: list[Area] = field(default_factory=list)

    def value(self, spot: Spot) -> Value:
        return self.values.get(spot)

    def put(self, spot: Spot, value: Value) -> None:
        self.formulas.pop(spot, None)
        if value is None or value == "":
            self.values.pop(spot, None)
        else:
            self.values[spot] = value

    def put_formula(self, spot: Spot, formula: str, value: Value = None) -> None:
        self.put(spot, value)
        self.formulas[spot] = formula

    def is_used(self, spot: Spot) -> bool:
        return spot in self.values or spot in self.formulas


@dataclass
class Listed:
    """Where a table stands: its heading row, and how many data rows follow."""

    name: str
    sheet: str
    top: int
    left: int
    width: int
    height: int

    @property
    def area(self) -> Area:
        return Area(self.top, self.left, self.top + self.height, self.left + self.width - 1)

    def spot(self, row: int, column: int) -> Spot:
        """Return a cell by row index (-1 is the heading row) and column index."""
        return Spot(self.top + 1 + row, self.left + column)

    def where(self, row: int, column: int) -> str:
        return place(self.sheet, *self.spot(row, column))


@dataclass
class _State:
    grids: dict[str, Grid] = field(default_factory=dict)
    tables: dict[str, Listed] = field(default_factory=dict)
    names: dict[str, tuple[str, Spot]] = field(default_factory=dict)


class MemoryWorkbook:
    """A workbook that lives as long as a test."""

    def __init__(self) -> None:
        """Start without sheets."""
        self.backup = True
        self._state = _State()
        self._before: _State | None = None

    # What an analyst does, without any check.

    def grid(self, sheet: str) -> Grid:
        """Return the cells of a sheet, which is added at the end where it is new."""
        return self._state.grids.setdefault(sheet, Grid())

    def table(self, name: str) -> Listed:
        """Return where a table stands."""
        return self._state.tables[name]

    def add_table(self, name: str, sheet: str, spot: Spot, cells_by_row: Sequence[Sequence[Value]]) -> None:
        """Put a table on a sheet, its headings first; one without rows gets an empty row."""
        height, width = max(1, len(cells_by_row) - 1), len(cells_by_row[0])
        grid, listed = self.grid(sheet), Listed(name, sheet, *spot, width, height)
        for row, cells in enumerate(cells_by_row, start=-1):
            for column, value in enumerate(cells):
                grid.put(listed.spot(row, column), value)
        self._state.tables[name] = listed

    def drop_table(self, name: str) -> None:
        """Delete a table with its cells; its sheet stays."""
        listed = self._state.tables.pop(name)
        grid = self.grid(listed.sheet)
        for spot in [spot for spot in {*grid.values, *grid.formulas} if listed.area.holds(spot)]:
            grid.put(spot, None)

    def define(self, name: str, sheet: str, spot: Spot, value: Value = None) -> None:
        """Let a name stand for a cell, and fill it."""
        self._state.names[name] = (sheet, spot)
        self.grid(sheet).put(spot, value)

    def drop_name(self, name: str) -> None:
        """Delete a name; its cell stays."""
        del self._state.names[name]

    def rename_sheet(self, old: str, new: str) -> None:
        """Rename a sheet; tables and names follow."""
        state = self._state
        state.grids = {new if sheet == old else sheet: grid for sheet, grid in state.grids.items()}
        state.names = {name: (new if sheet == old else sheet, spot) for name, (sheet, spot) in state.names.items()}
        for listed in state.tables.values():
            listed.sheet = new if listed.sheet == old else listed.sheet

    # What a back end promises.

    def sheets(self) -> list[str]:
        """Return the names of all worksheets, in their order."""
        return list(self._state.grids)

    def tables(self) -> dict[str, str]:
        """Return the sheet of every table, in the order of the sheets."""
        order = self.sheets()
        ordered = sorted(self._state.tables.values(), key=lambda one: order.index(one.sheet))
        return {listed.name: listed.sheet for listed in ordered}

    def headings(self, table: str) -> Sequence[str]:
        """Return the headings of a table, left to right."""
        return self.read(table).headings

    def read(self, table: str, only: Collection[str] | None = None) -> Block:  # noqa: ARG002  # all of it is at hand
        """Return a table with its values as last calculated."""
        listed = self._state.tables[table]
        grid, columns = self._state.grids[listed.sheet], range(listed.width)
        rows = [tuple(grid.value(listed.spot(row, column)) for column in columns) for row in range(listed.height)]
        return Block(
            sheet=listed.sheet,
            table=listed.name,
            top=listed.top + 1,
            left=listed.left,
            headings=tuple(str(grid.value(listed.spot(-1, column)) or "") for column in columns),
            rows=rows,
            formulas={
                (spot.row - listed.top - 1, spot.column - listed.left): formula
                for spot, formula in grid.formulas.items()
                if listed.area.holds(spot)
            },
            merged=tuple(str(area) for area in grid.merged if area.meets(listed.area)),
        )

    def read_name(self, name: str) -> NamedCell | None:
        """Return the single cell that a defined name stands for."""
        found = self._state.names.get(name)
        if found is None:
            return None
        sheet, spot = found
        return NamedCell(place(sheet, *spot), self._state.grids[sheet].value(spot))

    def apply(self, plan: Sequence[Write]) -> None:
        """Apply all writes, in order, or none."""
        draft = copy.deepcopy(self._state)
        for write in plan:
            _Draft(draft).apply(write)
        if plan:
            self._before = self._state if self.backup else None
        self._state = draft

    def leftovers(self, table: str) -> list[str]:
        """Return the cells beside and below a table that hold anything."""
        listed = self._state.tables[table]
        grid = self._state.grids[listed.sheet]
        used = sorted(spot for spot in {*grid.values, *grid.formulas} if spot.row >= listed.top)
        return [f"{column_letters(spot.column)}{spot.row}" for spot in used if not listed.area.holds(spot)]

    def undo(self) -> None:
        """Put back what the last plan replaced; a second undo takes the first back."""
        if self._before is None:
            raise FileUnusable("There is nothing to undo. Nothing was changed.")
        self._state, self._before = self._before, self._state


class _Draft:
    """One write on a state that is kept only where every write of the plan went well."""

    def __init__(self, state: _State) -> None:
        self._state = state

    def apply(self, write: Write) -> None:
        match write:
            case WriteTable():
                self._write_table(write)
            case AppendRows():
                self._append(write)
            case WriteName():
                self._write_name(write)
            case ForgetValues():
                self._forget(self._grid(write.sheet))
            case CopySheet():
                self._copy(write)
            case RemoveSheet():
                self._remove(write.sheet)

    def _grid(self, sheet: str) -> Grid:
        if sheet not in self._state.grids:
            raise EditRefused(f"There is no sheet named {sheet!r}.")
        return self._state.grids[sheet]

    def _listed(self, name: str) -> Listed:
        if name not in self._state.tables:
            raise EditRefused(f"There is no table named {name}.")
        return self._state.tables[name]

    def _write_table(self, write: WriteTable) -> None:
        listed = self._listed(write.table)
        grid = self._grid(listed.sheet)
        if write.headings is not None:
            if len(write.headings) != listed.width or len(set(map(str.lower, write.headings))) < listed.width:
                raise EditRefused(f"{listed.where(-1, 0)}: the headings do not fit the table {listed.name}.")
            for column, heading in enumerate(write.headings):
                grid.put(listed.spot(-1, column), heading)
        empty = [KEEP if listed.spot(0, column) in grid.formulas else None for column in range(listed.width)]
        self._place(listed, 0, write.rows or [empty])

    def _append(self, write: AppendRows) -> None:
        listed = self._listed(write.table)
        grid = self._grid(listed.sheet)
        first = (listed.spot(0, column) for column in range(listed.width))
        is_empty = listed.height == 1 and all(grid.value(spot) is None or spot in grid.formulas for spot in first)
        if write.rows:
            self._place(listed, 0 if is_empty else listed.height, write.rows)

    def _place(self, listed: Listed, start: int, rows: Sequence[Sequence[Written]]) -> None:
        """Write rows from a row index on; the table ends with the last of them."""
        grid, before, height = self._grid(listed.sheet), listed.height, start + len(rows)
        if any(len(row) != listed.width for row in rows):
            raise EditRefused(f"{listed.where(-1, 0)}: the table {listed.name} has {listed.width} columns.")
        self._refuse_obstacles(listed, grid, start, height)
        model = {column: grid.formulas.get(listed.spot(before - 1, column)) for column in range(listed.width)}
        for row, cells in enumerate(rows, start):
            for column, value in enumerate(cells):
                spot = listed.spot(row, column)
                if isinstance(value, Keep):
                    if row >= before and (formula := model[column]) is not None:
                        grid.put_formula(spot, formula)
                    if value.result is not None and spot in grid.formulas:
                        grid.values[spot] = value.result
                else:
                    _put(grid, spot, value, listed.where(row, column))
        for row in range(height, before):
            for column in range(listed.width):
                grid.put(listed.spot(row, column), None)
        listed.height = height

    def _refuse_obstacles(self, listed: Listed, grid: Grid, start: int, height: int) -> None:
        touched = listed.area._replace(top=listed.spot(start, 0).row, bottom=listed.top + max(height, listed.height))
        for area in grid.merged:
            if area.meets(touched):
                raise EditRefused(f"{place(listed.sheet, area.top, area.left)}: the merged area {area} is in the way.")
        grown = listed.area._replace(top=listed.area.bottom + 1, bottom=listed.top + height)
        for spot in sorted({*grid.values, *grid.formulas}):
            if grown.holds(spot):
                raise EditRefused(f"{place(listed.sheet, *spot)}: there is content below the table {listed.name}.")

    def _write_name(self, write: WriteName) -> None:
        if write.name not in self._state.names:
            raise EditRefused(f"There is no cell named {write.name}.")
        if not isinstance(write.value, Keep):
            sheet, spot = self._state.names[write.name]
            _put(self._grid(sheet), spot, write.value, place(sheet, *spot))

    @staticmethod
    def _forget(grid: Grid) -> None:
        for spot in grid.formulas:
            grid.values.pop(spot, None)

    def _copy(self, write: CopySheet) -> None:
        source, state = self._grid(write.source), self._state
        if write.sheet in state.grids or write.table in state.tables:
            raise EditRefused(f"There is a sheet {write.sheet!r} or a table {write.table} already.")
        tables = [listed for listed in state.tables.values() if listed.sheet == write.source]
        if len(tables) != 1:
            raise EditRefused(f"The sheet {write.source!r} does not hold one table.")
        new, old = copy.deepcopy(source), tables[0]
        new.formulas = {spot: formula.replace(old.name, write.table) for spot, formula in new.formulas.items()}
        self._forget(new)
        for address, value in write.cells.items():
            _put(new, spot_of(address), value, f"{write.sheet}!{address}")
        before = list(state.grids).index(write.source)
        grids = list(state.grids.items())
        state.grids = dict([*grids[:before], (write.sheet, new), *grids[before:]])
        state.tables[write.table] = Listed(write.table, write.sheet, old.top, old.left, old.width, old.height)

    def _remove(self, sheet: str) -> None:
        self._grid(sheet)
        state = self._state
        gone = [listed.name for listed in state.tables.values() if listed.sheet == sheet]
        for name, (other, _) in state.names.items():
            if other == sheet:
                raise EditRefused(f"The name {name} refers to the sheet {sheet!r}.")
        for other, grid in state.grids.items():
            for spot, formula in grid.formulas.items() if other != sheet else ():
                if any(word in formula for word in (*gone, sheet)):
                    raise EditRefused(f"{place(other, *spot)}: the formula refers to the sheet {sheet!r}.")
        del state.grids[sheet]
        for name in gone:
            del state.tables[name]


def spot_of(address: str) -> Spot:
    """Return the cell of an address such as ``B3``."""
    letters = address.rstrip("0123456789")
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - ord("A") + 1
    return Spot(int(address[len(letters) :]), column)


def _put(grid: Grid, spot: Spot, written: Value | Cell, where: str) -> None:
    """Fill a cell as a file would: whole numbers come back as floats, dates with a time."""
    if spot in grid.formulas:
        raise EditRefused(f"{where}: the cell holds a formula, which the new value would destroy.")
    value = written.value if isinstance(written, Cell) else written
    if isinstance(value, str) and len(value) > _LONGEST_TEXT:
        raise EditRefused(f"{where}: the text has more characters than a cell holds.")
    if isinstance(value, ExcelError) and value.text not in _ERRORS:
        raise EditRefused(f"{where}: {value.text!r} is no error that Excel knows.")
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        if not math.isfinite(value) or (isinstance(value, int) and abs(value) > _LARGEST_WHOLE):
            raise EditRefused(f"{where}: the number is {value}, which a cell cannot hold.")
        value = float(value)
    if isinstance(value, dt.date) and not isinstance(value, dt.datetime):
        value = dt.datetime(value.year, value.month, value.day)  # a cell knows no time zone
    if isinstance(value, dt.datetime) and value.tzinfo is not None:
        raise EditRefused(f"{where}: the time {value} names a time zone.")
    grid.put(spot, value)
