"""Rows written to a table arrive as they are, and everything that belongs to the table goes along."""

import datetime as dt
import re
import zipfile
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from file.made import (
    HEADINGS,
    ROWS,
    add_table,
    apply,
    in_sheet,
    make,
    moment,
    part,
    parts,
    raw_members,
    rewritten,
    simple,
    table,
    with_pivot_cache,
)

from xlkpi.workbook.backend import KEEP, AppendRows, Cell, ExcelError, Value, WriteName, WriteTable
from xlkpi.workbook.file import ClosedFile

SHEET = "xl/worksheets/sheet1.xml"
TABLE = "xl/tables/table1.xml"


def rows(count: int) -> list[tuple[Value, ...]]:
    return [(f"A{index}", index, index / 4) for index in range(count)]


def references(xml: str, element: str, attribute: str = "sqref") -> list[str]:
    return re.findall(rf'<{element}\s[^>]*?\b{attribute}="([^"]*)"', xml)


def test_every_kind_of_value_comes_back_as_it_was_written(tmp_path: Path) -> None:
    values: list[Value] = [
        "=SUM(A1)",
        "+44 & <b> \"x\" 'y'",
        " spaces  kept \n\t",
        "control \x01 \r and _x0041_",
        "𝄞 ž",
        True,
        False,
        -5,
        2**53,
        0.1,
        1e300,
        13.600000000000001,
        dt.date(2018, 9, 30),
        moment(2018, 9, 30, 14, 30, 15),
        ExcelError("#N/A"),
        None,
        "",
    ]
    path = simple(tmp_path / "a.xlsx")
    written = [(value, 1, Cell(value)) for value in values]
    apply(path, WriteTable("tblOut", written))
    expected = [moment(2018, 9, 30) if value == dt.date(2018, 9, 30) else value for value in values]
    expected = [None if value == "" else value for value in expected]
    assert [row[0] for row in table(path).rows] == expected
    assert [row[2] for row in table(path).rows] == expected
    assert not table(path).formulas
    sheet = openpyxl.load_workbook(path)["Out"]
    assert sheet["B5"].data_type == "s"
    assert sheet["B17"].is_date


def test_only_the_parts_that_change_are_written_and_a_second_run_writes_nothing(tmp_path: Path) -> None:
    path = simple(tmp_path / "a.xlsx")
    before = raw_members(path)
    plan = [WriteTable("tblOut", rows(5))]
    apply(path, *plan)
    after = raw_members(path)
    changed = {name for name in before if before[name] != after[name]}
    assert changed == {SHEET, TABLE}  # XlsxWriter already asks for a calculation on load
    assert list(before) == list(after)
    content, stamp = path.read_bytes(), path.stat().st_mtime_ns
    apply(path, *plan)
    assert (path.read_bytes(), path.stat().st_mtime_ns) == (content, stamp)


def test_the_same_plan_on_the_same_file_gives_the_same_bytes(tmp_path: Path) -> None:
    first, second = simple(tmp_path / "a.xlsx"), tmp_path / "b.xlsx"
    second.write_bytes(first.read_bytes())
    plan = [WriteTable("tblOut", [(Cell("A", None, "Out!A1"), Cell(1, '0" days"'), dt.date(2018, 1, 1))] * 4)]
    for path in (first, second):
        apply(path, *plan)
    assert first.read_bytes() == second.read_bytes()


@pytest.mark.parametrize("count", [1, 2, 3, 7])
def test_a_table_takes_the_size_of_its_rows(tmp_path: Path, count: int) -> None:
    path = simple(tmp_path / "a.xlsx")
    apply(path, WriteTable("tblOut", rows(count)))
    assert [tuple(row) for row in table(path).rows] == [(f"A{i}", float(i), i / 4) for i in range(count)]
    xml = part(path, TABLE)
    assert references(xml, "table", "ref") == references(xml, "autoFilter", "ref") == [f"B4:D{4 + count}"]


def test_no_rows_leave_one_empty_row(tmp_path: Path) -> None:
    path = simple(tmp_path / "a.xlsx")
    apply(path, WriteTable("tblOut", []))
    assert table(path).rows == [(None, None, None)]
    assert openpyxl.load_workbook(path)["Out"]["B6"].value is None


