"""The modules of the VBA projects: macros and ribbon callbacks from the table of commands, and what they call."""

from __future__ import annotations

from collections.abc import Iterable

from xlkpi.addin import borrowed
from xlkpi.addin.vba import Kind, Module
from xlkpi.addin.wrappers import DESCRIBE, udf_module
from xlkpi.catalogue import COMMANDS, Command

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
#: Says whether the tab of a workbook is shown.
VISIBLE = "XlkpiRibbonVisible"
#: Is called when the tab of a workbook is there.
LOADED = "XlkpiRibbonLoaded"


def for_workbook(sheets: Iterable[str]) -> list[Module]:
    """Return the modules of a workbook with macros.

    Args:
        sheets: The code names of its sheets.
    """
    return [
        *_documents(sheets),
        Module(MACROS, Kind.STANDARD, _macros()),
        Module(RIBBON, Kind.STANDARD, _callbacks() + _LOADED + _STEPS_BACK),
        Module(FUNCTIONS, Kind.STANDARD, udf_module()),
        Module(XLWINGS_MODULE, Kind.STANDARD, borrowed.for_workbook()),
        Module(DICTIONARY, Kind.CLASS, borrowed.dictionary()),
    ]


def for_addin(sheets: Iterable[str]) -> list[Module]:
    """Return the modules of the add-in: those of a workbook without worksheet functions, for the workbook in front.

    A function that lives in an add-in leaves the add-in's place in every workbook that uses it.

    Args:
        sheets: The code names of its sheets.
    """
    return [
        *_documents(sheets),
        Module(MACROS, Kind.STANDARD, _macros()),
        Module(RIBBON, Kind.STANDARD, _callbacks()),
        Module(XLWINGS_MODULE, Kind.STANDARD, borrowed.for_addin()),
        Module(DICTIONARY, Kind.CLASS, borrowed.dictionary()),
    ]


def _documents(sheets: Iterable[str]) -> list[Module]:
    plain = "Option Explicit\n"
    return [
        Module(THIS_WORKBOOK, Kind.WORKBOOK, plain),
        *(Module(sheet, Kind.SHEET, plain) for sheet in sheets),
    ]


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


_GENERATED = "' Made from the table of commands, xlkpi/catalogue.py. Do not edit: change the table and build."

#: Excel keeps no help of arguments in a file, and takes it for a workbook in a window alone: so not in the add-in, whose
#: callbacks run with none (error 1004, "Cannot edit a macro on a hidden workbook"). The tab asks for it, not
#: Workbook_Open: LibreOffice runs that one too, and stops at the modules of xlwings, which it cannot read.
_LOADED = f"""
' Only the help of the worksheet functions: nothing is worked out, no Python is started, nothing is told.
Public Sub {LOADED}(ribbon As IRibbonUI)
    On Error Resume Next
    {DESCRIBE}
End Sub
"""

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
