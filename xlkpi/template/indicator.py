"""One indicator at a time: pick a code, and its figures, definition and chart follow by native formulas."""

from __future__ import annotations

from typing import Any

from xlsxwriter.worksheet import Worksheet

from xlkpi.calculate.status import Status
from xlkpi.model.register import Kind, Polarity
from xlkpi.template import indicator_cells as cells
from xlkpi.template.formulas import at, column, quarter_index, valid_row
from xlkpi.template.indicator_history import add_history
from xlkpi.template.outputs import CODES
from xlkpi.template.page import READ, Book, add_page, add_subtitle
from xlkpi.workbook.layout import (
    HELP_ROW,
    INDICATOR,
    REGISTER,
    RESULTS_TABLE,
    TITLE_ROW,
    TRENDS_TABLE_NAME,
    Name,
    trends_table,
)
from xlkpi.writers import look
from xlkpi.writers.look import PERCENT

_WIDTH, _LAST = 22.0, 6
_DASH = "–"
_BETTER = {
    Polarity.HIGHER: "higher is better",
    Polarity.LOWER: "lower is better",
    Polarity.RANGE: "inside the band is best",
    Polarity.NONE: "not rated",
}


def add_indicator(book: Book) -> None:
    """Add the sheet; it shows the first contract indicator of the register until somebody picks another."""
    title = f'=IF({cells.REGISTER_ROW}=0,"{INDICATOR}",{Name.PICKED}&"  "&{at(REGISTER, "title", cells.REGISTER_ROW)})'
    sheet = add_page(book, INDICATOR, title, READ)
    sheet.write_formula(TITLE_ROW - 1, 1, title, book.styles.named["xlkpi title"], INDICATOR)
    sheet.set_column(1, _LAST, _WIDTH)
    add_subtitle(book, sheet)
    _add_picker(book, sheet)
    _add_tiles(book, sheet)
    _add_about(book, sheet)
    _add_helpers(book, sheet)
    add_history(book, sheet)
    last_row = cells.CHART_ROW + max(book.content.trend_quarters, cells.CHART_ROWS)
    sheet.print_area(0, 0, last_row, cells.HISTORY_RIGHT)
    sheet.fit_to_pages(1, 1)


def _add_picker(book: Book, sheet: Worksheet) -> None:
    line = book.styles.get(font_color=look.GREY)
    section, polarity = at(REGISTER, "section", cells.REGISTER_ROW), cells.POLARITY
    words = '""'
    for one, text in _BETTER.items():
        words = f'IF({polarity}="{one.value}","{text}",{words})'
    numerator, denominator = (
        at(REGISTER, "numerator_label", cells.REGISTER_ROW),
        at(REGISTER, "denominator_label", cells.REGISTER_ROW),
    )
    multiplier = at(REGISTER, "multiplier", cells.REGISTER_ROW)
    times = f'IF(OR({multiplier}="",{multiplier}=1),""," × "&{multiplier})'
    counted = f'IF({numerator}="",""," · "&{numerator}&IF({denominator}="",""," ÷ "&{denominator})&{times})'
    formula = f'=IF({cells.REGISTER_ROW}=0,"",{section}&" · "&{words}&{counted})'
    sheet.write_formula(HELP_ROW - 1, 1, formula, line, "")
    sheet.set_row(HELP_ROW - 1, look.ONE_LINE)
    sheet.set_row(cells.PICK_ROW - 1, 24)
    sheet.write_string(cells.PICK_ROW - 1, 1, "Show measure", book.styles.get(bold=True, font_color=look.ACCENT))
    typed = {"bold": True, "num_format": look.TEXT_FORMAT, "align": "center"}
    border = dict.fromkeys(("top", "bottom", "left", "right"), 1) | {"border_color": look.ACCENT}
    sheet.write_string(cells.PICK_ROW - 1, 2, first_code(book), book.styles.like("xlkpi typed", **typed, **border))
    note = book.styles.like("xlkpi note", indent=1)
    sheet.write_string(cells.PICK_ROW - 1, 3, "Choose a code from the list; the whole sheet follows.", note)
    rule = {
        "validate": "list",
        "source": f"={CODES}",
        "input_title": "Show measure",
        "input_message": "Choose the code of a contract measure from the list.",
        "error_title": "Not a contract measure",
        "error_message": "Results have no such code. Choose one from the list.",
    }
    sheet.data_validation(cells.PICK_ROW - 1, 2, cells.PICK_ROW - 1, 2, rule)
    book.name(Name.PICKED, INDICATOR, f"$C${cells.PICK_ROW}")


