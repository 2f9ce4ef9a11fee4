"""The shipped workbooks with macros and the add-in: the table of commands, the macros, the ribbon and the buttons agree."""

from __future__ import annotations

import datetime as dt
import re
import subprocess
import sys
import warnings
import zipfile
from pathlib import Path

import pytest
from addin.ovba import Project, read_project
from lxml import etree
from ooxml_validator import requires_validator, validate_all

from xlkpi import catalogue, commands
from xlkpi.addin import borrowed, modules
from xlkpi.addin.vba import project
from xlkpi.addin.wrappers import DESCRIBE
from xlkpi.template.macros import build_addin
from xlkpi.version import XLWINGS
from xlkpi.workbook import layout
from xlkpi.workbook.file import ClosedFile
from xlkpi.workbook.livebook.mac import SAVE_COPY

SHIPPED = Path(__file__).parents[2] / "workbooks"
BOOKS = [SHIPPED / f"{commands.TEMPLATE}.xlsm", SHIPPED / f"{commands.EXAMPLE}.xlsm"]
ADDIN = SHIPPED / commands.ADDIN
ALL = [*BOOKS, ADDIN]
WITH_BUTTON = [one for one in catalogue.COMMANDS if one.has_button]
MACRO = re.compile(r"Public Sub (\w+)\(\)\r\n(?:Attribute [^\r]*\r\n)*((?:    [^\r]*\r\n)*)End Sub")
CALLBACK = re.compile(r"Public Sub (\w+)\(control As IRibbonControl\)\r\n((?:    [^\r]*\r\n)*)End Sub")
LOADED = re.compile(r"Public Sub (\w+)\(ribbon As IRibbonUI\)\r\n((?:    [^\r]*\r\n)*)End Sub")
BOOK = "xl/workbook.xml"
RIBBONS = ("customUI/customUI.xml", "customUI/customUI14.xml")
CODE_NAME = re.compile(rb'<(?:sheetPr|workbookPr)\b[^>]*? codeName="([^"]+)"')

every_file = pytest.mark.parametrize("path", ALL, ids=lambda path: path.name)


def part(path: Path, name: str) -> bytes:
    with zipfile.ZipFile(path) as archive:
        return archive.read(name)


def project_of(path: Path) -> Project:
    return read_project(part(path, "xl/vbaProject.bin"))


@every_file
def test_every_command_with_a_button_has_a_macro_of_one_line(path: Path) -> None:
    found = dict(MACRO.findall(project_of(path).modules[modules.MACROS]))
    line = "    RunPython \"from xlkpi.addin.press import press; press('{}')\"\r\n"
    assert found == {one.macro: line.format(one.name) for one in WITH_BUTTON}


@every_file
def test_every_callback_calls_the_macro_of_one_command(path: Path) -> None:
    found = dict(CALLBACK.findall(project_of(path).modules[modules.RIBBON]))
    assert found == {one.callback: f"    {one.macro}\r\n" for one in WITH_BUTTON}


@every_file
@pytest.mark.parametrize("ribbon", RIBBONS)
def test_the_ribbon_shows_every_command_in_the_words_of_the_table(path: Path, ribbon: str) -> None:
    root = etree.fromstring(part(path, ribbon))
    buttons = [dict(one.attrib) for one in root.iter("{*}button")]
    assert [one["onAction"] for one in buttons] == [one.callback for one in WITH_BUTTON]
    for shown, one in zip(buttons, WITH_BUTTON, strict=True):
        assert (shown["label"], shown["imageMso"], shown["keytip"]) == (one.label, one.image, one.keytip)
        assert shown["supertip"].casefold() == f"{one.help}.".casefold()
    assert len({one["keytip"] for one in buttons}) == len({one["id"] for one in buttons}) == len(buttons)


@every_file
@pytest.mark.parametrize("ribbon", RIBBONS)
def test_everything_the_ribbon_calls_is_in_the_modules(path: Path, ribbon: str) -> None:
    root = etree.fromstring(part(path, ribbon))
    text = project_of(path).modules[modules.RIBBON]
    called = {value for one in root.iter() for name, value in one.attrib.items() if name.startswith(("on", "get"))}
    assert called
    assert called == set(re.findall(r"Public Sub (\w+)\(", text))


