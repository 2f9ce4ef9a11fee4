"""Workbooks that the tests make for themselves, and what they look at in them."""

import datetime as dt
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import xlsxwriter

from xlkpi.workbook.backend import Block, Write
from xlkpi.workbook.file import ClosedFile

HEADINGS = ("Code", "Cases", "Share")
ROWS: list[tuple[object, ...]] = [("A1", 10, 0.5), ("A2", 20, 0.25), ("A3", 30, 0.125)]


def make(path: Path, build: Callable[[xlsxwriter.Workbook], None], **options: Any) -> Path:
    """Write a workbook and return its path."""
    with xlsxwriter.Workbook(path, options) as book:
        build(book)
    return path


def add_table(sheet: Any, **options: Any) -> None:
    """Put the table ``tblOut`` at B4 of a sheet: a heading row and three data rows, with a title above."""
    sheet.write("A1", "Title")
    columns = options.pop("columns", [{"header": heading} for heading in HEADINGS])
    totals = options.get("total_row", False)
    rows = options.pop("rows", ROWS)
    last = 3 + len(rows) + bool(totals)
    for index, row in enumerate(rows):
        for column, value in enumerate(row):
            sheet.write(4 + index, 1 + column, value)
    sheet.add_table(3, 1, last, len(columns), {"name": "tblOut", "columns": columns, **options})


def simple(path: Path, **options: Any) -> Path:
    """Write a workbook that holds the table ``tblOut`` on the sheet Out."""
    return make(path, lambda book: add_table(book.add_worksheet("Out"), **options))


def apply(path: Path, *plan: Write) -> ClosedFile:
    """Apply a plan to a file and return the file as opened anew."""
    ClosedFile(path).apply(plan)
    return ClosedFile(path)


def table(path: Path, name: str = "tblOut") -> Block:
    """Return a table of a file."""
    return ClosedFile(path).read(name)


def part(path: Path, name: str) -> str:
    """Return one part of a package as text."""
    with zipfile.ZipFile(path) as package:
        return package.read(name).decode()


def parts(path: Path) -> dict[str, bytes]:
    """Return all parts of a package."""
    with zipfile.ZipFile(path) as package:
        return {name: package.read(name) for name in package.namelist()}


def raw_members(path: Path) -> dict[str, bytes]:
    """Return every member of a zip file as it stands: local header, name, extra field and compressed content."""
    data = path.read_bytes()
    found = {}
    with zipfile.ZipFile(path) as package:
        for info in package.infolist():
            name, extra = struct.unpack_from("<2H", data, info.header_offset + 26)
            end = info.header_offset + 30 + name + extra + info.compress_size
            found[info.filename] = data[info.header_offset : end]
    return found


def rewritten(path: Path, target: Path, change: Callable[[str, bytes], bytes | None]) -> Path:
    """Write a copy of a package with its parts changed; None leaves a part out."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts(path).items():
            fresh = change(name, content)
            if fresh is not None:
                package.writestr(name, fresh)
    return target


def merged(*areas: str) -> Callable[[str, bytes], bytes]:
    """Return a change that merges areas of the first sheet."""
    xml = "".join(f'<mergeCell ref="{area}"/>' for area in areas)
    return in_sheet("<pageMargins", f'<mergeCells count="{len(areas)}">{xml}</mergeCells><pageMargins')


def in_sheet(old: str, new: str) -> Callable[[str, bytes], bytes]:
    """Return a change that replaces text in the first sheet, once."""

    def change(name: str, content: bytes) -> bytes:
        if name != "xl/worksheets/sheet1.xml":
            return content
        assert old.encode() in content
        return content.replace(old.encode(), new.encode(), 1)

    return change


def moment(*numbers: int) -> dt.datetime:
    """Return a date and time as Excel has them, without a time zone."""
    year, month, day, hour, minute, second = (*numbers, 0, 0, 0)[:6]
    return dt.datetime(year, month, day, hour, minute, second)


def with_pivot_cache(path: Path, target: Path, source: str) -> Path:
    """Write a copy of a workbook with a pivot cache that nothing shows."""
    space = "http://schemas.openxmlformats.org"
    main = f"{space}/spreadsheetml/2006/main"
    cache = (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f'<pivotCacheDefinition xmlns="{main}" createdVersion="6"><cacheSource type="worksheet">{source}</cacheSource>'
        '<cacheFields count="1"><cacheField name="Code" numFmtId="0"><sharedItems/></cacheField></cacheFields>'
        "</pivotCacheDefinition>"
    )
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.pivotCacheDefinition+xml"
    changes = {
        "[Content_Types].xml": (
            "</Types>",
            f'<Override PartName="/xl/pivotCache/pivotCacheDefinition1.xml" ContentType="{kind}"/></Types>',
        ),
        "xl/_rels/workbook.xml.rels": (
            "</Relationships>",
            (
                f'<Relationship Id="rId77" Type="{space}/officeDocument/2006/relationships/pivotCacheDefinition" '
                'Target="pivotCache/pivotCacheDefinition1.xml"/></Relationships>'
            ),
        ),
        "xl/workbook.xml": (
            "</workbook>",
            '<pivotCaches><pivotCache cacheId="1" r:id="rId77"/></pivotCaches></workbook>',
        ),
    }

    def change(name: str, content: bytes) -> bytes:
        old, new = changes.get(name, ("", ""))
        return content.replace(old.encode(), new.encode()) if old else content

    rewritten(path, target, change)
    with zipfile.ZipFile(target, "a") as package:
        package.writestr("xl/pivotCache/pivotCacheDefinition1.xml", cache)
    return target
