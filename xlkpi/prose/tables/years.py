"""Tables with a year in each row and a quarter above each column."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from xlkpi.model.period import Quarter, Year
from xlkpi.prose.scene import Scene
from xlkpi.prose.sentences import Part
from xlkpi.prose.tables.columns import Column, Meaning


def has_quarters(columns: Mapping[int, Column]) -> bool:
    """Return whether headings of a table are quarters, so that a year in a row says of which year."""
    firm = [one.meanings[0].period for one in columns.values() if one.is_firm and one.meanings]
    return any(isinstance(one, Quarter) for one in firm)


def year_of(scene: Scene, cell: Part) -> Year | None:
    """Return the year that a cell is, and nothing else; None where it is none."""
    words = scene.flat[cell.start : cell.end].strip()
    mentions = [one for one in scene.within(scene.periods, cell) if len(one.periods) == 1]
    found = mentions[0].periods[0] if len(mentions) == 1 and mentions[0].end - mentions[0].start >= len(words) else None
    return found if isinstance(found, Year) else None


def in_year(meaning: Meaning, year: Year) -> Meaning:
    """Return what a figure under a quarter is in a year; of another column, what it is."""
    if not isinstance(meaning.period, Quarter):
        return meaning
    base = Quarter(year.year, meaning.base.number) if isinstance(meaning.base, Quarter) else meaning.base
    return replace(meaning, period=Quarter(year.year, meaning.period.number), base=base)
