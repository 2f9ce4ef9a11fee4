"""The cells of a published sheet with their looks, and what about them keeps somebody from reading them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from lxml import etree

from xlkpi.proof.parts import Parts, Sheet, local, text
from xlkpi.writers.look import contrast

#: Web Content Accessibility Guidelines 2.2, level AA, for text of ordinary size.
ENOUGH = 4.5
_REFERENCE = re.compile(r"([A-Z]+)([0-9]+)(?::([A-Z]+)([0-9]+))?")
_MARKER = re.compile(r"[*\u2020\u2021\u00a7\u00b9\u00b2\u00b3]$")
_BARE_LINK = re.compile(r"(?:https?:|www\.|file:)|(?:click )?here\.?$|more\.?$", re.IGNORECASE)
#: Letters are narrower than the digit by which a column is measured.
_NARROWER = 1.2


@dataclass(frozen=True, slots=True)
class Look:
    """How a cell format looks: colours as ``#RRGGBB``, and whether long text goes on in a further line."""

    text: str
    ground: str
    wraps: bool


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: its place, from 1, what it says, and the number of its format."""

    row: int
    column: int
    said: str
    format: int
    is_text: bool

    @property
    def address(self) -> str:
        """Return its address."""
        return f"{letters(self.column)}{self.row}"


@dataclass(frozen=True)
class Grid:
    """The cells of one sheet."""

    parts: Parts
    sheet: Sheet
    looks: Mapping[int, Look]
    texts: list[str]

    @cached_property
    def cells(self) -> dict[tuple[int, int], Cell]:
        """Return every cell that says something, by row and column."""
        found = {}
        for one in self.parts.stream(self.sheet.part, "c"):
            row, column = place(str(one.get("r")))
            said = "".join(text(part) for part in one if local(part) in {"v", "is"})
            is_text = one.get("t") in {"s", "inlineStr", "str"}
            said = self.texts[int(said)] if one.get("t") == "s" else said
            if said:
                found[row, column] = Cell(row, column, said, int(one.get("s", "0")), is_text)
        return found

    @cached_property
    def widths(self) -> dict[int, float]:
        """Return the widths of columns in characters."""
        found = {}
        for one in self.parts.stream(self.sheet.part, "col"):
            for column in range(int(one.get("min", "1")), int(one.get("max", "1")) + 1):
                found[column] = float(one.get("width", "9"))
        return found

    @cached_property
    def table(self) -> tuple[int, int, int, int] | None:
        """Return first row, first column, last row and last column of the sheet's table; None where it has not one."""
        tables = self.parts.package.targets(self.sheet.part, "table")
        if len(tables) != 1:
            return None
        found = _REFERENCE.fullmatch(str(self.parts.root(tables[0]).get("ref", "")))
        if found is None or found[3] is None:
            return None
        return int(found[2]), number(found[1]), int(found[4]), number(found[3])


def empty_cells(grid: Grid) -> Iterator[str]:
    """Yield that a table has cells that say nothing: a mark has to say why."""
    if grid.table:
        top, left, bottom, right = grid.table
        inside = ((row, column) for row in range(top, bottom + 1) for column in range(left, right + 1))
        empty = [f"{letters(column)}{row}" for row, column in inside if (row, column) not in grid.cells]
        if empty:
            yield f"its table has empty cells: {', '.join(empty[:8])}."


def below(grid: Grid) -> Iterator[str]:
    """Yield that something stands below the table, where nobody looks who goes through the table."""
    if grid.table:
        found = [one.address for one in grid.cells.values() if one.row > grid.table[2]]
        if found:
            yield f"something stands below its table: {', '.join(found[:8])}."


def cut_text(grid: Grid) -> Iterator[str]:
    """Yield text of a table that is longer than its column and does not go on in a further line."""
    if grid.table:
        top, _, bottom, _ = grid.table
        found = [
            one.address
            for one in grid.cells.values()
            if top <= one.row <= bottom
            and one.is_text
            and not grid.looks[one.format].wraps
            and len(one.said) > grid.widths.get(one.column, 9) * _NARROWER
        ]
        if found:
            yield f"the text in {', '.join(found[:8])} is cut off."


def pale_text(grid: Grid) -> Iterator[str]:
    """Yield cells whose text does not stand out from its ground."""
    for number_of_format in sorted({one.format for one in grid.cells.values()}):
        one = grid.looks[number_of_format]
        if contrast(one.text, one.ground) < ENOUGH:
            where = next(cell.address for cell in grid.cells.values() if cell.format == number_of_format)
            yield f"the text in {where} has too little contrast: {one.text} on {one.ground}."


def markers(grid: Grid) -> Iterator[str]:
    """Yield signs for footnotes, which a screen reader does not follow."""
    found = [one.address for one in grid.cells.values() if one.is_text and _MARKER.search(one.said)]
    if found:
        yield f"a sign for a footnote stands in {', '.join(found[:8])}."


def bare_links(grid: Grid) -> Iterator[str]:
    """Yield links that do not say where they lead."""
    for one in grid.parts.stream(grid.sheet.part, "hyperlink"):
        cell = grid.cells.get(place(str(one.get("ref")).partition(":")[0]))
        if cell is None or _BARE_LINK.match(cell.said):
            yield f"the link in {one.get('ref')} does not say where it leads."


def looks(parts: Parts) -> dict[int, Look]:
    """Return how each cell format of a workbook looks."""
    part = "xl/styles.xml"
    fonts = [_colour(one, "color", "#000000") for one in parts.find(part, "font")]
    fills = [_colour(one, "fgColor", "#FFFFFF") for one in parts.find(part, "fill")]
    formats = next(parts.find(part, "cellXfs"), None)
    return {
        index: Look(
            fonts[int(one.get("fontId", "0"))],
            fills[int(one.get("fillId", "0"))],
            any(inside.get("wrapText") in {"1", "true"} for inside in one),
        )
        for index, one in enumerate(() if formats is None else formats)
    }


def _colour(element: etree._Element, tag: str, otherwise: str) -> str:
    for one in element.iter(f"{{*}}{tag}"):
        if rgb := one.get("rgb"):
            return f"#{rgb[-6:]}"
    return otherwise


def shared_texts(parts: Parts) -> list[str]:
    """Return the texts that cells share, by their numbers."""
    return [text(one) for one in parts.find("xl/sharedStrings.xml", "si")]


def place(address: str) -> tuple[int, int]:
    """Return row and column of an address.

    Examples:
        >>> place("C5")
        (5, 3)
    """
    found = _REFERENCE.fullmatch(address)
    assert found is not None, address
    return int(found[2]), number(found[1])


def number(column: str) -> int:
    """Return the number of a column by its letters, from 1."""
    found = 0
    for letter in column:
        found = found * 26 + ord(letter) - 64
    return found


def letters(column: int) -> str:
    """Return the letters of a column by its number, from 1."""
    found = ""
    while column:
        column, letter = divmod(column - 1, 26)
        found = chr(65 + letter) + found
    return found
