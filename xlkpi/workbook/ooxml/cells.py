"""The cells of a worksheet part as tokens, from a first row to a last.

A sheet of 350,000 rows is 120 MB of XML. It is inflated and read piece by piece, so that only the values are held. The
pattern matches what Excel and the common writers produce (possessive quantifiers halve its time); a piece that holds
anything else goes through a parser and yields the same tokens.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from xlkpi.errors import FileUnusable
from xlkpi.workbook.ooxml.address import column_number, letters
from xlkpi.workbook.ooxml.archive import CHUNK
from xlkpi.workbook.ooxml.markup import damaged, escape, holds_declarations, is_plain, plain, safe_parser

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

    from xlkpi.workbook.ooxml.package import Package

#: Row number, column letters, attributes of the cell, attributes of its formula, formula, value. A token has either the
#: first (a row begins) or the others (a cell of that row). Formula and value are XML text.
Token: TypeAlias = tuple[str, str, str, str, str, str]

_TOKEN = re.compile(
    r'<row r="(\d++)"[^>]*+>'
    r'|<c r="([A-Z]++)\d++"([^>]*+)>(?:<f([^>]*+)>(?:([^<]*+)</f>)?+)?+'
    r'(?:<v>|<is><t>|<is><t xml:space="preserve">)?+([^<]*+)',
)
_ROW = re.compile(r'<row r="(\d++)"')
_INDENTED = re.compile(r'<row r="[^>]*+>\s')
_ROOT = re.compile(r"<worksheet\b[^>]*>")
_ROW_END = "</row>"
_DATA_END = "</sheetData>"


class Piece(NamedTuple):
    """Some rows of a worksheet part.

    Attributes:
        text: The rows as written.
        root: The start tag of the part, for a parser.
        part: Name of the part.
    """

    text: str
    root: str
    part: str

    def tokens(self) -> list[Token]:
        """Return the rows as tokens.

        Raises:
            FileUnusable: Where the part is damaged.
        """
        start = _ROW.search(self.text)
        indented = start is not None and _INDENTED.match(self.text, start.start())
        return _TOKEN.findall(self.text) if _is_regular(self.text) and not indented else self._parsed()

    def _parsed(self) -> list[Token]:
        """Return the tokens of an unusual piece by way of a parser."""
        from lxml import etree  # noqa: PLC0415 - rarely needed

        start = self.text.find("<row")
        rows = self.text[start:] if start >= 0 else ""
        try:
            root = etree.fromstring(f"{self.root}{rows}</worksheet>".encode(), safe_parser())
        except etree.XMLSyntaxError:
            raise damaged(self.part) from None
        tokens: list[Token] = []
        number = 0
        for row in root.iterfind("{*}row"):
            number = int(row.get("r", number + 1))
            tokens.append((str(number), "", "", "", "", ""))
            tokens += _cells(row)
        return tokens


class CellStream:
    """Reads the rows of one worksheet part.

    Attributes:
        tail: After the last token, what stands below the rows, from ``</sheetData>`` on.
    """

    def __init__(self, package: Package, part: str) -> None:
        """Prepare to read a part of a package."""
        self._package = package
        self._part = part
        self._root = ""
        self.tail = ""

    def pieces(self, first: int, last: int) -> Iterator[Piece]:
        """Yield pieces that hold at least the rows from ``first`` to ``last``, whole rows in order.

        Raises:
            FileUnusable: Where the part is damaged.
        """
        for text in self._rows():
            start = _ROW.search(text)
            if start and int(start[1]) > last:
                continue
            final = text.rfind('<row r="')
            if final >= 0 and int(text[final + 8 : text.index('"', final + 8)]) < first:
                continue
            yield Piece(text, self._root, self._part)

    def _rows(self) -> Iterator[str]:
        """Yield the part in pieces that end where a row ends, the head with the first; keep the tail."""
        rest = ""
        for text in self._texts():
            rest += text
            if not self._root:
                root = _ROOT.search(rest)
                self._root = root[0] if root else ""
            end = rest.find(_DATA_END, max(0, len(rest) - len(text) - len(_DATA_END)))
            cut = end if end >= 0 else rest.rfind(_ROW_END) + len(_ROW_END)
            if self.tail or (end < 0 and cut < len(_ROW_END)):
                continue
            yield rest[:cut]
            rest = rest[cut:]
            if end >= 0:
                self.tail = _DATA_END
        self.tail = rest

    def _texts(self) -> Iterator[str]:
        """Yield the part as text, piece by piece where it is large and plain."""
        if self._package.size(self._part) <= CHUNK:
            yield plain(self._package.read(self._part), self._part)
            return
        kept = b""
        for count, chunk in enumerate(self._package.chunks(self._part)):
            if count == 0 and not is_plain(chunk):
                yield plain(self._package.read(self._part), self._part)
                return
            if holds_declarations(chunk):
                raise FileUnusable(_UNUSUAL.format(self._part))
            data = kept + chunk
            cut = data.rfind(b">") + 1
            kept = data[cut:]
            yield _decoded(data[:cut], self._part)
        yield _decoded(kept, self._part)


def _decoded(data: bytes, part: str) -> str:
    try:
        return data.decode()
    except UnicodeDecodeError:
        raise damaged(part) from None


def _is_regular(piece: str) -> bool:
    """Return whether the pattern reads a piece completely."""
    if "<v " in piece or "<f/>" in piece or "<f></f>" in piece:
        return False
    inline = piece.count("<is>")
    if inline and inline != piece.count("<is><t>") + piece.count('<is><t xml:space="preserve">'):
        return False
    return piece.count("<c ") + piece.count("<c>") == piece.count('<c r="') and piece.count("<row ") + piece.count(
        "<row>"
    ) == piece.count('<row r="')


def _cells(row: _Element) -> Iterator[Token]:
    """Yield the cells of a parsed row as tokens; a cell without an address follows the one before it."""
    column = 0
    for cell in row.iterfind("{*}c"):
        name = cell.get("r", "").rstrip("0123456789") or letters(column + 1)
        column = column_number(name)
        kept = "".join(f' {key}="{cell.get(key)}"' for key in ("s", "t") if cell.get(key))
        formula = cell.find("{*}f")
        marks, text = "", ""
        if formula is not None:
            marks = "".join(f' {key}="{formula.get(key)}"' for key in ("t", "si") if formula.get(key)) or " "
            text = escape(formula.text or "")
        value = cell.findtext("{*}v") or ""
        inline = cell.find("{*}is")
        if inline is not None:
            value = "".join(run.text or "" for run in (*inline.iterfind("{*}t"), *inline.iterfind("{*}r/{*}t")))
        yield ("", name, kept, marks, text, escape(value))


_UNUSUAL = (
    "The workbook's part {} was written by another program in a way that is not read here. "
    "Open the workbook in Excel, save it, and try again."
)
