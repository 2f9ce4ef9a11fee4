"""Copying and removing whole sheets, with what the workbook says of them."""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING

from xlkpi.errors import EditRefused
from xlkpi.workbook.backend import quoted
from xlkpi.workbook.ooxml.address import parse_area
from xlkpi.workbook.ooxml.app_properties import with_sheet, without_sheet
from xlkpi.workbook.ooxml.markup import attributes, escape_attribute, unescape, with_attribute
from xlkpi.workbook.ooxml.naming import Renaming
from xlkpi.workbook.ooxml.obstacles import foreign_parts, refuse_referred
from xlkpi.workbook.ooxml.single_cell import write_cell

if TYPE_CHECKING:
    from xlkpi.workbook.backend import CopySheet, ForgetValues, RemoveSheet
    from xlkpi.workbook.ooxml.edit import Edit
    from xlkpi.workbook.ooxml.sheet import Sheet
    from xlkpi.workbook.ooxml.table import Table

_SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
_TABLE_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.table+xml"
_LONGEST_NAME = 31
_FORBIDDEN = re.compile(r"[\[\]:*?/\\]|^'|'$")
_TABLE_NAME = re.compile(r"[^\W\d][\w.\\]{0,254}|\\[\w.\\]{0,254}")
_RESULT = re.compile(
    rb'(<c r="[A-Z]++\d++")([^>]*+)>(<f(?:[^>]*+(?<=/)>|[^>]*+>[^<]*+</f>))'
    rb"(?:<v(?:[^>]*+(?<=/)>|[^>]*+>[^<]*+</v>))?",
)
_RESULT_MARKS = re.compile(rb'\s(?:t|vm)="[^"]*"')
_NOT_COPIED = (
    "customProperties",
    "drawing",
    "legacyDrawing",
    "legacyDrawingHF",
    "drawingHF",
    "picture",
    "oleObjects",
    "controls",
    "webPublishItems",
    "tableParts",
)
_ALTERNATIVE = re.compile(r"<mc:AlternateContent\b.*?</mc:AlternateContent>", re.DOTALL)
_EXTENSION = re.compile(r"<ext\b(?:(?!</ext>).)*</ext>", re.DOTALL)
_OUTSIDE_LINK = re.compile(r'<hyperlink\s[^>]*?\s[\w.-]+:id="([^"]*)"[^>]*>')
_INNER_LINK = re.compile(r'(<hyperlink\s[^>]*?\slocation=")([^"]*)(")')
_CODE_NAME = re.compile(r'(<sheetPr\b[^>]*?)(\scodeName="[^"]*")')
_IDENTITY = re.compile(r'\sxr\d*:uid="[^"]*"')


def forget_values(edit: Edit, write: ForgetValues) -> None:
    """Drop the remembered results of all formulas of a sheet."""
    sheet = edit.sheet(write.sheet)
    sheet.replace_body(_without_results(bytes(sheet.body)))


def copy_sheet(edit: Edit, write: CopySheet) -> None:
    """Copy a sheet that holds one table and place the copy before it.

    Raises:
        EditRefused: Where the names are taken or cannot be used, or the sheet does not hold just one table.
    """
    source = edit.sheet(write.source)
    tables = [table for table in edit.book.tables().values() if table.sheet == write.source]
    _refuse_copy(edit, write, tables)
    table = tables[0]
    renaming = Renaming((write.source, write.sheet), (table.name, write.table))
    part = edit.package.unused(f"{posixpath.dirname(source.part)}/sheet{{}}.xml")
    table_part = edit.package.unused(f"{posixpath.dirname(table.part)}/table{{}}.xml")
    edit.package.add(table_part, [_table_copy(edit, table, write.table, renaming).encode()], _TABLE_TYPE)
    edit.package.add(part, [b""], _SHEET_TYPE)
    relation = edit.package.relate(part, "table", table_part)
    tail = _tail_copy(edit, source, part, renaming, relation)
    head = _head_copy(source.head)
    if _CODE_NAME.search(source.head):
        edit.unnamed.append(write.sheet)
    body = _without_results(renaming.cells(bytes(source.body).decode()).encode())
    edit.package.put_pieces(part, [head.encode(), body, tail.encode()])
    edit.book.add_sheet(write.sheet, part, before=write.source, formula=renaming.formula)
    with_sheet(edit.package, write.sheet, before=write.source)
    edit.formulas_changed = edit.formulas_changed or b"<f" in body
    for address, value in write.cells.items():
        area = parse_area(address)
        if area is None:
            raise EditRefused(_ADDRESS.format(quoted(write.sheet), address))
        write_cell(edit, write.sheet, area.top, area.left, value)


