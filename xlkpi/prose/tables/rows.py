"""Which indicator a row of a table may be about: by its own first cells, and never by the row above."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from xlkpi.model.register import Indicator
from xlkpi.prose.mentions import How, Role
from xlkpi.prose.mentions.flat import flat
from xlkpi.prose.mentions.tokens import tokens
from xlkpi.prose.scene import Scene
from xlkpi.prose.sentences import Part

#: How surely a row's words name an indicator: by its code or whole name alone, by most of a name, by a word that it shares,
#: only by what stands above the table, or only by the figures of the row.
SURE, FAIR, WEAK, ABOVE, BY_FIGURES = 3, 2, 1, 0, -1
_MOST = 0.6  # of the words of a name
_STEM = 5
_FIRST = 2  # cells
_AGREE = 2  # figures that bear out what a row may be
_CODE = 5  # parts of a code: ``1.1.2.PI``
_SHARE = re.compile(r"\W*(?:%|percentage|per\s?cent|proportion)\b|\W*%", re.IGNORECASE)
_COUNT = re.compile(r"\W*(?:total\s+)?(?:number|no|nos|count|total)\b\.?", re.IGNORECASE)
_TAIL = re.compile(r"\s*\([^()]{1,24}\)\s*$|\s*\*+\s*$")


@dataclass(frozen=True, slots=True)
class Candidate:
    """An indicator that a row may be about.

    Attributes:
        code: Its code.
        strength: ``SURE``, ``FAIR``, ``WEAK`` or ``ABOVE``.
        score: Which of two is likelier.
        is_whole: Whether the row has its code, title or alias as they are written.
    """

    code: str
    strength: int
    score: float
    is_whole: bool = False


def is_borne_out(one: Candidate, hits: int, outturns: int, misses: int) -> bool:
    """Return whether the figures of a row let it be an indicator's, as surely as its words name it."""
    if one.strength is SURE:
        return True
    if one.strength is FAIR:
        return hits > 0 and hits >= misses
    return hits >= _AGREE and hits > misses and (outturns > 0 or one.strength is ABOVE)


