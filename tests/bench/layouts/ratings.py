"""Layouts that show statuses and movements in other ways: letters, signs, arrows, words, counts of them."""

from __future__ import annotations

from xlkpi.calculate.status import Status

from .page import QUARTER_AGO, YEAR_AGO, Line, Page, layout
from .shapes import bars, page_of
from .words import BECAME, CIRCLES, COLOURS, LETTERS, MET, NUMBER_MOVED, PLAIN, SIGNS, SPELT, THICK, THIN, TRACK, Words

RATED = (Status.ON, Status.INSIDE, Status.OUTSIDE)


def _titled(page: Page, *parts: str) -> str:
    return page_of(f"Performance report, {page.label()}", *parts)


def _rated(page: Page, words: Words, note: str = "", heading: str = "Status") -> str:
    table = page.grid(
        ("Indicator", page.title), ("Target", page.target), ("Outturn", page.at()), (heading, page.rated(words))
    )
    return _titled(page, bars(table), note)


@layout
def status_in_letters(page: Page) -> str:
    return _rated(page, LETTERS, heading="RAG")


@layout
def status_in_circles(page: Page) -> str:
    return _rated(page, CIRCLES, "🟢 on target, 🟠 inside tolerance, 🔴 outside tolerance", "RAG")


@layout
def status_in_signs(page: Page) -> str:
    return _rated(page, SIGNS, "✓ on target, ~ inside tolerance, ✗ outside tolerance")


@layout
def status_on_track(page: Page) -> str:
    return _rated(page, TRACK, "Slightly off track means within tolerance.", "Progress")


@layout
def status_met(page: Page) -> str:
    return _rated(page, MET, heading="Target met?")


@layout
def status_colour_and_words(page: Page) -> str:
    return _rated(page, SPELT, heading="RAG")


@layout
def status_in_the_cell_of_the_figure(page: Page) -> str:
    def figure(line: Line) -> str:
        return f"{page.value(line)} ({page.status(line, COLOURS)})"

    table = page.grid(("Indicator", page.title), ("Target", page.target), ("Actual and RAG", figure))
    return _titled(page, bars(table))


@layout
def status_letter_behind_the_figure(page: Page) -> str:
    def figure(line: Line) -> str:
        return f"{page.value(line)} {page.status(line, LETTERS)}"

    table = page.grid(("Indicator", page.title), ("Target", page.target), ("Actual", figure))
    return _titled(page, bars(table), "G on target, A within tolerance, R outside tolerance.")


@layout
def thin_arrows(page: Page) -> str:
    table = page.grid(
        ("Indicator", page.title), ("Previous quarter", page.at(QUARTER_AGO)), ("Outturn", page.at()),
        ("DoT", page.moved(THIN)),
    )  # fmt: skip
    return _titled(page, bars(table), "DoT: the arrow shows whether the figure rose or fell on the previous quarter.")


@layout
def thick_arrows_before_changes(page: Page) -> str:
    def change(line: Line) -> str:
        return f"{page.arrow(line, THICK)} {page.change(line).replace('+', '').replace('|-', '|')}"

    table = page.grid(("Indicator", page.title), ("Outturn", page.at()), ("Change on last quarter", change))
    return _titled(page, bars(table))


@layout
def arrows_on_the_year(page: Page) -> str:
    table = page.grid(
        ("Indicator", page.title), ("Outturn", page.at()), ("Same quarter last year", page.at(YEAR_AGO)),
        ("Up or down on last year", page.moved(THIN, YEAR_AGO)),
    )  # fmt: skip
    return _titled(page, bars(table))


@layout
def direction_in_words(page: Page) -> str:
    table = page.grid(
        ("Indicator", page.title), ("Last quarter", page.at(QUARTER_AGO)), ("This quarter", page.at()),
        ("Direction of travel", page.moved(BECAME)), ("RAG", page.rated(COLOURS)),
    )  # fmt: skip
    return _titled(page, bars(table))


@layout
def trend_in_words(page: Page) -> str:
    table = page.grid(
        ("Indicator", page.alias), ("Outturn", page.at()), ("Trend since last quarter", page.moved(NUMBER_MOVED)),
        ("Status", page.rated(PLAIN)),
    )  # fmt: skip
    return _titled(page, bars(table))


@layout
def everything_at_once(page: Page) -> str:
    table = page.grid(
        ("Ref", page.code), ("Indicator", page.title), (page.label(YEAR_AGO, "short"), page.at(YEAR_AGO)),
        (page.label(QUARTER_AGO, "short"), page.at(QUARTER_AGO)), (page.label(0, "short"), page.at()),
        ("Target", page.target), ("Var", page.variance), ("RAG", page.rated(LETTERS)), ("DoT", page.moved(BECAME)),
    )  # fmt: skip
    return _titled(page, bars(table))


@layout
def one_table_a_status(page: Page) -> str:
    parts = []
    for status in RATED:
        lines = [line for line in page.lines if page.truth.results(page.now).of(line.code).status is status]
        if lines:
            table = page.grid(("Indicator", page.title), ("Outturn", page.at()), ("Target", page.target), lines=lines)
            parts += [f"## {COLOURS[status]} indicators", bars(table)]
    return _titled(page, *parts)


def _counted(page: Page, what: str, section: str = "") -> str:
    spec = f"{what}/{section}" if section else what
    found = page.truth.series(f"c {spec}", "", page.now)
    return f"[[{{c {spec}|{found}}}]]"


@layout
def statuses_counted_by_section(page: Page) -> str:
    sections = list(dict.fromkeys(one.indicator.section for one in page.truth.results(page.now).contract))
    kinds = ("on", "inside", "outside", "all")
    rows = [[section, *(_counted(page, kind, section) for kind in kinds)] for section in sections]
    rows.append(["Total", *(_counted(page, kind) for kind in kinds)])
    return _titled(page, bars([["Section", "On target", "Inside tolerance", "Outside tolerance", "Total"], *rows]))


@layout
def statuses_counted_in_one_row(page: Page) -> str:
    row = [_counted(page, kind) for kind in ("on", "inside", "outside")]
    return _titled(page, "Indicators by rating:", bars([["Green", "Amber", "Red"], row]))


@layout
def statuses_counted_down(page: Page) -> str:
    shares = {"on": "Green", "inside": "Amber", "outside": "Red"}
    rows = []
    for kind, colour in shares.items():
        share = page.truth.series(f"s {kind}", "", page.now)
        rows.append([colour, _counted(page, kind), f"[[{{s {kind}|{float(share or 0):.1f}%}}]]"])
    return _titled(page, bars([["RAG", "Number of indicators", "% of indicators"], *rows]))
