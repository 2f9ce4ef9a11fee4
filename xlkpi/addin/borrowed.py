"""VBA modules that come with the xlwings package, with our changes in them and their licence notices kept.

Our changes take away what a workbook from elsewhere could use to have a program of its choice started.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Mapping
from pathlib import Path

from xlkpi.errors import FileUnusable
from xlkpi.version import XLWINGS

#: Under this name xlwings looks for its settings: the sheet and the file xlkpi.conf.
_PROJECT = "xlkpi"


def for_workbook() -> str:
    """Return the text that starts Python for the workbook that holds it."""
    return _changed(_installed("xlwings.bas"), {**_IN_ANY_FILE, **_IN_WORKBOOK})


def for_addin() -> str:
    """Return the text that starts Python for the workbook in front, with settings of the add-in and of the user alone."""
    return _changed(_installed("xlwings_custom_addin.bas"), {**_IN_ANY_FILE, **_IN_ADDIN})


def dictionary() -> str:
    """Return the class that xlwings needs on a Mac, with its licence in full."""
    notice = "\n".join(f"' {line}".rstrip() for line in _LICENCE_OF_DICTIONARY.strip().splitlines())
    return _changed(_installed("addin/Dictionary.cls"), {"Option Explicit\n": f"{notice}\n'\nOption Explicit\n"})


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


def _changed(text: str, changes: Mapping[str, str]) -> str:
    """Return a text with our changes, each of them where it is expected."""
    for before, after in changes.items():
        if before not in text:
            raise ValueError(f"xlwings is not version {XLWINGS}: it has no {before!r}. Adapt xlkpi/addin/borrowed.py.")
        text = text.replace(before, after)
    return text


#: Python is to look neither at variables of the environment nor into the current folder.
_SAFE = " -E -P"
_NO_PATHS = '"false;;;"'
#: On a Mac the name of the workbook gets into a command of the shell, in double quotes.
_MAC = """\
    ' Transform paths
    PYTHONPATH = Replace(PYTHONPATH, "'", "\\'") ' Escaping quotes
"""


def _name_checked(workbook: str) -> str:
    return f"""\
    'xlkpi: signs that the shell takes for its own
    If {workbook}.Name Like "*[$`|""\\]*" Then
        Application.StatusBar = False
        MsgBox "The workbook's name holds one of $ ` | "" \\ . Rename it, then try again.", vbExclamation, "xlkpi"
        Exit Sub
    End If

{_MAC}"""


#: Cells turn switches only; what lies beside a workbook sets nothing; no program is started for being called python; no code
#: is run from sheets; no path of a workbook gets into a command, where ^ and & would end it.
_IN_ANY_FILE = {
    "'xlwings is distributed under": """\
'Changed by xlkpi: a cell or a file beside the workbook cannot say which program is started or where its modules are;
'no default interpreter, no code in sheets, no path of the workbook in a command. Every changed place says so.
'
'xlwings is distributed under""",
    '    If source = "" Or source = "directory" Then\n': """\
    If source = "directory" Then 'xlkpi: only when asked for
""",
    """\
        ' Legacy
        interpreter = GetConfig("INTERPRETER", "python")
""": """\
        'xlkpi: no default
        MsgBox "xlkpi is not set up on this computer. Run its installer, then try again.", vbExclamation, "xlkpi"
        RunPython = -1
        Exit Function
""",
    'PYTHON_WIN = GetConfig("INTERPRETER", "pythonw")\n': """\
PYTHON_WIN = GetConfig("INTERPRETER", "") 'xlkpi: no default
""",
    "                uses_embedded_code = True\n": """\
                uses_embedded_code = False 'xlkpi: never
""",
    '    If source = "" Or source = "sheet" Then\n': """\
    'xlkpi: a cell turns these switches, and gives no text that gets into a command
    If source = "sheet" Or configKey = "UDF MODULES" Or configKey = "USE UDF SERVER" Or configKey = "SHOW CONSOLE" Then
""",
    'AddExcelDir & ";" & ActiveFullName & ";" & ThisFullName & ";"': _NO_PATHS,
    '& ";" & GetConfig("PYTHONPATH")': "& XlkpiPath()",
    '    ParameterString = PYTHONPATH + ";"\n': """\
    ParameterString = PYTHONPATH 'xlkpi: no empty path at the end
""",
    "Function XLPyCommand()\n": """\
Private Function XlkpiPath() As String
    'xlkpi: an empty path would stand for the current folder, which may be the workbook's
    XlkpiPath = GetConfig("PYTHONPATH")
    If XlkpiPath <> "" Then XlkpiPath = ";" & XlkpiPath
End Function

Function XLPyCommand()
""",
    '" -B -c ""import': f'"{_SAFE} -B -c ""import',
}
_IN_WORKBOOK = {
    'PROJECT_NAME As String = "xlwings"': f'PROJECT_NAME As String = "{_PROJECT}"',
    'AddExcelDir & ";" & ThisWorkbook.FullName & ";" & ThisWorkbook.FullName & ";"': _NO_PATHS,
    _MAC: _name_checked("ThisWorkbook"),
}
#: The add-in works for any workbook in front; that workbook's cells shall not say which program it starts.
_IN_ADDIN = {
    'PROJECT_NAME As String = "myaddin"': f'PROJECT_NAME As String = "{_PROJECT}"',
    'AddExcelDir & ";" & ActiveWorkbook.FullName & ";" & ThisWorkbook.FullName & ";"': _NO_PATHS,
    _MAC: _name_checked("ActiveWorkbook"),
    "    SourcePythonCommand = PythonCommand\n": """\
    'xlkpi: there may be none
    If ActiveWorkbook Is Nothing Then
        MsgBox "No workbook is open. Open yours, then try again.", vbExclamation, "xlkpi"
        RunPython = -1
        Exit Function
    End If
    SourcePythonCommand = PythonCommand
""",
    """\
            If SheetExists(ActiveWorkbook, PROJECT_NAME & ".conf") = True Then
                If GetConfigFromSheet(ActiveWorkbook).Exists(configKey) = True Then
                    GetConfig = GetConfigFromSheet(ActiveWorkbook).Item(configKey)
""": """\
            If SheetExists(ThisWorkbook, PROJECT_NAME & ".conf") = True Then 'xlkpi: not of the workbook in front
                If GetConfigFromSheet(ThisWorkbook).Exists(configKey) = True Then
                    GetConfig = GetConfigFromSheet(ThisWorkbook).Item(configKey)
""",
}

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
