"""Figures in tables: measures by section and status, and indicators by period, read by the headings of row and column."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from xlkpi.calculate.status import Status
from xlkpi.model.number import plain, rounded
from xlkpi.model.period import Period, Quarter
from xlkpi.prose.claim import Verdict
from xlkpi.prose.fact import Fact, Measure
from xlkpi.prose.mentions import Form, Number, Role, StatusPhrase, Unit
from xlkpi.prose.sentences import Part
from xlkpi.prose.statuses.scene import Scene, Told, named, statuses_of
from xlkpi.prose.text import Kind, Paragraph

_TOTAL = re.compile(
    r"\W*(?:grand\s+)?(?:total|all(?:\s+(?:measures|indicators|sections))?|overall|sum)\b.{0,20}", re.IGNORECASE
)
_SHARE = re.compile(r"\W*(?:share|percentage|per\s?cent|%|proportion).{0,30}", re.IGNORECASE)
_STATUS_WORDS = {
    frozenset({Status.ON}): re.compile(
        r"\W*(?:on|met|achieved|at)(?:\s+target)?\W*|\W*(?:green|above)\W*", re.IGNORECASE
    ),
    frozenset({Status.INSIDE}): re.compile(r"\W*(?:within|inside|amber)(?:\s+tolerance)?\W*", re.IGNORECASE),
    frozenset({Status.OUTSIDE}): re.compile(r"\W*(?:outside|red|below)(?:\s+tolerance)?\W*", re.IGNORECASE),
    frozenset({Status.NO_TARGET}): re.compile(r"\W*no\s+targets?\b.*|\W*not\s+(?:rated|set)\b.*", re.IGNORECASE),
    frozenset({Status.NO_DATA}): re.compile(
        r"\W*(?:no\s+data|not\s+(?:available|reported)|missing)\b.*", re.IGNORECASE
    ),
}
MEASURES = {
    Measure.TARGET: re.compile(r"\W*(?:contract\s+|annual\s+|our\s+)?targets?\b(?!.*tolerance).*", re.IGNORECASE),
    Measure.TOLERANCE: re.compile(r"\W*(?:contract\s+)?tolerances?\b.*", re.IGNORECASE),
    Measure.STATUS: re.compile(r"\W*(?:status|rag|rating|performance\s+against\s+target)\b.*", re.IGNORECASE),
    Measure.OUTTURN: re.compile(
        r"\W*(?:outturn|actual|performance|value|current|result|this\s+quarter|latest|figure)\b.{0,20}", re.IGNORECASE
    ),
}
#: Units that a figure cannot have unless the indicator has them.
_UNITS = (Unit.PERCENT, Unit.POINTS, Unit.DAYS, Unit.WEEKS, Unit.MONTHS, Unit.YEARS, Unit.HOURS)
_EMPTY = re.compile(r"\W*(?:n/?a)?\W*", re.IGNORECASE)


@dataclass(frozen=True)
class Head:
    """What a heading of a row or column says of its figures.

    Attributes:
        part: Where it stands.
        statuses: The statuses that it names; all of them for a total.
        section: The section that it names.
        is_total: Whether it is of all sections, or of all statuses.
        is_share: Whether its figures are shares of the total.
        code: The indicator that it names.
        period: The period that it names.
        measure: What its figures are of an indicator.
    """

    part: Part
    statuses: frozenset[Status] = frozenset()
    section: str = ""
    is_total: bool = False
    is_share: bool = False
    code: str = ""
    period: Period | None = None
    measure: Measure | None = None


def read_tables(scene: Scene) -> None:
    """Take down the claims of every table cell whose headings say what it is."""
    for rows in _tables(scene):
        _read(scene, rows)


def _tables(scene: Scene) -> Iterator[list[Paragraph]]:
    rows: list[Paragraph] = []
    for one in scene.text.paragraphs:
        if one.kind is Kind.ROW:
            rows.append(one)
        elif rows:
            yield rows
            rows = []
    if rows:
        yield rows


def _read(scene: Scene, rows: Sequence[Paragraph]) -> None:
    header = scene.text.paragraphs[rows[0].header] if rows[0].header is not None else None
    body = [row for row in rows if header is None or row.index != header.index]
    width = max((len(row.cells) for row in body), default=0)
    columns = _columns(scene, rows[0], header, width)
    if not columns or not body:
        return
    heads = [(row, head(scene, row.cells[0])) for row in body if row.cells]
    if any(one.statuses for one in columns.values()) or any(one.statuses for _, one in heads):
        for row, left in heads:
            _count_row(scene, row, left, columns)
    elif any(one.period or one.measure for one in columns.values()):
        _figure_rows(scene, [(row, left) for row, left in heads if left.code], columns)


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
        marks = [one for one in scene.within(scene.periods, above) if one.certain]
    if len(marks) != width - 1:
        return {}
    return {place: head(scene, one) for place, one in enumerate(marks, start=1)}


def _says(one: Head) -> bool:
    return bool(one.statuses or one.section or one.is_total or one.is_share or one.period or one.measure)


def head(scene: Scene, cell: Part) -> Head:
    """Return what a heading of a row or column says."""
    words = scene.flat[cell.start : cell.end]
    section = _section(scene, cell)
    if section or not words.strip():
        return Head(cell, section=section)
    phrases: list[StatusPhrase] = scene.within(scene.statuses, cell)
    statuses = statuses_of(phrases[0]) if phrases else _status_words(words)
    if statuses:
        return Head(cell, statuses=statuses, is_share="%" in words or "percent" in words.lower())
    if _TOTAL.fullmatch(words):
        return Head(cell, is_total=True, is_share="%" in words)
    if codes := _row_codes(scene, cell):
        return Head(cell, code=codes)
    periods = [one for one in scene.within(scene.periods, cell) if one.periods]
    measure = next((what for what, pattern in MEASURES.items() if pattern.fullmatch(words)), None)
    period = periods[0].periods[0] if periods else None
    is_share = bool(_SHARE.fullmatch(words)) and measure is None and period is None
    return Head(cell, period=period, measure=measure, is_share=is_share)


def _status_words(words: str) -> frozenset[Status]:
    return next((one for one, pattern in _STATUS_WORDS.items() if pattern.fullmatch(words)), frozenset())


def _section(scene: Scene, cell: Part) -> str:
    """Return the section that a heading is; ``Youth Offending`` for ``Youth Offending Services`` will do."""
    words = _plain(scene.flat[cell.start : cell.end])
    if words in ("all", "total", "overall", ""):
        return ""
    names = {_plain(section): section for section in scene.world.sections}
    if words in names:
        return names[words]
    like = [section for name, section in names.items() if name.startswith(f"{words} ") or words.startswith(f"{name} ")]
    return like[0] if len(like) == 1 and not re.search(r"[0-9]", words) else ""


def _plain(text: str) -> str:
    return " ".join(re.sub(r"[^a-z0-9]+", " ", text.casefold()).split())


def _row_codes(scene: Scene, cell: Part) -> str:
    """Return the indicator that the heading of a row names."""
    words = _plain(scene.flat[cell.start : cell.end])
    for code, indicator in scene.world.by_code.items():
        title = _plain(indicator.title)
        if words in (title, _plain(code), f"{_plain(code)} {title}", *(_plain(one) for one in indicator.aliases)):
            return code
    subjects = [one for one in scene.within(scene.subjects, cell) if one.role is Role.INDICATOR]
    names = [name for one in subjects for name in one.names if name in scene.world.by_code]
    return names[0] if names else ""


# Measures by section and status


def _count_row(scene: Scene, row: Paragraph, left: Head, columns: Mapping[int, Head]) -> None:
    for place, cell in enumerate(row.cells):
        top = columns.get(place)
        if not place or top is None or not scene.flat[cell.start : cell.end].strip():
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
        at = when if isinstance(when, Quarter) else scene.world.quarter
        for number in scene.within(scene.numbers, cell):
            is_share = number.unit is Unit.PERCENT or ((left.is_share or top.is_share) and len(row.cells) > 1)
            _tell_cell(scene, number, statuses, section, at, is_share=is_share)


def _tell_cell(
    scene: Scene, number: Number, statuses: frozenset[Status], section: str, at: Quarter, *, is_share: bool
) -> None:
    world = scene.world
    if section and section not in world.summary(at).counts:
        return
    fact = world.share(statuses, section, at) if is_share else world.count(statuses, section, at)
    shown = rounded(fact.value, number.decimals if is_share else 0)
    fits = number.form is Form.CARDINAL and Fraction(shown) == number.value
    sign = "%" if is_share else ""
    where = f" in {section}" if section else ""
    what = "measures" if statuses == frozenset(Status) else f"measures {named(statuses)}"
    told = Told(
        "share" if is_share else "count",
        Verdict.CONFIRMED if fits else Verdict.CONTRADICTED,
        f"{plain(number.value)}{sign}",
        f"{shown}{sign}",
        f"{'Share' if is_share else 'Number'} of {what}{where}{'' if at == world.quarter else f' in {at.label}'}.",
        fact.cell,
    )
    scene.tell(number.start, number.end, told, [number])


# Indicators by period


def _figure_rows(scene: Scene, rows: Sequence[tuple[Paragraph, Head]], columns: Mapping[int, Head]) -> None:
    for place, top in columns.items():
        cells = [
            (left.code, numbers[0])
            for row, left in rows
            if place < len(row.cells) and len(numbers := scene.within(scene.numbers, row.cells[place])) == 1
        ]
        if top.period is not None and top.measure in (None, Measure.OUTTURN):
            period = _true_period(scene, top.period, cells)
            _tell_label(scene, top, period, cells)
            for code, number in cells:
                tell_figure(scene, number, code, Measure.OUTTURN, period)
        elif top.measure in (Measure.TARGET, Measure.TOLERANCE, Measure.OUTTURN):
            for code, number in cells:
                tell_figure(scene, number, code, top.measure, scene.world.quarter)
        elif top.measure is Measure.STATUS:
            _status_cells(scene, [(left.code, row.cells[place]) for row, left in rows if place < len(row.cells)])


def _status_cells(scene: Scene, cells: Sequence[tuple[str, Part]]) -> None:
    for code, cell in cells:
        tell_status(scene, code, cell)


def tell_status(scene: Scene, code: str, cell: Part) -> None:
    """Take down a cell that gives the status of a measure; nothing where it gives none."""
    world = scene.world
    phrases = scene.within(scene.statuses, cell)
    words = scene.flat[cell.start : cell.end]
    wanted = statuses_of(phrases[0]) if phrases else _status_words(words.strip(" \u25cf\u25d0\u25cb\u2013"))
    if not wanted or code not in world.contract:
        return
    status = world.status(code)
    verdict = Verdict.CONFIRMED if status in wanted else Verdict.CONTRADICTED
    place = world.cell_of(code, Measure.STATUS)
    told = Told("status", verdict, named(wanted), named({status}), f"{code} is {named({status})}.", place, code)
    scene.tell(cell.start, cell.end, told)


def _matches(fact: Fact | None, number: Number) -> bool:
    return fact is not None and Fraction(rounded(fact.value, number.decimals)) == number.value


def _true_period(scene: Scene, label: Period, cells: Sequence[tuple[str, Number]]) -> Period:
    """Return the period whose figures stand in a column: its label's, unless two or more cells show it is another's."""
    world = scene.world
    fits = sum(_matches(world.fact(code, Measure.OUTTURN, label), number) for code, number in cells)
    best, most = label, max(fits, 1)
    kind = type(label)
    if kind is not Quarter or 2 * fits > len(cells):
        return label
    for period in {fact.period for code, _ in cells for fact in world.series(code, kind)}:
        found = sum(_matches(world.fact(code, Measure.OUTTURN, period), number) for code, number in cells)
        if found > most and 2 * found > len(cells):
            best, most = period, found
    return best


def _tell_label(scene: Scene, top: Head, period: Period, cells: Sequence[tuple[str, Number]]) -> None:
    mentions = [one for one in scene.within(scene.periods, top.part) if one.periods]
    if not mentions or not cells or top.period is None:
        return
    fits = period == top.period
    known = any(scene.world.fact(code, Measure.OUTTURN, period) for code, _ in cells)
    verdict = (Verdict.CONFIRMED if fits else Verdict.CONTRADICTED) if known else Verdict.NOT_CHECKABLE
    reason = (
        f"The column shows the figures of {period.label}."
        if known
        else f"No figures of {period.label} are in the workbook."
    )
    scene.tell(
        mentions[0].start,
        mentions[0].end,
        Told("period", verdict, top.period.label, period.label if known else "", reason, scene.world.quarter_cell),
        scene.within(scene.numbers, mentions[0]),
    )


def tell_figure(scene: Scene, number: Number, code: str, measure: Measure, period: Period) -> None:
    """Take down a figure of an indicator whose measure and period the headings give."""
    world = scene.world
    fact = world.fact(code, measure, period)
    if fact is None:
        told = Told(
            "figure",
            Verdict.NOT_CHECKABLE,
            plain(number.value),
            reason=f"The workbook has no {measure.value} of {code} for {period.label}.",
            indicator=code,
        )
    else:
        shown = rounded(fact.value, number.decimals)
        sign = "%" if fact.unit == "%" else ""
        wrong_unit = number.unit in _UNITS and number.unit.value not in fact.unit
        told = Told(
            "figure",
            Verdict.CONFIRMED if _matches(fact, number) and not wrong_unit else Verdict.CONTRADICTED,
            f"{plain(number.value)}{'%' if number.unit is Unit.PERCENT else ''}",
            f"{shown}{sign}",
            f"{code}, {measure.value} for {period.label}.",
            fact.cell,
            code,
        )
    scene.tell(number.start, number.end, told, [number])
