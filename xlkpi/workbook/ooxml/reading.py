"""A table's values as last calculated, with the formulas and merged areas that stand in it."""

from __future__ import annotations

import gc
import re
from contextlib import contextmanager
from typing import TYPE_CHECKING

from xlkpi.workbook.backend import Block, ExcelError
from xlkpi.workbook.ooxml.address import parse_area
from xlkpi.workbook.ooxml.cells import CellStream
from xlkpi.workbook.ooxml.convert import Converters
from xlkpi.workbook.ooxml.grid import Grid
from xlkpi.workbook.ooxml.markup import damaged

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from xlkpi.workbook.backend import Value
    from xlkpi.workbook.ooxml.address import Area
    from xlkpi.workbook.ooxml.grid import Formulas
    from xlkpi.workbook.ooxml.package import Package
    from xlkpi.workbook.ooxml.table import Table

_MERGED = re.compile(r'<mergeCell\s[^>]*?ref="([^"]+)"')


class Reader:
    """Reads areas of a package's worksheets; texts and formats are read once, when first needed.

    Attributes:
        tails: What stands below the rows of the worksheets read so far, by part.
    """

    def __init__(self, package: Package, *, date1904: bool, dates: bool = True) -> None:
        """Prepare to read.

        Args:
            package: The workbook.
            date1904: Whether its dates count from 1904.
            dates: Whether a number that shows as a date is read as one.
        """
        self._package = package
        self._converters = Converters(package, date1904=date1904, dates=dates)
        self.tails: dict[str, str] = {}

    def block(self, table: Table, part: str, only: Collection[str] | None = None) -> Block:
        """Return a table as it stands in the workbook.

        Args:
            table: The table.
            part: The part of its worksheet.
            only: Headings of the columns that are wanted; None wants all.
        """
        words = None if only is None else {heading.casefold() for heading in only}
        wanted = [at for at, name in enumerate(table.columns) if words is None or name.strip().casefold() in words]
        rows, formulas, tail = self.area(part, table.area._replace(bottom=table.last), table.heads, wanted)
        headings = table.columns
        if table.heads:
            shown = zip(rows.pop(0), table.columns, strict=True)
            headings = tuple(known if cell is None else _heading(cell) for cell, known in shown)
        return Block(
            sheet=table.sheet,
            table=table.name,
            top=table.first,
            left=table.area.left,
            headings=tuple(" ".join(heading.splitlines()) for heading in headings),
            rows=rows,
            formulas=formulas,
            merged=tuple(found for found in _MERGED.findall(tail) if _meets(found, table.area)),
        )

    def area(
        self, part: str, area: Area, heads: int = 0, wanted: Collection[int] | None = None
    ) -> tuple[list[tuple[Value, ...]], Formulas, str]:
        """Return the values of an area row by row, its formulas, and what stands below the sheet's rows.

        Args:
            part: The part of the worksheet.
            area: The cells wanted.
            heads: How many of its first rows do not count in the index of a formula.
            wanted: The columns that are wanted, by index; the others come blank. None wants all.
        """
        stream = CellStream(self._package, part)
        grid = Grid(area, heads, self._converters, wanted)
        try:
            with _uncollected():
                for piece in stream.pieces(area.top, area.bottom):
                    grid.take(piece)
        except (ValueError, IndexError, OverflowError):
            raise damaged(part) from None
        self.tails[part] = stream.tail
        return grid.finished(), grid.formulas, stream.tail


@contextmanager
def _uncollected() -> Iterator[None]:
    """Keep the garbage collector from walking over a million new values that hold no cycles."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _heading(cell: Value) -> str:
    if isinstance(cell, ExcelError):
        return cell.text
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)


def _meets(reference: str, area: Area) -> bool:
    found = parse_area(reference)
    return found is not None and found.meets(area)
