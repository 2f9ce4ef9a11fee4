"""Small numbers of a report: what the public does not see, and what an earlier release lets one work out."""

from __future__ import annotations

import pytest
from packed import book, made

from xlkpi.calculate.history import History
from xlkpi.model.observation import Observation, Observations
from xlkpi.model.period import Quarter
from xlkpi.model.profile import Profile
from xlkpi.model.register import Basis, Indicator, Kind, Polarity, Register, SmallNumbers
from xlkpi.pack.document import Figure
from xlkpi.pack.small_numbers import Kept, keep

NOW = Quarter(2018, 2)
QUARTERS = [NOW.shift(-back) for back in range(11, -1, -1)]


def example() -> Kept:
    typed = book()
    histories = [
        History(one, typed.register, typed.observations) for kind in Kind for one in typed.register.valid(kind, NOW)
    ]
    return keep(histories, QUARTERS)


def one(basis: Basis, *counts: int, small_numbers: SmallNumbers = SmallNumbers.PROFILE, code: str = "X1") -> History:
    indicator = Indicator(
        code, "", "", 1, 1, Kind.CONTRACT, Polarity.NONE, "count", 0, basis=basis, small_numbers=small_numbers
    )
    quarters = [NOW.shift(at - len(counts) + 1) for at in range(len(counts))]
    typed = [Observation(code, quarter, None, None, count) for quarter, count in zip(quarters, counts, strict=True)]
    return History(indicator, Register([indicator], []), Observations(typed))


def test_the_worked_example_withholds_its_small_numbers_and_little_else() -> None:
    kept = example()
    assert not kept.protection.open
    small = {(code, quarter.label) for code, quarter, _ in kept.small}
    assert {code for code, _ in small} == {"A3", "A6", "E11", "F03"}
    assert ("A6", "2018/19 Q2") in small, "four children"
    # The bound: at most one figure more for each small one, and in all less than one in fifty of those printed.
    printed = 2 * 12 * len(book().register.indicators)
    assert len(kept.protection.withheld) <= 2 * len(kept.small)
    assert len(kept.protection.withheld) < printed / 50
    assert (len(kept.small), len(kept.protection.withheld)) == (10, 14)


def test_every_withheld_figure_has_its_reason_in_the_log() -> None:
    log = list(example().log())
    assert ("A6", "2018/19 Q2", "numerator", "it counts 1 to 5") in log
    reasons = {(code, quarter, part): reason for code, quarter, part, reason in log}
    assert "it protects A3 2017/18 Q4 outturn (rest)" in reasons["A3", "2017/18 Q4", "numerator"]


def test_the_report_shows_marks_in_their_place() -> None:
    kept = example()
    report = made(kept.withheld)
    [page] = [each for each in report.pages if each.code == "A6"]
    assert [cell.text for cell in page.history.rows[-1][1:4] if isinstance(cell, Figure)] == ["[c]", "323", "[c]"]
    [results] = [each for each in report.tables() if each.name == "Results"]
    [row] = [row for row in results.rows if row[0] == "A6"]
    assert isinstance(row[3], Figure)
    assert row[3].text == "[c]"


def test_the_difference_of_two_years_to_date_is_a_small_number_too() -> None:
    """9 by quarter 1 and 12 by quarter 2: three new children, though neither figure is small."""
    kept = keep([one(Basis.YEAR_TO_DATE, 9, 12)], [NOW.previous, NOW])
    assert [(code, quarter) for code, quarter, _, _ in kept.log()] == [("X1", "2018/19 Q1")]
    assert not kept.protection.open


def test_what_the_release_before_printed_is_not_withheld_but_its_successor_is() -> None:
    published = {"X1 2018/19 Q1 outturn": 9}
    kept = keep([one(Basis.YEAR_TO_DATE, 9, 12)], [NOW.previous, NOW], published)
    assert [(code, quarter) for code, quarter, _, _ in kept.log()] == [("X1", "2018/19 Q2")]


def test_quarters_by_themselves_are_not_subtracted() -> None:
    assert not keep([one(Basis.IN_QUARTER, 9, 12)], [NOW.previous, NOW]).protection.withheld


def withheld(kept: Kept) -> list[tuple[str, str]]:
    return [(code, quarter) for code, quarter, _, _ in kept.log()]


@pytest.mark.parametrize(
    ("policy", "profile", "is_withheld"),
    [
        (SmallNumbers.PROFILE, Profile.PUBLIC, True),
        (SmallNumbers.PROFILE, Profile.COMMISSIONER, False),
        (SmallNumbers.WITHHOLD, Profile.PUBLIC, True),
        (SmallNumbers.WITHHOLD, Profile.COMMISSIONER, True),
        (SmallNumbers.SHOW, Profile.PUBLIC, False),
        (SmallNumbers.SHOW, Profile.COMMISSIONER, False),
    ],
)
def test_the_register_has_the_last_word(policy: SmallNumbers, profile: Profile, *, is_withheld: bool) -> None:
    kept = keep([one(Basis.IN_QUARTER, 9, 4, small_numbers=policy)], QUARTERS, profile=profile)
    assert withheld(kept) == ([("X1", "2018/19 Q2")] if is_withheld else [])
    is_told = policy is SmallNumbers.PROFILE and profile is Profile.COMMISSIONER
    assert kept.shown == ([("X1", NOW, "outturn")] if is_told else [])


def test_twelve_months_are_subtracted_from_twelve_months() -> None:
    """0, then 10, then 13 in twelve months: three in the last quarter, though no figure printed is small."""
    kept = keep([one(Basis.ROLLING, 0, 10, 13)], QUARTERS)
    assert withheld(kept) == [("X1", "2018/19 Q2")]
    assert not keep([one(Basis.SNAPSHOT, 0, 10, 13)], QUARTERS).protection.withheld


def test_the_same_figures_under_another_name_do_not_give_one_away() -> None:
    """What is withheld of one measure is not printed as that of another that has always been the same."""
    same = [one(Basis.IN_QUARTER, 8, 9, 4, code=code) for code in ("X1", "X2")]
    assert withheld(keep(same, QUARTERS)) == [("X1", "2018/19 Q2"), ("X2", "2018/19 Q2")]
    parts = [
        one(Basis.IN_QUARTER, *row, code=code)
        for code, row in {"X1": (8, 9, 4), "X2": (7, 9, 9), "X3": (15, 18, 13)}.items()
    ]
    assert withheld(keep(parts, QUARTERS)) == [("X1", "2018/19 Q2"), ("X2", "2018/19 Q2")]


def test_a_year_to_date_is_subtracted_from_what_the_last_release_said_of_it() -> None:
    """The last release said 9 by quarter 1; 11 is said now, and 12 by quarter 2: three since what was published."""
    kept = keep([one(Basis.YEAR_TO_DATE, 11, 12)], [NOW.previous, NOW], {"X1 2018/19 Q1 outturn": 9})
    assert ("X1", "2018/19 Q2") in withheld(kept)
    assert not kept.protection.open
