"""What goes into a new workbook when it is made from a folder of files: the same cells, checked, with what they come to."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from xlkpi.calculate import calculate
from xlkpi.calculate.history import History
from xlkpi.model.period import Quarter, parse_quarter
from xlkpi.model.register import Indicator, Kind, Register
from xlkpi.tables.rows import level
from xlkpi.template.content import Content, Worked
from xlkpi.workbook import layout
from xlkpi.workbook.backend import Block, Value
from xlkpi.workbook.folder import Folder
from xlkpi.workbook.intake import Book
from xlkpi.workbook.layout import Shape, Table

_TREND_STEP = 4


def content_of(folder: Folder, book: Book) -> Content:
    """Return the typed cells of a workbook made from a folder.

    Args:
        folder: The files.
        book: The same, parsed and found to be without fault.
    """
    tables = [table for table in (*layout.INPUTS, layout.PHRASES) if table.name in folder.tables()]
    rows = {table.name: _typed(folder.read(table.name), table) for table in tables}
    quarters = {quarter: _quarter_rows(folder, book.register, quarter) for quarter in folder.quarters}
    span = folder.quarter.index - folder.first_quarter.index + 1
    trend = max(layout.TREND_QUARTERS, -(-span // _TREND_STEP) * _TREND_STEP)
    worked, what_if = _worked(book), _what_if(book, folder.quarter)
    return Content(folder.organisation, folder.quarter, rows, quarters, trend, worked, what_if)


def _what_if(book: Book, quarter: Quarter) -> tuple[str, int] | None:
    """Return the first measure outside tolerance that some cases would bring inside it, and how many would."""
    results = calculate(book.register, book.observations, quarter, book.settings.judged)
    for one in results.contract:
        if one.cases_to_bound is not None:
            return one.indicator.code, one.cases_to_bound * (1 if one.indicator.polarity.sign >= 0 else -1)
    return None


def _typed(block: Block, table: Table) -> list[list[Value]]:
    """Return the rows of an input table: quarter labels as tables print them, values only where there are no counts."""
    columns = [column for column in table.columns if column.typed]
    places = [block.headings.index(column.heading) for column in columns]
    labels = [at for at, column in enumerate(columns) if column.shape is Shape.QUARTER]
    rows = [[row[place] for place in places] for row in block.rows]
    for row in rows:
        for at in labels:
            row[at] = _label(row[at])
    return [_without_repeated_value(row, [column.field for column in columns]) for row in rows]


def _label(value: Value) -> Value:
    if not isinstance(value, str) or "Q" not in value.upper():
        return value
    return parse_quarter(value).label


def _without_repeated_value(row: list[Value], fields: Sequence[str]) -> list[Value]:
    if (
        "value" in fields
        and row[fields.index("numerator")] is not None
        and row[fields.index("denominator")] is not None
    ):
        row[fields.index("value")] = None
    return row


def _quarter_rows(folder: Folder, register: Register, quarter: Quarter) -> list[list[Value]]:
    """Return a row for every contract indicator valid in the quarter, in list order, with what was returned."""
    table = layout.quarter_table(quarter)
    block = folder.read(table.name)
    code_at = block.headings.index(table.heading("code"))
    typed = {str(row[code_at]).casefold(): cells for row, cells in zip(block.rows, _typed(block, table), strict=True)}
    width = sum(column.typed for column in table.columns)
    return [
        [one.code, *typed.get(one.code.casefold(), [None] * width)] for one in register.valid(Kind.CONTRACT, quarter)
    ]


def _worked(book: Book) -> Callable[[str, Quarter], Worked]:
    histories: dict[Indicator, History] = {}

    def worked(code: str, quarter: Quarter) -> Worked:
        indicator = book.register.indicator(code, quarter)
        if indicator is None:
            return Worked("", "", None, None, None, "", 0, 0)
        history = histories.setdefault(
            indicator, History(indicator, book.register, book.observations, book.settings.judged)
        )
        target = history.target(quarter)
        figure = history.outturn(quarter)
        return Worked(
            indicator.title,
            " ÷ ".join(filter(None, (indicator.numerator_label, indicator.denominator_label))),
            None if figure is None else float(figure),
            level(target.on) if target else None,
            level(target.inside) if target else None,
            history.status(quarter).label,
            indicator.row,
            target.row if target else 0,
        )

    return worked
