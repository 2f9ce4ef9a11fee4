"""Words that name a status against target and tolerance."""

from __future__ import annotations

import re
from collections.abc import Iterator

from xlkpi.prose.mentions.kinds import Level, StatusPhrase

_OUR = (
    r"(?:(?:the|our|its|their|a|all|agreed|set|contract|contractual|contracted|statutory|local|performance"
    r"|current|this|that|permitted|accepted|normal|usual)\s+){0,4}"
)
#: ``within the 26% tolerance``, ``outside the 14-day limit``
_AT = r"(?:[0-9][0-9.,]*(?:\s?%|\s?per\s?cent|-(?:day|week|month|hour))?\s+)?"
_TARGET = rf"{_OUR}{_AT}targets?\b(?!\s*(?:date|set\b|of\s+the|tolerances?\b))"
#: ``the target of 426 days has now been met``
_TARGET_IS = rf"{_TARGET}(?:\s+of\s+[0-9][0-9.,]*\s?(?:%|per\s?cent)?(?:\s+(?!has|have|had|was|were|is|are)[a-z]+)?)?"
_TOLERANCE = rf"{_OUR}{_AT}(?:target\s+)?tolerances?\b(?:\s+(?:levels?|limits?|bands?|range))?"
_BOUND = rf"{_OUR}(?:tolerances?|measures?|standards?|requirements?|expectations?|thresholds?)\b"

#: A colour stands for a status where it is written as one: ``RAG: Green``, ``Green;``, ``5 green``.
_RAG = r"(?:rag|status|rating)\s*[:=]?\s*"
_LETTER = r"(?:rag(?:\s+(?:status|rating))?|status|rating)\s*[:=]?\s+"
_NO_NAME = r"(?!\s+(?:cross|lane|street|road|park|paper|book|house|school|hill|line|team|zone|card|flags?)\b|[-\u2010][A-Za-z])"

_SIDE = r"(?:(?:lower|upper|tolerance)\s+)?"
_FEW = "no", "none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"
_COLOURS = "red", "amber", "green"


def _coloured(colour: str) -> str:
    """Return how drafts give something a colour in small letters: ``has been red``, ``slipped to red``, ``two reds``."""
    counted = "|".join(rf"(?<=\b{word}\s)" for word in _FEW)
    from_to = "|".join(rf"(?<={one}\s{word}\s){colour}\b" for one in _COLOURS for word in ("to", "or"))
    return (
        rf"(?:rag[\s-])?rated\s+(?:as\s+)?{colour}\b|\b{colour}[\s-]rated\b"
        rf"|\b(?:is|are|was|were|be|been|being|remains?|remained|stays?|stayed|turned|at|status|now|still|again)\s+{colour}\b{_NO_NAME}"
        rf"|(?<=from\s){colour}\b(?=\s+to\s+(?:{'|'.join(_COLOURS)})\b)|{from_to}"
        rf"|\b(?:moved|gone|went|slipped|dropped|fell|fallen|returned|back|turned|risen|rose|improved|recovered)\s+(?:back\s+|down\s+|up\s+|straight\s+)?(?:in)?to\s+{colour}\b{_NO_NAME}"
        rf"|(?<=[a-z]:\s){colour}\b{_NO_NAME}|(?<=[0-9]%,\s){colour}\b|(?<=[0-9]%;\s){colour}\b|(?<=[0-9],\s){colour}\b|(?:(?<=days,\s)|(?<=weeks,\s)){colour}\b|(?<=[0-9]%\s\(){colour}\b|(?<=[0-9]%\s[-\u2013]\s){colour}\b"
        rf"|(?:(?<=[a-z)][-\u2013]\s)|(?<=[a-z)]\s[-\u2013]\s)){colour}\b(?![ ]?[a-z])"
        rf"|\bin\s+(?:the\s+)?{colour}\b(?=\s*(?:[.,;:)]|$|for\b|again\b))|\b{colour}s\b"
        rf"|(?<=\bnot\s){colour}\b(?=\s*(?:[.,;:)]|$)|\s+but\b)|(?<=\bbut\s){colour}\b(?=\s*(?:[.,;:)]|$))|(?<=\bonly\s){colour}\b(?=\s+(?:is|are|was|were|ones?)\b)"
        rf"|\b{colour}(?=\s+(?:(?:for|since)\b|in\s+(?:all|each|every)\b|measures?|indicators?|kpis?|quarters?|rating)\b)|(?:{counted})(?:at\s+)?{colour}\b{_NO_NAME}"
    )


