"""What everybody needs to read a workbook: taken away piece by piece, each is missed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest
import xlsxwriter
from lxml import html as parser
from packed import made
from xlsxwriter.worksheet import Worksheet

from xlkpi.pack.document import Chart
from xlkpi.pack.svg import drawn
from xlkpi.pack.workbook import workbook
from xlkpi.proof.accessible import lacking
from xlkpi.proof.grid import ENOUGH
from xlkpi.writers import look


def test_the_commissioners_workbook_lacks_nothing(tmp_path: Path) -> None:
    path = tmp_path / "pack.xlsx"
    path.write_bytes(workbook(made(), dt.datetime(2018, 10, 17)))
    assert lacking(path) == []


RED, PALE = "#FF0000", "#FFDDDD"


def book(path: Path, lack: str) -> None:
    """Write a workbook that lacks one thing, and the language and headings, which XlsxWriter cannot write."""
    with xlsxwriter.Workbook(str(path)) as made_book:
        made_book.set_properties({"title": "" if lack == "title property" else "Figures"})
        sheet = made_book.add_worksheet("Figures")
        if lack != "title":
            sheet.write_string(0, 0, "Figures")
        left = 1 if lack == "left edge" else 0
        for place in range({"table": 0, "second table": 2}.get(lack, 1)):
            table(sheet, 4 + 9 * place, left, "" if lack == "name" else f"Children{place}", has_filter=lack == "filter")
        if lack in CELLS:
            row, text, style = CELLS[lack]
            sheet.write(row, 0, text, made_book.add_format(style))
        if lack in DONE:
            DONE[lack](sheet)
        chart = made_book.add_chart({"type": "line"})
        chart.add_series({"values": "=Figures!$B$6:$B$9"})
        sheet.insert_chart(0, 6, chart, {} if lack == "alternative text" else {"description": "A line."})
        if lack == "in view":
            other = made_book.add_worksheet("Other")
            other.write_string(0, 0, "Other")
            table(other, 4, 0, "Others")
            other.activate()


def table(sheet: Worksheet, top: int, left: int, name: str, *, has_filter: bool = False) -> None:
    rows = [["North", 7], ["South", 8], ["East", 9], ["West", 10]]
    columns = [{"header": "Section"}, {"header": "Children"}]
    options = {"columns": columns, "data": rows, "autofilter": has_filter, **({"name": name} if name else {})}
    sheet.add_table(top, left, top + 4, left + 1, options)


DONE: dict[str, Callable[[Worksheet], object]] = {
    "link": lambda sheet: sheet.write_url(0, 0, "https://example.org"),
    "whole cells": lambda sheet: sheet.merge_range(1, 0, 1, 3, "wide"),
    "panes": lambda sheet: sheet.freeze_panes(5, 1),
    "footer": lambda sheet: sheet.set_footer("&P"),
    "cursor": lambda sheet: sheet.set_selection(6, 1, 6, 1),
    "text box": lambda sheet: sheet.insert_textbox(0, 9, "Look here", {"description": "A box."}),
}
#: What is written into the first column instead: row, text, looks.
CELLS: dict[str, tuple[int, str | None, dict[str, object]]] = {
    "filled cells": (6, None, {}),
    "below": (20, "a note", {}),
    "whole text": (6, "A section with a name that is longer than its column", {}),
    "contrast": (6, "South", {"font_color": RED, "bg_color": PALE}),
    "marker": (6, "South*", {}),
}
LACKS = [
    ("title", ("Figures", "cell A1 has no title.")),
    ("table", ("Figures", "it has 0 marked-up tables, where one was expected.")),
    ("second table", ("Figures", "it has 2 marked-up tables, where one was expected.")),
    ("left edge", ("Figures", "its table stands at B5:C9, not at the left edge.")),
    ("name", ("Figures", "its table has no name of its own.")),
    ("filter", ("Figures", "it has a filter.")),
    ("panes", ("Figures", "panes are frozen.")),
    ("footer", ("Figures", "it has a header or footer, which a screen reader leaves out.")),
    ("cursor", ("Figures", "the cursor stands at B7.")),
    ("text box", ("Figures", "a text box or picture lies over its cells.")),
    ("filled cells", ("Figures", "its table has empty cells: A7.")),
    ("below", ("Figures", "something stands below its table: A21.")),
    ("whole text", ("Figures", "the text in A7 is cut off.")),
    ("contrast", ("Figures", f"the text in A7 has too little contrast: {RED} on {PALE}.")),
    ("marker", ("Figures", "a sign for a footnote stands in A7.")),
    ("link", ("Figures", "the link in A1 does not say where it leads.")),
    ("whole cells", ("Figures", "the cells A2:D2 are merged.")),
    ("alternative text", ("Figures", "Chart 2 has no alternative text.")),
    ("in view", ("Figures", "another sheet than the first is in view when the file is opened.")),
    ("title property", ("Properties", "the file does not say its title.")),
    ("language", ("Properties", "the file does not say its language.")),
    ("heading", ("Figures", "its title is not marked as a heading.")),
]


@pytest.mark.parametrize(("lack", "said"), LACKS, ids=[one[0] for one in LACKS])
def test_what_is_taken_away_is_missed(tmp_path: Path, lack: str, said: tuple[str, str]) -> None:
    path = tmp_path / "book.xlsx"
    book(path, lack)
    found = [(one.where, one.what) for one in lacking(path)]
    assert said in found or ("Chart" in said[1] and any("alternative text" in what for _, what in found)), found
    always = {"language", "marked as a heading"}
    others = [what for where, what in found if (where, what) != said and not any(one in what for one in always)]
    allowed = {"alternative text": "alternative text", "panes": "the cursor stands at"}.get(lack)
    assert all(allowed and allowed in what for what in others), others


@pytest.mark.parametrize("pair", [*look.STATUS_PAIRS.values(), *look.VERDICT_PAIRS.values()])
def test_every_status_stands_out_from_its_ground(pair: look.Pair) -> None:
    assert look.contrast(pair.text, pair.ground) >= ENOUGH


def test_every_letter_of_a_chart_stands_out_from_its_ground() -> None:
    """Text of an SVG is what axe-core cannot judge: it knows no ground of it. Bars carry theirs; all else lies on white."""
    charts = [block for section in made().sections for block in section.blocks if isinstance(block, Chart)]
    charts += [page.chart for page in made().pages if page.chart]
    letters = 0
    for chart in charts:
        ground = look.WHITE
        for one in parser.fragment_fromstring(drawn(chart)).iter("rect", "text"):
            if one.tag == "rect":
                ground = one.get("fill")
            else:
                letters += 1
                grounds = {look.WHITE, ground}
                assert all(look.contrast(one.get("fill"), other) >= ENOUGH for other in grounds), (chart.name, one.text)
    assert letters > 300


def test_every_line_of_a_chart_stands_out_from_white() -> None:
    """Three is enough for what is no text; the grid is decoration and steps back."""
    for chart in (page.chart for page in made().pages if page.chart):
        for one in parser.fragment_fromstring(drawn(chart)).iter("polyline", "circle"):
            assert look.contrast(one.get("stroke") or one.get("fill"), look.WHITE) >= 3
