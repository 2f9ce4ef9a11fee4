"""The period that a heading or a lead-in line sets for what stands below it.

``Quarter 3 - December 2017`` above some paragraphs, ``At the end of June:`` before a list.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from xlkpi.model.period import Month, Period, Quarter
from xlkpi.prose.mentions import PeriodMention, When
from xlkpi.prose.scene import Scene
from xlkpi.prose.sentences import Part
from xlkpi.prose.text import Kind, Paragraph

#: Words that stand beside the period of a heading that is there for its period.
_PLAIN = re.compile(
    r"\b(?:performance|update|report|reporting|position|summary|data|figures?|results?|outturns?|commentary|comments?|narrative|headlines?"
    r"|quarter|qtr|month|period|year|end|at|the|of|for|in|to|as|and|during|by|ending|ended|key|points?|overview|scorecard|dashboard)\b",
    re.IGNORECASE,
)
_WORD = re.compile(r"[a-z]{2,}", re.IGNORECASE)
_END = re.compile(r"\bend\s+of\b", re.IGNORECASE)
_FEW = 2  # words beside those
_TITLE = 3  # paragraphs at the beginning that may be the title


@dataclass(frozen=True, slots=True)
class Standing:
    """The period that stands above a paragraph.

    Attributes:
        period: Which.
        is_firm: Whether a heading or lead-in line of its own sets it; the title of a report may be wrong as a whole.
    """

    period: Quarter | Month
    is_firm: bool


def standing(scene: Scene, paragraph: Paragraph) -> Standing | None:
    """Return the period that is set above a paragraph; None where it is the quarter reported, or where none is set."""
    for above, is_firm in _above(scene, paragraph):
        period = _set_by(scene, above)
        if period is not None:
            return None if period == scene.world.quarter else Standing(period, is_firm)
    return None


def is_dated(scene: Scene, paragraph: Paragraph) -> bool:
    """Return whether the heading directly above a paragraph is there for its period."""
    if not paragraph.headings:
        return False
    return _set_by(scene, scene.text.paragraphs[paragraph.headings[-1]]) is not None


def _above(scene: Scene, paragraph: Paragraph) -> Iterator[tuple[Part, bool]]:
    """Yield what may set a period: the last sentence of a lead-in line, the headings from the innermost, and the title."""
    paragraphs = scene.text.paragraphs
    lead = paragraph.lead if paragraph.lead is not None else _led_by(scene, paragraph)
    if lead is not None and paragraphs[lead].sentences:
        yield paragraphs[lead].sentences[-1], True
    for place in reversed(paragraph.headings):
        yield paragraphs[place], place > 0
    for one in paragraphs[:_TITLE]:
        if one.kind is Kind.HEADING and one.index < paragraph.index:
            yield one, False


def _led_by(scene: Scene, paragraph: Paragraph) -> int | None:
    """Return the short line with a colon directly above a paragraph; None where there is none."""
    before = scene.text.paragraphs[paragraph.index - 1] if paragraph.index else None
    is_lead = before is not None and before.kind is Kind.PROSE and scene.text.words(before).rstrip().endswith(":")
    return before.index if before is not None and is_lead else None


def _set_by(scene: Scene, part: Part) -> Quarter | Month | None:
    """Return the period that a line is there for; None where it says more, or names several."""
    mentions = [one for one in scene.within(scene.periods, part) if one.periods]
    if not mentions or any(one.is_baseline or one.when in (When.PREVIOUS, When.YEAR_AGO) for one in mentions):
        return None
    rest = "".join(
        " " if any(one.start <= place < one.end for one in mentions) else scene.flat[place]
        for place in range(part.start, part.end)
    )
    if len(_WORD.findall(_PLAIN.sub(" ", rest))) > _FEW:
        return None
    period = _named(mentions)
    if (
        isinstance(period, Month)
        and period == period.quarter.months[-1]
        and _END.search(scene.flat, part.start, part.end)
    ):
        period = period.quarter
    return period if period is not None and _has_begun(period, scene.world.quarter) else None


def _named(mentions: list[PeriodMention]) -> Quarter | Month | None:
    """Return the one period that is named; a quarter where its last month tells the year (``Quarter 3 - December 2017``)."""
    single = [one for one in mentions if len(one.periods) == 1 and isinstance(one.periods[0], Quarter | Month)]
    sure = list(dict.fromkeys(one.periods[0] for one in single if one.certain))
    bare = list(dict.fromkeys(one.periods[0] for one in single if not one.certain))
    numbers = {one.number for one in bare if isinstance(one, Quarter)}
    chosen: list[Period] = sure or [one for one in bare if isinstance(one, Quarter)] or bare
    if len(chosen) != 1:
        return None
    period = chosen[0]
    if isinstance(period, Month) and period.quarter.number in numbers:
        return period.quarter
    return period if isinstance(period, Quarter | Month) else None


def _has_begun(period: Quarter | Month, now: Quarter) -> bool:
    return period.quarter <= now
