"""The buttons Publish and Explain: the open workbook as it is open, and the same pack as from the closed file."""

from __future__ import annotations

import datetime as dt
import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from live.engine.books import close_all, marks, opened, running
from live.engine.buttons import Done, Presser
from live.test_buttons import BY_NAME, ODD_NAME, SHIPPED

from xlkpi import commands
from xlkpi.addin.press import press
from xlkpi.pack import manifest
from xlkpi.wanted import Wanted
from xlkpi.workbook import layout
from xlkpi.workbook.backend import KEEP, WriteName, WriteTable, Written
from xlkpi.workbook.file import ClosedFile
from xlkpi.workbook.layout import CHECKS_TABLE, EXPLAIN_TABLE, FIRST_ROW, START, Name, quarter_table
from xlkpi.workbook.live import LiveBook

pytestmark = marks()
PACK = "doncaster-childrens-services-trust-2018-19-q2-commissioner"
SETTINGS = {Name.PUBLISHER: "A. Analyst"}


class Story(NamedTuple):
    """What happened.

    Attributes:
        folder: Where it happened.
        file: The file of the open workbook before and after.
        first: Of pressing Publish with remarks that nobody had accepted.
        front: The sheet that was in front then.
        second: Of pressing it when all were accepted, and nothing was saved.
        explained: Of pressing Explain with a cell of A4 in Results selected.
        trace: The sheet Explain then.
        told: What the command says on the closed file.
    """

    folder: Path
    file: tuple[bytes, bytes]
    first: Done
    front: str
    second: Done
    explained: Done
    trace: list[tuple[object, ...]]
    told: list[str]


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Story]:
    folder = tmp_path_factory.mktemp("publish")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_DATA_HOME", str(folder / "data"))
        yield _story(folder)
    close_all()


def _story(folder: Path) -> Story:
    live, closed = folder / ODD_NAME, folder / "closed.xlsm"
    shutil.copy(SHIPPED / f"{commands.EXAMPLE}.xlsm", live)
    shutil.copy(live, closed)
    before, book = live.read_bytes(), opened(live)
    presser = Presser(book, folder)
    _type_live(book)
    first = presser.press(START, BY_NAME["publish"].label)
    front = str(book.sheets.active.name)
    _accept_live(book)
    second = presser.call(BY_NAME["publish"].callback)
    pack = folder / layout.PUBLISHED / PACK
    now = dt.datetime.fromisoformat(json.loads((pack / manifest.NAME).read_text(encoding="utf-8"))["published"])
    told = _on_file(closed, folder / "from closed", now)
    _select(book, layout.RESULTS, _row_of(book, "A4"))
    explained = presser.call(BY_NAME["explain"].callback)
    trace = [tuple(row) for row in LiveBook(book).read(EXPLAIN_TABLE.name).rows]
    return Story(folder, (before, live.read_bytes()), first, front, second, explained, trace, told)


def _type_live(book: Any) -> None:
    """Type a figure that changes a status, and who publishes; save nothing."""
    table = quarter_table(commands.EXAMPLE_QUARTER)
    row = [row[0] for row in ClosedFile(SHIPPED / f"{commands.EXAMPLE}.xlsm").read(table.name).rows].index("A4")
    _set(book, table.sheet, FIRST_ROW + row, table.left + table.index("numerator"), 5321)
    at = LiveBook(book).read_name(Name.PUBLISHER)
    assert at is not None
    _set(book, START, int(at.where.rpartition("C")[2]), 3, SETTINGS[Name.PUBLISHER])


def _accept_live(book: Any) -> None:
    rows = LiveBook(book).read(CHECKS_TABLE.name).rows
    for row in range(len(rows)):
        _set(book, layout.CHECKS, FIRST_ROW + row, CHECKS_TABLE.left + CHECKS_TABLE.index("accepted"), layout.YES)


def _set(book: Any, sheet: str, row: int, column: int, value: object) -> None:
    cell = book.impl.api.Sheets.getByName(sheet).getCellByPosition(column - 1, row - 1)
    if isinstance(value, str):
        cell.setString(value)
    else:
        cell.setValue(value)


def _row_of(book: Any, code: str) -> int:
    block = LiveBook(book).read(layout.RESULTS_TABLE.name)
    return block.top + [row[0] for row in block.rows].index(code)


