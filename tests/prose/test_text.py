"""A draft's text into paragraphs, sentences, clauses and tables, with offsets."""

from __future__ import annotations

import pytest

from xlkpi.prose.draft import Draft
from xlkpi.prose.text import Kind, Paragraph, Text, read

REPORT = """# A report for the board

1. SUMMARY

- 1.1. Contacts rose by 2%. Referrals fell, e.g. by 24% in the East,
and both are expected to settle.

1.2. Measures on target

Two measures:

- A2 - Timeliness
- A3 - Audits

\tOutside\tInside
Care\t1\t2

2. DETAIL

2.1 Numbers are above

target in both teams.
However, more time is needed.

| Measure | Q2 2018/19 |
|---|---:|
| Contacts | 5,694 |
"""


def parsed(text: str) -> Text:
    return read(Draft(text))


def one(text: str, starts: str) -> Paragraph:
    whole = parsed(text)
    return next(part for part in whole.paragraphs if whole.words(part).lstrip("- |").startswith(starts))


@pytest.mark.parametrize(
    ("starts", "kind", "number"),
    [
        ("# A report", Kind.HEADING, ""),
        ("1. SUMMARY", Kind.HEADING, "1"),
        ("1.1.", Kind.PROSE, "1.1"),
        ("1.2.", Kind.HEADING, "1.2"),
        ("Two measures", Kind.PROSE, "1.2"),
        ("A2", Kind.ITEM, "1.2"),
        ("Care", Kind.ROW, "1.2"),
        ("2. DETAIL", Kind.HEADING, "2"),
        ("2.1", Kind.PROSE, "2.1"),
        ("Contacts |", Kind.ROW, "2.1"),
    ],
)
def test_a_paragraph_has_its_kind_and_the_number_printed_before_it(starts: str, kind: Kind, number: str) -> None:
    found = one(REPORT, starts)
    assert (found.kind, found.number) == (kind, number)


def test_wrapped_lines_and_pages_that_end_in_a_sentence_are_joined() -> None:
    text = parsed(REPORT)
    joined = [text.words(part) for part in text.paragraphs if part.kind is Kind.PROSE]
    assert any("in the East,\nand both are expected" in words for words in joined)
    assert any("above\n\ntarget in both teams" in words for words in joined)


def test_offsets_lead_back_to_the_draft() -> None:
    text = parsed(REPORT)
    for part in text.paragraphs:
        for sentence in part.sentences:
            assert part.start <= sentence.start < sentence.end <= part.end
            assert text.words(sentence) == REPORT[sentence.start : sentence.end]
            assert [clause.start for clause in sentence.clauses[1:]] == [clause.end for clause in sentence.clauses[:-1]]
            assert (sentence.clauses[0].start, sentence.clauses[-1].end) == (sentence.start, sentence.end)


def test_sentences_end_at_full_stops_and_not_at_abbreviations() -> None:
    text = parsed(REPORT)
    found = [text.words(part) for part in one(REPORT, "1.1.").sentences]
    assert found == [
        "Contacts rose by 2%.",
        "Referrals fell, e.g. by 24% in the East,\nand both are expected to settle.",
    ]


def test_a_list_knows_its_lead_and_a_paragraph_its_headings() -> None:
    text = parsed(REPORT)
    item = one(REPORT, "A2")
    assert item.lead is not None
    assert text.words(text.paragraphs[item.lead]) == "Two measures:"
    assert [text.words(text.paragraphs[place]) for place in item.headings] == [
        "1. SUMMARY", "1.2. Measures on target",
    ]  # fmt: skip
    assert [text.words(part) for part in text.items_of(text.paragraphs[item.lead])] == [
        "- A2 - Timeliness", "- A3 - Audits",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("row", "cells"),
    [
        ("Care\t1\t2", ["Care", "1", "2"]),
        ("| Contacts | 5,694 |", ["Contacts", "5,694"]),
        ("Contacts in period   5694   5600", ["Contacts in period", "5694", "5600"]),
        ("Contacts in period 5694 5600 5611", ["Contacts in period", "5694", "5600", "5611"]),
        ("\tOutside\tInside", ["", "Outside", "Inside"]),
        ("Contacts in period \u2013 5694", []),
        ("Green - 5; Amber - 2; Red - 4", []),
        ("March 2018 5694", []),
        ("March 2018 5694\nApril 2018 5600", ["March 2018", "5694"]),
        ("Contacts\n\n5694\n\n5600\n\nReferrals\n\n991\n\n1307", ["Contacts", "5694", "5600"]),
        ("Contacts\n\n5694\n\nReferrals\n\n991", []),
    ],
)
def test_a_row_is_split_into_its_cells(row: str, cells: list[str]) -> None:
    text = parsed(row)
    assert [text.words(cell) for cell in text.paragraphs[0].cells] == cells


def test_a_row_knows_the_cell_that_heads_a_column() -> None:
    text = parsed(REPORT)
    head = text.header_cell(one(REPORT, "Contacts |"), 1)
    assert head is not None
    assert text.words(head) == "Q2 2018/19"


WRAPPED = """\
Contacts in the quarter rose by 2% on the
Quarter before, which was not expected. It
is less than last year. All of these were
North of the river.
Why: two posts were vacant.

EXCEPTION 2: P-02, Children who have a
plan by the time of their second review
Result: 72.5%   Target: 90%

a) Weekly cost is up by 2.8% on the last
b) Referrals fell by four on the quarter
"""


def test_lines_that_were_wrapped_are_joined_whatever_letter_they_begin_with() -> None:
    text = parsed(WRAPPED)
    found = [" ".join(text.words(paragraph).split()) for paragraph in text.paragraphs]
    assert found[0].startswith("Contacts in the quarter rose by 2% on the Quarter before")
    assert found[0].endswith("North of the river.")
    assert found[1] == "Why: two posts were vacant."
    assert found[2] == "EXCEPTION 2: P-02, Children who have a plan by the time of their second review"
    assert text.paragraphs[2].kind is Kind.HEADING
    assert [words[:2] for words in found[4:]] == ["a)", "b)"]


@pytest.mark.parametrize("line", ["Result: 79.1%   Target: 85%   Tolerance: 80%", "Contacts rose to 5,694."])
def test_labelled_figures_and_sentences_are_no_rows(line: str) -> None:
    assert [part.kind for part in parsed(line).paragraphs] == [Kind.PROSE]


def test_an_offset_finds_its_paragraph_and_an_empty_draft_has_none() -> None:
    text = parsed(REPORT)
    found = text.at(REPORT.index("A3"))
    assert found is not None
    assert found.kind is Kind.ITEM
    assert parsed("").paragraphs == ()
    assert parsed(" \n\n").at(0) is None


def test_a_number_may_stand_right_before_its_paragraph() -> None:
    found = one("1.The register has three codes.\n2.Every code is its own.\n", "2.Every")
    assert (found.number, parsed("2.Every code is its own.").source[2:7]) == ("2", "Every")
