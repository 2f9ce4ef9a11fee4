"""The sheet What-if answers as the program would, for the example and for random measures and questions."""

from __future__ import annotations

import datetime as dt
import random
import shutil
from collections.abc import Iterator, Sequence
from fractions import Fraction
from pathlib import Path
from typing import NamedTuple

import pytest
from asked import unit
from live.engine.books import close_all, marks, opened

from xlkpi.addin import udfs
from xlkpi.calculate.gap import cases_to_reach, gap
from xlkpi.calculate.outturn import outturn
from xlkpi.calculate.status import Status, rate
from xlkpi.model.number import Number, exact
from xlkpi.model.observation import Observation, Observations
from xlkpi.model.period import Quarter
from xlkpi.model.register import Band, Indicator, Polarity, Register, Target, TargetError, bands
from xlkpi.template import Content, build
from xlkpi.template import whatif_cells as cells
from xlkpi.template.formulas import FAULTY, FAULTY_TARGET
from xlkpi.template.whatif_formulas import DASH
from xlkpi.workbook import layout
from xlkpi.workbook.backend import Value
from xlkpi.workbook.file import ClosedFile
from xlkpi.workbook.intake import parse
from xlkpi.workbook.intake.cells import level
from xlkpi.workbook.intake.observations import figure_faults
from xlkpi.workbook.layout import Name

pytestmark = marks()

NOW = Quarter(2018, 2)
EXAMPLE = Path(__file__).parents[2] / "workbooks" / "dcst-2018-19-q2.xlsx"
NAMES = (Name.ASKED, Name.MORE, Name.OUT_OF, Name.OTHER_TARGET, Name.OTHER_TOLERANCE)
MEASURES, QUESTIONS = 40, 200
UNITS = (("%", 100), ("%", 100), ("days", 1), ("per 1,000", 1000), ("count", 1))


class Question(NamedTuple):
    """What is typed on the sheet."""

    code: str
    more: Value = None
    out_of: Value = None
    target: Value = None
    tolerance: Value = None


class Column(NamedTuple):
    """What one column of the comparison shows."""

    outturn: Value
    status: Value
    gap: Value
    to_tolerance: Value
    to_target: Value


class Shown(NamedTuple):
    """What the sheet shows."""

    sentence: str
    now: Column
    then: Column


@pytest.fixture(autouse=True)
def nothing_stays_open() -> Iterator[None]:
    yield
    close_all()


def asked(path: Path, questions: list[Question]) -> list[Shown]:
    """Return what the sheet shows for each question when it is typed in LibreOffice, one after the other."""
    doc = opened(path).impl.api
    typed = [doc.NamedRanges.getByName(name).getReferredCells() for name in NAMES]
    sheet = doc.Sheets.getByName(layout.WHAT_IF)
    area = sheet.getCellRangeByPosition(0, 0, 4, cells.TABLE_ROW + len(cells.ROWS) - 1)
    found = []
    for question in questions:
        for cell, value in zip(typed, question, strict=True):
            cell.setDataArray((("" if value is None else value,),))
        found.append(_shown(area.getDataArray()))
    return found


def _shown(grid: Sequence[Sequence[Value]]) -> Shown:
    places = [int(cells.cell(row, "").strip("$")) for row in ("outturn", "status", *cells.ROWS[-3:])]
    now, then = (Column(*(grid[place - 1][column] for place in places)) for column in (2, 3))
    return Shown(str(grid[cells.ANSWER_ROW - 1][1]), now, then)


# What the program says of the same


def expected(question: Question, register: Register, observations: Observations, *, then: bool) -> Column:
    """Return what one column should show."""
    indicator = register.indicator(question.code, NOW)
    assert indicator is not None
    observation = observations.get(indicator.code, NOW)
    if observation is None or observation.is_empty:
        return Column(None, Status.NO_DATA.label, DASH, DASH, DASH)
    if then:
        observation = _moved(observation, question)
    if list(figure_faults(indicator, observation.numerator, observation.denominator, observation.value)):
        return Column(None, FAULTY, DASH, DASH, DASH)
    figure = outturn(observation, indicator.multiplier)
    target = register.target(indicator.code, NOW)
    try:
        both = _bands(question, indicator, target) if then else _agreed(target)
    except TargetError:
        return Column(float(figure or 0), FAULTY_TARGET, DASH, DASH, DASH)
    if both is None:
        return Column(float(figure or 0), Status.NO_TARGET.label, DASH, DASH, DASH)
    on, inside = both
    status = rate(figure, Target(indicator.code, None, None, on, inside))
    distance = gap(figure, inside)
    counted = (cases_to_reach(observation, indicator, band) for band in (inside, on))
    return Column(
        float(figure or 0), status.label, float(distance or 0), *(DASH if one is None else one for one in counted)
    )