def first_code(book: Book) -> str:
    """Return the first contract code of the register; empty where there is none."""
    fields = [one.field for one in REGISTER.columns if one.typed]
    kind, code = fields.index("kind"), fields.index("code")
    rows = book.content.rows.get(REGISTER.name, ())
    return next((str(row[code]) for row in rows if row[kind] == Kind.CONTRACT.value and row[code] is not None), "")


def _result(field: str) -> str:
    return at(RESULTS_TABLE, field, cells.RESULTS_ROW)


def _shown(figure: str) -> str:
    """Return a figure in its unit as text; a band stays as it is, nothing becomes a dash."""
    number = f'FIXED({figure},{cells.DECIMALS},TRUE)&IF({cells.UNIT}="{PERCENT}","{PERCENT}","")'
    return f'IF({cells.RESULTS_ROW}=0,"{_DASH}",IF({figure}="","{_DASH}",IF(ISNUMBER({figure}),{number},{figure})))'


def _change(before: str) -> str:
    """Return how far the outturn moved from an earlier one, in words."""
    now = _result("outturn")
    difference = f"({now}-{before})"
    amount = f"FIXED(ABS({difference}),{cells.DECIMALS},TRUE)"
    unit = f'IF({cells.UNIT}="{PERCENT}",IF({amount}="1"," point"," points"),"")'
    moved = f'IF({difference}>0,"▲ ","▼ ")&{amount}&{unit}'
    both = f'IF(ROUND({difference},{cells.DECIMALS})=0,"no change",{moved})'
    return f'IF({cells.RESULTS_ROW}=0,"",IF(AND(ISNUMBER({now}),ISNUMBER({before})),{both},""))'


def _tiles() -> tuple[tuple[str, str, str], ...]:
    cases = _result("cases_to_bound")
    counted = f'IF({cases}="","{_DASH}",{cases}&IF({cases}=1," case"," cases"))'
    gap = _result("gap")
    short = f'IF({gap}="","",FIXED({gap},{cells.DECIMALS}+1,TRUE)&IF({cells.UNIT}="{PERCENT}"," points","")&" outside")'
    status = f'IF({cells.RESULTS_ROW}=0,"",{_result("status")}&"")'
    return (
        ("Outturn", _shown(_result("outturn")), status),
        ("Target", _shown(_result("target")), f'IF({cells.UNIT}="{PERCENT}","",{cells.UNIT}&"")'),
        ("Tolerance", _shown(_result("tolerance")), f'IF({cells.RESULTS_ROW}=0,"",{short})'),
        ("Cases to tolerance", f'IF({cells.RESULTS_ROW}=0,"{_DASH}",{counted})', ""),
        ("Last quarter", _shown(_result("previous")), _change(_result("previous"))),
        ("Year ago", _shown(_result("year_ago")), _change(_result("year_ago"))),
    )


