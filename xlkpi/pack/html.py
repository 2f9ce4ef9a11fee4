"""The report as one page for any browser: works offline, prints well, and is read aloud in order."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, singledispatch
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from xlkpi.calculate.status import Status
from xlkpi.pack.content import APPENDIX
from xlkpi.pack.document import Block, Cell, Chart, Column, Figure, Items, Paragraph, Report, Role, Section, Table
from xlkpi.pack.svg import drawn
from xlkpi.writers import look

#: Tables of fewer characters are not stretched: two columns across a page are hard to read along.
_NARROW = 60
#: Texts of so many characters stay in one line.
_SHORT = 24
#: What fits upright.
_MOST_COLUMNS = 8
_NUMBERS = {Role.FIGURE, Role.BESIDE, Role.COUNT, Role.TARGET, Role.TOLERANCE}


def page(report: Report) -> str:
    """Return the report as HTML, with everything it needs inside it."""
    templates = _templates()
    style = templates.get_template("report.css.jinja").render(look=look)
    return templates.get_template("report.html.jinja").render(
        report=report,
        style=Markup(style),  # noqa: S704  # ours, from colours alone; nothing typed goes in
        appendix=APPENDIX,
        numbered=numbered,
        is_wide=lambda section: any(isinstance(one, Table) and is_wide(one) for one in section.blocks),
        anchor=anchor,
        cell=cell,
        shown=shown,
    )


@cache
def _templates() -> Environment:
    return Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
    )


def is_wide(table: Table) -> bool:
    """Return whether a table has so many columns that it is printed on a page on its side."""
    return len(table.columns) > _MOST_COLUMNS


def numbered(section: Section) -> str:
    """Return the heading of a section with its number."""
    return f"{section.number}. {section.title}" if section.number else section.title


def anchor(code: str) -> str:
    """Return what a link to an indicator's page ends with.

    Examples:
        >>> anchor("F03"), anchor("C 1/2")
        ('measure-F03', 'measure-C-1-2')
    """
    return "measure-" + re.sub(r"[^A-Za-z0-9]+", "-", code).strip("-")


def cell(content: Cell) -> Markup:
    """Return what stands in a cell."""
    if isinstance(content, Status):
        name = content.name.lower().replace("_", "-")
        return Markup('<span class="status status-{}">{}</span>').format(name, content.label)
    return Markup("{}").format(content.text if isinstance(content, Figure) else content)


@singledispatch
def shown(block: Block) -> Markup:
    """Return one block of a section."""
    raise TypeError(block)


@shown.register
def _(block: Paragraph) -> Markup:
    number = Markup('<span class="number">{}</span>').format(block.number)
    return Markup('<p class="said">{}<span>{}</span></p>').format(number, block.text)


@shown.register
def _(block: Items) -> Markup:
    items = Markup("").join(Markup("<li>{}</li>").format(item) for item in block.items)
    return Markup('<ul class="items">{}</ul>').format(items) if block.items else Markup()


@shown.register
def _(block: Chart) -> Markup:
    return Markup(drawn(block))  # noqa: S704  # every text in it is escaped where it is drawn


@shown.register
def _(block: Table) -> Markup:
    heads = Markup("").join(
        Markup('<th scope="col"{}>{}</th>').format(_class(column), column.heading) for column in block.columns
    )
    rows = Markup("\n").join(_rows(block))
    note = Markup('<p class="note">{}</p>').format(block.note) if block.note else Markup()
    is_narrow = sum(column.width for column in block.columns) < _NARROW
    narrow = Markup(' class="narrow"') if is_narrow else Markup()
    # A table that is wider than the window is scrolled, and the keyboard must be able to do that.
    return Markup(
        '<div class="wide" role="region" tabindex="0" aria-label="{}">\n<table{}>\n<caption>{}</caption>\n'
        "<thead><tr>{}</tr></thead>\n<tbody>\n{}\n</tbody>\n</table>\n</div>{}"
    ).format(block.title, narrow, block.title, heads, rows, note)


def _rows(table: Table) -> Iterator[Markup]:
    for place, row in enumerate(table.rows):
        total = Markup(' class="total"') if place >= len(table.rows) - table.totals else Markup()
        first = Markup('<th scope="row"{}>{}</th>').format(_class(table.columns[0], row[0]), cell(row[0]))
        others = Markup("").join(
            Markup("<td{}>{}</td>").format(_class(column, content), cell(content))
            for column, content in zip(table.columns[1:], row[1:], strict=True)
        )
        yield Markup("<tr{}>{}{}</tr>").format(total, first, others)


def _class(column: Column, content: Cell = "") -> Markup:
    names = ["short"] if isinstance(content, str) and 0 < len(content) <= _SHORT else []
    if column.role in _NUMBERS:
        names.append("number-cell")
    if column.role is Role.FIGURE:
        names.append("figure")
    if column.role is Role.BESIDE:
        names.append("beside")
    return Markup(' class="{}"').format(" ".join(names)) if names else Markup()
