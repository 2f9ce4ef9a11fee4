"""A draft with everything that it mentions, beside the figures: what every reader of claims works from."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from operator import attrgetter
from typing import TypeVar

from xlkpi.model.period import Month, Quarter
from xlkpi.prose.claim import Claim, Verdict
from xlkpi.prose.mentions import Direction, How, Number, Pair, PeriodMention, Role, StatusPhrase, Subject, When
from xlkpi.prose.mentions.flat import flat
from xlkpi.prose.mentions.reading import Mentions
from xlkpi.prose.nested import topics
from xlkpi.prose.sentences import Part
from xlkpi.prose.text import Paragraph, Sentence, Text
from xlkpi.prose.world import World

_Mention = TypeVar("_Mention", bound=Part)
_START = attrgetter("start")

#: Words after which a status is wished for, feared or worked out, and not reported.
_HYPOTHETICAL = re.compile(
    r"\b(?:will|would|could|should|(?-i:may)|might|(?:we|it|they|you|that)['\u2019]d\s+(?:have|be)|if|unless|whether|until|to\s+(?:bring|be|get|move|return|achieve|reach|stay|remain|keep|meet|put|take|restore|recover)"
    r"|in\s+order\s+to|enough\s+to|needed\s+to|expect\w*|forecast\w*|project(?:ed|ion)|on\s+track|aim\w*|plans?\s+to|risk\s+of|at\s+risk|likely|designed\s+to|"
    r"intend\w*|hope\w*|towards?|close\s+to|near(?:ly|er)?)\b",
    re.IGNORECASE,
)
_CLAUSE_END = re.compile(
    r"[;:.]\s|,?\s+(?:and|but|while|whilst|although|though|however|so)\s+(?=(?:\w+\s+){0,4}?(?:is|are|was|were|has|have|remains?)\b)|,\s"
)
_CUT = re.compile(
    r"[;:.]\s|,\s+(?:so|which|this|and|but|because|while|whilst|although|though)\b"
    r"|,\s+(?=(?:is|are|has|have|remains?|stands?)\b)"
    r"|\s+(?:and|but|while|whilst|although|though)\s+(?=(?:\w+\s+){0,5}?(?:is|are|now|has|have|remains?)\b)",
    re.IGNORECASE,
)
_DIRECTLY = re.compile(
    r"\s*(?:,?\s*(?:at|with|on)\s+[0-9][0-9.,]*\s?%?)?\s*,?\s*(?:as\s+(?:recently|lately|long\s+ago)\s+as\s+)?(?:(?:in|at|for|during|as\s+at|on)\s+)?"
    r"(?:the\s+)?(?:end\s+of\s+)?(?:the\s+)?",
    re.IGNORECASE,
)
_PREVIOUSLY = re.compile(r"\bpreviously\b|\bhad\s+been\s+$|\bhaving\s+(?:been\s+)?$", re.IGNORECASE)
#: ``Was amber, now red.``
_WAS_FIRST = re.compile(r"Was\s")
#: ``(was red)``, ``(prior qtr: amber)``: how a scorecard says what was before.
_WAS = re.compile(r"\(\s*(?:was|were|prior\s+(?:qtr|quarter)|last\s+(?:qtr|quarter)|from)\s*:?\s*$", re.IGNORECASE)
#: ``..., from 57% last quarter, when it was inside tolerance``.
_WHEN_IT_WAS = re.compile(
    r"\bwhen\s+(?:it|they|this|both|performance)\s+(?:was|were)\s+(?:\w+ly\s+|still\s+)?$", re.IGNORECASE
)
#: ``Twelve months ago we said that ...; at that point two of the indicators were on target``.
_AT_THAT = re.compile(r"\bat\s+that\s+(?:point|time)\b[^.;:]*$", re.IGNORECASE)
_COMPARED = re.compile(r"\b(?:from|than|against|compared|versus|vs|below|above)\b[^.;,]*$", re.IGNORECASE)
#: A bracket that has closed behind a period: ``17.2 (15.0 a year ago) and are amber``.
_CLOSED = re.compile(r"[^()]*\)")
_ON_YEAR = re.compile(r"year[\s-]on[\s-]year|quarter[\s-]on[\s-]quarter|\byoy\b|\bqoq\b", re.IGNORECASE)
_END_OF = re.compile(r"\b(?:end\s+of|at|in|by)\s+(?:the\s+)?$", re.IGNORECASE)
#: ``within the tolerance that we agreed in March 2021``: when something was set, and not of when a statement is.
_SET_IN = re.compile(
    r"\b(?:agreed|set|approved|introduced|signed|adopted|fixed|revised|raised|lowered|changed)\s+(?:by\s+(?:\w+\s+){1,3})?(?:in|at|on|from|since|back\s+in)\s+(?:the\s+)?$",
    re.IGNORECASE,
)
#: ``better than at the end of June, when (eleven were on target)``.
_WHEN = re.compile(r",?\s+when\s+(?:(?:only|just|there\s+were|we\s+had)\s+)*", re.IGNORECASE)
_NAMED = (When.QUARTER, When.PREVIOUS, When.YEAR_AGO)
_DASH = re.compile(r"\s*[-\u2013\u2014:(]\s*|\s+")
_NEAR = 60
#: How much of a name must stand in a text, where it is not its code, title or alias.
_ENOUGH = 0.4


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
        rows: The indicators of table rows, by the index of their paragraph.
        topics: The indicators on which paragraphs comment, or points of a list under another one, by their index.
        commented: Indexes of the rows on which the lines below them comment.
        log: Indexes of the headings of a log, one for each quarter.
        heads: Indexes of the lines that hold the headings of a table and are no row of it.
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
    rows: dict[int, str] = field(default_factory=dict)
    topics: dict[int, str] = field(default_factory=dict)
    commented: set[int] = field(default_factory=set)
    log: set[int] = field(default_factory=set)
    heads: set[int] = field(default_factory=set)

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
            topics=topics(text, mentions.subjects, world.by_code),
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

    def is_hypothetical(self, sentence: Part, at: int) -> bool:
        """Return whether what stands at an offset is wished for or worked out: ``would have been inside tolerance``."""
        ends = [one.end() for one in _CLAUSE_END.finditer(self.flat, sentence.start, at)]
        return bool(_HYPOTHETICAL.search(self.flat, ends[-1] if ends else sentence.start, at))

    def quarter_of(self, sentence: Part, start: int, end: int) -> Quarter:
        """Return the quarter that a statement between two offsets is of: one named before it, or directly behind.

        ``Last quarter three were on target``, ``three were on target last quarter``. What is only compared with does not
        count; without either it is the quarter reported.
        """
        if _WHEN_IT_WAS.search(self.flat, sentence.start, start) or _AT_THAT.search(self.flat, sentence.start, start):
            earlier = [one for one in self.within(self.periods, Part(sentence.start, start)) if one.periods]
            quarters = [one.periods[0] for one in earlier if isinstance(one.periods[0], Quarter)]
            return quarters[-1] if quarters else self.world.quarter.previous
        last = self.within(self.periods, Part(sentence.start, start))[-1:]
        if last and _WHEN.fullmatch(self.flat, last[0].end, start) and (quarter := self.quarter_named(last[0])):
            return quarter
        cuts = [one.end() for one in _CUT.finditer(self.flat, sentence.start, start)]
        before = Part(cuts[-1] if cuts else sentence.start, start)
        behind = Part(end, min(sentence.end, end + _NEAR))
        named = [one for one in self.within(self.periods, before) if not one.is_baseline]
        following = [one for one in self.within(self.periods, behind) if _DIRECTLY.fullmatch(self.flat, end, one.start)]
        for one in (*following[:1], *reversed(named)):
            is_base = one.end <= start and _COMPARED.search(
                self.flat, max(before.start, one.start - _NEAR // 2), one.start
            )
            if one.end <= start and _CLOSED.match(self.flat, one.end, start):
                continue
            is_set = one.end <= start and _SET_IN.search(self.flat, before.start, one.start)
            if is_base or is_set or _ON_YEAR.search(self.flat, one.start, one.end):
                continue
            is_named = one.when in _NAMED or isinstance(one.periods[0] if one.periods else None, Month)
            if is_named and (quarter := self.quarter_named(one)):
                return quarter
        said = (self.flat, before.start, before.end)
        is_first = not self.flat[sentence.start : start].strip(" -*\u2022") and _WAS_FIRST.match(self.flat, start)
        if is_first or _PREVIOUSLY.search(*said) or _WAS.search(*said):
            return self.world.quarter.previous
        return self.world.quarter

    def quarter_named(self, one: PeriodMention) -> Quarter | None:
        """Return the quarter that a period names: itself, or the one that its month ends; None where it is neither."""
        period = one.periods[0] if one.periods else None
        if isinstance(period, Month):
            return period.quarter if self._ends(one, period) else None
        return period if isinstance(period, Quarter) else None

    def _ends(self, one: PeriodMention, month: Month) -> bool:
        """Return whether a month stands for the quarter that it ends: ``at the end of June``."""
        before = self.flat[max(0, one.start - _NEAR) : one.start]
        return month == month.quarter.months[-1] and bool(_END_OF.search(before))

    def of_row(self, paragraph: Paragraph) -> list[Subject]:
        """Return what a table row is about, or the card on which a paragraph comments; none for other paragraphs."""
        code = self.rows.get(paragraph.index) or self.topics.get(paragraph.index)
        return [Subject(paragraph.start, paragraph.start, Role.INDICATOR, (code,), How.TITLE)] if code else []

    def is_used(self, part: Part) -> bool:
        """Return whether a claim has taken in what stands there."""
        return any(one.start < part.end and part.start < one.end for one in self.used)

    def _title_end(self, code: Subject) -> int:
        """Return the end of the title that stands behind a code: ``A4 – Children seen in time``."""
        dash = _DASH.match(self.flat, code.end)
        indicator = self.world.by_code.get(code.names[0])
        if dash is None or indicator is None:
            return code.end
        title = flat(indicator.title).casefold().rstrip(" .*")
        stands = self.flat[dash.end() : dash.end() + len(title)].casefold() == title
        return dash.end() + (len(title) if stands else 1)

    def contract_codes(self, part: Part) -> list[tuple[Subject, list[str]]]:
        """Return the subjects in a part that may be contract indicators, each with their codes."""
        found = []
        title_end = -1
        for one in self.within(self.subjects, part):
            if one.how is How.CODE:
                title_end = self._title_end(one)
            elif one.start < title_end:
                continue  # in the title of the code before it
            codes = [name for name in one.names if name in self.world.contract]
            if one.role is Role.INDICATOR and codes and (one.how is not How.WORDS or one.weight >= _ENOUGH):
                found.append((one, codes))
        return found
