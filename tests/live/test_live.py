"""The commands on an open workbook: the same tables as on the closed file, few calls, one clear message for each fault."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from books import small_book
from live.engine import CALLS
from live.engine.books import close_all, marks, opened, running

from xlkpi import commands
from xlkpi.commands import Open
from xlkpi.errors import EditRefused, FileUnusable
from xlkpi.workbook import layout
from xlkpi.workbook.backend import AppendRows, Backend, WriteName, WriteTable
from xlkpi.workbook.file import ClosedFile
from xlkpi.workbook.layout import Name
from xlkpi.workbook.live import LiveBook, attach

pytestmark = marks()
EXAMPLE = Path(__file__).parents[2] / "workbooks" / "dcst-2018-19-q2.xlsx"
NOW = dt.datetime(2018, 11, 5, 9, 42)

#: Getting hold of a sheet, a table or a range, and asking where it is; the other calls move cells or change a state.
LOOKS = {
    "App": {"pid", "books"}, "Book": {"sheets", "app", "name", "fullname", "names"}, "Sheets": {"__call__", "__iter__"},
    "Sheet": {"range", "tables", "book", "name", "api", "used_range"}, "Tables": {"__call__", "__iter__"},
    "Range": {"row", "column", "shape", "sheet", "api", "__call__"}, "Table": {"name", "range", "show_totals"},
    "Names": {"snapshot"}, "Name": {"name", "refers_to"},
}  # fmt: skip


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    yield
    running().busy = False
    close_all()


def _live(path: Path) -> Open:
    return Open(str(path), opened(path))


def _shown(workbook: Backend) -> dict[str, object]:
    """Return the cells of every output table, and the texts on Start."""
    tables = {name: workbook.read(name) for name in layout.OUTPUTS}
    cells = {name: (block.headings, [*map(tuple, block.rows)]) for name, block in tables.items()}
    names = (Name.SHOWN, Name.REFRESHED, Name.CHANGED, Name.NEXT, Name.BASE)
    return {**cells, **{name: workbook.read_name(name) for name in names}}


def _emptied(path: Path) -> None:
    """Empty two output tables, so that a refresh has something to do."""
    workbook = ClosedFile(path, backup=False)
    workbook.apply([WriteTable(layout.CHECKS_TABLE.name, []), WriteTable(layout.RESULTS_TABLE.name, [])])


def test_a_live_refresh_gives_the_same_tables_as_the_closed_file(tmp_path: Path) -> None:
    closed, live = (
        Path(shutil.copy(EXAMPLE, tmp_path / "closed.xlsx")),
        Path(shutil.copy(EXAMPLE, tmp_path / "live.xlsx")),
    )
    for path in (closed, live):
        _emptied(path)
    outcome = commands.refresh(closed, NOW)
    book = opened(live)
    done = commands.refresh(Open("live.xlsx", book), NOW)
    assert done.code == outcome.code == 0
    assert done.lines[1:] == outcome.lines[1:]
    assert done.data() == outcome.data()
    assert _shown(LiveBook(book)) == _shown(ClosedFile(closed))


def test_a_refresh_takes_few_calls(tmp_path: Path) -> None:
    where = _live(Path(shutil.copy(EXAMPLE, tmp_path)))
    CALLS.clear()
    assert commands.refresh(where, NOW).code == 0
    moved = {name: n for name, n in CALLS.items() if name.split(".")[1] not in LOOKS.get(name.split(".")[0], set())}
    assert sum(moved.values()) <= 140, moved
    assert sum(CALLS.values()) <= 1150, CALLS
    assert CALLS["Range.raw_value="] <= 36


def test_the_user_finds_excel_as_it_was(tmp_path: Path) -> None:
    where, app = _live(Path(shutil.copy(EXAMPLE, tmp_path))), running()
    where.book.sheets["Targets"].activate()
    app.calculation = "manual"
    before = dict(app._settings)
    commands.refresh(where, NOW)
    commands.new_quarter(where)
    assert app._settings == before
    assert where.book.sheets.active.name == "Targets"
    assert where.book.sheets["2018-19 Q3"].api.isProtected()
    app.calculation = "automatic"


def test_undo_puts_tables_back_and_a_second_undo_takes_it_back(tmp_path: Path) -> None:
    path = Path(shutil.copy(EXAMPLE, tmp_path))
    _emptied(path)
    where = _live(path)
    before = _shown(LiveBook(where.book))
    commands.refresh(where, NOW)
    after = _shown(LiveBook(where.book))
    assert before != after
    assert commands.undo_refresh(where).code == 0
    assert _shown(LiveBook(where.book)) == before
    assert commands.undo_refresh(where).code == 0
    assert _shown(LiveBook(where.book)) == after


def test_nothing_to_undo_is_said(tmp_path: Path) -> None:
    outcome = commands.undo_refresh(_live(Path(shutil.copy(EXAMPLE, tmp_path))))
    assert outcome.code == 2
    assert "nothing to undo" in outcome.lines[0]


class ExcelSays(Exception):
    """Stands for an error of Excel's, which is none of Python's own."""


@pytest.mark.parametrize("step", [1, 2, 3])
def test_an_error_in_the_middle_leaves_the_tables_as_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: int
) -> None:
    from live.engine.area import Range  # noqa: PLC0415  # there only where LibreOffice is

    small_book().save(tmp_path / "small.xlsx")
    where = _live(tmp_path / "small.xlsx")
    workbook = LiveBook(where.book)
    before = [workbook.read(name) for name in workbook.tables()]
    whole, count = Range.raw_value, [0]

    def write(area: Any, data: Any) -> None:
        count[0] += 1
        if count[0] == step:
            raise ExcelSays("0x800A03EC")
        whole.fset(area, data)

    monkeypatch.setattr(Range, "raw_value", property(whole.fget, write))
    row = ["2016/17 Q4", "Z9", None, None, 5, None, None, None]
    plan = [AppendRows(layout.HISTORY.name, [row] * 3), WriteName(Name.ORGANISATION, "X"), WriteName(Name.BACKUP, "no")]
    with pytest.raises(EditRefused, match="put back as they were"):
        workbook.apply(plan)
    monkeypatch.undo()
    again = LiveBook(where.book)
    assert [again.read(name) for name in again.tables()] == before
    assert running()._settings["screen_updating"] is True


def _protect(where: Open) -> None:
    where.book.sheets["Results"].api.protect("secret")


def _filter(where: Open) -> None:
    where.book.sheets["Results"].api.Rows.getByIndex(8).IsVisible = False


def _delete_table(where: Open) -> None:
    where.book.api.DatabaseRanges.removeByName("tblLists")


def _delete_name(where: Open) -> None:
    where.book.api.NamedRanges.removeByName(Name.CHANGED)


def _be_busy(_where: Open) -> None:
    running().busy = True


FAULTS: dict[str, tuple[Callable[[Open], None], str]] = {
    "a sheet protected by a password": (_protect, "Results: the sheet is protected by a password."),
    "a filtered table": (_filter, "a filter hides rows of the table tblResults"),
    "a deleted output table": (_delete_table, "the output table tblLists is missing"),
    "a deleted name": (_delete_name, f"There is no cell named {Name.CHANGED}."),
    "an Excel that is busy": (_be_busy, "Excel is busy"),
}


@pytest.mark.parametrize("fault", FAULTS, ids=str)
def test_a_fault_is_told_and_changes_nothing(tmp_path: Path, fault: str) -> None:
    make, said = FAULTS[fault]
    where = _live(Path(shutil.copy(EXAMPLE, tmp_path)))
    make(where)
    outcome = commands.refresh(where, NOW)
    assert outcome.code in {1, 2}
    assert said in "\n".join(outcome.lines)
    assert "Nothing was changed." in "\n".join(outcome.lines)
    running().busy = False
    assert where.book.sheets["Log"].tables["tblLog"].range.shape == (2, 6)


def test_a_workbook_is_found_by_path_name_or_address(tmp_path: Path) -> None:
    odd = tmp_path / "Bericht für = & 'Ann's'.xlsx"
    shutil.copy(EXAMPLE, odd)
    book = opened(odd)
    for wanted in (odd, odd.name, odd.name.upper()):
        assert attach(wanted).book.impl is book.impl
    book.impl._called = "https://example.sharepoint.com/sites/kpi/Bericht%20f%C3%BCr.xlsx"
    assert attach("C:\\Users\\Ann\\OneDrive\\Bericht für.xlsx").book.impl is book.impl
    assert attach(book.impl._called).book.impl is book.impl


def test_two_workbooks_of_one_name_are_told_apart_by_their_paths(tmp_path: Path) -> None:
    paths = [tmp_path / folder / "ours.xlsx" for folder in ("a", "b")]
    for path in paths:
        path.parent.mkdir()
        small_book().save(path)
        opened(path)
    assert str(attach(paths[1]).book.fullname) == str(paths[1])
    with pytest.raises(FileUnusable, match="several open workbooks have this name"):
        attach("ours.xlsx")


def test_a_workbook_that_is_not_open_is_told_so(tmp_path: Path) -> None:
    with pytest.raises(FileUnusable, match=r"not open in Excel.*leave out --live"):
        attach(tmp_path / "closed.xlsx")


def test_a_workbook_never_saved_can_be_refreshed(tmp_path: Path) -> None:
    where = _live(Path(shutil.copy(EXAMPLE, tmp_path)))
    where.book.impl._called = "Book1"
    assert attach("Book1").book.impl is where.book.impl
    assert commands.refresh(Open("Book1"), NOW).code == 0
    assert commands.undo_refresh(Open("Book1")).code == 0


def test_an_open_file_is_told_of_live(tmp_path: Path) -> None:
    path = Path(shutil.copy(EXAMPLE, tmp_path))
    path.with_name(f".~lock.{path.name}#").write_text(",Ann,host,date,profile;")
    assert "--live" in commands.refresh(path, NOW).lines[0]


def test_a_button_tells_what_the_command_line_tells(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import xlwings as xw  # noqa: PLC0415

    from xlkpi.addin.press import press  # noqa: PLC0415

    where, app = _live(Path(shutil.copy(EXAMPLE, tmp_path))), running()
    monkeypatch.setattr(xw.Book, "_mock_caller", where.book, raising=False)
    app.told.clear()
    press("refresh")
    assert app.told[-1].startswith(f"Refreshed {where.book.name}.")
    assert where.book.sheets.active.name == layout.CHECKS
    assert app.status_bar.startswith("xlkpi: Refreshed")
    press("undo-refresh")
    assert "back as it was" in app.told[-1]
    press("no such command")
    assert "fault of xlkpi" in app.told[-1]


def test_a_button_finds_a_workbook_whose_name_has_an_equals_sign(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from xlkpi.addin.press import press  # noqa: PLC0415

    path = Path(shutil.copy(EXAMPLE, tmp_path / "a=b & 'c' ü.xlsx"))
    opened(path)
    monkeypatch.setattr("sys.argv", ["-c", f"--wb={path.name}", "--from_xl=1"])
    running().told.clear()
    press("check")
    assert "Nothing to put right in a=b & 'c' ü.xlsx." in running().told[-1]
