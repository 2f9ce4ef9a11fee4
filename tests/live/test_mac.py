"""Excel for Mac: xlwings' own code for it, and ours, on Apple events that LibreOffice answers; how many are sent is counted.

Three ways lead to what an open workbook holds: a copy that a macro of ours has Excel write, its own file where nothing is
unsaved, and questions.
"""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from books import small_book
from live.engine import LISTENERS
from live.engine.books import close_all, marks, opened, running

from xlkpi import commands
from xlkpi.commands import Open
from xlkpi.errors import ExcelBusy
from xlkpi.workbook import layout
from xlkpi.workbook.backend import WriteTable
from xlkpi.workbook.file import ClosedFile
from xlkpi.workbook.live import LiveBook
from xlkpi.workbook.livebook import mac, native
from xlkpi.workbook.livebook.copied import Copied

pytestmark = marks()
SHIPPED = Path(__file__).parents[2] / "workbooks"
NOW = dt.datetime(2018, 11, 5, 9, 42)
TWO = (layout.CHECKS_TABLE.name, layout.RESULTS_TABLE.name)
MARK = "0123456789abcdef" * 2


@pytest.fixture(autouse=True)
def own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let Excel's own folder be where LibreOffice's macros write."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("HOME", str(running()._office.home.parents[3]))
    yield
    LISTENERS.clear()
    assert list(running()._office.home.glob("*.tmp")) == []
    close_all()


def _on_a_mac(path: Path) -> Any:
    from live.engine.mac import on_a_mac  # noqa: PLC0415  # there once uno is

    return on_a_mac(opened(path))


def _example(tmp_path: Path, kind: str, *emptied: str) -> Path:
    path = Path(shutil.copy(SHIPPED / f"{commands.EXAMPLE}.{kind}", tmp_path / f"a = b & c's ü.{kind}"))
    ClosedFile(path, backup=False).apply([WriteTable(table, []) for table in emptied])
    return path


_refresh = partial(commands.refresh, now=NOW)


def _events(command: Callable[[Open], commands.Outcome], book: Any, path: Path) -> int:
    from live.engine.apple import EVENTS  # noqa: PLC0415  # there once uno is

    EVENTS.clear()
    outcome = command(Open(str(path), book))
    assert outcome.code == 0, outcome.lines
    return sum(EVENTS.values())


def _shown(workbook: Any) -> dict[str, Any]:
    return {name: [*map(tuple, workbook.read(name).rows)] for name in layout.OUTPUTS}


@pytest.mark.parametrize(("kind", "most"), [("xlsm", 30), ("xlsx", 115)], ids=["a copy by our macro", "asked"])
def test_a_refresh_gives_the_tables_of_the_closed_file_and_sends_few_events(
    tmp_path: Path, kind: str, most: int
) -> None:
    """With a copy: busy or not 4, names 2, the copy 1; then as on Windows.

    Asked: names and cells of the whole workbook 14, a place for each of 22 tables, 40 for number formats.
    """
    path = _example(tmp_path, kind)
    book = _on_a_mac(path)
    assert _events(_refresh, book, path) <= most
    assert commands.refresh(path, NOW, backup=False).code == 0
    assert _shown(LiveBook(book)) == _shown(ClosedFile(path))
    assert _events(_refresh, book, path) <= most


def test_tables_that_were_emptied_are_filled_and_a_second_undo_takes_the_first_back(tmp_path: Path) -> None:
    path = _example(tmp_path, "xlsm", *TWO)
    book = _on_a_mac(path)
    before = _shown(LiveBook(book))
    _events(_refresh, book, path)
    after = _shown(LiveBook(book))
    assert commands.refresh(path, NOW, backup=False).code == 0
    assert after == _shown(ClosedFile(path)) != before
    for wanted in (before, after):
        assert commands.undo_refresh(Open(str(path), book)).code == 0
        assert _shown(LiveBook(book)) == wanted


def _as_excel_saves(tmp_path: Path) -> Path:
    """Return the small workbook as the program that has it open saved it."""
    from live.engine.office import save_copy  # noqa: PLC0415  # there once uno is

    small_book().save(tmp_path / "made.xlsx")
    book, path = opened(tmp_path / "made.xlsx"), tmp_path / "small.xlsx"
    pivots = book.sheets[
        "Summary"
    ].api.DataPilotTables  # LibreOffice opens its own pivot table otherwise than it saved it
    for name in pivots.ElementNames:
        pivots.removeByName(name)
    save_copy(book.impl.api, path)
    book.close()
    return path


