"""The words beside a number that say what it is of its subject: a level, a change, a gap, a target, cases."""

from __future__ import annotations

import re
from enum import Enum

from xlkpi.prose.arrows import DOWN, UP
from xlkpi.prose.figures.beside import LEVEL, ROUGH, Beside
from xlkpi.prose.figures.would import is_needed, would_do, would_lose
from xlkpi.prose.mentions.directions import is_phrasal


class Use(Enum):
    """What a number is used for."""

    LEVEL = "level"
    BASELINE = "level at the start"
    CHANGE = "change"
    GAP = "gap"
    CASES = "cases"
    TARGET = "target"
    TOLERANCE = "tolerance"


_NOUN = (
    r"increase|decrease|reduction|rise|fall|drop|decline|improvement|growth|change|difference|deterioration|dip"
    r"|gain|movement|loss|jump|leap|slump|slide|swing"
)
_MOVED = (
    r"rose|fell|fallen|risen|dropped|increased|decreased|reduced|grew|grown|declined|improved|worsened|climbed|slipped|jumped|dipped|shrunk|eased"
    r"|lowered|raised|lengthened|shortened|widened|narrowed|surged|soared|deteriorated|changed|moved|exceeded|missed|bettered|cut|boosted"
    r"|slowed|strengthened|recovered|plunged|tumbled|edged|gained|expanded|contracted|doubled|advanced|weakened|outstripped|outpaced|surpassed|lessened"
)
_CHANGE_BEFORE = re.compile(
    rf"\bby\s+{ROUGH}$|\bby\s+(?:[a-z-]+\s+){{0,3}}(?:half|third|quarter|fifth|tenth)s?\s+\(\s*$|\b(?:up|down)\s+(?:by\s+|\(\s*)?{ROUGH}$|\b(?:{_NOUN})s?\s+(?:\w+\s+)?of\s+{ROUGH}\(?$"
    rf"|\b(?:rose|fell|fallen|risen|dropped|increased|decreased|reduced|grew|grown|declined|improved"
    rf"|worsened|climbed|leapt|jumped|slipped|dipped|plunged|slid|slumped|shrank|surged|soared)\s+(?:\w+ly\s+|a\s+further\s+)?{ROUGH}$"
    rf"|\b(?:the|this|that|an?)\s+(?:\w+\s+)?(?:{_NOUN})\s+(?:on\s+(?:the\s+|last\s+)?\w+\s+)?(?:is|was|came\s+to|comes\s+to|amount(?:s|ed)\s+to|stands\s+at)\s+{ROUGH}$"
    rf"|(?<!\bto\s)\b(?:{_NOUN})s?\s*\(\s*{ROUGH}$|\((?:up|down)\s+(?:by\s+)?$|(?<!\bto\s)\b(?:{_NOUN})s?\s*[:=]\s*$"
    rf"|[{UP}{DOWN}]\s*$",
    re.IGNORECASE,
)
#: One word between a number and what says that it is a change; of ``80% is better than`` the number is a level.
_WORD = r"(?:(?!(?:is|was|are|were|remains?|remained|still)\b)\w+\s+)?"
_CHANGE_AFTER = re.compile(
    rf"\s*\)?\s*{_WORD}(?:higher|lower|more|fewer|less|greater|better|worse|longer"
    rf"|shorter|quicker|faster|slower|smaller|larger)\b(?:\s+\w+){{0,4}}?\s+(?:than|compared|on|qoq|yoy)\b(?!\s+(?:the\s+|our\s+"
    rf"|contract\s+)*(?:target|tolerance))"
    rf"|\s*(?:above|below|ahead\s+of|up\s+on|down\s+on|behind)\s+(?:the\s+|that\s+of\s+|what\s+it\s+was\s+"
    rf"|it\s+was\s+)*(?:same|last|previous|preceding|prior|year|a\s+year|in\s+)"
    rf"|\s*{_WORD}(?:{_NOUN})\b|\s+(?:up|down)\b(?!\s+to\b|\s+from\s+(?:the\s+)?[0-9])|\s+(?:more|fewer|less)\s*(?:[.,;)]|$)|\s*(?:higher|lower|better"
    rf"|worse)\b(?!\s+than\s+(?:the\s+|our\s+|contract\s+)*(?:target|tolerance))",
    re.IGNORECASE,
)
_OUR = r"(?:(?:the|our|its|their|your|a|contract|contractual|agreed|set|new|revised|\d{4}/\d{2}|[0-9.,]+\s?%)\s+)*"
_BOUND = rf"{_OUR}(?P<bound>targets?|tolerances?)\b(?!\s+(?:times?|timescales?|dates?|response)\b)"
_COUNT = (
    r"(?:[0-9]|(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|twenty"
    r"|thirty|forty|fifty)\b)"
)
#: ``Two fewer than the 57 a year earlier`` is no distance from a level.
_THEN_TOO = (
    r"(?:a\s+year|last|the\s+(?:last|previous|same|year|quarter)|this\s+time|reported|recorded|previously|(?:in|at|of|for)\s+(?:the\s+)?"
    r"(?:last|previous|same|q[1-4]|quarter|january|february|march|april|may|june|july|august|september|october|november|december|[0-9]{4}))\b"
)
_GAP_AFTER = re.compile(
    rf"\s*(?:\([^)]*\)\s*)?(?:(?!(?:and|but|although|though|while|whilst|yet|is|was|are|were|which|that|to|on"
    rf"|remain(?:s|ed)?|stays?|stayed|stands?|stood|sits?|sat|lies?|lay|fell|falls|fallen|c[ao]mes?|missed|ended|finished)\b)[A-Za-z-]+\s+){{0,2}}?"
    rf"(?:outside|below|above|short\s+of|shy\s+of|away\s+from|off|from|within|inside"
    rf"|better\s+than|worse\s+than|over|under|beyond|ahead\s+of|adrift\s+of|higher\s+than"
    rf"|lower\s+than|longer\s+than|shorter\s+than)\s+(?:of\s+)?{_BOUND}"
    r"|\s*(?:[A-Za-z-]+\s+)?(?:below|beneath|under|shy\s+of|over|past|above|beyond)\s+(?:the|our)\s+[0-9][0-9.,]*\s?%?\s+(?:that\s+)?(?:we|goal|required|asked|expected|allowed)\b"
    r"|\s*(?:[A-Za-z-]+\s+)?(?:short\s+of|away\s+from|shy\s+of|off)\s+(?:the\s+|our\s+|its\s+)?(?:amber|green)\b"
    rf"|\s*(?:[A-Za-z-]+\s+)?short\s+of\s+(?:the\s+|our\s+|its\s+)?{_COUNT}"
    rf"|\s*(?:[A-Za-z-]+\s+)?(?<!waited\s)(?<!took\s)(?<!lasted\s)(?:more|fewer|less)\s+than\s+(?:the\s+|our\s+|its\s+)?{_COUNT}"
    rf"(?![0-9]*\s+(?:months?|weeks?|years?|quarters?)\s+(?:ago|earlier|before|previously)\b|[0-9.,]*%?\s+{_THEN_TOO})",
    re.IGNORECASE,
)
_GAP_BEFORE = re.compile(
    rf"\b(?:gap|shortfall|distance)\b[^.;]{{0,40}}?\b(?:of|is|was|at|:)\s*{ROUGH}$|\b(?:misse[sd]"
    rf"|exceed(?:s|ed)|short\s+of|outside|below|above|off"
    rf"|beyond)\s+{_BOUND}(?:\s+of\s+[\d.,%]+)?\s*,?\s+(?:but\s+)?(?:only\s+)?by\s+{ROUGH}$"
    rf"|\bshort\s+of\s+[\d.,]+%?\s*,?\s+by\s+{ROUGH}$"
    r"|\b(?:inside|within|on|outside|out\s+of|off|short\s+of|beyond)\s+(?:the\s+|our\s+|its\s+)?(?:tolerance|target)s?,\s+(?:but\s+)?(?:only\s+|just\s+)?by\s+(?:only\s+|just\s+)?$"
    r"|\b(?:outside|beyond|over|under|short)\s+by\s+$|\b(?:targets?|tolerances?|it)\s+(?:(?:was|is|of)\s+)?(?:[0-9][0-9.,]*\s?%?\s*,?\s+(?:(?:which|and)\s+(?:is|was)\s+)?)?(?:missed|exceeded)\s+by\s+$|\bmissed\s+by\s+(?:only\s+|just\s+)?$"
    r"|\b(?:outside|beyond|below|above)\s+(?:the|our|its)\s+(?:tolerance|target|margin|limit|floor|ceiling)\b[^.;:0-9]{0,25},\s+by\s+$"
    r"|\b(?:crossed|crosses|crossing)\s+(?:(?:the|our|its)\s+[0-9][0-9.,]*\s?%?\s+(?:line|mark|threshold|tolerance|limit)|into\s+(?:the\s+)?(?:red|amber))\s+by\s+(?:just\s+|only\s+)?$",
    re.IGNORECASE,
)
#: ``1.3 pp over``, ``16 days too long``, ``0.8 percentage points under the 52% floor``.
_OVER = re.compile(
    r"\s*(?:too\s+(?:long|many|high|low|few|slow|much|short)\b|(?:over|under|short|adrift|out|outside)\s*(?:[.,;)]|$|of\s+(?:it|that)\b)"
    r"|(?:over|under|above|below|beneath|outside|beyond|short\s+of|off|from|away\s+from)\s+(?:even\s+)?the\s+(?:more\s+|less\s+)?\w+\s+of\s+the\s+two\b"
    r"|(?:over|under|above|below|beneath|outside|beyond|short\s+of|off|from|away\s+from|past)\s+(?:the|our|its|your|a)\s+(?:[0-9][0-9.,]*\s?%?\s+(?:\w+\s+)?)?"
    r"(?:floor|ceiling|limit|margin|threshold|minimum|maximum|standard|goal)\b)",
    re.IGNORECASE,
)
_TARGET_BEFORE = re.compile(
    r"\b(?:more|fewer)\s+(?:[a-z]+\s+){0,4}?(?:for|to\s+(?:reach|hit|meet|get\s+(?:back\s+)?(?:to|under|above|over|below)))\s+(?:the\s+)?$"
    r"|\bto\s+(?:return|get|go|come|climb)\s+(?:back\s+)?(?:to|under|below|above|over)\s+$|(?<!\ba\s)\bstandards?\b(?!\s+\w+\s+(?:is|was|are|were|took)\b)[^.;:0-9]{0,50}\b(?:is|was|are|being)\s+(?:that\s+)?(?:at\s+least\s+)?$"
    r"|\b(?:local|national|statutory|agreed|contract|our|the)\s+standard\s+of\s+$|\b(?:target|goal|threshold|ceiling|trajectory|ambition|expectation|promise|benchmark|profile|limit|floor|minimum|maximum)s?(?:\s+(?:level|figure|rate|range|value|to\s+date|this\s+year))?\s*(?:(?:for|in"
    r"|during)\s+(?!a\s)[\w/ ]{3,20}?\s+)?(?:of|,?\s+which\s+(?:is|was|stands\s+at)(?:\s+set\s+at)?"
    r"|is\s+set\s+at|is|was|are|being|stands\s+at|at|to|remains|set\s+at|:|=|\(|-"
    r"|\u2013|)\s*(?:now\s+|still\s+|currently\s+)?(?:a\s+)?(?:maximum|minimum|no\s+more\s+than|at\s+least|less\s+than|more\s+than|under|over|below|above|up\s+to|[<>\u2264\u2265]=?)?\s*$",
    re.IGNORECASE,
)
_TOLERANCE_BEFORE = re.compile(
    r"\b(?:tolerances?(?:\s+(?:level|limit|figure|band))?|(?:lower|upper)\s+limit|minimum\s+(?:expectation|standard|level))\s*(?:of|is\s+set\s+at|is|was|are|being|stands\s+at|,?\s+which\s+(?:is|was|stands\s+at)(?:\s+set\s+at)?"
    r"|at|to|remains|set\s+at|:|=|\(|-|\u2013|)\s*(?:now\s+|still\s+|currently\s+)?(?:a\s+)?(?:maximum|minimum|no\s+more\s+than"
    r"|at\s+least)?\s*$",
    re.IGNORECASE,
)
#: ``moved out of tolerance: 11%`` says what the measure came to, and no level.
_STATUS_BEFORE = re.compile(
    r"\b(?:out\s+of|outside(?:\s+of)?|within|inside|into|in|on|above|below|better\s+than|worse\s+than|short\s+of|met|meets?"
    r"|missed|off|reached|achieved|hit|beaten|exceeded|regained|left|lost)\s+(?:(?:the|our|its|contract|agreed|[0-9][0-9.,]*\s?%?)\s+)*(?:tolerance|target)s?\s*(?:[:\u2013-]|\bat\b|\bwith\b)\s*$",
    re.IGNORECASE,
)
#: ``Homes not meeting the Decent Homes Standard is 3.2%``: the standard is a name.
_OF_STANDARD = re.compile(
    r"\b(?:meet(?:ing|s)?|met)\s+(?:the\s+)?(?:[\w-]+\s+){0,3}standards?\b[^.;:0-9]*$", re.IGNORECASE
)
#: ``no longer on target (86% in Q4)``: what it came to in another quarter.
_STATUS_OPENS = re.compile(
    r"\b(?:on|off|met|missed|within|inside|outside)\s+(?:(?:the|our|its)\s+)?(?:target|tolerance)\s*\(\s*$",
    re.IGNORECASE,
)
_THEN = re.compile(
    r"\s*(?:(?:in|at|for|last|a\s+year|the\s+(?:quarter|year)\s+before)\b[^()]*\)|[,;]\s*(?:the\s+|our\s+)?(?:target|tolerance)\b)",
    re.IGNORECASE,
)
#: ``Anything under 80% is red``.
_BEYOND = re.compile(
    r"\b(?:anything|everything|all|what\s+is|results?|figures?)\s+(?:(?:that\s+is|which\s+is)\s+)?(?:under|below|over|above|less\s+than|more\s+than)\s+$",
    re.IGNORECASE,
)
_IS_RED = re.compile(r"\s+(?:is|are|was|counts\s+as|means|would\s+be)\s+(?:rated\s+)?(?:red|outside)\b", re.IGNORECASE)
#: Behind a participle that says what should be, and has no object: ``the 90% required.``
_CLOSES = r"(?=\s*(?:[.,;:)]|$|(?:and|but|yet|though|although|this|at|for)\b))"
_STAY = re.compile(
    r"\b(?:stay|stayed|remain|remained|keep|kept|be|get|back|bring|brought)\s+(?:us\s+|it\s+|them\s+|things\s+)?(?:(?:with)?in(?:side)?|under|above|below)\s+$",
    re.IGNORECASE,
)
_TARGET_AFTER = re.compile(
    r"\s*(?:the|which)\s+(?:\w+\s+){1,3}?(?:had|has|have)\s+(?:asked\s+for|wanted|expected|planned|set|agreed)\b"
    r"|\s*(?:(?:contract\s+|annual\s+)?target|(?:aim|goal|ambition|standard|benchmark|ceiling|floor|limit|cap|line|promise|promised|maximum|minimum)(?=\s*(?:[.,;:)]|$|(?:and|but|yet|though|although|by)\b)))\b(?!\s*[:=](?!\s+[a-z])|\s+[0-9])|\s*(?:(?:that|which)\s+)?(?:we|they|it|you)\s+(?:(?:had|would|have)\s+)?(?:want|expect|aim|require|allow|set\b)"
    r"|\s+(?:of\s+[^.;:,0-9]{3,70}?\s+)?(?:should|shall|must)\b|\s+(?:(?:that|which)\s+(?:is|was|had\s+been)\s+)?(?:thought\s+(?:reasonable|right)|agreed|asked\s+for"
    rf"|hoped\s+for|aimed\s+(?:at|for)|allowed|permitted|wanted|required|expected|planned|promised)\b{_CLOSES}"
    r"|\s*(?:being|as)\s+(?:the|our|its)\s+(?:\w+\s+)?(?:target|tolerance|threshold|ceiling|limit|floor|minimum|maximum|standard)\b"
    r"|\s*(?:is|was|were|are|being)\s+(?:wanted|required|aimed\s+(?:at|for)|(?:(?:the|our)\s+)?(?:aim|target|goal|standard))\b",
    re.IGNORECASE,
)
BETTER = r"(?:bring|reduc|increas|rais|better|improv|cut|get|keep|achiev|reach|hold)\w*"
#: What should be, and a sentence whose subject is the target: ``The 2014/15 target for reviews held in time was``.
_AIMED = re.compile(
    rf"\b(?:targets?|goals?|aims?)\b[^.;:]*\b(?:to|of)\s+{BETTER}\b[^.;:]*?\b(?:to|at|below|above|under)\s+(?:at\s+least\s+)?$"
    r"|\b(?:targets?|goals?|standards?)\b(?:,?\s+(?:that|which\s+(?:is|was))\s+of|\s+(?:is\s+|was\s+)?(?:to|of|for))\s+(?!be\b)(?:having|seeing|getting|[a-z]{3,})\s+(?:at\s+least\s+)?$"
    r"|\b(?:supposed|required|obliged|meant)\s+to\s+(?!be\b)(?:[a-z]+,?\s+(?:or\s+)?){1,5}(?:at\s+least\s+)?$"
    r"|\baim(?:s|ing|ed)?\s+to\s+(?:have|see|get|hold|complete|answer|reach)\s+(?:at\s+least\s+)?$"
    r"|\b(?:aim|goal|ambition|intention|plan)\s+(?:is|was)\s+to\s+(?:be|reach|get|have|achieve|stay)\s+(?:at\s+|to\s+|under\s+|over\s+)?$"
    r"|\b(?:aim(?:s|ing|ed)?\s+(?:for|at|to\s+reach)|(?:ought|supposed|meant|required)\s+to\s+(?:be|have\s+been)"
    r"|should\s+(?:be|have\s+been))\s+(?:at\s+least\s+)?$",
    re.IGNORECASE,
)
#: ``not yet at 85%``, ``what was planned (6)``: what should be, without the word.
_NOT_REACHED = re.compile(
    r"\bnot\s+(?:quite\s+|yet\s+)+(?:at\s+|up\s+to\s+|the\s+|our\s+)+$"
    r"|\bwhat\s+(?:was|is|had\s+been)\s+(?:planned|expected|required|allowed|agreed|asked\s+for)\s*\($",
    re.IGNORECASE,
)
#: ``their 12% detection rate target``.
_DETERMINED = re.compile(r"\b(?:the|our|their|its|this|that|an?)\s+$", re.IGNORECASE)
_CALLED_TARGET = re.compile(
    r"\s+(?:(?!(?:is|was|were|are|be|of|against|the|below|above|than|and|but|met|missed|on|off|for|in|with|within|to|from|which|that|its|our|under|over)\b)"
    r"[A-Za-z-]+\s+){1,4}target\b(?!\s*[:=]|\s+(?:of\s+)?[0-9])",
    re.IGNORECASE,
)
#: ``The 500-day average has not been met``.
_WAS_MET = re.compile(
    r"\s+(?:[a-z]+\s+)?(?:has|had|have|was|were|is|are)\s+(?:not\s+|never\s+)?(?:been\s+)?(?:met|missed|achieved)\b",
    re.IGNORECASE,
)
_TARGET_IS = re.compile(
    r"\W*(?:the|our|its|a)\s+(?:[\w/-]+\s+){0,3}?targets?\b(?!\s+(?:was|is|has|were|are)\s+(?:not\s+)?(?:been\s+)?(?:met|missed|reached|achieved|hit))"
    r"[^.;:%,]*\b(?:was|is|were|are|being|stands\s+at|set\s+at)\s+(?:a\s+)?$",
    re.IGNORECASE,
)
_TOLERANCE_AFTER = re.compile(r"\s*(?:contract\s+)?tolerance\b(?!\s*[:=])", re.IGNORECASE)
_BASELINE_BEFORE = re.compile(
    r"\b(?:from|having\s+(?:been|stood\s+at)|(?<!there\s)had\s+(?:been|stood\s+at)|previously\s+(?:at\s+|was\s+)?"
    r"|(?:increase|decrease|improvement|reduction|rise|fall|drop|deterioration|decline)\s+(?:on|over)|compared\s+(?:to|with|against)|in\s+comparison\s+(?:to|with)|versus|vs\.?|against|down\s+on|up\s+on"
    r"|than(?:\s+the)?|previously|was|since)\s+(?:the\s+|a\s+|an?\s+\w+\s+of\s+|an?\s+)?"
    r"(?:(?:figure|rate|level|total|high|low|peak|height|position|outturn|baseline)\s+of\s+)?(?:just\s+|around\s+"
    r"|about\s+|over\s+|nearly\s+|only\s+)?\(?$|\(\s*(?:was|previously|formerly|then)\s*:?\s*$",
    re.IGNORECASE,
)
_WAS = re.compile(r"(?<!\()\bwas\s+(?:an?\s+(?:average|total|figure|rate)\s+of\s+|\S*)$", re.IGNORECASE)
#: ``The shortfall to tolerance is 56 visits; to target it is 616``.
_TO_BOUND = (
    r"(?:^|[;,.]\s+|\band\s+)to\s+(?:the\s+|our\s+)?(?P<level>target|tolerance)\s+(?:it\s+)?(?:is|was|would\s+be)\s+$"
)
_CASES_BEFORE = re.compile(
    r"\b(?:amount(?:s|ed|ing)?|equat(?:es?|ed|ing)|equivalent|correspond(?:s|ed)?|represent(?:s|ed|ing)?"
    r"|translat(?:es?|ed))\s+(?:to\s+)?"
    rf"{ROUGH}$|{_TO_BOUND}|\b(?:red|amber|green),?\s+(?:but\s+)?(?:only\s+|just\s+)?by\s+(?:only\s+|just\s+)?$|\b(?:short\s+(?:by|of)|missed\s+by)\s+{ROUGH}$",
    re.IGNORECASE,
)
_MAKES_UP = re.compile(
    rf"\b(?:amount|equat|equivalent|correspond|represent|translat)\w*\s+(?:to\s+)?{ROUGH}$", re.IGNORECASE
)
_CASES_AFTER = re.compile(
    r"\s+(?:more|fewer|further|additional|extra|others?)\b[^.;,]{0,50}\b(?:would|will)\s+(?:have|take|bring|put|clear|keep|mean)\b"
    r"|\s+(?:[a-z]+\s+){0,2}?(?:short|too\s+(?:many|few))\b|\s+(?:more|fewer|further|additional|extra)\b"
    r"|\s*(?:(?!(?:but|while|though|although|remain(?:s|ed)?|stays?|is|was)\b)\w+\s+){0,3}?(?:short\s+of|to\s+(?:reach|meet|get|return|stay|achieve|come|(?:the\s+|our\s+)?(?:target|tolerance|green|amber))"
    r"|needed|required|would\s+have)\b|\s+(?:[a-z]+\s+)?away\s*(?:[.,;)]|$|but\b|and\b)"
    r"|\s+cases?\s+against\s+(?:the|our|a)\s+(?:[0-9][0-9.,]*\s?%?\s+)?(?:target|tolerance)\b"
    r"|\s+(?:[a-z]+\s+)?(?:[\u2013-][^.;\u2013-]{0,15}[\u2013-]\s*)?(?:off|from|away\s+from)\s+(?:the|our|a)\s+(?:[0-9][0-9.,]*\s?%?\s+)?(?:target|tolerance)\b",
    re.IGNORECASE,
)


