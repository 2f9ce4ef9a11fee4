"""What makes a whole table false: rows and columns exchanged, a heading of another quarter, a column one row too low."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations, zip_longest

from .page import QUARTER_AGO, YEAR_AGO, Line, Page, Place, Twist

ROWS, COLUMNS, HEADING, SHIFTED, TURNED = (
    "rows swapped", "columns swapped", "heading of another quarter", "column shifted", "sign or arrow turned",
)  # fmt: skip
KINDS = (ROWS, COLUMNS, HEADING, SHIFTED, TURNED)
_BACKS = range(9)
_COUNTED = ("v", "n", "m", "miss", "d", "ytd")
#: Columns exchanged: what and how many quarters ago, twice.
_EXCHANGES = (
    (("v", 0), ("v", QUARTER_AGO)),
    (("v", 0), ("v", YEAR_AGO)),
    (("v", QUARTER_AGO), ("v", YEAR_AGO)),
    (("v", 0), ("t", 0)),
    (("n", 0), ("m", 0)),
)
#: What a heading says instead: quarters ago.
_MISTOLD = ({0: 1}, {1: 2}, {4: 3}, {0: 1, 1: 2, 4: 5})
_SHIFTS = (("v", 0), ("v", QUARTER_AGO), ("v", YEAR_AGO), ("t", 0), ("status", 0), ("d", QUARTER_AGO))


def twists(page: Page, chance: random.Random) -> list[Twist]:
    """Return what may be done to a table, kinds by turns; whether it changes the table shows when that is laid out."""
    by_kind: dict[str, list[Twist]] = {kind: [] for kind in KINDS}
    for one in _all(page):
        by_kind[one.kind].append(one)
    queues = [chance.sample(found, len(found)) for found in by_kind.values()]
    return [one for turn in zip_longest(*queues) for one in turn if one is not None]


def _all(page: Page) -> Iterator[Twist]:
    for lines in (page.lines, page.counts):
        for one, other in _alike(lines)[:2]:
            yield Twist(ROWS, _rows(one, other, _COUNTED))
            yield Twist(ROWS, _rows(one, other, ("status",)))
    every = (*page.lines, *page.counts)
    for first, second in _EXCHANGES:
        if pairs := _exchanged(page, every, first, second):
            yield Twist(COLUMNS, dict(pairs))
    for told in _MISTOLD:
        yield Twist(HEADING, told=told)
    for what, back in _SHIFTS:
        yield Twist(SHIFTED, dict(_shifted(page.lines, what, back)) | dict(_shifted(page.counts, what, back)))
    for line in (*page.lines[:2], *page.counts[:1]):
        yield Twist(TURNED, turned=frozenset({line.code}))


def _alike(lines: Sequence[Line]) -> list[tuple[Line, Line]]:
    """Return pairs of lines, first those that a reader would take for each other."""
    return sorted(
        combinations(lines, 2), key=lambda pair: (pair[0].unit != pair[1].unit, pair[0].decimals != pair[1].decimals)
    )


def _rows(one: Line, other: Line, whats: Iterable[str]) -> dict[Place, Place]:
    pairs = [((one, what, back), (other, what, back)) for what in whats for back in _BACKS]
    return dict(pairs) | {second: first for first, second in pairs}


def _exchanged(
    page: Page, lines: Sequence[Line], first: tuple[str, int], second: tuple[str, int]
) -> list[tuple[Place, Place]]:
    found: list[tuple[Place, Place]] = []
    for line in lines:
        if all(page.figure(line, what, back) is not None for what, back in (first, second)):
            found += [((line, *first), (line, *second)), ((line, *second), (line, *first))]
    return found


def _shifted(lines: Sequence[Line], what: str, back: int) -> Iterator[tuple[Place, Place]]:
    for at, line in enumerate(lines):
        yield (line, what, back), (lines[at - 1], what, back)
