"""The manifest of a pack: what it was made from, what is in it, who made it when, and whether that is still so."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from xlkpi.errors import FileUnusable, Problem

NAME = "manifest.json"
_FORMAT = 2


@dataclass(frozen=True, slots=True)
class Restatement:
    """A figure that differs from what an earlier release said.

    Attributes:
        code: Of the measure.
        period: Which quarter, and which of its figures: ``2018/19 Q1 outturn``.
        old: As it was printed.
        new: As it is printed now.
        reason: Why, as somebody typed it.
        release: Which release said so; the newest of several.
    """

    code: str
    period: str
    old: str
    new: str
    reason: str
    release: str = ""


@dataclass(frozen=True, slots=True)
class Accepted:
    """A remark that was accepted, as it was shown, by whom and when (local date and time, ISO 8601)."""

    where: str
    what: str
    by: str
    at: str


@dataclass(frozen=True, slots=True)
class Release:
    """What is said of a release.

    Attributes:
        organisation: Whose figures they are.
        period: The quarter reported (``2018/19 Q2``).
        profile: For whom: commissioner or public.
        version: Of the program.
        published: Local date and time, ISO 8601.
        by: Who published it, as the system names them; empty where nobody may be named.
        accepted: The remarks that were accepted.
        restatements: Figures that an earlier release said otherwise.
        replaces: When the pack was published whose place this one takes; empty where there was none.
    """

    organisation: str
    period: str
    profile: str
    version: str
    published: str
    by: str = ""
    accepted: Sequence[Accepted] = ()
    restatements: Sequence[Restatement] = ()
    replaces: str = ""


def digest(content: bytes) -> str:
    """Return the SHA-256 of a content, in hexadecimal.

    Examples:
        >>> digest(b"")[:16]
        'e3b0c44298fc1c14'
    """
    return hashlib.sha256(content).hexdigest()


def manifest(release: Release, inputs: Mapping[str, bytes], outputs: Mapping[str, bytes]) -> bytes:
    """Return the manifest of a pack; the files are listed by name.

    Args:
        release: What is said of it.
        inputs: What it was made from: the workbook's file, where it was closed, and what is typed into each table.
        outputs: The files of the pack.
    """
    said: dict[str, Any] = {"format": _FORMAT, **asdict(release)}
    said["inputs"] = _listed(inputs)
    said["outputs"] = _listed(outputs)
    return (json.dumps(said, ensure_ascii=False, indent=2) + "\n").encode()


def _listed(files: Mapping[str, bytes]) -> list[dict[str, Any]]:
    return [{"name": name, "bytes": len(content), "sha256": digest(content)} for name, content in sorted(files.items())]


def check(folder: Path) -> list[Problem]:
    """Return what is not as the manifest of a pack says: files that are missing, changed, or not of the pack.

    Raises:
        FileUnusable: Where the folder has no manifest that can be read.
    """
    said = read(folder)
    expected = {one["name"]: one for one in said["outputs"]}
    present = {path.name: path for path in folder.iterdir() if path.name != NAME and not path.name.startswith(".")}
    found = []
    for name, one in sorted(expected.items()):
        if name not in present:
            found.append(Problem(name, "it is missing.", "Take the pack from where it was published again."))
        elif digest(present[name].read_bytes()) != one["sha256"]:
            what = f"it is not the file that was published on {said['published'][:10]}: its content differs."
            found.append(Problem(name, what, "Publish again, or take the pack from where it was published."))
    found += [
        Problem(name, "it is not part of the pack.", "Move it elsewhere before the pack is sent.")
        for name in sorted(set(present) - set(expected))
    ]
    return found


def check_inputs(folder: Path, typed: Mapping[str, bytes]) -> list[Problem]:
    """Return which tables of a workbook do not hold what a pack was made from.

    Args:
        folder: The pack.
        typed: What is typed into each table now.

    Raises:
        FileUnusable: Where the folder has no manifest that can be read, or one that tells no tables.
    """
    said = read(folder)
    then = {one["name"]: one["sha256"] for one in said.get("inputs", [])}
    if not set(typed) & set(then):
        raise FileUnusable(f"{folder / NAME} does not say what was typed. Publish again.")
    now = {name: digest(content) for name, content in typed.items()}
    cure = "Take the workbook as it was then, or publish again."
    when = said["published"][:10]
    return [
        Problem(name, f"what is typed there is not what was published on {when}.", cure)
        for name in sorted(typed)
        if now[name] != then.get(name)
    ]


def read(folder: Path) -> dict[str, Any]:
    """Return what the manifest of a pack says.

    Raises:
        FileUnusable: Where there is none that can be read.
    """
    path = folder / NAME
    try:
        said = json.loads(path.read_text(encoding="utf-8"))
        said["published"], [(one["name"], one["sha256"]) for one in said["outputs"]]  # both must be there
    except OSError as error:
        cure = "Name the folder that was published."
        raise FileUnusable(f"{path} could not be read: {error.strerror or error}. {cure}") from error
    except (ValueError, KeyError, TypeError) as error:
        raise FileUnusable(f"{path} is no manifest of a pack. Publish again.") from error
    assert isinstance(said, dict)
    return said
