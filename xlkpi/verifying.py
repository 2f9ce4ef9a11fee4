"""How a draft is checked against a workbook: what is read, in which order, and what comes of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from xlkpi.calculate.results import Results
from xlkpi.drafts import read
from xlkpi.drafts.marked import Note, default_copy, free_copy, made_copy, put_copy, refuse_copy
from xlkpi.drafts.sheet import read_narrative
from xlkpi.errors import FileUnusable
from xlkpi.prose.apart import verify_apart
from xlkpi.prose.claim import Claim, Verdict, Verification
from xlkpi.prose.draft import Draft
from xlkpi.prose.world import World
from xlkpi.setup.log import our_fault
from xlkpi.tables.places import world_of
from xlkpi.tables.rows import context_rows, results_rows, summary_rows
from xlkpi.tables.verified import SEVERITIES, VERDICTS, Checked, line_and_column
from xlkpi.workbook import layout
from xlkpi.workbook.backend import Backend, Cell, Keep, Value, Written
from xlkpi.workbook.intake import Book
from xlkpi.workbook.intake.paths import path_problem, typed_path
from xlkpi.workbook.layout import Name
from xlkpi.writers.claims import plan_claims

#: What says which claims a draft makes and what the figures say of them.
Verifier = Callable[[Draft, World], Verification]


@dataclass(frozen=True, slots=True)
class Ask:
    """What somebody wants of a check.

    Attributes:
        draft: The file; None for the Narrative sheet.
        from_cell: Whether the path in the workbook's own cell, where one is typed, comes before the Narrative sheet.
        copy: Where a copy of a Word draft with comments goes; an empty path puts it beside the draft; None makes none.
        everything: Whether claims that are confirmed or cannot be checked are told, too.
        write: Whether the workbook's Claims sheet is filled.
        backup: Whether the version before is kept beside the file then; None does as the workbook says.
    """

    draft: Path | None = None
    from_cell: bool = True
    copy: Path | None = None
    everything: bool = False
    write: bool = True
    backup: bool | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What a check came to.

    Attributes:
        checked: The draft with every claim and finding.
        notes: What else a person must know, each a sentence.
        is_incomplete: Whether a sentence had to be left out, over which the check failed.
    """

    checked: Checked
    notes: tuple[str, ...]
    is_incomplete: bool = False


def verify_draft(
    workbook: Backend, book: Book, results: Results, ask: Ask, now: dt.datetime, verifier: Verifier
) -> Answer:
    """Check a draft, and write what was asked for.

    Args:
        workbook: Where the figures are; changed only where ``ask.write`` is set.
        book: What was typed into it.
        results: What that comes to.
        ask: Which draft, and what to write.
        now: Local time without zone.
        verifier: Does the checking.

    Raises:
        FileUnusable: Where the draft or its copy cannot be used.
        EditRefused: Where the Claims sheet cannot be filled.
    """
    path = ask.draft or (_typed_path(workbook) if ask.from_cell else None)
    copy = _copy_of(path, ask.copy)
    if ask.write and layout.CLAIMS_TABLE.name not in workbook.tables():
        raise FileUnusable(_NO_CLAIMS)
    draft, where = _draft(workbook, path)
    notes = [_OUT_OF_DATE] if is_out_of_date(workbook, results) else []
    faults: list[str] = []
    world = world_of(workbook, book, results, book.settings.organisation)
    found = verify_apart(draft, world, verifier, lambda: faults.append(our_fault()))
    checked = Checked(draft, found, where)
    comments = list(_comments(found, everything=ask.everything))
    made = made_copy(path, comments) if copy is not None and path is not None else b""
    if ask.write:  # before the copy, so that one which says that nothing was changed is right
        workbook.backup = book.settings.backup if ask.backup is None else ask.backup
        workbook.apply(plan_claims(checked, results.quarter, now, _SHEET_NOTE if notes[:1] == [_OUT_OF_DATE] else ""))
    if copy is not None and path is not None:
        _put(copy, made, is_sheet_filled=ask.write)
        notes += _told_of_copy(path, copy, len(comments))
    if ask.write:
        notes.append(f"The sheet {workbook.tables()[layout.CLAIMS_TABLE.name]} lists every claim.")
    return Answer(checked, (*notes, *faults), is_incomplete=bool(faults))


def _put(copy: Path, made: bytes, *, is_sheet_filled: bool) -> None:
    try:
        put_copy(copy, made)
    except FileUnusable as error:
        if not is_sheet_filled:
            raise
        raise FileUnusable(f"{error} The sheet Claims is filled already.") from error


def _told_of_copy(draft: Path, copy: Path, comments: int) -> Iterator[str]:
    """Yield where a copy was put, and why not in the place of an earlier one."""
    earlier = default_copy(draft).name
    if copy.name != earlier and (copy.parent / earlier).exists() and copy == free_copy(draft, copy.parent):
        yield f"{earlier} is no longer as it was made: somebody may have worked in it. It stays, and the new copy has a number."
    yield f"Wrote {copy} with {comments} {'comment' if comments == 1 else 'comments'}."


