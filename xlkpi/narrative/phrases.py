"""Phrases: the report's sentences as data, which an organisation may change on its own sheet."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from io import StringIO
from typing import NamedTuple


class Phrase(NamedTuple):
    """One sentence of a paragraph.

    Attributes:
        paragraph: Which paragraph it stands in, by its name (``headline``).
        key: Its own name, for messages.
        when: The condition under which it stands there, as a template engine's expression; empty for always.
        text: Its words, with fields in double braces.
        note: For whoever changes it.
        where: The cell of its text, for messages.
        when_where: The cell of its condition.
        paragraph_where: The cell of its paragraph.
        row: Its row in the sheet's table, from 0; -1 where it stands on no sheet.
    """

    paragraph: str
    key: str
    when: str
    text: str
    note: str = ""
    where: str = ""
    when_where: str = ""
    paragraph_where: str = ""
    row: int = -1


class Phrases(NamedTuple):
    """All phrases of a workbook.

    Attributes:
        items: In their order.
        rows: How many rows their table has; 0 where the workbook has no such sheet.
        headings: Of that table as it stands.
    """

    items: tuple[Phrase, ...]
    rows: int = 0
    headings: tuple[str, ...] = ()


@cache
def default_phrases() -> tuple[Phrase, ...]:
    """Return the phrases that come with the program, in their order."""
    text = (files("xlkpi.narrative") / "phrases.csv").read_text(encoding="utf-8")
    return tuple(
        Phrase(row["paragraph"], row["key"], row["when"], row["text"], row["note"], f"phrases.csv row {number}")
        for number, row in enumerate(csv.DictReader(StringIO(text, newline="")), start=2)
    )


def content_of(phrases: Sequence[Phrase]) -> list[tuple[str, str, str, str, str]]:
    """Return what is typed of phrases, without where it stands."""
    return [(one.paragraph, one.key, one.when, one.text, one.note) for one in phrases]
