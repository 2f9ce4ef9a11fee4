"""Sheets are copied with what belongs to them, and removed where nothing refers to them."""

import re
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from file.made import apply, make, part, parts, rewritten, with_pivot_cache
from ooxml_validator import requires_validator, validation_errors

from xlkpi.errors import EditRefused
from xlkpi.workbook.backend import KEEP, CopySheet, ForgetValues, RemoveSheet, Write, WriteTable
from xlkpi.workbook.file import ClosedFile

COPY = CopySheet("2018-19 Q2", "2018-19 Q3", "tblQ3", {"B1": "2018/19 Q3", "B2": 7})


def quarter(path: Path, *, drawn: bool = False, referred: bool = False) -> Path:
    """Write a workbook with a quarter's sheet between two others."""

    def build(book: xlsxwriter.Workbook) -> None:
        start = book.add_worksheet("Start")
        sheet = book.add_worksheet("2018-19 Q2")
        end = book.add_worksheet("End")
        sheet.write_row("A1", ["Quarter", "2018/19 Q2"])
        sheet.write_formula("C1", "=SUM(tblQ2[n])+SUM('2018-19 Q2'!B5:B6)", None, 3)
        twice = "=tblQ2[[#This Row],[n]]*2"
        columns = [{"header": "code"}, {"header": "n"}, {"header": "twice", "formula": twice}]
        sheet.add_table("A4:C6", {"name": "tblQ2", "columns": columns})
        for row, code in ((5, "A1"), (6, "A2")):
            sheet.write(f"A{row}", code)
            sheet.write(f"B{row}", row)
            sheet.write_formula(f"C{row}", twice, None, 2 * row)
        sheet.conditional_format("B5:B6", {"type": "formula", "criteria": "='2018-19 Q2'!$B$1>1"})
        sheet.data_validation("A5:A6", {"validate": "list", "source": "='2018-19 Q2'!$A$5:$A$6"})
        sheet.write_url("E1", "https://example.org/guide")
        sheet.write_url("E2", "internal:'2018-19 Q2'!A1")
        sheet.repeat_rows(3)
        sheet.print_area("A1:C6")
        sheet.protect("secret")
        sheet.activate()
        end.repeat_rows(0)
        if drawn:
            sheet.write_comment("A5", "why?")
            sheet.insert_chart("G1", _chart(book))
        if referred:
            start.write_formula("A1", "=SUM(tblQ2[n])", None, 1)

    return make(path, build)


def _chart(book: xlsxwriter.Workbook) -> object:
    chart = book.add_chart({"type": "line"})
    chart.add_series({"values": "='2018-19 Q2'!$B$5:$B$6"})
    return chart


def test_a_copy_stands_before_its_source_with_a_table_and_formulas_of_its_own(tmp_path: Path) -> None:
    path = quarter(tmp_path / "a.xlsx")
    workbook = apply(path, COPY, WriteTable("tblQ3", [("B1", 1, KEEP)] * 3))
    assert workbook.sheets() == ["Start", "2018-19 Q3", "2018-19 Q2", "End"]
    assert workbook.tables() == {"tblQ3": "2018-19 Q3", "tblQ2": "2018-19 Q2"}
    block = workbook.read("tblQ3")
    assert [tuple(row) for row in block.rows] == [("B1", 1.0, None)] * 3
    assert set(block.formulas.values()) == {"tblQ3[[#This Row],[n]]*2"}
    book = openpyxl.load_workbook(path)
    sheet = book["2018-19 Q3"]
    assert (sheet["B1"].value, sheet["B2"].value) == ("2018/19 Q3", 7)
    assert sheet["C1"].value == "=SUM(tblQ3[n])+SUM('2018-19 Q3'!B5:B6)"
    assert sheet.protection.sheet
    assert [str(area.sqref) for area in sheet.conditional_formatting] == ["B5:B7"]
    assert sheet.data_validations.dataValidation[0].formula1 == "'2018-19 Q3'!$A$5:$A$7"
    assert sheet["E1"].hyperlink.target == "https://example.org/guide"
    assert sheet["E2"].hyperlink.location == "'2018-19 Q3'!A1"
    assert book["2018-19 Q2"]["C1"].value == "=SUM(tblQ2[n])+SUM('2018-19 Q2'!B5:B6)"


