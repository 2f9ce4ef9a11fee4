"""Where things stand on the What-if sheet, for its formulas."""

from __future__ import annotations

from xlkpi.workbook.backend import column_letters

#: Rows: the questions, the answer in a sentence, the headings of the comparison, the functions of Python.
ASK_ROW, ANSWER_ROW, TABLE_ROW, FUNCTIONS_ROW = 6, 12, 14, 25
#: Columns of the comparison.
NOW, THEN, DIFFERENCE = "C", "D", "E"
#: What is asked, in the order of the rows.
CODE, MORE, OUT_OF, OTHER_TARGET, OTHER_TOLERANCE = (f"$C${ASK_ROW + place}" for place in range(5))

#: The rows of the comparison.
ROWS = ("numerator", "denominator", "outturn", "target", "tolerance", "status", "gap", "to_tolerance", "to_target")

#: Helper cells: what both columns share, then what each has of its own.
SHARED = ("register row", "target row", "table", "place", "unit", "decimals", "shown as", "polarity", "in cases")
SIDES = ("on from", "on to", "inside from", "inside to")
OWN = (
    *("value", "target as typed", *SIDES),
    *("target line", "tolerance line", "upper target", "upper tolerance", "label"),
)
HELPERS_LEFT = 14
HELPERS_ROW = TABLE_ROW
_SHARED_COLUMN = column_letters(HELPERS_LEFT + 2)
REGISTER_ROW, TARGET_ROW, TABLE, PLACE, UNIT, DECIMALS, SHOWN_AS, POLARITY, IN_CASES = (
    f"${_SHARED_COLUMN}${HELPERS_ROW + place}" for place in range(len(SHARED))
)
OWN_ROW = HELPERS_ROW + len(SHARED)


def cell(row: str, column: str) -> str:
    """Return the cell of a row of the comparison, now or then."""
    return f"${column}${TABLE_ROW + 1 + ROWS.index(row)}"


def own(name: str, column: str) -> str:
    """Return the helper cell of a column of the comparison."""
    letters = column_letters(HELPERS_LEFT + 2 + (column == THEN))
    return f"${letters}${OWN_ROW + OWN.index(name)}"


def band(kind: str, column: str) -> tuple[str, str]:
    """Return both sides of a band (``on`` or ``inside``), now or then."""
    return own(f"{kind} from", column), own(f"{kind} to", column)
