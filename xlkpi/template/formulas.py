"""The native formulas of the input sheets: they give outturn and status while somebody types, with no Python at hand.

All of them are computed by Excel 2016 and later, Excel for Mac, Excel for the web and LibreOffice 7.4. A quarter is
compared as a whole number that grows by one a quarter; a code as the text ``k:`` and the code, so that 1.10 and 1.1 stay two.
"""

from __future__ import annotations

from xlkpi.calculate.outturn import Judged
from xlkpi.calculate.status import Status
from xlkpi.model.register import Kind, Polarity, ToleranceBasis
from xlkpi.workbook.layout import QUARTER_CELL, REGISTER, TARGETS, Name, Table
from xlkpi.writers.look import PERCENT

#: What the status cell of a quarter sheet says where there is no status to tell.
UNKNOWN = "not in the register"
FAULTY = "Check the figures"
FAULTY_TARGET = "Check the target"
#: Stands for an open side of a band; cells show it as a dash.
OPEN = "1E+300"
#: Before the first and after the last quarter there can be.
ALWAYS, FOREVER = 0, 999_999
#: Binary noise below this many decimals never decides at a boundary.
_DECIMALS = 12


def this(table: Table, field: str) -> str:
    """Return the reference to a cell of the same row.

    Examples:
        >>> this(REGISTER, "first")
        'tblRegister[[#This Row],[Valid from]]'
    """
    return f"{table.name}[[#This Row],[{table.heading(field)}]]"


def column(table: Table, field: str) -> str:
    """Return the reference to all data cells of a column."""
    return f"{table.name}[{table.heading(field)}]"


def at(table: Table, field: str, row: str) -> str:
    """Return the reference to the cell of a column in a data row, of which 1 is the first."""
    return f"INDEX({column(table, field)},{row})"


def quarter_index(label: str) -> str:
    """Return the whole number of the quarter whose label a cell holds."""
    return f"(4*LEFT({label},4)+RIGHT({label},1))"


def valid_row(table: Table, code: str, quarter: str) -> str:
    """Return the data row of a code that is valid in a quarter, 0 where there is none."""
    key, first, last = (column(table, field) for field in ("key", "first_index", "last_index"))
    return f'SUMIFS({column(table, "row")},{key},"k:"&{code},{first},"<="&{quarter},{last},">="&{quarter})'


def _key(table: Table) -> dict[str, str]:
    code, first, last = (this(table, field) for field in ("code", "first", "last"))
    return {
        "key": f'IF({code}="","","k:"&TRIM({code}))',
        "first_index": f'IF({first}="",{ALWAYS},IFERROR({quarter_index(first)},{FOREVER}))',
        "last_index": f'IF({last}="",{FOREVER},IFERROR({quarter_index(last)},-1))',
        "row": f"ROW()-ROW({table.name}[[#Headers],[{table.heading('code')}]])",
    }


def register_formulas() -> dict[str, str]:
    """Return the formula of each worked column of the register, by field."""
    return _key(REGISTER)


def targets_formulas() -> dict[str, str]:
    """Return the formula of each worked column of the targets, by field."""
    key, first = this(TARGETS, "key"), this(TARGETS, "first_index")
    dated = valid_row(REGISTER, f"TRIM({this(TARGETS, 'code')})", first)
    any_row = f"MATCH({key},{column(REGISTER, 'key')},0)"
    row = f"IF({dated}=0,{any_row},{dated})"
    return {
        "title": f'IFERROR({at(REGISTER, "title", row)}&"","")',
        "polarity": f'IFERROR({at(REGISTER, "polarity", row)}&"","")',
        **_bands(),
        **_key(TARGETS),
    }


def _bands() -> dict[str, str]:
    target, tolerance, polarity = (this(TARGETS, field) for field in ("target", "tolerance", "polarity"))
    outer = f'IF({tolerance}="",{target},{tolerance})'
    return {
        "on_from": side(target, target, polarity, is_low=True),
        "on_to": side(target, target, polarity, is_low=False),
        "inside_from": side(_bound("-"), target, polarity, is_low=True, band=outer),
        "inside_to": side(_bound("+"), target, polarity, is_low=False, band=outer),
    }


