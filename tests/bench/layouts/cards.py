"""Layouts that give each indicator a card of its own: name and figure, one under the other."""

from __future__ import annotations

from .page import QUARTER_AGO, YEAR_AGO, Line, Page, layout
from .shapes import bars, page_of, tabs
from .words import BECAME, COLOURS, PLAIN


def _titled(page: Page, *parts: str) -> str:
    return page_of(f"Performance report, {page.label()}", *parts)


def _colons(*pairs: tuple[str, str]) -> str:
    return "\n".join(f"{name}: {cell}" for name, cell in pairs)


@layout
def cards_with_colons(page: Page) -> str:
    def card(line: Line) -> str:
        return _colons(
            ("Indicator", line.title), ("Target", page.target(line)), ("Outturn", page.value(line)),
            ("Status", page.status(line, PLAIN)),
        )  # fmt: skip

    return _titled(page, *map(card, page.lines))


@layout
def cards_under_headings(page: Page) -> str:
    def card(line: Line) -> str:
        rows = _colons(
            ("Current quarter", page.value(line)), ("Previous quarter", page.value(line, QUARTER_AGO)),
            ("Same quarter last year", page.value(line, YEAR_AGO)), ("Target", page.target(line)),
        )  # fmt: skip
        return f"## {line.code} {line.title}\n\n{rows}"

    return _titled(page, *map(card, page.lines))


@layout
def cards_of_bullets(page: Page) -> str:
    def card(line: Line) -> str:
        rows = _colons(
            ("- Actual", page.value(line)), ("- Target", page.target(line)), ("- RAG", page.status(line, COLOURS)),
            ("- Direction of travel since last quarter", page.arrow(line, BECAME)),
        )  # fmt: skip
        return f"### {line.title}\n\n{rows}"

    return _titled(page, *map(card, page.lines))


@layout
def cards_as_small_tables(page: Page) -> str:
    def card(line: Line) -> str:
        return tabs([
            ["Indicator", page.both(line)], ["Target", page.target(line)],
            ["Outturn", page.value(line)], ["Status", page.status(line, PLAIN)],
        ])  # fmt: skip

    return _titled(page, *map(card, page.lines))


@layout
def cards_with_a_row_of_figures(page: Page) -> str:
    def card(line: Line) -> str:
        row = [page.value(line), page.value(line, QUARTER_AGO), page.target(line), page.status(line, COLOURS)]
        return f"{line.code} {line.title}\n\n" + bars([["Actual", "Previous quarter", "Target", "RAG"], row])

    return _titled(page, *map(card, page.lines))


@layout
def cards_on_one_line(page: Page) -> str:
    def card(line: Line) -> str:
        return f"{line.title} | Target: {page.target(line)} | Actual: {page.value(line)} | {page.status(line, COLOURS)}"

    return _titled(page, "\n".join(map(card, page.lines)))


@layout
def cards_side_by_side(page: Page) -> str:
    lines = page.lines[:3]
    rows = [
        [line.alias for line in lines],
        [page.value(line) for line in lines],
        [f"Target {page.target(line)}" for line in lines],
        [f"Last quarter {page.value(line, QUARTER_AGO)}" for line in lines],
    ]
    return _titled(page, tabs(rows))
