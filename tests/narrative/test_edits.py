"""The analyst's own words: kept by their paragraph, and held against the figures that stood beside them when they were written."""

from __future__ import annotations

import pytest

from xlkpi.narrative.edits import CHANGED, GONE, UNFINISHED, YOURS, Edit, Edits, Line, mark_of, merged, narrative_remarks
from xlkpi.narrative.paragraphs import Paragraph
from xlkpi.narrative.said import Note

OWN = "A4 was 74%, and we act on it."


def paragraph(figure: str, key: str = "exception.A4", text: str = "") -> Paragraph:
    note = Note("A4 outturn", figure, "A4")
    return Paragraph("4.1", "Key exceptions and improvements", key, text or f"A4 was {figure}.", (note,))


def edit(line: Line, text: str | None = None, *, is_right: bool = False, row: int = 0) -> Edit:
    """Return a row as the next refresh finds it: what the last one wrote, with what somebody typed since."""
    return Edit(line.key, line.yours if text is None else text, line.figures, line.snapshot, line.mark, is_right, row)


def refreshed(figure: str, before: Edit | None = None) -> Line:
    [line] = merged([paragraph(figure)], [before] if before else [])
    return line


def test_without_own_words_the_generated_text_is_used() -> None:
    line = refreshed("74%")
    assert (line.used, line.state, line.snapshot) == ("A4 was 74%.", "", "")


def test_own_words_are_used_and_remembered_with_the_figures_that_stood_beside_them() -> None:
    line = refreshed("74%", edit(refreshed("74%"), OWN))
    assert (line.used, line.state) == (OWN, YOURS)
    assert line.snapshot == "A4 outturn = 74%"
    assert line.changes == []


def test_figures_that_change_in_the_refresh_after_the_words_are_told() -> None:
    """The words were written beside 74%, though the refresh that sees them first finds 76%."""
    line = refreshed("76%", edit(refreshed("74%"), OWN))
    assert line.state == CHANGED
    assert line.changes == ["A4 outturn 74% \u2192 76%"]


def test_figures_that_change_in_a_later_refresh_are_told_until_somebody_acts() -> None:
    line = refreshed("74%", edit(refreshed("74%"), OWN))
    for figure in ("76%", "76%", "77%"):
        line = refreshed(figure, edit(line))
        assert line.changes == [f"A4 outturn 74% \u2192 {figure}"]
    assert refreshed("74%", edit(line)).changes == []


def test_yes_takes_the_figures_that_were_shown() -> None:
    shown = refreshed("76%", edit(refreshed("74%"), OWN))
    line = refreshed("76%", edit(shown, is_right=True))
    assert (line.state, line.changes, line.snapshot) == (YOURS, [], "A4 outturn = 76%")
    moved = refreshed("77%", edit(shown, is_right=True))
    assert moved.changes == ["A4 outturn 76% \u2192 77%"]


def test_another_text_is_held_against_the_figures_shown_beside_it() -> None:
    shown = refreshed("76%", edit(refreshed("74%"), OWN))
    line = refreshed("76%", edit(shown, "A4 was 76%, and we act on it."))
    assert (line.state, line.changes) == (YOURS, [])


def test_an_emptied_text_gives_the_generated_one_back() -> None:
    line = refreshed("76%", edit(refreshed("74%", edit(refreshed("74%"), OWN)), ""))
    assert (line.used, line.state, line.snapshot, line.mark) == ("A4 was 76%.", "", "", "")


def test_figures_that_come_or_go_are_changes() -> None:
    before = edit(refreshed("74%"), OWN)._replace(shown="A4 outturn = 74%; A4 gap = 1 percentage point")
    assert refreshed("74%", before).changes == ["A4 gap 1 percentage point \u2192 not there any more"]
    assert refreshed("74%", before._replace(shown="A4 gap = 2")).changes == [
        "A4 gap 2 \u2192 not there any more",
        "A4 outturn not there \u2192 74%",
    ]


def test_words_of_a_paragraph_that_is_gone_are_kept_at_the_end() -> None:
    before = edit(refreshed("74%"), OWN)
    lines = merged([paragraph("91%", "improvement.A2")], [before])
    assert [(line.key, line.used, line.state) for line in lines] == [
        ("improvement.A2", "A4 was 91%.", ""),
        ("exception.A4", OWN, GONE),
    ]
    again = [edit(line, row=row) for row, line in enumerate(lines)]
    back = merged([paragraph("74%")], again)
    assert [(line.key, line.yours, line.changes) for line in back] == [("exception.A4", OWN, [])]


@pytest.mark.parametrize("keys", [["", ""], ["exception.A4", "exception.A4"], ["unknown", "exception.A4"]])
def test_no_text_is_lost_whatever_its_key(keys: list[str]) -> None:
    edits = [Edit(key, f"Text {row}.", "", "", "", False, row) for row, key in enumerate(keys)]
    lines = merged([paragraph("74%")], edits)
    assert sorted(line.yours for line in lines if line.yours) == ["Text 0.", "Text 1."]


def test_a_text_stays_where_it_is_as_long_as_its_row_does() -> None:
    assert refreshed("74%", edit(refreshed("74%"), OWN, row=0)).stays
    assert not refreshed("74%", edit(refreshed("74%"), OWN, row=3)).stays


def remarks(*lines: Line, uncommented: frozenset[str] = frozenset()) -> list[str]:
    return [str(one) for one in narrative_remarks(lines, Edits([], "Narrative", 6, 2), uncommented)]


def test_checks_say_which_text_and_what_changed() -> None:
    line = refreshed("76%", edit(refreshed("74%"), OWN))
    assert remarks(line) == [
        "Narrative!E6: figures changed under your text of 4.1: A4 outturn 74% \u2192 76%. "
        "Correct your text, or choose yes under Still right?."
    ]


def test_checks_count_what_changed_beyond_a_few() -> None:
    notes = tuple(Note(f"A{n} outturn", "1%") for n in range(9))
    before = Edit("exception.A4", OWN, "; ".join(f"A{n} outturn = 2%" for n in range(9)), "", "", False, 0)
    [line] = merged([paragraph("1%")], [before])
    line = line._replace(figures="; ".join(f"{note.label} = {note.text}" for note in notes))
    [told] = remarks(line)
    assert told.count("\u2192") == 6
    assert "; and three more." in told


def test_checks_list_a_gap_unless_the_missing_comment_says_so_already() -> None:
    [line] = merged([paragraph("74%", text="A4 was 74%. [Say what is being done.]")], [])
    assert line.state == UNFINISHED
    assert remarks(line) == [
        "Narrative!F6: 4.1 has a gap: [Say what is being done.]. Fill it in under Your text, or where the figure is typed."
    ]
    assert remarks(line, uncommented=frozenset({"A4"})) == []
    own = refreshed("74%", edit(refreshed("74%"), "As before [ask Ann]."))
    assert len(remarks(own, uncommented=frozenset({"A4"}))) == 1


def test_checks_say_which_text_has_lost_its_paragraph() -> None:
    [line] = merged([], [edit(refreshed("74%"), OWN)])
    assert remarks(line) == [
        f"Narrative!E6: your text '{OWN}' belongs to a paragraph that is no longer generated. "
        "Move it where it belongs, or delete it."
    ]


def test_a_mark_knows_a_text_again() -> None:
    assert mark_of(OWN) == mark_of(str(OWN))
    assert mark_of(OWN) != mark_of(f"{OWN} ")
    assert mark_of("") == ""