def _select(book: Any, sheet: str, row: int, last: int | None = None) -> None:
    doc = book.impl.api
    found = doc.Sheets.getByName(sheet)
    doc.CurrentController.setActiveSheet(found)
    doc.CurrentController.select(found.getCellRangeByPosition(3, row - 1, 3, (last or row) - 1))


def _on_file(closed: Path, folder: Path, now: dt.datetime) -> list[str]:
    """Type and accept the same in the closed file, and publish it at the same time."""
    workbook = ClosedFile(closed, backup=False)
    table = quarter_table(commands.EXAMPLE_QUARTER)
    rows: list[list[Written]] = [[KEEP] * len(table.columns) for _ in workbook.read(table.name).rows]
    codes = [row[0] for row in workbook.read(table.name).rows]
    rows[codes.index("A4")][table.index("numerator")] = 5321
    workbook.apply([WriteTable(table.name, rows), *(WriteName(name, text) for name, text in SETTINGS.items())])
    assert commands.refresh(closed, now).code == commands.FINE
    workbook = ClosedFile(closed, backup=False)
    accepted: list[list[Written]] = [[KEEP] * len(CHECKS_TABLE.columns) for _ in workbook.read(CHECKS_TABLE.name).rows]
    for row in accepted:
        row[CHECKS_TABLE.index("accepted")] = layout.YES
    workbook.apply([WriteTable(CHECKS_TABLE.name, accepted)])
    outcome = commands.publish(closed, now, Wanted(folder))
    assert outcome.code == commands.FINE, outcome.lines
    return [line.replace(str(folder), str(folder.parent / layout.PUBLISHED)) for line in outcome.lines]


def test_remarks_block_and_checks_comes_to_the_front(story: Story) -> None:
    assert story.first.code == "from xlkpi.addin.press import press; press('publish')"
    [told] = story.first.told
    assert told.startswith("Three remarks to accept before anything is published.")
    assert "choose yes beside each in Checks" in told
    assert "--accept" not in told
    assert story.front == layout.CHECKS


def test_the_open_workbook_is_published_as_it_is_and_its_file_is_left_alone(story: Story) -> None:
    assert story.file[0] == story.file[1]
    figures = (story.folder / layout.PUBLISHED / PACK / f"{PACK.removesuffix('-commissioner')}.csv").read_text("utf-8")
    assert "2018/19 Q2,5321,5600,95,85,75" in figures


def test_the_pack_is_that_of_the_closed_file_byte_for_byte(story: Story) -> None:
    live, closed = story.folder / layout.PUBLISHED / PACK, story.folder / "from closed" / PACK
    files = sorted(path.name for path in live.iterdir())
    assert files == sorted(path.name for path in closed.iterdir())
    for name in files:
        if name != manifest.NAME:
            assert (live / name).read_bytes() == (closed / name).read_bytes(), name
    ours, theirs = (json.loads((one / manifest.NAME).read_text("utf-8")) for one in (live, closed))
    inputs = {one["name"]: one for one in theirs["inputs"]}
    assert inputs.pop("closed.xlsm")
    theirs["inputs"] = list(inputs.values())
    assert ours == theirs
    assert len(ours["accepted"]) == 3
    assert {(one["by"], one["at"]) for one in ours["accepted"]} == {("A. Analyst", ours["published"])}


def test_the_message_says_where_it_is_and_what_to_send_it_with(story: Story) -> None:
    [told] = story.second.told
    lines = told.splitlines()
    assert lines[0].endswith(f"in the name of A. Analyst: 6 files in {story.folder / layout.PUBLISHED / PACK}")
    assert lines[:5] == [*story.told[0:1], "", *story.told[2].splitlines(), *story.told[3].splitlines()[:2]]
    assert (story.folder / layout.PUBLISHED / f"{PACK} - e-mail.txt").is_file()


def test_explain_fills_its_sheet_for_the_selected_row(story: Story) -> None:
    [told] = story.explained.told
    assert told.startswith("A4, Quarter 2, 2018/19")
    words = {row[1]: row[2] for row in story.trace if row[1]}
    assert words["Outturn"] == "2018/19 Q2: 5,321 ÷ 5,600 × 100 = 95.017857…."
    assert str(words["Status"]).endswith("on target.") or "on or better than" in str(words["Status"])
    assert ("A4", None, None, "'2018-19 Q2'!F9") in story.trace


