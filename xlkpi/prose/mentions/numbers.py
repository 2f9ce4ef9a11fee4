"""Numbers in digits and in words, with their units, and pairs of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import pairwise

from xlkpi.model.number import rounded
from xlkpi.prose.mentions.kinds import SPANS, Form, Link, Number, Pair, Unit

_ONES = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_ORDINALS = [
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
    "fifteenth",
    "sixteenth",
    "seventeenth",
    "eighteenth",
    "nineteenth",
    "twentieth",
]
_SCALES = {"hundred": 100, "thousand": 1_000, "million": 1_000_000}
_SMALL = {word: value for value, word in enumerate(_ONES)} | {
    word: 10 * place for place, word in enumerate(_TENS, start=2)
}
_ORDINAL = {word: value for value, word in enumerate(_ORDINALS, start=1)}
_PARTS = {"half": 2, "third": 3, "quarter": 4, "fifth": 5, "sixth": 6, "eighth": 8, "tenth": 10}
_MULTIPLES = {
    "doubled": Fraction(2), "doubling": Fraction(2), "twofold": Fraction(2),
    "trebled": Fraction(3), "tripled": Fraction(3), "threefold": Fraction(3), "quadrupled": Fraction(4),
    "fourfold": Fraction(4), "halved": Fraction(1, 2), "halving": Fraction(1, 2),
}  # fmt: skip

_TO_NINETEEN = "|".join(sorted(_ONES, key=len, reverse=True))
_TO_99 = rf"(?:(?:{'|'.join(_TENS)})(?:[\s-]+(?:{'|'.join(_ONES[1:10])})\b)?|(?:{_TO_NINETEEN})\b)"
_TO_999 = rf"(?:{_TO_99}\s+hundred(?:\s+(?:and\s+)?{_TO_99})?|{_TO_99})"
#: "and" joins a number to its hundreds or thousands, and no two numbers: "four, four and two".
_WORDS = rf"(?:{_TO_999}(?:\s+(?:thousand|million)(?:\s+(?:and\s+)?{_TO_999})?)*)"
_PART_WORD = "|".join(_PARTS)
_UNITS = (
    (
        (
            r"%?[\s-]*percentage[\s-]+points?|\s*pp(?:t?s?)?\b|\s*%\s*(?:points?|pts?)\b|[\s-]*points?\b"
            r"|\s*pts?\b|\s*p\.p\."
        ),
        Unit.POINTS,
    ),
    (r"\s*%|\s?pc\b|[\s-]+per[\s-]?cent\b(?!age)|[\s-]+percent\b", Unit.PERCENT),
    (r"[\s-]*(?:working|calendar|school)?[\s-]*days?\b", Unit.DAYS),
    (r"[\s-]*weeks?\b", Unit.WEEKS),
    (r"[\s-]*months?\b", Unit.MONTHS),
    (r"[\s-]*(?:years?|yrs?)\b", Unit.YEARS),
    (r"[\s-]*(?:working\s+)?hours?\b", Unit.HOURS),
    (r"[\s-]*(?:minutes?|mins?)\b", Unit.MINUTES),
    (r"[\s-]*(?:seconds|secs?)\b", Unit.SECONDS),
    (r"(?:\s+\w+){0,2}?\s+(?:per|(?:in|for|out\s+of)\s+every)\s+(?P<per>1,?000|10,?000|100,?000|100)\b", Unit.RATE),
)
_UNIT = [(re.compile(pattern, re.IGNORECASE), unit) for pattern, unit in _UNITS]
_FIGURE = re.compile(
    r"(?<![\w.,])(?P<money>[£$\u20ac])?(?P<sign>(?<![0-9])[-+](?=[0-9]))?"
    r"(?P<digits>[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:(?P<decimals>\.[0-9]+)|(?!\.[0-9]))"
    r"(?P<tail>st\b|nd\b|rd\b|th\b)?(?P<scale>\s?(?:million|thousand|k|m|bn)\b)?(?![0-9]|(?!pp|%|pts?\b"
    r"|days?\b|weeks?\b|yrs?\b|years?\b|months?\b|hours?\b|hrs?\b|mins?\b|minutes?\b|kgs?\b|tonnes?\b|km\b)[A-Za-z])"
)
_TELEPHONE = re.compile(r"(?<![\w.,])0[0-9]{2,4}[\s-][0-9]{3,4}[\s-]?[0-9]{3,4}\b")
#: ``three quarters of improvement`` are quarters of a year.
_OF_A_MOVE = (
    r"\s+of\s+(?:\w+\s+)?(?:improvement|decline|fall|rise|increase|decrease|growth|reduction|deterioration|drop)s?\b"
)
_SPELLED = re.compile(
    rf"\b(?:(?P<lone>no|none|nil|nothing(?=\s+(?:is|was|are|were)\b))\b"
    rf"|(?P<parts>(?:(?P<many>one|two|three|four|five|a|an)[\s-]+)?(?P<part>{_PART_WORD})s?)(?=\s+(?:of|the)\b)(?!{_OF_A_MOVE})"
    rf"|(?<=\bby\s)(?P<bymany>one|two|three|four|five|a|an)[\s-]+(?P<bypart>{_PART_WORD})s?\b(?!\s+(?:of|points?|percentage)\b)"
    rf"|(?P<point>half\s+(?:of\s+)?an?\s+(?:percentage\s+)?point\b)|(?P<half>half)\b|(?P<multiple>{'|'.join(_MULTIPLES)})\b"
    rf"|(?P<tens>(?:{'|'.join(_TENS)})-)?(?P<ordinal>{'|'.join(_ORDINAL)})\b"
    rf"|(?P<words>{_WORDS})\b(?P<and_half>\s+and\s+a\s+half\b)?)",
    re.IGNORECASE,
)
_ABOUT = re.compile(
    r"\b(around|about|approximately|approx\.?|roughly|nearly|almost|just over|just under|over|more than|higher than|above"
    r"|exceed(?:s|ed|ing)?"
    r"|under|less than|fewer than|lower than|below|short of"
    r"|up to|at least|at most|circa|c\.|some|close to|in excess of)\s+$",
    re.IGNORECASE,
)
_REACH = 18

_BETWEEN = (
    (re.compile(r"\s+(?:out\s+of|of|in)\s+(?:the\s+|all\s+|our\s+|a\s+total\s+of\s+)*", re.IGNORECASE), Link.OF),
    (re.compile(r"\s*/\s*"), Link.OF),
    (
        re.compile(r"(?:\s*\([^()]{2,24}\)|\s+(?:in|at|for)\s+[\w/-]+(?:\s[\w/-]+){0,2}?)?\s+to\s+", re.IGNORECASE),
        Link.FROM_TO,
    ),
    (
        re.compile(
            r"\s*,?\s*(?:[A-Za-z]+\s+){0,2}?\(?(?:vs?\.?|versus|compared\s+(?:to|with)|against|instead\s+of|rather\s+than)\s+",
            re.IGNORECASE,
        ),
        Link.VERSUS,
    ),
    (re.compile(r"\s*[-\u2013]\s*|\s+and\s+"), Link.RANGE),
)
_TO = re.compile(r"\bto\s+(?:\w+\s+)?$", re.IGNORECASE)
_BACK_FROM = re.compile(r"\s*,?\s*(?:up\s+|down\s+)?from\s+", re.IGNORECASE)
_FROM = re.compile(r"\bfrom\s+(?:\w+\s+)?$", re.IGNORECASE)
#: ``226 came back within twelve months, as against 268``
_LIMIT = re.compile(
    r"\b(?:within|inside|outside|beyond|in|over|under|after|than|every|for)\s+(?:the\s+)?$", re.IGNORECASE
)
_RANGE = re.compile(r"\b(?:between|from|aged?|ages)\s+$", re.IGNORECASE)


def numbers(flat: str) -> Iterator[Number]:
    """Yield the numbers of a flattened text, in order; two never overlap."""
    calls = [one.span() for one in _TELEPHONE.finditer(flat)]
    figures = [one for one in _figures(flat) if not any(start <= one.start < end for start, end in calls)]
    found = [*figures, *_spelled(flat)]
    end = 0
    for one in sorted(found, key=lambda number: (number.start, -number.end)):
        if one.start >= end:
            yield one
            end = one.end


#: ``of 488 incidents it was met in 388 (80%)``: before the whole, and between a part and its share.
_OF_WHOLE = re.compile(r"\b(?:out\s+)?of\s+(?:the\s+|these\s+|all\s+|our\s+)?$", re.IGNORECASE)
_SHARE = re.compile(r"\s*\(\s*")
_APART = 120  # signs between a whole and its part


def pairs(flat: str, found: Sequence[Number]) -> Sequence[Pair]:
    """Return the numbers of a row that make one statement by twos, in order."""
    return sorted((*_neighbours(flat, found), *_wholes(flat, found)), key=lambda one: one.start)


def _wholes(flat: str, found: Sequence[Number]) -> Iterator[Pair]:
    for whole, part, share in zip(found, found[1:], found[2:], strict=False):
        if _is_share_of(flat, whole, part, share):
            yield Pair(whole.start, part.end, Link.OF, part, whole)


def _neighbours(flat: str, found: Sequence[Number]) -> Iterator[Pair]:
    for first, second in pairwise(found):
        if _TO.search(flat, max(0, first.start - _REACH), first.start) and _BACK_FROM.fullmatch(
            flat, first.end, second.start
        ):
            yield Pair(first.start, second.end, Link.FROM_TO, second, first)
            continue
        if second.start - first.end > _REACH * 2 or Form.ORDINAL in (first.form, second.form):
            continue
        for between, link in _BETWEEN:
            if between.fullmatch(flat, first.end, second.start) and _belongs(flat, first, second, link):
                yield Pair(first.start, second.end, link, first, second)
                break


def _is_share_of(flat: str, whole: Number, part: Number, share: Number) -> bool:
    """Return whether the share in brackets behind a number is that of the number before it: they are part and whole."""
    is_told = bool(_OF_WHOLE.search(flat, max(0, whole.start - _REACH), whole.start))
    are_counts = whole.unit is part.unit is Unit.NONE and share.unit is Unit.PERCENT and 0 < part.value <= whole.value
    is_near = part.start - whole.end <= _APART and bool(_SHARE.fullmatch(flat, part.end, share.start))
    if not (is_told and are_counts and is_near) or "\x00" in flat[whole.end : part.start]:
        return False
    return rounded(100 * part.value / whole.value, share.decimals) == share.value


#: Between a number and a smaller one of which it cannot be a part: only these words say that it is meant to be.
_OUT_OF = re.compile(
    r"\s+(?:(?:[a-z-]+\s+){0,2}out\s+of|of)\s+(?:(?:the|our|their|its|these|those|all)\s+){0,2}", re.IGNORECASE
)


def _belongs(flat: str, first: Number, second: Number, link: Link) -> bool:
    if link is Link.OF:
        whole = first.unit is Unit.NONE and second.unit in (Unit.NONE, Unit.DAYS)
        is_out_of = bool(_OUT_OF.fullmatch(flat, first.end, second.start)) and not second.in_words
        return whole and (first.value <= second.value or is_out_of) and Form.FRACTION not in (first.form, second.form)
    if link is Link.VERSUS and first.unit in SPANS and second.unit is Unit.NONE:
        return not _LIMIT.search(flat, max(0, first.start - _REACH), first.start)
    if link is Link.FROM_TO:
        return bool(_FROM.search(flat, max(0, first.start - _REACH), first.start))
    if link is Link.RANGE:
        dash = flat[first.end : second.start].strip() in ("-", "\u2013")
        if dash:
            return first.value < second.value
        is_one_unit = first.unit in (Unit.NONE, second.unit)  # "down from 22.4% and 2.2 points better than ..."
        return is_one_unit and bool(_RANGE.search(flat, max(0, first.start - _REACH), first.start))
    return True


def _figures(flat: str) -> Iterator[Number]:
    for found in _FIGURE.finditer(flat):
        decimals = len(found["decimals"] or ".") - 1
        value = Fraction((found["digits"].replace(",", "")) + (found["decimals"] or ""))
        scale = (found["scale"] or "").strip().lower()
        value *= {"": 1, "k": 1_000, "thousand": 1_000, "m": 10**6, "million": 10**6, "bn": 10**9}[scale]
        form = Form.ORDINAL if found["tail"] else Form.CARDINAL
        sign = {"-": -1, "+": 1}.get(found["sign"] or "", 0)
        if scale:
            decimals = 0
        unit, end, per = (Unit.MONEY, found.end(), "") if found["money"] else _unit(flat, found.end(), form)
        start = found.start("digits") if sign > 0 or not found["sign"] or found["money"] else found.start("sign")
        yield Number(start, end, value, decimals, unit, form, False, per, sign, _about(flat, found.start()))  # noqa: FBT003 - the fields in order


def _spelled(flat: str) -> Iterator[Number]:
    for found in _SPELLED.finditer(flat):
        value, form = _value(found)
        if value is None:
            continue
        unit, end, per = _unit(flat, found.end(), form) if form is Form.CARDINAL else (Unit.NONE, found.end(), "")
        unit = Unit.POINTS if found["point"] else unit
        if found["lone"] and (unit is not Unit.NONE or not _counts_none(flat, found)):
            continue
        yield Number(
            found.start(),
            end,
            value,
            int(bool(found["and_half"] or found["point"])),
            unit,
            form,
            in_words=True,
            per=per,
            about=_about(flat, found.start()),
        )


_NOUN = re.compile(r"\s+(?:[a-z-]+\s+)?(?:[a-z]+s|children|people|data)\b", re.IGNORECASE)


def _counts_none(flat: str, found: re.Match[str]) -> bool:
    """Return whether ``no`` counts something, as in ``no cases``."""
    return found["lone"].lower() != "no" or bool(_NOUN.match(flat, found.end()))


def _value(found: re.Match[str]) -> tuple[Fraction | None, Form]:
    if found["lone"]:
        return Fraction(0), Form.CARDINAL
    if part := found["part"] or found["bypart"]:
        return _fraction(found["many"] or found["bymany"], part.lower()), Form.FRACTION
    if found["half"] or found["point"]:
        return Fraction(1, 2), Form.FRACTION if found["half"] else Form.CARDINAL
    if found["multiple"]:
        return _MULTIPLES[found["multiple"].lower()], Form.MULTIPLE
    if found["ordinal"]:
        tens = _SMALL[found["tens"].rstrip("-").lower()] if found["tens"] else 0
        return Fraction(tens + _ORDINAL[found["ordinal"].lower()]), Form.ORDINAL
    value = _in_words(found["words"])
    rest = Fraction(1, 2) if found["and_half"] else Fraction(0)
    return (None if value is None else value + rest), Form.CARDINAL


def _fraction(many: str | None, part: str) -> Fraction | None:
    """Return a fraction in words; None where a quarter is one of a year: ``the third quarter of decline``."""
    if many is None and part == "quarter":
        return None
    counts = {"one": 1, "a": 1, "an": 1, "two": 2, "three": 3, "four": 4, "five": 5}
    value = Fraction(counts.get((many or "a").lower(), 1), _PARTS[part])
    return value if value <= 1 else None  # "five quarters of fall"


def _in_words(words: str) -> int | None:
    """Return the number that words spell; None where they spell none.

    Examples:
        >>> _in_words("one hundred and thirty-nine"), _in_words("two thousand five hundred"), _in_words("hundred")
        (139, 2500, None)
    """
    total = part = 0
    started = False
    for word in re.split(r"[\s-]+", words.lower()):
        if word == "and":
            continue
        if word in _SCALES:
            if not started:
                return None
            if word == "hundred":
                part *= 100
            else:
                total, part = total + part * _SCALES[word], 0
        else:
            part, started = part + _SMALL[word], True
    return total + part


def _unit(flat: str, end: int, form: Form) -> tuple[Unit, int, str]:
    if form is Form.ORDINAL:
        return Unit.NONE, end, ""
    for pattern, unit in _UNIT:
        if found := pattern.match(flat, end):
            if unit is Unit.RATE:
                return unit, found.end(), _grouped(found["per"])
            return unit, found.end(), ""
    return Unit.NONE, end, ""


def _grouped(digits: str) -> str:
    return f"{int(digits.replace(',', '')):,}"


def _about(flat: str, start: int) -> str:
    found = _ABOUT.search(flat, max(0, start - _REACH), start)
    if found is None or (
        found[1].lower() == "up to" and _WENT.search(flat, max(0, found.start() - _REACH), found.start())
    ):
        return ""  # "edged up to 56.2%" is no "up to 56%"
    said = found[1].lower()
    return _NO_MORE.get(said, said) if _NO.search(flat, max(0, found.start() - _REACH), found.start()) else said


#: ``no more than 320``, ``no fewer than six``.
_NO = re.compile(r"\b(?:no|not)\s+$", re.IGNORECASE)
_NO_MORE = {
    "more than": "at most", "over": "at most", "above": "at most", "higher than": "at most", "exceed": "at most",
    "less than": "at least", "fewer than": "at least", "under": "at least", "below": "at least", "lower than": "at least",
}  # fmt: skip
_WENT = re.compile(
    r"\b(?:[a-z]+ed|rose|risen|went|gone|is|was|are|were|been|come|came|crept|got|shot|back|now|brought|grew|grown|going|climbing|coming|moving)\s+$",
    re.IGNORECASE,
)
