"""Random figures with what the organisations of the test reports lack: a gap in the returns, a revised target, a first one."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace

from prose import grammar
from prose.cases import Case, world
from prose.truth import Truth

from xlkpi.model.observation import Observation, Observations
from xlkpi.model.register import Register, Target, bands

_OLDER = 4
_REVISED_BY = 5


def random_book(seed: int) -> Case:
    """Return random figures over eleven quarters, the same for the same seed; the draft that they come with is of no use.

    The first indicator has no figure this quarter, the target of the second was revised last quarter, that of the third is new.
    """
    case, chance = grammar.random_case(seed), random.Random(f"sentences {seed}")
    book = case.truth.book
    missing, revised, new = [one.code for one in book.register.indicators[:3]]
    now = book.settings.quarter
    seen = [one for code in _codes(case) for one in book.observations.of(code).values()]
    observed = [one for one in seen if (one.code, one.period) != (missing, now)]
    observed += [_long_ago(one, chance) for one in seen if one.period < now.shift(-2)]
    targets: list[Target] = []
    for one in book.register.targets:
        targets += _revised(one, case) if one.code == revised else [_begun(one, case) if one.code == new else one]
    register = Register(book.register.indicators, targets)
    changed = replace(book, register=register, observations=Observations(observed))
    return replace(case, truth=Truth(changed), world=world(changed))


def _codes(case: Case) -> Iterator[str]:
    return (one.code for one in case.truth.book.register.indicators)


def _long_ago(one: Observation, chance: random.Random) -> Observation:
    """Return the observation moved four quarters back, a little changed."""
    period = one.period.quarter.shift(-_OLDER)
    if one.numerator is None:
        return one._replace(period=period, value=int(one.value or 0) + chance.randrange(1, 9))
    return one._replace(period=period, numerator=max(1, int(one.numerator) - chance.randrange(1, 5)))


def _revised(one: Target, case: Case) -> list[Target]:
    now = case.truth.now
    indicator = case.truth.indicator(one.code, now)
    assert indicator is not None
    assert one.on is not None
    assert one.inside is not None
    level, bound = ((band.low if band.low is not None else band.high) for band in (one.on, one.inside))
    easier = int(level or 0) - indicator.polarity.sign * _REVISED_BY
    old = replace(one, last=now.shift(-2), on=bands(easier, bound, indicator.polarity)[0])
    return [old, replace(one, first=now.previous, row=one.row + 100)]


def _begun(one: Target, case: Case) -> Target:
    return replace(one, first=case.truth.now)
