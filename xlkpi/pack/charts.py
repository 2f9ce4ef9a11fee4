"""Native charts of the commissioner's workbook: direct, without decoration, the last point labelled."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.chart import Chart as Drawn
from xlsxwriter.utility import xl_range_abs

from xlkpi.calculate.status import Status
from xlkpi.pack.document import PERCENT, Chart, Role, Series, Table
from xlkpi.pack.svg import marks_of
from xlkpi.workbook.backend import quoted
from xlkpi.writers import look

_FONT = {"name": look.FONT, "size": 10, "color": look.INK}
_LINES: dict[Role, dict[str, Any]] = {
    Role.FIGURE: {"color": look.ACCENT, "width": 2.25},
    Role.TARGET: {"color": look.STATUS_PAIRS[Status.ON].text, "width": 1.5, "dash_type": "dash"},
    Role.TOLERANCE: {"color": look.STATUS_PAIRS[Status.INSIDE].text, "width": 1.5, "dash_type": "round_dot"},
}
_SIZE = {"width": 720, "height": 340}


def native_chart(book: Workbook, chart: Chart, table: Table, sheet: str, top: int) -> Drawn:
    """Return a chart of cells, to be put on a sheet.

    Args:
        book: That it belongs to.
        chart: What it shows.
        table: Whose cells it draws; its columns carry the names of the chart's lines.
        sheet: Where that table stands.
        top: Row of the table's headings, from 0.
    """
    drawn: Drawn = book.add_chart({"type": "bar", "subtype": "stacked"} if chart.is_stacked else {"type": "line"})
    headings = [column.heading for column in table.columns]
    for one in chart.series:
        place = headings.index(one.name)
        drawn.add_series(
            {
                "name": [sheet, top, place],
                "categories": [sheet, top + 1, 0, top + len(chart.categories), 0],
                "values": _cells(one, sheet, (top + 1, place), len(headings)),
                "values_data": [None if value is None else float(value) for value in one.values],
                **(_bar(one) if chart.is_stacked else _line(one, chart)),
            }
        )
    drawn.set_title({"none": True})
    # A line alone is named by the title of its sheet or page.
    drawn.set_legend({"position": "top", "font": _FONT} if len(chart.series) > 1 else {"none": True})
    drawn.set_chartarea({"border": {"none": True}})
    if chart.is_stacked:
        drawn.set_x_axis({"visible": False, "major_gridlines": {"visible": False}, "min": 0})
        drawn.set_y_axis({"reverse": True, "line": {"none": True}, "num_font": _FONT})
    else:
        _set_axes(drawn, chart)
    drawn.set_size(_SIZE)
    return drawn


def _cells(series: Series, sheet: str, first: tuple[int, int], empty: int) -> str:
    """Return the cells of a line as a formula; in the place of a mark, which Excel would draw as 0, an empty cell stands.

    Args:
        series: What is drawn.
        sheet: Where it stands.
        first: Row and column of its first value, from 0.
        empty: A column with nothing in it.
    """
    top, column = first
    runs = []
    for known, run in groupby(enumerate(series.values), key=lambda one: one[1] is not None):
        places = [top + place for place, _ in run]
        at = column if known else empty
        runs.append(f"{quoted(sheet)}!{xl_range_abs(places[0], at, places[-1], at)}")
    return f"={runs[0]}" if len(runs) == 1 else f"=({','.join(runs)})"


def _set_axes(drawn: Drawn, chart: Chart) -> None:
    """Clip the axis of the figures to them, with their unit."""
    marks = marks_of(chart)
    step, decimals = marks[1] - marks[0], 0
    while (step * 10**decimals).denominator != 1:
        decimals += 1
    said = {} if chart.unit in {PERCENT, "count"} else {"name": chart.unit, "name_font": _FONT | {"bold": False}}
    # The room at the right is for the label of the last point.
    left = 0.09 if not said else 0.13
    drawn.set_plotarea({"layout": {"x": left, "y": 0.12, "width": 0.91 - left, "height": 0.62}})
    drawn.set_x_axis({"num_font": _FONT | {"rotation": -45}, "line": {"color": look.RULE}, "label_position": "low"})
    drawn.set_y_axis(
        {
            "num_font": _FONT,
            "num_format": look.number_format(chart.unit, decimals),
            "line": {"none": True},
            "major_gridlines": {"visible": True, "line": {"color": look.RULE}},
            "min": float(marks[0]),
            "max": float(marks[-1]),
            "major_unit": float(step),
            **said,
        }
    )


def _line(series: Series, chart: Chart) -> dict[str, Any]:
    line = _LINES[series.role]
    if series.role is not Role.FIGURE:
        colour = {"color": line["color"]}
        # A level of one quarter is a line without length.
        stroke = {"type": "long_dash", "size": 9, "fill": colour, "border": colour}
        return {"line": line, "marker": stroke if _has_lone_value(series) else {"type": "none"}}
    last = max(place for place, value in enumerate(series.values) if value is not None)
    number = look.number_format(chart.unit, chart.decimals)
    colour = {"color": look.ACCENT}
    return {
        "line": line,
        "marker": {"type": "circle", "size": 5, "fill": colour, "border": colour},
        "data_labels": {
            "value": True,
            "position": "right",
            "num_format": number,
            "font": _FONT | colour | {"bold": True},
            "custom": [None if place == last else {"delete": True} for place in range(len(series.values))],
        },
    }


def _has_lone_value(series: Series) -> bool:
    values = (None, *series.values, None)
    return any(
        one is not None and before is None and after is None
        for before, one, after in zip(values, values[1:], values[2:], strict=False)
    )


def _bar(series: Series) -> dict[str, Any]:
    assert series.status is not None
    pair = look.STATUS_PAIRS[series.status]
    return {
        "fill": {"color": pair.ground},
        "border": {"color": pair.text, "width": 1},
        "gap": 45,
        "data_labels": {
            "value": True,
            "num_format": f'"{series.status.mark} "0;;;',
            "font": {"name": look.FONT, "bold": True, "color": pair.text},
        },
    }
