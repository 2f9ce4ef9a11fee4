"""The workbook part: sheets, defined names, the calculation settings, and the tables that its sheets carry."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from xlkpi.errors import FileUnusable
from xlkpi.workbook.ooxml.address import Area, split_place
from xlkpi.workbook.ooxml.markup import attributes, escape, escape_attribute, unescape, with_attribute
from xlkpi.workbook.ooxml.table import Table, parse_table

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from xlkpi.workbook.ooxml.package import Package

_SHEET = re.compile(r"<sheet\s[^>]*>")
_NAME = re.compile(r"(<definedName\s[^>]*>)([^<]*)</definedName>")
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELATION_ID = re.compile(r'\s[\w.-]+:id="([^"]*)"')


class SheetEntry(NamedTuple):
    """One sheet as the workbook lists it.

    Attributes:
        name: As on its tab.
        kind: ``worksheet``, ``chartsheet`` or another kind of relationship.
        part: Name of its part.
        relationship: Id of the relationship to the part.
        tag: Its element in the workbook part.
    """

    name: str
    kind: str
    part: str
    relationship: str
    tag: str


class DefinedName(NamedTuple):
    """One name the workbook knows.

    Attributes:
        name: As spelled.
        scope: Position of the sheet it belongs to; None for the whole workbook.
        formula: What it stands for, without ``=``.
        hidden: Whether Excel hides it.
    """

    name: str
    scope: int | None
    formula: str
    hidden: bool


class Book:
    """The workbook part of a package."""

    def __init__(self, package: Package) -> None:
        """Look at the workbook part of a package."""
        self.package = package
        self.part = package.workbook

    def text(self) -> str:
        """Return the part as it stands."""
        return self.package.text(self.part)

    def put(self, text: str) -> None:
        """Give the part new content."""
        self.package.put(self.part, text)

    def entries(self) -> list[SheetEntry]:
        """Return all sheets in the order of their tabs, chart sheets too."""
        parts = {found.id: found for found in self.package.relationships(self.part)}
        found = []
        for tag, name, relation in _listed(self.text()):
            target = parts.get(relation)
            if target is None or target.target not in self.package:
                raise FileUnusable(_NO_PART.format(name or "?"))
            found.append(SheetEntry(name, target.kind, target.target, target.id, tag))
        return found

    def worksheets(self) -> dict[str, str]:
        """Return the part of every worksheet by its name, in the order of their tabs."""
        return {entry.name: entry.part for entry in self.entries() if entry.kind == "worksheet"}

    def tables(self) -> dict[str, Table]:
        """Return every table by its name in lower case, in the order of the sheets."""
        found = {}
        for sheet, part in self.worksheets().items():
            for target in self.package.targets(part, "table"):
                table = parse_table(self.package.text(target), target, sheet)
                found[table.name.lower()] = table
        return found

    @property
    def date1904(self) -> bool:
        """Whether dates count from 1904."""
        found = re.search(r"<workbookPr\s[^>]*>", self.text())
        return found is not None and attributes(found[0]).get("date1904") in {"1", "true"}

    def names(self) -> Sequence[DefinedName]:
        """Return all defined names."""
        return _named(self.text())

    def name_place(self, name: str) -> tuple[str, Area] | None:
        """Return the sheet and area a name of the whole workbook stands for; None where it is no plain reference."""
        for known in self.names():
            if known.scope is None and known.name.lower() == name.lower():
                return split_place(known.formula.lstrip("="))
        return None

    def rewrite_names(self, formula: Callable[[str, str], str]) -> None:
        """Give every defined name a new formula.

        Args:
            formula: From a name and its formula to the new formula.
        """

        def one(found: re.Match[str]) -> str:
            old = unescape(found[2])
            new = formula(attributes(found[1]).get("name", ""), old)
            return found[0] if new == old else f"{found[1]}{escape(new)}</definedName>"

        self.put(_NAME.sub(one, self.text()))

    def add_sheet(self, name: str, part: str, *, before: str, formula: Callable[[str], str]) -> None:
        """List a new sheet before another one, with copies of the names that belong to that one.

        Args:
            name: Name of the new sheet.
            part: Its part.
            before: Name of the sheet it is placed before.
            formula: From a formula about the other sheet to the same formula about the new one.
        """
        entries = self.entries()
        position = next(index for index, entry in enumerate(entries) if entry.name == before)
        tag = entries[position].tag
        ids = [int(attributes(entry.tag).get("sheetId", "0")) for entry in entries]
        fresh = with_attribute(with_attribute(tag, "name", name), "sheetId", str(max(ids) + 1))
        fresh = with_attribute(fresh, "state", None)
        relation = self.package.relate(self.part, "worksheet", part)
        fresh = fresh.replace(f'"{entries[position].relationship}"', f'"{relation}"', 1)
        self.put(self.text().replace(tag, fresh + tag, 1))
        copies = [found for found in _NAME.finditer(self.text()) if _scope(found) == position]
        self._renumber(lambda index: index + 1 if index >= position else index)
        for found in copies:
            own = with_attribute(found[1], "localSheetId", str(position))
            xml = f"{own}{escape(formula(unescape(found[2])))}</definedName>"
            self.put(self.text().replace("</definedNames>", f"{xml}</definedNames>", 1))

    def insert_sheet(self, name: str, part: str, *, after: str) -> int:
        """List a new sheet behind another one and return its position."""
        entries = self.entries()
        position = next(index for index, entry in enumerate(entries) if entry.name == after)
        model = entries[position]
        ids = [int(attributes(entry.tag).get("sheetId", "0")) for entry in entries]
        fresh = with_attribute(with_attribute(model.tag, "name", name), "sheetId", str(max(ids) + 1))
        fresh = with_attribute(fresh, "state", None)
        relation = self.package.relate(self.part, "worksheet", part)
        fresh = fresh.replace(f'"{model.relationship}"', f'"{relation}"', 1)
        self.put(self.text().replace(model.tag, model.tag + fresh, 1))
        self._renumber(lambda index: index + 1 if index > position else index)
        return position + 1

    def define_name(self, name: str, formula: str, scope: int | None = None) -> None:
        """Let a name stand for something; one of that name and scope is replaced."""
        mark = "" if scope is None else f' localSheetId="{scope}"'
        xml = f'<definedName name="{escape_attribute(name)}"{mark}>{escape(formula)}</definedName>'
        for found in _NAME.finditer(self.text()):
            if _scope(found) == scope and attributes(found[1]).get("name", "").lower() == name.lower():
                self.put(f"{self.text()[: found.start()]}{xml}{self.text()[found.end() :]}")
                return
        text = re.sub(r"<definedNames\b[^>]*/>", "", self.text())
        if "</definedNames>" in text:
            self.put(text.replace("</definedNames>", f"{xml}</definedNames>", 1))
            return
        at = _end_of(text, "externalReferences", "functionGroups", "sheets")
        self.put(f"{text[:at]}<definedNames>{xml}</definedNames>{text[at:]}")

    def list_pivot_cache(self, part: str) -> int:
        """List a pivot cache and return the number under which pivot tables know it."""
        relation = self.package.relate(self.part, "pivotCacheDefinition", part)
        text = re.sub(r"<pivotCaches\b[^>]*/>", "", self.text())
        taken = [int(found) for found in re.findall(r'<pivotCache\b[^>]*?\scacheId="(\d+)"', text)]
        number = max(taken, default=0) + 1
        prefix = re.search(r'<workbook\b[^>]*?\sxmlns:([\w.-]+)="[^"]*/relationships"', text)
        name = f" {prefix[1]}" if prefix else f' xmlns:r="{_RELATIONS}" r'
        xml = f'<pivotCache cacheId="{number}"{name}:id="{relation}"/>'
        if "</pivotCaches>" in text:
            self.put(text.replace("</pivotCaches>", f"{xml}</pivotCaches>", 1))
            return number
        at = _end_of(text, *_BEFORE_PIVOTS)
        self.put(f"{text[:at]}<pivotCaches>{xml}</pivotCaches>{text[at:]}")
        return number

    def remove_sheet(self, name: str) -> None:
        """List a sheet no more; the names that belong to it go with it."""
        entries = self.entries()
        position = next(index for index, entry in enumerate(entries) if entry.name == name)
        text = self.text().replace(entries[position].tag, "", 1)
        text = _NAME.sub(lambda found: "" if _scope(found) == position else found[0], text)
        self.put(re.sub(r"<definedNames>\s*</definedNames>", "", text))
        self.package.unrelate(self.part, entries[position].relationship)
        self._renumber(lambda index: index - 1 if index > position else index, last=len(entries) - 2)

    def _renumber(self, moved: Callable[[int], int], last: int | None = None) -> None:
        """Give sheets new positions wherever the part names them by position.

        Args:
            moved: From an old position to the new one.
            last: The highest position there is; None where none was taken away.
        """

        def name(found: re.Match[str]) -> str:
            scope = _scope(found)
            if scope is None:
                return found[0]
            tag = with_attribute(found[1], "localSheetId", str(moved(scope)))
            return f"{tag}{found[2]}</definedName>"

        def view(found: re.Match[str]) -> str:
            tag = found[0]
            for mark in ("activeTab", "firstSheet"):
                old = attributes(tag).get(mark)
                if old is not None:
                    new = moved(int(old))
                    tag = with_attribute(tag, mark, str(new if last is None else min(new, last)))
            return tag

        self.put(re.sub(r"<workbookView\b[^>]*>", view, _NAME.sub(name, self.text())))

    def calculate_on_load(self) -> None:
        """Have Excel calculate everything when it opens the workbook."""
        text = self.text()
        found = re.search(r"<calcPr\b[^>]*>", text)
        if found:
            if attributes(found[0]).get("fullCalcOnLoad") not in {"1", "true"}:
                tag = with_attribute(found[0], "fullCalcOnLoad", "1")
                self.put(text[: found.start()] + tag + text[found.end() :])
            return
        at = _end_of(text, "definedNames", "externalReferences", "functionGroups", "sheets")
        self.put(f'{text[:at]}<calcPr fullCalcOnLoad="1"/>{text[at:]}')

    def forget_calculation_order(self) -> None:
        """Take away the calculation chain, which names every formula cell; Excel makes a new one."""
        for found in self.package.relationships(self.part):
            if found.kind == "calcChain":
                if found.target in self.package:
                    self.package.drop(found.target)
                self.package.unrelate(self.part, found.id)


@lru_cache(maxsize=8)
def _listed(text: str) -> Sequence[tuple[str, str, str]]:
    """Return the tag, name and relationship of every sheet; asked for again and again, and read once a text."""
    section = re.search(r"<sheets\b[^>]*>(.*?)</sheets>", text, re.DOTALL)
    found = []
    for tag in _SHEET.findall(section[1]) if section else ():
        relation = _RELATION_ID.search(tag)
        found.append((tag, attributes(tag).get("name", ""), relation[1] if relation else ""))
    return found


@lru_cache(maxsize=8)
def _named(text: str) -> Sequence[DefinedName]:
    """Return the defined names; asked for again and again, and read once a text."""
    found = []
    for tag, formula in _NAME.findall(text):
        entry = attributes(tag)
        scope, hidden = entry.get("localSheetId"), entry.get("hidden") in {"1", "true"}
        found.append(DefinedName(entry.get("name", ""), int(scope) if scope else None, unescape(formula), hidden))
    return found


def _scope(found: re.Match[str]) -> int | None:
    scope = attributes(found[1]).get("localSheetId")
    return int(scope) if scope else None


def _end_of(text: str, *elements: str) -> int:
    """Return where the first of some elements that a text has comes to its end."""
    for element in elements:
        found = re.search(rf"</{element}>|<{element}(?:\s[^>]*)?/>", text)
        if found:
            return found.end()
    return 0


#: What may stand before the pivot caches, the last of them first.
_BEFORE_PIVOTS = (
    "customWorkbookViews",
    "oleSize",
    "calcPr",
    "definedNames",
    "externalReferences",
    "functionGroups",
    "sheets",
)

_NO_PART = (
    "The workbook is damaged: the sheet {} has no content. Open it in Excel and let Excel repair it, or use the backup."
)
