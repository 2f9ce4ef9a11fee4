"""What a button does: run a command in the workbook it stands in, and tell how it went.

Every macro of the workbook is one line that calls ``press``. Nothing of the workbook's folder or content takes part in
finding or starting the program: the command's name is looked up in the catalogue, the workbook comes from Excel itself.
"""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from typing import Any

from xlkpi import catalogue
from xlkpi.setup.log import our_fault

_TITLE = "xlkpi"
_LONGEST_ALERT = 900
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
    _tell(book, command, code, lines, shown)


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

    known = catalogue.command(command)
    if not known.has_button:
        raise ValueError(f"{command} has no button")
    where = commands.Open(str(book.name), book)
    call: Callable[..., commands.Outcome] = getattr(commands, known.function)

    def show(step: str) -> None:
        with suppress(Exception):
            book.app.status_bar = f"xlkpi: {step} ..."

    outcome = call(where, *_GIVEN.get(command, _nothing)(book), progress=show, **_NAMED_GIVEN.get(command, {}))
    return 0 if outcome.is_answer else outcome.code, outcome.lines, outcome.sheet


def _nothing(_book: Any) -> list[Any]:
    return []


def _now(_book: Any) -> list[Any]:
    return [dt.datetime.now().replace(microsecond=0)]  # noqa: DTZ005  # a cell knows no time zone


def _wanted(book: Any) -> list[Any]:
    from xlkpi.addin.password import ask  # noqa: PLC0415  # no other button needs it
    from xlkpi.wanted import Wanted  # noqa: PLC0415  # likewise

    return [*_now(book), Wanted(ask=ask)]


def _selected(book: Any) -> list[Any]:
    """Return the rows that are selected in front; none where a chart or a button is."""
    from xlkpi.tracing import Spot  # noqa: PLC0415  # no other button needs it

    with suppress(Exception):
        chosen = book.app.selection
        return [Spot(str(chosen.sheet.name), int(chosen.row), int(chosen.row) + int(chosen.shape[0]) - 1)]
    return [Spot(str(book.sheets.active.name), 0, 0)]


#: What the commands behind some buttons are given beside the workbook.
_GIVEN: Mapping[str, Callable[[Any], list[Any]]] = {
    "refresh": _now,
    "verify": _now,
    "publish": _wanted,
    "explain": _selected,
}
_NAMED_GIVEN: Mapping[str, Mapping[str, Any]] = {"explain": {"write": True}}


def _tell(book: Any, command: str, code: int, lines: Sequence[str], shown: str) -> None:
    """Show an outcome; each way of telling is tried even where another fails, for Excel may be busy."""
    first = next((line for line in lines if line), "")
    with suppress(Exception):
        if shown:
            book.sheets[shown].activate()
    with suppress(Exception):
        book.app.status_bar = f"xlkpi: {first}"
    try:
        book.app.alert(_shortened(lines, shown, command), _TITLE, "ok", "info" if code == 0 else "critical")
    except Exception:  # noqa: BLE001  # then the error stream is what is left
        print("\n".join(lines), file=sys.stderr)  # noqa: T201


def _shortened(lines: Sequence[str], shown: str, command: str = "check") -> str:
    """Return lines for a window, which holds about a thousand characters; the rest stands in the workbook."""
    rest = f"the sheet {shown} has them all" if shown else f"run xlkpi {command} --live to read them all"
    kept: list[str] = []
    size = 0
    for line in lines:
        size += len(line) + 1
        if size > _LONGEST_ALERT:
            kept.append(f"... and {len(lines) - len(kept)} more lines: {rest}.")
            break
        kept.append(line)
    return "\n".join(kept)
