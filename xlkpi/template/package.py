"""The finished file: the parts that XlsxWriter wrote and a few of our own, put together the same way every time."""

from __future__ import annotations

import re
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

from xlkpi.template import pivot
from xlkpi.template.page import Book
from xlkpi.workbook.layout import SUMMARY
from xlkpi.writers import naming
from xlkpi.writers.parts import entry, explicit

#: Summary, Indicator and What-if have one each.
_CHARTS = 3

_Change = Callable[[str], str]


def repack(draft: Path, path: Path, book: Book) -> None:
    """Write the parts of a draft in their order, changed where we know better, with fixed time stamps."""
    changes = _changes(book)
    with zipfile.ZipFile(draft) as source, zipfile.ZipFile(path, "w") as target:
        for name in source.namelist():
            with source.open(name) as part, target.open(entry(name), "w") as copy:
                if name in changes:
                    copy.write(changes[name](part.read().decode()).encode())
                else:
                    shutil.copyfileobj(part, copy, 1 << 20)
        for name, text in pivot.parts(book.content).items():
            target.writestr(entry(name), text)


def _changes(book: Book) -> dict[str, _Change]:
    """Return what is changed in which part."""
    numbers = {sheet.get_name(): number for number, sheet in enumerate(book.workbook.worksheets(), 1)}
    summary, indexes = numbers[SUMMARY], book.styles.indexes()
    to_table = pivot.relation(pivot.SHEET_ID, "pivotTable", "../pivotTables/pivotTable1.xml")
    to_cache = pivot.relation(pivot.CACHE_ID, "pivotCacheDefinition", "pivotCache/pivotCacheDefinition1.xml")
    return {
        "[Content_Types].xml": _before("</Types>", pivot.CONTENT_TYPES),
        "docProps/app.xml": _application,
        "xl/workbook.xml": _workbook,
        "xl/styles.xml": lambda text: naming.named(text, indexes),
        "xl/_rels/workbook.xml.rels": _before("</Relationships>", to_cache),
        f"xl/worksheets/_rels/sheet{summary}.xml.rels": _before("</Relationships>", to_table),
        **{f"xl/charts/chart{number}.xml": explicit for number in range(1, _CHARTS + 1)},
        **{f"xl/worksheets/sheet{numbers[name]}.xml": _growing for name in book.fitted},
    }


def _before(end: str, addition: str) -> _Change:
    return lambda text: text.replace(end, addition + end)


def _application(text: str) -> str:
    """Say who wrote the file; a program that trusts Excel's row heights and results shall not trust ours."""
    return text.replace("<Application>Microsoft Excel<", "<Application>xlkpi<")


def _workbook(text: str) -> str:
    text = re.sub(r"<fileVersion [^>]*/>", '<fileVersion appName="xlkpi"/>', text)
    return re.sub(r"(<calcPr[^>]*/>)", rf"\1{pivot.WORKBOOK_ELEMENT}", text)


def _growing(text: str) -> str:
    """Let the rows of a sheet grow while somebody types: their heights are what fits now, not what somebody set."""
    return text.replace(' customHeight="1"', "")
