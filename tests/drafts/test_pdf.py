"""The words of a PDF: lines that were wrapped are joined, and what every page repeats is left out."""

from __future__ import annotations

from pathlib import Path

from drafts.made import pdf

from xlkpi.drafts import read


def _text(tmp_path: Path, *pages: list[str]) -> str:
    path = tmp_path / "draft.pdf"
    path.write_bytes(pdf(pages))
    return read(path).text


def test_wrapped_lines_become_one_paragraph(tmp_path: Path) -> None:
    lines = [
        "Performance report",
        "1.1 Visits made in time rose to 74% in the quarter, which is two points",
        "more than in the quarter before. They remain below the target of 85%",
        "and outside tolerance.",
        "1.2 Referrals fell.",
    ]
    assert _text(tmp_path, lines).splitlines() == [
        "Performance report",
        " ".join(lines[1:4]),
        "1.2 Referrals fell.",
    ]


def test_words_that_were_broken_are_mended_and_compounds_keep_their_hyphen(tmp_path: Path) -> None:
    text = _text(
        tmp_path,
        [
            "We report that the out-",
            "comes of families improved, and that long-",
            "term stability and re-",
            "referrals did, too. Well-being and outcomes are measured once a year, and well-",
            "being is stable.",
        ],
    )
    assert " outcomes of families" in text
    assert " long-term stability and re-referrals " in text
    assert " well-being is stable" in text


def test_what_stands_on_every_page_is_left_out(tmp_path: Path) -> None:
    pages = [["Northborough: official", f"{n}.1 Measure {n} is at {n}0%.", f"Page {n} of 4"] for n in range(1, 5)]
    text = _text(tmp_path, *pages)
    assert "official" not in text
    assert "Page" not in text
    assert [line for line in text.splitlines() if line] == [f"{n}.1 Measure {n} is at {n}0%." for n in range(1, 5)]


def test_rows_of_figures_and_items_of_lists_stay_lines(tmp_path: Path) -> None:
    lines = ["Contacts in period 5694 5600 5611", "Referrals in period 991 1258 1307", "- one", "- two"]
    assert _text(tmp_path, lines).splitlines() == lines
