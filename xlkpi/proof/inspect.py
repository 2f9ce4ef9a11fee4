"""One look at a finished workbook: every trace in it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from xlkpi.proof import book, places, sheets
from xlkpi.proof.parts import Parts
from xlkpi.proof.trace import Kind, Trace

RULES: tuple[Callable[[Parts], Iterator[Trace]], ...] = (
    sheets.hidden_sheets,
    sheets.cells,
    sheets.validations,
    sheets.margins,
    sheets.views,
    sheets.links,
    book.names,
    book.paths,
    book.charts,
    places.pivots,
    places.comments,
    places.connections,
    places.pictures,
    places.parts_of_their_own,
)


def inspect(path: Path, allowed: Iterable[str] = ()) -> list[Trace]:
    """Return every trace in a workbook, by kind and then by place.

    Args:
        path: An ``.xlsx`` or ``.xlsm`` file that is finished.
        allowed: What its properties may say, such as the organisation's name.

    Raises:
        FileUnusable: Where the file is no workbook, or cannot be read.
    """
    parts = Parts(path)
    order = {kind: place for place, kind in enumerate(Kind)}
    found = {trace for rule in RULES for trace in rule(parts)}
    found.update(places.properties(parts, frozenset(allowed)))
    return sorted(found, key=lambda one: (order[one.kind], one.where, one.part, one.what))
