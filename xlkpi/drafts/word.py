"""Word documents: their words in reading order, and for every word the run in which it stands."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from io import BytesIO
from typing import TYPE_CHECKING, cast

from lxml.etree import _Element

from xlkpi.drafts.numbering import Numbering, W
from xlkpi.errors import FileUnusable

if TYPE_CHECKING:
    from docx.document import Document

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_MOST_UNPACKED = 200 * 1024**2
#: What a zip file that is none, or no longer, makes its reader raise.
_BROKEN = (zipfile.BadZipFile, zlib.error, OSError, NotImplementedError, EOFError, RuntimeError, ValueError)
_OLD_OFFICE = b"\xd0\xcf\x11\xe0"
_MARKUP = (".xml", ".rels")
#: Elements that hold paragraphs, or runs, and say nothing themselves.
_WRAPPERS = frozenset(
    W + name
    for name in ("sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo", "hyperlink", "fldSimple", "dir", "bdo")
)
_DROPPED = frozenset({"0", "false", "off"})
_CHARACTERS = {f"{W}tab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-", f"{W}ptab": "\t"}
_BOXES = frozenset({f"{W}drawing", f"{W}pict", f"{W}object", f"{_MC}AlternateContent"})
_NOTES = {f"{W}footnoteReference": "footnotes", f"{W}endnoteReference": "endnotes"}
_BLOCK, _ITEM, _ROW = "block", "item", "row"
_MOST_COLUMNS = 63
_CONTENTS = re.compile(r"TOC[1-9]")
_PART = re.compile(r"[0-9A-Za-z]+")
_IN_ONE_LINE = str.maketrans("\t\n\r", "   ")
_NOTE_TYPES = {
    "footnotes": "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes",
    "endnotes": "http://schemas.openxmlformats.org/officeDocument/2006/relationships/endnotes",
}


@dataclass(frozen=True, slots=True)
class Spot:
    """A stretch of the text, and the run it comes from.

    Attributes:
        start: Offset of its first character in the text.
        end: Offset after its last one.
        run: The run (``w:r``). For words of a footnote or a text box the run in the body that they hang on.
        node: The element of the run that holds the words; None where they stand elsewhere.
    """

    start: int
    end: int
    run: _Element
    node: _Element | None = None


@dataclass(frozen=True, slots=True)
class WordText:
    """The words of a document.

    Attributes:
        text: All of them.
        spots: Where they come from, in their order; numbers of lists and breaks between paragraphs come from nowhere.
        document: The document.
    """

    text: str
    spots: tuple[Spot, ...]
    document: Document


def read_word(name: str, content: bytes) -> WordText:
    """Return the words of a document.

    Args:
        name: For messages.
        content: The whole file.

    Raises:
        FileUnusable: Where it is protected, damaged, harmful or no Word document.
    """
    _refuse_harm(name, content)
    from docx import api  # noqa: PLC0415  # takes a quarter of a second

    try:
        document = api.Document(BytesIO(content))
        reader = _Reader(document)
        reader.read()
    except Exception as error:  # a damaged or hostile file makes python-docx raise nearly anything
        raise FileUnusable(f"{name} {_NO_DOCUMENT}") from error
    return WordText(reader.text.all(), tuple(reader.text.spots), document)


_NO_DOCUMENT = (
    "cannot be read as a Word document. Open it in Word and save it again as Word document (.docx), "
    "not as Strict Open XML."
)


def _refuse_harm(name: str, content: bytes) -> None:
    """Refuse a file before anything of it is unpacked that would not fit, or parsed that Word never writes."""
    if content.startswith(_OLD_OFFICE):
        what = "is protected with a password, or is an old Word document under a new name"
        raise FileUnusable(f"{name} {what}. Open it in Word, take the password away, and save it as .docx.")
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            members = archive.infolist()
            if sum(one.file_size for one in members) > _MOST_UNPACKED:
                what = "would unpack to an unreasonable size and was not opened"
                raise FileUnusable(f"{name} {what}. Save a fresh copy of it from Word, with smaller pictures.")
            if any(one.flag_bits & 1 for one in members):
                raise FileUnusable(f"{name} is protected with a password. Save a copy without it.")
            for one in members:
                if one.filename.casefold().endswith(_MARKUP) and b"<!DOCTYPE" in archive.read(one)[:4096].upper():
                    raise FileUnusable(f"{name} holds definitions that Word never writes, and was not opened.")
    except _BROKEN as error:
        what = "is not a whole Word document: it may be cut short, or another kind of file"
        raise FileUnusable(f"{name} {what}. Open it in Word and save it again as .docx.") from error


class _Text:
    """Words so far, and where they come from."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self.size = 0
        self.spots: list[Spot] = []

    def add(self, text: str, run: _Element | None = None, node: _Element | None = None) -> None:
        """Add words, from an element of a run or from nowhere."""
        if text and run is not None:
            self.spots.append(Spot(self.size, self.size + len(text), run, node))
        self._parts.append(text)
        self.size += len(text)

    def take(self, other: _Text) -> None:
        """Add the words of another text behind these."""
        self.spots += [replace(one, start=one.start + self.size, end=one.end + self.size) for one in other.spots]
        self._parts.append(other.all())
        self.size += other.size

    def in_one_line(self) -> _Text:
        """Return the same words without breaks and tabs."""
        line = _Text()
        line.take(self)
        line._parts = [self.all().translate(_IN_ONE_LINE)]
        return line

    def all(self) -> str:
        return "".join(self._parts)


