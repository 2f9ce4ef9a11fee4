"""The numbers that a sentence speaks of, in digits or words, without those that count nobody: dates, codes, spans of time."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from typing import NamedTuple

_ONES = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
    *("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_WORDS = {word: number for number, word in enumerate(_ONES)} | {word: 20 + 10 * at for at, word in enumerate(_TENS)}
#: Words that say a number without naming it.
_OTHER_WORDS = {
    **dict.fromkeys(("single", "sole", "alone"), 1),
    **dict.fromkeys(("couple", "pair", "twin", "twins", "twice"), 2),
    **dict.fromkeys(("trio", "triplets", "thrice"), 3),
    "dozen": 12,
}
_SHARES = {
    "half": Fraction(1, 2),
    "halved": Fraction(1, 2),
    "third": Fraction(1, 3),
    "quarter": Fraction(1, 4),
    "fifth": Fraction(1, 5),
    "tenth": Fraction(1, 10),
}
_VAGUE = ("both", "handful", "few", "several", "doubled", "trebled", "tripled", "halved")

_YEAR = r"(?:19|20)[0-9]{2}(?:\s?[/\u2013-]\s?(?:20)?[0-9]{2})?"
_MONTH = r"(?:January|February|March|April|May|June|July|August|September|October|November|December)"
_SPAN = r"(?:working\s+)?(?:hour|day|week|month|year|yr)s?(?:'s?)?"
_NUMBER = r"(?:[0-9]+|" + "|".join((*_ONES, *_TENS)) + ")"
#: What has digits or number words, and counts nobody.
_NOT_COUNTED = re.compile(
    rf"\b(?:Quarters?|Qtrs?|Q)\s?[1-4]\b(?:[,\s\u2013-]*{_YEAR})?"
    rf"|\b(?:[0-9]{{1,2}}(?:st|nd|rd|th)?(?:\s+to\s+[0-9]{{1,2}}(?:st|nd|rd|th)?)?\s+)?{_MONTH}\b(?:\s+(?:19|20)[0-9]{{2}})?"
    rf"|\b{_YEAR}\b"
    rf"|\b{_NUMBER}(?:\s*(?:to|or|-|\u2013|\+)\s*{_NUMBER})?\+?[\s-]*(?:or more\s+)?{_SPAN}\b"
    rf"|\b(?:aged?|over|under)\s+[0-9]+(?:\s*(?:to|-|\u2013)\s*[0-9]+)?\b"
    rf"|\b(?:paragraphs?|sections?|tables?|appendix|page|clause|step|phase|version)\s+(?:{_NUMBER})(?:\.[0-9]+)*"
    r"|^\W*[1-9][0-9]*(?:\.[0-9]+)+\.?(?=\s+(?-i:[A-Z*])|$)|^\W*[0-9]+\.$"
    r"|\b(?:per|in)\s+1,?0{3,5}\b|\bper\s+100\b"
    r"|\b[0-9]+(?:st|nd|rd|th)\b",
    re.IGNORECASE,
)
_TOKEN = re.compile(r"[A-Za-z]+[0-9][A-Za-z0-9]*|[0-9][0-9,]*(?:\.[0-9]+)?|[A-Za-z]+(?:'[a-z]+)?")
_PERCENT = re.compile(r"\s*(?:%|per\s?cent\b|percent\b|pc\b)", re.IGNORECASE)
_POINTS = re.compile(r"\s*(?:percentage\s+)?points?\b", re.IGNORECASE)
#: Between a number and what it counts.
_NEAR = 3
_COUNTED_THINGS = frozenset((
    "measure", "measures", "indicator", "indicators", "target", "targets", "tolerance", "quarter", "quarters",
    "section", "sections", "chapter", "chapters", "page", "pages", "inspection", "inspections", "judgement",
    "judgements", "home", "homes", "team", "teams", "area", "areas", "agency", "agencies", "report", "reports",
    "meeting", "meetings", "recommendation", "recommendations", "priority", "priorities", "element", "elements",
    "theme", "themes", "time", "times", "framework", "frameworks", "authority", "authorities", "service",
    "services", "key",
))  # fmt: skip


class Spoken(NamedTuple):
    """One number that a sentence speaks of.

    Attributes:
        value: The number; a percentage as such (4 for 4%).
        decimals: Digits after the point as printed.
        is_percent: Whether it is a percentage.
        is_of_things: Whether it counts measures, quarters and the like, and no people.
        is_vague: Whether it is a word such as handful, which names no number.
    """

    value: Fraction
    decimals: int = 0
    is_percent: bool = False
    is_of_things: bool = False
    is_vague: bool = False


def spoken(sentence: str) -> list[Spoken]:
    """Return the numbers of a sentence, in order.

    Examples:
        >>> [(str(one.value), one.is_percent) for one in spoken("Only four children, or 1.2%, in Quarter 2, 2018/19.")]
        [('4', False), ('6/5', True)]
        >>> [str(one.value) for one in spoken("Twenty-three of the 45 stayed for 2 years or more.")]
        ['23', '45']
    """
    left = _NOT_COUNTED.sub(lambda found: " " * len(found[0]), sentence)
    return list(_numbers(left))


def _numbers(text: str) -> Iterator[Spoken]:
    tokens = list(_TOKEN.finditer(text))
    place = 0
    while place < len(tokens):
        word = tokens[place][0].casefold()
        used, value = 1, None
        if word[0].isdigit():
            value = Fraction(word.replace(",", ""))
        elif word in _WORDS:
            value, used = _in_words(text, tokens, place)
        elif word in _OTHER_WORDS:
            value = Fraction(_OTHER_WORDS[word])
        if value is not None:
            yield _told(text, tokens, place, used, value)
        elif word in _SHARES and _is_share(text, tokens, place):
            yield Spoken(100 * _SHARES[word], is_percent=True)
        if word in _VAGUE:
            yield Spoken(Fraction(0), is_vague=True)
        place += used


def _in_words(text: str, tokens: list[re.Match[str]], place: int) -> tuple[Fraction, int]:
    """Return a number in words and of how many words it is made: twenty-three, three hundred and four."""
    total, used = _WORDS[tokens[place][0].casefold()], 1
    words = [one[0].casefold() for one in tokens[place + 1 : place + 6]]
    if total >= 20 and words and words[0] in _ONES[1:10]:  # noqa: PLR2004  # twenty-one to ninety-nine
        total, used = total + _WORDS[words[0]], 2
    rest = words[used - 1 :]
    if rest and rest[0] == "hundred":
        total, used, rest = total * 100, used + 1, rest[1:]
        if rest and rest[0] == "and":
            used, rest = used + 1, rest[1:]
        if rest and rest[0] in _WORDS:
            more, further = _in_words(text, tokens, place + used)
            return total + more, used + further
    return Fraction(total), used


def _told(text: str, tokens: list[re.Match[str]], place: int, used: int, value: Fraction) -> Spoken:
    last = tokens[place + used - 1]
    is_percent = bool(_PERCENT.match(text, last.end())) or bool(_POINTS.match(text, last.end()))
    after = text[last.end() :]
    stop = re.search(r"[.;:(](?:\s|$)|\(", after)
    near = [one.casefold() for one in re.findall(r"[A-Za-z]+", after[: stop.start()] if stop else after)[:_NEAR]]
    decimals = len(last[0].partition(".")[2]) if last[0][0].isdigit() else 0
    return Spoken(value, decimals, is_percent, not is_percent and not _COUNTED_THINGS.isdisjoint(near))


def _is_share(text: str, tokens: list[re.Match[str]], place: int) -> bool:
    """Return whether a word is a part of a whole, and no place in a row or span of time: a third of, half the children."""
    word = tokens[place][0].casefold()
    after = text[tokens[place].end() :].lstrip().casefold()
    return word in {"half", "halved"} or after.startswith(("of ", "are ", "were "))
