"""What Excel offers beyond xlwings' common members, told apart by system. Nothing else speaks Excel's own languages.

No test can reach these calls without Excel: each is as short as it can be, and the smoke test for people goes through them.
"""

from __future__ import annotations

import importlib
import sys
import time
from collections.abc import Callable, Collection, Iterable, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any, Protocol

from xlkpi.errors import EditRefused, ExcelBusy
from xlkpi.workbook.livebook.picture import ALLOWED, Filter, Protection

_TRIES, _PAUSE = 10, 0.2
#: What Excel calls a line of sparklines, a source in a workbook, and links to workbooks.
_LINE, _DATABASE, _WORKBOOKS = 1, 1, 1


class Native(Protocol):
    """What differs between Excel for Windows and Excel for Mac.

    Attributes:
        can_mend: Whether sheets copied from another workbook can be kept from pointing there.
    """

    can_mend: bool

    def refuse_busy(self, app: Any) -> None:
        """Refuse an Excel that does not answer, such as one whose user is typing into a cell.

        Raises:
            ExcelBusy: Where it does not answer for two seconds.
        """
        ...

    def save_copy(self, book: Any, path: Path) -> bool:
        """Write a workbook as it is at this moment to a file, leaving the workbook alone; return whether that was possible."""
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


class Windows:
    """Excel for Windows, by COM."""

    can_mend = True

    def refuse_busy(self, app: Any) -> None:
        """Ask for a property; xlwings itself would ask for ever while somebody types into a cell."""
        import xlwings._xlwindows as engine  # noqa: PLC0415  # exists on Windows alone

        engine.N_COM_ATTEMPTS = _TRIES  # it asks so often, then tells
        for _ in range(_TRIES):
            try:
                if app.api.Ready:
                    return
            except Exception:  # noqa: BLE001, S110  # whatever it says, it did not answer
                pass
            time.sleep(_PAUSE)
        raise ExcelBusy(_BUSY)

    def save_copy(self, book: Any, path: Path) -> bool:
        """Ask for ``SaveCopyAs``, with questions and other people's macros off."""
        app = book.app.api
        before = app.DisplayAlerts, app.EnableEvents
        try:
            app.DisplayAlerts = app.EnableEvents = False
            book.api.SaveCopyAs(str(path))
        except Exception:  # noqa: BLE001  # an error without a kind of its own, such as a policy that forbids copies
            return False
        finally:
            app.DisplayAlerts, app.EnableEvents = before
        return path.exists()

    def protection(self, sheet: Any) -> Protection | None:
        """Return the options of ``Worksheet.Protect``."""
        found = sheet.api
        if not found.ProtectContents:
            return None
        kept = found.Protection
        allowed = frozenset(name for name in ALLOWED if getattr(kept, _camel(name)))
        return Protection(None, bool(found.ProtectDrawingObjects), bool(found.ProtectScenarios), allowed)

    def unprotect(self, sheet: Any) -> bool:
        """Try without a password."""
        found = sheet.api
        try:
            found.Unprotect("")
        except Exception:  # noqa: BLE001  # a wrong password is an error without a kind of its own
            return False
        return not found.ProtectContents

    def protect(self, sheet: Any, how: Protection) -> None:
        """Protect a sheet as it was."""
        allowed = {_camel(name): name in how.allowed for name in ALLOWED}
        sheet.api.Protect(Contents=True, DrawingObjects=how.objects, Scenarios=how.scenarios, **allowed)

    def unlink(self, area: Any) -> None:
        """Delete the links; ``ClearHyperlinks`` leaves the format of the cells."""
        area.api.ClearHyperlinks()

    def unfilter(self, table: Any, filters: Sequence[Filter]) -> None:  # noqa: ARG002  # all at once here
        """Ask the table's own filter; the sheet's knows the table with the active cell alone."""
        table.api.AutoFilter.ShowAllData()

    def refilter(self, table: Any, one: Filter) -> None:
        """Ask the range of the table, by position: names of arguments would be lost on a late-bound object."""
        conditions = list(one.criteria1) if isinstance(one.criteria1, tuple) else one.criteria1
        area = table.api.Range
        if one.operator is None:
            area.AutoFilter(one.field, conditions)
        elif one.criteria2 is None:
            area.AutoFilter(one.field, conditions, _OPERATORS[one.operator])
        else:
            area.AutoFilter(one.field, conditions, _OPERATORS[one.operator], one.criteria2)

    def drawn(self, sheet: Any) -> Iterable[tuple[str, str]]:
        """Ask every series of every chart, and every pivot table."""
        found = sheet.api
        for chart in found.ChartObjects():
            for series in chart.Chart.SeriesCollection():
                yield "a chart", _told(partial(getattr, series, "Formula"), sheet)
        for pivot in found.PivotTables():
            with suppress(Exception):  # one that reads from outside the workbook
                yield "a pivot table", _source(pivot.PivotCache().SourceData)

    def recount_pivots(self, book: Any, tables: Collection[str]) -> None:
        """Refresh their caches; one that reads from elsewhere than a table, or that Excel refuses, stays as it is."""
        for cache in book.api.PivotCaches():
            with suppress(Exception):
                if str(cache.SourceData) in tables:
                    cache.Refresh()

    def draw_sparklines(self, sheet: Any, area: str, source: str) -> None:
        """Change the group that is there, which keeps its looks; make one where Excel has dropped it."""
        cells = sheet.api.Range(area)
        if cells.SparklineGroups.Count:
            cells.SparklineGroups.Item(1).Modify(cells, source)
        else:
            cells.SparklineGroups.Add(_LINE, source)

    def feed_pivot(self, sheet: Any, name: str, table: str) -> None:
        """Give it a cache of this workbook, which Excel fills at once."""
        cache = sheet.book.api.PivotCaches().Create(_DATABASE, table)
        sheet.api.PivotTables(name).ChangePivotCache(cache)

    def links_to(self, book: Any, other: str) -> bool:
        """Ask for the sources of all links; there is no list of them where there are none."""
        return any(str(link).endswith(other) for link in book.api.LinkSources(_WORKBOOKS) or ())


