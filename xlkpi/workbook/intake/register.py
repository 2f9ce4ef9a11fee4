"""The register and its targets: rows to frozen values, with every rule that spans more than one cell."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from xlkpi.model.number import plain
from xlkpi.model.period import Quarter
from xlkpi.model.register import Band, Indicator, Kind, Register, Target, TargetError, bands
from xlkpi.workbook.intake.rows import RegisterRow, TargetRow
from xlkpi.workbook.intake.tables import Sheet

_LONGEST_CODE = 20
_MOST_DECIMALS = 6
#: Wildcards and quotes in a code would change what the workbook's own formulas look up.
_NOT_IN_CODES = set('*?~"|')


def read_register(sheet: Sheet[RegisterRow], targets: Sheet[TargetRow]) -> Register:
    """Return the register; faults are noted on the sheets."""
    rows = list(sheet.rows())
    for index, row in rows:
        _check_row(sheet, index, row)
    _check_sections(sheet, rows)
    _check_orders(sheet, rows)
    indicators = [_indicator(sheet, index, row) for index, row in rows]
    _check_codes(sheet, rows)
    ordered = sorted(indicators, key=lambda one: (one.list_order is None, one.list_order or 0))
    by_code: dict[str, list[Indicator]] = defaultdict(list)
    for one in indicators:
        by_code[one.code.casefold()].append(one)
    return Register(ordered, list(_read_targets(targets, by_code)))


def _indicator(sheet: Sheet[RegisterRow], index: int, row: RegisterRow) -> Indicator:
    return Indicator(
        code=row["code"],
        title=row["title"],
        section=row["section"],
        section_order=row["section_order"] or 0,
        list_order=row["list_order"],
        kind=row["kind"],
        polarity=row["polarity"],
        unit=row["unit"],
        decimals=row["decimals"] or 0,
        numerator_label=row["numerator_label"],
        denominator_label=row["denominator_label"],
        multiplier=1 if row["multiplier"] is None else row["multiplier"],
        basis=row["basis"],
        first=row["first"],
        last=row["last"],
        breaks=row["breaks"],
        definition=row["definition"],
        owner=row["owner"],
        source=row["source"],
        provenance=row["provenance"],
        note=row["note"],
        where=sheet.where(index, "code"),
        row=index + 1,
    )


def _check_row(sheet: Sheet[RegisterRow], index: int, row: RegisterRow) -> None:
    code = row["code"]
    if not code:
        sheet.add(index, "code", "the code is empty", "Type the code, for example A4, or clear the row.")
    elif len(code) > _LONGEST_CODE or _NOT_IN_CODES & set(code):
        cure = f"Use at most {_LONGEST_CODE} letters, digits, points and dashes."
        sheet.add(index, "code", f"the code is '{code}', which formulas cannot look up", cure)
    if not row["title"]:
        sheet.add(index, "title", "the title is empty", "Type the title as the report prints it.")
    if not row["unit"]:
        sheet.add(index, "unit", "the unit is empty", "Type %, days, count or per 1,000.")
    if (row["decimals"] or 0) > _MOST_DECIMALS:
        sheet.add(index, "decimals", f"the decimals are {row['decimals']}, more than {_MOST_DECIMALS}", "Type 0 to 6.")
    multiplier = row["multiplier"]
    if multiplier is not None and multiplier <= 0:
        what = f"the multiplier is {plain(multiplier)}, which is not above 0"
        sheet.add(index, "multiplier", what, "Type 100 for a percentage, 1 for a mean or count.")
    if row["first"] and row["last"] and row["last"] < row["first"]:
        what = f"valid to is {row['last'].label}, before valid from, {row['first'].label}"
        sheet.add(index, "last", what, "Type the later quarter, or leave it empty.")
    if row["kind"] is Kind.CONTRACT:
        _check_contract_row(sheet, index, row)


def _check_contract_row(sheet: Sheet[RegisterRow], index: int, row: RegisterRow) -> None:
    if not row["section"]:
        sheet.add(index, "section", "the section is empty", "Type the section under which the report counts it.")
    if row["section_order"] is None:
        sheet.add(index, "section_order", "the section order is empty", "Type the place of the section: 1, 2, 3 ...")
    if row["list_order"] is None:
        sheet.add(index, "list_order", "the list order is empty", "Type the place of the indicator in lists: 1, 2, 3 ...")


def _check_sections(sheet: Sheet[RegisterRow], rows: Iterable[tuple[int, RegisterRow]]) -> None:
    """Note sections whose spelling and order disagree: a misspelt section would be counted as one of its own."""
    by_order: dict[object, str] = {}
    by_name: dict[str, object] = {}
    for index, row in rows:
        name, order = row["section"], row["section_order"]
        if row["kind"] is not Kind.CONTRACT or not name or order is None:
            continue
        first, place = by_order.setdefault(order, name), by_name.setdefault(name, order)
        if first != name:
            what = f"the section is '{name}', unknown: section {plain(order)} is '{first}' further up"
            sheet.add(index, "section", what, f"Spell it '{first}', or give it a section order of its own.")
        elif place != order:
            what = f"the section order is {plain(order)}, but '{name}' has another further up"
            sheet.add(index, "section_order", what, "Give every row of a section the same order.")


def _check_orders(sheet: Sheet[RegisterRow], rows: Iterable[tuple[int, RegisterRow]]) -> None:
    seen: dict[tuple[Kind, object], list[tuple[int, RegisterRow]]] = defaultdict(list)
    for index, row in rows:
        if row["list_order"] is None:
            continue
        for other, taken in seen[row["kind"], row["list_order"]]:
            if _overlap(row["first"], row["last"], taken["first"], taken["last"]):
                what = f"the list order is {plain(row['list_order'])}, which {taken['code']} has too"
                what += f" ({sheet.where(other, 'list_order')})"
                sheet.add(index, "list_order", what, "Give each indicator a place of its own.")
        seen[row["kind"], row["list_order"]].append((index, row))


def _check_codes(sheet: Sheet[RegisterRow], rows: Iterable[tuple[int, RegisterRow]]) -> None:
    seen: dict[str, list[tuple[int, RegisterRow]]] = defaultdict(list)
    for index, row in rows:
        code = row["code"]
        for other, taken in seen[code.casefold()] if code else ():
            if _overlap(row["first"], row["last"], taken["first"], taken["last"]):
                what = f"the code is '{code}', which stands at {sheet.where(other, 'code')} for the same quarters"
                sheet.add(index, "code", what, "Give one another code, or set valid from and valid to so that they do not meet.")
                break
        seen[code.casefold()].append((index, row))


def _overlap(first: Quarter | None, last: Quarter | None, other: Quarter | None, end: Quarter | None) -> bool:
    return not ((last and other and last < other) or (end and first and end < first))


def _read_targets(sheet: Sheet[TargetRow], indicators: dict[str, list[Indicator]]) -> Iterable[Target]:
    by_code: dict[str, list[tuple[int, TargetRow]]] = defaultdict(list)
    for index, row in sheet.rows():
        known = indicators.get(row["code"].casefold())
        if not row["code"]:
            sheet.add(index, "code", "the code is empty", "Type a code of the register, or clear the row.")
        elif known is None:
            what = f"the code is '{row['code']}', which is not in the register"
            sheet.add(index, "code", what, "Correct the code, or add the indicator to the register first.")
        else:
            by_code[known[0].code].append((index, row))
            yield from _target(sheet, index, row, known)
    for code, rows in by_code.items():
        _check_dates(sheet, code, rows)


def _target(sheet: Sheet[TargetRow], index: int, row: TargetRow, known: list[Indicator]) -> Iterable[Target]:
    if row["first"] and row["last"] and row["last"] < row["first"]:
        what = f"valid to is {row['last'].label}, before valid from, {row['first'].label}"
        sheet.add(index, "last", what, "Type the later quarter, or leave it empty.")
        return
    indicator = next((one for one in known if row["first"] is None or one.covers(row["first"])), known[0])
    on, inside = None, None
    if row["target"] is None:
        if row["tolerance"] is not None:
            sheet.add(index, "target", "the target is empty, but there is a tolerance", "Type the target, or clear both.")
            return
    else:
        try:
            on, inside = bands(row["target"], row["tolerance"], indicator.polarity, row["basis"])
        except TargetError as error:
            what = f"target {_level(row['target'])} and tolerance {_level(row['tolerance'])}: {error}"
            cure = f"Correct one of them, or the polarity of {indicator.code} ({indicator.where})."
            sheet.add(index, "tolerance", what, cure)
            return
    yield Target(
        indicator.code,
        row["first"],
        row["last"],
        on,
        inside,
        row["clause"],
        row["note"],
        sheet.where(index, "target"),
        index + 1,
    )


def _level(value: object) -> str:
    if value is None:
        return "(empty)"
    return f"{value.low}..{value.high}" if isinstance(value, Band) else str(value)


def _check_dates(sheet: Sheet[TargetRow], code: str, rows: list[tuple[int, TargetRow]]) -> None:
    """Note rows of one code that overlap in time, or leave quarters between them without a row."""
    ordered = sorted(rows, key=lambda one: one[1]["first"].index if one[1]["first"] else 0)
    for (before, earlier), (index, later) in zip(ordered, ordered[1:], strict=False):
        end, start = earlier["last"], later["first"]
        if start is None or end is None or start <= end:
            what = f"the targets of {code} overlap: {sheet.where(before, 'first')} is still valid then"
            sheet.add(index, "first", what, "Set valid to of the earlier row to the quarter before this one starts.")
        elif end.shift(1) != start:
            gap = end.shift(1).label if end.shift(2) == start else f"{end.shift(1).label} to {start.previous.label}"
            what = f"the targets of {code} leave a gap: no row covers {gap}"
            sheet.add(index, "first", what, "Let the rows meet; where no target was set, add a row with an empty target.")
