"""Deleted output sheets put back in an open workbook: copied from a drawn one, and nothing points there afterwards.

The sheets are deleted in the file: LibreOffice 7.4 loses the tables of other sheets, and breaks ``[#This Row]``, when it deletes
or adds a sheet itself. That is why no value of an input sheet is looked at here.
"""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from deleted import delete_sheets, drop_name, to_range
from live.engine.books import close_all, marks, opened, running

from xlkpi import commands
from xlkpi.commands import Open
from xlkpi.workbook import layout
from xlkpi.workbook.file import ClosedFile
from xlkpi.workbook.live import LiveBook
from xlkpi.workbook.livebook import perform

pytestmark = marks()
EXAMPLE = Path(__file__).parents[2] / "workbooks" / "dcst-2018-19-q2.xlsx"
NOW = dt.datetime(2018, 11, 5, 9, 42)
PLAIN = (layout.LISTS, layout.CONTEXT, layout.CHECKS, layout.LOG)


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    yield
    close_all()


def _without(folder: Path, *gone: str) -> tuple[Path, Any]:
    """Return the worked example without some sheets, closed and open."""
    closed, live = (Path(shutil.copy(EXAMPLE, folder / name)) for name in ("closed.xlsx", "live.xlsx"))
    for path in (closed, live):
        delete_sheets(path, *gone)
    return closed, opened(live)


def _native() -> Any:
    from live.engine.app import Native  # noqa: PLC0415  # needs LibreOffice's bridge

    return Native


def _formulas(workbook: LiveBook | ClosedFile, sheet: str) -> dict[str, str]:
    """Return formulas with truth values as Excel spells them."""
    found = workbook.formulas(sheet).items()
    return {at: formula.replace("TRUE()", "TRUE").replace("FALSE()", "FALSE") for at, formula in found}


def _put(lines: Sequence[str]) -> list[str]:
    return [line for line in lines if line.startswith("Put ")]


@pytest.mark.parametrize("gone", [PLAIN, (layout.TRENDS,), tuple(layout.PUT_BACK)], ids=["plain", "trends", "all"])
def test_sheets_come_back_as_in_the_closed_file(gone: tuple[str, ...], tmp_path: Path) -> None:
    closed, book = _without(tmp_path, *gone)
    native = _native()
    native.drawn.clear()
    native.fed.clear()
    book.sheets["Targets"].activate()
    said = commands.refresh(closed, NOW).lines
    assert commands.refresh(Open("live.xlsx", book), NOW).lines[1:] == said[1:]
    live, file = LiveBook(book), ClosedFile(closed)
    assert live.sheets() == file.sheets()
    for name in layout.OUTPUTS:
        found, wanted = live.read(name), file.read(name)
        assert (found.sheet, found.headings, [*found.rows]) == (wanted.sheet, wanted.headings, [*wanted.rows])
    for sheet in (layout.START, layout.INDICATOR, layout.WHAT_IF):
        assert _formulas(live, sheet) == _formulas(file, sheet)
    for name in file.names():
        found, wanted = live.read_name(name), file.read_name(name)
        assert (found and found.where) == (wanted and wanted.where), name
    assert native.drawn == ([("Results", "Q6:Q25", "Trends!E6:P25")] if layout.TRENDS in gone else [])
    assert native.fed == ([("Summary", "pvtSummary", "tblResults")] if layout.SUMMARY in gone else [])
    assert book.sheets.active.name == "Targets"
    assert [one.name for one in running().books] == ["live.xlsx"]
    assert "cannot be undone in an open workbook" in commands.undo_refresh(Open("live.xlsx", book)).lines[0]


def test_what_names_several_cells_reaches_to_the_end_of_the_table(tmp_path: Path) -> None:
    _, book = _without(tmp_path, layout.RESULTS)
    assert commands.refresh(Open("live.xlsx", book), NOW).code == 0
    [codes] = [name for name in book.names if name.name == "kpiCodes"]
    assert codes.refers_to.replace("'", "") == "=Results!$B$6:$B$25"


def test_a_chart_draws_the_copy(tmp_path: Path) -> None:
    _, book = _without(tmp_path, layout.SUMMARY)
    assert commands.refresh(Open("live.xlsx", book), NOW).code == 0
    charts = book.sheets[layout.SUMMARY].api.Charts
    assert charts.Count == 1
    places = charts.getByIndex(0).Ranges
    index = book.sheets[layout.SUMMARY].index - 1
    assert {place.Sheet for place in places} == {index}


def test_a_sheet_of_ones_own_stays(tmp_path: Path) -> None:
    path = Path(shutil.copy(EXAMPLE, tmp_path / "live.xlsx"))
    to_range(path, layout.LISTS_TABLE.name)
    book = opened(path)
    before = book.sheets[layout.LISTS].used_range.value
    outcome = commands.refresh(Open("live.xlsx", book), NOW)
    assert _put(outcome.lines) == ["Put the sheet Lists back as 'Lists (2)', for another sheet has its name."]
    assert book.sheets[layout.LISTS].used_range.value == before
    assert LiveBook(book).tables()[layout.LISTS_TABLE.name] == "Lists (2)"
    assert _put(commands.refresh(Open("live.xlsx", book), NOW).lines) == []


def test_a_lost_name_is_given_to_its_cell_again(tmp_path: Path) -> None:
    path = Path(shutil.copy(EXAMPLE, tmp_path / "live.xlsx"))
    drop_name(path, "kpiSubtitleLists")
    book = opened(path)
    outcome = commands.refresh(Open("live.xlsx", book), NOW)
    assert _put(outcome.lines) == ["Put the name kpiSubtitleLists back: Lists!B3."]
    found = LiveBook(book).read_name("kpiSubtitleLists")
    assert found is not None
    assert found.where == "Lists!B3"


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


def test_plain_sheets_come_back_also_where_none_can_be_mended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _, book = _without(tmp_path, layout.CHECKS)
    monkeypatch.setattr(_native(), "can_mend", False)
    assert _put(commands.refresh(Open("live.xlsx", book), NOW).lines) == ["Put the sheet Checks back."]


@pytest.mark.parametrize("fault", ["links", "a step"])
def test_a_copy_that_did_not_come_over_whole_goes_again(
    fault: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, book = _without(tmp_path, layout.TRENDS)
    before, formulas = [sheet.name for sheet in book.sheets], LiveBook(book).formulas(layout.INDICATOR)
    if fault == "links":
        monkeypatch.setattr(_native(), "links_to", lambda *_: True)
    else:

        def fail(*_: object) -> None:
            raise ArithmeticError("Excel is out of sorts.")

        monkeypatch.setattr(perform, "_name", fail)
    try:
        outcome = commands.refresh(Open("live.xlsx", book), NOW)
        assert outcome.code == 1
        assert "Nothing was changed." in outcome.lines
    except ArithmeticError:
        assert fault == "a step"
    assert [sheet.name for sheet in book.sheets] == before
    assert LiveBook(book).formulas(layout.INDICATOR) == formulas
    assert [one.name for one in running().books] == ["live.xlsx"]
