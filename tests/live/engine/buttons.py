"""Presses the buttons of a workbook that is open in LibreOffice, as a click does, and waits for what they start.

The modules of xlwings are written for Excel and do not compile in LibreOffice. One function stands for them, in memory
alone: it starts the Python of this test run with the code that our macro hands over, as the real one does.
"""

from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path
from typing import Any, NamedTuple

from live.engine.books import running

from xlkpi.addin import modules

_CHILD = Path(__file__).with_name("child.py")
_SECONDS = 120
_STAND_IN = """Public Function RunPython(text As String)
    Dim given As String
    given = "-E -P -B ""{child}"" ""{setup}"" " & Chr(34) & text & Chr(34)
    given = given & " ""--wb=" & ThisWorkbook.Name & Chr(34) & " --from_xl=1"
    Shell "{python}", 0, given, False
End Function
"""


class Button(NamedTuple):
    """A button of a sheet: what stands on it, and the macro that it is bound to."""

    label: str
    macro: str


class Done(NamedTuple):
    """What the Python that a button started did: the code it was handed, and the windows that it showed."""

    code: str
    told: list[str]


def buttons(book: Any, sheet: str) -> list[Button]:
    """Return the buttons of a sheet."""
    found = []
    for form, place, model in _models(book, sheet):
        scripts = [event.ScriptCode for event in form.getScriptEvents(place) if event.ScriptType == "Script"]
        found.append(Button(model.Label, scripts[0] if scripts else ""))
    return found


def texts(book: Any) -> dict[str, str]:
    """Return the text of every module of the workbook's project, as LibreOffice read it."""
    library = _library(book)
    return {name: library.getByName(name) for name in library.ElementNames}


class Presser:
    """Presses what starts a macro in one open workbook."""

    def __init__(self, book: Any, folder: Path) -> None:
        """Put the stand-in for the modules of xlwings in their place.

        Args:
            book: The open workbook; it must not be saved.
            folder: For messages between the processes, and for what the commands keep.
        """
        self._book, office = book, running()._office
        self._done = folder / "done.json"
        setup = folder / "setup.json"
        given = {
            "pipe": office.pipe,
            "pid": office.pid,
            "done": str(self._done),
            "path": sys.path,
            "environment": {"XDG_DATA_HOME": os.environ["XDG_DATA_HOME"]},
        }
        setup.write_text(json.dumps(given), encoding="utf-8")
        library = _library(book)
        stand_in = _STAND_IN.format(child=_CHILD, setup=setup, python=Path(sys.executable).as_uri())
        library.replaceByName(modules.XLWINGS_MODULE, stand_in)
        library.removeByName(modules.DICTIONARY)

    def press(self, sheet: str, label: str) -> Done:
        """Click on a button and wait until what it starts is done."""
        controller = self._book.impl.api.CurrentController
        controller.setActiveSheet(self._book.impl.api.Sheets.getByName(sheet))
        controller.setFormDesignMode(False)
        [model] = [model for _, _, model in _models(self._book, sheet) if model.Label == label]
        return self._wait(controller.getControl(model).getAccessibleContext().doAccessibleAction, 0)

    def call(self, callback: str) -> Done:
        """Do what a click on the ribbon does, which Calc has not: call its macro with some control, and wait."""
        place = f"{modules.WORKBOOK_PROJECT}.{modules.RIBBON}.{callback}?language=Basic&location=document"
        script = self._book.impl.api.getScriptProvider().getScript(f"vnd.sun.star.script:{place}")
        return self._wait(script.invoke, (self._book.impl.api,), (), ())

    def _wait(self, act: Any, *arguments: Any) -> Done:
        self._done.unlink(missing_ok=True)
        act(*arguments)
        end = time.monotonic() + _SECONDS
        while not self._done.exists():
            assert time.monotonic() < end, "the button started nothing that came to an end"
            time.sleep(0.02)
        outcome = json.loads(self._done.read_text(encoding="utf-8"))
        assert not outcome["failed"], outcome["failed"]
        return Done(outcome["code"], outcome["told"])


def _library(book: Any) -> Any:
    libraries = book.impl.api.BasicLibraries
    libraries.loadLibrary(modules.WORKBOOK_PROJECT)
    return libraries.getByName(modules.WORKBOOK_PROJECT)


def _models(book: Any, sheet: str) -> list[tuple[Any, int, Any]]:
    """Return the form of every button, its place in the form, and its model."""
    forms = book.impl.api.Sheets.getByName(sheet).DrawPage.Forms
    return [
        (form, place, form.getByIndex(place))
        for form in (forms.getByIndex(number) for number in range(forms.Count))
        for place in range(form.Count)
    ]
