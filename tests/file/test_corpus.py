"""Workbooks that Excel wrote and nobody here did: an edit loses nothing."""

import re
import warnings
from pathlib import Path

import openpyxl
import pytest
import python_calamine
from file.made import parts, raw_members
from ooxml_validator import requires_validator, validate_all

from xlkpi.errors import EditRefused
from xlkpi.workbook.backend import KEEP, WriteTable, Written
from xlkpi.workbook.file import ClosedFile
from xlkpi.workbook.ooxml.edit import Edit
from xlkpi.workbook.ooxml.save import read_file, replace_file
from xlkpi.workbook.ooxml.single_cell import write_cell

CORPUS = Path(__file__).resolve().parents[3] / "shared" / "corpus"
BOOKS = sorted(path for path in CORPUS.glob("*.xls[xm]"))
requires_corpus = pytest.mark.skipif(not BOOKS, reason=f"needs the workbooks in {CORPUS}")

#: Parts that an edit of one table or cell may change: its sheet and table, the styles, the settings of the calculation,
#: charts, pivots and other sheets that draw on the table.
MAY_CHANGE = re.compile(
    r"xl/(workbook\.xml|worksheets/sheet\d+\.xml|tables/|styles\.xml|charts/chart\d|pivotCache/)", re.IGNORECASE
)


def edited(source: Path, target: Path) -> list[str]:
    """Copy a workbook, change it where it can be changed, and return what was done."""
    target.write_bytes(source.read_bytes())
    done = []
    for name in ClosedFile(target).tables():
        workbook = ClosedFile(target)
        block = workbook.read(name)
        rows: list[list[Written]] = [
            [KEEP if (index, column) in block.formulas else value for column, value in enumerate(row)]
            for index, row in enumerate(block.rows)
        ]
        for more in ([["new" if value is None else value for value in rows[-1]]], []):
            try:
                workbook.apply([WriteTable(name, [*rows, *more])])
            except EditRefused:
                continue
            done.append(name)
            break
    return done or [first_cell(target)]


def first_cell(path: Path) -> str:
    """Write to the first cell that can be written, and return where it stands."""
    original = read_file(path)
    workbook = ClosedFile(path)
    for sheet in workbook.sheets():
        for row in range(1, 40):
            edit = Edit(workbook._package.archive)
            try:
                write_cell(edit, sheet, row, 2, f"written to row {row}")
            except EditRefused:
                continue
            edit.finish()
            replace_file(original, edit.package.rebuilt(), backup=False)
            return f"{sheet}!B{row}"
    pytest.fail(f"no cell of {path.name} can be written")


@requires_corpus
@pytest.mark.parametrize("source", BOOKS, ids=lambda path: path.stem)
def test_an_edit_loses_nothing(source: Path, tmp_path: Path) -> None:
    target = tmp_path / source.name
    assert edited(source, target)
    before, after = raw_members(source), raw_members(target)
    gone = set(before) - set(after)
    assert gone <= {"xl/calcChain.xml"}
    assert not set(after) - set(before)
    assert [name for name in before if name not in gone] == list(after)
    changed = {name for name in after if before[name] != after[name]}
    allowed = {"[Content_Types].xml", "xl/_rels/workbook.xml.rels"} if gone else set()
    assert {name for name in changed if not MAY_CHANGE.match(name)} <= allowed
    assert changed
    for name in changed:
        same_but_rows(parts(source)[name].decode("utf-8-sig"), parts(target)[name].decode("utf-8-sig"), name)


def same_but_rows(old: str, new: str, name: str) -> None:
    """Check that a changed part has as many of every element as before; a sheet may have other rows and cells."""
    if "calcChain" in old or "Content_Types" in name:
        return
    grown = {"row", "c", "v", "is", "t", "f", "calcPr", "xf", "alignment", "protection"}
    for element in set(re.findall(r"<([\w:.-]+)", old)) - grown:
        if element in {"c:pt", "c:v", "x14:sparkline", "xm:f", "xm:sqref"}:
            continue
        count = [len(re.findall(rf"<{re.escape(element)}[\s/>]", text)) for text in (old, new)]
        assert count[0] == count[1], f"{name}: {element}"


@requires_corpus
@pytest.mark.parametrize("source", BOOKS, ids=lambda path: path.stem)
def test_other_readers_open_the_result_and_a_second_run_changes_nothing(source: Path, tmp_path: Path) -> None:
    target = tmp_path / source.name
    edited(source, target)
    book = python_calamine.CalamineWorkbook.from_path(str(target))
    assert len(book.sheet_names) == len(python_calamine.CalamineWorkbook.from_path(str(source)).sheet_names)
    for sheet in ClosedFile(target).sheets():
        book.get_sheet_by_name(sheet).to_python()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        openpyxl.load_workbook(target).close()
    for name in ClosedFile(target).tables():
        workbook = ClosedFile(target)
        block = workbook.read(name)
        rows = [
            [KEEP if (index, column) in block.formulas else value for column, value in enumerate(row)]
            for index, row in enumerate(block.rows)
        ]
        try:
            workbook.apply([WriteTable(name, rows)])
            written = target.read_bytes()
            ClosedFile(target).apply([WriteTable(name, rows)])
        except EditRefused:
            continue
        assert target.read_bytes() == written


@requires_corpus
@requires_validator
def test_an_edit_makes_no_new_fault(tmp_path: Path) -> None:
    targets = {}
    for source in BOOKS:
        target = tmp_path / source.name
        edited(source, target)
        targets[target] = source
    faults = validate_all(targets)
    known = validate_all([targets[target] for target in faults])
    new = {
        target.name: found
        for target, errors in faults.items()
        if (
            found := [
                error
                for error in errors
                if _without_place(error) not in map(_without_place, known.get(targets[target], []))
            ]
        )
    }
    assert new == {}


def _without_place(error: str) -> str:
    """Return a fault without the numbers that say where it stands."""
    return re.sub(r"\[\d+\]", "", error)