@pytest.mark.parametrize("path", BOOKS, ids=lambda path: path.name)
def test_the_buttons_on_start_are_bound_to_the_macros(path: Path) -> None:
    links = part(path, "xl/worksheets/_rels/sheet1.xml.rels").decode()
    [drawing] = re.findall(r'Target="\.\./(drawings/vmlDrawing\d+\.vml)"', links)
    text = part(path, f"xl/{drawing}").decode()
    on_start = [one for one in WITH_BUTTON if one.on_start]
    assert re.findall(r"<x:FmlaMacro>\[0\]!(\w+)</x:FmlaMacro>", text) == [one.macro for one in on_start]
    assert re.findall(r"<font[^>]*>([^<]+)</font>", text) == [one.label for one in on_start]
    assert text.count('ObjectType="Button"') == len(on_start) > 0


@every_file
def test_documents_of_the_project_are_the_code_names_of_the_package(path: Path) -> None:
    with zipfile.ZipFile(path) as archive:
        names = [name for name in archive.namelist() if re.fullmatch(r"xl/(workbook|worksheets/sheet\d+)\.xml", name)]
        found = {name: CODE_NAME.findall(archive.read(name)) for name in names}
    assert {len(codes) for codes in found.values()} == {1}
    kinds = project_of(path).kinds
    assert kinds[found.pop(BOOK)[0].decode()] == "workbook"
    sheets = sorted(name for name, kind in kinds.items() if kind == "sheet")
    assert sorted(codes[0].decode() for codes in found.values()) == sheets


def test_opening_a_workbook_gives_its_functions_their_help_and_does_nothing_else() -> None:
    texts = read_project(project(modules.for_workbook(["Sheet1"]))).modules
    found = dict(LOADED.findall(texts[modules.RIBBON]))
    assert found == {modules.LOADED: f"    On Error Resume Next\r\n    {DESCRIBE}\r\n"}
    assert all(f' onLoad="{modules.LOADED}"'.encode() in part(path, name) for path in BOOKS for name in RIBBONS)
    assert not any(b"onLoad" in part(ADDIN, name) for name in RIBBONS)
    assert f"Public Sub {DESCRIBE}()" in texts[modules.FUNCTIONS]
    starting = [name for name, text in texts.items() if re.search(r"(?i)\bSub (auto_|workbook_|worksheet_)", text)]
    assert starting == [], "LibreOffice would run it, and stop at the modules of xlwings"


def test_opening_the_addin_starts_nothing() -> None:
    texts = read_project(project(modules.for_addin(["Sheet1"]))).modules
    assert not [name for name, text in texts.items() if re.search(r"(?i)\bSub (auto_|workbook_|worksheet_)", text)]


@every_file
def test_project_modules_and_their_order(path: Path) -> None:
    found = project_of(path)
    expected = [modules.MACROS, modules.RIBBON, modules.COPY, modules.XLWINGS_MODULE, modules.DICTIONARY]
    if path != ADDIN:
        expected.insert(3, modules.FUNCTIONS)
    assert [name for name, kind in found.kinds.items() if kind in {"standard", "class"}] == expected
    assert found.name == ("XlkpiAddin" if path == ADDIN else "XlkpiWorkbook")


@every_file
def test_a_copy_goes_where_no_cell_says(path: Path) -> None:
    """The one macro that writes a file: no function that a cell could call, and its path is made of digits alone."""
    text = project_of(path).modules[modules.COPY]
    assert re.findall(r"(?m)^(?:Public|Private) (?:Sub|Function) (\w+)\(([^)]*)\)", text) == [
        (SAVE_COPY, "ByVal mark As String, ByVal book As String")
    ]
    assert 'If Len(mark) <> 32 Or mark Like "*[!0-9a-f]*" Or Environ("HOME") = "" Then Exit Sub' in text
    assert re.findall(r"path = (.*)\r", text) == ['Environ("HOME") & "/" & mark & ".tmp"']
    assert not re.search(r"Range|Cells|ActiveSheet|Worksheets|Shell|CreateObject|MacScript", text)


@every_file
def test_oletools_reads_the_same_texts(path: Path) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # its own dependencies warn
        from oletools.olevba import VBA_Parser  # noqa: PLC0415  # inside the silence

        second = VBA_Parser(str(path))
        read = {name.rpartition(".")[0]: code for _, _, name, code in second.extract_macros()}
        second.close()
    first = project_of(path).modules
    assert {name: code.replace("\r\n", "\n") for name, code in read.items()} == {
        name: text.replace("\r\n", "\n") for name, text in first.items()
    }


