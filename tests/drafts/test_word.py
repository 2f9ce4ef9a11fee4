"""The words of a Word document in the order in which it is read, and the run that every one of them comes from."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import docx
import pytest
from docx.document import Document
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from drafts.made import W, add, markup, saved

from xlkpi.drafts import read
from xlkpi.drafts.word import read_word

FOOTNOTES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
BOX = """<w:p><w:r><w:t>Before the box.</w:t></w:r><w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing>
<wp:inline><a:graphic><a:graphicData uri="x"><wps:wsp><wps:txbx><w:txbxContent><w:p><w:r><w:t>83% in the box.</w:t></w:r></w:p>
</w:txbxContent></wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:inline></w:drawing></mc:Choice><mc:Fallback><w:pict>
<v:textbox><w:txbxContent><w:p><w:r><w:t>83% in the box.</w:t></w:r></w:p></w:txbxContent></v:textbox></w:pict></mc:Fallback>
</mc:AlternateContent></w:r></w:p>"""


def text(document: Document, folder: Path) -> str:
    return read(saved(document, folder / "draft.docx")).text


def of(folder: Path, *elements: str) -> str:
    document = docx.Document()
    for one in elements:
        add(document, one)
    return text(document, folder)


def test_paragraphs_lists_and_tables_in_their_order(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_heading("Summary", 1)
    document.add_paragraph("Thirteen measures:")
    for words in ("A2 - Timeliness", "A3 - Audits"):
        document.add_paragraph(words, style="List Bullet")
    table = document.add_table(2, 3)
    for row, cells in enumerate((("", "Outside", "Inside"), ("Workforce", "0", "3"))):
        for column, words in enumerate(cells):
            table.cell(row, column).text = words
    document.add_paragraph("After the table.")
    document.add_paragraph("")
    assert text(document, tmp_path) == (
        "Summary\n\nThirteen measures:\n\n- A2 - Timeliness\n- A3 - Audits\n\n"
        "\tOutside\tInside\nWorkforce\t0\t3\n\nAfter the table.\n"
    )


def test_a_wide_cell_keeps_the_columns_in_line_and_a_cell_is_one_line(tmp_path: Path) -> None:
    table = """<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr><w:p><w:r><w:t>Wide</w:t></w:r></w:p></w:tc>
    <w:tc><w:p><w:r><w:t>one</w:t><w:br/><w:t>two</w:t></w:r></w:p><w:p><w:r><w:t>three</w:t></w:r></w:p></w:tc></w:tr>
    <w:tr><w:trPr><w:del w:id="1" w:author="a"/></w:trPr><w:tc><w:p><w:r><w:t>gone</w:t></w:r></w:p></w:tc></w:tr>
    <w:sdt><w:sdtContent><w:tr><w:tc><w:tbl><w:tr><w:tc><w:p><w:r><w:t>in</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>ner</w:t>
    </w:r></w:p></w:tc></w:tr></w:tbl><w:p/></w:tc><w:tc><w:p/></w:tc><w:tc><w:p><w:r><w:t>c</w:t></w:r></w:p></w:tc></w:tr>
    </w:sdtContent></w:sdt></w:tbl>"""
    assert of(tmp_path, table) == "Wide\t\tone two three\nin ner\t\tc\n"


def test_changes_are_read_as_if_they_were_accepted(tmp_path: Path) -> None:
    change = """<w:p><w:r><w:t xml:space="preserve">Referrals </w:t></w:r><w:del w:id="1" w:author="a"><w:r><w:delText>rose
    </w:delText></w:r></w:del><w:ins w:id="2" w:author="a"><w:r><w:t>fell</w:t></w:r></w:ins><w:moveFrom w:id="3" w:author="a">
    <w:r><w:t>by 4%</w:t></w:r></w:moveFrom><w:moveTo w:id="4" w:author="a"><w:r><w:t xml:space="preserve"> by 24%</w:t></w:r>
    </w:moveTo></w:p>"""
    joined = """<w:p><w:pPr><w:rPr><w:del w:id="5" w:author="a"/></w:rPr></w:pPr><w:r><w:t xml:space="preserve">One </w:t></w:r>
    </w:p>"""
    assert of(tmp_path, change, joined, "<w:p><w:r><w:t>paragraph.</w:t></w:r></w:p>") == (
        "Referrals fell by 24%\n\nOne paragraph.\n"
    )


def _deleted(words: str, looks: str = "") -> str:
    """Return a paragraph that somebody deleted whole, its end too, with changes tracked."""
    return (
        f"<w:p><w:pPr>{looks}<w:rPr><w:del w:id='6' w:author='a'/></w:rPr></w:pPr><w:del w:id='7' w:author='a'><w:r>"
        f"<w:delText>{words}</w:delText></w:r></w:del></w:p>"
    )


@pytest.mark.parametrize("deleted", [1, 2])
def test_a_deleted_paragraph_leaves_its_neighbours_apart(deleted: int, tmp_path: Path) -> None:
    first, second = (f"<w:p><w:r><w:t>{words}</w:t></w:r></w:p>" for words in ("4.1 It was 13%", "4.2 It was 12%."))
    gone = [_deleted("4.1a It was 9%.")] * deleted
    assert of(tmp_path, first, *gone, second) == "4.1 It was 13%\n\n4.2 It was 12%.\n"
    assert of(tmp_path, *gone, first, "<w:tbl/>", *gone) == "4.1 It was 13%\n"
    moved = _deleted("5 It was 8%.").replace("w:del>", "w:moveFrom>").replace("w:del ", "w:moveFrom ")
    assert of(tmp_path, first, moved, second) == "4.1 It was 13%\n\n4.2 It was 12%.\n"


def test_a_deleted_paragraph_takes_no_number(tmp_path: Path) -> None:
    document = docx.Document()
    for words in ("One.", "Gone.", "Two."):
        document.add_paragraph(words, style="List Number")
    shape = document.paragraphs[1]._p.get_or_add_pPr()
    shape.append(markup("<w:rPr><w:del w:id='6' w:author='a'/></w:rPr>"))
    run = document.paragraphs[1].runs[0]._r
    run.getparent().replace(run, markup("<w:del w:id='7' w:author='a'><w:r><w:delText>Gone.</w:delText></w:r></w:del>"))
    assert read(saved(document, tmp_path / "numbered.docx")).text == "1. One.\n2. Two.\n"


def test_links_fields_controls_and_odd_characters(tmp_path: Path) -> None:
    assert of(
        tmp_path,
        "<w:p><w:hyperlink r:id='x'><w:r><w:t>74%</w:t></w:r></w:hyperlink><w:r><w:t xml:space='preserve"
        "'> in</w:t><w:noBreakHyphen/><w:t>time</w:t><w:br/><w:t>next</w:t><w:softHyphen/><w:t>line</w:t></w:r></w:p>",
        "<w:p><w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:instrText>DATE 2019</w:instrText></w:r><w:r><w:t>code</w:t>"
        "</w:r><w:r><w:fldChar w:fldCharType='separate'/></w:r><w:r><w:t>Quarter 2</w:t></w:r><w:r>"
        "<w:fldChar w:fldCharType='end'/></w:r><w:fldSimple w:instr='x'><w:r><w:t>, 2018/19</w:t></w:r></w:fldSimple></w:p>",
        "<w:sdt><w:sdtContent><w:p><w:sdt><w:sdtContent><w:r><w:t>Chosen</w:t></w:r></w:sdtContent></w:sdt><w:sdt><w:sdtPr>"
        "<w:showingPlcHdr/></w:sdtPr><w:sdtContent><w:r><w:t>Click here</w:t></w:r></w:sdtContent></w:sdt></w:p>"
        "</w:sdtContent></w:sdt>",
        "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>secret</w:t></w:r><w:r><w:rPr><w:vanish w:val='0'/></w:rPr><w:t>open</w:t>"
        "</w:r></w:p>",
        "<w:p><w:pPr><w:pStyle w:val='TOC1'/></w:pPr><w:r><w:t>Summary</w:t><w:tab/><w:t>4</w:t></w:r></w:p>",
    ) == "74% in-time\nnextline\n\nQuarter 2, 2018/19\n\nChosen\n\nopen\n"  # fmt: skip


def test_a_field_that_never_ends_swallows_its_paragraph_alone(tmp_path: Path) -> None:
    broken = "<w:p><w:r><w:t>One</w:t><w:fldChar w:fldCharType='begin'/><w:t>lost</w:t></w:r></w:p>"
    assert of(tmp_path, broken, "<w:p><w:r><w:t>Two.</w:t></w:r></w:p>") == "One\n\nTwo.\n"


def test_a_text_box_comes_once_after_its_paragraph(tmp_path: Path) -> None:
    after = "<w:p><w:r><w:t>After it.</w:t></w:r></w:p>"
    assert of(tmp_path, BOX, after) == "Before the box.\n\n83% in the box.\n\nAfter it.\n"


def with_footnote(document: Document) -> Document:
    """Add a paragraph with a footnote."""
    add(document, "<w:p><w:r><w:t>Caseloads fell.</w:t></w:r><w:r><w:footnoteReference w:id='2'/></w:r></w:p>")
    add(document, "<w:p><w:r><w:t>The end.</w:t></w:r></w:p>")
    notes = f"""<w:footnotes xmlns:w="{W}"><w:footnote w:type="separator" w:id="0"><w:p><w:r><w:t>line</w:t></w:r></w:p>
    </w:footnote><w:footnote w:id="2"><w:p><w:r><w:footnoteRef/></w:r><w:r><w:t>From 25.2 to 22.1.</w:t></w:r></w:p>
    </w:footnote></w:footnotes>"""
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
    part = Part(PackURI("/word/footnotes.xml"), kind, notes.encode(), document.part.package)
    document.part.relate_to(part, FOOTNOTES)
    return document


def test_footnotes_come_at_the_end_and_headers_do_not_come(tmp_path: Path) -> None:
    document = with_footnote(docx.Document())
    document.sections[0].header.paragraphs[0].text = "Official 2017/18"
    assert text(document, tmp_path) == "Caseloads fell.\n\nThe end.\n\nFrom 25.2 to 22.1.\n"


def _level(place: int, form: str, shown: str, more: str = "") -> str:
    return f"<w:lvl w:ilvl='{place}'><w:start w:val='1'/><w:numFmt w:val='{form}'/>{more}<w:lvlText w:val='{shown}'/></w:lvl>"


def _numbered(document: Document, *levels: str, override: str = "") -> str:
    """Add a list to the document's own; return its number."""
    root = document.part.numbering_part.element
    root.insert(0, markup(f"<w:abstractNum w:abstractNumId='77'>{''.join(levels)}</w:abstractNum>"))
    root.append(markup(f"<w:num w:numId='77'><w:abstractNumId w:val='77'/>{override}</w:num>"))
    return "77"


