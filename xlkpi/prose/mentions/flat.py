"""A draft's text with its marks flattened, character for character, so that offsets stay."""

from __future__ import annotations

import re

_MARKS = str.maketrans(
    {
        "*": " ", "`": " ", "\n": " ", "\r": " ", "\v": " ", "\f": " ", "\u00a0": " ", "\u202f": " ", "\u2009": " ",
        "\u2019": "'", "\u2018": "'", "\u201c": '"', "\u201d": '"', "\u2212": "-", "\u2010": "-", "\u2011": "-", "\u00ad": "-",
    }
)  # fmt: skip
_UNDERLINED = re.compile(r"(?<!\w)_+(?=\w)|(?<=[\w%.,)])_+(?!\w)")


def flat(text: str) -> str:
    """Return a text without emphasis, line breaks and typographic quotes; as long as it was.

    Examples:
        >>> flat("**Contacts:** up _2%_ on \u2018last\u2019 year")
        "  Contacts:   up  2%  on 'last' year"
    """
    return _UNDERLINED.sub(lambda found: " " * len(found[0]), text.translate(_MARKS))
