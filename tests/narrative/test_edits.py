"""The analyst's own words: kept by their paragraph, and held against the figures that stood beside them."""

from __future__ import annotations

from dataclasses import replace

import pytest
from narrative.registers import random_told

from xlkpi.narrative.edits import (
    CHANGED,
    GONE,
    UNFINISHED,
    YOURS,
    Edit,
    Edits,
    Line,
    mark_of,
    merged,
    narrative_remarks,
)
from xlkpi.narrative.paragraphs import Paragraph, write
from xlkpi.narrative.phrases import default_phrases
from xlkpi.narrative.render import Renderer
from xlkpi.narrative.said import Note, from_text
from xlkpi.narrative.since import changed

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
    assert refreshed("74%", before).changes == ["A4 gap 1 percentage point \u2192 none"]
    assert refreshed("74%", before._replace(shown="A4 gap = 2")).changes == [
        "A4 gap 2 \u2192 none",
        "A4 outturn none \u2192 74%",
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
    edits = [Edit(key, f"Text {row}.", "", "", "", is_right=False, row=row) for row, key in enumerate(keys)]
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
        (
            "Narrative!E6: figures changed under your text of 4.1: A4 outturn 74% \u2192 76%. "
            "Correct your text, or choose yes under Still right?."
        )
    ]


def test_checks_count_what_changed_beyond_a_few() -> None:
    notes = tuple(Note(f"A{n} outturn", "1%") for n in range(9))
    before = Edit("exception.A4", OWN, "; ".join(f"A{n} outturn = 2%" for n in range(9)), "", "", is_right=False, row=0)
    [line] = merged([replace(paragraph("1%"), notes=notes)], [before])
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
        (
            f"Narrative!E6: your text '{OWN}' belongs to a paragraph that is no longer generated. "
            "Move it where it belongs, or delete it."
        )
    ]


def test_checks_say_what_changed_under_a_text_that_has_lost_its_paragraph() -> None:
    before = edit(refreshed("74%"), OWN)._replace(
        shown="A4 outturn = 74%; A4 target = 85%; A4 gap = 1 percentage point"
    )
    known = {"A4 outturn": ("76%",), "A4 target": ("85%",)}
    [line] = merged([], [before], known)
    assert line.changes == ["A4 outturn 74% \u2192 76%", "A4 gap 1 percentage point \u2192 none"]
    [told] = remarks(line)
    assert "no longer generated, and figures changed under it: A4 outturn 74% \u2192 76%; A4 gap" in told
    [again] = merged([], [edit(line)], known)
    assert again.changes == line.changes
    [accepted] = merged([], [edit(line, is_right=True)], known)
    assert (accepted.changes, accepted.snapshot) == ([], "A4 outturn = 76%; A4 target = 85%")


def phrased(figures: str, phrases: str, before: Edit | None = None) -> Line:
    """Return the row of A4 after a refresh with some phrases; all of A4 is known, whether they print it or not."""
    notes = tuple(Note(label, text, "A4") for label, text in from_text(figures).items())
    one = Paragraph("4.1", "Key exceptions and improvements", "exception.A4", "A4.", notes, phrases)
    known = {"A4 gap": ("1 percentage point",), "A4 last quarter": ("4 hrs", "4")}
    [line] = merged([one], [before] if before else [], known)
    return line


def test_a_phrase_that_was_changed_is_not_taken_for_figures_that_were() -> None:
    first = phrased("A4 outturn = 74%; A4 gap = 1 percentage point; A4 last quarter = 4 hrs; A4 odd = 1", "p1")
    written = phrased(first.figures, "p1", edit(first, OWN))
    changed = phrased("A4 outturn = 74%; A4 last quarter = 4; A4 counts = 3", "p2", edit(written))
    assert (changed.state, changed.changes) == (YOURS, [])
    assert phrased(changed.figures, "p2", edit(changed)).changes == []
    told = phrased("A4 outturn = 73%; A4 last quarter = 4; A4 counts = 4", "p2", edit(changed)).changes
    assert told == ["A4 outturn 74% \u2192 73%", "A4 counts 3 \u2192 4"]


def test_a_phrase_that_is_changed_with_the_text_and_before_a_refresh_saw_it_is_no_change_either() -> None:
    first = phrased("A4 outturn = 74%; A4 gap = 1 percentage point", "p1")
    assert first.mark == "p1"
    assert phrased("A4 outturn = 74%; A4 counts = 3", "p2", edit(first, OWN)).changes == []


def test_a_figure_that_changes_with_the_phrase_is_told_all_the_same() -> None:
    first = phrased("A4 outturn = 74%; A4 gap = 2 percentage points", "p1")
    written = phrased(first.figures, "p1", edit(first, OWN))
    told = phrased("A4 outturn = 76%; A4 counts = 3", "p2", edit(written)).changes
    assert told == ["A4 outturn 74% \u2192 76%", "A4 gap 2 percentage points \u2192 1 percentage point"]


