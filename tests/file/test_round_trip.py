"""Whatever a table holds comes back as it was written, whatever size it had before."""

import datetime as dt
import tempfile
from pathlib import Path

from file.made import simple
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from xlkpi.workbook.backend import AppendRows, ExcelError, Value, WriteTable
from xlkpi.workbook.file import ClosedFile

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
#: A zero has no sign in a cell.
numbers = (st.floats(allow_nan=False, allow_infinity=False) | st.integers(-(2**53), 2**53)).map(
    lambda found: found or 0
)
moments = st.datetimes(dt.datetime(1900, 3, 1), dt.datetime(9999, 12, 31)).map(
    lambda found: found.replace(microsecond=0, fold=0),
)
errors = st.sampled_from(["#N/A", "#DIV/0!", "#REF!"]).map(ExcelError)
values = st.none() | st.booleans() | texts | numbers | moments | errors
tables = st.lists(st.tuples(values, values, values), min_size=1, max_size=12)


def shown(value: Value) -> Value:
    """Return a value as it is read: whole numbers as floats, empty text as a blank."""
    if isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    return None if value == "" else value


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(tables, tables, st.booleans())
def test_a_table_comes_back_as_it_was_written(
    first: list[tuple[Value, ...]],
    second: list[tuple[Value, ...]],
    totals: bool,  # noqa: FBT001
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = simple(Path(folder) / "a.xlsx", total_row=totals)
        for rows in (first, second, first):
            ClosedFile(path, backup=False).apply([WriteTable("tblOut", rows)])
            assert_same(ClosedFile(path).read("tblOut").rows, rows)
        content = path.read_bytes()
        ClosedFile(path, backup=False).apply([WriteTable("tblOut", first)])
        assert path.read_bytes() == content
        ClosedFile(path, backup=False).apply([AppendRows("tblOut", second)])
        appended = ClosedFile(path).read("tblOut").rows
        empty = len(first) == 1 and not any(shown(value) is not None for value in first[0])
        assert_same(appended, second if empty else [*first, *second])


def assert_same(read: object, written: list[tuple[Value, ...]]) -> None:
    assert [repr(tuple(row)) for row in read] == [repr(tuple(map(shown, row))) for row in written]  # type: ignore[attr-defined]
