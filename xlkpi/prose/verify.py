"""A draft checked against the figures: every claim with its verdict, and what else a reader should mend."""

from __future__ import annotations

from xlkpi.prose.claim import Verification
from xlkpi.prose.draft import Draft
from xlkpi.prose.figures.misnamed import read_misnamed
from xlkpi.prose.figures.movements import read_movements
from xlkpi.prose.figures.names import read_names
from xlkpi.prose.figures.numbers import read_figures
from xlkpi.prose.figures.scope import Scope
from xlkpi.prose.figures.standings import read_standings
from xlkpi.prose.figures.streaks import read_streaks
from xlkpi.prose.findings import read_findings
from xlkpi.prose.mentions.names import Names
from xlkpi.prose.mentions.reading import read_mentions
from xlkpi.prose.scene import Scene
from xlkpi.prose.statuses import read_statuses
from xlkpi.prose.text import read
from xlkpi.prose.world import World


def verify(draft: Draft, world: World) -> Verification:
    """Return every claim of a draft with its verdict, and the findings that are not single claims.

    Args:
        draft: Its text.
        world: The figures of the workbook.
    """
    scene = scene_of(draft, world)
    scope = Scope(scene)
    lists = read_statuses(scene)
    read_figures(scene, scope)
    read_streaks(scene, scope)
    read_standings(scene, scope)
    read_names(scene)
    read_misnamed(scene)
    read_movements(scene, scope)
    findings = read_findings(scene, lists)
    claims = tuple(sorted(scene.claims, key=lambda one: (one.start, one.end)))
    return Verification(claims, tuple(findings))


def scene_of(draft: Draft, world: World) -> Scene:
    """Return a draft with everything that it mentions, beside the figures."""
    text = read(draft)
    parts: dict[str, list[str]] = {}
    for one in world.cohorts:
        parts.setdefault(one.code, []).append(one.cohort)
    mentions = read_mentions(text, Names.of(world.indicators, parts, world.organisation), world.quarter)
    return Scene.of(text, mentions, world)
