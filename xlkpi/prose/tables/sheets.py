"""Cards of labelled lines: ``Indicator | X``, ``Target | 85%``, ``Status | Green`` below each other, and again for the next.

They are a table that lies on its side, an indicator in each row, and are read as that one: what a label means, it means on all
cards.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from xlkpi.prose.scene import Scene
from xlkpi.prose.sentences import Part
from xlkpi.prose.tables.columns import Column, Holds, column, with_bases
from xlkpi.prose.tables.frame import Row
from xlkpi.prose.tables.grid import Grid
from xlkpi.prose.tables.rows import FAIR, RowNames
from xlkpi.prose.text import Kind, Paragraph

#: What stands before the name of the indicator of a card.
_NAMING = re.compile(
    r"\W*(?:(?:key\s+)?(?:performance\s+)?(?:indicators?|measures?|kpis?|pis?|metric)|(?:pi|kpi|indicator|measure)\s+(?:name|title|description)"
    r"|title|name)\W*",
    re.IGNORECASE,
)
_HELD = (Holds.FIGURES, Holds.STATUSES, Holds.TRAVEL, Holds.MET)
_PAIR = 2  # cells of a row that is a label and what it labels
_LEAST = 2  # labels of a card
_LONGEST = 45  # signs of a label

Pair = tuple[Part, Part]


@dataclass
class _Card:
    """The labels and values of one indicator.

    Attributes:
        name: Where the indicator is named.
        paragraph: Where the card begins.
        pairs: Each label with its value.
        indexes: Of the paragraphs that make it.
    """

    name: Part
    paragraph: Paragraph
    pairs: list[Pair] = field(default_factory=list)
    indexes: list[int] = field(default_factory=list)


def read_sheets(scene: Scene, names: RowNames) -> frozenset[int]:
    """Take down the claims of cards; return the indexes of the rows that make them.

    Args:
        scene: The draft.
        names: Of the register.
    """
    cards = [one for one in _cards(scene, names) if len(one.pairs) >= _LEAST]
    _read(scene, names, cards)
    return frozenset(index for one in cards for index in one.indexes)


def _read(scene: Scene, names: RowNames, cards: Sequence[_Card]) -> None:
    """Take down the claims of cards as a table with an indicator in each row."""
    places: dict[str, int] = {}
    columns: dict[int, Column] = {}
    rows = []
    for card in cards:
        cells = {}
        for label, value in card.pairs:
            place = places.setdefault(_words(scene, label), len(places) + 1)
            columns.setdefault(place, column(scene, place, [label]))
            cells[place] = value
        rows.append(Row(card.paragraph, cells, [card.name]))
    if not rows:
        return
    grid = Grid(scene, names, with_bases(columns, scene.world.quarter), rows)
    grid.read()
    for card, row in zip(cards, rows, strict=True):
        scene.rows.update((index, row.code) for index in card.indexes if row.code)


def _words(scene: Scene, part: Part) -> str:
    return " ".join(scene.flat[part.start : part.end].casefold().split())


def _cards(scene: Scene, names: RowNames) -> Iterator[_Card]:
    """Yield the cards of rows of two cells, the first of which says that it names an indicator."""
    card: _Card | None = None
    for one in scene.text.paragraphs:
        is_pair = one.kind is Kind.ROW and len(one.cells) == _PAIR
        if is_pair and _is_name(scene, names, one):
            if card is not None:
                yield card
            card = _Card(one.cells[1], one, indexes=[one.index])
        elif card is not None and is_pair and _is_label(scene, one.cells[0]):
            card.pairs.append((one.cells[0], one.cells[1]))
            card.indexes.append(one.index)
        elif card is not None:
            yield card
            card = None
    if card is not None:
        yield card


def _is_name(scene: Scene, names: RowNames, row: Paragraph) -> bool:
    """Return whether a row says that it names an indicator, and names one."""
    label, value = row.cells
    is_said = _NAMING.fullmatch(scene.flat, label.start, label.end) is not None
    return is_said and any(one.strength >= FAIR for one in names.candidates(scene, [value]))


def _is_label(scene: Scene, label: Part) -> bool:
    return label.end - label.start <= _LONGEST and column(scene, 1, [label]).holds in _HELD