def remove_sheet(edit: Edit, write: RemoveSheet) -> None:
    """Remove a sheet and its table.

    Raises:
        EditRefused: Where anything else refers to them, or the sheet holds what only a person can decide on.
    """
    sheet = edit.sheet(write.sheet)
    package = edit.package
    foreign = foreign_parts(package, sheet.part)
    if foreign:
        raise EditRefused(_FOREIGN.format(quoted(write.sheet), foreign[0]))
    if len(edit.book.entries()) == 1:
        raise EditRefused(_ONLY.format(quoted(write.sheet)))
    tables = {key: table for key, table in edit.book.tables().items() if table.sheet == write.sheet}
    refuse_referred(edit, write.sheet, tables)
    edit.formulas_changed = edit.formulas_changed or b"<f" in sheet.body
    for found in package.relationships(sheet.part):
        shared = sum(found.target in package.targets(part, found.kind) for part in edit.book.worksheets().values())
        if not found.outside and shared == 1 and found.target in package:
            package.drop(found.target)
    _bequeath_module(edit, sheet)
    edit.book.remove_sheet(write.sheet)
    package.drop(sheet.part)
    without_sheet(package, write.sheet)
    edit.forget_sheet(write.sheet)


def _bequeath_module(edit: Edit, sheet: Sheet) -> None:
    """Let a copy made before have the module of a sheet that goes, so that each module of the macro project has a sheet."""
    name = _CODE_NAME.search(sheet.head)
    if name and edit.unnamed:
        heir = edit.sheet(edit.unnamed.pop())
        heir.head = re.sub(r"<sheetPr\b", lambda found: found[0] + name[2], heir.head, count=1)


def refuse_sheet_name(edit: Edit, name: str) -> None:
    """Refuse a name that a new sheet cannot have.

    Raises:
        EditRefused: Where it is taken, or Excel knows no such names.
    """
    if not 0 < len(name) <= _LONGEST_NAME or _FORBIDDEN.search(name):
        raise EditRefused(_BAD_SHEET.format(name))
    if name.lower() in {entry.name.lower() for entry in edit.book.entries()}:
        raise EditRefused(_TAKEN_SHEET.format(quoted(name)))


def _refuse_copy(edit: Edit, write: CopySheet, tables: list[Table]) -> None:
    where = quoted(write.source)
    if len(tables) != 1:
        raise EditRefused(_ONE_TABLE.format(where, len(tables)))
    if tables[0].query:
        raise EditRefused(_QUERY.format(where, tables[0].name))
    refuse_sheet_name(edit, write.sheet)
    names = {name.name.lower() for name in edit.book.names()} | set(edit.book.tables())
    if write.table.lower() in names:
        raise EditRefused(_TAKEN_TABLE.format(write.table))
    if not _TABLE_NAME.fullmatch(write.table) or parse_area(write.table.upper()):
        raise EditRefused(_BAD_TABLE.format(write.table))


def _table_copy(edit: Edit, table: Table, name: str, renaming: Renaming) -> str:
    """Return the part of the new table."""
    text = edit.package.text(table.part)
    ids = [
        int(attributes(found[0]).get("id", "0"))
        for other in edit.book.tables().values()
        if (found := re.search(r"<table\s[^>]*>", edit.package.text(other.part)))
    ]
    found = re.search(r"<table\s[^>]*>", text)
    tag = found[0] if found else ""
    fresh = with_attribute(with_attribute(tag, "id", str(max(ids) + 1)), "displayName", name)
    fresh = with_attribute(fresh, "name", name)
    text = _IDENTITY.sub("", text.replace(tag, fresh, 1))
    return re.sub(
        r"(<(?:calculatedColumnFormula|totalsRowFormula)\b[^>]*>)([^<]*)(</)",
        renaming.inner,
        text,
    )


