"""How figures and states look: colours and number formats, for every writer.

Every pair of text and ground has a contrast of 4.5 or more. Colour is never the only signal: a status carries its mark.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from xlkpi.calculate.status import Status
from xlkpi.prose.claim import Severity, Verdict

FONT = "Calibri"

INK = "#1F2933"
GREY = "#52606D"
#: Zeros and other figures that step back; only ever beside the same figure said otherwise.
FAINT = "#9AA5B1"
RULE = "#D9E2EC"
BAND = "#F5F7FA"
ACCENT = "#0B4F6C"
WHITE = "#FFFFFF"
#: Ground of cells that a person types into.
TYPED = "#EAF4F9"
FAULT = "#C62828"


@dataclass(frozen=True, slots=True)
class Pair:
    """Dark text on a pale ground of the same hue."""

    text: str
    ground: str


_GREY_PAIR = Pair(GREY, "#EDF0F3")
STATUS_PAIRS = {
    Status.ON: Pair("#0B5D3B", "#E3F4EC"),
    Status.INSIDE: Pair("#7A4B00", "#FFF3D6"),
    Status.OUTSIDE: Pair("#8A1C1C", "#FBE3E4"),
    Status.NO_TARGET: _GREY_PAIR,
    Status.NO_DATA: _GREY_PAIR,
}

VERDICT_PAIRS = {
    Verdict.CONFIRMED: STATUS_PAIRS[Status.ON],
    Verdict.CONTRADICTED: STATUS_PAIRS[Status.OUTSIDE],
    Verdict.NOT_CHECKABLE: _GREY_PAIR,
}
SEVERITY_PAIRS = {
    Severity.HIGH: STATUS_PAIRS[Status.OUTSIDE],
    Severity.MEDIUM: STATUS_PAIRS[Status.INSIDE],
    Severity.LOW: _GREY_PAIR,
}

#: What counts are shown with; they are whole.
COUNT_FORMAT = "0"
TEXT_FORMAT = "@"
#: A change in percent of an earlier figure.
CHANGE_FORMAT = '+0"%";-0"%";0"%"'
PERCENT = "%"


#: Parts of red, green and blue up to this are as bright as they are large.
_NEARLY_BLACK = 0.04045

#: Heights of rows, in points: one line with room to breathe, and what each further line adds.
ONE_LINE, FURTHER_LINE = 20.0, 14.5
#: Letters are narrower than the digit in which Excel measures a column.
_LETTERS_PER_DIGIT = 1.12


def contrast(text: str, ground: str) -> float:
    """Return how far two colours differ in brightness, 1 to 21, by the Web Content Accessibility Guidelines 2.2.

    Examples:
        >>> contrast("#000000", "#FFFFFF"), round(contrast("#767676", "#FFFFFF"), 2)
        (21.0, 4.54)
    """
    dark, light = sorted(map(_luminance, (text, ground)))
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(int(colour[place : place + 2], 16) / 255) for place in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= _NEARLY_BLACK else float(((part + 0.055) / 1.055) ** 2.4)


def row_height(texts: Iterable[tuple[str, float]]) -> float:
    """Return how high a row must be to show its wrapped texts whole.

    Args:
        texts: Each text with the width of its column in characters.

    Examples:
        >>> row_height([("Staff turnover", 44)]), row_height([("Timeliness of single assessment " * 2, 44)])
        (20.0, 34.5)
    """
    return ONE_LINE + FURTHER_LINE * max(
        (_lines(text, int(width * _LETTERS_PER_DIGIT)) - 1 for text, width in texts), default=0
    )


@lru_cache(maxsize=4096)
def _lines(text: str, width: int) -> int:
    if len(text) <= width and "\n" not in text:
        return 1
    return sum(max(1, len(textwrap.wrap(part, width))) for part in text.split("\n"))


def number_format(unit: str, decimals: int) -> str:
    """Return the Excel number format of a figure in an indicator's unit.

    Args:
        unit: As the register has it; 74 of unit ``%`` is shown as 74%, all others without the unit.
        decimals: Digits after the point as printed.

    Examples:
        >>> number_format("%", 0), number_format("%", 1), number_format("per 1,000", 2), number_format("days", 0)
        ('#,##0"%"', '#,##0.0"%"', '#,##0.00', '#,##0')
    """
    digits = _digits(decimals)
    return f'{digits}"%"' if unit.strip() == PERCENT else digits


def signed_format(unit: str, decimals: int) -> str:
    """Return the Excel number format of a difference: a plus before a rise, points for percentages.

    Examples:
        >>> signed_format("%", 0)
        '+#,##0" pts";-#,##0" pts";#,##0" pts"'
        >>> signed_format("days", 1)
        '+#,##0.0;-#,##0.0;#,##0.0'
    """
    points = '" pts"' if unit.strip() == PERCENT else ""
    digits = _digits(decimals) + points
    return f"+{digits};-{digits};{digits}"


def gap_format(unit: str, decimals: int) -> str:
    """Return the Excel number format of a distance: in points, with one digit more than the figure, for percentages.

    Examples:
        >>> gap_format("%", 0), gap_format("days", 0)
        ('#,##0.0" pts"', '#,##0')
    """
    return f'{_digits(decimals + 1)}" pts"' if unit.strip() == PERCENT else _digits(decimals)


def _digits(decimals: int) -> str:
    return "#,##0" + ("." + "0" * decimals if decimals > 0 else "")
