"""Cell formats: which of them show dates, and the copy of a format with another number format."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from xlkpi.workbook.ooxml.markup import attributes, damaged, escape_attribute, with_attribute

if TYPE_CHECKING:
    from xlkpi.workbook.ooxml.package import Package

_CELL_FORMATS = re.compile(r"<cellXfs\b[^>]*>(.*?)</cellXfs>", re.DOTALL)
_FORMAT = re.compile(r"<xf\b(?:[^>]*/>|[^>]*>.*?</xf>)", re.DOTALL)
_NUMBER_FORMATS = re.compile(r"<numFmts\b[^>]*>(.*?)</numFmts>|<numFmts\b[^>]*/>", re.DOTALL)
_NUMBER_FORMAT = re.compile(r"<numFmt\b[^>]*>")
_LITERAL = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')
_ELAPSED = re.compile(r"\[(?:h+|m+|s+)\]", re.IGNORECASE)
_DATES = frozenset({14, 15, 16, 17, 22, *range(27, 32), 36, *range(50, 55), 57, 58})
_FIRST_OWN = 164

#: The number formats that every Excel knows by number, as spelled in the format's specification.
BUILT_IN = {
    "General": 0,
    "0": 1,
    "0.00": 2,
    "#,##0": 3,
    "#,##0.00": 4,
    "0%": 9,
    "0.00%": 10,
    "0.00E+00": 11,
    "# ?/?": 12,
    "# ??/??": 13,
    "m/d/yyyy": 14,
    "d-mmm-yy": 15,
    "d-mmm": 16,
    "mmm-yy": 17,
    "h:mm AM/PM": 18,
    "h:mm:ss AM/PM": 19,
    "h:mm": 20,
    "h:mm:ss": 21,
    "m/d/yyyy h:mm": 22,
    "#,##0 ;(#,##0)": 37,
    "#,##0 ;[Red](#,##0)": 38,
    "#,##0.00;(#,##0.00)": 39,
    "#,##0.00;[Red](#,##0.00)": 40,
    "mm:ss": 45,
    "[h]:mm:ss": 46,
    "mm:ss.0": 47,
    "##0.0E+0": 48,
    "@": 49,
}
_BY_NUMBER = {number: code for code, number in BUILT_IN.items()}
SHORT_DATE = "m/d/yyyy"
SHORT_DATE_TIME = "m/d/yyyy h:mm"


def shows_date(code: str) -> bool:
    """Return whether a number format shows a day, month or year.

    Examples:
        >>> shows_date("dd/mm/yyyy"), shows_date("[h]:mm"), shows_date('0" days"'), shows_date("mmm")
        (True, False, False, True)
    """
    if _ELAPSED.search(code):
        return False
    bare = _LITERAL.sub("", code).lower().replace("general", "")
    return any(letter in bare for letter in "yd") or ("m" in bare and not any(letter in bare for letter in "hs0#"))


class Styles:
    """The cell formats of a workbook."""

    def __init__(self, package: Package) -> None:
        """Read the style part of a package; a workbook without one has one plain format."""
        self._package = package
        parts = package.targets(package.workbook, "styles")
        self._part = parts[0] if parts and parts[0] in package else None
        text = package.text(self._part) if self._part else ""
        found = _CELL_FORMATS.search(text)
        self._formats: list[str] = _FORMAT.findall(found[1]) if found else []
        self._known = len(self._formats)
        own = _NUMBER_FORMATS.search(text)
        tags = map(attributes, _NUMBER_FORMAT.findall(own[0])) if own else ()
        self._codes = {int(tag.get("numFmtId", "0")): tag.get("formatCode", "") for tag in tags}
        self._own = len(self._codes)
        self._by_code = {code: number for number, code in reversed(self._codes.items())}
        self._made: dict[tuple[int, str], int] = {}

    def is_date(self, style: int) -> bool:
        """Return whether a number in this format shows as a date."""
        number = self._number_format(style)
        if number in self._codes:
            return shows_date(self._codes[number])
        return number in _DATES

    def code(self, style: int) -> str | None:
        """Return the number format of a format as Excel spells it; None where it differs from country to country."""
        number = self._number_format(style)
        return self._codes.get(number) or _BY_NUMBER.get(number)

    def with_number_format(self, style: int, code: str) -> int:
        """Return the format that is like ``style`` but shows numbers by ``code``; added where there is none yet."""
        key = (style, code)
        if key not in self._made:
            self._made[key] = self._find_or_add(style, code)
        return self._made[key]

    def save(self) -> None:
        """Put the added formats into the package."""
        if self._part is None or (len(self._formats) == self._known and len(self._codes) == self._own):
            return
        text = self._with_number_formats(self._package.text(self._part))
        found = _CELL_FORMATS.search(text)
        if found is None:
            raise damaged(self._part)
        added = "".join(self._formats[self._known :])
        tag = with_attribute(text[found.start() : text.index(">", found.start()) + 1], "count", str(len(self._formats)))
        self._package.put(self._part, f"{text[: found.start()]}{tag}{found[1]}{added}</cellXfs>{text[found.end() :]}")
        self._known, self._own = len(self._formats), len(self._codes)

    def _number_format(self, style: int) -> int:
        if style >= len(self._formats):
            return 0
        return int(attributes(self._formats[style].partition(">")[0]).get("numFmtId", "0"))

    def _find_or_add(self, style: int, code: str) -> int:
        if style >= len(self._formats):
            return style
        number = self._number_of(code)
        if self._number_format(style) == number:
            return style
        old = self._formats[style]
        end = old.index(">") + 1
        tag = with_attribute(with_attribute(old[:end], "numFmtId", str(number)), "applyNumberFormat", "1")
        fresh = tag + old[end:]
        wanted = sorted_form(fresh)
        for index, known in enumerate(self._formats):
            if sorted_form(known) == wanted:
                return index
        self._formats.append(fresh)
        return len(self._formats) - 1

    def _number_of(self, code: str) -> int:
        if code in BUILT_IN:
            return BUILT_IN[code]
        if code not in self._by_code:
            number = max([_FIRST_OWN - 1, *self._codes]) + 1
            self._codes[number] = code
            self._by_code[code] = number
        return self._by_code[code]

    def _with_number_formats(self, text: str) -> str:
        """Return the part with the number formats that are new."""
        if len(self._codes) == self._own:
            return text
        added = "".join(
            f'<numFmt numFmtId="{number}" formatCode="{escape_attribute(code)}"/>'
            for number, code in list(self._codes.items())[self._own :]
        )
        found = _NUMBER_FORMATS.search(text)
        tag = f'<numFmts count="{len(self._codes)}">'
        if found:
            return f"{text[: found.start()]}{tag}{found[1] or ''}{added}</numFmts>{text[found.end() :]}"
        root = re.search(r"<styleSheet\b[^>]*>", text)
        if root is None or self._part is None:
            raise damaged(self._part or "xl/styles.xml")
        return f"{text[: root.end()]}{tag}{added}</numFmts>{text[root.end() :]}"


def sorted_form(element: str) -> tuple[object, ...]:
    """Return a format in a form that compares without regard to the order of its attributes."""
    tag, _, inner = element.partition(">")
    return (tuple(sorted(attributes(tag).items())), inner if not tag.endswith("/") else "")
