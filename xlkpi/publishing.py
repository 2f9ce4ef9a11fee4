"""How a report is published: checked, written, proved clean, and only then put where it was asked for."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from xlkpi import packing
from xlkpi.calculate.history import History
from xlkpi.calculate.results import Results
from xlkpi.errors import Problem, WorkbookInvalid
from xlkpi.model.period import Quarter
from xlkpi.model.profile import Profile
from xlkpi.model.register import Kind
from xlkpi.narrative.edits import Line
from xlkpi.outcome import FINDINGS, FINE, Open, Outcome, Progress
from xlkpi.pack import manifest, restated
from xlkpi.pack.content import Contents, report
from xlkpi.pack.document import Report
from xlkpi.pack.files import prove, written
from xlkpi.pack.known import known
from xlkpi.pack.manifest import Accepted, Release, Restatement
from xlkpi.pack.quiet import Quiet
from xlkpi.pack.restated import Earlier, earlier_releases
from xlkpi.pack.small_numbers import Kept, keep
from xlkpi.pack.typed import typed_content
from xlkpi.tables.accepted import Remark
from xlkpi.tables.words import counted, listed, sentence
from xlkpi.version import VERSION
from xlkpi.wanted import Terms, Wanted, home_of, refuse_lacking, terms
from xlkpi.workbook import layout
from xlkpi.workbook.backend import Backend, Write, place
from xlkpi.workbook.file import ClosedFile
from xlkpi.workbook.intake import Book, parse
from xlkpi.workbook.intake.paths import path_problem
from xlkpi.workbook.layout import Name
from xlkpi.writers.trace import plan_restatements

#: How many quarters the history of a measure goes back.
QUARTERS = 12


@dataclass(frozen=True, slots=True)
class Material:
    """What a pack is made of.

    Attributes:
        book: What is typed into the workbook.
        results: What that comes to.
        lines: The narrative.
        remarks: With those who accepted them.
    """

    book: Book
    results: Results
    lines: Sequence[Line]
    remarks: Sequence[Remark]


@dataclass(frozen=True, slots=True)
class Draft:
    """A pack that is worked out and not written.

    Attributes:
        report: What it says.
        kept: What it keeps to itself.
        quiet: What keeps its texts from saying that.
        against: What was published before, which it was compared with, the newest first.
        changed: Figures that were published otherwise.
        problems: What has to be put right before it can be written.
    """

    report: Report
    kept: Kept
    quiet: Quiet
    against: Sequence[Earlier]
    changed: Sequence[Restatement]
    problems: Sequence[Problem]


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a pack comes from.

    Attributes:
        workbook: Path of the workbook, or its name in the folder for what goes beside it.
        inputs: What goes into the manifest of it: contents by name.
    """

    workbook: Path
    inputs: Mapping[str, bytes]


@dataclass(frozen=True, slots=True)
class Published:
    """What became of it.

    Attributes:
        folder: Where the pack is.
        files: Their names, in order.
        notes: What the analyst must know: what became of a former pack, and of small numbers.
        letter: The file beside the folder that holds the text to send it with.
        email: That text.
    """

    folder: Path
    files: Sequence[str]
    notes: Sequence[str]
    letter: Path
    email: str


def settled(workbook: Backend, wanted: Wanted, home: Path) -> tuple[Book, Terms]:
    """Return what is typed into a workbook, and how it is published.

    Raises:
        WorkbookInvalid: With every fault at once, that of the folder among them.
        FileUnusable: Where something that is needed is not installed.
    """
    unusable = None
    if wanted.folder is None:
        unusable = path_problem(workbook.read_name(Name.PACKS), "the folder to publish into", _ELSEWHERE, _UNCLEAR)
    try:
        book = parse(workbook)
    except WorkbookInvalid as error:
        raise WorkbookInvalid([*error.problems, *([unusable] if unusable else [])]) from None
    if unusable:
        raise WorkbookInvalid([unusable])
    how = terms(wanted, book.settings.publishing, home)
    refuse_lacking(how)
    return book, how


_ELSEWHERE = "Type a folder of this computer, or leave the cell empty to publish beside the workbook."
_UNCLEAR = "Type the whole path, or leave the cell empty to publish beside the workbook."


def place_of(path: Path | Open, workbook: Backend) -> Path:
    """Return where a workbook is, or where things beside it go: one on the web, or never saved, is in no folder here."""
    if isinstance(path, Path):
        return path
    from xlkpi.setup.machine import ThisMachine  # noqa: PLC0415  # only where Excel is
    from xlkpi.workbook.live import LiveBook  # noqa: PLC0415  # likewise

    assert isinstance(workbook, LiveBook), "an open workbook is one"
    return home_of(workbook.full_name, ThisMachine().places.library) / Path(str(workbook)).name


def with_accepted(remarks: Sequence[Remark], wanted: Wanted, by: str, now: dt.datetime) -> list[Remark]:
    """Return the remarks with those accepted that somebody accepts beside what the workbook says."""
    return [
        Remark(one.problem, by, now)
        if not one.is_accepted and (wanted.accept_all or one.problem.where in wanted.accepted)
        else one
        for one in remarks
    ]


