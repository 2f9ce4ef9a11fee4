"""What takes a number out of the figures that a workbook knows: it is of a part, of others, of the rest, or hoped for."""

from __future__ import annotations

import re

from xlkpi.prose.figures.beside import Beside
from xlkpi.prose.figures.cues import BETTER, WAITED

#: What a share is not: ``the remaining 20%``, ``9% were not seen``.
_REST_BEFORE = re.compile(
    r"\b(?:(?:remaining|other|rest\s+of|not)\b[^.;,0-9]{0,20}|all\s+but\s+|(?:leaves?|leaving|left)\s+(?:(?:just|only|us\s+with|still)\s+)?)$",
    re.IGNORECASE,
)
_REST_AFTER = re.compile(
    r"[^.;,0-9]{0,45}\b(?:not|outside\s+(?:of\s+)?(?:timescales?|[a-z0-9-]+\s+(?:working\s+)?(?:days|weeks|months|hours))|late|overdue|out\s+of\s+time|without|missed"
    r"|missing|outstanding|(?:waited|waits?|took|takes?|taking|waiting)\s+longer|(?:have|has|had)\s+no|lack(?:s|ed|ing)?|still\s+to\s+(?:do|be|come))\b",
    re.IGNORECASE,
)


#: What an organisation is divided into.
_PLACES = (
    r"(?:teams?|areas?|localit(?:y|ies)|districts?|wards?|offices?|hubs?|patch(?:es)?|clusters?|quadrants?|neighbourhoods?"
    r"|boroughs?)"
)
#: What a number is a part of without a figure in the workbook: ``of whom 6``, ``40 of these``.
_PART_BEFORE = re.compile(
    r"\b(?:of\s+(?:(?:that|this)\s+(?:number|total|figure|group)\b|whom|which|these|those(?!\s+(?:who|that|in|on|aged)\b)|them)|includ(?:ing|es?|ed)|among\s+(?:them|these|those)|such\s+as(?!\s+the\s+(?:share|number|percentage|proportion|rate)\b)"
    rf"|(?:one|another|each|either|some|(?:the\s+)?(?:first|second|third|other))\s+(?:of\s+the\s+)?(?:homes?|schools?|providers?|{_PLACES}))\b[^.;:]*$|\banother\s*$|(?:{_PLACES},?\s+(?:where|whose)\b|(?:^|[.;:]\s)\W*(?:the|our)\s+(?-i:[A-Z])[\w'-]*\s+{_PLACES}\b(?!\s+(?:of|for)\b)|,\s+(?:[\w'&-]+\s+){{1,5}}being\s+(?:the\s+)?(?:\w+est|best|worst|most\s+\w+)\b)[^.;:]*$|\b(?:accounts?|accounted|accounting)\s+for\s+(?:(?:around|about|some|only|just|nearly|over)\s+)?$"
    r"|\bexplain(?:s|ed)\s+$",
    re.IGNORECASE,
)
#: ``an audit of 20 plans had graded 12 good``.
_SAMPLE = re.compile(
    r"\b(?:ofsted|inspectors?|auditors?|moderators?|cqc|hmip)\s+(?:have\s+|had\s+)?(?:read|looked\s+at|saw|sampled|reviewed|audited|checked|examined|visited|met)\s+(?:all\s+|just\s+|only\s+)?$|\b(?:audits?|samples?|surveys?|reviews?|analys[ei]s)\s+of\s+(?:(?:a\s+sample\s+of|some|about|around|just|the|all)\s+)*$",
    re.IGNORECASE,
)
#: ``(the figure last year was 10%)`` is of the whole again.
_FIGURE_THEN = re.compile(
    r"\bthe\s+(?:figure|rate|number|total|share)s?\b[^.;:0-9]{0,30}\b(?:was|is|stood\s+at|had\s+been)\s+$",
    re.IGNORECASE,
)
_PART_AFTER = re.compile(
    rf"\s+in\s+(?:the\s+)?(?:[\w'-]+\s+){{1,3}}(?:{_PLACES})\b"
    r"|\s+of\s+(?:the\s+\w+|those)\s+(?:(?:that|who|which)\s+(?:\w+\s+)?|seen\s+|held\s+|done\s+|completed\s+|made\s+)(?:too\s+)?(?:late|missed|overdue|out\s+of\s+time)\b"
    r"|\s+in\s+the\s+(?:north|south|east|west|centre|city|rest)\b"
    r"|\s+of\s+(?:the|those)\s+(?:\w+\s+)?(?:who|which|that)\s+(?:did|were|was|had|have|has)\s+not\b"
    r"|\s+of\s+(?:the\s+)?(?:over|under)[\s-]?[0-9]{1,2}s\b"
    r"|\s*(?:of|among)\s+(?:the\s+(?:\w+\s+)?(?:ones|others)\b|(?:these|them|whom|which|today's)\b|those\b(?!\s+(?:who|that|in|on|aged)\b))",
    re.IGNORECASE,
)
_MEANT = re.compile(
    r"(?:\bto|\bcan\s+(?:\w+\s+){1,4}?)\s*(?:return|open|convert)\s+(?:[^.;:,]*\s)?$"
    r"|(?:\bto|\bcan\s+(?:\w+\s+){1,4}?|[,;:]|^)\s*(?:reach|hit|achieve|get|bring|restore|raise|lift|recover|recruit|halve)\s+(?:[^.;:,]*\s)?$"
    r"|\b(?:opens?|starts?|begins?|arrives?)\s+(?:in|on|next)\b[^.;:]*$|\b(?:will(?!\s+(?:remember|recall|see|know|note|notice|recognise)\b)|would|could|(?<!when\sit\s)(?<!when\sthey\s)(?<!as\sit\s)(?<!as\sthey\s)should|(?-i:may)|might|aim(?:s|ed|ing)?|expect(?:s|ed|ing)?|plan(?:s|ned)?\s+to"
    r"|hope[sd]?|forecast|project(?:ed|ion)|predict(?:ed|s)?|anticipat(?:e|es|ed)|intend(?:s|ed)?|(?<!even\s)if"
    r"|guidance|guidelines?|recommend(?:s|ed)?|suggest(?:s|ed)?|by\s+the\s+end\s+of\s+next|on\s+(?:track|course)\s+to\s+(?:receive|reach|achieve|hit|deliver|meet|exceed)|ambition|aspir\w+|typical(?:ly)?)\b(?:(?!,\s+(?:and|which|though|but|while|given|since|as)\b)[^.;:])*$",
    re.IGNORECASE,
)


