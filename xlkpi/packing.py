"""How a pack gets to its place, whole or not at all, and what goes beside it: the text to send it with, and the log."""

from __future__ import annotations

import csv
import io
import re
import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path

from xlkpi.errors import FileUnusable
from xlkpi.model.period import Quarter
from xlkpi.model.profile import Profile
from xlkpi.pack import manifest
from xlkpi.pack.quiet import Quiet
from xlkpi.pack.small_numbers import Kept
from xlkpi.tables.words import counted, listed, sentence

#: What says everything that a pack says; the other files are the same in another form, and know the time.
_SAYS = (".csv", ".html")


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


def put(folder: Path, files: Mapping[str, bytes]) -> Path | None:
    """Write the files beside their place and move them there when all are whole.

    Returns:
        Where the pack went that was there before, whole: it may have been sent. None where there was none, or where it said
        the same to the letter.
    """
    if folder.exists() and not _is_pack(folder):
        cure = "Choose another folder, or move that one away."
        raise FileUnusable(f"{folder} is there already and holds files that are not of a pack. {cure}")
    draft = folder.with_name(f".{folder.name}.draft")
    try:
        shutil.rmtree(draft, ignore_errors=True)
        draft.mkdir(parents=True)
        for name, content in files.items():
            (draft / name).write_bytes(content)
        former = _moved_away(folder, files)
        try:
            draft.replace(folder)
        except OSError:
            if former is not None:
                former.replace(folder)
            raise
    except OSError as error:
        raise FileUnusable(
            f"{folder} could not be written: {error.strerror or error}. Choose another folder."
        ) from error
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return former


def _moved_away(folder: Path, files: Mapping[str, bytes]) -> Path | None:
    """Make room for a pack; return where the one went that was there, unless its texts and data are those of the new one."""
    said = [name for name in files if name.endswith(_SAYS)]
    there = {path.name: path for path in folder.iterdir()} if folder.exists() else {}
    if said and all(name in there and there[name].read_bytes() == files[name] for name in said):
        shutil.rmtree(folder, ignore_errors=True)
        return None
    if manifest.NAME not in there:
        shutil.rmtree(folder, ignore_errors=True)
        return None
    published = re.sub(r"[^0-9-]", "", str(manifest.read(folder)["published"]).replace("T", "-"))
    former, number = folder.with_name(f"{folder.name} - former {published}"), 2
    while former.exists():
        former = folder.with_name(f"{folder.name} - former {published} ({number})")
        number += 1
    folder.replace(former)
    return former


def _is_pack(folder: Path) -> bool:
    """Return whether a folder holds a pack and nothing of anybody else's."""
    try:
        return folder.is_dir() and not any("not part of" in one.what for one in manifest.check(folder))
    except FileUnusable:
        return folder.is_dir() and not any(folder.iterdir())


def email(organisation: str, quarter: Quarter, files: Iterable[str], *, restated: int = 0, is_locked: bool) -> str:
    """Return a text to send a pack with.

    Args:
        organisation: Whose figures they are.
        quarter: That is reported.
        files: Names of the pack's files; those that a person reads are named.
        restated: How many figures differ from what was published before.
        is_locked: Whether workbook and Word file open with a password alone.
    """
    names = [name for name in files if name.endswith((".xlsx", ".docx", ".html"))]
    needed = " Workbook and Word file open with a password, which you get from me in another way." if is_locked else ""
    said = sentence(counted(restated, "figure differs", "figures differ"))
    owned_up = f"{said} from what was published before; the section Restatements lists old, new and reason."
    return (
        f"Subject: {organisation}: contract performance, {quarter.title}\n\n"
        f"Please find attached our performance report for {quarter.title} ({quarter.dates}): {', '.join(names)}. "
        "The workbook holds values only, without macros, formulas or links; the web page says the same and works offline."
        f"{needed}"
        f"{f' {owned_up}' if restated else ''}"
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
