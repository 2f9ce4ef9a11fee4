"""Whether the words behind a number say the opposite of what a share counts: ``74% of visits were late``."""

from __future__ import annotations

import re
from functools import lru_cache

from xlkpi.model.register import Indicator
from xlkpi.prose.figures.beside import Beside
from xlkpi.prose.figures.nouns import keys_of

_OF = r"(?:\s*of\s+[^.;:,0-9()]{1,60}?|(?:\s+[a-z'-]+){0,5}?)"
_BE = r"(?:(?:who|that|which)\s+)?(?:is|are|was|were|has|have|had|did|do|does)(?:\s+(?:been|still|being|in|at))*"
#: ``74% of visits were not made in timescale``, ``... were late``, ``92% are in unsuitable accommodation``.
_DENIED = re.compile(
    rf"{_OF}\s+{_BE}\s+(?:(?P<not>not|never)\s+(?P<what>[^.;:,()0-9]{{3,60}})|(?P<late>late|overdue|missed|delayed|out\s+of\s+time)\b"
    r"|un(?P<un>[a-z]{4,})\b)",
    re.IGNORECASE,
)
_TIMELY = "@timely"
#: ``20 miles or less``, and those who are beyond it: ``30% of children placed more than 20 miles away``.
_INSIDE = re.compile(
    r"\b(?:within|under|less\s+than|up\s+to|inside)\s+(?P<limit>[0-9]+)\b|\b(?P<most>[0-9]+)\s+[a-z]+\s+or\s+(?:less|fewer|under)\b",
    re.IGNORECASE,
)
_PAST = re.compile(
    r"\b(?:more\s+than|over|longer\s+than|further\s+than|beyond|outside)\s+(?P<limit>[0-9]+)\b", re.IGNORECASE
)
_CLAUSE = re.compile(
    r"\s*(?:of\s|who\s|that\s|which\s|were\s|was\s|are\s|had\s|took\s|[a-z]+\s)[^.;:,()%]{0,70}", re.IGNORECASE
)


def denies(beside: Beside, indicator: Indicator) -> bool:
    """Return whether the words behind a number say the opposite of what a share counts.

    What the share counts is in its title and in the words for its numerator; where these say ``not`` or ``late`` themselves,
    nothing is turned around.

    Args:
        beside: The words around the number.
        indicator: Of which the share is.
    """
    if not indicator.is_percentage:
        return False
    own, keys = _vocabulary(indicator)
    found = _DENIED.match(beside.after)
    if found is None:
        return _is_beyond(beside, own)
    if found["not"]:
        return not re.search(r"\b(?:not|non|without|no|never)\b", own) and bool(keys & keys_of(found["what"]))
    if found["late"]:
        return _TIMELY in keys and not re.search(r"\b(?:late|overdue|missed|delay\w*|out\s+of\s+time)\b", own)
    word = found["un"].lower()
    return word in own and f"un{word}" not in own


def _is_beyond(beside: Beside, own: str) -> bool:
    """Return whether a share is of those beyond the limit within which an indicator counts, or of those within it."""
    clause = _CLAUSE.match(beside.after)
    if clause is None:
        return False
    inside, past = ({*_limits(one, own)} for one in (_INSIDE, _PAST))
    said_inside, said_past = ({*_limits(one, clause[0])} for one in (_INSIDE, _PAST))
    return not (inside & past) and bool(inside & said_past - said_inside or past & said_inside - said_past)


def _limits(pattern: re.Pattern[str], words: str) -> list[str]:
    return [next(one for one in found.groups() if one) for found in pattern.finditer(words)]


@lru_cache(maxsize=4096)
def _vocabulary(indicator: Indicator) -> tuple[str, frozenset[str]]:
    """Return the words of an indicator in small letters, and the keys of what its numerator has beyond its denominator."""
    words = (indicator.title, *indicator.aliases, indicator.numerator_label)
    return " . ".join(words).lower(), keys_of(" . ".join(words)) - keys_of(indicator.denominator_label)