def _item(number: str, level: int, words: str) -> str:
    place = f"<w:numPr><w:ilvl w:val='{level}'/><w:numId w:val='{number}'/></w:numPr>"
    return f"<w:p><w:pPr>{place}</w:pPr><w:r><w:t>{words}</w:t></w:r></w:p>"


def test_numbers_of_paragraphs_are_those_that_word_prints(tmp_path: Path) -> None:
    document = docx.Document()
    own = _numbered(
        document,
        _level(0, "decimal", "%1."),
        _level(1, "decimal", "%1.%2."),
        _level(2, "lowerLetter", "%3)"),
        _level(3, "lowerRoman", "(%4)"),
    )
    for level, words in (
        (0, "Purpose"),
        (1, "First"),
        (1, "Second"),
        (2, "a"),
        (2, "b"),
        (0, "Summary"),
        (1, "Third"),
        (3, "x"),
    ):
        add(document, _item(own, level, words))
    add(document, _item("0", 0, "No number"))
    lines = [line for line in text(document, tmp_path).splitlines() if line]
    assert lines == [
        "1. Purpose",
        "1.1. First",
        "1.2. Second",
        "a) a",
        "b) b",
        "2. Summary",
        "2.1. Third",
        "(i) x",
        "No number",
    ]


def test_a_list_may_start_anywhere_and_a_style_may_number(tmp_path: Path) -> None:
    document = docx.Document()
    override = "<w:lvlOverride w:ilvl='0'><w:startOverride w:val='4'/></w:lvlOverride>"
    own = _numbered(document, _level(0, "upperRoman", "%1."), override=override)
    for words in ("four", "five"):
        add(document, _item(own, 0, words))
    document.add_paragraph("one", style="List Number")
    document.add_paragraph("two", style="List Number")
    lines = [line for line in text(document, tmp_path).splitlines() if line]
    assert lines == ["IV. four", "V. five", "1. one", "2. two"]


