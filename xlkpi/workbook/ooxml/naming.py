"""Names inside formulas: which sheets and tables a formula refers to, and the formula with others in their place."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from xlkpi.workbook.backend import quoted
from xlkpi.workbook.ooxml.address import SHEET
from xlkpi.workbook.ooxml.markup import escape, unescape

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_TOKEN = re.compile(
    r'"(?:[^"]|"")*"'  # text
    rf"|\[[^\[\]]*\]{SHEET}!"  # a sheet of another workbook
    r"|\[(?:[^\[\]']|'.|\[(?:[^\[\]']|'.)*\])*\]"  # the columns of a structured reference
    rf"|(?P<sheet>{SHEET})!"
    r"|(?P<word>[^\W\d][\w.\\]*)(?![\w.(])",
)
#: Where a worksheet part keeps formulas outside its cells.
_RULES = re.compile(r"(<(?:formula|formula1|formula2|xm:f|xne:f)>)([^<]*)(</)")
_CELLS = re.compile(r"(<f\b[^>]*(?<!/)>)([^<]*)(</f>)")


class Renaming(NamedTuple):
    """One sheet and one table that formulas shall call by other names.

    Attributes:
        sheet: Name of the sheet so far, and from now on.
        table: Name of the table so far, and from now on.
    """

    sheet: tuple[str, str]
    table: tuple[str, str]

    def formula(self, formula: str) -> str:
        r"""Return a formula with the new names.

        Examples:
            >>> renaming = Renaming(("Q1", "2018-19 Q2"), ("tblQ1", "tblQ2"))
            >>> renaming.formula('SUM(tblQ1[Cases])+Q1!B2+[1]Q1!B2&"tblQ1"')
            'SUM(tblQ2[Cases])+\'2018-19 Q2\'!B2+[1]Q1!B2&"tblQ1"'
        """

        def one(found: re.Match[str]) -> str:
            if found["sheet"] and _plain(found["sheet"]) == self.sheet[0].lower():
                return f"{quoted(self.sheet[1])}!"
            if found["word"] and found["word"].lower() == self.table[0].lower():
                return self.table[1]
            return found[0]

        return _TOKEN.sub(one, formula)

    def cells(self, text: str) -> str:
        """Return the rows of a sheet with the new names in their formulas."""
        return _CELLS.sub(self.inner, text)

    def rules(self, text: str) -> str:
        """Return what stands below the rows with the new names in rules, lists and sparklines."""
        return _RULES.sub(self.inner, text)

    def inner(self, found: re.Match[str]) -> str:
        """Return one match of an opening, a formula and its end with the new names."""
        old = unescape(found[2])
        new = self.formula(old)
        return found[0] if new == old else f"{found[1]}{escape(new)}{found[3]}"


def refers(formula: str, sheet: str, tables: Mapping[str, object]) -> bool:
    """Return whether a formula refers to a sheet or to one of some tables.

    Args:
        formula: Without ``=``.
        sheet: Name of the sheet.
        tables: The tables by their names in lower case.

    Examples:
        >>> refers("SUM(tblQ1[Cases])", "Q1", {"tblq1": None}), refers('"Q1!"&A1', "Q1", {})
        (True, False)
    """
    for found in _TOKEN.finditer(formula):
        if found["sheet"] and _plain(found["sheet"]) == sheet.lower():
            return True
        if found["word"] and found["word"].lower() in tables:
            return True
    return False


def renamed(formula: str, called: Mapping[str, str]) -> str:
    r"""Return a formula that calls sheets by other names, all at once.

    Args:
        formula: Without ``=``.
        called: The new names by the old ones.

    Examples:
        >>> renamed('Trends!$D$5&" of Trends!"', {"Trends": "Trends (2)"})
        '\'Trends (2)\'!$D$5&" of Trends!"'
    """
    known = {old.lower(): new for old, new in called.items()}

    def one(found: re.Match[str]) -> str:
        new = known.get(_plain(found["sheet"])) if found["sheet"] else None
        return found[0] if new is None else f"{quoted(new)}!"

    return _TOKEN.sub(one, formula)


def rewritten(text: str, formula: Callable[[str], str]) -> str:
    """Return the cells, or what stands below the rows of a sheet, with every formula changed."""

    def one(found: re.Match[str]) -> str:
        return f"{found[1]}{escape(formula(unescape(found[2])))}{found[3]}"

    return _RULES.sub(one, _CELLS.sub(one, text))


def cell_formulas(body: bytes | bytearray) -> dict[str, str]:
    """Return the formulas of single cells by address, without those that several cells share."""
    found = {}
    for one in _FORMULA_CELL.finditer(body):
        if b" t=" not in one[0][one[0].rindex(b"<f") :]:
            found[one[1].decode()] = unescape(one[2].decode())
    return found


def rule_formulas(tail: str) -> list[str]:
    """Return the formulas that stand below the rows of a sheet."""
    return [unescape(found[2]) for found in _RULES.finditer(tail)]


def first_formula(body: bytes | bytearray, matches: Callable[[str], bool]) -> str | None:
    """Return the address of the first cell whose formula matches; None where none does."""
    for found in _FORMULA_CELL.finditer(body):
        if matches(unescape(found[2].decode())):
            return found[1].decode()
    return None


def _plain(sheet: str) -> str:
    """Return a sheet name of a formula as on its tab, in lower case."""
    return (sheet[1:-1].replace("''", "'") if sheet.startswith("'") else sheet).lower()


_FORMULA_CELL = re.compile(rb'<c r="([A-Z]++\d++)"[^>]*+>\s*<f\b[^>]*+>([^<]++)')
