"""A write that would damage what is not ours is refused: the message names the cell, and nothing is changed."""

import math
from collections.abc import Sequence
from pathlib import Path

import pytest
import xlsxwriter
from file.made import add_table, in_sheet, make, merged, moment, rewritten, simple

from xlkpi.errors import EditRefused
from xlkpi.workbook.backend import AppendRows, Cell, ExcelError, Write, WriteName, WriteTable, Written
from xlkpi.workbook.file import ClosedFile

FOUR: Sequence[Sequence[Written]] = [("A", 1, 2)] * 4


def refused(path: Path, *plan: Write) -> str:
    """Return the message with which a plan is refused, after a look that nothing was changed."""
    before, listed = path.read_bytes(), sorted(entry.name for entry in path.parent.iterdir())
    with pytest.raises(EditRefused) as caught:
        ClosedFile(path).apply([WriteTable("tblOut", [("would", 1, 1)]), *plan] if len(plan) == 1 else plan)
    assert path.read_bytes() == before
    assert sorted(entry.name for entry in path.parent.iterdir()) == listed
    return str(caught.value)


def test_a_merged_area_in_the_rows(tmp_path: Path) -> None:
    path = rewritten(simple(tmp_path / "a.xlsx"), tmp_path / "b.xlsx", merged("C6:D6"))
    message = refused(path, WriteTable("tblOut", FOUR))
    assert message == "Out!C6: the merged area C6:D6 touches the table tblOut. Unmerge these cells."


def test_a_value_over_a_formula(tmp_path: Path) -> None:
    def build(book: xlsxwriter.Workbook) -> None:
        sheet = book.add_worksheet("Out")
        add_table(sheet)
        sheet.write_formula("C6", "=1+1", None, 2)

    path = make(tmp_path / "a.xlsx", build)
    plan = [WriteTable("tblOut", [("A", 1, 2), ("A", None, 2)])]
    assert refused(path, *plan, *plan).startswith("Out!C6: the cell holds a formula")


def test_an_array_formula_that_reaches_into_the_rows(tmp_path: Path) -> None:
    def build(book: xlsxwriter.Workbook) -> None:
        sheet = book.add_worksheet("Out")
        add_table(sheet)
        sheet.write_array_formula("F5:G6", "{=B5:C6}")

    path = rewritten(
        make(tmp_path / "a.xlsx", build),
        tmp_path / "b.xlsx",
        in_sheet('ref="F5:G6"', 'ref="D6:G6"'),
    )
    assert refused(path, WriteTable("tblOut", FOUR)).startswith("Out!D6: an array formula reaches into the rows")


def test_content_below_a_growing_table(tmp_path: Path) -> None:
    def build(book: xlsxwriter.Workbook) -> None:
        sheet = book.add_worksheet("Out")
        add_table(sheet)
        sheet.write("A8", "beside is no matter")
        sheet.write("D9", "Source: the case system")

    path = make(tmp_path / "a.xlsx", build)
    ClosedFile(path).apply([WriteTable("tblOut", FOUR)])
    message = refused(path, WriteTable("tblOut", [*FOUR, *FOUR]))
    assert message.startswith("Out!D9: there is content below the table tblOut")
    ClosedFile(path).apply([WriteTable("tblOut", [])])
    assert "D9" in refused(path, AppendRows("tblOut", [*FOUR, *FOUR]), AppendRows("tblOut", FOUR))


def test_another_table_below(tmp_path: Path) -> None:
    def build(book: xlsxwriter.Workbook) -> None:
        sheet = book.add_worksheet("Out")
        add_table(sheet)
        sheet.add_table(9, 3, 11, 5, {"name": "tblLow", "columns": [{"header": name} for name in "xyz"]})

    message = refused(make(tmp_path / "a.xlsx", build), WriteTable("tblOut", [*FOUR, *FOUR]))
    assert message.startswith("Out!D10: the table tblLow is in the way of the table tblOut, which needs 8 rows")


def test_rows_and_headings_that_do_not_fit(tmp_path: Path) -> None:
    path = simple(tmp_path / "a.xlsx")
    message = refused(path, WriteTable("tblOut", [("A", 1)]))
    assert message.startswith("Out!B4: the table tblOut has 3 columns, row 1 of the new content has 2.")
    assert "2 headings were given" in refused(path, WriteTable("tblOut", FOUR, headings=("a", "b")))
    assert "not all different" in refused(path, WriteTable("tblOut", FOUR, headings=("a", "A", "b")))


