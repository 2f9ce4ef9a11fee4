"""Every fault of a workbook, in the order in which an analyst walks through it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from xlkpi.errors import Problem, WorkbookInvalid
from xlkpi.workbook.backend import unquoted

#: Where a fault stands that belongs to no cell.
WORKBOOK = "Workbook"

_CELL = re.compile(r"!([A-Z]+)(\d+)")
_LINE = re.compile(r"^(.*) row (\d+)")


class Faults:
    """Collects faults while a workbook is read, so that all of them are reported at once."""

    def __init__(self, sheets: Sequence[str]) -> None:
        """Start with no faults.

        Args:
            sheets: The sheets in their order, or the files of a folder.
        """
        self._places = {sheet: place for place, sheet in enumerate(sheets)}
        self._found: dict[Problem, None] = {}

    def add(self, where: str, what: str, cure: str) -> None:
        """Note one fault; the same fault at the same place is kept once."""
        self._found[Problem(where, what, cure)] = None

    def raise_if_any(self) -> None:
        """Raise the collected faults: those of no cell, then sheet by sheet, row by row.

        Raises:
            WorkbookInvalid: Where at least one fault was noted.
        """
        if self._found:
            raise WorkbookInvalid(sorted(self._found, key=self._position))

    def _position(self, problem: Problem) -> tuple[int, int, int, str]:
        where = problem.where
        if cell := _CELL.search(where):
            letters, row = cell.groups()
            return self._places.get(unquoted(where), -1), int(row), len(letters), letters
        if line := _LINE.match(where):
            return self._places.get(line[1], -1), int(line[2]), 0, ""
        return -1, 0, 0, ""
