"""Which numbers beside a status count measures, or are a share of them, and which say something of one measure."""

from __future__ import annotations

import re
from itertools import pairwise

from xlkpi.prose.mentions import SPANS, Form, Number, Role, Unit
from xlkpi.prose.scene import Scene
from xlkpi.prose.sentences import Part

#: ``12 key indicators``: what is counted, behind a number.
MEASURES = re.compile(
    r"\s+(?:of\s+(?:the|our|its)\s+)?(?:(?:other|further|contract|key|performance)\s+)*(?:measures?|indicators?|kpis?)\b",
    re.IGNORECASE,
)
#: ``five of the six measures reported to the Housing Panel``
_OF_SO_MANY = re.compile(
    r"\s+(?:out\s+)?of\s+(?:(?:the|our|its|all)\s+)*[a-z0-9-]+\s+(?:(?:contract|key|performance)\s+)*(?:measures|indicators|kpis)\b",
    re.IGNORECASE,
)
_RANGE = re.compile(r"(?:[<>\u2264\u2265]|\b(?:between|to|by|within|than|over))\s*$", re.IGNORECASE)
_FROM = re.compile(r"\s*(?:better|worse|under|below|above|over|off|away|from|short)\b", re.IGNORECASE)
_SHORT_OF = re.compile(
    r"\s*(?:short|shy)\s+of\b|\s*(?:off|adrift\s+of|away\s+from)\s+(?:the|its|our)\s+target\b", re.IGNORECASE
)
_OPEN = re.compile(r"\([^()]*$")
_ITS = re.compile(r"[^.;0-9]{0,40}[-\u2013:(]\s*")
#: ``compliance (is now at 81%)``: what that measure is at.
_IS_AT = re.compile(
    r"\s+(?:is|was|are|were|stands?|stood)\s+(?:(?:now|currently|still)\s+)?(?:at\s+)?(?:just\s+|only\s+)?",
    re.IGNORECASE,
)
#: ``three on last quarter``, ``for two quarters or more``: what counts no measures.
_ON_QUARTER = re.compile(
    r"\s+on\s+(?:the\s+)?(?:quarter|q[1-4]|last|previous|year)\b"
    r"|\s+(?:or\s+more\s+)?(?:consecutive\s+|successive\s+)?(?:quarters?|years?|months?)\b",
    re.IGNORECASE,
)
_MORE = re.compile(
    r"\s+(?:more|fewer|less)\s+(?:(?:than|measures?|indicators?|kpis?)\b|(?:on|off|inside|within|outside|below|above)\b[^.;,]{1,40}\sthan\b)|\s+(?:more|fewer)\s+(?:(?-i:[RAG]s?)|reds?|ambers?|greens?)\b",
    re.IGNORECASE,
)
#: ``five of our ten measures, where only two had done so before, were on target``, ``where in June only two did``
_DONE_SO = re.compile(r"\s+(?:(?:had|have|has)\s+done\s+so\b|did(?:\s+so)?(?=\s*(?:[,.;:)]|$)))", re.IGNORECASE)
_BESIDE, _FAR = 14, 140  # signs


def quantities_in(scene: Scene, part: Part, *, of_before: bool = False) -> list[Number]:
    """Return the numbers of a part that may count measures or be a share of them.

    Args:
        scene: The draft.
        part: Of it.
        of_before: Whether also those that count what was said before: ``where in June only two did``.
    """
    indicators = [one for one in scene.within(scene.subjects, part) if one.role is Role.INDICATOR]
    last = max((one.end for one in indicators), default=part.start)
    found = []
    for one in scene.within(scene.numbers, part):
        if one.start < last and not (MEASURES.match(scene.flat, one.end) or _OF_SO_MANY.match(scene.flat, one.end)):
            continue
        if (
            indicators
            and one.start >= last
            and (_ITS.fullmatch(scene.flat, last, one.start) or _IS_AT.fullmatch(scene.flat, last, one.start))
        ):
            continue  # "care plans in time: 24%, Red" is of that measure
        if _ON_QUARTER.match(scene.flat, one.end) or _is_run(scene, one) or _is_gap(scene, one):
            continue
        if _is_outside(scene, one, part):
            continue  # "Green 13 (Q3: Red 9)"
        if _is_ratio(scene, part, one) or (indicators and _is_among(scene, part, one)):
            continue  # "nine in ten measures"; "turnover is one of the measures in the red"
        if _MORE.match(scene.flat, one.end) or (not of_before and _DONE_SO.match(scene.flat, one.end)):
            continue  # "which was one fewer than in the last report"
        if one.form is not Form.CARDINAL or any(period.holds(one.start) for period in scene.periods):
            continue
        is_share = one.unit is Unit.PERCENT or _is_no_share(scene, one)
        if is_share or (one.unit is Unit.NONE and not one.decimals and not one.per):
            found.append(one)
    return found


_OF_MEASURES = re.compile(
    r"\s+of\s+(?:(?:the|our|its|all)\s+)*(?:(?:contract|key|performance)\s+)*(?:measures|indicators|kpis)\b",
    re.IGNORECASE,
)
#: ``(Ninety percent of) measures lie within tolerance, with 65 days at or above target``.
_WITH = re.compile(r"(?:\s+of\b.{0,20}?)?\s+measures?\b[^.;:]{0,80},?\s+(?:with|and)\s+", re.IGNORECASE)
_AT_TARGET = re.compile(r"\s+(?:of\s+(?:them|these)\s+)?(?:being\s+)?at\s+or\s+(?:above|better|below)\b", re.IGNORECASE)


