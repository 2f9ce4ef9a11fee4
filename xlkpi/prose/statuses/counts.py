"""The verdict on how many measures have a status, or on their share."""

from __future__ import annotations

import re
from fractions import Fraction

from xlkpi.calculate.status import Status
from xlkpi.model.number import plain, rounded
from xlkpi.model.period import Quarter
from xlkpi.prose.claim import Verdict
from xlkpi.prose.mentions import Number, Unit
from xlkpi.prose.ratings import named, stand
from xlkpi.prose.scene import Scene, Told
from xlkpi.prose.statuses.bases import base_of_share, have_remained
from xlkpi.prose.statuses.marks import Counted
from xlkpi.prose.statuses.past import fact_of, is_so, tell_past


def tell_count(scene: Scene, mark: Counted, number: Number, section: str, quarter: Quarter, end: int) -> None:
    """Take down how many measures have a status, or their share.

    Args:
        scene: The draft.
        mark: The words for the status, and what they mean.
        number: How many, or which share.
        section: Of which section; empty for all.
        quarter: When.
        end: Where the claim ends.
    """
    if number.unit is Unit.NONE and _ALL_BUT.search(scene.flat, max(0, number.start - _NEAR), number.start):
        _tell_all_but(scene, mark, number, section, quarter, end)
        return
    if number.unit not in (Unit.NONE, Unit.PERCENT):
        _tell_no_share(scene, mark, number, section, quarter, end)
        return
    statuses = mark.statuses
    fact = fact_of(scene, number, statuses, section, quarter)
    if not is_so(number, fact) and mark.loose != statuses:
        other = fact_of(scene, number, mark.loose, section, quarter)
        statuses, fact = (mark.loose, other) if is_so(number, other) else (statuses, fact)
    if mark.is_past and quarter == scene.world.quarter:
        tell_past(scene, mark, number, section, end)
        return
    fits = is_so(number, fact) or have_remained(scene, mark, number, section, quarter)
    base = None if fits else base_of_share(scene, mark.statuses, number, section, quarter)
    computed = fact.value if base is None else number.value
    sign = "%" if number.unit is Unit.PERCENT else ""
    start = min(number.start, mark.part.start)
    told = Told(
        "share of measures" if sign else "count of measures",
        Verdict.CONFIRMED if fits or base is not None else Verdict.CONTRADICTED,
        f"{plain(number.value)}{sign} {named(statuses)}",
        f"{rounded(computed, number.decimals)}{sign}",
        _reason(scene, number, statuses, section, quarter, fits=fits)
        if base is None
        else _of_rated(scene, mark.statuses, base, section, quarter),
        fact.cell,
    )
    scene.tell(start, end, told, [number])


#: ``All but two``, ``all the indicators except one``.
_ALL_BUT = re.compile(
    r"\ball\s+(?:(?:of|the|our|these|contract|performance|key|measures|indicators|kpis)\s+)*(?:but|bar|except(?:\s+for)?|save(?:\s+for)?|apart\s+from)\s+(?:the\s+)?$",
    re.IGNORECASE,
)
_NEAR = 60  # signs


def _tell_all_but(scene: Scene, mark: Counted, number: Number, section: str, quarter: Quarter, end: int) -> None:
    """Take down ``all but two measures are on target``."""
    statuses = mark.statuses | {Status.ON} if mark.statuses == {Status.INSIDE} else mark.statuses  # or better
    fact, base = (scene.world.count(one, section, quarter) for one in (statuses, list(Status)))
    fits = fact.value == base.value - number.value
    told = Told(
        "count of measures",
        Verdict.CONFIRMED if fits else Verdict.CONTRADICTED,
        f"all but {plain(number.value)} {named(mark.statuses)}",
        f"all but {plain(base.value - fact.value)}",
        _reason(scene, number, mark.statuses, section, quarter, fits=fits),
        fact.cell,
    )
    scene.tell(min(number.start, mark.part.start), end, told, [number])


def _tell_no_share(scene: Scene, mark: Counted, number: Number, section: str, quarter: Quarter, end: int) -> None:
    """Take down ``90 percentage points of measures``: a share in another unit."""
    fact = scene.world.share(mark.statuses, section, quarter)
    computed = f"{rounded(fact.value, number.decimals)}%"
    where, when = _there(scene, section, quarter)
    told = Told(
        "share of measures",
        Verdict.CONTRADICTED,
        f"{plain(number.value)} {number.unit.value} {named(mark.statuses)}",
        computed,
        f"{computed} of measures{where} {stand(mark.statuses)}{when}: a share, which is not in {number.unit.value}.",
        fact.cell,
    )
    scene.tell(min(number.start, mark.part.start), end, told, [number])


def _reason(
    scene: Scene, number: Number, statuses: frozenset[Status], section: str, quarter: Quarter, *, fits: bool
) -> str:
    world = scene.world
    count, all_ = world.count(statuses, section, quarter).value, world.count(list(Status), section, quarter).value
    where, when = _there(scene, section, quarter)
    said = f"{count} of {all_} measures{where} {stand(statuses)}{when}."
    if fits or quarter != world.quarter:
        return said
    for other in ({Status.ON}, {Status.ON, Status.INSIDE}, {Status.INSIDE}, {Status.OUTSIDE}):
        if frozenset(other) != statuses and is_so(number, fact_of(scene, number, frozenset(other), section, quarter)):
            sign = "%" if number.unit is Unit.PERCENT else ""
            return f"{said} {plain(number.value)}{sign} is what is {named(other)}."
    return said


def _of_rated(scene: Scene, statuses: frozenset[Status], base: Fraction, section: str, quarter: Quarter) -> str:
    count = scene.world.count(statuses, section, quarter).value
    where, when = _there(scene, section, quarter)
    return f"{plain(count)} of the {plain(base)} measures{where} that are rated {stand(statuses)}{when}."


def _there(scene: Scene, section: str, quarter: Quarter) -> tuple[str, str]:
    """Return of which section and of when a count is, as a reason says it."""
    return f" in {section}" if section else "", "" if quarter == scene.world.quarter else f" in {quarter.label}"
