"""What readers of a report know and may not know: which figures are printed, which withheld, and how texts name measures."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import permutations

from xlkpi.calculate.history import History
from xlkpi.calculate.results import Result, Results
from xlkpi.calculate.status import Status
from xlkpi.model.number import rounded
from xlkpi.model.period import Quarter
from xlkpi.model.register import Band, Indicator
from xlkpi.pack.pages import DENOMINATOR, NUMERATOR, OUTTURN, titled
from xlkpi.pack.small_numbers import Kept
from xlkpi.pack.spoken import Spoken, spoken

_CLOSE = 2
#: Words that say nothing about which measure is meant.
_COMMON = frozenset((
    "the", "a", "an", "and", "or", "of", "for", "in", "on", "at", "to", "by", "from", "with", "within", "per",
    "as", "is", "are", "was", "were", "be", "been", "has", "have", "had", "not", "no", "than", "that", "this",
    "these", "those", "it", "its", "all", "any", "each", "other", "more", "most", "less", "least", "only",
    "number", "numbers", "percentage", "percent", "rate", "rates", "share", "proportion", "quarter", "period",
    "last", "month", "months", "current", "end", "during", "who", "which", "their", "our", "we", "open", "new",
    "total", "figure", "figures", "measure", "measures", "rated", "against", "out", "into", "up", "down", "over",
    "under",
))  # fmt: skip
_IRREGULAR = {"children": "child", "people": "person", "families": "family", "became": "become", "becoming": "become"}
_SHORTEST = 3


def stem(word: str) -> str:
    """Return what a word has in common with its other forms, roughly.

    Examples:
        >>> stem("plans") == stem("plan"), stem("Ceasing") == stem("ceased"), stem("children")
        (True, True, 'child')
    """
    word = word.casefold()
    word = _IRREGULAR.get(word, word)
    for ending in ("ing", "ed", "es", "s", "e"):
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST:
            return word[: -len(ending)]
    return word


def stems(text: str) -> set[str]:
    """Return the stems of the words of a text that say what it is about."""
    words = re.findall(r"[A-Za-z]{3,}", text)
    return {stem(word) for word in words if word.casefold() not in _COMMON}


class Named:
    """How texts name indicators."""

    def __init__(self, indicators: Iterable[Indicator]) -> None:
        """Take in codes, titles, labels and aliases."""
        self._codes: dict[str, re.Pattern[str]] = {}
        self._phrases: dict[str, re.Pattern[str]] = {}
        self._stems: dict[str, list[set[str]]] = {}
        titles = []
        for one in indicators:
            self._codes[one.code] = re.compile(rf"(?<![\w/.-]){re.escape(one.code)}(?![\w-])")
            phrases = [titled(one), *one.aliases, one.numerator_label]
            said = [phrase for phrase in phrases if phrase]
            titles += [titled(one), one.title, one.numerator_label, one.denominator_label]
            self._phrases[one.code] = re.compile("|".join(rf"\b{re.escape(phrase)}" for phrase in said), re.IGNORECASE)
            self._stems[one.code] = [stems(" ".join((*phrases, one.denominator_label, one.definition)))]
        ordered = sorted({title for title in titles if title}, key=len, reverse=True)
        codes = sorted(self._codes, key=len, reverse=True)
        self._titles = re.compile(
            "|".join((*map(re.escape, ordered), *(rf"(?<![\w/.-]){re.escape(code)}(?![\w-])" for code in codes)))
            or r"(?!)",
            re.IGNORECASE,
        )

    def in_text(self, text: str) -> set[str]:
        """Return the codes of the indicators that a text names by code, title, alias or what they count."""
        found = {code for code, pattern in self._codes.items() if pattern.search(text)}
        return found | {code for code, pattern in self._phrases.items() if pattern.search(text)}

    def alike(self, sentence: str) -> set[str]:
        """Return the codes of the indicators of which a sentence may speak in other words."""
        said = stems(sentence)
        return {code for code, groups in self._stems.items() if any(len(said & group) >= _CLOSE for group in groups)}

    def without_titles(self, sentence: str) -> str:
        """Return a sentence without titles, labels and codes, whose numbers count nobody."""
        return self._titles.sub(" ", sentence)


@dataclass(frozen=True)
class Known:
    """What is withheld, and what is printed.

    Attributes:
        secrets: The withheld figures by code: their quarters, parts and values.
        printed: The figures by code that the report prints, and what a reader works out of them, as counts and percentages.
        summary: Counts and shares of measures.
        names: How texts name indicators.
        quarter: That is reported.
    """

    secrets: Mapping[str, Sequence[tuple[Quarter, str, Fraction, bool]]]
    printed: Mapping[str, set[tuple[Fraction, bool]]]
    summary: set[Fraction]
    names: Named
    quarter: Quarter
    _masks: Sequence[re.Pattern[str]] = field(default=())

    def masked(self, line: str) -> str:
        """Return a line with a mark in the place of numbers in brackets after the code of a withheld figure."""
        for one in self._masks:
            line = one.sub(lambda found: f"{found[1]} ([c])" if spoken(found[2]) else found[0], line)
        return line

    def may_tell(self, sentence: str, code: str, *, is_ours: bool) -> bool:
        """Return whether a sentence about an indicator may speak of a withheld figure of it.

        Args:
            sentence: About it.
            code: Of the indicator.
            is_ours: Whether the program wrote it: then it speaks of the quarter, of last quarter, and of others by name.
        """
        hidden = self.secrets.get(code, ())
        if not is_ours:
            return bool(hidden)
        near = {self.quarter, self.quarter.previous} | ({self.quarter.year_ago} if "year" in sentence else set())
        return any(at in near or at.title in sentence or at.label in sentence for at, *_ in hidden)

    def is_secret(self, number: Spoken, code: str) -> bool:
        """Return whether a number is a withheld figure of an indicator, as precisely as it is said."""
        return any(
            is_percent == number.is_percent and _same(number, value) for _, _, value, is_percent in self.secrets[code]
        )

    def is_printed(self, number: Spoken, codes: Iterable[str]) -> bool:
        """Return whether the report prints a number for one of some indicators."""
        return any(
            is_percent == number.is_percent and _same(number, value)
            for code in codes
            for value, is_percent in self.printed.get(code, ())
        )

    def is_of_the_summary(self, number: Spoken, sentence: str) -> bool:
        """Return whether a number counts measures, or is a share of them."""
        return bool(re.search(r"\b(?:measures?|indicators?)\b", sentence)) and any(
            _same(number, value) for value in self.summary
        )

    def told(self, code: str) -> str:
        """Return which figures of an indicator are withheld, for the analyst."""
        return f"{code} " + ", ".join(f"{part} of {at.label}" for at, part, _, _ in self.secrets[code])


def _same(number: Spoken, value: Fraction) -> bool:
    return Fraction(rounded(value, number.decimals)) == number.value or value == number.value


def known(results: Results, histories: Sequence[History], quarters: Sequence[Quarter], kept: Kept) -> Known:
    """Return what readers of a report know and may not know.

    Args:
        results: Of the quarter.
        histories: One an indicator.
        quarters: Those that the report prints.
        kept: What is withheld.
    """
    secrets: dict[str, list[tuple[Quarter, str, Fraction, bool]]] = {}
    printed: dict[str, set[tuple[Fraction, bool]]] = {}
    for history in histories:
        code = history.indicator.code
        figures = list(_figures(history, quarters))
        hidden = [one for one in figures if kept.withheld(code, one[0], one[1])]
        if hidden:
            secrets[code] = hidden
        seen = [one for one in figures if one not in hidden]
        printed[code] = set(_worked_out(seen, results.quarter)) | set(_levels(history, quarters))
    for result in results.contract:
        if not any(
            kept.withheld(result.indicator.code, results.quarter, part) for part in (NUMERATOR, DENOMINATOR, OUTTURN)
        ):
            printed[result.indicator.code] |= set(_beside(result))
    masks = [re.compile(rf"(?<![\w/.-])({re.escape(code)}) \(([^()]*)\)") for code in secrets]
    return Known(
        secrets, printed, set(_summary(results)), Named(one.indicator for one in histories), results.quarter, masks
    )


def _figures(history: History, quarters: Sequence[Quarter]) -> Iterator[tuple[Quarter, str, Fraction, bool]]:
    """Yield quarter, part and value of every figure, and whether it is a percentage."""
    for at in quarters:
        observation, outturn = history.observation(at), history.outturn(at)
        if observation is not None:
            for part, count in ((NUMERATOR, observation.numerator), (DENOMINATOR, observation.denominator)):
                if count is not None:
                    yield at, part, Fraction(count), False
        if outturn is not None:
            yield at, OUTTURN, outturn, history.indicator.is_percentage


def _worked_out(seen: Sequence[tuple[Quarter, str, Fraction, bool]], now: Quarter) -> Iterator[tuple[Fraction, bool]]:
    """Yield printed figures, and how they differ from last quarter's and last year's, by number and in percent."""
    for _, _, value, is_percent in seen:
        yield value, is_percent
    for first, second in permutations([one for one in seen if one[0] in {now, now.previous, now.year_ago}], 2):
        if first[1] == second[1]:
            yield abs(first[2] - second[2]), first[3]
            if second[2]:
                yield abs(first[2] - second[2]) / second[2] * 100, True


def _levels(history: History, quarters: Sequence[Quarter]) -> Iterator[tuple[Fraction, bool]]:
    for at in quarters:
        target = history.target(at)
        if target is not None:
            bands = [band for band in (target.on, target.inside) if band is not None]
            yield from ((side, history.indicator.is_percentage) for band in bands for side in _sides(band))


def _sides(band: Band) -> Iterator[Fraction]:
    yield from (Fraction(side) for side in (band.low, band.high) if side is not None)


def _beside(result: Result) -> Iterator[tuple[Fraction, bool]]:
    """Yield how far a figure is from its levels, in its unit and in cases."""
    if result.gap is not None:
        yield result.gap, result.indicator.is_percentage
    cases = (result.cases_to_bound, result.cases_to_target, result.cases_in_hand)
    yield from ((Fraction(one), False) for one in cases if one is not None)


def _summary(results: Results) -> Iterator[Fraction]:
    for one in (results.summary, results.last_summary):
        counts = [one.total(status) for status in Status]
        on, inside = one.total(Status.ON), one.total(Status.INSIDE)
        base, rated = one.base, sum(one.total(status) for status in Status if status.is_rated)
        yield from map(Fraction, (*counts, on + inside, base, rated))
        for whole in (base, rated):
            if whole:
                yield from (Fraction(100 * count, whole) for count in (*counts, on + inside))