def _bound(sign: str) -> str:
    """Return the level that a tolerance stands for; a width is taken off the target, or added where lower is better."""
    target, tolerance, basis = (this(TARGETS, field) for field in ("target", "tolerance", "basis"))
    points = f'IF({basis}="{ToleranceBasis.POINTS.value}",{target}{sign}{tolerance},"")'
    percent = f"{target}{sign}ABS({target})*{tolerance}/100"
    width = f'IF({basis}="{ToleranceBasis.PERCENT.value}",{percent},{points})'
    level = f'IF(OR({basis}="",{basis}="{ToleranceBasis.LEVEL.value}"),{tolerance},{width})'
    return f'IF({tolerance}="",{target},{level})'


def side(level: str, target: str, polarity: str, *, is_low: bool, band: str = "") -> str:
    """Return one side of the band that a level stands for, empty where it stands for none.

    Args:
        level: What closes the side where higher, or lower, is better.
        target: As typed: without it there is no band.
        polarity: Which way is better.
        is_low: Whether the lower side is wanted.
        band: Where a band such as 40..60 stands; the target itself where nothing is said.
    """
    closed, other = (Polarity.HIGHER, Polarity.LOWER) if is_low else (Polarity.LOWER, Polarity.HIGHER)
    text = band or target
    part = f'LEFT({text},FIND("..",{text})-1)' if is_low else f'MID({text},FIND("..",{text})+2,99)'
    number = f'_xlfn.NUMBERVALUE({part},".",",")'
    ranged = f'IF({polarity}="{Polarity.RANGE.value}",{number},"")'
    open_side = f"-{OPEN}" if is_low else OPEN
    levels = f'IF({polarity}="{other.value}",IF(ISNUMBER({target}),{open_side},""),{ranged})'
    known = f'IF({polarity}="{closed.value}",IF(ISNUMBER({target}),{level},""),{levels})'
    return f'IF({target}="","",IFERROR({known},""))'


def quarter_formulas(table: Table) -> dict[str, str]:
    """Return the formula of each worked column of a quarter's sheet, by field."""
    code, row = this(table, "code"), this(table, "register_row")
    quarter = quarter_index("$" + QUARTER_CELL[0] + "$" + QUARTER_CELL[1:])
    numerator, denominator = at(REGISTER, "numerator_label", row), at(REGISTER, "denominator_label", row)
    decimals = f"(0+{at(REGISTER, 'decimals', row)})"
    percent = f'IF({at(REGISTER, "unit", row)}="{PERCENT}","{PERCENT}","")'
    return {
        "title": f'IF({row}=0,"",{at(REGISTER, "title", row)}&"")',
        "counted": f'IF({row}=0,"",{numerator}&IF({denominator}="",""," ÷ "&{denominator}))',
        "outturn": _outturn(table),
        "target": _target(table),
        "tolerance": _tolerance(table),
        "status": _status(table),
        "register_row": f'IF({code}="",0,IFERROR({valid_row(REGISTER, f"TRIM({code})", quarter)},0))',
        "target_row": f'IF({code}="",0,IFERROR({valid_row(TARGETS, f"TRIM({code})", quarter)},0))',
        "shown_as": f'IF({row}=0,"",IFERROR({percent}&{decimals},""))',
    }


def _outturn(table: Table) -> str:
    n, d, v, row = (this(table, field) for field in ("numerator", "denominator", "value", "register_row"))
    return outturn_formula(n, d, v, row)


def outturn_formula(n: str, d: str, v: str, row: str) -> str:
    """Return the outturn of counts or a value, empty where nothing is typed or where what is typed cannot be right."""
    multiplier = multiplier_at(row)
    figure = f"{n}*{multiplier}/{d}"
    faults = (
        *(f'AND({one}<>"",NOT(ISNUMBER({one})))' for one in (n, d, v)),
        f'({n}="")<>({d}="")',
        f'AND({d}<>"",{d}<=0)',
        f'AND({n}<>"",{n}<0)',
        f'AND({v}<>"",{v}<0)',
        f'AND({n}<>"",{is_share(row)},{n}>{d})',
    )
    differs = f"SUMPRODUCT(--(ROUND({figure},{{0,1,2,3,4,5,6}})={v}))=0"
    both = f'IF({n}="",{v},IF({v}="",{figure},IF({differs},"",{figure})))'
    typed = f'IF(OR({",".join(faults)}),"",{both})'
    return f'IF({row}=0,"",IFERROR(IF(AND({n}="",{d}="",{v}=""),"",{typed}),""))'


def multiplier_at(row: str) -> str:
    """Return what a quotient is multiplied by; 1 where the register leaves it empty."""
    return f'IF({at(REGISTER, "multiplier", row)}="",1,{at(REGISTER, "multiplier", row)})'


