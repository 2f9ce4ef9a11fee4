"""What the sheets Explain and Restatements are filled with."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from xlkpi.model.period import Quarter
from xlkpi.tables.words import listed
from xlkpi.workbook.backend import Cell, Value, Write, WriteName, WriteTable, Written
from xlkpi.workbook.layout import EXPLAIN, EXPLAIN_TABLE, RESTATEMENTS, RESTATEMENTS_TABLE, Name
from xlkpi.writers import look

_HOW = "Select rows of Results and press Explain, or run xlkpi explain with --write"
NOT_EXPLAINED = f"Nothing explained yet. {_HOW}"
NOT_COMPARED = "Publish compares the figures with what was published before, and lists here what differs"
_MOST_CODES = 8

#: Code, name of the step, its words, and the cells that have a part in it.
Traced = tuple[str, str, str, Sequence[str]]


def plan_explained(steps: Sequence[Traced], quarter: Quarter) -> list[Write]:
    """Return the writes of an explanation: a row for each cell, the words beside the first of a step."""
    rows: list[Sequence[Written]] = []
    heights: list[float] = []
    width = EXPLAIN_TABLE.columns[EXPLAIN_TABLE.index("words")].width
    for code, name, words, cells in steps:
        for place, cell in enumerate(cells or [""]):
            said = (name, words) if not place else (None, None)
            rows.append((code, *said, Cell(cell, link=cell) if cell else None))
            heights.append(look.row_height([(words, width)] if not place else []))
    codes = list(dict.fromkeys(code for code, *_ in steps))
    more = [f"{len(codes) - _MOST_CODES} more"] if len(codes) > _MOST_CODES else []
    told = f"{quarter.title} · how {listed([*codes[:_MOST_CODES], *more])} came about; a click goes to the cell"
    return [WriteTable(EXPLAIN_TABLE.name, rows, heights=heights), WriteName(Name.subtitle(EXPLAIN), told)]


def plan_unexplained() -> list[Write]:
    """Return the writes that take an explanation away, which holds for the figures before a refresh."""
    told = f"What was explained before the last refresh was taken away. {_HOW}"
    return [WriteTable(EXPLAIN_TABLE.name, []), WriteName(Name.subtitle(EXPLAIN), told)]


def plan_restatements(rows: Iterable[Sequence[Value]], told: str) -> list[Write]:
    """Return the writes of the figures that were published otherwise.

    Args:
        rows: In the order of the table's columns.
        told: Against which release.
    """
    return [
        WriteTable(RESTATEMENTS_TABLE.name, [list(row) for row in rows]),
        WriteName(Name.subtitle(RESTATEMENTS), told),
    ]
