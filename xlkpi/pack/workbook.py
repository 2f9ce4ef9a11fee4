"""The commissioner's workbook: values only, one table a sheet at its left edge, charts with words, nothing else in it.

Source of its form: Government Analysis Function, making spreadsheets accessible (checklist).
"""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from xlkpi.calculate.status import Status
from xlkpi.pack.charts import native_chart
from xlkpi.pack.document import (
    HISTORY,
    NOT_APPLICABLE,
    Cell,
    Chart,
    Column,
    Figure,
    Items,
    Page,
    Paragraph,
    Report,
    Role,
    Table,
)
from xlkpi.workbook.backend import quoted
from xlkpi.writers import look, naming
from xlkpi.writers.parts import entry, explicit

_A4 = 9
#: Height of a line right above a table, in points: it keeps off it.
_ABOVE_TABLE = 26
_TITLE, _ABOUT, _BACK, _FIRST = 0, 1, 2, 4
_ABOUT_IT = (
    "This workbook holds values only. Each sheet has one table; the contents lead to every sheet, and the notes say what "
    "marks such as [x] mean."
)
_HEADING = {"bold": True, "font_size": 20, "font_color": look.ACCENT}
_NUMBERS = {Role.FIGURE, Role.BESIDE, Role.COUNT, Role.TARGET, Role.TOLERANCE}
_LONGEST_NAME = 31


def workbook(report: Report, created: dt.datetime) -> bytes:
    """Return the finished file; the same report and time give the same bytes."""
    draft = io.BytesIO()
    options = {"in_memory": True, "strings_to_numbers": False, "strings_to_formulas": False, "strings_to_urls": False}
    with Workbook(draft, options) as book:
        book.set_size(1920, 1200)
        book.set_properties(
            {
                "title": f"{report.title} – {report.period} – {report.organisation}",
                "subject": f"Contract performance, {report.dates}",
                "created": created.replace(microsecond=0),
            }
        )
        writer = _Writer(book, report)
        writer.write()
    return _repacked(draft.getvalue(), report.language, writer.headings)


