"""An open workbook as a back end: read and written through xlwings, on Windows and on a Mac."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from xlkpi.errors import FileUnusable
from xlkpi.workbook.backend import Block, NamedCell, column_letters, place
from xlkpi.workbook.livebook import kept
from xlkpi.workbook.livebook.changes import Changes, reverse
from xlkpi.workbook.livebook.draft import Draft
from xlkpi.workbook.livebook.native import native
from xlkpi.workbook.livebook.perform import perform
from xlkpi.workbook.livebook.picture import Grid, Listed, Outline, merged_areas, read_grid, read_outline

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from xlkpi.workbook.backend import Write


class LiveBook:
    """A workbook that is open in Excel; keeps the promises of ``Backend``.

    What it read is remembered until it writes: one command makes one, and uses it once.

    Attributes:
        backup: Whether what was there before a plan is kept, so that it can be undone.
    """

    def __init__(self, book: Any, *, backup: bool = True) -> None:
        """Look at an open workbook.

        Args:
            book: As xlwings gives it.
            backup: Whether what was there before a plan is kept.

        Raises:
            ExcelBusy: Where Excel does not answer.
        """
        self.backup = backup
        self._book = book
        self._native = native(book.app)
        self._native.refuse_busy(book.app)
        self._name = full_name(book)
        self._seen: Outline | None = None
        self._forget()

    def __str__(self) -> str:
        """Return the name of the workbook as its window shows it."""
        return str(self._book.name)

    @property
    def book(self) -> Any:
        """The workbook as xlwings gives it."""
        return self._book

    @property
    def _outline(self) -> Outline:
        if self._seen is None:
            self._seen = read_outline(self._book)
        return self._seen

    def _forget(self) -> None:
        self._seen = None
        self._grids: dict[str, Grid] = {}
        self._merges: dict[tuple[str, tuple[int, int, int, int]], list[tuple[int, int, int, int]]] = {}

    def sheets(self) -> list[str]:
        """Return the names of all worksheets, in their order."""
        return list(self._outline.sheets)

    def tables(self) -> dict[str, str]:
        """Return the sheet of every table, by the table's name as spelled in the workbook."""
        return {listed.name: listed.sheet for listed in self._outline.tables.values()}

    def read(self, table: str, only: Collection[str] | None = None) -> Block:  # noqa: ARG002  # a sheet comes whole
        """Return a table with its values as last calculated.

        Args:
            table: Its name.
            only: Makes no difference here: a sheet comes whole.

        Raises:
            KeyError: Where there is no such table.
        """
        listed = self._listed(table)
        grid, columns = self._grid(listed.sheet), range(listed.left, listed.left + listed.width)
        body = range(listed.top + 1, listed.bottom + 1)
        formulas = {}
        for row in body:
            for column in columns:
                formula = grid.at(row, column).formula
                if formula is not None:
                    formulas[row - body.start, column - columns.start] = formula
        return Block(
            sheet=listed.sheet,
            table=listed.name,
            top=listed.top + 1,
            left=listed.left,
            headings=self.headings(table),
            rows=[tuple(grid.at(row, column).value for column in columns) for row in body],
            formulas=formulas,
            merged=tuple(_address(area) for area in self._merged(listed.sheet, _bounds(listed))),
        )

    def headings(self, table: str) -> tuple[str, ...]:
        """Return the headings of a table, left to right.

        Raises:
            KeyError: Where there is no such table.
        """
        listed = self._listed(table)
        grid, columns = self._grid(listed.sheet), range(listed.left, listed.left + listed.width)
        return tuple(str(grid.at(listed.top, column).value or "") for column in columns)

    def read_name(self, name: str) -> NamedCell | None:
        """Return the single cell that a defined name stands for; None where there is none or it is not one cell."""
        found = self._outline.names.get(name)
        if found is None:
            return None
        sheet, spot = found
        return NamedCell(place(sheet, *spot), self._grid(sheet).at(*spot).value)

    def formulas(self, sheet: str) -> dict[str, str]:
        """Return the formulas of a sheet without ``=``, by address.

        Raises:
            KeyError: Where there is no such sheet.
        """
        if sheet not in self._outline.sheets:
            raise KeyError(sheet)
        found = self._grid(sheet).cells.items()
        return {
            f"{column_letters(spot.column)}{spot.row}": one.formula for spot, one in found if one.formula is not None
        }

    def leftovers(self, table: str) -> list[str]:
        """Return what stands on a table's sheet beside or below the table, and words for what is no cell.

        Raises:
            KeyError: Where there is no such table.
        """
        listed = self._listed(table)
        found = []
        for spot in sorted(self._grid(listed.sheet).cells):
            inside = (
                listed.left <= spot.column < listed.left + listed.width and spot.row <= listed.bottom + listed.totals
            )
            if spot.row >= listed.top and not inside:
                found.append(f"{column_letters(spot.column)}{spot.row}")
        return found + (["a drawing, a chart or a comment"] if len(self._book.sheets[listed.sheet].shapes) else [])

    def apply(self, plan: Sequence[Write]) -> None:
        """Apply all writes, in order, or none.

        Raises:
            EditRefused: Where a write would damage what is not ours; the message names the cell. Nothing was changed.
            FileUnusable: Where Excel does not answer, or what undoes the change cannot be kept. Nothing was changed.
        """
        changes = Draft(self._outline, self._grid, self._merged).apply(plan)
        structural = bool(changes.copies or changes.puts or changes.names or changes.removed)
        back = reverse(changes, self._grid)
        earlier = kept.load(self._name)
        back.formats = earlier.formats if earlier else {}
        if changes.is_nothing:
            return
        if not self.backup:
            self._perform(changes, back)
            kept.forget(self._name)
            return
        kept.save(self._name, kept.Kept(None if structural else back, changes.formats))
        try:
            self._perform(changes, back)
        except BaseException:
            kept.put_back(self._name, earlier)
            raise

    def undo(self) -> None:
        """Put back what the last plan replaced; a second undo takes the first back.

        Raises:
            FileUnusable: Where nothing was kept, or it cannot be put back. Nothing was changed.
        """
        found = kept.load(self._name)
        if found is None:
            raise FileUnusable(f"{self}: nothing to undo, for no earlier version was kept. Nothing was changed.")
        if found.back is None:
            raise FileUnusable(
                f"{self}: the last change added or removed sheets, which cannot be undone in an open workbook. Close it "
                "without saving, or take the version before from the workbook's history. Nothing was changed."
            )
        self._refuse_other_form(found.back)
        back = reverse(found.back, self._grid)
        back.formats = found.formats
        kept.save(self._name, kept.Kept(back, found.back.formats or found.formats))
        try:
            self._perform(found.back, back)
        except BaseException:
            kept.put_back(self._name, found)
            raise

    def _refuse_other_form(self, changes: Changes) -> None:
        """Refuse to undo in a workbook whose tables are no longer where the change found them."""
        sheets = set(self._outline.sheets)
        for before, _, _ in changes.resizes:
            if self._outline.tables.get(before.name) != before:
                raise FileUnusable(_OTHER_FORM.format(self, before.name))
        for sheet in changes.sheets():
            if sheet not in sheets:
                raise FileUnusable(_OTHER_FORM.format(self, sheet))

    def _perform(self, changes: Changes, back: Changes) -> None:
        self._native.refuse_busy(self._book.app)
        try:
            perform(self._book, self._native, changes, back)
        finally:
            self._forget()

    def _listed(self, table: str) -> Listed:
        for name, listed in self._outline.tables.items():
            if name.casefold() == table.casefold():
                return listed
        raise KeyError(table)

    def _grid(self, sheet: str) -> Grid:
        if sheet not in self._grids:
            self._grids[sheet] = read_grid(self._book.sheets[sheet])
        return self._grids[sheet]

    def _merged(self, sheet: str, area: tuple[int, int, int, int]) -> list[tuple[int, int, int, int]]:
        if (sheet, area) not in self._merges:
            top, left, bottom, right = area
            self._merges[sheet, area] = merged_areas(self._book.sheets[sheet].range((top, left), (bottom, right)))
        return self._merges[sheet, area]


