"""The worksheet functions: what-if questions answered in cells, with the same method as a refresh.

Each takes ranges of any size in one call and gives back as many answers. The marks are portable xlwings; on a machine
without Excel the functions are plain Python. They carry Excel's errors in and out (:mod:`xlkpi.addin.arguments`), and
``KPI_WHY`` says why. The workbook itself needs none of them: its live cells are native formulas.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping, Sequence

from xlkpi.addin import ranges, rules
from xlkpi.addin.arguments import Cells, Rule, Shown, Unanswerable, answers, grid, read, shown_reasons, shown_values
from xlkpi.addin.marks import arg, func
from xlkpi.workbook.intake.cells import text

_NUMERATOR = "How many: a cell or a range, as typed on the quarter's sheet."
_DENOMINATOR = "Out of how many: as many cells as numerators, or one for all."
_MULTIPLIER = "100 for a percentage, 1 for a mean or count. Left out: as the unit has it."
_UNIT = "% (a part of a whole, the default), per 1,000, per 100 (a share that may exceed its base), days, count ..."
_OUTTURN = "The figure in the unit of the indicator: 74 for 74%. Empty: no data."
_TARGET = "In the same unit: 85 for 85%; a band as 40..60. Empty: no target."
_TOLERANCE = "The level that may still be reached: 75 for 75%; a band as 30..70. Empty: the target itself."
_POLARITY = "Which way is better: higher (the default), lower, range or none."
_BASIS = "What the tolerance is: level (the default), points off the target, or percent of it."
_REACH = "What is to be reached: tolerance (the default) or target."
_QUARTER = "The quarter, for example kpiQuarter or 2018/19 Q2."
_REGISTER = "The register with its headings: tblRegister[#All]."


@func
@arg("numerator", ndim=2, err_to_str=True, doc=_NUMERATOR)
@arg("denominator", ndim=2, err_to_str=True, doc=_DENOMINATOR)
@arg("multiplier", ndim=2, err_to_str=True, doc=_MULTIPLIER)
@arg("value", ndim=2, err_to_str=True, doc="The figure itself where there are no counts.")
@arg("unit", ndim=2, err_to_str=True, doc=_UNIT)
def KPI_OUTTURN(  # noqa: N802 - worksheet functions are named in capitals
    numerator: Cells, denominator: Cells, multiplier: Cells = None, value: Cells = None, unit: Cells = "%"
) -> Shown:
    """Return the figure from its counts: numerator / denominator x multiplier; #N/A where nothing is typed."""
    return shown_values(answers(rules.outturn_of, (numerator, denominator, multiplier, value, unit)))


@func
@arg("outturn", ndim=2, err_to_str=True, doc=_OUTTURN)
@arg("target", ndim=2, err_to_str=True, doc=_TARGET)
@arg("tolerance", ndim=2, err_to_str=True, doc=_TOLERANCE)
@arg("polarity", ndim=2, err_to_str=True, doc=_POLARITY)
@arg("tolerance_basis", ndim=2, err_to_str=True, doc=_BASIS)
@arg("decimals", ndim=2, err_to_str=True, doc="Digits after the point, to judge the figure as shown. Left out: exact.")
def KPI_STATUS(  # noqa: N802 - as many arguments as the question has
    outturn: Cells,
    target: Cells,
    tolerance: Cells = None,
    polarity: Cells = "higher",
    tolerance_basis: Cells = "level",
    decimals: Cells = None,
) -> Shown:
    """Return the status of a figure against its target and tolerance, with its mark; a boundary counts as the better state."""
    return shown_values(answers(rules.status_of, (outturn, target, tolerance, polarity, tolerance_basis, decimals)))


@func
@arg("outturn", ndim=2, err_to_str=True, doc=_OUTTURN)
@arg("target", ndim=2, err_to_str=True, doc=_TARGET)
@arg("tolerance", ndim=2, err_to_str=True, doc=_TOLERANCE)
@arg("polarity", ndim=2, err_to_str=True, doc=_POLARITY)
@arg("tolerance_basis", ndim=2, err_to_str=True, doc=_BASIS)
@arg("reach", ndim=2, err_to_str=True, doc=_REACH)
def KPI_GAP(  # noqa: N802 - as many arguments as the question has
    outturn: Cells,
    target: Cells,
    tolerance: Cells = None,
    polarity: Cells = "higher",
    tolerance_basis: Cells = "level",
    reach: Cells = "tolerance",
) -> Shown:
    """Return how far a figure lies from its tolerance or target, in its own unit; 0 where it is reached."""
    return shown_values(answers(rules.gap_of, (outturn, target, tolerance, polarity, tolerance_basis, reach)))


