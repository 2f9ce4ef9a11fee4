"""What every back end promises, tried on each of them: read what was written, grow and shrink, all of a plan or nothing."""

from __future__ import annotations

import datetime as dt
import math
import shutil
import warnings
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from books import DIVIDED_BY_ZERO, NOT_AVAILABLE, small_book
from live.engine.books import close_all, marks, opened_again, with_copies, writes

from xlkpi.errors import EditRefused, FileUnusable
from xlkpi.model.period import Quarter
from xlkpi.workbook import layout
from xlkpi.workbook.backend import (
    KEEP,
    AppendRows,
    Backend,
    Block,
    Cell,
    CopySheet,
    ExcelError,
    ForgetValues,
    Keep,
    MendFormulas,
    NamedCell,
    PutName,
    PutSheet,
    RemoveSheet,
    Value,
    Write,
    WriteName,
    WriteTable,
    Written,
)
from xlkpi.workbook.file import ClosedFile
from xlkpi.workbook.intake import parse
from xlkpi.workbook.layout import Name
from xlkpi.workbook.live import LiveBook

HISTORY, INSPECTIONS, AUDITS, COHORTS = (
    table.name for table in (layout.HISTORY, layout.INSPECTIONS, layout.AUDITS, layout.COHORTS)
)
NEWEST, OLDEST = layout.quarter_table(Quarter(2018, 2)), layout.quarter_table(Quarter(2017, 2))
NEXT = layout.quarter_table(Quarter(2018, 3))
WIDTH = len(layout.HISTORY.columns)

Make = Callable[[], Backend]


def _in_memory() -> Backend:
    """Return the small workbook, with formulas in a worked column as the template has them."""
    book = small_book()
    for quarter in (NEWEST, OLDEST):
        for row in range(1, 6):
            formula = f"{quarter.name}[[#This Row],[Numerator]]/{quarter.name}[[#This Row],[Denominator]]"
            book.put_formula(quarter.sheet, row, "outturn", formula)
    return book.workbook


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the small workbook as a file, to be copied."""
    path = tmp_path_factory.mktemp("built") / "small.xlsx"
    small_book().save(path)
    return path


_KNOWN: dict[object, LiveBook] = {}


@pytest.fixture(scope="module", autouse=True)
def nothing_is_left_open() -> Iterator[None]:
    yield
    close_all()


def _live(path: Path, kind: str) -> LiveBook:
    """Return an open workbook; one that no test changed serves again, with what was read of it."""
    from live.engine.mac import on_a_mac  # noqa: PLC0415  # there once uno is

    book = opened_again(path)
    with_copies(wanted=kind == "live")
    if (book.impl, kind) not in _KNOWN:
        _KNOWN[book.impl, kind] = LiveBook(on_a_mac(book) if kind == "mac" else book)
    return _KNOWN[book.impl, kind]


#: An open workbook is read from a copy that Excel writes, or it is asked, in the words of Excel for Mac.
LIVE = ("live", "mac")
BACK_ENDS = ["memory", "file", *(pytest.param(kind, marks=marks()) for kind in LIVE)]


@pytest.fixture(params=BACK_ENDS)
def workbook(request: pytest.FixtureRequest, built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Backend:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    makes: dict[str, Make] = {
        "memory": _in_memory,
        "file": lambda: ClosedFile(shutil.copy(built, tmp_path)),
        **{kind: partial(_live, Path(shutil.copy(built, tmp_path)), kind) for kind in LIVE},
    }
    return makes[request.param]()


@pytest.fixture(params=BACK_ENDS)
def merged(request: pytest.FixtureRequest, built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Backend:
    """Return the small workbook with two merged cells in its history and two above it."""
    if request.param == "memory":
        book = small_book()
        book.merge("History", "C7:C8")
        book.merge("History", "B2:C2")
        return book.workbook
    with warnings.catch_warnings(action="ignore"):  # openpyxl says what it drops
        read = openpyxl.load_workbook(built)
    read["History"].merge_cells("C7:C8")
    read["History"].merge_cells("B2:C2")
    read.save(tmp_path / "merged.xlsx")
    if request.param == "file":
        return ClosedFile(tmp_path / "merged.xlsx", backup=False)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    return _live(tmp_path / "merged.xlsx", request.param)


def _history(code: str, value: Written = None, comment: Written = None) -> list[Written]:
    """Return a row of the history."""
    return ["2016/17 Q4", code, None, None, value, None, comment, None]


def _column(block: Block, field: str, table: layout.Table = layout.HISTORY) -> list[Value]:
    return [row[table.index(field)] for row in block.rows]


def _everything(workbook: Backend) -> list[object]:
    """Return all that can be seen of a workbook."""
    blocks = [workbook.read(name) for name in workbook.tables()]
    seen = [(one.sheet, one.table, one.top, one.left, one.headings, [*map(tuple, one.rows)]) for one in blocks]
    formulas = [sorted(one.formulas.items()) for one in blocks]
    names = [workbook.read_name(name) for name in (Name.ORGANISATION, Name.QUARTER, Name.JUDGED, Name.BACKUP)]
    return [list(workbook.sheets()), seen, formulas, names]


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a workbook with a sheet to put into another: a table, and a cell with a name."""
    path = tmp_path_factory.mktemp("drawn") / "xlkpi-drawn-for-contract.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Extra")
        sheet.write("B3", "a subtitle", book.add_format({"italic": True}))
        sheet.add_table("B5:C6", {"name": "tblExtra", "columns": [{"header": "Code"}, {"header": "Cases"}]})
        book.define_name("kpiExtra", "=Extra!$B$3")
    return path


