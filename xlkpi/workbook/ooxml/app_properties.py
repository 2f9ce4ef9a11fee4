"""The list of sheets in the document properties, kept in step where a sheet comes or goes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from xlkpi.workbook.ooxml.markup import escape

if TYPE_CHECKING:
    from xlkpi.workbook.ooxml.package import Package

_TITLES = re.compile(r'(<TitlesOfParts>\s*<vt:vector\b[^>]*?\bsize=")(\d+)("[^>]*>)(.*?)(</vt:vector>)', re.DOTALL)
_COUNT = re.compile(r"(<HeadingPairs>.*?<vt:i4>)(\d+)(</vt:i4>)", re.DOTALL)


def with_sheet(package: Package, name: str, *, before: str) -> None:
    """List a new sheet before another one."""
    wanted = f"<vt:lpstr>{escape(before)}</vt:lpstr>"
    _rewrite(package, wanted, f"<vt:lpstr>{escape(name)}</vt:lpstr>{wanted}", 1)


def with_sheet_behind(package: Package, name: str, other: str) -> None:
    """List a new sheet behind another one."""
    wanted = f"<vt:lpstr>{escape(other)}</vt:lpstr>"
    _rewrite(package, wanted, f"{wanted}<vt:lpstr>{escape(name)}</vt:lpstr>", 1)


def without_sheet(package: Package, name: str) -> None:
    """List a sheet no more."""
    _rewrite(package, f"<vt:lpstr>{escape(name)}</vt:lpstr>", "", -1)


def _rewrite(package: Package, old: str, new: str, more: int) -> None:
    for part in package.targets("", "extended-properties"):
        text = package.text(part) if part in package else ""
        titles = _TITLES.search(text)
        if titles is None or old not in titles[4]:
            continue
        size = int(titles[2]) + more
        listed = f"{titles[1]}{size}{titles[3]}{titles[4].replace(old, new, 1)}{titles[5]}"
        text = text[: titles.start()] + listed + text[titles.end() :]
        text = _COUNT.sub(lambda found: f"{found[1]}{int(found[2]) + more}{found[3]}", text, count=1)
        package.put(part, text)
