"""The parts of a measure as a sentence lists them, with the period that they are of."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import Protocol

from xlkpi.calculate.results import Result, Results
from xlkpi.model.observation import Cohort
from xlkpi.model.period import Month, Quarter, Span
from xlkpi.narrative import printing
from xlkpi.narrative.evaluation import month_words
from xlkpi.narrative.measures import Parts
from xlkpi.narrative.said import Said, Teller


class _Told(Protocol):
    @property
    def results(self) -> Results: ...

    @property
    def cohorts(self) -> Sequence[Cohort]: ...


def parts_of(teller: Teller, result: Result, told: _Told) -> Parts | None:
    """Return the cohorts of a measure in its quarter: those of the whole quarter, or else of its last month that has any.

    Where cohorts are counted in more than one way, the way of the first row is the main one.
    """
    quarter = result.carried_from or told.results.quarter
    own = [one for one in told.cohorts if one.code == result.indicator.code and _counts(one)]
    own = [one for one in own if one.period.quarter == quarter]
    if not own:
        return None
    period: Span = quarter if any(one.period == quarter for one in own) else max(
        one.period for one in own if isinstance(one.period, Month)
    )
    own = [one for one in own if one.period == period]
    main = own[0].basis.casefold()
    by_basis: dict[str, list[Cohort]] = {}
    for one in own:
        by_basis.setdefault(one.basis.casefold(), []).append(one)
    others = [
        teller.joined(f"by {_words(basis)}: {{}}", _listed(teller, result, rows))
        for basis, rows in by_basis.items()
        if basis != main
    ]
    return Parts(_period(teller, period), _listed(teller, result, by_basis[main]), teller.listed(others, comma="; ", last="; "))


def _counts(one: Cohort) -> bool:
    return one.numerator is not None and bool(one.denominator)


def _listed(teller: Teller, result: Result, cohorts: Iterable[Cohort]) -> Said:
    indicator = result.indicator
    parts = []
    for one in cohorts:
        assert one.numerator is not None, "only cohorts with counts are told"
        assert one.denominator is not None, "likewise"
        figure = Fraction(one.numerator) * Fraction(indicator.multiplier) / Fraction(one.denominator)
        text = printing.with_unit(printing.digits(figure, indicator.decimals), indicator.unit)
        label = f"{indicator.code} {one.cohort}{' ' if one.basis else ''}{_words(one.basis)}"
        parts.append(teller.joined(f"{_escaped(one.cohort)} {{}}", teller.figure(label, text, indicator.code)))
    return teller.listed(parts)


def _period(teller: Teller, period: Span) -> Said:
    text = period.title if isinstance(period, Quarter) else month_words(period)
    return teller.figure("cohorts of", text)


def _words(basis: str) -> str:
    return _escaped(basis.replace("_", " ").strip())


def _escaped(text: str) -> str:
    return text.replace("{", "{{").replace("}", "}}")
