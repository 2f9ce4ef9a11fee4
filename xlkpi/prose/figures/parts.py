"""How parts of indicators were counted, as far as the words of a sentence say."""

from __future__ import annotations

import re
from collections.abc import Iterable

_BASIS_WORD = re.compile(r"[a-z]{3,}")


def named_bases(bases: Iterable[str], sentence: str) -> list[str]:
    """Return the ways of counting whose words all stand in a sentence: ``all_case_notes`` in ``all case note types``."""
    words = {one.removesuffix("s") for one in _BASIS_WORD.findall(sentence.lower())}
    found = []
    for basis in dict.fromkeys(bases):
        parts = {one.removesuffix("s") for one in _BASIS_WORD.findall(basis.lower().replace("_", " "))}
        if len(parts) > 1 and parts <= words:
            found.append(basis)
    return found
