"""What Excel offers beyond xlwings' common members, told apart by system. Nothing else speaks Excel's own languages.

No test can reach these calls without Excel: each is as short as it can be, and the smoke test for people goes through them.
"""

from __future__ import annotations

import sys
import time
from typing import Any, Protocol

from xlkpi.errors import EditRefused, ExcelBusy

_TRIES, _PAUSE = 10, 0.2
#: What Excel calls a line of sparklines, a source in a workbook, and links to workbooks.
_LINE, _DATABASE, _WORKBOOKS = 1, 1, 1
_ALLOWED = (
    "formatting_cells",
    "formatting_columns",
    "formatting_rows",
    "inserting_columns",
    "inserting_rows",
    "inserting_hyperlinks",
    "deleting_columns",
    "deleting_rows",
    "sorting",
    "filtering",
    "using_pivot_table",
)


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

    def unprotected(self, sheet: Any) -> Any:
        """Take a sheet's protection off and return what puts it back; None where there was none, False where it stays."""
        ...

    def protect(self, sheet: Any, how: Any) -> None:
        """Put back the protection that ``unprotected`` took off."""
        ...

    def unlink(self, area: Any) -> None:
        """Take the links off an area; its looks stay."""
        ...

    def is_filtered(self, table: Any) -> bool:
        """Return whether a filter hides rows of a table."""
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

    def unprotected(self, sheet: Any) -> Any:
        """Return the options of ``Worksheet.Protect``."""
        found = sheet.api
        if not found.ProtectContents:
            return None
        allowed = {_camel(name): getattr(found.Protection, _camel(name)) for name in _ALLOWED}
        how = {"DrawingObjects": found.ProtectDrawingObjects, "Scenarios": found.ProtectScenarios, **allowed}
        try:
            found.Unprotect("")
        except Exception:  # noqa: BLE001  # a wrong password is an error without a kind of its own
            return False
        return False if found.ProtectContents else how

    def protect(self, sheet: Any, how: Any) -> None:
        """Protect a sheet as it was."""
        sheet.api.Protect(Contents=True, **how)

    def unlink(self, area: Any) -> None:
        """Delete the links; ``ClearHyperlinks`` leaves the format of the cells."""
        area.api.ClearHyperlinks()

    def is_filtered(self, table: Any) -> bool:
        """Ask the table's own filter; the sheet's tells of the table with the active cell alone."""
        found = table.api.AutoFilter if table.api.ShowAutoFilter else None
        return found is not None and bool(found.FilterMode)

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

    def unprotected(self, sheet: Any) -> Any:
        """Return the options of ``protect worksheet``."""
        found = sheet.api
        if not found.protect_contents.get():
            return None
        kept = found.protection_object
        allowed = {f"allow_{name}": getattr(kept, f"allow_{name}").get() for name in _ALLOWED}
        how = {
            "drawing_objects": found.protect_drawing_objects.get(),
            "scenarios": found.protect_scenarios.get(),
            **allowed,
        }
        try:
            found.unprotect(password="")
        except Exception:  # noqa: BLE001  # a wrong password is an error without a kind of its own
            return False
        return False if found.protect_contents.get() else how

    def protect(self, sheet: Any, how: Any) -> None:
        """Protect a sheet as it was."""
        sheet.api.protect_worksheet(worksheet_contents=True, **how)

    def unlink(self, area: Any) -> None:
        """Delete the links; the format of the cells stays."""
        area.api.clear_hyperlinks()

    def is_filtered(self, table: Any) -> bool:
        """Look for hidden rows: Excel for Mac does not tell of one table's filter."""
        return table.range.rows.hidden is not False

    def draw_sparklines(self, sheet: Any, area: str, source: str) -> None:
        """Refuse: Excel for Mac offers no sparklines to other programs."""
        raise NotImplementedError(sheet, area, source)

    def feed_pivot(self, sheet: Any, name: str, table: str) -> None:
        """Refuse: Excel for Mac offers no new source for a PivotTable to other programs."""
        raise NotImplementedError(sheet, name, table)

    def links_to(self, book: Any, other: str) -> bool:  # noqa: ARG002  # what could point is never copied here
        """Return that nothing does: here only sheets are copied that refer to nothing else."""
        return False


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
