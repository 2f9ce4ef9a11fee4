"""Writing the rows of a table: in place, growing or shrinking, or not at all."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from xlkpi.errors import EditRefused
from xlkpi.workbook.backend import KEEP, Cell, Keep, place
from xlkpi.workbook.ooxml.address import Area, has_cells, letters, parse_area, shift_rows
from xlkpi.workbook.ooxml.fit import check_shape, refuse_obstacles
from xlkpi.workbook.ooxml.links import replace_links
from xlkpi.workbook.ooxml.markup import escape, unescape
from xlkpi.workbook.ooxml.references import Resize
from xlkpi.workbook.ooxml.sheet import ROWS_AT_ONCE, Row, holds_anything, holds_formula, row_xml, style_of
from xlkpi.workbook.ooxml.table import renamed_columns, resized
from xlkpi.workbook.ooxml.written import is_kept, with_result

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from xlkpi.workbook.backend import AppendRows, WriteTable, Written
    from xlkpi.workbook.ooxml.edit import Edit
    from xlkpi.workbook.ooxml.sheet import Sheet
    from xlkpi.workbook.ooxml.table import Table

_SHARED = re.compile(r'<f\b(?=[^>]*\bt="shared")[^>]*\ssi="(\d+)"')
_SHARED_BY = re.compile(r'<f\b(?=[^>]*\bt="shared")[^>]*\bref="([^"]+)"')
_HEIGHT = re.compile(r'\s(?:ht|customHeight)="[^"]*"')
_EMPTY = Row("", {})


def write_table(edit: Edit, write: WriteTable) -> None:
    """Replace all data rows of a table.

    Raises:
        EditRefused: Where that would damage what is not ours.
    """
    table = edit.table(write.table)
    check_shape(table, write.rows, write.headings)
    sheet = edit.sheet(table.sheet)
    rows = write.rows or [_empty_row(sheet, table)]
    if write.headings is not None:
        _write_headings(edit, sheet, table, write.headings)
    _Rows(edit, sheet, table, table.first, rows, write.heights).place(write.tail)
    _write_links(sheet, table, table.first, rows)


def append_rows(edit: Edit, write: AppendRows) -> None:
    """Add rows below the last data row of a table; an only, empty row is filled first.

    Raises:
        EditRefused: Where that would damage what is not ours.
    """
    table = edit.table(write.table)
    check_shape(table, write.rows, None)
    if not write.rows:
        return
    sheet = edit.sheet(table.sheet)
    start = table.last + 1
    if table.first == table.last and _is_empty(sheet, table):
        start = table.first
    _Rows(edit, sheet, table, start, write.rows).place(0)
    _write_links(sheet, table, start, write.rows)


class _OldRows:
    """The rows of a sheet as they are, some at a time."""

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet
        self._block = -1
        self._rows: dict[int, Row] = {}

    def get(self, number: int) -> Row | None:
        """Return a row; None where it is not written."""
        block = number // ROWS_AT_ONCE
        if block != self._block:
            first = block * ROWS_AT_ONCE
            self._block, self._rows = block, self._sheet.rows(first, first + ROWS_AT_ONCE - 1)
        return self._rows.get(number)


class _Rows:
    """Rows on their way into a table, from a start row to the table's new end."""

    def __init__(  # noqa: PLR0913  # where, from where, and what
        self,
        edit: Edit,
        sheet: Sheet,
        table: Table,
        start: int,
        rows: Sequence[Sequence[Written]],
        heights: Sequence[float] = (),
    ) -> None:
        """Look at the table as it is.

        Args:
            edit: The plan under way.
            sheet: The table's sheet.
            table: The table as it is.
            start: Row of the first of ``rows``; data rows above stay as they are.
            rows: What is written.
            heights: Of these rows, in points; none leaves them.
        """
        self._heights = heights
        self._edit = edit
        self._sheet = sheet
        self._table = table
        self._start = start
        self._rows = rows
        self._last = start + len(rows) - 1
        self._columns = range(table.area.left, table.area.right + 1)
        self._names = [letters(column) for column in self._columns]
        self._old = _OldRows(sheet)
        self._model = self._old.get(table.last) or _EMPTY
        self._filled = self._fill_down()

    def place(self, tail: int) -> None:
        """Write the rows, and have everything follow the table's new size.

        Args:
            tail: How many of the last rows are totals.
        """
        edit, sheet, table = self._edit, self._sheet, self._table
        refuse_obstacles(edit, sheet, table, self._start, self._last)
        bottom = max(self._last, table.last) + table.totals
        sheet.replace_rows(self._start, bottom, self._written())
        area = table.area._replace(bottom=self._last + table.totals)
        sheet.cover(area)
        edit.wrote(table.sheet, area._replace(top=self._start))
        edit.fed(table)
        if self._last != table.last:
            text = edit.package.text(table.part)
            edit.package.put(table.part, resized(text, table, self._last))
            edit.follow(Resize(table, self._last, tail))

    def _written(self) -> Iterator[str]:
        """Yield the new rows of the sheet, from the start row to the last that changes."""
        table = self._table
        moves = table.totals > 0 and self._last != table.last
        for index, values in enumerate(self._rows):
            number = self._start + index
            yield row_xml(number, self._high(index, self._marks(number)), self._cells(number, values))
        for number in range(self._last + 1, max(self._last, table.last) + table.totals + 1):
            old = self._old.get(number)
            if moves and number == self._last + 1:
                yield row_xml(number, old.marks if old else "", self._others(old) | self._moved_totals(number))
            elif number <= table.last + (table.totals if moves else 0):
                if old:
                    self._note_lost_formulas(old)
                    yield row_xml(number, old.marks, self._others(old))
            elif old:
                yield row_xml(number, old.marks, old.cells)

    def _marks(self, number: int) -> str:
        """Return what a row's tag says; a new row is as high as the last one."""
        old = self._old.get(number)
        if old is not None:
            return old.marks
        return "".join(f" {mark}" for mark in self._model.marks.split() if mark.startswith(("ht=", "customHeight=")))

    def _high(self, index: int, marks: str) -> str:
        """Return a row's marks with its new height, which a program may change when somebody types."""
        if not self._heights:
            return marks
        return f'{_HEIGHT.sub("", marks)} ht="{self._heights[index]:g}"'

    def _cells(self, number: int, values: Sequence[Written]) -> dict[int, str]:
        """Return the cells of one row: those beside the table as they were, the table's own as given."""
        old = (self._old.get(number) or _EMPTY).cells
        fresh = number > self._table.last
        cells = {column: cell for column, cell in old.items() if column not in self._columns} if old else {}
        write, styles = self._edit.cells.xml, self._model.cells
        for column, name, value in zip(self._columns, self._names, values, strict=True):
            before = old.get(column, "") if not fresh else ""
            if isinstance(value, Keep):
                cell = with_result(self._continued(number, column) if fresh else before, value.result)
            else:
                if before and holds_formula(before):
                    raise EditRefused(_FORMULA.format(place(self._table.sheet, number, column)))
                style = style_of(styles.get(column, "") if fresh else before)
                cell = write(
                    f"{name}{number}",
                    style,
                    value,  # type: ignore[arg-type]
                    lambda column=column: place(self._table.sheet, number, column),  # type: ignore[misc]
                )
            if cell:
                cells[column] = cell
        return cells

    def _continued(self, number: int, column: int) -> str:
        """Return a cell of a new row that takes its column's own formula."""
        style = style_of(self._model.cells.get(column, ""))
        mark = f' s="{style}"' if style else ""
        address = f"{letters(column)}{number}"
        filled = self._filled.get(column - self._table.area.left)
        if filled is None:
            return f'<c r="{address}"{mark}/>' if mark else ""
        self._edit.formulas_changed = True
        formula, array, relative = filled
        if relative:
            formula = escape(shift_rows(unescape(formula), number - self._table.last))
        marks = f' t="array" ref="{address}"' if array else ""
        return f'<c r="{address}"{mark}><f{marks}>{formula}</f></c>'

    def _fill_down(self) -> dict[int, tuple[str, bool, bool]]:
        """Return the formula of every calculated column: its text, whether an array's, whether it moves with the row.

        The part keeps one text for the whole column. Where that names cells by address, the last row's own formula is
        what is continued, as Excel does.
        """
        filled = {}
        for index, known in self._table.calculated.items():
            relative = has_cells(unescape(known.formula))
            formula = known.formula
            if relative:
                formula = self._own_formula(self._table.area.left + index)
            if formula:
                filled[index] = (formula, known.array, relative)
        return filled

    def _own_formula(self, column: int) -> str:
        """Return the formula of a cell of the last row as XML text, also where cells share one."""
        cell = self._model.cells.get(column, "")
        text, mark = _formula_text(cell), _SHARED.search(cell)
        if text or mark is None:
            return text
        shared = self._sheet.shared_formula(mark[1])
        if shared is None:
            return ""
        row, first, formula = shared
        return escape(shift_rows(unescape(formula), self._table.last - row, column - first))

    def _others(self, old: Row | None) -> dict[int, str]:
        """Return the cells of a row beside the table."""
        if old is None:
            return {}
        return {column: cell for column, cell in old.cells.items() if column not in self._columns}

    def _moved_totals(self, number: int) -> dict[int, str]:
        """Return the cells of the totals row at its new place."""
        table = self._table
        moved = {}
        for column, cell in (self._old.get(table.area.bottom) or _EMPTY).cells.items():
            if column not in self._columns:
                continue
            if holds_formula(cell):
                self._edit.formulas_changed = True
                if has_cells(unescape(_formula_text(cell))):
                    raise EditRefused(_TOTALS.format(place(table.sheet, table.area.bottom, column)))
            moved[column] = cell.replace(
                f'r="{letters(column)}{table.area.bottom}"', f'r="{letters(column)}{number}"', 1
            )
        return moved

    def _note_lost_formulas(self, old: Row) -> None:
        for column, cell in old.cells.items():
            if column not in self._columns or not holds_formula(cell):
                continue
            self._edit.formulas_changed = True
            shared = _SHARED_BY.search(cell)
            area = parse_area(shared[1]) if shared else None
            if area and (area.left < self._columns[0] or area.right > self._columns[-1]):
                raise EditRefused(_SHARED_OUTSIDE.format(place(self._table.sheet, area.top, area.left), area))


