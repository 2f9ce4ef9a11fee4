"""An attacker with a solver: what can be worked out from everything that a release prints.

He knows every printed count and share, how shares are rounded, which counts add up, between which levels a printed status
puts a figure, and the rules: a withheld count is never 0. What he works out exactly is not protected. The search is exact
(whole numbers, HiGHS), not an estimate.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

from xlkpi.disclosure.release import SMALL, Count, Limit, Release, Share


@dataclass(frozen=True, slots=True)
class Tables:
    """What the world sees: a release, and the keys of what it withholds."""

    release: Release
    withheld: frozenset[str]

    def is_known(self, key: str) -> bool:
        """Return whether a count is printed."""
        one = self.release.by_key[key]
        return one.fixed or (one.shown and key not in self.withheld)

    @property
    def secrets(self) -> list[str]:
        """Return the counts that nobody may work out."""
        return [
            one.key
            for one in self.release.counts
            if not self.is_known(one.key) and (one.is_small or one.key in self.withheld or _is_untyped(one))
        ]


def _is_untyped(count: Count) -> bool:
    return count.sensitive and count.value is None


def is_possible(release: Release) -> bool:
    """Return whether the counts that nobody typed can be what the sums say of them: whole numbers from 0."""
    return _System(Tables(release, frozenset())).has_solution()


def recovered(tables: Tables) -> list[str]:
    """Return the withheld or small counts that can be worked out exactly, in the order of the release.

    Examples:
        >>> from xlkpi.disclosure.release import Count, Sum
        >>> pair = Release([Count("a", 1), Count("b", 1), Count("all", 2)], [Sum("all", ("a", "b"))])
        >>> recovered(Tables(pair, frozenset({"a", "b"})))
        ['a', 'b']
    """
    secrets = tables.secrets
    if not secrets:
        return []
    system = _System(tables)
    free = set[str]()
    for key in secrets:
        if key not in free:
            free |= system.moved(key)
    # A count that nobody typed may be known where it is not small.
    return [key for key in secrets if key not in free and system.may_not_be_known(key)]


@contextmanager
def _silence() -> Iterator[None]:
    """Keep the solver's greeting, which it writes past Python, from what a program reads."""
    try:
        kept = os.dup(1)
    except OSError:  # a button in Excel has nowhere to write to
        yield
        return
    with Path(os.devnull).open("w", encoding="utf-8") as nowhere:
        os.dup2(nowhere.fileno(), 1)
        try:
            yield
        finally:
            os.dup2(kept, 1)
            os.close(kept)


class _System:
    """Everything printed, as equations and bounds over the unknown counts."""

    def __init__(self, tables: Tables) -> None:
        import highspy  # noqa: PLC0415  # a solver is loaded only where something is published

        self._tables = tables
        with _silence():
            self._solver: Any = highspy.Highs()  # type: ignore[no-untyped-call]
        self._solver.setOptionValue("output_flag", False)  # noqa: FBT003  # the solver's way to say it
        self._solver.setOptionValue("threads", 1)
        counts = tables.release.by_key
        self._seen: dict[str, set[int]] = {}
        ceiling = 10 * max((one.value or 0 for one in counts.values()), default=0) + 100
        self._unknown: dict[str, Any] = {
            key: self._solver.addIntegral(lb=int(key in tables.withheld), ub=ceiling)
            for key in counts
            if not tables.is_known(key)
        }
        for one in tables.release.sums:
            if any(key in self._unknown for key in one.members):
                self._solver.addConstr(sum(self._term(part) for part in one.parts) - self._term(one.total) == 0)
        for share in tables.release.shares:
            if share.key not in tables.withheld and (share.part in self._unknown or share.whole in self._unknown):
                for bound in self._rounding(share):
                    self._solver.addConstr(bound)

        for limit in tables.release.limits:
            if limit.part in self._unknown or limit.whole in self._unknown:
                for bound in self._within(limit):
                    self._solver.addConstr(bound)

    def _term(self, key: str) -> Any:
        return self._unknown.get(key, self._tables.release.by_key[key].value)

    def has_solution(self) -> bool:
        """Return whether any whole numbers agree with everything printed."""
        import highspy  # noqa: PLC0415  # loaded already

        self._solver.run()
        return bool(self._solver.getModelStatus() == highspy.HighsModelStatus.kOptimal)

    def may_not_be_known(self, key: str) -> bool:
        """Return whether a count that can be worked out is one of those that nobody may know."""
        return not _is_untyped(self._tables.release.by_key[key]) or all(1 <= one <= SMALL for one in self._seen[key])

    def _within(self, limit: Limit) -> Iterator[Any]:
        """Yield what a status says: whole numbers on one side of a level, at least one apart from it where it is left out."""
        numerator, denominator = Fraction(limit.multiplier).as_integer_ratio()
        for level, is_in, side in ((limit.low, limit.low_is_in, 1), (limit.high, limit.high_is_in, -1)):
            if level is not None:
                whole = self._term(limit.whole) if limit.whole else 1
                part = self._term(limit.part) * (numerator * level.denominator)
                apart = (part - whole * (denominator * level.numerator)) * side
                yield apart >= (0 if is_in else 1)

    def _rounding(self, share: Share) -> Iterator[Any]:
        """Yield what a printed share says: half a unit below it counts as it, half a unit above does not."""
        units, scale = self._tables.release.printed(share)
        numerator, denominator = share.multiplier.as_integer_ratio()
        part = self._term(share.part) * (2 * scale * numerator)
        whole = self._term(share.whole) * denominator
        yield part - whole * (2 * units - 1) >= 0
        yield part - whole * (2 * units + 1) <= -1

    def moved(self, key: str) -> set[str]:
        """Return the unknown counts that have another value in some solution in which this one is least, or most."""
        moved = set[str]()
        for optimise in (self._solver.minimize, self._solver.maximize):
            optimise(self._unknown[key])
            values = {one: round(self._solver.val(term)) for one, term in self._unknown.items()}
            moved |= {one for one, value in values.items() if self._is_another(one, value)}
            if key in moved:
                break
        return moved

    def _is_another(self, key: str, value: int) -> bool:
        """Return whether a solution is not the truth; where nobody typed that, not the one that was seen before."""
        truth = self._tables.release.by_key[key].value
        seen = self._seen.setdefault(key, set())
        seen.add(value)
        return len(seen) > 1 if truth is None else value != truth
