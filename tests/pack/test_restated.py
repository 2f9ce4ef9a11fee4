"""Figures that were published otherwise are owned up to, with old, new and reason; no pack is lost that may have been sent."""

from __future__ import annotations

import shutil
from pathlib import Path

import openpyxl
import pytest
from ooxml_validator import requires_validator, validation_errors
from pack.test_accepting import NOW, accept, numerator, publish, rows, said, typed
from pack.test_publish import STEM, before, pack
from packed import ROOT

from xlkpi import commands
from xlkpi.model.profile import Profile
from xlkpi.workbook import layout
from xlkpi.workbook.file import ClosedFile
from xlkpi.workbook.layout import RESTATEMENTS_TABLE, Name


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return Path(shutil.copy(ROOT / "workbooks" / "dcst-2018-19-q2.xlsx", tmp_path / "ours.xlsx"))


def test_a_restatement_is_listed_and_asks_for_its_reason(book: Path) -> None:
    before(book, "72")
    folder = book.parent / "out"
    blocked = publish(book, folder=folder, accept_all=True)
    assert (blocked.code, blocked.sheet) == (1, layout.RESTATEMENTS)
    assert blocked.lines == (
        "One thing to put right before anything is published. The workbook was refreshed.",
        (
            "Restatements!F6: A4, 2018/19 Q1 outturn, was 72% in the 2018/19 Q1 pack of 17 October 2018 and is 71%. "
            "Type under Reason why; or, if nobody was sent that pack, delete its folder."
        ),
    )
    assert not pack(book).exists()
    shown = rows(book, RESTATEMENTS_TABLE)
    assert shown == [{"code": "A4", "figure": "2018/19 Q1 outturn", "old": "72%", "new": "71%", "reason": None}]
    told = ClosedFile(book).read_name(Name.subtitle(layout.RESTATEMENTS))
    assert told is not None
    assert told.value == "Quarter 2, 2018/19 · against the 2018/19 Q1 pack of 17 October 2018: one figure differs"
    typed(book, RESTATEMENTS_TABLE, "reason", lambda _row: "Late returns were counted.")
    commands.refresh(book, NOW)
    outcome = publish(book, folder=folder, accept_all=True)
    assert outcome.code == 0, outcome.lines
    assert said(book, "out")["restatements"] == [
        {
            "code": "A4",
            "period": "2018/19 Q1 outturn",
            "old": "72%",
            "new": "71%",
            "reason": "Late returns were counted.",
            "release": "2018/19 Q1 pack of 17 October 2018",
        }
    ]
    assert "Late returns were counted." in (pack(book) / f"{STEM}.html").read_text(encoding="utf-8")
    sheet = openpyxl.load_workbook(pack(book) / f"{STEM}.xlsx")["Restatements"]
    assert [cell.value for cell in sheet[6]][2:5] == ["2018/19 Q1 outturn", "72%", "71%"]


def test_a_reason_for_another_change_is_asked_for_again(book: Path) -> None:
    before(book, "72")
    publish(book, folder=book.parent / "out", accept_all=True)
    typed(book, RESTATEMENTS_TABLE, "reason", lambda _row: "Late returns were counted.")
    typed(book, layout.quarter_table(commands.EXAMPLE_QUARTER.shift(-1)), "numerator", numerator("A4", 3780))
    outcome = publish(book, folder=book.parent / "out", accept_all=True)
    assert outcome.code == 1
    assert "was 72% in the 2018/19 Q1 pack of 17 October 2018 and is 66%." in outcome.lines[1]
    assert rows(book, RESTATEMENTS_TABLE)[0]["reason"] is None


def correct(book: Path, visits: int) -> None:
    typed(book, layout.quarter_table(commands.EXAMPLE_QUARTER), "numerator", numerator("A4", visits))


