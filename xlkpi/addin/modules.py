"""The modules of the VBA projects: macros and ribbon callbacks from the table of commands, and what they call."""

from __future__ import annotations

from collections.abc import Iterable

from xlkpi.addin import borrowed
from xlkpi.addin.vba import Kind, Module
from xlkpi.addin.wrappers import DESCRIBE, udf_module
from xlkpi.catalogue import COMMANDS, Command
from xlkpi.workbook.livebook.mac import SAVE_COPY

MACROS, RIBBON, COPY, FUNCTIONS, XLWINGS_MODULE, DICTIONARY = (
    "XlkpiMacros",
    "XlkpiRibbon",
    "XlkpiCopy",
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
        Module(COPY, Kind.STANDARD, _COPIES),
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
        Module(COPY, Kind.STANDARD, _COPIES),
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

#: A Sub with arguments: no cell can call it, and no list of macros shows it. The path is made here, of digits alone.
_COPIES = f"""\
' Excel for Mac writes a copy of an open workbook for its own macros alone. Python asks for one, reads it and deletes it.
Option Explicit

' mark: 32 digits from 0 to f, which the copy in Excel's own folder is called by. book: the name of an open workbook, or
' nothing, which takes that copy away.
Public Sub {SAVE_COPY}(ByVal mark As String, ByVal book As String)
    Dim path As String, alerts As Boolean, events As Boolean
    If Len(mark) <> 32 Or mark Like "*[!0-9a-f]*" Or Environ("HOME") = "" Then Exit Sub
    path = Environ("HOME") & "/" & mark & ".tmp"
    On Error Resume Next
    If book = "" Then
        Kill path
        Exit Sub
    End If
    alerts = Application.DisplayAlerts
    events = Application.EnableEvents
    Application.DisplayAlerts = False
    Application.EnableEvents = False
    Workbooks(book).SaveCopyAs path
    Application.DisplayAlerts = alerts
    Application.EnableEvents = events
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
