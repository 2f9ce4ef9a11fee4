"""A closed workbook as a back end: read from its file, spliced in place, saved whole or not at all."""

from __future__ import annotations

import os
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from xlkpi.errors import FileUnusable
from xlkpi.workbook.backend import NamedCell, place
from xlkpi.workbook.ooxml.archive import Archive
from xlkpi.workbook.ooxml.book import Book
from xlkpi.workbook.ooxml.naming import cell_formulas
from xlkpi.workbook.ooxml.obstacles import leftovers
from xlkpi.workbook.ooxml.package import Package
from xlkpi.workbook.ooxml.plan import applied
from xlkpi.workbook.ooxml.reading import Reader
from xlkpi.workbook.ooxml.save import Original, backup_path, read_file, refuse_locked, replace_file
from xlkpi.workbook.ooxml.sheet import Sheet

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from xlkpi.workbook.backend import Block, Write
    from xlkpi.workbook.ooxml.table import Table


class ClosedFile:
    """An ``.xlsx`` or ``.xlsm`` file that nobody has open; keeps the promises of ``Backend``.

    Attributes:
        backup: Whether the version before a change is kept beside the file.
    """

    def __init__(self, path: str | os.PathLike[str], *, backup: bool = True) -> None:
        """Read a file.

        Args:
            path: The workbook; a link is followed to the file itself.
            backup: Whether the version before a change is kept beside the file.

        Raises:
            FileUnusable: Where it is missing, damaged, encrypted or no workbook; the message says what to do.
        """
        self._original = read_file(Path(path))
        self.backup = backup
        with self._named():
            self._open(self._original)

    @property
    def path(self) -> Path:
        """The file itself, links followed."""
        return self._original.path

    @property
    def date1904(self) -> bool:
        """Whether the dates of the workbook count from 1904."""
        return self._book.date1904

    def sheets(self) -> list[str]:
        """Return the names of all worksheets, in their order."""
        return list(self._book.worksheets())

    def tables(self) -> dict[str, str]:
        """Return the sheet of every table, by the table's name as spelled in the workbook."""
        return {table.name: table.sheet for table in self._tables.values()}

    def read(self, table: str, only: Collection[str] | None = None) -> Block:
        """Return a table with its values as last calculated.

        Args:
            table: Its name.
            only: Headings of the columns that are wanted, the others come blank; None wants all.

        Raises:
            KeyError: Where there is no such table.
        """
        found = self._table(table)
        with self._named():
            return self._reader.block(found, self._book.worksheets()[found.sheet], only)

    def headings(self, table: str) -> Sequence[str]:
        """Return the headings of a table, left to right, as its own part lists them.

        Raises:
            KeyError: Where there is no such table.
        """
        return tuple(" ".join(heading.splitlines()) for heading in self._table(table).columns)

    def read_name(self, name: str) -> NamedCell | None:
        """Return the single cell that a defined name stands for; None where there is none or it is not one cell."""
        found = self._book.name_place(name)
        parts = self._book.worksheets()
        if found is None or found[0] not in parts:
            return None
        sheet, area = found
        if (area.top, area.left) != (area.bottom, area.right):
            return None
        with self._named():
            rows, _, _ = self._reader.area(parts[sheet], area)
        return NamedCell(place(sheet, area.top, area.left), rows[0][0])

    def formulas(self, sheet: str) -> dict[str, str]:
        """Return the formulas of a sheet without ``=``, by address; those that cells share are left out.

        Raises:
            KeyError: Where there is no such sheet.
        """
        with self._named():
            return cell_formulas(Sheet(self._package, sheet, self._book.worksheets()[sheet]).body)

    def names(self) -> list[str]:
        """Return the names of the whole workbook."""
        return [name.name for name in self._book.names() if name.scope is None]

    def leftovers(self, table: str) -> list[str]:
        """Return what a table's sheet holds besides the table and what stands above it.

        Returns:
            The addresses of cells beside and below the table that hold anything, row by row; then words such as
            ``a comment`` and ``a drawing or chart`` for what the sheet carries besides cells.

        Raises:
            KeyError: Where there is no such table.
        """
        found = self._table(table)
        with self._named():
            return leftovers(self._package, self._book.worksheets()[found.sheet], found)

    def apply(self, plan: Sequence[Write]) -> None:
        """Apply all writes, in order, or none.

        Raises:
            EditRefused: Where a write would damage what is not ours; the message names the cell. Nothing was changed.
            FileUnusable: Where the result could not be saved. Nothing was changed.
        """
        with self._named():
            data = applied(self._package.archive, plan, self._reader.tails)
        if data is None or data == self._original.data:
            refuse_locked(self._original)
            return
        self._original = replace_file(self._original, data, backup=self.backup)
        self._open(self._original)

    def _table(self, name: str) -> Table:
        found = self._tables.get(name.lower())
        if found is None:
            raise KeyError(name)
        return found

    @contextmanager
    def _named(self) -> Iterator[None]:
        """Put the name of the file before what is said of its content."""
        try:
            yield
        except FileUnusable as error:
            raise type(error)(f"{self.path.name}: {error}") from None

    def undo(self) -> None:
        """Put the kept version back; what it replaces is kept in its turn, so that a second undo takes the first back.

        Raises:
            FileUnusable: Where no version was kept, or it cannot be put back. Nothing was changed.
        """
        kept = backup_path(self.path)
        if not kept.exists():
            raise FileUnusable(_NOTHING_KEPT.format(self.path.name, kept.name))
        data = read_file(kept).data
        with self._named():
            Package(Archive(data))
        self._original = replace_file(self._original, data, backup=True)
        self._open(self._original)

    def _open(self, original: Original) -> None:
        package = Package(Archive(original.data))
        self._package = package
        self._book = Book(package)
        self._tables = self._book.tables()
        self._reader = Reader(package, date1904=self._book.date1904)


_NOTHING_KEPT = "{}: nothing to undo, for there is no {} beside it. Nothing was changed."
