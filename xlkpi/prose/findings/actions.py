"""Words that say what is being done about something, as reports put it, and not how its figures move."""

from __future__ import annotations

import re
from collections.abc import Iterable

#: What figures do, and nobody does about them.
_MOVES = (
    r"(?:improv|ris|fall|increas|decreas|declin|dropp|worsen|deteriorat|grow|reduc|remain|continu(?!ing\s+to\s+(?:work|track|chase))|runn|perform|stand|stay|gett|"
    r"becom|be|hav|go|com|wait|miss|show|exceed|report|affect|caus|meet(?!ing\s+(?:with|weekly|monthly|every))|achiev|hitt|struggl|"
    r"underperform|slipp|mov|trend|head|pend|outstand|follow(?!ing\s+up)|experienc|see|fac|receiv|result|lead(?=ing\s+to)|depend|lagg|"
    r"tak(?=ing\s+(?:longer|place|more|too))|sitt|reach|start(?=ing\s+to)|begin(?=n?ing\s+to)|turn|edg|climb|creep|los|return|"
    r"disappoint|encourag|challeng|concern|worry|promis|surpris|liv|exist|ongo)n?ing\b"
)
_LITTLE = r"(?:(?:now|also|then|all|each|both|soon|again|already|still|currently|\w+ly)\s+)*"
_NO_DEED = (
    r"(?:not|never|remain|stay|continue|rise|fall|drop|improve|recover|return|reach|miss|hit|get|become|appear|need|have|depend|"
    r"happen|occur|see\s+(?:an?|the|some|further|more|improv\w*)|show|result|affect|mean|report|know|like|probab|exceed|worsen|"
    r"meet\s+(?:the\s+|its\s+|our\s+)?(?:target|tolerance)|take\s+(?:time|longer)|"
    r"be\s+(?:reported|covered|discussed|described|published|shown|presented|known|seen|available|updated|included|set\s+out|outside|"
    r"inside|within|above|below|on|in|at|met|missed|reached|achieved|completed|red|amber|green|the|a|an|better|worse|higher|lower|"
    r"required|needed|difficult|possible|able|back|[0-9]))\b"
)
_KINDS = r"(?:action|improvement|recovery|remedial|delivery|mitigation)"
_DEED = re.compile(
    rf"\b(?:(?:is|are|am|has\s+been|have\s+been)\s+{_LITTLE}(?!{_MOVES})[a-z]{{3,}}ing\b"
    rf"|being\s+{_LITTLE}(?!reported|seen\b)[a-z]+(?:ed|en|ne|de)\b"
    rf"|(?:will|shall)\s+{_LITTLE}(?!{_NO_DEED})[a-z]+"
    rf"|(?<!due\s)(?:is|are)\s+to\s+(?!{_NO_DEED})[a-z]+"
    r"|(?:aims?|plans?|intends?|agreed|asked|decided|committed)\s+to\s+[a-z]+|to\s+be\s+(?!reported\b)[a-z]+ed\s+(?:by|from|in|next)"
    rf"|{_KINDS}\s+(?:plans?|work|activity|steps?|measures?)|plans\s+to|plans?\s+(?:is|are|was|were|(?:has|have)\s+been)\s+(?:now\s+)?(?:being|agreed|drawn|developed|made|written|with)|actions?|steps"
    r"|(?:working|task|steering)\s+(?:and\s+finish\s+)?(?:group|force)|(?:a|an|the|our)\s+(?:\w+\s+)?review\s+(?:of|into|is|has|was)"
    r"|measures\s+(?:to|in\s+place)|put\s+in\s+place|in\s+place|weekly|fortnightly|work\s+(?:is|has|with|continues)|doing"
    r"|(?:additional|extra|new)\s+(?:\w+\s+){0,2}(?:staff|workers?|posts?|capacity|resources?|teams?|process(?:es)?|systems?|rota|protocols?)"
    r"|(?<!on\s)track(?:ed|s|ing)?|follow(?:ed|s)?\s+(?:it\s+|them\s+|these\s+)?up|chas(?:e[ds]?|ing)|set\s+up|brought\s+in|begun"
    r"|(?:reschedul|introduc|implement|recruit|monitor|prioritis|escalat|ensur|launch|strengthen|rationalis)\w*"
    r"|commission(?:ed|ing|s)?|train(?:ed|ing)|address(?:ed|es|ing)|focus(?:s?e[ds]|s?ing)?|appoint(?:ed|ing|s)?|reviewed|reviewing|reviews?\s+(?:all|each|every|late|the|these|them)|further\s+processes"
    r"|now\s+(?:look|check|meet|hold|ask|call|visit|test|offer|use|send|sign|require|work|share|read|audit)s?|(?:has|have)\s+an?\s+plan"
    r"|given\s+(?:us|them)|meets?\s+(?:with|weekly|monthly|every|each)|asked\s+(?:for|the|our|all|each)|agreed\s+(?:with|an?|that)|discuss(?:ed|ing)?\s+with"
    r"|(?:begins?|starts?|joins?)\s+(?:on|in|from)\s+[0-9A-Z]|should\s+(?:help|ease))\b",
    re.IGNORECASE,
)
#: ``No action is planned``, ``nothing has been put in place``.
_NONE = re.compile(r"\b(?:no|not|nothing|nobody|never|without|yet\s+to)\b[^.;:]{0,30}$", re.IGNORECASE)
#: A gap that nobody has filled: ``[Say what is being done.]``.
_GAP = re.compile(r"\[[^\[\]]*\]")


def is_acted_on(words: str, names: Iterable[str]) -> bool:
    """Return whether words say what is being done.

    Args:
        words: Of a paragraph.
        names: Of the measure it is about, whose own words are no deeds: ``on track to be completed``.

    Examples:
        >>> is_acted_on("It has now dropped below its tolerance. [Say what is being done.]", [])
        False
        >>> is_acted_on("Team managers are following up every late visit.", [])
        True
    """
    plain = " ".join(_GAP.sub(" ", words).split())
    for name in sorted(filter(None, names), key=len, reverse=True):
        plain = re.sub(re.escape(" ".join(name.split())), " ", plain, flags=re.IGNORECASE)
    return any(not _NONE.search(plain, max(0, one.start() - 40), one.start()) for one in _DEED.finditer(plain))
