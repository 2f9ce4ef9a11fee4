"""The narrative in a workbook: written by a refresh, edited by an analyst, kept and held against the figures by the next."""

from __future__ import annotations

import datetime as dt
import re
import shutil
import zipfile
from pathlib import Path

import pytest
from books import small_book
from ooxml_validator import requires_validator, validation_errors
from typed import rows, type_into

from xlkpi import commands, verifying
from xlkpi.model.period import Quarter
from xlkpi.narrative.paragraphs import NOT_NOW, WOULD_READ
from xlkpi.narrative.phrases import default_phrases
from xlkpi.workbook import layout
from xlkpi.workbook.backend import Value
from xlkpi.workbook.intake import parse
from xlkpi.workbook.layout import NARRATIVE_TABLE, PHRASES, quarter_table

NOW = dt.datetime(2018, 10, 17, 9, 42)  # a cell knows no time zone
OWN = "B13 is where it should be, and stays there."


@pytest.fixture(scope="module")
def refreshed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("narrative") / "small.xlsx"
    small_book().save(path)
    assert commands.refresh(path, NOW, backup=False).code == commands.FINE
    return path


@pytest.fixture
def book(refreshed: Path, tmp_path: Path) -> Path:
    path = tmp_path / "small.xlsx"
    shutil.copy(refreshed, path)
    return path


def refresh(path: Path) -> commands.Outcome:
    return commands.refresh(path, NOW, backup=False)


def row(path: Path, key: str) -> dict[str, Value]:
    return next(one for one in rows(path) if one["key"] == key)


def checks(path: Path) -> list[str]:
    return [str(one["what"]) for one in rows(path, layout.CHECKS_TABLE)]


def test_a_refresh_writes_every_paragraph_with_its_figures(book: Path) -> None:
    found = rows(book)
    assert [one["number"] for one in found[:4]] == ["1.1", "2.1", "2.2", "2.3"]
    assert all(one["generated"] == one["used"] for one in found)
    exception = row(book, "exception.A2")
    assert "fell out of tolerance in Quarter 2, 2018/19, at 74% against a target of 85%" in str(exception["generated"])
    assert (exception["codes"], exception["state"]) == ("A2", "Has a gap to fill")
    assert "A2 outturn = 74%" in str(exception["figures"])
    assert "By cohort in Quarter 2, 2018/19: CIC 80%." in str(exception["generated"])


def test_rows_are_as_high_as_their_texts_and_may_grow(book: Path) -> None:
    with zipfile.ZipFile(book) as archive:
        texts = [archive.read(name).decode() for name in archive.namelist() if name.startswith("xl/worksheets/sheet")]
    sheet = next(text for text in texts if "This report sets out" in text and "tblNarrative" in text)
    heights = dict(re.findall(r'<row r="(\d+)"[^>]* ht="([\d.]+)"', sheet))
    lists = next(at for at, one in enumerate(rows(book), layout.FIRST_ROW) if one["key"] == "list on")
    assert float(heights[str(lists)]) > 2 * 14
    assert "customHeight" not in sheet.partition("<sheetData>")[2]


def test_own_words_survive_and_are_used_at_once(book: Path) -> None:
    type_into(book, NARRATIVE_TABLE, "list on", yours=OWN)
    assert refresh(book).code == commands.FINE
    kept = row(book, "list on")
    assert (kept["yours"], kept["used"], kept["state"]) == (OWN, OWN, "Your text")
    assert kept["snapshot"] == kept["figures"]
    assert str(kept["generated"]).startswith("Four measures were on or better than target")


def test_figures_that_change_under_own_words_are_told_and_accepted(book: Path) -> None:
    type_into(book, NARRATIVE_TABLE, "exception.A2", yours="A2 was 74%. Visits are planned anew.")
    type_into(book, quarter_table(Quarter(2018, 2)), "A2", numerator=70)
    refresh(book)
    told = next(one for one in checks(book) if one.startswith("Figures changed under your text"))
    assert "A2 outturn 74% \u2192 70%" in told
    assert "A2 numerator 74 \u2192 70" in told
    assert row(book, "exception.A2")["state"] == "Figures changed under your text"

    type_into(book, NARRATIVE_TABLE, "exception.A2", still="yes")
    refresh(book)
    assert not [one for one in checks(book) if one.startswith("Figures changed under your text")]
    accepted = row(book, "exception.A2")
    assert (accepted["still"], accepted["state"]) == (None, "Your text")


