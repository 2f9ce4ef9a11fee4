"""What is read from a closed file is what Excel shows."""

import datetime as dt
import re
from pathlib import Path

import pytest
import xlsxwriter
from file.made import add_table, make, merged, moment, rewritten, simple, table

from xlkpi.errors import FileUnusable
from xlkpi.workbook.backend import ExcelError, NamedCell, WriteTable
from xlkpi.workbook.file import ClosedFile


def test_a_table_is_read_where_it_stands_with_its_headings_and_numbers_as_floats(tmp_path: Path) -> None:
    block = table(simple(tmp_path / "a.xlsx"))
    assert (block.sheet, block.table, block.top, block.left) == ("Out", "tblOut", 5, 2)
    assert block.headings == ("Code", "Cases", "Share")
    assert [tuple(row) for row in block.rows] == [("A1", 10.0, 0.5), ("A2", 20.0, 0.25), ("A3", 30.0, 0.125)]
    assert block.address(0, 1) == "Out!C5"


def test_tables_and_names_are_found_without_regard_to_case(tmp_path: Path) -> None:
    workbook = ClosedFile(simple(tmp_path / "a.xlsx"))
    assert workbook.tables() == {"tblOut": "Out"}
    assert workbook.read("TBLOUT").table == "tblOut"
    with pytest.raises(KeyError):
        workbook.read("tblMissing")


@pytest.mark.parametrize("height", [3, 1_200])
def test_only_the_wanted_columns_are_read_and_their_formulas_seen(height: int, tmp_path: Path) -> None:
    def build(book: xlsxwriter.Workbook) -> None:
        sheet = book.add_worksheet("Out")
        sheet.add_table(
            0, 0, height, 2, {"name": "tblOut", "columns": [{"header": head} for head in ("Code", "Typed", "Worked")]}
        )
        for row in range(1, height + 1):
            sheet.write_string(row, 0, f"A{row}")
            sheet.write_formula(row, 1, f"1+{row}", None, 1 + row)
            sheet.write_formula(row, 2, "2*3", None, 6)

    workbook = ClosedFile(make(tmp_path / "a.xlsx", build))
    block, whole = workbook.read("tblOut", ["code", "Typed"]), workbook.read("tblOut")
    assert block.headings == whole.headings == ("Code", "Typed", "Worked")
    assert tuple(block.rows[-1]) == (f"A{height}", float(1 + height), None)
    assert tuple(whole.rows[-1]) == (f"A{height}", float(1 + height), 6.0)
    assert dict(block.formulas) == {key: text for key, text in whole.formulas.items() if key[1] == 1}
    assert block.formulas[0, 1] == "1+1"


def test_the_totals_row_is_not_read(tmp_path: Path) -> None:
    path = simple(tmp_path / "a.xlsx", total_row=True)
    assert len(table(path).rows) == 3


def test_every_kind_of_value_keeps_its_type(tmp_path: Path) -> None:
    def build(book: xlsxwriter.Workbook) -> None:
        sheet = book.add_worksheet("Out")
        day, stamp, hour = (
            book.add_format({"num_format": code}) for code in ("dd/mm/yyyy", "dd mmm yy hh:mm", "[h]:mm")
        )
        bold = book.add_format({"bold": True})
        sheet.write_boolean(0, 0, boolean=True)
        sheet.write_datetime(1, 0, moment(2018, 9, 30), day)
        sheet.write_datetime(2, 0, moment(2018, 9, 30, 14, 30), stamp)
        sheet.write_number(3, 0, 1.5, hour)
        sheet.write_formula(4, 0, "=NA()", None, "#N/A")
        sheet.write_formula(5, 0, '="a"&CHAR(10)&"b"', None, "a\nb")
        sheet.write_formula(6, 0, '=""', None, "")
        sheet.write_rich_string(7, 0, "plain ", bold, "bold & <so>")
        sheet.write_string(8, 0, "tab\x01 _x0041_")
        sheet.write_formula(9, 0, "=1=1", None, value=True)
        sheet.add_table(0, 0, 9, 0, {"name": "tblOut", "header_row": False})

    rows = table(make(tmp_path / "a.xlsx", build)).rows
    assert [row[0] for row in rows] == [
        True,
        moment(2018, 9, 30),
        moment(2018, 9, 30, 14, 30),
        1.5,
        ExcelError("#N/A"),
        "a\nb",
        None,
        "plain bold & <so>",
        "tab\x01 _x0041_",
        True,
    ]


