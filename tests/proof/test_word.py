"""What a published Word file or page must not carry, planted one by one and found; as we write them they carry none."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from functools import cache

import pytest
from packed import made

from xlkpi.pack.docx import document
from xlkpi.pack.html import page
from xlkpi.pack.workbook import workbook
from xlkpi.proof.trace import Kind
from xlkpi.proof.word import inspect_page, inspect_word

WHEN = dt.datetime(2018, 10, 17, 9, 42)
DOCUMENT, CORE, APP, LINKS = (
    "word/document.xml",
    "docProps/core.xml",
    "docProps/app.xml",
    "word/_rels/document.xml.rels",
)


@cache
def finished() -> bytes:
    return document(made(), workbook(made(), WHEN), WHEN)


def changed(part: str, old: str, new: str) -> bytes:
    found = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(finished())) as source, zipfile.ZipFile(found, "w") as target:
        parts = {name: source.read(name).decode() for name in source.namelist()}
        assert old in parts.setdefault(part, old)
        parts[part] = parts[part].replace(old, new, 1)
        for name, text in parts.items():
            target.writestr(name, text)
    return found.getvalue()


PARAGRAPH = "<w:p>"
TRACES = [
    ("a tracked insertion", DOCUMENT, "<w:r>", '<w:ins w:id="1" w:author="Ann"/><w:r>', Kind.HISTORY, "insertion"),
    ("its author", DOCUMENT, "<w:r>", '<w:ins w:id="1" w:author="Ann"/><w:r>', Kind.PERSON, "who wrote"),
    ("a tracked deletion", DOCUMENT, "<w:r>", '<w:del w:id="1"/><w:r>', Kind.HISTORY, "deletion"),
    ("hidden text", DOCUMENT, "<w:rPr>", "<w:rPr><w:vanish/>", Kind.UNSEEN_CELLS, "hidden text"),
    ("a comment", DOCUMENT, "<w:r>", '<w:commentRangeStart w:id="1"/><w:r>', Kind.COMMENT, "a comment"),
    ("comments", "word/comments.xml", "<x/>", "<x/>", Kind.OTHER, "no ordinary part"),
    ("custom XML", "customXml/item1.xml", "<x/>", "<x/>", Kind.OTHER, "no ordinary part"),
    ("macros", "word/vbaProject.bin", "x", "x", Kind.OTHER, "no ordinary part"),
    ("a workbook behind a chart", "word/embeddings/a.xlsx", "x", "x", Kind.OTHER, "no ordinary part"),
    (
        "a link to it",
        "word/charts/chart1.xml",
        "</c:chartSpace>",
        "<c:externalData/></c:chartSpace>",
        Kind.CHART,
        "workbook",
    ),
    ("a field", DOCUMENT, "<w:r>", "<w:r><w:instrText>DATE</w:instrText></w:r><w:r>", Kind.FORMULA, "DATE"),
    ("an author", CORE, "<dc:creator></dc:creator>", "<dc:creator>Ann</dc:creator>", Kind.PERSON, "the author is Ann"),
    ("a template", APP, "<Application>", "<Template>Ann.dotm</Template><Application>", Kind.PERSON, "Ann.dotm"),
    (
        "a link out of it",
        LINKS,
        "</Relationships>",
        '<Relationship Id="r" Type="t" Target="file:///S:/cases" TargetMode="External"/></Relationships>',
        Kind.LINK,
        "file:///S:/cases",
    ),
]


def test_a_published_word_file_carries_nothing() -> None:
    assert list(inspect_word(finished())) == []


@pytest.mark.parametrize(
    ("part", "old", "new", "kind", "what"), [one[1:] for one in TRACES], ids=[one[0] for one in TRACES]
)
def test_what_is_planted_in_a_word_file_is_found(part: str, old: str, new: str, kind: Kind, what: str) -> None:
    found = [one for one in inspect_word(changed(part, old, new)) if one.kind is kind]
    assert any(what in one.what for one in found), found
    assert {one.part for one in found} == {part}


PLANTED = [
    ("<!-- four children -->", Kind.COMMENT),
    ("<script>1</script>", Kind.MACRO),
    ('<p onclick="go()">x</p>', Kind.MACRO),
    ('<p data-count="4">x</p>', Kind.UNSEEN_CELLS),
    ("<p hidden>four</p>", Kind.UNSEEN_CELLS),
    ('<p style="display:none">four</p>', Kind.UNSEEN_CELLS),
    ('<img src="https://example.org/x.png" alt="x">', Kind.LINK),
    ("<style>@import 'x.css';</style>", Kind.LINK),
    ('<meta name="author" content="Ann">', Kind.PERSON),
]


def test_a_published_page_carries_nothing() -> None:
    assert list(inspect_page(page(made()))) == []


@pytest.mark.parametrize(("planted", "kind"), PLANTED, ids=[one[0] for one in PLANTED])
def test_what_is_planted_in_a_page_is_found(planted: str, kind: Kind) -> None:
    assert kind in {one.kind for one in inspect_page(page(made()).replace("<main", f"{planted}<main", 1))}
