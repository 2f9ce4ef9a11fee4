"""The finished file: the parts that XlsxWriter wrote, put together again the same way every time."""

from __future__ import annotations

import shutil
import zipfile
from pathlib import Path

from xlkpi.template.page import Book

_STAMP = (1980, 1, 1, 0, 0, 0)
_UNIX = 3


def repack(draft: Path, path: Path, book: Book) -> None:
    """Write the parts of a draft in their order, with fixed time stamps."""
    del book
    with zipfile.ZipFile(draft) as source, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as target:
        for name in source.namelist():
            with source.open(name) as part, target.open(_entry(name), "w", force_zip64=False) as copy:
                shutil.copyfileobj(part, copy, 1 << 20)


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, _STAMP)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.create_system = _UNIX
    entry.external_attr = 0o600 << 16
    return entry
