"""Of how many measures a count or a share is: of all, of those with a target, or of those with a status."""

from __future__ import annotations

from collections.abc import Collection
from fractions import Fraction

from xlkpi.calculate.status import Status
from xlkpi.model.number import rounded
from xlkpi.model.period import Quarter
from xlkpi.prose.mentions import Number, Unit
from xlkpi.prose.statuses.scene import RATED, WITH_TARGET, Scene


def bases_of(scene: Scene, section: str, quarter: Quarter) -> list[Fraction]:
    """Return the numbers that a report may take for that of its measures: all, those with a target, those with a status.

    Args:
        scene: The draft.
        section: Of which section; empty for all.
        quarter: When.
    """
    return [scene.world.count(one, section, quarter).value for one in (list(Status), WITH_TARGET, RATED)]


def is_share_of_rated(
    scene: Scene, statuses: Collection[Status], number: Number, section: str, quarter: Quarter
) -> bool:
    """Return whether a share is that among the measures with a target or with a status, which some reports count alone."""
    if number.unit is not Unit.PERCENT or not RATED.issuperset(statuses):
        return False
    count = scene.world.count(statuses, section, quarter).value
    shares = [100 * count / base for base in bases_of(scene, section, quarter)[1:] if base]
    return any(Fraction(rounded(one, number.decimals)) == number.value for one in shares)
