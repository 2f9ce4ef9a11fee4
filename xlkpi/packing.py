"""How a pack gets to its place, whole or not at all, and what goes beside it: the text to send it with, and the log."""

from __future__ import annotations

import csv
import io
import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path

from xlkpi.errors import FileUnusable
from xlkpi.model.period import Quarter
from xlkpi.model.profile import Profile
from xlkpi.pack import manifest
from xlkpi.pack.quiet import Quiet
from xlkpi.pack.small_numbers import Kept
from xlkpi.tables.words import counted, listed


def locked(files: Mapping[str, bytes], password: str) -> dict[str, bytes]:
    """Return the files of a pack, workbook and Word file so that they open with a password alone."""
    return {name: _locked(name, content, password) for name, content in files.items()}


def _locked(name: str, content: bytes, password: str) -> bytes:
    """Return a file that opens with a password alone: AES, in the format that Excel and Word read."""
    if not name.endswith((".xlsx", ".docx")):
        return content
    from msoffcrypto.format.ooxml import OOXMLFile  # noqa: PLC0415  # only where a password is wanted

    locked = io.BytesIO()
    OOXMLFile(io.BytesIO(content)).encrypt(password, locked)
    return locked.getvalue()


def put(folder: Path, files: Mapping[str, bytes]) -> None:
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


def email(organisation: str, quarter: Quarter, files: Iterable[str], *, is_locked: bool) -> str:
    """Return a text to send a pack with.

    Args:
        organisation: Whose figures they are.
        quarter: That is reported.
        files: Names of the pack's files; those that a person reads are named.
        is_locked: Whether workbook and Word file open with a password alone.
    """
    names = [name for name in files if name.endswith((".xlsx", ".docx", ".html"))]
    needed = " Workbook and Word file open with a password, which you get from me in another way." if is_locked else ""
    return (
        f"Subject: {organisation}: contract performance, {quarter.title}\n\n"
        f"Please find attached our performance report for {quarter.title} ({quarter.dates}): {', '.join(names)}. "
        "The workbook holds values only, without macros, formulas or links; the web page says the same and works offline."
        f"{needed}"
    )


def keep_log(source: Path, quarter: Quarter, kept: Kept, quiet: Quiet, profile: Profile) -> list[str]:
    """Say which small numbers there are; keep beside the workbook what was withheld, in figures and in words, and why."""
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
    write_beside(log, "\ufeff" + text.getvalue())
    number = counted(len(kept.protection.withheld), "figure", "figures")
    if quiet.left_out:
        number += f" and {counted(len(quiet.left_out), 'sentence', 'sentences')}"
    return [*notes, f"Withheld {number}; {log} says which and why. Keep it to yourself."]


def write_beside(path: Path, text: str) -> None:
    """Write a file that stays beside a pack.

    Raises:
        FileUnusable: Where that cannot be done.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="")
    except OSError as error:
        raise FileUnusable(
            f"{path} could not be written: {error.strerror or error}. Close it, and publish again."
        ) from error
