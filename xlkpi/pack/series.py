"""Series of figures that a reader sees to be the same, or to add up, whatever they are called."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import combinations

from xlkpi.model.period import Quarter

#: Code and part of a series.
Name = tuple[str, str]
#: So many quarters together are no chance any more.
_ENOUGH = 3


def ties(series: Mapping[Name, Mapping[Quarter, int]]) -> Iterator[tuple[Name, tuple[Name, ...], Quarter]]:
    """Yield total, parts and quarter of every tie: a series that is another one, or the sum of two, in every quarter.

    Series that never change tie nothing: many are equal to many others by chance.

    Args:
        series: Counts by quarter, by name.

    Examples:
        >>> quarters = [Quarter(2018, number) for number in (1, 2, 3)]
        >>> counts = {"boys": (7, 9, 12), "girls": (8, 6, 6), "all": (15, 15, 18)}
        >>> found = ties({(name, "outturn"): dict(zip(quarters, row)) for name, row in counts.items()})
        >>> sorted({(total[0], tuple(part[0] for part in parts)) for total, parts, _ in found})
        [('all', ('boys', 'girls'))]
    """
    moving = {name: one for name, one in series.items() if len(set(one.values())) > 1 and len(one) >= _ENOUGH}
    by_figure: dict[tuple[Quarter, int], list[Name]] = {}
    for name, one in moving.items():
        for figure in one.items():
            by_figure.setdefault(figure, []).append(name)
    for first, second in combinations(moving, 2):
        shared = moving[first].keys() & moving[second].keys()
        if len(shared) < _ENOUGH:
            continue
        if all(moving[first][at] == moving[second][at] for at in shared):
            yield from ((first, (second,), at) for at in sorted(shared))
            continue
        sums = {at: moving[first][at] + moving[second][at] for at in shared}
        likely = {name for figure in sums.items() for name in by_figure.get(figure, ())} - {first, second}
        for total in sorted(likely):
            both = sums.keys() & moving[total].keys()
            if len(both) >= _ENOUGH and all(sums[at] == moving[total][at] for at in both):
                yield from ((total, (first, second), at) for at in sorted(both))