def test_a_drawn_sheet_is_put_in_and_filled_in_one_plan(workbook: Backend, drawn: Path) -> None:
    put = PutSheet(drawn, "Extra", "Extra (2)", layout.START, {})
    rows = [["A1", 3], ["A2", 4]]
    workbook.apply([put, WriteTable("tblExtra", rows), WriteName("kpiExtra", "filled")])
    assert list(workbook.sheets()).index("Extra (2)") == list(workbook.sheets()).index(layout.START) + 1
    block = workbook.read("tblExtra")
    assert (block.sheet, block.top, block.headings) == ("Extra (2)", 6, ("Code", "Cases"))
    assert [*map(list, block.rows)] == rows
    assert workbook.read_name("kpiExtra") == NamedCell("'Extra (2)'!B3", "filled")


def test_a_drawn_sheet_under_a_name_that_is_taken_is_refused(workbook: Backend, drawn: Path) -> None:
    before = _everything(workbook)
    with pytest.raises(EditRefused):
        workbook.apply([PutSheet(drawn, "Extra", "Register", layout.START, {})])
    assert _everything(workbook) == before


def test_a_name_can_be_given_to_a_cell(workbook: Backend) -> None:
    workbook.apply([PutName("kpiMine", "Register", "B6"), PutName(Name.JUDGED, "Register", "C6")])
    for name, address in (("kpiMine", "B6"), (Name.JUDGED, "C6")):
        found = workbook.read_name(name)
        assert found is not None
        assert found.where == f"Register!{address}"


def test_a_formula_can_be_mended(workbook: Backend) -> None:
    address = next(iter(workbook.formulas(NEWEST.sheet)))
    others = {at: formula for at, formula in workbook.formulas(NEWEST.sheet).items() if at != address}
    workbook.apply([MendFormulas(NEWEST.sheet, {address: "1+2"})])
    assert workbook.formulas(NEWEST.sheet) == {**others, address: "1+2"}


def test_sheets_come_in_the_order_of_their_tabs(workbook: Backend) -> None:
    quarters = [layout.quarter_sheet(Quarter(2018, 2).shift(-back)) for back in range(5)]
    ours = [*quarters, "Context inputs", "Breakdowns", "Inspections", "History", "Register", "Targets"]
    assert [sheet for sheet in workbook.sheets() if sheet in ours] == ours
    assert workbook.sheets()[0] == layout.START


def test_tables_come_in_the_order_of_their_sheets(workbook: Backend) -> None:
    order = [workbook.sheets().index(sheet) for sheet in workbook.tables().values()]
    assert order == sorted(order)
    assert workbook.tables()[AUDITS] == workbook.tables()[COHORTS] == "Breakdowns"


def test_a_table_is_read_with_its_place(workbook: Backend) -> None:
    block = workbook.read(HISTORY)
    assert (block.sheet, block.table, block.top, block.left) == ("History", HISTORY, 6, 2)
    assert block.headings == layout.HISTORY.headings
    assert block.address(0, 1) == "History!C6"
    assert [len(row) for row in block.rows] == [WIDTH] * 3
    assert _column(block, "code") == ["A1", "B13", "A2"]
    assert _column(block, "numerator") == [80.0, 30.0, None]
    assert workbook.read(AUDITS).left == 10