_SET_TO = re.compile(rf"\b(?:target|goal|aim)s?\b[^.;]*\b(?:to|of)\s+{BETTER}\b[^.;]*\bby\s+$", re.IGNORECASE)


_INCLUDES = re.compile(r"\bincludes?\s+(?:(?:also|about|around|some|only|just)\s+)?$", re.IGNORECASE)


#: ``Among those aged 19 the figure is 61%``, ``they came from 15 families``.
_AMONG = re.compile(
    r"(?:^|[.;:]\s)\W*(?:among|for|of)\s+(?!(?:these|this|that)\b)[^.;,]{3,50}\s+the\s+(?:figure|rate|share|proportion)\s+(?:is|was)\s+$"
    r"|\b(?:came|come|comes|coming|drawn|originat\w+)\s+from\s+(?:(?:just|only|some|about)\s+)?$",
    re.IGNORECASE,
)
#: ``the Department's threshold of 426 days``.
_THEIRS = re.compile(
    r"\b(?:department|national|government|dfe|ministerial|nhs|ofsted|regulator|sector|regional)(?:['\u2019]s)?\s+(?:target|threshold|standard|limit|timescale|ambition)s?\b[^.;]*$",
    re.IGNORECASE,
)


def is_their_bound(beside: Beside) -> bool:
    """Return whether a level is one that somebody else set: ``the Department's threshold of 426 days``."""
    return bool(_THEIRS.search(beside.clause))


def includes(beside: Beside) -> bool:
    """Return whether a number is of some among others: ``the number includes 23 who were placed for the long term``."""
    return bool(_INCLUDES.search(beside.before))


def is_of_sample(beside: Beside) -> bool:
    """Return whether a number is how many were looked at: ``an audit of 20 plans``."""
    return bool(_SAMPLE.search(beside.before))


#: ``Survey, 412 replies: 36% had``, ``the staff survey (58% response) put it at 6.1 out of 10``.
_ASKED = re.compile(
    r"\b(?:surveys?|questionnaires?|polls?|respondents?|feedback\s+forms?|audits?|dip[\s-]?samples?|inspectors?)\b(?:(?!,\s+(?:and|but|while|which)\b)[^.;])*$",
    re.IGNORECASE,
)


def is_of_survey(words: str) -> bool:
    """Return whether words speak of a survey or an audit in their last clause."""
    return bool(_ASKED.search(words))


#: ``the gap between them has halved``.
_DISTANCE = re.compile(r"\b(?:gaps?|differences?|distance|backlogs?|queues?|waiting\s+lists?)\b[^.;,]*$", re.IGNORECASE)


def is_of_distance(beside: Beside) -> bool:
    """Return whether the subject of a clause is a gap between figures, or a backlog, and no figure."""
    return bool(_DISTANCE.search(beside.clause))


def is_part(beside: Beside) -> bool:
    """Return whether a number is of a part that the workbook does not know: ``of whom 6 were in custody``."""
    is_whole = bool(_FIGURE_THEN.search(beside.before))
    if _AMONG.search(beside.clause):
        return True
    return bool((not is_whole and _PART_BEFORE.search(beside.clause)) or _PART_AFTER.match(beside.after))


