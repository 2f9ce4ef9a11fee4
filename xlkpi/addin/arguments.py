"""Cells as a worksheet function gets them, and the answers it gives: one for each cell, in one call for a whole range.

An Excel error that comes in goes out again. An answer that cannot be given is an Excel error, too: ``#N/A`` where there is
nothing to tell (no figure, no target), ``#VALUE!`` where what stands there cannot be right. Errors are texts here; the
wrappers of the workbook make them errors of Excel. Each carries its reason, which ``KPI_WHY`` shows.
"""

from __future__ import annotations

import datetime as dt
import inspect
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple, TypeAlias, TypeVar

from pydantic_core import PydanticCustomError

from xlkpi.workbook.backend import ExcelError, Value
from xlkpi.workbook.intake.cells import shown

#: What Excel hands over: the rows of a range, one value, or the default of an argument that was left out.
Cells: TypeAlias = Any
#: What a function gives back: rows of values, which spill.
Shown: TypeAlias = list[list[Any]]

NOT_AVAILABLE, WRONG, TOO_LARGE = "#N/A", "#VALUE!", "#NUM!"

#: Excel's errors by their number; COM hands them over as whole numbers that start from ``_FIRST_ERROR``.
ERRORS: Mapping[int, str] = {
    2000: "#NULL!",
    2007: "#DIV/0!",
    2015: WRONG,
    2023: "#REF!",
    2029: "#NAME?",
    2036: TOO_LARGE,
    2042: NOT_AVAILABLE,
    2043: "#GETTING_DATA",
    2045: "#SPILL!",
    2046: "#CONNECT!",
    2047: "#BLOCKED!",
    2048: "#UNKNOWN!",
    2049: "#FIELD!",
    2050: "#CALC!",
}
_FIRST_ERROR = -2146828288
_TEXTS = frozenset(ERRORS.values())

_Read = TypeVar("_Read")


class Unanswerable(Exception):
    """A question about cells that has no answer.

    Attributes:
        error: The Excel error to show.
        reason: Sentences that say why, and what to do.
    """

    def __init__(self, reason: str, error: str = WRONG) -> None:
        """Keep both."""
        super().__init__(reason)
        self.reason, self.error = reason, error


class Answer(NamedTuple):
    """What one cell shows, and why where that is an error."""

    value: Any
    reason: str = ""


#: A rule takes one cell of each argument and gives one value.
Rule: TypeAlias = Callable[..., Value]


def grid(cells: Cells) -> list[list[Value]]:
    """Return cells as rows of values; errors are never taken for texts or numbers.

    Examples:
        >>> grid(85.0), grid([["#N/A", None]]), grid([[-2146826273]])
        ([[85.0]], [[ExcelError(text='#N/A'), None]], [[ExcelError(text='#VALUE!')]])
    """
    rows = cells if isinstance(cells, (list, tuple)) else [[cells]]
    rows = rows if all(isinstance(row, (list, tuple)) for row in rows) else [rows]
    return [[_value(cell) for cell in row] for row in rows]


def _value(cell: Any) -> Value:
    if isinstance(cell, int) and not isinstance(cell, bool) and cell - _FIRST_ERROR in ERRORS:
        return ExcelError(ERRORS[cell - _FIRST_ERROR])
    if isinstance(cell, str) and cell in _TEXTS:
        return ExcelError(cell)
    if cell is None or isinstance(cell, (str, int, float, bool, dt.date, ExcelError)):
        return cell
    return str(cell)


def read(reader: Callable[[Value], _Read], cell: Value, noun: str) -> _Read:
    """Return a cell as the intake reads it.

    Args:
        reader: One of the intake's.
        cell: The cell.
        noun: How the reason names it: ``the target``.

    Raises:
        Unanswerable: With the words of the intake.
    """
    try:
        return reader(cell)
    except PydanticCustomError as error:
        words = error.context or {}
        expected = f", {words['expected']}" if words["expected"] else ""
        raise Unanswerable(f"{noun} is {shown(cell)}{expected}. {words['cure']}") from None


def answers(rule: Rule, arguments: Sequence[Cells]) -> list[list[Answer]]:
    """Return what a rule says of each cell of its arguments; one row, column or cell stands for as many as are needed."""
    grids = [grid(one) for one in arguments]
    heights, widths = {len(one) for one in grids}, {len(row) for one in grids for row in one}
    nouns = [name.replace("_", " ") for name in inspect.signature(rule).parameters]
    if len(heights - {1}) > 1 or len(widths - {1}) > 1:
        return [[Answer(WRONG, _misfit(grids, nouns))]]
    return [
        [_answer(rule, nouns, [_at(one, row, column) for one in grids]) for column in range(max(widths))]
        for row in range(max(heights))
    ]


def _at(one: Sequence[Sequence[Value]], row: int, column: int) -> Value:
    cells = one[row if len(one) > 1 else 0]
    return cells[column if len(cells) > 1 else 0]


def _misfit(grids: Iterable[Sequence[Sequence[Value]]], nouns: Iterable[str]) -> str:
    sizes = [
        f"{noun} {len(one)} by {len(one[0])}"
        for noun, one in zip(nouns, grids, strict=True)
        if len(one) > 1 or len(one[0]) > 1
    ]
    return f"The ranges do not fit (rows by columns): {', '.join(sizes)}. Give ranges of the same size."


def _answer(rule: Rule, nouns: Sequence[str], cells: Sequence[Value]) -> Answer:
    for noun, cell in zip(nouns, cells, strict=True):
        if isinstance(cell, ExcelError):
            return Answer(cell.text, f"the {noun} is {cell.text}. Mend that cell first.")
    try:
        return Answer(rule(*cells))
    except Unanswerable as no:
        return Answer(no.error, no.reason)
    except OverflowError:
        return Answer(TOO_LARGE, "the figure is too large for a cell. Check the numbers.")


def shown_values(found: Iterable[Iterable[Answer]]) -> Shown:
    """Return answers as a range shows them."""
    return [[one.value for one in row] for row in found]


def shown_reasons(found: Iterable[Iterable[Answer]]) -> Shown:
    """Return the reasons of answers, each sentence with a capital; empty where there is nothing to explain."""
    return [[one.reason[:1].upper() + one.reason[1:] for one in row] for row in found]
