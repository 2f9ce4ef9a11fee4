"""What the numbers of a draft are used for, where the number before says so: a change said again, cases of a gap, a base."""

from __future__ import annotations

import re

from xlkpi.prose.figures.beside import Beside
from xlkpi.prose.figures.cues import Use, bound_of, bound_reached, makes_up, use_of
from xlkpi.prose.figures.dated import has_own_period, is_base
from xlkpi.prose.figures.would import would_do, would_lose
from xlkpi.prose.mentions import SPANS, Link, Number, Pair, Unit
from xlkpi.prose.scene import Scene
from xlkpi.prose.sentences import Part
from xlkpi.prose.text import Paragraph

#: What stands between a figure and the bracket that says it again.
OPENS = re.compile(r"\s*[(\[]\s*(?:or\s+)?")
#: ``39 fewer than a year earlier, 5%.``: said again at the end of its statement.
_OR_SO = re.compile(
    r"[^.;,0-9]{0,60},\s*(?:or\s+|that\s+is,?\s+|i\.e\.,?\s+)?(?:about\s+|some\s+|nearly\s+)?", re.IGNORECASE
)
_IN_ALL = re.compile(r"\s+(?:in\s+(?:all|total)|altogether)\b", re.IGNORECASE)
_ENDS = re.compile(r"\s*(?:[.;)]|$)")
_THAN = re.compile(r"[^.;0-9]*\b(?:than|short\s+of)\s+(?:the\s+|our\s+|its\s+)?$", re.IGNORECASE)
_OR = re.compile(
    r"[^.;\n\x00]{0,60}(?:\bor\s+|\(\s*|,\s+(?:which|that)\s+(?:is|was|means|meant|makes)\s+)(?:just\s+|only\s+|about\s+)?",
    re.IGNORECASE,
)
_LISTED = re.compile(r"[^.\n\x00]{0,60}[,;:]\s*(?:just\s+|only\s+)?", re.IGNORECASE)
_ALONE = re.compile(r"\s+[a-z]+(?:\s+[a-z]+)?\s*(?:[.;]|$|would\b)", re.IGNORECASE)
_MORE = re.compile(r"\s+(?:more|fewer|less)\b", re.IGNORECASE)
_BOUND = re.compile(r"\b(?:target|tolerance|threshold)\b", re.IGNORECASE)
#: ``(three more would have reached tolerance, and six) the target``.
_THE_TARGET = re.compile(
    r"\s+(?:(?:for|to|would\s+have\s+\w+)\s+)?(?:the\s+|our\s+|its\s+)?(?:[0-9][0-9.,]*\s?%?\s+)?(?:target|tolerance)\b",
    re.IGNORECASE,
)
#: ``(38 more children would) reach 78%``: the level that so many more would bring it to.
_BRINGS_TO = re.compile(
    r"[^.;:0-9\n\x00]{0,80}\b(?:met|meets?|reach\w*|hit|achiev\w+|to|of|in(?:side)?|within|under|over|above|below|at)\s+(?:the\s+|our\s+)?",
    re.IGNORECASE,
)
#: ``(up 0.8 points) on Q2, and 1.5 on (Q3 last year)``.
_AND_ON = re.compile(r"\s*on\s+[^.;:0-9]{0,4}[^.;:,]{2,30}(?:,\s*(?:and\s+)?|\s+and\s+)(?:by\s+)?", re.IGNORECASE)
_ON = re.compile(r"\s+on\s+(?:the\s+)?", re.IGNORECASE)
_ABOVE = re.compile(
    r"(?:\s*\([^().;]{1,24}\)|\))?\s+(?:above|below|up\s+on|down\s+on|ahead\s+of|behind)\s+(?:that\s+of\s+|its\s+level\s+(?:of|in)\s+)?",
    re.IGNORECASE,
)
_NEEDED = re.compile(r"(?:\s+[a-z]+){0,2}\s+(?:needed|required)\s+(?!to\b)[a-z]", re.IGNORECASE)
#: ``(down by 409), other burglaries by 342``: the verb is left out.
_LIKEWISE = re.compile(
    r"\s?[%)]*\s*(?:\([^()]{1,20}\))?(?:\s+(?:on|from|since|against|compared\s+(?:to|with))\s+[a-z][^.;:,()0-9]{2,50})?\s*(?:,|;|,?\s+and|,?\s+with)\s+(?:[A-Za-z'\u2019-]+\s+){1,8}?by\s+(?:just\s+|only\s+|some\s+|about\s+)?",
    re.IGNORECASE,
)
#: ``(down by 1,128) offences - 8.6% - on``.
_DASHED = re.compile(r"(?:\s+[a-z]+){0,3}\s*[,\u2013-]\s+(?:or\s+)?", re.IGNORECASE)
_DASH = re.compile(r"\s*[,\u2013-]\s+(?:on|from|compared|than|against|over)\b", re.IGNORECASE)
#: ``increased (23, 52.3%) from 44``, ``(a 25% reduction in violence) (38 fewer offences)``.
_MOVED_BRACKET = re.compile(
    r"\b(?:rose|fell|fallen|risen|dropped|increased|decreased|reduced|grew|grown|declined|improved|worsened|climbed)\s*\(\s*$",
    re.IGNORECASE,
)
#: ``(has fallen by 28) and 85 respectively``.
_AND = re.compile(r"\s*(?:,|,?\s+and)\s+", re.IGNORECASE)
_IN_TURN = re.compile(r"[^.;:,0-9]{0,24},?\s*\brespectively\b", re.IGNORECASE)
_IN_BRACKET = re.compile(r"\s*(?:,|;|or)\s+")
_WORDS_BRACKET = re.compile(
    r"[^.;()0-9\n\x00]{0,80}\(\s*(?:(?:equivalent\s+to|i\.e\.|or|which\s+is)\s+)?(?:around|about|some|nearly|over)?\s*",
    re.IGNORECASE,
)
#: ``Visits were at (113,340 above target)``: where they stood, and no distance.
_AT = re.compile(r"\bat\s+(?:just\s+|only\s+)?$", re.IGNORECASE)
_FAR = 100  # signs between two numbers of one statement
_MOVES = (Unit.PERCENT, Unit.POINTS, Unit.NONE)

