"""What if some cases more had been in time, or another target had been agreed: asked and answered by native formulas."""

from __future__ import annotations

from typing import Any

from xlsxwriter.chart import Chart
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from xlkpi.calculate.status import Status
from xlkpi.template import whatif_cells as cells
from xlkpi.template.formulas import FAULTY, FAULTY_TARGET, at
from xlkpi.template.indicator import first_code
from xlkpi.template.outputs import CODES
from xlkpi.template.page import READ, Book, add_help, add_page
from xlkpi.template.shown import add_thousands, add_unit_formats
from xlkpi.template.whatif_formulas import (
    answer_formula,
    comparison,
    own_formulas,
    shared_formulas,
)
from xlkpi.workbook.layout import HELP_ROW, REGISTER, SUBTITLE_ROW, WHAT_IF, Name
from xlkpi.writers import look

_LABELS, _WIDTH, _LAST = 27.0, 19.0, 5
_ROW_HEIGHT = 22.0
_CHART_LEFT, _CHART_WIDTH = 6, 8
_HELP = "Choose a measure and type in the tinted cells. Nothing typed here changes a figure of the report."
_DESCRIPTION = (
    "Column chart: the outturn of the chosen measure now and under what is asked, with its target as a dashed and its "
    "tolerance as a dotted line. The figures stand in the table at the left of the chart."
)
_ROW_LABELS = {
    "outturn": "Outturn",
    "target": "Target",
    "tolerance": "Tolerance",
    "status": "Status",
    "gap": "Gap to tolerance",
    "to_tolerance": "Cases to tolerance",
    "to_target": "Cases to target",
}
_FIGURES, _WHOLE = ("outturn", "target", "tolerance"), ("to_tolerance", "to_target")
_MOST_DECIMALS = 3
#: What the same questions look like in cells of one's own, where Python answers them.
_FUNCTIONS = (
    ("=KPI_STATUS(KPI_OUTTURN(4144+56,5600),85,75)", "the status of 4,200 of 5,600 against 85% and 75%"),
    ("=KPI_CASES_TO_BOUND(4144+{0;20;40},5600,85,75)", "for several at once, or a whole range: 56, 36 and 16"),
    ("=KPI_SUMMARY(tblResults[#All],tblRegister[#All],kpiShown)", "sections by status, spilled into a table"),
    ('=KPI_WHY("KPI_OUTTURN",9,0)', "in words, why a function gives an error"),
)


def add_what_if(book: Book) -> None:
    """Add the sheet; the worked example asks what would bring the first measure outside tolerance inside it."""
    sheet = add_page(book, WHAT_IF, "What if ...?", READ)
    sheet.set_column(1, 1, _LABELS)
    sheet.set_column(2, _LAST - 1, _WIDTH)
    sheet.set_column(_LAST, _LAST, 3)
    sheet.set_column(_CHART_LEFT, _CHART_LEFT + _CHART_WIDTH - 2, 9)
    title = f'=IFERROR("Quarter "&RIGHT({Name.QUARTER},1)&", "&LEFT({Name.QUARTER},7)&" · as typed on its sheet","")'
    subtitle = f"{book.content.quarter.title} · as typed on its sheet"
    sheet.write_formula(SUBTITLE_ROW - 1, 1, title, book.styles.named["xlkpi subtitle"], subtitle)
    add_help(book, sheet, _HELP)
    sheet.set_row(HELP_ROW - 1, look.ONE_LINE)
    _add_questions(book, sheet)
    _add_answer(book, sheet)
    _add_comparison(book, sheet)
    _add_functions(book, sheet)
    _add_helpers(book, sheet)
    _add_chart(book, sheet)
    sheet.print_area(0, 0, cells.FUNCTIONS_ROW + len(_FUNCTIONS), _CHART_LEFT + _CHART_WIDTH - 2)
    sheet.fit_to_pages(1, 1)


