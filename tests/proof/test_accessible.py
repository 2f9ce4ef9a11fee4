"""What everybody needs to read a workbook: taken away piece by piece, each is missed."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
import xlsxwriter
from packed import made

from xlkpi.pack.workbook import workbook
from xlkpi.proof.accessible import lacking


def test_the_commissioners_workbook_lacks_nothing(tmp_path: Path) -> None:
    path = tmp_path / "pack.xlsx"
    path.write_bytes(workbook(made(), dt.datetime(2018, 10, 17)))
    assert lacking(path) == []


def book(path: Path, lack: str) -> None:
    with xlsxwriter.Workbook(str(path)) as made_book:
        if lack == "title property":
            made_book.set_properties({"title": ""})
        else:
            made_book.set_properties({"title": "Figures"})
        sheet = made_book.add_worksheet("Figures")
        if lack != "title":
            sheet.write_string(0, 0, "Figures")
        left = 1 if lack == "left edge" else 0
        tables = {"table": 0, "second table": 2}.get(lack, 1)
        for place in range(tables):
            columns = [{"header": "Section"}, {"header": "Children"}]
            sheet.add_table(4 + 9 * place, left, 8 + 9 * place, left + 1, {"columns": columns})
        if lack == "whole cells":
            sheet.merge_range(1, 0, 1, 3, "wide")
        chart = made_book.add_chart({"type": "line"})
        chart.add_series({"values": "=Figures!$B$6:$B$9"})
        sheet.insert_chart(0, 6, chart, {} if lack == "alternative text" else {"description": "A line."})
        if lack == "in view":
            other = made_book.add_worksheet("Other")
            other.write_string(0, 0, "Other")
            other.add_table(4, 0, 8, 1, {"columns": [{"header": "A"}, {"header": "B"}]})
            other.activate()


LACKS = [
    ("title", ("Figures", "cell A1 has no title.")),
    ("table", ("Figures", "it has 0 marked-up tables, where one was expected.")),
    ("second table", ("Figures", "it has 2 marked-up tables, where one was expected.")),
    ("left edge", ("Figures", "its table stands at B5:C9, not at the left edge.")),
    ("whole cells", ("Figures", "the cells A2:D2 are merged.")),
    ("alternative text", ("Figures", "Chart 2 has no alternative text.")),
    ("in view", ("Figures", "another sheet than the first is in view when the file is opened.")),
    ("title property", ("Properties", "the file does not say its title.")),
    ("language", ("Properties", "the file does not say its language.")),
]


@pytest.mark.parametrize(("lack", "said"), LACKS, ids=[one[0] for one in LACKS])
def test_what_is_taken_away_is_missed(tmp_path: Path, lack: str, said: tuple[str, str]) -> None:
    path = tmp_path / "book.xlsx"
    book(path, lack)
    found = [(one.where, one.what) for one in lacking(path)]
    assert said in found or ("Chart" in said[1] and any("alternative text" in what for _, what in found)), found
    assert all("language" in what for where, what in found if (where, what) != said and "alternative" not in what)