class Mac:
    """Excel for Mac, by Apple events."""

    can_mend = False

    def refuse_busy(self, app: Any) -> None:
        """Ask for a property; an Excel whose user is typing into a cell answers with an error."""
        for _ in range(_TRIES):
            try:
                app.api.ready.get()
            except Exception:  # noqa: BLE001  # whatever it says, it did not answer
                time.sleep(_PAUSE)
            else:
                return
        raise ExcelBusy(_BUSY)

    def save_copy(self, book: Any, path: Path) -> bool:  # noqa: ARG002  # it can save under another name alone
        """Return that there is no copy to be had: Apple events know no such command."""
        return False

    def protection(self, sheet: Any) -> Protection | None:
        """Return the options of ``protect worksheet``."""
        found = sheet.api
        if not found.protect_contents.get():
            return None
        kept = found.protection_object
        allowed = frozenset(name for name in ALLOWED if getattr(kept, f"allow_{name}").get())
        objects, scenarios = found.protect_drawing_objects.get(), found.protect_scenarios.get()
        return Protection(None, bool(objects), bool(scenarios), allowed)

    def unprotect(self, sheet: Any) -> bool:
        """Try without a password."""
        found = sheet.api
        try:
            found.unprotect(password="")
        except Exception:  # noqa: BLE001  # a wrong password is an error without a kind of its own
            return False
        return not found.protect_contents.get()

    def protect(self, sheet: Any, how: Protection) -> None:
        """Protect a sheet as it was."""
        allowed = {f"allow_{name}": name in how.allowed for name in ALLOWED}
        sheet.api.protect_worksheet(
            worksheet_contents=True, drawing_objects=how.objects, scenarios=how.scenarios, **allowed
        )

    def unlink(self, area: Any) -> None:
        """Delete the links; the format of the cells stays."""
        area.api.clear_hyperlinks()

    def unfilter(self, table: Any, filters: Sequence[Filter]) -> None:
        """Let each filtered column let everything through."""
        area = table.api.range_object
        for one in filters:
            area.autofilter_range(field=one.field)

    def refilter(self, table: Any, one: Filter) -> None:
        """Ask the range of the table."""
        words = importlib.import_module("appscript").k  # comes with xlwings on a Mac alone
        named: dict[str, Any] = {"field": one.field, "criteria1": one.criteria1}
        if isinstance(one.criteria1, tuple):
            named["criteria1"] = list(one.criteria1)
        if one.operator is not None:
            named["operator"] = getattr(words, _MAC_OPERATORS[one.operator])
        if one.criteria2 is not None:
            named["criteria2"] = one.criteria2
        table.api.range_object.autofilter_range(**named)

    def drawn(self, sheet: Any) -> Iterable[tuple[str, str]]:
        """Ask every series of every chart, and every pivot table."""
        found = sheet.api
        for chart in _all(found.chart_objects):
            for series in _all(chart.chart.series_collection):
                yield "a chart", _told(series.formula.get, sheet)
        for pivot in _all(found.pivot_tables):
            with suppress(Exception):  # one that reads from outside the workbook
                yield "a pivot table", _source(pivot.source_data.get())

    def recount_pivots(self, book: Any, tables: Collection[str]) -> None:
        """Refresh them one by one; one that reads from elsewhere than a table, or that Excel refuses, stays as it is."""
        for sheet in book.sheets:
            with suppress(Exception):
                for pivot in sheet.api.pivot_tables.get():
                    if str(pivot.source_data.get()) in tables:
                        pivot.refresh_table()

    def draw_sparklines(self, sheet: Any, area: str, source: str) -> None:
        """Refuse: Excel for Mac offers no sparklines to other programs."""
        raise NotImplementedError(sheet, area, source)

    def feed_pivot(self, sheet: Any, name: str, table: str) -> None:
        """Refuse: Excel for Mac offers no new source for a PivotTable to other programs."""
        raise NotImplementedError(sheet, name, table)

    def links_to(self, book: Any, other: str) -> bool:  # noqa: ARG002  # what could point is never copied here
        """Return that nothing does: here only sheets are copied that refer to nothing else."""
        return False