def test_dates_of_a_1904_workbook_are_the_days_that_it_shows(tmp_path: Path) -> None:
    def build(book: xlsxwriter.Workbook) -> None:
        sheet = book.add_worksheet("Out")
        sheet.write_datetime(1, 0, moment(2018, 9, 30), book.add_format({"num_format": "dd/mm/yyyy"}))
        sheet.add_table(0, 0, 1, 0, {"name": "tblOut", "columns": [{"header": "Day"}]})

    workbook = ClosedFile(make(tmp_path / "a.xlsx", build, date_1904=True))
    assert workbook.date1904
    assert workbook.read("tblOut").rows[0][0] == moment(2018, 9, 30)


def test_blank_rows_and_columns_before_and_inside_a_table_do_not_shift_it(tmp_path: Path) -> None:
    def build(book: xlsxwriter.Workbook) -> None:
        sheet = book.add_worksheet("Out")
        sheet.add_table(9, 4, 13, 6, {"name": "tblOut", "columns": [{"header": name} for name in "abc"]})
        sheet.write(12, 5, 7)

    block = table(make(tmp_path / "a.xlsx", build))
    assert [tuple(row) for row in block.rows] == [(None,) * 3, (None,) * 3, (None, 7.0, None), (None,) * 3]
    assert block.address(2, 1) == "Out!F13"


def test_line_breaks_in_headings_become_spaces(tmp_path: Path) -> None:
    path = simple(tmp_path / "a.xlsx", columns=[{"header": "Outturn\n2018/19 Q2"}, {"header": "b"}, {"header": "c"}])
    assert table(path).headings[0] == "Outturn 2018/19 Q2"


def test_formulas_are_told_by_row_and_column_also_where_excel_wrote_one_for_many_cells(tmp_path: Path) -> None:
    def build(book: xlsxwriter.Workbook) -> None:
        sheet = book.add_worksheet("Out")
        add_table(sheet)
        for row in (5, 6, 7):
            sheet.write_formula(row - 1, 3, f'=C{row}*$C$5&"<"', None, "x")

    def share(name: str, content: bytes) -> bytes:
        if name != "xl/worksheets/sheet1.xml":
            return content
        content = content.replace(b"<f>C5*", b'<f t="shared" ref="D5:D7" si="0">C5*')
        for row in (b"6", b"7"):
            content = content.replace(b'<f>C%s*$C$5&amp;"&lt;"</f>' % row, b'<f t="shared" si="0"/>')
        return content

    path = rewritten(make(tmp_path / "a.xlsx", build), tmp_path / "b.xlsx", share)
    block = table(path)
    assert dict(block.formulas) == {(row, 2): f'C{row + 5}*$C$5&"<"' for row in range(3)}
    assert (1, 2) in block.formulas
    assert (1, 1) not in block.formulas
    assert block.rows[1][2] == "x"


def test_merged_areas_that_touch_the_table_are_told(tmp_path: Path) -> None:
    path = rewritten(simple(tmp_path / "a.xlsx"), tmp_path / "b.xlsx", merged("F1:G2", "D7:E9"))
    assert table(path).merged == ("D7:E9",)


