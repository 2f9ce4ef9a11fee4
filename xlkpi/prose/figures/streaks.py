"""Runs of quarters of one indicator: of its status (``red for four quarters``) and of changes the same way."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from xlkpi.prose.claim import Verdict
from xlkpi.prose.fact import Measure
from xlkpi.prose.figures.scope import Scope
from xlkpi.prose.focus import Focus
from xlkpi.prose.mentions import Direction, Role, StatusPhrase, Way
from xlkpi.prose.ratings import named, statuses_of
from xlkpi.prose.scene import Scene, Told
from xlkpi.prose.sentences import Part
from xlkpi.prose.streaks import Streak, fits, held_as, streaks_in, went, what_lasts
from xlkpi.prose.text import Paragraph, Sentence

#: ``..., and this is the fourth quarter``, ``Fifth quarterly fall``: what opens a statement is of what was told last.
_THIS_IS = re.compile(
    r"(?:\b(?:this|that|which|it)\s+(?:is|was|makes)\s+(?:now\s+)?(?:the|a)|[.;:,]|^)\s*(?:the\s+)?$", re.IGNORECASE
)
_MOST = 3  # indicators of which a run may be


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
    focus = Focus(scene)
    for paragraph, sentence in scene.sentences():
        for streak in streaks_in(scene, sentence):
            if not scene.is_used(streak.number) and (run := _run(scene, sentence, streak)) is not None:
                _tell(scene, run, _candidates(scene, scope, focus, (paragraph, sentence), run))


def _run(scene: Scene, sentence: Sentence, streak: Streak) -> _Run | None:
    phrase, word = what_lasts(scene, sentence, streak)
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


def _of_direction(scene: Scene, streak: Streak, word: Direction) -> _Run | None:
    if word.way not in (Way.UP, Way.DOWN, Way.BETTER, Way.WORSE, Way.SAME):
        return None
    return _Run(
        streak,
        min(word.start, streak.number.start),
        max(word.end, streak.end),
        scene.between(word.start, word.end),
        lambda code: went(scene.world, code, word.way),
    )


def _candidates(
    scene: Scene, scope: Scope, focus: Focus, place: tuple[Paragraph, Sentence], run: _Run
) -> tuple[Sequence[str], bool]:
    """Return the indicators of which a run may be, the likeliest first, and whether it is surely of the first."""
    paragraph, sentence = place
    about = scope.about(paragraph, sentence, Part(run.start, run.start))
    before = [
        one for one in about if one.is_near and one.subject.end <= run.start and one.subject.role is Role.INDICATOR
    ]
    told = focus.before(paragraph, run.start)
    near, rest = [one.code for one in before], [one.code for one in about]
    in_sentence = [code for code in focus.within(sentence) if code not in near]
    codes = list(dict.fromkeys([*near, *told[:1], *in_sentence, *rest, *told]))[:_MOST]
    likely = dict.fromkeys((*near[:1], *told[:1]))
    if len(likely) > 1:
        is_sure = False
    elif before:
        is_sure = bool(told) or (before[0].is_sure and not before[0].is_apart)
    elif told:
        is_sure = len(told) == 1 or bool(_THIS_IS.search(scene.flat, sentence.start, run.start))
    else:
        is_sure = bool(about) and about[0].is_sure
    return codes, is_sure


def _tell(scene: Scene, run: _Run, candidates: tuple[Sequence[str], bool]) -> None:
    codes, is_sure = candidates
    world, streak = scene.world, run.streak
    if not codes:
        return
    code = next((one for one in codes if fits(run.length(one), streak)), codes[0])
    length = run.length(code)
    is_right = fits(length, streak)
    verdict = Verdict.CONFIRMED if is_right else Verdict.CONTRADICTED if is_sure else Verdict.NOT_CHECKABLE
    many = f"{length} quarter{'' if length == 1 else 's'} in a row"
    reason = f"{code} was so in {many}: {run.what}."
    if verdict is Verdict.NOT_CHECKABLE:
        reason = f"It is not certain that this is about {code}: {reason}"
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
