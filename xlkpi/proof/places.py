"""Traces that are parts of their own: a part that has no business in a commissioner's copy is a trace by being there."""

from __future__ import annotations

from collections.abc import Iterator
from fnmatch import fnmatchcase

from lxml import etree

from xlkpi.proof.parts import Parts, local, text
from xlkpi.proof.trace import Kind, Trace

#: What each part is, by its name in small letters; the first pattern that fits counts. None is no trace, or is looked
#: into by a rule of its own.
_KNOWN: tuple[tuple[str, Kind | None, str], ...] = (
    ("xl/vbaproject*", Kind.MACRO, "a VBA project"),
    ("xl/vbadata.xml", Kind.MACRO, "settings of a VBA project"),
    ("xl/macrosheets/*", Kind.MACRO, "a sheet of Excel 4 macros"),
    ("xl/dialogsheets/*", Kind.MACRO, "a dialog sheet"),
    ("customui/*", Kind.MACRO, "a ribbon of its own"),
    ("xl/activex/*", Kind.MACRO, "an ActiveX control"),
    ("xl/ctrlprops/*", Kind.MACRO, "a form control"),
    ("xl/webextensions/*", Kind.MACRO, "a web add-in"),
    ("xl/pivotcache/*definition*.xml", None, ""),
    ("xl/pivotcache/*records*.xml", None, ""),
    ("xl/pivottables/*", None, ""),
    ("xl/slicercaches/*", Kind.PIVOT, "a slicer, which keeps the items of its table"),
    ("xl/timelinecaches/*", Kind.PIVOT, "a timeline, which keeps the dates of its table"),
    ("xl/slicers/*", None, ""),
    ("xl/timelines/*", None, ""),
    ("xl/externallinks/*", None, ""),
    ("xl/connections.xml", None, ""),
    ("xl/querytables/*", Kind.CONNECTION, "a query"),
    ("xl/customdata/*", Kind.CONNECTION, "data of a query"),
    ("xl/model/*", Kind.CONNECTION, "a data model with all its rows"),
    ("xl/xmlmaps.xml", Kind.CONNECTION, "an XML map"),
    ("xl/tables/tablesinglecells*", Kind.CONNECTION, "cells mapped to XML"),
    ("xl/comments*", None, ""),
    ("xl/threadedcomments/*", None, ""),
    ("xl/persons/*", None, ""),
    ("customxml/*", Kind.CUSTOM_XML, "a part of custom XML"),
    ("docprops/thumbnail*", Kind.PERSON, "a small picture of the first page as it once was"),
    ("docprops/custom.xml", None, ""),
    ("docprops/core.xml", None, ""),
    ("docprops/app.xml", None, ""),
    ("docmetadata/*", Kind.PERSON, "a sensitivity label with the organisation's identity"),
    ("xl/embeddings/*", Kind.OBJECT, "an embedded file"),
    ("xl/embeddedfiles/*", Kind.OBJECT, "an embedded file"),
    ("xl/ink/*", Kind.OBJECT, "handwriting"),
    ("xl/richdata/*", Kind.OBJECT, "linked data types with their details"),
    ("xl/revisions/*", Kind.HISTORY, "earlier values and who changed them"),
    ("xl/usernames*", Kind.HISTORY, "who had the workbook open"),
    ("xl/printersettings/*", Kind.PRINTER, "the printer and its settings"),
    ("_xmlsignatures/*", Kind.PERSON, "a signature"),
    ("xl/calcchain.xml", Kind.FORMULA, "the order in which formulas were worked out"),
    ("xl/media/*", None, ""),
    ("xl/drawings/*", None, ""),
    ("xl/charts/*", None, ""),
    ("xl/chartsheets/*", None, ""),
    ("xl/worksheets/*", None, ""),
    ("xl/tables/*", None, ""),
    ("xl/theme/*", None, ""),
    ("xl/diagrams/*", None, ""),
    ("xl/workbook.xml", None, ""),
    ("xl/styles.xml", None, ""),
    ("xl/sharedstrings.xml", None, ""),
    ("xl/metadata.xml", None, ""),
    ("xl/featurepropertybag/*", None, ""),
)


