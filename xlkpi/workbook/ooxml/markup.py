"""XML as text: what is read from it, and what is put into it, without a parser on the way that is run every day.

Excel writes plain, regular XML. What other programs write differently (another encoding, comments, CDATA, single
quotes, a prefix before every element) is brought into that form first, by ``plain``.
"""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING

from xlkpi.errors import FileUnusable

if TYPE_CHECKING:
    from lxml import etree

_ENTITY = re.compile(r"&(?:#(\d+)|#x([0-9A-Fa-f]+)|(\w+));")
_NAMED = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff\ud800-\udfff]")
_LOOKS_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_ATTRIBUTE = re.compile(r'([\w:.-]+)="([^"]*)"')
_DECLARED = re.compile(rb'^(?:\xef\xbb\xbf)?\s*<\?xml[^>]*?encoding\s*=\s*["\']([\w.-]+)')
_ROOT = re.compile(r"<([\w.-]+:)?[\w.-]+(?=[\s/>])[^>]*>")
_SINGLE_QUOTED = re.compile(r"<[A-Za-z][^<>\"]*='")
_PLAIN_SPACES = (
    "/spreadsheetml/2006/main",
    "/spreadsheetml/main",
    "/package/2006/relationships",
    "/package/2006/content-types",
)


def unescape(text: str) -> str:
    """Return text or an attribute's value without XML entities."""
    if "&" not in text:
        return text

    def one(found: re.Match[str]) -> str:
        if found[1] or found[2]:
            number = int(found[1]) if found[1] else int(found[2], 16)
            return chr(number) if number <= sys.maxunicode else "\ufffd"
        return _NAMED.get(found[3], found[0])

    return _ENTITY.sub(one, text)


def escape(text: str) -> str:
    """Return text for the inside of an element."""
    if "&" in text:
        text = text.replace("&", "&amp;")
    if "<" in text:
        text = text.replace("<", "&lt;")
    if ">" in text:
        text = text.replace(">", "&gt;")
    return text


def escape_attribute(text: str) -> str:
    """Return text for an attribute in double quotes."""
    text = escape(text).replace('"', "&quot;")
    return text.replace("\t", "&#9;").replace("\n", "&#10;").replace("\r", "&#13;")


def hide_controls(text: str) -> str:
    """Return cell text with control characters written the format's way.

    Examples:
        >>> hide_controls("a" + chr(1) + "b _x0041_")
        'a_x0001_b _x005F_x0041_'
    """
    if "_x" in text:
        text = _LOOKS_ESCAPED.sub("_x005F_", text)
    if _CONTROL.search(text) is None:
        return text
    return _CONTROL.sub(
        lambda found: "\ufffd" if "\ud800" <= found[0] <= "\udfff" else f"_x{ord(found[0]):04X}_",
        text,
    )


def show_controls(text: str) -> str:
    """Return cell text as a person sees it: the reverse of ``hide_controls``."""
    if "_x" not in text:
        return text
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)


def attributes(tag: str) -> dict[str, str]:
    """Return the attributes of one start tag, without entities."""
    return {key: unescape(value) for key, value in _ATTRIBUTE.findall(tag)}


def with_attribute(tag: str, name: str, value: str | None) -> str:
    """Return a start tag with one attribute set; None takes it away.

    Examples:
        >>> with_attribute('<calcPr calcId="1"/>', "fullCalcOnLoad", "1")
        '<calcPr calcId="1" fullCalcOnLoad="1"/>'
        >>> with_attribute('<xfs count="3">', "count", "4")
        '<xfs count="4">'
    """
    pattern = re.compile(rf'\s{re.escape(name)}="[^"]*"')
    if value is None:
        return pattern.sub("", tag, count=1)
    written = f' {name}="{escape_attribute(value)}"'
    if pattern.search(tag):
        return pattern.sub(lambda _: written, tag, count=1)
    end = len(tag) - (2 if tag.endswith("/>") else 1)
    return tag[:end].rstrip() + written + tag[end:]


def plain(data: bytes, part: str) -> str:
    """Return a part as text in the form Excel writes.

    Args:
        data: The part as stored.
        part: Its name, for the message.

    Raises:
        FileUnusable: Where the part declares entities (they are never resolved) or is no XML.
    """
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        raise FileUnusable(_ENTITIES.format(part))
    if not _is_utf8(data) or b"<!" in data:
        data = _written_again(data, part)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise damaged(part) from None
    root = _ROOT.search(text)
    if root is None:
        raise damaged(part)
    if _SINGLE_QUOTED.search(text, root.start(), root.start() + 65_536):
        text = _written_again(data, part).decode()
        root = _ROOT.search(text)
    if root is not None and root[1]:
        text = _without_prefix(text, root[0], root[1])
    return text


def holds_declarations(data: bytes | bytearray) -> bool:
    """Return whether a part holds a comment, a declaration or raw text; one mark is found ten times as fast as two."""
    return b"!" in data and b"<!" in data


def is_plain(start: bytes) -> bool:
    """Return whether a part that begins like this is in the form Excel writes."""
    if not _is_utf8(start) or b"<!" in start:
        return False
    text = start.decode("utf-8-sig", "replace")
    root = _ROOT.search(text)
    return root is not None and not root[1] and _SINGLE_QUOTED.search(text) is None


def damaged(part: str) -> FileUnusable:
    """Return the error for a part that cannot be read."""
    return FileUnusable(
        f"The workbook is damaged: its part {part} cannot be read. Open it in Excel and let Excel repair it, or use "
        "the backup beside it.",
    )


def safe_parser() -> etree.XMLParser:
    """Return a parser that resolves nothing from outside."""
    from lxml import etree  # noqa: PLC0415 - rarely needed

    return etree.XMLParser(
        resolve_entities=False, no_network=True, remove_comments=True, strip_cdata=True, huge_tree=True
    )


def _is_utf8(start: bytes) -> bool:
    if start[:2] in {b"\xff\xfe", b"\xfe\xff"} or b"\0" in start[:4]:
        return False
    declared = _DECLARED.match(start)
    return declared is None or declared[1].lower() in {b"utf-8", b"utf8", b"us-ascii", b"ascii"}


def _written_again(data: bytes, part: str) -> bytes:
    """Return a part after one turn through a parser: UTF-8, double quotes, no comments, no CDATA."""
    from lxml import etree  # noqa: PLC0415 - rarely needed

    try:
        root = etree.fromstring(data, safe_parser())
    except (etree.XMLSyntaxError, ValueError):
        raise damaged(part) from None
    if root.getroottree().docinfo.internalDTD is not None:
        raise FileUnusable(_ENTITIES.format(part))
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True, standalone=True)


def _without_prefix(text: str, root: str, prefix: str) -> str:
    """Return a part of the spreadsheet's own language without the prefix before every element."""
    bound = re.search(rf'\sxmlns:{re.escape(prefix[:-1])}="([^"]*)"', root)
    if bound is None or not bound[1].endswith(_PLAIN_SPACES) or re.search(r'\sxmlns="', root):
        return text
    text = text.replace(f"<{prefix}", "<").replace(f"</{prefix}", "</")
    return text.replace(bound[0], f'{bound[0]} xmlns="{bound[1]}"', 1)


_ENTITIES = (
    "The workbook's part {} declares XML entities, which Excel never writes and which are not read for safety. "
    "Open the workbook in Excel, save it as a new .xlsx, and use that."
)
