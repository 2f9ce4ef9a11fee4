"""Sections by status: the table of the report, the same as a chart, and a PivotTable to slice it otherwise."""

from __future__ import annotations

from xlsxwriter.chart import Chart
from xlsxwriter.worksheet import Worksheet

from xlkpi.calculate.status import Status
from xlkpi.tables.rows import TOTAL
from xlkpi.template.page import READ, Book, Drawing, add_page, add_subtitle, draw
from xlkpi.workbook.backend import Value, column_letters, quoted
from xlkpi.workbook.layout import FIRST_ROW, HEADING_ROW, SUMMARY, SUMMARY_TABLE
from xlkpi.writers import look

_SHARE = "Share"
_ROW_HEIGHT = 24.0
#: Where the chart and the PivotTable stand: right of the table, since nothing may stand below it.
RIGHT_COLUMN = SUMMARY_TABLE.left + len(SUMMARY_TABLE.columns) + 1
PIVOT_ROW = 24
_CHART_SIZE = {"width": 760, "height": 360}

#: Dark, middle and pale, so that the three also differ in grey; text on ground for the labels.
_BARS = {
    Status.ON: (look.STATUS_PAIRS[Status.ON].text, look.WHITE),
    Status.INSIDE: ("#F0C36D", look.INK),
    Status.OUTSIDE: (look.STATUS_PAIRS[Status.OUTSIDE].ground, look.STATUS_PAIRS[Status.OUTSIDE].text),
}
_DESCRIPTION = (
    "Stacked bar chart: for each section the number of contract measures on or better than target, inside tolerance and "
    "outside tolerance. The numbers stand in the table at the left."
)


def add_summary(book: Book) -> None:
    """Add the sheet; the table starts with one section, the total and the shares, so that a refresh knows each row's look."""
    empty: list[Value] = [None] * (len(SUMMARY_TABLE.columns) - 1)
    rows = [[None, *empty], [TOTAL, *empty], [_SHARE, *empty]]
    drawing = Drawing(
        SUMMARY_TABLE, rows, filters=False, height=_ROW_HEIGHT, about="Contract measures by section and status."
    )
    sheet = add_page(book, SUMMARY, SUMMARY, READ)
    add_subtitle(book, sheet)
    draw(book, sheet, drawing)
    _add_tints(book, sheet, drawing)
    _add_chart(book, sheet)
    _add_pivot_frame(book, sheet)
    sheet.freeze_panes(FIRST_ROW - 1, SUMMARY_TABLE.left)
    sheet.set_landscape()


def _add_tints(book: Book, sheet: Worksheet, drawing: Drawing) -> None:
    """Set off the total, let shares and zeros step back, tint the counts of each status."""
    name, styles = drawing.first("section"), book.styles
    counts = drawing.span(Status.OUTSIDE.name.lower(), "all")
    whole = drawing.span("section", "all")
    cell = f"{column_letters(counts[1] + 1)}{FIRST_ROW}"
    total = styles.difference(bold=True, top=1, top_color=look.ACCENT)
    share = styles.difference(font_color=look.GREY)
    is_share = f'LEFT({name},{len(_SHARE)})="{_SHARE}"'
    sheet.conditional_format(*whole, {"type": "formula", "criteria": f'={name}="{TOTAL}"', "format": total})
    sheet.conditional_format(
        *whole, {"type": "formula", "criteria": f"={is_share}", "format": share, "stop_if_true": True}
    )
    zero = {
        "type": "formula",
        "criteria": f'=AND({cell}=0,{cell}<>"")',
        "format": styles.difference(font_color=look.FAINT),
    }
    sheet.conditional_format(*counts, zero)
    for status in Status:
        one = drawing.first(status.name.lower()).replace("$", "")
        rule = f'=AND({name}<>"{TOTAL}",ISNUMBER({one}),{one}>0)'
        tint = {"type": "formula", "criteria": rule, "format": styles.status(status)}
        sheet.conditional_format(*drawing.span(status.name.lower()), tint)


def _add_chart(book: Book, sheet: Worksheet) -> None:
    chart: Chart = book.workbook.add_chart({"type": "bar", "subtype": "stacked"})
    for status, (ground, text) in _BARS.items():
        chart.add_series(_series(status, ground, text))
    font = {"name": look.FONT, "size": 10, "color": look.INK}
    chart.set_title({"none": True})
    chart.set_legend({"position": "top", "font": font})
    chart.set_x_axis({"visible": False, "major_gridlines": {"visible": False}, "min": 0})
    line = {"none": True}
    chart.set_y_axis({"reverse": True, "line": line, "num_font": font, "major_tick_mark": "none"})
    chart.set_chartarea({"border": {"none": True}, "fill": {"none": True}})
    chart.set_plotarea({"fill": {"none": True}})
    chart.set_size(_CHART_SIZE)
    place = {"object_position": 3, "description": _DESCRIPTION}
    sheet.insert_chart(HEADING_ROW - 1, RIGHT_COLUMN - 1, chart, place)


def _series(status: Status, ground: str, text: str) -> dict[str, object]:
    column = column_letters(SUMMARY_TABLE.left + SUMMARY_TABLE.index(status.name.lower()))
    sections = column_letters(SUMMARY_TABLE.left)
    sheet = quoted(SUMMARY)
    border = {"color": text if status is Status.OUTSIDE else look.WHITE, "width": 1.5}
    return {
        "name": f"={sheet}!${column}${HEADING_ROW}",
        "categories": f"={sheet}!${sections}${FIRST_ROW}:${sections}${FIRST_ROW}",
        "values": f"={sheet}!${column}${FIRST_ROW}:${column}${FIRST_ROW}",
        "fill": {"color": ground},
        "border": border,
        "gap": 45,
        "data_labels": {
            "value": True,
            "num_format": "0;;;",
            "font": {"name": look.FONT, "size": 10, "bold": True, "color": text},
        },
    }


def _add_pivot_frame(book: Book, sheet: Worksheet) -> None:
    """Give the PivotTable its heading and widths; the table itself is added to the finished file."""
    left = RIGHT_COLUMN - 1
    sheet.set_column(left - 1, left - 1, 3)
    sheet.set_column(left, left, 28)
    sheet.set_column(left + 1, left + len(Status) - 1, 24)
    sheet.set_column(left + len(Status), left + len(Status) + 1, 14)
    heading = book.styles.get(bold=True, font_size=12, font_color=look.ACCENT)
    sheet.write_string(PIVOT_ROW - 3, left, "Results by section and status, to slice as you like", heading)
    text = "A PivotTable over Results. It fills itself when the workbook is opened for editing; drag other fields in."
    sheet.write_string(PIVOT_ROW - 2, left, text, book.styles.named["xlkpi note"])
