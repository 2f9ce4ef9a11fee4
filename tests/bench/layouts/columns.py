"""Layouts whose columns stand in another order, or under other headings."""

from __future__ import annotations

from .page import QUARTER_AGO, YEAR_AGO, Line, Page, layout
from .shapes import bars, page_of
from .words import CAPITALS, COLOURS, LETTERS, PLAIN


def _under_title(page: Page, *parts: str, style: str = "label") -> str:
    return page_of(f"Performance report, {page.label(0, style)}", *parts)


@layout
def five_columns(page: Page) -> str:
    return _under_title(
        page,
        bars(
            page.grid(
                ("Code", page.code), ("Indicator", page.title), ("Outturn", page.at()), ("Target", page.target),
                ("Status", page.rated(PLAIN)),
            )
        ),
    )  # fmt: skip


@layout
def target_before_actual(page: Page) -> str:
    table = page.grid(
        ("Measure", page.title), ("Target", page.target), ("Actual", page.at()), ("RAG", page.rated(COLOURS))
    )
    return _under_title(page, bars(table), style="title")


@layout
def figures_before_names(page: Page) -> str:
    table = page.grid(("Actual", page.at()), ("Target", page.target), ("What we measure", page.title))
    return _under_title(page, bars(table))


@layout
def status_first(page: Page) -> str:
    table = page.grid(
        ("RAG", page.rated(LETTERS)),
        ("Ref", page.code),
        ("KPI", page.title),
        ("Result", page.at()),
        ("Target", page.target),
    )
    return _under_title(page, bars(table), "G on target, A within tolerance, R outside tolerance.")


@layout
def code_and_name_in_one_cell(page: Page) -> str:
    table = page.grid(("Indicator", page.both), ("Target", page.target), ("Outturn", page.at()))
    return _under_title(page, bars(table))


@layout
def code_in_brackets(page: Page) -> str:
    table = page.grid(
        ("Indicator", lambda line: f"{line.title} ({line.code})"), ("Actual", page.at()), ("Tgt", page.target)
    )
    return _under_title(page, bars(table))


@layout
def codes_only(page: Page) -> str:
    table = page.grid(("KPI", page.code), ("Actual", page.at()), ("Target", page.target), ("Status", page.rated(PLAIN)))
    return _under_title(page, bars(table))


@layout
def short_names(page: Page) -> str:
    table = page.grid(("Measure", page.alias), ("Actual", page.at()), ("Target", page.target))
    return _under_title(page, bars(table))


@layout
def numbered_rows(page: Page) -> str:
    table = page.grid(("Name", page.title), ("Achieved", page.at()), ("Goal", page.target))
    numbered = [[str(at) if at else "No.", *row] for at, row in enumerate(table)]
    return _under_title(page, bars(numbered))


@layout
def unit_and_polarity_columns(page: Page) -> str:
    table = page.grid(
        ("Indicator", page.title),
        ("Unit", lambda line: line.unit),
        ("Good is", lambda line: "High" if line.higher else "Low"),
        ("Actual", page.at(0, "bare")),
        ("Target", lambda line: page.target(line, "bare")),
    )
    return _under_title(page, bars(table))


@layout
def target_with_sign(page: Page) -> str:
    def target(line: Line) -> str:
        return ("≥ " if line.higher else "≤ ") + page.target(line)

    table = page.grid(("Indicator", page.title), ("Target", target), ("Performance", page.at()))
    return _under_title(page, bars(table))


@layout
def target_in_words(page: Page) -> str:
    def target(line: Line) -> str:
        return page.target(line) + (" or more" if line.higher else " or less")

    table = page.grid(("Indicator", page.title), ("Target", target), ("Outturn", page.at()))
    return _under_title(page, bars(table))


@layout
def target_and_tolerance(page: Page) -> str:
    table = page.grid(
        ("Indicator", page.title), ("Target", page.target), ("Tolerance", page.tolerance), ("Outturn", page.at()),
        ("Status", page.rated(PLAIN)),
    )  # fmt: skip
    return _under_title(page, bars(table))


