"""The Narrative sheet as a draft: what a person wrote comes before what was generated, and every word has its cell."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import pytest

from xlkpi.drafts.sheet import read_narrative
from xlkpi.errors import FileUnusable
from xlkpi.workbook.backend import Block, Value
from xlkpi.workbook.layout import NARRATIVE_TABLE


class Sheet:
    """A workbook with a narrative and nothing else."""

    def __init__(self, *rows: Mapping[str, Value], name: str = NARRATIVE_TABLE.name) -> None:
        cells = [[row.get(column.field) for column in NARRATIVE_TABLE.columns] for row in rows]
        self._block = Block("Our words", name, 6, 2, NARRATIVE_TABLE.headings, cells)

    def tables(self) -> Mapping[str, str]:
        return {self._block.table: self._block.sheet}

    def read(self, table: str, only: Collection[str] | None = None) -> Block:
        del only
        assert table == self._block.table
        return self._block


def test_your_text_comes_before_the_generated_one_and_a_stale_result_is_not_read() -> None:
    found = read_narrative(
        Sheet(
            {"number": "1.1", "section": "Purpose", "generated": "Of this report.", "used": "An old result."},
            {"section": "Purpose", "generated": "  "},
            {
                "number": "2.1",
                "section": "Summary",
                "generated": "Generated.",
                "yours": " Ours:\r\nA4. ",
                "used": "Old.",
            },
            {"section": "Summary", "yours": "Without a number."},
        ),
        "book.xlsx",
    )
    text = found.draft.text
    assert text == "Purpose\n\n1.1 Of this report.\n\nSummary\n\n2.1 Ours:\nA4.\n\nWithout a number.\n\n"
    places = {word: found.where(text.index(word)) for word in ("Purpose", "report", "Summary", "A4", "Without")}
    assert places == {
        "Purpose": "'Our words'!F6",
        "report": "'Our words'!F6",
        "Summary": "'Our words'!F8",
        "A4": "'Our words'!F8",
        "Without": "'Our words'!F9",
    }


def test_a_workbook_without_the_sheet_and_one_without_words_are_told() -> None:
    with pytest.raises(
        FileUnusable, match=r"book.xlsx has no sheet Narrative, since it was made by an earlier version"
    ):
        read_narrative(Sheet(name="tblOther"), "book.xlsx")
    with pytest.raises(
        FileUnusable, match=r"The sheet Our words of book.xlsx holds no words yet. Refresh the workbook"
    ):
        read_narrative(Sheet({"number": "1.1"}), "book.xlsx")
