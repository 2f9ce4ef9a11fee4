"""The check of a draft as a person starts it: what is printed, for people and for machines, and with which exit code."""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path

import docx
import pytest
from end_to_end.test_commands import run
from ooxml_validator import requires_validator, validation_errors

from xlkpi import commands
from xlkpi.__main__ import main
from xlkpi.workbook import layout
from xlkpi.workbook.file import ClosedFile
from xlkpi.workbook.layout import Name

EXAMPLE = Path(commands.__file__).parent / "example" / "dcst"
RIGHT = "Referrals in the quarter were 991."
WRONG = "Staff turnover was 99%."
WORDS = f"3.1 {RIGHT}\n\n4.6 {WRONG}\n"


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("made") / "example.xlsx"
    done = run("new", path, "--from", EXAMPLE, "--organisation", "Doncaster Children's Services Trust")
    assert done.returncode == 0, done.stderr
    return path


@pytest.fixture
def book(example: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(example, tmp_path / "Quarter 2.xlsx"))


@pytest.fixture
def draft(tmp_path: Path) -> Path:
    path = tmp_path / "Entwurf – draft.txt"
    path.write_text(WORDS, encoding="utf-8")
    return path


def test_a_contradiction_is_printed_and_ends_with_code_1(book: Path, draft: Path) -> None:
    before = book.read_bytes()
    done = run("verify", draft, "--workbook", book)
    assert (done.returncode, done.stderr) == (1, "")
    lines = done.stdout.splitlines()
    assert lines[0].startswith(f"{draft.name}: 1 confirmed, 1 contradicted, 0 not checkable")
    assert lines[2] == "Contradicted:"
    assert lines[3].startswith("  4.6, line 3:")
    assert '99%"' in lines[3]
    assert "The draft says 99%" in lines[4]
    assert "Results!" in lines[4]
    assert RIGHT[:9] not in done.stdout
    assert book.read_bytes() == before
    everything = run("verify", draft, "--workbook", book, "--all")
    assert "Confirmed:" in everything.stdout
    assert "The draft says 991" in everything.stdout


def test_a_right_draft_ends_with_code_0(book: Path, draft: Path) -> None:
    draft.write_text(RIGHT, encoding="utf-8")
    assert run("verify", draft, "--workbook", book).returncode == 0


@pytest.mark.skipif(sys.platform in {"win32", "darwin"}, reason="there Excel may be")
def test_where_there_is_no_excel_a_workbook_is_not_open_in_it(draft: Path) -> None:
    done = run("verify", draft, "--workbook", "ours.xlsx", "--live")
    assert done.returncode == 2
    assert "fault of xlkpi" not in done.stderr
    assert "leave out --live" in done.stderr


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_json_holds_claims_and_findings_and_nothing_else(encoding: str, book: Path, draft: Path) -> None:
    draft.write_text(WORDS + "\nNoted – with care.\n", encoding=encoding)
    done = run("verify", draft, "--workbook", book, "--json")
    assert done.returncode == 1
    data = json.loads(done.stdout)
    assert list(data) == ["claims", "findings", "text"]
    assert data["text"] == WORDS + "\nNoted – with care.\n"
    wanted = {"text", "start", "end", "verdict", "stated", "computed", "cell", "reason"}
    for one in data["claims"]:
        assert wanted <= one.keys()
        assert one["text"] == WORDS[one["start"] : one["end"]]
        assert one["verdict"] in {"confirmed", "contradicted", "not checkable"}
    for one in data["findings"]:
        assert {"rule", "severity", "what", "cure", "start", "end", "text", "cell", "paragraph"} == one.keys()
    [wrong] = [one for one in data["claims"] if one["verdict"] == "contradicted"]
    assert (wrong["stated"], wrong["indicator"]) == ("99%", "C15")


@pytest.mark.parametrize("arguments", [["none.docx"], ["book.doc"], []])
def test_what_cannot_be_used_ends_with_code_2(arguments: list[str], book: Path, tmp_path: Path) -> None:
    workbook = tmp_path / "none.xlsx" if not arguments else book
    done = run("verify", *[tmp_path / name for name in arguments], "--workbook", workbook)
    assert done.returncode == 2
    assert done.stdout == ""
    assert len(done.stderr.splitlines()) == 1
    assert "Traceback" not in done.stderr
    told = json.loads(run("verify", *[tmp_path / name for name in arguments], "--workbook", workbook, "--json").stdout)
    assert told["code"] == 2
    assert told["error"] + "\n" == done.stderr


def test_a_fault_of_ours_is_told_a_machine_too(
    draft: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fails(*_: object, **__: object) -> commands.Outcome:
        raise KeyError("")

    monkeypatch.setattr(commands, "verify", fails)
    monkeypatch.setattr("xlkpi.setup.log.our_fault", lambda: "It is kept in the log.")
    assert main(["verify", str(draft), "--workbook", "ours.xlsx", "--json"]) == 3
    assert json.loads(capsys.readouterr().out) == {"code": 3, "error": "It is kept in the log.", "problems": []}


def test_without_a_workbook_the_usage_is_shown(draft: Path) -> None:
    done = run("verify", draft)
    assert done.returncode == 2
    assert "--workbook" in done.stderr


def test_the_narrative_sheet_is_the_draft_where_none_is_named(book: Path) -> None:
    done = run("verify", "--workbook", book, "--json")
    data = json.loads(done.stdout)
    assert len(data["claims"]) > 50
    assert done.returncode == any(one["verdict"] == "contradicted" for one in data["claims"])


def test_the_claims_sheet_is_filled_where_that_is_asked_for(book: Path, draft: Path) -> None:
    before = book.read_bytes()
    done = run("verify", draft, "--workbook", book, "--write")
    assert "The sheet Claims lists every claim." in done.stdout
    assert book.with_name(f"{book.stem} (backup).xlsx").read_bytes() == before
    workbook = ClosedFile(book)
    assert len(workbook.read(layout.CLAIMS_TABLE.name).rows) >= 2
    told = workbook.read_name(Name.subtitle(layout.CLAIMS))
    assert told is not None
    assert str(told.value).startswith(draft.name)
    assert run("refresh", book).returncode == 0
    told = ClosedFile(book).read_name(Name.subtitle(layout.CLAIMS))
    assert told is not None
    assert "was checked before the last refresh" in str(told.value)


@requires_validator
def test_a_workbook_with_claims_is_valid(book: Path, draft: Path) -> None:
    run("verify", "--workbook", book, "--write", "--no-backup")
    assert validation_errors(book) == []
    run("verify", draft, "--workbook", book, "--write", "--no-backup")
    assert validation_errors(book) == []


def test_a_word_draft_gets_a_copy_with_comments(book: Path, tmp_path: Path) -> None:
    draft, document = tmp_path / "Report.docx", docx.Document()
    for words in (RIGHT, WRONG):
        document.add_paragraph(words)
    document.save(str(draft))
    before = draft.read_bytes()
    done = run("verify", draft, "--workbook", book, "--output")
    assert done.returncode == 1, done.stderr
    comments = [one.text for one in docx.Document(str(tmp_path / "Report - checked.docx")).comments]
    assert any("The draft says 99%" in one for one in comments)
    assert draft.read_bytes() == before
    assert run("verify", draft, "--workbook", book, "--output", draft).returncode == 2
    assert run("verify", draft, "--workbook", book, "--output").returncode == 1
    assert draft.read_bytes() == before
