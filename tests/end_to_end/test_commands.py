"""Every command as a person starts it: a process of its own, its words, its exit code, the file it leaves."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from ooxml_validator import requires_validator, validate_all

from xlkpi import commands
from xlkpi.model.period import Quarter
from xlkpi.workbook import layout
from xlkpi.workbook.backend import KEEP, AppendRows, WriteName, WriteTable, Written
from xlkpi.workbook.file import ClosedFile
from xlkpi.workbook.layout import Name

EXAMPLE = Path(commands.__file__).parent / "example" / "dcst"


def run(*arguments: object, folder: Path | None = None) -> subprocess.CompletedProcess[str]:
    """Run a command; the steps that a slow machine is told are left out of what it says."""
    command = [sys.executable, "-m", "xlkpi", *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=folder, encoding="utf-8")
    done.stderr = re.sub(r"^.* \.\.\. \(\d+ s\)\n", "", done.stderr, flags=re.MULTILINE)
    return done


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("made") / "example.xlsx"
    done = run("new", path, "--from", EXAMPLE, "--organisation", "Doncaster Children's Services Trust")
    assert done.returncode == 0, done.stderr
    return path


@pytest.fixture
def book(example: Path, tmp_path: Path) -> Path:
    path = tmp_path / "Quarter 2 – Übersicht & more.xlsx"
    path.write_bytes(example.read_bytes())
    return path


def test_without_a_command_the_help_is_shown() -> None:
    done = run()
    assert done.returncode == 0
    for command in ("demo", "new", "refresh", "check", "new-quarter", "build"):
        assert f"\n    {command}" in done.stdout


def test_demo_shows_the_summary_of_the_report_and_what_to_open(tmp_path: Path) -> None:
    done = run("demo", folder=tmp_path)
    assert done.returncode == 0
    lines = [line.split() for line in done.stdout.splitlines()]
    assert ["Total", "2", "10%", "5", "25%", "13", "65%", "0", "0%"] in lines
    assert ["Social", "Care", "Pathway", "1", "2", "4", "0"] in lines
    path = tmp_path / "xlkpi-demo" / "dcst-2018-19-q2.xlsx"
    assert f"Open {path.relative_to(tmp_path)}" in done.stdout
    assert path.exists()


def test_demo_keeps_what_was_typed_into_the_example_before(tmp_path: Path) -> None:
    run("demo", folder=tmp_path)
    path = tmp_path / "xlkpi-demo" / "dcst-2018-19-q2.xlsx"
    ClosedFile(path).apply([WriteName(Name.ORGANISATION, "Ours")])
    assert run("demo", folder=tmp_path).returncode == 0
    found = ClosedFile(path).read_name(Name.ORGANISATION)
    assert found is not None
    assert found.value == "Ours"


def test_refresh_says_the_figures_and_leaves_a_backup(book: Path) -> None:
    before = book.read_bytes()
    done = run("refresh", book)
    assert done.returncode == 0
    assert "13 of 20 contract measures (65%) are on or better than target" in done.stdout
    assert book.with_name(f"{book.stem} (backup).xlsx").read_bytes() == before


def test_refresh_without_backup_leaves_none(book: Path) -> None:
    assert run("refresh", book, "--no-backup").returncode == 0
    assert [path.name for path in book.parent.iterdir()] == [book.name]


def test_undo_puts_the_workbook_back_and_once_more_takes_that_back(book: Path) -> None:
    before = book.read_bytes()
    run("refresh", book)
    after = book.read_bytes()
    done = run("undo-refresh", book)
    assert (done.returncode, book.read_bytes()) == (0, before)
    run("undo-refresh", book)
    assert book.read_bytes() == after


def test_undo_without_a_backup_changes_nothing(book: Path) -> None:
    before = book.read_bytes()
    done = run("undo-refresh", book)
    assert done.returncode == 2
    assert "nothing to undo" in done.stderr
    assert book.read_bytes() == before


def test_json_gives_the_same_figures_to_a_machine(book: Path) -> None:
    data = json.loads(run("check", book, "--json").stdout)
    assert data["code"] == 0
    assert data["summary"]["total"] == {
        "Outside tolerance": 2,
        "Inside tolerance": 5,
        "On or better than target": 13,
        "No target specified": 0,
        "No data": 0,
    }
    a4 = next(one for one in data["results"] if one["code"] == "A4")
    assert (a4["outturn"], a4["exact"], a4["cases_to_tolerance"]) == ("74", "74", 56)


def test_problems_end_with_code_1_and_change_nothing(book: Path) -> None:
    _type(book, Quarter(2018, 2), "A4", denominator="many")
    before = book.read_bytes()
    done = run("refresh", book)
    assert done.returncode == 1
    assert done.stderr.splitlines() == [
        "1 thing to put right in the workbook. Nothing was changed.",
        "'2018-19 Q2'!F9: the denominator is 'many', which is not a number. Type digits only, for example 90.",
    ]
    assert book.read_bytes() == before


def test_json_tells_a_machine_of_the_problems(book: Path) -> None:
    _type(book, Quarter(2018, 2), "A4", denominator=0)
    data = json.loads(run("check", book, "--json").stdout)
    assert data["code"] == 1
    assert [problem["where"] for problem in data["problems"]] == ["'2018-19 Q2'!F9"]


@pytest.mark.parametrize("command", ["refresh", "check", "new-quarter"])
def test_a_file_that_is_not_there_ends_with_code_2(command: str, tmp_path: Path) -> None:
    done = run(command, tmp_path / "none.xlsx")
    assert done.returncode == 2
    assert "none.xlsx" in done.stderr
    assert "Traceback" not in done.stderr


def test_new_never_replaces_a_file(book: Path) -> None:
    before = book.read_bytes()
    done = run("new", book)
    assert done.returncode == 2
    assert "is there already" in done.stderr
    assert book.read_bytes() == before


def test_new_quarter_adds_a_sheet_and_keeps_everything_typed(book: Path) -> None:
    before = commands.figures(book)
    done = run("new-quarter", book)
    assert done.returncode == 0
    assert "Moved 2017/18 Q2 into History." in done.stdout
    workbook = ClosedFile(book)
    assert [name for name in workbook.sheets() if "Q" in name] == [
        "2018-19 Q3",
        "2018-19 Q2",
        "2018-19 Q1",
        "2017-18 Q4",
        "2017-18 Q3",
    ]
    found = workbook.read_name(Name.QUARTER)
    assert found is not None
    workbook.apply([WriteName(Name.QUARTER, "2018/19 Q2")])
    after = commands.figures(book)
    assert [(one.outturn, one.status, one.streak, one.year_ago) for one in after.contract] == [
        (one.outturn, one.status, one.streak, one.year_ago) for one in before.contract
    ]


def test_a_year_of_new_quarters_stays_whole(book: Path) -> None:
    for _ in range(5):
        assert run("new-quarter", book).returncode == 0
    done = run("refresh", book)
    assert done.returncode == 0
    assert "No figures have been typed for this quarter yet." in done.stdout
    history = ClosedFile(book).read(layout.HISTORY.name)
    assert [row for row in history.rows if tuple(row[:2]) == ("2018/19 Q2", "A4")]


def test_a_sheet_with_notes_of_the_analyst_is_kept_by_new_quarter(book: Path) -> None:
    _scribble(book, "2017-18 Q2", "C60", "Ask Ann about this quarter")
    done = run("new-quarter", book)
    assert done.returncode == 0, done.stderr
    assert "Kept the sheet of 2017/18 Q2, since it also holds C60." in done.stdout


def test_a_blank_workbook_becomes_a_report_by_typing(tmp_path: Path) -> None:
    path = tmp_path / "ours.xlsx"
    assert run("new", path, "--organisation", "Somewhere Council", "--quarter", "2018/19 Q2").returncode == 0
    _fill_register(path)
    done = run("refresh", path)
    assert done.returncode == 0, done.stderr
    assert "Added a row for R1 and R2 to the sheet 2018-19 Q2." in done.stdout
    _type(path, Quarter(2018, 2), "R1", numerator=50, denominator=100)
    _type(path, Quarter(2018, 2), "R2", value=61)
    done = run("refresh", path)
    assert ["Total", "1", "50%", "1", "50%", "0", "0%", "0", "0%"] in [
        line.split() for line in done.stdout.splitlines()
    ]


def _fill_register(path: Path) -> None:
    workbook = ClosedFile(path)
    workbook.apply(
        [
            WriteTable(
                layout.REGISTER.name,
                [
                    _row(
                        layout.REGISTER,
                        **_indicator("R1", 1),
                        numerator_label="in time",
                        denominator_label="due",
                        polarity="range",
                    ),
                    _row(layout.REGISTER, **_indicator("R2", 2), polarity="lower"),
                ],
            ),
            WriteTable(
                layout.TARGETS.name,
                [
                    _row(layout.TARGETS, code="R1", target="55..60", tolerance="45..70"),
                    _row(layout.TARGETS, code="R2", target=50, tolerance=10, basis="points"),
                ],
            ),
        ]
    )


def _indicator(code: str, order: int) -> dict[str, Written]:
    return {
        "code": code, "title": f"Indicator {code}", "section": "Ours", "section_order": 1, "list_order": order,
        "kind": "contract", "unit": "%", "decimals": 1, "multiplier": 100,
    }  # fmt: skip


def _row(table: layout.Table, **values: Written) -> list[Written]:
    return [values.get(column.field) if column.typed else KEEP for column in table.columns]


def _scribble(path: Path, sheet: str, cell: str, text: str) -> None:
    """Write below everything on a sheet, as an analyst might."""
    row = f'<row r="{cell[1:]}"><c r="{cell}" t="inlineStr"><is><t>{text}</t></is></c></row></sheetData>'
    _change(path, _part(path, sheet), lambda xml: xml.replace("</sheetData>", row))


def _part(path: Path, sheet: str) -> str:
    """Return the name of a sheet's part; a sheet that came later has its own at the end."""
    return f"xl/worksheets/sheet{ClosedFile(path).sheets().index(sheet) + 1}.xml"


