"""Every fact of the world stands in the cell that it names, in the worked example and after an analyst's changes."""

from __future__ import annotations

import datetime as dt
import re
import shutil
import warnings
from fractions import Fraction
from pathlib import Path

import openpyxl
import pytest
from books import small_book
from openpyxl.workbook import Workbook

from xlkpi import commands
from xlkpi.calculate.change import Change, NotComparable
from xlkpi.calculate.history import Movement
from xlkpi.calculate.results import calculate
from xlkpi.calculate.status import Status
from xlkpi.model.number import exact
from xlkpi.model.period import Month, Quarter, Year
from xlkpi.prose.fact import AUDITS, GOOD_OR_BETTER, Fact, Measure
from xlkpi.prose.world import World
from xlkpi.tables.places import world_of
from xlkpi.workbook.backend import WriteName, unquoted
from xlkpi.workbook.file import ClosedFile
from xlkpi.workbook.intake import parse
from xlkpi.workbook.layout import Name

ROOT = Path(__file__).parents[2]
NOW = Quarter(2018, 2)
#: Measures whose cell shows the value itself.
SHOWN = {
    Measure.OUTTURN,
    Measure.NUMERATOR,
    Measure.DENOMINATOR,
    Measure.TARGET,
    Measure.TOLERANCE,
    Measure.GAP,
    Measure.CASES_TO_BOUND,
    Measure.CASES_TO_TARGET,
    Measure.CASES_IN_HAND,
    Measure.STREAK,
}


def worked_out(path: Path) -> World:
    workbook = ClosedFile(path)
    book = parse(workbook)
    results = calculate(book.register, book.observations, book.settings.quarter, book.settings.judged)
    return world_of(workbook, book, results, book.settings.organisation)


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("world") / "example.xlsx"
    shutil.copy(ROOT / "workbooks" / f"{commands.EXAMPLE}.xlsx", path)
    assert commands.refresh(path, dt.datetime(2018, 10, 17, 9, 42)).code == commands.FINE
    return path


@pytest.fixture(scope="module")
def world(path: Path) -> World:
    return worked_out(path)


@pytest.fixture(scope="module")
def cells(path: Path) -> Workbook:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # openpyxl does not read sparklines
        return openpyxl.load_workbook(path, data_only=True)


def content(cells: Workbook, where: str) -> object:
    address = where.rpartition("!")[2]
    assert re.fullmatch(r"[A-Z]+[0-9]+", address), where
    return cells[unquoted(where)][address].value


def shows(cells: Workbook, fact: Fact) -> bool:
    value = content(cells, fact.cell)
    if not isinstance(value, (int, float)):
        return False
    return abs(Fraction(exact(value)) - fact.value) < Fraction(1, 10**9)


def test_every_figure_of_an_indicator_stands_in_the_cell_that_it_names(world: World, cells: Workbook) -> None:
    facts = [
        fact
        for code in world.by_code
        for fact in world.facts_of(code)
        if fact.measure in SHOWN and not fact.part and isinstance(fact.period, Quarter)
    ]
    assert len(facts) > 1_000
    wrong = [fact for fact in facts if not shows(cells, fact)]
    # Figures of context indicators that no output shows stand where their numerator was typed.
    assert all(fact.measure is Measure.OUTTURN and fact.cell.startswith("'Context inputs'!") for fact in wrong)
    typed = {fact.cell: world.fact(fact.subject, Measure.NUMERATOR, fact.period) for fact in wrong}
    assert all(numerator is not None and numerator.cell == cell for cell, numerator in typed.items())


def test_the_figures_of_parts_and_months_stand_in_the_row_where_they_were_typed(world: World, cells: Workbook) -> None:
    facts = [one for code in world.by_code for one in world.facts_of(code) if one.part and one.cell]
    counts = [one for one in facts if one.measure in (Measure.NUMERATOR, Measure.DENOMINATOR)]
    assert counts
    assert all(shows(cells, one) for one in counts)
    september = world.fact("E2", Measure.OUTTURN, Month(2017, 9))
    assert september is not None
    assert shows(cells, september)


def test_a_figure_stands_where_it_is_shown_best(world: World) -> None:
    wanted = {
        ("A4", Measure.OUTTURN, NOW): "Results!E9",
        ("A4", Measure.OUTTURN, NOW.previous): "Results!I9",
        ("A4", Measure.OUTTURN, NOW.shift(-2)): "Trends!N9",
        ("A4", Measure.NUMERATOR, NOW): "'2018-19 Q2'!E9",
        ("A4", Measure.TOLERANCE, NOW): "Results!G9",
        ("A4", Measure.TOLERANCE, NOW.previous): "Targets!F9",
        ("E2", Measure.OUTTURN, NOW): "Context!D7",
        ("E2", Measure.OUTTURN, NOW.year_ago): "Context!E7",
        ("E2", Measure.OUTTURN, NOW.previous): "Context!F7",
    }
    facts = {key: world.fact(*key) for key in wanted}
    assert {key: fact.cell if fact else None for key, fact in facts.items()} == wanted


