"""Which way the share of measures with a status went: ``65% on target, an increase on the previous quarter``."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction

from xlkpi.calculate.status import Status
from xlkpi.model.number import plain, rounded
from xlkpi.prose.claim import Verdict
from xlkpi.prose.mentions import Direction, Number, PeriodMention, Unit, Way, When
from xlkpi.prose.ratings import stand
from xlkpi.prose.scene import Scene, Told
from xlkpi.prose.sentences import Part
from xlkpi.prose.statuses.marks import Counted

_REACH = 100


_BY = re.compile(
    r"\b(?:(?P<up>up|rise\s+of|rose\s+by|increase\s+of|increased\s+by)|(?P<down>down|fall\s+of|fell\s+by|decrease\s+of))",
    re.IGNORECASE,
)


def tell_change(scene: Scene, mark: Counted, number: Number, section: str, baseline: Sequence[PeriodMention]) -> bool:
    """Take down by how many percentage points the share of measures with a status moved: ``up ten percentage points``.

    Args:
        scene: The draft.
        mark: The words that name the status.
        number: How many points.
        section: Of which section; empty for all.
        baseline: The periods of comparison behind it.

    Returns:
        Whether it says so.
    """
    if _tell_more(scene, mark, number, section):
        return True
    found = _BY.search(scene.flat, max(mark.part.end, number.start - _SHORT), number.start)
    if number.unit is not Unit.POINTS or found is None or scene.flat[found.end() : number.start].strip():
        return False
    world = scene.world
    earlier = world.quarter.year_ago if baseline and baseline[0].when is When.YEAR_AGO else world.quarter.previous
    now, then = (world.share(mark.statuses, section, at).value for at in (world.quarter, earlier))
    moved = now - then
    fits = Fraction(rounded(moved, number.decimals)) == number.value * (1 if found["up"] else -1)
    shown = [f"{rounded(one, 1)}%" for one in (now, then)]
    told = Told(
        "change",
        Verdict.CONFIRMED if fits else Verdict.CONTRADICTED,
        f"{plain(number.value)} percentage points",
        f"{rounded(moved, number.decimals)} percentage points",
        f"{shown[0]} of measures {stand(mark.statuses)}, against {shown[1]} in {earlier.label}.",
        world.share(mark.statuses, section).cell,
    )
    scene.tell(found.start(), number.end, told, [number])
    return True


#: ``Thirteen met their target, two more than in Quarter 1``.
_MORE = re.compile(
    r"\s+(?:(?P<more>more)|fewer|less)\s+than\s+(?:(?:in|at)\s+)?(?:the\s+)?(?:end\s+of\s+)?(?:the\s+)?", re.IGNORECASE
)


def _tell_more(scene: Scene, mark: Counted, number: Number, section: str) -> bool:
    """Take down how many more measures have a status than in a quarter that is named; return whether the words say so."""
    found = _MORE.match(scene.flat, number.end)
    named = scene.within(scene.periods, Part(found.end(), found.end() + 1)) if found else []
    earlier = scene.quarter_named(named[0]) if named else None
    if found is None or earlier is None or number.unit is not Unit.NONE or scene.is_used(number):
        return False
    world = scene.world
    now, then = (world.count(mark.statuses, section, at).value for at in (world.quarter, earlier))
    base = world.count(list(Status), section).value
    stated = number.value if found["more"] else -number.value
    told = Told(
        "change",
        Verdict.CONFIRMED if now - then == stated else Verdict.CONTRADICTED,
        plain(number.value),
        plain(abs(now - then)),
        f"{now} of {base} measures {stand(mark.statuses)}, against {then} in {earlier.label}.",
        world.count(mark.statuses, section).cell,
    )
    scene.tell(number.start, named[0].end, told, [number])
    return True


_SHORT = 24  # signs before a number


def tell_direction(
    scene: Scene, mark: Counted, direction: Direction, section: str, baseline: Sequence[PeriodMention]
) -> None:
    """Take down which way the share of measures with a status went.

    Args:
        scene: The draft.
        mark: The words that name the status.
        direction: The word that says which way.
        section: Of which section; empty for all.
        baseline: The periods of comparison behind it.
    """
    world = scene.world
    earlier = world.quarter.year_ago if baseline and baseline[0].when is When.YEAR_AGO else world.quarter.previous
    now, then = (world.share(mark.loose, section, at).value for at in (world.quarter, earlier))
    if not mark.is_loose:
        now, then = (world.share(mark.statuses, section, at).value for at in (world.quarter, earlier))
    good = Status.OUTSIDE not in mark.statuses
    wanted = {Way.UP: 1, Way.DOWN: -1, Way.SAME: 0, Way.BETTER: 1 if good else -1, Way.WORSE: -1 if good else 1}.get(
        direction.way
    )
    if wanted is None or world.summary(earlier).base == 0:
        return
    moved = (now > then) - (now < then)
    fits = (moved == wanted) is not direction.negated
    ways = {1: "up", -1: "down", 0: "unchanged"}
    shown = [f"{rounded(one, 0)}%" for one in (now, then)]
    end = baseline[0].end if baseline and baseline[0].start - direction.end < _REACH else direction.end
    told = Told(
        "direction",
        Verdict.CONFIRMED if fits else Verdict.CONTRADICTED,
        scene.between(direction.start, direction.end),
        ways[moved],
        f"{shown[0]} of measures {stand(mark.statuses)}, against {shown[1]} in {earlier.label}.",
        world.share(mark.statuses, section).cell,
    )
    scene.tell(direction.start, max(end, direction.end), told)
