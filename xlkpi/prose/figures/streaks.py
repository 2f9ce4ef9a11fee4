"""Runs of quarters of one indicator: of its status (``red for four quarters``) and of changes the same way."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from xlkpi.model.period import Quarter
from xlkpi.prose.claim import Verdict
from xlkpi.prose.fact import Measure
from xlkpi.prose.figures.scope import Scope
from xlkpi.prose.figures.spoken import spoken_of
from xlkpi.prose.focus import Focus
from xlkpi.prose.mentions import Direction, StatusPhrase, Way
from xlkpi.prose.ratings import named, statuses_of
from xlkpi.prose.scene import Scene, Told
from xlkpi.prose.sentences import Part
from xlkpi.prose.streaks import Streak, fits, held_as, streaks_in, went, what_lasts
from xlkpi.prose.text import Sentence

_FIRST_TIME = re.compile(
    r"\s+for\s+the\s+(?:very\s+)?first\s+time\b(?!\s+(?:in|this|for|under))(?P<since>\s+since\s+(?:the\s+)?)?",
    re.IGNORECASE,
)


#: Minutes tell all in the past perfect: ``it was noted that the wait had lengthened for three quarters``.
_REPORTED = re.compile(
    r"\b(?:noted|welcomed|reported|heard|asked|said|stressed|explained|told|advised|observed|replied|added|recorded)\s+(?:that|the|whether|how|why)\b",
    re.IGNORECASE,
)
_OFTEN = 3
#: What had been so by some time before, where a draft does not tell everything so.
_HAD_BEEN = re.compile(r"\bhad\s+(?:been\s+)?(?:\w+ing\s+)?$", re.IGNORECASE)
_NEAR = 30  # signs


@dataclass(frozen=True, slots=True)
class _Run:
    """A run that a draft names.

    Attributes:
        streak: Its words.
        start: Where what lasts is named.
        end: Where that ends.
        what: What lasts, in words.
        length: How long it lasts of an indicator.
    """

    streak: Streak
    start: int
    end: int
    what: str
    length: Callable[[str], int]


def read_streaks(scene: Scene, scope: Scope) -> None:
    """Take down the runs that were not taken in by another claim, of what the draft speaks of where they stand."""
    focus, is_minuted = Focus(scene), len(_REPORTED.findall(scene.flat)) >= _OFTEN
    for paragraph, sentence in scene.sentences():
        for phrase in scene.within(scene.statuses, sentence):
            if (found := _FIRST_TIME.match(scene.flat, phrase.end, sentence.end)) is not None:
                spoken = spoken_of(scene, scope, focus, (paragraph, sentence), phrase.start)
                since = scene.within(scene.periods, Part(found.end(), found.end() + 1)) if found["since"] else []
                quarter = scene.quarter_named(since[0]) if since else None
                if quarter is not None or not found["since"]:
                    end = since[0].end if since else found.end()
                    _tell_first(scene, Part(phrase.start, end), phrase, spoken, quarter)
        for streak in streaks_in(scene, sentence):
            if not scene.is_used(streak.number) and (run := _run(scene, sentence, streak)) is not None:
                spoken = spoken_of(scene, scope, focus, (paragraph, sentence), run.start)
                _tell(scene, run, spoken, is_minuted=is_minuted)


def _run(scene: Scene, sentence: Sentence, streak: Streak) -> _Run | None:
    phrase, word = what_lasts(scene, sentence, streak)
    if phrase is not None and scene.is_hypothetical(sentence, phrase.start):
        return None
    if phrase is not None:
        return _of_status(scene, streak, phrase)
    return _of_direction(scene, streak, word) if word is not None else None


def _of_status(scene: Scene, streak: Streak, phrase: StatusPhrase) -> _Run:
    wanted = statuses_of(phrase)
    return _Run(
        streak,
        min(phrase.start, streak.number.start),
        max(phrase.end, streak.end),
        named(wanted),
        lambda code: held_as(scene.world, streak, code, phrase),
    )


_GOING = {
    Way.UP: "rising", Way.DOWN: "falling", Way.BETTER: "improving", Way.WORSE: "worsening", Way.SAME: "unchanged",
}  # fmt: skip


def _of_direction(scene: Scene, streak: Streak, word: Direction) -> _Run | None:
    if word.way not in _GOING:
        return None
    return _Run(
        streak,
        min(word.start, streak.number.start),
        max(word.end, streak.end),
        _GOING[word.way],
        lambda code: went(scene.world, code, word.way, has_ended=streak.has_ended),
    )


def _tell_first(
    scene: Scene, part: Part, phrase: StatusPhrase, spoken: tuple[Sequence[str], bool], since: Quarter | None
) -> None:
    """Take down ``on target for the first time``, as far back as the workbook goes or since a quarter in which it was so."""
    codes, is_sure = spoken
    if not codes or codes[0] not in scene.world.contract or scene.is_hypothetical(part, phrase.start):
        return
    world, code, wanted = scene.world, codes[0], statuses_of(phrase)
    between = [at for at in world.quarters if at < world.quarter and (since is None or at > since)]
    before = [at for at in between if world.status(code, at) in wanted]
    was_so = since is None or world.status(code, since) in wanted
    is_right = world.status(code) in wanted and not before and was_so
    verdict = Verdict.CONFIRMED if is_right else Verdict.CONTRADICTED if is_sure else Verdict.NOT_CHECKABLE
    reason = f"{code} is {named({world.status(code)})}."
    if before:
        reason = f"{reason[:-1]}, and was {named(wanted)} in {before[-1].label}."
    elif since is not None and not was_so:
        reason = f"{reason[:-1]}, and was {named({world.status(code, since)})} in {since.label}."
    told = Told(
        "streak", verdict, f"{named(wanted)} for the first time", "", reason, world.cell_of(code, Measure.STATUS), code
    )
    scene.tell(part.start, part.end, told)


def _tell(scene: Scene, run: _Run, candidates: tuple[Sequence[str], bool], *, is_minuted: bool) -> None:
    codes, is_sure = candidates
    world, streak = scene.world, run.streak
    if not codes:
        return
    likely = codes[:1] if is_sure else codes
    code = next((one for one in likely if fits(run.length(one), streak)), codes[0])
    length = run.length(code)
    is_right = fits(length, streak)
    is_past = not is_minuted and bool(_HAD_BEEN.search(scene.flat, max(0, run.start - _NEAR), run.start))
    is_wrong = is_sure and not is_past
    verdict = Verdict.CONFIRMED if is_right else Verdict.CONTRADICTED if is_wrong else Verdict.NOT_CHECKABLE
    many = f"{length} quarter{'' if length == 1 else 's'} in a row"
    reason = f"{code} was so in {many}: {run.what}."
    if verdict is Verdict.NOT_CHECKABLE:
        why = "of which quarters this is" if is_past else f"that this is about {code}"
        reason = f"It is not certain {why}: {reason}"
    told = Told(
        "streak",
        verdict,
        f"{int(streak.number.value)} quarters {run.what}",
        str(length),
        reason,
        world.cell_of(code, Measure.STREAK) if code in world.contract else world.cell_of(code, Measure.OUTTURN),
        code,
    )
    taken = scene.within(scene.numbers, Part(streak.number.start, streak.end))  # also of "seven quarters out of seven"
    scene.tell(min(run.start, streak.number.start), max(run.end, streak.end), told, taken)
