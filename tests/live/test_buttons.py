"""The buttons of the shipped workbook do in an open workbook, cell for cell, what the commands do in a closed file.

They are clicked in LibreOffice Calc. Each runs its own macro as it ships; the macro hands its line to Python, which works in
the workbook by way of xlwings. The one thing that is stood in for is the module of xlwings between the two.
"""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from live.engine import buttons
from live.engine.books import close_all, marks, opened
from live.engine.buttons import Presser

from xlkpi import commands
from xlkpi.addin import modules
from xlkpi.addin.press import _shortened
from xlkpi.catalogue import COMMANDS
from xlkpi.workbook import layout
from xlkpi.workbook.backend import KEEP, WriteTable, Written
from xlkpi.workbook.file import ClosedFile
from xlkpi.workbook.live import LiveBook

pytestmark = marks()
SHIPPED = Path(__file__).parents[2] / "workbooks"
BY_NAME = {one.name: one for one in COMMANDS}
ON_START = [one for one in COMMANDS if one.on_start]
#: What an analyst types before the first button is pressed: by code, the numerator; enough to change two statuses.
TYPED = {"A4": 5321, "A1": 1}
ODD_NAME = "ours = a & b's ü.xlsm"


class Content(NamedTuple):
    """What a cell holds, what it comes to, and how a number is shown."""

    formula: str
    value: Any
    shown: str


Cells = dict[tuple[str, int, int], Content]


class Seen(NamedTuple):
    """One command, done by a button and on the closed file.

    Attributes:
        code: What the macro handed to Python.
        told: The windows that were shown.
        lines: What the command told on the closed file, by the name of the open one.
        before: The cells of the open workbook before.
        live: The same after.
        closed: The cells of the closed file after, as Calc opens it.
    """

    code: str
    told: list[str]
    lines: list[str]
    before: Cells
    live: Cells
    closed: Cells


def cells(book: Any) -> Cells:
    """Return every cell that holds anything by its place; of numbers in output tables also how they are shown."""
    doc, found = book.impl.api, {}
    for sheet in (doc.Sheets.getByName(name) for name in doc.Sheets.ElementNames):
        cursor = sheet.createCursor()
        cursor.gotoEndOfUsedArea(False)  # noqa: FBT003  # uno takes no names
        at = cursor.RangeAddress
        used = sheet.getCellRangeByPosition(0, 0, at.EndColumn, at.EndRow)
        for row, pairs in enumerate(zip(used.getFormulaArray(), used.getDataArray(), strict=True)):
            for column, (formula, value) in enumerate(zip(*pairs, strict=True)):
                if formula != "":
                    found[sheet.Name, row, column] = Content(formula, value, "")
    for name in layout.OUTPUTS:
        _add_formats(doc, name, found)
    return found


def _add_formats(doc: Any, table: str, found: Cells) -> None:
    at = doc.DatabaseRanges.getByName(table).DataArea
    sheet = doc.Sheets.getByIndex(at.Sheet)
    area = sheet.getCellRangeByPosition(at.StartColumn, at.StartRow, at.EndColumn, at.EndRow)
    for group in area.getUniqueCellFormatRanges():
        shown = doc.NumberFormats.getByKey(group.NumberFormat).FormatString.replace("\\%", '"%"')
        for one in group.RangeAddresses:
            rows, columns = range(one.StartRow, one.EndRow + 1), range(one.StartColumn, one.EndColumn + 1)
            for place in ((sheet.Name, row, column) for row in rows for column in columns):
                if place in found and isinstance(found[place].value, float):
                    found[place] = found[place]._replace(shown=shown)


@pytest.fixture(scope="module")
def pressed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Seen]]:
    """Press every button of Start once, and do the same to a closed copy of the workbook."""
    folder = tmp_path_factory.mktemp("buttons")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_DATA_HOME", str(folder / "data"))
        yield _story(folder)
    close_all()


def _story(folder: Path) -> dict[str, Seen]:
    closed, live = folder / "closed.xlsm", folder / ODD_NAME
    shutil.copy(SHIPPED / f"{commands.EXAMPLE}.xlsm", closed)
    _type(closed)
    shutil.copy(closed, live)
    book = opened(live)
    presser, before, found = Presser(book, folder), cells(book), {}
    for name in ("check", "refresh", "undo-refresh", "new-quarter"):
        done = presser.press(layout.START, BY_NAME[name].label)
        after, lines = cells(book), _on_file(name, closed, _pressed_at(book))
        copy = opened(closed)
        found[name] = Seen(done.code, done.told, lines, before, after, cells(copy))
        copy.close()
        before = after
    done = presser.call(BY_NAME["about"].callback)
    found["about"] = Seen(done.code, done.told, [*commands.about().lines], before, cells(book), before)
    return found


