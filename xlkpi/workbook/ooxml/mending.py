"""What a deleted sheet left behind in others, mended when the sheet is back: formulas of cells, sources of sparklines."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from xlkpi.errors import EditRefused
from xlkpi.workbook.backend import place
from xlkpi.workbook.ooxml.address import parse_area, shift_rows
from xlkpi.workbook.ooxml.markup import escape, unescape
from xlkpi.workbook.ooxml.naming import refers, renamed
from xlkpi.workbook.ooxml.sheet import Sheet, holds_formula, row_xml, style_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from xlkpi.workbook.backend import MendFormulas
    from xlkpi.workbook.ooxml.book import Book
    from xlkpi.workbook.ooxml.edit import Edit

_SPARKLINE = re.compile(r"<x14:sparkline>(?:(?!</x14:sparkline>).)*</x14:sparkline>", re.DOTALL)
_SOURCE = re.compile(r"<xm:f>([^<]*)</xm:f>")
_PLACE = re.compile(r"<xm:sqref>([^<]*)</xm:sqref>")
_LOST = "#REF!"


def mend_formulas(edit: Edit, write: MendFormulas) -> None:
    """Give cells that hold a formula a new one, without a remembered result.

    Raises:
        EditRefused: Where one of them holds no formula of its own.
    """
    sheet = edit.sheet(write.sheet)
    for address, formula in write.formulas.items():
        area = parse_area(address)
        row = sheet.rows(area.top, area.top).get(area.top) if area else None
        cell = row.cells.get(area.left, "") if area and row else ""
        if area is None or row is None or not holds_formula(cell):
            raise EditRefused(
                f"{place(write.sheet, area.top, area.left) if area else address}: there is no formula to mend."
            )
        style = style_of(cell)
        mark = f' s="{style}"' if style else ""
        fresh = f'<c r="{address}"{mark}><f>{escape(formula)}</f></c>'
        sheet.replace_rows(area.top, area.top, iter([row_xml(area.top, row.marks, {**row.cells, area.left: fresh})]))
    edit.formulas_changed = True


def mend_sparklines(edit: Edit, drawn: Book, source: str, called: Mapping[str, str]) -> None:
    """Have the sparklines of other sheets that lost their source draw the sheet that was put back.

    Args:
        edit: The plan under way.
        drawn: The workbook that the sheet was drawn in.
        source: Its name there.
        called: What sheets are called here, by their names there.
    """
    here = edit.book.worksheets()
    for name, part in drawn.worksheets().items():
        if name == source or called.get(name, "") not in here or b"<x14:sparkline>" not in drawn.package.read(part):
            continue
        found = sparklines(Sheet(drawn.package, name, part).tail)
        wanted = [(row, column, renamed(one, called)) for row, column, one in found if refers(one, source, {})]
        if wanted:
            sheet = edit.sheet(called[name])
            sheet.tail = _SPARKLINE.sub(lambda found, wanted=wanted: _mended(found[0], wanted), sheet.tail)  # type: ignore[misc]


def sparklines(tail: str) -> Iterator[tuple[int, int, str]]:
    """Yield row, column and source of the sparklines of a sheet."""
    for found in _SPARKLINE.findall(tail):
        at, formula = _PLACE.search(found), _SOURCE.search(found)
        area = parse_area(at[1]) if at else None
        if area and formula:
            yield area.top, area.left, unescape(formula[1])


def _mended(sparkline: str, wanted: list[tuple[int, int, str]]) -> str:
    """Return a sparkline with the source of its row, where it lost its own."""
    at, formula = _PLACE.search(sparkline), _SOURCE.search(sparkline)
    area = parse_area(at[1]) if at else None
    if area is None or (formula and _LOST not in formula[1]):
        return sparkline
    for row, column, source in wanted:
        if column == area.left and row <= area.top:
            xml = f"<xm:f>{escape(shift_rows(source, area.top - row))}</xm:f>"
            return _SOURCE.sub("", sparkline).replace("<xm:sqref>", f"{xml}<xm:sqref>", 1)
    return sparkline
