"""What a finished Word file and a finished page carry beside what one sees: read part by part, no writer is trusted."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from fnmatch import fnmatchcase

from lxml import etree

from xlkpi.proof.parts import local, text
from xlkpi.proof.places import personal
from xlkpi.proof.trace import Kind, Trace

#: The parts that a published Word file has; everything else has no business there.
_EXPECTED = (
    "[[]Content_Types].xml",
    "*.rels",
    "docProps/core.xml",
    "docProps/app.xml",
    "word/document.xml",
    "word/styles.xml",
    "word/settings.xml",
    "word/webSettings.xml",
    "word/fontTable.xml",
    "word/numbering.xml",
    "word/stylesWithEffects.xml",
    "word/theme/theme*.xml",
    "word/footer*.xml",
    "word/charts/chart*.xml",
)
#: Elements that hold what is not seen, or was seen once.
_UNSEEN = {
    "ins": (Kind.HISTORY, "a tracked insertion"),
    "del": (Kind.HISTORY, "a tracked deletion"),
    "moveFrom": (Kind.HISTORY, "a tracked move"),
    "rPrChange": (Kind.HISTORY, "a tracked format"),
    "vanish": (Kind.UNSEEN_CELLS, "hidden text"),
    "commentRangeStart": (Kind.COMMENT, "a comment"),
    "commentReference": (Kind.COMMENT, "a comment"),
    "docVar": (Kind.NAME, "a document variable"),
    "attachedTemplate": (Kind.PATH, "the template it was made from"),
    "dataBinding": (Kind.CUSTOM_XML, "a field bound to custom XML"),
    "altChunk": (Kind.OBJECT, "another document"),
    "externalData": (Kind.CHART, "a workbook behind a chart"),
}
_FIELDS = frozenset({"PAGE"})
_PAGE = (
    (re.compile(r"<!--"), Kind.COMMENT, "a comment in its source"),
    (re.compile(r"<script\b", re.IGNORECASE), Kind.MACRO, "a script"),
    (re.compile(r"\son\w+\s*=", re.IGNORECASE), Kind.MACRO, "a script in an element"),
    (re.compile(r"\sdata-[\w-]+\s*="), Kind.UNSEEN_CELLS, "data that nobody sees"),
    (re.compile(r"<[^>]*\s(?:hidden\b|style\s*=)", re.IGNORECASE), Kind.UNSEEN_CELLS, "something hidden"),
    (re.compile(r"\b(?:src|href)\s*=\s*[\"'](?!#)"), Kind.LINK, "a link out of it"),
    (re.compile(r"url\(|@import", re.IGNORECASE), Kind.LINK, "something that is loaded"),
    (re.compile(r"<meta\s+name=[\"'](?!viewport)", re.IGNORECASE), Kind.PERSON, "a property"),
)


def inspect_word(content: bytes) -> Iterator[Trace]:
    """Yield every trace in a finished Word file."""
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        for name in parts.namelist():
            if not any(fnmatchcase(name, pattern) for pattern in _EXPECTED):
                yield Trace(Kind.OTHER, name, name, "a part that is no ordinary part of a report")
            elif name.endswith((".xml", ".rels")):
                yield from _part(name, etree.fromstring(parts.read(name), etree.XMLParser(resolve_entities=False)))


def _part(name: str, root: etree._Element) -> Iterator[Trace]:
    if name.startswith("docProps/"):
        yield from (Trace(Kind.PERSON, name, name, f"{what} is {said}") for what, said in personal(root))
    for one in root.iter():
        if not isinstance(one.tag, str):
            yield Trace(Kind.COMMENT, name, name, "a comment in its source")
            continue
        tag = local(one)
        if tag in _UNSEEN:
            kind, what = _UNSEEN[tag]
            yield Trace(kind, name, name, what)
        if tag == "Relationship" and one.get("TargetMode") == "External":
            yield Trace(Kind.LINK, name, name, f"a link to {one.get('Target')}")
        if tag == "instrText" and text(one) not in _FIELDS:
            yield Trace(Kind.FORMULA, name, name, f"the field {text(one)}")
        if any(str(key).endswith(("}author", "}initials")) for key in one.attrib):
            yield Trace(Kind.PERSON, name, name, "who wrote something")


def inspect_page(text_of_page: str) -> Iterator[Trace]:
    """Yield every trace in a finished page."""
    for pattern, kind, what in _PAGE:
        if pattern.search(text_of_page):
            yield Trace(kind, "the page", "the page", what)
