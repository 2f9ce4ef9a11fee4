"""Cells and areas: numbers from and to the letters and digits of a reference."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from xlkpi.workbook.backend import column_letters

LAST_ROW = 1_048_576
LAST_COLUMN = 16_384

_AREA = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})(?::\$?([A-Z]{1,3})\$?(\d{1,7}))?")

#: A sheet name as formulas write it, in quotes where it has to be.
SHEET = r"(?:'(?:[^']|'')+'|[^\s!'\"(),;:<>=&+*/^{}\[\]-]+)"
_TOKEN = re.compile(
    r'"(?:[^"]|"")*"'  # text
    r"|\[(?:[^\[\]']|'.|\[(?:[^\[\]']|'.)*\])*\]"  # the columns of a structured reference
    rf"|{SHEET}!|[A-Za-z_\\][\w.\\]*(?=\()"  # sheet, function
    r"|(?<![\w.])(\$?)([A-Z]{1,3})(\$?)([0-9]{1,7})(?![\w.(\[!])",
)


class Area(NamedTuple):
    """A rectangle of cells, all four sides 1-based and inside it."""

    top: int
    left: int
    bottom: int
    right: int

    def __str__(self) -> str:
        """Return the area as a reference: ``B6`` or ``B6:D9``."""
        first = f"{letters(self.left)}{self.top}"
        if (self.top, self.left) == (self.bottom, self.right):
            return first
        return f"{first}:{letters(self.right)}{self.bottom}"

    def meets(self, other: Area) -> bool:
        """Return whether both have a cell in common."""
        return (
            self.top <= other.bottom
            and other.top <= self.bottom
            and self.left <= other.right
            and other.left <= self.right
        )

    def holds(self, row: int, column: int) -> bool:
        """Return whether a cell lies in the area."""
        return self.top <= row <= self.bottom and self.left <= column <= self.right


@cache
def letters(column: int) -> str:
    """Return the letters of a column number, remembered."""
    return column_letters(column)


@cache
def column_number(name: str) -> int:
    """Return the number of a column.

    Examples:
        >>> column_number("A"), column_number("AB")
        (1, 28)
    """
    number = 0
    for letter in name:
        number = number * 26 + ord(letter) - 64
    return number


def parse_area(reference: str) -> Area | None:
    """Return the area a plain reference names; None where it is no such reference.

    Examples:
        >>> parse_area("$B$6:D9")
        Area(top=6, left=2, bottom=9, right=4)
        >>> parse_area("B:B") is None
        True
    """
    found = _AREA.fullmatch(reference)
    if found is None:
        return None
    left, top, right, bottom = found.groups()
    area = Area(
        int(top),
        column_number(left),
        int(bottom or top),
        column_number(right or left),
    )
    inside = 1 <= area.top <= area.bottom <= LAST_ROW and area.left <= area.right <= LAST_COLUMN
    return area if inside else None


def absolute(address: str) -> str:
    """Return the address of a cell as a defined name holds it.

    Examples:
        >>> absolute("B3")
        '$B$3'
    """
    name = address.rstrip("0123456789")
    return f"${name}${address[len(name) :]}"


def split_place(place: str) -> tuple[str, Area] | None:
    """Return sheet and area of a reference with a sheet name; None where it is anything else.

    Examples:
        >>> split_place("'Ann''s'!$B$6")
        ("Ann's", Area(top=6, left=2, bottom=6, right=2))
    """
    sheet, bang, cells = place.rpartition("!")
    area = parse_area(cells)
    if not bang or area is None:
        return None
    if sheet.startswith("'") and sheet.endswith("'"):
        sheet = sheet[1:-1].replace("''", "'")
    return sheet, area


def shift_rows(formula: str, rows: int, columns: int = 0) -> str:
    """Return a formula as Excel fills it down: references without ``$`` move.

    Args:
        formula: Without the leading ``=``.
        rows: How far down.
        columns: How far to the right.

    Examples:
        >>> shift_rows('SUM(B5:$C$5)&"B5"&tbl[[#This Row],[B5]]', 2)
        'SUM(B7:$C$5)&"B5"&tbl[[#This Row],[B5]]'
    """

    def move(found: re.Match[str]) -> str:
        if found[4] is None:
            return found[0]
        column = found[2] if found[1] else letters(max(1, column_number(found[2]) + columns))
        row = int(found[4]) if found[3] else int(found[4]) + rows
        return f"{found[1]}{column}{found[3]}{row}"

    return _TOKEN.sub(move, formula)


def has_cells(formula: str) -> bool:
    """Return whether a formula names cells by their address (and not only by table and column).

    Examples:
        >>> has_cells("SUBTOTAL(109,tblQ[Cases])"), has_cells("SUM(B2:B9)")
        (False, True)
    """
    return any(found[4] is not None for found in _TOKEN.finditer(formula))
