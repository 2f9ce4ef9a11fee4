"""For whom a report is published."""

from __future__ import annotations

from enum import Enum

from xlkpi.model.register import Indicator, SmallNumbers


class Profile(Enum):
    """For whom a report is: the commissioner sees every figure under an agreement; the public sees no small number."""

    COMMISSIONER = "commissioner"
    PUBLIC = "public"

    def withholds(self, indicator: Indicator) -> bool:
        """Return whether small counts of an indicator are withheld from these readers: the register has the last word."""
        if indicator.small_numbers is SmallNumbers.PROFILE:
            return self is Profile.PUBLIC
        return indicator.small_numbers is SmallNumbers.WITHHOLD
