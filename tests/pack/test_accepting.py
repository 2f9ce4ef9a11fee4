"""What an analyst accepts, says and sets in the workbook is what Publish does, on the closed file as by the button."""

from __future__ import annotations

import datetime as dt
import json
import re
import shutil
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from deleted import delete_sheets
from pack.test_publish import STEM
from packed import ROOT

from xlkpi import commands, wanted
from xlkpi.outcome import Outcome
from xlkpi.pack import manifest
from xlkpi.wanted import Wanted
from xlkpi.workbook import layout
from xlkpi.workbook.backend import KEEP, Value, WriteName, WriteTable, Written, column_letters
from xlkpi.workbook.file import ClosedFile
from xlkpi.workbook.layout import CHECKS_TABLE, Name, Table

NOW = dt.datetime(2018, 10, 17, 9, 42)
LATER = dt.datetime(2018, 10, 18, 16, 5)


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return Path(shutil.copy(ROOT / "workbooks" / "dcst-2018-19-q2.xlsx", tmp_path / "ours.xlsx"))


def rows(book: Path, table: Table) -> list[dict[str, Value]]:
    fields = [column.field for column in table.columns]
    return [dict(zip(fields, row, strict=True)) for row in ClosedFile(book).read(table.name).rows]


def typed(book: Path, table: Table, field: str, value: Callable[[dict[str, Value]], Value]) -> None:
    """Type into a column, row by row; None leaves the cell."""
    written: list[list[Written]] = []
    for row in rows(book, table):
        cells: list[Written] = [KEEP] * len(table.columns)
        if (content := value(row)) is not None:
            cells[table.index(field)] = content
        written.append(cells)
    ClosedFile(book, backup=False).apply([WriteTable(table.name, written)])


def accept(book: Path, *starts: str) -> None:
    """Choose yes beside the remarks that begin with these words; beside all where there are none."""
    typed(
        book, CHECKS_TABLE, "accepted", lambda row: layout.YES if str(row["what"]).startswith(starts or ("",)) else None
    )


def sets(book: Path, **settings: str) -> None:
    names = {"profile": Name.PROFILE, "by": Name.PUBLISHER, "folder": Name.PACKS, "lock": Name.LOCK}
    ClosedFile(book, backup=False).apply([WriteName(names[key], value) for key, value in settings.items()])


def publish(book: Path, now: dt.datetime = NOW, **asked: Any) -> Outcome:
    return commands.publish(book, now, Wanted(**asked))


def said(book: Path, folder: str = "published") -> dict[str, Any]:
    found = json.loads((book.parent / folder / f"{STEM}-commissioner" / manifest.NAME).read_text(encoding="utf-8"))
    assert isinstance(found, dict)
    return found


# Accepting in Checks


def test_a_yes_beside_every_remark_is_enough_and_the_manifest_says_who_and_when(book: Path) -> None:
    sets(book, by="A. Analyst")
    accept(book)
    assert commands.refresh(book, NOW).code == 0
    outcome = publish(book, LATER)
    assert outcome.code == 0, outcome.lines
    accepted = said(book)["accepted"]
    assert len(accepted) == 3
    assert {(one["by"], one["at"]) for one in accepted} == {("A. Analyst", "2018-10-17T09:42:00")}
    assert accepted[0]["what"].startswith("B8 is outside tolerance at 52% (46 of 88) and has no comment.")
    assert (said(book)["by"], said(book)["published"]) == ("A. Analyst", "2018-10-18T16:05:00")


def test_what_is_not_accepted_blocks_and_is_named_with_what_to_do(book: Path) -> None:
    accept(book, "Of 20", "A3")
    outcome = publish(book)
    assert outcome.code == 1
    assert outcome.sheet == layout.CHECKS
    assert outcome.lines[0].startswith("One remark to accept before anything is published. ")
    assert "choose yes beside each in Checks" in outcome.lines[0]
    assert outcome.lines[1].startswith("'2018-19 Q2'!M13: B8 is outside tolerance")
    assert len(outcome.lines) == 2
    assert not (book.parent / "published").exists()


def test_an_acceptance_stays_at_a_refresh_and_keeps_its_date(book: Path) -> None:
    sets(book, by="A. Analyst")
    accept(book, "B8")
    commands.refresh(book, NOW)
    sets(book, by="Somebody else")
    commands.refresh(book, LATER)
    [one] = [row for row in rows(book, CHECKS_TABLE) if row["accepted"]]
    assert (one["by"], one["at"]) == ("A. Analyst", NOW)
    told = ClosedFile(book).read_name(Name.subtitle(layout.CHECKS))
    assert told is not None
    assert str(told.value).endswith("three remarks, one of them accepted")


def numerator(code: str, number: int) -> Callable[[dict[str, Value]], Value]:
    return lambda row: number if row["code"] == code else None


