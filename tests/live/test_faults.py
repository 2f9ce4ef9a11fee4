"""What is left of an open workbook where a step fails, a filter hides rows, or a new quarter is taken back."""

from __future__ import annotations

import datetime as dt
import shutil
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from books import small_book
from live.engine import LISTENERS
from live.engine.books import close_all, marks, opened, running, with_copies
from live.failing import ExcelSays, fail_at, state
from openpyxl.chart import BarChart, Reference

from xlkpi import commands
from xlkpi.commands import Open
from xlkpi.errors import EditRefused
from xlkpi.model.period import Quarter
from xlkpi.workbook import layout
from xlkpi.workbook.backend import KEEP, AppendRows, Cell, RemoveSheet, Write, WriteName, WriteTable, Written
from xlkpi.workbook.file import ClosedFile
from xlkpi.workbook.layout import Name
from xlkpi.workbook.live import LiveBook

pytestmark = marks()
EXAMPLE = Path(__file__).parents[2] / "workbooks" / "dcst-2018-19-q2.xlsx"
NOW = dt.datetime(2018, 11, 5, 9, 42)
NEWEST, OLDEST, NEXT = (
    layout.quarter_sheet(quarter) for quarter in (Quarter(2018, 2), Quarter(2017, 2), Quarter(2018, 3))
)
RESULTS = layout.RESULTS_TABLE.name


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    with_copies(wanted=True)
    yield
    LISTENERS.clear()
    close_all()


def _small(tmp_path: Path) -> Any:
    small_book().save(tmp_path / "small.xlsx")
    return opened(tmp_path / "small.xlsx")


def _example(tmp_path: Path, *emptied: str) -> Any:
    path = Path(shutil.copy(EXAMPLE, tmp_path))
    ClosedFile(path, backup=False).apply([WriteTable(table, []) for table in emptied])
    return opened(path)


def _filter(book: Any, table: str = RESULTS, values: tuple[str, ...] = ("A3", "A8")) -> None:
    sheet = book.sheets[LiveBook(book).tables()[table]]
    sheet.tables[table].impl.filtered([(1, values, "values", None)])


def _plan() -> list[Write]:
    """Return a plan with everything that a plan can have, but sheets."""
    old, link = Cell(1, number_format="0.000"), Cell("Register!B6", link="Register!B6")
    row = ["2016/17 Q4", "Z9", None, None, old, None, link, None]
    headings = (*layout.HISTORY.headings[:-1], "Source of it")
    quarter = layout.quarter_table(Quarter(2018, 2))
    code = [column.field for column in quarter.columns]
    typed = {"code": "A1", "numerator": Cell(5, number_format="0.0")}
    return [
        WriteTable(layout.HISTORY.name, [row], headings),
        WriteTable(quarter.name, [[typed.get(field, KEEP) for field in code]] * 3),
        AppendRows(layout.AUDITS.name, [["2017/18 Q4", "original", 1, 2, 3, 4, None]] * 2),
        WriteName(Name.ORGANISATION, "X"),
    ]


@pytest.mark.parametrize(("copies", "stride"), [(True, 4), (False, 9)], ids=["copy", "asked"])
def test_an_error_at_any_step_leaves_everything_as_before(tmp_path: Path, copies: bool, stride: int) -> None:  # noqa: FBT001
    book = _small(tmp_path)
    with_copies(wanted=copies)
    _filter(book, layout.HISTORY.name, ("2016/17 Q3",))
    before = state(book)
    for step in range(5, 60, stride):
        calls = fail_at(step, ExcelSays)
        try:
            LiveBook(book).apply(_plan())
            break  # nothing failed but what is tried twice
        except EditRefused as error:
            told = str(error)
        finally:
            LISTENERS.clear()
        assert "everything was put back as it was" in told
        assert state(book) == before, calls[step - 1]
    assert step > len(calls) - 6
    assert state(book) != before
    LiveBook(book).undo()
    assert state(book) == before


def test_an_error_at_any_step_of_a_new_quarter_leaves_everything_as_before(tmp_path: Path) -> None:
    book = _small(tmp_path)
    before = state(book)
    for step in range(6, 60, 5):
        calls = fail_at(step, ExcelSays)
        outcome = commands.new_quarter(Open(book.name, book))
        LISTENERS.clear()
        if outcome.code == 0:
            break
        assert state(book) == before, calls[step - 1]
    assert step > len(calls) - 6
    _same_after_undo(book, before)


def _same_after_undo(book: Any, before: dict[str, Any]) -> None:
    """Undo, and once more, and undo that."""
    after = state(book)
    sheets = list(after["outline"].sheets)
    assert sheets.index(NEXT) + 1 == sheets.index(NEWEST)
    assert OLDEST not in after["outline"].sheets
    for wanted in (before, after, before):
        outcome = commands.undo_refresh(Open(book.name, book))
        assert outcome.code == 0, outcome.lines
        assert state(book) == wanted


