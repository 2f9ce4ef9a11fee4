"""The figures of the picked indicator by quarter, and the chart of them."""

from __future__ import annotations

from typing import Any

from xlsxwriter.chart import Chart
from xlsxwriter.worksheet import Worksheet

from xlkpi.calculate.status import Status
from xlkpi.model.register import Polarity
from xlkpi.template import indicator_cells as cells
from xlkpi.template.formulas import at, quarter_index, valid_row
from xlkpi.template.page import Book
from xlkpi.template.shown import add_unit_formats
from xlkpi.workbook.backend import column_letters
from xlkpi.workbook.layout import HEADING_ROW, INDICATOR, TARGETS, TREND_FIRST_FIGURE, TRENDS, Name, trends_table
from xlkpi.writers import look

_ROW_HEIGHT = 20
_DESCRIPTION = (
    "Line chart: the outturn of the picked measure by quarter, with its target as a dashed and its tolerance as a dotted "
    "line. The figures stand in the table at the right of the chart."
)


def add_history(book: Book, sheet: Worksheet) -> None:
    """Add the table at the right and the chart at its left."""
    sheet.set_column(cells.HISTORY_LEFT - 1, cells.HISTORY_LEFT - 1, 3)
    for place, width in enumerate(cells.HISTORY_WIDTHS, cells.HISTORY_LEFT):
        sheet.set_column(place, place, width)
    _add_headings(book, sheet)
    number = book.content.trend_quarters
    for place in range(max(number, cells.CHART_ROWS)):
        sheet.set_row(cells.CHART_ROW - 1 + place, _ROW_HEIGHT)
    for place in range(number):
        _add_row(book, sheet, place)
    span = (cells.CHART_ROW - 1, cells.HISTORY_LEFT + 1, cells.CHART_ROW + number - 2, cells.HISTORY_RIGHT)
    hidden = book.styles.difference(font_color=look.WHITE)
    first = f"{cells.OUTTURN}{cells.CHART_ROW}"
    is_upper = f'AND({cells.POLARITY}<>"{Polarity.RANGE.value}",COLUMN({first})>={cells.HISTORY_RIGHT})'
    sheet.conditional_format(*span, {"type": "formula", "criteria": f"=ISNA({first})", "format": hidden})
    away = book.styles.difference(font_color=look.WHITE, bottom=1, bottom_color=look.WHITE)
    sheet.conditional_format(*span, {"type": "formula", "criteria": f"={is_upper}", "format": away})
    add_unit_formats(book, sheet, span, cells.SHOWN_AS)
    sheet.ignore_errors({"eval_error": f"{first}:{cells.UPPER_TOLERANCE}{cells.CHART_ROW + number - 1}"})
    _add_chart(book, sheet)


def _add_headings(book: Book, sheet: Worksheet) -> None:
    row = cells.CHART_ROW - 2
    sheet.set_row(row, 30)
    heading = book.styles.get(bold=True, font_size=12, font_color=look.ACCENT)
    unit = f'IF({cells.UNIT}="","",", "&{cells.UNIT})'
    formula = f'="Outturn by quarter"&{unit}&", with the target and tolerance of each quarter"'
    sheet.write_formula(row, 1, formula, heading, "Outturn by quarter")
    tile = cells.TILE_ROW + 1
    is_band = f'{cells.POLARITY}="{Polarity.RANGE.value}"'
    texts = (
        "Quarter",
        "Outturn",
        f'=IF({is_band},"Lower target",IF(C{tile}="–","Target","Target "&C{tile}))',
        f'=IF({is_band},"Lower tolerance",IF(D{tile}="–","Tolerance","Tolerance "&D{tile}))',
        f'=IF({is_band},"Upper target","")',
        f'=IF({is_band},"Upper tolerance","")',
    )
    upper = cells.HISTORY_RIGHT - 1
    for place, text in enumerate(texts, cells.HISTORY_LEFT):
        align = "left" if place == cells.HISTORY_LEFT else "right"
        colours = {"bold": True, "font_color": look.WHITE, "bg_color": look.ACCENT}
        style = book.styles.get(align=align, indent=1, **(colours if place < upper else {}))
        if text.startswith("="):
            sheet.write_formula(
                row, place, text, style, ("", "", "Target", "Tolerance", "", "")[place - cells.HISTORY_LEFT]
            )
        else:
            sheet.write_string(row, place, text, style)
    shown = book.styles.difference(bold=True, font_color=look.WHITE, bg_color=look.ACCENT)
    rule = {"type": "formula", "criteria": f"={is_band}", "format": shown}
    sheet.conditional_format(row, upper, row, cells.HISTORY_RIGHT, rule)


