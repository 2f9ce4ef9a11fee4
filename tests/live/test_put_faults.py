"""What is left of an open workbook where a sheet is put in from another one, and any one call of that fails."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from live.engine import LISTENERS
from live.engine.books import close_all, marks, opened, running
from live.failing import ExcelSays, fail_at, state

from xlkpi.errors import EditRefused
from xlkpi.workbook.backend import Cell, MendFormulas, PutName, PutSheet, Write, WriteName, WriteTable
from xlkpi.workbook.live import LiveBook

pytestmark = marks()
#: How many calls change anything, at least: so many have their turn at failing.
CALLS = 20


@pytest.fixture(autouse=True)
def own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("HOME", str(running()._office.home.parents[3]))
    yield
    LISTENERS.clear()
    close_all()


def _workbook(path: Path) -> Any:
    """Return an open workbook of few cells, since all of it is looked at after every call: a table, a formula, names."""
    with xlsxwriter.Workbook(path) as made:
        start, figures = made.add_worksheet("Start"), made.add_worksheet("Figures")
        start.write("B3", "a title")
        figures.write("B3", 5)
        columns = [{"header": "Code"}, {"header": "Cases"}, {"header": "Note"}]
        rows = [["A1", 1.5, "one"], ["A2", None, "=two"], ["A3", 3, None]]
        figures.add_table("B5:D8", {"name": "tblFigures", "columns": columns, "data": rows})
        figures.write_formula("F3", "=B3*2", None, 10)
        figures.protect()
        made.define_name("kpiTitle", "=Start!$B$3")
    return opened(path)


def _plan(path: Path) -> list[Write]:
    """Return a plan that puts a sheet in, fills it, names cells, mends a formula and has another table shrink."""
    with xlsxwriter.Workbook(path) as drawn:
        sheet = drawn.add_worksheet("Extra")
        sheet.add_table("B5:C6", {"name": "tblExtra", "columns": [{"header": "Code"}, {"header": "Cases"}]})
        drawn.define_name("kpiExtra", "=Extra!$B$3")
    return [
        PutSheet(path, "Extra", "Extra", "Start", {}),
        WriteTable("tblExtra", [["A1", 3], ["A2", 4], ["A3", 5]]),
        WriteName("kpiExtra", "filled"),
        PutName("kpiMine", "Figures", "B6"),
        PutName("kpiTitle", "Figures", "B3"),
        MendFormulas("Figures", {"F3": "B3*3"}),
        WriteTable("tblFigures", [["A9", Cell(7, number_format="0.000"), None]]),
    ]


@pytest.mark.parametrize("system", ["windows", "mac"])
def test_any_call_may_fail_and_everything_is_as_before(tmp_path: Path, system: str) -> None:
    book = _workbook(tmp_path / "small.xlsx")
    if system == "mac":
        from live.engine.mac import on_a_mac  # noqa: PLC0415  # there once uno is
    shown = on_a_mac(book) if system == "mac" else book
    plan, before = _plan(tmp_path / "xlkpi-drawn-for-faults.xlsx"), state(book)
    for step in range(
        2 if system == "mac" else 1, 100
    ):  # there the first is how it is asked whether it is busy: not once
        live = LiveBook(shown)
        calls = fail_at(step, ExcelSays)
        try:
            live.apply(plan)
            break  # nothing failed, or what is tried twice
        except EditRefused as error:
            told = str(error)
        finally:
            LISTENERS.clear()
        assert "everything was put back as it was" in told, calls[step - 1]
        assert state(book) == before, (step, calls[step - 1])
        assert [one.name for one in running().books] == ["small.xlsx"], (step, calls[step - 1])
    assert CALLS <= step > len(calls) - 6
    assert LiveBook(book).tables()["tblExtra"] == "Extra"
    assert not list(running()._office.home.glob("*.xlsx"))
