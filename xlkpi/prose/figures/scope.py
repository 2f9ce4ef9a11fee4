"""What a number or a direction is about, and when: from its clause, its sentence, its paragraph and the headings."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from xlkpi.model.period import Quarter
from xlkpi.prose.again import goes_on
from xlkpi.prose.figures.dated import STRONG
from xlkpi.prose.figures.standing import is_dated
from xlkpi.prose.mentions import How, Role, Subject
from xlkpi.prose.mentions.tokens import stem
from xlkpi.prose.scene import Scene
from xlkpi.prose.sentences import Part
from xlkpi.prose.text import Kind, Paragraph, Sentence

_SURE = 0.6
_APART = 4  # rank of a name from which another statement parts a figure
_BESIDE = 12
_HEAD, _MARGIN = 70, 4  # length of a head that runs in, and what may stand behind the name in it
_NEAR_AFTER = re.compile(
    r"\s*\)?\s*(?:of|in|for)?\s*(?:(?:the|with|an?|who|pupils|families|placed|our|all|its|their|these|those|total|overall|new|more|fewer"
    r"|further|number|numbers|rates?|proportion|percentage|average|of|recorded|single|open|on|subject|to|children|young"
    r"|people|cases)\s+){0,5}",
    re.IGNORECASE,
)
_FAR = 90
#: What may stand between the beginning of a statement and the figure that opens it: ``, and some 47 have SEN support``.
_OPENS = re.compile(
    r"(?:^|[,;:.!?(\u2022]\s|\b(?:and|but|while|whilst|whereas|that)\s)\s*(?:(?:a|the|total|of|some|about|around|nearly|almost|just|only"
    r"|over|another|further|all|in|there|were|are|was|is|overall|altogether|also|now|then|or|[-\u2022\u00b7])\s+)*$",
    re.IGNORECASE,
)
#: What ends the statement that a figure opens.
_CLOSES = re.compile(
    r"[;:!?]\s|\.\s|,\s|\b(?:and|but|while|whilst|whereas|although|however|than|compared|against|from|by|below|above)\b",
    re.IGNORECASE,
)
_VERB = re.compile(
    r"\s+(?:was|were|is|are|has|have|had|stood|stands?|rose|fell|came|numbered|totalled)\b", re.IGNORECASE
)
_COLON = re.compile(r"\s*:\s")
#: What introduces a part of what was named before: ``of these``, ``of whom``, ``Of the 1,580 referrals in the year``.
_OF_THEM = re.compile(
    r"\bof\s+(?:(?:these|whom|which|those|them)(?:\s+(?!of\b|and\b|is\b|was\b|were\b|are\b)\w+){0,2}"
    r"|(?-i:(?<=Of ))(?:the|all|our|those)\s+[^.;:,()]{3,60}?),?\s*(?:(?:just|only|some|about|around)\s+)?(?:[0-9,]+\s*\()?$",
    re.IGNORECASE,
)
#: ``The total number of X following the Y was 10`` is about X.
_HEADS = re.compile(
    r"\b(?:number|percentage|proportion|rate|total|share|%)s?\s+of\s+(?:(?:the|all|our|new|children|young|people|and|who|were|are|cases|families)\s+)*$",
    re.IGNORECASE,
)
_FORMER = re.compile(r"\bthe\s+(former|latter)\b", re.IGNORECASE)
_WHICH = re.compile(r"\s+(?:which|who|that|whose|where)\b", re.IGNORECASE)
_FEW_WORDS = re.compile(r"\s*(?:(?!and\b|but\b|while\b)[\w'-]+\s+){0,4}")
_BACK = re.compile(
    r"\W*(?:(?:however|therefore|overall|in\s+addition|additionally|also|and|but"
    r"|at\s+the\s+end\s+of\s+the\s+quarter|coupled\s+with|when\s+looking|compared)\W+)*"
    r"(?:this|these|that|those|it|its|they|we|our|performance|the\s+(?:rate|figure|number|total|outturn"
    r"|proportion|percentage|indicator|measure|position|result|reduction|increase|target|gap)s?|there|which"
    r"|of|both|up|down|an?)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class About:
    """An indicator that a number or a direction may be about.

    Attributes:
        code: Its code.
        is_sure: Whether the words leave no doubt.
        subject: Where it is named.
        is_near: Whether it is named in the same sentence.
        is_apart: Whether another statement stands between, in which it is named.
        is_told: Whether a figure of it before, which is right, says that it is.
    """

    code: str
    is_sure: bool
    subject: Subject
    is_near: bool = True
    is_apart: bool = False
    is_told: bool = False


class Scope:
    """Finds what stands around a place in the draft."""

    def __init__(self, scene: Scene) -> None:
        """Take in a draft with its mentions."""
        self.scene = scene
        self._indicators: dict[int, list[Subject]] = {}

    def indicators(self, part: Part) -> list[Subject]:
        """Return the indicators named or hinted at in a part of the text."""
        found = self._indicators.get(part.start)
        if found is None or (found and found[-1].start >= part.end):
            found = [one for one in self.scene.within(self.scene.subjects, part) if one.role in _NAMING]
            self._indicators[part.start] = found
        return found

    def about(self, paragraph: Paragraph, sentence: Sentence, at: Part) -> list[About]:
        """Return the indicators that something may be about, the likeliest first."""
        if (one := self._former_or_latter(paragraph, sentence, at)) is not None:
            return [About(one.names[0], is_sure=True, subject=one, is_told=True)]
        named = self.indicators(sentence)
        places = {id(one): self._rank(one, at) for one in named}
        ranked = sorted(named, key=lambda one: (places[id(one)][0] + 2.5 * _is_faint(one), places[id(one)]))
        found: dict[str, About] = {}
        for one in ranked:
            for place, code in enumerate(one.names):
                found.setdefault(
                    code,
                    About(
                        code,
                        place == 0 and (one.how.value >= How.SHORT.value or one.weight >= _SURE or _is_marked(one)),
                        one,
                        is_apart=places[id(one)][0] >= _APART,
                    ),
                )
        topic = self._topic(paragraph, sentence)
        least = How.ALIAS if topic is not None and topic.how is How.CODE else How.SHORT
        own = topic.names[:1] if topic is not None else ()
        whole = any(
            one.how.value >= How.ALIAS.value
            or self._opens_with(sentence, one)
            or (one.how.value >= least.value and one.names[:1] != own)
            for one in named
            if topic is None or not self._is_short_for(one, topic, paragraph.sentences[0])
        )
        if topic is not None and not whole:
            first = About(topic.names[0], is_sure=True, subject=topic)
            return [first, *(one for code, one in found.items() if code != first.code)]
        earlier = list(self._before(paragraph, sentence, is_bare=not whole))
        hardly = all(one.role is Role.HINT and not self._heads(sentence, one) for one in named)
        if earlier and not whole and (hardly or goes_on(self.scene.flat, sentence.start)):
            return [*earlier, *(one for code, one in found.items() if code not in {other.code for other in earlier})]
        for other in earlier:
            found.setdefault(other.code, other)
        return list(found.values())

    def _former_or_latter(self, paragraph: Paragraph, sentence: Sentence, at: Part) -> Subject | None:
        """Return which of two indicators named before a word goes back to: ``The former was 75%, the latter 9%``."""
        found = list(_FORMER.finditer(self.scene.flat, sentence.start, at.start))
        if not found:
            return None
        said = found[-1]
        start = next((one.start for one in reversed(paragraph.sentences) if one.end <= sentence.start), sentence.start)
        named: dict[str, Subject] = {}
        for one in self.scene.within(self.scene.subjects, Part(start, said.start())):
            if one.role is Role.INDICATOR:
                named.setdefault(one.names[0], one)
        if len(named) != len(("former", "latter")):
            return None
        return list(named.values())[said[1].lower() == "latter"]

    def _is_short_for(self, one: Subject, topic: Subject, head: Sentence) -> bool:
        """Return whether a name that is another's stands for the topic: ``assessment`` under *KPI 12: Health assessments*."""
        if one.names[:1] == topic.names[:1] or not head.start <= topic.start < head.end <= one.start:
            return False
        said, standing = (self._stems(part) for part in (one, head))
        return said < standing

    def _stems(self, part: Part) -> frozenset[str]:
        words = re.findall("[a-z]+", self.scene.flat[part.start : part.end].lower())
        return frozenset(stem(word) for word in words)

    def _opens_with(self, sentence: Sentence, one: Subject) -> bool:
        """Return whether a sentence opens with a name and its verb: ``Referrals were 405``."""
        is_first = one.role is Role.INDICATOR and one.start - sentence.start <= _MARGIN
        return is_first and bool(_VERB.match(self.scene.flat, one.end))

    def _heads(self, sentence: Sentence, one: Subject) -> bool:
        """Return whether a name heads its sentence on its own: ``Suitable accommodation: 88.5%``."""
        return one.start - sentence.start <= _HEAD and bool(_COLON.match(self.scene.flat, one.end))

    def _topic(self, paragraph: Paragraph, sentence: Sentence) -> Subject | None:
        """Return the indicator that heads a paragraph on its own (``KPI-04. 186 of 198 reviews ...``), or the row above it."""
        if commented := self._commented(paragraph):
            return commented
        first = paragraph.sentences[0]
        if first.start == sentence.start:
            return None
        named = [one for one in self.indicators(first) if one.role is Role.INDICATOR]
        if (
            paragraph.kind is Kind.ITEM
            and named
            and named[0].start - paragraph.body <= _MARGIN
            and named[0].how.value >= How.SHORT.value
        ):
            return named[0]
        if first.end - first.start > _HEAD:
            return None
        inside = [one for one in named if one.end >= first.end - _MARGIN]
        return inside[0] if inside else None

    def _commented(self, paragraph: Paragraph) -> Subject | None:
        """Return what the row or card is about on which a paragraph comments; None where it comments on none."""
        if paragraph.index in self.scene.topics:
            return self.scene.of_row(paragraph)[0]
        for place in range(paragraph.index - 1, max(-1, paragraph.index - _COMMENTS), -1):
            above = self.scene.text.paragraphs[place]
            if above.kind is Kind.ROW:
                return next(iter(self.scene.of_row(above)), None) if place in self.scene.commented else None
            is_other = above.kind is Kind.HEADING and not _COMMENT.fullmatch(self.scene.flat, above.start, above.end)
            if is_other or self.indicators(above):
                return None
        return None

    def _rank(self, one: Subject, at: Part) -> tuple[int, int, int]:
        flat = self.scene.flat
        if one.start <= at.start < one.end:
            return (3 if one.crosses else 0), 0, -int(100 * one.weight)
        of_them = _OF_THEM.search(flat, max(0, at.start - _FAR), at.start)
        if of_them:  # of these 91 (22%) became ..., where the whole is named before and the part behind
            return (1 if one.start >= at.end else 4), abs(one.start - at.end), 0
        if one.start >= at.end:
            between = flat[at.end : one.start]
            if _NEAR_AFTER.fullmatch(between) or self._opens(at, one):
                return 1, one.start - at.end + 1000 * one.crosses, 0
            return 5 if STRONG.search(between) else 3, one.start - at.end + 1000 * one.crosses, 0
        between = _outside(flat[one.end : at.start])
        if (
            one.how.value >= How.ALIAS.value
            and _HEADS.search(flat, max(0, one.start - _FAR), one.start)
            and not STRONG.search(between)
            and not one.crosses
            and not _WHICH.match(between)
        ):
            return 1, 500, 0
        return 4 if STRONG.search(between) else 2, at.start - one.end, 0

    def _opens(self, at: Part, one: Subject) -> bool:
        """Return whether a figure opens the statement in which a name stands: ``and 47 have SEN support``."""
        flat = self.scene.flat
        if one.crosses or _CLOSES.search(flat, at.end, one.start):
            return False
        if any(other.end <= one.start for other in self.scene.within(self.scene.numbers, Part(at.end, one.start))):
            return False
        return bool(_OPENS.search(flat[max(0, at.start - _HEAD) : at.start]))

    def _before(self, paragraph: Paragraph, sentence: Sentence, *, is_bare: bool) -> Iterator[About]:
        """Yield what the sentences before, the paragraph it goes on with, and the headings are about."""
        earlier = [one for one in paragraph.sentences if one.end <= sentence.start]
        told = {
            subject.names[0] for one in earlier for subject in self.indicators(one) if subject.role is Role.INDICATOR
        }
        only = len(told) == 1
        sure = is_bare and (
            only or len(earlier) <= 1 or bool(_BACK.match(self.scene.flat, sentence.start, sentence.end))
        )
        seen: list[Subject] = []
        for before in reversed(earlier):
            seen = self.indicators(before)
            if seen:
                break
        if not seen:
            seen = self._goes_on(paragraph) or self._under_date(paragraph, sentence)
        carried = [] if seen else self._carried(paragraph, sentence)
        sure = sure and not carried
        seen = seen or carried
        seen = [one for one in seen if one.role is Role.INDICATOR] or seen
        distinct = list(dict.fromkeys(one.names[0] for one in seen))
        ordered = seen if len(distinct) <= 1 else sorted(seen, key=lambda one: (-one.how.value, one.start))
        for one in ordered:
            certain = sure and len(distinct) == 1 and one.how.value >= How.SHORT.value
            yield About(one.names[0], certain, one, is_near=False)

    def _goes_on(self, paragraph: Paragraph) -> list[Subject]:
        """Return what the paragraph before, of the same number, or the heading above is about."""
        paragraphs = self.scene.text.paragraphs
        if paragraph.kind is Kind.ROW:
            return self.scene.of_row(paragraph)
        if paragraph.index and not paragraph.own_number and paragraph.number:
            before = paragraphs[paragraph.index - 1]
            if before.kind is Kind.PROSE and before.number == paragraph.number:
                for sentence in reversed(before.sentences):
                    if found := self.indicators(sentence):
                        return found
        for index in reversed(paragraph.headings):
            heading = paragraphs[index]
            if found := [one for one in self.scene.within(self.scene.subjects, heading) if one.role is Role.INDICATOR]:
                return found
        return []

    def _carried(self, paragraph: Paragraph, sentence: Sentence) -> list[Subject]:
        """Return what the paragraph before, under the same headings, was about at its end."""
        before = self.scene.text.paragraphs[paragraph.index - 1] if paragraph.index else None
        if any(one.role is Role.MEASURES for one in self.scene.within(self.scene.subjects, sentence)):
            return []
        plain = (Kind.PROSE, Kind.ITEM)
        if (
            before is None
            or before.kind not in plain
            or paragraph.kind not in plain
            or before.headings != paragraph.headings
        ):
            return []
        return next((found for one in reversed(before.sentences) if (found := self.indicators(one))), [])

    def _under_date(self, paragraph: Paragraph, sentence: Sentence) -> list[Subject]:
        """Return what a sentence under a heading that is a mere date goes on about: what was named last under those before."""
        if not goes_on(self.scene.flat, sentence.start) or not is_dated(self.scene, paragraph):
            return []
        for place in range(paragraph.index - 1, max(-1, paragraph.index - _DATED), -1):
            before = self.scene.text.paragraphs[place]
            for earlier in reversed(before.sentences if before.kind is not Kind.HEADING else ()):
                if found := self.indicators(earlier):
                    return found[-1:]
        return []

    def parts(self, sentence: Part, at: Part) -> list[str]:
        """Return the parts of indicators named beside a place, the nearest first; none of those in a mere list of parts."""
        named = [one for one in self.scene.within(self.scene.subjects, sentence) if one.role is Role.PART]
        found = []
        for one in named:
            before = one.end <= at.start
            between = self.scene.flat[one.end : at.start] if before else self.scene.flat[at.end : one.start]
            crosses = any(
                not at.holds(number.start)
                for number in self.scene.within(
                    self.scene.numbers, Part(min(one.start, at.end), max(at.start, one.start))
                )
            )
            if crosses or self._is_listed(one, named):
                continue
            near = before or bool(_NEAR_AFTER.fullmatch(between)) or bool(_FEW_WORDS.fullmatch(between))
            if near:
                is_of = not before and bool(_OF.fullmatch(between))  # "80% of CIC, 83% of CPP"
                found.append((not (before or is_of), not is_of, len(between), one.names[0]))
        return [name for *_, name in sorted(found)]

    def _is_listed(self, one: Subject, named: Sequence[Subject]) -> bool:
        """Return whether a part stands in a mere list of parts, with no figure beside it."""
        numbers = self.scene.within(self.scene.numbers, Part(one.start - _BESIDE, one.end + _BESIDE))
        if any(one.start - number.end <= _BESIDE and number.start - one.end <= _BESIDE for number in numbers):
            return False
        for other in named:
            if other is not one and other.start != one.start:
                first, second = (one, other) if one.start < other.start else (other, one)
                if re.fullmatch(r"\s*(?:,|and|&|/|,\s*and)\s*", self.scene.flat[first.end : second.start]):
                    return True
        return False

    @cached_property
    def now(self) -> Quarter:
        """Return the quarter reported."""
        return self.scene.world.quarter


_OF = re.compile(r"\s*of\s+(?:(?:the|our)\s+)?", re.IGNORECASE)
_DATED = 16  # paragraphs back
#: The label of what comments on a row.
_COMMENT = re.compile(
    r"\W*(?:(?:supporting|performance|service|officer|manager'?s?|data|key|further|latest)\s+)?"
    r"(?:comment(?:s|ary)?|narrative|analysis|explanation|notes?|context|update|actions?|reasons?|summary)\W*",
    re.IGNORECASE,
)
_COMMENTS = 4  # likewise
_NAMING = (Role.INDICATOR, Role.HINT)
_FAINT = 0.5  # of a name's weight
_MARKED = 0.2  # of a name's weight: enough where a word of it is its alone


def _outside(between: str) -> str:
    """Return what stands between a name and a figure without the bracket that both stand before: ``X (79%; target 82%)``."""
    opening = between.rfind("(")
    return between if opening < 0 or ")" in between[opening:] else between[:opening]


def _is_faint(one: Subject) -> bool:
    """Return whether so little of a name stands there that a fuller one further off is likelier."""
    return one.how is How.WORDS and one.weight < _FAINT


def _is_marked(one: Subject) -> bool:
    return one.weight >= _MARKED and one.how is How.WORDS
