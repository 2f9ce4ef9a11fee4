"""Counts of measures by status, of the quarter reported or of one that has passed, named for certain or not."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction

from xlkpi.calculate.status import Status
from xlkpi.model.number import plain, rounded
from xlkpi.model.period import Quarter
from xlkpi.prose.claim import Verdict
from xlkpi.prose.fact import Fact
from xlkpi.prose.mentions import Number, Unit
from xlkpi.prose.ratings import named
from xlkpi.prose.scene import Scene, Told
from xlkpi.prose.sentences import Part
from xlkpi.prose.statuses.marks import Counted

_BACK = 5  # quarters
_LABEL = re.compile(r"\s*(?:,?\s*(?:for\s+comparison|by\s+comparison|then))?\s*[:\u2013-]\s", re.IGNORECASE)

_LEAD = re.compile(r"[\s*\u2022\u2013-]*(?:(?:at|in|by|for)\s+(?:the\s+end\s+of\s+)?)?", re.IGNORECASE)

#: What begins another statement, or comes back to now.
_ANEW = re.compile(
    r"[;:]\s|\b(?:now|today|currently|this\s+(?:quarter|time|year)|since|while|whereas)\b", re.IGNORECASE
)
#: A time of which the draft does not say which quarter it was: ``the September report had``, ``at the baseline``.
_AT_SOME_TIME = re.compile(
    r"\b(?:baseline|(?:as|when)\s+(?:19|20)[0-9]{2}\s+(?:closed|ended|began|opened)|(?:January|February|March|April|May|June|July|August|September|October|November|December|last|previous|earlier|first)"
    r"\s+(?:report|meeting|board|scorecard|dashboard|return|committee|panel))\b",
    re.IGNORECASE,
)


#: ``five were outside then``.
_THEN = re.compile(r"\s+then\b(?!,)", re.IGNORECASE)


def dated_mark(scene: Scene, mark: Counted, before: Part, quarter: Quarter | None, last: Counted | None) -> Counted:
    """Return a mark with the quarter of which it speaks: its own, else that of the one before it in the same statement."""
    if quarter is None and last is not None and not _ANEW.search(scene.flat, before.start, before.end):
        quarter, is_past = last.quarter, last.is_past
    else:
        is_past = quarter is None and bool(
            _AT_SOME_TIME.search(scene.flat, before.start, before.end) or _THEN.match(scene.flat, mark.part.end)
        )
    return replace(mark, quarter=quarter, is_past=is_past)


def labelled(scene: Scene, sentence: Part) -> Quarter | None:
    """Return the earlier quarter that heads a sentence as its label: ``Previous quarter: three green, five amber``."""
    first = scene.within(scene.periods, sentence)[:1]
    is_label = first and _LEAD.fullmatch(scene.flat, sentence.start, first[0].start)
    if not is_label or not _LABEL.match(scene.flat, first[0].end, sentence.end):
        return None
    quarter = first[0].periods[0] if first[0].periods else None
    return quarter if isinstance(quarter, Quarter) and quarter != scene.world.quarter else None


def tell_past(scene: Scene, mark: Counted, number: Number, section: str, end: int) -> None:
    """Take down a count of some earlier quarter: right where it is so of one of the last five, and else not to be checked."""
    now = scene.world.quarter
    facts = [
        (at, fact_of(scene, number, mark.statuses, section, at))
        for at in (now.shift(-back) for back in range(1, _BACK + 1))
    ]
    found = next(((at, fact) for at, fact in facts if is_so(number, fact)), None)
    sign = "%" if number.unit is Unit.PERCENT else ""
    told = Told(
        "share of measures" if sign else "count of measures",
        Verdict.CONFIRMED if found else Verdict.NOT_CHECKABLE,
        f"{plain(number.value)}{sign} {named(mark.statuses)}",
        f"{rounded(found[1].value, number.decimals)}{sign}" if found else "",
        f"So it was in {found[0].label}." if found else "The draft does not say surely of which quarter this is.",
        found[1].cell if found else "",
    )
    scene.tell(min(number.start, mark.part.start), end, told, [number])


def fact_of(scene: Scene, number: Number, statuses: frozenset[Status], section: str, quarter: Quarter) -> Fact:
    """Return how many measures have one of some statuses; their share where a number is one."""
    count = scene.world.share if number.unit is Unit.PERCENT else scene.world.count
    return count(statuses, section, quarter)


def is_so(number: Number, fact: Fact) -> bool:
    """Return whether a count or a share is what a draft says, at the precision of the draft."""
    if number.about in ("over", "more than", "above"):
        return fact.value > number.value
    if number.about in ("under", "less than", "fewer than", "below"):
        return fact.value < number.value
    if number.about in ("at least", "at most"):
        return fact.value >= number.value if number.about == "at least" else fact.value <= number.value
    return Fraction(rounded(fact.value, number.decimals)) == number.value
