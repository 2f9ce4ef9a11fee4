"""What can be wrong, and how it is said.

A message says where, what is there against what was expected, and what to do. ``WorkbookInvalid`` carries every fault at
once; whoever raises it has changed nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable


class Problem(NamedTuple):
    """One fault: ``where`` it stands, ``what`` stands there against what was expected, and the ``cure``.

    Attributes:
        where: Sheet and cell as a formula would name them (``'2018-19 Q2'!D22``), or a file with its row and column.
        what: One sentence, with what stands there and what was expected.
        cure: One sentence that says what to do.
    """

    where: str
    what: str
    cure: str

    def __str__(self) -> str:
        """Return the fault as one line."""
        return f"{self.where}: {self.what} {self.cure}"


class XlkpiError(Exception):
    """A fault that the user can mend; the message says how."""


class WorkbookInvalid(XlkpiError):
    """The content of a workbook cannot be used; nothing was changed.

    Attributes:
        problems: Every fault, in the order of the workbook.
    """

    def __init__(self, problems: Iterable[Problem]) -> None:
        """Keep the faults, at least one."""
        self.problems: tuple[Problem, ...] = tuple(problems)
        super().__init__(self.report())

    def report(self) -> str:
        """Return all faults, a line each, under a line that counts them."""
        n = len(self.problems)
        things = "1 thing" if n == 1 else f"{n} things"
        return "\n".join(
            [f"{things} to put right in the workbook. Nothing was changed.", *map(str, self.problems)],
        )


class FileUnusable(XlkpiError):
    """The file itself cannot be used: not a workbook, damaged, encrypted, read-only or missing."""


class WorkbookLocked(FileUnusable):
    """Somebody else has the workbook open, or it changed while we worked: close it and try again."""


class ExcelBusy(FileUnusable):
    """Excel does not answer: somebody is typing into a cell, or a window waits: finish that and try again."""


class EditRefused(XlkpiError):
    """A write would damage what the analyst made (a merged area, a formula, content below a table); nothing was changed."""
