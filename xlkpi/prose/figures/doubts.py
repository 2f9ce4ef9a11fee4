"""Why a number that does not fit cannot be held against a draft: of a part, planned, of no known time, of who knows what."""

from __future__ import annotations

import re
from fractions import Fraction

from xlkpi.model.register import Basis
from xlkpi.prose.figures.asked import Asked
from xlkpi.prose.figures.cues import Use, makes_up
from xlkpi.prose.figures.elsewhere import looks_like_slip
from xlkpi.prose.figures.excluded import (
    includes,
    is_for_later,
    is_meant,
    is_no_measure,
    is_of_sample,
    is_of_whole_year,
    is_part,
    is_set_against_else,
    is_their_bound,
    tells_the_rest,
)
from xlkpi.prose.figures.limits import is_named_behind, makes_up_of
from xlkpi.prose.figures.nouns import Noun, noun_behind
from xlkpi.prose.figures.reading import Reading
from xlkpi.prose.figures.readings import Readings
from xlkpi.prose.figures.scope import About
from xlkpi.prose.figures.slips import (
    is_misprint,
    is_slip,
)
from xlkpi.prose.figures.units import is_of_a_few
from xlkpi.prose.figures.would import is_further, would_lose
from xlkpi.prose.mentions import SPANS, How, Unit
from xlkpi.prose.mentions.digits import digits_of

_ARTICLES = 3  # "one", "two", "three" in words are as often articles as figures
_MANY = 20  # of more than these, "no child was ..." is said of some
_HUNDREDS = 100  # a figure of hundreds is hardly mistaken for one digit
_TWO = 2  # digits that are hardly right by chance


def doubt(asked: Asked, about: About, reader: Readings, best: Reading) -> str:
    """Return why a number that does not fit cannot be held against a draft; empty where it can.

    Args:
        asked: The number.
        about: The indicator that it is likeliest of.
        reader: Of that indicator.
        best: The reading that comes nearest.
    """
    if why := _no_report(asked, about, reader) or _undated(asked, reader):
        return why
    if (
        asked.use is Use.CASES
        and not makes_up(asked.beside)
        and not would_lose(asked.beside)
        and not any(one.bound for one in reader.of(Use.CASES, None, ()))
    ):
        return "The workbook has no cases of this kind"
    return "" if _is_surely(asked, about, reader, best) else f"It is not certain that this is about {about.code}"


def _no_report(asked: Asked, about: About, reader: Readings) -> str:
    """Return why a number is no figure that is reported of an indicator; empty where it may be."""
    is_level = asked.use in (Use.LEVEL, Use.CHANGE, Use.BASELINE)
    is_bound = asked.use in (Use.TARGET, Use.TOLERANCE)
    reasons = (
        (_is_of_part(asked, about, reader), "The workbook has no figure of such a part"),
        (is_no_measure(asked.beside), f"The draft says that it is no measure, and not that it is {about.code}"),
        (is_level and is_meant(asked.beside), "It is expected or supposed, and not reported"),
        (
            is_bound and (bool(_TO_COME.search(asked.beside.clause)) or is_for_later(asked.beside)),
            "It is still to come",
        ),
        (is_bound and is_their_bound(asked.beside), "It is a level that others set"),
        (
            is_bound and asked.number.unit in SPANS and bool(_LIMIT.match(asked.beside.after)),
            "It is a limit that the workbook need not know",
        ),
    )
    return next((why for is_so, why in reasons if is_so), "")


_LIMIT = re.compile(r"\s*(?:limit|cap)\b", re.IGNORECASE)


def _is_of_part(asked: Asked, about: About, reader: Readings) -> bool:
    """Return whether a number is of a part, of others or of some that were looked at."""
    is_next = is_named_behind(asked.number, about.subject, 1)  # "a further 22 foster carer approvals"
    if (asked.use in (Use.LEVEL, Use.CASES) and is_further(asked.beside) and not is_next) or is_of_sample(asked.beside):
        return True
    goes_on_from = about.is_told and asked.use in (Use.BASELINE, Use.CHANGE)  # "of these 136 had one, up from 131"
    is_named = about.is_near and _names_part(asked, about, reader)
    return is_part(asked.beside) and not goes_on_from and not is_named


def _is_surely(asked: Asked, about: About, reader: Readings, best: Reading) -> bool:
    """Return whether a number is surely of an indicator, and counts what it counts."""
    first = asked.about[0]
    is_sure = about.is_sure or (first.is_sure and about.subject is first.subject)
    least = max(Fraction(1), asked.number.value)
    is_some = asked.number.in_words and asked.use is Use.LEVEL and best.value > _MANY * least
    is_else = is_of_a_few(asked) and best.value >= _HUNDREDS
    return is_sure and not is_some and not is_else and _counts_it(asked, about, reader, best)


