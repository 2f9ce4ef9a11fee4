"""Tables with a year in each row and a quarter above each column."""

from __future__ import annotations

from dataclasses import replace

from xlkpi.model.period import Quarter, Year
from xlkpi.prose.sentences import Part
from xlkpi.prose.statuses.columns import Meaning
from xlkpi.prose.statuses.scene import Scene


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
