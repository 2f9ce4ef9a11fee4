"""How a report is published: checked, written, proved clean, and only then put where it was asked for."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
import shutil
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from xlkpi.calculate.history import History
from xlkpi.calculate.results import Results
from xlkpi.errors import FileUnusable, Problem, WorkbookInvalid
from xlkpi.model.period import Quarter, parse_quarter
from xlkpi.model.register import Kind
from xlkpi.narrative.edits import Line
from xlkpi.outcome import Progress
from xlkpi.pack import data, manifest, restated
from xlkpi.pack.content import Contents, report
from xlkpi.pack.document import Report
from xlkpi.pack.known import known
from xlkpi.pack.manifest import Release, Restatement
from xlkpi.pack.quiet import Quiet
from xlkpi.pack.small_numbers import Kept, Profile, keep
from xlkpi.proof.accessible import lacking
from xlkpi.proof.inspect import inspect
from xlkpi.proof.trace import Trace
from xlkpi.proof.word import inspect_page, inspect_word
from xlkpi.tables.words import counted, listed
from xlkpi.version import VERSION
from xlkpi.workbook.intake import Book

#: How many quarters the history of a measure goes back.
QUARTERS = 12


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody wants published.

    Attributes:
        folder: Where the pack's own folder goes.
        profile: For whom.
        accepted: Places of the remarks that are accepted (``Results!A1``).
        accept_all: Whether all are.
        by: Who publishes it, as the manifest shall say; empty for nobody.
        password: With which the workbook opens; empty where it needs none.
    """

    folder: Path
    profile: Profile = Profile.COMMISSIONER
    accepted: Sequence[str] = ()
    accept_all: bool = False
    by: str = ""
    password: str = ""


@dataclass(frozen=True, slots=True)
class Material:
    """What a pack is made of.

    Attributes:
        source: The workbook, whose digest goes into the manifest.
        book: What is typed into it.
        results: What that comes to.
        lines: The narrative.
        remarks: Those that were accepted.
    """

    source: Path
    book: Book
    results: Results
    lines: Sequence[Line]
    remarks: Sequence[Problem]


@dataclass(frozen=True, slots=True)
class Published:
    """What became of it.

    Attributes:
        folder: Where the pack is.
        files: Their names, in order.
        notes: What the analyst must know about small numbers.
        email: A text to send it with.
    """

    folder: Path
    files: Sequence[str]
    notes: Sequence[str]
    email: str


def not_accepted(remarks: Sequence[Problem], wanted: Wanted) -> list[Problem]:
    """Return the remarks that nobody has accepted yet."""
    return [] if wanted.accept_all else [one for one in remarks if one.where not in wanted.accepted]


def publish(material: Material, wanted: Wanted, now: dt.datetime, progress: Progress) -> Published:
    """Write a pack and return what it holds; nothing is left where it cannot be proved clean.

    Args:
        material: What goes in.
        wanted: Where it goes, and for whom.
        now: Local time without zone.
        progress: Told each step.

    Raises:
        FileUnusable: Where the folder cannot be written, or holds something that is no pack.
        WorkbookInvalid: Where a small number could still be worked out, or a finished file carries what it must not.
    """
    book, results = material.book, material.results
    progress("Protecting small numbers")
    last = restated.last_release(wanted.folder, book.settings.organisation, wanted.profile.value, results.quarter)
    kept, quiet = _kept(book, results, wanted.profile, last)
    if kept.protection.open:
        raise WorkbookInvalid([_open(key) for key in kept.protection.open])
    signed = f"{wanted.by}, {now.day} {now:%B %Y}" if wanted.by else ""
    contents = Contents(
        *(book.settings.organisation, results, book.register, book.observations, quiet.lines(material.lines)),
        *(kept.withheld, QUARTERS, signed, quiet.comment),
    )
    stem = file_stem(book.settings.organisation, results.quarter)
    progress("Writing the report")
    finished, changed = _restated(report(contents), book, last, quiet)
    files = _files(finished, stem, now)
    progress("Proving the files clean")
    _prove(files)
    release = Release(
        book.settings.organisation,
        results.quarter.label,
        wanted.profile.value,
        VERSION,
        now.isoformat(timespec="seconds"),
        wanted.by,
        [quiet.remark(one) for one in material.remarks],
        changed,
    )
    if wanted.password:
        files = {name: _locked(name, content, wanted.password) for name, content in files.items()}
    folder = wanted.folder / f"{stem}-{wanted.profile.value}"
    files[manifest.NAME] = manifest.manifest(release, {material.source.name: material.source.read_bytes()}, files)
    _put(folder, files)
    notes = _log(material.source, results.quarter, kept, quiet, wanted.profile)
    return Published(folder, list(files), notes, _email(book.settings.organisation, results.quarter, list(files)))


