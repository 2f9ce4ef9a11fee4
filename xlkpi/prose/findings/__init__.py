"""What a reader should mend in a draft that is not a single claim: one module for each family of rules."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from xlkpi.prose.claim import Claim, Finding, Severity
from xlkpi.prose.findings import (
    coverage,
    labels,
    members,
    precision,
    readings,
    reconciliation,
    shares,
    slips,
    terms,
    thresholds,
    times,
    understood,
    wording,
)
from xlkpi.prose.findings.look import Look
from xlkpi.prose.scene import Scene
from xlkpi.prose.statuses.lists import StatusList

RULES: Sequence[Callable[[Look], Iterator[Finding]]] = (
    coverage.find,
    labels.find,
    members.find,
    wording.find,
    reconciliation.find,
    precision.find,
    shares.find,
    times.find,
    readings.find,
    terms.find,
    thresholds.find,
    slips.find,
    understood.find,
)
_ORDER = [Severity.HIGH, Severity.MEDIUM, Severity.LOW]


def read_findings(scene: Scene, lists: Sequence[StatusList]) -> list[Finding]:
    """Return every finding of a draft, the gravest first, then in the order of the text.

    Claims that only the draft as a whole can settle are taken down on the way: on what it covers, and which quarter it labels.

    Args:
        scene: The draft, with every claim that was read.
        lists: Its lists of measures under a status.
    """
    labels.read_labels(Look(scene, lists, _in_order(scene)))
    coverage.read_coverage(Look(scene, lists, _in_order(scene)))
    look = Look(scene, lists, _in_order(scene))
    found = {(one.rule, one.start, one.end, one.what): one for rule in RULES for one in rule(look)}
    return sorted(found.values(), key=lambda one: (_ORDER.index(one.severity), one.start, one.rule))


def _in_order(scene: Scene) -> Sequence[Claim]:
    return sorted(scene.claims, key=lambda one: (one.start, one.end))
