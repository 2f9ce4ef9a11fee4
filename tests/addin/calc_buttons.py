"""Opens a workbook in LibreOffice Calc and tells what its buttons are bound to; presses them where asked to.

Runs under the Python that LibreOffice's ``uno`` belongs to, in a process of its own::

    python3 calc_buttons.py soffice workbook.xlsm folder [--press SHEET CELL]

Prints JSON: the buttons of the first sheet with the macro of each, the Basic modules with their text and, pressed one by
one, what stands in the cell after each.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

_ALWAYS_WITHOUT_ASKING = 4
_PATIENCE = 90


def main() -> None:
    soffice, path, folder, *press = sys.argv[1:]
    pipe = f"xlkpi{time.time_ns()}"
    accept = f"--accept=pipe,name={pipe};urp;StarOffice.ComponentContext"
    profile = f"-env:UserInstallation={(Path(folder) / 'profile').as_uri()}"
    program = subprocess.Popen([soffice, profile, "--headless", "--norestore", accept], stdin=subprocess.DEVNULL)
    desktop = _desktop(pipe)
    try:
        options = (_option("Hidden", value=True), _option("MacroExecutionMode", value=_ALWAYS_WITHOUT_ASKING))
        book = desktop.loadComponentFromURL(Path(path).as_uri(), "_blank", 0, options)
        found = {"buttons": _buttons(book), "modules": _modules(book), "sheets": list(book.Sheets.ElementNames)}
        if press:
            found["pressed"] = [_pressed(book, one["macro"], *press[1:]) for one in found["buttons"]]
        book.close(True)  # noqa: FBT003  # uno takes no names
    finally:
        desktop.terminate()
        program.wait(_PATIENCE)
    print(json.dumps(found))


def _desktop(pipe: str) -> Any:
    import uno  # noqa: PLC0415  # pytest reads this file, too

    context = uno.getComponentContext()
    resolver = context.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", context)
    end = time.monotonic() + _PATIENCE
    while True:
        try:
            office = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
        except Exception:  # not yet listening; uno's own exceptions are known only once it is connected
            if time.monotonic() > end:
                raise
            time.sleep(0.2)
        else:
            return office.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", office)


def _option(name: str, *, value: object) -> Any:
    from com.sun.star.beans import PropertyValue  # noqa: PLC0415  # there once uno is

    option = PropertyValue()
    option.Name, option.Value = name, value
    return option


def _buttons(book: Any) -> list[dict[str, str]]:
    """Return the buttons of the first sheet with the macro that each starts."""
    forms = book.Sheets.getByIndex(0).DrawPage.Forms
    found = []
    for form in (forms.getByIndex(place) for place in range(forms.Count)):
        for place in range(form.Count):
            button = form.getByIndex(place)
            events = [event for event in form.getScriptEvents(place) if event.ScriptType == "Script"]
            found.append({"label": button.Label, "macro": events[0].ScriptCode if events else ""})
    return found


def _modules(book: Any) -> dict[str, str]:
    """Return the text of every Basic module by its name."""
    found = {}
    for library in book.BasicLibraries.ElementNames:
        book.BasicLibraries.loadLibrary(library)
        modules = book.BasicLibraries.getByName(library)
        found.update({name: modules.getByName(name) for name in modules.ElementNames})
    return found


def _pressed(book: Any, macro: str, sheet: str, cell: str) -> str:
    """Start what a button is bound to and return what stands in a cell then."""
    book.getScriptProvider().getScript(macro).invoke((), (), ())
    return book.Sheets.getByName(sheet).getCellRangeByName(cell).String


if __name__ == "__main__":
    main()
