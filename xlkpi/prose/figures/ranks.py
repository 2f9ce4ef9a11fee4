"""Words that say that a figure is the highest, the lowest, the best or the worst, as far back as the workbook goes."""

from __future__ import annotations

import re
from collections.abc import Sequence

from xlkpi.model.period import Month, Period, Quarter, Year
from xlkpi.prose.claim import Verdict
from xlkpi.prose.fact import Fact
from xlkpi.prose.figures.reading import label, shown
from xlkpi.prose.figures.scope import About
from xlkpi.prose.mentions import Direction, PeriodMention, Way, When
from xlkpi.prose.scene import Scene, Told
from xlkpi.prose.sentences import Part
from xlkpi.prose.text import Sentence

_TWO = 2  # figures that a rank takes at least
_NEAR = 70
#: The highest of several things, and not of several times: ``the highest volume of contacts has been from the police``.
_AMONG = re.compile(
    r"\b(?:has|have|is|are|was|were)\s+(?:\w+ly\s+)?(?:been\s+)?(?:from|by|in|among|amongst|within)\b(?!\s+(?:the\s+)?(?:last|previous|same|this|quarter|year|month|[0-9A-Z]))"
)
#: ``those at the highest risk``.
_GRADE = re.compile(
    r"\s+(?:risks?|priorit(?:y|ies)|needs?|standards?|quality|level\s+of\s+(?:need|risk|support))\b", re.IGNORECASE
)
_SINCE = re.compile(r"[^.;:]{0,40}?\bsince\s+(?!last\b|the\s+(?:last|previous)\b|this\b)", re.IGNORECASE)
_QUARTERS = re.compile(
    r"\s+(?:(?:level|figure|rate|result|number)\s+)?(?:for|in|of|over|across)\s+(?:the\s+)?(?:last\s+|past\s+)?(?P<count>\w+)\s+quarters?\b",
    re.IGNORECASE,
)
_RECORDS = re.compile(r"\b(?:records?|series|data|figures|statistics|collection)\b", re.IGNORECASE)
_NOW = re.compile(r"\bnow\s+(?:at\s+)?(?:its|the|their|our)?\s*$", re.IGNORECASE)
RANKS = (Way.HIGHEST, Way.LOWEST, Way.BEST, Way.WORST)


def rank(scene: Scene, sentence: Sentence, word: Direction, about: About) -> Told | None:
    """Return the verdict on the highest or lowest figure, as far back as the workbook goes."""
    code = about.code
    wanted = _rank_sign(scene, word, code)
    if (
        wanted is None
        or word.negated
        or _GRADE.match(scene.flat, word.end)
        or _AMONG.search(scene.flat, word.end, min(sentence.end, word.end + _NEAR))
    ):
        return None
    named, span = _months(scene, sentence, word)
    kind: type[Period] = Month if named or span else Quarter
    known = scene.world.series(code, kind)
    series = [one for one in known if not isinstance(one.period, Year) and one.period.quarter <= scene.world.quarter]
    if kind is Quarter and (last := _window(scene, sentence, word)):
        series = series[-last:]
    if span:
        series = [one for one in series if isinstance(one.period, Month) and span[0] <= one.period <= span[-1]]
    if len(series) < _TWO or _goes_further(scene, sentence, word, series[0].period):
        return Told(
            "rank",
            Verdict.NOT_CHECKABLE,
            word.way.value,
            reason=f"The workbook has no history of {code} to rank this by.",
            indicator=code,
        )
    quarters = [
        period
        for one in scene.within(scene.periods, _statement(scene, sentence, word))
        if one.when is When.QUARTER and not one.is_baseline
        for period in one.periods
    ]
    latest: list[Period] = [span[-1]] if span else [scene.world.quarter]
    is_now = _NOW.search(scene.flat, sentence.start, word.start)  # "it was 97% in spring, now at its lowest"
    of = latest if is_now else [*named] if named else [*quarters[:1]] or latest
    told = _ranked(word, code, series, of, wanted)
    if told.verdict is Verdict.CONTRADICTED and (since := _since(scene, sentence, word)):
        later = [one for one in series if not isinstance(one.period, Year) and one.period.quarter > since]
        then = _ranked(word, code, later, latest, wanted) if len(later) >= _TWO else told
        return then if then.verdict is Verdict.CONFIRMED else told
    return told


def _statement(scene: Scene, sentence: Sentence, word: Direction) -> Part:
    """Return the part of a sentence between semicolons or colons in which a word stands."""
    before, behind = (scene.find(_CUT, one) for one in (Part(sentence.start, word.start), Part(word.end, sentence.end)))
    return Part(before[-1].end() if before else sentence.start, behind[0].start() if behind else sentence.end)


_CUT = re.compile(r"[;:]\s")


