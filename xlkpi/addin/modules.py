"""The modules of the VBA projects, as text: macros and ribbon callbacks from the table of commands, xlwings from its package."""

from __future__ import annotations

import importlib
import importlib.util
from collections.abc import Iterable, Sequence
from pathlib import Path

from xlkpi.addin.vba import Kind, Module
from xlkpi.catalogue import COMMANDS, Command
from xlkpi.errors import FileUnusable
from xlkpi.version import XLWINGS

MACROS, RIBBON, FUNCTIONS, XLWINGS_MODULE, DICTIONARY = (
    "XlkpiMacros",
    "XlkpiRibbon",
    "xlwings_udfs",
    "xlwings",
    "Dictionary",
)
THIS_WORKBOOK = "ThisWorkbook"
WORKBOOK_PROJECT, ADDIN_PROJECT = "XlkpiWorkbook", "XlkpiAddin"
ADDIN = "xlkpi.xlam"
#: Under this name xlwings looks for its settings: the sheet and the file xlkpi.conf.
SETTINGS_PROJECT = "xlkpi"
#: Says whether the tab of a workbook is shown.
VISIBLE = "XlkpiRibbonVisible"

_Changes = Sequence[tuple[str, str]]


def for_workbook(sheets: Iterable[str]) -> list[Module]:
    """Return the modules of a workbook with macros.

    Args:
        sheets: The code names of its sheets.
    """
    functions = function_module()
    return [
        *_documents(sheets),
        Module(MACROS, Kind.STANDARD, _macros()),
        Module(RIBBON, Kind.STANDARD, _callbacks() + _STEPS_BACK),
        *([Module(FUNCTIONS, Kind.STANDARD, functions)] if functions else []),
        Module(XLWINGS_MODULE, Kind.STANDARD, _changed(_installed("xlwings.bas"), _IN_ANY_FILE + _IN_WORKBOOK)),
        Module(DICTIONARY, Kind.CLASS, _dictionary()),
    ]


def for_addin(sheets: Iterable[str]) -> list[Module]:
    """Return the modules of the add-in: those of a workbook without worksheet functions, for the workbook in front.

    A function that lives in an add-in leaves the add-in's place in every workbook that uses it.

    Args:
        sheets: The code names of its sheets.
    """
    text = _changed(_installed("xlwings_custom_addin.bas"), _IN_ANY_FILE + _IN_ADDIN)
    return [
        *_documents(sheets),
        Module(MACROS, Kind.STANDARD, _macros()),
        Module(RIBBON, Kind.STANDARD, _callbacks()),
        Module(XLWINGS_MODULE, Kind.STANDARD, text),
        Module(DICTIONARY, Kind.CLASS, _dictionary()),
    ]


def function_module() -> str:
    """Return the text of the module of worksheet functions; empty where this version of the package has none.

    The seam: the room of worksheet functions is written beside this one. Once it is there, import it at the top.
    """
    if importlib.util.find_spec("xlkpi.addin.wrappers") is None:
        return ""
    text: str = importlib.import_module("xlkpi.addin.wrappers").udf_module()
    return text


def _documents(sheets: Iterable[str]) -> list[Module]:
    return [Module(THIS_WORKBOOK, Kind.WORKBOOK), *(Module(sheet, Kind.SHEET) for sheet in sheets)]


def _macros() -> str:
    """Return the text of the macros: one for each command that has a button, one line each."""
    return _joined(_GENERATED, "Option Explicit", *(_macro(one) for one in COMMANDS if one.has_button))


def _macro(one: Command) -> str:
    about = one.sentence.replace('"', '""')
    return f"""
Public Sub {one.macro}()
Attribute {one.macro}.VB_Description = "{about}"
Attribute {one.macro}.VB_ProcData.VB_Invoke_Func = " \\n14"
    RunPython "from xlkpi.addin.press import press; press('{one.name}')"
End Sub"""


def _callbacks() -> str:
    """Return the text of the ribbon's callbacks: each calls the macro of one command."""
    return _joined(_GENERATED, "Option Explicit", *(_callback(one) for one in COMMANDS if one.has_button))


def _callback(one: Command) -> str:
    return f"""
Public Sub {one.callback}(control As IRibbonControl)
    {one.macro}
End Sub"""


def _joined(*blocks: str) -> str:
    return "\n".join(blocks) + "\n"


