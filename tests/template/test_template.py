"""The built workbook holds what the layout says, the same bytes every time, and nothing that a reader would trip over."""

from __future__ import annotations

import datetime as dt
import re
import warnings
import zipfile
from pathlib import Path

import openpyxl
import pytest
from ooxml_validator import requires_validator, validation_errors
from openpyxl.workbook.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from xlkpi.calculate.status import Status
from xlkpi.model.period import Quarter
from xlkpi.template import Content, Worked, build
from xlkpi.template.styles import NAMED
from xlkpi.template.summary import PIVOT_ROW, RIGHT_COLUMN
from xlkpi.workbook import layout
from xlkpi.workbook.backend import Value, column_letters
from xlkpi.workbook.layout import FIRST_ROW, HEADING_ROW, Name, Table, quarter_sheet, quarter_table

NOW = Quarter(2018, 2)
MADE = dt.datetime(2018, 10, 17, 9, 42)  # a cell knows no time zone
QUARTERS = [NOW.shift(-back) for back in range(layout.QUARTER_SHEETS)]
WORKED = Worked("Timeliness of visits", "visits in time ÷ visits due", 74.0, 85.0, 75.0, Status.OUTSIDE.label, 1, 1)

#: One row of each input table by field; what is left out stays empty.
TYPED: dict[str, dict[str, Value]] = {
    "tblRegister": {
        "code": "1.10",
        "title": "Timeliness of visits",
        "section": "Care",
        "kind": "contract",
        "polarity": "higher",
    },
    "tblTargets": {"code": "1.10", "first": "2018/19 Q1", "target": 85, "tolerance": 75},
    "tblHistory": {
        "period": "2016/17 Q1",
        "code": "1.10",
        "numerator": 8,
        "denominator": 10,
        "comment": "=not a formula",
    },
}


def typed_row(table: Table, values: dict[str, Value]) -> list[Value]:
    return [values.get(column.field) for column in table.columns if column.typed]


def filled(*, backwards: bool = False) -> Content:
    tables = {table.name: [typed_row(table, TYPED[table.name])] for table in layout.INPUTS if table.name in TYPED}
    quarters = {quarter: [["1.10", 4144, 5600, None, None, None, "reported"]] for quarter in QUARTERS}
    if backwards:
        tables, quarters = dict(reversed(tables.items())), dict(reversed(quarters.items()))
    return Content("Ann's Trust", NOW, tables, quarters, worked=lambda code, quarter: WORKED)  # noqa: ARG005