def _add_tiles(book: Book, sheet: Worksheet) -> None:
    row = cells.TILE_ROW - 1
    for offset, height in enumerate((22, 32, 22)):
        sheet.set_row(row + offset, height)
    sheet.set_row(row - 1, 9)
    for place, (label, value, note) in enumerate(_tiles(), 1):
        gap = {} if place == _LAST else {"right": 5, "right_color": look.WHITE}
        base: dict[str, Any] = {"bg_color": look.BAND, "indent": 1, "align": "left", **gap}
        sheet.write_string(row, place, label, book.styles.get(**base, font_color=look.GREY, font_size=10))
        sheet.write_formula(row + 1, place, "=" + value, book.styles.get(**base, bold=True, font_size=18), _DASH)
        style = book.styles.get(**base, font_color=look.GREY, font_size=10)
        if note:
            sheet.write_formula(row + 2, place, "=" + note, style, "")
        else:
            sheet.write_blank(row + 2, place, None, style)
    for status in Status:
        rule = {
            "type": "formula",
            "criteria": f'=$B${cells.TILE_ROW + 2}="{status.label}"',
            "format": book.styles.status(status),
        }
        sheet.conditional_format(row, 1, row + 2, 1, rule)


def _add_about(book: Book, sheet: Worksheet) -> None:
    label = book.styles.get(font_color=look.GREY, valign="top")
    text = book.styles.get(text_wrap=True, valign="top", align="left")
    owner, source = at(REGISTER, "owner", cells.REGISTER_ROW), at(REGISTER, "source", cells.REGISTER_ROW)
    definition = at(REGISTER, "definition", cells.REGISTER_ROW)
    both = f'IF({owner}="","{_DASH}",{owner})&IF({source}="",""," · "&{source})'
    rows = (
        (
            "Definition",
            f'=IF({cells.REGISTER_ROW}=0,"",IF({definition}="","{_DASH}",{definition}))',
            3 * look.FURTHER_LINE,
        ),
        ("Owner, source", f'=IF({cells.REGISTER_ROW}=0,"",{both})', look.ONE_LINE),
    )
    sheet.set_row(cells.ABOUT_ROW - 2, 9)
    for row, (name, formula, height) in enumerate(rows, cells.ABOUT_ROW - 1):
        sheet.set_row(row, height)
        sheet.write_string(row, 1, name, label)
        sheet.merge_range(row, 2, row, cells.HISTORY_RIGHT, "", text)
        sheet.write_formula(row, 2, formula, text, "")


def _add_helpers(book: Book, sheet: Worksheet) -> None:
    """Work out once what many formulas need: where the picked code stands, and how its figures are shown."""
    register = cells.REGISTER_ROW
    unit, decimals = at(REGISTER, "unit", register), at(REGISTER, "decimals", register)
    trends = trends_table(1, book.content.quarter)
    assert trends.name == TRENDS_TABLE_NAME
    formulas = (
        f"=IFERROR(MATCH({Name.PICKED},{column(RESULTS_TABLE, 'code')},0),0)",
        f"=IFERROR({quarter_index(Name.SHOWN)},0)",
        f"=IFERROR({valid_row(REGISTER, Name.PICKED, cells.QUARTER)},0)",
        f"=IFERROR(MATCH({Name.PICKED},{column(trends, 'code')},0),0)",
        f'=IF({register}=0,"",{unit}&"")',
        f"=IF({register}=0,0,IFERROR(0+{decimals},0))",
        f'=IF({cells.UNIT}="{PERCENT}","{PERCENT}","")&{cells.DECIMALS}',
        f'=IF({register}=0,"",{at(REGISTER, "polarity", register)}&"")',
    )
    quiet = book.styles.get(font_color=look.GREY, font_size=9, align="left", indent=1)
    left = cells.HELPERS_LEFT
    sheet.set_column(left - 1, left + 1, 11)
    sheet.write_string(
        cells.CHART_ROW - 2, left - 1, "target row", book.styles.get(font_color=look.GREY, font_size=9, align="right")
    )
    sheet.write_string(cells.CHART_ROW - 2, left, "for the formulas", quiet)
    for row, (label, formula) in enumerate(zip(cells.HELPERS, formulas, strict=True), cells.CHART_ROW - 1):
        sheet.write_string(row, left, label, quiet)
        sheet.write_formula(row, left + 1, formula, quiet, "")
