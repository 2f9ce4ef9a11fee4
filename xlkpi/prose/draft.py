"""A draft as text, whatever file it came from."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Draft:
    """The text of a draft.

    Attributes:
        text: All of it; offsets of claims count its characters. Paragraphs end with a line break, the cells of a table's row
            are parted by tabs, a list item may start with ``- ``.
        name: Of the file or sheet, for messages.
    """

    text: str
    name: str = "draft"
