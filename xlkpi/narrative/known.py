"""Every figure of a quarter that a phrase could print, whether one does or not.

A text of one's own outlives the sentences beside it: where a phrase was changed, or a paragraph is no longer written, its
figures are looked up here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TypeAlias

from xlkpi.narrative.measures import Parts
from xlkpi.narrative.reading import fields_of
from xlkpi.narrative.said import Note, Said, as_text, from_text

#: What stands between the ways in which one figure was printed.
BETWEEN = " / "
#: By the figure's label, all ways in which it is printed: with its unit and without.
Known: TypeAlias = Mapping[str, tuple[str, ...]]


def known_figures(common: Iterable[object], things: Iterable[object]) -> Known:
    """Return the figures of all that phrases name.

    Args:
        common: What all paragraphs share, such as the quarter; nothing else has a figure of one of these labels.
        things: Groups and measures; where two have a figure of one label, both are known.
    """
    fixed = {label: tuple(text.split(BETWEEN)) for one in common for label, text in _figures(one)}
    found: dict[str, dict[str, None]] = {}
    for thing in things:
        for label, text in _figures(thing):
            found.setdefault(label, {}).update(dict.fromkeys(text.split(BETWEEN)))
    return {**{label: tuple(ways) for label, ways in found.items()}, **fixed}


def _figures(thing: object) -> Iterable[tuple[str, str]]:
    return from_text(as_text(_notes(thing))).items()


def _notes(thing: object) -> Iterator[Note]:
    if isinstance(thing, Said):
        yield from thing.notes
    elif isinstance(thing, str | int):
        return
    else:
        view: type = type(thing)
        for name in fields_of(view):
            value = getattr(thing, name)
            if isinstance(value, Said | Parts):
                yield from _notes(value)
