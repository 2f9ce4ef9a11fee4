"""What worksheet functions make of cells: errors, blanks, dates, texts and ranges of any shape."""

from __future__ import annotations

import datetime as dt
import re
import subprocess
import sys
from pathlib import Path

import pytest

from xlkpi.addin import udfs
from xlkpi.addin.arguments import ERRORS, answers
from xlkpi.addin.marks import marked
from xlkpi.model.period import Quarter
from xlkpi.template.whatif import _FUNCTIONS
from xlkpi.workbook import layout
from xlkpi.workbook.backend import ExcelError, Value
from xlkpi.workbook.file import ClosedFile

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "workbooks" / "dcst-2018-19-q2.xlsx"
NOW = "2018/19 Q2"
OUTSIDE, INSIDE, ON = "○ Outside tolerance", "◐ Inside tolerance", "● On or better than target"


def why(name: str, *arguments: object) -> str:
    [[reason]] = udfs.KPI_WHY(name, *arguments)
    assert isinstance(reason, str)
    return reason


# One cell


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (udfs.KPI_OUTTURN(4144.0, 5600.0), 74.0),
        (udfs.KPI_OUTTURN(1804.0, 82.0, unit="days"), 22.0),
        (udfs.KPI_OUTTURN(3.0, 1500.0, unit="per 1,000"), 2.0),
        (udfs.KPI_OUTTURN(None, None, None, 12.5), 12.5),
        (udfs.KPI_STATUS(74.0, 85.0, 75.0), OUTSIDE),
        (udfs.KPI_STATUS(75.0, 85.0, 75.0), INSIDE),
        (udfs.KPI_STATUS(85.0, 85.0, 75.0), ON),
        (udfs.KPI_STATUS(84.999, 85.0, 75.0, decimals=0.0), ON),
        (udfs.KPI_STATUS(24.0, 22.0, 10.0, "lower", "percent"), INSIDE),
        (udfs.KPI_STATUS(65.0, "40..60", "30..70", "range"), INSIDE),
        (udfs.KPI_STATUS(None, 85.0), "– No data"),
        (udfs.KPI_STATUS(74.0, None), "– No target specified"),
        (udfs.KPI_STATUS(84.0, 85.0), OUTSIDE),
        (udfs.KPI_GAP(74.0, 85.0, 75.0), 1.0),
        (udfs.KPI_GAP(74.0, 85.0, 75.0, reach="target"), 11.0),
        (udfs.KPI_GAP(80.0, 85.0, 75.0), 0.0),
        (udfs.KPI_CASES_TO_BOUND(4144.0, 5600.0, 85.0, 75.0), 56),
        (udfs.KPI_CASES_TO_BOUND(4144.0, 5600.0, 85.0, 75.0, reach="target"), 616),
        (udfs.KPI_CASES_TO_BOUND(4200.0, 5600.0, 85.0, 75.0), 0),
        (udfs.KPI_CHANGE(74.0, 71.5), 2.5),
        (udfs.KPI_CHANGE(74.0, 71.5, give="direction"), "improved"),
        (udfs.KPI_CHANGE(74.0, 71.5, "lower", give="direction"), "worsened"),
        (udfs.KPI_CHANGE(5694.0, 5600.0, "none", "count", "direction"), "neither better nor worse"),
        (udfs.KPI_CHANGE(110.0, 100.0, unit="count", give="percent"), 10.0),
        (udfs.KPI_MOVEMENT(OUTSIDE, ON), "▼ fell out of tolerance"),
        (udfs.KPI_MOVEMENT("inside tolerance", "outside tolerance"), "▲ back inside tolerance"),
        (udfs.KPI_MOVEMENT(None, ON), "no figure this quarter"),
        (udfs.KPI_MOVEMENT(ON, None), "new"),
        (udfs.KPI_MOVEMENT(ON, "No data"), "not comparable with last quarter"),
        (udfs.KPI_PERIOD("Quarter 2 - 2018/19"), NOW),
        (udfs.KPI_PERIOD("2018-09", -4.0), "2017/18 Q2"),
        (udfs.KPI_PERIOD(dt.datetime(2018, 9, 3), 1.0), "2018/19 Q3"),
        (udfs.KPI_PERIOD(NOW, give="title"), "Quarter 2, 2018/19"),
        (udfs.KPI_PERIOD(NOW, give="first day"), dt.datetime(2018, 7, 1)),
        (udfs.KPI_PERIOD(NOW, give="last day"), dt.datetime(2018, 9, 30)),
    ],
)  # fmt: skip
def test_answer(found: list[list[Value]], expected: Value) -> None:
    assert found == [[expected]]


