"""The sheet of one quarter: figures typed at the left, outturn and status beside them at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from xlsxwriter.worksheet import Worksheet

from xlkpi.calculate.status import Status
from xlkpi.model.period import Quarter
from xlkpi.template.formulas import FAULTY, FAULTY_TARGET, UNKNOWN, dates_formula, quarter_formulas, title_formula
from xlkpi.template.page import ENTER, Book, Drawing, add_help, add_page, draw, print_for_people
from xlkpi.template.shown import add_thousands, add_unit_formats
from xlkpi.template.validation import add_validation
from xlkpi.workbook.backend import Value
from xlkpi.workbook.layout import FIRST_ROW, SUBTITLE_ROW, TITLE_ROW, Table, quarter_table
from xlkpi.writers import look

_HELP = (
    "Type numerator and denominator, or the value alone, in the tinted cells; leave all three empty where there is no figure "
    "yet. Outturn and status appear at once."
)
_ALLOWED = {
    "sort": True,
    "autofilter": True,
    "format_columns": True,
    "format_rows": True,
    "select_locked_cells": True,
    "select_unlocked_cells": True,
}


def add_quarter(book: Book, quarter: Quarter) -> None:
    """Add the sheet of a quarter; computed cells are locked, without a password."""
    table = quarter_table(quarter)
    drawing = Drawing(
        table,
        _rows(book, table, quarter),
        quarter_formulas(table),
        is_input=True,
        style=_STYLE,
        least=look.ONE_LINE + look.FURTHER_LINE,
        about=f"Figures of {quarter.title}.",
    )
    sheet = add_page(book, table.sheet, title_formula(), ENTER)
    _write_heading(book, sheet, quarter)
    add_help(book, sheet, _HELP)
    draw(book, sheet, drawing)
    add_validation(sheet, drawing)
    _add_tints(book, sheet, drawing)
    add_unit_formats(book, sheet, drawing.span("outturn", "tolerance"), drawing.first("shown_as"))
    add_thousands(book, sheet, drawing.span("numerator", "value"))
    print_for_people(sheet, drawing)
    sheet.freeze_panes(FIRST_ROW - 1, table.left + table.index("title"))
    sheet.ignore_errors({"number_stored_as_text": drawing.reference("code")})
    sheet.protect("", _ALLOWED)


_SECONDARY = {"font_color": look.GREY}
_STYLE: dict[str, dict[str, Any]] = {
    "code": {"bold": True},
    "counted": {"font_color": look.GREY},
    "outturn": {"bold": True},
    "target": _SECONDARY,
    "tolerance": _SECONDARY,
}


def _write_heading(book: Book, sheet: Worksheet, quarter: Quarter) -> None:
    title, subtitle = book.styles.named["xlkpi title"], book.styles.named["xlkpi subtitle"]
    sheet.write_formula(TITLE_ROW - 1, 1, title_formula(), title, quarter.title)
    sheet.write_string(SUBTITLE_ROW - 1, 1, quarter.label, subtitle)
    sheet.write_formula(SUBTITLE_ROW - 1, 2, dates_formula(), subtitle, quarter.dates)


def _rows(book: Book, table: Table, quarter: Quarter) -> Sequence[Sequence[Value]]:
    given = [column.field for column in table.columns if column.typed or column.field == "code"]
    rows = book.content.quarters.get(quarter) or [[None] * len(given)]
    return [_row(book, table, quarter, dict(zip(given, cells, strict=True))) for cells in rows]


def _row(book: Book, table: Table, quarter: Quarter, cells: dict[str, Value]) -> Sequence[Value]:
    code = cells["code"]
    if book.content.worked is not None and code is not None:
        cells |= book.content.worked(str(code), quarter)._asdict()
    return [cells.get(column.field) for column in table.columns]


def _add_tints(book: Book, sheet: Worksheet, drawing: Drawing) -> None:
    """Tint the status; put a red rule at the left of figures that cannot be right."""
    status = drawing.first("status")
    for one in Status:
        rule = {"type": "cell", "criteria": "==", "value": f'"{one.label}"', "format": book.styles.status(one)}
        sheet.conditional_format(*drawing.span("status"), rule)
    wrong = f'=OR({status}="{FAULTY}",{status}="{FAULTY_TARGET}",{status}="{UNKNOWN}")'
    plain = book.styles.difference(font_color=look.FAULT, bold=True)
    sheet.conditional_format(*drawing.span("status"), {"type": "formula", "criteria": wrong, "format": plain})
    ruled = book.styles.difference(left=1, left_color=look.FAULT)
    rule = {"type": "formula", "criteria": f'={status}="{FAULTY}"', "format": ruled}
    sheet.conditional_format(*drawing.span("numerator", "value"), rule)