def file_stem(organisation: str, quarter: Quarter) -> str:
    """Return what the names of a pack's files start with.

    Examples:
        >>> file_stem("Doncaster Children's Services Trust", Quarter(2018, 2))
        'doncaster-childrens-services-trust-2018-19-q2'
    """
    words = re.sub(r"[^a-z0-9]+", "-", re.sub("['\u2019]", "", organisation.casefold())).strip("-")
    return "-".join(filter(None, (words, quarter.label.replace("/", "-").replace(" ", "-").lower())))


def _kept(book: Book, results: Results, profile: Profile, last: Path | None) -> tuple[Kept, Quiet]:
    """Return which figures are withheld, and what keeps texts from saying them."""
    quarters = [results.quarter.shift(back - QUARTERS + 1) for back in range(QUARTERS)]
    histories = [
        History(one, book.register, book.observations, results.judged)
        for kind in Kind
        for one in book.register.valid(kind, results.quarter)
    ]
    kept = keep(histories, quarters, restated.counts(restated.released(last)) if last else {}, profile)
    is_on = profile is Profile.PUBLIC or bool(kept.protection.withheld)
    return kept, Quiet(known(results, histories, quarters, kept), is_on=is_on)


def _open(key: str) -> Problem:
    what = "a number from 1 to 5 could be worked out from what was published before."
    return Problem(key, what, "Leave this measure out of the public report, or publish for the commissioner.")


def _restated(fresh: Report, book: Book, last: Path | None, quiet: Quiet) -> tuple[Report, list[Restatement]]:
    """Return the report with the figures that the last release beside it said otherwise."""
    if last is None:
        return fresh, []

    def reason(code: str, label: str) -> str:
        typed = book.observations.get(code, parse_quarter(label))
        return quiet.comment(code, typed.comment) if typed else ""

    found = list(restated.restatements(restated.released(last), fresh, reason))
    if not found:
        return fresh, []
    return replace(fresh, sections=[*fresh.sections, restated.section(found)]), found


def _locked(name: str, content: bytes, password: str) -> bytes:
    """Return a file that opens with a password alone: AES, in the format that Excel and Word read."""
    if not name.endswith((".xlsx", ".docx")):
        return content
    from msoffcrypto.format.ooxml import OOXMLFile  # noqa: PLC0415  # only where a password is wanted

    locked = io.BytesIO()
    OOXMLFile(io.BytesIO(content)).encrypt(password, locked)
    return locked.getvalue()


def _files(finished: Report, stem: str, now: dt.datetime) -> dict[str, bytes]:
    from xlkpi.pack.docx import document  # noqa: PLC0415  # no other command writes Word files
    from xlkpi.pack.html import page  # noqa: PLC0415  # likewise
    from xlkpi.pack.workbook import workbook  # noqa: PLC0415  # likewise

    figures = workbook(finished, now)
    return {
        f"{stem}.xlsx": figures,
        f"{stem}.docx": document(finished, figures, now),
        f"{stem}.html": page(finished).encode(),
        f"{stem}.csv": data.table(finished),
        f"{stem}.csv-metadata.json": data.metadata(finished, f"{stem}.csv"),
    }


