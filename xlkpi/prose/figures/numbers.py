"""Every number of a draft's sentences as a claim, with what it is about, when, and whether it is right."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator, Sequence

from xlkpi.model.period import Month, Period, Quarter
from xlkpi.model.register import Polarity
from xlkpi.prose.claim import Verdict
from xlkpi.prose.figures.audits import audit_readings
from xlkpi.prose.figures.cues import Beside, Use, is_label, use_of
from xlkpi.prose.figures.judge import Asked, Judged, defaults, judge, named_bases
from xlkpi.prose.figures.readings import Reading, Readings, ratio
from xlkpi.prose.figures.scope import About, Dated, Scope, base_periods, level_period, month_of_paragraph
from xlkpi.prose.figures.spans import claim_span
from xlkpi.prose.mentions import Direction, Form, Link, Number, Pair, Unit, Way
from xlkpi.prose.sentences import Part
from xlkpi.prose.statuses.scene import Scene, Told
from xlkpi.prose.text import Kind, Paragraph, Sentence

_SPANS = (Unit.DAYS, Unit.WEEKS, Unit.MONTHS, Unit.YEARS, Unit.HOURS)
_SIGNS = {Way.UP: 1, Way.DOWN: -1, Way.BETTER: 1, Way.WORSE: -1}
_SMALL = 3  # "one", "two", "three" in words are as often articles as figures
_BEFORE, _AFTER = 48, 14
_OPENS = re.compile(r"\s*[(\[]\s*(?:or\s+)?")
_PER_MONTH = re.compile(r"\b(?:monthly\s+(?:average|mean)|average\s+(?:of\s+)?(?:monthly)?|per\s+month|a\s+month|each\s+month)\b", re.IGNORECASE)


def read_figures(scene: Scene, scope: Scope) -> None:
    """Take down a claim for every number of the sentences that states a figure and was not taken in by another claim."""
    reader = _Reader(scene, scope)
    for paragraph, sentence in scene.sentences():
        reader.read(paragraph, sentence)


class _Reader:
    """Reads numbers, one sentence after the other."""

    def __init__(self, scene: Scene, scope: Scope) -> None:
        self.scene, self.scope, self.world = scene, scope, scene.world
        self.used = _Places(scene.used)
        self.chosen: dict[int, Reading] = {}
        self.pairs = {number.start: pair for pair in scene.pairs for number in (pair.first, pair.second)}

    def read(self, paragraph: Paragraph, sentence: Sentence) -> None:
        """Take down the claims of one sentence."""
        numbers = self.scene.within(self.scene.numbers, sentence)
        for place, number in enumerate(numbers):
            if self.used.holds(number) or (paragraph.kind is Kind.HEADING and number.form is not Form.CARDINAL):
                continue
            self._number(paragraph, sentence, number, numbers[place - 1] if place else None)

    def _number(self, paragraph: Paragraph, sentence: Sentence, number: Number, before: Number | None) -> None:
        beside = Beside.of(self.scene.flat, sentence.start, sentence.end, number)
        pair = self.pairs.get(number.start)
        if is_label(beside) or number.form is Form.ORDINAL or self._is_article(number, beside) or (pair and pair.link is Link.RANGE):
            return
        shared = _with_unit(number, pair)
        asked = self._asked(paragraph, sentence, shared, beside, pair, before)
        if self.scope.is_of_peers(sentence, number):
            self._of_peers(number, sentence, asked)
            return
        audited = audit_readings(self.scene, paragraph, sentence, number, asked.dated)
        if audited is not None:
            asked = dataclasses.replace(asked, about=(), others=audited)
        judged = self._outcome(asked)
        if judged.told is not None:
            self._tell(sentence, number, judged.told)
        if judged.reading is not None:
            self.chosen[number.start] = judged.reading

    def _outcome(self, asked: Asked) -> Judged:
        number = asked.number
        if number.form is Form.MULTIPLE:
            return Judged(None)
        if number.unit is Unit.MONEY:
            return Judged(Told("figure", Verdict.NOT_CHECKABLE, f"£{number.value}", reason="The workbook holds no sums of money."))
        judged = judge(self.world, asked)
        if number.unit in _SPANS and (judged.reading is None or judged.told is None):
            reason = "A length of time in a definition or a plan, which the workbook does not hold."
            return Judged(Told("definition", Verdict.NOT_CHECKABLE, f"{number.value} {number.unit.value}", reason=reason))
        is_small = number.in_words and number.unit is Unit.NONE and number.value <= _SMALL
        if is_small and judged.told and judged.told.verdict is not Verdict.CONFIRMED and asked.use in (Use.LEVEL, Use.CASES):
            return judged if judged.told.verdict is Verdict.CONTRADICTED and asked.about[0].is_near else Judged(None)
        return judged

    def _is_article(self, number: Number, beside: Beside) -> bool:
        """Return whether ``one`` stands for somebody, as in ``one of the homes``."""
        if not number.in_words or number.unit is not Unit.NONE or number.value != 1:
            return False
        return bool(re.match(r"\s*(?:of|another|or|which|that|who|is|was|to|way|year|area|off|hand|such|team|page|stop)\b", beside.after, re.IGNORECASE)) or bool(
            re.search(r"\b(?:no|any|every|each|this|that|the|some|at\s+least|number)\s+$", beside.before, re.IGNORECASE)
        )

    def _asked(self, paragraph: Paragraph, sentence: Sentence, number: Number, beside: Beside, pair: Pair | None, before: Number | None) -> Asked:
        about = self.scope.about(paragraph, sentence, number)
        use = self._use(number, beside, pair)
        parts = self.scope.parts(sentence, number)
        dated = self._dated(paragraph, sentence, number, parts, is_paired=bool(pair) and use is Use.LEVEL)
        compared = self._compared(sentence, number, use, dated)
        bases = named_bases((one.basis for code in about for one in self.world.facts_of(code.code) if one.part), self.scene.between(sentence.start, sentence.end))
        sign = {one.code: self._sign(number, sentence, one) for one in about} if use is Use.CHANGE else {}
        others = tuple(self._shares(sentence, number, before, about, dated))
        return Asked(number, beside, use, about, parts, bases, dated, compared, sign, others)

    def _use(self, number: Number, beside: Beside, pair: Pair | None) -> Use:
        if pair and pair.link in (Link.FROM_TO, Link.VERSUS):
            first_is_base = pair.link is Link.FROM_TO
            is_first = number.start == pair.first.start
            return Use.BASELINE if is_first == first_is_base else Use.LEVEL
        use = use_of(beside)
        return Use.LEVEL if use is Use.CASES and number.unit is not Unit.NONE else use

    def _dated(self, paragraph: Paragraph, sentence: Sentence, number: Number, parts: Sequence[str], *, is_paired: bool) -> Dated:
        dated = level_period(self.scene, sentence, number, is_paired=is_paired)
        if parts and not dated.is_named and (month := month_of_paragraph(self.scene, paragraph, number)):
            return Dated(month)
        return dated

    def _compared(self, sentence: Sentence, number: Number, use: Use, dated: Dated) -> list[Period]:
        if use is Use.BASELINE and dated.is_named and dated.period is not None:
            return [dated.period]
        named = [one.period for one in base_periods(self.scene, sentence, number) if one.period is not None]
        if not named:
            return defaults(dated.period if use is Use.CHANGE else None, self.world.quarter)
        first = named[0]
        if isinstance(dated.period, Month) and isinstance(first, Quarter) and use is Use.CHANGE and first == self.world.quarter.year_ago:
            return [Month(dated.period.year - 1, dated.period.month), first]
        return [first]

    def _sign(self, number: Number, sentence: Sentence, about: About) -> int:
        """Return which way the words beside a number say that an indicator went."""
        word = self._direction(number, sentence)
        if word is None:
            return number.signed
        sign = _SIGNS.get(word.way, 0) * (-1 if word.negated else 1)
        if word.way in (Way.BETTER, Way.WORSE):
            polarity = self.world.by_code[about.code].polarity
            return sign * (polarity.sign if polarity is not Polarity.RANGE else 0)
        return sign

    def _direction(self, number: Number, sentence: Sentence) -> Direction | None:
        found = self.scene.within(self.scene.directions, Part(max(sentence.start, number.start - _BEFORE), min(sentence.end, number.end + _AFTER)))
        after = [one for one in found if one.start >= number.end and not self.scene.flat[number.end : one.start].strip(" -(")]
        if after:
            return after[0]
        between = [one for one in found if one.end <= number.start + 1 and not self._numbers(one.end, number.start)]
        return between[-1] if between else None

    def _numbers(self, start: int, end: int) -> bool:
        return bool(self.scene.within(self.scene.numbers, Part(start, end)))

    def _shares(self, sentence: Sentence, number: Number, before: Number | None, about: Sequence[About], dated: Dated) -> Iterator[Reading]:
        """Yield the shares that a count before a bracket has of the other counts of its sentence: ``8 (6%)``."""
        if number.unit is not Unit.PERCENT or before is None or before.start not in self.chosen:
            return
        if not _OPENS.fullmatch(self.scene.flat, before.end, number.start):
            return
        top = self.chosen[before.start]
        if top.unit is not Unit.NONE:
            return
        others = [one for one in self.scene.within(self.scene.numbers, sentence) if one.start in self.chosen and one.start != before.start]
        bottoms = [self.chosen[one.start] for one in others if self.chosen[one.start].unit is Unit.NONE]
        bottoms += [one for code in about[:1] for one in Readings(self.world, code.code).counts(dated.period)][1:2]
        yield from ratio([top], bottoms)

    def _of_peers(self, number: Number, sentence: Sentence, asked: Asked) -> None:
        reason = "The workbook has no figures of other authorities to check this by."
        self._tell(sentence, number, Told("comparison", Verdict.NOT_CHECKABLE, self.scene.between(number.start, number.end), reason=reason, indicator=asked.about[0].code if asked.about else ""))

    def _tell(self, sentence: Sentence, number: Number, told: Told) -> None:
        start, end = claim_span(self.scene, sentence, number)
        self.scene.tell(start, end, told, [number])


class _Places:
    """Stretches of the text, asked whether one of them holds a place."""

    def __init__(self, parts: Sequence[Part]) -> None:
        self._taken = {place for one in parts for place in range(one.start, one.end)}

    def holds(self, part: Part) -> bool:
        """Return whether the start of a part is taken."""
        return part.start in self._taken


def _with_unit(number: Number, pair: Pair | None) -> Number:
    """Return a number with the unit that its pair gives it: ``from 226 to 175 days``."""
    if pair is None or number.unit is not Unit.NONE or pair.link is Link.OF:
        return number
    other = pair.second if number.start == pair.first.start else pair.first
    return dataclasses.replace(number, unit=other.unit, per=other.per)