def test_positions_of_sheets_are_right_after_a_copy_and_after_its_removal(tmp_path: Path) -> None:
    path = quarter(tmp_path / "a.xlsx")
    before = part(path, "xl/workbook.xml")
    apply(path, COPY)
    book = openpyxl.load_workbook(path)
    assert book.active.title == "2018-19 Q2"
    assert book["2018-19 Q3"].print_title_rows == book["2018-19 Q2"].print_title_rows == "$4:$4"
    assert book["2018-19 Q3"].print_area == "'2018-19 Q3'!$A$1:$C$6"
    assert book["End"].print_title_rows == "$1:$1"
    assert "<vt:lpstr>2018-19 Q3</vt:lpstr>" in part(path, "docProps/app.xml")
    apply(path, RemoveSheet("2018-19 Q3"))
    assert part(path, "xl/workbook.xml") == before
    assert openpyxl.load_workbook(path).sheetnames == ["Start", "2018-19 Q2", "End"]
    assert not [name for name in parts(path) if "sheet4" in name or "table2" in name]
    assert "2018-19 Q3" not in part(path, "docProps/app.xml")


def test_comments_and_drawings_are_not_copied(tmp_path: Path) -> None:
    path = quarter(tmp_path / "a.xlsx", drawn=True)
    workbook = apply(path, COPY)
    assert workbook.leftovers("tblQ3") == []
    assert workbook.leftovers("tblQ2") == ["a drawing or chart", "a comment or a control", "a comment"]
    xml = part(path, "xl/worksheets/sheet4.xml")
    assert "<drawing" not in xml
    assert "<legacyDrawing" not in xml
    assert "tabSelected" not in xml
    assert part(path, "xl/worksheets/sheet2.xml").count("<drawing") == 1


@requires_validator
def test_a_copy_is_valid(tmp_path: Path) -> None:
    path = quarter(tmp_path / "a.xlsx", drawn=True)
    assert validation_errors(path) == []
    apply(path, COPY, WriteTable("tblQ3", [("B1", 1, KEEP)] * 3), ForgetValues("2018-19 Q2"))
    assert validation_errors(path) == []
    apply(path, RemoveSheet("2018-19 Q3"))
    assert validation_errors(path) == []


def refused(path: Path, write: Write) -> str:
    before = path.read_bytes()
    with pytest.raises(EditRefused) as caught:
        ClosedFile(path).apply([write])
    assert path.read_bytes() == before
    return str(caught.value)


def test_a_sheet_that_something_refers_to_is_not_removed(tmp_path: Path) -> None:
    remove = RemoveSheet("2018-19 Q2")
    assert "the formula in Start!A1" in refused(quarter(tmp_path / "a.xlsx", referred=True), remove)
    assert "a drawing or chart" in refused(quarter(tmp_path / "b.xlsx", drawn=True), remove)

    def named(book: xlsxwriter.Workbook) -> None:
        book.add_worksheet("Start")
        book.add_worksheet("2018-19 Q2")
        book.define_name("kpi_cell", "='2018-19 Q2'!$A$1")

    assert "the name kpi_cell" in refused(make(tmp_path / "c.xlsx", named), remove)

    def charted(book: xlsxwriter.Workbook) -> None:
        start = book.add_worksheet("Start")
        book.add_worksheet("2018-19 Q2")
        start.insert_chart("A1", _chart(book))

    assert "a chart (chart1.xml)" in refused(make(tmp_path / "d.xlsx", charted), remove)

    def listed(book: xlsxwriter.Workbook) -> None:
        start = book.add_worksheet("Start")
        book.add_worksheet("2018-19 Q2")
        start.data_validation("A1", {"validate": "list", "source": "='2018-19 Q2'!$A$5:$A$6"})

    assert "a rule, list or sparkline of the sheet Start" in refused(make(tmp_path / "e.xlsx", listed), remove)
    only = make(tmp_path / "f.xlsx", lambda book: book.add_worksheet("2018-19 Q2"))
    assert "the only sheet" in refused(only, remove)


