"""Runs a macro of whichever open workbook carries it, as ``Application.Run`` does with a bare name."""

from __future__ import annotations

from typing import Any

from live.engine.office import save_copy

from xlkpi.addin import modules
from xlkpi.workbook.livebook.mac import SAVE_COPY


def run(app: Any, name: str, arguments: tuple[str, ...]) -> bool:
    """Run a macro; return whether there is one of that name.

    What `SAVE_COPY` writes LibreOffice writes in the format of 1997: it is written anew in that of today.
    """
    for book in list(app.books):
        module = _module_with(book._doc, name)
        if module:
            place = f"vnd.sun.star.script:{module}.{name}?language=Basic&location=document"
            book._doc.getScriptProvider().getScript(place).invoke(arguments, (), ())
            if name == SAVE_COPY:
                _in_the_format_of_today(app, *arguments)
            return True
    return False


def _module_with(doc: Any, name: str) -> str | None:
    libraries = doc.BasicLibraries
    for project in (modules.WORKBOOK_PROJECT, modules.ADDIN_PROJECT):
        if not libraries.hasByName(project):
            continue
        libraries.loadLibrary(project)
        library = libraries.getByName(project)
        for stranger in {modules.XLWINGS_MODULE, modules.DICTIONARY} & set(library.ElementNames):
            library.removeByName(stranger)  # those of xlwings do not compile in LibreOffice
        for module in library.ElementNames:
            if f"Public Sub {name}(" in library.getByName(module):
                return f"{project}.{module}"
    return None


def _in_the_format_of_today(app: Any, mark: str, book: str) -> None:
    path = app._office.home / f"{mark}.tmp"
    if book and path.exists():
        save_copy(app.books(book)._doc, path)
