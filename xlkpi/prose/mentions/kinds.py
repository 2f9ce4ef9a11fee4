"""What a sentence can mention: numbers, periods, directions, statuses and subjects, each where it stands."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from fractions import Fraction

from xlkpi.model.period import Month, Period
from xlkpi.prose.sentences import Part


class Form(Enum):
    """How a number is put."""

    CARDINAL = "cardinal"
    ORDINAL = "ordinal"
    FRACTION = "fraction"
    MULTIPLE = "multiple"


class Unit(Enum):
    """What a number counts, as far as the words beside it say."""

    NONE = ""
    PERCENT = "%"
    POINTS = "percentage points"
    DAYS = "days"
    WEEKS = "weeks"
    MONTHS = "months"
    YEARS = "years"
    HOURS = "hours"
    MINUTES = "minutes"
    SECONDS = "seconds"
    RATE = "per"
    MONEY = "£"


#: Units of time.
SPANS = (Unit.SECONDS, Unit.MINUTES, Unit.HOURS, Unit.DAYS, Unit.WEEKS, Unit.MONTHS, Unit.YEARS)


@dataclass(frozen=True, slots=True)
class Number(Part):
    """A number in digits or words, with its unit.

    Attributes:
        value: As written: 24 for 24%; 3 for third; 1/3 for a third; 2 for doubled.
        decimals: Digits after the point as written.
        unit: From the words that follow, or the sign.
        form: Cardinal unless said otherwise.
        in_words: Whether it is spelled out.
        per: Of a rate, what it is per (``10,000``); empty elsewhere.
        signed: -1 or +1 where a sign is written; 0 elsewhere.
        about: Whether a word before it makes it a rough one (``around``, ``nearly``, ``over``).
    """

    value: Fraction
    decimals: int
    unit: Unit = Unit.NONE
    form: Form = Form.CARDINAL
    in_words: bool = False
    per: str = ""
    signed: int = 0
    about: str = ""


class Link(Enum):
    """How two numbers belong together."""

    OF = "of"
    FROM_TO = "from to"
    VERSUS = "against"
    RANGE = "range"


@dataclass(frozen=True, slots=True)
class Pair(Part):
    """Two numbers that make one statement: ``18 out of 20``, ``from 25.2 to 22.1``, ``(234 vs 220)``, ``19-21``."""

    link: Link
    first: Number
    second: Number


class When(Enum):
    """In which way a period is named."""

    QUARTER = "quarter"
    MONTH = "month"
    MONTHS = "months"
    YEAR = "year"
    DATE = "date"
    SPAN = "span"
    CURRENT = "this quarter"
    PREVIOUS = "previous quarter"
    YEAR_AGO = "same quarter last year"
    YEAR_END = "last year end"
    CALENDAR_YEAR = "calendar year"


@dataclass(frozen=True, slots=True)
class PeriodMention(Part):
    """A period, resolved against the quarter that the draft reports.

    Attributes:
        when: In which way it is named.
        periods: What it means; several for ``September and October 2017``; none for a calendar year or a date.
        certain: Whether the words alone say which it is (a month without its year does not).
        fault: What is wrong with it (``2018/20 is not a financial year``); empty where nothing is.
        is_baseline: Whether a word before it makes it what something is compared with (``than last quarter``).
        months: The first and the last month of what is no single period of a register: a calendar year, a day, some months.
        perhaps: Of a season, the periods that it may be by one writer's lights or another's, the likeliest first.
    """

    when: When
    periods: tuple[Period, ...]
    certain: bool = True
    fault: str = ""
    is_baseline: bool = False
    months: tuple[Month, Month] | None = None
    perhaps: tuple[Period, ...] = ()


class Way(Enum):
    """Which way a word says that something went or stands."""

    UP = "up"
    DOWN = "down"
    BETTER = "better"
    WORSE = "worse"
    SAME = "same"
    HIGHEST = "highest"
    LOWEST = "lowest"
    BEST = "best"
    WORST = "worst"


@dataclass(frozen=True, slots=True)
class Direction(Part):
    """A word that says where something went: ``rose``, ``fewer``, ``improved``, ``unchanged``, ``highest``.

    Attributes:
        way: Which way.
        is_comparative: Whether it compares (``higher than``) and does not tell of a movement.
        continued: Whether it says that it went on so (``continued to fall``), so that two changes are claimed.
        negated: Whether a word turns it around (``has not increased``).
    """

    way: Way
    is_comparative: bool = False
    continued: bool = False
    negated: bool = False


class Level(Enum):
    """Which status a phrase names."""

    ON = "on target or better"
    WITHIN_OR_BETTER = "inside tolerance or better"
    INSIDE = "inside tolerance"
    OUTSIDE = "outside tolerance"
    OFF_TARGET = "worse than target"
    NO_TARGET = "no target"
    NO_DATA = "no data"
    ABOVE_TARGET = "above target"
    BELOW_TARGET = "below target"


@dataclass(frozen=True, slots=True)
class StatusPhrase(Part):
    """Words that name a status: ``on or better than target``, ``outside tolerance``, ``rated amber``.

    Attributes:
        level: Which.
        in_words: The words that carry it, in small letters, without emphasis.
        negated: Whether a word turns it around (``not yet at target``).
    """

    level: Level
    words: str = ""
    negated: bool = False


class Role(Enum):
    """What a subject is."""

    INDICATOR = "indicator"
    HINT = "hint"
    PART = "part"
    SECTION = "section"
    MEASURES = "measures"
    PEER = "peer"


#: What a mere hint weighs of a name.
HINTED = 0.15


class How(Enum):
    """By which words a subject was known, the surest first."""

    CODE = 5
    TITLE = 4
    ALIAS = 3
    SHORT = 2
    WORDS = 1


@dataclass(frozen=True, slots=True)
class Subject(Part):
    """Words that say what a statement is about.

    Attributes:
        role: Indicator, a hint at one (a word that it alone has), a part of one (a cohort), a section, measures at
            large, or a peer (national, regional).
        names: Codes of the indicators that the words may mean, the likeliest first; the part, section or peer elsewhere.
        how: By which words.
        weight: 0 to 1: how much of the indicator's name stands there.
        figures: Where numbers stand that belong to the name (``26 weeks``).
        crosses: Whether figures of something else stand between its words.
    """

    role: Role
    names: tuple[str, ...]
    how: How
    weight: float = 1.0
    figures: tuple[tuple[int, int], ...] = ()
    crosses: bool = False
