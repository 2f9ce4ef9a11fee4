"""One worksheet part that is being changed: its rows are spliced, everything else stays as it was written."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from xlkpi.workbook.backend import place
from xlkpi.workbook.ooxml.address import Area, column_number, parse_area
from xlkpi.workbook.ooxml.markup import damaged, holds_declarations, is_plain, plain, safe_parser

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

    from xlkpi.workbook.ooxml.package import Package

_DATA = re.compile(rb"<sheetData\b[^>]*>")
_DATA_END = b"</sheetData>"
_ROW_START = b'<row r="'
_MERGED = re.compile(r'<mergeCell\s[^>]*?ref="([^"]+)"')
_ARRAY = re.compile(rb'<f\b[^>]*\bt="(?:array|dataTable)"[^>]*>')
_REFERENCE = re.compile(rb'\bref="([^"]+)"')
_DIMENSION = re.compile(r'(<dimension\b[^>]*?\bref=")([^"]+)(")')
_FORMULA = re.compile(r"<f[\s>/]")
_CONTENT = re.compile(r"<(?:f|v|is)[\s>/]")
_SPANS = re.compile(r'\sspans="[^"]*"')

#: Elements of a worksheet after its rows, in the order the format demands.
_ORDER = (
    "sheetCalcPr",
    "sheetProtection",
    "protectedRanges",
    "scenarios",
    "autoFilter",
    "sortState",
    "dataConsolidate",
    "customSheetViews",
    "mergeCells",
    "phoneticPr",
    "conditionalFormatting",
    "dataValidations",
    "hyperlinks",
    "printOptions",
    "pageMargins",
    "pageSetup",
    "headerFooter",
    "rowBreaks",
    "colBreaks",
    "customProperties",
    "cellWatches",
    "ignoredErrors",
    "smartTags",
    "drawing",
    "legacyDrawing",
    "legacyDrawingHF",
    "drawingHF",
    "picture",
    "oleObjects",
    "controls",
    "webPublishItems",
    "tableParts",
    "extLst",
)


#: Rows that are held as text at once: enough to be fast, few enough to need little memory.
ROWS_AT_ONCE = 1_000


class Row(NamedTuple):
    """One row as written: what its tag says besides the number, and its cells by column."""

    marks: str
    cells: dict[int, str]


class Sheet:
    """A worksheet part in three pieces: what stands above its rows, the rows, and what stands below.

    Attributes:
        name: Name of the sheet.
        part: Name of its part.
        head: From the start to the first row.
        body: The rows.
        tail: From the end of the rows to the end.
    """

    def __init__(self, package: Package, name: str, part: str) -> None:
        """Read a part of a package."""
        self.name = name
        self.part = part
        self.body = package.buffer(part)
        if not is_plain(bytes(self.body[:65_536])) or holds_declarations(self.body):
            self.body = bytearray(plain(bytes(self.body), part).encode())
        self.head, self.tail = self._split()
        if not self._is_numbered():
            self.body = bytearray(_numbered(b"".join([self.head.encode(), self.body, self.tail.encode()]), part))
            self.head, self.tail = self._split()
        self._before = (self.head, self.tail)
        self._spliced = False

    @property
    def changed(self) -> bool:
        """Whether the part differs from the package's."""
        return self._spliced or (self.head, self.tail) != self._before

    def save(self, package: Package) -> None:
        """Give the part to the package where it was changed."""
        if self.changed:
            package.put_pieces(self.part, [self.head.encode(), self.body, self.tail.encode()])
            self._before, self._spliced = (self.head, self.tail), False

    def rows(self, first: int, last: int) -> dict[int, Row]:
        """Return the rows that are written between two numbers, both included."""
        text = self.body[self._offset(first) : self._offset(last + 1)].decode()
        found = {}
        for piece in text.split('<row r="')[1:]:
            tag, _, inner = piece.partition(">")
            number, _, marks = tag.partition('"')
            found[int(number)] = Row(marks.removesuffix("/").rstrip(), _cells(inner))
        return found

    def replace_rows(self, first: int, last: int, rows: Iterator[str]) -> None:
        """Put rows in the place of all rows between two numbers."""
        start, stop = self._offset(first), self._offset(last + 1)
        fresh = bytearray()
        while batch := list(islice(rows, ROWS_AT_ONCE)):
            fresh += "".join(batch).encode()
        if len(fresh) != stop - start or not self.body.startswith(fresh, start):
            self.body[start:stop] = fresh
            self._spliced = True

    def replace_body(self, body: bytes) -> None:
        """Put other rows in the place of all rows."""
        if self.body != body:
            self.body[:] = body
            self._spliced = True

    def cell(self, row: int, column: int) -> str:
        """Return one cell as written; empty where there is none."""
        found = self.rows(row, row).get(row)
        return found.cells.get(column, "") if found else ""

    def first_content(self, area: Area) -> str | None:
        """Return the address of the first cell of an area that holds anything; None where all are blank."""
        for number, row in self.rows(area.top, area.bottom).items():
            for column, cell in sorted(row.cells.items()):
                if area.left <= column <= area.right and _CONTENT.search(cell):
                    return place(self.name, number, column)
        return None

    def merged(self) -> list[Area]:
        """Return the merged areas of the sheet."""
        return [area for found in _MERGED.findall(self.tail) if (area := parse_area(found))]

    def arrays(self) -> list[Area]:
        """Return the areas of array formulas and data tables."""
        if b't="array"' not in self.body and b't="dataTable"' not in self.body:
            return []
        references = (_REFERENCE.search(found) for found in _ARRAY.findall(self.body))
        return [area for found in references if found and (area := parse_area(found[1].decode()))]

    def shared_formula(self, mark: str) -> tuple[int, int, str] | None:
        """Return row, column and XML text of the formula that cells with a ``si`` mark share, if any."""
        pattern = rb'<c r="([A-Z]++)(\d++)"[^>]*+><f\b(?=[^>]*\ssi="%s")[^>]*+>([^<]++)<' % re.escape(mark.encode())
        found = re.search(pattern, self.body)
        return (int(found[2]), column_number(found[1].decode()), found[3].decode()) if found else None

    def cover(self, area: Area) -> None:
        """Have the sheet's dimension cover an area."""

        def grown(found: re.Match[str]) -> str:
            old = parse_area(found[2])
            if old is None:
                return found[0]
            fresh = Area(
                min(old.top, area.top),
                min(old.left, area.left),
                max(old.bottom, area.bottom),
                max(old.right, area.right),
            )
            return f"{found[1]}{fresh}{found[3]}"

        self.head = _DIMENSION.sub(grown, self.head, count=1)

    def insert(self, element: str, xml: str) -> None:
        """Put an element below the rows, where the format wants it."""
        later = _ORDER[_ORDER.index(element) + 1 :]
        pattern = re.compile(rf"<(?:{'|'.join(later)})[\s/>]|<mc:AlternateContent[\s>]|</worksheet>")
        at = len("</sheetData>")
        for found in pattern.finditer(self.tail):
            at = found.start()
            if not found[0].startswith("<mc:") or re.search(rf"<(?:{element}|{'|'.join(later)})[\s/>]", self.tail[at:]):
                break
        self.tail = f"{self.tail[:at]}{xml}{self.tail[at:]}"

    def _split(self) -> tuple[str, str]:
        """Leave the rows in ``body``, and return what stands above and below them."""
        data = self.body
        found = _DATA.search(data)
        if found is None:
            raise damaged(self.part)
        if found[0].endswith(b"/>"):
            self.body = bytearray()
            return (
                f"{_text(data[: found.start()], self.part)}<sheetData>",
                f"</sheetData>{_text(data[found.end() :], self.part)}",
            )
        end = data.find(_DATA_END, found.end())
        if end < 0:
            raise damaged(self.part)
        head, tail = _text(data[: found.end()], self.part), _text(data[end:], self.part)
        del data[end:]
        del data[: found.end()]
        return head, tail

    def _is_numbered(self) -> bool:
        """Return whether every row and cell says first of all where it stands."""
        body = self.body
        return body.count(b"<row") == body.count(_ROW_START) and body.count(b"<c") == body.count(b'<c r="')

    def _offset(self, number: int) -> int:
        """Return where the first row with this number or a later one begins; rows stand in order."""
        body, low, high = self.body, 0, len(self.body)
        while low < high:
            middle = (low + high) // 2
            at = body.find(_ROW_START, middle, high + len(_ROW_START) - 1)
            if at < 0:
                high = middle
            elif int(body[at + 8 : body.index(b'"', at + 8)]) < number:
                low = at + 1
            else:
                high = middle
        found = body.find(_ROW_START, low)
        return len(body) if found < 0 else found