def _empty_row(sheet: Sheet, table: Table) -> list[Written]:
    """Return the row that is left in an emptied table: blank, but with the formulas of its columns."""
    old = sheet.rows(table.first, table.first).get(table.first, _EMPTY).cells
    return [
        KEEP if holds_formula(old.get(column, "")) else None for column in range(table.area.left, table.area.right + 1)
    ]


def _is_empty(sheet: Sheet, table: Table) -> bool:
    """Return whether the first data row of a table holds nothing but formulas."""
    cells = sheet.rows(table.first, table.first).get(table.first, _EMPTY).cells
    own = [cell for column, cell in cells.items() if table.area.left <= column <= table.area.right]
    return not any(holds_anything(cell) and not holds_formula(cell) for cell in own)


def _write_headings(edit: Edit, sheet: Sheet, table: Table, headings: tuple[str, ...]) -> None:
    """Write new headings to their cells and to the table part, which have to agree."""
    if headings == table.columns:
        return
    edit.package.put(table.part, renamed_columns(edit.package.text(table.part), headings))
    if not table.heads:
        return
    top = table.area.top
    row = sheet.rows(top, top).get(top, _EMPTY)
    cells = dict(row.cells)
    for index, heading in enumerate(headings):
        column = table.area.left + index
        if heading != table.columns[index]:
            cells[column] = edit.cells.xml(
                f"{letters(column)}{top}",
                style_of(cells.get(column, "")),
                heading,
                lambda column=column: place(table.sheet, top, column),  # type: ignore[misc]
            )
    sheet.replace_rows(top, top, iter([row_xml(top, row.marks, cells)]))
    edit.wrote(table.sheet, table.area._replace(bottom=top))