def _moved(observation: Observation, question: Question) -> Observation:
    if observation.numerator is None or observation.denominator is None:
        return observation
    more, out_of = (exact(float(str(one))) if one is not None else 0 for one in (question.more, question.out_of))
    numerator, denominator = (Fraction(one) for one in (observation.numerator, observation.denominator))
    moved = [exact(float(one)) for one in (numerator + Fraction(more), denominator + Fraction(out_of))]
    return observation._replace(numerator=moved[0], denominator=moved[1], value=None)


def _agreed(target: Target | None) -> tuple[Band, Band] | None:
    return (target.on, target.inside) if target and target.on and target.inside else None


def _bands(question: Question, indicator: Indicator, target: Target | None) -> tuple[Band, Band] | None:
    """Return both bands under the question: what is not asked about stays as agreed, as a level."""
    agreed = _agreed(target)
    on, inside = (_level(band, indicator.polarity) for band in agreed) if agreed else (None, None)
    asked_on, asked_inside = level(question.target), level(question.tolerance)
    on, inside = on if asked_on is None else asked_on, inside if asked_inside is None else asked_inside
    if on is None:
        if asked_inside is not None:
            raise TargetError("a tolerance without a target")
        return None
    return bands(on, inside, indicator.polarity)


def _level(band: Band, polarity: Polarity) -> Number | Band | None:
    return band if polarity is Polarity.RANGE else band.high if polarity is Polarity.LOWER else band.low


def _same(shown: Column, wanted: Column) -> bool:
    pairs = zip(shown, wanted, strict=True)
    return all(
        one == pytest.approx(other, rel=1e-9, abs=1e-9)
        if isinstance(one, (int, float)) and isinstance(other, (int, float))
        else (one or "") == (other or "")
        for one, other in pairs
    )


# The example


def test_the_example_asks_what_56_visits_more_would_change(tmp_path: Path) -> None:
    questions = [
        Question("A4", 56),
        Question("A4", 55),
        Question("A4", None, None, 70, 65),
        Question("A4"),
        Question("A4", 2000),
        Question("A4", None, None, None, 90),
        Question("Z9", 1),
    ]
    found = asked(Path(shutil.copy(EXAMPLE, tmp_path)), questions)
    sentences = [one.sentence for one in found]
    assert sentences == [
        "With 56 more, A4 would be 75%: ◐ Inside tolerance, instead of 74%: ○ Outside tolerance.",
        "With 55 more, A4 would be 74.98%: ○ Outside tolerance, instead of 74%: ○ Outside tolerance.",
        "With that target, A4 would be 74%: ● On or better than target, instead of 74%: ○ Outside tolerance.",
        "A4 is 74%: ○ Outside tolerance. Type what to change above.",
        "A4: Check the figures.",
        "With that target, A4 would be 74%: Check the target, instead of 74%: ○ Outside tolerance.",
        "Choose a measure that stands on the sheet of 2018/19 Q2.",
    ]
    assert found[0].now == Column(74, Status.OUTSIDE.label, 1, 56, 616)
    assert found[0].then == Column(75, Status.INSIDE.label, 0, 0, 560)
    assert found[1].then.to_tolerance == 1
    book = parse(ClosedFile(EXAMPLE))
    for question, shown in zip(questions[:-1], found, strict=False):
        for column, then in ((shown.now, False), (shown.then, True)):
            assert _same(column, expected(question, book.register, book.observations, then=then)), (question, column)


# Random measures and questions