def _add_questions(book: Book, sheet: Worksheet) -> None:
    code, more = book.content.what_if or (first_code(book), None)
    numerator, denominator = (
        f'IF({cells.REGISTER_ROW}=0,"",{at(REGISTER, field, cells.REGISTER_ROW)}&"")'
        for field in ("numerator_label", "denominator_label")
    )
    title = f'IF({cells.REGISTER_ROW}=0,"Not in the register",{at(REGISTER, "title", cells.REGISTER_ROW)}&"")'
    now = cells.NOW
    rows = (
        ("Measure", Name.ASKED, code, f"={title}"),
        ("Cases more", Name.MORE, more, f'="fewer with a minus: "&{numerator}'),
        ("Out of how many more", Name.OUT_OF, None, f'="empty: out of as many as now: "&{denominator}'),
        ("Another target", Name.OTHER_TARGET, None, _agreed(cells.cell("target", now))),
        ("Another tolerance", Name.OTHER_TOLERANCE, None, _agreed(cells.cell("tolerance", now))),
    )
    label, note = book.styles.get(bold=True, font_color=look.ACCENT), book.styles.like("xlkpi note", indent=1)
    border = dict.fromkeys(("top", "bottom", "left", "right"), 1) | {"border_color": look.ACCENT}
    for row, (text, name, value, help_) in enumerate(rows, cells.ASK_ROW - 1):
        sheet.set_row(row, _ROW_HEIGHT)
        sheet.write_string(row, 1, text, label)
        as_text = {"num_format": look.TEXT_FORMAT} if name == Name.ASKED else {}
        style = book.styles.like("xlkpi typed", bold=True, align="center", **border, **as_text)
        if value is None:
            sheet.write_blank(row, 2, None, style)
        else:
            sheet.write(row, 2, value, style)
        sheet.write_formula(row, 3, help_, note, "")
        sheet.data_validation(row, 2, row, 2, _rule(name, text))
        book.name(name, WHAT_IF, f"$C${row + 1}")


def _agreed(cell: str) -> str:
    return f'="as a level or a band; empty: as agreed, "&{cell}'


def _rule(name: str, label: str) -> dict[str, Any]:
    base: dict[str, Any] = {"input_title": label, "error_title": f"{label}: not that"}
    if name == Name.ASKED:
        told = "Choose the code of a contract measure from the list."
        return base | {"validate": "list", "source": f"={CODES}", "input_message": told, "error_message": told}
    if name in (Name.MORE, Name.OUT_OF):
        told = "Type a number, with a minus for fewer. Empty: as now."
        limits = {"criteria": "between", "minimum": -(10**12), "maximum": 10**12}
        return base | {"validate": "decimal", **limits, "input_message": told, "error_message": told}
    cell = cells.OTHER_TARGET if name == Name.OTHER_TARGET else cells.OTHER_TOLERANCE
    told = "Type a level such as 85, or for polarity range a band such as 40..60. Empty: as agreed."
    formula = f'=OR(ISNUMBER({cell}),ISNUMBER(FIND("..",{cell})))'
    return base | {"validate": "custom", "value": formula, "input_message": told, "error_message": told}


def _add_answer(book: Book, sheet: Worksheet) -> None:
    row = cells.ANSWER_ROW - 1
    style = book.styles.get(bold=True, font_size=13, text_wrap=True, align="left", indent=1, bg_color=look.BAND)
    last = _CHART_LEFT + _CHART_WIDTH - 2
    sheet.merge_range(row, 1, row, last, "", style)
    sheet.write_formula(row, 1, "=" + answer_formula(), style, "")
    sheet.set_row(row, 36)
    sheet.set_row(row - 1, 9)
    sheet.set_row(row + 1, 9)
    _tint(book, sheet, (row, 1, row, last), cells.cell("status", cells.THEN))


def _tint(book: Book, sheet: Worksheet, span: tuple[int, int, int, int], status: str) -> None:
    for one in Status:
        rule = {"type": "formula", "criteria": f'={status}="{one.label}"', "format": book.styles.status(one)}
        sheet.conditional_format(*span, rule)
    wrong = f'=OR({status}="{FAULTY}",{status}="{FAULTY_TARGET}")'
    plain = book.styles.difference(font_color=look.FAULT, bold=True)
    sheet.conditional_format(*span, {"type": "formula", "criteria": wrong, "format": plain})


def _add_comparison(book: Book, sheet: Worksheet) -> None:
    heading: dict[str, Any] = {"bold": True, "font_color": look.WHITE, "bg_color": look.ACCENT}
    for place, text in enumerate(("", "Now", "What if", "Difference"), 1):
        sheet.write_string(cells.TABLE_ROW - 1, place, text, book.styles.get(**heading, align="right"))
    sheet.set_row(cells.TABLE_ROW - 1, 24)
    for place, row in enumerate(cells.ROWS, cells.TABLE_ROW):
        sheet.set_row(place, _ROW_HEIGHT)
        _write_label(book, sheet, place, row)
        for column, letters in enumerate((cells.NOW, cells.THEN, cells.DIFFERENCE), 2):
            formula = "=" + comparison(row, letters)
            sheet.write_formula(place, column, formula, _body(book, row, letters), "")
    _add_formats(book, sheet)


