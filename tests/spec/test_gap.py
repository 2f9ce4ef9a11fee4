"""How far from a bound: in the indicator's unit, and in whole cases that would change sides."""

from __future__ import annotations

from fractions import Fraction

from ruled import fraction, indicator, level, number, table

from xlkpi.calculate.gap import cases_in_hand, cases_to_reach, gap
from xlkpi.model.observation import Observation
from xlkpi.model.period import Quarter
from xlkpi.model.register import Band, Indicator

NOW = Quarter(2018, 2)


def _band(polarity: str, bound: str) -> Band | None:
    found = level(bound)
    if found is None or isinstance(found, Band):
        return found
    return Band(found, None) if polarity == "higher" else Band(None, found)


@table("""
    polarity | bound  | figure | apart
    higher   | 75     | 74     | 1
    higher   | 75     | 75     | 0
    higher   | 75     | 93     | 0
    higher   | 75     | 222/3  | 1
    lower    | 28     | 30.5   | 2.5
    lower    | 28     | 28     | 0
    range    | 40..60 | 39.5   | 0.5
    range    | 40..60 | 61     | 1
    range    | 40..60 | 50     | 0
    higher   | -      | 50     | -
    higher   | 75     | -      | -
""")
def test_gap_is_the_distance_to_the_bound(polarity: str, bound: str, figure: str, apart: str) -> None:
    assert gap(fraction(figure), _band(polarity, bound)) == fraction(apart)


def _counted(unit: str, counts: str) -> tuple[Observation, Indicator]:
    numerator, _, denominator = counts.partition("/")
    return Observation("A1", NOW, number(numerator), number(denominator), None), indicator(unit=unit)


@table("""
    unit      | polarity | counts    | bound  | cases | why
    %         | higher   | 4144/5600 | 75     | 56    | A4: 74.0% against 75%
    %         | higher   | 4200/5600 | 75     | 0     | on the bound is inside
    %         | higher   | 4199/5600 | 75     | 1     | one short
    %         | higher   | 74/99     | 75     | 1     | a part of a case is a whole case
    %         | lower    | 66/240    | 22     | 14    | 52 of 240 is 21.7%, 53 is 22.1%
    %         | lower    | 5/10      | 0      | 5     | down to nothing
    %         | higher   | 5/10      | 100    | 5     | all of them
    %         | higher   | 5/10      | 101    | -     | more than all of them
    %         | lower    | 5/10      | -1     | -     | fewer than none
    %         | range    | 3/10      | 40..60 | 1     | up to the lower side
    %         | range    | 9/10      | 40..60 | 3     | down to the upper side
    %         | range    | 1/3       | 40..60 | -     | the next case lies beyond the band
    %         | range    | 5/10      | 40..60 | 0     | inside
    per 1,000 | lower    | 15/30000  | 0.4    | 3     | rates are made of cases
    per 1,000 | higher   | 15/10     | 2000   | 5     | and can exceed their base
    days      | lower    | 300/10    | 28     | -     | a mean is not
    %         | higher   | -         | 75     | -     | no counts
    %         | higher   | 1/2       | -      | -     | no bound
""")
def test_cases_that_would_bring_it_inside(
    unit: str, polarity: str, counts: str, bound: str, cases: str, why: str
) -> None:
    observation, one = _counted(unit, counts)
    assert cases_to_reach(observation, one, _band(polarity, bound)) == (int(cases) if cases else None), why


@table("""
    unit      | polarity | counts    | bound  | cases | why
    %         | higher   | 76/100    | 75     | 2     | 75 is still inside, 74 is not
    %         | higher   | 75/100    | 75     | 1     | on the bound
    %         | higher   | 74/100    | 75     | -     | already outside
    %         | higher   | 5/10      | 0      | -     | nothing is below 0
    %         | lower    | 52/240    | 22     | 1     | 53 of 240 is 22.1%
    %         | lower    | 5/10      | 100    | -     | nothing is above all of them
    %         | range    | 5/10      | 40..60 | 2     | 3 or 7 of 10
    %         | range    | 4/10      | 40..60 | 1     | the nearer side
    %         | range    | 6/10      | 40..60 | 1     | the nearer side
    %         | range    | 9/10      | 0..95  | 1     | the only side
    %         | range    | 1/10      | 5..100 | 1     | the only side
    %         | range    | 5/10      | 0..100 | -     | no side
    per 1,000 | lower    | 10/30000  | 0.4    | 3     | 13 of 30,000 is 0.43
    days      | lower    | 100/10    | 28     | -     | a mean is not made of cases
    %         | higher   | -         | 75     | -     | no counts
    %         | higher   | 1/2       | -      | -     | no bound
""")
def test_cases_in_hand(unit: str, polarity: str, counts: str, bound: str, cases: str, why: str) -> None:
    observation, one = _counted(unit, counts)
    assert cases_in_hand(observation, one, _band(polarity, bound)) == (int(cases) if cases else None), why


def test_nothing_returned_has_no_cases() -> None:
    assert cases_to_reach(None, indicator(), Band(75, None)) is None
    assert cases_in_hand(None, indicator(), Band(75, None)) is None


@table("""
    band   | figure | distance
    40..60 | 30     | 10
    40..60 | 70     | -10
    40..60 | 40     | 0
    40..60 | 60     | 0
""")
def test_distance_is_positive_upwards(band: str, figure: str, distance: str) -> None:
    found = _band("range", band)
    assert found is not None
    assert found.distance(Fraction(figure)) == Fraction(distance)


@table("""
    outer  | inner  | encloses
    30..70 | 40..60 | yes
    40..60 | 40..60 | yes
    41..70 | 40..60 | no
    30..59 | 40..60 | no
""")
def test_one_band_encloses_another(outer: str, inner: str, encloses: str) -> None:
    one, other = _band("range", outer), _band("range", inner)
    assert one is not None
    assert other is not None
    assert one.encloses(other) == (encloses == "yes")
    assert Band(None, None).encloses(one)
    assert not one.encloses(Band(None, None))
    assert not Band(30, None).encloses(Band(None, 40))