@pytest.mark.parametrize(
    ("name", "arguments", "error", "reason"),
    [
        ("KPI_OUTTURN", (None, None), "#N/A", "There is no figure."),
        ("KPI_OUTTURN", (" ", ""), "#N/A", "There is no figure."),
        ("KPI_OUTTURN", (3.0, None), "#VALUE!", "The denominator is empty, but the numerator is 3."),
        ("KPI_OUTTURN", (3.0, 0.0), "#VALUE!", "The denominator is 0 and the numerator is 3. Type the number of cases"),
        ("KPI_OUTTURN", (12.0, 10.0), "#VALUE!", "The numerator is 12, more than the denominator, 10."),
        ("KPI_OUTTURN", (-1.0, 10.0), "#VALUE!", "The numerator is -1, below 0."),
        ("KPI_OUTTURN", ("90", 100.0), "#VALUE!", "The numerator is '90', a number stored as text."),
        ("KPI_OUTTURN", ("9O", 100.0), "#VALUE!", "The numerator is '9O', which is not a number."),
        ("KPI_OUTTURN", (True, 100.0), "#VALUE!", "The numerator is TRUE, which is not a number."),
        ("KPI_OUTTURN", (dt.datetime(2018, 9, 3), 1.0), "#VALUE!", "The numerator is the date 03/09/2018"),
        ("KPI_OUTTURN", ("#DIV/0!", 100.0), "#DIV/0!", "The numerator is #DIV/0!."),
        ("KPI_OUTTURN", (3.0, -2146826246), "#N/A", "The denominator is #N/A."),
        ("KPI_OUTTURN", (3.0, 10.0, 0.0), "#VALUE!", "The multiplier is not above 0."),
        ("KPI_OUTTURN", (3.0, 10.0, None, 99.0), "#VALUE!", "The value is 99, but numerator and denominator give 30."),
        ("KPI_OUTTURN", (1e308, 1e-5, None, None, "days"), "#NUM!", "The figure is too large for a cell."),
        ("KPI_STATUS", (74.0, None, 75.0), "#VALUE!", "The target is empty, but there is a tolerance."),
        ("KPI_STATUS", (74.0, 85.0, 90.0), "#VALUE!", "Where higher is better, the tolerance lies below the target."),
        ("KPI_STATUS", (74.0, 85.0, None, "none"), "#VALUE!", "An indicator whose polarity is none has no target."),
        ("KPI_STATUS", (74.0, "40..60"), "#VALUE!", "Polarity higher takes a number; a band is for polarity range."),
        ("KPI_STATUS", (74.0, 85.0, 75.0, "up"), "#VALUE!", "The polarity is 'up', which is not one of the choices."),
        ("KPI_STATUS", (74.0, 85.0, 75.0, None, None, 7.0), "#VALUE!", "The number of decimals is 7, more than 6."),
        ("KPI_STATUS", ("#N/A", 85.0), "#N/A", "The outturn is #N/A. Mend that cell first."),
        ("KPI_GAP", (74.0, None), "#N/A", "There is no target."),
        ("KPI_GAP", (None, 85.0), "#N/A", "There is no figure."),
        ("KPI_CASES_TO_BOUND", (8.0, 10.0, 110.0), "#N/A", "No number of cases would do."),
        ("KPI_CASES_TO_BOUND", (8.0, 10.0, 1.0, None, "higher", "level", "tolerance", 1.0, "days"), "#N/A", "Days are not"),
        ("KPI_CHANGE", (74.0, None), "#N/A", "There is no figure."),
        ("KPI_CHANGE", (74.0, 71.0, None, None, "percent"), "#N/A", "The change of a percentage is said in points"),
        ("KPI_CHANGE", (74.0, 0.0, None, "count", "percent"), "#N/A", "The earlier figure is 0."),
        ("KPI_MOVEMENT", ("green", ON), "#VALUE!", "The later status is 'green', which is not one of the choices."),
        ("KPI_PERIOD", (None,), "#N/A", "The period is empty."),
        ("KPI_PERIOD", ("2018/20 Q2",), "#VALUE!", "The period is '2018/20 Q2', but 2018/20 is not a financial year"),
        ("KPI_PERIOD", ("2018/19",), "#VALUE!", "The period is 2018/19, a whole year."),
        ("KPI_PERIOD", (43344.0,), "#VALUE!", "The period is 43344, which is not a period."),
        ("KPI_PERIOD", (NOW, 0.5), "#VALUE!", "The shift is not a whole number."),
        ("KPI_PERIOD", (NOW, 4000.0), "#VALUE!", "The quarter lies before 1900 or after 2099."),
    ],
)  # fmt: skip
def test_error_with_its_reason(name: str, arguments: tuple[Value, ...], error: str, reason: str) -> None:
    cells = [[[cell]] for cell in arguments]  # as Excel hands over a cell; None alone is an argument that was left out
    assert getattr(udfs, name)(*cells) == [[error]]
    assert why(name, *cells).startswith(reason)


