"""What a worksheet function says of one cell of each argument: the cells read as the intake reads them, the method asked."""

from __future__ import annotations

import datetime as dt
import re
from enum import Enum
from fractions import Fraction

from xlkpi.addin.arguments import NOT_AVAILABLE, Unanswerable, read
from xlkpi.calculate.change import difference
from xlkpi.calculate.gap import cases_to_reach, gap
from xlkpi.calculate.history import transition
from xlkpi.calculate.outturn import Judged, judged_figure, outturn
from xlkpi.calculate.status import Status, rate
from xlkpi.model.number import Number
from xlkpi.model.observation import Observation
from xlkpi.model.period import Quarter, Year, quarter_of_index
from xlkpi.model.register import PERCENT, Band, Indicator, Kind, Polarity, Target, TargetError, ToleranceBasis, bands
from xlkpi.tables.rows import moved_text
from xlkpi.workbook.backend import Value
from xlkpi.workbook.intake import cells
from xlkpi.workbook.intake.observations import figure_faults


class Reach(Enum):
    """Which bound a gap is measured to."""

    TOLERANCE = "tolerance"
    TARGET = "target"


class Give(Enum):
    """What of a change is given."""

    DIFFERENCE = "difference"
    PERCENT = "percent"
    DIRECTION = "direction"


class Form(Enum):
    """How a period is given."""

    LABEL = "label"
    TITLE = "title"
    FIRST = "first day"
    LAST = "last day"


#: Figures without a code and a period still have to name one.
_ANY = Quarter(2018, 1)
_EARLIEST, _LATEST = 1900, 2099
_PER = re.compile(r"per ([0-9][0-9,]*)")
_MARKS = "".join(status.mark for status in Status)
_NO_FIGURE = "there is no figure. Type one, or leave the cells empty where nothing was returned."
_NO_TARGET = "there is no target. Type one, or leave the cell empty where none was agreed."


def outturn_of(numerator: Value, denominator: Value, multiplier: Value, value: Value, unit: Value) -> Value:
    """Return the exact figure as the nearest number a cell can hold."""
    indicator = _indicator(unit=unit, multiplier=multiplier)
    figure = outturn(_observation(indicator, numerator, denominator, value), indicator.multiplier)
    assert figure is not None, "an observation without fault and not empty has a figure"
    return float(figure)


def status_of(
    outturn: Value, target: Value, tolerance: Value, polarity: Value, tolerance_basis: Value, decimals: Value
) -> Value:
    """Return the status with its mark."""
    digits = read(cells.whole, decimals, "the number of decimals")
    if digits is not None and digits > _MOST_DECIMALS:
        raise Unanswerable(f"the number of decimals is {digits}, more than {_MOST_DECIMALS}. Type 0 to 6.")
    figure = read(cells.number, outturn, "the outturn")
    both = _bands(target, tolerance, polarity, tolerance_basis)
    exact = None if figure is None else Fraction(figure)
    judged = judged_figure(exact, _indicator(decimals=digits or 0), Judged.EXACT if digits is None else Judged.SHOWN)
    return rate(judged, Target("", None, None, *both) if both else None).label


_MOST_DECIMALS = 6


def gap_of(
    outturn: Value, target: Value, tolerance: Value, polarity: Value, tolerance_basis: Value, reach: Value
) -> Value:
    """Return the distance to a bound, 0 where it is reached."""
    figure = read(cells.number, outturn, "the outturn")
    band = _band(target, tolerance, polarity, tolerance_basis, reach)
    if figure is None:
        raise Unanswerable(_NO_FIGURE, NOT_AVAILABLE)
    found = gap(Fraction(figure), band)
    assert found is not None, "both are there"
    return float(found)


def cases_of(  # noqa: PLR0913, PLR0917 - a worksheet function has as many arguments as its question
    numerator: Value,
    denominator: Value,
    target: Value,
    tolerance: Value,
    polarity: Value,
    tolerance_basis: Value,
    reach: Value,
    multiplier: Value,
    unit: Value,
) -> Value:
    """Return the smallest whole number of cases that would reach a bound, 0 where it is reached."""
    indicator = _indicator(unit=unit, multiplier=multiplier)
    band = _band(target, tolerance, polarity, tolerance_basis, reach)
    found = cases_to_reach(_observation(indicator, numerator, denominator, None), indicator, band)
    if found is None:
        why = "no number of cases would do" if indicator.counts_cases else f"{indicator.unit} are not made of cases"
        raise Unanswerable(f"{why}.", NOT_AVAILABLE)
    return found


def change_of(later: Value, earlier: Value, polarity: Value, unit: Value, give: Value) -> Value:
    """Return what changed from one figure to another."""
    wanted = read(cells.choice(Give, Give.DIFFERENCE), give, "what is to be given")
    better = read(cells.choice(Polarity, Polarity.HIGHER), polarity, "the polarity")
    now, before = read(cells.number, later, "the later figure"), read(cells.number, earlier, "the earlier figure")
    if now is None or before is None:
        raise Unanswerable(_NO_FIGURE, NOT_AVAILABLE)
    found = difference(_indicator(unit=unit, polarity=better), Fraction(before), Fraction(now))
    if wanted is Give.DIRECTION:
        return found.travel.value
    if wanted is Give.DIFFERENCE:
        return float(found.absolute)
    if found.percent is None:
        why = (
            "the earlier figure is 0" if before == 0 else "the change of a percentage is said in points, not in percent"
        )
        raise Unanswerable(f"{why}. Ask for the difference.", NOT_AVAILABLE)
    return float(found.percent)


