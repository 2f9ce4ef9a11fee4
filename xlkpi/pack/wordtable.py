"""A table of the report as WordprocessingML, written in one go: the library builds one cell at a time, slowly."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from docx.oxml.ns import nsdecls

from xlkpi.calculate.status import Status
from xlkpi.pack.document import Cell, Column, Figure, Role, Table
from xlkpi.writers import look

_NUMBERS = {Role.FIGURE, Role.BESIDE, Role.COUNT}
_TWIPS = 1440 / 25.4
#: Size of the letters, in half points, and the space after a line, in twentieths.
_SIZE, _AFTER = 17, 20
#: So many millimetres a character and no more: two columns across a page are hard to read along.
_WIDEST_LETTER = 2.6
#: Left and right in a cell, in twentieths of a point.
_SIDES = 70
#: Tables of so many rows are not torn apart by the end of a page.
_MOST_TOGETHER = 14


def table_element(table: Table, width: float, *, is_followed: bool = False) -> str:
    """Return a table: headings that repeat on every page, rows that stay whole, hair lines, and what it shows in words.

    Args:
        table: What to show.
        width: Of the whole, in millimetres; the columns share it by their widths.
        is_followed: Whether it stays on the page of what follows it.
    """
    whole = sum(column.width for column in table.columns)
    width = min(width, whole * _WIDEST_LETTER)
    widths = [round(width * _TWIPS * column.width / whole) for column in table.columns]
    headings = [column.heading for column in table.columns]
    is_whole = len(table.rows) <= _MOST_TOGETHER
    rows = [_row(headings, table.columns, widths, is_heading=True, bold=True, stays=is_whole)]
    for place, row in enumerate(table.rows, 1):
        is_total = place > len(table.rows) - table.totals
        stays = is_whole and (is_followed or place < len(table.rows))
        rows.append(_row(row, table.columns, widths, bold=is_total, stays=stays))
    grid = "".join(f'<w:gridCol w:w="{one}"/>' for one in widths)
    return (
        f"<w:tbl {nsdecls('w')}>{_properties(table, sum(widths))}<w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )


def text(cell: Cell) -> str:
    """Return what stands in a cell."""
    if isinstance(cell, Status):
        return cell.label
    return cell.text if isinstance(cell, Figure) else cell


def _properties(table: Table, width: int) -> str:
    sides = ("top", "bottom", "insideH")
    lines = "".join(f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="{look.RULE[1:]}"/>' for side in sides)
    title, note = escape(table.title), escape(table.note or table.title)
    return (
        f'<w:tblPr><w:tblW w:w="{width}" w:type="dxa"/><w:tblBorders>{lines}</w:tblBorders><w:tblLayout w:type="fixed"/>'
        f'<w:tblCellMar><w:left w:w="{_SIDES}" w:type="dxa"/><w:right w:w="{_SIDES}" w:type="dxa"/></w:tblCellMar>'
        f'<w:tblLook w:firstRow="1" w:firstColumn="1"/><w:tblCaption w:val="{title}"/><w:tblDescription w:val="{note}"/>'
        "</w:tblPr>"
    )


def _row(
    cells: Sequence[Cell],
    columns: Sequence[Column],
    widths: Sequence[int],
    *,
    bold: bool,
    stays: bool,
    is_heading: bool = False,
) -> str:
    heading = "<w:tblHeader/>" if is_heading else ""
    ground = look.BAND if is_heading else ""
    inside = "".join(
        _cell(cell, column, width, bold=bold or column.role is Role.FIGURE, ground=ground, stays=stays)
        for cell, column, width in zip(cells, columns, widths, strict=True)
    )
    return f"<w:tr><w:trPr><w:cantSplit/>{heading}</w:trPr>{inside}</w:tr>"


def _cell(cell: Cell, column: Column, width: int, *, bold: bool, ground: str, stays: bool) -> str:
    colour = look.INK
    if isinstance(cell, Status):
        pair = look.STATUS_PAIRS[cell]
        colour, ground = pair.text, pair.ground
    shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{ground[1:]}"/>' if ground else ""
    side = '<w:jc w:val="right"/>' if column.role in _NUMBERS else ""
    weight = "<w:b/>" if bold else ""
    together = "<w:keepNext/>" if stays else ""
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{shade}</w:tcPr>'
        f'<w:p><w:pPr>{together}<w:spacing w:after="{_AFTER}"/>{side}</w:pPr>'
        f'<w:r><w:rPr>{weight}<w:color w:val="{colour[1:]}"/><w:sz w:val="{_SIZE}"/></w:rPr>'
        f'<w:t xml:space="preserve">{escape(text(cell))}</w:t></w:r></w:p></w:tc>'
    )
