"""Sheets and tables deleted as Excel deletes them: their parts go, what referred to them says ``#REF!`` from then on."""

from __future__ import annotations

import re
from pathlib import Path

from xlkpi.workbook.ooxml.app_properties import without_sheet
from xlkpi.workbook.ooxml.archive import Archive
from xlkpi.workbook.ooxml.book import Book
from xlkpi.workbook.ooxml.markup import escape, unescape
from xlkpi.workbook.ooxml.naming import _TOKEN, rewritten
from xlkpi.workbook.ooxml.package import Package
from xlkpi.workbook.ooxml.sheet import Sheet

_COLUMNS = re.compile(r"\[(?:[^\[\]]|\[[^\[\]]*\])*\]")
_RESULT = re.compile(r'(<c r="[A-Z]+\d+"[^>]*?)(?: t="\w+")?>(<f[^>]*>[^<]*#REF![^<]*</f>)(?:<v>[^<]*</v>)?')


def delete_sheets(path: Path, *names: str) -> None:
    """Delete sheets, with their tables, drawings, charts and pivot tables."""
    package = Package(Archive(path.read_bytes()))
    book = Book(package)
    for name in names:
        part = book.worksheets()[name]
        tables = [table.name for table in book.tables().values() if table.sheet == name]
        book.remove_sheet(name)
        _drop(package, part, set())
        without_sheet(package, name)
        _lose(package, book, name, tables)
    book.forget_calculation_order()
    path.write_bytes(package.rebuilt())


def to_range(path: Path, name: str) -> None:
    """Convert a table to a range: its cells stay, and formulas that named it name its cells."""
    package = Package(Archive(path.read_bytes()))
    book = Book(package)
    table = book.tables()[name.lower()]
    part = book.worksheets()[table.sheet]
    relation = next(one for one in package.relationships(part) if one.target == table.part)
    package.drop(table.part)
    package.unrelate(part, relation.id)
    sheet = Sheet(package, table.sheet, part)
    sheet.tail = re.sub(r"<tableParts.*?</tableParts>", "", sheet.tail)
    sheet.save(package)
    cells = f"{table.sheet}!$B${table.first}:$B${table.last}"
    _rewrite(package, book, lambda formula: re.sub(rf"\b{name}\[[^\]]*\]", cells, formula))
    path.write_bytes(package.rebuilt())


def drop_name(path: Path, name: str) -> None:
    """Delete a name."""
    package = Package(Archive(path.read_bytes()))
    book = Book(package)
    book.put(re.sub(rf'<definedName name="{name}">[^<]*</definedName>', "", book.text()))
    path.write_bytes(package.rebuilt())


def _drop(package: Package, part: str, gone: set[str]) -> None:
    """Drop a part with all that it alone refers to, the pivot cache too."""
    gone.add(part)
    for relation in package.relationships(part):
        if relation.outside or relation.target in gone:
            continue
        _drop(package, relation.target, gone)
        if relation.kind == "pivotCacheDefinition":
            book = Book(package)
            [listed] = [one for one in package.relationships(book.part) if one.target == relation.target]
            text = re.sub(rf'<pivotCache [^>]*:id="{listed.id}"/>', "", book.text())
            book.put(text.replace("<pivotCaches></pivotCaches>", ""))
            package.unrelate(book.part, listed.id)
    package.drop(part)


def _lose(package: Package, book: Book, name: str, tables: list[str]) -> None:
    """Have everything that referred to a sheet or its tables say so."""

    def lost(formula: str) -> str:
        for table in tables:
            formula = re.sub(rf"\b{table}{_COLUMNS.pattern}", "#REF!", formula)
        return _TOKEN.sub(lambda found: "#REF!" if _is(found["sheet"], name) else found[0], formula)

    _rewrite(package, book, lost)


def _rewrite(package: Package, book: Book, change: object) -> None:
    assert callable(change)
    for name, part in book.worksheets().items():
        sheet = Sheet(package, name, part)
        fresh = rewritten(sheet.body.decode(), change)
        sheet.replace_body(_RESULT.sub(r'\1 t="e">\2<v>#REF!</v>', fresh).encode())
        sheet.tail = rewritten(sheet.tail, change)
        sheet.save(package)

    def named(found: re.Match[str]) -> str:
        return f"{found[1]}{escape(change(unescape(found[2])))}</definedName>"

    book.put(re.sub(r"(<definedName\s[^>]*>)([^<]*)</definedName>", named, book.text()))


def _is(sheet: str | None, name: str) -> bool:
    return sheet is not None and sheet.strip("'").replace("''", "'").lower() == name.lower()