class _Reader:
    """Walks through a document and notes its words."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self.text = _Text()
        self._last = ""
        self._numbering = Numbering(_numbering_of(document), document.styles.element)
        #: Text boxes and notes that were met, each with the run that it hangs on.
        self._boxes: list[tuple[_Element, _Element]] = []
        self._notes: list[tuple[str, str, _Element]] = []
        #: Of each field that is open, whether its result has begun; its code is no text.
        self._fields: list[bool] = []
        #: The run in the body on which all that is being read hangs.
        self._anchor: _Element | None = None

    def read(self) -> None:
        """Read the body, then its footnotes and endnotes."""
        self._blocks(self._document.element.body)
        roots = {kind: _notes_of(self._document, kind) for kind in _NOTE_TYPES}
        for kind, number, run in self._notes:
            if (note := roots[kind].pop(number, None)) is not None:
                self._elsewhere(note, run)
        self.text.add("\n")

    def _elsewhere(self, parent: _Element, run: _Element) -> None:
        before, self._anchor = self._anchor, self._anchor if self._anchor is not None else run
        self._last = _BLOCK
        self._blocks(parent)
        self._anchor = before

    def _blocks(self, parent: _Element) -> None:
        for block in _joined(_unwrapped(parent, {f"{W}p", f"{W}tbl"})):
            if block[0].tag == f"{W}p":
                self._paragraph(block)
            else:
                for row in _unwrapped(block[0], {f"{W}tr"}):
                    self._row(row)
                self._last = _BLOCK
            boxes, self._boxes = self._boxes, []
            for box, run in boxes:
                self._elsewhere(box, run)

    def _start(self, kind: str) -> None:
        """Begin a line: items of a list and rows of a table follow each other, all else has an empty line above it."""
        if self.text.size:
            self.text.add("\n" if kind == self._last != _BLOCK else "\n\n")
        self._last = kind

    def _paragraph(self, parts: Sequence[_Element]) -> None:
        """Read a paragraph: the words of all its parts, with the number of the last, whose end is the one that stays."""
        label = self._numbering.label(parts[-1])
        words = _Text()
        for part in parts:
            words.take(self._words(part))
        if not words.all().strip() or _is_contents(parts[-1]):
            return
        self._start(_ITEM if _is_short(label) else _BLOCK)
        self.text.add(label)
        self.text.take(words)

    def _row(self, row: _Element) -> None:
        """Read the row of a table: one line, its cells parted by tabs, a wide cell followed by as many empty ones."""
        if row.find(f"{W}trPr/{W}del") is not None:
            return
        line = _Text()
        for place, cell in enumerate(_unwrapped(row, {f"{W}tc"})):
            if place:
                line.add("\t")
            line.take(self._cell(cell))
            wide = cell.find(f"{W}tcPr/{W}gridSpan")
            if wide is not None and (times := wide.get(f"{W}val", "1")).isdigit():
                line.add("\t" * min(int(times) - 1, _MOST_COLUMNS))
        if line.all().strip():
            self._start(_ROW)
            self.text.take(line)

    def _cell(self, cell: _Element) -> _Text:
        """Return a cell as one line; a table within it becomes words with spaces between them."""
        line = _Text()
        for block in _unwrapped(cell, {f"{W}p", f"{W}tbl"}):
            for paragraph in block.iter(f"{W}p"):
                if any(True for _ in paragraph.iterancestors(f"{W}txbxContent", f"{W}del")) and self._anchor is None:
                    continue
                label = "" if _goes_on(paragraph) else self._numbering.label(paragraph)
                words = self._words(paragraph)
                if words.all().strip():
                    line.add(f" {label}" if line.size else label)
                    line.take(words.in_one_line())
        return line

    def _words(self, paragraph: _Element) -> _Text:
        outer, self.text = self.text, _Text()
        self._inline(paragraph)
        words, self.text = self.text, outer
        self._fields = [begun for begun in self._fields if begun]  # code that never ends shall not swallow the rest
        return words

    def _inline(self, parent: _Element) -> None:
        for child in parent:
            if child.tag == f"{W}r":
                self._run(child)
            elif child.tag in _WRAPPERS and child.find(f"{W}sdtPr/{W}showingPlcHdr") is None:
                self._inline(child)

    def _run(self, run: _Element) -> None:
        if _is_on(run.find(f"{W}rPr/{W}vanish")):
            return
        at = run if self._anchor is None else self._anchor
        for child in run:
            node = child if self._anchor is None else None
            if child.tag == f"{W}fldChar":
                self._field(child.get(f"{W}fldCharType", ""))
            elif not all(self._fields):
                continue
            elif child.tag == f"{W}t":
                self.text.add((child.text or "").translate(_IN_ONE_LINE), at, node)
            elif child.tag in _CHARACTERS:
                self.text.add(_CHARACTERS[child.tag], at, node)
            elif child.tag in _BOXES:
                self._boxes += [(box, at) for box in _boxes_of(child)]
            elif child.tag in _NOTES:
                self._notes.append((_NOTES[child.tag], child.get(f"{W}id", ""), at))

    def _field(self, kind: str) -> None:
        if kind == "begin":
            self._fields.append(False)
        elif kind == "separate" and self._fields:
            self._fields[-1] = True
        elif kind == "end" and self._fields:
            self._fields.pop()


def _unwrapped(parent: _Element, wanted: set[str]) -> Iterator[_Element]:
    """Yield the children of some kinds, out of content controls and the like."""
    for child in parent:
        if child.tag in wanted:
            yield child
        elif child.tag in _WRAPPERS:
            yield from _unwrapped(child, wanted)


def _boxes_of(drawn: _Element) -> Iterable[_Element]:
    """Return the text boxes of a drawing, each once: Word writes them twice, for itself and for older programs."""
    if drawn.tag == f"{_MC}AlternateContent":
        drawn = drawn[0] if len(drawn) else drawn
    return [box for box in drawn.iter(f"{W}txbxContent") if not any(True for _ in box.iterancestors(f"{W}txbxContent"))]


def _joined(blocks: Iterable[_Element]) -> Iterator[list[_Element]]:
    """Yield tables one by one, and paragraphs with those that go on with them when the tracked changes are accepted."""
    parts: list[_Element] = []
    for block in blocks:
        if parts and block.tag != f"{W}p":
            yield parts
            parts = []
        parts.append(block)
        if not _goes_on(block):
            yield parts
            parts = []
    if parts:
        yield parts


def _goes_on(block: _Element) -> bool:
    """Return whether the end of a paragraph was deleted, or moved away, with changes tracked: the next one takes its place."""
    marks = block.find(f"{W}pPr/{W}rPr")
    return marks is not None and any(marks.find(f"{W}{name}") is not None for name in ("del", "moveFrom"))


def _is_contents(paragraph: _Element) -> bool:
    """Return whether a paragraph is a line of the table of contents, whose figures are pages."""
    style = paragraph.find(f"{W}pPr/{W}pStyle")
    return style is not None and bool(_CONTENTS.fullmatch(style.get(f"{W}val", "")))


def _is_short(label: str) -> bool:
    """Return whether a label is that of an item in a list (``a)``) and not of a numbered paragraph (``2.1.``)."""
    return bool(label) and len(_PART.findall(label)) <= 1


def _is_on(switch: _Element | None) -> bool:
    return switch is not None and switch.get(f"{W}val", "1") not in _DROPPED


def _numbering_of(document: Document) -> _Element | None:
    """Return the definitions of lists, without making any where there are none."""
    for relationship in document.part.rels.values():
        if relationship.reltype.endswith("/numbering") and not relationship.is_external:
            return cast("_Element", relationship.target_part.element)
    return None


def _notes_of(document: Document, kind: str) -> dict[str, _Element]:
    """Return the footnotes, or endnotes, of a document by their number; the lines above them are no notes."""
    from docx.oxml.parser import parse_xml  # noqa: PLC0415  # as above

    for relationship in document.part.rels.values():
        if relationship.reltype == _NOTE_TYPES[kind] and not relationship.is_external:
            root = parse_xml(relationship.target_part.blob)
            return {one.get(f"{W}id", ""): one for one in root if one.get(f"{W}type") in {None, "normal"}}
    return {}
