"""One LibreOffice for a test run, and a fresh open copy of a workbook for a test."""

from __future__ import annotations

import atexit
import functools
import os
from pathlib import Path
from typing import Any

import pytest
from live.engine import CALLS, has_office, has_uno

_MISSING = "LibreOffice with its Python bridge (python3-uno for this minor version of Python) is not installed"


def can_run() -> bool:
    """Return whether a workbook can be opened here in a real spreadsheet program by this Python."""
    return has_office() and has_uno()


def marks() -> list[pytest.MarkDecorator]:
    """Return the marks of a live test: skipped with a reason where it cannot run; in CI it fails there instead.

    Once in some hundred times LibreOffice 7.4 ends in the middle of copying a sheet. That says nothing of xlkpi, so the test
    is tried again with a new one; an assertion that does not hold is not.
    """
    return [
        pytest.mark.live,
        pytest.mark.skipif(not can_run() and not os.environ.get("CI"), reason=_MISSING),
        pytest.mark.flaky(reruns=3, reruns_delay=5, only_rerun=["DisposedException", "RuntimeException"]),
    ]


@functools.cache
def running() -> Any:
    """Return the application, started at the first call."""
    assert can_run(), _MISSING
    from live.engine.app import started, stopped  # noqa: PLC0415  # needs what was just asked for

    app = started()
    atexit.register(stopped, app)
    return app


_ACTS = (
    "=",
    "clear",
    "autofill",
    "insert",
    "delete",
    "add_hyperlink",
    "unlink",
    "resize",
    "Sheet.copy",
    "Names.add",
    "protect",
    "unfilter",
    "refilter",
)


def acts(name: str) -> bool:
    """Return whether a call changes anything: a setter, or a method that is not for looking."""
    return name.endswith(_ACTS)


def writes() -> int:
    """Return how many calls changed anything in a workbook so far."""
    return sum(number for name, number in CALLS.items() if acts(name) and not name.startswith("App."))


def with_copies(*, wanted: bool) -> None:
    """Let the application write copies of open workbooks, as Excel for Windows does, or none, as Excel for Mac."""
    running().engine.native.copies = wanted


def has_copies() -> bool:
    """Return whether it writes them."""
    return bool(running().engine.native.copies)


def opened(path: Path) -> Any:
    """Open a workbook and return it as xlwings does."""
    app = running()
    import xlwings as xw  # noqa: PLC0415

    book = app.books.open(str(path))
    book.opened_at = writes()
    return xw.Book(impl=book)


def opened_again(path: Path) -> Any:
    """Return the workbook of this name that an earlier test opened and did not change, or open this one."""
    import xlwings as xw  # noqa: PLC0415

    for book in running().books:
        if book.name == path.name and book.opened_at == writes():
            return xw.Book(impl=book)
    close_all()
    return opened(path)


def close_all() -> None:
    """Close every workbook; the next test opens its own, in another LibreOffice where this one broke down over closing.

    LibreOffice 7.4 can break down over closing a workbook that a sheet of another was brought into.
    """
    if not running.cache_info().currsize:
        return
    app = running()
    with_copies(wanted=True)
    try:
        for book in app.books:
            book.close()
    except Exception:
        if not app._office.is_gone():
            raise
        from live.engine.app import stopped  # noqa: PLC0415  # needs what runs

        stopped(app)
        running.cache_clear()
