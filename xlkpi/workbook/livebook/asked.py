"""An open workbook asked call by call: for Excel for Mac, and wherever no copy of the workbook can be had."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

from xlkpi.errors import EditRefused
from xlkpi.workbook.backend import Block, column_letters, place, quoted
from xlkpi.workbook.livebook.native import area_of
from xlkpi.workbook.livebook.picture import (
    Content,
    Filter,
    Grid,
    Listed,
    Outline,
    Protection,
    Spot,
    areas,
    column_number,
    joined,
)
from xlkpi.workbook.ooxml.address import Area, parse_area
from xlkpi.workbook.ooxml.naming import refers

if TYPE_CHECKING:
    from xlkpi.workbook.livebook.native import Native, Used

_CELL = re.compile(r"=(?:'((?:[^']|'')+)'|([^'!]+))!\$([A-Z]{1,3})\$(\d+)")
_PLACE = re.compile(r"(?:'((?:[^']|'')+)'|([^'!]+))(?:![A-Z]{1,3}\d+)?")
_TOPS = frozenset({"top_items", "bottom_items", "top_percent", "bottom_percent"})
_COMPARED = {
    "equal_to": "=",
    "not_equal_to": "<>",
    "greater_than": ">",
    "less_than": "<",
    "greater_than_or_equal": ">=",
    "less_than_or_equal": "<=",
}


class Asked:
    """An open workbook, asked for what is wanted when it is wanted; keeps the promises of ``Seen``."""

    def __init__(self, book: Any, native: Native) -> None:
        """Ask nothing yet.

        Args:
            book: As xlwings gives it.
            native: What xlwings does not offer on every system.
        """
        self._book, self._native = book, native
        self._grids: dict[str, Grid] = {}
        self._areas: dict[str, Used] = {}
        self._codes: dict[str, dict[Spot, str]] = {}

    @cached_property
    def outline(self) -> Outline:
        """What the workbook is made of."""
        tables = {}
        for sheet, listed in self._native.tables(self._book, self._sheets).items():
            for name, area, has_totals in listed:
                totals, width = int(has_totals), area.right - area.left + 1
                height = area.bottom - area.top - totals
                tables[name] = Listed(name, sheet, area.top, area.left, width, height, totals)
        return Outline(self.sheets, tables, dict(self._named_cells()))

    @property
    def sheets(self) -> tuple[str, ...]:
        """The names of the sheets."""
        return tuple(self._sheets)

    @cached_property
    def _sheets(self) -> dict[str, Any]:
        return self._native.sheets(self._book)

    def _named_cells(self) -> Iterator[tuple[str, tuple[str, Spot]]]:
        """Yield every name of the workbook that stands for one cell."""
        for name, refers_to in self._native.names(self._book):
            matched = _CELL.fullmatch(refers_to)
            if matched is None or "!" in name:
                continue
            sheet = matched[1].replace("''", "'") if matched[1] else matched[2]
            if sheet in self._sheets:
                yield name, (sheet, Spot(int(matched[4]), column_number(matched[3])))

    def block(self, listed: Listed, only: Collection[str] | None) -> Block:  # noqa: ARG002  # a sheet comes whole
        """Return a table with its values."""
        grid, columns = self.grid(listed.sheet), range(listed.left, listed.left + listed.width)
        body = range(listed.top + 1, listed.bottom + 1)
        formulas = {}
        for row in body:
            for column in columns:
                formula = grid.at(row, column).formula
                if formula is not None:
                    formulas[row - body.start, column - columns.start] = formula
        return Block(
            sheet=listed.sheet,
            table=listed.name,
            top=listed.top + 1,
            left=listed.left,
            headings=self.headings(listed),
            rows=[tuple(grid.at(row, column).value for column in columns) for row in body],
            formulas=formulas,
            merged=tuple(str(area) for area in self.merged(listed.sheet, listed.area)),
        )

    def headings(self, listed: Listed) -> tuple[str, ...]:
        """Return the headings of a table."""
        grid, columns = self.grid(listed.sheet), range(listed.left, listed.left + listed.width)
        return tuple(str(grid.at(listed.top, column).value or "") for column in columns)

    def grid(self, sheet: str) -> Grid:
        """Return the cells of a sheet."""
        if sheet not in self._grids:
            self._grids[sheet] = _grid_of(self._used(sheet))
        return self._grids[sheet]

    def merged(self, sheet: str, area: Area) -> Sequence[Area]:
        """Return the merged areas that touch an area; a sheet without any is asked once."""
        return _merged_areas(self._sheets[sheet], area) if self._used(sheet).has_merged else []

    def formats(
        self, sheet: str, spots: Collection[Spot], alike: Iterable[Collection[Spot]] = ()
    ) -> Mapping[Spot, str]:
        """Return the number formats of some cells, those that are alike in one call."""
        known = self._codes.setdefault(sheet, {})
        for group in alike:
            for address in joined(areas(set(group) - known.keys()), together=self._native.joins):
                text = self._sheets[sheet].range(address).number_format
                if text is not None:
                    known.update(dict.fromkeys(_spots(address), str(text)))
        for address in areas(set(spots) - known.keys()):
            area = parse_area(address)
            assert area is not None
            known |= _formats(self._sheets[sheet], area)
        return {spot: known[spot] for spot in spots if spot in known}

    def links(self, sheet: str) -> Mapping[Spot, str]:
        """Return where cells lead to by what they say: every link that we write shows its place."""
        found = {}
        for spot, content in self.grid(sheet).cells.items():
            matched = _PLACE.fullmatch(content.value) if isinstance(content.value, str) else None
            target = (matched[1] or matched[2]).replace("''", "'") if matched else None
            if target in self.outline.sheets:
                text = str(content.value)
                found[spot] = text if "!" in text else f"{text}!A1"
        return found

    def leftovers(self, listed: Listed) -> list[str]:
        """Return what stands on a table's sheet beside or below the table, and words for what is no cell."""
        whole = listed.area
        found = [
            f"{column_letters(spot.column)}{spot.row}"
            for spot in sorted(self.grid(listed.sheet).cells)
            if spot.row >= listed.top and not whole.holds(*spot)
        ]
        return found + (["a drawing, a chart or a comment"] if len(self._sheets[listed.sheet].shapes) else [])

    def refuse_referred(self, sheet: str) -> None:
        """Refuse to remove a sheet that a name, a formula, a chart or a pivot table elsewhere refers to.

        Raises:
            EditRefused: Naming the first such place.
        """
        tables = {name.lower(): one for name, one in self.outline.tables.items() if one.sheet == sheet}
        for what in self._referring(sheet, tables):
            raise EditRefused(
                f"{quoted(sheet)}: the sheet cannot be removed, because {what} refers to it. Change that first, or keep "
                "the sheet."
            )

    def _referring(self, sheet: str, tables: Mapping[str, Listed]) -> Iterator[str]:
        for name, (other, _) in self.outline.names.items():
            if other == sheet:
                yield f"the name {name}"
        others = [one for one in self.outline.sheets if one != sheet]
        for other in others:
            for spot, content in self.grid(other).cells.items():
                if content.formula is not None and refers(content.formula, sheet, tables):
                    yield f"the formula in {place(other, *spot)}"
        for other in others:
            for what, source in self._native.drawn(self._sheets[other]):
                if refers(source, sheet, tables):
                    yield f"{what} on the sheet {quoted(other)}"

    def filters(self, listed: Listed) -> Sequence[Filter] | None:
        """Return what a filter on a table lets through; one that hides nothing is not asked for."""
        sheet = self._sheets[listed.sheet]
        if sheet.range(str(listed.area)).rows.hidden is False:
            return []
        found = []
        for one in sheet.tables(listed.name).autofilter.criteria:
            if one.type != "none":
                criterion = _criterion(one)
                if criterion is None:
                    return None
                found.append(criterion)
        return found

    def protection(self, sheet: str) -> Protection | None:
        """Return how a sheet is protected."""
        return self._native.protection(self._sheets[sheet])

    def _used(self, name: str) -> Used:
        """Return the cells of a sheet that are in use."""
        if name not in self._areas:
            self._areas |= self._native.used(self._book, name, self._sheets)
        return self._areas[name]


