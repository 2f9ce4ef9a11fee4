"""A click on a finding in Checks goes to its cell, in a closed file and in an open workbook, whatever the sheets are called."""

from __future__ import annotations

import re
import shutil
import warnings
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import openpyxl
import pytest
from live.engine.books import close_all, marks, opened, running

from xlkpi import commands
from xlkpi.commands import Open
from xlkpi.workbook import layout
from xlkpi.workbook.backend import WriteTable, quoted
from xlkpi.workbook.file import ClosedFile
from xlkpi.workbook.live import LiveBook
from xlkpi.workbook.ooxml.naming import Renaming

pytestmark = marks()
EXAMPLE = Path(__file__).parents[2] / "workbooks" / "dcst-2018-19-q2.xlsx"
QUARTER, RESULTS = "Ann's 'Q2' & more = 1", "Our results"
#: What the remarks of the example are about, and where a click goes: a comment to write, a row of the register, a sheet.
EXPECTED = {
    "B8": f"${quoted(QUARTER)}.$M$13",
    "A3": f"${layout.REGISTER.sheet}.$B$8",
    "Of 20 outturns": f"${quoted(RESULTS)}.$B$3",
}


@pytest.fixture
def book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Return the example with other names for two of its sheets, before anything was found in it."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    path = Path(shutil.copy(EXAMPLE, tmp_path))
    _rename(path, layout.quarter_sheet(commands.EXAMPLE_QUARTER), QUARTER)
    _rename(path, layout.RESULTS, RESULTS)
    ClosedFile(path, backup=False).apply([WriteTable(layout.CHECKS_TABLE.name, [])])
    yield path
    close_all()


def _rename(path: Path, old: str, new: str) -> None:
    """Give a sheet another name as Excel would: where it is listed, and in the names of cells."""
    with zipfile.ZipFile(path) as before:
        parts = {name: before.read(name) for name in before.namelist()}
    renaming = Renaming((old, new), ("", ""))
    text = parts["xl/workbook.xml"].decode().replace(f'name="{old}"', f'name="{escape(new)}"')
    text = re.sub(r"(<definedName [^>]*>)([^<]*)", lambda one: one[1] + escape(renaming.formula(one[2])), text)
    parts["xl/workbook.xml"] = text.encode()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as after:
        for name, content in parts.items():
            after.writestr(name, content)


def _followed(book: Any, links: list[str]) -> list[str]:
    """Return where LibreOffice goes when each link is clicked on; Start, where there is no such place."""
    from live.engine.office import properties  # noqa: PLC0415  # there only where LibreOffice is

    context, controller = running()._office.context, book.impl.api.CurrentController
    dispatcher = context.ServiceManager.createInstanceWithContext("com.sun.star.frame.DispatchHelper", context)
    found = []
    for link in links:
        book.sheets[layout.START].activate()
        dispatcher.executeDispatch(controller.Frame, ".uno:JumpToMark", "", 0, properties(Bookmark=link))
        found.append(controller.getSelection().AbsoluteName)
    return found


def _about(whats: list[object]) -> list[str]:
    return [place for what in whats for start, place in EXPECTED.items() if str(what).startswith(start)]


def test_a_click_on_a_finding_of_a_closed_file_goes_to_its_cell(book: Path) -> None:
    assert commands.refresh(book, commands.BUILT).code == commands.FINE
    block, column = ClosedFile(book).read(layout.CHECKS_TABLE.name), layout.CHECKS_TABLE.index("where")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl says what it would lose if it saved the file
        sheet = openpyxl.load_workbook(book)[layout.CHECKS]
    cells = [sheet.cell(block.top + row, block.left + column) for row in range(len(block.rows))]
    links = [cell.hyperlink.location for cell in cells]
    expected = _about([row[layout.CHECKS_TABLE.index("what")] for row in block.rows])
    assert len(links) == len(expected) == len(EXPECTED)
    assert _followed(opened(book), links) == expected


def test_a_click_on_a_finding_of_an_open_workbook_goes_to_its_cell(book: Path) -> None:
    live = opened(book)
    assert commands.refresh(Open(book.name, live), commands.BUILT).code == commands.FINE
    block, sheet = LiveBook(live).read(layout.CHECKS_TABLE.name), live.sheets[layout.CHECKS]
    column = block.left + layout.CHECKS_TABLE.index("where")
    links = [sheet.range((block.top + row, column)).hyperlink.removeprefix("#") for row in range(len(block.rows))]
    expected = _about([row[layout.CHECKS_TABLE.index("what")] for row in block.rows])
    assert len(links) == len(expected) == len(EXPECTED)
    assert _followed(live, links) == expected
