"""Layouts that name their quarters in other ways, or set them out otherwise: over years, as rows, in captions."""

from __future__ import annotations

from itertools import groupby

from .page import QUARTER_AGO, YEAR_AGO, Line, Page, layout
from .shapes import bars, page_of
from .words import PLAIN

FIVE = (4, 3, 2, 1, 0)


def _titled(page: Page, *parts: str) -> str:
    return page_of(f"Performance report, {page.label()}", *parts)


def _named(page: Page, style: str, backs: tuple[int, ...] = (0, QUARTER_AGO, YEAR_AGO)) -> str:
    """Return a table with one column a quarter, headed by its name in a style."""
    table = page.grid(("Indicator", page.title), *((page.label(back, style), page.at(back)) for back in backs))
    return bars(table)


@layout
def quarters_named_in_full(page: Page) -> str:
    return _titled(page, _named(page, "label"))


@layout
def quarters_year_first(page: Page) -> str:
    return _titled(page, _named(page, "year first"))


@layout
def quarters_oldest_first(page: Page) -> str:
    return _titled(page, _named(page, "label", (YEAR_AGO, QUARTER_AGO, 0)))


@layout
def five_quarters(page: Page) -> str:
    return _titled(page, _named(page, "hyphen", FIVE))


@layout
def quarters_with_short_years(page: Page) -> str:
    return _titled(page, _named(page, "short"))


@layout
def five_quarters_short_year_first(page: Page) -> str:
    return _titled(page, _named(page, "short, year first", FIVE))


@layout
def quarters_by_months(page: Page) -> str:
    return _titled(page, _named(page, "months"))


@layout
def quarters_by_months_short(page: Page) -> str:
    return _titled(page, _named(page, "short months"))


@layout
def quarters_by_full_months(page: Page) -> str:
    return _titled(page, _named(page, "full months"))


@layout
def quarters_with_months_after(page: Page) -> str:
    return _titled(page, _named(page, "months after"))


@layout
def quarters_by_their_last_day(page: Page) -> str:
    return _titled(page, _named(page, "day"), "Each column gives the quarter that ended on that day.")


@layout
def quarters_spelt_qtr(page: Page) -> str:
    return _titled(page, _named(page, "qtr"))


@layout
def bare_quarters_of_this_year(page: Page) -> str:
    backs = tuple(range(page.now.number - 1, -1, -1))
    return page_of(f"{page.label(0, 'year')} by quarter", _named(page, "bare", backs))


@layout
def years_over_quarters(page: Page) -> str:
    columns = [(page.label(back, "bare"), page.at(back)) for back in FIVE]
    table = page.grid(("Indicator", page.title), *columns, ("Target", page.target))
    years = [page.label(back, "year") for back in FIVE]
    spread = [""]
    for _, group in groupby(years):
        first, *others = group
        spread += [first, *("" for _ in others)]
    return _titled(page, bars([[*spread, ""], *table], rule=False))


@layout
def years_repeated_over_quarters(page: Page) -> str:
    table = page.grid(("Indicator", page.title), *((page.label(back, "bare"), page.at(back)) for back in FIVE))
    upper = ["", *(page.label(back, "year") for back in FIVE)]
    return _titled(page, bars([upper, *table], rule=False))


@layout
def this_and_last_quarter(page: Page) -> str:
    table = page.grid(
        ("Indicator", page.title), ("This quarter", page.at()), ("Last quarter", page.at(QUARTER_AGO)),
        ("Same quarter last year", page.at(YEAR_AGO)),
    )  # fmt: skip
    return _titled(page, bars(table))


@layout
def current_and_previous(page: Page) -> str:
    table = page.grid(
        ("KPI", page.title),
        ("Current", page.at()),
        ("Previous", page.at(QUARTER_AGO)),
        ("A year ago", page.at(YEAR_AGO)),
    )
    return _titled(page, bars(table))


@layout
def previous_before_current(page: Page) -> str:
    table = page.grid(
        ("KPI", page.title), ("Previous quarter", page.at(QUARTER_AGO)), ("Current quarter", page.at()),
        ("Target", page.target),
    )  # fmt: skip
    return _titled(page, bars(table))


@layout
def change_on_the_quarter(page: Page) -> str:
    table = page.grid(
        ("Indicator", page.title), (page.label(0, "short"), page.at()), (page.label(1, "short"), page.at(QUARTER_AGO)),
        ("Change", page.changed()),
    )  # fmt: skip
    return _titled(page, bars(table))