def test_cells_beside_a_table_and_heights_of_its_rows_stay(tmp_path: Path) -> None:
    def build(book: xlsxwriter.Workbook) -> None:
        sheet = book.add_worksheet("Out")
        add_table(sheet)
        for row in range(4, 9):
            sheet.write(row, 0, f"left {row}")
            sheet.write(row, 5, f"right {row}")
        sheet.set_row(5, 33, None, {"hidden": True})

    path = make(tmp_path / "a.xlsx", build)
    apply(path, WriteTable("tblOut", rows(5)))
    apply(path, WriteTable("tblOut", rows(2)))
    sheet = openpyxl.load_workbook(path)["Out"]
    assert [sheet.cell(row, 1).value for row in range(5, 10)] == [f"left {row}" for row in range(4, 9)]
    assert [sheet.cell(row, 6).value for row in range(5, 10)] == [f"right {row}" for row in range(4, 9)]
    assert (sheet.row_dimensions[6].height, sheet.row_dimensions[6].hidden) == (33, True)


def test_formats_are_kept_and_new_rows_look_like_the_last(tmp_path: Path) -> None:
    def build(book: xlsxwriter.Workbook) -> None:
        sheet = book.add_worksheet("Out")
        add_table(sheet)
        sheet.write(6, 1, "A3", book.add_format({"italic": True, "bg_color": "#F5F7FA"}))

    path = make(tmp_path / "a.xlsx", build)
    apply(path, WriteTable("tblOut", rows(6)))
    sheet = openpyxl.load_workbook(path)["Out"]
    assert [sheet.cell(row, 2).font.italic for row in range(5, 11)] == [False, False, True, True, True, True]
    assert sheet["B10"].fill.fgColor.rgb == "FFF5F7FA"


def test_a_number_format_is_added_once_and_keeps_the_rest_of_the_look(tmp_path: Path) -> None:
    def build(book: xlsxwriter.Workbook) -> None:
        sheet = book.add_worksheet("Out")
        add_table(sheet)
        sheet.write(4, 2, 1, book.add_format({"bold": True, "num_format": "0.00"}))

    path = make(tmp_path / "a.xlsx", build)
    apply(path, WriteTable("tblOut", [("a", Cell(93.4, '0.0"%"'), Cell(0.5, "0%")), ("b", Cell(7, '0" days"'), None)]))
    styles = part(path, "xl/styles.xml")
    cells = openpyxl.load_workbook(path)["Out"]
    assert (cells["C5"].number_format, cells["C5"].font.bold) == ('0.0"%"', True)
    assert (cells["C6"].number_format, cells["D5"].number_format) == ('0" days"', "0%")
    count = int(references(styles, "cellXfs", "count")[0])
    xfs = styles[styles.index("<cellXfs") : styles.index("</cellXfs>")]
    assert xfs.count("<xf ") == count
    apply(path, WriteTable("tblOut", [("a", Cell(1, '0.0"%"'), Cell(0.1, "0%")), ("b", Cell(8, '0" days"'), None)]))
    assert part(path, "xl/styles.xml") == styles


def test_links_go_to_their_places_and_old_links_of_the_rows_go(tmp_path: Path) -> None:
    def build(book: xlsxwriter.Workbook) -> None:
        sheet = book.add_worksheet("Out")
        book.add_worksheet("2018-19 Q2")
        add_table(sheet)
        sheet.write_url("B5", "internal:Out!A1", string="old")
        sheet.write_url("A1", "https://example.org/", string="stays")

    path = make(tmp_path / "a.xlsx", build)
    apply(
        path, WriteTable("tblOut", [(Cell("A & B", None, "'2018-19 Q2'!D22"), 1, 2), ("c", Cell(3, None, "Out!B1"), 4)])
    )
    links = re.findall(r"<hyperlink [^>]*>", part(path, SHEET))
    assert len(links) == 3
    assert '<hyperlink ref="B5" location="\'2018-19 Q2\'!D22" display="A &amp; B"/>' in links
    assert '<hyperlink ref="C6" location="Out!B1"/>' in links
    apply(path, WriteTable("tblOut", rows(2)))
    assert re.findall(r'<hyperlink ref="(\w+)"', part(path, SHEET)) == ["A1"]


