"""Numbers and lists in words, as a report prints them."""

from __future__ import annotations

from collections.abc import Sequence

_SMALL = (
    "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen",
    "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENS = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_ORDINALS = (
    "",
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
)
_TEN, _TWENTY, _HUNDRED = 10, 20, 100


def number_in_words(number: int) -> str:
    """Return a count in words, in digits from 100; 0 is ``no``.

    Examples:
        >>> number_in_words(0), number_in_words(13), number_in_words(42), number_in_words(250)
        ('no', 'thirteen', 'forty-two', '250')
    """
    if number < _TWENTY:
        return _SMALL[number]
    if number >= _HUNDRED:
        return str(number)
    tens, ones = divmod(number, _TEN)
    return _TENS[tens] + (f"-{_SMALL[ones]}" if ones else "")


def ordinal(number: int) -> str:
    """Return a place in words, in digits from 13.

    Examples:
        >>> ordinal(3), ordinal(13), ordinal(22)
        ('third', '13th', '22nd')
    """
    if number < len(_ORDINALS):
        return _ORDINALS[number]
    teen = _TEN < number % _HUNDRED < _TWENTY
    return f"{number}{'th' if teen else {1: 'st', 2: 'nd', 3: 'rd'}.get(number % _TEN, 'th')}"


def counted(number: int, one: str, many: str) -> str:
    """Return a count with its noun in words.

    Examples:
        >>> counted(0, "measure", "measures"), counted(1, "measure", "measures"), counted(13, "measure", "measures")
        ('no measures', 'one measure', 'thirteen measures')
    """
    return f"{number_in_words(number)} {one if number == 1 else many}"


def listed(words: Sequence[str]) -> str:
    """Return words as a sentence lists them.

    Examples:
        >>> listed(["A1"]), listed(["A1", "A8"]), listed(["A1", "A8", "F01"])
        ('A1', 'A1 and A8', 'A1, A8 and F01')
    """
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


def sentence(text: str) -> str:
    """Return a text with a capital first letter."""
    return text[:1].upper() + text[1:]