@every_file
def test_the_package_says_what_it_is(path: Path) -> None:
    types = part(path, "[Content_Types].xml").decode()
    kind = "addin" if path == ADDIN else "sheet"
    assert f'PartName="/xl/workbook.xml" ContentType="application/vnd.ms-excel.{kind}.macroEnabled.main+xml"' in types
    assert "application/vnd.ms-office.vbaProject" in types
    links = part(path, "_rels/.rels").decode()
    for year, name in zip(("2006", "2007"), RIBBONS, strict=True):
        kind = f"http://schemas.microsoft.com/office/{year}/relationships/ui/extensibility"
        assert f'Type="{kind}" Target="{name}"' in links


@every_file
def test_the_text_of_xlwings_is_that_of_the_pinned_version_with_its_notices(path: Path) -> None:
    found = project_of(path).modules
    text = found[modules.XLWINGS_MODULE]
    assert f'XLWINGS_VERSION As String = "{XLWINGS}"' in text
    assert f"xlwings=={XLWINGS}" in (SHIPPED.parent / "pyproject.toml").read_text(encoding="utf-8")
    assert "Copyright (C) 2014-present, Zoomer Analytics LLC." in text
    assert "Redistributions in binary form must reproduce" in text
    assert "Permission is hereby granted, free of charge" in found[modules.DICTIONARY]
    assert 'PROJECT_NAME As String = "xlkpi"' in text


@every_file
def test_nothing_from_elsewhere_says_which_program_is_started(path: Path) -> None:
    text = project_of(path).modules[modules.XLWINGS_MODULE]
    settings = text[text.index("Function GetConfig(") : text.index("Function SaveConfigToFile(")]
    assert "ActiveWorkbook, PROJECT_NAME" not in settings
    assert "GetConfigFromSheet(ActiveWorkbook)" not in settings
    assert 'source = "" Or source = "directory"' not in settings
    assert 'GetConfig("INTERPRETER", "python' not in text
    assert "uses_embedded_code = True\r\n" not in text
    assert 'If source = "" Or source = "sheet"' not in settings
    assert not re.search(r"PYTHONPATH = .*FullName", text)
    assert text.count('PYTHONPATH = "false;;;" & GetConfig(') == 3
    assert text.count('" -E -P -B -c ""import') == text.count(" -B -c ") == 2
    assert text.count('GetConfig("PYTHONPATH")') == 1


def test_what_the_macros_pass_on_puts_nothing_on_pythons_path() -> None:
    run = "import sys, xlwings.utils as u; before = list(sys.path); u.prepare_sys_path('{}'); print(sys.path == before)"
    for passed, expected in (("false;;;;;", "True"), ("false;;;;;;", "False")):  # a sixth sign would be an empty path
        command = [sys.executable, "-E", "-P", "-B", "-c", run.format(passed)]
        assert subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip() == expected


@every_file
def test_on_a_mac_a_name_with_signs_of_the_shell_is_refused_before_the_command_is_made(path: Path) -> None:
    text = project_of(path).modules[modules.XLWINGS_MODULE]
    mac = text[text.index("Sub ExecuteMac(") : text.index("Function ExecuteWindows(")]
    name = "ActiveWorkbook" if path == ADDIN else "ThisWorkbook"
    assert mac.index(f'If {name}.Name Like "*[$`|""\\]*" Then\r\n') < mac.index(f'ParameterString + "|" + {name}.Name')


def test_the_addin_works_for_the_workbook_in_front_and_the_workbook_for_itself() -> None:
    for path, name in ((ADDIN, "ActiveWorkbook"), (BOOKS[0], "ThisWorkbook")):
        assert f'" --wb=" & """" & {name}.Name & """' in project_of(path).modules[modules.XLWINGS_MODULE]


def test_without_a_workbook_in_front_the_addin_says_so() -> None:
    text = project_of(ADDIN).modules[modules.XLWINGS_MODULE]
    run = text[text.index("Public Function RunPython(") : text.index("Sub ExecuteMac(")]
    assert run.index("If ActiveWorkbook Is Nothing Then") < run.index("Set wb = ActiveWorkbook")


def test_another_version_of_xlwings_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(borrowed, "_installed", lambda name: f"' {name} of another time\n")
    with pytest.raises(ValueError, match=f"xlwings is not version {XLWINGS}"):
        borrowed.for_workbook()


