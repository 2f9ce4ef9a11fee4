"""Whether the noun behind a number is of the kind that a figure counts."""

from __future__ import annotations

import re

from xlkpi.model.register import Indicator
from xlkpi.prose.mentions.flat import flat
from xlkpi.prose.mentions.tokens import tokens

_CASES = frozenset("child children young people person persons case cases family families individual individuals of in at for on from to and or were was are is who which that have had has with by as compared more fewer further additional less over than higher lower this the a an during since out became remained vs versus against last previous now also still respectively overall per between while but whilst when where due because following this these those not would will could can should may might do does did being been its their our we they it".split())  # fmt: skip
_WORD = re.compile(r"[^\S\n]*(?P<word>[A-Za-z][A-Za-z&'-]*)")
_STOP = re.compile(r"\s*(?:[),.;:(\]]|$)")


def counts_kind(after: str, indicator: Indicator) -> bool:
    """Return whether what stands behind a number may be cases of an indicator.

    Args:
        after: The words behind the number.
        indicator: Whose cases they may be.
    """
    if _STOP.match(after):
        return True
    found = _WORD.match(after)
    if not found:
        return True
    words = _phrase(after)
    known = _keys(" ".join((indicator.title, *indicator.aliases, indicator.numerator_label, indicator.denominator_label, indicator.unit)))
    if any(key in known for key in _keys(words)):
        return True
    return found["word"].lower() in _CASES


def _phrase(after: str) -> str:
    """Return the first words behind a number, up to punctuation."""
    return " ".join(re.split(r"[,.;:()]", after)[0].split()[:4])


def _keys(words: str) -> frozenset[str]:
    return frozenset(one.key for one in tokens(flat(words)) if one.key)
