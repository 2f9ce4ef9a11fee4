"""Where things stand on the Indicator sheet, for its formulas."""

from __future__ import annotations

from xlkpi.workbook.backend import column_letters

#: Rows: the picker, the labels of the tiles, the definition, the first figures and the chart.
PICK_ROW, TILE_ROW, ABOUT_ROW, CHART_ROW = 5, 7, 11, 14
#: The chart is as high as so many rows.
CHART_ROWS = 15

#: Columns of the table of figures, from 0: quarter, outturn, target, tolerance, upper target, upper tolerance.
HISTORY_LEFT = 8
HISTORY_WIDTHS = (12, 11, 14, 15, 12, 14)
HISTORY_RIGHT = HISTORY_LEFT + len(HISTORY_WIDTHS) - 1
TARGET_ROW = HISTORY_RIGHT + 1
QUARTER_COLUMN, OUTTURN, TARGET, TOLERANCE, UPPER_TARGET, UPPER_TOLERANCE = (
    column_letters(HISTORY_LEFT + 1 + place) for place in range(len(HISTORY_WIDTHS))
)

#: What the helper cells hold, and the column of their labels; what they say stands right of it.
HELPERS = ("results row", "quarter", "register row", "trends row", "unit", "decimals", "shown as", "polarity")
HELPERS_LEFT = TARGET_ROW + 1
RESULTS_ROW, QUARTER, REGISTER_ROW, TRENDS_ROW, UNIT, DECIMALS, SHOWN_AS, POLARITY = (
    f"${column_letters(HELPERS_LEFT + 2)}${CHART_ROW + place}" for place in range(len(HELPERS))
)