def drafted(material: Material, how: Terms, now: dt.datetime, progress: Progress) -> Draft:
    """Return a pack as it would be, with what stands in its way.

    Args:
        material: What it is made of.
        how: For whom, and in whose name.
        now: Local time without zone, when it is signed.
        progress: Told each step.

    Raises:
        FileUnusable: Where an earlier release is not as it was published.
    """
    book, results = material.book, material.results
    progress("Protecting small numbers")
    against = earlier_releases(how.folder, book.settings.organisation, how.profile.value, results.quarter)
    # What a pack of the same quarter printed may be withheld in the next one: perhaps that is why there is a next one.
    before = [one for one in against if one.quarter < results.quarter]
    known = {key: number for one in before for key, number in restated.counts(one.figures).items()}
    kept, quiet = _kept(book, results, how.profile, known)
    fresh = report(_contents(material, how, now, kept, quiet))
    progress("Comparing with what was published before")
    reasons = {key: quiet.comment(key[0], reason) for key, reason in book.reasons.items()}
    changed = restated.restatements(against, fresh, reasons)
    problems = [_unexplained(one, place) for place, one in enumerate(changed) if not one.reason]
    problems += [_open(key) for key in kept.protection.open]
    if changed:
        fresh = replace(fresh, sections=[*fresh.sections, restated.section(changed, fresh)])
    return Draft(fresh, kept, quiet, against, changed, problems)


def _unexplained(one: Restatement, row: int) -> Problem:
    table = layout.RESTATEMENTS_TABLE
    where = place(table.sheet, layout.FIRST_ROW + row, table.left + table.index("reason"))
    what = f"{one.code}, {one.period}, was {one.old} in the {one.release} and is {one.new}."
    cure = f"Type under {table.heading('reason')} why; or, if nobody was sent that pack, delete its folder."
    return Problem(where, what, cure)


def restatement_writes(draft: Draft, quarter: Quarter) -> list[Write]:
    """Return the writes of the workbook's list of restatements, with the reasons that were typed."""
    rows = [(one.code, one.period, one.old, one.new, one.reason or None) for one in draft.changed]
    if not draft.against:
        told = f"{quarter.title} · no earlier release was found to compare with"
    else:
        told = f"{quarter.title} · against {listed([f'the {one.told}' for one in draft.against])}: "
        told += counted(len(rows), "figure differs", "figures differ")
    return plan_restatements(rows, told)


def blocked(problems: Sequence[Problem], left: Sequence[Problem], workbook: Backend) -> Outcome:
    """Return what stands in the way of publishing, all at once.

    Args:
        problems: To put right.
        left: Remarks that nobody accepted.
        workbook: Where that can be done.
    """
    lines: list[str] = []
    if problems:
        said = counted(len(problems), "thing", "things")
        lines += [f"{sentence(said)} to put right before anything is published. The workbook was refreshed."]
        lines += [str(one) for one in problems]
    if left:
        said = counted(len(left), "remark", "remarks")
        column = layout.CHECKS_TABLE.heading("accepted")
        cure = f"Mend them, or choose {layout.YES} beside each in {layout.CHECKS}, column {column}, and publish again."
        if column not in workbook.headings(layout.CHECKS_TABLE.name):
            cure += (
                f" Where that column is missing, delete the sheet {layout.CHECKS} and refresh: it comes back with it."
            )
        if isinstance(workbook, ClosedFile):
            cure += " Or accept each with --accept and its place, or all with --accept-all."
        lines += [f"{sentence(said)} to accept before anything is published. {cure}", *map(str, left)]
    data = {"problems": [one._asdict() for one in problems], "remarks": [one._asdict() for one in left]}
    return Outcome(FINDINGS, tuple(lines), data.copy, sheet=layout.CHECKS if left else layout.RESTATEMENTS)


def made(draft: Draft, stem: str, now: dt.datetime, progress: Progress) -> dict[str, bytes]:
    """Return the files of a pack by name, proved clean.

    Raises:
        WorkbookInvalid: Where a finished file carries what it must not, or lacks what it must have.
    """
    progress("Writing the report")
    files = written(draft.report, stem, now)
    progress("Proving the files clean")
    prove(files)
    return files