@func
@arg("numerator", ndim=2, err_to_str=True, doc=_NUMERATOR)
@arg("denominator", ndim=2, err_to_str=True, doc=_DENOMINATOR)
@arg("target", ndim=2, err_to_str=True, doc=_TARGET)
@arg("tolerance", ndim=2, err_to_str=True, doc=_TOLERANCE)
@arg("polarity", ndim=2, err_to_str=True, doc=_POLARITY)
@arg("tolerance_basis", ndim=2, err_to_str=True, doc=_BASIS)
@arg("reach", ndim=2, err_to_str=True, doc=_REACH)
@arg("multiplier", ndim=2, err_to_str=True, doc=_MULTIPLIER)
@arg("unit", ndim=2, err_to_str=True, doc=_UNIT)
def KPI_CASES_TO_BOUND(  # noqa: N802, PLR0913, PLR0917 - as many arguments as the question has
    numerator: Cells,
    denominator: Cells,
    target: Cells,
    tolerance: Cells = None,
    polarity: Cells = "higher",
    tolerance_basis: Cells = "level",
    reach: Cells = "tolerance",
    multiplier: Cells = None,
    unit: Cells = "%",
) -> Shown:
    """Return the smallest number of cases that would reach the tolerance or target; 0 where it is reached."""
    arguments = (numerator, denominator, target, tolerance, polarity, tolerance_basis, reach, multiplier, unit)
    return shown_values(answers(rules.cases_of, arguments))


@func
@arg("later", ndim=2, err_to_str=True, doc="The later figure.")
@arg("earlier", ndim=2, err_to_str=True, doc="The earlier figure: of last quarter, or of the same quarter last year.")
@arg("polarity", ndim=2, err_to_str=True, doc=_POLARITY)
@arg("unit", ndim=2, err_to_str=True, doc="% (the default): changes are percentage points. Any other: count, days ...")
@arg("give", ndim=2, err_to_str=True, doc="difference (the default), percent of the earlier figure, or direction.")
def KPI_CHANGE(  # noqa: N802 - worksheet functions are named in capitals
    later: Cells, earlier: Cells, polarity: Cells = "higher", unit: Cells = "%", give: Cells = "difference"
) -> Shown:
    """Return the change from one figure to another: its size, or whether it is for the better; #N/A without both."""
    return shown_values(answers(rules.change_of, (later, earlier, polarity, unit, give)))


@func
@arg("later", ndim=2, err_to_str=True, doc="The status of this quarter, with or without its mark.")
@arg("earlier", ndim=2, err_to_str=True, doc="The status of last quarter. Empty: the series starts now.")
def KPI_MOVEMENT(later: Cells, earlier: Cells) -> Shown:  # noqa: N802 - worksheet functions are named in capitals
    """Return what happened between two statuses, in the words of Results: fell out of tolerance, reached target ..."""
    return shown_values(answers(rules.movement_of, (later, earlier)))


@func
@arg("period", ndim=2, err_to_str=True, doc="A quarter in any style (Q2 2018/19), a month (2018-09) or a date.")
@arg("shift", ndim=2, err_to_str=True, doc="Quarters to go on, or back with a minus: -4 is the same quarter last year.")
@arg("give", ndim=2, err_to_str=True, doc="label (2018/19 Q2, the default), title, first day or last day.")
def KPI_PERIOD(  # noqa: N802 - worksheet functions are named in capitals
    period: Cells, shift: Cells = 0, give: Cells = "label"
) -> Shown:
    """Return the quarter of the financial year that a text or date lies in, so many quarters on."""
    return shown_values(answers(rules.period_of, (period, shift, give)))