def test_the_next_quarter_is_told_under_own_words(book: Path) -> None:
    type_into(book, NARRATIVE_TABLE, "purpose", yours="This report is about us.")
    refresh(book)
    assert commands.new_quarter(book, backup=False).code == commands.FINE
    refresh(book)
    told = next(one for one in checks(book) if one.startswith("Figures changed under your text of 1.1"))
    assert "quarter Quarter 2, 2018/19 \u2192 Quarter 3, 2018/19" in told


def test_the_next_quarter_is_told_under_own_words_that_stand_beside_no_figure(book: Path) -> None:
    type_into(book, NARRATIVE_TABLE, "appendix", yours="See the appendix of Quarter 2, 2018/19.")
    commands.new_quarter(book, backup=False)
    type_into(book, quarter_table(Quarter(2018, 3)), "A1", numerator=50, denominator=240)
    refresh(book)
    told = [one for one in checks(book) if one.startswith("Figures changed under your text")]
    assert [one.partition(": ")[2] for one in told] == ["quarter Quarter 2, 2018/19 \u2192 Quarter 3, 2018/19."]
    type_into(book, NARRATIVE_TABLE, "appendix", still="yes")
    refresh(book)
    assert not [one for one in checks(book) if one.startswith("Figures changed under your text")]


def test_a_phrase_that_is_changed_is_no_change_of_figures(book: Path) -> None:
    type_into(book, NARRATIVE_TABLE, "exception.A2", yours="A2 was 74%. Visits are planned anew.")
    refresh(book)
    type_into(book, PHRASES, "gap in cases", text="It is {{ one.cases }} short, and {{ one.needed }} were needed.")
    refresh(book)
    assert "were needed" in str(row(book, "exception.A2")["generated"])
    assert row(book, "exception.A2")["state"] == "Your text"
    assert not [one for one in checks(book) if "your text" in one]


def test_a_new_quarter_says_that_own_words_are_of_the_last_one(book: Path) -> None:
    said = "Your own texts of Narrative are of 2018/19 Q2: Checks will list them."
    type_into(book, NARRATIVE_TABLE, "appendix", yours="See the appendix.")
    assert said in commands.new_quarter(book, backup=False).lines
    type_into(book, NARRATIVE_TABLE, "appendix", yours=None)
    assert said not in commands.new_quarter(book, backup=False).lines


def test_words_whose_paragraph_is_gone_stay_at_the_end(book: Path) -> None:
    type_into(book, NARRATIVE_TABLE, "exception.A2", yours=OWN)
    type_into(book, quarter_table(Quarter(2018, 2)), "A2", numerator=100)
    refresh(book)
    last = rows(book)[-1]
    assert (last["number"], last["key"], last["used"]) == (None, "exception.A2", OWN)
    [told] = [one for one in checks(book) if "belongs to a paragraph that is no longer generated" in one]
    assert "and figures changed under it: A2 outturn 74% \u2192 100%" in told
    assert "A2 gap 1 percentage point \u2192 none" in told


def test_a_second_refresh_changes_nothing(book: Path) -> None:
    type_into(book, NARRATIVE_TABLE, "list on", yours=OWN)
    refresh(book)
    before = rows(book), rows(book, PHRASES)
    refresh(book)
    assert (rows(book), rows(book, PHRASES)) == before


def test_text_that_is_a_formula_is_refused() -> None:
    formula = small_book()
    formula.workbook.add_table(NARRATIVE_TABLE.name, "Narrative", (5, 2), [NARRATIVE_TABLE.headings, [None] * 12])
    formula.workbook.grid("Narrative").put_formula(formula.workbook.table(NARRATIVE_TABLE.name).spot(0, 3), "A1", "x")
    with pytest.raises(Exception, match="Narrative!E6: your text is a formula"):
        parse(formula.workbook)


def test_still_right_takes_yes_alone(book: Path) -> None:
    type_into(book, NARRATIVE_TABLE, "list on", still="maybe")
    outcome = refresh(book)
    assert outcome.code == commands.FINDINGS
    assert "the still right? is 'maybe', which is neither yes nor empty." in outcome.lines[1]


def test_the_phrases_of_the_program_stand_on_their_sheet_with_how_they_read(book: Path) -> None:
    found = rows(book, PHRASES)
    assert [one["key"] for one in found] == [phrase.key for phrase in default_phrases()]
    previews = {one["key"]: one["preview"] for one in found}
    assert previews["exception fell out"].startswith("A2 \u2013 Visits made in time: the measure fell out of tolerance")
    assert previews["set removed"] == NOT_NOW
    empty = "There are no contract measures in the register for Quarter 2, 2018/19."
    assert previews["set empty"] == WOULD_READ + empty


