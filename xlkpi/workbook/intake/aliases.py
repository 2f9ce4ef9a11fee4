"""Other words by which a draft names an indicator: none may stand for two at the same time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from xlkpi.workbook.intake.codes import overlap
from xlkpi.workbook.intake.rows import RegisterRow
from xlkpi.workbook.intake.tables import Sheet

_Rows = Sequence[tuple[int, RegisterRow]]
_FIELD = "aliases"
_ONLY_ONE = "Leave it with the one that it names, or use more words."


def check_aliases(sheet: Sheet[RegisterRow], rows: _Rows) -> None:
    """Note every alias that is another indicator's alias, or its code, while both are valid."""
    codes: Mapping[str, list[tuple[int, RegisterRow]]] = defaultdict(list)
    taken: Mapping[str, list[tuple[int, RegisterRow]]] = defaultdict(list)
    for index, row in rows:
        codes[row["code"].casefold()].append((index, row))
    for index, row in rows:
        for alias in row.get("aliases", ()):
            word = alias.casefold()
            own = row["code"].casefold()
            if word != own and (other := _met(row, codes.get(word, ()))):
                at, known = other
                what = f"'{alias}' is among the aliases, but it is the code of another measure"
                what += f", {known['title']} ({sheet.where(at, 'code')})"
                sheet.add(index, _FIELD, what, "Take it out.")
            elif other := _met(row, taken.get(word, ())):
                at, known = other
                what = f"'{alias}' is among the aliases, but {known['code']} has it, too ({sheet.where(at, _FIELD)})"
                sheet.add(index, _FIELD, what, _ONLY_ONE)
            taken[word].append((index, row))


def _met(row: RegisterRow, others: _Rows) -> tuple[int, RegisterRow] | None:
    """Return the first of some rows that is valid while a row is."""
    span = row["first"], row["last"]
    return next((one for one in others if overlap(*span, one[1]["first"], one[1]["last"])), None)
