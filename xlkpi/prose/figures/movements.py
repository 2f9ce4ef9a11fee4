"""Words that say which way a figure went or stands, checked against the sign of its change and against its history."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from xlkpi.calculate.change import Change
from xlkpi.model.period import Month, Period, Quarter, last_month
from xlkpi.model.register import Polarity
from xlkpi.prose.arrows import DOWN, UP
from xlkpi.prose.claim import Claim, Verdict
from xlkpi.prose.fact import Fact, Measure
from xlkpi.prose.figures.against import sets_against
from xlkpi.prose.figures.based import base_periods
from xlkpi.prose.figures.between import pair_around, pair_behind, tell_between
from xlkpi.prose.figures.dated import level_period
from xlkpi.prose.figures.movers import ATTACHED, LEADS_TO, is_of_cases, is_restricted, mover
from xlkpi.prose.figures.peers import is_of_peers
from xlkpi.prose.figures.placed import placed
from xlkpi.prose.figures.ranks import RANKS, rank, stands_alone
from xlkpi.prose.figures.reading import defaults, label, shown
from xlkpi.prose.figures.readings import Readings
from xlkpi.prose.figures.scope import About, Scope
from xlkpi.prose.figures.spoken import spoken_of
from xlkpi.prose.figures.standing import standing
from xlkpi.prose.focus import Focus
from xlkpi.prose.mentions import Direction, How, Role, Subject, Way, When
from xlkpi.prose.scene import Scene, Told
from xlkpi.prose.sentences import Part
from xlkpi.prose.similar import is_similar
from xlkpi.prose.statuses.resets import SET_ANEW
from xlkpi.prose.text import Paragraph, Sentence

#: Claims that may span a word of direction without judging it.
_OTHER_KINDS = frozenset(
    {"status", "figure", "gap", "gap in cases", "target", "tolerance", "count", "share", "period", "name", "definition"}
)
_LAST = 4  # quarter of a year


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
    told = [(one.start, one.end) for one in scene.claims if one.kind not in _OTHER_KINDS]
    taken = _Taken(told)
    changed = {one.end for one in scene.claims if one.kind == "change" and one.verdict is Verdict.CONFIRMED}
    of_levels = _Taken([(one.start, one.end) for one in scene.claims if one.kind in SET_ANEW])
    figures = {place: one for one in scene.claims if one.kind == "figure" for place in range(one.start, one.end)}
    focus = Focus(scene)
    for paragraph, sentence in scene.sentences():
        for word in scene.within(scene.directions, sentence):
            is_free = not taken.meets(word) or _leads_to_level(scene, sentence, word)
            is_said = of_levels.meets(word) or word.start - 1 in changed  # "9.2% above last year"
            if is_free and not is_said and not _in_name(scene, sentence, word):
                _word(scene, scope, focus, (paragraph, sentence), word, figures)


class _Taken:
    def __init__(self, spans: Sequence[tuple[int, int]]) -> None:
        self._places = {place for start, end in spans for place in range(start, end)}

    def meets(self, part: Part) -> bool:
        return any(place in self._places for place in range(part.start, part.end))


def _in_name(scene: Scene, sentence: Sentence, word: Direction) -> bool:
    return any(
        one.role is Role.INDICATOR and one.start <= word.start and word.end <= one.end and not _crosses(scene, one)
        for one in scene.within(scene.subjects, sentence)
    )


def _crosses(scene: Scene, one: Subject) -> bool:
    return bool(scene.within(scene.numbers, one)) and not one.figures


def _word(
    scene: Scene,
    scope: Scope,
    focus: Focus,
    place: tuple[Paragraph, Sentence],
    word: Direction,
    figures: Mapping[int, Claim],
) -> None:
    sentence = place[1]
    pair = pair_behind(scene, sentence, word) or pair_around(scene, sentence, word, figures)
    if pair is not None:
        tell_between(scene, word, pair, figures)
        return
    if (word.is_comparative and sets_against(scene, sentence, word)) or _is_of_status(scene, sentence, word):
        return
    opens = word.way in RANKS and _IT_ALONE.fullmatch(scene.flat, sentence.start, word.start)
    found = None if opens else mover(scene, scope, place, word, figures)
    about = found or _spoken_of(scene, scope, focus, place, word)
    if about is None or is_of_peers(scene, sentence, word) or is_of_cases(scene, sentence, word, about.code):
        return
    if is_restricted(scene, about.subject, word):
        reason = f"The workbook has no figure of this part of {about.code}."
        scene.tell(
            word.start,
            _end(about, word),
            Told("direction", Verdict.NOT_CHECKABLE, word.way.value, reason=reason, indicator=about.code),
        )
        return
    told = rank(scene, sentence, word, about) if word.way in RANKS else _movement(scene, sentence, word, about)
    above = standing(scene, place[0])
    if above is not None and word.way not in RANKS and (told is None or told.verdict is not Verdict.CONFIRMED):
        then = _movement(scene, sentence, word, about, above.period)
        told = then if above.is_firm or (then is not None and then.verdict is Verdict.CONFIRMED) else told
    if told is not None:
        scene.tell(word.start, _end(about, word), told)


#: ``this is our highest attendance``, ``one fewer than in June and the smallest total``.
_IT_IS = re.compile(
    r"(?:\b(?:this|it|that|which)\s+(?:is|was)|\band(?:\s+(?:is|was))?|,)\s+(?:still\s+|now\s+)?(?:the|our|its|their|a)\s+$"
    r"|(?:^|[.;,]\s+)(?:(?:and|but)\s+)?(?:this|it|that)\s+(?:has|had)\s+$",
    re.IGNORECASE,
)


#: ``It has never been shorter``: what stands behind names nothing.
_IT_ALONE = re.compile(r"\W*(?:(?:and|but)\s+)?(?:it|this|that)\s+(?:has|had)\s+", re.IGNORECASE)


#: ``A year ago it was 8.9%, and the rate has fallen ever since``.
_IT_HAS = re.compile(
    r"\b(?:(?:and|but)\s+(?:the\s+(?:rate|figure|number|proportion|percentage|share|result)|it|this)\s+(?:has|had)\s+(?:since\s+|then\s+|now\s+)?)$",
    re.IGNORECASE,
)


def _spoken_of(
    scene: Scene, scope: Scope, focus: Focus, place: tuple[Paragraph, Sentence], word: Direction
) -> About | None:
    """Return the indicator of which a draft says ``this is the highest``: that of which it spoke just before."""
    is_rank = word.way in RANKS
    says = _IT_IS if is_rank else _IT_HAS
    is_said = says.search(scene.flat, place[1].start, word.start) or (is_rank and stands_alone(scene, place[1], word))
    if (word.is_comparative and not is_rank) or not is_said:
        return None
    codes, is_sure = spoken_of(scene, scope, focus, place, word.start)
    at = Subject(word.start, word.start, Role.INDICATOR, tuple(codes[:1]), How.SHORT)
    return About(codes[0], is_sure=True, subject=at, is_near=False) if codes and is_sure else None


def _leads_to_level(scene: Scene, sentence: Sentence, word: Direction) -> bool:
    """Return whether a figure stands behind a verb, to which or from which it leads."""
    numbers = scene.within(scene.numbers, Part(word.end, min(sentence.end, word.end + ATTACHED)))
    return bool(numbers) and bool(LEADS_TO.fullmatch(scene.flat, word.end, numbers[0].start))


def _is_of_status(scene: Scene, sentence: Sentence, word: Direction) -> bool:
    """Return whether it is a status that has stayed: ``outside tolerance, the same as in Quarter 1``."""
    before = scene.within(scene.statuses, Part(sentence.start, word.start))[-1:]
    return word.way is Way.SAME and bool(before) and not scene.flat[before[0].end : word.start].strip(" ,")


def _end(about: About, word: Direction) -> int:
    """Return the end of a claim: behind what changed, where that follows the word."""
    gap = about.subject.start - word.end
    return about.subject.end if 0 <= gap <= ATTACHED else word.end


def _movement(
    scene: Scene, sentence: Sentence, word: Direction, about: About, now: Period | None = None
) -> Told | None:
    """Return the verdict on a movement up to a period; None where the words do not say one of an indicator."""
    world, code = scene.world, about.code
    reader = Readings(world, code)
    dated = placed(reader, level_period(scene, sentence, _end_point(scene, sentence, word), now=now))
    based = [placed(reader, one) for one in base_periods(scene, sentence, word, now)]
    is_told = not based or based[0].is_sure  # the nearest may be of a time that the workbook does not know
    named = [one.period for one in based if one.period is not None and one.is_sure and is_told]
    reported: Period = now or world.quarter
    later: Period = reported if dated.period is None or dated.period in named else dated.period
    if (
        not named
        and isinstance(reported, Quarter)
        and not isinstance(later, Month)
        and _is_of_quarter(scene, sentence, word)
    ):
        named = [reported.previous]
    bases = named[:1] or _usual(later, world.quarter)
    seen = [one for base in bases if (one := _seen(scene, code, base, later))]
    if not named and (not dated.is_sure or dated.summed or any(not one.is_sure for one in based)):
        perhaps = [*(one for base in based for one in base.also), *bases], [*dated.also, later]
        pairs = [(base, at) for base, at in product(*perhaps) if last_month(base) < last_month(at)]
        return _open(scene, word, code, [one for base, at in pairs if (one := _seen(scene, code, base, at))])
    if not seen:
        reason = _why_not(scene, code, bases[0], later)
        return Told("direction", Verdict.NOT_CHECKABLE, _stated(word), reason=reason, indicator=code)
    wanted = _wanted(scene, word, code)
    if wanted is None:
        return (
            _same(scene, word, code, seen[0], _stated(word))
            if word.way is Way.SAME
            else _no_better(code, _stated(word))
        )
    return _verdict(scene, word, code, seen, wanted, is_named=bool(named))


def _open(scene: Scene, word: Direction, code: str, seen: Sequence[_Seen]) -> Told:
    """Return the verdict on a movement of which the draft does not say surely from when to when."""
    wanted = _wanted(scene, word, code)
    fits = [one for one in seen if wanted is not None and (one.sign == wanted) != word.negated]
    if fits:
        return _verdict(scene, word, code, fits, wanted or 0, is_named=True)
    reason = "The draft does not say surely of when this is."
    return Told("direction", Verdict.NOT_CHECKABLE, _stated(word), reason=reason, indicator=code)


def _usual(later: Period, now: Quarter) -> list[Period]:
    """Return the periods against which a movement may be said where the draft names none."""
    if isinstance(later, Month):
        return [later.quarter, *defaults(later, now)]
    return [*defaults(later, now), Quarter(later.year - 1, _LAST)]


def _is_of_quarter(scene: Scene, sentence: Sentence, word: Direction) -> bool:
    """Return whether a word says what happened in the quarter, and so against the one before."""
    beside = Part(max(sentence.start, word.start - ATTACHED), min(sentence.end, word.end + ATTACHED))
    return any(one.when is When.CURRENT for one in scene.within(scene.periods, beside))


def _end_point(scene: Scene, sentence: Sentence, word: Direction) -> Part:
    """Return the figure that a movement led to (``reduced to 4.0% in September``), which has its own period; else the word."""
    for number in scene.within(scene.numbers, Part(word.end, sentence.end))[:1]:
        words = scene.flat[word.end : number.start]
        if re.search(r"\bto\s+(?:just\s+|only\s+|around\s+)?$", words) and not re.search(
            r"[;:,]|\b(?:and|but)\b", words
        ):
            return number
    return word


#: A ``decline`` may be one of the figure, or of how well it is.
_DECLINE = re.compile(r"\bdeclin", re.IGNORECASE)


def _may_be_worse(scene: Scene, word: Direction, code: str, one: _Seen) -> bool:
    """Return whether a word that says down may mean worse, and the figure is."""
    sign = scene.world.by_code[code].polarity.sign
    is_decline = bool(_DECLINE.search(scene.flat, word.start, word.end))
    return is_decline and bool(sign) and one.sign == -sign and not word.negated


def _is_arrow_of_better(scene: Scene, word: Direction, code: str, one: _Seen, wanted: int) -> bool:
    """Return whether an arrow may say better, and not up: of a measure that is better when lower a reader cannot know."""
    is_arrow = scene.flat[word.start : word.end] in {*UP, *DOWN}
    return is_arrow and scene.world.by_code[code].polarity is Polarity.LOWER and one.sign == -wanted


def _verdict(scene: Scene, word: Direction, code: str, seen: Sequence[_Seen], wanted: int, *, is_named: bool) -> Told:
    if _may_be_worse(scene, word, code, seen[0]):
        wanted = seen[0].sign
    fits = [one for one in seen if (one.sign == wanted) != word.negated]
    first = seen[0]
    best = fits[0] if fits else first
    reason = f"{_went(scene, code, best)}."
    if fits and fits[0] is first:
        verdict = Verdict.CONFIRMED
        if (
            word.continued
            and (earlier := _seen(scene, code, _previous(first.before.period), first.before.period))
            and earlier.sign not in (wanted, 0)
        ):
            verdict, reason = (
                Verdict.NOT_CHECKABLE,
                f"{reason[:-1]}, but {_went(scene, code, earlier)}: it did not go on that way from quarter to quarter.",
            )
    elif fits and not is_named:
        verdict, reason = (
            Verdict.NOT_CHECKABLE,
            f"The draft does not say against when: {reason[:-1]}, but {_went(scene, code, first)}.",
        )
    elif _is_arrow_of_better(scene, word, code, first, wanted):
        verdict, reason = Verdict.NOT_CHECKABLE, f"The arrow may say up or down, or better or worse: {reason}"
    else:
        verdict = Verdict.CONTRADICTED
    cell = scene.world.cell_of(code, Measure.CHANGE, best.now.period, against=best.before.period) or best.now.cell
    return Told("direction", verdict, _stated(word), _computed(best), reason, cell, code)


def _stated(word: Direction) -> str:
    return ("not " if word.negated else "") + word.way.value


def _computed(one: _Seen) -> str:
    words = {1: "up", -1: "down", 0: "unchanged"}
    before, now = (shown(fact.value, fact.unit, fact.decimals) for fact in (one.before, one.now))
    return f"{words[one.sign]}: {before} to {now}"


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
    words = scene.flat[word.start : word.end].lower()
    exact = "unchanged" in words or "no change" in words or words.endswith(" as")
    is_percentage = scene.world.by_code[code].is_percentage
    similar = is_similar(one.now.value - one.before.value, one.before.value, is_percentage=is_percentage)
    close, far = similar is True, similar is False
    looks = shown(one.now.value, one.now.unit, one.now.decimals) == shown(
        one.before.value, one.before.unit, one.before.decimals
    )
    if exact:
        close = looks
    reason = f"{_went(scene, code, one)}."
    far = far or (words.endswith(" as") and not looks)
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
    if before is None or before.period == now.period:
        return None
    if (
        isinstance(before.period, Quarter)
        and isinstance(now.period, Quarter)
        and not isinstance(scene.world.change(code, before.period, now.period), Change)
    ):
        return None
    return _Seen(before, now)


def _why_not(scene: Scene, code: str, base: Period, later: Period) -> str:
    for period in (later, base):
        if Readings(scene.world, code).fact(Measure.OUTTURN, period) is None:
            return f"The workbook has no figure of {code} for {label(period)}."
    if base == later:
        return f"The draft compares {label(later)} with itself."
    return f"The figures of {code} for {label(base)} and {label(later)} cannot be compared: the series was broken between them."


def _previous(period: Period) -> Period:
    return defaults(period, period if isinstance(period, Quarter) else Quarter(2000, 1))[
        -1 if isinstance(period, Month) else 0
    ]