def test_the_small_book_is_read_without_a_fault(workbook: Backend) -> None:
    assert parse(workbook).settings == parse(small_book().workbook).settings
    assert parse(workbook).register.indicators == parse(small_book().workbook).register.indicators


def test_headings_are_known_without_reading_rows(workbook: Backend) -> None:
    for table in workbook.tables():
        assert workbook.headings(table) == workbook.read(table).headings


def test_an_unknown_table_is_a_key_error(workbook: Backend) -> None:
    with pytest.raises(KeyError):
        workbook.read("tblNowhere")
    with pytest.raises(KeyError):
        workbook.headings("tblNowhere")


def test_an_unknown_name_is_none(workbook: Backend) -> None:
    assert workbook.read_name("kpiNowhere") is None


VALUES: list[tuple[Written, Value]] = [
    (4144, 4144.0),
    (-0.25, -0.25),
    (13.600000000000001, 13.600000000000001),
    ("words", "words"),
    (" spaces  kept\nand lines ", " spaces  kept\nand lines "),
    ("<&>\"'", "<&>\"'"),
    ("\U0001f600 ünïcode", "\U0001f600 ünïcode"),
    ("=1+1", "=1+1"),
    ("+44", "+44"),
    ("@home", "@home"),
    ("007", "007"),
    ("TRUE", "TRUE"),
    ("#N/A", "#N/A"),
    ("_x0041_", "_x0041_"),
    (True, True),
    (False, False),
    (None, None),
    ("", None),
    (NOT_AVAILABLE, NOT_AVAILABLE),
    (DIVIDED_BY_ZERO, DIVIDED_BY_ZERO),
    (dt.date(2018, 9, 30), dt.datetime(2018, 9, 30)),  # a cell knows no time zone
    (dt.datetime(2018, 10, 17, 9, 42), dt.datetime(2018, 10, 17, 9, 42)),
    (Cell(74, number_format='0"%"'), 74.0),
    (Cell("see there", link="Register!B6"), "see there"),
    (Cell(None), None),
]


def test_what_was_written_is_read_again(workbook: Backend) -> None:
    workbook.apply([WriteTable(HISTORY, [_history("A1", comment=written) for written, _ in VALUES])])
    found = _column(workbook.read(HISTORY), "comment")
    assert found == [expected for _, expected in VALUES]
    assert [type(one) for one in found] == [type(expected) for _, expected in VALUES]


def test_text_that_looks_like_a_formula_is_no_formula(workbook: Backend) -> None:
    workbook.apply([WriteTable(HISTORY, [_history("A1", comment="=1+1")])])
    assert not workbook.read(HISTORY).formulas


@pytest.mark.parametrize("rows", [1, 2, 3, 4, 40])
def test_a_table_grows_and_shrinks_to_its_rows(workbook: Backend, rows: int) -> None:
    workbook.apply([WriteTable(HISTORY, [_history(f"A{row}") for row in range(rows)])])
    assert _column(workbook.read(HISTORY), "code") == [f"A{row}" for row in range(rows)]


def test_a_table_without_rows_keeps_an_empty_one(workbook: Backend) -> None:
    workbook.apply([WriteTable(HISTORY, [])])
    assert workbook.read(HISTORY).rows == [(None,) * WIDTH]


def test_what_a_shrunken_table_held_does_not_come_back(workbook: Backend) -> None:
    workbook.apply([WriteTable(HISTORY, [_history("A1")])])
    workbook.apply([AppendRows(HISTORY, [_history("A2")])])
    assert [tuple(row) for row in workbook.read(HISTORY).rows] == [tuple(_history("A1")), tuple(_history("A2"))]


def test_tables_side_by_side_grow_alone(workbook: Backend) -> None:
    cohorts = [tuple(row) for row in workbook.read(COHORTS).rows]
    audits = [tuple(row) for row in workbook.read(AUDITS).rows]
    workbook.apply([AppendRows(AUDITS, [["2017/18 Q4", "original", 1, 2, 3, 4, None]] * 3)])
    assert [tuple(row) for row in workbook.read(COHORTS).rows] == cohorts
    assert [tuple(row) for row in workbook.read(AUDITS).rows[:2]] == audits
    assert len(workbook.read(AUDITS).rows) == 5


