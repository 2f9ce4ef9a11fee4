"""Which printed figures of a report may not be known: the counts behind every measure, tied together, and protected.

Ties that readers know: a share with its two counts, in every quarter that is printed; a year-to-date count with that of the
quarter before, whose difference is the quarter's own count, printed nowhere.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from xlkpi.calculate.history import History
from xlkpi.disclosure.release import Count, Reason, Release, Share, Sum
from xlkpi.disclosure.rules import Protection, protect
from xlkpi.model.number import Number
from xlkpi.model.period import Quarter
from xlkpi.model.register import Basis, Indicator
from xlkpi.pack.pages import DENOMINATOR, NUMERATOR, OUTTURN


@dataclass(frozen=True, slots=True)
class Kept:
    """What a report keeps to itself.

    Attributes:
        protection: What is withheld, and why.
        names: Code, quarter and part of every key.
    """

    protection: Protection
    names: Mapping[str, tuple[str, Quarter, str]]

    def withheld(self, code: str, quarter: Quarter, part: str) -> bool:
        """Return whether a figure may not be known."""
        return _key(code, quarter, part) in self.protection.withheld

    def log(self) -> Iterator[tuple[str, str, str, str]]:
        """Yield code, quarter, part and reason of everything withheld: for the analyst alone."""
        for key, reason in self.protection.withheld.items():
            code, quarter, part = self.names[key]
            because = self.protection.because[key]
            protects = f"; it protects {because}" if because != key else ""
            yield code, quarter.label, part, f"{reason.value}{protects}"

    @property
    def small(self) -> list[tuple[str, Quarter, str]]:
        """Return the small counts themselves, in order."""
        own = (Reason.SMALL_COUNT, Reason.SMALL_PART)
        return [self.names[key] for key, reason in self.protection.withheld.items() if reason in own]


def keep(histories: Sequence[History], quarters: Sequence[Quarter], published: Mapping[str, int] | None = None) -> Kept:
    """Return what may not be known of the figures of some indicators in some quarters.

    Args:
        histories: One an indicator.
        quarters: Those that the report prints, in order.
        published: Counts that an earlier release printed, by key: they cannot be withheld any more.
    """
    collected = _Collected(published or {})
    for history in histories:
        for quarter in quarters:
            collected.take(history, quarter)
        if history.indicator.basis is Basis.YEAR_TO_DATE:
            collected.tie(history.indicator, quarters)
    return Kept(protect(collected.release), collected.names)


def _key(code: str, quarter: Quarter, part: str) -> str:
    return f"{code} {quarter.label} {part}"


class _Collected:
    """Counts, shares and sums, found so far."""

    def __init__(self, published: Mapping[str, int]) -> None:
        self._published = published
        self._counts: dict[str, Count] = {}
        self._shares: list[Share] = []
        self._sums: list[Sum] = []
        self.names: dict[str, tuple[str, Quarter, str]] = {}

    @property
    def release(self) -> Release:
        """Return all of it."""
        return Release(list(self._counts.values()), self._sums, self._shares)

    def take(self, history: History, quarter: Quarter) -> None:
        """Take in what is printed of an indicator in a quarter."""
        observation, indicator = history.observation(quarter), history.indicator
        if observation is None or observation.is_empty:
            return
        top = self._count(indicator, quarter, NUMERATOR, observation.numerator)
        bottom = self._count(indicator, quarter, DENOMINATOR, observation.denominator)
        if top and bottom and indicator.counts_cases:
            key = self._named(indicator, quarter, OUTTURN)
            proportion = indicator.is_proportion
            self._shares.append(Share(key, top, bottom, indicator.multiplier, indicator.decimals, proportion))
        elif top is None and indicator.adds_up:
            self._count(indicator, quarter, OUTTURN, observation.value)

    def tie(self, indicator: Indicator, quarters: Sequence[Quarter]) -> None:
        """Tie counts of a year to date to those of the quarter before: their difference is a count, too."""
        for quarter in quarters:
            for part in (NUMERATOR, OUTTURN):
                now, before = _key(indicator.code, quarter, part), _key(indicator.code, quarter.previous, part)
                if quarter.number > 1 and {now, before} <= set(self._counts):
                    own = f"{now} (in the quarter)"
                    new = self._counts[now].value - self._counts[before].value
                    if new >= 0:
                        self._counts[own] = Count(own, new, shown=False)
                        self._sums.append(Sum(now, (before, own)))

    def _named(self, indicator: Indicator, quarter: Quarter, part: str) -> str:
        key = _key(indicator.code, quarter, part)
        self.names[key] = indicator.code, quarter, part
        return key

    def _count(self, indicator: Indicator, quarter: Quarter, part: str, value: Number | None) -> str | None:
        """Note a count and return its key; None where it counts nobody: posts in full-time equivalents have decimals."""
        if value is None or value != int(value) or value < 0:
            return None
        key = self._named(indicator, quarter, part)
        self._counts[key] = Count(key, int(value), fixed=key in self._published)
        return key
