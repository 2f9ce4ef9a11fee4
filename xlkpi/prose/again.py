"""Words with which a sentence goes on about what the one before named: ``This is ...``, ``The rate fell ...``."""

from __future__ import annotations

import re

_LINK = r"\W*(?:(?:however|therefore|also|overall|and|but)\W+)*"
#: What stands for the figure, or for whoever it counts.
_SAME = (
    r"(?:this|it|that|these|those|they|performance|(?:the|this)\s+(?:(?:overall|current|latest|total|quarterly|actual|same)\s+)?(?:rate|figure|number|total|outturn|proportion|percentage|"
    r"result|indicator|measure|data|share|average|estimate|level|score|trend)s?)"
)
_VERB = (
    r"(?:is|are|was|were|has|have|had|remain\w*|fell|rose|dropped|increased|decreased|improved|amounts?|stands?|stood|represents?|"
    r"equates?|means?|compares?)"
)
_GOES_ON = re.compile(
    rf"{_LINK}(?:{_SAME}\s+(?:(?:now|then|also|still)\s+)?{_VERB}\b|we\s+(?:are|were|remain|stand|stood)\s+(?:(?:now|still|only|just)\s+)*(?=[0-9]))",
    re.IGNORECASE,
)
_OPENS = re.compile(rf"{_LINK}{_SAME}\b[^.;,]{{0,30}}", re.IGNORECASE)


def goes_on(text: str, start: int = 0) -> bool:
    """Return whether a sentence tells more of what was named before: ``This is ... (23.3%)``.

    Args:
        text: In which it stands.
        start: Where it starts.
    """
    return bool(_GOES_ON.match(text, start))


def opens_with_it(text: str, start: int, end: int) -> bool:
    """Return whether nothing but a word for what was named before stands in front of another: ``This has improved``.

    Args:
        text: In which both stand.
        start: Where the sentence starts.
        end: Where the other word starts.
    """
    return bool(_OPENS.fullmatch(text, start, end))