def _change(path: Path, part: str, change: Callable[[str], str]) -> None:
    """Change a part of a file as another program might."""
    with zipfile.ZipFile(path) as before:
        parts = {name: before.read(name) for name in before.namelist()}
    parts[part] = change(parts[part].decode()).encode()
    with zipfile.ZipFile(path, "w") as after:
        for name, content in parts.items():
            after.writestr(name, content)


def _type(path: Path, quarter: Quarter, code: str, **figures: Written) -> None:
    """Type figures beside a code on a quarter's sheet."""
    workbook, table = ClosedFile(path), layout.quarter_table(quarter)
    block = workbook.read(table.name)
    fields = [column.field for column in table.columns]
    rows: list[list[Written]] = []
    for row in block.rows:
        mine = row[0] == code
        rows.append([figures[field] if mine and field in figures else KEEP for field in fields])
    workbook.apply([WriteTable(table.name, rows)])


REGISTER = """code,title,section,section_order,list_order,polarity,unit,decimals,\
numerator_label,denominator_label,multiplier,period_basis,target,tolerance
1.10,Places filled,Homes,1,1,range,%,0,filled,places,100,snapshot,80..95,70..100
1.1,Visits in time,Visits,2,3,higher,%,1,in time,due,100,in_quarter,90,85
V2,Days to first visit,Visits,2,4,lower,days,1,days,visits,1,in_quarter,10,12
X,Pupils with a plan,Learning,3,2,higher,%,0,with a plan,pupils,100,annual,95,90
"""
OBSERVATIONS = """period,code,numerator,denominator,value,provenance
Q1 2022-23,1.10,45,50,,reported
2022-23 Q1,1.1,899,1000,,reported
"Quarter 1, 2022/23",V2,,,10.1,reported
2021/22 Q4,X,19,20,,reported
2021/22 Q4,1.1,90,100,,
2021/22 Q2,V2,,,13,
"""