def movement_of(later: Value, earlier: Value) -> Value:
    """Return the movement in the words of Results."""
    now, before = status_in(later, "the later status") or Status.NO_DATA, status_in(earlier, "the earlier status")
    return moved_text(transition(before, now), now)


def status_in(cell: Value, noun: str) -> Status | None:
    """Return the status that a cell names, with or without its mark; None for a blank.

    Raises:
        Unanswerable: Where it names none.
    """
    words = cell.strip().lstrip(_MARKS).strip() if isinstance(cell, str) else cell
    return read(cells.choice(Status), words, noun) if words not in (None, "") else None


def period_of(period: Value, shift: Value, give: Value) -> Value:
    """Return the quarter that a text or date lies in, so many quarters later."""
    wanted = read(cells.choice(Form, Form.LABEL), give, "what is to be given")
    step = read(cells.number, shift, "the shift") or 0
    named = read(cells.period, period, "the period")
    if named is None:
        raise Unanswerable("the period is empty. Type a quarter such as 2018/19 Q2.", NOT_AVAILABLE)
    if isinstance(named, Year):
        raise Unanswerable(f"the period is {named.label}, a whole year. Type a quarter such as {named.label} Q1.")
    if not isinstance(step, int):
        raise Unanswerable("the shift is not a whole number. Type quarters to go on, or back with a minus: -4.")
    index = named.quarter.index + step
    if not Quarter(_EARLIEST, 1).index <= index <= Quarter(_LATEST, 4).index:
        raise Unanswerable(f"the quarter lies before {_EARLIEST} or after {_LATEST}. Type a smaller shift.")
    return _given(quarter_of_index(index), wanted)


def _given(quarter: Quarter, wanted: Form) -> Value:
    if wanted in (Form.FIRST, Form.LAST):
        return dt.datetime.combine(quarter.first if wanted is Form.FIRST else quarter.last, dt.time())
    return quarter.label if wanted is Form.LABEL else quarter.title


def _indicator(
    *, unit: Value = None, multiplier: Value = None, polarity: Polarity = Polarity.HIGHER, decimals: int = 0
) -> Indicator:
    """Return the register row that the arguments describe; a percentage of cases unless they say otherwise."""
    name = read(cells.text, unit, "the unit") or PERCENT
    times = read(cells.number, multiplier, "the multiplier")
    if times is not None and times <= 0:
        raise Unanswerable("the multiplier is not above 0. Type 100 for a percentage, 1 for a mean or count.")
    return Indicator(
        code="", title="", section="", section_order=1, list_order=1, kind=Kind.CONTRACT, polarity=polarity, unit=name,
        decimals=decimals, denominator_label="cases", multiplier=_multiplier(name) if times is None else times,
    )  # fmt: skip


def _multiplier(unit: str) -> Number:
    """Return what a quotient is multiplied by: 100 for %, 1000 for ``per 1,000``, otherwise 1."""
    per = _PER.fullmatch(unit.casefold())
    return 100 if unit == PERCENT else int(per[1].replace(",", "")) if per else 1


def _observation(indicator: Indicator, numerator: Value, denominator: Value, value: Value) -> Observation:
    n, d, v = (
        read(cells.number, cell, f"the {noun}")
        for noun, cell in (("numerator", numerator), ("denominator", denominator), ("value", value))
    )
    if n is None and d is None and v is None:
        raise Unanswerable(_NO_FIGURE, NOT_AVAILABLE)
    faults = [f"{fault.what}. {fault.cure}" for fault in figure_faults(indicator, n, d, v)]
    if faults:
        raise Unanswerable(" ".join(faults))
    return Observation("", _ANY, n, d, v)


def _bands(target: Value, tolerance: Value, polarity: Value, tolerance_basis: Value) -> tuple[Band, Band] | None:
    """Return the figures on target and those inside tolerance; None where no target is set."""
    level, width = read(cells.level, target, "the target"), read(cells.level, tolerance, "the tolerance")
    better = read(cells.choice(Polarity, Polarity.HIGHER), polarity, "the polarity")
    basis = read(cells.choice(ToleranceBasis, ToleranceBasis.LEVEL), tolerance_basis, "the tolerance basis")
    if level is None:
        if width is not None:
            raise Unanswerable("the target is empty, but there is a tolerance. Type the target, or clear both.")
        return None
    try:
        return bands(level, width, better, basis)
    except TargetError as error:
        raise Unanswerable(f"{error}. Correct the target, the tolerance or the polarity.") from None


def _band(target: Value, tolerance: Value, polarity: Value, tolerance_basis: Value, reach: Value) -> Band:
    wanted = read(cells.choice(Reach, Reach.TOLERANCE), reach, "what is to be reached")
    both = _bands(target, tolerance, polarity, tolerance_basis)
    if both is None:
        raise Unanswerable(_NO_TARGET, NOT_AVAILABLE)
    on, inside = both
    return on if wanted is Reach.TARGET else inside
