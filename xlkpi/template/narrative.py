"""The sheets of the narrative: what the figures say in sentences, and the phrases that they are written with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from xlkpi.calculate.status import Status
from xlkpi.narrative.edits import CHANGED, UNFINISHED, YOURS
from xlkpi.narrative.paragraphs import PLACES
from xlkpi.narrative.phrases import content_of, default_phrases
from xlkpi.template.formulas import this
from xlkpi.template.page import ENTER, EVERY_ROW, READ, Book, Drawing, add_help, add_page, add_subtitle, draw
from xlkpi.template.validation import add_validation
from xlkpi.workbook.backend import Value
from xlkpi.workbook.layout import FIRST_ROW, NARRATIVE_TABLE, PHRASES, SUBTITLE_ROW, Name
from xlkpi.writers import look
from xlkpi.writers.narrative import SMALL_PRINT

_HELP = (
    "Generated text is written anew at each refresh. Your text replaces it and stays; Checks says when figures change under "
    "it. Copy the report from Text used."
)
_PHRASES_HELP = (
    "One row for each sentence. Change the words as you like; what stands in {{ }} comes from the figures, and Reads now shows "
    "what comes out."
)
_ALLOWED = {
    "format_columns": True,
    "format_rows": True,
    "autofilter": True,
    "select_locked_cells": True,
    "select_unlocked_cells": True,
}
_TOP: Mapping[str, Any] = {"valign": "top"}
_QUIET = {"font_color": look.GREY, **_TOP}


def add_narrative(book: Book) -> None:
    """Add the narrative; only what an analyst types is open, without a password."""
    table = NARRATIVE_TABLE
    yours, generated = this(table, "yours"), this(table, "generated")
    used = f'=IF({yours}="",{generated}&"",{yours})'
    small = {**_QUIET, "font_size": 9}
    style: dict[str, Mapping[str, Any]] = dict.fromkeys((column.field for column in table.columns), _TOP) | {
        "number": {"bold": True, **_TOP},
        "section": _QUIET,
        "generated": _QUIET,
        "state": {"bold": True, **_TOP},
        "codes": _QUIET,
        **dict.fromkeys(SMALL_PRINT, small),
    }
    drawing = Drawing(table, [], {"used": used}, style=style, about="The narrative, a row for each paragraph.")
    sheet = add_page(book, table.sheet, table.sheet, READ)
    add_subtitle(book, sheet)
    add_help(book, sheet, _HELP)
    draw(book, sheet, drawing)
    add_validation(sheet, drawing)
    _add_tints(book, sheet, drawing)
    _, _, _, last = drawing.span("number", "state")
    sheet.print_area(0, 0, EVERY_ROW, last)
    sheet.freeze_panes(FIRST_ROW - 1, table.left + table.index("number"))
    sheet.ignore_errors({"number_stored_as_text": drawing.reference("number").replace("$", "")})
    sheet.protect("", _ALLOWED)


def _add_tints(book: Book, sheet: Any, drawing: Drawing) -> None:
    """Tint what a reader has to look at, and let a heading that goes on step back."""
    state = drawing.first("state")
    for text, status in ((CHANGED, Status.OUTSIDE), (UNFINISHED, Status.INSIDE), (YOURS, Status.ON)):
        rule = {"type": "formula", "criteria": f'={state}="{text}"', "format": book.styles.status(status)}
        sheet.conditional_format(*drawing.span("state"), rule)
    section = drawing.first("section")
    above = f"{section.rstrip('0123456789')}{FIRST_ROW - 1}"
    starts = book.styles.difference(top=1, top_color=look.ACCENT)
    rule = {"type": "formula", "criteria": f"={section}<>{above}", "format": starts}
    sheet.conditional_format(*drawing.span("number", "state"), rule)
    goes_on = book.styles.difference(font_color=look.WHITE)
    rule = {"type": "formula", "criteria": f"={section}={above}", "format": goes_on}
    sheet.conditional_format(*drawing.span("section"), rule)


def add_phrases(book: Book) -> None:
    """Add the phrases: those of the content, or those that come with the program."""
    given = book.content.rows.get(PHRASES.name) or content_of(default_phrases())
    rows: Sequence[Sequence[Value]] = [[*row, None] for row in given]
    style: dict[str, Mapping[str, Any]] = dict.fromkeys((column.field for column in PHRASES.columns), _TOP) | {
        "preview": _QUIET
    }
    drawing = Drawing(PHRASES, rows, is_input=True, style=style, about="The sentences of the narrative: typed.")
    sheet = add_page(book, PHRASES.sheet, PHRASES.sheet, ENTER)
    subtitle = book.styles.named["xlkpi subtitle"]
    sheet.write_formula(SUBTITLE_ROW - 1, 1, f'={Name.ORGANISATION}&""', subtitle, book.content.organisation)
    add_help(book, sheet, _PHRASES_HELP)
    draw(book, sheet, drawing)
    places = [place.name for place in PLACES]
    listed: dict[str, Any] = {
        "validate": "list",
        "source": places,
        "error_message": "Choose a paragraph from the list.",
    }
    add_validation(sheet, drawing, {"paragraph": listed if len(",".join(places)) < _LONGEST_LIST else {}})
    sheet.freeze_panes(FIRST_ROW - 1, PHRASES.left + PHRASES.index("key"))


#: Excel takes no longer list into a rule.
_LONGEST_LIST = 255
