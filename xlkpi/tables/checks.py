"""What a reader of the figures should know before signing: remarks, each with its cell. None of them stops a refresh."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from fractions import Fraction

from xlkpi.calculate.change import NotComparable
from xlkpi.calculate.history import BREAK
from xlkpi.calculate.outturn import Judged, in_quarter, outturn
from xlkpi.calculate.results import Result, Results
from xlkpi.calculate.status import Status
from xlkpi.errors import Problem
from xlkpi.model.number import Number, plain, rounded
from xlkpi.model.observation import Audit, Observation, Observations
from xlkpi.model.period import Quarter
from xlkpi.model.register import PERCENT, Indicator
from xlkpi.tables.words import listed
from xlkpi.workbook.backend import place
from xlkpi.workbook.layout import quarter_table

_REPORTED = "reported"


def remarks(
    results: Results, observations: Observations, audits: tuple[Audit, ...], sheets: Mapping[Quarter, str]
) -> list[Problem]:
    """Return every remark, in the order in which a reader would want them.

    Args:
        results: Of the quarter reported.
        observations: For the months behind a quarter.
        audits: For the grades of the quarter.
        sheets: The sheet of each quarter's inputs.
    """
    sheet = sheets.get(results.quarter, "")
    return [
        *_missing(results, sheet),
        *_decided_by_rounding(results, sheet),
        *_outside_without_comment(results, sheet),
        *_share_against_measured(results),
        *_breaks(results),
        *_months_against_quarter(results, observations),
        *_audits_against_sum(results, audits),
        *_provenance(results),
    ]


def _cell(one: Result, sheet: str, field: str) -> str:
    """Return where an indicator's typed cell stands; the register's where it has no row on the quarter's sheet."""
    if one.observation is None or not one.observation.sheet:
        return one.indicator.where
    table = quarter_table(Quarter(1, 1))
    column = table.left + table.index(field)
    return place(one.observation.sheet or sheet, one.observation.row, column)


def _missing(results: Results, sheet: str) -> Iterator[Problem]:
    for one in results.contract:
        if one.status is not Status.NO_DATA:
            continue
        code, label = one.indicator.code, results.quarter.label
        reason = one.observation.reason if one.observation else ""
        what = f"{code} has no figure for {label}{': ' + reason if reason else ''}."
        cure = (
            "It is counted as no data." if reason else f"Type it on the sheet {sheet}, or beside it why it is missing."
        )
        yield Problem(_cell(one, sheet, "numerator"), what, cure)


def _decided_by_rounding(results: Results, sheet: str) -> Iterator[Problem]:
    for one in results.contract:
        if one.outturn is None or one.status is one.other_status:
            continue
        shown = f"{rounded(one.outturn, one.indicator.decimals)}"
        exact = plain(one.outturn)
        by_exact, by_shown = one.status, one.other_status
        if results.judged is Judged.SHOWN:
            by_exact, by_shown = by_shown, by_exact
        what = (
            f"{one.indicator.code} is decided by rounding: {exact} is {by_exact.value.lower()}, "
            f"{shown} as printed is {by_shown.value.lower()}."
        )
        yield Problem(
            _cell(one, sheet, "outturn"), what, f"The status is judged on the figure {_JUDGED[results.judged]}."
        )


_JUDGED = {Judged.EXACT: "before rounding", Judged.SHOWN: "as printed"}


def _outside_without_comment(results: Results, sheet: str) -> Iterator[Problem]:
    for one in results.contract:
        if one.status is Status.OUTSIDE and not (one.observation and one.observation.comment):
            figure = f" at {_figure(one)}" if one.outturn is not None else ""
            what = f"{one.indicator.code} is outside tolerance{figure} and has no comment."
            yield Problem(_cell(one, sheet, "comment"), what, "Say what stands behind it and what is being done.")


