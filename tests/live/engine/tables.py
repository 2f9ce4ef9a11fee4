"""The tables of a sheet, and their filters."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from live.engine import counted
from live.engine.area import Range
from live.engine.filters import AutoFilter, Condition, conditions, let_through

if TYPE_CHECKING:
    from live.engine.app import Sheet


@counted
class Tables:
    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet

    def __iter__(self) -> Iterator[Table]:
        known = self._sheet._found
        if known is None:
            known = next(one._found for one in self._sheet._book.sheets if one.name == self._sheet.name)
        return iter([Table(one, self._sheet) for _, _, one in sorted(known, key=lambda found: found[:2])])

    def __call__(self, key: Any) -> Table:
        if isinstance(key, int):
            return list(self)[key - 1]
        ranges = self._sheet._book._doc.DatabaseRanges
        if not ranges.hasByName(key):
            raise KeyError(key)
        return Table(ranges.getByName(key), self._sheet)

    def __len__(self) -> int:
        return len(list(iter(self)))


@counted
class Table:
    def __init__(self, found: Any, sheet: Sheet) -> None:
        self._found, self._sheet = found, sheet

    @property
    def name(self) -> str:
        return str(self._found.Name)

    @name.setter
    def name(self, name: str) -> None:
        """Make a table of the new name in the same place: LibreOffice loses formulas where a table is only renamed."""
        doc, old = self._sheet._book._doc, self.name
        area, filtered = self._found.DataArea, self._found.AutoFilter
        doc.DatabaseRanges.addNewByName(name, area)
        self._found = doc.DatabaseRanges.getByName(name)
        self._found.ContainsHeader = True
        source, formulas = self._sheet._book._copied.pop(old, (old, {}))
        named = re.compile(rf"\b{source}\b")
        sheet = self._sheet._sheet
        protected = sheet.isProtected()
        sheet.unprotect("")
        for (row, column), formula in formulas.items():
            if named.search(formula):
                sheet.getCellByPosition(column, row).setFormula(named.sub(name, formula))
        doc.DatabaseRanges.removeByName(old)
        self._found.AutoFilter = filtered
        if protected:
            sheet.protect("")

    @property
    def range(self) -> Range:
        at = self._found.DataArea
        return Range(self._sheet, at.StartRow + 1, at.StartColumn + 1, at.EndRow + 1, at.EndColumn + 1)

    @property
    def show_totals(self) -> bool:
        return bool(self._found.TotalsRow)

    @property
    def autofilter(self) -> AutoFilter:
        return AutoFilter(self)

    def filters(self) -> list[Condition]:
        """Return what is let through, column by column, as Excel would say it."""
        return conditions(self._found)

    def filtered(self, wanted: list[Condition]) -> None:
        """Let through what is wanted alone."""
        let_through(self._found, wanted)

    @property
    def width(self) -> int:
        at = self._found.DataArea
        return int(at.EndColumn - at.StartColumn + 1)

    def resize(self, area: Any) -> None:
        filtered = self._found.AutoFilter
        self._found.AutoFilter = False
        self._found.setDataArea(area.impl._address)
        self._found.AutoFilter = filtered
