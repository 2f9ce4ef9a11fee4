"""Rules drawn as tables: each line is a test, each column an argument of it."""

from __future__ import annotations

from fractions import Fraction

import pytest

from xlkpi.calculate.history import History
from xlkpi.calculate.outturn import Judged
from xlkpi.model.number import Number, exact
from xlkpi.model.observation import Observation, Observations
from xlkpi.model.period import Quarter, parse_quarter
from xlkpi.model.register import Band, Basis, Indicator, Kind, Polarity, Register, Target, ToleranceBasis, bands


def table(drawn: str) -> pytest.MarkDecorator:
    """Return the lines of a drawn table as cases; its first line names the arguments, ``-`` stands for an empty cell."""
    head, *lines = [[cell.strip() for cell in line.split("|")] for line in drawn.strip().splitlines()]
    cases = [["" if cell == "-" else cell for cell in line] for line in lines]
    return pytest.mark.parametrize(head, cases, ids=[" | ".join(line) for line in lines])


def number(text: str) -> Number | None:
    """Return a number as a cell would give it."""
    return exact(float(text)) if text else None


def fraction(text: str) -> Fraction | None:
    """Return a number, or a quotient such as ``8/107``."""
    return Fraction(text) if text else None


def level(text: str) -> Number | Band | None:
    """Return a target or tolerance: a number, or a band such as ``40..60``."""
    if ".." not in text:
        return number(text)
    low, high = (number(side) for side in text.split(".."))
    return Band(low, high)


def quarter(text: str) -> Quarter | None:
    """Return a quarter; None for an empty text."""
    return parse_quarter(text) if text else None


def indicator(code: str = "A1", *, unit: str = "%", polarity: str = "higher", **more: object) -> Indicator:
    """Return a row of the register: a percentage of counts where higher is better, unless said otherwise."""
    row: dict[str, object] = {"section": "Front door", "section_order": 1, "list_order": 1, "kind": Kind.CONTRACT}
    row |= {
        "numerator_label": "visits made",
        "denominator_label": "visits due",
        "basis": Basis.IN_QUARTER,
        "decimals": 0,
    }
    row |= {"multiplier": 100 if unit == "%" else 1000 if unit.startswith("per ") else 1}
    return Indicator(code=code, title=code, unit=unit, polarity=Polarity(polarity), **(row | more))  # type: ignore[arg-type]


def target(of: Indicator, on: str, tolerance: str = "", basis: str = "level", **span: str) -> Target:
    """Return a target row; ``first`` and ``last`` are quarters."""
    first, last = quarter(span.get("first", "")), quarter(span.get("last", ""))
    wanted = level(on)
    if wanted is None:
        return Target(of.code, first, last, None, None)
    return Target(of.code, first, last, *bands(wanted, level(tolerance), of.polarity, ToleranceBasis(basis)))


def history(of: Indicator, figures: dict[str, str], *targets: Target, judged: Judged = Judged.EXACT) -> History:
    """Return the history of an indicator from its figures by quarter."""
    found = [Observation(of.code, parse_quarter(at), None, None, number(figure)) for at, figure in figures.items()]
    return History(of, Register([of], targets), Observations(found), judged)
