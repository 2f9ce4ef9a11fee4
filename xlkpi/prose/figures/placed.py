"""Which period of the register stands for what a draft names: a calendar year, a day, some months, a year."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeGuard

from xlkpi.model.period import Month, Period, Quarter, Year
from xlkpi.model.register import Basis
from xlkpi.prose.fact import Measure
from xlkpi.prose.figures.dated import Dated
from xlkpi.prose.figures.readings import Readings

_A_YEAR = 12
_LAST, _APRIL, _JANUARY = 4, 4, 1


def placed(reader: Readings, dated: Dated) -> Dated:
    """Return a figure's period as one that the register has.

    Where it cannot be told for sure which one that is, all that it may be are returned as periods that can confirm a figure.

    Args:
        reader: Of the indicator.
        dated: As the draft names it.
    """
    if dated.months is not None:
        return _of_months(reader, dated, dated.months)
    if dated.also and not dated.is_sure:
        return replace(dated, also=tuple(one for period in dated.also for one in _near(period)))
    return _of_period(reader, dated, dated.period) if dated.is_named and dated.period is not None else dated


def _of_period(reader: Readings, dated: Dated, period: Period) -> Dated:
    if isinstance(period, Year) and (returns := _academic(reader, period)):
        return _unsure(dated, returns)
    if reader.fact(Measure.OUTTURN, period) is not None:
        return _with_quarter(reader, dated, period)
    if isinstance(period, Year):
        return _of_year(reader, dated, period)
    if _ends_a_quarter(reader, period):
        return _unsure(dated, [period.quarter])
    is_within = isinstance(period, Month) and reader.indicator.basis is not Basis.IN_QUARTER
    return _of_day(reader, dated, period) if is_within and isinstance(period, Month) else dated


def _with_quarter(reader: Readings, dated: Dated, period: Period) -> Dated:
    """Return last year with its same quarter as what may be meant, too: ``13 this quarter, compared with 15 in 2015/16``."""
    then = reader.world.quarter.year_ago
    is_last = isinstance(period, Year) and period.year == then.year and reader.indicator.basis is Basis.IN_QUARTER
    return replace(dated, also=(*dated.also, then)) if is_last else dated


def _ends_a_quarter(reader: Readings, period: Period) -> TypeGuard[Month]:
    """Return whether a month may stand for the quarter that it ends: of ``better than in December 2022`` there is no figure."""
    is_last = isinstance(period, Month) and period == period.quarter.months[-1]
    return is_last and reader.indicator.basis is Basis.IN_QUARTER and not reader.world.series(reader.code, Month)


def known(reader: Readings) -> Sequence[Quarter]:
    """Return the quarters of which an indicator has a figure, in time."""
    return [
        one.period
        for one in reader.world.series(reader.code, Quarter, part=reader.part)
        if isinstance(one.period, Quarter)
    ]


def _sure(dated: Dated, period: Period) -> Dated:
    return replace(dated, period=period, is_named=True, is_sure=True, months=None, also=())


def _unsure(dated: Dated, periods: Sequence[Period]) -> Dated:
    return replace(dated, is_sure=False, months=None, also=tuple(dict.fromkeys(periods)))


def _of_months(reader: Readings, dated: Dated, months: tuple[Month, Month]) -> Dated:
    first, last = months
    length = (last.year - first.year) * _A_YEAR + last.month - first.month + 1
    if length == 1:
        return _of_day(reader, dated, first)
    if length == _A_YEAR and first.month == _JANUARY:
        return _of_calendar_year(reader, dated, first.year)
    basis, ends = reader.indicator.basis, last == last.quarter.months[-1]
    is_to_date = first.month == _APRIL and last.quarter.year == first.year
    if ends and ((basis is Basis.YEAR_TO_DATE and is_to_date) or (basis is Basis.ROLLING and length == _A_YEAR)):
        return _sure(dated, last.quarter)
    inside = [one for one in known(reader) if first.quarter <= one <= last.quarter]
    if basis is Basis.IN_QUARTER and ends and first == first.quarter.months[0]:
        return replace(_unsure(dated, ()), summed=tuple(inside), is_sure=len(inside) * 3 == length)
    return _unsure(dated, [*_near(last), *reversed(inside)])


def _of_calendar_year(reader: Readings, dated: Dated, year: int) -> Dated:
    """A quarter that alone lies in it, unless it is the last of a financial year: that may be called after either year."""
    last, now = Month(year, _A_YEAR).quarter, reader.world.quarter
    if reader.indicator.basis is Basis.ROLLING and last in known(reader):
        # Reports at the end of March call a year by that March; elsewhere the twelve months are those of the calendar year.
        ended = now.shift(-_LAST * (now.months[-1].year - year))
        is_else = now.number == _LAST and ended in known(reader)
        return replace(_sure(dated, ended), also=(last,)) if is_else else _sure(dated, last)
    inside = [one for one in known(reader) if one.months[-1].year == year]
    later = [one for one in known(reader) if one.year == year]
    if len(inside) == 1 and reader.world.is_yearly(reader.code) and inside[0].number != _LAST:
        return _sure(dated, inside[0])
    if inside[-1:] == [now] and now.months[-1] != Month(year, _A_YEAR) and reader.indicator.basis is Basis.SNAPSHOT:
        return replace(_sure(dated, now), also=tuple(inside[:-1]))  # of a year that is not over
    summed = tuple(inside) if reader.indicator.basis is Basis.IN_QUARTER and len(inside) == _LAST else ()
    return replace(
        _unsure(dated, [*reversed(inside), *reversed(later), Month(year, _A_YEAR), Year(year)]), summed=summed
    )


def _of_day(reader: Readings, dated: Dated, month: Month) -> Dated:
    quarters = [one for one in (month.quarter.previous, month.quarter, month.quarter.shift(1)) if one in known(reader)]
    is_end = month == month.quarter.months[-1] and reader.indicator.basis in (Basis.SNAPSHOT, Basis.ROLLING)
    is_only = quarters == [month.quarter] and reader.world.is_yearly(reader.code)
    if is_only or (is_end and month.quarter in quarters and not reader.world.series(reader.code, Month)):
        return _sure(dated, month.quarter)
    return _unsure(dated, _near(month))


def _near(period: Period) -> list[Period]:
    """Return the periods that may be meant by one of which the register has perhaps no figure."""
    if not isinstance(period, Month) or (period == period.quarter.months[-1]):
        return [period]
    return [period, period.quarter, period.quarter.previous]


def _academic(reader: Readings, year: Year) -> list[Period]:
    """Return what a year may mean for what is returned once a year before its end: a school year ends in the next one."""
    inside = [one for one in known(reader) if one.year == year.year]
    if not reader.world.is_yearly(reader.code) or not inside or inside[0].number == _LAST:
        return []
    return [*inside, *(one for one in known(reader) if one.year == year.year + 1)]


def _of_year(reader: Readings, dated: Dated, year: Year) -> Dated:
    inside = [one for one in known(reader) if one.year == year.year]
    now = reader.world.quarter
    if reader.indicator.basis is Basis.IN_QUARTER:
        return replace(_unsure(dated, inside[-1:]), summed=tuple(inside)) if year.year == now.year and inside else dated
    if inside and (
        reader.world.is_yearly(reader.code) or (reader.indicator.basis is Basis.YEAR_TO_DATE and inside[-1] == now)
    ):
        return _sure(dated, inside[-1])
    return _unsure(dated, inside) if inside else dated
