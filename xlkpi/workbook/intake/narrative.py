"""The sentences that an organisation keeps, and what an analyst wrote into the narrative."""

from __future__ import annotations

from xlkpi.model.period import PeriodError, parse_quarter
from xlkpi.narrative.edits import Edit, Edits
from xlkpi.narrative.paragraphs import PLACE_NAMES
from xlkpi.narrative.phrases import Phrase, Phrases, content_of, default_phrases
from xlkpi.narrative.render import Renderer
from xlkpi.workbook.intake.faults import Faults
from xlkpi.workbook.intake.rows import NarrativeRow, PhraseRow
from xlkpi.workbook.intake.tables import Sheet


def read_phrases(sheet: Sheet[PhraseRow] | None, faults: Faults) -> Phrases:
    """Return the phrases of a workbook; those of the program where it has none. Faults are noted."""
    if sheet is None:
        return Phrases(default_phrases())
    found: list[Phrase] = []
    keys: dict[str, str] = {}
    for index, row in sheet.rows():
        places = [sheet.where(index, field) for field in ("text", "when", "paragraph")]
        phrase = Phrase(**row, where=places[0], when_where=places[1], paragraph_where=places[2], row=index)
        key = phrase.key.casefold()
        if not key:
            sheet.add(index, "key", "the phrase has no name", "Type a name that no other phrase has.")
        elif key in keys:
            sheet.add(
                index, "key", f"the phrase '{phrase.key}' has two rows: the other is {keys[key]}", "Rename one of them."
            )
        keys[key] = sheet.where(index, "key")
        found.append(phrase)
    if content_of(found) != content_of(default_phrases()):  # those of the program are checked by its tests
        for problem in Renderer().faults(found, PLACE_NAMES):
            faults.add(*problem)
    return Phrases(tuple(found) or default_phrases(), len(sheet.block.rows), sheet.block.headings)


def read_edits(sheet: Sheet[NarrativeRow], quarter: str) -> Edits:
    """Return what an analyst wrote, row by row; faults are noted on the sheet.

    Args:
        sheet: The narrative.
        quarter: The label of the quarter that the workbook shows; empty where it shows none.
    """
    if sheet.is_usable:
        for row, column in sheet.block.formulas:
            if column == sheet.place("yours"):
                cure = "Copy the cell and paste it as a value: a text that is a formula cannot move with its paragraph."
                sheet.add(row, "yours", "your text is a formula", cure)
    rows = [
        Edit(row["key"], row["yours"], row["figures"], row["snapshot"], row["mark"], row["still"], index)
        for index, row in sheet.rows()
    ]
    try:
        shown = parse_quarter(quarter).title
    except PeriodError:
        shown = ""
    return Edits(rows, sheet.block.sheet, sheet.block.top, sheet.block.left, shown)
