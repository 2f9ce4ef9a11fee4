"""What the words behind a number name: another time than the title of an indicator does, or the indicator itself."""

from __future__ import annotations

import re

from xlkpi.model.register import Indicator
from xlkpi.prose.figures.beside import Beside
from xlkpi.prose.mentions import How, Number, Subject, Unit
from xlkpi.prose.mentions.flat import flat
from xlkpi.prose.mentions.tokens import tokens

_BEHIND = re.compile(r"[^;:.]*?(?=\s(?:[0-9][0-9.,]*\s?(?:%|per\s?cent)|with\s+[0-9])|[;:.]|$)")


def names_another_limit(beside: Beside, number: Number, indicator: Indicator) -> bool:
    """Return whether a share is of another limit than an indicator: ``0.5% within 72 hours`` where it is of 24 hours.

    Args:
        beside: The words around the number.
        number: The share.
        indicator: Whose figure it may be.
    """
    own = {one.key for one in tokens(flat(indicator.title)) if one.has_number}
    behind = _BEHIND.match(beside.after)
    said = {one.key for one in tokens(behind[0]) if one.has_number} if behind else set()
    return number.unit is Unit.PERCENT and bool(own and said) and not own & said


_OVER = re.compile(
    r"\b(?:over|more\s+than|longer\s+than|exceed\w*|beyond|overr[au]n\w*|past|outside(?:\s+of)?|missed)\s+(?:(?:the|a|its|statutory|legal)\s+)*"
    r"|\b(?:or|and)\s+(?:more|longer|over)\b|\bplus\b|\+",
    re.IGNORECASE,
)
_LEAD = 30  # signs before a limit


def is_beyond(beside: Beside, indicator: Indicator) -> bool:
    """Return whether a number is of those whom a limit is over: ``20 weeks or more`` where an indicator counts within it.

    Args:
        beside: The words around the number.
        indicator: Whose figure it may be.
    """
    title = flat(indicator.title)
    own = {one.key for one in tokens(title) if one.has_number and not _OVER.search(title, one.start, one.end)}
    for words in (beside.clause, beside.after) if own else ():
        for one in tokens(words):
            if one.key in own and _OVER.search(words, max(0, one.start - _LEAD), one.end):
                return True
    return False


_NEARBY = 40  # signs


def is_named_behind(number: Number, subject: Subject, reach: int = _NEARBY) -> bool:
    """Return whether the words behind a number name it: ``of these, 91 became the subject of a second plan``."""
    return 0 <= subject.start - number.end <= reach and subject.how.value >= How.SHORT.value


#: ``Unaccompanied children account for 41 of these``.
_ACCOUNT_FOR = re.compile(
    r"\s+(?:now\s+)?(?:account(?:s|ed)?\s+for|makes?\s+up|made\s+up|number(?:ed)?)\s+", re.IGNORECASE
)


def makes_up_of(beside: Beside, number: Number, subject: Subject) -> bool:
    """Return whether the words before a number name it, and say that it is so many of some others."""
    reach = number.start - subject.end
    return reach > 0 and subject.how.value >= How.ALIAS.value and bool(_ACCOUNT_FOR.fullmatch(beside.clause[-reach:]))
