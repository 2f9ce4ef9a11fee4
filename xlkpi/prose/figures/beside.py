"""The words around a number within its sentence."""

from __future__ import annotations

import re
from dataclasses import dataclass

from xlkpi.prose.mentions import Number

#: Words that say a number is not exact, or say nothing.
ROUGH = (
    r"(?:(?:just|only|around|about|approximately|roughly|nearly|almost|over|under|some|more\s+than|less\s+than"
    r"|at\s+least|an?|the|further|total|additional)\s+)*"
)
#: Whom a name may begin with that has no word for them.
WHO = r"(?:(?:children|young\s+people|people|families|carers|staff)\s+)?"
#: A level that a figure is held against, by name.
LEVEL = re.compile(r"\b(?:targets?|tolerances?)\b", re.IGNORECASE)
_REACH = 60


@dataclass(frozen=True, slots=True)
class Beside:
    """The words around a number within its sentence.

    Attributes:
        before: What stands before it, as far as it can tell.
        after: What stands behind it.
        clause: All of its sentence before it.
    """

    before: str
    after: str
    clause: str = ""

    @classmethod
    def of(cls, flat: str, start: int, end: int, number: Number) -> Beside:
        """Return the words beside a number; ``start`` and ``end`` are those of its sentence."""
        return cls(
            flat[max(start, number.start - _REACH) : number.start],
            flat[number.end : min(end, number.end + _REACH)],
            flat[start : number.start],
        )

    @property
    def in_brackets(self) -> bool:
        """Return whether the number opens a bracket."""
        return self.before.rstrip(" \n+-\u2212").endswith(("(", "["))
