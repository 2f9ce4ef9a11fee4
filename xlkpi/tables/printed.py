"""The outputs as a terminal and a machine read them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from xlkpi.calculate.results import Results, Summary
from xlkpi.calculate.status import Status
from xlkpi.errors import Problem
from xlkpi.model.number import rounded
from xlkpi.tables.headline import headline
from xlkpi.tables.rows import TOTAL, movement_text
from xlkpi.tables.words import sentence


def printed_summary(summary: Summary) -> list[str]:
    """Return the report's table 2.2 as lines of text; no data has a column only where a measure has none."""
    statuses = [one for one in Status if one is not Status.NO_DATA or summary.total(one)]
    rows = [["", *(status.value for status in statuses)]]
    rows += [[section, *(str(by_status[one]) for one in statuses)] for section, by_status in summary.counts.items()]
    rows.append([TOTAL, *(_total(summary, one) for one in statuses)])
    widths = [max(len(row[place]) for row in rows) for place in range(len(rows[0]))]
    lines = ["  ".join([row[0].ljust(widths[0]), *map(str.rjust, row[1:], widths[1:])]).rstrip() for row in rows]
    rule = "-" * (sum(widths) + 2 * (len(widths) - 1))
    return [lines[0], rule, *lines[1:-1], rule, lines[-1]]


def _total(summary: Summary, status: Status) -> str:
    share = summary.share(status)
    return str(summary.total(status)) + ("" if share is None else f" {share}%")


def printed_remarks(remarks: Sequence[Problem]) -> list[str]:
    """Return the remarks as lines, under a line that counts them."""
    if not remarks:
        return []
    number = "1 remark" if len(remarks) == 1 else f"{len(remarks)} remarks"
    return [
        f"{number} to read before signing:",
        *(f"  {one.where}: {sentence(one.what)} {one.cure}" for one in remarks),
    ]


def as_json(results: Results, remarks: Sequence[Problem]) -> Mapping[str, Any]:
    """Return the figures for a machine: exact outturns as fractions of whole numbers, shown ones as printed."""
    summary = results.summary
    return {
        "quarter": results.quarter.label,
        "judged": results.judged.value,
        "summary": {
            "sections": {
                section: {status.value: number for status, number in by_status.items()}
                for section, by_status in summary.counts.items()
            },
            "total": {status.value: summary.total(status) for status in Status},
            "share": {status.value: summary.share(status) for status in Status},
            "measures": summary.base,
        },
        "headline": headline(results),
        "results": [
            {
                "code": one.indicator.code,
                "title": one.indicator.title,
                "section": one.indicator.section,
                "outturn": None if one.outturn is None else str(rounded(one.outturn, one.indicator.decimals)),
                "exact": None if one.outturn is None else str(one.outturn),
                "status": one.status.value,
                "movement": movement_text(one),
                "quarters_in_status": one.streak.quarters,
                "cases_to_tolerance": one.cases_to_bound,
                "cases_to_target": one.cases_to_target,
            }
            for one in results.contract
        ],
        "problems": [],
        "remarks": [one._asdict() for one in remarks],
    }
