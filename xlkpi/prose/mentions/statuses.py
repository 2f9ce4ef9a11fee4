"""Words that name a status against target and tolerance."""

from __future__ import annotations

import re
from collections.abc import Iterator

from xlkpi.prose.mentions.kinds import Level, StatusPhrase

_OUR = r"(?:(?:the|our|its|their|a|all|agreed|set|contract|contractual|contracted|statutory|local|performance|current|this|that)\s+){0,4}"
_TARGET = rf"{_OUR}targets?\b(?!\s*(?:date|set\b|of\s+the))"
_TOLERANCE = rf"{_OUR}tolerances?\b(?:\s+(?:levels?|limits?|bands?|range))?"
_BOUND = rf"{_OUR}(?:tolerances?|measures?|standards?|requirements?|expectations?|thresholds?)\b"

#: The longer phrase first: ``inside tolerance or better`` before ``inside tolerance``.
_PHRASES = (
    (Level.NO_TARGET, r"(?:no|without(?:\s+an?y?)?|not?\s+(?:yet\s+)?(?:have|has|had)\s+an?y?)\s+(?:contract\s+)?targets?\b(?:\s+(?:currently\s+)?(?:specified|set|agreed))?"),
    (Level.NO_DATA, r"no\s+data(?:\s+(?:available|returned|reported))?|not\s+(?:yet\s+)?(?:measured|reported)\b"),
    (Level.WITHIN_OR_BETTER, rf"(?:within|inside|in|at|on)\s*(?:{_TOLERANCE})?\s*,?\s*or\s+(?:better|above)\s+than\s+{_BOUND}"),
    (Level.WITHIN_OR_BETTER, rf"(?:within|inside)\s+(?:{_TOLERANCE}\s+)?or\s+(?:(?:better|above)\s+(?:than\s+)?|at\s+|on\s+)+{_TARGET}"),
    (Level.WITHIN_OR_BETTER, rf"(?:within|inside|at|in)\s+{_TOLERANCE}\s+or\s+(?:better|above)\b(?!\s+than)"),
    (Level.WITHIN_OR_BETTER, rf"(?:at|on|meeting|met)(?:,|\s+(?:{_TARGET}\s*)?or)\s+(?:within|inside)\s+{_TOLERANCE}|(?:on|at|meeting)\s+{_TARGET}\s*(?:,|or|and/or)\s*(?:within|inside)\s+{_TOLERANCE}"),
    (Level.ON, rf"(?:at|on|within)\s*(?:{_TARGET})?\s*,?\s*(?:or|and)\s+(?:better\s+than|above|better|exceeding|over)\s+{_TARGET}|(?:at|on)\s+{_TARGET}\s+or\s+(?:better|above)\b"),
    (Level.ON, rf"(?:better\s+than|above|exceed(?:s|ed|ing)?)\s+or\s+(?:at|on|meet(?:s|ing)?)\s+{_TARGET}"),
    (Level.OFF_TARGET, rf"(?:not\s+(?:yet\s+)?(?:meeting|met|at|on|achieving|achieved|reached|reaching)|miss(?:ed|es|ing)|off|worse\s+than|fail(?:ed|s|ing)\s+to\s+(?:meet|reach|achieve)|short\s+of|did\s+not\s+(?:meet|reach|achieve))\s+{_TARGET}"),
    (Level.ABOVE_TARGET, rf"(?:above|higher\s+than|over|more\s+than|in\s+excess\s+of)\s+{_TARGET}"),
    (Level.BELOW_TARGET, rf"(?:below|lower\s+than|under|less\s+than|fewer\s+than)\s+{_TARGET}"),
    (Level.ON, rf"(?:on|at|meet(?:s|ing)?|met|achiev(?:es|ed|ing)|hit(?:s|ting)?|reach(?:es|ed|ing)|better\s+than|exceed(?:s|ed|ing)?|outperform(?:s|ed|ing)?|surpass(?:es|ed|ing)?|beat(?:s|en|ing)?|ahead\s+of)\s+{_TARGET}|on[\s-]target\b"),
    (Level.OUTSIDE, rf"(?:outside(?:\s+of)?|out\s+of|beyond|out\s+with|outwith|worse\s+than|below)\s+{_TOLERANCE}"),
    (Level.INSIDE, rf"(?:within|inside|in)\s+{_TOLERANCE}"),
    (Level.OUTSIDE, r"(?:rag[\s-])?rated\s+(?:as\s+)?red\b|\bred[\s-]rated\b|\b(?:is|are|was|were|remains?|at|status)\s+red\b"),
    (Level.INSIDE, r"(?:rag[\s-])?rated\s+(?:as\s+)?amber\b|\bamber[\s-]rated\b|\b(?:is|are|was|were|remains?|at|status)\s+amber\b"),
    (Level.ON, r"(?:rag[\s-])?rated\s+(?:as\s+)?green\b|\bgreen[\s-]rated\b|\b(?:is|are|was|were|remains?|at|status)\s+green\b"),
)  # fmt: skip
_PHRASE = re.compile(
    r"\b(?:" + "|".join(f"(?P<p{place}>{pattern})" for place, (_, pattern) in enumerate(_PHRASES)) + ")", re.IGNORECASE
)
_NOT = re.compile(r"\b(?:not|n't|never|no\s+longer|nor|neither)\s+(?:(?!or\b)\w+\s+){0,2}$", re.IGNORECASE)
_REACH = 30


def statuses(flat: str) -> Iterator[StatusPhrase]:
    """Yield the status phrases of a flattened text, in order."""
    for found in _PHRASE.finditer(flat):
        level = _PHRASES[int(str(found.lastgroup)[1:])][0]
        before = flat[max(0, found.start() - _REACH) : found.start()]
        yield StatusPhrase(
            found.start(), found.end(), level, " ".join(found[0].lower().split()), negated=bool(_NOT.search(before))
        )