def _write_label(book: Book, sheet: Worksheet, place: int, row: str) -> None:
    style = book.styles.get(bottom=1, bottom_color=look.RULE, font_color=look.GREY, text_wrap=True)
    if row in _ROW_LABELS:
        sheet.write_string(place, 1, _ROW_LABELS[row], style)
        return
    field, noun = f"{row}_label", row.title()
    label = at(REGISTER, field, cells.REGISTER_ROW)
    sheet.write_formula(place, 1, f'=IF({cells.REGISTER_ROW}=0,"{noun}",IF({label}="","{noun}",{label}))', style, noun)


def _body(book: Book, row: str, column: str) -> Format:
    strong = row in {"outturn", "status"}
    changes = column == cells.DIFFERENCE
    style: dict[str, Any] = {"bottom": 1, "bottom_color": look.RULE, "align": "right", "bold": strong and not changes}
    if changes or row in {"target", "tolerance"}:
        style["font_color"] = look.GREY
    if changes:
        style["num_format"] = "+#,##0;-#,##0;–"
    elif row in _WHOLE:
        style["num_format"] = "#,##0"
    return book.styles.get(**style)


def _add_formats(book: Book, sheet: Worksheet) -> None:
    """Show figures in the unit of the measure, tint each status, let a difference of 0 step back."""
    rows = {row: cells.TABLE_ROW + place for place, row in enumerate(cells.ROWS)}
    status = rows["status"]
    for column, letters in ((2, cells.NOW), (3, cells.THEN)):
        _tint(book, sheet, (status, column, status, column), cells.cell("status", letters))
    add_thousands(book, sheet, (rows["numerator"], 2, rows["denominator"], 3))
    for row in _FIGURES:
        add_unit_formats(book, sheet, (rows[row], 2, rows[row], 3), cells.SHOWN_AS)
    for row in (*_FIGURES, "gap"):
        _add_signed_formats(book, sheet, rows[row])
    for decimals in range(_MOST_DECIMALS + 1):
        points = book.styles.difference(num_format=look.gap_format(look.PERCENT, decimals - 1))
        rule = {"type": "formula", "criteria": f'={cells.SHOWN_AS}="{look.PERCENT}{decimals}"', "format": points}
        sheet.conditional_format(rows["gap"], 2, rows["gap"], 3, rule)
        plain = book.styles.difference(num_format=look.gap_format("", decimals))
        rule = {"type": "formula", "criteria": f'={cells.SHOWN_AS}="{decimals}"', "format": plain}
        sheet.conditional_format(rows["gap"], 2, rows["gap"], 3, rule)


def _add_signed_formats(book: Book, sheet: Worksheet, row: int) -> None:
    for unit in (look.PERCENT, ""):
        for decimals in range(_MOST_DECIMALS + 1):
            rise, fall, _ = look.signed_format(unit, decimals).split(";")
            shown = book.styles.difference(num_format=f"{rise};{fall};–")
            rule = {"type": "formula", "criteria": f'={cells.SHOWN_AS}="{unit}{decimals}"', "format": shown}
            sheet.conditional_format(row, 4, row, 4, rule)


def _add_functions(book: Book, sheet: Worksheet) -> None:
    """Show as text what Python answers in cells of one's own; the sheet itself needs none of it."""
    row = cells.FUNCTIONS_ROW - 1
    heading = book.styles.get(bold=True, font_size=12, font_color=look.ACCENT, bottom=2, bottom_color=look.ACCENT)
    for column in range(1, _CHART_LEFT + _CHART_WIDTH - 1):
        sheet.write_blank(row, column, None, heading)
    sheet.write_string(row, 1, "The same in cells of your own", heading)
    sheet.set_row(row - 1, 12)
    sheet.set_row(row, 24)
    about = "Excel for Windows, in the workbook with macros (.xlsm). The sheet above works everywhere, without Python."
    sheet.write_string(row + 1, 1, about, book.styles.named["xlkpi note"])
    for place, (formula, text) in enumerate(_FUNCTIONS, row + 2):
        sheet.set_row(place, look.ONE_LINE)
        sheet.write_string(place, 1, formula, book.styles.get(font_name="Consolas", font_size=10))
        sheet.write_string(place, _LAST, text, book.styles.get(font_color=look.GREY))


