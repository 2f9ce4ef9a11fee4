"""Whatever a draft is stored in, its words come out the same; whatever cannot be one is told in a sentence."""

from __future__ import annotations

import codecs
import os
import re
import zipfile
from io import BytesIO
from pathlib import Path

import docx
import pytest
from drafts.made import pdf, saved
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader, PdfWriter

from xlkpi.drafts import SUFFIXES, read
from xlkpi.drafts import files as room
from xlkpi.drafts.plain import read_plain
from xlkpi.errors import FileUnusable

WORDS = "2.1. Visits in time rose to 74% – “up” by 2 points.\n\nCaseloads\t22.1\n"


@pytest.mark.parametrize(
    "content",
    [
        WORDS.encode(),
        WORDS.encode("utf-8-sig"),
        WORDS.encode("utf-16"),
        codecs.BOM_UTF16_BE + WORDS.encode("utf-16-be"),
        WORDS.encode("cp1252"),
        WORDS.replace("\n", "\r\n").encode(),
        WORDS.replace("\n", "\r").encode("cp1252"),
    ],
    ids=[
        "utf-8",
        "utf-8 with mark",
        "utf-16",
        "utf-16 big end first",
        "windows",
        "lines of windows",
        "lines of old macs",
    ],
)
@pytest.mark.parametrize("suffix", [".txt", ".md", ".TXT"])
def test_a_text_file_is_read_as_it_stands(content: bytes, suffix: str, tmp_path: Path) -> None:
    path = tmp_path / f"draft{suffix}"
    path.write_bytes(content)
    draft = read(path)
    assert (draft.text, draft.name) == (WORDS, path.name)


def test_utf_16_without_a_mark_is_known_by_its_zeros(tmp_path: Path) -> None:
    path = tmp_path / "draft.txt"
    for encoding in ("utf-16-le", "utf-16-be"):
        path.write_bytes("Referrals fell to 991.\n".encode(encoding))
        assert read(path).text == "Referrals fell to 991.\n"


@given(st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1))
def test_offsets_are_those_of_the_text_as_python_reads_it(text: str) -> None:
    content = text.encode()
    if not content.startswith((b"%PDF-", b"PK\x03\x04", codecs.BOM_UTF8)):
        assert read_plain("draft.txt", content) == re.sub("\r\n?", "\n", text)


@given(st.binary(min_size=1))
def test_any_bytes_give_text_or_a_sentence(content: bytes) -> None:
    try:
        told = read_plain("draft.txt", content)
    except FileUnusable as error:
        told = f"{error}".removeprefix("draft.txt ")
        assert told != f"{error}"  # noqa: PT017  # either is right
    assert "\0" not in told


def _zip(**members: bytes) -> bytes:
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return made.getvalue()


def _word(**changed: bytes) -> bytes:
    """Return a Word document, some parts of it replaced."""
    document, plain = docx.Document(), BytesIO()
    document.add_paragraph("Words.")
    document.save(plain)
    made = BytesIO()
    with zipfile.ZipFile(plain) as before, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as after:
        for name in before.namelist():
            key = name.rpartition("/")[2].partition(".")[0]
            after.writestr(name, changed.get(key, before.read(name)))
    return made.getvalue()


def _locked_pdf() -> bytes:
    writer, made = PdfWriter(PdfReader(BytesIO(pdf([["Words."]])))), BytesIO()
    writer.encrypt("secret", algorithm="RC4-128")
    writer.write(made)
    return made.getvalue()


ENTITIES = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "boom"><!ENTITY c "&b;&b;&b;">]><a>&c;</a>'

BAD = {
    "d.txt": (b"", "is empty. Choose the draft, or save it again."),
    "e.txt": (b" \n\t\n", "holds no words. Choose the draft, or save it again if it should hold some."),
    "f.txt": (b"%PDF-1.7 ...", "is a PDF, not text. Give the name its right ending, or save the words as text."),
    "g.md": (_zip(a=b"b"), "is a Word document or another packed file, not text. Give the name its right ending"),
    "h.txt": (b"ab\0\0\0cd", "holds something other than text. Save the draft as text (UTF-8) or as .docx."),
    "i.docx": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "is protected with a password, or is an old Word document"),
    "j.docx": (b"Plain words.", "is not a whole Word document: it may be cut short, or another kind of file."),
    "k.docx": (_word()[:-300], "is not a whole Word document: it may be cut short, or another kind of file."),
    "l.docx": (_zip(a=b"b"), "cannot be read as a Word document. Open it in Word and save it again"),
    "m.docx": (_word(document=b"<w:document"), "cannot be read as a Word document. Open it in Word and save it again"),
    "n.docx": (_word(document=ENTITIES), "holds definitions that Word never writes, and was not opened."),
    "o.docx": (_word(styles=ENTITIES), "holds definitions that Word never writes, and was not opened."),
    "p.pdf": (b"Plain words.", "is not a PDF. Save the draft again as PDF, or use the Word document."),
    "q.pdf": (pdf([["Words."]])[:200], "cannot be read as a PDF: it is damaged, or protected in a way"),
    "r.pdf": (_locked_pdf(), "is protected with a password. Save a copy without it, or use the Word document."),
    "s.pdf": (pdf([[], []]), "holds pictures of its pages, and no words that could be read. Use the Word document"),
    "t.doc": (b"x", "ends in .doc, not in .docx, .txt, .md or .pdf. Save it as a Word document (.docx)."),
    "u.xlsx": (b"x", "ends in .xlsx, not in .docx, .txt, .md or .pdf. Name the draft first and the workbook after --workbook."),
    "v": (b"x", "does not end in .docx, .txt, .md or .pdf. Save the draft in one of these forms."),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_what_cannot_be_a_draft_is_told_in_one_line(name: str, tmp_path: Path) -> None:
    content, message = BAD[name]
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(FileUnusable) as report:
        read(path)
    told = str(report.value)
    assert message in told
    assert name in told
    assert "\n" not in told
    assert path.read_bytes() == content


def test_a_document_without_words_is_told(tmp_path: Path) -> None:
    with pytest.raises(FileUnusable, match="holds no words"):
        read(saved(docx.Document(), tmp_path / "empty.docx"))


def test_a_folder_and_a_file_that_is_not_there_are_told(tmp_path: Path) -> None:
    (tmp_path / "folder.docx").mkdir()
    with pytest.raises(FileUnusable, match=r"is a folder. Name the draft itself."):
        read(tmp_path / "folder.docx")
    with pytest.raises(FileUnusable, match=r"is not there. Correct the name, or the folder."):
        read(tmp_path / "none.docx")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes with a name")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    with pytest.raises(FileUnusable, match=r"is not a file. Name the draft itself."):
        read(tmp_path / "pipe.txt")


def test_a_draft_that_is_too_large_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "LARGEST", 1024**2)
    path = tmp_path / "long.txt"
    path.write_bytes(b"a" * (3 * 1024**2))
    with pytest.raises(FileUnusable, match="has 3 MB, more than the 1 MB that a draft may have"):
        read(path)


def test_a_bomb_is_not_unpacked(tmp_path: Path) -> None:
    path = tmp_path / "bomb.docx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("word/document.xml", "w") as part:
        for _ in range(210):
            part.write(bytes(1024**2))
    assert path.stat().st_size < 1024**2
    with pytest.raises(FileUnusable, match=r"would unpack to an unreasonable size and was not opened"):
        read(path)


def test_every_form_is_named() -> None:
    assert set(SUFFIXES) == {".docx", ".txt", ".md", ".pdf"}
