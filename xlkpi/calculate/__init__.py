"""What the figures come to: pure functions; the quarter is an argument."""

from xlkpi.calculate.outturn import Judged
from xlkpi.calculate.results import Results, Summary, calculate
from xlkpi.calculate.status import Status, rate

__all__ = ["Judged", "Results", "Status", "Summary", "calculate", "rate"]
