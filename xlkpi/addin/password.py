"""Asks for a password by a window: it is shown as dots, typed twice, and kept nowhere."""

from __future__ import annotations

import subprocess
import sys

from xlkpi.errors import FileUnusable
from xlkpi.wanted import twice

_TITLE = "xlkpi"
_FIRST, _AGAIN = "Password for the workbook and the Word file:", "The same password once more:"
_NO_WINDOW = (
    "No window can be shown here to ask for the password. Run xlkpi publish BOOK --live --encrypt in a terminal, "
    "or choose no beside 'Ask for a password' on Start."
)
#: The question is an argument of the script, never a part of its text.
_SCRIPT = (
    "on run given",
    'display dialog (item 1 of given) with title (item 2 of given) default answer "" with hidden answer',
    "return text returned of result",
    "end run",
)


def ask() -> str:
    """Return a password that somebody typed twice.

    Raises:
        FileUnusable: Where nobody did, or no window can be shown.
    """
    if sys.platform == "darwin":
        return twice(lambda again: _on_a_mac(_AGAIN if again else _FIRST))
    return _by_window()


def _on_a_mac(question: str) -> str:
    """Ask by AppleScript: Python on a Mac often comes without windows of its own."""
    lines = [word for line in _SCRIPT for word in ("-e", line)]
    command = ["/usr/bin/osascript", *lines, question, _TITLE]
    done = subprocess.run(  # noqa: S603  # the words are ours
        command, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
    )
    return done.stdout.removesuffix("\n") if done.returncode == 0 else ""


def _by_window() -> str:
    try:
        from xlkpi.addin.window import asked  # noqa: PLC0415  # some Pythons come without windows
    except ImportError as error:
        raise FileUnusable(_NO_WINDOW) from error
    try:
        typed = asked()
    except RuntimeError as error:
        raise FileUnusable(_NO_WINDOW) from error
    if not typed:
        raise FileUnusable("No password was typed. Nothing was published, and nothing was changed.")
    return typed
