"""Random contracts of organisations that do not exist: few measures or many, with everything that can be missing missing."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace

from xlkpi.calculate.outturn import Judged
from xlkpi.calculate.results import calculate
from xlkpi.model.number import Number
from xlkpi.model.observation import Audit, Cohort, Inspection, Observation, Observations
from xlkpi.model.period import Quarter
from xlkpi.model.register import Basis, Indicator, Kind, Polarity, Register, Target, ToleranceBasis, bands
from xlkpi.narrative.paragraphs import Told

NOW = Quarter(2018, 2)
SPAN = [NOW.shift(-back) for back in range(7)]
_UNITS = (("%", 100), ("%", 100), ("%", 100), ("days", 1), ("per 1,000", 1000), ("count", 1), ("cases", 1))
_NOUNS = ("visits", "reviews", "assessments", "plans", "placements", "hearings", "referrals", "contacts", "checks", "posts")
_ENDS = ("in time", "overdue", "repeated", "with a plan", "of good quality", "for young people", "closed", "(all teams)")
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@dataclass
class Shape:
    """How large a contract is and how much of it is missing, from 0 to 1."""

    measures: int
    context: int
    gaps: float
    spread: int


def random_told(seed: int, measures: int | None = None) -> Told:
    """Return a contract with its figures; the same seed gives the same one."""
    return _Maker(seed, measures).told()


class _Maker:
    def __init__(self, seed: int, measures: int | None) -> None:
        self.chance = chance = random.Random(seed)
        size = chance.choice([0, 1, 1, 2, 3, 5, 8, 20, 40, 70]) if measures is None else measures
        self.shape = Shape(size, chance.choice([0, 1, 3, 8, 30]), chance.choice([0, 0, 0.1, 0.5, 1]), chance.choice([1, 3, 8]))
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
            self._add(f"{chance.choice('ABCF')}{number}", number, Kind.CONTRACT)
        for number in range(shape.context):
            self._add(f"E{number}", number, Kind.CONTEXT)
        register, observations = Register(self.indicators, self.targets), Observations(self.returned)
        judged = chance.choice([Judged.EXACT, Judged.EXACT, Judged.SHOWN])
        results = calculate(register, observations, NOW, judged)
        name = chance.choice(["Northborough Children's Trust", "", "Eastshire Council"])
        return Told(name, register, results, observations, self.cohorts, self._audits(), self._inspections())

    def _title(self) -> str:
        words = [self.chance.choice(_NOUNS) for _ in range(2)]
        return f"{words[0].capitalize()} and {words[1]} {self.chance.choice(_ENDS)}{self.chance.choice(['', '.', '*'])}"

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
            first=chance.choice([None] * 8 + [NOW.shift(-2)]), last=chance.choice([None] * 12 + [NOW.shift(-3)]), breaks=(NOW.shift(-1),) if chance.random() < 0.1 else (),
        )  # fmt: skip
        if one.first is not None and chance.random() < 0.3:
            self.indicators.append(replace(one, title="An earlier measure", first=None, last=one.first.previous))
        self.indicators.append(one)
        level = self._target(one)
        for at in SPAN:
            if one.covers(at) and chance.random() >= self.shape.gaps * (1 if at != NOW else 0.6):
                self._return(one, at, level)

    def _target(self, one: Indicator) -> float:
        chance = self.chance
        level = float(chance.choice([chance.randint(1, 99), chance.randint(10, 990) / 10]))
        if one.polarity is Polarity.NONE or one.kind is Kind.CONTEXT or chance.random() < self.shape.gaps / 2:
            return level
        halves: list[tuple[Quarter | None, Quarter | None]] = [(None, NOW.shift(-3)), (NOW.shift(-2), None)]
        spans = chance.choice([[(None, None)], [(None, None)], halves, self.spans])
        for first, last in spans:
            wanted = round(level * chance.choice([1, 1, 1.1]), 1)
            self.targets.append(Target(one.code, first, last, *self._bands(one.polarity, wanted), row=len(self.targets) + 1))
        return level

    def _bands(self, polarity: Polarity, level: float) -> tuple[object, object]:
        from xlkpi.model.number import exact
        from xlkpi.model.register import Band

        wanted, width = exact(level), exact(self.chance.choice([0.0, 2.5, 5.0, 10.0]))
        if polarity is Polarity.RANGE:
            return bands(Band(wanted, wanted + 5), Band(wanted - width, wanted + 5 + width), polarity)
        return bands(wanted, self.chance.choice([None, width]), polarity, ToleranceBasis.POINTS)

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
            number = value if isinstance(value, int) else _exact(value)
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
        found = []
        for number in range(chance.choice([0, 0, 1, 4])):
            month = chance.choice(NOW.months).label
            grade = chance.choice(["good", "outstanding", "inadequate", ""])
            kind = chance.choice(["childrens_home", "fostering", ""])
            status = chance.choice(["published", "anticipated"])
            judgement = chance.choice(["overall", "-", "leadership"])
            found.append(Inspection(month, f"Home {_LETTERS[number]}", kind, judgement, grade, "", status))
        return found


def _exact(value: float) -> Number:
    from xlkpi.model.number import exact

    return exact(value)
