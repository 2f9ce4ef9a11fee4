"""What so many more, or fewer, would do to a measure: bring it to a level, or cost it its status."""

from __future__ import annotations

import re

from xlkpi.prose.figures.beside import LEVEL, ROUGH, Beside

_MORE = r"(?:more|fewer|further|additional|extra)"
_FURTHER = re.compile(rf"\b(?:a\s+further|an\s+additional|another)\s+{ROUGH}$", re.IGNORECASE)
_NEEDED = re.compile(
    r"[^.;]{0,60}?\b(?:need\w*|would|requir\w+|to\s+(?:reach|meet|get|return|achieve|come))\b", re.IGNORECASE
)
#: ``It would take 18 more visits to get back to 85%``, ``we should have needed 31 more``.
_WOULD_TAKE = re.compile(
    r"\b(?:would|will|should|could|might)\s+(?:still\s+)?(?:have\s+)?(?:tak|need|requir|call(?:ed)?\s+for)\w*\s+(?:only\s+|just\s+|(?:about|some|at\s+least|up\s+to)\s+)?$"
    r"|\b(?:needs?|needed|takes?|requires?)\s+(?:only\s+|just\s+)?$",
    re.IGNORECASE,
)
#: ``the target would have required fifteen``, ``four posts filled would bring it back``.
_REQUIRES = re.compile(
    r"\bfor\s+(?:the\s+)?want\s+of\s+(?:just\s+|only\s+)?$|\b(?:targets?|tolerances?)\s+would\s+(?:have\s+)?(?:required?|needed?|taken?|called\s+for)\s+(?:just\s+|only\s+)?$",
    re.IGNORECASE,
)
_BRINGS = re.compile(
    r"\s+(?:[a-z-]+\s+){1,3}?(?:mak(?:e|es|ing)|made|was|were|is|being)\s+the\s+difference\b|\s+[a-z-]+(?:\s+[a-z-]+){0,2}?\s+would\s+(?:have\s+)?(?:bring|brought|closed?|cleared?)\s+(?:it|us|that|the|them)\b",
    re.IGNORECASE,
)
_MORE_OF = re.compile(rf"\s+(?:[a-z]+\s+){{0,2}}{_MORE}\b", re.IGNORECASE)
#: ``One more on time would have met the standard``, ``ten more pieces of advice on time and we'd be green``.
_WOULD_DO = re.compile(
    rf"\s+{_MORE}\b[^.;,]{{0,50}}(?:\bwould\s+(?:have\s+)?(?:\w+\s+)?(?:\w+)\b|\band\s+(?:we|it|they|this|that)(?:['\u2019]d|\s+would)\b)"
    rf"|\s+{_MORE}\b[^.;,]{{0,40}}?\b(?:gets?|takes?|puts?|brings?|moves?|pushes)\s+(?:us|it|this|them|performance|the\s+(?:measure|indicator|kpi|rate))\s+"
    r"(?:back\s+|up\s+|down\s+)?(?:to|on|onto|into|inside|in|within|over|under|above|below|past)\b"
    r"|\s+of\s+(?:those|these|them)\b[^.;,]{0,40}\bwould\b|\s+(?:more|fewer)\s+(?:been|had)\b[^.;]{0,60}\bwould\b|\s+(?:more|fewer)\b[^.;,]{0,30}\b(?:(?:been|is|are)\s+)?needed\b",
    re.IGNORECASE,
)
_WOULD = re.compile(r"[^.;,]{0,50}?\bwould\b", re.IGNORECASE)
#: ``The 97% target is eleven away``.
_AWAY = re.compile(r"\s+(?:[a-z]+\s+)?away\s*(?:[.,;)]|$|but\b|and\b)", re.IGNORECASE)
#: Behind a number: ``one more would have taken us out``, ``66 more late ones to lose it``, ``one more and it isn't``.
_LOSES = re.compile(
    rf"(?:\s+[\w-]+){{0,3}}?\s+{_MORE}\b[^.;0-9]{{0,40}}?(?:\b(?:would|could|will|to|before|and)\b)[^.;0-9]{{0,30}}?"
    r"\b(?:los(?:e|es|ing|t)|undo\w*|undone|cost|outside|out\b(?!\s+of\s+(?:red|amber)\b)|red|(?:is|are)(?:n['\u2019]t|\s+not)|not\s+be)\b"
    r"|(?:\s+[a-z-]+){1,3}?\s+(?:and\s+(?:we|it|they)\s+)?would\s+(?:have\s+)?(?:put|left|tip|tipped|sent|taken?|been)\s+[^.;0-9]{0,25}?\b(?:amber|red|out|outside|below\s+the\s+line)\b"
    r"|\s+(?:[a-z-]+\s+){0,3}?from\s+(?:losing|leaving)\b|\s+(?:[a-z-]+\s+){1,3}?would\s+(?:undo|reverse|cost)\b"
    r"|\s+(?:[a-z-]+\s+){0,3}?(?:to\s+spare|in\s+hand|of\s+(?:slack|headroom|leeway))\b",
    re.IGNORECASE,
)
#: Before it: ``a further loss of 23``, ``would be lost with one fewer``, ``cushion is thin: four``.
_LOST = re.compile(
    r"\b(?:with\s+)?an?\s+margin\s+of\s+$|(?:^|[.;,]\s+)\W*margin\s+of\s+$|\b(?:further\s+loss\s+of|lost\s+(?:with|by|if)|(?:slack|cushion|headroom|leeway)\b|margin\s+(?:above|below|over|under|inside|to)\b)[^.;0-9]{0,25}$",
    re.IGNORECASE,
)


def would_do(beside: Beside) -> bool:
    """Return whether so many more, or fewer, would reach a level: ``it would take 18 more visits to get back to 85%``."""
    takes = _WOULD_TAKE.search(beside.before) and _MORE_OF.match(beside.after)
    is_away = _AWAY.match(beside.after) and LEVEL.search(beside.before)
    is_another = _FURTHER.search(beside.before) and _WOULD.match(beside.after)
    is_asked = _REQUIRES.search(beside.before) or _BRINGS.match(beside.after)
    return bool(is_asked or takes or is_away or is_another or _WOULD_DO.match(beside.after))


def would_lose(beside: Beside) -> bool:
    """Return whether so many more, or fewer, would cost a measure its status: ``one more would have taken us out``."""
    return bool(_LOSES.match(beside.after) or _LOST.search(beside.before))


def is_further(beside: Beside) -> bool:
    """Return whether a number is of others than those named before it (``a further 17%``), and not of what is needed."""
    return bool(_FURTHER.search(beside.before)) and not is_needed(beside)


def is_needed(beside: Beside) -> bool:
    """Return whether a number is of others that a level would take: ``a further 17 would be needed``."""
    return bool(_FURTHER.search(beside.before) and _NEEDED.match(beside.after))