def test_every_error_of_excel_comes_out_as_it_went_in() -> None:
    texts = [*ERRORS.values()]
    assert udfs.KPI_STATUS([texts], 85.0, 75.0) == [texts]
    codes = [-2146828288 + number for number in ERRORS]
    assert udfs.KPI_GAP([codes], 85.0, 75.0) == [texts]
    assert udfs.KPI_PERIOD(ExcelError("#REF!")) == [["#REF!"]]


# Ranges


def test_one_row_column_or_cell_stands_for_as_many_as_are_needed() -> None:
    assert udfs.KPI_STATUS([[70.0, 80.0, 90.0]], [[85.0], [75.0]], 65.0) == [[INSIDE, INSIDE, ON], [INSIDE, ON, ON]]
    assert udfs.KPI_OUTTURN([[1.0], [2.0]], 4.0) == [[25.0], [50.0]]
    assert udfs.KPI_OUTTURN((1.0, 2.0), 4.0) == [[25.0, 50.0]]


def test_ranges_that_do_not_fit_give_one_error_that_says_how_large_they_are() -> None:
    three, two = [[1.0], [2.0], [3.0]], [[1.0], [2.0]]
    assert udfs.KPI_OUTTURN(three, two) == [["#VALUE!"]]
    assert why("KPI_OUTTURN", three, two) == (
        "The ranges do not fit (rows by columns): numerator 3 by 1, denominator 2 by 1. Give ranges of the same size."
    )


def test_a_range_is_asked_about_in_one_go() -> None:
    """However large the range: Excel calls once, and the rule is asked once a cell."""
    asked: list[Value] = []

    def rule(cell: Value) -> Value:
        asked.append(cell)
        return 1

    assert len(answers(rule, [[[float(row)] for row in range(10_000)]])) == len(asked) == 10_000


def test_reasons_have_the_shape_of_the_answers() -> None:
    numerators = [[8.0, None], ["x", 2.0]]
    assert [[bool(cell) for cell in row] for row in udfs.KPI_WHY("kpi_outturn", numerators, 10.0)] == [
        [False, True],
        [True, False],
    ]


