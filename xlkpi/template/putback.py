"""Deleted output sheets put back: drawn again as the template has them, and what referred to them mended."""

from __future__ import annotations

import datetime as dt
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from xlkpi.template import indicator_cells as cells
from xlkpi.template.builder import build
from xlkpi.template.fill import content_for
from xlkpi.workbook import layout
from xlkpi.workbook.backend import Backend, ForgetValues, MendFormulas, PutName, PutSheet, Write, quoted, unquoted
from xlkpi.workbook.file import ClosedFile
from xlkpi.workbook.intake import Book
from xlkpi.workbook.layout import Name
from xlkpi.workbook.ooxml.naming import refers, renamed

_LOST = "#REF!"
_MOST_NAMED = 5
#: A cell, a row, a column or an area, as it stands behind the name of a sheet.
_PLACE = r"\$?(?:[A-Z]{1,3}\$?\d*|\d+)(?::\$?(?:[A-Z]{1,3}\$?\d*|\d+))?"
_COLUMNS = r"(?:\[(?:[^\[\]]|\[[^\[\]]*\])*\])?"
_GONE = "\N{REPLACEMENT CHARACTER}"


@dataclass
class PutBack:
    """What puts deleted sheets back.

    Attributes:
        writes: For the plan of the refresh, before its other writes.
        lines: What to say of it.
        picking: The sheet that shows one picked indicator.
        room: For how many quarters the trends have room.
    """

    writes: list[Write]
    lines: list[str]
    picking: str
    room: int


@dataclass
class _Gap:
    """A workbook with gaps, beside one that was drawn to fill them.

    Attributes:
        workbook: The workbook.
        drawn: The one that was drawn.
        path: The file of that one.
        called: What sheets are called in the workbook, by their names in the drawn one.
        gone: Those that are put back.
    """

    workbook: Backend
    drawn: ClosedFile
    path: Path
    called: dict[str, str]
    gone: list[str] = field(default_factory=list)


def open_to_excel() -> Path | None:
    """Return a folder whose files Excel opens without asking the user; None where any folder will do.

    Excel for Mac asks before it opens a file that no person chose, except in its own folder.
    """
    own = Path.home() / "Library" / "Containers" / "com.microsoft.Excel" / "Data"
    return own if sys.platform == "darwin" and own.is_dir() else None


def put_back(workbook: Backend, book: Book, missing: Sequence[str], folder: Path, now: dt.datetime) -> PutBack:
    """Return what puts sheets back.

    Args:
        workbook: The workbook they are missing from.
        book: What was typed into it.
        missing: The sheets, and the names of cells, that were not found.
        folder: Where a workbook may be drawn that has them.
        now: Local time without zone.
    """
    room = _room(workbook, book)
    path = folder / f"xlkpi-{folder.name}.xlsx"  # Excel opens no two workbooks of one name
    build(path, content_for(book, room), now)
    drawn = ClosedFile(path)
    gap = _Gap(workbook, drawn, path, _called(workbook, drawn))
    lines: list[str] = []
    names = _names(gap, [name for name in missing if name not in layout.PUT_BACK], lines)
    for sheet in layout.PUT_BACK:
        if sheet in missing:
            names += _recognised(gap, sheet, lines)
    gap.gone = [sheet for sheet in layout.PUT_BACK if sheet in missing and sheet not in gap.called]
    sheets = list(_sheets(gap, lines))
    mended = {gap.called[sheet]: _mended(gap, sheet) for sheet in drawn.sheets() if sheet in gap.called}
    mends = [MendFormulas(sheet, formulas) for sheet, formulas in mended.items() if formulas]
    lines += _lost(workbook, mended)
    if layout.WHAT_IF in gap.gone:
        sheets.append(ForgetValues(gap.called[layout.WHAT_IF]))  # what it was drawn with is no answer
    return PutBack([*sheets, *names, *mends], lines, gap.called[layout.INDICATOR], room)


def _called(workbook: Backend, drawn: ClosedFile) -> dict[str, str]:
    """Return what the sheets of the drawn workbook are called in the other, those that are there."""
    here, found = workbook.tables(), {}
    for table, sheet in drawn.tables().items():
        if table in here:
            found[sheet] = here[table]
    for sheet, mark in ((layout.START, Name.QUARTER), *layout.PUT_BACK.items()):
        cell = workbook.read_name(mark)
        if cell is not None:
            found[sheet] = unquoted(cell.where)
    return found


def _room(workbook: Backend, book: Book) -> int:
    """Return for how many quarters the trends have room, or had before they were deleted."""
    if layout.TRENDS_TABLE_NAME in workbook.tables():
        return len(workbook.headings(layout.TRENDS_TABLE_NAME)) - layout.TREND_FIRST_FIGURE
    picked = workbook.read_name(Name.PICKED)
    if picked is not None:
        formulas, room = workbook.formulas(unquoted(picked.where)), 0
        while f"{cells.QUARTER_COLUMN}{cells.CHART_ROW + room}" in formulas:
            room += 1
        if room:
            return room
    return content_for(book, None).trend_quarters


