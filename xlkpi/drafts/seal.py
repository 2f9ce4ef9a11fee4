"""The seal of a checked copy: whoever changes and saves the copy breaks it, and then the copy is theirs and no longer ours."""

from __future__ import annotations

import hashlib
import zipfile
from io import BytesIO
from pathlib import Path

#: Stands before the seal, in the comment of the packed file: no part of the document changes for it, and Word writes none.
_MARK = b"xlkpi checked copy "


def sealed(content: bytes) -> bytes:
    """Return a packed file with its seal."""
    made = BytesIO(content)
    with zipfile.ZipFile(made, "a") as archive:
        archive.comment = _MARK + _digest(archive)
    return made.getvalue()


def is_untouched(copy: Path) -> bool:
    """Return whether a file is a checked copy that nobody changed since it was made."""
    try:
        with zipfile.ZipFile(copy) as archive:
            return archive.comment.startswith(_MARK) and archive.comment == _MARK + _digest(archive)
    except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError, ValueError, EOFError):
        return False


def _digest(archive: zipfile.ZipFile) -> bytes:
    """Return what says whether any part of a packed file is another one."""
    told = hashlib.sha256()
    for member in sorted(archive.infolist(), key=lambda one: one.filename):
        for part in (member.filename.encode(), archive.read(member)):
            told.update(len(part).to_bytes(8, "big") + part)
    return told.hexdigest().encode()
