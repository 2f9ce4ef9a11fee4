"""Whether a number that does not fit an indicator is of something else: named by its clause, or far from every figure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction

from xlkpi.prose.again import goes_on
from xlkpi.prose.fact import Measure
from xlkpi.prose.figures.asked import Asked
from xlkpi.prose.figures.candidates import is_kind, readings_of
from xlkpi.prose.figures.compare import Fit
from xlkpi.prose.figures.cues import Use
from xlkpi.prose.figures.excluded import (
    is_of_survey,
    tells_the_rest,
)
from xlkpi.prose.figures.limits import names_another_limit
from xlkpi.prose.figures.misfits import fits
from xlkpi.prose.figures.reading import Reading
from xlkpi.prose.figures.readings import Readings
from xlkpi.prose.figures.scope import About
from xlkpi.prose.figures.slips import (
    adds_words,
    has_own_subject,
    is_divided,
    is_headed_otherwise,
    is_labelled_otherwise,
    is_of_else,
    is_slip,
    opens_afresh,
    parts_statements,
)
from xlkpi.prose.mentions import How, Role, Unit
from xlkpi.prose.mentions.digits import TELLING, digits_of

_ALL, _EVERY = 100, re.compile(r"\b(?:every|all|each)\b[^.;]*$", re.IGNORECASE)


def of_else(asked: Asked, about: About, reader: Readings, free: Sequence[Reading]) -> str:
    """Return why a number is of something else than its indicator; empty where nothing says so.

    Args:
        asked: The number.
        about: The indicator that it is likeliest of.
        reader: Of that indicator.
        free: The readings that no other number of the sentence has.
    """
    if not free and not asked.shares:
        return "Another number beside it is that figure, and this one of something else"
    is_all = asked.number.value == _ALL and asked.beside.in_brackets and bool(_EVERY.search(asked.beside.clause))
    if is_all and not about.subject.how.value >= How.ALIAS.value:
        return "It says again that it is all of them"
    if names_another_limit(asked.beside, asked.number, reader.indicator):
        return f"It is of another time limit than {reader.code}"
    if asked.use is Use.CHANGE and is_of_else(asked.beside, reader.indicator, is_apart=_is_apart(asked, about)):
        return f"It is not certain that this is about {reader.code}"
    if _is_of_own_subject(asked, about, reader):
        return f"It is not certain that this is still about {reader.code}"
    return _far(asked, about, reader) or _own_count(asked, about)


def _is_here(asked: Asked, about: About) -> bool:
    """Return whether an indicator is named in the sentence of a number, and not in a heading or a sentence before."""
    is_named = about.subject.how.value >= How.SHORT.value or (
        asked.beside.in_brackets and about.subject.role is Role.INDICATOR
    )
    return is_named and about.subject.end > asked.number.start - len(asked.beside.clause)


def _is_of_own_subject(asked: Asked, about: About, reader: Readings) -> bool:
    """Return whether a number is of what its own clause, or the label of its line, names, and not of the indicator."""
    is_here = _is_here(asked, about)
    if (about.is_told or not is_here) and is_labelled_otherwise(asked.beside, reader.indicator):
        return True
    if asked.use is not Use.LEVEL:
        return False
    if is_divided(asked.beside) or (is_of_survey(asked.beside.clause) and not is_of_survey(_named_by(reader))):
        return True
    if is_here:
        return is_headed_otherwise(asked.beside, asked.number.start - about.subject.start, reader.indicator)
    return has_own_subject(asked.beside, reader.indicator)


def _named_by(reader: Readings) -> str:
    """Return the words by which an indicator is known."""
    return " ".join((reader.indicator.title, *reader.indicator.aliases, reader.indicator.definition))


def _far(asked: Asked, about: About, reader: Readings) -> str:
    """Return why a level that is far from every figure of an indicator is of something else; empty where nothing says so."""
    if asked.use not in (Use.LEVEL, Use.BASELINE, Use.TARGET):
        return ""
    reach = max(0, asked.number.start - about.subject.end)
    is_same = asked.partner == about.code or tells_the_rest(asked.beside)
    if (is_same or not parts_statements(asked.beside, reach)) and looks_like_slip(asked, reader):
        return ""
    others = [one for one in asked.about if one.is_near and one.code != about.code]
    is_level = (
        asked.use is Use.TARGET and about.is_near and not others
    )  # "58% of leavers ..., short of the 54% we aim for"
    if about.is_sure and (is_level or _is_its_own(asked, about, reader)):
        return ""
    is_here = _is_here(asked, about) or goes_on(asked.beside.clause)
    if not (about.is_near and is_here and not about.is_apart):
        return f"It is far from every figure of {reader.code}, which is not named beside it"
    if adds_words(asked.beside, reader.indicator):
        return f"It is far from every figure of {reader.code}, and the words beside it say more than its name"
    return ""


#: ``(234 vs 220)``: the first of the two.
_OPENS_PAIR = re.compile(
    r"\(\s*(?P<first>[0-9][0-9,]*(?:\.[0-9]+)?)\s?%?\s+(?:vs?\.?|versus|against|(?:as\s+)?compared\s+(?:with|to))\s+$",
    re.IGNORECASE,
)


def _is_its_own(asked: Asked, about: About, reader: Readings) -> bool:
    """Return whether a number is of an indicator however far it is from its figures: by its order or its words."""
    is_ordered = about.subject.how is How.CODE and about.subject.start == asked.number.start  # "respectively"
    is_then = asked.use is Use.BASELINE and asked.follows == about.code  # "2,090, against 1,930 three months earlier"
    is_of_it = asked.number.unit in _SHARES and bool(_OF_IT.search(asked.beside.before))
    return is_ordered or is_then or is_of_it or _is_set_against_its_own(asked, reader)


def _is_set_against_its_own(asked: Asked, reader: Readings) -> bool:
    """Return whether the number before a number, in one bracket with it, is the figure of an indicator."""
    found = _OPENS_PAIR.search(asked.beside.before)
    first = Fraction(found["first"].replace(",", "")) if found else None
    return any(one.value == first for one in reader.levels(reader.world.quarter))


_SHARES = (Unit.PERCENT, Unit.RATE)
#: ``last quarter it was red at``, ``A year ago we were at``, ``last quarter's result was``: of what was spoken of.
_OF_IT = re.compile(
    r"\b(?:it|we|this|(?:the|our|last\s+(?:quarter|year|time)['\u2019]?s)\s+(?:figure|rate|result|share|proportion|percentage))\s+"
    r"(?:was|were|had\s+been|stood|is|stands?)\s+(?:then\s+|still\s+|only\s+|just\s+|(?:red|amber|green),?\s+)*(?:at\s+)?$",
    re.IGNORECASE,
)


def _own_count(asked: Asked, about: About) -> str:
    """Return why a share or a change that other numbers of the sentence come to is of these; empty where none do."""
    is_named = about.is_near and about.subject.how.value >= How.ALIAS.value
    is_own = not is_named and any(fits(asked, one) is Fit.YES for one in asked.counted)
    return (
        f"It is not certain that this is about {about.code}: it is what the numbers beside it come to" if is_own else ""
    )


def _is_apart(asked: Asked, about: About) -> bool:
    """Return whether an indicator is named before the clause of a number."""
    return about.subject.end <= asked.number.start and opens_afresh(
        asked.beside, asked.number.start - about.subject.end
    )


def looks_like_slip(asked: Asked, reader: Readings) -> bool:
    """Return whether a number looks like a slip of one of the figures of an indicator."""
    bounds = [*reader.of(Use.TARGET, asked.dated.period, ()), *reader.of(Use.LEVEL, asked.dated.period, ())]
    known = [one.value for one in reader.world.facts_of(reader.code) if one.measure in _COUNTED]
    if digits_of(asked.number) >= TELLING and any(one.is_near and one.code == reader.code for one in asked.about):
        known += reader.world.current  # the figure of another row
    own = [one for one in readings_of(asked, reader) if is_kind(asked, reader, one)]
    return is_slip(asked.number, [one.value for one in (*own, *bounds)], known)


_COUNTED = (Measure.OUTTURN, Measure.NUMERATOR, Measure.DENOMINATOR)
