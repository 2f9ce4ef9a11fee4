"""Layouts that differ in what stands around the rows: captions, section rows, notes, wrapped names, blank cells."""

from __future__ import annotations

from .page import QUARTER_AGO, YEAR_AGO, Line, Page, layout
from .shapes import bars, page_of, tabs
from .words import COLOURS, LETTERS, PLAIN


def _titled(page: Page, *parts: str) -> str:
    return page_of(f"Performance report, {page.label()}", *parts)


def _short(page: Page, back: int = 0) -> list[list[str]]:
    return page.grid(("Indicator", page.title), ("Outturn", page.at(back)), ("Target", page.target))


@layout
def caption_names_the_quarter(page: Page) -> str:
    return _titled(page, f"Table 1: Performance against target, {page.label(0, 'spelt')}", bars(_short(page)))


@layout
def caption_names_an_earlier_quarter(page: Page) -> str:
    table = page.grid(("Indicator", page.title), ("Outturn", page.at(QUARTER_AGO)))
    return _titled(page, f"Table 1: Results for {page.label(QUARTER_AGO)}, for comparison", bars(table))


@layout
def sentence_names_an_earlier_quarter(page: Page) -> str:
    table = page.grid(("Indicator", page.title), ("Result", page.at(YEAR_AGO)))
    return _titled(page, f"The table below shows where we stood in {page.label(YEAR_AGO)}.", bars(table))


@layout
def a_table_for_each_quarter(page: Page) -> str:
    parts: list[str] = []
    for back in (0, QUARTER_AGO):
        table = page.grid(("Indicator", page.title), ("Outturn", page.at(back)))
        parts += [f"## {page.label(back, 'title')}", bars(table)]
    return _titled(page, *parts)


@layout
def caption_below(page: Page) -> str:
    return _titled(page, bars(_short(page)), f"Table 1: outturn and target, {page.label()}")


@layout
def one_table_a_section(page: Page) -> str:
    parts: list[str] = []
    for section, lines in page.sections.items():
        table = page.grid(
            ("Indicator", page.title), ("Target", page.target), ("Actual", page.at()), ("RAG", page.rated(LETTERS)),
            lines=lines,
        )  # fmt: skip
        parts += [f"## {section}", bars(table)]
    return _titled(page, *parts)


@layout
def headings_only_over_the_first_table(page: Page) -> str:
    parts: list[str] = []
    for at, (section, lines) in enumerate(page.sections.items()):
        table = page.grid(("Indicator", page.title), ("Actual", page.at()), ("Target", page.target), lines=lines)
        parts += [section, tabs(table if at == 0 else table[1:])]
    return _titled(page, *parts)


@layout
def section_rows_inside(page: Page) -> str:
    heading = ["Indicator", "Actual", "Target", "Status"]
    rows: list[list[str]] = []
    for section, lines in page.sections.items():
        rows.append([section, "", "", ""])
        rows += [[page.title(line), page.value(line), page.target(line), page.status(line, PLAIN)] for line in lines]
    return _titled(page, bars([heading, *rows]))


@layout
def section_rows_repeated_across(page: Page) -> str:
    heading = ["Indicator", "Target", "Actual", "Last quarter"]
    rows: list[list[str]] = []
    for section, lines in page.sections.items():
        rows.append([section] * 4)
        rows += [
            [page.title(line), page.target(line), page.value(line), page.value(line, QUARTER_AGO)] for line in lines
        ]
    return _titled(page, tabs([heading, *rows]))


@layout
def section_in_the_first_column(page: Page) -> str:
    rows: list[list[str]] = []
    for section, lines in page.sections.items():
        rows += [
            [section if at == 0 else "", page.title(line), page.value(line), page.target(line)]
            for at, line in enumerate(lines)
        ]
    return _titled(page, bars([["Section", "Indicator", "Actual", "Target"], *rows]))


@layout
def notes_below(page: Page) -> str:
    notes = (
        "Notes:",
        "1. Figures are those returned by the service by the closing date.",
        "2. Targets were agreed by the board and hold for the whole year.",
    )
    return _titled(page, bars(_short(page)), "\n".join(notes))


@layout
def marks_of_notes(page: Page) -> str:
    def figure(line: Line) -> str:
        return page.value(line) + ("*" if line is page.lines[0] else "")

    table = page.grid(("Indicator", page.title), ("Outturn", figure), ("Target", page.target))
    return _titled(page, bars(table), "* Provisional until the returns are signed off.")


@layout
def numbers_of_notes(page: Page) -> str:
    def name(line: Line) -> str:
        return line.title + (" [1]" if line is page.lines[1] else "")

    table = page.grid(("Indicator", name), ("Outturn", page.at()), ("Target", page.target))
    return _titled(page, bars(table), "[1] Counted in another way than by the regulator.")


@layout
def names_broken_in_their_cells(page: Page) -> str:
    def name(line: Line) -> str:
        words = line.title.split()
        middle = len(words) // 2 or 1
        return f"{' '.join(words[:middle])}<br>{' '.join(words[middle:])}".removesuffix("<br>")

    table = page.grid(("Indicator", name), ("Actual", page.at()), ("Target", page.target), ("RAG", page.rated(COLOURS)))
    return _titled(page, bars(table))


@layout
def dashes_for_what_is_not_known(page: Page) -> str:
    table = page.grid(
        ("Indicator", page.title), ("Outturn", page.at()), ("National average", lambda _: "-"), ("Target", page.target)
    )
    return _titled(page, bars(table), "No national averages have been published yet.")


@layout
def empty_column_between(page: Page) -> str:
    table = page.grid(
        ("Indicator", page.title), ("Outturn", page.at()), ("", lambda _: ""), ("Target", page.target),
        ("Status", page.rated(PLAIN)),
    )  # fmt: skip
    return _titled(page, tabs(table))


@layout
def two_tables_side_by_side(page: Page) -> str:
    left = page.grid(("Indicator", page.title), ("Outturn", page.at()), ("Target", page.target), lines=page.lines[:2])
    right = page.grid(("Indicator", page.title), ("Outturn", page.at()), ("Target", page.target), lines=page.lines[2:4])
    rows = [[*one, "", *other] for one, other in zip(left, right, strict=False)]
    return _titled(page, tabs(rows))


@layout
def two_tables_of_other_things_below_each_other(page: Page) -> str:
    rated = page.grid(("Indicator", page.title), ("Actual", page.at()), ("Target", page.target))
    counted = page.grid(
        ("Activity", page.title), (page.label(QUARTER_AGO), page.at(QUARTER_AGO)), (page.label(), page.at()),
        lines=page.counts,
    )  # fmt: skip
    return _titled(page, "Table 1: contract measures", bars(rated), "Table 2: activity", bars(counted))


@layout
def sentence_with_each_row(page: Page) -> str:
    def comment(line: Line) -> str:
        moved = page.arrow(line, ("Rose since last quarter", "Fell since last quarter", "The same as last quarter"))
        return f"{moved}. The service looks at the reasons every month."

    table = page.grid(
        ("Indicator", page.title), ("Actual", page.at()), ("Target", page.target), ("Commentary", comment)
    )
    return _titled(page, bars(table))
