"""What is said of all, none, most, less than half or half of the measures."""

from __future__ import annotations

from xlkpi.calculate.status import Status
from xlkpi.model.number import plain
from xlkpi.prose.claim import Verdict
from xlkpi.prose.ratings import stand
from xlkpi.prose.scene import Scene, Told
from xlkpi.prose.sentences import Part
from xlkpi.prose.statuses.marks import Counted
from xlkpi.prose.statuses.measures import Group

_SAID = {"none": "0", "most": "more than half", "few": "less than half", "half": "half"}


def tell_every(scene: Scene, mark: Counted, group: Group) -> None:
    """Take down ``all measures are ...``, ``no measures are ...``, ``most measures are ...``."""
    world = scene.world
    statuses = (
        mark.statuses | {Status.ON} if group.every == "all" and mark.statuses == {Status.INSIDE} else mark.statuses
    )
    fact, base = (world.count(wanted, group.section, mark.quarter) for wanted in (statuses, list(Status)))
    number, all_of = fact.value, base.value
    if group.count and 2 * group.count < all_of and group.count != number:
        return  # "all three" of twenty are those of some heading that the register does not know
    fits = {
        "all": number == all_of,
        "none": number == 0,
        "most": 2 * number > all_of,
        "few": 2 * number < all_of,
        "half": 2 * number == all_of,
        "": number == group.count == all_of,
    }[group.every]
    words = _SAID.get(group.every) or (plain(all_of) if group.every else str(group.count))
    where = f" in {group.section}" if group.section else ""
    told = Told(
        "count of measures",
        Verdict.CONFIRMED if fits else Verdict.CONTRADICTED,
        words,
        plain(number),
        f"{number} of {all_of} measures{where} {stand(statuses)}.",
        fact.cell,
    )
    scene.tell(group.start, mark.part.end, told, scene.within(scene.numbers, Part(group.start, group.end)))