def attach(wanted: str | Path) -> LiveBook:
    """Return a workbook that is open in Excel.

    Args:
        wanted: Its path, its address (OneDrive shows one in place of a path), or its name alone (``Book1`` before the first
            save).

    Raises:
        FileUnusable: Where it is not open, or several of that name are; the message says what to do.
    """
    try:
        import xlwings  # noqa: PLC0415  # where there is no Excel there need be none
    except ImportError:
        raise FileUnusable(
            "An open workbook is reached by way of xlwings, which is not installed here: pip install xlwings. Or close the "
            "workbook, and leave out --live."
        ) from None
    opened = [(book, full_name(book)) for app in xlwings.apps for book in app.books]
    return LiveBook(_chosen(str(wanted), opened))


def _chosen(wanted: str, opened: list[tuple[Any, str]]) -> Any:
    """Return the workbook that is meant."""
    exact = [book for book, name in opened if _same_place(wanted, name)]
    if exact:
        return exact[0]
    short = _last_part(wanted)
    named = [(book, name) for book, name in opened if _last_part(name) == short]
    if _has_folder(wanted):  # a synced folder and an address can be the same workbook; two folders cannot
        named = [(book, name) for book, name in named if "://" in name]
    if len(named) > 1:
        places = "; ".join(name for _, name in named)
        raise FileUnusable(f"{wanted}: several open workbooks have this name ({places}). Give the whole path of one.")
    if named:
        return named[0][0]
    others = ", ".join(_shown(name) for _, name in opened) or "none"
    raise FileUnusable(
        f"{wanted}: this workbook is not open in Excel (open there: {others}). Open it, or leave out --live."
    )


def full_name(book: Any) -> str:
    """Return path or address of an open workbook as Excel says it; xlwings would look for a local copy of an address."""
    return str(book.impl.fullname)


def _same_place(wanted: str, name: str) -> bool:
    if "://" in wanted or "://" in name:
        return unquote(wanted).casefold() == unquote(name).casefold()
    if not _has_folder(name):
        return wanted.casefold() == name.casefold()
    if not _has_folder(wanted) and not Path(wanted).exists():
        return False
    try:
        return Path(wanted).resolve() == Path(name).resolve() or Path(wanted).samefile(name)
    except OSError:
        return False


def _has_folder(name: str) -> bool:
    return re.search(r"[/\\]", name) is not None


def _shown(name: str) -> str:
    return unquote(re.split(r"[/\\]", name)[-1]) if "://" in name else re.split(r"[/\\]", name)[-1]


def _last_part(name: str) -> str:
    return _shown(name).casefold()


def _bounds(listed: Listed) -> tuple[int, int, int, int]:
    return listed.top, listed.left, listed.bottom, listed.left + listed.width - 1


def _address(area: tuple[int, int, int, int]) -> str:
    top, left, bottom, right = area
    return f"{column_letters(left)}{top}:{column_letters(right)}{bottom}"


_OTHER_FORM = (
    "{}: {} is no longer as the last change left it, so that the change cannot be undone. Nothing was changed."
)