def test_rows_are_added_below_the_last(workbook: Backend) -> None:
    workbook.apply(
        [AppendRows(HISTORY, [_history("B1", 1), _history("B2", 2)]), AppendRows(HISTORY, [_history("A1", 3)])]
    )
    assert _column(workbook.read(HISTORY), "code") == ["A1", "B13", "A2", "B1", "B2", "A1"]


def test_no_rows_to_add_change_nothing(workbook: Backend) -> None:
    before = _everything(workbook)
    workbook.apply([AppendRows(HISTORY, [])])
    assert _everything(workbook) == before


def test_an_only_empty_row_is_filled_first(workbook: Backend) -> None:
    workbook.apply([WriteTable(HISTORY, []), AppendRows(HISTORY, [_history("B1"), _history("B2")])])
    assert _column(workbook.read(HISTORY), "code") == ["B1", "B2"]


def test_new_headings_replace_the_old(workbook: Backend) -> None:
    headings = (*layout.HISTORY.headings[:-1], "2018/19 Q2")
    workbook.apply([WriteTable(HISTORY, [_history("A1")], headings=headings)])
    assert workbook.read(HISTORY).headings == headings
    assert workbook.headings(HISTORY) == headings


def test_a_kept_cell_stays_as_it_is(workbook: Backend) -> None:
    rows = [[KEEP, "Z1", KEEP, KEEP, KEEP, KEEP, "new", KEEP], [KEEP] * WIDTH]
    workbook.apply([WriteTable(HISTORY, rows)])
    block = workbook.read(HISTORY)
    assert tuple(block.rows[0]) == ("2016/17 Q4", "Z1", 80.0, 260.0, None, None, "new", None)
    assert tuple(block.rows[1])[:4] == ("2016/17 Q4", "B13", 30.0, 50.0)


def _quarter_row(code: str) -> list[Written]:
    typed = {"code": code, **{column.field: None for column in NEWEST.columns if column.typed}}
    return [typed.get(column.field, KEEP) for column in NEWEST.columns]


def test_a_kept_cell_of_a_new_row_takes_the_formula_of_its_column(workbook: Backend) -> None:
    outturn = NEWEST.index("outturn")
    before = workbook.read(NEWEST.name)
    workbook.apply([WriteTable(NEWEST.name, [_quarter_row(f"C{row}") for row in range(8)])])
    block = workbook.read(NEWEST.name)
    assert [block.formulas[row, outturn] for row in range(8)] == [before.formulas[0, outturn]] * 8
    assert _column(block, "code", NEWEST) == [f"C{row}" for row in range(8)]


def test_a_kept_formula_may_be_told_what_it_comes_to(workbook: Backend) -> None:
    outturn = NEWEST.index("outturn")
    row = _quarter_row("A1")
    row[outturn] = Keep(12.5)
    workbook.apply([WriteTable(NEWEST.name, [row, _quarter_row("A2")])])
    block = workbook.read(NEWEST.name)
    assert (0, outturn) in block.formulas
    if not isinstance(workbook, LiveBook):  # a program that calculates knows better
        assert block.rows[0][outturn] == 12.5


def test_rows_may_be_given_their_heights(workbook: Backend) -> None:
    workbook.apply([WriteTable(HISTORY, [_history("A1"), _history("A2")], heights=[40.0, 20.0])])
    assert [row[1] for row in workbook.read(HISTORY).rows] == ["A1", "A2"]


def test_an_emptied_table_keeps_the_formulas_of_its_columns(workbook: Backend) -> None:
    outturn = NEWEST.index("outturn")
    before = workbook.read(NEWEST.name).formulas[0, outturn]
    workbook.apply([WriteTable(NEWEST.name, [])])
    block = workbook.read(NEWEST.name)
    assert block.formulas[0, outturn] == before
    assert {row for row, _ in block.formulas} == {0}


def test_a_name_is_written_and_read(workbook: Backend) -> None:
    where = workbook.read_name(Name.QUARTER)
    workbook.apply([WriteName(Name.QUARTER, "2018/19 Q1"), WriteName(Name.BACKUP, KEEP)])
    cell, kept = workbook.read_name(Name.QUARTER), workbook.read_name(Name.BACKUP)
    assert where is not None
    assert cell == NamedCell(where.where, "2018/19 Q1")
    assert kept is not None
    assert kept.value == "yes"


