"""What Excel offers beyond xlwings, as far as LibreOffice has it."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from live.engine import counted
from live.engine.office import save_copy

from xlkpi.errors import ExcelBusy
from xlkpi.workbook.livebook.native import Common
from xlkpi.workbook.livebook.picture import Filter, Protection


@counted
class Native(Common):
    """What Excel offers beyond xlwings, as far as LibreOffice has it; what it has not is written down.

    Attributes:
        copies: Whether it writes copies of open workbooks.
        files: Whether it tells which workbooks are as their files are.
        can_mend: Whether sheets copied from another workbook can be kept from pointing there.
        lines: The sparklines that were given a source: sheet, cells, source.
        fed: The pivot tables that were given a table: sheet, pivot table, table.
    """

    def __init__(self) -> None:
        self.copies = self.can_mend = True
        self.files = False
        self.lines: list[tuple[str, str, str]] = []
        self.fed: list[tuple[str, str, str]] = []

    def refuse_busy(self, app: Any) -> None:
        if app.impl.busy:
            raise ExcelBusy("Excel is busy. Nothing was changed.")

    def full_name(self, book: Any) -> str:
        return str(book.impl.fullname)

    def is_saved(self, book: Any) -> bool:
        return self.files and not book.api.isModified()

    def save_copy(self, book: Any, path: Path) -> bool:
        if self.copies:
            save_copy(book.impl.api, path)
        return self.copies

    def protection(self, sheet: Any) -> Protection | None:
        if not sheet.api.isProtected():
            return None
        return Protection(None, objects=True, scenarios=True, allowed=frozenset())

    def unprotect(self, sheet: Any) -> bool:
        found = sheet.api
        with suppress(Exception):  # a wrong password
            found.unprotect("")
        return not found.isProtected()

    def protect(self, sheet: Any, _how: Protection) -> None:
        sheet.api.protect("")

    def unlink(self, area: Any) -> None:
        area.impl.unlink()

    def unfilter(self, table: Any, _filters: Any) -> None:
        table.impl.filtered([])

    def refilter(self, table: Any, one: Filter) -> None:
        table.impl.filtered([*(known for known in table.impl.filters() if known[0] != one.field), tuple(one)])

    def drawn(self, sheet: Any) -> Iterator[tuple[str, str]]:
        for chart in sheet.api.Charts:
            for area in chart.Ranges:
                name = sheet.api.DrawPage.Forms.Parent.Sheets.getByIndex(area.Sheet).Name
                yield "a chart", f"'{name}'!$A$1"

    def recount_pivots(self, book: Any, tables: Collection[str]) -> None:
        """Give each its source anew: LibreOffice remembers the area, Excel the name of the table."""
        ranges, sheets = book.api.DatabaseRanges, book.api.Sheets
        areas = [ranges.getByName(name).DataArea for name in tables if ranges.hasByName(name)]
        for pivots in (sheets.getByIndex(at).DataPilotTables for at in range(sheets.Count)):
            for pivot in (pivots.getByIndex(at) for at in range(pivots.Count)):
                source = pivot.SourceRange
                for area in areas:
                    if (area.Sheet, area.StartRow, area.StartColumn) == (
                        source.Sheet, source.StartRow, source.StartColumn
                    ):  # fmt: skip
                        pivot.SourceRange = area
                        pivot.refresh()

    def draw_sparklines(self, sheet: Any, area: str, source: str) -> None:
        self.lines.append((sheet.name, area, source))

    def feed_pivot(self, sheet: Any, name: str, table: str) -> None:
        self.fed.append((sheet.name, name, table))

    def links_to(self, book: Any, other: str) -> bool:
        """Look at every formula: LibreOffice calls the other file by its whole address."""
        sheets = book.api.Sheets
        for at in range(sheets.Count):
            cursor = sheets.getByIndex(at).createCursor()
            cursor.gotoStartOfUsedArea(False)  # noqa: FBT003
            cursor.gotoEndOfUsedArea(True)  # noqa: FBT003
            if any(other in formula for row in cursor.getFormulaArray() for formula in row if formula.startswith("=")):
                return True
        return False