def use_of(beside: Beside) -> Use:
    """Return what a number is used for, by the words beside it; a level where they say nothing.

    Examples:
        >>> use_of(Beside("referrals dropped by ", " from last quarter")), use_of(Beside("are now ", " outside tolerance."))
        (<Use.CHANGE: 'change'>, <Use.GAP: 'gap'>)
        >>> use_of(Beside("against a target of ", ".")), use_of(Beside("has reduced from ", " to"))
        (<Use.TARGET: 'target'>, <Use.BASELINE: 'level at the start'>)
    """
    return next((use for use, says in _ORDER if says(beside)), Use.LEVEL)


def makes_up(beside: Beside) -> bool:
    """Return whether a number says what the gap before it amounts to: ``This amounts to 56 visits``."""
    return bool(_MAKES_UP.search(beside.before))


def bound_of(beside: Beside) -> str:
    """Return from which level a gap is said to be; empty where the words do not say.

    Examples:
        >>> bound_of(Beside("are now ", " outside tolerance.")), bound_of(Beside("a gap of ", "."))
        ('tolerance', '')
    """
    found = _GAP_AFTER.match(beside.after) or _GAP_BEFORE.search(beside.before)
    bound = str(found["bound"] or "").lower().removesuffix("s") if found and "bound" in found.groupdict() else ""
    return _LEVELS.get(bound, bound)


