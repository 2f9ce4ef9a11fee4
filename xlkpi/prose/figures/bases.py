"""With which periods a figure is compared: those that its sentence names, else those named before, else the usual ones."""

from __future__ import annotations

import re

from xlkpi.model.period import Month, Period, Quarter
from xlkpi.prose.figures.cues import Use
from xlkpi.prose.figures.dated import Dated, base_periods, is_base
from xlkpi.prose.figures.reading import defaults
from xlkpi.prose.mentions import Number, When
from xlkpi.prose.sentences import Part
from xlkpi.prose.statuses.scene import Scene
from xlkpi.prose.text import Kind, Paragraph, Sentence

_TWO = 2
_SAME_TIME = re.compile(r"\b(?:same|that|this)\s+(?:period|time)\b", re.IGNORECASE)
_NEARBY = 4  # paragraphs before, whose base may be that of a number


def compared_with(  # a place is three things
    scene: Scene, sentence: Sentence, number: Number, use: Use, dated: Dated, now: Period | None = None
) -> list[Period]:
    """Return the periods with which a number is compared, the likeliest first.

    Args:
        scene: The draft.
        sentence: Where the number stands.
        number: The number.
        use: What it is used for.
        dated: Its own period.
        now: The period that a heading sets; None for the quarter reported.
    """
    if use is Use.BASELINE and dated.is_named and dated.period is not None:
        return [dated.period]
    reported = now if isinstance(now, Quarter) else scene.world.quarter  # "+6 on the quarter" is against the one before
    based = [one.period for one in base_periods(scene, sentence, number, now) if one.period is not None]
    named = [reported.previous if one == reported else one for one in based]
    if not named:
        usual = defaults(dated.period if use is Use.CHANGE else now, scene.world.quarter)
        if isinstance(usual[0], Quarter) and len(usual) == _TWO and not _speaks_of_years(scene, sentence):
            return usual[:1]
        return usual
    first = named[0]
    if (
        isinstance(dated.period, Month)
        and isinstance(first, Quarter)
        and use is Use.CHANGE
        and first == scene.world.quarter.year_ago
    ):
        return [Month(dated.period.year - 1, dated.period.month), first]
    return [first]


def _speaks_of_years(scene: Scene, part: Part) -> bool:
    """Return whether a part of the draft speaks of last year."""
    return any(one.when is When.YEAR_AGO for one in scene.within(scene.periods, part))


def bases_before(scene: Scene, paragraph: Paragraph, sentence: Sentence, use: Use, dated: Dated) -> list[Period]:
    """Return the bases that the draft named shortly before, where the sentence of a number names none itself."""
    if use not in (Use.CHANGE, Use.BASELINE) or (use is Use.BASELINE and dated.is_named):
        return []
    if any(is_base(one) for one in scene.within(scene.periods, sentence)):
        return []
    if paragraph.kind is not Kind.ITEM and not _SAME_TIME.search(scene.flat, sentence.start, sentence.end):
        return []
    near = scene.text.paragraphs[max(0, paragraph.index - _NEARBY) : paragraph.index]
    start = next((one.start for one in near if one.headings == paragraph.headings), paragraph.start)
    named = scene.within(scene.periods, Part(start, sentence.start))
    found = [one.periods[0] for one in named if len(one.periods) == 1 and one.periods[0] != scene.world.quarter]
    return list(dict.fromkeys(reversed(found)))[:_TWO]