def test_headings_are_numbered_by_their_styles(tmp_path: Path) -> None:
    document = docx.Document()
    levels = ((0, "%1.", "Heading1"), (1, "%1.%2", "Heading2"), (2, "%1.%2.%3", ""))
    own = _numbered(
        document,
        *(
            _level(place, "decimal", shown, f"<w:pStyle w:val='{style}'/>" if style else "")
            for place, shown, style in levels
        ),
    )
    for name in ("Heading 1", "Heading 2"):
        properties = document.styles[name].element.get_or_add_pPr()
        properties.append(markup(f"<w:numPr><w:numId w:val='{own}'/></w:numPr>"))
    for level, words in ((1, "Purpose"), (2, "Whose"), (2, "Whom"), (1, "Summary"), (2, "In short")):
        document.add_heading(words, level)
    add(document, _item(own, 2, "Deeper"))
    lines = [line for line in text(document, tmp_path).splitlines() if line]
    assert lines == ["1. Purpose", "1.1 Whose", "1.2 Whom", "2. Summary", "2.1 In short", "2.1.1 Deeper"]


@pytest.mark.parametrize(
    ("number", "form", "shown"),
    [
        (1, "upperLetter", "A"),
        (27, "lowerLetter", "aa"),
        (9, "lowerRoman", "ix"),
        (7, "decimalZero", "07"),
        (3, "ordinal", "3"),
    ],
)
def test_forms_of_numbers(number: int, form: str, shown: str, tmp_path: Path) -> None:
    document = docx.Document()
    own = _numbered(document, _level(0, form, "%1").replace("<w:start w:val='1'/>", f"<w:start w:val='{number}'/>"))
    add(document, _item(own, 0, "words"))
    assert text(document, tmp_path).strip() == f"{shown} words"


def test_every_word_leads_back_to_the_run_it_stands_in(tmp_path: Path) -> None:
    document = with_footnote(docx.Document())
    paragraph = document.add_paragraph("Visits in time were ", style="List Bullet")
    paragraph.add_run("74%").bold = True
    paragraph.add_run(" of all.\tAnd more.")
    document.add_table(1, 2).cell(0, 1).text = "22.1"
    add(document, BOX)
    content = BytesIO()
    document.save(content)
    words = read_word("draft.docx", content.getvalue())
    assert words.text == text(document, tmp_path)
    for spot in words.spots:
        there = words.text[spot.start : spot.end]
        if spot.node is not None:
            assert spot.node.getparent() is spot.run
            assert there == {f"{{{W}}}tab": "\t"}.get(spot.node.tag, spot.node.text)
    covered = "".join(words.text[spot.start : spot.end] for spot in words.spots)
    assert covered.replace("\t", "") == (
        "Caseloads fell.The end.Visits in time were 74% of all.And more.22.1Before the box.83% in the box.From 25.2 to 22.1."
    )
    anchored = [words.text[spot.start : spot.end] for spot in words.spots if spot.node is None]
    assert anchored == ["83% in the box.", "From 25.2 to 22.1."]
