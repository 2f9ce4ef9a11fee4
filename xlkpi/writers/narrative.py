"""The narrative and its phrases as writes: rows as high as their texts, and typed cells left alone where they can be."""

from __future__ import annotations

from collections.abc import Iterator

from xlkpi.narrative.edits import Line
from xlkpi.narrative.paragraphs import NOT_NOW
from xlkpi.narrative.phrases import Phrases
from xlkpi.narrative.story import Story
from xlkpi.workbook.backend import KEEP, Keep, WriteTable, Written
from xlkpi.workbook.layout import NARRATIVE_TABLE, PHRASES, Shape, Table
from xlkpi.writers import look

#: Excel shows no higher row.
_HIGHEST = 409.0
#: Columns in small print, and how much more of it fits a column.
SMALL_PRINT = ("figures", "snapshot")
_SMALL = 1.2


def plan_narrative(story: Story) -> Iterator[WriteTable]:
    """Yield the writes of the narrative; none for a sheet that the workbook does not have."""
    if story.edits is not None:
        rows = [_row(line) for line in story.lines]
        heights = [_height(NARRATIVE_TABLE, _texts(line)) for line in story.lines]
        yield WriteTable(NARRATIVE_TABLE.name, rows, heights=heights)
    preview = PHRASES.heading("preview")
    if preview in story.phrases.headings:
        yield _previews(story.phrases, story, story.phrases.headings.index(preview))


def _row(line: Line) -> list[Written]:
    values: dict[str, Written] = {
        "number": line.number,
        "section": line.section,
        "generated": line.generated or None,
        "yours": KEEP if line.stays else line.yours or None,
        "used": Keep(line.used),
        "state": line.state or None,
        "still": None,
        "codes": ", ".join(line.codes) or None,
        "figures": line.figures or None,
        "snapshot": line.snapshot or None,
        "key": line.key or None,
        "mark": line.mark or None,
    }
    return [values[column.field] for column in NARRATIVE_TABLE.columns]


def _texts(line: Line) -> dict[str, str]:
    return {
        "section": line.section,
        "generated": line.generated,
        "yours": line.yours,
        "used": line.used,
        "state": line.state,
        "codes": ", ".join(line.codes),
        "figures": line.figures,
        "snapshot": line.snapshot,
    }


def _previews(phrases: Phrases, story: Story, place: int) -> WriteTable:
    """Return the write of how each phrase reads; everything typed stays."""
    by_row = {phrase.row: at for at, phrase in enumerate(phrases.items) if phrase.row >= 0}
    rows: list[list[Written]] = []
    heights = []
    for row in range(phrases.rows):
        at = by_row.get(row)
        preview = story.previews[at] if at is not None else ""
        cells: list[Written] = [KEEP] * len(phrases.headings)
        cells[place] = preview or None
        rows.append(cells)
        typed = phrases.items[at]._asdict() if at is not None else {}
        heights.append(_height(PHRASES, {**typed, "preview": "" if preview is NOT_NOW else preview}))
    return WriteTable(PHRASES.name, rows, heights=heights)


def _height(table: Table, texts: dict[str, str]) -> float:
    """Return how high a row must be to show its wrapped texts whole, as far as a row can be."""
    wrapped = [column for column in table.columns if column.shape is Shape.LONG]
    sized = (
        (texts.get(column.field) or "", column.width * (_SMALL if column.field in SMALL_PRINT else 1)) for column in wrapped
    )
    return min(_HIGHEST, look.row_height(sized))
