"""What single cells say: a figure of an indicator, or its status as a word, a colour or a letter."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from xlkpi.calculate.change import Change
from xlkpi.calculate.status import Status
from xlkpi.model.number import plain, rounded
from xlkpi.model.period import Month, Period, Quarter, Year
from xlkpi.model.register import Basis
from xlkpi.prose.claim import Verdict
from xlkpi.prose.fact import Fact, Measure
from xlkpi.prose.mentions import SPANS, Number, StatusPhrase, Unit
from xlkpi.prose.ratings import named, statuses_of
from xlkpi.prose.scene import Scene, Told
from xlkpi.prose.sentences import Part
from xlkpi.prose.tables.columns import Column, Meaning
from xlkpi.prose.world import World

_STATUS_WORDS = {
    frozenset({Status.ON}): re.compile(
        r"\W*(?:on|met|achieved|at)(?:\s+(?:target|track))?\W*|\W*(?:green|above|g)\W*|\W*[\U0001f7e2\u2705\u2714]\W*",
        re.IGNORECASE,
    ),
    frozenset({Status.INSIDE}): re.compile(
        r"\W*(?:within|inside|amber|yellow|a)(?:\s+tolerance)?\W*|\W*(?:slightly|just|nearly)\s+off\s+(?:track|target)\W*|\W*[\U0001f7e0\U0001f7e1]\W*",
        re.IGNORECASE,
    ),
    frozenset({Status.OUTSIDE}): re.compile(
        r"\W*(?:outside|red|below|r)(?:\s+tolerance)?\W*|\W*\U0001f534\W*", re.IGNORECASE
    ),
    frozenset({Status.INSIDE, Status.OUTSIDE}): re.compile(r"\W*(?:off|not\s+on)\s+track\W*", re.IGNORECASE),
    frozenset({Status.NO_TARGET}): re.compile(r"\W*no\s+targets?\b.*|\W*not\s+(?:rated|set)\b.*", re.IGNORECASE),
    frozenset({Status.NO_DATA}): re.compile(
        r"\W*(?:no\s+data|not\s+(?:available|reported)|missing)\b.*", re.IGNORECASE
    ),
}
#: A colour or its letter beside a figure: ``60.9% RED``, ``78 (A)``.
_RAG = re.compile(r"(?:(?<=\d)|(?<=%)|(?<=[\s(\[]))\(?\b(?P<rag>red|amber|green|(?-i:[RAG]))\b\)?", re.IGNORECASE)
#: Units that a figure cannot have unless the indicator has them.
_UNITS = (Unit.PERCENT, Unit.POINTS, *SPANS)
_WHOLE, _PARTS = 100, 2  # a share, and the decimals of one that is written as a part of one
_SIDES = ("", "low", "high")


def status_words(words: str) -> frozenset[Status]:
    """Return the status that a cell, a colour, its letter or its sign is; none where it is none."""
    return next((one for one, pattern in _STATUS_WORDS.items() if pattern.fullmatch(words)), frozenset())


_YES = re.compile(r"\W*(?:yes|y|met|achieved|\u2713|\u2714|\u2705)\W*", re.IGNORECASE)
_NO = re.compile(
    r"\W*(?:no|n|not\s+(?:yet\s+)?(?:met|achieved)|missed|\u2717|\u2718|\u2716|\u274c|x)\W*", re.IGNORECASE
)


def is_met(words: str) -> bool | None:
    """Return whether a cell says that a target was met; None where it says neither."""
    return True if _YES.fullmatch(words) else False if _NO.fullmatch(words) else None


def is_status(scene: Scene, cell: Part) -> bool:
    """Return whether a cell is for a status alone."""
    words = scene.flat[cell.start : cell.end].strip()
    return bool(status_words(words)) or any(
        one.start - cell.start <= 1 and cell.end - one.end <= 1 for one in scene.within(scene.statuses, cell)
    )


def facts_of(world: World, code: str, meaning: Meaning) -> list[Fact]:
    """Return what a figure of a meaning may be of an indicator; none where the workbook does not say."""
    if meaning.measure is Measure.CHANGE and meaning.base is not None:
        return _changes(world, code, meaning)
    if meaning.measure is Measure.OUTTURN and isinstance(meaning.base, Quarter):
        return _to_date(world, code, meaning)
    if meaning.measure is Measure.GAP_TO_TARGET:
        return _variances(world, code, meaning)
    if meaning.part:
        own = (meaning.measure, meaning.period, meaning.part)
        return [one for one in world.facts_of(code) if (one.measure, one.period, one.part) == own]
    indicator = world.by_code[code]
    period: Period = meaning.period
    found = [one for side in _SIDES if (one := world.fact(code, meaning.measure, period, side))]
    if not found and isinstance(period, Month) and indicator.basis is not Basis.IN_QUARTER:
        last = period == period.quarter.months[-1]
        found = [one for one in (world.fact(code, meaning.measure, period.quarter),) if one and last]
    if not found and meaning.measure is Measure.OUTTURN and isinstance(period, Year):
        end = world.quarter if period.year == world.quarter.year else Quarter(period.year, 4)
        found = _pooled(world, code, Meaning(Measure.OUTTURN, end, Quarter(period.year, 1)))
    return found


def _variances(world: World, code: str, meaning: Meaning) -> list[Fact]:
    """Return how far a figure is from its target, on either side of it."""
    now, target = (world.fact(code, one, meaning.period) for one in (Measure.OUTTURN, Measure.TARGET))
    if now is None or target is None:
        return []
    indicator, difference = world.by_code[code], abs(now.value - target.value)
    unit = "percentage points" if indicator.is_percentage else indicator.unit
    found = [Fact(code, Measure.GAP_TO_TARGET, meaning.period, difference, unit, indicator.decimals, now.cell)]
    if target.value and not indicator.is_percentage:
        share = 100 * difference / target.value
        found.append(Fact(code, Measure.GAP_TO_TARGET, meaning.period, share, "%", indicator.decimals, now.cell))
    return found


def _changes(world: World, code: str, meaning: Meaning) -> list[Fact]:
    assert meaning.base is not None
    change = world.change(code, meaning.base, meaning.period)
    if not isinstance(change, Change):
        return []
    indicator = world.by_code[code]
    cell = world.cell_of(code, Measure.CHANGE, meaning.period, against=meaning.base)
    found = [(change.absolute, "percentage points" if indicator.is_percentage else indicator.unit)]
    if change.percent is not None:
        found.append((change.percent, "%"))
    return [
        Fact(code, Measure.CHANGE, meaning.period, abs(value), unit, indicator.decimals, cell) for value, unit in found
    ]


def _to_date(world: World, code: str, meaning: Meaning) -> list[Fact]:
    """Return the sum from the first quarter of the year, or a share of all the cases since; of what is neither, nothing."""
    indicator = world.by_code[code]
    if not isinstance(meaning.period, Quarter) or indicator.basis is not Basis.IN_QUARTER:
        return []
    if not indicator.adds_up:
        return _pooled(world, code, meaning)
    known = _since(world, code, meaning, Measure.OUTTURN)
    total = sum((one.value for one in known), Fraction(0))
    last = known[-1:]
    return [Fact(code, Measure.OUTTURN, meaning.period, total, one.unit, one.decimals, one.cell) for one in last]


def _pooled(world: World, code: str, meaning: Meaning) -> list[Fact]:
    """Return the share of all the cases of several quarters of a year, up to one; nothing where their counts are not known."""
    indicator = world.by_code[code]
    if indicator.basis is not Basis.IN_QUARTER:
        return []
    parts, wholes = (_since(world, code, meaning, one) for one in (Measure.NUMERATOR, Measure.DENOMINATOR))
    whole = sum((one.value for one in wholes), Fraction(0))
    if not parts or not whole:
        return []
    value = sum((one.value for one in parts), Fraction(0)) * Fraction(indicator.multiplier) / whole
    # Of people, whom each quarter counts again: 97 complaints in four quarters per 1,000 who live there.
    values = [value * len(wholes), value] if indicator.unit.startswith("per ") else [value]
    unit, cell = indicator.unit, parts[-1].cell
    return [Fact(code, Measure.OUTTURN, meaning.period, one, unit, indicator.decimals, cell) for one in values]


def _since(world: World, code: str, meaning: Meaning, measure: Measure) -> list[Fact]:
    """Return the facts of the quarters of a year, up to one; none where one of them is not known."""
    assert isinstance(meaning.period, Quarter)
    assert isinstance(meaning.base, Quarter)
    span = range(meaning.base.number, meaning.period.number + 1)
    facts = [world.fact(code, measure, Quarter(meaning.period.year, number)) for number in span]
    known = [one for one in facts if one is not None]
    return known if len(known) == len(facts) else []


def of_one_length(
    world: World, code: str, figures: Mapping[int, Number], columns: Mapping[int, Column], meanings: Sequence[Meaning]
) -> Sequence[Meaning]:
    """Return what a figure may be under months that end quarters: of the months or of the quarters, as most of its row are.

    Args:
        world: The figures.
        code: Of the indicator of the row.
        figures: Those of the row, by column.
        columns: By place.
        meanings: What the figure may be.
    """
    kinds: tuple[type[Period], ...] = (Month, Quarter)
    if not all(any(isinstance(one.period, kind) for one in meanings) for kind in kinds):
        return meanings
    right = [
        sum(
            any(
                matches(fact, number)
                for one in columns[place].meanings
                if isinstance(one.period, kind)
                for fact in facts_of(world, code, one)
            )
            for place, number in figures.items()
            if place in columns
        )
        for kind in kinds
    ]
    kind = kinds[right[1] > right[0]]
    return [one for one in meanings if isinstance(one.period, kind)]


def matches(fact: Fact, number: Number) -> bool:
    """Return whether a figure is right at its own precision, whatever its unit; a share may be a part of one: ``0.84``."""
    value = fact.value / _WHOLE if _is_part_of_one(fact, number) else fact.value
    return Fraction(rounded(value, number.decimals)) == number.value


def _is_part_of_one(fact: Fact, number: Number) -> bool:
    """Return whether a share is written as a workbook has it below its number format: no sign, at most one, two decimals."""
    is_share = fact.unit == "%" and number.unit is Unit.NONE
    return is_share and number.decimals >= _PARTS and number.value <= 1 < fact.value


def has_wrong_unit(fact: Fact, number: Number) -> bool:
    """Return whether a figure has a unit that it cannot have; a difference of shares may be written with a percent sign."""
    points = fact.unit == "percentage points" and number.unit is Unit.PERCENT
    return number.unit in _UNITS and number.unit.value not in fact.unit and not points


@dataclass(frozen=True, slots=True)
class Held:
    """How a figure of a table is held against what its headings say.

    Attributes:
        is_sure: Whether one that is none of what they say is wrong; else it is only not checkable.
        is_turned: Whether its sign is wrong.
        shown: What the rounded figures beside it make of it, which will do as well.
    """

    is_sure: bool = True
    is_turned: bool = False
    shown: Sequence[Fraction] = ()

    def shows(self, number: Number) -> bool:
        """Return whether the figures beside a number make it."""
        return any(Fraction(rounded(one, number.decimals)) == number.value for one in self.shown)


SURELY = Held()


def tell_figure(scene: Scene, number: Number, code: str, meanings: Sequence[Meaning], held: Held = SURELY) -> None:
    """Take down a figure of an indicator whose headings give what it may be, the likeliest first.

    Args:
        scene: The draft.
        number: The figure.
        code: Of the indicator.
        meanings: What it may be.
        held: How it is held against them.
    """
    known = [(meaning, fact) for meaning in meanings for fact in facts_of(scene.world, code, meaning)]
    fitting = [
        one for one in known if (matches(one[1], number) or held.shows(number)) and not has_wrong_unit(one[1], number)
    ]
    sign = {-1: "-", 1: "+"}.get(number.signed, "") if held.is_turned else ""
    stated = f"{sign}{plain(number.value)}{'%' if number.unit is Unit.PERCENT else ''}"
    if not known:
        first = meanings[0] if meanings else None
        what = f"{first.measure.value} of {code} for {first.period.label}" if first else f"such figure of {code}"
        told = Told("figure", Verdict.NOT_CHECKABLE, stated, reason=f"The workbook has no {what}.", indicator=code)
    else:
        meaning, fact = (fitting or known)[0]
        verdict = (
            Verdict.CONFIRMED
            if fitting and not held.is_turned
            else Verdict.CONTRADICTED
            if held.is_sure
            else Verdict.NOT_CHECKABLE
        )
        computed = _computed(fact, number)
        since = f" since {meaning.base.label}" if meaning.base is not None else ""
        of = f" of {meaning.part}" if meaning.part else ""
        turned = ", and it went the other way" if fitting and held.is_turned else ""
        reason = f"{code}, {meaning.measure.value}{of} for {meaning.period.label}{since}{turned}."
        if verdict is Verdict.NOT_CHECKABLE:
            reason = f"The heading does not say surely what this is; {reason[:-1]} is {computed}."
        told = Told("figure", verdict, stated, computed, reason, fact.cell, code)
    scene.tell(number.start, number.end, told, [number])


def _computed(fact: Fact, number: Number) -> str:
    """Return a fact in the form of the figure that states it."""
    if _is_part_of_one(fact, number):
        return str(rounded(fact.value / _WHOLE, number.decimals))
    return f"{rounded(fact.value, number.decimals)}{'%' if fact.unit == '%' else ''}"


def tell_status(scene: Scene, code: str, cell: Part, quarter: Quarter | None = None, *, is_whole: bool = True) -> None:
    """Take down the status that a cell gives; nothing where it gives none.

    Args:
        scene: The draft.
        code: Of the indicator.
        cell: Where it stands.
        quarter: Of which it is the status; None for the quarter reported.
        is_whole: Whether the cell is for the status alone; else it has a figure, too.
    """
    stands = _status_in(scene, cell, is_whole=is_whole)
    if stands is None or code not in scene.world.contract:
        return
    if is_whole or scene.world.status(code, quarter).is_rated:
        tell_stands(scene, code, *stands, quarter)


def tell_met(scene: Scene, code: str, cell: Part, quarter: Quarter) -> None:
    """Take down whether a cell says rightly that a target was met; nothing where it says neither or there is no target."""
    met = is_met(scene.flat[cell.start : cell.end])
    if met is None or code not in scene.world.contract or not scene.world.status(code, quarter).is_rated:
        return
    wanted = {Status.ON} if met else {Status.INSIDE, Status.OUTSIDE}
    tell_stands(scene, code, cell, frozenset(wanted), quarter)


def tell_stands(scene: Scene, code: str, part: Part, wanted: frozenset[Status], quarter: Quarter | None) -> None:
    """Take down whether a measure named in a part of the text has one of some statuses."""
    world = scene.world
    status = world.status(code, quarter)
    verdict = Verdict.CONFIRMED if status in wanted else Verdict.CONTRADICTED
    place = world.cell_of(code, Measure.STATUS, quarter)
    at = "" if quarter in (None, world.quarter) else f" in {quarter.label}"
    reason = f"{code} {'was' if at else 'is'} {named({status})}{at}."
    scene.tell(part.start, part.end, Told("status", verdict, named(wanted), named({status}), reason, place, code))


def _status_in(scene: Scene, cell: Part, *, is_whole: bool) -> tuple[Part, frozenset[Status]] | None:
    """Return where a cell gives a status, and which; None where it gives none."""
    phrases: list[StatusPhrase] = scene.within(scene.statuses, cell)
    if is_whole:
        words = scene.flat[cell.start : cell.end].strip(" \u25cf\u25d0\u25cb\u2013")
        wanted = statuses_of(phrases[0]) if phrases else status_words(words)
        return (cell, wanted) if wanted else None
    if phrases:
        return phrases[0], statuses_of(phrases[0])
    found = _RAG.search(scene.flat, cell.start, cell.end)
    return (Part(found.start("rag"), found.end("rag")), status_words(found["rag"])) if found else None