def _told(ask: Callable[[], Any], sheet: Any) -> str:
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


def _all(found: Any) -> Sequence[Any]:
    """Return the elements of a kind; Apple events say "missing" where there are none."""
    elements = found.get()
    return elements if isinstance(elements, list) else []


def _source(found: Any) -> str:
    """Return where a pivot table reads from; ``Sheet1!R1C1:R9C4`` names its sheet like any other place."""
    return str(found[0] if isinstance(found, (list, tuple)) and found else found)


def native(app: Any) -> Native:
    """Return how to speak to an application; another engine than Excel's brings its own."""
    other = getattr(app.engine.impl, "native", None)
    if other is not None:
        return other  # type: ignore[no-any-return]
    return Mac() if sys.platform == "darwin" else Windows()


def refuse_protected(sheet: str) -> EditRefused:
    """Return what to say of a sheet whose protection needs a password."""
    return EditRefused(
        f"{sheet}: the sheet is protected by a password. Take the protection off (Review, Unprotect Sheet), and try again."
    )


#: What a filter does with its conditions, as Excel for Windows counts it and as Apple events call it.
_OPERATORS = {
    "and": 1, "or": 2, "values": 7, "top_items": 3, "bottom_items": 4, "top_percent": 5, "bottom_percent": 6,
}  # fmt: skip
_MAC_OPERATORS = {
    "and": "autofilter_and", "or": "autofilter_or", "values": "filter_by_value", "top_items": "top_10_items",
    "bottom_items": "bottom_10_items", "top_percent": "top_10_percent", "bottom_percent": "bottom_10_percent",
}  # fmt: skip


def _camel(name: str) -> str:
    """Return a permission as Excel for Windows spells it.

    Examples:
        >>> _camel("formatting_cells"), _camel("using_pivot_table")
        ('AllowFormattingCells', 'AllowUsingPivotTables')
    """
    joined = "Allow" + "".join(word.capitalize() for word in name.split("_"))
    return joined + "s" if joined.endswith("PivotTable") else joined


_BUSY = (
    "Excel is busy: somebody is typing into a cell, or a window waits for an answer. Press Enter or Esc in Excel, close "
    "its windows, and try again. Nothing was changed."
)
