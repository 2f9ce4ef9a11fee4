"""Deleted output sheets put back in an open workbook: copied from a drawn one, and nothing points there afterwards.

The sheets are deleted in the file: LibreOffice 7.4 loses the tables of other sheets, and breaks ``[#This Row]``, when it
deletes or adds a sheet itself. That is why no value of an input sheet is looked at here. Over a chart or a PivotTable
that came from another workbook it breaks down: they are left out here, and of Summary only the picture is looked at.
"""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from books import small_book
from deleted import delete_sheets, to_range
from live.engine.books import close_all, marks, opened, running

from xlkpi import commands
from xlkpi.commands import Open
from xlkpi.workbook import layout
from xlkpi.workbook.backend import PutSheet, Value
from xlkpi.workbook.file import ClosedFile
from xlkpi.workbook.live import LiveBook
from xlkpi.workbook.livebook.copied import as_shown
from xlkpi.workbook.livebook.drawn import picture
from xlkpi.workbook.livebook.picture import spot_of

pytestmark = marks()
NOW = dt.datetime(2018, 11, 5, 9, 42)
PLAIN = (layout.LISTS, layout.CONTEXT, layout.CHECKS, layout.LOG)


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    yield
    close_all()


def _without(folder: Path, *gone: str) -> tuple[Path, Any]:
    """Return the small workbook without some sheets, closed and open."""
    closed, live = folder / "closed.xlsx", folder / "live.xlsx"
    small_book().save(closed)
    assert commands.refresh(closed, NOW, backup=False).code == 0
    delete_sheets(closed, *gone)
    shutil.copy(closed, live)
    return closed, opened(live)


def _native() -> Any:
    return running().engine.native


def _formulas(workbook: LiveBook, sheet: str) -> dict[str, str]:
    """Return formulas as LibreOffice spells them, but for truth values, which it may spell as functions or as numbers."""
    found = workbook.formulas(sheet).items()
    return {at: formula.replace("TRUE()", "1").replace("FALSE()", "0") for at, formula in found}


def _written(headings: Sequence[str], row: Sequence[Value]) -> list[Value]:
    """Return what is written into a row: LibreOffice 7.4 spoils formulas of tables once a sheet is put in."""
    link = layout.RESULTS_TABLE.heading("inputs")
    return [value for heading, value in zip(headings, row, strict=True) if heading != link]


def _put(lines: Sequence[str]) -> list[str]:
    return [line for line in lines if line.startswith("Put ")]


@pytest.mark.parametrize("gone", [PLAIN, (layout.TRENDS,), (layout.RESULTS,)], ids=",".join)
def test_sheets_come_back_as_in_the_closed_file(
    gone: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed, book = _without(tmp_path, *gone)
    native = _native()
    monkeypatch.setattr(native, "can_mend", gone != PLAIN)  # plain sheets come back on a Mac too
    native.lines.clear()
    book.sheets["Targets"].activate()
    said = commands.refresh(closed, NOW).lines
    assert commands.refresh(Open("live.xlsx", book), NOW).lines[1:] == said[1:]
    live, file = LiveBook(book), ClosedFile(closed)
    assert live.sheets() == file.sheets()
    for name in layout.OUTPUTS:
        found, wanted = live.read(name), file.read(name)
        assert (found.sheet, found.headings) == (wanted.sheet, wanted.headings)
        assert [_written(found.headings, row) for row in found.rows] == [
            _written(wanted.headings, row) for row in wanted.rows
        ]
    for name in file.names():
        found, wanted = live.read_name(name), file.read_name(name)
        assert (found and found.where) == (wanted and wanted.where), name
    assert native.lines == (
        [("Results", "Q6:Q10", "Trends!E6:P10")] if {layout.TRENDS, layout.RESULTS} & {*gone} else []
    )
    assert book.sheets.active.name == "Targets"
    assert [one.name for one in running().books] == ["live.xlsx"]
    [codes] = [name for name in book.names if name.name == "kpiCodes"]
    assert codes.refers_to.replace("'", "") == "=Results!$B$6:$B$10"
    wanted_book = LiveBook(opened(closed))
    for sheet in (layout.START, layout.INDICATOR, layout.WHAT_IF):
        assert _formulas(live, sheet) == _formulas(wanted_book, sheet)
    assert (
        "cannot be undone, for it put deleted sheets or names back"
        in commands.undo_refresh(Open("live.xlsx", book)).lines[0]
    )


def test_the_picture_of_a_sheet_knows_its_pivot_tables_and_its_formulas(tmp_path: Path) -> None:
    path = tmp_path / "drawn.xlsx"
    small_book().save(path)
    called = {sheet: sheet for sheet in ClosedFile(path).sheets()}
    shown = picture(PutSheet(path, layout.SUMMARY, "Summary (2)", layout.START, called))
    assert (shown.put.pivots, shown.put.tables, shown.put.points) == (
        {"pvtSummary": layout.RESULTS_TABLE.name},
        (layout.SUMMARY_TABLE.name,),
        True,
    )
    asked = picture(PutSheet(path, layout.WHAT_IF, layout.WHAT_IF, layout.START, called))
    formulas = {spot: content.formula for spot, content in asked.grid.cells.items() if content.formula is not None}
    wanted = ClosedFile(path).formulas(layout.WHAT_IF)
    assert formulas == {spot_of(address): as_shown(formula) for address, formula in wanted.items()}


def test_a_sheet_of_ones_own_stays(tmp_path: Path) -> None:
    path = tmp_path / "live.xlsx"
    small_book().save(path)
    to_range(path, layout.LISTS_TABLE.name)
    book = opened(path)
    before = book.sheets[layout.LISTS].used_range.value
    outcome = commands.refresh(Open("live.xlsx", book), NOW)
    assert _put(outcome.lines) == ["Put the sheet Lists back as 'Lists (2)', for another sheet has its name."]
    assert book.sheets[layout.LISTS].used_range.value == before
    assert LiveBook(book).tables()[layout.LISTS_TABLE.name] == "Lists (2)"


def test_where_a_copy_would_point_elsewhere_one_message_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, book = _without(tmp_path, layout.INDICATOR)
    monkeypatch.setattr(_native(), "can_mend", False)
    before = [sheet.name for sheet in book.sheets]
    outcome = commands.refresh(Open("live.xlsx", book), NOW)
    assert outcome.code == 1
    assert "Save and close the workbook, run: python -m xlkpi refresh" in outcome.lines[0]
    assert outcome.lines[1] == "Nothing was changed."
    assert [sheet.name for sheet in book.sheets] == before


def test_a_copy_that_did_not_come_over_whole_goes_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _, book = _without(tmp_path, layout.TRENDS)
    before, formulas = [sheet.name for sheet in book.sheets], _whole(LiveBook(book))
    monkeypatch.setattr(_native(), "links_to", lambda *_: True)
    outcome = commands.refresh(Open("live.xlsx", book), NOW)
    assert outcome.code == 1
    assert "Nothing was changed." in outcome.lines
    assert [sheet.name for sheet in book.sheets] == before
    assert _whole(LiveBook(book)) == formulas
    assert [one.name for one in running().books] == ["live.xlsx"]


def _whole(workbook: LiveBook) -> dict[str, str]:
    """Return the formulas of a sheet that LibreOffice can take back: not those that lost what they referred to."""
    found = workbook.formulas(layout.INDICATOR).items()
    return {at: formula for at, formula in found if "#" not in formula}