def test_text_that_looks_like_a_reference_does_not_hold_a_sheet(tmp_path: Path) -> None:
    def build(book: xlsxwriter.Workbook) -> None:
        start = book.add_worksheet("Start")
        book.add_worksheet("2018-19 Q2")
        start.write("A1", "see '2018-19 Q2'!A1")
        start.write_formula("A2", "=\"'2018-19 Q2'!A1\"", None, "x")

    path = make(tmp_path / "a.xlsx", build)
    assert apply(path, RemoveSheet("2018-19 Q2")).sheets() == ["Start"]


def test_names_that_are_taken_or_not_allowed_are_refused(tmp_path: Path) -> None:
    path = quarter(tmp_path / "a.xlsx")
    for sheet, table, words in (
        ("start", "tblQ3", "already a sheet"),
        ("a/b", "tblQ3", "cannot be named"),
        ("x" * 32, "tblQ3", "cannot be named"),
        ("Q3", "TBLq2", "already a table"),
        ("Q3", "Q3", "cannot be named"),
        ("Q3", "my table", "cannot be named"),
    ):
        assert words in refused(path, CopySheet("2018-19 Q2", sheet, table, {}))
    assert "0 tables" in refused(path, CopySheet("End", "Q3", "tblQ3", {}))


def test_leftovers_are_the_cells_beside_and_below_the_table(tmp_path: Path) -> None:
    def build(book: xlsxwriter.Workbook) -> None:
        sheet = book.add_worksheet("Out")
        sheet.add_table("B4:C6", {"name": "tblOut", "columns": [{"header": "a"}, {"header": "b"}]})
        sheet.write("F1", "above is the template's")
        sheet.write("E5", "note")
        sheet.write_blank("E6", None, book.add_format({"bold": True}))
        sheet.write_formula("B9", "=1", None, 1)

    assert ClosedFile(make(tmp_path / "a.xlsx", build)).leftovers("tblOut") == ["E5", "B9"]


def test_remembered_results_are_forgotten_and_nothing_else(tmp_path: Path) -> None:
    path = quarter(tmp_path / "a.xlsx")
    workbook = apply(path, ForgetValues("2018-19 Q2"))
    assert [tuple(row) for row in workbook.read("tblQ2").rows] == [("A1", 5.0, None), ("A2", 6.0, None)]
    assert len(workbook.read("tblQ2").formulas) == 2
    assert not re.search(r"</f><v>", part(path, "xl/worksheets/sheet2.xml"))


def test_a_copy_in_a_macro_workbook_has_no_code_name(tmp_path: Path) -> None:
    def coded(name: str, content: bytes) -> bytes:
        if name != "xl/worksheets/sheet2.xml":
            return content
        return content.replace(
            b"<dimension", b'<sheetPr codeName="Sheet2"><tabColor rgb="FF0B4F6C"/></sheetPr><dimension', 1
        )

    path = rewritten(quarter(tmp_path / "a.xlsx"), tmp_path / "b.xlsx", coded)
    apply(path, COPY)
    xml = part(path, "xl/worksheets/sheet4.xml")
    assert "codeName" not in xml
    assert "<sheetPr><tabColor" in xml


def test_a_sheet_whose_table_feeds_a_pivot_is_not_removed(tmp_path: Path) -> None:
    path = with_pivot_cache(quarter(tmp_path / "a.xlsx"), tmp_path / "b.xlsx", '<worksheetSource name="tblQ2"/>')
    assert "a pivot table (pivotCacheDefinition1.xml)" in refused(path, RemoveSheet("2018-19 Q2"))