def parts(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def same_content(one: Path, other: Path) -> bool:
    """Return whether two workbooks hold the same parts in the same order; another zlib may have packed them otherwise."""
    return list(parts(one).items()) == list(parts(other).items())


def opened(path: Path, *, values: bool = False) -> Workbook:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl says what it would lose if it saved the file
        return openpyxl.load_workbook(path, data_only=values)


@pytest.fixture(scope="module")
def blank(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("blank") / "blank.xlsx"
    build(path, Content("", NOW), MADE)
    return path


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("book") / "book.xlsx"
    build(path, filled(), MADE)
    return path


@pytest.fixture(scope="module")
def sheets(book: Path) -> Workbook:
    return opened(book)


def every_table() -> list[Table]:
    trends = layout.trends_table(layout.TREND_QUARTERS, NOW)
    outputs = [
        layout.RESULTS_TABLE,
        layout.SUMMARY_TABLE,
        layout.LISTS_TABLE,
        layout.CONTEXT_TABLE,
        layout.NARRATIVE_TABLE,
        trends,
    ]
    return [
        *outputs,
        layout.CHECKS_TABLE,
        layout.LOG_TABLE,
        *layout.INPUTS,
        layout.PHRASES,
        *map(quarter_table, QUARTERS),
    ]


def cell(sheet: Worksheet, table: Table, field: str, row: int = FIRST_ROW) -> openpyxl.cell.Cell:
    return sheet.cell(row, table.left + table.index(field))


# Made the same way every time


def test_same_content_gives_same_bytes(book: Path, tmp_path: Path) -> None:
    again = tmp_path / "again.xlsx"
    build(again, filled(backwards=True), MADE)
    assert again.read_bytes() == book.read_bytes()
    assert same_content(again, book)


def test_no_part_says_when_or_by_whom_it_was_made_but_as_told(book: Path) -> None:
    with zipfile.ZipFile(book) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    core = parts(book)["docProps/core.xml"].decode()
    assert set(re.findall(r"\d{4}-\d\d-\d\dT[\d:]+Z", core)) == {"2018-10-17T09:42:00Z"}
    assert "<dc:creator></dc:creator>" in core


@requires_validator
@pytest.mark.parametrize("which", ["blank", "book"])
def test_validator_finds_nothing(which: str, request: pytest.FixtureRequest) -> None:
    assert validation_errors(request.getfixturevalue(which)) == []


# Everything of the layout is there


@pytest.mark.parametrize("table", every_table(), ids=lambda table: table.name)
def test_table_stands_where_the_layout_says(table: Table, sheets: Workbook, blank: Path) -> None:
    for book in (sheets, opened(blank)):
        sheet = book[table.sheet]
        assert table.name in sheet.tables
        area = sheet[sheet.tables[table.name].ref]
        assert area[0][0].row == HEADING_ROW
        assert area[0][0].column == table.left
        assert tuple(one.value for one in area[0]) == table.headings
        assert all(
            sheet.cell(area[-1][0].row + 1, column).value is None
            for column in range(table.left, table.left + len(table.columns))
        )


def test_tabs_stand_in_their_order(sheets: Workbook) -> None:
    read = ["Start", "Results", "Summary", "Lists", "Context", "Narrative", "Trends", "Indicator", "What-if", "Checks"]
    enter = ["Context inputs", "Breakdowns", "Inspections", "History", "Register", "Targets", "Phrases"]
    assert sheets.sheetnames == [
        *read,
        "Explain",
        "Claims",
        "Restatements",
        *map(quarter_sheet, QUARTERS),
        *enter,
        "Log",
    ]
    assert sheets.active is not None
    assert sheets.active.title == "Start"


def test_every_name_is_one_cell(sheets: Workbook) -> None:
    plain = [value for name, value in vars(Name).items() if name.isupper()]
    names = [*plain, *(name(status) for status in Status for name in (Name.count, Name.share))]
    names += [Name.subtitle(sheet) for sheet in layout.SUBTITLED]
    for name in names:
        ((sheet, where),) = sheets.defined_names[name].destinations
        assert sheet in sheets.sheetnames
        assert re.fullmatch(r"\$[A-Z]+\$\d+", where), name


def test_settings_are_those_of_the_content(sheets: Workbook) -> None:
    def value(name: str) -> object:
        ((sheet, where),) = sheets.defined_names[name].destinations
        return sheets[sheet][where].value

    shown = [value(name) for name in (Name.ORGANISATION, Name.QUARTER, Name.JUDGED, Name.BACKUP, Name.PICKED)]
    assert shown == ["Ann's Trust", "2018/19 Q2", layout.JUDGED_EXACT, layout.YES, "1.10"]


# Cells


def test_formulas_remember_what_they_come_to(book: Path) -> None:
    table = quarter_table(NOW)
    sheet = opened(book, values=True)[table.sheet]
    shown = {field: cell(sheet, table, field).value for field in WORKED._fields}
    assert shown == WORKED._asdict()
    assert sheet[layout.QUARTER_CELL].value == NOW.label
    assert sheet["B2"].value == NOW.title
    assert sheet["C3"].value == NOW.dates


def test_targets_remember_their_bands(book: Path) -> None:
    sheet = opened(book, values=True)["Targets"]
    shown = [
        cell(sheet, layout.TARGETS, field).value for field in ("on_from", "on_to", "inside_from", "inside_to", "key")
    ]
    assert shown == [85, 1e300, 75, 1e300, "k:1.10"]


@pytest.mark.parametrize("table", [*layout.INPUTS, quarter_table(NOW)], ids=lambda table: table.name)
def test_worked_columns_are_formulas_and_typed_ones_are_not(table: Table, sheets: Workbook) -> None:
    for column in table.columns:
        is_formula = cell(sheets[table.sheet], table, column.field).data_type == "f"
        assert is_formula == (not column.typed and column.field != "code"), column.heading


def test_typed_text_stays_text(sheets: Workbook) -> None:
    assert cell(sheets["History"], layout.HISTORY, "comment").data_type == "s"
    assert cell(sheets["Register"], layout.REGISTER, "code").number_format == "@"


def test_quarter_sheets_and_the_narrative_are_protected(sheets: Workbook) -> None:
    quarters = set(map(quarter_sheet, QUARTERS))
    assert {sheet.title for sheet in sheets if sheet.protection.sheet} == {*quarters, layout.NARRATIVE}


@pytest.mark.parametrize("table", [quarter_table(NOW), layout.NARRATIVE_TABLE], ids=lambda table: table.name)
def test_only_typed_cells_of_a_protected_sheet_are_open(table: Table, sheets: Workbook) -> None:
    protection = sheets[table.sheet].protection
    assert protection.password is None
    refused = (protection.autoFilter, protection.formatColumns, protection.formatRows)
    assert not any(refused)
    for column in table.columns:
        assert cell(sheets[table.sheet], table, column.field).protection.locked != column.typed, column.heading


@pytest.mark.parametrize("table", [*layout.INPUTS, layout.PHRASES, quarter_table(NOW)], ids=lambda table: table.name)
def test_every_typed_column_explains_itself(table: Table, sheets: Workbook) -> None:
    sheet = sheets[table.sheet]
    for column in table.columns:
        where = cell(sheet, table, column.field).coordinate
        helps = [rule for rule in sheet.data_validations.dataValidation if where in rule.sqref]
        assert len(helps) == column.typed, column.heading
        for rule in helps:
            assert rule.prompt == column.help
            assert rule.type is None or rule.error, column.heading


def test_headings_and_typed_cells_carry_their_own_look(sheets: Workbook) -> None:
    for table in every_table():
        sheet = sheets[table.sheet]
        for column in table.columns:
            heading = cell(sheet, table, column.field, HEADING_ROW)
            assert heading.fill.fgColor.rgb not in (None, "00000000"), (table.name, column.heading)
            is_tinted = cell(sheet, table, column.field).fill.fgColor.rgb == "FFEAF4F9"
            assert is_tinted == column.typed, (table.name, column.heading)


# Reading and printing


def test_every_sheet_prints_one_page_wide_with_its_headings(sheets: Workbook) -> None:
    for sheet in sheets:
        assert sheet.page_setup.paperSize == 9, sheet.title
        upright = sheet.title == "Start"  # a list of blocks, which fits one page so
        assert sheet.page_setup.orientation == ("portrait" if upright else "landscape"), sheet.title
        assert sheet.sheet_properties.pageSetUpPr.fitToPage, sheet.title
        pages = 3 if sheet.title == "Register" else 1  # nobody reads thirty columns on one page
        assert sheet.page_setup.fitToWidth in (None, pages), sheet.title
        assert "&P" in sheet.oddFooter.right.text, sheet.title
        assert not sheet.sheet_view.showGridLines, sheet.title
        if sheet.tables:
            assert sheet.print_title_rows == f"${HEADING_ROW}:${HEADING_ROW}", sheet.title
            assert sheet.freeze_panes.endswith(str(FIRST_ROW)), sheet.title


def test_charts_say_in_words_what_they_show(book: Path) -> None:
    drawings = [text.decode() for name, text in parts(book).items() if name.startswith("xl/drawings/drawing")]
    described = [re.findall(r'<xdr:cNvPr [^>]*descr="([^"]+)"', text) for text in drawings]
    assert len(drawings) == 3
    assert all(len(texts) == 1 and len(texts[0]) > 80 for texts in described)


def test_sparkline_draws_the_same_row_of_the_trends(book: Path) -> None:
    ((where, drawn),) = (
        (where, drawn)
        for text in parts(book).values()
        for drawn, where in re.findall(r"<xm:f>(.*?)</xm:f><xm:sqref>(.*?)</xm:sqref>", text.decode(errors="replace"))
    )
    assert (drawn, where) == ("Trends!E6:P6", "Q6")


def test_summary_has_a_pivot_that_fills_itself_from_results(sheets: Workbook) -> None:
    (pivot,) = sheets["Summary"]._pivots
    assert pivot.cache.refreshOnLoad
    assert pivot.cache.cacheSource.worksheetSource.name == "tblResults"
    assert pivot.location.ref.startswith(f"{column_letters(RIGHT_COLUMN)}{PIVOT_ROW}:")
    fields = [field.name for field in pivot.cache.cacheFields]
    assert tuple(fields) == layout.RESULTS_TABLE.headings
    assert fields[pivot.rowFields[0].x] == "Section"
    assert fields[pivot.colFields[0].x] == "Status"


def test_contents_lead_to_every_sheet_but_the_quarters(sheets: Workbook) -> None:
    start = sheets["Start"]
    links = [one.hyperlink for row in start.iter_rows() for one in row if one.hyperlink]
    targets = {link.location.split("!")[0].strip("'") for link in links}
    quarters = set(map(quarter_sheet, QUARTERS))
    assert targets == set(sheets.sheetnames) - quarters - {"Start"}
    formulas = [one.value for row in start.iter_rows() for one in row if str(one.value).startswith("=HYPERLINK")]
    assert len(formulas) == 1


def test_named_styles_are_there_to_choose(sheets: Workbook) -> None:
    assert set(NAMED) < set(sheets.named_styles)
    table = quarter_table(NOW)
    shown = [cell(sheets[table.sheet], table, field).style for field in ("numerator", "comment", "outturn")]
    assert shown == ["xlkpi typed", "xlkpi typed", "xlkpi worked out"]
    assert sheets["Results"]["B2"].style == "xlkpi title"


def test_start_says_how_many_figures_are_illustrative(tmp_path: Path) -> None:
    rows: dict[Quarter, list[list[Value]]] = {NOW: [["A1", 1, 2, None, None, None, "illustrative"]] * 2}
    path = tmp_path / "book.xlsx"
    build(path, Content("Trust", NOW, {}, rows), MADE)
    texts = [str(one.value) for row in opened(path, values=True)["Start"].iter_rows() for one in row]
    assert any(text.startswith("2 of 2 outturns are illustrative, not reported.") for text in texts)
