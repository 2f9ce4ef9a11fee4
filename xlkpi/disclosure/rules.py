"""The rules of small numbers: what is withheld for itself, and what is withheld to protect it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from xlkpi.disclosure.attack import Tables, recovered
from xlkpi.disclosure.release import Count, Reason, Release, Sum


@dataclass(frozen=True, slots=True)
class Protection:
    """What a release withholds.

    Attributes:
        withheld: Why, by key of a count or share, in the order in which it was decided.
        because: The key that each of them protects; its own where it is withheld for itself.
        open: Small counts that could still be worked out, since everything around them is public already. Nothing may be
            published while there is one.
    """

    withheld: Mapping[str, Reason]
    because: Mapping[str, str]
    open: tuple[str, ...] = ()


def small_figures(release: Release) -> list[str]:
    """Return the small counts that are printed, and the shares that give small counts away."""
    decided = _Decisions(release.full)
    decided.withhold_small()
    return list(decided.withheld)


def protect(release: Release, attack: Callable[[Tables], Iterable[str]] = recovered) -> Protection:
    """Return what has to be withheld so that no small number is known.

    Small counts go first, and shares whose numerator or rest is small. A sum then has none or at least two withheld members;
    the smallest that is not 0 goes next. At last an attacker who knows everything printed, every rule and every sum tries;
    what he works out gets more cover, until he works out nothing.

    Args:
        release: Everything that is to be published, with what an earlier release published.
        attack: Returns the small or withheld counts that can be worked out.

    Examples:
        >>> ward = [Count("boys", 3), Count("girls", 9), Count("not known", 6), Count("all", 18)]
        >>> found = protect(Release(ward, [Sum("all", ("boys", "girls", "not known"))]))
        >>> {key: reason.name for key, reason in found.withheld.items()}
        {'boys': 'SMALL_COUNT', 'not known': 'SUM'}
    """
    decided = _Decisions(release.full)
    decided.withhold_small()
    decided.cover_sums()
    # One cover at a time: it often covers the next as well, and nothing more than needed may be withheld.
    while found := [key for key in attack(decided.tables) if key not in decided.open]:
        decided.cover(found)
        decided.cover_sums()
    return Protection(decided.withheld, decided.because, tuple(decided.open))


class _Decisions:
    """What is withheld so far."""

    def __init__(self, release: Release) -> None:
        self.release = release
        self.withheld: dict[str, Reason] = {}
        self.because: dict[str, str] = {}
        self.open: list[str] = []

    @property
    def tables(self) -> Tables:
        """Return what the world sees."""
        return Tables(self.release, frozenset(self.withheld))

    def withhold_small(self) -> None:
        """Withhold what is small itself."""
        small = {one.key for one in self.release.counts if one.is_small}
        for one in self.release.counts:
            if one.key in small and _is_free(one):
                self._withhold(one.key, Reason.SMALL_COUNT, one.key)
        for share in self.release.shares:
            if share.part in small or f"{share.key} (rest)" in small:
                self._withhold(share.key, Reason.SMALL_PART, share.key)

    def cover_sums(self) -> None:
        """Withhold a second member of every sum that has one unknown member alone."""
        found = True
        while found:
            found = False
            for one in self.release.sums:
                unknown = [key for key in one.members if self._is_unknown(key)]
                if len(unknown) == 1 and self._must_hide(unknown[0]):
                    cover = self._cheapest(self._candidates([one]))
                    if cover:
                        self._withhold(cover, Reason.SUM, unknown[0])
                        found = True

    def cover(self, found: Sequence[str]) -> None:
        """Withhold one more figure so that less can be worked out; note the first count where there is none left.

        A share that betrays any of them goes before a count: it is worked out again from fewer figures.
        """
        for key in found:
            for share in self.release.shares:
                if key in (share.part, share.whole) and share.key not in self.withheld:
                    self._withhold(share.key, Reason.RECOVERED, key)
                    return
        key = found[0]
        near, around = self._candidates(self.release.sums_with(key)), self._candidates(self._around(key))
        cover = self._cheapest(near) or self._cheapest(around)
        if cover is None:
            self.open.append(key)
        else:
            self._withhold(cover, Reason.RECOVERED, key)

    def _withhold(self, key: str, reason: Reason, because: str) -> None:
        self.withheld[key], self.because[key] = reason, because

    def _is_unknown(self, key: str) -> bool:
        one = self.release.by_key[key]
        return key in self.withheld or not (one.shown or one.fixed)

    def _must_hide(self, key: str) -> bool:
        return key in self.withheld or self.release.by_key[key].is_small

    def _candidates(self, sums: Iterable[Sum]) -> list[tuple[bool, int, str]]:
        """Return what could be withheld to cover a member of these sums: parts before totals, small before large."""
        found = []
        for one in sums:
            for key in one.members:
                count = self.release.by_key[key]
                if _is_free(count) and count.value and key not in self.withheld:
                    found.append((key == one.total, count.value, key))
        return found

    @staticmethod
    def _cheapest(candidates: list[tuple[bool, int, str]]) -> str | None:
        return min(candidates)[2] if candidates else None

    def _around(self, key: str) -> list[Sum]:
        """Return every sum that hangs together with a count, however far."""
        reached, sums = {key}, list[Sum]()
        ties = [*self.release.sums, *(Sum(one.whole, (one.part,)) for one in self.release.shares)]
        ties += [Sum(one.whole, (one.part,)) for one in self.release.limits if one.whole]
        grown = True
        while grown:
            new = [one for one in ties if one not in sums and reached.intersection(one.members)]
            sums += new
            reached.update(member for one in new for member in one.members)
            grown = bool(new)
        return sums


def _is_free(count: Count) -> bool:
    return count.shown and not count.fixed
