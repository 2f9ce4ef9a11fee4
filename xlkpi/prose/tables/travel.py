"""Columns of directions of travel: arrows and words that say whether an indicator went up, down, better or worse."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from xlkpi.calculate.change import Change, Travel
from xlkpi.prose.arrows import ARROW, DOWN, SAME, UP
from xlkpi.prose.claim import Verdict
from xlkpi.prose.fact import Measure
from xlkpi.prose.scene import Scene, Told
from xlkpi.prose.sentences import Part
from xlkpi.prose.similar import is_similar
from xlkpi.prose.tables.columns import Meaning

_SIGNS = tuple(
    (re.compile(pattern, re.IGNORECASE), sign)
    for pattern, sign in (
        (rf"[{UP}]|\b(?:up|increas\w+|higher|rising|risen)\b", "up"),
        (rf"[{DOWN}]|\b(?:down|decreas\w+|lower|falling|fallen|reduc\w+)\b", "down"),
        (r"\b(?:improv\w+|better|positive)\b", "better"),
        (r"\b(?:wors\w+|declin\w+|deteriorat\w+|negative)\b", "worse"),
        (rf"[{SAME}=]|\b(?:same|static|stable|unchanged|no\s+change|maintained)\b", "same"),
    )
)
#: ``Improved performance``, which is all that a cell or a line says.
TRAVEL = re.compile(
    r"\W*(?:improv(?:ed|ing)|better|wors(?:e|ened|ening)|declin(?:ed|ing)|deteriorat(?:ed|ing)|(?:stayed\s+the\s+)?same|no\s+change|unchanged|stable"
    r"|static|maintained)(?:\s+performance)?\W*",
    re.IGNORECASE,
)
_ARROW = re.compile(ARROW)
_JUDGED = ("better", "worse")
_ENOUGH = 2  # cells that bear out what a column of arrows means
ALONE = 3  # that bear out a time that the table does not show, while it shows others


@dataclass(frozen=True, slots=True)
class _Sense:
    """What the arrows of a column mean: from which period, and whether up is a rise or an improvement."""

    meaning: Meaning
    is_judged: bool


def tell_travel(scene: Scene, cells: Sequence[tuple[str, Part]], meanings: Sequence[Meaning]) -> None:
    """Take down the directions of a column; one is only wrong where most of the others bear out what the column means.

    ``Improved`` where nothing improved since any time that the column may mean is wrong whatever the others say.

    Args:
        scene: The draft.
        cells: The cells that say a direction, each with the code of its row.
        meanings: From which periods the changes may be measured, the likeliest first.
    """
    said = [(code, part, sign) for code, cell in cells if (sign := _sign(scene, cell)) for part in (cell,)]
    senses = [_Sense(one, is_judged) for one in meanings for is_judged in (False, True)]
    if not said or not senses:
        return
    right = {one: sum(_holds(scene, code, sign, one) is True for code, _, sign in said) for one in senses}
    shown = max((hits for one, hits in right.items() if not one.meaning.is_aside), default=0)
    likely = [one for one in senses if not one.meaning.is_aside or right[one] >= max(ALONE, shown + _ENOUGH)]
    best = max(likely or senses, key=lambda one: right[one])
    hits = right[best]
    is_sure = hits >= _ENOUGH and 2 * hits > len(said)
    for code, part, sign in said:
        holds = _holds(scene, code, sign, best)
        if holds is None:
            continue
        is_told = is_sure or (
            sign in _JUDGED and not any(_holds(scene, code, sign, one) is not False for one in senses)
        )
        verdict = (Verdict.CONFIRMED if holds else Verdict.CONTRADICTED) if is_told else Verdict.NOT_CHECKABLE
        change = _change(scene, code, best.meaning)
        assert change is not None
        assert best.meaning.base is not None
        went = "rose" if change.absolute > 0 else "fell" if change.absolute < 0 else "did not change"
        reason = f"{code} {went} from {best.meaning.base.label} to {best.meaning.period.label} ({change.travel.value})."
        cell = scene.world.cell_of(code, Measure.CHANGE, best.meaning.period, against=best.meaning.base)
        scene.tell(part.start, part.end, Told("direction", verdict, sign, change.travel.value, reason, cell, code))


def arrow_in(scene: Scene, cell: Part) -> Part | None:
    """Return where an arrow stands in a cell with a figure; None where none does."""
    found = _ARROW.search(scene.flat, cell.start, cell.end)
    return Part(found.start(), found.end()) if found else None


def _sign(scene: Scene, cell: Part) -> str:
    words = scene.flat[cell.start : cell.end]
    return next((sign for pattern, sign in _SIGNS if pattern.search(words)), "")


def _change(scene: Scene, code: str, meaning: Meaning) -> Change | None:
    assert meaning.base is not None
    change = scene.world.change(code, meaning.base, meaning.period)
    return change if isinstance(change, Change) else None


def _holds(scene: Scene, code: str, sign: str, sense: _Sense) -> bool | None:
    """Return whether a direction is right in a sense; None where the workbook cannot tell."""
    change = _change(scene, code, sense.meaning)
    if change is None:
        return None
    if sign == "same":
        is_share = scene.world.by_code[code].is_percentage
        similar = is_similar(change.absolute, change.earlier, is_percentage=is_share)
        return True if not change.absolute else None if similar is not False else False
    if not change.absolute:
        return False
    if sign in ("better", "worse") or sense.is_judged:
        if change.travel is Travel.NEITHER:
            return None
        return (change.travel is Travel.IMPROVED) is (sign in ("better", "up"))
    return (change.absolute > 0) is (sign == "up")
