"""An open workbook as a back end: read and written through xlwings, on Windows and on a Mac."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from xlkpi.errors import EditRefused, FileUnusable
from xlkpi.workbook.backend import Block, NamedCell, column_letters, place
from xlkpi.workbook.livebook import kept
from xlkpi.workbook.livebook.asked import Asked
from xlkpi.workbook.livebook.back import refuse_other_form, reverse
from xlkpi.workbook.livebook.changes import Changes
from xlkpi.workbook.livebook.copied import copied
from xlkpi.workbook.livebook.draft import Draft
from xlkpi.workbook.livebook.perform import perform
from xlkpi.workbook.livebook.picture import Listed, Seen
from xlkpi.workbook.livebook.stored import stored
from xlkpi.workbook.livebook.system import native

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
        self._app = book.app
        self._native = native(self._app)
        self._native.refuse_busy(self._app)
        self._name = self._native.full_name(book)
        self._known: Seen | None = None

    def __str__(self) -> str:
        """Return the name of the workbook as its window shows it."""
        return str(self._book.name)

    @property
    def book(self) -> Any:
        """The workbook as xlwings gives it."""
        return self._book

    @property
    def full_name(self) -> str:
        """The path of the workbook, or its address on the web; its name alone where it was never saved."""
        return self._name

    @property
    def _seen(self) -> Seen:
        """The workbook as it stands: from a copy that Excel writes in one call, from its file, or else asked call by call."""
        if self._known is None:
            asked = Asked(self._book, self._native)
            self._known = (
                copied(self._book, self._native, kept.data_folder() / "reading")
                or stored(self._book, self._native, self._name, asked)
                or asked
            )
        return self._known

    def sheets(self) -> list[str]:
        """Return the names of all worksheets, in their order."""
        return list(self._seen.outline.sheets)

    def tables(self) -> dict[str, str]:
        """Return the sheet of every table, by the table's name as spelled in the workbook."""
        return {listed.name: listed.sheet for listed in self._seen.outline.tables.values()}

    def read(self, table: str, only: Collection[str] | None = None) -> Block:
        """Return a table with its values as last calculated.

        Args:
            table: Its name.
            only: Headings of the columns that are wanted: the others may come blank. None wants all.

        Raises:
            KeyError: Where there is no such table.
        """
        return self._seen.block(self._listed(table), only)

    def headings(self, table: str) -> tuple[str, ...]:
        """Return the headings of a table, left to right.

        Raises:
            KeyError: Where there is no such table.
        """
        return self._seen.headings(self._listed(table))

    def read_name(self, name: str) -> NamedCell | None:
        """Return the single cell that a defined name stands for; None where there is none or it is not one cell."""
        found = self._seen.outline.names.get(name)
        if found is None:
            return None
        sheet, spot = found
        return NamedCell(place(sheet, *spot), self._seen.grid(sheet).at(*spot).value)

    def formulas(self, sheet: str) -> dict[str, str]:
        """Return the formulas of a sheet without ``=``, by address.

        Raises:
            KeyError: Where there is no such sheet.
        """
        if sheet not in self._seen.outline.sheets:
            raise KeyError(sheet)
        found = self._seen.grid(sheet).cells.items()
        return {
            f"{column_letters(spot.column)}{spot.row}": one.formula for spot, one in found if one.formula is not None
        }

    def leftovers(self, table: str) -> list[str]:
        """Return what stands on a table's sheet beside or below the table, and words for what is no cell.

        Raises:
            KeyError: Where there is no such table.
        """
        return self._seen.leftovers(self._listed(table))

    def apply(self, plan: Sequence[Write]) -> None:
        """Apply all writes, in order, or none.

        Raises:
            EditRefused: Where a write would damage what is not ours; the message names the cell. Nothing was changed.
            FileUnusable: Where Excel does not answer, or what undoes the change cannot be kept. Nothing was changed.
        """
        changes = Draft(self._seen).apply(plan)
        if changes.is_nothing:
            return
        self._step(changes, keep=self.backup)

    def undo(self) -> None:
        """Put back what the last plan replaced; a second undo takes the first back.

        Raises:
            FileUnusable: Where nothing was kept, or it cannot be put back. Nothing was changed.
        """
        found = kept.load(self._name)
        if found is None:
            raise FileUnusable(f"{self}: nothing to undo, for no earlier version was kept. Nothing was changed.")
        if found.back is None:
            raise FileUnusable(_NO_WAY_BACK.format(self, found.why))
        try:
            refuse_other_form(str(self), found.back, self._seen)
        except EditRefused as reason:
            raise FileUnusable(f"{self}: the last change cannot be undone. {reason} Nothing was changed.") from None
        self._step(found.back, keep=True)

    def _step(self, changes: Changes, *, keep: bool) -> None:
        """Make changes, with what takes them back kept before they are made."""
        back, why = reverse(changes, self._seen)
        earlier = kept.load(self._name)
        if keep:
            kept.save(self._name, kept.Kept(None if why else back, why))
        try:
            self._native.refuse_busy(self._app)
            perform(self._book, self._native, changes, back, self._seen)
        except BaseException:
            if keep:
                kept.put_back(self._name, earlier)
            raise
        finally:
            self._known = None
        if not keep:
            kept.forget(self._name)

    def _listed(self, table: str) -> Listed:
        for name, listed in self._seen.outline.tables.items():
            if name.casefold() == table.casefold():
                return listed
        raise KeyError(table)


def attach(wanted: str | Path) -> LiveBook:
    """Return a workbook that is open in Excel.

    Args:
        wanted: Its path, its address (OneDrive shows one in place of a path), or its name alone (``Book1`` before the first
            save).

    Raises:
        FileUnusable: Where it is not open, or several of that name are, or there is no Excel; the message says what to do.
    """
    try:
        import xlwings  # noqa: PLC0415  # where there is no Excel there need be none
    except ImportError:
        raise FileUnusable(
            "An open workbook is reached by way of xlwings, which is not installed here: pip install xlwings. Or close the "
            "workbook, and leave out --live."
        ) from None
    if xlwings.engines.active is None:
        raise FileUnusable(
            f"{wanted}: no Excel can be reached here (it runs on Windows and macOS). Save the workbook, and leave out --live."
        )
    opened = [(book, native(app).full_name(book)) for app in xlwings.apps for book in app.books]
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


_NO_WAY_BACK = (
    "{}: the last change cannot be undone, for {}. Close the workbook without saving, or take the version before from its "
    "history (File, Info, Version History). Nothing was changed."
)
