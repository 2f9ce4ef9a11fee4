"""A sheet that was drawn in another workbook, put into this one with everything that belongs to it."""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING

from xlkpi.errors import EditRefused
from xlkpi.workbook.backend import quoted
from xlkpi.workbook.ooxml.app_properties import with_sheet_behind
from xlkpi.workbook.ooxml.archive import Archive
from xlkpi.workbook.ooxml.book import Book
from xlkpi.workbook.ooxml.charts import renamed_chart
from xlkpi.workbook.ooxml.markup import attributes, escape, hide_controls, with_attribute
from xlkpi.workbook.ooxml.mending import mend_sparklines
from xlkpi.workbook.ooxml.naming import renamed, rewritten
from xlkpi.workbook.ooxml.package import Package, relationships_part
from xlkpi.workbook.ooxml.save import read_file
from xlkpi.workbook.ooxml.sheet import Sheet
from xlkpi.workbook.ooxml.sheets import refuse_sheet_name
from xlkpi.workbook.ooxml.strings import shared_strings
from xlkpi.workbook.ooxml.style_merge import restyled

if TYPE_CHECKING:
    from pathlib import Path

    from xlkpi.workbook.backend import PutSheet
    from xlkpi.workbook.ooxml.edit import Edit
    from xlkpi.workbook.ooxml.package import Relationship

_SHARED = re.compile(r'(<c\s[^>]*?)\st="s"([^>]*)><v>(\d+)</v></c>')
_TABLE = re.compile(r"<table\s[^>]*>")
_TARGET = re.compile(r'(<Relationship\s[^>]*?)\sTarget="[^"]*"([^>]*>)')
_NUMBERED = re.compile(r"\d*(?=\.[^.]*$)")
_CACHE_NUMBER = re.compile(r'(<pivotTableDefinition\b[^>]*?\scacheId=")\d+(")')
_SHOWN = re.compile(r'(<sheetView\b[^>]*?)\stabSelected="[^"]*"')


class Drawn:
    """A workbook that sheets are taken from: one of ours, as the template builder drew it."""

    def __init__(self, path: Path) -> None:
        """Read the file."""
        self.package = Package(Archive(read_file(path).data))
        self.book = Book(self.package)
        self.strings = shared_strings(self.package)
        self.styles = self.package.text(self.package.targets(self.package.workbook, "styles")[0])


def put_sheet(edit: Edit, write: PutSheet) -> None:
    """Put a drawn sheet in, with its tables, names, formats, drawings, charts and pivot tables.

    Raises:
        EditRefused: Where its name or that of one of its tables is taken, or the workbook cannot hold it.
    """
    drawn = edit.drawn(write.drawn)
    _refuse(edit, drawn, write)
    _Transplant(edit, drawn, write).put()


