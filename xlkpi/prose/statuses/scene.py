"""A draft with everything that it mentions, beside the figures: what every reader of claims works from."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from operator import attrgetter
from typing import TypeVar

from xlkpi.calculate.status import Status
from xlkpi.prose.claim import Claim, Verdict
from xlkpi.prose.mentions import Direction, Level, Number, Pair, PeriodMention, Role, StatusPhrase, Subject
from xlkpi.prose.mentions.reading import Mentions
from xlkpi.prose.sentences import Part
from xlkpi.prose.text import Paragraph, Sentence, Text
from xlkpi.prose.world import World

_Mention = TypeVar("_Mention", bound=Part)
_START = attrgetter("start")

#: The statuses that a phrase takes in.
STATUSES = {
    Level.ON: frozenset({Status.ON}),
    Level.ABOVE_TARGET: frozenset({Status.ON}),
    Level.WITHIN_OR_BETTER: frozenset({Status.ON, Status.INSIDE}),
    Level.INSIDE: frozenset({Status.INSIDE}),
    Level.OUTSIDE: frozenset({Status.OUTSIDE}),
    Level.OFF_TARGET: frozenset({Status.INSIDE, Status.OUTSIDE}),
    Level.BELOW_TARGET: frozenset({Status.INSIDE, Status.OUTSIDE}),
    Level.NO_TARGET: frozenset({Status.NO_TARGET}),
    Level.NO_DATA: frozenset({Status.NO_DATA}),
}
RATED = frozenset(one for one in Status if one.is_rated)
#: All statuses of a measure that has a target.
WITH_TARGET = RATED | {Status.NO_DATA}


def statuses_of(phrase: StatusPhrase) -> frozenset[Status]:
    """Return the statuses that a phrase takes in, turned around where it is negated."""
    found = STATUSES[phrase.level]
    if not phrase.negated:
        return found
    if phrase.level is Level.INSIDE:
        return frozenset({Status.OUTSIDE})
    return (RATED if found <= RATED else frozenset(Status)) - found


def named(statuses: Iterable[Status]) -> str:
    """Return statuses as a sentence names them.

    Examples:
        >>> named({Status.ON, Status.INSIDE}), named({Status.OUTSIDE})
        ('inside tolerance or on or better than target', 'outside tolerance')
    """
    wanted = set(statuses)
    if wanted == WITH_TARGET:
        return "with a target"
    words = [_NAMES[one] for one in Status if one in wanted]
    return " or ".join(words)


def stand(statuses: Iterable[Status]) -> str:
    """Return what a sentence says of measures that have one of some statuses.

    Examples:
        >>> stand({Status.OUTSIDE}), stand({Status.NO_TARGET}), stand(WITH_TARGET)
        ('are outside tolerance', 'have no target', 'have a target')
    """
    wanted = set(statuses)
    own = {frozenset(WITH_TARGET): "have a target", frozenset({Status.NO_TARGET}): "have no target", frozenset({Status.NO_DATA}): "have no figure"}
    return own.get(frozenset(wanted)) or f"are {named(wanted)}"


_NAMES = {
    Status.OUTSIDE: "outside tolerance",
    Status.INSIDE: "inside tolerance",
    Status.ON: "on or better than target",
    Status.NO_TARGET: "without a target",
    Status.NO_DATA: "without a figure",
}


@dataclass(frozen=True, slots=True)
class Told:
    """What a claim says, and what the figures say of it.

    Attributes:
        kind: What is claimed.
        verdict: What the figures say.
        stated: Normalised.
        computed: What the figures say, in the same form.
        reason: One sentence.
        cell: Where the figure stands.
        indicator: Which it is about.
    """

    kind: str
    verdict: Verdict
    stated: str
    computed: str = ""
    reason: str = ""
    cell: str = ""
    indicator: str = ""


@dataclass(frozen=True)
class Scene:
    """A draft with its mentions, each kind in the order of the text.

    Attributes:
        text: The draft's paragraphs.
        flat: Its text without marks, as long as the text.
        world: The figures.
        numbers: Numbers with their units.
        pairs: Two numbers that make one statement.
        periods: Quarters, months, years, dates.
        directions: Words that say where something went.
        statuses: Words that name a status.
        subjects: Words that say what a statement is about.
        claims: What was read so far.
        used: Where numbers stand that those claims have taken in.
    """

    text: Text
    flat: str
    world: World
    numbers: Sequence[Number]
    pairs: Sequence[Pair]
    periods: Sequence[PeriodMention]
    directions: Sequence[Direction]
    statuses: Sequence[StatusPhrase]
    subjects: Sequence[Subject]
    claims: list[Claim] = field(default_factory=list)
    used: list[Part] = field(default_factory=list)

    @classmethod
    def of(cls, text: Text, mentions: Mentions, world: World) -> Scene:
        """Return the scene of a draft of which nothing was read yet."""
        return cls(
            text,
            mentions.flat,
            world,
            mentions.numbers,
            mentions.pairs,
            mentions.periods,
            mentions.directions,
            mentions.statuses,
            mentions.subjects,
        )

    def within(self, mentions: Sequence[_Mention], part: Part) -> list[_Mention]:
        """Return the mentions that start in a part of the text."""
        first = bisect_left(mentions, part.start, key=_START)
        return list(mentions[first : bisect_left(mentions, part.end, lo=first, key=_START)])

    def between(self, start: int, end: int) -> str:
        """Return what stands between two offsets, in small letters, blanks made single."""
        return " ".join(self.flat[start:end].lower().split())

    def find(self, pattern: re.Pattern[str], part: Part) -> list[re.Match[str]]:
        """Return where a pattern stands in a part of the flattened text."""
        return list(pattern.finditer(self.flat, part.start, part.end))

    def sentences(self) -> Iterable[tuple[Paragraph, Sentence]]:
        """Yield every sentence with its paragraph; table rows have none."""
        for paragraph in self.text.paragraphs:
            for sentence in paragraph.sentences:
                yield paragraph, sentence

    def tell(self, start: int, end: int, told: Told, uses: Iterable[Part] = ()) -> Claim:
        """Take down a claim.

        Args:
            start: Offset of its first character.
            end: Offset after its last.
            told: What it says.
            uses: Numbers that it has taken in, which nobody else need read.
        """
        paragraph = self.text.at(start)
        claim = Claim(
            start,
            end,
            self.text.source[start:end],
            told.kind,
            told.verdict,
            told.stated,
            told.computed,
            told.cell,
            told.reason,
            told.indicator,
            paragraph.number if paragraph else "",
        )
        self.claims.append(claim)
        self.used.extend(uses)
        return claim

    def is_used(self, part: Part) -> bool:
        """Return whether a claim has taken in what stands there."""
        return any(one.start < part.end and part.start < one.end for one in self.used)

    def contract_codes(self, part: Part) -> list[tuple[Subject, list[str]]]:
        """Return the subjects in a part that may be contract indicators, each with their codes."""
        found = []
        for one in self.within(self.subjects, part):
            codes = [name for name in one.names if name in self.world.contract]
            if one.role is Role.INDICATOR and codes:
                found.append((one, codes))
        return found
