"""The figures that tables are made of: those of the organisations of the tests, and random ones."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from fractions import Fraction

from prose import cases, grammar
from prose.cases import Case
from prose.truth import Truth

from xlkpi.calculate.results import Result
from xlkpi.model.number import rounded
from xlkpi.model.register import Indicator, Polarity

from .page import YEAR_AGO, Line, Page

_MOST_LINES, _FEWEST_LINES, _MOST_COUNTS, _FEWEST_COUNTS = 5, 3, 3, 2


def pages(name: str, seed: int, most: int) -> Iterator[Page]:
    """Yield the figures that a layout is tried with: of organisations and random ones by turns.

    Args:
        name: Of the layout.
        seed: Of the choice.
        most: How many.
    """
    chance = random.Random(f"layouts {name} {seed}")
    organisations = chance.sample(cases.names(), len(cases.names()))
    made = 0
    while made < most:
        case = grammar.random_case(chance.randrange(10**6)) if made % 2 else cases.case(organisations.pop())
        page = _page(case, chance)
        if page is not None:
            made += 1
            yield page


def _page(case: Case, chance: random.Random) -> Page | None:
    truth = case.truth
    names = Counter(name for one in truth.book.register.indicators for name in (one.title, *one.aliases))
    results = truth.results(truth.now)
    lines = [_line(one.indicator, names, truth) for one in results.contract if _is_fit(one, truth)]
    counts = [
        _line(one.indicator, names, truth)
        for one in results.context
        if one.indicator.unit == "count" and _reads_apart(one.indicator, truth)
    ]
    if len(lines) < _FEWEST_LINES or len(counts) < _FEWEST_COUNTS:
        return None
    chosen = sorted(chance.sample(range(len(lines)), min(_MOST_LINES, len(lines))))
    return Page(case, [lines[at] for at in chosen], counts[:_MOST_COUNTS])


def _line(indicator: Indicator, names: Counter[str], truth: Truth) -> Line:
    alias = next((name for name in indicator.aliases if names[name] == 1), indicator.title)
    target = truth.book.register.target(indicator.code, truth.now)
    band = target.on if target else None
    level = None if band is None else band.low if band.low is not None else band.high
    return Line(indicator, alias[:1].upper() + alias[1:], None if level is None else Fraction(level))


def _is_fit(one: Result, truth: Truth) -> bool:
    """Return whether an indicator can stand in every layout: one target, and figures a reader can tell apart."""
    is_one_way = one.indicator.polarity in {Polarity.HIGHER, Polarity.LOWER}
    return is_one_way and one.target is not None and one.target.on is not None and _reads_apart(one.indicator, truth)


def _reads_apart(indicator: Indicator, truth: Truth) -> bool:
    """Return whether an indicator has five quarters, and moved by as much as is printed where it moved at all."""
    values = [truth.series("v", indicator.code, truth.now.shift(-back)) for back in range(YEAR_AGO + 1)]
    figures = [value for value in values if value is not None]
    if len(figures) < len(values) or 0 in figures or indicator.breaks:
        return False
    now = figures[0]
    printed = [rounded(value, indicator.decimals) for value in figures]
    return all(value == now or words != printed[0] for value, words in zip(figures, printed, strict=True))