def test_a_table_that_is_filled_by_a_query(tmp_path: Path) -> None:
    def queried(name: str, content: bytes) -> bytes:
        return content.replace(b"<table ", b'<table tableType="queryTable" ') if "/tables/" in name else content

    path = rewritten(simple(tmp_path / "a.xlsx"), tmp_path / "b.xlsx", queried)
    assert "filled by a query" in refused(path, WriteTable("tblOut", FOUR))


def test_a_totals_row_with_addresses_is_not_moved(tmp_path: Path) -> None:
    columns = [{"header": "a", "total_string": "All"}, {"header": "b", "total_function": "sum"}, {"header": "c"}]
    path = rewritten(
        simple(tmp_path / "a.xlsx", columns=columns, total_row=True),
        tmp_path / "b.xlsx",
        in_sheet("<f>SUBTOTAL(109,[b])", "<f>SUM(C5:C7)"),
    )
    ClosedFile(path).apply([WriteTable("tblOut", FOUR[:3])])
    assert refused(path, AppendRows("tblOut", FOUR), AppendRows("tblOut", FOUR)).startswith("Out!C8: the totals row")


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (math.inf, "the number is inf"),
        (-math.inf, "the number is -inf"),
        (math.nan, "the number is nan"),
        (2**53 + 1, "more digits than Excel keeps"),
        ("x" * 32_768, "32,768 characters"),
        ("𝄞" * 16_384, "32,768 characters"),
        (ExcelError("#OOPS"), "no error that Excel knows"),
        (moment(1899, 1, 1), "before the first day"),
        (Cell(math.nan), "the number is nan"),
    ],
)
def test_what_a_cell_cannot_hold(tmp_path: Path, value: Written, words: str) -> None:
    message = refused(simple(tmp_path / "a.xlsx"), WriteTable("tblOut", [("A", 1, 2), ("A", 1, value)]))
    assert message.startswith("Out!D6: ")
    assert words in message


def test_names_that_are_no_single_free_cell(tmp_path: Path) -> None:
    def build(book: xlsxwriter.Workbook) -> None:
        sheet = book.add_worksheet("Out")
        add_table(sheet)
        sheet.merge_range("F1:G2", "merged")
        sheet.write_formula("H1", "=1")
        sheet.write_array_formula("I1:J2", "{=1}")
        for name, cells in {"area": "$F$8:$F$9", "inner": "$G$2", "sum": "$H$1", "array": "$J$2"}.items():
            book.define_name(f"kpi_{name}", f"=Out!{cells}")

    path = make(tmp_path / "a.xlsx", build)
    assert "stands for F8:F9, more than one cell" in refused(path, WriteName("kpi_area", 1))
    assert "Out!G2: the cell is hidden inside the merged area F1:G2" in refused(path, WriteName("kpi_inner", 1))
    assert "Out!H1: the cell holds a formula" in refused(path, WriteName("kpi_sum", 1))
    assert "Out!J2: the cell belongs to an array formula" in refused(path, WriteName("kpi_array", 1))
    assert "no cell named kpi_none" in refused(path, WriteName("kpi_none", 1))


def test_a_table_that_is_not_there(tmp_path: Path) -> None:
    assert "no table named tblNone" in refused(simple(tmp_path / "a.xlsx"), WriteTable("tblNone", FOUR))


def test_a_signed_package(tmp_path: Path) -> None:
    def signed(name: str, content: bytes) -> bytes:
        if name != "_rels/.rels":
            return content
        kind = "http://schemas.openxmlformats.org/package/2006/relationships/digital-signature/origin"
        entry = f'<Relationship Id="rId9" Type="{kind}" Target="_xmlsignatures/origin.sigs"/></Relationships>'
        return content.replace(b"</Relationships>", entry.encode())

    path = rewritten(simple(tmp_path / "a.xlsx"), tmp_path / "b.xlsx", signed)
    assert len(ClosedFile(path).read("tblOut").rows) == 3
    assert "digitally signed" in refused(path, WriteTable("tblOut", FOUR))


def test_a_formula_shared_with_cells_beside_the_table(tmp_path: Path) -> None:
    def build(book: xlsxwriter.Workbook) -> None:
        sheet = book.add_worksheet("Out")
        add_table(sheet)
        sheet.write_formula("D7", "=C7*2", None, 1)

    path = rewritten(
        make(tmp_path / "a.xlsx", build),
        tmp_path / "b.xlsx",
        in_sheet("<f>C7*2</f>", '<f t="shared" ref="D7:F7" si="0">C7*2</f>'),
    )
    assert refused(path, WriteTable("tblOut", FOUR[:2])).startswith("Out!D7: the formula in this row is shared")