#: ``6.5 percentage points of children had moved``: a level in the wrong unit.
_OF_WHOM = re.compile(
    r"\s*(?:\([^()]*\)\s*)?of\s+(?:the\s+|our\s+|all\s+)?(?!(?:the|this|that|it|these|those|which|improvement|growth|change|increase|decline|movement|slippage)\b)[A-Za-z]",
    re.IGNORECASE,
)
#: ``fell back by 5.5 percentage points after 79.4%``: what it was before.
_AFTER = re.compile(r"\b(?:after|following)\s+(?:the\s+|a\s+|its\s+)?$", re.IGNORECASE)


class Uses:
    """Tells what each number is used for, one after the other."""

    def __init__(self, scene: Scene) -> None:
        """Take in a draft."""
        self._scene = scene
        self._changed: set[int] = set()
        self._gapped: set[int] = set()
        self._gap: Number | None = None  # the last
        self._case: Number | None = None  # the last that counts what is missing to a level
        self._bounds: dict[int, str] = {}

    def of(self, number: Number, beside: Beside, pair: Pair | None, before: Number | None) -> Use:
        """Return what a number is used for.

        Args:
            number: Which.
            beside: The words around it.
            pair: The two numbers of which it is one; None where it stands alone.
            before: The number before it in its sentence.
        """
        use = self._told(number, beside, pair, before)
        is_pair = pair is not None and pair.link is Link.OF
        if is_pair and (
            use is Use.CHANGE or (use is Use.CASES and _NEEDED.match(self._scene.flat, pair.end if pair else 0))
        ):
            use = (
                Use.LEVEL
            )  # "47 young people out of 62 scored higher than at the start", "226 of 327 needed nothing more"
        if use is Use.CHANGE:
            self._changed.add(number.start)
        return use

    def says_again(self, number: Number, before: Number) -> bool:
        """Return whether a number in brackets says again how much something changed: ``by 15.7% (-846)``."""
        if before.start not in self._changed or _IN_ALL.match(self._scene.flat, number.end):
            return False
        opens = OPENS.fullmatch(self._scene.flat, before.end, number.start)
        if _DASHED.fullmatch(self._scene.flat, before.end, number.start) and _DASH.match(self._scene.flat, number.end):
            return number.unit is Unit.PERCENT is not before.unit
        return (opens is not None and "(" in opens[0]) or (
            number.unit is Unit.PERCENT
            and bool(_OR_SO.fullmatch(self._scene.flat, before.end, number.start))
            and bool(_ENDS.match(self._scene.flat, number.end))
        )

    def bound(self, paragraph: Paragraph, beside: Beside, use: Use) -> str:
        """Return from which level a gap is; of the cases that it amounts to, that of the last gap of the paragraph."""
        if use is Use.GAP:
            self._bounds[paragraph.index] = bound_of(beside)
        is_asked = use is Use.GAP or (use is Use.CASES and makes_up(beside))
        if use is Use.CASES and not is_asked:
            return bound_reached(beside)
        return self._bounds.get(paragraph.index, "") if is_asked else ""

    def _told(self, number: Number, beside: Beside, pair: Pair | None, before: Number | None) -> Use:
        if pair and pair.link in (Link.FROM_TO, Link.VERSUS):
            first_is_base = pair.link is Link.FROM_TO
            is_first = number.start == pair.first.start
            return Use.BASELINE if is_first == first_is_base else Use.LEVEL
        if (before is not None and self._moves_on(number, before)) or self._is_likewise_moved(number, beside, before):
            return Use.CHANGE
        is_again = before is not None and self.says_again(number, before) and number.unit in _MOVES
        if is_again and not has_own_period(self._scene, number):
            return Use.CHANGE
        if number.unit is Unit.NONE and self._makes_up_gap(number):
            self._case = number
            return Use.CASES
        is_behind = before is not None and before.start in self._gapped
        if is_behind and before is not None and _THAN.search(self._scene.flat, before.end, number.start):
            return Use.TARGET
        return self._by_words(number, beside)

    def _is_likewise_moved(self, number: Number, beside: Beside, before: Number | None) -> bool:
        """Return whether a number is a change by the verb, or the bracket, that the one before it stands behind."""
        if number.unit not in _MOVES:
            return False
        if _MOVED_BRACKET.search(beside.before):
            return True
        if before is None or before.start not in self._changed:
            return False
        flat, between = self._scene.flat, (before.end, number.start)
        is_within = bool(_IN_BRACKET.fullmatch(flat, *between)) and bool(_ENDS.match(flat, number.end))
        is_more = bool(_WORDS_BRACKET.fullmatch(flat, *between) and _MORE.match(flat, number.end))
        is_in_turn = bool(_IN_TURN.match(flat, number.end)) or (before.unit is Unit.MONEY is not number.unit)
        is_next = is_in_turn and bool(_AND.fullmatch(flat, *between))
        return is_within or is_more or is_next or bool(_LIKEWISE.fullmatch(flat, *between))

    def _moves_on(self, number: Number, before: Number) -> bool:
        """Return whether a number is one more change behind another one: ``up 0.8 points on Q2, 1.5 on Q3 last year``."""
        is_bare = number.unit in _MOVES or number.unit is before.unit
        is_next = before.start in self._changed and bool(_AND_ON.fullmatch(self._scene.flat, before.end, number.start))
        found = _ON.match(self._scene.flat, number.end)
        return is_next and is_bare and found is not None and self._is_period_at(found.end())

    def _is_period_at(self, at: int) -> bool:
        return bool(self._scene.within(self._scene.periods, Part(at, at + 1)))

    def _by_words(self, number: Number, beside: Beside) -> Use:
        """Return what a number is used for by the words around it."""
        use = use_of(beside)
        if use is Use.GAP and number.unit is not Unit.POINTS and _AT.search(beside.before):
            use = Use.LEVEL
        is_behind = any(0 < number.start - start <= _FAR for start in self._changed)
        if is_behind and number.unit is Unit.PERCENT and _AFTER.search(beside.before):
            return Use.BASELINE
        if use is Use.LEVEL and self._is_brought_to(number):
            return Use.TARGET
        if use is not Use.CASES and self._is_likewise(number):
            use = Use.CASES
        if use is Use.CASES and number.unit is Unit.NONE:
            self._case = number
        if use is Use.LEVEL and self._is_set_against(number):
            return Use.CHANGE
        is_whose = _OF_WHOM.match(beside.after)
        is_points = (
            use is Use.LEVEL and number.unit is Unit.POINTS and not beside.in_brackets and not is_whose
        )  # "and 5.7 points on last year": never a level
        if is_points or self._is_change(number, beside, use):
            return Use.CHANGE
        if use is Use.GAP:
            self._gapped.add(number.start)
            self._gap = number
        is_length = number.unit in SPANS and not makes_up(beside)  # "this amounts to 56 days" has the wrong unit
        return Use.LEVEL if use is Use.CASES and (is_length or number.unit in (Unit.PERCENT, Unit.RATE)) else use

    def _makes_up_gap(self, number: Number) -> bool:
        """Return whether a count says the gap before it again: ``1.2 points below the 70% tolerance, or six children``."""
        if self._gap is None or self._gap.unit is Unit.NONE:
            return False
        is_list = _ALONE.match(self._scene.flat, number.end) and _LISTED.fullmatch(
            self._scene.flat, self._gap.end, number.start
        )
        return bool(is_list or _OR.fullmatch(self._scene.flat, self._gap.end, number.start))

    def _is_set_against(self, number: Number) -> bool:
        """Return whether a period stands behind a number that it is above or below: ``5.5% below September 2022``."""
        found = _ABOVE.match(self._scene.flat, number.end)
        return found is not None and any(
            one.start <= found.end() < one.end
            for one in self._scene.within(self._scene.periods, Part(number.end, found.end() + 1))
        )

    def _is_brought_to(self, number: Number) -> bool:
        """Return whether a number is the level to which as many more as the one before it would bring a measure."""
        case = self._case
        return (
            case is not None
            and number.unit is not Unit.NONE
            and number.unit is not Unit.POINTS
            and bool(_BRINGS_TO.fullmatch(self._scene.flat, case.end, number.start))
        )

    def _is_likewise(self, number: Number) -> bool:
        """Return whether a number leaves out what one before it says: ``three more would do, and six for the target``."""
        if self._case is None or number.unit is not Unit.NONE or number.start - self._case.end > _FAR:
            return False
        numbers = self._scene.within(self._scene.numbers, Part(self._case.end, number.start))
        is_next = all(one.unit is Unit.PERCENT for one in numbers)
        return is_next and bool(_THE_TARGET.match(self._scene.flat, number.end))

    def _is_change(self, number: Number, beside: Beside, use: Use) -> bool:
        """Return whether a number is a change by its sign (``(+6)``), or by what it is compared with (``31 more``)."""
        if use is Use.GAP:  # 14% fewer than the 4,131 of last year
            is_told = _MORE.match(beside.after) and not _BOUND.search(beside.after)
            return number.unit is Unit.PERCENT and bool(is_told)
        if use is Use.CASES:
            is_more = bool(_MORE.match(beside.after))
            return (
                is_more
                and not (would_do(beside) or would_lose(beside))
                and not _BOUND.search(f"{beside.clause} {beside.after}")
                and self._has_base(number)
            )
        signed = use is Use.LEVEL and bool(number.signed) and number.unit in _MOVES
        return signed and beside.before.rstrip(" +-").endswith(("(", ",", ";"))

    def _has_base(self, number: Number) -> bool:
        """Return whether the sentence of a number names a period that something is compared with."""
        paragraph = self._scene.text.at(number.start)
        sentence = paragraph.sentence_at(number.start) if paragraph else None
        return sentence is not None and any(is_base(one) for one in self._scene.within(self._scene.periods, sentence))
