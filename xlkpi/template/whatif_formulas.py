"""The native formulas of the What-if sheet: the rules of the quarter sheets, asked of other figures."""

from __future__ import annotations

from xlkpi.calculate.status import Status
from xlkpi.model.period import Quarter
from xlkpi.model.register import Polarity
from xlkpi.template import whatif_cells as at_cell
from xlkpi.template.formulas import (
    FAULTY,
    FAULTY_TARGET,
    at,
    compared,
    is_share,
    multiplier_at,
    not_below,
    outturn_formula,
    quarter_index,
    side,
    valid_row,
    within,
)
from xlkpi.template.whatif_cells import DIFFERENCE, NOW, THEN, band, cell, own
from xlkpi.workbook.layout import REGISTER, TARGETS, Name, quarter_table
from xlkpi.writers.look import PERCENT

DASH = "–"
#: More digits than are printed, since a case more changes little.
_DIGITS = f'({at_cell.DECIMALS}+IF({at_cell.UNIT}="{PERCENT}",2,1))'
_ROW, _CODE = at_cell.REGISTER_ROW, at_cell.CODE
#: Binary noise below this many decimals is no case.
_CASE_DECIMALS = 9
#: A table of quarters has the same headings in every quarter.
_ANY = quarter_table(Quarter(2018, 1))


def typed(field: str) -> str:
    """Return a cell of the measure's row on the quarter's sheet, empty where it is.

    The sheets of quarters come and go; a table is found by its name, since formulas may not hold on to it.
    """
    found = f'INDEX(INDIRECT({at_cell.TABLE}&"[{_ANY.heading(field)}]"),{at_cell.PLACE})'
    return f'IF({at_cell.PLACE}=0,"",IF({found}="","",{found}))'


def shared_formulas() -> tuple[str, ...]:
    """Return the formulas of the helper cells that both columns share, in their order."""
    quarter = f"IFERROR({quarter_index(Name.QUARTER)},0)"
    unit, decimals = at(REGISTER, "unit", _ROW), at(REGISTER, "decimals", _ROW)
    name = Name.QUARTER
    for mark in ("/", " ", "-"):
        name = f'SUBSTITUTE({name},"{mark}","_")'
    codes = f'INDIRECT({at_cell.TABLE}&"[{_ANY.heading("code")}]")'
    is_percent = f'{at_cell.UNIT}="{PERCENT}"'
    return (
        f"IFERROR({valid_row(REGISTER, _CODE, quarter)},0)",
        f"IFERROR({valid_row(TARGETS, _CODE, quarter)},0)",
        f'"tblQ_"&{name}',
        f"IF({_ROW}=0,0,IFERROR(MATCH({_CODE},{codes},0),0))",
        f'IF({_ROW}=0,"",{unit}&"")',
        f"IF({_ROW}=0,0,IFERROR(0+{decimals},0))",
        f'IF({is_percent},"{PERCENT}","")&MIN(3,{_DIGITS})',
        f'IF({_ROW}=0,"",{at(REGISTER, "polarity", _ROW)}&"")',
        f'IF(OR({is_percent},LEFT({at_cell.UNIT},4)="per "),1,0)',
    )


def own_formulas(column: str) -> tuple[str, ...]:
    """Return the formulas of the helper cells of one column, in their order."""
    agreed = f'IF({at_cell.TARGET_ROW}=0,"",IF({at(TARGETS, "target", at_cell.TARGET_ROW)}="","",{{}}))'
    target = agreed.format(at(TARGETS, "target", at_cell.TARGET_ROW))
    sides = [agreed.format(at(TARGETS, name.replace(" ", "_"), at_cell.TARGET_ROW)) for name in at_cell.SIDES]
    value = typed("value")
    if column == THEN:
        target = f'IF({at_cell.OTHER_TARGET}="",{own("target as typed", NOW)},{at_cell.OTHER_TARGET})'
        sides = [_other_side(name) for name in at_cell.SIDES]
        value = f'IF({cell("numerator", THEN)}="",{own("value", NOW)},"")'
    label = f'IFERROR({figure_text(column)},"")'
    return (value, target, *sides, *_lines(column), label)


