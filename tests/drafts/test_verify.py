"""The command that checks a draft: what it says, what it writes, and what it leaves alone.

The checking itself is played by a small verifier, which knows one figure of the world: the outturn of A2.
"""

from __future__ import annotations

import datetime as dt
import json
import re
import shutil
from pathlib import Path

import docx
import pytest
from books import NOW as NOW_QUARTER
from books import small_book
from drafts.made import saved

from xlkpi import commands, verifying
from xlkpi.errors import FileUnusable, WorkbookLocked
from xlkpi.prose.claim import Claim, Finding, Severity, Verdict, Verification
from xlkpi.prose.draft import Draft
from xlkpi.prose.world import World
from xlkpi.tables.verified import SEVERITIES, VERDICTS
from xlkpi.verifying import Ask
from xlkpi.workbook import layout
from xlkpi.workbook.backend import KEEP, AppendRows, WriteName, WriteTable, Written
from xlkpi.workbook.file import ClosedFile
from xlkpi.workbook.layout import Name

NOW, LATER = dt.datetime(2018, 10, 17, 9, 42), dt.datetime(2018, 10, 18, 8, 0)
WORDS = """1. VISITS

1.1. Visits made in time were 75% in Quarter 2 of 2017/18.

1.2. Visits were 74%. Visits were 12% somewhere.
"""
SAID = re.compile(r"Visits (?:made in time )?were (\d+)%( somewhere)?")


def only_visits(draft: Draft, world: World) -> Verification:
    """Check "Visits were 74%" against A2, and find fault with last year's label."""
    [result] = [one for one in world.results.contract if one.indicator.code == "A2"]
    shown = None if result.outturn is None else float(result.outturn)
    claims = [_claim(found, shown) for found in SAID.finditer(draft.text)]
    findings = [
        Finding("old", Severity.HIGH, "The year is 2017/18.", "Write 2018/19.", at, at + 7, draft.text[at : at + 7])
        for at in [one.start() for one in re.finditer("2017/18", draft.text)]
    ]
    findings.append(Finding("missing", Severity.LOW, "B1 is not mentioned.", "Say why.", 0, len(draft.text)))
    return Verification(tuple(claims), tuple(findings))


def _claim(found: re.Match[str], shown: float | None) -> Claim:
    start, end, stated = found.start(1), found.end(1) + 1, f"{found[1]}%"
    if found[2]:
        return Claim(start, end, stated, "figure", Verdict.NOT_CHECKABLE, stated, reason="Nobody knows where.")
    right = shown is not None and round(shown) == int(found[1])
    verdict = Verdict.CONFIRMED if right else Verdict.CONTRADICTED
    reason = "74 of 100 visits is 74%."
    return Claim(start, end, stated, "figure", verdict, stated, f"{shown:.0f}%", "Results!E7", reason, "A2", "1.1")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("made") / "book.xlsx"
    small_book().save(path)
    assert commands.refresh(path, NOW, backup=False).code == commands.FINE
    return path


@pytest.fixture
def book(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(made, tmp_path / "book.xlsx"))


@pytest.fixture
def draft(tmp_path: Path) -> Path:
    path = tmp_path / "draft.txt"
    path.write_text(WORDS, encoding="utf-8")
    return path


def verify(book: Path, ask: Ask) -> commands.Outcome:
    return commands.verify(book, LATER, ask, verifier=only_visits)


def only_read(draft: Path | None, **more: object) -> Ask:
    return Ask(draft, **{"from_cell": False, "write": False, **more})  # type: ignore[arg-type]


def test_what_is_contradicted_is_told_with_its_place_and_figure(book: Path, draft: Path) -> None:
    before = book.read_bytes()
    outcome = verify(book, only_read(draft))
    assert outcome.code == 1
    assert outcome.lines == (
        "draft.txt: 1 confirmed, 1 contradicted, 1 not checkable; 2 other things to mend.",
        "",
        "Contradicted:",
        '  1.1, line 3:31: "75%"',
        "    The draft says 75%, the figures say 74% (Results!E7). 74 of 100 visits is 74%.",
        "",
        "To mend: high:",
        "  line 3:51: The year is 2017/18. Write 2018/19.",
        '    "2017/18"',
        "",
        "To mend: low:",
        "  whole draft: B1 is not mentioned. Say why.",
    )
    assert book.read_bytes() == before
    assert sorted(path.name for path in book.parent.iterdir()) == ["book.xlsx", "draft.txt"]


