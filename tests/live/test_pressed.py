"""A button pressed where something is amiss: one window with one clear message, and a workbook as it was.

Pressed as a macro presses it, with the Python that it starts; ``test_buttons.py`` clicks on the buttons themselves.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from books import small_book
from deleted import delete_sheets
from live.engine import LISTENERS
from live.engine.books import close_all, marks, opened, running
from live.failing import ExcelSays, fail_at, state

from xlkpi import commands
from xlkpi.workbook import layout
from xlkpi.workbook.layout import Name
from xlkpi.workbook.live import LiveBook
from xlkpi.workbook.livebook.copied import Copied

pytestmark = marks()
Prepare = Callable[[Any, pytest.MonkeyPatch], object]
NOW = dt.datetime(2018, 11, 5, 9, 42)


@pytest.fixture(autouse=True)
def own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("HOME", str(running()._office.home.parents[3]))
    yield
    running().busy = False
    LISTENERS.clear()
    close_all()


def _press(book: Any, monkeypatch: pytest.MonkeyPatch, command: str = "refresh") -> str:
    """Press a button of a workbook and return the one window that it shows."""
    import xlwings as xw  # noqa: PLC0415  # needs the engine

    from xlkpi.addin.press import press  # noqa: PLC0415  # likewise

    monkeypatch.setattr(xw.Book, "_mock_caller", book, raising=False)
    running().told.clear()
    press(command)
    [told] = running().told
    return str(told)


def _be_busy(_book: Any, _patch: pytest.MonkeyPatch) -> None:
    running().busy = True


def _type_words(book: Any, _patch: pytest.MonkeyPatch) -> None:
    sheet = book.sheets["2018-19 Q2"]
    sheet.api.unprotect("")
    sheet.range("F6").value = "many"
    sheet.api.protect("")


def _filter_by_colour(_book: Any, patch: pytest.MonkeyPatch) -> None:
    """Stand for a filter that a copy of the workbook tells no conditions of, which LibreOffice cannot make."""
    patch.setattr(Copied, "filters", lambda *_: None)


def _be_at_fault(_book: Any, patch: pytest.MonkeyPatch) -> None:
    def mistaken(*_: Any) -> None:
        raise ZeroDivisionError

    patch.setattr("xlkpi.workbook.livebook.draft.Draft.apply", mistaken)


#: What no state of the workbook shows: it comes after that was looked at.
FLEETING = {
    "Excel is busy",
    "a filter by colour",
    "a step that Excel refuses",
    "an error of ours",
}
FAULTS: dict[str, tuple[Prepare, list[str]]] = {
    "Excel is busy": (_be_busy, ["Excel is busy", "Nothing was changed."]),
    "a sheet protected by a password": (
        lambda book, _: book.sheets[layout.RESULTS].api.protect("secret"),
        ["Results: the sheet is protected by a password. Take the protection off", "Nothing was changed."],
    ),
    "a filter by colour": (
        _filter_by_colour,
        ["a filter by colour", "Show all rows (Data, Clear)", "Nothing was changed."],
    ),
    "a deleted name that nothing tells the place of": (
        lambda book, _: book.api.NamedRanges.removeByName(Name.CHANGED),
        [f"There is no cell named {Name.CHANGED}.", "Nothing was changed."],
    ),
    "words where a number belongs": (_type_words, ["'2018-19 Q2'!F6", "'many'", "Nothing was changed."]),
    "a step that Excel refuses": (
        lambda *_: fail_at(12, ExcelSays),
        ["Excel refused a step", "everything was put back as it was"],
    ),
    "an error of ours": (_be_at_fault, ["fault of xlkpi"]),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_shows_one_window_and_changes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fault: str
) -> None:
    make, words = FAULTS[fault]
    small_book().save(tmp_path / "small.xlsx")
    book = opened(tmp_path / "small.xlsx")
    before = state(book) if fault in FLEETING else {}
    with monkeypatch.context() as patch:
        make(book, patch)
        before = before or state(book)
        told = _press(book, patch)
        LISTENERS.clear()
        running().busy = False
    for one in words:
        assert one in told
    running().status_bar = before["settings"]["status_bar"]  # where the message stands, too
    assert state(book) == before


def test_a_deleted_output_sheet_is_put_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "small.xlsx"
    small_book().save(path)
    assert commands.refresh(path, NOW, backup=False).code == 0
    delete_sheets(path, layout.LISTS)
    book = opened(path)
    assert "Put the sheet Lists back." in _press(book, monkeypatch)
    assert LiveBook(book).tables()[layout.LISTS_TABLE.name] == layout.LISTS


def test_of_two_open_workbooks_the_one_whose_button_was_pressed_is_meant(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    books = []
    for name in ("one", "two"):
        small_book().save(tmp_path / f"{name}.xlsx")
        books.append(opened(tmp_path / f"{name}.xlsx"))  # the last one is in front
    other = state(books[1])
    assert "Refreshed one.xlsx" in _press(books[0], monkeypatch)
    running().status_bar = other["settings"]["status_bar"]
    assert state(books[1]) == other
    assert len(LiveBook(books[0]).read(layout.RESULTS_TABLE.name).rows) > 1


def test_a_workbook_never_saved_is_refreshed_and_can_be_undone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    small_book().save(tmp_path / "small.xlsx")
    book = opened(tmp_path / "small.xlsx")
    book.impl._called = "Book1"
    assert "Refreshed Book1" in _press(book, monkeypatch)
    assert "back as it was" in _press(book, monkeypatch, "undo-refresh")
