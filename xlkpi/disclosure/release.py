"""What a release shows: counts, the sums and shares that tie them together, and what an earlier release showed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from fractions import Fraction
from functools import cached_property

from xlkpi.model.number import Number, rounded

#: Counts from 1 to this are small.
SMALL = 5


class Reason(Enum):
    """Why a figure is withheld."""

    SMALL_COUNT = "it counts 1 to 5"
    SMALL_PART = "its numerator, or what is left of its denominator, counts 1 to 5"
    SUM = "another withheld figure could be worked out from it by adding up"
    RECOVERED = "another withheld figure could be worked out from it together with the rest"


@dataclass(frozen=True, slots=True)
class Count:
    """One whole number of a release.

    Attributes:
        key: Names it, once in the release.
        value: 0 or more; None where nobody typed it, and it can only be worked out.
        shown: Whether the release prints it where it is not withheld. A count that is never printed can still be worked out.
        sensitive: Whether it counts people, so that 1 to 5 must not be known.
        fixed: Whether it is known already and cannot be withheld any more: an earlier release printed it.
    """

    key: str
    value: int | None
    shown: bool = True
    sensitive: bool = True
    fixed: bool = False

    @property
    def is_small(self) -> bool:
        """Return whether nobody may know it; a true zero may be known."""
        return self.sensitive and self.value is not None and 1 <= self.value <= SMALL


@dataclass(frozen=True, slots=True)
class Sum:
    """A total and its parts, by their keys: everybody knows that they add up."""

    total: str
    parts: tuple[str, ...]

    @property
    def members(self) -> tuple[str, ...]:
        """Return the parts, then the total."""
        return (*self.parts, self.total)


@dataclass(frozen=True, slots=True)
class Share:
    """A printed share of two counts.

    Attributes:
        key: Names it, once in the release.
        part: Key of the numerator.
        whole: Key of the denominator.
        multiplier: 100 for a percentage.
        decimals: Digits after the point as printed.
        is_proportion: Whether the numerator is part of the denominator, so that what is left is a count of people too.
    """

    key: str
    part: str
    whole: str
    multiplier: Number = 100
    decimals: int = 0
    is_proportion: bool = True


@dataclass(frozen=True, slots=True)
class Limit:
    """What a printed status says of a figure: it lies from ``low`` to ``high``.

    Attributes:
        part: Key of the numerator, or of a count that is judged itself.
        whole: Key of the denominator; empty for a count that is judged itself.
        multiplier: 100 for a percentage.
        low: None leaves that side open.
        high: Likewise.
        low_is_in: Whether the figure may be ``low`` itself.
        high_is_in: Likewise.
    """

    part: str
    whole: str
    multiplier: Number
    low: Fraction | None
    high: Fraction | None
    low_is_in: bool = True
    high_is_in: bool = True


@dataclass(frozen=True)
class Release:
    """All that one release shows and that ties it together.

    Attributes:
        counts: In the order of the release.
        sums: Over ``counts``.
        shares: Over ``counts``.
        limits: Over ``counts``.

    Raises:
        ValueError: Where a sum does not add up, since nobody could then say what an attacker knows.
    """

    counts: Sequence[Count]
    sums: Sequence[Sum] = ()
    shares: Sequence[Share] = ()
    limits: Sequence[Limit] = ()
    by_key: Mapping[str, Count] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Find every count by its key."""
        by_key = {one.key: one for one in self.counts}
        object.__setattr__(self, "by_key", by_key)
        for one in self.sums:
            values = [by_key[part].value for part in one.members]
            known = [value for value in values if value is not None]
            if len(known) == len(values) and known[-1] != sum(known[:-1]):
                raise ValueError(f"{one.total} is not the sum of {', '.join(one.parts)}.")

    @cached_property
    def full(self) -> Release:
        """Return the release with what is left of each denominator: it is never printed and can be worked out."""
        rests, sums = [], []
        for one in self.shares:
            if one.is_proportion:
                rest = f"{one.key} (rest)"
                part, whole = self.by_key[one.part], self.by_key[one.whole]
                assert part.value is not None, "a share is of counts that were typed"
                assert whole.value is not None, "a share is of counts that were typed"
                rests.append(Count(rest, whole.value - part.value, shown=False, sensitive=part.sensitive))
                sums.append(Sum(one.whole, (one.part, rest)))
        return Release((*self.counts, *rests), (*self.sums, *sums), self.shares, self.limits)

    def printed(self, share: Share) -> tuple[int, int]:
        """Return a share as printed, as a whole number of units in the last place, and how many make 1."""
        scale: int = 10**share.decimals
        part, whole = self.by_key[share.part].value, self.by_key[share.whole].value
        assert part is not None, "a share is of counts that were typed"
        assert whole is not None, "a share is of counts that were typed"
        return int(rounded(Fraction(part, whole) * Fraction(share.multiplier), share.decimals) * scale), scale

    def sums_with(self, key: str) -> Iterator[Sum]:
        """Yield the sums that a count belongs to."""
        return (one for one in self.sums if key in one.members)
