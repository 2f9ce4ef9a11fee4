"""From a block of cells to checked rows: columns are found by their headings, every fault gets its cell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from operator import itemgetter
from typing import Any, Generic, TypeVar, cast

from pydantic_core import PydanticCustomError

from xlkpi.workbook.backend import Block, Value
from xlkpi.workbook.intake.cells import shown, text
from xlkpi.workbook.intake.contents import Contents, Words
from xlkpi.workbook.intake.faults import Faults
from xlkpi.workbook.intake.rows import Kinds
from xlkpi.workbook.layout import Shape, Table

_Row = TypeVar("_Row", bound=Mapping[str, Any])

#: Rows that are read at once: enough to be fast, few enough to need little memory.
_AT_ONCE = 5_000
_FIGURES = (Shape.NUMBER, Shape.WHOLE)
#: How a message names a column whose heading does not read well in a sentence.
_NOUNS = {
    "first": "valid from",
    "last": "valid to",
    "decimals": "the number of decimals",
    "breaks": "the list of series breaks",
    "small_numbers": "the rule for small numbers",
    "approved": "the approver",
    "reason": "the reason",
    "outstanding": "the number graded outstanding",
    "good": "the number graded good",
    "requires_improvement": "the number graded requires improvement",
    "inadequate": "the number graded inadequate",
    "accepted": "what stands under Accepted",
}
#: Stands among unclear codes for one that could not be read.
_ANY = ""


class Sheet(Generic[_Row]):
    """A typed table as it stands in the workbook, with the place of each of its columns.

    Attributes:
        block: The cells.
        table: What the layout says of the table.
        is_usable: Whether every typed heading that has to be there was found; otherwise the rows cannot be read.
    """

    def __init__(self, block: Block, table: Table, kinds: Kinds[_Row], faults: Faults) -> None:
        """Find the columns; note every heading that is missing or stands twice, and every merged area."""
        self.block, self.table = block, table
        self._kinds, self._faults = kinds, faults
        self.is_usable = True
        self._columns = self._find_columns()
        self._unclear: set[str] = set()
        self._calculated: set[int] = set()
        self._note_merged()

    def where(self, row: int, field: str) -> str:
        """Return the address of a cell by row index and field."""
        return self.block.address(row, self._columns[field])

    def place(self, field: str) -> int:
        """Return the index of a column in the block."""
        return self._columns[field]

    def add(self, row: int, field: str, what: str, cure: str) -> None:
        """Note a fault of a cell; ``what`` continues "the target is ..." where it starts with a lower-case word."""
        self._faults.add(self.where(row, field), f"{what}.", cure)

    def noun(self, field: str) -> str:
        """Return how a message names a column: ``the target``."""
        return _NOUNS.get(field) or f"the {self.table.heading(field).lower()}"

    def doubt(self, code: str) -> None:
        """Note that rows of a code do not say what they should; the empty text stands for an unknown code."""
        self._unclear.add(code.casefold())

    def is_unclear(self, code: str) -> bool:
        """Return whether rows of a code could not be read: what follows from their absence is no fault of its own."""
        return not self.is_usable or _ANY in self._unclear or code.casefold() in self._unclear

    def rows(self) -> Iterator[tuple[int, _Row]]:
        """Yield index and values of every row in which something is typed; faulty rows are noted, not yielded."""
        if not self.is_usable:
            return
        self._calculated = self._note_formulas()
        typed = itemgetter(*self._columns.values())
        batch: list[tuple[int, Sequence[Value]]] = []
        for index, row in enumerate(self.block.rows):
            cells = typed(row)
            if not all(map(_is_blank, cells)):
                batch.append((index, cells))
            if len(batch) == _AT_ONCE:
                yield from self._read(batch)
                batch = []
        yield from self._read(batch)

    def forget_cells(self) -> None:
        """Let go of all cells, whose rows were read; addresses are still known."""
        self.block = replace(self.block, rows=(), formulas={})

    def _read(self, batch: Sequence[tuple[int, Sequence[Value]]]) -> Iterator[tuple[int, _Row]]:
        if not batch:
            return
        indexes, rows = zip(*batch, strict=True)
        fields = list(self._columns)
        columns = [
            Contents(self._kinds[field], cells) for field, cells in zip(fields, zip(*rows, strict=True), strict=True)
        ]
        faulty = {place for column in columns for place in column.faults}
        for place in sorted(faulty):
            for at, field in enumerate(fields):
                if words := columns[at].faults.get(place):
                    self._note_fault(indexes[place], field, rows[place][at], words)
        values = zip(*(column.values() for column in columns), strict=True)
        records = cast("list[_Row]", [dict(zip(fields, row, strict=True)) for row in values])
        for place, (index, record) in enumerate(zip(indexes, records, strict=True)):
            if place not in faulty and index not in self._calculated:
                yield index, record

    def _note_fault(self, index: int, field: str, content: Value, words: Words) -> None:
        self._doubt_row(index)
        if not self._is_formula_of_a_figure(index, field):
            expected = f", {words['expected']}" if words["expected"] else ""
            self.add(index, field, f"{self.noun(field)} is {shown(content)}{expected}", words["cure"])

    def _doubt_row(self, index: int) -> None:
        """Note that the code of a row is unclear, since the row cannot be read."""
        if "code" in self._columns:
            try:
                self.doubt(text(self.block.rows[index][self._columns["code"]]))
            except PydanticCustomError:
                self.doubt(_ANY)

    def _find_columns(self) -> dict[str, int]:
        found: dict[str, int] = {}
        present = [heading.strip().casefold() for heading in self.block.headings]
        for column in self.table.columns:
            if not column.is_read:
                continue
            places = [place for place, heading in enumerate(present) if heading == column.heading.casefold()]
            if len(places) == 1:
                found[column.field] = places[0]
            elif places or not column.optional:
                self._note_heading(column.heading, column.field, places)
        return found

    def _note_heading(self, heading: str, field: str, places: list[int]) -> None:
        self.is_usable = False
        if places:
            where = self.block.address(-1, places[1])
            self._faults.add(where, f"the heading {heading} stands twice.", "Give the second column another heading.")
            return
        expected = self.table.index(field)
        where = self.block.address(-1, min(expected, len(self.block.headings) - 1))
        there = self.block.headings[expected].strip() if expected < len(self.block.headings) else ""
        if there.casefold() in {known.casefold() for known in self.table.headings}:
            # Typing over that heading would lose a column that is still there.
            what = f"the table {self.block.table} has no column {heading}; {there} stands in its place."
            cure = f"Undo its deletion, or insert a column here and type {heading} into its heading cell."
        elif there:
            what = f"the heading is {shown(there)}, where {heading} was expected."
            cure = f"Type {heading} into the heading cell again."
        else:
            what = f"the table {self.block.table} has no column {heading}."
            cure = f"Undo its deletion, or add a column and type {heading} into its heading cell."
        self._faults.add(where, what, cure)

    def _note_merged(self) -> None:
        for area in self.block.merged:
            where = self.block.address(0, 0).rpartition("!")[0]
            self._faults.add(
                f"{where}!{area}",
                "these cells are merged, so that it is not clear which row they belong to.",
                "Unmerge them (Home, Merge & Center) and fill every cell.",
            )

    def _note_formulas(self) -> set[int]:
        """Note figures that are formulas; return their rows, of which no more is said: the figure may not be worked out."""
        figures, found = self._figures, set()
        for row, column in self.block.formulas:
            field = figures.get(column)
            if field is not None:
                formula = self.block.formulas[row, column]
                what = f"{self.noun(field)} is the formula ={formula}, where a typed number belongs"
                self.add(row, field, what, "Copy the cell and paste it as a value, or type the number.")
                self._doubt_row(row)
                found.add(row)
        return found

    def _is_formula_of_a_figure(self, row: int, field: str) -> bool:
        column = self._columns[field]
        return column in self._figures and (row, column) in self.block.formulas

    @property
    def _figures(self) -> dict[int, str]:
        """Return the fields that hold typed figures, by the place of their column."""
        shapes = {column.field: column.shape for column in self.table.columns if column.typed}
        return {place: field for field, place in self._columns.items() if shapes.get(field) in _FIGURES}


def _is_blank(value: Value) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())
