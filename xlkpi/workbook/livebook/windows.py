"""Excel for Windows, spoken to by COM."""

from __future__ import annotations

import time
from collections.abc import Collection, Iterable, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any

from xlkpi.errors import ExcelBusy
from xlkpi.workbook.livebook.native import BUSY, PAUSE, TRIES, Common, source_of, told
from xlkpi.workbook.livebook.picture import ALLOWED, Filter, Protection

#: What Excel calls a line of sparklines, a source in a workbook, and links to workbooks.
_LINE, _DATABASE, _WORKBOOKS = 1, 1, 1


class Windows(Common):
    """Excel for Windows, by COM."""

    can_mend = True

    def full_name(self, book: Any) -> str:
        """Ask the workbook."""
        return str(book.api.FullName)

    def is_saved(self, book: Any) -> bool:
        """Ask the workbook."""
        return bool(book.api.Saved) and not book.api.ReadOnly

    def refuse_busy(self, app: Any) -> None:
        """Ask for a property; xlwings itself would ask for ever while somebody types into a cell."""
        import xlwings._xlwindows as engine  # noqa: PLC0415  # exists on Windows alone

        engine.N_COM_ATTEMPTS = TRIES  # it asks so often, then tells
        for _ in range(TRIES):
            try:
                if app.api.Ready:
                    return
            except Exception:  # noqa: BLE001, S110  # whatever it says, it did not answer
                pass
            time.sleep(PAUSE)
        raise ExcelBusy(BUSY)

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
                yield "a chart", told(partial(getattr, series, "Formula"), sheet)
        for pivot in found.PivotTables():
            with suppress(Exception):  # one that reads from outside the workbook
                yield "a pivot table", source_of(pivot.PivotCache().SourceData)

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


def _camel(name: str) -> str:
    """Return a permission as Excel for Windows spells it.

    Examples:
        >>> _camel("formatting_cells"), _camel("using_pivot_table")
        ('AllowFormattingCells', 'AllowUsingPivotTables')
    """
    joined = "Allow" + "".join(word.capitalize() for word in name.split("_"))
    return joined + "s" if joined.endswith("PivotTable") else joined


#: What a filter does with its conditions, as Excel for Windows counts it.
_OPERATORS = {
    "and": 1, "or": 2, "values": 7, "top_items": 3, "bottom_items": 4, "top_percent": 5, "bottom_percent": 6,
}  # fmt: skip
