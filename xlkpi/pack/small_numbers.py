"""Which printed figures of a report may not be known: the counts behind every measure, tied together, and protected.

Ties that readers know: a share with its two counts, in every quarter that is printed; a year to date with that of the quarter
before, whose difference is the quarter's own count, printed nowhere; twelve months with the twelve before, which differ by one
quarter that came in and one that went out; the level that a printed status says a figure lies on; series that are the same
or add up in every quarter, whatever they are called.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from xlkpi.calculate.history import History
from xlkpi.disclosure.attack import is_possible
from xlkpi.disclosure.release import Count, Limit, Release, Share, Sum
from xlkpi.disclosure.rules import Protection, protect, small_figures
from xlkpi.model.number import Number
from xlkpi.model.period import Quarter
from xlkpi.model.profile import Profile
from xlkpi.model.register import Basis, Indicator, Kind
from xlkpi.pack.levels import limit
from xlkpi.pack.pages import DENOMINATOR, NUMERATOR, OUTTURN
from xlkpi.pack.series import ties


@dataclass(frozen=True, slots=True)
class Kept:
    """What a report keeps to itself.

    Attributes:
        protection: What is withheld, and why.
        names: Code, quarter and part of every key.
        small: The counts of 1 to 5, and the shares that give them away, that these readers or the public may not see.
    """

    protection: Protection
    names: Mapping[str, tuple[str, Quarter, str]]
    small: Sequence[tuple[str, Quarter, str]]

    def withheld(self, code: str, quarter: Quarter, part: str) -> bool:
        """Return whether a figure may not be known."""
        return key_of(code, quarter, part) in self.protection.withheld

    def log(self) -> Iterator[tuple[str, str, str, str]]:
        """Yield code, quarter, part and reason of everything withheld: for the analyst alone."""
        for key, reason in self.protection.withheld.items():
            code, quarter, part = self.names[key]
            because = self.protection.because[key]
            protects = f"; it protects {because}" if because != key else ""
            yield code, quarter.label, part, f"{reason.value}{protects}"

    @property
    def shown(self) -> list[tuple[str, Quarter, str]]:
        """Return the small figures that are shown all the same."""
        return [one for one in self.small if key_of(*one) not in self.protection.withheld]


def keep(
    histories: Sequence[History],
    quarters: Sequence[Quarter],
    published: Mapping[str, int] | None = None,
    profile: Profile = Profile.PUBLIC,
) -> Kept:
    """Return what may not be known of the figures of some indicators in some quarters.

    Args:
        histories: One an indicator.
        quarters: Those that the report prints, in order.
        published: Counts that an earlier release printed, by key: they cannot be withheld any more.
        profile: For whom the report is.
    """
    # Where these readers may see them, all of them are listed, those that they have seen before, too.
    public = _Collected((published or {}) if profile is Profile.PUBLIC else {}, Profile.PUBLIC)
    theirs = public if profile is Profile.PUBLIC else _Collected(published or {}, profile)
    for collected in {id(one): one for one in (public, theirs)}.values():
        for history in histories:
            for quarter in quarters:
                collected.take(history, quarter)
            collected.tie(history.indicator, quarters)
        collected.tie_alike()
    small = [public.names[key] for key in small_figures(public.release)]
    return Kept(protect(theirs.release), theirs.names, small)


def key_of(code: str, quarter: Quarter, part: str) -> str:
    """Return what names a figure in a release."""
    return f"{code} {quarter.label} {part}"


class _Collected:
    """Counts, shares, sums and limits, found so far."""

    def __init__(self, published: Mapping[str, int], profile: Profile) -> None:
        self._published, self._profile = published, profile
        self._counts: dict[str, Count] = {}
        self._shares: list[Share] = []
        self._sums: list[Sum] = []
        self._limits: list[Limit] = []
        self.names: dict[str, tuple[str, Quarter, str]] = {}

    @property
    def release(self) -> Release:
        """Return all of it."""
        return Release(list(self._counts.values()), self._sums, self._shares, self._limits)

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
            top = self._count(indicator, quarter, OUTTURN, observation.value)
        if top and indicator.kind is Kind.CONTRACT and (bottom is None or indicator.counts_cases):
            self._limits += limit(history, quarter, top, bottom or "")

    def tie(self, indicator: Indicator, quarters: Sequence[Quarter]) -> None:
        """Tie the counts of one quarter to those of the quarters before, where they cover some of the same time."""
        for part in (NUMERATOR, OUTTURN):
            if indicator.basis is Basis.YEAR_TO_DATE:
                for quarter in quarters:
                    self._tie_year(indicator, quarter, part)
            elif indicator.basis is Basis.ROLLING:
                self._tie_twelve_months(indicator, quarters, part)

    def tie_alike(self) -> None:
        """Tie series that are the same, or add up, in every quarter."""
        typed = {key: one.value for key, one in self._counts.items() if key in self.names and one.value is not None}
        series: dict[tuple[str, str], dict[Quarter, int]] = {}
        for key, value in typed.items():
            code, quarter, part = self.names[key]
            series.setdefault((code, part), {})[quarter] = value
        for total, parts, quarter in ties(series):
            keys = [key_of(code, quarter, part) for code, part in parts]
            self._sums.append(Sum(key_of(total[0], quarter, total[1]), tuple(keys)))

    def _tie_year(self, indicator: Indicator, quarter: Quarter, part: str) -> None:
        """Tie a year to date to that of the quarter before, and to what the last release said of that."""
        now, before = key_of(indicator.code, quarter, part), key_of(indicator.code, quarter.previous, part)
        if quarter.number == 1 or now not in self._counts:
            return
        earlier = self._published.get(before)
        if earlier is not None and (before not in self._counts or self._counts[before].value != earlier):
            self._counts[f"{before} (as published)"] = Count(f"{before} (as published)", earlier, fixed=True)
            self._difference(now, f"{before} (as published)", f"{now} (since it was published)", indicator)
        if before in self._counts:
            self._difference(now, before, f"{now} (in the quarter)", indicator)

    def _difference(self, total: str, part: str, own: str, indicator: Indicator) -> None:
        now, before = self._counts[total].value, self._counts[part].value
        assert now is not None, "it was typed"
        assert before is not None, "it was typed"
        if now >= before:
            sensitive = self._profile.withholds(indicator)
            self._counts[own] = Count(own, now - before, shown=False, sensitive=sensitive)
            self._sums.append(Sum(total, (part, own)))

    def _tie_twelve_months(self, indicator: Indicator, quarters: Sequence[Quarter], part: str) -> None:
        """Tie counts of twelve months to their four quarters, which nobody typed; only where whole numbers can be so."""
        counts, sums = dict[str, Count](), list[Sum]()
        for quarter in quarters:
            total = key_of(indicator.code, quarter, part)
            if total in self._counts:
                own = [f"{key_of(indicator.code, quarter.shift(-back), part)} (in the quarter)" for back in range(4)]
                sensitive = self._profile.withholds(indicator)
                counts |= {key: Count(key, None, shown=False, sensitive=sensitive) for key in own}
                counts[total] = self._counts[total]
                sums.append(Sum(total, tuple(own)))
        if len(sums) > 1 and is_possible(Release(list(counts.values()), sums)):
            self._counts |= counts
            self._sums += sums

    def _named(self, indicator: Indicator, quarter: Quarter, part: str) -> str:
        key = key_of(indicator.code, quarter, part)
        self.names[key] = indicator.code, quarter, part
        return key

    def _count(self, indicator: Indicator, quarter: Quarter, part: str, value: Number | None) -> str | None:
        """Note a count and return its key; None where it counts nobody: posts in full-time equivalents have decimals."""
        if value is None or value != int(value) or value < 0:
            return None
        key = self._named(indicator, quarter, part)
        sensitive = self._profile.withholds(indicator)
        self._counts[key] = Count(key, int(value), sensitive=sensitive, fixed=self._published.get(key) == int(value))
        return key