def test_everything_is_listed_where_that_is_wanted(book: Path, draft: Path) -> None:
    lines = verify(book, only_read(draft, everything=True)).lines
    assert lines[-8:] == (
        "",
        "Not checkable:",
        '  line 5:35: "12%"',
        "    The draft says 12%. Nobody knows where.",
        "",
        "Confirmed:",
        '  1.1, line 5:18: "74%"',
        "    The draft says 74%, the figures say 74% (Results!E7). 74 of 100 visits is 74%.",
    )


def test_nothing_contradicted_gives_code_0(book: Path, draft: Path) -> None:
    draft.write_text("Visits were 74%.", encoding="utf-8")
    assert verify(book, only_read(draft)).code == 0


def test_a_machine_gets_claims_and_findings_with_the_words_at_their_offsets(book: Path, draft: Path) -> None:
    data = verify(book, only_read(draft)).data()
    assert list(data) == ["claims", "findings", "text"]
    assert data["text"] == WORDS
    json.dumps(data)
    for one in (*data["claims"], *data["findings"]):
        assert one["text"] == WORDS[one["start"] : one["end"]]
    assert [one["verdict"] for one in data["claims"]] == ["contradicted", "confirmed", "not checkable"]
    assert data["claims"][0] == {
        "text": "75%", "start": 41, "end": 44, "verdict": "contradicted", "stated": "75%", "computed": "74%",
        "cell": "Results!E7", "reason": "74 of 100 visits is 74%.", "kind": "figure", "paragraph": "1.1", "indicator": "A2",
    }  # fmt: skip
    assert data["findings"] == [
        {"rule": "old", "severity": "high", "what": "The year is 2017/18.", "cure": "Write 2018/19.", "start": 61, "end": 68,
         "text": "2017/18", "cell": "", "paragraph": ""},
        {"rule": "missing", "severity": "low", "what": "B1 is not mentioned.", "cure": "Say why.", "start": 0, "end": 0,
         "text": "", "cell": "", "paragraph": ""},
    ]  # fmt: skip


def test_figures_come_from_the_inputs_and_older_ones_shown_are_told(book: Path, draft: Path) -> None:
    workbook, table = ClosedFile(book, backup=False), layout.quarter_table(NOW_QUARTER)
    counts = table.index("numerator")
    rows: list[list[Written]] = [[KEEP] * len(row) for row in workbook.read(table.name).rows]
    at = next(at for at, row in enumerate(workbook.read(table.name).rows) if row[0] == "A2")
    rows[at][counts] = 75
    workbook.apply([WriteTable(table.name, rows)])
    outcome = verify(book, only_read(draft))
    contradicted = [one for one in outcome.data()["claims"] if one["verdict"] == "contradicted"]
    assert [one["stated"] for one in contradicted] == ["74%"]
    assert outcome.lines[-1] == (
        "The figures shown in the workbook are not those of its inputs. The draft was checked against the inputs: "
        "refresh the workbook, so that its sheets show the same."
    )
    assert commands.refresh(book, LATER, backup=False).code == commands.FINE
    assert not [line for line in verify(book, only_read(draft)).lines if "refresh the workbook" in line]


def test_a_refreshed_workbook_with_nothing_in_a_table_is_not_taken_for_an_old_one(tmp_path: Path, draft: Path) -> None:
    """A register without context measures has a context table of one empty row."""
    small, path = small_book(), tmp_path / "contract.xlsx"
    for code in ("E1", "E2"):
        small.clear("Register", code)
    for row in range(1, len(small.workbook.read(layout.CONTEXT_INPUTS.name).rows) + 1):
        small.clear("Context inputs", row)
    small.save(path)
    assert commands.refresh(path, NOW, backup=False).code == commands.FINE
    assert [line for line in verify(path, only_read(draft)).lines if "refresh the workbook" in line] == []


@pytest.fixture
def written(book: Path, draft: Path) -> ClosedFile:
    outcome = verify(book, Ask(draft))
    assert outcome.lines[-1] == "The sheet Claims lists every claim."
    return ClosedFile(book)


