"""Traces in the workbook part and in charts: names, paths, figures that outlived their cells."""

from __future__ import annotations

import re
from collections.abc import Iterator

from xlkpi.proof.parts import Parts, local, text
from xlkpi.proof.trace import Kind, Trace

_OUTSIDE = re.compile(r"\[\d+\]|\[[^\]]+\.xl\w+\]")
#: Names that Excel makes for itself.
_OWN = ("_xlnm.Print_Area", "_xlnm.Print_Titles", "_xlnm._FilterDatabase")
_FEW = 8
_SHEET_OF = re.compile(r"^\(?(?:'((?:[^']|'')+)'|([^'!(]+))!")


def names(parts: Parts) -> Iterator[Trace]:
    """Yield names that are hidden, point at what is gone, or hold something themselves; alike ones together."""
    alike: dict[str, list[str]] = {}
    for one in parts.find(parts.package.workbook, "definedName"):
        name = one.get("name", "?")
        what = _told(name, text(one), is_hidden=one.get("hidden") in {"1", "true"})
        if what:
            alike.setdefault(what, []).append(name)
    for what, found in alike.items():
        rest = f" and {len(found) - _FEW} more" if len(found) > _FEW else ""
        yield Trace(Kind.NAME, parts.package.workbook, f"{', '.join(found[:_FEW])}{rest}", what)


def _told(name: str, content: str, *, is_hidden: bool) -> str:
    if "#REF!" in content:
        return "it points at cells that are gone"
    if _OUTSIDE.search(content):
        return "it points into another workbook"
    if name in _OWN:
        return ""
    if is_hidden:
        return "it is hidden"
    return "" if _SHEET_OF.match(content) else f"it holds {content[:60]}"


def paths(parts: Parts) -> Iterator[Trace]:
    """Yield where the workbook was saved, as Excel notes it."""
    for one in parts.find(parts.package.workbook, "absPath"):
        yield Trace(Kind.PATH, parts.package.workbook, parts.package.workbook, f"it was saved in {one.get('url', '?')}")
    for one in parts.find(parts.package.workbook, "fileSharing", "customWorkbookView"):
        who = one.get("userName") or one.get("name") or "?"
        yield Trace(Kind.HISTORY, parts.package.workbook, parts.package.workbook, f"it names {who}")


def charts(parts: Parts) -> Iterator[Trace]:
    """Yield charts with figures that are not in the cells any more: of deleted cells, another workbook or a pivot."""
    present = {sheet.name for sheet in parts.sheets}
    for part in parts.starting("xl/charts/"):
        if not part.lower().endswith(".xml") or "/style" in part.lower() or "/colors" in part.lower():
            continue
        for one in parts.find(part, "f", "numLit", "strLit", "pivotSource", "externalData"):
            what = _kept(local(one), text(one), present)
            if what:
                yield Trace(Kind.CHART, part, parts.place(part), what)


def _kept(tag: str, content: str, present: set[str]) -> str:
    if tag in {"numLit", "strLit"}:
        return "values that stand in no cell"
    if tag == "pivotSource":
        return f"it draws a pivot table: {content[:60]}"
    if tag == "externalData":
        return "it keeps a workbook of its own"
    if "#REF!" in content:
        return "values of cells that are gone"
    found = _SHEET_OF.match(content)
    sheet = (found[1] or found[2]).replace("''", "'") if found else ""
    if sheet and sheet not in present:
        return f"values of {content[:60]}, which is not in this workbook"
    return ""
