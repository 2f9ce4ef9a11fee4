"""The button that checks a draft: on the open workbook, the Narrative sheet or the draft whose path is typed."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from live.engine.books import close_all, marks, opened, running

from xlkpi import commands
from xlkpi.addin.press import press
from xlkpi.verifying import Ask
from xlkpi.workbook import layout
from xlkpi.workbook.backend import WriteName
from xlkpi.workbook.file import ClosedFile
from xlkpi.workbook.layout import Name
from xlkpi.workbook.live import LiveBook

pytestmark = marks()
NOW = dt.datetime(2018, 11, 5, 9, 42)
DRAFT = "4.8. 74% of children were seen in appropriate timescales in the quarter.\n\nStaff turnover was 99%.\n"


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("made") / "example.xlsx"
    assert commands.new(path, NOW, commands.example()).code == commands.FINE
    return path


@pytest.fixture
def book(example: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    yield Path(shutil.copy(example, tmp_path / "open.xlsx"))
    close_all()


def _pressed(path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    import xlwings as xw  # noqa: PLC0415  # only where the engine is

    book = opened(path)
    monkeypatch.setattr(xw.Book, "_mock_caller", book, raising=False)
    running().told.clear()
    press("verify")
    return book


def test_the_button_checks_the_draft_whose_path_is_typed(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    draft = book.with_name("draft.txt")
    draft.write_text(DRAFT, encoding="utf-8")
    ClosedFile(book, backup=False).apply([WriteName(Name.DRAFT, str(draft))])
    pressed = _pressed(book, monkeypatch)
    assert running().told[-1].startswith("draft.txt: ")
    assert running().status_bar.startswith("xlkpi: draft.txt: ")
    rows = LiveBook(pressed).read(layout.CLAIMS_TABLE.name).rows
    stated = [(row[layout.CLAIMS_TABLE.index("verdict")], row[layout.CLAIMS_TABLE.index("text")]) for row in rows]
    assert ("✗ Contradicted", "99%") in stated
    assert ("✓ Confirmed", "74%") in stated
    commands.verify(book, NOW, Ask(draft))
    assert [row[1:] for row in ClosedFile(book).read(layout.CLAIMS_TABLE.name).rows] == [row[1:] for row in rows]


def test_without_a_path_it_checks_the_narrative_sheet_and_shows_the_claims(
    book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pressed = _pressed(book, monkeypatch)
    assert running().told[-1].startswith("Narrative: ")
    assert pressed.sheets.active.name == layout.CLAIMS
    [*_, place] = [
        row[layout.CLAIMS_TABLE.index("place")] for row in LiveBook(pressed).read(layout.CLAIMS_TABLE.name).rows
    ]
    assert "Narrative!F" in str(place)


def test_a_draft_that_is_not_there_is_told(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ClosedFile(book, backup=False).apply([WriteName(Name.DRAFT, str(book.with_name("none.docx")))])
    pressed = _pressed(book, monkeypatch)
    assert running().told[-1].endswith("none.docx is not there. Correct the name, or the folder.")
    assert not any(value for row in LiveBook(pressed).read(layout.CLAIMS_TABLE.name).rows for value in row)
