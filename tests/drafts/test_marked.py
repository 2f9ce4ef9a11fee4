"""The copy with comments: each lies on exactly the words it is about, and the rest of the document is what it was."""

from __future__ import annotations

import shutil
import subprocess
import zipfile
from collections.abc import Sequence
from pathlib import Path

import docx
import pytest
from docx.document import Document
from docx.oxml.ns import qn
from drafts.made import add, saved
from drafts.test_word import BOX, with_footnote
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml.etree import _Element
from ooxml_validator import requires_validator, validation_errors

from xlkpi.drafts import read
from xlkpi.drafts.marked import AUTHOR, Note, default_copy, free_copy, made_copy, put_copy, refuse_copy
from xlkpi.drafts.seal import is_untouched
from xlkpi.errors import FileUnusable

SOFFICE = shutil.which("soffice")
#: LibreOffice may be installed without the part that opens documents.
HAS_WRITER = SOFFICE is not None and any(Path(SOFFICE).resolve().parent.glob("libsw*lo*"))


def write_copy(draft: Path, copy: Path, notes: Sequence[Note]) -> None:
    """Make the copy of a draft with comments, and put it in its place."""
    put_copy(copy, made_copy(draft, notes))


def report() -> Document:
    """Return a document with all that a claim may stand in."""
    document = with_footnote(docx.Document())
    document.add_heading("Quarter 2, 2018/19", 1)
    paragraph = document.add_paragraph("Visits in time were ", style="List Number")
    run = paragraph.add_run("74% & rising")
    run.bold, run.font.size = True, docx.shared.Pt(14)
    paragraph.add_run(" in\tthe quarter.")
    add(
        document,
        "<w:p><w:r><w:t xml:space='preserve'>See </w:t></w:r><w:hyperlink w:anchor='x'><w:r><w:rPr><w:i/></w:rPr>"
        "<w:t>the 56 visits</w:t></w:r></w:hyperlink><w:ins w:id='9' w:author='Ann' w:date='2018-10-17T09:00:00Z'><w:r>"
        "<w:t xml:space='preserve'> and 991 referrals</w:t></w:r></w:ins><w:del w:id='8' w:author='Ann' "
        "w:date='2018-10-17T09:00:00Z'><w:r><w:delText>old</w:delText></w:r></w:del></w:p>",
    )
    table = document.add_table(2, 2)
    for row, cells in enumerate((("Contacts", "5694"), ("Referrals", "991"))):
        for column, words in enumerate(cells):
            table.cell(row, column).text = words
    return document


def commented(document: Document) -> list[tuple[str, str]]:
    """Return the words under each comment, and what it says, in the order of the comments."""
    found = []
    for one in document.comments:
        inside, words = False, []
        for element in document.element.body.iter():
            if element.tag == qn("w:commentRangeStart") and element.get(qn("w:id")) == str(one.comment_id):
                inside = True
            elif element.tag == qn("w:commentRangeEnd") and element.get(qn("w:id")) == str(one.comment_id):
                inside = False
            elif inside and element.tag == qn("w:t"):
                words.append(element.text or "")
            elif inside and element.tag == qn("w:tab"):
                words.append("\t")
        found.append(("".join(words), one.text))
    return found


def note(text: str, words: str, says: str = "Look.") -> Note:
    start = text.index(words)
    return Note(start, start + len(words), says)


@pytest.fixture
def draft(tmp_path: Path) -> Path:
    return saved(report(), tmp_path / "Report.docx")


@pytest.mark.parametrize(
    "words",
    [
        "74%",
        "were 74% & ri",
        "in\tthe",
        "Quarter 2, 2018/19",
        "56 visits",
        "56 visits and 991",
        "5694",
        "See the 5",
        "fell",
    ],
)
def test_a_comment_lies_on_exactly_its_words(words: str, draft: Path, tmp_path: Path) -> None:
    before, copy = draft.read_bytes(), tmp_path / "copy.docx"
    write_copy(draft, copy, [note(read(draft).text, words, "Contradicted.\nThe figures say 75%.")])
    made = docx.Document(str(copy))
    assert commented(made) == [(words, "Contradicted.\nThe figures say 75%.")]
    assert [one.author for one in made.comments] == [AUTHOR]
    assert draft.read_bytes() == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["Report.docx", "copy.docx"]


