"""Claims that are not single figures: statuses, lists, tables of counts, movements, streaks, periods, inspections."""

from __future__ import annotations

from xlkpi.prose.statuses.shares import read_shares
from xlkpi.prose.statuses.scene import Scene

def read_all(scene: Scene) -> None:
    taken: set[int] = set()
    read_shares(scene, taken)
