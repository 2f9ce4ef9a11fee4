"""The Narrative sheet of a workbook as a draft: its paragraphs in order, and the cell of each."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Protocol

from xlkpi.errors import FileUnusable
from xlkpi.prose.draft import Draft
from xlkpi.workbook.backend import Block, Value
from xlkpi.workbook.layout import (
    NARRATIVE_EDITED,
    NARRATIVE_GENERATED,
    NARRATIVE_NUMBER,
    NARRATIVE_TABLE_NAME,
    NARRATIVE_USED,
)


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
    sheet = workbook.tables().get(NARRATIVE_TABLE_NAME)
    if sheet is None:
        raise FileUnusable(
            f"{name} has no Narrative sheet. Name the draft to check, or refresh a workbook that has one."
        )
    block = workbook.read(NARRATIVE_TABLE_NAME)
    places = {heading.strip().casefold(): place for place, heading in enumerate(block.headings)}

    def cell(row: int, heading: str) -> str:
        place = places.get(heading.casefold())
        return "" if place is None else _text(block.rows[row][place])

    text, starts, cells = "", [], []
    for row in range(len(block.rows)):
        words = cell(row, NARRATIVE_EDITED) or cell(row, NARRATIVE_USED) or cell(row, NARRATIVE_GENERATED)
        if not words:
            continue
        number = cell(row, NARRATIVE_NUMBER)
        starts.append(len(text))
        at = next((places[one.casefold()] for one in _ORDER if one.casefold() in places), 0)
        cells.append(block.address(row, at))
        text += f"{number} {words}\n\n" if number and not words.startswith(number) else f"{words}\n\n"
    if not text:
        raise FileUnusable(f"The sheet {sheet} of {name} holds no words yet. Refresh the workbook first.")
    return SheetText(Draft(text, f"{name}, {sheet}"), tuple(starts), tuple(cells))


_ORDER = (NARRATIVE_USED, NARRATIVE_EDITED, NARRATIVE_GENERATED)


def _text(value: Value) -> str:
    return value.replace("\r\n", "\n").strip() if isinstance(value, str) else ""
