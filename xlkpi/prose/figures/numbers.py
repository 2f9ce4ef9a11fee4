"""Every number of a draft's sentences as a claim, with what it is about, when, and whether it is right."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator, Sequence

from xlkpi.prose.claim import Verdict
from xlkpi.prose.fact import Measure
from xlkpi.prose.figures.asked import WRONG_UNIT, Asked, Judged, of_another_unit, tell
from xlkpi.prose.figures.asking import Asking
from xlkpi.prose.figures.audits import audit_readings
from xlkpi.prose.figures.beside import Beside
from xlkpi.prose.figures.compare import Fit, fit
from xlkpi.prose.figures.cues import Use
from xlkpi.prose.figures.judge import judge
from xlkpi.prose.figures.kin import MANY, Kin
from xlkpi.prose.figures.known import Known
from xlkpi.prose.figures.labels import is_article, is_in_contents, is_interval, is_label, is_line
from xlkpi.prose.figures.likeness import Likeness
from xlkpi.prose.figures.owners import in_runs, own, with_unit
from xlkpi.prose.figures.peers import is_of_peers, turns
from xlkpi.prose.figures.reading import Reading, counted
from xlkpi.prose.figures.scope import Scope
from xlkpi.prose.figures.shares import of_counts, of_few, of_times
from xlkpi.prose.figures.spans import Places, claim_span
from xlkpi.prose.figures.standing import standing
from xlkpi.prose.figures.units import is_limit, is_telling, pounds_in
from xlkpi.prose.mentions import SPANS, Form, How, Link, Number, Pair, Role, Unit
from xlkpi.prose.scene import Scene, Told
from xlkpi.prose.sentences import Part
from xlkpi.prose.streaks import streaks_in
from xlkpi.prose.text import Kind, Paragraph, Sentence

_SMALL = 3  # "one", "two", "three" in words are as often articles as figures
_EVERY = re.compile(r"\bevery\s+(?:\w+\s+)?$", re.IGNORECASE)
_AND_MORE, _OTHERS = re.compile(r"\band\s+$", re.IGNORECASE), re.compile(r"\s+others?\b", re.IGNORECASE)
_WORDS_AND_BRACKET = re.compile(r"[^.;:()0-9]*\(\s*")
_NEXT_WORD = re.compile(r"\s+\w+")


def read_figures(scene: Scene, scope: Scope) -> None:
    """Take down a claim for every number of the sentences that states a figure and was not taken in by another claim."""
    reader = _Reader(scene, scope)
    for paragraph, sentence in scene.sentences():
        reader.read(paragraph, sentence)


def _is_more_than_all(number: Number, pair: Pair | None) -> bool:
    """Return whether a number is said to be a part of a smaller one, and so is no part of it: ``1,391 offers out of 130``."""
    is_part = pair is not None and pair.link is Link.OF and number.start == pair.first.start
    return is_part and pair is not None and pair.first.unit is pair.second.unit and pair.first.value > pair.second.value


#: What was spoken of before, and nothing else: ``this figure had risen to``.
_THIS = re.compile(
    r"(?:^|[,.;]\s+|\b(?:and|but)\s+)\W*(?:(?:by|at|in)\s[^.;:]{3,40},?\s+)?(?:this|that|the)\s+(?:figure|number|rate|percentage|proportion|total)\s+"
    r"(?:had|has|is|was|then|rose|fell|increased|decreased|dropped|improved)\b[^.;:,0-9]{0,30}$",
    re.IGNORECASE,
)


class _Reader:
    """Reads numbers, one sentence after the other."""

    def __init__(self, scene: Scene, scope: Scope) -> None:
        self.scene, self.scope, self.world = scene, scope, scene.world
        self.used, self.known = Places(scene.used), Known()
        self.asking = Asking(scene, scope, self.known)
        self.likeness, self.kin = Likeness(scene), Kin(scene)
        self.of_others: set[int] = set()
        self._cells = set(in_runs(scene.flat, scene.numbers))

    def read(self, paragraph: Paragraph, sentence: Sentence) -> None:
        """Take down the claims of one sentence."""
        numbers = self.scene.within(self.scene.numbers, sentence)
        later = []
        self.known.said = set()
        runs = {one.number.start for one in streaks_in(self.scene, sentence)} | set(self._turned(sentence))
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
            ((one, by) for one in self.known.open if (by := self.kin.judged(one[0], numbers, self.known.right))), None
        ):
            self.known.open.remove(told[0])
            self._take_down(sentence, told[0][0].number, told[1], told[0][0].use)
        for asked, judged in self.known.open:
            slip = self.likeness.slip(paragraph, sentence, asked, self._told(paragraph))
            self._take_down(sentence, asked.number, slip or judged, asked.use)
        self.known.open = []

    def _number(
        self, paragraph: Paragraph, sentence: Sentence, number: Number, before: Number | None, *, is_last: bool
    ) -> bool:
        """Take down the claim of a number; return whether that is done, and not to be tried again with its neighbours known."""
        beside, pair = self.asking.beside(sentence, number), self.asking.pairs.get(number.start)
        if self._states_nothing(sentence, number, before, beside):
            return True
        place, shared = (paragraph, sentence), with_unit(self.scene, number, pair, before)
        asked = self.asking.asked(place, shared, before)
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
        if judged.is_confirmed and not is_last and _is_early(asked, judged, pair):
            return False
        if judged.is_confirmed and (other := self._other_of_pair(number, judged)):
            asked = dataclasses.replace(asked, about=[own(other, number.start)], others=())
            judged = self._outcome(asked)
        above = None if judged.is_confirmed else standing(self.scene, paragraph)
        if above is not None:
            then = self.asking.asked(place, shared, before, above.period)
            asked, judged = self._likelier((asked, judged), (then, self._outcome(then)), is_firm=above.is_firm)
        if not judged.is_confirmed:
            counted = of_counts(self.scene, self.scope, sentence, asked)
            judged = counted if counted and (judged.is_open or counted.is_confirmed) else judged
        if judged.is_open and shared.unit in (*SPANS, Unit.POINTS) and not is_limit(asked):
            judged = self._as_percentage(place, shared, before) or judged
        return self._keep(
            place, number, asked, self._alike(place, asked, judged) if is_last else judged, is_last=is_last
        )

    def _turned(self, sentence: Sentence) -> Iterator[int]:
        """Take down counts that stand the wrong way round, ``5,600 of 4,144``, and yield where they start."""
        for pair in self.scene.within(self.scene.pairs, sentence):
            if code := self.asking.turned(pair):
                for number in (pair.first, pair.second):
                    self._tell_turned(number, pair, code)
                    yield number.start

    def _tell_turned(self, number: Number, pair: Pair, code: str) -> None:
        top, bottom = counted(pair.second.value), counted(pair.first.value)
        is_first = number.start == pair.first.start
        reason = f"The counts of {code} are the other way round: {top} of {bottom}."
        cell = self.world.cell_of(code, Measure.NUMERATOR if is_first else Measure.DENOMINATOR, self.world.quarter)
        stated_, computed = (bottom, top) if is_first else (top, bottom)
        told = Told("figure", Verdict.CONTRADICTED, stated_, computed, reason, cell, code)
        self.scene.tell(number.start, number.end, told, [number])

    def _as_percentage(self, place: tuple[Paragraph, Sentence], number: Number, before: Number | None) -> Judged | None:
        """Return a contradiction where a number is right as a percentage: ``only 8 (6 days) of the 139``."""
        asked = self.asking.asked(place, dataclasses.replace(number, unit=Unit.PERCENT), before)
        judged = self._outcome(asked)
        if judged.is_open:
            judged = of_counts(self.scene, self.scope, place[1], asked) or judged
        reading = judged.reading
        if not judged.is_confirmed or reading is None or reading.unit is not Unit.PERCENT:
            return None
        if not asked.shares and not any(is_telling(asked, one) for one in asked.about[:1]):
            return None
        return of_another_unit(dataclasses.replace(asked, number=number), reading)

    def _alike(self, place: tuple[Paragraph, Sentence], asked: Asked, judged: Judged) -> Judged:
        """Return what the words around a number and its value say where its subject does not make it right."""
        if judged.is_confirmed:
            return judged
        if judged.is_contradicted and self._goes_with_open(place[1], asked):
            reason = "It goes with the number before it, of which the workbook knows nothing."
            return Judged(tell(asked, Verdict.NOT_CHECKABLE, "", reason))
        told = self._told(place[0])
        wrong = judged.reading.code if judged.reading is not None else ""
        found = (
            self.likeness.judged(*place, asked, told)
            if judged.is_open
            else self.likeness.outdone(*place, asked, wrong, told)
        ) or judged
        is_more = _is_more_than_all(asked.number, self.asking.pairs.get(asked.number.start))
        is_ordered = asked.number.start in self.asking.ordered(place[1])
        is_then = asked.use is Use.BASELINE and asked.follows and found.reading is not None
        if found.is_confirmed and is_then and found.reading is not None and found.reading.code != asked.follows:
            return judged  # "1,060, down from 1,070 and from 2,090", which is another one's
        if judged.is_contradicted and found.is_confirmed and _THIS.search(asked.beside.clause):
            return judged  # "by August this figure had risen to 70%", which is that of another one
        if found.is_confirmed and (is_more or is_ordered or self._is_partners(asked.number, found)):
            return judged  # "fell from 9.9% to 16.9%", which is the figure of another one
        is_named = any(one.is_near and one.subject.how.value >= How.ALIAS.value for one in asked.about)
        is_open = found.is_contradicted and not is_named and self._is_partners(asked.number, found)
        return Judged(None) if is_open else found

    def _goes_with_open(self, sentence: Sentence, asked: Asked) -> bool:
        """Return whether a bracket says what another number was that is open: ``GPs sent 264 referrals (231)``."""
        number = asked.number
        before = self.scene.within(self.scene.numbers, Part(sentence.start, number.start))[-1:]
        is_again = bool(before) and asked.beside.in_brackets and before[0].unit is number.unit
        return (
            is_again
            and bool(_WORDS_AND_BRACKET.fullmatch(self.scene.flat, before[0].end, number.start))
            and self.known.is_open(before[0].start)
        )

    def _partners(self, number: Number) -> Reading | None:
        """Return what the number that makes one statement with another says, where that is right."""
        other = self.asking.partner(number)
        return self.known.right.get(other.start) if other is not None else None

    def _other_of_pair(self, number: Number, judged: Judged) -> str:
        """Return the indicator of the figure from which something went to a number, where that would be another's."""
        pair = self.asking.pairs.get(number.start)
        if pair is None or pair.link not in (Link.FROM_TO, Link.OF) or judged.reading is None:
            return ""
        known = self._partners(number)
        if pair.link is Link.OF:
            is_telling = known is not None and (known.value >= MANY or _is_more_than_all(number, pair))
            is_parts = known is not None and known.is_part and is_telling and not known.weak
            return known.code if known is not None and is_parts and known.code != judged.reading.code else ""
        is_same = known is None or not known.code or not judged.reading.code or known.code == judged.reading.code
        is_kind = known is not None and (known.is_change or known.unit is judged.reading.unit)
        return "" if is_same or known is None or not is_kind else known.code

    def _is_of_another_time(self, number: Number, judged: Judged) -> bool:
        """Return whether a part is right of another time than its whole is: ``54 of the 151``, of this quarter and the last."""
        pair, known = self.asking.pairs.get(number.start), self._partners(number)
        if pair is None or pair.link is not Link.OF or known is None or judged.reading is None:
            return False
        is_same = known.is_part and judged.reading.is_part and known.code == judged.reading.code
        return is_same and known.value >= MANY and known.period != judged.reading.period

    def _is_partners(self, number: Number, judged: Judged) -> bool:
        """Return whether the number that one makes a statement with is another indicator's: ``from 366 to 386``."""
        pair = self.asking.pairs.get(number.start)
        if pair is None or pair.link not in (Link.FROM_TO, Link.VERSUS) or judged.reading is None:
            return False
        known = self._partners(number)
        return known is not None and known.code != judged.reading.code

    def _keep(
        self, place: tuple[Paragraph, Sentence], number: Number, asked: Asked, judged: Judged, *, is_last: bool
    ) -> bool:
        """Take down what came of a number, or keep it for when its neighbours are known; return whether it is taken down."""
        if judged.is_confirmed and self._is_of_another_time(number, judged):
            judged = Judged(None)
        if judged.is_confirmed or (is_last and judged.is_contradicted):
            self._take_down(place[1], number, judged, asked.use)
        elif is_last:
            self.known.open.append((asked, judged))
        elif judged.reading is not None and judged.is_contradicted:
            self.known.chosen[number.start] = judged.reading
        return judged.is_confirmed

    def _told(self, paragraph: Paragraph) -> Sequence[str]:
        """Return the indicators of which a paragraph, or the one before it under the same headings, told figures rightly."""
        before = self.scene.text.paragraphs[max(0, paragraph.index - 1)]
        start = before.start if before.headings == paragraph.headings else paragraph.start
        return list(dict.fromkeys(one.code for one in self.known.since(start)))

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
            self.known.add(number.start, reading)
            if number.form is Form.CARDINAL and not number.about and fit(number, reading) is not Fit.NO:
                self.known.said.add((reading.says, reading.value))
        if reading is not None and not judged.is_open:
            self.known.chosen[number.start] = reading

    def _states_nothing(self, sentence: Sentence, number: Number, before: Number | None, beside: Beside) -> bool:
        """Return whether a number is a name, an article, a place in a row or one of ``eight of every ten``."""
        pair = self.asking.pairs.get(number.start)
        if number.form is Form.ORDINAL or (pair is not None and pair.link is Link.RANGE) or is_label(beside):
            return True
        if is_interval(beside) or is_line(number, beside):
            return True
        paragraph = self.scene.text.at(number.start)
        if paragraph is not None and is_in_contents(number, self.scene.flat, paragraph.start, paragraph.end):
            return True
        if _AND_MORE.search(beside.before) and _OTHERS.match(beside.after):
            return True  # of a list: "A3, C5 and 12 others"
        follows = before is not None and bool(_EVERY.search(self.scene.flat, sentence.start, before.start))
        return follows or bool(_EVERY.search(beside.clause)) or is_article(number, beside)

    def _outcome(self, asked: Asked) -> Judged:
        number = asked.number
        if number.form is Form.MULTIPLE:
            return of_times(self.world, asked)
        pounds = pounds_in(self.world.by_code[asked.about[0].code]) if asked.about else 0
        if number.unit is Unit.MONEY and pounds:
            number = dataclasses.replace(number, value=number.value / pounds, unit=Unit.NONE)
            asked = dataclasses.replace(asked, number=number)
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


def _is_early(asked: Asked, judged: Judged, pair: Pair | None) -> bool:
    """Return whether it has to be known first what the other number of a pair counts, and of when that is."""
    reading = judged.reading
    is_then = reading is not None and reading.is_part and reading.period != asked.dated.period
    return _is_more_than_all(asked.number, pair) or (asked.is_of and is_then)