@layout
def change_in_points(page: Page) -> str:
    table = page.grid(
        ("Indicator", page.title), ("Outturn", page.at()), ("Previous quarter", page.at(QUARTER_AGO)),
        ("Change (pp)", page.changed(QUARTER_AGO)), lines=page.shares,
    )  # fmt: skip
    return _titled(page, bars(table))


@layout
def change_on_the_year(page: Page) -> str:
    table = page.grid(
        ("Indicator", page.title), (page.label(YEAR_AGO), page.at(YEAR_AGO)), (page.label(0), page.at()),
        ("+/-", page.changed(YEAR_AGO, "pp")),
    )  # fmt: skip
    return _titled(page, bars(table))


@layout
def two_changes(page: Page) -> str:
    table = page.grid(
        ("Indicator", page.title), ("Outturn", page.at()), ("Change on last quarter", page.changed(QUARTER_AGO, " pp")),
        ("Change on last year", page.changed(YEAR_AGO, " pp")),
    )  # fmt: skip
    return _titled(page, bars(table))


@layout
def from_and_to_in_one_cell(page: Page) -> str:
    def both(line: Line) -> str:
        return f"{page.value(line, QUARTER_AGO)} → {page.value(line)}"

    heading = f"{page.label(QUARTER_AGO)} → {page.label()}"
    return _titled(page, bars(page.grid(("Indicator", page.title), (heading, both))))


@layout
def quarters_as_rows(page: Page) -> str:
    rows = [[page.label(back), *(page.value(line, back) for line in page.lines)] for back in FIVE]
    return _titled(page, bars([["Quarter", *(line.title for line in page.lines)], *rows]))


@layout
def quarters_as_rows_newest_first_by_code(page: Page) -> str:
    rows = [[page.label(back, "year first"), *(page.value(line, back) for line in page.lines)] for back in FIVE[::-1]]
    rows.append(["Target", *(page.target(line) for line in page.lines)])
    return _titled(page, bars([["", *(line.code for line in page.lines)], *rows]))


@layout
def one_table_an_indicator_quarters_down(page: Page) -> str:
    parts = []
    for line in page.lines[:3]:
        rows = [[page.label(back, "short"), page.value(line, back), page.target(line)] for back in (2, 1, 0)]
        parts += [f"{line.code} {line.title}", bars([["Quarter", "Outturn", "Target"], *rows])]
    return _titled(page, *parts)


@layout
def measures_as_columns(page: Page) -> str:
    rows = [
        ["Actual", *map(page.value, page.lines)],
        ["Target", *map(page.target, page.lines)],
        ["Previous quarter", *(page.value(line, QUARTER_AGO) for line in page.lines)],
        ["Status", *(page.status(line, PLAIN) for line in page.lines)],
    ]
    return _titled(page, bars([["", *(line.alias for line in page.lines)], *rows]))


@layout
def one_row_a_figure(page: Page) -> str:
    rows = [[line.title, page.label(back), page.value(line, back)] for line in page.lines for back in (YEAR_AGO, 1, 0)]
    return _titled(page, bars([["Indicator", "Quarter", "Outturn"], *rows]))


@layout
def year_and_quarter_in_two_columns(page: Page) -> str:
    rows = [
        [line.code, line.title, page.label(back, "year"), page.label(back, "bare"), page.value(line, back)]
        for line in page.lines
        for back in (YEAR_AGO, 1, 0)
    ]
    return _titled(page, bars([["Code", "Indicator", "Year", "Quarter", "Result"], *rows]))


@layout
def counts_with_changes(page: Page) -> str:
    table = page.grid(
        ("Activity", page.title), ("This quarter", page.at()), ("Last quarter", page.at(QUARTER_AGO)),
        ("Change", page.changed()), ("% change", page.percent_change), lines=page.counts,
    )  # fmt: skip
    return _titled(page, bars(table))


@layout
def counts_against_last_year(page: Page) -> str:
    table = page.grid(
        ("Activity", page.alias), (page.label(YEAR_AGO, "short"), page.at(YEAR_AGO)), (page.label(0, "short"), page.at()),
        ("% change", lambda line: page.percent_change(line, YEAR_AGO)), lines=page.counts,
    )  # fmt: skip
    return _titled(page, bars(table))


@layout
def year_to_date(page: Page) -> str:
    backs = range(page.now.number - 1, -1, -1)
    lines = [line for line in page.counts if page.adds_up(line)] or page.counts[:0]
    columns = [(page.label(back), page.at(back)) for back in backs]
    table = page.grid(("Activity", page.title), *columns, ("YTD", lambda line: page.count(line, "ytd")), lines=lines)
    return _titled(page, bars(table))
