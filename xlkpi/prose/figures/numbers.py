"""Every number of a draft's sentences as a claim, with what it is about, when, and whether it is right."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import takewhile

from xlkpi.model.period import Month, Period
from xlkpi.prose.claim import Verdict
from xlkpi.prose.figures.asked import WRONG_UNIT, Asked, Judged
from xlkpi.prose.figures.audits import audit_readings
from xlkpi.prose.figures.bases import Compared, compared_with
from xlkpi.prose.figures.compare import Fit, fit
from xlkpi.prose.figures.cues import Beside, Use
from xlkpi.prose.figures.dated import Dated, is_to_date, level_period, month_of_paragraph
from xlkpi.prose.figures.judge import judge
from xlkpi.prose.figures.kin import Kin
from xlkpi.prose.figures.labels import is_article, is_interval, is_label, is_line
from xlkpi.prose.figures.likeness import Likeness
from xlkpi.prose.figures.owners import goes_with_figure, in_runs, of_figure, told_of, with_figure, with_unit
from xlkpi.prose.figures.parts import named_bases
from xlkpi.prose.figures.peers import is_of_peers, turns
from xlkpi.prose.figures.placed import placed
from xlkpi.prose.figures.reading import Reading, as_stated, ratio
from xlkpi.prose.figures.readings import Readings
from xlkpi.prose.figures.scope import About, Scope
from xlkpi.prose.figures.shares import of_counts, of_few, of_times, own_counts
from xlkpi.prose.figures.signs import sign_of
from xlkpi.prose.figures.spans import Places, claim_span
from xlkpi.prose.figures.standing import standing
from xlkpi.prose.figures.twins import Twins
from xlkpi.prose.figures.uses import OPENS, Uses
from xlkpi.prose.mentions import SPANS, Form, How, Link, Number, Pair, Role, Unit
from xlkpi.prose.scene import Scene, Told
from xlkpi.prose.sentences import Part
from xlkpi.prose.streaks import streaks_in
from xlkpi.prose.text import Kind, Paragraph, Sentence

_SMALL = 3  # "one", "two", "three" in words are as often articles as figures
_EVERY = re.compile(r"\bevery\s+(?:\w+\s+)?$", re.IGNORECASE)
_AND_MORE, _OTHERS = re.compile(r"\band\s+$", re.IGNORECASE), re.compile(r"\s+others?\b", re.IGNORECASE)
_NEXT_WORD = re.compile(r"\s+\w+")


def read_figures(scene: Scene, scope: Scope) -> None:
    """Take down a claim for every number of the sentences that states a figure and was not taken in by another claim."""
    reader = _Reader(scene, scope)
    for paragraph, sentence in scene.sentences():
        reader.read(paragraph, sentence)


class _Reader:
    """Reads numbers, one sentence after the other."""

    def __init__(self, scene: Scene, scope: Scope) -> None:
        self.scene, self.scope, self.world = scene, scope, scene.world
        self.used = Places(scene.used)
        self.likeness = Likeness(scene)
        self.chosen: dict[int, Reading] = {}
        self.known: dict[int, Reading] = {}
        self.kin, self.twins = Kin(scene), Twins(scene.world)
        self.of_others: set[int] = set()
        self.open: list[tuple[Asked, Judged]] = []  # numbers of the sentence that are not known to be right
        self.uses = Uses(scene)
        self.said: set[tuple[str, Fraction]] = set()  # what other numbers of the sentence say, and rightly
        self._cells = set(in_runs(scene.flat, scene.numbers))
        self.pairs = {number.start: pair for pair in scene.pairs for number in (pair.first, pair.second)}

    def read(self, paragraph: Paragraph, sentence: Sentence) -> None:
        """Take down the claims of one sentence."""
        numbers = self.scene.within(self.scene.numbers, sentence)
        later = []
        self.said = set()
        runs = {one.number.start for one in streaks_in(self.scene, sentence)}
        for place, number in enumerate(numbers):
            if (
                number.start in runs
                or self.used.holds(number)
                or (paragraph.kind is Kind.HEADING and number.form is not Form.CARDINAL)
            ):
                continue
            before = numbers[place - 1] if place else None
            if not self._number(paragraph, sentence, number, before, is_last=False):
                later.append((number, before))
        for number, before in later:  # what the number beside it counts is known now
            self._number(paragraph, sentence, number, before, is_last=True)
        self._by_kin(paragraph, sentence, numbers)

    def _by_kin(self, paragraph: Paragraph, sentence: Sentence, numbers: Sequence[Number]) -> None:
        """Take down those that are still open, judged by the figures beside them as long as these tell of one more."""
        while told := next(
            ((one, by) for one in self.open if (by := self.kin.judged(one[0], numbers, self.known))), None
        ):
            self.open.remove(told[0])
            self._take_down(sentence, told[0][0].number, told[1], told[0][0].use)
        for asked, judged in self.open:
            slip = self.likeness.slip(paragraph, sentence, asked, self._told(paragraph))
            self._take_down(sentence, asked.number, slip or judged, asked.use)
        self.open = []

    def _number(
        self, paragraph: Paragraph, sentence: Sentence, number: Number, before: Number | None, *, is_last: bool
    ) -> bool:
        """Take down the claim of a number; return whether that is done, and not to be tried again with its neighbours known."""
        beside, pair = self._beside(sentence, number), self.pairs.get(number.start)
        if self._states_nothing(sentence, number, before, beside):
            return True
        place, shared = (paragraph, sentence), with_unit(self.scene, number, pair, before)
        asked = self._asked(place, shared, beside, pair, before)
        if is_of_peers(self.scene, sentence, number) or (
            asked.use is Use.CHANGE and self._goes_on_of_peers(number, before)
        ):
            self._of_peers(number, sentence, asked)
            return True
        audited = audit_readings(self.scene, paragraph, sentence, number, asked.dated)
        if audited is not None:
            asked = dataclasses.replace(asked, about=(), others=audited)
        few = of_few(self.world, asked, pair)
        if few is not None and few.told is None:
            return True
        judged = few or self._outcome(asked)
        above = None if judged.is_confirmed else standing(self.scene, paragraph)
        if above is not None:
            then = self._asked(place, shared, beside, pair, before, above.period)
            asked, judged = self._likelier((asked, judged), (then, self._outcome(then)), is_firm=above.is_firm)
        if judged.is_open:
            judged = of_counts(self.scene, self.scope, sentence, asked) or judged
        return self._keep(
            place, number, asked, self._alike(place, asked, judged) if is_last else judged, is_last=is_last
        )

    def _alike(self, place: tuple[Paragraph, Sentence], asked: Asked, judged: Judged) -> Judged:
        """Return what the words around a number and its value say where its subject does not make it right."""
        if judged.is_confirmed:
            return judged
        told = self._told(place[0])
        by = self.likeness.judged if judged.is_open else self.likeness.outdone
        found = by(*place, asked, told) or judged
        is_named = any(one.is_near and one.subject.how.value >= How.ALIAS.value for one in asked.about)
        is_open = found.is_contradicted and not is_named and self._is_partners(asked.number, found)
        return Judged(None) if is_open else found

    def _is_partners(self, number: Number, judged: Judged) -> bool:
        """Return whether the number that one makes a statement with is another indicator's: ``from 366 to 386``."""
        pair = self.pairs.get(number.start)
        if pair is None or pair.link not in (Link.FROM_TO, Link.VERSUS) or judged.reading is None:
            return False
        known = self.known.get((pair.second if number.start == pair.first.start else pair.first).start)
        return known is not None and known.code != judged.reading.code

    def _keep(
        self, place: tuple[Paragraph, Sentence], number: Number, asked: Asked, judged: Judged, *, is_last: bool
    ) -> bool:
        """Take down what came of a number, or keep it for when its neighbours are known; return whether it is taken down."""
        if judged.is_confirmed or (is_last and judged.is_contradicted):
            self._take_down(place[1], number, judged, asked.use)
        elif is_last:
            self.open.append((dataclasses.replace(asked, number=number), judged))
        elif judged.reading is not None and judged.is_contradicted:
            self.chosen[number.start] = judged.reading
        return judged.is_confirmed

    def _told(self, paragraph: Paragraph) -> Sequence[str]:
        """Return the indicators of which a paragraph, or the one before it under the same headings, told figures rightly."""
        before = self.scene.text.paragraphs[max(0, paragraph.index - 1)]
        start = before.start if before.headings == paragraph.headings else paragraph.start
        return list(dict.fromkeys(one.code for one in self._known_from(start)))

    def _known_from(self, start: int) -> Iterator[Reading]:
        """Yield what the numbers that are right say, from the last one back to a place in the draft."""
        yield from (one for _, one in takewhile(lambda item: item[0] >= start, reversed(self.known.items())))

    @staticmethod
    def _likelier(now: tuple[Asked, Judged], then: tuple[Asked, Judged], *, is_firm: bool) -> tuple[Asked, Judged]:
        """Return which of two verdicts holds: that for the quarter reported, or that for the period of the heading above."""
        return then if then[1].is_confirmed or (is_firm and then[1].told is not None) else now

    def _take_down(self, sentence: Sentence, number: Number, judged: Judged, use: Use) -> None:
        """Take down what came of a number, and keep what it says for those beside it."""
        reading = judged.reading
        if judged.is_contradicted and number.start in self._cells:
            return  # a cell of a table that was torn: what it is of stands elsewhere
        if judged.told is not None:
            self._tell(sentence, number, judged.told, use)
        if judged.is_confirmed and reading is not None:
            self.known[number.start] = reading
            if number.form is Form.CARDINAL and not number.about and fit(number, reading) is not Fit.NO:
                self.said.add((reading.says, reading.value))
        if reading is not None and not judged.is_open:
            self.chosen[number.start] = reading

    def _about(self, place: tuple[Paragraph, Sentence], number: Number, before: Number | None) -> Sequence[About]:
        """Return what a number may be of; one in brackets that says the number before it again, what that is of."""
        words = self.scene.flat[place[1].start : number.start]
        found = list(self.twins.beside(self.scope.about(*place, before or number), number, words))
        known = self.known.get(before.start) if before is not None else None
        if not found:
            found = list(told_of(place[0], self._known_from(place[0].start)))
        return sorted(found, key=lambda one: one.code != known.code) if known is not None else found

    def _last_known(self, paragraph: Paragraph, number: Number) -> tuple[int, Reading] | None:
        """Return where the last figure before a number in its paragraph starts that is right, and what it says."""
        earlier = (
            (start, one) for start, one in reversed(self.known.items()) if paragraph.start <= start < number.start
        )
        return next(earlier, None)

    def _beside(self, sentence: Sentence, number: Number) -> Beside:
        """Return the words around a number; of the first of ``n of m``, those behind both."""
        beside = Beside.of(self.scene.flat, sentence.start, sentence.end, number)
        pair = self.pairs.get(number.start)
        if pair is None or pair.link is not Link.OF or number.start != pair.first.start:
            return beside
        behind = Beside.of(self.scene.flat, sentence.start, sentence.end, pair.second)
        return dataclasses.replace(beside, after=behind.after)

    def _states_nothing(self, sentence: Sentence, number: Number, before: Number | None, beside: Beside) -> bool:
        """Return whether a number is a name, an article, a place in a row or one of ``eight of every ten``."""
        pair = self.pairs.get(number.start)
        if number.form is Form.ORDINAL or (pair is not None and pair.link is Link.RANGE) or is_label(beside):
            return True
        if is_interval(beside) or is_line(number, beside):
            return True
        if _AND_MORE.search(beside.before) and _OTHERS.match(beside.after):
            return True  # of a list: "A3, C5 and 12 others"
        follows = before is not None and bool(_EVERY.search(self.scene.flat, sentence.start, before.start))
        return follows or bool(_EVERY.search(beside.clause)) or is_article(number, beside)

    def _outcome(self, asked: Asked) -> Judged:
        number = asked.number
        if number.form is Form.MULTIPLE:
            return of_times(self.world, asked)
        if number.unit is Unit.MONEY:
            return Judged(
                Told("figure", Verdict.NOT_CHECKABLE, f"£{number.value}", reason="The workbook holds no sums of money.")
            )
        judged = judge(self.world, asked)
        if number.unit in SPANS and (judged.reading is None or judged.told is None):
            reason = "A length of time in a definition or a plan, which the workbook does not hold."
            return Judged(
                Told("definition", Verdict.NOT_CHECKABLE, f"{number.value} {number.unit.value}", reason=reason)
            )
        if (
            number.in_words
            and number.unit is Unit.NONE
            and judged.told
            and judged.told.verdict is not Verdict.CONFIRMED
            and asked.use is Use.LEVEL
            and self._of_measures(number)
        ):
            return Judged(None)
        is_small = number.in_words and number.unit is Unit.NONE and number.value <= _SMALL
        if is_small and judged.told and judged.told.verdict is Verdict.NOT_CHECKABLE:
            return Judged(None)
        return judged

    def _of_measures(self, number: Number) -> bool:
        """Return whether a number stands in a sentence about measures at large, and counts nothing that it names."""
        paragraph = self.scene.text.at(number.start)
        sentence = paragraph.sentence_at(number.start) if paragraph else None
        if sentence is None:
            return False
        return any(one.role is Role.MEASURES for one in self.scene.within(self.scene.subjects, sentence))

    def _asked(
        self,
        place: tuple[Paragraph, Sentence],
        number: Number,
        beside: Beside,
        pair: Pair | None,
        before: Number | None,
        now: Period | None = None,
    ) -> Asked:
        paragraph, sentence = place
        use = self.uses.of(number, beside, pair, before)
        is_same = use is Use.CHANGE and before is not None and self.uses.says_again(number, before)
        about = self._about(place, number, before if is_same else None)
        is_of_two = pair is not None and pair.link in (Link.FROM_TO, Link.VERSUS)
        if (
            not is_of_two
            and goes_with_figure(use, beside)
            and (last := self._last_known(paragraph, number)) is not None
        ):
            about = with_figure(self.scene, about, number, *last)
        if use is Use.CHANGE and before is not None and not is_same and before.form is Form.CARDINAL:
            reading = self.known.get(before.start) or self.chosen.get(before.start)
            if reading is not None or any(one.number.start == before.start for one, _ in self.open):
                about = of_figure(self.scene, about, Part(before.end, number.start), reading)
        parts = self.scope.parts(sentence, pair if pair is not None and pair.link is Link.OF else number)
        named = self._dated(
            paragraph,
            sentence,
            number,
            parts,
            is_paired=use is Use.CHANGE or (bool(pair) and use is Use.LEVEL),
            now=now,
        )
        reader = Readings(self.world, about[0].code) if about and not parts else None
        dated = placed(reader, named) if reader and use not in (Use.TARGET, Use.TOLERANCE) else named
        anchored = reader is not None and any(one.code == reader.code for one in self._known_from(sentence.start))
        compared = compared_with(self.scene, paragraph, sentence, Compared(number, use, dated, now, reader, anchored))
        bases = named_bases(
            (one.basis for code in about for one in self.world.facts_of(code.code) if one.part),
            self.scene.between(sentence.start, sentence.end),
        )
        sign = {one.code: sign_of(self.scene, sentence, number, one.code) for one in about} if use is Use.CHANGE else {}
        others = tuple(self._shares(sentence, number, before, about, dated))
        to_date = (
            is_to_date(self.scene, sentence, number) and not isinstance(dated.period, Month) and use is not Use.TARGET
        )
        is_of = pair is not None and pair.link is Link.OF
        return Asked(
            number,
            beside,
            use,
            about,
            parts,
            bases,
            dated,
            named,
            compared,
            sign,
            others,
            is_of,
            to_date,
            self._partner(number, pair, before, use),
            frozenset(self.said),
            bound=self.uses.bound(paragraph, beside, use),
            counted=tuple(own_counts(self._unknown(sentence, number), number, use)),
        )

    def _unknown(self, sentence: Sentence, number: Number) -> Sequence[Number]:
        """Return the other numbers of a sentence that are not known to be right."""
        beside = self.scene.within(self.scene.numbers, sentence)
        return [one for one in beside if one.start != number.start and one.start not in self.known]

    def _partner(self, number: Number, pair: Pair | None, before: Number | None, use: Use) -> str:
        """Return the indicator whose cases the number beside this one counts: ``from 41 to 43``, ``36 of 317, against 49``."""
        beside = before if use is Use.BASELINE else None
        if pair is not None:
            beside = pair.second if number.start == pair.first.start else pair.first
        reading = self.known.get(beside.start) if beside is not None else None
        return reading.code if reading is not None and reading.is_part else ""

    def _dated(
        self,
        paragraph: Paragraph,
        sentence: Sentence,
        number: Number,
        parts: Sequence[str],
        *,
        is_paired: bool,
        now: Period | None = None,
    ) -> Dated:
        dated = level_period(self.scene, sentence, number, is_paired=is_paired, now=now)
        if parts and not dated.is_named and (month := month_of_paragraph(self.scene, paragraph, number)):
            return Dated(month)
        return dated

    def _shares(
        self, sentence: Sentence, number: Number, before: Number | None, about: Sequence[About], dated: Dated
    ) -> Iterator[Reading]:
        """Yield the shares that a count before a bracket has of the other counts of its sentence: ``8 (6%)``."""
        is_share = number.unit in (Unit.PERCENT, Unit.POINTS)
        if not is_share or before is None or not OPENS.fullmatch(self.scene.flat, before.end, number.start):
            return
        top = self.chosen.get(before.start) or as_stated(before)
        if top.unit is not Unit.NONE or top.is_change:
            return
        beside = self.scene.within(self.scene.numbers, sentence)
        known = [self.chosen[one.start] for one in beside if one.start in self.chosen and one.start != before.start]
        bottoms = [one for one in known if one.unit is Unit.NONE]
        bottoms += [one for code in about[:1] for one in Readings(self.world, code.code).counts(dated.period)][1:2]
        yield from ratio([top], bottoms)

    def _goes_on_of_peers(self, number: Number, before: Number | None) -> bool:
        """Return whether a change is of somebody else's figure right before it: ``517,000 nationally, up 9%``."""
        is_theirs = before is not None and before.start in self.of_others
        return is_theirs and before is not None and not turns(self.scene, Part(before.end, number.start))

    def _of_peers(self, number: Number, sentence: Sentence, asked: Asked) -> None:
        self.of_others.add(number.start)
        reason = "The workbook has no figures of other authorities to check this by."
        self._tell(
            sentence,
            number,
            Told(
                "comparison",
                Verdict.NOT_CHECKABLE,
                self.scene.between(number.start, number.end),
                reason=reason,
                indicator=asked.about[0].code if asked.about else "",
            ),
        )

    def _tell(self, sentence: Sentence, number: Number, told: Told, use: Use = Use.LEVEL) -> None:
        start, end = claim_span(self.scene, sentence, number, is_change=use is Use.CHANGE)
        if told.verdict is Verdict.CONTRADICTED and told.reason.endswith(WRONG_UNIT) and number.unit is Unit.NONE:
            noun = _NEXT_WORD.match(self.scene.flat, end, sentence.end)
            end = noun.end() if noun else end
        self.scene.tell(start, end, told, [number])
