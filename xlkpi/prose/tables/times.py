"""Tables with a period in each row: years under quarters, quarters under years, or a column for the period of each figure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from xlkpi.model.period import Month, Period, Quarter, Year
from xlkpi.prose.fact import Measure
from xlkpi.prose.scene import Scene
from xlkpi.prose.sentences import Part
from xlkpi.prose.tables.columns import Column, Holds, Meaning, dates_rows

_NUMBER = re.compile(r"\s*[1-4]\s*")
_TWO = 2  # columns of a period: the year and the quarter


def dating(scene: Scene, columns: Mapping[int, Column], rows: Sequence[Mapping[int, Part]]) -> tuple[int, ...]:
    """Return the columns that name the periods of the rows: one, or those of years and of quarters; else the first."""
    found: list[int] = []
    for place, one in columns.items():
        cells = [row[place] for row in rows if place in row]
        dated = sum(period_of(scene, cell) is not None or _is_number(scene, cell) for cell in cells)
        if dates_rows(scene, one) and dated and 2 * dated >= len(cells):
            found.append(place)
    by_year = [place for place in found if any(_is_year(scene, row[place]) for row in rows if place in row)]
    if len(found) == _TWO and len(by_year) == 1:
        return tuple(found)
    whole = [place for place in found if any(period_of(scene, row[place]) for row in rows if place in row)]
    return tuple(whole[:1]) or (0,)


def period_in(scene: Scene, cells: Sequence[Part]) -> Period | None:
    """Return the period that cells of a row are: one cell, or a year and a quarter apart; None where they are none."""
    if len(cells) != _TWO:
        return period_of(scene, cells[0]) if cells else None
    known = [period_of(scene, cell) for cell in cells]
    year = next((one for one in known if isinstance(one, Year)), None)
    part = next((one for one in known if isinstance(one, Quarter)), None)
    number = (
        part.number
        if part
        else next((int(scene.flat[cell.start : cell.end]) for cell in cells if _is_number(scene, cell)), 0)
    )
    return Quarter(year.year, number) if year and number else year


def _is_number(scene: Scene, cell: Part) -> bool:
    """Return whether a cell is the number of a quarter alone."""
    return bool(_NUMBER.fullmatch(scene.flat, cell.start, cell.end))


def _is_year(scene: Scene, cell: Part) -> bool:
    return isinstance(period_of(scene, cell), Year)


def period_of(scene: Scene, cell: Part) -> Period | None:
    """Return the period that a cell is, and nothing else; None where it is none."""
    words = scene.flat[cell.start : cell.end].strip()
    mentions = [one for one in scene.within(scene.periods, cell) if len(one.periods) == 1]
    is_all = len(mentions) == 1 and mentions[0].end - mentions[0].start >= len(words)
    return mentions[0].periods[0] if is_all else None


def may_date(columns: Mapping[int, Column], period: Period) -> bool:
    """Return whether a period in a row says of when the figures are whose headings leave that open."""
    said = [one for one in columns.values() if one.meanings and not one.is_guess]
    if isinstance(period, Year):
        return any(one.is_firm and isinstance(one.meanings[0].period, Quarter) for one in said)
    return any(
        one.meanings[0].measure is Measure.OUTTURN and (one.period is None or isinstance(one.period, Year))
        for one in said
        if one.holds is Holds.FIGURES
    )


def in_time(meaning: Meaning, top: Column, when: Period, now: Quarter) -> Iterator[Meaning]:
    """Yield what a figure under a heading is in a row of a period.

    Args:
        meaning: What it is by its heading alone.
        top: Its column.
        when: The period of its row.
        now: The quarter of which the table is.
    """
    if isinstance(when, Year):
        yield _in_year(meaning, when)
    elif isinstance(top.period, Year):
        yield replace(meaning, period=Quarter(top.period.year, when.quarter.number))
    elif top.period is not None or top.is_guess:
        yield meaning
    else:
        back = when.quarter.index - now.index
        base = meaning.base.shift(back) if isinstance(meaning.base, Quarter) else meaning.base
        yield replace(meaning, period=when if meaning.measure is Measure.OUTTURN else when.quarter, base=base)
        if isinstance(when, Month) and when == when.quarter.months[-1] and meaning.measure is Measure.OUTTURN:
            yield replace(meaning, period=when.quarter, base=base)


def _in_year(meaning: Meaning, year: Year) -> Meaning:
    if not isinstance(meaning.period, Quarter):
        return meaning
    base = Quarter(year.year, meaning.base.number) if isinstance(meaning.base, Quarter) else meaning.base
    return replace(meaning, period=Quarter(year.year, meaning.period.number), base=base)
