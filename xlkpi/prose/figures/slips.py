"""Whether a number that is wrong of an indicator looks like a slip of it, or like a figure of something else.

A draft that is wrong about a figure is seldom far from it: a digit is mistyped, two are swapped, a decimal point moved, the
figure of another quarter or the target stands there. A number that is nothing of the kind is more often of something that
the workbook does not know: ``178 of these went to the police`` beside 1,580 referrals.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from fractions import Fraction

from xlkpi.model.number import rounded
from xlkpi.model.register import Indicator
from xlkpi.prose.figures.beside import Beside
from xlkpi.prose.figures.dated import TURNS
from xlkpi.prose.figures.nouns import keys_of, own_keys
from xlkpi.prose.mentions import Number
from xlkpi.prose.mentions.tokens import stem, tokens

_NEAR = Fraction(1, 4)  # of the larger of the two
_FEW = 2  # units of small whole numbers
_SMALL = 10


def is_slip(number: Number, figures: Iterable[Fraction], others: Iterable[Fraction] = ()) -> bool:
    """Return whether a number looks like a slip of one of some figures.

    Args:
        number: As the draft has it.
        figures: What it should be, exactly: outturn, counts and bounds of the period.
        others: Figures of other periods, which it may be by mistake.

    Examples:
        >>> from xlkpi.prose.mentions.numbers import numbers
        >>> [is_slip(one, [Fraction(1580)]) for one in numbers("1,850 and 1508 and 158 and 178 and 15.8")]
        [True, True, True, False, True]
    """
    if any(is_near(number.value, value) or (not number.in_words and is_misprint(number, value)) for value in figures):
        return True
    return any(rounded(value, number.decimals) == rounded(number.value, number.decimals) for value in others)


def is_swapped(number: Number, value: Fraction) -> bool:
    """Return whether a number has the digits of a figure in another order."""
    stated, shown = (_digits(str(abs(rounded(one, number.decimals)))) for one in (number.value, value))
    return stated != shown and sorted(stated) == sorted(shown)


def is_near(stated: Fraction, value: Fraction) -> bool:
    """Return whether a number lies within a quarter of a figure; a small one within two."""
    distance, larger = abs(stated - abs(value)), max(abs(stated), abs(value))
    return distance <= _NEAR * larger or (larger < _SMALL and distance <= _FEW)


def is_misprint(number: Number, value: Fraction) -> bool:
    """Return whether the digits are those of a figure but for one, for their order, or for the place of the point."""
    stated = str(rounded(number.value, number.decimals))
    shown = {str(abs(rounded(value, decimals))) for decimals in {0, 1, number.decimals}}
    return any(_alike(_digits(stated), _digits(one)) for one in shown)


def _digits(text: str) -> str:
    return text.replace(".", "").lstrip("0")


def _alike(one: str, other: str) -> bool:
    if one.rstrip("0") == other.rstrip("0"):
        return True  # the point was moved
    if len(one) == len(other):
        return len(one) > 1 and (
            sorted(one) == sorted(other) or sum(a != b for a, b in zip(one, other, strict=True)) == 1
        )
    longer, shorter = sorted((one, other), key=len, reverse=True)
    is_one_more = len(longer) - len(shorter) == 1 and len(shorter) > 1
    return is_one_more and any(longer[:place] + longer[place + 1 :] == shorter for place in range(len(longer)))


#: Words that say nothing of whom a figure counts.
_NEUTRAL_WORDS = (
    "performance achieved achieving stood standing stands currently remains remained reported reporting shows showing "
    "position seen see fell fallen falling rise rose risen increase increased decrease decreased improve improved reduced "
    "reduction dropped rate figure level total number percentage proportion quarter year month end target compared "
    "tolerance track slight slightly just only around held made carried completed recorded registered received same "
    "january february march april may june july august september october november december last previous further "
    "before previous prior actual qtr final seen meet almost nearly unchanged data council trust we our us "
    "came come comes got went gone goes reached reach turned amounted least most short ought aiming aim only "
    "one two three four first second third fourth "
    "up down higher lower better worse more fewer less improvement improving exactly inside outside within "
    "though although whereas yet when where "
    "year years ago earlier before ending ended today then take takes took average mean being nearer some "
    "peak peaked trough high low christmas easter spring summer autumn winter based "
    "there here still again overall against well significant significantly continue continued period time point points"
)
_NEUTRAL = frozenset(stem(word) for word in _NEUTRAL_WORDS.split())
#: What stands for what was named before.
_PRONOUN = re.compile(r"\b(?:it|its|this|that|these|those|they|their|we|which|who|what|so)\b", re.IGNORECASE)
_STOP = re.compile(
    r"[,.;:()\u2013]|\b(?:and|but|while|whilst|compared|against|than|from|which|with\s+a|as|so)\b", re.IGNORECASE
)
_AFRESH = re.compile(r"[;:]|\b(?:and|but|while|whilst|whereas|however|although)\b|,\s", re.IGNORECASE)


#: ``Rent collected, of what is due: 99%* Target:``, up to a number.
_LABEL = re.compile(
    r"(?P<label>(?!(?:this|that|it|they|these|we)\b)[A-Za-z][^:]{3,}):"
    r"(?:[^A-Za-z:]*(?:targets?|tolerance)\s*:)?[^A-Za-z:]*$",
    re.IGNORECASE,
)


def adds_words(beside: Beside, indicator: Indicator) -> bool:
    """Return whether the words around a number say more than an indicator's title, labels and definition do."""
    return _adds(indicator, _AFRESH.split(beside.clause)[-1], _STOP.split(beside.after, maxsplit=1)[0])


