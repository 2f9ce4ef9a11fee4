"""What a phrase can print: words that know which figures they show, so that every sentence has its figures beside it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import NamedTuple, TypeAlias


class Note(NamedTuple):
    """One figure that a text shows.

    Attributes:
        label: What it is: ``A4 outturn``; empty where only an indicator is named.
        text: As printed: ``74%``.
        code: The indicator that it is of; empty where it is of none.
    """

    label: str
    text: str
    code: str = ""


class Ledger:
    """Takes down which figures a text printed."""

    def __init__(self) -> None:
        """Start with none."""
        self._notes: dict[Note, None] = {}

    def take(self, notes: Iterable[Note]) -> None:
        """Take down figures; the same one is kept once."""
        self._notes.update(dict.fromkeys(notes))

    def hand_over(self) -> tuple[Note, ...]:
        """Return what was taken down, in the order of printing, and forget it."""
        notes, self._notes = tuple(self._notes), {}
        return notes


class Said:
    """A text with the figures that stand in it; printing it takes them down.

    Compares as its value, so that a phrase can ask ``outside.count == 1``.
    """

    __slots__ = ("_ledger", "_text", "_value", "notes")

    def __init__(self, ledger: Ledger, text: str, notes: Iterable[Note] = (), value: Fraction | int = 1) -> None:
        """Put a text and its figures together.

        Args:
            ledger: Takes the figures down when the text is printed.
            text: As printed.
            notes: The figures in it.
            value: What it is compared by; a text that is not of one number is true.
        """
        self._ledger, self._text, self._value = ledger, text, value
        self.notes = tuple(notes)

    def __str__(self) -> str:
        """Return the text, and take its figures down."""
        self._ledger.take(self.notes)
        return self._text

    def __repr__(self) -> str:
        """Return the text alone."""
        return f"Said({self._text!r})"

    def __bool__(self) -> bool:
        """Return whether there is anything to print; 0% is."""
        return bool(self._text)

    def __eq__(self, other: object) -> bool:
        """Return whether the value, or the text, is another."""
        if isinstance(other, str):
            return self._text == other
        return self._value == (other._value if isinstance(other, Said) else other)

    def __lt__(self, other: Said | int) -> bool:
        """Return whether the value is smaller."""
        return self._value < (other._value if isinstance(other, Said) else other)

    def __gt__(self, other: Said | int) -> bool:
        """Return whether the value is larger."""
        return self._value > (other._value if isinstance(other, Said) else other)

    def __le__(self, other: Said | int) -> bool:
        """Return whether the value is not larger."""
        return not self > other

    def __ge__(self, other: Said | int) -> bool:
        """Return whether the value is not smaller."""
        return not self < other

    def __hash__(self) -> int:
        """Return the hash of its value."""
        return hash(self._value)

    @property
    def bare(self) -> str:
        """Return the text without taking anything down."""
        return self._text


#: What a field of a phrase may hold; None where there is nothing to print.
Field: TypeAlias = Said | str | bool | int | None


class Teller:
    """Makes texts for one ledger."""

    def __init__(self) -> None:
        """Start with an empty ledger."""
        self.ledger = Ledger()

    def figure(self, label: str, text: str, code: str = "", value: Fraction | int = 1) -> Said:
        """Return a text that is one figure."""
        return Said(self.ledger, text, (Note(label, text, code),), value)

    def joined(self, pattern: str, *parts: Said | str) -> Said:
        """Return texts put into a pattern with ``{}`` for each; the figures of all of them stand in it."""
        notes = [note for part in parts if isinstance(part, Said) for note in part.notes]
        texts = (part.bare if isinstance(part, Said) else part for part in parts)
        return Said(self.ledger, pattern.format(*texts), notes)

    def listed(self, parts: Iterable[Said | str], comma: str = ", ", last: str = " and ") -> Said:
        """Return texts as a sentence lists them.

        Examples:
            >>> print(Teller().listed(["A1", "A8", "F01"]))
            A1, A8 and F01
        """
        pieces = list(parts)
        if not pieces:
            return Said(self.ledger, "", (), 0)
        pattern = comma.join(["{}"] * (len(pieces) - 1))
        return self.joined(f"{pattern}{last}{{}}" if pattern else "{}", *pieces)


def as_text(notes: Iterable[Note]) -> str:
    """Return figures as one text, each label once; :func:`from_text` reads it.

    Examples:
        >>> as_text([Note("A4 outturn", "74%"), Note("A4 target", "85%")])
        'A4 outturn = 74%; A4 target = 85%'
    """
    by_label: dict[str, list[str]] = {}
    for note in notes:
        if not note.label:
            continue
        texts = by_label.setdefault(_plain(note.label), [])
        if (text := _plain(note.text)) not in texts:
            texts.append(text)
    return "; ".join(f"{label} = {' / '.join(texts)}" for label, texts in by_label.items())


def from_text(text: str) -> Mapping[str, str]:
    """Return figures by label from the text that :func:`as_text` made.

    Examples:
        >>> dict(from_text("A4 outturn = 74%; A4 target = 85%"))
        {'A4 outturn': '74%', 'A4 target': '85%'}
    """
    pairs = (part.partition(" = ") for part in text.split("; ") if part)
    return {label: value for label, _, value in pairs}


def _plain(text: str) -> str:
    return " ".join(text.replace("; ", ", ").replace(" = ", " ").split())
