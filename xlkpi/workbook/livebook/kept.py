"""What undoes the last change of an open workbook, kept in the user's own folder and never in the workbook."""

from __future__ import annotations

import hashlib
import json
import os
import re
import sys
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from xlkpi.errors import FileUnusable
from xlkpi.workbook.livebook.changes import Changes, as_json, from_json

_FORM = 2


@dataclass(slots=True)
class Kept:
    """One step back.

    Attributes:
        back: What takes the last change back; None where it cannot be taken back.
        why: Why it cannot.
    """

    back: Changes | None
    why: str = ""


def data_folder() -> Path:
    """Return where a program keeps a user's data on this system."""
    if sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    elif sys.platform == "darwin":
        base = Path.home() / "Library" / "Application Support"
    else:
        base = Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share")
    return base / "xlkpi"


def place_for(full_name: str) -> Path:
    """Return the file for a workbook; its name holds nothing but letters, digits and a number made of the full name."""
    stem = re.sub(r"[^A-Za-z0-9]+", "-", re.split(r"[/\\]", full_name)[-1]).strip("-")[:40]
    number = hashlib.sha256(full_name.casefold().encode("utf-8", "surrogatepass")).hexdigest()[:16]
    return data_folder() / "undo" / f"{stem}-{number}.json"


def load(full_name: str) -> Kept | None:
    """Return what was kept for a workbook; None where nothing was, or where it cannot be read."""
    try:
        data: dict[str, Any] = json.loads(place_for(full_name).read_text(encoding="utf-8"))
        if data["form"] != _FORM:
            return None
        return Kept(None if data["back"] is None else from_json(data["back"]), data["why"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def save(full_name: str, kept: Kept) -> None:
    """Keep a step back, in the place of the one before.

    Raises:
        FileUnusable: Where it cannot be written.
    """
    path = place_for(full_name)
    back = None if kept.back is None else as_json(kept.back)
    draft = path.with_suffix(".draft")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        draft.write_text(json.dumps({"form": _FORM, "back": back, "why": kept.why}), encoding="utf-8")
        draft.chmod(0o600)
        draft.replace(path)
    except OSError as error:
        raise FileUnusable(
            f"{path.parent}: what undoes a change cannot be kept there ({error.strerror or error}). Make room, or set "
            "'Keep a backup' to no, and try again."
        ) from None


def put_back(full_name: str, earlier: Kept | None) -> None:
    """Keep what was kept before a change that failed."""
    if earlier is None:
        forget(full_name)
    else:
        with suppress(FileUnusable):
            save(full_name, earlier)


def forget(full_name: str) -> None:
    """Keep nothing for a workbook."""
    with suppress(OSError):
        place_for(full_name).unlink()