def test_the_remembered_results_of_a_sheet_are_forgotten(workbook: Backend) -> None:
    workbook.apply([ForgetValues(NEWEST.sheet)])
    block = workbook.read(NEWEST.name)
    assert block.formulas
    remembered = {(row, column): block.rows[row][column] for row, column in block.formulas}
    if isinstance(workbook, LiveBook):  # which remembers nothing: what it shows is worked out
        outturns = [remembered[row, NEWEST.index("outturn")] for row in range(5)]
        assert all(map(math.isclose, outturns, [52 / 2.4, 74, 17.2, 15, 92]))
    else:
        assert set(remembered.values()) == {None}
    assert _column(block, "numerator", NEWEST) == [52.0, 74.0, 172.0, 9.0, 46.0]


COPY = CopySheet(NEWEST.sheet, NEXT.sheet, NEXT.name, {layout.QUARTER_CELL: "2018/19 Q3"})


def test_a_copied_sheet_stands_before_its_source(workbook: Backend) -> None:
    before = list(workbook.sheets())
    workbook.apply([COPY])
    at = before.index(NEWEST.sheet)
    assert list(workbook.sheets()) == [*before[:at], NEXT.sheet, *before[at:]]
    assert workbook.tables()[NEXT.name] == NEXT.sheet
    assert workbook.tables()[NEWEST.name] == NEWEST.sheet


def test_the_formulas_of_a_copied_sheet_are_about_the_copy(workbook: Backend) -> None:
    workbook.apply([COPY])
    source, copied = workbook.read(NEWEST.name), workbook.read(NEXT.name)
    assert copied.headings == source.headings
    own = [formula for formula in copied.formulas.values() if NEXT.name in formula]
    assert own
    assert not [formula for formula in copied.formulas.values() if NEWEST.name in formula]
    if not isinstance(workbook, LiveBook):
        assert [copied.rows[row][column] for row, column in copied.formulas] == [None] * len(copied.formulas)
    assert not [formula for formula in source.formulas.values() if NEXT.name in formula]


def test_a_copied_sheet_can_be_written_in_the_same_plan(workbook: Backend) -> None:
    workbook.apply(
        [COPY, WriteTable(NEXT.name, [_quarter_row("A1"), _quarter_row("A2")]), WriteName(Name.QUARTER, NEXT.sheet)]
    )
    assert _column(workbook.read(NEXT.name), "code", NEXT) == ["A1", "A2"]
    assert len(workbook.read(NEWEST.name).rows) == 5
    assert parse(workbook).settings.quarter == Quarter(2018, 3)


def test_a_removed_sheet_is_gone_with_its_table(workbook: Backend) -> None:
    before = list(workbook.sheets())
    workbook.apply([RemoveSheet(OLDEST.sheet)])
    assert list(workbook.sheets()) == [sheet for sheet in before if sheet != OLDEST.sheet]
    assert OLDEST.name not in workbook.tables()


def test_a_plan_without_writes_changes_nothing(workbook: Backend) -> None:
    before = _everything(workbook)
    workbook.apply([])
    assert _everything(workbook) == before


NARROW: Sequence[Written] = ["2016/17 Q4", "A1"]
REFUSED: dict[str, Write] = {
    "a row that is too short": WriteTable(HISTORY, [NARROW]),
    "a row to add that is too short": AppendRows(HISTORY, [NARROW]),
    "too few headings": WriteTable(HISTORY, [], headings=("Quarter",)),
    "a heading twice": WriteTable(HISTORY, [], headings=("Code", "code", *layout.HISTORY.headings[2:])),
    "an unknown table": WriteTable("tblNowhere", []),
    "an unknown table to add to": AppendRows("tblNowhere", [["A1"]]),
    "an unknown name": WriteName("kpiNowhere", 1),
    "a value over a formula": WriteTable(NEWEST.name, [["A1"] * len(NEWEST.columns)]),
    "an endless number": WriteName(Name.QUARTER, float("inf")),
    "no number": WriteName(Name.QUARTER, float("nan")),
    "a whole number that Excel cannot keep": WriteName(Name.QUARTER, 2**53 + 1),
    "an unknown error": WriteName(Name.QUARTER, ExcelError("#OOPS!")),
    "a text that is too long": WriteName(Name.QUARTER, "x" * 32_768),
    "a time with a zone": WriteName(Name.QUARTER, dt.datetime(2018, 9, 30, tzinfo=dt.UTC)),
    "an unknown sheet to forget": ForgetValues("Nowhere"),
    "an unknown sheet to copy": CopySheet("Nowhere", "2018-19 Q3", "tblNew", {}),
    "a copy under a name that is taken": CopySheet(NEWEST.sheet, "Register", "tblNew", {}),
    "a copy whose table is taken": CopySheet(NEWEST.sheet, "2018-19 Q3", HISTORY, {}),
    "an unknown sheet to remove": RemoveSheet("Nowhere"),
    "a sheet to remove that names point at": RemoveSheet(layout.START),
}