#: ``339 more to reach the tolerance of 65%``.
_REACHED = re.compile(
    r"[^.;:,0-9]{0,60}?\b(?:more|fewer)\b(?:(?!\band\b)[^.;:,%]){0,60}?\b(?:reach|meet|hit|to|into|within|inside|back\s+(?:in|to)|on)\s+(?:(?:the|our|its)\s+)?"
    r"(?P<bound>target|tolerance|amber|green)\b",
    re.IGNORECASE,
)


def bound_reached(beside: Beside) -> str:
    """Return to which level so many more would bring a measure; empty where the words do not say."""
    if said := re.search(_TO_BOUND, beside.before, re.IGNORECASE):
        return said["level"].lower()
    found = _REACHED.match(beside.after)
    return _LEVELS.get(found["bound"].lower(), found["bound"].lower()) if found else ""


_LEVELS = {"amber": "tolerance", "green": "target"}


#: ``By`` says how much something moved where a word before it says that it moved; ``used by 884`` says by whom.
_DONE_BY = re.compile(
    rf"(?:\b(?!(?:{_MOVED})\b)(?:\w+ed|taken|made|given|seen|held|run|led|met|done|written|chosen|sent|brought|paid|put|set|kept|won|shown)"
    rf"(?:\s+(?:up|out|on|in|over|down|for))?)\s+by\s+{ROUGH}$",
    re.IGNORECASE,
)
_BY = re.compile(rf"\bby\s+{ROUGH}$", re.IGNORECASE)
_MOVES = re.compile(
    r"\b(?:ris|rose|fall|fell|increas|decreas|reduc|drop|declin|gr[eo]w|improv|worsen|climb|slip|jump|dip|shr[iu]nk|eas(?:ed|ing)|low|rais|length|short"
    r"|wid|narrow|surg|soar|deterior|chang|mov|exce|miss|bett|cut|boost|slow|strength|recover|plung|tumbl|edg|gain|expan|contract|doubl|advanc|weak|out"
    r"|surpass|less|up\b|down\b|high|more\b|few|worse|above|below|sw[eo]l|cre[ep]p|slid|slump|balloon|halv|leap|spik|adrift|behind|ahead|over\b|under"
    r"|differ|vari|fail|off\b|increment|shift|lift|push|dr[aio]v|pull|bring|brought|tak|took)",
    re.IGNORECASE,
)
#: ``fell by 3% on the year and by 2% on the quarter``: the verb may stand far before.
_GOES_ON = re.compile(r"(?:\b(?:and|or|but|then|also)|,)\s*$", re.IGNORECASE)
_UP_OR_DOWN = re.compile(rf"\b(?:up|down)\s+(?:by\s+|\(\s*)?{ROUGH}$", re.IGNORECASE)
_BRACKET = re.compile(r"^\s*(?:[a-z]+\s+)?\([^()]{1,24}\)")


