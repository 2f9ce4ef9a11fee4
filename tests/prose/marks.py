"""Drafts whose claims are marked: what a stretch of text says, so that the figures can tell whether it is true.

A marked draft is plain text in which ``[[`` and ``]]`` hold one statement and ``{spec|words}`` one slot of it:

    [[{K3|Referrals} {down|fell} by {p|24%} on {q|the previous quarter}]]

A slot without words says something that the reader knows from elsewhere: ``{K3|}``. A slot whose spec starts with ``!``
is an error planted on purpose. What the specs mean is said in ``truth.py``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

_TOKEN = re.compile(r"\[\[|\]\]|\{(?P<planted>!?)(?P<spec>[^{}|]+)\|(?P<words>[^{}]*)\}")


@dataclass(frozen=True)
class Slot:
    """One stretch of a statement that says one thing.

    Attributes:
        start: Where it starts in the plain text.
        end: Where it ends; the same as ``start`` where it has no words.
        spec: What it says.
        words: How the text says it.
        planted: Whether it is wrong on purpose.
    """

    start: int
    end: int
    spec: str
    words: str
    planted: bool = False

    def moved(self, by: int) -> Slot:
        return replace(self, start=self.start + by, end=self.end + by)


@dataclass(frozen=True)
class Statement:
    """Slots that are true or false together."""

    slots: tuple[Slot, ...]

    @property
    def start(self) -> int:
        return min(slot.start for slot in self.slots)

    @property
    def end(self) -> int:
        return max(slot.end for slot in self.slots)

    @property
    def planted(self) -> bool:
        return any(slot.planted for slot in self.slots)

    def with_slot(self, old: Slot, new: Slot) -> Statement:
        return Statement(tuple(new if slot is old else slot for slot in self.slots))


@dataclass(frozen=True)
class Marked:
    """A draft's plain text and what it says."""

    name: str
    text: str
    statements: tuple[Statement, ...]


def read_marked(source: str, name: str) -> Marked:
    """Return the plain text of a marked draft with its statements."""
    text: list[str] = []
    statements: list[Statement] = []
    slots: list[Slot] = []
    length = at = 0
    for token in _TOKEN.finditer(source):
        text.append(source[at : token.start()])
        length += token.start() - at
        at = token.end()
        if token[0] == "[[":
            assert not slots, f"{name}: a statement starts in another one before {source[at : at + 40]!r}"
        elif token[0] == "]]":
            assert slots, f"{name}: an empty statement before {source[at : at + 40]!r}"
            statements.append(Statement(tuple(slots)))
            slots = []
        else:
            words = token["words"]
            slots.append(Slot(length, length + len(words), token["spec"].strip(), words, bool(token["planted"])))
            text.append(words)
            length += len(words)
    text.append(source[at:])
    assert not slots, f"{name}: the last statement does not end"
    return Marked(name, "".join(text), tuple(statements))


def carried_over(marked: Marked, text: str) -> Marked:
    """Return a marked draft whose text lost its formatting on the way, its slots at their new places.

    Args:
        marked: As written.
        text: As read: the same characters in the same order, some left out, blanks changed.
    """
    places = list(_places(marked.text, text))
    shift = {id(slot): _moved(slot, places) for one in marked.statements for slot in one.slots}
    statements = tuple(Statement(tuple(shift[id(slot)] for slot in one.slots)) for one in marked.statements)
    for one in statements:
        for slot in one.slots:
            found = text[slot.start : slot.end]
            assert found.split() == slot.words.split(), f"{marked.name}: {found!r} stands where {slot.words!r} was"
    return Marked(marked.name, text, statements)


def _places(written: str, read: str) -> Iterator[int]:
    """Yield where each written character stands in what was read: its own place, or that of what follows it."""
    at = 0
    for letter in written:
        ahead = read[at : at + 6]
        if letter.isspace():
            yield at
            if ahead[:1].isspace():
                at += 1
            continue
        skipped = len(ahead) - len(ahead.lstrip())
        if ahead[skipped : skipped + 1] == letter:
            at += skipped
            yield at
            at += 1
        else:
            yield at + (skipped if letter.isalnum() else 0)


def _moved(slot: Slot, places: list[int]) -> Slot:
    if not slot.words:
        place = places[slot.start] if slot.start < len(places) else places[-1] + 1
        return replace(slot, start=place, end=place)
    start = places[slot.start]
    return replace(slot, start=start, end=places[slot.end - 1] + 1)
