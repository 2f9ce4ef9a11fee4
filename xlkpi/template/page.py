"""What every sheet has in common: the title block, the print set-up, and how a table is drawn."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_range, xl_range_abs
from xlsxwriter.worksheet import Worksheet

from xlkpi.template.content import Content
from xlkpi.template.styles import Styles
from xlkpi.workbook.backend import ExcelError, Value, column_letters, quoted
from xlkpi.workbook.layout import FIRST_ROW, HEADING_ROW, HELP_ROW, SUBTITLE_ROW, TITLE_ROW, Column, Name, Shape, Table
from xlkpi.writers import look

MARGIN_WIDTH = 2.0
NOT_REFRESHED = "Not refreshed yet"
#: The last row of a print area that has all rows: it is not a range that grows with its table.
EVERY_ROW = 1_048_575
_A4 = 9
_MOST_KNOWN = 20_000
_TITLE_HEIGHT, _HELP_HEIGHT, _HEADING_HEIGHT = 30, 24, 44
#: Colour of the tabs, by what a sheet is for.
READ, ENTER, KEEP = look.ACCENT, "#2A9D8F", look.GREY


@dataclass
class Book:
    """A workbook under construction.

    Attributes:
        workbook: Where it is written.
        content: What goes in.
        styles: Its cell styles.
        names: Ranges that the workbook shall know by a name, written when all sheets are there.
        fitted: Sheets whose rows shall grow while somebody types.
        macros: Whether it gets macros, and buttons that start them.
    """

    workbook: Workbook
    content: Content
    styles: Styles
    names: dict[str, str] = field(default_factory=dict)
    fitted: set[str] = field(default_factory=set)
    macros: bool = False

    def name(self, name: str, sheet: str, reference: str) -> None:
        """Give a cell or range (``$B$3``) of a sheet a name."""
        self.names[name] = f"={quoted(sheet)}!{reference}"


def add_page(book: Book, name: str, title: str, tab: str, *, gridlines: bool = False) -> Worksheet:
    """Add a sheet with its title and print set-up: A4 landscape, one page wide, headings on every page."""
    sheet: Worksheet = book.workbook.add_worksheet(name)
    sheet.set_tab_color(tab)
    sheet.hide_gridlines(0 if gridlines else 2)
    sheet.set_column(0, 0, MARGIN_WIDTH, book.styles.get())
    sheet.set_row(TITLE_ROW - 1, _TITLE_HEIGHT)
    style = book.styles.named["xlkpi title"]
    if title.startswith("="):
        sheet.write_formula(TITLE_ROW - 1, 1, title, style, "")
    else:
        sheet.write_string(TITLE_ROW - 1, 1, title, style)
    _set_print(sheet)
    return sheet


def _set_print(sheet: Worksheet) -> None:
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.set_footer("&L&8&A&R&8Page &P of &N")


def add_subtitle(book: Book, sheet: Worksheet, text: str = NOT_REFRESHED) -> None:
    """Write the cell that a command fills with the quarter, and name it; until then it says ``text``."""
    sheet.write_string(SUBTITLE_ROW - 1, 1, text, book.styles.named["xlkpi subtitle"])
    book.name(Name.subtitle(sheet.get_name()), sheet.get_name(), f"$B${SUBTITLE_ROW}")


def add_help(book: Book, sheet: Worksheet, text: str) -> None:
    """Write the one line that says what to do on this sheet, a little off the table below it."""
    sheet.set_row(HELP_ROW - 1, _HELP_HEIGHT)
    sheet.write_string(HELP_ROW - 1, 1, text, book.styles.like("xlkpi note", valign="top"))


def print_for_people(sheet: Worksheet, drawing: Drawing) -> None:
    """Print a table without the columns at its right that are there for formulas."""
    fields = [column.field for column in drawing.table.columns if column.shape is not Shape.WORKED]
    _, _, _, last = drawing.span(fields[-1])
    sheet.print_area(0, 0, EVERY_ROW, last)


@dataclass(frozen=True)
class Drawing:
    """A table to draw.

    Attributes:
        table: Its columns.
        rows: The values of all columns, row by row; a formula's value is what it comes to.
        formulas: Formula of a column by field.
        is_input: Whether somebody types into it.
        filters: Whether its headings carry filter buttons.
        style: More properties for the cells of a column, by field.
        about: What it holds, for screen readers.
        height: Of every data row, in points, which rows of a refresh take over; None fits each row to its texts.
        least: How high a row is that is fitted, at least.
    """

    table: Table
    rows: Sequence[Sequence[Value]]
    formulas: Mapping[str, str] = field(default_factory=dict)
    is_input: bool = False
    filters: bool = True
    style: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    about: str = ""
    height: float | None = None
    least: float = look.ONE_LINE

    @property
    def last_row(self) -> int:
        """Return the row number of the last data row."""
        return FIRST_ROW + max(1, len(self.rows)) - 1

    def columns(self) -> Sequence[tuple[int, Column]]:
        """Return each column with its number on the sheet, from 0."""
        return list(enumerate(self.table.columns, self.table.left - 1))

    def span(self, *fields: str) -> tuple[int, int, int, int]:
        """Return the data cells from the first to the last of the fields, as XlsxWriter counts: from 0."""
        left = self.table.left - 1
        return FIRST_ROW - 1, left + self.table.index(fields[0]), self.last_row - 1, left + self.table.index(fields[-1])

    def reference(self, *fields: str) -> str:
        """Return the data cells from the first to the last of the fields: ``$B$6:$B$25``."""
        found: str = xl_range_abs(*self.span(*fields))
        return found if ":" in found else f"{found}:{found}"

    def first(self, field_name: str) -> str:
        """Return the first data cell of a column with its column fixed, for a conditional format: ``$K6``."""
        return f"${column_letters(self.table.left + self.table.index(field_name))}{FIRST_ROW}"


def draw(book: Book, sheet: Worksheet, drawing: Drawing) -> None:
    """Write a table with its headings, cells and widths; at least one row, empty where there is none."""
    table = drawing.table
    for number, column in drawing.columns():
        sheet.set_column(number, number, column.width)
    sheet.set_row(HEADING_ROW - 1, _HEADING_HEIGHT)
    _add_table(book, sheet, drawing)
    bodies = [
        book.styles.body(column, is_last=column is table.columns[-1], **drawing.style.get(column.field, {}))
        for column in table.columns
    ]
    writers = [
        _formula_writer(sheet, drawing.formulas[column.field], body)
        if column.field in drawing.formulas
        else _value_writer(sheet, body)
        for column, body in zip(table.columns, bodies, strict=True)
    ]
    empty: list[Value] = [None] * len(table.columns)
    if drawing.height is None:
        book.fitted.add(sheet.get_name())
    wrapped = [(place, column.width) for place, column in enumerate(table.columns) if column.shape is Shape.LONG]
    for index, values in enumerate(drawing.rows or [empty], FIRST_ROW - 1):
        for place, (write, value) in enumerate(zip(writers, values, strict=True), table.left - 1):
            write(index, place, value)
        texts = [(text, width) for place, width in wrapped if isinstance(text := values[place], str)]
        sheet.set_row(index, drawing.height or max(drawing.least, look.row_height(texts)))
    sheet.repeat_rows(HEADING_ROW - 1)


def _add_table(book: Book, sheet: Worksheet, drawing: Drawing) -> None:
    """Declare the table over its headings and first row, then stretch it.

    XlsxWriter would note every cell of it and write every formula twice; a History has millions of cells.
    """
    table = drawing.table
    left, right = table.left - 1, table.left + len(table.columns) - 2
    columns = [
        {
            "header": column.heading,
            "header_format": book.styles.heading(
                column, is_input=drawing.is_input, is_last=column is table.columns[-1]
            ),
            "formula": drawing.formulas.get(column.field, ""),
        }
        for column in table.columns
    ]
    options: dict[str, Any] = {"name": table.name, "columns": columns, "style": None, "banded_rows": False}
    options |= {"autofilter": drawing.filters, "title": table.name, "description": drawing.about}
    sheet.add_table(HEADING_ROW - 1, left, FIRST_ROW - 1, right, options)
    declared = sheet.tables[-1]
    whole = xl_range(HEADING_ROW - 1, left, drawing.last_row - 1, right)
    declared["range"] = declared["a_range"] = whole
    if drawing.filters:
        declared["autofilter"] = whole


_Write = Callable[[int, int, Value], None]


def _formula_writer(sheet: Worksheet, formula: str, body: Format) -> _Write:
    """Return what writes a column's formula: XlsxWriter looks through its text once, not in every row."""
    looked_through: list[Any] = []

    def write(row: int, column: int, value: Value) -> None:
        result = "" if value is None else value
        if looked_through:
            sheet.table[row][column] = looked_through[0]._replace(value=result)
        else:
            sheet.write_formula(row, column, formula, body, result)
            looked_through.append(sheet.table[row][column])

    return write


def _value_writer(sheet: Worksheet, body: Format) -> _Write:
    """Return what writes a column's values: of equal ones only the first is made, since a History has millions."""
    made: dict[Value, Any] = {}

    def write(row: int, column: int, value: Value) -> None:
        if isinstance(value, bool):  # equal to 1 or 0, but another cell
            sheet.write_boolean(row, column, value, body)
            return
        known = made.get(value)
        if known is not None:
            sheet.table[row][column] = known
            return
        _write_value(sheet, row, column, value, body)
        if len(made) < _MOST_KNOWN:
            made[value] = sheet.table[row][column]

    return write


def _write_value(sheet: Worksheet, row: int, column: int, value: Value, body: Format) -> None:
    if value is None or value == "":
        sheet.write_blank(row, column, None, body)
    elif isinstance(value, str):
        sheet.write_string(row, column, value, body)
    elif isinstance(value, (int, float)):
        sheet.write_number(row, column, value, body)
    elif isinstance(value, ExcelError):
        sheet.write_string(row, column, value.text, body)
    else:
        _write_date(sheet, row, column, value, body)


def _write_date(sheet: Worksheet, row: int, column: int, value: dt.date, body: Format) -> None:
    sheet.write_datetime(row, column, value, body)
