"""Words that say which way a figure went or stands, checked against the sign of its change and against its history."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from xlkpi.calculate.change import Change
from xlkpi.model.period import Month, Period, Quarter
from xlkpi.model.register import Polarity
from xlkpi.prose.claim import Verdict
from xlkpi.prose.fact import Fact, Measure
from xlkpi.prose.figures.judge import defaults
from xlkpi.prose.figures.readings import Readings, label, shown
from xlkpi.prose.figures.scope import About, Scope, base_periods, level_period
from xlkpi.prose.mentions import Direction, How, Number, Role, Subject, Way, When
from xlkpi.prose.sentences import Part
from xlkpi.prose.statuses.scene import Scene, Told
from xlkpi.prose.text import Paragraph, Sentence

_SIMILAR_POINTS = Fraction(1)
_SIMILAR_PERCENT = Fraction(5, 2)
_RANKS = (Way.HIGHEST, Way.LOWEST, Way.BEST, Way.WORST)
#: A noun of change is followed by what changed: ``a reduction in total referrals``.
_OF = re.compile(
    r"\s+(?:in|of|on|to|for)?\s*(?:(?:the|our|total|overall|all|number|numbers|rates?|proportion|percentage|average|level|levels|of|in|for|children|young|people|recorded|new|open|cases|outturn|overall|demand|volume)\s+){0,6}",
    re.IGNORECASE,
)
_NOUN = re.compile(r"(?:increase|decrease|reduction|rise|fall|drop|decline|improvement|growth|reducing|increasing|rising|falling|higher|lower|more|fewer|less|greater|deterioration|dip|increases|decreases)$", re.IGNORECASE)
_RESTRICTED = re.compile(r"\s+(?:from|by|via|regarding|involving|aged|who|with|relating\s+to|for)\s+(?!the\s+(?:last|previous|same)|last\b|previous\b|[0-9]|this\b|[a-z]+\s+(?:quarter|year))(?P<word>[\w'-]+)", re.IGNORECASE)
_ATTACHED = 34
_STRONG_NAME = 0.5


@dataclass(frozen=True, slots=True)
class _Seen:
    """A figure then and now."""

    before: Fact
    now: Fact

    @property
    def sign(self) -> int:
        difference = self.now.value - self.before.value
        return (difference > 0) - (difference < 0)


def read_movements(scene: Scene, scope: Scope) -> None:
    """Take down a claim for every word of direction that is about one indicator and belongs to no number."""
    told = sorted(((one.start, one.end) for one in scene.claims), key=lambda one: one[0])
    taken = _Taken(told)
    for paragraph, sentence in scene.sentences():
        for word in scene.within(scene.directions, sentence):
            if not taken.meets(word) and not _in_name(scene, sentence, word):
                _word(scene, scope, paragraph, sentence, word)


class _Taken:
    def __init__(self, spans: Sequence[tuple[int, int]]) -> None:
        self._places = {place for start, end in spans for place in range(start, end)}

    def meets(self, part: Part) -> bool:
        return any(place in self._places for place in range(part.start, part.end))


def _in_name(scene: Scene, sentence: Sentence, word: Direction) -> bool:
    return any(one.role is Role.INDICATOR and one.start <= word.start and word.end <= one.end and not _crosses(scene, one) for one in scene.within(scene.subjects, sentence))


def _crosses(scene: Scene, one: Subject) -> bool:
    return bool(scene.within(scene.numbers, one)) and not one.figures


def _word(scene: Scene, scope: Scope, paragraph: Paragraph, sentence: Sentence, word: Direction) -> None:
    about = _about(scene, scope, paragraph, sentence, word)
    if about is None or scope.is_of_peers(sentence, word):
        return
    if _is_restricted(scene, about.subject, word):
        reason = f"The workbook has no figure of this part of {about.code}."
        scene.tell(word.start, _end(about, word), Told("direction", Verdict.NOT_CHECKABLE, word.way.value, reason=reason, indicator=about.code))
        return
    if word.way in _RANKS:
        told = _rank(scene, sentence, word, about)
    else:
        told = _movement(scene, paragraph, sentence, word, about)
    if told is not None:
        scene.tell(word.start, _end(about, word), told)


def _end(about: About, word: Direction) -> int:
    """Return the end of a claim: behind what changed, where that follows the word."""
    gap = about.subject.start - word.end
    return about.subject.end if 0 <= gap <= _ATTACHED else word.end


def _about(scene: Scene, scope: Scope, paragraph: Paragraph, sentence: Sentence, word: Direction) -> About | None:
    """Return what a word of direction is about, where that is certain."""
    flat = scene.flat
    found = scope.about(paragraph, sentence, word)
    near = [one for one in found if one.is_near]
    is_noun = bool(_NOUN.search(flat, word.start, word.end))
    follows = [one for one in near if one.subject.start >= word.end and _OF.fullmatch(flat, word.end, one.subject.start)]
    if is_noun and follows:
        return _sure(follows)
    if is_noun and re.match(r"\s+in\s+\w", flat[word.end : word.end + 12]) and not re.match(r"\s+in\s+(?:the|this|that)\s+(?:quarter|period|year|month)", flat[word.end : sentence.end]):
        return None  # a reduction in something that the register does not know
    if not is_noun and _is_transitive(flat, sentence, word):
        return _sure(follows) if follows else None  # what somebody reduced, and not who
    before = [one for one in near if one.subject.end <= word.start]
    if before:
        return None if _COMPLEMENT.search(flat, before[0].subject.end, word.start) else _sure(before)
    if near:
        return None
    return _sure(found) if found and _starts(flat, sentence, word) else None


#: What may stand behind a verb that tells of the figure itself.
_INTRANSITIVE = re.compile(
    r"\s*(?:$|[^\w\s]|[0-9]|(?:by|from|to|in|on|at|since|over|and|but|during|compared|again|further|this|last|each|every|when|which|with|for|across|between|as|or|while|whilst|due|because"
    r"|following|year|quarter|month|after|before|until|through|throughout|against|so|than|even|only|back|up|down|now|is|are|was|were|has|have|had|considerably|\w+ly)\b"
    r"|(?:the|our)\s+(?:quarter|period|year|month)|(?:an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\b)",
    re.IGNORECASE,
)
_INTENT = re.compile(r"\bto\s+$", re.IGNORECASE)


#: ``The audit confirms that practice is improving`` is not about the audit.
_COMPLEMENT = re.compile(r"\b(?:confirm|show|mean|suggest|indicat|demonstrat|evidenc|reveal|ensur|note|found|find|highlight|recognis|believ|expect)\w*\s+(?:\w+\s+)?that\b", re.IGNORECASE)


def _is_transitive(flat: str, sentence: Sentence, word: Direction) -> bool:
    """Return whether a verb has an object (``tracking reduced drift``), or says what is meant to happen."""
    if _INTENT.search(flat, max(0, word.start - 6), word.start):
        return True
    return not word.is_comparative and word.way is not Way.SAME and not _INTRANSITIVE.match(flat[word.end : sentence.end])


def _starts(flat: str, sentence: Sentence, word: Direction) -> bool:
    """Return whether the sentence goes on about what was said before: ``This has improved``, ``Performance fell``."""
    return bool(re.fullmatch(r"\W*(?:however\W+|also\W+)?(?:this|it|performance|the\s+(?:rate|figure|number|total|outturn|proportion|percentage|result))\b[^.;,]{0,30}", flat[sentence.start : word.start], re.IGNORECASE))


def _sure(found: Sequence[About]) -> About | None:
    first = found[0]
    strong = first.subject.how.value >= How.SHORT.value or first.subject.weight >= _STRONG_NAME or not first.is_near
    return first if first.is_sure and strong else None


def _is_restricted(scene: Scene, subject: Subject, word: Direction) -> bool:
    """Return whether the words speak of a part of what they name: ``contacts from the police``."""
    if subject.how is How.CODE:
        return False
    match = _RESTRICTED.match(scene.flat, subject.end, subject.end + 60)
    if match is None or match.start("word") == word.start:
        return False
    start = match.start("word")
    if any(one.start <= start < one.end for one in scene.within(scene.periods, Part(subject.end, subject.end + 60))):
        return False
    return match["word"][:1].isupper() or match["word"].lower() in ("police", "schools", "health", "children", "families", "females", "males", "boys", "girls")


def _movement(scene: Scene, paragraph: Paragraph, sentence: Sentence, word: Direction, about: About) -> Told | None:
    """Return the verdict on a movement; None where the words do not say one of an indicator."""
    world, code = scene.world, about.code
    dated = level_period(scene, sentence, _end_point(scene, sentence, word))
    named = [one.period for one in base_periods(scene, sentence, word) if one.period is not None]
    later: Period = world.quarter if dated.period is None or dated.period in named else dated.period
    bases = named[:1] or ([later.quarter] if isinstance(later, Month) else []) + defaults(later, world.quarter)
    seen = [one for base in bases if (one := _seen(scene, code, base, later))]
    stated = ("not " if word.negated else "") + word.way.value
    if not seen:
        return Told("direction", Verdict.NOT_CHECKABLE, stated, reason=_why_not(scene, code, bases[0], later), indicator=code)
    wanted = _wanted(scene, word, code)
    if wanted is None:
        return _same(scene, word, code, seen[0], stated) if word.way is Way.SAME else _no_better(code, stated)
    return _verdict(scene, word, about, seen, wanted, stated, is_named=bool(named))


def _end_point(scene: Scene, sentence: Sentence, word: Direction) -> Part:
    """Return the figure that a movement led to (``reduced to 4.0% in September``), which has its own period; else the word."""
    for number in scene.within(scene.numbers, Part(word.end, sentence.end))[:1]:
        words = scene.flat[word.end : number.start]
        if re.search(r"\bto\s+(?:just\s+|only\s+|around\s+)?$", words) and not re.search(r"[;:,]|\b(?:and|but)\b", words):
            return number
    return word


def _verdict(scene: Scene, word: Direction, about: About, seen: Sequence[_Seen], wanted: int, stated: str, *, is_named: bool) -> Told:
    code = about.code
    fits = [one for one in seen if (one.sign == wanted) != word.negated]
    first = seen[0]
    best = fits[0] if fits else first
    reason = f"{_went(scene, code, best)}."
    if fits and fits[0] is first:
        verdict = Verdict.CONFIRMED
        if word.continued and (earlier := _seen(scene, code, _previous(first.before.period), first.before.period)) and earlier.sign not in (wanted, 0):
            verdict, reason = Verdict.NOT_CHECKABLE, f"{reason[:-1]}, but {_went(scene, code, earlier)}: it did not go on that way from quarter to quarter."
    elif fits and not is_named:
        verdict, reason = Verdict.NOT_CHECKABLE, f"The draft does not say against when: {reason[:-1]}, but {_went(scene, code, first)}."
    else:
        verdict = Verdict.CONTRADICTED
    cell = scene.world.cell_of(code, Measure.CHANGE, best.now.period, against=best.before.period) or best.now.cell
    return Told("direction", verdict, stated, _computed(best), reason, cell, code)


def _computed(one: _Seen) -> str:
    words = {1: "up", -1: "down", 0: "unchanged"}
    return f"{words[one.sign]}: {shown(one.before.value, one.before.unit, one.before.decimals)} to {shown(one.now.value, one.now.unit, one.now.decimals)}"


def _went(scene: Scene, code: str, one: _Seen) -> str:
    verb = {1: "rose", -1: "fell", 0: "did not change"}[one.sign]
    indicator = scene.world.by_code[code]
    polarity = indicator.polarity
    judged = ""
    if polarity.sign and one.sign:
        judged = ", which is better," if polarity.sign == one.sign else ", which is worse,"
    before, now = (_figure(fact, one) for fact in (one.before, one.now))
    return f"{code} {verb}{judged} from {before} in {label(one.before.period)} to {now} in {label(one.now.period)}"


def _figure(fact: Fact, one: _Seen) -> str:
    """Return a figure, with another digit where both would look the same."""
    same = shown(one.before.value, fact.unit, fact.decimals) == shown(one.now.value, fact.unit, fact.decimals)
    return shown(fact.value, fact.unit, fact.decimals + (1 if same and one.sign else 0))


def _wanted(scene: Scene, word: Direction, code: str) -> int | None:
    """Return the sign that a word claims; None where it claims none, or where nothing is better for the indicator."""
    if word.way in (Way.UP, Way.DOWN):
        return 1 if word.way is Way.UP else -1
    if word.way in (Way.BETTER, Way.WORSE):
        polarity = scene.world.by_code[code].polarity
        if polarity in (Polarity.NONE, Polarity.RANGE):
            return None
        return polarity.sign * (1 if word.way is Way.BETTER else -1)
    return None


def _same(scene: Scene, word: Direction, code: str, one: _Seen, stated: str) -> Told | None:
    exact = "unchanged" in scene.flat[word.start : word.end].lower() or "no change" in scene.flat[word.start : word.end].lower()
    difference = abs(one.now.value - one.before.value)
    indicator = scene.world.by_code[code]
    if indicator.is_percentage:
        close, far = difference <= _SIMILAR_POINTS, difference > 3 * _SIMILAR_POINTS
    else:
        limit = abs(one.before.value) * _SIMILAR_PERCENT / 100
        close, far = difference <= limit, difference > 3 * limit
    looks = shown(one.now.value, one.now.unit, one.now.decimals) == shown(one.before.value, one.before.unit, one.before.decimals)
    if exact:
        close = looks
    reason = f"{_went(scene, code, one)}."
    verdict = Verdict.CONFIRMED if close or looks else Verdict.CONTRADICTED if far else Verdict.NOT_CHECKABLE
    if verdict is Verdict.NOT_CHECKABLE:
        reason = f"{reason[:-1]}: whether that is much the same is for the reader to judge."
    if word.negated:
        return None
    cell = scene.world.cell_of(code, Measure.CHANGE, one.now.period, against=one.before.period) or one.now.cell
    return Told("direction", verdict, stated, _computed(one), reason, cell, code)


def _no_better(code: str, stated: str) -> Told:
    reason = f"The register does not say which way is better for {code}."
    return Told("direction", Verdict.NOT_CHECKABLE, stated, reason=reason, indicator=code)


def _seen(scene: Scene, code: str, base: Period, later: Period) -> _Seen | None:
    reader = Readings(scene.world, code)
    now = reader.fact(Measure.OUTTURN, later)
    if now is None:
        return None
    before = reader.fact(Measure.OUTTURN, base)
    if isinstance(now.period, Month) and isinstance(base, Quarter):
        before = before or reader.fact(Measure.OUTTURN, base.months[-1])
    if before is None:
        return None
    if isinstance(before.period, Quarter) and isinstance(now.period, Quarter) and not isinstance(scene.world.change(code, before.period, now.period), Change):
        return None
    return _Seen(before, now)


def _why_not(scene: Scene, code: str, base: Period, later: Period) -> str:
    for period in (later, base):
        if Readings(scene.world, code).fact(Measure.OUTTURN, period) is None:
            return f"The workbook has no figure of {code} for {label(period)}."
    return f"The figures of {code} for {label(base)} and {label(later)} cannot be compared: the series was broken between them."


def _previous(period: Period) -> Period:
    return defaults(period, period if isinstance(period, Quarter) else Quarter(2000, 1))[-1 if isinstance(period, Month) else 0]


def _rank(scene: Scene, sentence: Sentence, word: Direction, about: About) -> Told | None:
    """Return the verdict on the highest or lowest figure, as far back as the workbook goes."""
    code = about.code
    wanted = _rank_sign(scene, word, code)
    if wanted is None or word.negated:
        return None
    months = [one for one in scene.within(scene.periods, sentence) if one.when in (When.MONTH, When.MONTHS, When.SPAN) and one.periods]
    named = [period for one in months for period in one.periods if isinstance(period, Month)]
    kind: type[Period] = Month if named else Quarter
    series = [one for one in scene.world.series(code, kind) if one.period <= (scene.world.quarter.months[-1] if named else scene.world.quarter)]  # type: ignore[operator] - both of one kind
    if len(series) < 2:  # noqa: PLR2004 - a rank takes two
        return Told("rank", Verdict.NOT_CHECKABLE, word.way.value, reason=f"The workbook has no history of {code} to rank this by.", indicator=code)
    quarters = [period for one in scene.within(scene.periods, sentence) if one.when is When.QUARTER for period in one.periods]
    of: list[Period] = [*named] if named else [*quarters[:1]] or [scene.world.quarter]
    return _ranked(word, code, series, of, wanted)


def _rank_sign(scene: Scene, word: Direction, code: str) -> int | None:
    if word.way in (Way.HIGHEST, Way.LOWEST):
        return 1 if word.way is Way.HIGHEST else -1
    sign = scene.world.by_code[code].polarity.sign
    return sign * (1 if word.way is Way.BEST else -1) or None


def _ranked(word: Direction, code: str, series: Sequence[Fact], of: Sequence[Period], wanted: int) -> Told:
    ordered = sorted(series, key=lambda one: -wanted * one.value)
    top = ordered[: len(of)]
    claimed = [one for one in series if one.period in of]
    since = f"since {label(series[0].period)}, as far back as the workbook goes"
    if len(claimed) < len(of):
        missing = next(one for one in of if one not in {fact.period for fact in claimed})
        return Told("rank", Verdict.NOT_CHECKABLE, word.way.value, reason=f"The workbook has no figure of {code} for {label(missing)}.", indicator=code)
    fits = min(wanted * one.value for one in claimed) >= wanted * top[-1].value
    best = ", ".join(f"{label(one.period)} ({shown(one.value, one.unit, one.decimals)})" for one in sorted(top, key=lambda one: one.period))  # type: ignore[arg-type, return-value] - periods of one kind
    words = "highest" if wanted > 0 else "lowest"
    reason = f"The {words} of {code} {since}: {best}."
    return Told("rank", Verdict.CONFIRMED if fits else Verdict.CONTRADICTED, word.way.value, best, reason, top[0].cell, code)