def _dictionary() -> str:
    """Return the class that xlwings needs on a Mac, with its licence in full."""
    notice = "\n".join(f"' {line}".rstrip() for line in _LICENCE_OF_DICTIONARY.strip().splitlines())
    text = _installed("addin/Dictionary.cls")
    return _changed(text, [("Option Explicit\n", f"{notice}\n'\nOption Explicit\n")])


def _installed(name: str) -> str:
    """Return a text of the xlwings package.

    Raises:
        FileUnusable: Where xlwings is not installed.
    """
    found = importlib.util.find_spec("xlwings")
    if found is None or found.origin is None:
        raise FileUnusable(
            "A workbook with macros needs xlwings, which is not installed. "
            f"Install it (python -m pip install xlwings=={XLWINGS}), or name a workbook that ends in .xlsx."
        )
    return (Path(found.origin).parent / name).read_text(encoding="utf-8").replace("\r\n", "\n")


def _changed(text: str, changes: _Changes) -> str:
    """Return a text of xlwings with our changes, each of them where it is expected."""
    for before, after in changes:
        if before not in text:
            raise ValueError(f"xlwings is not version {XLWINGS}: it has no {before!r}. Adapt xlkpi/addin/modules.py.")
        text = text.replace(before, after)
    return text


_GENERATED = "' Made from the table of commands, xlkpi/catalogue.py. Do not edit: change the table and build."

_STEPS_BACK = f"""
' The add-in brings the same tab. Where it is open, the tab of the workbook steps back.
Public Sub {VISIBLE}(control As IRibbonControl, ByRef shown As Variant)
    shown = Not HasAddin()
End Sub

Private Function HasAddin() As Boolean
    On Error Resume Next
    HasAddin = Not Workbooks("{ADDIN}") Is Nothing
End Function
"""

#: Whatever lies beside a workbook sets nothing, and no program is started that happens to be called python.
_IN_ANY_FILE: _Changes = (
    (
        "'xlwings is distributed under",
        "'Changed by xlkpi: settings come from this file and from the user's settings file only; no default interpreter;\n"
        "'no code in sheets. Every changed place says so.\n"
        "'\n"
        "'xlwings is distributed under",
    ),
    (
        '    If source = "" Or source = "directory" Then\n',
        '    If source = "directory" Then \'xlkpi: only when asked for\n',
    ),
    (
        "        ' Legacy\n"
        '        interpreter = GetConfig("INTERPRETER", "python")\n',
        "        'xlkpi: no default\n"
        '        MsgBox "xlkpi is not set up on this computer. Run its installer, then try again.", vbExclamation, "xlkpi"\n'
        "        RunPython = -1\n"
        "        Exit Function\n",
    ),
    (
        '        PYTHON_WIN = GetConfig("INTERPRETER", "pythonw")\n',
        '        PYTHON_WIN = GetConfig("INTERPRETER", "") \'xlkpi: no default\n',
    ),
    (
        "                uses_embedded_code = True\n",
        "                uses_embedded_code = False 'xlkpi: never\n",
    ),
)
_IN_WORKBOOK: _Changes = (('PROJECT_NAME As String = "xlwings"', f'PROJECT_NAME As String = "{SETTINGS_PROJECT}"'),)
#: The add-in works for any workbook in front; that workbook's cells shall not say which program it starts.
_IN_ADDIN: _Changes = (
    ('PROJECT_NAME As String = "myaddin"', f'PROJECT_NAME As String = "{SETTINGS_PROJECT}"'),
    (
        '            If SheetExists(ActiveWorkbook, PROJECT_NAME & ".conf") = True Then\n'
        "                If GetConfigFromSheet(ActiveWorkbook).Exists(configKey) = True Then\n"
        "                    GetConfig = GetConfigFromSheet(ActiveWorkbook).Item(configKey)\n",
        '            If SheetExists(ThisWorkbook, PROJECT_NAME & ".conf") = True Then \'xlkpi: not of the workbook in front\n'
        "                If GetConfigFromSheet(ThisWorkbook).Exists(configKey) = True Then\n"
        "                    GetConfig = GetConfigFromSheet(ThisWorkbook).Item(configKey)\n",
    ),
)

_LICENCE_OF_DICTIONARY = """
The MIT License (MIT)

Copyright (c) 2017 Tim Hall

Permission is hereby granted, free of charge, to any person obtaining a copy
of this software and associated documentation files (the "Software"), to deal
in the Software without restriction, including without limitation the rights
to use, copy, modify, merge, publish, distribute, sublicense, and/or sell
copies of the Software, and to permit persons to whom the Software is
furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all
copies or substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR
IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY,
FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE
AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER
LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM,
OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE
SOFTWARE.
"""
