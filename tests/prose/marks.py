"""Drafts whose claims are marked: what a stretch of text says, so that the figures can tell whether it is true.

A marked draft is plain text in which ``[[`` and ``]]`` hold one statement and ``{spec|words}`` one slot of it:

    [[{K3|Referrals} {down|fell} by {p|24%} on {q|the previous quarter}]]

A slot without words says something that the reader knows from elsewhere: ``{K3|}``. A slot whose spec starts with ``!``
is an error planted on purpose. What the specs mean is said in ``truth.py``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

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


_END = re.compile(r"[.!?](?=[\s*\"”)]+[A-Z\[*“\"-])|\n")


def sentence(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the sentence, or the line, around a stretch of a text."""
    line = text.rfind("\n", 0, start) + 1
    before = [found.end() for found in _END.finditer(text, line, start)]
    after = _END.search(text, max(end - 1, start))
    return (before[-1] if before else line), (after.end() if after else len(text))
