"""Results as pandas frames, for analysts who go on from there. Nothing on the way of a refresh imports this room."""

from __future__ import annotations

from dataclasses import fields
from fractions import Fraction

import pandas as pd

from xlkpi.calculate import results as calculated
from xlkpi.calculate.change import Change, NotComparable
from xlkpi.calculate.results import Result
from xlkpi.calculate.status import Status
from xlkpi.tables.rows import TOTAL, level, movement_text


class Results(calculated.Results):
    """All figures of a quarter's report, with frames."""

    __slots__ = ()

    @classmethod
    def of_figures(cls, figures: calculated.Results) -> Results:
        """Return the same figures, with frames."""
        return cls(*(getattr(figures, field.name) for field in fields(figures)))

    def to_frame(self) -> pd.DataFrame:
        """Return one row a contract indicator.

        Returns:
            Indexed by code, in list order. Outturns and differences are floats in the unit of the indicator, NaN where there
            is none; ``numerator`` and ``denominator`` are floats as typed; ``status`` is an ordered category in the words of
            the report.
        """
        frame = pd.DataFrame([_record(one) for one in self.contract], columns=list(_COLUMNS)).set_index("code")
        frame["status"] = pd.Categorical(frame["status"], categories=[one.value for one in Status], ordered=True)
        return frame

    def summary_frame(self) -> pd.DataFrame:
        """Return the counted contract indicators by section and status.

        Returns:
            Indexed by section, in section order, with a last row ``Total``; a column of counts a status, and ``All``.
        """
        by_section = {
            section: [*(by_status[one] for one in Status), self.summary.of_section(section)]
            for section, by_status in self.summary.counts.items()
        }
        by_section[TOTAL] = [*(self.summary.total(one) for one in Status), self.summary.base]
        frame = pd.DataFrame.from_dict(by_section, orient="index", columns=[*(one.value for one in Status), "All"])
        return frame.rename_axis("section")


_COLUMNS = (
    "code",
    "title",
    "section",
    "unit",
    "numerator",
    "denominator",
    "outturn",
    "target",
    "tolerance",
    "status",
    "last_quarter",
    "year_ago",
    "change_on_quarter",
    "change_on_year",
    "movement",
    "quarters_in_status",
    "gap",
    "cases_to_tolerance",
    "cases_to_target",
    "cases_in_hand",
    "provenance",
)


def _record(one: Result) -> tuple[object, ...]:
    indicator, observation = one.indicator, one.observation
    on, inside = (one.target.on, one.target.inside) if one.target else (None, None)
    return (
        indicator.code,
        indicator.title,
        indicator.section,
        indicator.unit,
        None if observation is None or observation.numerator is None else float(observation.numerator),
        None if observation is None or observation.denominator is None else float(observation.denominator),
        _number(one.outturn),
        level(on),
        level(inside),
        one.status.value,
        _number(one.previous),
        _number(one.year_ago),
        _difference(one.on_quarter),
        _difference(one.on_year),
        movement_text(one),
        one.streak.quarters,
        _number(one.gap),
        one.cases_to_bound,
        one.cases_to_target,
        one.cases_in_hand,
        observation.provenance if observation else "",
    )


def _difference(change: Change | NotComparable) -> float | None:
    return _number(change.absolute) if isinstance(change, Change) else None


def _number(figure: Fraction | None) -> float | None:
    return None if figure is None else float(figure)
