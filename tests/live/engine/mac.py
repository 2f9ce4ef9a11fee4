"""xlwings' own code for Excel for Mac, and the packages that it needs there, with LibreOffice behind them."""

from __future__ import annotations

import atexit
import functools
import sys
from types import ModuleType, SimpleNamespace
from typing import Any

from live.engine import books
from live.engine.apple import Reference
from live.engine.places import CommandError, Word, Words

from xlkpi.workbook.livebook.mac import Mac


@functools.cache
def _mac() -> Any:
    """Return xlwings' own module for the Mac, with what stands for the packages that it needs."""
    appscript, reference = ModuleType("appscript"), ModuleType("appscript.reference")
    words = Words()
    appscript.k, appscript.its, appscript.mactypes = words, words, words  # type: ignore[attr-defined]
    appscript.app = lambda *others, **_: System() if others else Reference()  # type: ignore[attr-defined]
    reference.CommandError, reference.Reference = CommandError, Reference  # type: ignore[attr-defined]
    appscript.reference = reference  # type: ignore[attr-defined]
    others = {name: ModuleType(name) for name in ("aem", "osax", "psutil")}
    others["aem"].kae = SimpleNamespace(typeKernelProcessID=0)  # type: ignore[attr-defined]
    others["osax"].OSAX = Told  # type: ignore[attr-defined]
    sys.modules.update({"appscript": appscript, "appscript.reference": reference, **others})
    from xlwings import _xlmac  # noqa: PLC0415  # needs the packages

    atexit.unregister(_xlmac.cleanup)
    _xlmac.Apps._iter_excel_instances = lambda _self: iter([books.running().pid])
    _xlmac.App.activate = lambda *_, **__: None  # a program of the system is asked there
    _xlmac.engine.native = Mac()
    return _xlmac


class System:
    """What the system tells of running programs: that Excel is not to be seen."""

    def __getattr__(self, _name: str) -> System:
        return self

    def __getitem__(self, _key: Any) -> System:
        return self

    def get(self) -> list[bool]:
        """Return whether each is to be seen."""
        return [False]


class Told:
    """What shows windows: notes what is told."""

    def __init__(self, pid: int) -> None:
        assert pid == books.running().pid

    def activate(self) -> None:
        """Come to the front."""

    def display_alert(self, _title: str, message: str, **_more: Any) -> dict[Word, str]:
        """Show a window."""
        books.running().told.append(message)
        return {Word("button_returned"): "OK"}


def on_a_mac(book: Any) -> Any:
    """Return an open workbook as xlwings shows it on a Mac."""
    import xlwings as xw  # noqa: PLC0415  # takes a second

    shown = xw.Book(impl=_mac().Book(_mac().App(xl=Reference()), book.name))
    shown.impl.opened_at = book.impl.opened_at
    return shown