def _window(scene: Scene, sentence: Sentence, word: Direction) -> int:
    """Return among how many quarters a figure ranks so, up to the one reported: ``the highest for six quarters``; else 0."""
    found = _QUARTERS.match(scene.flat, word.end, sentence.end)
    numbers = scene.within(scene.numbers, Part(found.start("count"), found.end("count"))) if found else []
    return int(numbers[0].value) if numbers and numbers[0].value >= _TWO else 0


def _since(scene: Scene, sentence: Sentence, word: Direction) -> Quarter | None:
    """Return the quarter since which a rank is: of those after it; None where none is named."""
    behind = _behind_since(scene, sentence, word)
    mentions = scene.within(scene.periods, behind) if behind else []
    named = next((one.periods[0] for one in mentions if len(one.periods) == 1), None)
    return named if isinstance(named, Quarter) else None


def _behind_since(scene: Scene, sentence: Sentence, word: Direction) -> Part | None:
    """Return the words that say since when a rank is; None where none do."""
    since = _SINCE.search(scene.flat, word.end, sentence.end)
    return Part(since.end(), min(sentence.end, since.end() + _NEAR)) if since else None


def _goes_further(scene: Scene, sentence: Sentence, word: Direction, first: Period) -> bool:
    """Return whether a rank is one since a time of which the workbook has no figure: ``the highest since records began``."""
    behind = _behind_since(scene, sentence, word)
    if behind is None:
        return False
    mentions = scene.within(scene.periods, behind)
    named = next((month for one in mentions if (month := _first(one))), None)
    start = first.months[0] if isinstance(first, Quarter) else first
    if named is None:
        return bool(_RECORDS.search(scene.flat, behind.start, behind.end))
    return isinstance(start, Month) and named < start


def _first(one: PeriodMention) -> Month | None:
    """Return the first month of a period; None of a year."""
    if one.months:
        return one.months[0]
    period = one.periods[0] if one.periods else None
    return period.quarter.months[0] if isinstance(period, Quarter | Month) else None


def _months(scene: Scene, sentence: Sentence, word: Direction) -> tuple[list[Month], list[Month]]:
    """Return the months of which a word says that they rank so, and the first and last month among which they do.

    Of several months a rank is of those behind its word: ``from May to July it peaked at 629 in June, and was 604 in July``.
    """
    mentions = [one for one in scene.within(scene.periods, sentence) if one.periods]
    among = [one for one in mentions if one.when is When.SPAN]
    months = [
        one
        for one in mentions
        if one.when in (When.MONTH, When.MONTHS)
        and not _THAN.search(scene.flat, max(sentence.start, one.start - _NEAR), one.start)
    ]
    behind = [one for one in months if one.start >= word.end]
    named = behind[:1] or months[-1:]
    return (
        [period for one in named for period in one.periods if isinstance(period, Month)],
        [period for one in among[:1] for period in one.periods if isinstance(period, Month)],
    )


#: ``thirteen more than at the end of March and the highest figure so far``: with what something else is compared.
_THAN = re.compile(r"\b(?:than|against)\s+(?:(?:in|at|by)\s+)?(?:the\s+)?(?:end\s+of\s+)?$", re.IGNORECASE)


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
        return Told(
            "rank",
            Verdict.NOT_CHECKABLE,
            word.way.value,
            reason=f"The workbook has no figure of {code} for {label(missing)}.",
            indicator=code,
        )
    fits = min(wanted * one.value for one in claimed) >= wanted * top[-1].value
    in_time = [one for one in series if one in top]
    best = ", ".join(f"{label(one.period)} ({shown(one.value, one.unit, one.decimals)})" for one in in_time)
    words = "highest" if wanted > 0 else "lowest"
    reason = f"The {words} of {code} {since}: {best}."
    return Told(
        "rank", Verdict.CONFIRMED if fits else Verdict.CONTRADICTED, word.way.value, best, reason, top[0].cell, code
    )


def stands_alone(scene: Scene, sentence: Sentence, word: Direction) -> bool:
    """Return whether a rank is a statement of its own: ``Lowest we hold``, ``amber, and never better``."""
    opens = _OPENS_SO.search(scene.flat[sentence.start : word.start])
    return bool(opens) and bool(_ENDS_SO.match(scene.flat, word.end, sentence.end))


_OPENS_SO = re.compile(r"(?:^|[.;:,(]|\band)\W*(?:(?:the|our|its|an?)\s+)?$", re.IGNORECASE)
_ENDS_SO = re.compile(
    r"\s*(?:(?:figure|result|rate|total|number|level|quarter)\s+)?(?:(?:we\s+(?:hold|have)|seen|yet|on\s+record|in\s+(?:the|this)\s+series|ever|so\s+far|recorded"
    r"|of\s+(?:the|all|our)\s+[\w-]+\s+quarters?(?:\s+\w+)?|(?:for|in)\s+[\w-]+\s+quarters?)\s*)?(?:[.,;:)]|$|\band\b)",
    re.IGNORECASE,
)