def parts_of_their_own(parts: Parts) -> Iterator[Trace]:
    """Yield the parts that should not be there, and those that nobody knows."""
    expected = {parts.package.workbook.lower(), "[content_types].xml"}
    for name in parts.names:
        kind, what = _known(name.lower())
        if kind is not None and name.lower() not in expected:
            yield Trace(kind, name, parts.place(name), what)


def _known(name: str) -> tuple[Kind | None, str]:
    for pattern, kind, what in _KNOWN:
        if fnmatchcase(name, pattern):
            return kind, what
    return Kind.OTHER, "a part that is no ordinary part of a workbook"


def pivots(parts: Parts) -> Iterator[Trace]:
    """Yield every pivot cache with its rows and fields, and every pivot table."""
    for part in parts.starting("xl/pivotCache/"):
        if "definition" in part.lower():
            fields = [one.get("name", "?") for one in parts.find(part, "cacheField")]
            kept = sum(1 for _ in parts.find(part, "sharedItems") for item in _ if item.tag)
            rows = sum(
                1
                for link in parts.package.targets(part, "pivotCacheRecords")
                if link in parts.package
                for _ in parts.stream(link, "r")
            )
            what = f"{rows} rows and {kept} items of the columns {', '.join(fields) or 'without names'}"
            yield Trace(Kind.PIVOT, part, parts.place(part), what)
    for part in parts.starting("xl/pivotTables/"):
        yield Trace(Kind.PIVOT, part, parts.place(part), "a pivot table")


def comments(parts: Parts) -> Iterator[Trace]:
    """Yield comments and notes with their cells, and the people who wrote them."""
    for part in parts.starting("xl/comments", "xl/threadedComments/"):
        cells = [one.get("ref", "?") for one in parts.find(part, "comment", "threadedComment")]
        yield Trace(Kind.COMMENT, part, parts.place(part), f"{len(cells)} at {', '.join(cells[:10])}")
    for part in parts.starting("xl/persons/"):
        people = [one.get("displayName", "?") for one in parts.find(part, "person")]
        yield Trace(Kind.PERSON, part, part, f"people who commented: {', '.join(people)}")


def connections(parts: Parts) -> Iterator[Trace]:
    """Yield connections by their names."""
    for part in parts.starting("xl/connections.xml"):
        names = [one.get("name", "?") for one in parts.find(part, "connection")]
        yield Trace(Kind.CONNECTION, part, part, f"connections: {', '.join(names)}")


_PERSONAL = {
    "creator": "the author",
    "lastModifiedBy": "who saved it last",
    "Manager": "a manager",
    "Company": "a company",
    "HyperlinkBase": "the folder of its links",
    "Template": "the template it was made from",
}


def properties(parts: Parts, allowed: frozenset[str] = frozenset()) -> Iterator[Trace]:
    """Yield properties that name people or machines.

    Args:
        parts: Of the workbook.
        allowed: Values that may stand there, such as the organisation's name.
    """
    for part in parts.starting("docProps/core.xml", "docProps/app.xml"):
        for name, found in personal(parts.root(part)):
            if found not in allowed:
                yield Trace(Kind.PERSON, part, part, f"{name} is {found}")
    for part in parts.starting("docProps/custom.xml"):
        for one in parts.find(part, "property"):
            yield Trace(Kind.PERSON, part, part, f"the property {one.get('name', '?')} is {text(one)}")


def personal(root: etree._Element) -> Iterator[tuple[str, str]]:
    """Yield the properties of a file that name people or machines: what each is, and what it says."""
    for one in root.iter():
        name = _PERSONAL.get(local(one)) if isinstance(one.tag, str) else None
        if name and (found := text(one)):
            yield name, found


_DETAILS = {b"Exif\x00\x00": "Exif", b"http://ns.adobe.com/xap": "XMP", b"Photoshop 3.0": "Photoshop"}
_PNG_DETAILS = (b"tEXt", b"iTXt", b"zTXt", b"eXIf")


def pictures(parts: Parts) -> Iterator[Trace]:
    """Yield pictures that carry details: when, where and with what they were taken."""
    for part in parts.starting("xl/media/"):
        content = parts.package.read(part)
        marks = _DETAILS if not content.startswith(b"\x89PNG") else dict.fromkeys(_PNG_DETAILS, "text")
        found = sorted({what for mark, what in marks.items() if mark in content})
        if found:
            yield Trace(Kind.PICTURE, part, parts.place(part), f"{' and '.join(found)} details")