def _is_no_share(scene: Scene, one: Number) -> bool:
    """Return whether a number in another unit stands where the share of measures should: ``65 days of measures``."""
    if one.unit is Unit.POINTS and _OF_MEASURES.match(scene.flat, one.end):
        return True
    if (one.unit is not Unit.POINTS and one.unit not in SPANS) or not _AT_TARGET.match(scene.flat, one.end):
        return False
    before = scene.within(scene.numbers, Part(max(0, one.start - _FAR), one.start))[-1:]
    is_next = bool(before) and before[0].unit is Unit.PERCENT
    return is_next and _WITH.fullmatch(scene.flat, before[0].end, one.start) is not None


#: A bracket that holds nothing but words for a status.
_SHUT = re.compile(r"[^()0-9]{3,40}\)")


def _is_outside(scene: Scene, one: Number, part: Part) -> bool:
    """Return whether a bracket in which the status stands is of another number; in ``80% of measures (Green)`` it is not."""
    found = _OPEN.search(scene.flat, one.end, part.end)
    if found is None:
        return False
    between = scene.within(scene.subjects, Part(one.end, found.start()))
    about = [each for each in between if each.role is Role.MEASURES]
    if any(each.role is Role.INDICATOR for each in between):
        return True  # "one measure is not counted here: A4 (outside tolerance)"
    is_of_them = one.unit is Unit.PERCENT or bool(MEASURES.match(scene.flat, one.end))
    return not (about and is_of_them and found.end() - found.start() == 1 and _SHUT.match(scene.flat, part.end))


_IN = re.compile(r"\s+in\s+", re.IGNORECASE)
_IS = re.compile(
    r"\b(?:is|are|was|were|remains?|both|also|being)\s+(?:(?:now|still|also|only|just|again)\s+)*$", re.IGNORECASE
)
_OF_THE = re.compile(r"\s+of\s+(?:the|our|its|these|those)\b", re.IGNORECASE)


def _is_among(scene: Scene, part: Part, one: Number) -> bool:
    """Return whether a number says that measures named before it are among others: ``turnover is one of the measures``."""
    return bool(_IS.search(scene.flat, part.start, one.start) and _OF_THE.match(scene.flat, one.end))


def _is_ratio(scene: Scene, part: Part, one: Number) -> bool:
    """Return whether a number is one of the two of ``nine in ten``."""
    near = scene.within(scene.numbers, Part(max(part.start, one.start - _BESIDE), one.end + _BESIDE))
    return any(
        _IN.fullmatch(scene.flat, first.end, second.start) for first, second in pairwise(near) if one in (first, second)
    )


def _is_run(scene: Scene, one: Number) -> bool:
    """Return whether a number stands directly behind another one, as the cells of a torn table do."""
    before = scene.within(scene.numbers, Part(max(0, one.start - _BESIDE), one.start))
    return bool(before) and not scene.flat[before[-1].end : one.start].strip()


def _is_gap(scene: Scene, one: Number) -> bool:
    """Return whether a share is how far a figure is from a target, as a key to colours says: ``>10% better than target``."""
    before = scene.flat[max(0, one.start - _BESIDE) : one.start]
    is_short = bool(_SHORT_OF.match(scene.flat, one.end))
    return one.unit is Unit.PERCENT and (is_short or bool(_RANGE.search(before) and _FROM.match(scene.flat, one.end)))


#: Words around a count that opens a sentence, and the time of it.
_ROUND = re.compile(
    r"\W*(?:(?:only|just|the|other|others|remaining|rest|further|a|another|back|in|at|by|end|of|and|but|there|were|was|had|been|when|with|as|then"
    r"|by\s+contrast|however|earlier|before)\W+)*",
    re.IGNORECASE,
)
_TO_STATUS = re.compile(
    r"(?:\s*\([0-9.]+\s?%\))?\s+(?:(?:were|was|are|is|have|has|had|been|others?|more|rated|of\s+them|met|fall|fell|fallen|gone|come|slipped|stand|stood|still|also|now)\s+)*",
    re.IGNORECASE,
)


def opens_with_count(scene: Scene, sentence: Part, mark: Part) -> bool:
    """Return whether a sentence opens with a count and a status: ``At the end of December two were on target``."""
    counts = [one for one in quantities_in(scene, Part(sentence.start, mark.start)) if one.unit is Unit.NONE][:1]
    if not counts or not _TO_STATUS.fullmatch(scene.flat, counts[0].end, mark.start):
        return False
    words, at = "", sentence.start
    for one in scene.within(scene.periods, Part(sentence.start, counts[0].start)):
        words, at = words + scene.flat[at : one.start], max(at, one.end)
    return bool(_ROUND.fullmatch(words + scene.flat[at : counts[0].start]))


#: Between a count and its status: ``Two met their target, four (40%) were within tolerance``.
_TALLIED = re.compile(
    r"(?:\s*\([0-9.]+\s?%\))?\s+(?:(?:were|was|are|is|have|has|had|been|others?|more|rated)\s+)*", re.IGNORECASE
)


def leads_to(scene: Scene, number: Number, at: int) -> bool:
    """Return whether nothing but a verb stands between a count and a status at an offset."""
    return bool(_TALLIED.fullmatch(scene.flat, number.end, at))