class _Transplant:
    """One sheet on its way from one package into another."""

    def __init__(self, edit: Edit, drawn: Drawn, write: PutSheet) -> None:
        self._edit, self._drawn, self._write = edit, drawn, write
        self._called = {**write.called, write.source: write.sheet}
        self._merge = edit.style_merge(drawn.styles)
        self._moved: dict[str, str] = {}

    def put(self) -> None:
        """Put the sheet in."""
        edit, write = self._edit, self._write
        source = Sheet(self._drawn.package, write.source, self._drawn.book.worksheets()[write.source])
        part = self._free(source.part)
        self._moved[source.part] = part
        head = _SHOWN.sub(r"\1", restyled(source.head, self._merge))
        body = restyled(self._with_texts(source.body.decode()), self._merge)
        tail = restyled(source.tail, self._merge)
        content_type = self._drawn.package.content_type(source.part)
        edit.package.add(
            part, [head.encode(), self._called_so(body).encode(), self._called_so(tail).encode()], content_type
        )
        self._move_relations(source.part, part)
        edit.add_formats(self._merge)
        position = edit.book.insert_sheet(write.sheet, part, after=write.after)
        self._define_names(position)
        with_sheet_behind(edit.package, write.sheet, write.after)
        edit.formulas_changed = edit.formulas_changed or b"<f" in source.body
        mend_sparklines(edit, self._drawn.book, write.source, self._called)

    def _called_so(self, xml: str) -> str:
        """Return markup whose formulas call the sheets as they are called here."""
        return rewritten(xml, lambda formula: renamed(formula, self._called))

    def _with_texts(self, body: str) -> str:
        """Return rows that hold their texts themselves."""

        def one(found: re.Match[str]) -> str:
            text = escape(hide_controls(self._drawn.strings[int(found[3])]))
            return f'{found[1]} t="inlineStr"{found[2]}><is><t xml:space="preserve">{text}</t></is></c>'

        return _SHARED.sub(one, body)

    def _free(self, part: str) -> str:
        """Return a name like a part's that no part has here."""
        return self._edit.package.unused(_NUMBERED.sub("{}", part, count=1))

    def _move_relations(self, part: str, moved: str) -> None:
        """Take along what a part refers to, under the ids by which it does."""
        package = self._drawn.package
        found = package.relationships(part)
        if not found:
            return
        targets = iter([self._moved_target(one, moved) for one in found])
        text = package.text(relationships_part(part))
        text = _TARGET.sub(lambda tag: f'{tag[1]} Target="{next(targets)}"{tag[2]}', text)
        self._edit.package.put(relationships_part(moved), text)

    def _moved_target(self, relation: Relationship, moved: str) -> str:
        """Return where a relation leads from now on, after its part was taken along."""
        part = relation.target
        if part not in self._moved:
            self._moved[part] = self._free(part)
            text = self._change(relation.kind, self._drawn.package.text(part))
            self._edit.package.add(self._moved[part], [text.encode()], self._drawn.package.content_type(part))
            self._move_relations(part, self._moved[part])
            if relation.kind == "pivotCacheDefinition":
                self._number_pivots(self._edit.book.list_pivot_cache(self._moved[part]))
        return posixpath.relpath(self._moved[part], posixpath.dirname(moved))

    def _change(self, kind: str, text: str) -> str:
        """Return a part as it has to be here."""
        if kind == "table":
            return restyled(self._table(text), self._merge)
        return renamed_chart(text, self._called) if kind == "chart" else text

    def _table(self, text: str) -> str:
        """Return a table with a number that no other has."""
        package = self._edit.package
        tags = (_TABLE.search(package.text(table.part)) for table in self._edit.book.tables().values())
        new = (
            _TABLE.search(package.text(part)) for part in self._moved.values() if "/table" in part and part in package
        )
        ids = [int(attributes(tag[0]).get("id", "0")) for tag in (*tags, *new) if tag]
        return _TABLE.sub(lambda tag: with_attribute(tag[0], "id", str(max(ids, default=0) + 1)), text, count=1)

    def _number_pivots(self, number: int) -> None:
        """Let the pivot tables taken along know their cache by its number here."""
        package = self._edit.package
        for part in self._moved.values():
            if "/pivotTable" in part and part in package:
                text = package.text(part)
                package.put(part, _CACHE_NUMBER.sub(lambda found: f"{found[1]}{number}{found[2]}", text))

    def _define_names(self, position: int) -> None:
        """Take along the names of the sheet, and let the workbook's names for its cells stand for the new ones."""
        drawn, book = self._drawn.book, self._edit.book
        own = next(at for at, entry in enumerate(drawn.entries()) if entry.name == self._write.source)
        for name in drawn.names():
            formula = renamed(name.formula, self._called)
            if name.scope == own:
                book.define_name(name.name, formula, position)
            elif name.scope is None and renamed(name.formula, {self._write.source: "\0"}) != name.formula:
                book.define_name(name.name, formula)


def _refuse(edit: Edit, drawn: Drawn, write: PutSheet) -> None:
    refuse_sheet_name(edit, write.sheet)
    if edit.package.is_strict:
        raise EditRefused(_STRICT.format(quoted(write.sheet)))
    taken = {name.name.lower() for name in edit.book.names()} | set(edit.book.tables())
    for table in drawn.book.tables().values():
        if table.sheet == write.source and table.name.lower() in taken:
            raise EditRefused(_TAKEN.format(quoted(write.sheet), table.name))


_TAKEN = "{}: the sheet cannot be put back, because its table's name {} is taken. Delete or rename what has it."
_STRICT = (
    "{}: the sheet cannot be put back into a workbook of the strict form. Save it as a plain Excel Workbook (.xlsx), and "
    "refresh again."
)
