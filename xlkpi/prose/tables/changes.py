"""Columns of changes and variances: which way their signs go, and what the shown figures of a row make of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from xlkpi.calculate.change import Change
from xlkpi.model.register import Polarity
from xlkpi.prose.fact import Measure
from xlkpi.prose.mentions import Number
from xlkpi.prose.tables.columns import Column, Meaning
from xlkpi.prose.tables.frame import Frame, Row
from xlkpi.prose.world import World

MOVES = (Measure.CHANGE, Measure.GAP_TO_TARGET)
_WHOLE = 100  # percent
_FAVOURS = {Polarity.HIGHER: 1, Polarity.LOWER: -1}


def true_sign(world: World, code: str, meaning: Meaning) -> int:
    """Return the sign of a change, or of a figure less its target; 0 where there is none."""
    if meaning.measure is Measure.CHANGE and meaning.base is not None:
        change = world.change(code, meaning.base, meaning.period)
        difference = change.absolute if isinstance(change, Change) else Fraction(0)
    else:
        now, target = (world.fact(code, one, meaning.period) for one in (Measure.OUTTURN, Measure.TARGET))
        difference = now.value - target.value if now is not None and target is not None else Fraction(0)
    return (difference > 0) - (difference < 0)


def wrongly_signed(frame: Frame, top: Column, rows: Sequence[Row], meaning: Meaning) -> frozenset[int]:
    """Return the indexes of the rows whose sign is wrong: it is neither that of the move nor that of an improvement.

    ``+`` may be more, or better; what most rows of a column mean by it, all of them mean.

    Args:
        frame: The table.
        top: The column.
        rows: Those with a figure in it that is right but for its sign.
        meaning: What its figures are.
    """
    said = [one for row in rows for one in _signed(frame, row, top, meaning)]
    plain = sum(one.sign == one.way for one in said)
    judged = sum(one.sign == one.way * one.favour for one in said)
    is_judged = judged > plain
    is_sure = 2 * max(plain, judged) > len(said) > 1
    return frozenset(one.index for one in said if one.is_wrong(is_judged=is_judged, is_sure=is_sure))


@dataclass(frozen=True)
class _Signed:
    index: int
    sign: int
    way: int
    favour: int

    def is_wrong(self, *, is_judged: bool, is_sure: bool) -> bool:
        ways = (self.way, self.way * self.favour)
        return self.sign != ways[is_judged] if is_sure else self.sign not in ways


def _signed(frame: Frame, row: Row, top: Column, meaning: Meaning) -> Iterator[_Signed]:
    """Yield the sign of a figure beside that of what it tells."""
    sign = row.figures[top.place].signed
    for one in frame.meant(row, row.code, top, [meaning])[:1] if sign else ():
        way = true_sign(frame.world, row.code, one)
        if way:
            favour = _FAVOURS.get(frame.world.by_code[row.code].polarity, 0)
            yield _Signed(row.paragraph.index, sign, way, favour)


def as_shown(columns: Mapping[int, Column], row: Row, meaning: Meaning) -> Iterator[Fraction]:
    """Yield what the rounded figures of a row make of a change, which may differ from what the exact ones do.

    Args:
        columns: Of the table.
        row: Of the change.
        meaning: From when to when it is.
    """
    then, now = (_shown(columns, row, period) for period in (meaning.base, meaning.period))
    if then is not None and now is not None:
        yield abs(now.value - then.value)
        if then.value:
            yield abs(now.value - then.value) * _WHOLE / then.value


def is_between_shown(frame: Frame, row: Row, top: Column) -> bool:
    """Return whether a row shows both figures of which a change beside them is, by the heading of the change.

    Args:
        frame: The table.
        row: Of the change.
        top: Its column.
    """
    told = [one for one in top.meanings if one.measure is Measure.CHANGE and not one.is_aside]
    return bool(told) and all(any(True for _ in as_shown(frame.columns, row, one)) for one in told)


def _shown(columns: Mapping[int, Column], row: Row, period: object) -> Number | None:
    """Return the figure that a row shows of a period; None where it shows none."""
    for place, one in columns.items():
        is_level = bool(one.meanings) and one.is_firm and one.meanings[0].measure is Measure.OUTTURN
        if is_level and one.meanings[0].period == period and place in row.figures:
            return row.figures[place]
    return None