def test_the_summary_counts_and_shares_with_their_cells(world: World, cells: Workbook) -> None:
    outside = world.count([Status.OUTSIDE], "Social Care Pathway")
    assert (int(outside.value), outside.cell) == (1, "Summary!C6")
    assert content(cells, outside.cell) == 1
    total, everything = world.count([Status.ON]), world.count(list(Status))
    assert (int(total.value), content(cells, total.cell)) == (13, 13)
    assert (int(everything.value), content(cells, everything.cell)) == (20, 20)
    share = world.share([Status.ON])
    assert (int(share.value), content(cells, share.cell)) == (65, 65)
    both = world.share([Status.ON, Status.INSIDE])
    assert (int(both.value), both.cell) == (90, "Summary!D12:E12")
    before = world.share([Status.ON], quarter=NOW.previous)
    assert (int(before.value), before.cell) == (55, "")
    assert world.count([Status.ON], quarter=NOW.year_ago).value == sum(
        world.status(code, NOW.year_ago) is Status.ON for code in world.contract
    )


def test_the_audits_by_grade_and_how_long_a_framework_lasted(world: World, cells: Workbook) -> None:
    share = world.fact(AUDITS, Measure.SHARE, NOW, GOOD_OR_BETTER)
    inadequate = world.fact(AUDITS, Measure.COUNT, NOW, "inadequate")
    assert share is not None
    assert inadequate is not None
    assert share.value == Fraction(5400, 66)
    first, _, last = share.cell.partition("!")[2].partition(":")
    assert [content(cells, f"Breakdowns!{at}") for at in (first, last)] == [8, 46]
    assert (int(inadequate.value), content(cells, inadequate.cell)) == (0, 0)
    runs = [world.fact(AUDITS, Measure.RUN, NOW, part) for part in ("inadequate", "framework")]
    assert [run.value if run else None for run in runs] == [2, 2]


def test_statuses_movements_changes_and_targets(world: World) -> None:
    assert [world.status("A4", NOW.shift(-back)) for back in range(4)] == [Status.OUTSIDE] * 3 + [Status.INSIDE]
    assert world.movement("B8") is Movement.FELL_OUT
    assert world.streak("A4").quarters == 3
    change = world.change("E1", NOW.year_ago, NOW)
    assert isinstance(change, Change)
    assert change.absolute == 94
    monthly = world.change("E2", Month(2017, 9), Month(2018, 9))
    assert isinstance(monthly, Change)
    assert monthly.absolute < 0
    assert isinstance(world.change("E2", Month(1999, 9), Month(2018, 9)), NotComparable)
    assert world.cell_of("E1", Measure.PERCENT_CHANGE, NOW, against=NOW.year_ago) == "Context!H6"
    assert world.first_targets == ["C17", "C18"]
    assert set(world.new_targets) == {"F01", "F02", "F03", "C17", "C18"}
    assert world.with_status([Status.OUTSIDE]) == ["A4", "B8"]


def test_series_are_in_time_by_quarter_month_and_year(world: World) -> None:
    quarters = world.series("A4", Quarter)
    assert [one.period for one in quarters] == [NOW.shift(back - 11) for back in range(12)]
    months = [one.period for one in world.series("E2", Month)]
    assert months == sorted(months, key=lambda month: month.label)
    year = world.fact("E1", Measure.OUTTURN, Year(2017))
    assert year is not None
    of_year = [world.fact("E1", Measure.OUTTURN, Quarter(2017, number)) for number in (1, 2, 3, 4)]
    assert year.value == sum((one.value for one in of_year if one), Fraction(0))


def test_an_unrefreshed_workbook_names_the_inputs(path: Path, tmp_path: Path) -> None:
    stale = tmp_path / "stale.xlsx"
    shutil.copy(path, stale)
    ClosedFile(stale).apply([WriteName(Name.SHOWN, "2018/19 Q1")])
    world = worked_out(stale)
    fact = world.fact("A4", Measure.OUTTURN, NOW)
    assert fact is not None
    assert fact.cell == "'2018-19 Q2'!E9"
    assert world.count([Status.ON]).cell == ""


def test_places_follow_sheets_that_were_renamed() -> None:
    book = small_book()
    book.workbook.rename_sheet("Register", "Our measures")
    book.workbook.rename_sheet("Targets", "What was agreed")
    book.workbook.rename_sheet("2018-19 Q2", "This quarter")
    parsed = parse(book.workbook)
    results = calculate(parsed.register, parsed.observations, parsed.settings.quarter)
    world = world_of(book.workbook, parsed, results)
    found = {
        measure: fact.cell.partition("!")[0]
        for measure in (Measure.OUTTURN, Measure.DENOMINATOR, Measure.TARGET, Measure.TOLERANCE)
        if (fact := world.fact("A2", measure, parsed.settings.quarter))
    }
    assert found == {
        Measure.OUTTURN: "'This quarter'",
        Measure.DENOMINATOR: "'This quarter'",
        Measure.TARGET: "'What was agreed'",
        Measure.TOLERANCE: "'What was agreed'",
    }
