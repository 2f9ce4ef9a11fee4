"""The pack of the worked example, read by other programs: a browser with axe-core, LibreOffice, and Microsoft's validator."""

from __future__ import annotations

import datetime as dt
import os
import shutil
from pathlib import Path

import pytest
from browser import looked_at, requires_browser
from docx import Document
from live.calc import all_recalculated
from lxml import html as parser
from ooxml_validator import requires_validator, validate_all
from packed import ROOT
from pypdf import PdfReader

from xlkpi import commands
from xlkpi.model.profile import Profile
from xlkpi.wanted import Wanted

NOW = dt.datetime(2018, 10, 17, 9, 42)
SOFFICE = os.environ.get("XLKPI_SOFFICE") or shutil.which("soffice")
requires_libreoffice = pytest.mark.skipif(
    # With CI=true nothing is skipped: the test runs, and fails where LibreOffice is missing.
    SOFFICE is None and os.environ.get("CI") != "true",
    reason="needs LibreOffice with Calc and Writer",
)


@pytest.fixture(scope="module")
def pack(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Publish the worked example for the public: it has every mark that there is."""
    folder = tmp_path_factory.mktemp("packs")
    book = Path(shutil.copy(ROOT / "workbooks" / "dcst-2018-19-q2.xlsx", folder / "ours.xlsx"))
    wanted = Wanted(folder / "out", Profile.PUBLIC, accept_all=True, by="A. Analyst")
    outcome = commands.publish(book, NOW, wanted)
    assert outcome.code == 0, outcome.lines
    [made] = (path for path in (folder / "out").iterdir() if path.is_dir())
    return made


def file(pack: Path, suffix: str) -> Path:
    [path] = [path for path in pack.iterdir() if path.suffix == suffix]
    return path


@pytest.fixture(scope="module")
def pages(pack: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """Return what LibreOffice prints of the workbook and the Word file, page by page."""
    folder = tmp_path_factory.mktemp("drawn")
    copies = [Path(shutil.copy(file(pack, suffix), folder / f"as{suffix}{suffix}")) for suffix in (".xlsx", ".docx")]
    drawn = all_recalculated(copies, folder, "pdf")
    return {
        copy.suffix: [page.extract_text() for page in PdfReader(one).pages]
        for copy, one in zip(copies, drawn, strict=True)
    }


@requires_browser
def test_axe_core_finds_nothing_in_the_page(pack: Path) -> None:
    """Letters inside charts are left to ``tests/proof/test_accessible.py``: axe-core knows no ground of them."""
    [media] = looked_at([file(pack, ".html")]).values()
    assert set(media) == {"screen", "print"}
    for medium, said in media.items():
        assert said["violations"] == [], medium
        assert said["incomplete"] == [], medium
        assert len(said["passes"]) > 35, medium


@requires_browser
def test_axe_core_finds_what_is_wrong(tmp_path: Path) -> None:
    page = tmp_path / "bad.html"
    page.write_text("<html><body><img src=x><p style='color:#ccc'>pale</p></body></html>")
    [media] = looked_at([page]).values()
    assert {"image-alt", "html-has-lang", "color-contrast"} <= {one["id"] for one in media["screen"]["violations"]}


@requires_validator
def test_microsofts_validator_finds_nothing(pack: Path) -> None:
    assert validate_all([file(pack, ".xlsx"), file(pack, ".docx")]) == {}


@pytest.mark.live
@requires_libreoffice
@pytest.mark.parametrize("suffix", [".xlsx", ".docx"])
def test_libreoffice_opens_it(pages: dict[str, list[str]], suffix: str) -> None:
    text = " ".join("\n".join(pages[suffix]).split())
    assert len(pages[suffix]) > 30
    assert all(page.strip() for page in pages[suffix])
    for said in (
        "A4 – Children seen in appropriate timescales",
        "E3 – Children in Need",
        "Outside tolerance",
        "[c]",
        "5,694",
    ):
        assert said in text, said
    assert "#NAME?" not in text


@pytest.mark.live
@requires_libreoffice
def test_no_page_of_the_word_file_is_blank_but_for_its_foot(pages: dict[str, list[str]]) -> None:
    for number, page in enumerate(pages[".docx"], 1):
        lines = [line for line in page.splitlines() if line.strip() and "· page" not in line]
        assert len(lines) > 4, (number, lines)


#: The sections of the published report, in its order, and the headings of its two tables.
ORDER = (
    "1. Purpose of the report",
    "2. Summary position",
    "3. Operational measures and context",
    "4. Key exceptions and improvements",
    "5. External evaluation",
    "6. Conclusion",
    "Appendix one: each measure",
)
SUMMARY = [
    ["Section", "Outside tolerance", "Inside tolerance", "On or better than target", "No target specified"],
    ["Social Care Pathway", "1", "2", "4", "0"],
    ["Children in Care", "1", "0", "4", "0"],
    ["Youth Offending Services", "0", "2", "1", "0"],
    ["Family Support Services", "0", "1", "1", "0"],
    ["Workforce", "0", "0", "3", "0"],
    ["Total", "2", "5", "13", "0"],
    ["Share of 20", "10%", "25%", "65%", "0%"],
]
CONTEXT = [
    ["Measure", "2018/19 Q2", "2017/18 Q2", "2018/19 Q1"],
    ["Contacts in period", "5,694", "5,600", "5,611"],
    ["Referrals in period", "991", "1,258", "1,307"],
    ["Children in Need", "2,549", "2,725", "2,827"],
    ["Children subject to CPP", "323", "355", "358"],
    ["Looked after children", "593", "541", "582"],
    ["ACPS qualified social worker average caseload", "22.1", "23.4", "25.2"],
]


def test_the_word_file_has_the_published_reports_order_and_tables(pack: Path) -> None:
    word = Document(str(file(pack, ".docx")))
    headings = [one.text for one in word.paragraphs if one.style is not None and one.style.name == "Heading 1"]
    assert tuple(headings) == ("Contents", *ORDER, "Notes")
    first, second, *_ = word.tables
    assert [[cell.text for cell in row.cells[:5]] for row in first.rows] == SUMMARY
    assert [[cell.text for cell in row.cells] for row in second.rows] == CONTEXT
    pages = [one.text for one in word.paragraphs if one.style is not None and one.style.name == "Heading 2"]
    assert [page.partition(" ")[0] for page in pages[:8]] == ["A1", "A2", "A3", "A4", "A6", "A8", "A9", "B8"]
    assert len(pages) == 43


def test_the_page_has_the_same_order_and_tables(pack: Path) -> None:
    tree = parser.parse(str(file(pack, ".html")))
    assert [one.text for one in tree.iter("h2")] == ["Contents", *ORDER, "Notes"]
    tables = [
        [[cell.text_content() for cell in row.iter("th", "td")] for row in one.iter("tr")] for one in tree.iter("table")
    ]
    assert [row[:5] for row in tables[0]] == SUMMARY
    assert tables[1] == CONTEXT