def test_it_lapses_when_the_figure_changes_though_the_status_does_not(book: Path) -> None:
    accept(book)
    typed(book, layout.quarter_table(commands.EXAMPLE_QUARTER), "numerator", numerator("B8", 45))
    outcome = publish(book)
    assert outcome.code == 1
    assert "B8 is outside tolerance at 51% (45 of 88)" in outcome.lines[1]
    assert [row["accepted"] for row in rows(book, CHECKS_TABLE)] == [None, layout.YES, layout.YES]


def test_it_does_not_lapse_when_another_figure_changes_or_its_row_moves(book: Path) -> None:
    accept(book)
    typed(book, layout.quarter_table(commands.EXAMPLE_QUARTER), "numerator", numerator("A4", 4145))
    typed(book, CHECKS_TABLE, "where", lambda _row: "Register!B99")
    assert publish(book).code == 0


def test_it_lapses_with_the_quarter(book: Path) -> None:
    accept(book)
    commands.refresh(book, NOW)
    ClosedFile(book, backup=False).apply([WriteName(Name.QUARTER, "2018/19 Q1")])
    commands.refresh(book, NOW)
    assert not any(row["accepted"] for row in rows(book, CHECKS_TABLE))


def test_a_yes_that_is_taken_back_is_taken_back(book: Path) -> None:
    accept(book)
    commands.refresh(book, NOW)
    typed(book, CHECKS_TABLE, "accepted", lambda _row: "")
    commands.refresh(book, LATER)
    assert {(row["accepted"], row["by"], row["at"]) for row in rows(book, CHECKS_TABLE)} == {(None, None, None)}


def test_any_other_word_is_a_fault_with_its_cell(book: Path) -> None:
    typed(book, CHECKS_TABLE, "accepted", lambda row: "maybe" if row["number"] == 2 else None)
    outcome = publish(book)
    assert outcome.code == 1
    assert outcome.lines[1].startswith(
        "Checks!G7: what stands under Accepted is 'maybe', which is neither yes nor empty."
    )


def test_where_nobody_is_named_the_sign_in_name_is_noted(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wanted.getpass, "getuser", lambda: "jsmith")
    accept(book)
    outcome = publish(book)
    assert "in the name of jsmith" in outcome.lines[0]
    assert (said(book)["by"], said(book)["accepted"][0]["by"]) == ("jsmith", "jsmith")


def older(book: Path) -> Path:
    """Return the workbook without the columns to accept in, the links, and the cells that say how it is published."""
    with zipfile.ZipFile(book) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist() if name.endswith((".xml", ".rels"))}
        others = {name: archive.read(name) for name in archive.namelist() if name not in parts}
    for table, width in ((CHECKS_TABLE, 5), (layout.RESULTS_TABLE, 17)):
        [name] = [name for name, text in parts.items() if f' name="{table.name}"' in text and "/tables/" in name]
        last = column_letters(table.left + width - 1)
        text = re.sub(r'ref="B5:[A-Z]+(\d+)"', rf'ref="B5:{last}\1"', parts[name])
        text = re.sub(r'<tableColumns count="\d+">', f'<tableColumns count="{width}">', text)
        gone = "|".join(str(number) for number in range(width + 1, len(table.columns) + 1))
        parts[name] = re.sub(rf'<tableColumn id="({gone})"(?:[^>]*/>|.*?</tableColumn>)', "", text)
    names = f"{Name.PROFILE}|{Name.PUBLISHER}|{Name.PACKS}|{Name.LOCK}"
    listed = re.sub(rf'<definedName name="({names})">[^<]*</definedName>', "", parts["xl/workbook.xml"])
    parts["xl/workbook.xml"] = listed
    made = book.with_name("older.xlsx")
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in {**parts, **others}.items():
            archive.writestr(name, content)
    return made


def test_a_workbook_made_before_goes_on_working(book: Path) -> None:
    made = older(book)
    assert ClosedFile(made).read_name(Name.PROFILE) is None
    assert commands.refresh(made, NOW).code == 0
    assert len(ClosedFile(made).headings(CHECKS_TABLE.name)) == 5
    assert [row[0] for row in ClosedFile(made).read(CHECKS_TABLE.name).rows] == [1, 2, 3]
    assert len(ClosedFile(made).read(layout.RESULTS_TABLE.name).rows[0]) == 17
    blocked = publish(made)
    assert blocked.code == 1
    assert "delete the sheet Checks and refresh: it comes back with it" in blocked.lines[0]
    assert publish(made, accept_all=True).code == 0
    delete_sheets(made, layout.CHECKS)
    assert commands.refresh(made, NOW).code == 0
    accept(made)
    assert publish(made).code == 0


# What the first sheet says


def test_the_first_sheet_says_for_whom_and_into_which_folder(book: Path, tmp_path: Path) -> None:
    sets(book, profile="public", folder=f'"{tmp_path / "packs"}"', by="Performance team")
    accept(book)
    outcome = publish(book)
    assert outcome.code == 0, outcome.lines
    assert (tmp_path / "packs" / f"{STEM}-public" / manifest.NAME).exists()
    assert "for the public, in the name of Performance team" in outcome.lines[0]
    asked = publish(book, folder=tmp_path / "other", by="A. Analyst", profile=wanted.Profile.COMMISSIONER)
    assert asked.code == 0
    assert (tmp_path / "other" / f"{STEM}-commissioner").is_dir()


