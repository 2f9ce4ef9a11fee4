"""Every kind of trace, planted one at a time into a plain workbook, is found; the plain workbook has none."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
import xlsxwriter

from xlkpi import commands
from xlkpi.errors import FileUnusable
from xlkpi.proof.inspect import inspect
from xlkpi.proof.trace import Kind

REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
PERSONAL = ("Ann Smith", "14 Elm Road")


def plain(path: Path) -> None:
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("Figures")
        sheet.write_row(0, 0, ["Section", "Children"])
        sheet.write_row(1, 0, ["North", 12])
        sheet.write_row(2, 0, ["South", 30])
        chart = book.add_chart({"type": "column"})
        chart.add_series({"categories": "=Figures!$A$2:$A$3", "values": "=Figures!$B$2:$B$3"})
        sheet.insert_chart("D2", chart)
        book.set_properties({"title": "Figures", "author": ""})


class Book:
    """The parts of a workbook, to be changed one by one."""

    def __init__(self, path: Path) -> None:
        self.path = path
        with zipfile.ZipFile(path) as archive:
            self.parts = {name: archive.read(name) for name in archive.namelist()}

    def add(self, name: str, content: str | bytes = "<x/>") -> None:
        self.parts[name] = content if isinstance(content, bytes) else content.encode()

    def replace(self, name: str, old: str, new: str) -> None:
        text = self.parts[name].decode()
        assert old in text, (name, old)
        self.parts[name] = text.replace(old, new, 1).encode()

    def relate(self, part: str, kind: str, target: str, *, outside: bool = False) -> None:
        folder, _, name = part.rpartition("/")
        own = f"{folder}/_rels/{name}.rels"
        mode = ' TargetMode="External"' if outside else ""
        entry = f'<Relationship Id="rId99" Type="{REL}/{kind}" Target="{target}"{mode}/>'
        if own in self.parts:
            self.replace(own, "</Relationships>", f"{entry}</Relationships>")
        else:
            self.add(own, f'<Relationships xmlns="{RELATIONSHIPS}">{entry}</Relationships>')

    def save(self) -> None:
        with zipfile.ZipFile(self.path, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in self.parts.items():
                archive.writestr(name, content)


SHEET, WORKBOOK, CHART = "xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/charts/chart1.xml"


def pivot(book: Book) -> None:
    book.add(
        "xl/pivotCache/pivotCacheDefinition1.xml",
        '<d><cacheField name="Name"><sharedItems><s v="Ann Smith"/><s v="Ben Jones"/></sharedItems></cacheField></d>',
    )
    book.relate("xl/pivotCache/pivotCacheDefinition1.xml", "pivotCacheRecords", "pivotCacheRecords1.xml")
    book.add("xl/pivotCache/pivotCacheRecords1.xml", "<r0><r><x v='0'/></r><r><x v='1'/></r></r0>")


def external_link(book: Book) -> None:
    book.add("xl/externalLinks/externalLink1.xml", "<l><cell r='A1'><v>Ann Smith</v></cell></l>")
    book.relate("xl/externalLinks/externalLink1.xml", "externalLinkPath", "file:///S:/cases.xlsx", outside=True)


def named(name: str, content: str, *, hidden: bool = False) -> Callable[[Book], None]:
    mark = ' hidden="1"' if hidden else ""
    entry = f'<definedNames><definedName name="{name}"{mark}>{content}</definedName></definedNames><calcPr'
    return lambda book: book.replace(WORKBOOK, "<calcPr", entry)


def swapped(part: str, old: str, new: str) -> Callable[[Book], None]:
    return lambda book: book.replace(part, old, new)


def part(name: str, content: str | bytes = "<x/>") -> Callable[[Book], None]:
    return lambda book: book.add(name, content)


def related(kind: str, target: str) -> Callable[[Book], None]:
    return lambda book: book.relate(SHEET, kind, target, outside=True)


PNG = b"\x89PNG\r\n\x1a\n0000tEXtAuthor\x00Ann Smith"
JPEG = b"\xff\xd8\xff\xe1\x00\x10Exif\x00\x00GPS"
LIST = '<dataValidations><dataValidation type="list" sqref="C2"><formula1>"Ann Smith,Ben Jones"</formula1>'
FAR_LIST = (
    '<extLst><dataValidation type="list"><formula1><f>Staff!$A$1:$A$9</f></formula1><sqref>C5</sqref>'
    "</dataValidation></extLst>"
)

TRACES: list[tuple[str, Callable[[Book], None], Kind, str]] = [
    ("a formula", swapped(SHEET, "<v>12</v>", "<f>5+7</f><v>12</v>"), Kind.FORMULA, "1 in B2"),
    ("the order of formulas", part("xl/calcChain.xml"), Kind.FORMULA, "order"),
    ("VBA", part("xl/vbaProject.bin"), Kind.MACRO, "VBA"),
    ("Excel 4 macros", part("xl/macrosheets/sheet1.xml"), Kind.MACRO, "Excel 4"),
    ("a ribbon", part("customUI/customUI14.xml"), Kind.MACRO, "ribbon"),
    ("a control", part("xl/activeX/activeX1.bin"), Kind.MACRO, "ActiveX"),
    ("a web add-in", part("xl/webextensions/webextension1.xml"), Kind.MACRO, "web add-in"),
    ("a pivot cache", pivot, Kind.PIVOT, "2 rows and 2 items of the columns Name"),
    ("a slicer", part("xl/slicerCaches/slicerCache1.xml"), Kind.PIVOT, "slicer"),
    ("a timeline", part("xl/timelineCaches/timelineCache1.xml"), Kind.PIVOT, "timeline"),
    ("a hidden sheet", swapped(WORKBOOK, 'name="Figures"', 'name="Figures" state="hidden"'), Kind.HIDDEN_SHEET, "hid"),
    (
        "a very hidden sheet",
        swapped(WORKBOOK, 'name="Figures"', 'name="Figures" state="veryHidden"'),
        Kind.HIDDEN_SHEET,
        "only a macro",
    ),
    ("a hidden row", swapped(SHEET, '<row r="2"', '<row hidden="1" r="2"'), Kind.HIDDEN_CELLS, "1 rows 2"),
    ("a row without height", swapped(SHEET, '<row r="2"', '<row ht="0" r="2"'), Kind.HIDDEN_CELLS, "1 rows 2"),
    (
        "a hidden column",
        swapped(SHEET, "<sheetData>", '<cols><col min="28" max="28" width="9" hidden="1"/></cols><sheetData>'),
        Kind.HIDDEN_CELLS,
        "1 columns AB",
    ),
    ("an external link", external_link, Kind.LINK, "file:///S:/cases.xlsx with 1 values"),
    ("a link to a file", related("hyperlink", "file:///C:/cases.docx"), Kind.LINK, "hyperlink to file"),
    ("a picture from elsewhere", related("image", "https://example.org/x.png"), Kind.LINK, "image to https"),
    ("a connection", part("xl/connections.xml", '<c><connection name="cases"/></c>'), Kind.CONNECTION, "cases"),
    ("a query", part("xl/queryTables/queryTable1.xml"), Kind.CONNECTION, "query"),
    ("a data model", part("xl/model/item.data", b"x"), Kind.CONNECTION, "data model"),
    ("a note", part("xl/comments1.xml", '<c><comment ref="B2"/></c>'), Kind.COMMENT, "1 at B2"),
    (
        "a comment",
        part("xl/threadedComments/threadedComment1.xml", '<c><threadedComment ref="B3"/></c>'),
        Kind.COMMENT,
        "B3",
    ),
    ("who commented", part("xl/persons/person.xml", '<p><person displayName="Ann"/></p>'), Kind.PERSON, "Ann"),
    ("custom XML", part("customXml/item1.xml"), Kind.CUSTOM_XML, "custom XML"),
    (
        "an author",
        swapped("docProps/core.xml", "<dc:creator></dc:creator>", "<dc:creator>Ann</dc:creator>"),
        Kind.PERSON,
        "Ann",
    ),
    (
        "a company",
        swapped("docProps/app.xml", "<Company></Company>", "<Company>A Council</Company>"),
        Kind.PERSON,
        "a company is A Council",
    ),
    (
        "a property of one's own",
        part("docProps/custom.xml", '<p><property name="Owner"><lpwstr>Ann</lpwstr></property></p>'),
        Kind.PERSON,
        "Owner is Ann",
    ),
    ("a thumbnail", part("docProps/thumbnail.wmf", b"x"), Kind.PERSON, "small picture"),
    ("a label", part("docMetadata/LabelInfo.xml"), Kind.PERSON, "sensitivity label"),
    ("a signature", part("_xmlsignatures/sig1.xml"), Kind.PERSON, "signature"),
    ("a name of what is gone", named("Old", "#REF!"), Kind.NAME, "gone"),
    ("a hidden name", named("Secret", "Figures!$A$1", hidden=True), Kind.NAME, "hidden"),
    ("a name with content", named("Who", '"Ann Smith"'), Kind.NAME, "Ann Smith"),
    ("a name elsewhere", named("There", "[1]Sheet1!$A$1"), Kind.NAME, "another workbook"),
    (
        "names to choose from",
        swapped(SHEET, "<pageMargins", f"{LIST}</dataValidation></dataValidations><pageMargins"),
        Kind.LIST,
        "Ann Smith,Ben Jones",
    ),
    (
        "names from another sheet",
        swapped(SHEET, "</worksheet>", f"{FAR_LIST}</worksheet>"),
        Kind.LIST,
        "Staff!$A$1:$A$9",
    ),
    ("a chart of what is gone", swapped(CHART, "Figures!$B$2:$B$3", "#REF!"), Kind.CHART, "cells that are gone"),
    (
        "a chart of a deleted sheet",
        swapped(CHART, "Figures!$B$2:$B$3", "'Old cases'!$B$2:$B$3"),
        Kind.CHART,
        "'Old cases'!$B$2:$B$3, which is not in this workbook",
    ),
    ("a chart's own values", swapped(CHART, "<c:plotArea>", "<c:plotArea><c:numLit/>"), Kind.CHART, "no cell"),
    ("a chart of a pivot", swapped(CHART, "<c:chart>", "<c:pivotSource/><c:chart>"), Kind.CHART, "pivot"),
    ("an embedded file", part("xl/embeddings/oleObject1.bin"), Kind.OBJECT, "embedded"),
    ("handwriting", part("xl/ink/ink1.xml"), Kind.OBJECT, "handwriting"),
    ("a linked data type", part("xl/richData/rdrichvalue.xml"), Kind.OBJECT, "linked data"),
    ("earlier values", part("xl/revisions/revisionLog1.xml"), Kind.HISTORY, "earlier values"),
    ("who had it open", part("xl/userNames.xml"), Kind.HISTORY, "who had"),
    (
        "a scenario",
        swapped(SHEET, "<pageMargins", '<scenarios><scenario name="Worst"/></scenarios><pageMargins'),
        Kind.HISTORY,
        "Worst",
    ),
    (
        "a view of one's own",
        swapped(
            WORKBOOK, "<calcPr", '<customWorkbookViews><customWorkbookView name="Ann"/></customWorkbookViews><calcPr'
        ),
        Kind.HISTORY,
        "Ann",
    ),
    ("a printer", part("xl/printerSettings/printerSettings1.bin"), Kind.PRINTER, "printer"),
    (
        "a path in the footer",
        swapped(SHEET, "</worksheet>", "<headerFooter><oddFooter>&amp;Z&amp;F</oddFooter></headerFooter></worksheet>"),
        Kind.PATH,
        "path",
    ),
    (
        "where it was saved",
        swapped(WORKBOOK, "<calcPr", '<absPath url="C:\\Users\\ann\\Cases\\"/><calcPr'),
        Kind.PATH,
        "C:\\Users\\ann",
    ),
    ("a photo's place", part("xl/media/image1.jpeg", JPEG), Kind.PICTURE, "Exif"),
    ("a picture's author", part("xl/media/image2.png", PNG), Kind.PICTURE, "text"),
    ("what nobody knows", part("xl/secret/data.bin", b"x"), Kind.OTHER, "no ordinary part"),
]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "Figures.xlsx"
    plain(made)
    return made


def test_a_plain_workbook_has_no_trace(path: Path) -> None:
    assert inspect(path) == []


@pytest.mark.parametrize(("plant", "kind", "what"), [one[1:] for one in TRACES], ids=[one[0] for one in TRACES])
def test_a_planted_trace_is_found(path: Path, plant: Callable[[Book], None], kind: Kind, what: str) -> None:
    book = Book(path)
    plant(book)
    book.save()
    found = [one for one in inspect(path) if one.kind is kind]
    assert any(what in one.what for one in found), found
    assert all(one.where and one.part in book.parts for one in found)


def test_every_kind_is_planted() -> None:
    assert {kind for _, _, kind, _ in TRACES} | {Kind.UNSEEN_CELLS} == set(Kind)


def test_a_number_that_is_formatted_away_is_found(tmp_path: Path) -> None:
    path = tmp_path / "Unseen.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("Figures")
        sheet.write(0, 0, 12, book.add_format({"num_format": ";;;"}))
        sheet.write(1, 0, 12)
    assert [(one.kind, one.what) for one in inspect(path) if one.kind is not Kind.PERSON] == [
        (Kind.UNSEEN_CELLS, "1 in A1")
    ]


def test_a_property_may_name_the_organisation(path: Path) -> None:
    book = Book(path)
    book.replace("docProps/app.xml", "<Company></Company>", "<Company>A Council</Company>")
    book.save()
    assert inspect(path, allowed=["A Council"]) == []


def test_every_trace_says_where_and_how_to_be_rid_of_it(path: Path) -> None:
    book = Book(path)
    book.add("xl/comments1.xml", '<c><comment ref="B2"/></c>')
    book.relate(SHEET, "comments", "../comments1.xml")
    book.save()
    assert [str(one) for one in inspect(path)] == [
        "Figures: comment: 1 at B2. Delete the comment or note (Review, Delete)."
    ]


def test_a_file_that_is_no_workbook_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "letter.xlsx"
    path.write_text("Dear Ann")
    with pytest.raises(FileUnusable, match="is not an Excel workbook"):
        inspect(path)
    with pytest.raises(FileUnusable, match="could not be read"):
        inspect(tmp_path / "none.xlsx")


def test_xml_that_reads_other_files_reads_nothing(path: Path, tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("the secret")
    book = Book(path)
    entity = f'<!DOCTYPE x [<!ENTITY e SYSTEM "{(tmp_path / "secret.txt").as_uri()}">]><x><property name="a">&e;</property></x>'
    book.add("docProps/custom.xml", entity)
    book.save()
    assert "secret" not in " ".join(one.what for one in inspect(path))


def test_the_command_says_what_it_found_and_fails(path: Path) -> None:
    clean = commands.inspect(path)
    assert (clean.code, clean.lines) == (0, (f"Found nothing in {path} beside what one sees.",))
    assert clean.data() == {"traces": []}
    book = Book(path)
    book.add("xl/vbaProject.bin")
    book.save()
    found = commands.inspect(path)
    assert found.code == 1
    assert found.lines[0] == f"One thing in {path} beside what one sees."
    assert found.data()["traces"] == [
        {
            "kind": "macro",
            "where": "xl/vbaProject.bin",
            "part": "xl/vbaProject.bin",
            "what": "a VBA project",
            "cure": Kind.MACRO.cure,
        }
    ]


def test_the_command_refuses_what_it_cannot_read(tmp_path: Path) -> None:
    outcome = commands.inspect(tmp_path / "none.xlsx")
    assert outcome.code == 2
    assert "could not be read" in outcome.lines[0]
