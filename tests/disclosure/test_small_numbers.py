"""Small numbers: the rules as a table, and an attacker who never wins."""

from __future__ import annotations

import itertools
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xlkpi.disclosure.attack import Tables, is_possible, recovered
from xlkpi.disclosure.release import Count, Limit, Reason, Release, Share, Sum
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


@settings(max_examples=300, deadline=None)
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


def judged(part: int, whole: int, low: int | None, high: int | None, *, low_is_in: bool = True) -> Release:
    counts = [Count("part", part), Count("whole", whole)]
    ends = (None if one is None else Fraction(one) for one in (low, high))
    return Release(counts, (), (), [Limit("part", "whole", 100, *ends, low_is_in=low_is_in)])


def test_a_status_between_two_close_levels_gives_a_count_away() -> None:
    """Above 4% and no more than 5% of 100 are 5: so the 100 is not printed either."""
    assert recovered(Tables(judged(5, 100, 4, 5, low_is_in=False), frozenset({"part"}))) == ["part"]
    found = protect(judged(5, 100, 4, 5, low_is_in=False))
    assert found.withheld == {"part": Reason.SMALL_COUNT, "whole": Reason.RECOVERED}
    assert not found.open


def test_a_status_on_one_side_gives_nothing_away() -> None:
    assert protect(judged(4, 323, None, 3)).withheld == {"part": Reason.SMALL_COUNT}


def test_a_status_of_a_count_itself_is_a_limit_too() -> None:
    count = Release([Count("all", 5)], (), (), [Limit("all", "", 1, Fraction(5), Fraction(5))])
    assert protect(count).open == ("all",), "nothing is left that could be withheld: it must not be published"


@settings(max_examples=200, deadline=None)
@given(
    part=st.integers(1, 40),
    whole=st.integers(1, 40),
    low=st.integers(0, 100),
    width=st.integers(0, 60),
    low_is_in=st.booleans(),
)
def test_a_limit_gives_away_what_trying_everything_gives_away(
    part: int, whole: int, low: int, width: int, *, low_is_in: bool
) -> None:
    share = Fraction(100 * part, whole)
    level = min(Fraction(low), share) - (0 if low_is_in else Fraction(1, 1000))
    high = share + width
    release = Release(
        [Count("part", part), Count("whole", whole)],
        (),
        (),
        [Limit("part", "whole", 100, level, high, low_is_in=low_is_in)],
    )
    fit = [one for one in range(1, 500) if level <= Fraction(100 * one, whole) <= high]
    found = recovered(Tables(release, frozenset({"part"})))
    assert (found == ["part"]) == (len(fit) == 1)


def twelve_months(*totals: int) -> Release:
    """Return counts of four quarters each; what came in each quarter was typed by nobody."""
    quarters = [Count(f"quarter {place}", None, shown=False) for place in range(len(totals) + 3)]
    counts = [Count(f"year {place}", total) for place, total in enumerate(totals)]
    sums = [Sum(f"year {at}", tuple(f"quarter {at + back}" for back in range(4))) for at in range(len(totals))]
    return Release([*quarters, *counts], sums)


def test_twelve_months_minus_twelve_months_give_a_quarter_away() -> None:
    """None by the first quarter, 10 by the second, 13 by the third: three came in the third."""
    assert recovered(Tables(twelve_months(0, 10, 13), frozenset())) == ["quarter 5"]
    found = protect(twelve_months(0, 10, 13))
    assert found.withheld == {"year 2": Reason.RECOVERED}
    assert not found.open


def test_twelve_months_that_could_be_made_in_many_ways_give_nothing_away() -> None:
    assert not protect(twelve_months(40, 42, 41, 38)).withheld


def test_twelve_months_that_no_quarters_make_are_no_ties() -> None:
    assert is_possible(twelve_months(10, 12))
    four_in_a_row = Release(
        [Count("quarter", None, shown=False), Count("less", 3), Count("more", 9)],
        [Sum("less", ("quarter", "more"))],
    )
    assert not is_possible(four_in_a_row)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(0, 6), min_size=6, max_size=9))
def test_nothing_small_behind_twelve_months_can_be_worked_out(quarters: list[int]) -> None:
    totals = [sum(quarters[at : at + 4]) for at in range(len(quarters) - 3)]
    found = protect(twelve_months(*totals))
    left = recovered(Tables(twelve_months(*totals).full, frozenset(found.withheld)))
    assert set(left) <= set(found.open)


def test_the_solver_greets_nobody(capfd: pytest.CaptureFixture[str]) -> None:
    recovered(Tables(row(1, 1, 8), frozenset({"part 1"})))
    assert capfd.readouterr().out == ""
