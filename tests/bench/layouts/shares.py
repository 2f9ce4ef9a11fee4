"""Layouts that print percentages otherwise, or with the counts behind them."""

from __future__ import annotations

from .page import QUARTER_AGO, Line, Page, layout
from .shapes import bars, page_of
from .words import COLOURS, PLAIN


def _titled(page: Page, *parts: str) -> str:
    return page_of(f"Performance report, {page.label()}", *parts)


def _with(page: Page, heading: str, pattern: str, note: str = "") -> str:
    """Return a table whose figures are put into a pattern."""
    table = page.grid(
        ("Indicator", page.title), (heading, lambda line: page.filled(line, pattern)), ("Target", page.target),
        lines=page.shares,
    )  # fmt: skip
    return _titled(page, bars(table), note)


@layout
def percent_with_counts(page: Page) -> str:
    return _with(page, "Outturn", "{v} ({n}/{m})")


@layout
def percent_with_counts_in_words(page: Page) -> str:
    return _with(page, "Outturn", "{v} ({n} of {m})")


@layout
def counts_with_percent(page: Page) -> str:
    return _with(page, "Performance", "{n} of {m} ({v})")


@layout
def counts_with_slash(page: Page) -> str:
    return _with(page, "Numerator / denominator", "{n} / {m}")


@layout
def percent_with_counts_twice(page: Page) -> str:
    table = page.grid(
        ("Indicator", page.title),
        (page.label(QUARTER_AGO), lambda line: page.filled(line, "{v} ({n}/{m})", QUARTER_AGO)),
        (page.label(), lambda line: page.filled(line, "{v} ({n}/{m})")),
        lines=page.shares,
    )  # fmt: skip
    return _titled(page, bars(table))


@layout
def numerator_and_denominator(page: Page) -> str:
    table = page.grid(
        ("Indicator", page.title), ("Numerator", lambda line: page.count(line, "n")),
        ("Denominator", lambda line: page.count(line, "m")), ("Outturn", page.at()), ("Status", page.rated(PLAIN)),
        lines=page.shares,
    )  # fmt: skip
    return _titled(page, bars(table))


@layout
def numerator_and_denominator_abbreviated(page: Page) -> str:
    table = page.grid(
        ("Ref", page.code), ("Measure", page.title), ("Num", lambda line: page.count(line, "n")),
        ("Den", lambda line: page.count(line, "m")), ("%", page.at(0, "bare")), lines=page.shares,
    )  # fmt: skip
    return _titled(page, bars(table))


@layout
def numerators_of_two_quarters(page: Page) -> str:
    table = page.grid(
        ("Indicator", page.title),
        (f"Numerator {page.label(1)}", lambda line: page.count(line, "n", 1)),
        (f"Denominator {page.label(1)}", lambda line: page.count(line, "m", 1)),
        (f"Numerator {page.label()}", lambda line: page.count(line, "n")),
        (f"Denominator {page.label()}", lambda line: page.count(line, "m")),
        lines=page.shares,
    )
    return _titled(page, bars(table))


@layout
def merged_heading_over_counts(page: Page) -> str:
    table = page.grid(
        ("Indicator", page.title),
        ("Numerator", lambda line: page.count(line, "n", 1)),
        ("Denominator", lambda line: page.count(line, "m", 1)),
        ("%", page.at(QUARTER_AGO)),
        ("Numerator", lambda line: page.count(line, "n")),
        ("Denominator", lambda line: page.count(line, "m")),
        ("%", page.at()),
        lines=page.shares,
    )
    upper = ["", page.label(QUARTER_AGO), "", "", page.label(), "", ""]
    return _titled(page, bars([upper, *table], rule=False))


@layout
def counts_named_by_what_they_count(page: Page) -> str:
    parts = []
    for line in page.shares[:3]:
        done, due = line.indicator.numerator_label, line.indicator.denominator_label
        row = [page.label(), page.count(line, "n"), page.count(line, "m"), page.value(line)]
        parts += [f"{line.code} {line.title}", bars([["Quarter", done.capitalize(), due.capitalize(), "%"], row])]
    return _titled(page, *parts)


@layout
def those_not_done(page: Page) -> str:
    table = page.grid(
        ("Indicator", page.title), ("Total", lambda line: page.count(line, "m")),
        ("Yes", lambda line: page.count(line, "n")),
        ("No", lambda line: page.count(line, "miss")), ("Outturn", page.at()), lines=page.shares,
    )  # fmt: skip
    return _titled(page, bars(table))


@layout
def shares_as_decimals(page: Page) -> str:
    table = page.grid(
        ("Indicator", page.title), ("Outturn", page.decimal), ("Previous quarter", lambda line: page.decimal(line, 1)),
        lines=page.shares,
    )  # fmt: skip
    return _titled(page, bars(table), "Shares are given as decimals: 0.50 is half of all cases.")


@layout
def percent_without_sign(page: Page) -> str:
    table = page.grid(
        ("Indicator", page.title), ("Outturn", page.at(0, "bare")), ("Target", lambda line: page.target(line, "bare")),
        ("RAG", page.rated(COLOURS)),
    )  # fmt: skip
    return _titled(page, "Figures are percentages unless the indicator says otherwise.", bars(table))


@layout
def percent_written_out(page: Page) -> str:
    table = page.grid(
        ("Indicator", page.title), ("Outturn", page.at(0, "words")), ("Target", lambda line: page.target(line, "words"))
    )
    return _titled(page, bars(table))


@layout
def percent_after_a_space(page: Page) -> str:
    table = page.grid(
        ("Indicator", page.title), ("Outturn", page.at(0, "spaced")), ("Last quarter", page.at(1, "spaced"))
    )
    return _titled(page, bars(table))


@layout
def size_in_brackets(page: Page) -> str:
    def figure(line: Line) -> str:
        return page.filled(line, "{v} (n={m})")

    table = page.grid(("Indicator", page.title), ("Outturn", figure), lines=page.shares)
    return _titled(page, bars(table), "n is the number of cases that each percentage is of.")