#: ``a 30% rise in private units``: what rose stands behind.
_ROSE_IN = re.compile(
    r"\s*(?:\w+\s+)?(?:ris|increas|fall|drop|decreas|reduc|declin|grow|gain|improv)\w*\s+(?:in|of)\s+(?P<what>[^,.;:()0-9]*?)"
    r"(?=\s+(?:and|but|while|which|on|from|since|over|compared|between|to)\b|[,.;:(0-9]|$)",
    re.IGNORECASE,
)


def is_of_else(beside: Beside, indicator: Indicator, *, is_apart: bool) -> bool:
    """Return whether a change is of what its own clause names, and that is no indicator: ``a 30% rise in private units``.

    Args:
        beside: The words around it.
        indicator: Of which it may be.
        is_apart: Whether that is named in a clause before.
    """
    behind = _ROSE_IN.match(beside.after)
    own = _AFRESH.split(beside.clause)[-1]
    return (behind is not None and _adds(indicator, behind["what"])) or (is_apart and _adds(indicator, own))


_PARTS = re.compile(rf";|{TURNS}", re.IGNORECASE)


def parts_statements(beside: Beside, reach: int) -> bool:
    """Return whether another statement begins within so many signs before a number."""
    return bool(_PARTS.search(beside.clause[max(0, len(beside.clause) - reach) :])) if reach else False


def opens_afresh(beside: Beside, reach: int) -> bool:
    """Return whether a clause begins within so many signs before a number."""
    return opens_within(beside.clause[max(0, len(beside.clause) - reach) :])


def opens_within(words: str) -> bool:
    """Return whether a clause begins within some words."""
    return bool(_AFRESH.search(words))


def is_about_else(clause: str, indicator: Indicator) -> bool:
    """Return whether what goes before a word in its own clause names something, and not an indicator.

    Args:
        clause: The sentence up to the word.
        indicator: Which it may be about, named before that clause.
    """
    return _adds(indicator, _AFRESH.split(clause)[-1])


def has_own_subject(beside: Beside, indicator: Indicator) -> bool:
    """Return whether the clause of a number names what it is of, and that is no indicator: ``Level 3 training stands at 91%``.

    Args:
        beside: The words around it.
        indicator: Of which it may be, named in a sentence before.
    """
    aside = _ASIDE.search(beside.clause)
    parts = _AFRESH.split(beside.clause)
    own = aside["words"] if aside else parts[-1]
    is_label = len(parts) == _LABELLED and not own.strip() and beside.clause.rstrip().endswith(",")
    if is_label and not _VERB.search(parts[0]):
        own = parts[0]  # "Response rate poor, 5.8% of contacts"
    return not _PRONOUN.search(own) and _adds(indicator, own)


#: ``Attendance of children in care was 91.2%``: what is told of those who are named.
_HEADED = re.compile(r"(?P<head>[A-Za-z'-]+)\s+(?:of|among)\s+(?:(?:the|our|all|its|their)\s+)*$", re.IGNORECASE)
_HEAD_WORDS = (
    "number numbers percentage proportion rate share total average mean median level figure count timeliness performance "
    "percent cent most many majority minority some all each half third quarter one two three four five six seven eight "
    "nine ten rest none part out few those children people outturn score completion completeness measure indicator kpi "
    "section handful dozen couple volume caseload cohort group range remainder sum lot instead because made consist "
    "proud ahead short outside inside clear worth"
)
_HEADS = frozenset(stem(word) for word in _HEAD_WORDS.split())


def is_headed_otherwise(beside: Beside, reach: int, indicator: Indicator) -> bool:
    """Return whether a name only says of whom something else is told: ``Attendance of children in care was 91.2%``.

    Args:
        beside: The words around a number.
        reach: How many signs before it the name starts.
        indicator: Which it names.
    """
    found = _HEADED.search(beside.clause[: len(beside.clause) - reach]) if 0 < reach <= len(beside.clause) else None
    if found is None or stem(found["head"].lower()) in _HEADS:
        return False
    return _adds(indicator, found["head"])


_LABELLED = 2  # parts of a sentence: what it is of, and its figure
_VERB = re.compile(
    r"\b(?:is|are|was|were|has|have|had|remains?|stands?|stood|rose|fell|\w+ed|came|went|got|saw|no|not|another|still|again)\b",
    re.IGNORECASE,
)
#: ``one long wait (a sibling group of three, 890 days)``: a bracket with its own subject.
_ASIDE = re.compile(r"\((?P<words>[^()]*[A-Za-z][^()]*)$")
#: ``Main themes: repairs (64), communication (22)``: what a figure is divided into.
_DIVIDED = re.compile(
    r"[^.;:]*\b(?:themes?|reasons?|causes?|breakdown|types?|sources?|split|categor(?:y|ies)|factors?|outcomes?|routes?|ethnicity|ages?|gender)\b[^.;:]{0,30}:[^.;]*$",
    re.IGNORECASE,
)


def is_divided(beside: Beside) -> bool:
    """Return whether the sentence of a number opens with a label of what something is divided into."""
    return bool(_DIVIDED.match(beside.clause))


def is_labelled_otherwise(beside: Beside, indicator: Indicator) -> bool:
    """Return whether the line of a number opens with a label of something else: ``Rent collected, of what is due: 99%``."""
    label = _LABEL.match(beside.clause.lstrip("-\u2022\u00b7* "))
    return label is not None and _adds(indicator, label["label"])


def _adds(indicator: Indicator, *texts: str) -> bool:
    own = own_keys(indicator) | keys_of(indicator.definition)
    said = [one.key for text in texts for one in tokens(text) if one.key]
    return any(key not in own and key not in _NEUTRAL and not key[0].isdigit() for key in said)
