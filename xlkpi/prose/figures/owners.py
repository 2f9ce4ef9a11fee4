"""What the figures around a number say of it: whose it is, in which unit, and whether it is a cell of a torn table."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from xlkpi.prose.again import goes_on
from xlkpi.prose.figures.beside import Beside
from xlkpi.prose.figures.cues import Use
from xlkpi.prose.figures.reading import Reading, unit_of
from xlkpi.prose.figures.scope import About
from xlkpi.prose.figures.would import would_do, would_lose
from xlkpi.prose.mentions import How, Link, Number, Pair, Role, Subject, Unit
from xlkpi.prose.mentions.kinds import HINTED
from xlkpi.prose.scene import Scene
from xlkpi.prose.sentences import Part
from xlkpi.prose.text import Paragraph

_RUN = 3  # figures with nothing between them
#: What stands between a figure and how far it moved: ``256 households, two more than``.
_BEHIND = re.compile(
    r"[^.;:,()]{0,70},\s+(?:(?:which|this|that)\s+(?:is|was|were)\s+|or\s+|being\s+|some\s+|just\s+|(?:up|down)\s+(?:by\s+)?)*",
    re.IGNORECASE,
)
#: ``It had been 61% in the previous quarter``, ``a year ago it was 55%``.
_IT_WAS = re.compile(
    r"\b(?:it|this|that|they|the\s+(?:figure|rate|number|total|share|proportion))\s+(?:was|were|had\s+been|stood\s+at|had\s+stood\s+at)"
    r"\s+(?:only\s+|just\s+|at\s+)*$",
    re.IGNORECASE,
)
_COUNTED = re.compile(r"[\w,.]+\s+")
_LOWER = re.compile(
    r"\s+(?:(?:lower|higher|better|worse|above|below|up|down)\b|on\s+(?:the|last)\s+(?:year|quarter)\b|(?:more|less)(?=\s+than\b|\s*(?:[.,;)]|$)))",
    re.IGNORECASE,
)
_TOTAL = re.compile(r"\W*(?:the|this)\s+(?:overall\s+)?total\b", re.IGNORECASE)  # of what, several figures may say
_JOINS = re.compile(r"[^.;:0-9]{0,60}(?:\b(?:and|but)|,)\s+(?:(?:it|is|was|still|now)\s+)*", re.IGNORECASE)


def told_of(paragraph: Paragraph, known: Iterable[Reading]) -> Iterator[About]:
    """Yield the indicators of which a paragraph told figures rightly without naming them in words that are known.

    Args:
        paragraph: Which.
        known: What its figures say so far.
    """
    told = dict.fromkeys(one.code for one in known)
    at = Subject(paragraph.start, paragraph.start, Role.INDICATOR, tuple(told), How.WORDS, HINTED)
    yield from (About(code, is_sure=len(told) == 1, subject=at, is_near=False) for code in told)


def of_figure(
    scene: Scene, about: Sequence[About], between: Part, reading: Reading | None, *, is_right: bool
) -> Sequence[About]:
    """Return what a change is of behind a figure: what that is of, and surely nothing where that is not known.

    ``We had 256 households, two more than in June`` is about the households, even where the workbook has none.

    Args:
        scene: The draft.
        about: What the words say that it is of.
        between: What stands between the figure and the change.
        reading: What the figure says, rightly or not; None where that is not known.
        is_right: Whether it says so rightly.
    """
    if not _BEHIND.fullmatch(scene.flat, between.start, between.end):
        return about
    named = [one for one in scene.within(scene.subjects, between) if one.role is Role.INDICATOR]
    if reading is None:
        return about if named else [replace(one, is_sure=False) for one in about]
    if is_right and not reading.is_change and all(reading.code in one.names for one in named):
        return [own(reading.code, between.start), *(one for one in about if one.code != reading.code)]
    return sorted(about, key=lambda one: one.code != reading.code)


def own(code: str, at: int, *, is_near: bool = True) -> About:
    """Return an indicator that a figure at some place surely is of."""
    subject = Subject(at, at, Role.INDICATOR, (code,), How.SHORT)
    return About(code, is_sure=True, subject=subject, is_near=is_near, is_told=True)


def said_again(
    scene: Scene, about: Sequence[About], between: Part, number: Number, reading: Reading
) -> Sequence[About]:
    """Return what a share is of that says a count again: ``270 of the 391 interviews offered, or 69%``.

    Args:
        scene: The draft.
        about: What the words say that it is of.
        between: What stands between the count and the share.
        number: The share.
        reading: What the count says, and rightly.
    """
    is_share = reading.is_part and number.unit in (Unit.PERCENT, Unit.RATE)
    if not is_share or not _OR_SO.fullmatch(scene.flat, between.start, between.end):
        return about
    return [own(reading.code, between.start), *(one for one in about if one.code != reading.code)]


#: Between a count and the share that says it again.
_OR_SO = re.compile(
    r"[^.;:()0-9]{0,60}?(?:,\s*(?:or|that\s+is|which\s+is|i\.e\.|equal\s+to|a\s+rate\s+of)|\()\s*,?\s*(?:(?:just|only|some|about|around|nearly|almost)\s+)?",
    re.IGNORECASE,
)


def assured(
    scene: Scene,
    sentence: Part,
    about: Sequence[About],
    told: Sequence[Reading],
    start: int,
    *,
    goes_on_from: bool = False,
) -> Sequence[About]:
    """Return what a number is of, surely that of which all figures before it are, where its sentence names nothing else.

    Args:
        scene: The draft.
        sentence: In which the number stands.
        about: What the words say that it is of.
        told: What the last figures before it say, and rightly.
        start: Where the first of these stands.
        goes_on_from: Whether the words around the number go on from these, without a word for it.
    """
    codes = {one.code for one in told}
    named = [one for one in scene.within(scene.subjects, sentence) if one.role is Role.INDICATOR]
    if len(codes) != 1 or any(not codes.intersection(one.names) for one in named):
        return about
    code = codes.pop()
    if about and about[0].code == code and about[0].is_sure:
        return about
    is_near = start >= sentence.start
    if not is_near and (
        not (goes_on_from or goes_on(scene.flat, sentence.start)) or _TOTAL.match(scene.flat, sentence.start)
    ):
        return about
    return [own(code, start, is_near=is_near), *(one for one in about if one.code != code)]


def goes_with_figure(use: Use, beside: Beside) -> bool:
    """Return whether a number says more of the figure before it: its target, what it was, what would cost it its status."""
    if use in (Use.TARGET, Use.TOLERANCE, Use.BASELINE):
        return True
    if use is Use.CASES:
        return would_do(beside) or would_lose(beside)
    return use is Use.LEVEL and bool(_IT_WAS.search(beside.before))


def with_figure(scene: Scene, about: Sequence[About], number: Number, start: int, reading: Reading) -> Sequence[About]:
    """Return what a number is of that says more of a figure: surely of what that is of, where nothing else was named since.

    Args:
        scene: The draft.
        about: What the words say that it is of.
        number: As the draft has it.
        start: Where the figure starts.
        reading: What that says, and rightly.
    """
    between = [one for one in scene.within(scene.subjects, Part(start, number.start)) if one.role is Role.INDICATOR]
    if between and _COUNTED.fullmatch(scene.flat, start, between[0].start):
        between = between[1:]  # "225 contacts": what the figure counts
    is_else = any(reading.code not in one.names for one in between)
    is_count = reading.is_part or reading.bound
    unit = unit_of(scene.world.by_code[reading.code].unit)[0] if is_count else reading.unit
    unit = Unit.PERCENT if unit is Unit.POINTS else unit
    if is_else or not (number.unit is Unit.NONE or number.unit is unit):
        return about
    return [own(reading.code, start), *(one for one in about if one.code != reading.code)]


def with_unit(scene: Scene, number: Number, pair: Pair | None, before: Number | None) -> Number:
    """Return a number with the unit that one beside it gives it: ``from 226 to 175 days``, ``one point up and four up``.

    Args:
        scene: The draft.
        number: As the draft has it.
        pair: The two numbers of which it is one; None where it stands alone.
        before: The number before it in its sentence.
    """
    if number.unit is not Unit.NONE:
        return number
    if before is not None and before.unit is Unit.POINTS and _LOWER.match(scene.flat, number.end):
        return replace(number, unit=Unit.POINTS) if _JOINS.fullmatch(scene.flat, before.end, number.start) else number
    if pair is None or pair.link is Link.OF:
        return number
    other = pair.second if number.start == pair.first.start else pair.first
    if number.in_words and not other.in_words:
        return number  # ``an earlier one, against 19.6%``
    return replace(number, unit=other.unit, per=other.per)


def in_runs(flat: str, numbers: Sequence[Number]) -> Iterator[int]:
    """Yield where numbers start that stand in runs of three or more with nothing but blanks between them.

    Examples:
        >>> from xlkpi.prose.mentions.numbers import numbers
        >>> text = "at 18 70% 70% 63% of 5 2"
        >>> list(in_runs(text, list(numbers(text))))
        [3, 6, 10, 14]
    """
    run: list[Number] = []
    for one in numbers:
        if run and flat[run[-1].end : one.start].strip():
            yield from (each.start for each in run if len(run) >= _RUN)
            run = []
        run.append(one)
    yield from (each.start for each in run if len(run) >= _RUN)