def test_another_organisation_works_without_touching_code(tmp_path: Path) -> None:
    files = tmp_path / "files"
    files.mkdir()
    (files / "register.csv").write_text(REGISTER, encoding="utf-8-sig")
    (files / "observations.csv").write_text(OBSERVATIONS, encoding="utf-8")
    path = tmp_path / "other.xlsx"
    done = run("new", path, "--from", files, "--organisation", "Elsewhere")
    assert done.returncode == 0, done.stderr
    lines = [line.split() for line in done.stdout.splitlines()]
    assert ["Homes", "0", "0", "1", "0"] in lines
    assert ["Visits", "0", "2", "0", "0"] in lines
    results = commands.figures(path)
    assert [one.indicator.code for one in results.contract] == ["1.10", "X", "1.1", "V2"]
    annual = results.of("X")
    assert (annual.is_counted, annual.carried_from, annual.status.value) == (
        False,
        Quarter(2021, 4),
        "On or better than target",
    )
    assert results.of("V2").movement.value == "not comparable with last quarter"


def test_faults_of_files_name_file_row_and_column(tmp_path: Path) -> None:
    files = tmp_path / "files"
    files.mkdir()
    (files / "register.csv").write_text(REGISTER.replace("higher,%,1", "upward,%,1"), encoding="utf-8")
    (files / "observations.csv").write_text(OBSERVATIONS, encoding="utf-8")
    done = run("new", tmp_path / "other.xlsx", "--from", files)
    assert done.returncode == 1
    assert "register.csv row 3, polarity: the polarity is 'upward', which is not one of the choices." in done.stderr
    assert not (tmp_path / "other.xlsx").exists()


