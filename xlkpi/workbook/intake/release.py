"""What an analyst typed about a release: which remarks are accepted, and why figures are others than were published."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from xlkpi.tables.accepted import Acceptance
from xlkpi.workbook.intake.rows import CheckRow, RestatementRow
from xlkpi.workbook.intake.tables import Sheet

#: Why a figure is another: by its code, what it is of, what it was and what it is.
Reasons = Mapping[tuple[str, str, str, str], str]


def read_accepted(sheet: Sheet[CheckRow]) -> tuple[Acceptance, ...]:
    """Return the remarks beside which somebody chose yes; faults are noted on the sheet."""
    rows: list[Mapping[str, Any]] = [row for _, row in sheet.rows()]
    return tuple(
        Acceptance(row["what"], row["cure"], row.get("by", ""), row.get("at"))
        for row in rows
        if row.get("accepted") and "what" in row and "cure" in row
    )


def read_reasons(sheet: Sheet[RestatementRow]) -> Reasons:
    """Return the reasons that somebody typed."""
    return {
        (row["code"], row["figure"], row["old"], row["new"]): row["reason"] for _, row in sheet.rows() if row["reason"]
    }
