"""Random contracts of organisations that do not exist: few measures or many, with everything that can be missing missing."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace

from xlkpi.calculate.outturn import Judged
from xlkpi.calculate.results import calculate
from xlkpi.model.number import Number, exact
from xlkpi.model.observation import Audit, Cohort, Inspection, Observation, Observations
from xlkpi.model.period import Quarter
from xlkpi.model.register import Band, Basis, Indicator, Kind, Polarity, Register, Target, ToleranceBasis, bands
from xlkpi.narrative.paragraphs import Told

NOW = Quarter(2018, 2)
SPAN = [NOW.shift(-back) for back in range(7)]
_UNITS = (("%", 100), ("%", 100), ("%", 100), ("days", 1), ("per 1,000", 1000), ("count", 1), ("cases", 1))
_NOUNS = (
    "visits",
    "reviews",
    "assessments",
    "plans",
    "placements",
    "hearings",
    "referrals",
    "contacts",
    "checks",
    "posts",
)
_ENDS = (
    "in time",
    "overdue",
    "repeated",
    "with a plan",
    "of good quality",
    "for young people",
    "closed",
    "by all teams",
)
#: Units, bases, codes and services of half of the contracts: what a plain contract does not have.
_ODD_UNITS = ("kg", "weeks", "")
_ODDER_UNITS = ("£", "£m", "£ per week", "hrs")
_ODD_BASES = (Basis.YEAR_TO_DATE, Basis.YEAR_TO_DATE, Basis.ANNUAL, Basis.SNAPSHOT, Basis.ROLLING)
_ODD_SERVICES = ("The Oaks", "The Elms", "Oak Lodge", "Elm House", "Home A", "Home B")
_ODD_KINDS = ("children's home", "Children's home", "IFA", "day nursery", "fostering")
_PLACES = ("Ashby", "Barton", "Colne", "Dunmore", "Elmford", "Farley", "Grindon", "Hatherleigh", "Ilford", "Jarrow")
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@dataclass
class Shape:
    """How large a contract is and how much of it is missing, from 0 to 1."""

    measures: int
    context: int
    gaps: float
    spread: int


def random_told(seed: int, measures: int | None = None, *, plain: bool = False) -> Told:
    """Return a contract with its figures; the same seed gives the same one.

    Args:
        seed: Any whole number; half of them give contracts that are odd in their codes, units, bases and services.
        measures: How many contract measures; None for any number.
        plain: Whether codes that are numbers and sums of money are left out, which the checker of drafts takes for figures.
    """
    return _Maker(seed, measures, plain=plain).told()


class _Maker:
    def __init__(self, seed: int, measures: int | None, *, plain: bool) -> None:
        self.chance = chance = random.Random(seed)
        #: Draws for what is odd about a contract, apart from the others, so that the plain ones stay what they were.
        self.odd = random.Random(-1 - seed) if seed % 16 >= 8 else None
        size = chance.choice([0, 1, 1, 2, 3, 5, 8, 20, 40, 70]) if measures is None else measures
        if self.odd is not None and measures is None:
            size = self.odd.choice([1, 2, 2, 3, 4, 9, size, size])
        self.has_numbers = self.odd is not None and self.odd.random() < 0.4 and not plain
        self.units = _ODD_UNITS if plain else (*_ODD_UNITS, *_ODDER_UNITS)
        self.shape = Shape(
            size, chance.choice([0, 1, 3, 8, 30]), chance.choice([0, 0, 0.1, 0.5, 1]), chance.choice([1, 3, 8])
        )
        #: When targets of some measures of this contract were in force: given now, taken away, or all along.
        self.spans: list[tuple[Quarter | None, Quarter | None]] = [
            chance.choice([(NOW, None), (NOW.shift(-1), None), (None, NOW.previous), (None, None)])
        ]
        self.indicators: list[Indicator] = []
        self.targets: list[Target] = []
        self.returned: list[Observation] = []
        self.cohorts: list[Cohort] = []

    def told(self) -> Told:
        chance, shape = self.chance, self.shape
        for number in range(shape.measures):
            code = f"{chance.choice('ABCF')}{number}"
            self._add(f"{number // 9 + 1}.{number % 9 + 1}" if self.has_numbers else code, number, Kind.CONTRACT)
        for number in range(shape.context):
            self._add(f"E{number}", number, Kind.CONTEXT)
        if self.odd is not None and self.odd.random() < 0.5:
            self._add_population()
        register, observations = Register(self.indicators, self.targets), Observations(self.returned)
        judged = chance.choice([Judged.EXACT, Judged.EXACT, Judged.SHOWN])
        results = calculate(register, observations, NOW, judged)
        name = chance.choice(["Northborough Children's Trust", "", "Eastshire Council"])
        return Told(name, register, results, observations, self.cohorts, self._audits(), self._inspections())

    def _title(self) -> str:
        """Return a title that no other measure has, nor the words of which another one has."""
        at = len(self.indicators)
        noun, place = _NOUNS[at % len(_NOUNS)], _PLACES[at // len(_NOUNS) % len(_PLACES)]
        more = _LETTERS[at // (len(_NOUNS) * len(_PLACES))]
        ward = f" ward {more}" if more != _LETTERS[0] else ""
        return f"{noun.capitalize()} in {place}{ward} {self.chance.choice(_ENDS)}{self.chance.choice(['', '.', '*'])}"

    def _add(self, code: str, number: int, kind: Kind) -> None:
        chance = self.chance
        unit, multiplier = chance.choice(_UNITS)
        section = chance.randrange(self.shape.spread)
        polarity = chance.choice([Polarity.HIGHER, Polarity.HIGHER, Polarity.LOWER, Polarity.RANGE, Polarity.NONE])
        one = Indicator(
            code, self._title(), section=f"Team {_LETTERS[section]}", section_order=section,
            list_order=number if kind is Kind.CONTRACT or chance.random() < 0.6 else None,
            kind=kind, polarity=polarity, unit=unit, decimals=chance.choice([0, 0, 1, 2]),
            numerator_label=chance.choice(["visits made", ""]), denominator_label=chance.choice(["visits due", ""]),
            multiplier=multiplier, basis=chance.choice([Basis.IN_QUARTER] * 6 + [Basis.ANNUAL]),
            first=chance.choice([None] * 8 + [NOW.shift(-2)]), last=chance.choice([None] * 12 + [NOW.shift(-3)]),
            breaks=(NOW.shift(-1),) if chance.random() < 0.1 else (),
        )  # fmt: skip
        one = self._made_odd(one)
        if one.first is not None and chance.random() < 0.3:
            self.indicators.append(replace(one, title="An earlier measure", first=None, last=one.first.previous))
        self.indicators.append(one)
        level = self._target(one)
        for at in SPAN:
            if one.covers(at) and chance.random() >= self.shape.gaps * (1 if at != NOW else 0.6):
                self._return(one, at, level)

    def _add_population(self) -> None:
        """Add a population that grew, and a part of it that grew less, or fell behind."""
        assert self.odd is not None, "only odd contracts have them"
        parts = (
            ("N1", "Residents of all homes", "", 500),
            ("N2", "Residents from elsewhere", "residents of all homes", 200),
        )
        for code, title, definition, size in parts:
            listed = self.odd.choice([None, 90])
            one = Indicator(
                code, title, "", 9, listed, Kind.CONTEXT, Polarity.NONE, "count", 0,
                basis=Basis.SNAPSHOT, definition=definition,
            )  # fmt: skip
            self.indicators.append(one)
            for at in SPAN:
                number = round(size * self.odd.uniform(0.95, 1.1))
                self.returned.append(Observation(code, at, None, None, number))

    def _made_odd(self, one: Indicator) -> Indicator:
        """Return a measure as it is, or with a unit or a basis that most do not have."""
        if self.odd is None:
            return one
        if one.multiplier == 1 and self.odd.random() < 0.5:
            one = replace(one, unit=self.odd.choice(self.units))
        if self.odd.random() < 0.4:
            one = replace(one, basis=self.odd.choice(_ODD_BASES))
        return replace(one, polarity=Polarity.RANGE) if self.odd.random() < 0.15 else one

    def _target(self, one: Indicator) -> float:
        chance = self.chance
        level = float(chance.choice([chance.randint(1, 99), chance.randint(10, 990) / 10]))
        if one.polarity is Polarity.NONE or one.kind is Kind.CONTEXT or chance.random() < self.shape.gaps / 2:
            return level
        halves: list[tuple[Quarter | None, Quarter | None]] = [(None, NOW.shift(-3)), (NOW.shift(-2), None)]
        spans = chance.choice([[(None, None)], [(None, None)], halves, self.spans])
        for first, last in spans:
            wanted = round(level * chance.choice([1, 1, 1.1]), 1)
            self.targets.append(
                Target(one.code, first, last, *self._bands(one.polarity, wanted), row=len(self.targets) + 1)
            )
        return level

    def _bands(self, polarity: Polarity, level: float) -> tuple[Band, Band]:
        wanted, width = exact(level), exact(self.chance.choice([0.0, 2.5, 5.0, 10.0]))
        if polarity is Polarity.RANGE:
            return bands(Band(wanted, wanted + 5), Band(max(0, wanted - width), wanted + 5 + width), polarity)
        return bands(wanted, self.chance.choice([None, min(width, wanted)]), polarity, ToleranceBasis.POINTS)

    def _return(self, one: Indicator, at: Quarter, level: float) -> None:
        chance = self.chance
        comment = chance.choice(["", "", "staff were ill; cover is in place", "A plan is agreed."])
        figure = max(0.0, level + chance.choice([0, 0, 0.3, -0.3, chance.uniform(-15, 15), chance.uniform(-3, 3)]))
        if one.denominator_label and one.unit != "count" and chance.random() < 0.9:
            base = chance.choice([1, 7, 60, 400, 5600])
            top = round(figure * base / one.multiplier)
            counted: tuple[Number, Number] = (min(top, base) if one.is_proportion else top, base)
            self.returned.append(Observation(one.code, at, *counted, None, comment=comment, row=1, sheet="X"))
            if at == NOW and one.kind is Kind.CONTRACT and chance.random() < 0.3:
                self._split(one, counted)
        else:
            value = round(figure) if one.decimals == 0 or one.unit == "count" else round(figure, one.decimals)
            number = value if isinstance(value, int) else exact(value)
            self.returned.append(Observation(one.code, at, None, None, number, comment=comment))

    def _split(self, one: Indicator, counted: tuple[Number, Number]) -> None:
        month = self.chance.choice(NOW.months)
        for name in ("North", "South"):
            self.cohorts.append(Cohort(one.code, month, name, "core", *counted))
        if self.chance.random() < 0.3:
            self.cohorts.append(Cohort(one.code, month, "North", "all_case_notes", *counted))

    def _audits(self) -> list[Audit]:
        chance = self.chance
        if chance.random() < 0.3:
            return []
        found = []
        for back, at in enumerate(SPAN):
            framework = "new" if back < chance.choice([1, 2, 9]) else "old"
            grades = [chance.choice([0, 0, 1, 5, 40]) for _ in range(4)]
            found.append(Audit(at, framework, *grades))
        return found

    def _inspections(self) -> list[Inspection]:
        chance = self.chance
        found = self._odd_inspections() if self.odd is not None else []
        for number in range(chance.choice([0, 0, 1, 4])):
            month = chance.choice(NOW.months).label
            grade = chance.choice(["good", "outstanding", "inadequate", ""])
            kind = chance.choice(["childrens_home", "fostering", ""])
            status = chance.choice(["published", "anticipated"])
            judgement = chance.choice(["overall", "-", "leadership"])
            found.append(Inspection(month, f"Home {_LETTERS[number]}", kind, judgement, grade, "", status))
        return found

    def _odd_inspections(self) -> list[Inspection]:
        """Return services with names of their own, several of a kind, graded at any time, one still to come."""
        assert self.odd is not None, "only odd contracts have them"
        kinds = self.odd.sample(_ODD_KINDS, 2)
        found = []
        for number, name in enumerate(_ODD_SERVICES[: self.odd.choice([0, 0, 2, 3, 6])]):
            at = NOW.shift(-self.odd.choice([0, 1, 1, 3])).months[self.odd.randrange(3)]
            grade = self.odd.choice(["good", "good", "outstanding", "requires improvement"])
            found.append(Inspection(at.label, name, kinds[number % 2], "overall", grade, "", "published"))
            if self.odd.random() < 0.3:
                found.append(found[-1]._replace(judgement="leadership"))
        if found:
            coming = NOW.shift(1).months[0].label
            found.append(Inspection(coming, "Adoption service", "VAA", "-", "", "", "anticipated"))
        return found
