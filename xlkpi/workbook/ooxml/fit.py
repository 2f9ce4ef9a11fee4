"""Whether new rows fit a table, and what would be in their way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xlkpi.errors import EditRefused
from xlkpi.workbook.backend import place
from xlkpi.workbook.ooxml.address import LAST_ROW, Area

if TYPE_CHECKING:
    from collections.abc import Sequence

    from xlkpi.workbook.backend import Written
    from xlkpi.workbook.ooxml.edit import Edit
    from xlkpi.workbook.ooxml.sheet import Sheet
    from xlkpi.workbook.ooxml.table import Table


def check_shape(table: Table, rows: Sequence[Sequence[Written]], headings: tuple[str, ...] | None) -> None:
    """Refuse rows and headings that do not fit the table."""
    where = place(table.sheet, table.area.top, table.area.left)
    for index, row in enumerate(rows):
        if len(row) != table.width:
            message = _WIDTH.format(where, table.name, table.width, index + 1, len(row))
            raise EditRefused(message)
    if headings is None:
        return
    if len(headings) != table.width:
        raise EditRefused(_HEADINGS.format(where, table.name, table.width, len(headings)))
    seen = {heading.lower() for heading in headings}
    if len(seen) != len(headings) or "" in seen:
        raise EditRefused(_NOT_UNIQUE.format(where, table.name))


def refuse_obstacles(edit: Edit, sheet: Sheet, table: Table, start: int, last: int) -> None:
    """Refuse where rows would meet what is not the table's own.

    Args:
        edit: The plan under way.
        sheet: The table's sheet.
        table: The table as it is.
        start: Row of the first row that is written.
        last: Row of the last data row from now on.

    Raises:
        EditRefused: Naming the cell that is in the way.
    """
    if table.query:
        raise EditRefused(_QUERY.format(table.name, place(table.sheet, table.area.top, table.area.left)))
    if last + table.totals > LAST_ROW:
        raise EditRefused(_TOO_LONG.format(table.name, last - table.first + 1, LAST_ROW))
    area = Area(start, table.area.left, max(last, table.last) + table.totals, table.area.right)
    for merged in sheet.merged():
        if merged.meets(area):
            raise EditRefused(_MERGED.format(place(table.sheet, merged.top, merged.left), merged, table.name))
    for array in sheet.arrays():
        single = (array.top, array.left) == (array.bottom, array.right)
        if array.meets(area) and not (single and table.body.holds(array.top, array.left)):
            raise EditRefused(_ARRAY.format(place(table.sheet, array.top, array.left), table.name))
    if last > table.last:
        _refuse_below(edit, sheet, table, last)


def _refuse_below(edit: Edit, sheet: Sheet, table: Table, last: int) -> None:
    """Refuse where a growing table would cover another table or any content."""
    grown = Area(table.area.bottom + 1, table.area.left, last + table.totals, table.area.right)
    for other in edit.book.tables().values():
        if other.sheet == table.sheet and other.name != table.name and other.area.meets(grown):
            where = place(table.sheet, other.area.top, other.area.left)
            raise EditRefused(_OTHER_TABLE.format(where, other.name, table.name, last - table.first + 1))
    below = sheet.first_content(grown)
    if below:
        raise EditRefused(_BELOW.format(below, table.name))


_QUERY = "{1}: the table {0} is filled by a query, which would replace what is written. Unlink it from its query."
_TOO_LONG = "The table {} would have {} rows and end below row {}, the last of a sheet. Move it up or split it."
_MERGED = "{}: the merged area {} touches the table {}. Unmerge these cells."
_ARRAY = "{}: an array formula reaches into the rows of the table {}. Move the formula elsewhere."
_OTHER_TABLE = (
    "{}: the table {} is in the way of the table {}, which needs {} rows. Move it to another sheet or to the side."
)
_BELOW = "{}: there is content below the table {}, which has to grow over it. Move it to another sheet or to the side."
_WIDTH = (
    "{}: the table {} has {} columns, row {} of the new content has {}. Restore the table's columns from the template."
)
_HEADINGS = (
    "{}: the table {} has {} columns, but {} headings were given. Restore the table's columns from the template."
)
_NOT_UNIQUE = (
    "{}: the new headings of the table {} are not all different, or one is empty. Give each column a name of its own."
)
