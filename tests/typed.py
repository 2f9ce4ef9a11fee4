"""What a person types into the tables of a workbook on disk, and what stands there."""

from __future__ import annotations

from pathlib import Path

from xlkpi.workbook.backend import KEEP, Value, WriteTable, Written
from xlkpi.workbook.file import ClosedFile
from xlkpi.workbook.layout import NARRATIVE_TABLE, Table


def rows(path: Path, table: Table = NARRATIVE_TABLE) -> list[dict[str, Value]]:
    block = ClosedFile(path).read(table.name)
    assert block.headings == table.headings
    return [dict(zip((one.field for one in table.columns), row, strict=True)) for row in block.rows]


def type_into(path: Path, table: Table, of: str, **cells: Value) -> None:
    """Type into the row of a table that has a text in its first or key column; everything else stays."""
    written: list[list[Written]] = []
    for found in rows(path, table):
        is_meant = of in {found.get("key"), found.get("code")}
        typed: dict[str, Written] = dict(cells) if is_meant else {}
        written.append([typed.get(column.field, KEEP) for column in table.columns])
    ClosedFile(path).apply([WriteTable(table.name, written)])