_OUT_OF = re.compile(r"\bout\s+of\s+(?:the\s+|all\s+|our\s+)?$", re.IGNORECASE)


def _is_change(beside: Beside) -> bool:
    if _OUT_OF.search(beside.before):
        return False
    if _CHANGE_AFTER.match(_BRACKET.sub("", beside.after)):
        return True
    if not _CHANGE_BEFORE.search(beside.before) or _DONE_BY.search(beside.before):
        return False
    by = _BY.search(beside.before)
    if by and not _MOVES.search(beside.before[: by.start()]) and not _GOES_ON.search(beside.before[: by.start()]):
        return False
    found = _UP_OR_DOWN.search(beside.before)
    return found is None or not is_phrasal(beside.before[: found.start()])


#: ``The rate was less than 30%.`` says where it lies.
_LIES = re.compile(
    r"\b(?:is|was|were|are|remains?|remained|stands?|stood)\s+(?:\w+ly\s+|well\s+|still\s+)?(?:higher|lower|less|more|greater|fewer)\s+than\s+$",
    re.IGNORECASE,
)
_OF_THEN = re.compile(
    r"[^.;,]{0,30}\b(?:last|previous|year|quarter|q[1-4]|ago|before|earlier|reported|in|at|of|recorded)\b",
    re.IGNORECASE,
)