@func
@arg("quarter", ndim=2, err_to_str=True, doc=_QUARTER)
@arg("register", ndim=2, err_to_str=True, doc=_REGISTER)
@arg("targets", ndim=2, err_to_str=True, doc="The targets with their headings: tblTargets[#All].")
@arg("returns", ndim=2, err_to_str=True, doc="The quarter's figures with headings, for example tblQ_2018_19_Q2[#All].")
@arg("before", ndim=2, err_to_str=True, doc="Those of the quarter before, for the movement.")
@arg("year_ago", ndim=2, err_to_str=True, doc="Those of the same quarter of the year before.")
@arg("history", ndim=2, err_to_str=True, doc="Figures of other quarters, each row with its quarter: tblHistory[#All].")
@arg("judged", ndim=2, err_to_str=True, doc="exact (the default) or as shown: what the status is judged on.")
def KPI_RESULTS(  # noqa: N802, PLR0913, PLR0917 - as many arguments as the question has
    quarter: Cells,
    register: Cells,
    targets: Cells,
    returns: Cells,
    before: Cells = None,
    year_ago: Cells = None,
    history: Cells = None,
    judged: Cells = "exact",
) -> Shown:
    """Return the results of a quarter from whole ranges, with headings; spills as the table Results, without the trend."""
    asked = (quarter, register, targets, returns, before, year_ago, history, judged)
    return ranges.table_or_error(ranges.results_table, *asked)


@func
@arg(
    "results", ndim=2, err_to_str=True, doc="Results with their headings: tblResults[#All], or what KPI_RESULTS gives."
)
@arg("register", ndim=2, err_to_str=True, doc=_REGISTER)
@arg("quarter", ndim=2, err_to_str=True, doc=_QUARTER)
def KPI_SUMMARY(results: Cells, register: Cells, quarter: Cells) -> Shown:  # noqa: N802 - as all worksheet functions
    """Return measures by section and status with totals and shares, with headings; spills as the table of Summary."""
    return ranges.table_or_error(ranges.summary_table, results, register, quarter)


@func
@arg("function_name", ndim=2, err_to_str=True, doc='Name of the function in quotes: "KPI_STATUS".')
@arg("*arguments", ndim=2, err_to_str=True, doc="Its arguments, as they stand in the formula that is asked about.")
def KPI_WHY(function_name: Cells, *arguments: Cells) -> Shown:  # noqa: N802 - worksheet functions are named in capitals
    """Return why another function gives an error, in words and with the cure; empty where it gives none."""
    try:
        name = read(text, grid(function_name)[0][0], "the function").upper()
        return _reasons(name, arguments)
    except Unanswerable as no:
        return [[no.reason]]


#: What each function asks of each cell, and what those of whole ranges ask of them.
_RULES: Mapping[Callable[..., Shown], Rule] = {
    KPI_OUTTURN: rules.outturn_of,
    KPI_STATUS: rules.status_of,
    KPI_GAP: rules.gap_of,
    KPI_CASES_TO_BOUND: rules.cases_of,
    KPI_CHANGE: rules.change_of,
    KPI_MOVEMENT: rules.movement_of,
    KPI_PERIOD: rules.period_of,
}
_TABLES: Mapping[Callable[..., Shown], Callable[..., Shown]] = {
    KPI_RESULTS: ranges.results_table,
    KPI_SUMMARY: ranges.summary_table,
}


def _reasons(name: str, given: Sequence[Cells]) -> Shown:
    known = {one.__name__: one for one in (*_RULES, *_TABLES)}
    if name not in known:
        raise Unanswerable(f"There is no function {name or '(empty)'}. Its name is one of {', '.join(known)}.")
    function = known[name]
    arguments = _filled(function, given)
    if function in _TABLES:
        return ranges.reasons(_TABLES[function], *arguments)
    return shown_reasons(answers(_RULES[function], arguments))


def _filled(function: Callable[..., Shown], given: Sequence[Cells]) -> list[Cells]:
    """Return the arguments of a function with its defaults for those left out."""
    parameters = inspect.signature(function).parameters.values()
    if len(given) > len(parameters):
        raise Unanswerable(f"{function.__name__} has {len(parameters)} arguments. Leave out the rest.")
    padded = [*given, *[None] * (len(parameters) - len(given))]
    found = [one.default if cells is None else cells for one, cells in zip(parameters, padded, strict=True)]
    if missing := [one.name for one, cells in zip(parameters, found, strict=True) if cells is inspect.Parameter.empty]:
        raise Unanswerable(f"{function.__name__} needs {' and '.join(missing)}. Give it as in the formula.")
    return found
