"""Movement between consecutive quarters, and the streak of one status."""

from __future__ import annotations

from ruled import history, indicator, table, target

from xlkpi.calculate.history import BREAK, MISSING, VALIDITY, History, Movement, movement, streak
from xlkpi.calculate.status import Status
from xlkpi.model.observation import Observation, Observations
from xlkpi.model.period import Month, Quarter, parse_quarter
from xlkpi.model.register import Register

NOW = Quarter(2018, 2)
#: A figure for each status, where the target is 85 and the tolerance 75.
FIGURES = {"on": "90", "inside": "80", "outside": "70"}


def _of(*statuses: str, **register: object) -> History:
    """Return a history that ends with 2018/19 Q2: ``none`` has no target then, ``-`` has no figure."""
    one = indicator(**register)
    quarters = [NOW.shift(index - len(statuses) + 1) for index in range(len(statuses))]
    by_quarter = dict(zip(quarters, statuses, strict=True))
    figures = {at.label: FIGURES.get(status, "80") for at, status in by_quarter.items() if status != "-"}
    rows = [
        target(one, "" if status == "none" else "85", "" if status == "none" else "75", first=at.label, last=at.label)
        for at, status in by_quarter.items()
    ]
    return history(one, figures, *rows)


@table("""
    before  | now     | moved
    on      | on      | unchanged
    on      | inside  | no longer on target
    on      | outside | fell out of tolerance
    on      | none    | no longer has a target
    on      | -       | no figure this quarter
    inside  | on      | reached target
    inside  | inside  | unchanged
    inside  | outside | fell out of tolerance
    inside  | none    | no longer has a target
    inside  | -       | no figure this quarter
    outside | on      | returned from outside tolerance
    outside | inside  | returned from outside tolerance
    outside | outside | unchanged
    outside | none    | no longer has a target
    outside | -       | no figure this quarter
    none    | on      | first target
    none    | inside  | first target
    none    | outside | first target
    none    | none    | unchanged
    none    | -       | no figure this quarter
    -       | on      | new
    -       | none    | new
    -       | -       | no figure this quarter
""")
def test_every_transition(before: str, now: str, moved: str) -> None:
    assert movement(_of(before or "-", now or "-"), NOW) is Movement(moved)


def test_after_a_missing_quarter_nothing_is_compared() -> None:
    past = _of("on", "-", "outside")
    assert movement(past, NOW) is Movement.NOT_COMPARABLE
    assert past.comparable(NOW.previous, NOW) == MISSING


def test_after_a_series_break_nothing_is_compared() -> None:
    past = _of("on", "outside", breaks=(NOW,))
    assert movement(past, NOW) is Movement.NOT_COMPARABLE
    assert past.comparable(NOW.previous, NOW) == BREAK
    assert past.comparable(NOW.previous, NOW.previous) == ""


def test_what_the_code_meant_before_is_not_compared() -> None:
    past = _of("on", "outside", first=NOW)
    assert movement(past, NOW) is Movement.NEW
    assert past.comparable(NOW.previous, NOW) == VALIDITY
    assert past.outturn(NOW.previous) is None


def test_months_before_are_figures_before() -> None:
    one = indicator()
    rows = [Observation("A1", Month(2018, 5), 1, 2, None), Observation("A1", NOW, 1, 2, None)]
    past = History(one, Register([one], []), Observations(rows))
    assert movement(past, NOW) is Movement.NOT_COMPARABLE


@table("""
    quarters                          | length | stopped
    on                                | 1      | start of the series
    on on                             | 2      | start of the series
    on on on on                       | 4      | start of the series
    inside on on                      | 2      | -
    on on inside                      | 1      | -
    on - on on                        | 2      | missing quarter
    outside outside none              | 1      | -
    none none                         | 2      | start of the series
    on on missing                     | 0      | -
""")
def test_streak(quarters: str, length: str, stopped: str) -> None:
    found = streak(_of(*quarters.replace("missing", "-").split()), NOW)
    assert (found.quarters, found.stopped) == (int(length), stopped)


@table("""
    breaks     | first      | length | stopped
    -          | -          | 4      | start of the series
    2018/19 Q2 | -          | 1      | series break
    2018/19 Q1 | -          | 2      | series break
    2017/18 Q3 | -          | 4      | series break
    -          | 2018/19 Q1 | 2      | change of validity
    2018/19 Q2 | 2018/19 Q1 | 1      | series break
    2018/19 Q2 | 2018/19 Q2 | 1      | change of validity
""")
def test_a_streak_stops_at_a_break_and_at_the_validity(breaks: str, first: str, length: str, stopped: str) -> None:
    broken = tuple(map(parse_quarter, filter(None, [breaks])))
    past = _of("on", "on", "on", "on", breaks=broken, first=parse_quarter(first) if first else None)
    assert streak(past, NOW) == (int(length), stopped)


def test_a_reused_code_is_two_indicators() -> None:
    """B13 meant another indicator in 2016/17: each has its own figures, targets and streak."""
    old = indicator("B13", polarity="lower", last=Quarter(2016, 4))
    new = indicator("B13", first=Quarter(2017, 1))
    rows = [target(old, "10", last="2016/17 Q4"), target(new, "85", "75", first="2017/18 Q1")]
    quarters = [Quarter(2016, 4), Quarter(2017, 1), Quarter(2017, 2)]
    returned = Observations(Observation("B13", at, None, None, 90) for at in quarters)
    register = Register([old, new], rows)
    assert [register.indicator("B13", at) for at in quarters] == [old, new, new]
    assert register.knows("B13")
    assert not register.knows("B14")
    before, after = (History(one, register, returned) for one in (old, new))
    assert [before.status(at) for at in quarters] == [Status.OUTSIDE, Status.NO_DATA, Status.NO_DATA]
    assert [after.status(at) for at in quarters] == [Status.NO_DATA, Status.ON, Status.ON]
    assert streak(after, quarters[2]) == (2, VALIDITY)
    assert movement(after, quarters[1]) is Movement.NEW


def test_what_was_returned_is_seen_beside_the_figure() -> None:
    past = _of("on")
    returned = past.observation(NOW)
    assert returned is not None
    assert returned.value == 90
    assert past.observation(NOW.previous) is None
