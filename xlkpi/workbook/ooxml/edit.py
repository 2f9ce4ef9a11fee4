"""One plan of writes under way: the parts it has opened, and what has to follow when all writes are done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xlkpi.errors import EditRefused
from xlkpi.workbook.ooxml.book import Book
from xlkpi.workbook.ooxml.charts import follow_charts, refresh_charts
from xlkpi.workbook.ooxml.markup import damaged, escape, unescape
from xlkpi.workbook.ooxml.package import Package
from xlkpi.workbook.ooxml.pivots import refresh_on_load
from xlkpi.workbook.ooxml.references import follow_any_sheet, follow_formula, follow_own_sheet
from xlkpi.workbook.ooxml.sheet import Sheet
from xlkpi.workbook.ooxml.style_merge import StyleMerge
from xlkpi.workbook.ooxml.styles import Styles
from xlkpi.workbook.ooxml.written import CellWriter

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from xlkpi.workbook.ooxml.address import Area
    from xlkpi.workbook.ooxml.archive import Archive
    from xlkpi.workbook.ooxml.references import Resize
    from xlkpi.workbook.ooxml.table import Table
    from xlkpi.workbook.ooxml.transplant import Drawn


_NO_TAILS: Mapping[str, str] = {}


class Edit:
    """The changes of one plan, on a package of their own: dropped whole where one of them is refused.

    Attributes:
        package: The workbook with the changes so far.
        book: Its workbook part.
        cells: Writes values as cells.
        formulas_changed: Whether a formula was added or removed.
        unnamed: Copies of sheets that have a module in the macro project, which they have not yet.
    """

    def __init__(self, archive: Archive, tails: Mapping[str, str] = _NO_TAILS) -> None:
        """Begin a plan on a file that was read.

        Args:
            archive: The file.
            tails: What stands below the rows of worksheets, by part, as far as it is known.
        """
        self.package = Package(archive)
        self.book = Book(self.package)
        self.cells = CellWriter(self.styles, date1904=self.book.date1904)
        self.formulas_changed = False
        self.unnamed: list[str] = []
        self._tails = tails
        self._sheets: dict[str, Sheet] = {}
        self._styles: Styles | None = None
        self._written: dict[str, list[Area]] = {}
        self._fed: dict[str, Table] = {}
        self._drawn: dict[Path, Drawn] = {}

    def sheet(self, name: str) -> Sheet:
        """Return a worksheet to change.

        Raises:
            EditRefused: Where there is none of that name.
        """
        if name not in self._sheets:
            parts = self.book.worksheets()
            if name not in parts:
                message = (
                    f"There is no sheet named {name!r} in the workbook. Restore it, or start from a fresh template."
                )
                raise EditRefused(message)
            self._sheets[name] = Sheet(self.package, name, parts[name])
        return self._sheets[name]

    def forget_sheet(self, name: str) -> None:
        """Let go of a worksheet that was removed."""
        self._sheets.pop(name, None)
        self._written.pop(name, None)
        self._fed = {key: table for key, table in self._fed.items() if table.sheet != name}

    def table(self, name: str) -> Table:
        """Return a table as it stands now.

        Raises:
            EditRefused: Where there is none of that name.
        """
        found = self.book.tables().get(name.lower())
        if found is None:
            message = f"There is no table named {name} in the workbook. Restore it, or start from a fresh template."
            raise EditRefused(message)
        return found

    def styles(self) -> Styles:
        """Return the cell formats."""
        if self._styles is None:
            self._styles = Styles(self.package)
        return self._styles

    def drawn(self, path: Path) -> Drawn:
        """Return a workbook that sheets are taken from, read once."""
        if path not in self._drawn:
            from xlkpi.workbook.ooxml.transplant import Drawn  # noqa: PLC0415  # rarely needed, and needs this module

            self._drawn[path] = Drawn(path)
        return self._drawn[path]

    def style_merge(self, drawn: str) -> StyleMerge:
        """Return what brings the formats of another workbook into this one; ``add_formats`` keeps them."""
        self.styles().save()
        part = self._style_part()
        return StyleMerge(drawn, self.package.text(part), part)

    def add_formats(self, merge: StyleMerge) -> None:
        """Keep the formats that came from another workbook; those known before keep their numbers."""
        self.package.put(self._style_part(), merge.text)
        self._styles = None

    def _style_part(self) -> str:
        parts = self.package.targets(self.package.workbook, "styles")
        if not parts or parts[0] not in self.package:
            raise damaged("xl/styles.xml")
        return parts[0]

    def wrote(self, sheet: str, area: Area) -> None:
        """Note that cells were written, for the charts that draw them."""
        self._written.setdefault(sheet, []).append(area)

    def fed(self, table: Table) -> None:
        """Note that a table was written, for the pivots that read it."""
        self._fed[table.name.lower()] = table

    def follow(self, resize: Resize) -> None:
        """Have everything that covered a table's rows cover its new rows."""
        own = self.sheet(resize.table.sheet)
        own.tail = follow_own_sheet(own.tail, resize)
        for name, part in self.book.worksheets().items():
            if name in self._sheets or self._may_name(part, resize.table.sheet):
                sheet = self.sheet(name)
                sheet.tail = follow_any_sheet(sheet.tail, resize)
        self.book.rewrite_names(lambda name, formula: follow_formula(formula, resize, name))
        follow_charts(self.package, resize)

    def finish(self) -> None:
        """Do what follows from all writes together."""
        for sheet in self._sheets.values():
            sheet.save(self.package)
        self.styles().save() if self._styles else None
        if not self.package.changed:
            return
        refresh_charts(self.package, self.book, self._written)
        for table in self._fed.values():
            refresh_on_load(self.package, table)
        if self.formulas_changed:
            self.book.forget_calculation_order()
        self.book.calculate_on_load()

    def mentions(self, sheet: str, words: list[str]) -> bool:
        """Return whether a sheet has one of some words anywhere; quick, and without regard to where or why."""
        if sheet in self._sheets:
            self._sheets[sheet].save(self.package)
        folded = [escape(word.replace("'", "''")).lower().encode() for word in words]
        return self._holds(self.book.worksheets()[sheet], folded)

    def _may_name(self, part: str, sheet: str) -> bool:
        """Return whether a sheet that is not open yet has sparklines or rules that may draw on a certain sheet."""
        tail = None if self.package.is_changed(part) else self._tails.get(part)
        if tail is None:
            return self._holds(part, [b"<xm:f>", b"<formula"])
        return sheet.replace("'", "''") in unescape(tail)

    def _holds(self, part: str, words: list[bytes]) -> bool:
        overlap = max(map(len, words))
        last = b""
        for chunk in self.package.chunks(part):
            both = (last + chunk).lower()
            if any(word in both for word in words):
                return True
            last = both[-overlap:]
        return False
