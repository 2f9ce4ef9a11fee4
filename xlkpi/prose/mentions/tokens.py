"""Words of a text as keys that titles and drafts share: small letters, without endings, sector words as one concept."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from xlkpi.prose.mentions.kinds import SPANS
from xlkpi.prose.mentions.numbers import numbers
from xlkpi.prose.mentions.sector import CONCEPTS, EMPTY, GENERIC

_ENDINGS = (
    "isations", "isation", "ations", "ation", "ements", "ement", "ments", "ment", "ings", "ing", "ures", "ure", "ions", "ion",
    "ness", "ally", "ly", "ed", "es", "s", "e",
)  # fmt: skip
_SHORTEST = 4
_IRREGULAR = {
    "children": "child", "people": "people", "men": "man", "women": "woman", "lives": "life", "held": "hold",
    "decision": "decide", "decisions": "decide",
}  # fmt: skip

#: Numbers that belong to a name: ``26 weeks``, ``2 years or more``, ``26 or more``, ``3+``, ``aged 19-21``.
_BOUND = (
    r"(?:(?:more\s+than|over|at\s+least|longer\s+than|under|within"
    r"|less\s+than)\s+)?(?P<count>[0-9]+|one|two|three|four|five|six|eight|ten|twelve"
    r"|twenty-six)\s*[\s-]?\s*"
    r"(?P<span>(?:working\s+)?days?|(?:working\s+)?hours?|minutes?|seconds|weeks?|months?|years?|yrs?)(?:\s+(?:or\s+(?:more|over|longer|less)|and\s+over|plus)|\s*\+)?"
)
_MORE = r"(?P<least>[0-9]+|two|three|four|five)\s*(?:\+|(?:or|and)\s+(?:more|over))"
_AGES = (
    r"(?:aged?\s+)?(?P<young>[0-9]{1,2})\s*(?:-|\u2013|to|and)\s*(?P<old>[0-9]{1,2})"
    r"(?:\s*-?\s*(?:yrs?|years?|year[\s-]olds?)(?:\s+old)?s?)?"
)


#: ``under 5s``, ``below the age of nine``: an age, and no time limit.
_UNDER = (
    r"(?:aged?\s+)?(?:under|below)\s+(?:the\s+age\s+of\s+)?(?P<under>[0-9]{1,2})s?"
    r"(?!\s*(?:%|per\b|[.,][0-9]|(?:working\s+)?(?:days?|weeks?|months?|hours?|minutes?)))"
)
#: ``type 1 departments``, ``stage two complaints``: which of several.
_KIND = (
    r"(?P<kind>type|stage|category|band|tier|level|grade|phase|priority|class|zone|domain)\s+"
    r"(?P<which>[1-9]|one|two|three|four|five)"
)
_SCHOOL = r"(?:school\s+)?year\s+(?P<school>1[0-3]|[1-9])|key\s+stage\s+(?P<stage>[1-5])"


def _concepts() -> tuple[re.Pattern[str], dict[str, str]]:
    wordings = sorted(
        ((wording, concept) for concept, all_ in CONCEPTS for wording in all_),
        key=lambda one: len(one[0]),
        reverse=True,
    )
    names = {f"c{place}": concept for place, (_, concept) in enumerate(wordings)}
    parts = [f"(?P<c{place}>{wording})" for place, (wording, _) in enumerate(wordings)]
    kinds = (*parts, _MORE, _SCHOOL, _KIND, _UNDER, _BOUND, rf"(?P<ages>{_AGES})", r"(?P<word>[a-z][a-z&']*)")
    pattern = rf"(?<![\w])(?<![0-9][.,])(?:{'|'.join(kinds)})(?![a-z0-9])"
    return re.compile(pattern), names


_TOKEN, _NAMES = _concepts()


@dataclass(frozen=True, slots=True)
class Token:
    """One word, or several that stand for one concept.

    Attributes:
        start: Offset of its first character.
        end: Offset after its last.
        key: What titles and drafts share; empty for a word that carries no subject.
        minor: Of such a word, what tells two wordings apart that are otherwise alike (``became looked after``).
    """

    start: int
    end: int
    key: str
    minor: str = ""

    @property
    def has_number(self) -> bool:
        """Return whether it is a number that belongs to a name (``26 weeks``)."""
        return self.key[:1].isdigit()


def tokens(flat: str, start: int = 0, end: int | None = None) -> Iterator[Token]:
    """Yield the words between two offsets of a flattened text.

    Examples:
        >>> [one.key for one in tokens("Percentage of LAC in suitable accommodation for 2 years or more")]
        ['', '', '@cic', '', '@accommodation', '', '2years']
        >>> [one.key for one in tokens("Families supported on closure")]
        ['@family', 'support', '', 'clos']
    """
    piece = flat[start:end]
    lower = piece.lower()
    if len(lower) != len(piece):
        lower = piece  # offsets have to stay
    for found in _TOKEN.finditer(lower):
        key = _key(found)
        yield Token(
            start + found.start(), start + found.end(), key, "" if key or found[0] in EMPTY else f"~{stem(found[0])}"
        )


def _key(found: re.Match[str]) -> str:
    if found["least"]:
        return f"{_digits(found['least'])}+"
    if found["count"]:
        return f"{_digits(found['count'])}{_span(found['span'])}"
    if found["school"] or found["stage"] or found["kind"]:
        return _which(found)
    if found["ages"] or found["under"]:
        return f"{found['young']}-{found['old']}" if found["ages"] else f"under{found['under']}"
    if found["word"]:
        word = found["word"]
        return "" if word in GENERIC or word.removesuffix("s") in GENERIC else stem(word)
    return _NAMES[str(found.lastgroup)]


def _which(found: re.Match[str]) -> str:
    """Return which of several is named: ``year 6``, ``key stage 2``, ``type 1``."""
    if found["kind"]:
        return f"{_digits(found['which'])}{found['kind']}"
    return f"{found['school']}schoolyear" if found["school"] else f"{found['stage']}keystage"


def _digits(text: str) -> str:
    return text if text.isdigit() else str(next(iter(numbers(text))).value)


def _span(text: str) -> str:
    first = text.replace("working", "").strip().lower()
    return next(one.value for one in SPANS if one.value.startswith(first[:2]) or (first[0] == "y" == one.value[0]))


def stem(word: str) -> str:
    """Return a word in small letters without its ending.

    Examples:
        >>> stem("placements"), stem("placed"), stem("supervisions"), stem("families")
        ('plac', 'plac', 'supervis', 'famil')
    """
    word = _IRREGULAR.get(word, word).removesuffix("'s").replace("'", "")
    if word.endswith(("ies", "ied")) and len(word) > _SHORTEST:
        return word[:-3]
    for ending in _ENDINGS:
        if ending == "s" and word.endswith("ss"):
            continue
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST - (len(ending) > 1):
            word = word[: -len(ending)]
            break
    return word[:-1] if word.endswith("y") and len(word) > _SHORTEST else word