#: ``only 3 of 19 have been allowed, i.e. less than 16%``.
_THAT_IS = re.compile(r"(?:\bi\.e\.|\bthat\s+is|\bor|[(])\s*,?\s*(?:less|more|fewer|greater)\s+than\s+$", re.IGNORECASE)


def _is_baseline(beside: Beside) -> bool:
    is_bound = (_LIES.search(beside.before) or _THAT_IS.search(beside.before)) and not _OF_THEN.match(beside.after)
    return bool(_BASELINE_BEFORE.search(beside.before)) and not (is_bound or _WAS.search(beside.before))


#: ``(outside tolerance, 2 points) below it``.
_FROM_IT = re.compile(
    r"\s*(?:below|above|short\s+of|over|under|outside|inside|beyond|off)\s+(?:it|that)\b", re.IGNORECASE
)
#: ``66 waited more than five working days``: those who are beyond a limit.
WAITED = re.compile(
    r"\s+(?:[a-z]+\s+){0,2}?(?:wait(?:ed|ing)|took|taken|taking)\s+(?:[a-z]+\s+){0,2}?(?:longer|more\s+than|over)\b",
    re.IGNORECASE,
)


def _is_cases(beside: Beside) -> bool:
    return bool(is_needed(beside) or _CASES_BEFORE.search(beside.before) or _CASES_AFTER.match(beside.after))


