"""What Excel offers beyond xlwings' common members, told apart by system.

Whatever speaks Excel's own languages stands in ``windows.py`` and ``mac.py``, as short as it can be: the smoke test for people
goes through it, since no test has Excel itself.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple, Protocol

from xlkpi.errors import EditRefused
from xlkpi.workbook.backend import ExcelError, Value
from xlkpi.workbook.livebook.picture import Filter, Protection
from xlkpi.workbook.ooxml.address import Area, parse_area

#: How often an application is asked whether it answers, and how many seconds lie between.
TRIES, PAUSE = 10, 0.2
ERRORS = frozenset({"#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A", "#GETTING_DATA", "#SPILL!"})


class Found(NamedTuple):
    """A table of a sheet: its name, the whole of it, and whether its last row is one of totals."""

    name: str
    area: Area
    has_totals: bool


class Used(NamedTuple):
    """The part of a sheet that is in use: where it is, its values, and its formulas or what is typed in.

    Attributes:
        has_merged: Whether any of the cells are merged.
    """

    area: Area
    values: Sequence[Sequence[Value]]
    formulas: Sequence[Sequence[Any]]
    has_merged: bool


class Native(Protocol):
    """What differs between Excel for Windows and Excel for Mac.

    Attributes:
        can_mend: Whether sheets copied from another workbook can be kept from pointing there.
        joins: Whether one address may name several areas (``D6:D9,F6``).
        lacks: What xlwings offers of an application and this one does not have.
    """

    can_mend: bool
    joins: bool
    lacks: frozenset[str]

    def full_name(self, book: Any) -> str:
        """Return path or address of an open workbook as the application says it; xlwings would look for a local copy."""
        ...

    def refuse_busy(self, app: Any) -> None:
        """Refuse an Excel that does not answer, such as one whose user is typing into a cell.

        Raises:
            ExcelBusy: Where it does not answer for two seconds.
        """
        ...

    def writes_to(self, folder: Path) -> Path:
        """Return where the application can write without asking anybody: into this folder of the user's, or its own."""
        ...

    def save_copy(self, book: Any, path: Path) -> bool:
        """Write a workbook as it is at this moment to a file, leaving the workbook alone; return whether that was possible.

        Args:
            book: The workbook.
            path: A file in the folder that ``writes_to`` names, its stem 32 digits from 0 to f.
        """
        ...

    def is_saved(self, book: Any) -> bool:
        """Return whether a workbook is as its file was when it was opened or saved, and may be saved there again."""
        ...

    def sheets(self, book: Any) -> dict[str, Any]:
        """Return all worksheets by their names, in their order."""
        ...

    def names(self, book: Any) -> list[tuple[str, str]]:
        """Return every name with what it stands for, such as ``=Start!$C$9``."""
        ...

    def tables(self, book: Any, sheets: Mapping[str, Any]) -> dict[str, list[Found]]:
        """Return the tables of all sheets, in the order of the sheets."""
        ...

    def used(self, book: Any, sheet: str, sheets: Mapping[str, Any]) -> dict[str, Used]:
        """Return the cells in use of one sheet, and those of others where that takes no more calls.

        Args:
            book: The workbook.
            sheet: The sheet that is wanted.
            sheets: All of them by their names, in their order.
        """
        ...

    def protection(self, sheet: Any) -> Protection | None:
        """Return how a sheet is protected; None where it is not."""
        ...

    def unprotect(self, sheet: Any) -> bool:
        """Take a sheet's protection off and return whether it is off: a password keeps it on."""
        ...

    def protect(self, sheet: Any, how: Protection) -> None:
        """Protect a sheet without a password."""
        ...

    def unlink(self, area: Any) -> None:
        """Take the links off an area; its looks stay."""
        ...

    def unfilter(self, table: Any, filters: Sequence[Filter]) -> None:
        """Show all rows of a table; its filter arrows stay."""
        ...

    def refilter(self, table: Any, one: Filter) -> None:
        """Have one column of a table let through what it let through before."""
        ...

    def drawn(self, sheet: Any) -> Iterable[tuple[str, str]]:
        """Yield what draws on a sheet, ``a chart`` or ``a pivot table``, and its source as a formula would say it."""
        ...

    def recount_pivots(self, book: Any, tables: Collection[str]) -> None:
        """Have the pivot tables that are fed by these tables count again; a closed file's do when it is opened."""
        ...

    def draw_sparklines(self, sheet: Any, area: str, source: str) -> None:
        """Have the sparklines of some cells draw a range of the same workbook, row by row."""
        ...

    def feed_pivot(self, sheet: Any, name: str, table: str) -> None:
        """Have a PivotTable read a table of the same workbook."""
        ...

    def links_to(self, book: Any, other: str) -> bool:
        """Return whether anything in a workbook points to a file of that name."""
        ...


