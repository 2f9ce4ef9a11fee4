"""The VBA text of the module ``xlwings_udfs``: what makes Excel call the worksheet functions.

xlwings writes such a module from inside Excel, when somebody presses Import Functions and trusts access to the VBA
project. This one is written when the workbook is built, from the marks of the functions; the call is that of xlwings'
own wrappers. Three things are done otherwise. Texts of errors become Excel's errors. Where Python cannot be reached, a
function shows ``#VALUE!`` and ``KPI_WHY`` says what xlwings says. And on a Mac, where xlwings has no worksheet functions,
each shows ``#NAME?``.
"""

from __future__ import annotations

from collections.abc import Iterator

from xlkpi.addin import udfs
from xlkpi.addin.arguments import ERRORS
from xlkpi.addin.marks import Argument, Marked, marked

MODULE = "xlwings_udfs"
#: The macro that tells Excel's function wizard what each argument is.
DESCRIBE = "XlkpiDescribeFunctions"
_CATEGORY = "xlkpi"
#: What Excel shows of a description.
_LONGEST_HELP = 255
_NAME_ERROR, _VALUE_ERROR = 2029, 2015
_NO_MAC = "Python functions run in Excel for Windows only. The sheet What-if answers the same by native formulas."
#: The function whose answers are sentences, not figures.
_SAYS_WHY = udfs.KPI_WHY.__name__


def udf_module() -> str:
    """Return the text of the module, the same on every system; lines end with a line feed."""
    functions = marked(udfs)
    lines = [
        f'Attribute VB_Name = "{MODULE}"',
        "' Made by xlkpi build from xlkpi/addin/udfs.py. Do not edit: change the functions and build.",
        "' There is no need for Import Functions, nor for trust in access to the VBA project.",
        "",
    ]
    for function in functions:
        lines += [*_function(function), ""]
    lines += [*_description(functions), "", *_errors()]
    return "\n".join(lines) + "\n"


def _function(one: Marked) -> Iterator[str]:
    says_why = one.name == _SAYS_WHY
    on_mac = f'"{_NO_MAC}"' if says_why else f"CVErr({_NAME_ERROR})"
    failed = "Err.Description" if says_why else f"CVErr({_VALUE_ERROR})"
    call = f'XLPy.CallUDF("{one.module}", "{one.name}", {_given(one)}, ThisWorkbook, Application.Caller)'
    yield f"Public Function {one.name}({', '.join(map(_declared, one.arguments))})"
    yield f"Attribute {one.name}.VB_Description = {_text(one.help)}"
    yield f'Attribute {one.name}.VB_ProcData.VB_Invoke_Func = " \\n14"'
    for argument in one.arguments:
        yield f"    ' {argument.name}: {argument.help}"
    yield "    #If Mac Then"
    yield f"        {one.name} = {on_mac}"
    yield "    #Else"
    yield "        If TypeOf Application.Caller Is Range Then On Error GoTo Failed"
    for line in _rest(one):
        yield f"        {line}"
    yield f"        {one.name} = {call if says_why else f'WithErrors({call})'}"
    yield "        Exit Function"
    yield "Failed:"
    yield f"        {one.name} = {failed}"
    yield "    #End If"
    yield "End Function"


def _declared(one: Argument) -> str:
    if one.is_rest:
        return f"ParamArray {one.name}()"
    return f"Optional {one.name}" if one.is_optional else one.name


def _given(one: Marked) -> str:
    """Return the array of the arguments; those that take all that follow are gathered before."""
    if any(argument.is_rest for argument in one.arguments):
        return "given"
    return f"Array({', '.join(argument.name for argument in one.arguments)})"


def _rest(one: Marked) -> Iterator[str]:
    """Yield what gathers the arguments where one takes all that follow; a range stays a range."""
    first = [argument.name for argument in one.arguments if not argument.is_rest]
    for rest in one.arguments:
        if not rest.is_rest:
            continue
        yield "Dim given() As Variant, place As Long"
        yield f"ReDim given(0 To UBound({rest.name}) + {len(first)})"
        for place, name in enumerate(first):
            yield f"If IsObject({name}) Then Set given({place}) = {name} Else given({place}) = {name}"
        yield f"For place = 0 To UBound({rest.name})"
        cell, other = f"given(place + {len(first)})", f"{rest.name}(place)"
        yield f"    If IsObject({other}) Then Set {cell} = {other} Else {cell} = {other}"
        yield "Next place"


def _description(functions: tuple[Marked, ...]) -> Iterator[str]:
    yield f"Public Sub {DESCRIBE}()"
    yield f'Attribute {DESCRIBE}.VB_Description = "Tell Excel\'s function wizard what each argument is."'
    yield "    #If Mac Then"
    yield "    #Else"
    yield "        Dim book As String, clean As Boolean"
    yield """        book = "'" & Replace(ThisWorkbook.Name, "'", "''") & "'!\""""
    yield "        clean = ThisWorkbook.Saved"
    yield "        On Error Resume Next"
    for one in functions:
        yield f'        Application.MacroOptions Macro:=book & "{one.name}", Description:={_text(one.help)}, _'
        yield f'            Category:="{_CATEGORY}", ArgumentDescriptions:=Array( _'
        *most, last = (_text(argument.help) for argument in one.arguments)
        for text in most:
            yield f"            {text}, _"
        yield f"            {last})"
    yield "        ThisWorkbook.Saved = clean"
    yield "    #End If"
    yield "End Sub"


def _text(words: str) -> str:
    """Return a text as VBA writes it, as long as Excel shows one."""
    return '"' + words[:_LONGEST_HELP].replace('"', '""') + '"'


def _errors() -> Iterator[str]:
    """Yield the functions that make errors of their texts: in one cell, a row or a table."""
    yield from _WITH_ERRORS.strip().splitlines()
    yield ""
    yield "Private Function ErrorOf(ByVal cell As Variant) As Variant"
    yield "    ErrorOf = cell"
    yield "    If VarType(cell) <> vbString Then Exit Function"
    yield "    Select Case cell"
    for number, text in ERRORS.items():
        yield f'        Case "{text}": ErrorOf = CVErr({number})'
    yield "    End Select"
    yield "End Function"


_WITH_ERRORS = """
Private Function WithErrors(ByVal found As Variant) As Variant
    Dim row As Long, column As Long, last As Long
    If Not IsArray(found) Then
        WithErrors = ErrorOf(found)
        Exit Function
    End If
    last = -1
    On Error Resume Next
    last = UBound(found, 2)
    On Error GoTo 0
    For row = LBound(found, 1) To UBound(found, 1)
        If last < 0 Then
            found(row) = ErrorOf(found(row))
        Else
            For column = LBound(found, 2) To last
                found(row, column) = ErrorOf(found(row, column))
            Next column
        End If
    Next row
    WithErrors = found
End Function
"""
