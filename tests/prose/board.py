"""What the tests measured, kept for the table after the run."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from prose.measure import Score

BOARD: dict[str, Score] = {}
LINES: list[str] = []
