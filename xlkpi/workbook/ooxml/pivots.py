"""Pivot caches: those that a written table feeds are refreshed when Excel opens the workbook."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from xlkpi.workbook.ooxml.address import parse_area
from xlkpi.workbook.ooxml.markup import attributes, with_attribute

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xlkpi.workbook.ooxml.package import Package
    from xlkpi.workbook.ooxml.table import Table

_DEFINITION = re.compile(r"<pivotCacheDefinition\b[^>]*>")
_SOURCE = re.compile(r"<worksheetSource\b[^>]*>")


def cache_sources(package: Package) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield every pivot cache that reads this workbook: its part, and what its source says."""
    for part in package.targets(package.workbook, "pivotCacheDefinition"):
        found = _SOURCE.search(package.text(part)) if part in package else None
        if found:
            yield part, attributes(found[0])


def feeds(table: Table, source: dict[str, str]) -> bool:
    """Return whether a pivot cache reads a table, by its name or by its place."""
    if source.get("name", "").lower() == table.name.lower():
        return True
    area = parse_area(source.get("ref", ""))
    return area is not None and source.get("sheet") == table.sheet and area.meets(table.area)


def refresh_on_load(package: Package, table: Table) -> None:
    """Mark the pivot caches that a table feeds."""
    for part, source in list(cache_sources(package)):
        if not feeds(table, source):
            continue
        text = package.text(part)
        found = _DEFINITION.search(text)
        if found and attributes(found[0]).get("refreshOnLoad") not in {"1", "true"}:
            tag = with_attribute(found[0], "refreshOnLoad", "1")
            package.put(part, text[: found.start()] + tag + text[found.end() :])
