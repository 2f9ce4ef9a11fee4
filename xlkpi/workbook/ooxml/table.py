"""One table part: where the table stands, its columns, and its new size and headings."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from xlkpi.workbook.ooxml.address import Area, parse_area
from xlkpi.workbook.ooxml.markup import attributes, damaged, escape_attribute, hide_controls, show_controls

_TABLE = re.compile(r"<table\s[^>]*>")
_COLUMN = re.compile(r"<tableColumn\s[^>]*?(?:/>|>(.*?)</tableColumn>)", re.DOTALL)
_COLUMN_TAG = re.compile(r"<tableColumn\s[^>]*>")
_CALCULATED = re.compile(r"<calculatedColumnFormula\b([^>]*)>([^<]*)<")
_FOLLOWS = re.compile(r'(<(?:autoFilter|sortState|sortCondition)\b[^>]*?\sref=")([^"]+)(")')
_NAME = re.compile(r'(\sname=")[^"]*(")')


class Calculated(NamedTuple):
    """The formula that a column gives to new rows, as XML text; ``array`` where it is an array formula."""

    formula: str
    array: bool


class Table(NamedTuple):
    """Where a table stands and what it is made of.

    Attributes:
        name: As formulas name it.
        sheet: Name of its worksheet.
        part: Name of its part.
        area: The whole table with headings and totals row.
        heads: Number of heading rows, 0 or 1.
        totals: Number of totals rows, 0 or 1.
        columns: The headings as the table part knows them.
        calculated: Formulas for new rows, by column index.
        query: Whether a query fills it.
    """

    name: str
    sheet: str
    part: str
    area: Area
    heads: int
    totals: int
    columns: tuple[str, ...]
    calculated: dict[int, Calculated]
    query: bool

    @property
    def first(self) -> int:
        """Row of the first data row."""
        return self.area.top + self.heads

    @property
    def last(self) -> int:
        """Row of the last data row."""
        return self.area.bottom - self.totals

    @property
    def width(self) -> int:
        """Number of columns."""
        return self.area.right - self.area.left + 1

    @property
    def body(self) -> Area:
        """The data rows."""
        return Area(self.first, self.area.left, self.last, self.area.right)


@lru_cache(maxsize=256)
def parse_table(text: str, part: str, sheet: str) -> Table:
    """Return what a table part says.

    Raises:
        FileUnusable: Where it says nothing that can be used.
    """
    found = _TABLE.search(text)
    entry = attributes(found[0]) if found else {}
    area = parse_area(entry.get("ref", ""))
    if area is None:
        raise damaged(part)
    columns = []
    calculated = {}
    for index, column in enumerate(_COLUMN.finditer(text)):
        columns.append(show_controls(attributes(column[0][: column[0].index(">")]).get("name", "")))
        formula = _CALCULATED.search(column[1] or "")
        if formula:
            calculated[index] = Calculated(formula[2], 'array="1"' in formula[1])
    if len(columns) != area.right - area.left + 1:
        raise damaged(part)
    return Table(
        name=show_controls(entry.get("displayName") or entry.get("name", "")),
        sheet=sheet,
        part=part,
        area=area,
        heads=int(entry.get("headerRowCount", "1")),
        totals=int(entry.get("totalsRowCount", "0")),
        columns=tuple(columns),
        calculated=calculated,
        query=entry.get("tableType") == "queryTable",
    )


def resized(text: str, table: Table, last: int) -> str:
    """Return a table part whose last data row is ``last``; its filter and sorting go along."""
    area = table.area._replace(bottom=last + table.totals)
    found = _TABLE.search(text)
    if found is None:
        raise damaged(table.part)
    tag = re.sub(r'(\sref=")[^"]*(")', rf"\g<1>{area}\g<2>", found[0], count=1)
    text = text[: found.start()] + tag + text[found.end() :]

    def follow(match: re.Match[str]) -> str:
        old = parse_area(match[2])
        if old is None or old.bottom != table.last:
            return match[0]
        return f"{match[1]}{old._replace(bottom=max(last, old.top))}{match[3]}"

    return _FOLLOWS.sub(follow, text)


def renamed_columns(text: str, headings: tuple[str, ...]) -> str:
    """Return a table part with new column names, written the format's way (a line break is ``_x000a_``)."""
    fresh = iter(headings)

    def one(found: re.Match[str]) -> str:
        name = column_name(next(fresh))
        return _NAME.sub(lambda tag: f"{tag[1]}{name}{tag[2]}", found[0], count=1)

    return _COLUMN_TAG.sub(one, text)


def column_name(heading: str) -> str:
    """Return a heading as the ``name`` of a table column.

    Examples:
        >>> column_name("Outturn" + chr(10) + "2018/19 Q2 & <more>")
        'Outturn_x000a_2018/19 Q2 &amp; &lt;more&gt;'
    """
    hidden = hide_controls(heading).replace("\r", "_x000d_").replace("\n", "_x000a_").replace("\t", "_x0009_")
    return escape_attribute(hidden)