def test_new_headings_stand_in_their_cells_and_in_the_table(tmp_path: Path) -> None:
    path = simple(tmp_path / "a.xlsx", style=None)
    headings = ("Code", "Outturn\n2018/19 Q2", "Share & <rest>")
    apply(path, WriteTable("tblOut", rows(2), headings=headings))
    names = re.findall(r'<tableColumn [^>]*?name="([^"]*)"', part(path, TABLE))
    assert names == ["Code", "Outturn_x000a_2018/19 Q2", "Share &amp; &lt;rest&gt;"]
    assert openpyxl.load_workbook(path)["Out"]["C4"].value == "Outturn\n2018/19 Q2"
    assert table(path).headings == ("Code", "Outturn 2018/19 Q2", "Share & <rest>")


def _with_totals(path: Path) -> Path:
    columns = [
        {"header": "Code", "total_string": "All"},
        {"header": "Cases", "total_function": "sum"},
        {"header": "Share"},
    ]
    return simple(path, columns=columns, total_row=True)


@pytest.mark.parametrize("count", [1, 3, 6])
def test_the_totals_row_stays_below_the_last_row(tmp_path: Path, count: int) -> None:
    path = _with_totals(tmp_path / "a.xlsx")
    apply(path, WriteTable("tblOut", rows(count)))
    sheet = openpyxl.load_workbook(path)["Out"]
    total = 5 + count
    assert (sheet.cell(total, 2).value, sheet.cell(total, 3).value) == ("All", "=SUBTOTAL(109,[Cases])")
    assert all(sheet.cell(row, 2).value is None for row in range(total + 1, 15))
    xml = part(path, TABLE)
    assert references(xml, "table", "ref") == [f"B4:D{total}"]
    assert references(xml, "autoFilter", "ref") == [f"B4:D{total - 1}"]
    assert len(table(path).rows) == count


def test_formats_rules_and_lists_reach_to_the_last_row(tmp_path: Path) -> None:
    def build(book: xlsxwriter.Workbook) -> None:
        sheet = book.add_worksheet("Out")
        add_table(sheet)
        bold = book.add_format({"bold": True})
        sheet.conditional_format("C5:C7", {"type": "cell", "criteria": ">", "value": 2, "format": bold})
        sheet.conditional_format("D5:D7", {"type": "data_bar", "data_bar_2010": True})
        sheet.conditional_format("F5:F7", {"type": "cell", "criteria": ">", "value": 2, "format": bold})
        sheet.data_validation("B5:B7", {"validate": "list", "source": "=Out!$B$5:$B$7"})

    path = make(tmp_path / "a.xlsx", build)
    for count in (6, 2):
        apply(path, WriteTable("tblOut", rows(count)))
        xml, last = part(path, SHEET), 4 + count
        assert references(xml, "conditionalFormatting") == [f"C5:C{last}", f"D5:D{last}", "F5:F7"]
        assert re.findall("<xm:sqref>([^<]*)<", xml) == [f"D5:D{last}"]
        assert references(xml, "dataValidation") == [f"B5:B{last}"]
        assert f"<formula1>Out!$B$5:$B${last}</formula1>" in xml


def _sparklines(path: Path) -> Path:
    def build(book: xlsxwriter.Workbook) -> None:
        sheet = book.add_worksheet("Out")
        book.add_worksheet("Trend's")
        add_table(sheet)
        for row in (5, 6, 7):
            sheet.add_sparkline(f"D{row}", {"range": f"'Trend''s'!B{row}:M{row}"})
        sheet.add_sparkline("F1", {"range": "Out!C5:C7"})

    return make(path, build)


def test_the_last_rows_sparkline_is_continued_and_those_of_lost_rows_go(tmp_path: Path) -> None:
    path = _sparklines(tmp_path / "a.xlsx")
    pattern = r"<x14:sparkline><xm:f>([^<]*)</xm:f><xm:sqref>([^<]*)</xm:sqref></x14:sparkline>"
    for count in (5, 2, 4):
        apply(path, WriteTable("tblOut", rows(count)))
        own = [(f"'Trend''s'!B{row}:M{row}", f"D{row}") for row in range(5, 5 + count)]
        assert sorted(re.findall(pattern, part(path, SHEET))) == sorted([*own, (f"Out!C5:C{4 + count}", "F1")])