def _names(gap: _Gap, names: Sequence[str], lines: list[str]) -> list[Write]:
    """Return what gives cells of sheets that are there their names again."""
    found: list[Write] = []
    for name in names:
        cell = gap.drawn.read_name(name)
        assert cell is not None, name
        sheet, address = unquoted(cell.where), cell.where.rpartition("!")[2]
        if sheet in gap.called:
            found.append(PutName(name, gap.called[sheet], address))
            lines.append(f"Put the name {name} back: {quoted(gap.called[sheet])}!{address}.")
    return found


def _recognised(gap: _Gap, sheet: str, lines: list[str]) -> list[Write]:
    """Return what names the cells of a sheet that lost nothing but its names, and is known by its formulas."""
    if sheet not in gap.workbook.sheets() or sheet in gap.called or layout.PUT_BACK[sheet] in gap.drawn.tables():
        return []
    drawn, here = gap.drawn.formulas(sheet), gap.workbook.formulas(sheet)
    if not drawn or set(drawn) - set(here):
        return []
    gap.called[sheet] = sheet
    own = [name for name in gap.drawn.names() if (cell := gap.drawn.read_name(name)) and unquoted(cell.where) == sheet]
    return _names(gap, [name for name in own if gap.workbook.read_name(name) is None], lines)


def _sheets(gap: _Gap, lines: list[str]) -> Iterator[Write]:
    """Yield what puts each sheet behind the one it follows in the template."""
    taken = {name.casefold() for name in gap.workbook.sheets()}
    fresh = {}
    for sheet in gap.gone:
        fresh[sheet] = _free(sheet, taken)
        taken.add(fresh[sheet].casefold())
    called = {**gap.called, **fresh}
    before = gap.called[layout.START]
    for sheet in gap.drawn.sheets():
        if sheet in fresh:
            gap.called[sheet] = fresh[sheet]
            yield PutSheet(gap.path, sheet, fresh[sheet], before, called)
            other = "" if fresh[sheet] == sheet else f" as {quoted(fresh[sheet])}, for another sheet has its name"
            lines.append(f"Put the sheet {sheet} back{other}.")
        before = called.get(sheet, before)


def _free(sheet: str, taken: set[str]) -> str:
    """Return a name for a sheet that no other has: ``Summary (2)`` where Summary is taken."""
    name, number = sheet, 2
    while name.casefold() in taken:
        name, number = f"{sheet} ({number})", number + 1
    return name


def _mended(gap: _Gap, sheet: str) -> dict[str, str]:
    """Return the formulas of one of our sheets that lost what they referred to, as they have to be, by address.

    A formula is ours where it stands in its place and is the template's but for what was lost.
    """
    if not gap.gone or sheet in gap.gone:
        return {}
    tables = {table.lower(): one for table, one in gap.drawn.tables().items() if one in gap.gone}
    drawn = gap.drawn.formulas(sheet)
    wanted = {
        address: formula
        for address, formula in drawn.items()
        if any(refers(formula, gone, tables) for gone in gap.gone)
    }
    if not wanted:
        return {}
    here = gap.workbook.formulas(gap.called[sheet])
    in_place = not set(drawn) - set(here)
    left = {one: gap.called[one] for one in gap.called if one not in gap.gone}
    found = {}
    for address, formula in wanted.items():
        now = here.get(address)
        if now is not None and _is_rest(now, renamed(formula, left), gap.gone, tables, in_place=in_place):
            found[address] = renamed(formula, gap.called)
    return found


def _is_rest(now: str, formula: str, gone: Sequence[str], tables: Mapping[str, str], *, in_place: bool) -> bool:
    """Return whether a formula is what was left of another when sheets were deleted, or their tables dissolved.

    Args:
        now: The formula as it stands; Excel writes ``#REF!$D$5`` for a cell of a deleted sheet.
        formula: What it was.
        gone: The sheets that it may have referred to.
        tables: Their tables.
        in_place: Whether all formulas of the sheet stand where they should: then the places behind ``#REF!`` may differ.
    """
    if _plain(now) == _plain(formula):
        return True
    sheets = "|".join(re.escape(f"{form}!") for one in gone for form in (one, quoted(one)))
    places = re.compile(rf"(?:{_LOST}|{sheets})({_PLACE})?", re.IGNORECASE)
    named = re.compile(rf"\b(?:{'|'.join(map(re.escape, tables)) or '(?!)'}){_COLUMNS}", re.IGNORECASE)

    def rest(text: str, kept: str) -> str:
        return _plain(named.sub(_GONE, places.sub(rf"{_GONE}{kept}", text)))

    if rest(now, r"\1") == rest(formula, r"\1"):
        return True
    return in_place and rest(now, "") == rest(formula, "")


def _plain(formula: str) -> str:
    """Return a formula without what programs spell differently."""
    return (
        formula.replace(" ", "").replace("_xlfn.", "").casefold().replace("true()", "true").replace("false()", "false")
    )


def _lost(workbook: Backend, mended: Mapping[str, Mapping[str, str]]) -> list[str]:
    """Return a line that names formulas that lost what they referred to and are not ours to mend."""
    found = [
        f"{quoted(sheet)}!{address}"
        for sheet in workbook.sheets()
        for address, formula in workbook.formulas(sheet).items()
        if _LOST in formula and address not in mended.get(sheet, {})
    ]
    if not found:
        return []
    more = f" and {len(found) - _MOST_NAMED} more" if len(found) > _MOST_NAMED else ""
    return [f"Formulas that lost what they referred to: {', '.join(found[:_MOST_NAMED])}{more}. Type them again."]
