"""The sheets that a refresh fills: each table has one empty row, which carries the formats of its columns."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from xlsxwriter.utility import xl_range_abs
from xlsxwriter.worksheet import Worksheet

from xlkpi.calculate.history import Movement
from xlkpi.calculate.status import Status
from xlkpi.tables.rows import INPUTS
from xlkpi.tables.verified import SEVERITIES, VERDICTS
from xlkpi.template.formulas import this
from xlkpi.template.page import (
    EVERY_ROW,
    KEEP,
    NOT_REFRESHED,
    READ,
    Book,
    Drawing,
    add_help,
    add_page,
    add_subtitle,
    draw,
)
from xlkpi.template.validation import add_validation
from xlkpi.workbook.backend import Value
from xlkpi.workbook.layout import (
    CHECKS_TABLE,
    CLAIMS_TABLE,
    CONTEXT_TABLE,
    DRAFT_CELL,
    EXPLAIN_TABLE,
    FIRST_ROW,
    LISTS_TABLE,
    LOG_TABLE,
    RESTATEMENTS_TABLE,
    RESULTS_TABLE,
    TREND_FIRST_FIGURE,
    TRENDS,
    Name,
    Table,
    trends_table,
)
from xlkpi.writers import look
from xlkpi.writers.claims import NOT_CHECKED
from xlkpi.writers.trace import NOT_COMPARED, NOT_EXPLAINED

#: The codes that have results, for the list on the Indicator sheet.
CODES = "kpiCodes"
TWO_LINES = look.ONE_LINE + look.FURTHER_LINE
_FOUR_LINES = look.ONE_LINE + 3 * look.FURTHER_LINE

_RESULTS_HELP = (
    "How did a figure come about? Select its row and press Explain. A click on inputs goes to what was typed, with its "
    "formula beside it."
)
_CHECKS_HELP = (
    "Publish asks for a yes under Accepted beside every remark that is not mended. Fill it down to accept all. It lapses when "
    "words or figures of the remark change."
)

_STRONG = {"bold": True}
_QUIET = {"font_color": look.GREY}
_SHARE = {"num_format": look.CHANGE_FORMAT, **_QUIET}


def add_results(book: Book) -> None:
    """Add one row a contract indicator, with its status tinted and its trend as a sparkline."""
    style: dict[str, Mapping[str, Any]] = {
        "code": _STRONG,
        "section": _QUIET,
        "outturn": _STRONG,
        "provenance": _QUIET,
        **dict.fromkeys(("target", "tolerance", "previous", "year_ago"), _QUIET),
    }
    where = this(RESULTS_TABLE, "place")
    link = f'=IF({where}="","",HYPERLINK("#"&{where},"{INPUTS}"))'
    about = "Results: one row for each contract measure."
    drawing = Drawing(RESULTS_TABLE, [], {"inputs": link}, style=style, height=TWO_LINES, about=about)
    sheet = _add(book, drawing, frozen="title")
    add_help(book, sheet, _RESULTS_HELP)
    _, _, _, last = drawing.span("code", "provenance")
    sheet.print_area(0, 0, EVERY_ROW, last)
    status, movement = drawing.first("status"), drawing.first("movement")
    for one in Status:
        pair = look.STATUS_PAIRS[one]
        tint = {"font_color": pair.text, "bg_color": pair.ground, "bold": True}
        add_tint(book, sheet, drawing, "status", f'{status}="{one.label}"', tint)
    fell = {"font_color": look.STATUS_PAIRS[Status.OUTSIDE].text, "bold": True}
    add_tint(book, sheet, drawing, "movement", f'ISNUMBER(SEARCH("fell out",{movement}))', fell)
    add_tint(book, sheet, drawing, "movement", f'{movement}="{Movement.UNCHANGED.value}"', {"font_color": look.GREY})
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


def add_tint(book: Book, sheet: Worksheet, drawing: Drawing, field: str, when: str, tint: Mapping[str, Any]) -> None:
    """Tint a cell of results; with the rule above it where a section starts.

    LibreOffice takes only the first condition that holds, Excel all of them.
    """
    section = drawing.first("section")
    starts = f"{section}<>{_above(section)}"
    ruled = book.styles.difference(**tint, top=1, top_color=look.ACCENT)
    for criteria, style in ((f"=AND({when},{starts})", ruled), (f"={when}", book.styles.difference(**tint))):
        rule = {"type": "formula", "criteria": criteria, "format": style}
        sheet.conditional_format(*drawing.span(field), rule)


def _above(cell: str) -> str:
    return f"{cell.rstrip('0123456789')}{FIRST_ROW - 1}"


def add_rule_between(book: Book, sheet: Worksheet, drawing: Drawing, field: str) -> None:
    """Draw a rule above every row in which a column says something else than in the row above."""
    cell = drawing.first(field)
    changed = book.styles.difference(top=1, top_color=look.ACCENT)
    rule = {"type": "formula", "criteria": f"={cell}<>{_above(cell)}", "format": changed}
    fields = [column.field for column in drawing.table.columns]
    sheet.conditional_format(*drawing.span(fields[0], fields[-1]), rule)


def add_lists(book: Book) -> None:
    """Add the measures by status, as the report lists them; a heading that goes on steps back."""
    style: dict[str, Mapping[str, Any]] = {
        "code": _STRONG,
        "outturn": _STRONG,
        "count": _QUIET,
        "paragraph": _QUIET,
        "target": _QUIET,
        "tolerance": _QUIET,
    }
    drawing = Drawing(LISTS_TABLE, [], style=style, height=TWO_LINES, about="Contract measures by status.")
    sheet = _add(book, drawing)
    cell = drawing.first("list")
    goes_on = book.styles.difference(font_color=look.GREY)
    starts = book.styles.difference(bold=True, top=1, top_color=look.ACCENT)
    for criteria, changed in ((f"={cell}={_above(cell)}", goes_on), (f"={cell}<>{_above(cell)}", starts)):
        rule = {"type": "formula", "criteria": criteria, "format": changed}
        sheet.conditional_format(*drawing.span("paragraph", "count"), rule)
    add_rule_between(book, sheet, drawing, "list")


def add_context(book: Book) -> None:
    """Add the figures that are never rated."""
    style: dict[str, Mapping[str, Any]] = {
        "code": _STRONG,
        "current": _STRONG,
        "percent_year": _SHARE,
        "percent_quarter": _SHARE,
        "year_ago": _QUIET,
        "previous": _QUIET,
        "provenance": _QUIET,
    }
    drawing = Drawing(CONTEXT_TABLE, [], style=style, height=TWO_LINES, about="Context figures with their changes.")
    _add(book, drawing, frozen="title")


def add_trends(book: Book) -> None:
    """Add every indicator by quarter, the latest at the right."""
    table = trends_table(book.content.trend_quarters, book.content.quarter)
    style: dict[str, Mapping[str, Any]] = {"code": _STRONG, "unit": _QUIET, table.columns[-1].field: _STRONG}
    # Two rows: a sparkline draws one of them, and must not grow when the table does.
    rows: list[list[Value]] = [[None] * len(table.columns)] * 2
    _add(book, Drawing(table, rows, style=style, height=TWO_LINES, about="Outturns by quarter."), frozen="title")


def add_checks(book: Book) -> None:
    """Add what a reader should know before signing, each remark with a link to its cell and a place to accept it."""
    style: dict[str, Mapping[str, Any]] = {"number": _QUIET, "kind": _QUIET, "by": _QUIET, "at": _QUIET}
    drawing = Drawing(CHECKS_TABLE, [], height=TWO_LINES, style=style, about="Remarks, each with its cell.")
    sheet = _add(book, drawing)
    add_help(book, sheet, _CHECKS_HELP)
    add_validation(sheet, drawing)


def add_explain(book: Book) -> None:
    """Add how figures came about, each step with links to its cells; filled for the rows that somebody asks about."""
    style: dict[str, Mapping[str, Any]] = {"code": _STRONG, "step": _STRONG}
    drawing = Drawing(
        EXPLAIN_TABLE, [], height=look.ONE_LINE, style=style, about="How figures came about, step by step."
    )
    sheet = _add(book, drawing, subtitle=NOT_EXPLAINED)
    # A step with several cells has a row for each: no rule between them, and its code once.
    step, where = (f"{drawing.first(field).rstrip('0123456789')}" for field in ("step", "where"))
    goes_on = f'=AND({step}{FIRST_ROW + 1}="",{where}{FIRST_ROW + 1}<>"")'
    joined = book.styles.difference(bottom=1, bottom_color=look.WHITE)
    rule = {"type": "formula", "criteria": goes_on, "format": joined}
    sheet.conditional_format(*drawing.span("code", "where"), rule)
    again = f'=AND({step}{FIRST_ROW}="",{where}{FIRST_ROW}<>"")'
    rule = {"type": "formula", "criteria": again, "format": book.styles.difference(font_color=look.WHITE)}
    sheet.conditional_format(*drawing.span("code"), rule)


def add_restatements(book: Book) -> None:
    """Add the figures that were published otherwise, with a place to say why."""
    style: dict[str, Mapping[str, Any]] = {
        "code": _STRONG,
        "old": _QUIET,
        "new": _STRONG,
    }
    about = "Figures that differ from what was published before."
    drawing = Drawing(RESTATEMENTS_TABLE, [], height=TWO_LINES, style=style, about=about)
    sheet = _add(book, drawing, subtitle=NOT_COMPARED)
    add_validation(sheet, drawing)


def add_claims(book: Book) -> None:
    """Add what a check of a draft found, and the cell that says which draft the button checks."""
    style: dict[str, Mapping[str, Any]] = {"number": _QUIET, "kind": _QUIET, "computed": _STRONG, "stated": _STRONG}
    about = "Claims of a draft with their verdicts, and what else to mend in it."
    drawing = Drawing(CLAIMS_TABLE, [], height=look.ONE_LINE, style=style, about=about)
    sheet = _add(book, drawing, frozen="place", subtitle=NOT_CHECKED)
    verdict = drawing.first("verdict")
    pairs = {label: look.VERDICT_PAIRS[one] for one, label in VERDICTS.items()}
    pairs |= {label: look.SEVERITY_PAIRS[one] for one, label in SEVERITIES.items()}
    for label, pair in pairs.items():
        tint = book.styles.difference(font_color=pair.text, bg_color=pair.ground, bold=True)
        rule = {"type": "formula", "criteria": f'={verdict}="{label}"', "format": tint}
        sheet.conditional_format(*drawing.span("verdict"), rule)
    add_help(book, sheet, "Path of the draft to check")
    sheet.write_blank(DRAFT_CELL, None, book.styles.like("xlkpi typed", num_format=look.TEXT_FORMAT, align="left"))
    text = "A file that ends in .docx, .pdf, .txt or .md. Leave it empty to check the Narrative sheet."
    rule = {"validate": "any", "input_title": "Draft to check", "input_message": text}
    sheet.data_validation(DRAFT_CELL, rule)
    book.name(Name.DRAFT, sheet.get_name(), f"${DRAFT_CELL[0]}${DRAFT_CELL[1:]}")


def add_log(book: Book) -> None:
    """Add the list of what was done."""
    drawing = Drawing(LOG_TABLE, [], height=_FOUR_LINES, about="What was done, and when.")
    _add(book, drawing, tab=KEEP)


def _add(
    book: Book, drawing: Drawing, *, frozen: str = "", tab: str = READ, subtitle: str = NOT_REFRESHED
) -> Worksheet:
    table: Table = drawing.table
    sheet = add_page(book, table.sheet, table.sheet, tab)
    add_subtitle(book, sheet, subtitle)
    draw(book, sheet, drawing)
    sheet.freeze_panes(FIRST_ROW - 1, table.left + table.index(frozen) if frozen else 0)
    codes = [column.field for column in table.columns if column.field == "code"]
    if codes:
        sheet.ignore_errors({"number_stored_as_text": drawing.reference("code").replace("$", "")})
    return sheet