def test_words_that_reach_over_paragraphs_and_cells(draft: Path, tmp_path: Path) -> None:
    text, copy = read(draft).text, tmp_path / "copy.docx"
    start, end = text.index("referrals\n"), text.rindex("991") + 2
    write_copy(draft, copy, [Note(start, end, "Both.")])
    assert commented(docx.Document(str(copy))) == [("referralsContacts5694Referrals99", "Both.")]


def test_comments_may_overlap_and_meet(draft: Path, tmp_path: Path) -> None:
    text, copy = read(draft).text, tmp_path / "copy.docx"
    words = ["74% & rising in", "% & r", "74", "Visits in time were 74%", " & rising", "74%"]
    write_copy(draft, copy, [note(text, one, one) for one in words])
    assert commented(docx.Document(str(copy))) == [(one, one) for one in words]


def _formats(document: Document) -> list[tuple[str, str]]:
    """Return every letter of the body with the formatting of its run."""
    found = []
    for run in document.element.body.iter(qn("w:r")):
        shape = run.find(qn("w:rPr"))
        look = "" if shape is None else _markup(shape)
        found += [(letter, look) for one in run.iter(qn("w:t"), qn("w:delText")) for letter in one.text or ""]
    return found


def _markup(element: _Element) -> str:
    return "".join(sorted(f"{one.tag}{sorted(one.attrib.items())}" for one in element.iter()))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(places=st.lists(st.tuples(st.integers(0, 150), st.integers(1, 40)), max_size=6))
def test_letters_keep_their_looks(places: list[tuple[int, int]], draft: Path, tmp_path: Path) -> None:
    text, copy = read(draft).text, tmp_path / "copy.docx"
    notes = [Note(start, min(start + size, len(text)), "Here.") for start, size in places if start < len(text)]
    write_copy(draft, copy, notes)
    made = docx.Document(str(copy))
    assert read(copy).text == text
    assert _formats(made) == _formats(docx.Document(str(draft)))
    assert len(made.comments) == len(notes)


def test_what_stands_nowhere_in_the_body_is_commented_where_it_hangs(tmp_path: Path) -> None:
    document = with_footnote(docx.Document())
    add(document, BOX)
    draft, copy = saved(document, tmp_path / "draft.docx"), tmp_path / "copy.docx"
    text = read(draft).text
    write_copy(
        draft,
        copy,
        [note(text, "25.2", "foot"), note(text, "83%", "box"), Note(0, 0, "start"), Note(9**6, 9**6, "end")],
    )
    made = docx.Document(str(copy))
    assert [says for _, says in commented(made)] == ["foot", "box", "start", "end"]
    marks = {one.get(qn("w:id")): one for one in made.element.body.iter(qn("w:commentRangeStart"))}
    runs = {number: next(mark.itersiblings(qn("w:r"))) for number, mark in marks.items()}
    assert runs["0"].find(qn("w:footnoteReference")) is not None
    assert next(runs["1"].iter(qn("w:drawing")), None) is not None
    assert runs["2"].findtext(qn("w:t")) == "Caseloads fell."
    assert runs["3"] is runs["0"]


def test_comments_of_others_stay(draft: Path, tmp_path: Path) -> None:
    document, copy = docx.Document(str(draft)), tmp_path / "copy.docx"
    document.add_comment(document.paragraphs[0].runs[0], "Ask Ann.", "Bob", "B")
    saved(document, draft)
    write_copy(draft, copy, [note(read(draft).text, "74%", "Look.\x0b")])
    assert [(one.author, one.text) for one in docx.Document(str(copy)).comments] == [
        ("Bob", "Ask Ann."),
        (AUTHOR, "Look."),
    ]


@requires_validator
def test_the_copy_is_valid(draft: Path, tmp_path: Path) -> None:
    text, copy = read(draft).text, tmp_path / "copy.docx"
    write_copy(draft, copy, [note(text, one) for one in ("74% & r", "56 v", "991", "fell", "Quarter", "5694\nRef")])
    assert validation_errors(copy) == validation_errors(draft) == []


