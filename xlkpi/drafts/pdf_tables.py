r"""Tables of a PDF page as rows with tabs between their cells, though a cell may have several lines.

A PDF knows where words stand and nothing of rows. What stands in columns on the page as it looks is put together row by
row; the lines of the page's text that hold the same words are replaced.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

#: Cells stand apart by two blanks at least; a wider line of words is prose.
_CELL = re.compile(r"\S+(?:\s\S+)*")
_FEWEST, _MOST, _WIDEST = 3, 12, 40
_FIGURE = re.compile(r"[0-9]")
#: A line that may be a row of figures: a page with none has no table worth the work.
_FIGURES = re.compile(r"(?:^|\s)[0-9][0-9.,]*%?\s+[0-9][0-9.,]*%?(?:\s|$)")


def may_hold_table(lines: Sequence[str]) -> bool:
    """Return whether the text of a page has lines with figures beside each other."""
    return sum(bool(_FIGURES.search(line)) for line in lines) > 1


def with_tables(lines: Sequence[str], looks: str) -> list[str]:
    r"""Return the lines of a page with its tables row by row.

    Args:
        lines: Its text, in the order in which it was written.
        looks: The page as it looks, with blanks between columns.

    Examples:
        >>> looks = "        Outside    Inside     On\nIn      1          2          4\nCare\nAll     2          2          4"
        >>> with_tables(["Outside", "Inside", "On", "In", "Care", "1 2 4", "All 2 2 4", "Words."], looks)
        ['\tOutside\tInside\tOn', 'In Care\t1\t2\t4', 'All\t2\t2\t4', 'Words.']
    """
    found = list(lines)
    for rows in _tables(looks):
        span = _span(found, Counter(sign for row in rows for cell in row for sign in cell if not sign.isspace()))
        if span is not None:
            found[span[0] : span[1]] = ["\t".join(row) for row in rows]
    return found


@dataclass
class _Table:
    """Rows that are being put together.

    Attributes:
        columns: Where each begins and ends, in characters of the line.
        rows: Their cells, one for each column.
    """

    columns: list[tuple[int, int]]
    rows: list[list[str]] = field(default_factory=list)

    def add(self, cells: Sequence[re.Match[str]]) -> None:
        """Take in a line: a row of its own, or more words of the row before."""
        row = [""] * len(self.columns)
        missing = len(row) - len(cells)  # a full line, or one whose corner is empty, says by its order what is where
        is_full = not missing or (missing == 1 and not self.rows)
        for number, cell in enumerate(cells):
            place = number + missing if is_full else self._column(cell)
            row[place] = f"{row[place]} {cell[0]}".strip()
        if len(self.rows) == 1 and not self.rows[0][0] and row[0] and not any(row[1:]):
            row = [*row[1:], row[0]]  # the last heading was wrapped to the beginning of the line
        if self.rows and _goes_on(self.rows[-1], row):
            self.rows[-1] = [f"{one} {other}".strip() for one, other in zip(self.rows[-1], row, strict=True)]
        else:
            self.rows.append(row)

    def _column(self, cell: re.Match[str]) -> int:
        """Return the column that a cell stands in: where it overlaps most, else the nearest."""

        def nearness(column: tuple[int, int]) -> tuple[int, int]:
            overlap = min(column[1], cell.end()) - max(column[0], cell.start())
            return max(overlap, 0), -abs(column[0] - cell.start())

        return max(range(len(self.columns)), key=lambda place: nearness(self.columns[place]))


def _goes_on(before: Sequence[str], row: Sequence[str]) -> bool:
    """Return whether a line has more words of the row before it: of its label, or of the headings."""
    if any(_FIGURE.search(cell) for cell in row[1:]):
        return False
    is_label = bool(row[0]) and not any(row[1:]) and any(_FIGURE.search(cell) for cell in before[1:])
    return is_label or (not row[0] and all(one or not other for one, other in zip(before[1:], row[1:], strict=True)))


def _tables(looks: str) -> Iterator[list[list[str]]]:
    """Yield the rows of every stretch of lines that stand in three columns or more and hold figures."""
    block: list[list[re.Match[str]]] = []
    for line in [*looks.splitlines(), ""]:
        cells = list(_CELL.finditer(line))
        if cells and _fits(block, cells):
            block.append(cells)
            continue
        if len(block) > 1:
            yield from _rows(block)
        block = [cells] if _fits([], cells) else []


def _fits(block: Sequence[Sequence[re.Match[str]]], cells: Sequence[re.Match[str]]) -> bool:
    """Return whether a line may belong to a table: it has narrow cells, the first line three or more of them."""
    is_narrow = len(cells) <= _MOST and all(len(cell[0]) <= _WIDEST for cell in cells)
    return is_narrow and (bool(block) or len(cells) >= _FEWEST)


def _rows(block: Sequence[Sequence[re.Match[str]]]) -> Iterator[list[list[str]]]:
    starts = min(cell.start() for cells in block for cell in cells)
    widest = max(block, key=len)
    columns = [(cell.start(), cell.end()) for cell in widest]
    headed = [cells for cells in block if len(cells) == len(widest) - 1 and cells[0].start() > starts]
    if widest[0].start() > starts and not headed:
        columns.insert(0, (starts, widest[0].start() - 1))
    table = _Table(columns)
    for cells in block:
        table.add(cells)
    if sum(any(_FIGURE.search(cell) for cell in row[1:]) for row in table.rows) > 1:
        yield table.rows


def _span(lines: Sequence[str], signs: Counter[str]) -> tuple[int, int] | None:
    """Return the lines that together hold exactly some signs, whatever blanks are between; None where there are none."""
    counted = [Counter("".join(line.split())) for line in lines]
    for start, first in enumerate(counted):
        left = signs.copy()
        if not first:
            continue
        for end in range(start, len(lines)):
            if not counted[end] <= left:
                break
            left -= counted[end]
            if not left:
                return start, end + 1
    return None
