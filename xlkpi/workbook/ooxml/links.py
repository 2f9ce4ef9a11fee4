"""Hyperlinks of a worksheet to places in the same workbook."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from xlkpi.workbook.ooxml.address import parse_area
from xlkpi.workbook.ooxml.markup import attributes, escape_attribute

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from xlkpi.workbook.ooxml.address import Area
    from xlkpi.workbook.ooxml.sheet import Sheet

_LINKS = re.compile(r"<hyperlinks\b[^>]*>(.*?)</hyperlinks>", re.DOTALL)
_LINK = re.compile(r"<hyperlink\s[^>]*?/>|<hyperlink\s[^>]*>.*?</hyperlink>", re.DOTALL)


def replace_links(sheet: Sheet, gone: Callable[[Area], bool], links: Mapping[str, tuple[str, str]]) -> None:
    """Replace hyperlinks of a sheet.

    Args:
        sheet: The sheet.
        gone: Whether the link at an area is to go.
        links: The new ones by address: where each goes, and the text it shows.
    """
    found = _LINKS.search(sheet.tail)
    kept = [] if found is None else [link for link in _LINK.findall(found[1]) if not _is_gone(link, gone)]
    fresh = [_link_xml(address, *link) for address, link in links.items()]
    if found is None:
        if fresh:
            sheet.insert("hyperlinks", f"<hyperlinks>{''.join(fresh)}</hyperlinks>")
        return
    inner = "".join([*kept, *fresh])
    xml = f"<hyperlinks>{inner}</hyperlinks>" if inner else ""
    if inner and inner == "".join(_LINK.findall(found[1])):
        return
    sheet.tail = sheet.tail[: found.start()] + xml + sheet.tail[found.end() :]


def _is_gone(link: str, gone: Callable[[Area], bool]) -> bool:
    area = parse_area(attributes(link[: link.index(">")]).get("ref", ""))
    return area is not None and gone(area)


def _link_xml(address: str, target: str, shown: str) -> str:
    display = f' display="{escape_attribute(shown)}"' if shown else ""
    return f'<hyperlink ref="{address}" location="{escape_attribute(target)}"{display}/>'
