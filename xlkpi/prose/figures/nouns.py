"""Whether the noun behind a number is of the kind that a figure counts."""

from __future__ import annotations

import re
from enum import Enum
from functools import lru_cache

from xlkpi.model.register import Indicator
from xlkpi.prose.figures.beside import Beside
from xlkpi.prose.mentions.flat import flat
from xlkpi.prose.mentions.tokens import stem, tokens


class Noun(Enum):
    """How the noun behind a number goes with an indicator."""

    OWN = "it is in the indicator's title or labels"
    PERSON = "it is of people or cases at large"
    NONE = "there is none"
    OTHER = "it is of something else"


_PERSONS_WORDS = (
    "child children young people person persons case cases family families individual individuals youngster youngsters "
    "pupil pupils teenager teenagers baby babies boy boys girl girls"
)
_PERSONS = frozenset(_PERSONS_WORDS.split())
_FUNCTION_WORDS = (
    "of in at for on from to and or were was are is who which that have had has with by as compared more fewer "
    "further additional less over than higher lower this the a an during since out became remained vs versus "
    "against last previous now also still respectively overall per between while but whilst when where due "
    "because following these those not would will could can should may might do does did being been its their our "
    "away adrift off "
    "after before until despite thanks amid once if unless "
    "we they it too late overdue outstanding missed short above below up down qoq yoy better worse longer shorter"
)
_FUNCTION = frozenset(_FUNCTION_WORDS.split())
_WORD = re.compile(r"[^\S\n]*(?P<word>[A-Za-z][A-Za-z&'-]*)")
_STOP = re.compile(r"\s*(?:[),.;:(\]\u2013]|$)")
_QUALIFIERS = re.compile(
    r"^(?:[^\S\n]+(?:more|fewer|further|additional|extra|new|other|such|less)\b(?!\s+than))*", re.IGNORECASE
)
_WORDS = 4


def noun_behind(after: str, indicator: Indicator) -> Noun:
    """Return how what stands behind a number goes with the cases of an indicator.

    Args:
        after: The words behind the number.
        indicator: Whose cases they may be.
    """
    after = _QUALIFIERS.sub("", after)
    found = None if _STOP.match(after) else _WORD.match(after)
    if not found:
        return Noun.NONE
    first = found["word"].lower()
    phrase = _phrase(after)
    if own_keys(indicator) & keys_of(phrase) or stem(phrase.partition(" ")[0].lower()) in _stems(indicator):
        return Noun.OWN
    if first in _PERSONS:
        return Noun.PERSON
    return Noun.NONE if first in _FUNCTION else Noun.OTHER


#: A clause ends, or turns around what it says.
_ENDS = re.compile(r"[,.;:()]|\b(?:and|but|while|which|that|whereas)\b", re.IGNORECASE)
_TURNED = re.compile(
    r"\b(?:not|n['\u2019]t|no|none|never|without|late|too|outside|missed|missing|over|beyond|un\w+)\b", re.IGNORECASE
)


def names_the_counted(beside: Beside, indicator: Indicator) -> bool:
    """Return whether the words behind a number say what a share counts: ``417 of 445 reviews took place on time``.

    Args:
        beside: The words around it.
        indicator: Whose numerator it may be.
    """
    words = _ENDS.split(beside.after, maxsplit=1)[0]
    telling = keys_of(indicator.numerator_label) - keys_of(indicator.denominator_label)
    return (
        bool(telling) and telling <= keys_of(words) and not _TURNED.search(f"{beside.clause[-_WORDS_BEFORE:]} {words}")
    )


_WORDS_BEFORE = 24  # signs


def _phrase(after: str) -> str:
    """Return the first words behind a number, up to punctuation."""
    words = re.split(r"[,.;:()]", after)[0].split()
    return " ".join(words[:_WORDS])


@lru_cache(maxsize=4096)
def own_keys(indicator: Indicator) -> frozenset[str]:
    """Return the words of an indicator's title, aliases, labels and unit, as keys."""
    words = (
        indicator.title,
        *indicator.aliases,
        indicator.numerator_label,
        indicator.denominator_label,
        indicator.unit,
    )
    return keys_of(" . ".join(words))


@lru_cache(maxsize=4096)
def _stems(indicator: Indicator) -> frozenset[str]:
    """Return the words of title and labels one by one: ``foster placements`` counts placements."""
    words = f"{indicator.title} {indicator.numerator_label} {indicator.denominator_label}"
    return frozenset(stem(word) for word in re.findall(r"[a-z]{4,}", words.lower()) if word not in _PERSONS)


@lru_cache(maxsize=4096)
def keys_of(words: str) -> frozenset[str]:
    """Return the words of a text that carry a subject, as keys."""
    return frozenset(one.key for one in tokens(flat(words)) if one.key)