def test_a_name_stands_for_its_cell_or_for_nothing(tmp_path: Path) -> None:
    def build(book: xlsxwriter.Workbook) -> None:
        sheet = book.add_worksheet("Ann's sheet")
        sheet.write("C9", "2018/19 Q2")
        book.define_name("kpi_quarter", "='Ann''s sheet'!$C$9")
        book.define_name("kpi_area", "='Ann''s sheet'!$C$9:$C$10")
        book.define_name("kpi_sum", "=1+1")

    workbook = ClosedFile(make(tmp_path / "a.xlsx", build))
    assert workbook.read_name("KPI_quarter") == NamedCell("'Ann''s sheet'!C9", "2018/19 Q2")
    assert [workbook.read_name(name) for name in ("kpi_area", "kpi_sum", "kpi_none")] == [None, None, None]


def _prefixed(name: str, content: bytes) -> bytes:
    """Return a sheet as the Open XML SDK writes it: a prefix before every element."""
    if not name.startswith("xl/worksheets/sheet"):
        return content
    text = content.decode()
    head, root, rest = text.partition("<worksheet xmlns=")
    rest = root.replace("<worksheet xmlns=", "<x:worksheet xmlns:x=") + rest
    declared = rest.index(">")
    body = rest[declared:].replace("</", "\0").replace("<", "<x:").replace("\0", "</x:")
    return (head + rest[:declared] + body).encode()


def _indented(name: str, content: bytes) -> bytes:
    """Return a sheet as a program writes it that indents its XML."""
    if not name.startswith("xl/worksheets/sheet"):
        return content
    return content.replace(b"<row", b"\n <row").replace(b"<c r", b"\n  <c r").replace(b"<v>", b"\n   <v>")


def _unnumbered(name: str, content: bytes) -> bytes:
    """Return a sheet that leaves out what follows from the order of rows and cells, from A1 on."""
    if not name.startswith("xl/worksheets/sheet"):
        return content
    return re.sub(rb'(<(?:row|c))( r="\w+")', rb"\1", content)


def _utf16(name: str, content: bytes) -> bytes:
    return content.decode().replace("UTF-8", "UTF-16").encode("utf-16") if "sheet1" in name else content


def _single_quoted(name: str, content: bytes) -> bytes:
    return content.replace(b'"', b"'") if name.startswith("xl/worksheets/sheet") else content


def _commented(name: str, content: bytes) -> bytes:
    return content.replace(b"<sheetData>", b"<sheetData><!-- </row> -->") if "sheet1" in name else content


@pytest.mark.parametrize(
    "odd", [_prefixed, _indented, _utf16, _single_quoted, _commented], ids=lambda odd: odd.__name__
)
def test_what_other_programs_write_is_read_and_written_alike(tmp_path: Path, odd: object) -> None:
    path = rewritten(simple(tmp_path / "a.xlsx"), tmp_path / "b.xlsx", odd)  # type: ignore[arg-type]
    workbook = ClosedFile(path)
    block = workbook.read("tblOut")
    assert [tuple(row) for row in block.rows] == [("A1", 10.0, 0.5), ("A2", 20.0, 0.25), ("A3", 30.0, 0.125)]
    workbook.apply([WriteTable("tblOut", [("x", 1, None), *block.rows])])
    assert [row[0] for row in table(path).rows] == ["x", "A1", "A2", "A3"]


def test_rows_and_cells_without_numbers_follow_one_another(tmp_path: Path) -> None:
    def build(book: xlsxwriter.Workbook) -> None:
        sheet = book.add_worksheet("Out")
        for row in range(2):
            sheet.write_row(row + 1, 0, [row, "x"])
        sheet.add_table(0, 0, 2, 1, {"name": "tblOut", "columns": [{"header": name} for name in "ab"]})

    path = rewritten(make(tmp_path / "a.xlsx", build), tmp_path / "b.xlsx", _unnumbered)
    assert [tuple(row) for row in table(path).rows] == [(0.0, "x"), (1.0, "x")]
    ClosedFile(path).apply([WriteTable("tblOut", [("y", 1), ("z", None), (True, 2)])])
    assert [tuple(row) for row in table(path).rows] == [("y", 1.0), ("z", None), (True, 2.0)]


