"""What every rule looks at: the draft, the figures, the claims read so far, and which measures have words of their own."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from operator import attrgetter

from xlkpi.prose.claim import Claim, Finding, Severity
from xlkpi.prose.mentions import Role, Subject
from xlkpi.prose.scene import Scene
from xlkpi.prose.sentences import Part
from xlkpi.prose.statuses.lists import StatusList
from xlkpi.prose.text import Kind, Paragraph, Sentence

#: What is being done about something, as reports put it.
_ACTION = re.compile(
    r"\b(?:plans?\s+(?:is|are|has|have|to|will)|action\s+plans?|actions?\b|will\b|shall\b|should\s+(?:help|ease|improve)|to\s+be\s+[a-z]+ed\s+(?:by|from|in|next)|(?:begins?|starts?|joins?)\s+(?:on|in|from)\s+[0-9A-Z]|track(?:ing|ed)?|working\s+group|review(?:ed|ing)?|implement\w*|introduc\w*|discuss\w*|doing|"
    r"ensur\w*|address\w*|recruit\w*|train(?:ing|ed)\b|monitor\w*|prioritis\w*|improvement\s+(?:work|plan|activity)|weekly|escalat\w*|agreed\s+with|"
    r"working\s+(?:with|to|on)|work\s+(?:is|has|with|continues)|steps|measures\s+(?:to|in\s+place)|process(?:es)?\b|commission\w*|put\s+in\s+place|in\s+place|reschedul\w*|focus\w*|"
    r"now\s+(?!is\b|are\b|has\b|have\b|at\b|on\b|in\b|stands?\b|within\b|inside\b|outside\b|above\b|below\b|the\b|a\b|only\b)[a-z]+|"
    r"(?:is|are)\s+to\s+(?:be\s+)?[a-z]+|being\s+(?:taken|made|done|reviewed)|meeting\s+(?:with|weekly)|aim\s+to|expect\s+to|forecast)\b",
    re.IGNORECASE,
)


_VERB = re.compile(
    r"\b(?:is|are|was|were|has|have|had|fell|rose|dropped|stood|remains?|remained|improved|continues?|continued|missed)\b",
    re.IGNORECASE,
)
#: Kinds of claims that say something of a measure.
_SAYS = ("status", "figure", "gap")


_START = attrgetter("start")


@dataclass(frozen=True)
class Rule:
    """A rule and how much harm it can do where it is broken.

    Attributes:
        name: As findings print it.
        severity: High, medium or low.
    """

    name: str
    severity: Severity


@dataclass(frozen=True)
class Look:
    """A draft as the rules see it.

    Attributes:
        scene: The draft with its mentions, beside the figures.
        lists: Its lists of measures under a status.
        claims: Everything that was claimed, single figures too, in the order of the text.
    """

    scene: Scene
    lists: Sequence[StatusList]
    claims: Sequence[Claim]

    def finding(self, rule: Rule, part: Part | None, what: str, cure: str, cell: str = "") -> Finding:
        """Return a finding at a part of the text; about the whole draft where something is missing."""
        source = self.scene.text.source
        if part is None:
            return Finding(rule.name, rule.severity, what, cure, 0, len(source), "", cell)
        paragraph = self.scene.text.at(part.start)
        number = paragraph.number if paragraph else ""
        return Finding(
            rule.name, rule.severity, what, cure, part.start, part.end, source[part.start : part.end], cell, number
        )

    def claims_in(self, part: Part) -> Sequence[Claim]:
        """Return the claims that start in a part of the text."""
        first = bisect_left(self.claims, part.start, key=_START)
        return self.claims[first : bisect_left(self.claims, part.end, lo=first, key=_START)]

    def claims_at(self, offset: int) -> list[Claim]:
        """Return the claims that take in an offset."""
        near = self.claims_in(Part(offset - self._longest, offset + 1))
        return [one for one in near if offset < one.end]

    @cached_property
    def _longest(self) -> int:
        return max((one.end - one.start for one in self.claims), default=0)

    def prose(self) -> Iterator[tuple[Paragraph, Sentence]]:
        """Yield the sentences of the draft's paragraphs: no headings, no items of a status list."""
        listed = {item.index for one in self.lists for item, _ in one.items} | {one.head.index for one in self.lists}
        for paragraph, sentence in self.scene.sentences():
            if paragraph.kind is not Kind.HEADING and paragraph.index not in listed:
                yield paragraph, sentence

    def indicators(self, part: Part) -> list[tuple[Subject, str]]:
        """Return the indicators named in a part, each with its likeliest code."""
        known = self.scene.world.by_code
        found = []
        for one in self.scene.within(self.scene.subjects, part):
            codes = [name for name in one.names if name in known]
            if one.role is Role.INDICATOR and codes:
                found.append((one, codes[0]))
        return found

    @cached_property
    def narrative(self) -> dict[str, list[Paragraph]]:
        """Return the paragraphs that speak of each contract measure, by code: lists and tables do not count."""
        found: dict[str, list[Paragraph]] = {}
        for paragraph, sentence in self.prose():
            for one in self.scene.within(self.scene.subjects, sentence):
                for code in one.names if one.role is Role.INDICATOR else ():
                    if paragraph not in found.setdefault(code, []):
                        found[code].append(paragraph)
        heads = {one.head.index for one in self.lists}
        for paragraph in self.scene.text.paragraphs:
            above = self.scene.text.paragraphs[paragraph.headings[-1]] if paragraph.headings else None
            if paragraph.kind is Kind.PROSE and above is not None and above.index not in heads:
                for _, codes in self.scene.contract_codes(above):
                    found.setdefault(codes[0], []).append(paragraph)
        for claim in self.claims:
            place = self.scene.text.at(claim.start)
            is_prose = place is not None and place.kind is Kind.PROSE and place.index not in heads
            if place is not None and is_prose and claim.indicator and claim.kind in _SAYS:
                found.setdefault(claim.indicator, []).append(place)
        return found

    def is_told(self, code: str) -> bool:
        """Return whether a measure has whole sentences, and not only an entry in a list or on a scorecard."""
        return any(_VERB.search(self.scene.flat, one.body, one.end) for one in self.narrative.get(code, ()))

    def has_plan(self, code: str) -> bool:
        """Return whether a paragraph that speaks of a measure says what is being done about it."""
        return any(_ACTION.search(self.scene.flat, one.body, one.end) for one in self.narrative.get(code, ()))

    @cached_property
    def is_report(self) -> bool:
        """Return whether the draft reports on the measures at large: it lists or counts them by status."""
        counted = [one for one in self.claims if one.kind in ("count of measures", "share of measures", "list")]
        in_tables = [one for one in self.claims if one.kind == "count"]
        return bool(self.lists) or len(counted) > 1 or len(in_tables) > 3  # noqa: PLR2004  # a row of the summary
