"""The names of a workbook."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from com.sun.star.table import CellAddress
from live.engine import counted
from live.engine.grammar import to_calc, to_excel

if TYPE_CHECKING:
    from live.engine.app import Book


@counted
class Names:
    def __init__(self, book: Book) -> None:
        self._book = book

    def snapshot(self) -> list[tuple[str, Name]]:
        names = self._book._doc.NamedRanges
        return [(name, Name(names.getByName(name), names)) for name in names.ElementNames]

    def add(self, name: str, refers_to: str) -> Name:
        names = self._book._doc.NamedRanges
        names.addNewByName(name, to_calc(refers_to)[1:], CellAddress(), 0)
        return Name(names.getByName(name), names)


@counted
class Name:
    def __init__(self, found: Any, names: Any) -> None:
        self._found, self._names = found, names

    @property
    def name(self) -> str:
        return str(self._found.Name)

    @property
    def refers_to(self) -> str:
        return to_excel(f"={self._found.Content}")

    @refers_to.setter
    def refers_to(self, place: str) -> None:
        self._found.setContent(to_calc(place)[1:])

    def delete(self) -> None:
        self._names.removeByName(self.name)