def test_why_knows_its_functions_and_their_arguments() -> None:
    assert why("KPI_NOTHING").startswith("There is no function KPI_NOTHING. Its name is one of KPI_OUTTURN, ")
    assert why("") == why(" ")
    assert why("KPI_GAP") == "KPI_GAP needs outturn and target. Give it as in the formula."
    assert why("KPI_MOVEMENT", ON, ON, ON) == "KPI_MOVEMENT has 2 arguments. Leave out the rest."
    assert why("#N/A").startswith("the function is #N/A")
    assert why("KPI_STATUS", 74.0, 85.0, 75.0, None, None, None) == ""


# Whole tables


@pytest.fixture(scope="module")
def ranges() -> dict[str, list[list[Value]]]:
    book = ClosedFile(EXAMPLE)
    found = {}
    for name in ("tblRegister", "tblTargets", "tblHistory", "tblResults", "tblSummary", *map(_returns, (0, -1, -4))):
        block = book.read(name)
        found[name] = [list(block.headings), *map(list, block.rows)]
    return found


def _returns(shift: int) -> str:
    return layout.quarter_table(Quarter(2018, 2).shift(shift)).name


def _arguments(ranges: dict[str, list[list[Value]]]) -> list[object]:
    named = (ranges[name] for name in ("tblRegister", "tblTargets", *map(_returns, (0, -1, -4)), "tblHistory"))
    return [NOW, *named]


def _filled(row: list[Value]) -> list[Value]:
    return ["" if cell is None else cell for cell in row]


def test_summary_of_the_example_is_the_sheet(ranges: dict[str, list[list[Value]]]) -> None:
    told = udfs.KPI_SUMMARY(ranges["tblResults"], ranges["tblRegister"], NOW)
    assert [_filled(row) for row in told] == [_filled(row) for row in ranges["tblSummary"]]


def test_results_of_the_example_are_the_sheet(ranges: dict[str, list[list[Value]]]) -> None:
    """Those of the quarters given: of the other two quarter sheets nothing is told, so that streaks are shorter."""
    told = udfs.KPI_RESULTS(*_arguments(ranges))
    columns = layout.RESULTS_TABLE.columns
    told_of = [at for at, column in enumerate(columns) if column.field not in {"spark", "inputs", "place"}]
    shown = [[row[at] for at in told_of] for row in ranges["tblResults"]]
    left_out = {layout.RESULTS_TABLE.index("streak"), layout.RESULTS_TABLE.index("movement")}
    for ours, theirs in zip(told, shown, strict=True):
        for place, (one, other) in enumerate(zip(ours, _filled(theirs), strict=True)):
            assert place in left_out or one == other or one == pytest.approx(other, rel=1e-14), (ours[0], place)


def test_faults_of_ranges_name_row_and_heading(ranges: dict[str, list[list[Value]]]) -> None:
    arguments = _arguments({name: [list(row) for row in rows] for name, rows in ranges.items()})
    arguments[1][3][0], arguments[2][3][3] = None, "9O"  # type: ignore[index]
    assert udfs.KPI_RESULTS(*arguments) == [["#VALUE!"]]
    assert udfs.KPI_WHY("KPI_RESULTS", *arguments) == [
        ["register row 4, Code: the code is empty. Type the code, for example A4, or clear the row."],
        ["targets row 4, Target: the target is '9O', which is not a number. Type digits only, for example 90."],
    ]


@pytest.mark.parametrize(
    ("place", "cell", "error", "reason"),
    [
        (0, [[None]], "#N/A", "The quarter is empty."),
        (0, "soon", "#VALUE!", "The quarter is 'soon', which is not a quarter."),
        (0, "#REF!", "#REF!", "The quarter is #REF!."),
        (1, "#NAME?", "#NAME?", "The range register is #NAME?."),
        (1, [["Code"], ["A1"]], "#VALUE!", "register row 1, Code: the table tblRegister has no column Title."),
    ],
)
def test_a_range_that_cannot_be_read(
    place: int, cell: object, error: str, reason: str, ranges: dict[str, list[list[Value]]]
) -> None:
    arguments = _arguments(ranges)
    arguments[place] = cell
    assert udfs.KPI_RESULTS(*arguments) == [[error]]
    assert udfs.KPI_WHY("KPI_RESULTS", *arguments)[0][0].startswith(reason)


