"""Exact numbers: what a cell holds, without the noise of binary fractions.

A spreadsheet keeps 15 significant digits; a file may carry ``13.600000000000001`` for a typed 13.6. Every number is
taken at those 15 digits, once, on its way in, and is exact from there on.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Context, Decimal, Inexact
from fractions import Fraction
from typing import TypeAlias

#: A number as typed: whole numbers as int, all others as Decimal.
Number: TypeAlias = int | Decimal

#: How a number is written as text: digits, one point, an exponent.
WRITTEN = re.compile(r"[-+]?([0-9]+\.?[0-9]*|\.[0-9]+)(e[-+]?[0-9]{1,3})?", re.IGNORECASE)

_DIGITS = 15
_SHOWN = 6
_EXACT_WHOLE = 10**_DIGITS
#: Keeps more digits than any figure has; says so where they would not be enough.
_UNBOUNDED = Context(prec=2_000, traps=[Inexact])


def exact(value: float) -> Number:
    """Return a cell's number as typed, at the 15 significant digits that a spreadsheet keeps.

    Args:
        value: A finite number.

    Examples:
        >>> exact(13.600000000000001), exact(4144.0), exact(0.3)
        (Decimal('13.6'), 4144, Decimal('0.3'))
    """
    if value == (whole := int(value)) and -_EXACT_WHOLE < whole < _EXACT_WHOLE:
        return whole
    return Decimal(f"{value:.{_DIGITS}g}")


def rounded(value: Fraction | Number, decimals: int) -> Decimal:
    """Return a number rounded half away from zero, as a spreadsheet's ROUND does.

    Args:
        value: The exact number; never a rounded one (8/107 is 7.477 and rounds to 7; by way of 7.5 it would be 8).
        decimals: Digits after the point.

    Examples:
        >>> rounded(Fraction(800, 107), 0), rounded(Fraction(-5, 2), 0), rounded(Decimal("1.005"), 2)
        (Decimal('7'), Decimal('-3'), Decimal('1.01'))
    """
    scaled = Fraction(value) * 10**decimals
    whole, rest = divmod(abs(scaled.numerator), scaled.denominator)
    if 2 * rest >= scaled.denominator:
        whole += 1
    return Decimal(whole if scaled >= 0 else -whole).scaleb(-decimals, _UNBOUNDED)


def terminating(value: Fraction) -> Decimal:
    """Return a fraction whose decimals end as a decimal, with every digit.

    Raises:
        decimal.Inexact: Where its decimals do not end.

    Examples:
        >>> terminating(Fraction(121, 5))
        Decimal('24.2')
    """
    return _UNBOUNDED.divide(Decimal(value.numerator), Decimal(value.denominator))


def total(numbers: Iterable[Number]) -> Number:
    """Return the exact sum of numbers.

    Examples:
        >>> total([4144, Decimal("0.5")]), total([])
        (Decimal('4144.5'), 0)
    """
    found: Number = 0
    for number in numbers:
        found = found + number if isinstance(found, int) and isinstance(number, int) else _UNBOUNDED.add(found, number)
    return found


def decimals_of(value: Number) -> int:
    """Return how many digits after the point a number was typed with.

    Examples:
        >>> decimals_of(28), decimals_of(Decimal("22.9825"))
        (0, 4)
    """
    if isinstance(value, int):
        return 0
    exponent = value.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def plain(value: Fraction | Number) -> str:
    """Return a number as a person would type it: no exponent, no trailing zeros, six decimals where it does not end.

    Examples:
        >>> plain(Decimal("74.0")), plain(Fraction(1, 3)), plain(28)
        ('74', '0.333333', '28')
    """
    decimal = rounded(value, _SHOWN) if isinstance(value, Fraction) else Decimal(value)
    text = f"{decimal:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