#: ``To hit 90% we needed 38 of them``.
_TO_REACH = re.compile(
    r"\bto\s+(?:hit|reach|meet|make|get\s+(?:back\s+)?to|(?:return|climb)\s+to)\s+(?:the\s+)?$", re.IGNORECASE
)
_TAKES = re.compile(
    r"\s*,?\s*(?:we|it|they|that|would)\b[^.;]{0,30}\b(?:need\w*|take[ns]?|took|requir\w+)\b", re.IGNORECASE
)


def _names_target(beside: Beside) -> bool:
    """Return whether the words before a number call it a target."""
    is_named = bool(_TARGET_BEFORE.search(beside.before)) and not _OF_STANDARD.search(beside.before)
    return is_named and not _is_of_status(beside)


#: ``The target, 80%, was only set in April``.
_APPOSED = re.compile(r"\b(?:target|goal|tolerance|threshold|limit)s?,\s+$", re.IGNORECASE)
_SHUT = re.compile(r"\s*,")


def _is_of_status(beside: Beside) -> bool:
    """Return whether the target or tolerance before a number is that of a status: ``within tolerance (4.6%, tolerance 5%)``."""
    opens = _STATUS_OPENS.search(beside.before) and _THEN.match(beside.after)
    return bool(opens or _STATUS_BEFORE.search(beside.before))