_WHOLE_YEAR = re.compile(
    r"\b(?:annual|yearly|full[\s-]year(?:'s)?|whole[\s-]year|year[\s-]end|end[\s-]of[\s-]year)\s+targets?\b[^.;]{0,30}$"
    r"|\btargets?\s+(?:for|of|over)\s+the\s+(?:whole\s+|full\s+)?year\b[^.;]{0,30}$",
    re.IGNORECASE,
)
#: ``more than the 2021/22 target of 479``: of what adds up over the year.
_YEARS_OWN = re.compile(r"\b(?:19|20)[0-9]{2}\s?[/\u2013-]\s?(?:[0-9]{2}){1,2}\s+targets?\b[^.;]{0,30}$", re.IGNORECASE)


def is_of_whole_year(beside: Beside, *, adds_up: bool) -> bool:
    """Return whether a target is that of the whole year, which is another than that of its quarters where figures add up.

    Args:
        beside: The words around it.
        adds_up: Whether the figures of a year are those of its quarters together.
    """
    return bool(_WHOLE_YEAR.search(beside.before) or (adds_up and _YEARS_OWN.search(beside.before)))


#: ``42% fewer than in the peak quarter``: no level of a target, and no time that is told.
_THAN_ELSE = re.compile(
    r"[^.;]{0,40}?\bthan\s+(?!(?:the\s+|our\s+|its\s+)?(?:contract\s+)?(?:target|tolerance))", re.IGNORECASE
)


#: ``below the Scottish average by 10.3%``.
_AVERAGE = re.compile(
    r"\b(?:below|above|under|over|than|behind|ahead\s+of|from)\s+(?:the\s+|our\s+)?(?:[\w'\u2019-]+\s+){0,6}?(?:average|median|mean|norm|benchmark)"
    r"\s+by\s+(?:just\s+|only\s+|about\s+|some\s+|nearly\s+|over\s+)?$",
    re.IGNORECASE,
)


def is_set_against_else(beside: Beside) -> bool:
    """Return whether a change is compared with something; where no time is named, the workbook does not know it."""
    return bool(_THAN_ELSE.match(beside.after) or _AVERAGE.search(beside.before))


#: ``4.6% growth was assumed in the plan``.
_SUPPOSED = re.compile(
    r"\s*(?:of\s+[^.;:,0-9]{0,30}\s)?(?:would|could|might)\b(?!\s+(?:recommend|say|choose|use\s+us|be\s+happy))|[^.;:,0-9]{0,40}\b(?:is|was|were|are|been|being)\s+(?:assumed|planned|proposed|expected|forecast|projected|predicted|anticipated|budgeted)\b",
    re.IGNORECASE,
)


#: ``passed 90% for the first time and is now at 90.6%``: a mark, and not what it came to.
_PASSED = re.compile(r"\b(?:pass(?:ed|ing)|topp(?:ed|ing)|cross(?:ed|ing))\s+(?:the\s+)?$", re.IGNORECASE)


#: ``each is worth nearly five points``, ``caseloads are capped at 14``: how much one weighs, and how much there may be.
_WORTH = re.compile(
    r"\b(?:each|one|a\s+single\s+\w+)\s+(?:is|was|being)\s+worth\b[^.;:,]*$|\b(?:capped|limited|restricted)\s+(?:at|to)\s+$|\bcap\s+of\s+$",
    re.IGNORECASE,
)
#: ``recovery trajectory is 75% by December``, ``a target of 540 is proposed``: a level that is still to come.
_BY_THEN = re.compile(
    r"\s+by\s+(?:the\s+end|next|(?:early|late|mid)\b|spring|summer|autumn|winter|christmas|easter|january|february|march|april|may|june|july|august|september"
    r"|october|november|december|q[1-4]|20[0-9]{2})\b|\s+(?:is|has\s+been|was)\s+(?:proposed|suggested|to\s+follow)\b",
    re.IGNORECASE,
)


def is_for_later(beside: Beside) -> bool:
    """Return whether a level is one that is to be reached by a time, or proposed."""
    return bool(_BY_THEN.match(beside.after))


#: ``Pathway plans, not a contract measure, 81%``.
_NO_MEASURE = re.compile(
    r"\bnot\s+(?:an?|one\s+of\s+(?:the|our)|part\s+of\s+the|in\s+the)\s+(?:[a-z]+\s+)?(?:measures?|indicators?|kpis?|contract)\b",
    re.IGNORECASE,
)


def is_no_measure(beside: Beside) -> bool:
    """Return whether the words before a number say that it is of no measure of the contract."""
    return bool(_NO_MEASURE.search(beside.clause))


def is_meant(beside: Beside) -> bool:
    """Return whether a number is hoped for or supposed, or a mark that was passed, and not reported."""
    is_supposed = bool(_SUPPOSED.match(beside.after) or _PASSED.search(beside.before) or _WORTH.search(beside.clause))
    return is_supposed or bool(_MEANT.search(beside.clause) or _SET_TO.search(beside.clause))


def tells_the_rest(beside: Beside) -> bool:
    """Return whether a number is of those that are not meant: ``the remaining 20%``."""
    return bool(_REST_BEFORE.search(beside.before) or _REST_AFTER.match(beside.after) or WAITED.match(beside.after))
