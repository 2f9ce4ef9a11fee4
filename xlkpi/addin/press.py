"""What a button does: run a command in the workbook it stands in, and tell how it went.

Every macro of the workbook is one line that calls ``press``. Nothing of the workbook's folder or content takes part in
finding or starting the program: the command's name is looked up in the catalogue, the workbook comes from Excel itself.
"""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Any

from xlkpi import catalogue
from xlkpi.setup.log import our_fault

_TITLE = "xlkpi"
_LONGEST_ALERT = 900
_REMARKS = " to read before signing:"
_NAMED, _PLAIN = "--wb=", "--from_xl"


def press(command: str) -> None:
    """Run a command in the workbook that calls, and tell the outcome in the words of the command line.

    Args:
        command: Its name in the catalogue, such as ``refresh``.
    """
    book, shown = None, ""
    try:
        book = _caller()
        code, lines, shown = _run(command, book)
    except Exception:  # noqa: BLE001  # whatever is left is our fault, and a person is told so without a traceback
        code, lines = 3, (our_fault(),)
    if book is None:
        print("\n".join(lines), file=sys.stderr)  # noqa: T201  # xlwings shows it in a window
        sys.exit(code or 3)
    _tell(book, code, lines, shown)


def _caller() -> Any:
    """Return the calling workbook; xlwings itself cuts its name at an equals sign."""
    import xlwings  # noqa: PLC0415  # where there is no Excel there need be none

    names = [word.removeprefix(_NAMED).strip() for word in sys.argv if word.startswith(_NAMED)]
    called = any(word.startswith(_PLAIN) for word in sys.argv)
    if hasattr(xlwings.Book, "_mock_caller") or not (called and names and "=" in names[-1]):
        return xlwings.Book.caller()
    wanted = names[-1].casefold()
    return next(book for app in xlwings.apps for book in app.books if book.name.casefold() == wanted)


def _run(command: str, book: Any) -> tuple[int, Sequence[str], str]:
    """Return what a command on an open workbook came to: its code, its words, and the sheet to look at, if any.

    The code of an answer is 0, whatever the answer is.
    """
    from xlkpi import commands  # noqa: PLC0415  # takes a second; errors in it are told like any other
    from xlkpi.workbook import layout  # noqa: PLC0415  # likewise

    known = catalogue.command(command)
    if not known.has_button:
        raise ValueError(f"{command} has no button")
    where = commands.Open(str(book.name), book)
    call: Callable[..., commands.Outcome] = getattr(commands, known.function)

    def show(step: str) -> None:
        with suppress(Exception):
            book.app.status_bar = f"xlkpi: {step} ..."

    timed = {"refresh", "verify"}
    now = dt.datetime.now().replace(microsecond=0)  # noqa: DTZ005  # a cell knows no time zone
    outcome = call(where, *([now] if command in timed else []), progress=show)
    if outcome.is_answer:
        return 0, outcome.lines, layout.CLAIMS
    to_read = outcome.code == 0 and any(_REMARKS in line for line in outcome.lines)
    return outcome.code, outcome.lines, layout.CHECKS if to_read else ""


def _tell(book: Any, code: int, lines: Sequence[str], shown: str) -> None:
    """Show an outcome; each way of telling is tried even where another fails, for Excel may be busy."""
    first = next((line for line in lines if line), "")
    with suppress(Exception):
        if shown:
            book.sheets[shown].activate()
    with suppress(Exception):
        book.app.status_bar = f"xlkpi: {first}"
    try:
        book.app.alert(_shortened(lines), _TITLE, "ok", "info" if code == 0 else "critical")
    except Exception:  # noqa: BLE001  # then the error stream is what is left
        print("\n".join(lines), file=sys.stderr)  # noqa: T201


def _shortened(lines: Sequence[str]) -> str:
    """Return lines for a window, which holds about a thousand characters; the table of figures stands in the workbook."""
    kept: list[str] = []
    size = 0
    for line in lines:
        size += len(line) + 1
        if size > _LONGEST_ALERT:
            kept.append(f"... and {len(lines) - len(kept)} more lines: run xlkpi check --live to read them all.")
            break
        kept.append(line)
    return "\n".join(kept)
