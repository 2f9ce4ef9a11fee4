"""The contents of one column, each read once: a history of 400,000 rows holds a few thousand different numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

from pydantic import TypeAdapter, ValidationError

from xlkpi.workbook.backend import Value

#: A cell's content, or the content in brackets where it equals another that it is not: TRUE equals 1.
_Key: TypeAlias = Value | tuple[bool]
#: What was expected of a content, and the cure.
Words: TypeAlias = Mapping[str, str]


class Contents:
    """Cells of one column, from top to bottom.

    Attributes:
        faults: What is said of contents that could not be read, by the place of their cell.
    """

    def __init__(self, adapter: TypeAdapter[list[Any]], cells: Sequence[Value]) -> None:
        """Read every distinct content."""
        self._keys: Sequence[_Key] = list(map(_key, cells)) if bool in set(map(type, cells)) else cells
        distinct = dict(zip(self._keys, cells, strict=True))
        self.faults: dict[int, Words] = {}
        try:
            read = adapter.validate_python(list(distinct.values()))
        except ValidationError as error:
            keys = list(distinct)
            wrong = {keys[_place(one["loc"])]: one["ctx"] for one in error.errors(include_url=False)}
            self.faults = {place: wrong[key] for place, key in enumerate(self._keys) if key in wrong}
            distinct = {key: cell for key, cell in distinct.items() if key not in wrong}
            read = adapter.validate_python(list(distinct.values()))
        self._values: dict[_Key, Any] = dict(zip(distinct, read, strict=True))

    def values(self) -> list[Any]:
        """Return the value of every cell; None where it could not be read."""
        return list(map(self._values.get, self._keys))


def _key(cell: Value) -> _Key:
    return (cell,) if isinstance(cell, bool) else cell


def _place(location: tuple[int | str, ...]) -> int:
    place = location[0]
    assert isinstance(place, int), "the contents are a list"
    return place
