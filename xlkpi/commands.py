"""What the program does: one function a command, for the command line now and for buttons later.

Every command picks the back end, lets the rooms do their work, and turns what went wrong into one report
(:func:`xlkpi.outcome.reported`). Nothing else catches our errors.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from xlkpi.calculate.results import Results
from xlkpi.errors import FileUnusable, Problem
from xlkpi.making import into_place, template
from xlkpi.model.period import Month, Quarter
from xlkpi.outcome import FINDINGS, FINE, OUR_FAULT, UNUSABLE, Open, Outcome, Progress, Source, reported, silent
from xlkpi.prose.claim import Verdict
from xlkpi.refreshing import apply_refresh, out_of_date, results_of, with_narrative, worked_out
from xlkpi.tables.accepted import with_acceptances
from xlkpi.tables.headline import headline
from xlkpi.tables.printed import as_json, printed_remarks, printed_summary
from xlkpi.tables.words import counted, listed, sentence
from xlkpi.wanted import Wanted, signed_in
from xlkpi.workbook import layout
from xlkpi.workbook.backend import Backend
from xlkpi.workbook.file import ClosedFile
from xlkpi.workbook.folder import Folder
from xlkpi.workbook.intake import parse
from xlkpi.writers.quarters import plan_new_quarter

if TYPE_CHECKING:
    from xlkpi.tracing import Spot
    from xlkpi.verifying import Ask, Verifier

__all__ = ["FINDINGS", "FINE", "UNUSABLE", "Open", "Outcome", "Progress", "Source", "silent"]

TEMPLATE, EXAMPLE, ADDIN = "xlkpi-template", "dcst-2018-19-q2", "xlkpi.xlam"
#: How a new workbook's name may end: without macros, and with.
NEW = (".xlsx", ".xlsm")
EXAMPLE_QUARTER = Quarter(2018, 2)
#: What the shipped workbooks say of their making; the report they reproduce was signed on this day.
BUILT = dt.datetime(2018, 10, 17, 9, 42)  # noqa: DTZ001  # a cell knows no time zone


@reported
def refresh(path: Path | Open, now: dt.datetime, *, backup: bool | None = None, progress: Progress = silent) -> Outcome:
    """Work out every output of a workbook anew from what is typed into it.

    Args:
        path: The workbook; only its output tables are replaced.
        now: Local time without zone, for the log.
        backup: Whether the version before is kept beside the file; None does as the workbook says.
        progress: Told each step.
    """
    progress("Reading the workbook")
    workbook = _opened(path)
    book = with_narrative(workbook, parse(workbook))
    workbook.backup = book.settings.backup if backup is None else backup
    figures = worked_out(book, progress)
    by = book.settings.publishing.by or signed_in()
    progress("Writing the outputs")
    done = apply_refresh(workbook, book, figures, with_acceptances(figures.found, book.accepted, by, now), now)
    return _told(figures.results, figures.found, f"Refreshed {path}.", *done)


@reported
def check(path: Path | Open, *, progress: Progress = silent) -> Outcome:
    """Say what is wrong with a workbook and what its reader should know; change nothing."""
    progress("Reading the workbook")
    book = parse(_opened(path))
    figures = worked_out(book, progress)
    return _told(figures.results, figures.found, f"Nothing to put right in {path}.")


@reported
def new_quarter(path: Path | Open, *, backup: bool | None = None, progress: Progress = silent) -> Outcome:
    """Add the next quarter's input sheet and roll the oldest into the history; everything typed is kept."""
    progress("Reading the workbook")
    workbook = _opened(path)
    book = parse(workbook)
    workbook.backup = book.settings.backup if backup is None else backup
    oldest, newest = min(book.sheets), max(book.sheets)
    stays = workbook.leftovers(layout.quarter_table(oldest).name)
    tables = [layout.quarter_table(newest).name, layout.HISTORY.name]
    headings = {table: workbook.headings(table) for table in tables}
    plan = plan_new_quarter(book.register, book.observations, book.sheets, headings, keep_oldest=bool(stays))
    progress("Adding the sheet")
    workbook.apply([*plan.writes, *out_of_date(workbook)])
    added = layout.quarter_sheet(plan.quarter)
    lines = [f"Added the sheet {added} and set the reporting quarter to {plan.quarter.label}."]
    if plan.rolled:
        lines.append(f"Moved {plan.rolled.label} into History.")
    elif stays:
        lines.append(f"Kept the sheet of {oldest.label}, since it also holds {stays[0]}.")
    if book.edits and any(one.text for one in book.edits.rows):
        lines.append(
            f"Your own texts of {layout.NARRATIVE} are of {book.settings.quarter.label}: Checks will list them."
        )
    lines.append("Next: type its figures, then refresh.")
    return Outcome(
        FINE, tuple(lines), {"quarter": plan.quarter.label, "rolled": plan.rolled.label if plan.rolled else None}.copy
    )


