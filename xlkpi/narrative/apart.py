"""Shares and counts that moved apart: more children placed, and yet a smaller share of all."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from xlkpi.calculate.change import Change
from xlkpi.calculate.results import ContextFigure
from xlkpi.model.number import Number, rounded
from xlkpi.model.observation import Observation
from xlkpi.model.register import PERCENT, Basis, Indicator
from xlkpi.narrative import printing
from xlkpi.narrative.measures import title_words
from xlkpi.narrative.said import Note, Said, Teller

_FURTHER = 2
_HUNDRED = 100


@dataclass(frozen=True, slots=True)
class Counted:
    """A share with its counts in one quarter."""

    numerator: Number
    denominator: Number
    outturn: Fraction


class Apart:
    """A share and its count that moved apart, because what it is a share of moved, too.

    Attributes:
        code: Of the measure.
    """

    code: str

    def __init__(self, teller: Teller, figure: ContextFigure, before: Counted, now: Counted, decimals: int) -> None:
        """Take what moved apart since the same quarter last year.

        Args:
            teller: Makes its texts.
            figure: The share, or the count.
            before: Last year.
            now: In the quarter reported.
            decimals: At which the two shares differ as printed.
        """
        self._teller, self._indicator = teller, figure.indicator
        self._before, self._now, self._decimals = before, now, decimals
        self.code = figure.indicator.code

    @property
    def title(self) -> Said:
        """Return the title; its code counts among the paragraph's indicators."""
        return Said(self._teller.ledger, title_words(self._indicator.title), (Note("", "", self._indicator.code),))

    @property
    def count_moves(self) -> Said:
        """Return how the count moved: ``rose from 147 to 160``."""
        return self._moved("numerator", self._before.numerator, self._now.numerator)

    @property
    def base_moves(self) -> Said:
        """Return how the base moved: ``rose from 541 to 593``."""
        return self._moved("denominator", self._before.denominator, self._now.denominator)

    @property
    def share_moves(self) -> Said:
        """Return how the share moved: ``fell from 27.2% to 27.0%``."""
        texts = [
            printing.with_unit(printing.digits(one.outturn, self._decimals), PERCENT)
            for one in (self._before, self._now)
        ]
        verb = "rose" if self._now.outturn > self._before.outturn else "fell"
        parts = [self._noted(what, text) for what, text in zip(("year ago", ""), texts, strict=True)]
        return self._teller.joined(f"{verb} from {{}} to {{}}", *parts)

    def _moved(self, what: str, before: Number, now: Number) -> Said:
        verb = "rose" if now > before else "fell"
        texts = [printing.digits(one, printing.typed_decimals(before, now)) for one in (before, now)]
        parts = [self._noted(f"{what}{when}", text) for when, text in zip((" year ago", ""), texts, strict=True)]
        return self._teller.joined(f"{verb} from {{}} to {{}}", *parts)

    def _noted(self, what: str, text: str) -> Said:
        code = self._indicator.code
        return self._teller.figure(f"{code}{what and ' '}{what}", text, code)


def apart(
    teller: Teller, figure: ContextFigure, earlier: Observation | None, figures: Iterable[ContextFigure] = ()
) -> Apart | None:
    """Return a share and its count that moved apart since the same quarter last year; None where they did not.

    Args:
        teller: Makes its texts.
        figure: The share, or the count.
        earlier: What was returned then.
        figures: All context figures; one of them may be what a count is a part of.
    """
    indicator = figure.indicator
    if indicator.is_percentage:
        now, before = _counted(figure.observation, figure.outturn), _counted(earlier, figure.year_ago)
    else:
        whole = _whole(indicator, figures)
        now = _part(figure.outturn, whole.outturn) if whole else None
        before = _part(figure.year_ago, whole.year_ago) if whole else None
    if now is None or before is None or not isinstance(figure.on_year, Change):
        return None
    if Fraction(now.numerator - before.numerator) * (now.outturn - before.outturn) >= 0:
        return None
    least = indicator.decimals if indicator.is_percentage else 1
    for decimals in range(least, least + _FURTHER):
        if rounded(now.outturn, decimals) != rounded(before.outturn, decimals):
            return Apart(teller, figure, before, now, decimals)
    return None


def _counted(one: Observation | None, outturn: Fraction | None) -> Counted | None:
    if one is None or outturn is None or one.numerator is None or one.denominator is None:
        return None
    return Counted(one.numerator, one.denominator, outturn)


def _whole(part: Indicator, figures: Iterable[ContextFigure]) -> ContextFigure | None:
    """Return the population that the register names for a count, in its denominator or its definition."""
    if not _is_population(part):
        return None
    text = f"{part.denominator_label} {part.definition}".casefold()
    for one in figures:
        names = (title_words(one.indicator.title), *one.indicator.aliases)
        if one.indicator.code == part.code or not _is_population(one.indicator) or not isinstance(one.on_year, Change):
            continue
        if any(name and re.search(rf"\b{re.escape(name.casefold())}\b", text) for name in names):
            return one
    return None


def _is_population(one: Indicator) -> bool:
    return one.unit.strip() in printing.COUNTS and one.basis is Basis.SNAPSHOT


def _part(part: Fraction | None, whole: Fraction | None) -> Counted | None:
    """Return a whole number as a share of another; None where it cannot be one."""
    if part is None or not whole or part > whole or part.denominator != 1 or whole.denominator != 1:
        return None
    return Counted(int(part), int(whole), part * _HUNDRED / whole)