@pytest.mark.parametrize(
    ("results", "error", "reason"),
    [
        ([["Code", "Status"], ["A1", "#N/A"]], "#N/A", "Results row 2 holds #N/A."),
        ([["Code", "Stat"], ["A1", ON]], "#VALUE!", "The range results has no column status."),
        ([["Code", "Status"], ["Z9", ON]], "#VALUE!", "results row 2, Code: the code is 'Z9'"),
        ([["Code", "Status"], ["A1", "green"]], "#VALUE!", "The status of A1 is 'green'"),
        ("#VALUE!", "#VALUE!", "The range results is #VALUE!."),
    ],
)
def test_a_summary_that_cannot_be_made(
    results: object, error: str, reason: str, ranges: dict[str, list[list[Value]]]
) -> None:
    arguments = (results, ranges["tblRegister"], NOW)
    assert udfs.KPI_SUMMARY(*arguments) == [[error]]
    assert udfs.KPI_WHY("KPI_SUMMARY", *arguments)[0][0].startswith(reason)


def test_a_summary_counts_whatever_results_it_is_given(ranges: dict[str, list[list[Value]]]) -> None:
    """A blank row is no measure; a status without its mark counts as well."""
    few = [["Status", "Code"], ["on or better than target", "A1"], [None, None], [None, "A2"]]
    told = udfs.KPI_SUMMARY(few, ranges["tblRegister"], NOW)
    assert told[1] == ["Social Care Pathway", 0, 0, 1, 0, 1, 2]


# Where they run


def test_functions_are_portable_and_each_argument_has_its_help() -> None:
    functions = marked(udfs)
    assert [one.name for one in functions] == [name for name in vars(udfs) if name.startswith("KPI_")]
    assert len(functions) == 10
    for one in functions:
        assert one.name == one.name.upper()
        assert 20 < len(one.help) <= 255
        for argument in one.arguments:
            assert 10 < len(argument.help) <= 255, (one.name, argument.name)


def test_functions_work_where_xlwings_is_not_installed() -> None:
    program = (
        "import sys; sys.modules['xlwings'] = None; from xlkpi.addin import udfs; "
        "print(udfs.KPI_CASES_TO_BOUND(4144.0, 5600.0, 85.0, 75.0))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False, cwd=ROOT)
    assert done.stdout.strip() == "[[56]]", done.stderr


def test_the_formulas_shown_on_what_if_come_to_what_is_said_of_them(ranges: dict[str, list[list[Value]]]) -> None:
    shown = dict(_FUNCTIONS)
    assert list(shown) == [
        "=KPI_STATUS(KPI_OUTTURN(4144+56,5600),85,75)",
        "=KPI_CASES_TO_BOUND(4144+{0;20;40},5600,85,75)",
        "=KPI_SUMMARY(tblResults[#All],tblRegister[#All],kpiShown)",
        '=KPI_WHY("KPI_OUTTURN",9,0)',
    ]
    assert udfs.KPI_STATUS(udfs.KPI_OUTTURN(4200.0, 5600.0), 85.0, 75.0) == [[INSIDE]]
    cases = udfs.KPI_CASES_TO_BOUND([[4144.0], [4164.0], [4184.0]], 5600.0, 85.0, 75.0)
    told = re.findall(r"\d+", shown["=KPI_CASES_TO_BOUND(4144+{0;20;40},5600,85,75)"])
    assert [str(one) for [one] in cases] == told
    assert len(udfs.KPI_SUMMARY(ranges["tblResults"], ranges["tblRegister"], NOW)) == 8
    assert why("KPI_OUTTURN", 9.0, 0.0).startswith("The denominator is 0")
