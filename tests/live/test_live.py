"""The commands on an open workbook: the same tables as on the closed file, few calls, one clear message for each fault."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from books import small_book
from live.engine import CALLS
from live.engine.books import acts, close_all, marks, opened, running, with_copies

from xlkpi import commands
from xlkpi.commands import Open
from xlkpi.errors import FileUnusable
from xlkpi.workbook import layout
from xlkpi.workbook.backend import Backend, WriteTable
from xlkpi.workbook.file import ClosedFile
from xlkpi.workbook.layout import Name
from xlkpi.workbook.live import LiveBook, attach

pytestmark = marks()
EXAMPLE = Path(__file__).parents[2] / "workbooks" / "dcst-2018-19-q2.xlsx"
NOW = dt.datetime(2018, 11, 5, 9, 42)
TWO = (layout.CHECKS_TABLE.name, layout.RESULTS_TABLE.name)

#: How many round trips to Excel for Windows a call of the engine stands for, where it is more than one.
ROUND_TRIPS = {
    "Native.refuse_busy": 2, "Native.save_copy": 9, "Native.protect": 2, "Native.unprotect": 3, "Native.unlink": 2,
    "Native.unfilter": 3, "Native.refilter": 3, "Range.add_hyperlink": 4, "Range.insert": 1, "Table.range": 2,
}  # fmt: skip


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    with_copies(wanted=True)
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


def _emptied(path: Path, *tables: str) -> None:
    """Empty output tables, so that a refresh has something to do."""
    workbook = ClosedFile(path, backup=False)
    workbook.apply([WriteTable(table, []) for table in tables])


def test_a_live_refresh_gives_the_same_tables_as_the_closed_file(tmp_path: Path) -> None:
    closed, live = (
        Path(shutil.copy(EXAMPLE, tmp_path / "closed.xlsx")),
        Path(shutil.copy(EXAMPLE, tmp_path / "live.xlsx")),
    )
    for path in (closed, live):
        _emptied(path, *TWO)
    outcome = commands.refresh(closed, NOW)
    book = opened(live)
    done = commands.refresh(Open("live.xlsx", book), NOW)
    assert done.code == outcome.code == 0
    assert done.lines[1:] == outcome.lines[1:]
    assert done.data() == outcome.data()
    assert _shown(LiveBook(book)) == _shown(ClosedFile(closed))


def _calls(where: Open) -> tuple[int, int]:
    """Return how many round trips a refresh takes, and how many of its calls change anything."""
    CALLS.clear()
    assert commands.refresh(where, NOW).code == 0
    changing = sum(number for name, number in CALLS.items() if acts(name))
    return sum(number * ROUND_TRIPS.get(name, 1) for name, number in CALLS.items()), changing


def test_a_refresh_takes_few_calls(tmp_path: Path) -> None:
    """A few dozen, with every look.

    Busy or not: 2, twice. A copy to read everything from: 9. Getting hold of the application, its engine and the workbook's
    name: 6. Screen, events, calculation and hands still, and as they were: 12. A row for the log and a line on Start: 10.
    The pivot table: 3.
    """
    where = _live(Path(shutil.copy(EXAMPLE, tmp_path)))
    total, changing = _calls(where)
    assert total <= 52, CALLS
    assert changing <= 14, CALLS
    again, _ = _calls(where)  # no figure changed, so nothing but the log and the time is written
    assert again <= total


def test_a_refresh_that_writes_every_table_takes_few_calls(tmp_path: Path) -> None:
    """Four to eight for a table that changed; a link is the one thing that Excel takes only cell by cell."""
    path = Path(shutil.copy(EXAMPLE, tmp_path))
    _emptied(path, *layout.OUTPUTS)
    total, changing = _calls(_live(path))
    links = CALLS["Range.add_hyperlink"]
    assert total - 5 * links <= 150, CALLS
    assert changing - links <= 60, CALLS


def test_a_refresh_without_a_copy_asks_more(tmp_path: Path) -> None:
    """Where a policy forbids copies, each sheet, table and name is asked for what it is, five calls or so each."""
    with_copies(wanted=False)
    total, changing = _calls(_live(Path(shutil.copy(EXAMPLE, tmp_path))))
    assert changing <= 14, CALLS
    assert total <= 650, CALLS


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
    _emptied(path, *TWO)
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


def _protect(where: Open) -> None:
    where.book.sheets["Results"].api.protect("secret")


def _delete_name(where: Open) -> None:
    where.book.api.NamedRanges.removeByName(Name.CHANGED)


def _be_busy(_where: Open) -> None:
    running().busy = True


FAULTS: dict[str, tuple[Callable[[Open], None], str]] = {
    "a sheet protected by a password": (_protect, "Results: the sheet is protected by a password."),
    "a deleted name": (_delete_name, f"There is no cell named {Name.CHANGED}."),
    "an Excel that is busy": (_be_busy, "Excel is busy"),
}


@pytest.mark.parametrize("fault", FAULTS, ids=str)
def test_a_fault_is_told_and_changes_nothing(tmp_path: Path, fault: str) -> None:
    make, said = FAULTS[fault]
    path = Path(shutil.copy(EXAMPLE, tmp_path))
    _emptied(path, *TWO)
    where = _live(path)
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
