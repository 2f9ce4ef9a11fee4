"""Deleted output sheets come back with a refresh: as the template draws them, filled, and nothing of the analyst's lost."""

from __future__ import annotations

import datetime as dt
import re
import shutil
import warnings
import zipfile
from collections.abc import Sequence
from pathlib import Path

import openpyxl
import pytest
from deleted import delete_sheets, drop_name, to_range
from live.calc import all_recalculated
from live.engine.books import marks
from ooxml_validator import requires_validator, validate_all

from xlkpi import commands
from xlkpi.template.builder import build
from xlkpi.template.content import Content
from xlkpi.workbook import layout
from xlkpi.workbook.file import ClosedFile
from xlkpi.workbook.layout import Name
from xlkpi.workbook.ooxml.archive import Archive
from xlkpi.workbook.ooxml.book import Book
from xlkpi.workbook.ooxml.package import Package

EXAMPLE = Path(__file__).parents[2] / "workbooks" / "dcst-2018-19-q2.xlsx"
NOW = dt.datetime(2018, 11, 5, 9, 42)
ALL = tuple(layout.PUT_BACK)
_LOOKS = ("font", "fill", "border", "alignment", "number_format", "protection", "style")


@pytest.fixture(scope="module")
def untouched(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the worked example, refreshed."""
    path = Path(shutil.copy(EXAMPLE, tmp_path_factory.mktemp("untouched") / "untouched.xlsx"))
    assert commands.refresh(path, NOW).code == 0
    return path


@pytest.fixture(scope="module")
def restored(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, ...], Path]:
    """Return the worked example refreshed after each sheet, and all of them, had been deleted."""
    folder, found = tmp_path_factory.mktemp("restored"), {}
    for gone in [*((sheet,) for sheet in ALL), ALL]:
        path = Path(shutil.copy(EXAMPLE, folder / f"{'all' if gone == ALL else gone[0]}.xlsx"))
        delete_sheets(path, *gone)
        outcome = commands.refresh(path, NOW)
        assert outcome.code == 0, outcome.lines
        assert _put(outcome.lines) == [f"Put the sheet {sheet} back." for sheet in gone]
        found[gone] = path
    return found


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return Path(shutil.copy(EXAMPLE, tmp_path / "book.xlsx"))


def _loaded(path: Path, **options: bool) -> openpyxl.Workbook:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it knows no sparklines
        return openpyxl.load_workbook(path, **options)


def _put(lines: Sequence[str]) -> list[str]:
    return [line for line in lines if line.startswith("Put ")]


def _tables(path: Path, names: Sequence[str] = layout.OUTPUTS) -> dict[str, object]:
    workbook = ClosedFile(path)
    blocks = {name: workbook.read(name) for name in names}
    return {name: (block.sheet, block.headings, [*map(tuple, block.rows)]) for name, block in blocks.items()}


def _text(path: Path, sheet: str) -> str:
    package = Package(Archive(path.read_bytes()))
    return package.text(Book(package).worksheets()[sheet])


@pytest.mark.parametrize(
    "gone", [*((sheet,) for sheet in ALL), ALL], ids=lambda gone: "all" if gone == ALL else gone[0]
)
def test_everything_is_as_after_an_untouched_refresh(
    gone: tuple[str, ...], untouched: Path, restored: dict[tuple[str, ...], Path]
) -> None:
    path = restored[gone]
    others = [name for name in layout.OUTPUTS if name != layout.LOG_TABLE.name]
    assert _tables(path, others) == _tables(untouched, others)
    now, before = ClosedFile(path), ClosedFile(untouched)
    log = before.read(layout.LOG_TABLE.name).rows
    assert now.read(layout.LOG_TABLE.name).rows == (log[-1:] if layout.LOG in gone else log)
    assert now.sheets() == before.sheets()
    for sheet in now.sheets():
        assert now.formulas(sheet) == before.formulas(sheet), sheet
    for name in before.names():
        assert now.read_name(name) == before.read_name(name), name
    assert _names(path) == _names(untouched)


def _names(path: Path) -> dict[tuple[str, int | None], str]:
    """Return what every name stands for, with the position of the sheet it belongs to."""
    return {(name.name, name.scope): name.formula for name in Book(Package(Archive(path.read_bytes()))).names()}


@pytest.mark.parametrize("sheet", ALL)
def test_a_sheet_is_drawn_as_the_template_draws_it(
    sheet: str, untouched: Path, restored: dict[tuple[str, ...], Path]
) -> None:
    drawn = [_loaded(path)[sheet] for path in (untouched, restored[sheet,])]
    was, now = (_look(one) for one in drawn)
    assert now == was
    assert _outside_cells(restored[sheet,], sheet) == _outside_cells(untouched, sheet)
    assert _drawings(restored[sheet,], sheet) == _drawings(untouched, sheet)


def _look(sheet: object) -> dict[str, object]:
    """Return how a sheet looks: each cell's format as it is resolved, widths, heights, tints, panes, print set-up."""
    assert isinstance(sheet, openpyxl.worksheet.worksheet.Worksheet)
    last = 6 if sheet.title == layout.LOG else sheet.max_row  # the log has more lines where it was not deleted
    cells = {
        cell.coordinate: tuple(repr(getattr(cell, name)) for name in _LOOKS)
        for row in sheet.iter_rows(max_row=last)
        for cell in row
    }
    rules = [
        (str(area.sqref), [(rule.formula, rule.priority, _tint(rule.dxf)) for rule in area.rules])
        for area in sheet.conditional_formatting
    ]
    return {
        "cells": cells,
        "rules": rules,
        "widths": {letter: column.width for letter, column in sheet.column_dimensions.items()},
        "heights": {row: sheet.row_dimensions[row].height for row in range(1, last + 1)},
        "panes": (sheet.freeze_panes, sheet.sheet_view.showGridLines, repr(sheet.sheet_properties.tabColor)),
        "print": (repr(sheet.page_setup), sheet.print_title_rows, sheet.print_area, sheet.oddFooter.left.text),
    }


def _tint(found: object) -> object:
    assert isinstance(found, openpyxl.styles.differential.DifferentialStyle)
    number = found.numFmt.formatCode if found.numFmt else None
    return repr((found.font, found.fill, found.border, number))


def _outside_cells(path: Path, sheet: str) -> str:
    """Return what stands below the rows: filters, rules, lists, sparklines, with the numbers of looks left out."""
    text = _text(path, sheet)
    return re.sub(r'\sdxfId="\d+"', "", text[text.index("</sheetData>") :])


def _drawings(path: Path, sheet: str) -> list[str]:
    """Return charts, pivot tables and their frames, wherever they stand in the file."""
    package = Package(Archive(path.read_bytes()))
    found, parts = [], [Book(package).worksheets()[sheet]]
    for part in parts:
        parts += [one.target for one in package.relationships(part)]
    number = re.compile(r'(<table\s[^>]*?\sid=")\d+|(\scacheId=")\d+')
    found += [number.sub(r"\1\2", package.text(part)) for part in parts[1:]]
    if sheet == layout.LOG:
        found = [re.sub(r'\sref="[^"]*"', "", one) for one in found]
    return found


@requires_validator
def test_the_files_are_valid(restored: dict[tuple[str, ...], Path]) -> None:
    some = [(layout.SUMMARY,), (layout.TRENDS,), ALL]
    assert validate_all(restored[gone] for gone in some) == {}


@pytest.mark.live
class TestInCalc:
    pytestmark = marks()

    def test_formulas_come_to_the_same(
        self, untouched: Path, restored: dict[tuple[str, ...], Path], tmp_path: Path
    ) -> None:
        wanted = [untouched, restored[ALL], restored[layout.RESULTS,], restored[layout.TRENDS,]]
        before, *after = [_loaded(path, data_only=True) for path in all_recalculated(wanted, tmp_path)]
        own = (layout.START, layout.RESULTS, layout.INDICATOR, layout.WHAT_IF)
        for workbook in after:
            for sheet in own:
                assert _values(workbook[sheet]) == _values(before[sheet])
        assert before[layout.INDICATOR]["B2"].value != layout.INDICATOR


def _values(sheet: object) -> list[tuple[object, ...]]:
    assert isinstance(sheet, openpyxl.worksheet.worksheet.Worksheet)
    return list(sheet.iter_rows(values_only=True))


def test_a_second_refresh_puts_nothing_back(restored: dict[tuple[str, ...], Path], tmp_path: Path) -> None:
    path = Path(shutil.copy(restored[ALL], tmp_path / "again.xlsx"))
    before, parts = _tables(path), _members(path)
    assert _put(commands.refresh(path, NOW).lines) == []
    log = layout.LOG_TABLE.name
    after = _tables(path)
    assert {**after, log: None} == {**before, log: None}
    changed = {name for name, content in _members(path).items() if parts[name] != content}
    sheet = Book(Package(Archive(path.read_bytes())))
    assert changed == {sheet.worksheets()[layout.LOG], sheet.tables()[log.lower()].part}


def _members(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as package:
        return {name: package.read(name) for name in package.namelist()}


def test_undo_brings_back_the_workbook_without_the_sheet(book: Path) -> None:
    delete_sheets(book, layout.SUMMARY)
    before = book.read_bytes()
    commands.refresh(book, NOW)
    after = book.read_bytes()
    assert layout.SUMMARY in ClosedFile(book).sheets()
    assert commands.undo_refresh(book).code == 0
    assert book.read_bytes() == before
    assert commands.undo_refresh(book).code == 0
    assert book.read_bytes() == after


@pytest.mark.parametrize("sheet", [layout.SUMMARY, layout.TRENDS, layout.INDICATOR])
def test_a_sheet_of_ones_own_with_the_name_stays(sheet: str, book: Path, untouched: Path) -> None:
    delete_sheets(book, sheet)
    _add_sheet(book, sheet, "mine")
    mine = _text(book, sheet)
    outcome = commands.refresh(book, NOW)
    new = f"{sheet} (2)"
    assert _put(outcome.lines) == [f"Put the sheet {sheet} back as '{new}', for another sheet has its name."]
    assert _text(book, sheet) == mine
    workbook, before = ClosedFile(book), ClosedFile(untouched)
    assert workbook.sheets() == [one for name in before.sheets() for one in ([new] if name == sheet else [name])] + [
        sheet
    ]
    for name in before.sheets():
        here = workbook.formulas(new if name == sheet else name)
        wanted = {at: formula.replace(f"{sheet}!", f"'{new}'!") for at, formula in before.formulas(name).items()}
        assert here == wanted, name
    charts = "".join(_drawings(book, new))
    assert f"<c:f>{sheet}!" not in charts
    if sheet == layout.TRENDS:
        assert f"<xm:f>'{new}'!E7:P7</xm:f>" in _text(book, layout.RESULTS)


def _add_sheet(path: Path, name: str, text: str) -> None:
    """Add a sheet behind the others that holds one text."""
    package = Package(Archive(path.read_bytes()))
    book = Book(package)
    part = package.unused("xl/worksheets/sheet{}.xml")
    content = (
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1"><c r="A1" '
        f't="inlineStr"><is><t>{text}</t></is></c></row></sheetData></worksheet>'
    )
    kind = package.content_type(book.worksheets()[layout.START])
    package.add(part, [content.encode()], kind)
    book.insert_sheet(name, part, after=list(book.worksheets())[-1])
    path.write_bytes(package.rebuilt())


def test_a_table_that_became_a_range_gets_a_new_sheet_beside_the_old(book: Path) -> None:
    to_range(book, layout.RESULTS_TABLE.name)
    before, old = ClosedFile(book).formulas(layout.INDICATOR), _text(book, layout.RESULTS)
    assert any("Results!$B$6" in formula for formula in before.values())
    outcome = commands.refresh(book, NOW)
    assert _put(outcome.lines) == ["Put the sheet Results back as 'Results (2)', for another sheet has its name."]
    assert _text(book, layout.RESULTS) == old
    workbook = ClosedFile(book)
    assert workbook.tables()[layout.RESULTS_TABLE.name] == "Results (2)"
    assert all("Results!" not in formula for formula in workbook.formulas(layout.INDICATOR).values())
    codes = next(name for name in Book(Package(Archive(book.read_bytes()))).names() if name.name == "kpiCodes")
    assert codes.formula.startswith("'Results (2)'!$B$6:$B$")
    assert outcome.code == 0


@pytest.mark.parametrize(("name", "where"), [("kpiSubtitleLists", "Lists!B3"), (Name.PICKED, "Indicator!C5")])
def test_a_lost_name_is_given_to_its_cell_again(name: str, where: str, book: Path) -> None:
    drop_name(book, name)
    outcome = commands.refresh(book, NOW)
    assert _put(outcome.lines) == [f"Put the name {name} back: {where}."]
    found = ClosedFile(book).read_name(name)
    assert found is not None
    assert found.where == where


def test_formulas_of_ones_own_that_lost_their_sheet_are_named(book: Path) -> None:
    workbook = _loaded(book)
    own = workbook.create_sheet("Mine")
    own["B2"], own["B3"] = "=#REF!$C$6*2", "=1+1"
    workbook.save(book)
    delete_sheets(book, layout.SUMMARY)
    lines = commands.refresh(book, NOW).lines
    assert "Formulas that lost what they referred to: Mine!B2. Type them again." in lines
    assert ClosedFile(book).formulas("Mine") == {"B2": "#REF!$C$6*2", "B3": "1+1"}


def test_a_formula_of_ours_that_somebody_changed_is_left_and_named(book: Path) -> None:
    delete_sheets(book, layout.RESULTS)
    workbook = ClosedFile(book)
    changed = next(at for at, formula in workbook.formulas(layout.INDICATOR).items() if "#REF!" in formula)
    text = _members(book)
    _replace_formula(book, layout.INDICATOR, changed, "1+#REF!$A$1")
    assert text != _members(book)
    lines = commands.refresh(book, NOW).lines
    assert f"Formulas that lost what they referred to: Indicator!{changed}. Type them again." in lines


def _replace_formula(path: Path, sheet: str, address: str, formula: str) -> None:
    package = Package(Archive(path.read_bytes()))
    part = Book(package).worksheets()[sheet]
    cell = re.compile(rf'(<c r="{address}"[^>]*><f>)[^<]*(</f>)')
    package.put(part, cell.sub(rf"\g<1>{formula}\g<2>", package.text(part)))
    path.write_bytes(package.rebuilt())


def test_a_sheet_can_be_called_otherwise(book: Path) -> None:
    package = Package(Archive(book.read_bytes()))
    workbook = Book(package)
    for part in [workbook.part, *workbook.worksheets().values()]:
        text = package.text(part).replace('name="Trends"', 'name="Verläufe"').replace("Trends!", "Verläufe!")
        package.put(part, text)
    book.write_bytes(package.rebuilt())
    delete_sheets(book, layout.RESULTS, layout.INDICATOR)
    assert commands.refresh(book, NOW).code == 0
    assert "<xm:f>'Verläufe'!E7:P7</xm:f>" in _text(book, layout.RESULTS)
    formulas = ClosedFile(book).formulas(layout.INDICATOR).values()
    assert any("'Verläufe'!" in formula for formula in formulas)
    assert not any("Trends!" in formula for formula in formulas)


def test_a_heading_that_was_changed_is_no_deleted_table(book: Path) -> None:
    package = Package(Archive(book.read_bytes()))
    table = Book(package).tables()[layout.RESULTS_TABLE.name.lower()]
    package.put(table.part, package.text(table.part).replace('name="Movement"', 'name="Moved"'))
    book.write_bytes(package.rebuilt())
    outcome = commands.refresh(book, NOW)
    assert outcome.code == 0
    assert _put(outcome.lines) == []
    assert "Moved" in ClosedFile(book).headings(layout.RESULTS_TABLE.name)


def test_an_input_sheet_is_reported_and_never_drawn(book: Path) -> None:
    delete_sheets(book, "Targets", layout.SUMMARY)
    before = book.read_bytes()
    outcome = commands.refresh(book, NOW)
    assert outcome.code == 1
    assert "the table tblTargets is missing" in outcome.lines[1]
    assert book.read_bytes() == before


def test_a_workbook_with_macros_gets_its_sheet_back(tmp_path: Path) -> None:
    path = Path(shutil.copy(EXAMPLE.with_suffix(".xlsm"), tmp_path))
    before = ClosedFile(path).sheets()
    delete_sheets(path, layout.SUMMARY, layout.TRENDS)
    assert _put(commands.refresh(path, NOW).lines) == ["Put the sheet Summary back.", "Put the sheet Trends back."]
    assert ClosedFile(path).sheets() == before


def test_a_workbook_with_styles_of_its_own_keeps_them(tmp_path: Path, untouched: Path) -> None:
    """Formats are numbered otherwise in a workbook that another program saved."""
    path = tmp_path / "other.xlsx"
    workbook = _loaded(EXAMPLE)
    for sheet in ALL:
        del workbook[sheet]
    for name in list(workbook.defined_names):
        if workbook.defined_names[name].attr_text.strip("'").split("!")[0].strip("'") in ALL:
            del workbook.defined_names[name]
    workbook.save(path)
    assert commands.refresh(path, NOW).code == 0
    for sheet in ALL:
        before, after = (_loaded(one)[sheet] for one in (untouched, path))
        assert _formats(after) == _formats(before), sheet


def _formats(sheet: object) -> dict[str, object]:
    found = _look(sheet)
    cells = found["cells"]
    assert isinstance(cells, dict)
    return {at: look[:5] for at, look in cells.items()}


def test_every_output_table_has_a_sheet_that_is_put_back(tmp_path: Path) -> None:
    path = tmp_path / "blank.xlsx"
    build(path, Content("Ours", commands.EXAMPLE_QUARTER), NOW)
    workbook = ClosedFile(path)
    assert set(layout.OUTPUTS) <= set(layout.PUT_BACK.values())
    assert set(layout.SUBTITLED) - {layout.START} <= set(layout.PUT_BACK)
    for sheet, mark in layout.PUT_BACK.items():
        cell = workbook.read_name(mark)
        assert (workbook.tables().get(mark) or (cell and cell.where.split("!")[0].strip("'"))) == sheet