def verify(
    path: Path | Open,
    now: dt.datetime,
    ask: Ask | None = None,
    *,
    verifier: Verifier | None = None,
    progress: Progress = silent,
) -> Outcome:
    """Check a draft against the figures that the inputs of a workbook come to; refresh nothing.

    Args:
        path: The workbook.
        now: Local time without zone.
        ask: Which draft, and what to write; None checks what the workbook names and fills its Claims sheet.
        verifier: Does the checking; None for ours.
        progress: Told each step.

    Returns:
        Code 0 where nothing is contradicted, 1 where something is, 2 where draft or workbook cannot be used, 3 where a
        sentence could not be read.
    """
    outcome = _verify(path, now, ask, verifier, progress)
    return outcome if outcome.is_answer else replace(outcome, code=UNUSABLE)


@reported
def _verify(
    path: Path | Open, now: dt.datetime, ask: Ask | None, verifier: Verifier | None, progress: Progress
) -> Outcome:
    from xlkpi import verifying  # noqa: PLC0415  # no refresh needs it
    from xlkpi.prose.verify import verify as verify_text  # noqa: PLC0415  # likewise
    from xlkpi.tables.verified import printed_check, verification_as_json  # noqa: PLC0415  # likewise

    progress("Reading the workbook")
    workbook = _opened(path)
    book = parse(workbook)
    progress("Checking the draft")
    ask = ask or verifying.Ask()
    answer = verifying.verify_draft(workbook, book, results_of(book), ask, now, verifier or verify_text)
    contradicted = answer.checked.found.with_verdict(Verdict.CONTRADICTED)
    lines = [*printed_check(answer.checked, everything=ask.everything), *(["", *answer.notes] if answer.notes else [])]
    data = partial(verification_as_json, answer.checked)
    code = OUR_FAULT if answer.is_incomplete else FINDINGS if contradicted else FINE
    return Outcome(code, tuple(lines), data, is_answer=True, sheet=layout.CLAIMS if ask.write else "")


@reported
def undo_refresh(path: Path | Open, *, progress: Progress = silent) -> Outcome:
    """Put a workbook back as it was before the last change of ours; once more puts the change back."""
    progress("Putting it back")
    _opened(path).undo()
    return Outcome(FINE, (f"Put {path} back as it was before the last change.", "Once more puts the change back."))


@reported
def publish(
    path: Path | Open, now: dt.datetime, wanted: Wanted | None = None, *, progress: Progress = silent
) -> Outcome:
    """Refresh and check a workbook, and write the pack for whom it is; what the workbook carries besides stays behind.

    An open workbook is published as it is open, saved or not.

    Args:
        path: The workbook.
        now: Local time without zone.
        wanted: What goes before what the workbook's first sheet says of publishing; None for nothing.
        progress: Told each step.
    """
    from xlkpi import packing, publishing  # noqa: PLC0415  # no refresh needs it

    wanted = wanted or Wanted()
    progress("Reading the workbook")
    workbook = _opened(path)
    at = publishing.place_of(path, workbook)
    book, how = publishing.settled(workbook, wanted, at.parent)
    book = with_narrative(workbook, book)
    workbook.backup = book.settings.backup
    figures = worked_out(book, progress)
    remarks = with_acceptances(figures.found, book.accepted, how.who, now)
    accepted = publishing.with_accepted(remarks, wanted, how.who, now)
    material = publishing.Material(book, figures.results, figures.story.lines, accepted)
    draft = publishing.drafted(material, how, now, progress)
    left = [one.problem for one in accepted if not one.is_accepted]
    restated = publishing.restatement_writes(draft, figures.results.quarter)
    if left or draft.problems:
        apply_refresh(workbook, book, figures, remarks, now, restated)
        return publishing.blocked(draft.problems, left, workbook)
    stem = publishing.file_stem(book.settings.organisation, figures.results.quarter)
    files = publishing.made(draft, stem, now, progress)
    if how.lock:
        files = packing.locked(files, wanted.ask())
    progress("Writing the outputs")
    apply_refresh(workbook, book, figures, remarks, now, restated)
    progress("Putting the pack in place")
    pack = publishing.publish(
        material, draft, how, files, publishing.Origin(at, publishing.inputs_of(path, workbook)), now
    )
    return publishing.told(pack, figures.results.quarter, how)