def _figure(one: Result) -> str:
    """Return an outturn as printed, with its counts: whoever accepts a remark accepts it of these."""
    unit = PERCENT if one.indicator.unit == PERCENT else ""
    typed = one.observation
    if typed is None or typed.numerator is None or typed.denominator is None:
        return f"{plain(one.outturn or 0)}{unit}"
    printed = rounded(one.outturn or Fraction(0), one.indicator.decimals)
    return f"{printed:,}{unit} ({_counted(typed.numerator)} of {_counted(typed.denominator)})"


def _counted(number: Number) -> str:
    return f"{number:,}"


def _share_against_measured(results: Results) -> Iterator[Problem]:
    """Remark where the share on target rises among all and falls among the measured, or the reverse."""
    now, before = results.summary, results.last_summary
    shares = now.exact_share(Status.ON), before.exact_share(Status.ON)
    measured = now.measured_share(Status.ON), before.measured_share(Status.ON)
    if None in shares or None in measured:
        return
    of_all = (shares[0] or 0) - (shares[1] or 0)
    of_measured = (measured[0] or 0) - (measured[1] or 0)
    if of_all * of_measured < 0:
        verb, other = ("rose", "fell") if of_all > 0 else ("fell", "rose")
        what = (
            f"the share on or better than target {verb} among all {now.base} measures ({_from_to(shares)}), but {other} "
            f"among those measured ({_from_to(measured)})."
        )
        yield Problem("Summary", what, "Say both where the movement is mentioned.")


def _from_to(shares: tuple[Fraction | None, Fraction | None]) -> str:
    now, before = (plain(rounded((one or 0) * 100, 1)) for one in shares)
    return f"from {before}% to {now}%"


def _breaks(results: Results) -> Iterator[Problem]:
    for one in results.contract:
        broken = [
            name
            for name, change in (("last quarter", one.on_quarter), ("a year ago", one.on_year))
            if _is_break(change)
        ]
        if broken:
            what = f"{one.indicator.code} has a series break, so that it is not compared with {listed(broken)}."
            yield Problem(one.indicator.where, what, "Say so where its movement is mentioned.")


def _is_break(change: object) -> bool:
    return isinstance(change, NotComparable) and change.reason == BREAK


def _months_against_quarter(results: Results, observations: Observations) -> Iterator[Problem]:
    for figure in results.context:
        typed = observations.get(figure.indicator.code, results.quarter)
        if typed is None:
            continue
        from_months = _monthly(figure.indicator, observations, results.quarter)
        if from_months is None or figure.outturn is None or from_months == figure.outturn:
            continue
        code, label = figure.indicator.code, results.quarter.label
        what = f"{code} is {plain(figure.outturn)} for {label}, but its months come to {plain(from_months)}."
        yield Problem(place(typed.sheet, typed.row, 2), what, "The quarter's own figure is shown; correct one of them.")


def _monthly(indicator: Indicator, observations: Observations, quarter: Quarter) -> Fraction | None:
    months = Observations(one for period, one in observations.of(indicator.code).items() if period != quarter)
    return outturn(in_quarter(indicator, months, quarter), indicator.multiplier)


def _audits_against_sum(results: Results, audits: tuple[Audit, ...]) -> Iterator[Problem]:
    for audit in audits:
        if audit.quarter == results.quarter and audit.total == 0:
            yield Problem(
                audit.where, f"no audits are graded for {audit.quarter.label}.", "Type the grades, or clear the row."
            )


def _provenance(results: Results) -> Iterator[Problem]:
    """Remark how many outturns are not reported figures, wherever provenance is kept."""
    found = [_origin(one.observation) for one in results.contract if one.is_counted and one.outturn is not None]
    counts = Counter(origin for origin in found if origin)
    others = [f"{number} {origin}" for origin, number in counts.most_common() if origin != _REPORTED]
    if others:
        reported = counts[_REPORTED]
        what = f"of {len(found)} outturns {reported} {'is' if reported == 1 else 'are'} reported; {listed(others)}."
        yield Problem("Results", what, "Say so wherever the figures are shown.")


def _origin(observation: Observation | None) -> str:
    return observation.provenance.casefold() if observation else ""
