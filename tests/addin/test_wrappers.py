"""The VBA of the worksheet functions: complete, readable by Excel's editor, and calling as xlwings' own wrappers do."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from xlkpi.addin import udfs
from xlkpi.addin.arguments import ERRORS
from xlkpi.addin.marks import Marked, marked
from xlkpi.addin.wrappers import DESCRIBE, udf_module

ROOT = Path(__file__).parents[2]
TEXT = udf_module()
FUNCTIONS = marked(udfs)
LONGEST_LINE, MOST_CONTINUATIONS, LONGEST_NAME = 1023, 24, 31
#: Words that VBA does not take for a name.
_RESERVED = """and as boolean byref byte byval call case cbool cbyte cdate cdbl cint clng close const cstr currency date
    debug declare dim do double each else elseif empty end enum eqv erase error event exit false for friend function get
    global gosub goto if imp implements in input integer is let lib like long loop lset me mod name new next not nothing null
    object on open option optional or paramarray preserve print private property public put raiseevent redim rem resume
    return rset select set shared single static step stop string sub then to true type typeof until variant wend while with
    write xor"""
RESERVED = set(_RESERVED.split())

#: xlwings' own generator, with empty stubs for the modules of Windows that it imports but does not need.
OWN_GENERATOR = """
import sys, types, io
for name in ("pythoncom", "pywintypes", "win32com", "win32com.client"):
    sys.modules[name] = types.ModuleType(name)
