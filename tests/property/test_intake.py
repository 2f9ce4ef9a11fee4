"""Whatever stands in a cell, the intake gives values or a report; it never fails otherwise."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from books import NOT_AVAILABLE, TABLES, SmallBook, small_book
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic_core import PydanticCustomError

from xlkpi.calculate import calculate
from xlkpi.errors import Problem, WorkbookInvalid
from xlkpi.model.period import Quarter
from xlkpi.model.register import Basis, Kind
from xlkpi.tables.checks import remarks
from xlkpi.workbook import layout
from xlkpi.workbook.backend import ExcelError, Value
from xlkpi.workbook.intake import Book, cells, parse
from xlkpi.workbook.layout import Name

#: What people type, paste and break, beside whatever else a cell can hold.
TYPED: list[Value] = [
    "9O", "1,000", "85%", " 7 ", "-1", "1e5", "1e999", "1_000", "٣", "½", "nan", "inf", "", "  ", "\u00a0",
    "40..60", "60..40", "40..", "..", "1,0..2,0", "40%..60%", "1e999..2e999", "40-60", "...", "40..60..80",
    "2018/19 Q2", "2018-19 Q1", "Q3 2016/17", "2018/20 Q2", "2018/19", "2018-09", "2018-13", "9999/00 Q4", "0000/01 Q1",
    "2018/19 Q2; 2018/19 Q1", ";", "A1", "a1", "B13", "A*", "lower", "RANGE", "points", "percent", "annual", "snapshot",
    "context", "%", "per 1,000", "days", "count", "no", "as shown", "=1+1", "'", "\U0001f600", "x" * 40_000,
    0, 1, 2, 6, 7, 0.5, -0.0, 1e15, 1e16, 1e300, 5e-324, 13.600000000000001, float("nan"), float("inf"), True, False, None,
    NOT_AVAILABLE, ExcelError("#NAME?"), dt.datetime(2018, 9, 1), dt.date(1900, 1, 1), dt.datetime(9999, 12, 31, 23, 59),
]  # fmt: skip  # a cell knows no time zone
_DATES = st.datetimes(dt.datetime(1899, 12, 30), dt.datetime(9999, 12, 31))  # a cell knows no time zone
VALUES: st.SearchStrategy[Value] = st.one_of(
    st.sampled_from(TYPED),
    st.none(),
    st.booleans(),
    st.integers(-(2**53), 2**53),
    st.floats(),
    st.text(max_size=12),
    _DATES,
    st.dates(dt.date(1900, 1, 1)),
)
_READERS = [
    *(
        cells.text,
        cells.number,
        cells.whole,
        cells.level,
        cells.quarter,
        cells.period,
        cells.quarters,
        cells.month_text,
    ),
    *(cells.choice(Kind), cells.choice(Basis, Basis.IN_QUARTER)),
]


def _refusal(reader: Callable[[Value], object], value: Value) -> dict[str, str]:
    """Return what is said of a cell that cannot be read; nothing where it can."""
    try:
        reader(value)
    except PydanticCustomError as error:
        return dict(error.context or {"cure": ""})
    return {"expected": "", "cure": "None."}


@pytest.mark.parametrize("reader", _READERS)
def test_a_cell_gives_a_value_or_says_what_was_expected(reader: Callable[[Value], object]) -> None:
    for value in TYPED:
        assert _refusal(reader, value)["cure"].endswith(".")


@given(VALUES)
def test_no_cell_is_too_strange_to_be_read(value: Value) -> None:
    for reader in _READERS:
        assert _refusal(reader, value)["cure"].endswith(".")


@pytest.mark.parametrize("name", [Name.ORGANISATION, Name.QUARTER, Name.JUDGED, Name.BACKUP])
def test_any_setting_may_hold_anything(name: str) -> None:
    for value in TYPED:
        book = small_book()
        book.set(name, value)
        _parsed(book)


@st.composite
def changed_books(draw: st.DrawFn) -> SmallBook:
    """Return the small workbook with a few cells replaced by anything."""
    book = small_book()
    for _ in range(draw(st.integers(1, 4))):
        name = draw(st.sampled_from([*TABLES, "setting"]))
        value = draw(VALUES)
        if name == "setting":
            book.set(draw(st.sampled_from([Name.ORGANISATION, Name.QUARTER, Name.JUDGED, Name.BACKUP])), value)
            continue
        listed = book.workbook.table(TABLES[name].name)
        row = draw(st.integers(0, listed.height))
        field = draw(st.sampled_from([column.field for column in TABLES[name].columns]))
        if row and draw(st.integers(0, 9)) == 0:
            book.put_formula(name, row, field, "SUM(A1:A2)", value)
        else:
            book.put(name, row, field, value)
    return book


def _parsed(book: SmallBook) -> Book | None:
    """Return the content of a workbook; None where it is reported as faulty, each fault once."""
    problems: tuple[Problem, ...] = ()
    try:
        return parse(book.workbook)
    except WorkbookInvalid as error:
        problems = error.problems
    assert problems
    assert len(set(problems)) == len(problems)
    return None


@given(changed_books())
@settings(max_examples=600)
def test_any_cell_may_hold_anything(book: SmallBook) -> None:
    _parsed(book)


@given(changed_books())
@settings(max_examples=300)
def test_whatever_is_accepted_can_be_worked_out(book: SmallBook) -> None:
    parsed = _parsed(book)
    if parsed is None:
        return
    settings_ = parsed.settings
    results = calculate(parsed.register, parsed.observations, settings_.quarter, settings_.judged)
    remarks(results, parsed.observations, parsed.audits, parsed.sheets)
    assert {one.indicator.code for one in results.contract} <= {one.code for one in parsed.register.indicators}


@given(st.lists(st.sampled_from(sorted(TABLES)), min_size=1, max_size=4, unique=True))
@settings(max_examples=40)
def test_any_table_may_be_missing(names: list[str]) -> None:
    book = small_book()
    for name in names:
        book.workbook.drop_table(TABLES[name].name)
    parsed = _parsed(book)
    quarters = {layout.quarter_of_table(TABLES[name].name) for name in names}
    assert (parsed is None) == (None in quarters or Quarter(2018, 2) in quarters)