def holds_formula(cell: str) -> bool:
    """Return whether a written cell holds a formula."""
    return "<f" in cell and _FORMULA.search(cell) is not None


def holds_anything(cell: str) -> bool:
    """Return whether a written cell holds a value or a formula."""
    return _CONTENT.search(cell) is not None


def style_of(cell: str) -> str:
    """Return the number of a written cell's format; empty where it names none."""
    at = cell.find(' s="', 0, cell.find(">"))
    return cell[at + 4 : cell.index('"', at + 4)] if at >= 0 else ""


def row_xml(number: int, marks: str, cells: dict[int, str]) -> str:
    """Return a row as the format writes it; empty where nothing is left of it."""
    marks = _SPANS.sub("", marks) if "spans" in marks else marks
    if cells:
        return f'<row r="{number}"{marks}>{"".join(cells[column] for column in sorted(cells))}</row>'
    return f'<row r="{number}"{marks}/>' if re.sub(r'\s[\w.-]+:dyDescent="[^"]*"', "", marks) else ""


def _cells(inner: str) -> dict[int, str]:
    """Return the cells of a row by column."""
    found = {}
    inner = inner[: inner.rfind("</row>")] if "</row>" in inner else ""
    for piece in inner.split('<c r="')[1:]:
        name = piece[: piece.index('"')].rstrip("0123456789")
        found[column_number(name)] = f'<c r="{piece}'
    return found


def _text(data: bytes | bytearray, part: str) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise damaged(part) from None


def _numbered(data: bytes, part: str) -> bytes:
    """Return a part in which every row and cell says first of all where it stands."""
    from lxml import etree  # noqa: PLC0415 - rarely needed

    try:
        root = etree.fromstring(data, safe_parser())
    except etree.XMLSyntaxError:
        raise damaged(part) from None
    number = 0
    for row in root.iterfind("{*}sheetData/{*}row"):
        number = int(row.get("r", number + 1))
        _renumber(row, str(number))
        column = 0
        for cell in row.iterfind("{*}c"):
            named = cell.get("r", "").rstrip("0123456789")
            column = column_number(named) if named else column + 1
            _renumber(cell, str(Area(number, column, number, column)))
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True, standalone=True)


def _renumber(element: _Element, address: str) -> None:
    """Set an element's address as its first attribute."""
    others = [(key, value) for key, value in element.attrib.items() if key != "r"]
    element.attrib.clear()
    element.set("r", address)
    for key, value in others:
        element.set(key, value)