def _content(chance: random.Random) -> Content:
    register, targets, returned = [], [], []
    for number in range(1, MEASURES + 1):
        measure, multiplier = chance.choice(UNITS)
        polarity = chance.choice(["higher", "higher", "lower", "lower", "range", "none"])
        register.append(
            {
                "code": f"A{number}", "title": f"Measure {number}", "section": "Section", "section_order": 1,
                "list_order": number, "kind": "contract", "polarity": polarity, "unit": measure,
                "decimals": chance.choice([0, 0, 1]), "numerator_label": "some",
                "denominator_label": chance.choice(["all", "all", "all", ""]), "multiplier": multiplier,
            }
        )  # fmt: skip
        target, width = _agree(chance), chance.choice([1, 5, 12.5, 30])
        if polarity != "none" and chance.random() < 0.9:
            targets.append({"code": f"A{number}", **_typed_target(chance, polarity, target, width)})
        denominator = chance.choice([8, 100, 107, 300, 5600])
        numerator = min(
            denominator, max(0, round(target * denominator / multiplier) + chance.choice([-3, -1, 0, 0, 1, 9]))
        )
        figures: list[Value] = [numerator, denominator, None]
        if chance.random() < 0.15:
            figures = chance.choice([[None, None, target], [None, None, None]])
        returned.append([f"A{number}", *figures, None, None, None])
    tables = {
        table.name: [[row.get(column.field) for column in table.columns if column.typed] for row in rows]
        for table, rows in ((layout.REGISTER, register), (layout.TARGETS, targets))
    }
    quarters = {NOW.shift(-back): returned if back == 0 else [] for back in range(layout.QUARTER_SHEETS)}
    return Content("Somewhere", NOW, tables, quarters)


def _agree(chance: random.Random) -> float:
    return chance.choice([75, 12.5, 33.3, 50, chance.randint(5, 95)])


def _typed_target(chance: random.Random, polarity: str, target: float, width: float) -> dict[str, Value]:
    if polarity == "range":
        return {"target": f"{target:g}..{target + width:g}", "tolerance": f"{target - 1:g}..{target + width + 2:g}"}
    basis = chance.choice([None, "level", "points", "percent"])
    at = target - width if polarity == "higher" else target + width
    return {"target": target, "basis": basis, "tolerance": width if basis in {"points", "percent"} else at}


def _question(chance: random.Random, number: int, polarity: Polarity) -> Question:
    more = chance.choice([None, 0, 1, -1, 3, -3, 10, 0.5, 5000, -5000])
    out_of = chance.choice([None, None, None, 10, -5, -6000])
    target: Value = chance.choice([None, None, _agree(chance)])
    tolerance: Value = chance.choice([None, None, _agree(chance)])
    if polarity is Polarity.RANGE:
        target, tolerance = (
            None if one is None else f"{one:g}..{float(str(one)) + 20:g}" for one in (target, tolerance)
        )
    return Question(f"A{number}", more, out_of, target, tolerance)


def test_random_questions_are_answered_as_the_program_would(tmp_path: Path) -> None:
    chance = random.Random(7)
    path = tmp_path / "random.xlsx"
    build(path, _content(chance), dt.datetime(2018, 10, 17))
    book = parse(ClosedFile(path))
    measures = chance.choices(range(1, MEASURES + 1), k=QUESTIONS)
    polarities = {one.code: one.polarity for one in book.register.indicators}
    questions = [_question(chance, number, polarities[f"A{number}"]) for number in measures]
    differing, statuses = [], set()
    for question, shown in zip(questions, asked(path, questions), strict=True):
        for column, then in ((shown.now, False), (shown.then, True)):
            wanted = expected(question, book.register, book.observations, then=then)
            statuses.add(wanted.status)
            if not _same(column, wanted):
                differing.append((question, column, wanted))
        if isinstance(shown.now.outturn, (int, float)):
            assert _functions_agree(book.register, question, shown.now), question
    assert not differing, f"{len(differing)} of {2 * QUESTIONS}: {differing[:4]}"
    assert {status.label for status in Status if status.is_rated} < statuses


def _functions_agree(register: Register, question: Question, shown: Column) -> bool:
    """Return whether the worksheet functions say of the figure what the sheet says."""
    indicator = register.indicator(question.code, NOW)
    assert indicator is not None
    agreed = _agreed(register.target(question.code, NOW))
    if agreed is None:
        return shown.status == Status.NO_TARGET.label
    levels = [_level(band, indicator.polarity) for band in agreed]
    typed = [f"{one.low}..{one.high}" if isinstance(one, Band) else float(one or 0) for one in levels]
    arguments = (shown.outturn, *typed, indicator.polarity.value)
    assert unit(indicator)
    told = udfs.KPI_GAP(*arguments)[0][0]
    return udfs.KPI_STATUS(*arguments) == [[shown.status]] and told == pytest.approx(shown.gap, abs=1e-9)
