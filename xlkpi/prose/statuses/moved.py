"""Which way the share of measures with a status went: ``65% on target, an increase on the previous quarter``."""

from __future__ import annotations

from collections.abc import Sequence

from xlkpi.calculate.status import Status
from xlkpi.model.number import rounded
from xlkpi.prose.claim import Verdict
from xlkpi.prose.mentions import Direction, PeriodMention, Way, When
from xlkpi.prose.ratings import stand
from xlkpi.prose.scene import Scene, Told
from xlkpi.prose.statuses.marks import Counted

_REACH = 100


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
