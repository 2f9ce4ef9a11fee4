"""What the smoke test and the README tell people to try exists under the names given there, and comes to what they say."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from xlkpi import commands
from xlkpi.addin import udfs
from xlkpi.addin.marks import marked
from xlkpi.catalogue import COMMANDS
from xlkpi.setup.places import ADDIN
from xlkpi.setup.plan import payload
from xlkpi.workbook import layout
from xlkpi.workbook.backend import Value
from xlkpi.workbook.file import ClosedFile

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
TEXT = (ROOT / "install" / "smoke-test.md").read_text(encoding="utf-8")
EXAMPLE = ROOT / "workbooks" / f"{commands.EXAMPLE}.xlsm"
ROW = re.compile(r"^\| (\d+) \| (.+?) \| (.+?) \|(.*)\|$", re.MULTILINE)
WINDOWS, MACOS = (TEXT.partition(f"\n## {system}\n")[2].partition("\n## ")[0] for system in ("Windows", "macOS"))
FORMULA = re.compile(r"=KPI_\w+\([^`\n]*?\)(?=`|  )")
#: Words in italics that are Windows', macOS' or Excel's, or ours in another place than a workbook.
ELSEWHERE = {
    "About Excel", "inputs", "published",
    "More info", "Run anyway", "Open", "fx", "as described", "Cases more", "Data, Edit Links",
    "Go, Go to Folder",
}  # fmt: skip


class Column(list[float]):
    """An array constant such as {0;20;40}: numbers below each other."""

    def __radd__(self, number: float) -> list[list[float]]:
        return [[number + one] for one in self]


def answer(formula: str) -> Value | list[list[Value]]:
    """Return what a formula of the worked example comes to: one value, or a table."""
    book = ClosedFile(EXAMPLE)

    def table(name: str) -> list[list[Value]]:
        block = book.read(name)
        return [list(block.headings), *map(list, block.rows)]

    def called(function: Callable[..., Any]) -> Callable[..., Any]:
        return lambda *cells: function(*(float(cell) if isinstance(cell, int) else cell for cell in cells))

    known: dict[str, Any] = {one.name: called(getattr(udfs, one.name)) for one in marked(udfs)}
    shown = book.read_name(layout.Name.SHOWN)
    assert shown is not None
    known |= {"Column": Column, "table": table, layout.Name.SHOWN: shown.value}
    python = re.sub(r"\{([^}]*)\}", lambda found: f"Column([{found[1].replace(';', ',')}])", formula.removeprefix("="))
    found = eval(re.sub(r"(\w+)\[#All\]", r"table('\1')", python), known)
    return found[0][0] if len(found) == len(found[0]) == 1 else found


def test_every_formula_of_the_smoke_test_comes_to_what_should_be_seen() -> None:
    [(asked, seen)] = [(asked, seen) for _, asked, seen, _ in ROW.findall(WINDOWS) if len(FORMULA.findall(asked)) > 1]
    found = [answer(formula) for formula in FORMULA.findall(asked)]
    *cells, summary = found
    wanted = iter(re.findall(r"`([^`]+)`", seen))
    for one in cells:
        for value in [value for row in one for value in row] if isinstance(one, list) else [one]:
            assert str(value) == next(wanted)
    assert next(wanted, None) is None
    assert isinstance(summary, list)
    assert summary[0] == list(layout.SUMMARY_TABLE.headings)
    block = ClosedFile(EXAMPLE).read(layout.SUMMARY_TABLE.name)
    assert [row[0] for row in summary[1:]] == [row[0] for row in block.rows]


def test_every_formula_of_the_readme_comes_to_what_is_said_of_it() -> None:
    first, second = (formula for formula in FORMULA.findall(README) if "..." not in formula)
    cases = answer(first)
    assert isinstance(cases, list)
    assert f"{cases[0][0]}, {cases[1][0]} and {cases[2][0]} visits" in README
    summary = answer(second)
    assert isinstance(summary, list)
    assert len(summary) == 1 + len(ClosedFile(EXAMPLE).read(layout.SUMMARY_TABLE.name).rows)


@pytest.mark.parametrize("text", [TEXT, README], ids=["smoke test", "README"])
def test_every_function_that_is_named_exists(text: str) -> None:
    named = set(re.findall(r"KPI_[A-Z_]*[A-Z]", text))
    assert named
    assert named <= {one.name for one in marked(udfs)}


def test_every_sheet_and_button_of_the_smoke_test_exists() -> None:
    sheets = {*ClosedFile(EXAMPLE).sheets(), layout.quarter_sheet(commands.EXAMPLE_QUARTER.shift(1))}
    buttons = {one.label for one in COMMANDS if one.has_button}
    named = set(re.findall(r"(?<!\*)\*([^*]+)\*(?!\*)", TEXT))
    assert named - ELSEWHERE <= sheets | buttons
    assert {layout.WHAT_IF, layout.RESULTS, *buttons} <= named


def test_every_workbook_of_the_smoke_test_is_put_in_place() -> None:
    ready = payload(ROOT, "")
    put = {path.name for path in ready.workbooks}
    assert ready.source == ROOT
    assert ready.addin == ROOT / "workbooks" / ADDIN
    assert put == {f"{name}{suffix}" for name in (commands.TEMPLATE, commands.EXAMPLE) for suffix in commands.NEW}
    assert all(path.is_file() for path in (ready.addin, *ready.workbooks))
    assert set(re.findall(r"`([\w-]+\.xls[xm])`", TEXT)) <= put


def test_steps_are_counted_and_the_readme_says_whether_anybody_took_them() -> None:
    for half in (WINDOWS, MACOS):
        steps = ROW.findall(half)
        assert [int(number) for number, *_ in steps] == list(range(1, len(steps) + 1))
        assert len(steps) > 10
    is_untried = not any(seen.strip() for half in (WINDOWS, MACOS) for *_, seen in ROW.findall(half))
    assert is_untried == ("Nobody has done this yet" in TEXT)
    assert is_untried == ("No one has run any of this on real Excel yet" in README)
    assert "13 of 20 on or better than target" in WINDOWS
    assert "13 of 20 on or better than target" in MACOS