def _write_links(sheet: Sheet, table: Table, start: int, rows: Sequence[Sequence[Written]]) -> None:
    """Give written cells their links, and take away what they had; a kept cell keeps its link."""
    links, left = {}, table.area.left
    for index, row in enumerate(rows):
        for column, value in enumerate(row):
            if isinstance(value, Cell) and value.link:
                shown = value.value if isinstance(value.value, str) else ""
                links[f"{letters(left + column)}{start + index}"] = (value.link, shown)
    if "<hyperlinks" not in sheet.tail and not links:
        return
    last = max(table.last, start + len(rows) - 1)
    written = Area(start, left, last, table.area.right)

    def gone(area: Area) -> bool:
        inside = written.holds(area.top, area.left) and written.holds(area.bottom, area.right)
        index = area.top - start
        return inside and (index >= len(rows) or not is_kept(rows[index][area.left - left]))

    replace_links(sheet, gone, links)


def _formula_text(cell: str) -> str:
    """Return the formula of a written cell as XML text; empty where it has none of its own."""
    start = cell.find("<f")
    if start < 0:
        return ""
    opened = cell.index(">", start)
    return "" if cell[opened - 1] == "/" else cell[opened + 1 : cell.index("<", opened)]


_FORMULA = (
    "{}: the cell holds a formula, which the new value would destroy. Delete the formula, or move it outside the table."
)
_SHARED_OUTSIDE = (
    "{}: the formula in this row is shared with cells outside the table ({}). "
    "Fill these cells with formulas of their own."
)
_TOTALS = (
    "{}: the totals row has a formula that names cells by address, so that the row cannot be moved. "
    "Choose its function from the list in the cell, or switch the totals row off."
)
