"""The whole of the narrative for one refresh: its rows, how every phrase reads, and what a reader should know."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from xlkpi.calculate.status import Status
from xlkpi.errors import Problem
from xlkpi.narrative.edits import Edits, Line, merged, narrative_remarks
from xlkpi.narrative.paragraphs import Told, write
from xlkpi.narrative.phrases import Phrases
from xlkpi.narrative.render import Renderer


@dataclass(frozen=True, slots=True)
class Story:
    """The narrative as a workbook will have it.

    Attributes:
        lines: Its rows; with no edits the generated paragraphs alone.
        phrases: That it was written with.
        previews: How each phrase reads now, in their order.
        edits: As the workbook had them; None where it has no sheet for the narrative.
        remarks: What a reader should know.
    """

    lines: Sequence[Line]
    phrases: Phrases
    previews: Sequence[str]
    edits: Edits | None
    remarks: Sequence[Problem]


def tell(told: Told, phrases: Phrases, edits: Edits | None) -> Story:
    """Return the narrative of a quarter with the analyst's own texts.

    Raises:
        WorkbookInvalid: Where a phrase compares what cannot be compared.
    """
    narrative = write(told, phrases.items, Renderer())
    known = narrative.known() if edits and any(one.text for one in edits.rows) else {}
    lines = merged(narrative.paragraphs, edits.rows if edits else (), known, edits.quarter if edits else "")
    remarks = list(narrative_remarks(lines, edits, _uncommented(told))) if edits else []
    return Story(lines, phrases, narrative.previews, edits, remarks)


def _uncommented(told: Told) -> frozenset[str]:
    outside = (one for one in told.results.contract if one.status is Status.OUTSIDE)
    return frozenset(one.indicator.code for one in outside if not (one.observation and one.observation.comment))
