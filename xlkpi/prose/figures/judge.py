"""The verdict on one number: which readings it may have, and whether one of them fits."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from xlkpi.prose.again import goes_on
from xlkpi.model.period import Month
from xlkpi.prose.claim import Verdict
from xlkpi.prose.fact import Measure
from xlkpi.prose.figures.asked import WRONG_UNIT, Asked, Judged, capital, confirmed, contradicted, says, tell
from xlkpi.prose.figures.beside import Beside
from xlkpi.prose.figures.candidates import is_kind, readings_of
from xlkpi.prose.figures.compare import Fit, stated
from xlkpi.prose.figures.cues import Use, makes_up
from xlkpi.prose.figures.excluded import (
    includes,
    is_for_later,
    is_meant,
    is_no_measure,
    is_of_sample,
    is_of_survey,
    is_of_whole_year,
    is_part,
    is_set_against_else,
    tells_the_rest,
)
from xlkpi.prose.figures.limits import is_named_behind, makes_up_of, names_another_limit
from xlkpi.prose.figures.misfits import fits, no_figure, other_period, wrong_unit
from xlkpi.prose.figures.nouns import Noun, noun_behind
from xlkpi.prose.figures.reading import Reading
from xlkpi.prose.figures.readings import Readings
from xlkpi.prose.figures.scope import About
from xlkpi.prose.figures.slips import (
    adds_words,
    has_own_subject,
    is_divided,
    is_headed_otherwise,
    is_labelled_otherwise,
    is_misprint,
    is_of_else,
    is_slip,
    opens_afresh,
    parts_statements,
)
from xlkpi.prose.figures.units import is_of_a_few
from xlkpi.prose.figures.would import is_further, would_lose
from xlkpi.prose.mentions import How, Role, Unit
from xlkpi.prose.mentions.digits import TELLING, digits_of
from xlkpi.prose.mentions.kinds import HINTED
from xlkpi.prose.scene import Told
from xlkpi.prose.world import World

_ARTICLES = 3  # "one", "two", "three" in words are as often articles as figures
_MANY = 20  # of more than these, "no child was ..." is said of some
_HUNDREDS = 100  # a figure of hundreds is hardly mistaken for one digit
_ALL, _EVERY = 100, re.compile(r"\b(?:every|all|each)\b[^.;]*$", re.IGNORECASE)
_TWO = 2  # digits that are hardly right by chance
_MOST = 2  # indicators that a number is held against


def judge(world: World, asked: Asked) -> Judged:
    """Return the verdict on a number."""
    held = _apart(asked, list(_held(world, asked)))
    for about, _, readings in held:
        for reading in readings if _may_confirm(asked, about) else ():
            if fits(asked, reading) is Fit.YES:
                return confirmed(asked, about.code, reading)
    for reading in asked.others:
        if fits(asked, reading) is Fit.YES:
            return confirmed(asked, reading.code, reading)
    if asked.about and asked.about[0].is_near and not asked.about[0].is_apart:
        held = [one for one in held if not one[0].is_apart]
    if not held and (at := _at_end(world, asked)) is not None:
        return confirmed(asked, at.code, at)
    if not held:
        is_shared = asked.shares and asked.dated.is_sure
        return contradicted(asked, _best(asked, asked.shares)) if is_shared else no_figure(world, asked)
    about, reader, readings = held[0]
    strong = [one for one in readings if not one.weak] or readings
    plain = strong if asked.is_of or asked.beside.in_brackets else [one for one in strong if not one.is_part] or strong
    said = asked.said if asked.use in (Use.LEVEL, Use.BASELINE) else ()
    free = [one for one in plain if (one.says, one.value) not in said]
    best = _best(asked, [*asked.shares, *(free or plain)])
    doubt = _doubt(asked, about, reader, best)
    if doubt and (wrong := wrong_unit(world, asked)) is not None:
        return wrong
    if doubt := doubt or _of_else(asked, about, reader, free) or _own_count(asked, about):
        return Judged(tell(asked, Verdict.NOT_CHECKABLE, about.code, f"{doubt}: {says(asked.number, best)}."), best)
    return Judged(_contradicted(asked, about, reader, best), best)


def _at_end(world: World, asked: Asked) -> Reading | None:
    """Return what makes a number right that is dated by the last month of its quarter: ``Last September it was 81.9%``."""
    month = asked.dated.period
    if not isinstance(month, Month) or month != month.quarter.months[-1] or asked.use not in (Use.LEVEL, Use.BASELINE):
        return None
    readings = (one for about in asked.about[:_MOST] for one in Readings(world, about.code).levels(month.quarter))
    return next((one for one in readings if fits(asked, one) is Fit.YES), None)


def _may_confirm(asked: Asked, about: About) -> bool:
    """Return whether a number that fits is right: one of a single digit needs more than a hint of what it is of."""
    is_told = digits_of(asked.number) >= _TWO or bool(asked.number.decimals)
    return about.subject.weight > HINTED or is_told or asked.use is not Use.LEVEL


def _apart(
    asked: Asked, held: list[tuple[About, Readings, list[Reading]]]
) -> list[tuple[About, Readings, list[Reading]]]:
    """Return what a number is held against: a share behind a count (``8 (6%)``) not against what was named elsewhere."""
    own = {one.code for one in asked.shares}
    return [one for one in held if not own or one[0].code in own or one[0].is_near]


def _doubt(asked: Asked, about: About, reader: Readings, best: Reading) -> str:
    """Return why a number that does not fit cannot be held against a draft; empty where it can."""
    is_next = is_named_behind(asked.number, about.subject, 1)  # "a further 22 foster carer approvals"
    is_other = asked.use in (Use.LEVEL, Use.CASES) and is_further(asked.beside) and not is_next
    goes_on_from = about.is_told and asked.use in (Use.BASELINE, Use.CHANGE)  # "of these 136 had one, up from 131"
    if (
        is_other
        or is_of_sample(asked.beside)
        or (is_part(asked.beside) and not goes_on_from and not (about.is_near and _names_part(asked, about, reader)))
    ):
        return "The workbook has no figure of such a part"
    if is_no_measure(asked.beside):
        return f"The draft says that it is no measure, and not that it is {about.code}"
    if asked.use in (Use.LEVEL, Use.CHANGE, Use.BASELINE) and is_meant(asked.beside):
        return "It is expected or supposed, and not reported"
    if asked.use in (Use.TARGET, Use.TOLERANCE) and (
        _TO_COME.search(asked.beside.clause) or is_for_later(asked.beside)
    ):
        return "It is still to come"
    if undated := _undated(asked):
        return undated
    if (
        asked.use is Use.CASES
        and not makes_up(asked.beside)
        and not would_lose(asked.beside)
        and not any(one.bound for one in reader.of(Use.CASES, None, ()))
    ):
        return "The workbook has no cases of this kind"
    return "" if _is_surely(asked, about, reader, best) else f"It is not certain that this is about {about.code}"


def _is_surely(asked: Asked, about: About, reader: Readings, best: Reading) -> bool:
    """Return whether a number is surely of an indicator, and counts what it counts."""
    first = asked.about[0]
    is_sure = about.is_sure or (first.is_sure and about.subject is first.subject)
    is_some = asked.number.in_words and best.value > _MANY * max(1, asked.number.value)
    is_else = is_of_a_few(asked) and best.value >= _HUNDREDS
    return is_sure and not is_some and not is_else and _counts_it(asked, about, reader, best)


def _names_part(asked: Asked, about: About, reader: Readings) -> bool:
    """Return whether a part is the indicator itself: ``of these, 91 became the subject of a second plan``."""
    is_among = includes(asked.beside)  # the number includes 23 who were placed with family
    is_named = is_named_behind(asked.number, about.subject) or makes_up_of(asked.beside, asked.number, about.subject)
    return not is_among and is_named and _is_slip(asked, reader)


def _undated(asked: Asked) -> str:
    """Return why it cannot be told of which period a number is; empty where it can."""
    if asked.use is Use.TARGET and is_of_whole_year(asked.beside):
        return "The workbook has the target of the quarter, and not that of the whole year"
    is_else = not asked.compared.is_named and is_set_against_else(asked.beside)
    if asked.use is Use.CHANGE and (is_else or asked.compared.is_unknown):
        return "It is compared with something that the workbook does not know"
    return "" if asked.dated.is_sure else f"The workbook has no figure for {asked.dated.words}"


def _of_else(asked: Asked, about: About, reader: Readings, free: Sequence[Reading]) -> str:
    """Return why a number is of something else than its indicator; empty where nothing says so."""
    if not free and not asked.shares:
        return "Another number beside it is that figure, and this one of something else"
    is_all = asked.number.value == _ALL and asked.beside.in_brackets and bool(_EVERY.search(asked.beside.clause))
    if is_all and not about.subject.how.value >= How.ALIAS.value:
        return "It says again that it is all of them"
    if names_another_limit(asked.beside, asked.number, reader.indicator):
        return f"It is of another time limit than {reader.code}"
    if asked.use is Use.CHANGE and is_of_else(asked.beside, reader.indicator, is_apart=_is_apart(asked, about)):
        return f"It is not certain that this is about {reader.code}"
    if asked.use is Use.LEVEL and _is_of_own_subject(asked, about, reader):
        return f"It is not certain that this is still about {reader.code}"
    if (about.is_told or not _is_here(asked, about)) and is_labelled_otherwise(asked.beside, reader.indicator):
        return f"It is not certain that this is still about {reader.code}"
    return _far(asked, about, reader)


def _is_here(asked: Asked, about: About) -> bool:
    """Return whether an indicator is named in the sentence of a number, and not in a heading or a sentence before."""
    is_named = about.subject.how.value >= How.SHORT.value or (
        asked.beside.in_brackets and about.subject.role is Role.INDICATOR
    )
    return is_named and about.subject.end > asked.number.start - len(asked.beside.clause)


def _is_of_own_subject(asked: Asked, about: About, reader: Readings) -> bool:
    """Return whether a level is of what its own clause names, and its indicator is named in a sentence before."""
    if is_divided(asked.beside) or (is_of_survey(asked.beside) and not is_of_survey(_named_by(reader))):
        return True
    if _is_here(asked, about):
        reach = asked.number.start - about.subject.start
        return is_headed_otherwise(asked.beside, reach, reader.indicator)
    return has_own_subject(asked.beside, reader.indicator)


def _named_by(reader: Readings) -> Beside:
    """Return the words by which an indicator is known, as what stands before a number."""
    return Beside("", "", " ".join((reader.indicator.title, *reader.indicator.aliases, reader.indicator.definition)))


def _far(asked: Asked, about: About, reader: Readings) -> str:
    """Return why a level that is far from every figure of an indicator is of something else; empty where nothing says so."""
    if asked.use not in (Use.LEVEL, Use.BASELINE, Use.TARGET):
        return ""
    reach = max(0, asked.number.start - about.subject.end)
    is_same = asked.partner == about.code or tells_the_rest(asked.beside)
    if (is_same or not parts_statements(asked.beside, reach)) and _is_slip(asked, reader):
        return ""
    others = [one for one in asked.about if one.is_near and one.code != about.code]
    if asked.use is Use.TARGET and about.is_near and about.is_sure and not others:
        return ""  # "58% of care leavers ..., short of the 54% we aim for"
    is_here = _is_here(asked, about) or goes_on(asked.beside.clause)
    if not (about.is_near and is_here and not about.is_apart):
        return f"It is far from every figure of {reader.code}, which is not named beside it"
    if adds_words(asked.beside, reader.indicator):
        return f"It is far from every figure of {reader.code}, and the words beside it say more than its name"
    return ""


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


def _is_slip(asked: Asked, reader: Readings) -> bool:
    """Return whether a number looks like a slip of one of the figures of an indicator."""
    bounds = [*reader.of(Use.TARGET, asked.dated.period, ()), *reader.of(Use.LEVEL, asked.dated.period, ())]
    known = [one.value for one in reader.world.facts_of(reader.code) if one.measure in _COUNTED]
    if digits_of(asked.number) >= TELLING and any(one.is_near and one.code == reader.code for one in asked.about):
        known += reader.world.current  # the figure of another row
    own = [one for one in readings_of(asked, reader) if is_kind(asked, reader, one)]
    return is_slip(asked.number, [one.value for one in (*own, *bounds)], known)


#: ``the new target for 2024/25 will be 96%``
_TO_COME = re.compile(
    r"\b(?:will|shall)\s+(?:then\s+|now\s+)?(?:be|become|rise|fall|move|go|drop|increase)\b[^.;]*$", re.IGNORECASE
)
_COUNTED = (Measure.OUTTURN, Measure.NUMERATOR, Measure.DENOMINATOR)


def _counts_it(asked: Asked, about: About, reader: Readings, best: Reading) -> bool:
    """Return whether a bare number is sure to count what a reading counts."""
    is_of = asked.is_of or (best.period is not None and bool(_OF_THE.match(asked.beside.after)))
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


def _held(world: World, asked: Asked) -> Iterable[tuple[About, Readings, list[Reading]]]:
    """Yield the indicators that have a figure of the number's kind, at most two, each with its readings."""
    found = 0
    shares = [one for one in asked.about if asked.is_of and world.by_code[one.code].is_proportion]
    for about in [*shares, *(one for one in asked.about if one not in shares)]:
        part = next((one for one in asked.parts if _has_part(world, about.code, one)), "")
        reader = Readings(world, about.code, part, _bases(world, about.code, part, asked.bases) if part else ("",))
        readings = [one for one in readings_of(asked, reader) if is_kind(asked, reader, one)]
        if not readings:
            continue
        yield about, reader, readings
        found += 1
        if found == _MOST or (
            found
            and about.is_sure
            and about.is_near
            and about.subject.names[0] == about.code
            and not _shares(asked, about)
        ):
            return