def _other_side(name: str) -> str:
    """Return a side of a band under another target or tolerance; what is not asked about stays as agreed, as a level."""
    is_low, is_on = name.endswith("from"), name.startswith("on")
    target, polarity = own("target as typed", THEN), at_cell.POLARITY
    other_target = side(target, target, polarity, is_low=is_low)
    if is_on:
        return f'IF({at_cell.OTHER_TARGET}="",{own(name, NOW)},{other_target})'
    tolerance = at_cell.OTHER_TOLERANCE
    typed_one = side(tolerance, tolerance, polarity, is_low=is_low)
    kept = f'IF({own(name, NOW)}="",{other_target},{own(name, NOW)})'
    return f'IF({target}="","",IF({tolerance}="",{kept},{typed_one}))'


def _lines(column: str) -> tuple[str, ...]:
    """Return what the lines of the chart stand at; the upper ones lie on the others where there is no band."""
    is_lower, is_range = (f'{at_cell.POLARITY}="{one.value}"' for one in (Polarity.LOWER, Polarity.RANGE))
    found = []
    for name in ("on", "inside"):
        low, high = band(name, column)
        found.append((f"IF({is_lower},{high},{low})", f"IF(OR({is_lower},{is_range}),{high},{low})"))
    (target, upper_target), (tolerance, upper_tolerance) = found
    lines = (target, tolerance, upper_target, upper_tolerance)
    return tuple(f"IF(ISNUMBER({line}),{line},NA())" for line in lines)


def comparison(row: str, column: str) -> str:
    """Return the formula of a cell of the comparison."""
    if column == DIFFERENCE:
        return _difference(row)
    return {
        "numerator": _count("numerator", at_cell.MORE, column),
        "denominator": _count("denominator", at_cell.OUT_OF, column),
        "outturn": _outturn(column),
        "target": _level("on", column),
        "tolerance": _level("inside", column),
        "status": _status(column),
        "gap": _gap(column),
        "to_tolerance": _cases("inside", column),
        "to_target": _cases("on", column),
    }[row]


def _count(field: str, more: str, column: str) -> str:
    if column == NOW:
        return typed(field)
    now = cell(field, NOW)
    return f'IF({now}="","",IF({more}="",{now},IFERROR({now}+{more},"?")))'


def _outturn(column: str) -> str:
    return outturn_formula(cell("numerator", column), cell("denominator", column), own("value", column), _ROW)


def _level(kind: str, column: str) -> str:
    """Return a target or tolerance as a level, or as ``40 to 60``."""
    low, high = band(kind, column)
    both = f'{low}&" to "&{high}'
    one = f'IF({at_cell.POLARITY}="{Polarity.LOWER.value}",{high},{low})'
    shown = f'IF({at_cell.POLARITY}="{Polarity.RANGE.value}",IF(ISNUMBER({low}),{both},"{DASH}"),{one})'
    return f'IF({low}="","{DASH}",{shown})'


def _status(column: str) -> str:
    outturn, target = cell("outturn", column), own("target as typed", column)
    typed_ones = (cell("numerator", column), cell("denominator", column), own("value", column))
    empty = ",".join(f'{one}=""' for one in typed_ones)
    nothing = f'IF(AND({empty}),"{Status.NO_DATA.label}","{FAULTY}")'
    on, inside = band("on", column), band("inside", column)
    encloses = f"AND({not_below(on[0], inside[0])},{not_below(inside[1], on[1])})"
    rated = f'IFERROR(IF({encloses},{compared(outturn, _ROW, on, inside)},"{FAULTY_TARGET}"),"{FAULTY_TARGET}")'
    lone = f'AND({target}="",{at_cell.OTHER_TOLERANCE}<>"")' if column == THEN else "FALSE"
    no_target = f'IF({lone},"{FAULTY_TARGET}","{Status.NO_TARGET.label}")'
    judged = f'IF({outturn}="",{nothing},IF({target}="",{no_target},{rated}))'
    return f'IF({at_cell.PLACE}=0,"{DASH}",{judged})'


def _rated(column: str, found: str) -> str:
    """Return a distance where there is a status to be near to, a dash elsewhere."""
    status = cell("status", column)
    known = ",".join(f'{status}="{one.label}"' for one in Status if one.is_rated)
    return f'IF(OR({known}),{found},"{DASH}")'


