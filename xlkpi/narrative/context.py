"""Figures that are never rated, as phrases see them: how they moved, and where a share and its count moved apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from xlkpi.calculate.change import Change, NotComparable
from xlkpi.calculate.history import BREAK, TO_DATE
from xlkpi.calculate.results import ContextFigure
from xlkpi.model.number import rounded
from xlkpi.narrative import printing
from xlkpi.narrative.apart import Apart
from xlkpi.narrative.measures import title_words
from xlkpi.narrative.said import Note, Said, Teller

_YEAR, _QUARTER = "the same quarter last year", "last quarter"
_ROSE, _FELL, _SAME, _HARDLY = "rose", "fell", "was unchanged", "was little changed"
#: Below this a percentage of a count says more than the count bears.
_LEAST_FOR_PERCENT = 20
#: So many earlier quarters make a highest or lowest figure worth a word.
_LEAST_FOR_RECORD = 5
_WHY_NOT = {BREAK: "a new series started", TO_DATE: "it is counted from April"}
_ON = {_ROSE: " on", _FELL: " on", _HARDLY: " from"}


def _reason(change: Change | NotComparable) -> str:
    return change.reason if isinstance(change, NotComparable) else ""


@dataclass(frozen=True, slots=True)
class _Move:
    """How a figure moved against an earlier one."""

    verb: str
    size: Said | None
    before: Said
    than: str
    is_still: bool


class Figure:
    """A context figure in its quarter."""

    def __init__(
        self, teller: Teller, figure: ContextFigure, earlier: Sequence[Fraction] = (), apart: Apart | None = None
    ) -> None:
        """Look at a figure.

        Args:
            teller: Makes its texts.
            figure: What it came to.
            earlier: What it came to in all quarters before that it can be compared with.
            apart: Its share and count, where they moved apart.
        """
        self._earlier, self._apart = earlier, apart
        self._teller, self._figure, self._indicator = teller, figure, figure.indicator
        self._year = self._move(figure.on_year, _YEAR, "year ago")
        self._quarter = self._move(figure.on_quarter, _QUARTER, "last quarter")

    def _printed(self, what: str, figure: Fraction, *, bare: bool = False) -> Said:
        indicator = self._indicator
        text = printing.digits(figure, indicator.decimals)
        if not bare:
            text = printing.with_unit(text, indicator.unit)
        return self._teller.figure(f"{indicator.code}{what and ' '}{what}", text, indicator.code, figure)

    @property
    def code(self) -> Said:
        """Return the code, which counts among the paragraph's indicators."""
        return Said(self._teller.ledger, self._indicator.code, (Note("", "", self._indicator.code),))

    @property
    def title(self) -> Said:
        """Return the title; its code counts among the paragraph's indicators."""
        return Said(self._teller.ledger, title_words(self._indicator.title), self.code.notes)

    @property
    def subject(self) -> str:
        """Return what moves: ``the number`` of a count, ``the figure`` of anything else."""
        return "the number" if self._indicator.unit.strip() in printing.COUNTS else "the figure"

    @property
    def is_count(self) -> bool:
        """Return whether it counts, and is no share."""
        return not self._indicator.is_percentage

    @property
    def apart(self) -> Apart | None:
        """Return its share and its count since last year, where they moved apart."""
        return self._apart

    @property
    def current(self) -> Said | None:
        """Return the figure with its unit; None where there is none."""
        return None if self._figure.outturn is None else self._printed("", self._figure.outturn)

    @property
    def moves(self) -> Said | None:
        """Return how it moved: ``rose by 1.7% on the same quarter last year (from 5,600 to 5,694) and ...``.

        None where there is nothing to compare it with.
        """
        moves = [one for one in (self._year, self._quarter) if one is not None]
        current = self.current
        if not moves or current is None:
            return None
        if len(moves) > 1 and all(one.is_still for one in moves) and moves[0].verb == moves[1].verb:
            both = " and from ".join(one.than for one in moves)
            return self._teller.joined(f"{moves[0].verb} from {both}, at {{}}", current)
        first = self._first(moves[0], current)
        return first if len(moves) == 1 else self._teller.joined("{}{}", first, self._second(moves[0], moves[1]))

    @property
    def record(self) -> Said | None:
        """Return whether it stands out: ``the highest of the 12 quarters on record``; None where it does not."""
        now = self._figure.outturn
        if now is None or len(self._earlier) < _LEAST_FOR_RECORD:
            return None
        shown = [rounded(one, self._indicator.decimals) for one in self._earlier]
        current = rounded(now, self._indicator.decimals)
        word = "highest" if current > max(shown) else "lowest" if current < min(shown) else ""
        quarters = self._teller.figure(f"{self._indicator.code} quarters held", f"{len(shown) + 1}")
        return self._teller.joined(f"the {word} of the {{}} quarters on record", quarters) if word else None

    @property
    def lacks(self) -> str:
        """Return what it cannot be compared with, and why: ``last quarter, because a new series started``; else empty."""
        if self.current is None or (self._year is None) == (self._quarter is None):
            return ""
        change, than = (self._figure.on_year, _YEAR) if self._year is None else (self._figure.on_quarter, _QUARTER)
        why = _WHY_NOT.get(_reason(change), "")
        return f"{than}{why and f', because {why}'}"

    @property
    def alone(self) -> str:
        """Return why it stands alone: ``with no figure for either quarter of comparison``; else empty."""
        if self.current is None or self._year is not None or self._quarter is not None:
            return ""
        reasons = {_reason(self._figure.on_year), _reason(self._figure.on_quarter)}
        if TO_DATE in reasons:
            return "counted from April, with no figure a year before to compare it with"
        if BREAK in reasons:
            return f"which cannot be compared with earlier quarters, because {_WHY_NOT[BREAK]}"
        return "with no figure for either quarter of comparison"

    def _move(self, change: Change | NotComparable, than: str, what: str) -> _Move | None:
        if isinstance(change, NotComparable):
            return None
        decimals, before = self._indicator.decimals, change.earlier
        now = before + change.absolute
        verb = _ROSE if change.absolute > 0 else _FELL
        shown = rounded(before, decimals) == rounded(now, decimals)
        if shown:
            verb = _HARDLY if change.absolute else _SAME
        size = self._size(change, now) if verb in {_ROSE, _FELL} else None
        if size == "0.0%":
            verb, size = _HARDLY, None
        said = (
            self._teller.figure(f"{self._indicator.code} change on {what}", size, self._indicator.code)
            if size
            else None
        )
        return _Move(
            verb,
            said,
            self._printed(
                what,
                before,
                bare=printing.is_behind(self._indicator.unit) and not self._indicator.unit.startswith("per "),
            ),
            than,
            shown,
        )

    def _size(self, change: Change, now: Fraction) -> str | None:
        """Return by how much: percent of a count, points of a percentage, otherwise in the unit."""
        indicator = self._indicator
        if change.percent is not None and abs(change.earlier) >= _LEAST_FOR_PERCENT:
            return f"{printing.digits(abs(change.percent), 1)}%"
        found = printing.difference(change.earlier, now, indicator.decimals)
        return None if found is None else printing.distance(found, indicator.unit)

    def _first(self, move: _Move, current: Said) -> Said:
        say = self._teller.joined
        if move.is_still:
            return say(f"{move.verb} from {move.than}, at {{}}", current)
        if move.size is None:
            return say(f"{move.verb}{_ON[move.verb]} {move.than} (from {{}} to {{}})", move.before, current)
        return say(f"{move.verb} by {{}} on {move.than} (from {{}} to {{}})", move.size, move.before, current)

    def _second(self, first: _Move, move: _Move) -> Said:
        say = self._teller.joined
        opposed = {first.verb, move.verb} == {_ROSE, _FELL}
        then = ", but" if opposed else ", and" if first.is_still else " and"
        if move.verb in {_SAME, _HARDLY}:
            return say(f"{then} {move.verb} from {move.than} ({{}})", move.before)
        if move.size is None:
            return say(f"{then} {move.verb} on {move.than} (from {{}})", move.before)
        if first.verb == move.verb and first.size is not None:
            return say(f" and by {{}} on {move.than} (from {{}})", move.size, move.before)
        return say(f"{then} {move.verb} by {{}} on {move.than} (from {{}})", move.size, move.before)
