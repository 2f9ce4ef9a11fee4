"""What a number of a sentence is asked of: of which indicators it may be, of what time, set against what."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from xlkpi.model.number import plain
from xlkpi.model.period import Month, Period, last_month
from xlkpi.prose.fact import Measure
from xlkpi.prose.figures.asked import Asked
from xlkpi.prose.figures.bases import Against, Compared, compared_with
from xlkpi.prose.figures.beside import Beside
from xlkpi.prose.figures.cues import Use
from xlkpi.prose.figures.dated import Dated, has_own_period, level_period, month_of_paragraph
from xlkpi.prose.figures.known import Known
from xlkpi.prose.figures.owners import assured, goes_with_figure, of_figure, own, said_again, told_of, with_figure
from xlkpi.prose.figures.parts import named_bases
from xlkpi.prose.figures.placed import placed
from xlkpi.prose.figures.reading import HUNDRED, Reading, as_stated, defaults, ratio
from xlkpi.prose.figures.readings import Readings
from xlkpi.prose.figures.respectively import in_order
from xlkpi.prose.figures.scope import About, Scope
from xlkpi.prose.figures.shares import own_counts
from xlkpi.prose.figures.signs import sign_of, way_of
from xlkpi.prose.figures.todate import is_to_date
from xlkpi.prose.figures.twins import Twins
from xlkpi.prose.figures.uses import OPENS, Uses
from xlkpi.prose.figures.would import would_do
from xlkpi.prose.mentions import Form, How, Link, Number, Pair, Role, Unit
from xlkpi.prose.scene import Scene
from xlkpi.prose.sentences import Part
from xlkpi.prose.streaks import streaks_in
from xlkpi.prose.text import Paragraph, Sentence
from xlkpi.prose.world import World

#: ``A year ago we were at 84%``, ``a year earlier only 73% did``: nothing but the time stands before the figure.
_OPENS = re.compile(
    r"\W*(?:(?:in|at|by|the|end|of|and|but|back|then|only|just|it|we|this|that|was|were|had|been|stood|reached|managed|achieved|still"
    r"|figure|rate|proportion|percentage|share|result|score|average|number)\W+)*",
    re.IGNORECASE,
)
_FROM = re.compile(r"\s*,?\s*(?:up\s+|down\s+)?from\s+(?:just\s+|only\s+)?", re.IGNORECASE)
_THIS_MONTH = re.compile(r"\s*,?\s*this\s+month", re.IGNORECASE)
_SHORTLY = 14  # signs
_BRACKET = re.compile(r"\s*\([^()]{1,8}\)\s*")
_PAIR = 2  # figures between which something moved
_TELLING = 10  # a smaller whole may be that of several measures


class Asking:
    """Puts together what the words of a draft, and its figures read so far, say of a number."""

    def __init__(self, scene: Scene, scope: Scope, known: Known) -> None:
        """Take in a draft, and what is known of its figures, to which the reader of numbers goes on adding."""
        self.scene, self.scope, self.world, self.known = scene, scope, scene.world, known
        self.uses, self.twins = Uses(scene), Twins(scene.world)
        self.fractions = _fractions(self.world)
        self._ordered: tuple[int, Mapping[int, str]] = (-1, {})
        self.pairs = {
            number.start: pair
            for pair in scene.pairs
            for number in (pair.first, pair.second)
            if not (number is pair.first and self._counts_its_own(pair))
        }

    def _counts_its_own(self, pair: Pair) -> bool:
        """Return whether a part has a measure of its own, which counts: ``Of the 139 who left, 8 (6%) became looked after``."""
        if pair.link is not Link.OF or pair.second.start > pair.first.start:
            return False
        named = self.scene.within(self.scene.subjects, Part(pair.first.end, pair.first.end + _SHORTLY))
        whole = [one for one in named if one.role is Role.INDICATOR and one.how.value >= How.ALIAS.value][:1]
        is_next = bool(whole) and _BRACKET.fullmatch(self.scene.flat, pair.first.end, whole[0].start) is not None
        return is_next and not self.world.by_code[whole[0].names[0]].is_percentage

    def ordered(self, sentence: Sentence) -> Mapping[int, str]:
        """Return the indicators of the figures of a sentence that stand in the order of its names, by where they start."""
        if self._ordered[0] != sentence.start:
            self._ordered = sentence.start, in_order(self.scene, sentence)
        return self._ordered[1]

    def beside(self, sentence: Sentence, number: Number) -> Beside:
        """Return the words around a number; of the first of ``n of m``, those behind both."""
        beside = Beside.of(self.scene.flat, sentence.start, sentence.end, number)
        pair = self.pairs.get(number.start)
        if pair is None or pair.link is not Link.OF or number.start != pair.first.start:
            return beside
        behind = Beside.of(self.scene.flat, sentence.start, sentence.end, pair.second)
        return dataclasses.replace(beside, after=behind.after)

    def asked(
        self, place: tuple[Paragraph, Sentence], number: Number, before: Number | None, now: Period | None = None
    ) -> Asked:
        """Return a number with everything that says what it is of.

        Args:
            place: Where it stands.
            number: With the unit that it shares with the one beside it.
            before: The number before it in its sentence.
            now: The period that a heading above says it is of; None for the quarter reported.
        """
        paragraph, sentence = place
        beside, pair = self.beside(sentence, number), self.pairs.get(number.start)
        use, is_of = self.uses.of(number, beside, pair, before), pair is not None and pair.link is Link.OF
        about = [one for one in self._owners(place, number, beside, before, use) if one.code]  # audits are of none
        parts = self.scope.parts(sentence, pair if pair is not None and is_of else number)
        named = self._dated(
            place,
            number,
            parts,
            is_paired=use is Use.CHANGE or (bool(pair) and not is_of and use is Use.LEVEL),
            now=now,
        )
        reader = Readings(self.world, about[0].code) if about and not parts else None
        dated = placed(reader, named) if reader and use not in (Use.TARGET, Use.TOLERANCE) else named
        anchored = reader is not None and any(one.code == reader.code for one in self.known.since(sentence.start))
        own_bases = (one.basis for code in about for one in self.world.facts_of(code.code) if one.part)
        is_year = is_to_date(self.scene, sentence, number) and not isinstance(dated.period, Month)
        if use in (Use.TARGET, Use.TOLERANCE, Use.CASES):
            number = dataclasses.replace(number, about="")  # "no more than 22%" is what the target itself is
        return Asked(
            number,
            beside,
            use,
            about,
            parts,
            named_bases(own_bases, self.scene.between(sentence.start, sentence.end)),
            dated,
            named,
            self._from_month(sentence, pair, reader)
            or compared_with(self.scene, paragraph, sentence, Compared(number, use, dated, now, reader, anchored)),
            self._signs(sentence, number, about) if use is Use.CHANGE else {},
            (
                *self._shares(sentence, number, before, about, dated),
                *self._rest_of_pairs(paragraph, sentence, number),
                *(self._between(sentence, number) if use is Use.CHANGE else ()),
                *(self._rest_of_share(sentence, number) if use is Use.LEVEL else ()),
            ),
            is_of,
            is_year and use is not Use.TARGET,
            self._partner(number, pair, before, use),
            frozenset(self.known.said),
            bound=self.uses.bound(paragraph, beside, use),
            counted=tuple(own_counts(self._unknown(sentence, number), number, use)),
            is_whole=pair is not None and is_of and number.start == pair.second.start,
            follows=self._followed(sentence, number) if pair is None else "",
        )

    def _from_month(self, sentence: Sentence, pair: Pair | None, reader: Readings | None) -> Against | None:
        """Return that something came from the month before, where it came to a figure of ``this month``."""
        if pair is None or pair.link is not Link.FROM_TO or reader is None:
            return None
        behind = self.scene.within(self.scene.periods, Part(pair.end, min(sentence.end, pair.end + _SHORTLY)))[:1]
        is_this = bool(behind) and _THIS_MONTH.fullmatch(self.scene.flat, pair.end, behind[0].end) is not None
        month = behind[0].periods[0] if is_this and behind[0].periods else None
        if not isinstance(month, Month):
            return None
        earlier = defaults(month, self.world.quarter)
        known = [one for one in earlier if isinstance(one, Month) and reader.fact(Measure.OUTTURN, one) is not None]
        return Against(known[:1], [one for one in earlier if one not in known[:1]]) if known else None

    def _followed(self, sentence: Sentence, number: Number) -> str:
        """Return of which indicator the last figure before a number is, where none is named between them."""
        last = self.known.last(sentence.start, number.start)
        if last is None:
            return ""
        between = self.scene.within(self.scene.subjects, Part(last[0], number.start))
        is_other = any(one.role is Role.INDICATOR and last[1].code not in one.names for one in between)
        return "" if is_other else last[1].code

    def _owners(
        self, place: tuple[Paragraph, Sentence], number: Number, beside: Beside, before: Number | None, use: Use
    ) -> Sequence[About]:
        """Return what a number may be of by the names around it and by the figure that it goes on from."""
        if code := self.ordered(place[1]).get(number.start):
            named = own(code, number.start)
            return [dataclasses.replace(named, subject=dataclasses.replace(named.subject, how=How.CODE))]
        pair, paragraph = self.pairs.get(number.start), place[0]
        is_same = use is Use.CHANGE and before is not None and self.uses.says_again(number, before)
        about = self._about(place, number, before if is_same else None)
        is_of_two = pair is not None and pair.link in (Link.FROM_TO, Link.VERSUS)
        last = self.known.last(paragraph.start, number.start)
        if last is not None and not is_of_two and goes_with_figure(use, beside):
            about = with_figure(self.scene, about, number, *last)
        if use is Use.CHANGE and before is not None and not is_same and before.form is Form.CARDINAL:
            reading = self.known.right.get(before.start) or self.known.chosen.get(before.start)
            if reading is not None or self.known.is_open(before.start):
                is_right = before.start in self.known.right
                about = of_figure(self.scene, about, Part(before.end, number.start), reading, is_right=is_right)
        is_titled = any(one.is_near and one.subject.how.value >= How.TITLE.value for one in about)
        if (code := self._of_pair(pair)) and not is_titled and not (about and about[0].code == code):
            about = [own(code, number.start), *(one for one in about if one.code != code)]
        if before is not None and (reading := self.known.right.get(before.start)) is not None:
            about = said_again(self.scene, about, Part(before.end, number.start), number, reading)
        is_dated = bool(self.scene.within(self.scene.periods, Part(place[1].start, number.start)))
        is_open = would_do(beside) or (is_dated and bool(_OPENS.fullmatch(self._without_periods(place[1], number))))
        told, start = self._last_told(paragraph, place[1], number)
        found = assured(self.scene, place[1], about, told, start, goes_on_from=is_open)
        if use not in (Use.TARGET, Use.TOLERANCE) or start < place[1].start:
            return found
        # "solved 18.8% of burglaries, below its target of 30%": of what the figure before is, where no other one has a target
        known = {one.code for one in found}
        return [
            *found,
            *(own(code, number.start) for code in dict.fromkeys(one.code for one in told) if code not in known),
        ]

    def _without_periods(self, sentence: Sentence, number: Number) -> str:
        """Return what stands before a number in its sentence, the periods left out."""
        words, at = "", sentence.start
        for one in self.scene.within(self.scene.periods, Part(sentence.start, number.start)):
            words, at = words + self.scene.flat[at : max(at, one.start)], max(at, one.end)
        return words + self.scene.flat[at : number.start]

    def _of_pair(self, pair: Pair | None) -> str:
        """Return the one measure whose counts ``270 of the 391`` are to the digit; empty where there is none, or several."""
        if pair is None or pair.link is not Link.OF or pair.second.value < _TELLING:
            return ""
        codes = self.fractions.get((pair.first.value, pair.second.value), ())
        return codes[0] if len(codes) == 1 and pair.first.unit is Unit.NONE else ""

    def turned(self, pair: Pair | None) -> str:
        """Return the measure whose counts stand the wrong way round: ``5,600 of 4,144``; empty where none's do."""
        if pair is None or pair.link is not Link.OF or pair.first.value <= pair.second.value < _TELLING:
            return ""
        codes = self.fractions.get((pair.second.value, pair.first.value), ())
        return codes[0] if len(codes) == 1 and pair.first.value > pair.second.value else ""

    def _last_told(self, paragraph: Paragraph, sentence: Sentence, number: Number) -> tuple[Sequence[Reading], int]:
        """Return what the last figures before a number say that are right, of one sentence, and where they begin."""
        earlier = [one for one in paragraph.sentences if one.start <= sentence.start]
        before = self.scene.text.paragraphs[max(0, paragraph.index - 1)]
        if earlier == [sentence] and before.headings == paragraph.headings:
            earlier = [*before.sentences, sentence]
        for one in reversed(earlier):
            if told := self.known.within(one.start, min(one.end, number.start)):
                return list(told.values()), min(told)
        return (), sentence.start

    def _signs(self, sentence: Sentence, number: Number, about: Sequence[About]) -> dict[str, int]:
        """Return which way the words say that a change went, for each indicator of which it may be."""
        known = way_of(self.scene, sentence, number)  # "35 more": of whatever indicator
        return {**dict.fromkeys(self.world.by_code, known)} | {
            one.code: sign_of(self.scene, sentence, number, one.code) for one in about
        }

    def _rest_of_pairs(self, paragraph: Paragraph, sentence: Sentence, number: Number) -> Iterator[Reading]:
        """Yield what the pairs of counts before a number leave: ``415 of 452 stays; 37 were cancelled``."""
        start = min(
            sentence.start,
            max((one.start for one in paragraph.sentences if one.start < sentence.start), default=sentence.start),
        )
        for pair in self.scene.within(self.scene.pairs, Part(start, number.start)):
            top, bottom = (self.known.right.get(one.start) for one in (pair.first, pair.second))
            if pair.link is not Link.OF or top is None or bottom is None or top.code != bottom.code or not top.is_part:
                continue
            says = f"what {f'{plain(pair.first.value)} of {plain(pair.second.value)}'} of {top.code} leaves is {{}}"
            yield dataclasses.replace(bottom, value=bottom.value - top.value, says=says, weak=True)

    def _between(self, sentence: Sentence, number: Number) -> Iterator[Reading]:
        """Yield how far the last two figures before a number are apart: ``298, up from 287 in Q3, an increase of 3.8%``."""
        told = [one for one in self.known.within(sentence.start, number.start).values() if not one.is_change]
        if len(told) < _PAIR or told[-1].code != told[-2].code:
            return
        periods = sorted({one.period for one in told[-2:] if one.period is not None}, key=last_month)
        if len(periods) == _PAIR:
            for one in Readings(self.world, told[-1].code).changes(periods[1], periods[:1]):
                yield dataclasses.replace(one, weak=True)

    def _rest_of_share(self, sentence: Sentence, number: Number) -> Iterator[Reading]:
        """Yield what the last share of a sentence leaves: ``(67.3%) are in private law and a third (32.7%) in public``."""
        told = list(self.known.within(sentence.start, number.start).values())[-1:]
        for one in told if number.unit is Unit.PERCENT else ():
            if one.unit is Unit.PERCENT and not one.is_change and not one.bound and one.value < HUNDRED:
                says = f"what {one.code} leaves of all was {{}}"
                yield dataclasses.replace(one, value=HUNDRED - one.value, says=says, weak=True, is_rest=True)

    def _unknown(self, sentence: Sentence, number: Number) -> Sequence[Number]:
        """Return the other numbers of a sentence that are not known to be right."""
        beside = self.scene.within(self.scene.numbers, sentence)
        return [one for one in beside if one.start != number.start and one.start not in self.known.right]

    def partner(self, number: Number) -> Number | None:
        """Return the number that makes one statement with another; None where it stands alone."""
        pair = self.pairs.get(number.start)
        if pair is None:
            return None
        return pair.second if number.start == pair.first.start else pair.first

    def _partner(self, number: Number, pair: Pair | None, before: Number | None, use: Use) -> str:
        """Return the indicator whose cases the number beside this one counts: ``from 41 to 43``, ``36 of 317, against 49``."""
        beside = before if use is Use.BASELINE else None
        if pair is not None:
            beside = self.partner(number)
        reading = self.known.right.get(beside.start) if beside is not None else None
        return reading.code if reading is not None and reading.is_part else ""

    def _dated(
        self,
        place: tuple[Paragraph, Sentence],
        number: Number,
        parts: Sequence[str],
        *,
        is_paired: bool,
        now: Period | None,
    ) -> Dated:
        paragraph, sentence = place
        pair = self.pairs.get(number.start)
        is_open = pair is None and not has_own_period(self.scene, number)
        if is_open and (begun := self._at_start_of_run(sentence, number)) is not None:
            return begun
        is_of = pair is not None and pair.link is Link.OF
        at = Part(number.start, pair.second.end) if pair is not None and is_of else number
        dated = level_period(self.scene, sentence, at, is_paired=is_paired, now=now)
        if parts and not dated.is_named and (month := month_of_paragraph(self.scene, paragraph, number)):
            return Dated(month)
        return dated

    def _at_start_of_run(self, sentence: Sentence, number: Number) -> Dated | None:
        """Return the quarter before a run began: ``improved for five quarters in succession, from 70.9%``."""
        for one in streaks_in(self.scene, Part(sentence.start, number.start)):
            if one.end <= number.start and _FROM.fullmatch(self.scene.flat, one.end, number.start):
                words = self.scene.between(one.number.start, one.end)
                return Dated(self.world.quarter.shift(-int(one.number.value)), is_named=True, words=words, is_own=True)
        return None

    def _shares(
        self, sentence: Sentence, number: Number, before: Number | None, about: Sequence[About], dated: Dated
    ) -> Iterator[Reading]:
        """Yield the shares that a count before a bracket has of the other counts of its sentence: ``8 (6%)``."""
        is_share = number.unit in (Unit.PERCENT, Unit.POINTS)
        if not is_share or before is None or not OPENS.fullmatch(self.scene.flat, before.end, number.start):
            return
        top = self.known.chosen.get(before.start) or as_stated(before)
        if top.unit is not Unit.NONE or top.is_change:
            return
        beside = self.scene.within(self.scene.numbers, sentence)
        known = [
            self.known.chosen[one.start]
            for one in beside
            if one.start in self.known.chosen and one.start != before.start
        ]
        bottoms = [one for one in known if one.unit is Unit.NONE]
        bottoms += [one for code in about[:1] for one in Readings(self.world, code.code).counts(dated.period)][1:2]
        yield from ratio([top], [one for one in bottoms if one.code != top.code or one.is_part or top.is_part])

    def _about(self, place: tuple[Paragraph, Sentence], number: Number, before: Number | None) -> Sequence[About]:
        """Return what a number may be of; one in brackets that says the number before it again, what that is of."""
        words = self.scene.flat[place[1].start : number.start]
        found = list(self.twins.beside(self.scope.about(*place, before or number), number, words))
        known = self.known.right.get(before.start) if before is not None else None
        if not found:
            found = list(told_of(place[0], self.known.since(place[0].start)))
        return sorted(found, key=lambda one: one.code != known.code) if known is not None else found


def _fractions(world: World) -> dict[tuple[Fraction, Fraction], list[str]]:
    """Return the measures of the quarter reported by their counts."""
    found: dict[tuple[Fraction, Fraction], list[str]] = {}
    for code in world.by_code:
        top, bottom = (world.fact(code, one, world.quarter) for one in (Measure.NUMERATOR, Measure.DENOMINATOR))
        if top is not None and bottom is not None:
            found.setdefault((top.value, bottom.value), []).append(code)
    return found