def test_the_claims_sheet_lists_what_needs_work_first(written: ClosedFile) -> None:
    rows = written.read(layout.CLAIMS_TABLE.name).rows
    verdict = layout.CLAIMS_TABLE.index("verdict")
    assert [row[verdict] for row in rows] == [
        VERDICTS[Verdict.CONTRADICTED],
        SEVERITIES[Severity.HIGH],
        SEVERITIES[Severity.LOW],
        VERDICTS[Verdict.NOT_CHECKABLE],
        VERDICTS[Verdict.CONFIRMED],
    ]
    assert rows[0] == (
        1, "✗ Contradicted", "1.1, line 3:31", "75%", "75%", "74%", "Results!E7", "74 of 100 visits is 74%.", "figure", "A2",
    )  # fmt: skip
    told = written.read_name(Name.subtitle(layout.CLAIMS))
    assert told is not None
    assert told.value == (
        "draft.txt · checked 18 October 2018 08:00 against Quarter 2, 2018/19 · "
        "1 confirmed, 1 contradicted, 1 not checkable; 2 other things to mend"
    )


def test_a_check_is_logged_and_can_be_undone(book: Path, written: ClosedFile) -> None:
    last = written.read(layout.LOG_TABLE.name).rows[-1]
    assert last[1:3] == ("verify", "2018/19 Q2")
    assert last[-2:] == (3, "draft.txt: 1 confirmed, 1 contradicted, 1 not checkable; 2 other things to mend.")
    assert commands.undo_refresh(book).code == commands.FINE
    assert not _claims(book)


def test_a_refresh_takes_verdicts_away_that_may_be_wrong_now(book: Path, written: ClosedFile) -> None:
    assert len(written.read(layout.CLAIMS_TABLE.name).rows) == 5
    for _ in range(2):
        assert commands.refresh(book, LATER, backup=False).code == commands.FINE
        assert not _claims(book)
        told = ClosedFile(book).read_name(Name.subtitle(layout.CLAIMS))
        assert told is not None
        assert told.value == (
            "draft.txt was checked before the last refresh, and its verdicts were taken away. "
            "Press Verify narrative, or run xlkpi verify."
        )


def _claims(book: Path) -> list[object]:
    return [value for row in ClosedFile(book).read(layout.CLAIMS_TABLE.name).rows for value in row if value is not None]


def test_the_path_on_the_claims_sheet_is_taken_from_the_button_only(book: Path, draft: Path) -> None:
    ClosedFile(book, backup=False).apply([WriteName(Name.DRAFT, f' "{draft}" ')])
    assert verify(book, Ask()).lines[0].startswith("draft.txt: ")
    assert verify(book, only_read(None)).lines[0].startswith("Narrative: ")


def test_the_narrative_sheet_is_checked_with_a_cell_for_each_place(book: Path) -> None:
    workbook, table = ClosedFile(book, backup=False), layout.NARRATIVE_TABLE
    rows: list[list[Written]] = [[KEEP] * len(table.columns) for _ in workbook.read(table.name).rows]
    rows[2][table.index("yours")] = "Visits were 75%."
    workbook.apply([WriteTable(table.name, rows)])
    outcome = verify(book, Ask())
    assert outcome.code == 1
    assert '"75%"' in next(line for line in outcome.lines if "Narrative!F8" in line)


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("https://example.org/draft.docx", "which is not on this computer. Save a copy in a folder of yours"),
        (r"\\server\share\draft.docx", "which is not on this computer. Save a copy in a folder of yours"),
        ("draft.docx", "which does not say in which folder. Type the whole path, or leave the cell empty"),
    ],
)
def test_a_path_that_leads_elsewhere_is_not_followed(typed: str, message: str, book: Path) -> None:
    ClosedFile(book, backup=False).apply([WriteName(Name.DRAFT, typed)])
    outcome = verify(book, Ask())
    assert outcome.code == 2
    assert outcome.lines[0].startswith(f"Claims!{layout.DRAFT_CELL}: the draft is '{typed}', {message}")


def test_faults_of_the_workbook_make_it_unusable_for_a_check(book: Path, draft: Path) -> None:
    ClosedFile(book, backup=False).apply([WriteName(Name.QUARTER, "2018/20 Q2")])
    outcome = verify(book, Ask(draft))
    assert outcome.code == 2
    assert not outcome.is_answer
    assert "1 thing to put right in the workbook" in outcome.lines[0]