@pytest.mark.live
@pytest.mark.skipif(not HAS_WRITER, reason="needs LibreOffice Writer")
def test_libreoffice_opens_the_copy_with_its_comments(draft: Path, tmp_path: Path) -> None:
    copy, out = tmp_path / "copy.docx", tmp_path / "out"
    write_copy(draft, copy, [note(read(draft).text, "74%", "Contradicted by Results!E9.")])
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [str(SOFFICE), profile, "--headless", "--convert-to", "odt", "--outdir", str(out), str(copy)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    with zipfile.ZipFile(out / "copy.odt") as archive:
        content = archive.read("content.xml").decode()
    assert "Contradicted by Results!E9." in content
    assert AUTHOR in content


def test_where_a_copy_may_go(draft: Path, tmp_path: Path) -> None:
    assert default_copy(draft) == tmp_path / "Report - checked.docx"
    refuse_copy(draft, default_copy(draft))
    with pytest.raises(FileUnusable, match="is the draft itself, which is never changed"):
        refuse_copy(draft, draft)
    with pytest.raises(
        FileUnusable, match=r"does not end in \.docx. Name the copy so, for example Report - checked.docx"
    ):
        refuse_copy(draft, tmp_path / "copy.txt")
    with pytest.raises(
        FileUnusable, match=r"is not a Word document \(\.docx\), and only of one a copy with comments is made"
    ):
        refuse_copy(tmp_path / "draft.txt", tmp_path / "copy.docx")
    other = docx.Document()
    other.add_paragraph("Somebody's letter.")
    saved(other, tmp_path / "letter.docx")
    with pytest.raises(FileUnusable, match=r"is there already, and is no checked copy as it was made: .*Name another"):
        refuse_copy(draft, tmp_path / "letter.docx")
    with pytest.raises(FileUnusable, match=r"the folder is not there\. Correct it, or make it first"):
        refuse_copy(draft, tmp_path / "none" / "copy.docx")


def worked_in(copy: Path) -> bytes:
    """Return a copy as somebody saved it who corrected a word and answered a comment."""
    document = docx.Document(str(copy))
    document.paragraphs[1].runs[0].text = "Visits made in time were "
    document.add_comment(document.paragraphs[1].runs, "Done.", "Ann", "A")
    return saved(document, copy).read_bytes()


def test_a_copy_that_somebody_worked_in_is_not_replaced(draft: Path) -> None:
    copy = default_copy(draft)
    write_copy(draft, copy, [note(read(draft).text, "74%")])
    assert is_untouched(copy)
    kept = worked_in(copy)
    with pytest.raises(FileUnusable, match="somebody may have worked in it"):
        refuse_copy(draft, copy)
    other = free_copy(draft, draft.parent)
    assert other.name == "Report - checked 2.docx"
    write_copy(draft, other, [])
    assert free_copy(draft, draft.parent) == other
    assert copy.read_bytes() == kept


def test_saving_alone_makes_a_copy_somebody_elses(draft: Path) -> None:
    copy = default_copy(draft)
    write_copy(draft, copy, [])
    saved(docx.Document(str(copy)), copy)
    assert not is_untouched(copy)
    copy.write_bytes(b"PK")
    assert not is_untouched(copy)


def test_what_has_the_words_of_the_draft_is_no_copy_of_ours(draft: Path, tmp_path: Path) -> None:
    backup = tmp_path / "backup.docx"
    backup.write_bytes(draft.read_bytes())
    with pytest.raises(FileUnusable, match="is there already"):
        refuse_copy(draft, backup)


def test_a_checked_copy_that_is_checked_again_has_each_comment_once(draft: Path, tmp_path: Path) -> None:
    first, second = tmp_path / "first.docx", tmp_path / "second.docx"
    text = read(draft).text
    notes = [note(text, "74%", "Look."), note(text, "991", "Look."), note(text, "fell", "No.\x0b")]
    write_copy(draft, first, notes)
    write_copy(first, second, [*notes, note(text, "5694", "Look."), note(text, "See", "New.")])
    assert [one.text for one in docx.Document(str(second)).comments] == ["Look.", "Look.", "No.", "Look.", "New."]


def test_an_earlier_copy_is_replaced_even_where_the_draft_has_changed(draft: Path) -> None:
    copy = default_copy(draft)
    write_copy(draft, copy, [])
    refuse_copy(draft, copy)
    write_copy(draft, copy, [note(read(draft).text, "74%")])
    document = docx.Document(str(draft))
    document.add_paragraph("One more.")
    saved(document, draft)
    refuse_copy(draft, copy)
    write_copy(draft, copy, [])
    assert read(copy).text == read(draft).text


def test_a_copy_that_cannot_be_written_leaves_nothing(draft: Path, tmp_path: Path) -> None:
    with pytest.raises(FileUnusable, match="could not be written"):
        write_copy(draft, tmp_path / "none" / "copy.docx", [])
    assert [path.name for path in tmp_path.iterdir()] == ["Report.docx"]