def test_a_figure_that_is_printed_for_the_first_time_by_the_same_phrases_is_told() -> None:
    first = phrased("A4 outturn = 74%", "p1")
    assert phrased("A4 outturn = 74%; A4 cases = 3", "p1", edit(first, OWN)).changes == ["A4 cases none \u2192 3"]


def test_a_text_in_a_workbook_made_before_phrases_were_marked_is_known_again() -> None:
    old = Edit("exception.A4", OWN, "A4 outturn = 74%", "A4 outturn = 74%", mark_of(OWN), is_right=False, row=0)
    line = phrased("A4 outturn = 76%", "p1", old)
    assert line.changes == ["A4 outturn 74% \u2192 76%"]
    assert line.mark == f"{mark_of(OWN)}.p1"


def quarterly(quarter: str, before: Edit | None = None, shown: str = "", *, is_printed: bool = False) -> Line:
    """Return the row of a paragraph that may print no figure at all."""
    notes = (Note("quarter", quarter),) if is_printed else ()
    one = Paragraph("2.8", "Summary position", "appendix", "See the appendix.", notes)
    [line] = merged([one], [before] if before else [], {"quarter": (quarter,)}, shown)
    return line


@pytest.mark.parametrize("is_printed", [False, True])
def test_a_text_that_nobody_looked_at_since_the_quarter_changed_is_told(*, is_printed: bool) -> None:
    first = quarterly("Quarter 2", is_printed=is_printed)
    written = quarterly("Quarter 2", edit(first, OWN), "Quarter 2", is_printed=is_printed)
    assert (written.changes, written.snapshot) == ([], "quarter = Quarter 2")
    rolled = quarterly("Quarter 3", edit(written), "Quarter 2", is_printed=is_printed)
    assert rolled.changes == ["quarter Quarter 2 \u2192 Quarter 3"]
    again = quarterly("Quarter 3", edit(rolled), "Quarter 3", is_printed=is_printed)
    assert again.changes == rolled.changes
    accepted = quarterly("Quarter 3", edit(again, is_right=True), "Quarter 3", is_printed=is_printed)
    assert (accepted.changes, accepted.snapshot) == ([], "quarter = Quarter 3")


def test_a_text_written_before_the_quarter_changed_and_first_seen_after_it_is_told() -> None:
    written = edit(quarterly("Quarter 2"), OWN)
    assert quarterly("Quarter 3", written, "Quarter 2").changes == ["quarter Quarter 2 \u2192 Quarter 3"]


def test_the_quarter_comes_first_and_what_has_gone_last() -> None:
    before = "A4 gap = 1; A4 outturn = 74%; quarter = Quarter 2"
    told = changed(before, "A4 outturn = 76%; quarter = Quarter 3", {}, is_edited=False)
    assert list(told) == ["quarter Quarter 2 \u2192 Quarter 3", "A4 outturn 74% \u2192 76%", "A4 gap 1 \u2192 none"]


@pytest.mark.parametrize(
    ("before", "now", "told"),
    [
        ("", "A4", ["A4 is new among the measures that fell out of tolerance"]),
        ("A4, B8", "A4", ["B8 is no longer among the measures that fell out of tolerance"]),
        (
            "A4, B8",
            "A9, F01, B8",
            [
                "A9 and F01 are new among the measures that fell out of tolerance",
                "A4 is no longer among the measures that fell out of tolerance",
            ],
        ),
        ("A4, B8", "", ["A4 and B8 are no longer among the measures that fell out of tolerance"]),
    ],
)
def test_a_measure_that_joins_or_leaves_a_list_is_told_by_its_code(before: str, now: str, told: list[str]) -> None:
    texts = [f"measures that fell out of tolerance = {codes}" if codes else "" for codes in (before, now)]
    assert list(changed(*texts, {}, is_edited=False)) == told


@pytest.mark.parametrize("seed", [5, 11, 23, 40, 41, 42, 43, 44, 45, 46, 47, 48, 49, 50])
def test_every_figure_that_a_phrase_of_the_program_prints_is_known(seed: int) -> None:
    narrative = write(random_told(seed), default_phrases(), Renderer())
    known = narrative.known()
    for one in narrative.paragraphs:
        assert list(changed(one.figures, "", known, is_edited=False)) == [], one.key


def test_a_mark_knows_a_text_again() -> None:
    assert mark_of(OWN) == mark_of(str(OWN))
    assert mark_of(OWN) != mark_of(f"{OWN} ")
    assert mark_of("") == ""
