"""Layouts as tables come out of other programs: Excel, Word, PDF files, e-mails."""

from __future__ import annotations

from .page import QUARTER_AGO, YEAR_AGO, Grid, Line, Page, layout
from .shapes import boxed, commas, one_a_line, page_of, spaced, tabs, word, wrapped
from .words import COLOURS, LETTERS, PLAIN


def _titled(page: Page, *parts: str) -> str:
    return page_of(f"Performance report, {page.label()}", *parts)


def _four(page: Page) -> Grid:
    return page.grid(
        ("Ref", page.code), ("Indicator", page.title), ("Target", page.target), ("Actual", page.at()),
        ("RAG", page.rated(COLOURS)),
    )  # fmt: skip


def _quarters(page: Page, style: str = "short") -> Grid:
    return page.grid(
        ("Indicator", page.title), (page.label(YEAR_AGO, style), page.at(YEAR_AGO)),
        (page.label(QUARTER_AGO, style), page.at(QUARTER_AGO)), (page.label(0, style), page.at()), ("Target", page.target),
    )  # fmt: skip


@layout
def pasted_from_excel(page: Page) -> str:
    return _titled(page, tabs(_four(page)))


@layout
def pasted_from_excel_quarters(page: Page) -> str:
    return _titled(page, tabs(_quarters(page, "short end")), "Columns give the quarter that ended in that month.")


@layout
def pasted_from_excel_with_title_row(page: Page) -> str:
    table = _four(page)
    title = [f"KPI dashboard {page.label()}", *("" for _ in table[0][1:])]
    return tabs([title, ["" for _ in title], *table])


@layout
def pasted_from_excel_merged_years(page: Page) -> str:
    backs = (4, 3, 2, 1, 0)
    table = page.grid(("KPI", page.alias), *((page.label(back, "bare"), page.at(back)) for back in backs))
    years = [page.label(back, "year") for back in backs]
    upper = [year if at == 0 or years[at - 1] != year else "" for at, year in enumerate(years)]
    return _titled(page, tabs([["", *upper], *table]))


@layout
def spaced_columns(page: Page) -> str:
    return _titled(page, spaced(_four(page), right=False))


@layout
def spaced_quarters_to_the_right(page: Page) -> str:
    return _titled(page, spaced(_quarters(page), indent=3))


@layout
def spaced_narrowly(page: Page) -> str:
    return _titled(page, spaced(_quarters(page), gap=2))


@layout
def spaced_with_wrapped_names(page: Page) -> str:
    table = _four(page)
    rows = [table[0]]
    for row in table[1:]:
        first, *others = wrapped(row[1], 28)
        rows.append([row[0], first, *row[2:]])
        rows += [["", other, *("" for _ in row[2:])] for other in others]
    return _titled(page, spaced(rows, right=False))


@layout
def spaced_with_figures_beside_the_middle(page: Page) -> str:
    rows = [["Indicator", "Target", "Outturn", "Last quarter"]]
    for line in page.lines:
        lines = wrapped(line.title, 24)
        for at, words in enumerate(lines):
            cells = [page.target(line), page.value(line), page.value(line, QUARTER_AGO)]
            rows.append([words, *(cells if at == (len(lines) - 1) // 2 else ["", "", ""])])
        rows.append(["", "", "", ""])
    return _titled(page, spaced(rows))


@layout
def spaced_quarters_down(page: Page) -> str:
    rows = [[page.label(back), *(page.value(line, back) for line in page.lines)] for back in (2, 1, 0)]
    return _titled(page, spaced([["Quarter", *(line.code for line in page.lines)], *rows]))


@layout
def copied_from_pdf(page: Page) -> str:
    return _titled(page, one_a_line(_four(page)))


@layout
def copied_from_pdf_rows_apart(page: Page) -> str:
    return _titled(page, one_a_line(_quarters(page, "label"), "\n\n"))


@layout
def copied_from_pdf_names_only(page: Page) -> str:
    table = page.grid(("Measure", page.alias), ("Actual", page.at()), ("Target", page.target))
    return _titled(page, one_a_line(table))


@layout
def copied_from_pdf_with_single_spaces(page: Page) -> str:
    rows = ["Indicator Target Actual RAG"]
    rows += [
        f"{line.code} {line.title} {page.target(line)} {page.value(line)} {page.status(line, COLOURS)}"
        for line in page.lines
    ]
    return _titled(page, "\n".join(rows))


@layout
def comma_separated(page: Page) -> str:
    return _titled(page, commas(_four(page)))


@layout
def framed_in_an_email(page: Page) -> str:
    return _titled(page, boxed(_quarters(page)))


@layout
def word_table(page: Page) -> str:
    return word(f"Performance report, {page.label()}", _four(page))


@layout
def word_table_with_merged_headings(page: Page) -> str:
    backs = (4, 1, 0)
    table = page.grid(
        ("Indicator", page.title),
        *((page.label(back, "short"), page.at(back)) for back in backs),
        ("Target", page.target),
    )
    upper = ["", "Outturn", "", "", ""]
    return word(f"Performance report, {page.label()}", [upper, *table], merged=[(0, 1, 3)])


@layout
def word_table_with_section_rows(page: Page) -> str:
    rows = [["Indicator", "Actual", "Target", "Status"]]
    merged = []
    for section, lines in page.sections.items():
        merged.append((len(rows), 0, 3))
        rows.append([section, "", "", ""])
        rows += [_cells(page, line) for line in lines]
    return word(f"Performance report, {page.label()}", rows, "Statuses by the agreed tolerances.", merged)


def _cells(page: Page, line: Line) -> list[str]:
    return [line.title, page.value(line), page.target(line), page.status(line, PLAIN)]


@layout
def word_card(page: Page) -> str:
    line = page.lines[0]
    rows = [
        ["Indicator", page.both(line)], ["Actual", page.value(line)], ["Target", page.target(line)],
        ["Previous quarter", page.value(line, QUARTER_AGO)], ["RAG", page.status(line, LETTERS)],
    ]  # fmt: skip
    return word(f"Performance report, {page.label()}", rows)
