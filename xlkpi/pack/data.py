"""The figures as plain data: one CSV file, and beside it what each column means, as the W3C's "CSV on the Web" has it."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from typing import Any

from xlkpi.calculate.status import Status
from xlkpi.pack.document import MARKS, PERCENT, Cell, Figure, Report

_TEXT, _NUMBER = "string", "decimal"
#: Name, title, type and description of every column; the last six stand in the history of a page, in its order.
_COLUMNS = (
    ("code", "Code", _TEXT, "The measure, as the contract codes it."),
    ("measure", "Measure", _TEXT, "Title of the measure."),
    ("section", "Section", _TEXT, "Chapter of the report."),
    ("unit", "Unit", _TEXT, "Unit of outturn, target and tolerance; 74 of unit % is 74%."),
    ("quarter", "Quarter", _TEXT, "Quarter of the financial year, which starts on 1 April."),
    ("numerator", "Numerator", _NUMBER, "What was counted."),
    ("denominator", "Denominator", _NUMBER, "Out of how many."),
    ("outturn", "Outturn", _NUMBER, "As printed in the report."),
    ("target", "Target", _TEXT, "In force in the quarter; a band as 40 to 60."),
    ("tolerance", "Tolerance", _TEXT, "In force in the quarter; a band as 40 to 60."),
    ("status", "Status", _TEXT, "Of the outturn against target and tolerance."),
)


def table(report: Report) -> bytes:
    """Return every figure of every measure and quarter: UTF-8 with a mark, so that Excel reads it, lines ended by CRLF."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow([name for name, *_ in _COLUMNS])
    writer.writerows(_rows(report))
    return ("\ufeff" + text.getvalue()).encode()


def _rows(report: Report) -> Iterator[list[str]]:
    for page in report.pages:
        for quarter, *figures in page.figures:
            yield [page.code, page.title, page.section, page.unit, _plain(quarter), *map(_plain, figures)]


def _plain(cell: Cell) -> str:
    """Return a cell for a machine: digits alone, no unit, no thousands apart."""
    if isinstance(cell, Status):
        return cell.value
    if isinstance(cell, Figure):
        return cell.text.replace(",", "").removesuffix(PERCENT)
    return cell


def metadata(report: Report, name: str) -> bytes:
    """Return what the columns of the CSV file mean.

    Args:
        report: As for the file.
        name: Of the CSV file.
    """
    columns: list[dict[str, Any]] = []
    for column, title, kind, description in _COLUMNS:
        one = {"name": column, "titles": title, "datatype": kind, "dc:description": description}
        columns.append(one | ({"null": list(MARKS)} if kind == _NUMBER else {}))
    described = {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": report.language}],
        "url": name,
        "dialect": {"encoding": "utf-8-sig", "lineTerminators": ["\r\n"]},
        "dc:title": f"{report.title} – {report.period}",
        "dc:publisher": report.organisation,
        "dc:temporal": report.dates,
        "notes": [{"mark": mark, "meaning": meaning} for mark, meaning in MARKS.items()],
        "tableSchema": {"columns": columns, "primaryKey": ["code", "quarter"]},
    }
    return (json.dumps(described, ensure_ascii=False, indent=2) + "\n").encode()