def test_a_pack_of_the_same_quarter_is_owned_up_to_and_kept(book: Path) -> None:
    folder = book.parent / "out"
    assert publish(book, folder=folder, accept_all=True).code == 0
    sent = {path.name: path.read_bytes() for path in pack(book).iterdir()}
    correct(book, 4200)
    blocked = publish(book, folder=folder, accept_all=True)
    assert blocked.code == 1
    assert [one["figure"] for one in rows(book, RESTATEMENTS_TABLE)] == [
        "2018/19 Q2 outturn",
        "2018/19 Q2 numerator",
        "2018/19 Q2 status",
    ]
    assert "was 74% in the 2018/19 Q2 pack of 17 October 2018 and is 75%." in blocked.lines[1]
    # One reason is enough for a figure, its counts and its status.
    typed(book, RESTATEMENTS_TABLE, "reason", lambda row: "Late visits." if "outturn" in str(row["figure"]) else None)
    outcome = publish(book, folder=folder, accept_all=True)
    assert outcome.code == 0, outcome.lines
    former = pack(book).with_name(f"{pack(book).name} - former 2018-10-17-094200")
    assert former.name in "\n".join(outcome.lines)
    assert "Three figures differ from what was published before" in "\n".join(outcome.lines)
    assert {path.name: path.read_bytes() for path in former.iterdir()} == sent
    assert commands.verify_pack(former).code == commands.verify_pack(pack(book)).code == 0
    manifested = said(book, "out")
    assert manifested["replaces"] == NOW.isoformat()
    assert [(one["old"], one["new"], one["reason"]) for one in manifested["restatements"]] == [
        ("74%", "75%", "Late visits."),
        ("4,144", "4,200", "Late visits."),
        ("Outside tolerance", "Inside tolerance", "Late visits."),
    ]


def test_every_pack_that_was_sent_is_owned_up_to_and_none_that_is_gone(book: Path) -> None:
    folder = book.parent / "out"
    publish(book, folder=folder, accept_all=True)
    for visits in (4200, 4300):
        correct(book, visits)
        publish(book, folder=folder, accept_all=True)
        typed(book, RESTATEMENTS_TABLE, "reason", lambda _row: "Late visits.")
        assert publish(book, folder=folder, accept_all=True).code == 0
    outturns = [one for one in said(book, "out")["restatements"] if one["period"].endswith("outturn")]
    assert {(one["old"], one["new"]) for one in outturns} == {("75%", "77%"), ("74%", "77%")}
    for path in folder.glob("*former*"):
        shutil.rmtree(path)
    shutil.rmtree(pack(book))
    assert publish(book, folder=folder, accept_all=True).code == 0
    assert said(book, "out")["restatements"] == []


def test_a_small_number_that_slipped_out_is_withheld_in_the_next_pack(book: Path) -> None:
    folder = book.parent / "out"
    typed(book, layout.REGISTER, "small_numbers", lambda row: "show" if row["code"] == "A6" else None)
    assert publish(book, folder=folder, accept_all=True, profile=Profile.PUBLIC).code == 0
    public = folder / f"{STEM}-public" / f"{STEM}.csv"
    assert ",2018/19 Q2,4,323," in public.read_text(encoding="utf-8-sig")
    typed(book, layout.REGISTER, "small_numbers", lambda row: "withhold" if row["code"] == "A6" else None)
    outcome = publish(book, folder=folder, accept_all=True, profile=Profile.PUBLIC)
    assert outcome.code == 0, outcome.lines
    assert ",2018/19 Q2,[c],323,[c]," in public.read_text(encoding="utf-8-sig")


def test_small_numbers_that_are_shown_are_listed_every_time(book: Path) -> None:
    folder = book.parent / "out"
    for _ in range(2):
        outcome = publish(book, folder=folder, accept_all=True)
        assert "A6 numerator of 2018/19 Q2" in "\n".join(outcome.lines)


def test_the_same_pack_once_more_leaves_nothing_behind(book: Path) -> None:
    folder = book.parent / "out"
    publish(book, folder=folder, accept_all=True)
    publish(book, folder=folder, accept_all=True)
    assert not list(folder.glob("*former*"))


def test_problems_and_remarks_are_told_in_one_report(book: Path) -> None:
    before(book, "72")
    outcome = publish(book, folder=book.parent / "out")
    assert outcome.lines[0].startswith("One thing to put right")
    assert outcome.lines[2].startswith("Three remarks to accept")
    assert len(outcome.lines) == 6


@requires_validator
def test_a_workbook_with_all_of_it_is_valid(book: Path) -> None:
    before(book, "72")
    accept(book)
    publish(book, folder=book.parent / "out")
    assert commands.explain(book, ["A4", "B8"], write=True).sheet == layout.EXPLAIN
    assert validation_errors(book) == []