@reported
def explain(
    path: Path | Open, wanted: Sequence[str] | Spot, *, write: bool = False, progress: Progress = silent
) -> Outcome:
    """Say how figures came about, from the typed cells to their status.

    Args:
        path: The workbook.
        wanted: Codes of measures, or rows of a sheet that name them.
        write: Whether the workbook's Explain sheet is filled; nothing else is changed.
        progress: Told each step.
    """
    from xlkpi import tracing  # noqa: PLC0415  # no refresh needs it

    progress("Reading the workbook")
    workbook = _opened(path)
    book = parse(workbook)
    results = results_of(book)
    found, sheet = tracing.traced(workbook, book, results, wanted, write=write)
    data: dict[str, object] = {
        "measures": [{"code": one.code, "steps": [step._asdict() for step in one.steps]} for one in found]
    }
    return Outcome(FINE, tuple(tracing.printed(found, results.quarter)), data.copy, sheet=sheet)


@reported
def verify_pack(folder: Path, book: Path | None = None, *, progress: Progress = silent) -> Outcome:
    """Say whether a pack is as it was published; change nothing.

    Args:
        folder: The pack.
        book: A workbook that is to hold what the pack was made from; None asks of the pack alone.
        progress: Told each step.
    """
    from xlkpi.publishing import verified  # noqa: PLC0415  # no refresh needs it

    progress("Reading the pack")
    return verified(folder, ClosedFile(book) if book else None)


@reported
def inspect(path: Path, *, progress: Progress = silent) -> Outcome:
    """Find what a workbook carries beside what one sees; change nothing."""
    from xlkpi.proof.inspect import inspect as traces  # noqa: PLC0415  # no refresh needs it

    progress("Looking through the workbook")
    found = traces(path)
    data: dict[str, object] = {
        "traces": [
            {"kind": one.kind.title, "where": one.where, "part": one.part, "what": one.what, "cure": one.kind.cure}
            for one in found
        ]
    }
    if not found:
        return Outcome(FINE, (f"Found nothing in {path} beside what one sees.",), data.copy)
    said = counted(len(found), "thing", "things")
    return Outcome(FINDINGS, (f"{sentence(said)} in {path} beside what one sees.", *map(str, found)), data.copy)


def doctor(book: Path | None = None, *, progress: Progress = silent) -> Outcome:
    """Find out why the buttons in Excel do not work on this machine; change nothing.

    Args:
        book: A workbook whose buttons do not work; None looks at the machine alone.
        progress: Told each step.
    """
    from xlkpi.setup.doctor import as_data, examine, findings, report  # noqa: PLC0415  # no refresh needs it

    progress("Looking at this machine")
    results = examine(book=book)
    return Outcome(
        FINDINGS if findings(results) else FINE, tuple(report(results)), lambda: {"checks": as_data(results)}
    )


def about(_book: object = None, *, progress: Progress = silent) -> Outcome:
    """Say which version this is, where its log is and whether Excel can use it; a button hands in its workbook in vain."""
    from xlkpi.setup.doctor import about as told  # noqa: PLC0415  # no refresh needs it

    progress("Looking at this machine")
    lines = told()
    return Outcome(FINE, tuple(lines), lambda: {"about": lines})


