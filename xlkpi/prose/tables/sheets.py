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
from xlkpi.prose.tables.captions import named_by_line
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
_LABELLED = re.compile(
    r"[ \t]*(?:[-*\u2022][ \t]+)?(?P<label>[A-Z%][^:]{1,50}?)[ \t]*:[ \t]+(?P<value>[^\s:][^:]{0,60}?)[ \t]*\Z"
)
_HELD = (Holds.FIGURES, Holds.STATUSES, Holds.TRAVEL, Holds.MET)
_PAIR = 2  # cells of a row that is a label and what it labels
_LEAST = 2  # labels of a card
_WORDS, _LONGEST = 5, 45  # words of a value and signs of a label, at most

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
    _read(scene, names, [one for one in _listed(scene, names) if len(one.pairs) >= _LEAST])
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


def _listed(scene: Scene, names: RowNames) -> Iterator[_Card]:
    """Yield the cards of points or lines with a label each, below a line that names an indicator and nothing else."""
    card: _Card | None = None
    for one in scene.text.paragraphs:
        pair = _labelled(scene, one) if one.kind in (Kind.ITEM, Kind.PROSE) else None
        if pair is None:
            if card is not None:
                yield card
            card = None
            continue
        before = scene.text.paragraphs[one.index - 1] if one.index else None
        if card is None and before is not None and before.kind is not Kind.ROW and named_by_line(scene, names, one):
            card = _Card(Part(before.body, before.end), one)
        if card is not None:
            card.pairs.append(pair)
    if card is not None:
        yield card


def _labelled(scene: Scene, one: Paragraph) -> Pair | None:
    """Return the label and the value of a line; None where it is something else."""
    found = _LABELLED.match(scene.flat, one.start, one.end)
    if found is None or len(found["value"].split()) > _WORDS:
        return None
    label = Part(*found.span("label"))
    return (label, Part(*found.span("value"))) if _is_label(scene, label) else None


def _is_label(scene: Scene, label: Part) -> bool:
    return label.end - label.start <= _LONGEST and column(scene, 1, [label]).holds in _HELD
