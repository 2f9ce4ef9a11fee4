"""Which indicator a number is of by its value, where the words beside it name none for certain.

Drafts call an indicator by words that no register foresees: ``requests stood at 412``. Words that it shares with a title, and
a figure that is this title's to the digit, together leave little doubt.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from xlkpi.model.number import rounded
from xlkpi.model.register import Indicator
from xlkpi.prose.claim import Verdict
from xlkpi.prose.figures.asked import WRONG_UNIT, Asked, Judged, capital, confirmed, contradicted, says, tell
from xlkpi.prose.figures.candidates import is_kind, readings_of
from xlkpi.prose.figures.compare import Fit, fit
from xlkpi.prose.figures.cues import Use
from xlkpi.prose.figures.excluded import is_meant
from xlkpi.prose.figures.nouns import keys_of
from xlkpi.prose.figures.reading import Reading
from xlkpi.prose.figures.readings import Readings
from xlkpi.prose.figures.slips import is_misprint, is_near, is_swapped
from xlkpi.prose.figures.units import is_limit
from xlkpi.prose.mentions import SPANS, How, Number, Unit
from xlkpi.prose.mentions.digits import TELLING, digits_of
from xlkpi.prose.scene import Scene
from xlkpi.prose.sentences import Part
from xlkpi.prose.text import Paragraph

_LEAST = 0.15  # of a title's weight, as a share that the words must have
_FULLER = 0.5  # the same for a number of two digits
_ENOUGH = 0.3  # the same for one that is wrong
_MOST_SAID = 0.8  # of a title: as good as all of it
_ABOVE = 0.5  # what a word weighs that stands in the paragraph or its headings, and not in the sentence
_SURE, _FAIR = 4, 2  # digits
_BOUNDS = (Use.TARGET, Use.TOLERANCE, Use.GAP, Use.CASES)


@dataclass(frozen=True, slots=True)
class Like:
    """An indicator whose words stand around a number.

    Attributes:
        code: Of the indicator.
        share: How much of the weight of its title, or of an alias, stands there.
    """

    code: str
    share: float


class Likeness:
    """Finds the indicator of a number by words and value together."""

    def __init__(self, scene: Scene) -> None:
        """Take in a draft."""
        self._scene, self._world = scene, scene.world
        self._wordings = {one.code: _wordings(one) for one in scene.world.indicators}
        having = Counter(key for all_ in self._wordings.values() for key in frozenset().union(*all_))
        most = math.log(1 + len(self._wordings))
        self._by_value: dict[int, Mapping[Fraction, Mapping[str, None]]] = {}
        self._weight = {key: math.log(1 + len(self._wordings) / number) / most for key, number in having.items()}

    def judged(self, paragraph: Paragraph, sentence: Part, asked: Asked, told: Iterable[str] = ()) -> Judged | None:
        """Return that a number is right of an indicator by its value and the words around it; None where it is of none.

        Args:
            paragraph: Where it stands.
            sentence: Likewise.
            asked: The number.
            told: The indicators of which the paragraph told figures, and rightly.
        """
        digits = digits_of(asked.number)
        if digits < _FAIR or asked.use in _BOUNDS:
            return None
        likes = self._likes(paragraph, sentence)
        likes += [Like(code, _FULLER) for code in told]
        likes += [Like(code, _FULLER) for code in (self._having(asked.number) if digits >= _SURE else ())]
        return self._exact(asked, likes) or self._wrong_unit(asked, likes)

    def slip(self, paragraph: Paragraph, sentence: Part, asked: Asked, told: Iterable[str] = ()) -> Judged | None:
        """Return that a number is a misprint of a figure by its value and the words around it; None where it is none.

        Args:
            paragraph: Where it stands.
            sentence: Likewise.
            asked: The number.
            told: The indicators of which the paragraph told figures, and rightly.
        """
        digits = digits_of(asked.number)
        is_few = digits < (TELLING if asked.dated.is_sure else _SURE)
        is_past = asked.named.months is not None and asked.named.months[-1] < self._world.quarter.months[0]
        if is_few or is_past or is_meant(asked.beside) or asked.use in _BOUNDS:
            return None
        likes = [one for one in self._likes(paragraph, sentence) if one.share >= _ENOUGH]
        codes = [*(one.code for one in likes), *told, *(self._world.by_code if digits > _SURE else ())]
        slips = (reading for code in dict.fromkeys(codes) for reading in self._slips(asked, code))
        return next((contradicted(asked, reading) for reading in slips), None)

    def outdone(
        self, paragraph: Paragraph, sentence: Part, asked: Asked, code: str, told: Iterable[str] = ()
    ) -> Judged | None:
        """Return that a number is right of another indicator than the one that is named in part; None where of none.

        Args:
            paragraph: Where it stands.
            sentence: Likewise.
            asked: The number.
            code: Of the one by which the number is wrong; one of whose name less stands there is not meant.
            told: The indicators of which the paragraph told figures, and rightly.
        """
        is_telling = digits_of(asked.number) >= TELLING
        likes = [Like(code, _FULLER) for code in self._rivals(asked)]
        if not any(one.is_near and one.subject.how.value >= How.ALIAS.value for one in asked.about):
            standing = self._likes(paragraph, sentence)
            own = next((one.share for one in standing if one.code == code and asked.use not in _BOUNDS), 0.0)
            likes += [one for one in standing if one.share >= min(own, _MOST_SAID)]
            likes += [Like(other, _FULLER) for other in told if is_telling]
        return self._exact(asked, likes)

    def _rivals(self, asked: Asked) -> Iterator[str]:
        """Yield the indicators whose names have all words by which another one is named, so that they may be meant."""
        for first in asked.about[:1]:
            said = keys_of(self._scene.flat[first.subject.start : first.subject.end])
            for code, all_ in self._wordings.items():
                if code != first.code and said and any(said <= wording for wording in all_):
                    yield code

    def _having(self, number: Number) -> Iterable[str]:
        """Return the indicators that have a number among their figures and counts, of whatever period."""
        if number.decimals not in self._by_value:
            found: dict[Fraction, dict[str, None]] = defaultdict(dict)
            for code in self._world.by_code:
                for fact in self._world.facts_of(code):
                    found[Fraction(rounded(fact.value, number.decimals))][code] = None
            self._by_value[number.decimals] = found
        return self._by_value[number.decimals].get(number.value, ())

    def _exact(self, asked: Asked, likes: list[Like]) -> Judged | None:
        digits = digits_of(asked.number)
        least = _LEAST if digits >= TELLING else _FULLER
        for one in likes if digits >= _FAIR else ():
            if one.share >= least:
                reader = Readings(self._world, one.code)
                for reading in readings_of(asked, reader):
                    is_right = fit(asked.number, reading, sign=asked.sign.get(reading.code, 0)) is Fit.YES
                    if is_right and not _is_bare_time(asked, reader, reading):
                        return confirmed(asked, one.code, reading)
        return None

    def _wrong_unit(self, asked: Asked, likes: list[Like]) -> Judged | None:
        """Return a contradiction where a figure is right to the digit, and its unit is not: ``38.1 days`` of 38.1%."""
        if asked.number.unit is Unit.NONE or asked.use is not Use.LEVEL or is_limit(asked):
            return None
        least = _LEAST if digits_of(asked.number) >= TELLING else _FULLER
        for one in likes:
            reader = Readings(self._world, one.code)
            for reading in reader.levels(asked.dated.period) if one.share >= least else ():
                if fit(asked.number, reading) is Fit.VALUE and asked.number.unit is not reading.unit:
                    reason = f"{capital(says(asked.number, reading))}: {WRONG_UNIT}"
                    return Judged(tell(asked, Verdict.CONTRADICTED, one.code, reason, reading), reading)
        return None

    def _slips(self, asked: Asked, code: str) -> Iterator[Reading]:
        """Yield the readings of an indicator of which a number is a misprint, where it is no figure of another period."""
        reader, number = Readings(self._world, code), asked.number
        if any(fit(number, other) is Fit.YES for _, other in reader.elsewhen(Use.LEVEL)):
            return
        for reading in readings_of(asked, reader):
            is_unlike = reading.unit is not number.unit or not (asked.is_of or is_kind(asked, reader, reading))
            if reading.is_change or is_unlike or (reading.weak and asked.dated.is_sure):
                continue
            is_typing = is_misprint(number, reading.value) and is_near(number.value, reading.value)
            if is_swapped(number, reading.value) or (asked.dated.is_sure and is_typing):
                yield reading

    def _likes(self, paragraph: Paragraph, sentence: Part) -> list[Like]:
        flat = self._scene.flat
        near = keys_of(flat[sentence.start : sentence.end])
        above = self._above(paragraph)
        found = [
            Like(code, max(self._share(wording, near, above) for wording in all_))
            for code, all_ in self._wordings.items()
            if any(wording & near for wording in all_)
        ]
        return sorted(found, key=lambda one: -one.share)

    def _share(self, wording: frozenset[str], near: frozenset[str], above: frozenset[str]) -> float:
        total = sum(self._weight[key] for key in wording)
        stands = sum(self._weight[key] * (1 if key in near else _ABOVE if key in above else 0) for key in wording)
        return stands / total

    def _above(self, paragraph: Paragraph) -> frozenset[str]:
        paragraphs = self._scene.text.paragraphs
        parts = [paragraphs[place] for place in paragraph.headings]
        texts = [self._scene.flat[one.start : one.end] for one in (paragraph, *parts)]
        return frozenset().union(*(keys_of(text) for text in texts))


def _is_bare_time(asked: Asked, reader: Readings, reading: Reading) -> bool:
    """Return whether a number that counts something is that of a length of time by chance: ``47 late plans``, ``47 days``."""
    is_time = reading.unit in SPANS and asked.number.unit is Unit.NONE
    return is_time and not is_kind(asked, reader, reading)


def _wordings(one: Indicator) -> list[frozenset[str]]:
    found = [keys_of(words) for words in (one.title, *one.aliases)]
    return [keys for keys in found if keys] or [frozenset({one.code})]
