"""The register and its targets: rows to frozen values, with every rule that spans more than one cell."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from xlkpi.model.number import Number, plain
from xlkpi.model.period import Quarter, quarter_of_index
from xlkpi.model.register import PERCENT, Band, Indicator, Kind, Register, Target, TargetError, ToleranceBasis, bands
from xlkpi.workbook.intake.aliases import check_aliases, check_titles
from xlkpi.workbook.intake.codes import Codes, overlap
from xlkpi.workbook.intake.rows import RegisterRow, TargetRow
from xlkpi.workbook.intake.tables import Sheet

_LONGEST_CODE = 20
_MOST_DECIMALS = 6
_OF_PERCENT = 100
_ONE_EACH = "Give one another code, or set valid from and valid to so that they do not meet."
#: Wildcards and quotes in a code would change what the workbook's own formulas look up.
_NOT_IN_CODES = set('*?~"|')


def read_register(sheet: Sheet[RegisterRow], targets: Sheet[TargetRow]) -> Register:
    """Return the register; faults are noted on the sheets."""
    rows = list(sheet.rows())
    for index, row in rows:
        _check_row(sheet, index, row)
    _check_sections(sheet, rows)
    _check_orders(sheet, rows)
    _check_codes(sheet, rows)
    check_titles(sheet, rows)
    check_aliases(sheet, rows)
    spellings: dict[str, str] = {}
    for _, row in rows:
        spellings.setdefault(row["code"].casefold(), row["code"])
    indicators = [_indicator(sheet, index, row, spellings[row["code"].casefold()]) for index, row in rows]
    ordered = sorted(indicators, key=lambda one: (one.list_order is None, one.list_order or 0))
    return Register(ordered, list(_read_targets(targets, Codes(sheet, indicators))))


def _indicator(sheet: Sheet[RegisterRow], index: int, row: RegisterRow, code: str) -> Indicator:
    return Indicator(
        code=code,
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
        small_numbers=row["small_numbers"],
        provenance=row["provenance"],
        note=row["note"],
        aliases=row.get("aliases", ()),
        where=sheet.where(index, "code"),
        row=index + 1,
    )


def _check_row(sheet: Sheet[RegisterRow], index: int, row: RegisterRow) -> None:
    code = row["code"]
    if not code:
        sheet.add(index, "code", "the code is empty", "Type the code, for example A4, or clear the row.")
        sheet.doubt(code)
    elif len(code) > _LONGEST_CODE or _NOT_IN_CODES & set(code):
        cure = f"Use at most {_LONGEST_CODE} letters, digits, points and dashes."
        sheet.add(index, "code", f"the code is '{code}', which formulas cannot look up", cure)
    if not row["title"]:
        sheet.add(index, "title", "the title is empty", "Type the title as the report prints it.")
    if not row["unit"]:
        sheet.add(index, "unit", "the unit is empty", "Type %, days, count or per 1,000.")
    if (row["decimals"] or 0) > _MOST_DECIMALS:
        what = f"the number of decimals is {row['decimals']}, more than {_MOST_DECIMALS}"
        sheet.add(index, "decimals", what, f"Type 0 to {_MOST_DECIMALS}.")
    _check_multiplier(sheet, index, row)
    if row["first"] and row["last"] and row["last"] < row["first"]:
        what = f"valid to is {row['last'].label}, before valid from, {row['first'].label}"
        sheet.add(index, "last", what, "Type the later quarter, or leave it empty.")
        sheet.doubt(code)
    if row["kind"] is Kind.CONTRACT:
        _check_contract_row(sheet, index, row)


def _check_multiplier(sheet: Sheet[RegisterRow], index: int, row: RegisterRow) -> None:
    multiplier = row["multiplier"]
    if multiplier is not None and multiplier <= 0:
        what = f"the multiplier is {plain(multiplier)}, which is not above 0"
        sheet.add(index, "multiplier", what, "Type 100 for a percentage, 1 for a mean or count.")
    elif row["unit"] == PERCENT and row["denominator_label"] and multiplier != _OF_PERCENT:
        typed = "empty" if multiplier is None else plain(multiplier)
        what = f"the multiplier is {typed}, but the unit is % and the figure is worked out from counts"
        sheet.add(index, "multiplier", what, "Type 100.")
    else:
        return
    sheet.doubt(row["code"])


def _check_contract_row(sheet: Sheet[RegisterRow], index: int, row: RegisterRow) -> None:
    if not row["section"]:
        sheet.add(index, "section", "the section is empty", "Type the section under which the report counts it.")
    if row["section_order"] is None:
        sheet.add(index, "section_order", "the section order is empty", "Type the place of the section: 1, 2, 3 ...")
    if row["list_order"] is None:
        cure = "Type the place of the indicator in lists: 1, 2, 3 ..."
        sheet.add(index, "list_order", "the list order is empty", cure)


def _check_sections(sheet: Sheet[RegisterRow], rows: Iterable[tuple[int, RegisterRow]]) -> None:
    """Note sections whose spelling and order disagree: a misspelt section would be counted as one of its own."""
    names: dict[Number, tuple[str, int]] = {}
    orders: dict[str, tuple[Number, int]] = {}
    for index, row in rows:
        name, order = row["section"], row["section_order"]
        if row["kind"] is not Kind.CONTRACT or not name or order is None:
            continue
        (first, at), (place, there) = names.get(order, (name, index)), orders.get(name, (order, index))
        if place != order:
            what = f"the section order is {plain(order)}, but '{name}' has {plain(place)}"
            what += f" in {sheet.where(there, 'section_order')}"
            sheet.add(index, "section_order", what, "Give every row of a section the same order.")
        elif first != name:
            what = f"the section is '{name}', but section {plain(order)} is '{first}' in {sheet.where(at, 'section')}"
            sheet.add(index, "section", what, f"Spell it '{first}', or give it a section order of its own.")
        else:
            names[order], orders[name] = (first, at), (place, there)


def _check_orders(sheet: Sheet[RegisterRow], rows: Iterable[tuple[int, RegisterRow]]) -> None:
    seen: dict[tuple[Kind, Number], list[tuple[int, RegisterRow]]] = defaultdict(list)
    for index, row in rows:
        order = row["list_order"]
        if order is None:
            continue
        for other, taken in seen[row["kind"], order]:
            if overlap(row["first"], row["last"], taken["first"], taken["last"]):
                what = f"the list order is {plain(order)}, which {taken['code']} has, too"
                what += f" ({sheet.where(other, 'list_order')})"
                sheet.add(index, "list_order", what, "Give each indicator a place of its own.")
                break
        else:
            seen[row["kind"], order].append((index, row))


def _check_codes(sheet: Sheet[RegisterRow], rows: Iterable[tuple[int, RegisterRow]]) -> None:
    seen: dict[str, list[tuple[int, RegisterRow]]] = defaultdict(list)
    for index, row in rows:
        code = row["code"]
        for other, taken in seen[code.casefold()] if code else ():
            if overlap(row["first"], row["last"], taken["first"], taken["last"]):
                what = f"the code is '{code}', which stands at {sheet.where(other, 'code')} for the same quarters"
                sheet.add(index, "code", what, _ONE_EACH)
                sheet.doubt(code)
                break
        seen[code.casefold()].append((index, row))


def _read_targets(sheet: Sheet[TargetRow], codes: Codes) -> Iterable[Target]:
    by_code: dict[str, list[tuple[int, TargetRow]]] = defaultdict(list)
    meanings: dict[str, Sequence[Indicator]] = {}
    for index, row in sheet.rows():
        known = codes.meanings(sheet, index, row["code"])
        if not known:
            continue
        code = known[0].code
        if row["first"] and row["last"] and row["last"] < row["first"]:
            what = f"valid to is {row['last'].label}, before valid from, {row['first'].label}"
            sheet.add(index, "last", what, "Type the later quarter, or leave it empty.")
            sheet.doubt(code)
            continue
        meanings[code] = known
        by_code[code].append((index, row))
        if target := _target(sheet, index, row, known):
            yield target
    for code, rows in by_code.items():
        if not sheet.is_unclear(code):
            _check_dates(sheet, meanings[code], rows)


def _target(sheet: Sheet[TargetRow], index: int, row: TargetRow, known: Sequence[Indicator]) -> Target | None:
    indicator = _meaning(sheet, index, row, known)
    if indicator is None:
        return None
    on, inside = None, None
    if row["target"] is not None:
        try:
            on, inside = bands(row["target"], row["tolerance"], indicator.polarity, row["basis"])
        except TargetError as error:
            _note_target(sheet, index, row, indicator, error)
            return None
    elif row["tolerance"] is not None:
        sheet.add(index, "target", "the target is empty, but there is a tolerance", "Type the target, or clear both.")
        return None
    return Target(
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


def _meaning(sheet: Sheet[TargetRow], index: int, row: TargetRow, known: Sequence[Indicator]) -> Indicator | None:
    """Return the indicator that a row is for; the meanings of a code that was used again differ by date."""
    met = [one for one in known if overlap(row["first"], row["last"], one.first, one.last)]
    if len(known) == 1 or len(met) == 1:
        return (met or known)[0]
    cells = " and ".join(one.where for one in known)
    covered = "more than one" if met else "none"
    what = f"the code is '{known[0].code}', which has several meanings ({cells})"
    what += f", and the dates of the row meet {covered}"
    sheet.add(index, "code", what, "Set valid from and valid to so that they meet one.")
    sheet.doubt(known[0].code)
    return None


def _note_target(sheet: Sheet[TargetRow], index: int, row: TargetRow, indicator: Indicator, error: TargetError) -> None:
    what, both = f"the target is {_level(row['target'])}", row["tolerance"] is not None
    if both:
        unit = "" if row["basis"] is ToleranceBasis.LEVEL else f" {row['basis'].value}"
        what += f" and the tolerance {_level(row['tolerance'])}{unit}"
    cure = f"Correct {'one of them' if both else 'it'}, or the polarity of {indicator.code} ({indicator.where})."
    sheet.add(index, "target" if error.is_target else "tolerance", f"{what}: {error}", cure)


def _level(value: Number | Band | None) -> str:
    if isinstance(value, Band):
        return "..".join(plain(side) for side in (value.low, value.high) if side is not None)
    return "(empty)" if value is None else plain(value)


def _check_dates(sheet: Sheet[TargetRow], meanings: Sequence[Indicator], rows: Sequence[tuple[int, TargetRow]]) -> None:
    """Note rows of one code that overlap in time, or that leave quarters between them without a row."""
    ordered = sorted(rows, key=lambda one: one[1]["first"].index if one[1]["first"] else 0)
    (before, earlier), *later_rows = ordered
    for index, later in later_rows:
        end, start = earlier["last"], later["first"]
        if start is None or end is None or start <= end:
            ends = f"runs to {end.label}" if end else "has no end"
            what = f"valid from is {_named(start)}, but the row before {ends} ({sheet.where(before, 'last')})"
            cure = f"Set valid to of that row to {start.previous.label}." if start else _ONE_AFTER_ANOTHER
            sheet.add(index, "first", what, cure)
        elif missing := [one for one in _between(end, start) if any(known.covers(one) for known in meanings)]:
            span = missing[0].label if len(missing) == 1 else f"{missing[0].label} to {missing[-1].label}"
            what = f"valid from is {start.label}, but the row before ends with {end.label}: no row covers {span}"
            sheet.add(index, "first", what, _LET_THEM_MEET)
        if end is not None and (later["last"] is None or later["last"] > end):
            before, earlier = index, later


_ONE_AFTER_ANOTHER = "Let the rows follow each other without meeting."
_LET_THEM_MEET = "Let the rows meet; where no target was set, add a row with an empty target."


def _named(quarter: Quarter | None) -> str:
    return "empty" if quarter is None else quarter.label


def _between(end: Quarter, start: Quarter) -> Iterable[Quarter]:
    return (quarter_of_index(index) for index in range(end.index + 1, start.index))