def test_a_workbook_without_unsaved_changes_is_read_from_its_file(tmp_path: Path) -> None:
    path = _as_excel_saves(tmp_path)
    book = _on_a_mac(path)
    assert isinstance(LiveBook(book)._seen, Copied)
    assert _events(commands.check, book, path) <= 20
    _events(_refresh, book, path)
    assert not isinstance(LiveBook(book)._seen, Copied)  # the refresh itself is not saved


def test_a_file_that_somebody_else_put_there_is_not_taken_for_the_workbook(tmp_path: Path) -> None:
    path = _as_excel_saves(tmp_path)
    book = _on_a_mac(path)
    closed = ClosedFile(path, backup=False)
    rows = [list(row) for row in closed.read(layout.INSPECTIONS.name).rows]
    closed.apply([WriteTable(layout.INSPECTIONS.name, [*rows, *rows])])
    assert len(ClosedFile(path).read(layout.INSPECTIONS.name).rows) == 2 * len(rows)
    live = LiveBook(book)
    assert not isinstance(live._seen, Copied)
    assert len(live.read(layout.INSPECTIONS.name).rows) == len(rows)


def test_the_macro_writes_what_it_is_asked_for_and_nowhere_else(tmp_path: Path) -> None:
    home, book = running()._office.home, opened(_example(tmp_path, "xlsm"))
    run = running().run
    for mark in ("../../../../../../tmp/evil0123456789", "x" * 32, MARK[1:], MARK.upper(), f"{MARK}0", ""):
        assert run(mac.SAVE_COPY, (mark, book.name))
        assert list(home.glob("*.tmp")) == list(Path("/tmp").glob("evil*")) == []  # what was asked for
    assert run(mac.SAVE_COPY, (MARK, "no such workbook"))
    assert not (home / f"{MARK}.tmp").exists()
    assert run(mac.SAVE_COPY, (MARK, book.name))
    assert Copied((home / f"{MARK}.tmp").read_bytes()).outline.sheets == tuple(LiveBook(book).sheets())
    assert run(mac.SAVE_COPY, (MARK, ""))
    assert not (home / f"{MARK}.tmp").exists()


def test_any_open_workbook_that_carries_the_macro_copies_the_one_that_is_meant(tmp_path: Path) -> None:
    small_book().save(tmp_path / "small.xlsx")
    book = _on_a_mac(tmp_path / "small.xlsx")
    assert not isinstance(LiveBook(book)._seen, Copied)
    opened(_example(tmp_path, "xlsm"))
    seen = LiveBook(book)._seen
    assert isinstance(seen, Copied)
    assert seen.outline.sheets == tuple(LiveBook(book).sheets())


def test_a_copy_that_may_not_be_read_is_taken_away_by_excel(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    book = _on_a_mac(_example(tmp_path, "xlsm"))
    plain = Path.open

    def refused(path: Path, *more: Any, **named: Any) -> Any:
        if path.suffix == ".tmp":
            raise PermissionError
        return plain(path, *more, **named)

    monkeypatch.setattr(Path, "open", refused)
    live = LiveBook(book)
    assert not isinstance(live._seen, Copied)
    assert live.sheets()


def test_an_excel_in_which_somebody_types_is_busy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from live.engine.places import CommandError  # noqa: PLC0415  # there once uno is

    small_book().save(tmp_path / "small.xlsx")
    book = _on_a_mac(tmp_path / "small.xlsx")

    def in_a_cell(name: str) -> None:
        if name == "App.enable_events=":
            raise CommandError

    monkeypatch.setattr(mac, "PAUSE", 0)
    LISTENERS.append(in_a_cell)
    with pytest.raises(ExcelBusy, match="typing into a cell"):
        LiveBook(book)


def test_an_address_of_onedrive_stays_an_address(tmp_path: Path) -> None:
    """Xlwings looks for a local copy of it, and fails where there is none."""
    small_book().save(tmp_path / "small.xlsx")
    book = opened(tmp_path / "small.xlsx")
    address = book.impl._called = "https://example.sharepoint.com/sites/kpi/small.xlsx"
    from live.engine.mac import on_a_mac  # noqa: PLC0415  # there once uno is

    shown = on_a_mac(book)
    assert native.Common().names(shown)
    assert mac.Mac().full_name(shown) == address
    assert commands.check(Open(address, shown)).code in {0, 1}
