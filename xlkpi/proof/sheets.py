"""Traces inside sheets: what is hidden, worked out, listed or written in the margins."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from lxml import etree

from xlkpi.proof.grid import letters
from xlkpi.proof.parts import Parts, Sheet, local, text
from xlkpi.proof.trace import Kind, Trace

_FEW = 8
_FALSE = {"0", "false", None}
_MARGINS = ("oddHeader", "oddFooter", "evenHeader", "evenFooter", "firstHeader", "firstFooter")
_PATH_FIELDS = re.compile(r"&[ZF]", re.IGNORECASE)


def hidden_sheets(parts: Parts) -> Iterator[Trace]:
    """Yield sheets that have no tab."""
    words = {"hidden": "it is hidden", "veryHidden": "it is hidden so that only a macro shows it"}
    for sheet in parts.sheets:
        if sheet.state != "visible":
            yield Trace(Kind.HIDDEN_SHEET, sheet.part, sheet.name, words.get(sheet.state, sheet.state))


def cells(parts: Parts) -> Iterator[Trace]:
    """Yield hidden rows and columns, formulas, and cells whose number format shows nothing; each sheet is read once."""
    blank = _blank_styles(parts)
    for sheet in parts.worksheets:
        rows, formulas, unseen, columns = list[str](), list[str](), list[str](), list[str]()
        for one in parts.stream(sheet.part, "row", "f", "c", "col"):
            if local(one) == "f":
                # Sparklines and conditional formats have an f of their own, which belongs to no cell.
                holder = one.getparent()
                formulas += [holder.get("r", "?")] if holder is not None and local(holder) == "c" else []
            elif local(one) == "c":
                if one.get("s") in blank and len(one):
                    unseen.append(one.get("r", "?"))
            elif one.get("hidden") not in _FALSE or one.get("ht") == "0" or one.get("width") == "0":
                (rows if local(one) == "row" else columns).append(one.get("r") or letters(int(one.get("min", "1"))))
        yield from _told(sheet, Kind.HIDDEN_CELLS, "rows", rows)
        yield from _told(sheet, Kind.HIDDEN_CELLS, "columns", columns)
        yield from _told(sheet, Kind.FORMULA, "in", formulas)
        yield from _told(sheet, Kind.UNSEEN_CELLS, "in", unseen)


def _told(sheet: Sheet, kind: Kind, word: str, places: list[str]) -> Iterator[Trace]:
    if places:
        rest = f" and {len(places) - _FEW} more" if len(places) > _FEW else ""
        yield Trace(kind, sheet.part, sheet.name, f"{len(places)} {word} {', '.join(places[:_FEW])}{rest}")


def _blank_styles(parts: Parts) -> set[str]:
    """Return the cell styles whose number format shows nothing whatever the content."""
    part = "xl/styles.xml"
    silent = {one.get("numFmtId") for one in parts.find(part, "numFmt") if set(one.get("formatCode", "?")) <= {";"}}
    listed = next(parts.find(part, "cellXfs"), None)
    formats: Iterable[object] = () if listed is None else [one.get("numFmtId") for one in listed]
    return {str(place) for place, one in enumerate(formats) if one in silent}


def validations(parts: Parts) -> Iterator[Trace]:
    """Yield lists to choose from: they keep names and codes, typed in or from cells elsewhere."""
    for sheet in parts.worksheets:
        for one in parts.stream(sheet.part, "dataValidation"):
            if one.get("type") == "list":
                yield Trace(Kind.LIST, sheet.part, *_list(sheet, one))


def _list(sheet: Sheet, validation: etree._Element) -> tuple[str, str]:
    """Return where a list is and what it is made of; a list from another sheet has both in elements of its own."""
    inside = {local(one): text(one) for one in validation.iter() if isinstance(one.tag, str)}
    cells = validation.get("sqref") or inside.get("sqref") or "?"
    source = inside.get("formula1", "").strip('"')
    return sheet.cell(str(cells).split(maxsplit=1)[0]), f"a list from {source[:60]}"


def margins(parts: Parts) -> Iterator[Trace]:
    """Yield headers and footers that print the file's path or name."""
    for sheet in parts.worksheets:
        for one in parts.stream(sheet.part, *_MARGINS):
            if _PATH_FIELDS.search(text(one)):
                yield Trace(Kind.PATH, sheet.part, sheet.name, "its header or footer prints the file's path or name")


def views(parts: Parts) -> Iterator[Trace]:
    """Yield custom views, scenarios and filters that keep what was picked once."""
    for sheet in parts.worksheets:
        for one in parts.stream(sheet.part, "customSheetView", "scenario"):
            what = "a custom view" if local(one) == "customSheetView" else f"the scenario {one.get('name', '?')}"
            yield Trace(Kind.HISTORY, sheet.part, sheet.name, what)


def links(parts: Parts) -> Iterator[Trace]:
    """Yield what leads out of the workbook: other workbooks, local files, pictures and frames loaded from elsewhere."""
    for part in parts.starting("xl/externalLinks/"):
        if part.lower().endswith(".xml"):
            targets = [one.target for one in parts.package.relationships(part) if one.outside]
            kept = sum(1 for _ in parts.find(part, "cell"))
            yield Trace(Kind.LINK, part, part, f"{', '.join(targets) or 'another file'} with {kept} values of it")
    for part in parts.names:
        if part.lower().startswith("xl/externallinks/") or part.lower().endswith(".rels"):
            continue
        for one in parts.package.relationships(part):
            if one.outside and not _is_web(one.kind, one.target):
                yield Trace(Kind.LINK, part, parts.place(part), f"a {one.kind} to {one.target}")


def _is_web(kind: str, target: str) -> bool:
    """Return whether this is a link for people: to a page, or a mailbox."""
    return kind == "hyperlink" and target.lower().startswith(("https://", "http://", "mailto:", "#"))
