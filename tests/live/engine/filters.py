"""What the filter of a table lets through: LibreOffice's words and Excel's."""

from __future__ import annotations

from typing import Any, TypeAlias

import uno
from com.sun.star.sheet.FilterOperator2 import EQUAL, GREATER, LESS
from live.engine import counted

#: A column from 1, the condition or the values, how they are joined, and the second condition.
Condition: TypeAlias = tuple[int, str | tuple[str, ...], str | None, str | None]
_SIGNS = {EQUAL: "=", GREATER: ">", LESS: "<"}


def conditions(found: Any) -> list[Condition]:
    """Return the conditions of a database range."""
    values: dict[int, list[str]] = {}
    compared: list[Condition] = []
    for one in found.getFilterDescriptor().getFilterFields2():
        text = f"{one.NumericValue:g}" if one.IsNumeric else one.StringValue
        if one.Operator == EQUAL:
            values.setdefault(one.Field + 1, []).append(text)
        else:
            compared.append((one.Field + 1, f"{_SIGNS[one.Operator]}{text}", None, None))
    return [*((field, tuple(texts), "values", None) for field, texts in values.items()), *compared]


def let_through(found: Any, wanted: list[Condition]) -> None:
    """Have a database range let through what fulfils the conditions, or everything."""
    descriptor = found.getFilterDescriptor()
    descriptor.setFilterFields2(tuple(field for one in wanted for field in _fields(*one)))
    found.refresh()
    if not wanted:
        found.getReferredCells().Rows.IsVisible = True


def _fields(field: int, first: str | tuple[str, ...], how: str | None, second: str | None) -> list[Any]:
    assert second is None, how
    texts = first if isinstance(first, tuple) else (first[1:],)
    sign = next(code for code, text in _SIGNS.items() if text == ("=" if isinstance(first, tuple) else first[0]))
    made = []
    for text in texts:
        one = uno.createUnoStruct("com.sun.star.sheet.TableFilterField2")
        one.Connection = uno.Enum("com.sun.star.sheet.FilterConnection", "OR" if made else "AND")
        one.Field, one.Operator, one.StringValue = field - 1, sign, text
        if sign != EQUAL:
            one.IsNumeric, one.NumericValue = True, float(text)
        made.append(one)
    return made


@counted
class AutoFilter:
    def __init__(self, table: Any) -> None:
        self._table = table

    @property
    def criteria(self) -> list[dict[str, Any]]:
        """Return one entry a column, as xlwings' own engines do."""
        found = {field: (first, how, second) for field, first, how, second in self._table.filters()}
        return [_criterion(field, *found.get(field, (None, None, None))) for field in range(1, self._table.width + 1)]


def _criterion(field: int, first: Any, how: str | None, _second: Any) -> dict[str, Any]:
    if first is None:
        return {"field": field, "type": "none"}
    if how == "values":
        return {"field": field, "type": "values", "values": list(first)}
    words = {"=": "equal_to", ">": "greater_than", "<": "less_than"}
    assert how is None, how
    return {"field": field, "type": "comparison", "operator": words[first[0]], "value1": first[1:]}
