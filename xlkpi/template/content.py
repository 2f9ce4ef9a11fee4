"""What goes into a new workbook: the typed cells of its input tables, and the settings."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from xlkpi.model.period import Quarter
from xlkpi.workbook.backend import Value
from xlkpi.workbook.layout import QUARTER_SHEETS, TREND_QUARTERS


class Worked(NamedTuple):
    """What the formulas of one row of a quarter sheet come to, for viewers that do not calculate.

    Attributes:
        title: As registered; empty where the code is not in the register.
        counted: How the outturn is counted, in words.
        outturn: None where nothing, or nothing usable, is typed.
        target: As typed; None where there is none.
        tolerance: The bound as a level, or a band as typed; None where there is none.
        status: The status with its mark, or what stands in its place.
        register_row: Row of ``tblRegister`` (1 is the first), 0 where there is none.
        target_row: Row of ``tblTargets``, 0 where there is none.
    """

    title: str
    counted: str
    outturn: float | None
    target: float | str | None
    tolerance: float | str | None
    status: str
    register_row: int
    target_row: int


@dataclass(frozen=True)
class Content:
    """The typed cells of a workbook; an empty one makes the blank template.

    Attributes:
        organisation: Whose report it is; the title of the first sheet.
        quarter: The reporting quarter.
        rows: The rows of each input table by its name: the typed columns, in the order of the table's typed columns.
        quarters: The rows of each quarter's sheet: the code, then the typed columns.
        trend_quarters: How many quarters *Trends* and *Indicator* show.
        worked: Says what the formulas of one code's row come to; None leaves them to the spreadsheet program.
        what_if: The first question of the What-if sheet: a code, and how many cases more; None asks of the first measure.
    """

    organisation: str
    quarter: Quarter
    rows: Mapping[str, Sequence[Sequence[Value]]] = field(default_factory=dict)
    quarters: Mapping[Quarter, Sequence[Sequence[Value]]] = field(default_factory=dict)
    trend_quarters: int = TREND_QUARTERS
    worked: Callable[[str, Quarter], Worked] | None = None
    what_if: tuple[str, int] | None = None

    def sheets(self) -> list[Quarter]:
        """Return the quarters that have a sheet of their own, newest first.

        Where ``quarters`` names none, they are the reporting quarter and the four before it.
        """
        if self.quarters:
            return sorted(self.quarters, reverse=True)
        return [self.quarter.shift(-back) for back in range(QUARTER_SHEETS)]