def test_a_long_table_is_read_the_same_by_columns_as_cell_by_cell(tmp_path: Path) -> None:
    many = 1_500

    def build(book: xlsxwriter.Workbook) -> None:
        sheet = book.add_worksheet("Out")
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        for row in range(many):
            sheet.write(row + 3, 0, "left")
            sheet.write(row + 3, 1, f"A{row}")
            if row % 3:
                sheet.write(row + 3, 2, row * 0.5)
            sheet.write_formula(row + 3, 3, "=1/0" if row % 5 == 0 else "=1", None, "#DIV/0!" if row % 5 == 0 else 1)
            sheet.write_datetime(row + 3, 4, moment(2018, 1, 1) + dt.timedelta(days=row), day)
            sheet.write(row + 3, 6, "right")
        columns = [{"header": name} for name in "abcd"]
        sheet.add_table(2, 1, many + 2, 4, {"name": "tblOut", "columns": columns})

    block = table(make(tmp_path / "a.xlsx", build))
    assert len(block.rows) == many
    assert len(block.formulas) == many
    for row in range(many):
        assert tuple(block.rows[row]) == (
            f"A{row}",
            row * 0.5 if row % 3 else None,
            ExcelError("#DIV/0!") if row % 5 == 0 else 1.0,
            moment(2018, 1, 1) + dt.timedelta(days=row),
        )


def test_shared_texts_are_read_however_they_are_written(tmp_path: Path) -> None:
    path = simple(tmp_path / "a.xlsx")
    reading_aid = "<si><r><t>A</t></r><rPh sb='0' eb='1'><t>skip</t></rPh><r><t xml:space='preserve'>1 </t></r></si>"
    for old, new in (
        ("<si><t>A1</t></si>", reading_aid.replace("'", '"')),
        ("<si><t>A1</t></si>", "<si>\n <t>A1 </t>\n</si>"),
        ("<si><t>A1</t></si>", '<si xml:space="preserve"><t>A1 </t></si>'),
        ("<si><t>A1</t></si>", "<si><t><![CDATA[A1 ]]></t></si>"),
    ):

        def change(name: str, content: bytes, old: str = old, new: str = new) -> bytes:
            return content.replace(old.encode(), new.encode()) if name == "xl/sharedStrings.xml" else content

        assert [row[0] for row in table(rewritten(path, tmp_path / "b.xlsx", change)).rows] == ["A1 ", "A2", "A3"]


def long_table(path: Path) -> Path:
    def build(book: xlsxwriter.Workbook) -> None:
        sheet = book.add_worksheet("Out")
        for row in range(8_000):
            sheet.write_row(row + 1, 0, [f"Zoë {row}", row])
        sheet.add_table(0, 0, 8_000, 1, {"name": "tblOut", "columns": [{"header": name} for name in "ab"]})

    return make(path, build)


@pytest.mark.parametrize(
    "odd", [_prefixed, _indented, _utf16, _single_quoted, _commented], ids=lambda odd: odd.__name__
)
def test_large_sheets_of_other_programs_are_read_alike(tmp_path: Path, odd: object) -> None:
    path = rewritten(long_table(tmp_path / "a.xlsx"), tmp_path / "b.xlsx", odd)  # type: ignore[arg-type]
    rows = table(path).rows
    assert len(rows) == 8_000
    assert [tuple(rows[row]) for row in (0, 4_000, 7_999)] == [(f"Zoë {row}", row) for row in (0, 4_000, 7_999)]


def test_a_large_sheet_with_a_comment_in_the_middle_says_what_to_do(tmp_path: Path) -> None:
    def commented(name: str, content: bytes) -> bytes:
        return content.replace(b'<row r="7000"', b'<!-- half way --><row r="7000"') if "sheet1" in name else content

    path = rewritten(long_table(tmp_path / "a.xlsx"), tmp_path / "b.xlsx", commented)
    with pytest.raises(FileUnusable, match="Open the workbook in Excel, save it, and try again"):
        table(path)
