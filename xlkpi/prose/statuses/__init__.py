"""Claims that are not single figures: statuses, lists, tables of counts, movements, streaks, periods, inspections."""

from __future__ import annotations

from xlkpi.prose.scene import Scene
from xlkpi.prose.statuses.audits import read_audits
from xlkpi.prose.statuses.bases import read_bases
from xlkpi.prose.statuses.exceptions import read_exceptions
from xlkpi.prose.statuses.inspections import read_inspections
from xlkpi.prose.statuses.lists import StatusList, read_lists
from xlkpi.prose.statuses.movements import read_movements
from xlkpi.prose.statuses.named import read_named
from xlkpi.prose.statuses.ordered import read_ordered
from xlkpi.prose.statuses.peers import read_peers
from xlkpi.prose.statuses.periods import read_periods
from xlkpi.prose.statuses.resets import read_resets
from xlkpi.prose.statuses.rosters import read_rosters
from xlkpi.prose.statuses.sections import read_sections
from xlkpi.prose.statuses.sequels import read_sequels
from xlkpi.prose.statuses.shares import read_shares
from xlkpi.prose.statuses.tallies import read_tallies
from xlkpi.prose.statuses.targets import read_targets
from xlkpi.prose.statuses.terse import read_terse
from xlkpi.prose.statuses.travelled import read_travelled
from xlkpi.prose.statuses.whereabouts import read_whereabouts
from xlkpi.prose.statuses.wholes import read_wholes
from xlkpi.prose.tables.cards import read_cards
from xlkpi.prose.tables.posters import read_posters
from xlkpi.prose.tables.reading import read_tables


def read_statuses(scene: Scene) -> list[StatusList]:
    """Take down every claim of a draft that is not a single figure.

    Args:
        scene: The draft; its ``claims`` and ``used`` are filled.

    Returns:
        The lists of measures under a status, which the findings look at once more.
    """
    lists = read_lists(scene)
    taken = {one.phrase.start for one in lists}
    read_tables(scene)
    read_cards(scene)
    read_posters(scene)
    read_tallies(scene, taken)
    read_movements(scene, taken)
    read_exceptions(scene, taken)
    read_rosters(scene, taken)
    shares = read_shares(scene, taken)
    read_sections(scene, taken)
    read_whereabouts(scene)
    read_sequels(scene, shares)
    read_bases(scene)
    read_ordered(scene, taken)
    read_named(scene, taken)
    read_terse(scene, taken)
    read_travelled(scene)
    read_periods(scene, lists)
    read_inspections(scene)
    read_audits(scene)
    read_peers(scene)
    read_targets(scene)
    read_resets(scene)
    read_wholes(scene)
    return lists
