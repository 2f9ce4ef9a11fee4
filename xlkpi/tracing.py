"""How figures are explained: of which measures, and what is written where."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from typing import NamedTuple

from xlkpi.calculate.results import Results
from xlkpi.errors import FileUnusable
from xlkpi.model.period import Quarter
from xlkpi.tables.explained import Step, explained
from xlkpi.tables.places import world_of
from xlkpi.tables.words import listed
from xlkpi.workbook import layout
from xlkpi.workbook.backend import Backend, Value, unquoted
from xlkpi.workbook.intake import Book
from xlkpi.workbook.layout import Name
from xlkpi.writers.trace import plan_explained

#: What the columns are called in which a row names its measures.
_NAMING = (
    layout.RESULTS_TABLE.heading("code"),
    layout.NARRATIVE_TABLE.heading("codes"),
    layout.CHECKS_TABLE.heading("what"),
)
#: Cells that hold the measure which a sheet is about.
_ABOUT = (Name.PICKED, Name.ASKED)
_WORD = re.compile(r"[\w.-]*\w")


class Spot(NamedTuple):
    """Rows of a sheet that somebody selected.

    Attributes:
        sheet: Its name.
        first: Number of the first row.
        last: Number of the last row.
    """

    sheet: str
    first: int
    last: int


class Trace(NamedTuple):
    """How the figures of one measure came about."""

    code: str
    steps: Sequence[Step]


def traced(
    workbook: Backend, book: Book, results: Results, wanted: Sequence[str] | Spot, *, write: bool
) -> tuple[list[Trace], str]:
    """Explain measures, and fill the workbook's Explain sheet where that is wanted.

    Args:
        workbook: Where the figures are; changed only where ``write`` is set.
        book: What was typed into it.
        results: What that comes to.
        wanted: Codes, or the rows that name them.
        write: Whether the sheet is filled.

    Returns:
        One trace a measure, and the sheet that holds them; empty where none does.

    Raises:
        FileUnusable: Where no measure has such a code, or the rows name none.
        EditRefused: Where the sheet cannot be filled.
    """
    world = world_of(workbook, book, results, book.settings.organisation)
    codes = selected(workbook, wanted, world.by_code) if isinstance(wanted, Spot) else _known(wanted, world.by_code)
    if not codes:
        assert isinstance(wanted, Spot), "a code that is not known is told before"
        cure = f"Select a cell in a row of {layout.RESULTS}, or of another sheet with codes, and press Explain again."
        raise FileUnusable(
            f"What is selected on the sheet {wanted.sheet} names no measure of {world.quarter.label}. {cure}"
        )
    found = [Trace(code, explained(world, code)) for code in codes]
    if not write:
        return found, ""
    sheet = workbook.tables().get(layout.EXPLAIN_TABLE.name)
    if sheet is None:
        return found, ""
    rows = [(one.code, step.name, step.text, step.cells) for one in found for step in one.steps]
    workbook.backup = book.settings.backup
    workbook.apply(plan_explained(rows, results.quarter))
    return found, sheet


def printed(found: Sequence[Trace], quarter: Quarter) -> list[str]:
    """Return traces as lines, with the cells of each step in brackets."""
    lines: list[str] = []
    for one in found:
        lines += [*([""] if lines else []), f"{one.code}, {quarter.title}"]
        for step in one.steps:
            cells = f"  [{', '.join(step.cells)}]" if step.cells else ""
            lines.append(f"{step.name}: {step.text}{cells}")
    return lines


def _known(wanted: Sequence[str], codes: Collection[str]) -> list[str]:
    """Return codes as the register spells them.

    Raises:
        FileUnusable: Where no measure has one of them.
    """
    spelled = {one.casefold(): one for one in codes}
    for one in wanted:
        if one.strip().casefold() not in spelled:
            there = listed(list(codes)) if codes else "none"
            raise FileUnusable(f"No measure of the reporting quarter has the code '{one}'. The codes are {there}.")
    return list(dict.fromkeys(spelled[one.strip().casefold()] for one in wanted))


def selected(workbook: Backend, spot: Spot, codes: Collection[str]) -> list[str]:
    """Return the codes that rows of a sheet name: in a column for them, or in the cell that says what the sheet is about."""
    found: list[str] = []
    for table, sheet in workbook.tables().items():
        naming = [one for one in workbook.headings(table) if one in _NAMING] if sheet == spot.sheet else []
        if naming:
            block = workbook.read(table, naming)
            places = [block.headings.index(one) for one in naming]
            rows = block.rows[max(0, spot.first - block.top) : max(0, spot.last - block.top + 1)]
            found += [code for row in rows for place in places for code in _named(row[place], codes)]
    for name in _ABOUT:
        cell = workbook.read_name(name)
        if cell is not None and unquoted(cell.where) == spot.sheet and not found:
            found += _named(cell.value, codes)
    return list(dict.fromkeys(found))


def _named(value: Value, codes: Collection[str]) -> list[str]:
    """Return the codes among the words of a cell."""
    spelled = {one.casefold(): one for one in codes}
    whole = str(value or "").strip().casefold()
    if whole in spelled:
        return [spelled[whole]]
    return [spelled[word.casefold()] for word in _WORD.findall(str(value or "")) if word.casefold() in spelled]
