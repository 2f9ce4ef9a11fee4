"""What every rule looks at: the draft, the figures, the claims read so far, and which measures have words of their own."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from operator import attrgetter

from xlkpi.prose.claim import Claim, Finding, Severity
from xlkpi.prose.findings.actions import is_acted_on
from xlkpi.prose.mentions import How, Role, Subject
from xlkpi.prose.scene import Scene
from xlkpi.prose.sentences import Part
from xlkpi.prose.statuses.lists import StatusList
from xlkpi.prose.text import Kind, Paragraph, Sentence

#: ``One measure fell out``, ``another remains outside``: measures are counted, and nothing is said of a single one.
_COUNTED = re.compile(
    r"\b(?:(?:no|none|one|two|three|four|five|six|seven|eight|nine|ten|both|all|most|[0-9]+)\s+(?:\w+\s+){0,3}?(?:measures?|indicators?|kpis?)"
    r"|another\s+(?:one\s+)?(?:is|was|has|remain\w*|fell|stay\w*))\b",
    re.IGNORECASE,
)
_VERB = re.compile(
    r"\b(?:is|are|was|were|has|have|had|fell|rose|dropped|stood|remains?|remained|improved|continues?|continued|missed)\b",
    re.IGNORECASE,
)
#: Kinds of claims that give figures of a measure, also where others are counted beside it.
_FIGURES = ("figure", "gap", "change")
_COUNTS = ("count of measures", "share of measures", "coverage")


_START = attrgetter("start")
_ROW = 3  # figures in a row of the summary
_SURE = 0.6  # how much of a name stands in a sentence that speaks of it without a figure
_FEW = 3  # measures of which an extract may speak, however few there are


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
        """Return the paragraphs that speak of each contract measure, by code: lists, tables and mere counts do not count."""
        found: dict[str, list[Paragraph]] = {}
        for paragraph, sentence in self.prose():
            for code in self._spoken_of(paragraph, sentence):
                if paragraph not in found.setdefault(code, []):
                    found[code].append(paragraph)
        heads = {one.head.index for one in self.lists}
        for paragraph in self.scene.text.paragraphs:
            above = self.scene.text.paragraphs[paragraph.headings[-1]] if paragraph.headings else None
            if paragraph.kind is Kind.PROSE and above is not None and above.index not in heads:
                for _, codes in self.scene.contract_codes(above):
                    found.setdefault(codes[0], []).append(paragraph)
        return found

    def _spoken_of(self, paragraph: Paragraph, sentence: Sentence) -> set[str]:
        """Return the measures of which a sentence says something; where it counts measures, those whose figures it gives."""
        claims = [one for one in self.claims_in(sentence) if one.indicator]
        flat = (self.scene.flat, sentence.start, sentence.end)
        if _COUNTED.search(*flat) or any(one.kind in _COUNTS for one in self.claims_in(sentence)):
            return {one.indicator for one in claims if one.kind in _FIGURES}
        named = {
            code
            for one, codes in self.scene.contract_codes(sentence)
            if one.how is not How.WORDS or one.weight >= _SURE
            for code in codes
        }
        named.update(one.indicator for one in claims if paragraph.kind is not Kind.ROW)
        if paragraph.kind is Kind.ROW:  # the comment on its figures
            named.update(one.names[0] for one in self.scene.of_row(paragraph))
        return named

    def is_told(self, code: str) -> bool:
        """Return whether a measure has whole sentences, and not only an entry in a list or on a scorecard."""
        return any(_VERB.search(self.scene.flat, one.body, one.end) for one in self.narrative.get(code, ()))

    def has_plan(self, code: str) -> bool:
        """Return whether a paragraph that speaks of a measure, or one that goes on with it, says what is being done."""
        indicator = self.scene.world.by_code[code]
        names = (indicator.title, *indicator.aliases)
        told = [one for about in self.narrative.get(code, ()) for one in (about, *self._going_on(about))]
        return any(is_acted_on(self.scene.flat[one.body : one.end], names) for one in told)

    def _going_on(self, paragraph: Paragraph) -> Iterator[Paragraph]:
        """Yield the paragraph behind one about a single measure, where it has no number and speaks of no indicator itself."""
        if sum(paragraph in others for others in self.narrative.values()) > 1:
            return
        for one in self.scene.text.paragraphs[paragraph.index + 1 : paragraph.index + 2]:
            has_own = self.indicators(one) or any(claim.indicator for claim in self.claims_in(one))
            if one.kind in (Kind.PROSE, Kind.ITEM) and not one.own_number and not has_own:
                yield one

    @cached_property
    def reported(self) -> frozenset[str]:
        """Return the contract measures on which the draft reports at large, since it lists, counts or comments on them.

        These are all of them, or those of the sections whose measures are counted; none where it is an extract.
        """
        world = self.scene.world
        counts = [one for one in self.claims if one.kind in ("count of measures", "share of measures", "list")]
        sections = {self._section_of(one) for one in counts} if len(counts) > 1 else set()
        in_tables = sum(one.kind == "count" for one in self.claims)
        spoken = sum(code in world.contract for code in self.narrative)
        if self.lists or None in sections or in_tables > _ROW or (spoken > _FEW and 2 * spoken > len(world.contract)):
            return frozenset(world.contract)
        return frozenset(code for code in world.contract if world.by_code[code].section in sections)

    def _section_of(self, claim: Claim) -> str | None:
        """Return the section whose measures a claim counts; None where it counts those of the whole contract."""
        return next((one for one in self.scene.world.sections if f"measures in {one} " in claim.reason), None)