def test_an_error_of_ours_is_told_and_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import xlwings as xw  # noqa: PLC0415

    from xlkpi.addin.press import press  # noqa: PLC0415

    book, app = _example(tmp_path, RESULTS), running()
    monkeypatch.setattr(xw.Book, "_mock_caller", book, raising=False)
    before = state(book)
    count = iter(range(100))

    def listener(name: str) -> None:
        if name == "Range.raw_value=" and next(count) == 1:
            raise ZeroDivisionError

    LISTENERS.append(listener)
    app.told.clear()
    press("refresh")
    LISTENERS.clear()
    assert "fault of xlkpi" in app.told[-1]
    app.status_bar = before["settings"]["status_bar"]
    assert state(book) == before


@pytest.mark.parametrize("copies", [True, False], ids=["copy", "asked"])
def test_a_filter_is_taken_off_and_put_back(tmp_path: Path, copies: bool) -> None:  # noqa: FBT001
    book = _example(tmp_path, layout.CHECKS_TABLE.name)
    sheet = book.sheets["Results"]
    plain = ClosedFile(EXAMPLE).read(RESULTS).rows
    link = layout.RESULTS_TABLE.index("inputs")
    fewer: list[list[Written]] = [[*row[:link], KEEP, *row[link + 1 :]] for row in plain[:5]]
    LiveBook(book).apply([WriteTable(RESULTS, fewer)])
    _filter(book)
    with_copies(wanted=copies)
    assert commands.refresh(Open(book.name, book), NOW).code == 0
    table = sheet.tables[RESULTS]
    assert table.impl.filters() == [(1, ("A3", "A8"), "values", None)]
    first = table.range.row + 1
    shown = [book.sheets["Results"].api.Rows.getByIndex(first - 1 + at).IsVisible for at in range(len(plain))]
    assert shown == [row[0] in {"A3", "A8"} for row in plain]
    assert [tuple(row) for row in LiveBook(book).read(RESULTS).rows] == [tuple(row) for row in plain]
    assert commands.undo_refresh(Open(book.name, book)).code == 0
    assert len(LiveBook(book).read(RESULTS).rows) == 5
    assert table.impl.filters() == [(1, ("A3", "A8"), "values", None)]


def test_a_new_quarter_that_somebody_typed_into_is_not_taken_back(tmp_path: Path) -> None:
    book = _small(tmp_path)
    assert commands.new_quarter(Open(book.name, book)).code == 0
    sheet = book.sheets[NEXT]
    sheet.api.unprotect("")
    sheet["E6"].value = 41
    before = state(book)
    outcome = commands.undo_refresh(Open(book.name, book))
    assert outcome.code == 2
    assert f"'{NEXT}'!E6 was changed since the sheet {NEXT} was added" in outcome.lines[0]
    assert state(book) == before


@pytest.mark.parametrize("copies", [True, False], ids=["copy", "asked"])
def test_a_sheet_that_a_chart_draws_from_is_not_removed(tmp_path: Path, copies: bool) -> None:  # noqa: FBT001
    small_book().save(tmp_path / "small.xlsx")
    with warnings.catch_warnings(action="ignore"):  # openpyxl says what it drops
        made = openpyxl.load_workbook(tmp_path / "small.xlsx")
    chart = BarChart()
    chart.add_data(Reference(made[OLDEST], min_col=5, min_row=6, max_row=9))
    made["Log"].add_chart(chart, "K3")
    made.save(tmp_path / "charted.xlsx")
    book = opened(tmp_path / "charted.xlsx")
    with_copies(wanted=copies)
    sheets = list(LiveBook(book).sheets())
    with pytest.raises(EditRefused, match=r"a chart.* refers to it"):
        LiveBook(book).apply([WriteName(Name.ORGANISATION, "X"), RemoveSheet(OLDEST)])
    assert LiveBook(book).sheets() == sheets
    LiveBook(book).apply([RemoveSheet(layout.quarter_sheet(Quarter(2017, 3)))])


@pytest.mark.parametrize("copies", [True, False], ids=["copy", "asked"])
def test_a_table_with_a_totals_row_does_not_change_its_height(tmp_path: Path, copies: bool) -> None:  # noqa: FBT001
    book = _small(tmp_path)
    book.api.DatabaseRanges.getByName(layout.HISTORY.name).TotalsRow = True
    with_copies(wanted=copies)
    before = state(book)
    with pytest.raises(EditRefused, match=r"has a totals row. Switch it off \(Table Design\)"):
        LiveBook(book).apply([WriteName(Name.ORGANISATION, "X"), WriteTable(layout.HISTORY.name, [])])
    assert state(book) == before