def _head_copy(head: str) -> str:
    """Return what stands above the rows of a copy: not selected, and with no name in the macro project."""
    root = re.search(r"<worksheet\b[^>]*>", head)
    if root:
        head = head.replace(root[0], _IDENTITY.sub("", root[0]), 1)
    head = _CODE_NAME.sub(r"\1", head)
    return re.sub(r'(<sheetView\b[^>]*?)\stabSelected="[^"]*"', r"\1", head)


def _tail_copy(edit: Edit, source: Sheet, part: str, renaming: Renaming, relation: str) -> str:
    """Return what stands below the rows of a copy: rules, links and print set-up, without drawings and comments."""
    tail = _ALTERNATIVE.sub(lambda found: "" if _names_part(found[0]) else found[0], source.tail)
    for element in _NOT_COPIED:
        tail = re.sub(rf"<{element}\b[^>]*(?:/>|(?<!/)>.*?</{element}>)", "", tail, flags=re.DOTALL)
    tail = _EXTENSION.sub(lambda found: "" if _names_part(found[0]) else found[0], tail)
    tail = re.sub(r"<extLst>\s*</extLst>", "", tail)
    outside = {found.id: found for found in edit.package.relationships(source.part) if found.outside}

    def link(found: re.Match[str]) -> str:
        target = outside.get(found[1])
        if target is None:
            return ""
        fresh = edit.package.relate_outside(part, target.kind, target.target)
        return found[0].replace(f'"{found[1]}"', f'"{fresh}"', 1)

    def inner_link(found: re.Match[str]) -> str:
        place = unescape(found[2])
        return f"{found[1]}{escape_attribute(renaming.formula(place))}{found[3]}"

    tail = _INNER_LINK.sub(inner_link, _OUTSIDE_LINK.sub(link, tail))
    tail = re.sub(r'(<pageSetup\b[^>]*?)\s[\w.-]+:id="[^"]*"', r"\1", tail)
    at = tail.find("<extLst")
    at = at if at >= 0 else tail.index("</worksheet>")
    prefix = _relation_prefix(source.head + source.tail)
    parts = f'<tableParts count="1"><tablePart{prefix}:id="{escape_attribute(relation)}"/></tableParts>'
    return renaming.rules(tail[:at] + parts + tail[at:])


def _names_part(xml: str) -> bool:
    """Return whether markup refers to another part."""
    return re.search(r'\s(?:r|[\w.-]*rel[\w.-]*):(?:id|embed|link|pict)="', xml) is not None


def _relation_prefix(text: str) -> str:
    """Return the prefix under which a sheet names its relationships, with a declaration where it has none."""
    found = re.search(r'\sxmlns:([\w.-]+)="[^"]*/relationships"', text)
    if found:
        return f" {found[1]}"
    return ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" r'


def _without_results(body: bytes) -> bytes:
    """Return rows whose formulas have no remembered result."""

    def one(found: re.Match[bytes]) -> bytes:
        return b"%s%s>%s" % (found[1], _RESULT_MARKS.sub(b"", found[2]), found[3])

    return _RESULT.sub(one, body) if b"<f" in body else body


_ADDRESS = "{}: {} is not the address of a cell."
_ONE_TABLE = "{}: the sheet holds {} tables; only a sheet with one table can be copied. Restore it from the template."
_QUERY = "{}: the table {} is filled by a query and cannot be copied. Unlink it from its query."
_BAD_SHEET = "A sheet cannot be named {!r}. Use up to 31 characters without [ ] : * ? / and backslash."
_TAKEN_SHEET = "{}: there is already a sheet of this name. Rename or delete it."
_TAKEN_TABLE = "There is already a table or a name {} in the workbook. Rename or delete it."
_BAD_TABLE = "A table cannot be named {!r}. Use letters, digits and underscores, and begin with a letter."
_FOREIGN = "{}: the sheet carries {}, which would be lost. Move it to another sheet or delete it."
_ONLY = "{}: this is the only sheet of the workbook, which cannot be removed."
