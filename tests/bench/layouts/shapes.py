"""How a table stands in a draft: bars, tabs, columns held by spaces, one cell a line, a table of a Word document."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Sequence
from pathlib import Path

from xlkpi.drafts import read

from .page import Grid

_MARKS = re.compile(r"\[\[|\]\]|\{!?[^{}|]+\||\}")


def plain(cell: str) -> str:
    """Return a cell without its marks.

    Examples:
        >>> plain("[[{K3|}{v@q|84%}]] (last year)")
        '84% (last year)'
    """
    return _MARKS.sub("", cell)


def bars(grid: Grid, *, rule: bool = True, ends: bool = True) -> str:
    """Return a table with bars; under its headings a rule, as Markdown has it."""
    rows = [_barred(row, ends=ends) for row in grid]
    if rule:
        rows.insert(1, _barred(["---"] * len(grid[0]), ends=ends))
    return "\n".join(rows) + "\n"


def _barred(row: Sequence[str], *, ends: bool) -> str:
    return f"| {' | '.join(row)} |" if ends else " | ".join(row)


def tabs(grid: Grid) -> str:
    """Return a table as Excel and Word paste it."""
    return "\n".join("\t".join(row) for row in grid) + "\n"


def _widths(grid: Grid) -> list[int]:
    return [max(len(plain(cell)) for cell in column) for column in zip(*grid, strict=True)]


def _padded(cell: str, width: int, *, right: bool) -> str:
    space = " " * (width - len(plain(cell)))
    return space + cell if right else cell + space


def spaced(grid: Grid, gap: int = 3, *, right: bool = True, indent: int = 0) -> str:
    """Return a table whose columns are held by spaces, as ``pdftotext -layout`` gives it.

    Args:
        grid: With headings.
        gap: Spaces between two columns, at least.
        right: Whether all columns but the first end at the same place.
        indent: Spaces before each row.
    """
    widths = _widths(grid)
    rows = []
    for row in grid:
        cells = [
            _padded(cell, width, right=right and at > 0)
            for at, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        rows.append(" " * indent + (" " * gap).join(cells).rstrip())
    return "\n".join(rows) + "\n"


def boxed(grid: Grid) -> str:
    """Return a table in a frame of signs, as it stands in e-mails."""
    widths = _widths(grid)
    rule = "+" + "+".join("-" * (width + 2) for width in widths) + "+"
    rows = [rule]
    for row in grid:
        cells = (_padded(cell, width, right=False) for cell, width in zip(row, widths, strict=True))
        rows += [f"| {' | '.join(cells)} |", rule]
    return "\n".join(rows) + "\n"


def one_a_line(grid: Grid, between: str = "\n") -> str:
    """Return a table as it comes when it is copied from a PDF: each cell on a line of its own."""
    return between.join("\n".join(cell for cell in row if plain(cell)) for row in grid) + "\n"


def commas(grid: Grid) -> str:
    """Return a table as a CSV file holds it."""
    rows = ([f'"{cell}"' if "," in plain(cell) else cell for cell in row] for row in grid)
    return "\n".join(",".join(row) for row in rows) + "\n"


def wrapped(cell: str, width: int) -> list[str]:
    """Return the words of a cell in lines no longer than a width; the cell carries no marks."""
    lines: list[str] = []
    for word in cell.split():
        if lines and len(lines[-1]) + 1 + len(word) <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


def word(opening: str, grid: Grid, ending: str = "", merged: Sequence[tuple[int, int, int]] = ()) -> str:
    """Return what the program reads of a Word document with a table.

    The marks are written into the document and come back with its words, so that they stand where the words stand.

    Args:
        opening: The paragraph above the table.
        grid: With headings.
        ending: The paragraph below it.
        merged: Row, first and last column of cells made one.
    """
    from docx import Document  # noqa: PLC0415  # takes a quarter of a second

    document = Document()
    document.add_paragraph(opening)
    table = document.add_table(len(grid), len(grid[0]))
    for at, row in enumerate(grid):
        for column, cell in enumerate(row):
            table.cell(at, column).text = cell
    for at, first, last in merged:
        table.cell(at, first).merge(table.cell(at, last))
    if ending:
        document.add_paragraph(ending)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "table.docx"
        document.save(str(path))
        return read(path).text


def page_of(*parts: str) -> str:
    """Return a draft of several parts, an empty line between them."""
    return "\n\n".join(part.rstrip("\n") for part in parts if part) + "\n"