def _gap(column: str) -> str:
    outturn, (low, high) = cell("outturn", column), band("inside", column)
    return _rated(column, f"IF({within(outturn, (low, high))},0,MAX({low}-{outturn},{outturn}-{high}))")


def _cases(kind: str, column: str) -> str:
    """Return the fewest cases that would reach a band: up to its lower side, or down to its upper; a dash if none would."""
    n, d, outturn = (cell(row, column) for row in ("numerator", "denominator", "outturn"))
    low, high = band(kind, column)
    multiplier = multiplier_at(_ROW)
    up = f"ROUNDUP(ROUND({low}*{d}/{multiplier}-{n},{_CASE_DECIMALS}),0)"
    down = f"ROUNDUP(ROUND({n}-{high}*{d}/{multiplier},{_CASE_DECIMALS}),0)"
    more, fewer = f"({n}+{up})", f"({n}-{down})"
    fits = f"OR(NOT(AND({is_share(_ROW)})),{more}<={d})"
    raised, lowered = (f"{moved}*{multiplier}/{d}" for moved in (more, fewer))
    upwards = f'IF(AND({fits},{not_below(high, raised)}),{up},"{DASH}")'
    downwards = f'IF(AND({fewer}>=0,{not_below(lowered, low)}),{down},"{DASH}")'
    found = f"IF({not_below(outturn, low)},{downwards},{upwards})"
    reached = f"IF({within(outturn, (low, high))},0,{found})"
    return _rated(column, f'IF(AND({at_cell.IN_CASES}=1,ISNUMBER({n})),{reached},"{DASH}")')


def figure_text(column: str) -> str:
    """Return an outturn as a sentence says it: as many digits as tell it apart from a bound that it misses by a case."""
    percent = f'IF({at_cell.UNIT}="{PERCENT}","{PERCENT}"," "&{at_cell.UNIT})'
    return f"ROUND({cell('outturn', column)},{_DIGITS})&{percent}"


def answer_formula() -> str:
    """Return the sentence that answers the question, or says what to ask."""
    more, out_of, code = at_cell.MORE, at_cell.OUT_OF, at_cell.CODE
    asked = f"AND({','.join(f'{one}={_EMPTY}' for one in (more, out_of, *_OTHERS))})"
    cases = f'IF({more}="","",ABS({more})&IF({more}<0," fewer"," more"))'
    wider = (
        f'IF({out_of}="","",IF({more}="",""," and ")&ABS({out_of})&IF({out_of}<0," fewer"," more")&" to count from")'
    )
    other = (
        f'IF(AND({",".join(f"{one}={_EMPTY}" for one in _OTHERS)}),"",IF({more}&{out_of}="",""," and ")&"that target")'
    )
    then = f'{code}&" would be "&{figure_text(THEN)}&": "&{cell("status", THEN)}'
    now = f'", instead of "&{figure_text(NOW)}&": "&{cell("status", NOW)}&"."'
    whole = f'"With "&{cases}&{wider}&{other}&", "&{then}&{now}'
    failed = f'{code}&": "&{cell("status", THEN)}&"."'
    hint = f'{code}&" is "&{figure_text(NOW)}&": "&{cell("status", NOW)}&". Type what to change above."'
    ask = f'"Choose a measure that stands on the sheet of "&{Name.QUARTER}&"."'
    return f"IF({at_cell.PLACE}=0,{ask},IFERROR(IF({asked},{hint},{whole}),{failed}))"


_EMPTY = '""'
_OTHERS = (at_cell.OTHER_TARGET, at_cell.OTHER_TOLERANCE)


def _difference(row: str) -> str:
    now, then = cell(row, NOW), cell(row, THEN)
    if row == "status":
        ranks = ",".join(f'"{one.label}"' for one in sorted((s for s in Status if s.is_rated), key=lambda s: s.rank))
        before, after = (f"MATCH({one},{{{ranks}}},0)" for one in (now, then))
        moved = f'IF({after}>{before},"▲ better",IF({after}<{before},"▼ worse","unchanged"))'
        return f'IF({now}={then},"unchanged",IFERROR({moved},"changed"))'
    if row in {"target", "tolerance"}:
        return f'IF({now}={then},"",IF(AND(ISNUMBER({now}),ISNUMBER({then})),{then}-{now},"changed"))'
    return f'IF(AND(ISNUMBER({now}),ISNUMBER({then})),{then}-{now},"")'