@pytest.mark.parametrize(
    ("typed_folder", "told"),
    [
        ("https://council.sharepoint.com/packs", "which is not on this computer"),
        (r"\\server\share", "which is not on this computer"),
        ("packs", "which does not say in which folder"),
    ],
)
def test_a_folder_that_cannot_be_used_is_told_with_every_other_fault(book: Path, typed_folder: str, told: str) -> None:
    sets(book, folder=typed_folder, profile="everybody")
    content = book.read_bytes()
    outcome = publish(book)
    assert outcome.code == 1
    assert outcome.lines[0] == "2 things to put right in the workbook. Nothing was changed."
    assert outcome.lines[1].startswith("Start!C27: for whom it is published is 'everybody'")
    assert told in outcome.lines[2]
    assert outcome.lines[2].startswith("Start!C29: the folder to publish into is ")
    assert book.read_bytes() == content


def test_the_pack_goes_beside_a_workbook_and_into_the_library_where_it_is_on_the_web(tmp_path: Path) -> None:
    library = tmp_path / "Documents" / "xlkpi"
    for name in ("https://d.docs.live.net/1/ours.xlsx", "Book1"):
        assert wanted.home_of(name, library) == library
    assert wanted.home_of(str(tmp_path / "ours.xlsx"), library) == tmp_path


def test_a_password_is_asked_for_once_all_else_is_well_and_stands_nowhere(book: Path) -> None:
    asked: list[bool] = []

    def ask() -> str:
        asked.append(True)
        return "correct horse"

    sets(book, lock="yes")
    assert publish(book, ask=ask).code == 1
    assert not asked
    accept(book)
    outcome = publish(book, ask=ask)
    assert outcome.code == 0, outcome.lines
    assert asked == [True]
    assert "open with a password, which you get from me in another way" in "\n".join(outcome.lines)
    for path in (book, *(book.parent / "published").rglob("*.*")):
        assert path.is_dir() or b"correct horse" not in path.read_bytes()


@pytest.mark.parametrize("answers", [["one", "another"], ["", ""]])
def test_a_password_that_is_not_typed_twice_alike_changes_nothing(book: Path, answers: Sequence[str]) -> None:
    accept(book)
    content = book.read_bytes()
    left = list(answers)
    outcome = publish(book, lock=True, ask=lambda: wanted.twice(lambda _again: left.pop(0)))
    assert outcome.code == 2
    assert "not the same, or empty" in outcome.lines[0]
    assert book.read_bytes() == content
    assert not (book.parent / "published").exists()


@pytest.mark.parametrize(("lacks", "lock"), [("highspy", False), ("msoffcrypto", True)])
def test_what_is_not_installed_is_told_with_its_cure(
    book: Path, monkeypatch: pytest.MonkeyPatch, lacks: str, *, lock: bool
) -> None:
    monkeypatch.setattr(wanted, "find_spec", lambda name: None if name == lacks else name)
    content = book.read_bytes()
    outcome = publish(book, accept_all=True, lock=lock)
    assert outcome.code == 2
    assert lacks in outcome.lines[0]
    assert 'pip install "xlkpi[publish]"' in outcome.lines[0]
    assert book.read_bytes() == content


# What goes beside the pack, and what it was made from


def test_the_text_to_send_it_with_stands_beside_the_pack_not_in_it(book: Path) -> None:
    outcome = publish(book, accept_all=True)
    letter = book.parent / "published" / f"{STEM}-commissioner - e-mail.txt"
    assert letter.read_text(encoding="utf-8").rstrip("\n") in "\n".join(outcome.lines)
    assert commands.verify_pack(letter.with_name(f"{STEM}-commissioner")).code == 0


def test_a_pack_is_held_against_the_workbook_it_was_made_from(book: Path) -> None:
    publish(book, accept_all=True)
    folder = book.parent / "published" / f"{STEM}-commissioner"
    same = commands.verify_pack(folder, book)
    assert (same.code, same.lines[1]) == (0, "It was made from what is typed into the workbook now.")
    commands.refresh(book, LATER)
    assert commands.verify_pack(folder, book).code == 0, "a refresh types nothing"
    typed(book, layout.quarter_table(commands.EXAMPLE_QUARTER), "numerator", numerator("A4", 4145))
    other = commands.verify_pack(folder, book)
    assert other.code == 1
    assert other.lines[1].startswith("tblQ_2018_19_Q2: what is typed there is not what was published on 2018-10-17.")


def test_a_machine_reads_nothing_but_json(book: Path) -> None:
    import subprocess  # noqa: PLC0415  # for this test alone
    import sys  # noqa: PLC0415  # likewise

    command = [sys.executable, "-m", "xlkpi", "publish", str(book), "--accept-all", "--json"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)
    assert json.loads(done.stdout)["code"] == 0, done.stderr