@reported
def new(path: Path, now: dt.datetime, source: Source, *, progress: Progress = silent) -> Outcome:
    """Make a new workbook: blank, or filled from a folder of CSV files and refreshed.

    Args:
        path: Where to make it; a file that is there is never replaced.
        now: Local time without zone.
        source: What it starts with.
        progress: Told each step.
    """
    if path.exists():
        raise FileUnusable(f"{path} is there already. Name another file, or move that one away first.")
    if path.suffix.casefold() not in NEW:
        cure = f"Name the new workbook, for example {path.stem}.xlsx, or {path.stem}.xlsm to have buttons."
        raise FileUnusable(f"{path} does not end in {' or '.join(NEW)}. {cure}")
    if source.folder is None:
        return _new_blank(path, now, source, progress)
    progress("Reading the files")
    drawn, folder = template(), Folder(source.folder, source.organisation, source.quarter)
    content = drawn.content_of(folder, parse(folder))
    progress("Drawing the sheets")

    def make(draft: Path) -> None:
        drawn.build(draft, content, now)
        outcome = refresh(draft, now, backup=False, progress=progress)
        assert outcome.code == FINE, outcome.lines

    into_place(path, make)
    outcome = check(path)
    return Outcome(outcome.code, (f"Made {path} for {folder.quarter.title}.", *outcome.lines[1:]), outcome.data)


def _new_blank(path: Path, now: dt.datetime, source: Source, progress: Progress) -> Outcome:
    quarter = source.quarter or Month(now.year, now.month).quarter.previous
    progress("Drawing the sheets")
    drawn = template()
    into_place(path, lambda draft: drawn.build(draft, drawn.Content(source.organisation, quarter), now))
    lines = (
        f"Made {path} for {quarter.title}.",
        "Next: fill in Register and Targets, save it, and refresh: every indicator gets its row on the quarter sheets.",
    )
    return Outcome(FINE, lines, {"path": str(path), "quarter": quarter.label}.copy)


def demo(folder: Path, now: dt.datetime, *, progress: Progress = silent) -> Outcome:
    """Put the worked example into a folder, refresh it and show what it says."""
    path = folder / f"{EXAMPLE}.xlsx"
    if path.exists():
        outcome = refresh(path, now, progress=progress)
    else:
        folder.mkdir(parents=True, exist_ok=True)
        outcome = new(path, now, example(), progress=progress)
    if outcome.code != FINE:
        return outcome
    return Outcome(FINE, (*outcome.lines, "", f"Open {path} in Excel or LibreOffice."), outcome.data)


@reported
def build(folder: Path, *, progress: Progress = silent) -> Outcome:
    """Rebuild the workbooks and the add-in that the project ships, byte for byte."""
    drawn, built = template(), []
    folder.mkdir(parents=True, exist_ok=True)
    for suffix in NEW:
        blank, worked = folder / f"{TEMPLATE}{suffix}", folder / f"{EXAMPLE}{suffix}"
        progress("Drawing the template")
        drawn.build(blank, drawn.Content("Your organisation", EXAMPLE_QUARTER), BUILT)
        worked.unlink(missing_ok=True)
        outcome = new(worked, BUILT, example(), progress=progress)
        if outcome.code != FINE:
            return outcome
        built += [blank, worked]
    drawn.build_addin(folder / ADDIN, BUILT)
    return Outcome(FINE, (f"Built {listed([str(path) for path in (*built, folder / ADDIN)])}.",))


def example() -> Source:
    """Return the worked example that comes with the package."""
    return Source("Doncaster Children's Services Trust", EXAMPLE_QUARTER, Path(__file__).parent / "example" / "dcst")


def _opened(where: Path | Open) -> Backend:
    """Return the back end for a workbook: a file that nobody has open, or one that is open in Excel."""
    if isinstance(where, Path):
        return ClosedFile(where)
    from xlkpi.workbook.live import LiveBook, attach  # noqa: PLC0415  # where Excel is not asked for it need not be there

    return attach(where.name) if where.book is None else LiveBook(where.book)


def figures(path: str | Path) -> Results:
    """Return the figures of a workbook for a Python program.

    Raises:
        WorkbookInvalid: With every fault of the workbook at once.
        FileUnusable: Where the file is no workbook.
    """
    return results_of(parse(ClosedFile(path)))


def _told(results: Results, found: Sequence[Problem], *done: str) -> Outcome:
    lines = [*done, "", *printed_summary(results.summary), "", headline(results)]
    if found:
        lines += ["", *printed_remarks(found)]
    sheet = layout.CHECKS if found else ""
    return Outcome(FINE, tuple(lines), partial(as_json, results, found), sheet=sheet)