def _criterion(one: Any) -> Filter | None:
    """Return what xlwings tells of one column's filter; None where it tells too little."""
    if one.type == "values" and one.values:
        return Filter(one.field, tuple(one.values), "values")
    amount = one.count if one.count is not None else one.percent
    if one.type in _TOPS and amount is not None:
        return Filter(one.field, f"{amount:g}", one.type)
    return _comparison(one) if one.type == "comparison" else None


def _comparison(one: Any) -> Filter | None:
    if one.operator == "between":
        return Filter(one.field, f">={one.value1}", "and", f"<={one.value2}")
    if one.operator == "not_between":
        return Filter(one.field, f"<{one.value1}", "or", f">{one.value2}")
    if one.operator in _COMPARED:
        return Filter(one.field, f"{_COMPARED[one.operator]}{'' if one.value1 is None else one.value1}")
    return None


def _grid_of(used: Used) -> Grid:
    cells = {}
    for row, (values, texts) in enumerate(zip(used.values, used.formulas, strict=True), used.area.top):
        for column, (value, text) in enumerate(zip(values, texts, strict=True), used.area.left):
            # A text cell that begins with "=" shows its own text; a formula shows what it came to.
            formula = text[1:] if isinstance(text, str) and text.startswith("=") and text != value else None
            if value is not None or formula is not None:
                cells[Spot(row, column)] = Content(value, formula)
    return Grid(cells)


def _merged_areas(sheet: Any, area: Area) -> list[Area]:
    """Return the merged areas that touch an area; halves what is mixed until it is not."""
    cells = sheet.range(str(area))
    if cells.merge_cells is False:
        return []
    if (area.top, area.left) == (area.bottom, area.right):
        return [area_of(cells.merge_area)]
    return list(dict.fromkeys(one for half in _halves(area) for one in _merged_areas(sheet, half)))


def _halves(area: Area) -> tuple[Area, Area]:
    """Return an area of several cells cut in two, across its longer side."""
    if area.bottom - area.top >= area.right - area.left:
        middle = (area.top + area.bottom) // 2
        return area._replace(bottom=middle), area._replace(top=middle + 1)
    middle = (area.left + area.right) // 2
    return area._replace(right=middle), area._replace(left=middle + 1)


def _spots(addresses: str) -> Iterator[Spot]:
    """Yield the cells of one address or several."""
    for address in addresses.split(","):
        area = parse_area(address)
        assert area is not None, address
        for row in range(area.top, area.bottom + 1):
            yield from (Spot(row, column) for column in range(area.left, area.right + 1))


def _formats(sheet: Any, area: Area) -> dict[Spot, str]:
    """Return the number formats of an area; cuts what is mixed into columns first, then halves it until it is not."""
    text = sheet.range(str(area)).number_format
    rows, columns = range(area.top, area.bottom + 1), range(area.left, area.right + 1)
    if text is not None:
        return {Spot(row, column): str(text) for row in rows for column in columns}
    if len(columns) > 1:
        middle = (area.left + area.right) // 2
        halves = area._replace(right=middle), area._replace(left=middle + 1)
    elif len(rows) > 1:
        halves = _halves(area)
    else:
        return {}
    return _formats(sheet, halves[0]) | _formats(sheet, halves[1])
