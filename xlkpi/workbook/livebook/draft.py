"""A plan, tried on the picture of a workbook: what it comes to, or why it is refused. Excel is not touched."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from xlkpi.errors import EditRefused
from xlkpi.workbook.backend import (
    KEEP,
    AppendRows,
    Cell,
    CopySheet,
    ForgetValues,
    Keep,
    MendFormulas,
    PutName,
    PutSheet,
    RemoveSheet,
    Write,
    WriteName,
    WriteTable,
    Written,
    place,
)
from xlkpi.workbook.livebook.changes import Changes, Duplicate, Link, Resize, rectangles, typed_in
from xlkpi.workbook.livebook.copied import as_shown
from xlkpi.workbook.livebook.drawn import Picture, picture, refers_to, stretched
from xlkpi.workbook.livebook.picture import Content, Grid, Listed, Seen, Spot, areas, plain_format, spot_of
from xlkpi.workbook.livebook.typed import checked
from xlkpi.workbook.ooxml.address import Area, has_cells, shift_rows


class Draft:
    """A workbook as it will be after a plan.

    Attributes:
        changes: What leads there.
    """

    def __init__(self, seen: Seen) -> None:
        """Start with the workbook as it is.

        Args:
            seen: The workbook as it was looked at.
        """
        self._seen = seen
        self._sheets, self._tables = list(seen.outline.sheets), dict(seen.outline.tables)
        self._grids: dict[str, Grid] = {}
        self._sources: dict[str, str | None] = {}
        self._names = dict(seen.outline.names)
        self._pictures: list[Picture] = []
        self._first: dict[str, Listed] = {}
        self._tails: dict[str, int] = {}
        self._written: dict[str, set[Spot]] = {}
        self._formats: dict[str, dict[Spot, str]] = {}
        self._links: dict[str, dict[Spot, Link]] = {}
        self.changes = Changes()

    def apply(self, plan: Sequence[Write]) -> Changes:
        """Return what a plan comes to.

        Raises:
            EditRefused: Where it would damage what is not ours.
        """
        for write in plan:
            self._apply(write)
        return self._finished()

    def _apply(self, write: Write) -> None:
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
            case _:
                self._put_back(write)

    def _put_back(self, write: PutSheet | PutName | MendFormulas) -> None:
        match write:
            case PutSheet():
                self._put_sheet(write)
            case PutName():
                self._names[write.name] = (write.sheet, spot_of(write.address))
                self.changes.names[write.name] = refers_to(write.sheet, write.address)
            case MendFormulas():
                for address, formula in write.formulas.items():
                    self._set(write.sheet, spot_of(address), Content(None, as_shown(formula)))

    def _finished(self) -> Changes:
        changes = self.changes
        for name, before in self._first.items():
            after = self._tables.get(name)
            if after is None:
                continue
            if before.sheet not in self._sources:
                changes.tables.append(before)
            if after.height != before.height:
                changes.resizes.append(Resize(before, after, self._tails.get(name, 0)))
        for sheet in self._written:
            if sheet in self._sheets:
                self._finish_cells(sheet)
                self._finish_formats(sheet)
                self._finish_links(sheet)
        for one in changes.copies:
            changes.made[one.sheet] = typed_in(self._grid(one.sheet))
        changes.puts = [one.finished(self._tables) for one in self._pictures]
        lines = [stretched(line, self._tables.values()) for one in self._pictures for line in one.sparklines]
        changes.sparklines = list(dict.fromkeys(lines))
        return changes

    def _origin(self, sheet: str) -> str | None:
        """Return the sheet that a sheet looks like, itself or what it is copied from; None where that is not known yet."""
        return self._sources.get(sheet, sheet)

    def _finish_cells(self, sheet: str) -> None:
        """Note the areas of a sheet that are not as they were."""
        now, fresh = self._grid(sheet), sheet in self._sources
        earlier = Grid() if fresh else self._seen.grid(sheet)
        for one in rectangles(sheet, self._written[sheet], now):
            spots = {
                Spot(one.top + down, one.left + across)
                for down, row in enumerate(one.rows)
                for across in range(len(row))
            }
            if fresh or [one] != rectangles(sheet, spots, earlier):
                self.changes.rectangles.append(one)

    def _finish_formats(self, sheet: str) -> None:
        """Note the number formats that are not as they were; what a new row looks like nobody knows before it is there."""
        wanted = {spot: text for spot, text in self._formats.get(sheet, {}).items() if self._is_settled(sheet, spot)}
        groups: dict[str, list[Spot]] = {}
        for spot, text in wanted.items():
            groups.setdefault(text, []).append(spot)
        origin = self._origin(sheet)
        known = {} if origin is None else self._seen.formats(origin, wanted, groups.values())
        by_text: dict[str, list[Spot]] = {}
        for spot, text in self._formats.get(sheet, {}).items():
            if plain_format(known.get(spot, "")) != plain_format(text):
                by_text.setdefault(text, []).append(spot)
        if by_text:
            self.changes.formats[sheet] = {text: areas(spots) for text, spots in by_text.items()}

    def _finish_links(self, sheet: str) -> None:
        """Note the links that are not as they were; what was written without one loses the one it had."""
        wanted, origin = self._links.get(sheet, {}), self._origin(sheet)
        known = {} if origin is None else self._seen.links(origin)
        for spot, link in wanted.items():
            if known.get(spot) != link.place or not self._is_settled(sheet, spot):
                self.changes.links.append(link)
        stale = self._written[sheet] & known.keys() - wanted.keys()
        self.changes.unlinked += [(sheet, address) for address in areas(stale)]

    def _is_settled(self, sheet: str, spot: Spot) -> bool:
        """Return whether a cell stays where it is, with the looks it has."""
        return not any(
            one.after.sheet == sheet and one.after.left <= spot.column < one.after.left + one.after.width
            for one in self.changes.resizes
            if spot.row > one.settled
        )

    def _grid(self, sheet: str) -> Grid:
        if sheet not in self._sheets:
            raise EditRefused(f"There is no sheet named {sheet!r}. Undo its deletion, or make a new workbook.")
        if sheet not in self._grids:
            self._grids[sheet] = Grid(dict(self._seen.grid(sheet).cells))
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
        rows = {row: [grid.at(row, listed.left + column) for column in columns] for row, _ in _numbered(listed, write)}
        self._place(listed, 0, write.rows or [empty])
        self.changes.heights += [
            (listed.sheet, row, height)
            for row, height in _numbered(listed, write)
            if rows[row] != [grid.at(row, listed.left + column) for column in columns]
        ]

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
        self._refuse_content_below(listed, grid, height)
        whole = range(listed.top + 1 + start, listed.top + 1 + max(height, before))
        earlier = _cells(listed, grid, whole)
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
        if height != before or earlier != _cells(listed, grid, whole):
            self._refuse_merged(listed, whole)
        self._first.setdefault(listed.name, listed)
        self._tables[listed.name] = replace(listed, height=height)

    def _refuse_merged(self, listed: Listed, rows: range) -> None:
        origin = self._origin(listed.sheet)
        touched = Area(rows.start, listed.left, rows.stop - 1, listed.left + listed.width - 1)
        for area in () if origin is None else self._seen.merged(origin, touched):
            where = place(listed.sheet, area.top, area.left)
            raise EditRefused(f"{where}: the merged area {area} is in the way. Unmerge it.")

    def _refuse_content_below(self, listed: Listed, grid: Grid, height: int) -> None:
        right = listed.left + listed.width - 1
        for row in range(listed.bottom + 1, listed.top + height + 1):
            for column in range(listed.left, right + 1):
                if Spot(row, column) in grid.cells:
                    raise EditRefused(
                        f"{place(listed.sheet, row, column)}: there is content below the table {listed.name}, which has to "
                        "grow. Move it to another place."
                    )

    def _write_name(self, write: WriteName) -> None:
        if write.name not in self._names:
            raise EditRefused(f"There is no cell named {write.name}. Undo its deletion (Formulas, Name Manager).")
        if not isinstance(write.value, Keep):
            self._put(*self._names[write.name], write.value)

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
                self._formats.setdefault(sheet, {})[spot] = written.number_format
            if written.link is not None and isinstance(value, str):
                self._links.setdefault(sheet, {})[spot] = Link(sheet, spot, value, written.link)

    def _set(self, sheet: str, spot: Spot, content: Content) -> None:
        self._grid(sheet).cells[spot] = content
        self._written.setdefault(sheet, set()).add(spot)
        self._formats.get(sheet, {}).pop(spot, None)
        self._links.get(sheet, {}).pop(spot, None)

    def _forget(self, sheet: str, spot: Spot) -> None:
        """Let go of a cell that leaves its table: clearing it belongs to the table's new size."""
        self._grid(sheet).cells.pop(spot, None)
        self._written.setdefault(sheet, set()).discard(spot)
        self._formats.get(sheet, {}).pop(spot, None)
        self._links.get(sheet, {}).pop(spot, None)

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
        self.changes.copies.append(Duplicate(write.source, write.sheet, old.name, write.table, beside=write.source))
        self.changes.calculate = True
        for address, value in write.cells.items():
            self._put(write.sheet, spot_of(address), value)

    def _put_sheet(self, write: PutSheet) -> None:
        """Add a drawn sheet; Excel copies its cells, which stand in the picture already."""
        drawn = picture(write)
        taken = {one.casefold() for one in (*self._sheets, *self._tables)}
        if {write.sheet.casefold(), *(one.name.casefold() for one in drawn.tables)} & taken:
            raise EditRefused(f"There is a sheet {write.sheet!r} or a table of its name already. Rename it.")
        self._sheets.insert(self._sheets.index(write.after) + 1, write.sheet)
        self._grids[write.sheet], self._sources[write.sheet] = drawn.grid, None
        self._tables |= {one.name: one for one in drawn.tables}
        self._names |= {name: (write.sheet, Spot(area.top, area.left)) for name, area in drawn.names.items()}
        formulas = {spot for spot, content in drawn.grid.cells.items() if content.formula is not None}
        self._written.setdefault(write.sheet, set()).update(formulas)
        self._pictures.append(drawn)
        self.changes.calculate = True

    def _remove(self, sheet: str) -> None:
        self._grid(sheet)
        if sheet in self._sources:
            raise EditRefused(f"{sheet}: the sheet cannot be removed by the plan that makes it.")
        self._seen.refuse_referred(sheet)
        self._sheets.remove(sheet)
        for name in [listed.name for listed in self._tables.values() if listed.sheet == sheet]:
            del self._tables[name]
        self.changes.removed.append(sheet)


def _cells(listed: Listed, grid: Grid, rows: range) -> list[Content]:
    columns = range(listed.left, listed.left + listed.width)
    return [grid.at(row, column) for row in rows for column in columns]


def _numbered(listed: Listed, write: WriteTable) -> Iterator[tuple[int, float]]:
    """Yield the row numbers of a table with the heights that its rows shall have."""
    return enumerate(write.heights, listed.top + 1)
