"""The words that make a name, without those that every name could have."""

from __future__ import annotations

import re

_EMPTY = frozenset((
    "a", "an", "the", "of", "in", "on", "at", "to", "for", "by", "from", "with", "within", "and", "or", "as", "is",
    "are", "be", "who", "which", "that", "this", "number", "numbers", "rate", "rates", "percentage", "percent", "total",
    "all", "during", "per", "period", "periods", "quarter", "quarters", "year", "end", "subject",
))  # fmt: skip


def words_of(name: str) -> frozenset[str]:
    """Return the words of a name without endings, so that ``placed`` meets ``placement``.

    Examples:
        >>> sorted(words_of("Children placed out of borough")), sorted(words_of("number of CPPs"))
        (['borough', 'child', 'out', 'place'], ['cpp'])
    """
    return frozenset(stem(word) for word in re.findall(r"[a-z]+", name.lower()) if word not in _EMPTY)


def stem(word: str) -> str:
    """Return a word without its ending."""
    if word.startswith("child"):
        return "child"
    for ending in ("ements", "ement", "ments", "ment", "ings", "ing", "ies", "ed", "es", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:  # noqa: PLR2004  # something must be left
            root = word[: -len(ending)]
            return f"{root}e" if ending in ("ed", "ings", "ing", "ements", "ement") and root[-1] in "cvsg" else root
    return word