def _add_helpers(book: Book, sheet: Worksheet) -> None:
    """Work out once what many formulas need."""
    quiet = book.styles.get(font_color=look.GREY, font_size=9, align="left", indent=1)
    left = cells.HELPERS_LEFT
    sheet.set_column(left - 1, left - 1, 3)
    sheet.set_column(left, left + 2, 15)
    for place, text in enumerate(("for the formulas", "now", "what if")):
        sheet.write_string(cells.HELPERS_ROW - 2, left + place, text, quiet)
    for row, (name, formula) in enumerate(zip(cells.SHARED, shared_formulas(), strict=True), cells.HELPERS_ROW - 1):
        sheet.write_string(row, left, name, quiet)
        sheet.write_formula(row, left + 1, "=" + formula, quiet, "")
    both = zip(cells.OWN, own_formulas(cells.NOW), own_formulas(cells.THEN), strict=True)
    for row, (name, now, then) in enumerate(both, cells.OWN_ROW - 1):
        sheet.write_string(row, left, name, quiet)
        sheet.write_formula(row, left + 1, "=" + now, quiet, "")
        sheet.write_formula(row, left + 2, "=" + then, quiet, "")
    lines = f"{cells.own('target line', cells.NOW)}:{cells.own('upper tolerance', cells.THEN)}"
    sheet.ignore_errors({"eval_error": lines})


def _add_chart(book: Book, sheet: Worksheet) -> None:
    columns: Chart = book.workbook.add_chart({"type": "column"})
    lines: Chart = book.workbook.add_chart({"type": "line"})
    columns.add_series(_outturns())
    for name in ("target line", "tolerance line", "upper target", "upper tolerance"):
        lines.add_series(_line(name))
    columns.combine(lines)
    font = {"name": look.FONT, "size": 10, "color": look.GREY}
    columns.set_title({"none": True})
    columns.set_legend({"position": "top", "font": font, "delete_series": [3, 4]})
    axis = {"num_font": font, "line": {"none": True}, "major_tick_mark": "none", "minor_tick_mark": "none"}
    grid = {"visible": True, "line": {"color": look.RULE, "width": 0.75}}
    columns.set_y_axis({**axis, "min": 0, "major_gridlines": grid})
    columns.set_x_axis({**axis, "num_font": {**font, "size": 11, "color": look.INK}, "line": {"color": look.RULE}})
    columns.set_chartarea({"border": {"none": True}, "fill": {"none": True}})
    columns.set_plotarea({"fill": {"none": True}})
    columns.set_size({"width": 484, "height": 292})
    place = {"object_position": 3, "description": _DESCRIPTION}
    sheet.insert_chart(cells.TABLE_ROW - 1, _CHART_LEFT, columns, place)


_CATEGORIES = f"='{WHAT_IF}'!${cells.NOW}${cells.TABLE_ROW}:${cells.THEN}${cells.TABLE_ROW}"


def _outturns() -> dict[str, Any]:
    """Return the two columns, each labelled inside in the unit of the measure."""
    now, then = (cells.cell("outturn", column) for column in (cells.NOW, cells.THEN))
    font = {"name": look.FONT, "size": 12, "bold": True}
    labels = [
        {"value": f"='{WHAT_IF}'!{cells.own('label', column)}", "font": {**font, "color": colour}}
        for column, colour in ((cells.NOW, look.INK), (cells.THEN, look.WHITE))
    ]
    return {
        "name": "Outturn",
        "categories": _CATEGORIES,
        "values": f"='{WHAT_IF}'!{now}:{then}",
        "fill": {"color": look.ACCENT},
        "points": [{"fill": {"color": look.RULE}}, {"fill": {"color": look.ACCENT}}],
        "gap": 90,
        "data_labels": {"value": True, "position": "inside_base", "font": font, "custom": labels},
    }


def _line(name: str) -> dict[str, Any]:
    is_target = "target" in name
    colour = look.STATUS_PAIRS[Status.ON if is_target else Status.INSIDE].text
    now, then = (cells.own(name, column) for column in (cells.NOW, cells.THEN))
    return {
        "name": name.removesuffix(" line").capitalize(),
        "categories": _CATEGORIES,
        "values": f"='{WHAT_IF}'!{now}:{then}",
        "line": {"color": colour, "width": 2, "dash_type": "dash" if is_target else "round_dot"},
        "marker": {"type": "long_dash", "size": 7, "fill": {"color": colour}, "border": {"none": True}},
    }
