"""Labels of a whole draft that stand in a row of two cells: ``Subject: | Quarter 2 2018/19 Performance Report``."""

from __future__ import annotations

import re

from xlkpi.prose.mentions import PeriodMention, When
from xlkpi.prose.scene import Scene
from xlkpi.prose.text import Paragraph

_SUBJECT = re.compile(
    r"\W*(?:subject|title|report(?:\s+title)?|(?:reporting\s+)?period|period\s+covered)\W*", re.IGNORECASE
)
_PAIR = 2  # cells


def is_titled(scene: Scene, row: Paragraph, mention: PeriodMention) -> bool:
    """Return whether a quarter stands behind a label that says what a draft is of.

    Args:
        scene: The draft.
        row: Where the quarter stands.
        mention: The quarter.
    """
    is_label = len(row.cells) == _PAIR and bool(_SUBJECT.fullmatch(scene.flat, row.cells[0].start, row.cells[0].end))
    return is_label and mention.when is When.QUARTER and not mention.is_baseline and mention.start >= row.cells[1].start