def test_a_workbook_made_before_there_was_a_claims_sheet(draft: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    old = small_book().workbook
    monkeypatch.setattr(commands, "_opened", lambda _: old)
    outcome = commands.verify(Path("old.xlsx"), NOW, Ask(draft), verifier=only_visits)
    assert outcome.code == 2
    assert outcome.lines[0].startswith("The workbook has no sheet Claims, since it was made by an earlier version.")
    assert commands.verify(Path("old.xlsx"), NOW, only_read(draft), verifier=only_visits).code == 1


def test_a_sentence_over_which_the_check_fails_does_not_take_the_rest_with_it(
    book: Path, draft: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(draft: Draft, world: World) -> Verification:
        if "odd" in draft.text:
            raise KeyError("")
        return only_visits(draft, world)

    monkeypatch.setattr(verifying, "our_fault", lambda: "It is kept in the log.")
    draft.write_text(f"{WORDS}\n1.3. This is odd.\n", encoding="utf-8")
    outcome = commands.verify(book, LATER, only_read(draft), verifier=failing)
    assert (outcome.code, outcome.is_answer) == (3, True)
    told = "\n".join(outcome.lines)
    assert '"75%"' in told
    assert (
        "  1.3, line 7:6: This sentence could not be read, by a fault of xlkpi; all the others were checked without it. "
        'Check it by hand, and send it to whoever looks after xlkpi.\n    "This is odd."'
    ) in told
    assert outcome.lines[-1] == "It is kept in the log."


def test_one_fault_is_told_a_person_once(book: Path, tmp_path: Path) -> None:
    def label(draft: Draft, world: World) -> Verification:
        del world
        at = draft.text.index("2017/18")
        place = (at, at + 7, "2017/18")
        stale = Claim(*place, "period", Verdict.CONTRADICTED, "2017/18", "2018/19", "Start!B2", "It is 2018/19.")
        other = Finding("other", Severity.LOW, "Something else.", "Mend it.", at, at + 4, "2017")
        return Verification((stale,), (Finding("old", Severity.HIGH, "It is old.", "Write 2018/19.", *place), other))

    draft = _report(tmp_path)
    outcome = commands.verify(book, LATER, only_read(draft, copy=Path()), verifier=label)
    assert outcome.lines[0] == "Report.docx: 0 confirmed, 1 contradicted, 0 not checkable; 1 other thing to mend."
    assert "It is old." not in "\n".join(outcome.lines)
    assert len(docx.Document(str(tmp_path / "Report - checked.docx")).comments) == 2
    assert [one["rule"] for one in outcome.data()["findings"]] == ["old", "other"]


def _report(folder: Path) -> Path:
    document = docx.Document()
    document.add_paragraph("Visits were ").add_run("75%").bold = True
    document.add_paragraph("Visits were 74%, as in 2017/18. Visits were 12% somewhere.")
    return saved(document, folder / "Report.docx")


def test_a_copy_of_a_word_draft_carries_a_comment_for_each_thing_to_mend(book: Path, tmp_path: Path) -> None:
    draft = _report(tmp_path)
    before = draft.read_bytes()
    outcome = verify(book, only_read(draft, copy=Path()))
    copy = tmp_path / "Report - checked.docx"
    assert outcome.lines[-1] == f"Wrote {copy} with 3 comments."
    texts = [one.text for one in docx.Document(str(copy)).comments]
    assert texts == [
        "✗ Contradicted\nThe draft says 75%, the figures say 74% (Results!E7).\n74 of 100 visits is 74%.",
        "▲ To mend: high\nThe year is 2017/18. Write 2018/19.",
        "△ To mend: low\nB1 is not mentioned. Say why.",
    ]
    assert draft.read_bytes() == before
    folder = tmp_path / "folder"
    folder.mkdir()
    verify(book, only_read(draft, copy=folder))
    assert [path.name for path in folder.iterdir()] == [copy.name]
    named = tmp_path / "named.docx"
    assert verify(book, only_read(draft, copy=named, everything=True)).code == 1
    assert len(docx.Document(str(named)).comments) == 5


def test_a_copy_that_somebody_worked_in_stays(book: Path, tmp_path: Path) -> None:
    draft = _report(tmp_path)
    verify(book, only_read(draft, copy=Path()))
    copy = tmp_path / "Report - checked.docx"
    document = docx.Document(str(copy))
    document.add_paragraph("My own words.")
    kept = saved(document, copy).read_bytes()
    for _ in range(2):
        outcome = verify(book, only_read(draft, copy=Path()))
        told = "Report - checked.docx is no longer as it was made: somebody may have worked in it. "
        assert outcome.lines[-2:] == (
            f"{told}It stays, and the new copy has a number.",
            f"Wrote {tmp_path / 'Report - checked 2.docx'} with 3 comments.",
        )
    outcome = verify(book, only_read(draft, copy=copy))
    assert outcome.code == 2
    assert "somebody may have worked in it. Name another file, or move that one away first." in outcome.lines[0]
    assert copy.read_bytes() == kept


def test_where_the_workbook_cannot_be_written_no_copy_is_made(
    book: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def locked(*_: object) -> None:
        raise WorkbookLocked("It is open elsewhere. Nothing was changed.")

    draft = _report(tmp_path)
    monkeypatch.setattr(ClosedFile, "apply", locked)
    outcome = verify(book, Ask(draft, copy=Path()))
    assert (outcome.code, outcome.lines) == (2, ("It is open elsewhere. Nothing was changed.",))
    assert not (tmp_path / "Report - checked.docx").exists()


def test_where_only_the_copy_cannot_be_written_that_is_what_is_told(
    book: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def locked(*_: object) -> None:
        raise FileUnusable("It is open in Word.")

    draft = _report(tmp_path)
    monkeypatch.setattr(verifying, "put_copy", locked)
    assert verify(book, only_read(draft, copy=Path())).lines == ("It is open in Word.",)
    assert verify(book, Ask(draft, copy=Path())).lines == ("It is open in Word. The sheet Claims is filled already.",)
    assert _claims(book)


def test_a_draft_behind_output_is_not_taken_for_the_copy(book: Path, tmp_path: Path) -> None:
    outcome = verify(book, only_read(None, copy=_report(tmp_path)))
    assert outcome.code == 2
    assert "Report.docx stands behind --output, where the copy goes, and no draft is named." in outcome.lines[0]


def test_a_copy_needs_a_word_draft(book: Path, draft: Path) -> None:
    outcome = verify(book, only_read(draft, copy=Path()))
    assert outcome.code == 2
    assert outcome.lines == ("draft.txt is not a Word document (.docx), and only of one a copy with comments is made.",)
    outcome = verify(book, only_read(None, copy=Path()))
    assert outcome.code == 2
    assert "not of the Narrative sheet. Leave --output out." in outcome.lines[0]


def test_a_draft_that_cannot_be_read_changes_nothing(book: Path, tmp_path: Path) -> None:
    before = book.read_bytes()
    outcome = verify(book, Ask(tmp_path / "none.docx", copy=Path()))
    assert outcome.code == 2
    assert outcome.lines == (f"{tmp_path / 'none.docx'} is not there. Correct the name, or the folder.",)
    assert book.read_bytes() == before


def test_words_of_the_draft_never_become_formulas(book: Path, tmp_path: Path) -> None:
    draft = tmp_path / "draft.txt"
    draft.write_text('=HYPERLINK("x") 2017/18', encoding="utf-8")

    def whole(draft: Draft, world: World) -> Verification:
        del world
        size = len(draft.text)
        return Verification((Claim(0, size, draft.text, "=kind", Verdict.CONTRADICTED, "=1+1", "=2", "", "=why"),), ())

    assert commands.verify(book, NOW, Ask(draft), verifier=whole).code == 1
    block = ClosedFile(book).read(layout.CLAIMS_TABLE.name)
    assert not block.formulas
    assert block.rows[0][3:6] == ('=HYPERLINK("x") 2017/18', "=1+1", "=2")


def test_a_check_after_a_check_replaces_it(book: Path, draft: Path) -> None:
    ClosedFile(book, backup=False).apply([AppendRows(layout.CLAIMS_TABLE.name, [[None] * 10] * 40)])
    for _ in range(2):
        verify(book, Ask(draft))
    assert len(ClosedFile(book).read(layout.CLAIMS_TABLE.name).rows) == 5