def test_a_mistyped_year_does_not_become_the_reporting_quarter(tmp_path: Path) -> None:
    files = tmp_path / "files"
    files.mkdir()
    (files / "register.csv").write_text(REGISTER, encoding="utf-8")
    (files / "observations.csv").write_text(OBSERVATIONS + "2081/82 Q1,1.1,1,2,,\n", encoding="utf-8")
    done = run("new", tmp_path / "other.xlsx", "--from", files)
    assert done.returncode == 1
    assert done.stderr.splitlines()[1] == (
        "observations.csv row 8, period: the period is 2081/82 Q1, 236 quarters after the latest other one, 2022/23 Q1. "
        "Correct the year, or add the quarters between."
    )


@requires_validator
def test_every_workbook_we_write_is_valid(book: Path, tmp_path: Path) -> None:
    blank = tmp_path / "blank.xlsx"
    run("new", blank)
    quarter = tmp_path / "quarter.xlsx"
    quarter.write_bytes(book.read_bytes())
    run("new-quarter", quarter, "--no-backup")
    run("refresh", quarter, "--no-backup")
    run("refresh", book, "--no-backup")
    assert validate_all([blank, quarter, book]) == {}


@pytest.mark.parametrize("command", ["refresh", "new-quarter"])
def test_what_if_remembers_no_answer_about_figures_that_were_there_before(book: Path, command: str) -> None:
    """Whoever looks at the file without working it out, in a preview for instance, sees no answer rather than an old one."""
    part = _part(book, layout.WHAT_IF)
    _change(book, part, lambda xml: re.sub(r"</f>(<v>[^<]*</v>|<v/>)?", "</f><v>4711</v>", xml))
    assert run(command, book).returncode == 0
    with zipfile.ZipFile(book) as archive:
        what_if = archive.read(part).decode()
    assert what_if.count("</f>") > 20
    assert "4711" not in what_if


def test_appended_history_is_read_back(book: Path) -> None:
    ClosedFile(book).apply([AppendRows(layout.HISTORY.name, [["2014/15 Q4", "A4", 1, 2, None, None, None, None]])])
    done = run("check", book)
    assert done.returncode == 1
    assert "A4 is not valid in 2014/15 Q4" in done.stderr


def test_about_says_version_python_log_and_what_the_doctor_says() -> None:
    done = run("about")
    assert done.returncode == 0
    assert [line.partition(" ")[0] for line in done.stdout.splitlines()] == ["xlkpi", "Python", "Log:", "Doctor:"]


def test_doctor_answers_each_of_the_twelve_questions(tmp_path: Path) -> None:
    done = run("doctor", tmp_path / "ours.xlsm", "--json")
    data = json.loads(done.stdout)
    assert [one["number"] for one in data["checks"]] == list(range(1, 14))
    assert done.returncode == data["code"] == int(any(one["state"] == "found" for one in data["checks"]))
