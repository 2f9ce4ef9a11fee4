"""What follows a table that grows or shrinks: names, charts, conditional formats, validation, sparklines."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from xlkpi.workbook.ooxml.address import SHEET, Area, column_number, letters, parse_area, shift_rows
from xlkpi.workbook.ooxml.markup import escape, unescape

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xlkpi.workbook.ooxml.table import Table

_REFERENCE = re.compile(
    rf"(?<![\]\w])({SHEET})!(\$?)([A-Z]{{1,3}})(\$?)(\d{{1,7}})(?::(\$?)([A-Z]{{1,3}})(\$?)(\d{{1,7}}))?(?![\w.(])"
)
_AREAS = re.compile(r'(<(?:[\w.-]+:)?(?:conditionalFormatting|dataValidation)\s[^>]*?\bsqref=")([^"]+)(")')
_OUTER_AREAS = re.compile(r"(<xm:sqref>)([^<]*)(</xm:sqref>)")
_OUTER_FORMULAS = re.compile(r"(<xm:f>)([^<]*)(</xm:f>)")
_RULE_FORMULAS = re.compile(r"(<(?:formula|formula1|formula2)>)([^<]*)(</(?:formula|formula1|formula2)>)")
_GROUP = re.compile(r"<x14:sparklineGroup\b(?:(?!</x14:sparklineGroup>).)*</x14:sparklineGroup>", re.DOTALL)
_GROUPS = re.compile(r"<x14:sparklineGroups\b(?:(?!</x14:sparklineGroups>).)*</x14:sparklineGroups>", re.DOTALL)
_SPARKLINE = re.compile(r"<x14:sparkline>(?:(?!</x14:sparkline>).)*</x14:sparkline>", re.DOTALL)
_PRINT_AREA = "_xlnm.Print_Area"


class Resize(NamedTuple):
    """A table's change of size.

    Attributes:
        table: The table as it was.
        last: Row of its last data row from now on.
        tail: How many of its last rows are totals, before and after.
    """

    table: Table
    last: int
    tail: int

    def moved(self, area: Area) -> Area:
        """Return where an area ends that covered the data rows, the rows above the totals, or the whole table."""
        table = self.table
        if (
            area.left < table.area.left
            or area.right > table.area.right
            or area.top not in {table.area.top, table.first}
        ):
            return area
        if area.bottom < table.first:
            return area
        body = table.last - self.tail
        if self.tail and (area.bottom == body or (area.bottom == table.last == table.first)):
            return area._replace(bottom=max(table.first, self.last - self.tail))
        if area.bottom == table.last:
            return area._replace(bottom=self.last)
        if area.bottom == table.area.bottom:
            return area._replace(bottom=self.last + table.totals)
        return area

    def printed(self, area: Area) -> Area:
        """Return where a print area ends that reached down to the table's last row, and covers its columns."""
        table = self.table
        covers = area.left <= table.area.left and area.right >= table.area.right and area.top <= table.area.top
        if covers and area.bottom == table.area.bottom:
            return area._replace(bottom=self.last + table.totals)
        return self.moved(area)

    def stretched(self, area: Area) -> Area:
        """Return where a formatted or validated area ends that reached the last data row of the columns."""
        table = self.table
        inside = area.left >= table.area.left and area.right <= table.area.right and area.top >= table.first
        if inside and area.bottom == table.last and area.top <= self.last:
            return area._replace(bottom=self.last)
        return self.moved(area)


def follow_formula(formula: str, resize: Resize, name: str = "") -> str:
    """Return a formula whose references to a table's rows follow its new size.

    The only row of a table may be named as a single cell: Excel shortens ``$B$5:$B$5`` when it saves.

    Args:
        formula: With sheet names before its references.
        resize: The change.
        name: The defined name the formula belongs to; a print area has a rule of its own.
    """
    move = resize.printed if name == _PRINT_AREA else resize.moved

    def one(found: re.Match[str]) -> str:
        if unquoted(found[1]) != resize.table.sheet:
            return found[0]
        right, bottom = found[7] or found[3], int(found[9] or found[5])
        area = Area(int(found[5]), column_number(found[3]), bottom, column_number(right))
        fresh = move(area)
        if fresh == area:
            return found[0]
        column_mark, row_mark = (found[6], found[8]) if found[9] else (found[2], found[4])
        first = f"{found[1]}!{found[2]}{found[3]}{found[4]}{found[5]}"
        return f"{first}:{column_mark}{letters(fresh.right)}{row_mark}{fresh.bottom}"

    return _REFERENCE.sub(one, formula)


