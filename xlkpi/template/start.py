"""The first sheet: the position at a glance, what to do next, the settings, and the way to every other sheet."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from xlsxwriter.worksheet import Worksheet

from xlkpi.calculate.outturn import Judged
from xlkpi.calculate.status import Status
from xlkpi.catalogue import COMMANDS
from xlkpi.model.profile import Profile
from xlkpi.template.formulas import column
from xlkpi.template.page import NOT_REFRESHED, READ, Book, add_page, add_subtitle
from xlkpi.workbook import layout
from xlkpi.workbook.backend import quoted
from xlkpi.workbook.layout import HELP_ROW, NO, RESULTS_TABLE, START, TITLE_ROW, YES, Name, quarter_sheet, quarter_table
from xlkpi.writers import look

_WIDTH = 30.0
_TILES = (Status.ON, Status.INSIDE, Status.OUTSIDE, Status.NO_TARGET)
_TILE_ROW, _NO_DATA_ROW, _PROVENANCE_ROW, _TEXTS_ROW = 6, 10, 11, 13
_HINT_ROW, _SETTINGS_ROW, _PUBLISH_ROW, _CONTENTS_ROW = 18, 20, 26, 32
_TILE_HEIGHTS = (26, 44, 24)
_BUTTON_ROW = 44
_BUTTON = {"width": 134, "height": 32, "y_offset": 6}
#: From one button to the next: so that five stand over four columns of this width, in pixels.
_COLUMN, _STEP = 215, 172
_ILLUSTRATIVE = "illustrative"
_DEFAULT_TITLE = "Contract performance"
_BEFORE, _AFTER = 8, 14
_FIRST, _LAST = 1, 4

_ENTER = (
    (layout.CONTEXT_INPUTS.sheet, "contacts, referrals, children in need"),
    (layout.COHORTS.sheet, "parts of a measure, audits by grade"),
    (layout.INSPECTIONS.sheet, "held and expected"),
    (layout.HISTORY.sheet, "quarters before the last five"),
    (layout.REGISTER.sheet, "one row for each measure"),
    (layout.TARGETS.sheet, "with their dates and tolerances"),
    (layout.PHRASES.sheet, "the sentences of the narrative"),
)
_READ = (
    (layout.RESULTS, "one row for each contract measure"),
    (layout.SUMMARY, "counts and shares, chart, pivot"),
    (layout.LISTS, "measures by status, as reported"),
    (layout.CONTEXT, "figures that are never rated"),
    (layout.NARRATIVE, "the report's words, and your own"),
    (layout.TRENDS, "every figure by quarter"),
    (layout.INDICATOR, "one measure at a time, with its chart"),
    (layout.WHAT_IF, "what some cases more would change"),
    (layout.CHECKS, "remarks to accept before signing"),
    (layout.EXPLAIN, "how a figure came about"),
    (layout.CLAIMS, "a draft, checked claim by claim"),
    (layout.RESTATEMENTS, "figures published otherwise"),
    (layout.LOG, "what was done, and when"),
)


def add_start(book: Book) -> None:
    """Add the first sheet."""
    title = f'=IF({Name.ORGANISATION}="","{_DEFAULT_TITLE}",{Name.ORGANISATION})'
    sheet = add_page(book, START, title, READ)
    sheet.write_formula(
        TITLE_ROW - 1, 1, title, book.styles.named["xlkpi title"], book.content.organisation or _DEFAULT_TITLE
    )
    sheet.set_column(_FIRST, _LAST, _WIDTH)
    add_subtitle(book, sheet)
    _add_warning(book, sheet)
    for place, status in enumerate(_TILES, _FIRST):
        _add_tile(book, sheet, place, status)
    _add_no_data(book, sheet)
    _add_provenance(book, sheet)
    _add_texts(book, sheet)
    _add_buttons(book, sheet)
    _add_settings(book, sheet)
    _add_contents(book, sheet)
    sheet.set_portrait()
    sheet.fit_to_pages(1, 1)
    sheet.print_area(0, 0, _CONTENTS_ROW + len(_READ), _LAST)


def _add_warning(book: Book, sheet: Worksheet) -> None:
    """Say so where the figures shown are not those of the reporting quarter."""
    formula = (
        f'=IF({Name.SHOWN}="","Refresh to show "&{Name.QUARTER}&".",IF({Name.SHOWN}={Name.QUARTER},"",'
        f'"The figures shown are those of "&{Name.SHOWN}&". Refresh to show "&{Name.QUARTER}&"."))'
    )
    style = book.styles.get(bold=True, font_color=look.STATUS_PAIRS[Status.INSIDE].text)
    sheet.write_formula(HELP_ROW - 1, _FIRST, formula, style, "")
    tint = book.styles.difference(bg_color=look.STATUS_PAIRS[Status.INSIDE].ground)
    cell = f"$B${HELP_ROW}"
    rule = {"type": "formula", "criteria": f'={cell}<>""', "format": tint}
    sheet.conditional_format(HELP_ROW - 1, _FIRST, HELP_ROW - 1, _LAST, rule)
    sheet.set_row(HELP_ROW - 1, look.ONE_LINE)


def _add_tile(book: Book, sheet: Worksheet, place: int, status: Status) -> None:
    pair = look.STATUS_PAIRS[status]
    last = place == _LAST
    gap = {} if last else {"right": 5, "right_color": look.WHITE}
    base: dict[str, Any] = {"font_color": pair.text, "bg_color": pair.ground, "indent": 1, "align": "left", **gap}
    top = book.styles.get(**base, bold=True, top=5, top_color=pair.text)
    count = book.styles.get(**base, bold=True, font_size=30, num_format=look.COUNT_FORMAT)
    share = book.styles.get(**base, font_size=10, valign="top")
    row = _TILE_ROW - 1
    sheet.write_string(row, place, status.label, top)
    sheet.write_string(row + 1, place, "–", count)
    sheet.write_string(row + 2, place, "", share)
    for offset, height in enumerate(_TILE_HEIGHTS):
        sheet.set_row(row + offset, height)
    column_letter = "BCDE"[place - _FIRST]
    book.name(Name.count(status), START, f"${column_letter}${row + 2}")
    book.name(Name.share(status), START, f"${column_letter}${row + 3}")


def _add_no_data(book: Book, sheet: Worksheet) -> None:
    """Add the quiet note of what could not be rated, and of how many measures all this is said."""
    quiet = {"font_color": look.GREY, "align": "left"}
    row = _NO_DATA_ROW - 1
    status = Status.NO_DATA
    sheet.write_string(row, 1, status.label, book.styles.get(**quiet, indent=1))
    sheet.write_string(row, 2, "–", book.styles.get(**quiet, indent=1, num_format=look.COUNT_FORMAT))
    sheet.write_string(row, 3, "", book.styles.get(**quiet, indent=1))
    sheet.write_string(row, 4, "", book.styles.get(**quiet, indent=1, num_format='0" contract measures in all"'))
    sheet.set_row(row, look.ONE_LINE)
    sheet.set_row(row - 1, 8)
    for name, letter in ((Name.count(status), "C"), (Name.share(status), "D"), (Name.BASE, "E")):
        book.name(name, START, f"${letter}${_NO_DATA_ROW}")


def _add_provenance(book: Book, sheet: Worksheet) -> None:
    """Say plainly how many figures are illustrative, where any are."""
    made_up = f'COUNTIF({column(RESULTS_TABLE, "provenance")},"{_ILLUSTRATIVE}")'
    known = f"SUMPRODUCT(--ISNUMBER({column(RESULTS_TABLE, 'outturn')}))"
    text = " outturns are illustrative, not reported. Provenance in Results says which; do not quote them."
    formula = f'=IF({made_up}=0,"",{made_up}&" of "&{known}&"{text}")'
    counts = _illustrative(book)
    value = f"{counts[0]} of {counts[1]}{text}" if counts[0] else ""
    style = book.styles.get(italic=True, font_color=look.GREY, indent=1)
    sheet.write_formula(_PROVENANCE_ROW - 1, 1, formula, style, value)
    sheet.set_row(_PROVENANCE_ROW - 1, look.ONE_LINE)


def _illustrative(book: Book) -> tuple[int, int]:
    """Return how many rows of the reporting quarter are illustrative, of how many that hold a figure."""
    table = quarter_table(book.content.quarter)
    given = [one.field for one in table.columns if one.typed or one.field == "code"]
    rows = [dict(zip(given, row, strict=True)) for row in book.content.quarters.get(book.content.quarter, ())]
    held = [row for row in rows if row["numerator"] is not None or row["value"] is not None]
    return sum(row["provenance"] == _ILLUSTRATIVE for row in held), len(held)


def _add_texts(book: Book, sheet: Worksheet) -> None:
    texts = (
        ("Figures shown", Name.SHOWN, "", look.ONE_LINE),
        ("Last refreshed", Name.REFRESHED, NOT_REFRESHED, look.ONE_LINE),
        ("What changed", Name.CHANGED, "", 4 * look.FURTHER_LINE + 6),
        ("Next step", Name.NEXT, "Fill in the settings below, then Register and Targets, then refresh.", look.ONE_LINE),
    )
    for row, (label, name, text, height) in enumerate(texts, _TEXTS_ROW - 1):
        sheet.set_row(row, height)
        sheet.write_string(row, 1, label, book.styles.get(font_color=look.GREY, valign="top"))
        style = book.styles.get(text_wrap=True, valign="top", align="left")
        sheet.merge_range(row, 2, row, _LAST, text, style)
        book.name(name, START, f"$C${row + 1}")


def _add_buttons(book: Book, sheet: Worksheet) -> None:
    """Add what starts a command: a button, and how to do without one."""
    hint = "Refresh: python -m xlkpi refresh <this file>    Check: python -m xlkpi check <this file>"
    style, row = book.styles.get(font_color=look.GREY, font_size=10), _HINT_ROW - 1
    if book.macros:
        sheet.set_row_pixels(row, _BUTTON_ROW)
        shown = [one for one in COMMANDS if one.on_start]
        for place, one in enumerate(shown):
            words = {"macro": one.macro, "caption": one.label, "description": one.sentence}
            column_at, offset = divmod(place * _STEP, _COLUMN)
            sheet.insert_button(row, _FIRST + column_at, {**words, **_BUTTON, "x_offset": offset})
        row, hint = row + 1, f"Where macros are blocked: {hint[0].lower()}{hint[1:]}"
    sheet.write_string(row, 1, hint, style)


def _add_heading(book: Book, sheet: Worksheet, row: int, texts: dict[int, str]) -> None:
    style = book.styles.get(bold=True, font_size=12, font_color=look.ACCENT, bottom=2, bottom_color=look.ACCENT)
    for place in range(_FIRST, _LAST + 1):
        sheet.write_string(row - 1, place, texts.get(place, ""), style)
    sheet.set_row(row - 1, 24)


#: Label, name, what it starts with, what may be chosen, and what it is for.
_Setting = tuple[str, str, str, Sequence[str], str]


def _add_settings(book: Book, sheet: Worksheet) -> None:
    quarter = book.content.quarter
    around = [quarter.shift(offset).label for offset in range(-_BEFORE, _AFTER + 1)]
    words = [judged.value for judged in Judged]
    settings: tuple[_Setting, ...] = (
        ("Organisation", Name.ORGANISATION, book.content.organisation, [], "The title of this sheet and of reports."),
        ("Reporting quarter", Name.QUARTER, quarter.label, around, "The quarter that a refresh shows."),
        ("Status is judged on", Name.JUDGED, words[0], words, "exact: before rounding. as shown: as printed."),
        ("Keep a backup", Name.BACKUP, YES, [YES, NO], "yes: the version before a refresh is kept."),
    )
    profiles = [profile.value for profile in Profile]
    publishing: tuple[_Setting, ...] = (
        ("For whom", Name.PROFILE, profiles[0], profiles, "public: small numbers are withheld."),
        ("In whose name", Name.PUBLISHER, "", [], "Goes into the pack. Empty: your sign-in name."),
        ("Into which folder", Name.PACKS, "", [], f"Its whole path. Empty: {layout.PUBLISHED}, beside this workbook."),
        ("Ask for a password", Name.LOCK, NO, [YES, NO], "yes: Publish asks for it; it is kept nowhere."),
    )
    _add_heading(book, sheet, _SETTINGS_ROW, {1: "Settings"})
    _add_rows(book, sheet, _SETTINGS_ROW, settings)
    _add_heading(book, sheet, _PUBLISH_ROW, {1: "Publish"})
    _add_rows(book, sheet, _PUBLISH_ROW, publishing)


def _add_rows(book: Book, sheet: Worksheet, first: int, settings: Sequence[_Setting]) -> None:
    for row, (label, name, value, choices, text) in enumerate(settings, first):
        typed = book.styles.like("xlkpi typed", num_format=look.TEXT_FORMAT, align="left", indent=1)
        sheet.set_row(row, 22)
        sheet.write_string(row, 1, label, book.styles.get(font_color=look.GREY))
        sheet.merge_range(row, 2, row, 3, value, typed)
        sheet.write_string(row, 4, text, book.styles.get(font_color=look.GREY, font_size=9, text_wrap=True, indent=1))
        book.name(name, START, f"$C${row + 1}")
        rule: dict[str, Any] = {"validate": "any", "input_title": label, "input_message": text}
        if choices:
            rule |= {"validate": "list", "source": choices, "error_title": label, "error_message": _refusal(choices)}
        sheet.data_validation(row, 2, row, 2, rule)


def _refusal(choices: Sequence[str]) -> str:
    if len(choices) > _LAST:
        return f"Choose a quarter from the list, for example {choices[_BEFORE]}."
    return f"Choose {' or '.join(choices)}."


def _add_contents(book: Book, sheet: Worksheet) -> None:
    """Add links to every sheet; the quarter's own is worked out, since its name changes with the reporting quarter."""
    _add_heading(book, sheet, _CONTENTS_ROW, {1: "Enter", 3: "Read"})
    link = book.styles.get(font_color=look.ACCENT, underline=1)
    about = book.styles.get(font_color=look.GREY)
    name = f'SUBSTITUTE({Name.QUARTER},"/","-")'
    formula = f'=HYPERLINK("#\'"&{name}&"\'!E{layout.FIRST_ROW}",{name})'
    sheet.write_formula(_CONTENTS_ROW, 1, formula, link, quarter_sheet(book.content.quarter))
    sheet.write_string(_CONTENTS_ROW, 2, "the figures of this quarter", about)
    for place, entries, first in ((1, _ENTER, _CONTENTS_ROW + 1), (3, _READ, _CONTENTS_ROW)):
        for row, (target, text) in enumerate(entries, first):
            sheet.write_url(row, place, f"internal:{quoted(target)}!A1", link, target)
            sheet.write_string(row, place + 1, text, about)
    for row in range(_CONTENTS_ROW, _CONTENTS_ROW + len(_READ)):
        sheet.set_row(row, look.ONE_LINE)
