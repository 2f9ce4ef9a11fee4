"""The same faults in a file on disk: nothing of it changes, and its calendar may start in 1904."""

from __future__ import annotations

import datetime as dt
import shutil
import warnings
from collections.abc import Callable
from functools import partial
from pathlib import Path

import openpyxl
import pytest
from books import small_book
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from xlkpi import commands
from xlkpi.model.period import Month
from xlkpi.workbook.file import ClosedFile
from xlkpi.workbook.intake import parse
from xlkpi.workbook.layout import CONTEXT_INPUTS

NOW = dt.datetime(2018, 10, 17, 9, 42)  # a cell knows no time zone
NOTHING_CHANGED = "to put right in the workbook. Nothing was changed."


@pytest.fixture(scope="module")
def faulty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a file with a fault on three of its sheets."""
    book = small_book()
    book.put("Register", "A1", "decimals", 9)
    book.put("Targets", "A1", "target", "9O")
    book.put("2018-19 Q2", "A2", "denominator", 0)
    path = tmp_path_factory.mktemp("faulty") / "faulty.xlsx"
    book.save(path)
    return path


REPORT = (
    f"3 things {NOTHING_CHANGED}",
    (
        "'2018-19 Q2'!F7: the denominator is 0 and the numerator is 74. "
        "Type the number of visits due, or leave both empty."
    ),
    "Register!J6: the number of decimals is 9, more than 6. Type 0 to 6.",
    "Targets!E6: the target is '9O', which is not a number. Type digits only, for example 90.",
)


@pytest.mark.parametrize(
    "command",
    [partial(commands.refresh, now=NOW), commands.check, commands.new_quarter],
    ids=["refresh", "check", "new quarter"],
)
def test_a_faulty_file_is_reported_and_stays_as_it_is(
    faulty: Path, tmp_path: Path, command: Callable[[Path], commands.Outcome]
) -> None:
    path = tmp_path / faulty.name
    shutil.copy(faulty, path)
    outcome = command(path)
    assert outcome.lines == REPORT
    assert outcome.code == commands.FINDINGS
    assert path.read_bytes() == faulty.read_bytes()
    assert [one.name for one in tmp_path.iterdir()] == [path.name]


def _opened(path: Path) -> openpyxl.Workbook:
    with warnings.catch_warnings(action="ignore"):  # openpyxl says what it drops
        return openpyxl.load_workbook(path)


def test_a_month_typed_as_a_date_is_read_right_where_dates_count_from_1904(tmp_path: Path) -> None:
    book = small_book()
    book.put("Context inputs", 4, "period", None)
    book.save(tmp_path / "small.xlsx")
    opened = _opened(tmp_path / "small.xlsx")
    opened.epoch = CALENDAR_MAC_1904
    opened["Context inputs"]["B9"].value = dt.date(2018, 9, 1)
    opened.save(tmp_path / "mac.xlsx")
    workbook = ClosedFile(tmp_path / "mac.xlsx")
    assert workbook.date1904
    assert workbook.read(CONTEXT_INPUTS.name).rows[3][0] == dt.datetime(2018, 9, 1)
    assert parse(workbook).observations.get("E2", Month(2018, 9)) is not None


def test_what_excel_users_break_is_told_of_a_file_too(tmp_path: Path) -> None:
    small_book().save(tmp_path / "small.xlsx")
    opened = _opened(tmp_path / "small.xlsx")
    opened["History"].merge_cells("C6:C7")
    opened["2018-19 Q2"]["E6"].value = "=40+12"
    opened["2018-19 Q1"].title = "2018-19 Q4"
    del opened.defined_names["kpiJudged"]
    opened.save(tmp_path / "broken.xlsx")
    outcome = commands.check(tmp_path / "broken.xlsx")

    assert outcome.lines == (
        f"5 things {NOTHING_CHANGED}",
        (
            "Workbook: the name kpiJudged is missing, or does not stand for one cell; it belongs to what the status is "
            "judged on. Undo its deletion (Formulas, Name Manager)."
        ),
        (
            "'2018-19 Q2'!E6: the numerator is the formula =40+12, where a typed number belongs. "
            "Copy the cell and paste it as a value, or type the number."
        ),
        (
            "'2018-19 Q4'!B3: the sheet is named 2018-19 Q4, but its figures are those of 2018/19 Q1. "
            "Rename it to 2018-19 Q1; New quarter makes the sheet of another quarter."
        ),
        (
            "History!C6:C7: these cells are merged, so that it is not clear which row they belong to. "
            "Unmerge them (Home, Merge & Center) and fill every cell."
        ),
        "History!C7: the code is empty beside what is typed. Type a code of the register, or clear the row.",
    )
