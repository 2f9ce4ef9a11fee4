"""The worked example as a pack: the report's tables and order, in every format, and nothing withheld in any of them."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import re
import zipfile
from fractions import Fraction
from pathlib import Path

import openpyxl
import pytest
from lxml import html as parser
from packed import PARAGRAPHS, book, made

from xlkpi.calculate.results import calculate
from xlkpi.calculate.status import Status
from xlkpi.model.period import Quarter
from xlkpi.narrative.edits import Line
from xlkpi.pack import data, html
from xlkpi.pack.content import Contents, report
from xlkpi.pack.document import Chart, Figure, Items, Paragraph, Report, Table
from xlkpi.pack.svg import drawn
from xlkpi.pack.workbook import workbook
from xlkpi.proof.inspect import inspect

WHEN = dt.datetime(2018, 10, 17, 9, 42)
#: Table 2.2 of the published report: outside, inside, on target, no target.
PUBLISHED = {
    "Social Care Pathway": (1, 2, 4, 0),
    "Children in Care": (1, 0, 4, 0),
    "Youth Offending Services": (0, 2, 1, 0),
    "Family Support Services": (0, 1, 1, 0),
    "Workforce": (0, 0, 3, 0),
    "Total": (2, 5, 13, 0),
}


def secret(code: str, quarter: object, _part: str) -> bool:
    return code == "A6" and quarter == Quarter(2018, 2)


def table(name: str) -> Table:
    return next(one for one in made().tables() if one.name == name)


def texts(one: Table) -> list[list[str]]:
    return [
        [cell.text if isinstance(cell, Figure) else str(getattr(cell, "label", cell)) for cell in row]
        for row in one.rows
    ]


def test_the_summary_is_the_reports_table() -> None:
    rows = {row[0]: tuple(map(int, row[1:5])) for row in texts(table("Summary")) if not row[0].startswith("Share")}
    assert rows == PUBLISHED
    assert texts(table("Summary"))[-1] == ["Share of 20", "10%", "25%", "65%", "0%", "100%"]


def test_the_context_is_the_reports_table() -> None:
    shown = table("Context")
    assert [column.heading for column in shown.columns] == ["Measure", "2018/19 Q2", "2017/18 Q2", "2018/19 Q1"]
    assert texts(shown)[0] == ["Contacts in period", "5,694", "5,600", "5,611"]
    assert texts(shown)[-1][1:] == ["22.1", "23.4", "25.2"]


def test_sections_lists_and_appendix_stand_in_the_reports_order() -> None:
    whole = made()
    assert [one.number for one in whole.sections] == ["1", "2", "3", "4"]
    [listed] = [one for one in whole.sections[1].blocks if isinstance(one, Items)]
    assert listed.items == ("A4 – Visits", "B8 – Proceedings")
    assert [one.name for one in whole.overview] == ["Results", "All_context"]
    assert [one.code for one in whole.pages[20:]] == [f"E{number}" for number in range(1, 24)]
    now = whole.pages[3].now
    assert now is not None
    assert Status.OUTSIDE in now.rows[0]


def test_a_history_starts_when_the_contract_first_had_the_measure() -> None:
    [page] = [one for one in made().pages if one.code == "C17"]
    assert page.history.rows[0][0] == "2017/18 Q1"


def test_every_figure_of_every_table_is_in_the_data() -> None:
    text = data.table(made()).decode("utf-8-sig")
    rows = {(row["code"], row["quarter"]): row for row in csv.DictReader(io.StringIO(text))}
    now = Quarter(2018, 2)
    for name, code, places in (
        ("Results", 0, {3: (now, "outturn"), 4: (now, "target"), 5: (now, "tolerance"), 7: (now.previous, "outturn")}),
        ("All_context", 0, {3: (now, "outturn"), 4: (now.year_ago, "outturn"), 5: (now.previous, "outturn")}),
    ):
        for row in table(name).rows:
            for place, (quarter, part) in places.items():
                printed = row[place]
                assert isinstance(printed, Figure)
                if printed.value is not None:
                    assert Fraction(rows[str(row[code]), quarter.label][part]) == printed.value
    shown = {row[0]: row[1:] for row in texts(table("Context"))}
    everywhere = {row[1]: row[3:] for row in texts(table("All_context"))}
    assert shown.items() <= everywhere.items()


def test_a_figure_is_no_more_precise_than_printed() -> None:
    for one in made().tables():
        for row in one.rows:
            for cell in row:
                if isinstance(cell, Figure) and cell.value is not None:
                    assert (cell.value * 10**cell.decimals).denominator == 1


def test_the_page_says_everything_once_and_escapes_what_was_typed() -> None:
    text = html.page(made())
    tree = parser.document_fromstring(text.encode())
    assert tree.get("lang") == "en-GB"
    assert [one.text for one in tree.iter("h1")] == ["Quarterly performance report – Quarter 2, 2018/19"]
    assert "A <b>bold</b> & honest conclusion." in tree.text_content()
    assert not tree.xpath("//b")
    assert len(tree.xpath("//caption")) == len(list(made().tables()))
    assert all(one.get("scope") for one in tree.iter("th"))
    ids = [one.get("id") for one in tree.xpath("//*[@id]")]
    assert len(ids) == len(set(ids))
    assert {one.get("href")[1:] for one in tree.xpath("//a")} <= set(ids)


def test_the_page_loads_nothing() -> None:
    text = html.page(made())
    assert "http://www.w3.org/2000/svg" in text
    assert text.count("http") == text.count("http://www.w3.org/2000/svg")
    assert "<script" not in text


def test_every_chart_says_what_it_shows() -> None:
    charts = [block for section in made().sections for block in section.blocks if isinstance(block, Chart)]
    charts += [page.chart for page in made().pages if page.chart]
    assert len(charts) == 26
    for chart in charts:
        tree = parser.fragment_fromstring(drawn(chart))
        assert tree.findtext("title") == chart.title
        assert tree.findtext("desc") == chart.description
    assert "From 82% in 2015/16 Q3 to 74% in 2018/19 Q2; outside tolerance." in charts[4].description


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("pack") / "pack.xlsx"
    path.write_bytes(workbook(made(), WHEN))
    return path


def test_the_workbook_carries_nothing_but_what_one_sees(finished: Path) -> None:
    assert inspect(finished) == []


def test_the_workbook_is_the_same_twice() -> None:
    assert workbook(made(), WHEN) == workbook(made(), WHEN)


def test_every_sheet_has_a_title_in_a1_and_one_table_at_the_left(finished: Path) -> None:
    book = openpyxl.load_workbook(finished)
    assert book.sheetnames[:4] == ["Cover", "Contents", "Notes", "Narrative"]
    assert book.properties.language == "en-GB"
    assert not book.properties.creator or book.properties.creator == "openpyxl"
    for sheet in book:
        assert sheet["A1"].value
        if sheet.title != "Cover":
            [one] = sheet.tables.values()
            assert one.ref.startswith("A5:"), (sheet.title, one.ref)
            assert not sheet.merged_cells.ranges
            assert sheet.sheet_view.selection[-1].activeCell in {None, "A1", "B6"}


def test_the_workbook_tells_the_narrative_in_order(finished: Path) -> None:
    sheet = openpyxl.load_workbook(finished)["Narrative"]
    rows = list(sheet.iter_rows(min_row=6, values_only=True))
    said = [(number, text.replace("\n", "\n• ")) for number, _, _, text in PARAGRAPHS]
    assert [(row[0], row[2]) for row in rows] == said


def test_every_indicators_chart_has_words(finished: Path) -> None:
    book = openpyxl.load_workbook(finished)
    assert all(len(book[page.code]._charts) == (page.chart is not None) for page in made().pages)
    assert {page.code for page in made().pages if page.chart is None} == {f"E{number}" for number in range(6, 24)}


def test_the_data_are_every_figure_for_a_machine() -> None:
    text = data.table(made()).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert len([row for row in rows if row["status"] != "[z]"]) == 18 * 12 + 2 * 6
    [one] = [row for row in rows if (row["code"], row["quarter"]) == ("A4", "2018/19 Q2")]
    assert (one["numerator"], one["denominator"], one["outturn"], one["unit"]) == ("4144", "5600", "74", "%")
    assert (one["target"], one["tolerance"], one["status"]) == ("85", "75", "Outside tolerance")
    described = json.loads(data.metadata(made(), "figures.csv"))
    assert [column["name"] for column in described["tableSchema"]["columns"]] == list(rows[0])
    assert described["url"] == "figures.csv"


def test_what_is_withheld_is_in_no_file(tmp_path: Path) -> None:
    shown_report = made(secret)
    [page] = [one for one in shown_report.pages if one.code == "A6"]
    assert texts(page.history)[-1][1:4] == ["[c]", "[c]", "[c]"]
    assert page.chart is not None
    assert page.chart.series[0].values[-1] is None
    assert "[c] confidential: withheld so that nobody can be recognised." in shown_report.notes
    path = tmp_path / "pack.xlsx"
    path.write_bytes(workbook(shown_report, WHEN))
    shown = list(openpyxl.load_workbook(path)["A6"].iter_rows(min_row=6, max_row=17, max_col=4, values_only=True))
    assert shown[-1] == ("2018/19 Q2", "[c]", "[c]", "[c]")
    [line] = [row for row in csv.reader(io.StringIO(data.table(shown_report).decode("utf-8-sig"))) if row[0] == "A6"][
        -1:
    ]
    assert line[5:8] == ["[c]", "[c]", "[c]"]


def test_a_mark_is_a_gap_in_a_chart_and_not_a_nought(tmp_path: Path) -> None:
    path = tmp_path / "pack.xlsx"
    path.write_bytes(workbook(made(secret), WHEN))
    with zipfile.ZipFile(path) as parts:
        charts = [parts.read(name).decode() for name in parts.namelist() if name.startswith("xl/charts/chart")]
    [drawn_a6] = [one for one in charts if "'A6'!$D" in one]
    assert "<c:f>('A6'!$D$6:$D$16,'A6'!$H$17)</c:f>" in drawn_a6
    assert '<c:dispBlanksAs val="gap"/>' in drawn_a6
    [values] = re.findall(r"<c:val>.*?</c:val>", drawn_a6)[:1]
    assert values.count("<c:pt ") == 11
    assert openpyxl.load_workbook(path)["A6"]["H17"].value is None


def test_a_gap_that_nobody_filled_is_not_sent() -> None:
    said = [block for section in gapped().sections for block in section.blocks]
    assert [one.text for one in said if isinstance(one, Paragraph)] == ["It fell.", "It rose."]


def gapped() -> Report:
    typed = book()
    results = calculate(typed.register, typed.observations, typed.settings.quarter)
    texts = ("It fell. [Say what is being done.]", "[Say why.] It rose.")
    lines = [Line(f"1.{place}", "Said", text, "", "", (), "", "", "", "") for place, text in enumerate(texts, 1)]
    return report(Contents("Ours", results, typed.register, typed.observations, lines))