def publish(
    material: Material, draft: Draft, how: Terms, files: Mapping[str, bytes], origin: Origin, now: dt.datetime
) -> Published:
    """Write a pack that is made and proved, and what goes beside it.

    Args:
        material: What it was made of.
        draft: What it says.
        how: Where it goes, and for whom.
        files: Its files, locked by now where they are to be.
        origin: Where it comes from.
        now: Local time without zone.

    Raises:
        FileUnusable: Where the folder cannot be written, or holds something that is no pack.
    """
    settings, quarter = material.book.settings, material.results.quarter
    folder = how.folder / f"{file_stem(settings.organisation, quarter)}-{how.profile.value}"
    release = Release(
        settings.organisation,
        quarter.label,
        how.profile.value,
        VERSION,
        now.isoformat(timespec="seconds"),
        how.who,
        [_accepted(one, draft.quiet) for one in material.remarks],
        draft.changed,
        next((one.published for one in draft.against if one.folder == folder), ""),
    )
    whole = {**files, manifest.NAME: manifest.manifest(release, origin.inputs, files)}
    former = packing.put(folder, whole)
    letter = folder.with_name(f"{folder.name} - e-mail.txt")
    email = packing.email(
        settings.organisation,
        quarter,
        list(whole),
        restated=len(draft.changed),
        is_locked=how.lock,
    )
    packing.write_beside(letter, email + "\n")
    notes = packing.keep_log(origin.workbook, quarter, draft.kept, draft.quiet, how.profile)
    if former is not None:
        told = (
            "Keep it if it was sent: the next pack will own up to what it said otherwise. If nobody got it, delete it."
        )
        notes.insert(0, f"The pack that was there before is now {former.name}, beside the new one. {told}")
    return Published(folder, list(whole), notes, letter, email)


def inputs_of(path: Path | Open, workbook: Backend) -> dict[str, bytes]:
    """Return what a pack is made from: the file, where it is one, and what is typed into each table."""
    file = {path.name: path.read_bytes()} if isinstance(path, Path) else {}
    return {**file, **typed_content(workbook)}


def told(pack: Published, quarter: Quarter, how: Terms) -> Outcome:
    """Return what to say of a pack that was published."""
    named = f", in the name of {how.who}" if how.who else ""
    done = f"Published {quarter.title} for the {how.profile.value}{named}: {len(pack.files)} files in {pack.folder}"
    letter = f"A text to send it with, also in {pack.letter.name} beside that folder:"
    lines = (done, "", letter, pack.email, *(["", *pack.notes] if pack.notes else []))
    return Outcome(FINE, lines, {"folder": str(pack.folder), "files": list(pack.files), "email": pack.email}.copy)


def _accepted(one: Remark, quiet: Quiet) -> Accepted:
    at = one.at.isoformat(timespec="seconds") if one.at else ""
    return Accepted(one.problem.where, quiet.remark(one.problem), one.by, at)


def file_stem(organisation: str, quarter: Quarter) -> str:
    """Return what the names of a pack's files start with.

    Examples:
        >>> file_stem("Doncaster Children's Services Trust", Quarter(2018, 2))
        'doncaster-childrens-services-trust-2018-19-q2'
    """
    words = re.sub(r"[^a-z0-9]+", "-", re.sub("['\u2019]", "", organisation.casefold())).strip("-")
    return "-".join(filter(None, (words, quarter.label.replace("/", "-").replace(" ", "-").lower())))


def _kept(book: Book, results: Results, profile: Profile, last: Mapping[str, int]) -> tuple[Kept, Quiet]:
    """Return which figures are withheld, and what keeps texts from saying them.

    Args:
        book: What is typed.
        results: What it comes to.
        profile: For whom the report is.
        last: Counts that the last release said, by their keys.
    """
    quarters = [results.quarter.shift(back - QUARTERS + 1) for back in range(QUARTERS)]
    histories = [
        History(one, book.register, book.observations, results.judged)
        for kind in Kind
        for one in book.register.valid(kind, results.quarter)
    ]
    kept = keep(histories, quarters, last, profile)
    is_on = profile is Profile.PUBLIC or bool(kept.protection.withheld)
    return kept, Quiet(known(results, histories, quarters, kept), is_on=is_on)


def _contents(material: Material, how: Terms, now: dt.datetime, kept: Kept, quiet: Quiet) -> Contents:
    book = material.book
    signed = f"{how.by}, {now.day} {now:%B %Y}" if how.by else ""
    said = book.settings.organisation, material.results, book.register, book.observations
    return Contents(*said, quiet.lines(material.lines), kept.withheld, QUARTERS, signed, quiet.comment)


def _open(key: str) -> Problem:
    what = "a number from 1 to 5 could be worked out from what was published before."
    return Problem(key, what, "Leave this measure out of the public report, or publish for the commissioner.")


def verified(folder: Path, workbook: Backend | None) -> Outcome:
    """Return whether a pack is as it was published.

    Args:
        folder: The pack.
        workbook: Is to hold what the pack was made from; None asks of the pack alone.

    Raises:
        FileUnusable: Where the folder holds no pack.
    """
    found = manifest.check(folder)
    lines = [f"Every file in {folder} is as it was published."]
    if found:
        said = sentence(counted(len(found), "file is not", "files are not"))
        lines = [f"{said} as published.", *map(str, found)]
    if workbook is not None:
        typed = manifest.check_inputs(folder, typed_content(workbook))
        found += typed
        lines += [str(one) for one in typed] or ["It was made from what is typed into the workbook now."]
    return Outcome(FINDINGS if found else FINE, tuple(lines), {"problems": [one._asdict() for one in found]}.copy)
