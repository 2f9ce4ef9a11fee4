"""An open workbook read from a copy of itself, which Excel writes in one call; the copy is gone before anything else happens.

Excel writes such a copy without touching the open workbook, its name or whether it is saved. One call in place of hundreds; and
the copy tells what calls do not, such as where a chart draws from.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from xlkpi.errors import FileUnusable
from xlkpi.workbook.livebook.picture import (
    ALLOWED,
    Content,
    Filter,
    Grid,
    Listed,
    Outline,
    Protection,
    Spot,
)
from xlkpi.workbook.ooxml.address import LAST_ROW, Area, column_number, parse_area, shift_rows, split_place
from xlkpi.workbook.ooxml.archive import Archive
from xlkpi.workbook.ooxml.book import Book
from xlkpi.workbook.ooxml.cells import CellStream
from xlkpi.workbook.ooxml.convert import Converters
from xlkpi.workbook.ooxml.edit import Edit
from xlkpi.workbook.ooxml.markup import attributes, unescape
from xlkpi.workbook.ooxml.obstacles import leftovers, refuse_referred
from xlkpi.workbook.ooxml.package import Package
from xlkpi.workbook.ooxml.reading import Reader
from xlkpi.workbook.ooxml.styles import Styles
from xlkpi.workbook.ooxml.table import Table

if TYPE_CHECKING:
    from xlkpi.workbook.backend import Block
    from xlkpi.workbook.livebook.native import Native

_MERGED = re.compile(r'<mergeCell\s[^>]*?ref="([^"]+)"')
_LINK = re.compile(r"<hyperlink\s[^>]*>")
_PROTECTION = re.compile(r"<sheetProtection\b[^>]*>")
_COLUMN = re.compile(r"<filterColumn\b([^>]*?)(?:/>|>(.*?)</filterColumn>)", re.DOTALL)
_CONDITION = re.compile(r"<(\w+)\b([^>]*?)/?>")
_OF_NEWER = re.compile(r'("(?:[^"]|"")*")|_xl(?:fn|ws|pm|udf)\.')
_YES = {"1", "true"}
_COMPARED = {
    "equal": "=",
    "notEqual": "<>",
    "greaterThan": ">",
    "greaterThanOrEqual": ">=",
    "lessThan": "<",
    "lessThanOrEqual": "<=",
}


def copied(book: Any, native: Native, folder: Path) -> Copied | None:
    """Return what a copy of an open workbook says; None where Excel gives none that can be read.

    Args:
        book: As xlwings gives it.
        native: Knows how to ask for a copy.
        folder: Where the copy is for a moment: the user's own, where the application can write there.
    """
    path = native.writes_to(folder) / f"{uuid.uuid4().hex}.tmp"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        return Copied(path.read_bytes()) if native.save_copy(book, path) else None
    except (OSError, FileUnusable):  # such as a copy that a sensitivity label encrypts
        return None
    finally:
        with suppress(OSError):
            path.unlink(missing_ok=True)


class Copied:
    """An open workbook as a copy of it says; keeps the promises of ``Seen``."""

    def __init__(self, data: bytes) -> None:
        """Look at a copy.

        Args:
            data: Its bytes.

        Raises:
            FileUnusable: Where it is no workbook that can be read.
        """
        self._archive = Archive(data)
        self._package = Package(self._archive)
        self._book = Book(self._package)
        dates = self._book.date1904
        self._reader = Reader(self._package, date1904=dates)
        self._converters = Converters(self._package, date1904=dates, dates=True)
        self._parts = self._book.worksheets()
        self._tables = self._book.tables()
        self._sheets: dict[str, _Sheet] = {}

    @cached_property
    def outline(self) -> Outline:
        """What the workbook is made of."""
        tables = {}
        for one in self._tables.values():
            height = one.last - one.first + 1
            tables[one.name] = Listed(one.name, one.sheet, one.first - 1, one.area.left, one.width, height, one.totals)
        return Outline(tuple(self._parts), tables, dict(self._named_cells()))

    def _named_cells(self) -> Iterator[tuple[str, tuple[str, Spot]]]:
        """Yield every name of the workbook that stands for one cell."""
        for name in self._book.names():
            found = split_place(name.formula.lstrip("=")) if name.scope is None else None
            if found is None or found[0] not in self._parts:
                continue
            sheet, area = found
            if (area.top, area.left) == (area.bottom, area.right):
                yield name.name, (sheet, Spot(area.top, area.left))

    def block(self, listed: Listed, only: Collection[str] | None) -> Block:
        """Return a table with its values."""
        block = self._reader.block(self._table(listed), self._parts[listed.sheet], only)
        return replace(block, formulas={spot: as_shown(formula) for spot, formula in block.formulas.items()})

    def headings(self, listed: Listed) -> tuple[str, ...]:
        """Return the headings of a table."""
        return tuple(" ".join(heading.splitlines()) for heading in self._table(listed).columns)

    def grid(self, sheet: str) -> Grid:
        """Return the cells of a sheet."""
        return self._sheet(sheet).grid

    def merged(self, sheet: str, area: Area) -> Sequence[Area]:
        """Return the merged areas that touch an area."""
        found = map(parse_area, _MERGED.findall(self._sheet(sheet).tail))
        return [one for one in found if one is not None and one.meets(area)]

    @cached_property
    def _styles(self) -> Styles:
        return Styles(self._package)

    def formats(
        self,
        sheet: str,
        spots: Collection[Spot],
        alike: Iterable[Collection[Spot]] = (),  # noqa: ARG002  # each is known
    ) -> Mapping[Spot, str]:
        """Return the number formats of some cells."""
        styles = self._sheet(sheet).styles
        codes = {spot: self._styles.code(styles[spot]) for spot in spots if spot in styles}
        return {spot: code for spot, code in codes.items() if code is not None}

    def links(self, sheet: str) -> Mapping[Spot, str]:
        """Return the places in the workbook that cells lead to."""
        found = {}
        for tag in _LINK.findall(self._sheet(sheet).tail):
            marks = attributes(tag)
            area = parse_area(marks.get("ref", ""))
            if area is not None and marks.get("location"):
                found[Spot(area.top, area.left)] = marks["location"]
        return found

    def leftovers(self, listed: Listed) -> list[str]:
        """Return what stands on a table's sheet beside or below the table, and words for what is no cell."""
        return leftovers(self._package, self._parts[listed.sheet], self._table(listed))

    def refuse_referred(self, sheet: str) -> None:
        """Refuse to remove a sheet that anything else refers to: names, formulas, rules, charts and pivot tables.

        Raises:
            EditRefused: Naming the first such place.
        """
        tables = {name: one for name, one in self._tables.items() if one.sheet == sheet}
        refuse_referred(Edit(self._archive), sheet, tables)

    def filters(self, listed: Listed) -> Sequence[Filter] | None:
        """Return what a filter on a table lets through; None where it is more than conditions on what cells say."""
        found = []
        for marks, inner in _COLUMN.findall(self._package.text(self._table(listed).part)):
            criterion = _criterion(int(attributes(marks).get("colId", "0")) + 1, inner)
            if criterion is None:
                return None
            found.append(criterion)
        return found

    def protection(self, sheet: str) -> Protection | None:
        """Return how a sheet is protected."""
        found = _PROTECTION.search(self._sheet(sheet).tail)
        marks = attributes(found[0]) if found else {}
        if marks.get("sheet") not in _YES:
            return None
        return Protection(
            password="password" in marks or "hashValue" in marks,
            objects=marks.get("objects") in _YES,
            scenarios=marks.get("scenarios") in _YES,
            allowed=frozenset(name for name, mark in ALLOWED.items() if marks.get(mark, "1") not in _YES),
        )

    def _table(self, listed: Listed) -> Table:
        return self._tables[listed.name.lower()]

    def _sheet(self, name: str) -> _Sheet:
        if name not in self._sheets:
            self._sheets[name] = _Sheet(self._package, self._parts[name], self._converters)
        return self._sheets[name]


