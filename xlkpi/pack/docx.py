"""The report as a Word file: real headings, real tables with repeated headings, native charts with words."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from functools import singledispatchmethod
from typing import Any

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph as WordParagraph

from xlkpi.pack.content import APPENDIX
from xlkpi.pack.document import Block, Chart, Items, Page, Paragraph, Report, Table
from xlkpi.pack.html import anchor, is_wide, numbered
from xlkpi.pack.wordtable import table_element
from xlkpi.writers import look
from xlkpi.writers.parts import entry

_CHART_TYPE = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
_CHART_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/chart"
_EMU = 36_000
_CHART_SIZE = (165 * _EMU, 64 * _EMU)
#: Between the margins, upright and on its side, in millimetres.
_UPRIGHT, _ON_ITS_SIDE = 170, 257
_NOTE_SIZE = 9
_SIZES = {"Title": 20, "Heading 1": 16, "Heading 2": 13, "Heading 3": 11}
_APP = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    b'<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
    b"<Application>xlkpi</Application></Properties>"
)
_FOREIGN = ("/customXml", "/thumbnail")


def document(report: Report, workbook: bytes, created: dt.datetime) -> bytes:
    """Return the finished file; the same report and time give the same bytes.

    Args:
        report: What to say.
        workbook: The commissioner's workbook of the same report, whose charts are shown here, too.
        created: Local time without zone.
    """
    writer = _Writer(report, _charts(workbook))
    writer.write()
    properties = writer.word.core_properties
    properties.title = f"{report.title} – {report.period} – {report.organisation}"
    properties.subject = f"Contract performance, {report.dates}"
    properties.author = properties.last_modified_by = properties.comments = properties.keywords = ""
    properties.language = report.language
    properties.created = properties.modified = created.replace(microsecond=0)
    properties.revision = 1
    draft = io.BytesIO()
    writer.word.save(draft)
    return _repacked(draft.getvalue())


def _charts(workbook: bytes) -> list[bytes]:
    """Return the charts of a workbook with the figures they keep, in the order of its sheets."""
    with zipfile.ZipFile(io.BytesIO(workbook)) as source:
        number = sum(name.startswith("xl/charts/chart") for name in source.namelist())
        return [source.read(f"xl/charts/chart{place}.xml") for place in range(1, number + 1)]


def _repacked(draft: bytes) -> bytes:
    finished = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(draft)) as source, zipfile.ZipFile(finished, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            content = source.read(name)
            if name == "docProps/app.xml":
                content = _APP
            if name == "word/settings.xml":
                # The library's template was made by somebody's Word, some time ago.
                content = re.sub(rb"<w:rsids>.*?</w:rsids>", b"", content, flags=re.DOTALL)
                content = re.sub(rb'(w:name="compatibilityMode"[^>]*w:val=)"14"', rb'\1"15"', content)
            target.writestr(entry(name), content)
    return finished.getvalue()


class _Writer:
    """Writes one report, block by block."""

    def __init__(self, report: Report, charts: list[bytes]) -> None:
        self.word: WordDocument = Document()
        self._report, self._charts = report, iter(charts)
        self._bookmarks = self._drawings = 0
        self._together = False
        # The library's template brings custom XML and a small picture of itself, which have no business here.
        for links in (self.word.part.rels, self.word.part.package.rels):
            for name in [name for name, link in links.items() if link.reltype.endswith(_FOREIGN)]:
                del links[name]

    def write(self) -> None:
        self._set_up()
        self.word.add_paragraph(self._report.organisation).paragraph_format.space_after = Pt(0)
        self.word.add_paragraph(f"{self._report.title} – {self._report.period}", style="Title")
        self.word.add_paragraph(f"Reporting period {self._report.dates}")
        self.word.add_paragraph(self._report.headline)
        self._contents()
        for place, section in enumerate(self._report.sections, 1):
            self._turn(is_wide=any(isinstance(one, Table) and is_wide(one) for one in section.blocks))
            self._heading(numbered(section), 1, f"section-{place}")
            for block in section.blocks:
                self._show(block)
        if self._report.signed:
            signed = self.word.add_paragraph()
            signed.paragraph_format.space_before = Pt(14)
            signed.add_run(self._report.signed).bold = True
        if self._report.pages:
            self._appendix()
        self._heading("Notes", 1, "notes")
        for place, note in enumerate(self._report.notes, 1):
            paragraph = self.word.add_paragraph(note, style="List Bullet")
            paragraph.paragraph_format.keep_with_next = place < len(self._report.notes)

    def _appendix(self) -> None:
        self._turn(is_wide=any(map(is_wide, self._report.overview)))
        self._heading(APPENDIX, 1, "appendix")
        for place, table in enumerate(self._report.overview):
            self._show(table, on_new_page=place > 0)
        self._turn(is_wide=False)
        pages = self._report.pages
        for place, page in enumerate(pages):
            shares = bool(place) and not page.is_rated and not pages[place - 1].is_rated
            self._together = not page.is_rated
            self._page(page, on_new_page=bool(place) and not shares)

    def _set_up(self) -> None:
        section = self.word.sections[0]
        section.orientation, section.page_width, section.page_height = WD_ORIENT.PORTRAIT, Mm(210), Mm(297)
        section.left_margin = section.right_margin = Mm(20)
        section.top_margin = section.bottom_margin = Mm(18)
        styles = self.word.styles
        for name in ("Normal", *_SIZES, "Caption", "List Bullet"):
            style: Any = styles[name]
            style.font.name = look.FONT
            fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
            for kind in ("ascii", "hAnsi", "cs", "eastAsia"):
                fonts.set(qn(f"w:{kind}"), look.FONT)
            for theme in ("asciiTheme", "hAnsiTheme", "cstheme", "eastAsiaTheme"):
                fonts.attrib.pop(qn(f"w:{theme}"), None)
            style.font.size = Pt(_SIZES.get(name, 10))
            colour = look.ACCENT if name in _SIZES else look.INK
            style.font.color.rgb = RGBColor.from_string(colour[1:])
        line: Any = styles["Title"].element.find(f".//{qn('w:pBdr')}/{qn('w:bottom')}")
        line.set(qn("w:color"), look.ACCENT[1:])
        line.attrib.pop(qn("w:themeColor"), None)
        language = OxmlElement("w:lang")
        language.set(qn("w:val"), self._report.language)
        normal: Any = styles["Normal"]
        normal.element.get_or_add_rPr().append(language)
        foot = section.footer.paragraphs[0]
        foot.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        foot.add_run(f"{self._report.organisation} · {self._report.period} · page ")
        _field(foot, "PAGE")

    def _turn(self, *, is_wide: bool) -> None:
        """Start a new page the other way round, where the present one does not lie as it should."""
        last = self.word.sections[-1]
        if is_wide is (last.orientation == WD_ORIENT.LANDSCAPE):
            return
        turned = self.word.add_section(WD_SECTION.NEW_PAGE)
        turned.orientation = WD_ORIENT.LANDSCAPE if is_wide else WD_ORIENT.PORTRAIT
        turned.page_width, turned.page_height = last.page_height, last.page_width
        turned.top_margin = turned.bottom_margin = Mm(13 if is_wide else 18)

    def _heading(self, text: str, level: int, name: str) -> WordParagraph:
        paragraph: WordParagraph = self.word.add_heading(level=level)
        self._bookmarks += 1
        start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
        for mark in (start, end):
            mark.set(qn("w:id"), str(self._bookmarks))
        start.set(qn("w:name"), name.replace("-", "_"))
        paragraph._p.append(start)  # noqa: SLF001  # the library has no bookmarks
        paragraph.add_run(text)
        paragraph._p.append(end)  # noqa: SLF001
        return paragraph

    def _contents(self) -> None:
        self.word.add_heading("Contents", level=1)
        entries = [(numbered(one), f"section-{place}") for place, one in enumerate(self._report.sections, 1)]
        entries += [(APPENDIX, "appendix")] if self._report.pages else []
        for said, name in (*entries, ("Notes", "notes")):
            paragraph = self.word.add_paragraph()
            paragraph.paragraph_format.space_after = Pt(2)
            link = OxmlElement("w:hyperlink")
            link.set(qn("w:anchor"), name.replace("-", "_"))
            run = paragraph.add_run(said)
            run.font.color.rgb = RGBColor.from_string(look.ACCENT[1:])
            link.append(run._r)  # noqa: SLF001  # nor links within a document
            paragraph._p.append(link)  # noqa: SLF001

    def _page(self, page: Page, *, on_new_page: bool) -> None:
        heading = self._heading(f"{page.code} – {page.title}", 2, anchor(page.code))
        heading.paragraph_format.page_break_before = on_new_page
        self._kept(self.word.add_paragraph(page.section))
        for term, fact in page.facts.items():
            paragraph = self._kept(self.word.add_paragraph())
            paragraph.paragraph_format.space_after = Pt(0)
            paragraph.add_run(f"{term}: ").font.color.rgb = RGBColor.from_string(look.GREY[1:])
            paragraph.add_run(fact)
        if page.now is not None:
            self._show(page.now)
        if page.chart is not None:
            self._show(page.chart)
        if page.comment:
            self.word.add_heading("Comment", level=3)
            self._kept(self.word.add_paragraph(page.comment))
        self._together = False
        self._show(page.history)

    def _kept(self, paragraph: WordParagraph) -> WordParagraph:
        """Return a paragraph that stays with the next one where measures share a page of paper."""
        if self._together:
            paragraph.paragraph_format.keep_with_next = True
        return paragraph

    @singledispatchmethod
    def _show(self, block: Block, *, on_new_page: bool = False) -> None:
        del on_new_page  # tables alone may start a page
        raise TypeError(block)

    @_show.register
    def _(self, block: Paragraph) -> None:
        paragraph = self.word.add_paragraph()
        paragraph.paragraph_format.left_indent = Mm(12)
        paragraph.paragraph_format.first_line_indent = Mm(-12)
        paragraph.paragraph_format.tab_stops.add_tab_stop(Mm(12))
        paragraph.paragraph_format.space_before = Pt(4)
        paragraph.add_run(f"{block.number}\t").font.color.rgb = RGBColor.from_string(look.GREY[1:])
        paragraph.add_run(block.text)

    @_show.register
    def _(self, block: Items) -> None:
        for item in block.items:
            paragraph = self.word.add_paragraph(item, style="List Bullet")
            paragraph.paragraph_format.left_indent = Mm(18)
            paragraph.paragraph_format.space_after = Pt(1)

    @_show.register
    def _(self, block: Chart) -> None:
        self._drawings += 1
        name = PackURI(f"/word/charts/chart{self._drawings}.xml")
        part = Part(name, _CHART_TYPE, next(self._charts), self.word.part.package)
        relation = self.word.part.relate_to(part, _CHART_RELATION)
        paragraph = self._kept(self.word.add_paragraph())
        paragraph.paragraph_format.space_before = Pt(6)
        paragraph.add_run()._r.append(_drawing(block, relation, self._drawings))  # noqa: SLF001

    @_show.register
    def _(self, block: Table, *, on_new_page: bool = False) -> None:
        caption = self.word.add_paragraph(block.title, style="Caption")
        caption.paragraph_format.keep_with_next = True
        caption.paragraph_format.space_before = Pt(6)
        caption.paragraph_format.page_break_before = on_new_page
        width = _ON_ITS_SIDE if self.word.sections[-1].orientation == WD_ORIENT.LANDSCAPE else _UPRIGHT
        caption._p.addnext(parse_xml(table_element(block, width, is_followed=self._together)))  # noqa: SLF001  # the library adds its own tables only
        after = self._kept(self.word.add_paragraph())
        after.paragraph_format.space_after = Pt(2)
        if block.note:
            after.paragraph_format.space_before = Pt(4)
            run = after.add_run(block.note)
            run.font.size, run.font.color.rgb = Pt(_NOTE_SIZE), RGBColor.from_string(look.GREY[1:])
        else:
            # A table that ends with its page leaves room for so little.
            after.paragraph_format.line_spacing = Pt(2)


def _field(paragraph: WordParagraph, name: str) -> None:
    for kind in ("begin", "instr", "end"):
        run = paragraph.add_run()
        if kind == "instr":
            text = OxmlElement("w:instrText")
            text.text = name
            run._r.append(text)  # noqa: SLF001  # the library has no fields
        else:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
            run._r.append(mark)  # noqa: SLF001


def _drawing(chart: Chart, relation: str, number: int) -> Any:
    """Return a chart in a line of text, with what it shows in words."""
    width, height = _CHART_SIZE
    drawing = parse_xml(
        f'<w:drawing {nsdecls("w", "wp", "a", "r")}><wp:inline distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent cx="{width}" cy="{height}"/><wp:docPr id="{number}" name="Chart {number}"/>'
        "<wp:cNvGraphicFramePr/><a:graphic>"
        '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/chart">'
        '<c:chart xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" '
        f'r:id="{relation}"/></a:graphicData></a:graphic></wp:inline></w:drawing>'
    )
    about = drawing.find(f".//{qn('wp:docPr')}")
    assert about is not None
    about.set("descr", chart.description)
    about.set("title", chart.title)
    return drawing
