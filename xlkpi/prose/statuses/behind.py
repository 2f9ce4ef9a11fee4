"""What stands behind a status of which measures are counted: how many, how many before, and which way they went."""

from __future__ import annotations

import re
from collections.abc import Sequence

from xlkpi.model.period import Quarter, Year
from xlkpi.prose.mentions import Number, PeriodMention, Role, When
from xlkpi.prose.scene import Scene
from xlkpi.prose.sentences import Part
from xlkpi.prose.statuses.counts import tell_count
from xlkpi.prose.statuses.marks import Counted
from xlkpi.prose.statuses.moved import tell_change, tell_direction
from xlkpi.prose.statuses.quantities import leads_to, quantities_in

_BEFORE_THEN = re.compile(
    r"\b(?:from|against|than|versus|vs\.?|(?:compared|comparison)\s+(?:to|with)|was|were)\s+(?:only\s+|just\s+)?$",
    re.IGNORECASE,
)
_BY = re.compile(r"\b(?:by|of)\s+$", re.IGNORECASE)
#: ``met our targets in 12 key indicators``.
_IN_SO_MANY = re.compile(
    r"\s*(?:in|for|on|with|across|by)\s+(?:only\s+|just\s+)?"
    r"(?=\w+\s+(?:\([0-9.]+\s?%\)\s+)?(?:(?:of|the|our|key|contract|performance)\s+)*(?:measures|indicators|kpis)\b)",
    re.IGNORECASE,
)
#: What stands before a share in brackets, with its count or without it.
_BRACKETED = re.compile(r"\s*(?:\w+\s+)?\(\s*(?:[0-9.]+\s*%?[,;]?\s*)?")
#: ``more than last quarter (20%)``.
_OPENS = re.compile(
    r"\s*(?:\(\s*|,?\s+(?:it|there|they)\s+(?:was|were|had\s+been)\s+(?:only\s+|just\s+)?)", re.IGNORECASE
)
#: ``the one Green measure: 87% of children`` is of that measure.
_OF_ELSE = re.compile(
    r"\s+of\s+(?!(?:(?:all|the|our|these|those|its)\s+)*(?:[0-9]+\s+)?(?:measures|indicators|kpis|them|these|those|total|whole)\b)",
    re.IGNORECASE,
)
_IN = re.compile(r"\s*(?:(?:in|at|for)\s+)?", re.IGNORECASE)
_LAST = 4  # quarter of a year
_TO_STATUS = re.compile(
    r"\s+(?:inside|within|outside|between|short|in|out)\b(?!\s+(?:the|this|that|a)\b)", re.IGNORECASE
)


def read_counts_behind(scene: Scene, mark: Counted, after: Part, section: str) -> bool:
    """Take down numbers behind the phrase: ``measures outside tolerance: 2 (10%)``, ``... fell from three to two``."""
    near = Part(after.start, min(after.end, after.start + 60))
    words = scene.flat[near.start : near.end]
    named_in = _IN_SO_MANY.match(words)
    if not named_in and not re.match(
        r"(?:\s+(?:measures|indicators|kpis))?\s*(?::|\(|=|\u2013|-|is\b|was\b|are\b|were\b|stands?\s+at|fell|rose|increased|decreased|reduced|has|have|remain\w*)",
        words,
    ):
        return False
    numbers = [one for one in quantities_in(scene, near) if not _OF_ELSE.match(scene.flat, one.end)]
    if not numbers or (named_in and numbers[0].start != near.start + named_in.end()):
        return False
    counted = Part(numbers[0].start, after.end) if named_in else after
    read_behind(scene, mark, counted, section, is_current=True)
    return True


def read_behind(scene: Scene, mark: Counted, after: Part, section: str, *, is_current: bool = False) -> None:
    """Take down what is said behind a share: another way to put it, that of last quarter, the way it went."""
    for number in quantities_in(scene, after):
        before = scene.flat[after.start : number.start]
        if _OF_ELSE.match(scene.flat, number.end) or _is_of_next(scene, after, number):
            continue
        if _BY.search(before) or scene.is_used(number):
            continue
        then = _then(scene, after, number, before)
        bracketed = bool(_BRACKETED.fullmatch(before))
        if then is not None:
            tell_count(scene, mark, number, section, then, number.end)
        elif bracketed or is_current:
            tell_count(scene, mark, number, section, mark.quarter or scene.world.quarter, number.end)
            is_current = False
    baseline = [one for one in scene.within(scene.periods, after) if one.when in (When.PREVIOUS, When.YEAR_AGO)]
    if any(tell_change(scene, mark, one, section, baseline) for one in scene.within(scene.numbers, after)):
        return
    for direction in scene.within(scene.directions, after):
        if _TO_STATUS.match(scene.flat, direction.end):
            continue  # "four met target, three fell inside tolerance"
        if not any(
            one.role is Role.INDICATOR for one in scene.within(scene.subjects, Part(after.start, direction.start))
        ):
            tell_direction(scene, mark, direction, section, baseline)
            break


def _is_of_next(scene: Scene, after: Part, number: Number) -> bool:
    """Return whether a number behind a status counts for the next one: ``on target was two, with five slightly adrift``."""
    is_next = any(one.start == after.end for one in scene.statuses)
    return is_next and leads_to(scene, number, after.end)


def _then(scene: Scene, after: Part, number: Number, before: str) -> Quarter | None:
    """Return the quarter that a number behind a share is of; None where it is not of another."""
    clause = Part(number.end, min(after.end, number.end + 60))
    periods: Sequence[PeriodMention] = [
        one for one in scene.within(scene.periods, clause) if one.periods and isinstance(one.periods[0], Quarter | Year)
    ]
    named = periods[0].periods[0] if periods else scene.world.quarter.previous
    quarter = Quarter(named.year, _LAST) if isinstance(named, Year) else named
    bracketed = [one for one in scene.within(scene.periods, Part(after.start, number.start)) if one.periods][-1:]
    for one in bracketed:
        then = one.periods[0]
        if (
            isinstance(then, Quarter)
            and then != scene.world.quarter
            and _OPENS.fullmatch(scene.flat, one.end, number.start)
        ):
            return then
    is_next = bool(periods) and bool(_IN.fullmatch(scene.flat, number.end, periods[0].start))  # "(5 last quarter)"
    if (_BEFORE_THEN.search(before) or is_next) and isinstance(quarter, Quarter) and quarter != scene.world.quarter:
        return quarter
    return None