# One workbook, one press each


@pytest.fixture
def book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    import xlwings as xw  # noqa: PLC0415  # only where the engine is

    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setattr(Path, "home", lambda: tmp_path / "home")
    found = opened(Path(shutil.copy(SHIPPED / f"{commands.EXAMPLE}.xlsx", tmp_path / "ours.xlsx")))
    monkeypatch.setattr(xw.Book, "_mock_caller", found, raising=False)
    running().told.clear()
    yield found
    close_all()


def _accept_now(book: Any) -> None:
    press("refresh")
    _accept_live(book)
    running().told.clear()


def test_a_workbook_on_the_web_is_published_into_the_documents(book: Any, tmp_path: Path) -> None:
    book.impl._called = "https://council.sharepoint.com/sites/p/ours.xlsx"
    _accept_now(book)
    press("publish")
    folder = tmp_path / "home" / "Documents" / "xlkpi" / layout.PUBLISHED / PACK
    assert str(folder) in running().told[-1]
    assert commands.verify_pack(folder).code == commands.FINE


def test_without_a_window_for_the_password_nothing_is_published(
    book: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("DISPLAY", raising=False)
    at = LiveBook(book).read_name(Name.LOCK)
    assert at is not None
    _set(book, START, int(at.where.rpartition("C")[2]), 3, layout.YES)
    _accept_now(book)
    press("publish")
    assert running().told[-1].startswith("No window can be shown here to ask for the password.")
    assert not (tmp_path / layout.PUBLISHED).exists()


def test_explain_takes_the_code_of_any_sheet_and_says_where_there_is_none(book: Any) -> None:
    table = quarter_table(commands.EXAMPLE_QUARTER)
    _select(book, table.sheet, FIRST_ROW + 1, FIRST_ROW + 2)
    press("explain")
    rows = LiveBook(book).read(EXPLAIN_TABLE.name).rows
    assert len({row[0] for row in rows}) == 2
    assert book.sheets.active.name == layout.EXPLAIN
    _select(book, layout.INDICATOR, 3)
    press("explain")
    picked = LiveBook(book).read_name(Name.PICKED)
    assert picked is not None
    assert {row[0] for row in LiveBook(book).read(EXPLAIN_TABLE.name).rows} == {picked.value}
    _select(book, layout.LOG, 3)
    press("explain")
    assert running().told[-1].startswith("What is selected on the sheet Log names no measure of 2018/19 Q2.")


def test_the_same_sheet_is_written_in_the_closed_file(book: Any, tmp_path: Path) -> None:
    _select(book, layout.RESULTS, _row_of(book, "A4"))
    press("explain")
    closed = Path(shutil.copy(SHIPPED / f"{commands.EXAMPLE}.xlsx", tmp_path / "closed.xlsx"))
    assert commands.explain(closed, ["a4"], write=True).code == commands.FINE
    live, file = (one.read(EXPLAIN_TABLE.name).rows for one in (LiveBook(book), ClosedFile(closed)))
    assert [tuple(row) for row in live] == [tuple(row) for row in file]
    outcome = commands.refresh(closed, dt.datetime(2018, 11, 5, 9, 42))
    assert outcome.code == commands.FINE
    assert not any(value for row in ClosedFile(closed).read(EXPLAIN_TABLE.name).rows for value in row)


def test_a_click_on_inputs_goes_to_the_row_that_was_typed(book: Any) -> None:
    table, row = layout.RESULTS_TABLE, _row_of(book, "A4")
    sheet = book.impl.api.Sheets.getByName(layout.RESULTS)
    link, place = (
        sheet.getCellByPosition(table.left + table.index(field) - 1, row - 1) for field in ("inputs", "place")
    )
    assert link.getString() == "inputs"
    assert "HYPERLINK(" in link.getFormula()
    assert place.getString() == "'2018-19 Q2'!B9"
    assert book.impl.api.Sheets.getByName("2018-19 Q2").getCellRangeByName("B9").getString() == "A4"
