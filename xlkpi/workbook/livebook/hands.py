"""What reaches into an open workbook: its sheets and tables asked for once, and cells written with few calls."""

from __future__ import annotations

from typing import Any

from xlkpi.workbook.livebook.changes import Rectangle
from xlkpi.workbook.livebook.native import Native
from xlkpi.workbook.livebook.picture import Listed
from xlkpi.workbook.livebook.typed import typed
from xlkpi.workbook.ooxml.address import Area


class Hands:
    """An open workbook to work in; its sheets and tables are asked for once."""

    def __init__(self, book: Any, native: Native) -> None:
        """Hold a workbook.

        Args:
            book: As xlwings gives it.
            native: What xlwings does not offer on every system.
        """
        self.book, self.native, self.app, self.sheets = book, native, book.app, book.sheets
        self._engine = self.app.engine.impl
        self._sheets: dict[str, Any] = {}
        self._tables: dict[str, Any] = {}

    def sheet(self, name: str) -> Any:
        """Return a sheet."""
        if name not in self._sheets:
            self._sheets[name] = self.sheets(name)
        return self._sheets[name]

    def keep(self, name: str, sheet: Any) -> None:
        """Remember a sheet that was made."""
        self._sheets[name] = sheet

    def table(self, listed: Listed) -> Any:
        """Return a table."""
        if listed.name not in self._tables:
            self._tables[listed.name] = self.sheet(listed.sheet).tables(listed.name)
        return self._tables[listed.name]

    def area(self, sheet: str, area: Area | str) -> Any:
        """Return cells of a sheet; an address takes one call, two corners take three."""
        return self.sheet(sheet).range(str(area))

    def fill(self, one: Rectangle) -> None:
        """Write cells."""
        prepared = [[self._engine.prepare_xl_data_element(typed(content), None) for content in row] for row in one.rows]
        area = Area(one.top, one.left, one.top + len(prepared) - 1, one.left + len(prepared[0]) - 1)
        single = len(prepared) == len(prepared[0]) == 1
        self.area(one.sheet, area).raw_value = prepared[0][0] if single else prepared
