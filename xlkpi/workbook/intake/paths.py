"""Paths that somebody typed or pasted into a cell, and which of them may be followed."""

from __future__ import annotations

from pathlib import Path

from xlkpi.errors import Problem
from xlkpi.workbook.backend import NamedCell


def typed_path(cell: NamedCell | None) -> str:
    """Return the path that stands in a cell; empty where there is none.

    Examples:
        >>> typed_path(NamedCell("Claims!E4", '"C:/ours/draft.docx"')), typed_path(None)
        ('C:/ours/draft.docx', '')
    """
    return str(cell.value).strip().strip("\"'").strip() if cell is not None and cell.value is not None else ""


def path_problem(cell: NamedCell | None, noun: str, elsewhere: str, unclear: str) -> Problem | None:
    """Return why a typed path is not followed: a workbook from elsewhere shall not make anybody call there.

    Args:
        cell: Where it is typed.
        noun: What it leads to, such as ``the draft``.
        elsewhere: What to do about one that leads off this computer, a sentence.
        unclear: What to do about one that depends on where the program was started, a sentence.
    """
    typed = typed_path(cell)
    if not typed or cell is None:
        return None
    if "://" in typed or typed.startswith(("\\\\", "//")):
        return Problem(cell.where, f"{noun} is '{typed}', which is not on this computer.", elsewhere)
    if not Path(typed).expanduser().is_absolute():
        return Problem(cell.where, f"{noun} is '{typed}', which does not say in which folder.", unclear)
    return None
