"""What the installer put where, kept beside it, so that it can be brought up to date and taken away again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Record:
    """One installation.

    Attributes:
        version: Of xlkpi.
        stamp: Hash of what the environment was made from.
        xlwings: The version of xlwings in the environment; add-in, DLL and AppleScript belong to exactly this one.
        files: Each file that was put in place, with the SHA-256 it had then.
        folders: Folders that were not there before, in the order in which they were made.
    """

    version: str
    stamp: str
    xlwings: str = ""
    files: Mapping[str, str] = field(default_factory=dict)
    folders: tuple[str, ...] = ()

    def content(self) -> bytes:
        """Return the record as a file holds it."""
        return (json.dumps(asdict(self), ensure_ascii=False, indent=2) + "\n").encode()


def read_record(path: Path) -> Record | None:
    """Return the record, or None where there is none or it cannot be read as one."""
    try:
        return parse_record(path.read_bytes())
    except OSError:
        return None


def parse_record(content: bytes) -> Record | None:
    """Return the record in a file's content, or None where it is damaged."""
    try:
        told = json.loads(content.decode())
        files = {str(path): str(digest) for path, digest in told["files"].items()}
        return Record(
            str(told["version"]), str(told["stamp"]), str(told["xlwings"]), files, tuple(map(str, told["folders"]))
        )
    except (ValueError, KeyError, TypeError, AttributeError):
        return None


def digest(content: bytes) -> str:
    """Return the SHA-256 of some content in hexadecimal digits."""
    return hashlib.sha256(content).hexdigest()


def digest_of(path: Path) -> str | None:
    """Return the SHA-256 of a file, or None where there is no file to read."""
    try:
        return digest(path.read_bytes())
    except OSError:
        return None
