"""The sheets that somebody types into, apart from the quarters'."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from xlsxwriter.worksheet import Worksheet

from xlkpi.template.cached import register_values, target_values
from xlkpi.template.formulas import register_formulas, targets_formulas
from xlkpi.template.page import ENTER, Book, Drawing, add_help, add_page, draw, print_for_people
from xlkpi.template.shown import add_thousands
from xlkpi.template.styles import TEXT_SHAPES
from xlkpi.template.validation import add_validation
from xlkpi.workbook.backend import Value
from xlkpi.workbook.layout import (
    AUDITS,
    COHORTS,
    CONTEXT_INPUTS,
    FIRST_ROW,
    HISTORY,
    INSPECTIONS,
    REGISTER,
    SUBTITLE_ROW,
    TARGETS,
    Name,
    Table,
)

#: The register is too wide to be read on one page.
_REGISTER_PAGES = 3
#: The codes of the register, for lists.
CODES = "kpiRegisterCodes"
_COUNTS = ("numerator", "denominator", "value")
_CODE_LIST: dict[str, Any] = {
    "validate": "list",
    "source": f"={CODES}",
    "error_type": "warning",
    "error_message": "The register has no such code. Add it there first, or choose one from the list.",
}


def add_register(book: Book) -> None:
    """Add the register: one row for each indicator."""
    help_text = (
        "One row for each measure. Tinted cells are typed; a code that comes to mean something else gets a second row."
    )
    drawing = _with_formulas(book, REGISTER, register_formulas(), register_values(book.content))
    sheet = _add(book, [drawing], help_text, frozen="title")
    sheet.fit_to_pages(_REGISTER_PAGES, 0)
    sheet.repeat_columns(0, REGISTER.left - 1 + REGISTER.index("title"))
    book.name(CODES, REGISTER.sheet, drawing.reference("code"))


def add_targets(book: Book) -> None:
    """Add the targets: one row for each target and the quarters that it judges."""
    help_text = (
        "One row for each target and its dates. To change a target, close its row with Valid to and add another."
    )
    drawing = _with_formulas(book, TARGETS, targets_formulas(), target_values(book.content))
    _add(book, [drawing], help_text, frozen="code", rules={"code": _CODE_LIST})


def add_history(book: Book) -> None:
    """Add the quarters before those that have a sheet of their own."""
    help_text = "Quarters before those that have a sheet of their own. A correction here is reported as a restatement."
    _add(book, [_plain(book, HISTORY)], help_text, frozen="code", rules={"code": _CODE_LIST})


def add_context_inputs(book: Book) -> None:
    """Add the figures that are never rated."""
    help_text = "Figures that are shown and never rated: contacts, referrals, children in need. By quarter or by month."
    _add(book, [_plain(book, CONTEXT_INPUTS)], help_text, frozen="code", rules={"code": _CODE_LIST})


def add_breakdowns(book: Book) -> None:
    """Add the parts of indicators, and the audits by grade, side by side."""
    help_text = "Left: parts of a measure, for example visits by cohort. Right: case file audits by grade."
    rules = {"code": _CODE_LIST}
    _add(book, [_plain(book, COHORTS), _plain(book, AUDITS)], help_text, frozen="", rules=rules)


def add_inspections(book: Book) -> None:
    """Add the inspections."""
    help_text = "One row for each judgement of each inspection, and one for each inspection that is expected."
    _add(book, [_plain(book, INSPECTIONS)], help_text, frozen="")


def _plain(book: Book, table: Table) -> Drawing:
    return Drawing(table, book.content.rows.get(table.name, ()), is_input=True, about=f"{table.sheet}: typed.")


def _with_formulas(
    book: Book,
    table: Table,
    formulas: Mapping[str, str],
    worked: Sequence[Sequence[Value]],
) -> Drawing:
    typed = book.content.rows.get(table.name) or [[None] * sum(column.typed for column in table.columns)]
    rows = [[*cells, *results] for cells, results in zip(typed, worked, strict=True)]
    return Drawing(
        table, rows, formulas, is_input=True, about=f"{table.sheet}: typed, with worked columns at the right."
    )


def _add(
    book: Book,
    drawings: Sequence[Drawing],
    help_text: str,
    *,
    frozen: str,
    rules: dict[str, dict[str, Any]] | None = None,
) -> Worksheet:
    """Add a sheet with its tables; columns up to ``frozen`` stay in sight."""
    first = drawings[0]
    sheet = add_page(book, first.table.sheet, first.table.sheet, ENTER)
    subtitle = book.styles.named["xlkpi subtitle"]
    sheet.write_formula(SUBTITLE_ROW - 1, 1, f'={Name.ORGANISATION}&""', subtitle, book.content.organisation)
    add_help(book, sheet, help_text)
    for drawing in drawings:
        draw(book, sheet, drawing)
        add_validation(sheet, drawing, rules)
        fields = [column.field for column in drawing.table.columns if column.field in _COUNTS]
        if fields:
            add_thousands(book, sheet, drawing.span(fields[0], fields[-1]))
    if len(drawings) == 1:
        print_for_people(sheet, first)
    if as_text := " ".join(filter(None, map(_text_cells, drawings))):
        sheet.ignore_errors({"number_stored_as_text": as_text})
    sheet.freeze_panes(FIRST_ROW - 1, first.table.left + first.table.index(frozen) if frozen else 0)
    return sheet


def _text_cells(drawing: Drawing) -> str:
    """Return the cells of codes and periods, whose digits are text."""
    as_text = [column.field for column in drawing.table.columns if column.typed and column.shape in TEXT_SHAPES]
    return " ".join(drawing.reference(field).replace("$", "") for field in as_text)
