"""A number with everything that says what it is of, and what comes out of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from xlkpi.prose.claim import Verdict
from xlkpi.prose.figures.bases import Against
from xlkpi.prose.figures.beside import Beside
from xlkpi.prose.figures.compare import printed, stated
from xlkpi.prose.figures.cues import Use
from xlkpi.prose.figures.dated import Dated
from xlkpi.prose.figures.reading import Reading
from xlkpi.prose.figures.scope import About
from xlkpi.prose.mentions import Number, Unit
from xlkpi.prose.scene import Told

#: How a reason ends where only the unit, or the noun, of a figure is wrong.
WRONG_UNIT = "the figure is right, the unit is not."


@dataclass(frozen=True, slots=True)
class Asked:
    """A number with everything that says what it is of.

    Attributes:
        number: As the draft has it.
        beside: The words around it.
        use: What it is used for.
        about: The indicators that it may be of, the likeliest first.
        parts: Parts of indicators named beside it, the nearest first.
        bases: How parts may have been counted, by the words of the sentence, for each indicator asked.
        dated: Its period.
        named: Its period as the draft names it, whatever indicator it is of.
        compared: The periods with which something is compared.
        sign: +1 or -1 where words say which way it went, by code: better and worse depend on the indicator.
        others: Readings that the sentence itself gives (a share of two counts).
        is_of: Whether it is one of two numbers of which one is out of the other.
        is_whole: Whether it is the one out of which the other is.
        to_date: Whether the draft speaks of the year so far.
        said: What other numbers of the sentence say, and rightly, in words and figure.
        counted: What other numbers of its sentence come to, of which the workbook need not know any.
        bound: From which level a gap is, or the cases that make it up: ``target`` or ``tolerance``; empty where that is
            not said.
        partner: Code of the indicator whose cases the number beside it counts; empty where it counts none.
        follows: Code of the indicator of which the figure before it is, and rightly, with no other one named between them.
    """

    number: Number
    beside: Beside
    use: Use
    about: Sequence[About]
    parts: Sequence[str]
    bases: Sequence[str]
    dated: Dated
    named: Dated
    compared: Against
    sign: dict[str, int] = field(default_factory=dict)
    others: Sequence[Reading] = ()
    is_of: bool = False
    to_date: bool = False
    partner: str = ""
    said: frozenset[tuple[str, Fraction]] = frozenset()
    bound: str = ""
    counted: Sequence[Reading] = ()
    is_whole: bool = False
    follows: str = ""

    def admits(self, reading: Reading) -> bool:
        """Return whether a number may be a count where it stands: the first of ``46 of 88`` is never the count of all."""
        if (called := _CALLED.search(self.beside.before)) and reading.is_part:
            return reading.is_whole is (called[1].lower() == "denominator")
        if not self.is_of or not reading.is_part:
            return True
        return reading.is_whole is self.is_whole or (self.is_whole and self.partner != reading.code)

    @property
    def shares(self) -> Sequence[Reading]:
        """Return those of the readings of its sentence against which it is held."""
        return [one for one in self.others if not one.weak]


#: ``the numerator was 268``, ``denominator: 991``.
_CALLED = re.compile(r"\b(numerator|denominator)\s*(?:(?:was|is|of|:|=|,)\s*)?$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Judged:
    """What came out, and the reading by which the number is right or should be.

    Attributes:
        told: For the claim; None where the number states no figure at all.
        reading: Of the figure; None without one.
    """

    told: Told | None
    reading: Reading | None = None

    @property
    def is_confirmed(self) -> bool:
        """Return whether the number is right."""
        return self.told is not None and self.told.verdict is Verdict.CONFIRMED

    @property
    def is_contradicted(self) -> bool:
        """Return whether it is wrong."""
        return self.told is not None and self.told.verdict is Verdict.CONTRADICTED

    @property
    def is_open(self) -> bool:
        """Return whether nothing is known yet."""
        return not self.is_confirmed and not self.is_contradicted


def confirmed(asked: Asked, code: str, reading: Reading) -> Judged:
    """Return that a number is what a reading says."""
    how = f" ({reading.how})" if reading.how else ""
    note = ""
    if reading.unit is Unit.POINTS and asked.number.unit is Unit.PERCENT:
        note = " It is right in percentage points, which is how a difference of percentages is said."
    reason = f"{capital(says(asked.number, reading))}{how}.{note}"
    return Judged(tell(asked, Verdict.CONFIRMED, code, reason, reading), reading)


def contradicted(asked: Asked, reading: Reading) -> Judged:
    """Return that a number is not what its only reading says."""
    how = f" ({reading.how})" if reading.how else ""
    reason = f"{capital(says(asked.number, reading))}{how}, not {stated(asked.number)}."
    return Judged(tell(asked, Verdict.CONTRADICTED, reading.code, reason, reading), reading)


def of_another_unit(asked: Asked, reading: Reading) -> Judged:
    """Return that a number is what a reading says, but for its unit."""
    reason = f"{capital(says(asked.number, reading))}: {WRONG_UNIT}"
    return Judged(tell(asked, Verdict.CONTRADICTED, reading.code, reason, reading), reading)


def tell(asked: Asked, verdict: Verdict, code: str, reason: str, reading: Reading | None = None) -> Told:
    """Return a claim about a number.

    Args:
        asked: The number.
        verdict: What the figures say of it.
        code: Of the indicator that it is about; empty where that is not certain.
        reason: One sentence.
        reading: By which it is right, or should be; None where there is none.
    """
    kind = {
        Use.CHANGE: "change",
        Use.GAP: "gap",
        Use.CASES: "gap in cases",
        Use.TARGET: "target",
        Use.TOLERANCE: "tolerance",
    }.get(asked.use, "figure")
    computed = printed(asked.number, reading) if reading else ""
    return Told(kind, verdict, stated(asked.number), computed, reason, reading.cell if reading else "", code)


def says(number: Number, reading: Reading) -> str:
    """Return what a reading says, at the precision of a number."""
    return reading.says.replace("{}", printed(number, reading))


def capital(text: str) -> str:
    """Return a text that begins with a capital."""
    return text[:1].upper() + text[1:]