def _charted(path: Path) -> Path:
    def build(book: xlsxwriter.Workbook) -> None:
        sheet = book.add_worksheet("Out")
        add_table(sheet)
        other = book.add_worksheet("Charts")
        chart = book.add_chart({"type": "column"})
        chart.add_series({"name": "=Out!$C$4", "categories": "=Out!$B$5:$B$7", "values": "=Out!$C$5:$C$7"})
        chart.add_series({"values": "=Out!$D$5:$D$6"})
        other.insert_chart("A1", chart)
        sheet.repeat_rows(3)
        sheet.print_area("A1:E7")
        book.define_name("all_rows", "=Out!$B$5:$D$7")
        book.define_name("whole", "=Out!$B$4:$D$7")
        book.define_name("body", "=Out!$C$5:$C$6")
        book.define_name("first", "=Out!$C$5")
        book.define_name("elsewhere", "=Charts!$C$5:$C$7")

    return make(path, build)


def _names(path: Path) -> dict[str, str]:
    found = re.findall(r'<definedName name="([^"]*)"[^>]*>([^<]*)<', part(path, "xl/workbook.xml"))
    return dict(found)


def test_names_and_charts_that_covered_the_rows_cover_the_new_rows(tmp_path: Path) -> None:
    path = _charted(tmp_path / "a.xlsx")
    for count in (6, 2):
        apply(path, WriteTable("tblOut", rows(count)))
        last = 4 + count
        names = _names(path)
        assert names["all_rows"] == f"Out!$B$5:$D${last}"
        assert names["whole"] == f"Out!$B$4:$D${last}"
        assert names["first"] == "Out!$C$5"
        assert names["elsewhere"] == "Charts!$C$5:$C$7"
        assert names["_xlnm.Print_Area"] == f"Out!$A$1:$E${last}"
        assert names["_xlnm.Print_Titles"] == "Out!$4:$4"
        chart = part(path, "xl/charts/chart1.xml")
        assert f"<c:f>Out!$B$5:$B${last}</c:f>" in chart
        assert f"<c:f>Out!$C$5:$C${last}</c:f>" in chart
        assert "<c:f>Out!$C$4</c:f>" in chart


def test_what_covered_the_rows_above_the_totals_goes_on_doing_so(tmp_path: Path) -> None:
    path = _charted(tmp_path / "a.xlsx")
    apply(path, WriteTable("tblOut", rows(6), tail=1))
    assert _names(path)["body"] == "Out!$C$5:$C$9"
    assert _names(path)["all_rows"] == "Out!$B$5:$D$10"
    assert "<c:f>Out!$D$5:$D$9</c:f>" in part(path, "xl/charts/chart1.xml")


def test_a_chart_remembers_the_points_that_were_written(tmp_path: Path) -> None:
    path = _charted(tmp_path / "a.xlsx")
    written = [("one & <two>", 1, None), ("b", None, 1), ("c", 2.5, 0.5), ("d", ExcelError("#N/A"), 2)]
    apply(path, WriteTable("tblOut", written, headings=("Code", "Visits", "Share")))
    chart = part(path, "xl/charts/chart1.xml")
    texts = re.search(r"\$B\$8</c:f><c:strCache>(.*?)</c:strCache>", chart)
    numbers = re.search(r"\$C\$8</c:f><c:numCache>(.*?)</c:numCache>", chart)
    assert texts
    assert numbers
    assert '<c:ptCount val="4"/>' in texts[1]
    assert re.findall("<c:v>(.*?)</c:v>", texts[1]) == ["one &amp; &lt;two&gt;", "b", "c", "d"]
    assert re.findall('idx="(.)"><c:v>(.*?)</c:v>', numbers[1]) == [("0", "1"), ("2", "2.5")]
    assert "<c:v>Visits</c:v>" in chart


def _formula_column(path: Path, formula: str) -> Path:
    columns = [{"header": "Code"}, {"header": "Cases"}, {"header": "Twice", "formula": formula}]
    return simple(path, columns=columns, rows=[("A1", 1), ("A2", 2), ("A3", 3)])


def test_kept_cells_keep_their_formula_and_new_rows_take_it(tmp_path: Path) -> None:
    path = _formula_column(tmp_path / "a.xlsx", "=tblOut[[#This Row],[Cases]]*2")
    apply(path, WriteTable("tblOut", [(f"A{i}", i, KEEP) for i in range(5)]))
    block = table(path)
    assert dict(block.formulas) == {(i, 2): "tblOut[[#This Row],[Cases]]*2" for i in range(5)}
    assert [row[2] for row in block.rows][3:] == [None, None]