_OUT_OF_DATE = (
    "The figures shown in the workbook are not those of its inputs. The draft was checked against the inputs: "
    "refresh the workbook, so that its sheets show the same."
)
_SHEET_NOTE = "the sheets show older figures: refresh"
_NO_CLAIMS = (
    "The workbook has no sheet Claims, since it was made by an earlier version. Check the draft from the command line "
    "(xlkpi verify DRAFT --workbook BOOK), or make a new workbook (New)."
)


def _draft(workbook: Backend, path: Path | None) -> tuple[Draft, Callable[[int], str]]:
    if path is None:
        sheet = read_narrative(workbook, "The workbook")
        return sheet.draft, sheet.where
    draft = read(path)
    return draft, line_and_column(draft.text)


def _typed_path(workbook: Backend) -> Path | None:
    """Return the path that somebody typed on the Claims sheet; None where there is none.

    Raises:
        FileUnusable: Where it leads off this computer: a workbook from elsewhere shall not make anybody call there.
    """
    cell = workbook.read_name(Name.DRAFT)
    if problem := path_problem(cell, "the draft", _ELSEWHERE, _UNCLEAR):
        raise FileUnusable(str(problem))
    typed = typed_path(cell)
    return Path(typed).expanduser() if typed else None


_ELSEWHERE = "Save a copy in a folder of yours, and type its path."
_UNCLEAR = "Type the whole path, or leave the cell empty to check the Narrative sheet."


def _copy_of(draft: Path | None, copy: Path | None) -> Path | None:
    """Return where the copy with comments goes; None where none is wanted.

    Raises:
        FileUnusable: Where none can be made.
    """
    if copy is None:
        return None
    if draft is None and copy.name:
        raise FileUnusable(
            f"{copy} stands behind --output, where the copy goes, and no draft is named. "
            "Name the draft first: xlkpi verify DRAFT --workbook BOOK --output. Or leave --output out, "
            "to check the Narrative sheet, of which no copy with comments is made."
        )
    if draft is None:
        raise FileUnusable(
            "A copy with comments is made of a Word document, not of the Narrative sheet. Leave --output out."
        )
    is_open = not copy.name or copy.is_dir()
    place = free_copy(draft, copy if copy.name else draft.parent) if is_open else copy
    if draft.exists():
        refuse_copy(draft, place)
    return place


def _comments(found: Verification, *, everything: bool) -> Iterator[Note]:
    """Yield a comment for every claim that is contradicted, for every finding, and for all claims where that is wanted."""
    for claim in found.claims:
        if everything or claim.verdict is Verdict.CONTRADICTED:
            yield Note(claim.start, claim.end, _comment(claim))
    for one in found.others:
        text = f"{SEVERITIES[one.severity]}\n{one.what} {one.cure}"
        yield Note(one.start, one.end if one.text else one.start, text + (f"\n{one.cell}" if one.cell else ""))


def _comment(claim: Claim) -> str:
    says = f"The draft says {claim.stated}" if claim.stated else ""
    figures = f"the figures say {claim.computed}" if claim.computed else ""
    told = ", ".join(filter(None, (says, figures)))
    told += f" ({claim.cell})" if claim.cell and told else ""
    lines = (VERDICTS[claim.verdict], f"{told[:1].upper()}{told[1:]}." if told else "", claim.reason)
    return "\n".join(filter(None, lines))


def is_out_of_date(workbook: Backend, results: Results) -> bool:
    """Return whether the workbook shows other figures than its inputs come to."""
    named = workbook.read_name(Name.SHOWN)
    if named is not None and named.value != results.quarter.label:
        return True
    tables = workbook.tables()
    expected = (
        (layout.RESULTS_TABLE, results_rows(results)),
        (layout.SUMMARY_TABLE, summary_rows(results.summary)),
        (layout.CONTEXT_TABLE, context_rows(results)),
    )
    for table, rows in expected:
        if table.name not in tables:
            continue
        # a table in which nothing is shown has an empty row all the same
        shown = (row for row in workbook.read(table.name).rows if any(value is not None for value in row))
        found = [[_plain(value) for value in row] for row in shown]
        width = len(workbook.headings(table.name))  # a workbook made before may lack the last columns
        if found != [[_plain(value) for value in row.values[:width]] for row in rows]:
            return True
    return False


def _plain(value: Written) -> Value:
    """Return a value as a file gives it back: numbers as floats, nothing for an empty text."""
    content = value.value if isinstance(value, Cell) else value.result if isinstance(value, Keep) else value
    if isinstance(content, int) and not isinstance(content, bool):
        return float(content)
    return None if content == "" else content
