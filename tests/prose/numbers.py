"""Numbers as drafts print them, in digits and in words: read, and written back in the same manner."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from xlkpi.model.number import rounded

_UNITS = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen",
    "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_ORDINALS = (
    "zeroth", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh",
    "twelfth",
)  # fmt: skip
_DIGITS = re.compile(
    r"(?P<sign>[-\u2212+]?)(?P<number>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)(?P<nth>st|nd|rd|th)?"
)
_WORD = re.compile(r"[A-Za-z]+(?:-[a-z]+)?")


def in_words(number: int) -> str:
    """Return a number below a hundred in words.

    Examples:
        >>> in_words(13), in_words(90), in_words(21)
        ('thirteen', 'ninety', 'twenty-one')
    """
    if number < len(_UNITS):
        return _UNITS[number]
    tens, unit = divmod(number, 10)
    return _TENS[tens - 2] + (f"-{_UNITS[unit]}" if unit else "")


_WORDS = {in_words(number): number for number in range(100)} | {"no": 0, "none": 0, "hundred": 100}
_NTHS = {word: number for number, word in enumerate(_ORDINALS)}


@dataclass(frozen=True)
class Printed:
    """A number in a text.

    Attributes:
        value: Without its sign.
        decimals: Digits after the point.
        start: Where it starts in the text.
        end: Where it ends.
        form: digits, grouped, words, ordinal or nth.
    """

    value: Fraction
    decimals: int
    start: int
    end: int
    form: str

    def written(self, value: Fraction, text: str) -> str | None:
        """Return the text with another number in the same manner; None where that manner cannot say it."""
        number = self._said(value, text[self.start : self.end])
        return None if number is None else text[: self.start] + number + text[self.end :]

    def _said(self, value: Fraction, before: str) -> str | None:
        shown = rounded(value, self.decimals)
        if self.form in {"digits", "grouped"}:
            return f"{shown:,.{self.decimals}f}" if self.form == "grouped" else f"{shown:.{self.decimals}f}"
        whole = int(shown)
        if self.form == "nth":
            return None
        words = _ORDINALS if self.form == "ordinal" else tuple(in_words(number) for number in range(100))
        if not (1 if self.form == "ordinal" else 0) <= whole < len(words):
            return None
        said = words[whole] if whole or self.form == "ordinal" else "no"
        return said.capitalize() if before[:1].isupper() else said


def printed(text: str) -> Printed | None:
    """Return the first number of a text; None where it has none.

    Examples:
        >>> printed("4,144 visits").value, printed("Thirteen measures").form, printed("1.50%").decimals
        (Fraction(4144, 1), 'words', 2)
    """
    if found := _DIGITS.search(text):
        number = found["number"]
        _, _, after = number.partition(".")
        form = "nth" if found["nth"] else "grouped" if "," in number else "digits"
        start = found.start("number")
        return Printed(Fraction(Decimal(number.replace(",", ""))), len(after), start, found.end(), form)
    for found in _WORD.finditer(text):
        word = found[0].casefold()
        for words, form in ((_WORDS, "words"), (_NTHS, "ordinal")):
            if word in words:
                return Printed(Fraction(words[word]), 0, found.start(), found.end(), form)
    return None


_UNIT = re.compile(
    r"(?P<pp>percentage[- ]points?|\bpp\b|\bppt?s?\b)|(?P<percent>%|\bper ?cent\b)"
    r"|\b(?P<time>working days?|days?|weeks?|months?|years?|hours?)\b",
    re.IGNORECASE,
)


def unit(text: str) -> str:
    """Return the unit that a text prints: %, pp, a time, or nothing.

    Examples:
        >>> unit("24%"), unit("3 percentage points"), unit("51 days"), unit("56 visits")
        ('%', 'pp', 'days', '')
    """
    found = _UNIT.search(text)
    if not found:
        return ""
    if found["pp"]:
        return "pp"
    if found["percent"]:
        return "%"
    word = found["time"].casefold().removeprefix("working ")
    return word if word.endswith("s") else f"{word}s"
