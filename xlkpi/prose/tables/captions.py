"""What a table is of as a whole, and what its rows are of that: a number, a rate, the total, a part, another body."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from itertools import islice

from xlkpi.model.period import Month, Period, Quarter, Year
from xlkpi.prose.fact import Measure
from xlkpi.prose.mentions import PeriodMention, Role
from xlkpi.prose.scene import Scene
from xlkpi.prose.sentences import Part
from xlkpi.prose.tables.cells import is_status
from xlkpi.prose.tables.columns import Column, Holds, Meaning
from xlkpi.prose.tables.headings import OTHERS
from xlkpi.prose.tables.rows import ABOVE, FAIR, SURE, Candidate, RowNames, plain
from xlkpi.prose.text import Kind, Paragraph
from xlkpi.prose.world import World

_TWO = 2
_ABOVE = 6  # paragraphs above a table that may say what it is of
_LINE = 120  # signs of a title
_MOST = 5  # indicators that one of them may mean


class Says(Enum):
    """What the name of a row says where the indicator stands above the table."""

    NUMBER = "number"
    RATE = "rate"
    DENOMINATOR = "cohort"
    TARGET = "target"
    TOTAL = "total"
    OTHERS = "others"
    NOTHING = ""


_SAYS = (
    (Says.NUMBER, r"(?:total\s+)?(?:numbers?|no|nos|count|numerator|volume)"),
    (Says.RATE, (
        r"(?:rate|percentage|per\s?cent|proportion|%|actual|outturn|performance|result)"
        r"(?:\s*(?:/|per)\s*[0-9,]+)?(?:\s*\(?%\)?)?"
    )),
    (Says.DENOMINATOR, r"(?:denominator|cohort|population|eligible|base)"),
    (Says.TARGET, r"(?:annual\s+|our\s+)?targets?"),
    (Says.TOTAL, r"(?:grand\s+)?(?:totals?|all|overall|sum|all\s+(?:\w+\s+){0,2}\w+)"),
    (Says.OTHERS, (
        r"(?:england|wales|scotland|northern\s+ireland|great\s+britain|uk|united\s+kingdom|national(?:ly)?|region(?:al(?:ly)?)?"
        r"|(?:our\s+)?statistical\s+neighbours?|sns?|comparators?|core\s+cities|family\s+group|similar\s+\w+|neighbours|benchmark"
        r"|(?:(?:north|south|east|west|yorkshire|london|midlands|eastern|central|england|and|the|of|humber)\s*){2,5})"
        r"(?:\s+(?:av(?:erage|g)?|mean|region|rate|median))?"
    )),
)  # fmt: skip
_PATTERNS = tuple((says, re.compile(rf"\W*{pattern}\W*", re.IGNORECASE)) for says, pattern in _SAYS)
_EMPTY = frozenset({"the", "of", "team", "area", "locality", "district"})
_AGED = re.compile(r"\b(?:aged?|ages|years?(?:[\s-]+olds?)?|yrs?|of\s+age|olds?)\b")
_FROM_TO = re.compile(r"\b([0-9]+)\s*(?:-|\u2013|to)\s*([0-9]+)")
_AND_OVER = re.compile(r"\b([0-9]+)\s*(?:\+|plus\b|(?:and|or|&)\s+(?:over|older|above|more)\b)")
_UNDER = re.compile(r"(?:\b(?:under|below|less\s+than|younger\s+than)|<)\s*([0-9]+)")


def says(scene: Scene, cell: Part) -> Says:
    """Return what the name of a row says beside the indicator above its table; the own body is the total of all its parts."""
    words = scene.flat[cell.start : cell.end]
    if _is_own(scene.world, words):
        return Says.TOTAL
    return next((one for one, pattern in _PATTERNS if pattern.fullmatch(words)), Says.NOTHING)


def _is_own(world: World, words: str) -> bool:
    """Return whether words are the name of the organisation, its first word or its land."""
    own, said = plain(world.organisation).split(), plain(words).split()
    if not said or said[0] in ("department", "council", "the") or not own:
        return False
    return said in (own[: len(said)], own[-len(said) :]) and any(len(one) > len("the") for one in said)


def above(scene: Scene, row: Paragraph) -> list[Candidate]:
    """Return what the text above a table is about, the nearest that names an indicator."""
    return next((found for part in _texts_above(scene, row) if (found := named_in(scene, part, FAIR))), [])


def alike_above(scene: Scene, names: RowNames, row: Paragraph, corner_: Part | None) -> list[Candidate]:
    """Return all that the corner of a table and the text above it may be about; figures alone can tell which."""
    parts = [*([corner_] if corner_ else ()), *_texts_above(scene, row)]
    codes = [one.code for part in parts for one in (*named_in(scene, part), *names.candidates(scene, [part])[:_MOST])]
    return [Candidate(code, ABOVE, -rank) for rank, code in enumerate(dict.fromkeys(codes))]


def named_by_line(scene: Scene, names: RowNames, row: Paragraph) -> str:
    """Return the one indicator whose code or whole name is the line right above a table; empty where it is none."""
    text = next(iter(_texts_above(scene, row)), None)
    if text is None or not _is_line(scene, text):
        return ""
    found = names.candidates(scene, [text])[:1]
    return found[0].code if found and found[0].strength is SURE else ""


def _is_line(scene: Scene, text: Paragraph) -> bool:
    """Return whether a paragraph is a title, and no sentence."""
    words = scene.flat[text.start : text.end].strip()
    return text.kind is Kind.HEADING or (len(words) <= _LINE and not words.endswith((".", "?", "!")))


def _texts_above(scene: Scene, row: Paragraph) -> list[Paragraph]:
    above_ = (
        one for one in reversed(scene.text.paragraphs[: row.index]) if one.kind is not Kind.ROW or is_title(scene, one)
    )
    return list(islice(above_, _ABOVE - 1))


def is_title(scene: Scene, row: Paragraph) -> bool:
    """Return whether a row is the title of what stands below it, with its status: ``Initial health assessments   RED``."""
    filled = [cell for cell in row.cells if scene.flat[cell.start : cell.end].strip()]
    return len(filled) == _TWO and is_status(scene, filled[1])


def named_in(scene: Scene, part: Part, strength: int = ABOVE) -> list[Candidate]:
    """Return the indicators that a part of the text names, the likeliest first."""
    named = [one for one in scene.within(scene.subjects, part) if one.role is Role.INDICATOR]
    codes = dict.fromkeys(code for one in named for code in one.names if code in scene.world.by_code)
    return [Candidate(code, strength, -rank) for rank, code in enumerate(codes)]


@dataclass(frozen=True, slots=True)
class Caption:
    """The period that the text right above a table names.

    Attributes:
        mention: Where.
        period: Which.
        is_title: Whether the text is a line of its own, and no sentence that may name it in passing.
    """

    mention: PeriodMention
    period: Period
    is_title: bool


def caption_of(scene: Scene, row: Paragraph) -> Caption | None:
    """Return the period that the text right above a table surely names; None where it names none, or several."""
    text = next(iter(_texts_above(scene, row)), None)
    mentions = scene.within(scene.periods, text) if text is not None else []
    dated = [(one, one.periods[0]) for one in mentions if one.certain and len(one.periods) == 1]
    if text is None or len(mentions) != 1 or len(dated) != 1:
        return None
    mention, period = dated[0]
    return Caption(mention, period, _is_line(scene, text))


def is_of_others(scene: Scene, row: Paragraph, now: Quarter, *, has_quarters: bool) -> bool:
    """Return whether the text right above a table, or its heading, speaks of another body or time than that of the table.

    Args:
        scene: The draft.
        row: Of the table.
        now: The quarter of which the table would be.
        has_quarters: Whether columns are headed by quarters, of which the text may name the year.
    """
    texts = [*_texts_above(scene, row)[:1], *(scene.text.paragraphs[at] for at in row.headings[-1:])]
    periods = [
        period for text in texts for one in scene.within(scene.periods, text) for period in one.periods or (None,)
    ]
    peers = [one for text in texts for one in scene.within(scene.subjects, text) if one.role is Role.PEER]
    own = (now, Year(now.year)) if has_quarters else (now,)
    are_others = any(OTHERS.search(scene.flat, text.start, text.end) for text in texts)
    return bool(peers) or are_others or any(one not in own for one in periods)


def month_above(scene: Scene, row: Paragraph) -> Month | None:
    """Return the month that the text right above a table names alone; None where it names none, or more than that."""
    found = _dates_above(scene, row)
    return found[0] if len(found) == 1 and isinstance(found[0], Month) else None


def _dates_above(scene: Scene, row: Paragraph) -> list[Period]:
    """Return the periods that the text right above a table surely names."""
    text = next(iter(_texts_above(scene, row)), None)
    mentions = scene.within(scene.periods, text) if text is not None else []
    return [one.periods[0] for one in mentions if one.certain and one.periods]


def meant(world: World, code: str, row: Says, part: str, meaning: Meaning) -> list[Meaning]:
    """Return what a figure of a column is in a row that is of a number, a rate, a part ... of an indicator."""
    if meaning.measure is not Measure.OUTTURN or (
        row in (Says.NOTHING, Says.TOTAL, Says.OTHERS, Says.RATE) and not part
    ):
        return [meaning]
    if part:
        return [replace(meaning, measure=one, part=part) for one in (Measure.NUMERATOR, Measure.OUTTURN)]
    if row is Says.TARGET:
        return [Meaning(Measure.TARGET, meaning.period.quarter)] if isinstance(meaning.period, Quarter) else []
    has_counts = any(one.measure is Measure.NUMERATOR for one in world.facts_of(code))
    if row is Says.DENOMINATOR:
        return [replace(meaning, measure=Measure.DENOMINATOR)]
    return [replace(meaning, measure=Measure.NUMERATOR)] if has_counts else [meaning]


# Parts


def part_named(world: World, words: str) -> str:
    """Return the part of an indicator that words name; empty where they name none, or several.

    ``16+`` for ``16 years and over``, ``1-4`` for ``1 to 4 years``.
    """
    wanted = _plain_part(words)
    found = {one.cohort for one in world.cohorts if wanted and _plain_part(one.cohort) == wanted}
    return found.pop() if len(found) == 1 else ""


def _plain_part(words: str) -> str:
    lower = _FROM_TO.sub(r"\1_\2", _AGED.sub(" ", words.casefold()))
    lower = _UNDER.sub(r"under_\1", _AND_OVER.sub(r"\1_up", lower))
    found = re.findall(r"[a-z0-9_]+", lower)
    return " ".join([one for one in found if one not in _EMPTY] or found)


def with_parts(scene: Scene, columns: Mapping[int, Column], at: Quarter) -> Mapping[int, Column]:
    """Return the columns of a table, those headed by the name of a part as its figures; then a total is the whole."""
    found = dict(columns)
    for place, one in columns.items():
        words = scene.flat[one.head.start : one.head.end]
        if place and one.holds in (Holds.UNKNOWN, Holds.WORDS) and (part := part_named(scene.world, words)):
            periods: tuple[Period, ...] = (at, at.months[-1])
            both = (Measure.NUMERATOR, Measure.OUTTURN)
            meanings = tuple(Meaning(measure, period, part=part) for measure in both for period in periods)
            found[place] = replace(one, holds=Holds.FIGURES, meanings=meanings, is_firm=True)
    if any(meaning.part for one in found.values() for meaning in one.meanings):
        whole = (Meaning(Measure.OUTTURN, at), Meaning(Measure.NUMERATOR, at))
        for place, one in columns.items():
            if one.holds is Holds.UNKNOWN and says(scene, one.head) is Says.TOTAL:
                found[place] = replace(one, holds=Holds.FIGURES, meanings=whole, is_firm=True)
    return found


def is_age(words: str) -> bool:
    """Return whether words are an age or several, as they head columns: ``1-4``, ``Under 1``, ``16+``."""
    lower = words.casefold()
    return any(pattern.fullmatch(" ".join(lower.split())) for pattern in (_FROM_TO, _AND_OVER, _UNDER))


def corner(scene: Scene, heads: Sequence[Mapping[int, Part]]) -> Part | None:
    """Return the first cell of the headings of a table; None where it is empty."""
    cells = [head[0] for head in heads if 0 in head and scene.flat[head[0].start : head[0].end].strip()]
    return cells[-1] if cells else None