def referred(formula: str) -> Iterator[tuple[str, Area]]:
    """Yield sheet and area of every reference with a sheet name in a formula."""
    for found in _REFERENCE.finditer(formula):
        area = parse_area(found[0].rpartition("!")[2])
        if area is not None:
            yield unquoted(found[1]), area


def unquoted(sheet: str) -> str:
    """Return a sheet name as on its tab."""
    if sheet.startswith("'") and sheet.endswith("'"):
        return sheet[1:-1].replace("''", "'")
    return sheet


def follow_own_sheet(tail: str, resize: Resize) -> str:
    """Return what stands below the rows of the table's own sheet: formats, validation and sparklines go along."""

    def areas(found: re.Match[str]) -> str:
        return f"{found[1]}{' '.join(_stretched(one, resize) for one in found[2].split())}{found[3]}"

    tail = _AREAS.sub(areas, tail)
    if "<xm:sqref>" in tail:
        sparklines = _GROUPS.search(tail)
        if sparklines:
            before, after = tail[: sparklines.start()], tail[sparklines.end() :]
            groups = _follow_sparklines(sparklines[0], resize)
            return _OUTER_AREAS.sub(areas, before) + groups + _OUTER_AREAS.sub(areas, after)
        tail = _OUTER_AREAS.sub(areas, tail)
    return tail


def follow_any_sheet(tail: str, resize: Resize) -> str:
    """Return what stands below the rows of any sheet: sources of sparklines, rules and lists go along."""

    def one(found: re.Match[str]) -> str:
        old = unescape(found[2])
        new = follow_formula(old, resize)
        return found[0] if new == old else f"{found[1]}{escape(new)}{found[3]}"

    return _RULE_FORMULAS.sub(one, _OUTER_FORMULAS.sub(one, tail))


def _stretched(reference: str, resize: Resize) -> str:
    area = parse_area(reference)
    return reference if area is None else str(resize.stretched(area))


def _follow_sparklines(groups: str, resize: Resize) -> str:
    """Continue the sparkline of the last row into new rows, as Excel does; take those of rows that are gone away."""
    groups = _GROUP.sub(lambda found: _follow_group(found[0], resize), groups)
    return groups if "<x14:sparklineGroup " in groups or "<x14:sparklineGroup>" in groups else ""


def _follow_group(group: str, resize: Resize) -> str:
    table, last = resize.table, resize.last

    def one(found: re.Match[str]) -> str:
        place = _OUTER_AREAS.search(found[0])
        area = parse_area(place[2]) if place else None
        if area is None or not table.body.holds(area.top, area.left) or area.top != area.bottom:
            return found[0]
        if area.top > last:
            return ""
        if area.top < table.last or last <= table.last:
            return found[0]
        return "".join(_shifted(found[0], rows) for rows in range(last - table.last + 1))

    fresh = _SPARKLINE.sub(one, group)
    return fresh if "<x14:sparkline>" in fresh else ""


def _shifted(sparkline: str, rows: int) -> str:
    """Return a sparkline some rows further down, with the range it draws."""

    def place(found: re.Match[str]) -> str:
        return f"{found[1]}{shift_rows(found[2], rows)}{found[3]}"

    def source(found: re.Match[str]) -> str:
        formula = unescape(found[2]).replace("$", "")
        return f"{found[1]}{escape(shift_rows(formula, rows))}{found[3]}"

    if rows == 0:
        return sparkline
    return _OUTER_FORMULAS.sub(source, _OUTER_AREAS.sub(place, sparkline))
