"""The shared texts of a workbook."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from xlkpi.workbook.ooxml.markup import damaged, safe_parser, show_controls, unescape

if TYPE_CHECKING:
    from xlkpi.workbook.ooxml.package import Package

_ITEM = re.compile(
    r'<si>(?:<t>|<t xml:space="preserve">)([^<]*+)</t></si>|<si/>|<si>(<r>.*?|<t.*?|<phon.*?|<rPh.*?)?</si>', re.DOTALL
)
_PHONETIC = re.compile(r"<rPh\b.*?</rPh>", re.DOTALL)
_RUN = re.compile(r"<t(?:\s[^>]*)?>([^<]*)</t>")


def shared_strings(package: Package) -> list[str]:
    """Return the texts that cells refer to by number; formatting inside a text is left out."""
    parts = package.targets(package.workbook, "sharedStrings")
    if not parts or parts[0] not in package:
        return []
    text = package.text(parts[0])
    found = [plain_text(item[2]) if item[2] else clean(item[1] or "") for item in _ITEM.finditer(text)]
    if len(found) != text.count("<si"):
        return _parsed(text, parts[0])
    return found


def clean(text: str) -> str:
    """Return the text of an element as a person sees it."""
    if "&" in text:
        text = unescape(text)
    return show_controls(text)


def plain_text(inner: str) -> str:
    """Return the text of runs, one after the other, without the reading aids of Japanese text."""
    if "<rPh" in inner:
        inner = _PHONETIC.sub("", inner)
    return clean("".join(_RUN.findall(inner)))


def _parsed(text: str, part: str) -> list[str]:
    """Return the texts by way of a parser, for what another program wrote."""
    from lxml import etree  # noqa: PLC0415 - rarely needed

    try:
        root = etree.fromstring(text.encode(), safe_parser())
    except etree.XMLSyntaxError:
        raise damaged(part) from None
    found = []
    for item in root.iterfind("{*}si"):
        runs = [run.text or "" for run in (*item.iterfind("{*}t"), *item.iterfind("{*}r/{*}t"))]
        found.append(show_controls("".join(runs)))
    return found
