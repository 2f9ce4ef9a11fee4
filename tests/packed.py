"""The worked example's report, made once."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from xlkpi.calculate.results import calculate
from xlkpi.pack.content import Contents, Withheld, report
from xlkpi.pack.document import Paragraph, Report
from xlkpi.workbook.file import ClosedFile
from xlkpi.workbook.intake import Book, parse

ROOT = Path(__file__).resolve().parents[1]
PARAGRAPHS = (
    Paragraph("1.1", "To give an overview."),
    Paragraph("2.2", "The table counts the measures."),
    Paragraph("2.4", "Thirteen measures:"),
    Paragraph("3.1", "The table gives the context."),
    Paragraph("6.1", "A <b>bold</b> & honest conclusion."),
)


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
    return report(Contents(organisation, results, typed.register, typed.observations, PARAGRAPHS, withheld))
