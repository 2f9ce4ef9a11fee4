"""What may be typed: lists, numbers and quarters, with help while typing and a sentence where it is refused."""

from __future__ import annotations

from typing import Any

from xlsxwriter.worksheet import Worksheet

from xlkpi.template.page import Drawing
from xlkpi.workbook.backend import column_letters
from xlkpi.workbook.layout import FIRST_ROW, Column, Shape

_LONGEST_TITLE = 32
_LONGEST_MESSAGE = 255
_MOST = 10**12

#: Fields that hold a quarter and nothing else; ``period`` of the context inputs may be a month, too.
QUARTERS_ONLY = frozenset({"first", "last"})
#: Fields whose number may be a band such as 40..60.
LEVELS = frozenset({"target", "tolerance"})
#: Fields whose number may be below 0.
SIGNED = frozenset({"value"})


def add_validation(sheet: Worksheet, drawing: Drawing, rules: dict[str, dict[str, Any]] | None = None) -> None:
    """Put the rules of its columns on the typed cells of a table.

    Args:
        sheet: Where the table stands.
        drawing: The table.
        rules: Rules of XlsxWriter, by field, that go before those of the layout.
    """
    for _, column in drawing.columns():
        if column.typed:
            own = (rules or {}).get(column.field, {})
            sheet.data_validation(*drawing.span(column.field), _rule(drawing, column) | own)


def _rule(drawing: Drawing, column: Column) -> dict[str, Any]:
    rule: dict[str, Any] = {
        "validate": "any",
        "input_title": column.heading[:_LONGEST_TITLE],
        "input_message": column.help[:_LONGEST_MESSAGE],
        "error_title": f"{column.heading} cannot be that"[:_LONGEST_TITLE],
    }
    return rule | _check(drawing, column)


def _check(drawing: Drawing, column: Column) -> dict[str, Any]:
    cell = f"{column_letters(drawing.table.left + drawing.table.index(column.field))}{FIRST_ROW}"
    if column.choices:
        listed = ", ".join(column.choices[:-1]) + " or " + column.choices[-1]
        return {"validate": "list", "source": list(column.choices), "error_message": f"Choose {listed}."}
    if column.field in LEVELS:
        formula = f'=OR(ISNUMBER({cell}),ISNUMBER(FIND("..",{cell})))'
        return _custom(formula, "Type a number such as 85, or for polarity range a band such as 40..60.")
    if column.field in QUARTERS_ONLY:
        return _custom(is_quarter(cell), "Type a quarter such as 2018/19 Q1: the year, a space, Q and 1 to 4.")
    return _number(column)


def _custom(formula: str, message: str) -> dict[str, Any]:
    return {"validate": "custom", "value": formula, "error_message": message}


def _number(column: Column) -> dict[str, Any]:
    if column.field == "decimals":
        return {**_between("integer", 0, 6), "error_message": "Type a whole number from 0 to 6."}
    if column.shape is Shape.WHOLE:
        return {**_between("integer", 0, _MOST), "error_message": "Type a whole number of 0 or more."}
    if column.shape is Shape.NUMBER:
        signed = column.field in SIGNED
        message = f"Type a number{'' if signed else ' of 0 or more'}. Leave the cell empty where there is none."
        return {**_between("decimal", -_MOST if signed else 0, _MOST), "error_message": message}
    return {}


def _between(kind: str, low: int, high: int) -> dict[str, Any]:
    return {"validate": kind, "criteria": "between", "minimum": low, "maximum": high}


def is_quarter(cell: str) -> str:
    """Return a formula that is true where a cell holds a quarter label such as ``2018/19 Q1``."""
    year, next_year, number = f"LEFT({cell},4)", f"MID({cell},6,2)", f"RIGHT({cell},1)"
    follows = f'RIGHT("0"&MOD({year}+1,100),2)={next_year}'
    shape = f'LEN({cell})=10,MID({cell},5,1)="/",MID({cell},8,2)=" Q",ISNUMBER(FIND({number},"1234"))'
    return f"=AND({shape},{follows})"