def test_a_changed_phrase_that_does_not_apply_can_be_seen(book: Path) -> None:
    type_into(book, PHRASES, "slipped", text="{{ one.code }} slipped to {{ one.outturn }}.")
    refresh(book)
    [preview] = [one["preview"] for one in rows(book, PHRASES) if one["key"] == "slipped"]
    assert preview == f"{WOULD_READ}A1 slipped to 22%."


def test_a_changed_phrase_is_what_the_narrative_says(book: Path) -> None:
    type_into(book, PHRASES, "appendix", text="See the appendix for {{ all.counted }}.")
    refresh(book)
    assert row(book, "appendix")["generated"] == "See the appendix for 5 measures."


def test_a_phrase_that_cannot_be_read_is_told_and_nothing_is_changed(book: Path) -> None:
    type_into(book, PHRASES, "appendix", text="See {{ appendx }}.")
    before = book.read_bytes()
    outcome = refresh(book)
    assert outcome.code == commands.FINDINGS
    assert len(outcome.lines) == 2
    place = layout.FIRST_ROW + [phrase.key for phrase in default_phrases()].index("appendix")
    assert outcome.lines[1].startswith(f"Phrases!E{place}: the text of the phrase 'appendix' names the field 'appendx'")
    assert book.read_bytes() == before


def test_phrases_of_one_name_and_without_a_name_are_told(book: Path) -> None:
    type_into(book, PHRASES, "appendix", key="context")
    type_into(book, PHRASES, "table", key=None)
    said = "\n".join(refresh(book).lines)
    assert "the phrase 'context' has two rows: the other is Phrases!C" in said
    assert "the phrase has no name." in said


def test_a_workbook_without_these_sheets_is_refreshed_as_before() -> None:
    book = parse(small_book().workbook)
    assert book.edits is None
    assert book.phrases.items == default_phrases()
    assert book.phrases.rows == 0


def test_a_folder_may_bring_its_own_phrases(tmp_path: Path) -> None:
    folder = tmp_path / "files"
    shutil.copytree(Path(commands.__file__).parent / "example" / "dcst", folder)
    own = 'paragraph,key,when,text\nheadline,mine,,"{{ within.of_all }} are fine."\n'
    (folder / "phrases.csv").write_text(own, encoding="utf-8")
    path = tmp_path / "ours.xlsx"
    assert commands.new(path, NOW, commands.Source("Ours", None, folder)).code == commands.FINE
    assert [one["generated"] for one in rows(path)] == ["Eighteen of the 20 contract measures (90%) are fine."]
    (folder / "phrases.csv").write_text(own.replace("within", "witin"), encoding="utf-8")
    outcome = commands.new(tmp_path / "other.xlsx", NOW, commands.Source("Ours", None, folder))
    assert outcome.lines[1].startswith("phrases.csv row 2, text: the text of the phrase 'mine' names the field 'witin'")


def test_the_checker_of_drafts_finds_the_narrative_of_the_worked_example_right(tmp_path: Path) -> None:
    assert commands.demo(tmp_path, NOW).code == commands.FINE
    outcome = commands.verify(tmp_path / f"{commands.EXAMPLE}.xlsx", NOW, verifying.Ask(write=False))
    assert outcome.code == commands.FINE, outcome.lines
    assert [one for one in outcome.data()["claims"] if one["verdict"] == "contradicted"] == []


def test_the_narrative_in_the_readme_is_that_of_the_worked_example(tmp_path: Path) -> None:
    assert commands.demo(tmp_path, NOW).code == commands.FINE
    written = {str(one["number"]): str(one["generated"]) for one in rows(tmp_path / f"{commands.EXAMPLE}.xlsx")}
    readme = (Path(commands.__file__).parents[1] / "README.md").read_text(encoding="utf-8")
    shown = re.findall(r"^> \*\*(\d\.\d(?:\.\d)?)\*\* (.+?)\n(?:>\n|\n)", readme, re.MULTILINE | re.DOTALL)
    assert len(shown) > 4
    for number, text in shown:
        assert text.replace("\n> ", " ") == written[number]


@requires_validator
def test_a_workbook_with_own_words_is_valid(book: Path) -> None:
    type_into(book, NARRATIVE_TABLE, "list on", yours=f"{OWN} & <more>")
    refresh(book)
    assert row(book, "list on")["used"] == f"{OWN} & <more>"
    assert validation_errors(book) == []
