"""What is typed into a workbook, table by table, in one form whatever it was read from: a pack can be held against it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from xlkpi.model.number import exact, plain
from xlkpi.workbook import layout
from xlkpi.workbook.backend import Block, ExcelError, Value
from xlkpi.workbook.intake import Source
from xlkpi.workbook.layout import Name, Table

_SETTINGS = (Name.ORGANISATION, Name.QUARTER, Name.JUDGED)


def typed_content(source: Source) -> dict[str, bytes]:
    """Return what is typed into each table, by the table's name, and the settings that figures depend on."""
    found = {table.name: _rows(source.read(table.name), table) for table in _tables(source)}
    cells = {name: source.read_name(name) for name in _SETTINGS}
    settings = {name: _plain(cell.value) for name, cell in cells.items() if cell is not None}
    return {**found, layout.START: _written(settings)}


def _tables(source: Source) -> Iterator[Table]:
    names = source.tables()
    for table in (*layout.INPUTS, layout.PHRASES, layout.NARRATIVE_TABLE):
        if table.name in names:
            yield table
    for name in names:
        quarter = layout.quarter_of_table(name)
        if quarter is not None:
            yield layout.quarter_table(quarter)


def _rows(block: Block, table: Table) -> bytes:
    """Return the rows in which anything is typed; a row says of what it is by its code or key."""
    known = {column.heading.casefold(): column for column in table.columns}
    of_what = {"code", "key"}
    places = [
        (place, column.typed)
        for place, column in ((place, known.get(heading.casefold())) for place, heading in enumerate(block.headings))
        if column is not None and (column.typed or column.field in of_what)
    ]
    rows = []
    for row in block.rows:
        cells = [_plain(row[place]) for place, _ in places]
        if any(cell is not None for cell, (_, typed) in zip(cells, places, strict=True) if typed):
            rows.append(cells)
    return _written([[block.headings[place] for place, _ in places], *rows])


def _plain(value: Value) -> Any:
    """Return a cell as it is written down: digits for a number, whichever kind it was read as."""
    if isinstance(value, str):
        return value or None
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, (int, float)):
        return {"number": plain(exact(value))}
    return {"error": value.text} if isinstance(value, ExcelError) else {"date": value.isoformat()}


def _written(content: Any) -> bytes:
    return json.dumps(content, ensure_ascii=False, sort_keys=True).encode()
