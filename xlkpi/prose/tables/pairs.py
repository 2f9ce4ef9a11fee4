"""Columns that hold two things in each cell, as their headings say: ``Outturn (target)``, ``Actual and RAG``.

Each is read as two columns beside each other, so that what holds for columns holds for either half.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from xlkpi.model.period import Quarter
from xlkpi.prose.mentions import Form
from xlkpi.prose.scene import Scene
from xlkpi.prose.sentences import Part
from xlkpi.prose.tables.columns import Column, Holds, column

#: What parts the halves of a heading; a slash between digits is of a year.
_PARTED = re.compile(
    r"(?P<first>[^()]*?[\w%.])\s*(?P<by>\(|(?<![0-9])/|/(?![0-9])|\u2192|->|&|\+|\band\b|\bv(?:s|ersus)?\b\.?|\bagainst\b)"
    r"\s*(?P<second>[\w%][^()]*?)\s*\)?\s*",
    re.IGNORECASE,
)
#: What a heading says of itself behind its name, and not of a second figure: ``Change (from last quarter)``.
_OF_ITSELF = re.compile(r"(?:from|on|since|than|over|compared|for|in|as|to|by|up|down)\b", re.IGNORECASE)
_KNOWN = (Holds.FIGURES, Holds.STATUSES, Holds.TRAVEL)
_DIGIT = re.compile("[0-9]")
_TWO = 2

Cells = Mapping[int, Part]


@dataclass(frozen=True, slots=True)
class _Halves:
    """A heading of two things.

    Attributes:
        place: Of its column.
        first: Where its first half stands.
        second: Where its second half stands.
        kinds: What the cells of each half are.
    """

    place: int
    first: Part
    second: Part
    kinds: tuple[Holds, Holds]


def apart(
    scene: Scene, heads: Sequence[Cells], rows: Sequence[Cells], now: Quarter
) -> tuple[Sequence[Cells], Sequence[Cells]]:
    """Return the headings and cells of a table by column, those that hold two things each as two columns.

    Args:
        scene: The draft.
        heads: The rows of headings.
        rows: The cells below them.
        now: The quarter of which the table is.
    """
    found = [
        halves
        for place, cell in sorted(heads[-1].items() if heads else ())
        if place
        and (halves := _halves(scene, place, cell, now))
        and _are_two(scene, halves, [row[place] for row in rows if place in row])
    ]
    for halves in reversed(found):
        heads = [*(_moved(head, halves.place) for head in heads[:-1]), _parted(heads[-1], halves)]
        rows = [_cut(scene, row, halves) for row in rows]
    return heads, rows


def _halves(scene: Scene, place: int, cell: Part, now: Quarter) -> _Halves | None:
    """Return the halves of a heading that names two things; None of another one."""
    found = _PARTED.fullmatch(scene.flat, cell.start, cell.end)
    if found is None or _OF_ITSELF.match(found["second"]):
        return None
    parts = Part(*found.span("first")), Part(*found.span("second"))
    first, second = (column(scene, place, [part], now) for part in parts)
    is_known = first.holds in _KNOWN and second.holds in _KNOWN and Holds.FIGURES in (first.holds, second.holds)
    if not is_known or not _differ(scene, first, second, is_from_to=found["by"] in ("\u2192", "->")):
        return None
    return _Halves(place, *parts, (first.holds, second.holds))


def _differ(scene: Scene, first: Column, second: Column, *, is_from_to: bool) -> bool:
    """Return whether two halves of a heading are of two things, and the second does not only say more of the first."""
    if first.holds is not second.holds:
        return True
    what, other = first.meanings[0], second.meanings[0]
    words = [scene.flat[one.head.start : one.head.end] for one in (first, second)]
    is_alike = is_from_to or _DIGIT.sub("0", words[0]) == _DIGIT.sub("0", words[1]) or second.period is None
    return what.measure is not other.measure or (what.period != other.period and is_alike)


def _are_two(scene: Scene, halves: _Halves, cells: Sequence[Part]) -> bool:
    """Return whether most cells of a column hold as many figures as its heading says."""
    wanted = sum(one is Holds.FIGURES for one in halves.kinds)
    filled = [cell for cell in cells if scene.flat[cell.start : cell.end].strip()]
    fitting = sum(len(scene.within(scene.numbers, cell)) == wanted for cell in filled)
    return bool(filled) and _TWO * fitting >= len(filled)


def _moved(cells: Cells, place: int) -> dict[int, Part]:
    """Return cells with those behind a column one further, and that of the column over both of its halves."""
    found = {at + (at > place): cell for at, cell in cells.items()}
    return found | ({place + 1: cells[place]} if place in cells else {})


def _parted(head: Cells, halves: _Halves) -> Cells:
    return _moved(head, halves.place) | {halves.place: halves.first, halves.place + 1: halves.second}


def _cut(scene: Scene, row: Cells, halves: _Halves) -> Cells:
    """Return a row with the cell of two things cut behind its first figure, or before it where that is the second."""
    moved = _moved(row, halves.place)
    if halves.place not in row:
        return moved
    cell = row[halves.place]
    numbers = [one for one in scene.within(scene.numbers, cell) if one.form is Form.CARDINAL]
    at = cell.end
    if numbers:
        at = numbers[0].end if halves.kinds[0] is Holds.FIGURES else numbers[0].start
    parts = Part(cell.start, at), Part(at, cell.end)
    return moved | {halves.place + behind: _bare(scene, part) for behind, part in enumerate(parts)}


def _bare(scene: Scene, part: Part) -> Part:
    """Return a part without the blanks and brackets around it."""
    words = scene.flat[part.start : part.end]
    start = part.start + len(words) - len(words.lstrip(" ("))
    return Part(start, max(start, part.start + len(words.rstrip(" )"))))
