"""What the columns of a table of indicators hold, by the words that head them: figures, targets, statuses, directions, changes.

A heading that leaves several readings open has them all, the likeliest first: ``2016/17`` may be that year or its last quarter.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum

from xlkpi.model.period import Month, Period, Quarter, Year
from xlkpi.prose.fact import Measure
from xlkpi.prose.mentions import When
from xlkpi.prose.scene import Scene
from xlkpi.prose.sentences import Part
from xlkpi.prose.tables import headings
from xlkpi.prose.world import World


class Holds(Enum):
    """What the cells of a column are."""

    FIGURES = "figures"
    STATUSES = "statuses"
    MET = "whether the target was met"
    TRAVEL = "direction of travel"
    WORDS = "comments"
    OTHERS = "figures of others"
    UNKNOWN = "not said"


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a figure of a column may be.

    Attributes:
        measure: Of the indicator of its row.
        period: When.
        base: Of a change, the period that it is measured from.
        part: Of the indicator; empty for all of it.
        is_aside: Whether it is a change from a time that the table does not show, while it shows others.
    """

    measure: Measure
    period: Period
    base: Period | None = None
    part: str = ""
    is_aside: bool = False


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table.

    Attributes:
        place: 0 for the first.
        head: Where its heading stands; the last where there are several, one above the other.
        above: The headings above that one.
        holds: What its cells are.
        meanings: What its figures may be, the likeliest first.
        is_firm: Whether the heading says it outright, so that a cell that differs is wrong; else other rows must bear it out.
        period: Which its heading names; None where it names none.
        is_guess: Whether no heading says anything, so that the cells alone do.
        is_open: Whether its figures may be something else in every row, as a sum or a mean, so that none is wrong.
    """

    place: int
    head: Part
    holds: Holds
    meanings: tuple[Meaning, ...] = ()
    is_firm: bool = False
    period: Period | None = None
    is_guess: bool = False
    is_open: bool = False
    above: tuple[Part, ...] = ()

    @property
    def heads(self) -> tuple[Part, ...]:
        """Return its headings, the nearest to its figures first."""
        return (self.head, *reversed(self.above))


_NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_CENTURY = 100
_TWO = 2


def column(scene: Scene, place: int, heads: Sequence[Part], now: Quarter | None = None) -> Column:
    """Return what a column holds, by its headings from the top down.

    Args:
        scene: The draft.
        place: 0 for the first.
        heads: Its headings.
        now: The quarter of which the table is; None for the quarter reported.
    """
    words = " ".join(scene.flat[one.start : one.end] for one in heads)
    now = now or scene.world.quarter
    period = _period(scene, heads, words, now)
    head = heads[-1] if heads else Part(0, 0)
    if place == 0 and headings.WORDS.search(words):
        return Column(place, head, Holds.WORDS)
    found = _classified(now, place, head, words, period)
    return replace(found, above=tuple(heads[:-1]))


def names_rows(scene: Scene, one: Column) -> bool:
    """Return whether a column names the indicators of the rows, by its heading: ``Measure``, and not ``Section``."""
    words = scene.flat[one.head.start : one.head.end]
    return (
        one.holds in (Holds.WORDS, Holds.UNKNOWN)
        and bool(headings.NAMING.search(words))
        and not headings.TARGET.search(words)
    )


def dates_rows(scene: Scene, one: Column) -> bool:
    """Return whether a column names the periods of the rows, by its heading: ``Period``, ``Quarter``."""
    return bool(headings.DATING.fullmatch(scene.flat[one.head.start : one.head.end]))


def as_quarters(columns: Mapping[int, Column]) -> Mapping[int, Column]:
    """Return columns of months as such of the quarters that these end, where all of them end one: ``Jun-22 | Sep-22``."""
    months = [one.period for one in columns.values() if isinstance(one.period, Month)]
    if len(set(months)) < _TWO or any(month != month.quarter.months[-1] for month in months):
        return columns
    return {
        place: replace(
            one, meanings=(*one.meanings, *(replace(each, period=one.period.quarter) for each in one.meanings))
        )
        if isinstance(one.period, Month)
        else one
        for place, one in columns.items()
    }


def with_bases(columns: Mapping[int, Column], now: Quarter) -> Mapping[int, Column]:
    """Return columns of changes whose headings do not say from when, as those from the times that the table shows."""
    levels = [
        one.meanings[0].period
        for one in columns.values()
        if one.holds is Holds.FIGURES and one.is_firm and one.meanings and one.meanings[0].measure is Measure.OUTTURN
    ]
    shown = [one for one in dict.fromkeys(levels) if isinstance(one, Quarter) and one < now]
    return {place: _from_shown(one, shown, now) for place, one in columns.items()} if shown else columns


def _from_shown(one: Column, shown: Sequence[Quarter], now: Quarter) -> Column:
    changes = [each for each in one.meanings if each.measure is Measure.CHANGE]
    if [each.base for each in changes] != _any_base(now):
        return one
    likely = [Meaning(Measure.CHANGE, now, base) for base in reversed(shown)]
    others = [replace(each, is_aside=each.base not in shown) for each in one.meanings if each not in likely]
    return replace(one, meanings=(*likely, *others))


def guess(world: World, place: int, holds: Holds, said: Month | Quarter, *, is_headed: bool = False) -> Column:
    """Return a column whose heading says nothing as what it may be: outturns, targets, and the counts behind a share.

    Args:
        world: The figures.
        place: Of the column.
        holds: What its cells look like.
        said: The period of the table.
        is_headed: Whether there is a heading, of which nothing is known: what it names may be another body.
    """
    now = world.quarter
    every = (said,) if is_headed else (said, now, now.previous, now.year_ago, *world.quarters)
    outturns = [Meaning(Measure.OUTTURN, period) for period in dict.fromkeys(every)]
    others = (Measure.TARGET, Measure.TOLERANCE, Measure.NUMERATOR, Measure.DENOMINATOR)
    meanings = (*outturns, *(Meaning(measure, now) for measure in others)) if holds is Holds.FIGURES else ()
    if holds is Holds.TRAVEL:
        meanings = tuple(Meaning(Measure.CHANGE, now, base) for base in (now.year_ago, now.previous))
    return Column(place, Part(0, 0), holds, meanings, is_guess=True)


def with_shares(scene: Scene, columns: Mapping[int, Column]) -> Mapping[int, Column]:
    """Return columns, that headed by a mere ``%`` beside both counts as their share."""
    counts = [one for one in columns.values() if one.is_firm and one.meanings and one.meanings[0].measure in _COUNTS]
    if {one.meanings[0].measure for one in counts} != set(_COUNTS):
        return columns
    found = dict(columns)
    for place, one in columns.items():
        is_share = headings.SHARE.fullmatch(scene.flat, one.head.start, one.head.end) is not None
        if place and is_share and one.holds is Holds.UNKNOWN:
            nearest = min(counts, key=lambda other: abs(other.place - place))
            share = replace(nearest.meanings[0], measure=Measure.OUTTURN)
            found[place] = replace(one, holds=Holds.FIGURES, meanings=(share,), is_firm=True)
    return found


_COUNTS = (Measure.NUMERATOR, Measure.DENOMINATOR)


def says_figures(scene: Scene, head: Part) -> bool:
    """Return whether a heading alone would have figures below it, of which another one above may give the year."""
    words = scene.flat[head.start : head.end]
    now = scene.world.quarter
    if headings.SHARE.fullmatch(words):
        return True
    return _classified(now, 0, head, words, _period(scene, [head], words, now)).holds is Holds.FIGURES and not (
        headings.TARGET.search(words) or headings.TOLERANCE.search(words)
    )


def _classified(now: Quarter, place: int, head: Part, words: str, period: Period | None) -> Column:
    at = period or now
    if cumulative := headings.UP_TO.fullmatch(words):
        last = Quarter(now.year, int(cumulative["last"]))
        so_far = (Meaning(Measure.OUTTURN, last, Quarter(now.year, 1)), Meaning(Measure.OUTTURN, last))
        return Column(place, head, Holds.FIGURES, so_far, is_firm=True)
    holds, meanings, is_firm = Holds.FIGURES, list[Meaning](), True
    if headings.OTHERS.search(words) or headings.MET.fullmatch(words):
        holds = Holds.OTHERS if headings.OTHERS.search(words) else Holds.MET
    elif headings.TRAVEL.search(words):
        holds, meanings, is_firm = Holds.TRAVEL, _travels(now, words, period), False
    elif (bounds := _levels_to_meet(now, words, period)) is not None:
        meanings, is_firm = bounds
    elif headings.STATUS.search(words):
        holds = Holds.STATUSES
    elif headings.CHANGE.search(words):
        meanings, is_firm = _changes(now, words, period), False
    elif part := _part(words):
        meanings = [Meaning(part, at)]
    elif headings.WHOLE_YEAR.fullmatch(words):
        meanings = [*_levels(now, Year(now.year), words), *_to_date(now)]
        return Column(place, head, holds, tuple(meanings), is_open=True)
    else:
        meanings, is_firm = _outturns(now, words, period)
        holds = Holds.FIGURES if meanings else Holds.WORDS if headings.WORDS.search(words) else Holds.UNKNOWN
    return Column(place, head, holds, tuple(meanings), is_firm, period)


def _levels_to_meet(now: Quarter, words: str, period: Period | None) -> tuple[list[Meaning], bool] | None:
    """Return the targets and tolerances that a heading may mean, and whether it says so outright; None for another one."""
    at = period or now
    if headings.TOLERANCE.search(words) or headings.AMBER.fullmatch(words):
        return _bounds(Measure.TOLERANCE, now, at), not headings.COLOURED.search(words)
    if headings.CHANGE.search(words) or headings.STATUS.search(words):
        return None
    if headings.TARGET.search(words):
        return _bounds(Measure.TARGET, now, at), not (headings.ANNUAL.search(words) or isinstance(period, Year))
    if headings.THRESHOLD.search(words):
        return [*_bounds(Measure.TARGET, now, at), *_bounds(Measure.TOLERANCE, now, at)], False
    return None


def _to_date(now: Quarter) -> list[Meaning]:
    return [Meaning(Measure.OUTTURN, now, Quarter(now.year, 1))]


def _part(words: str) -> Measure | None:
    """Return which of the counts behind a share a heading names; None where it names none."""
    if headings.NUMERATOR.search(words):
        return Measure.NUMERATOR
    return Measure.DENOMINATOR if headings.DENOMINATOR.search(words) else None


def _outturns(now: Quarter, words: str, period: Period | None) -> tuple[list[Meaning], bool]:
    """Return the outturns that a heading may mean, and whether it says so outright."""
    if period is not None:
        return _levels(now, period, words), True
    if headings.LAST_YEAR.search(words):
        return [*_levels(now, Year(now.year - 1), words), *_levels(now, now.year_ago, words)], False
    if headings.LAST_QUARTER.search(words):
        return _levels(now, now.previous, words), True
    said = headings.FIGURE.search(words)
    return (_levels(now, now, words), said[0].lower() != "value") if said else ([], False)


def _bounds(measure: Measure, now: Quarter, period: Period) -> list[Meaning]:
    """Return the targets that a heading may mean: of a year, that of the quarter reported or of its last one."""
    if isinstance(period, Year):
        return [Meaning(measure, now if period.year == now.year else Quarter(period.year, 4))]
    return [Meaning(measure, period.quarter)]


def _levels(now: Quarter, period: Period, words: str) -> list[Meaning]:
    """Return the figures of a period; of a year, also those of its last quarter, or of the one reported so far."""
    if isinstance(period, Year):
        last = now if period.year == now.year else Quarter(period.year, 4)
        return [Meaning(Measure.OUTTURN, period), Meaning(Measure.OUTTURN, last)]
    if headings.TO_DATE.search(words) and isinstance(period, Quarter):
        return [Meaning(Measure.OUTTURN, period, Quarter(period.year, 1)), Meaning(Measure.OUTTURN, period)]
    return [Meaning(Measure.OUTTURN, period)]


def _bases(now: Quarter, words: str, period: Period | None) -> list[Period]:
    """Return the periods that a change or a direction may be measured from."""
    if period is not None and period != now:
        return [Quarter(period.year, 4), period] if isinstance(period, Year) else [period]
    if headings.LAST_YEAR.search(words):
        return [now.year_ago, Quarter(now.year - 1, 4)]
    return [now.previous] if headings.LAST_QUARTER.search(words) else _any_base(now)


def _any_base(now: Quarter) -> list[Period]:
    """Return the periods that a change may be measured from whose heading does not say from when."""
    return [now.previous, now.year_ago, Quarter(now.year - 1, 4)]


def _changes(now: Quarter, words: str, period: Period | None) -> list[Meaning]:
    gap = [Meaning(Measure.GAP_TO_TARGET, now)]
    if headings.TARGET.search(words):
        return gap
    return [*(Meaning(Measure.CHANGE, now, base) for base in _bases(now, words, period)), *gap]


def _travels(now: Quarter, words: str, period: Period | None) -> list[Meaning]:
    """Return what a column of directions may be of; some give the figure that the present one is compared with."""
    bases = _bases(now, words, period)
    levels = [Meaning(Measure.OUTTURN, base) for base in bases]
    return [*(Meaning(Measure.CHANGE, now, base) for base in bases), *levels]


# Periods of headings


def _period(scene: Scene, heads: Sequence[Part], words: str, now: Quarter) -> Period | None:
    """Return the period that headings name: the last one, made whole by those above it (``2018/19`` over ``Q1``)."""
    if found := headings.MONTH.fullmatch(words):
        return _month(found, now)
    mentions = [one for head in heads for one in scene.within(scene.periods, head) if one.periods]
    quarters = [one for one in mentions if isinstance(one.periods[0], Quarter | Month)]
    years = [one.periods[0] for one in mentions if isinstance(one.periods[0], Year)]
    if not quarters:
        return years[-1] if years else None
    best = next((one for one in quarters if one.certain), quarters[0])
    period = best.periods[0]
    if best.when in _RELATIVE and isinstance(period, Quarter):
        return period.shift(now.index - scene.world.quarter.index)
    if best.certain or not isinstance(period, Quarter) or best.when is not When.QUARTER:
        return period
    if years:
        return Quarter(years[-1].year, period.number)
    return period if now == scene.world.quarter else Quarter(now.year - (period.number > now.number), period.number)


#: Periods that are named from the one that a table is of.
_RELATIVE = (When.CURRENT, When.PREVIOUS, When.YEAR_AGO)


def _month(found: re.Match[str], now: Quarter) -> Month:
    number = _NAMES.index(found["name"].lower()[:3]) + 1
    if found["year"]:
        year = int(found["year"])
        return Month(year + (2000 if year < _CENTURY else 0), number)
    last = now.months[-1]
    return Month(last.year - (number > last.month), number)