class RowNames:
    """The words by which rows name the indicators of a register."""

    def __init__(self, indicators: Iterable[Indicator]) -> None:
        """Take in the indicators that a table can have."""
        self._indicators = {one.code: one for one in indicators}
        self._plain: dict[str, str] = {}
        for code, one in self._indicators.items():
            for words in (one.code, one.title, f"{one.code} {one.title}", *one.aliases):
                self._plain.setdefault(plain(words), code)

    # What follows is worked out for the first row that is no indicator's whole name: most tables have none.

    @cached_property
    def _wordings(self) -> Mapping[str, list[frozenset[str]]]:
        return {code: _wordings(one) for code, one in self._indicators.items()}

    @cached_property
    def _hints(self) -> Mapping[str, frozenset[str]]:
        return {code: _keys(_labels(one)) for code, one in self._indicators.items()}

    @cached_property
    def _having(self) -> Mapping[str, set[str]]:
        """Return the indicators whose names or labels have a word, by word."""
        found: dict[str, set[str]] = defaultdict(set)
        for code, wordings in self._wordings.items():
            for key in (*self._hints[code], *(key for words in wordings for key in words)):
                found[key].add(code)
        return found

    def candidates(self, scene: Scene, cells: Sequence[Part], tail: Part | None = None) -> list[Candidate]:
        """Return the indicators that the first cells of a row may name, the likeliest first.

        Args:
            scene: The draft.
            cells: The cells.
            tail: Where the name goes on in the line below; None where it does not.
        """
        if tail is not None and cells:
            words = f"{scene.flat[cells[-1].start : cells[-1].end]} {scene.flat[tail.start : tail.end]}"
            code = self._exact(words)
            joined = [Candidate(code, SURE, 1.0, is_whole=True)] if code else list(self._alike(words))
            if any(one.strength >= FAIR for one in joined):
                return sorted(joined, key=lambda one: (-one.strength, -one.score))
        if code := self._sure(scene, cells):
            return [Candidate(code, SURE, 1.0, is_whole=True)]
        found: dict[str, Candidate] = {}
        for cell in cells:
            for one in self._alike(scene.flat[cell.start : cell.end]):
                if one.code not in found or found[one.code].score < one.score:
                    found[one.code] = one
        return sorted(found.values(), key=lambda one: (-one.strength, -one.score))

    def is_surely_named(self, scene: Scene, cells: Sequence[Part]) -> bool:
        """Return whether a row has the code or a whole name of an indicator in its first cells."""
        return bool(self._sure(scene, cells[:_FIRST]))

    def _sure(self, scene: Scene, cells: Sequence[Part]) -> str:
        for cell in cells:
            if code := self._exact(scene.flat[cell.start : cell.end]):
                return code
        for cell in cells:
            named = scene.within(scene.subjects, cell)
            coded = [one.names[0] for one in named if one.how is How.CODE and one.role is Role.INDICATOR]
            if coded and coded[0] in self._indicators:
                return coded[0]
        return ""

    def _exact(self, words: str) -> str:
        """Return the indicator whose code, title or alias a cell is, or whose code begins it; empty where none."""
        whole = plain(words)
        bare = plain(_TAIL.sub("", words))
        unsaid = plain(_COUNT.sub("", _SHARE.sub("", words)).removeprefix("of "))
        for one in (whole, bare, unsaid.removeprefix("of ")):
            if one and one in self._plain:
                return self._plain[one]
        coded = [code for name, code in self._plain.items() if _is_code(name) and whole.startswith(f"{name} ")]
        return coded[0] if len(set(coded)) == 1 else ""

    def _alike(self, words: str) -> Iterable[Candidate]:
        standing = _keys(words)
        nearby = {code for key in standing for code in self._having.get(key, ())}
        for code in nearby:
            if not _may_be(words, self._indicators[code]):
                continue
            known = self._hints[code].union(*self._wordings[code])
            own = max((_covered(name, standing, self._having) for name in self._wordings[code]), default=0.0)
            said = _covered(standing, known, self._having)
            strength = SURE if own == said == 1 else FAIR if own >= _MOST else WEAK
            yield Candidate(code, strength, own * (0.5 + said))


def _wordings(one: Indicator) -> list[frozenset[str]]:
    found = [_keys(words) for words in (one.title, *one.aliases)]
    return [keys for keys in found if keys]


def _labels(one: Indicator) -> str:
    return f"{one.numerator_label} {one.denominator_label} {one.definition}"


def _keys(words: str) -> frozenset[str]:
    found = (one.key for one in tokens(flat(words)) if one.key)
    return frozenset(key if key.startswith("@") or key[:1].isdigit() else key[:_STEM] for key in found)


def _covered(words: Iterable[str], standing: Iterable[str], having: Mapping[str, set[str]]) -> float:
    """Return how much of some words stands among others; a word that many indicators share weighs less."""
    weights = {key: 1 / max(1, len(having.get(key, ()))) for key in words}
    total = sum(weights.values())
    return sum(weight for key, weight in weights.items() if key in set(standing)) / total if total else 0.0


def _may_be(words: str, indicator: Indicator) -> bool:
    """Return whether a row that begins with ``%`` or ``Number of`` can be of an indicator's unit."""
    if _SHARE.match(words):
        return indicator.is_percentage
    return not (_COUNT.match(words) and indicator.is_percentage)


def _is_code(name: str) -> bool:
    return bool(re.search("[0-9]", name)) and len(name.split()) <= _CODE


_LETTERED = re.compile(r"(?<=[0-9])\s?\(([A-Za-z])\)")


def plain(text: str) -> str:
    """Return a text in small letters, without marks.

    Examples:
        >>> plain("3.4(b) Missing from care")
        '3 4b missing from care'
        >>> plain("SCC/011b - Reviews, in time")
        'scc 011b reviews in time'
    """
    return " ".join(re.sub(r"[^a-z0-9]+", " ", _LETTERED.sub(r"\1", text).casefold()).split())