sys.modules["pythoncom"].CoInitialize = lambda: None
sys.modules["pywintypes"].com_error = Exception
sys.modules["win32com.client"].Dispatch = None
import xlwings
from xlwings import udfs as own
xlwings.func, xlwings.arg = own.xlfunc, own.xlarg
from xlkpi.addin import udfs
text = io.StringIO()
own.generate_vba_wrapper("xlkpi.addin.udfs", udfs, text, types.SimpleNamespace(Name="book.xlsm"))
sys.stdout.reconfigure(encoding="utf-8")
print(text.getvalue())
marked = [one.__xlfunc__["args"] for one in vars(udfs).values() if hasattr(one, "__xlfunc__")]
tables = [all(arg["options"]["ndim"] == 2 and arg["options"]["err_to_str"] for arg in args) for args in marked]
print(sum(tables), "functions take tables")
"""


def block(name: str) -> str:
    """Return the text of one procedure."""
    found = re.search(rf"^(?:Public|Private) (Function|Sub) {name}\(.*?^End \1$", TEXT, re.MULTILINE | re.DOTALL)
    assert found, name
    return found[0]


@pytest.mark.parametrize("function", FUNCTIONS, ids=lambda one: one.name)
def test_a_function_stands_there_with_its_arguments_and_their_help(function: Marked) -> None:
    text, described = block(function.name), block(DESCRIBE)
    signature = text.splitlines()[0]
    declared = re.findall(r"(?:(Optional|ParamArray) )?(\w+)(?:\(\))?(?=[,)])", signature.partition("(")[2])
    assert [name for _, name in declared] == [one.name for one in function.arguments]
    assert [bool(word) for word, _ in declared] == [one.is_optional or one.is_rest for one in function.arguments]
    assert f'Attribute {function.name}.VB_Description = "{function.help}"' in text
    for argument in function.arguments:
        assert f"' {argument.name}: {argument.help}" in text
        assert '"' + argument.help.replace('"', '""') + '"' in described
    assert f'& "{function.name}", Description:=' in described


@pytest.mark.parametrize("function", FUNCTIONS, ids=lambda one: one.name)
def test_a_function_steps_back_on_a_mac_and_where_python_fails(function: Marked) -> None:
    on_mac, elsewhere = block(function.name).split("#If Mac Then")[1].split("#Else")
    assert f'XLPy.CallUDF("xlkpi.addin.udfs", "{function.name}", ' in elsewhere
    assert "XLPy" not in on_mac
    failed = elsewhere.split("Failed:")[1]
    if function.name == "KPI_WHY":
        assert "Excel for Windows only" in on_mac
        assert "KPI_WHY = Err.Description" in failed
    else:
        assert f"{function.name} = CVErr(2029)" in on_mac
        assert f"{function.name} = CVErr(2015)" in failed
        assert f"{function.name} = WithErrors(XLPy" in elsewhere


def test_excels_editor_takes_the_text() -> None:
    assert TEXT.startswith('Attribute VB_Name = "xlwings_udfs"\n')
    assert TEXT.isascii()
    lines = TEXT.splitlines()
    assert max(map(len, lines)) <= LONGEST_LINE
    assert not re.search(rf"(?:[^\n]* _\n){{{MOST_CONTINUATIONS + 1}}}", TEXT)
    names = {argument.name for one in FUNCTIONS for argument in one.arguments} | {one.name for one in FUNCTIONS}
    assert not names & RESERVED
    assert max(map(len, names)) <= LONGEST_NAME
    for opening, closing in (
        ("#If", "#End If"),
        ("If .* Then$", "End If"),
        ("Select Case", "End Select"),
        ("For ", "Next"),
    ):
        counts = [len(re.findall(rf"^ *{word}\b", TEXT, re.MULTILINE)) for word in (opening.rstrip(), closing)]
        if opening.startswith("If"):
            counts[0] = len(re.findall(r"^ *If .* Then$", TEXT, re.MULTILINE))
        assert counts[0] == counts[1], opening
    code = [line for line in lines if not line.lstrip().startswith("'")]
    assert all(line.count('"') % 2 == 0 for line in code)
    assert all(line.count("(") == line.count(")") for line in code if " _" not in line and '"' not in line)


def test_no_name_is_taken_twice_in_a_procedure() -> None:
    for one in FUNCTIONS:
        local = re.findall(r"\bDim (\w+)|, (\w+) As", block(one.name))
        taken = [argument.name for argument in one.arguments] + [name for pair in local for name in pair if name]
        assert len(set(taken)) == len(taken), one.name


def test_every_text_of_an_error_becomes_that_error() -> None:
    told = dict(re.findall(r'Case "(#[^"]+)": ErrorOf = CVErr\((\d+)\)', block("ErrorOf")))
    assert {int(number): text for text, number in told.items()} == ERRORS


def test_nothing_starts_by_itself() -> None:
    """The one macro is there to be called when the tab is loaded; it asks, and shows, nothing."""
    assert not re.search(r"(?i)sub (auto_open|workbook_open)", TEXT)
    assert len(re.findall(r"^Public Sub ", TEXT, re.MULTILINE)) == 1
    described = block(DESCRIBE)
    assert described.index("On Error Resume Next") < described.index("Application.MacroOptions")
    assert not re.search(r"MsgBox|XLPy|RunPython|On Error GoTo", described)
    assert described.index("clean = ThisWorkbook.Saved") < described.index("Application.MacroOptions")
    assert described.rindex("ThisWorkbook.Saved = clean") > described.rindex("Application.MacroOptions")


def test_the_calls_are_those_of_xlwings_own_wrappers() -> None:
    done = subprocess.run(
        [sys.executable, "-c", OWN_GENERATOR], capture_output=True, text=True, check=False, cwd=ROOT, encoding="utf-8"
    )
    assert done.returncode == 0, done.stderr
    call = (
        r'XLPy\.CallUDF\("xlkpi\.addin\.udfs", "KPI_\w+", (?:Array\([^)]*\)|\w+), ThisWorkbook, Application\.Caller\)'
    )
    theirs = {one.replace("argsArray", "given") for one in re.findall(call, done.stdout)}
    assert theirs == set(re.findall(call, TEXT))
    assert len(theirs) == len(FUNCTIONS)
    signatures = {line for line in done.stdout.splitlines() if line.startswith("Function ")}
    assert signatures == {line.removeprefix("Public ") for line in TEXT.splitlines() if "Function KPI_" in line[:22]}
    assert f"{len(FUNCTIONS)} functions take tables" in done.stdout


def test_the_text_is_the_same_without_xlwings() -> None:
    program = (
        "import sys; sys.modules['xlwings'] = None; from xlkpi.addin.wrappers import udf_module; "
        "sys.stdout.reconfigure(encoding='utf-8', newline='\\n'); print(udf_module(), end='')"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=False, cwd=ROOT)
    assert done.stdout.decode() == TEXT
