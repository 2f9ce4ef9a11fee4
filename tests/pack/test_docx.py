"""The Word file: the report's order, real headings and tables, charts with words, nothing of whoever made it."""

from __future__ import annotations

import datetime as dt
import io
import zipfile

import pytest
from docx import Document
from docx.oxml.ns import qn
from packed import PARAGRAPHS, made

from xlkpi.pack.docx import document
from xlkpi.pack.workbook import workbook

WHEN = dt.datetime(2018, 10, 17, 9, 42)


@pytest.fixture(scope="module")
def content() -> bytes:
    return document(made(), workbook(made(), WHEN), WHEN)


def test_headings_stand_in_the_reports_order(content: bytes) -> None:
    word = Document(io.BytesIO(content))
    headings = [one.text for one in word.paragraphs if one.style.name == "Heading 1"]
    assert headings == [
        "Contents",
        "1. Purpose of the report",
        "2. Summary position",
        "3. Operational measures and context",
        "4. Conclusion",
        "Appendix one: each measure",
        "Notes",
    ]
    pages = [one.text for one in word.paragraphs if one.style.name == "Heading 2"]
    assert pages == [f"{one.code} – {one.title}" for one in made().pages]


def test_every_paragraph_of_the_narrative_is_there_as_typed(content: bytes) -> None:
    lines = [one.text for one in Document(io.BytesIO(content)).paragraphs]
    assert [line for line in lines if "\t" in line] == [
        f"{number}\t{text.splitlines()[0]}" for number, _, _, text in PARAGRAPHS
    ]


def test_every_table_repeats_its_headings_and_says_what_it_shows(content: bytes) -> None:
    tables = Document(io.BytesIO(content)).tables
    shown = list(made().tables())
    assert len(tables) == len(shown)
    for table, expected in zip(tables, shown, strict=True):
        assert table.rows[0]._tr.find(f".//{qn('w:tblHeader')}") is not None
        assert table._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val")) == expected.title
        assert [cell.text for cell in table.rows[0].cells] == [column.heading for column in expected.columns]
        assert len(table.rows) == len(expected.rows) + 1
    assert [cell.text for cell in tables[0].rows[6].cells] == ["Total", "2", "5", "13", "0", "20"]


def test_every_chart_is_a_chart_with_words(content: bytes) -> None:
    word = Document(io.BytesIO(content))
    drawn = [one.get("descr") for one in word.element.iter(qn("wp:docPr"))]
    charts = [page.chart.description for page in made().pages if page.chart]
    assert drawn[1:] == charts
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        assert sum(name.startswith("word/charts/") for name in parts.namelist()) == len(drawn)
        chart = parts.read("word/charts/chart5.xml").decode()
    assert chart.count("<c:v>") > 3 * 12, "it keeps its figures: there is no workbook behind it"


def test_it_says_its_title_and_language_and_no_person(content: bytes) -> None:
    said = Document(io.BytesIO(content)).core_properties
    assert said.title == "Quarterly performance report – Quarter 2, 2018/19 – Doncaster Children's Services Trust"
    assert (said.language, said.author, said.last_modified_by, said.comments) == ("en-GB", "", "", "")
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        names = parts.namelist()
    assert not [name for name in names if "customXml" in name or "thumbnail" in name or "embeddings" in name]


def test_it_is_the_same_twice(content: bytes) -> None:
    assert document(made(), workbook(made(), WHEN), WHEN) == content


def test_the_wide_table_lies_on_its_side(content: bytes) -> None:
    sections = Document(io.BytesIO(content)).sections
    assert [one.page_width > one.page_height for one in sections] == [False, True, False]