def is_share(row: str) -> str:
    """Return two conditions that both hold where the numerator is a part of the denominator."""
    return f'{at(REGISTER, "unit", row)}="{PERCENT}",{at(REGISTER, "denominator_label", row)}<>""'


def _target(table: Table) -> str:
    row = this(table, "target_row")
    target = at(TARGETS, "target", row)
    return f'IF({row}=0,"",IF({target}="","",{_band_text(target)}))'


def _tolerance(table: Table) -> str:
    """Return the bound: the tolerance as a level, which is the target itself where none is typed."""
    row = this(table, "target_row")
    target, tolerance, polarity = (at(TARGETS, field, row) for field in ("target", "tolerance", "polarity"))
    outer = f'IF({tolerance}="",{_band_text(target)},{_band_text(tolerance)})'
    lower = f'IF({polarity}="{Polarity.LOWER.value}",{at(TARGETS, "inside_to", row)},{outer})'
    level = f'IF({polarity}="{Polarity.HIGHER.value}",{at(TARGETS, "inside_from", row)},{lower})'
    return f'IF({row}=0,"",IF({target}="","",{level}))'


def _band_text(typed: str) -> str:
    """Return a level as typed, a band such as 40..60 as 40 to 60."""
    return f'IF(ISNUMBER({typed}),{typed},SUBSTITUTE(SUBSTITUTE({typed}," ",""),".."," to "))'


def _status(table: Table) -> str:
    code, row, target_row = (this(table, field) for field in ("code", "register_row", "target_row"))
    outturn = this(table, "outturn")
    typed = "&".join(f"TRIM({this(table, field)})" for field in ("numerator", "denominator", "value"))
    nothing = f'IF(IFERROR(LEN({typed}),1)=0,"{Status.NO_DATA.label}","{FAULTY}")'
    rated = f'IFERROR({_compared(outturn, row, target_row)},"{FAULTY_TARGET}")'
    no_target = f'IF({target_row}=0,TRUE,{at(TARGETS, "target", target_row)}="")'
    judged = f'IF({outturn}="",{nothing},IF({no_target},"{Status.NO_TARGET.label}",{rated}))'
    context = f'IF({at(REGISTER, "kind", row)}="{Kind.CONTEXT.value}","",{judged})'
    return f'IF({code}="","",IF({row}=0,"{UNKNOWN}",{context}))'


def _compared(outturn: str, row: str, target_row: str) -> str:
    on, inside = ((at(TARGETS, f"{band}_from", target_row), at(TARGETS, f"{band}_to", target_row)) for band in _BANDS)
    return compared(outturn, row, on, inside)


_BANDS = ("on", "inside")


def compared(outturn: str, row: str, on: tuple[str, str], inside: tuple[str, str]) -> str:
    """Return the status of an outturn, with its mark; an error where a band is not known.

    Args:
        outturn: The exact figure.
        row: Of the register.
        on: Both sides of the figures on target.
        inside: Both sides of those inside tolerance or better.
    """
    shown = f"ROUND({outturn},0+{at(REGISTER, 'decimals', row)})"
    figure = f'IF({Name.JUDGED}="{Judged.SHOWN.value}",{shown},{outturn})'
    inside_or_not = f'IF({within(figure, inside)},"{Status.INSIDE.label}","{Status.OUTSIDE.label}")'
    return f'IF({within(figure, on)},"{Status.ON.label}",{inside_or_not})'


def within(figure: str, band: tuple[str, str]) -> str:
    """Return whether a figure lies in a band; a boundary does."""
    low, high = band
    return f"AND({not_below(figure, low)},{not_below(high, figure)})"


def not_below(one: str, other: str) -> str:
    """Return whether one figure reaches another, noise of binary fractions apart."""
    return f"ROUND(({one}-{other})/MAX(1,ABS({other})),{_DECIMALS})>=0"


def title_formula() -> str:
    """Return the heading of a quarter's sheet, from the label in its quarter cell: ``Quarter 2, 2018/19``."""
    return f'=IFERROR("Quarter "&RIGHT({QUARTER_CELL},1)&", "&LEFT({QUARTER_CELL},7),"")'


def dates_formula() -> str:
    """Return the days of a quarter's sheet, from the label in its quarter cell: ``1 July to 30 September 2018``."""
    year = f"LEFT({QUARTER_CELL},4)"
    days = f'"1 April to 30 June "&{year},"1 July to 30 September "&{year},"1 October to 31 December "&{year}'
    return f'=IFERROR(CHOOSE(RIGHT({QUARTER_CELL},1),{days},"1 January to 31 March "&({year}+1)),"")'
