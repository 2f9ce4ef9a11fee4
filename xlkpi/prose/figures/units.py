"""Whether a figure that is right stands with a unit, or a noun, that it does not have."""

from __future__ import annotations

import re

from xlkpi.model.register import Indicator
from xlkpi.prose.figures.asked import Asked
from xlkpi.prose.figures.cues import Use
from xlkpi.prose.figures.nouns import Noun, noun_behind
from xlkpi.prose.figures.reading import Reading
from xlkpi.prose.figures.readings import Readings
from xlkpi.prose.figures.scope import About
from xlkpi.prose.mentions import SPANS, Form, Unit

_TELLING = 10  # a smaller figure in another unit may be chance
_SHORT = 12  # signs before a number
_WITHIN = re.compile(
    r"\b(?:within|inside|in|over|for|under|after|than|every|of)\s+(?:the\s+)?(?:statutory\s+|legal\s+|required\s+)?(?:last|past|next|first)?\s*$",
    re.IGNORECASE,
)
_OF_MEASURES = re.compile(r"\s+(?:\w+\s+){0,2}?(?:measures?|indicators?|kpis?)\b", re.IGNORECASE)
STATES = re.compile(
    r"\s*(?:rates?|levels?|figures?|performance)?\s*(?:was|is|were|are|stood\s+at|stands\s+at|reached|at|:"
    r"|\u2013|-|=|\(|amount(?:s|ed)\s+to|came\s+to)\s*(?:now\s+|at\s+)?",
    re.IGNORECASE,
)


#: A measure in pounds, whatever its unit is called, and in how many of them.
_POUNDS = re.compile(r"(?:£|gbp|pounds?)\s*(?P<scale>k|000'?s?|thousands?|m|millions?)?", re.IGNORECASE)
_SUMS = re.compile(
    r"\b(?:costs?|spend(?:ing)?|expenditure|income|price|rents?|budget|savings?|(?:over|under)spends?|variance|fees?)\b",
    re.IGNORECASE,
)
#: ``Number of rent accounts in arrears`` counts none.
_COUNTED = re.compile(
    r"\b(?:numbers?|accounts|cases|households|homes|tenants|people|children|families)\b", re.IGNORECASE
)
_SCALES = {"k": 1_000, "0": 1_000, "t": 1_000, "m": 1_000_000}


def pounds_in(indicator: Indicator) -> int:
    """Return how many pounds one of an indicator's figures is; 0 where they are no sums of money.

    Its unit says so, or the title of what else is a count: ``Average weekly rent``.
    """
    found = _POUNDS.fullmatch(indicator.unit.strip())
    if found:
        return _SCALES.get((found["scale"] or "")[:1].lower(), 1)
    is_count = indicator.unit.strip().lower() == "count" and not _COUNTED.search(indicator.title)
    return 1 if is_count and _SUMS.search(indicator.title) else 0


def is_telling(asked: Asked, about: About) -> bool:
    """Return whether a number that is equal to a figure is hardly so by chance: a large one, or one said of what is named."""
    number = asked.number
    if number.about:
        return False
    if number.value >= _TELLING or number.decimals:
        return True
    if not about.is_near or asked.use is not Use.LEVEL:
        return about.is_near
    reach = len(asked.beside.clause) - (number.start - about.subject.end)
    return about.subject.end <= number.start and bool(STATES.fullmatch(asked.beside.clause[max(0, reach) :]))


def is_limit(asked: Asked) -> bool:
    """Return whether a length of time is a limit, and no figure: ``within 12 months``."""
    is_bound = asked.use in (Use.TARGET, Use.TOLERANCE)  # "the target of 80 days"
    return asked.number.unit in SPANS and not is_bound and bool(_WITHIN.search(asked.beside.before))


def clashes(asked: Asked, reader: Readings, reading: Reading) -> bool:
    """Return whether a number has a unit, or counts something, that is not the unit of a figure."""
    if is_limit(asked):
        return False
    if asked.number.unit is not Unit.NONE:
        return asked.number.unit is not reading.unit
    noun = noun_behind(asked.beside.after, reader.indicator)
    is_other = noun is not Noun.NONE and asked.number.value >= _TELLING and not _OF_MEASURES.match(asked.beside.after)
    return reading.unit in SPANS and not reading.is_part and is_other


def lacks_unit(asked: Asked, reader: Readings, reading: Reading) -> bool:
    """Return whether a percentage is given without a sign: ``occupancy remains high at 90``."""
    is_bare = asked.number.unit is Unit.NONE and asked.number.form is Form.CARDINAL and not asked.number.in_words
    is_level = asked.use is Use.LEVEL and reading.unit is Unit.PERCENT and not asked.is_of
    return is_bare and is_level and noun_behind(asked.beside.after, reader.indicator) is Noun.NONE


def is_of_a_few(asked: Asked) -> bool:
    """Return whether a bare number of one digit stands in running words: ``2 of the districts``, not ``X was 2``."""
    number = asked.number
    is_bare = number.unit is Unit.NONE and not number.decimals and number.value < _TELLING
    return is_bare and asked.use is Use.LEVEL and not STATES.search(asked.beside.before[-_SHORT:])
