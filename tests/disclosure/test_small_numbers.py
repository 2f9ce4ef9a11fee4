"""Small numbers: the rules as a table, and an attacker who never wins."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xlkpi.disclosure.attack import Tables, recovered
from xlkpi.disclosure.release import Count, Reason, Release, Share, Sum
from xlkpi.disclosure.rules import protect


def row(*values: int, total: bool = True) -> Release:
    parts = [Count(f"part {place}", value) for place, value in enumerate(values, start=1)]
    keys = tuple(one.key for one in parts)
    return Release([*parts, Count("all", sum(values))], [Sum("all", keys)]) if total else Release(parts)


def table(cells: list[list[int]]) -> Release:
    """Return a two-way table with both margins."""
    height, width = len(cells), len(cells[0])
    counts = [Count(f"{r},{c}", cells[r][c]) for r in range(height) for c in range(width)]
    counts += [Count(f"{r},all", sum(cells[r])) for r in range(height)]
    counts += [Count(f"all,{c}", sum(line[c] for line in cells)) for c in range(width)]
    counts += [Count("all", sum(map(sum, cells)))]
    sums = [Sum(f"{r},all", tuple(f"{r},{c}" for c in range(width))) for r in range(height)]
    sums += [Sum(f"all,{c}", tuple(f"{r},{c}" for r in range(height))) for c in range(width)]
    sums += [Sum("all", tuple(f"{r},all" for r in range(height))), Sum("all", tuple(f"all,{c}" for c in range(width)))]
    return Release(counts, sums)


def share(part: int, whole: int, decimals: int = 0, *, is_proportion: bool = True) -> Release:
    counts = [Count("part", part), Count("whole", whole)]
    return Release(counts, (), [Share("share", "part", "whole", 100, decimals, is_proportion)])


RULES = [
    ("nothing small, nothing withheld", row(6, 9, 20), {}),
    ("0 is a true zero", row(0, 9, 20), {}),
    ("1 is small", row(1, total=False), {"part 1": Reason.SMALL_COUNT}),
    ("5 is small", row(5, total=False), {"part 1": Reason.SMALL_COUNT}),
    ("6 is not", row(6, total=False), {}),
    (
        "one withheld part takes the smallest other with it",
        row(3, 20, 9),
        {"part 1": Reason.SMALL_COUNT, "part 3": Reason.SUM},
    ),
    (
        "a zero covers nothing",
        row(3, 0, 9),
        {"part 1": Reason.SMALL_COUNT, "part 3": Reason.SUM},
    ),
    (
        "two ones are known from their sum: no withheld figure is 0",
        row(1, 1, 8),
        {"part 1": Reason.SMALL_COUNT, "part 2": Reason.SMALL_COUNT, "part 3": Reason.RECOVERED},
    ),
    ("two others from 2 to 5 are not", row(2, 3, 8), {"part 1": Reason.SMALL_COUNT, "part 2": Reason.SMALL_COUNT}),
    ("a share of a small numerator", share(4, 323), {"part": Reason.SMALL_COUNT, "share": Reason.SMALL_PART}),
    (
        "a share that leaves a small rest: the rest is the difference of two printed counts",
        share(320, 323),
        {"share": Reason.SMALL_PART, "part": Reason.SUM},
    ),
    ("a share of a numerator and a rest that are not small", share(6, 12), {}),
    ("a rate has no rest", share(320, 323, is_proportion=False), {}),
    ("all of them", share(12, 12), {}),
    ("none of them", share(0, 12), {}),
]


@pytest.mark.parametrize(("release", "expected"), [rule[1:] for rule in RULES], ids=[rule[0] for rule in RULES])
def test_rules(release: Release, expected: dict[str, Reason]) -> None:
    found = protect(release)
    assert found.withheld == expected
    assert not found.open


def test_a_printed_share_of_an_unprinted_small_count_goes() -> None:
    counts = [Count("part", 7, shown=False), Count("whole", 9)]
    found = protect(Release(counts, (), [Share("share", "part", "whole")]))
    assert found.withheld == {"share": Reason.SMALL_PART}


def test_a_precise_share_betrays_a_withheld_count() -> None:
    """8 of 139 is withheld to cover another; 5.755% of a known 139 is 8 again."""
    counts = [Count("moved", 2), Count("stayed", 8), Count("left", 10), Count("whole", 139)]
    release = Release(counts, [Sum("left", ("moved", "stayed"))], [Share("share", "stayed", "whole", 100, 3)])
    found = protect(release)
    assert found.withheld == {
        "moved": Reason.SMALL_COUNT,
        "stayed": Reason.SUM,
        "share": Reason.RECOVERED,
    }


def difference(*, withheld_later: bool) -> Release:
    """Return a year to date of 12 after one of 9: three new children in the quarter, which nobody prints."""
    counts = [
        Count("to quarter 1", 9, fixed=True),
        Count("in quarter 2", 3, shown=False),
        Count("to quarter 2", 12, fixed=not withheld_later),
    ]
    return Release(counts, [Sum("to quarter 2", ("to quarter 1", "in quarter 2"))])


def test_what_an_earlier_release_lets_one_work_out_goes() -> None:
    found = protect(difference(withheld_later=True))
    assert found.withheld == {"to quarter 2": Reason.SUM}
    assert not found.open


def test_what_is_public_already_cannot_be_covered_and_blocks() -> None:
    assert protect(difference(withheld_later=False)).open == ("in quarter 2",)


def test_what_each_figure_protects_is_said() -> None:
    found = protect(row(3, 20, 9))
    assert found.because == {"part 1": "part 1", "part 3": "part 1"}


def test_staff_posts_are_not_people_in_care() -> None:
    assert not protect(Release([Count("places", 3, sensitive=False)])).withheld


def test_a_sum_that_does_not_add_up_is_refused() -> None:
    with pytest.raises(ValueError, match="all is not the sum of a, b"):
        Release([Count("a", 1), Count("b", 2), Count("all", 4)], [Sum("all", ("a", "b"))])


def test_the_chain_of_covers_goes_on_until_nothing_is_known() -> None:
    found = protect(table([[3, 10, 20], [11, 30, 40], [12, 50, 60]]))
    assert found.withheld["0,0"] is Reason.SMALL_COUNT
    assert not recovered(Tables(table([[3, 10, 20], [11, 30, 40], [12, 50, 60]]).full, frozenset(found.withheld)))
    assert len(found.withheld) == 4


CELLS = st.lists(st.lists(st.integers(0, 12), min_size=3, max_size=3), min_size=2, max_size=3)


def solutions(release: Release, withheld: set[str]) -> list[dict[str, int]]:
    """Return every table of whole numbers that agrees with what is printed, by trying them all."""
    unknown = [one.key for one in release.counts if one.key in withheld]
    free = [key for key in unknown if "all" not in key]
    most = max(one.value for one in release.counts)
    totals = {one.total: one.parts for one in release.sums}
    found = []
    for tried in itertools.product(range(1, most + 1), repeat=len(free)):
        values = {one.key: one.value for one in release.counts if one.key not in withheld} | dict(
            zip(free, tried, strict=True)
        )
        for key in (key for key in unknown if key not in free):
            values[key] = -1
        for total, parts in sorted(totals.items(), key=lambda one: one[0] == "all"):
            if total in withheld:
                values[total] = sum(values[part] for part in parts)
        if all(values[one.total] == sum(values[part] for part in one.parts) for one in release.sums):
            found.append(values)
    return found


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(st.integers(0, 7), min_size=2, max_size=2), min_size=2, max_size=2))
def test_the_solver_works_out_what_trying_everything_works_out(cells: list[list[int]]) -> None:
    release = table(cells)
    withheld = {one.key for one in release.counts if one.is_small and "all" not in one.key}
    tried = solutions(release, withheld)
    known = [key for key in withheld if len({one[key] for one in tried}) == 1]
    found = recovered(Tables(release, frozenset(withheld)))
    assert set(known) == set(found)


@settings(max_examples=150, deadline=None)
@given(CELLS)
def test_nothing_withheld_in_a_random_table_can_be_worked_out(cells: list[list[int]]) -> None:
    release = table(cells)
    found = protect(release)
    assert not recovered(Tables(release.full, frozenset(found.withheld)))
    assert not found.open
    for one in release.counts:
        assert not one.is_small or one.key in found.withheld
        assert one.value or one.key not in found.withheld


@settings(max_examples=100, deadline=None)
@given(st.integers(0, 400), st.integers(1, 400), st.integers(0, 2))
def test_nothing_small_behind_a_share_can_be_worked_out(part: int, whole: int, decimals: int) -> None:
    release = share(min(part, whole), whole, decimals)
    found = protect(release)
    assert not found.open
    assert not recovered(Tables(release.full, frozenset(found.withheld)))
    assert bool(found.withheld) == any(one.is_small for one in release.full.counts)