def _repacked(draft: bytes, language: str, headings: Sequence[int]) -> bytes:
    """Return the parts with fixed time stamps, and with what XlsxWriter has no word for: the language, and headings."""
    finished = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(draft)) as source, zipfile.ZipFile(finished, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            content = source.read(name)
            if name == "docProps/core.xml":
                end = b"</cp:coreProperties>"
                content = content.replace(end, f"<dc:language>{language}</dc:language>".encode() + end)
            if name == "xl/styles.xml":
                content = naming.named(content.decode(), {"Heading 1": headings}).encode()
            if name == "docProps/app.xml":
                content = content.replace(b"<Application>Microsoft Excel<", b"<Application>xlkpi<")
            if name == "xl/workbook.xml":
                content = re.sub(rb"<fileVersion [^>]*/>", b'<fileVersion appName="xlkpi"/>', content)
            if name.startswith("xl/charts/"):
                # Where nothing is said, readers other than Excel draw what is not known as 0.
                seen = b'<c:plotVisOnly val="1"/>'
                content = explicit(content.decode()).encode().replace(seen, seen + b'<c:dispBlanksAs val="gap"/>')
            target.writestr(entry(name), content)
    return finished.getvalue()


class _Writer:
    """Writes the sheets of one report."""

    def __init__(self, book: Workbook, report: Report) -> None:
        self._book, self._report = book, report
        self._formats: dict[tuple[tuple[str, Any], ...], Format] = {}
        self._names = set[str]()
        #: Sheets with what they show, for the contents.
        self._contents: list[tuple[str, str]] = []

    def write(self) -> None:
        cover = self._sheet("Cover", self._report.title)
        contents = self._sheet("Contents", "Contents")
        self._notes()
        self._narrative()
        for section in self._report.sections:
            tables = [one for one in section.blocks if isinstance(one, Table)]
            charts = [one for one in section.blocks if isinstance(one, Chart)]
            for table in tables:
                sheet = self._sheet(_named(table), table.title, about=table.note)
                self._table(sheet, table, _FIRST)
                for chart in charts:
                    self._chart(sheet, chart, table)
        for table in self._report.overview:
            self._table(self._sheet(_named(table), table.title, about=table.note), table, _FIRST)
        self._measures()
        for page in self._report.pages:
            self._page(page)
        self._data()
        self._fill_cover(cover)
        self._fill_contents(contents)
        cover.activate()

    @property
    def headings(self) -> list[int]:
        """Return the numbers of the cell formats that are headings, once the file is written."""
        return [self._format(**_HEADING).xf_index]

    def _format(self, **properties: Any) -> Format:
        properties = {"font_name": look.FONT, "font_color": look.INK, "valign": "vcenter", **properties}
        key = tuple(sorted(properties.items()))
        if key not in self._formats:
            self._formats[key] = self._book.add_format(properties)
        return self._formats[key]

    def _sheet(self, wanted: str, title: str, about: str = "") -> Worksheet:
        """Add a sheet with its title in A1, what it is about in A2, and the way back in A3."""
        name = self._free(wanted)
        sheet: Worksheet = self._book.add_worksheet(name)
        sheet.hide_gridlines(2)
        sheet.set_landscape()
        sheet.set_paper(_A4)
        sheet.fit_to_pages(1, 0)
        sheet.set_row(_TITLE, 30)
        sheet.write_string(_TITLE, 0, title, self._format(**_HEADING))
        self._contents.append((name, title))
        if name != "Cover":
            said = " ".join(filter(None, ("This sheet has one table.", about)))
            sheet.write_string(_ABOUT, 0, said, self._format(font_color=look.GREY))
        if name not in {"Cover", "Contents"}:
            link = self._format(font_color=look.ACCENT, underline=1)
            sheet.write_url(_BACK, 0, f"internal:{quoted('Contents')}!A1", link, "Back to the contents")
        return sheet

    def _free(self, wanted: str) -> str:
        """Return a sheet name that Excel takes and that is not taken."""
        plain = re.sub(r"[\[\]:*?/\\]", "-", wanted).strip("'")[:_LONGEST_NAME]
        name, number = plain, 2
        while name.casefold() in self._names:
            name = f"{plain[: _LONGEST_NAME - 4]} ({number})"
            number += 1
        self._names.add(name.casefold())
        return name

    def _notes(self) -> None:
        rows = [(str(number), note) for number, note in enumerate(self._report.notes, 1)]
        table = Table("Notes", "Notes", (Column("Note", width=8), Column("What to know", width=110)), rows)
        self._table(self._sheet("Notes", "Notes"), table, _FIRST)

    def _narrative(self) -> None:
        rows: list[tuple[str, str, str]] = []
        for section in self._report.sections:
            for block in section.blocks:
                if isinstance(block, Paragraph):
                    rows.append((block.number, section.title, block.text))
                elif isinstance(block, Items) and rows:
                    number, title, text = rows[-1]
                    rows[-1] = number, title, "\n".join((text, *(f"• {item}" for item in block.items)))
        columns = (Column("Paragraph", width=11), Column("Section", width=32), Column("Text", width=100))
        if rows:
            title = f"Narrative, {self._report.period}"
            self._table(self._sheet("Narrative", title), Table("Narrative", title, columns, rows), _FIRST)

    def _table(self, sheet: Worksheet, table: Table, top: int) -> None:
        """Write a table and mark it up as one; totals stand in it, as rows of their own."""
        heads = []
        for place, column in enumerate(table.columns):
            align = "right" if column.role in _NUMBERS else "left"
            sheet.set_column(place, place, column.width)
            style = {
                "bold": True,
                "font_color": look.ACCENT,
                "bottom": 5,
                "bottom_color": look.ACCENT,
                "text_wrap": True,
            }
            indent = int(_is_indented(column, place))
            heads.append({"header": column.heading, "header_format": self._format(align=align, indent=indent, **style)})
        rows = list(table.rows) or [tuple("" for _ in table.columns)]
        bottom = top + len(rows)
        sheet.add_table(
            top,
            0,
            bottom,
            len(heads) - 1,
            {"name": f"tbl{_plain(table.name)}", "columns": heads, "style": None, "autofilter": False},
        )
        sheet.set_row(top, look.row_height((one.heading, one.width) for one in table.columns))
        for offset, row in enumerate(rows, 1):
            is_total = offset > len(rows) - table.totals
            widths = [column.width for column in table.columns]
            texts = [cell if isinstance(cell, str) else "" for cell in row]
            sheet.set_row(top + offset, look.row_height(zip(texts, widths, strict=True)))
            for place, (column, cell) in enumerate(zip(table.columns, row, strict=True)):
                self._cell(sheet, (top + offset, place), cell, column, is_total=is_total)
        sheet.repeat_rows(top)

    def _cell(self, sheet: Worksheet, at: tuple[int, int], cell: Cell, column: Column, *, is_total: bool) -> None:
        style: dict[str, Any] = {"bottom": 1, "bottom_color": look.RULE, "bold": is_total or column.role is Role.FIGURE}
        if column.role is Role.BESIDE:
            style["font_color"] = look.GREY
        if isinstance(cell, Status):
            pair = look.STATUS_PAIRS[cell]
            style |= {"font_color": pair.text, "bg_color": pair.ground, "bold": True, "indent": 1}
            sheet.write_string(*at, cell.label, self._format(**style))
        elif isinstance(cell, Figure) and cell.value is not None:
            style |= {"align": "right", "num_format": look.number_format(cell.unit, cell.decimals)}
            sheet.write_number(*at, float(cell.value), self._format(**style))
        else:
            text = cell.text if isinstance(cell, Figure) else cell
            style["align"] = "right" if column.role in _NUMBERS else "left"
            style["indent"] = int(_is_indented(column, at[1]))
            sheet.write_string(*at, text, self._format(text_wrap=True, **style))

    def _measures(self) -> None:
        """Write what each measure is, and what was said about it."""
        terms = ("Definition", "How it is counted", "Unit")
        columns = (
            Column("Code", width=8),
            Column("Measure", width=44),
            Column("Section", width=34),
            *(Column(term, width=44 if term == terms[0] else 34) for term in terms),
            Column("Comment", width=44),
        )
        rows: list[tuple[Cell, ...]] = [
            (
                *(page.code, page.title, page.section),
                *(page.facts.get(term) or Figure(NOT_APPLICABLE) for term in terms),
                page.comment or Figure(NOT_APPLICABLE),
            )
            for page in self._report.pages
        ]
        if rows:
            title = "What each measure is"
            self._table(self._sheet("Measures", title), Table("Measures", title, columns, rows), _FIRST)

    def _page(self, page: Page) -> None:
        """Write an indicator: its history at the left edge, its chart at the right."""
        about = ". ".join(filter(None, (page.section, page.facts.get("Definition", "").rstrip("."))))
        shown = " The chart shows the same figures." if page.chart else ""
        sheet = self._sheet(page.code, f"{page.code} – {page.title}", about=f"{about}.{shown}")
        if page.comment:
            sheet.set_row(_BACK + 1, _ABOVE_TABLE)
            sheet.write_string(_BACK + 1, 0, f"Comment: {page.comment}", self._format(valign="top"))
        self._table(sheet, page.history, _FIRST)
        if page.chart is not None:
            self._chart(sheet, page.chart, page.history)

    def _chart(self, sheet: Worksheet, chart: Chart, table: Table) -> None:
        """Draw a chart at the right of its table."""
        drawn = native_chart(self._book, chart, table, sheet.get_name(), _FIRST)
        at = _FIRST, len(table.columns) + 1
        sheet.set_column(at[1] - 1, at[1] - 1, 3)
        sheet.insert_chart(*at, drawn, {"object_position": 3, "description": chart.description})

    def _data(self) -> None:
        """Write every figure of every measure and quarter as one long table."""
        columns = (
            Column("Code", width=8),
            Column("Measure", width=50),
            Column("Section", width=34),
            Column("Unit", width=10),
            *HISTORY,
        )
        rows = [
            (page.code, page.title, page.section, page.unit, *row)
            for page in self._report.pages
            for row in page.figures
        ]
        if rows:
            title = "Every figure of every measure"
            self._table(self._sheet("Data", title), Table("Data", title, columns, rows), _FIRST)

    def _fill_cover(self, sheet: Worksheet) -> None:
        sheet.set_column(0, 0, 100)
        report = self._report
        said = [
            report.organisation,
            report.period,
            f"Reporting period {report.dates}",
            report.headline,
            _ABOUT_IT,
            *([report.signed] if report.signed else []),
        ]
        for row, text in enumerate(said, 1):
            wrapped = self._format(font_size=14 if row == 1 else 11, text_wrap=True)
            sheet.set_row(row, look.row_height([(text, 100)]))
            sheet.write_string(row, 0, text, wrapped)
        link = self._format(font_color=look.ACCENT, underline=1)
        sheet.write_url(len(said) + 1, 0, f"internal:{quoted('Contents')}!A1", link, "Go to the contents")

    def _fill_contents(self, sheet: Worksheet) -> None:
        columns = (Column("Sheet", width=24), Column("What it shows", width=90))
        shown = [one for one in self._contents if one[0] not in {"Cover", "Contents"}]
        self._table(sheet, Table("Contents", "Contents", columns, shown), _FIRST)
        link = self._format(font_color=look.ACCENT, underline=1, bottom=1, bottom_color=look.RULE)
        for row, (name, _) in enumerate(shown, _FIRST + 1):
            sheet.write_url(row, 0, f"internal:{quoted(name)}!A1", link, name)


def _named(table: Table) -> str:
    """Return what the sheet of a table is called."""
    return table.name.replace("_", " ")


def _is_indented(column: Column, place: int) -> bool:
    """Return whether a column's text keeps a distance from the figures before it."""
    return column.role is Role.STATUS or (column.role is Role.TEXT and place > 0)


def _plain(name: str) -> str:
    return re.sub(r"\W", "_", name)


def sheet_names(content: bytes) -> Sequence[str]:
    """Return the names of the sheets of a finished file, in their order."""
    with zipfile.ZipFile(io.BytesIO(content)) as source:
        return list(_names(source.read("xl/workbook.xml").decode()))


def _names(text: str) -> Iterator[str]:
    return (found[1] for found in re.finditer(r'<sheet name="([^"]+)"', text))
