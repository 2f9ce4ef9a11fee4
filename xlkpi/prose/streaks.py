"""Runs of quarters as drafts name them: ``for the third quarter in a row``, ``in each of the last six quarters``."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, replace

from xlkpi.calculate.change import Change, Travel
from xlkpi.calculate.status import Status
from xlkpi.model.period import Month, Quarter, Year
from xlkpi.prose.mentions import Direction, Form, Number, StatusPhrase, Way
from xlkpi.prose.ratings import statuses_of
from xlkpi.prose.scene import Scene
from xlkpi.prose.sentences import Part
from xlkpi.prose.world import World

_IN_A_ROW = r"(?:in\s+a\s+row|running|in\s+succession|on\s+the\s+(?:trot|bounce)|together)"
_SAID = r"(?:consecutive|successive|straight|unbroken)"
_NOUN = r"(?:fall|rise|increase|decrease|reduction|improvement|drop|decline|growth|deterioration)"
_SO_MANY = re.compile(
    rf"\s*(?P<said>{_SAID})?\s*(?:(?:red|amber|green)\s+)?(?P<unit>quarters?|reports|reporting\s+periods|times(?=\s+{_IN_A_ROW}))"
    rf"(?P<tail>\s+{_IN_A_ROW}|\s+out\s+of\s+(?:the\s+)?(?:(?:last|past)\s+)?\w+)?\b"
    rf"(?:\s+of\s+(?:\w+\s+)?(?P<noun>{_NOUN})\b(?P<row>\s+{_IN_A_ROW}\b)?)?",
    re.IGNORECASE,
)
_WHICH = re.compile(
    rf"\s*(?P<said>{_SAID}\s+)?(?:quarter\s+running\s+)?(?:(?:(?:red|amber|green)\s+)?quarter(?:ly)?|report|time(?=\s+{_IN_A_ROW}))?(?:\s*(?P<noun>{_NOUN}))?(?:\s*of\s+(?:\w+\s+)?(?P<of>{_NOUN}))?\b"
    rf"(?P<tail>\s*{_IN_A_ROW})?",
    re.IGNORECASE,
)
#: ``risen in every quarter of the contract, seven in a row``.
_BARE = re.compile(r"\s+(?:in\s+(?:a\s+row|succession|all)|running|on\s+the\s+(?:trot|bounce))\b", re.IGNORECASE)
#: ``Five falls in a row``, ``seven straight rises``.
_MOVES = re.compile(
    rf"\s*(?P<said>{_SAID}\s+)?(?:quarterly\s+)?(?P<noun>{_NOUN})s(?P<tail>\s+{_IN_A_ROW})?\b", re.IGNORECASE
)
_EVERY_QUARTER = re.compile(r"\b(?:every|each)\s+quarter\b", re.IGNORECASE)
_FOR = re.compile(
    r"\b(?P<word>for|over|in|across|during|now|at)\s+(?P<all>all|(?:each|every(?:\s+(?:single\s+)?one)?|all)\s+of)?\s*(?:the|a|its|their|our)?\s*"
    r"(?P<least>at\s+least\s+)?(?:the\s+)?(?:last|past|previous)?\s*$"
    r"|\b(?P<every>(?:each|every(?:\s+(?:single\s+)?one)?)\s+of\s+the)\s+(?:last|past|previous)\s+$",
    re.IGNORECASE,
)
_THIS_IS = re.compile(
    r"\b(?:this|that|which|it|now)\s+(?:is|was|has\s+been|makes?)\s+(?:now\s+)?(?:the|a|its)\s+$", re.IGNORECASE
)
_AT_LEAST = re.compile(r"\bat\s+least\s+(?:the\s+)?$", re.IGNORECASE)
#: ``Not in the last three quarters``, ``which it had not been for the five quarters before``.
_NOT = re.compile(
    r"\bnot\s+(?:(?:been\s+)?(?:so\s+)?(?:for|in|over)\s+(?:the\s+)?(?:last|past)|(?:been|done)\s+(?:so\s+)?(?:for|in|over)\s+(?:the\s+)?)\s*$",
    re.IGNORECASE,
)
#: ``the lowest in six quarters`` is a rank, and no run; ``the next two quarters`` are still to come.
_ELSE = re.compile(
    r"\b(?:shortest|longest|quickest|fastest|slowest|smallest|largest|biggest|strongest|weakest|busiest|quietest|poorest|highest|lowest|best|worst|most|fewest|first|only|record|peak|next|coming|following)\b[^.;,]{0,40}$",
    re.IGNORECASE,
)
_WAYS = {
    "fall": Way.DOWN, "decrease": Way.DOWN, "reduction": Way.DOWN, "drop": Way.DOWN, "decline": Way.DOWN,
    "rise": Way.UP, "increase": Way.UP, "growth": Way.UP, "improvement": Way.BETTER, "deterioration": Way.WORSE,
}  # fmt: skip
_REACH = 48
_SHORT = 24
_LONGEST = 40  # quarters


@dataclass(frozen=True, slots=True)
class Streak:
    """A run of quarters that a draft names.

    Attributes:
        number: How long it is.
        end: Where its words end.
        way: Which way every quarter went, where the words of the run say so.
        way_start: Where they say it.
        is_told: Whether the words leave no doubt that the quarters followed each other.
        is_least: Whether it may be longer: ``at least``, ``in all four quarters``.
        has_ended: Whether it ended with the quarter before the one reported: ``after two quarters on target``.
    """

    number: Number
    end: int
    way: Way | None = None
    way_start: int = 0
    is_told: bool = False
    is_least: bool = False
    has_ended: bool = False

    @property
    def direction(self) -> Direction | None:
        """Return which way the words of the run say that it went; None where they do not."""
        return Direction(self.way_start, self.end, self.way) if self.way is not None else None


def streaks_in(scene: Scene, sentence: Part) -> Iterator[Streak]:
    """Yield the runs of quarters of a sentence, in order."""
    last: Streak | None = None
    for number in scene.within(scene.numbers, sentence):
        before = scene.flat[max(sentence.start, number.start - _REACH) : number.start]
        if number.decimals or _NOT.search(before) or _ELSE.search(before):
            continue
        read = _ordinal if number.form is Form.ORDINAL else _cardinal
        if number.form not in (Form.ORDINAL, Form.CARDINAL):
            continue
        found = read(scene, sentence, number, before) or (_likewise(scene, sentence, number, before) if last else None)
        if found is not None:
            found = replace(found, has_ended=bool(_ENDED_WITH.search(before)) or _ended_before(scene, found))
            last = found
            yield found


def _ended_before(scene: Scene, streak: Streak) -> bool:
    """Return whether a run is one up to the quarter before: ``red for all seven quarters to September``."""
    for one in scene.within(scene.periods, Part(streak.end, streak.end + _NEXT))[:1]:
        last = one.periods[0] if _UP_TO.fullmatch(scene.flat, streak.end, one.start) and one.periods else None
        is_end = isinstance(last, Quarter) or (isinstance(last, Month) and last == last.quarter.months[-1])
        return (
            last is not None and not isinstance(last, Year) and is_end and last.quarter == scene.world.quarter.previous
        )
    return False


_UP_TO = re.compile(r"\s+(?:up\s+)?to\s+(?:the\s+end\s+of\s+)?", re.IGNORECASE)
_NEXT = 24  # signs behind a run in which its end may be named


def _likewise(scene: Scene, sentence: Part, number: Number, before: str) -> Streak | None:
    """Return the run of a number that leaves out of what it is: ``red for the third quarter and falling for the fifth``."""
    is_next = _FOR_SO.search(before) and _ENDS.match(scene.flat, number.end, sentence.end)
    return Streak(number, number.end, is_told=True) if is_next and number.value >= _SECOND else None


_ENDED_WITH = re.compile(
    r"\b(?:after|ends?|ended|ending|following|broke|breaking)\s+(?:a\s+run\s+of\s+|a\s+|its\s+)?(?:just\s+|only\s+)?$",
    re.IGNORECASE,
)
_FOR_SO = re.compile(r"\bfor\s+(?:the\s+)?$", re.IGNORECASE)


def _cardinal(scene: Scene, sentence: Part, number: Number, before: str) -> Streak | None:
    bare = _BARE.match(scene.flat, number.end)
    coloured = scene.within(scene.statuses, Part(max(sentence.start, number.start - _SHORT), number.start))[-1:]
    is_beside = bool(coloured) and not scene.flat[coloured[0].end : number.start].strip()  # "Red three running"
    if bare and (is_beside or _EVERY_QUARTER.search(scene.flat, sentence.start, number.start)):
        return Streak(number, bare.end(), is_told=True)
    moves = _MOVES.match(scene.flat, number.end, sentence.end)
    if moves and (moves["tail"] or moves["said"]):
        return Streak(number, moves.end(), _WAYS[moves["noun"].lower()], moves.start("noun"), is_told=True)
    found = _SO_MANY.match(scene.flat, number.end)
    led = _FOR.search(before)
    if found is None or found["unit"].lower() == "quarter":
        return None
    noun = found["noun"]
    if not (found["tail"] or found["said"] or noun or led or _stands_alone(scene, sentence, number, found)):
        return None
    return Streak(
        number,
        found.end(),
        _WAYS[noun.lower()] if noun else None,
        found.start("noun"),
        is_told=bool(found["tail"] or found["said"] or found["row"] or (led and (led["all"] or led["every"]))),
        is_least=bool(_AT_LEAST.search(before) or (led and (led["least"] or (led["all"] or "").lower() == "all"))),
    )


def _stands_alone(scene: Scene, sentence: Part, number: Number, found: re.Match[str]) -> bool:
    """Return whether so many quarters say how long a status beside them has lasted: ``Six quarters inside tolerance``."""
    behind = scene.within(scene.statuses, Part(found.end(), min(sentence.end, found.end() + _BEHIND)))[:1]
    opens = bool(_LED.fullmatch(scene.flat, sentence.start, number.start))
    opens = opens or bool(_ENDED_WITH.search(scene.flat, sentence.start, number.start))
    if opens and behind and not scene.flat[found.end() : behind[0].start].strip():
        return True
    before = scene.within(scene.statuses, Part(sentence.start, number.start))[-1:]
    is_beside = bool(before) and bool(_SINCE_THEN.fullmatch(scene.flat, before[0].end, number.start))
    return is_beside and bool(_ENDS_SO.match(scene.flat, found.end(), sentence.end))


#: Nothing, or a label: ``Best interest assessments: three quarters in amber``.
_LED = re.compile(r"(?:[^.;:0-9]{2,60}:)?[\s*\u2022-]*")
#: Between a status and how long it has lasted: ``Red, two quarters.``, ``on target all year, four quarters,``.
_SINCE_THEN = re.compile(r"[^.;:,]{0,30},\s+", re.IGNORECASE)
_ENDS_SO = re.compile(r"\s*(?:now\s*)?(?:[.,;:)]|$)")


def _ordinal(scene: Scene, sentence: Part, number: Number, before: str) -> Streak | None:
    found = _WHICH.match(scene.flat, number.end)
    if found is None or not found[0].strip():
        return None
    is_told = bool(found["tail"] or found["said"])
    stands = scene.within(scene.statuses, Part(found.end(), min(sentence.end, found.end() + _BEHIND)))[:1]
    is_beside = bool(stands) and not scene.flat[found.end() : stands[0].start].strip()
    is_of_status = is_beside and bool(_A.search(before) or _FIRST.search(before))
    is_coloured = bool(_COLOUR.search(found[0])) and (bool(_A.search(before)) or not before.strip(" -*\u2022"))
    is_of_move = bool(found["of"]) and bool(_OPENS.search(before))  # "a fourth quarter of improvement"
    is_led = bool(_THIS_IS.search(before) or _FOR.search(before)) or is_of_status or is_coloured or is_of_move
    is_first = is_of_status and "quarter" in found[0].lower() and bool(_FIRST.search(before))
    is_first = is_first or _stands_before(scene, sentence, number, found)
    if number.value < _SECOND and not is_told and not is_first:
        return None
    noun = found["noun"] or found["of"]
    is_bare = "quarter" not in found[0].lower() and "report" not in found[0].lower() and not found["tail"]
    if not (is_told or is_led) or (is_bare and not found["said"]) or (found["of"] and not (is_told or is_led)):
        return None
    return Streak(
        number,
        found.end(),
        _WAYS[noun.lower()] if noun else None,
        found.start("noun") if found["noun"] else found.start("of"),
        is_told=is_told,
        is_least=bool(_AT_LEAST.search(before)),
    )


def _stands_before(scene: Scene, sentence: Part, number: Number, found: re.Match[str]) -> bool:
    """Return whether a status stands right before ``for the first quarter``, which ends its statement."""
    phrases = scene.within(scene.statuses, Part(sentence.start, number.start))
    is_behind = bool(phrases) and bool(_FOR_THE.fullmatch(scene.flat, phrases[-1].end, number.start))
    return is_behind and "quarter" in found[0].lower() and bool(_ENDS.match(scene.flat, found.end()))


_OPENS = re.compile(r"(?:^|[,;:(]|\ba|\bthe)\s*$", re.IGNORECASE)
_COLOUR = re.compile(r"\b(?:red|amber|green)\s+quarter", re.IGNORECASE)
_A = re.compile(r"\b(?:a|its|their|our)\s+$", re.IGNORECASE)
_FOR_THE = re.compile(r"\s+for\s+(?:just\s+|only\s+)?(?:the|a)\s+", re.IGNORECASE)
#: ``It is the first quarter outside tolerance``, ``a first quarter inside tolerance``.
_FIRST = re.compile(r"\b(?:(?:this|that|it)\s+is\s+the|a)\s+$", re.IGNORECASE)
_ENDS = re.compile(r"\s*(?:[.,;:)]|$)")
_SECOND = 2


def what_lasts(scene: Scene, sentence: Part, streak: Streak) -> tuple[StatusPhrase | None, Direction | None]:
    """Return the status or the movement of which a run is, whichever is named last before it, else right behind it."""
    start = streak.number.start
    inside = scene.within(scene.statuses, Part(streak.number.end, streak.end))
    if inside and streak.way is None:
        return inside[0], None  # "a second red quarter"
    phrases = scene.within(scene.statuses, Part(sentence.start, start))
    cuts = [one.end() for one in _SEGMENT.finditer(scene.flat, sentence.start, start)]
    ways = (
        [streak.direction]
        if streak.direction
        else scene.within(scene.directions, Part(cuts[-1] if cuts else sentence.start, start))
    )
    if (way := _goes(scene, Part(sentence.start, start), streak)) is not None:
        return None, way
    near = min(sentence.end, streak.end + _BEHIND)
    is_led = bool(
        _LEADS.fullmatch(scene.flat, sentence.start, start) or _IN_WHICH.match(scene.flat, streak.end, sentence.end)
    )
    later = scene.within(scene.statuses, Part(streak.number.end, sentence.end if is_led and not phrases else near))
    directly = bool(later) and not scene.flat[streak.end : later[0].start].strip()
    if later and (directly or not (ways or _PARTED.search(scene.flat, streak.end, later[0].start))):
        return (later[0] if directly or not phrases else phrases[-1]), None
    if not phrases and not ways:
        other = _ANOTHER.search(scene.flat, streak.end, sentence.end)
        behind = Part(streak.end, min(sentence.end, streak.end + _BEHIND, other.start() if other else sentence.end))
        ways = scene.within(scene.directions, behind)[:1]
    if phrases and (not ways or ways[-1].start < phrases[-1].start):
        return phrases[-1], None
    if not ways and not scene.flat[sentence.start : start].strip(" -*\u2022"):
        return _just_before(scene, sentence), None
    return None, ways[-1] if ways else None


#: What opens a sentence with a run, so that a long name may stand between it and its status.
_LEADS = re.compile(r"\W*(?:for|over|now\s+for)\s+(?:the\s+)?(?:last\s+|past\s+)?", re.IGNORECASE)
#: ``The fourth quarter in which turnover has been red``.
_IN_WHICH = re.compile(r"\s*,?\s+(?:in|for|during)\s+which\b|\s+that\b", re.IGNORECASE)


def _just_before(scene: Scene, sentence: Part) -> StatusPhrase | None:
    """Return the status with which the sentence before ends: ``Target 90%, met. Third quarter in a row``."""
    before = scene.within(scene.statuses, Part(max(0, sentence.start - _BEHIND), sentence.start))[-1:]
    is_last = bool(before) and _ENDED.fullmatch(scene.flat, before[0].end, sentence.start)
    return before[0] if is_last else None


def _goes(scene: Scene, before: Part, streak: Streak) -> Direction | None:
    """Return the movement that words right before a run tell: ``up for``, ``lengthening for``, ``their rise, the``."""
    found = _GOING.search(scene.flat, before.start, before.end) or _NOUNS.search(scene.flat, before.start, before.end)
    if found is None or not (streak.is_told or found["led"]):
        return None
    way = next(one for one in (Way.UP, Way.DOWN, Way.BETTER, Way.WORSE) if found[one.name.lower()])
    return Direction(found.start(), found.end("word"), way)


_GOING = re.compile(
    r"\b(?P<word>(?P<up>up|rising|growing|climbing|increasing|lengthen(?:ing|ed)|widen(?:ing|ed))"
    r"|(?P<down>down|falling|shrinking|dropping|declining|decreasing|reducing|shorten(?:ing|ed)|narrow(?:ing|ed))"
    r"|(?P<better>improving)|(?P<worse>worsening|deteriorating|sliding|slipping|slid))"
    r"(?:\s+(?:again|steadily|slowly|quietly|without\s+(?:pause|a\s+break)|(?:every|each)\s+quarter,?)){0,2}"
    r"(?P<led>\s+(?:for|in)(?:\s+(?:(?:each|every(?:\s+one)?|all)\s+of))?)?\s+(?:the\s+|a\s+|its\s+)?(?:last\s+|past\s+)?$",
    re.IGNORECASE,
)
_NOUNS = re.compile(
    r"\b(?P<word>(?P<up>rise|increase|growth|climb)|(?P<down>fall|drop|decline|decrease|reduction)"
    r"|(?P<better>improvement)|(?P<worse>slide|deterioration))(?P<led>,\s+(?:the|its|their)\s+)$",
    re.IGNORECASE,
)
_PARTED = re.compile(r"[,;:]")
_ENDED = re.compile(r"[^.;:\n\x00]{0,24}[.;]\s+")
_SEGMENT = re.compile(r"[;:]\s")
_ANOTHER = re.compile(r"[;:,]\s|\b(?:and|but|while|though|although)\s+(?:the|its|our|it|they)\b", re.IGNORECASE)
_BEHIND = 40


def run_of(quarter: Quarter, holds: Callable[[Quarter], bool]) -> int:
    """Return for how many quarters in a row, up to one, something holds."""
    length = 0
    while holds(quarter.shift(-length)) and length < _LONGEST:
        length += 1
    return length


def held(world: World, code: str, wanted: Collection[Status], *, has_ended: bool = False) -> int:
    """Return for how many quarters, up to the reported one or the one before it, a measure has had one of some statuses."""
    last = world.quarter.previous if has_ended else world.quarter
    length = run_of(last, lambda at: world.status(code, at) in wanted)
    if has_ended:
        return length
    return min(length, world.streak(code).quarters) if len(wanted) == 1 else length


def held_as(world: World, streak: Streak, code: str, phrase: StatusPhrase) -> int:
    """Return for how many quarters a measure has stood as a phrase says; ``off track`` may mean outside tolerance alone."""
    if code not in world.contract:
        return 0
    ended = streak.has_ended
    is_loose = any(one in phrase.words for one in ("track", "off target"))
    outside = held(world, code, {Status.OUTSIDE}, has_ended=ended) if is_loose else 0
    return outside if outside and fits(outside, streak) else held(world, code, statuses_of(phrase), has_ended=ended)


def went(world: World, code: str, way: Way, *, has_ended: bool = False) -> int:
    """Return in how many quarters in a row, up to the reported one or the one before it, an indicator has moved one way."""
    last = world.quarter.previous if has_ended else world.quarter
    return run_of(last, lambda at: _moved(world, code, at, way))


def _moved(world: World, code: str, at: Quarter, way: Way) -> bool:
    change = world.change(code, at.previous, at)
    if not isinstance(change, Change):
        return False
    if way in (Way.BETTER, Way.WORSE):
        return change.travel is (Travel.IMPROVED if way is Way.BETTER else Travel.WORSENED)
    return (change.absolute > 0) - (change.absolute < 0) == {Way.UP: 1, Way.DOWN: -1, Way.SAME: 0}[way]


def fits(length: int, streak: Streak) -> bool:
    """Return whether a run is as long as a draft says."""
    return length >= streak.number.value if streak.is_least else length == streak.number.value