def _names_part(asked: Asked, about: About, reader: Readings) -> bool:
    """Return whether a part is the indicator itself: ``of these, 91 became the subject of a second plan``."""
    is_among = includes(asked.beside)  # the number includes 23 who were placed with family
    is_named = is_named_behind(asked.number, about.subject) or makes_up_of(asked.beside, asked.number, about.subject)
    return not is_among and is_named and looks_like_slip(asked, reader)


def _undated(asked: Asked, reader: Readings) -> str:
    """Return why it cannot be told of which period a number is; empty where it can."""
    adds_up = reader.indicator.basis is Basis.IN_QUARTER and not reader.indicator.is_proportion
    if asked.use is Use.TARGET and is_of_whole_year(asked.beside, adds_up=adds_up):
        return "The workbook has the target of the quarter, and not that of the whole year"
    is_else = not asked.compared.is_named and is_set_against_else(asked.beside)
    if asked.use is Use.CHANGE and (is_else or asked.compared.is_unknown):
        return "It is compared with something that the workbook does not know"
    return "" if asked.dated.is_sure else f"The workbook has no figure for {asked.dated.words}"


#: ``the new target for 2024/25 will be 96%``
_TO_COME = re.compile(
    r"\b(?:will|shall)\s+(?:then\s+|now\s+)?(?:be|become|rise|fall|move|go|drop|increase)\b[^.;]*$", re.IGNORECASE
)


def _counts_it(asked: Asked, about: About, reader: Readings, best: Reading) -> bool:
    """Return whether a bare number is sure to count what a reading counts."""
    is_whole = bool(_OPENS_OF.fullmatch(asked.beside.clause))
    is_of = (asked.is_of and not is_whole) or (best.period is not None and bool(_OF_THE.match(asked.beside.after)))
    if is_of and not best.is_part and not reader.indicator.is_proportion:
        return False  # "four of the six", "four of the visits" of a count is a part of it
    if (
        asked.number.unit is not Unit.NONE
        or asked.is_of
        or asked.use in (Use.CASES, Use.GAP, Use.TARGET, Use.TOLERANCE)
    ):
        return True
    if asked.partner == about.code or tells_the_rest(asked.beside):
        return True
    noun = noun_behind(asked.beside.after, reader.indicator)
    if asked.number.in_words and asked.number.value <= _ARTICLES and not best.is_change:
        return noun in (Noun.OWN, Noun.PERSON) and about.is_near
    if best.is_part and not best.is_change:
        return _counts_part(asked, about, best, noun)
    return about.is_near or noun is Noun.OWN or best.is_change or bool(_FIGURE_WAS.search(asked.beside.before))


def _counts_part(asked: Asked, about: About, best: Reading, noun: Noun) -> bool:
    """Return whether a bare number is sure to be one of the counts of a share."""
    whole = about.subject.how.value >= How.ALIAS.value
    if asked.beside.in_brackets or noun is Noun.OWN or (noun is Noun.PERSON and about.is_near and whole):
        return True
    if digits_of(asked.number) < _TWO:
        return False
    if asked.use is Use.BASELINE and about.is_near and is_misprint(asked.number, best.value):
        return True  # "25 of 214 posts, against 43 in December", which were 34
    is_alone = not asked.beside.clause.strip(" -*\u2022") and bool(_ONE_NOUN.match(asked.beside.after))
    return is_alone and noun is Noun.PERSON and is_slip(asked.number, [best.value])


#: ``Placement moves: 8.9%. 28 children.``
_ONE_NOUN = re.compile(r"\s+[a-z]+\s*(?:[.;]|$)", re.IGNORECASE)


#: ``Of the 139 who left, 8 (6%) had``: the number of all of them.
_OPENS_OF = re.compile(r"\W*(?:out\s+)?of\s+(?:(?:the|our|these|all)\s+)*", re.IGNORECASE)
_OF_THE = re.compile(r"\s+of\s+(?:the|our)\s+(?![0-9])", re.IGNORECASE)
_FIGURE_WAS = re.compile(
    r"\b(?:figure|rate|number|total|it|outturn|proportion|performance|average)\s+(?:was|is|stood\s+at"
    r"|had\s+been|were)\s+$",
    re.IGNORECASE,
)
