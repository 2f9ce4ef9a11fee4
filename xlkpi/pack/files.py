"""The files of a pack: written from one report, then opened again and proved clean."""

from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path

from xlkpi.errors import Problem, WorkbookInvalid
from xlkpi.pack import data
from xlkpi.pack.document import Report
from xlkpi.proof.accessible import lacking
from xlkpi.proof.inspect import inspect
from xlkpi.proof.trace import Trace
from xlkpi.proof.word import inspect_page, inspect_word


def written(finished: Report, stem: str, now: dt.datetime) -> dict[str, bytes]:
    """Return a report as files, by name.

    Args:
        finished: What it says.
        stem: What their names start with.
        now: Local time without zone, for their properties.
    """
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


def prove(files: Mapping[str, bytes]) -> None:
    """Open every finished file again and look for what must not, and what must, be in it.

    Raises:
        WorkbookInvalid: With every trace and everything that is lacking, by file and part.
    """
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