class Common:
    """What xlwings' common members answer, call by call."""

    joins = True
    lacks: frozenset[str] = frozenset()

    def writes_to(self, folder: Path) -> Path:
        """Return the folder itself."""
        return folder

    def sheets(self, book: Any) -> dict[str, Any]:
        """Ask each sheet."""
        return {sheet.name: sheet for sheet in book.sheets}

    def names(self, book: Any) -> list[tuple[str, str]]:
        """Ask each name."""
        return [(name.name, name.refers_to) for name in book.names]

    def tables(self, _book: Any, sheets: Mapping[str, Any]) -> dict[str, list[Found]]:
        """Ask each table."""
        return {
            name: [Found(one.name, area_of(one.range), bool(one.show_totals)) for one in sheet.tables]
            for name, sheet in sheets.items()
        }

    def used(self, _book: Any, sheet: str, sheets: Mapping[str, Any]) -> dict[str, Used]:
        """Ask for place, values, formulas and merged cells."""
        area = sheets[sheet].used_range
        is_merged = area.merge_cells is not False
        return {sheet: Used(area_of(area), self._values(area), two_deep(area.formula), is_merged)}

    @staticmethod
    def _values(area: Any) -> list[list[Value]]:
        """Return the values of an area; an error is told from the same characters as text by a second look."""
        shown = area.options(ndim=2, err_to_str=True).value
        if not any(one in ERRORS for row in shown for one in row if isinstance(one, str)):
            return [[plain_value(one) for one in row] for row in shown]
        bare = area.options(ndim=2).value
        return [
            [
                ExcelError(one) if one in ERRORS and without is None else plain_value(one)
                for one, without in zip(row, others, strict=True)
            ]
            for row, others in zip(shown, bare, strict=True)
        ]


def area_of(found: Any) -> Area:
    """Return where a range of xlwings is."""
    return parsed(found.address)


def parsed(address: str) -> Area:
    """Return the area of an address such as ``$B$6:$D$9``."""
    area = parse_area(address)
    assert area is not None, address
    return area


def plain_value(found: Any) -> Value:
    """Return a value of a cell as this program knows values."""
    if found is None or found == "":
        return None
    if isinstance(found, dt.datetime):
        return (found.replace(tzinfo=None) + dt.timedelta(microseconds=500)).replace(microsecond=0)
    if isinstance(found, (int, Decimal)) and not isinstance(found, bool):
        return float(found)
    return found  # type: ignore[no-any-return]


def two_deep(found: Any) -> list[list[Any]]:
    """Return cells as rows; Excel gives a bare value for a single cell, and may give a flat row on a Mac."""
    if not isinstance(found, (list, tuple)):
        return [[found]]
    if found and not isinstance(found[0], (list, tuple)):
        return [list(found)]
    return [list(row) for row in found]


def told(ask: Callable[[], Any], sheet: Any) -> str:
    """Return what a series draws.

    Raises:
        EditRefused: Where its chart is of a kind that does not tell.
    """
    try:
        return str(ask())
    except Exception as error:
        raise EditRefused(
            f"{sheet.name}: Excel does not tell where a chart on this sheet draws from, so that no sheet can be removed. "
            "Move the chart to a workbook of its own, and try again."
        ) from error


def source_of(found: Any) -> str:
    """Return where a pivot table reads from; ``Sheet1!R1C1:R9C4`` names its sheet like any other place."""
    return str(found[0] if isinstance(found, (list, tuple)) and found else found)


def refuse_protected(sheet: str) -> EditRefused:
    """Return what to say of a sheet whose protection needs a password."""
    return EditRefused(
        f"{sheet}: the sheet is protected by a password. Take the protection off (Review, Unprotect Sheet), and try again."
    )


BUSY = (
    "Excel is busy: somebody is typing into a cell, or a window waits for an answer. Press Enter or Esc in Excel, close "
    "its windows, and try again. Nothing was changed."
)
