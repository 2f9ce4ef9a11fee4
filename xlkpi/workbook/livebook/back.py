"""What takes changes of an open workbook back: worked out before they are made."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from xlkpi.errors import FileUnusable
from xlkpi.workbook.backend import Value, place
from xlkpi.workbook.livebook.changes import Changes, Duplicate, Link, Rectangle, Resize, rectangles, typed_in
from xlkpi.workbook.livebook.picture import Content, Grid, Listed, Seen, Spot, areas
from xlkpi.workbook.ooxml.address import LAST_COLUMN, LAST_ROW, Area, parse_area

_WHOLE = Area(1, 1, LAST_ROW, LAST_COLUMN)


def reverse(changes: Changes, seen: Seen) -> tuple[Changes, str]:
    """Return what takes changes back, and why that is not all; empty where it is.

    A sheet that goes is made anew from a sheet of the same form, with its own cells, number formats and links. What a person
    did to its looks by hand is the one thing that does not come back.

    Args:
        changes: What is about to be done.
        seen: The workbook as it stands now.
    """
    fresh = changes.fresh
    resizes = [one for one in changes.resizes if one.after.sheet not in fresh]
    back = Changes(
        calculate=changes.calculate,
        tables=[next((to.after for to in resizes if to.before == one), one) for one in changes.tables],
        resizes=[Resize(one.after, one.before, one.tail) for one in resizes],
        removed=[one.sheet for one in changes.copies],
        left=changes.made,
    )
    touched = _touched(changes, resizes)
    for sheet in [sheet for sheet in touched if sheet not in fresh]:
        back.rectangles += rectangles(sheet, touched[sheet], seen.grid(sheet))
        _formats_before(back, changes, sheet, _moving(resizes, sheet), seen)
        _links_before(back, changes, sheet, _moving(resizes, sheet), seen)
    why = _PUT_BACK if changes.puts or changes.names else ""
    for sheet in changes.removed:
        found = _model(sheet, fresh | set(changes.removed), seen)
        if found is None:
            why = f"the sheet {sheet} was removed, and no other has its form"
        else:
            _rebuild(back, sheet, found, set(changes.removed), seen)
    return back, why


def _touched(changes: Changes, resizes: Iterable[Resize]) -> dict[str, set[Spot]]:
    """Return the cells that are written, cleared or moved, by sheet: as far as they were there before."""
    found: dict[str, set[Spot]] = {sheet: set() for sheet in changes.sheets()}
    for one in changes.rectangles:
        found[one.sheet].update(_spots(one))
    for size in resizes:
        here, columns = found[size.before.sheet], range(size.before.left, size.before.left + size.before.width)
        here -= {
            Spot(row, column) for row in range(size.before.bottom + 1, size.after.bottom + 1) for column in columns
        }
    return {sheet: spots | _moving(resizes, sheet) for sheet, spots in found.items()}


def _moving(resizes: Iterable[Resize], sheet: str) -> set[Spot]:
    """Return the cells of a sheet that were there before and do not stay as they are when tables change their size."""
    return {
        Spot(row, column)
        for one in resizes
        if one.before.sheet == sheet
        for row in range(one.settled + 1, one.before.bottom + 1)
        for column in range(one.before.left, one.before.left + one.before.width)
    }


def _spots(one: Rectangle) -> Iterator[Spot]:
    for down, row in enumerate(one.rows):
        yield from (Spot(one.top + down, one.left + across) for across in range(len(row)))


def _inside(addresses: Iterable[str]) -> set[Spot]:
    found: set[Spot] = set()
    for address in addresses:
        area = parse_area(address)
        assert area is not None, address
        rows, columns = range(area.top, area.bottom + 1), range(area.left, area.right + 1)
        found |= {Spot(row, column) for row in rows for column in columns}
    return found


def _formats_before(back: Changes, changes: Changes, sheet: str, moving: set[Spot], seen: Seen) -> None:
    written = _inside(address for found in changes.formats.get(sheet, {}).values() for address in found)
    gained = _gained(changes, sheet)
    _format(back, sheet, seen.formats(sheet, sorted((written | moving) - gained)))


def _format(back: Changes, sheet: str, codes: Mapping[Spot, str]) -> None:
    by_text: dict[str, list[Spot]] = {}
    for spot, text in codes.items():
        by_text.setdefault(text, []).append(spot)
    if by_text:
        back.formats[sheet] = {text: areas(spots) for text, spots in by_text.items()}


def _gained(changes: Changes, sheet: str) -> set[Spot]:
    """Return the cells of rows that a table gets: when they go, everything about them goes."""
    return {
        Spot(row, column)
        for one in changes.resizes
        if one.after.sheet == sheet
        for row in range(one.before.bottom + 1, one.after.bottom + 1)
        for column in range(one.after.left, one.after.left + one.after.width)
    }


def _links_before(back: Changes, changes: Changes, sheet: str, moving: set[Spot], seen: Seen) -> None:
    known, now = seen.links(sheet), seen.grid(sheet)
    linked = {link.spot for link in changes.links if link.sheet == sheet} - _gained(changes, sheet)
    lost = _inside(address for where, address in changes.unlinked if where == sheet)
    for spot in sorted((linked | lost | moving) & known.keys()):
        text = now.at(*spot).value
        if isinstance(text, str):
            back.links.append(Link(sheet, spot, text, known[spot]))
    back.unlinked += [(sheet, address) for address in areas(linked - known.keys())]


def _rebuild(back: Changes, sheet: str, tables: tuple[Listed, Listed], gone: set[str], seen: Seen) -> None:
    """Have a sheet that goes made anew from a sheet of the same form."""
    own, model = tables
    order = [one for one in seen.outline.sheets if one == sheet or one not in gone]
    at = order.index(sheet)
    beside = order[at - 1] if at else order[1]
    back.copies.append(Duplicate(model.sheet, sheet, model.name, own.name, beside, behind=at > 0))
    start = replace(model, name=own.name, sheet=sheet)
    if start.height != own.height:
        back.resizes.append(Resize(start, own, 0))
    wanted, there = seen.grid(sheet), seen.grid(model.sheet)
    last = min(start.bottom, own.bottom)
    inside = Area(last + 1, own.left, max(start.bottom, own.bottom), own.left + own.width - 1)
    copied = Grid(
        {
            spot: one if one.formula is None else Content(None, one.formula.replace(model.name, own.name))
            for spot, one in there.cells.items()
            if not inside.holds(*spot)
        }
    )
    differing = {spot for spot in wanted.cells | copied.cells if _differ(wanted.at(*spot), copied.at(*spot))}
    back.rectangles += rectangles(sheet, differing, wanted)
    codes, others = seen.formats(sheet, wanted.cells), seen.formats(model.sheet, wanted.cells)
    _format(back, sheet, {spot: one for spot, one in codes.items() if others.get(spot) != one or spot.row > last})
    links = {spot: one for spot, one in seen.links(sheet).items() if seen.links(model.sheet).get(spot) != one}
    texts = {spot: wanted.at(*spot).value for spot in links}
    back.links += [Link(sheet, spot, text, links[spot]) for spot, text in texts.items() if isinstance(text, str)]
    back.made[sheet] = typed_in(wanted)


def _differ(one: Content, other: Content) -> bool:
    if one.formula is not None or other.formula is not None:
        return one.formula != other.formula
    return one.value != other.value or type(one.value) is not type(other.value)


def _model(sheet: str, gone: set[str], seen: Seen) -> tuple[Listed, Listed] | None:
    """Return the table of a sheet that goes, and that of the nearest sheet of the same form; None where there is none."""
    by_sheet: dict[str, list[Listed]] = {}
    for listed in seen.outline.tables.values():
        by_sheet.setdefault(listed.sheet, []).append(listed)
    own = by_sheet.get(sheet, [])
    order = list(seen.outline.sheets)
    if len(own) == 1 and not own[0].totals:
        for other in sorted(set(order) - gone, key=lambda one: abs(order.index(one) - order.index(sheet))):
            tables = by_sheet.get(other, [])
            if len(tables) == 1 and _alike(own[0], tables[0], seen):
                return own[0], tables[0]
    return None


def _alike(own: Listed, other: Listed, seen: Seen) -> bool:
    def form(listed: Listed) -> object:
        place_of = (listed.top, listed.left, listed.width, listed.totals)
        return place_of, seen.headings(listed), seen.protection(listed.sheet), list(seen.merged(listed.sheet, _WHOLE))

    return form(own) == form(other)


def refuse_other_form(name: str, back: Changes, seen: Seen) -> None:
    """Refuse to take changes back in a workbook that is no longer as they left it.

    Args:
        name: The workbook.
        back: What would be done.
        seen: The workbook as it stands now.

    Raises:
        FileUnusable: Where tables or sheets are not where they were, or somebody worked in a sheet that would go.
    """
    outline, fresh = seen.outline, {one.sheet for one in back.copies}
    before = [*back.tables, *(one.before for one in back.resizes if one.before.sheet not in fresh)]
    for listed in before:
        if outline.tables.get(listed.name) != listed:
            raise FileUnusable(_OTHER_FORM.format(name, f"the table {listed.name}"))
    for sheet in {*back.sheets(), *back.removed, *(one.source for one in back.copies)} - fresh:
        if sheet not in outline.sheets:
            raise FileUnusable(_OTHER_FORM.format(name, f"the sheet {sheet}"))
    for one in back.copies:
        if one.sheet in outline.sheets or one.table in outline.tables or one.old_table not in outline.tables:
            raise FileUnusable(_OTHER_FORM.format(name, f"the sheet {one.sheet}"))
    for sheet in back.removed:
        _refuse_loss(name, sheet, back.left.get(sheet, []), seen)


def _refuse_loss(name: str, sheet: str, left: list[tuple[int, int, Value]], seen: Seen) -> None:
    """Refuse to remove a sheet in which somebody worked since it was made."""
    now = {(row, column): value for row, column, value in typed_in(seen.grid(sheet))}
    then = {(row, column): value for row, column, value in left}
    for spot in sorted(now.keys() | then.keys()):
        if now.get(spot) != then.get(spot):
            raise FileUnusable(_WORKED_ON.format(name, place(sheet, *spot), sheet))
    for listed in seen.outline.tables.values():
        words = [one for one in seen.leftovers(listed) if " " in one] if listed.sheet == sheet else []
        if words:
            raise FileUnusable(_HOLDS.format(name, sheet, words[0]))
    seen.refuse_referred(sheet)


#: Other sheets and names refer to what was put back; it could not go again without breaking them.
_PUT_BACK = "it put deleted sheets or names back"
_OTHER_FORM = (
    "{}: {} is no longer as the last change left it, so that the change cannot be undone. Nothing was changed."
)
_WORKED_ON = (
    "{0}: {1} was changed since the sheet {2} was added, and undoing would delete that. Empty or restore the cell and try "
    "again, or delete the sheet by hand (right click on its tab). Nothing was changed."
)
_HOLDS = (
    "{0}: the sheet {1} holds {2} by now, which undoing would delete. Delete it, or delete the sheet by hand (right click on "
    "its tab). Nothing was changed."
)
