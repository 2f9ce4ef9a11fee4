"""``--live``: the command line does in the workbook that is open what it does in a closed file, and says the same."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from live.engine.books import close_all, marks, opened

from xlkpi.__main__ import main
from xlkpi.workbook import layout
from xlkpi.workbook.backend import WriteTable
from xlkpi.workbook.file import ClosedFile
from xlkpi.workbook.live import LiveBook

pytestmark = marks()
EXAMPLE = Path(__file__).parents[2] / "workbooks" / "dcst-2018-19-q2.xlsx"


@pytest.fixture
def books(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Path, Path]]:
    """Return two copies of the example, one open and one closed, with outputs that are out of date."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    live, closed = tmp_path / "Ann's open one.xlsx", tmp_path / "closed.xlsx"
    for path in (live, closed):
        shutil.copy(EXAMPLE, path)
        ClosedFile(path, backup=False).apply([WriteTable(layout.RESULTS_TABLE.name, [])])
    yield live, closed
    close_all()


def test_live_does_in_the_open_workbook_what_the_command_does_in_a_file(
    books: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    live, closed = books
    book, before = opened(live), live.read_bytes()
    assert main(["refresh", str(closed)]) == 0
    told = capsys.readouterr().out
    assert main(["refresh", live.name, "--live"]) == 0
    assert capsys.readouterr().out == told.replace(str(closed), live.name)
    results = [LiveBook(book).read(layout.RESULTS_TABLE.name), ClosedFile(closed).read(layout.RESULTS_TABLE.name)]
    assert [*map(tuple, results[0].rows)] == [*map(tuple, results[1].rows)]
    assert len(results[0].rows) > 1
    assert live.read_bytes() == before
    assert main(["undo-refresh", str(live), "--live"]) == 0
    assert len(LiveBook(book).read(layout.RESULTS_TABLE.name).rows) == 1


def test_live_says_what_to_do_where_the_workbook_is_not_open(
    books: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    opened(books[0])
    assert main(["refresh", str(books[1]), "--live"]) == 2
    assert f"not open in Excel (open there: {books[0].name})" in capsys.readouterr().err
