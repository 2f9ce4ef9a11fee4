"""What a number is of by the one beside it: of ``from 41.2% to 33.8%``, or ``88.2% (536)``, one that is right tells the other.

Drafts call an indicator by words of their own. Where one figure of a statement is an indicator's to the digit, the figure that
stands with it in one statement is of that indicator too: the same said otherwise, the same at another time, or its change.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from xlkpi.prose.fact import Measure
from xlkpi.prose.figures.asked import Asked, Judged, confirmed, contradicted
from xlkpi.prose.figures.compare import Fit, fit
from xlkpi.prose.figures.cues import Use
from xlkpi.prose.figures.dated import STRONG, has_own_period, is_base
from xlkpi.prose.figures.excluded import is_meant, is_part
from xlkpi.prose.figures.nouns import Noun, names_the_counted, noun_behind
from xlkpi.prose.figures.placed import placed
from xlkpi.prose.figures.reading import Reading
from xlkpi.prose.figures.readings import Readings
from xlkpi.prose.figures.slips import is_misprint, is_slip
from xlkpi.prose.mentions import SPANS, Form, Link, Number, Role, Unit
from xlkpi.prose.mentions.digits import TELLING, digits_of
from xlkpi.prose.scene import Scene
from xlkpi.prose.sentences import Part

#: ``88.2% (536 reports)``, ``361 children, or 69.5 in every 10,000``, ``9 of a possible 97 (9.3%)``.
_AGAIN = re.compile(
    r"[^.;:]{0,60}[(\[]\s*(?:(?:i\.e\.|that\s+is|or|equal\s+to|a\s+rate\s+of)\s*)?"
    r"|[^.;:()]{0,60}?(?:,\s*)?\b(?:or|that\s+is|which\s+is|equal\s+to|equating\s+to|equivalent\s+to|representing"
    r"|(?:at\s+)?a\s+(?:rate|share|proportion|percentage)\s+of|(?:out\s+)?of(?:\s+(?!which|whom|these|those|them)[\w'&-]+){0,3})\s+(?:about\s+|around\s+|some\s+)?",
    re.IGNORECASE,
)
#: What sets a figure against one of another time.
_THEN = re.compile(
    r"\b(?:from|to|than|against|compared|comparison|after|was|were|had|having|been|previous(?:ly)?|earlier|before|last|up|down"
    r"|rose|risen|fell|fallen|increas\w+|decreas\w+|reduc\w+|improv\w+|drop\w*|bec[ao]me|when)\b",
    re.IGNORECASE,
)
#: ``63 went over 45 days; twelve months back it was 94``.
_IT_WAS = re.compile(
    r"[^;:.]*[;:]\s+(?:[^;:.,]{0,40}\bit\s+(?:was|had\s+been|stood\s+at)\s+(?:only\s+|just\s+)?|(?:(?:in|at)\s+[^;:.,]{2,24},\s+)?)",
    re.IGNORECASE,
)
MANY = 20  # of so many it is hardly chance that a count is a measure's
_OF = re.compile(r"\s+(?:out\s+)?of\s+(?:the\s+|our\s+)?", re.IGNORECASE)
_NEXT = re.compile(r",\s*")
_FAR = 100  # signs between two figures of one statement


class Kin:
    """Judges a number by one beside it that is right."""

    def __init__(self, scene: Scene) -> None:
        """Take in a draft."""
        self._scene, self._world = scene, scene.world

    def judged(self, asked: Asked, numbers: Sequence[Number], known: Mapping[int, Reading]) -> Judged | None:
        """Return the verdict on a number by the figures beside it that are right; None where they do not tell.

        Args:
            asked: The number.
            numbers: All of its sentence, in their order.
            known: What those that are right say, by where they start.
        """
        number = asked.number
        if number.form is not Form.CARDINAL or asked.use not in (Use.LEVEL, Use.BASELINE, Use.CHANGE):
            return None
        place = next((at for at, one in enumerate(numbers) if one.start == number.start), None)
        if place is None:
            return None
        before = list(numbers[:place])
        if before and before[-1].start not in known and before[-1].unit in SPANS:
            before.pop()  # "29 were outside ten days, compared with 43": a limit
        beside = [*before[-1:], *numbers[place + 1 : place + 2]]
        for one in beside:
            reading = known.get(one.start)
            if reading is not None and reading.code and (found := self._by(asked, one, reading)):
                return found
        return None

    def _by(self, asked: Asked, other: Number, reading: Reading) -> Judged | None:
        number = asked.number
        first, second = sorted((number, other), key=lambda one: one.start)
        between = Part(first.end, second.start)
        words = self._scene.flat[between.start : between.end]
        is_after = number.start > other.start and asked.named.is_own and asked.named.is_named
        is_told = is_after and bool(_IT_WAS.fullmatch(words))
        is_parted = STRONG.search(words) and not is_told
        if len(words) > _FAR or is_parted or self._names_another(between, reading):
            return None
        if asked.use is Use.CHANGE or reading.is_change:
            return self._change(asked, reading)
        if reading.period is None:
            return None
        is_pair = asked.is_of and reading.is_part and _OF.fullmatch(words)
        if is_pair or number.unit is not other.unit or " of " in words:
            judge = self._of_pair if is_pair else self._again
            return judge(asked, reading) if _AGAIN.fullmatch(words) else None
        if not asked.beside.in_brackets and number.start > other.start and _NEXT.fullmatch(words):
            return self._in_brackets(asked, other, reading)
        is_then = _THEN.search(words) or is_told
        return self._then(asked, reading, between) if is_then else None

    def _in_brackets(self, asked: Asked, other: Number, reading: Reading) -> Judged | None:
        """Judge a second figure in brackets, which is of the quarter before, or of a year ago: ``(86.5%, 82.7%)``."""
        quarter = self._world.quarter
        opens = self._scene.flat[max(0, other.start - 2) : other.start].rstrip().endswith("(")
        if not opens or reading.is_part or reading.period != quarter or asked.number.unit is Unit.NONE:
            return None
        same = [one for one in self._series(reading) if one.period in (quarter.previous, quarter.year_ago)]
        before = [one for one in same if one.period == quarter.previous and is_misprint(asked.number, one.value)]
        return _first(asked, same) or (contradicted(asked, before[0]) if before else None)

    def _names_another(self, between: Part, reading: Reading) -> bool:
        """Return whether another indicator is named between two figures."""
        return any(
            one.role in (Role.PEER, Role.PART) or (one.role is Role.INDICATOR and reading.code not in one.names)
            for one in self._scene.within(self._scene.subjects, between)
        )

    def _of_pair(self, asked: Asked, reading: Reading) -> Judged | None:
        """Judge a count by the one with which it makes a pair: of ``48 of 91``, where the 91 is right."""
        reader = Readings(self._world, reading.code)
        counts = [one for one in reader.counts(reading.period) if one.says != reading.says and asked.admits(one)]
        rest = () if names_the_counted(asked.beside, reader.indicator) else reader.rest(reading.period)
        if found := _first(asked, (*counts, *rest)):
            return found
        known = [*counts, *reader.rest(reading.period)]
        is_telling = reading.value >= MANY and is_slip(asked.number, [one.value for one in known])
        is_telling = is_telling or (not asked.number.value and names_the_counted(asked.beside, reader.indicator))
        is_other = is_meant(asked.beside) or is_part(asked.beside)
        return contradicted(asked, counts[0]) if counts and is_telling and not is_other else None

    def _again(self, asked: Asked, reading: Reading) -> Judged | None:
        """Judge a figure that says the same otherwise: a count of a share, a share of a count, a rate of a number."""
        said = [one for code in self._siblings(reading) for one in self._at(code, reading)]
        said = [one for one in said if one.unit is asked.number.unit and (one.says, one.value) not in asked.said]
        if found := _first(asked, said):
            return found
        own = [one for one in said if one.code == reading.code and not one.weak] or said
        if not own or is_meant(asked.beside) or not self._may_count(asked, own[0]):
            return None
        return contradicted(asked, min(own, key=lambda one: abs(one.value - asked.number.value)))

    def _then(self, asked: Asked, reading: Reading, between: Part) -> Judged | None:
        """Judge a figure of the same at another time: at the one that is named between them, else at any."""
        same = [one for one in self._series(reading) if one.period != reading.period]
        has_own = has_own_period(self._scene, asked.number)  # "63% last quarter and 66% a year ago"
        named = () if has_own else self._scene.within(self._scene.periods, between)
        bases = [at for one in named if is_base(one) for at in one.periods]
        if bases:
            then = [one for one in same if one.period in bases and one.unit is asked.number.unit]
            is_told = bool(_IT_WAS.fullmatch(self._scene.flat, between.start, between.end)) and asked.named.is_own
            return _first(asked, then) or (contradicted(asked, then[0]) if then and is_told else None)
        reader = Readings(self._world, reading.code)
        dated = placed(reader, asked.named)
        fact = reader.fact(Measure.OUTTURN, dated.period) if dated.period is not None else None
        period = fact.period if fact is not None else dated.period  # of a month the quarter that it ends
        is_level = asked.use is Use.LEVEL and self._is_paired(asked.number)  # from 41 to 43: it is of now
        is_dated = dated.is_sure and (dated.is_named or is_level)
        own = [one for one in same if one.period == period and is_dated]
        if found := _first(asked, own or same):
            return found
        if is_meant(asked.beside) or is_part(asked.beside):
            return None
        is_telling = digits_of(asked.number) >= TELLING
        slips = own or [one for one in same if is_telling and is_misprint(asked.number, one.value)]
        return contradicted(asked, slips[0]) if slips else self._never(asked, same)

    def _never(self, asked: Asked, same: Sequence[Reading]) -> Judged | None:
        """Judge a figure from which something went to one that is right, and which it never was: ``from 72.8 to 81.1``."""
        is_sure = asked.dated.is_sure and not asked.dated.is_named and not asked.compared.is_unknown
        if asked.use is not Use.BASELINE or not is_sure or not self._is_paired(asked.number):
            return None
        misprints = [one for one in same if is_misprint(asked.number, one.value)]
        bases = misprints or [one for one in same if one.period in (*asked.compared.periods, *asked.compared.perhaps)]
        nearest = min(bases, key=lambda one: abs(one.value - asked.number.value), default=None)
        return contradicted(asked, nearest) if nearest is not None and nearest.unit is asked.number.unit else None

    def _is_paired(self, number: Number) -> bool:
        """Return whether a number is what another one of its statement came to: ``from 41 to 43``."""
        pairs = self._scene.within(self._scene.pairs, Part(number.start - _FAR, number.end))
        return any(one.link is Link.FROM_TO and number.start in (one.first.start, one.second.start) for one in pairs)

    def _change(self, asked: Asked, reading: Reading) -> Judged | None:
        """Judge the change of a figure that is right, or the figure that has changed so."""
        at = reading.period or asked.dated.period
        compared = asked.compared
        bases = [*compared.periods, *compared.perhaps]
        for code in self._siblings(reading):
            reader = Readings(self._world, code)
            levels = [*reader.levels(asked.dated.period), *reader.counts(asked.dated.period)]
            if found := _first(asked, reader.changes(at, bases) if asked.use is Use.CHANGE else levels):
                return found
        is_named = compared.is_named and bool(compared.periods) and not is_meant(asked.beside)
        own = Readings(self._world, reading.code).changes(at, compared.periods[:1])
        wrong = [one for one in own if one.unit is asked.number.unit and not one.weak]
        is_sure = asked.use is Use.CHANGE and is_named and not (reading.is_part or reading.is_change) and wrong
        return contradicted(asked, wrong[0]) if is_sure else None

    def _siblings(self, reading: Reading) -> Iterator[str]:
        """Yield the code of a figure, and those of the indicators of which it is a figure or one of the counts, too."""
        yield reading.code
        for one in self._world.indicators if reading.unit is Unit.NONE and not reading.is_change else ():
            reader = Readings(self._world, one.code)
            same = (*reader.levels(reading.period), *reader.counts(reading.period))
            if one.code != reading.code and any(
                (other.value, other.unit) == (reading.value, reading.unit) for other in same
            ):
                yield one.code

    def _at(self, code: str, reading: Reading) -> Iterator[Reading]:
        reader = Readings(self._world, code)
        yield from reader.levels(reading.period)
        yield from reader.counts(reading.period)
        yield from reader.rest(reading.period)

    def _series(self, reading: Reading) -> Iterator[Reading]:
        reader = Readings(self._world, reading.code)
        periods = [one.period for one in self._world.facts_of(reading.code) if not one.part]
        for period in dict.fromkeys(periods):
            if reading.is_rest:
                yield from (one for one in reader.rest(period) if one.unit is reading.unit)
                continue
            alike = reader.counts(period) if reading.is_part else reader.levels(period)
            prefix = reading.says.partition(" (")[0]
            yield from (one for one in alike if not reading.is_part or one.says.startswith(prefix))

    def _may_count(self, asked: Asked, reading: Reading) -> bool:
        if asked.number.unit is not Unit.NONE:
            return True
        noun = noun_behind(asked.beside.after, self._world.by_code[reading.code])
        return noun is not Noun.OTHER


def _first(asked: Asked, said: Iterable[Reading]) -> Judged | None:
    fits = (one for one in said if fit(asked.number, one, sign=asked.sign.get(one.code, 0)) is Fit.YES)
    return next((confirmed(asked, one.code, one) for one in fits), None)