def _shares(asked: Asked, about: About) -> bool:
    """Return whether other indicators are named by the same or by overlapping words."""
    return any(
        one is not about and one.subject.start < about.subject.end and about.subject.start < one.subject.end
        for one in asked.about
    )


def _has_part(world: World, code: str, part: str) -> bool:
    return any(one.part == part for one in world.facts_of(code))


def _bases(world: World, code: str, part: str, words: Sequence[str]) -> tuple[str, ...]:
    """Return how a part was counted: the way that the sentence names, else the first that the workbook has."""
    known = list(dict.fromkeys(one.basis for one in world.facts_of(code) if one.part == part))
    said = [one for one in known if one in words]
    return (said[0],) if said else tuple(known[:1])


def _best(asked: Asked, readings: Sequence[Reading]) -> Reading:
    """Return the reading that comes nearest, those that went the way the words say first."""
    number = asked.number.value

    def distance(one: Reading) -> tuple[bool, float]:
        sign = asked.sign.get(one.code, 0)
        wrong_way = bool(one.is_change and sign and one.value and (one.value > 0) != (sign > 0))
        value = abs(one.value) if one.is_change else one.value
        return wrong_way, float(abs(value - number) / (abs(value) + abs(number) + 1))

    return min(readings, key=distance)


def _contradicted(asked: Asked, about: About, reader: Readings, best: Reading) -> Told:
    number = asked.number
    how = f" ({best.how})" if best.how else ""
    if fits(asked, best) is Fit.VALUE:
        reason = f"{capital(says(number, best))}{how}: {WRONG_UNIT}"
        return tell(asked, Verdict.CONTRADICTED, about.code, reason, best)
    sign = asked.sign.get(best.code, 0)
    if best.is_change and sign and best.value and (best.value > 0) != (sign > 0):
        went = "rose" if best.value > 0 else "fell"
        reason = f"{about.code} {went}: {says(number, best)}{how}."
        return tell(asked, Verdict.CONTRADICTED, about.code, reason, best)
    other = other_period(asked, reader, best)
    reason = f"{capital(says(number, best))}{how}, not {stated(number)}.{other}"
    return tell(asked, Verdict.CONTRADICTED, about.code, reason, best)


_OF_THE = re.compile(r"\s+of\s+(?:the|our)\s+(?![0-9])", re.IGNORECASE)
_FIGURE_WAS = re.compile(
    r"\b(?:figure|rate|number|total|it|outturn|proportion|performance|average)\s+(?:was|is|stood\s+at"
    r"|had\s+been|were)\s+$",
    re.IGNORECASE,
)
