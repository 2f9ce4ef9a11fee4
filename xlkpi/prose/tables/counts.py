"""Tables of how many measures have a status: by section, by period, or of all of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from xlkpi.calculate.status import Status
from xlkpi.model.number import plain as printed
from xlkpi.model.number import rounded
from xlkpi.model.period import Month, Period, Quarter
from xlkpi.prose.claim import Verdict
from xlkpi.prose.mentions import Form, Number, StatusPhrase, Unit
from xlkpi.prose.ratings import named, statuses_of
from xlkpi.prose.scene import Scene, Told
from xlkpi.prose.sentences import Part
from xlkpi.prose.tables.cells import status_words
from xlkpi.prose.tables.rows import RowNames, plain
from xlkpi.prose.text import Paragraph

_TOTAL = re.compile(
    r"\W*(?:(?:grand\s+)?(?:total|all(?:\s+(?:measures|indicators|sections))?|overall|sum)\b.{0,20}"
    r"|(?:the\s+)?(?:whole\s+)?(?:council|trust|authority|organisation|corporate|partnership|service)\W*)",
    re.IGNORECASE,
)
_SHARE = re.compile(r"\W*(?:share|percentage|per\s?cent|%|proportion).{0,30}", re.IGNORECASE)

#: ``Green Children seen alone at initial assessment``.
_COLOURED = re.compile(
    r"\W*(?:red|amber|green)\W+(?!(?:and|or|measures?|indicators?|kpis?)\b)(?:[\w'-]+\W+){2}\w", re.IGNORECASE
)
_OTHERS = 4  # wrong counts of a table of which most are, which is of other measures
#: What heads counts of all measures: ``Number of indicators``.
_OF_MEASURES = re.compile(
    r"\W*(?:(?:total|number|nos?|count)\.?(?:\s+of(?:\s+(?:the|our|all))?)?\s+)?(?:performance\s+)?(?:measures|indicators|kpis|pis)\W*"
    r"|\W*(?:number|nos?|count)\W*",
    re.IGNORECASE,
)
_OF_ANYTHING = re.compile(r"\W*(?:number|nos?|count)\W*", re.IGNORECASE)
_LEAST = 2  # columns of a block


@dataclass(frozen=True)
class Head:
    """What a heading of a row or column says of its figures.

    Attributes:
        part: Where it stands.
        statuses: The statuses that it names; all of them for a total.
        section: The section that it names.
        is_total: Whether it is of all sections, or of all statuses.
        is_share: Whether its figures are shares of the total.
        period: The period that it names.
    """

    part: Part
    statuses: frozenset[Status] = frozenset()
    section: str = ""
    is_total: bool = False
    is_share: bool = False
    period: Period | None = None


def read_counts(
    scene: Scene, names: RowNames, rows: Sequence[Paragraph], below: Sequence[Paragraph], *, is_headed_again: bool
) -> bool:
    """Take down a table of measures by status; return whether it is one."""
    header = scene.text.paragraphs[rows[0].header] if rows[0].header is not None else None
    if is_headed_again:
        header = rows[0]
    if header is not None and _is_count(scene, header):
        header = None
    body = [row for row in rows if header is None or row.index != header.index]
    width = max((len(row.cells) for row in body), default=0)
    if _read_in_one_row(scene, rows):
        return True
    columns = _columns(scene, rows[0], header, width)
    if not columns and width == _LEAST and all(_is_count(scene, row) for row in rows[:_LEAST]):
        columns = {1: Head(rows[0].cells[1], period=scene.world.quarter)}
    lefts = [(row, head(scene, row.cells[0])) for row in body if row.cells]
    has_statuses = any(one.statuses for one in (*columns.values(), *(left for _, left in lefts)))
    if not has_statuses or _are_indicators(scene, names, below):
        return False
    found = [one for row, left in lefts for one in _count_row(scene, row, left, columns)]
    wrong = sum(told.verdict is Verdict.CONTRADICTED for _, told in found)
    of_anything = any(_OF_ANYTHING.fullmatch(scene.flat, one.part.start, one.part.end) for one in columns.values())
    for number, told in found if 2 * wrong <= len(found) or (wrong < _OTHERS and not of_anything) else ():
        scene.tell(number.start, number.end, told, [number])
    return bool(found)


def _read_in_one_row(scene: Scene, rows: Sequence[Paragraph]) -> bool:
    """Take down counts below the names of statuses alone, without any name of a row; return whether these are such rows.

    They are of all measures, or of the section in whose chapter they stand, where most of them are right.
    """
    if len(rows) != _LEAST or len(rows[0].cells) != len(rows[1].cells):
        return False
    heads = [head(scene, cell) for cell in rows[0].cells]
    numbers = [scene.within(scene.numbers, cell) for cell in rows[1].cells]
    are_heads = (
        all(one.statuses or one.is_total for one in heads) and sum(bool(one.statuses) for one in heads) >= _LEAST
    )
    if not are_heads or not all(
        len(one) == 1 and _COUNT.fullmatch(scene.flat, one[0].start, one[0].end) for one in numbers
    ):
        return False
    above = [scene.text.paragraphs[at] for at in rows[0].headings]
    named_above = [section for one in above if (section := _section(scene, Part(one.body, one.end)))]
    for section in dict.fromkeys([*named_above[-1:], ""]):
        found = [
            (
                number,
                _counted(
                    scene, number, one.statuses or frozenset(Status), section, scene.world.quarter, is_share=False
                ),
            )
            for one, (number,) in zip(heads, numbers, strict=True)
        ]
        if 2 * sum(told.verdict is Verdict.CONFIRMED for _, told in found) > len(found):
            for number, told in found:
                scene.tell(number.start, number.end, told, [number])
            return True
    return False


def _is_count(scene: Scene, row: Paragraph) -> bool:
    """Return whether a row is a status and how many measures have it: ``On target | 13 (last quarter 11)``."""
    is_pair = len(row.cells) == _LEAST and bool(head(scene, row.cells[0]).statuses)
    return is_pair and bool(_COUNT.match(scene.flat, row.cells[1].start, row.cells[1].end))


def _is_counted(scene: Scene, cell: Part) -> bool:
    """Return whether a cell is a count and little else, and no list of measures."""
    return cell.end - cell.start <= _LONGEST and _COUNT.match(scene.flat, cell.start, cell.end) is not None


_LONGEST = 30  # signs of a count with what it was before
_COUNT = re.compile(r"\s*[0-9]{1,3}\b(?!\s*%|[.,/-][0-9])")


def _are_indicators(scene: Scene, names: RowNames, rows: Sequence[Paragraph]) -> bool:
    """Return whether most rows name an indicator surely, or behind its colour; a section may have the name of one, too."""
    coloured = [scene.flat[row.cells[0].start : row.cells[0].end] for row in rows if row.cells]
    named = [names.is_surely_named(scene, row.cells) for row in rows]
    return 2 * max(sum(named), sum(bool(_COLOURED.match(one)) for one in coloured)) > len(rows)


def _columns(scene: Scene, first: Paragraph, header: Paragraph | None, width: int) -> Mapping[int, Head]:
    """Return what the columns say, by place; from the line above where a converter has torn the header off."""
    if header is not None:
        found = {place: head(scene, cell) for place, cell in enumerate(header.cells) if place}
        if len(header.cells) == width - 1 and width > 1:  # the empty corner is not typed
            found = {place + 1: head(scene, cell) for place, cell in enumerate(header.cells)}
        return {place: one for place, one in found.items() if _says(one)}
    if first.index == 0:
        return {}
    above = scene.text.paragraphs[first.index - 1]
    marks: Sequence[Part] = scene.within(scene.statuses, above)
    if len(marks) != width - 1:
        return {}
    return {place: head(scene, one) for place, one in enumerate(marks, start=1)}


def _says(one: Head) -> bool:
    return bool(one.statuses or one.section or one.is_total or one.is_share or one.period)


def head(scene: Scene, cell: Part) -> Head:
    """Return what a heading of a row or column says."""
    words = scene.flat[cell.start : cell.end]
    section = _section(scene, cell)
    if section or not words.strip():
        return Head(cell, section=section)
    phrases: list[StatusPhrase] = scene.within(scene.statuses, cell)
    statuses = statuses_of(phrases[0]) if phrases else status_words(words)
    if statuses and _MOVED.match(words):
        return Head(cell)
    if statuses:
        return Head(cell, statuses=statuses, is_share="%" in words or "percent" in words.lower())
    if _TOTAL.fullmatch(words) or _OF_MEASURES.fullmatch(words):
        return Head(cell, is_total=True, is_share="%" in words)
    periods = [one for one in scene.within(scene.periods, cell) if one.periods]
    period = periods[0].periods[0] if periods else scene.world.quarter if _NOW.fullmatch(words.strip()) else None
    return Head(cell, period=period, is_share=bool(_SHARE.fullmatch(words)) and period is None)


_NOW = re.compile(r"now|current(?:ly)?|today|latest", re.IGNORECASE)


def _section(scene: Scene, cell: Part) -> str:
    """Return the section that a heading is; ``Youth Offending`` for ``Youth Offending Services`` will do."""
    words = plain(scene.flat[cell.start : cell.end])
    if words in ("all", "total", "overall", ""):
        return ""
    names = {plain(section): section for section in scene.world.sections}
    if words in names:
        return names[words]
    like = [section for name, section in names.items() if name.startswith(f"{words} ") or words.startswith(f"{name} ")]
    return like[0] if len(like) == 1 and not re.search(r"[0-9]", words) else ""


def _count_row(scene: Scene, row: Paragraph, left: Head, columns: Mapping[int, Head]) -> Iterator[tuple[Number, Told]]:
    """Yield the numbers of a row with what is to be said of them."""
    for place, cell in enumerate(row.cells):
        top = columns.get(place)
        if not place or top is None or not scene.flat[cell.start : cell.end].strip():
            continue
        if _OF_MEASURES.fullmatch(scene.flat, top.part.start, top.part.end) and not _is_counted(scene, cell):
            continue
        statuses = top.statuses or left.statuses
        section = top.section or left.section
        if (not statuses and (top.is_total or left.is_total) and section) or (
            not statuses and top.is_total and left.is_total
        ):
            statuses = frozenset(Status)
        is_all = left.is_total or top.is_total or left.is_share or top.is_share
        when = top.period or left.period
        if not statuses or not (section or is_all or when):
            continue
        if top.statuses and left.statuses:
            continue
        at = when if isinstance(when, Quarter) else _ended_by(when) or scene.world.quarter
        for number in scene.within(scene.numbers, cell):
            is_share = number.unit is Unit.PERCENT or ((left.is_share or top.is_share) and len(row.cells) > 1)
            then = _then(scene, cell, number, at)
            told = _counted(scene, number, statuses, section, then or at, is_share=is_share)
            is_sure = then is None or _is_labelled(scene, cell, number) or told.verdict is Verdict.CONFIRMED
            if is_sure and (not section or section in scene.world.summary(at).counts):
                yield number, told


def _then(scene: Scene, cell: Part, number: Number, at: Quarter) -> Quarter | None:
    """Return the quarter of a count in brackets behind another one, ``4 (last quarter 3)``; None of one that stands free."""
    behind = _BRACKETED.search(scene.flat, cell.start, number.start)
    if behind is None or number.unit is not Unit.NONE:
        return None
    named = [one for one in scene.within(scene.periods, Part(behind.start(), number.start)) if one.periods]
    quarter = named[0].periods[0] if named else at.previous
    return quarter if isinstance(quarter, Quarter) else at.previous


def _is_labelled(scene: Scene, cell: Part, number: Number) -> bool:
    """Return whether a cell says of which time a count in it is; ``6 (7)`` does not."""
    return any(one.periods for one in scene.within(scene.periods, Part(cell.start, number.start)))


_BRACKETED = re.compile(r"[0-9]\s*\([^()]*$")
#: ``No longer on target`` is a movement, and no status.
_MOVED = re.compile(
    r"\W*(?:newly|no\s+longer|reached|moved|fell|fallen|dropped|came|come|back|returned|lost|slipped|gone|improved|worsened)\b",
    re.IGNORECASE,
)


def _ended_by(when: Period | None) -> Quarter | None:
    """Return the quarter that a month over a column ends; None where it ends none."""
    ends = isinstance(when, Month) and when == when.quarter.months[-1]
    return when.quarter if isinstance(when, Month) and ends else None


def _counted(
    scene: Scene, number: Number, statuses: frozenset[Status], section: str, at: Quarter, *, is_share: bool
) -> Told:
    world = scene.world
    fact = world.share(statuses, section, at) if is_share else world.count(statuses, section, at)
    shown = rounded(fact.value, number.decimals if is_share else 0)
    is_unit = number.unit is Unit.NONE or (is_share and number.unit is Unit.PERCENT)
    fits = is_unit and number.form is Form.CARDINAL and Fraction(shown) == number.value
    sign = "%" if is_share else ""
    where = f" in {section}" if section else ""
    what = "measures" if statuses == frozenset(Status) else f"measures {named(statuses)}"
    return Told(
        "share" if is_share else "count",
        Verdict.CONFIRMED if fits else Verdict.CONTRADICTED,
        f"{printed(number.value)}{sign}",
        f"{shown}{sign}",
        f"{'Share' if is_share else 'Number'} of {what}{where}{'' if at == world.quarter else f' in {at.label}'}.",
        fact.cell,
    )