def test_a_formula_that_names_cells_is_filled_down(tmp_path: Path) -> None:
    path = _formula_column(tmp_path / "a.xlsx", "=C5*2")

    def own(name: str, content: bytes) -> bytes:
        if name == SHEET:
            for row in (6, 7):
                old = f'<c r="D{row}"><f>C5*2</f>'.encode()
                assert old in content
                content = content.replace(old, f'<c r="D{row}"><f>C{row}*2</f>'.encode())
        return content

    path = rewritten(path, tmp_path / "b.xlsx", own)
    apply(path, WriteTable("tblOut", [(f"A{i}", i, KEEP) for i in range(5)]))
    assert [table(path).formulas[i, 2] for i in range(5)] == [f"C{5 + i}*2" for i in range(5)]


def test_an_emptied_table_keeps_its_formula_for_the_next_rows(tmp_path: Path) -> None:
    path = _formula_column(tmp_path / "a.xlsx", "=tblOut[[#This Row],[Cases]]*2")
    apply(path, WriteTable("tblOut", []))
    assert list(table(path).formulas) == [(0, 2)]
    apply(path, AppendRows("tblOut", [("A", 1, KEEP), ("B", 2, KEEP)]))
    assert [tuple(row)[:2] for row in table(path).rows] == [("A", 1.0), ("B", 2.0)]
    assert list(table(path).formulas) == [(0, 2), (1, 2)]


def test_the_calculation_chain_goes_only_where_a_formula_came_or_went(tmp_path: Path) -> None:
    chain = (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        '<calcChain xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><c r="D5" i="1"/></calcChain>'
    )

    def with_chain(name: str, content: bytes) -> bytes:
        if name == "[Content_Types].xml":
            kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.calcChain+xml"
            entry = f'<Override PartName="/xl/calcChain.xml" ContentType="{kind}"/></Types>'
            return content.replace(b"</Types>", entry.encode())
        if name == "xl/_rels/workbook.xml.rels":
            kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/calcChain"
            entry = f'<Relationship Id="rId99" Type="{kind}" Target="calcChain.xml"/></Relationships>'
            return content.replace(b"</Relationships>", entry.encode())
        return content

    plain = _formula_column(tmp_path / "a.xlsx", "=tblOut[[#This Row],[Cases]]*2")
    path = rewritten(plain, tmp_path / "b.xlsx", with_chain)
    with zipfile.ZipFile(path, "a") as package:
        package.writestr("xl/calcChain.xml", chain)
    apply(path, WriteTable("tblOut", [("x", 1, KEEP), ("y", 2, KEEP), ("z", 3, KEEP)]))
    assert "xl/calcChain.xml" in parts(path)
    apply(path, WriteTable("tblOut", [("x", 1, KEEP), ("y", 2, KEEP)]))
    assert "xl/calcChain.xml" not in parts(path)
    assert "calcChain" not in part(path, "[Content_Types].xml") + part(path, "xl/_rels/workbook.xml.rels")


def test_rows_are_appended_below_the_last_and_an_only_empty_row_is_filled_first(tmp_path: Path) -> None:
    path = _with_totals(tmp_path / "a.xlsx")
    apply(path, AppendRows("tblOut", [("A4", 40, None)]), AppendRows("tblOut", [("A5", 50, 1)]))
    assert [row[0] for row in table(path).rows] == ["A1", "A2", "A3", "A4", "A5"]
    assert openpyxl.load_workbook(path)["Out"]["B10"].value == "All"
    apply(path, WriteTable("tblOut", []), AppendRows("tblOut", rows(2)), AppendRows("tblOut", []))
    assert [row[0] for row in table(path).rows] == ["A0", "A1"]


def test_a_name_takes_its_value_and_its_format(tmp_path: Path) -> None:
    def build(book: xlsxwriter.Workbook) -> None:
        sheet = book.add_worksheet("Start here")
        sheet.write("C9", "old", book.add_format({"bold": True}))
        book.define_name("kpi_quarter", "='Start here'!$C$9")
        book.define_name("kpi_date", "='Start here'!$C$99")

    path = make(tmp_path / "a.xlsx", build)
    workbook = apply(path, WriteName("kpi_quarter", "2018/19 Q2"), WriteName("KPI_DATE", Cell(43373, "dd/mm/yyyy")))
    found = workbook.read_name("kpi_quarter")
    assert found
    assert found.value == "2018/19 Q2"
    sheet = openpyxl.load_workbook(path)["Start here"]
    assert sheet["C9"].font.bold
    assert sheet["C99"].value == moment(2018, 9, 30)