class _Sheet:
    """One sheet of a copy.

    Attributes:
        grid: The cells that hold anything.
        styles: The style of every cell that the copy lists, empty ones too.
        tail: What the part says below the rows.
    """

    def __init__(self, package: Package, part: str, converters: Converters) -> None:
        """Read a sheet whole."""
        self.grid, self.styles = Grid(), {}  # type: Grid, dict[Spot, int]
        self._shared: dict[str, tuple[str, Spot]] = {}
        known: dict[str, int] = {}
        stream, row = CellStream(package, part), 0
        for piece in stream.pieces(1, LAST_ROW):
            for number, name, marks, formula_marks, formula, value in piece.tokens():
                if number:
                    row = int(number)
                    continue
                spot = Spot(row, column_number(name))
                if marks not in known:
                    known[marks] = int(attributes(marks).get("s", "0"))
                self.styles[spot] = known[marks]
                text = self._formula(spot, formula_marks, formula) if formula or formula_marks else None
                content = converters[marks](value) if value else None
                if content is not None or text is not None:
                    self.grid.cells[spot] = Content(content, text)
        self.tail = stream.tail

    def _formula(self, spot: Spot, marks: str, formula: str) -> str:
        """Return the formula of a cell; one that Excel wrote only once for many cells is filled down."""
        text = as_shown(unescape(formula))
        if "shared" not in marks:
            return text
        mark = attributes(marks).get("si", "")
        if text:
            self._shared[mark] = (text, spot)
            return text
        first, start = self._shared.get(mark, ("", spot))
        return shift_rows(first, spot.row - start.row, spot.column - start.column)


def as_shown(formula: str) -> str:
    """Return a formula of a file as Excel shows it: without the marks of functions that older versions do not know.

    Examples:
        >>> as_shown('_xlfn._xlws.FILTER(A1:A9,B1:B9="_xlfn.x")')
        'FILTER(A1:A9,B1:B9="_xlfn.x")'
    """
    return _OF_NEWER.sub(lambda found: found[1] or "", formula) if "_xl" in formula else formula


def _criterion(field: int, inner: str) -> Filter | None:
    """Return what one column's filter lets through; None for colours, icons, groups of dates and "this month"."""
    conditions = [(name, attributes(marks)) for name, marks in _CONDITION.findall(inner)]
    kind, marks = conditions[0] if conditions else ("", {})
    inside = [(name, found) for name, found in conditions[1:]]
    if kind == "filters" and all(name == "filter" for name, _ in inside):
        values = [found.get("val", "") for _, found in inside]
        blank = ["="] if marks.get("blank") in _YES else []
        return Filter(field, (*values, *blank), "values") if values or blank else None
    if kind == "customFilters" and 1 <= len(inside) <= 2:  # noqa: PLR2004  # the format has one or two
        texts = [f"{_COMPARED[found.get('operator', 'equal')]}{found.get('val', '').strip()}" for _, found in inside]
        if len(texts) == 1:
            return Filter(field, texts[0])
        return Filter(field, texts[0], "and" if marks.get("and") in _YES else "or", texts[1])
    if kind == "top10":
        words = ("bottom" if marks.get("top", "1") not in _YES else "top") + (
            "_percent" if marks.get("percent") in _YES else "_items"
        )
        return Filter(field, f"{float(marks.get('val', '10')):g}", words)
    return None