_ORDER = (
    (Use.CASES, lambda one: would_do(one) or would_lose(one)),
    (Use.LEVEL, lambda one: bool(WAITED.match(one.after))),
    (Use.GAP, lambda one: bool(_GAP_AFTER.match(one.after) or _GAP_BEFORE.search(one.before))),
    (Use.GAP, lambda one: bool(_OVER.match(one.after))),
    (Use.GAP, lambda one: bool(_FROM_IT.match(one.after) and LEVEL.search(one.clause))),
    (
        Use.TOLERANCE,
        lambda one: bool(
            (_TOLERANCE_BEFORE.search(one.before) and not _is_of_status(one))
            or _STAY.search(one.before)
            or (_BEYOND.search(one.before) and _IS_RED.match(one.after))
            or _TOLERANCE_AFTER.match(one.after)
        ),
    ),
    (
        Use.TARGET,
        lambda one: bool(
            _names_target(one)
            or (_APPOSED.search(one.before) and _SHUT.match(one.after))
            or _TARGET_AFTER.match(one.after)
            or _AIMED.search(one.clause)
            or _NOT_REACHED.search(one.before)
            or _TARGET_IS.fullmatch(one.clause)
            or (_DETERMINED.search(one.before) and (_CALLED_TARGET.match(one.after) or _WAS_MET.match(one.after)))
        ),
    ),
    (Use.TARGET, lambda one: bool(_TO_REACH.search(one.before) and _TAKES.match(one.after))),
    (Use.CHANGE, _is_change),
    (Use.CASES, _is_cases),
    (Use.BASELINE, _is_baseline),
)