def test_excel_calculates_a_changed_workbook_when_it_opens_it(tmp_path: Path) -> None:
    quiet = rewritten(
        simple(tmp_path / "a.xlsx"),
        tmp_path / "b.xlsx",
        lambda name, content: content.replace(b' fullCalcOnLoad="1"', b"") if name == "xl/workbook.xml" else content,
    )
    apply(quiet, WriteTable("tblOut", rows(3)))
    assert re.search(r'<calcPr [^>]*fullCalcOnLoad="1"', part(quiet, "xl/workbook.xml"))


def test_two_tables_side_by_side_are_written_in_one_plan(tmp_path: Path) -> None:
    def build(book: xlsxwriter.Workbook) -> None:
        sheet = book.add_worksheet("Out")
        add_table(sheet)
        sheet.add_table(3, 5, 5, 6, {"name": "tblSide", "columns": [{"header": "x"}, {"header": "y"}]})

    path = make(tmp_path / "a.xlsx", build)
    apply(
        path,
        WriteTable("tblOut", rows(5)),
        WriteTable("tblSide", [(i, "s") for i in range(8)]),
        AppendRows("tblOut", rows(1)),
    )
    assert len(table(path).rows) == 6
    assert [row[0] for row in table(path, "tblSide").rows] == [float(i) for i in range(8)]


def test_a_sheet_without_rows_takes_a_value(tmp_path: Path) -> None:
    def build(book: xlsxwriter.Workbook) -> None:
        book.add_worksheet("Empty")
        book.define_name("kpi_cell", "=Empty!$D$4")

    path = make(tmp_path / "a.xlsx", build)
    assert apply(path, WriteName("kpi_cell", "x")).read_name("kpi_cell") is not None
    assert openpyxl.load_workbook(path)["Empty"]["D4"].value == "x"


def test_pivots_that_a_written_table_feeds_are_refreshed_by_excel(tmp_path: Path) -> None:
    path = with_pivot_cache(simple(tmp_path / "a.xlsx"), tmp_path / "b.xlsx", '<worksheetSource name="tblOut"/>')
    before = parts(path)
    apply(path, WriteTable("tblOut", rows(5)))
    cache = part(path, "xl/pivotCache/pivotCacheDefinition1.xml")
    assert cache == before["xl/pivotCache/pivotCacheDefinition1.xml"].decode().replace(
        'createdVersion="6"', 'createdVersion="6" refreshOnLoad="1"'
    )


def test_pivots_fed_by_anything_else_stay(tmp_path: Path) -> None:
    path = with_pivot_cache(
        simple(tmp_path / "a.xlsx"), tmp_path / "b.xlsx", '<worksheetSource ref="H1:I9" sheet="Out"/>'
    )
    apply(path, WriteTable("tblOut", rows(5)))
    assert "refreshOnLoad" not in part(path, "xl/pivotCache/pivotCacheDefinition1.xml")


def test_the_file_reads_its_own_writes_without_being_opened_again(tmp_path: Path) -> None:
    workbook = ClosedFile(simple(tmp_path / "a.xlsx"))
    workbook.apply([WriteTable("tblOut", rows(2))])
    assert len(workbook.read("tblOut").rows) == 2
    workbook.apply([WriteTable("tblOut", rows(4))])
    assert len(workbook.read("tblOut").rows) == 4


def test_prefixes_of_a_link_element_are_put_where_the_format_wants_them(tmp_path: Path) -> None:
    path = rewritten(
        simple(tmp_path / "a.xlsx"),
        tmp_path / "b.xlsx",
        in_sheet("<tableParts", '<pageSetup orientation="landscape"/><tableParts'),
    )
    apply(path, WriteTable("tblOut", [(Cell("A", None, "Out!A1"), 1, 2)]))
    xml = part(path, SHEET)
    order = [xml.index(f"<{element}") for element in ("hyperlinks", "pageMargins", "pageSetup", "tableParts")]
    assert order == sorted(order)
    assert HEADINGS[0] == table(path).headings[0]
    assert len(ROWS) == 3


