"""Contract performance reporting for people who live in Excel.

``read`` gives the figures of a workbook to a Python program; the commands are in :mod:`xlkpi.commands`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from xlkpi.version import VERSION

if TYPE_CHECKING:
    from pathlib import Path

    from xlkpi.tables.frames import Results

__version__ = VERSION
__all__ = ["__version__", "read"]


def read(path: str | Path) -> Results:
    """Return all figures of a workbook, worked out from what is typed into it; the workbook is not changed.

    Args:
        path: An ``.xlsx`` or ``.xlsm`` file.

    Returns:
        With ``to_frame()`` for one row a contract indicator, and ``summary_frame()`` for section by status.

    Raises:
        WorkbookInvalid: With every fault of the workbook at once.
        FileUnusable: Where the file is no workbook.
    """
    from xlkpi.commands import figures  # noqa: PLC0415  # pandas and the file back end are loaded only for this
    from xlkpi.tables.frames import Results  # noqa: PLC0415

    return Results.of_figures(figures(path))