@pytest.mark.parametrize("write", REFUSED.values(), ids=REFUSED)
def test_a_plan_that_is_refused_changes_nothing(workbook: Backend, write: Write) -> None:
    before = _everything(workbook)
    with pytest.raises(EditRefused):
        workbook.apply([WriteTable(HISTORY, [_history("Z9")]), WriteName(Name.ORGANISATION, "Another"), write])
    assert _everything(workbook) == before
    if isinstance(workbook, LiveBook):  # nothing was even tried
        assert writes() == workbook.book.impl.opened_at


def test_a_plan_can_be_applied_after_one_that_was_refused(workbook: Backend) -> None:
    with pytest.raises(EditRefused):
        workbook.apply([WriteName(Name.ORGANISATION, "Another"), WriteName("kpiNowhere", 1)])
    workbook.apply([WriteName(Name.ORGANISATION, "A third")])
    cell = workbook.read_name(Name.ORGANISATION)
    assert cell is not None
    assert cell.value == "A third"


@pytest.mark.parametrize("write", [AppendRows(NEXT.name, [["A1"] * WIDTH]), WriteTable(NEXT.name, [])])
def test_a_later_write_may_use_only_what_an_earlier_one_made(workbook: Backend, write: Write) -> None:
    before = _everything(workbook)
    with pytest.raises(EditRefused):
        workbook.apply([write, COPY])
    assert _everything(workbook) == before


def test_a_table_does_not_grow_over_what_stands_below(workbook: Backend) -> None:
    before = _everything(workbook)
    noted = CopySheet(COPY.source, COPY.sheet, COPY.table, {"C14": "Ask Ann"})
    with pytest.raises(EditRefused, match="'2018-19 Q3'!C14"):
        workbook.apply([noted, WriteTable(NEXT.name, [_quarter_row("A1")] * 9)])
    assert _everything(workbook) == before


def test_a_table_grows_as_far_as_nothing_stands_below(workbook: Backend) -> None:
    noted = CopySheet(COPY.source, COPY.sheet, COPY.table, {"C14": "Ask Ann", "A12": "1"})
    workbook.apply([noted, WriteTable(NEXT.name, [_quarter_row("A1")] * 8)])
    assert _column(workbook.read(NEXT.name), "code", NEXT) == ["A1"] * 8


def test_merged_cells_that_touch_a_table_are_read(merged: Backend) -> None:
    assert merged.read(HISTORY).merged == ("C7:C8",)
    assert merged.read(INSPECTIONS).merged == ()


@pytest.mark.parametrize("rows", [0, 1, 3, 9])
def test_merged_cells_of_a_table_are_not_written_over(merged: Backend, rows: int) -> None:
    before = _everything(merged)
    with pytest.raises(EditRefused, match="History!C7"):
        merged.apply([WriteTable(HISTORY, [_history("A1")] * rows)])
    assert _everything(merged) == before


def test_rows_are_added_below_merged_cells(merged: Backend) -> None:
    merged.apply([AppendRows(HISTORY, [_history("A1")])])
    assert len(merged.read(HISTORY).rows) == 4


def test_what_was_replaced_can_be_put_back(workbook: Backend) -> None:
    before = _everything(workbook)
    workbook.apply([AppendRows(HISTORY, [_history("A1")] * 2), WriteName(Name.ORGANISATION, "Another")])
    after = _everything(workbook)
    workbook.undo()
    assert _everything(workbook) == before
    workbook.undo()
    assert _everything(workbook) == after


def test_nothing_kept_cannot_be_put_back(workbook: Backend) -> None:
    with pytest.raises(FileUnusable, match="othing to undo"):
        workbook.undo()


def test_cells_beside_and_below_a_table_are_told(workbook: Backend) -> None:
    assert workbook.leftovers(HISTORY) == []
    assert "J5" in workbook.leftovers(COHORTS)
