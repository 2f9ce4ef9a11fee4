"""What a check of a draft writes into the workbook, and what is left of it when the figures change."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from xlkpi.model.period import Quarter
from xlkpi.prose.claim import Verdict
from xlkpi.tables.verified import Checked, claims_rows, counted_claims
from xlkpi.version import VERSION
from xlkpi.workbook.backend import AppendRows, Value, Write, WriteName, WriteTable, Written
from xlkpi.workbook.layout import CLAIMS, CLAIMS_TABLE, LOG_TABLE, Name, Shape
from xlkpi.writers import look

NOT_CHECKED = "No draft checked yet"
_HOW = "Press Verify narrative, or run xlkpi verify"


def plan_claims(checked: Checked, quarter: Quarter, now: dt.datetime, shown_note: str = "") -> list[Write]:
    """Return every write of a check: the table, which draft it was and when, a line in the log.

    Args:
        checked: The draft with what was found.
        quarter: It was checked against.
        now: Local time without zone, as a person reads it.
        shown_note: What else the reader of the verdicts must know; empty for nothing.
    """
    summary = counted_claims(checked.found)
    when = f"{now.day} {now:%B %Y %H:%M}"
    told = " · ".join(
        filter(None, (f"{checked.draft.name} · checked {when} against {quarter.title}", summary, shown_note))
    )
    mend = len(checked.found.with_verdict(Verdict.CONTRADICTED)) + len(checked.found.others)
    line: list[Value] = [now, "verify", quarter.label, VERSION, mend, f"{checked.draft.name}: {summary}."]
    rows = [row.values for row in claims_rows(checked)]
    return [
        WriteTable(CLAIMS_TABLE.name, rows, heights=[_height(row) for row in rows]),
        WriteName(Name.subtitle(CLAIMS), told),
        AppendRows(LOG_TABLE.name, [line]),
    ]


def _height(values: Sequence[Written]) -> float:
    """Return how high a row must be to show its wrapped texts whole."""
    wrapped = zip(values, CLAIMS_TABLE.columns, strict=True)
    return look.row_height(
        (value, column.width) for value, column in wrapped if column.shape is Shape.LONG and isinstance(value, str)
    )


def plan_forgotten(subtitle: Value) -> list[Write]:
    """Return the writes that take away verdicts which a refresh may have made wrong.

    Args:
        subtitle: What the sheet says of them.
    """
    draft = f"{subtitle or ''}".partition(" · ")[0] or "The draft"
    told = f"{draft} was checked before the last refresh, and its verdicts were taken away. {_HOW}."
    return [WriteTable(CLAIMS_TABLE.name, []), WriteName(Name.subtitle(CLAIMS), told)]
