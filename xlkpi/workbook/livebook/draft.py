"""A plan, tried on the picture of a workbook: what it comes to, or why it is refused. Excel is not touched."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from xlkpi.errors import EditRefused
from xlkpi.workbook.backend import (
    KEEP,
    AppendRows,
    Cell,
    CopySheet,
    ForgetValues,
    Keep,
    RemoveSheet,
    Write,
    WriteName,
    WriteTable,
    Written,
    column_letters,
    place,
)
from xlkpi.workbook.livebook.changes import Changes, Copied, Link, Resize, rectangles
from xlkpi.workbook.livebook.picture import Content, Grid, Listed, Outline, Spot, column_number
from xlkpi.workbook.livebook.typed import checked
from xlkpi.workbook.ooxml.address import has_cells, shift_rows

#: Returns the merged areas that touch an area of a sheet; both as top, left, bottom, right.
Merged = Callable[[str, tuple[int, int, int, int]], Sequence[tuple[int, int, int, int]]]


class Draft:
    """A workbook as it will be after a plan.

    Attributes:
        changes: What leads there.
    """

    def __init__(self, outline: Outline, grid: Callable[[str], Grid], merged: Merged) -> None:
        """Start with the workbook as it is.

        Args:
            outline: What it is made of.
            grid: Returns a sheet as it stands.
            merged: Returns merged areas.
        """
        self._outline, self._read, self._merged = outline, grid, merged
        self._sheets, self._tables = list(outline.sheets), dict(outline.tables)
        self._grids: dict[str, Grid] = {}
        self._sources: dict[str, str] = {}
        self._first: dict[str, Listed] = {}
        self._tails: dict[str, int] = {}
        self._written: dict[str, set[Spot]] = {}
        self._formats: dict[str, dict[str, dict[Spot, None]]] = {}
        self._links: dict[tuple[str, Spot], Link] = {}
        self.changes = Changes()

    def apply(self, plan: Sequence[Write]) -> Changes:
        """Return what a plan comes to.

        Raises:
            EditRefused: Where it would damage what is not ours.
        """
        for write in plan:
            match write:
                case WriteTable():
                    self._write_table(write)
                case AppendRows():
                    self._append(write)
                case WriteName():
                    self._write_name(write)
                case ForgetValues():
                    self._grid(write.sheet)
                    self.changes.calculate = True  # Excel works out what it shows; there is nothing to forget
                case CopySheet():
                    self._copy(write)
                case RemoveSheet():
                    self._remove(write.sheet)
        return self._finished()

    def _finished(self) -> Changes:
        changes = self.changes
        gone = set(changes.removed)
        for name, before in self._first.items():
            after = self._tables.get(name)
            if before.sheet not in self._sources and before.sheet not in gone:
                changes.tables.append(before)
            if after is not None and after.height != before.height:
                changes.resizes.append(Resize(before, after, self._tails.get(name, 0)))
        for sheet, written in self._written.items():
            if sheet in gone:
                continue
            now = self._grid(sheet)
            fresh = sheet in self._sources
            earlier = Grid() if fresh else self._read(sheet)
            for one in rectangles(sheet, written, now):
                spots = {
                    Spot(one.top + down, one.left + across)
                    for down, row in enumerate(one.rows)
                    for across in range(len(row))
                }
                if fresh or [one] != rectangles(sheet, spots, earlier):
                    changes.rectangles.append(one)
        changes.formats = {
            sheet: {text: _areas(spots) for text, spots in formats.items()}
            for sheet, formats in self._formats.items()
            if sheet not in gone
        }
        changes.links = [link for link in self._links.values() if link.sheet not in gone]
        return changes

    def _grid(self, sheet: str) -> Grid:
        if sheet not in self._sheets:
            raise EditRefused(f"There is no sheet named {sheet!r}. Undo its deletion, or make a new workbook.")
        if sheet not in self._grids:
            self._grids[sheet] = Grid(dict(self._read(sheet).cells))
        return self._grids[sheet]

    def _table(self, name: str) -> Listed:
        for known, listed in self._tables.items():
            if known.casefold() == name.casefold():
                return listed
        raise EditRefused(f"There is no table named {name}. Undo its deletion, or make a new workbook.")

    def _write_table(self, write: WriteTable) -> None:
        listed = self._table(write.table)
        grid, columns = self._grid(listed.sheet), range(listed.width)
        if write.headings is not None:
            if len(write.headings) != listed.width or len({one.casefold() for one in write.headings}) < listed.width:
                raise EditRefused(f"{listed.where(-1, 0)}: the headings do not fit the table {listed.name}.")
            for column, heading in enumerate(write.headings):
                spot = Spot(listed.top, listed.left + column)
                if grid.at(*spot).value != heading:
                    self._put(listed.sheet, spot, heading)
        formulas = [grid.at(listed.top + 1, listed.left + column).formula for column in columns]
        empty: list[Written] = [None if formula is None else KEEP for formula in formulas]
        self._tails[listed.name] = write.tail
        if not write.rows:
            first, last = column_letters(listed.left), column_letters(listed.left + listed.width - 1)
            self.changes.unlinked.append((listed.sheet, f"{first}{listed.top + 1}:{last}{listed.top + 1}"))
        self._place(listed, 0, write.rows or [empty])
        self.changes.heights += [(listed.sheet, row, high) for row, high in enumerate(write.heights, listed.top + 1)]

    def _append(self, write: AppendRows) -> None:
        listed = self._table(write.table)
        grid = self._grid(listed.sheet)
        first = [grid.at(listed.top + 1, listed.left + column) for column in range(listed.width)]
        is_empty = listed.height <= 1 and all(one.value is None or one.formula is not None for one in first)
        if write.rows:
            self._place(listed, 0 if is_empty else listed.height, write.rows)

    def _place(self, listed: Listed, start: int, rows: Sequence[Sequence[Written]]) -> None:
        """Write rows from a row index on; the table ends with the last of them."""
        grid, before, height = self._grid(listed.sheet), listed.height, start + len(rows)
        if any(len(row) != listed.width for row in rows):
            raise EditRefused(f"{listed.where(-1, 0)}: the table {listed.name} has {listed.width} columns.")
        if listed.totals and height != before:
            raise EditRefused(
                f"{listed.where(height, 0)}: the table {listed.name} has a totals row. Switch it off (Table Design), "
                "and try again."
            )
        self._refuse_obstacles(listed, grid, start, height)
        model = [grid.at(listed.bottom, listed.left + column).formula for column in range(listed.width)]
        for index, cells in enumerate(rows, start):
            for column, value in enumerate(cells):
                spot = Spot(listed.top + 1 + index, listed.left + column)
                if not isinstance(value, Keep):
                    self._put(listed.sheet, spot, value, fresh=index >= before)
                elif index >= before and (formula := model[column]) is not None:
                    moved = shift_rows(formula, index - before + 1) if has_cells(formula) else formula
                    self._set(listed.sheet, spot, Content(None, moved))
        for row in range(listed.top + 1 + height, listed.bottom + 1):
            for column in range(listed.left, listed.left + listed.width):
                self._forget(listed.sheet, Spot(row, column))
        self._first.setdefault(listed.name, listed)
        self._tables[listed.name] = replace(listed, height=height)

    def _refuse_obstacles(self, listed: Listed, grid: Grid, start: int, height: int) -> None:
        right, last = listed.left + listed.width - 1, listed.top + max(height, listed.height)
        touched = (listed.top + 1 + start, listed.left, last, right)
        source = self._sources.get(listed.sheet, listed.sheet)
        for top, left, bottom, edge in self._merged(source, touched):
            area = f"{column_letters(left)}{top}:{column_letters(edge)}{bottom}"
            raise EditRefused(f"{place(listed.sheet, top, left)}: the merged area {area} is in the way. Unmerge it.")
        for row in range(listed.bottom + 1, listed.top + height + 1):
            for column in range(listed.left, right + 1):
                if Spot(row, column) in grid.cells:
                    raise EditRefused(
                        f"{place(listed.sheet, row, column)}: there is content below the table {listed.name}, which has to "
                        "grow. Move it to another place."
                    )

    def _write_name(self, write: WriteName) -> None:
        if write.name not in self._outline.names:
            raise EditRefused(f"There is no cell named {write.name}. Undo its deletion (Formulas, Name Manager).")
        if not isinstance(write.value, Keep):
            self._put(*self._outline.names[write.name], write.value)

    def _put(self, sheet: str, spot: Spot, written: Written, *, fresh: bool = False) -> None:
        assert not isinstance(written, Keep)
        where = place(sheet, *spot)
        before = self._grid(sheet).at(*spot)
        if before.formula is not None and not fresh:
            raise EditRefused(
                f"{where}: the cell holds a formula, which the new value would destroy. Delete the formula."
            )
        value = checked(written, where)
        self._set(sheet, spot, Content(value))
        if isinstance(written, Cell):
            if written.number_format is not None:
                self._formats.setdefault(sheet, {}).setdefault(written.number_format, {})[spot] = None
            if written.link is not None and isinstance(value, str) and (fresh or before.value != value):
                self._links[sheet, spot] = Link(sheet, spot, value, written.link)

    def _set(self, sheet: str, spot: Spot, content: Content) -> None:
        self._grid(sheet).cells[spot] = content
        self._written.setdefault(sheet, set()).add(spot)

    def _forget(self, sheet: str, spot: Spot) -> None:
        """Let go of a cell that leaves its table: clearing it belongs to the table's new size."""
        self._grid(sheet).cells.pop(spot, None)
        self._written.setdefault(sheet, set()).discard(spot)
        self._links.pop((sheet, spot), None)

    def _copy(self, write: CopySheet) -> None:
        source = self._grid(write.source)
        taken = {one.casefold() for one in self._sheets}, {one.casefold() for one in self._tables}
        if write.sheet.casefold() in taken[0] or write.table.casefold() in taken[1]:
            raise EditRefused(f"There is a sheet {write.sheet!r} or a table {write.table} already. Rename it.")
        tables = [listed for listed in self._tables.values() if listed.sheet == write.source]
        if len(tables) != 1:
            raise EditRefused(f"The sheet {write.source!r} does not hold one table, so that it cannot be copied.")
        old = tables[0]
        self._grids[write.sheet] = Grid(
            {
                spot: one if one.formula is None else Content(None, one.formula.replace(old.name, write.table))
                for spot, one in source.cells.items()
            }
        )
        self._sheets.insert(self._sheets.index(write.source), write.sheet)
        self._sources[write.sheet] = write.source
        self._tables[write.table] = replace(old, name=write.table, sheet=write.sheet)
        self.changes.copies.append(Copied(write.source, write.sheet, old.name, write.table))
        self.changes.calculate = True
        for address, value in write.cells.items():
            letters = address.rstrip("0123456789")
            self._put(write.sheet, Spot(int(address[len(letters) :]), column_number(letters)), value)

    def _remove(self, sheet: str) -> None:
        self._grid(sheet)
        gone = [listed.name for listed in self._tables.values() if listed.sheet == sheet]
        for name, (other, _) in self._outline.names.items():
            if other == sheet:
                raise EditRefused(f"{sheet}: the sheet cannot be removed, because the name {name} refers to it.")
        for other in self._sheets:
            for spot, content in self._grid(other).cells.items() if other != sheet else ():
                if content.formula is not None and any(word in content.formula for word in (*gone, sheet)):
                    where = place(other, *spot)
                    raise EditRefused(
                        f"{sheet}: the sheet cannot be removed, because the formula in {where} refers to it."
                    )
        self._sheets.remove(sheet)
        for name in gone:
            del self._tables[name]
        self.changes.removed.append(sheet)


def _areas(spots: dict[Spot, None]) -> list[str]:
    """Return cells as addresses of areas, column by column."""
    found: list[str] = []
    for column in sorted({spot.column for spot in spots}):
        letters = column_letters(column)
        rows = sorted(spot.row for spot in spots if spot.column == column)
        start = before = rows[0]
        for row in [*rows[1:], 0]:
            if row != before + 1:
                found.append(f"{letters}{start}" if start == before else f"{letters}{start}:{letters}{before}")
                start = row
            before = row
    return found
