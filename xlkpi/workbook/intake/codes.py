"""What codes mean, and what is said of one that means nothing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from xlkpi.model.period import Quarter
from xlkpi.model.register import Indicator
from xlkpi.workbook.intake.rows import RegisterRow
from xlkpi.workbook.intake.tables import Sheet

_ADD_IT = "Correct the code, or add the indicator to the register first."


class Codes:
    """Finds indicators by code, in capitals or not."""

    def __init__(self, register: Sheet[RegisterRow], indicators: Iterable[Indicator]) -> None:
        """Group the indicators by code.

        Args:
            register: Knows which of its rows could not be read; what uses their codes is not held against anybody.
            indicators: Those that could be read.
        """
        self._register = register
        by_code: dict[str, list[Indicator]] = defaultdict(list)
        for one in indicators:
            by_code[one.code.casefold()].append(one)
        self._by_code: Mapping[str, Sequence[Indicator]] = dict(by_code)

    def meanings(self, sheet: Sheet[Any], index: int, typed: str) -> Sequence[Indicator]:
        """Return every indicator with the code of a row; none, and the fault noted, where there is none."""
        if not typed:
            cure = "Type a code of the register, or clear the row."
            sheet.add(index, "code", "the code is empty beside what is typed", cure)
            return ()
        if self._register.is_unclear(typed):
            return ()
        known = self._by_code.get(typed.casefold(), ())
        if not known:
            sheet.add(index, "code", f"the code is '{typed}', which is not in the register", _ADD_IT)
        return known

    def has_ended(self, typed: str, quarter: Quarter) -> bool:
        """Return whether a code means something at other times, but nothing in a quarter."""
        known = self._by_code.get(typed.casefold(), ())
        return bool(known) and not any(one.covers(quarter) for one in known)

    def meaning(self, sheet: Sheet[Any], index: int, typed: str, quarter: Quarter) -> Indicator | None:
        """Return what the code of a row means in a quarter; None, and the fault noted, where it means nothing then."""
        known = self.meanings(sheet, index, typed)
        for one in known:
            if one.covers(quarter):
                return one
        if known:
            what = f"{known[0].code} is not valid in {quarter.label}"
            what += f": see valid from and valid to in the register, {known[0].where}"
            sheet.add(index, "code", what, "Correct the quarter, or the validity in the register.")
        return None


def overlap(first: Quarter | None, last: Quarter | None, other: Quarter | None, end: Quarter | None) -> bool:
    """Return whether two spans of quarters meet, each from its first to its last; None leaves that side open."""
    return not ((last and other and last < other) or (end and first and end < first))