def _lasting(word: str) -> str:
    """Return how drafts say for how long something was out or in: ``62%, outside in all seven quarters``."""
    return (
        rf"(?:(?<=[0-9]%,\s)|(?<=been\s)|(?<=[0-9],\s)){word}(?=\s+(?:for|in\s+(?:all|each|every))\b)"
        rf"|(?<=quarters\s){word}(?=\s*(?:[.,;)]|$)|\s+(?:to|in\s+a\s+row|running)\b)"
    )


#: The longer phrase first: ``inside tolerance or better`` before ``inside tolerance``.
_PHRASES = (
    (Level.NO_TARGET, (
        r"(?:no|without(?:\s+an?y?)?|not?\s+(?:yet\s+)?(?:have|has"
        r"|had)\s+an?y?)\s+(?:contract\s+)?targets?\b(?:\s+(?:currently\s+)?(?:specified|set|agreed))?"
    )),
    (Level.OFF_TARGET, (
        rf"{_TARGET_IS}\s+(?:(?:has|have|had|was|were|is|are|been|being)\s+){{1,3}}(?:(?:not|never)\s+(?:yet\s+)?(?:been\s+)?(?:met|achieved"
        rf"|reached|exceeded|hit)|missed)\b"
    )),
    (Level.ON, (
        rf"(?:{_TARGET_IS}|{_OUR}(?:requirement|standard)s?)\s+(?:(?:has|have|had|was|were|is|are|been|being|now|again|thereby)\s+){{1,3}}(?:met|satisfied|achieved|reached|exceeded|surpassed)\b"
    )),
    (Level.NO_DATA, r"no\s+data(?:\s+(?:available|returned|reported))?|not\s+(?:yet\s+)?(?:measured|reported)\b"),
    (Level.WITHIN_OR_BETTER, (
        rf"(?:within|inside|in|at|on)\s*(?:{_TOLERANCE})?\s*,?\s*or\s+(?:better|above)\s+than\s+{_BOUND}"
    )),
    (Level.WITHIN_OR_BETTER, (
        rf"(?:within|inside)\s+(?:{_TOLERANCE}\s+)?or\s+(?:(?:better|above)\s+(?:than\s+)?|at\s+"
        rf"|on\s+)+{_TARGET}"
    )),
    (Level.WITHIN_OR_BETTER, rf"(?:within|inside|at|in)\s+{_TOLERANCE}\s+or\s+(?:better|above)\b(?!\s+than)"),
    (Level.WITHIN_OR_BETTER, (
        rf"(?:above|on|at|meeting|met|better\s+than)\s+(?:{_TARGET}\s*,?\s+)?or\s+(?:within|no\s+more\s+than|less\s+than|up\s+to)\s+[0-9.]+\s?(?:%|per\s?cent)"
        rf"\s+(?:of|off|from|below|under|short\s+of|worse\s+than)\s+(?:it\b|{_TARGET})"
    )),
    (Level.WITHIN_OR_BETTER, (
        rf"(?:at|on|meeting|met)(?:,|\s+(?:{_TARGET}\s*)?or)\s+(?:within|inside)\s+{_TOLERANCE}|(?:on|at"
        rf"|meeting)\s+{_TARGET}\s*(?:,|or|and/or)\s*(?:within|inside)\s+{_TOLERANCE}"
    )),
    (Level.ON, (
        rf"(?:at|on|within)\s*(?:{_TARGET})?\s*,?\s*(?:or|and)\s+(?:better\s+than|above|better|exceeding"
        rf"|over)\s+{_TARGET}|(?:at|on)\s+{_TARGET}\s+or\s+(?:better|above)\b"
    )),
    (Level.ON, rf"(?:met|reached|hit)\s+or\s+(?:bettered|beat|exceeded|surpassed|passed)\s+{_TARGET}"),
    (Level.ON, rf"(?:better\s+than|above|exceed(?:s|ed|ing)?)\s+or\s+(?:at|on|meet(?:s|ing)?)\s+{_TARGET}"),
    (Level.OUTSIDE, rf"miss(?:ed|es|ing)?\s+{_TARGET}\s+by\s+more\s+than\s+{_TOLERANCE}"),
    (Level.OFF_TARGET, (
        rf"(?:not\s+(?:yet\s+)?(?:meeting|met|at|on|achieving|achieved|reached|reaching)|miss(?:ed|es|ing)?"
        rf"|off|worse\s+than|behind|fail(?:ed|s|ing)\s+to\s+(?:meet|reach|achieve)|short\s+of|did\s+not\s+(?:meet"
        rf"|reach|achieve))\s+{_TARGET}"
    )),
    (Level.OFF_TARGET, r"off[\s-]track\b"),
    (Level.ABOVE_TARGET, rf"(?:above|higher\s+than|over|more\s+than|in\s+excess\s+of)\s+{_TARGET}"),
    (Level.BELOW_TARGET, rf"(?:below|lower\s+than|under|less\s+than|fewer\s+than)\s+{_TARGET}"),
    (Level.ON, (
        rf"(?:on|at|meet(?:s|ing)?|met|achiev(?:es|ed|ing)|hit(?:s|ting)?|reach(?:es|ed|ing)|better\s+than"
        rf"|exceed(?:s|ed|ing)?|outperform(?:s|ed|ing)?|surpass(?:es|ed|ing)?|beat(?:s|en|ing)?"
        rf"|ahead\s+of)\s+{_TARGET}|on[\s-]target\b"
    )),
    (Level.ON, rf"(?:within|inside)\s+{_TARGET}(?!\s+(?:times?|timescales?|days?|dates?|hours?|periods?|response)\b)"),
    (Level.INSIDE, rf"between\s+(?:{_TARGET}\s+and\s+{_TOLERANCE}|{_TOLERANCE}\s+and\s+{_TARGET})"),
    (Level.OUTSIDE, (
        rf"(?:outside(?:\s+of)?|out\s+of|beyond|out\s+with|outwith|worse\s+than|below|breach(?:es|ed|ing))\s+{_TOLERANCE}"
    )),
    (Level.OUTSIDE, rf"over\s+{_TOLERANCE}"),
    (Level.INSIDE, rf"(?:within|inside|in)\s+{_TOLERANCE}"),
    (Level.OUTSIDE, (
        rf"(?:outside(?:\s+of)?|out\s+of|beyond|passed|breach(?:es|ed|ing))\s+{_OUR}{_AT}{_SIDE}(?:limits?|bands?|ceiling|thresholds?)\b"
        rf"|(?:below|beneath|under|short\s+of|did\s+not\s+reach)\s+{_OUR}{_AT}(?:floor|minimum(?!\s+(?:wage|age))|lower\s+limit)\b"
        r"|significantly\s+adrift\b"
    )),
    (Level.WITHIN_OR_BETTER, (
        rf"(?:above|clear\s+of)\s+{_OUR}{_AT}(?:floor|minimum|lower\s+limit)\b"
        rf"|(?:within|inside|under|below)\s+{_OUR}{_AT}(?:upper\s+limit|ceiling)\b"
    )),
    (Level.OUTSIDE, rf"(?-i:Outside)(?=\s+(?:for|by)\b)|{_lasting('outside')}"),
    (Level.INSIDE, rf"(?-i:Inside)(?=\s+for\b)|{_lasting('inside')}"),
    (Level.OUTSIDE, r"in\s+breach\b(?!\s+of\s+(?!(?:the\s+|its\s+|our\s+)?tolerance))"),
    (Level.INSIDE, rf"(?:within|inside|in)\s+{_OUR}(?:tolerance\s+)?band\b|slightly\s+adrift\b"),
    (Level.OUTSIDE, _coloured("red")),
    (Level.INSIDE, _coloured("amber")),
    (Level.ON, _coloured("green")),
    (Level.OUTSIDE, rf"(?:{_RAG}red|(?-i:Red|RED))\b{_NO_NAME}|(?<=[0-9]\s)red\b|(?<=[0-9]%\s)red\b"),
    (Level.INSIDE, rf"(?:{_RAG}amber|(?-i:Amber|AMBER))\b{_NO_NAME}|(?<=[0-9]\s)amber\b|(?<=[0-9]%\s)amber\b"),
    (Level.INSIDE, rf"{_RAG}yellow\b|(?-i:Yellow|YELLOW)\b(?=\s+RAG\b)|(?<=green\sor\s)yellow\b"),
    (Level.ON, (
        rf"(?:{_RAG}green|(?-i:Green|GREEN))\b{_NO_NAME}|(?<=[0-9]\s)green\b|(?<=[0-9]%\s)green\b"
        rf"|(?<=KPIs\s)green\b|(?<=measures\s)green\b"
    )),
)  # fmt: skip
_LETTERS = tuple(
    (level, rf"{_LETTER}(?-i:{letter})\b(?![.'])|(?:(?<=[0-9]%\s\()|(?<=[0-9]:\s)|(?<=[0-9]%:\s))(?-i:{letter})(?=\))")
    for level, letter in ((Level.OUTSIDE, "R"), (Level.INSIDE, "A"), (Level.ON, "G"))
)
_ALL = (*_PHRASES, *_LETTERS)
_PHRASE = re.compile(
    r"\b(?:" + "|".join(f"(?P<p{place}>{pattern})" for place, (_, pattern) in enumerate(_ALL)) + ")", re.IGNORECASE
)
_NOT = re.compile(
    r"\b(?:rather\s+than\s+(?:being\s+)?|out\s+of\s+(?:the\s+)?|(?:costs?|lost|loses?|losing|forfeit(?:s|ed)?)\s+(?:us\s+|it\s+|them\s+)?(?:our\s+|its\s+|their\s+|the\s+)?|without(?:\s+(?:once|ever|yet|quite))?\s+|(?:not|n't|never|no\s+longer|nor\s+(?:is|are|was|were|has|have|did|does)|fail(?:s|ed|ing)?\s+to)\s+(?:(?!(?:or|but)\b)\w+\s+){0,2})$",
    re.IGNORECASE,
)
_REACH = 30
#: ``almost on target``, ``5% above or below their targets``: what is no status, or both of two.
_HARDLY = re.compile(
    r"(?:\b(?:almost|nearly|not\s+quite|close\s+to(?:\s+being)?|approaching)|[0-9]\s?%\s+(?:above|over|better|within)\s+or)\s+$",
    re.IGNORECASE,
)
_ABOVE_OR = re.compile(r"(?:above|over|better)\s+or\s+(?:below|under|worse)\b", re.IGNORECASE)
#: ``back within target the week after``.
_ANOTHER_TIME = re.compile(
    r"\s+(?:(?:the|a|one|two|three|in\s+the)\s+(?:following\s+)?(?:week|month|day)s?\s+(?:after|later|before)|(?:in\s+)?the\s+following\s+(?:week|month|day|quarter))\b",
    re.IGNORECASE,
)
#: ``Achieving this target depended on a few sites``.
_HANGS = re.compile(
    r"\s+(?:depend|requir|rel(?:y|ies|ied)\b|hing|would\b|will\b|could\b|remains?\s+(?:a\s+)?(?:challeng|difficult)|(?:is|was)\s+(?:dependent|challenging|difficult|reliant))",
    re.IGNORECASE,
)


def _is_none(flat: str, found: re.Match[str], before: str) -> bool:
    """Return whether words that name a status say none of the time reported."""
    is_gerund = found[0][:9].lower().startswith(("achieving", "meeting", "reaching", "hitting"))
    is_both = _ABOVE_OR.match(found[0]) is not None and before.rstrip().endswith("%")
    return bool(
        is_both
        or _HARDLY.search(before)
        or _ANOTHER_TIME.match(flat, found.end())
        or (is_gerund and _HANGS.match(flat, found.end()))
    )


def statuses(flat: str) -> Iterator[StatusPhrase]:
    """Yield the status phrases of a flattened text, in order."""
    for found in _PHRASE.finditer(flat):
        level = _ALL[int(str(found.lastgroup)[1:])][0]
        before = flat[max(0, found.start() - _REACH) : found.start()]
        if _is_none(flat, found, before):
            continue
        yield StatusPhrase(
            found.start(), found.end(), level, " ".join(found[0].lower().split()), negated=bool(_NOT.search(before))
        )
