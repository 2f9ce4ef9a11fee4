"""One indicator over time: its figures and statuses by quarter, its movement and its streak."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from fractions import Fraction
from typing import NamedTuple

from xlkpi.calculate.outturn import Judged, in_quarter, judged_figure, outturn
from xlkpi.calculate.status import Status, rate
from xlkpi.model.observation import Observation, Observations
from xlkpi.model.period import Quarter
from xlkpi.model.register import Indicator, Register, Target


class Movement(Enum):
    """The transition between the statuses of two consecutive quarters."""

    FELL_OUT = "fell out of tolerance"
    RETURNED = "returned from outside tolerance"
    IMPROVED = "reached target"
    WORSENED = "no longer on target"
    UNCHANGED = "unchanged"
    NEW = "new"
    FIRST_TARGET = "first target"
    TARGET_ENDED = "no longer has a target"
    NO_DATA = "no figure this quarter"
    NOT_COMPARABLE = "not comparable with last quarter"


class Streak(NamedTuple):
    """The run of the same status that ends with this quarter.

    Attributes:
        quarters: Its length, this quarter included; 0 where there is no figure.
        stopped: What ended it when going back, where it was not another status; empty otherwise.
    """

    quarters: int
    stopped: str = ""


BREAK, MISSING, VALIDITY, START = "series break", "missing quarter", "change of validity", "start of the series"
#: Why a year to date is not compared with last quarter: it holds that quarter, or starts anew.
TO_DATE = "counted from April"


@dataclass(frozen=True)
class History:
    """Figures and statuses of one indicator, looked up by quarter, each worked out once.

    Attributes:
        indicator: The register row; quarters outside its validity have no figure, whatever the code meant then.
        register: For the targets.
        observations: All of them.
        judged: What the status is judged on.
    """

    indicator: Indicator
    register: Register
    observations: Observations
    judged: Judged = Judged.EXACT
    _seen: dict[Quarter, tuple[Observation | None, Fraction | None, Status]] = field(
        default_factory=dict, repr=False, compare=False
    )

    def observation(self, quarter: Quarter) -> Observation | None:
        """Return what was returned; None where nothing was."""
        return self._at(quarter)[0]

    def outturn(self, quarter: Quarter) -> Fraction | None:
        """Return the exact figure; None where there is none."""
        return self._at(quarter)[1]

    def status(self, quarter: Quarter) -> Status:
        """Return the status, judged by the target valid in that quarter."""
        return self._at(quarter)[2]

    def target(self, quarter: Quarter) -> Target | None:
        """Return the target valid in a quarter; None where none was set."""
        return self.register.target(self.indicator.code, quarter)

    def comparable(self, earlier: Quarter, later: Quarter) -> str:
        """Return why two quarters cannot be compared; empty where they can."""
        if not self.indicator.covers(earlier):
            return VALIDITY
        if self.indicator.breaks and any(earlier < broken <= later for broken in self.indicator.breaks):
            return BREAK
        if self.outturn(earlier) is None or self.outturn(later) is None:
            return MISSING
        return ""

    def has_data_before(self, quarter: Quarter) -> bool:
        """Return whether any figure was returned before a quarter."""
        return any(
            not one.is_empty and period.quarter < quarter and self.indicator.covers(period.quarter)
            for period, one in self.observations.of(self.indicator.code).items()
        )

    def _at(self, quarter: Quarter) -> tuple[Observation | None, Fraction | None, Status]:
        seen = self._seen.get(quarter)
        if seen is None:
            observation = in_quarter(self.indicator, self.observations, quarter)
            figure = outturn(observation, self.indicator.multiplier)
            status = rate(judged_figure(figure, self.indicator, self.judged), self.target(quarter))
            seen = self._seen[quarter] = observation, figure, status
        return seen


def movement(history: History, quarter: Quarter) -> Movement:
    """Return the transition from the quarter before; every indicator has exactly one."""
    now, before = history.status(quarter), history.status(quarter.previous)
    if now is not Status.NO_DATA and history.comparable(quarter.previous, quarter):
        return transition(Status.NO_DATA if history.has_data_before(quarter) else None, now)
    return transition(before, now)


def transition(before: Status | None, now: Status) -> Movement:
    """Return the movement from one status to another.

    Args:
        before: Last quarter's; ``NO_DATA`` where there was nothing to compare with, None where the series starts now.
        now: This quarter's.

    Examples:
        >>> transition(Status.ON, Status.OUTSIDE), transition(None, Status.ON)
        (<Movement.FELL_OUT: 'fell out of tolerance'>, <Movement.NEW: 'new'>)
    """
    if now is Status.NO_DATA:
        return Movement.NO_DATA
    if before is None:
        return Movement.NEW
    return Movement.NOT_COMPARABLE if before is Status.NO_DATA else _between(before, now)


def _between(before: Status, now: Status) -> Movement:
    if before is now:
        return Movement.UNCHANGED
    if before is Status.NO_TARGET:
        return Movement.FIRST_TARGET
    if now is Status.NO_TARGET:
        return Movement.TARGET_ENDED
    if now is Status.OUTSIDE:
        return Movement.FELL_OUT
    if before is Status.OUTSIDE:
        return Movement.RETURNED
    return Movement.IMPROVED if now is Status.ON else Movement.WORSENED


def streak(history: History, quarter: Quarter) -> Streak:
    """Return how many quarters in a row the indicator has had its present status."""
    status = history.status(quarter)
    if status is Status.NO_DATA:
        return Streak(0)
    length, at = 1, quarter
    while not (reason := history.comparable(at.previous, at)):
        if history.status(at.previous) is not status:
            return Streak(length)
        at, length = at.previous, length + 1
    if reason == MISSING and not history.has_data_before(at):
        reason = START
    return Streak(length, reason)
