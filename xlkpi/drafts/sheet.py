"""The Narrative sheet of a workbook as a draft: its paragraphs in order, and the cell of each."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Protocol

from xlkpi.errors import FileUnusable
from xlkpi.prose.draft import Draft
from xlkpi.workbook.backend import Block, Value
from xlkpi.workbook.layout import NARRATIVE_TABLE


class Workbook(Protocol):
    """What is read of a workbook; every back end has it."""

    def tables(self) -> Mapping[str, str]:
        """Return the sheet of every table by name."""
        ...

    def read(self, table: str, only: Collection[str] | None = None) -> Block:
        """Return a table, at least the columns with these headings."""
        ...


@dataclass(frozen=True, slots=True)
class SheetText:
    """The words of the Narrative sheet.

    Attributes:
        draft: All paragraphs.
        starts: Offset at which each begins.
        cells: Where each stands.
    """

    draft: Draft
    starts: tuple[int, ...]
    cells: tuple[str, ...]

    def where(self, offset: int) -> str:
        """Return the cell of the paragraph in which an offset lies."""
        return self.cells[max(0, bisect_right(self.starts, offset) - 1)]


def read_narrative(workbook: Workbook, name: str) -> SheetText:
    """Return the words of the Narrative sheet, as a person edited them or as they were generated.

    Args:
        workbook: Any back end.
        name: Of the workbook, for messages.

    Raises:
        FileUnusable: Where there is no such sheet, or nothing on it.
    """
    if NARRATIVE_TABLE.name not in workbook.tables():
        what = f"{name} has no sheet {NARRATIVE_TABLE.sheet}, since it was made by an earlier version."
        raise FileUnusable(f"{what} Name the draft to check, or make a new workbook (New).")
    block = workbook.read(NARRATIVE_TABLE.name)
    places = {heading.strip().casefold(): place for place, heading in enumerate(block.headings)}
    shown = next((places[one] for one in map(_heading, ("used", "yours", "generated")) if one in places), 0)

    def cell(row: int, field: str) -> str:
        place = places.get(_heading(field))
        value = None if place is None else block.rows[row][place]
        return _words(value)

    text, section = "", ""
    starts: list[int] = []
    cells: list[str] = []
    for row in range(len(block.rows)):
        # What is used is a formula, whose result may be an old one; it is these two.
        words = cell(row, "yours") or cell(row, "generated")
        if not words:
            continue
        before, section = section, cell(row, "section")
        starts.append(len(text))
        cells.append(block.address(row, shown))
        if section and section != before:
            text += f"{section}\n\n"
        number = cell(row, "number")
        text += f"{number} {words}\n\n" if number and not words.startswith(number) else f"{words}\n\n"
    if not text:
        raise FileUnusable(f"The sheet {block.sheet} of {name} holds no words yet. Refresh the workbook first.")
    return SheetText(Draft(text, block.sheet), tuple(starts), tuple(cells))


def _heading(field: str) -> str:
    return NARRATIVE_TABLE.heading(field).casefold()


def _words(value: Value) -> str:
    return value.replace("\r\n", "\n").strip() if isinstance(value, str) else ""
