"""Number formats that follow the unit: a helper cell says ``%1`` or ``2``, a conditional format shows the figure so."""

from __future__ import annotations

from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from xlkpi.template.page import Book
from xlkpi.writers.look import PERCENT, number_format

_MOST_DECIMALS = 3


def add_unit_formats(book: Book, sheet: Worksheet, span: tuple[int, int, int, int], shown_as: str) -> None:
    """Show figures in the unit that a helper cell names.

    Args:
        book: The workbook.
        sheet: Where the figures stand.
        span: The cells, as XlsxWriter counts.
        shown_as: The helper cell of the first row, with its column fixed: ``$Q6``.
    """
    for unit in (PERCENT, ""):
        for decimals in range(_MOST_DECIMALS + 1):
            shown = book.styles.difference(num_format=number_format(unit, decimals))
            rule = {"type": "formula", "criteria": f'={shown_as}="{unit}{decimals}"', "format": shown}
            sheet.conditional_format(*span, rule)


def add_thousands(book: Book, sheet: Worksheet, span: tuple[int, int, int, int]) -> None:
    """Set thousands of whole numbers apart; all others stay as they are typed.

    No number format does both: with room for digits after the point, Excel ends a whole number with the point.

    Args:
        book: The workbook.
        sheet: Where the figures stand.
        span: The cells, as XlsxWriter counts.
    """
    first = xl_rowcol_to_cell(*span[:2])
    shown = book.styles.difference(num_format=number_format("", 0))
    rule = {"type": "formula", "criteria": f"=AND(ISNUMBER({first}),N({first})=INT(N({first})))", "format": shown}
    sheet.conditional_format(*span, rule)
