"""Cell formats of another workbook, brought into this one: found where they are there already, added where not."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from xlkpi.workbook.ooxml.markup import attributes, damaged, escape_attribute, with_attribute
from xlkpi.workbook.ooxml.styles import sorted_form

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

#: The lists of a style part, in the order the format demands, with what each is made of.
_LISTS = {
    "numFmts": "numFmt",
    "fonts": "font",
    "fills": "fill",
    "borders": "border",
    "cellStyleXfs": "xf",
    "cellXfs": "xf",
    "cellStyles": "cellStyle",
    "dxfs": "dxf",
}
_FIRST_OWN = 164
_PARTS = (("fontId", "fonts"), ("fillId", "fills"), ("borderId", "borders"))
_DIFFERENT_NUMBER = re.compile(r"<numFmt\b[^>]*>")


class StyleMerge:
    """The formats of a drawn workbook under the numbers that they have in another one.

    Attributes:
        text: The style part of the other workbook, with what was added so far.
    """

    def __init__(self, drawn: str, text: str, part: str) -> None:
        """Read both style parts.

        Args:
            drawn: The style part that formats come from.
            text: The one that they come into.
            part: The name of that one, for messages.
        """
        self._part = part
        self._drawn = {name: _members(drawn, name) for name in _LISTS}
        self._lists = {name: _members(text, name) for name in _LISTS}
        self._known = {name: len(found) for name, found in self._lists.items()}
        self._before = text
        self._formats: dict[int, int] = {}
        self._differences: dict[int, int] = {}

    def format(self, number: int) -> int:
        """Return the number of a cell format here."""
        if number not in self._formats:
            self._formats[number] = self._add("cellXfs", self._moved(self._drawn["cellXfs"][number], named=True))
        return self._formats[number]

    def difference(self, number: int) -> int:
        """Return the number of a conditional format's look here."""
        if number not in self._differences:
            look = _DIFFERENT_NUMBER.sub(self._moved_number, self._drawn["dxfs"][number])
            self._differences[number] = self._add("dxfs", look)
        return self._differences[number]

    @property
    def text(self) -> str:
        """The style part with what was added."""
        text = self._before
        for name, members in self._lists.items():
            if len(members) > self._known[name]:
                text = self._longer(text, name, members[self._known[name] :], len(members))
        return text

    def _moved(self, xf: str, *, named: bool) -> str:
        """Return a format with the numbers that its parts have here."""
        tag, rest = xf[: xf.index(">") + 1], xf[xf.index(">") + 1 :]
        entry = attributes(tag)
        for mark, name in _PARTS:
            members = self._drawn[name]
            tag = with_attribute(tag, mark, str(self._add(name, members[int(entry.get(mark, "0"))])))
        tag = with_attribute(tag, "numFmtId", str(self._number_format(int(entry.get("numFmtId", "0")))))
        if named:
            tag = with_attribute(tag, "xfId", str(self._style(int(entry.get("xfId", "0")))))
        return tag + rest

    def _style(self, number: int) -> int:
        """Return the number of a named style here; one of the same name keeps the look that it has here."""
        drawn = next((one for one in self._drawn["cellStyles"] if _number(one, "xfId") == number), None)
        if drawn is None:
            return 0
        name = attributes(drawn).get("name", "")
        for style in self._lists["cellStyles"]:
            if attributes(style).get("name", "").lower() == name.lower():
                return _number(style, "xfId")
        look = self._moved(self._drawn["cellStyleXfs"][number], named=False)
        self._lists["cellStyleXfs"].append(look)
        place = len(self._lists["cellStyleXfs"]) - 1
        self._lists["cellStyles"].append(f'<cellStyle name="{escape_attribute(name)}" xfId="{place}"/>')
        return place

    def _number_format(self, number: int) -> int:
        """Return the number of a number format here; those below 164 mean the same in every workbook."""
        if number < _FIRST_OWN:
            return number
        drawn = next(one for one in self._drawn["numFmts"] if _number(one, "numFmtId") == number)
        return self._number_of(attributes(drawn).get("formatCode", ""))

    def _number_of(self, code: str) -> int:
        known = {attributes(one).get("formatCode", ""): _number(one, "numFmtId") for one in self._lists["numFmts"]}
        if code not in known:
            known[code] = max([_FIRST_OWN - 1, *known.values()]) + 1
            xml = f'<numFmt numFmtId="{known[code]}" formatCode="{escape_attribute(code)}"/>'
            self._lists["numFmts"].append(xml)
        return known[code]

    def _moved_number(self, found: re.Match[str]) -> str:
        entry = attributes(found[0])
        number = int(entry.get("numFmtId", "0"))
        if number >= _FIRST_OWN:
            number = self._number_of(entry.get("formatCode", ""))
        return with_attribute(found[0], "numFmtId", str(number))

    def _add(self, name: str, member: str) -> int:
        members, wanted = self._lists[name], sorted_form(member)
        for place, known in enumerate(members):
            if known == member or sorted_form(known) == wanted:
                return place
        members.append(member)
        return len(members) - 1

    def _longer(self, text: str, name: str, added: Iterable[str], count: int) -> str:
        """Return the part with more members in one of its lists, which may not have been there before."""
        xml = "".join(added)
        found = re.search(rf"<{name}\b[^>]*?(/?)>", text)
        if found is None:
            at = self._place_of(text, name)
            return f'{text[:at]}<{name} count="{count}">{xml}</{name}>{text[at:]}'
        tag = with_attribute(found[0].replace("/>", ">"), "count", str(count))
        if found[1]:
            return f"{text[: found.start()]}{tag}{xml}</{name}>{text[found.end() :]}"
        end = text.index(f"</{name}>", found.end())
        return f"{text[: found.start()]}{tag}{text[found.end() : end]}{xml}{text[end:]}"

    def _place_of(self, text: str, name: str) -> int:
        order = list(_LISTS)
        for earlier in reversed(order[: order.index(name)]):
            at = text.find(f"</{earlier}>")
            if at >= 0:
                return at + len(earlier) + 3
        root = re.search(r"<styleSheet\b[^>]*>", text)
        if root is None:
            raise damaged(self._part)
        return root.end()


def restyled(xml: str, merge: StyleMerge) -> str:
    """Return the markup of a worksheet or table with the numbers that its formats have here."""
    xml = _numbered(r'(<(?:c|row)\s[^>]*?\ss=")(\d+)(")', xml, merge.format)
    xml = _numbered(r'(<col\s[^>]*?\sstyle=")(\d+)(")', xml, merge.format)
    return _numbered(r'(\s(?:d|\w+D)xfId=")(\d+)(")', xml, merge.difference)


def _numbered(pattern: str, xml: str, number: Callable[[int], int]) -> str:
    return re.sub(pattern, lambda found: f"{found[1]}{number(int(found[2]))}{found[3]}", xml)


def _members(text: str, name: str) -> list[str]:
    """Return what a list of a style part holds."""
    section = re.search(rf"<{name}\b[^>]*(?<!/)>(.*?)</{name}>", text, re.DOTALL)
    member = _LISTS[name]
    pattern = rf"<{member}(?:\s[^>]*)?/>|<{member}(?:\s[^>]*)?(?<!/)>.*?</{member}>"
    return re.findall(pattern, section[1], re.DOTALL) if section else []


def _number(tag: str, name: str) -> int:
    return int(attributes(tag[: tag.index(">") + 1]).get(name, "0"))