def _add_row(book: Book, sheet: Worksheet, place: int) -> None:
    row = cells.CHART_ROW + place
    trends = trends_table(1, book.content.quarter)
    letters = column_letters(trends.left + TREND_FIRST_FIGURE + place)
    label = f"{cells.QUARTER_COLUMN}{row}"
    target_row = f"{column_letters(cells.TARGET_ROW + 1)}{row}"
    figure = f"INDEX({TRENDS}!${letters}:${letters},{HEADING_ROW}+{cells.TRENDS_ROW})"
    polarity = at(TARGETS, "polarity", target_row)
    is_lower, is_band = (f'{polarity}="{one.value}"' for one in (Polarity.LOWER, Polarity.RANGE))

    def side(band: str) -> str:
        return f"IF({is_lower},{at(TARGETS, f'{band}_to', target_row)},{at(TARGETS, f'{band}_from', target_row)})"

    figures = (
        f"IF({cells.TRENDS_ROW}=0,NA(),IF(ISNUMBER({figure}),{figure},NA()))",
        *(_level(target_row, side(band)) for band in ("on", "inside")),
        *(
            # Without a band the upper line lies on the other: LibreOffice draws a line of nothing but #N/A along 0.
            _level(target_row, f"IF({is_band},{at(TARGETS, f'{band}_to', target_row)},{side(band)})")
            for band in ("on", "inside")
        ),
    )
    base: dict[str, Any] = {"bottom": 1, "bottom_color": look.RULE}
    sheet.write_formula(
        row - 1, cells.HISTORY_LEFT, f'={TRENDS}!${letters}${HEADING_ROW}&""', book.styles.get(**base, indent=1), ""
    )
    for column, formula in enumerate(figures, cells.HISTORY_LEFT + 1):
        bold = {"bold": True} if column == cells.HISTORY_LEFT + 1 else {"font_color": look.GREY}
        style = book.styles.get(**base, **bold, align="right", indent=1)
        sheet.write_formula(row - 1, column, "=" + formula, style, "#N/A")
    quiet = book.styles.get(font_color=look.GREY, font_size=9)
    found = valid_row(TARGETS, Name.PICKED, quarter_index(label))
    sheet.write_formula(row - 1, cells.TARGET_ROW, f"=IFERROR({found},0)", quiet, "")


def _level(target_row: str, level: str) -> str:
    return f"IF({target_row}=0,NA(),IF(ISNUMBER({level}),{level},NA()))"


def _add_chart(book: Book, sheet: Worksheet) -> None:
    chart: Chart = book.workbook.add_chart({"type": "line"})
    first, last = cells.CHART_ROW, cells.CHART_ROW + book.content.trend_quarters - 1
    on, inside = look.STATUS_PAIRS[Status.ON].text, look.STATUS_PAIRS[Status.INSIDE].text
    dashed = {"color": on, "width": 1.75, "dash_type": "dash"}
    dotted = {"color": inside, "width": 1.75, "dash_type": "round_dot"}
    lines = (
        (cells.TARGET, dashed),
        (cells.TOLERANCE, dotted),
        (cells.UPPER_TARGET, dashed),
        (cells.UPPER_TOLERANCE, dotted),
    )
    for letters, line in lines:
        plain = {"fill": {"color": line["color"]}, "border": {"none": True}}
        marker = {"type": "long_dash", "size": 4, **plain}  # a target of one quarter is a line without length
        chart.add_series({**_series(letters, first, last), "line": line, "marker": marker})
    chart.add_series(_outturn(first, last))
    font = {"name": look.FONT, "size": 9, "color": look.GREY}
    chart.set_title({"none": True})
    chart.set_legend({"position": "top", "font": {**font, "size": 10}, "delete_series": [2, 3]})
    axis = {"num_font": font, "line": {"none": True}, "major_tick_mark": "none", "minor_tick_mark": "none"}
    chart.set_y_axis({**axis, "major_gridlines": {"visible": True, "line": {"color": look.RULE, "width": 0.75}}})
    chart.set_x_axis({**axis, "line": {"color": look.RULE}, "label_position": "low"})
    chart.set_chartarea({"border": {"none": True}, "fill": {"none": True}})
    chart.set_plotarea({"fill": {"none": True}})
    chart.show_blanks_as("span")  # with "gap" LibreOffice draws #N/A as 0; Excel passes over it either way
    chart.set_size({"width": 954, "height": cells.CHART_ROWS * _ROW_HEIGHT * 4 // 3})
    sheet.insert_chart(cells.CHART_ROW - 1, 1, chart, {"object_position": 3, "description": _DESCRIPTION})


def _series(letters: str, first: int, last: int) -> dict[str, Any]:
    return {
        "name": f"={INDICATOR}!${letters}${cells.CHART_ROW - 1}",
        "categories": f"={INDICATOR}!${cells.QUARTER_COLUMN}${first}:${cells.QUARTER_COLUMN}${last}",
        "values": f"={INDICATOR}!${letters}${first}:${letters}${last}",
    }


def _outturn(first: int, last: int) -> dict[str, Any]:
    """Return the series of the outturn; only its last point is labelled, in the indicator's unit."""
    marker = {"type": "circle", "size": 6, "fill": {"color": look.ACCENT}, "border": {"color": look.WHITE}}
    font = {"name": look.FONT, "size": 11, "bold": True, "color": look.ACCENT}
    none: list[dict[str, Any]] = [{"delete": True}] * (last - first)
    labels = {
        "value": True,
        "position": "above",
        "font": font,
        "custom": [*none, {"value": f"={INDICATOR}!$B${cells.TILE_ROW + 1}", "font": font}],
    }
    line = {"color": look.ACCENT, "width": 2.5}
    return {**_series(cells.OUTTURN, first, last), "line": line, "marker": marker, "data_labels": labels}
