"""The numbers that Word prints before the paragraphs of a list, worked out as Word does."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml.etree import _Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
BULLET = "- "
_LEVELS = 9
_MOST_STYLES = 20
_PLACE = re.compile(r"%([1-9])")
_LETTERS = 26
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
    (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip


@dataclass
class _Level:
    form: str = "decimal"
    text: str = ""
    start: int = 1
    style: str = ""
    restarts: bool = True
    legal: bool = False


@dataclass
class _List:
    """One list of the document: the levels it prints with, and how far those that share its count have got."""

    levels: dict[int, _Level]
    counts: dict[int, int]
    starts: dict[int, int] = field(default_factory=dict)


class Numbering:
    """Says what stands before each paragraph; asked once for each, in the order of the document."""

    def __init__(self, numbering: _Element | None, styles: _Element | None) -> None:
        """Look at the definitions; None where the document has none."""
        self._styles = {} if styles is None else {one.get(f"{W}styleId", ""): one for one in styles.iter(f"{W}style")}
        self._default = next(
            (
                name
                for name, one in self._styles.items()
                if one.get(f"{W}default") in {"1", "true"} and _is_paragraph(one)
            ),
            "",
        )
        self._abstract = {} if numbering is None else _by(numbering, "abstractNum", "abstractNumId")
        self._numbers = {} if numbering is None else _by(numbering, "num", "numId")
        self._lists: dict[str, _List | None] = {}
        self._counts: dict[str, dict[int, int]] = {}

    def label(self, paragraph: _Element) -> str:
        """Return what is printed before a paragraph, with a space behind it: ``2.1. ``; empty where nothing is."""
        style = _value(paragraph.find(f"{W}pPr/{W}pStyle")) or self._default
        number, level = self._number(paragraph, style)
        known = self._list(number)
        if known is None:
            return ""
        if level is None:
            level = next((at for at, one in known.levels.items() if style and one.style == style), 0)
        return self._counted(known, level)

    def _number(self, paragraph: _Element, style: str) -> tuple[str, int | None]:
        """Return which list a paragraph belongs to, and at which level where that is said."""
        number, level = "", ""
        for properties in (paragraph.find(f"{W}pPr/{W}numPr"), *self._of_styles(style)):
            if properties is not None:
                number = number or _value(properties.find(f"{W}numId"))
                level = level or _value(properties.find(f"{W}ilvl"))
        return number, int(level) if level.isdigit() else None

    def _of_styles(self, style: str) -> Iterator[_Element | None]:
        for _ in range(_MOST_STYLES):  # a style may be based on itself by mistake
            found = self._styles.get(style)
            if found is None:
                return
            yield found.find(f"{W}pPr/{W}numPr")
            style = _value(found.find(f"{W}basedOn"))

    def _list(self, number: str) -> _List | None:
        if number not in self._lists:
            self._lists[number] = None  # a list may be linked to itself by mistake
            self._lists[number] = self._read(number)
        return self._lists[number]

    def _read(self, number: str) -> _List | None:
        found = self._numbers.get(number)
        abstract = "" if found is None else _value(found.find(f"{W}abstractNumId"))
        definition = self._abstract.get(abstract)
        if found is None or definition is None:
            return None
        linked = _value(definition.find(f"{W}numStyleLink"))
        if linked and (style := self._styles.get(linked)) is not None:
            other = _value(style.find(f"{W}pPr/{W}numPr/{W}numId"))
            return self._list(other)
        levels = {int(one.get(f"{W}ilvl", "0")): _level(one) for one in definition.findall(f"{W}lvl")}
        starts = {}
        for one in found.findall(f"{W}lvlOverride"):
            at = int(one.get(f"{W}ilvl", "0"))
            if (own := one.find(f"{W}lvl")) is not None:
                levels[at] = _level(own)
            if (start := _value(one.find(f"{W}startOverride"))).isdigit():
                starts[at] = int(start)
        return _List(levels, self._counts.setdefault(abstract, {}), starts)

    def _counted(self, known: _List, level: int) -> str:
        shape = known.levels.get(level, _Level(text=""))
        if level in known.starts:
            known.counts[level] = known.starts.pop(level)
        else:
            known.counts[level] = known.counts.get(level, shape.start - 1) + 1
        for deeper in range(level + 1, _LEVELS):
            if known.levels.get(deeper, _Level()).restarts:
                known.counts.pop(deeper, None)
        if shape.form == "bullet":
            return BULLET

        def printed(place: re.Match[str]) -> str:
            at = int(place[1]) - 1
            other = known.levels.get(at, _Level())
            return _figure(known.counts.setdefault(at, other.start), "decimal" if shape.legal else other.form)

        text = _PLACE.sub(printed, shape.text).strip()
        return f"{text} " if text else ""


def _level(one: _Element) -> _Level:
    start = _value(one.find(f"{W}start"))
    return _Level(
        _value(one.find(f"{W}numFmt")) or "decimal",
        _value(one.find(f"{W}lvlText")),
        int(start) if start.isdigit() else 1,
        _value(one.find(f"{W}pStyle")),
        _value(one.find(f"{W}lvlRestart")) != "0",
        one.find(f"{W}isLgl") is not None,
    )


def _figure(number: int, form: str) -> str:
    """Return a number in the form that a list prints.

    Examples:
        >>> _figure(4, "lowerRoman"), _figure(28, "upperLetter"), _figure(7, "decimalZero"), _figure(7, "none")
        ('iv', 'BB', '07', '')
    """
    if form == "none":
        return ""
    if form in {"lowerLetter", "upperLetter"} and number > 0:
        letter = chr(ord("a") + (number - 1) % _LETTERS) * ((number - 1) // _LETTERS + 1)
        return letter.upper() if form == "upperLetter" else letter
    if form in {"lowerRoman", "upperRoman"} and number > 0:
        return _roman(number).upper() if form == "upperRoman" else _roman(number)
    return f"{number:02}" if form == "decimalZero" else str(number)


def _roman(number: int) -> str:
    text = ""
    for value, letters in _ROMAN:
        times, number = divmod(number, value)
        text += letters * times
    return text


def _by(root: _Element, tag: str, key: str) -> dict[str, _Element]:
    return {one.get(f"{W}{key}", ""): one for one in root.findall(f"{W}{tag}")}


def _is_paragraph(style: _Element) -> bool:
    return style.get(f"{W}type") == "paragraph"


def _value(node: _Element | None) -> str:
    return "" if node is None else node.get(f"{W}val", "")