def test_an_empty_table_grows_with_the_chart_that_waits_for_its_rows(tmp_path: Path) -> None:
    def build(book: xlsxwriter.Workbook) -> None:
        sheet = book.add_worksheet("Out")
        add_table(sheet, rows=[(None, None, None)])
        chart = book.add_chart({"type": "line"})
        chart.add_series({"categories": "=Out!$B$5", "values": "=Out!$C$5:$C$5"})
        sheet.insert_chart("G1", chart)
        book.define_name("codes", "=Out!$B$5:$B$5")
        book.define_name("short", "=Out!$B$5")
        book.define_name("abroad", "=[1]Out!$B$5:$B$5")

    path = make(tmp_path / "a.xlsx", build)
    apply(path, WriteTable("tblOut", rows(4), tail=1))
    chart = part(path, "xl/charts/chart1.xml")
    assert "<c:f>Out!$B$5:$B$7</c:f>" in chart
    assert "<c:f>Out!$C$5:$C$7</c:f>" in chart
    assert _names(path) == {"codes": "Out!$B$5:$B$7", "short": "Out!$B$5:$B$7", "abroad": "[1]Out!$B$5:$B$5"}


def test_rows_beyond_a_thousand_are_written_and_read_alike(tmp_path: Path) -> None:
    path = simple(tmp_path / "a.xlsx")
    many = [(f"A{index % 7}", index, None if index % 3 else 0.5) for index in range(2_500)]
    apply(path, WriteTable("tblOut", many))
    assert [tuple(row) for row in table(path).rows] == [(code, float(number), share) for code, number, share in many]
    apply(path, AppendRows("tblOut", [("last", 1, None)]))
    assert table(path).rows[-1] == ("last", 1.0, None)
    assert len(table(path).rows) == 2_501


def test_a_workbook_without_settings_of_the_calculation_gets_them_where_they_belong(tmp_path: Path) -> None:
    def bare(name: str, content: bytes) -> bytes:
        if name != "xl/workbook.xml":
            return content
        return re.sub(rb"<calcPr[^>]*/>", b"<extLst/>", content)

    for named in (False, True):
        source = _charted(tmp_path / "a.xlsx") if named else simple(tmp_path / "a.xlsx")
        path = rewritten(source, tmp_path / "b.xlsx", bare)
        apply(path, WriteTable("tblOut", rows(5)))
        end = "</definedNames>" if named else "</sheets>"
        assert f'{end}<calcPr fullCalcOnLoad="1"/><extLst/>' in part(path, "xl/workbook.xml")


def test_links_go_before_what_stands_in_a_choice_of_content(tmp_path: Path) -> None:
    space = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    choice = f'<mc:AlternateContent {space}><mc:Choice Requires="x14"><controls/></mc:Choice></mc:AlternateContent>'
    path = rewritten(
        simple(tmp_path / "a.xlsx"),
        tmp_path / "b.xlsx",
        in_sheet("<pageMargins", f"{choice}<X"),
    )
    path = rewritten(path, tmp_path / "c.xlsx", in_sheet("<X", "<drawingX"))
    apply(path, WriteTable("tblOut", [(Cell("A", None, "Out!A1"), 1, 2)]))
    xml = part(path, SHEET)
    assert xml.index("</sheetData>") < xml.index("<hyperlinks") < xml.index("<mc:AlternateContent")


def test_newer_charts_lose_the_points_that_are_stale(tmp_path: Path) -> None:
    data = (
        '<cx:strDim type="cat"><cx:f>Out!$B$5:$B$7</cx:f><cx:lvl ptCount="3"><cx:pt idx="0">A1</cx:pt></cx:lvl></cx:strDim>'
        '<cx:numDim type="val"><cx:f>Other!$B$5:$B$7</cx:f><cx:lvl ptCount="3"><cx:pt idx="0">1</cx:pt></cx:lvl></cx:numDim>'
    )
    chart = f'<cx:chartSpace xmlns:cx="http://schemas.microsoft.com/office/drawing/2014/chartex">{data}</cx:chartSpace>'
    entry = '<Override PartName="/xl/charts/chartEx1.xml" ContentType="application/vnd.ms-office.chartex+xml"/></Types>'

    def change(name: str, content: bytes) -> bytes:
        return content.replace(b"</Types>", entry.encode()) if name == "[Content_Types].xml" else content

    path = rewritten(simple(tmp_path / "a.xlsx"), tmp_path / "b.xlsx", change)
    with zipfile.ZipFile(path, "a") as package:
        package.writestr("xl/charts/chartEx1.xml", chart)
    apply(path, WriteTable("tblOut", rows(5)))
    new = part(path, "xl/charts/chartEx1.xml")
    assert '<cx:strDim type="cat"><cx:f>Out!$B$5:$B$9</cx:f></cx:strDim>' in new
    assert new.count("<cx:lvl") == 1