def _type(path: Path) -> None:
    table = layout.quarter_table(commands.EXAMPLE_QUARTER)
    book = ClosedFile(path, backup=False)
    rows: list[list[Written]] = [[KEEP] * len(table.columns) for _ in book.read(table.name).rows]
    for row, values in zip(rows, book.read(table.name).rows, strict=True):
        code = str(values[table.index("code")])
        if code in TYPED:
            row[table.index("numerator")] = TYPED[code]
    book.apply([WriteTable(table.name, rows)])


def _pressed_at(book: Any) -> dt.datetime:
    """Return when the last refresh was, as the log says."""
    moment = LiveBook(book).read(layout.LOG_TABLE.name).rows[-1][0]
    assert isinstance(moment, dt.datetime)
    return moment


def _on_file(name: str, path: Path, now: dt.datetime) -> list[str]:
    command = partial(commands.refresh, now=now) if name == "refresh" else getattr(commands, BY_NAME[name].function)
    outcome = command(path)
    assert outcome.code == commands.FINE, outcome.lines
    return [line.replace(str(path), ODD_NAME) for line in outcome.lines]


def differing(one: Cells, other: Cells) -> dict[tuple[str, int, int], tuple[Content | None, Content | None]]:
    """Return the cells that are not the same."""
    return {place: (one.get(place), other.get(place)) for place in one | other if one.get(place) != other.get(place)}


@pytest.mark.parametrize("name", ["check", "refresh"])
def test_a_button_gives_what_the_command_gives_on_the_closed_file_cell_for_cell(
    pressed: dict[str, Seen], name: str
) -> None:
    assert differing(pressed[name].live, pressed[name].closed) == {}


def test_undo_gives_what_undo_gives_on_the_closed_file_and_what_was_there_before(pressed: dict[str, Seen]) -> None:
    undone = pressed["undo-refresh"].live
    assert differing(undone, pressed["undo-refresh"].closed) == {}
    assert differing(undone, pressed["refresh"].before) == {}


def test_new_quarter_gives_what_it_gives_on_the_closed_file(pressed: dict[str, Seen]) -> None:
    """Calc loses track of the columns of tables once a sheet with one is put in; so no formula is compared, all else is."""
    live, closed = (_typed(found) for found in (pressed["new-quarter"].live, pressed["new-quarter"].closed))
    assert differing(live, closed) == {}
    assert {"2018-19 Q3", "2018-19 Q2"} <= {sheet for sheet, _, _ in live}
    assert "2017-18 Q2" not in {sheet for sheet, _, _ in live}


def _typed(found: Cells) -> Cells:
    """Return the cells with what is typed in them; of a formula, that there is one."""
    is_formula = Content("a formula", None, "")
    return {
        place: is_formula if content.formula.startswith("=") else content._replace(shown="")
        for place, content in found.items()
    }


@pytest.mark.parametrize("name", ["check", "refresh", "undo-refresh", "new-quarter", "about"])
def test_a_button_hands_its_own_line_to_python_and_tells_what_the_command_line_tells(
    pressed: dict[str, Seen], name: str
) -> None:
    one = pressed[name]
    assert one.code == f"from xlkpi.addin.press import press; press('{name}')"
    assert one.told == [_shortened(one.lines, layout.CHECKS)]


def test_refresh_has_worked_out_what_was_typed(pressed: dict[str, Seen]) -> None:
    changed = {sheet for sheet, _, _ in differing(pressed["refresh"].before, pressed["refresh"].live)}
    assert {layout.RESULTS, layout.SUMMARY, layout.LISTS, layout.LOG, layout.START} <= changed


def test_check_and_about_change_nothing(pressed: dict[str, Seen]) -> None:
    for name in ("check", "about"):
        assert differing(pressed[name].live, pressed[name].before) == {}


@pytest.mark.parametrize("name", [commands.TEMPLATE, commands.EXAMPLE])
def test_calc_knows_the_buttons_and_the_macros_of_a_shipped_workbook(name: str) -> None:
    book = opened(SHIPPED / f"{name}.xlsm")
    found, texts = buttons.buttons(book, layout.START), buttons.texts(book)
    assert [one.label for one in found] == [one.label for one in ON_START]
    for bound, one in zip(found, ON_START, strict=True):
        assert f"{modules.WORKBOOK_PROJECT}.{modules.MACROS}.{one.macro}?" in bound.macro
        assert f"Public Sub {one.macro}()" in texts[modules.MACROS]
    assert modules.XLWINGS_MODULE in texts