@layout
def thresholds(page: Page) -> str:
    table = page.grid(
        ("Indicator", page.title), ("Green threshold", page.target), ("Amber threshold", page.tolerance),
        ("Actual", page.at()), ("RAG rating", page.rated(COLOURS)),
    )  # fmt: skip
    return _under_title(page, bars(table))


@layout
def owner_and_comment(page: Page) -> str:
    table = page.grid(
        ("Indicator", page.title), ("Lead", lambda line: line.indicator.section), ("Target", page.target),
        ("Actual", page.at()), ("Comment", lambda _: "The service keeps this under review with its partners."),
    )  # fmt: skip
    return _under_title(page, bars(table))


@layout
def actual_and_target_in_one_cell(page: Page) -> str:
    table = page.grid(("Indicator", page.title), ("Actual / Target", lambda line: page.filled(line, "{v} / {t}")))
    return _under_title(page, bars(table))


@layout
def target_in_brackets(page: Page) -> str:
    table = page.grid(("Indicator", page.title), ("Outturn (target)", lambda line: page.filled(line, "{v} ({t})")))
    return _under_title(page, bars(table))


@layout
def variance(page: Page) -> str:
    table = page.grid(
        ("Indicator", page.title), ("Outturn", page.at()), ("Target", page.target), ("Variance", page.variance)
    )
    return _under_title(page, bars(table), "Variance is outturn less target.")


@layout
def plus_and_minus(page: Page) -> str:
    table = page.grid(
        ("Indicator", page.title), ("Target", page.target), ("Actual", page.at()), ("+/- against target", page.variance)
    )
    return _under_title(page, bars(table))


@layout
def short_headings(page: Page) -> str:
    table = page.grid(
        ("KPI", page.title), ("Tgt", page.target), ("Act", page.at()), ("Prev qtr", page.at(QUARTER_AGO)),
        ("Prev yr", page.at(YEAR_AGO)),
    )  # fmt: skip
    return _under_title(page, bars(table))


@layout
def capital_headings(page: Page) -> str:
    table = page.grid(
        ("INDICATOR", page.title), ("TARGET", page.target), ("ACTUAL", page.at()),
        ("PREVIOUS QUARTER", page.at(QUARTER_AGO)), ("RAG", page.rated(CAPITALS)),
    )  # fmt: skip
    return _under_title(page, bars(table))


@layout
def broken_headings(page: Page) -> str:
    table = page.grid(
        ("Indicator", page.title), ("This<br>quarter", page.at()), ("Last<br>quarter", page.at(QUARTER_AGO)),
        ("Same quarter<br>last year", page.at(YEAR_AGO)), ("Target", page.target),
    )  # fmt: skip
    return _under_title(page, bars(table))


@layout
def bold_figures(page: Page) -> str:
    table = page.grid(
        ("**Indicator**", lambda line: f"**{line.code}** {line.title}"), ("**Target**", page.target),
        ("**Actual**", lambda line: f"**{page.value(line)}**"), ("**Previous quarter**", page.at(QUARTER_AGO)),
    )  # fmt: skip
    return _under_title(page, bars(table))


@layout
def units_in_the_heading(page: Page) -> str:
    table = page.grid(
        ("Indicator", page.title), ("Outturn (%)", page.at(0, "bare")),
        ("Target (%)", lambda line: page.target(line, "bare")),
        ("Previous quarter (%)", page.at(QUARTER_AGO, "bare")), lines=page.shares,
    )  # fmt: skip
    return _under_title(page, bars(table))


@layout
def no_outer_bars(page: Page) -> str:
    table = page.grid(
        ("Indicator", page.alias), ("Score", page.at()), ("Target", page.target), ("RAG", page.rated(COLOURS))
    )
    return _under_title(page, bars(table, rule=False, ends=False))