def test_without_xlwings_a_workbook_with_macros_is_refused_with_the_cure(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(borrowed.importlib.util, "find_spec", lambda _: None)
    source = commands.Source("Ours", commands.EXAMPLE_QUARTER)
    outcome = commands.new(tmp_path / "ours.xlsm", commands.BUILT, source)
    assert outcome.code == commands.UNUSABLE
    assert f"pip install xlwings=={XLWINGS}" in outcome.lines[0]
    assert list(tmp_path.iterdir()) == []


def test_the_settings_are_out_of_sight_in_a_workbook() -> None:
    for path in BOOKS:
        assert re.search(r'<sheet name="xlkpi.conf" sheetId="\d+" state="veryHidden"', part(path, BOOK).decode())
    shown = part(ADDIN, "xl/sharedStrings.xml").decode()
    assert re.findall(r"<t>([^<]*)</t>", shown)[:2] == ["ADD_WORKBOOK_TO_PYTHONPATH", "false"]


def test_the_addin_is_the_same_every_time(tmp_path: Path) -> None:
    for name in "ab":
        build_addin(tmp_path / f"{name}.xlam", dt.datetime(2018, 10, 17, 9, 42))
    assert (tmp_path / "a.xlam").read_bytes() == (tmp_path / "b.xlam").read_bytes()


@pytest.fixture
def book(tmp_path: Path) -> Path:
    path = tmp_path / "Übersicht & more.xlsm"
    path.write_bytes(BOOKS[1].read_bytes())
    return path


def kept(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        names = archive.namelist()
        return {name: archive.read(name) for name in names if re.search(r"vbaProject|customUI|\.vml$", name)}


def test_refresh_and_new_quarter_keep_macros_ribbon_and_buttons(book: Path) -> None:
    before = kept(book)
    assert len(before) == 4
    for year in range(6):
        assert commands.new_quarter(book).code == commands.FINE
        assert commands.refresh(book, commands.BUILT.replace(year=2019 + year)).code == commands.FINE
    assert kept(book) == before
    assert book.with_name("Übersicht & more (backup).xlsm").exists()


@requires_validator
def test_a_new_quarter_has_the_module_of_the_quarter_that_goes(book: Path) -> None:
    assert commands.new_quarter(book).code == commands.FINE
    sheets = sheet_names(book)
    found = [code for codes in sheets.values() for code in codes]
    assert {len(codes) for codes in sheets.values()} == {1}
    assert sorted(found) == sorted(name for name, kind in project_of(book).kinds.items() if kind == "sheet")
    assert validate_all([book]) == {}


def test_a_quarter_that_stays_keeps_its_module_and_the_new_one_has_none_yet(book: Path) -> None:
    oldest = layout.quarter_sheet(commands.EXAMPLE_QUARTER.shift(1 - layout.QUARTER_SHEETS))
    scribble(book, f"xl/worksheets/sheet{ClosedFile(book).sheets().index(oldest) + 1}.xml")
    before = sheet_names(book)
    assert "Kept the sheet" in " ".join(commands.new_quarter(book).lines)
    after = sheet_names(book)
    assert {name: after[name] for name in before} == before
    assert [after[name] for name in set(after) - set(before)] == [[]]  # Excel makes a module for a sheet that has none


def scribble(path: Path, name: str) -> None:
    """Write a note below everything on a sheet, as an analyst might."""
    note = b'<row r="60"><c r="C60" t="inlineStr"><is><t>Ask Ann</t></is></c></row></sheetData>'
    with zipfile.ZipFile(path) as before:
        parts = {one: before.read(one) for one in before.namelist()}
    parts[name] = parts[name].replace(b"</sheetData>", note)
    with zipfile.ZipFile(path, "w") as after:
        for one, content in parts.items():
            after.writestr(one, content)


def sheet_names(path: Path) -> dict[str, list[str]]:
    """Return the code names in the part of each sheet: one each, or none."""
    with zipfile.ZipFile(path) as archive:
        parts = [name for name in archive.namelist() if re.fullmatch(r"xl/worksheets/sheet\d+\.xml", name)]
        return {name: [code.decode() for code in CODE_NAME.findall(archive.read(name))] for name in parts}


def test_new_makes_a_workbook_with_macros_where_its_name_asks_for_them(tmp_path: Path) -> None:
    path = tmp_path / "ours.XLSM"
    outcome = commands.new(path, commands.BUILT, commands.Source("Ours", commands.EXAMPLE_QUARTER))
    assert outcome.code == commands.FINE, outcome.lines
    assert kept(path) == kept(BOOKS[0])
    assert [one.name for one in tmp_path.iterdir()] == ["ours.XLSM"]
    outcome = commands.new(tmp_path / "ours.xlsb", commands.BUILT, commands.Source("Ours"))
    assert "does not end in .xlsx or .xlsm" in outcome.lines[0]


def test_the_figures_are_those_of_the_workbook_without_macros() -> None:
    for path in BOOKS[1:]:
        assert commands.figures(path) == commands.figures(path.with_suffix(".xlsx"))
