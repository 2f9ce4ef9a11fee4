"""The sheets that a refresh fills: each table has one empty row, which carries the formats of its columns."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from xlsxwriter.utility import xl_range_abs
from xlsxwriter.worksheet import Worksheet

from xlkpi.calculate.status import Status
from xlkpi.template.page import KEEP, READ, Book, Drawing, add_page, add_subtitle, draw
from xlkpi.workbook.layout import (
    CHECKS_TABLE,
    CONTEXT_TABLE,
    FIRST_ROW,
    LISTS_TABLE,
    LOG_TABLE,
    RESULTS_TABLE,
    TREND_FIRST_FIGURE,
    TRENDS,
    Table,
    trends_table,
)
from xlkpi.writers import look

#: The codes that have results, for the list on the Indicator sheet.
CODES = "kpiCodes"
TWO_LINES = look.ONE_LINE + look.FURTHER_LINE
_FOUR_LINES = look.ONE_LINE + 3 * look.FURTHER_LINE

_STRONG = {"bold": True}
_QUIET = {"font_color": look.GREY}
_SHARE = {"num_format": look.CHANGE_FORMAT, **_QUIET}
_INDENTED = {"indent": 1}


def add_results(book: Book) -> None:
    """Add one row a contract indicator, with its status tinted and its trend as a sparkline."""
    style = {
        "code": _STRONG,
        "section": _QUIET,
        "outturn": _STRONG,
        "status": _INDENTED,
        "movement": _INDENTED,
        "provenance": {**_QUIET, **_INDENTED},
        **dict.fromkeys(("target", "tolerance", "previous", "year_ago"), _QUIET),
    }
    drawing = Drawing(RESULTS_TABLE, [], style=style, height=TWO_LINES, about="Results: one row for each contract measure.")
    sheet = _add(book, drawing, frozen="title")
    for status in Status:
        rule = {"type": "cell", "criteria": "==", "value": f'"{status.label}"', "format": book.styles.status(status)}
        sheet.conditional_format(*drawing.span("status"), rule)
    fell = book.styles.difference(font_color=look.STATUS_PAIRS[Status.OUTSIDE].text, bold=True)
    rule = {"type": "text", "criteria": "containing", "value": "fell out", "format": fell}
    sheet.conditional_format(*drawing.span("movement"), rule)
    add_rule_between(book, sheet, drawing, "section")
    _add_sparkline(book, sheet, drawing)
    book.name(CODES, sheet.get_name(), drawing.reference("code"))


def _add_sparkline(book: Book, sheet: Worksheet, drawing: Drawing) -> None:
    """Draw the figures of the same row of the trends."""
    trends = trends_table(book.content.trend_quarters, book.content.quarter)
    left = trends.left - 1 + TREND_FIRST_FIGURE
    right = left + book.content.trend_quarters - 1
    row, place, _, _ = drawing.span("spark")
    sparkline = {
        "range": f"{TRENDS}!{xl_range_abs(FIRST_ROW - 1, left, FIRST_ROW - 1, right).replace('$', '')}",
        "type": "line",
        "last_point": True,
        "series_color": look.ACCENT,
        "last_color": look.STATUS_PAIRS[Status.OUTSIDE].text,
        "weight": 1.5,
    }
    sheet.add_sparkline(row, place, sparkline)


def add_rule_between(book: Book, sheet: Worksheet, drawing: Drawing, field: str) -> None:
    """Draw a rule above every row in which a column says something else than in the row above."""
    cell = drawing.first(field)
    above = f"{cell.rstrip('0123456789')}{FIRST_ROW - 1}"
    changed = book.styles.difference(top=1, top_color=look.ACCENT)
    rule = {"type": "formula", "criteria": f"={cell}<>{above}", "format": changed}
    fields = [column.field for column in drawing.table.columns]
    sheet.conditional_format(*drawing.span(fields[0], fields[-1]), rule)


def add_lists(book: Book) -> None:
    """Add the measures by status, as the report lists them; a heading that goes on steps back."""
    style = {
        "code": _STRONG,
        "list": _STRONG,
        "outturn": _STRONG,
        "count": _QUIET,
        "paragraph": _QUIET,
        "target": _QUIET,
        "tolerance": _QUIET,
    }
    drawing = Drawing(LISTS_TABLE, [], style=style, height=TWO_LINES, about="Contract measures by status.")
    sheet = _add(book, drawing)
    add_rule_between(book, sheet, drawing, "list")
    cell = drawing.first("list")
    above = f"{cell.rstrip('0123456789')}{FIRST_ROW - 1}"
    faint = book.styles.difference(font_color=look.FAINT, bold=False)
    rule = {"type": "formula", "criteria": f"={cell}={above}", "format": faint}
    sheet.conditional_format(*drawing.span("paragraph", "count"), rule)


def add_context(book: Book) -> None:
    """Add the figures that are never rated."""
    style: dict[str, Mapping[str, Any]] = {
        "code": _STRONG,
        "current": _STRONG,
        "percent_year": _SHARE,
        "percent_quarter": _SHARE,
        "year_ago": _QUIET,
        "previous": _QUIET,
        "provenance": {**_QUIET, **_INDENTED},
    }
    drawing = Drawing(CONTEXT_TABLE, [], style=style, height=TWO_LINES, about="Context figures with their changes.")
    _add(book, drawing, frozen="title")


def add_trends(book: Book) -> None:
    """Add every indicator by quarter, the latest at the right."""
    table = trends_table(book.content.trend_quarters, book.content.quarter)
    style: dict[str, Mapping[str, Any]] = {"code": _STRONG, "unit": _QUIET, table.columns[-1].field: _STRONG}
    _add(book, Drawing(table, [], style=style, height=TWO_LINES, about="Outturns by quarter."), frozen="title")


def add_checks(book: Book) -> None:
    """Add what a reader should know before signing, each remark with a link to its cell."""
    height = look.ONE_LINE + 2 * look.FURTHER_LINE
    _add(book, Drawing(CHECKS_TABLE, [], height=height, style={"kind": _QUIET}, about="Remarks, each with its cell."))


def add_log(book: Book) -> None:
    """Add the list of what was done."""
    drawing = Drawing(LOG_TABLE, [], height=_FOUR_LINES, style={"remarks": {"align": "left"}}, about="What was done, and when.")
    _add(book, drawing, tab=KEEP)


def _add(book: Book, drawing: Drawing, *, frozen: str = "", tab: str = READ) -> Worksheet:
    table: Table = drawing.table
    sheet = add_page(book, table.sheet, table.sheet, tab)
    add_subtitle(book, sheet)
    draw(book, sheet, drawing)
    sheet.freeze_panes(FIRST_ROW - 1, table.left + table.index(frozen) if frozen else 0)
    codes = [column.field for column in table.columns if column.field == "code"]
    if codes:
        sheet.ignore_errors({"number_stored_as_text": drawing.reference("code").replace("$", "")})
    return sheet
