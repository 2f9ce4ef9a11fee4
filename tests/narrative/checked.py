"""Narratives of random contracts, read by the checker of drafts, which knows no phrase."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from narrative.registers import random_told

from xlkpi.narrative.paragraphs import Paragraph, write
from xlkpi.narrative.phrases import default_phrases
from xlkpi.narrative.render import Renderer
from xlkpi.prose.claim import Verdict
from xlkpi.prose.draft import Draft
from xlkpi.prose.verify import verify
from xlkpi.prose.world import World


@dataclass(frozen=True)
class Read:
    """What the checker finds in the narrative of one contract.

    Attributes:
        confirmed: How many claims are right.
        wrong: Those that it contradicts: seed, number of the paragraph, words, reason.
    """

    confirmed: int
    wrong: Sequence[tuple[int, str, str, str]]


def as_draft(paragraphs: Sequence[Paragraph]) -> str:
    """Return a narrative as a person pastes it: headings of sections, and paragraphs with their numbers."""
    text, section = "", ""
    for one in paragraphs:
        text += f"{one.section}\n\n" if one.section != section else ""
        text += f"{one.number} {one.text}\n\n"
        section = one.section
    return text


def read(seed: int, measures: int | None = None) -> Read:
    """Return what the checker finds in the narrative of the contract of a seed."""
    told = random_told(seed, measures, plain=True)
    world = World.of(told, told.results, lambda *_: "", told.organisation)
    found = verify(Draft(as_draft(list(write(told, default_phrases(), Renderer()).paragraphs))), world)
    wrong = [(seed, one.paragraph, one.text, one.reason) for one in found.with_verdict(Verdict.CONTRADICTED)]
    return Read(len(found.with_verdict(Verdict.CONFIRMED)), wrong)
