"""The worked example's report, made once."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from xlkpi.calculate.results import calculate
from xlkpi.narrative.edits import Line
from xlkpi.pack.content import Contents, Withheld, report
from xlkpi.pack.document import Report
from xlkpi.workbook.file import ClosedFile
from xlkpi.workbook.intake import Book, parse

ROOT = Path(__file__).resolve().parents[1]
#: Number, section, key and text of each paragraph.
PARAGRAPHS = (
    ("1.1", "Purpose of the report", "purpose", "To give an overview."),
    ("2.1", "Summary position", "table", "The table counts the measures."),
    ("2.2", "Summary position", "list outside", "Two measures were outside:\nA4 – Visits\nB8 – Proceedings"),
    ("3.1", "Operational measures and context", "context", "The table gives the context."),
    ("4.1", "Conclusion", "conclusion", "A <b>bold</b> & honest conclusion."),
)
LINES = [Line(number, section, text, "", "", (), "", "", key, "") for number, section, key, text in PARAGRAPHS]


@cache
def book() -> Book:
    return parse(ClosedFile(ROOT / "workbooks" / "dcst-2018-19-q2.xlsx"))


def nothing(_code: str, _quarter: object, _part: str) -> bool:
    return False


@cache
def made(withheld: Withheld = nothing) -> Report:
    typed = book()
    results = calculate(typed.register, typed.observations, typed.settings.quarter)
    organisation = typed.settings.organisation
    return report(Contents(organisation, results, typed.register, typed.observations, LINES, withheld))
