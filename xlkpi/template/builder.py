"""Builds the workbook: every sheet in its order, the same bytes every time."""

from __future__ import annotations

import datetime as dt
import os
import tempfile
from pathlib import Path

from xlsxwriter import Workbook

from xlkpi.template import indicator, inputs, narrative, outputs, quarters, start, summary, whatif
from xlkpi.template.content import Content
from xlkpi.template.macros import SUFFIX, finish, prepare
from xlkpi.template.package import repack
from xlkpi.template.page import Book
from xlkpi.template.styles import Styles


def build(path: str | os.PathLike[str], content: Content, created: dt.datetime) -> None:
    """Write a workbook with these typed cells; its outputs are empty until it is refreshed.

    Args:
        path: Where to write; a file that is there is replaced. One that ends in ``.xlsm`` gets macros, buttons and ribbon.
        content: The typed cells; empty ones make the blank template.
        created: What the file says of its making, so that the same content gives the same bytes.

    Raises:
        FileUnusable: Where it shall have macros and xlwings is not installed.
    """
    with tempfile.TemporaryDirectory() as folder:
        draft = Path(folder) / "draft.xlsx"
        book = _open(draft, content, created)
        book.macros = Path(path).suffix.casefold() == SUFFIX
        _add_sheets(book)
        for name, reference in sorted(book.names.items()):
            book.workbook.define_name(name, reference)
        if book.macros:
            prepare(book.workbook)
        book.styles.indexes()  # so that a style is kept that no cell has yet
        book.workbook.close()
        plain = Path(folder) / "plain.xlsx" if book.macros else Path(path)
        repack(draft, plain, book)
        if book.macros:
            finish(plain, Path(path))


def _open(draft: Path, content: Content, created: dt.datetime) -> Book:
    workbook = Workbook(
        str(draft), {"strings_to_numbers": False, "strings_to_formulas": False, "strings_to_urls": False}
    )
    workbook.use_zip64()
    workbook.set_calc_mode("auto")
    workbook.set_size(1920, 1200)
    workbook.set_properties(
        {
            "title": f"Contract performance: {content.organisation}"
            if content.organisation
            else "Contract performance",
            "subject": f"Contract measures by quarter, {content.quarter.label}",
            "created": created.replace(microsecond=0),
        }
    )
    return Book(workbook, content, Styles(workbook))


def _add_sheets(book: Book) -> None:
    start.add_start(book)
    outputs.add_results(book)
    summary.add_summary(book)
    outputs.add_lists(book)
    outputs.add_context(book)
    narrative.add_narrative(book)
    outputs.add_trends(book)
    indicator.add_indicator(book)
    whatif.add_what_if(book)
    outputs.add_checks(book)
    outputs.add_explain(book)
    outputs.add_claims(book)
    outputs.add_restatements(book)
    for quarter in book.content.sheets():
        quarters.add_quarter(book, quarter)
    inputs.add_context_inputs(book)
    inputs.add_breakdowns(book)
    inputs.add_inspections(book)
    inputs.add_history(book)
    inputs.add_register(book)
    inputs.add_targets(book)
    narrative.add_phrases(book)
    outputs.add_log(book)