def _prove(files: Mapping[str, bytes]) -> None:
    """Open every finished file again and look for what must not, and what must, be in it."""
    found: list[Problem] = []
    with tempfile.TemporaryDirectory() as folder:
        for name, content in files.items():
            path = Path(folder) / name
            path.write_bytes(content)
            found += [
                Problem(f"{name}, {one.part}", f"{one.kind.title}: {one.what}.", one.kind.cure)
                for one in _traces(path, content)
            ]
            if path.suffix == ".xlsx":
                found += [one._replace(where=f"{name}, {one.where}") for one in lacking(path)]
    if found:
        raise WorkbookInvalid(found)


def _traces(path: Path, content: bytes) -> Iterable[Trace]:
    if path.suffix == ".xlsx":
        return inspect(path)
    if path.suffix == ".docx":
        return inspect_word(content)
    return inspect_page(content.decode()) if path.suffix == ".html" else ()


def _put(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write the files beside their place and move them there when all are whole; a pack that is there is replaced."""
    if folder.exists() and not _is_pack(folder):
        cure = "Choose another folder, or move that one away."
        raise FileUnusable(f"{folder} is there already and holds files that are not of a pack. {cure}")
    draft = folder.with_name(f".{folder.name}.draft")
    try:
        shutil.rmtree(draft, ignore_errors=True)
        draft.mkdir(parents=True)
        for name, content in files.items():
            (draft / name).write_bytes(content)
        shutil.rmtree(folder, ignore_errors=True)
        draft.replace(folder)
    except OSError as error:
        raise FileUnusable(
            f"{folder} could not be written: {error.strerror or error}. Choose another folder."
        ) from error
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def _is_pack(folder: Path) -> bool:
    """Return whether a folder holds a pack and nothing of anybody else's."""
    try:
        return folder.is_dir() and not any("not part of" in one.what for one in manifest.check(folder))
    except FileUnusable:
        return folder.is_dir() and not any(folder.iterdir())


def _email(organisation: str, quarter: Quarter, files: Iterable[str]) -> str:
    names = [name for name in files if name.endswith((".xlsx", ".docx", ".html"))]
    return (
        f"Subject: {organisation}: contract performance, {quarter.title}\n\n"
        f"Please find attached our performance report for {quarter.title} ({quarter.dates}): {', '.join(names)}. "
        "The workbook holds values only, without macros, formulas or links; the web page says the same and works offline."
    )


def _log(source: Path, quarter: Quarter, kept: Kept, quiet: Quiet, profile: Profile) -> list[str]:
    """Say which small numbers there are; for the public, keep beside the workbook what was withheld and why."""
    notes = []
    if profile is Profile.COMMISSIONER:
        names = [f"{code} {part} of {at.label}" for code, at, part in kept.shown]
        if names:
            notes = [f"Small numbers that are shown, under your agreement with the commissioner: {listed(names)}."]
    if not (quiet.is_on or kept.protection.withheld):
        return notes
    log = source.with_name(f"{source.stem} - withheld {quarter.label.replace('/', '-')}.csv")
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(("code", "quarter", "part", "reason"))
    writer.writerows(kept.log())
    writer.writerows((one.where, quarter.label, "sentence", f"{one.reason}: {one.sentence}") for one in quiet.left_out)
    try:
        log.write_text("\ufeff" + text.getvalue(), encoding="utf-8", newline="")
    except OSError as error:
        raise FileUnusable(
            f"{log} could not be written: {error.strerror or error}. Close it, and publish again."
        ) from error
    number = counted(len(kept.protection.withheld), "figure", "figures")
    if quiet.left_out:
        number += f" and {counted(len(quiet.left_out), 'sentence', 'sentences')}"
    return [*notes, f"Withheld {number}; {log} says which and why. Keep it to yourself."]
